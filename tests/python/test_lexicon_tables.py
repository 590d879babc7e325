"""Lexicons: how they are read, and what is said of bad ones."""

import importlib.util
import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coactor import Lexicon, score

WEIGHTS = {"support*": 1.0, "attack": -1, "wage war": -0.5, "U.S.-led": 0.25}
CATEGORIES = {"war": ["attack*", "raid"], "peace": ["truce", "peace talks"]}


def put(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: Lexicon(WEIGHTS),
        lambda folder: Lexicon(
            pd.DataFrame({"pattern": list(WEIGHTS), "weight": list(WEIGHTS.values())})
        ),
        lambda folder: Lexicon.read(
            put(
                folder,
                "a.csv",
                "pattern,weight\nsupport*,1\nattack,-1.0\nwage war,-5e-1\n U.S.-led ,.25\n",
            )
        ),
        lambda folder: Lexicon.read(
            put(
                folder,
                "a.txt",
                "\ufeffnote,weight,pattern\r\nx,1,support*\r\n,-1,attack\r\n"
                ',-.5,"wage war"\r\n,.25,U.S.-led\r\n',
            ),
            format="csv",
        ),
    ],
    ids=["dict", "frame", "csv", "csv_with_more_columns"],
)
def test_every_source_gives_the_same_lexicon(tmp_path, make):
    lexicon = make(tmp_path)
    frame = lexicon.to_frame()
    assert list(frame) == ["pattern", "weight", "kind"]
    assert frame.values.tolist() == [
        ["support*", 1.0, "glob"],
        ["attack", -1.0, "word"],
        ["wage war", -0.5, "phrase"],
        ["U.S.-led", 0.25, "word"],
    ]
    assert [str(dtype) for dtype in frame.dtypes] == ["str", "float64", "str"]
    assert len(lexicon) == 4
    assert repr(lexicon) == "Lexicon(4 patterns with weights, rule mean)"
    assert lexicon.config["hash"] == Lexicon(WEIGHTS).config["hash"]
    assert set(lexicon.report["kind"]) <= {"entries"}
    assert list(lexicon.report) == ["kind", "pattern", "line", "detail"]
    assert lexicon.report["line"].dtype == np.int64


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: Lexicon(CATEGORIES),
        lambda folder: Lexicon(
            pd.DataFrame(
                [(p, category) for category, ps in CATEGORIES.items() for p in ps],
                columns=["pattern", "category"],
            )
        ),
        lambda folder: Lexicon.read(
            put(
                folder,
                "a.csv",
                "pattern,category\nattack*,war\nraid,war\ntruce,peace\npeace talks,peace\n",
            )
        ),
    ],
    ids=["dict", "frame", "csv"],
)
def test_every_source_gives_the_same_categories(tmp_path, make):
    lexicon = make(tmp_path)
    frame = lexicon.to_frame()
    assert list(frame) == ["pattern", "category", "kind"]
    assert frame.values.tolist() == [
        ["attack*", "war", "glob"],
        ["raid", "war", "word"],
        ["truce", "peace", "word"],
        ["peace talks", "peace", "phrase"],
    ]
    assert lexicon.categories == ["war", "peace"]
    assert lexicon.config["hash"] == Lexicon(CATEGORIES).config["hash"]
    assert repr(lexicon) == "Lexicon(4 patterns in 2 categories, rule mean)"


def test_the_hash_is_that_of_the_content():
    hashes = {
        Lexicon(table).config["hash"]
        for table in (
            *[{"a": 1}, {"a": 2}, {"b": 1}, {"a": 1, "b": 1}, {"b": 1, "a": 1}],
            *[{"x": ["a"], "y": ["b"]}, {"x": ["b"], "y": ["a"]}],
        )
    }
    assert len(hashes) == 7
    assert Lexicon({"a": 1}, negation=False).config["hash"] in hashes


BAD = {
    "empty": ({}, ValueError, ["table", "empty"]),
    "empty_category": ({"war": []}, ValueError, ["table", "empty"]),
    "text": ({"attack": "bad"}, TypeError, ["'attack'", "number or a list", "'bad'"]),
    "none": ({"attack": None}, ValueError, ["'attack'", "None", "not a number"]),
    "nan": ({"attack": float("nan")}, ValueError, ["'attack'", "not finite"]),
    "infinite": ({"attack": float("-inf")}, ValueError, ["'attack'", "not finite"]),
    "mixed": ({"attack": 1, "war": ["raid"]}, ValueError, ["mixes weights and categories"]),
    "blank": ({" ": 1}, ValueError, ["' '", "no pattern"]),
    "blank_in_category": ({"war": ["raid", ""]}, ValueError, ["category 'war'", "no pattern"]),
    "number": ({5: 1}, ValueError, ["5", "no pattern"]),
    "number_in_category": ({"war": [5]}, ValueError, ["category 'war'", "5"]),
    "list": (["attack"], TypeError, ["table", "a dict or a DataFrame, got list"]),
    "twice": (
        pd.DataFrame({"pattern": ["raid", "raid"], "weight": [1, 2]}),
        ValueError,
        ["table:1", "'raid'", "weight 2 here and 1 before"],
    ),
    "columns": (pd.DataFrame({"word": ["raid"]}), ValueError, ["pattern and weight", "'word'"]),
    "both": (
        pd.DataFrame({"pattern": ["raid"], "weight": [1], "category": ["x"]}),
        ValueError,
        ["or pattern and category"],
    ),
    "missing_weight": (
        pd.DataFrame({"pattern": ["raid", "truce"], "weight": [1, None]}),
        ValueError,
        ["table:1", "'truce'", "not a number"],
    ),
    "missing_pattern": (
        pd.DataFrame({"pattern": ["raid", np.nan], "weight": [1, 2]}),
        ValueError,
        ["table:1", "no pattern"],
    ),
}


