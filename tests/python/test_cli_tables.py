"""The commands that write a table: columns, formats, places, refusals."""

import io
import json

import pandas as pd
import pytest

from coactor.cli import main

NOTES = "id,text\nn1,Russia warned the U.S. envoy. He left.\nn2,\nn3,Iran thanked Russia – twice.\n"
COMMANDS = ["tokens", "mentions", "pairs", "tone"]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.csv").write_text(NOTES, encoding="utf-8")
    (tmp_path / "actors.yml").write_text("RUS: [Russia]\nUSA: [U.S.]\nIRN: [Iran]\n")
    (tmp_path / "lexicon.csv").write_text("pattern,weight\nwarned,-1\nthanked,1\n")
    return tmp_path


def table(capsysbinary, *arguments):
    """Run a command; return what it prints as a table."""
    assert main([*arguments, "notes.csv", "--id", "id"]) == 0
    said = capsysbinary.readouterr()
    assert said.err == b""
    return pd.read_csv(io.BytesIO(said.out), keep_default_na=False)


def test_tokens_are_rows_with_their_sentences(capsysbinary):
    found = table(capsysbinary, "tokens")
    assert list(found) == ["doc", "sentence", "token", "type", "kind", "start", "end"]
    first = found[found["doc"] == "n1"]
    assert list(first["type"]) == [
        *("Russia", "warned", "the", "U.S.", "envoy", "."),
        *("He", "left", "."),
    ]
    assert list(first["sentence"]) == [0] * 6 + [1] * 3
    assert list(first["token"]) == list(range(9))
    assert set(found["doc"]) == {"n1", "n3"}
    assert list(found[found["doc"] == "n3"]["sentence"]) == [0] * 6


def test_tokens_can_be_the_segments_of_uax29(capsysbinary):
    found = table(capsysbinary, "tokens", "--mode", "uax29")
    assert list(found["type"][:4]) == ["Russia", " ", "warned", " "]
    assert list(found["kind"][:2]) == ["word", "space"]


def test_mentions_pairs_and_tone_are_those_of_the_dictionary(capsysbinary):
    mentions = table(capsysbinary, "mentions", "--actors", "actors.yml")
    assert list(mentions["actor"]) == ["RUS", "USA", "IRN", "RUS"]
    assert list(mentions["doc"]) == ["n1", "n1", "n3", "n3"]
    pairs = table(capsysbinary, "pairs", "--actors", "actors.yml", "--unit", "document")
    assert pairs[["a", "b", "count"]].values.tolist() == [["RUS", "IRN", 1], ["RUS", "USA", 1]]
    tone = table(capsysbinary, "tone", "--lexicon", "lexicon.csv")
    assert list(tone["doc"]) == ["n1", "n2", "n3"]
    assert list(tone["score"]) == ["-1.0", "", "1.0"]
    sentences = table(capsysbinary, "tone", "--lexicon", "lexicon.csv", "--unit", "sentence")
    assert list(sentences["doc"]) == ["n1", "n1", "n3"]


@pytest.mark.parametrize("command", COMMANDS)
def test_json_lines_and_parquet_hold_what_csv_holds(command, folder):
    for name in ("out.csv", "out.jsonl", "out.parquet"):
        assert main([command, "notes.csv", "-o", name]) == 0
    csv = pd.read_csv("out.csv", keep_default_na=False)
    lines = [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]
    parquet = pd.read_parquet("out.parquet")
    assert list(parquet) == list(csv)
    assert len(lines) == len(parquet) == len(csv) > 0
    assert [list(line) for line in lines] == [list(csv)] * len(csv)
    label = next(iter(csv))
    assert [line[label] for line in lines] == csv[label].tolist() == parquet[label].tolist()
    assert sorted(path.name for path in folder.iterdir() if path.name.endswith(".tmp")) == []


