"""Where a pair meets: the cells of a matrix, traced back to the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ._counting import Counting, whole
from ._incidence import IntArray
from ._results import text_array
from ._spans import Spans

if TYPE_CHECKING:
    import pandas as pd

    from ._counted import Counted

__all__ = ["Meeting", "concordance", "evidence", "meetings", "nearest", "nearest_in_order"]


class Meeting(NamedTuple):
    """Two mentions of a pair, as rows of the mentions; `first` is earlier."""

    first: int
    second: int
    first_is_a: bool


def nearest(
    rows: IntArray, is_a: npt.NDArray[np.bool_], units: IntArray, starts: IntArray, ends: IntArray
) -> Iterator[Meeting]:
    """Find in each unit the two mentions with the smallest gap; of equal gaps the earliest.

    `rows` are mentions by unit, `units` the unit of each, and within one by start. Of any two one
    starts first, so it is enough to look from each mention back to that one of the other actor
    which reaches furthest to the right. It need not be the last: spans from outside may overlap.
    """
    unit, best, best_gap = -1, None, 0
    reach: list[int | None] = [None, None]
    for k, row in enumerate(rows.tolist()):
        if units[k] != unit:
            if best is not None:
                yield best
            unit, best, reach = units[k], None, [None, None]
        mine = int(is_a[k])
        other = reach[1 - mine]
        if other is not None:
            gap = max(0, int(starts[row] - ends[other]))
            if best is None or gap < best_gap:
                best, best_gap = Meeting(other, row, mine == 0), gap
        furthest = reach[mine]
        if furthest is None or ends[row] > ends[furthest]:
            reach[mine] = row
    if best is not None:
        yield best


def nearest_in_order(
    rows: IntArray, is_a: npt.NDArray[np.bool_], units: IntArray, starts: IntArray, ends: IntArray
) -> Iterator[Meeting]:
    """Find in each unit where a mention of a starts before one of b the nearest such two.

    As in `nearest`, but what starts at the same place comes neither before nor after.
    """
    bounds = np.flatnonzero(np.diff(units, prepend=-1, append=-1))
    for begin, stop in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        found = _first_in_order(rows[begin:stop], is_a[begin:stop], starts, ends)
        if found is not None:
            yield found


def _first_in_order(
    rows: IntArray, is_a: npt.NDArray[np.bool_], starts: IntArray, ends: IntArray
) -> Meeting | None:
    best, best_gap = None, 0
    reach: int | None = None  # the mention of a before here that ends last
    waiting: list[int] = []  # mentions of a that start here
    at = -1
    for mine, row in zip(is_a.tolist(), rows.tolist(), strict=True):
        if starts[row] != at:
            reach = max(
                [*waiting, *([] if reach is None else [reach])], key=ends.item, default=None
            )
            waiting, at = [], int(starts[row])
        if mine:
            waiting.append(row)
        elif reach is not None:
            gap = max(0, at - int(ends[reach]))
            if best is None or gap < best_gap:
                best, best_gap = Meeting(reach, row, True), gap
    return best


def _within_reach(
    spans: Spans, rows: IntArray, is_a: npt.NDArray[np.bool_], counting: Counting
) -> Iterator[Meeting]:
    """Find every two mentions that a window of words counts."""
    segments = spans.segments(counting)[rows]
    first, last = spans.first[rows], spans.ends()[rows]
    reach = counting.reach(int(np.max(last, initial=1)))
    weights = counting.weights(reach)
    for p in range(len(rows)):
        q = p + 1
        while q < len(rows) and segments[q] == segments[p] and first[q] - last[p] < reach:
            distance = int(first[q] - last[p]) + 1
            counts = distance > 0 and (weights is None or weights[distance - 1] > 0)
            if counts and is_a[p] != is_a[q] and (is_a[p] or not counting.directed):
                yield Meeting(int(rows[p]), int(rows[q]), bool(is_a[p]))
            q += 1


def meetings(
    spans: Spans, a: int, b: int, counting: Counting, docs: npt.NDArray[np.bool_] | None
) -> list[Meeting]:
    """Return what the cell of actors `a` and `b` (numbers in `spans`) was counted from."""
    held = (spans.actor == a) | (spans.actor == b)
    if docs is not None:
        held &= docs[spans.doc]
    if counting.is_window:
        rows = np.flatnonzero(held)
        return list(_within_reach(spans, rows, spans.actor[rows] == a, counting))
    units, rows = spans.placed(counting)
    kept = held[rows]
    units, rows = units[kept], rows[kept]
    find = nearest_in_order if counting.directed else nearest
    return list(find(rows, spans.actor[rows] == a, units, spans.start, spans.end))


def concordance(spans: Spans, found: list[Meeting]) -> pd.DataFrame:
    """Show meetings in their text: from sentence to sentence."""
    import pandas as pd

    corpus = spans.corpus
    first = np.array([meeting.first for meeting in found], dtype=np.int64)
    second = np.array([meeting.second for meeting in found], dtype=np.int64)
    first_is_a = np.array([meeting.first_is_a for meeting in found], dtype=np.bool_)
    a, b = np.where(first_is_a, first, second), np.where(first_is_a, second, first)
    docs, start, end = spans.doc[first], spans.start, spans.end
    tokens, bounds = corpus.tokens, corpus._sentence_tokens
    begins = np.asarray(tokens.start[bounds[spans.sentence[first]]], dtype=np.int64)
    stops = np.asarray(tokens.end[bounds[spans.sentence[second] + 1] - 1], dtype=np.int64)
    pieces: list[list[str]] = [[], [], [], [], []]
    text, text_doc = "", -1
    for k, (i, j) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        if docs[k] != text_doc:
            text_doc = int(docs[k])
            text = corpus._text(text_doc)
        edges = [
            (begins[k], start[i]),
            (start[i], end[i]),
            (end[i], start[j]),  # empty where the spans overlap
            (start[j], end[j]),
            (max(end[i], end[j]), stops[k]),
        ]
        for column, (begin, stop) in zip(pieces, edges, strict=True):
            column.append(text[begin:stop])
    columns: dict[str, Any] = {
        "doc": corpus._labels(docs),
        "sentence": spans.sentence[first] - corpus._doc_sentences[docs],
        "a_start": start[a],
        "a_end": end[a],
        "b_start": start[b],
        "b_end": end[b],
    }
    names = ("left", "first", "middle", "second", "right")
    return pd.DataFrame(columns | dict(zip(names, map(text_array, pieces), strict=True)))


def evidence(
    pairs: Counted, a: Any, b: Any, where: Any, group: Any, sample: int | None, seed: int
) -> pd.DataFrame:
    """Make what `Cooccurrence.kwic` documents."""
    import pandas as pd

    if not pairs._sources:
        raise ValueError("kwic needs the text, but these counts came from a matrix")
    pairs._check_pair(a, b)
    if sample is not None and whole("sample", sample) < 0:
        raise ValueError(f"sample must not be negative, got {sample}")
    if where is not None and len(pairs._sources) > 1:
        raise ValueError("where= needs one corpus, but these counts are of several")
    held = _docs_of(pairs, group)
    found, offset = [], 0
    for spans in pairs._sources:
        n_docs = spans.corpus.n_docs
        docs = None if held is None else held[offset : offset + n_docs]
        if where is not None:
            chosen = spans.corpus._docs_where(where)
            docs = chosen if docs is None else docs & chosen
        offset += n_docs
        met: list[Meeting] = []
        if a in spans.labels and b in spans.labels:
            numbers = spans.labels.index(a), spans.labels.index(b)
            met = meetings(spans, *numbers, pairs._counting, docs)
        found.append((spans, met))
    found = _sampled(found, sample, seed)
    shown = [concordance(spans, part) for spans, part in found]
    filled = [frame for frame in shown if len(frame)] or shown[:1]
    table = filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)
    table.attrs["config"] = pairs.config
    return table


def _docs_of(pairs: Counted, group: Any) -> npt.NDArray[np.bool_] | None:
    """Mark the documents of a group."""
    if group is None:
        return None
    number = pairs._group_number(group)
    marks = np.zeros(len(pairs._field.doc_units), dtype=np.bool_)
    if pairs._groups is not None:
        marks[pairs._groups.docs[number]] = True
    return marks


def _sampled(
    found: list[tuple[Spans, list[Meeting]]], sample: int | None, seed: int
) -> list[tuple[Spans, list[Meeting]]]:
    """Draw some meetings at random; they keep their order."""
    total = sum(len(part) for _, part in found)
    if sample is None or sample >= total:
        return found
    drawn = np.zeros(total, dtype=np.bool_)
    random = np.random.default_rng(whole("seed", seed, 0))
    drawn[random.choice(total, sample, replace=False)] = True
    kept, offset = [], 0
    for spans, part in found:
        marks = drawn[offset : offset + len(part)].tolist()
        kept.append((spans, [item for item, mark in zip(part, marks, strict=True) if mark]))
        offset += len(part)
    return kept
