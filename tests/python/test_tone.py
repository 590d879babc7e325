"""Tone: rules against values worked out by hand, and tables that add up."""

import inspect
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import coactor as ca

GOOD_BAD = {"good": 1, "great": 2, "bad": -1, "war": -2}

# Own sentences; hits: good 1, war -2 | great 2 | none
TEXT = "A good war came. The great men met. They left at once."


def only(frame):
    assert len(frame) == 1
    return frame.iloc[0]


def tone_of(text, table=None, **options):
    lexicon = ca.Lexicon(GOOD_BAD if table is None else table, **options)
    return only(ca.score([text], lexicon))


# ---- rules ----


def test_sums_of_a_text_are_exact():
    row = tone_of(TEXT)
    assert row.to_dict() == {
        "score": 1,
        "weight": 3,
        "tone": (-0.5 + 2) / 2,
        "positive": 3,
        "negative": -2,
        "hits": 3,
        "words": 12,
    }


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("mean", 0.75),
        ("sum", 1),
        ("share", 1 / 12),
        ("relative", 1 / 5),
        ("logit", math.log(3.5) - math.log(2.5)),
    ],
)
def test_a_rule_gives_what_its_formula_says(rule, wanted):
    assert tone_of(TEXT, rule=rule)["tone"] == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("rule", ["mean", "sum", "share", "relative", "logit"])
def test_without_a_hit_tone_is_nan_and_not_zero(rule):
    row = tone_of("Nobody met anyone.", rule=rule)
    assert math.isnan(row["tone"])
    assert row["score"] == 0 and row["hits"] == 0
    cancelled = tone_of("A good thing, a bad thing.", rule=rule)
    assert cancelled["tone"] == pytest.approx(0, abs=1e-12)


def test_weights_with_decimals_stay_what_they_are():
    row = tone_of("yes no yes", {"yes": 0.1, "no": -0.3}, negation=False)
    assert row["score"] == -0.1 and row["positive"] == 0.2 and row["negative"] == -0.3


def test_sentences_and_documents_agree():
    corpus = ca.Corpus([TEXT, None, "Great."])
    lexicon = ca.Lexicon(GOOD_BAD)
    documents = corpus.tone(lexicon).to_frame()
    sentences = corpus.tone(lexicon, unit="sentence").to_frame()
    assert sentences["tone"].fillna(9).tolist() == [-0.5, 2, 9, 2]
    assert documents["tone"].fillna(9).tolist() == [0.75, 9, 2]
    assert documents["share_hit"].fillna(9).tolist() == [2 / 3, 9, 1]
    sums = sentences.groupby("doc")[["score", "positive", "negative", "hits", "words"]].sum()
    held = documents.set_index("doc").loc[sums.index, list(sums)]
    assert held.values.tolist() == sums.values.tolist()


def test_categories_are_counted_and_words_may_be_in_several():
    lexicon = ca.Lexicon({"war": ["raid*", "attack"], "air": ["raid*", "air raid"]})
    row = only(ca.score(["The air raid and raids."], lexicon))
    assert row.to_dict() == {"war": 2, "air": 2, "words": 5}


@pytest.mark.parametrize("unit", ["document", "sentence"])
@pytest.mark.parametrize("nested", [False, True])
def test_counts_of_categories_are_those_of_the_hits(unit, nested):
    texts = ["An air raid. Raids and an attack!", None, "", "No, no.", "air raid attack " * 9]
    table = {"war": ["raid*", "attack"], "air": ["raid*", "air raid", "air"], "none": ["zzz"]}
    corpus = ca.Corpus(texts)
    tone = corpus.tone(ca.Lexicon(table, nested=nested), unit=unit, quotes="drop")
    frame, hits = tone.to_frame(), tone.hits()
    keys = ["doc"] if unit == "document" else ["doc", "sentence"]
    number = np.array(tone.lexicon._groups)[tone._hits.pattern]
    for i, name in enumerate(tone.lexicon.categories):
        counted = hits[number == i].groupby(keys).size()
        wanted = counted.reindex(frame.set_index(keys).index).fillna(0).to_numpy()
        missing = np.isin(frame["doc"], [1])
        assert frame[name][~missing].tolist() == wanted[~missing].tolist()
        assert frame[name][missing].isna().all()


