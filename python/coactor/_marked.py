"""A document's text with its mentions marked and the words that carry its tone underlined.

    text       Moscow praised Minsk.
    mentions   ______         _____
    words             _______
    pieces     Moscow, " ", praised, " ", Minsk, "."

The text is cut at every edge of a mention or word, so that they may overlap in any way.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from ._display import HTML_LETTERS, ROWS_BYTES, escaped, frame
from ._results import plural

__all__ = ["Mark", "MarkedText", "Word"]

#: Colours for the classes of actors that are most in the text; the others share the last one. Each
#: stands out from white as from black, and from the others for every kind of colour vision.
COLOURS = ("#2e86c1", "#d35400", "#148f77", "#a569bd", "#b7950b")
OTHER = "#808080"

#: How a word is underlined by its sign: not by colour alone.
SIGNS = {1: ("positive", "p"), -1: ("negative", "m"), 0: ("neutral", "z")}

#: Of the plain form: characters of the text, and how a sign is written.
PLAIN_LETTERS = 2000
PLAIN_SIGNS = {1: "+", -1: "-", 0: "="}

STYLE = """
.coactor p.text{white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.9;max-width:50em;
margin:.3em 0}
.coactor p.about{margin:.2em 0;max-width:50em}
.coactor mark{color:inherit;background:none;border-bottom:2px solid;padding:.05em .1em;
border-radius:.2em .2em 0 0}
.coactor mark+small,.coactor p.about small{font-size:.7em;font-weight:600;opacity:.85;
padding:0 .2em;vertical-align:.15em}
.coactor u{text-decoration-thickness:2px;text-underline-offset:.3em}
.coactor u.p{text-decoration-line:underline;text-decoration-style:solid;
text-decoration-color:#2e86c1}
.coactor u.m{text-decoration-line:underline;text-decoration-style:wavy;
text-decoration-color:#d35400}
.coactor u.z{text-decoration-line:underline;text-decoration-style:dotted;
text-decoration-color:#808080}
.coactor .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
"""


class Mark(NamedTuple):
    """A mention: where it stands, a short name to write behind it, a longer one, its class."""

    start: int
    end: int
    name: str
    about: str
    cls: str


class Word(NamedTuple):
    """A word that carries tone: where it stands, its sign, how that comes."""

    start: int
    end: int
    sign: int
    about: str


class MarkedText:
    """The text of a document with its mentions, or the words of its tone: for a notebook.

    Made by `Corpus.show`, `Mentions.show` and `Tone.show`. A notebook shows it as it is;
    ``_repr_html_()`` is the HTML, without script and under 200 KB, and ``repr`` a plain form:
    ``[Moscow|RUS]``, ``{praised+}``.
    """

    __slots__ = ("marks", "text", "title", "words")

    title: str
    text: str
    marks: list[Mark]
    words: list[Word]

    def __init__(
        self, title: str, text: str, marks: Iterable[Mark] = (), words: Iterable[Word] = ()
    ) -> None:
        self.title, self.text = title, text
        self.marks = sorted(marks, key=lambda mark: (mark.start, mark.end))
        self.words = sorted(words)

    def _pieces(self) -> Iterable[tuple[int, int, list[Mark], list[Word]]]:
        """Yield the pieces of the text, each with the mentions and words that it lies in."""
        edges = {0, len(self.text)}
        edges.update(edge for mark in self.marks for edge in (mark.start, mark.end))
        edges.update(edge for word in self.words for edge in (word.start, word.end))
        places = sorted(edges)
        marks, words = iter(self.marks), iter(self.words)
        mark, word = next(marks, None), next(words, None)
        in_marks: list[Mark] = []
        in_words: list[Word] = []
        for start, end in pairwise(places):
            in_marks = [m for m in in_marks if m.end > start]
            in_words = [w for w in in_words if w.end > start]
            while mark is not None and mark.start <= start:
                in_marks.append(mark)
                mark = next(marks, None)
            while word is not None and word.start <= start:
                in_words.append(word)
                word = next(words, None)
            yield start, end, in_marks, in_words

    def __repr__(self) -> str:
        parts: list[str] = []
        size = 0
        for start, end, marks, words in self._pieces():
            text = self.text[start : min(end, start + PLAIN_LETTERS - size)]
            size += len(text)
            opened = sum(m.start == start for m in marks), sum(w.start == start for w in words)
            closed = "".join(PLAIN_SIGNS[w.sign] + "}" for w in words if w.end == end)
            closed += "".join(f"|{m.name}]" for m in marks if m.end == end)
            parts.append("[" * opened[0] + "{" * opened[1] + text + closed)
            if size >= PLAIN_LETTERS:
                parts.append("…")
                break
        return f"{self.title}\n" + "".join(parts)

    def _repr_html_(self) -> str:
        colours = self._colours()
        parts: list[str] = []
        room, shown = ROWS_BYTES, 0
        for start, end, marks, words in self._pieces():
            text = self.text[start : min(end, start + room)]
            piece = _piece(text, start, end, marks, words, colours)
            room -= len(piece.encode())
            if room < 0:
                break
            parts.append(piece)
            shown = start + len(text)
        left = len(self.text) - shown
        more = f'<p class="about">… and {plural(left, "more character")}</p>' if left > 0 else ""
        title = escaped(self.title[: 10 * HTML_LETTERS])
        return frame(
            f'<style>{STYLE}</style><p class="about">{title}{self._legend(colours)}</p>'
            f'<p class="text">{"".join(parts)}</p>{more}'
        )

    def _colours(self) -> dict[str, str]:
        """Give the classes that most mentions are of a colour each."""
        counts: dict[str, int] = {}
        for mark in self.marks:
            counts[mark.cls] = counts.get(mark.cls, 0) + 1
        busiest = sorted(counts, key=lambda cls: (-counts[cls], cls))
        return dict(zip(busiest, COLOURS, strict=False))

    def _legend(self, colours: dict[str, str]) -> str:
        parts = []
        if any(colours):
            parts = [
                f'<mark style="{_ground(colour)}">{escaped(cls[:30]) or "no class"}</mark>'
                for cls, colour in colours.items()
            ]
            if any(mark.cls not in colours for mark in self.marks):
                parts.append(f'<mark style="{_ground(OTHER)}">other classes</mark>')
        held = {word.sign for word in self.words}
        parts += [
            f'<u class="{SIGNS[sign][1]}">{SIGNS[sign][0]}</u>' for sign in SIGNS if sign in held
        ]
        return f"<br>{' '.join(parts)}" if parts else ""


def _ground(colour: str) -> str:
    """Return the style of a mark: the two digits let what lies below shine through."""
    return f"background:{colour}33;border-color:{colour}"


def _piece(
    text: str,
    start: int,
    end: int,
    marks: list[Mark],
    words: list[Word],
    colours: dict[str, str],
) -> str:
    """Return a piece of the text as HTML, within the mentions and words around it."""
    piece = escaped(text)
    if words:
        word = words[-1]
        name, cls = SIGNS[word.sign]
        about = escaped(word.about[: 3 * HTML_LETTERS])
        piece = f'<u class="{cls}" title="{about}">{piece}</u>'
        if word.end == end:
            piece += f'<span class="unseen"> ({name})</span>'
    if marks:
        about = escaped("; ".join(dict.fromkeys(m.about for m in marks))[: 3 * HTML_LETTERS])
        # Of several, the one that began last: a name within a name keeps its own colour.
        colour = colours.get(marks[-1].cls, OTHER)
        piece = f'<mark style="{_ground(colour)}" title="{about}">{piece}</mark>'
        names = [escaped(m.name[:30]) for m in marks if m.end == end]
        if names:
            piece += f"<small>{' '.join(names)}</small>"
    return piece
