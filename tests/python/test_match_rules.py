"""The decisions about names, each with the literal forms it was made for."""

import pandas as pd
import pytest

from coactor import Actors, Corpus


def found(text, table, **options):
    """(actor, text) of each mention."""
    frame = Corpus([text]).mentions(Actors(table, **options)).to_frame()
    return list(zip(frame["actor"], frame["text"], strict=True))


KHORASAN = {
    "ISISK": [
        *["ISS-K", "ISIS-K", "IS-K", "ISKP", "Islamic State-Khorasan"],
        *["Islamic State of Iraq and Syria-Khorasan", "Islamic State Khorasan Province"],
    ],
    "ISIS": ["ISIS", "IS", "Islamic State", "Islamic State of Iraq and Syria"],
    "SYR": ["Syria"],
    "IRQ": ["Iraq"],
    "AFG": ["Afghanistan", "Afghan"],
}


@pytest.mark.parametrize(
    "name",
    [
        *["ISS-K", "ISS–K", "ISIS–K", "ISIS-K", "IS-K", "ISKP", "Islamic State–Khorasan"],
        *["Islamic State-Khorasan", "Islamic State of Iraq and Syria–Khorasan"],
        *["Islamic State of Iraq and Syria – Khorasan", "Islamic State’s Khorasan Province"],
        *["ISIS‐K", "ISIS‑K", "ISIS‒K", "ISIS−K", "Islamic\u00a0State-Khorasan"],
        *[
            "Islamic\u2009State\u00a0–\u00a0Khorasan",
            "ISLAMIC STATE-KHORASAN",
            "Islamic\nState-Khorasan",
        ],
    ],
)
def test_r1_one_alias_line_covers_its_spellings(name):
    assert found(f"They say {name} fights.", KHORASAN) == [("ISISK", name)]


def test_r1_an_em_dash_and_a_blank_line_join_nothing():
    assert found("Islamic State—Khorasan", KHORASAN) == [("ISIS", "Islamic State")]
    assert found("Islamic State\n\nKhorasan", KHORASAN) == [("ISIS", "Islamic State")]
    assert found("ISIS | K", KHORASAN) == [("ISIS", "ISIS")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Islamic State of Iraq and Syria", ["ISIS"]),
        ("Islamic State’s Afghan branch", ["ISIS", "AFG"]),
        ("Tehrik-i-Taliban Pakistan", ["TTP"]),
        ("Islamic Republic of Iran", ["IRN"]),
        ("Shanghai Cooperation Organization", ["SCO"]),
        ("Taliban of Pakistan", ["TALIBAN", "PAK"]),
    ],
)
def test_r2_the_longest_name_of_any_actor_wins(text, expected):
    table = KHORASAN | {
        "TTP": ["Tehrik-i-Taliban Pakistan"],
        "TALIBAN": ["Taliban"],
        "PAK": ["Pakistan"],
        "IRN": ["Iran", "Islamic Republic of Iran"],
        "SCO": ["Shanghai Cooperation Organization"],
        "CHN": ["Shanghai"],
    }
    assert [actor for actor, _ in found(text, table)] == expected


NAMES = {
    "AQ": ["Al-Qaeda"],
    "ASSAD": ["al-Assad"],
    "TALIBAN": ["Taliban"],
    "AFG": ["Afghanistan", "Afghan"],
    "RUS": ["Russia", "Russian", "Moscow"],
    "ISR": ["Israeli"],
    "PSE": ["Palestinian"],
    "CUB": ["Cuba"],
    "VEN": ["Venezuela"],
    "USA": ["American", "U.S."],
    "NATO": ["NATO"],
    "SRB": ["Belgrade"],
    "ISISK": ["ISKP", "IS-K"],
    "DAESH": ["Daesh"],
    "UAE": ["UAE"],
    "TJK": ["Tajikistan"],
}