def test_the_format_can_be_said_where_the_suffix_is_silent(folder, capsys):
    assert main(["tokens", "notes.csv", "-o", "out.txt"]) == 1
    assert "out.txt: its suffix is none of a table" in capsys.readouterr().err
    assert not (folder / "out.txt").exists()
    assert main(["tokens", "notes.csv", "-o", "out.txt", "--format", "jsonl"]) == 0
    assert json.loads((folder / "out.txt").read_text("utf-8").splitlines()[0])["type"] == "Russia"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_table_is_not_written_over_what_is_read(command, folder, capsys):
    before = (folder / "notes.csv").read_bytes()
    assert main([command, "notes.csv", "-o", "notes.csv"]) == 1
    assert "notes.csv is read or written already" in capsys.readouterr().err
    assert (folder / "notes.csv").read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_missing_file_is_named_and_nothing_is_written(command, folder, capsys):
    assert main([command, "nowhere.csv", "-o", "out.csv"]) == 1
    assert "nowhere.csv" in capsys.readouterr().err
    assert not (folder / "out.csv").exists()


def test_an_unknown_format_or_mode_is_wrong_usage(capsys):
    assert main(["tokens", "notes.csv", "--format", "xls"]) == 2
    assert main(["tokens", "notes.csv", "--mode", "tweets"]) == 2
    assert "'news'" in capsys.readouterr().err


# ---- groups, quotes, tests -----------------------------------------------------------------------

DATED = (
    "id,day,outlet,text\n"
    "n1,1962-10-14,A,Russia warned Iran. He left.\n"
    "n2,1962-10-20,B,Iran thanked Russia. Iran waited.\n"
    "n3,1962-11-02,A,“Russia warned Iran and will do so again” was all. Iran thanked Russia.\n"
    "n4,,B,\n"
)


@pytest.fixture
def dated(folder):
    (folder / "notes.csv").write_text(DATED, encoding="utf-8")
    return ["--actors", "actors.yml"]


def test_mentions_by_month_are_frequencies(capsysbinary, dated):
    found = table(capsysbinary, "mentions", *dated, "--date", "day", "--by", "month")
    assert list(found)[:3] == ["month", "actor", "n_mentions"]
    assert found[["month", "actor", "n_mentions", "n_docs"]].values.tolist() == [
        ["1962-10-01", "IRN", 3, 2],
        ["1962-10-01", "RUS", 2, 2],
        ["1962-11-01", "IRN", 2, 1],
        ["1962-11-01", "RUS", 2, 1],
    ]


def test_pairs_are_counted_in_groups_of_columns_and_periods(capsysbinary, dated):
    found = table(capsysbinary, "pairs", *dated, "--date", "day", "--by", "year,outlet")
    assert found[["year", "outlet", "a", "b", "count"]].values.tolist() == [
        ["1962-01-01", "A", "RUS", "IRN", 3],
        ["1962-01-01", "B", "RUS", "IRN", 1],
    ]


@pytest.mark.parametrize(("quotes", "n"), [("keep", 9), ("drop", 7), ("only", 2)])
def test_quoted_speech_is_kept_dropped_or_alone(capsysbinary, dated, quotes, n):
    assert len(table(capsysbinary, "mentions", *dated, "--quotes", quotes)) == n
    pairs = table(capsysbinary, "pairs", *dated, "--quotes", quotes)
    assert pairs["count"].tolist() == [{"keep": 4, "drop": 3, "only": 1}[quotes]]
    tone = table(capsysbinary, "tone", "--lexicon", "lexicon.csv", "--quotes", quotes)
    assert tone["hits"].tolist()[2] == {"keep": 2, "drop": 1, "only": 1}[quotes]


def test_pairs_can_be_tested(capsysbinary, dated):
    assert main(["pairs", *dated, "--test", "notes.csv", "--id", "id"]) == 0
    said = capsysbinary.readouterr()
    assert b"coactor: this test rests on " in said.err and said.err.count(b"\n") == 1
    found = pd.read_csv(io.BytesIO(said.out))
    assert list(found) == ["a", "b", "count", "expected", "n_docs", "z", "p", "q", "flag"]


