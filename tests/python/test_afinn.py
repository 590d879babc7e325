"""AFINN gives the scores of the Python package afinn, whatever the text."""

import random

import pytest

import coactor as ca
from coactor import _packages

pytest.importorskip("afinn", reason="afinn is not installed")


def package(name, emoticons):
    from afinn import Afinn

    reference = Afinn(emoticons=emoticons, language="da" if name == "da-32" else "en")
    if name == "111":
        reference.setup_from_file(reference.full_filename("AFINN-111.txt"))
    return reference


def texts(name, seed, n):
    pick = random.Random(seed)
    words = list(_packages.afinn_list(name).words) + list(_packages.afinn_list("emoticon-8").words)
    signs = ["", "", "", ".", ",", "!", "-", "_", "'", "’", "…", ")", "é"]
    blanks = [" ", " ", " ", "  ", "\n", "\u00a0\t", "", "-"]
    for _ in range(n):
        parts = []
        for _ in range(pick.randint(0, 12)):
            word = (
                pick.choice(words) if pick.random() < 0.7 else pick.choice("a İ not the ΑΣ".split())
            )
            word = pick.choice(
                [word, word, word.upper(), word.title(), word.replace("k", "\u212a")]
            )
            parts.append(pick.choice(signs) + word + pick.choice(signs) + pick.choice(blanks))
        if pick.random() < 0.2:
            parts.append(chr(pick.randrange(0x110000)))
        yield "".join(parts)


@pytest.mark.parametrize(
    ("name", "emoticons"),
    [("en-165", False), ("en-165", True), ("111", False), ("da-32", False), ("da-32", True)],
)
def test_scores_are_those_of_the_package(name, emoticons):
    reference = package(name, emoticons)
    given = list(texts(name, 4, 1500))
    got = ca.score(given, ca.Lexicon.afinn(name, emoticons=emoticons))
    assert got["score"].tolist() == [reference.score(text) for text in given]
    assert got["hits"].tolist() == [len(reference.find_all(text)) for text in given]


def test_columns_are_those_of_weights_and_missing_is_nan():
    frame = ca.score(["not good, bad luck", None, "a table"], ca.Lexicon.afinn())
    assert list(frame.columns) == [
        "score",
        "weight",
        "tone",
        "positive",
        "negative",
        "hits",
        "words",
    ]
    assert frame.loc[0].tolist() == [-4, 2, -4, 0, -4, 2, 4]
    assert frame.loc[1].isna().tolist() == [True] * 5 + [False] * 2
    assert frame["score"][2] == 0 and frame["tone"].isna()[2]


def test_a_corpus_has_the_scores_of_its_documents_and_hits_with_places():
    corpus = ca.Corpus(["Étude: not good. A WONDERFUL day!", "bad"])
    tone = corpus.tone(ca.Lexicon.afinn())
    assert tone.to_frame()["score"].tolist() == [2.0, -3.0]
    hits = tone.hits()
    assert hits["text"].tolist() == ["not good", "WONDERFUL", "bad"]
    assert hits["contribution"].tolist() == [-2.0, 4.0, -3.0]
    assert hits["sentence"].tolist() == [0, 1, 0]


def test_masked_words_do_not_count():
    corpus = ca.Corpus(["The Good Party is bad."])
    actors = ca.Actors({"GP": ["Good Party"]})
    assert corpus.tone(ca.Lexicon.afinn(), mask=actors).to_frame()["score"].tolist() == [-3.0]


def test_an_unknown_list_names_those_there_are():
    with pytest.raises(ValueError, match="'en-165'"):
        ca.Lexicon.afinn("en-1")


def test_emoticons_in_capitals_are_reported_as_unreachable():
    report = ca.Lexicon.afinn(emoticons=True).report
    assert ":D" in set(report.loc[report["kind"] == "unreachable", "pattern"])
