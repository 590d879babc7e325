"""Everything in one call: what it takes, what it gives, and that it says what it did."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import coactor.analysis
from coactor import Actors, Corpus, Lexicon, analyze

EXAMPLES = Path(__file__).parents[2] / "examples"
ACTORS = Actors(
    {
        "RUS": {"label": "Russia", "class": "state", "aliases": ["Russia", "Moscow"]},
        "USA": {"label": "United States", "class": "state", "aliases": ["United States"]},
        "IRN": {"label": "Iran", "class": "state", "aliases": ["Iran"]},
        "CHN": {"label": "China", "class": "state", "aliases": ["China"]},
    }
)
LEXICON = Lexicon({"warned": -1, "thanked": 1})
TEXTS = [
    "Russia warned the United States, and Moscow warned Iran. Iran thanked Russia.",
    "Russia met Iran.",
    None,
]
TABLES = ["actors.csv", "documents.csv", "mentions.csv", "pairs.csv", "tone.csv"]
BY_ACTOR = [
    *["actor", "label", "class", "n_mentions", "n_sentences", "n_docs", "share_docs"],
    *["negative", "neutral", "positive", "no_hit"],
]


def look(data=TEXTS, **options):
    return analyze(data, **{"actors": ACTORS, "lexicon": LEXICON, **options})


@pytest.fixture(scope="module")
def cold_war():
    frame = pd.read_csv(EXAMPLES / "cold_war.csv")
    return analyze(frame, actors=EXAMPLES / "cold_war.yml", id="id", date="date")


# ---- what it takes -------------------------------------------------------------------------------


def test_a_list_of_texts_gives_mentions_pairs_and_tone():
    found = look()
    assert found.mentions.to_frame()["actor"].tolist() == [
        *["RUS", "USA", "RUS", "IRN", "IRN", "RUS"],
        *["RUS", "IRN"],
    ]
    assert found.pairs.to_frame()[["a", "b", "count", "n_docs"]].values.tolist() == [
        ["RUS", "IRN", 3, 2],
        ["RUS", "USA", 1, 1],
        ["USA", "IRN", 1, 1],
    ]
    assert found.tone.to_frame()["tone"].tolist()[:2] == [-1.0, 1.0]


def frame_of(texts):
    return pd.DataFrame({"text": texts})


@pytest.mark.parametrize("shape", [list, tuple, pd.Series, frame_of, Corpus])
def test_every_shape_of_data_gives_the_same_tables(shape):
    for one, other in zip(look()._frames(), look(shape(TEXTS))._frames(), strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_columns_are_chosen_by_name_and_several_are_joined():
    frame = pd.DataFrame(
        {"name": ["n1"], "day": ["1962-10-14"], "head": ["Iran"], "body": ["Russia met Iran."]}
    )
    found = look(frame, text=["head", "body"], id="name", date="day")
    assert found.mentions.to_frame()["doc"].tolist() == ["n1"] * 3
    assert found.corpus.text("n1") == "Iran\n\nRussia met Iran."
    assert found.corpus.documents["date"].tolist() == [pd.Timestamp("1962-10-14")]


def test_a_corpus_brings_its_own_columns():
    with pytest.raises(ValueError, match="id= is about columns; a Corpus has them already"):
        look(Corpus(TEXTS), id="id")


def test_the_starter_dictionary_and_lexicon_serve_by_default():
    found = analyze(["Russia warned the Taliban."])
    assert found.config["actors_from"] == found.config["lexicon_from"] == "starter"
    assert found.pairs.to_frame()[["a", "b"]].values.tolist() == [["RUS", "TALIBAN"]]
    again = analyze(["Russia."], actors=Actors.world(), lexicon=Lexicon.conflict())
    assert again.config["actors_from"] == again.config["lexicon_from"] == "starter"


def test_dictionary_and_lexicon_may_be_paths(tmp_path):
    (tmp_path / "a.yml").write_text("RUS: [Russia]\n", encoding="utf-8")
    (tmp_path / "l.csv").write_text("pattern,weight\nmet,1\n", encoding="utf-8")
    found = analyze(TEXTS, actors=tmp_path / "a.yml", lexicon=str(tmp_path / "l.csv"))
    assert found.by_actor[["actor", "positive"]].values.tolist() == [["RUS", 1]]
    assert found.config["actors_from"] == str(tmp_path / "a.yml")
    assert found.config["lexicon_from"] == str(tmp_path / "l.csv")


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"unit": "page"}, ValueError, "unit='page' is not known; choose one of 'document', "),
        ({"actors": {"RUS": ["Russia"]}}, TypeError, "actors: expected Actors or the path .* dict"),
        ({"lexicon": 3}, TypeError, "lexicon: expected Lexicon or the path of a file, got int"),
        ({"rollup": "state"}, ValueError, "rollup='state' is not known; choose 'parent', a length"),
        ({"rollup": 0}, ValueError, "rollup: a prefix has at least one letter, got 0"),
        ({"rollup": ["RUS"]}, TypeError, "rollup: expected 'parent', a length or a dict"),
        ({"actors": "missing.yml"}, FileNotFoundError, "missing.yml: no such file"),
        ({"lexicon": "missing.csv"}, FileNotFoundError, "missing.csv: no such file"),
    ],
)
def test_a_mistake_in_the_settings_shows_before_the_text_is_read(options, error, words):
    with pytest.raises(error, match=words):
        look(object(), **options)  # text that cannot be read


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (pd.Series([1, 2]), TypeError, "."),
        (pd.DataFrame({"body": ["Russia"]}), ValueError, "'text'.*'body'"),
        (pd.DataFrame({"text": [["Russia"]]}), TypeError, "."),
        (["Russia", 3], TypeError, "."),
        (3, TypeError, "."),
    ],
)
def test_data_that_hold_no_text_are_refused(data, error, words):
    with pytest.raises(error, match=words):
        look(data)


def test_a_stream_that_fails_half_way_fails_with_its_own_error():
    def texts():
        yield "Russia met Iran."
        raise RuntimeError("the line went dead")

    with pytest.raises(RuntimeError, match="the line went dead"):
        look(texts())


def test_what_is_left_of_a_generator_is_read():
    texts = iter(["Iran.", "Russia met Iran."])
    next(texts)
    assert look(texts).by_actor["n_mentions"].tolist() == [1, 1]


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"text": []}),
        pd.DataFrame({"text": [None, float("nan"), pd.NA]}),
        pd.DataFrame({"text": ["Russia met Iran."] * 3}, index=["a", "a", "b"]),
    ],
)
def test_empty_missing_and_doubly_named_documents_are_reported_on(frame, tmp_path):
    found = look(frame)
    found.report(tmp_path / "page.html")
    found.tables(tmp_path / "t")
    assert len(pd.read_csv(tmp_path / "t" / "documents.csv")) == len(frame)


def test_several_dictionaries_are_joined(tmp_path):
    (tmp_path / "mine.yml").write_text("ENVOY: [envoy]\n", encoding="utf-8")
    found = analyze(["The envoy of Russia left."], actors=["world", tmp_path / "mine.yml"])
    assert found.by_actor["actor"].tolist() == ["ENVOY", "RUS"]
    assert found.config["actors_from"] == f"starter, {tmp_path / 'mine.yml'}"
    joined = analyze(["Iran met Russia."], actors=[ACTORS, Actors({"X": ["met"]})]).by_actor
    assert set(joined["actor"]) == {"IRN", "RUS", "X"}
    with pytest.raises(ValueError, match=r"actors=\[\]: name at least one dictionary"):
        look(actors=[])


def test_a_column_that_documents_have_themselves_is_refused():
    frame = pd.DataFrame({"text": TEXTS, "missing": [1, 2, 3]})
    with pytest.raises(ValueError, match="by='missing': the table of documents has a column of"):
        look(frame, by="missing")


# ---- what it gives -------------------------------------------------------------------------------


def test_by_actor_counts_the_sentences_that_name_an_actor_by_their_tone():
    table = look().by_actor
    assert list(table.columns) == BY_ACTOR
    assert table.values.tolist() == [
        ["RUS", "Russia", "state", 4, 3, 2, 1.0, 1, 1, 1, 1],
        ["IRN", "Iran", "state", 3, 3, 2, 1.0, 1, 1, 1, 1],
        ["USA", "United States", "state", 1, 1, 1, 0.5, 1, 0, 0, 0],
    ]


def test_by_actor_agrees_with_sentences_and_mentions_joined_by_hand(cold_war):
    tone, threshold = cold_war.tone.to_frame(), cold_war.lexicon.threshold
    named = cold_war.mentions.to_frame()[["doc", "sentence", "actor"]].drop_duplicates()
    joined = named.merge(tone, on=["doc", "sentence"])
    assert threshold > 0 and len(joined) == len(named) > 500
    by = joined.groupby("actor")["tone"]
    expected = pd.DataFrame(
        {
            "negative": by.agg(lambda t: (t <= -threshold).sum()),
            "neutral": by.agg(lambda t: (~(t.abs() >= threshold)).sum()),
            "positive": by.agg(lambda t: (t >= threshold).sum()),
            "no_hit": by.agg(lambda t: t.isna().sum()),
            "n_sentences": by.size(),
        }
    ).astype(np.int64)
    found = cold_war.by_actor.set_index("actor").loc[expected.index, expected.columns]
    pd.testing.assert_frame_equal(found, expected, check_index_type=False)


def test_by_actor_counts_as_frequencies_do(cold_war):
    expected = cold_war.mentions.frequencies().drop(columns="docs_in_group")
    found = cold_war.by_actor[list(expected.columns)]
    pd.testing.assert_frame_equal(found, expected)
    sentence = ["Iran. Iran.", None, "Iran met Iran.", "", "Russia. Iran. Russia."]
    found, expected = look(sentence).by_actor, look(sentence).mentions.frequencies()
    pd.testing.assert_frame_equal(
        found[["actor", "n_docs", "share_docs"]], expected[["actor", "n_docs", "share_docs"]]
    )


def test_a_tone_on_the_threshold_counts_and_one_below_is_neutral():
    lexicon = Lexicon({"good": 0.5, "fine": 0.4}, threshold=0.5)
    table = look(["Russia is good. Russia is fine."], lexicon=lexicon).by_actor
    assert table[["negative", "neutral", "positive", "no_hit"]].values.tolist() == [[0, 1, 1, 0]]


def test_a_lexicon_of_categories_has_no_positive_and_negative():
    found = look(lexicon=Lexicon({"threat": ["warned"], "praise": ["thanked"]}))
    kinds = found.by_actor[["negative", "neutral", "positive", "no_hit"]]
    assert kinds.isna().all(axis=None) and (kinds.dtypes == np.float64).all()


@pytest.mark.parametrize("texts", [[], [None], ["It rained."]])
def test_without_any_actor_the_tables_are_empty_and_of_the_same_types(texts):
    for empty, full in zip(look(texts)._frames(), look()._frames(), strict=True):
        assert list(empty.columns) == list(full.columns)
    assert look(texts).by_actor.empty and look(texts).pairs.to_frame().empty
    full_types = look().by_actor.dtypes
    assert (look(texts).by_actor.dtypes == full_types).all()


def test_the_unit_decides_what_a_pair_shares():
    text = ["Russia spoke.\n\nIran spoke. China spoke."]
    assert len(look(text, unit="sentence").pairs) == 0
    assert look(text, unit="paragraph").pairs.to_frame()[["a", "b"]].values.tolist() == [
        ["IRN", "CHN"]
    ]
    assert len(look(text, unit="document").pairs) == 3


def test_any_number_of_threads_gives_the_same_tables():
    frame = pd.read_csv(EXAMPLES / "cold_war.csv")
    one, two = (analyze(frame, actors=EXAMPLES / "cold_war.yml", threads=n) for n in (1, 2))
    for left, right in zip(one._frames(), two._frames(), strict=True):
        pd.testing.assert_frame_equal(left, right, check_exact=True)


def test_an_analysis_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        look().pairs = None


# ---- words about it ------------------------------------------------------------------------------


def test_methods_has_a_paragraph_for_each_step_with_its_numbers():
    paragraphs = look().methods().split("\n\n")
    assert len(paragraphs) == 5
    for paragraph, words in zip(
        paragraphs,
        ["3 documents", "4 actors", "8 mentions of 3 actors", "3 pairs", "lexicon"],
        strict=True,
    ):
        assert words in paragraph


def test_methods_say_what_was_done_with_quotes_and_how_pairs_were_tested():
    assert "with documents as clusters" in look(list(TEXTS) * 10).methods()
    assert "quoted speech" not in look().methods()
    assert "What stands within quoted speech was left out." in look(quotes="drop").methods()
    assert "Only what stands within quoted speech was taken." in look(quotes="only").methods()


PEOPLE = Actors(
    {
        "RUS": {"label": "Russia", "class": "state", "aliases": ["Russia"]},
        "RUSPUT": {"label": "Vladimir Putin", "class": "person", "parent": "RUS"}
        | {"aliases": ["Putin"]},
        "IRN": {"label": "Iran", "class": "state", "aliases": ["Iran"]},
    }
)
STATEMENTS = ["Putin thanked Russia. Putin met Iran.", "Putin warned Iran.", "Iran left."]


@pytest.mark.parametrize(
    ("rollup", "id", "label"),
    [
        ("parent", "RUS", "Russia"),
        (3, "RUS", "Russia"),
        (2, "RU", "RU"),
        ({"RUSPUT": "RUS"}, "RUS", "Russia"),
        ({"RUS": "MOSCOW", "RUSPUT": "MOSCOW"}, "MOSCOW", "MOSCOW"),
    ],
)
def test_a_person_and_his_state_are_one_actor_in_all_results_where_they_are_rolled_up(
    rollup, id, label, tmp_path
):
    apart = look(STATEMENTS, actors=PEOPLE)
    assert ["RUS", "RUSPUT", 1] in apart.pairs.to_frame()[["a", "b", "count"]].values.tolist()
    found = look(STATEMENTS, actors=PEOPLE, rollup=rollup)
    other = "IR" if rollup == 2 else "IRN"
    assert found.pairs.to_frame()[["a", "b", "count"]].values.tolist() == [[id, other, 2]]
    assert found.pairs.suppressed[id] == 1
    assert found.config["rollup"] == found.pairs.config["rollup"] == rollup
    rows = found.by_actor.set_index("actor")
    assert rows.loc[id, ["label", "n_mentions", "n_sentences"]].tolist() == [label, 4, 3]
    assert rows.loc[id, "class"] == ("state" if id == "RUS" else "")
    assert set(found.mentions.to_frame()["actor"]) == {id, other}
    assert found.methods().count("Actors were rolled up by ") == 1
    found.report(tmp_path / "page.html")
    found.tables(tmp_path)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Vladimir Putin" not in page
    assert page.count("1 time this made one actor of several in one unit") == 2  # data, methods
    assert set(pd.read_csv(tmp_path / "mentions.csv")["actor"]) == {id, other}


def test_rolled_up_actors_are_tested_and_quoted_speech_left_out_before(tmp_path):
    texts = [
        f"Putin met Iran {n}. Russia slept. “Russia met Iran again today,” said he."
        for n in range(30)
    ]
    texts += [f"Iran slept {n}." for n in range(10)]
    found = look(texts, actors=PEOPLE, rollup="parent", quotes="drop")
    assert found._test[["a", "b", "count"]].values.tolist() == [["RUS", "IRN", 30]]
    assert found.by_actor["n_mentions"].tolist() == [60, 40]
    found.report(tmp_path / "page.html")


def test_methods_say_how_many_pairs_that_meet_were_not_tested():
    texts = ["Russia met Iran."] * 20 + ["It rained. Iran slept."] * 20 + ["China met Russia."]
    found = look(texts)
    assert found._test.attrs["n_met_untested"] == 1
    assert (
        "Pairs expected in at least one unit, and in at least 5 documents, were tested"
        in found.methods()
    )
    assert "Of the 2 pairs that meet, 1 was expected less often than that, and not tested." in (
        found.methods()
    )
    assert "not tested" not in look(texts[:-1]).methods()


def test_methods_claim_no_test_where_there_are_too_few_documents_for_one():
    few, enough = look().methods(), look(["Russia met Iran."] * 20).methods()
    assert "no pair was tested" in few and "q values" not in few
    assert "no pair was tested" not in enough and "q values" in enough


def test_repr_is_one_line_with_the_sizes_and_the_first_thing_to_know():
    assert repr(look()) == (
        "Analysis(3 documents, 8 mentions of 3 actors, 3 pairs by sentence, lexicon own; "
        "fewer than 20 documents: read counts, not measures)"
    )
    assert repr(look([None])).endswith("lexicon own; no text)")
    assert repr(look(["It rained."])).endswith("no actor of the dictionary occurs)")
    assert repr(look(["Russia."] * 20 + [None])).endswith("lexicon own; 1 document without text)")
    assert repr(look(["Russia."] * 20)).endswith("lexicon own)")


def test_a_notebook_page_is_short_escaped_and_without_script():
    evil = "<script>alert(1)</script>"
    names = {f"A{n}": {"label": evil, "aliases": [f"Name{n}x"]} for n in range(300)}
    text = ", ".join(f"Name{n}x" for n in range(300))
    page = analyze([f"{text} met."], actors=Actors(names), lexicon=LEXICON)._repr_html_()
    assert "<script" not in page and "&lt;script&gt;" in page
    assert len(page) < 60_000 and "44,8" in page


def test_progress_is_shown_on_standard_error_alone(capsys):
    look(progress=True)
    said = capsys.readouterr()
    assert said.out == "" and "scoring tone" in said.err
    look()
    assert capsys.readouterr().err == ""


# ---- files ---------------------------------------------------------------------------------------


def test_tables_are_the_frames_as_csv(tmp_path):
    found = look()
    found.tables(tmp_path / "new")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == TABLES
    for name, frame in zip(coactor.analysis.TABLES, found._frames(), strict=True):
        read = pd.read_csv(tmp_path / "new" / name, parse_dates=["date"] if "date" in frame else [])
        assert list(read.columns) == list(frame.columns) and len(read) == len(frame)
        numbers = frame.select_dtypes("number").columns
        pd.testing.assert_frame_equal(read[numbers], frame[numbers], check_dtype=False)


def test_a_report_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    page = tmp_path / "page.html"
    page.write_text("what was here before", encoding="utf-8")
    monkeypatch.setattr("coactor.report.render", lambda found, **how: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        look().report(page)
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert page.read_text(encoding="utf-8") == "what was here before"


def test_if_one_table_cannot_be_written_all_stay_as_they_were(tmp_path, monkeypatch):
    for name in TABLES:
        (tmp_path / name).write_text("before", encoding="utf-8")
    write = coactor.analysis.write_csv

    def fails_on_tone(file, frame):
        if "tone" in frame:
            file.write("half a li")
            raise OSError("no space left")
        return write(file, frame)

    monkeypatch.setattr(coactor.analysis, "write_csv", fails_on_tone)
    with pytest.raises(OSError, match="no space left"):
        look().tables(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == TABLES
    assert {path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"before"}


@pytest.mark.parametrize("method", ["report", "tables"])
def test_a_folder_that_does_not_exist_is_named(tmp_path, method):
    with pytest.raises(FileNotFoundError, match=r"the folder .*missing does not exist; make it"):
        getattr(look(), method)(tmp_path / "missing" / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_lone_surrogate_becomes_a_question_mark_in_files(tmp_path):
    found = look(["Russia met \ud800 Iran."])
    found.report(tmp_path / "page.html")
    found.tables(tmp_path / "tables")
    assert "Russia" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert len(pd.read_csv(tmp_path / "tables" / "mentions.csv")) == 2
