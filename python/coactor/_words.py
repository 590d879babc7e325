"""Words that distinguish some sentences from others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ._results import text_array

if TYPE_CHECKING:
    import pandas as pd

    from .corpus import Corpus

#: The kind of tokens that count.
WORD = 0


def log_odds(
    ours: np.ndarray, theirs: np.ndarray, prior: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return log-odds ratios with an informative Dirichlet prior, and their z-scores.

    Monroe, Colaresi and Quinn (2008), "Fightin' Words", Political Analysis 16: equations 15, 16
    and 22.
    """
    a, b = ours + prior, theirs + prior
    n_prior = prior.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(a / (ours.sum() + n_prior - a)) - np.log(b / (theirs.sum() + n_prior - b))
        return ratio, ratio / np.sqrt(1 / a + 1 / b)


def distinguishing(
    corpus: Corpus,
    ours: np.ndarray,
    theirs: np.ndarray,
    names: tuple[np.ndarray, np.ndarray],
    prior_words: float,
    top: int,
) -> pd.DataFrame:
    """Return the words of sentences `ours` against `theirs` (masks); tokens of `names` are out."""
    import pandas as pd

    tokens = corpus.tokens
    folded = tokens.folded[tokens.ids] if len(tokens.ids) else tokens.ids
    n_types = len(tokens.folded)
    sentence = np.repeat(np.arange(len(ours)), np.diff(corpus._sentence_tokens))
    edges = np.zeros(len(folded) + 1, dtype=np.int64)
    np.add.at(edges, names[0], 1)
    np.add.at(edges, names[1], -1)
    letters = np.array([type[:1].isalnum() for type in tokens.vocabulary], dtype=bool)
    counted = (tokens.kind == WORD) & (np.cumsum(edges)[:-1] == 0)
    if len(folded):
        counted &= letters[tokens.ids]  # the 's of a possessive is no word

    def count(mask: np.ndarray) -> np.ndarray:
        return np.bincount(folded[mask], minlength=n_types).astype(np.float64)

    whole = count(counted)
    a, b = count(counted & ours[sentence]), count(counted & theirs[sentence])
    scale = prior_words / whole.sum() if whole.sum() else 0.0
    ratio, z = log_odds(a, b, whole * scale)
    held = np.flatnonzero(a + b > 0)
    words = np.array([tokens.vocabulary[i].lower() for i in held], dtype=object)
    order = np.lexsort((words, -z[held]))[:top]
    held = held[order]
    return pd.DataFrame(
        {
            "word": text_array(words[order]),
            "count": a[held].astype(np.int64),
            "count_other": b[held].astype(np.int64),
            "log_odds": ratio[held],
            "z": z[held],
        }
    )
