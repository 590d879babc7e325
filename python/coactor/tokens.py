"""Tokens of a column of text: ids, offsets, kinds, sentences, paragraphs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _core
from ._arrow import arrow_stream
from ._columns import SEED, Column, n_threads, texts_of
from ._display import HTML_ROWS, page
from ._frames import stamped
from ._progress import Progress, watched
from ._results import one_of, picked, plural
from ._version import __version__

if TYPE_CHECKING:
    import pandas as pd
    import scipy.sparse

__all__ = ["Tokens", "sentence_boundaries", "sentences", "tokenize", "word_boundaries"]

MODES = ("news", "uax29")
HYPHENS = ("split", "join")

IntArray = npt.NDArray[np.int64]


class Tokens:
    """The tokens of a column of text, frozen. Made by `tokenize` and `Corpus.tokens`.

    Attributes
    ----------
    ids : ndarray of int32, shape (n_tokens,)
        Type of each token; types are numbered by first appearance in the column.
    start, end : ndarray of int32, shape (n_tokens,)
        Code points within the document's `str`: ``text[start:end]`` is the token.
    kind : ndarray of uint8, shape (n_tokens,)
        Number into `kinds`.
    kinds : tuple of str
        Names of the kinds: word, number, punctuation, symbol, url, email, hashtag, handle,
        emoji, space (the last in mode ``"uax29"`` only).
    doc_offsets : ndarray of int64, shape (n_docs + 1,)
        Number of the first token of each document, and the end.
    sentence_offsets, paragraph_offsets : ndarray of int64
        Numbers of the first tokens of sentences and paragraphs, and the end.
    vocabulary : list of str
        The types, by id.
    folded : ndarray of int32, shape (n_types,)
        For each type the id of its folded type: the one that is its own case folding where the
        column holds it, else the first with the same folding.

    Examples
    --------
    >>> import coactor as ca
    >>> tokens = ca.tokenize(["The U.S.-led talks", None])
    >>> tokens.to_list()
    [['The', 'U.S.', '-', 'led', 'talks'], []]
    >>> tokens
    Tokens(5 tokens of 5 types in 2 documents)
    """

    def __init__(self, core: _core.Tokens, texts: _core.Texts, mode: str) -> None:
        self._core, self._texts = core, texts
        self.mode: str = mode
        self.kinds: tuple[str, ...] = _core.KINDS

    @cached_property
    def ids(self) -> npt.NDArray[np.int32]:
        """Type of each token: int32, shape (n_tokens,)."""
        return self._core.ids()

    @cached_property
    def start(self) -> npt.NDArray[np.int32]:
        """First code point of each token: int32, shape (n_tokens,)."""
        return self._core.starts()

    @cached_property
    def end(self) -> npt.NDArray[np.int32]:
        """Code point behind each token: int32, shape (n_tokens,)."""
        return self._core.ends()

    @cached_property
    def kind(self) -> npt.NDArray[np.uint8]:
        """Number into `kinds` of each token: uint8, shape (n_tokens,)."""
        return self._core.kinds()

    @cached_property
    def doc_offsets(self) -> IntArray:
        """First token of each document, and the end: int64, shape (n_docs + 1,)."""
        return self._core.doc_tokens()

    @cached_property
    def sentence_offsets(self) -> IntArray:
        """First token of each sentence, and the end: int64, shape (n_sentences + 1,)."""
        return self._core.sentences()

    @cached_property
    def paragraph_offsets(self) -> IntArray:
        """First token of each paragraph, and the end: int64."""
        return self._core.paragraphs()

    @cached_property
    def vocabulary(self) -> list[str]:
        """The types, by id."""
        return self._core.vocabulary()

    @cached_property
    def folded(self) -> npt.NDArray[np.int32]:
        """Id of the folded type of each type: int32, shape (n_types,)."""
        return self._core.folded()

    @property
    def config(self) -> dict[str, Any]:
        """Settings that made these tokens."""
        return {
            "version": __version__,
            "unicode": _core.UNICODE_VERSION,
            "mode": self.mode,
        }

    def to_list(self, *, hyphens: str = "split") -> list[list[str]]:
        """Return a list of tokens for each document; every type is one shared `str`.

        Parameters
        ----------
        hyphens : {"split", "join"}
            Whether a hyphen between two words is a token, or part of one (``U.S.-led``).

        Returns
        -------
        list of list of str

        Raises
        ------
        ValueError
            If `hyphens` is not known.

        Examples
        --------
        >>> import coactor as ca
        >>> ca.tokenize(["The U.S.-led talks"]).to_list(hyphens="join")
        [['The', 'U.S.-led', 'talks']]
        """
        return _core.lists(*self._columns(hyphens))

    def types(self, *, hyphens: str = "split") -> list[str]:
        """Return the columns of `to_scipy`: types in the order of their first appearance.

        Parameters
        ----------
        hyphens : {"split", "join"}
            As in `to_list`.

        Returns
        -------
        list of str

        Raises
        ------
        ValueError
            If `hyphens` is not known.

        Examples
        --------
        >>> import coactor as ca
        >>> ca.tokenize(["a cease-fire", "a truce"]).types(hyphens="join")
        ['a', 'cease-fire', 'truce']
        """
        return self._columns(hyphens)[2]

    def to_scipy(self, *, hyphens: str = "split") -> scipy.sparse.csr_array:
        """Return how often each type stands in each document, as int64.

        Parameters
        ----------
        hyphens : {"split", "join"}
            As in `to_list`.

        Returns
        -------
        csr_array, shape (documents, types)
            Columns are those of `types`, which for ``"split"`` is `vocabulary`.

        Raises
        ------
        ValueError
            If `hyphens` is not known.

        Examples
        --------
        >>> import coactor as ca
        >>> tokens = ca.tokenize(["a truce", "a cease-fire, a truce"])
        >>> tokens.to_scipy(hyphens="join").toarray().tolist()
        [[1, 1, 0, 0], [2, 1, 1, 1]]
        """
        import scipy.sparse

        ids, offsets, types = self._columns(hyphens)
        ones = np.ones(len(ids), dtype=np.int64)
        counts = scipy.sparse.csr_array((ones, ids, offsets), shape=(len(offsets) - 1, len(types)))
        counts.sum_duplicates()
        return counts

    def _columns(self, hyphens: str) -> tuple[npt.NDArray[np.int32], IntArray, list[str]]:
        """Return ids, document offsets and types."""
        one_of("hyphens", hyphens, HYPHENS)
        if hyphens == "join":
            return self._joined
        return self.ids, self.doc_offsets, self.vocabulary

    @cached_property
    def _joined(self) -> tuple[npt.NDArray[np.int32], IntArray, list[str]]:
        return self._core.joined()

    def to_frame(self) -> pd.DataFrame:
        """Return one row a token.

        Returns
        -------
        DataFrame
            doc and token (int64, both from 0: the latter within the document), type, kind (`str`),
            start, end (int64, code points).

        Examples
        --------
        >>> import coactor as ca
        >>> ca.tokenize(["In 1990"]).to_frame().values.tolist()
        [[0, 0, 'In', 'word', 0, 2], [0, 1, '1990', 'number', 3, 7]]
        """
        return stamped(self._rows(len(self)), self.config)

    def _rows(self, n: int) -> pd.DataFrame:
        """Return the first rows of `to_frame`."""
        import pandas as pd

        ids, numbers = self.ids[:n], np.arange(min(n, len(self)))
        docs = np.searchsorted(self.doc_offsets, numbers, side="right") - 1
        return pd.DataFrame(
            {
                "doc": docs,
                "token": numbers - self.doc_offsets[docs],
                "type": picked(self.vocabulary, ids),
                "kind": picked(self.kinds, self.kind[:n]),
                "start": self.start[:n].astype(np.int64),
                "end": self.end[:n].astype(np.int64),
            }
        )

    def methods(self) -> str:
        """Return a paragraph for a methods section.

        Returns
        -------
        str
        """
        from ._methods import about_tokens

        return about_tokens(len(self), self.mode)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand `to_frame()` to any library that reads Arrow."""
        return arrow_stream(self.to_frame(), requested_schema)

    def __len__(self) -> int:
        return len(self._core)

    def __repr__(self) -> str:
        return (
            f"Tokens({plural(len(self), 'token')} of {plural(len(self.vocabulary), 'type')} in "
            f"{plural(len(self._texts), 'document')})"
        )

    def _repr_html_(self) -> str:
        return page(repr(self), self._rows(HTML_ROWS), len(self))


