"""Still pictures: what they show, equal bytes, scripts, hostile texts."""

import csv
import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import shapely
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.image import imread

from geo.builds import Build, run
from geo.errors import UsageError
from geo.maps.bundle import ASSETS
from geo.maps.pictures.canvas import Canvas
from geo.maps.pictures.fonts import BOLD, REGULAR, font, shown, unwritable
from geo.maps.pictures.frame import frame, is_wide
from geo.maps.pictures.ground import BORDER, areas
from geo.maps.pictures.labels import Occupied, settle
from geo.maps.pictures.marks import SHAPES, mark, spread
from geo.maps.pictures.sheet import Box, sheet

SVG = "{http://www.w3.org/2000/svg}"
ARTICLE = "maps/reports/karabakh-illustration.md"


def _place(lon=46.75, lat=39.76, **told):
    base = {"id": "a", "lon": lon, "lat": lat, "role": "site", "contested": False, "claimants": [], "mentions": []}
    return base | {"status": "resolved", "confidence": 1.0, "labels": {"printed": "A"}} | told


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """The sample article as pictures of all kinds and presets, drawn twice."""
    folder = tmp_path_factory.mktemp("pictures")
    for turn in ("first", "second"):
        (folder / turn).mkdir()
        outputs = tuple(folder / turn / f"map.{ending}" for ending in ("png", "svg", "pdf"))
        run(Build(sources=(ARTICLE,), outputs=outputs, countries=("AZ", "AM"), names="en"))
    return folder


def test_equal_layers_draw_equal_bytes_without_a_date(drawn):
    """No clock and no chance goes into a picture."""
    for ending in ("png", "svg", "pdf"):
        first = (drawn / "first" / f"map.{ending}").read_bytes()
        assert first == (drawn / "second" / f"map.{ending}").read_bytes()
        assert b"CreationDate" not in first
        assert b"dc:date" not in first


def test_a_picture_for_links_has_the_size_of_links(drawn):
    """1200 by 675 pixels."""
    assert imread(drawn / "first" / "map.png").shape[:2] == (675, 1200)


def test_a_pdf_is_a_page_of_a4(drawn):
    """210 by 297 millimetres."""
    box = re.search(rb"/MediaBox \[ *0 0 ([\d.]+) ([\d.]+) *\]", (drawn / "first" / "map.pdf").read_bytes())
    assert [round(float(side)) for side in box.groups()] == [595, 842]


def _drawn_as(worldview, source, folder):
    path = folder / f"{worldview}.svg"
    run(Build(sources=(source,), outputs=(path,), worldview=worldview))
    return path.read_text(encoding="utf-8")


def test_a_picture_has_the_borders_of_its_worldview_and_so_has_its_locator(tmp_path):
    """None at all under "none"; the small map beside the large one is no exception."""
    assert BORDER in _drawn_as("de-facto", ARTICLE, tmp_path)
    assert BORDER not in _drawn_as("none", ARTICLE, tmp_path)


def test_a_picture_tells_whose_boundaries_it_has(tmp_path):
    """Where two worldviews have the same lines, the words below the map are what differs."""
    far = tmp_path / "far.csv"
    far.write_text("id,place,lat,lon\n1,Waystation,-25,134\n", encoding="utf-8")
    assert _drawn_as("de-facto", str(far), tmp_path) != _drawn_as("un", str(far), tmp_path)


def test_an_svg_holds_no_script_and_loads_nothing(drawn):
    """Only shapes: no script, no event handler, no address to load."""
    root = ET.parse(drawn / "first" / "map.svg").getroot()  # noqa: S314 - our own file
    for node in root.iter():
        assert node.tag != f"{SVG}script"
        for name, value in node.attrib.items():
            assert not name.lower().startswith("on")
            if name.endswith("href"):
                assert value.startswith("#")


@pytest.mark.parametrize(
    "hostile", ["</title><script>alert(1)</script>", "--><script>", "$\\frac{1}{0}$", "a\x02b\u202ec", "]]>", "&amp;<"]
)
def test_hostile_texts_stay_texts_in_pictures(tmp_path, hostile):
    """A title and a place's name of any signs give a well-formed picture."""
    table = tmp_path / "places.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["place", "lat", "lon"], [hostile, "39.8", "46.7"]])
    out = tmp_path / "map.svg"
    run(Build(sources=(str(table),), outputs=(out,), title=hostile))
    root = ET.fromstring(out.read_bytes())  # noqa: S314 - our own file
    assert not list(root.iter(f"{SVG}script"))


def test_scripts_are_shaped_as_they_are_read():
    """Arabic letters join: the word is narrower than its letters one by one."""
    canvas = Canvas(sheet("social", wide=True))
    word = "القدس"
    assert canvas.width(word, size=20) < sum(canvas.width(letter, size=20) for letter in word)
    assert canvas.width("Şuşa Շուշի Шуша", size=20, fonts=font(BOLD)) > 0


