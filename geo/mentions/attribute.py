"""Attribute: who says what happened where. Mentions get their roles, claimants, events and dates."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geo.mentions import events as event_rules
from geo.mentions import roles
from geo.mentions.account import Account
from geo.mentions.casualties import losses
from geo.mentions.claims import Claim, Listener
from geo.mentions.dates import Day, days
from geo.mentions.incidents import follow
from geo.mentions.language import rule_language
from geo.mentions.masks import describe
from geo.mentions.passages import Page, Passage, lay_out
from geo.mentions.quotes import quotations, speaker_of
from geo.mentions.rules import naming_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo.mentions.casualties import Loss
    from geo.mentions.events import Event, Told
    from geo.mentions.mention import Mention
    from geo.mentions.polity import Polity
    from geo.mentions.speakers import Speaker
    from geo.reports.report import Report


_COUNTED = frozenset({"casualties", "displacement", "arrest", "abduction", "capture", "prisoners"})
_LOCATED = ("site", "reference")
_NEAR = 4


@dataclass(slots=True)
class _Heard:
    """What listening to a whole report gave, by the number of the passage; ``day`` is the day told last."""

    claims: list[list[Claim]] = field(default_factory=list)
    named: list[list[Speaker]] = field(default_factory=list)
    last: dict[int, tuple[str, ...]] = field(default_factory=dict)
    signers: dict[int, tuple[str, ...]] = field(default_factory=dict)
    quotes: list[tuple[int, int]] = field(default_factory=list)
    day: str = ""


def attribute(
    report: Report, mentions: Sequence[Mention], polity: Callable[[Mention], Polity | None]
) -> tuple[Mention, ...]:
    """Give each mention its role, claimants, events, date and relation, with the words behind them as cues.

    Parameters
    ----------
    report : Report
    mentions : sequence of Mention
        Found in `report`; only their spans, kinds and type hints are read.
    polity : callable
        Tells for which side a mention may stand, None for none.

    Returns
    -------
    tuple of Mention
        As many as came in, in their order; without roles where there are no rules for the report's language.

    Raises
    ------
    DataError
        When a rule table cannot be used; it names file and line.

    Examples
    --------
    >>> from geo.mentions.mention import Mention
    >>> from geo.reports.report import Report
    >>> text = "Freedonian police said that two people died in Foxville, 12 km from Sylvan."
    >>> spans = [("Freedonian", "demonym"), ("Foxville", "place"), ("Sylvan", "place")]
    >>> found = [
    ...     Mention(report="r", start=text.index(name), end=text.index(name) + len(name), text=name, toponym=name,
    ...             kind=kind, sentence=(0, len(text)))
    ...     for name, kind in spans
    ... ]
    >>> from geo.mentions.polity import Polity
    >>> sides = {"Freedonian": Polity(party="xf", level="state")}
    >>> for m in attribute(Report(id="r", text=text), found, lambda m: sides.get(m.text)):
    ...     print(m.text, m.role, m.claimants, m.events, m.relation)
    Freedonian actor () ()
    Foxville site ('xf-police',) ('casualties',)
    Sylvan reference () () 12 km from
    """
    lang = rule_language(report)
    with naming_faults():
        page = lay_out(report, lang or "en", mentions, polity)
        accounts = _accounts(page) if lang and mentions else {}
    told = list(mentions)
    for passage in page.passages:
        for number in passage.mentions:
            mention = mentions[number]
            # A sentence that was cut for its length may end within a name.
            sentence = (passage.start, max(passage.end, mention.end))
            found = accounts[number].fields(report.text) if number in accounts else {}
            told[number] = replace(mention, sentence=sentence, **found)
    return tuple(told)


def _accounts(page: Page) -> dict[int, Account]:
    heard = _listen(page)
    accounts: dict[int, Account] = {}
    for passage in page.passages:
        if passage.mentions:
            scene = _set(page, passage, heard)
            accounts |= {number: _tell(scene, number, page.mentions[number]) for number in passage.mentions}
    follow(page, heard.claims, accounts)
    told = {event.kind for account in accounts.values() for event in account.events}
    for account in accounts.values():
        account.events = [event for event in account.events if event.unless_report.isdisjoint(told)]
    return accounts


def _listen(page: Page) -> _Heard:
    listener, heard = Listener(page), _Heard(quotes=quotations(page))
    for passage in page.passages:
        heard.last[passage.number] = listener.heard(passage.paragraph)
        claims, named = listener.listen(passage)
        heard.claims.append(claims)
        heard.named.append(named)
        if passage.signature:
            heard.signers[passage.number] = listener.signer(passage, named)
    return heard


@dataclass(frozen=True, slots=True)
class _Scene:
    """A sentence with its roles, and the events (report offsets) and days (sentence offsets) that it tells.

    ``named`` are the places that are there for their names only, None for all of them.
    """

    page: Page
    passage: Passage
    heard: _Heard
    verdicts: dict[int, roles.Verdict]
    events: dict[int, list[Event]]
    losses: dict[int, list[Loss]]
    days: list[Day]
    named: frozenset[int] | None

    @property
    def has_site(self) -> bool:
        return any(verdict.role == "site" for verdict in self.verdicts.values())


def _set(page: Page, passage: Passage, heard: _Heard) -> _Scene:
    start, lang = passage.start, page.lang
    found = event_rules.events(passage.lowered, lang)
    carried = _carried(page, passage, found)
    if carried and found:
        found, carried = [*found, *carried], []
    described = describe(passage.lowered, lang)
    claims, speaking = heard.claims[passage.number], heard.named[passage.number]
    reading = roles.Reading(page, passage, claims, speaking, found or carried, described)
    verdicts = roles.decide(reading)
    at = {number: page.mentions[number].start - start for number in verdicts}
    sites = [at[number] for number, verdict in verdicts.items() if verdict.role in _LOCATED]
    settings = [at[number] for number, verdict in verdicts.items() if verdict.role == "setting"]
    lost = losses(passage.lowered, lang) if any(event.kind in _COUNTED for event in found) else []
    shared = (
        _shared(passage, event_rules.at_sites(found, sites, settings, lang, passage.lowered))
        if found
        else dict.fromkeys((start + site for site in sites), carried)
    )
    counted = _shared(passage, event_rules.at_sites(lost, sites, settings, lang, passage.lowered)) if lost else {}
    named = event_rules.only_named(described, lang, quiet=not found)
    return _Scene(page, passage, heard, verdicts, shared, counted, _days(page, passage, heard), named)


def _shared(passage: Passage, told: Iterable[tuple[int, list[Told]]]) -> dict[int, list[Told]]:
    """Give what is told of each site with the report's offsets."""
    start = passage.start
    return {
        start + site: [replace(one, start=one.start + start, end=one.end + start) for one in mine]
        for site, mine in told
    }


