"""The invented self-score of digital transformation: this year's on its way, last year's approved and sent.

Scores are written down for each level of school and drawn from no chance, so that whoever reads them can add them up.
"""

from __future__ import annotations

from edudesk.kernel.ids import name_id
from edudesk.kernel.words import _
from edudesk.school.demo import DemoBuilder

# Tenths of a point; what a level does not name is that of lower secondary. None: nobody has scored it yet.
POINTS: dict[str, int | None] = {
    "1.3.1": 60,
    "1.3.2": 50,
    "1.3.3": 40,
    "1.3.4": 50,
    "1.3.5": 30,
    "1.4": 70,
    "1.5.1": 100,
    "1.5.2": None,
    "1.6.1": 65,
    "1.6.2": 50,
    "1.6.3": 40,
    "1.7.1": 60,
    "1.7.2": 50,
    "1.7.3": None,
    "2.3.1": 60,
    "2.3.2": 60,
    "2.3.3": 100,
    "2.3.4": 60,
    "2.3.5": 50,
    "2.3.6": 40,
    "2.3.7": 60,
    "2.3.8": 30,
    "2.4.1": 60,
    "2.4.2": 80,
    "2.4.3": 55,
}
OTHERWISE: dict[str, dict[str, int | None]] = {
    "tieu_hoc": {"1.5.1": None, "1.7.2": 35, "1.3.4": 20, "2.4.2": 30},
    "thcs": {},
    "thpt": {"1.5.1": 150, "1.5.2": 30, "1.7.2": 70, "1.7.3": 50, "2.3.5": 80, "2.4.1": 80, "2.4.3": 90},
    "lien_cap": {
        "1.5.1": None,
        "1.6.3": None,
        "1.4": 20,
        "1.3.5": None,
        "1.7.1": 20,
        "1.3.3": None,
        "2.3.8": None,
    },
}
CONDITIONS = ("1.1", "1.2", "2.1", "2.2")
EVIDENCE = (
    (
        "1.1",
        "note",
        "Kế hoạch dạy học trực tuyến kết hợp trực tiếp, lồng ghép trong kế hoạch giáo dục của nhà trường.",
    ),
    ("1.2", "note", "Quy chế tổ chức dạy học trực tuyến, ban hành kèm quyết định đầu năm học."),
    ("1.3.1", "link", "https://truong.example.vn/day-hoc-truc-tuyen"),
    ("1.3.1", "note", "Phần mềm thuê theo năm học, có hợp đồng."),
    ("1.4", "note", "Danh mục học liệu số đã được tổ chuyên môn thông qua, lưu ở văn thư."),
    ("2.1", "note", "Quyết định thành lập tổ chuyển đổi số của nhà trường."),
    ("2.3.3", "note", "Sổ điểm điện tử dùng từ đầu năm học; bản in có mã niêm phong."),
    ("2.4.1", "link", "https://truong.example.vn/phu-huynh"),
)


TITLES = {
    "toan": (("Bài giảng điện tử về phân số", "BAI_GIANG"), ("Bộ câu hỏi ôn tập giữa kì", "CAU_HOI")),
    "ngu_van": (("Video đọc hiểu văn bản thông tin", "VIDEO"), ("Phiếu đọc thêm", "TAI_LIEU")),
    "tieng_viet": (("Video kể chuyện lớp 3", "VIDEO"), ("Phiếu luyện viết", "TAI_LIEU")),
    "ngoai_ngu_1": (("Bài nghe Unit 1–3", "BAI_GIANG"), ("Đề kiểm tra từ vựng", "CAU_HOI")),
    "khtn": (("Mô phỏng mạch điện", "MO_PHONG"), ("Video thí nghiệm", "VIDEO")),
    "tin_hoc": (("Bài thực hành bảng tính", "BAI_GIANG"), ("Câu hỏi trắc nghiệm Tin học", "CAU_HOI")),
}
GRADE_OF = {"tieu_hoc": 3, "thcs": 6, "thpt": 10, "lien_cap": 6}
# name, kind, how it came to the school, what it does, what is counted a month in hundredths of the pupils
SYSTEMS: tuple[tuple[str, str, str, str | None, dict[str, int]], ...] = (
    (
        "Phòng học trực tuyến của trường",
        *("TRUC_TIEP", "THUE", "registered", {"teachers": 2, "pupils": 60, "items": 8}),
    ),
    (
        "Lớp học số Sông Trăng",
        *("LMS", "THUE", "assigns answers tests", {"teachers": 3, "pupils": 70, "items": 20}),
    ),
    ("Sổ liên lạc điện tử", "PHU_HUYNH", "THUE", None, {"teachers": 3, "parents": 65, "items": 90}),
    ("Kiểm tra trên phòng máy", "KIEM_TRA", "MUA", None, {}),
)