@pytest.mark.parametrize("name", ["words", "doc", "sentence"])
def test_a_category_named_as_a_column_of_the_result_is_refused(name):
    with pytest.raises(ValueError, match=f"a category is named '{name}'.*rename it"):
        ca.Lexicon({name: ["a"], "x": ["b"]})
    ca.Lexicon({name: ["a"], "x": ["b"]}, poles={name: 1, "x": -1})


LSD = {
    "negative": ["bad"],
    "positive": ["good"],
    "neg_positive": ["not good"],
    "neg_negative": ["not bad"],
}


def test_negated_categories_are_not_counted_twice():
    row = only(ca.score(["Good, not good, not bad."], ca.Lexicon(LSD)))
    assert row[["negative", "positive", "neg_positive", "neg_negative"]].tolist() == [0, 1, 1, 1]
    row = only(ca.score(["Good, not good, not bad."], ca.Lexicon(LSD, nested=False)))
    assert row[["negative", "positive", "neg_positive", "neg_negative"]].tolist() == [1, 2, 1, 1]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [("share", 1 / 5), ("relative", 1 / 3), ("logit", math.log(2.5 / 1.5))],
)
def test_poles_of_categories_make_a_tone(rule, wanted):
    row = only(ca.score(["Good, not good, not bad."], ca.Lexicon(LSD, rule=rule)))
    assert row["tone"] == pytest.approx(wanted, abs=1e-12)
    assert row["hits"] == 3


def test_poles_can_be_named():
    lexicon = ca.Lexicon(
        {"up": ["rise"], "down": ["fall"]}, rule="sum", poles={"up": 2, "down": -1}
    )
    assert only(ca.score(["rise, rise, fall"], lexicon))["score"] == 3


def test_a_pattern_in_two_poles_is_refused():
    table = {"positive": ["odd"], "negative": ["Odd"]}
    with pytest.raises(ValueError, match="'odd' stands in two opposite poles"):
        ca.Lexicon(table, rule="share", nested=True)


def test_a_neutral_phrase_takes_its_words_out():
    table = {"united": 2, "United States": 0}
    row = tone_of("The United States stood united.", table)
    assert row["score"] == 2 and row["hits"] == 1


def test_phrases_globs_and_typography_match_as_actors_do():
    table = {"hard-line*": -1, "didn't help": -2, "peace talks": 1}
    row = tone_of("Hard–liners didn’t help the PEACE TALKS.", table, negation=False)
    assert row["score"] == -2 and row["hits"] == 3


# ---- shifters ----


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It is not good.", -0.74),
        ("It isn’t a very good day.", -0.74 * 1.25),
        ("Not one two three good.", 1),
        ("If not, good.", 1),
        ("It is never bad.", 0.74),
        ("A slightly bad day.", -0.75),
        ("A good day but a bad night.", 0.5 - 1.5),
        ("But it was good.", 1),
        ("It was good, but also great.", 3),
        ("Nothing but good days.", -0.74),
    ],
)
def test_a_shifter_does_what_it_says(text, wanted):
    assert tone_of(text)["score"] == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("name", ["negation", "intensifiers", "contrast"])
def test_every_shifter_can_be_switched_off(name):
    text = {
        "negation": "It is not good.",
        "intensifiers": "It is very good.",
        "contrast": "It is good but long.",
    }[name]
    assert tone_of(text)["score"] != 1
    assert tone_of(text, **{name: False})["score"] == 1


def test_shifters_can_be_named_and_their_reach_set():
    assert tone_of("hardly ever good", negation=["ever"])["score"] == -0.74
    assert tone_of("not good", negation=["ever"])["score"] == 1
    assert tone_of("hella good", intensifiers={"hella": 3})["score"] == 3
    assert tone_of("good yet bad", contrast=["yet"])["score"] == 0.5 - 1.5
    assert tone_of("not one two three good", reach=4)["score"] == -0.74


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They were not only good", 1),
        ("That isn't just good", 1),
        ("That is not just", -0.74),
        ("They are far from good", -0.74),
        ("They went far and were good", 1),
        ("No longer good", -0.74),
    ],
)
def test_not_only_denies_nothing_and_far_from_does(text, wanted):
    assert tone_of(text, {"good": 1, "just": 1 if text.endswith("just") else 0})["score"] == wanted


