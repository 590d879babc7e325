"""A corpus: texts with their documents' ids, dates and columns, tokenised once."""

from __future__ import annotations

import copy
from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._accessors import register_if_loaded
from ._columns import (
    SEED,
    as_list,
    column_names,
    column_of,
    frame_of,
    has_labels,
    index_of,
    is_frame,
    is_missing,
    n_threads,
    names_of,
    row_name,
    text_column,
    texts_of,
)
from ._dates import UNIT, dates_of
from ._display import page
from ._frames import check_free, series_of, stamped
from ._progress import Progress, watched
from ._results import plain, plural, text_array
from ._version import __version__
from .tokens import IntArray, Tokens, core_tokens

if TYPE_CHECKING:
    import pandas as pd

    from ._marked import MarkedText
    from .actors import Actors
    from .lexicon import Lexicon
    from .mentions import Mentions
    from .tone import Tone

__all__ = ["Corpus"]

PERIODS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}

#: Columns of `Corpus.documents`, beside those of the user.
DOCUMENTS = ("doc", "date", "n_tokens", "n_sentences", "n_paragraphs", "missing")


def _is_integer(value: object) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def _start_of(period: str, value: object, argument: str) -> pd.Timestamp:
    """Return when the period begins that a value such as ``"2021-08"`` names."""
    import pandas as pd

    try:
        return pd.Period(str(value), PERIODS[period]).start_time
    except ValueError:
        raise ValueError(
            f"{argument}: {period}={plain(value)!r} is no {period}, such as '2021-08-15'"
        ) from None


def _held_by(given: Any, values: np.ndarray) -> str:
    """Say what stands where a mask should."""
    if values.ndim == 0:
        return type(given).__name__
    return f"{type(given).__name__} of {values.dtype}"


