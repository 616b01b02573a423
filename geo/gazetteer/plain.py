"""The plain form of a name: small ASCII letters and digits; case, diacritics, hyphens and scripts fall together."""

from __future__ import annotations

import re

from anyascii import anyascii

_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Give the plain form of a name, by the letter-for-letter transliteration of anyascii.

    Examples
    --------
    >>> plain("São-Paulo") == plain("SAO PAULO")
    True
    """
    return _NOT_ALNUM.sub("", (text if text.isascii() else anyascii(text)).lower())
