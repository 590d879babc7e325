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
import pytest

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


LONG = SENTENCE * 1_500_000
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
    "globs": lambda: match_globs(1),
    "pairs": lambda: count_pairs(1),
    "pairs_two_threads": lambda: count_pairs(2),
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
