"""How a count of pairs comes about: from spans, from two modes, of parts, of a part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from ._counted import Counted
from ._counting import Counting, at_least_0, listed
from ._groups import group_documents
from ._incidence import Field, some
from ._selection import Selection, chosen, pair_keys, places, with_actors
from ._spans import Spans
from ._table import tabulate
from ._version import __version__

if TYPE_CHECKING:
    from .mentions import Mentions

__all__ = ["added", "counted", "counted_again", "narrowed", "of_mentions", "two_modes"]

Result = TypeVar("Result", bound=Counted)


def counted(
    kind: type[Result],
    spans: Spans,
    counting: Counting,
    marks: npt.NDArray[np.bool_],
    settings: dict[str, Any],
    threads: int,
    split: int | None = None,
) -> Result:
    """Count pairs of the actors marked; with `split`, only those across it."""
    if isinstance(settings["rollup"], Mapping):
        settings = {**settings, "rollup": dict(settings["rollup"])}
    labels = tuple(label for label, mark in zip(spans.labels, marks, strict=True) if mark)
    field = spans.field(counting, marks)
    groups = None if field.keys is None else group_documents(field.keys, counting)
    if split is not None:
        split = int(np.count_nonzero(marks[:split]))
    return kind(
        labels,
        spans.labels,
        counting,
        field,
        groups,
        tabulate(field, groups, counting, split, threads),
        (spans,),
        spans.about,
        {"version": __version__, **spans.settings, **counting.settings(), **settings},
        threads,
        _split=split,
    )


def of_mentions(
    kind: type[Result],
    mentions: Mentions,
    *,
    actors: str | Iterable[str] | None,
    rollup: str | int | Mapping[str, str] | None,
    threads: int,
    **settings: Any,
) -> Result:
    """Count what `Mentions.cooccur` asks for."""
    counting = Counting.checked(**settings)
    wanted = actors if actors is None or isinstance(actors, str) else [*listed("actors", actors)]
    spans = Spans.of(mentions, rollup)
    marks = chosen(spans.labels, spans.actor, wanted)
    return counted(kind, spans, counting, marks, {"actors": wanted, "rollup": rollup}, threads)


def two_modes(
    mentions: Mentions, concepts: Mentions, rollup: str | int | Mapping[str, str] | None
) -> tuple[Spans, npt.NDArray[np.bool_], int]:
    """Put both modes together; mark who occurs, and say how many labels the first one has."""
    for name, given in (("mentions", mentions), ("concepts", concepts)):
        if not hasattr(given, "corpus"):
            raise TypeError(f"{name}: expected Mentions, got {type(given).__name__}")
    if mentions.corpus is not concepts.corpus:
        raise ValueError("between needs the mentions and the concepts of one and the same corpus")
    one, other = Spans.of(mentions, rollup), Spans.of(concepts)
    marks = [chosen(spans.labels, spans.actor, None) for spans in (one, other)]
    held = [
        {id for id, mark in zip(spans.labels, of, strict=True) if mark}
        for spans, of in zip((one, other), marks, strict=True)
    ]
    if held[0] & held[1]:
        both = some(sorted(held[0] & held[1]))
        raise ValueError(f"these ids are both actors and concepts: {both}")
    return Spans.of_two(one, other), np.concatenate(marks), len(one.labels)


def counted_again(pairs: Result, **changes: Any) -> Result:
    """Return the result with some parts replaced, counted once more."""
    made = replace(pairs, **changes)
    keys, counting = made._field.keys, made._counting
    groups = None if keys is None else group_documents(keys, counting)
    table = tabulate(made._field, groups, counting, made._split, made._threads)
    made = replace(made, _groups=groups, _table=table)
    return replace(made, _table=made._selected(table))


def added(one: Result, other: Result) -> Result:
    """Return the co-occurrence of both corpora, whose documents are taken to differ."""
    mine, theirs = one._settings(), other._settings()
    if one._counting != other._counting or mine != theirs:
        names = [name for name in mine if mine[name] != theirs[name]]
        differ = f"{', '.join(names)} {'differs' if len(names) == 1 else 'differ'}"
        raise ValueError(f"these pairs were not counted in the same way: {differ}")
    if one._split is not None or other._split is not None:
        raise ValueError("pairs of two modes cannot be added; put the texts into one corpus")
    if not (one._selection.is_all and other._selection.is_all):
        raise ValueError("add first and select pairs afterwards: a sum needs all of them")
    held = set(one._labels) | set(other._labels)
    _refuse_left_out(one, other, held)
    order = tuple(dict.fromkeys(one._order + other._order))
    labels = tuple(label for label in order if label in held)
    return counted_again(
        one,
        _labels=labels,
        _order=order,
        _field=Field.join(
            [part._field.renumber(part._numbers_in(labels), len(labels)) for part in (one, other)]
        ),
        _sources=one._sources + other._sources,
        _about={**other._about, **one._about},
        _config={**one._config, "added": [*_parts(one), *_parts(other)]},
    )


def _parts(pairs: Counted) -> list[dict[str, Any]]:
    """Return the settings of what a sum is of, or of what is none."""
    added: list[dict[str, Any]] | None = pairs._config.get("added")
    return [pairs.config] if added is None else added


def _refuse_left_out(one: Counted, other: Counted, held: set[Any]) -> None:
    """Raise a ValueError for actors whose pairs were counted in one of two corpora alone."""
    for pairs in (one, other):
        there = {label for spans in pairs._sources for label in spans.named()}
        missing = (there if pairs._sources else set(pairs._order)) & (held - set(pairs._labels))
        if missing:
            raise ValueError(
                f"one of these results leaves out {some(sorted(missing, key=str))}, which the "
                "other has; count the same actors in both, or add first and select afterwards"
            )


def narrowed(
    made: Result,
    actors: Iterable[Any] | None,
    pairs: Iterable[tuple[Any, Any]] | None,
    min_expected: float | None,
) -> Result:
    """Return the result for some actors or pairs."""
    step: dict[str, Any] = {"actors": None, "pairs": None, "min_expected": min_expected}
    if actors is not None:
        if isinstance(actors, str):
            raise TypeError(f"actors must be a list of actors, not the text {actors!r}")
        actors = step["actors"] = [*listed("actors", actors)]
        marks = np.zeros(len(made._labels), dtype=np.bool_)
        marks[places(made._labels, actors, "actors: not among those of this result")] = True
        made = _only(made, marks)
    only, least = made._selection
    if pairs is not None:
        pairs = step["pairs"] = [*listed("pairs", pairs)]
        wanted = pair_keys(made._labels, pairs, made._counting.directed)
        only = wanted if only is None else np.intersect1d(only, wanted)
    if min_expected is not None:
        if made._counting.is_window:
            raise ValueError("min_expected needs N, the number of units; windows have none")
        least = max(at_least_0("min_expected", min_expected), least or 0.0)
    steps = [*made._config.get("select", []), step]
    made = replace(
        made, _selection=Selection(only, least), _config={**made._config, "select": steps}
    )
    return replace(made, _table=made._selected(made._table))


def _only(pairs: Result, marks: npt.NDArray[np.bool_]) -> Result:
    number = np.where(marks, np.cumsum(marks) - 1, -1).astype(np.int32)
    split = pairs._split
    return counted_again(
        pairs,
        _labels=tuple(np.array([*pairs._labels, None], dtype=object)[:-1][marks]),
        _field=pairs._field.keep(number),
        _split=None if split is None else int(np.count_nonzero(marks[:split])),
        _selection=with_actors(pairs._selection, number),
    )