def test_negation_true_is_the_default_and_of_categories_asks_for_words():
    for make in (ca.Lexicon, ca.Lexicon.read):
        parameters = inspect.signature(make).parameters
        for name in ("negation", "intensifiers", "contrast"):
            assert parameters[name].default is True
    poles = {"good": ["calm"], "evil": ["war"]}, {"good": 1, "evil": -1}
    for given, negated in ((None, False), (True, False), (False, False), (["not"], True)):
        lexicon = ca.Lexicon(poles[0], poles=poles[1], negation=given)
        assert lexicon.negation is negated
        assert ca.Lexicon({"calm": 1}, negation=given).negation is (given is not False)


def test_counted_categories_are_not_shifted():
    row = only(ca.score(["not very good"], ca.Lexicon({"x": ["good"]}, negation=True)))
    assert row["x"] == 1


# ---- explain ----


def test_explain_shows_every_shifter_and_adds_up():
    text = "They did not support it, but the very brutal raid was praised."
    corpus = ca.Corpus(pd.DataFrame({"text": [text], "id": ["d"]}), id="id")
    lexicon = ca.Lexicon({"support": 1, "brutal": -1, "raid": -2, "praised": 1})
    rows = corpus.explain("d", lexicon)
    assert list(rows.columns) == [
        "sentence",
        "start",
        "end",
        "text",
        "value",
        "shifters",
        "contribution",
    ]
    assert rows["shifters"].tolist()[:4] == [
        "not ×-0.74; before but ×0.5",
        "very ×1.25; behind but ×1.5",
        "behind but ×1.5",
        "behind but ×1.5",
    ]
    assert rows["contribution"].tolist()[:4] == [-0.37, -1.875, -3, 1.5]
    assert rows["contribution"][:-1].sum() == rows.attrs["raw"] == rows["value"].iloc[-1]
    assert rows["contribution"].iloc[-1] == rows.attrs["score"] == rows.attrs["raw"] / 4
    for row in rows.iloc[:-1].itertuples():
        assert text[row.start : row.end] == row.text


def test_explain_masks_what_tone_masks():
    corpus = ca.Corpus(["Filler one.", "The Good Party met the bad man."])
    mentions = corpus.mentions(ca.Actors({"GP": ["Good Party"]}))
    lexicon = ca.Lexicon(GOOD_BAD)
    assert corpus.explain(1, lexicon, mask=mentions)["text"].tolist() == ["bad", ""]
    assert corpus.explain(1, lexicon)["text"].tolist() == ["Good", "bad", ""]


def test_explain_of_a_text_without_hits_is_its_last_row():
    rows = ca.Corpus(["Nobody met.", None]).explain(0, ca.Lexicon(GOOD_BAD))
    assert len(rows) == 1 and rows["value"][0] == 0
    assert math.isnan(rows["contribution"][0])
    assert len(ca.Corpus(["x", None]).explain(1, ca.Lexicon(GOOD_BAD))) == 1


def test_explain_of_a_missing_text_ends_in_nan_for_every_rule():
    pytest.importorskip("vaderSentiment", reason="vaderSentiment is not installed")
    corpus = ca.Corpus(["Good.", None])
    for lexicon in (ca.Lexicon(GOOD_BAD), ca.Lexicon.vader(), ca.Lexicon.afinn()):
        rows = corpus.explain(1, lexicon)
        assert len(rows) == 1 and math.isnan(rows["contribution"][0]), lexicon


# ---- quotations ----


def test_quotations_are_speech_or_scare_quotes():
    text = (
        "The “allies” said: “We will never leave this good place.”\n\n"
        "He added “one more word yes\n\nEnd."
    )
    frame = ca.Corpus([text, None]).quotes()
    assert [text[s:e] for s, e in zip(frame["start"], frame["end"], strict=True)] == [
        "allies",
        "We will never leave this good place.",
        "one more word yes",
    ]
    assert frame["kind"].tolist() == ["scare", "speech", "speech"]


def test_speech_can_be_dropped_or_be_all_that_counts():
    corpus = ca.Corpus(["The bad man said: “What a good and great day.” A “good” war."])
    lexicon = ca.Lexicon(GOOD_BAD)

    def score(quotes):
        return only(corpus.tone(lexicon, quotes=quotes).to_frame())["score"]

    assert score("keep") == -1 + 3 + 1 - 2
    assert score("drop") == -1 + 1 - 2
    assert score("only") == 3
    vader = pytest.importorskip("vaderSentiment") and ca.Lexicon.vader()
    hits = corpus.tone(vader, quotes="only").hits()
    assert hits["text"].tolist() == ["good", "great"]


