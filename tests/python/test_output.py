"""CSV that no spreadsheet takes for a program, and from which the data come back."""

import io
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coactor._output import csv_text, protected, write_table

RISKY = re.compile("[=+\\-@\t\r\n＝＋－＠]")


def read_back(text):
    """Undo what `protected` did, as its module says: take one apostrophe away."""
    return text[1:] if re.match("'+[=+\\-@\t\r\n＝＋－＠](?=.)", text, re.S) else text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd",
        "-cmd|x",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "=",
        "--",
        "-1-1",
        "+1+1",
    ],
)
def test_what_looks_like_a_formula_does_not_begin_like_one(text):
    assert len(text) == 1 or protected(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "-", "+", "-5", "+5.5", "-1e-9", "-.5", "a=1", "'quoted'", "–5"]
)
def test_signs_numbers_and_other_texts_stay_as_they_are(text):
    assert protected(text) == text


@given(st.text(alphabet="'=+-@\t\r\n＝1e.a", max_size=6))
def test_the_text_comes_back_and_is_no_formula(text):
    written = protected(text)
    assert read_back(written) == text
    if len(written) > 1 and RISKY.match(written):
        float(written)  # a number


@given(st.lists(st.text(alphabet="'=+-@1a,\"\n;", max_size=5), max_size=8))
def test_every_cell_of_a_table_comes_back(texts):
    frame = pd.DataFrame({"=name": texts, "n": [-1.5] * len(texts)}, dtype=object)
    read = pd.read_csv(io.StringIO(csv_text(frame)), dtype=str, keep_default_na=False)
    assert list(read) == ["'=name", "n"]
    assert [read_back(cell) for cell in read["'=name"]] == texts
    assert set(read["n"]) <= {"-1.5"}


@pytest.mark.parametrize("dtype", ["str", "object", "category", "string[pyarrow]"])
def test_every_kind_of_column_is_protected(dtype):
    column = pd.Series(["=1+1", None, "b", "=1+1"], dtype=dtype)
    assert csv_text(pd.DataFrame({"a": column})) == "a\n'=1+1\n\"\"\nb\n'=1+1\n"


def test_cells_that_are_no_text_stay_as_they_are():
    frame = pd.DataFrame({"a": [["=1"], -3, None, "=1+1"]})
    assert csv_text(frame) == "a\n['=1']\n-3\n\"\"\n'=1+1\n"


def test_two_columns_of_one_name_are_written_both():
    frame = pd.DataFrame([["=1+1", "b"]], columns=["a", "a"])
    assert csv_text(frame) == "a,a\n'=1+1,b\n"


def test_the_frame_that_is_written_is_not_changed():
    frame = pd.DataFrame({"a": ["=1+1"]})
    csv_text(frame)
    assert frame["a"].tolist() == ["=1+1"] and list(frame) == ["a"]


def test_how_many_cells_were_changed_is_told(tmp_path):
    frame = pd.DataFrame({"a": ["=1+1", "b", "=1+1"], "b": ["@x", "", "-1"]})
    assert write_table(frame, str(tmp_path / "a.csv"), "csv") == 3
    assert write_table(frame, str(tmp_path / "a.jsonl"), "jsonl") == 0
    assert pd.read_json(tmp_path / "a.jsonl", lines=True)["a"].tolist() == ["=1+1", "b", "=1+1"]
