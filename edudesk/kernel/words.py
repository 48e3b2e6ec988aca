"""The program's words: Vietnamese in the code, other languages from a catalog.

`_` translates where a sentence is shown; `N_` only marks a literal in a module-level table, which `_` translates later.
"""

from __future__ import annotations

import gettext

from edudesk.kernel.paths import resource

SOURCE = "vi"  # the language the code is written in
_catalog: gettext.NullTranslations = gettext.NullTranslations()
_language = SOURCE


def use_language(language: str) -> None:
    """Choose "vi" (the source) or a language that has a catalog under resources/locale ("en")."""
    global _catalog, _language
    _catalog = gettext.NullTranslations() if language == SOURCE else _read_catalog(language)
    _language = language


def _read_catalog(language: str) -> gettext.NullTranslations:
    """The compiled catalog; where none is, the one it would be compiled from."""
    try:
        return gettext.translation("edudesk", str(resource("locale")), [language])
    except FileNotFoundError:
        from edudesk.kernel.catalog import Catalog, read_po

        source = resource("locale", language, "LC_MESSAGES", "edudesk.po")
        return Catalog(read_po(source.read_text(encoding="utf-8")))


def language() -> str:
    """The language that is spoken now: "vi", "en"."""
    return _language


def _(sentence: str) -> str:
    """The sentence in the chosen language. The empty sentence stays empty."""
    return _catalog.gettext(sentence) if sentence else ""


def N_(sentence: str) -> str:  # noqa: N802 - the name gettext tools know
    """Mark a literal for the catalog without translating it yet."""
    return sentence
