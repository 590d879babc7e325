"""Ctrl-C stops a long call from within, and leaves everything usable.

How a call is shown to look for Ctrl-C, without a clock: Python hands the GIL over only when it is
released (the switch interval is set to for ever), so the other thread can press Ctrl-C only while
a call works without the GIL. The handler lets the first presses pass and allows the next one each
time; it stops the call when several have arrived at one instruction of Python, which can only be if
the call made there looks several times while it works.
"""

import _thread
import signal
import sys
import threading
from collections import Counter

import numpy as np
import pandas as pd
import pytest
import scipy.sparse

import coactor
from coactor import Actors, Cooccurrence, Corpus, Lexicon

PRESSES = 4
SENTENCE = "The Taliban’s envoy met U.S. officials in Kabul, said Reuters—nobody else. "

pytestmark = pytest.mark.skipif(
    threading.current_thread() is not threading.main_thread(),
    reason="signals arrive in the main thread",
)


class Keyboard:
    """Someone at the keyboard: presses Ctrl-C each time it is allowed to."""

    def __init__(self):
        self.seen_at = Counter()  # presses, by the instruction of Python at which they were seen
        self.allowed = threading.Semaphore(0)
        self.leaving = False
        self.thread = threading.Thread(target=self.press, daemon=True)

    def press(self):
        while True:
            self.allowed.acquire()
            if self.leaving:
                return
            _thread.interrupt_main()

    def seen(self, number, frame):
        place = frame, frame.f_lasti  # the frame itself, or another may get its address
        self.seen_at[place] += 1
        if self.seen_at[place] == PRESSES:
            raise KeyboardInterrupt
        self.allowed.release()

    def __enter__(self):
        self.handler = signal.signal(signal.SIGINT, self.seen)
        self.interval = sys.getswitchinterval()
        self.thread.start()
        sys.setswitchinterval(10_000)
        self.allowed.release()
        return self

    def __exit__(self, *error):
        self.leaving = True
        self.allowed.release()
        sys.setswitchinterval(self.interval)
        self.thread.join()
        signal.signal(signal.SIGINT, self.handler)


def corpus_of_a(n_docs=1):
    """Long documents: each is one piece of work, so whoever works on it must look by itself."""
    return Corpus(["a " * 1_000_000] * n_docs)


def find_almost(threads):
    """A name whose first sixty words fit everywhere: sixty steps a token, and no hit."""
    corpus, actors = corpus_of_a(threads), Actors({"A": ["a " * 60 + "b"]})
    return lambda: corpus.mentions(actors, threads=threads)


def score_almost(threads):
    corpus, lexicon = corpus_of_a(threads), Lexicon({"a " * 60 + "b": 1})
    return lambda: corpus.tone(lexicon, threads=threads)


def match_globs(threads):
    """Patterns that nearly fit, against two hundred thousand types."""
    corpus = Corpus([" ".join("a" * (i % 150) + str(i) for i in range(200_000))])
    lexicon = Lexicon({"a*" * k + "b": 1 for k in range(1, 20)})
    return lambda: corpus.tone(lexicon, threads=threads)


def count_pairs(threads):
    """Twelve hundred units of three thousand actors each: five thousand million pairs."""
    rows = np.ones((1200, 3000), dtype=np.int8)
    actors = [str(i) for i in range(3000)]
    return lambda: Cooccurrence.from_incidence(rows, actors, threads=threads)


