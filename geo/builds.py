"""Map builds: what the command and the spec share, from sources to written outputs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.epoch import build_date
from geo.errors import ReportError, UsageError
from geo.files import write_all
from geo.flow import parse
from geo.gazetteer.gazetteer import Gazetteer, silent
from geo.layers.frames import Layers, Parsed, layers
from geo.maps.interface import FALLBACK, interface
from geo.maps.page_data import Quote
from geo.maps.pictures.sheet import Size
from geo.mentions.entities import recogniser_of
from geo.places.decisions import beside, read_decisions, stale
from geo.places.outcome import Decision, decision_of
from geo.reports.read import read
from geo.reports.report import Report

if TYPE_CHECKING:
    from geo.maps.ground import Bounds, Ground

logger = logging.getLogger(__name__)

PAGE = ".html"
PICTURES = (".png", ".svg", ".pdf")
WORLD = (-180.0, -60.0, 180.0, 80.0)
DATA = (".geojson", ".gpkg", ".parquet", ".csv", ".jsonl", ".kml")
SHOWN = ("sites", "references", "settings", "actors", "areas")
OPEN = ("sites", "references", "settings", "areas")


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Everything that a map is made from and where it goes.

    Attributes
    ----------
    sources : tuple of str
        Files, or ``-`` for standard input.
    outputs : tuple of Path
        ``.html`` for the page; ``.png .svg .pdf`` for pictures; ``.geojson .gpkg .parquet .csv .jsonl .kml`` for data.
    size : {"social", "a4"}, optional
        Of pictures; social where it is not told, and a4 for a PDF.
    title : str
        Of the map; "" takes the first report's.
    columns : mapping of str to str
        Our column → the table's heading.
    gazetteers : tuple of Path
        Folders with tables, and gazetteers' files.
    countries : tuple of str
        ISO codes, a hint.
    names : str
        The name policy of the labels: printed, az, hy, ru, en or all.
    quote : {"sentence", "full", "none"}
    shown : tuple of str
        The layers that are on when the page opens.
    language : str
        Of the page's own words: a column of data/interface.csv.
    worldview : str
        Whose boundaries the page draws: de-facto, none, un, or a point of view of Natural Earth (ua, in, cn, ...).
    boundaries : tuple of Path
        Files with boundary lines, which stand in place of the package's, and with disputed areas, which come as layers.
    tiles : str
        Name of an xyzservices provider, or ""; the page then loads pictures from it.
    decisions : tuple of Path
        Files of decisions, beside those called ``decisions.csv`` that lie in the folders of the sources.
    ner : str
        Name or folder of a spaCy pipeline whose entities the finder looks at as well, or "".
    skip_bad : bool
        Leave out a source that cannot be read and a gazetteer's broken rows, and say so.
    """

    sources: tuple[str, ...]
    outputs: tuple[Path, ...]
    size: Size | None = None
    title: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    gazetteers: tuple[Path, ...] = ()
    countries: tuple[str, ...] = ()
    names: str = "printed"
    quote: Quote = "sentence"
    shown: tuple[str, ...] = OPEN
    language: str = FALLBACK
    worldview: str = "de-facto"
    boundaries: tuple[Path, ...] = ()
    tiles: str = ""
    decisions: tuple[Path, ...] = ()
    ner: str = ""
    skip_bad: bool = False


def run(build: Build, *, progress: Callable[[str], None] = silent) -> list[str]:
    """Read, find, decide, shape and write; nothing is written before all of it is ready.

    Returns
    -------
    list of str
        One line for each source and each row of a gazetteer that was left out (with `Build.skip_bad` alone).

    Raises
    ------
    AllonymError
        ReportError, DataError, OutputError or UsageError, with file, place and remedy.
    """
    check_outputs(build.outputs)
    interface(build.language)  # an unknown one stops the build before anything is read
    bad: list[str] = []
    reports = list(read_all(build.sources, build.columns, bad if build.skip_bad else None))
    gazetteer = Gazetteer.open(build.gazetteers, progress=progress, left_out=bad if build.skip_bad else None)
    progress("Finding places")
    decisions = read_decisions((*beside(build.sources), *build.decisions))
    notes: list[str] = []
    parsed = parse(
        reports, gazetteer, countries=build.countries, decisions=decisions, recogniser=recogniser_of(build.ner)
    )
    made = layers(list(told_stale(parsed, decisions, gazetteer, notes)), gazetteer, notes)
    progress("Drawing")
    write_all([(path, _content(path, made, gazetteer, build)) for path in build.outputs])
    return bad


def read_all(
    sources: Sequence[str], columns: Mapping[str, str], bad: list[str] | None, **options: Any
) -> Iterator[Report]:
    """Read sources one after the other, each report with an id of its own.

    Parameters
    ----------
    sources : sequence of str
    columns : mapping of str to str
    bad : list of str, or None
        Takes the error of a source that cannot be read; None lets it stop the build.

    Raises
    ------
    ReportError
        For the first bad source, when `bad` is None.
    """
    seen: dict[str, str] = {}
    for source in sources:
        try:
            found = read(source, columns=columns, **options)
            # A source that turns out bad half way is left out as a whole.
            for report in found if bad is None else list(found):
                named = _once(report, source, seen)
                seen[named.id] = source
                yield named
        except ReportError as error:
            if bad is None:
                raise
            bad.append(str(error))


