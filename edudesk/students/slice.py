"""What the slice offers: pupils, their classes and status."""

from __future__ import annotations

from edudesk.kernel.words import N_
from edudesk.storage.slice import ClassFind, Code, Find, GuardSet, PageSpec, Slice
from edudesk.students.places import StudentsPlace
from edudesk.students.schema import TABLES

SLICE = Slice(
    "students",
    tables=(TABLES,),
    guards=(GuardSet(frozenset({"school_class", "enrolment"}), Code("edudesk.students.guards:GUARDS")),),
    row_names={
        "pupil": "select name from pupil where id = ?",
        "enrolment": "select p.name from enrolment r join pupil p on p.id = r.pupil_id where r.id = ?",
        "status_event": "select p.name from status_event r join pupil p on p.id = r.pupil_id where r.id = ?",
    },
    pages=(
        PageSpec(
            "students",
            N_("Học sinh"),
            "users",
            Code("edudesk.students.view:StudentsPage"),
            order=20,
            help=(
                N_("Danh sách và hồ sơ học sinh của từng lớp hoặc toàn trường."),
                N_(
                    "Nhập cả danh sách từ Excel, tìm không cần dấu, sửa hồ sơ, chuyển lớp, ghi chuyển đi hoặc thôi học."
                ),
                N_("Dòng nào của tệp Excel không nhận được thì chương trình nói vì sao trước khi ghi."),
            ),
        ),
    ),
    commands=(Code("edudesk.students.commands:COMMANDS"),),
    exports=Code("edudesk.students.papers:EXPORTS"),
    finds=(
        Find(N_("Nhập từ Excel"), "download", StudentsPlace(), action="import"),
        Find(N_("Thêm học sinh"), "plus", StudentsPlace(), action="add"),
        Find(N_("In danh sách lớp"), "printer", StudentsPlace(), action="print"),
    ),
    class_finds=(
        ClassFind(N_("Lớp {name}: danh sách"), "users", lambda class_id: StudentsPlace(class_id=class_id)),
    ),
    record_finds=Code("edudesk.students.store:pupil_finds"),
    proposals=Code("edudesk.students.proposals:PROPOSALS"),
    problems=Code("edudesk.students.problems:PROBLEMS"),
)
