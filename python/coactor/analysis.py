"""All at once: from a column of text to who, with whom and in what tone."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from ._progress import Progress
from ._replacing import check_target, replacing
from ._results import one_of, text_array
from ._version import __version__
from .actors import Actors
from .cooccurrence import UNITS, Cooccurrence
from .corpus import Corpus
from .lexicon import Lexicon
from .mentions import Mentions
from .tone import Tone

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

__all__ = ["Analysis", "analyze"]

#: What `Analysis.tables` writes, in this order.
TABLES = ("documents.csv", "mentions.csv", "pairs.csv", "tone.csv", "actors.csv")

PathLike = str | os.PathLike[str]


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

    def report(self, path: PathLike) -> None:
        """Write one self-contained HTML page: whole, or not at all.

        Parameters
        ----------
        path : path
            In a folder that exists. A file of this name is replaced.

        Raises
        ------
        OSError
            If the folder does not exist or cannot be written to.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import coactor as ca
        >>> found = ca.analyze(["Russia warned the Taliban.", "The Taliban thanked Iran."])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "report.html")
        ...     found.report(path)
        ...     path.read_text(encoding="utf-8")[:15]
        '<!DOCTYPE html>'
        """
        self._write(path, None)

    def tables(self, folder: PathLike) -> None:
        """Write the results as five CSV files: all of them, or none.

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

    def _write(self, page_path: PathLike | None, folder: PathLike | None) -> None:
        """Write page and tables in one go, so that none is there if one fails."""
        from .report import render

        pages = [] if page_path is None else [render(self)]
        paths = [] if page_path is None else [Path(page_path)]
        frames = []
        if folder is not None:
            check_folder(folder)
            frames = self._frames()
            Path(folder).mkdir(exist_ok=True)
            paths.extend(Path(folder) / name for name in TABLES)
        with replacing(*paths) as files:
            for file, page in zip(files, pages, strict=False):
                file.write(page)
            for file, frame in zip(files[len(pages) :], frames, strict=True):
                _write_csv(file, frame)

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
        frame = self.mentions.frequencies().drop(columns="docs_in_group")
        ids = list(frame["actor"])
        frame.insert(1, "label", text_array(self.actors.labels[id] for id in ids))
        frame.insert(2, "class", text_array(self.actors.classes[id] for id in ids))
        where = {actor: place for place, actor in enumerate(self.mentions.actors)}
        verdicts = self._verdicts[[where[id] for id in ids]]
        for column, name in enumerate(("negative", "neutral", "positive", "no_hit")):
            frame[name] = np.nan if self.lexicon.categories else verdicts[:, column]
        frame.attrs["config"] = self.config
        return frame

    @property
    def _verdicts(self) -> npt.NDArray[np.int64]:
        """Sentences that name each actor: how many negative, neutral, positive, without a hit."""
        if self.lexicon.categories:
            return np.zeros((len(self.mentions.actors), 4), dtype=np.int64)
        table = self.tone._table
        name = "compound" if "compound" in table else "tone"
        tone = table[name].to_numpy(dtype=np.float64)
        no_hit = np.isnan(tone)
        sign = np.where(no_hit | (np.abs(tone) < self.lexicon.threshold), 0.0, np.sign(tone))
        kinds = np.column_stack([sign < 0, sign == 0, sign > 0, no_hit]).astype(np.int64)
        names = (self.mentions.to_scipy(unit="sentence") > 0).astype(np.int64)
        return np.asarray(names.T @ kinds)

    def _sentences_of(self, actor: str) -> npt.NDArray[np.int64]:
        """Numbers in the corpus of the sentences that name an actor."""
        number = self.mentions.actors.index(actor)
        return np.unique(self.mentions._sentence[self.mentions._actor == number])

    # -- words about it --

    def methods(self) -> str:
        """Describe in plain English what was done: for a methods section.

        Returns
        -------
        str
        """
        parts = (self.corpus, self.actors, self.mentions, self.pairs, self.tone)
        return "\n\n".join(part.methods() for part in parts)

    def __repr__(self) -> str:
        return f"Analysis({self.mentions!r}, {self.pairs!r})"

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
    actors: Actors | PathLike | None = None,
    lexicon: Lexicon | PathLike | None = None,
    unit: str = "sentence",
    text: str | Sequence[str] = "text",
    id: str | None = None,
    date: str | None = None,
    threads: int | None = None,
    progress: Progress = False,
) -> Analysis:
    """Find out who appears with whom, and in what tone.

    Parameters
    ----------
    data : DataFrame, column of text, or Corpus
        What to read, as in `Corpus`, or a corpus that is read already.
    actors : Actors or path, optional
        The dictionary; default the starter dictionary, `Actors.world`.
    lexicon : Lexicon or path, optional
        Default the starter lexicon, `Lexicon.conflict`.
    unit : {"sentence", "paragraph", "document"}
        What two actors must share to count as a pair.
    text, id, date
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
    return _analyze(
        lambda: _corpus(data, text=text, id=id, date=date, threads=threads, progress=progress),
        actors=actors,
        lexicon=lexicon,
        unit=unit,
        threads=threads,
        progress=progress,
    )


def _analyze(
    read: Callable[[], Corpus],
    *,
    actors: Any,
    lexicon: Any,
    unit: str,
    threads: int | None,
    progress: Progress,
) -> Analysis:
    """Do what `analyze` says; a mistake in dictionary or lexicon shows before the text is read."""
    one_of("unit", unit, UNITS)
    dictionary, actors_from = _dictionary(actors)
    words, lexicon_from = _words(lexicon)
    corpus = read()
    mentions = corpus.mentions(dictionary, threads=threads, progress=progress)
    pairs = mentions.cooccur(unit=unit, threads=threads, progress=progress)
    tone = corpus.tone(words, unit="sentence", mask=mentions, threads=threads, progress=progress)
    config = {
        "version": __version__,
        "unit": unit,
        "universe": pairs.universe,
        "actors_from": actors_from,
        "lexicon_from": lexicon_from,
        "corpus": corpus.config,
        "actors": dictionary.config,
        "lexicon": words.config,
    }
    return Analysis(corpus, dictionary, mentions, pairs, tone, words, config)


def _corpus(
    data: Any,
    *,
    text: Any,
    id: str | None,
    date: str | None,
    threads: int | None,
    progress: Progress,
) -> Corpus:
    if not isinstance(data, Corpus):
        return Corpus(data, text=text, id=id, date=date, threads=threads, progress=progress)
    if id is not None or date is not None:
        raise ValueError("id and date name columns; a Corpus has them already, leave them out")
    return data


# Both are frozen, and reading them takes as long as some thousand articles: once is enough.


@cache
def _starter_actors() -> Actors:
    return Actors.world()


@cache
def _starter_lexicon() -> Lexicon:
    return Lexicon.conflict()


def _dictionary(actors: Any) -> tuple[Actors, str]:
    """Return the dictionary, and where it is from: a file, ``given``, or ``starter``."""
    if actors is None:
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
    if isinstance(lexicon, (str, os.PathLike)):
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


def _write_csv(file: IO[str], frame: pd.DataFrame) -> None:
    frame.to_csv(file, index=False, lineterminator="\n")
