"""A catalog as translators write it, read where nobody has compiled it: a clone of the source has only that."""

from __future__ import annotations

import ast
import gettext
from collections.abc import Mapping

_FIELDS = ("msgid ", "msgstr ")


class Catalog(gettext.NullTranslations):
    """Sentences and their translations; a sentence that has none stays as it is."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__()
        self._sentences = sentences

    def gettext(self, message: str) -> str:
        return self._sentences.get(message, message)


def read_po(text: str) -> dict[str, str]:
    """Sentence → translation of a catalog without plurals and contexts, which the program's have none of."""
    sentences: dict[str, str] = {}
    entry = {"msgid": "", "msgstr": ""}
    field = ""
    for line in [*text.splitlines(), ""]:
        rest = line
        if line.startswith(_FIELDS):
            field, _blank, rest = line.partition(" ")
        if rest.startswith('"'):
            entry[field] += ast.literal_eval(rest)
        elif not line.strip():
            sentences[entry["msgid"]] = entry["msgstr"]
            entry = {"msgid": "", "msgstr": ""}
    return {sentence: words for sentence, words in sentences.items() if sentence and words}
