"""Lexicons: what can be read, what is refused, and what the report says."""

import re

import pandas as pd
import pytest

import coactor as ca


def weights(lexicon):
    frame = lexicon.to_frame()
    return dict(zip(frame["pattern"], frame["weight"], strict=True))


def categories(lexicon):
    frame = lexicon.to_frame()
    return list(zip(frame["category"], frame["pattern"], strict=True))


def write(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


# ---- tables in memory ----


def test_a_dict_of_numbers_and_one_of_lists():
    assert weights(ca.Lexicon({"good": 1, "bad news": -2.5})) == {"good": 1, "bad news": -2.5}
    lexicon = ca.Lexicon({"war": ["attack*", "raid"], "peace": ["truce"]})
    assert categories(lexicon) == [("war", "attack*"), ("war", "raid"), ("peace", "truce")]
    assert lexicon.categories == ["war", "peace"]


def test_a_frame_of_weights_or_categories():
    frame = pd.DataFrame({"pattern": ["a", "b"], "weight": [1, -1]})
    assert weights(ca.Lexicon(frame)) == {"a": 1, "b": -1}
    frame = pd.DataFrame({"category": ["x", "y"], "pattern": ["a", "a"]})
    assert categories(ca.Lexicon(frame)) == [("x", "a"), ("y", "a")]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "empty"),
        ({"a": float("nan")}, "'a': weight nan is not finite"),
        ({"a": float("inf")}, "not finite"),
        ({"a": 2e6}, "beyond 1,000,000"),
        ({"a": None}, "not a number"),
        ({"": 1}, "no pattern"),
        ({3: 1}, "no pattern"),
        ({"Good": 1, "good": -1}, "'good' has weight -1 here and 1 before"),
        ({"a": 1, "x": ["b"]}, "mixes weights and categories"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(table, message):
    with pytest.raises(ValueError, match=message):
        ca.Lexicon(table)


def test_a_frame_says_which_row_is_wrong():
    frame = pd.DataFrame({"pattern": ["a", "b", "a"], "weight": [1.0, None, 1.0]})
    with pytest.raises(ValueError, match="table:1: 'b': weight None is not a number"):
        ca.Lexicon(frame)
    frame = pd.DataFrame({"pattern": ["a", "a"], "weight": [1.0, 2.0]})
    with pytest.raises(ValueError, match="table:1: 'a' has weight 2 here and 1 before"):
        ca.Lexicon(frame)
    with pytest.raises(ValueError, match="columns are 'word'"):
        ca.Lexicon(pd.DataFrame({"word": ["a"]}))


@pytest.mark.parametrize("table", [["a"], "a", 3, None])
def test_what_is_no_table_is_a_type_error(table):
    with pytest.raises(TypeError, match="expected a dict or a DataFrame"):
        ca.Lexicon(table)


def test_equal_entries_in_other_case_are_one():
    assert weights(ca.Lexicon({"Good": 1, "good": 1})) == {"Good": 1}


def test_options_are_checked():
    with pytest.raises(ValueError, match="rule='median' is not known; choose one of 'mean'"):
        ca.Lexicon({"a": 1}, rule="median")
    with pytest.raises(ValueError, match="threshold must be 0 or more"):
        ca.Lexicon({"a": 1}, threshold=-1)
    with pytest.raises(ValueError, match="reach must be a number of tokens"):
        ca.Lexicon({"a": 1}, reach=-1)
    with pytest.raises(ValueError, match="is category 'x' positive or negative"):
        ca.Lexicon({"x": ["a"]}, rule="share")
    with pytest.raises(ValueError, match="poles: no category 'y'"):
        ca.Lexicon({"x": ["a"]}, poles={"y": 1})
    with pytest.raises(ValueError, match="no categories to give a sign"):
        ca.Lexicon({"a": 1}, poles={"y": 1})
    with pytest.raises(TypeError, match="several words"):
        ca.Lexicon({"a": 1}, negation="not")


# ---- files ----


def test_tabs_of_afinn_and_of_vader(tmp_path):
    path = write(tmp_path, "afinn.txt", "good\t3\nnot good\t-2\n\nbad\t-3\n")
    assert weights(ca.Lexicon.read(path)) == {"good": 3, "not good": -2, "bad": -3}
    path = write(tmp_path, "vader.tsv", "good\t1.9\t0.9\t[2, 1]\r\nbad\t-2.5\t0.6\t[-3]\r\n")
    assert weights(ca.Lexicon.read(path)) == {"good": 1.9, "bad": -2.5}


def test_the_last_line_of_a_word_list_wins_and_the_report_says_so(tmp_path):
    path = write(tmp_path, "list.txt", "good\t3\nbad\t-3\nGood\t2\n")
    lexicon = ca.Lexicon.read(path)
    assert weights(lexicon) == {"good": 2, "bad": -3}
    assert lexicon.report.values.tolist() == [
        ["entries", "", 0, "2 entries from list.txt"],
        ["duplicate", "Good", 3, "2 here, 3 in line 1; the last one counts"],
    ]
    path = write(tmp_path, "list.csv", "pattern,weight\na,1\na,2\n")
    assert weights(ca.Lexicon.read(path)) == {"a": 2}


def test_the_long_form_of_nrc(tmp_path):
    path = write(tmp_path, "nrc.txt", "war\tanger\t1\nwar\tjoy\t0\nwar\tfear\t1\ntruce\tjoy\t1\n")
    lexicon = ca.Lexicon.read(path)
    assert categories(lexicon) == [("anger", "war"), ("fear", "war"), ("joy", "truce")]
    scores = ca.score(["war and truce"], lexicon)
    assert scores.to_dict("records") == [{"anger": 1, "fear": 1, "joy": 1, "words": 3}]


def test_loughran_and_mcdonald(tmp_path):
    text = "Word,Seq_num,Negative,Positive,Strong_Modal\nLOSS,1,2009,0,0\nGAIN,2,0,2009,0\n"
    path = write(tmp_path, "lm.csv", text + "OLD,3,-2020,0,0\nMUST,4,0,0,2009\n")
    lexicon = ca.Lexicon.read(path)
    assert categories(lexicon) == [
        ("negative", "LOSS"),
        ("positive", "GAIN"),
        ("strong_modal", "MUST"),
    ]


def test_liwc(tmp_path):
    path = write(
        tmp_path, "d.dic", "%\n1\tposemo\n2\tnegemo (bad)\n%\nnice*\t1\nfed up\t2\nodd\t1 2\n"
    )
    assert categories(ca.Lexicon.read(path)) == [
        ("posemo", "nice*"),
        ("negemo", "fed up"),
        ("posemo", "odd"),
        ("negemo", "odd"),
    ]


def test_conditional_entries_of_liwc_count_plainly_and_are_reported(tmp_path):
    text = "%\n125\tAffect\n253\tTime\n%\nkind\t(02 134)125/464 253\nlike\t<of>131/125\nwar\t125\n"
    lexicon = ca.Lexicon.read(write(tmp_path, "a.dic", text))
    frame = lexicon.to_frame()
    assert dict(zip(frame["pattern"], frame["category"], strict=True)) == {
        "kind": "Time",
        "war": "Affect",
    }
    report = lexicon.report[["kind", "pattern", "line"]].values.tolist()
    assert report[1:] == [["conditional", "kind", 5], ["conditional", "like", 6]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_in_an_editor(tmp_path, end):
    text = end.join(["good\t1", "a\u2028b\t2", "", "bad\t-1", "broken"])
    with pytest.raises(ValueError, match=r"a\.txt:5: 'broken'"):
        ca.Lexicon.read(write(tmp_path, "a.txt", text))


def test_lexicoder(tmp_path):
    path = write(tmp_path, "d.lc3", "+NEGATIVE\nabandon*\na lie\n+POSITIVE\nable\n")
    assert categories(ca.Lexicon.read(path)) == [
        ("negative", "abandon*"),
        ("negative", "a lie"),
        ("positive", "able"),
    ]


def test_wordstat(tmp_path):
    text = "TONE\n\tNEGATIVE\n\t\tLOSS* (1)\n\t\tNOT_GOOD (1)\n\tPOSITIVE\n\t\tGAIN (1)\n"
    path = write(tmp_path, "d.cat", text)
    assert categories(ca.Lexicon.read(path)) == [
        ("tone.negative", "LOSS*"),
        ("tone.negative", "NOT GOOD"),
        ("tone.positive", "GAIN"),
    ]


def test_yoshikoder(tmp_path):
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><dictionary><cnode name="All">'
        '<cnode name="Law"><pnode name="court*"/></cnode>'
        '<cnode name="War"><cnode name="Air"><pnode name="bomb"/></cnode></cnode>'
        "</cnode></dictionary>"
    )
    path = write(tmp_path, "d.ykd", text)
    assert categories(ca.Lexicon.read(path)) == [("law", "court*"), ("war.air", "bomb")]


def test_yaml_of_quanteda_and_of_weights(tmp_path):
    path = write(
        tmp_path, "d.yml", "tone:\n  positive: [good, 'no doubt']\n  negative:\n  - bad*\n"
    )
    assert categories(ca.Lexicon.read(path)) == [
        ("tone.positive", "good"),
        ("tone.positive", "no doubt"),
        ("tone.negative", "bad*"),
    ]
    path = write(tmp_path, "w.yaml", "good: 1.5\nno: -1\n")
    assert weights(ca.Lexicon.read(path)) == {"good": 1.5, "no": -1}


def test_a_name_in_yaml_without_pattern_or_weight_is_reported(tmp_path):
    lexicon = ca.Lexicon.read(write(tmp_path, "a.yml", "good: 1\nbad:\n"))
    assert weights(lexicon) == {"good": 1}
    assert lexicon.report[["kind", "pattern", "line"]].values.tolist()[1] == ["empty", "bad", 2]


def test_two_lists_of_words(tmp_path):
    good = write(tmp_path, "positive.txt", "; a list\n\ngood\nfine\n", "latin-1")
    bad = write(tmp_path, "negative.txt", "; a list\nbad\nna\xefve\ngood\n", "latin-1")
    lexicon = ca.Lexicon.read((good, bad), encoding="latin-1")
    assert weights(lexicon) == {"good": -1, "fine": 1, "bad": -1, "naïve": -1}
    assert lexicon.report["kind"].tolist() == ["entries", "duplicate"]
    assert lexicon.report["detail"][1] == "-1 here, 1 in line 3; the last one counts"


BROKEN = {
    "a.txt": ("good\t3\nbad\n", r"a\.txt:2: 'bad': expected word, tab, weight"),
    "b.txt": ("good\tmuch\n", r"b\.txt:1: 'good': weight 'much' is not a number"),
    "c.txt": ("good\tnan\n", "is not finite"),
    "d.txt": ("\n", "the lexicon is empty"),
    "e.csv": ("pattern,weight\na,1\nb,\n", r"e\.csv:3: 'b': weight '' is not a number"),
    "f.csv": ("word,value\na,1\n", "the columns are 'word', 'value'"),
    "g.csv": ('pattern,weight\n"a,1\n', r"g\.csv:2: a quotation mark is opened here and never"),
    "h.dic": ("war\t1\n", r"h\.dic:1: 'war\\t1': expected % before the categories"),
    "i.dic": ("%\n1\tx\n%\nwar\t2\n", r"i\.dic:4: 'war': no category 2"),
    "j.dic": ("%\n1\tx\n%\nwar\n", r"j\.dic:4: 'war': expected word and category numbers"),
    "k.lc3": ("war\n", r"k\.lc3:1: 'war': expected \+ and a category first"),
    "l.cat": ("WAR (1)\n", r"l\.cat:1: 'WAR \(1\)': expected a category first"),
    "m.ykd": ("<dictionary>\n<cnode>\n", r"m\.ykd:3: "),
    "o.ykd": (
        "<dictionary>\n<pnode name='war'/>\n</dictionary>",
        r"o\.ykd:2: pattern 'war' has no category",
    ),
    "p.ykd": ("<!DOCTYPE d [\n<!ENTITY a 'b'>]>\n<d/>", r"p\.ykd:2: declares entities"),
    "q.ykd": ("<d><cnode name='a'>\n<pnode/></cnode></d>", r"q\.ykd:2: None is no pattern"),
    "r.yml": ("a: &x\n- b\nc: *x\n", r"r\.yml:3: refers to another place"),
    "u.yml": ("a: " + "[" * 5000 + "]" * 5000, r"u\.yml: is nested too deeply"),
    "t.yml": ("good: 1\ngood: 2\n", r"t\.yml:2: 'good' has weight 2 here and 1 before"),
    "n.yml": ("a: [b\nc: d\n", r"n\.yml:\d: "),
    "o.yml": ("good: 1\ngood: 2\n", r"o\.yml:2: 'good' has weight 2 here and 1 before"),
    "p.yml": ("- a\n", "expected categories or patterns"),
    "q.xyz": ("a\t1\n", "unknown format 'xyz'; expected csv, tsv"),
    "r.txt": ("a\0\t1\n", "holds NUL"),
    "s.yml": ("good: often\n", r"s\.yml:1: 'good': weight 'often' is not a number"),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_file_is_named_with_line_and_reason(tmp_path, name):
    text, message = BROKEN[name]
    with pytest.raises(ValueError, match=message) as caught:
        ca.Lexicon.read(write(tmp_path, name, text))
    assert name in str(caught.value)


def test_a_file_that_is_not_there_or_no_text(tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file"):
        ca.Lexicon.read(tmp_path / "none.csv")
    path = tmp_path / "latin.txt"
    path.write_bytes("naïve\t-1\n".encode("latin-1"))
    with pytest.raises(ValueError, match="byte 2 is not utf-8"):
        ca.Lexicon.read(path)
    assert weights(ca.Lexicon.read(path, encoding="latin-1")) == {"naïve": -1}


# ---- what it says of itself ----


def test_entries_that_match_nothing_are_reported():
    report = ca.Lexicon({"good": 1, "*": 1, "-": 1}).report
    assert report.loc[report["kind"] == "empty", "pattern"].tolist() == ["-"]


def test_a_clean_table_has_an_empty_report():
    assert len(ca.Lexicon({"good": 1}).report) == 0
    assert len(ca.Lexicon.conflict().report) == 0


def test_settings_change_the_config_and_content_the_hash():
    one, other = ca.Lexicon({"a": 1}), ca.Lexicon({"a": 1}, negation=["not"])
    assert one.config["hash"] == other.config["hash"]
    assert one.config["shifters"] != other.config["shifters"]
    assert ca.Lexicon({"a": 2}).config["hash"] != one.config["hash"]


def test_repr_says_size_and_rule():
    assert repr(ca.Lexicon({"a": 1}, rule="logit")) == "Lexicon(1 pattern with weights, rule logit)"
    assert repr(ca.Lexicon({"x": ["a"]})) == "Lexicon(1 pattern in 1 category, rule mean)"
    assert "log(positive + 0.5)" in ca.Lexicon({"a": 1}, rule="logit").methods()


WRONG_WORDS = {
    "negation phrase": ({"negation": ["at all"]}, ValueError, "negation: 'at all' is no single"),
    "negation number": ({"negation": [1]}, ValueError, "negation: 1 is no single word"),
    "contrast number": ({"contrast": 3}, TypeError, "contrast: expected True, False or several"),
    "intensifiers list": ({"intensifiers": ["very"]}, TypeError, "expected True, False or word: "),
    "threshold text": ({"threshold": "high"}, ValueError, "threshold must be 0 or more"),
}


@pytest.mark.parametrize("name", list(WRONG_WORDS))
def test_shifters_that_could_never_count_are_refused(name):
    options, kind, message = WRONG_WORDS[name]
    with pytest.raises(kind, match=message):
        ca.Lexicon({"good": 1}, **options)


@pytest.mark.parametrize("path", [None, ["a", "b", "c"], 7])
def test_what_is_no_path_is_a_type_error(path):
    with pytest.raises(TypeError, match="path: expected a path, or two"):
        ca.Lexicon.read(path)


def test_a_row_with_too_many_fields_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"a\.csv:2: 'good' has more fields than there are"):
        ca.Lexicon.read(write(tmp_path, "a.csv", "pattern,weight\ngood,1,5\n"))


# ---- patterns that match the same ----

SAME = [("don't", "don’t"), ("hard-line", "hard–line"), ("café*", "cafe\u0301*"), ("U.S.", "u.s")]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_patterns_that_match_the_same_with_different_weights_are_refused(first, second, tmp_path):
    with pytest.raises(
        ValueError, match=f"{re.escape(second)}' has weight -1 here and 1 before as "
    ):
        ca.Lexicon({"other": 2, first: 1, second: -1})
    path = write(tmp_path, "w.yml", f'other: 2\n"{first}": 1\n"{second}": -1\n')
    with pytest.raises(ValueError, match=rf"w\.yml:3: '{re.escape(second)}' has weight -1"):
        ca.Lexicon.read(path)
    assert len(ca.Lexicon({first: 1, second: 1}).report) == 1


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_last_of_patterns_that_match_the_same_wins_in_a_word_list(first, second, tmp_path):
    path = write(tmp_path, "w.txt", f"other\t2\n{first}\t1\n{second}\t-1\n")
    lexicon = ca.Lexicon.read(path)
    assert weights(lexicon) == {"other": 2, first: -1}
    assert lexicon.report.values.tolist()[1:] == [
        ["duplicate", second, 3, "-1 here, 1 in line 2; the last one counts"]
    ]


def test_patterns_that_match_the_same_count_in_each_of_their_categories():
    lexicon = ca.Lexicon({"x": ["don't", "don’t"], "y": ["don’t"]}, nested=True)
    assert ca.score(["I don't know."], lexicon)[["x", "y"]].values.tolist() == [[1, 1]]
    with pytest.raises(ValueError, match="stands in two opposite poles"):
        ca.Lexicon({"pos": ["don't"], "neg": ["don’t"]}, rule="share", nested=True)


@pytest.mark.parametrize("turn", [1, -1])
def test_what_spells_out_more_letters_wins_whatever_the_order(turn):
    table = {"abandon*": -1, "abandoned": -2, "*": 5, "ab*": 3, "wag* war*": -4, "wage war*": -5}
    lexicon = ca.Lexicon(dict(list(table.items())[::turn]), negation=False)
    scores = ca.score(["abandons", "ABANDONED", "x", "able", "wages wars", "wage wars"], lexicon)
    assert scores["score"].tolist() == [-1, -2, 5, 3, -4, -5]


# ---- what a message must say ----


def test_a_number_of_liwc_with_two_names_is_refused(tmp_path):
    path = write(tmp_path, "d.dic", "%\n1\tposemo\n1\tnegemo\n%\nnice\t1\n")
    with pytest.raises(ValueError, match=r"d\.dic:3: 1 is 'posemo' above"):
        ca.Lexicon.read(path)


def test_xml_is_read_in_the_encoding_given_whatever_it_declares(tmp_path):
    xml = '<?xml version="1.0" encoding="{}"?><d><cnode name="a"><pnode name="café"/></cnode></d>'
    for name, given in (("ISO-8859-1", "latin-1"), ("UTF-16", "utf-16"), ("UTF-16", "utf-8")):
        path = write(tmp_path, "y.ykd", xml.format(name), given)
        assert categories(ca.Lexicon.read(path, encoding=given)) == [("a", "café")]


def test_yaml_that_mixes_weights_and_categories_is_named_with_its_line(tmp_path):
    path = write(tmp_path, "m.yml", "good: 1\nneg:\n  - bad\n")
    with pytest.raises(ValueError, match=r"m\.yml:3: 'bad' has a category, so that the table mix"):
        ca.Lexicon.read(path)
    path = write(tmp_path, "m.yml", "pos:\n  - *abandon\n")
    with pytest.raises(ValueError, match=r"m\.yml:2: .* begins with \* needs quotes"):
        ca.Lexicon.read(path)


def test_two_lists_with_columns_are_refused_and_both_files_are_named(tmp_path):
    good = write(tmp_path, "good.txt", "good\n")
    with pytest.raises(ValueError, match=r"bad\.txt:1: 'bad\\t1': expected a word a line"):
        ca.Lexicon.read([good, write(tmp_path, "bad.txt", "bad\t1\n")])
    lexicon = ca.Lexicon.read([good, write(tmp_path, "bad.txt", "bad\n")])
    assert lexicon.report["detail"].tolist() == ["2 entries from good.txt, bad.txt"]


def test_a_weight_of_wordstat_that_is_left_out_is_reported(tmp_path):
    path = write(tmp_path, "w.cat", "NEGATIVE\n\tBAD (1)\n\tWORSE (2)\n")
    assert ca.Lexicon.read(path).report.values.tolist()[1:] == [
        ["weight", "WORSE", 3, "weight 2 is left out: words of categories are counted"]
    ]


def test_a_folder_is_no_lexicon(tmp_path):
    with pytest.raises(ValueError, match="is a folder, expected a file"):
        ca.Lexicon.read(tmp_path)
