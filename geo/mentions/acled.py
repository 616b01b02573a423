"""Our kinds of events in the terms of ACLED, where the words of a text say as much as those need."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geo.mentions.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@cache
def _kinds() -> Mapping[str, tuple[str, str]]:
    known = {(row["event"], row["sub_event"]) for row in table("acled_types")}
    known |= {(event, "") for event, _ in known}
    found = {}
    for row in table("event_kinds"):
        pair = row["acled_event"], row["acled_sub_event"]
        if pair != ("", "") and pair not in known:
            raise row.fault(f"ACLED has no {pair[0]!r} with {pair[1]!r}; acled_types.csv lists what it has")
        found[row["id"]] = pair
    return found


def acled_types(events: Iterable[str]) -> list[dict[str, str]]:
    """Give ACLED's event and sub-event types for kinds of events, each once.

    Parameters
    ----------
    events : iterable of str
        Kinds of ``data/rules/event_kinds.csv``. Those that ACLED does not code, or that need more than a sentence tells,
        give nothing; where only the sub-event is open it is "".

    Raises
    ------
    DataError
        When the table names a type that ACLED does not have.

    Examples
    --------
    >>> acled_types(["shelling", "casualties", "missile_strike"])
    [{'event': 'Explosions/Remote violence', 'sub_event': 'Shelling/artillery/missile attack'}]
    """
    kinds = _kinds()
    pairs = dict.fromkeys(kinds.get(event, ("", "")) for event in events)
    return [{"event": event, "sub_event": sub_event} for event, sub_event in pairs if event]