def core_tokens(texts: _core.Texts, mode: str, threads: int | None) -> _core.Tokens:
    """Tokenize texts with the core."""
    one_of("mode", mode, MODES)
    return _core.tokenize(texts, MODES.index(mode), SEED, n_threads(threads))


def tokenize(
    column: Column,
    *,
    mode: str = "news",
    threads: int | None = None,
    progress: Progress = False,
) -> Tokens:
    """Split a column of text into tokens.

    Parameters
    ----------
    column : column of text
        pandas, polars, pyarrow or NumPy column, whatever else hands out Arrow data, or any iterable
        of `str`; missing values are documents without tokens.
    mode : {"news", "uax29"}
        What an analysis of news needs (hyphens, dashes and possessives apart, abbreviations,
        addresses and numbers whole, no white space), or every segment exactly as UAX #29.
    threads : int, optional
        Default: the CPUs this process may use. Results do not depend on it.
    progress : bool or function
        As in `Corpus`.

    Returns
    -------
    Tokens

    Raises
    ------
    TypeError
        If something in the column is neither text nor missing.
    ValueError
        If `mode` is unknown, or a text has more than 2147483647 characters.

    Examples
    --------
    >>> import coactor as ca
    >>> ca.tokenize(["Kyiv’s allies, e.g. the U.K., met."]).to_list()
    [['Kyiv', '’s', 'allies', ',', 'e.g.', 'the', 'U.K.', ',', 'met', '.']]
    """
    texts = texts_of(column, "column", n_threads(threads))
    with watched(progress, "reading text"):
        return Tokens(core_tokens(texts, mode, threads), texts, mode)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of one text as (start, end) in code points.

    A sentence runs from the start of its first token to the end of its last one.

    Parameters
    ----------
    text : str
        One text. Lone surrogates are of no class, and no error.

    Returns
    -------
    list of (int, int)
        In order; none for a text without tokens.

    Raises
    ------
    TypeError
        If `text` is no str.

    Examples
    --------
    >>> import coactor as ca
    >>> text = "Gen. Milley met the U.S. envoy. “We agree.” He left."
    >>> [text[start:end] for start, end in ca.sentences(text)]
    ['Gen. Milley met the U.S. envoy.', '“We agree.”', 'He left.']
    """
    return _core.sentences(text)


def word_boundaries(text: str) -> IntArray:
    """Return the word boundaries of UAX #29, from 0 to ``len(text)``; empty for ``""``.

    Parameters
    ----------
    text : str
        One text. Lone surrogates are of no class, and no error.

    Returns
    -------
    ndarray of int64
        Ascending code points.

    Raises
    ------
    TypeError
        If `text` is no str.

    Examples
    --------
    >>> import coactor as ca
    >>> ca.word_boundaries("3.5 m").tolist()
    [0, 3, 4, 5]
    """
    return _core.word_boundaries(text)


def sentence_boundaries(text: str) -> IntArray:
    """Return the sentence boundaries of UAX #29, from 0 to ``len(text)``; empty for ``""``.

    Parameters
    ----------
    text : str
        One text. Lone surrogates are of no class, and no error.

    Returns
    -------
    ndarray of int64
        Ascending code points.

    Raises
    ------
    TypeError
        If `text` is no str.

    Examples
    --------
    >>> import coactor as ca
    >>> ca.sentence_boundaries("He left. She stayed.").tolist()
    [0, 9, 20]
    """
    return _core.sentence_boundaries(text)
