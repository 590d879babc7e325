"""Odd input at the edges: it works, or it is refused with its place."""

import pathlib

import numpy as np
import pandas as pd
import pytest

from coactor import Actors, Corpus, Mentions
from coactor._actor_report import check_text
from coactor._columns import is_missing
from coactor._files import unique_tails
from coactor._results import plural
from coactor.cli import main

OBJECT = {"dtype": object}


def spans(**columns):
    return pd.DataFrame({"doc": [0], "start": [0], "end": [5], "actor": ["A"]} | columns)


def put(folder, name, content):
    path = folder / name
    path.write_bytes(content.encode("utf-8"))
    return path


# ---- documents -----------------------------------------------------------------------------------


def test_a_document_behind_repeated_labels_is_found():
    corpus = Corpus(pd.Series(["Kabul", "Moscow", "Minsk"], index=["x", "x", "y"]))
    made = Mentions.from_frame(corpus, spans(doc=["y"]))
    assert made.to_frame()["text"].tolist() == ["Minsk"]
    assert made.to_frame()["doc"].tolist() == ["y"]


@pytest.mark.parametrize("missing", [float("nan"), None, pd.NA])
def test_a_missing_id_is_refused(missing):
    frame = pd.DataFrame({"text": ["a", "b", "c"], "key": ["k", missing, missing]}, **OBJECT)
    with pytest.raises(ValueError, match=r"^id='key': row 1 holds no id$"):
        Corpus(frame, id="key")
    frame.index = ["p", "q", "r"]
    with pytest.raises(ValueError, match=r"row 1 \('q'\) holds no id"):
        Corpus(frame, id="key")


def test_an_id_that_can_be_no_name_is_refused_with_its_row():
    frame = pd.DataFrame({"text": ["a", "b"], "key": ["k", ["l"]]})
    with pytest.raises(TypeError, match=r"id='key': row 1 holds \['l'\] \(list\), which is no"):
        Corpus(frame, id="key")


def test_an_error_names_the_label_of_a_row_beside_its_number():
    with pytest.raises(TypeError, match=r"^text: row 1 \('q'\) holds 3 \(int\)"):
        Corpus(pd.Series(["a", 3], index=["p", "q"]))
    with pytest.raises(TypeError, match=r"^text: row 1 holds 3 \(int\)"):
        Corpus(pd.Series(["a", 3]))
    frame = pd.DataFrame({"text": ["a", 3], "id": ["k", "k"]}, index=["p", "q"])
    with pytest.raises(TypeError, match=r"^text: row 1 \('q'\) holds 3 \(int\)"):
        Corpus(frame, text=["id", "text"])
    with pytest.raises(ValueError, match=r"'k' stands in rows 0 and 1 \('p' and 'q'\)"):
        Corpus(frame, text="id", id="id")


def test_na_of_pandas_is_missing_in_fields_and_in_a_dictionary():
    frame = pd.DataFrame({"a": ["x", pd.NA, pd.NA], "b": ["y", "z", pd.NA]}, **OBJECT)
    corpus = Corpus(frame, text=["a", "b"])
    assert [corpus.text(i) for i in range(3)] == ["x\n\ny", "z", ""]
    assert corpus.documents["missing"].tolist() == [False, False, True]
    rows = {"actor": ["A", "B"], "alias": ["x", "y"], "label": ["one", pd.NA]}
    assert Actors(pd.DataFrame(rows, **OBJECT)).labels == {"A": "one", "B": "B"}
    assert [is_missing(v) for v in (pd.NA, pd.NaT, np.float32("nan"), "", 0)] == [True] * 3 + [
        False
    ] * 2


@pytest.mark.parametrize("name", ["float16", "float32", "float64", "longdouble"])
def test_nan_of_any_width_is_missing_and_a_number_is_refused(name):
    kind = getattr(np, name)
    assert Corpus(["a", kind("nan")]).documents["missing"].tolist() == [False, True]
    with pytest.raises(TypeError, match="row 1 holds"):
        Corpus(["a", kind(1)])


# ---- given spans ---------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_a_span_without_an_actor_is_refused(missing):
    frame = spans(doc=[0, 0], start=[0, 0], end=[5, 5], actor=["A", missing])
    frame.index = ["p", "q"]
    with pytest.raises(ValueError, match="frame: row 'q': the actor is missing"):
        Mentions.from_frame(Corpus(["Kabul"]), frame)


