"""How the table of the staff slice came to be."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("staff")


@migrations()
def m001_staff(db: Database) -> None:
    """The people who work at the school."""
    db.execute(
        """create table staff (id text primary key, gone integer not null default 0, name text, code text,
        birth_date text, sex text, phone text, email text, role text, main_subject text, works integer)"""
    )
