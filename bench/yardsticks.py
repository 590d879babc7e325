"""Two scripts as a competent user writes them today, to measure coactor against.

Both take a DataFrame of articles and a dictionary of actor → names, and give what `coactor.analyze`
gives: how often each actor is named, how often each two share a sentence, and the tone (VADER) of
each sentence and actor. They are written to be fast as well as clear: names are found once per
sentence, VADER is run per sentence (its time grows with the square of the length of a text), and
pandas only sees whole columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

Names = Mapping[str, list[str]]


class Result(NamedTuple):
    actors: pd.DataFrame
    pairs: pd.DataFrame
    sentences: pd.DataFrame


def _gather(named: Iterable[tuple[Any, str, list[str]]]) -> Result:
    """Count and score sentences, each given as its document, its text and the actors in it."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    polarity = SentimentIntensityAnalyzer().polarity_scores
    pairs: Counter[tuple[str, str]] = Counter()
    docs, compounds, rows, actors = [], [], [], []
    for number, (doc, text, found) in enumerate(named):
        docs.append(doc)
        compounds.append(polarity(text)["compound"])
        if found:
            rows += [number] * len(found)
            actors += found
            pairs.update(combinations(sorted(set(found)), 2))
    sentences = pd.DataFrame({"doc": docs, "compound": compounds})
    mentions = pd.DataFrame({"sentence": rows, "actor": actors})
    mentions["doc"] = sentences["doc"].to_numpy()[mentions["sentence"]]
    mentions["compound"] = sentences["compound"].to_numpy()[mentions["sentence"]]
    table = mentions.groupby("actor").agg(
        n_mentions=("doc", "size"), n_docs=("doc", "nunique"), tone=("compound", "mean")
    )
    counted = pd.DataFrame([(a, b, n) for (a, b), n in pairs.items()], columns=["a", "b", "count"])
    return Result(
        table.sort_values("n_mentions", ascending=False),
        counted.sort_values("count", ascending=False, kind="stable"),
        sentences,
    )


def pyahocorasick_script(names: Names) -> Callable[[pd.DataFrame], Result]:
    """Split by a regular expression, find names with pyahocorasick, score with vaderSentiment."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for actor, aliases in names.items():
        for alias in aliases:
            automaton.add_word(alias, (len(alias), actor))
    automaton.make_automaton()
    end_of_sentence = re.compile(r'(?<=[.!?])["”’)]*\s+(?=["“‘(]*[A-Z0-9])')

    def found(sentence: str) -> Iterator[str]:
        last = len(sentence) - 1
        for at, (length, actor) in automaton.iter_long(sentence):
            before = at - length
            if (before < 0 or not sentence[before].isalnum()) and (
                at == last or not sentence[at + 1].isalnum()
            ):
                yield actor

    def run(frame: pd.DataFrame) -> Result:
        return _gather(
            (doc, sentence, list(found(sentence)))
            for doc, text in zip(frame.index, frame["text"], strict=True)
            for sentence in end_of_sentence.split(text)
        )

    return run


def spacy_script(names: Names) -> Callable[[pd.DataFrame], Result]:
    """Split with spaCy's sentencizer, find names with its PhraseMatcher, score as above."""
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    matcher = PhraseMatcher(language.vocab)
    for actor, aliases in names.items():
        matcher.add(actor, list(language.tokenizer.pipe(aliases)))

    def sentences(frame: pd.DataFrame) -> Iterator[tuple[Any, str, list[str]]]:
        texts = zip(frame["text"], frame.index, strict=True)
        for document, doc in language.pipe(texts, as_tuples=True):
            held: dict[int, list[str]] = {}
            for span in filter_spans(matcher(document, as_spans=True)):
                held.setdefault(span.sent.start, []).append(span.label_)
            for sentence in document.sents:
                yield doc, sentence.text, held.get(sentence.start, [])

    return lambda frame: _gather(sentences(frame))
