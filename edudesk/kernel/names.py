"""Vietnamese names in the order a class register has them: tên, then họ đệm."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from edudesk.kernel.text import squeeze

# The order of the alphabet; letters with a breve, circumflex, horn or bar are letters of their own.
_ALPHABET = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z".split()
_LETTER = {letter: place for place, letter in enumerate(_ALPHABET)}
# The dictionary order of tones: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONE = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

WordKey = tuple[tuple[int, ...], tuple[int, ...]]
NameKey = tuple[WordKey, ...]


def given_name(full_name: str) -> str:
    """The last word of the name, by which a pupil is called (“tên”)."""
    words = squeeze(full_name).split()
    return words[-1] if words else ""


def name_key(full_name: str) -> NameKey:
    """Sorting key: given name first, then the words before it from the first on."""
    words = squeeze(full_name).split()
    return tuple(_word_key(word) for word in [*words[-1:], *words[:-1]])


@lru_cache(maxsize=4096)
def _word_key(word: str) -> WordKey:
    letters: list[int] = []
    tones: list[int] = []
    for character in word.casefold():
        base, tone = _split_tone(character)
        letters.append(_LETTER.get(base, len(_ALPHABET) + ord(base[0])))
        tones.append(tone)
    return tuple(letters), tuple(tones)


def _split_tone(character: str) -> tuple[str, int]:
    marks = unicodedata.normalize("NFD", character)
    tone = max((_TONE.get(mark, 0) for mark in marks), default=0)
    return unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONE)), tone