# ---- mentions ----

NAMES = {"A": ["Moscow"], "B": ["Minsk"], "C": ["Kabul"], "D": ["Good Party"]}


def mentions_of(*texts):
    return ca.Corpus(list(texts)).mentions(ca.Actors(NAMES))


def test_weights_of_a_mention_are_those_of_its_distances():
    # Moscow 0 praised 1 Minsk 2 , 3 and 4 the 5 bad 6 war 7 ended 8
    mentions = mentions_of("Moscow praised Minsk, and the bad war ended.")
    lexicon = ca.Lexicon({"praised": 1, "bad": -1, "war": -2})
    wanted = {
        "distance": ((1 - 1 / 6 - 2 / 7), (1 + 1 / 6 + 1 / 7)),
        "exp": (
            1 - math.exp(-5 / 6) - 2 * math.exp(-1),
            1 + math.exp(-5 / 6) + math.exp(-1),
        ),
        "window": (-2, 3),
        "clause": (1, 1),
        "sentence": (-2, 3),
    }
    for weight, (score, total) in wanted.items():
        row = mentions.tone(lexicon, weight=weight).to_frame().iloc[0]
        assert row["score"] == pytest.approx(score, abs=1e-11), weight
        assert row["weight"] == pytest.approx(total, abs=1e-11), weight
        assert row["tone"] == pytest.approx(score / total, abs=1e-11), weight


def test_columns_of_mentions_and_signs_under_the_threshold():
    mentions = mentions_of("Moscow was good. Minsk waited. “Kabul is at war with all of us.”")
    frame = mentions.tone(ca.Lexicon(GOOD_BAD, threshold=1.5)).to_frame()
    assert list(frame.columns) == (
        "doc sentence actor start end score weight tone sign hits quoted".split()
    )
    assert frame["sign"].tolist() == [0, 0, -1]
    assert frame["hits"].tolist() == [1, 0, 1]
    assert frame["tone"].fillna(9).tolist() == [1, 9, -2]
    assert frame["quoted"].tolist() == ["", "", "speech"]


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("good Minsk x x bad", {"good": 1, "bad": -3}),
        ("We support the Minsk and we hate war", {"support": 2, "hate": -3}),
        ("good x x x x x bad x Minsk", {"good": 0.8, "bad": -0.2}),
        ("Minsk good bad awful", {"good": 0.1, "bad": 0.4, "awful": -0.9}),
    ],
)
def test_what_cancels_out_has_no_sign_and_no_residue(text, weights):
    frame = mentions_of(text).tone(ca.Lexicon(weights)).to_frame()
    assert frame["hits"][0] >= 2
    assert frame.loc[0, ["score", "tone", "sign"]].tolist() == [0, 0, 0]


def test_a_tone_at_the_threshold_reaches_it_at_any_distance():
    for distance in range(1, 90):
        text = "Minsk " + "x " * (distance - 1) + "good"
        for threshold in (0.1, 0.25, 0.3, 0.7):
            lexicon = ca.Lexicon({"good": threshold}, threshold=threshold)
            row = mentions_of(text).tone(lexicon).to_frame().iloc[0]
            assert (row["tone"], row["sign"]) == (threshold, 1)


def test_signs_are_those_of_fractions_whatever_the_distances():
    rng = np.random.default_rng(3)
    words = {"good": 3, "bad": -2, "great": 1, "war": -1, "poor": -6}
    texts = [
        " ".join(rng.choice([*words, *"vwxyz", "Minsk"], size=rng.integers(3, 50)))
        for _ in range(400)
    ]
    frame = mentions_of(*texts).tone(ca.Lexicon(words)).to_frame()
    row = 0
    for text in texts:
        tokens = text.split()
        for at in (i for i, token in enumerate(tokens) if token == "Minsk"):
            parts = [
                (words[token], Fraction(1, abs(i - at)))
                for i, token in enumerate(tokens)
                if token in words
            ]
            score, weight = sum(w * f for w, f in parts), sum(f for _, f in parts)
            assert frame["sign"][row] == (score > 0) - (score < 0)
            if weight:
                assert frame["tone"][row] == pytest.approx(float(score / weight), abs=1e-12)
            assert frame["score"][row] == pytest.approx(float(score), abs=1e-11)
            row += 1
    assert row == len(frame)


