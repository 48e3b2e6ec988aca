"""Lists: records under columns, repainted only where they differ."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from edudesk.kernel.errors import Problem, Refused, Unavailable
from edudesk.ui.cells import CellStyle, Chip
from edudesk.ui.table.view import Column, Edit, GroupRow, RecordTable, TableModel


@dataclass(frozen=True)
class Pupil:
    id: str
    name: str
    mark: str = ""


COLUMNS = (
    Column("name", "Họ và tên", lambda p: p.name, 0, names=True, sort=lambda p: p.name),
    Column("mark", "Điểm", lambda p: p.mark, 60, "right"),
)
THREE = [Pupil("a", "An"), Pupil("b", "Bình"), Pupil("c", "Chi")]


def model(records: list[Any] | None = None) -> TableModel:
    made = TableModel(COLUMNS)
    made.set_rows(THREE if records is None else records, key=lambda p: p.id)
    return made


def test_only_rows_that_differ_are_repainted(qtbot: QtBot) -> None:
    made, seen = model(), []
    made.dataChanged.connect(lambda first, last, _roles: seen.append((first.row(), last.row())))
    made.set_rows([THREE[0], replace(THREE[1], mark="8,5"), THREE[2]])
    assert seen == [(1, 1)]
    assert made.style(1, 1).text == "8,5"


def test_equal_records_repaint_nothing(qtbot: QtBot) -> None:
    made, seen = model(), []
    made.dataChanged.connect(lambda *_args: seen.append(1))
    made.set_rows([replace(p) for p in THREE])
    assert seen == []


def test_a_new_record_is_inserted_not_reloaded(qtbot: QtBot) -> None:
    made, inserted, reset = model(), [], []
    made.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    made.modelReset.connect(lambda: reset.append(1))
    made.set_rows([THREE[0], Pupil("x", "Bảo"), *THREE[1:]])
    assert inserted == [(1, 1)] and reset == []
    made.set_rows(THREE[2:])
    assert [p.id for p in made.records] == ["c"]


def test_a_refused_text_stays_with_its_reason_until_it_is_settled(qtbot: QtBot) -> None:
    def write(pupil: Pupil, text: str) -> None:
        if text == "11":
            raise Refused(Problem("MARK_RANGE", "Điểm từ 0 đến 10.", next="Gõ lại."))
        made.set_rows([replace(p, mark=text) if p.id == pupil.id else p for p in THREE])

    edit = Edit(write, fixes=lambda text: [text[0]])
    made = TableModel([COLUMNS[0], replace(COLUMNS[1], edit=edit)])
    made.set_rows(THREE, key=lambda p: p.id)
    assert not made.write(1, 1, "11")
    style, waiting = made.style(1, 1), made.refusal(1, 1)
    assert (style.text, style.bad, style.tip) == ("11", True, "Điểm từ 0 đến 10. Gõ lại.")
    assert waiting is not None and waiting.fixes == ("1",) and made.start_text(1, 1) == "11"
    assert made.write(1, 1, "10")
    assert made.style(1, 1) == CellStyle("10", align="right") and made.refusal(1, 1) is None


def test_a_text_the_disk_would_not_take_is_not_lost(qtbot: QtBot) -> None:
    def full(_pupil: Pupil, _text: str) -> None:
        raise Unavailable(Problem("DISK_FULL", "Đĩa đầy."))

    made = TableModel([replace(COLUMNS[1], edit=Edit(full))])
    made.set_rows(THREE, key=lambda p: p.id)
    assert not made.write(0, 0, "8")
    assert made.style(0, 0).text == "8" and made.style(0, 0).tip == "Đĩa đầy."


def test_locked_and_idle_cells_cannot_be_written(qtbot: QtBot) -> None:
    looks = {"a": CellStyle("8", locked=True), "b": CellStyle("–", off=True), "c": CellStyle("7")}
    made = TableModel([Column("m", "Điểm", str, style=lambda p: looks[p.id], edit=Edit(lambda *_: None))])
    made.set_rows(THREE, key=lambda p: p.id)
    assert [made.can_edit(row, 0) for row in range(4)] == [False, False, True, False]


def test_the_cursor_stays_on_its_record(qtbot: QtBot) -> None:
    table = RecordTable(COLUMNS)
    qtbot.addWidget(table)
    table.set_rows(THREE, key=lambda p: p.id)
    assert table.pick("b")
    table.set_rows([Pupil("0", "Ái"), *THREE])
    assert table.current().id == "b"
    assert not table.pick("nobody")


def test_the_lit_row_is_the_one_that_is_acted_on(qtbot: QtBot) -> None:
    table = RecordTable(COLUMNS)
    qtbot.addWidget(table)
    table.set_rows(THREE, key=lambda p: p.id)
    table.pick("a")
    for records in ([Pupil("x", "Mới"), *THREE], THREE, THREE[1:], [Pupil("y", "Nữa"), *THREE[1:]]):
        table.set_rows(records)
        assert table._paint.lit == table.currentIndex().row()


def test_a_click_on_the_head_sorts_and_again_turns_round(qtbot: QtBot) -> None:
    table = RecordTable(COLUMNS)
    qtbot.addWidget(table)
    table.set_rows(THREE[::-1], key=lambda p: p.id)
    table.pick("b")
    for wanted in (["a", "b", "c"], ["c", "b", "a"]):
        table.horizontalHeader().sectionClicked.emit(0)
        assert [p.id for p in table.records] == wanted
        assert table.current().id == "b"


def test_enter_opens_the_record(qtbot: QtBot) -> None:
    table = RecordTable(COLUMNS)
    qtbot.addWidget(table)
    table.set_rows(THREE, key=lambda p: p.id)
    table.pick("c")
    with qtbot.waitSignal(table.opened) as heard:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert heard.args == [THREE[2]]


def test_titles_between_rows_chips_and_details_paint(qtbot: QtBot, qapp: QApplication) -> None:
    chips = Column("c", "Mức", lambda p: "Tốt", 90, chip=lambda p: (Chip("Tốt", "soft"), Chip("gốc Đạt")))
    two = Column(
        "d", "Việc", lambda p: "", 90, style=lambda p: CellStyle("Một", detail="dòng hai", icon="check")
    )
    odd = Column(
        "o", "Ô", lambda p: "", 90, style=lambda p: CellStyle("V", owed=True, conflict=True, ask=True)
    )
    table = RecordTable([chips, two, odd], row=43)
    qtbot.addWidget(table)
    table.set_rows([GroupRow("Không nhận (1)", "13 / 20"), THREE[0]], key=lambda r: getattr(r, "id", "title"))
    table.resize(400, 200)
    table.show()
    assert not table.grab().isNull()
    assert table.columnSpan(0, 0) == 2
    spoken = table.model().index(1, 0).data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "Mức: Tốt"


def test_the_order_follows_its_column_to_another_place_and_goes_with_it(qtbot: QtBot) -> None:
    made = model([THREE[1], THREE[0], THREE[2]])
    made.sort(0, Qt.SortOrder.DescendingOrder)
    made.set_columns([COLUMNS[1], COLUMNS[0]])
    made.set_rows(THREE)
    assert [record.id for record in made.records] == ["c", "b", "a"]
    made.set_columns([COLUMNS[1]])
    made.set_rows(THREE)
    assert [record.id for record in made.records] == ["a", "b", "c"]


def test_the_note_of_a_title_stands_where_its_column_does(qtbot: QtBot) -> None:
    made = TableModel(COLUMNS)
    made.set_rows([GroupRow("Lớp 6A1", "còn thiếu 3")])
    assert (made.style(0, 0).align, made.style(0, 1).align) == ("left", "right")


def test_what_is_done_to_a_row_waits_until_one_is_chosen(qtbot: QtBot) -> None:
    table = RecordTable(COLUMNS)
    qtbot.addWidget(table)
    drop = QPushButton("Xóa")
    drop.setToolTip("Xóa em này")
    table.enable_on_row(drop)
    table.set_rows([GroupRow("Lớp 6A1"), *THREE], key=lambda p: getattr(p, "id", ""))
    assert not drop.isEnabled() and drop.toolTip() == "Chọn một dòng trước."
    table.setCurrentIndex(table.model().index(0, 0))
    assert not drop.isEnabled()  # a title is no record
    table.pick("b")
    assert drop.isEnabled() and drop.toolTip() == "Xóa em này"
    table.set_rows([THREE[0]], key=lambda p: p.id)
    assert drop.isEnabled() == (table.current() is not None)
    table.set_rows([], key=lambda p: p.id)
    assert not drop.isEnabled()
