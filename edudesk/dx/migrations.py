"""How the tables of the dx slice came to be."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("dx")


@migrations()
def m001_dx(db: Database) -> None:
    """Points item by item and year, what shows them, editions of the index, and how far each year's report is."""
    row = "id text primary key, gone integer not null default 0"
    db.execute(
        f"""create table dx_score ({row}, year integer, item text, points integer, met integer, staff_id text,
        note text)"""
    )
    db.execute(
        f"""create table dx_evidence ({row}, year integer, item text, kind text, text text, name text, sha256 text,
        size integer, added_by text, added_at text)"""
    )
    db.execute(
        f"""create table dx_edition ({row}, name text, source text, data text, made_by text, made_at text,
        confirmed_by text, confirmed_at text)"""
    )
    db.execute(
        f"""create table dx_report ({row}, year integer, edition_id text, plan text, planned_on text, principal text,
        approved_by text, approved_at text, number text, sent_to text, sent_on text)"""
    )
