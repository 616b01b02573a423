"""The name policy: which of a place's names a label shows; labels come from here alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.gazetteer.records import Attestation
from geo.gazetteer.sides import JOIN, english, in_language, standing

SIDES = ("az", "hy", "ru", "en")
POLICIES = ("printed", *SIDES, "all")


def side_languages(names: Iterable[Attestation]) -> set[str]:
    """Give the languages in which parties name a place as their own: each is a choice beside those that every map has.

    Parameters
    ----------
    names : iterable of Attestation
        All that is attested of a contested place.
    """
    own = {name.lang for name in standing(names) if name.party and name.kind in ("official", "endonym")}
    return {lang for lang in own if lang and not lang.endswith("-Latn")} - set(SIDES)


def labels(
    printed: Sequence[str], names: Iterable[Attestation], *, fallback: str, further: Iterable[str] = ()
) -> dict[str, str]:
    """Give a place's label under each policy.

    Parameters
    ----------
    printed : sequence of str
        The names as printed in the reports.
    names : iterable of Attestation
        All that is attested of the place; of a contested place the English label shows both sides' names.
    fallback : str
        What to show where the place has no name in a language.
    further : iterable of str
        Further languages to choose from.

    Returns
    -------
    dict of str to str
        Keys ``printed``, ``az``, ``hy``, ``ru``, ``en``, the further languages, and ``all``.
    """
    today = standing(names)
    found = {lang: in_language(today, lang) for lang in (*SIDES, *further)} | {"en": english(today)}
    shown = {lang: name or fallback for lang, name in found.items()}
    every = dict.fromkeys(part for lang in ("en", "az", "hy", "ru", *further) for part in shown[lang].split(JOIN))
    return {"printed": JOIN.join(printed) or fallback, **shown, "all": JOIN.join(every)}
