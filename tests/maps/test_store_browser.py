"""What the page shows under its filters is what the data say, for one place and for thousands."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from geo.maps import render

pytestmark = pytest.mark.browser

PARTIES, EVENTS, OUTLETS, FLAGS = ["am-mod", "az-mod", "un"], ["shelling", "combat"], ["Wire", "Post"], ["graphic"]
ROLES = ["site", "reference", "setting", "actor"]
DAY = 1440
FIRST = datetime(2020, 9, 27, tzinfo=UTC)
FIRST_MINUTE = int(FIRST.timestamp()) // 60


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page's text from a file with the network off; no error may be told."""
    contexts, errors = [], []

    def open_page(data, *, width=1600, height=1000):
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(render(data), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, reduced_motion="reduce"
        )
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(path.as_uri())
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def reported(count, mentions, seed=0, spread=3.0):
    """Give a page's values with made-up places and mentions, some of each kind of gap among them."""
    chance = random.Random(seed)  # noqa: S311 - a test's choice
    some = lambda words: chance.sample(words, chance.randint(0, len(words)))  # noqa: E731
    places = [
        {
            "id": f"p{n}", "lat": 40 + chance.uniform(-spread, spread), "lon": 46 + chance.uniform(-spread, spread),
            "role": chance.choice(ROLES), "printed": [f"Place {n}"], "labels": {"printed": f"Place {n}"}, "mentions": [],
        }
        for n in range(count)
    ]  # fmt: skip
    rows = []
    for m in range(mentions):
        place = m if m < count else chance.randrange(count)  # each place has one
        places[place]["mentions"].append(m)
        day = FIRST + timedelta(days=chance.randrange(45))
        rows.append({
            "report": chance.randrange(2), "place": place, "text": "x", "kind": "place", "status": "resolved",
            "quote": f"Text {m}",
            "claimants": some(PARTIES), "events": some(EVENTS), "flags": some(FLAGS),
            "date": "" if chance.random() < 0.1 else day.date().isoformat(),
        })  # fmt: skip
    reports = [{"id": outlet, "source": outlet} for outlet in OUTLETS]
    return {
        "meta": {"title": "t"},
        "parties": {},
        "sources": {},
        "reports": reports,
        "places": places,
        "mentions": rows,
    }


