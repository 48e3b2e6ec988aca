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


@migrations()
def m002_teaching(db: Database) -> None:
    """Digital resources with their approvals, and the systems in use with their numbers month by month."""
    row = "id text primary key, gone integer not null default 0"
    db.execute(
        f"""create table dx_resource ({row}, title text, code text, grade integer, staff_id text, kind text,
        link text, name text, sha256 text, size integer, made_on text, team_by text, team_on text, approved_on text)"""
    )
    db.execute(
        f"""create table dx_system ({row}, name text, kind text, since text, until text, url text, owned text,
        does text, note text)"""
    )
    db.execute(
        f"""create table dx_use ({row}, system_id text, month text, teachers integer, pupils integer,
        parents integer, items integer)"""
    )
    db.execute("create index dx_use_system on dx_use (system_id, month)")
