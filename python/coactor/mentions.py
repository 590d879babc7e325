"""Mentions: where the actors stand in a corpus."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._actor_table import KINDS, Strings
from ._arrow import arrow_stream
from ._columns import is_missing
from ._display import HTML_ROWS, page
from ._frames import check_free, pandas_of, stamped
from ._progress import Progress, watched
from ._results import distinct, one_of, picked, plain, plural, text_array, whole
from ._unknown import who_is_meant
from .tokens import IntArray

if TYPE_CHECKING:
    import matplotlib.axes
    import pandas as pd
    import scipy.sparse

    from ._marked import MarkedText
    from .actors import Actors
    from .cooccurrence import Cooccurrence
    from .corpus import Corpus
    from .lexicon import Lexicon
    from .tone import Tone

__all__ = ["Mentions"]

UNITS = ("document", "paragraph", "sentence")
OVERLAPS = ("longest", "nested", "all")
QUOTES = ("keep", "drop", "only")

#: Rules of the core for short names, by the setting of the dictionary.
SHORT_RULES = {"always": 0, "after": 1, "document": 2}

#: How the core found a mention: by an acronym that the document introduced.
INTRODUCED = 2

#: The kinds of mentions by number; the last one is that of given spans.
MENTION_KINDS = (*KINDS, "")
NO_KIND = len(KINDS)

#: Words of prior evidence in `Mentions.words`, drawn as the whole corpus is.
PRIOR_WORDS = 1000.0

#: First and last tokens of no spans.
NO_SPANS = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)

#: Cells of a dense table that are still made without asking.
MAX_CELLS = 10**8


#: Columns of `Mentions.to_frame`, beside the date and the columns of the corpus.
FRAME = (
    *("doc", "paragraph", "sentence", "actor", "alias", "kind", "start", "end", "text"),
    *("quoted", "locative"),
)

#: The columns of mentions, and those that the core gives, in its order.
HITS = ("doc", "sentence", "paragraph", "first", "last", "start", "end", "alias")
COLUMNS = (*HITS, "actor", "kind")


def _hits(corpus: Corpus, actors: Actors, overlap: str, losers: bool, threads: int) -> Any:
    """Return what the core finds, as columns."""
    options = actors._options
    return _core.find_with(
        corpus._core,
        actors._core,
        OVERLAPS.index(overlap),
        SHORT_RULES[options["short"]],
        options["acronyms"] == "document",
        losers,
        corpus._days if actors._dated else None,
        threads,
    )


class Mentions:
    """Spans of text that name an actor, in the order of the corpus. Made by `Corpus.mentions`.

    Attributes
    ----------
    corpus : Corpus
    actors : list of str
        Ids of all actors of the dictionary, in its order.

    Examples
    --------
    >>> import coactor as ca
    >>> corpus = ca.Corpus(["Moscow called Kabul.", "The Taliban’s envoy left Moscow."])
    >>> actors = ca.Actors({"RUS": ["Russia", "Moscow"], "TALIBAN": ["Taliban"]})
    >>> mentions = corpus.mentions(actors)
    >>> mentions
    Mentions(3 mentions of 2 actors in 2 documents)
    >>> mentions.to_frame()[["doc", "actor", "start", "end", "text"]].values.tolist()
    [[0, 'RUS', 0, 6, 'Moscow'], [1, 'TALIBAN', 4, 11, 'Taliban'], [1, 'RUS', 25, 31, 'Moscow']]
    """

    __slots__ = (
        "_actor",
        "_alias",
        "_alias_texts",
        "_dictionary",
        "_doc",
        "_end",
        "_first",
        "_kind",
        "_last",
        "_opaque",
        "_paragraph",
        "_sentence",
        "_settings",
        "_start",
        "_whole",
        "actors",
        "corpus",
        "labels",
    )

    corpus: Corpus
    actors: list[str]
    labels: dict[str, str]
    _doc: IntArray
    _sentence: IntArray
    _paragraph: IntArray
    _first: IntArray
    _last: IntArray
    _start: IntArray
    _end: IntArray
    _alias: IntArray
    _actor: np.ndarray
    _kind: np.ndarray
    #: First and last tokens of opaque names.
    _opaque: tuple[IntArray, IntArray]
    #: The mentions that these were filtered from; None for all there are.
    _whole: Mentions | None

    def __init__(
        self,
        corpus: Corpus,
        actors: list[str],
        columns: dict[str, Any],
        aliases: Strings,
        labels: dict[str, str],
        settings: dict[str, Any],
        dictionary: Actors | None = None,
    ) -> None:
        self.corpus, self.actors, self.labels = corpus, actors, labels
        self._alias_texts, self._dictionary = aliases, dictionary
        self._settings = settings
        self._opaque, self._whole = NO_SPANS, None
        for name in COLUMNS:
            setattr(self, f"_{name}", columns[name])

    def _but(self, **changes: Any) -> Mentions:
        """Return the same mentions with some columns or settings changed."""
        columns = {name: getattr(self, f"_{name}") for name in COLUMNS}
        made = Mentions(
            self.corpus,
            changes.pop("actors", self.actors),
            columns | {k: v for k, v in changes.items() if k in COLUMNS},
            self._alias_texts,
            changes.pop("labels", self.labels),
            {**self._settings, **changes.pop("settings", {})},
            self._dictionary,
        )
        made._opaque, made._whole = self._opaque, self._whole
        return made

    @classmethod
    def _found(cls, corpus: Corpus, actors: Actors, overlap: str, threads: int) -> Mentions:
        if not hasattr(actors, "_alias_actor"):
            how = "make them with Actors(…)"
            if isinstance(actors, (str, PurePath)):
                how = f"read a file with Actors.read({str(actors)!r})"
            raise TypeError(f"actors: expected Actors, got {type(actors).__name__}; {how}")
        one_of("overlap", overlap, OVERLAPS)
        hits = _hits(corpus, actors, overlap, False, threads)
        actor = actors._alias_actor[hits[7]]
        held = actor >= 0
        opaque = hits[3][~held], hits[4][~held]
        if not held.all():
            hits, actor = [column[held] for column in hits], actor[held]
        columns = dict(zip(HITS, hits, strict=False))
        columns["actor"] = actor
        kind = actors._alias_kinds[columns["alias"]]
        columns["kind"] = np.where(hits[8] == INTRODUCED, KINDS.index("acronym"), kind)
        settings: dict[str, Any] = {
            "corpus": corpus.config,
            "actors": actors.config,
            "overlap": overlap,
        }
        if actors._dated or any(";" in text or ".." in text for text in actors._table.parent):
            known = 0 if corpus._days is None else int((corpus._days != -(2**31)).sum())
            settings["n_undated_docs"] = corpus.n_docs - known
        made = cls(
            corpus, actors.ids, columns, actors._alias_texts, actors.labels, settings, actors
        )
        made._opaque = opaque
        return made

    @classmethod
    def from_frame(cls, corpus: Corpus, frame: Any) -> Mentions:
        """Take spans from a model or from a human coder.

        Parameters
        ----------
        corpus : Corpus
            The texts that the spans are of.
        frame : DataFrame of any library
            Columns doc, start, end (code points) and actor. Spans may overlap and need not fall
            on the edges of tokens; a span belongs to the sentence of its first token.

        Returns
        -------
        Mentions
            Its `actors` are sorted as text; `alias` is the text of the span.

        Raises
        ------
        ValueError
            A missing column, an unknown document, or a span outside of its text, with the row.

        Examples
        --------
        >>> import coactor as ca, pandas as pd
        >>> corpus = ca.Corpus(["Putin met Xi."])
        >>> spans = pd.DataFrame({"doc": 0, "start": [0, 10], "end": [5, 12], "actor": ["P", "X"]})
        >>> ca.Mentions.from_frame(corpus, spans).cooccur().to_frame()["count"].tolist()
        [1]
        """
        if not hasattr(corpus, "_doc_tokens"):
            raise TypeError(f"corpus: expected a Corpus, got {type(corpus).__name__}")
        given, frame = frame, pandas_of(frame, "frame")
        if frame is None:
            raise TypeError(f"frame: expected a DataFrame, got {type(given).__name__}")
        for name in ("doc", "start", "end", "actor"):
            if name not in frame.columns:
                listed = ", ".join(map(repr, frame.columns)) or "none"
                raise ValueError(f"frame: no column {name!r}; the columns are {listed}")
        doc = corpus._numbers_of(frame["doc"], "frame")
        start, end = (_integers(frame[name]) for name in ("start", "end"))
        _check_spans(corpus, frame, doc, start, end)
        for row, actor in enumerate(frame["actor"]):
            if is_missing(actor):
                label = plain(frame.index[row])
                raise ValueError(f"frame: row {label!r}: the actor is missing")
        ids = [str(actor) for actor in frame["actor"]]
        actors = sorted(set(ids))
        number = {actor: i for i, actor in enumerate(actors)}
        actor = np.array([number[id] for id in ids], dtype=np.int32)
        order = np.lexsort((actor, end, start, doc))
        doc, start, end, actor = doc[order], start[order], end[order], actor[order]
        first, last = _core.locate(corpus._core, doc, start, end)
        offsets = corpus._core.paragraphs()
        columns = {
            "doc": doc,
            "sentence": np.searchsorted(corpus._sentence_tokens, first, side="right") - 1,
            "paragraph": np.searchsorted(offsets, first, side="right") - 1,
            "first": first,
            "last": last,
            "start": start,
            "end": end,
            "alias": np.arange(len(doc)),
            "actor": actor,
            "kind": np.full(len(doc), NO_KIND),
        }
        texts = corpus._texts.slices(doc, start, end)
        return cls(
            corpus,
            actors,
            columns,
            Strings.of(texts),
            {actor: actor for actor in actors},
            {"corpus": corpus.config, "spans": "given"},
        )

    # ---- tables ----

    def to_frame(self, *, meta: bool = False) -> pd.DataFrame:
        """Return a row a mention.

        Parameters
        ----------
        meta : bool
            Whether to add date, and the columns that the corpus was given as ``by=``; a
            ValueError if one of these has the name of another column.

        Returns
        -------
        DataFrame
            doc, paragraph, sentence (int64, from 0 within the document), actor, alias, kind, start,
            end (int64, code points), text, quoted (``"speech"`` or ``"scare"`` within quotation
            marks, else ``""``), locative (bool: behind in, into, inside, across, from, near, to, on
            or at, with or without an article, and without a possessive).

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["“We stay in Oslo,” said Norway."])
        >>> mentions = corpus.mentions(ca.Actors({"NOR": ["Norway", "Oslo"]}))
        >>> mentions.to_frame()[["start", "end", "text", "quoted", "locative"]].values.tolist()
        [[12, 16, 'Oslo', 'speech', True], [24, 30, 'Norway', '', False]]
        """
        import pandas as pd

        corpus = self.corpus
        if meta:
            check_free(corpus._by, FRAME)
        columns: dict[str, Any] = {
            "doc": corpus._labels(self._doc),
            "paragraph": self._paragraph - corpus._doc_paragraphs[self._doc],
            "sentence": self._sentence - corpus._doc_sentences[self._doc],
            "actor": picked(self.actors, self._actor),
            "alias": self._alias_texts.take(self._alias),
            "kind": picked(MENTION_KINDS, self._kind),
            "start": self._start,
            "end": self._end,
            "text": text_array(corpus._texts.slices(self._doc, self._start, self._end)),
            "quoted": picked(("", "scare", "speech"), self._quoted()),
            "locative": self._locative(),
        }
        frame = pd.DataFrame(columns)
        if meta:
            documents = corpus.documents
            for name in ("date", *corpus._by):
                frame[name] = documents[name].take(self._doc).reset_index(drop=True)
        return stamped(frame, self.config)

    def _quoted(self) -> np.ndarray:
        """Return 2 for mentions in speech, 1 in scare quotes, else 0."""
        _, first, last, _, _, speech = self.corpus._quotes
        if len(first) == 0 or len(self) == 0:
            return np.zeros(len(self), dtype=np.int64)
        at = np.searchsorted(first, self._first, side="right") - 1
        inside = (at >= 0) & (self._first < last[np.maximum(at, 0)])
        return np.where(inside, 1 + speech[np.maximum(at, 0)], 0)

    def _locative(self) -> np.ndarray:
        corpus = self.corpus
        sentences = np.asarray(corpus._sentence_tokens)[self._sentence]
        flags = _core.locative(corpus._core, self._doc, sentences, self._first, self._last)
        return flags.astype(bool)

    def show(self, doc: Any) -> MarkedText:
        """Show the text of a document with its mentions marked, for a notebook.

        Parameters
        ----------
        doc : name of a document
            As in `Corpus.documents`.

        Returns
        -------
        MarkedText
            Each mention in the colour of its class, with its actor behind it.

        Raises
        ------
        ValueError
            If no document, or more than one, has this name.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Moscow called Kabul."])
        >>> corpus.mentions(ca.Actors({"RUS": ["Moscow"], "AFG": ["Kabul"]})).show(0)
        Document 0: 2 mentions of 2 actors
        [Moscow|RUS] called [Kabul|AFG].
        """
        from ._show import show_mentions

        return show_mentions(self, doc)

    # ---- some of them ----

    def filter(
        self,
        mask: Any = None,
        *,
        actors: str | Sequence[str] | None = None,
        kinds: str | Sequence[str] | None = None,
        quotes: str = "keep",
        locative: bool | None = None,
    ) -> Mentions:
        """Return some of the mentions.

        Parameters
        ----------
        mask : column of bool, or function, optional
            One value a mention, in the order of `to_frame`, or a function from that frame to it.
        actors : str or list of str, optional
            Ids to keep; the result knows of no others.
        kinds : str or list of str, optional
            Kinds of aliases to keep.
        quotes : {"keep", "drop", "only"}
            What to do with mentions in speech; scare quotes are no speech.
        locative : bool, optional
            Keep only places, or only what is none.

        Returns
        -------
        Mentions
            Which still know the units of all mentions: ``cooccur(universe="actors")`` counts those.

        Raises
        ------
        ValueError
            If a mask has not one value a mention, or an actor, kind or rule for quotes is not
            known.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Moscow met its envoy in Kabul."])
        >>> mentions = corpus.mentions(ca.Actors({"RUS": ["Moscow"], "AFG": ["Kabul"]}))
        >>> mentions.filter(locative=False).to_frame()["actor"].tolist()
        ['RUS']
        """
        one_of("quotes", quotes, QUOTES)
        keep = np.ones(len(self), dtype=bool)
        if mask is not None:
            keep &= self._mask(mask)
        if kinds is not None:
            kinds = [kinds] if isinstance(kinds, str) else list(kinds)
            for kind in kinds:
                one_of("kinds", kind, MENTION_KINDS)
            keep &= np.isin(self._kind, [MENTION_KINDS.index(kind) for kind in kinds])
        if quotes != "keep":
            keep &= (self._quoted() == 2) == (quotes == "only")
        if locative is not None:
            if not isinstance(locative, (bool, np.bool_)):
                raise TypeError(f"locative: expected True, False or None, got {locative!r}")
            locative = bool(locative)
            keep &= self._locative() == locative
        names, numbers = self.actors, self._actor
        if actors is not None:
            wanted = self._checked([actors] if isinstance(actors, str) else list(actors))
            place = np.full(len(names), -1, dtype=np.int32)
            place[wanted] = np.arange(len(wanted))
            names, numbers = [names[i] for i in wanted], place[numbers]
            keep &= numbers >= 0
        columns = {name: getattr(self, f"_{name}")[keep] for name in COLUMNS}
        columns["actor"] = numbers[keep]
        chosen = {"actors": None if actors is None else names, "kinds": kinds, "quotes": quotes}
        steps = [*self._settings.get("filter", []), {**chosen, "locative": locative}]
        made = self._but(actors=names, settings={"filter": steps}, **columns)
        made._whole = self if self._whole is None else self._whole
        return made

    def _mask(self, mask: Any) -> np.ndarray:
        values = np.asarray(mask(self.to_frame()) if callable(mask) else mask)
        if values.dtype != bool and values.size > 0:
            raise TypeError(
                "mask: expected bool values, one a mention in the order of to_frame(), or a "
                f"function from that frame to them; got {type(mask).__name__} of {values.dtype}"
            )
        if values.shape != (len(self),):
            got = len(values) if values.ndim == 1 else values.shape
            raise ValueError(
                f"mask: expected {plural(len(self), 'value')}, one a mention, got {got}"
            )
        return values.astype(bool)

    def _checked(self, ids: Sequence[str], argument: str = "actors") -> list[int]:
        """Return the numbers of actors, in the order of the dictionary."""
        wanted, known = set(ids), set(self.actors)
        unknown = [id for id in ids if id not in known]
        if unknown:
            meant = who_is_meant(unknown[0], self.actors, self._dictionary)
            raise ValueError(f"{argument}: {plain(unknown[0])!r} is not in the dictionary{meant}")
        return [i for i, id in enumerate(self.actors) if id in wanted]

    def rollup(self, rollup: str | int | Mapping[str, str] = "parent") -> Mentions:
        """Return the mentions with each actor replaced by what it rolls up to.

        Parameters
        ----------
        rollup : "parent", int or dict
            The parent in force on the date of the document (without a date, the parent without
            dates); so many letters of the code, where an actor with a parent takes its code from
            that; or id → id. An actor for which that gives nothing stays as it is.

        Returns
        -------
        Mentions

        Raises
        ------
        ValueError
            If `rollup` is neither ``"parent"``, a length of at least 1, nor a dict.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Putin flew to Minsk."])
        >>> actors = ca.Actors({"PUTIN": {"parent": "RUS", "aliases": ["Putin"]}, "BLR": ["Minsk"]})
        >>> corpus.mentions(actors).rollup("parent").to_frame()["actor"].tolist()
        ['RUS', 'BLR']
        """
        from ._rollup import rolled

        if isinstance(rollup, str) and rollup == "parent" and self._dictionary is None:
            raise ValueError(
                'rollup="parent" needs a dictionary with parents, but these mentions have none; '
                "give a dict of actor to parent"
            )
        parents = {} if self._dictionary is None else self._parents()
        days = None if self.corpus._days is None else self.corpus._days[self._doc]
        names, numbers = rolled(rollup, self.actors, parents, self._actor, days)
        labels = {name: self.labels.get(name, name) for name in names}
        how = dict(rollup) if isinstance(rollup, Mapping) else rollup
        return self._but(actors=names, actor=numbers, labels=labels, settings={"rollup": how})

    def _parents(self) -> dict[int, Any]:
        """Parents by the number of the actor in `actors`, perhaps some of the dictionary's."""
        assert self._dictionary is not None
        ids, number = self._dictionary.ids, {id: i for i, id in enumerate(self.actors)}
        held = self._dictionary._parents_of.items()
        return {number[ids[i]]: parents for i, parents in held if ids[i] in number}

    # ---- what lost ----

    def shadowed(self) -> pd.DataFrame:
        """Return the names that stand in the text and do not count, and why.

        Returns
        -------
        DataFrame
            doc, start, end, text, actor, by (the actor or opaque name that won, or ``""``), rule:
            longer (it lies within a longer name), leftmost (a name that begins earlier reaches
            into it), priority and order (a name of the same span), opaque (it lies within an
            opaque name), short (no full name of the actor is in reach), date (the alias does not
            count on the date of the document).

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["ISIS-K hit Kabul."])
        >>> actors = ca.Actors({"ISISK": ["ISIS-K"], "ISIS": ["ISIS"]})
        >>> corpus.mentions(actors).shadowed().values.tolist()
        [[0, 0, 4, 'ISIS', 'ISIS', 'ISISK', 'longer']]
        """
        import pandas as pd

        if self._dictionary is None:
            raise ValueError("shadowed: the spans were given, so nothing competed with them")
        from ._shadows import shadows

        corpus, actors = self.corpus, self._dictionary
        threads = corpus._use(None)
        overlap = self._settings["overlap"]
        winners = _hits(corpus, actors, overlap, False, threads)
        candidates = _hits(corpus, actors, "all", True, threads)
        lost, by, rule = shadows(actors, overlap, winners, candidates)
        doc, start, end = (candidates[i][lost] for i in (0, 5, 6))
        actor = actors._alias_actor[candidates[7][lost]]
        frame = pd.DataFrame(
            {
                "doc": corpus._labels(doc),
                "start": start,
                "end": end,
                "text": text_array(corpus._texts.slices(doc, start, end)),
                "actor": picked(actors.ids, actor),
                "by": text_array(by),
                "rule": text_array(rule),
            }
        )
        return stamped(frame, self.config)

    # ---- words ----

    def words(
        self,
        a: str,
        b: str | None = None,
        *,
        against: str = "rest",
        split: Any = None,
        top: int = 30,
    ) -> pd.DataFrame:
        """Return the words that distinguish the sentences of an actor, or of a pair.

        Parameters
        ----------
        a, b : str
            Ids: the sentences that name `a`, or both.
        against : str
            ``"rest"``: all other sentences; or the id of an actor: sentences that name it and are
            not among those of `a`.
        split : str, dict or mask, optional
            Compare the sentences of `a` with each other instead: those of the documents under the
            mask (as in `Corpus.subset`) with the others; a name must be of a column with two
            values, of which the first one in order is compared with the second.
        top : int
            So many words.

        Returns
        -------
        DataFrame
            word (folded), count, count_other, log_odds, z: log-odds with an informative Dirichlet
            prior (Monroe, Colaresi and Quinn 2008, equations 15, 16, 22; the prior is 1,000 words
            drawn as the whole corpus is), by `z`, falling. The names of the actors compared do not
            count.

        Raises
        ------
        ValueError
            If an actor is not in the dictionary, or `split` names no column.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Moscow attacked. Moscow attacked. Kabul prayed. Kabul sang."])
        >>> mentions = corpus.mentions(ca.Actors({"RUS": ["Moscow"], "AFG": ["Kabul"]}))
        >>> mentions.words("RUS", top=1)[["word", "count", "count_other"]].values.tolist()
        [['attacked', 2, 0]]
        """
        from ._words import distinguishing

        top = whole("top", top, 1)
        numbers = self._checked([a], "a") + ([] if b is None else self._checked([b], "b"))
        if against == a and b is None and split is None:
            raise ValueError(f"against={against!r} is the actor itself; name another one")
        of_a = self._sentences_of(self.actors.index(a))
        if b is not None:
            of_a &= self._sentences_of(self.actors.index(b))
        if split is not None:
            docs = self._split(split)[self._doc_of_sentence()]
            ours, theirs = of_a & docs, of_a & ~docs
        elif against == "rest":
            ours, theirs = of_a, ~of_a
        else:
            numbers += self._checked([against], "against")
            ours, theirs = of_a, self._sentences_of(self.actors.index(against)) & ~of_a
        held = np.isin(self._actor, numbers)
        names = self._first[held], self._last[held]
        table = distinguishing(self.corpus, ours, theirs, names, PRIOR_WORDS, top)
        return stamped(table, self.config)

    def _sentences_of(self, actor: int) -> np.ndarray:
        mask = np.zeros(int(self.corpus._doc_sentences[-1]), dtype=bool)
        mask[self._sentence[self._actor == actor]] = True
        return mask

    def _doc_of_sentence(self) -> np.ndarray:
        return np.repeat(np.arange(self.corpus.n_docs), np.diff(self.corpus._doc_sentences))

    def _split(self, split: Any) -> np.ndarray:
        if not isinstance(split, str):
            return self.corpus._docs_where(split, "split")
        values = self.corpus._groups(split, "split")[split]
        groups = sorted(values.dropna().unique(), key=str)
        if len(groups) != 2:
            raise ValueError(f"split={split!r} has {len(groups)} values, expected two; give a mask")
        chosen: np.ndarray = (values == groups[0]).to_numpy(dtype=bool)
        return chosen

    def _unit(self, unit: str) -> tuple[IntArray, int]:
        """Return the number of the unit of each mention, and how many units there are."""
        one_of("unit", unit, UNITS)
        corpus = self.corpus
        if unit == "document":
            return self._doc, corpus.n_docs
        if unit == "paragraph":
            return self._paragraph, int(corpus._doc_paragraphs[-1])
        return self._sentence, int(corpus._doc_sentences[-1])

    def to_scipy(self, *, unit: str = "document") -> scipy.sparse.csr_array:
        """Return units × actors: how often each unit names each actor (int64).

        Parameters
        ----------
        unit : {"document", "paragraph", "sentence"}
            What is a row: all of the corpus, in its order.

        Returns
        -------
        csr_array of int64, shape (units, actors)
            Columns are `actors`.

        Raises
        ------
        ValueError
            If `unit` is not known, or is a window.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo. Oslo slept.", "Rome, Rome!"])
        >>> mentions = corpus.mentions(ca.Actors({"R": ["Rome"], "O": ["Oslo"]}))
        >>> mentions.to_scipy(unit="sentence").toarray().tolist()
        [[1, 1], [0, 1], [2, 0]]
        """
        import scipy.sparse

        units, n_units = self._unit(unit)
        ones = np.ones(len(units), dtype=np.int64)
        table = scipy.sparse.coo_array(
            (ones, (units, self._actor)), shape=(n_units, len(self.actors))
        )
        return table.tocsr()

    def counts(self, *, unit: str = "document", by: Any = None) -> pd.DataFrame:
        """Return how often each unit, or each group of documents, names each actor.

        Parameters
        ----------
        unit : {"document", "paragraph", "sentence"}
        by : str or list of str, optional
            Columns of the corpus, or day, week, month, quarter, year: a row a group instead.

        Returns
        -------
        DataFrame of int64
            Index doc, or (doc, sentence), or the groups; a column for each of `actors`, so for
            those too that are never named: take ``counts.loc[:, counts.any()]`` to leave them out.

        Raises
        ------
        ValueError
            Above 10**8 cells: use `to_scipy`.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo. Oslo slept.", "Rome, Rome!"])
        >>> mentions = corpus.mentions(ca.Actors({"R": ["Rome"], "O": ["Oslo"]}))
        >>> mentions.counts().values.tolist()
        [[1, 2], [2, 0]]
        """
        import pandas as pd

        if by is not None:
            return self._counts_by(by)
        _, n_units = self._unit(unit)
        if n_units * len(self.actors) > MAX_CELLS:
            raise ValueError(
                f"counts would have {n_units * len(self.actors):,} cells, and the most is "
                f"{MAX_CELLS:,}; use to_scipy"
            )
        table = self.to_scipy(unit=unit).toarray()
        corpus = self.corpus
        if unit == "document":
            index: Any = pd.Index(corpus._labels(np.arange(corpus.n_docs)), name="doc")
        else:
            first = corpus._doc_sentences if unit == "sentence" else corpus._doc_paragraphs
            docs = np.repeat(np.arange(corpus.n_docs), np.diff(first))
            numbers = np.arange(n_units) - first[docs]
            index = pd.MultiIndex.from_arrays([corpus._labels(docs), numbers], names=["doc", unit])
        frame = pd.DataFrame(table, index=index, columns=self._actor_index())
        return stamped(frame, self.config)

    def _actor_index(self) -> pd.Index:
        import pandas as pd

        names = text_array(self.actors)
        return pd.Index(names, dtype=names.dtype, name="actor")

    def _counts_by(self, by: Any) -> pd.DataFrame:
        import pandas as pd

        number, keys = self.corpus._grouped(by, ("actor",))
        n_cells = len(keys) * len(self.actors)
        if n_cells > MAX_CELLS:
            raise ValueError(
                f"counts would have {n_cells:,} cells, and the most is {MAX_CELLS:,}; use to_scipy "
                "or frequencies"
            )
        cells = number[self._doc] * len(self.actors) + self._actor
        table = np.bincount(cells, minlength=n_cells).reshape(len(keys), len(self.actors))
        index: Any = pd.MultiIndex.from_frame(keys)
        if keys.shape[1] == 1:
            index = pd.Index(keys.iloc[:, 0])
        table = table.astype(np.int64)
        frame = pd.DataFrame(table, index=index, columns=self._actor_index())
        return stamped(frame, self.config)

    def frequencies(self, *, by: Any = None) -> pd.DataFrame:
        """Return how often actors are named, beside how much text there is.

        Parameters
        ----------
        by : str or list of str, optional
            Columns of the corpus, or day, week, month, quarter, year.

        Returns
        -------
        DataFrame
            …group, actor, n_mentions, n_sentences, n_docs, docs_in_group, share_docs: a row for
            each actor that occurs (in each group), sorted by group, then by n_mentions falling.
            docs_in_group counts documents with text.

        Raises
        ------
        ValueError
            If `by` names no column and no period.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo. Oslo slept.", "Oslo fell."])
        >>> mentions = corpus.mentions(ca.Actors({"R": ["Rome"], "O": ["Oslo"]}))
        >>> mentions.frequencies()[["actor", "n_mentions", "n_docs", "share_docs"]].values.tolist()
        [['O', 3, 2, 1.0], ['R', 1, 1, 0.5]]
        """
        import pandas as pd

        corpus = self.corpus
        held = np.flatnonzero(np.diff(corpus._doc_tokens) > 0)
        taken = ("actor", "n_mentions", "n_sentences", "n_docs", "docs_in_group", "share_docs")
        number, keys = np.zeros(corpus.n_docs, dtype=np.int64), pd.DataFrame(index=range(1))
        if by is not None:
            number, keys = corpus._grouped(by, taken)
        n_actors = max(len(self.actors), 1)
        cells, cell, counts = np.unique(
            number[self._doc] * n_actors + self._actor, return_inverse=True, return_counts=True
        )
        group, actor = cells // n_actors, cells % n_actors

        def n_units_of(units: IntArray, n_units: int) -> IntArray:
            """Count the units that each cell has mentions in."""
            pairs = distinct(cell.reshape(-1) * max(n_units, 1) + units)
            return np.bincount(pairs // max(n_units, 1), minlength=len(cells)).astype(np.int64)

        sizes = np.bincount(number[held], minlength=len(keys)).astype(np.int64)
        n_docs = n_units_of(self._doc, corpus.n_docs)
        by_text = np.argsort(sorted(range(len(self.actors)), key=self.actors.__getitem__))
        order = np.lexsort((by_text[actor], -counts, group))
        table = keys.take(group[order]).reset_index(drop=True)
        table["actor"] = picked(self.actors, actor[order])
        table["n_mentions"] = counts[order].astype(np.int64)
        n_sentences = int(corpus._doc_sentences[-1])
        table["n_sentences"] = n_units_of(self._sentence, n_sentences)[order]
        table["n_docs"] = n_docs[order]
        table["docs_in_group"] = sizes[group[order]]
        table["share_docs"] = table["n_docs"] / table["docs_in_group"]
        return stamped(table, self.config)

    def kwic(
        self,
        actor: str,
        *,
        window: int = 8,
        where: Any = None,
        sample: int | None = None,
        seed: int = 0,
    ) -> pd.DataFrame:
        """Return the mentions of an actor in their context.

        Parameters
        ----------
        actor : str
            Id of the actor.
        window : int
            Tokens to the left and to the right, within the document.
        where : dict or mask, optional
            Documents to look at, as in `Corpus.subset`.
        sample : int, optional
            At most so many, drawn at random with `seed`, in the order of the corpus.
        seed : int
            Of `sample`: same seed, same draw.

        Returns
        -------
        DataFrame
            doc, sentence, start, end, left, match, right, alias.

        Raises
        ------
        TypeError
            If `where` is neither a mask nor a dict.
        ValueError
            If the actor is not in the dictionary, or `window` is negative.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["At noon Rome called Oslo again."])
        >>> mentions = corpus.mentions(ca.Actors({"R": ["Rome"], "O": ["Oslo"]}))
        >>> mentions.kwic("R", window=1)[["left", "match", "right"]].values.tolist()
        [['noon ', 'Rome', ' called']]
        """
        if actor not in self.actors:
            meant = who_is_meant(actor, self.actors, self._dictionary)
            raise ValueError(
                f"actor={plain(actor)!r} is not in the dictionary{meant}; "
                "words that name no actor are found by corpus.kwic"
            )
        frame, rows = self._kwic(
            self._actor == self.actors.index(actor), window, where, sample, seed
        )
        frame["alias"] = self._alias_texts.take(self._alias[rows])
        return stamped(frame, self.config)

    def _kwic(
        self, held: np.ndarray, window: int, where: Any, sample: int | None, seed: int
    ) -> tuple[pd.DataFrame, IntArray]:
        """Return mentions under a mask in their context, and the numbers of those drawn."""
        import pandas as pd

        window = whole("window", window)
        sample = None if sample is None else whole("sample", sample)
        if where is not None:
            held = held & self.corpus._docs_where(where)[self._doc]
        rows = np.flatnonzero(held)
        if sample is not None and sample < len(rows):
            chosen = np.random.default_rng(seed).choice(len(rows), size=sample, replace=False)
            rows = rows[np.sort(chosen)]
        left, match, right = self._contexts(rows, window)
        doc = self._doc[rows]
        frame = pd.DataFrame(
            {
                "doc": self.corpus._labels(doc),
                "sentence": self._sentence[rows] - self.corpus._doc_sentences[doc],
                "start": self._start[rows],
                "end": self._end[rows],
                "left": left,
                "match": match,
                "right": right,
            }
        )
        return frame, rows

    def _contexts(self, rows: IntArray, window: int) -> tuple[Any, Any, Any]:
        """Return the text before, of and behind mentions, as columns."""
        corpus = self.corpus
        doc, first, last = self._doc[rows], self._first[rows], self._last[rows]
        if len(rows) == 0:
            return text_array([]), text_array([]), text_array([])
        from_token = np.maximum(first - window, corpus._doc_tokens[doc])
        to_token = np.minimum(last + window, corpus._doc_tokens[doc + 1])
        tokens = corpus.tokens
        start = np.minimum(tokens.start[from_token], self._start[rows]).astype(np.int64)
        end = np.maximum(tokens.end[to_token - 1], self._end[rows]).astype(np.int64)
        pieces = (
            (start, self._start[rows]),
            (self._start[rows], self._end[rows]),
            (self._end[rows], end),
        )
        left, match, right = (text_array(corpus._texts.slices(doc, *p)) for p in pieces)
        return left, match, right

    def cooccur(
        self,
        *,
        unit: str = "sentence",
        window: int | None = None,
        span: int = 1,
        within: str | None = None,
        count: str | None = None,
        decay: str | Sequence[float] = "inverse",
        directed: bool = False,
        by: str | Sequence[str] | None = None,
        rolling: int | None = None,
        step: int = 1,
        rollup: str | int | Mapping[str, str] | None = None,
        universe: str = "text",
        actors: str | Sequence[str] | None = None,
        threads: int | None = None,
        progress: Progress = False,
    ) -> Cooccurrence:
        """Count who stands in one unit with whom.

        Parameters
        ----------
        unit : {"sentence", "paragraph", "document", "window"}
            No unit crosses documents.
        window : int, optional
            For ``unit="window"``: how many words two mentions may be apart, from edge to nearest
            edge: neighbours are 1 apart, and every token counts.
        span : int
            With sentences: so many in a row are a unit, each row of them one (a shorter document
            is one unit).
        within : {"sentence", "paragraph"}, optional
            What a window, or with ``"paragraph"`` a span of sentences, does not leave.
        count : {"binary", "min", "product", "pairs", "fractional", "distance"}, optional
            What a unit that names two actors x and y times counts for them: 1, min(x, y), x y,
            their pairs of mentions that do not overlap, 1/(m - 1) where it names m actors, or the
            pairs of mentions weighted by `decay`. Default: binary; for windows pairs, the only
            other choice there being distance.
        decay : {"inverse", "linear", "exp"} or sequence of float
            With ``count="distance"``, the weight at distance d: 1/d, 1 - (d - 1)/window,
            2^(1 - d), or the d-th number.
        directed : bool
            Count (i, j) where some mention of i starts before some mention of j; a unit may count
            both ways.
        by : str or list of str, optional
            Groups: columns of the corpus, or day, week, month, quarter, year. Actors are the same
            in all of them; documents without a date are a group.
        rolling, step : int
            With a period in `by`: windows of so many periods, so many apart; each is named by its
            first.
        rollup : "parent", int or dict, optional
            Count actors as their parents (on the date of the document), as the first letters of
            their code, or as the dict says, before anything is counted.
        universe : {"text", "actors"}
            What N counts: units with a token, or units that name any actor of the dictionary,
            also where `filter` has left out its mentions.
        actors : "all" or list of str, optional
            Default: the actors that occur.
        threads : int, optional
            The result is the same for any number.
        progress : bool or function
            As in `Corpus`.

        Returns
        -------
        Cooccurrence

        Raises
        ------
        ValueError
            If an option is not known, or does not go with another one: the message says which
            does.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Moscow called Kabul. Kabul thanked Moscow. Minsk waits."])
        >>> actors = ca.Actors({"RUS": ["Moscow"], "AFG": ["Kabul"], "BLR": ["Minsk"]})
        >>> pairs = corpus.mentions(actors).cooccur()
        >>> pairs.to_frame()[["a", "b", "count", "jaccard"]].values.tolist()
        [['RUS', 'AFG', 2, 1.0]]
        """
        from .cooccurrence import Cooccurrence

        with watched(progress, "counting pairs"):
            return Cooccurrence._from_mentions(
                self,
                unit=unit,
                window=window,
                span=span,
                within=within,
                count=count,
                decay=decay,
                directed=directed,
                by=by,
                rolling=rolling,
                step=step,
                rollup=rollup,
                universe=universe,
                actors=actors,
                threads=self.corpus._use(threads),
            )

    def tone(
        self,
        lexicon: Lexicon,
        *,
        weight: str = "distance",
        mask: str | Mentions | Actors | None = "mentions",
        quotes: str = "keep",
        threads: int | None = None,
        progress: Progress = False,
    ) -> Tone:
        """Score the tone around each mention: the hits of its sentence, the nearer the weightier.

        Parameters
        ----------
        lexicon : Lexicon
            With weights; VADER is run on each sentence, and its words are weighed like others.
        weight : {"distance", "exp", "window", "clause", "sentence"}
            1 / distance in tokens; exp((1 - distance) / 6); 1 up to 8 tokens away; 1 within the
            clause (up to the next comma, semicolon, colon, dash or ``but``); 1 throughout.
        mask : "mentions", Mentions, Actors or None
            Names whose words carry no tone; by default all that are at hand, and the opaque names
            of their dictionary. A hit within the mention itself never counts.
        quotes : {"keep", "drop", "only"}
            Whether hits within quoted speech count, or only those.
        threads : int, optional
            How many may work. Default: as the corpus. The result is the same for any number.
        progress : bool or function
            As in `Corpus`.

        Returns
        -------
        Tone

        Raises
        ------
        TypeError
            If `lexicon` is no Lexicon.
        ValueError
            If the lexicon counts categories, or `weight`, `mask` or `quotes` is not known.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Moscow praised Minsk, and Kabul condemned Oslo."])
        >>> names = {"A": ["Moscow"], "B": ["Minsk"], "C": ["Kabul"], "D": ["Oslo"]}
        >>> mentions = corpus.mentions(ca.Actors(names))
        >>> tone = mentions.tone(ca.Lexicon({"praised": 1, "condemned": -1}))
        >>> tone.to_frame()[["actor", "tone", "sign"]].round(2).values.tolist()
        [['A', 0.71, 1], ['B', 0.6, 1], ['C', -0.6, -1], ['D', -0.71, -1]]
        """
        from ._targets import MentionTone

        with watched(progress, "scoring tone"):
            return MentionTone._of_mentions(
                self, lexicon, weight, mask, quotes, self.corpus._use(threads)
            )

    def plot(
        self,
        *,
        by: str | None = None,
        measure: str = "n_mentions",
        top: int = 15,
        ax: matplotlib.axes.Axes | None = None,
    ) -> matplotlib.axes.Axes:
        """Draw how often the actors named most are named.

        Parameters
        ----------
        by : str, optional
            Without it, a bar an actor. Day, week, month, quarter or year: a line an actor (eight
            at most) over time, with gaps where there is no document. A column of the corpus: a
            row an actor, with a sign for each of the eight largest groups.
        measure : {"n_mentions", "n_sentences", "n_docs", "share_docs"}
            Which column of `frequencies`.
        top : int
            So many actors.
        ax : matplotlib Axes, optional
            Where to draw; otherwise a new figure.

        Returns
        -------
        matplotlib Axes

        Raises
        ------
        ImportError
            Without matplotlib, with the command that installs it.
        TypeError
            If `by` is a list.
        ValueError
            If `measure` is not known, or `by` names no column and no period.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Rome called Oslo.", "Oslo slept."])
        >>> axes = corpus.mentions(ca.Actors({"R": ["Rome"], "O": ["Oslo"]})).plot()
        """
        from ._plots_mentions import draw

        return draw(self, by, measure, top, ax)

    # ---- about itself ----

    @property
    def config(self) -> dict[str, Any]:
        """Settings that made these mentions."""
        return {"n_mentions": len(self), **copy.deepcopy(self._settings)}

    def methods(self) -> str:
        """Return a paragraph for a methods section.

        Returns
        -------
        str
        """
        from ._methods import about_mentions

        return about_mentions(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand `to_frame()` to any library that reads Arrow."""
        return arrow_stream(self.to_frame(), requested_schema)

    def __len__(self) -> int:
        return len(self._doc)

    def __repr__(self) -> str:
        named = len(distinct(self._actor))
        docs = len(distinct(self._doc))
        return (
            f"Mentions({plural(len(self), 'mention')} of {plural(named, 'actor')} in "
            f"{plural(docs, 'document')}{self._warning()})"
        )

    def _warning(self) -> str:
        undated = self._settings.get("n_undated_docs", 0)
        return f"; {plural(undated, 'document')} without a date" if undated else ""

    def _repr_html_(self) -> str:
        few = {name: getattr(self, f"_{name}")[:HTML_ROWS] for name in COLUMNS}
        return page(repr(self), self._but(**few).to_frame(), len(self))


def _integers(column: pd.Series) -> IntArray:
    """Return whole numbers as int64; a ValueError with the row where one is none."""
    import pandas as pd

    numbers = pd.to_numeric(column, errors="coerce")
    none = numbers.isna() | (numbers % 1 != 0) | (numbers.abs() >= 2**53)
    bad = np.flatnonzero(none.to_numpy(dtype=bool))
    if len(bad):
        row, value = plain(column.index[bad[0]]), plain(column.iloc[bad[0]])
        raise ValueError(f"frame: row {row!r}: {column.name} is {value!r}, expected a whole number")
    whole: IntArray = numbers.to_numpy(dtype=np.int64)
    return whole


def _check_spans(
    corpus: Corpus, frame: pd.DataFrame, doc: IntArray, start: IntArray, end: IntArray
) -> None:
    """Raise a ValueError for the first span that is empty or outside of its text."""
    used = distinct(doc)
    length_of = dict(zip(used.tolist(), (len(corpus._text(int(d))) for d in used), strict=True))
    lengths = np.array([length_of[d] for d in doc.tolist()], dtype=np.int64)
    bad = np.flatnonzero((start < 0) | (end <= start) | (end > lengths))
    if len(bad):
        row = int(bad[0])
        label, name = plain(frame.index[row]), corpus._label_of_row(int(doc[row]))
        raise ValueError(
            f"frame: row {label!r}: span {start[row]}:{end[row]} is not within the text of "
            f"document {name!r}, which has {lengths[row]} characters"
        )
    bare = np.flatnonzero(np.diff(corpus._doc_tokens)[doc] == 0)
    if len(bare):
        row = int(bare[0])
        label, name = plain(frame.index[row]), corpus._label_of_row(int(doc[row]))
        raise ValueError(
            f"frame: row {label!r}: document {name!r} holds blanks alone, so the span belongs to "
            "no sentence"
        )