def write_dx(builder: DemoBuilder, _classes: object) -> None:
    """Scores, answers, evidence and the plan of this year; last year's a point less on each item."""
    year, points = builder.year, {**POINTS, **OTHERWISE[builder.level]}
    for code, given in points.items():
        if given is not None:
            _score(builder, year, code, points=given)
        _score(builder, year - 1, code, points=max(0, (given or 0) - 10))
    for code in CONDITIONS:
        met = int(code != "2.2" or builder.level != "lien_cap")
        _score(builder, year, code, met=met)
        _score(builder, year - 1, code, met=met)
    for place, (code, kind, text) in enumerate(EVIDENCE):
        builder.add(
            "dx_evidence",
            *("demo", code, place),
            year=year,
            item=code,
            kind=kind,
            text=text,
            added_by=builder.db.author.actor,
            added_at=f"{year}-10-1{place}T09:00:00+07:00",
        )
    _resources(builder)
    _systems(builder)
    builder.do(_("Tự chấm chuyển đổi số"))
    _reports(builder, year)
    builder.do(_("Báo cáo chuyển đổi số năm trước"))


def _resources(builder: DemoBuilder) -> None:
    """Two resources of each subject that has a teacher: the first approved, every third second one only by its team."""
    subjects = builder.db.all("select id, main_subject from staff where role = 'GV' and gone = 0 order by id")
    year, done = builder.year, set()
    for place, (author, code) in enumerate(subjects):
        if code not in TITLES or code in done:
            continue
        done.add(code)
        for n, (title, kind) in enumerate(TITLES[code]):
            builder.add(
                "dx_resource",
                *("demo", code, n),
                title=title,
                code=code,
                grade=GRADE_OF[builder.level],
                staff_id=author,
                kind=kind,
                link=f"https://truong.example.vn/hoc-lieu/{code}-{n + 1}",
                made_on=f"{year}-09-1{n}",
                team_by=_("Tổ chuyên môn"),
                team_on=f"{year}-09-2{n}" if n == 0 or place % 3 else None,
                approved_on=f"{year}-10-0{n + 1}" if n == 0 else None,
            )


def _systems(builder: DemoBuilder) -> None:
    """Two months are counted, by shares of the pupils there are; the last system has no number yet."""
    year = builder.year
    count = int(builder.db.value("select count(*) from enrolment where gone = 0", (), 0))
    for n, (name, kind, owned, does, counted) in enumerate(SYSTEMS):
        fields = {"name": name, "kind": kind, "owned": owned, "does": does, "since": f"{year}-08-15"}
        system = builder.add("dx_system", "demo", n, **fields)
        for month in (9, 10) if counted else ():
            numbers = {key: count * share // 100 + month for key, share in counted.items()}
            whole: dict[str, int | str | None] = {
                **numbers,
                "system_id": system,
                "month": f"{year}-{month:02}",
            }
            builder.put_new("dx_use", name_id("dx_use", system, f"{year}-{month:02}"), **whole)


def _score(builder: DemoBuilder, year: int, code: str, **fields: int) -> None:
    head = name_id("staff", "demo", "PHT")
    row = name_id("dx_score", year, code)
    builder.put_new("dx_score", row, year=year, item=code, staff_id=head, **fields)


def _reports(builder: DemoBuilder, year: int) -> None:
    plan = _("Kế hoạch số {number}/KH").format(number=12)
    builder.put_new("dx_report", name_id("dx_report", year), year=year, plan=plan, planned_on=f"{year}-10-05")
    builder.put_new(
        "dx_report",
        name_id("dx_report", year - 1),
        year=year - 1,
        plan=plan,
        planned_on=f"{year - 1}-10-06",
        principal="Nguyễn Văn Bách",
        approved_by=builder.db.author.actor,
        approved_at=f"{year}-05-20T09:00:00+07:00",
        number="05/BC",
        sent_to=_("UBND xã Sông Trăng"),
        sent_on=f"{year}-05-22",
    )
