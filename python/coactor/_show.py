"""What `show` of corpus, mentions and tone marks in the text of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _hits
from ._display import HTML_LETTERS
from ._marked import Mark, MarkedText, Word
from ._results import plural

if TYPE_CHECKING:
    from ._targets import MentionTone
    from .corpus import Corpus
    from .mentions import Mentions
    from .tone import Tone

__all__ = ["show_corpus", "show_mention_tone", "show_mentions", "show_tone"]


def show_corpus(corpus: Corpus, doc: Any) -> MarkedText:
    """Do what `Corpus.show` documents."""
    number = corpus._number_of(doc)
    return MarkedText(_title(corpus, number, []), corpus._text(number))


def show_mentions(mentions: Mentions, doc: Any) -> MarkedText:
    """Do what `Mentions.show` documents."""
    number = mentions.corpus._number_of(doc)
    rows = np.flatnonzero(mentions._doc == number)
    about = [plural(len(rows), "mention"), plural(len(np.unique(mentions._actor[rows])), "actor")]
    title = _title(mentions.corpus, number, [" of ".join(about)])
    return MarkedText(title, mentions.corpus._text(number), _marks(mentions, rows))


def show_tone(tone: Tone, doc: Any) -> MarkedText:
    """Do what `Tone.show` documents."""
    corpus = tone._corpus
    number = corpus._number_of(doc)
    hits = _hits_in(tone, number)
    parts = [plural(len(hits.doc), "hit")]
    if tone.unit == "document" and not tone.lexicon.categories:
        name = "compound" if "compound" in tone._table else "tone"
        parts.append(f"{name} {_signed(float(tone._tone[number]))}")
    return MarkedText(_title(corpus, number, parts), corpus._text(number), (), _words(tone, hits))


def show_mention_tone(tone: MentionTone, doc: Any) -> MarkedText:
    """Do what `MentionTone.show` documents."""
    corpus, mentions = tone._corpus, tone._mentions
    number = corpus._number_of(doc)
    rows = np.flatnonzero(mentions._doc == number)
    hits = _hits_in(tone, number)
    values = tone._tone[rows].tolist()
    counts = tone._table["hits"].to_numpy()[rows].tolist()
    marks = [
        mark._replace(
            name=mark.name if value != value else f"{mark.name} {_signed(value)}",
            about=f"{mark.about}: tone {_signed(value)} from {plural(n, 'hit')}",
        )
        for mark, value, n in zip(_marks(mentions, rows), values, counts, strict=True)
    ]
    title = _title(corpus, number, [plural(len(rows), "mention"), plural(len(hits.doc), "hit")])
    return MarkedText(title, corpus._text(number), marks, _words(tone, hits))


def _title(corpus: Corpus, number: int, parts: list[str]) -> str:
    label = str(corpus._label_of_row(number))
    if corpus._missing[number]:
        parts = ["no text"]
    elif not parts:
        sentences = int(np.diff(corpus._doc_sentences[number : number + 2])[0])
        parts = [plural(sentences, "sentence")]
    return f"Document {label[:HTML_LETTERS]}: {', '.join(parts)}"


def _signed(value: float) -> str:
    return "NaN" if value != value else f"{value:+.2f}".replace("-", "−")


def _marks(mentions: Mentions, rows: Any) -> list[Mark]:
    dictionary = mentions._dictionary
    classes = {} if dictionary is None else dictionary.classes
    marks = []
    spans = (mentions._start, mentions._end, mentions._actor)
    for start, end, actor in zip(*(column[rows].tolist() for column in spans), strict=True):
        id = mentions.actors[actor]
        label, cls = mentions.labels.get(id, id), classes.get(id, "")
        about = f"{label} ({id}{', ' + cls if cls else ''})" if label != id or cls else id
        marks.append(Mark(start, end, id, about, cls))
    return marks


def _hits_in(tone: Tone, number: int) -> _hits.Hits:
    """Return the hits in a document: by scoring it alone, where all have not been found yet."""
    from .corpus import Corpus

    corpus = tone._corpus
    if tone._held is not None:
        return tone._held.take(tone._held.doc == number)
    one = Corpus([corpus._text(number)], mode=corpus.mode, threads=1)
    begin, end = corpus._doc_tokens[number : number + 2]
    mask = tone._mask
    held = (mask.last > begin) & (mask.first < end)
    first = np.clip(mask.first[held], begin, end) - begin
    last = np.clip(mask.last[held], begin, end) - begin
    return _hits.find(one, tone.lexicon, _hits.Spans(first, last), tone.unit, 1)


def _words(tone: Tone, hits: _hits.Hits) -> list[Word]:
    lexicon = tone.lexicon
    words = []
    patterns, spans = hits.pattern.tolist(), (hits.start, hits.end, hits.contribution)
    rows = zip(patterns, *(column.tolist() for column in spans), strict=True)
    for pattern, start, end, contribution in rows:
        value, name = contribution / _hits.ONE, lexicon._patterns[pattern]
        if lexicon.categories:
            about, value = lexicon.categories[lexicon._groups[pattern]], 0.0
        else:
            about = f"{name}: {_signed(value)}"
        words.append(Word(start, end, int(np.sign(value)), about))
    return words
