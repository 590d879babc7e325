"""The command line: where data and messages go, exit statuses, and refusals before any work."""

import subprocess
import sys

import pandas as pd
import pytest

from coactor.cli import main

NOTES = "id,date,text\nn1,1962-10-14,Russia warned the United States.\nn2,,Iran thanked Russia.\n"
ACTORS = "RUS: [Russia]\nUSA: [United States]\nIRN: [Iran]\n"
TABLES = ["actors.csv", "documents.csv", "mentions.csv", "pairs.csv", "tone.csv"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to work in, with a corpus and a dictionary."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.csv").write_text(NOTES, encoding="utf-8")
    (tmp_path / "actors.yml").write_text(ACTORS, encoding="utf-8")
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_report_and_its_tables_are_written(folder, capsys):
    status = main(
        ["report", "notes.csv", "--id", "id", "--date", "date", "-o", "page.html", "--tables", "t"]
    )
    said = capsys.readouterr()
    assert status == 0
    assert said.out == ""
    assert "2 documents" in said.err and "page.html" in said.err and "tables in t" in said.err
    assert (folder / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert names(folder / "t") == TABLES
    assert pd.read_csv(folder / "t" / "documents.csv")["doc"].tolist() == ["n1", "n2"]


def test_a_missing_file_fails_with_its_name_and_leaves_nothing(folder, capsys):
    before = names(folder)
    assert main(["report", "missing.csv", "-o", "page.html", "--tables", "t"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "coactor: error: missing.csv: no such file or folder\n"
    assert names(folder) == before


def test_python_m_coactor_is_the_command_line(folder):
    done = subprocess.run(
        [sys.executable, "-m", "coactor", "report", "notes.csv", "-o", "-"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.startswith(b"<!DOCTYPE html>") and done.stdout.endswith(b"</html>")
    assert b"2 documents" in done.stderr
