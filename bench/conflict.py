"""How well the conflict lexicon agrees with labelled sentences: python bench/conflict.py --help

For every threshold of |tone|: accuracy, macro-F1 over negative, neutral and positive, and the
precision of the positive and of the negative calls, beside the share of the largest class.
Text: JSON lines with a sentence and targets with a polarity of 2, 4 or 6 (--targets: tone of each
mention), and lines of sentence, entity, entity, label with tabs between and entities in [brackets]
(--pairs: tone of both mentions together; 0 is neutral, 1 and 2 are positive, 3 and 4 negative).
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

import coactor as ca

THRESHOLDS = (0.0, 0.02, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)

FloatArray = npt.NDArray[np.float64]


class Labelled(NamedTuple):
    """Sentences, spans with the number of what they are judged as, and the signs given."""

    texts: list[str]
    spans: pd.DataFrame
    signs: npt.NDArray[np.int64]


def read_targets(path: Path) -> Labelled:
    texts, rows, signs = [], [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for target in row["targets"]:
            rows.append((len(texts), target["from"], target["to"], f"t{len(signs)}"))
            signs.append(int(np.sign(target["polarity"] - 4)))
        texts.append(row["sentence_normalized"])
    return Labelled(texts, _frame(rows), np.array(signs))


def _frame(rows: list[tuple[int, int, int, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["doc", "start", "end", "actor"])


def _unbracketed(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without brackets, and where those stood."""
    plain, spans, begin = "", [], 0
    for piece in re.split(r"([\[\]])", text):
        if piece == "[":
            begin = len(plain)
        elif piece == "]":
            spans.append((begin, len(plain)))
        else:
            plain += piece
    return plain, spans


def read_pairs(path: Path) -> Labelled:
    texts, rows, signs = [], [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence, _, _, label = line.split("\t")
        plain, spans = _unbracketed(sentence)
        for start, end in spans:
            if end > start:
                rows.append((len(texts), start, end, f"t{len(signs)}"))
        signs.append({0: 0, 1: 1, 2: 1, 3: -1, 4: -1}[int(label)])
        texts.append(plain)
    return Labelled(texts, _frame(rows), np.array(signs))


def tones(given: Labelled, lexicon: ca.Lexicon, weight: str) -> FloatArray:
    """Return the tone of each thing judged; NaN where nothing was hit."""
    corpus = ca.Corpus(given.texts)
    frame = ca.Mentions.from_frame(corpus, given.spans).tone(lexicon, weight=weight).to_frame()
    number = frame["actor"].str.removeprefix("t").astype(int)
    sums = frame.groupby(number)[["score", "weight"]].sum().reindex(range(len(given.signs)))
    return (sums["score"] / sums["weight"].where(sums["weight"] > 0)).to_numpy(dtype=np.float64)


def _share(over: int, under: int) -> float:
    return over / under if under else float("nan")


def judge(tone: FloatArray, signs: npt.NDArray[np.int64], threshold: float) -> dict[str, float]:
    """Return how well the signs of the tones agree with those given."""
    called = np.where(np.abs(np.nan_to_num(tone)) >= threshold, np.sign(np.nan_to_num(tone)), 0)
    f1, precision = [], {}
    for sign in (-1, 0, 1):
        right = int(((called == sign) & (signs == sign)).sum())
        n_called, n_given = int((called == sign).sum()), int((signs == sign).sum())
        precision[sign] = _share(right, n_called)
        f1.append(_share(2 * right, n_called + n_given))
    return {
        "accuracy": float((called == signs).mean()),
        "macro_f1": float(np.mean(f1)),
        "precision_positive": precision[1],
        "precision_negative": precision[-1],
        "called": float((called != 0).mean()),
    }


def by_threshold(given: Labelled, lexicon: ca.Lexicon, weight: str) -> pd.DataFrame:
    tone = tones(given, lexicon, weight)
    return pd.DataFrame(
        [judge(tone, given.signs, threshold) for threshold in THRESHOLDS],
        index=pd.Index(THRESHOLDS, name="threshold"),
    )


def files(named: list[Path], pairs: list[Path]) -> Iterator[tuple[Path, Labelled]]:
    yield from ((path, read_targets(path)) for path in named)
    yield from ((path, read_pairs(path)) for path in pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--targets", type=Path, nargs="*", default=[])
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--weight", default="distance")
    arguments = parser.parse_args()
    lexicon = ca.Lexicon.conflict()
    for path, given in files(arguments.targets, arguments.pairs):
        shares = [float((given.signs == sign).mean()) for sign in (-1, 0, 1)]
        print(f"{path.name}: {len(given.signs):,} judged, largest class {max(shares):.3f}")
        print(by_threshold(given, lexicon, arguments.weight).round(3).to_string(), "\n")


if __name__ == "__main__":
    main()
