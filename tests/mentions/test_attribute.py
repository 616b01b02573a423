"""Roles, claimants, events, dates and relations in neutral, made-up reports from several parts of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.mentions.attribute import attribute
from geo.mentions.polity import Polity
from geo.reports.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.mentions.mention import Mention

    Reader = Callable[..., dict[str, Mention]]

WORLD: dict[str, Polity | None] = {
    **{
        name: Polity(party=party, level="state")
        for name, party in {
            "Kenya": "ke",
            "Kenyan": "ke",
            "Uganda": "ug",
            "Ugandan": "ug",
            "Peru": "pe",
            "Peruvian": "pe",
            "Ecuador": "ec",
            "Nepal": "np",
            "Nepali": "np",
            "India": "in",
            "Indian": "in",
            "Norway": "no",
            "Norwegian": "no",
            "Finland": "fi",
            "Italy": "it",
            "Italian": "it",
            "Chad": "td",
            "Chadian": "td",
            "Sudan": "sd",
            "Sudanese": "sd",
        }.items()
    },
    **{
        name: Polity(party=party, level="capital")
        for name, party in {"Nairobi": "ke", "Lima": "pe", "Oslo": "no", "Rome": "it", "Kampala": "ug"}.items()
    },
    "Transmontania": Polity(party="transmontania", level="region", self_proclaimed=True),
    "Transmontanian": Polity(party="transmontania", level="region", self_proclaimed=True),
    "Calabria": Polity(party="it-78", level="region"),
    "North Ruritania": Polity(party="north-ruritania", level="region", self_proclaimed=True),
    **dict.fromkeys(
        ("Lodwar", "Kitale", "Eldoret", "Gulu", "Cusco", "Puno", "Juliaca", "Pokhara", "Gorkha", "Lamjung"), None
    ),
    **dict.fromkeys(("Tromsø", "Bodø", "Narvik", "Cosenza", "Crotone", "Adré", "Abéché", "Nyala", "El Geneina"), None),
}
DEMONYMS = {
    "Kenyan",
    "Ugandan",
    "Peruvian",
    "Nepali",
    "Indian",
    "Norwegian",
    "Italian",
    "Chadian",
    "Sudanese",
    "Transmontanian",
}


@pytest.fixture
def world(told: Reader) -> Reader:
    def reader(text: str, **options: str) -> dict[str, Mention]:
        return told(text, WORLD, demonyms=DEMONYMS, **options)

    return reader


def parties(told: dict[str, Mention], *names: str) -> list[tuple[str, ...]]:
    return [told[name].claimants for name in names]


def roles(told: dict[str, Mention], *names: str) -> list[str | None]:
    return [told[name].role for name in names]


# Roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Floods cut off Lodwar, Kitale and the village of Gulu.",
            {"Lodwar": "site", "Kitale": "site", "Gulu": "site"},
        ),
        ("A truck overturned some 30 miles north-west of Kitale.", {"Kitale": "reference"}),
        ("Bodø, 170 km by sea from the regional capital, Narvik, was hit.", {"Bodø": "site"}),
        ("A bridge between Cusco and Puno collapsed.", {"Cusco": "reference", "Puno": "reference"}),
        ("A landslide closed the road from Pokhara to Gorkha.", {"Pokhara": "reference", "Gorkha": "reference"}),
        ("A fire destroyed a barn in Adré near the border with Sudan.", {"Adré": "site", "Sudan": "reference"}),
        ("A fire destroyed ten homes in Cosenza, Italy.", {"Cosenza": "site", "Italy": "reference"}),
        ("A fire destroyed ten homes in Cosenza, Calabria.", {"Cosenza": "site", "Calabria": "reference"}),
        ("Flooding has killed nine people across western Kenya.", {"Kenya": "site"}),
        ("Heavy snow is forecast for Norway.", {"Norway": "actor"}),
        ("Nairobi has offered to host the talks.", {"Nairobi": "actor"}),
        ("The plan had support from Rome and Oslo.", {"Rome": "actor", "Oslo": "actor"}),
        ("Relations between Peru and Ecuador have improved.", {"Peru": "actor", "Ecuador": "actor"}),
        ("An explosion was heard in Rome on Friday.", {"Rome": "site"}),
        ("Rome's concerns over fishing were noted.", {"Rome": "actor"}),
        ("Speaking to reporters in Lima, he said a quake had shaken Puno.", {"Lima": "setting", "Puno": "site"}),
        ("The ministers met in the Kenyan capital, Nairobi.", {"Nairobi": "site", "Kenyan": "actor"}),
        ("NAIROBI, May 4 (Wire) - Floods cut off Lodwar.", {"NAIROBI": "setting", "Lodwar": "site"}),
        ("LODWAR, Kenya (Wire) — Floods cut off Kitale.", {"LODWAR": "setting", "Kenya": "setting", "Kitale": "site"}),
        ("OSLO — Two skiers died near Narvik.", {"OSLO": "setting", "Narvik": "reference"}),
        ("Transmontania rejected the offer.", {"Transmontania": "actor"}),
        ("Shelling was heard across Transmontania.", {"Transmontania": "site"}),
        ("Chadian troops withdrew from Abéché.", {"Chadian": "actor", "Abéché": "site"}),
        ("Sudan and Chad signed a treaty on grazing.", {"Sudan": "actor", "Chad": "actor"}),
        ("Kenya-backed fighters captured Gulu.", {"Kenya": "actor", "Gulu": "site"}),
        ("Protests broke out in Gulu in northern Uganda.", {"Gulu": "site", "Uganda": "reference"}),
        ("In Uganda, a fire destroyed a market in Gulu.", {"Gulu": "site", "Uganda": "reference"}),
        ("Two villages near Lodwar were flooded.", {"Lodwar": "reference"}),
        ("Crotone, close to Cosenza, was without power.", {"Crotone": "site", "Cosenza": "reference"}),
        ("A Lima-based newspaper reported a mudslide in Juliaca.", {"Lima": "setting", "Juliaca": "site"}),
        ("Eldoret police said a man drowned.", {"Eldoret": "site"}),
        ("Eldoret police said a man drowned in Kitale.", {"Eldoret": "actor", "Kitale": "site"}),
        (
            "Rebels attacked El Geneina, the largest city in western Sudan.",
            {"El Geneina": "site", "Sudan": "reference"},
        ),
    ],
)
def test_a_mention_has_the_role_that_its_words_give_it(world: Reader, text: str, expected: dict[str, str]) -> None:
    names = {**WORLD, "NAIROBI": WORLD["Nairobi"], "OSLO": WORLD["Oslo"]}
    told = world(text) if not any(name.isupper() for name in expected) else _capitals(text, names)
    assert {name: told[name].role for name in expected} == expected, [told[name].cues for name in expected]


def _capitals(text: str, names: dict[str, Polity | None]) -> dict[str, Mention]:
    from conftest import read  # noqa: PLC0415 - one case

    return read(text, {**names, "LODWAR": None}, demonyms=DEMONYMS)


def test_a_reference_keeps_the_words_that_relate_it(world: Reader) -> None:
    told = world("Hail destroyed crops in Juliaca, barely 40 kilometres north of the lakeside city of Puno.")
    assert told["Puno"].relation == "barely 40 kilometres north of"
    assert told["Juliaca"].relation == ""


# Claimants


@pytest.mark.parametrize(
    ("text", "site", "expected"),
    [
        ("Kenya's interior ministry said its officers in Lodwar came under fire.", "Lodwar", ("ke-interior",)),
        ("Shells landed in Adré, the Chadian foreign ministry said on Monday.", "Adré", ("td-mfa",)),
        ("Shells landed in Adré, according to Chad's army.", "Adré", ("td-mil",)),
        ("According to the Sudanese army, shells landed in Nyala.", "Nyala", ("sd-mil",)),
        ("Sudan accused Chad of shelling Nyala.", "Nyala", ("sd",)),
        ("Sudanese forces say they have captured Nyala.", "Nyala", ("sd-mil",)),
        ("Transmontanian forces said that mortars hit Gorkha.", "Gorkha", ("transmontania",)),
        ("North Ruritania's interior ministry said mortars hit Gorkha.", "Gorkha", ("north-ruritania",)),
        ("Shells hit Gorkha, North Ruritania's government said.", "Gorkha", ("north-ruritania",)),
        ("Shelling of Adré was reported by Chad and Sudanese forces.", "Adré", ("td", "sd-mil")),
        ("Police said a bus overturned in Kitale.", "Kitale", ("police",)),
        ("Local officials told reporters that floods had cut off Lodwar.", "Lodwar", ("officials",)),
        ("The mayor of Crotone said a fire had destroyed a school in Cosenza.", "Cosenza", ("mayor",)),
        ("Witnesses said gunmen attacked a market in Gulu.", "Gulu", ("witnesses",)),
        ("The United Nations said thousands had fled Nyala.", "Nyala", ("un",)),
        ("UNICEF and the Red Cross said thousands had fled Nyala.", "Nyala", ("unicef", "icrc")),
        ("The KDX said it had captured Nyala.", "Nyala", ("kdx",)),
        ("Q17 said it had captured Nyala.", "Nyala", ("q17",)),
        ("Norwegian Prime Minister Kari Holm said a storm had hit Bodø.", "Bodø", ("no-pm",)),
        ("Kari Holm, a spokeswoman for Norway's army, said a jet crashed in Bodø.", "Bodø", ("no-mil",)),
        ('"A rocket hit Gulu," said Ugandan army spokesman Okello Otim.', "Gulu", ("ug-mil",)),
        ("In Gulu, the Ugandan health ministry said, cholera cases had doubled.", "Gulu", ("ug-health",)),
        ("Kenya, which has not released figures, says floods killed six people in Lodwar.", "Lodwar", ("ke",)),
        ("In a statement, the Kenyan government said floods had hit Lodwar.", "Lodwar", ("ke-government",)),
        ("The Sahel Peace Front claimed it had seized Abéché.", "Abéché", ("sahel-peace-front",)),
        ("The Northern Shield Forces said they had seized Abéché.", "Abéché", ("northern-shield-forces",)),
        ('"The roof in Puno is gone," said Ana Ruiz, a teacher.', "Puno", ("ana-ruiz",)),
        ("The United Nations' refugee agency, UNHCR, said families had fled Adré.", "Adré", ("unhcr",)),
        ("Lima said a landslide had blocked the railway in Puno.", "Puno", ("pe",)),
        ("The Kenya Red Cross said floods had hit Lodwar.", "Lodwar", ("kenya-red-cross",)),
        ("Police seized cattle in Lodwar, they said.", "Lodwar", ("police",)),
        ("Floods hit Lodwar, where Kenya's army says six people died.", "Lodwar", ("ke-mil",)),
        ("Kenyan police said Lodwar was calm. The military said shells had hit Gulu.", "Gulu", ("ke-mil",)),
        ("Shelling was heard in Adré.", "Adré", ()),
        ("Fighting was reported in Adré.", "Adré", ()),
        ("Fighting claimed 20 lives in Adré.", "Adré", ()),
    ],
)
def test_whoever_states_something_is_its_claimant(
    world: Reader, text: str, site: str, expected: tuple[str, ...]
) -> None:
    told = world(text)[site]
    assert told.claimants == expected, told.cues


def test_two_attributions_in_a_sentence_keep_to_their_own_parts(world: Reader) -> None:
    told = world("Chad said shells hit Adré, while Sudan reported an air strike on El Geneina.")
    assert parties(told, "Adré", "El Geneina") == [("td",), ("sd",)]


def test_a_narrator_beside_an_attribution_has_no_claimant(world: Reader) -> None:
    told = world("Fighting went on in Abéché, but Sudan said its troops had retaken Nyala.")
    assert parties(told, "Abéché", "Nyala") == [(), ("sd",)]


def test_the_narrators_next_sentence_is_not_the_ministrys(world: Reader) -> None:
    told = world("Chad's defence ministry said its posts in Adré were shelled. Combat on Sunday centred on Abéché.")
    assert parties(told, "Adré", "Abéché") == [("td-mod",), ()]


@pytest.mark.parametrize("follow", ["The ministry added that", "It said", "The ministry also reported that"])
def test_the_ministry_and_it_go_on_for_the_same_party(world: Reader, follow: str) -> None:
    told = world(f"Chad's defence ministry said its posts in Adré were shelled. {follow} Abéché was calm.")
    assert parties(told, "Adré", "Abéché") == [("td-mod",), ("td-mod",)]


def test_the_army_is_the_only_one_that_was_named(world: Reader) -> None:
    told = world(
        "Chadian soldiers left Adré.\nRain fell.\nRain fell.\nRain fell.\nRain fell.\nThe army said Abéché was shelled."
    )
    assert parties(told, "Abéché") == [("td-mil",)]


def test_it_does_not_reach_into_the_next_paragraph(world: Reader) -> None:
    told = world("Chad's defence ministry said its posts in Adré were shelled.\nIt said floods had reached Abéché.")
    assert parties(told, "Abéché") == [()]


def test_a_person_introduced_with_a_title_speaks_for_the_office_later(world: Reader) -> None:
    told = world(
        "Italian Foreign Minister José Zanè arrived on Monday.\nA fire broke out in Crotone, Zane told journalists.\n"
        '"The port of Cosenza is closed," he said.'
    )
    assert parties(told, "Crotone", "Cosenza") == [("it-mfa",), ("it-mfa",)]


def test_an_accused_side_is_an_actor_and_the_accuser_claims(world: Reader) -> None:
    told = world("Sudan accuses Chad of a drone strike on a village near Nyala.")
    assert roles(told, "Sudan", "Chad", "Nyala") == ["actor", "actor", "reference"]
    assert told["Nyala"].claimants == ("sd",)
    assert told["Nyala"].events == ("drone_strike",)


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("Sudan accused Chad of shelling Adré.", ("td",)),
        ("Sudan's army blamed Chadian forces for the shelling of Adré.", ("td-mil",)),
        ("Sudan accused the KDX and Chad of shelling Adré.", ("kdx", "td")),
        ("Chad was accused by Sudan of shelling Adré.", ("td",)),
        ("Sudan accused rebels of shelling Adré.", ("rebels",)),
        ("Sudan said shells hit Adré.", ()),
    ],
)
def test_an_accusation_tells_whom_it_accuses(world: Reader, text: str, accused: tuple[str, ...]) -> None:
    statement = world(text)["Adré"].statements[0]
    assert statement.accused == accused
    assert statement.stance == ("accuse" if accused else "say")


def test_each_side_keeps_what_it_does(world: Reader) -> None:
    told = world("Chad's army said shells hit Adré. Sudan denied the shelling.")["Adré"]
    assert [(one.party, one.stance) for one in told.statements] == [("td-mil", "say"), ("sd", "deny")]


# What later sentences say of the same


@pytest.mark.parametrize(
    ("text", "claimants", "events"),
    [
        (
            "Shells hit Adré, Chad's army said. Four people were killed, it added.",
            ("td-mil",),
            ("shelling", "casualties"),
        ),
        ("Shells hit Adré, Chad's army said. Sudan denied it.", ("td-mil", "sd"), ("denial", "shelling")),
        ("Shells hit Adré, Chad said. Sudan called the report false.", ("td", "sd"), ("denial", "shelling")),
        ("Shells hit Adré. Residents said it was a drone strike.", ("residents",), ("shelling", "drone_strike")),
        ("Chad denied shelling Nyala and said its guns had hit Adré.", ("td",), ("shelling",)),
        ("Shells hit Adré. Sudan brokered a truce.", (), ("shelling",)),
        ("Shells hit Adré. Shops in Nyala burned down, police said.", (), ("shelling",)),
        ("Shells hit Adré. Last year 200 people were killed.", (), ("shelling",)),
        (
            "Shells hit Adré.\nA school was damaged in the attack, Chad said.",
            ("td",),
            ("shelling", "destruction", "attack"),
        ),
    ],
)
def test_later_sentences_without_a_place_speak_of_the_last(
    world: Reader, text: str, claimants: tuple[str, ...], events: tuple[str, ...]
) -> None:
    told = world(text)["Adré"]
    assert told.claimants == claimants
    assert set(told.events) == set(events) - ({"attack"} if "shelling" in events else set())


def test_a_headline_has_the_day_and_the_source_of_its_text(world: Reader) -> None:
    told = world("Shells hit Adré\nShells hit Adré on Sunday, Chad's army said.", published="2024-03-13")
    assert (told["Adré"].claimants, told["Adré"].date) == (("td-mil",), "2024-03-10")


def test_a_post_may_be_signed_with_a_name_and_a_place(world: Reader) -> None:
    told = world("The roof of the school in Adré is gone.\n— Ana Ruiz, Nyala")
    assert told["Adré"].claimants == ("ana-ruiz",)
    assert told["Nyala"].role == "setting"


# Numbers of people


def test_numbers_stay_with_whoever_gives_them(world: Reader) -> None:
    told = world("Chad's army said 12 people were killed in Adré. Sudan said that four had died in the attack.")["Adré"]
    assert [(one.kind, one.least, one.most, one.claimants) for one in told.casualties] == [
        ("killed", 12, 12, ("td-mil",)),
        ("killed", 4, 4, ("sd",)),
    ]
    assert told.casualties[0].text == "12 people were killed"


def test_places_of_a_list_share_a_number_and_nothing_is_divided(world: Reader) -> None:
    told = world("Chad counted 30 dead in Adré and Abéché.")
    assert told["Adré"].casualties == told["Abéché"].casualties != ()


def test_what_a_party_denies_is_marked_as_denied(world: Reader) -> None:
    told = world("Chad denied that its forces had shelled El Geneina.")["El Geneina"]
    assert told.claimants == ("td",)
    assert told.events == ("denial", "shelling")


def test_a_denied_claim_is_told_by_both_sides(world: Reader) -> None:
    told = world("Chad denied Sudan's claim that its troops had captured El Geneina.")["El Geneina"]
    assert told.claimants == ("sd", "td")
    assert told.events == ("denial", "capture")


def test_a_signed_post_is_its_signers_claim_and_no_more(world: Reader) -> None:
    told = world(
        "Shelling went on near Abéché.\nTwo positions were lost in the direction of Nyala. #frontline\n"
        "— Sudan MOD (@sudanmod) May 3, 2031\nFarmers fled Adré.",
        published="2031-05-05",
    )
    assert parties(told, "Abéché", "Nyala", "Adré") == [(), ("sd-mod",), ()]
    assert told["Nyala"].date == "2031-05-03"
    assert told["Sudan"].role == "actor"


def test_a_quotation_over_several_sentences_has_one_speaker(world: Reader) -> None:
    told = world('"The bridge in Lodwar is gone. Kitale is cut off," Kenyan police said. A market in Gulu was open.')
    assert parties(told, "Lodwar", "Kitale", "Gulu") == [("ke-police",), ("ke-police",), ()]


def test_a_quotation_that_goes_on_keeps_its_speaker(world: Reader) -> None:
    told = world('"The bridge in Lodwar is gone," said Kenya\'s president. "There is no water in Kitale."')
    assert parties(told, "Lodwar", "Kitale") == [("ke-president",), ("ke-president",)]


def test_an_institution_that_was_found_whole_speaks_for_its_side(told: Reader) -> None:
    names = {"Chad Defence Ministry": Polity(party="td", level="state"), "Adré": None, "Adré District Hospital": None}
    wholes = ["Chad Defence Ministry", "Adré District Hospital"]
    found = told("Chad Defence Ministry said shells hit Adré near Adré District Hospital.", names, institutions=wholes)
    assert found["Adré"].claimants == ("td-mod",)
    assert [found[name].role for name in wholes] == ["actor", "reference"]


@pytest.mark.parametrize(
    ("signature", "party", "day"),
    [
        ("— Ministry of Defence of Norland, March 4, 2031", "xn-mod", "2031-03-04"),
        ("— MoD of Sudland, 4 March 2031", "xs-mod", "2031-03-04"),
        ("— Norland's Foreign Ministry (via Telegram)", "xn-mfa", ""),
    ],
)
def test_a_post_may_be_signed_without_a_handle(cast: Reader, signature: str, party: str, day: str) -> None:
    told = cast(f"Belmont was calm.\nShelling went on near Arden.\n{signature}\nFarmers fled Corvin.")
    assert parties(told, "Belmont", "Arden", "Corvin") == [(), (party,), ()]
    assert told["Arden"].date == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norland's seed inspection agency said Belmont was calm. According to the agency, a fire broke out in Arden.",
            ("xn",),
        ),
        (
            "Norland's lighthouse service dismissed the claim. It said a boat sank off the town of Arden.",
            ("xn",),
        ),
        ("The agency said shells hit Arden.", ()),
        ("Norland offered service to police in Belmont. Shells hit Arden.", ()),
        ("The de facto authorities of Westmark, who call the town Arden, denied shelling it.", ("xn-we",)),
        ("Two bridges fell in Arden after a storm, according to the town's mayor.", ("mayor",)),
        ("Shops in Arden, a port that was flooded in spring, were shut, its mayor said.", ("mayor",)),
        ("A fire broke out in Arden, according to the office of the governor of Westmark.", ("governor",)),
        ("Residents of Arden spoke of a loud bang.", ("residents",)),
        ("People in Belmont said they were safe. A fire destroyed a college in Arden, they said.", ("residents",)),
        (
            "In Arden, which is cut off, five villagers contacted by phone said the bridge was gone.",
            ("residents",),
        ),
        ("Relatives of missing conscripts said a crowd had gathered in Arden.", ("residents",)),
        ("Three people died in Arden.", ()),
        ("The United Nations mission in Norland said its depot in Arden burned down.", ("un",)),
        ("The NATO-led mission said shells hit Arden.", ("nato",)),
        (
            "The Group for the Support of Law and Order said it had captured Arden.",
            ("group-for-the-support-of-law-and-order",),
        ),
        ("The Group for the Support of Law and Order, known as GSLO, said it had captured Arden.", ("gslo",)),
        (
            "The Group for the Support of Law and Order (GSLO) said Belmont fell. The group said shells hit Arden.",
            ("gslo",),
        ),
        ("UNICEF and the Highland Peace Front said thousands fled Arden.", ("unicef", "highland-peace-front")),
        (
            "Norland's army blamed the Highland Peace front. In a leaflet it said that Arden was calm.",
            ("highland-peace-front",),
        ),
        ("The front said shells hit Arden.", ()),
        ("Shells hit Arden and killed two soldiers, residents said.", ("residents",)),
        ("A dam has been closed in Arden since Monday, UNHCR said.", ("unhcr",)),
        ("The news agency Halcyon reported that shells hit Arden.", ("halcyon",)),
        ("Shells hit Arden, villagers told Halcyon by telephone.", ("residents",)),
        ("Police said villagers told them that shells hit Arden.", ("police", "residents")),
        ("Norland's government's flood agency said a dam burst in Arden.", ("xn-government",)),
        ("The head of Westmark's administration said a dam burst in Arden.", ("officials",)),
        ("Norland's army said Belmont was calm and denied that shells had hit Arden.", ("xn-mil",)),
        (
            "In Norburg, presidential adviser John Roe told journalists that a train derailed in Arden.",
            ("xn-president",),
        ),
        ("Speaking in Norburg, government spokeswoman Jane Roe said shells hit Arden.", ("xn-government",)),
        (
            "In Norburg, Sudland's ambassador arrived. Speaking in Norburg, the envoy said shells hit Arden.",
            ("xs",),
        ),
    ],
)
def test_speakers_that_no_row_lists_by_name(cast: Reader, text: str, expected: tuple[str, ...]) -> None:
    told = cast(text)["Arden"]
    assert told.role == "site"
    assert told.claimants == expected, told.cues


def test_a_line_that_opens_with_a_dash_signs_nothing(cast: Reader) -> None:
    assert parties(cast("Shells hit Arden.\n— Belmont was shelled, March 4, 2031"), "Arden", "Belmont") == [(), ()]


def test_a_person_introduced_in_a_capital_speaks_for_its_state_later(cast: Reader) -> None:
    told = cast(
        "In Norburg, presidential aide John Roe told reporters that floods had hit Arden.\nRoe said Belmont was shelled."
    )
    assert parties(told, "Arden", "Belmont") == [("xn-president",), ("xn-president",)]
    assert told["Norburg"].role == "setting"


def test_an_organisation_keeps_its_acronym(cast: Reader) -> None:
    name = "The Group for the Support of Law and Order"
    told = cast(f"{name}, known as GSLO, said it had captured Arden.\n{name} said shells hit Belmont.")
    assert parties(told, "Arden", "Belmont") == [("gslo",), ("gslo",)]


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit Belmont, Norland said. Arden is also known as Corvin.",
        "Norland said shells hit Belmont, the name it uses for the town of Arden.",
        "Norland's army said shells hit Belmont. It is the town that Sudland calls Arden, it added.",
    ],
)
def test_a_name_that_is_explained_tells_of_no_event(cast: Reader, text: str) -> None:
    told = cast(text)
    assert (told["Arden"].claimants, told["Arden"].events) == ((), ())
    assert told["Belmont"].events == ("shelling",)


def test_residents_tell_of_their_own_place(cast: Reader) -> None:
    assert roles(cast("In Westmark, residents of Arden spoke of smoke."), "Arden") == ["site"]
    assert roles(cast("Residents of Arden said Belmont was calm."), "Arden", "Belmont") == ["actor", "site"]


# Events


@pytest.mark.parametrize(
    ("text", "site", "expected"),
    [
        ("Posts in Adré came under mortar fire overnight.", "Adré", ("shelling",)),
        ("A missile strike killed two people in Adré.", "Adré", ("missile_strike", "casualties")),
        ("No casualties were reported after an earthquake in Puno.", "Puno", ("earthquake",)),
        ("Wildfires forced hundreds to flee Cosenza.", "Cosenza", ("fire", "displacement")),
        ("Officials called for the withdrawal of troops from Gulu.", "Gulu", ()),
        ("Drones hit Gulu, while protesters marched in Kitale.", "Kitale", ("protest",)),
        ("Drones hit Gulu, while protesters marched in Kitale.", "Gulu", ("drone_strike",)),
        ("Nine people died in Gulu after a dam burst upstream.", "Gulu", ("casualties", "flood")),
        ("Villages around Pokhara were quiet.", "Pokhara", ()),
        ("The ceasefire was violated twice in Adré.", "Adré", ("ceasefire_violation",)),
        ("Engineers had been demining fields in Adré.", "Adré", ("demining",)),
        ("Two drones had been shot down over Adré.", "Adré", ("drone_shot_down",)),
        ("Gunners shot down a Chadian drone over Adré.", "Adré", ("drone_shot_down",)),
        ("A farmer was killed by a mine in Adré.", "Adré", ("casualties", "mine")),
        ("Gunmen attacked a market in Gulu and shot two traders.", "Gulu", ("shooting",)),
        ("Police arrested six people in raids in Gulu.", "Gulu", ("arrest",)),
        ("A shopping centre collapsed in Gulu.", "Gulu", ("destruction", "accident")),
        ("A quake shook Puno and the church collapsed.", "Puno", ("earthquake", "destruction")),
        ("Two bridges were washed away in Puno.", "Puno", ("destruction", "flood")),
        ("The bridge at Puno fell into the river.", "Puno", ("destruction", "accident")),
        ("Police seized rifles in Gulu.", "Gulu", ("crime",)),
        ("Ugandan soldiers seized Gulu.", "Gulu", ("capture",)),
        ("The fire in Cosenza was brought under control.", "Cosenza", ("fire",)),
        ("Surveillance drones were seen over Adré.", "Adré", ()),
        ("Thirty families left Adré for the camp.", "Adré", ("displacement",)),
        ("The last troops left Adré on Friday.", "Adré", ("withdrawal",)),
    ],
)
def test_a_site_has_the_events_of_its_clause(world: Reader, text: str, site: str, expected: tuple[str, ...]) -> None:
    assert world(text)[site].events == expected


def test_a_sentence_that_carries_on_takes_the_last_ones_events(world: Reader) -> None:
    told = world("Shells hit Adré in the morning. Villages around Abéché were affected too. Nyala is a market town.")
    assert [told[name].events for name in ("Adré", "Abéché", "Nyala")] == [("shelling",), ("shelling",), ()]


def test_actors_and_settings_have_no_events_and_no_claimants(world: Reader) -> None:
    told = world("Speaking in Nairobi, the Kenyan president said shells hit Lodwar.")
    assert [(told[name].events, told[name].claimants) for name in ("Nairobi", "Kenyan")] == [((), ()), ((), ())]


def test_what_is_said_to_be_false_is_denied(world: Reader) -> None:
    told = world("Local officials said rumours of cholera deaths in Puno were untrue.")["Puno"]
    assert told.claimants == ("officials",)
    assert "denial" in told.events


def test_a_headline_about_a_country_has_the_day_and_the_source_of_the_first_place_of_its_text(world: Reader) -> None:
    told = world(
        "Ten die in Peru floods\nTen people drowned in Puno on Sunday, the mayor said.", published="2031-06-02"
    )
    assert (told["Peru"].claimants, told["Peru"].date) == (("mayor",), "2031-06-01")


# Dates


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Sunday", "2024-03-10"),
        ("overnight", "2024-03-13"),
        ("yesterday", "2024-03-12"),
        ("last Wednesday", "2024-03-06"),
        ("on March 2", "2024-03-02"),
        ("on 30 December", "2023-12-30"),
        ("on 1 May 2019", "2019-05-01"),
        ("since Monday", ""),
        ("", ""),
    ],
)
def test_a_date_is_reckoned_from_the_day_of_publication(world: Reader, words: str, expected: str) -> None:
    told = world(f"Two bridges fell in Puno {words}.", published="2024-03-13T10:00:00Z")
    assert told["Puno"].date == expected


def test_the_day_on_which_something_was_said_is_not_when_it_happened(world: Reader) -> None:
    told = world("Police said on Tuesday that a bus had overturned in Puno.", published="2024-03-13")
    assert told["Puno"].date == ""


def test_a_weekday_is_no_date_where_publication_is_unknown(world: Reader) -> None:
    assert world("Two bridges fell in Puno on Sunday.")["Puno"].date == ""


# Languages, evidence, any text


@pytest.mark.parametrize("language", ["az", "hy", "ru-Latn", "fr"])
def test_without_rules_for_the_told_language_there_are_no_roles(world: Reader, language: str) -> None:
    told = world("Police said a bus overturned in Puno.", language=language)["Puno"]
    assert (told.role, told.claimants, told.events, told.cues) == (None, (), (), ())
    assert told.sentence == (0, 37)


def test_english_is_recognised_when_no_language_is_told(world: Reader) -> None:
    assert world("Police said a bus had overturned in the town of Puno.", language="")["Puno"].role == "site"
    assert world("Un bus s'est renversé dans la ville de Puno, a dit la police.", language="")["Puno"].role is None
    assert world("Puno floods", language="")["Puno"].role == "site"


def test_every_conclusion_has_its_words_and_a_reference_has_no_claims(world: Reader) -> None:
    text = "Chad's army said shells hit Adré, 5 km from El Geneina."
    told = world(text)
    words = {(cue.about, cue.value): text[cue.start : cue.end] for cue in told["Adré"].cues}
    assert words[("claimant", "td-mil")] == "said"
    assert words[("event", "shelling")] == "shells"
    words = {(cue.about, cue.value): text[cue.start : cue.end] for cue in told["El Geneina"].cues}
    assert words == {("role", "reference"): "5 km from", ("relation", "5 km from"): "5 km from"}
    assert told["El Geneina"].claimants == told["El Geneina"].events == ()


def test_mentions_come_back_in_their_order_and_only_roles_change(world: Reader) -> None:
    told = world("Chad's army said shells hit Adré.")
    assert told["Adré"].text == "Adré"
    assert told["Adré"].toponym == "Adré"


WORDS = st.sampled_from(
    [
        *WORLD,
        "said",
        "the army",
        "according to",
        "15 km from",
        ",",
        ".",
        '"',
        "—",
        "(@x)",
        "near",
        "\n",
        "’s",
        "shelling",
        "İ",
        "\ue000",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    text=st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join)),
    spans=st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 9), st.sampled_from(["place", "demonym", "institution"])),
        max_size=6,
    ),
    language=st.sampled_from(["en", ""]),
)
def test_any_text_with_any_mentions_is_read_with_cues_inside_it(
    text: str, spans: list[tuple[int, int, str]], language: str
) -> None:
    from geo.mentions.mention import Mention  # noqa: PLC0415 - a type elsewhere here

    mentions = [
        Mention(
            report="r",
            start=start,
            end=start + length,
            text=text[start : start + length],
            toponym=text[start : start + length],
            kind=kind,  # type: ignore[arg-type]
            sentence=(0, 0),
        )
        for start, length, kind in spans
        if start + length <= len(text) and text[start : start + length].strip()
    ]
    told = attribute(
        Report(id="r", text=text, language=language, published="2024-03-13"), mentions, lambda one: WORLD.get(one.text)
    )
    assert [(one.start, one.end) for one in told] == [(one.start, one.end) for one in mentions]
    for one in told:
        assert 0 <= one.sentence[0] <= one.sentence[1] <= len(text)
        assert language == "" or one.role is not None
        assert all(0 <= cue.start < cue.end <= len(text) for cue in one.cues)


def test_reading_time_grows_with_the_length_only(world: Reader) -> None:
    import time  # noqa: PLC0415

    def seconds(text: str) -> float:
        start = time.process_time()
        world(text)
        return time.process_time() - start

    sentence = "Chad's army said shells hit Adré, 5 km from El Geneina, and that Nyala was calm. "
    seconds(sentence)
    once, tenfold = min(seconds(sentence * 40) for _ in range(3)), min(seconds(sentence * 400) for _ in range(3))
    assert tenfold < 30 * once
    for odd in (
        "A, " * 20000,
        "." * 60000,
        '" ' * 30000,
        "in the " * 10000,
        "— x (@" * 8000,
        " " * 60000 + "Puno",
        "a" * 60000,
    ):
        assert seconds(odd) < 5