def test_a_span_in_a_document_of_blanks_is_refused():
    corpus = Corpus(["Hi there.", "   "])
    with pytest.raises(ValueError, match="frame: row 0: document 1 holds blanks alone"):
        Mentions.from_frame(corpus, spans(doc=[1], end=[1]))


def test_a_span_of_blanks_behind_the_last_token_stays_in_its_document():
    corpus = Corpus(["Hi there.   ", "Kabul"])
    made = Mentions.from_frame(corpus, spans(start=[10], end=[11]))
    assert made.to_frame()[["doc", "sentence"]].values.tolist() == [[0, 0]]
    assert made.counts(unit="sentence")["A"].tolist() == [1, 0]


# ---- groups --------------------------------------------------------------------------------------


@pytest.fixture
def grouped():
    frame = pd.DataFrame(
        {
            "text": ["Kabul, Kabul. Kabul", "Moscow", "nobody", "Kabul", ""],
            "outlet": pd.Categorical(["b", "a", "c", "b", "b"], categories=["d", "c", "b", "a"]),
            "year": [2001.0, 2002, np.nan, np.nan, 2001],
            "doc": ["k", "l", "m", "n", "o"],
            "actor": "q",
        }
    )
    return Corpus(frame).mentions(Actors({"RUS": ["Moscow"], "AFG": ["Kabul"]}))


def test_counts_have_a_row_for_each_group_of_documents_and_no_other(grouped):
    counts = grouped.counts(by="outlet")
    assert counts.index.tolist() == ["c", "b", "a"]
    assert counts.index.name == "outlet"
    assert counts.columns.tolist() == ["RUS", "AFG"]
    assert counts.values.tolist() == [[0, 0], [0, 4], [1, 0]]
    both = grouped.counts(by=["outlet", "doc"])
    assert both.index.names == ["outlet", "doc"]
    assert both.index.tolist() == [("c", "m"), ("b", "k"), ("b", "n"), ("b", "o"), ("a", "l")]
    assert both["AFG"].tolist() == [0, 3, 1, 0, 0]


def test_a_missing_key_is_a_group(grouped):
    counts = grouped.counts(by="year")
    assert counts.index.isna().tolist() == [False, False, True]
    assert counts["AFG"].tolist() == [3, 0, 1]
    found = grouped.frequencies(by="year")
    assert found["year"].isna().tolist() == [False, False, True]
    assert found["docs_in_group"].tolist() == [1, 1, 2]


def test_frequencies_count_mentions_sentences_and_documents_of_each_group(grouped):
    found = grouped.frequencies(by="outlet")
    assert found.values.tolist() == [
        ["b", "AFG", 4, 3, 2, 2, 1.0],
        ["a", "RUS", 1, 1, 1, 1, 1.0],
    ]
    assert grouped.frequencies().values.tolist() == [
        ["AFG", 4, 3, 2, 4, 0.5],
        ["RUS", 1, 1, 1, 4, 0.25],
    ]


def test_a_column_named_doc_can_be_a_group(grouped):
    assert grouped.frequencies(by="doc")["doc"].tolist() == ["k", "l", "n"]


def test_a_group_that_the_result_has_itself_or_none_is_refused(grouped):
    for make in (grouped.counts, grouped.frequencies):
        with pytest.raises(ValueError, match=r"by='actor': the result has a column of this name"):
            make(by="actor")
        with pytest.raises(ValueError, match=r"by=\[\]: name at least one column"):
            make(by=[])


def test_a_column_of_lists_is_no_group():
    frame = pd.DataFrame({"text": ["Kabul"] * 2, "tags": ["x", ["y"]]}, index=["p", "q"])
    mentions = Corpus(frame).mentions(Actors({"AFG": ["Kabul"]}))
    for make in (mentions.frequencies, mentions.counts, mentions.cooccur):
        with pytest.raises(TypeError, match=r"by='tags': document 'q' holds \['y'\] \(list\)"):
            make(by="tags")


def test_an_id_with_a_lone_surrogate_is_counted():
    mentions = Corpus(["Russia."]).mentions(Actors({"\ud800": ["Russia"]}))
    assert mentions.frequencies()[["actor", "n_mentions"]].values.tolist() == [["\ud800", 1]]
    assert mentions.counts().columns.tolist() == ["\ud800"]


# ---- dictionaries --------------------------------------------------------------------------------


