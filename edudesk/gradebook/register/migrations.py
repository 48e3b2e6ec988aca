"""How the tables of the gradebook slice came to be."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("gradebook")


@migrations()
def m001_gradebook(db: Database) -> None:
    """Marks cell by cell, the homeroom teacher's record of a term, comments by subject.

    `mark.value` has no affinity: tenths as a whole number, or a letter code. Its index holds all that a class sheet
    and the results of the school read, so that neither touches the table.
    """
    row = "id text primary key, gone integer not null default 0"
    db.execute(
        f"""create table mark ({row}, pupil_id text, year integer, code text, term integer, slot text,
        class_id text, value)"""
    )
    db.execute("create index mark_cell on mark (pupil_id, year, code, term, slot, value, gone)")
    db.execute(
        f"""create table term_record ({row}, pupil_id text, year integer, term integer, class_id text,
        conduct text, absent_excused integer, absent_unexcused integer, comment text)"""
    )
    db.execute("create index term_record_pupil on term_record (pupil_id, year)")
    db.execute(
        f"""create table subject_comment ({row}, pupil_id text, year integer, code text, term integer,
        class_id text, text text)"""
    )
    db.execute("create index subject_comment_pupil on subject_comment (pupil_id, year)")


@migrations()
def m002_locks(db: Database) -> None:
    """Locks of the register and the permits that open them; null in year … pupil_id means any."""
    row = "id text primary key, gone integer not null default 0"
    where = "year integer, class_id text, code text, term integer, slot text, pupil_id text"
    db.execute(
        f"""create table mark_lock ({row}, kind text, {where}, reason text, locked_by text, locked_at text,
        starts text, vector text)"""
    )
    db.execute("create index mark_lock_year on mark_lock (year)")
    db.execute(
        f"""create table mark_unlock ({row}, lock_id text, {where}, requester text, reason text, approver text,
        approved_at text, expires text, closed_at text, vector text)"""
    )
    db.execute("create index mark_unlock_lock on mark_unlock (lock_id)")


@migrations()
def m003_seals(db: Database) -> None:
    """Seals of pages of the register with the content they were made of; `breaks` names the seal a row opens."""
    row = "id text primary key, gone integer not null default 0"
    db.execute(
        f"""create table seal ({row}, year integer, class_id text, code text, term integer, seal text, content text,
        reason text, sealed_by text, sealed_at text, breaks text)"""
    )
    db.execute("create index seal_code on seal (seal)")
    db.execute("create index seal_page on seal (year, class_id)")


@migrations()
def m004_primary(db: Database) -> None:
    """Qualities and competences of primary school, and what a person decides about a pupil's year."""
    row = "id text primary key, gone integer not null default 0"
    db.execute(
        f"""create table quality ({row}, pupil_id text, year integer, term integer, class_id text, stage text,
        code text, value text)"""
    )
    db.execute("create index quality_pupil on quality (pupil_id, year, term, stage, code, value, gone)")
    db.execute(
        f"""create table year_decision ({row}, pupil_id text, year integer, class_id text, kind text, value text,
        reason text, decided_by text, decided_at text)"""
    )
    db.execute("create index year_decision_pupil on year_decision (pupil_id, year)")