def test_pairs_can_be_of_what_actors_roll_up_to(capsysbinary, folder):
    names = "RUS: [Russia]\nUSA: {parent: RUS, aliases: [U.S.]}\nIRN: [Iran]\n"
    (folder / "people.yml").write_text(names)
    for rollup, pairs in (((), 2), (("--rollup", "parent"), 1), (("--rollup", "3"), 1)):
        found = table(
            capsysbinary, "pairs", "--actors", "people.yml", "--unit", "document", *rollup
        )
        assert len(found) == pairs


def test_tone_of_groups_counts_documents_by_the_sign_of_their_tone(capsysbinary, dated):
    how = ["--lexicon", "lexicon.csv", "--date", "day"]
    found = table(capsysbinary, "tone", *how, "--by", "month")
    assert list(found) == ["month", "n", "n_scored", "negative", "neutral", "positive", "tone"]
    assert found.values.tolist() == [
        ["1962-10-01", 2, 2, 1, 0, 1, 0.0],
        ["1962-11-01", 1, 1, 0, 1, 0, 0.0],
    ]  # n4 has no text
    sentences = table(capsysbinary, "tone", *how, "--by", "outlet", "--unit", "sentence")
    assert sentences[
        ["outlet", "n", "n_scored", "negative", "neutral", "positive"]
    ].values.tolist() == [
        ["A", 4, 3, 2, 1, 1],
        ["B", 2, 1, 0, 1, 1],
    ]


def test_tone_of_groups_adds_up_the_words_of_categories(capsysbinary, dated, folder):
    (folder / "cats.csv").write_text("pattern,category\nwarned,threat\nthanked,praise\n")
    found = table(capsysbinary, "tone", "--lexicon", "cats.csv", "--by", "outlet")
    assert found[["outlet", "threat", "praise"]].values.tolist() == [["A", 2, 1], ["B", 0, 1]]


def test_names_of_a_dictionary_can_be_kept_out_of_tone(capsysbinary, folder):
    (folder / "lexicon.csv").write_text("pattern,weight\nrussia,1\nwarned,-1\n")
    alone = table(capsysbinary, "tone", "--lexicon", "lexicon.csv")
    masked = table(capsysbinary, "tone", "--lexicon", "lexicon.csv", "--actors", "actors.yml")
    assert alone["score"].tolist()[0] == "0.0" and masked["score"].tolist()[0] == "-1.0"


def test_dictionaries_are_joined_and_the_starter_has_a_name(capsysbinary, folder):
    (folder / "mine.yml").write_text("ENVOY: [envoy]\n")
    both = table(capsysbinary, "mentions", "--actors", "world", "--actors", "mine.yml")
    assert set(both["actor"]) == {"RUS", "USA", "IRN", "ENVOY"}
    assert set(table(capsysbinary, "mentions", "--actors", "mine.yml")["actor"]) == {"ENVOY"}
    (folder / "world").write_text("no dictionary")
    assert main(["mentions", "notes.csv", "--actors", "world"]) == 1


def test_a_group_that_needs_dates_asks_for_the_option(capsys):
    assert main(["pairs", "notes.csv", "--by", "month"]) == 1
    said = capsys.readouterr().err
    assert said == "coactor: error: --by 'month' needs dates; name their column with --date\n"


# ---- in context ----------------------------------------------------------------------------------


