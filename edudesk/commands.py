"""The command line as a whole: every slice's commands, and those that ask all slices: print, export, tour, assess."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from edudesk.gradebook.results.assess import assess
from edudesk.kernel.calendar import parse_date
from edudesk.kernel.errors import Problem, Refused, WrongUsage
from edudesk.kernel.numbers import read_json, write_json
from edudesk.kernel.words import N_, _
from edudesk.paper.document import Paper, write_pdf
from edudesk.paper.kinds import ExportKind, PaperKind, Wanted
from edudesk.school.asked import add_days, subject_code, year_of
from edudesk.school.store import class_named, classes
from edudesk.sheets.writer import require_ending, write_sheet
from edudesk.slices import SLICES
from edudesk.storage.command import Answer, Call, Command, output
from edudesk.storage.database import Database
from edudesk.storage.files.inputs import MEGABYTE, read_bounded
from edudesk.storage.slice import Code
from edudesk.students.store import pupil_named

MOST_CASES = 64 * MEGABYTE  # of cases in one go
TERMS = {"1": 1, "2": 2, "year": 0}


def _offered(*offers: Code | None) -> dict[str, object]:
    """What slices offer by name, in the order of the slices."""
    return {name: kind for offer in offers if offer for name, kind in offer.load().items()}


PAPERS: Mapping[str, PaperKind] = _offered(*(part.papers for part in SLICES))  # type: ignore[assignment]
EXPORTS: Mapping[str, ExportKind] = _offered(*(part.exports for part in SLICES))  # type: ignore[assignment]


def print_paper(call: Call) -> Answer:
    """One kind of paper as a PDF."""
    if call.args.list:
        return _listing(PAPERS)
    kind = PAPERS[_known(call.args.kind, PAPERS)]
    target = _target(call)
    with call.reading() as db:
        paper = kind.make(db, _wanted(call, db, kind))
    pages = write_pdf(target, paper)
    message = _("Đã in {title} ra {file}, {pages} trang.").format(
        title=_(kind.title), file=target, pages=pages
    )
    return Answer({"file": str(target), "pages": pages, "draft": paper.draft}, (message,))


def export(call: Call) -> Answer:
    """One kind of spreadsheet."""
    if call.args.list:
        return _listing(EXPORTS)
    kind = EXPORTS[_known(call.args.kind, EXPORTS)]
    target = _target(call)
    require_ending(target, kind.endings)
    with call.reading() as db:
        wanted = _wanted(call, db, kind)
        if kind.write is not None:
            return kind.write(db, target, wanted)
        sheets = kind.make(db, wanted)
    write_sheet(target, sheets)
    rows = sum(len(sheet.rows) for sheet in sheets)
    message = _("Đã ghi {title} ra {file}, {rows} dòng.").format(title=_(kind.title), file=target, rows=rows)
    return Answer({"file": str(target), "rows": rows}, (message,))


def _listing(kinds: Mapping[str, PaperKind] | Mapping[str, ExportKind]) -> Answer:
    data = [{"kind": name, "title": _(kind.title), "needs": list(kind.needs)} for name, kind in kinds.items()]
    lines = tuple(f"{name:<14} {_(kind.title)}" for name, kind in kinds.items())
    return Answer(data, lines)


def _known(name: str | None, kinds: Mapping[str, object]) -> str:
    if name in kinds:
        return str(name)
    message = _("Không có loại “{name}”.").format(name=name) if name else _("Chưa nói loại nào.")
    problem = Problem("KIND_UNKNOWN", message, next=_("Các loại: {known}.").format(known=", ".join(kinds)))
    raise WrongUsage(problem)


def _target(call: Call) -> Path:
    if not call.args.output:
        raise WrongUsage(Problem("OUTPUT_MISSING", _("Chưa nói ghi ra tệp nào."), next=_("Thêm -o TỆP.")))
    return Path(call.args.output)


def _wanted(call: Call, db: Database, kind: PaperKind | ExportKind) -> Wanted:
    args = call.args
    given = {"class": args.class_name, "subject": args.subject, "term": args.term}
    missing = [name for name in kind.needs if not given[name]]
    if missing:
        message = _("Cần thêm {options}.").format(options=", ".join(f"--{name}" for name in missing))
        step = _("Xem edudesk {command} --list.")
        command = "export" if isinstance(kind, ExportKind) else "print"
        raise WrongUsage(Problem("OPTION_MISSING", message, next=step.format(command=command)))
    year = year_of(call, db)
    class_id = class_named(db, year, args.class_name).id if args.class_name else ""
    pupil = pupil_named(db, year, args.pupil, class_id=class_id or None).id if args.pupil else None
    days = parse_date(args.since), parse_date(args.until)
    code = "" if args.subject in kind.subjects else subject_code(args.subject)
    return Wanted(year, class_id, code, TERMS[args.term or "year"], pupil, days, args)


def tour_papers(db: Database, year: int) -> dict[str, Paper]:
    """One of each print that can be made, of the school's last class: what a tour shows."""
    last = classes(db, year)[-1]
    wanted, papers = Wanted(year, last.id, "toan", 1, args=_no_options()), {}
    for name, kind in PAPERS.items():
        with suppress(Refused):  # no count yet, nothing to label
            papers[name] = kind.make(db, wanted)
    return papers


