"""Names that count only in their document: short ones, and acronyms that the text introduces."""

import pytest

from coactor import Actors, Corpus

PUTIN = {"PUTIN": ["Vladimir Putin", {"text": "Putin", "kind": "short"}]}
NRF = {"NRF": ["National Resistance Front"], "TTP": ["Tehrik-i-Taliban Pakistan"]}


def found(texts, table, overlap="longest", **options):
    texts = [texts] if isinstance(texts, str) else texts
    mentions = Corpus(texts).mentions(Actors(table, **options), overlap=overlap)
    frame = mentions.to_frame()
    return frame[["doc", "start", "kind"]].values.tolist()


HEADLINE = "Putin waits. Vladimir Putin left. Putin slept."


@pytest.mark.parametrize("overlap", ["longest", "nested"])
@pytest.mark.parametrize(
    ("short", "expected"),
    [
        ("document", [[0, 0, "short"], [0, 13, "name"], [0, 34, "short"]]),
        ("after", [[0, 13, "name"], [0, 34, "short"]]),
        ("always", [[0, 0, "short"], [0, 13, "name"], [0, 34, "short"]]),
    ],
)
def test_a_short_name_counts_where_a_full_one_stands(overlap, short, expected):
    assert found(HEADLINE, PUTIN, overlap, short=short) == expected


def test_a_document_without_a_full_name_has_no_short_ones():
    texts = ["Putin waits.", "Vladimir Putin left.", "Putin again."]
    assert found(texts, PUTIN) == [[1, 0, "name"]]
    assert len(found(texts, PUTIN, short="always")) == 3


def test_a_full_name_of_another_actor_does_not_count():
    table = PUTIN | {"VERA": ["Vera Putina", {"text": "Putin", "kind": "short"}]}
    assert found("Vera Putina met Putin.", table) == [[0, 0, "name"], [0, 16, "short"]]


def test_a_short_name_that_does_not_count_gives_way_to_a_shorter_name():
    table = {
        "A": ["Kim Jong Un of Korea", {"text": "Kim Jong", "kind": "short"}],
        "B": ["Kim"],
    }
    assert found("Kim Jong waits.", table) == [[0, 0, "name"]]


def test_many_full_and_short_names_in_one_document():
    table = {f"P{i}": [f"Ana N{i}x", {"text": f"N{i}x", "kind": "short"}] for i in range(300)}
    text = " ".join(f"N{i}x met Ana N{i}x." for i in range(0, 300, 2))
    assert len(found(text + " N1x N3x", table)) == 300


def test_what_did_not_count_is_listed():
    mentions = Corpus(["Putin waits."]).mentions(Actors(PUTIN))
    assert mentions.shadowed()[["text", "actor", "rule"]].values.tolist() == [
        ["Putin", "PUTIN", "short"]
    ]


@pytest.mark.parametrize("overlap", ["longest", "nested", "all"])
def test_an_acronym_in_brackets_counts_in_its_document(overlap):
    texts = [
        "NRF says: The National Resistance Front (NRF) and NRF-led men. The NRF’s end.",
        "The NRF left.",
    ]
    assert found(texts, NRF, overlap) == [
        *[[0, 0, "acronym"], [0, 14, "name"], [0, 41, "acronym"], [0, 50, "acronym"]],
        [0, 67, "acronym"],
    ]


def test_an_introduced_acronym_names_the_alias_that_introduced_it():
    corpus = Corpus(["The National Resistance Front [NRF]. NRF."])
    frame = corpus.mentions(Actors(NRF)).to_frame()
    assert frame["alias"].unique().tolist() == ["National Resistance Front"]
    assert frame["text"].tolist() == ["National Resistance Front", "NRF", "NRF"]


def test_brackets_may_stand_in_brackets_and_acronyms_may_have_hyphens():
    table = NRF | {"ISISK": ["Islamic State in Sham-Khorasan"]}
    text = "[Tehrik-i-Taliban Pakistan (TTP)] TTP; Islamic State in Sham–Khorasan (ISIS-K): ISIS-K"
    assert len(found(text, table)) == 6


@pytest.mark.parametrize(
    "text",
    [
        *["National Resistance Front’s (NRF)", "“National Resistance Front” (NRF)"],
        *["[National Resistance Front (NRF)]", "“National Resistance Front” [“NRF”]"],
    ],
)
def test_a_name_may_be_quoted_or_have_a_possessive_before_its_acronym(text):
    assert len(found(f"The {text} and the NRF.", NRF)) == 3


def test_an_introduced_acronym_has_any_hyphen():
    table = {"K": ["Islamic State-Khorasan"]}
    text = "Islamic State-Khorasan (IS-K): IS–K, IS‑K; IS—K, IS K"
    assert len(found(text, table)) == 4


def test_acronyms_can_be_switched_off():
    text = "The National Resistance Front (NRF). NRF."
    assert found(text, NRF, acronyms="off") == [[0, 4, "name"]]


def test_an_agency_in_brackets_is_no_acronym_of_the_place():
    table = {"AFG": ["Kabul"], "IND": ["New Delhi"]}
    assert found("KABUL (AP) - The AP. New Delhi (PTI) PTI.", table) == [
        *[[0, 0, "name"], [0, 21, "name"]]
    ]


def test_an_introduced_acronym_wins_against_another_actors_name_of_its_length():
    table = {"USTAD": ["Ustad Society"], "USA": ["US", "US Army"]}
    mentions = Corpus(["The Ustad Society (US) met. US men, US Army."]).mentions(Actors(table))
    assert mentions.to_frame()["actor"].tolist() == ["USTAD", "USTAD", "USTAD", "USA"]


def test_an_alias_of_the_dictionary_keeps_its_kind():
    table = {"NRF": ["National Resistance Front", {"text": "NRF", "kind": "acronym"}]}
    frame = Corpus(["National Resistance Front (NRF)"]).mentions(Actors(table)).to_frame()
    assert frame["alias"].tolist() == ["National Resistance Front", "NRF"]


def test_unknown_settings_are_refused():
    with pytest.raises(ValueError, match=r"short='never'.*'document', 'after', 'always'"):
        Actors(PUTIN, short="never")
    with pytest.raises(ValueError, match=r"acronyms='on'.*'document', 'off'"):
        Actors(PUTIN, acronyms="on")
