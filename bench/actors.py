"""Speed and memory of finding actors, as ratios within one process.

    python bench/actors.py [--data FOLDER] [--megabytes 20] [--rounds 3] [--names 1000 36000 ...]

The text is what `bench/tokens.py` cuts from the prose of FOLDER, with typographic quotes and
dashes. Of realistic names a fifth stand in the text, those that stand there most often, so that one
token in forty is named, as in news; the others, of capitalised words and an invented surname, stand
nowhere, as most of a real dictionary; where FOLDER holds
``petrarch``, its 36,000 names are among the dictionaries. Dense patterns are runs of one to four
words of the text itself. *split* is ``sum(len(text.split()) for text in texts)``. All contenders
run in turns, round after round, in CPU time of the process; the fastest round of each counts.
Peers that are not installed are left out. They match characters, case as written; those that do
not look for the edges of words are given the filter that everybody writes then. So all give the
spans of whole names, and none but coactor knows case rules, dashes or possessives.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from tokens import articles, prose, typographic

Contender = Callable[[], object]

#: Peers that see one text in so many only; their time counts as often.
ONE_IN = {"spaCy PhraseMatcher": 20}

#: Peers slower than this, in names times megabytes, are left out of large runs.
SLOW = {"flashtext": 200_000 * 20, "hyperscan": 40_000 * 20}

SYLLABLES = "ba de ko li mu ra si to ve zan dor kin mal nov ost pel ric sal tov vik".split()


# ---- names ---------------------------------------------------------------------------------------


#: Of a realistic dictionary, one name in so many stands in the text.
FOUND_ONE_IN = 5


def realistic(text: str, n: int, seed: int = 1) -> list[str]:
    """Name what is named within sentences, most often first, and people whom nobody knows."""
    rng = random.Random(seed)
    phrase = r"(?<=[a-z,] )[A-Z][a-z]+(?:(?: of(?: the)?)? [A-Z][a-z]+)*\b"
    named = [name for name, _ in Counter(re.findall(phrase, text)).most_common(n // FOUND_ONE_IN)]
    capitals = sorted(set(re.findall(r"\b[A-Z][a-z]{2,}\b", text)))
    found = dict.fromkeys(named)
    while len(found) < n:
        surname = "".join(rng.choices(SYLLABLES, k=rng.choice((2, 3, 3, 4)))).capitalize()
        first = rng.choices(capitals, k=rng.choice((1, 1, 2, 3)))
        name = " ".join([*first, surname])
        found[name if rng.random() < 0.95 else name.replace(" ", "-", 1)] = None
    return list(found)


def dense(text: str, n: int, seed: int = 1) -> list[str]:
    rng = random.Random(seed)
    words = re.findall(r"\w[\w'’]*", text)
    found: set[str] = set()
    for _ in range(n * 20):
        at = rng.randrange(len(words) - 4)
        found.add(" ".join(words[at : at + rng.choice((1, 2, 2, 3, 3, 4))]))
        if len(found) == n:
            break
    return sorted(found)


def petrarch(folder: Path) -> list[str]:
    from coactor import Actors

    names: dict[str, None] = {}
    for path in sorted((folder / "petrarch").glob("*.actors.txt")):
        frame = Actors.read(path).to_frame()
        names |= dict.fromkeys(name.title() for name in frame["alias"])
    return list(names)


# ---- contenders ----------------------------------------------------------------------------------


def ours(texts: list[str], names: list[str]) -> dict[str, Contender]:
    import coactor as ca

    actors = ca.Actors({"A": names})
    corpus = ca.Corpus(texts, threads=1)

    def whole() -> None:
        ca.Corpus(texts, threads=1).mentions(actors)

    return {
        "coactor, text to mentions": whole,
        "coactor, matching alone": lambda: corpus.mentions(actors),
        "coactor, matching alone, 2 threads": lambda: corpus.mentions(actors, threads=2),
    }


def peers(texts: list[str], names: list[str], megabytes: float) -> dict[str, Contender]:
    found: dict[str, Contender] = {}
    for make in (_pyahocorasick, _daachorse, _hyperscan, _flashtext, _phrase_matcher):
        name = make.__name__.removeprefix("_").replace("phrase_matcher", "spaCy PhraseMatcher")
        if len(names) * megabytes > SLOW.get(name, 1e18):
            continue
        try:
            found[name] = make(texts, names)
        except ImportError:
            continue
    return found


def whole(text: str, start: int, end: int) -> bool:
    """Say whether a span begins and ends at the edges of words."""
    return not (
        (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum())
    )


def _pyahocorasick(texts: list[str], names: list[str]) -> Contender:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for i, name in enumerate(names):
        automaton.add_word(name, (i, len(name)))
    automaton.make_automaton()

    def scan(text: str) -> list[tuple[int, int, int]]:
        found = ((i, last + 1 - n, last + 1) for last, (i, n) in automaton.iter_long(text))
        return [span for span in found if whole(text, span[1], span[2])]

    return lambda: [scan(text) for text in texts]


def _daachorse(texts: list[str], names: list[str]) -> Contender:
    import daachorse

    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(
        names, daachorse.MATCH_KIND_LEFTMOST_LONGEST
    )

    def scan(text: str) -> list[tuple[int, int, int]]:
        return [(i, a, b) for a, b, i in automaton.find(text) if whole(text, a, b)]

    return lambda: [scan(text) for text in texts]


def _hyperscan(texts: list[str], names: list[str]) -> Contender:
    import hyperscan

    database = hyperscan.Database()
    database.compile(
        expressions=[rf"\b{re.escape(name)}\b".encode() for name in names],
        ids=list(range(len(names))),
        flags=[hyperscan.HS_FLAG_SOM_LEFTMOST] * len(names),
    )

    def scan(text: str) -> list[tuple[int, int, int]]:
        found: list[tuple[int, int, int]] = []
        database.scan(
            text.encode(), match_event_handler=lambda i, a, b, f, c: found.append((i, a, b))
        )
        return found

    return lambda: [scan(text) for text in texts]


def _flashtext(texts: list[str], names: list[str]) -> Contender:
    import flashtext

    processor = flashtext.KeywordProcessor(case_sensitive=True)
    processor.add_keywords_from_list(names)
    return lambda: [processor.extract_keywords(text, span_info=True) for text in texts]


def _phrase_matcher(texts: list[str], names: list[str]) -> Contender:
    import spacy
    from spacy.matcher import PhraseMatcher

    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab)
    matcher.add("A", list(language.tokenizer.pipe(names)))
    few = texts[:: ONE_IN["spaCy PhraseMatcher"]]
    return lambda: [matcher(doc) for doc in language.tokenizer.pipe(few)]


# ---- measuring -----------------------------------------------------------------------------------


def fastest(found: dict[str, Contender], rounds: int) -> dict[str, float]:
    """Run all in turns; return the least CPU time of each, and wall time for several threads."""
    best = dict.fromkeys(found, float("inf"))
    for _ in range(rounds):
        for name, run in found.items():
            clock = time.perf_counter if "threads" in name else time.process_time
            begin = clock()
            run()
            best[name] = min(best[name], (clock() - begin) * ONE_IN.get(name, 1))
    return best


def build(names: list[str]) -> None:
    """Say how fast a dictionary is built, how large it is, and how fast it is loaded."""
    import coactor as ca

    begin = time.process_time()
    actors = ca.Actors({"A": names})
    seconds = time.process_time() - begin
    size = actors._core.size()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "actors.bin")
        actors.save(path)
        loads = []
        for _ in range(3):
            begin = time.perf_counter()
            ca.Actors.load(path)
            loads.append(time.perf_counter() - begin)
    n = len(names)
    print(
        f"  built {n / seconds:,.0f} aliases/s from strings; {size / n:.0f} bytes an alias; "
        f"loaded in {min(loads) * 1000:.1f} ms"
    )


def measure(label: str, texts: list[str], names: list[str], options: argparse.Namespace) -> None:
    import coactor as ca

    n_tokens = len(ca.tokenize(texts, threads=1))
    print(f"{label}: {len(names):,} names")
    build(names)
    found: dict[str, Contender] = {
        "split": lambda: sum(len(text.split()) for text in texts),
        "coactor, tokens": lambda: ca.tokenize(texts, threads=1),
        **ours(texts, names),
    }
    if options.peers:
        found |= peers(texts, names, options.megabytes)
    seconds = fastest(found, options.rounds)
    for name, taken in seconds.items():
        more = f"{taken / n_tokens * 1e9:7.1f} ns a token" if "matching" in name else ""
        print(f"  {name:38} {seconds['split'] / taken:8.3f} x split {more}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--names", type=int, nargs="*", default=[1000, 100_000])
    parser.add_argument("--dense", type=int, nargs="*", default=[1_000_000])
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args()
    text = prose(options.data)
    texts = [typographic(article) for article in articles(text, options.megabytes)]
    for n in options.names:
        measure("realistic", texts, realistic(text, n), options)
    if options.data is not None and (options.data / "petrarch").is_dir():
        measure("PETRARCH", texts, petrarch(options.data), options)
    options.peers = False
    for n in options.dense:
        measure("dense", texts, dense(text, n), options)


if __name__ == "__main__":
    main()
