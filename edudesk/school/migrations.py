"""How the tables of the school slice came to be."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("school")


@migrations()
def m001_school(db: Database) -> None:
    """Years, terms, sites, classes, subjects of a grade and of a class."""
    row = "id text primary key, gone integer not null default 0"
    db.execute(f"create table school_year ({row}, year integer, starts text, ends text)")
    db.execute(f"create table term ({row}, year integer, number integer, starts text, ends text)")
    db.execute(f"create table site ({row}, name text, address text, main integer)")
    db.execute(
        f"""create table school_class ({row}, year integer, name text, grade integer, site_id text,
        homeroom_id text, position integer)"""
    )
    db.execute("create index school_class_year on school_class (year)")
    db.execute(
        f"""create table subject_plan ({row}, year integer, grade integer, code text, periods integer,
        kind text, taken text, position integer)"""
    )
    db.execute("create index subject_plan_grade on subject_plan (year, grade)")
    db.execute(
        f"create table class_subject ({row}, class_id text, code text, teacher_id text, taken text, topics integer)"
    )
    db.execute("create index class_subject_class on class_subject (class_id)")
