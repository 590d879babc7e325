"""Speed and memory of the way from text to tokens, as ratios within one process.

    python bench/tokens.py [--data FOLDER] [--megabytes 20] [--rounds 5] [--kernels NAME]

The text is cut from the prose of FOLDER (``inaugural.csv``, ``state_union.zip``; default: the
sample in ``examples/``) into articles of some 4,200 characters, once in plain ASCII and once with
typographic quotes and dashes. *split* is ``sum(len(text.split()) for text in texts)``. All
contenders run in turns, round after round; the fastest round of each counts. Contenders that are
not installed are left out.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

ARTICLE = 4200
SAMPLE = Path(__file__).resolve().parents[1] / "examples" / "cold_war.csv"
TYPOGRAPHIC = (("--", "\N{EM DASH}"), (' "', " \N{LEFT DOUBLE QUOTATION MARK}"))
CLOSING = (('"', "\N{RIGHT DOUBLE QUOTATION MARK}"), ("'", "\N{RIGHT SINGLE QUOTATION MARK}"))

Contender = Callable[[], object]


# ---- text ----------------------------------------------------------------------------------------


def prose(folder: Path | None) -> str:
    """Read the prose of a folder, or of the sample."""
    if folder is None:
        return "\n\n".join(column(SAMPLE))
    parts = column(folder / "inaugural.csv")
    with zipfile.ZipFile(folder / "state_union.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith(".txt")]
        parts += [archive.read(name).decode("utf-8", "replace") for name in sorted(names)]
    return "\n\n".join(parts)


def column(path: Path) -> list[str]:
    csv.field_size_limit(1 << 27)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def articles(text: str, megabytes: float) -> list[str]:
    """Cut text into articles, repeated as often as it takes; every copy is an object of its own."""
    cuts = [text[at : at + ARTICLE] for at in range(0, len(text), ARTICLE)]
    size = sum(map(len, cuts))
    copies = max(1, round(megabytes * 1e6 / size))
    return [(cut + " ")[:-1] for _ in range(copies) for cut in cuts]


def plain(text: str) -> str:
    for signs, typographic in (*TYPOGRAPHIC, *CLOSING):
        text = text.replace(typographic, signs)
    return text.encode("ascii", "ignore").decode()


def typographic(text: str) -> str:
    for signs, replacement in (*TYPOGRAPHIC, *CLOSING):
        text = text.replace(signs, replacement)
    return text


# ---- contenders ----------------------------------------------------------------------------------


def contenders(texts: list[str]) -> dict[str, Contender]:
    """Name what runs on articles; the rate of each is over the same bytes."""
    import coactor as ca

    def boundaries() -> None:
        for text in texts:
            ca.word_boundaries(text)

    def spans() -> None:
        for text in texts:
            ca.sentences(text)

    found: dict[str, Contender] = {
        "split": lambda: sum(len(text.split()) for text in texts),
        "lists of split, kept": lambda: [text.split() for text in texts],
        "word boundaries, UAX #29": boundaries,
        "news tokens": lambda: ca.tokenize(texts, threads=1),
        "news tokens, 2 threads": lambda: ca.tokenize(texts, threads=2),
        "uax29 tokens": lambda: ca.tokenize(texts, mode="uax29", threads=1),
        "lists of str, kept": lambda: ca.tokenize(texts, threads=1).to_list(),
        "sentence spans": spans,
    }
    found |= arrow(texts) | vectorizer(texts)
    return found


def arrow(texts: list[str]) -> dict[str, Contender]:
    try:
        import pyarrow
    except ImportError:
        return {}
    import coactor as ca

    column = pyarrow.array(texts)
    return {"news tokens, Arrow": lambda: ca.tokenize(column, threads=1)}


def vectorizer(texts: list[str]) -> dict[str, Contender]:
    try:
        from sklearn.feature_extraction.text import CountVectorizer
    except ImportError:
        return {}
    return {"CountVectorizer": lambda: CountVectorizer().fit_transform(texts)}


def rows(texts: list[str]) -> tuple[dict[str, Contender], int]:
    """Give single sentences, one a row, and how many bytes they have."""
    import coactor as ca

    sentences = [text[start:end] for text in texts for start, end in ca.sentences(text)]
    size = sum(len(sentence.encode()) for sentence in sentences)
    return {"news tokens, a sentence a row": lambda: ca.tokenize(sentences, threads=1)}, size


# ---- measuring -----------------------------------------------------------------------------------


def fastest(found: dict[str, Contender], rounds: int) -> dict[str, float]:
    """Run all in turns; return the fewest seconds of each."""
    best = dict.fromkeys(found, float("inf"))
    for _ in range(rounds):
        for name, run in found.items():
            begin = time.perf_counter()
            kept = run()
            best[name] = min(best[name], time.perf_counter() - begin)
            del kept
    return best


def show(kind: str, texts: list[str], rounds: int) -> None:
    size = sum(len(text.encode()) for text in texts)
    best = fastest(contenders(texts), rounds)
    print(f"\n{kind}: {len(texts):,} articles, {size / 1e6:.1f} MB")
    print(f"{'':32}{'MB/s':>8}{'x split':>10}")
    for name, seconds in best.items():
        print(f"{name:32}{size / 1e6 / seconds:8.0f}{best['split'] / seconds:10.2f}")
    more, sentence_size = rows(texts)
    for name, seconds in fastest(more, rounds).items():
        rate = sentence_size / seconds
        print(f"{name:32}{rate / 1e6:8.0f}{rate / (size / best['split']):10.2f}")


#: Holds the text, tokenizes it, and prints how much the process grew at its peak, in bytes.
GROWTH = """
import re, sys
sys.path.insert(0, sys.argv[1])
import tokens
import coactor as ca
def status(field):
    return int(re.search(field + r":\\s+(\\d+)", open("/proc/self/status").read()).group(1)) * 1024
texts = tokens.articles(sys.stdin.read(), float(sys.argv[2]))
ca.tokenize(texts[:10], threads=1)
open("/proc/self/clear_refs", "w").write("5")  # from here on VmHWM is the peak
before = status("VmRSS")
kept = ca.tokenize(texts, threads=1)
print(status("VmHWM") - before)
"""


def memory(text: str, megabytes: float) -> None:
    """Print the peak beyond the text, in bytes per byte: in a process of its own."""
    if not Path("/proc/self/clear_refs").exists():
        print("peak beyond the text: measured on Linux only")
        return
    here = str(Path(__file__).resolve().parent)
    command = [sys.executable, "-c", GROWTH, here, str(megabytes)]
    run = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    size = sum(map(len, articles(text, megabytes)))
    print(f"\npeak beyond the text: {int(run.stdout) / size:.1f} bytes per byte")


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--data", type=Path, help="folder with inaugural.csv and state_union.zip")
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--kernels", help="force a set of kernels, such as scalar")
    options = parser.parse_args(arguments)
    if options.kernels:
        os.environ["COACTOR_KERNELS"] = options.kernels
    text = prose(options.data)
    for kind, prepare in (("ASCII", plain), ("typographic", typographic)):
        show(kind, articles(prepare(text), options.megabytes), options.rounds)
    memory(plain(text), options.megabytes)


if __name__ == "__main__":
    main()
