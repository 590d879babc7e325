"""The same input gives the same bits on any number of threads, from any thread, with any seed."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pandas as pd
import pytest

from coactor import Actors, Corpus, Lexicon, Mentions, score, tokenize

THREADS = [2, 5]
ACTORS = Actors(
    {
        "USA": ["United States", "U.S.", "Washington"],
        "RUS": ["Russia", "Moscow"],
        "ISIS": ["Islamic State"],
        "ISISK": ["Islamic State-Khorasan", "ISIS-K"],
        "AFG": [{"text": "kabul", "case": "fold"}],
        "X": ["naïve café"],
    },
    opaque=["Washington Post"],
)
LEXICON = Lexicon({"attack*": -1, "support": 0.3, "thank*": 0.1, "wage war": -0.7})
GROUPS = Lexicon({"war": ["attack*"], "peace": ["support", "thank*"]})
WORDS = [
    *["Washington", "Post", "United", "States", "U.S.", "Russia", "MOSCOW", "Islamic", "State"],
    *[
        "State–Khorasan",
        "ISIS-K",
        "Kabul",
        "KABUL’s",
        "naïve",
        "café",
        "attacked",
        "not",
        "support",
    ],
    *["thanked", "wage", "war", "the", "of", "—", "“yes”", "10,000", "🇺🇸", "Москва", "don’t"],
]
ENDS = [" ", " ", " ", " ", " ", ", ", ". ", ".\n", "? ", ".\n\n", "-", "\n"]


def text_of(chosen, n_words):
    words = chosen.choices(WORDS, k=n_words)
    rare = [f"w{chosen.randrange(10**6)}" for _ in range(n_words // 40)]
    ends = chosen.choices(ENDS, k=n_words + len(rare))
    return "".join(word + end for word, end in zip([*words, *rare], ends, strict=True))


def make_texts(n_docs, n_words, seed):
    """About 1.4 MB of news-like text, several chunks of 256 KB."""
    chosen = random.Random(seed)
    return [
        None if chosen.random() < 0.02 else text_of(chosen, chosen.randrange(n_words))
        for _ in range(n_docs)
    ]


CORPORA = {
    "many_short": lambda: make_texts(20_000, 22, 1),
    "articles": lambda: make_texts(500, 800, 2),
    "one_long_among_short": lambda: [
        *make_texts(50, 50, 3),
        text_of(random.Random(4), 200_000),
        *make_texts(50, 50, 5),
    ],
    "one": lambda: [text_of(random.Random(6), 200_000)],
    "missing_at_the_ends": lambda: [None] * 400_000 + make_texts(40, 400, 7) + [None, ""],
}


def results(corpus, threads):
    """Everything that is computed from a corpus, as frames and arrays."""
    mentions = corpus.mentions(ACTORS, threads=threads)
    tokens = corpus.tokens
    pairs = mentions.cooccur(threads=threads)
    found = {
        name: getattr(tokens, name)
        for name in (
            *["ids", "start", "end", "kind", "doc_offsets", "sentence_offsets"],
            *["paragraph_offsets", "folded"],
        )
    }
    found["vocabulary"] = np.array(tokens.vocabulary, dtype=object)
    return found | {
        "documents": corpus.documents,
        "sentences": corpus.sentences(),
        "mentions": mentions.to_frame(),
        "counts": mentions.counts(),
        "frequencies": mentions.frequencies(),
        "pairs": pairs.to_frame(measures=["npmi", "g2"]),
        "matrix": pairs.to_numpy(),
        "tone": corpus.tone(LEXICON, mask=mentions, threads=threads).to_frame(),
        "sentence_tone": corpus.tone(LEXICON, unit="sentence", threads=threads).to_frame(),
        "hits": corpus.tone(LEXICON, threads=threads).hits(),
        "groups": corpus.tone(GROUPS, threads=threads).to_frame(),
    }


def assert_same(found, expected):
    assert list(found) == list(expected)
    for name, value in expected.items():
        if isinstance(value, pd.DataFrame):
            found[name].attrs = value.attrs = {}
            pd.testing.assert_frame_equal(found[name], value, check_exact=True)
        else:
            assert found[name].dtype == value.dtype, name
            assert np.array_equal(found[name], value), name


@pytest.fixture(scope="module", params=list(CORPORA))
def texts(request):
    return CORPORA[request.param]()


@pytest.fixture(scope="module")
def expected(texts):
    return results(Corpus(texts, threads=1), 1)


def test_the_corpora_say_something(texts, expected):
    assert expected["mentions"]["actor"].nunique() == len(ACTORS)
    assert expected["matrix"].sum() > 0
    assert expected["hits"]["negated"].nunique() == 2
    assert sum(len(text or "") for text in texts) > 4 * 256 * 1024 or len(texts) > 400_000


@pytest.mark.parametrize("threads", THREADS)
def test_results_are_the_same_bits_for_any_number_of_threads(texts, expected, threads):
    assert_same(results(Corpus(texts, threads=threads), threads), expected)


def test_results_do_not_depend_on_how_many_threads_made_what_they_come_from(texts, expected):
    corpus = Corpus(texts, threads=3)
    assert_same(results(corpus, 1), expected)
    assert_same(results(corpus, None), expected)


def test_the_one_liners_are_the_same_too():
    texts = CORPORA["articles"]()
    one = score(texts, LEXICON, threads=1)
    for threads in (*THREADS, None):
        pd.testing.assert_frame_equal(score(texts, LEXICON, threads=threads), one)
        tokens = tokenize(texts, mode="uax29", threads=threads)
        expected = tokenize(texts, mode="uax29", threads=1)
        assert np.array_equal(tokens.ids, expected.ids)
        assert tokens.vocabulary == expected.vocabulary


def test_documents_stand_alone():
    """A document gives the same in a corpus of many as in one of its own."""
    texts = CORPORA["articles"]()
    corpus = Corpus(texts)
    mentions = corpus.mentions(ACTORS).to_frame()
    tone = corpus.tone(LEXICON).to_frame().set_index("doc")
    for doc in range(0, len(texts), 23):
        alone = Corpus([texts[doc]])
        mine = mentions[mentions["doc"] == doc].drop(columns="doc").reset_index(drop=True)
        pd.testing.assert_frame_equal(alone.mentions(ACTORS).to_frame().drop(columns="doc"), mine)
        other = alone.tone(LEXICON).to_frame().set_index("doc")
        assert np.array_equal(other.to_numpy()[0], tone.loc[doc].to_numpy(), equal_nan=True)


@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_the_seed_of_hashing_never_shows(monkeypatch, seed):
    texts = CORPORA["articles"]()[:150]
    expected = results(Corpus(texts), None)
    for module in ("tokens", "actors", "_shifters"):
        monkeypatch.setattr(f"coactor.{module}.SEED", seed)
    again = Actors(ACTORS.to_frame())
    frame = Corpus(texts).mentions(again).to_frame()
    pd.testing.assert_frame_equal(frame, expected["mentions"], check_exact=True)
    found = results(Corpus(texts), None)
    assert_same(found, expected)


def test_python_threads_share_what_is_frozen():
    """All of them begin at once, on one corpus, one dictionary and one lexicon."""
    n_workers = 6
    texts = CORPORA["articles"]()[:150]
    corpus = Corpus(texts, threads=2)
    expected = results(Corpus(texts, threads=1), 1)
    barrier = Barrier(n_workers)

    def work(number):
        barrier.wait()
        return results(corpus if number % 2 else Corpus(texts, threads=2), 1 + number % 3)

    with ThreadPoolExecutor(n_workers) as pool:
        for found in pool.map(work, range(n_workers)):
            assert_same(found, expected)


def test_spans_from_elsewhere_count_the_same_on_any_number_of_threads():
    corpus = Corpus(CORPORA["articles"](), threads=5)
    spans = corpus.mentions(ACTORS).to_frame()
    mentions = Mentions.from_frame(corpus, spans)
    one, *others = (mentions.cooccur(threads=n).to_frame() for n in (1, 2, 5))
    for other in others:
        pd.testing.assert_frame_equal(other, one, check_exact=True)


def test_more_threads_than_anybody_has_is_no_error():
    for threads in (1000, 10**30):
        assert Corpus(["Kabul met Iran."] * 3, threads=threads).n_docs == 3
