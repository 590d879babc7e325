"""Scores of a whole column of text, and how several lexicons compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core, _hits
from ._columns import Column, index_of, n_threads, texts_of
from ._hits import EMPTY
from ._progress import Progress, watched
from ._results import text_array
from .tokens import IntArray
from .tone import VADER_COLUMNS, FloatArray, check, correlation

if TYPE_CHECKING:
    import pandas as pd

    from .actors import Actors
    from .corpus import Corpus
    from .lexicon import Lexicon
    from .mentions import Mentions

__all__ = ["agreement", "score"]


def score(
    column: Column,
    lexicon: Lexicon,
    *,
    mask: Mentions | Actors | None = None,
    threads: int | None = None,
    progress: Progress = False,
) -> pd.DataFrame:
    """Score the tone of each text of a column.

    Parameters
    ----------
    column : column of text
        Of any library, or a list; missing values are missing texts.
    lexicon : Lexicon
        Words with weights or categories, and the rule that makes a score of them.
    mask : Mentions or Actors, optional
        Names whose words carry no tone.
    threads : int, optional
        How many may work. Default: the CPUs this process may use.
    progress : bool or function
        As in `Corpus`.

    Returns
    -------
    DataFrame
        A row a text, with the index of the column. For VADER neg, neu, pos, compound; for a
        lexicon of categories a column a category, and words; otherwise score, weight, tone,
        positive, negative, hits, words (`Tone.to_frame` says what they are; tone is not always
        score / weight). Missing texts give NaN.

    Raises
    ------
    TypeError
        If `lexicon` is no Lexicon, or a row holds neither text nor a missing value: with the
        row.
    ValueError
        If `mask` is not about this column, or `threads` is less than 1.

    Notes
    -----
    VADER was made for single sentences, and its compound score of a whole article tends to -1 or 1.
    Score sentences with `Corpus.tone`, ``corpus.tone(lexicon, unit="sentence")``, and take their
    means; under the rule ``mean`` the tone of a text is the mean of its sentences already.

    Examples
    --------
    >>> import coactor as ca
    >>> lexicon = ca.Lexicon({"ally": 1, "attack": -1})
    >>> ca.score(["An ally.", "No attack on the ally.", None], lexicon)["score"].tolist()
    [1.0, 1.74, nan]
    """
    check(lexicon)
    with watched(progress, "scoring tone"):
        frame, config = _score(column, lexicon, mask, threads)
    index = index_of(column)
    if index is not None:
        frame.index = index
    frame.attrs["config"] = config
    return frame


def agreement(
    corpus: Corpus,
    lexicons: Mapping[str, Lexicon] | Sequence[Lexicon],
    *,
    unit: str = "document",
    threads: int | None = None,
) -> pd.DataFrame:
    """Compare how several lexicons score the same corpus.

    Parameters
    ----------
    corpus : Corpus
        What is scored.
    lexicons : dict of name → Lexicon, or sequence of Lexicon
        At least two; those in a sequence go by their own names, the second of a name as
        ``"name (2)"``.
    unit : {"document", "sentence"}
        What a score is of.
    threads : int, optional
        How many may work. Default: as the corpus. The result is the same for any number.

    Returns
    -------
    DataFrame
        lexicon_a, lexicon_b, correlation (Pearson's), same_sign (the share of the units to which
        both give the same sign, 0 under a lexicon's threshold), n (units that both have scored):
        a row a pair.

    Raises
    ------
    TypeError
        If the corpus or a lexicon is something else.
    ValueError
        If there are fewer than two lexicons, or one that counts categories.

    Examples
    --------
    >>> import coactor as ca
    >>> corpus = ca.Corpus(["A good ally.", "A bad war.", "A good war.", "No word."])
    >>> both = {"a": ca.Lexicon({"good": 1, "bad": -1}), "b": ca.Lexicon({"ally": 1, "war": -2})}
    >>> ca.agreement(corpus, both).round(2).values.tolist()
    [['a', 'b', 0.5, 0.67, 3]]
    """
    from .corpus import Corpus

    if not isinstance(corpus, Corpus):
        raise TypeError(f"corpus: expected Corpus, got {type(corpus).__name__}")
    named = _by_name(lexicons)
    if len(named) < 2:
        raise ValueError("lexicons: give at least two")
    return _compare(corpus, named, unit, threads)


def _by_name(lexicons: Mapping[str, Lexicon] | Sequence[Lexicon]) -> Mapping[str, Lexicon]:
    """Return lexicons with their names."""
    if isinstance(lexicons, Mapping):
        for lexicon in lexicons.values():
            check(lexicon, "lexicons")
        return lexicons
    named: dict[str, Lexicon] = {}
    for lexicon in lexicons:
        check(lexicon, "lexicons")
        name, number = lexicon.name, 2
        while name in named:
            name, number = f"{lexicon.name} ({number})", number + 1
        named[name] = lexicon
    return named


def _score(
    column: Any, lexicon: Lexicon, mask: Any, threads: int | None
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Score a column; rules that work on the text itself need no tokens."""
    from .corpus import Corpus

    if lexicon._text_core is None or mask is not None:
        corpus = Corpus(column, threads=threads)
        tone = corpus.tone(lexicon, mask=mask)
        return tone._table.drop(columns=["share_hit"], errors="ignore"), tone.config
    n = n_threads(threads)
    texts = texts_of(column, threads=n)
    whole = (True, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, n)
    config = {"lexicon": lexicon.config, "unit": "document", "mask": None, "quotes": "keep"}
    if lexicon.rule == "afinn":
        return _afinn_table(_core.afinn_scores(lexicon._text_core, texts, *whole)), config
    import pandas as pd

    columns = _core.vader_scores(lexicon._text_core, texts, *whole)
    return pd.DataFrame(dict(zip(VADER_COLUMNS, columns, strict=True)), copy=False), config


def _afinn_table(columns: tuple[FloatArray, ...]) -> pd.DataFrame:
    import pandas as pd

    score, positive, negative, hits, words = columns
    counted = [np.nan_to_num(values).astype(np.int64) for values in (hits, words)]
    return pd.DataFrame(
        {
            "score": score,
            "weight": hits,
            "tone": np.where(hits > 0, score, np.nan),
            "positive": positive,
            "negative": negative,
            "hits": counted[0],
            "words": counted[1],
        },
        copy=False,
    )


def _compare(
    corpus: Corpus, lexicons: Mapping[str, Lexicon], unit: str, threads: int | None
) -> pd.DataFrame:
    """Score a corpus with several lexicons, and compare each two."""
    import pandas as pd

    tones: dict[str, FloatArray] = {}
    signs: dict[str, IntArray] = {}
    for name, lexicon in lexicons.items():
        result = corpus.tone(lexicon, unit=unit, threads=threads)
        result._need_values("agreement")
        tones[name] = result._tone
        signs[name] = _hits.signs_of(result._tone, lexicon.threshold)
    rows = []
    for a, b in combinations(lexicons, 2):
        both = ~(np.isnan(tones[a]) | np.isnan(tones[b]))
        n = int(both.sum())
        same = float((signs[a][both] == signs[b][both]).mean()) if n else float("nan")
        rows.append((a, b, correlation(tones[a], tones[b]), same, n))
    config = {
        "corpus": corpus.config,
        "lexicons": {name: lexicon.config for name, lexicon in lexicons.items()},
        "unit": unit,
    }
    names = ["lexicon_a", "lexicon_b", "correlation", "same_sign", "n"]
    frame = pd.DataFrame(rows, columns=names)
    for name in names[:2]:
        frame[name] = text_array(frame[name])
    frame.attrs["config"] = config
    return frame
