"""Speed of the whole way, from a DataFrame of articles to counts, pairs and tone.

    python bench/pipeline.py [--data FOLDER] [--megabytes 20] [--names 1000] [--rounds 5]
                             [--articles 100000] [--part ...] [--readme]

The articles are what `bench/tokens.py` cuts from the prose of FOLDER (some 4 kB each, with
typographic quotes and dashes), the names what `bench/actors.py` makes. *split* is
``sum(len(text.split()) for text in texts)``. The parts:

pipeline   ratio to split on one core, with a lexicon of our own rule and with VADER, and to the
           two scripts of `bench/yardsticks.py`, which use VADER too and run on a fiftieth of the
           articles since they are so slow: CPU time, in turns, the fastest round of each
large      a hundred thousand articles on two cores, and a report on them
accessor   what `df["text"].coactor` adds to a row, beside the function it calls
import     what `import coactor` takes beyond NumPy, in processes of their own: CPU time

With --readme the table of the first part is written into README.md: nobody types it in.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# The arithmetic libraries start threads of their own, which would count as our CPU seconds.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

import pandas as pd
from actors import realistic
from tokens import articles, prose, typographic

import coactor as ca

#: The scripts see this part of the articles.
PART = 50

#: What stands around the table in the README.
README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- measured by bench/pipeline.py --readme -->", "<!-- end of what was measured -->"


def pipeline(frame: pd.DataFrame, actors: ca.Actors, lexicon: ca.Lexicon, threads: int) -> object:
    """Make the tables that the scripts make too."""
    found = ca.analyze(frame, actors=actors, lexicon=lexicon, threads=threads)
    return found.by_actor, found.pairs.to_frame(), found.tone.to_frame()


def dictionary(names: list[str]) -> dict[str, list[str]]:
    """Give each two names to an actor."""
    held: dict[str, list[str]] = {}
    for number, name in enumerate(names):
        held.setdefault(f"A{number // 2:04}", []).append(name)
    return held


def fastest(found: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Run all in turns; return the least CPU time of each."""
    best = dict.fromkeys(found, float("inf"))
    for _ in range(rounds):
        for name, run in found.items():
            begin = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - begin)
    return best


def clock(run: Callable[[], object]) -> str:
    """Return the seconds by the clock, and those of all processors."""
    begin, used = time.perf_counter(), time.process_time()
    run()
    used = time.process_time() - used
    return f"{time.perf_counter() - begin:.1f} s ({used:.1f} s of CPU)"


# ---- parts ---------------------------------------------------------------------------------------


