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


@migrations()
def m002_rooms(db: Database) -> None:
    """More of buildings and rooms, the plan of storeys, what a site answers, pictures, lessons as they were held."""
    row = "id text primary key, gone integer not null default 0"
    db.execute(f"create table building_detail ({row}, grade text, quality text)")
    db.execute(
        f"""create table room_detail ({row}, capacity integer, borrowed integer, plan_floor integer,
        plan_col integer, plan_row integer, plan_w integer, plan_h integer)"""
    )
    db.execute(
        f"""create table site_answer ({row}, year integer, site_id text, item text, value integer, note text)"""
    )
    db.execute("create index site_answer_year on site_answer (year)")
    db.execute(
        f"""create table photo ({row}, owner text, name text, sha256 text, size integer, added_by text,
        added_at text)"""
    )
    db.execute("create index photo_owner on photo (owner)")
    db.execute(
        f"""create table lab_session ({row}, room_id text, on_date text, session text, period integer,
        class_id text, staff_id text, used integer, down integer, note text)"""
    )
    db.execute("create index lab_session_day on lab_session (on_date)")
