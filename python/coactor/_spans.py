"""Mentions as they are counted: after the roll-up, in one order, each in its units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _core
from ._counting import Counting
from ._groups import keys_of_documents
from ._incidence import Field, IntArray, Rows, Spots
from ._results import distinct

if TYPE_CHECKING:
    from .corpus import Corpus
    from .mentions import Mentions

__all__ = ["Spans"]


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Mentions of one corpus in the order of the text, and who they are counted as."""

    corpus: Corpus
    labels: tuple[str, ...]
    doc: IntArray
    sentence: IntArray
    paragraph: IntArray
    start: IntArray
    end: IntArray
    first: IntArray
    last: IntArray  # behind the last word
    actor: npt.NDArray[np.int32]  # into labels
    found: npt.NDArray[np.int32]  # the same before the roll-up
    about: dict[str, tuple[str, str]]  # label and class of an actor
    settings: dict[str, Any]
    whole: tuple[Mentions, ...]  # what these were filtered from, of each mode

    @classmethod
    def of(cls, mentions: Mentions, rollup: str | int | Mapping[str, str] | None = None) -> Spans:
        """Take mentions, but those in documents without a word, which are no units."""
        corpus = mentions.corpus
        held = np.diff(corpus._doc_tokens)[mentions._doc] > 0
        names = ("doc", "sentence", "paragraph", "start", "end", "first", "last", "actor")
        columns = {name: np.asarray(getattr(mentions, f"_{name}"))[held] for name in names}
        found = columns.pop("actor").astype(np.int32)
        rolled = mentions if rollup is None else mentions.rollup(rollup)
        dictionary = mentions._dictionary
        labels, actor = rolled.actors, np.asarray(rolled._actor)[held].astype(np.int32)
        classes = {} if dictionary is None else dictionary.classes
        about = {id: (rolled.labels.get(id, id), classes.get(id, "")) for id in labels}
        return cls(
            corpus=corpus,
            labels=tuple(labels),
            **{name: column.astype(np.int64) for name, column in columns.items()},
            actor=actor,
            found=found,
            about=about,
            settings={"corpus": corpus.config, "mentions": mentions.config},
            whole=(mentions if mentions._whole is None else mentions._whole,),
        )

    @classmethod
    def of_two(cls, one: Spans, other: Spans) -> Spans:
        """Put the mentions of two modes together, in the order of the text."""
        shift = len(one.labels)
        names = ("doc", "sentence", "paragraph", "start", "end", "first", "last")
        columns: dict[str, Any] = {
            name: np.concatenate([getattr(one, name), getattr(other, name)]) for name in names
        }
        actor = np.concatenate([one.actor, other.actor + shift]).astype(np.int32)
        found = np.concatenate([one.found, other.found + shift]).astype(np.int32)
        order = np.lexsort((actor, columns["end"], columns["start"], columns["doc"]))
        return replace(
            one,
            labels=one.labels + other.labels,
            **{name: column[order] for name, column in columns.items()},
            actor=actor[order],
            found=found[order],
            about={**one.about, **other.about},
            settings={**one.settings, "concepts": other.settings["mentions"]},
            whole=one.whole + other.whole,
        )

    def named(self) -> list[str]:
        """Return the labels that occur."""
        return [self.labels[k] for k in np.unique(self.actor).tolist()]

    # -- units --

    def placed(self, counting: Counting) -> tuple[IntArray, IntArray]:
        """Return the units that mentions stand in, ascending, and the number of the mention."""
        rows = np.arange(len(self.doc), dtype=np.int64)
        if counting.unit in ("document", "window"):
            return self.doc, rows
        if counting.unit == "paragraph":
            return self.paragraph, rows
        if counting.span == 1:
            return self.sentence, rows
        first, counts, offsets = self._stretches(counting)
        of = np.searchsorted(first, self.sentence, side="right") - 1
        local = self.sentence - first[of]
        windows = _n_windows(counts, counting.span)[of]
        units, held = [], []
        for back in range(min(counting.span, int(counts.max(initial=1)))):
            at = local - back
            inside = (at >= 0) & (at < windows)
            units.append((offsets[of] + at)[inside])
            held.append(rows[inside])
        unit, row = np.concatenate(units), np.concatenate(held)
        order = np.lexsort((row, unit))
        return unit[order], row[order]

    def _stretches(self, counting: Counting) -> tuple[IntArray, IntArray, IntArray]:
        """Return what windows of sentences do not cross: first sentence, sentences, first unit."""
        corpus = self.corpus
        bounds = np.asarray(corpus._doc_sentences)
        if counting.within == "paragraph":
            n_sentences = int(bounds[-1])
            changes = np.diff(corpus._sentence_paragraphs, prepend=-1) != 0
            bounds = np.append(np.flatnonzero(changes), n_sentences)
        counts = np.diff(bounds)
        first, counts = bounds[:-1][counts > 0], counts[counts > 0]
        windows = _n_windows(counts, counting.span)
        return first, counts, np.cumsum(windows) - windows

    def units_of_documents(self, counting: Counting) -> IntArray:
        """Return how many units of N each document has: all its own, or those naming anybody."""
        corpus = self.corpus
        if counting.universe == "actors":
            return self._named_units(counting)
        if counting.unit in ("document", "window"):
            return (np.diff(corpus._doc_tokens) > 0).astype(np.int64)
        if counting.unit == "paragraph":
            return np.diff(corpus._doc_paragraphs).astype(np.int64)
        if counting.span == 1:
            return np.diff(corpus._doc_sentences).astype(np.int64)
        first, counts, _ = self._stretches(counting)
        docs = np.searchsorted(corpus._doc_sentences, first, side="right") - 1
        # A document without a sentence shares its bound with the next one, which comes last.
        windows = _n_windows(counts, counting.span)
        return np.bincount(docs, weights=windows, minlength=corpus.n_docs).astype(np.int64)

    def _named_units(self, counting: Counting) -> IntArray:
        """Return how many units of each document name anybody, before any mention was left out."""
        units, docs = [], []
        for mentions in self.whole:
            spans = Spans.of(mentions)
            unit, row = spans.placed(counting)
            new = np.flatnonzero(np.diff(unit, prepend=-1))
            units.append(unit[new])
            docs.append(spans.doc[row[new]])
        _, held = np.unique(np.concatenate(units), return_index=True)
        doc = np.concatenate(docs)[held]
        return np.bincount(doc, minlength=self.corpus.n_docs).astype(np.int64)

    def repeats(self) -> npt.NDArray[np.uint8]:
        """Mark what is only another name of the mention before: the ``ACR`` of ``Name (ACR)``."""
        marks = np.zeros(len(self.doc), dtype=np.uint8)
        if len(marks) < 2:
            return marks
        close = np.flatnonzero(
            (self.doc[1:] == self.doc[:-1])
            & (self.actor[1:] == self.actor[:-1])
            & (self.first[1:] == self.last[:-1] + 1)
            & (self.last[1:] < self.corpus._doc_tokens[self.doc[1:] + 1])
        )
        ids, vocabulary = self.corpus.tokens.ids, self.corpus.tokens.vocabulary
        for k in close.tolist():
            opens = vocabulary[ids[self.last[k]]]
            closes = vocabulary[ids[self.last[k + 1]]]
            marks[k + 1] = (opens, closes) in (("(", ")"), ("[", "]"))
        return marks

    # -- what is counted --

    def field(self, counting: Counting, chosen: npt.NDArray[np.bool_]) -> Field:
        """Return what pairs of the chosen actors are counted from."""
        n = len(self.labels)
        doc_units = self.units_of_documents(counting)
        keys = keys_of_documents(self.corpus, counting)
        rows = None if counting.is_window else self._rows(counting)
        spots = self._spots(counting) if counting.by_place else None
        field = Field(n, rows, spots, doc_units, keys)
        if chosen.all():
            return field
        number = np.where(chosen, np.cumsum(chosen) - 1, -1).astype(np.int32)
        return field.keep(number)

    def _rows(self, counting: Counting) -> Rows:
        unit, row = self.placed(counting)
        starts = self.start[row] if counting.directed else None
        doc = self.doc[row]
        indptr, actors, counts, firsts, lasts, _, docs = _core.incidence(
            unit, doc, self.actor[row], starts, len(self.labels)
        )
        return Rows(indptr, actors, counts, firsts, lasts, docs=docs)

    def segments(self, counting: Counting) -> IntArray:
        """Return what windows of words do not cross, of each mention."""
        return self.doc if counting.within is None else getattr(self, counting.within)

    def ends(self) -> IntArray:
        """Return the word behind each mention; one at least, also of spans that touch none."""
        return np.maximum(self.last, self.first + 1)

    def _spots(self, counting: Counting) -> Spots:
        unit, row = self.placed(counting)
        if counting.is_window:
            unit = self.segments(counting)
        first, last = self.first[row], self.ends()[row]
        return Spots(unit, self.doc[row], first, last, self.actor[row], self.repeats()[row])

    def self_pairs(self, counting: Counting) -> IntArray:
        """Count for each actor the units that name it twice, or its pairs of mentions there."""
        unit, row = self.placed(counting)
        kept = self.repeats()[row] == 0
        unit, actor = unit[kept], self.actor[row[kept]].astype(np.int64)
        n_labels = max(1, len(self.labels))
        key, n = np.unique(unit * n_labels + actor, return_counts=True)
        actor = key % n_labels
        value = n * (n - 1) // 2 if counting.count == "product" else n >= 2
        return _added(actor, value, len(self.labels))

    def joined(self, counting: Counting) -> IntArray:
        """Count for each actor the units in which the roll-up made one of several."""
        unit, row = self.placed(counting)
        n_labels, n_found = max(1, len(self.labels)), int(self.found.max(initial=0)) + 1
        both = distinct((unit * n_labels + self.actor[row]) * n_found + self.found[row])
        key, n = np.unique(both // n_found, return_counts=True)
        return _added(key % n_labels, n >= 2, len(self.labels))


def _added(actor: IntArray, value: Any, n: int) -> IntArray:
    sums = np.zeros(n, dtype=np.int64)
    np.add.at(sums, actor, value)
    return sums


def _n_windows(counts: IntArray, span: int) -> IntArray:
    return np.maximum(1, counts - span + 1)
