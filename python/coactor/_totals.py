"""Totals of tone: what units of text or mentions come to in groups of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import _hits
from ._groups import PERIODS
from ._hits import ONE
from ._results import picked
from ._rules import ratio
from .tokens import IntArray

if TYPE_CHECKING:
    import pandas as pd

    from ._targets import MentionTone
    from .corpus import Corpus
    from .tone import Tone

__all__ = ["names_of_groups", "of_mentions", "of_units"]

#: Columns of totals beside those of the groups.
UNIT_COLUMNS = ("n", "n_scored", "positive", "negative", "neutral", "net", "tone", "words")
MENTION_COLUMNS = (
    "actor", "n", "positive", "negative", "neutral", "net", "score", "weight", "tone", "hits",
    "n_docs", "docs_in_group",
)  # fmt: skip


def _signs(sign: IntArray, key: IntArray, n: int) -> dict[str, Any]:
    """Count the signs of each key, and how far they lean."""
    many = {s: np.bincount(key[sign == s], minlength=n) for s in (1, -1, 0)}
    net = ratio(many[1] - many[-1], many[1] + many[0] + many[-1])
    return {"positive": many[1], "negative": many[-1], "neutral": many[0], "net": net}


def of_units(tone: Tone, by: Any) -> pd.DataFrame:
    """Return a row a group: its units, and the mean of their tones or the sums of categories."""
    corpus, table, lexicon = tone._corpus, tone._table, tone.lexicon
    number, keys = corpus._grouped(by, (*UNIT_COLUMNS, *lexicon.categories))
    held = ~corpus._missing
    if tone.unit == "sentence":
        number = np.repeat(number, np.diff(corpus._doc_sentences))
        held = np.ones(len(number), dtype=bool)
    key, n = number[held], len(keys)
    grouped: dict[str, Any] = {"n": np.bincount(key, minlength=n)}
    if lexicon.categories:
        for name in (*lexicon.categories, "words"):
            values = table[name].to_numpy()[held]
            total = np.bincount(key, weights=values, minlength=n)
            grouped[name] = total.astype(values.dtype)
    else:
        values = tone._tone[held]
        scored = ~np.isnan(values)
        grouped["n_scored"] = np.bincount(key[scored], minlength=n)
        grouped.update(_signs(_hits.signs_of(values, lexicon.threshold), key, n))
        mean = ratio(_hits.float_sums(values[scored], key[scored], n), grouped["n_scored"])
        grouped["tone"] = _hits.settled(mean)
    frame = keys.assign(**grouped)
    frame = frame[frame["n"] > 0].reset_index(drop=True)
    frame.attrs["config"] = {**tone.config, "by": by}
    return frame


class Keys(NamedTuple):
    """What mentions are added up by."""

    key: IntArray  # of each mention
    held: IntArray  # the keys that there are
    frame: pd.DataFrame  # a row for each of these
    documents: dict[str, IntArray]  # how many each has, and its group has


def of_mentions(tone: MentionTone, by: Any) -> pd.DataFrame:
    """Return a row a document, an actor, or a group of either."""
    key, held, frame, documents = _keys(tone, by)
    table, n = tone._table, int(key.max()) + 1 if len(key) else 0
    score = _hits.sums(tone._total, key[tone._pairs.mention], n)[held]
    weight = _hits.sums(tone._weight, key[tone._pairs.mention], n)[held]
    signs = _signs(table["sign"].to_numpy(), key, n)
    mean = ratio(score.astype(np.float64), weight.astype(np.float64))
    result = frame.assign(
        n=np.bincount(key, minlength=n)[held],
        **{name: column[held] for name, column in signs.items()},
        score=score / ONE,
        weight=weight / ONE,
        tone=_hits.settled(mean),
        hits=_hits.sums(table["hits"].to_numpy(), key, n)[held],
        **documents,
    )
    result.attrs["config"] = {**tone.config, "by": by}
    return result


def _keys(tone: MentionTone, by: Any) -> Keys:
    """Number the mentions by document, actor, or group; no group without a mention is there."""
    import pandas as pd

    m, corpus = tone._mentions, tone._corpus
    actor: IntArray = m._actor.astype(np.int64)
    if by in (["document"], ["actor"]):
        by = by[0]
    if by in ("document", "actor"):
        key = m._doc if by == "document" else actor
        held = np.unique(key)
        name = corpus._labels(held) if by == "document" else picked(m.actors, held)
        return Keys(key, held, pd.DataFrame({"doc" if by == "document" else by: name}), {})
    names = [by] if isinstance(by, str) else list(by)
    groups, keys = corpus._grouped([x for x in names if x != "actor"], MENTION_COLUMNS)
    n_actors = max(len(m.actors), 1) if "actor" in names else 1
    key = groups[m._doc] * n_actors + (actor if "actor" in names else 0)
    held = np.unique(key)
    group = held // n_actors
    frame = keys.take(group).reset_index(drop=True)
    if "actor" in names:
        frame["actor"] = picked(m.actors, held % n_actors)
    return Keys(key, held, frame, _documents(corpus, groups, len(keys), key, m._doc, held, group))


def _documents(
    corpus: Corpus,
    groups: IntArray,
    n_groups: int,
    key: IntArray,
    doc: IntArray,
    held: IntArray,
    group: IntArray,
) -> dict[str, IntArray]:
    """Count the documents that each key is named in, and those with text in its group."""
    with_text = np.diff(corpus._doc_tokens) > 0
    sizes = np.bincount(groups[with_text], minlength=n_groups).astype(np.int64)
    named = np.unique(key * max(corpus.n_docs, 1) + doc) // max(corpus.n_docs, 1)
    n_docs = np.searchsorted(named, held, side="right") - np.searchsorted(named, held)
    return {"n_docs": n_docs.astype(np.int64), "docs_in_group": sizes[group]}


def names_of_groups(table: pd.DataFrame, by: Any) -> list[str]:
    """Return what the groups of a table are called in a picture: ``2024-03``, ``Dawn, 2024``."""
    import pandas as pd

    def name(column: str, value: Any) -> str:
        if pd.isna(value):
            return f"without {column}"
        if column in PERIODS and table[column].dtype.kind == "M":
            return str(pd.Period(value, PERIODS[column]))
        return str(value)

    names = [by] if isinstance(by, str) else list(by)
    rows = table[names].itertuples(index=False, name=None)
    return [", ".join(map(name, names, row)) for row in rows]
