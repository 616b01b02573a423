"""Where exactly: a site gets the shape that the report's words mean, from the places that they start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import Place
from geo.layers.records import chosen_of
from geo.mentions.mention import Mention
from geo.mentions.whereabouts import INSIDE, Shape, Whereabouts
from geo.places.outcome import Outcome
from geo.reports.report import Report

# So wide an area bounds nothing: "near Norland" and "outside Norland" tell no place.
_WIDE = ("PCL", "CONT")
_NOT_OF_WIDE = frozenset(("near", "outside", "towards", "outskirts", "distance", "within", "along", "between"))
# "Around Westmark" is all over it, "around Arden" near it.
_THROUGHOUT = "around"
_WINDS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_WIND = 45.0


def bounded(report: Report, mentions: Sequence[Mention], outcomes: Sequence[Outcome]) -> tuple[Mention, ...]:
    """Give the mentions without whereabouts that bound nothing: near a country, between two that speak with each other.

    A second spelling in brackets, "near X (Y)", has the same whereabouts as the first.

    Parameters
    ----------
    report : Report
    mentions : sequence of Mention
    outcomes : sequence of Outcome
        What was decided for each.
    """
    if not any(mention.whereabouts for mention in mentions):
        return tuple(mentions)
    places = {(outcome.mention.start, outcome.mention.end): _place(outcome) for outcome in outcomes}
    told = [
        replace(mention, whereabouts=None)
        if mention.whereabouts
        and not _is_bounded(mention.whereabouts, [places[span] for span in mention.whereabouts.references])
        else mention
        for mention in mentions
    ]
    for number, (first, second) in enumerate(pairwise(told), start=1):
        where, one = first.whereabouts, (first.start, first.end)
        other = (second.start, second.end)
        if where and where.references == (one,) and not second.whereabouts and _is_same(places[one], places[other]):
            told[number] = _spelt_again(report, where, second)
    return tuple(told)


def _spelt_again(report: Report, where: Whereabouts, second: Mention) -> Mention:
    """Give a spelling with the whereabouts of the one before it, where it stands in brackets after that."""
    ((start, end),) = where.references
    if report.text[end : second.start].strip() != "(" or not report.text.startswith(")", second.end):
        return second
    listed = where.listed or (start, second.end + 1)
    told = replace(
        where,
        end=max(where.end, listed[1]),
        references=((second.start, second.end),),
        listed=listed,
    )
    return replace(second, whereabouts=told)


def _is_same(one: Place | None, other: Place | None) -> bool:
    return one is not None and other is not None and one.id == other.id


def locate(report: Report, outcomes: Sequence[Outcome], gazetteer: Gazetteer) -> tuple[Outcome, ...]:
    """Give the outcomes with the shapes of the sites that are told to lie somewhere from a place on.

    A site whose name is on the map keeps its point, and its mention gets the shape as evidence. Otherwise the first
    place that locates the site carries the shape, with what is reported of the site.

    Parameters
    ----------
    report : Report
    outcomes : sequence of Outcome
        Decided and attributed; their mentions carry the whereabouts.
    gazetteer : Gazetteer
        For the areas of divisions.
    """
    located = list(outcomes)
    at = {(outcome.mention.start, outcome.mention.end): number for number, outcome in enumerate(outcomes)}
    for number, outcome in enumerate(outcomes):
        where = outcome.mention.whereabouts
        if where is None or _only_contains(outcome, where):
            continue
        named = at[where.site] if where.site and _place(outcomes[at[where.site]]) else None
        if named is None and _is_of_a_town(where, _place(outcome)):
            named = number
        holder = number if named is None else named
        places = [_place(outcomes[at[span]]) for span in where.references]
        known = [place for place in places if place]
        # The first clause of several stands for a name on the map: "5 km north of X and 3 km east of Y".
        if len(known) == len(places) and not located[holder].mention.shape:
            mention = replace(
                located[holder].mention, shape=_shape(report, where, known, located[holder], gazetteer, named)
            )
            located[holder] = replace(located[holder], mention=mention)
    return tuple(located)


def _only_contains(outcome: Outcome, where: Whereabouts) -> bool:
    """Tell whether a part of a place is named only to tell what a more exact one lies in: "in northern X, shells hit Y"."""
    return outcome.mention.role == "reference" and where.relation in INSIDE - {"inside"} and where.site is None


def _is_of_a_town(where: Whereabouts, place: Place | None) -> bool:
    """Tell whether a part of a town is meant: that is the town still, so that what the sides say of it meets in one sign."""
    return where.relation in INSIDE - {"inside"} and place is not None and place.feature_code.startswith("PPL")


def _place(outcome: Outcome) -> Place | None:
    best = chosen_of(outcome)
    return best.place if best else None


def _is_bounded(where: Whereabouts, places: Sequence[Place | None]) -> bool:
    codes = [place.feature_code for place in places if place]
    if len(codes) < len(places):
        return True
    if len({place.id for place in places if place}) < len(places):
        return False
    if where.rule == _THROUGHOUT and codes[0].startswith("ADM"):
        return False
    return where.relation not in _NOT_OF_WIDE or not all(code.startswith(_WIDE) for code in codes)


def _shape(
    report: Report,
    where: Whereabouts,
    places: Sequence[Place],
    holder: Outcome,
    gazetteer: Gazetteer,
    named: int | None,
) -> Shape:
    from geo.layers.ground import ground  # noqa: PLC0415 - only what has a shape pays for shapely and pyproj

    kind, found = ground(where, places, gazetteer)
    own = _place(holder)
    return Shape(
        site=str(own.id) if own and named is not None else site_id(where, places),
        named=named is not None,
        kind=kind,
        lat=found.lat,
        lon=found.lon,
        precision_m=found.precision_m,
        of=tuple(str(place.id) for place in places),
        start=where.start,
        end=where.end,
        text=_told(report.text, where),
        outline=found.outline,
    )


def _told(text: str, where: Whereabouts) -> str:
    """Give the words for a site; of a list only its own place: "near Y" of "near X, Y and Z"."""
    if where.listed is None:
        return " ".join(text[where.start : where.end].split())
    (start, end), ((name, name_end),) = where.listed, where.references
    return " ".join((text[where.start : start] + text[name:name_end] + text[end : where.end]).split())


def site_id(where: Whereabouts, places: Sequence[Place]) -> str:
    """Give the id of a site without a name: the places that locate it, and how.

    It is the same wherever the same is told, in any language: ``kar-0001#north-15km``, ``kar-0001+kar-0002#between``.
    """
    words: list[str] = [] if where.relation in ("bearing", "distance", "direction") else [where.relation]
    if where.bearing is not None:
        words.append(_wind(where.bearing))
    if where.distance_m:
        least, most = (f"{round(metres / 1000, 1):g}" for metres in where.distance_m)
        words.append(f"{least}km" if least == most else f"{least}-{most}km")
    return "+".join(str(place.id) for place in places) + "#" + "-".join(words)


def _wind(bearing: float) -> str:
    share, rest = divmod(bearing, _WIND)
    return _WINDS[int(share)] if not rest else f"{bearing:g}"
