"""How the tables of the equipment register came to be."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("equipment")


@migrations()
def m001_equipment(db: Database) -> None:
    """The register, its dated events and documents, and the yearly count."""
    row = "id text primary key, gone integer not null default 0"
    db.execute(
        f"""create table equipment ({row}, name text, kind text, unit text, code text, tracked text, room_id text,
        bought_on text, price integer, origin text, note text, asset_class text, life integer, used_before integer,
        carried integer, exempt text, exempt_from integer)"""
    )
    db.execute(
        f"""create table equipment_event ({row}, equipment_id text, kind text, quantity integer, on_date text,
        room_id text, from_room_id text, state text, staff_id text, due_on text, lesson text, loan_id text,
        count_id text, document text, note text)"""
    )
    db.execute("create index equipment_event_of on equipment_event (equipment_id)")
    db.execute(
        f"""create table equipment_document ({row}, equipment_id text, name text, sha256 text, size integer,
        added_by text, added_at text)"""
    )
    db.execute("create index equipment_document_of on equipment_document (equipment_id)")
    db.execute(
        f"""create table equipment_count ({row}, name text, on_date text, members text, closed_on text,
        closed_by text)"""
    )
    db.execute(
        f"""create table equipment_count_line ({row}, count_id text, room_id text, equipment_id text, code text,
        quantity integer, counted_at text, counted_by text)"""
    )
    db.execute("create index equipment_count_line_of on equipment_count_line (count_id)")