def test_kwic_shows_a_phrase_an_actor_or_a_pair(capsysbinary):
    phrase = table(capsysbinary, "kwic", "warned")
    assert list(phrase) == ["doc", "sentence", "start", "end", "left", "match", "right"]
    actor = table(capsysbinary, "kwic", "RUS", "--actors", "actors.yml", "--window", "1")
    assert actor[["left", "match", "alias"]].values.tolist() == [
        ["", "Russia", "Russia"],
        ["thanked ", "Russia", "Russia"],
    ]
    pair = table(capsysbinary, "kwic", "RUS, USA", "--actors", "actors.yml")
    assert pair[["first", "middle", "second"]].values.tolist() == [
        ["Russia", " warned the ", "U.S."]
    ]
    drawn = table(capsysbinary, "kwic", "RUS", "--actors", "actors.yml", "--sample", "1")
    again = table(capsysbinary, "kwic", "RUS", "--actors", "actors.yml", "--sample", "1")
    assert len(drawn) == 1 and drawn.equals(again)


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        (
            "XXX",
            "'XXX' is not in the dictionary; its ids are 'RUS', 'USA', 'IRN'; words that name no "
            "actor are found by corpus.kwic",
        ),
        ("RUS,XXX", "'XXX' is not among the actors: 'RUS', 'USA', 'IRN'"),
        ("RUS,RUS", "a and b are both 'RUS'; a pair needs two actors"),
        ("A,B,C", "'A,B,C': with --actors give an actor, or two as RUS,TALIBAN"),
    ],
)
def test_an_actor_who_is_not_there_is_named(capsys, phrase, words):
    assert main(["kwic", phrase, "notes.csv", "--actors", "actors.yml"]) == 1
    assert capsys.readouterr().err == f"coactor: error: {words}\n"


# ---- standard input ------------------------------------------------------------------------------


class Input:
    """Standard input with bytes in it."""

    def __init__(self, content):
        self.buffer = io.BytesIO(content)


@pytest.mark.parametrize(
    ("content", "docs"),
    [
        (NOTES.encode(), ["0", "0", "2", "2"]),
        (b"\xef\xbb\xbf" + NOTES.encode(), ["0", "0", "2", "2"]),
        (b'"text"\r\n"Russia, Iran"\r\n', ["0", "0"]),
        (b'{"text": "Russia met Iran."}\n{"text": null}\n', ["0", "0"]),
        (b"Russia met Iran.\nThe text, said he, is out.", ["stdin.txt", "stdin.txt"]),
        (b"", []),
    ],
)
def test_standard_input_is_read_as_what_it_holds(capsysbinary, monkeypatch, content, docs):
    monkeypatch.setattr("sys.stdin", Input(content))
    assert main(["mentions", "-", "--actors", "actors.yml"]) == 0
    found = pd.read_csv(io.BytesIO(capsysbinary.readouterr().out), dtype=str)
    assert found["doc"].tolist() == docs


def test_standard_input_can_be_parquet(capsysbinary, monkeypatch):
    file = io.BytesIO()
    pd.DataFrame({"text": ["Russia met Iran."]}).to_parquet(file)
    monkeypatch.setattr("sys.stdin", Input(file.getvalue()))
    assert main(["mentions", "-", "--actors", "actors.yml"]) == 0
    assert capsysbinary.readouterr().out.count(b"\n") == 3


@pytest.mark.parametrize(
    ("content", "arguments", "words"),
    [
        (b"caf\xe9", ["-"], "byte 3 is not utf-8; is this a text file? give --enc"),
        (b'text\n"open', ["-"], "standard input:2: a quotation mark is opened here"),
        (b'{"a": 1}', ["-"], "standard input: no column 'text'; the columns are 'a'"),
        (b"text", ["-", "-"], "- stands for standard input, which can be read only once"),
    ],
)
def test_what_is_wrong_with_standard_input_is_said(capsys, monkeypatch, content, arguments, words):
    monkeypatch.setattr("sys.stdin", Input(content))
    assert main(["mentions", *arguments]) == 1
    assert words in capsys.readouterr().err


