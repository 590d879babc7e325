"""Which actors and which pairs a result is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ._incidence import IntArray, some
from ._measures import ratio

if TYPE_CHECKING:
    from ._counted import Counted

__all__ = ["ALL", "Selection", "allowed", "chosen", "pair_keys", "places", "with_actors"]

BoolArray = npt.NDArray[np.bool_]


class Selection(NamedTuple):
    """Which pairs a result has been cut down to."""

    pairs: IntArray | None = None  # first * n + second, ascending
    min_expected: float | None = None

    @property
    def is_all(self) -> bool:
        return self.pairs is None and self.min_expected is None


#: What has not been cut down.
ALL = Selection()


def places(labels: Sequence[Any], wanted: Iterable[Any], message: str) -> list[int]:
    """Return where labels stand; a ValueError lists those that do not."""
    place = {label: i for i, label in enumerate(labels)}
    wanted = list(wanted)
    unknown = [label for label in wanted if label not in place]
    if unknown:
        raise ValueError(f"{message}: {some(unknown)}; there are: {some(labels)}")
    return [place[label] for label in wanted]


def chosen(
    labels: Sequence[Any], actor: npt.NDArray[np.int32], actors: str | Sequence[str] | None
) -> BoolArray:
    """Mark the actors that a result is about."""
    marks = np.zeros(len(labels), dtype=np.bool_)
    if actors is None:
        marks[actor] = True
    elif isinstance(actors, str):
        if actors != "all":
            raise ValueError(f'actors={actors!r}: give a list of actor ids, "all" or None')
        marks[:] = True
    else:
        marks[places(labels, actors, "actors: not in the dictionary")] = True
    return marks


def pair_keys(labels: Sequence[Any], pairs: Iterable[tuple[Any, Any]], directed: bool) -> IntArray:
    """Return the numbers of pairs given by their labels, ascending."""
    keys = []
    for pair in pairs:
        if isinstance(pair, str) or len(pair) != 2:
            raise ValueError(f"pairs: expected two actors, got {pair!r}")
        first, second = places(labels, pair, "pairs: not among the actors")
        if first == second:
            raise ValueError(f"pairs: {pair[0]!r} twice; a pair needs two actors")
        if not directed and first > second:
            first, second = second, first
        keys.append(first * len(labels) + second)
    return np.unique(np.array(keys, dtype=np.int64))


def with_actors(selection: Selection, number: npt.NDArray[np.int32]) -> Selection:
    """Return the selection where actors get new numbers; those below 0 are left out."""
    if selection.pairs is None:
        return selection
    first, second = (number[part].astype(np.int64) for part in divmod(selection.pairs, len(number)))
    held = (first >= 0) & (second >= 0)
    n = int(np.count_nonzero(number >= 0))
    return selection._replace(pairs=np.sort(first[held] * n + second[held]))


def allowed(pairs: Counted, group: Any, first: Any, second: Any) -> BoolArray:
    """Mark the pairs that are in the selection."""
    marks = np.ones(len(first), dtype=np.bool_)
    only, least = pairs._selection
    if only is not None:
        key = first.astype(np.int64) * len(pairs._labels) + second
        marks &= np.isin(key, only)
    if least is not None:
        n_i, n_j, n = pairs._margins(group, first, second)
        marks &= ratio(n_i * n_j, n) >= least
    return marks