@pytest.mark.parametrize("name", ["Al–Qaeda", "Al-Qaeda", "Al Qaeda", "AL-QAEDA"])
def test_r3_a_dash_is_glue(name):
    assert found(f"the {name} men", NAMES) == [("AQ", name)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Taliban-Al-Qaeda forces", ["TALIBAN", "AQ"]),
        ("Afghan-Russia Ties", ["AFG", "RUS"]),
        ("Afghan-Russian", ["AFG", "RUS"]),
        ("Israeli-Palestinian", ["ISR", "PSE"]),
        ("Cuba-Venezuela", ["CUB", "VEN"]),
        ("anti-Taliban and anti-Russian", ["TALIBAN", "RUS"]),
        ("American–style", ["USA"]),
        ("the U.S.-led force", ["USA"]),
        ("in post-U.S. Afghanistan", ["USA", "AFG"]),
        ("NATO-backed, Afghan-based, Belgrade-based", ["NATO", "AFG", "SRB"]),
        ("ISKP/Daesh", ["ISISK", "DAESH"]),
        ("Tajikistan—Moscow’s ally", ["TJK", "RUS"]),
        ("Moscow—a signal", ["RUS"]),
        ("Emirates (UAE)—has", ["UAE"]),
        ("S-K and K alone, and IS-Kx", []),
    ],
)
def test_r3_a_dash_is_a_joint(text, expected):
    assert [actor for actor, _ in found(text, NAMES)] == expected


def test_r5_a_bracket_is_a_boundary():
    assert found("[ISKP] and [the Taliban] say [T]he end (NATO)", NAMES) == [
        *[("ISISK", "ISKP"), ("TALIBAN", "Taliban"), ("NATO", "NATO")]
    ]


def test_r5_a_bracket_within_a_word_or_a_phrase_hides_no_name():
    text = "IS deriv[es] its aims [on Afghanistan’s neighbours], who [are] near; [Afghan] men"
    assert found(text, KHORASAN) == [("ISIS", "IS"), ("AFG", "Afghanistan"), ("AFG", "Afghan")]


@pytest.mark.parametrize("sign", ["‘", "’", "'"])
def test_r6_apostrophes_are_one(sign):
    table = NAMES | {"USA": ["United States"], "PLA": ["People's Army"]}
    text = f"Moscow{sign}s aims, the United States{sign} actions and the People{sign}s Army"
    assert [actor for actor, _ in found(text, table)] == ["RUS", "USA", "PLA"]


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        ("US", "About Us, told us: the US", ["US"]),
        ("IS", "This is it. Is it? IS.", ["IS"]),
        ("UN", "c’est un plan. The UN", ["UN"]),
        ("ISI", "ISIS and ISI", ["ISI"]),
        ("SCO", "sco Sco SCO", ["SCO"]),
        ("Turkey", "a turkey; TURKEY; Turkey", ["TURKEY", "Turkey"]),
        (
            "al-Shabaab",
            "Al-Shabaab, al-Shabaab, AL-SHABAAB",
            ["Al-Shabaab", "al-Shabaab", "AL-SHABAAB"],
        ),
        ("UNICEF", "Unicef, UNICEF", ["UNICEF"]),
    ],
)
def test_r7_case_is_smart(alias, text, expected):
    assert [text for _, text in found(text, {"A": [alias]})] == expected


def test_r7_a_possessive_may_be_small_in_a_headline_of_capitals():
    text = "THE PEOPLE’s REPUBLIC, People’s REPUBLIC, people’s republic, PEOPLE'S REPUBLIC"
    assert found(text, {"CHN": ["People's Republic"]}) == [
        *[("CHN", "PEOPLE’s REPUBLIC"), ("CHN", "PEOPLE'S REPUBLIC")]
    ]


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        ("Diyarbakır", "Diyarbakır DIYARBAKIR Diyarbakir", ["Diyarbakır", "DIYARBAKIR"]),
        ("Iğdır", "Iğdır IĞDIR Iğdir iğdır", ["Iğdır", "IĞDIR"]),
        ("İstanbul", "İstanbul İSTANBUL Istanbul istanbul", ["İstanbul", "İSTANBUL"]),
        ("Istanbul", "Istanbul ISTANBUL İstanbul İSTANBUL", ["Istanbul", "ISTANBUL"]),
        ("Gauß", "Gauß GAUSS GAUẞ Gauss", ["Gauß", "GAUSS", "GAUẞ"]),
        ("Μόσχας", "Μόσχας ΜΌΣΧΑΣ μόσχας", ["Μόσχας", "ΜΌΣΧΑΣ"]),
        ("Việt Nam", "Việt Nam, VIỆT NAM, Viê\u0323t Nam, Vie\u0323\u0302t Nam, Viet Nam", None),
    ],
)
def test_r7_letters_have_their_own_capitals(alias, text, expected):
    expected = expected or text.split(", ")[:4]
    assert [text for _, text in found(text, {"A": [alias]})] == expected