def _no_options() -> Namespace:
    """What print reads where nothing was asked."""
    parser = ArgumentParser(add_help=False)
    _add_print(parser)
    return parser.parse_args([])


def _add_print(parser: ArgumentParser) -> None:
    parser.add_argument("kind", nargs="?", metavar=_("LOẠI"), help=_("loại, xem --list"))
    parser.add_argument("-o", "--output", type=output, metavar=_("TỆP"), help=_("tệp sẽ ghi"))
    parser.add_argument("--list", action="store_true", help=_("liệt kê các loại"))
    parser.add_argument("--class", dest="class_name", metavar=_("LỚP"), help=_("tên lớp"))
    parser.add_argument("--subject", metavar=_("MÔN"), help=_("mã hoặc tên môn"))
    parser.add_argument("--term", choices=tuple(TERMS), help=_("học kì, hoặc year là cả năm"))
    parser.add_argument("--pupil", metavar=_("HỌC_SINH"), help=_("chỉ một em"))
    for part in SLICES:
        if part.paper_options:
            part.paper_options(parser)
    add_days(parser)


def tour(call: Call) -> Answer:
    """Every page as a picture and every print as a PDF; works without a display."""
    from edudesk.tour import take_tour

    files = take_tour(Path(call.args.out), call.folder if call.args.data else None, papers=tour_papers)
    return Answer([str(file) for file in files], tuple(str(file) for file in files))


def _add_tour(parser: ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar=_("THƯ_MỤC"), help=_("nơi để ảnh và PDF"))


def assess_cases(call: Call) -> Answer:
    """Work out cases by the rules alone: a JSON list in, the same list with `output` out."""
    text = read_bounded(call.args.file, most=MOST_CASES).decode("utf-8-sig", errors="replace")
    worked = assess(read_json(text, doubled=True), _offered(*(part.cases for part in SLICES)))  # type: ignore[arg-type]
    return Answer(worked, (write_json(worked),))


def _add_assess(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar=_("TỆP"), help=_("tệp JSON các trường hợp, hoặc - để đọc đầu vào chuẩn")
    )


COMMANDS: tuple[Command, ...] = (
    *(command for part in SLICES for code in part.commands for command in code.load()),
    Command("print", N_("in ra PDF"), print_paper, _add_print),
    Command("export", N_("ghi ra Excel"), export, _add_print),
    Command("tour", N_("chụp mọi trang và in mỗi loại giấy một bản"), tour, _add_tour),
    Command("assess", N_("tính các trường hợp theo quy chế, không cần dữ liệu"), assess_cases, _add_assess),
)
