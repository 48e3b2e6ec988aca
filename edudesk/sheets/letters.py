"""Letters as files bring them: invisible ones, those of old fonts, and when two names are the same name."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache

from edudesk.kernel.paths import resource
from edudesk.kernel.text import fold, nfc, squeeze

FONTS = ("tcvn3", "vni")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_VIETNAMESE = frozenset(
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
)
# Letters of the peoples' own spellings that stand in their names beside the Vietnamese alphabet.
_PEOPLES = frozenset("ĕĭŏŭñčƀ")
_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
_OPEN = (  # vowels after which a syllable ends
    r"oai|oay|oeo|uay|uây|uôi|ươi|ươu|iêu|yêu|uya|uyu|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|uơ|ưa|ưi|ưu|"
    r"oa|oe|uê|uy|[aeêioôơuưy]"
)
_CLOSED = r"uyê|iê|yê|oă|uâ|uô|ươ|oo|oa|oe|uê|uy|[aăâeêioôơuưy]"  # vowels that take an ending
_SYLLABLE = re.compile(rf"{_ONSET}(?:(?:{_OPEN})|(?:{_CLOSED})(ng|nh|ch|[cmnpt]))")
_STOPS, _STOPPED = ("c", "ch", "p", "t"), "\u0301\u0323"  # before a stop only two tones are said
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LEGACY = re.compile("[\u00a1-\u00ff]")


def has_controls(text: str) -> bool:
    """Whether the text holds signs no keyboard types into a cell, or half a letter."""
    return _CONTROLS.search(text) is not None


# -- names


def exact(name: str) -> str:
    """A name as it decides whose row it is: composed, squeezed, whatever the capitals."""
    return squeeze(name).casefold()


def near(name: str) -> str:
    """A name without accents: what is proposed, never taken."""
    return fold(name)


def same_name(given: str, stored: str) -> bool:
    """Whether a name in a file is the stored one: exactly, or as a system without accents or small letters has it."""
    return exact(given) == exact(stored) or is_poorer(given, stored)


def is_poorer(text: str, stored: str) -> bool:
    """Whether the text is what is stored, but for accents that are left out or for capitals."""
    given, known = squeeze(text), squeeze(stored)
    if given == known:
        return False
    if given.casefold() == known.casefold():
        return given.isupper() or given.islower()
    return given.isascii() and near(given) == near(known)


def is_strange(name: str) -> bool:
    """Whether the name has a letter that no Vietnamese name is written with."""
    known = _VIETNAMESE | _PEOPLES
    return any(
        letter not in known
        and unicodedata.category(letter) in ("Ll", "Lu", "Lo", "Sc", "So", "Sm", "No", "Sk")
        for letter in squeeze(name).casefold()
    )


def is_syllable(word: str) -> bool:
    """Whether a word could be one Vietnamese syllable: small, capital at the start, or all capital."""
    if word[1:] not in (word[1:].lower(), word[1:].upper()) or (
        word[1:].isupper() and not word[:1].isupper()
    ):
        return False
    marks = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in marks if mark in _TONES]
    read = _SYLLABLE.fullmatch(nfc("".join(mark for mark in marks if mark not in _TONES)))
    if read is None or len(tones) > 1:
        return False
    return read.group(1) not in _STOPS or (bool(tones) and tones[0] in _STOPPED)


# -- old fonts


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(resource("sheets", "old_fonts.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _pattern(font: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _tables()[font]), key=len, reverse=True)))


def legacy_text(text: str, font: str) -> str:
    """The text as the font's letters show it on paper."""
    table = _tables()[font]
    shown = _pattern(font).sub(lambda sign: table[sign.group()], text)
    return nfc(" ".join(_capitals(word) for word in shown.split(" ")))


def _capitals(word: str) -> str:
    """A word of capital letters whose toned letters came out small is all capital."""
    plain = [letter for letter in word if letter.isascii() and letter.isalpha()]
    return word.upper() if len(plain) > 1 and all(letter.isupper() for letter in plain) else word


def legacy_fonts(text: str) -> tuple[str, ...]:
    """The old fonts a text may be written in, when it makes no sense as it stands and does in that font."""
    if not _LEGACY.search(text) or any(ord(letter) > 0x17F for letter in text) or _reads(text):
        return ()
    return tuple(font for font in FONTS if _reads(legacy_text(text, font)))


def _reads(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+|[\u00a1-\u00ff]+", re.sub(r"[\d.,;:()/\"'\-–*?!%+&]", " ", text))
    whole = re.sub(r"[\d.,;:()/\"'\-–*?!%+&]", " ", text).split()
    return bool(words) and all(is_syllable(word) for word in whole)