def test_adding_dictionaries_keeps_opaque_names_and_rules_of_case():
    left = Actors({"A": ["x"], "_opaque": ["Foo"]}, opaque=["Bar"])
    both = left + Actors({"B": ["bb"]}, case="fold", opaque=["Baz"])
    assert both.to_frame()[["actor", "alias", "case"]].values.tolist() == [
        *(["A", "x", "smart"], ["", "Foo", "smart"], ["", "Bar", "smart"]),
        *(["", "Baz", "fold"], ["B", "bb", "fold"]),
    ]


def test_adding_an_alias_again_loses_neither_rule_nor_priority():
    left = Actors({"A": ["bb"], "B": ["cc"]})
    assert (left + left).to_frame()["alias"].tolist() == ["bb", "cc"]
    both = left + Actors({"A": ["bb", {"text": "cc", "priority": 3}]}, case="fold")
    assert both.to_frame()[["actor", "alias", "case", "priority"]].values.tolist() == [
        *(["A", "bb", "smart", 0], ["A", "bb", "fold", 0], ["A", "cc", "fold", 3]),
        ["B", "cc", "smart", 0],
    ]
    raised = left + Actors({"A": [{"text": "bb", "priority": 3}]})
    assert raised.to_frame()[["alias", "priority"]].values.tolist() == [["bb", 3], ["cc", 0]]
    assert len(raised.report) == len(left.report)


@pytest.mark.parametrize("suffix", [".yml", ".csv", ".json"])
@pytest.mark.parametrize("case", ["smart", "exact", "fold", "title"])
def test_a_written_dictionary_keeps_its_rule_of_case(tmp_path, suffix, case):
    actors = Actors({"A": ["x", {"text": "y", "case": "exact"}]}, case=case, opaque=["Foo"])
    actors.write(tmp_path / f"a{suffix}")
    again = Actors.read(tmp_path / f"a{suffix}")
    pd.testing.assert_frame_equal(again.to_frame(), actors.to_frame())
    assert actors.to_frame()["case"].tolist() == [case, "exact", case]


def test_a_smart_dictionary_is_written_without_rules_of_case(tmp_path):
    Actors({"A": ["x"]}).write(tmp_path / "a.yml")
    assert (tmp_path / "a.yml").read_text() == '"A":\n  aliases:\n    - "x"\n'


ODD = [
    *("a\u00a0😀", "a\u200d😀", 'a"\\\u2028b', "\x85a\x7f", "a\ufeff", "\U000e0001a", "a\tb"),
    *("\ufffea", "👨\u200d👩", "é\u0301"),
]


@pytest.mark.parametrize("suffix", [".yml", ".csv", ".json"])
def test_odd_characters_are_written_and_read_again(tmp_path, suffix):
    actors = Actors({"A": ODD, "_opaque": ["Foo"]}, opaque=["Bar"])
    actors.write(tmp_path / f"a{suffix}")
    again = Actors.read(tmp_path / f"a{suffix}").to_frame()
    assert again["alias"].tolist() == [*ODD, "Foo", "Bar"]


@pytest.mark.parametrize("suffix", [".yml", ".csv"])
def test_a_lone_surrogate_is_refused_where_a_file_cannot_hold_it(tmp_path, suffix):
    place = put(tmp_path, f"a{suffix}", "as it was")
    with pytest.raises(ValueError, match=rf"a{suffix}: 'a\\ud800' holds a lone surrogate"):
        Actors({"A": ["a\ud800"]}).write(place)
    assert place.read_text() == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == [place.name]


def test_json_holds_a_lone_surrogate(tmp_path):
    Actors({"A": ["a\ud800", "é"]}).write(tmp_path / "a.json")
    assert Actors.read(tmp_path / "a.json").to_frame()["alias"].tolist() == ["a\ud800", "é"]


@pytest.mark.parametrize(
    ("priority", "words"),
    [
        (2**40, "too large"),
        (float("inf"), "whole number"),
        (float("nan"), "whole number"),
        ([1], "whole number"),
        (1.5, "whole number"),
        ("x", "whole number"),
    ],
)
def test_a_priority_that_is_no_whole_number_is_refused(priority, words):
    with pytest.raises(ValueError, match=f"actor 'A': priority of 'x'.*{words}"):
        Actors({"A": [{"text": "x", "priority": priority}]})


@pytest.mark.parametrize("priority", [3, 3.0, "3", "3.0", np.int64(3)])
def test_a_whole_number_is_a_priority_however_it_comes(priority):
    actors = Actors({"A": [{"text": "x", "priority": priority}]})
    assert actors.to_frame()["priority"].tolist() == [3]


