"""Tone: what the hits of a lexicon add up to, in documents and sentences."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _core, _hits
from ._arrow import arrow_stream
from ._display import HTML_ROWS, page
from ._hits import ONE, Hits, SentenceSums, Spans
from ._results import distinct, one_of, picked, plural, text_array, whole
from ._rules import LAST_STEPS, RULES, ratio
from .lexicon import Lexicon
from .tokens import IntArray

if TYPE_CHECKING:
    import matplotlib.axes
    import pandas as pd

    from ._marked import MarkedText
    from .actors import Actors
    from .corpus import Corpus
    from .mentions import Mentions

__all__ = ["Tone"]

UNITS = ("document", "sentence")

#: Lexicons that have a name.
NAMED = ("conflict", "vader", "nltk_vader", "afinn")

#: Columns of VADER.
VADER_COLUMNS = ("neg", "neu", "pos", "compound")

#: What its compound score is normalised by.
VADER_ALPHA = 15.0

#: A compound score beyond this says no more than its sign.
SATURATED = 0.95

FloatArray = npt.NDArray[np.float64]


def correlation(a: FloatArray, b: FloatArray) -> float:
    """Return Pearson's correlation over the rows that both have; NaN if it is undefined."""
    both = ~(np.isnan(a) | np.isnan(b))
    a, b = a[both], b[both]
    if len(a) < 3 or a.std() == 0 or b.std() == 0:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def rank_correlation(a: FloatArray, b: FloatArray) -> float:
    """Return Spearman's correlation over the rows that both have."""
    from scipy.stats import rankdata

    both = ~(np.isnan(a) | np.isnan(b))
    return correlation(rankdata(a[both]).astype(float), rankdata(b[both]).astype(float))


def check(lexicon: Any, argument: str = "lexicon") -> None:
    """Raise a TypeError that says how to make one unless this is a lexicon."""
    if isinstance(lexicon, Lexicon):
        return
    got, how = type(lexicon).__name__, "Lexicon(table)"
    if isinstance(lexicon, (str, PathLike)):
        got, name = repr(lexicon), str(lexicon).lower()
        how = f"Lexicon.{name}()" if name in NAMED else f"Lexicon.read({str(lexicon)!r})"
    raise TypeError(f"{argument}: expected Lexicon, got {got}; make one with {how}")


