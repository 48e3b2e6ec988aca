"""Which school this is, for files that leave it and come back."""

from __future__ import annotations

import hashlib

from edudesk.storage.connection import Connection
from edudesk.storage.tables import OpenTables

LETTERS = 20


def school_identity(db: OpenTables) -> str:
    """The same on every desk of the school and whatever its name becomes: made from the secret of its own rows.

    Nothing can be learnt of the secret from it. "" before anything was written.
    """
    return identity_of(db.connection)


def identity_of(connection: Connection) -> str:
    """The same of an open file."""
    row = connection.execute("select key from scope_key where scope = 'school'").fetchone()
    return hashlib.sha256(b"school identity" + bytes(row[0])).hexdigest()[:LETTERS] if row else ""
