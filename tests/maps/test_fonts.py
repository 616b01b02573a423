import pytest

from geo.maps.fonts import font_faces, scripts
from geo.maps.page import Extra, render

ALL_SCRIPTS = "Shusha Şuşa Xankəndi Шуша Ἀθήνα Αθήνα Շուշի შუშა שושה شوشا"


def test_a_page_brings_the_fonts_of_its_scripts_alone():
    english = font_faces(["Shusha"])
    assert english.count("@font-face") == 2  # upright, and italic for waters
    azerbaijani = font_faces(["Şuşa, Xankəndi"])
    assert "U+0259" in azerbaijani
    assert "U+0531-0556" not in azerbaijani
    assert "U+0531-0556" in font_faces(["Շուշի"])


def test_the_fonts_of_all_scripts_together_take_less_than_150_kilobytes():
    css = font_faces([ALL_SCRIPTS])
    assert css.count("@font-face") == len(scripts())
    assert len(css.encode()) < 150_000
    assert sum(script.path.stat().st_size for script in scripts()) < 115_000
    assert len(font_faces(["Shusha Şuşa Шуша Շուշի"]).encode()) < 100_000


def test_the_signs_of_a_font_are_those_that_its_file_has():
    fonts = pytest.importorskip("fontTools.ttLib")
    pytest.importorskip("brotli")
    for script in scripts():
        has = set(map(chr, fonts.TTFont(script.path).getBestCmap()))
        assert has <= script.signs | {"\u200c", "\u200d", "\u25cc"}, script.name
    latin = next(script for script in scripts() if script.name == "latin-ext")
    assert "ə" in latin.signs


def test_equal_scripts_give_equal_styles():
    assert font_faces(["Шуша", "Shusha"]) == font_faces(["Shusha", "Баку"])


@pytest.mark.browser
def test_the_page_writes_its_names_in_its_own_fonts(browser, page_example, tmp_path):
    page_example["places"][0]["labels"]["hy"] = "Շուշի"
    texts = [text for place in page_example["places"] for text in place["labels"].values()]
    path = tmp_path / "page.html"
    path.write_text(render(page_example, extra=Extra(styles=(font_faces(texts),))), encoding="utf-8")
    context = browser.new_context(offline=True)
    tab = context.new_page()
    errors = []
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    tab.goto(path.as_uri())
    tab.wait_for_function("document.fonts.status === 'loaded' && window.allonym.labels().length > 0")
    faces = "[...document.fonts].filter((face) => face.family.includes('Allonym')).map((face) => face.status)"
    assert set(tab.evaluate(faces)) == {"loaded"}
    assert tab.evaluate("document.fonts.check('600 13px \"Allonym Sans\"', 'Շուշի')")
    assert errors == []
    context.close()