def test_letters_of_two_scripts_are_not_mixed_up():
    """Each font has a name of its own, by which matplotlib keeps outlines apart."""
    names = [
        get_font(findfont(FontProperties(family=[family]))).postscript_name for family in font(REGULAR).get_family()
    ]
    assert len(set(names)) == len(names)


def test_signs_without_a_font_are_known():
    """A name in such a script is not drawn as boxes."""
    assert unwritable(["Şuşa", "Ստեփանակերտ", "თბილისი", "ירושלים", "القدس"]) == set()
    assert unwritable(["東京"]) == {"東", "京"}
    assert shown("a\u202eb\nc") == "a b c"


def test_signs_are_those_of_the_page():
    """The shapes of a picture are those of glyphs.js."""
    script = (ASSETS / "glyphs.js").read_text(encoding="utf-8")
    paths = re.findall(r'^  "(M[^"]+Z)",$', script, flags=re.MULTILINE)
    assert len(paths) == len(SHAPES)
    for path, shape in list(zip(paths, SHAPES, strict=True))[1:]:
        corners = _corners(path)
        assert np.allclose(shape.vertices[: len(corners)], corners)


def _corners(path):
    """Read M, L, H, V, h, v and implicit lines."""
    found, x, y = [], 0.0, 0.0
    for command, numbers in re.findall(r"([MLHVZ])([^MLHVZ]*)", path):
        values = [float(value) for value in re.findall(r"-?\d*\.?\d+", numbers)]
        if command in "ML":
            for at in range(0, len(values), 2):
                x, y = values[at], values[at + 1]
                found.append((x, y))
        elif command == "H":
            x = values[0]
            found.append((x, y))
        elif command == "V":
            y = values[0]
            found.append((x, y))
    return found


def test_rings_within_rings_are_holes():
    """A lake's island is land again."""
    rings = [np.array(shapely.box(*sides).exterior.coords)[:-1] for sides in ((0, 0, 9, 9), (1, 1, 8, 8), (2, 2, 3, 3))]
    assert shapely.area(areas(rings)).sum() == 81 - 49 + 1


def test_names_do_not_overlap():
    """Twelve names around one spot stand in boxes of their own, and those without room are left out."""
    occupied = Occupied(bounds=Box(0, 0, 400, 300))
    signs = [Box(198 + n, 148, 204 + n, 154) for n in range(12)]
    for sign in signs:
        occupied.add(sign)
    labels = [label for sign in signs if (label := settle(occupied, sign, (60, 12), ("name",)))]
    boxes = [shapely.box(*label.box) for label in labels]
    assert len(labels) > 4
    assert all(one.intersection(other).area == 0 for one in boxes for other in boxes if one is not other)


def test_signs_at_one_point_are_moved_apart():
    """A town and its district have one point and two signs."""
    near = spread([mark(_place(), 10, 10), mark(_place(), 10, 10), mark(_place(), 11, 10)])
    assert len({(round(one.x), round(one.y)) for one in near}) == 3
    assert (near[0].x, near[0].y) == (10, 10)


@pytest.mark.parametrize(
    "places", [[], [_place()], [_place(170), _place(-170)], [_place(-120), _place(0), _place(120)]]
)
def test_a_window_holds_its_places(places):
    """No place, one, some around the antimeridian, and the world."""
    box = Box(10, 10, 610, 410)
    made = frame({"places": places}, box)
    west, south, east, north = made.bounds
    assert -90 < south < north < 90
    assert -180 <= west < 180
    assert -180 <= east <= 180
    for place in places:
        spot = made.spots(np.column_stack([made.turned(np.array([place["lon"]])), [place["lat"]]]))[0]
        assert box.left < spot[0] < box.right
        assert box.top < spot[1] < box.bottom


def test_wide_maps_lie_and_others_stand():
    """The sheet of print follows the places."""
    assert is_wide({"places": [_place(40), _place(50)]})
    assert not is_wide({"places": [_place(46, 30), _place(46, 40)]})


def test_an_output_of_another_kind_is_refused_with_the_kinds_that_there_are(tmp_path):
    """Before any work is done."""
    with pytest.raises(UsageError, match=r"\.png \.svg \.pdf"):
        run(Build(sources=(ARTICLE,), outputs=(tmp_path / "map.jpg",)))


def test_a_picture_tells_of_names_that_it_cannot_write(tmp_path, caplog):
    """No box is drawn for a letter, and somebody is told."""
    table = tmp_path / "places.csv"
    table.write_text("place,lat,lon\n東京,35.7,139.7\n", encoding="utf-8")
    run(Build(sources=(str(table),), outputs=(tmp_path / "map.png",)))
    assert "no font for" in caplog.text
    assert io.BytesIO((tmp_path / "map.png").read_bytes()).read(4) == b"\x89PNG"
