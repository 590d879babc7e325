"""VADER is bit-identical to the packages that it stands in for, whatever the text."""

import importlib.util
import random
import string
import sys

import numpy as np
import pytest

import coactor as ca
from coactor import _core, _packages

# How this Python, and so the reference, adds up.
SUM = "plain" if sys.version_info < (3, 12) else "compensated"

COLUMNS = ["neg", "neu", "pos", "compound"]

pytest.importorskip("vaderSentiment", reason="vaderSentiment is not installed")


@pytest.fixture(scope="module")
def reference():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


@pytest.fixture(scope="module")
def nltk_reference():
    pytest.importorskip("nltk", reason="NLTK is not installed")
    import nltk.sentiment.vader as port

    analyzer = port.SentimentIntensityAnalyzer.__new__(port.SentimentIntensityAnalyzer)
    path = _packages.folder_of("vaderSentiment", "") / "vader_lexicon.txt"
    analyzer.lexicon_file = path.read_text(encoding="utf-8").rstrip("\n")
    analyzer.lexicon = analyzer.make_lex_dict()
    analyzer.constants = port.VaderConstants()
    return analyzer


@pytest.fixture(scope="module")
def vader():
    return ca.Lexicon.vader(sum=SUM)


@pytest.fixture(scope="module")
def nltk_vader():
    pytest.importorskip("nltk", reason="NLTK is not installed")
    path = _packages.folder_of("vaderSentiment", "") / "vader_lexicon.txt"
    return ca.Lexicon.nltk_vader(lexicon_file=path, sum=SUM)


def compound(lexicon, *texts):
    return ca.score(list(texts), lexicon)["compound"].tolist()


SPECIAL = (
    "no or nor never so this without doubt least at very kind of but not just enough sort the shit "
    "bomb bad ass badass bus stop yeah right kiss death to die for beating heart cut mustard hand "
    "mouth NO BUT But Never SO isn't DON'T cannot good bad great WAR love"
).split()
SIGNS = ["", "", "", "", ".", ",", "!", "!!", "!!!!!", "?", "??", "????", "...", "(", ")", "!?!"]
SIGNS += ['"', "'", "-", "“", "”", "’", "—", "_", "#"]
BLANKS = [" "] * 12 + ["  ", "\n", "\t", "\u00a0", "\u2003", "\x1c", "\x85", "\u200b", ""]
EMOJI = ["😀", "👍", "❤", "❤️", "©", "™", "‼", "🏽", "💘", ":)", ":D", ":-(", "<3"]