def _carried(page: Page, passage: Passage, found: Sequence[Event]) -> list[Event]:
    """Give the events of the sentence before when this one plainly goes on about them.

    A sentence without any has them all, with the report's offsets; one that only tells of an attack ("was hit as well") has
    those that tell which, with the offsets of its own words.
    """
    before = page.passages[passage.number - 1] if passage.number else None
    if (
        not before
        or before.paragraph != passage.paragraph
        or any(event.kind != "attack" or not event.unless for event in found)
        or not event_rules.carries_on(passage.lowered, page.lang)
    ):
        return []
    told = event_rules.events(before.lowered, page.lang)
    if not found:
        return [replace(event, start=event.start + before.start, end=event.end + before.start) for event in told]
    return [
        replace(event, start=found[0].start, end=found[0].end, rule=found[0].rule)
        for event in told
        if event.kind in found[0].unless
    ]


def _days(page: Page, passage: Passage, heard: _Heard) -> list[Day]:
    """Give the days of a sentence but for those on which something was said; for a post without any its own date."""
    post = page.passages[passage.signed].signature if passage.signed is not None else None
    posted = days(post["date"], page.lang, page.report.published) if post else []
    base = posted[0].iso if posted else page.report.published
    said = [
        (claim.cue[0] - passage.start, claim.cue[1] - passage.start)
        for claim in heard.claims[passage.number]
        if claim.rule != "according"
    ]
    found = [
        day
        for day in days(passage.lowered, page.lang, base, heard.day)
        if not any(end <= day.start <= end + _NEAR or day.end <= start <= day.end + _NEAR for start, end in said)
    ]
    heard.day = found[-1].iso if found else heard.day
    return found or [Day(day.iso, 0, len(passage.text)) for day in posted[:1]]


def _tell(scene: _Scene, number: int, mention: Mention) -> Account:
    """Put together what the sentence of a mention tells of it.

    A place that only locates something ("near X") stands for that where the sentence has no site.
    """
    account = Account(scene.verdicts[number])
    role = account.verdict.role
    stands_in = role == "reference" and account.verdict.relation and not scene.has_site
    if (role == "site" or stands_in or _stands_for_site(mention)) and not _is_only_named(scene, mention):
        account.tells, account.stands_in = role == "site", bool(stands_in)
        account.claims = _claims(scene, mention)
        account.events = scene.events.get(mention.start, [])
        account.losses = scene.losses.get(mention.start, [])
        account.date = _date(scene, mention.start - scene.passage.start)
    return account


def _stands_for_site(mention: Mention) -> bool:
    """Tell whether what is reported of a site without a name is told of this place, which only locates it."""
    return mention.whereabouts is not None and mention.whereabouts.site is None


def _is_only_named(scene: _Scene, mention: Mention) -> bool:
    return scene.named is None or mention.start - scene.passage.start in scene.named


def _claims(scene: _Scene, mention: Mention) -> list[Claim]:
    """Give who states what is reported at a mention: the sentence's attributions, else the post's or the quote's."""
    heard, passage = scene.heard, scene.passage
    own = [claim for claim in heard.claims[passage.number] if claim.covers(mention.start)]
    if any(claim.parties for claim in own):
        return own
    if passage.signed is not None:
        signature = scene.page.passages[passage.signed]
        parties, cue, rule = heard.signers[passage.signed], (signature.start, signature.end), "signature"
    else:
        parties, cue = speaker_of(mention.start, heard.quotes, scene.page, heard.claims, heard.last)
        rule = "quotation"
    return [Claim(passage.start, passage.end, parties, "say", rule, cue)] if parties else own


def _date(scene: _Scene, offset: int) -> str:
    """Give the day told in the clause of a mention, else the first of its sentence."""
    if not scene.days:
        return ""
    spans = event_rules.clauses(scene.passage.lowered, scene.page.lang)
    start, end = next((span for span in spans if span[0] <= offset < span[1]), (0, 0))
    here = [day.iso for day in scene.days if start <= day.start < end]
    return next(iter(here or [day.iso for day in scene.days]), "")
