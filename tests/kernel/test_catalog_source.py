"""A catalog nobody has compiled is read as it is written."""

from __future__ import annotations

from edudesk.kernel.catalog import Catalog, read_po

TEXT = r'''
# the head has no sentence
msgid ""
msgstr ""
"Language: en\n"

#, python-brace-format
msgid "Lớp {name}"
msgstr "Class {name}"

msgid ""
"Hai dòng, "
"một câu \"trong ngoặc\"\n"
msgstr ""
"Two lines, "
"one sentence \"quoted\"\n"

msgid "Chưa dịch"
msgstr ""

msgid "Cuối"
msgstr "Last"'''


def test_sentences_of_one_line_and_of_several() -> None:
    assert read_po(TEXT) == {
        "Lớp {name}": "Class {name}",
        'Hai dòng, một câu "trong ngoặc"\n': 'Two lines, one sentence "quoted"\n',
        "Cuối": "Last",
    }


def test_what_has_no_translation_stays() -> None:
    catalog = Catalog(read_po(TEXT))
    assert (catalog.gettext("Cuối"), catalog.gettext("Chưa dịch")) == ("Last", "Chưa dịch")
