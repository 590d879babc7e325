"""Actors and tone as columns for scikit-learn; imported when `coactor` is asked for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._columns import is_frame
from .analysis import _dictionary, _words
from .corpus import Corpus
from .scores import score

if TYPE_CHECKING:
    import os
    from typing import Self

    import scipy.sparse

    from .actors import Actors
    from .lexicon import Lexicon

__all__ = ["ActorVectorizer", "ToneVectorizer"]

try:
    from sklearn.base import BaseEstimator, TransformerMixin
    from sklearn.utils.validation import check_is_fitted
except ImportError:
    raise ImportError(
        "ActorVectorizer and ToneVectorizer need scikit-learn: pip install 'coactor[sklearn]'"
    ) from None

if TYPE_CHECKING:

    class _Estimator:
        """What the bases of scikit-learn, which is published without types, bring along."""

        def get_params(self, deep: bool = True) -> dict[str, Any]: ...
        def set_params(self, **params: Any) -> Self: ...
        def set_output(self, *, transform: str | None = None) -> Self: ...
        def fit_transform(self, X: Any, y: Any = None, **fit_params: Any) -> Any: ...
        def __sklearn_tags__(self) -> Any: ...
else:

    class _Estimator(TransformerMixin, BaseEstimator):
        """The bases, in the order that scikit-learn asks for."""


class _TextTransformer(_Estimator):
    """What both have in common: they take one column of text, and know their columns."""

    def _column(self, X: Any) -> Any:
        """Return the column of text that was handed in."""
        if isinstance(X, (str, bytes)):
            raise TypeError(f"X: expected a column of texts, got one {type(X).__name__}")
        n_dimensions = 2 if is_frame(X) else getattr(X, "ndim", 1)
        if n_dimensions != 1:
            raise ValueError(
                f"X: expected one column of texts, got {n_dimensions} dimensions; "
                "in a ColumnTransformer give its name without a list around it"
            )
        return X

    def _names(self) -> Sequence[str]:
        raise NotImplementedError

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """Return the names of the columns.

        Parameters
        ----------
        input_features : ignored
            As in every vectorizer of text.

        Returns
        -------
        ndarray of object
            One `str` a column.
        """
        check_is_fitted(self)
        return np.array(list(self._names()), dtype=object)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        tags.input_tags.string = True
        tags.input_tags.allow_nan = True  # a missing text
        tags.transformer_tags.preserves_dtype = []
        return tags


class ActorVectorizer(_TextTransformer):
    """Count how often each text names each actor: documents × actors, for scikit-learn.

    Parameters
    ----------
    actors : Actors or path, optional
        The dictionary; default the starter dictionary, `Actors.world`.
    binary : bool
        1 where an actor is named at all, instead of how often.
    min_df : int or float
        Keep the actors that at least so many of the texts to fit on name; a float is a share of
        them. Default: every actor of the dictionary, whatever the texts.
    overlap : {"longest", "nested", "all"}
        See `Corpus.mentions`.
    sparse_output : bool
        False for an ndarray, which ``set_output(transform="pandas")`` needs.
    threads : int, optional
        How many may work. Default: the CPUs this process may use.

    Attributes
    ----------
    actors_ : list of str
        The columns: ids in the order of the dictionary.
    dictionary_ : Actors

    Examples
    --------
    >>> import coactor as ca
    >>> actors = ca.Actors({"AFG": ["Kabul"], "RUS": ["Moscow", "Russia"]})
    >>> vectorizer = ca.ActorVectorizer(actors)
    >>> vectorizer.fit_transform(["Moscow, Russia.", None, "Kabul fell."]).toarray().tolist()
    [[0, 2], [0, 0], [1, 0]]
    >>> vectorizer.get_feature_names_out().tolist()
    ['AFG', 'RUS']
    """

    actors_: list[str]
    dictionary_: Actors

    def __init__(
        self,
        actors: Actors | str | os.PathLike[str] | None = None,
        *,
        binary: bool = False,
        min_df: float = 0,
        overlap: str = "longest",
        sparse_output: bool = True,
        threads: int | None = None,
    ) -> None:
        self.actors = actors
        self.binary = binary
        self.min_df = min_df
        self.overlap = overlap
        self.sparse_output = sparse_output
        self.threads = threads

    def fit(self, X: Any, y: Any = None) -> ActorVectorizer:
        """Learn which actors become columns.

        Parameters
        ----------
        X : column of text
            Of any library, or a list; missing values are missing texts.
        y : ignored
            As scikit-learn hands it over.

        Returns
        -------
        ActorVectorizer
            Itself.

        Examples
        --------
        >>> import coactor as ca
        >>> vectorizer = ca.ActorVectorizer(ca.Actors({"AFG": ["Kabul"], "RUS": ["Moscow"]}))
        >>> vectorizer.fit(["Kabul fell."]).actors_
        ['AFG', 'RUS']
        """
        self._fit(X)
        return self

    def fit_transform(self, X: Any, y: Any = None, **fit_params: Any) -> Any:
        """Do both, and read the texts once.

        Parameters
        ----------
        X : column of text
            Of any library, or a list; missing values are missing texts.
        y : ignored
            As scikit-learn hands it over.
        **fit_params : ignored
            As scikit-learn hands them over.

        Returns
        -------
        csr_array or ndarray of int64, shape (texts, actors)

        Examples
        --------
        >>> import coactor as ca
        >>> vectorizer = ca.ActorVectorizer(ca.Actors({"AFG": ["Kabul"], "RUS": ["Moscow"]}))
        >>> vectorizer.fit_transform(["Kabul fell.", "Moscow met Moscow."]).toarray().tolist()
        [[1, 0], [0, 2]]
        """
        return self._finished(self._fit(X))

    def transform(self, X: Any) -> Any:
        """Count the actors of texts.

        Parameters
        ----------
        X : column of text
            Of any library, or a list; missing values are missing texts.

        Returns
        -------
        csr_array or ndarray of int64, shape (texts, actors)
            Texts that are missing name nobody.

        Examples
        --------
        >>> import coactor as ca
        >>> vectorizer = ca.ActorVectorizer(ca.Actors({"AFG": ["Kabul"], "RUS": ["Moscow"]}))
        >>> vectorizer.fit(["Kabul fell."]).transform([None, "Moscow slept."]).toarray().tolist()
        [[0, 0], [0, 1]]
        """
        check_is_fitted(self)
        counts = self._counts(self._column(X), self.dictionary_)
        return self._finished(_columns_of(counts, self.dictionary_.ids, self.actors_))

    def _fit(self, X: Any) -> scipy.sparse.csr_array:
        """Set what is learned, and return the counts of its actors."""
        least = self._least()
        dictionary, _ = _dictionary(self.actors)
        counts = self._counts(self._column(X), dictionary)
        ids = dictionary.ids
        if isinstance(least, float):
            least = least * counts.shape[0]
        n_docs = np.bincount(counts.indices, minlength=len(ids))
        self.dictionary_ = dictionary
        self.actors_ = [actor for actor, n in zip(ids, n_docs, strict=True) if n >= least]
        return _columns_of(counts, ids, self.actors_)

    def _least(self) -> float:
        """Return `min_df` if it is a number that can be meant."""
        least = self.min_df
        if isinstance(least, bool) or not isinstance(least, (int, float, np.number)):
            raise TypeError(f"min_df: expected a number of texts or a share, got {least!r}")
        if isinstance(least, (int, np.integer)):
            least = int(least)
        if least < 0 or (isinstance(least, float) and not least <= 1):
            raise ValueError(f"min_df must be a number of texts or a share up to 1.0, got {least}")
        return least

    def _counts(self, column: Any, dictionary: Actors) -> scipy.sparse.csr_array:
        """Return texts × actors of the dictionary, in its order."""
        corpus = Corpus(column, threads=self.threads)
        mentions = corpus.mentions(dictionary, overlap=self.overlap)
        return _columns_of(mentions.to_scipy(), mentions.actors, dictionary.ids)

    def _finished(self, counts: scipy.sparse.csr_array) -> Any:
        if self.binary:
            counts.data[:] = 1
        return counts if self.sparse_output else counts.toarray()

    def _names(self) -> Sequence[str]:
        return self.actors_


def _columns_of(
    counts: scipy.sparse.csr_array, names: Sequence[str], wanted: Sequence[str]
) -> scipy.sparse.csr_array:
    """Return the columns `wanted`, which stand in the order of `names`; a new one is empty."""
    import scipy.sparse

    place = {name: i for i, name in enumerate(wanted)}
    held = [i for i, name in enumerate(names) if name in place]
    part = counts[:, held]
    places = np.array([place[names[i]] for i in held], dtype=part.indices.dtype)
    shape = (part.shape[0], len(wanted))
    return scipy.sparse.csr_array((part.data, places[part.indices], part.indptr), shape=shape)


class ToneVectorizer(_TextTransformer):
    """Score the tone of each text: the columns of `coactor.score`, for scikit-learn.

    Parameters
    ----------
    lexicon : Lexicon or path, optional
        Default the starter lexicon, `Lexicon.conflict`.
    columns : sequence of str, optional
        Only these columns of `coactor.score`, in this order.
    mask : Actors, optional
        Names whose words carry no tone.
    missing : float or "nan"
        What stands for the tone of a text without a hit, and in every column of a missing text.
        0.0, so that any estimator can come next; ``"nan"`` for those that take NaN, or to impute.
    threads : int, optional
        How many may work. Default: the CPUs this process may use.

    Attributes
    ----------
    columns_ : list of str
    lexicon_ : Lexicon

    Notes
    -----
    An unknown tone is not a neutral one. The column ``hits`` tells them apart: it is 0 where
    nothing was hit. VADER has no such column; there a text without a word and, by default, a
    missing text have 0 in all four.

    Examples
    --------
    >>> import coactor as ca
    >>> lexicon = ca.Lexicon({"ally": 1, "attack": -1})
    >>> vectorizer = ca.ToneVectorizer(lexicon, columns=["tone", "hits"])
    >>> vectorizer.fit_transform(["An ally.", "Rain.", None]).tolist()
    [[1.0, 1.0], [0.0, 0.0], [0.0, 0.0]]
    >>> vectorizer.set_params(missing="nan").fit_transform(["Rain."]).tolist()
    [[nan, 0.0]]
    """

    columns_: list[str]
    lexicon_: Lexicon

    def __init__(
        self,
        lexicon: Lexicon | str | os.PathLike[str] | None = None,
        *,
        columns: Sequence[str] | None = None,
        mask: Actors | None = None,
        missing: float | str = 0.0,
        threads: int | None = None,
    ) -> None:
        self.lexicon = lexicon
        self.columns = columns
        self.mask = mask
        self.missing = missing
        self.threads = threads

    def fit(self, X: Any, y: Any = None) -> ToneVectorizer:
        """Learn the names of the columns; of the texts nothing is learned.

        Parameters
        ----------
        X : column of text
            Of any library, or a list; missing values are missing texts.
        y : ignored
            As scikit-learn hands it over.

        Returns
        -------
        ToneVectorizer
            Itself.

        Examples
        --------
        >>> import coactor as ca
        >>> vectorizer = ca.ToneVectorizer(ca.Lexicon({"ally": 1, "attack": -1}), columns=["tone"])
        >>> vectorizer.fit(["An ally."]).columns_
        ['tone']
        """
        self._column(X)
        self._missing()
        lexicon, _ = _words(self.lexicon)
        known = list(score([], lexicon).columns)
        if isinstance(self.columns, str):
            raise TypeError(f"columns: expected several names, got the str {self.columns!r}")
        columns = known if self.columns is None else list(self.columns)
        unknown = [name for name in columns if name not in known]
        if unknown:
            listed = ", ".join(map(repr, known))
            raise ValueError(f"columns: {unknown[0]!r} is not known; choose from {listed}")
        self.lexicon_, self.columns_ = lexicon, columns
        return self

    def transform(self, X: Any) -> npt.NDArray[np.float64]:
        """Score texts.

        Parameters
        ----------
        X : column of text
            Of any library, or a list; missing values are missing texts.

        Returns
        -------
        ndarray of float64, shape (texts, columns)

        Examples
        --------
        >>> import coactor as ca
        >>> vectorizer = ca.ToneVectorizer(ca.Lexicon({"ally": 1, "attack": -1}), columns=["tone"])
        >>> vectorizer.fit(["An ally."]).transform(["An attack."]).tolist()
        [[-1.0]]
        """
        check_is_fitted(self)
        scored = score(self._column(X), self.lexicon_, mask=self.mask, threads=self.threads)
        values: npt.NDArray[np.float64] = scored[self.columns_].to_numpy(dtype=np.float64)
        return np.where(np.isnan(values), self._missing(), values)

    def _missing(self) -> float:
        """Return `missing` as a number, NaN for its name."""
        missing = self.missing
        if missing == "nan":
            return float("nan")
        if isinstance(missing, (bool, str)) or not isinstance(missing, (int, float, np.number)):
            raise TypeError(f"missing: expected a number or 'nan', got {missing!r}")
        return float(missing)

    def _names(self) -> Sequence[str]:
        return self.columns_
