"""Random texts, and pairs counted in them by plain Python, slowly."""

import numpy as np
import pandas as pd

from coactor import Actors, Corpus

NAMES = ["Ada", "Bob", "Cyd", "Dan", "Eve"]


ACTORS = Actors({name.upper(): [name] for name in NAMES})


WORDS = ["went", "met", "saw", "again", ","]


def random_frame(seed, n_docs=30):
    rng = np.random.default_rng(seed)
    texts = []
    for _ in range(n_docs):
        paragraphs = []
        for _ in range(rng.integers(0, 4)):
            sentences = []
            for _ in range(rng.integers(1, 5)):
                words = [
                    str(rng.choice(NAMES if rng.random() < 0.4 else WORDS))
                    for _ in range(rng.integers(1, 12))
                ]
                sentences.append("So " + " ".join(words) + ".")
            paragraphs.append(" ".join(sentences))
        texts.append("\n\n".join(paragraphs))
    days = pd.Timestamp("2024-01-15") + pd.to_timedelta(rng.integers(0, 200, n_docs), unit="D")
    dates = pd.Series(days.strftime("%Y-%m-%d")).where(rng.random(n_docs) > 0.1)
    outlet = rng.choice(["east", "west"], n_docs)
    return pd.DataFrame({"text": texts, "date": dates, "outlet": outlet})


def corpus_of(frame):
    return Corpus(frame, date="date", by="outlet")


def units_of(mentions, unit, span=1, within=None):
    """The units of a corpus as lists of (actor, start, first word, end word), slowly."""
    corpus = mentions.corpus
    rows = mentions.to_frame()
    places = list(zip(mentions._first.tolist(), mentions._last.tolist(), strict=True))
    found = [
        (int(d), int(p), int(s), (a, start, *place))
        for d, p, s, a, start, place in zip(
            *(rows[name] for name in ("doc", "paragraph", "sentence", "actor", "start")),
            places,
            strict=True,
        )
    ]
    sentences = corpus.sentences()
    for doc in range(corpus.n_docs):
        mine = sentences[sentences["doc"] == doc]
        here = [item for item in found if item[0] == doc]
        if len(mine) == 0:
            continue
        if unit == "document":
            yield doc, [item[3] for item in here]
        elif unit == "paragraph":
            for number in sorted(set(mine["paragraph"])):
                yield doc, [item[3] for item in here if item[1] == number]
        else:
            stretches = (
                [mine["sentence"].tolist()]
                if within is None
                else [part["sentence"].tolist() for _, part in mine.groupby("paragraph")]
            )
            for stretch in stretches:
                for at in range(max(1, len(stretch) - span + 1)):
                    held = set(stretch[at : at + span])
                    yield doc, [item[3] for item in here if item[2] in held]


def value_of(unit, a, b, count, directed):
    """What one unit counts for a pair; None where it does not hold both."""
    of_a = [item for item in unit if item[0] == a]
    of_b = [item for item in unit if item[0] == b]
    if not of_a or not of_b:
        return None
    if directed and not any(i[1] < j[1] for i in of_a for j in of_b):
        return None
    m = len({item[0] for item in unit})
    gaps = [
        max(i[2], j[2]) - min(i[3], j[3]) + 1
        for i in of_a
        for j in of_b
        if not directed or i[1] < j[1]
    ]
    return {
        "binary": 1,
        "min": min(len(of_a), len(of_b)),
        "product": len(of_a) * len(of_b),
        "fractional": 1 / (m - 1),
        "pairs": len(gaps),
        "distance": sum(1 / gap for gap in gaps),
    }[count]


UNITS = [
    {"unit": "document"},
    {"unit": "paragraph"},
    {"unit": "sentence"},
    {"unit": "sentence", "span": 2},
    {"unit": "sentence", "span": 3, "within": "paragraph"},
]


COUNTS = ["binary", "min", "product", "pairs", "fractional", "distance"]


SETTINGS = [
    {},
    {"unit": "document", "count": "product"},
    {"unit": "sentence", "span": 2, "count": "fractional"},
    {"unit": "paragraph", "count": "distance", "directed": True},
    {"unit": "window", "window": 6, "count": "distance", "decay": "exp"},
    {"unit": "window", "window": 6, "by": "outlet"},
    {"by": "month", "rolling": 2},
    {"universe": "actors", "directed": True},
]