class Fuzzer:
    """Texts that come close to every rule, and texts that no one would write."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.words = list(_packages.vader_list().words)

    def word(self):
        choose, r = self.random.choice, self.random.random()
        if r < 0.3:
            word = choose(self.words)
        elif r < 0.7:
            word = choose(SPECIAL)
        elif r < 0.76:
            word = choose(EMOJI)
        else:
            word = choose(["they", "said", "talks", "U.S.", "I", "3D", "report", "it"])
        r = self.random.random()
        if r < 0.2:
            word = choose([word.upper(), word.title(), word.swapcase()])
        elif r < 0.23:
            word = choose([word.replace("k", "\u212a").replace("i", "İ"), word + "Σ", "É" + word])
        return choose(SIGNS) + word + choose(SIGNS)

    def sentence(self):
        n = self.random.randint(0, 14 if self.random.random() < 0.9 else 80)
        return "".join(self.word() + self.random.choice(BLANKS) for _ in range(n))

    def noise(self):
        parts = []
        for _ in range(self.random.randint(0, 40)):
            r = self.random.random()
            if r < 0.3:
                parts.append(chr(self.random.randrange(0x110000)))
            elif r < 0.5:
                parts.append(chr(self.random.randrange(0x3000)))
            elif r < 0.7:
                parts.append(self.random.choice(string.printable))
            else:
                parts.append(" " + self.word() + " ")
        return "".join(parts)

    def texts(self, n):
        return [self.sentence() if i % 3 else self.noise() for i in range(n)]


def same_in_all_fields(lexicon, analyzer, texts):
    got = ca.score(texts, lexicon)[COLUMNS].to_numpy()
    for text, row in zip(texts, got, strict=True):
        wanted = analyzer.polarity_scores(text)
        assert row.tolist() == [wanted[name] for name in COLUMNS], repr(text)


def test_fuzzed_texts_are_bit_identical_to_vader_sentiment(vader, reference):
    same_in_all_fields(vader, reference, Fuzzer(1).texts(4000))


def test_fuzzed_texts_are_bit_identical_to_nltk(nltk_vader, nltk_reference):
    same_in_all_fields(nltk_vader, nltk_reference, Fuzzer(2).texts(4000))


def test_long_texts_with_but_are_bit_identical(vader, reference):
    fuzzer = Fuzzer(3)
    texts = [" ".join(fuzzer.sentence() for _ in range(25)) + " but good bad" for _ in range(20)]
    same_in_all_fields(vader, reference, texts)


QUIRKS = {
    "“good”": 0.0,
    '"good"': 0.4404,
    "don’t like it": 0.3612,
    "don't like it": -0.2755,
    "bad-good": 0.0,
    "NO problem": 0.1343,
    "no problem": 0.3089,
    "absolutely no problem": 0.4271,
    "There is NO good reason": -0.4835,
    "least good": -0.3412,
    "very least good": 0.4902,
    "he is this good": 0.5228,
    "It was kind of bad": -0.5849,
    "bus stop": -0.296,
    "at the bus stop": 0.0,
    "a :D b": 0.6166,
    "x😀great": 0.3612,
    "👍": 0.0,
    "\u212aind": 0.5267,
    "good\u200bbad": 0.0,
    "": 0.0,
}


@pytest.mark.parametrize("text", list(QUIRKS), ids=ascii)
def test_a_quirk_is_kept(vader, text):
    assert compound(vader, text) == [QUIRKS[text]]


def test_signs_alone_are_one_neutral_token_and_nothing_is_all_zero(vader):
    frame = ca.score(["...", "", "  \n"], vader)
    assert frame.values.tolist() == [[0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]


def test_the_sum_of_python_3_12_is_there_on_request():
    text = "aa bb cc rapist xx yy zz slap xx yy zz hearts !!"
    assert compound(ca.Lexicon.vader(), text) == [0.0]
    assert compound(ca.Lexicon.vader(sum="compensated"), text) == [-0.1491]


def test_own_words_override_as_update_does(reference):
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    own = {"ceasefire": 2.5, "good": -3, "supercalifragilisticexpialidocious": 1.5, "λόγος": 2.0}
    analyzer = SentimentIntensityAnalyzer()
    analyzer.lexicon.update(own)
    texts = ["A good ceasefire!", "SUPERCALIFRAGILISTICEXPIALIDOCIOUS it is", "ΛΌΓΟΣ, not war"]
    same_in_all_fields(ca.Lexicon.vader(lexicon=own, sum=SUM), analyzer, texts)


def test_a_word_can_be_taken_out():
    assert compound(ca.Lexicon.vader(lexicon={"united": None}), "The United States") == [0.0]


def test_own_words_that_do_nothing_are_reported():
    own = {"😀": 3, "Ally": 2, "peace deal": 2, "Good": None, "ceasefire": 1.5, "bad": None}
    lexicon = ca.Lexicon.vader(lexicon=own)
    report = lexicon.report
    assert report["detail"][0] == "7,509 entries from vader_lexicon.txt and lexicon="
    kinds = dict(zip(report["pattern"], report["kind"], strict=True))
    assert [kinds.get(word) for word in own] == [
        *("unreachable", "unreachable", "unreachable", "unknown", None, None)
    ]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "much", 1e9])
def test_a_valence_that_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="'ceasefire': valence"):
        ca.Lexicon.vader(lexicon={"ceasefire": value})


def test_neither_package_is_imported():
    import subprocess

    code = (
        "import sys, coactor as ca; ca.score(['good'], ca.Lexicon.vader());"
        "print([m for m in ('vaderSentiment', 'nltk', 'requests') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert run.stdout.strip() == "[]", run.stderr


def test_a_missing_package_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ImportError, match="pip install vaderSentiment"):
        ca.Lexicon.vader()
    with pytest.raises(ImportError, match="pip install nltk"):
        ca.Lexicon.nltk_vader()
    with pytest.raises(ImportError, match="pip install afinn"):
        ca.Lexicon.afinn()


def test_a_missing_lexicon_of_nltk_says_how_to_get_it(monkeypatch, tmp_path):
    pytest.importorskip("nltk", reason="NLTK is not installed")
    monkeypatch.setattr(_packages, "_nltk_folders", lambda: [tmp_path])
    with pytest.raises(FileNotFoundError, match=r"nltk\.downloader vader_lexicon"):
        ca.Lexicon.nltk_vader()


def test_the_report_tells_duplicates_and_what_is_unreachable(vader):
    report = vader.report
    assert report["detail"][0] == "7,506 entries from vader_lexicon.txt"
    duplicates = report[report["kind"] == "duplicate"].set_index("pattern")["detail"]
    assert duplicates["lol"].startswith("1.8 here, ")
    unreachable = set(report.loc[report["kind"] == "unreachable", "pattern"])
    assert {"O_o", "can't stand", "fed up", "^urs"} <= unreachable
    assert "good" not in unreachable and ":)" not in unreachable


def test_missing_texts_are_nan_in_place_and_the_index_stays(vader):
    import pandas as pd

    column = pd.Series(["good", None, float("nan"), "bad"], index=[7, 7, "x", 2])
    frame = ca.score(column, vader)
    assert frame.index.tolist() == [7, 7, "x", 2]
    assert frame["compound"].isna().tolist() == [False, True, True, False]
    assert list(frame.columns) == COLUMNS


@pytest.mark.parametrize("threads", [2, 3, 8])
def test_any_number_of_threads_gives_the_same_bits(vader, threads):
    texts = [*Fuzzer(5).texts(300), None] * 60
    one = ca.score(texts, vader, threads=1).to_numpy()
    assert one.tobytes() == ca.score(texts, vader, threads=threads).to_numpy().tobytes()


def test_arrow_columns_give_the_same(vader):
    pa = pytest.importorskip("pyarrow")
    texts = ["Good talks! 😀", "Étude, NOT “bad”", None, "", "war " * 50]
    wanted = ca.score(texts, vader)
    for kind in (pa.string(), pa.large_string()):
        assert ca.score(pa.array(texts, kind), vader).equals(wanted)


def test_a_sentence_is_scored_as_a_text_of_its_own(vader):
    text = "Étude: “Good talks!” It is NOT good. THEY fled the terrible war."
    pa = pytest.importorskip("pyarrow")
    for column in ([text, "bad", text], pa.array([text, "bad", text])):
        corpus = ca.Corpus(column)
        frame = corpus.tone(vader, unit="sentence").to_frame()
        wanted = ca.score(corpus.sentences()["text"], vader)
        assert frame[COLUMNS].values.tolist() == wanted[COLUMNS].values.tolist()


def test_masked_names_are_unknown_words(vader):
    corpus = ca.Corpus(["The United States and the Supreme Court met."])
    actors = ca.Actors({"USA": ["United States"], "COURT": ["Supreme Court"]})
    assert corpus.tone(vader).to_frame()["compound"][0] > 0.5
    assert corpus.tone(vader, mask=actors).to_frame()["compound"][0] == 0


def test_folding_makes_curly_signs_plain():
    folded = ca.Lexicon.vader(fold=True)
    plain = ca.Lexicon.vader()
    for curly, straight in {
        "I don’t like it": "I don't like it",
        "“good”": '"good"',
        "bad—good": "bad - good",
        "❤️": "❤",
    }.items():
        assert compound(folded, curly) == compound(plain, straight), curly


def test_hits_stand_where_they_say(vader):
    text = "Étude 😀: the talks were NOT very good, but the war is terrible!"
    corpus = ca.Corpus([text])
    hits = corpus.tone(vader).hits()
    for hit in hits.itertuples():
        assert text[hit.start : hit.end] == hit.text
    assert hits["text"].tolist()[-3:] == ["good", "war", "terrible"]
    good = hits.iloc[-3]
    assert good["negated"] and good["shifters"] == "negated; booster; before but"


def test_explained_contributions_add_up_to_raw_and_the_score(vader):
    corpus = ca.Corpus(["The talks were NOT good, but the war is terrible!!", "fine"])
    rows = corpus.explain(0, vader)
    raw = rows.attrs["raw"]
    assert rows["contribution"][:-1].sum() == raw
    assert rows["value"].iloc[-1] == raw
    assert rows["contribution"].iloc[-1] == compound(vader, corpus.text(0))[0]
    assert round(raw / np.sqrt(raw * raw + 15), 4) == rows.attrs["score"]
    assert rows["shifters"].iloc[-2] == "! and ?"


def test_contributions_sum_to_raw_exactly_whatever_the_text(vader):
    texts = [text for text in Fuzzer(9).texts(60) if text.isprintable()]
    corpus = ca.Corpus(texts)
    for number, text in enumerate(texts):
        rows = corpus.explain(number, vader)
        raw = rows.attrs["raw"]
        assert rows["contribution"][:-1].sum() == raw == rows["value"].iloc[-1]
        assert raw / np.sqrt(raw * raw + 15) == pytest.approx(compound(vader, text)[0], abs=6e-5)


def test_a_long_text_is_linear_enough_to_finish(vader):
    text = "good bad " * 100_000 + "but good"
    assert -1 <= compound(vader, text)[0] <= 1


def test_letters_are_those_of_this_python():
    letters = _packages.letters()
    assert letters.validate() is None
    every = [chr(cp) for cp in range(0x110000)]
    for first in range(0, 0x110000, 0x800):
        text = "".join(every[first : first + 0x800])
        assert letters.lower(text) == text.lower()
    for text in ("ΟΔΟΣ", "ΟΔΟΣ'", "'Σ", "Σ", "ΑΣ.Β", "AΣ\u0345 b", "İΣ"):
        assert letters.lower(text) == text.lower()


def test_wrong_arguments_of_the_core_are_errors_not_crashes():
    letters = _packages.letters()
    empty = np.zeros(0, dtype=np.int64)
    core = _packages.vader_core({"good": 1.0}, compensated=False, fold=False)
    texts = _core.Texts(["good"])
    with pytest.raises(TypeError):
        _core.vader_scores(letters, texts, True, *[empty] * 6, 1)
    with pytest.raises(ValueError, match="do not fit the texts"):
        rows = [np.array([v], dtype=np.int64) for v in (0, 0, 9)]
        _core.vader_scores(core, texts, False, *rows, *[empty] * 3, 1)
    with pytest.raises(ValueError, match="mask does not fit"):
        _core.vader_scores(core, texts, True, *[empty] * 3, np.zeros(1, np.int64), empty, empty, 1)
    with pytest.raises(TypeError):
        _core.Vader(1, 0, False, False)
