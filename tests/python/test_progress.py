"""Progress: a bar, or a function that is told what is done, how far it is, and of how much."""

import threading

import numpy as np
import pandas as pd
import pytest

import coactor as ca
from coactor import _core
from coactor._progress import watched

SENTENCE = "The Taliban’s envoy met U.S. officials in Kabul, said Reuters—nobody else. "
ACTORS = ca.Actors({"A": ["Taliban"], "B": ["Kabul"]})
LEXICON = ca.Lexicon({"met": 1.0})
FRAME = pd.DataFrame({"text": [SENTENCE, None, SENTENCE * 3]})
CORPUS = ca.Corpus(FRAME)
MENTIONS = CORPUS.mentions(ACTORS)

VERBS = {
    "reading text": [
        lambda p: ca.Corpus(FRAME, progress=p),
        lambda p: ca.tokenize(FRAME["text"], progress=p),
    ],
    "finding actors": [lambda p: CORPUS.mentions(ACTORS, progress=p)],
    "counting pairs": [
        lambda p: MENTIONS.cooccur(progress=p),
        lambda p: MENTIONS.cooccur(unit="window", window=5, progress=p),
    ],
    "scoring tone": [
        lambda p: CORPUS.tone(LEXICON, progress=p),
        lambda p: MENTIONS.tone(LEXICON, progress=p),
        lambda p: ca.score(FRAME["text"], LEXICON, progress=p),
    ],
}
EVERY = [(what, verb) for what, verbs in VERBS.items() for verb in verbs]


class Listener:
    """Remembers what it is told."""

    def __init__(self):
        self.told = []

    def __call__(self, what, done, total):
        self.told.append((what, done, total))


@pytest.mark.parametrize(("what", "verb"), EVERY)
def test_a_function_is_told_what_is_done_and_that_it_is_over(what, verb):
    listener = Listener()
    verb(listener)
    assert {told[0] for told in listener.told} == {what}
    assert all(0 <= done <= total and total >= 1 for _, done, total in listener.told)
    assert listener.told[-1][1] == listener.told[-1][2]


@pytest.mark.parametrize(("what", "verb"), EVERY)
def test_a_bar_is_shown_on_standard_error_alone_and_goes_away(what, verb, capsys):
    verb(True)
    said = capsys.readouterr()
    assert said.out == "" and f"{what}: " in said.err
    assert said.err.endswith("\r")
    verb(False)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("what", "verb"), EVERY)
@pytest.mark.parametrize("progress", [3, "yes", None])
def test_what_is_neither_is_refused(what, verb, progress):
    with pytest.raises(TypeError, match=r"progress: expected True, False or a function of \(what"):
        verb(progress)


def test_analyze_tells_of_its_four_steps_in_turn():
    listener = Listener()
    ca.analyze(FRAME, actors=ACTORS, lexicon=LEXICON, progress=listener)
    steps = list(dict.fromkeys(what for what, _, _ in listener.told))
    assert steps == list(VERBS)


def long_work(progress, threads=1):
    """Well over a second of counting, which is told of some twenty-five times a second."""
    rows, actors = np.ones((1200, 3000), dtype=np.int8), [str(i) for i in range(3000)]
    with watched(progress, "counting"):
        return ca.Cooccurrence.from_incidence(rows, actors, threads=threads)


class Enough(Exception):
    pass


@pytest.mark.parametrize("threads", [1, 2])
def test_long_work_tells_how_far_it_is_and_an_error_of_the_listener_stops_it(threads):
    told = []

    def listen(what, done, total):
        told.append((done, total))
        if len(told) == 3:
            raise Enough

    with pytest.raises(Enough):
        long_work(listen, threads)
    assert len(told) == 3 and told == sorted(told)
    assert all(0 < done <= total and total > 1 for done, total in told)
    # Nobody listens any more, and everything works.
    long = ca.tokenize([SENTENCE * 1000] * 1000, threads=threads)
    assert len(told) == 3 and len(long) > 0


def test_the_result_is_the_same_whoever_watches():
    listener = Listener()
    watched_one = ca.Corpus([SENTENCE * 2000] * 200, threads=2, progress=listener)
    plain = ca.Corpus([SENTENCE * 2000] * 200, threads=2)
    assert np.array_equal(watched_one.tokens.ids, plain.tokens.ids)


def test_who_watched_before_watches_again_afterwards():
    assert _core.watch(None) is None
    outer, inner = Listener(), Listener()
    with watched(outer, "outer"):
        first = _core.watch(None)
        _core.watch(first)
        with watched(inner, "inner"):
            pass
        assert _core.watch(first) is first
    with pytest.raises(Enough), watched(outer, "outer"):
        raise Enough
    assert _core.watch(None) is None
    assert inner.told == [("inner", 1, 1)] and outer.told == [("outer", 1, 1)]


def test_every_thread_of_python_is_told_of_its_own_work():
    told = {name: Listener() for name in ("one", "two", "three")}

    def work(name):
        with watched(told[name], name):
            ca.tokenize([SENTENCE * 1000] * 40, threads=1)

    threads = [threading.Thread(target=work, args=(name,)) for name in told]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, listener in told.items():
        assert {what for what, _, _ in listener.told} == {name}
