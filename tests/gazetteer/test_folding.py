"""The folding key: the table of rules, families of spellings that meet, names that stay apart."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.gazetteer.folding import STAGES, Rule, fold, fold_all, index_keys, look_up_keys, normalise, read_rules

if TYPE_CHECKING:
    from pathlib import Path

RULES = read_rules()

FAMILIES = [
    "Xocavənd Khojavend Khodzhavend Khojavand Hocavend Ходжавенд Хоҹавәнд Խոջավենդ خوجاوند",
    "Ağdərə Aghdara Agdere Агдере Աղդարա აღდარა",
    "Şuşa Shusha Choucha Schuscha Шуша Շուշա შუშა شوشا",
    "Qubadlı Gubadli Kubatly Губадлы Кубатлы Ղուբադլի",
    "Kəlbəcər Kalbajar Kelbajar Kelbadshar Кельбаджар Քելբաջար کلبجر",
    "Cəbrayıl Jabrayil Jebrail Djebrail Джебраил Ջաբրայիլ",
    "Stepanakert Stepʻanakert Ստեփանակերտ Степанакерт სტეფანაკერტი",
    "Xankəndi Khankendi Hankendi Ханкенди",
    "Gəncə Ganja Gandzha Gyandzha Гянджа Գանջա განჯა",
    "Yerevan Erevan Երևան Երեւան Ереван",
    "Sumqayıt Sumgait Soumgaït Сумгаит",
    "Naxçıvan Nakhchivan Nakhitchevan Нахчыван",
    "Tbilisi თბილისი Тбилиси Tbilissi",
    "Sevastopol Севастополь Sewastopol",
    "Kharkiv Харків Harkiv",
    "Diyarbakır Diyarbakir Диярбакыр",
    "Sukhumi Soukhoumi Сухуми სუხუმი",
    "Bakı Baki Бакы",
    "Thessaloniki Θεσσαλονίκη",
    "Kirkuk Kirkouk Киркук",
    "Karin-Tak Karintak KARIN_TAK Քարինտակ",
]
APART = ["Kyiv Kiev", "Shusha Shushi", "Lachin Laxton", "Barda Bor Bari", "Goris Gyumri", "Martuni Martakert Mardin"]
LETTERS = (
    "abcçdeəfgğhxıijkqlmnoöprsştuüvyzабвгдежзийклмнопрстуфхцчшщъыьэюяёәҹғөүһաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ"
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.stage}-{rule.order}")
def test_each_rule_does_what_its_example_says(rule: Rule):
    assert rule.example_from != rule.example_to
    assert rule.apply(rule.example_from) == rule.example_to


def test_the_rules_are_numbered_in_the_order_in_which_they_act():
    assert [rule.order for rule in RULES] == sorted({rule.order for rule in RULES})
    assert list(dict.fromkeys(rule.stage for rule in RULES)) == list(STAGES)


def test_the_rules_keep_to_what_python_and_javascript_share():
    for rule in RULES:
        assert not re.search(r"\\[AZGkKpP<wWdDsS]|\(\?P|\(\?[aiLmsux]|[*+?]\+", rule.pattern), rule
        assert not set(rule.replacement) & {"\\", "$"}, rule


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.split()[0])
def test_the_spellings_of_a_name_share_a_key(family: str):
    keys = {name: fold(name.replace("_", " ")) for name in family.split()}
    assert len(set(keys.values())) == 1, keys


@pytest.mark.parametrize("names", APART)
def test_other_names_keep_their_own_keys(names: str):
    keys = [fold(name) for name in names.split()]
    assert len(set(keys)) == len(keys), keys


def test_a_name_of_signs_alone_has_no_key():
    assert fold("") == fold(" ’ - ()") == ""


def test_normal_form_joins_signs_and_spaces_and_keeps_letters():
    assert normalise("  K’arin \u00a0\n Tak ") == "K'arin Tak"
    assert normalise("Stepʻanakert") == "Step'anakert"
    assert normalise("Nagorno–Karabakh\u00ad\u200e") == "Nagorno-Karabakh"
    assert normalise("S\u0327us\u0327a") == "Şuşa"
    assert normalise("İçəri") == "İçəri"


@given(st.text())
def test_normal_form_is_its_own_normal_form(text: str):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_any_text_has_a_key_of_ascii_letters_and_digits_and_of_signs_that_spell_no_letter(text: str):
    assert re.fullmatch(r"[a-zA-Z0-9\u3100-\ufaff\U00020000-\U0003ffff]*", fold(text))


@given(st.text())
def test_a_name_is_listed_under_its_key_and_looked_up_by_it_first(text: str):
    assert index_keys(text)[:1] == tuple(look_up_keys(text))[:1] == ((fold(text),) if fold(text) else ())


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Гадрут", "Hadrut"),
        ("Гусейнлер", "Hüseynlər"),
        ("Chankendi", "Xankəndi"),
        ("Najicheván", "Naxçıvan"),
        ("Chamkhorlar", "Şamxorlar"),
        ("Цахкаван", "Tsaghkavan"),
        ("شنار", "چنار"),
        ("گدبی", "Gədəbəy"),
        ("قبادلی", "Qubadlı"),
        ("فضولی", "Füzuli"),
        ("لچين", "Laçın"),
        ("شمكير", "Şəmkir"),
        ("דונצק", "Donetsk"),
        ("סבסטופול", "Sevastopol"),
    ],
)
def test_another_reading_of_a_spelling_is_a_key_of_the_listed_name(query: str, listed: str):
    assert set(look_up_keys(query)) & set(index_keys(listed)), ([*look_up_keys(query)], index_keys(listed))


@pytest.mark.parametrize(
    "text",
    [
        "Ağ" * 2_500_000,
        "a" * 10_000_000,
        "ai" * 4_000_000 + "b",
        "kai" + "ui" * 4_000_000 + "bd",
        "ու" * 2_000_000,
        " " * 10_000_000,
        "گ ه" * 2_000_000,
    ],
)
def test_a_field_of_ten_megabytes_takes_no_longer_than_its_length(text: str):
    """A rule that looked back over the whole text would never end here."""
    assert len(fold(text)) <= len(text)


@given(st.lists(st.text()))
def test_many_names_at_once_get_the_same_keys(texts: list[str]):
    assert fold_all(texts) == [fold(text) for text in texts]


@given(st.lists(st.text(alphabet="abcehoustzxyzkgqdj əğşıяюёдждзոււևыьهوایاع\u200c\n' -ה")))
def test_many_names_of_difficult_letters_get_the_same_keys(texts: list[str]):
    assert fold_all(texts) == [fold(text) for text in texts]


@given(st.text())
def test_composed_and_decomposed_forms_share_a_key(text: str):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(st.text(alphabet=LETTERS + "' -"))
def test_case_does_not_matter(text: str):
    assert fold(text.upper()) == fold(text)


@given(st.text(alphabet=LETTERS + "- '"))
def test_the_normal_form_has_the_same_key(text: str):
    assert fold(normalise(f" {text}’ ")) == fold(text)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("10,sound,a,b,a,b,", "folding.csv:2: unknown stage 'sound'"),
        ("10,latin,(a,b,a,b,", "folding.csv:2: '(a' is no regular expression"),
        ("ten,latin,a,b,a,b,", "folding.csv:2: a rule needs a number"),
        ("10,latin,a", "folding.csv:2: a rule needs a number"),
        ("10,class,ab,b,a,b,", "folding.csv:2: 'ab' is not one letter"),
    ],
)
def test_a_wrong_rule_is_named_with_file_and_line(tmp_path: Path, row: str, message: str):
    table = tmp_path / "folding.csv"
    table.write_text(f"order,stage,pattern,replacement,example_from,example_to,note\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(message)):
        read_rules(table)


@given(st.text(alphabet=LETTERS + "- '"))
def test_hyphens_and_spaces_are_one(text: str):
    assert fold(text.replace("-", " ")) == fold(text.replace(" ", "–")) == fold(text)


@given(st.text(alphabet="abcçdeəfgğhxıijkqlmnoöprsştuüvyzABCŞ'’ʻ"))
def test_apostrophes_do_not_matter_in_latin_letters(text: str):
    assert fold(text.translate({ord(sign): None for sign in "'’ʻ"})) == fold(text)
