"""What cannot be of classes and assignments and is, after two desks wrote apart."""

from __future__ import annotations

from edudesk.kernel.place import Place
from edudesk.kernel.words import N_
from edudesk.school.rules import class_key
from edudesk.storage.state_problems import EQUAL, POINTED_AT, ProblemKind, equal_as, pointing_at_gone

CLASSES, TEACHING = Place(page="school", tab="classes"), Place(page="school", tab="teaching")

PROBLEMS = (
    ProblemKind(
        "CLASS_TWICE",
        EQUAL,
        equal_as("select id, name, name from school_class where year = ? and gone = 0", class_key),
        N_("{n} lớp của năm học cùng tên {value}."),
        N_("Đổi tên, hoặc dồn các em về một lớp rồi xóa lớp kia."),
        lambda _row: CLASSES,
    ),
    ProblemKind(
        "CLASS_SITE_GONE",
        POINTED_AT,
        pointing_at_gone("school_class", "site_id", "site"),
        N_("{n} lớp còn ghi ở điểm trường đã xóa: {name}."),
        N_("Chọn điểm trường khác cho lớp."),
        lambda _row: CLASSES,
        refers=("school_class", "site_id"),
    ),
    ProblemKind(
        "HOMEROOM_GONE",
        POINTED_AT,
        pointing_at_gone("school_class", "homeroom_id", "staff"),
        N_("{n} lớp còn giao chủ nhiệm cho người đã xóa khỏi danh sách: {name}."),
        N_("Chọn giáo viên chủ nhiệm khác."),
        lambda _row: CLASSES,
        refers=("school_class", "homeroom_id"),
    ),
    ProblemKind(
        "TEACHER_GONE",
        POINTED_AT,
        pointing_at_gone("class_subject", "teacher_id", "staff"),
        N_("{n} môn còn phân công cho người đã xóa khỏi danh sách: {name}."),
        N_("Phân công giáo viên khác."),
        lambda _row: TEACHING,
        refers=("class_subject", "teacher_id"),
    ),
)
