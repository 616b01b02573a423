"""Both sides' names of a contested place, so that none stands alone by accident."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.gazetteer.folding import fold
from geo.gazetteer.records import Attestation

JOIN = " / "
STANDING = ("official", "endonym", "exonym")
ORDER = (*STANDING, "variant")
# A self-proclaimed republic and the state that its people look to use the same names.
_KIN = {"artsakh": "am"}
_OPEN = ("", "..")


def contested(attestations: Iterable[Attestation]) -> bool:
    """Tell whether two parties use different names for a place today: no key of the one is a key of the other."""
    keys: dict[str, set[str]] = {}
    for attestation in attestations:
        if attestation.party and attestation.kind in ("endonym", "official") and attestation.to in _OPEN:
            keys.setdefault(attestation.party, set()).add(fold(attestation.toponym))
    users = list(keys.values())
    return any(one.isdisjoint(other) for place, one in enumerate(users) for other in users[place + 1 :])


def standing(attestations: Iterable[Attestation]) -> list[Attestation]:
    """Give the names that stand today, those of a table's first choice before variants."""
    today = [name for name in attestations if name.to in _OPEN and name.kind in ORDER]
    return sorted(today, key=lambda name: ORDER.index(name.kind))


def in_language(names: Sequence[Attestation], lang: str) -> str:
    """Give the first name in a language, or ""."""
    return next((name.toponym for name in names if name.lang == lang), "")


def english(names: Sequence[Attestation]) -> str:
    """Give the English name; of a contested place both sides' forms, in alphabetical order.

    Parameters
    ----------
    names : sequence of Attestation
        As `standing` gives them.
    """
    return JOIN.join(_both(names)) if contested(names) else in_language(names, "en")


def _both(names: Sequence[Attestation]) -> list[str]:
    sides: dict[str, str] = {}
    for lang in ("en", "hy-Latn", "az"):
        for name in names:
            if name.lang == lang and name.party and name.kind in STANDING:
                sides.setdefault(side(name.party), name.toponym)
    return sorted(set(sides.values()), key=str.casefold)


def side(party: str) -> str:
    """Give the side that a party speaks for: ministries speak for their state, a self-proclaimed republic for its kin.

    Examples
    --------
    >>> side("az-mod")
    'az'
    """
    return _KIN.get(party, party.partition("-")[0])
