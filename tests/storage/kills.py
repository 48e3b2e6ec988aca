"""Kill a writer again and again, and look each time that everything it was told to be written is there.

`python kills.py FOLDER SEED COUNT` prints what was done as JSON. A child types, imports, locks, backs up and restores
in a real school folder; it says what it will do before and that it is done after; a SIGKILL comes at any moment.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
import sys
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from conftest_storage import NOTES, notes_module

from edudesk.kernel.change import Step
from edudesk.storage.backups.backup import make_backup
from edudesk.storage.backups.catalogue import list_backups
from edudesk.storage.backups.restore import restore
from edudesk.storage.database import Database
from edudesk.storage.doctor import examine
from edudesk.storage.instance import FolderLock

State = dict[str, int]
LONGEST = {"type": 0.04, "import": 0.06, "lock": 0.04, "backup": 0.12, "restore": 0.25, "open": 0.01}
KINDS = ("type", "type", "type", "import", "lock", "backup", "restore", "open")
RENEW = 250  # kills after which the school is begun anew, lest its journal grow without end


def child(folder: Path, seed: int, kind: str, backup: str, pipe: Connection) -> None:
    """Do one kind of work until killed."""
    chance = random.Random(seed)
    pipe.send(("ready", {}))
    with FolderLock(folder), Database.open(folder, [NOTES]) as db:
        for _ in range({"type": 50, "import": 4, "lock": 50}.get(kind, 1)):
            wanted = {
                f"n{chance.randrange(60)}": chance.randrange(101)
                for _ in range(40 if kind == "import" else 1)
            }
            pipe.send(("will", {"kind": kind, "set": wanted, "backup": backup}))
            made = deed(db, kind, wanted, backup)
            pipe.send(("did", {"kind": kind, "set": wanted, "backup": made}))


def deed(db: Database, kind: str, wanted: State, backup: str) -> str:
    """One deed; answers the name of the backup that was made, or the one asked for."""
    if kind == "backup":
        return make_backup(db, "manual").backup.path.name
    if kind == "restore" and backup:
        restore(db, db.folder / "backups" / backup)
        return backup
    if kind != "open":
        changes = db.upsert_all(
            "note", {row: {"text": "x", "pages": n, "topic": "t"} for row, n in wanted.items()}
        )
        db.do(Step(kind, changes, "Khóa" if kind == "lock" else "", indivisible=kind == "lock"))
    return backup


class Arena:
    """The folder, and what must be in it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.told: Counter[str] = Counter()
        self.renew()

    def renew(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        with Database.open(self.folder, [NOTES], create=True):
            self.state: State = {}
        self.backups: dict[str, State] = {}

    def kill_once(self) -> None:
        kind = self.chance.choice(KINDS)
        there = [one.path.name for one in list_backups(self.folder) if one.path.name in self.backups]
        backup = self.chance.choice(there) if there and kind == "restore" else ""
        near, far = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(
            target=child, args=(self.folder, self.chance.getrandbits(32), kind, backup, far), daemon=True
        )
        process.start()
        far.close()
        near.recv()
        time.sleep(self.chance.random() * LONGEST[kind])
        process.kill()
        process.join()
        self.told[kind] += 1
        self.look(self.heard(near))

    def heard(self, pipe: Connection) -> dict[str, Any] | None:
        """Follow what the child said; answers the deed it had begun and not ended."""
        begun = None
        try:
            while True:
                word, said = pipe.recv()
                begun = said if word == "will" else None
                if word == "did":
                    self.state = self.after(said)
                    self.told["acknowledged"] += 1
                    if said["kind"] == "backup":
                        self.backups[said["backup"]] = dict(self.state)
        except (EOFError, OSError):
            pipe.close()
        return begun

    def after(self, said: dict[str, Any]) -> State:
        if said["kind"] in ("backup", "open"):
            return self.state
        if said["kind"] == "restore" and said["backup"]:
            return dict(self.backups[said["backup"]])
        return {**self.state, **said["set"]}

    def look(self, begun: dict[str, Any] | None) -> None:
        """Open as the program does; no hand is needed, and the state is the one before or after what was begun."""
        with FolderLock(self.folder) as lock, Database.open(self.folder, [NOTES]) as db:
            self.told["unclean"] += lock.unclean
            found = dict(db.all("select id, pages from note where gone = 0"))
            possible = [self.state] + ([self.after(begun)] if begun else [])
            assert found in possible, (begun, found, possible)
            self.told["unfinished"] += begun is not None
            if self.chance.random() < 0.1:
                assert [f.message for f in examine(db) if not f.fine] == []
            self.state = found


def main(folder: Path, seed: int, count: int) -> None:
    notes_module("notes_migrations")
    if "fork" in multiprocessing.get_all_start_methods():
        multiprocessing.set_start_method("fork")
    arena = Arena(folder, seed)
    for number in range(1, count + 1):
        arena.kill_once()
        if number % RENEW == 0:
            arena.renew()
    sys.stdout.write(json.dumps(arena.told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
