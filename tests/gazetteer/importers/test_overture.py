"""Overture divisions: names by rule and by perspective, hierarchies, links; GeoJSON and GeoParquet alike."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from shapely.geometry import shape

from geo.errors import DataError

EXCHANGE = Path(__file__).parents[2] / "data" / "exchange"
DIVISIONS = EXCHANGE / "overture" / "divisions.geojson"


def test_primary_common_and_rules_become_names(read):
    told = read(DIVISIONS)
    assert [name[:3] for name in told.names("overture:0a1")] == [
        ("Ardenia", "en", "endonym"),
        ("Ardénie", "fr", "variant"),
        ("Republic of Ardenia", "en", "official"),
        ("ARD", "", "abbreviation"),
    ]


def test_a_name_is_attested_for_each_state_that_accepts_it(read):
    told = read(DIVISIONS)
    assert [name[:4] for name in told.names("overture:0a2")] == [
        ("Belmont", "en", "endonym", None),
        ("Beaumont", "fr", "variant", "fr"),
        ("Beaumont", "fr", "variant", "es"),
        ("Bellmunt", "ca", "variant", None),
    ]
    assert told.names("overture:0a2")[-1][-1] == "disputed by fr"
    assert {(party.id, party.kind) for party in told.parties} == {("fr", "state"), ("es", "state"), ("tr", "state")}


def test_a_division_that_a_state_accepts_lends_its_names_that_party(read):
    assert read(DIVISIONS).names("overture:0a3") == [("Ardenmark", "", "endonym", "tr", "", "", "")]


def test_hierarchy_country_and_records_elsewhere_are_kept(read):
    told = read(DIVISIONS)
    assert told.relations("overture:0a2") == [("de_jure", "AD", "", ""), ("within", "overture:0a1", "", "")]
    assert told.relations("overture:0a3") == []
    assert told.links("overture:0a1") == [("exactMatch", "wikidata:Q900000")]
    assert told.links("overture:0a2") == [("exactMatch", "osm:node/900004")]


def test_areas_and_names_of_a_part_are_left_out_and_counted(read):
    told = read(DIVISIONS)
    assert told.ledger.left_out == {"record of the type division-area": 1, "name of a part or a side": 1}


def test_geoparquet_reads_like_geojson(read, tmp_path):
    rows = []
    for feature in json.loads(DIVISIONS.read_text(encoding="utf-8"))["features"]:
        row = dict(feature["properties"], id=feature["id"], geometry=shapely.to_wkb(shape(feature["geometry"])))
        row["names"] = dict(row["names"], common=list((row["names"].get("common") or {}).items()))
        rows.append(row)
    perspectives = pa.struct([("mode", pa.string()), ("countries", pa.list_(pa.string()))])
    texts = [(key, pa.string()) for key in ("variant", "language", "value", "side")]
    rule = pa.struct([*texts, ("between", pa.list_(pa.float64())), ("perspectives", perspectives)])
    names = pa.struct(
        [("primary", pa.string()), ("common", pa.map_(pa.string(), pa.string())), ("rules", pa.list_(rule))]
    )
    step = pa.struct([("division_id", pa.string()), ("subtype", pa.string()), ("name", pa.string())])
    source = pa.struct([("property", pa.string()), ("dataset", pa.string()), ("record_id", pa.string())])
    schema = pa.schema(
        [
            *((key, pa.string()) for key in ("id", "type", "subtype", "country", "wikidata")),
            *(("geometry", pa.binary()), ("population", pa.int32()), ("names", names), ("perspectives", perspectives)),
            *(("hierarchies", pa.list_(pa.list_(step))), ("sources", pa.list_(source))),
        ]
    )
    path = tmp_path / "divisions.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)

    assert read(path).facts == read(DIVISIONS).facts


def test_a_cut_off_parquet_file_is_refused_with_its_name(read, tmp_path):
    path = tmp_path / "divisions.parquet"
    pq.write_table(pa.table({"id": ["a"] * 100}), path)
    path.write_bytes(path.read_bytes()[:-10])

    with pytest.raises(DataError, match=r"divisions\.parquet: is no whole Parquet file"):
        read(path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"subtype": "region"', '"subtype": "realm"', "its subtype is 'realm'"),
        ('"accepted_by"', '"liked_by"', "its perspectives are no accepted_by"),
        ("42.6", "NaN", "lat is nan"),
    ],
)
def test_a_broken_division_is_told_with_its_line(read, tmp_path, old, new, told):
    path = tmp_path / "divisions.geojson"
    path.write_text(DIVISIONS.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(DataError, match=rf"divisions\.geojson:\d+: {told}"):
        read(path)
    assert read(path, skip_bad=True).ledger.broken
