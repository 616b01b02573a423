"""The script in which a language is written, and letters that are none of it."""

from __future__ import annotations

from functools import cache

import langcodes
import regex

# ISO 15924 codes that stand for several scripts of Unicode, or for a style of one.
_SCRIPTS = {
    "Hans": ("Hani",),
    "Hant": ("Hani",),
    "Jpan": ("Hani", "Hira", "Kana"),
    "Kore": ("Hang", "Hani"),
    "Aran": ("Arab",),
}
# Languages that are written in a second script as much as in the one that CLDR names first.
_SECOND = {"crh": "Latn"}
# What CLDR says of a language that it knows nothing of.
_GUESSED_TERRITORY = "US"


def foreign_letters(text: str, lang: str) -> str:
    """Give the letters of a text that are not of the script in which its language is written.

    Parameters
    ----------
    text : str
    lang : str
        BCP 47 tag; its script, or the one in which CLDR says that the language is mostly written, is the right one.

    Returns
    -------
    str
        The letters, each once; "" when all are right, or the language's script is not known. Modifier letters such as
        the aspiration of "Stepʻanakert" belong to every script.

    Examples
    --------
    >>> foreign_letters("Шуша", "ru"), foreign_letters("Шуша", "az"), foreign_letters("Shushi", "hy-Latn")
    ('', 'Шуша', '')
    """
    script = script_of(lang)
    found = "".join(dict.fromkeys(_foreign(script).findall(text))) if script else ""
    return "" if found and lang in _SECOND and not _foreign(_SECOND[lang]).search(text) else found


@cache
def script_of(lang: str) -> str:
    """Give the ISO 15924 code of the script of a language tag, or "" when it is not known."""
    if not lang or not langcodes.tag_is_valid(lang):
        return ""
    language = langcodes.Language.get(lang)
    if language.script:
        return language.script
    full = language.maximize()
    guessed = full.territory == _GUESSED_TERRITORY and language.language != "en"
    return "" if guessed or not full.script else full.script


@cache
def _foreign(script: str) -> regex.Pattern[str]:
    own = "".join(rf"\p{{scx={part}}}" for part in _SCRIPTS.get(script, (script,)))
    try:
        return regex.compile(rf"[\p{{L}}--\p{{Lm}}--[{own}\p{{sc=Zyyy}}\p{{sc=Zinh}}]]", regex.V1)
    except regex.error:  # a script that Unicode does not have
        return regex.compile(r"(?!)")
