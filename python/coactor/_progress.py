"""How long work shows how far it is.

    with watched(progress, "finding actors"):
        ...

While the block runs, the core tells how many of its pieces of work are taken, as often as it looks
for Ctrl-C: some twenty-five times a second. A job that is done sooner is told of once, at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from . import _core

__all__ = ["Progress", "watched"]

#: Whether to show a bar, or a function of what is being done, how much of it is, and of how much.
Progress = bool | Callable[[str, int, int], object]


@contextmanager
def watched(progress: Progress, what: str) -> Iterator[None]:
    """Tell how far the work of a block is.

    Parameters
    ----------
    progress : bool or function
        False: not at all. True: a bar of `tqdm.auto`, which is gone when the block is left. Or a
        function of (what, done, total); work in several passes starts anew with each of them. An
        exception that it raises stops the work.
    what : str
        What is being done, such as "finding actors".

    Raises
    ------
    TypeError
        If it is none of these.
    """
    if progress is False:
        yield
        return
    if progress is True:
        with _bar(what) as tell:
            yield from _told(tell)
        return
    if not callable(progress):
        raise TypeError(
            f"progress: expected True, False or a function of (what, done, total), got {progress!r}"
        )
    yield from _told(lambda done, total: progress(what, done, total))


def _told(tell: Callable[[int, int], object]) -> Iterator[None]:
    last = 1

    def heard(done: int, total: int) -> None:
        nonlocal last
        last = total
        tell(done, total)

    before = _core.watch(heard)
    try:
        yield
    finally:
        _core.watch(before)
    tell(last, last)


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], object]]:
    from tqdm.auto import tqdm

    shape = "{desc}: {percentage:3.0f}%|{bar}| {elapsed}<{remaining}"
    with tqdm(total=1, desc=what, leave=False, bar_format=shape) as shown:
        bar: Any = shown

        def tell(done: int, total: int) -> None:
            if bar.total != total or done < bar.n:
                bar.reset(total)
            bar.update(done - bar.n)

        yield tell