def minute(row):
    return (datetime.fromisoformat(row["date"]).replace(tzinfo=UTC).timestamp() // 60) if row["date"] else None


def words_of(facet, row, data):
    return {
        "parties": row["claimants"],
        "events": row["events"],
        "flags": row["flags"],
        "outlets": [data["reports"][row["report"]]["source"]],
        "roles": [data["places"][row["place"]]["role"]],
    }[facet]


def passes(row, data, state, *, without=""):
    """Whether a mention passes all filters but one."""
    begins = minute(row)
    for facet in {"parties", "events", "flags", "outlets", "roles"} - {without}:
        off = {*state["switched"].get(facet, ()), *(["actor"] if facet == "roles" else [])}
        if all(word in off for word in words_of(facet, row, data) or [""]):
            return False
    if without == "dates" or (state["from"] is None and state["to"] is None):
        return True
    if begins is None:
        return False
    return (state["to"] is None or begins <= state["to"]) and (
        state["from"] is None or begins + DAY - 1 >= state["from"]
    )


def states(number):
    chance = random.Random(7)  # noqa: S311
    choices = {
        "parties": [*PARTIES, ""],
        "events": [*EVENTS, ""],
        "flags": [*FLAGS, ""],
        "outlets": OUTLETS,
        "roles": ROLES[:3],
    }
    yield {"switched": {}, "from": None, "to": None}
    for _ in range(number):
        yield {
            "switched": {facet: chance.sample(words, chance.randrange(len(words))) for facet, words in choices.items()},
            "from": chance.choice([None, FIRST_MINUTE + chance.randrange(40) * DAY]),
            "to": chance.choice([None, FIRST_MINUTE + chance.randrange(60) * DAY]),
        }


@pytest.mark.parametrize(("count", "mentions"), [(1, 1), (12, 40), (3000, 5000)])
def test_every_filter_shows_and_counts_what_the_data_say(opened, count, mentions):
    data = reported(count, mentions)
    tab = opened(data)
    for state in states(12):
        tab.evaluate("state => window.allonym.restore(state)", state)
        told = tab.evaluate("window.allonym.counts()")
        shown = [row for row in data["mentions"] if passes(row, data, state)]
        places = {row["place"] for row in shown}
        assert (told["places"], told["mentions"]) == (len(places), len(shown))
        assert tab.locator("body").get_attribute("data-shown") == str(len(places))
        for facet, counts in told["facets"].items():
            others = [row for row in data["mentions"] if passes(row, data, state, without=facet)]
            for word, number in counts:
                has = {row["place"] for row in others if word in (words_of(facet, row, data) or [""])}
                assert number == len(has), (facet, word)
        histogram = told["histogram"]
        dated = [row for row in data["mentions"] if passes(row, data, state, without="dates")]
        assert sum(histogram["counts"]) + histogram["undated"] == len(dated)
        for bin_, number in enumerate(histogram["counts"]):
            begins = histogram["start"] + bin_ * histogram["step"]
            within = [
                row for row in dated if minute(row) is not None and begins <= minute(row) < begins + histogram["step"]
            ]
            assert number == len(within)


def test_counts_of_bins_and_markers_sum_to_what_is_shown_under_every_filter(opened):
    data = reported(3000, 6000)
    tab = opened(data)
    for state in states(12):
        tab.evaluate("state => window.allonym.restore(state)", state)
        drawn, told = tab.evaluate("[window.allonym.drawn(), window.allonym.counts()]")
        assert drawn["places"] == told["places"] == drawn["markers"] + drawn["dots"]
        assert sum(drawn["bins"]) == drawn["dots"]
        assert all(count > 3 for count in drawn["bins"])


def test_a_view_comes_back_from_its_state(opened):
    tab = opened(reported(12, 40))
    state = {"switched": {"parties": ["un"], "roles": ["site", "actor"]}, "from": FIRST_MINUTE, "areas": False}
    tab.evaluate("state => window.allonym.restore(state)", state)
    assert tab.evaluate("window.allonym.state()") == state
    assert tab.locator("#key .toggle", has_text="un").get_attribute("aria-pressed") == "false"
    tab.evaluate("window.allonym.restore({})")
    assert tab.evaluate("window.allonym.state()") == {}


@pytest.mark.parametrize(
    "state", [{"switched": {"parties": ["nobody", 3, None], "x": 1}}, {"from": "x", "names": {}, "open": 5}]
)
def test_a_state_that_makes_no_sense_changes_nothing(opened, state):
    tab = opened(reported(12, 40))
    before = tab.evaluate("window.allonym.counts()")
    tab.evaluate("state => window.allonym.restore(state)", state)
    assert tab.evaluate("window.allonym.counts()") == before


def test_a_state_opens_the_card_of_its_place(opened):
    data = reported(12, 40)
    data["places"][3]["role"] = "site"
    tab = opened(data)
    tab.evaluate("window.allonym.restore({open: 'p3'})")
    assert tab.locator("#card-title").inner_text() == "Place 3"
    assert tab.evaluate("window.allonym.state()") == {"open": "p3"}


def test_the_list_of_a_large_map_shows_a_window_and_more_when_asked(opened):
    data = reported(3000, 3000)
    tab = opened(data)
    listed = lambda: tab.locator("#places [data-place]").count()  # noqa: E731
    before = listed()
    assert 50 <= before <= 500
    tab.get_by_role("button", name="Show more places").click()
    assert listed() > before
    assert tab.evaluate("document.activeElement.dataset.place") is not None


def test_a_dot_opens_its_place_and_a_count_comes_nearer(opened):
    data = reported(3000, 3000, spread=0.5)
    for place in data["places"]:
        place["role"] = "site"
    tab = opened(data)
    zoom = tab.evaluate("window.allonym.map.getZoom()")
    before = tab.evaluate("window.allonym.drawn().bins.length")
    assert before > 0
    tab.evaluate("window.allonym.restore({open: 'p7'})")
    assert tab.locator("#card-title").inner_text() == "Place 7"
    assert tab.evaluate("window.allonym.map.getZoom()") >= zoom
    assert place_button(tab, "p7").get_attribute("aria-current") == "true"
    drawn = tab.evaluate("window.allonym.drawn()")
    assert drawn["markers"] + drawn["dots"] == drawn["places"]  # the open place is a marker and no dot


def place_button(tab, identity):
    return tab.locator(f'#places [data-place="{identity}"]')


def test_places_around_the_antimeridian_are_all_drawn(opened):
    data = reported(400, 400, spread=2.0)
    for n, place in enumerate(data["places"]):
        place["role"], place["lon"] = "site", (179.5 if n % 2 else -179.5)
    tab = opened(data)
    tab.evaluate("window.allonym.map.setView([40, 180], 6, {animate: false})")
    drawn, told = tab.evaluate("[window.allonym.drawn(), window.allonym.counts()]")
    assert drawn["places"] == told["places"] == 400


@pytest.mark.parametrize(
    "text", ["\ud800\udfff lone \ud800", "\x00\u2028\u202e", "🇦🇿 Ağdərə Մարտակերտ مارتاکرت", "</script><!--"]
)
def test_any_text_comes_to_the_card_as_it_is(opened, text):
    data = reported(1, 1)
    data["places"][0]["role"] = "site"
    data["mentions"][0]["quote"] = text
    data["places"][0]["printed"] = [text]
    tab = opened(data)
    tab.locator("#places [data-place]").click()
    title = tab.evaluate("document.getElementById('card-title').textContent")
    quote = tab.evaluate("document.querySelector('#card blockquote').textContent")
    shown = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for told in (title, quote):
        assert told.encode("utf-16", "surrogatepass").decode("utf-16", "replace") == shown
