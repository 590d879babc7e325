"""Tone in a report: how sentences that name an actor, or both of a pair, are judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ._hits import ONE, is_negated
from ._report_numbers import ENOUGH, NAME, Found, IntArray, one_line
from ._svg import short

__all__ = ["tone"]

TOP_ACTORS, TOP_PAIRS, TOP_WORDS, TOP_CATEGORIES = 12, 10, 3, 8

Row = dict[str, Any]
FloatArray = npt.NDArray[np.float64]


def tone(found: Found) -> dict[str, Any]:
    """Say how the sentences of actors and pairs are judged, or for categories what they hold."""
    lexicon = found.analysis.lexicon
    top = found.by_actor.head(TOP_ACTORS)
    categories = lexicon.categories[:TOP_CATEGORIES] if lexicon.categories else []
    more: Callable[[str], Row] = _categories_of(found, categories) if categories else Words(found)
    rows = [
        {**row, "who": found.actors[row["actor"]], **more(row["actor"])}
        for row in top.to_dict("records")
    ]
    pairs = [] if categories else _pairs(found)
    return {
        "rows": rows,
        "pairs": pairs,
        "categories": [short(one_line(name), NAME) for name in categories],
        "n_categories": len(lexicon.categories or ()),
        "threshold": lexicon.threshold,
        "enough": ENOUGH,
        "extremes": [] if categories else _extremes(rows),
        "most": 0.0 if categories else _scale([*rows, *pairs, *(row["rest"] for row in pairs)]),
        **({} if categories else _coverage(found)),
    }


def _scale(rows: Sequence[Mapping[str, Any]]) -> float:
    """Choose the share at which a bar ends: the largest there is, in steps of a tenth."""
    shares = [
        max(row["negative"], row["positive"]) / row["n_sentences"]
        for row in rows
        if row["n_sentences"] >= ENOUGH
    ]
    return float(min(1.0, np.ceil(10 * max(shares, default=1.0)) / 10)) or 1.0


def _coverage(found: Found) -> Row:
    """Say how much of the text the lexicon sees, and how all its sentences are judged."""
    sign, no_hit = found.analysis._signs
    lengths = np.diff(found.analysis.corpus._sentence_tokens).astype(np.float64)
    return {
        "n_hit": int((~no_hit).sum()),
        "all": _counts(sign, no_hit, np.arange(len(sign))),
        "with_length": _correlation(found.analysis.tone, no_hit, lengths),
    }


def _correlation(scores: Any, no_hit: npt.NDArray[np.bool_], lengths: Any) -> float | None:
    """Correlate tone with the length of sentences, which a good score does not depend on."""
    values = np.asarray(scores._tone, dtype=np.float64)[~no_hit]
    lengths = lengths[~no_hit]
    if len(values) < 3 or values.std() == 0 or lengths.std() == 0:
        return None
    return float(np.corrcoef(values, lengths)[0, 1])


def _counts(
    sign: npt.NDArray[np.int8], no_hit: npt.NDArray[np.bool_], sentences: IntArray
) -> dict[str, int]:
    mine = sign[sentences]
    return {
        "n_sentences": len(sentences),
        "negative": int((mine < 0).sum()),
        "neutral": int((mine == 0).sum()),
        "positive": int((mine > 0).sum()),
        "no_hit": int(no_hit[sentences].sum()),
    }


# ---- pairs ---------------------------------------------------------------------------------------


def _pairs(found: Found) -> list[Row]:
    """Count for the most frequent pairs their sentences, and the others of the same documents.

    A pair whose articles are about war has negative sentences whatever the two do, so the tone of
    its sentences says something only beside that of the rest.
    """
    sign, no_hit = found.analysis._signs
    rows: list[Row] = []
    for pair in found.pairs.head(TOP_PAIRS).itertuples(index=False):
        held = _sentences_of_pair(found, pair.a, pair.b)
        docs = np.zeros(len(found.documents), dtype=np.bool_)
        docs[found.doc_of_sentence[held]] = True
        rest = docs[found.doc_of_sentence]
        rest[held] = False
        rows.append(
            {
                "first": found.actors[pair.a],
                "second": found.actors[pair.b],
                **_counts(sign, no_hit, held),
                "rest": _counts(sign, no_hit, np.flatnonzero(rest)),
            }
        )
    return rows


def _sentences_of_pair(found: Found, a: str, b: str) -> IntArray:
    """The sentences that name both; of larger units those that name either, in units with both."""
    one, other = (found.analysis._sentences_of(actor) for actor in (a, b))
    if found.unit == "sentence":
        return np.intersect1d(one, other, assume_unique=True)
    either = np.union1d(one, other)
    both = np.isin(found.unit_of_sentence[either], found.units_of_pair(a, b))
    return np.asarray(either[both])


def _extremes(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Choose the actors with the largest and the smallest share of negative sentences."""

    def share(row: Mapping[str, Any]) -> float:
        return float(row["negative"] / row["n_sentences"])

    known = [row for row in rows if row["n_sentences"] >= ENOUGH]
    extremes = [max(known, key=share), min(known, key=share)] if known else []
    return extremes if len({share(row) for row in extremes}) > 1 else []


