"""What later sentences say of a place without naming it again: "No one was hurt, it added", "Norland denied the attack"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from geo.mentions.casualties import losses
from geo.mentions.events import Event, events, is_context
from geo.mentions.pattern_needs import needs
from geo.mentions.rules import words
from geo.mentions.triggers import for_lower_case, may_match

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.mentions.account import Account
    from geo.mentions.claims import Claim
    from geo.mentions.passages import Page, Passage

# A story goes on for a few sentences without naming its place again.
_REACH = 4
_STOPS = (".", "!", "?", "…", '"', "”", ":")


@cache
def _words(lang: str, which: str) -> str:
    return rf"(?<!\w){words(lang)[which]}(?!\w)"


def _has(passage: Passage, lang: str, which: str) -> bool:
    pattern = _words(lang, which)
    return may_match(needs(pattern), passage.words) and bool(for_lower_case(pattern).search(passage.lowered))


def follow(page: Page, claims: Sequence[Sequence[Claim]], accounts: Mapping[int, Account]) -> None:
    """Add to the accounts of sites what the sentences after them say of the same.

    A sentence with a place of its own speaks of that one; only a denial that covers none goes back to the last.
    """
    last: list[Account] = []
    steps = home = 0
    headline = _headline(page)
    for passage in page.passages:
        told = [accounts[number] for number in passage.mentions if number in accounts]
        sites = [account for account in told if account.tells] or [account for account in told if account.stands_in]
        if sites:
            _deny(page, passage, claims[passage.number], accounts, last)
            last, steps, home = ([] if passage is headline else sites), 0, passage.paragraph
        elif any(_is_elsewhere(page, number, accounts) for number in passage.mentions):
            last = []
        elif last and steps < _REACH and passage.signature is None:
            steps += 1
            _go_on(page, passage, claims[passage.number], last, near=passage.paragraph == home)
    if headline:
        _head(page, headline, accounts)


def _is_elsewhere(page: Page, number: int, accounts: Mapping[int, Account]) -> bool:
    """Tell whether a mention takes the story to another place: a reference that is no demonym or says how it relates."""
    account = accounts.get(number)
    if not account or account.verdict.role != "reference":
        return False
    return bool(account.verdict.relation) or page.mentions[number].kind != "demonym"


def _deny(
    page: Page, passage: Passage, claims: Sequence[Claim], accounts: Mapping[int, Account], before: list[Account]
) -> None:
    """Give a denial without a place of its own to the sites before it, in its sentence or before that."""
    at = {page.mentions[number].start: accounts[number] for number in passage.mentions if accounts[number].tells}
    for claim in claims:
        if claim.stance == "deny" and not any(claim.covers(offset) for offset in at):
            earlier = [account for offset, account in at.items() if offset < claim.cue[0]]
            for account in earlier or before:
                account.add_claim(claim)


def _go_on(page: Page, passage: Passage, claims: Sequence[Claim], last: list[Account], *, near: bool) -> None:
    """Add what a sentence without a place tells of the last sites, in their paragraph (`near`) or with words that say so.

    Totals ("on both sides", "since the war began") are of no site.
    """
    lang = page.lang
    there = _has(passage, lang, "THERE")
    same = there or _has(passage, lang, "BACK")
    if _has(passage, lang, "TOTAL") and not there:
        return
    found: list[Event] = []
    if (same or near) and not _has(passage, lang, "LONG-AGO"):
        found = [event for event in events(passage.lowered, lang) if there or not is_context(event, lang)]
    start = passage.start
    lost = losses(passage.lowered, lang) if any(event.kind in {"casualties", "displacement"} for event in found) else []
    unclaimed = not any(account.claims for account in last)
    for account in last:
        account.events += [replace(event, start=event.start + start, end=event.end + start) for event in found]
        account.losses += [replace(loss, start=loss.start + start, end=loss.end + start) for loss in lost]
        for claim in claims:
            if (claim.parties or claim.stance == "deny") and (
                found or same or claim.stance != "say" or (unclaimed and near)
            ):
                account.add_claim(claim)


def _headline(page: Page) -> Passage | None:
    """Give the first line where it is a headline: it stands alone and has no full stop."""
    first = page.passages[0] if page.passages else None
    if not first or len(page.passages) == 1 or page.passages[1].paragraph == first.paragraph:
        return None
    return None if page.report.text.endswith(_STOPS, 0, first.end) else first


def _head(page: Page, headline: Passage, accounts: Mapping[int, Account]) -> None:
    """Give the places of a headline the day and, where it names no source, the claimants that the text has for them.

    A place that the text does not name again ("Ten die in Norland") is told of with the first one that it does name.
    """
    body: dict[str, Account] = {}
    for number in sorted(accounts.keys() - set(headline.mentions), key=lambda one: page.mentions[one].start):
        if accounts[number].tells:
            body.setdefault(page.mentions[number].toponym.lower(), accounts[number])
    for number in headline.mentions:
        same = body.get(page.mentions[number].toponym.lower(), next(iter(body.values()), None))
        if same and number in accounts and accounts[number].tells:
            accounts[number].date = accounts[number].date or same.date
            told = [claim for claim in same.claims if claim.stance != "deny"]
            accounts[number].claims = accounts[number].claims or told
