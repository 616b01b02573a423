"""The name policy: which of a place's names a label shows; labels come from here alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.gazetteer.records import Attestation
from geo.gazetteer.sides import JOIN, english, in_language, standing

SIDES = ("az", "hy", "ru", "en")
POLICIES = ("printed", *SIDES, "all")


def labels(printed: Sequence[str], names: Iterable[Attestation], *, fallback: str) -> dict[str, str]:
    """Give a place's label under each policy.

    Parameters
    ----------
    printed : sequence of str
        The names as printed in the reports.
    names : iterable of Attestation
        All that is attested of the place; of a contested place the English label shows both sides' names.
    fallback : str
        What to show where the place has no name in a language.

    Returns
    -------
    dict of str to str
        Keys ``printed``, ``az``, ``hy``, ``ru``, ``en`` and ``all``.
    """
    today = standing(names)
    found = {lang: in_language(today, lang) for lang in SIDES} | {"en": english(today)}
    shown = {lang: name or fallback for lang, name in found.items()}
    every = dict.fromkeys(part for lang in ("en", "az", "hy", "ru") for part in shown[lang].split(JOIN))
    return {"printed": JOIN.join(printed) or fallback, **shown, "all": JOIN.join(every)}
