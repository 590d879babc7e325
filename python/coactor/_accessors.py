"""What `df["text"].coactor` and `df.coactor` are: the verbs of coactor on pandas' own objects."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import os

    import pandas as pd

    from ._progress import Progress
    from .actors import Actors
    from .analysis import Analysis
    from .lexicon import Lexicon
    from .mentions import Mentions

__all__ = ["DataFrameAccessor", "SeriesAccessor", "register", "register_if_loaded"]

NAME = "coactor"

#: What pandas calls columns that may hold text; what is in a mixed one shows when it is read.
TEXT_KINDS = ("string", "empty", "mixed", "mixed-integer")


@cache
def register() -> None:
    """Give every Series and DataFrame an attribute ``coactor``; once is enough."""
    import pandas as pd

    pd.api.extensions.register_series_accessor(NAME)(SeriesAccessor)
    pd.api.extensions.register_dataframe_accessor(NAME)(DataFrameAccessor)


def register_if_loaded() -> None:
    """Do the same where pandas is loaded already; it is not imported for this alone."""
    if hasattr(sys.modules.get("pandas"), "api"):
        register()


def _lists(column: Any, mode: str, hyphens: str, threads: int | None) -> np.ndarray:
    """Return a list of tokens for each text, as an array of objects."""
    from .tokens import tokenize

    lists = tokenize(column, mode=mode, threads=threads).to_list(hyphens=hyphens)
    return np.fromiter(lists, dtype=object, count=len(lists))


class SeriesAccessor:
    """The verbs of coactor on a column of text: ``df["text"].coactor``.

    Registered by ``import coactor`` where pandas is loaded already, else when coactor first has to
    do with pandas; ``import coactor.pandas`` does it at once. Missing texts stay in place.

    Raises
    ------
    AttributeError
        If the Series does not hold text, as for ``.str``.

    Examples
    --------
    >>> import pandas as pd
    >>> import coactor as ca
    >>> import coactor.pandas
    >>> df = pd.DataFrame({"text": ["They support the talks.", None]}, index=["a", "b"])
    >>> lexicon = ca.Lexicon({"support": 1})
    >>> df.assign(tone=df["text"].coactor.score(lexicon)["tone"])["tone"].to_dict()
    {'a': 1.0, 'b': nan}
    """

    def __init__(self, series: pd.Series) -> None:
        import pandas as pd

        kind = pd.api.types.infer_dtype(series, skipna=True)
        if kind == "categorical":
            kind = pd.api.types.infer_dtype(series.cat.categories, skipna=True)
        if kind == "unknown-array":  # sparse columns, dictionaries of Arrow
            kind = pd.api.types.infer_dtype(series.astype(object), skipna=True)
        if kind not in TEXT_KINDS and not series.isna().all():
            held = f"{kind} objects" if series.dtype == object else series.dtype
            raise AttributeError(f"Can only use .{NAME} accessor with string values, not {held}")
        self._series = series

    def score(
        self, lexicon: Lexicon, *, mask: Mentions | Actors | None = None, threads: int | None = None
    ) -> pd.DataFrame:
        """Score the tone of each text: `coactor.score`, with the index of the Series.

        Parameters
        ----------
        lexicon : Lexicon
            Words with weights or categories, and the rule that makes a score of them.
        mask : Mentions or Actors, optional
            Names whose words carry no tone.
        threads : int, optional
            As in `coactor.Corpus`. The result is the same for any number.

        Returns
        -------
        DataFrame
            The columns of `coactor.score`.

        Examples
        --------
        >>> import pandas as pd
        >>> import coactor as ca
        >>> import coactor.pandas
        >>> series = pd.Series(["An ally.", None], index=["a", "b"])
        >>> series.coactor.score(ca.Lexicon({"ally": 1}))["score"].to_dict()
        {'a': 1.0, 'b': nan}
        """
        from .scores import score

        return score(self._series, lexicon, mask=mask, threads=threads)

    def tokens(
        self, *, mode: str = "news", hyphens: str = "split", threads: int | None = None
    ) -> pd.Series:
        """Return a list of tokens for each text, with the index and the name of the Series.

        Parameters
        ----------
        mode : {"news", "uax29"}
            See `coactor.tokenize`.
        hyphens : {"split", "join"}
            See `coactor.Tokens.to_list`.
        threads : int, optional
            As in `coactor.Corpus`. The result is the same for any number.

        Returns
        -------
        Series of list of str
            Missing texts have no tokens.

        Examples
        --------
        >>> import pandas as pd
        >>> import coactor.pandas
        >>> pd.Series(["The U.S.-led talks"], index=["a"]).coactor.tokens(hyphens="join")["a"]
        ['The', 'U.S.-led', 'talks']
        """
        import pandas as pd

        series = self._series
        values = _lists(series, mode, hyphens, threads)
        return pd.Series(values, index=series.index, name=series.name)

    def sentences(self, *, threads: int | None = None) -> pd.DataFrame:
        """Return a row a sentence; `doc` is the label of the text's row.

        Parameters
        ----------
        threads : int, optional
            As in `coactor.Corpus`. The result is the same for any number.

        Returns
        -------
        DataFrame
            doc, paragraph, sentence, start, end, text.

        Examples
        --------
        >>> import pandas as pd
        >>> import coactor.pandas
        >>> series = pd.Series(["He left. She stayed."], index=["a"])
        >>> series.coactor.sentences()[["doc", "text"]].values.tolist()
        [['a', 'He left.'], ['a', 'She stayed.']]
        """
        from .corpus import Corpus

        return Corpus(self._series, threads=threads).sentences()

    def mentions(
        self, actors: Actors, *, overlap: str = "longest", threads: int | None = None
    ) -> Mentions:
        """Find actors; `doc` is the label of the text's row.

        Parameters
        ----------
        actors : Actors
            The dictionary.
        overlap : {"longest", "nested", "all"}
            As in `coactor.Corpus.mentions`.
        threads : int, optional
            As in `coactor.Corpus`. The result is the same for any number.

        Returns
        -------
        Mentions

        Examples
        --------
        >>> import pandas as pd
        >>> import coactor as ca
        >>> import coactor.pandas
        >>> series = pd.Series(["Kabul fell.", "Moscow waits."], index=["a", "b"])
        >>> mentions = series.coactor.mentions(ca.Actors({"AFG": ["Kabul"], "RUS": ["Moscow"]}))
        >>> mentions.to_frame()[["doc", "actor"]].values.tolist()
        [['a', 'AFG'], ['b', 'RUS']]
        """
        from .corpus import Corpus

        return Corpus(self._series, threads=threads).mentions(actors, overlap=overlap)

    def analyze(
        self,
        *,
        actors: Actors | str | os.PathLike[str] | None = None,
        lexicon: Lexicon | str | os.PathLike[str] | None = None,
        unit: str = "sentence",
        quotes: str = "keep",
        threads: int | None = None,
        progress: Progress = False,
    ) -> Analysis:
        """Do all at once: `coactor.analyze`.

        Parameters
        ----------
        actors, lexicon, unit, quotes, threads, progress
            As in `coactor.analyze`.

        Returns
        -------
        Analysis

        Examples
        --------
        >>> import pandas as pd
        >>> import coactor.pandas
        >>> pd.Series(["Russia met Iran."]).coactor.analyze().pairs.actors
        ['IRN', 'RUS']
        """
        from .analysis import analyze

        return analyze(
            self._series,
            actors=actors,
            lexicon=lexicon,
            unit=unit,
            quotes=quotes,
            threads=threads,
            progress=progress,
        )


class DataFrameAccessor:
    """The verbs of coactor on a DataFrame with a column of text: ``df.coactor``.

    Every verb takes the name of that column (or of several, joined by a blank line) as `text`.
    Registered like `SeriesAccessor`.

    Examples
    --------
    >>> import pandas as pd
    >>> import coactor as ca
    >>> import coactor.pandas
    >>> df = pd.DataFrame({"url": ["u1", "u2"], "text": ["Moscow called Kabul.", None]})
    >>> actors = ca.Actors({"AFG": ["Kabul"], "RUS": ["Moscow"]})
    >>> df.coactor.mentions(actors, id="url").to_frame()[["doc", "actor"]].values.tolist()
    [['u1', 'RUS'], ['u1', 'AFG']]
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def _column(self, text: str | Sequence[str]) -> pd.Series:
        """Return the text, with the index of the frame."""
        import pandas as pd

        from ._columns import text_column

        column = text_column(self._frame, text)
        if isinstance(column, pd.Series):
            return column
        return pd.Series(column, index=self._frame.index, name="text", dtype=object)

    def score(
        self,
        lexicon: Lexicon,
        *,
        text: str | Sequence[str] = "text",
        mask: Mentions | Actors | None = None,
        threads: int | None = None,
    ) -> pd.DataFrame:
        """Score the tone of each row: `coactor.score`, with the index of the frame.

        Parameters
        ----------
        lexicon : Lexicon
            Words with weights or categories, and the rule that makes a score of them.
        text : str or list of str
            Column with the text, or several, joined by a blank line.
        mask : Mentions or Actors, optional
            Names whose words carry no tone.
        threads : int, optional
            As in `coactor.Corpus`. The result is the same for any number.

        Returns
        -------
        DataFrame
            The columns of `coactor.score`.

        Examples
        --------
        >>> import pandas as pd
        >>> import coactor as ca
        >>> import coactor.pandas
        >>> df = pd.DataFrame({"title": ["An ally"], "body": ["He is no ally."]}, index=["a"])
        >>> scored = df.coactor.score(ca.Lexicon({"ally": 1}), text=["title", "body"])
        >>> df.join(scored)[["title", "hits"]].values.tolist()
        [['An ally', 2]]
        """
        from .scores import score

        return score(self._column(text), lexicon, mask=mask, threads=threads)

    def tokens(
        self,
        *,
        text: str | Sequence[str] = "text",
        mode: str = "news",
        hyphens: str = "split",
        threads: int | None = None,
    ) -> pd.Series:
        """Return a list of tokens for each row: `SeriesAccessor.tokens`.

        Parameters
        ----------
        text : str or list of str
            Column with the text, or several, joined by a blank line.
        mode, hyphens, threads
            As in `SeriesAccessor.tokens`.

        Returns
        -------
        Series of list of str
            With the index of the frame.

        Examples
        --------
        >>> import pandas as pd
        >>> import coactor.pandas
        >>> pd.DataFrame({"body": ["Kabul fell."]}).coactor.tokens(text="body")[0]
        ['Kabul', 'fell', '.']
        """
        import pandas as pd

        column = self._column(text)
        values = _lists(column, mode, hyphens, threads)
        return pd.Series(values, index=column.index, name=column.name)

    def sentences(
        self,
        *,
        text: str | Sequence[str] = "text",
        id: str | None = None,
        threads: int | None = None,
    ) -> pd.DataFrame:
        """Return a row a sentence; `doc` is `id`, or the label of the row.

        Parameters
        ----------
        text, id, threads
            As in `coactor.Corpus`.

        Returns
        -------
        DataFrame
            doc, paragraph, sentence, start, end, text.

        Examples
        --------
        >>> import pandas as pd
        >>> import coactor.pandas
        >>> df = pd.DataFrame({"url": ["u1"], "text": ["He left. She stayed."]})
        >>> df.coactor.sentences(id="url")[["doc", "text"]].values.tolist()
        [['u1', 'He left.'], ['u1', 'She stayed.']]
        """
        from .corpus import Corpus

        return Corpus(self._frame, text=text, id=id, threads=threads).sentences()

    def mentions(
        self,
        actors: Actors,
        *,
        text: str | Sequence[str] = "text",
        id: str | None = None,
        date: str | None = None,
        by: str | Sequence[str] = (),
        date_format: str | None = None,
        overlap: str = "longest",
        threads: int | None = None,
    ) -> Mentions:
        """Find actors, in a corpus with these columns.

        Parameters
        ----------
        actors : Actors
            The dictionary.
        overlap : {"longest", "nested", "all"}
            As in `coactor.Corpus.mentions`.
        text, id, date, by, date_format, threads
            As in `coactor.Corpus`.

        Returns
        -------
        Mentions

        Examples
        --------
        >>> import pandas as pd
        >>> import coactor as ca
        >>> import coactor.pandas
        >>> df = pd.DataFrame({"text": ["Moscow called Kabul."], "day": ["2021-08-15"]})
        >>> mentions = df.coactor.mentions(ca.Actors.world(), date="day")
        >>> mentions.cooccur(by="month").to_frame()[["a", "b", "count"]].values.tolist()
        [['AFG', 'RUS', 1]]
        """
        from .corpus import Corpus

        corpus = Corpus(
            self._frame,
            text=text,
            id=id,
            date=date,
            by=by,
            date_format=date_format,
            threads=threads,
        )
        return corpus.mentions(actors, overlap=overlap)

    def analyze(
        self,
        *,
        actors: Actors | str | os.PathLike[str] | None = None,
        lexicon: Lexicon | str | os.PathLike[str] | None = None,
        text: str | Sequence[str] = "text",
        id: str | None = None,
        date: str | None = None,
        by: str | Sequence[str] = (),
        date_format: str | None = None,
        unit: str = "sentence",
        quotes: str = "keep",
        threads: int | None = None,
        progress: Progress = False,
    ) -> Analysis:
        """Do all at once: `coactor.analyze`.

        Parameters
        ----------
        actors, lexicon, text, id, date, by, date_format, unit, quotes, threads, progress
            As in `coactor.analyze`.

        Returns
        -------
        Analysis

        Examples
        --------
        >>> import pandas as pd
        >>> import coactor.pandas
        >>> df = pd.DataFrame({"body": ["Russia met Iran."]})
        >>> df.coactor.analyze(text="body").pairs.actors
        ['IRN', 'RUS']
        """
        from .analysis import analyze

        return analyze(
            self._frame,
            actors=actors,
            lexicon=lexicon,
            text=text,
            id=id,
            date=date,
            by=by,
            date_format=date_format,
            unit=unit,
            quotes=quotes,
            threads=threads,
            progress=progress,
        )
