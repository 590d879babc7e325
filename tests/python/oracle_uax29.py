"""Word and sentence boundaries as UAX #29 writes them down: slow, obvious, and nothing shared.

Every code point becomes the letter of its class, so a text becomes a string of classes, and the
rules of the standard are regular expressions on what is left and on what is right of a place,
tried in their order. The classes come from the files of the Unicode Character Database, not from
the tables of the core.

>>> word_boundaries("Can’t, 3.5!")
[0, 5, 6, 7, 10, 11]
>>> sentence_boundaries("Dr. Li left. ok? No.")
[0, 4, 17, 20]
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

UCD = Path(os.environ.get("CA_UCD", "/usr/share/unicode"))

# The letter of each class: where there is one, a character that belongs to it.
WORD_LETTERS = {
    "Other": "x",
    "CR": "r",
    "LF": "n",
    "Newline": "l",
    "Extend": "e",
    "Format": "f",
    "ZWJ": "z",
    "Regional_Indicator": "R",
    "Katakana": "K",
    "Hebrew_Letter": "H",
    "ALetter": "A",
    "Single_Quote": "'",
    "Double_Quote": '"',
    "MidNumLet": ".",
    "MidLetter": ":",
    "MidNum": ",",
    "Numeric": "0",
    "ExtendNumLet": "_",
    "WSegSpace": " ",
}
# Extended_Pictographic cuts across the classes.
PICTOGRAPHIC_LETTERS = {"x": "P", "A": "Q"}

SENTENCE_LETTERS = {
    "Other": "x",
    "CR": "r",
    "LF": "n",
    "Sep": "p",
    "Extend": "e",
    "Format": "f",
    "Sp": " ",
    "Lower": "a",
    "Upper": "A",
    "OLetter": "o",
    "Numeric": "0",
    "ATerm": ".",
    "SContinue": ",",
    "STerm": "!",
    "Close": ")",
}


class Rule(NamedTuple):
    """A rule of the standard: what is left, whether there is a boundary, what is right."""

    name: str
    left: re.Pattern[str]
    boundary: bool
    right: re.Pattern[str]


def rule(name: str, left: str, sign: str, right: str) -> Rule:
    """A rule from its line in the standard."""
    return Rule(name, re.compile(rf"(?:{left})\Z"), sign == "÷", re.compile(right))


# On the classes of all characters. WB4 and SB5 come behind the first group: a character that is
# skipped has no boundary before it, and the second group does not see it.
WORD_RULES_OF_ALL = [
    rule("WB3", "r", "×", "n"),
    rule("WB3a", "[lrn]", "÷", ""),
    rule("WB3b", "", "÷", "[lrn]"),
    rule("WB3c", "z", "×", "[PQ]"),
    rule("WB3d", " ", "×", " "),
    rule("WB4", "", "×", "[efz]"),
]
WORD_RULES = [
    rule("WB5", "[AQH]", "×", "[AQH]"),
    rule("WB6", "[AQH]", "×", "[:.'][AQH]"),
    rule("WB7", "[AQH][:.']", "×", "[AQH]"),
    rule("WB7a", "H", "×", "'"),
    rule("WB7b", "H", "×", '"H'),
    rule("WB7c", 'H"', "×", "H"),
    rule("WB8", "0", "×", "0"),
    rule("WB9", "[AQH]", "×", "0"),
    rule("WB10", "0", "×", "[AQH]"),
    rule("WB11", "0[,.']", "×", "0"),
    rule("WB12", "0", "×", "[,.']0"),
    rule("WB13", "K", "×", "K"),
    rule("WB13a", "[AQH0K_]", "×", "_"),
    rule("WB13b", "_", "×", "[AQH0K]"),
    rule("WB15", r"\A(?:RR)*R", "×", "R"),
    rule("WB16", "[^R](?:RR)*R", "×", "R"),
    rule("WB999", "", "÷", ""),
]

SENTENCE_RULES_OF_ALL = [
    rule("SB3", "r", "×", "n"),
    rule("SB4", "[prn]", "÷", ""),
    rule("SB5", "", "×", "[ef]"),
]
SENTENCE_RULES = [
    rule("SB6", "[.]", "×", "0"),
    rule("SB7", "[Aa][.]", "×", "A"),
    rule("SB8", "[.][)]*[ ]*", "×", "[^oAaprn.!]*a"),
    rule("SB8a", "[.!][)]*[ ]*", "×", "[,.!]"),
    rule("SB9", "[.!][)]*", "×", "[) prn]"),
    rule("SB10", "[.!][)]*[ ]*", "×", "[ prn]"),
    rule("SB11", "[.!][)]*[ ]*[prn]?", "÷", ""),
    rule("SB998", "", "×", ""),
]

# X (Extend | Format | ZWJ)* counts as X, where X is neither the start of the text nor a line end.
WORD_SKIPPED = re.compile("(?<=[^lrn])[efz]+")
SENTENCE_SKIPPED = re.compile("(?<=[^prn])[ef]+")


def decide(rules: list[Rule], left: str, right: str) -> bool | None:
    """Whether the first rule that applies puts a boundary here; None if none applies."""
    for each in rules:
        if each.left.search(left) and each.right.match(right):
            return each.boundary
    return None


def boundaries(
    classes: str, rules_of_all: list[Rule], skipped: re.Pattern[str], rules: list[Rule]
) -> list[int]:
    """The boundaries in a string of classes."""
    if classes == "":
        return []
    found = [0]
    for at in range(1, len(classes)):
        left, right = classes[:at], classes[at:]
        boundary = decide(rules_of_all, left[-1:], right)
        if boundary is None:
            boundary = decide(rules, skipped.sub("", left), skipped.sub("", right))
        if boundary:
            found.append(at)
    return [*found, len(classes)]


def word_boundaries(text: str) -> list[int]:
    """Offsets of the word boundaries of a text, both ends included; none if it is empty."""
    table = word_table()
    classes = "".join(table[ord(c)] for c in text)
    return boundaries(classes, WORD_RULES_OF_ALL, WORD_SKIPPED, WORD_RULES)


def sentence_boundaries(text: str) -> list[int]:
    """Offsets of the sentence boundaries of a text, both ends included; none if it is empty."""
    table = sentence_table()
    classes = "".join(table[ord(c)] for c in text)
    return boundaries(classes, SENTENCE_RULES_OF_ALL, SENTENCE_SKIPPED, SENTENCE_RULES)


# ---- the database --------------------------------------------------------------------------------


def lines(name: str) -> Iterator[str]:
    """The lines of a file of the database that hold data, without their comments."""
    path = UCD / name
    if not path.is_file():
        raise FileNotFoundError(f"{path}: install Debian's package unicode-data, or set CA_UCD")
    for line in path.read_text(encoding="utf-8").splitlines():
        data = line.partition("#")[0].strip()
        if data:
            yield data


def properties(name: str) -> Iterator[tuple[range, str]]:
    """Ranges of code points and a property of theirs."""
    for line in lines(name):
        places, value = line.split(";")[:2]
        first, _, last = places.strip().partition("..")
        yield range(int(first, 16), int(last or first, 16) + 1), value.strip()


@cache
def word_table() -> list[str]:
    """The letter of the word-break class of every code point."""
    table = ["x"] * 0x110000
    for places, name in properties("auxiliary/WordBreakProperty.txt"):
        for cp in places:
            table[cp] = WORD_LETTERS[name]
    for places, name in properties("emoji/emoji-data.txt"):
        if name == "Extended_Pictographic":
            for cp in places:
                table[cp] = PICTOGRAPHIC_LETTERS[table[cp]]
    return table


@cache
def sentence_table() -> list[str]:
    """The letter of the sentence-break class of every code point."""
    table = ["x"] * 0x110000
    for places, name in properties("auxiliary/SentenceBreakProperty.txt"):
        for cp in places:
            table[cp] = SENTENCE_LETTERS[name]
    return table


def official_cases(name: str) -> Iterator[tuple[str, list[int]]]:
    """The texts of WordBreakTest.txt or SentenceBreakTest.txt, and where their boundaries are."""
    for line in lines("auxiliary/" + name):
        text, places = "", []
        for part in line.split():
            if part == "÷":
                places.append(len(text))
            elif part != "×":
                text += chr(int(part, 16))
        yield text, places
