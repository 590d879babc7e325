"""All at once: from a column of text to who, with whom and in what tone."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ._inference import FEW_UNITS
from ._output import write_csv
from ._progress import Progress
from ._replacing import check_target, making, replacing
from ._results import one_of, plural, text_array
from ._rollup import check_rollup
from ._version import __version__
from .actors import Actors
from .cooccurrence import FEW_DOCS_EXPECTED, FEW_DOCS_IN_CORPUS, UNITS, Cooccurrence
from .corpus import Corpus
from .lexicon import Lexicon
from .mentions import QUOTES, Mentions
from .tone import Tone

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd
    import scipy.sparse

__all__ = ["Analysis", "analyze"]

#: What `Analysis.tables` writes, in this order.
TABLES = ("documents.csv", "mentions.csv", "pairs.csv", "tone.csv", "actors.csv")

PathLike = str | os.PathLike[str]

#: What the table of documents holds of itself.
OF_DOCUMENTS = ("doc", "date", "n_tokens", "n_sentences", "n_paragraphs", "missing")

#: Pairs of so many actors, those named most, are tested: two million pairs.
TESTED_ACTORS = 2_000

#: Lexicons that are named, not read, unless there is a file of that name.
NAMED_LEXICONS: dict[str, Callable[[], Lexicon]] = {
    "conflict": Lexicon.conflict,
    "vader": Lexicon.vader,
    "afinn": Lexicon.afinn,
}

#: The word for the starter dictionary where files are named.
STARTER = "world"


@dataclass(frozen=True, eq=False, repr=False)
class Analysis:
    """Everything about a corpus: made by `analyze`, frozen.

    Attributes
    ----------
    corpus : Corpus
    actors : Actors
        The dictionary.
    mentions : Mentions
    pairs : Cooccurrence
        By the unit that was asked for.
    tone : Tone
        Of each sentence, names of actors left out.
    lexicon : Lexicon
    config : dict
        Every setting that led here.

    Examples
    --------
    >>> import coactor as ca
    >>> found = ca.analyze(["Russia warned the Taliban.", "The Taliban thanked Iran."])
    >>> len(found.mentions), len(found.pairs)
    (4, 2)
    """

    corpus: Corpus
    actors: Actors
    mentions: Mentions
    pairs: Cooccurrence
    tone: Tone
    lexicon: Lexicon
    config: dict[str, Any]

    def report(self, path: PathLike, *, text: bool = True, seed: int = 0) -> None:
        """Write one self-contained HTML page: whole, or not at all.

        Parameters
        ----------
        path : path
            In a folder that exists. A file of this name is replaced.
        text : bool
            Whether passages of the corpus are quoted. Without them, as licences may ask, the page
            holds numbers, names and labels of the dictionary, and single words of the lexicon.
        seed : int
            Of the draw of passages: same seed, same draw. The page states it.

        Raises
        ------
        OSError
            If the folder does not exist or cannot be written to.
        ValueError
            If `seed` is negative.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import coactor as ca
        >>> found = ca.analyze(["Russia warned the Taliban.", "The Taliban thanked Iran."])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "report.html")
        ...     found.report(path, text=False)
        ...     "warned the Taliban" in path.read_text(encoding="utf-8")
        False
        """
        self._write(path, None, text=text, seed=seed)

    def tables(self, folder: PathLike) -> None:
        """Write the results as five CSV files: all of them, or none.

        A text that a spreadsheet would take for a formula is written with an apostrophe before it;
        numbers never are.

        Parameters
        ----------
        folder : path
            It is made if it does not exist; files of these names are replaced.

            =================  ========================================================
            ``documents.csv``  `Corpus.documents`
            ``mentions.csv``   `Mentions.to_frame`
            ``pairs.csv``      `Cooccurrence.to_frame`
            ``tone.csv``       `Tone.to_frame`, a row a sentence
            ``actors.csv``     `by_actor`
            =================  ========================================================

        Raises
        ------
        OSError
            If the folder above does not exist, or `folder` cannot be written to.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import coactor as ca
        >>> found = ca.analyze(["Russia warned the Taliban.", "The Taliban thanked Iran."])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     found.tables(folder)
        ...     sorted(path.name for path in pathlib.Path(folder).iterdir())
        ['actors.csv', 'documents.csv', 'mentions.csv', 'pairs.csv', 'tone.csv']
        """
        self._write(None, folder)

    def _write(
        self,
        page_path: PathLike | None,
        folder: PathLike | None,
        *,
        text: bool = True,
        seed: int = 0,
    ) -> int:
        """Write page and tables in one go, so that none is there if one fails.

        Returns how many cells of the tables got an apostrophe.
        """
        from .report import render

        if page_path is not None:
            check_target(page_path)  # before the work, not after it
        pages = [] if page_path is None else [render(self, text=text, seed=seed)]
        paths = [] if page_path is None else [Path(page_path)]
        frames = []
        if folder is not None:
            check_folder(folder)
            frames = self._frames()
            paths.extend(Path(folder) / name for name in TABLES)
        with making(folder), replacing(*paths) as files:
            for file, page in zip(files, pages, strict=False):
                file.write(page)
            return sum(
                write_csv(file, frame)
                for file, frame in zip(files[len(pages) :], frames, strict=True)
            )

    def _frames(self) -> list[pd.DataFrame]:
        """Make the tables, in the order of TABLES."""
        return [
            self.corpus.documents,
            self.mentions.to_frame(),
            self.pairs.to_frame(),
            self.tone.to_frame(),
            self.by_actor,
        ]

    # -- by actor --

    @cached_property
    def by_actor(self) -> pd.DataFrame:
        """One row an actor that occurs, by mentions falling.

        Columns: actor, label, class, n_mentions, n_sentences, n_docs, share_docs (of the documents
        with text), and of the sentences that name it those that are negative, neutral, positive
        (all float64 NaN for a lexicon of categories), and how many neutral ones have no_hit.
        """
        import pandas as pd

        mentions = self.mentions
        n_actors, names = len(mentions.actors), self._names
        n_mentions = np.bincount(mentions._actor, minlength=n_actors)
        order = sorted(
            np.flatnonzero(n_mentions).tolist(), key=lambda i: (-n_mentions[i], mentions.actors[i])
        )
        ids = [mentions.actors[i] for i in order]
        # A sentence lies in one document, and the sentences of an actor ascend: its documents do.
        counts = np.diff(self.corpus._doc_sentences)
        docs = np.repeat(np.arange(len(counts)), counts)[names.indices]
        new = np.diff(docs, prepend=-1) != 0
        new[names.indptr[:-1][np.diff(names.indptr) > 0]] = True
        n_docs = np.diff(np.concatenate([[0], np.cumsum(new)])[names.indptr])[order]
        n_texts = int((np.diff(self.corpus._doc_tokens) > 0).sum())
        frame = pd.DataFrame(
            {
                "actor": text_array(ids),
                "label": text_array(mentions.labels[id] for id in ids),
                "class": text_array(self.actors.classes.get(id, "") for id in ids),
                "n_mentions": n_mentions[order].astype(np.int64),
                "n_sentences": np.diff(names.indptr)[order].astype(np.int64),
                "n_docs": n_docs.astype(np.int64),
                "share_docs": n_docs / max(n_texts, 1),
            }
        )
        verdicts = self._verdicts[order]
        for column, name in enumerate(("negative", "neutral", "positive", "no_hit")):
            frame[name] = np.nan if self.lexicon.categories else verdicts[:, column]
        frame.attrs["config"] = self.config
        return frame

    @cached_property
    def _signs(self) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.bool_]]:
        """Tone of each sentence as -1, 0 or 1, and whether no word of the lexicon is in it."""
        tone = self.tone._tone
        no_hit = np.isnan(tone)
        neutral = no_hit | (np.abs(tone) < self.lexicon.threshold)
        return np.where(neutral, 0.0, np.sign(tone)).astype(np.int8), no_hit

    @cached_property
    def _names(self) -> scipy.sparse.csc_array:
        """Sentences × actors, 1 where a sentence names an actor."""
        import scipy.sparse

        names = scipy.sparse.csc_array(self.mentions.to_scipy(unit="sentence"))
        names.sort_indices()
        names.data = np.minimum(names.data, 1)
        return names

    @property
    def _verdicts(self) -> npt.NDArray[np.int64]:
        """Sentences that name each actor: how many negative, neutral, positive, without a hit."""
        if self.lexicon.categories:
            return np.zeros((len(self.mentions.actors), 4), dtype=np.int64)
        sign, no_hit = self._signs
        kinds = np.column_stack([sign < 0, sign == 0, sign > 0, no_hit]).astype(np.int64)
        return np.asarray(self._names.T @ kinds)

    def _sentences_of(self, actor: str) -> npt.NDArray[np.int64]:
        """Numbers in the corpus of the sentences that name an actor, ascending."""
        names, number = self._names, self.mentions.actors.index(actor)
        held: npt.NDArray[np.int64] = names.indices[names.indptr[number] : names.indptr[number + 1]]
        return held.astype(np.int64)

    @cached_property
    def _test(self) -> pd.DataFrame:
        """The clustered test of pairs: of all actors, or of those named in most units."""
        pairs = self.pairs
        if len(pairs.actors) > TESTED_ACTORS:
            most = pairs.occurrences.sort_values(ascending=False, kind="stable")
            pairs = pairs.select(actors=most.index[:TESTED_ACTORS])
        return pairs.test()

    @property
    def _n_texts(self) -> int:
        """How many documents hold a word."""
        return int((self.corpus.documents["n_tokens"] > 0).sum())

    # -- words about it --

    def methods(self) -> str:
        """Describe in plain English what was done: for a methods section, ready to paste.

        Returns
        -------
        str
        """
        parts = [part.methods() for part in (self.corpus, self.actors, self.mentions, self.pairs)]
        quotes = {
            "keep": "",
            "drop": "What stands within quoted speech was left out.",
            "only": "Only what stands within quoted speech was taken.",
        }[self.config["quotes"]]
        if quotes:
            parts[2] = f"{parts[2]} {quotes}"
        parts[3] = f"{parts[3]} {self._about_test()}"
        return "\n\n".join([*parts, self._about_tone()])

    def _about_test(self) -> str:
        if self._n_texts < FEW_DOCS_IN_CORPUS:
            return (
                f"With fewer than {FEW_DOCS_IN_CORPUS} documents with text, no pair was tested "
                "against chance."
            )
        of = ""
        if len(self.pairs.actors) > TESTED_ACTORS:
            of = f" of the {TESTED_ACTORS:,} actors named most"
        return (
            "Whether a pair meets more or less often than independent actors would was tested with "
            "documents as clusters, since sentences of one document are not independent of each "
            f"other. Pairs{of} expected in at least one unit, and in at least {FEW_DOCS_EXPECTED} "
            "documents, were tested, and q values control the false discovery rate over all of "
            f"them (Benjamini and Hochberg).{self._about_untested()} Where fewer than {FEW_UNITS} "
            "meetings were expected, fewer than that were taken for no sign of avoidance."
        )

    def _about_untested(self) -> str:
        """Say how many of the pairs that meet the test says nothing of."""
        n_met, n_untested = (self._test.attrs[name] for name in ("n_met", "n_met_untested"))
        if not n_untested:
            return ""
        whose = " of these actors" if len(self.pairs.actors) > TESTED_ACTORS else ""
        return (
            f" Of the {plural(n_met, 'pair')}{whose} that meet, {n_untested:,} "
            f"{'was' if n_untested == 1 else 'were'} expected less often than that, and not tested."
        )

    def _about_tone(self) -> str:
        if self.lexicon.categories:
            return self.tone.methods()
        return (
            f"{self.tone.methods()} A sentence counts as negative, neutral or positive for every "
            "actor that it names, whoever its words are about."
        )

    def _warning(self) -> str:
        """Say the most important thing to know before reading a number; empty if there is none."""
        if not self._n_texts:
            return "no text"
        if not len(self.mentions):
            return "no actor of the dictionary occurs"
        if self._n_texts < FEW_DOCS_IN_CORPUS:
            return f"fewer than {FEW_DOCS_IN_CORPUS} documents: read counts, not measures"
        missing = int(self.corpus.documents["missing"].sum())
        return f"{plural(missing, 'document')} without text" if missing else ""

    def __repr__(self) -> str:
        warning = self._warning()
        return (
            f"Analysis({plural(len(self.corpus), 'document')}, "
            f"{plural(len(self.mentions), 'mention')} of {plural(len(self.by_actor), 'actor')}, "
            f"{plural(len(self.pairs), 'pair')} by {self.config['unit']}, lexicon "
            f"{self.lexicon.name}{'; ' + warning if warning else ''})"
        )

    def _repr_html_(self) -> str:
        from ._display import tables

        pairs, by_actor = self.pairs, self.by_actor
        return tables(
            [
                (repr(self.mentions), by_actor, len(by_actor), "by_actor"),
                (repr(pairs), pairs._strongest(20), len(pairs), "pairs.to_frame()"),
            ],
            rows=20,
        )


def analyze(
    data: Any,
    *,
    actors: Actors | PathLike | Sequence[Actors | PathLike] | None = None,
    lexicon: Lexicon | PathLike | None = None,
    unit: str = "sentence",
    quotes: str = "keep",
    rollup: str | int | Mapping[str, str] | None = None,
    text: str | Sequence[str] = "text",
    id: str | None = None,
    date: str | None = None,
    date_format: str | None = None,
    by: str | Sequence[str] = (),
    threads: int | None = None,
    progress: Progress = False,
) -> Analysis:
    """Find out who appears with whom, and in what tone.

    Parameters
    ----------
    data : DataFrame, column of text, or Corpus
        What to read, as in `Corpus`, or a corpus that is read already.
    actors : Actors, path, or several of them, optional
        The dictionary; several are joined. Default the starter dictionary, `Actors.world`, which is
        also what ``"world"`` stands for: ``actors=["world", "my.yml"]``.
    lexicon : Lexicon or path, optional
        Default the starter lexicon, `Lexicon.conflict`. ``"conflict"``, ``"vader"`` and ``"afinn"``
        name lexicons, unless there is a file of that name.
    unit : {"sentence", "paragraph", "document"}
        What two actors must share to count as a pair.
    quotes : {"keep", "drop", "only"}
        Whether what stands within quoted speech counts, for mentions, pairs and tone alike.
    rollup : "parent", int or dict, optional
        Count actors as their parents (on the date of the document), as the first letters of their
        code, or as the dict says, in all results: a president and his state are then no pair but
        one actor. As in `Mentions.rollup`; ``pairs.suppressed`` says how often it joined two.
    text, id, date, date_format, by
        Columns of the data, as in `Corpus`.
    threads : int, optional
        How many may work; None: the processors this process may use. The result is the same.
    progress : bool or function
        Show which step is at work and how far it is: as in `Corpus`.

    Returns
    -------
    Analysis

    Raises
    ------
    TypeError, ValueError
        As `Corpus`, `Actors` and `Lexicon` do, before any work where that is possible.

    Examples
    --------
    >>> import coactor as ca
    >>> found = ca.analyze(["Russia warned the Taliban.", "The Taliban thanked Iran."])
    >>> found.pairs.to_frame()[["a", "b", "count"]].values.tolist()
    [['IRN', 'TALIBAN', 1], ['RUS', 'TALIBAN', 1]]
    >>> found.by_actor[["actor", "n_mentions", "negative", "positive"]].values.tolist()
    [['TALIBAN', 2, 1, 1], ['IRN', 1, 0, 1], ['RUS', 1, 1, 0]]
    """
    columns: dict[str, Any] = {"id": id, "date": date, "date_format": date_format, "by": by}
    return _analyze(
        lambda: _corpus(data, text, columns, threads, progress),
        actors=actors,
        lexicon=lexicon,
        unit=unit,
        quotes=quotes,
        rollup=rollup,
        threads=threads,
        progress=progress,
    )


def _analyze(
    read: Callable[[], Corpus],
    *,
    actors: Any,
    lexicon: Any,
    unit: str,
    quotes: str,
    rollup: str | int | Mapping[str, str] | None,
    threads: int | None,
    progress: Progress,
) -> Analysis:
    """Do what `analyze` says; a mistake in dictionary or lexicon shows before the text is read."""
    one_of("unit", unit, UNITS)
    one_of("quotes", quotes, QUOTES)
    if rollup is not None:
        check_rollup(rollup)
    dictionary, actors_from = _dictionary(actors)
    words, lexicon_from = _words(lexicon)
    corpus = read()
    _check_by(corpus)
    named = corpus.mentions(dictionary, threads=threads, progress=progress)
    mentions = named if quotes == "keep" else named.filter(quotes=quotes)
    # From what was named, not from what that rolls up to: pairs then know which are suppressed.
    pairs = mentions.cooccur(unit=unit, rollup=rollup, threads=threads, progress=progress)
    if rollup is not None:
        mentions = mentions.rollup(rollup)
    tone = corpus.tone(
        words, unit="sentence", mask=named, quotes=quotes, threads=threads, progress=progress
    )
    config = {
        "version": __version__,
        "unit": unit,
        "universe": pairs.universe,
        "quotes": quotes,
        "rollup": pairs.config["rollup"],
        "actors_from": actors_from,
        "lexicon_from": lexicon_from,
        "corpus": corpus.config,
        "actors": dictionary.config,
        "lexicon": words.config,
    }
    return Analysis(corpus, dictionary, mentions, pairs, tone, words, config)


def _check_by(corpus: Corpus) -> None:
    """Refuse columns that would take the place of those that the table of documents has itself."""
    for name in corpus._by:
        if name in OF_DOCUMENTS:
            raise ValueError(
                f"by={name!r}: the table of documents has a column of this name; rename yours"
            )


def _corpus(
    data: Any, text: Any, columns: dict[str, Any], threads: int | None, progress: Progress
) -> Corpus:
    if not isinstance(data, Corpus):
        return Corpus(data, text=text, threads=threads, progress=progress, **columns)
    named = [name for name, value in columns.items() if value not in (None, (), [])]
    if named:
        raise ValueError(f"{named[0]}= is about columns; a Corpus has them already, leave it out")
    return data


# Both are frozen, and reading them takes as long as some thousand articles: once is enough.


@cache
def _starter_actors() -> Actors:
    return Actors.world()


@cache
def _starter_lexicon() -> Lexicon:
    return Lexicon.conflict()


def _dictionary(actors: Any) -> tuple[Actors, str]:
    """Return the dictionary, and where it is from: files, ``given``, or ``starter``."""
    if isinstance(actors, (list, tuple)):
        if not actors:
            raise ValueError("actors=[]: name at least one dictionary, or leave it out")
        parts = [_dictionary(part) for part in actors]
        joined = parts[0][0]
        for part, _ in parts[1:]:
            joined = joined + part
        return joined, ", ".join(source for _, source in parts)
    if actors is None or (actors == STARTER and not Path(STARTER).exists()):
        return _starter_actors(), "starter"
    if isinstance(actors, (str, os.PathLike)):
        return Actors.read(Path(actors)), os.fspath(actors)
    if not isinstance(actors, Actors):
        raise TypeError(f"actors: expected Actors or the path of a file, got {_kind(actors)}")
    starter = actors.config["hash"] == _starter_actors().config["hash"]
    return actors, "starter" if starter else "given"


def _words(lexicon: Any) -> tuple[Lexicon, str]:
    """Return the lexicon, and where it is from."""
    if lexicon is None:
        return _starter_lexicon(), "starter"
    if isinstance(lexicon, str) and lexicon in NAMED_LEXICONS and not Path(lexicon).exists():
        return NAMED_LEXICONS[lexicon](), "starter" if lexicon == "conflict" else lexicon
    if isinstance(lexicon, (str, os.PathLike)):
        if not Path(lexicon).exists():
            named = ", ".join(NAMED_LEXICONS)
            raise FileNotFoundError(f"{lexicon}: no such file; name one, or a lexicon: {named}")
        return Lexicon.read(Path(lexicon)), os.fspath(lexicon)
    if not isinstance(lexicon, Lexicon):
        raise TypeError(f"lexicon: expected Lexicon or the path of a file, got {_kind(lexicon)}")
    starter = lexicon.config["hash"] == _starter_lexicon().config["hash"]
    return lexicon, "starter" if starter else "given"


def _kind(value: object) -> str:
    return type(value).__name__


def check_folder(folder: PathLike) -> None:
    """Say before long work begins that tables could not be written into a folder.

    Raises
    ------
    OSError
        If it is no folder, or cannot be made or written to.
    """
    path = Path(folder)
    if path.is_dir():
        for name in TABLES:
            check_target(path / name)
    elif path.exists():
        raise NotADirectoryError(f"{path} is a file; name a folder for the tables")
    else:
        check_target(path)
