"""The plain form of a name: small ASCII letters and digits; case, diacritics, hyphens and scripts fall together."""

from __future__ import annotations

import re

from anyascii import anyascii

_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


class _Letters(dict[int, str]):
    """What each sign becomes, worked out when it is first met: anyascii goes sign by sign, and slowly."""

    def __missing__(self, code: int) -> str:
        self[code] = _NOT_ALNUM.sub("", anyascii(chr(code)).lower())
        return self[code]


_LETTERS = _Letters()
# Scripts whose signs do not spell, letter by letter, what a romanised name spells.
_UNREAD = re.compile(
    r"[\u0700-\u109f\u1100-\u1c8f\u2e80-\ua63f\ua6a0-\uabff\uac00-\ud7ff\uf900-\ufaff\U00010000-\U0003ffff]"
)


def plain(text: str) -> str:
    """Give the plain form of a name, by the transliteration of anyascii; "" in scripts that do not spell letter by letter.

    Examples
    --------
    >>> plain("São-Paulo") == plain("SAO PAULO")
    True
    """
    return "" if not text.isascii() and _UNREAD.search(text) else text.translate(_LETTERS)
