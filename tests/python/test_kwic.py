"""A phrase in its context: from Python and from the command line."""

import io

import pandas as pd
import pytest

from coactor import Actors, Corpus
from coactor.cli import main

COLUMNS = ["doc", "sentence", "start", "end", "left", "match", "right"]
TEXTS = ["We waited. They want a cease-fire now.", None, "The cease fire held. CEASE-FIRE!"]


@pytest.fixture
def corpus():
    return Corpus(TEXTS)


def test_every_place_of_a_phrase_is_shown_in_its_context(corpus):
    found = corpus.kwic("cease-fire", window=1)
    assert list(found) == COLUMNS
    assert found.values.tolist() == [
        [0, 1, 23, 33, "a ", "cease-fire", " now"],
        [2, 0, 4, 14, "The ", "cease fire", " held"],
        [2, 1, 21, 31, ". ", "CEASE-FIRE", "!"],
    ]


def test_a_phrase_has_smart_case():
    corpus = Corpus(["Tell us what the US said, Then then THEN."])
    assert corpus.kwic("US")["start"].tolist() == [17]
    assert corpus.kwic("then")["match"].tolist() == ["Then", "then", "THEN"]
    assert corpus.kwic("Then")["match"].tolist() == ["Then", "THEN"]


def test_a_blank_in_a_phrase_matches_a_hyphen_and_a_star_any_letters(corpus):
    assert corpus.kwic("cease fire")["doc"].tolist() == [0, 2, 2]
    assert corpus.kwic("hel*")["match"].tolist() == ["held"]
    assert corpus.kwic("zzz*")["match"].tolist() == []


def test_an_introduced_acronym_is_no_place_of_the_phrase():
    corpus = Corpus(["The National Resistance Front (NRF) spoke. NRF denied."])
    assert len(corpus.kwic("National Resistance Front")) == 1


def test_a_sample_is_drawn_with_its_seed_and_keeps_the_order(corpus):
    whole = Corpus(["no. " * 30]).kwic("no", sample=99)
    assert len(whole) == 30
    part = Corpus(["no. " * 30])
    draws = [part.kwic("no", sample=5, seed=seed)["start"].tolist() for seed in (0, 1, 0)]
    assert draws[0] == draws[2] != draws[1]
    assert draws[0] == sorted(draws[0])
    assert len(draws[0]) == 5


def test_documents_can_be_chosen(corpus):
    assert corpus.kwic("cease-fire", where=[True, False, False])["doc"].tolist() == [0]


def test_no_hit_gives_an_empty_frame_of_the_same_columns(corpus):
    full, empty = corpus.kwic("held"), corpus.kwic("nowhere")
    assert len(full) == 1
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


@pytest.mark.parametrize("phrase", ["", "  \n"])
def test_an_empty_phrase_is_refused(corpus, phrase):
    with pytest.raises(ValueError, match="phrase: expected at least one word"):
        corpus.kwic(phrase)


def test_what_is_no_phrase_or_no_number_is_refused(corpus):
    with pytest.raises(TypeError, match="phrase: expected a text, got list"):
        corpus.kwic(["held"])
    with pytest.raises(ValueError, match="window must not be negative"):
        corpus.kwic("held", window=-1)
    with pytest.raises(ValueError, match="sample must not be negative"):
        corpus.kwic("held", sample=-1)


def test_it_agrees_with_the_context_of_mentions(corpus):
    mentions = corpus.mentions(Actors({"X": ["cease-fire"]}))
    shown = mentions.kwic("X", window=3)
    assert shown["alias"].tolist() == ["cease-fire"] * 3
    pd.testing.assert_frame_equal(corpus.kwic("cease-fire", window=3), shown[COLUMNS])


def test_the_command_writes_the_same(tmp_path, corpus, capsysbinary):
    (tmp_path / "a.jsonl").write_text('{"text": "No. The cease fire held."}\n')
    arguments = [str(tmp_path / "a.jsonl"), "--window", "2", "--sample", "4", "--seed", "7"]
    assert main(["kwic", "cease-fire", *arguments]) == 0
    found = pd.read_csv(io.BytesIO(capsysbinary.readouterr().out))
    assert found.values.tolist() == [[0, 1, 8, 18, ". The ", "cease fire", " held."]]
    assert main(["kwic", "held", str(tmp_path / "a.jsonl"), "--window", "-1"]) == 2
