"""What it costs to hand columns in: python bench/columns.py [--data FILE]

Prints CPU seconds, best of several, all of one process: the rate of tokenizing each kind of column
as a ratio to that of the list of the same texts; what the pandas accessor takes for a row beyond
the calls of the core; and what `import coactor` takes beyond `import numpy`. Text: the bundled
sample, repeated, or the lines of a JSON lines file with a field "text".
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

import coactor as ca
import coactor.pandas
from coactor import _core
from coactor._columns import SEED

REPEAT = 7
BYTES = 8_000_000
ROWS = 200_000


def cpu(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


def interleaved(runs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the least CPU seconds of each, taken by turns."""
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(REPEAT):
        for name, run in runs.items():
            best[name] = min(best[name], cpu(run))
    return best


def read(path: Path | None) -> list[str]:
    if path is None:
        sample = Path(__file__).resolve().parents[1] / "examples" / "cold_war.csv"
        texts = pd.read_csv(sample)["text"].tolist()
    else:
        lines = path.read_text(encoding="utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines]
    times = BYTES // sum(len(text.encode()) for text in texts) + 1
    return (texts * times)[: max(1, times * len(texts))]


def kinds(texts: list[str]) -> dict[str, object]:
    return {
        "list": texts,
        "pandas object": pd.Series(texts, dtype=object),
        "pandas str": pd.Series(texts, dtype="str"),
        "pandas string[python]": pd.Series(texts, dtype="string[python]"),
        "polars": pl.Series(texts),
        "arrow string": pa.array(texts),
        "arrow string_view": pa.array(texts, pa.string_view()),
        "numpy StringDType": np.array(texts, dtype=np.dtypes.StringDType()),
    }


def columns(texts: list[str]) -> None:
    plain = [text.encode("ascii", "ignore").decode() for text in texts]
    for label, given in (("typographic", texts), ("ASCII", plain)):
        made = kinds(given)
        runs = {
            name: lambda column=column: ca.tokenize(column, threads=1)  # type: ignore[misc]
            for name, column in made.items()
        }
        seconds = interleaved(runs)
        print(f"\n{label}: {len(given):,} articles, rate of tokenizing / that of a list")
        for name, second in seconds.items():
            print(f"  {name:24}{seconds['list'] / second:8.2f}")


def accessor() -> None:
    texts = [f"Officer {i % 997} called it a good day." for i in range(ROWS)]
    mean, vader = ca.Lexicon({"good": 1.0, "bad": -1.0}), ca.Lexicon.vader()
    none = np.zeros(0, dtype=np.int64)

    def scored() -> object:
        whole = (True, none, none, none, none, none, none, 1)
        return _core.vader_scores(vader._text_core, _core.Texts(texts), *whole)

    def tokenized() -> object:
        return _core.tokenize(_core.Texts(texts), 0, SEED, 1)

    def listed() -> object:
        tokens = _core.tokenize(_core.Texts(texts), 0, SEED, 1)
        return _core.lists(tokens.ids(), tokens.doc_tokens(), tokens.vocabulary())

    print(f"\naccessor: nanoseconds a row beyond the core, {ROWS:,} sentences")
    for dtype in ("object", "str", "string[python]"):
        series = pd.Series(texts, dtype=dtype)

        def fresh(series: pd.Series = series) -> coactor.pandas.SeriesAccessor:
            return coactor.pandas.SeriesAccessor(series)  # as the first `.coactor` of a Series does

        seconds = interleaved(
            {
                "core vader": scored,
                "score, vader": lambda: fresh().score(vader, threads=1),
                "core tokens": tokenized,
                "score, mean": lambda: fresh().score(mean, threads=1),
                "core lists": listed,
                "tokens": lambda: fresh().tokens(threads=1),
                "check alone": fresh,
            }
        )
        base = {"score, vader": "core vader", "score, mean": "core tokens", "tokens": "core lists"}
        for name, core in base.items():
            extra = (seconds[name] - seconds[core]) / ROWS * 1e9
            print(
                f"  {dtype:16}{name:14}{extra:8.0f}   (the core: {seconds[core] / ROWS * 1e9:.0f})"
            )
        print(f"  {dtype:16}{'check alone':14}{seconds['check alone'] / ROWS * 1e9:8.0f}")


def importing() -> None:
    best = {"numpy": float("inf"), "coactor": float("inf")}
    for _ in range(REPEAT):
        for name in best:
            script = f"from time import process_time as t; t0 = t(); import {name}; print(t() - t0)"
            done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
            best[name] = min(best[name], float(done.stdout))
    print(f"\nimport coactor: {1000 * (best['coactor'] - best['numpy']):.0f} ms beyond NumPy")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, help="JSON lines with a field text")
    options = parser.parse_args()
    columns(read(options.data))
    accessor()
    importing()


if __name__ == "__main__":
    main()