def test_an_alias_listed_twice_has_the_higher_priority():
    aliases = ["Kabul", {"text": "Kabul", "priority": 3}]
    for names in (aliases, aliases[::-1]):
        actors = Actors({"B": [{"text": "Kabul", "priority": 2}], "A": names})
        assert Corpus(["Kabul."]).mentions(actors).to_frame()["actor"].tolist() == ["A"]
        report = actors.report.set_index("kind")
        assert report.loc["repeated", "actor"] == "A"
        assert report.loc["ambiguous", ["actor", "detail"]].tolist() == [
            "B",
            "also an alias of A, which wins",
        ]
    assert "repeated" in check_text(actors)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "actor,alias\nRUS,Russia,Federation\n", r":2: 3 fields, expected 2"),
        ("a.csv", 'actor,alias\nA,"x\nB,y\nC,z\n', r":2: a quotation mark is opened here"),
        ("a.csv", 'actor,alias\nA,x\n\nB,"y"z\n', r":4: .*expected after"),
        ("a.csv", 'actor,alias\nA,"x\ny"\nB,\n', r":4: actor 'B': an alias without text"),
        ("a.yml", "A:\n  - x\n  -\n", r":3: actor 'A': an alias without text"),
        ("a.yml", "A: [x]\nB:\n", r":2: actor 'B' has no aliases"),
        ("a.yml", "A: [x]\nB: y\n", r":2: actor 'B': expected a list of aliases, got one text"),
        ("a.yml", 'A: [x]\nB: ["\x01"]\n', r":2: not YAML: .*control characters"),
        ("a.yml", "A: [x]\n? [a, b]\n: [y]\n", r":2: a key must be a text"),
        ("a.yml", "[" * 600 + "]" * 600, r":1: nested more than 20 deep"),
        ("a.json", "[" * 100_000, r":1: nested too deep"),
        ("a.json", '{"A":' * 600 + "[]" + "}" * 600, r":1: nested (more than 20|too) deep"),
        ("a.json", '{"A":' * 25 + '["x"]' + "}" * 25, r":1: nested more than 20 deep"),
    ],
)
def test_what_is_wrong_with_a_dictionary_is_named_with_its_line(tmp_path, name, content, words):
    place = put(tmp_path, name, content)
    with pytest.raises((ValueError, TypeError), match=name.replace(".", r"\.") + words):
        Actors.read(place)


def test_a_short_row_of_a_dictionary_ends_in_empty_fields(tmp_path):
    place = put(tmp_path, "a.csv", "actor,alias,label\nA,x\n")
    assert Actors.read(place).labels == {"A": "A"}


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_line(tmp_path):
    place = put(tmp_path, "a.csv", 'text\nfine\n"a\nb\n')
    with pytest.raises(ValueError, match=r"a\.csv:3: a quotation mark is opened here"):
        Corpus.read(place)


# ---- names, words, command line ------------------------------------------------------------------


def test_the_tail_of_a_path_is_as_short_as_it_can_be():
    paths = ["/t/a/x.txt", "/t/b/x.txt", "/t/only.txt", "/u/c/a/x.txt"]
    tails = unique_tails([pathlib.Path(path) for path in paths])
    assert tails == ["t/a/x.txt", "b/x.txt", "only.txt", "c/a/x.txt"]
    assert unique_tails([pathlib.Path("/t/x.txt")]) == ["x.txt"]


def test_words_have_their_plural():
    nouns = ["document", "category", "day", "alias", "index", "match"]
    assert [plural(2, noun) for noun in nouns] == [
        *("2 documents", "2 categories", "2 days", "2 aliases", "2 indexes", "2 matches"),
    ]
    assert plural(1, "category") == "1 category"


def test_a_folder_of_actors_is_called_one(tmp_path, capsys):
    put(tmp_path, "a.txt", "Russia.")
    assert main(["mentions", str(tmp_path / "a.txt"), "--actors", str(tmp_path)]) == 1
    assert "is a folder, expected a file" in capsys.readouterr().err


def test_the_command_line_takes_encodings_and_formats_of_dates(tmp_path, capsys):
    (tmp_path / "a.csv").write_bytes("text,day\nMünchen waits.,31.12.2021\n".encode("latin-1"))
    arguments = ["kwic", "München", str(tmp_path / "a.csv"), "--date", "day"]
    assert main(arguments) == 1
    assert main([*arguments, "--encoding", "latin-1"]) == 1
    assert "--date-format" in capsys.readouterr().err
    assert main([*arguments, "--encoding", "latin-1", "--date-format", "%d.%m.%Y"]) == 0
    assert "0,0,0,7,,München, waits." in capsys.readouterr().out