class Tone:
    """Scores of units of text, and the hits that they come from. Made by `Corpus.tone`.

    Attributes
    ----------
    lexicon : Lexicon
    unit : str

    Examples
    --------
    >>> import coactor as ca
    >>> corpus = ca.Corpus(["They support the talks. They did not attack.", "It rained."])
    >>> tone = corpus.tone(ca.Lexicon({"support": 1, "attack": -1}))
    >>> tone
    Tone(2 documents, 2 hits in 2 of 3 sentences, lexicon own)
    """

    __slots__ = (
        "_corpus",
        "_held",
        "_mask",
        "_n_hits",
        "_settings",
        "_table",
        "_threads",
        "lexicon",
        "unit",
    )
    lexicon: Lexicon
    unit: str

    def __init__(
        self,
        corpus: Corpus,
        lexicon: Lexicon,
        unit: str,
        mask: Spans,
        settings: dict[str, Any],
        threads: int,
    ) -> None:
        self._corpus, self.lexicon, self.unit = corpus, lexicon, unit
        self._mask, self._settings, self._threads = mask, settings, threads
        self._held: Hits | None = None
        self._n_hits: tuple[int, int] | None = None
        self._table: pd.DataFrame = self._make_table()

    @classmethod
    def _of_corpus(
        cls, corpus: Corpus, lexicon: Lexicon, unit: str, mask: Any, quotes: str, threads: int
    ) -> Tone:
        one_of("unit", unit, UNITS)
        check(lexicon)
        spans = _hits.without(corpus, _hits.masked(corpus, mask, threads), quotes, threads)
        settings = {
            "corpus": corpus.config,
            "lexicon": lexicon.config,
            "unit": unit,
            "mask": _hits.mask_config(mask),
            "quotes": quotes,
        }
        return cls(corpus, lexicon, unit, spans, settings, threads)

    # ---- scores ----

    @property
    def _hits(self) -> Hits:
        """The hits that count; of VADER found when they are asked for."""
        if self._held is None:
            self._held = _hits.find(
                self._corpus, self.lexicon, self._mask, self.unit, self._threads
            )
        return self._held

    def _make_table(self) -> pd.DataFrame:
        if self.lexicon.rule in ("vader", "nltk_vader"):
            return self._vader_table()
        return self._count_categories() if self.lexicon.categories else self._add_up()

    def _vader_table(self) -> pd.DataFrame:
        import pandas as pd

        corpus = self._corpus
        columns = _core.vader_scores(
            self.lexicon._text_core,
            corpus._texts,
            *_hits.rows_of(corpus, self.unit),
            *_hits.in_points(corpus, self._mask),
            self._threads,
        )
        return pd.DataFrame(dict(zip(VADER_COLUMNS, columns, strict=True)))

    @property
    def _offsets(self) -> IntArray:
        """Token offsets of the units."""
        corpus = self._corpus
        return corpus._doc_tokens if self.unit == "document" else corpus._sentence_tokens

    def _words(self) -> IntArray:
        """Return the number of words of each unit."""
        corpus = self._corpus
        before = corpus._words_before
        return np.diff(before[corpus._doc_sentences] if self.unit == "document" else before)

    def _units(self) -> IntArray:
        return self._hits.doc if self.unit == "document" else self._hits.sentence

    def _add_up(self) -> pd.DataFrame:
        import pandas as pd

        corpus = self._corpus
        found = _hits.sentence_sums(corpus, self.lexicon, self._mask, self.unit, self._threads)
        self._n_hits = int(found.hits.sum()), int(np.count_nonzero(found.hits))
        table, n_hit = self._sums(found)
        table["tone"] = self._tone_of(found, table, n_hit)
        if self.unit == "document":
            table["share_hit"] = ratio(n_hit, np.diff(corpus._doc_sentences))
            if corpus._missing.any():
                for name in ("score", "weight", "tone", "positive", "negative", "share_hit"):
                    table[name][corpus._missing] = np.nan
        return pd.DataFrame(table)

    def _sums(self, found: SentenceSums) -> tuple[dict[str, Any], IntArray]:
        """Return the columns of the units but for their tone, and how many sentences have a hit."""
        n_hit = (found.hits > 0).astype(np.int64)
        score, positive, hits = found
        if self.unit == "document":
            bounds = self._corpus._doc_sentences
            score, positive, hits = (_hits.within(column, bounds) for column in found)
            n_hit = _hits.within(n_hit, bounds)
        table = {
            "score": score / ONE,
            "weight": hits.astype(np.float64),
            "tone": None,
            "positive": positive / ONE,
            "negative": (score - positive) / ONE,
            "hits": hits,
            "words": self._words(),
        }
        return table, n_hit

    def _tone_of(self, found: SentenceSums, table: dict[str, Any], n_hit: IntArray) -> FloatArray:
        """Return what the rule makes of the sums."""
        rule = self.lexicon.rule
        if rule == "mean" and self.unit == "document":
            return _hits.settled(ratio(self._sum_of_means(found), n_hit))
        return _hits.settled(RULES["sum" if rule == "afinn" else rule](table))

    def _sum_of_means(self, found: SentenceSums) -> FloatArray:
        """Return the sum of the tones of each document's sentences, those without a hit as 0."""
        bounds = self._corpus._doc_sentences
        n = len(bounds) - 1
        doc = np.repeat(np.arange(n), np.diff(bounds))
        return _hits.float_sums(found.score / (np.maximum(found.hits, 1) * ONE), doc, n)

    def _count_categories(self) -> pd.DataFrame:
        import pandas as pd

        corpus, lexicon = self._corpus, self.lexicon
        counted = _hits.category_counts(corpus, lexicon, self._mask, self._threads)
        columns: dict[str, Any] = {}
        for name, counts in zip(lexicon.categories, counted, strict=True):
            if self.unit == "document":
                counts = _hits.within(counts, corpus._doc_sentences)
            columns[name] = counts.astype(np.float64)
            if self.unit == "document":
                columns[name][corpus._missing] = np.nan
        return pd.DataFrame({**columns, "words": self._words()}, copy=False)

    # ---- tables ----

    def to_frame(self) -> pd.DataFrame:
        """Return a row a unit.

        Columns: doc (and sentence), then for VADER neg, neu, pos, compound; for categories a column
        a category, and words; otherwise score, weight, tone, positive, negative, hits, words, and
        for documents share_hit. `score` is the sum of the contributions, `weight` the number of
        hits; tone is what the rule makes of them (`Lexicon`), NaN where nothing was hit. Under
        ``mean`` that is score / weight of a sentence, but of a document the mean of the tones of
        its sentences, and under the other rules it is no quotient of the two. `share_hit` is the
        share of the document's sentences with a hit.

        Returns
        -------
        DataFrame
            In the order of the corpus; float64 but for hits and words, which are int64.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["They support the talks. They did not attack.", "It rained."])
        >>> tone = corpus.tone(ca.Lexicon({"support": 1, "attack": -1}))
        >>> tone.to_frame()[["doc", "tone", "hits", "share_hit"]]
           doc  tone  hits  share_hit
        0    0  0.87     2        1.0
        1    1   NaN     0        0.0
        """
        return self._first_rows(len(self))

    def _first_rows(self, n: int) -> pd.DataFrame:
        """Return the first rows of `to_frame`."""
        corpus = self._corpus
        frame = self._table.head(n).copy()
        if self.unit == "document":
            frame.insert(0, "doc", corpus._labels(np.arange(len(frame))))
        else:
            docs = np.repeat(np.arange(corpus.n_docs), np.diff(corpus._doc_sentences))[:n]
            frame.insert(0, "doc", corpus._labels(docs))
            frame.insert(1, "sentence", np.arange(len(docs)) - corpus._doc_sentences[docs])
        frame.attrs["config"] = self.config
        return frame

    def hits(self) -> pd.DataFrame:
        """Return a row a hit.

        Columns: doc, sentence, start, end, text, pattern, value, negated, shifters, contribution;
        the contributions of a unit add up to its score (for VADER: to the sum that the compound
        score is made of, before punctuation).

        Returns
        -------
        DataFrame
            In the order of the corpus.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["They support the talks. They did not attack.", "It rained."])
        >>> tone = corpus.tone(ca.Lexicon({"support": 1, "attack": -1}))
        >>> tone.hits()[["text", "value", "shifters", "contribution"]].values.tolist()
        [['support', 1.0, '', 1.0], ['attack', -1.0, 'not ×-0.74', 0.74]]
        """
        import pandas as pd

        corpus, hits = self._corpus, self._hits
        frame = pd.DataFrame(
            {
                "doc": corpus._labels(hits.doc),
                "sentence": hits.sentence - corpus._doc_sentences[hits.doc],
                "start": hits.start,
                "end": hits.end,
                "text": text_array(corpus._texts.slices(hits.doc, hits.start, hits.end)),
                "pattern": picked(self.lexicon._patterns, hits.pattern),
                "value": self.lexicon._weights[hits.pattern],
                "negated": _hits.is_negated(hits),
                "shifters": text_array(_hits.shifter_texts(corpus, hits, self.lexicon)),
                "contribution": hits.contribution / ONE,
            }
        )
        frame.attrs["config"] = self.config
        return frame

    def totals(self, by: Any) -> pd.DataFrame:
        """Return what the units of each group of documents come to.

        Parameters
        ----------
        by : str or list of str
            Columns of the corpus, or day, week, month, quarter, year, as in
            `Mentions.frequencies`.

        Returns
        -------
        DataFrame
            …group, n (units; documents without text are none), n_scored (those with a tone),
            positive, negative, neutral (units by the threshold of the lexicon; neutral ones may
            have no hit), net = (positive - negative) / n, tone (the mean of the tones; of VADER the
            compound scores); or for a lexicon of categories n, a column a category, words.

        Raises
        ------
        ValueError
            If `by` names no column and no period.

        Examples
        --------
        >>> import pandas as pd
        >>> import coactor as ca
        >>> frame = {"text": ["Good.", "Bad, good, good.", "Rain."], "outlet": ["A", "B", "B"]}
        >>> tone = ca.Corpus(pd.DataFrame(frame)).tone(ca.Lexicon({"good": 1, "bad": -1}))
        >>> tone.totals("outlet")[["outlet", "n", "n_scored", "positive", "tone"]].round(2)
          outlet  n  n_scored  positive  tone
        0      A  1         1         1  1.00
        1      B  2         1         1  0.33
        """
        from ._totals import of_units

        return of_units(self, by)

    def show(self, doc: Any) -> MarkedText:
        """Show the text of a document with the words that carry its tone, for a notebook.

        Parameters
        ----------
        doc : name of a document
            As in `Corpus.documents`.

        Returns
        -------
        MarkedText
            Each hit underlined by the sign of its contribution; of mentions also each of them
            marked, with its actor and tone behind it.

        Raises
        ------
        ValueError
            If no document, or more than one, has this name.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Moscow praised Minsk, a brutal ally."])
        >>> corpus.tone(ca.Lexicon({"praised": 1, "brutal": -1})).show(0)
        Document 0: 2 hits, tone +0.00
        Moscow {praised+} Minsk, a {brutal-} ally.
        """
        from ._show import show_tone

        return show_tone(self, doc)

    def influence(self, top: int = 20) -> pd.DataFrame:
        """Return what single words do to the result.

        Parameters
        ----------
        top : int
            So many words, those whose contributions weigh most in sum.

        Returns
        -------
        DataFrame
            word (folded), count, tone (the mean over the units without the word; of VADER the
            compound score, but for what punctuation adds), rank_correlation of the units' tone with
            and without it. Of mentions: count is of hits and mentions, instead of tone stands the
            net of each of the actors named most without the word, and the rank correlation is of
            the nets of all actors.

        Raises
        ------
        TypeError, ValueError
            If `top` is no whole number from 1, or the lexicon counts categories.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["They support the talks. They did not attack.", "It rained."])
        >>> tone = corpus.tone(ca.Lexicon({"support": 1, "attack": -1}))
        >>> tone.influence(top=1)[["word", "count", "tone"]].values.tolist()
        [['support', 1, 0.74]]
        """
        return self._influence(top).drop(columns="contribution")

    def _influence(self, top: int) -> pd.DataFrame:
        """Return `influence` with what each word contributes in sum."""
        self._need_values("influence")
        top = whole("top", top, 1)
        hits = self._counted_hits()
        every = self._values(np.ones(len(hits.doc), dtype=bool))
        rows = []
        for word, mine in heaviest(self._corpus, hits, top):
            values = self._values(~mine)
            rows.append(
                {
                    "word": word,
                    "count": int(mine.sum()),
                    **self._shown(values),
                    "rank_correlation": rank_correlation(every, values),
                    "contribution": int(hits.contribution[mine].sum()) / ONE,
                }
            )
        frame = _influence_frame(rows, list(self._shown(every)))
        frame.attrs["config"] = self.config
        return frame

    def _counted_hits(self) -> Hits:
        """Return the hits with what each adds to the result."""
        return self._hits

    def _values(self, held: npt.NDArray[np.bool_]) -> FloatArray:
        """Return the tone of each unit from some of the hits."""
        hits, corpus = self._hits.take(held), self._corpus
        if self.lexicon.rule in ("vader", "nltk_vader"):
            n = len(self._offsets) - 1
            raw = _hits.sums(hits.contribution, self._units()[held], n) / ONE
            compound: FloatArray = raw / np.sqrt(raw * raw + VADER_ALPHA)
            return np.where(_hits.counts(self._units()[held], n) > 0, compound, np.nan)
        found = _hits.sums_of(hits, int(corpus._doc_sentences[-1]))
        return self._tone_of(found, *self._sums(found))

    def _shown(self, values: FloatArray) -> dict[str, float]:
        """Return what a row of `influence` shows of such values."""
        some = values[~np.isnan(values)]
        return {"tone": float(some.mean()) if len(some) else float("nan")}

    def _need_values(self, what: str) -> None:
        if self.lexicon.categories:
            raise ValueError(f"{what} needs weights; this lexicon counts categories (see poles=)")

    def plot(
        self,
        kind: str = "tone",
        *,
        by: Any = None,
        top: int = 20,
        ax: matplotlib.axes.Axes | None = None,
    ) -> matplotlib.axes.Axes:
        """Draw the tone.

        Parameters
        ----------
        kind : {"tone", "influence"}
            ``tone``: how many units have which tone, or for a lexicon of categories how often the
            words of each stand in the corpus. ``influence``: the words that weigh most.
        by : str or list of str, optional
            Of ``tone``: the shares of negative, neutral and positive units in each group instead,
            as in `totals`, in their order.
        top : int
            So many words, categories, or groups.
        ax : matplotlib Axes, optional
            Where to draw; otherwise a new figure.

        Returns
        -------
        matplotlib Axes

        Raises
        ------
        ImportError
            Without matplotlib, with the command that installs it.
        ValueError
            If `kind` is not known, or `by` does not go with it.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["They support the talks. They did not attack.", "It rained."])
        >>> tone = corpus.tone(ca.Lexicon({"support": 1, "attack": -1}))
        >>> axes = tone.plot()
        """
        from ._plots_tone import draw

        return draw(self, kind, by, top, ax)

    @property
    def _tone(self) -> FloatArray:
        """What stands for the tone of each unit."""
        name = "compound" if "compound" in self._table else "tone"
        column: FloatArray = self._table[name].to_numpy(dtype=np.float64)
        return column

    # ---- about itself ----

    @property
    def config(self) -> dict[str, Any]:
        """Settings that made these scores."""
        return self._settings

    def methods(self) -> str:
        """Return a paragraph for a methods section.

        Returns
        -------
        str
        """
        from ._methods import about_tone

        return about_tone(self, self.unit, len(self))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand `to_frame()` to any library that reads Arrow."""
        return arrow_stream(self.to_frame(), requested_schema)

    def __len__(self) -> int:
        return len(self._table)

    def _with_length(self) -> str:
        """Say how tone goes with length, which a good score does not depend on."""
        if self.lexicon.categories:
            return ""
        lengths = np.diff(self._offsets).astype(np.float64)
        r = correlation(self._tone, lengths)
        return "" if np.isnan(r) else f", correlation with length {r:.2f}"

    def _saturated(self) -> str:
        """Say that compound scores of long texts tell little."""
        known = self._tone[~np.isnan(self._tone)]
        if self.unit != "document" or not len(known):
            return ""
        if np.mean(np.abs(known) >= SATURATED) < 0.5:
            return ""
        return f"; most are beyond ±{SATURATED:g}, as of long texts: score sentences"

    def __repr__(self) -> str:
        name = f"lexicon {self.lexicon.name}"
        if self.lexicon.categories:
            self._n_hits = len(self._hits.doc), len(distinct(self._hits.sentence))
        if self._n_hits is None:
            return (
                f"Tone({plural(len(self), self.unit)}, {name}{self._with_length()}"
                f"{self._saturated()})"
            )
        total = int(self._corpus._doc_sentences[-1])
        return (
            f"Tone({plural(len(self), self.unit)}, {plural(self._n_hits[0], 'hit')} in "
            f"{self._n_hits[1]:,} of {plural(total, 'sentence')}, {name}{self._with_length()})"
        )

    def _repr_html_(self) -> str:
        return page(repr(self), self._first_rows(HTML_ROWS), len(self))


# ---- words ---------------------------------------------------------------------------------------


def heaviest(corpus: Corpus, hits: Hits, top: int) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    """Return the words whose contributions weigh most in sum, and which hits are theirs."""
    if len(hits.doc) == 0:
        return []
    texts = [t.casefold() for t in corpus._texts.slices(hits.doc, hits.start, hits.end)]
    number: dict[str, int] = {}
    which = np.array([number.setdefault(t, len(number)) for t in texts], dtype=np.int64)
    weight = np.abs(_hits.sums(hits.contribution, which, len(number)))
    words = list(number)
    order = sorted(range(len(words)), key=lambda i: (-int(weight[i]), words[i]))[:top]
    return [(words[i], which == i) for i in order]


def _influence_frame(rows: list[dict[str, Any]], more: list[str]) -> pd.DataFrame:
    import pandas as pd

    names = ["word", "count", *more, "rank_correlation", "contribution"]
    frame = pd.DataFrame(rows, columns=names)
    frame["word"] = text_array(frame["word"])
    types: dict[str, Any] = dict.fromkeys(names[2:], np.float64)
    return frame.astype({"count": np.int64, **types})


# ---- one document, word by word ------------------------------------------------------------------


def explain(corpus: Corpus, doc: Any, lexicon: Lexicon, mask: Mentions | Actors | None) -> Any:
    """Return the hits of one document, and how they become its score."""
    import pandas as pd

    from .corpus import Corpus as One

    check(lexicon)
    number = corpus._number_of(doc)
    text = corpus._text(number)
    column = [None if corpus._missing[number] else text]
    one = One(column, mode=corpus.mode, threads=1)
    of_mask = _hits.mask_config(mask)
    if mask is not None:
        spans = _hits.masked(corpus, mask, corpus._threads)
        first, last = corpus._doc_tokens[number], corpus._doc_tokens[number + 1]
        held = (spans.first >= first) & (spans.last <= last)
        mask = Spans(spans.first[held] - first, spans.last[held] - first)  # type: ignore[assignment]
    tone = Tone._of_corpus(one, lexicon, "document", mask, "keep", 1)
    if lexicon.categories:
        raise ValueError("explain needs weights; this lexicon counts categories (see Tone.hits)")
    hits = tone.hits()
    rows = hits[["sentence", "start", "end", "text", "value", "shifters", "contribution"]]
    extra, result = _emphasis(tone, one), _score_of(tone)
    if extra:
        rows = pd.concat([rows, _row(len(text), "", np.nan, "! and ?", extra)], ignore_index=True)
    raw, how = float(rows["contribution"].sum()), LAST_STEPS[lexicon.rule]
    rows = pd.concat([rows, _row(len(text), "", raw, how, result)], ignore_index=True)
    rows["text"], rows["shifters"] = text_array(rows["text"]), text_array(rows["shifters"])
    config = {**tone.config, "corpus": corpus.config, "mask": of_mask}
    rows.attrs.update(config=config, raw=raw, score=result)
    return rows


def _row(length: int, text: str, value: float, how: str, result: float) -> pd.DataFrame:
    import pandas as pd

    columns = ["sentence", "start", "end", "text", "value", "shifters", "contribution"]
    return pd.DataFrame([(-1, 0, length, text, value, how, result)], columns=columns)


def _emphasis(tone: Tone, one: Corpus) -> float:
    """Return what punctuation adds to the sum of the contributions of one document."""
    if tone.lexicon.rule not in ("vader", "nltk_vader"):
        return 0.0
    *_, emphasis = _core.vader_hits(
        tone.lexicon._text_core,
        one._texts,
        *_hits.rows_of(one, "document"),
        *_hits.in_points(one, tone._mask),
        1,
    )
    return float(np.nan_to_num(emphasis[0]))


def _score_of(tone: Tone) -> float:
    """Return the score of one document."""
    return float(tone._table["score"][0] if tone.lexicon.rule == "afinn" else tone._tone[0])
