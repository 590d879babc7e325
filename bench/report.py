"""How long a report on many articles takes, and how large the page is.

    python bench/report.py [ARTICLES]

The articles are generated: 4 kB each, with a thousand actors, a handful of them in each article.
CPU seconds and wall seconds on all the processors there are, and the size of the page.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

import coactor as ca
from coactor.report import render

N_ACTORS, SENTENCES, WORDS = 1_000, 28, 22
#: Words that no lexicon knows; one word in twenty is loaded, as in real articles.
PLAIN = (
    "the a of to in and for on with at by from as that was were had said would could after "
    "minister officials border week city people capital spokesman market road river oil gas "
    "government part time year country area group number day report statement region question"
).split()
LOADED = "war peace agreement sanctions attack support threat ally rival crisis aid truce".split()
LOADED_SHARE = 0.05


def name_of(actor: int) -> str:
    """Return the name of an actor."""
    return f"Actor{chr(65 + actor % 26)}{actor:03d}stan"


def articles(n: int, seed: int = 0) -> pd.DataFrame:
    """Make articles; in each a handful of actors comes back again and again."""
    rng = np.random.default_rng(seed)
    names = np.array([name_of(i) for i in range(N_ACTORS)], dtype=object)
    plain, loaded = np.array(PLAIN, dtype=object), np.array(LOADED, dtype=object)
    ends = np.cumsum(1.0 / np.arange(1, N_ACTORS + 1))
    texts = []
    for _ in range(n):
        cast = names[np.searchsorted(ends, rng.random(6) * ends[-1])]
        size = (SENTENCES, WORDS)
        grid = plain[rng.integers(0, len(plain), size)]
        grid = np.where(
            rng.random(size) < LOADED_SHARE, loaded[rng.integers(0, len(loaded), size)], grid
        )
        named = rng.random((SENTENCES, 2)) < [0.5, 0.25]
        who = cast[rng.integers(0, 6, (SENTENCES, 2))]
        grid[named[:, 0], 3] = who[named[:, 0], 0]
        grid[named[:, 1], 12] = who[named[:, 1], 1]
        texts.append(" ".join(f"He {' '.join(row)}." for row in grid.tolist()))
    days = pd.Timestamp("2015-01-01") + pd.to_timedelta(rng.integers(0, 3_000, n), unit="D")
    return pd.DataFrame({"text": texts, "date": days})


def timed(name: str, work: Callable[[], Any]) -> Any:
    """Do some work, and print how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    made = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:8} {wall:6.1f} s, {cpu:6.1f} s of CPU")
    return made


def main() -> None:
    """Time both steps."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    frame = articles(n)
    actors = ca.Actors({name_of(i): [name_of(i)] for i in range(N_ACTORS)})
    size = sum(map(len, frame["text"])) / 1e6
    print(f"{n:,} articles, {size:,.0f} MB, {N_ACTORS:,} actors")
    found = timed("analyze", lambda: ca.analyze(frame, actors=actors, date="date"))
    page = timed("report", lambda: render(found))
    print(f"page     {len(page.encode('utf-8')) / 1e3:6.0f} kB")


if __name__ == "__main__":
    main()