def told_stale(
    parsed: Iterable[Parsed], decisions: Sequence[Decision], gazetteer: Gazetteer, notes: list[str] | None = None
) -> Iterator[Parsed]:
    """Pass on what was decided; at the end warn of each decision that did not apply, and put it into `notes`."""
    read: set[str] = set()
    applied: set[Decision] = set()
    for item in parsed:
        read.add(item.report.id)
        applied.update(decision for outcome in item.outcomes if (decision := decision_of(outcome)))
        yield item
    for note in stale(decisions, read, applied, gazetteer):
        logger.warning("%s", note)
        if notes is not None:
            notes.append(note)


def _once(report: Report, source: str, seen: Mapping[str, str]) -> Report:
    """Give a report an id of its own: two tables may both count from 1, and then the later one's ids get its name."""
    if report.id not in seen:
        return report
    renamed = replace(report, id=f"{Path(source).stem}-{report.id}")
    if renamed.id in seen:
        raise ReportError(
            f"{source}: report {report.id!r} stands already in {seen[report.id]}; give each an id of its own"
        )
    return renamed


def check_outputs(outputs: Sequence[Path]) -> None:
    """Refuse outputs that cannot be written in this version, before any work is done."""
    for path in outputs:
        if path.suffix.lower() not in (PAGE, *PICTURES, *DATA):
            raise UsageError(f"{path}: an output ends in {' '.join((PAGE, *PICTURES, *DATA))}")


def _content(path: Path, made: Layers, gazetteer: Gazetteer, build: Build) -> bytes:
    ending = path.suffix.lower()
    if ending == PAGE:
        return page(made, gazetteer, build).encode()
    if ending in PICTURES:
        return _picture(ending.removeprefix("."), made, gazetteer, build)
    if ending == ".kml":
        from geo.maps.kml import kml  # noqa: PLC0415

        return kml(_values(made, gazetteer, build))
    if ending == ".gpkg":
        from geo.maps.geopackage import geopackage  # noqa: PLC0415

        return geopackage(made, _values(made, gazetteer, build)["parties"])
    from geo.layers.write import frame_bytes  # noqa: PLC0415 - what writes data is needed for data alone

    return frame_bytes(made.sites, ending.lstrip("."))


def page(made: Layers, gazetteer: Gazetteer, build: Build) -> str:
    """Give the HTML page of a build's layers."""
    from geo.maps.extent import first_extent  # noqa: PLC0415 - drawing is needed for pages alone
    from geo.maps.fonts import font_faces  # noqa: PLC0415
    from geo.maps.page import Extra, render  # noqa: PLC0415
    from geo.maps.shown_texts import shown_texts  # noqa: PLC0415

    data = _values(made, gazetteer, build)
    under = _ground(data, first_extent(data) or WORLD, made, gazetteer, build)
    data["meta"] |= {"boundaries": under.note}
    faces = font_faces(shown_texts(data, under.basemap))
    return render(
        data,
        basemap=under.basemap,
        tiles=_tiles(build.tiles),
        overlays=under.overlays,
        extra=Extra(styles=(faces,)) if faces else None,
    )


def _picture(fmt: str, made: Layers, gazetteer: Gazetteer, build: Build) -> bytes:
    from geo.maps.ground import boundary_note  # noqa: PLC0415
    from geo.maps.pictures.picture import picture  # noqa: PLC0415 - matplotlib is needed for pictures alone

    data = _values(made, gazetteer, build)
    data["meta"] |= {"boundaries": boundary_note(build.worldview, build.boundaries, latest(made))}
    size = build.size or ("a4" if fmt == "pdf" else "social")
    return picture(data, lambda bounds: _ground(data, bounds, made, gazetteer, build).basemap, fmt=fmt, size=size)


def _values(made: Layers, gazetteer: Gazetteer, build: Build) -> dict[str, Any]:
    """Give the values that page and pictures are drawn from."""
    from geo.maps.page_data import page_data  # noqa: PLC0415

    title = build.title or next((report.title for report in made.reports if report.title), "")
    data = page_data(
        made,
        gazetteer,
        title=title or interface(build.language).say("title.none"),
        quote=build.quote,
        built=build_date(),
        language=build.language,
    )
    data["meta"] |= {"policy": build.names, "layers": list(build.shown)}
    return data


def _ground(data: Mapping[str, Any], bounds: Bounds, made: Layers, gazetteer: Gazetteer, build: Build) -> Ground:
    from geo.maps.ground import ground  # noqa: PLC0415

    return ground(
        data,
        bounds=bounds,
        gazetteer=gazetteer,
        worldview=build.worldview,
        files=build.boundaries,
        at=latest(made),
    )


def latest(made: Layers) -> str | None:
    """Give the date of the latest report: lines that stood at a time alone are drawn for that day."""
    return max((report.published for report in made.reports if report.published), default=None)


def _tiles(name: str) -> Mapping[str, Any] | None:
    if not name:
        return None
    import xyzservices.providers  # noqa: PLC0415 - folium brings it; needed for online tiles alone

    try:
        provider: Mapping[str, Any] = xyzservices.providers.query_name(name)
    except ValueError as error:
        raise UsageError(
            f"no tile provider {name!r}; see xyzservices.providers, for example OpenStreetMap.Mapnik"
        ) from error
    return provider
