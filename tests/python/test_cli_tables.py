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
