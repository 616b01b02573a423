"""The rows of a page's values as tables: places along a curve, mentions by place, reports in their order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from geo.maps.curve import curve_order
from geo.maps.moments import moment_columns
from geo.maps.packing import Codes, Column, Numbers, Table, Texts, codes, lists

PLACE_DECIMALS, CONFIDENCE_DECIMALS = 5, 4
SILENT = -1
"""The number of the mention of a place that nothing mentions."""
ROWS = ("places", "mentions", "reports")
IN_COLUMNS = {
    "places": {
        *(
            "id",
            "lat",
            "lon",
            "role",
            "status",
            "feature",
            "confidence",
            "precision_m",
            "contested",
            "printed",
            "labels",
            "dated",
        ),
        *("claimants", "mentions"),
    },
    "mentions": {"report", "place", "role", "kind", "status", "confidence", "claimants", "events", "flags"},
    "reports": {"source", "language", "listed", "flags"},
}
"""What of a row is told by columns alone."""

Row = Mapping[str, Any]


def tabled(data: Row) -> dict[str, Any]:
    """Give a page's values with ``tables`` in the place of the rows of ``places``, ``mentions`` and ``reports``.

    Places change their order; what counts places by their row (areas, shapes) follows. A mention that belongs to two
    places (to a site without a name and to the place that locates it) has a row for each, the later one with ``again``;
    what is reported stands in the site's alone.

    Parameters
    ----------
    data : mapping
        As docs/architecture.md has them under "The page".

    Raises
    ------
    ValueError
        When a place has no finite point.
    """
    order = _order(data["places"])
    rank = {int(row): new for new, row in enumerate(order)}
    places = [_renumbered(data["places"][row], rank) for row in order]
    pairs = _pairs(places, data["mentions"])
    tables = {
        "places": _place_table(places, [int(row) for row in order]),
        "mentions": _mention_table(
            [_told(data["mentions"][m] if m >= 0 else {}, place, rank) for place, m in pairs],
            pairs,
            data["reports"],
            places=places,
        ),
        "reports": _report_table(data["reports"]),
    }
    rest = {key: value for key, value in data.items() if key not in ROWS}
    return {**rest, "areas": _areas(data.get("areas") or {}, rank), "tables": tables}


def _order(places: Sequence[Row]) -> list[int]:
    for place in places:
        if not (math.isfinite(place["lat"]) and math.isfinite(place["lon"])):
            raise ValueError(f"place {place['id']!r}: {place['lat']}, {place['lon']} is no point; give finite degrees")
    lons, lats = ([float(place[axis]) for place in places] for axis in ("lon", "lat"))
    return [int(row) for row in curve_order(np.array(lons), np.array(lats))]


def _renumbered(row: Row, rank: Mapping[int, int]) -> dict[str, Any]:
    """Give a row whose shape counts places by their new rows."""
    shape = row.get("shape")
    if not shape:
        return dict(row)
    site, of = shape.get("site"), shape.get("of") or []
    return {**row, "shape": {**shape, "site": rank.get(site), "of": [rank[place] for place in of if place in rank]}}


def _pairs(places: Sequence[Row], mentions: Sequence[Row]) -> list[tuple[int, int]]:
    """Give place and mention of each row of the mentions' table: by place, what belongs to none last, with -1.

    A place that nothing mentions has a row as well: a place is shown when one of its rows is.
    """
    placed = [
        (place, m) for place, row in enumerate(places) for m in row.get("mentions") or [] if 0 <= m < len(mentions)
    ]
    known, told = {m for _, m in placed}, {place for place, _ in placed}
    silent = [(place, SILENT) for place in range(len(places)) if place not in told]
    return [
        *sorted([*placed, *silent], key=lambda pair: pair[0]),
        *((-1, m) for m in range(len(mentions)) if m not in known),
    ]


def _told(mention: Row, place: int, rank: Mapping[int, int]) -> dict[str, Any]:
    """Give a mention as it is told of a place: of one that only locates a site without a name nothing is reported."""
    if not mention:
        return {"kind": "silent"}
    row = _renumbered(mention, rank)
    shape = row.get("shape")
    if not shape or shape.get("named") or shape["site"] == place:
        return row
    return {**row, "claimants": [], "events": [], "date": ""}


def _areas(areas: Row, rank: Mapping[int, int]) -> dict[str, Any]:
    features = [
        {**feature, "properties": {**feature["properties"], "place": rank[feature["properties"]["place"]]}}
        for feature in areas.get("features", [])
        if feature["properties"]["place"] in rank
    ]
    return {"type": "FeatureCollection", "features": features}


def _numbers(values: Iterable[float | None], decimals: int = 0, *, delta: bool = False) -> Numbers:
    found = np.array([math.nan if value is None else value for value in values], dtype=np.float64)
    return Numbers(values=found, decimals=decimals, delta=delta)


def _words(rows: Sequence[Row], key: str) -> Codes:
    return codes([None if row.get(key) is None else str(row[key]) for row in rows])


def _lists(rows: Iterable[Sequence[Any] | None]) -> Column:
    """Give lists of texts, each text once a row; the texts that may be chosen from in their alphabetical order."""
    texts = [list(dict.fromkeys(map(str, row or []))) for row in rows]
    return lists(texts, sorted({text for row in texts for text in row}))


def _details(rows: Sequence[Row], table: str) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for row in rows for name in row if name not in IN_COLUMNS[table])
    found = {name: [row.get(name) for row in rows] for name in names}
    return {name: values for name, values in found.items() if any(value is not None for value in values)}


def _place_table(rows: Sequence[Row], order: Sequence[int]) -> Table:
    keys = list(dict.fromkeys(key for row in rows for key in row.get("labels") or {}))
    columns: dict[str, Column] = {
        "id": Texts(values=[str(row["id"]) for row in rows]),
        "order": _numbers(order),
        "lon": _numbers((row["lon"] for row in rows), PLACE_DECIMALS, delta=True),
        "lat": _numbers((row["lat"] for row in rows), PLACE_DECIMALS, delta=True),
        **{key: _words(rows, key) for key in ("role", "status", "feature")},
        "confidence": _numbers((row.get("confidence") for row in rows), CONFIDENCE_DECIMALS),
        "precision_m": _numbers(row.get("precision_m") for row in rows),
        "contested": _numbers(bool(row.get("contested")) for row in rows),
        "vague": _numbers(bool(row.get("shape")) for row in rows),
        "towards": _numbers(_goal(row) for row in rows),
        "printed": lists([list(map(str, row.get("printed") or [])) for row in rows]),
        **{f"label:{key}": codes([(row.get("labels") or {}).get(key) for row in rows]) for key in keys},
    }
    if any(row.get("dated") for row in rows):
        columns |= {
            name: lists([[str(one[part]) for one in row.get("dated") or []] for row in rows])
            for part, name in enumerate(("dated_from", "dated_label"))
        }
    return Table(count=len(rows), columns=columns, details=_details(rows, "places"))


def _goal(row: Row) -> int | None:
    """Give the place in whose direction a site without a name lies, where it is one."""
    of = (row.get("shape") or {}).get("of") or []
    return of[0] if len(of) == 1 and str(row["id"]).endswith("#towards") else None


def _mention_table(
    rows: Sequence[Row], pairs: Sequence[tuple[int, int]], reports: Sequence[Row], *, places: Sequence[Row]
) -> Table:
    numbers = [m for _, m in pairs]
    first = dict(reversed([(m, row) for row, m in enumerate(numbers)]))
    of = [_report(row.get("report"), reports) for row in rows]
    columns: dict[str, Column] = {
        "place": _numbers((place for place, _ in pairs), delta=True),
        "order": _numbers(numbers),
        "again": _numbers(m < 0 or first[m] != row for row, m in enumerate(numbers)),
        "report": _numbers(row.get("report") for row in rows),
        **{key: _words(rows, key) for key in ("role", "kind", "status")},
        "confidence": _numbers((row.get("confidence") for row in rows), CONFIDENCE_DECIMALS),
        "decided": _numbers(bool(row.get("decided")) for row in rows),
        "losers": _numbers(
            _losers(row, places[place] if place >= 0 else {}) for row, (place, _) in zip(rows, pairs, strict=True)
        ),
        **{key: _lists(row.get(key) for row in rows) for key in ("claimants", "events")},
        "accused": _lists(_accused(row) for row in rows),
        "denying": _lists(_denying(row) for row in rows),
        "flags": _lists(
            [*(row.get("flags") or []), *(report.get("flags") or [])] for row, report in zip(rows, of, strict=True)
        ),
        "outlet": codes([str(report["source"]) if report.get("source") else None for report in of]),
        **moment_columns(
            str(row.get("date") or report.get("published") or "") for row, report in zip(rows, of, strict=True)
        ),
    }
    return Table(count=len(rows), columns=columns, details=_details(rows, "mentions"))


def _losers(row: Row, place: Row) -> int:
    """Count the places that a mention might mean and does not; a site without a name has none of its own."""
    if place.get("shape"):
        return 0
    return sum(candidate.get("place") != place.get("id") for candidate in row.get("candidates") or [])


def _report(number: int | None, reports: Sequence[Row]) -> Row:
    return reports[number] if number is not None and 0 <= number < len(reports) else {}


def _accused(row: Row) -> list[str]:
    return [party for one in row.get("statements") or [] for party in one.get("accused") or []]


def _denying(row: Row) -> list[str]:
    return [one["party"] for one in row.get("statements") or [] if one.get("stance") == "deny" and one.get("party")]


def _report_table(rows: Sequence[Row]) -> Table:
    columns: dict[str, Column] = {
        **{key: _words(rows, key) for key in ("source", "language")},
        "listed": _numbers(bool(row.get("listed")) for row in rows),
        **moment_columns(str(row.get("published") or "") for row in rows),
    }
    return Table(count=len(rows), columns=columns, details=_details(rows, "reports"))
