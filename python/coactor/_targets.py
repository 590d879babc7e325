"""Tone of mentions: the hits of a sentence, weighed by how far they stand from a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from . import _core, _hits, _shifters
from ._hits import ONE, QUOTE_KINDS, Hits
from ._results import one_of, picked, plural
from ._rules import ratio
from .lexicon import Lexicon
from .tokens import IntArray
from .tone import FloatArray, Tone, check, correlation

if TYPE_CHECKING:
    import matplotlib.axes
    import pandas as pd

    from ._marked import MarkedText
    from .mentions import Mentions

#: Distance at which ``exp`` has fallen to 1/e, in tokens.
DECAY = 6.0

#: Tokens to either side that ``window`` counts.
WINDOW = 8

#: Signs and words that part clauses.
CLAUSE_MARKS = frozenset(",;:()–—")
CLAUSE_WORDS = "but while although though whereas because".split()

#: Actors that `influence` shows.
TOP_ACTORS = 20


class Pairs(NamedTuple):
    """Hits beside mentions of their sentence: numbers of both, and how far apart they are."""

    mention: IntArray
    hit: IntArray
    distance: IntArray
    same_clause: Callable[[], npt.NDArray[np.bool_]]


#: The weight of a hit for a mention, by the distance between their nearest tokens: 1 for
#: neighbours.
WEIGHTS: dict[str, Callable[[Pairs], npt.NDArray[np.float64]]] = {
    "distance": lambda p: 1.0 / p.distance,
    "exp": lambda p: np.exp((1.0 - p.distance) / DECAY),
    "window": lambda p: (p.distance <= WINDOW).astype(np.float64),
    "clause": lambda p: p.same_clause().astype(np.float64),
    "sentence": lambda p: np.ones(len(p.mention)),
}

#: The same in words.
WEIGHT_TEXTS = {
    "distance": "1 / distance in tokens",
    "exp": f"exp((1 - distance) / {DECAY:g}), distance in tokens",
    "window": f"1 up to {WINDOW} tokens away, 0 beyond",
    "clause": "1 within the clause, 0 outside",
    "sentence": "1 throughout the sentence",
}


class MentionTone(Tone):
    """Tone of each mention, and the hits it comes from. Made by `Mentions.tone`."""

    __slots__ = ("_factor", "_mentions", "_pairs", "_total", "_weighed", "_weight", "_weight_name")

    _factor: FloatArray  # weights of the pairs, and
    _weighed: FloatArray  # contributions times these; `_weight` and `_total` are in fixed point
    _mentions: Mentions
    _pairs: Pairs
    _total: IntArray
    _weight: IntArray
    _weight_name: str

    @classmethod
    def _of_mentions(
        cls,
        mentions: Mentions,
        lexicon: Lexicon,
        weight: str,
        mask: Any,
        quotes: str,
        threads: int,
    ) -> MentionTone:
        one_of("weight", weight, tuple(WEIGHTS))
        check(lexicon)
        if lexicon.categories:
            raise ValueError("lexicon: counts categories, and tone needs weights (see poles=)")
        corpus = mentions.corpus
        if isinstance(mask, str):
            one_of("mask", mask, ("mentions",))
            spans, mask = _hits.all_names(mentions), mentions
        else:
            spans = _hits.masked(corpus, mask, threads)
        self = cls.__new__(cls)
        self._mentions, self._weight_name = mentions, weight
        spans = _hits.without(corpus, spans, quotes, threads)
        settings: dict[str, Any] = {
            "corpus": corpus.config,
            "mentions": mentions.config,
            "lexicon": lexicon.config,
            "unit": "mention",
            "weight": weight,
            "mask": "mentions" if mask is mentions else _hits.mask_config(mask),
            "quotes": quotes,
        }
        Tone.__init__(self, corpus, lexicon, "sentence", spans, settings, threads)
        self.unit = "mention"
        return self

    def _make_table(self) -> pd.DataFrame:
        import pandas as pd

        self._pairs = pairs = _join(self._mentions, self._hits, self._threads)
        factor = WEIGHTS[self._weight_name](pairs)
        self._weight = _hits.fixed(factor)
        held = self._weight != 0
        self._factor = np.where(held, factor, 0.0)
        self._weighed = self._hits.contribution[pairs.hit] * self._factor
        self._total = np.round(self._weighed).astype(np.int64)
        n = len(self._mentions)
        score = _hits.sums(self._total, pairs.mention, n)
        weight = _hits.sums(self._weight, pairs.mention, n)
        tone = self._tones(slice(None))
        quoted = _hits.quotes_of(self._corpus, self._threads).kind_at(self._mentions._first)
        return pd.DataFrame(
            {
                "score": score / ONE,
                "weight": weight / ONE,
                "tone": tone,
                "sign": _hits.signs_of(tone, self.lexicon.threshold),
                "hits": _hits.counts(pairs.mention[held], n),
                "quoted": picked(QUOTE_KINDS, quoted),
            }
        )

    def _tones(self, held: Any) -> FloatArray:
        """Return the tone of each mention from some of the pairs, to the last decimal it has.

        Of the weights themselves, not of their fixed point: far from a name that has few digits.
        """
        mention, n = self._pairs.mention[held], len(self._mentions)
        score = _hits.float_sums(self._weighed[held], mention, n)
        weight = _hits.float_sums(self._factor[held], mention, n)
        return _hits.settled(ratio(score / ONE, weight))

    def to_frame(self) -> pd.DataFrame:
        """Return a row a mention.

        Columns: doc, sentence, actor, start, end, score, weight, tone, sign, hits, quoted. `score`
        is the sum of the contributions of the hits of the sentence, each times its weight, `weight`
        the sum of the weights, tone = score / weight, NaN where nothing was hit; `sign` is 0 while
        \\|tone\\| is under the threshold of the lexicon.
        """
        return self._first_rows(len(self))

    def _first_rows(self, n: int) -> pd.DataFrame:
        """Return the first rows of `to_frame`."""
        import pandas as pd

        m, corpus = self._mentions, self._corpus
        doc = m._doc[:n]
        place = {
            "doc": corpus._labels(doc),
            "sentence": m._sentence[:n] - corpus._doc_sentences[doc],
            "actor": picked(m.actors, m._actor[:n]),
            "start": m._start[:n],
            "end": m._end[:n],
        }
        frame = pd.concat([pd.DataFrame(place), self._table.head(n)], axis=1)
        frame.attrs["config"] = self.config
        return frame

    def hits(self) -> pd.DataFrame:
        """Return a row a hit and mention.

        Columns: doc, sentence, actor, mention (its row in `to_frame`), start, end, text, pattern,
        value, negated, shifters, distance, weight, contribution; weights and contributions of a
        mention add up to its weight and score.
        """
        import pandas as pd

        pairs = self._pairs
        every = Tone.hits(self).drop(columns="contribution").take(pairs.hit)
        frame = every.reset_index(drop=True)
        frame.insert(
            2, "actor", picked(self._mentions.actors, self._mentions._actor[pairs.mention])
        )
        frame.insert(3, "mention", pairs.mention)
        frame["distance"] = pairs.distance
        frame["weight"] = self._weight / ONE
        frame["contribution"] = self._total / ONE
        frame = pd.DataFrame(frame[self._weight != 0].reset_index(drop=True))
        frame.attrs["config"] = self.config
        return frame

    def show(self, doc: Any) -> MarkedText:
        """Show the text of a document with its mentions, their tone and its words: `Tone.show`."""
        from ._show import show_mention_tone

        return show_mention_tone(self, doc)

    def totals(self, by: Any = "document") -> pd.DataFrame:
        """Return what the mentions of each document, actor, or group of documents add up to.

        Parameters
        ----------
        by : {"document", "actor"}, str or list of str
            Or columns of the corpus, or day, week, month, quarter, year, as in
            `Mentions.frequencies`; in a list also ``"actor"``: ``["year", "actor"]``.

        Returns
        -------
        DataFrame
            doc, …group or actor, n, positive, negative, neutral (mentions by sign; neutral ones may
            have no hit), net = (positive - negative) / n, score, weight, tone = score / weight,
            hits; of what has a mention. Of groups also n_docs, the documents with one, and
            docs_in_group, those with text.

        Raises
        ------
        ValueError
            If `by` names no column and no period.

        Examples
        --------
        >>> import coactor as ca
        >>> frame = {"text": ["Rome praised Oslo.", "Bad Oslo.", "Rain."], "year": [1, 2, 2]}
        >>> import pandas as pd
        >>> mentions = ca.Corpus(pd.DataFrame(frame)).mentions(ca.Actors({"O": ["Oslo"]}))
        >>> tone = mentions.tone(ca.Lexicon({"praised": 1, "bad": -1}))
        >>> tone.totals("year")[["year", "n", "net", "n_docs", "docs_in_group"]].values.tolist()
        [[1.0, 1.0, 1.0, 1.0, 1.0], [2.0, 1.0, -1.0, 1.0, 2.0]]
        """
        from ._totals import of_mentions

        return of_mentions(self, by)

    def _counted_hits(self) -> Hits:
        return self._hits.take(self._pairs.hit)._replace(contribution=self._total)

    def _values(self, held: npt.NDArray[np.bool_]) -> FloatArray:
        """Return each actor's net from some of the hits; NaN for actors without a mention."""
        actor, n_actors = self._mentions._actor.astype(np.int64), len(self._mentions.actors)
        sign = _hits.signs_of(self._tones(held), self.lexicon.threshold)
        net = np.bincount(actor, weights=sign, minlength=n_actors)
        return ratio(net, np.bincount(actor, minlength=n_actors).astype(np.float64))

    def _shown(self, values: FloatArray) -> dict[str, float]:
        """Return the nets of the actors named most."""
        actors = self._mentions.actors
        many = np.bincount(self._mentions._actor.astype(np.int64), minlength=len(actors))
        order = np.argsort(-many, kind="stable")[:TOP_ACTORS]
        return {actors[i]: float(values[i]) for i in order.tolist() if many[i] > 0}

    def plot(
        self,
        kind: str = "tone",
        *,
        by: Any = None,
        top: int = 15,
        ax: matplotlib.axes.Axes | None = None,
    ) -> matplotlib.axes.Axes:
        """Draw the tone of actors.

        Parameters
        ----------
        kind : {"tone", "influence"}
            ``tone``: the shares of negative, neutral and positive mentions of the actors named
            most, neutral across zero. ``influence``: the words that weigh most.
        by : str or list of str, optional
            Of ``tone``: a bar a group instead, as in `totals`, in their order.
        top : int
            So many actors, or words.
        ax : matplotlib Axes, optional
            Where to draw; otherwise a new figure.

        Returns
        -------
        matplotlib Axes
        """
        from ._plots_tone import draw_actors

        return draw_actors(self, kind, by, top, ax)

    def methods(self) -> str:
        """Return a paragraph for a methods section."""
        how = WEIGHT_TEXTS[self._weight_name]
        return (
            f"{Tone.methods(self)} The tone of a mention is the mean contribution of the hits of "
            f"its sentence, weighted by their distance to the name ({how})."
        )

    def __repr__(self) -> str:
        hit = int((self._table["hits"] > 0).sum())
        lengths = np.diff(self._corpus._sentence_tokens)[self._mentions._sentence]
        r = correlation(self._tone, lengths.astype(np.float64))
        length = "" if np.isnan(r) else f", correlation with length {r:.2f}"
        return (
            f"Tone({plural(len(self), 'mention')}, {hit:,} with a hit, weight "
            f"{self._weight_name}, lexicon {self.lexicon.name}{length})"
        )