@pytest.mark.parametrize("name", list(BAD))
def test_a_bad_table_is_an_error_that_names_the_pattern(name):
    table, kind, words = BAD[name]
    with pytest.raises(kind) as error:
        Lexicon(table)
    for word in words:
        assert word in str(error.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, ["pattern and weight", "none"]),
        ("pattern\nraid\n", None, ["the columns are 'pattern'"]),
        ("pattern,weight\n", None, ["empty"]),
        ("pattern,weight\nraid,-1\ntruce,good\n", 3, ["'truce'", "'good'", "not a number"]),
        ("pattern,weight\nraid\n", 2, ["'raid'", "not a number"]),
        ("pattern,weight\nraid,-1\n,1\n", 3, ["no pattern"]),
        ("pattern,weight\nraid,nan\n", 2, ["not finite"]),
        ("pattern,category\nraid,\n", 2, ["'raid'", "no category"]),
    ],
)
def test_a_bad_file_is_an_error_with_its_line(tmp_path, text, line, words):
    path = put(tmp_path, "a.csv", text)
    with pytest.raises(ValueError) as error:
        Lexicon.read(path)
    message = str(error.value)
    if line:
        assert message.startswith(f"{path}:{line}: ")
    for word in words:
        assert word in message


def test_bad_options_are_named(tmp_path):
    for options, words in (
        ({"rule": "median"}, ["rule='median'", "'mean'"]),
        ({"threshold": -0.1}, ["threshold", "-0.1"]),
        ({"threshold": float("nan")}, ["threshold", "nan"]),
    ):
        with pytest.raises(ValueError) as error:
            Lexicon(WEIGHTS, **options)
        for word in words:
            assert word in str(error.value)
    with pytest.raises(ValueError, match=r"scale='evaluation'.*'relation'"):
        Lexicon.conflict(scale="evaluation")
    with pytest.raises(ValueError, match=r"unknown format"):
        Lexicon.read(put(tmp_path, "a.xls", "x"))
    with pytest.raises(TypeError, match="lexicon: expected Lexicon, got dict"):
        score(["x"], WEIGHTS)


def test_the_report_lists_what_matches_nothing_or_twice():
    lexicon = Lexicon({"-": 1, "wage war": -1, "x " * 65: 1, "wage  war": -1})
    assert lexicon.report[["kind", "pattern"]].values.tolist() == [
        ["empty", "-"],
        ["too_long", ("x " * 65).strip()],
    ]
    assert repr(lexicon).endswith("; 2 problems, see .report)")
    assert score(["They wage war."], lexicon)["score"][0] == -1


# ---- patterns ------------------------------------------------------------------------------------

# pattern, texts that it hits, texts that it does not hit
PATTERNS = [
    (
        "attack",
        ["attack", "Attack", "ATTACK", "counter-attack", "attack’s"],
        ["attacks", "at tack"],
    ),
    ("attack*", ["attack", "attacks", "Attacking", "ATTACKED"], ["attac", "counterattack"]),
    ("*attack", ["attack", "counterattack", "Re-attack"], ["attacks"]),
    ("*attack*", ["counterattacks", "attack"], ["attac"]),
    ("a*k", ["attack", "ak", "AbacK"], ["attacks", "a k"]),
    ("d*b*e", ["debate", "double", "dbe"], ["deb", "bde"]),
    ("wage war", ["wage war", "Wage  War", "wage\nwar", "wage-war"], ["wage a war", "wage, war"]),
    ("wag* war*", ["waged war", "waging wars"], ["waged a war"]),
    ("cease-fire", ["cease-fire", "cease fire", "cease–fire"], ["ceasefire"]),
    ("don't", ["don’t", "Don't"], ["dont", "do not"]),
    ("naïve", ["naïve", "NAÏVE"], ["naive"]),
    ("U.S.", ["U.S.", "u.s", "U.S"], ["US"]),
    ("9/11", ["9/11"], ["9/12"]),
    ("c++", ["c++"], ["c"]),
]