def test_sentences_that_cancel_out_leave_a_document_without_a_sign():
    text = "Good x. " * 3 + "Bad great great. " + "War good good. " * 2
    words = {"good": 1 / 3, "bad": -1, "great": -1, "war": -2 / 3}
    thirds = tone_of("Good. Good. Bad.", {"good": 1 / 3, "bad": -2 / 3})
    assert thirds["tone"] == 0
    means = [1 / 3] * 3 + [-1] + [0] * 2
    assert tone_of(text, words)["tone"] == pytest.approx(sum(means) / 6, abs=1e-12)
    assert tone_of(text, words)["tone"] == 0


def test_names_are_masked_and_a_hit_within_its_own_name_never_counts():
    mentions = mentions_of("The Good Party and Moscow met.")
    lexicon = ca.Lexicon(GOOD_BAD)
    assert mentions.tone(lexicon).to_frame()["hits"].tolist() == [0, 0]
    assert mentions.tone(lexicon, mask=None).to_frame()["hits"].tolist() == [0, 1]


def test_hits_mentions_documents_and_actors_add_up():
    texts = [
        "Moscow praised Minsk, but the bad war hit Kabul. Moscow was not good.",
        "Minsk and Kabul called it great. The war went on.",
        "Nothing here.",
    ]
    tone = mentions_of(*texts).tone(ca.Lexicon({**GOOD_BAD, "praised": 0.1}))
    frame, hits = tone.to_frame(), tone.hits()
    by_mention = hits.groupby("mention")[["contribution", "weight"]].sum()
    for mention, row in by_mention.iterrows():
        assert row["contribution"] == pytest.approx(frame["score"][mention], abs=1e-11)
        assert row["weight"] == pytest.approx(frame["weight"][mention], abs=1e-11)
    for by in ("document", "actor"):
        totals = tone.totals(by)
        key = "doc" if by == "document" else "actor"
        sums = frame.groupby(key)[["score", "weight", "hits"]].sum()
        for row in totals.itertuples():
            wanted = sums.loc[getattr(row, key)]
            assert row.score == pytest.approx(wanted["score"], abs=1e-11)
            assert row.weight == pytest.approx(wanted["weight"], abs=1e-11)
            assert row.hits == wanted["hits"]
        assert totals["n"].sum() == len(frame)
        assert (totals["positive"] + totals["negative"] + totals["neutral"] == totals["n"]).all()


def test_vader_gives_mentions_a_tone_through_its_hits():
    pytest.importorskip("vaderSentiment", reason="vaderSentiment is not installed")
    mentions = mentions_of("Moscow was NOT good to Minsk. Kabul is great!")
    tone = mentions.tone(ca.Lexicon.vader(), weight="sentence")
    assert tone.to_frame()["score"].round(4).tolist() == [-1.406, -1.406, 3.1]
    assert tone.hits()["text"].tolist() == ["good", "good", "great"]


def test_categories_have_no_tone_of_mentions():
    with pytest.raises(ValueError, match="counts categories"):
        mentions_of("Moscow").tone(ca.Lexicon({"x": ["a"]}))


def test_unknown_options_list_those_there_are():
    mentions = mentions_of("Moscow")
    lexicon = ca.Lexicon(GOOD_BAD)
    with pytest.raises(ValueError, match="weight='near' is not known; choose one of 'distance'"):
        mentions.tone(lexicon, weight="near")
    with pytest.raises(ValueError, match="quotes='no' is not known"):
        mentions.corpus.tone(lexicon, quotes="no")
    with pytest.raises(TypeError, match="lexicon: expected Lexicon, got dict"):
        ca.score(["a"], GOOD_BAD)
    other = mentions_of("Minsk")
    with pytest.raises(ValueError, match="Mentions of the same corpus"):
        mentions.corpus.tone(lexicon, mask=other)


# ---- influence, agreement, repr ----


def test_influence_takes_words_out_one_by_one():
    corpus = ca.Corpus(["good good war", "bad good", "great", "war"])
    table = corpus.tone(ca.Lexicon(GOOD_BAD, negation=False)).influence(top=2)
    assert table["word"].tolist() == ["war", "good"]  # which add -4 and 3
    assert table["count"].tolist() == [2, 3]
    assert table["tone"].tolist() == [(1 + 0 + 2) / 3, (-2 - 1 + 2 - 2) / 4]


