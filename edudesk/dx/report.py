"""The self-score on paper (“Báo cáo tự đánh giá mức độ chuyển đổi số”), in the form of Nghị định 30/2020."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from edudesk.dx.chart import shares
from edudesk.dx.editions.rules import Criterion
from edudesk.dx.report_chart import chart_drawing
from edudesk.dx.rules_score import GroupScore, criterion_level, level_name, show_points
from edudesk.dx.store import ScoreLine, SelfScore, self_score
from edudesk.gradebook.papers.heading import Frame, read_frame
from edudesk.kernel.calendar import show_date, year_name
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Drawing, Letterhead, Notes, Signature, Signatures, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.pen import Pen, Style
from edudesk.paper.table import Cell, Row, Table, TableColumn, TitleRow
from edudesk.storage.database import Database

BAR, NAMES = 14.0, 70.0  # points: the height of a bar, the room for its name
SMALL = Style(10)


def dx_paper(db: Database, year: int, *, day: dt.date | None = None) -> Paper:
    """Of a year. A draft until the index is whole and confirmed and the principal approved, with the reasons in it."""
    score = self_score(db, year)
    frame = read_frame(db, day=day)
    title = _("Báo cáo tự đánh giá mức độ chuyển đổi số")
    blocks: list[Block] = [
        _head(score, frame),
        Title(title, (_("Năm học {year}").format(year=year_name(year)),)),
        Text(_("Kính gửi: {to}").format(to=_receiver(score, frame)), Style(13, bold=True, align="center")),
        *_opening(score),
        *_summary(score),
        chart_drawing(shares(score)),
        Text(_("Kết quả từng tiêu chí"), Style(13, bold=True)),
        Table(_columns(), _rows(score), size=10.5, tight=True),
        Space(2),
        Notes(_notes(score)),
        _signatures(score, frame),
        Notes([_("Nơi nhận: {to}; lưu: VT.").format(to=_receiver(score, frame))]),
    ]
    return Paper(f"{title} {year_name(year)}", blocks, draft=bool(score.draft_because))


def _head(score: SelfScore, frame: Frame) -> Letterhead:
    number = _("Số: {number}").format(number=score.report.number or "…/BC")
    return Letterhead(frame.head.authority, frame.head.school, frame.head.place, number, frame.day)


def _receiver(score: SelfScore, frame: Frame) -> str:
    return score.report.sent_to or frame.head.authority or _("cơ quan quản lý giáo dục trực tiếp")


def _opening(score: SelfScore) -> list[Block]:
    edition, report = score.edition, score.report
    lines = [_("Căn cứ {source};").format(source=edition.source)]
    if report.plan:
        lines.append(_("Thực hiện {plan};").format(plan=report.plan))
    lines.append(_("Nhà trường tự đánh giá mức độ chuyển đổi số và báo cáo kết quả như sau:"))
    return [Text(words, indent=10) for words in lines]


def _summary(scoring: SelfScore) -> list[Block]:
    blocks: list[Block] = [Text(_("Kết quả chung"), Style(13, bold=True))]
    for score in scoring.result.groups:
        words = _("- Nhóm {code}. {title}: {points}/{max} điểm, {level}.")
        message = words.format(
            code=score.group.code,
            title=score.group.title,
            points=show_points(score.points),
            max=show_points(score.group.maximum),
            level=level_name(score.level).lower(),
        )
        blocks.append(Text(message))
    blocks += [_bar(score, scoring) for score in scoring.result.groups]
    unmet = ", ".join(criterion.code for criterion in scoring.result.unmet)
    conditions = _("- Điều kiện bắt buộc: chưa đạt {codes}.").format(codes=unmet)
    if not unmet:
        conditions = _("- Điều kiện bắt buộc: đạt cả {n}.").format(n=len(scoring.result.conditions))
    overall = _("- Mức chung, theo nhóm thấp hơn: {level}.").format(
        level=level_name(scoring.result.overall).lower()
    )
    return [*blocks, Space(2), Text(conditions), Text(overall)]


def _bar(score: GroupScore, scoring: SelfScore) -> Drawing:
    bands, scale = scoring.edition.index.bands, scoring.edition.index.scale

    def draw(pen: Pen, left: float, top: float, width: float) -> None:
        start, room = left + NAMES, width - NAMES - 40
        pen.line(_("Nhóm {code}").format(code=score.group.code), left + 12, top, NAMES, style=SMALL)
        pen.tint(start, top, room, BAR, grey=0.93)
        pen.tint(start, top, room * score.points / scale, BAR, grey=0.45)
        pen.rules(_box(start, top, room))
        for bound in (bands.second_from, bands.third_above):
            at = start + room * bound / scale
            pen.rules([(at, top - 2, at, top + BAR + 2)], 0.8)
            pen.line(show_points(bound), at - 20, top + BAR + 1, 40, style=Style(9, align="center"))
        pen.line(show_points(score.points), start + room + 6, top, 40, style=Style(10, bold=True))

    return Drawing(BAR + 16, draw)


def _box(left: float, top: float, room: float) -> list[tuple[float, float, float, float]]:
    right, low = left + room, top + BAR
    return [
        (left, top, right, top),
        (left, low, right, low),
        (left, top, left, low),
        (right, top, right, low),
    ]


# -- the table


def _columns() -> list[TableColumn]:
    return [
        TableColumn(_("Mã"), 13),
        TableColumn(_("Tiêu chí")),
        TableColumn(_("Tối đa"), 14, "center"),
        TableColumn(_("Tự chấm"), 17, "center"),
        TableColumn(_("Năm trước"), 17, "center"),
        TableColumn(_("Minh chứng"), 19, "center"),
    ]


def _rows(scoring: SelfScore) -> list[Row | TitleRow]:
    rows: list[Row | TitleRow] = []
    for score in scoring.result.groups:
        rows.append(
            TitleRow(_("Nhóm {code}. {title}").format(code=score.group.code, title=score.group.title))
        )
        for criterion in score.group.criteria:
            rows += _criterion_rows(scoring, criterion)
        rows += _hole(score)
        rows.append(_total(score))
    return rows


def _hole(score: GroupScore) -> Sequence[Row]:
    """What the index lacks, as a row to be completed."""
    if not score.group.missing:
        return ()
    words = _("Còn thiếu so với thang điểm của nhóm, bổ sung theo văn bản gốc")
    return [
        ["?", Cell(words, italic=True), show_points(score.group.missing), Cell("?", tinted=True), "–", "–"]
    ]


def _criterion_rows(score: SelfScore, criterion: Criterion) -> Sequence[Row | TitleRow]:
    lines = [line for line in score.lines if line.criterion == criterion]
    if len(criterion.items) < 2:
        return [_line_row(line) for line in lines]
    given = {line.code: line.points for line in lines if line.points is not None}
    level = criterion_level(criterion, given)
    title = (
        _("{title} (mức {level})").format(title=criterion.title, level=level) if level else criterion.title
    )
    head = [
        Cell(criterion.code, bold=True),
        Cell(title, bold=True),
        Cell(show_points(sum(item.maximum for item in criterion.items)), bold=True),
        Cell(show_points(sum(given.values())), bold=True),
        Cell(show_points(sum(line.last or 0 for line in lines)) if score.last else "–", bold=True),
        Cell(str(sum(line.evidence for line in lines) or "–"), bold=True),
    ]
    return [head, *(_line_row(line) for line in lines)]


def _line_row(line: ScoreLine) -> Row:
    evidence = str(line.evidence or "–")
    if line.item is None:
        answer = {True: _("đạt"), False: _("chưa đạt"), None: _("chưa trả lời")}[line.met]
        return [
            line.code,
            _evidence_words(line),
            _("bắt buộc"),
            Cell(answer, tinted=not line.met),
            "–",
            evidence,
        ]
    points = _("chưa chấm") if line.points is None else show_points(line.points)
    last = "–" if line.last is None else show_points(line.last)
    most = show_points(line.item.maximum)
    return [line.code, _evidence_words(line), most, Cell(points, tinted=line.points is None), last, evidence]


def _evidence_words(line: ScoreLine) -> str:
    return line.title if line.verified else f"{line.title}\u00a0*"


def _total(score: GroupScore) -> Row:
    words = _("Cộng nhóm {code}").format(code=score.group.code)
    most, points = show_points(score.group.maximum), show_points(score.points)
    return ["", Cell(words, bold=True), Cell(most, bold=True), Cell(points, bold=True), "", ""]


# -- the end


def _notes(score: SelfScore) -> list[str]:
    bands = score.edition.index.bands
    words = _(
        "Mỗi nhóm dưới {second} điểm là mức 1, từ {second} đến {third} điểm là mức 2, trên {third} điểm là mức 3."
    )
    notes = [words.format(second=show_points(bands.second_from), third=show_points(bands.third_above))]
    notes.append(_("Mức chung lấy theo nhóm thấp hơn là cách hiểu của EduDesk từ chữ “mỗi nhóm”."))
    if score.edition.confirmed_at:
        words = _("Bộ chỉ số do {who} xác nhận ngày {day}.")
        notes.append(
            words.format(who=score.edition.confirmed_by, day=show_date(score.edition.confirmed_at[:10]))
        )
    else:
        notes.append(_("Dấu * là mục chưa đối chiếu văn bản gốc."))
    return [*notes, *(_("Bản nháp vì: {why}").format(why=why) for why in score.draft_because)]


def _signatures(score: SelfScore, frame: Frame) -> Signatures:
    principal = score.report.principal or frame.head.principal
    signs = [Signature(_("Người lập")), Signature(_("Hiệu trưởng"), principal)]
    return Signatures(signs, room=16)