@pytest.mark.parametrize(("pattern", "good", "bad"), PATTERNS)
def test_a_pattern_hits_words_phrases_and_globs_in_any_case(pattern, good, bad):
    lexicon = Lexicon({pattern: 1}, negation=False)
    for text in good:
        assert score([f"so {text} now"], lexicon)["hits"][0] == 1, text
    for text in bad:
        assert score([f"so {text} now"], lexicon)["hits"][0] == 0, text


def test_the_longest_pattern_wins_and_hits_do_not_overlap():
    lexicon = Lexicon({"war": -1, "war crime": -2, "crime": -0.5, "war*": -0.25})
    assert score(["war crime war wars crime"], lexicon)["score"][0] == -2 - 1 - 0.25 - 0.5


# ---- the lexicon of conflict ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def conflict():
    return Lexicon.conflict()


def test_the_lexicon_of_conflict_has_many_words_of_both_signs_and_no_problems(conflict):
    frame = conflict.to_frame()
    assert len(frame) >= 300
    assert len(conflict.report) == 0
    assert not frame["pattern"].str.lower().duplicated().any()
    assert frame["weight"].between(-1, 1).all() and (frame["weight"] != 0).all()
    assert (frame["weight"] > 0).sum() >= 100 and (frame["weight"] < 0).sum() >= 100
    assert frame["pattern"].map(lambda text: bool(re.fullmatch(r"[a-zé][a-zé' -]*", text))).all()
    assert conflict.threshold > 0
    assert conflict.config["threshold"] == conflict.threshold
    assert conflict.config["name"] == "conflict (relation)"


def test_every_word_of_the_lexicon_of_conflict_hits_itself(conflict):
    frame = conflict.to_frame()
    scores = score("They " + frame["pattern"] + " them", Lexicon.conflict())
    assert (scores["hits"] >= 1).all()
    single = frame["kind"] == "word"
    assert (scores["score"][single] == frame["weight"][single]).all()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The army invaded its neighbour.", -1),
        ("Troops shelled the town and killed civilians.", -1),
        ("The two governments signed a peace treaty.", 1),
        ("They agreed to cooperate on trade.", 1),
        ("He condemned the attack.", -1),
        ("The ministers welcomed the ceasefire.", 1),
        ("The minister faces charges of fraud after the scandal.", -1),
        ("Senators voted against him and called his claims false.", -1),
        ("Voters trust him after a strong campaign, and he won.", 1),
        ("They will not only support the plan.", 1),
        ("She is far from supporting it.", -1),
        ("Oslo no longer supports them.", -1),
        ("The peace talks collapsed.", -1),
        ("Their negotiations have broken down.", -1),
        ("The truce fell apart within hours.", -1),
        ("The army stopped bombing the town.", 1),
        ("They halted all attacks.", 1),
        ("He called for an end to the violence.", 1),
        ("They have not stopped the attacks.", -1),
        ("The march ended in violence.", -1),
    ],
)
def test_plain_sentences_have_the_tone_that_anyone_would_give_them(conflict, text, sign):
    assert np.sign(score([text], conflict)["tone"][0]) == sign


def test_the_lexicon_of_conflict_says_how_it_did_on_labelled_texts(conflict):
    assert repr(conflict).endswith("sign right in 0.54 of labelled mentions, largest class 0.38)")
    assert "8,739 mentions" in conflict.methods() and "0.38 and 0.65" in conflict.methods()


def test_the_strength_of_the_lexicon_of_conflict_is_what_the_training_data_say():
    """What bench/conflict.py measures, so that a change of words is a change of what is said."""
    if "COACTOR_DATA" not in os.environ:
        pytest.skip("COACTOR_DATA is not set: no training data")
    bench = Path(__file__).resolve().parents[2] / "bench" / "conflict.py"
    spec = importlib.util.spec_from_file_location("conflict", bench)
    assert spec is not None and spec.loader is not None
    measure = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(measure)
    folder, lexicon = Path(os.environ["COACTOR_DATA"]), Lexicon.conflict()
    for given, right, largest in (
        (measure.read_targets(folder / "newsmtsc_train.jsonl"), 0.54, 0.38),
        (measure.read_pairs(folder / "dse_train.txt"), 0.51, 0.65),
    ):
        tone = measure.tones(given, lexicon, "distance")
        judged = measure.judge(tone, given.signs, lexicon.threshold)
        assert round(judged["accuracy"], 2) == right
        assert round(max(np.mean(given.signs == sign) for sign in (-1, 0, 1)), 2) == largest


def test_a_lexicon_says_what_it_is(conflict):
    assert conflict.config["hash"] in conflict.methods()
    assert "the mean contribution" in conflict.methods()
    assert "negation was not considered" in Lexicon(WEIGHTS, negation=False).methods()
    assert Lexicon(CATEGORIES).config["hash"] in Lexicon(CATEGORIES).methods()
    page = Lexicon({f"<b>{n}": 1 for n in range(60)})._repr_html_()
    assert "<b>" not in page and "and 10 more" in page