class Corpus:
    """Texts, tokenised once, with what is known of each document.

    Parameters
    ----------
    data : DataFrame or column of text
        A frame of any library (pandas, polars, pyarrow; a query of DuckDB is run once), or a bare
        column: of such a library, of NumPy, or any iterable of `str` and missing values.
    text : str or list of str
        Column with the text; several are joined by a blank line.
    id : str, optional
        Column with a unique name for each document. Default: the pandas index, else 0..n-1.
    date : str, optional
        Column with dates: datetime-like or ISO 8601. Missing dates are kept; a period is its
        beginning. A time zone is dropped and nothing converted: ``2020-01-05T23:30-05:00`` is of
        5 January.
    by : str or sequence of str
        Columns shown in `documents`; every column of the frame can be used in ``by=`` later.
    date_format : str, optional
        `strptime` format of the dates, where they are not ISO 8601: ``"%d/%m/%Y"``, or ``"%Y"``
        for numbers that are years.
    mode : {"news", "uax29"}
        See `tokenize`.
    threads : int, optional
        Threads of this and of every later computation. Default: the CPUs this process may use.
    progress : bool or function
        Whether to show a bar (`tqdm.auto`). A function is called with what is being done, how much
        of it is done, and how much there is, some twenty-five times a second at most; an exception
        that it raises stops the work.

    Raises
    ------
    TypeError, ValueError
        Text that is no text, ids that repeat, dates that cannot be read, unknown columns: each
        with the row or the columns there are.

    Examples
    --------
    >>> import coactor as ca
    >>> corpus = ca.Corpus(["Moscow called Kabul. Kabul declined.", None])
    >>> corpus
    Corpus(2 documents, 2 sentences, 7 tokens; 1 document without text)
    >>> corpus.sentences()["text"].tolist()
    ['Moscow called Kabul.', 'Kabul declined.']
    """

    def __init__(
        self,
        data: Any,
        *,
        text: str | Sequence[str] = "text",
        id: str | None = None,
        date: str | None = None,
        by: str | Sequence[str] = (),
        date_format: str | None = None,
        mode: str = "news",
        threads: int | None = None,
        progress: Progress = False,
    ) -> None:
        self._threads = n_threads(threads)
        self._by = names_of(by, "by")
        check_free(self._by, DOCUMENTS, "the table of documents")
        named = bool(self._by) or id is not None or date is not None or text != "text"
        data = frame_of(data, self._threads, named)
        self._index: pd.Index | None = index_of(data)
        self._frame: Any = None
        fields = names_of(text, "text")
        if is_frame(data):
            self._frame = data
            for name in self._by:
                column_of(data, name, "by")
            column = text_column(data, fields)
        elif id is not None or date is not None or self._by:
            raise ValueError("id, date and by name columns, but data is a bare column of text")
        else:
            column = data
        self._texts = texts_of(column, threads=self._threads)
        self.n_docs: int = len(self._texts)
        self._ids = self._read_ids(id)
        self._dates = self._read_dates(date, date_format)
        self.mode = mode
        with watched(progress, "reading text"):
            self._core = core_tokens(self._texts, mode, self._threads)
        self._rows: IntArray | None = None  # of the frame, where this is a subset
        self._settings: dict[str, Any] = {
            "text": fields,
            "id": id,
            "date": date,
            "by": self._by,
            "mode": mode,
        }

    # ---- what is known of the documents ----

    def _read_ids(self, name: str | None) -> list[Any] | None:
        if name is None:
            return None
        values = as_list(column_of(self._frame, name, "id"))
        seen: dict[Any, int] = {}
        for row, value in enumerate(values):
            if is_missing(value):
                raise ValueError(f"id={name!r}: {row_name(row, self._index)} holds no id")
            if not isinstance(value, Hashable):
                kind = type(value).__name__
                where = row_name(row, self._index)
                raise TypeError(f"id={name!r}: {where} holds {value!r} ({kind}), which is no name")
            if value in seen:
                first, index = seen[value], self._index
                labels = ""
                if index is not None and has_labels(index):
                    labels = f" ({plain(index[first])!r} and {plain(index[row])!r})"
                raise ValueError(
                    f"id={name!r}: {plain(value)!r} stands in rows {first} and {row}{labels}; "
                    "ids must be unique"
                )
            seen[value] = row
        return values

    def _read_dates(self, name: str | None, date_format: str | None) -> pd.Series | None:
        if name is None:
            return None
        values = series_of(column_of(self._frame, name, "date"))
        return dates_of(values, name, date_format, self._label_of_row)

    def _label_of_row(self, row: int) -> Any:
        if self._ids is not None:
            return plain(self._ids[row])
        return plain(self._index[row]) if self._index is not None else row

    @cached_property
    def _all_labels(self) -> pd.Series:
        import pandas as pd

        register_if_loaded()
        if self._ids is not None:
            if self._ids_are_numbers():
                return pd.Series(np.array(self._ids, dtype=np.int64))
            return text_array(self._ids)
        if self._index is not None and not isinstance(self._index, pd.RangeIndex):
            return pd.Series(self._index.to_flat_index()).reset_index(drop=True)
        if self._index is not None:
            return pd.Series(np.asarray(self._index, dtype=np.int64))
        return pd.Series(np.arange(self.n_docs, dtype=np.int64))

    def _ids_are_numbers(self) -> bool:
        """Whether ids are whole numbers; where there are none, their column says by its type."""
        if self._ids:
            return all(map(_is_integer, self._ids))
        import pandas as pd

        column = series_of(column_of(self._frame, self._settings["id"], "id"))
        return bool(pd.api.types.is_integer_dtype(column.dtype))

    @cached_property
    def _n_sharing(self) -> int:
        """Number of documents whose label another one has, too."""
        if self._ids is not None or not has_labels(self._index):
            return 0
        return int(self._all_labels.duplicated(keep=False).sum())

    def _labels(self, docs: Any) -> pd.Series:
        """Return the users' names of documents given by number."""
        return self._all_labels.take(np.asarray(docs)).reset_index(drop=True)

    def _number_of(self, doc: Any) -> int:
        """Return the number of the document with this name."""
        found = np.flatnonzero((self._all_labels == doc).to_numpy(dtype=bool))
        if len(found) == 0:
            raise ValueError(f"doc={plain(doc)!r}: no such document")
        if len(found) > 1:
            raise ValueError(f"doc={plain(doc)!r}: {len(found)} documents have this name")
        return int(found[0])

    def _numbers_of(self, docs: pd.Series, argument: str) -> IntArray:
        """Return the numbers of documents given by name."""
        import pandas as pd

        index = pd.Index(self._all_labels)
        named = pd.Index(docs)
        unknown = ~named.isin(index)
        if unknown.any():
            row = int(np.flatnonzero(unknown)[0])
            raise ValueError(
                f"{argument}: row {plain(docs.index[row])!r}: no document {plain(named[row])!r}"
            )
        if not index.is_unique:
            twice = index[index.duplicated()]
            if named.isin(twice).any():
                raise ValueError(
                    f"{argument}: {plain(twice[0])!r} is the name of several documents"
                )
        rows = np.flatnonzero(~index.duplicated())
        found: IntArray = rows[index[rows].get_indexer(named)].astype(np.int64)
        return found

    def _column(self, name: str, argument: str = "by") -> pd.Series:
        """Return a column of the user's frame, one value a document."""
        periods = f"; the periods are {', '.join(PERIODS)}"
        if self._frame is None:
            raise ValueError(
                f"{argument}={name!r}: the corpus was made from a bare column of text{periods}"
            )
        values = series_of(column_of(self._frame, name, argument, periods))
        return values if self._rows is None else values.take(self._rows).reset_index(drop=True)

    def _groups(self, by: str | Sequence[str], argument: str = "by") -> pd.DataFrame:
        """Return the group of each document: a column for each name in `by`."""
        import pandas as pd

        columns = {}
        for name in names_of(by, argument):
            if name in PERIODS and (self._frame is None or name not in column_names(self._frame)):
                if self._dates is None:
                    raise ValueError(f"{argument}={name!r} needs dates; make the corpus with date=")
                columns[name] = self._dates.dt.to_period(PERIODS[name]).dt.start_time
            else:
                columns[name] = self._column(name, argument)
        if not columns:
            raise ValueError(f"{argument}=[]: name at least one column")
        for name, values in columns.items():
            self._check_keys(name, values, argument)
        return pd.DataFrame(columns)

    def _check_keys(self, name: str, values: pd.Series, argument: str) -> None:
        """Refuse a column whose values can be no groups, as lists cannot."""
        if values.dtype != object:
            return
        row = next((i for i, key in enumerate(values) if not isinstance(key, Hashable)), None)
        if row is not None:
            raise TypeError(
                f"{argument}={name!r}: document {self._all_labels[row]!r} holds {values[row]!r} "
                f"({type(values[row]).__name__}), which is no group"
            )

    def _grouped(
        self, by: str | Sequence[str], taken: Iterable[str]
    ) -> tuple[IntArray, pd.DataFrame]:
        """Return the number of each document's group, and the groups that there are, in order.

        No column of `by` may have a name that the result has itself.
        """

        groups = self._groups(by)
        names = list(groups.columns)
        check_free(names, taken)
        grouped = groups.groupby(names, dropna=False, sort=True, observed=True)
        number = grouped.ngroup().to_numpy(dtype=np.int64)
        _, first = np.unique(number, return_index=True)
        keys: pd.DataFrame = groups.take(first).reset_index(drop=True)
        return number, keys

    # ---- numbers of tokens, sentences, paragraphs ----

    @cached_property
    def _missing(self) -> np.ndarray:
        return self._texts.missing().astype(bool)

    @cached_property
    def _doc_tokens(self) -> IntArray:
        return self._core.doc_tokens()

    @cached_property
    def _doc_sentences(self) -> IntArray:
        return self._core.doc_sentences()

    @cached_property
    def _doc_paragraphs(self) -> IntArray:
        return self._core.doc_paragraphs()

    @cached_property
    def _sentence_tokens(self) -> IntArray:
        return self._core.sentences()

    @cached_property
    def _words_before(self) -> IntArray:
        """Number of words and numbers before each sentence, and in all of the corpus."""
        return self._core.words_before()

    @cached_property
    def _sentence_paragraphs(self) -> IntArray:
        """Number of the paragraph that each sentence lies in."""
        starts = self._core.paragraphs()[:-1]
        return np.searchsorted(starts, self._sentence_tokens[:-1], side="right") - 1

    def _text(self, doc: int) -> str:
        """Return the text of a document given by number; empty where it is missing."""
        return self._texts[doc] or ""

    # ---- what the user asks for ----

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens of all documents."""
        return Tokens(self._core, self._texts, self.mode)

    @property
    def documents(self) -> pd.DataFrame:
        """One row a document: doc, date, …by, n_tokens, n_sentences, n_paragraphs, missing.

        `doc` is unique unless the pandas index that it comes from repeats a label, which the repr
        of the corpus then says. Merging another table on it multiplies rows in that case: reset
        the index first, or name a column with ``id=``.
        """
        import pandas as pd

        columns: dict[str, Any] = {"doc": self._all_labels.copy()}
        if self._dates is None:
            columns["date"] = pd.Series(np.full(self.n_docs, "NaT", dtype=f"datetime64[{UNIT}]"))
        else:
            columns["date"] = self._dates.copy()
        for name in self._by:
            columns[name] = self._column(name)
        columns["n_tokens"] = np.diff(self._doc_tokens)
        columns["n_sentences"] = np.diff(self._doc_sentences)
        columns["n_paragraphs"] = np.diff(self._doc_paragraphs)
        columns["missing"] = self._missing
        return stamped(pd.DataFrame(columns), self.config)

    def text(self, doc: Any) -> str:
        """Return the text of a document: the `str` that offsets count in.

        Parameters
        ----------
        doc : object
            Name of the document, as in `documents`.

        Returns
        -------
        str
            Empty where the text is missing.

        Raises
        ------
        ValueError
            If no document, or more than one, has this name.

        Examples
        --------
        >>> import coactor as ca
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"url": ["x"], "title": ["Talks"], "body": ["They met."]})
        >>> ca.Corpus(frame, text=["title", "body"], id="url").text("x")
        'Talks\\n\\nThey met.'
        """
        return self._text(self._number_of(doc))

    def show(self, doc: Any) -> MarkedText:
        """Show the text of a document in a notebook; see `Mentions.show` and `Tone.show`.

        Parameters
        ----------
        doc : object
            Name of the document, as in `documents`.

        Returns
        -------
        MarkedText
            Shown as HTML by a notebook, and as plain text elsewhere.

        Raises
        ------
        ValueError
            If no document, or more than one, has this name.

        Examples
        --------
        >>> import coactor as ca
        >>> print(str(ca.Corpus(["Rome called."]).show(0)).splitlines()[-1])
        Rome called.
        """
        from ._show import show_corpus

        return show_corpus(self, doc)

    def sentences(self) -> pd.DataFrame:
        """Return one row a sentence.

        `paragraph` and `sentence` count from 0 within the document; ``text[start:end]`` of the
        document is the sentence.

        Returns
        -------
        DataFrame
            doc, paragraph, sentence, start, end (int64, code points), text.

        Examples
        --------
        >>> import coactor as ca
        >>> sentences = ca.Corpus(["He left. She stayed."]).sentences()
        >>> sentences[["start", "end", "text"]].values.tolist()
        [[0, 8, 'He left.'], [9, 20, 'She stayed.']]
        """
        import pandas as pd

        offsets = self._sentence_tokens
        docs = np.repeat(np.arange(self.n_docs), np.diff(self._doc_sentences))
        starts = self.tokens.start[offsets[:-1]].astype(np.int64)
        ends = self.tokens.end[offsets[1:] - 1].astype(np.int64)
        frame = pd.DataFrame(
            {
                "doc": self._labels(docs),
                "paragraph": self._sentence_paragraphs - self._doc_paragraphs[docs],
                "sentence": np.arange(len(docs)) - self._doc_sentences[docs],
                "start": starts,
                "end": ends,
                "text": text_array(self._texts.slices(docs, starts, ends)),
            }
        )
        return stamped(frame, self.config)

    def mentions(
        self,
        actors: Actors,
        *,
        overlap: str = "longest",
        threads: int | None = None,
        progress: Progress = False,
    ) -> Mentions:
        """Find the actors of a dictionary.

        Parameters
        ----------
        actors : Actors
            The dictionary.
        overlap : {"longest", "nested", "all"}
            Leftmost, then longest across actors; the same for each actor on its own (``ISIS``
            within ``ISIS-K``, if these are two actors); or every hit. Whatever lies within an
            opaque name stays hidden.
        threads : int, optional
            How many may work. Default: as the corpus. The result is the same for any number.
        progress : bool or function
            As in `Corpus`.

        Returns
        -------
        Mentions

        Raises
        ------
        TypeError
            If `actors` is no Actors.
        ValueError
            If `overlap` is not known.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Islamic State–Khorasan hit Kabul."])
        >>> actors = ca.Actors({"ISISK": ["Islamic State-Khorasan"], "ISIS": ["Islamic State"]})
        >>> corpus.mentions(actors).to_frame()[["actor", "text"]].values.tolist()
        [['ISISK', 'Islamic State–Khorasan']]
        >>> corpus.mentions(actors, overlap="nested").to_frame()["actor"].tolist()
        ['ISIS', 'ISISK']
        """
        from .mentions import Mentions

        with watched(progress, "finding actors"):
            return Mentions._found(self, actors, overlap, self._use(threads))

    def kwic(
        self,
        phrase: str,
        *,
        window: int = 8,
        where: Any = None,
        sample: int | None = None,
        seed: int = 0,
    ) -> pd.DataFrame:
        """Return every place of a phrase in its context.

        Parameters
        ----------
        phrase : str
            Matched like an alias of a dictionary with smart case: a hyphen in it also matches
            other dashes and a blank, and a ``*`` stands for any letters of a word.
        window : int
            Tokens to the left and to the right, within the document.
        where : dict or mask, optional
            Documents to look at, as in `subset`.
        sample : int, optional
            At most so many, drawn at random with `seed`, in the order of the corpus.
        seed : int
            Of `sample`: same seed, same draw.

        Returns
        -------
        DataFrame
            doc, sentence, start, end, left, match, right.

        Raises
        ------
        ValueError
            For a phrase that holds nothing to look for.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["They want a cease-fire now.", "The cease fire held."])
        >>> corpus.kwic("cease-fire", window=1)[["left", "match", "right"]].values.tolist()
        [['a ', 'cease-fire', ' now'], ['The ', 'cease fire', ' held']]
        """
        from .actors import Actors

        if not isinstance(phrase, str):
            raise TypeError(f"phrase: expected a text, got {type(phrase).__name__}")
        if not phrase.strip():
            raise ValueError("phrase: expected at least one word, got none")
        actors = Actors({"phrase": [phrase]}, acronyms="off")
        if actors._problems.any():
            raise ValueError(f"phrase={phrase!r} holds nothing to look for, or too much")
        mentions = self.mentions(actors)
        held = np.ones(len(mentions), dtype=bool)
        return stamped(mentions._kwic(held, window, where, sample, seed)[0], self.config)

    @cached_property
    def _quotes(self) -> tuple[IntArray, ...]:
        """Doc, first and last token, start, end and speech of each quotation, in order."""
        return _core.quotes(self._core, self._threads)

    def quotes(self) -> pd.DataFrame:
        """Return what stands between quotation marks: doc, start, end, kind.

        `kind` is ``"speech"``, or ``"scare"`` for at most three words; ``text[start:end]`` of the
        document is what stands between the marks. A quotation ends at its closer, or at the end of
        its paragraph, unless the next one opens with a quotation mark. Block quotes and indirect
        speech are not found.

        Returns
        -------
        DataFrame
            A row a quotation, in the order of the corpus.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["“We will not leave,” he said of the “free” zone."])
        >>> corpus.quotes().values.tolist()
        [[0, 1, 19, 'speech'], [0, 37, 41, 'scare']]
        """
        import pandas as pd

        doc, _, _, start, end, speech = self._quotes
        kind = text_array(["scare", "speech"]).take(speech).reset_index(drop=True)
        columns = {"doc": self._labels(doc), "start": start, "end": end, "kind": kind}
        return stamped(pd.DataFrame(columns), self.config)

    def _docs_where(self, where: Any, argument: str = "where") -> np.ndarray:
        """Return a mask over documents: from a mask, or a dict of column to value or values."""
        import pandas as pd

        if isinstance(where, dict):
            mask = np.ones(self.n_docs, dtype=bool)
            for name, wanted in where.items():
                values = self._groups(name, argument)[name]
                one = isinstance(wanted, str) or not np.iterable(wanted)
                listed = [wanted] if one else list(wanted)
                known = [value for value in listed if not pd.isna(value)]
                if name in PERIODS and values.dtype.kind == "M":
                    known = [_start_of(name, value, argument) for value in known]
                held = values.isin(known).to_numpy(dtype=bool)
                if len(known) < len(listed):  # None asks for documents without a value
                    held = held | values.isna().to_numpy()
                mask &= held
            return mask
        mask = np.asarray(where)
        if mask.dtype == object and all(isinstance(value, (bool, np.bool_)) for value in mask.flat):
            mask = mask.astype(bool)  # a nullable column
        if mask.dtype != bool and mask.size > 0:
            raise TypeError(
                f"{argument}: expected a dict of column to value, or a mask of bool, True or False "
                f"for each document; got {_held_by(where, mask)}"
            )
        if mask.shape != (self.n_docs,):
            got = len(mask) if mask.ndim == 1 else mask.shape
            raise ValueError(
                f"{argument}: expected {plural(self.n_docs, 'value')}, one a document, got {got}"
            )
        return mask.astype(bool)

    def subset(self, mask: Any) -> Corpus:
        """Return a corpus of some documents, without tokenising them again.

        Parameters
        ----------
        mask : column of bool, or dict
            One value a document, in the order of `documents`; or a dict of column to the value or
            values wanted, as ``{"outlet": "Dawn"}``.

        Returns
        -------
        Corpus

        Raises
        ------
        TypeError
            If `mask` is neither a mask nor a dict.
        ValueError
            If a mask has not one value a document, or a dict names an unknown column.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["Kabul fell.", "Moscow waits.", "Kabul waits."])
        >>> corpus.subset(corpus.documents["doc"] > 0)
        Corpus(2 documents, 2 sentences, 6 tokens)
        """
        rows = np.flatnonzero(self._docs_where(mask, "mask"))
        part = object.__new__(type(self))
        part._threads, part._by, part._frame = self._threads, self._by, self._frame
        part._index = None if self._index is None else self._index.take(rows)
        part._rows = rows if self._rows is None else self._rows[rows]
        part._texts = _core.Texts([self._texts[int(row)] for row in rows])
        part.n_docs = len(rows)
        labels = None if self._ids is None else [self._ids[row] for row in rows]
        if labels is None and self._index is None:
            labels = self._all_labels.take(rows).tolist()
        part._ids = labels
        part._all_labels = self._all_labels.take(rows).reset_index(drop=True)
        part._dates = None
        if self._dates is not None:
            part._dates = self._dates.take(rows).reset_index(drop=True)
        part.mode = self.mode
        part._core = _core.subset(self._core, rows, SEED)
        part._settings = {**self._settings, "subset_of": self.n_docs}
        return part

    @cached_property
    def _days(self) -> np.ndarray | None:
        """The day of each document as the core takes it; None where no document has one."""
        if self._dates is None or self._dates.isna().all():
            return None
        days = self._dates.to_numpy().astype("datetime64[D]").astype(np.int64)
        return np.where(self._dates.isna(), -(2**31), days).astype(np.int32)

    def tone(
        self,
        lexicon: Lexicon,
        *,
        unit: str = "document",
        mask: Mentions | Actors | None = None,
        quotes: str = "keep",
        threads: int | None = None,
        progress: Progress = False,
    ) -> Tone:
        """Score the tone of documents or sentences with a lexicon.

        Parameters
        ----------
        lexicon : Lexicon
            Words with weights or categories, and the rule that makes a score of them.
        unit : {"document", "sentence"}
        mask : Mentions or Actors, optional
            Names whose words carry no tone (``United States`` is no praise).
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
            If `unit` or `quotes` is not known, or `mask` is not about this corpus.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["They support the talks. They did not attack."])
        >>> tone = corpus.tone(ca.Lexicon({"support": 1, "attack": -1}), unit="sentence")
        >>> tone.to_frame()["tone"].tolist()
        [1.0, 0.74]
        """
        from .tone import Tone

        with watched(progress, "scoring tone"):
            return Tone._of_corpus(self, lexicon, unit, mask, quotes, self._use(threads))

    def explain(
        self, doc: Any, lexicon: Lexicon, *, mask: Mentions | Actors | None = None
    ) -> pd.DataFrame:
        """Show word by word where the score of a document comes from.

        Parameters
        ----------
        doc : name of a document
            As in `documents`.
        lexicon : Lexicon
            As in `tone`.
        mask : Mentions or Actors, optional
            As in `tone`.

        Returns
        -------
        DataFrame
            sentence, start, end, text, value (in the lexicon), shifters (what words around the hit
            did to it), contribution. The contributions add up to ``raw``; a last row, of sentence
            -1, has raw as its value and the score as its contribution, and says how the one
            becomes the other.

        Raises
        ------
        TypeError
            If `lexicon` is no Lexicon.
        ValueError
            If there is no such document, or the lexicon counts categories.

        Examples
        --------
        >>> import coactor as ca
        >>> corpus = ca.Corpus(["They did not support the very brutal raid."])
        >>> lexicon = ca.Lexicon({"support": 1, "brutal": -1})
        >>> corpus.explain(0, lexicon)[["text", "shifters", "contribution"]].values.tolist()[:2]
        [['support', 'not ×-0.74', -0.74], ['brutal', 'very ×1.25', -1.25]]
        """
        from .tone import explain

        return explain(self, doc, lexicon, mask)

    def _use(self, threads: int | None) -> int:
        return self._threads if threads is None else n_threads(threads)

    @property
    def config(self) -> dict[str, Any]:
        """Settings that made this corpus."""
        return {
            "version": __version__,
            "unicode": _core.UNICODE_VERSION,
            "n_docs": self.n_docs,
            **copy.deepcopy(self._settings),
        }

    def methods(self) -> str:
        """Return a paragraph for a methods section.

        Returns
        -------
        str
        """
        from ._methods import about_corpus

        return about_corpus(self)

    def __len__(self) -> int:
        return self.n_docs

    def __repr__(self) -> str:
        return (
            f"Corpus({plural(self.n_docs, 'document')}, "
            f"{plural(int(self._doc_sentences[-1]), 'sentence')}, "
            f"{plural(len(self._core), 'token')}{self._warning()})"
        )

    def _warning(self) -> str:
        undated = 0 if self._dates is None else int(self._dates.isna().sum())
        counts = (
            (self._n_sharing, "share labels"),
            (int(self._missing.sum()), "without text"),
            (undated, "without a date"),
        )
        held = [f"{plural(n, 'document')} {what}" for n, what in counts if n]
        return f"; {', '.join(held)}" if held else ""

    def _repr_html_(self) -> str:
        return page(repr(self), self.documents, self.n_docs, "documents")

    @classmethod
    def read(
        cls,
        paths: str | Path | Iterable[str | Path],
        *,
        text: str | Sequence[str] = "text",
        id: str | None = None,
        date: str | None = None,
        by: str | Sequence[str] = (),
        date_format: str | None = None,
        encoding: str = "utf-8",
        mode: str = "news",
        threads: int | None = None,
        progress: Progress = False,
    ) -> Corpus:
        """Read a corpus from files, folders or globs.

        Parameters
        ----------
        paths : path or iterable of paths
            ``.txt`` (one document a file, named by the shortest unique tail of its path),
            ``.csv``, ``.jsonl`` and ``.parquet`` (a row a document); a folder stands for all
            such files below it. Fields of a ``.csv`` are separated by commas, or by semicolons or
            tabs where its header has no comma and holds the columns of text between these.
        encoding : str
            Of the text files; a byte order mark is skipped, newlines are kept as they are.
        text, id, date, by, date_format, mode, threads, progress
            As in `Corpus`; of ``.txt`` files there is nothing but the text.

        Raises
        ------
        FileNotFoundError, ValueError
            A missing path or one given twice, a folder without such files, bytes that cannot be
            decoded (with the file and the position), a table without the column.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import coactor as ca
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = pathlib.Path(folder, "one.txt").write_text("Rome called.", encoding="utf-8")
        ...     ca.Corpus.read(folder).documents["doc"].tolist()
        ['one.txt']
        """
        from . import _files

        frame, label = _files.read_frame(paths, text=text, encoding=encoding)
        if label is not None and id is None:
            id = label
        return cls(
            frame,
            text=text,
            id=id,
            date=date,
            by=by,
            date_format=date_format,
            mode=mode,
            threads=threads,
            progress=progress,
        )
