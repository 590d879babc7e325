"""How fast tone is scored, beside the packages it stands in for: python bench/tone.py

Prints ratios of CPU seconds, all of one process: to `sum(len(t.split()) for t in texts)`, here
*split*, and to vaderSentiment, NLTK and afinn where they are installed. Text: sentences of a
JSON lines file with a field "sentence" or "sentence_normalized" (--data), or of the bundled sample.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

# The arithmetic libraries start threads of their own, which would count as our CPU seconds.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import coactor as ca
from coactor import _packages

ARTICLE_WORDS = 700
LONG_WORDS = 55_000
REPEAT = 7


def cpu(run: Callable[[], object], repeat: int = REPEAT) -> float:
    """Return the least CPU seconds of several runs."""
    best = float("inf")
    for _ in range(repeat):
        began = time.process_time()
        run()
        best = min(best, time.process_time() - began)
    return best


def speedup(run: Callable[[int], object], repeat: int = 4 * REPEAT) -> float:
    """Return how many times faster two threads are than one by the clock, taking turns."""
    best = {1: float("inf"), 2: float("inf")}
    for _ in range(repeat):
        for threads in best:
            began = time.perf_counter()
            run(threads)
            best[threads] = min(best[threads], time.perf_counter() - began)
    return best[1] / best[2]


def split(texts: list[str]) -> float:
    return cpu(lambda: sum(len(text.split()) for text in texts))


def read_sentences(path: Path | None) -> list[str]:
    if path is not None:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [row.get("sentence") or row["sentence_normalized"] for row in rows]
    sample = Path(__file__).resolve().parents[1] / "examples" / "cold_war.csv"
    import pandas as pd

    corpus = ca.Corpus(pd.read_csv(sample))
    return corpus.sentences()["text"].tolist()


def articles_of(sentences: list[str]) -> Iterator[str]:
    """Yield texts of some 700 words."""
    held: list[str] = []
    n_words = 0
    for sentence in sentences:
        held.append(sentence)
        n_words += len(sentence.split())
        if n_words >= ARTICLE_WORDS:
            yield " ".join(held)
            held, n_words = [], 0


def enlarge(texts: list[str], megabytes: float) -> list[str]:
    size = sum(map(len, texts)) / 1e6
    return texts * max(1, round(megabytes / size))


def report(what: str, ours: float, yard: float, peer: float | None, peer_name: str) -> None:
    other = "" if peer is None else f"   {peer / ours:8.0f} × {peer_name}"
    print(f"{what:44} {yard / ours:6.2f} × split{other}")


def compare(
    what: str, lexicon: ca.Lexicon, texts: list[str], peer: Callable[[str], object], some: int
) -> None:
    """Time a lexicon on texts, and its package on `some` of them."""
    part = texts[:some]
    scale = sum(map(len, texts)) / sum(map(len, part))
    theirs = cpu(lambda: [peer(text) for text in part], 3) * scale
    ours = cpu(lambda: ca.score(texts, lexicon, threads=1))
    report(what, ours, split(texts), theirs, lexicon.name)


def vader(sentences: list[str], articles: list[str]) -> None:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    lexicon = ca.Lexicon.vader()
    compare("VADER, sentences", lexicon, sentences, analyzer.polarity_scores, 2000)
    compare("VADER, articles of 700 words", lexicon, articles, analyzer.polarity_scores, 60)
    long = " ".join(" ".join(sentences).split(" ")[:LONG_WORDS])
    for what, text in (
        ("VADER, one text of 55,000 words", long),
        ("VADER, good bad × 100,000 but", "good bad " * 100_000 + "but"),
    ):
        seconds = cpu(lambda text=text: ca.score([text], lexicon, threads=1))
        print(f"{what:44} {seconds * 1e3:6.1f} ms")
    faster = speedup(lambda threads: ca.score(articles, lexicon, threads=threads))
    print(f"{'VADER, articles, two threads':44} {faster:6.2f} × one")


def nltk(sentences: list[str]) -> None:
    import nltk.sentiment.vader as port

    path = _packages.folder_of("vaderSentiment", "vaderSentiment") / "vader_lexicon.txt"
    analyzer = port.SentimentIntensityAnalyzer.__new__(port.SentimentIntensityAnalyzer)
    analyzer.lexicon_file = path.read_text(encoding="utf-8").rstrip("\n")
    analyzer.lexicon, analyzer.constants = analyzer.make_lex_dict(), port.VaderConstants()
    lexicon = ca.Lexicon.nltk_vader(lexicon_file=path)
    compare("NLTK's VADER, sentences", lexicon, sentences, analyzer.polarity_scores, 1000)


def afinn(sentences: list[str]) -> None:
    from afinn import Afinn

    compare("AFINN, sentences", ca.Lexicon.afinn(), sentences, Afinn().score, 500)


def own_lexicon(articles: list[str]) -> None:
    """Time 5,000 words of VADER's lexicon, under the rule of a lexicon of one's own."""
    words = {w: v for w, v in _packages.vader_list().words.items() if w.isalpha()}
    drawn = random.Random(1).sample(sorted(words), 5000)
    lexicon = ca.Lexicon({word: words[word] for word in drawn})
    corpus = ca.Corpus(articles, threads=1)
    mentions = corpus.mentions(ca.Actors.world(), threads=1)
    yard = split(articles)
    name = f"lexicon of {len(lexicon):,}"
    report(f"{name}, documents", cpu(lambda: corpus.tone(lexicon, threads=1)), yard, None, "")
    report(f"{name}, mentions", cpu(lambda: mentions.tone(lexicon, threads=1)), yard, None, "")
    faster = speedup(lambda threads: corpus.tone(lexicon, threads=threads))
    print(f"{name + ', documents, two threads':44} {faster:6.2f} × one")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, help="JSON lines with sentences")
    parser.add_argument("--megabytes", type=float, default=20)
    arguments = parser.parse_args()
    found = read_sentences(arguments.data)
    sentences = enlarge(found, arguments.megabytes / 4)
    articles = enlarge(list(articles_of(found)), arguments.megabytes)
    size = sum(map(len, articles)) / 1e6
    print(f"{len(sentences):,} sentences; {len(articles):,} articles, {size:.0f} MB, ", end="")
    print(f"split {size / split(articles):.0f} MB/s")
    for measure, given in (
        (vader, (sentences, articles)),
        (nltk, (sentences,)),
        (afinn, (sentences,)),
    ):
        try:
            measure(*given)
        except ImportError as error:
            print(f"{measure.__name__}: {error}")
    try:
        own_lexicon(articles)
    except ImportError as error:
        print(f"own lexicon: {error}")


if __name__ == "__main__":
    main()
