"""The installer's script: it never reaches the school's data on its own, and speaks Vietnamese."""

from __future__ import annotations

import re
from pathlib import Path

SCRIPT = (Path(__file__).parents[2] / "packaging" / "installer" / "edudesk.nsi").read_text(encoding="utf-8")
LINES = [line.strip() for line in SCRIPT.splitlines() if line.strip() and not line.strip().startswith(";")]


def after(words: str) -> list[str]:
    return LINES[LINES.index(words) :]


def test_it_asks_for_no_administrator_and_writes_for_this_user_alone() -> None:
    assert "RequestExecutionLevel user" in LINES
    assert not any(
        word in SCRIPT for word in ("HKLM", "$PROGRAMFILES", "SetShellVarContext all", "Level admin")
    )


def test_whole_folders_are_removed_only_by_names_that_are_ours() -> None:
    assert sorted(line for line in LINES if line.startswith("RMDir /r")) == [
        'RMDir /r "$INSTDIR\\_internal"',
        'RMDir /r "${DATA}"',
    ]


def test_the_data_goes_only_when_two_questions_were_answered_and_never_silently() -> None:
    removing = after("Section Uninstall")
    gone = removing.index('RMDir /r "${DATA}"')
    before = removing[:gone]
    assert "${If} ${Silent}" in before
    asked = [line for line in before if line.startswith("MessageBox")]
    assert len(asked) == 2
    assert (
        "/SD IDYES IDYES kept" in asked[0]
        and "MB_DEFBUTTON2" in asked[1]
        and "/SD IDNO IDNO kept" in asked[1]
    )
    assert all(line != 'RMDir /r "${DATA}"' for line in LINES[: LINES.index("Section Uninstall")])


def test_every_question_has_an_answer_for_silence() -> None:
    assert all("/SD " in line for line in LINES if line.startswith("MessageBox"))


def test_what_it_says_is_vietnamese() -> None:
    assert '!insertmacro MUI_LANGUAGE "Vietnamese"' in LINES
    said = re.findall(r'MessageBox \S+ "([^"]+)"', SCRIPT) + re.findall(r'StrCpy \$R9 "([^"]+)"', SCRIPT)
    assert len(said) >= 8
    assert all(re.search("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", one) for one in said)