def test_r7_case_may_be_exact_or_folded_for_each_alias():
    table = {"A": [{"text": "Mali", "case": "exact"}], "B": [{"text": "Chad", "case": "fold"}]}
    assert found("MALI Mali CHAD chad", table) == [("A", "Mali"), ("B", "CHAD"), ("B", "chad")]


@pytest.mark.parametrize(
    "text",
    [
        *[
            "The U.S. President left.",
            "In post-U.S. Afghanistan",
            "the U.S., the two",
            "the U.S.-led",
        ],
        *["He left the U.S. They stayed.", "the U.S", "the U.S.’s envoy"],
    ],
)
def test_r8_an_initialism_has_its_stops(text):
    table = {"USA": ["U.S."]}
    assert [actor for actor, _ in found(text, table)] == ["USA"]
    assert found("the US of us", table) == []


def test_r8_titles_and_initials_are_part_of_names_and_end_no_sentence():
    table = {"KATZ": ["Mark Katz", "Dr. Katz"], "CLARKE": ["Colin P. Clarke"]}
    text = "It was Dr. Mark Katz who told Dr. Katz that Colin P. Clarke and Colin P Clarke are one."
    assert found(text, table) == [
        *[("KATZ", "Mark Katz"), ("KATZ", "Dr. Katz"), ("CLARKE", "Colin P. Clarke")],
        ("CLARKE", "Colin P Clarke"),
    ]
    assert len(Corpus([text]).sentences()) == 1


def test_r8_a_sentence_may_end_in_one():
    frame = Corpus(["He left the U.S. They stayed."]).sentences()
    assert len(frame) == 2


@pytest.mark.parametrize(
    "name",
    [
        *["The Washington Post", "Voice of America", "Kabul International Airport"],
        *[
            "After the Caliphate: The Islamic State & the Future",
            "Radio Free Europe / Radio Liberty",
        ],
        *[
            "RFE/RL’s Radio Kabul",
            "Islamic State University",
            "George Mason University’s Kabul School",
            "Islamic State Revolution",
            "America Center",
        ],
    ],
)
def test_r9_opaque_names_hide_what_is_in_them(name):
    table = {"USA": ["Washington", "America"], "AFG": ["Kabul"], "ISIS": ["Islamic State"]}
    table |= {"EU": ["Europe"], "RUS": ["Moscow"]}
    assert found(f"{name} and Moscow.", table, opaque=[name]) == [("RUS", "Moscow")]


def test_r10_metonyms_are_a_group_to_switch_off():
    world = Actors.world(groups=["name", "official", "acronym", "person"])
    corpus = Corpus(["Moscow and the Kremlin told Russia. Russian troops."])
    assert corpus.mentions(world).to_frame()["text"].tolist() == ["Russia"]
    kinds = corpus.mentions(Actors.world()).filter(kinds=["capital", "metonym"]).to_frame()
    assert kinds["text"].tolist() == ["Moscow", "Kremlin"]


def test_r10_names_of_other_languages_are_aliases_like_others():
    table = {"RUS": ["Moscou"], "IRN": ["Téhéran"]}
    assert found("Téhéran et Moscou font un plan", table) == [
        *[("IRN", "Téhéran"), ("RUS", "Moscou")]
    ]


def test_r10_accents_count_unless_folded():
    text = "Téhéran, Te\u0301he\u0301ran, TÉHÉRAN, Teheran"
    assert len(found(text, {"IRN": ["Téhéran"]})) == 3
    assert len(found(text, {"IRN": ["Téhéran"]}, accents="fold")) == 4
    assert len(found(text, {"IRN": ["Teheran"]}, accents="fold")) == 4
    assert found("Łódź", {"A": ["Lodz"]}, accents="fold") == [("A", "Łódź")]