def compare(options: argparse.Namespace) -> None:
    """Print the ratios of the pipeline to split and to the two scripts."""
    text = prose(options.data)
    frame = pd.DataFrame({"text": [typographic(t) for t in articles(text, options.megabytes)]})
    names = dictionary(realistic(text, options.names))
    actors, own = ca.Actors(names), ca.Lexicon.conflict()
    texts = frame["text"].tolist()
    found: dict[str, Callable[[], object]] = {
        "split": lambda: sum(len(t.split()) for t in texts),
        "coactor, conflict lexicon": lambda: pipeline(frame, actors, own, 1),
    }
    try:
        vader = ca.Lexicon.vader()
        found["coactor, VADER"] = lambda: pipeline(frame, actors, vader, 1)
    except ImportError as error:
        print(f"VADER: {error}")
    best = fastest(found, options.rounds)
    size = sum(len(t.encode()) for t in texts) / 1e6
    print(f"{len(texts):,} articles, {size:.1f} MB, {options.names:,} names; split ", end="")
    print(f"{size / best['split']:.0f} MB/s")
    part = frame.head(max(1, len(frame) // PART))
    scale = size / (sum(len(t.encode()) for t in part["text"]) / 1e6)
    taken_by = {**best, **scripts(part, names, scale)}
    for name, taken in taken_by.items():
        line = (
            f"  {name:26}{len(texts) / taken:8,.0f} articles/s{best['split'] / taken:9.4f} x split"
        )
        if name not in best:
            times = [f"{ours}: {taken / best[ours]:.0f} x" for ours in best if ours != "split"]
            line += f" ({', '.join(times)} as fast)"
        print(line)
    if options.readme:
        write_readme(taken_by, len(texts), size, options)


def write_readme(
    taken_by: dict[str, float], n: int, size: float, options: argparse.Namespace
) -> None:
    """Put what was measured into the README, with where and on what."""
    split = taken_by["split"]
    rows = [
        f"| {name.replace('_script', ', vaderSentiment and pandas')} "
        f"| {n / taken:,.0f} | {split / taken:.2g} |"
        for name, taken in taken_by.items()
        if name != "split"
    ]
    table = [
        f"| {n:,} articles ({size:.0f} MB), {options.names:,} names: to counts, pairs, tone, "
        "one core | articles a second | speed relative to `str.split` |",
        "|---|--:|--:|",
        *rows,
        "",
        f"Measured on {processor()}, Python {platform.python_version()}, in CPU time, the fastest "
        "of several rounds.",
    ]
    text = README.read_text(encoding="utf-8")
    begin, end = (re.escape(mark) for mark in (BEGIN, END))
    inside = "\n".join((BEGIN, *table, END))
    text, n_found = re.subn(f"{begin}.*?{end}", lambda _: inside, text, flags=re.DOTALL)
    if n_found != 1:
        raise SystemExit(f"{README.name}: expected one block between {BEGIN} and {END}")
    README.write_text(text, encoding="utf-8")


def processor() -> str:
    """Return what the processor is called."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def scripts(part: pd.DataFrame, names: dict[str, list[str]], scale: float) -> dict[str, float]:
    """Time the scripts on a part of the articles; what they would take for all."""
    import yardsticks

    found: dict[str, float] = {}
    for name in ("pyahocorasick_script", "spacy_script"):
        try:
            run = getattr(yardsticks, name)(names)
            found[name] = fastest({name: lambda run=run: run(part)}, 2)[name] * scale
        except ImportError as error:
            print(f"{name}: {error}")
    return found


def large(options: argparse.Namespace) -> None:
    """Print the seconds that many articles take on two cores, and a report on them."""
    text = prose(options.data)
    cut = articles(text, 1 + options.articles * 4200 / 1e6)
    frame = pd.DataFrame({"text": [typographic(t) for t in cut[: options.articles]]})
    frame["date"] = pd.date_range("2015-01-01", periods=len(frame), freq="h")
    actors = ca.Actors(dictionary(realistic(text, options.names)))
    lexicon = ca.Lexicon.conflict()
    pipeline(frame.head(1000), actors, lexicon, 2)
    taken = clock(lambda: pipeline(frame, actors, lexicon, 2))
    print(f"{len(frame):,} articles, two threads: {taken}")
    found = ca.analyze(frame, date="date", actors=actors, lexicon=lexicon, threads=2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        taken = clock(lambda: found.report(path))
        print(f"a report on them: {taken}, {path.stat().st_size / 1e3:.0f} kB")


def accessor(options: argparse.Namespace) -> None:
    """Print what the accessor adds to a row."""
    column = pd.DataFrame({"text": ["They met."] * 200_000})["text"]
    if not hasattr(column, "coactor"):
        print("accessor: not registered")
        return
    lexicon = ca.Lexicon.conflict()
    best = fastest(
        {
            "bare": lambda: ca.score(column, lexicon, threads=1),
            "accessor": lambda: column.coactor.score(lexicon, threads=1),
        },
        2 * options.rounds,
    )
    added = (best["accessor"] - best["bare"]) / len(column)
    print(f"accessor: {added * 1e9:.0f} ns a row beyond ca.score")


def imports(options: argparse.Namespace) -> None:
    """Print the milliseconds that the import takes beyond NumPy."""
    code = (
        "import time, numpy; t = time.process_time(); import coactor; "
        "print(time.process_time() - t)"
    )
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(2 * options.rounds)
    ]
    print(f"import coactor: {min(runs) * 1000:.0f} ms of CPU beyond NumPy")


PARTS = {"pipeline": compare, "large": large, "accessor": accessor, "import": imports}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with inaugural.csv and state_union.zip")
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--names", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--readme", action="store_true", help="write the table of the README")
    parser.add_argument("--part", choices=PARTS, nargs="*", default=list(PARTS))
    options = parser.parse_args()
    for part in options.part:
        PARTS[part](options)


if __name__ == "__main__":
    main()
