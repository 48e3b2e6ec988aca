"""EduDesk: a school's gradebook, records and self-assessment on one PC, with or without a network.

┌──────────────── app.py · cli.py ────────────────┐  know everything, decide nothing
│   composition root: the list of slices and pages │
└───────────────────────┬──────────────────────────┘
 SLICES   home  gradebook  students  staff  school         ┌──────────────────┐
 view.py    seen         (Qt widgets, thin)            ──▶ │ ui/      Qt floor │
 report.py  printed      (a frozen record -> blocks)   ──▶ │ paper/   PDF floor│
 store.py   remembered   (queries; one Step per write) ──▶ │ storage/ SQLite   │
 rules.py   true         (pure functions)              ──▶ │ kernel/  stdlib   │
            ── a file may import only what is to its right or below ──▶
 sheets/ (Excel, CSV in and out) stands between paper/ and storage/: reader, headings, tables, values, plan, writer
"""

__version__ = "0.1.0"
