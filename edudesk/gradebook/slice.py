"""What the slice offers: marks, results, locks, seals."""

from __future__ import annotations

from edudesk.gradebook.places import BOARD, LOCKS, GradebookPlace, HomeroomPlace, RegisterPlace, ResultsPlace
from edudesk.gradebook.register.schema import TABLES
from edudesk.kernel.words import N_
from edudesk.storage.slice import ClassFind, Code, Find, GuardSet, PageSpec, Slice

SLICE = Slice(
    "gradebook",
    tables=(TABLES,),
    guards=(
        GuardSet(
            frozenset(
                (
                    *(
                        "mark",
                        "subject_comment",
                        "term_record",
                        "quality",
                        "mark_lock",
                        "mark_unlock",
                        "seal",
                    ),
                    *("pupil", "enrolment", "elective", "class_subject", "subject_plan", "term"),
                )
            ),
            Code("edudesk.gradebook.register.guards:GUARDS"),
        ),
    ),
    row_names={
        "term_record": "select p.name from term_record r join pupil p on p.id = r.pupil_id where r.id = ?",
        "subject_comment": "select p.name from subject_comment r join pupil p on p.id = r.pupil_id where r.id = ?",
        "mark": Code("edudesk.gradebook.register.marks:mark_name"),
    },
    pages=(
        PageSpec(
            "gradebook",
            N_("Sổ điểm"),
            "table",
            Code("edudesk.gradebook.entry.page:GradebookPage"),
            order=30,
            help=(
                N_("Điểm của một lớp, một môn, một học kì; điểm trung bình tính ngay khi gõ."),
                N_("Gõ điểm rồi Enter để xuống em kế tiếp; 85 là 8,5. V, P, K là em còn nợ điểm."),
                N_("F2 trên điểm trung bình nói vì sao ra số ấy; trên ô điểm nói ai ghi, ghi lúc nào."),
            ),
        ),
        PageSpec(
            "homeroom",
            N_("Rèn luyện"),
            "check-square",
            Code("edudesk.gradebook.pages.homeroom:HomeroomPage"),
            order=40,
            help=(
                N_("Chủ nhiệm đánh giá rèn luyện, ghi số buổi nghỉ và nhận xét từng em."),
                N_("Một phím cho một mức; lớp tiểu học đánh giá phẩm chất và năng lực ở đây."),
            ),
        ),
        PageSpec(
            "results",
            N_("Kết quả lớp"),
            "file-text",
            Code("edudesk.gradebook.pages.results:ResultsPage"),
            order=50,
            help=(
                N_(
                    "Mức học tập, rèn luyện, danh hiệu và lên lớp của cả lớp, tính theo quy định của năm học."
                ),
                N_("Enter trên một em nói vì sao em được mức ấy; in bảng kết quả và phiếu của từng em."),
            ),
        ),
        PageSpec(
            "register",
            N_("Tiến độ, khóa sổ"),
            "gauge",
            Code("edudesk.gradebook.pages.register:RegisterPage"),
            order=60,
            help=(
                N_(
                    "Ai còn thiếu điểm nào, theo giáo viên hoặc theo lớp; Enter mở sổ điểm đúng chỗ còn thiếu."
                ),
                N_("Khóa sổ ngay hoặc theo lịch, mở khóa bằng phiếu có lí do, đóng sổ học kì và niêm phong."),
            ),
        ),
        PageSpec(
            "statistics",
            N_("Thống kê"),
            "chart",
            Code("edudesk.gradebook.pages.statistics:StatisticsPage"),
            order=70,
            help=(
                N_("Số học sinh theo mức, danh hiệu và khoảng điểm; so theo lớp, khối, môn, giáo viên."),
                N_("In hoặc xuất Excel để làm báo cáo."),
            ),
        ),
    ),
    commands=tuple(
        Code(f"edudesk.gradebook.commands.{name}:COMMANDS")
        for name in ("marks", "history", "closing", "locks", "seals")
    ),
    papers=Code("edudesk.gradebook.commands.papers:PAPERS"),
    exports=Code("edudesk.gradebook.commands.papers:EXPORTS"),
    paper_options=Code("edudesk.gradebook.commands.statistics:add_asked"),
    finds=(
        Find(N_("In bảng điểm"), "printer", GradebookPlace(), action="print"),
        Find(N_("Xuất Excel"), "upload", GradebookPlace(), action="export"),
        Find(N_("Khóa, mở khóa… (Ctrl+L)"), "lock", GradebookPlace(), action="lock"),
        Find(N_("Lấy phiếu nhập điểm (Excel)…"), "download", GradebookPlace(), action="save-form"),
        Find(N_("Đọc phiếu nhập điểm…"), "upload", GradebookPlace(), action="open-form"),
        Find(N_("Soát lại cột (F7)"), "check", GradebookPlace(), action="read-back"),
        Find(N_("Tiến độ nhập điểm"), "gauge", RegisterPlace(tab=BOARD)),
        Find(N_("Khóa sổ"), "lock", RegisterPlace(tab=LOCKS)),
    ),
    class_finds=(
        ClassFind(N_("Lớp {name}: sổ điểm"), "table", lambda class_id: GradebookPlace(class_id=class_id)),
        ClassFind(
            N_("Lớp {name}: rèn luyện"), "check-square", lambda class_id: HomeroomPlace(class_id=class_id)
        ),
        ClassFind(N_("Lớp {name}: kết quả"), "file-text", lambda class_id: ResultsPlace(class_id=class_id)),
    ),
    proposals=Code("edudesk.gradebook.results.proposals:PROPOSALS"),
    class_demo=Code("edudesk.gradebook.demo.classes:write_class"),
    problems=Code("edudesk.gradebook.results.problems:PROBLEMS"),
)
