"""Find the words that tell where a site lies from named places on: "15 km north of X", "between X and Y"."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, cast

from geo.mentions.mention import Cue
from geo.mentions.relation_rules import DEMONYM, FILL, PLACE, Relations, languages, relations_of, word_values
from geo.mentions.rules import naming_faults
from geo.mentions.triggers import compiled
from geo.mentions.whereabouts import INSIDE, LISTED, Relation, Whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.mentions.mention import Mention
    from geo.mentions.rules import Row
    from geo.mentions.whereabouts import Span
    from geo.reports.report import Report

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ`´", "'"),
        **dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2002\u2003\u2009\u200a\u2028\u2029\u202f\u3000", " "),
        **dict.fromkeys((chr(code) for code in range(0xE000, 0xE020)), "\ufffd"),
    }
)
# Words are looked for so far before a relation: its head, and the name of the site.
_BEFORE, _AFTER = 120, 40
# And so far back for the places of a list.
_LIST = 400
_LONGEST_ENDING, _SHORTEST_STEM = 7, 2
_TOKEN = re.compile(r"[^\W_]+")
_HUNDRED = 100.0


def relate(report: Report, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Give the mentions with the whereabouts that are told from them on.

    Only spans, kinds and sentences are read, so that it works in languages that have no role rules.

    Parameters
    ----------
    report : Report
    mentions : sequence of Mention
        Found in `report`, in order.

    Returns
    -------
    tuple of Mention
        As many, in their order; the first place of a relation carries it, and of a list each place its own.
    """
    told = list(mentions)
    langs = _languages(report)
    sentences: dict[Span, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        if mention.kind != "institution":
            sentences[mention.sentence].append(number)
    for (start, end), numbers in sentences.items():
        text, here = report.text[start:end], [(number, mentions[number]) for number in numbers]
        for lang in langs:
            with naming_faults():
                found = sorted(_read(text, lang, start, here), key=lambda each: each[0])
                for number, where in _shared(report.text, found, relations_of(lang)):
                    told[number] = replace(told[number], whereabouts=where)
    return tuple(told)


def referred(report: Report, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Give attributed mentions with the role ``reference`` for places that only locate a site.

    Relations of what turned out to be a side or a setting are dropped: "from X to the council".
    """
    told = [_without_wrong(mention) for mention in mentions]
    at = {(mention.start, mention.end): number for number, mention in enumerate(told)}
    for mention in mentions:
        where = mention.whereabouts
        if where is None or told[at[mention.start, mention.end]].whereabouts is None or where.relation in INSIDE:
            continue
        for span in where.references:
            number = at[span]
            if told[number].role in ("site", None) or told[number].kind == "demonym":
                told[number] = _reference(told[number], where, mention, _words(report, where))
    return tuple(told)


def _words(report: Report, where: Whereabouts) -> str:
    """Give the words of a relation without the names: "15 km north of"."""
    names = (where.listed,) if where.listed else where.references
    ends = [where.start, *(offset for span in names for offset in span), where.end]
    return " ".join(" ".join(report.text[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True)).split())


def _without_wrong(mention: Mention) -> Mention:
    where = mention.whereabouts
    wrong = mention.role in ("actor", "setting") and mention.kind == "place"
    return replace(mention, whereabouts=None) if where and wrong and where.relation != "border" else mention


def _reference(mention: Mention, where: Whereabouts, first: Mention, relation: str) -> Mention:
    """Give a mention as a reference; what is reported of the site stays on the first."""
    words = Cue(about="role", value="reference", start=where.start, end=where.end, rule=where.rule)
    others = tuple(cue for cue in mention.cues if cue.about != "role")
    told = replace(mention, role="reference", relation=mention.relation or relation)
    if mention.start == first.start:
        return replace(told, cues=(words, *others))
    return replace(told, claimants=(), events=(), date="", statements=(), casualties=(), cues=(words,))


def _languages(report: Report) -> tuple[str, ...]:
    told = re.split(r"[-_]", report.language.lower(), maxsplit=1)[0]
    known = languages()
    return tuple(lang for lang in known if lang == told) if told else known


def _read(
    text: str, lang: str, begin: int, mentions: Sequence[tuple[int, Mention]]
) -> Iterator[tuple[int, Whereabouts]]:
    """Find the relations of a sentence, by the number of the mention that carries each; a place serves one alone."""
    lowered = text.lower()
    grammar = relations_of(lang)
    wanted = [(row, pattern) for row, needs, pattern in grammar.relations if any(word in lowered for word in needs)]
    if not wanted:
        return
    masked = _masked(text, lang, begin, [mention for _, mention in mentions])
    at = {mention.start - begin: number for number, mention in mentions}
    spans = {number: (mention.start, mention.end) for number, mention in mentions}
    used: set[int] = set()
    for row, pattern in wanted:
        for found in compiled(pattern).finditer(masked):
            numbers = [at[found.start(group)] for group in ("t", "u") if found.groupdict().get(group)]
            if not used.isdisjoint(numbers) or _is_idiom(row, masked, found, grammar):
                continue
            listed = _listed(row, masked, found, grammar)
            members = [at[offset] for offset in _members(masked, listed) if offset in at]
            is_list = len(members) > 1 and used.isdisjoint(members)
            if not is_list:
                listed, members = found.span("t"), numbers
            used.update(members)
            begun = min(found.start(), listed[0])
            site = at.get(_site(masked, begun, found.end(), grammar))
            where = _whereabouts(
                row,
                found,
                begin + _head(masked, begun, grammar),
                max(begin + found.end(), begin + listed[1], *(spans[number][1] for number in members)),
                tuple(spans[number] for number in members),
                spans[site] if site is not None else None,
            )
            yield from (
                _of_each(members, where, begin + listed[0], begin + listed[1]) if is_list else ((members[0], where),)
            )


def _of_each(members: Sequence[int], where: Whereabouts, start: int, end: int) -> Iterator[tuple[int, Whereabouts]]:
    """Give each place of a list the whereabouts that are told of all."""
    listed = (start, max(end, where.references[-1][1]))
    for number, span in zip(members, where.references, strict=True):
        yield number, replace(where, references=(span,), listed=listed)


def _shared(
    text: str, found: Sequence[tuple[int, Whereabouts]], grammar: Relations
) -> Iterator[tuple[int, Whereabouts]]:
    """Give a second distance the named site of the first: "Belmont, 5 km north of X and 3 km east of Y"."""
    last: Whereabouts | None = None
    for number, where in found:
        goes_on = (
            last
            and last.distance_m
            and where.distance_m
            and compiled(grammar.also).fullmatch(text[last.end : where.start])
        )
        last = replace(where, site=where.site or last.site) if last and goes_on else where
        yield number, last


def _listed(row: Row, masked: str, found: re.Match[str], grammar: Relations) -> Span:
    """Give where the list begins and ends that a place stands in, told alike of each: "near X, Y and Z"."""
    start, end = found.span("t")
    if row["relation"] not in LISTED:
        return start, end
    for pattern in grammar.around.get("listed-after", ()):
        after = compiled(pattern).match(masked, end)
        if after:
            return start, after.end()
    before = _behind(masked, start, grammar.around.get("listed-before", ()), _LIST)
    return (before[0] + before[1].start(), end) if before else (start, end)


def _members(masked: str, listed: Span) -> Iterator[int]:
    """Give where the places of a list begin; one in brackets is another spelling, or something else."""
    depth = 0
    for offset in range(*listed):
        depth += (masked[offset] == "(") - (masked[offset] == ")")
        if masked[offset] == PLACE and not depth:
            yield offset


def _masked(text: str, lang: str, begin: int, mentions: Sequence[Mention]) -> str:
    """Blot out the mentions of a sentence; endings stay readable where names are inflected: "in X" is "Xdə"."""
    plain = text.translate(_PLAIN)
    pieces: list[str] = []
    done = 0
    for mention in mentions:
        start, end = mention.start - begin, min(mention.end - begin, len(text))
        if done <= start < end:
            stem = end - start if lang == "en" else _stem(mention.text, mention.toponym)
            letter = DEMONYM if mention.kind == "demonym" else PLACE
            pieces += plain[done:start], letter, FILL * (stem - 1)
            done = start + stem
    pieces.append(plain[done:])
    return "".join(pieces)


def _stem(text: str, toponym: str) -> int:
    """Give how many letters of a name as printed belong to its base form."""
    pairs = zip(text, toponym, strict=False)
    stem = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return stem if stem >= _SHORTEST_STEM and len(text) - stem <= _LONGEST_ENDING else len(text)


def _is_idiom(row: Row, masked: str, found: re.Match[str], grammar: Relations) -> bool:
    if row["relation"] != "between":
        return False
    return _behind(masked, found.start(), grammar.around.get("not-before", ())) is not None


def _behind(masked: str, end: int, patterns: Sequence[str], reach: int = _BEFORE) -> tuple[int, re.Match[str]] | None:
    """Find which rule fits the words right before an offset; gives where they begin."""
    start = max(0, end - reach)
    before = masked[start:end]
    for pattern in patterns:
        fitting = compiled(pattern).search(before)
        if fitting:
            return start, fitting
    return None


def _site(masked: str, start: int, end: int, grammar: Relations) -> int:
    """Give the offset of the name that a relation is about, where one stands right beside it; -1 where none does."""
    before = _behind(masked, start, grammar.around.get("named-before", ()))
    if before:
        return before[0] + before[1].start("x")
    for pattern in grammar.around.get("named-after", ()):
        after = compiled(pattern).match(masked, end, end + _AFTER)
        if after:
            return after.start("x")
    return -1


def _head(masked: str, start: int, grammar: Relations) -> int:
    """Give where the words for a site without a known name begin: "a village 15 km north of X"."""
    head = _behind(masked, start, grammar.around.get("head", ()))
    return head[0] + head[1].start() if head else start


def _whereabouts(
    row: Row, found: re.Match[str], start: int, end: int, references: tuple[Span, ...], site: Span | None
) -> Whereabouts:
    groups, lang = found.groupdict(), row["lang"]
    direction = (
        _value(lang, "adjective", groups["dir"]) or _value(lang, "direction", groups["dir"])
        if groups.get("dir")
        else ""
    )
    relation = "centre" if direction == "centre" else row["relation"]
    hedges = groups.get("hedges") or ""
    return Whereabouts(
        relation=cast("Relation", relation),
        start=start,
        end=end,
        references=references,
        site=site,
        bearing=float(direction) if direction and direction != "centre" else None,
        distance_m=_distance(lang, groups),
        rough=bool(hedges and compiled(relations_of(lang).hedged).search(hedges)),
        rule=row["id"],
    )


def _value(lang: str, kind: str, words: str) -> str:
    return next((value for pattern, value in word_values(lang, kind) if pattern.fullmatch(words)), "")


def _distance(lang: str, groups: Mapping[str, str | None]) -> tuple[float, float] | None:
    if not groups.get("num") or not groups.get("unit"):
        return None
    unit = float(_value(lang, "unit", groups["unit"] or ""))
    numbers = [amount for text in (groups["num"], groups.get("num2")) if text for amount in _amounts(lang, text)]
    return min(numbers) * unit, max(numbers) * unit


def _amounts(lang: str, text: str) -> tuple[float, ...]:
    """Read a number in digits or in words; what stands for several ("a few") gives the least and the most.

    Examples
    --------
    >>> _amounts("en", "twenty-five"), _amounts("en", "1,200"), _amounts("en", "2.5"), _amounts("en", "a few")
    ((25.0,), (1200.0,), (2.5,), (2.0, 7.0))
    """
    if text[0].isdigit():
        return (_in_digits(text),)
    whole = _value(lang, "number", text)
    if whole:
        return tuple(float(part) for part in whole.split("-"))
    total = 0.0
    for word in _TOKEN.findall(text):
        value = float((_value(lang, "number", word) or "0").split("-")[0])
        total = total * value if value >= _HUNDRED and total else total + value
    return (total or 1.0,)


def _in_digits(text: str) -> float:
    """Read digits: a mark before three of them parts thousands, any other is a decimal one."""
    joined = re.sub(r"[.,](?=\d{3}(?:\D|\Z))", "", text) if not text.startswith("0") else text
    whole, *rest = re.split("[.,]", joined)
    return float(f"{whole}.{''.join(rest) or 0}")
