"""A school is put away inside its folder, which is then free for another."""

from __future__ import annotations

from pathlib import Path

import pytest
from schools import make_school

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Unavailable
from edudesk.slices import new_school, open_school
from edudesk.storage.backups.backup import make_backup
from edudesk.storage.places import DATABASE, has_school, set_aside


def names(folder: Path) -> list[str]:
    with open_school(folder) as db:
        return [name for (name,) in db.all("select name from school_class where gone = 0 order by name")]


def test_a_school_that_was_put_away_opens_there_and_another_takes_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "EduDesk"
    with make_school(folder, ["6A1"]) as db:
        make_backup(db)
    (folder / "preferences.json").write_text("{}")
    place = set_aside(folder, "trường mẫu")
    assert not has_school(folder) and names(place) == ["6A1"]
    assert {path.name for path in (place / "backups").iterdir()} and not (folder / "backups").exists()
    assert (folder / "preferences.json").exists(), "what is the user's stays"
    make_school(folder, ["9A2"]).close()
    assert (names(folder), names(place)) == (["9A2"], ["6A1"])
    assert set_aside(folder, "trường mẫu").name == "trường mẫu (2)"


@pytest.mark.parametrize("stopped", range(1, 4))
def test_a_disk_that_stops_in_between_leaves_a_school_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped: int
) -> None:
    folder = tmp_path / "EduDesk"
    with make_school(folder, ["6A1"]) as db:
        make_backup(db)
    moves = iter(range(1, 9))
    move = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if next(moves) == stopped:
            raise PermissionError(13, "in use")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(Unavailable):
        set_aside(folder, "trường mẫu")
    monkeypatch.undo()
    assert (folder / DATABASE).exists() and names(folder) == ["6A1"]


def test_a_power_cut_before_the_key_went_leaves_a_folder_that_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "EduDesk"
    make_school(folder, ["6A1"]).close()
    monkeypatch.setattr(Path, "unlink", lambda *_a, **_k: (_ for _ in ()).throw(PermissionError(13, "cut")))
    with pytest.raises(Unavailable):
        set_aside(folder, "trường mẫu")
    monkeypatch.undo()
    assert (folder / "school.key").exists() and not has_school(folder)
    with new_school(folder) as db:
        db.do(Step("Ghi", db.put_setting("school.name", "Trường A")))
    assert names(folder) == [] and names(folder / "trường mẫu") == ["6A1"]
