"""Invented marks: each pupil has an ability, each subject a lean, each test a bad or a good day.

Every mark is a whole number of tenths. Some pupils are made on purpose: excellent, failing, or good in all but one
subject, so that each rule of the regulation has somebody it speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

KINDS = ("ordinary",) * 30 + (
    "excellent",
    "excellent",
    "strong",
    "strong",
    "weak",
    "weak",
    "one_low",
    "one_very_low",
)


@dataclass(frozen=True, slots=True)
class Gift:
    """A pupil's ability in tenths, and what is added to it for single subjects."""

    kind: str
    ability: int
    leans: dict[str, int] = field(default_factory=dict)


_ABILITY = {"ordinary": (67, 9), "excellent": (95, 2), "strong": (86, 3), "weak": (46, 6), "one_low": (85, 3)}


def gift(random: Random, subjects: list[str]) -> Gift:
    """What one pupil brings along."""
    kind = random.choice(KINDS)
    middle, spread = _ABILITY.get(kind, _ABILITY["one_low"])
    ability = round(random.gauss(middle, spread))
    lean = 2 if kind in ("excellent", "strong") else 7
    leans = {subject: round(random.gauss(0, lean)) for subject in subjects}
    if kind.startswith("one_"):
        leans[random.choice(subjects)] = 42 - ability if kind == "one_low" else 29 - ability
    return Gift(kind, ability, leans)


def score(random: Random, gift: Gift, subject: str, slot: str) -> int:
    """One mark in tenths; tests at the end are to a tenth or two, the others to the half."""
    spread = 3 if gift.kind == "excellent" else 6
    tenths = min(100, max(10, round(random.gauss(gift.ability + gift.leans.get(subject, 0), spread))))
    return tenths if slot == "ck" and random.random() < 0.3 else min(100, 5 * round(tenths / 5))


def passed(random: Random, gift: Gift) -> str:
    """Đạt or Chưa đạt in a subject assessed by comment."""
    doubt = 0.02 if gift.kind == "weak" else 0.001
    return "CD" if random.random() < doubt else "D"


def conduct(random: Random, gift: Gift) -> str:
    """The homeroom teacher's judgement of a term (“kết quả rèn luyện”)."""
    if gift.kind == "weak":
        return random.choices(("TOT", "KHA", "DAT", "CHUA_DAT"), (10, 45, 40, 5))[0]
    return random.choices(("TOT", "KHA", "DAT"), (82, 15, 3))[0]


def absences(random: Random) -> tuple[int, int]:
    """Sessions missed with and without leave in a term."""
    excused = random.choices((0, 1, 2, 3, 5, 8), (45, 22, 14, 10, 6, 3))[0]
    return excused, random.choices((0, 1, 3), (88, 9, 3))[0]


REMARKS = (
    "Chăm chỉ, hòa đồng với bạn.",
    "Có tiến bộ rõ trong học kì.",
    "Cần tập trung hơn trong giờ học.",
    "Tích cực tham gia hoạt động của lớp.",
    "Nắm chắc kiến thức, trình bày cẩn thận.",
    "Cần rèn thêm chữ viết và cách trình bày.",
    "Mạnh dạn phát biểu, hay giúp đỡ bạn.",
)
# What a subject's teacher says of a pupil, by how it went: from 8,0, from 6,5, from 5,0, below.
SUBJECT_REMARKS = {
    80: (
        "Nắm chắc kiến thức, vận dụng tốt.",
        "Hăng hái phát biểu, làm bài cẩn thận.",
        "Nên thử các bài nâng cao.",
    ),
    65: ("Hiểu bài, cần trình bày gọn hơn.", "Có tiến bộ so với giữa kì.", "Làm đủ bài tập, cần đi sâu hơn."),
    50: ("Cần luyện thêm bài tập cơ bản.", "Còn nhầm lẫn khi vận dụng.", "Cần chú ý nghe giảng hơn."),
    0: (
        "Cần ôn lại kiến thức nền, thầy cô sẽ kèm thêm.",
        "Chưa làm đủ bài tập về nhà.",
        "Cần gia đình nhắc nhở việc học.",
    ),
}


def subject_remark(random: Random, gift: Gift, subject: str) -> str:
    """A sentence that fits how the pupil does in the subject."""
    level = gift.ability + gift.leans.get(subject, 0)
    return random.choice(
        next(words for least, words in SUBJECT_REMARKS.items() if level >= least or least == 0)
    )
