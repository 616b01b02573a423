"""A report that two outlets print is one claim with two sources."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

# Of two printings a few words may differ: "Sunday" and "on Sunday", a name's spelling. A number that differs is another claim.
_ALIKE = 88.0
# So many earlier claims of a place are compared word by word; equal ones are found among all.
_RECENT = 50
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")


def claim_ids(rows: Sequence[dict[str, Any]]) -> list[str | None]:
    """Tell which mentions state one claim: the same of one place by the same parties, in almost the same sentence.

    Parameters
    ----------
    rows : sequence of dict
        Mentions as `geo.layers.records.mention_record` gives them, in order.

    Returns
    -------
    list of str or None
        For each the first mention that states the claim, as "report:start"; None where a mention states nothing. Two mentions
        in one report are always two.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 - only where claims stand together

    exact: dict[tuple[Any, ...], list[tuple[str, str]]] = defaultdict(list)
    told: dict[tuple[Any, ...], list[tuple[str, str, str]]] = defaultdict(list)
    found: list[str | None] = []
    for row in rows:
        if row["role"] != "site" or not (row["claimants"] or row["events"]):
            found.append(None)
            continue
        words = " ".join(_WORD.findall(row["sentence"].lower()))
        about = (row["place"] or row["text"], frozenset(row["claimants"]), tuple(_NUMBER.findall(words)))
        own = f"{row['report']}:{row['start']}"
        same = next((first for first, report in exact[(*about, words)] if report != row["report"]), None)
        if same is None:
            same = next(
                (
                    first
                    for first, report, other in told[about][-_RECENT:]
                    if report != row["report"] and fuzz.ratio(words, other, score_cutoff=_ALIKE)
                ),
                None,
            )
        if same is None:
            told[about].append((own, row["report"], words))
            exact[(*about, words)].append((own, row["report"]))
        found.append(same or own)
    return found