PERSONS = {
    "LAVROV": ["Sergei Lavrov", {"text": "Lavrov", "kind": "short"}],
    "ZAWAHIRI": ["Ayman al-Zawahiri", "al-Zawahiri", {"text": "Zawahiri", "kind": "short"}],
    "PUTIN": {
        "parent": "RUS",
        "aliases": ["Vladimir Putin", "Vladmir Putin", {"text": "Putin", "kind": "short"}],
    },
    "ASSAD": ["Bashar al-Assad"],
    "WAZIRISTANI": ["al-Waziristani"],
    "GHANI": ["Ghani"],
    "SYR": ["Syria"],
    "AQ": ["Al-Qaeda"],
    "RUS": ["Russian"],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian Foreign Minister Sergei Lavrov", ["RUS", "LAVROV"]),
        ("emir Ayman al-Zawahiri", ["ZAWAHIRI"]),
        ("Bashar al-Assad’s Syria", ["ASSAD", "SYR"]),
        ("Al-Qaeda’s emir", ["AQ"]),
        ("Vladmir Putin; Putin", ["PUTIN", "PUTIN"]),
        ("Putin and Zawahiri", []),
        ("al-Zawahiri’s men. Zawahiri was killed", ["ZAWAHIRI", "ZAWAHIRI"]),
        ("the al-Waziristani video; Al-Waziristani said", ["WAZIRISTANI", "WAZIRISTANI"]),
        ("the Ghani regime", ["GHANI"]),
    ],
)
def test_r11_persons(text, expected):
    assert [actor for actor, _ in found(text, PERSONS)] == expected


def test_r11_a_person_rolls_up_to_the_state():
    mentions = Corpus(["Vladimir Putin left."]).mentions(Actors(PERSONS))
    assert mentions.rollup("parent").to_frame()["actor"].tolist() == ["RUS"]


def test_r12_contested_names_stay_apart_and_need_no_parent():
    table = {
        "TALIBAN": ["Taliban"],
        "IEA": ["Islamic Emirate"],
        "AFG": ["Afghanistan"],
        "KABUL": ["Kabul"],
    }
    text = "Taliban, the Islamic Emirate, Kabul, Afghanistan’s de facto government"
    assert [actor for actor, _ in found(text, table)] == ["TALIBAN", "IEA", "KABUL", "AFG"]


def test_r13_words_glued_together_name_nobody():
    assert found("KabulShare ofKabul emptyKabul", {"AFG": ["Kabul"]}) == []
    assert found("عربي Kabul عربي", {"AFG": ["Kabul"], "AR": ["عربي"]}) == [
        *[("AR", "عربي"), ("AFG", "Kabul"), ("AR", "عربي")]
    ]


def test_r15_offsets_count_code_points():
    text = "😀 “Kyiv”—Téhéran, عربي Kabul"
    mentions = Corpus([text]).mentions(Actors({"A": ["Kyiv", "Téhéran", "Kabul"]})).to_frame()
    assert [text[a:b] for a, b in zip(mentions["start"], mentions["end"], strict=True)] == [
        *["Kyiv", "Téhéran", "Kabul"]
    ]


def test_r17_mentions_in_quotations_are_marked():
    text = "He said: “Kabul is not for us.” The “new” Kabul and a “free Kabul” now."
    frame = Corpus([text]).mentions(Actors({"AFG": ["Kabul"]})).to_frame()
    assert frame["quoted"].tolist() == ["speech", "", "scare"]


# ---- dates ---------------------------------------------------------------------------------------

DATED = pd.DataFrame(
    {
        "text": ["Ghani of Burma in Kabul"] * 4,
        "date": ["1985-01-01", "2021-08-14", "2021-08-15", None],
    }
)


def test_a_dated_alias_counts_on_its_days_only():
    table = {"MMR": ["Myanmar", {"text": "Burma", "end": "2021-08-14"}]}
    mentions = Corpus(DATED, date="date").mentions(Actors(table))
    assert mentions.to_frame()["doc"].tolist() == [0, 1]
    assert mentions.config["n_undated_docs"] == 1
    assert "1 document without a date" in repr(mentions)
    table = {"MMR": [{"text": "Burma", "start": "1985-01-01", "end": "1985"}]}
    assert Corpus(DATED, date="date").mentions(Actors(table)).to_frame()["doc"].tolist() == [0]


def test_an_alias_out_of_its_dates_falls_back_to_a_shorter_one():
    table = {"A": [{"text": "Ghani of Burma", "start": "2000"}], "B": ["Ghani"]}
    mentions = Corpus(DATED, date="date").mentions(Actors(table))
    assert mentions.to_frame()["actor"].tolist() == ["B", "A", "A", "B"]


