"""Under which spellings a place is filed: its names, and the forms of them that the press prints as a matter of course."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from geo.gazetteer.folding import normalise
from geo.gazetteer.records import Attestation

NAME_KINDS = (
    "primary",
    "alternate",
    "endonym",
    "exonym",
    "official",
    "historical",
    "variant",
    "abbreviation",
    "demonym",
)
PRIMARY, ALTERNATE = 0, 1
_NOT_LATIN = re.compile(r"[^\x00-\u024f\u0300-\u036f\u1e00-\u1eff]")
_ARTICLE = re.compile(r"^([AE](?:[lnrstz]|sh|d)) (?=\w)")


def filed_names(primary: str, attestations: Iterable[Attestation], others: Iterable[str]) -> dict[str, int]:
    """Give each normalised spelling of a place once, with the number of its kind.

    Parameters
    ----------
    primary : str
        The place's own name.
    attestations : iterable of Attestation
        What tables say of its names; their kind goes before that of the same name elsewhere.
    others : iterable of str
        Further names, of which nothing else is known.
    """
    found: dict[str, int] = {}
    for attestation in attestations:
        name = normalise(attestation.toponym)
        kind = NAME_KINDS.index(attestation.kind)
        found[name] = min(kind, found.get(name, kind))
    found.setdefault(normalise(primary), PRIMARY)
    for name in others:
        found.setdefault(normalise(name), ALTERNATE)
    for name, kind in list(found.items()):
        if not name.isascii():
            found.setdefault(_bare(name), kind)
        if " " not in name:
            found.setdefault(name.replace("-", " "), kind)
        elif name[0] in "AE":
            found.setdefault(_ARTICLE.sub(r"\1-", name), kind)
    found.pop("", None)
    return found


def _bare(name: str) -> str:
    """Give a name in Latin letters without its diacritics, as the press prints it; other scripts give nothing."""
    if _NOT_LATIN.search(name):
        return ""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return bare if bare.isascii() else ""
