"""Passages that a report quotes: drawn at random, from different documents if there are enough.

Which documents are looked at is drawn with a seed that the page states, so that nobody can say
that the best lines were picked, and anybody can draw others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ._report_numbers import NAME, Found, IntArray, one_line
from ._svg import short

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["QUOTES", "Piece", "Quote", "of_actor", "of_pair"]

#: Passages of an actor or a pair.
QUOTES = 3
#: Documents, and passages in them, that are looked at to find some that read well.
DOCS, PASSAGES = 40, 200
#: Letters shown on each side of a name, and of the name of a document.
QUOTE, DOC = 220, 90
#: A passage of so many letters reads well.
SHORTEST, LONGEST = 60, 280


class Piece(NamedTuple):
    """A part of a quotation: `mark` is ``a`` or ``b`` where it names an actor."""

    text: str
    mark: str


class Quote(NamedTuple):
    """A passage, and the document that it is from."""

    doc: str
    pieces: list[Piece]


def _drawn(found: Found, docs: IntArray, seed: int) -> npt.NDArray[np.bool_]:
    """Mark the documents to look at."""
    docs = np.unique(docs)
    if len(docs) > DOCS:
        docs = np.random.default_rng(seed).choice(docs, DOCS, replace=False)
    marks = np.zeros(len(found.documents), dtype=np.bool_)
    marks[docs] = True
    return marks


def of_pair(found: Found, a: str, b: str, seed: int) -> list[Quote]:
    """Draw passages that name both actors of a pair."""
    docs = _drawn(found, found.doc_of_unit[found.units_of_pair(a, b)], seed)
    table = found.analysis.pairs.kwic(a, b, where=docs, sample=PASSAGES, seed=seed)
    rows = list(table.itertuples(index=False))
    texts = [one_line(r.left + r.first + r.middle + r.second + r.right) for r in rows]
    return [_pair_quote(rows[i]) for i in _chosen([row.doc for row in rows], texts, seed)]


def of_actor(found: Found, actor: str, seed: int) -> list[Quote]:
    """Draw sentences that name an actor."""
    mentions, corpus = found.analysis.mentions, found.analysis.corpus
    held = _drawn(found, found.doc_of_sentence[found.analysis._sentences_of(actor)], seed)
    rows = np.flatnonzero((mentions._actor == found.numbers[actor]) & held[mentions._doc])
    if len(rows) > PASSAGES:
        rows = np.sort(np.random.default_rng(seed).choice(rows, PASSAGES, replace=False))
    docs, sentences = mentions._doc[rows], mentions._sentence[rows]
    tokens, bounds = corpus.tokens, corpus._sentence_tokens
    edges = (
        tokens.start[bounds[sentences]].astype(np.int64),
        mentions._start[rows],
        mentions._end[rows],
        np.maximum(tokens.end[bounds[sentences + 1] - 1], mentions._end[rows]).astype(np.int64),
    )
    parts = [corpus._texts.slices(docs, *two) for two in pairwise(edges)]
    passages = list(zip(*parts, strict=True))
    texts = [one_line("".join(passage)) for passage in passages]
    names = corpus._labels(docs)
    return [
        _quote(names[i], zip(passages[i], ("", "a", ""), strict=True))
        for i in _chosen(docs.tolist(), texts, seed)
    ]


def _chosen(docs: Sequence[Any], texts: Sequence[str], seed: int) -> list[int]:
    """Choose some passages, in their order.

    Another document comes before another passage of the same one, then what reads well before what
    is very short or long, then the draw decides; no wording is shown twice.
    """
    order = np.random.default_rng(seed).permutation(len(texts)).tolist()
    unfit = [max(0, SHORTEST - len(text), len(text) - LONGEST) for text in texts]
    order.sort(key=lambda i: unfit[i])
    first: dict[str, int] = {}
    for i in order:
        first.setdefault(texts[i], i)
    seen: dict[Any, int] = {}
    ranked = []
    for rank, i in enumerate(first.values()):
        seen[docs[i]] = seen.get(docs[i], 0) + 1
        ranked.append((seen[docs[i]], rank, i))
    return sorted(i for _, _, i in sorted(ranked)[:QUOTES])


def _pair_quote(row: Any) -> Quote:
    first, second = ("a", "b") if row.a_start <= row.b_start else ("b", "a")
    marks = ("", first, "", second, "")
    texts = (row.left, row.first, row.middle, row.second, row.right)
    return _quote(row.doc, zip(texts, marks, strict=True))


def _quote(doc: Any, parts: Iterable[tuple[str, str]]) -> Quote:
    """Make a quotation of texts with their marks; those without one are cut where they are long."""
    held = [Piece(one_line(text), mark) for text, mark in parts]
    last = len(held) - 1
    pieces = []
    for i, (text, mark) in enumerate(held):
        if mark:
            text = short(text, NAME)
        else:
            text = text.lstrip() if i == 0 else text.rstrip() if i == last else text
            text = clip(text, QUOTE if i > 0 else 0, QUOTE if i < last else 0)
        if text:
            pieces.append(Piece(text, mark))
    return Quote(short(one_line(str(doc)), DOC), pieces)


def clip(text: str, head: int, tail: int) -> str:
    """Keep so many letters of the beginning and of the end, up to blanks, if a text is longer."""
    if len(text) <= head + tail:
        return text
    before = text[:head].rsplit(" ", 1)[0]
    after = text[len(text) - tail :].split(" ", 1)[-1]
    return f"{before} … {after}"
