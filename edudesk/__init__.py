"""EduDesk: a school's gradebook, records and self-assessment on one PC, with or without a network.

Composition, which knows everything and decides nothing:
    __main__ › cli › usage › commands › tour › app › first_run · finds › slices

Slices, about school; each says in its slice.py what it offers:            Floors, about computers:
    demo                                                                    ┌──────────────────────────────┐
    home                                                                    │ ui      seen      Qt         │
    dx                       view.py    seen       (Qt widgets, thin)    ──▶│ paper   printed   PDF        │
    gradebook · labs         report.py  printed    (a record → blocks)   ──▶│ sheets  exchanged Excel, CSV │
    equipment                store.py   remembered (one Step per write)  ──▶│ storage remembered SQLite    │
    premises                 rules.py   true       (pure functions)      ──▶│ kernel  the standard library │
    students · staff                                                        └──────────────────────────────┘
    school                   A file may import only what stands to its right or below.
    handbook · trouble

gradebook, from above:
    slice › commands · pages · demo › entry › papers › exchange › seals › anomalies › results › register › rules · places

`tests/test_house.py` holds this picture against the import contract in pyproject.toml.
"""

__version__ = "0.1.1"
