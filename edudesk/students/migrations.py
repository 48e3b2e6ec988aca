"""How the tables of the students slice came to be."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("students")


@migrations()
def m001_students(db: Database) -> None:
    """Pupils, the class of each in a year, what became of them, the electives they take."""
    row = "id text primary key, gone integer not null default 0"
    db.execute(
        f"""create table pupil ({row}, code text, personal_number text, name text, birth_date text, sex text,
        ethnic text, nationality text, birth_place text, home text, phone text, policy text, father_name text,
        mother_name text, guardian_name text, note text)"""
    )
    db.execute("create index pupil_number on pupil (personal_number)")
    db.execute("create index pupil_code on pupil (code)")
    db.execute(
        f"create table enrolment ({row}, pupil_id text, year integer, class_id text, number integer, joined_on text)"
    )
    db.execute("create index enrolment_class on enrolment (class_id)")
    db.execute("create index enrolment_pupil on enrolment (pupil_id, year)")
    db.execute(
        f"create table status_event ({row}, pupil_id text, year integer, kind text, on_date text, note text)"
    )
    db.execute("create index status_event_pupil on status_event (pupil_id, year)")
    db.execute(
        f"create table elective ({row}, pupil_id text, year integer, code text, takes integer, topics integer)"
    )
    db.execute("create index elective_pupil on elective (pupil_id, year)")
