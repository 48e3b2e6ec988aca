"""Which school this is, for files that leave it and come back."""

from __future__ import annotations

from edudesk.storage.backups.pack import identity_of
from edudesk.storage.database import Database


def school_identity(db: Database) -> str:
    """The same on every desk of the school and whatever its name becomes: made from the secret of its own rows.

    Nothing can be learnt of the secret from it. "" before anything was written.
    """
    return identity_of(db.connection)