def test_standard_input_that_is_closed_is_said(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    assert main(["mentions", "-"]) == 1
    assert "standard input, which is closed" in capsys.readouterr().err


# ---- CSV that a spreadsheet opens ----------------------------------------------------------------


def test_a_formula_gets_an_apostrophe_and_the_count_is_said(capsysbinary, folder):
    rows = "id,text\n=cmd|' /C calc'!A0,Russia.\n@SUM(1),Iran.\n-5,Russia.\nn4,Iran – 3.\n"
    (folder / "notes.csv").write_text(rows, encoding="utf-8")
    assert main(["mentions", "notes.csv", "--id", "id", "--actors", "actors.yml"]) == 0
    said = capsysbinary.readouterr()
    found = pd.read_csv(io.BytesIO(said.out), dtype=str)
    assert found["doc"].tolist() == ["'=cmd|' /C calc'!A0", "'@SUM(1)", "-5", "n4"]
    assert said.err.startswith(b"coactor: 2 cells begin with an apostrophe")
    assert main(["mentions", "notes.csv", "--id", "id", "--format", "jsonl"]) == 0
    said = capsysbinary.readouterr()
    assert json.loads(said.out.splitlines()[0])["doc"] == "=cmd|' /C calc'!A0" and said.err == b""


def test_a_column_name_that_is_a_formula_gets_one_too(capsysbinary, folder):
    (folder / "cats.csv").write_text("pattern,category\nwarned,=threat()\n")
    found = table(capsysbinary, "tone", "--lexicon", "cats.csv")
    assert list(found) == ["doc", "'=threat()", "words"]


# ---- one set of options for every command --------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "unused"),
    [
        (["mentions"], "--lexicon, --unit"),
        (["pairs"], "--lexicon"),
        (["tone"], ""),
        (["tokens"], "--by, --actors, --lexicon, --unit, --quotes"),
        (["kwic", "RUS"], "--by, --lexicon"),
        (["report"], "--format"),
    ],
)
def test_every_command_takes_the_common_options_and_says_which_it_has_no_use_for(
    command, unused, dated, capsys
):
    common = ["--text", "text", "--id", "id", "--date", "day", "--by", "outlet", *dated]
    common += ["--lexicon", "lexicon.csv", "--unit", "sentence", "--quotes", "keep"]
    common += ["--format", "csv", "--threads", "1", "--seed", "0"]
    assert main([*command, "notes.csv", *common, "-o", "out.csv"]) == 0
    said = capsys.readouterr().err.splitlines()[-1:]
    note = f"coactor: {command[0]} has no use for {unused}"
    assert (said == [note]) if unused else (said == [])


def test_an_option_without_use_is_still_checked(capsys):
    assert main(["tokens", "notes.csv", "--unit", "page"]) == 2
    assert "invalid choice: 'page'" in capsys.readouterr().err


def test_context_can_leave_quoted_speech_out(capsysbinary, dated):
    found = [
        len(table(capsysbinary, "kwic", "RUS", *dated, "--quotes", how))
        for how in ("keep", "drop", "only")
    ]
    assert found == [4, 3, 1]


def test_the_starter_dictionary_can_be_checked_by_its_name(capsys):
    assert main(["actors", "check", "world"]) == 0
    assert capsys.readouterr().out.startswith("world: Actors(")


@pytest.mark.parametrize("option", ["-o", "--actors"])
def test_an_empty_name_of_a_file_is_wrong_usage(option, capsys):
    assert main(["mentions", "notes.csv", option, ""]) == 2
    assert "a name is empty" in capsys.readouterr().err
    assert main(["mentions", ""]) == 2


def test_a_folder_to_write_to_is_called_one(folder, capsys):
    assert main(["mentions", "notes.csv", "-o", str(folder)]) == 1
    assert "is a folder; name the file to write" in capsys.readouterr().err


def test_standard_input_is_a_table_where_an_option_names_a_column(capsys, monkeypatch):
    for option in (["--id", "id"], ["--date", "day"], ["--text", "story"]):
        monkeypatch.setattr("sys.stdin", Input(b"id,day,body\n1,2021-01-01,Russia\n"))
        assert main(["mentions", "-", *option]) == 1
        assert "the columns are 'id', 'day', 'body'" in capsys.readouterr().err
