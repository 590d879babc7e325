"""Counts of pairs, the windows and the clustered test, as ratios to SciPy in one process.

    python bench/cooccurrence.py

One core. CPU seconds, best of several; peak memory is that of a process of its own for each side.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse

from coactor import Cooccurrence, _core

UNITS, NAMED = 1_000_000, 3

#: Where Linux forgets the peak of this process.
RESET_PEAK = Path("/proc/self/clear_refs")


def zipf(rng: np.random.Generator, n_actors: int, size: tuple[int, ...]) -> np.ndarray:
    """Draw actors as often as Zipf says."""
    ends = np.cumsum(1.0 / np.arange(1, n_actors + 1))
    drawn = np.searchsorted(ends, rng.random(size) * ends[-1])
    return np.minimum(drawn, n_actors - 1).astype(np.int32)


def incidence(n_actors: int, n_units: int = UNITS, dtype: Any = np.int64) -> scipy.sparse.csr_array:
    """Make units of three different actors each."""
    rng = np.random.default_rng(0)
    rows = np.sort(zipf(rng, n_actors, (n_units, NAMED)), axis=1)
    while True:
        again = np.flatnonzero((np.diff(rows, axis=1) == 0).any(axis=1))
        if len(again) == 0:
            break
        rows[again] = np.sort(zipf(rng, n_actors, (len(again), NAMED)), axis=1)
    rows = np.sort(rng.permutation(n_actors).astype(np.int32)[rows], axis=1)
    indptr = np.arange(n_units + 1, dtype=np.int32) * NAMED
    ones = np.ones(rows.size, dtype=dtype)
    return scipy.sparse.csr_array((ones, rows.ravel(), indptr), shape=(n_units, n_actors))


#: SciPy's product; counted, in compressed rows above the diagonal; the same with both triangles.
SIDES: dict[str, Callable[[Any, list[str]], object]] = {
    "SciPy": lambda matrix, _: matrix.T @ matrix,
    "counted": lambda matrix, labels: Cooccurrence.from_incidence(matrix, labels, threads=1),
    "symmetric": lambda matrix, labels: Cooccurrence.from_incidence(
        matrix, labels, threads=1
    ).to_scipy(),
}


def timed(work: Callable[[], object]) -> float:
    """Return CPU seconds of one run."""
    began = time.process_time()
    work()
    return time.process_time() - began


def best(work: Callable[[], object], times: int = 5) -> float:
    """Return CPU seconds of the best of several runs."""
    return min(timed(work) for _ in range(times))


def high_water() -> int:
    """Return the most memory that this process has held since the last reset, in kB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def peak(side: str, n_actors: int) -> float:
    """Return by how many MB a process of its own grows for one side."""
    matrix = incidence(n_actors)
    labels = [str(k) for k in range(n_actors)]
    Cooccurrence.from_incidence(matrix[:10], labels, threads=1).to_scipy()
    (matrix[:10].T @ matrix[:10]).sum()
    ctypes.CDLL(None).malloc_trim(0)  # what was freed before is no room for what comes
    RESET_PEAK.write_text("5")
    before = high_water()
    kept: Any = SIDES[side](matrix, labels)
    grown = (high_water() - before) / 1024
    assert kept is not None
    return grown


def peaks(n_actors: int) -> list[float]:
    """Return the memory that each side needs, in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        return pool.starmap(peak, [(side, n_actors) for side in SIDES], chunksize=1)


def binary(n_actors: int) -> None:
    """Compare binary counts from a CSR matrix, to a symmetric CSR matrix."""
    matrix, labels = incidence(n_actors), [str(k) for k in range(n_actors)]
    ours = Cooccurrence.from_incidence(matrix, labels, threads=1)
    product = (matrix.T @ matrix).tocsr()
    product.setdiag(0)
    product.eliminate_zeros()
    assert (ours.to_scipy() != product).nnz == 0
    seconds = dict.fromkeys(SIDES, float("inf"))
    for _ in range(7):  # in turns, so that a busy machine slows all of them down
        for side, work in SIDES.items():
            seconds[side] = min(seconds[side], timed(lambda work=work: work(matrix, labels)))
    memory = peaks(n_actors) if RESET_PEAK.exists() else [float("nan")] * len(SIDES)
    print(f"{n_actors:,} actors:")
    for (side, took), held in zip(seconds.items(), memory, strict=True):
        print(
            f"    {side:10}{took * 1e3:7.1f} ms  {seconds['SciPy'] / took:5.1f} x    "
            f"peak {held:3.0f} MB  {held / memory[0]:.2f} x"
        )


def windows() -> None:
    """Count pairs within five words: a million mentions of 10,000 actors in 10 million words."""
    rng = np.random.default_rng(1)
    firsts = np.sort(rng.choice(10_000_000, 1_000_000, replace=False)).astype(np.int64)
    docs = firsts // 500
    actors = zipf(rng, 10_000, (1_000_000,))
    seconds = best(
        lambda: _core.count_windows(
            docs, docs, firsts, firsts + 1, actors, None, 10_000, 5, None, False, 1
        )
    )
    print(f"window=5: {1e-6 / seconds * 1e6:.1f} million mentions a second")


def clustered() -> None:
    """Test all pairs of 500 actors in 100,000 documents of ten units."""
    matrix = incidence(500, dtype=np.int8)
    pairs = Cooccurrence.from_incidence(
        matrix, [str(k) for k in range(500)], docs=np.arange(UNITS) // 10, threads=1
    )
    seconds = best(lambda: pairs.test(min_expected=0.0, threads=1), 3)
    print(f"clustered test: {seconds:.2f} s, {len(pairs.test(min_expected=0.0)):,} pairs")


def main() -> int:
    binary(500)
    binary(20_000)
    windows()
    clustered()
    return 0


if __name__ == "__main__":
    sys.exit(main())
