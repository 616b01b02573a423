"""The name policy: which of a place's names a label shows; labels come from here alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.gazetteer.records import Attestation

JOIN = " / "
SIDES = ("az", "hy", "ru", "en")
POLICIES = ("printed", *SIDES, "all")
_STANDING = ("official", "endonym", "exonym")
_ORDER = ("official", "endonym", "exonym", "variant")


def labels(printed: Sequence[str], names: Iterable[Attestation], *, contested: bool, fallback: str) -> dict[str, str]:
    """Give a place's label under each policy.

    Parameters
    ----------
    printed : sequence of str
        The names as printed in the reports.
    names : iterable of Attestation
        All that is attested of the place.
    contested : bool
        Whether two parties use different names for it today; its English label then shows both, in alphabetical order.
    fallback : str
        What to show where the place has no name in a language.

    Returns
    -------
    dict of str to str
        Keys ``printed``, ``az``, ``hy``, ``ru``, ``en`` and ``all``.
    """
    today = [name for name in names if name.to in ("", "..") and name.kind in _ORDER]
    found = {lang: _in_language(today, lang) for lang in SIDES}
    found["en"] = _english(today, contested=contested) or found["en"]
    shown = {lang: name or fallback for lang, name in found.items()}
    every = dict.fromkeys(part for lang in ("en", "az", "hy", "ru") for part in shown[lang].split(JOIN))
    return {"printed": JOIN.join(printed) or fallback, **shown, "all": JOIN.join(every)}


def _in_language(names: Sequence[Attestation], lang: str) -> str:
    own = [name for name in names if name.lang == lang]
    return min(own, key=lambda name: _ORDER.index(name.kind)).toponym if own else ""


def _english(names: Sequence[Attestation], *, contested: bool) -> str:
    """Give both sides' English forms where names are contested, or romanised ones where a side has none."""
    if not contested:
        return ""
    sides: dict[str, str] = {}
    for lang in ("en", "hy-Latn", "az"):
        for name in names:
            if name.lang == lang and name.party and name.kind in _STANDING:
                sides.setdefault(_side(name.party), name.toponym)
    return JOIN.join(sorted(set(sides.values()), key=str.casefold))


def _side(party: str) -> str:
    """Give the side that a party speaks for: ministries speak for their state, a self-proclaimed republic for its kin.

    Examples
    --------
    >>> _side("az-mod")
    'az'
    """
    return _KIN.get(party, party.partition("-")[0])


_KIN = {"artsakh": "am"}
