"""`methods()`: plain English that says what was done, so that another could do it again."""

import re

import pandas as pd
import pytest

import coactor as ca

NAMES = {
    "RUS": {"aliases": ["Russia", "Moscow"]},
    "PUTIN": {"parent": "RUS", "aliases": ["Putin"]},
    "AFG": ["Kabul"],
}
TEXTS = ["Moscow warned Kabul. “Putin lies,” Kabul said.", None, "Russia helped Kabul.", "Rain."]
DAYS = ["2024-03-05", None, "2023-12-01", "2024-01-01"]
LEXICON = ca.Lexicon({"warned": -1.0, "helped": 1.0})


def corpus():
    return ca.Corpus(pd.DataFrame({"text": TEXTS, "date": DAYS}), date="date")


def mentions(**options):
    return corpus().mentions(ca.Actors(NAMES), **options)


EVERYTHING = {
    "corpus": corpus,
    "subset": lambda: corpus().subset([True, False, True, False]),
    "tokens": lambda: corpus().tokens,
    "actors": lambda: ca.Actors(NAMES, opaque=["Moscow Times"], accents="fold"),
    "mentions": mentions,
    "filtered": lambda: mentions().filter(quotes="drop", actors=["RUS"], locative=False),
    "masked": lambda: mentions().filter([True] * 6),
    "rolled up": lambda: mentions().rollup("parent"),
    "by code": lambda: mentions().rollup(2),
    "pairs": lambda: mentions().cooccur(by="month", rollup="parent"),
    "windows": lambda: mentions().cooccur(unit="window", window=4),
    "lexicon": lambda: LEXICON,
    "categories": lambda: ca.Lexicon({"joy": ["glad"], "fear": ["afraid"]}),
    "tone": lambda: corpus().tone(LEXICON, mask=ca.Actors(NAMES)),
    "tone of mentions": lambda: mentions().tone(LEXICON, weight="clause"),
}


@pytest.mark.parametrize("name", list(EVERYTHING))
def test_a_paragraph_is_made_of_whole_sentences(name):
    text = EVERYTHING[name]().methods()
    assert re.match(r"[A-Z0-9]", text) and text.endswith(".")
    assert not re.search(r"\s\s|\n|\.\.|None|nan\b|\{|\[\]| ,| \.", text)
    assert not re.search(r"\b1 [a-z]+s\b(?! of)", text.replace("1 times", ""))  # 1 document


def test_a_corpus_says_what_it_holds_from_when_and_what_it_lacks():
    assert (
        corpus()
        .methods()
        .startswith(
            "The corpus holds 4 documents (1 document without text) with 4 sentences, dated "
            "2023-12-01 to 2024-03-05 (1 document without a date). The text was split into "
        )
    )
    part = EVERYTHING["subset"]().methods()
    assert part.startswith("The corpus holds 2 documents, chosen from 4, with 3 sentences, dated")
    assert "dated" not in ca.Corpus(["a"]).methods()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "in capitals, and with a capital first letter"),
        ({"case": "exact"}, "found only as they are written"),
        ({"case": "fold"}, "in upper and lower case alike"),
        ({"accents": "fold"}, "with and without accents"),
        ({"opaque": ["Moscow Times"]}, "1 more name stands for no actor and hides any name"),
        ({"opaque": ["a b", "c d"]}, "2 more names stand for no actor and hide any name"),
        ({}, "An acronym that a document introduces in brackets"),
    ],
)
def test_a_dictionary_says_when_a_name_counts(options, words):
    actors = ca.Actors(NAMES, **options)
    assert words in actors.methods()
    assert f"3 actors and 4 names (hash {actors.config['hash']})" in actors.methods()


def test_choices_that_were_not_made_are_not_spoken_of():
    plain = ca.Actors(NAMES, acronyms="off").methods()
    for word in ("acronym", "accents", "no actor", "Short names count", "dates"):
        assert word not in plain
    short = {"A": {"aliases": [{"text": "Full Name"}, {"text": "Name", "kind": "short"}]}}
    assert "only after a full name" in ca.Actors(short, short="after").methods()
    dated = {"A": {"aliases": [{"text": "Name", "start": "2020-01-01"}]}}
    assert "Names with dates count only in documents of those dates." in ca.Actors(dated).methods()


def test_mentions_say_how_they_were_found_chosen_and_replaced():
    assert mentions().methods() == (
        "6 mentions of 3 actors were found in 2 of 4 documents. Where names overlap, the one that "
        "begins first counts, and of those that begin together, the longest."
    )
    assert "names of different actors may lie" in mentions(overlap="nested").methods()
    assert (
        EVERYTHING["filtered"]()
        .methods()
        .endswith(
            "These are the mentions of RUS, outside quoted speech, not after a word of place such "
            "as in or from."
        )
    )
    assert "left out by hand" in EVERYTHING["masked"]().methods()
    assert "by their parents on the date" in EVERYTHING["rolled up"]().methods()
    assert "by the first 2 letters of their codes" in EVERYTHING["by code"]().methods()
    assert "by a table of 1 entry" in mentions().rollup({"AFG": "X"}).methods()
    spans = mentions().to_frame()[["doc", "start", "end", "actor"]]
    given = ca.Mentions.from_frame(corpus(), spans).methods()
    assert given == (
        "6 mentions of 3 actors were given, not found with a dictionary; they lie in 2 of 4 "
        "documents."
    )


def test_tone_says_what_was_scored_and_what_did_not_count():
    tone = corpus().tone(LEXICON, unit="sentence", mask=ca.Actors(NAMES), quotes="drop").methods()
    assert "4 sentences were scored." in tone
    assert "The words of actors' names and words within quoted speech were left out." in tone
    assert "left out" not in corpus().tone(LEXICON).methods()
    assert "Only words within quoted speech" in corpus().tone(LEXICON, quotes="only").methods()
    assert "weighted by their distance" in EVERYTHING["tone of mentions"]().methods()