def _join(mentions: Mentions, hits: Hits, threads: int) -> Pairs:
    """Pair each mention with the hits of its sentence, but for those that lie in its span."""
    sentence: IntArray = mentions._sentence
    begin = np.searchsorted(hits.sentence, sentence, side="left")
    many = np.searchsorted(hits.sentence, sentence, side="right") - begin
    mention = np.repeat(np.arange(len(many)), many)
    hit = np.arange(len(mention)) + np.repeat(begin - (np.cumsum(many) - many), many)
    behind = hits.first[hit] - mentions._last[mention]
    before = mentions._first[mention] - hits.last[hit]
    distance = np.maximum(behind, before) + 1
    held = distance > 0
    mention, hit, distance = mention[held], hit[held], distance[held]

    def same_clause() -> npt.NDArray[np.bool_]:
        parts = _clause_tokens(mentions, threads)
        of_hit = np.searchsorted(parts, hits.first[hit], side="right")
        named: IntArray = mentions._first[mention]
        of_name = np.searchsorted(parts, named, side="right")
        same: npt.NDArray[np.bool_] = of_hit == of_name
        return same

    return Pairs(mention, hit, distance, same_clause)


def _clause_tokens(mentions: Mentions, threads: int) -> IntArray:
    """Return the tokens at which clauses part, in order."""
    corpus = mentions.corpus
    words = _shifters.dictionary(CLAUSE_WORDS, globs=False)
    found = _core.find(corpus._core, words, threads)[3]
    parting = np.array([word in CLAUSE_MARKS for word in corpus.tokens.vocabulary], dtype=bool)
    marks = np.flatnonzero(parting[corpus.tokens.ids]) if len(parting) else found[:0]
    return np.union1d(found, marks)
