"""Numbers of people killed, wounded, missing, displaced or captured, as a sentence gives them: never added up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.mentions.rules import Row, filled, rows, words
from geo.mentions.triggers import Triggers, for_lower_case, lower, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_HYPHEN = re.compile(r"[ -]")


@dataclass(frozen=True, slots=True)
class Loss:
    """A number with what became of so many people; ``least`` or ``most`` is None where it is open to that side."""

    kind: str
    least: int | None
    most: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Counting:
    rows: tuple[tuple[Row, str], ...]
    triggers: Triggers
    number: re.Pattern[str]
    month: str
    values: Mapping[str, int]


@cache
def _counting(lang: str) -> _Counting:
    values = {row["word"]: int(row["value"]) for row in rows("numbers", lang)}
    spelt = "|".join(sorted(values, key=len, reverse=True))
    figure = r"\d{1,3}(?:[,.]\d{3})+(?!\d)|\d+(?![.,]\d)"
    number = rf"(?:(?:{figure})(?: (?:hundred|thousand|million)(?!\w))?|(?:{spelt})(?!\w)(?:[ -](?:{spelt})(?!\w))*)"
    lists = words(lang)
    about = rf"(?:{lists['AT-LEAST']} |{lists['AT-MOST']} |{lists['ABOUT']} )?"
    count = rf"(?<![\w.,])(?P<count>{about}{number}(?:(?: to |-| or ){number})?)"
    macros = {**lists, "N": count}
    table = tuple((row, filled(row, macros)) for row in rows("casualties", lang))
    bound = rf"(?:(?P<least>{lists['AT-LEAST']}) |(?P<most>{lists['AT-MOST']}) |{lists['ABOUT']} )?"
    return _Counting(
        rows=table,
        triggers=Triggers([filled(row, {**macros, "N": r"\d"}) for row, _ in table]),
        number=re.compile(rf"{bound}(?P<first>{number})(?:(?: to |-| or )(?P<second>{number}))?", re.IGNORECASE),
        month=rf"(?:{lists['MONTH'].lower()})(?!\w)",
        values=values,
    )


def losses(text: str, lang: str) -> list[Loss]:
    """Find how many people a sentence tells to have been killed, wounded, displaced and so on.

    Examples
    --------
    >>> for loss in losses("At least five people were killed and 12 wounded, she said.", "en"):
    ...     print(loss.kind, loss.least, loss.most)
    killed 5 None
    wounded 12 12
    """
    rules = _counting(lang)
    found: dict[int, Loss] = {}
    lowered = lower(text)
    for number in rules.triggers.within(words_of(lowered)):
        row, pattern = rules.rows[number]
        for match in for_lower_case(pattern).finditer(lowered):
            if _is_day(rules.month, lowered, match.span("count")):
                continue
            least, most = _count(rules, match["count"])
            loss = Loss(row["kind"], least, most, match.start(), match.end())
            found.setdefault(match.start("count"), loss)
    return sorted(found.values(), key=lambda loss: loss.start)


def _is_day(month: str, lowered: str, count: tuple[int, int]) -> bool:
    """Tell a day of a month from a number of people; "20 may have died" and "in March 20 people died" tell of people."""
    start, end = count
    before = re.search(rf"(?<!\w){month} $", lowered[max(0, start - 12) : start])
    return bool(re.match(rf" {month}(?! (?:have|be)\b)", lowered[end : end + 20])) or bool(
        before and re.match(r",? (?:had|and)\b", lowered[end:])
    )


def _count(rules: _Counting, wording: str) -> tuple[int | None, int | None]:
    match = rules.number.fullmatch(wording)
    if not match:
        return None, None
    first = _value(rules, match["first"])
    last = _value(rules, match["second"]) if match["second"] else first
    if match["least"]:
        return first, None
    return (None, last) if match["most"] else (first, last)


def _value(rules: _Counting, wording: str) -> int:
    """Give the number that a wording stands for.

    "Two hundred and five" does not occur in news; "two hundred", "twenty-three" and "3 million" do.
    """
    total = 0
    for part in _HYPHEN.split(wording.lower()):
        value = rules.values.get(part)
        if value is None:
            value = int(re.sub(r"[.,]", "", part))
        total = max(total, 1) * value if value >= 100 and part in rules.values else total + value  # noqa: PLR2004
    return total
