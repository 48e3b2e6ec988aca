"""How the tables of the facility slice came to be."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("facility")


@migrations()
def m001_facility(db: Database) -> None:
    """Buildings, rooms, machines, and the timetable of the computer rooms."""
    row = "id text primary key, gone integer not null default 0"
    db.execute(
        f"create table building ({row}, site_id text, name text, floors integer, built integer, note text)"
    )
    db.execute(
        f"""create table room ({row}, site_id text, building_id text, name text, kind text, area integer,
        quality text, state text, year integer, projector integer, internet integer, levels text)"""
    )
    db.execute("create index room_site on room (site_id)")
    db.execute(
        f"""create table machine ({row}, room_id text, name text, kind text, cpu text, ram_gb integer,
        disk_gb integer, os text, year integer, use text, working integer, since text)"""
    )
    db.execute("create index machine_room on machine (room_id)")
    db.execute(
        f"""create table lab_slot ({row}, room_id text, year integer, weekday integer, session text,
        period integer, class_id text)"""
    )
    db.execute("create index lab_slot_room on lab_slot (room_id, year)")