def test_dates_bind_the_parent():
    table = {
        "GHANI": {"parent": [{"AFG": "..2021-08-14"}], "aliases": ["Ghani"]},
        "KABUL": {"parent": "AFG:..2021-08-14;TALIBAN:2021-08-15..", "aliases": ["Kabul"]},
    }
    mentions = Corpus(DATED, date="date").mentions(Actors(table))
    assert mentions.to_frame()["actor"].tolist() == ["GHANI", "KABUL"] * 4
    assert mentions.rollup("parent").to_frame()["actor"].tolist() == [
        *["AFG", "AFG", "AFG", "AFG", "GHANI", "TALIBAN", "GHANI", "KABUL"]
    ]
    undated = table["KABUL"] | {"parent": "AFG:..2021-08-14;TALIBAN"}
    mentions = Corpus(DATED, date="date").mentions(Actors({"KABUL": undated}))
    assert mentions.rollup().to_frame()["actor"].tolist() == ["AFG", "AFG", "TALIBAN", "TALIBAN"]


def test_roll_up_by_code_prefix_and_by_a_dict():
    corpus = Corpus(["Army and Karzai and Mali"])
    table = {
        "RUSGOVMIL": ["Army"],
        "KARZAI": {"parent": "AFGGOV", "aliases": ["Karzai"]},
        "MLI": ["Mali"],
    }
    mentions = corpus.mentions(Actors(table))
    assert mentions.rollup(3).to_frame()["actor"].tolist() == ["RUS", "AFG", "MLI"]
    assert mentions.rollup(6).to_frame()["actor"].tolist() == ["RUSGOV", "AFGGOV", "MLI"]
    assert mentions.rollup({"MLI": "AFRICA"}).to_frame()["actor"].tolist() == [
        *["RUSGOVMIL", "KARZAI", "AFRICA"]
    ]
    with pytest.raises(ValueError, match="rollup='top'"):
        mentions.rollup("top")
    with pytest.raises(ValueError, match="at least one letter"):
        mentions.rollup(0)


# ---- globs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        ("Ethiopian*", "Ethiopian ETHIOPIANS ethiopian Ethiopia", ["Ethiopian", "ETHIOPIANS"]),
        ("un*ed Nations", "United Nations, united Nations", ["United Nations", "united Nations"]),
        (
            "organi?ation*",
            "organization Organisations organiation",
            ["organization", "Organisations"],
        ),
        ("wom?n", "woman Women WOMEN womeen womn wom?n", ["woman", "Women", "WOMEN"]),
        ("t?h?ran", "téhéran Teheran thran", ["téhéran", "Teheran"]),
        ("Yahoo?", "Yahoo? Yahoos yahood", ["Yahoo?"]),
        ("*stan", "Tajikistan, pakistan, STAN", ["Tajikistan", "pakistan", "STAN"]),
        ("SA*", "SADC Sadc", ["SADC"]),
        ("Al-*", "Al-Qaeda, Al Shabaab, Al – Jazeera", ["Al-Qaeda", "Al Shabaab", "Al – Jazeera"]),
    ],
)
def test_a_star_stands_for_letters(alias, text, expected):
    assert [text for _, text in found(text, {"A": [alias]})] == expected


def test_smart_case_holds_for_globs_too():
    text = "ETHIOPIAN Ethiopians ethiopian Un UN under UNESCO"
    assert found(text, {"A": ["Ethiopian*"]}) == [("A", "ETHIOPIAN"), ("A", "Ethiopians")]
    assert found(text, {"A": ["ethiopian*"]})[-1] == ("A", "ethiopian")
    assert found(text, {"A": ["UN*"]}) == [("A", "UN"), ("A", "UNESCO")]


def test_a_glob_of_one_case_does_not_take_the_case_of_another():
    table = {"A": [{"text": "BA*", "case": "fold"}], "B": [{"text": "ba*", "case": "exact"}]}
    mentions = Corpus(["bat Bat"]).mentions(Actors(table), overlap="all").to_frame()
    assert mentions[["actor", "text"]].values.tolist() == [["A", "bat"], ["B", "bat"], ["A", "Bat"]]
