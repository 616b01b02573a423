"""What `import geo` offers: the stages on paths, lists and Series, each giving GeoDataFrames."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.builds import Build, page, told_stale
from geo.errors import UsageError
from geo.flow import parse as parse_reports
from geo.gazetteer.gazetteer import Gazetteer
from geo.geocoding import FIELDS, candidate_rows, look_up
from geo.layers.frames import Layers, layers
from geo.maps.names import POLICIES
from geo.mentions.entities import recogniser_of
from geo.namecard import card, named_places
from geo.places.decisions import read_decisions
from geo.reports.report import Report

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

Source = str | os.PathLike[str] | Report


@dataclass(frozen=True)
class ShownLayers(Layers):
    """Layers that a notebook shows as their map."""

    gazetteer: Gazetteer | None = field(default=None, repr=False, compare=False)

    def _repr_html_(self) -> str:
        from geo.maps.notebook import framed  # noqa: PLC0415 - only a notebook asks

        title = next((report.title for report in self.reports if report.title), "")
        return framed(render(self, gazetteer=self.gazetteer), title=title)


@lru_cache(maxsize=4)
def open_gazetteer(*tables: Path) -> Gazetteer:
    """Open the gazetteer once for the process, with a user's own table folders over the project's."""
    return Gazetteer.open(tables)


def read(*sources: str | os.PathLike[str], **options: Any) -> list[Report]:
    """Read sources.

    Parameters
    ----------
    *sources : str or path
        Files; ``-`` is standard input.
    **options
        ``columns``: our column → the table's heading; ``mentions_from``: the field that holds given spans.

    Raises
    ------
    ReportError
        With file, place and remedy.
    """
    from geo.reports.read import read as read_source  # noqa: PLC0415

    return [report for source in sources for report in read_source(source, **options)]


def parse(
    reports: Source | Iterable[Source],
    *,
    countries: Collection[str] = (),
    decisions: Iterable[str | os.PathLike[str]] = (),
    ner: str = "",
    gazetteer: Gazetteer | None = None,
) -> Layers:
    """Find, attribute and decide the places of reports.

    Parameters
    ----------
    reports : path, Report, or iterable of them
    countries : collection of str
        ISO 3166-1 alpha-2 codes, a hint.
    decisions : iterable of path
        Files of what people decided, as `geo review` writes them; none is looked for.
    ner : str
        Name or folder of an installed English spaCy pipeline whose entities help to find names.
    gazetteer : Gazetteer, optional
        Otherwise the default one.

    Returns
    -------
    Layers
        ``mentions`` (one row a mention), ``sites`` (one row a place) and ``areas``, as GeoDataFrames in EPSG:4326.

    Examples
    --------
    >>> import geo
    >>> made = geo.parse(geo.Report(id="note", text="Shells fell on Shushi and Stepanakert, officials said."))
    >>> sorted(made.sites["name"])
    ['Shushi', 'Stepanakert']
    """
    listed = [reports] if isinstance(reports, str | os.PathLike | Report) else list(reports)
    opened = [report for item in listed for report in ([item] if isinstance(item, Report) else read(item))]
    known = gazetteer or open_gazetteer()
    made = read_decisions(Path(path) for path in decisions)
    notes: list[str] = []
    parsed = parse_reports(opened, known, countries=countries, decisions=made, recogniser=recogniser_of(ner))
    shaped = layers(list(told_stale(parsed, made, known, notes)), known, notes)
    return ShownLayers(**{part.name: getattr(shaped, part.name) for part in fields(shaped)}, gazetteer=known)


def geocode(
    names: str | Iterable[str] | pd.Series[str],
    *,
    countries: Collection[str] = (),
    context: str = "",
    at: str = "",
    gazetteer: Gazetteer | None = None,
) -> gpd.GeoDataFrame:
    """Give the place of each name, aligned to the input: same index, same order, duplicates kept.

    Parameters
    ----------
    names : str, iterable of str, or pandas.Series
        In any spelling and script.
    countries : collection of str
        ISO 3166-1 alpha-2 codes, a hint.
    context : str
        Text in whose light the names are meant.
    at : str
        ISO 8601 date: leaves out names that are dated and did not stand then.
    gazetteer : Gazetteer, optional

    Returns
    -------
    geopandas.GeoDataFrame
        Columns of ``geo geocode -f jsonl``, ``candidates`` and ``geometry`` (points, EPSG:4326; None where unknown).

    Examples
    --------
    >>> import geo
    >>> geo.geocode(["Yerevan", "Baku"])["country"].tolist()
    ['AM', 'AZ']
    """
    import geopandas as gpd  # noqa: PLC0415 - `import geo` stays cheap
    import pandas as pd  # noqa: PLC0415

    series = pd.Series([names] if isinstance(names, str) else names, dtype="object")
    known = gazetteer or open_gazetteer()
    queries = ["" if missing else str(query) for query, missing in zip(series, series.isna(), strict=True)]
    found = [candidate_rows(q, look_up(q, known, context=context, countries=countries, at=at)) for q in queries]
    frame = pd.DataFrame([rows[0] for rows in found], columns=list(FIELDS), index=series.index)
    frame["candidates"] = pd.Series(found, index=series.index, dtype="object")
    numbers = frame[["lon", "lat"]].astype(float)
    points = gpd.GeoSeries(gpd.points_from_xy(numbers["lon"], numbers["lat"]), index=series.index, crs="EPSG:4326")
    return gpd.GeoDataFrame(frame, geometry=points.where(numbers["lat"].notna(), None), crs="EPSG:4326")


def names(
    place: str, *, at: str = "", party: str = "", countries: Collection[str] = (), gazetteer: Gazetteer | None = None
) -> pd.DataFrame:
    """Give all names of a place: toponym, lang, kind, party, from, to, source, note.

    ``attrs["place"]`` of the frame is the place's id, ``attrs["others"]`` has those of other places of the same name.

    Parameters
    ----------
    place : str
        A name in any spelling, or a place id.
    at : str
        ISO 8601 date: only names that stood then.
    party : str
        Only names that this party uses.
    countries : collection of str
        ISO codes, a hint.
    gazetteer : Gazetteer, optional
    """
    import pandas as pd  # noqa: PLC0415

    known = gazetteer or open_gazetteer()
    found = named_places(place, known, countries=countries)
    rows = card(found[0], known, at=at, party=party)["names"] if found else []
    frame = pd.DataFrame(rows, columns=["toponym", "lang", "kind", "party", "from", "to", "source", "note"])
    ids = list(dict.fromkeys(place.id for place in found))
    frame.attrs = {"place": ids[0] if ids else None, "others": ids[1:]}
    return frame


def render(
    made: Layers, *, title: str = "", gazetteer: Gazetteer | None = None, names: str = "printed", language: str = "en"
) -> str:
    """Give the HTML page of layers: one text that opens with no network.

    Parameters
    ----------
    made : Layers
        As `parse` gives them.
    title : str
        Otherwise the first report's.
    gazetteer : Gazetteer, optional
        The one the layers were made with.
    names : str
        The name policy of the labels.
    language : str
        Of the page's own words: en, az, hy, ru, tr or fr.
    """
    if names not in POLICIES:
        raise UsageError(f"names={names!r}: expected one of {', '.join(POLICIES)}")
    return page(
        made, gazetteer or open_gazetteer(), Build(sources=(), outputs=(), title=title, names=names, language=language)
    )


def build(spec: str | os.PathLike[str]) -> Sequence[str]:
    """Build the map that a spec file describes; gives one line for each source that was left out."""
    from geo.builds import run  # noqa: PLC0415
    from geo.spec import read_spec  # noqa: PLC0415

    return run(read_spec(Path(spec)))