@pytest.mark.parametrize("rule", ["mean", "sum", "share", "relative", "logit"])
def test_influence_is_the_tone_of_the_lexicon_without_the_word(rule):
    texts = ["Good. Good war, war.", "Bad good. Great!", "War. Bad bad.", "Great war good."]
    corpus = ca.Corpus(texts)
    table = corpus.tone(ca.Lexicon(GOOD_BAD, rule=rule)).influence().set_index("word")
    for word in ("good", "bad", "war", "great"):
        rest = {key: value for key, value in GOOD_BAD.items() if key != word}
        wanted = corpus.tone(ca.Lexicon(rest, rule=rule)).to_frame()["tone"].mean()
        assert table.loc[word, "tone"] == pytest.approx(wanted, abs=1e-12)


def test_influence_on_vader_is_its_compound_score_without_the_word():
    pytest.importorskip("vaderSentiment", reason="vaderSentiment is not installed")
    texts = ["A good war.", "A bad truce; good talks.", "Great talks"]
    corpus = ca.Corpus(texts)
    table = corpus.tone(ca.Lexicon.vader()).influence().set_index("word")
    rest = ca.Lexicon.vader(lexicon={"good": None})
    wanted = ca.score(texts, rest)["compound"].mean()
    assert table.loc["good", "tone"] == pytest.approx(wanted, abs=1e-3)


def test_influence_on_actors_is_their_net_without_the_word():
    mentions = mentions_of("Moscow was good. Moscow was bad. Moscow was great. Minsk was bad.")
    table = mentions.tone(ca.Lexicon(GOOD_BAD)).influence().set_index("word")
    assert table.loc["great", ["A", "B"]].tolist() == [0, -1]
    assert table.loc["bad", ["A", "B"]].round(4).tolist() == [0.6667, 0]


def test_agreement_compares_each_two():
    texts = ["good ally", "bad war", "great truce", "bad truce", "nothing"]
    corpus = ca.Corpus(texts)
    a = ca.Lexicon({"good": 1, "great": 1, "bad": -1})
    b = ca.Lexicon({"ally": 1, "truce": 1, "war": -1})
    c = ca.Lexicon({"good": 1, "bad": -1})
    frame = ca.agreement(corpus, {"a": a, "b": b, "c": c})
    assert frame[["lexicon_a", "lexicon_b"]].values.tolist() == [["a", "b"], ["a", "c"], ["b", "c"]]
    assert frame["n"].tolist() == [4, 3, 3]
    assert frame["same_sign"].tolist() == [0.75, 1.0, pytest.approx(2 / 3)]
    assert frame["correlation"][0] == pytest.approx(
        np.corrcoef([1, -1, 1, -1], [1, -1, 1, 1])[0, 1], abs=1e-12
    )
    with pytest.raises(ValueError, match="give at least two"):
        ca.agreement(corpus, [a])
    unnamed = ca.agreement(corpus, [a, b, a])[["lexicon_a", "lexicon_b"]]
    assert unnamed.values.tolist() == [
        ["own", "own (2)"],
        ["own", "own (3)"],
        ["own (2)", "own (3)"],
    ]
    with pytest.raises(TypeError, match="corpus: expected Corpus, got list"):
        ca.agreement(texts, {"a": a, "b": b})


def test_repr_says_how_tone_goes_with_length():
    corpus = ca.Corpus(["good", "bad bad", "war is war"])
    text = repr(corpus.tone(ca.Lexicon(GOOD_BAD, negation=False)))
    assert text.startswith("Tone(3 documents, 5 hits in 3 of 3 sentences, lexicon own")
    assert text.endswith("correlation with length -0.98)")


def test_repr_of_vader_on_long_texts_says_to_score_sentences():
    pytest.importorskip("vaderSentiment", reason="vaderSentiment is not installed")
    corpus, vader = (
        ca.Corpus(["A good and great day. " * 9, "An ugly war. " * 9]),
        ca.Lexicon.vader(),
    )
    assert "most are beyond ±0.95, as of long texts: score sentences" in repr(corpus.tone(vader))
    assert "score sentences" not in repr(corpus.tone(vader, unit="sentence"))
    assert "score sentences" not in repr(ca.Corpus(["A good day.", ""]).tone(vader))


