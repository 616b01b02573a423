"""A mention: a span of text that names a place, with its role, its claimants and its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MentionKind = Literal["place", "demonym", "institution"]
Role = Literal["site", "reference", "actor", "setting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A conclusion and the words of the report that triggered it.

    ``about`` says what was concluded (``role``, ``claimant``, ``event``, ``relation``), ``value`` the conclusion;
    ``start`` and ``end`` are offsets into the report's text, ``rule`` the id of the rule in ``data/rules``, or
    ``container-place`` where one place lies in the other.
    """

    about: Literal["role", "claimant", "event", "relation"]
    value: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a party does: it says, denies or accuses; ``accused`` are whom it accuses."""

    party: str
    stance: Literal["say", "deny", "accuse"]
    accused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualties:
    """A number of people, with whoever gives it; ``least`` or ``most`` is None where the number is open to that side."""

    kind: str
    least: int | None
    most: int | None
    claimants: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of a report that names a place; ``report.text[start:end] == text`` always.

    Attributes
    ----------
    report : str
        Id of the report.
    start, end : int
        Offsets in code points.
    text : str
        The span as printed.
    toponym : str
        The base form to look up: `text` with line breaks, quotes and inflection undone.
    kind : {"place", "demonym", "institution"}
        Only places make markers.
    sentence : (int, int)
        Offsets of the sentence around it.
    type_hint : str
        Feature class or code that the words around it ask for (``ADM`` for "X region", ``PPL`` for "the village of X").
    role : Role or None
        None where there are no rules for the report's language.
    claimants : tuple of str
        Party ids of those who state what is reported here.
    events : tuple of str
        Event kinds reported here, for example ``shelling``.
    date : str
        ISO 8601 date of what is reported, or "".
    relation : str
        How the site lies to this reference ("15 kilometres from"), or "".
    statements : tuple of Statement
        What each claimant does: say, deny, accuse (and whom).
    casualties : tuple of Casualties
        How many people were killed, wounded and so on, each number with whoever gives it; never added up.
    cues : tuple of Cue
        The words behind role, claimants, events and relation.
    """

    report: str
    start: int
    end: int
    text: str
    toponym: str
    kind: MentionKind
    sentence: tuple[int, int]
    type_hint: str = ""
    role: Role | None = None
    claimants: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    date: str = ""
    relation: str = ""
    statements: tuple[Statement, ...] = ()
    casualties: tuple[Casualties, ...] = ()
    cues: tuple[Cue, ...] = ()
