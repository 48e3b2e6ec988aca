"""Storage's own tables."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("storage")


@migrations()
def m001_settings(db: Database) -> None:
    """Settings of the school and of this PC, and who this device is."""
    db.execute("create table setting (id text primary key, gone integer not null default 0, value text)")
    db.execute("create table local (key text primary key, value text not null) without rowid")
    db.execute("create table identity (key text primary key, value text not null) without rowid")


@migrations()
def m002_journal(db: Database) -> None:
    """The journal and the undo stack."""
    db.execute("create table scope_key (scope text primary key, key blob not null) without rowid")
    db.execute(
        """create table journal_stream (
        n integer primary key, device text not null, epoch text not null, scope text not null,
        unique (device, epoch, scope))"""
    )
    db.execute(
        """create table journal_step (
        n integer primary key, id text not null unique, label text not null, size integer not null,
        indivisible integer not null, wall text not null, clock integer not null,
        actor text not null, standing text not null, reason text not null)"""
    )
    db.execute("create index journal_step_clock on journal_step (clock)")
    db.execute(
        """create table journal (
        stream integer not null, seq integer not null, step integer not null, kind text not null,
        tbl text not null, row text not null, field text not null, old, new, seen text not null,
        schema integer not null, c blob not null, primary key (stream, seq)) without rowid"""
    )
    db.execute("create index journal_cell on journal (row, field)")
    db.execute("create index journal_by_step on journal (step)")
    db.execute(
        """create table undo_stack (
        n integer primary key, actor text not null, device text not null,
        step integer not null, undone_by integer)"""
    )