def test_a_tone_can_be_drawn():
    pytest.importorskip("matplotlib").use("agg")
    corpus = ca.Corpus(["Moscow was good. Minsk was bad."])
    lexicon = ca.Lexicon(GOOD_BAD)
    assert corpus.tone(lexicon).plot().get_ylabel() == "documents"
    axes = corpus.mentions(ca.Actors(NAMES)).tone(lexicon).plot()
    assert [t.get_text() for t in axes.get_yticklabels()] == ["A", "B"]


# ---- the same bits, and no crash ----


def test_any_number_of_threads_gives_the_same_bits():
    texts = [
        f"Moscow was {w} and not {v}, but very {w} to Minsk." for w in GOOD_BAD for v in GOOD_BAD
    ]
    texts = [" ".join(texts[i:] + texts[:i]) for i in range(16)] * 40
    lexicon = ca.Lexicon({k: v * 0.1 for k, v in GOOD_BAD.items()})
    tables = []
    for threads in (1, 2, 5):
        corpus = ca.Corpus(texts, threads=threads)
        mentions = corpus.mentions(ca.Actors(NAMES))
        parts = (
            corpus.tone(lexicon),
            corpus.tone(lexicon, unit="sentence"),
            mentions.tone(lexicon),
        )
        tables.append([part.to_frame() for part in parts])
    for table in tables[1:]:
        for one, other in zip(tables[0], table, strict=True):
            pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_sums_too_large_to_be_exact_are_refused():
    corpus = ca.Corpus(["huge " * 20])
    with pytest.raises(OverflowError, match="too large"):
        corpus.tone(ca.Lexicon({"huge": 1_000_000}))


def test_an_empty_corpus_has_empty_tables():
    corpus = ca.Corpus([])
    lexicon = ca.Lexicon(GOOD_BAD)
    assert len(corpus.tone(lexicon).to_frame()) == 0
    assert len(corpus.tone(lexicon, unit="sentence").hits()) == 0
    assert len(corpus.quotes()) == 0
    mentions = corpus.mentions(ca.Actors(NAMES))
    assert len(mentions.tone(lexicon).to_frame()) == 0
    assert len(ca.score([], lexicon)) == 0


def tables_of(texts):
    """Every table of tone there is."""
    frame = pd.DataFrame({"text": texts, "place": ["here"] * len(texts)}, dtype="str")
    corpus, lexicon = ca.Corpus(frame), ca.Lexicon(GOOD_BAD)
    documents, sentences = corpus.tone(lexicon), corpus.tone(lexicon, unit="sentence")
    counted = corpus.tone(ca.Lexicon({"x": ["good"]}))
    mentions = corpus.mentions(ca.Actors(NAMES)).tone(lexicon)
    words = {"Moscow": 1, "good": 2} if texts and texts[0] else {"a": 1}
    return {
        "documents": documents.to_frame(),
        "sentences": sentences.to_frame(),
        "categories": counted.to_frame(),
        "hits": documents.hits(),
        "influence": documents.influence(),
        "totals": documents.totals("place"),
        "totals of categories": counted.totals("place"),
        "mentions": mentions.to_frame(),
        "hits of mentions": mentions.hits(),
        "totals of mentions": mentions.totals(),
        "totals of actors": mentions.totals("actor"),
        "totals of groups": mentions.totals(["place", "actor"]),
        "score": ca.score(frame["text"], lexicon),
        "agreement": ca.agreement(corpus, {"a": lexicon, "b": ca.Lexicon(words)}),
        "lexicon": lexicon.to_frame(),
        "report": lexicon.report,
    }


@pytest.mark.parametrize("texts", [[], [None], [""]])
def test_empty_tables_have_the_columns_and_types_of_full_ones(texts):
    full = tables_of(["Moscow was good."])
    for name, table in tables_of(texts).items():
        assert table.dtypes.to_dict() == full[name].dtypes.to_dict(), name
    empty = ca.Lexicon({"a": 1}).report
    found = ca.Lexicon({"a": 1, "word " * 65: 1}).report
    assert (len(empty), len(found)) == (0, 1)
    assert empty.dtypes.to_dict() == found.dtypes.to_dict()