# ---- words ---------------------------------------------------------------------------------------


class Words:
    """Which words weigh most in the sentences of an actor: counted as numbers, written at the end.

    A hit of one word is told by the word (folded), one of several by its pattern, and each apart
    from itself behind a “not”.
    """

    def __init__(self, found: Found) -> None:
        analysis = found.analysis
        self._found, self._hits = found, analysis.tone._hits
        hits, tokens = self._hits, analysis.corpus.tokens
        self._n_words = len(tokens.vocabulary)
        n_keys = self._n_words + len(analysis.lexicon)
        single = hits.last - hits.first == 1
        key = self._n_words + hits.pattern
        key[single] = tokens.folded[tokens.ids[hits.first[single]]]
        key = 2 * key + is_negated(hits)
        # Few of all the words are hits: numbered anew, sums over them are short.
        held = np.zeros(2 * n_keys, dtype=np.int64)
        held[key] = 1
        self._keys = np.flatnonzero(held)
        held[self._keys] = np.arange(len(self._keys))
        self._key = held[key]

    def __call__(self, actor: str) -> Row:
        marks = np.zeros(int(self._found.n_sentences), dtype=np.bool_)
        marks[self._found.analysis._sentences_of(actor)] = True
        mine = np.flatnonzero(marks[self._hits.sentence])
        key, n = self._key[mine], len(self._keys)
        sums: FloatArray = np.bincount(
            key, weights=self._hits.contribution[mine] / ONE, minlength=n
        ).astype(np.float64)
        counts = np.bincount(key, minlength=n)
        return {
            "words_negative": self._top(-sums, counts, mine),
            "words_positive": self._top(sums, counts, mine),
        }

    def _top(self, sums: FloatArray, counts: IntArray, mine: IntArray) -> str:
        """Write the words of one sign that weigh most, and how often they occur."""
        best = np.argsort(-sums.round(9), kind="stable")[:TOP_WORDS]
        words = []
        for key in best[sums[best] > 0].tolist():
            word, n = self._written(key, mine), int(counts[key])
            words.append(f"{word}\u00a0×\u202f{n:,}" if n > 1 else word)
        return ", ".join(words)

    def _written(self, key: int, mine: IntArray) -> str:
        """Return a word, or for a phrase how it is written first in these sentences."""
        word, negated = divmod(int(self._keys[key]), 2)
        corpus = self._found.analysis.corpus
        if word < self._n_words:
            text = corpus.tokens.vocabulary[word]
        else:
            first = mine[np.flatnonzero(self._key[mine] == key)[0]]
            place = (
                column[[first]] for column in (self._hits.doc, self._hits.start, self._hits.end)
            )
            (text,) = corpus._texts.slices(*place)
        text = short(one_line(text).casefold(), NAME)
        return f"not {text}" if negated else text


def _categories_of(found: Found, names: Sequence[str]) -> Callable[[str], Row]:
    """Make the function that counts the words of each category around an actor."""
    counts = found.analysis.tone.to_frame()[list(names)].to_numpy()

    def count(actor: str) -> Row:
        sums = counts[found.analysis._sentences_of(actor)].sum(axis=0)
        return {"counts": [int(value) for value in sums]}

    return count
