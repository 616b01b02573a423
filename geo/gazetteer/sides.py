"""Both sides' names of a contested place, so that none stands alone by accident."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from anyascii import anyascii

from geo.gazetteer.folding import fold
from geo.gazetteer.records import Attestation, Relation

JOIN = " / "
STANDING = ("official", "endonym", "exonym")
ORDER = (*STANDING, "variant")
_NOT_LATIN = re.compile(r"[^\x00-\u02ff\u0300-\u036f\u1e00-\u1eff’‘]")
ISO_LETTERS = 2
_OPEN = ("", "..")


def contested(attestations: Iterable[Attestation]) -> bool:
    """Tell whether two parties use different names for a place today: no form of the one's is a form of the other's.

    Spellings and scripts of one name are one form, and so are a Georgian name with and without the ending of its nominative
    and a Chinese name in traditional and in simplified characters.
    """
    keys: dict[str, set[str]] = {}
    for attestation in attestations:
        if attestation.party and attestation.kind in ("endonym", "official") and attestation.to in _OPEN:
            keys.setdefault(attestation.party, set()).update(_forms(attestation))
    users = list(keys.values())
    return any(one.isdisjoint(other) for place, one in enumerate(users) for other in users[place + 1 :])


def _forms(name: Attestation) -> set[str]:
    """Give the keys by which a name is known for the same as another."""
    forms = {fold(name.toponym)}
    language = name.lang.partition("-")[0]
    if language == "ka":
        forms.add(fold(re.sub("[iი]$", "", name.toponym)))
    elif language == "zh":
        forms.add(f"zh {anyascii(name.toponym)}")
    return forms


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
    """Give the form of each party in Latin letters, its English one first; spellings of one name count once."""
    forms: dict[str, str] = {}
    for rank in (_is_english, is_latin):
        for name in names:
            if name.party and name.kind in STANDING and rank(name):
                forms.setdefault(name.party, name.toponym)
    distinct = {fold(form): form for form in sorted(forms.values(), key=str.casefold, reverse=True)}
    return sorted(distinct.values(), key=str.casefold)


def _is_english(name: Attestation) -> bool:
    return name.lang == "en"


def is_latin(name: Attestation) -> bool:
    """Tell whether a name is a user's own, in Latin letters."""
    return name.kind != "exonym" and not _NOT_LATIN.search(name.toponym)


def de_jure_country(relations: Iterable[Relation], otherwise: str) -> str:
    """Give the ISO code of the state that a place lies in by law.

    Where parties claim it for different states, that is what the United Nations have said, or else what the package's record
    has: a claim as such moves no place.

    Parameters
    ----------
    relations : iterable of Relation
    otherwise : str
        What is known without the tables, or "".
    """
    claims = [r for r in relations if r.relation == "de_jure" and len(r.object) == ISO_LETTERS and r.to in _OPEN]
    codes = {claim.object for claim in claims}
    if len(codes) <= 1:
        return codes.pop() if codes else otherwise
    named = {claim.object for claim in claims if claim.party == "un"}
    return named.pop() if len(named) == 1 else otherwise