def test_every_table_says_how_it_was_made():
    tables = tables_of(["Moscow was good."])
    tables["explained"] = ca.Corpus(["good"]).explain(0, ca.Lexicon(GOOD_BAD))
    wanted = ca.Lexicon(GOOD_BAD).config["hash"]
    for name, table in tables.items():
        assert wanted in str(table.attrs["config"]) or "categories" in name, name


# ---- groups ----


def grouped():
    frame = pd.DataFrame(
        {
            "text": ["Moscow was good. Minsk was bad.", "Moscow was bad.", "Moscow.", None],
            "outlet": ["x", "y", "y", "y"],
            "day": ["2020-01-01", "2020-06-01", "2021-01-01", "2021-01-01"],
        }
    )
    return ca.Corpus(frame, date="day")


def test_units_add_up_in_groups_with_their_denominators():
    tone = grouped().tone(ca.Lexicon(GOOD_BAD))
    table = tone.totals("outlet")
    assert list(table.columns) == ("outlet n n_scored positive negative neutral net tone".split())
    assert table.drop(columns="outlet").values.tolist() == [
        [1, 1, 0, 0, 1, 0, 0],
        [2, 1, 0, 1, 1, -0.5, -1],
    ]
    assert tone.totals(["year", "outlet"])["n"].tolist() == [1, 1, 1]
    sentences = grouped().tone(ca.Lexicon(GOOD_BAD), unit="sentence").totals("outlet")
    assert sentences[["n", "positive", "negative"]].values.tolist() == [[2, 1, 1], [2, 0, 1]]
    counted = grouped().tone(ca.Lexicon({"good": ["good"], "bad": ["bad"]})).totals("outlet")
    assert counted.values.tolist() == [["x", 1, 1, 1, 6], ["y", 2, 0, 1, 4]]


def test_mentions_add_up_in_groups_with_their_denominators():
    corpus = grouped()
    tone = corpus.mentions(ca.Actors(NAMES)).tone(ca.Lexicon(GOOD_BAD))
    table = tone.totals(["outlet", "actor"])
    columns = ["outlet", "actor", "n", "positive", "negative", "net", "n_docs", "docs_in_group"]
    assert table[columns].values.tolist() == [
        ["x", "A", 1, 1, 0, 1, 1, 1],
        ["x", "B", 1, 0, 1, -1, 1, 1],
        ["y", "A", 2, 0, 1, -0.5, 2, 2],
    ]
    years = tone.totals("year")
    assert years["n"].tolist() == [3, 1]
    for name in ("score", "weight", "n", "hits"):
        assert years[name].sum() == pytest.approx(tone.totals("actor")[name].sum(), abs=1e-11)
    assert tone.totals(["actor"]).equals(tone.totals("actor"))
    for by in ("colour", ["colour", "actor"]):
        with pytest.raises(ValueError, match="by='colour': no such column"):
            tone.totals(by)


def test_influence_of_no_words_is_refused():
    tone = grouped().tone(ca.Lexicon(GOOD_BAD))
    for top in (0, -1):
        with pytest.raises(ValueError, match=f"top must be at least 1, got {top}"):
            tone.influence(top)
    with pytest.raises(TypeError, match=r"top must be a whole number, got 2\.5"):
        tone.influence(2.5)
    assert list(tone.influence().columns) == ["word", "count", "tone", "rank_correlation"]


@pytest.mark.parametrize(
    ("given", "how"),
    [
        ("vader", r"got 'vader'; make one with Lexicon\.vader\(\)"),
        ("words.csv", r"got 'words.csv'; make one with Lexicon\.read\('words.csv'\)"),
        ({"good": 1}, r"got dict; make one with Lexicon\(table\)"),
    ],
)
def test_what_is_no_lexicon_is_an_error_that_says_how_to_make_one(given, how):
    with pytest.raises(TypeError, match=f"lexicon: expected Lexicon, {how}"):
        grouped().tone(given)
    with pytest.raises(TypeError, match=how):
        ca.score(["good"], given)


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA])
def test_missing_texts_give_nan_rows_in_place(value):
    frame = ca.score(["good", value, ""], ca.Lexicon(GOOD_BAD))
    assert frame["score"].fillna(9).tolist() == [1, 9, 0]
    counted = ca.score(["good", value, ""], ca.Lexicon({"x": ["good"]}))
    assert counted["x"].fillna(9).tolist() == [1, 9, 0]