def crowded(n_docs=1, n=400_000):
    """Documents of one sentence that names somebody at every second token."""
    actors = Actors({name: [name] for name in "ABCDEFGH"})
    return Corpus(["A or B or C or D or E or F or G or H or " * (n // 8)] * n_docs).mentions(actors)


def count_windows(threads):
    mentions = crowded(threads)
    return lambda: mentions.cooccur(unit="window", window=2000, threads=threads)


def count_distances(threads):
    mentions = crowded(threads)
    return lambda: mentions.cooccur(
        unit="window", window=2000, count="distance", directed=True, threads=threads
    )


def count_groups(threads):
    """Sentences that name a thousand actors each, in documents of their own groups."""
    names = [f"Name{i}" for i in range(1000)]
    corpus = Corpus(
        pd.DataFrame({"text": [" ".join(names)] * 1000, "paper": ["a", "b"] * 500}), threads=1
    )
    mentions = corpus.mentions(Actors({name: [name] for name in names}))
    return lambda: mentions.cooccur(by="paper", threads=threads)


def pairs_to_test(threads):
    rng = np.random.default_rng(1)
    rows = scipy.sparse.random_array((40_000, 3000), density=0.02, rng=rng, dtype=np.float32)
    actors = [str(i) for i in range(3000)]
    pairs = Cooccurrence.from_incidence(rows != 0, actors, docs=np.arange(40_000) // 4)
    return lambda: pairs.test(threads=threads, min_expected=0.0)


def score_as(lexicon, texts, threads):
    """Score texts by a rule that works on letters."""
    if isinstance(lexicon, str):
        name, lexicon = lexicon, getattr(Lexicon, lexicon)
        pytest.importorskip({"vader": "vaderSentiment", "afinn": "afinn"}[name])
        lexicon = lexicon()
    return lambda: coactor.score(texts, lexicon, threads=threads)


def tone_of_mentions(threads):
    corpus = corpus_of_a(threads)
    mentions = corpus.mentions(Actors({"A": ["b"]}))
    lexicon = Lexicon({"a " * 60 + "b": 1})
    return lambda: mentions.tone(lexicon, threads=threads)


def find_shadows():
    corpus = corpus_of_a()
    mentions = corpus.mentions(Actors({"A": ["a " * 60 + "b"]}))
    return lambda: mentions.shadowed()


def look_up(threads):
    corpus = corpus_of_a(threads)
    return lambda: corpus.kwic("a " * 60 + "b")


def analyze_all(threads):
    texts, actors = ["a " * 1_000_000] * threads, Actors({"A": ["a " * 60 + "b"]})
    lexicon = Lexicon({"a": 1})
    return lambda: coactor.analyze(texts, actors=actors, lexicon=lexicon, threads=threads)


LONG = SENTENCE * 1_500_000
MANY = [SENTENCE * 20] * 60_000
CALLS = {
    "many_texts": lambda: lambda: coactor.tokenize([SENTENCE * 500] * 2000, threads=1),
    "many_texts_two_threads": lambda: lambda: coactor.tokenize([SENTENCE * 500] * 4000, threads=2),
    "one_long_text": lambda: lambda: coactor.tokenize([LONG], threads=1),
    "one_long_text_two_threads": lambda: lambda: coactor.tokenize([LONG], threads=2),
    "uax29": lambda: lambda: coactor.tokenize([LONG], mode="uax29"),
    "word_boundaries": lambda: lambda: coactor.word_boundaries(LONG),
    "sentence_boundaries": lambda: lambda: coactor.sentence_boundaries(LONG),
    "mentions": lambda: find_almost(1),
    "mentions_two_threads": lambda: find_almost(2),
    "tone": lambda: score_almost(1),
    "tone_two_threads": lambda: score_almost(2),
    "mentions_shadowed": find_shadows,
    "kwic": lambda: look_up(1),
    "tone_of_mentions": lambda: tone_of_mentions(1),
    "tone_of_mentions_two_threads": lambda: tone_of_mentions(2),
    "vader": lambda: score_as("vader", MANY, 1),
    "vader_two_threads": lambda: score_as("vader", MANY * 2, 2),
    "vader_one_long_text": lambda: score_as("vader", [LONG], 1),
    "afinn": lambda: score_as("afinn", MANY, 1),
    "afinn_one_long_text": lambda: score_as("afinn", [LONG], 1),
    "score": lambda: score_as(Lexicon({"a " * 60 + "b": 1}), ["a " * 1_000_000], 1),
    "sentences": lambda: lambda: coactor.sentences(LONG),
    "corpus": lambda: lambda: Corpus([SENTENCE * 500] * 2000, threads=1),
    "analyze": lambda: analyze_all(1),
    "globs": lambda: match_globs(1),
    "pairs": lambda: count_pairs(1),
    "pairs_two_threads": lambda: count_pairs(2),
    "pairs_by_group": lambda: count_groups(1),
    "windows": lambda: count_windows(1),
    "windows_two_threads": lambda: count_windows(2),
    "distances": lambda: count_distances(1),
    "test": lambda: pairs_to_test(1),
    "test_two_threads": lambda: pairs_to_test(2),
}


@pytest.mark.parametrize("name", list(CALLS))
def test_a_long_call_looks_for_ctrl_c_while_it_works(name):
    call = CALLS[name]()
    with Keyboard(), pytest.raises(KeyboardInterrupt):
        call()


def test_what_a_call_was_given_is_usable_after_it_was_stopped():
    corpus, actors = corpus_of_a(), Actors({"A": ["a " * 60 + "b"], "B": ["a b"]})
    for _ in range(3):
        with Keyboard(), pytest.raises(KeyboardInterrupt):
            corpus.mentions(actors)
    assert Corpus(["a a b"]).mentions(actors).to_frame()["actor"].tolist() == ["B"]
    assert corpus.mentions(Actors({"B": ["b"]})).to_frame().empty
    assert corpus.tokens.ids.tolist() == [0] * 1_000_000


def test_every_result_on_the_way_is_usable_after_a_later_step_was_stopped():
    mentions, lexicon = crowded(), Lexicon({"a " * 60 + "b": 1, "or": 1})
    for call in (
        lambda: mentions.cooccur(unit="window", window=2000),
        lambda: corpus_of_a().tone(lexicon),
        lambda: coactor.score(["a " * 1_000_000], lexicon),
    ):
        with Keyboard(), pytest.raises(KeyboardInterrupt):
            call()
    assert len(mentions) == 400_000 and mentions.cooccur().to_frame()["count"].tolist() == [1] * 28
    windows = mentions.cooccur(unit="window", window=2)
    assert windows.matrix().loc["A", "B"] == 50_000
    assert coactor.score(["or or"], lexicon)["score"].tolist() == [2.0]


def test_an_error_of_the_handler_comes_through():
    class Enough(Exception):
        pass

    class Impatient(Keyboard):
        def seen(self, number, frame):
            raise Enough

    with Impatient(), pytest.raises(Enough):
        coactor.tokenize([LONG])


def test_ctrl_c_before_a_call_keeps_it_from_working():
    """A handler that returns lets the call go on to its end, with the right result."""
    seen = []
    handler = signal.signal(signal.SIGINT, lambda number, frame: seen.append(number))
    try:
        _thread.interrupt_main()
        tokens = coactor.tokenize([SENTENCE] * 10)
    finally:
        signal.signal(signal.SIGINT, handler)
    assert seen == [signal.SIGINT]
    assert len(tokens) == 10 * len(coactor.tokenize([SENTENCE]))
