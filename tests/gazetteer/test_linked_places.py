"""Linked Places: what goes out comes back, what others wrote is read, and what we write is what the format says."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.files import data_folder
from geo.gazetteer import edtf
from geo.gazetteer.exporters.known import known_places
from geo.gazetteer.exporters.linked_places import collection, lines, write_collection
from geo.gazetteer.importers import read_facts
from geo.gazetteer.importers.ledger import Ledger
from geo.gazetteer.importers.linked_places import read
from geo.gazetteer.lpf import when
from geo.gazetteer.records import (
    Attestation,
    Link,
    NameKind,
    Party,
    Point,
    Relation,
    RelationKind,
    Source,
    TablePlace,
)
from geo.gazetteer.tables import LINK_KINDS, Tables, read_tables

SHARED = Path(__file__).parents[3] / "shared"
# The rules of the published schema on which readers of the format rely, in our own words.
SCHEMA: dict[str, Any] = {
    "$defs": {
        "term": {"type": "string", "pattern": r"^(https?://[^\s]+|\w+:[^\s]+)$"},
        "date": {"type": "string", "pattern": r"^-?\d{1,4}(-(0[1-9]|1[0-2]))?(-([0-2]\d|3[01]))?$"},
        "edge": {
            "type": "object",
            "properties": {key: {"$ref": "#/$defs/date"} for key in ("in", "earliest", "latest")},
            "additionalProperties": False,
            "minProperties": 1,
        },
        "when": {
            "type": "object",
            "required": ["timespans"],
            "properties": {
                "certainty": {"enum": ["certain", "less-certain", "uncertain"]},
                "timespans": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["start"],
                        "properties": {"start": {"$ref": "#/$defs/edge"}, "end": {"$ref": "#/$defs/edge"}},
                        "additionalProperties": False,
                    },
                },
            },
        },
        "citations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["label"],
                "properties": {"label": {"type": "string"}, "@id": {"$ref": "#/$defs/term"}},
            },
        },
        "point": {
            "type": "object",
            "required": ["type", "coordinates"],
            "properties": {
                "type": {"const": "Point"},
                "coordinates": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
                "certainty": {"enum": ["certain", "less-certain", "uncertain"]},
                "citations": {"$ref": "#/$defs/citations"},
            },
        },
    },
    "type": "object",
    "required": ["@id", "type", "properties", "geometry", "names", "types", "when"],
    "properties": {
        "@id": {"$ref": "#/$defs/term"},
        "type": {"const": "Feature"},
        "properties": {
            "type": "object",
            "required": ["title"],
            "properties": {
                "ccodes": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"pattern": "^[A-Z]{2}$"}},
                "fclasses": {"type": "array", "minItems": 1, "items": {"enum": list("AHLPRSTUVX")}},
            },
        },
        "when": {"$ref": "#/$defs/when"},
        "geometry": {
            "anyOf": [
                {"type": "null"},
                {"$ref": "#/$defs/point"},
                {
                    "type": "object",
                    "required": ["type", "geometries"],
                    "properties": {
                        "type": {"const": "GeometryCollection"},
                        "geometries": {"type": "array", "items": {"$ref": "#/$defs/point"}},
                    },
                },
            ]
        },
        "names": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["toponym"],
                "properties": {
                    "toponym": {"type": "string"},
                    "lang": {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
                    "when": {"$ref": "#/$defs/when"},
                    "citations": {"$ref": "#/$defs/citations"},
                },
            },
        },
        "types": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["identifier"],
                "properties": {"identifier": {"$ref": "#/$defs/term"}},
            },
        },
        "relations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["relationType", "relationTo", "label"],
                "properties": {
                    "relationType": {"$ref": "#/$defs/term"},
                    "relationTo": {"$ref": "#/$defs/term"},
                    "when": {"$ref": "#/$defs/when"},
                    "citations": {"$ref": "#/$defs/citations"},
                },
            },
        },
        "links": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "identifier"],
                "properties": {
                    "type": {"enum": ["exactMatch", "closeMatch"]},
                    "identifier": {
                        "pattern": r"^(https?://[^\s]+|(bnf|cerl|dbp|gn|gnd|gov|loc|pl|tgn|viaf|wd|wp):[^\s]+)$"
                    },
                },
            },
        },
    },
}


def exported(tables: Tables, path: Path) -> Path:
    """Write tables as a file of the format, JSON or JSON lines by its name."""
    write = lines if path.suffix == ".jsonl" else collection
    path.write_text("".join(write(tables)), encoding="utf-8")
    return path


def back(path: Path) -> Counter[Any]:
    """Read a file of the format; nothing may be broken."""
    return Counter(read(path, ledger=Ledger()))


def features(tables: Tables) -> list[dict[str, Any]]:
    """Give the features of tables."""
    document: dict[str, Any] = json.loads("".join(collection(tables)))
    return list(document["features"])


@pytest.fixture(scope="module")
def shipped() -> Tables:
    """The tables that ship with the project."""
    return read_tables([data_folder() / "gazetteer"])


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=12
).map(str.strip)
TOPONYMS = TEXT.filter(lambda text: any(c.isalpha() for c in text) and text[0].isalpha() and text.isprintable())
IDS = st.one_of(
    st.from_regex(r"[a-z]{2,4}-[0-9]{1,4}", fullmatch=True),
    st.integers(1, 10**7).map("geonames:{}".format),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=8).filter(
        lambda t: ";" not in t
    ),
)
DATES = st.one_of(
    st.sampled_from(["", "..", "1923~", "1988?", "1991-11%", "-0044", "2020-10-03"]),
    st.dates().map(str),
    st.integers(1, 2100).map("{:04d}".format),
)
SPANS = st.tuples(DATES, DATES).filter(lambda span: edtf.contains(span[0], "", span[1]))
LANGS = st.sampled_from(["", "az", "hy-Latn", "zh-Hant-TW", "x-private", "sr-Latn", "de-1996"])
CELLS = st.lists(
    st.one_of(st.just("atlas"), IDS.map("atlas:{}".format), st.just("unverified")), min_size=1, max_size=3
).map(";".join)
SOURCES = st.builds(Source, id=st.just("atlas"), citation=TEXT, licence=TEXT, url=TEXT, accessed=DATES)
PARTIES = st.builds(Party, id=IDS, name=TEXT, kind=TEXT, place=st.none() | IDS, colour=TEXT, note=TEXT)
LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)


def spans(record: type[Any], **columns: Any) -> Any:
    """Build records whose dates are in order."""
    return SPANS.flatmap(lambda span: st.builds(record, **columns, from_=st.just(span[0]), to=st.just(span[1])))


@st.composite
def tables(draw: Any) -> Tables:
    """Draw tables as a person might have written them: odd, and within the rules."""
    made = Tables()
    for fact in chain([draw(SOURCES)], draw(st.lists(PARTIES, max_size=2))):
        made.add(fact)
    for place in draw(st.lists(IDS, min_size=1, max_size=3, unique=True)):
        told = st.builds(
            TablePlace,
            id=st.just(place),
            feature_code=st.sampled_from(["PPL", "ADM1H", "STM", "XYZ"]),
            lat=LATS,
            lon=LONS,
            precision_m=st.floats(0, 2e7),
            population=st.integers(0, 10**10),
            source=CELLS,
            region=TEXT,
            note=TEXT,
        )
        party = st.none() | IDS
        names = spans(
            Attestation,
            place=st.just(place),
            toponym=TOPONYMS,
            lang=LANGS,
            kind=st.sampled_from(get_args(NameKind)),
            party=party,
            source=CELLS,
            note=TEXT,
        )
        relations = spans(
            Relation,
            place=st.just(place),
            relation=st.sampled_from(get_args(RelationKind)),
            object=st.sampled_from(["AZ", "XK", "SU"]) | IDS,
            party=party,
            source=CELLS,
        )
        targets = st.one_of(
            IDS, IDS.map("wikidata:{}".format), st.sampled_from(["wof:7", "https://example.org/a", "gn:5"])
        )
        links = st.builds(
            Link, place=st.just(place), relation=st.sampled_from(LINK_KINDS), target=targets, source=CELLS
        )
        points = st.builds(Point, place=st.just(place), lat=LATS, lon=LONS, source=CELLS)
        kinds = [
            st.lists(told, max_size=1),
            *(st.lists(kind, max_size=3) for kind in (names, relations, links, points)),
        ]
        for fact in chain.from_iterable(draw(kind) for kind in kinds):
            made.add(fact)
    return made


@given(tables())
def test_whatever_the_tables_say_comes_back_equal(tmp_path_factory, made):
    """Every field of every fact: nothing is lost on the way out and back, and what is written is valid."""
    folder = tmp_path_factory.mktemp("lpf")
    if not (made.places or made.names or made.relations or made.links or made.points):
        return
    for name in ("out.json", "out.jsonl"):
        assert back(exported(made, folder / name)) == Counter(made.facts())
    for feature in features(made):
        jsonschema.validate(feature, SCHEMA)


@pytest.mark.parametrize("name", ["out.json", "out.jsonl"])
def test_the_shipped_tables_come_back_equal(tmp_path, shipped, name):
    """Places, attestations, relations, links, points, parties and sources with their licences."""
    assert back(exported(shipped, tmp_path / name)) == Counter(shipped.facts())


def test_the_shipped_tables_keep_the_rules_of_the_format(shipped):
    """Required parts, forms of dates, terms, languages and links."""
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert [error.message for feature in features(shipped) for error in validator.iter_errors(feature)] == []


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the folder ../shared")
def test_the_shipped_tables_are_valid_under_the_published_schema(shipped):
    """The schema with which World Historical Gazetteer validates uploads."""
    schema = json.loads((SHARED / "samples" / "lpf" / "lpf_v2.0-schema.jsonld").read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator({**schema["definitions"]["feature"], "definitions": schema["definitions"]})
    assert [error.message for feature in features(shipped) for error in validator.iter_errors(feature)] == []


def test_equal_tables_give_equal_bytes(shipped):
    """No clock, no order of a set."""
    again = read_tables([data_folder() / "gazetteer"])
    assert "".join(collection(shipped)) == "".join(collection(again))


def test_the_standard_parts_say_what_the_tables_say(shipped):
    """A reader that knows nothing of us finds toponym, language, time, citation, type, class, country, link and relation."""
    (feature,) = [f for f in features(shipped) if f["allonym:id"] == "kar-0072"]
    name = next(n for n in feature["names"] if n["toponym"] == "Suqovuşan")
    assert name["lang"] == "az"
    assert name["when"] == {"timespans": [{"start": {"in": "2020-10-03"}, "end": {"earliest": "2020-10-03"}}]}
    assert name["citations"][0]["label"] == "my-ua-2020-10-04"
    assert name["citations"][0]["@id"].startswith("https://my.ua/")
    assert name["allonym:party"] == "az"
    assert feature["types"] == [{"identifier": "gn:P.PPL", "label": "town or village"}]
    assert (feature["properties"]["fclasses"], feature["properties"]["ccodes"]) == (["P"], ["AZ"])
    assert feature["geometry"]["approximation"]["tolerance"] == shipped.places["kar-0072"].precision_m
    assert {"gvp:broaderPartitive", "allonym:de_jure"} <= {r["relationType"] for r in feature["relations"]}


def test_a_source_and_a_party_are_described_once_where_they_are_first_named(shipped):
    """A licence travels with the first place that needs it, and no later one repeats it."""
    told = [source["id"] for feature in features(shipped) for source in feature.get("allonym:sources", ())]
    assert sorted(told) == sorted(shipped.sources)
    part = json.loads("".join(write_collection(known_places(shipped)[:1], shipped.sources, shipped.parties)))
    (feature,) = part["features"]
    assert {source["licence"] for source in feature["allonym:sources"]} >= {"CC BY 4.0"}
    assert len(feature["allonym:sources"]) < len(shipped.sources)


@pytest.mark.parametrize(
    ("from_", "to", "told"),
    [
        ("", "", None),
        ("..", "..", None),
        ("1991", "1995", {"timespans": [{"start": {"in": "1991"}, "end": {"in": "1995"}}]}),
        ("", "1991", {"timespans": [{"start": {"latest": "1991"}, "end": {"in": "1991"}}]}),
        (
            "1923~",
            "..",
            {"timespans": [{"start": {"in": "1923"}, "end": {"earliest": "1923"}}], "certainty": "less-certain"},
        ),
        ("1988?", "1990", {"timespans": [{"start": {"in": "1988"}, "end": {"in": "1990"}}], "certainty": "uncertain"}),
    ],
)
def test_a_span_with_an_open_end_is_not_written_as_one_day(from_, to, told):
    """Without an end the format would read the time of the beginning alone."""
    assert when(from_, to) == told


FOREIGN = {
    "@id": "http://mygaz.example/p 1;2",
    "type": "Feature",
    "properties": {"title": "Arden (Old)", "ccodes": ["GB"], "fclasses": ["P"]},
    "when": {"timespans": [{"start": {"in": "0676"}, "end": {"in": "1066"}}]},
    "names": [
        {"toponym": "Arden", "lang": "en", "citations": [{"label": "Old Gazetteer (1635)"}]},
        {"toponym": "Ardenne", "lang": "fra", "when": {"timespans": [{"start": {"in": "1600"}}]}},
        {"toponym": "Ardena", "when": {"timespans": [{"start": {"earliest": "1400", "latest": "1450"}, "end": -1}]}},
        {"ethnonym": "Ardenians"},
    ],
    "types": [{"identifier": "aat:300008375", "label": "town"}],
    "geometry": {
        "type": "GeometryCollection",
        "geometries": [
            {
                "type": "Point",
                "coordinates": [-1.3, 51.6],
                "approximation": {"type": "geo:hasSpatialAccuracy", "tolerance": 750},
            },
            {"geowkt": "POLYGON ((-1.4 51.6, -1.2 51.6, -1.2 51.8, -1.4 51.8, -1.4 51.6))"},
        ],
    },
    "links": [
        {"type": "exactMatch", "identifier": "http://www.geonames.org/2657780/"},
        {"type": "closeMatch", "identifier": "wd:Q321"},
        {"type": "seeAlso", "identifier": "https://example.org/"},
    ],
    "relations": [
        {
            "relationType": "gvp:broaderPartitive",
            "relationTo": "http://mygaz.example/p9",
            "when": {"timespans": [{"end": {"in": "1974"}}]},
        },
        {"relationType": "gvp:tgn3000_related_to", "relationTo": "http://mygaz.example/p8"},
    ],
}


def written(path: Path, *found: Any) -> Path:
    """Write features as JSON lines, or as a collection when the name says so."""
    if path.suffix == ".jsonl":
        path.write_text("".join(f"{json.dumps(feature)}\n" for feature in found), encoding="utf-8")
    else:
        path.write_text(json.dumps({"type": "FeatureCollection", "features": list(found)}, indent=1), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["old-places.json", "old-places.jsonl"])
def test_a_feature_of_others_becomes_facts_with_the_file_as_their_source(tmp_path, name):
    """What the tables have a word for is taken, the rest is counted."""
    ledger = Ledger()
    facts = list(read(written(tmp_path / name, FOREIGN), ledger=ledger))
    source, place = facts[0], facts[1]
    assert (source.id, source.licence) == ("old-places", "not stated")
    assert (place.id, place.feature_code, place.precision_m) == ("http://mygaz.example/p%201%3B2", "PPL", 750.0)
    assert {fact.source for fact in facts[1:]} == {f"old-places:{place.id}"}
    names = {fact.toponym: fact for fact in facts if isinstance(fact, Attestation)}
    assert (names["Arden"].from_, names["Arden"].to, names["Arden"].kind) == ("0676", "1066", "historical")
    assert (names["Arden"].note, names["Arden"].lang) == ("Old Gazetteer (1635)", "en")
    assert (names["Ardenne"].from_, names["Ardenne"].to, names["Ardenne"].lang) == ("1600", "", "fr")
    assert (names["Ardena"].from_, names["Ardena"].to) == ("1400~", "")
    assert "Arden (Old)" in names
    (point,) = [fact for fact in facts if isinstance(fact, Point)]
    assert (round(point.lat, 3), round(point.lon, 3)) == (51.7, -1.3)
    assert {fact.target for fact in facts if isinstance(fact, Link)} == {"geonames:2657780", "wikidata:Q321"}
    relations = {(fact.relation, fact.object, fact.to) for fact in facts if isinstance(fact, Relation)}
    assert relations == {("de_jure", "GB", ""), ("within", "http://mygaz.example/p9", "1974")}
    assert sum(ledger.left_out.values()) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"@id": None},
        {"type": "Place"},
        {"names": {"toponym": "Arden"}},
        {"names": ["Arden"]},
        {"geometry": {"type": "Point", "coordinates": [200, 10]}},
        {"geometry": {"type": "Point", "coordinates": [float("nan"), 10]}},
        {"geometry": {"geowkt": "POLYGON ((", "type": "Polygon"}},
        {"properties": []},
        {"when": "1991"},
        {"names": [{"toponym": "=HYPERLINK(1)"}]},
        {"names": [{"toponym": "One\u202etwo"}]},
    ],
)
def test_a_broken_feature_is_told_with_file_and_line_and_passed_over_only_when_asked(tmp_path, change):
    """The features after it are read."""
    path = written(tmp_path / "bad.jsonl", FOREIGN | change, FOREIGN | {"@id": "http://mygaz.example/p2"})
    with pytest.raises(DataError, match=rf"^{path}:1: "):
        list(read(path, ledger=Ledger()))
    ledger = Ledger(skip_bad=True)
    places = {fact.id for fact in read(path, ledger=ledger) if isinstance(fact, TablePlace)}
    assert "http://mygaz.example/p2" in places
    assert [line.startswith(f"{path}:1: ") for line in ledger.broken] == [True]


def test_a_line_that_is_no_json_is_told(tmp_path):
    """A download that broke off."""
    path = tmp_path / "cut.jsonl"
    path.write_text(json.dumps(FOREIGN) + "\n" + json.dumps(FOREIGN)[:100] + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"^{path}:2: the line is no JSON"):
        list(read(path, ledger=Ledger()))


@pytest.mark.parametrize(
    ("key", "value"),
    [("allonym:kind", "nickname"), ("allonym:from", "3.10.2020"), ("allonym:party", ["az"]), ("toponym", "=1+1")],
)
def test_an_export_that_somebody_changed_is_checked_like_any_other_file(tmp_path, shipped, key, value):
    """Our own prefix is no reason to trust a file."""
    feature = features(shipped)[0]
    feature["names"][0][key] = value
    with pytest.raises(DataError, match=r"expected|formula"):
        list(read(written(tmp_path / "changed.json", feature), ledger=Ledger()))


def test_a_name_that_somebody_added_to_an_export_is_read(tmp_path, shipped):
    """Another tool knows nothing of our prefix."""
    feature = features(shipped)[0]
    feature["names"].append({"toponym": "Choucha-sur-Karkar", "lang": "fr"})
    names = [f for f in read(written(tmp_path / "more.json", feature), ledger=Ledger()) if isinstance(f, Attestation)]
    assert (names[-1].toponym, names[-1].source) == ("Choucha-sur-Karkar", f"more:{feature['allonym:id']}")


def test_the_format_is_told_by_the_content(tmp_path, shipped):
    """`geo gazetteer add` needs no hint for the format, in files of others and in ours."""
    for path in (written(tmp_path / "a.json", FOREIGN), exported(shipped, tmp_path / "b.jsonl")):
        assert sum(isinstance(fact, TablePlace) for fact in read_facts(path, ledger=Ledger())) >= 1


def test_a_large_collection_is_read_a_feature_at_a_time(tmp_path):
    """The first place is there before the file has been read to its broken end."""
    one = json.dumps(FOREIGN)
    path = tmp_path / "large.json"
    with path.open("w", encoding="utf-8") as stream:
        stream.write('{"type": "FeatureCollection", "features": [' + one)
        stream.writelines(f",\n{one}" for _ in range(5000))
        stream.write(", oops")
    facts = read(path, ledger=Ledger())
    assert isinstance(next(facts), Source)
    assert isinstance(next(facts), TablePlace)
    with pytest.raises(DataError, match="no JSON that can be read"):
        list(facts)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the folder ../shared")
@pytest.mark.parametrize(
    ("name", "places", "names"), [("indias_sample200.jsonl", 199, 349), ("linkedplaces-sample-v1.2.2.geojson", 1, 1)]
)
def test_the_published_samples_are_read(name, places, names):
    """Files that others made for v1.2; one says citation, writes -1 for no date, and has titles that are names besides."""
    ledger = Ledger()
    facts = list(read(SHARED / "samples" / "lpf" / name, ledger=ledger))
    assert sum(isinstance(fact, TablePlace) for fact in facts) == places
    assert sum(isinstance(fact, Attestation) for fact in facts) == names
    assert not ledger.broken


def test_every_kind_of_fact_is_drawn():
    """The property above would say little if it drew no facts of a kind."""
    seen: set[str] = set()

    @given(tables())
    def draw(made: Tables) -> None:
        seen.update(type(fact).__name__ for fact in made.facts())
        assert all(asdict(fact) for fact in made.facts())

    draw()
    assert seen == {"Source", "Party", "TablePlace", "Attestation", "Relation", "Link", "Point"}
