"""The maps in ``maps/`` are what their specs build, and their tables say where each row comes from."""

from __future__ import annotations

import csv
import importlib.util
import shutil
from pathlib import Path

import pytest

import geo
from geo.maps.elements import unpack_page

MAPS = Path(__file__).parent.parent / "maps"
SPECS = sorted(path.name for path in MAPS.glob("*.toml"))
TABLES = ("earthquake-2023", "georgia-2008", "karabakh-2020")


def rows(table):
    with (MAPS / "reports" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("spec", SPECS)
def test_a_committed_page_holds_what_its_spec_builds(spec, tmp_path, monkeypatch):
    """Decoded data are compared: what draws them may change without a map being built again."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    shutil.copytree(MAPS, tmp_path / "maps", ignore=shutil.ignore_patterns("*.html", "*.geojson"))
    geo.build(tmp_path / "maps" / spec)
    page = Path(spec).with_suffix(".html")
    built = unpack_page((tmp_path / "maps" / page).read_text(encoding="utf-8"))
    assert built == unpack_page((MAPS / page).read_text(encoding="utf-8")), f"run: geo build maps/{spec}"


@pytest.mark.parametrize("table", TABLES)
def test_each_row_has_its_source_and_its_day(table):
    for row in rows(table):
        assert row["url"].startswith(("https://", "http://")), row["id"]
        assert all(row[column].strip() for column in ("id", "source", "text")), row["id"]
        assert len(row["published"]) == len("2020-09-27"), row["id"]


def test_both_sides_speak_in_the_map_of_karabakh():
    """At least forty claims, and from neither side fewer than half as many as from the other."""
    page = unpack_page((MAPS / "karabakh-2020.html").read_text(encoding="utf-8"))
    claims = [party.partition("-")[0] for mention in page["mentions"] for party in mention["claimants"] or ()]
    azerbaijan, armenia = claims.count("az"), claims.count("am") + claims.count("artsakh")
    assert len(rows("karabakh-2020")) >= 40
    assert min(azerbaijan, armenia) * 2 >= max(azerbaijan, armenia)


def make_synthetic():
    spec = importlib.util.spec_from_file_location("make_synthetic", MAPS / "make_synthetic.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_synthetic_record_says_what_it_is_and_comes_out_the_same(tmp_path):
    """The committed page has 100,000 of them; here are fewer, made twice and drawn once."""
    made = make_synthetic()
    records = made.synthetic(300)
    assert records.equals(made.synthetic(300))
    assert all(text.startswith("Synthetic record ") and "None of this happened" in text for text in records["text"])
    assert records["text"].str.len().between(made.LENGTH - 20, made.LENGTH).all()
    made.page(records, tmp_path / "synthetic.html")
    drawn = unpack_page((tmp_path / "synthetic.html").read_text(encoding="utf-8"))
    assert len(drawn["mentions"]) == len(records)
    assert {mention["quote"] for mention in drawn["mentions"]} == set(records["text"])
