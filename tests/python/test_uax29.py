"""Word and sentence boundaries: against the standard's own cases and against the oracle.

COACTOR_LONG=1 adds all strings of five word-break classes, four million: some minutes.
"""

import os
import random
from collections.abc import Callable, Iterable
from itertools import pairwise, product

import numpy as np
import oracle_uax29 as oracle
import pytest

import coactor

LONG = os.environ.get("COACTOR_LONG") == "1"
MEGABYTE = 1 << 20

# The two functions with their oracles, and a separator with boundaries around it on which nothing
# left of it and nothing right of it depends: NEXT LINE between words (WB3a, WB3b), PARAGRAPH
# SEPARATOR behind sentences (SB4; what SB8 looks for does not lie beyond it).
WORDS = pytest.param(
    coactor.word_boundaries, oracle.word_boundaries, oracle.word_table, "\x85", id="words"
)
SENTENCES = pytest.param(
    coactor.sentence_boundaries,
    oracle.sentence_boundaries,
    oracle.sentence_table,
    "\u2029",
    id="sentences",
)
both = pytest.mark.parametrize(("find", "expect", "table", "separator"), [WORDS, SENTENCES])

Find = Callable[[str], np.ndarray]
Expect = Callable[[str], list[int]]


def code_points(table: list[str]) -> dict[str, list[int]]:
    """The code points of each class."""
    members: dict[str, list[int]] = {}
    for cp, letter in enumerate(table):
        members.setdefault(letter, []).append(cp)
    return members


def check_joined(find: Find, expect: Expect, separator: str, texts: Iterable[str]) -> None:
    """Check many short texts in one call, each closed by the separator."""
    pieces, expected, start = [], [0], 0
    for text in texts:
        piece = text + separator
        pieces.append(piece)
        expected += [start + place for place in expect(piece)[1:]]
        start += len(piece)
    found = find("".join(pieces))
    if not np.array_equal(found, expected):
        for piece in pieces:  # which one?
            assert find(piece).tolist() == expect(piece), ascii(piece)
        raise AssertionError("each is right alone, together they are not")


@pytest.mark.parametrize(
    ("name", "count", "expect", "find"),
    [
        ("WordBreakTest.txt", 1823, oracle.word_boundaries, coactor.word_boundaries),
        ("SentenceBreakTest.txt", 502, oracle.sentence_boundaries, coactor.sentence_boundaries),
    ],
)
def test_every_official_case_passes(name: str, count: int, expect: Expect, find: Find) -> None:
    cases = list(oracle.official_cases(name))
    assert len(cases) == count
    for text, places in cases:
        assert expect(text) == places, f"the oracle: {text!a}"
        assert find(text).tolist() == places, ascii(text)


@both
def test_the_empty_text_has_no_boundaries(find, expect, table, separator) -> None:
    found = find("")
    assert found.dtype == np.int64
    assert found.tolist() == expect("") == []


@both
def test_boundaries_are_int64_and_count_code_points(find, expect, table, separator) -> None:
    for text in ("abc", "Zoë été.", "Київ. Да.", "\U0001f600\U0001f600 a. A"):  # each width of str
        found = find(text)
        assert found.dtype == np.int64
        assert found.tolist() == expect(text)
        assert found[-1] == len(text)


@both
def test_short_strings_of_all_classes_agree(find, expect, table, separator) -> None:
    letters = [chr(members[0]) for members in code_points(table()).values()]
    for length in (1, 2, 3):
        for text in product(letters, repeat=length):
            assert find("".join(text)).tolist() == expect("".join(text)), ascii(text)


@both
def test_all_strings_of_four_classes_agree(find, expect, table, separator) -> None:
    for choice in (0, -1):  # ASCII where a class has any, and far away from it
        letters = [chr(members[choice]) for members in code_points(table()).values()]
        for first in letters:
            texts = (first + "".join(rest) for rest in product(letters, repeat=3))
            check_joined(find, expect, separator, texts)


@pytest.mark.skipif(not LONG, reason="minutes; COACTOR_LONG=1 asks for it")
@both
def test_all_strings_of_five_classes_agree(find, expect, table, separator) -> None:
    letters = [chr(members[0]) for members in code_points(table()).values()]
    for first in product(letters, repeat=2):
        texts = ("".join(first + rest) for rest in product(letters, repeat=3))
        check_joined(find, expect, separator, texts)


@both
def test_random_strings_agree(find, expect, table, separator) -> None:
    choose = random.Random(29)
    members = list(code_points(table()).values())
    for _ in range(300):
        # A few classes at a time, or runs would be rare.
        some = choose.sample(members, choose.randint(1, 5))
        length = choose.randint(1, 200)
        text = "".join(chr(choose.choice(choose.choice(some))) for _ in range(length))
        assert find(text).tolist() == expect(text), ascii(text)


@both
def test_texts_of_ascii_agree(find, expect, table, separator) -> None:
    choose = random.Random(29)
    for signs in ("aB1_ ", "aA.'\" ", "1,.;:' ", "a. )(!?\"'\n\r", "".join(map(chr, range(128)))):
        for _ in range(40):
            text = "".join(choose.choices(signs, k=choose.randint(1, 200)))
            assert find(text).tolist() == expect(text), ascii(text)


@both
def test_lone_surrogates_are_other(find, expect, table, separator) -> None:
    assert find("a\ud800b").tolist() == expect("a\ud800b")
    for text in ("\udfff", "\ud83d\u0301", "\ude00\ud83d", "No\udc80. \udc80a", "A.\ud800a"):
        assert find(text).tolist() == expect(text), ascii(text)
    assert coactor.word_boundaries("a\ud800b").tolist() == [0, 1, 2, 3]


def test_regional_indicators_pair_from_the_start_of_their_run() -> None:
    flags = "\U0001f1f3\U0001f1f4" * 3
    assert coactor.word_boundaries("x" + flags + "\U0001f1f3 ").tolist() == [0, 1, 3, 5, 7, 8, 9]


def test_a_hyphen_an_apostrophe_and_a_decimal_point() -> None:
    text = "It’s a well-known 3.5 %."
    places = coactor.word_boundaries(text).tolist()
    segments = [text[i:j] for i, j in pairwise(places)]
    assert segments == ["It’s", " ", "a", " ", "well", "-", "known", " ", "3.5", " ", "%", "."]


HALF = MEGABYTE // 2
HOSTILE = {
    "a full stop, spaces, commas": "A." + " " * HALF + "," * HALF,
    "full stops with a long way to what decides": "A. ,)" * (MEGABYTE // 5),
    "a full stop with brackets before what decides": "A." + " )" * HALF + "a",
    "full stops alone": "." * MEGABYTE,
    "initials": "a." * HALF,
    "question marks in brackets": "?)" * HALF,
    "closed full stops": '.")' * (MEGABYTE // 3),
    "joiners behind letters": "a\u200d" * (MEGABYTE // 4),
    "pictographs with joiners": "\U0001f469\u200d" * (MEGABYTE // 7),
    "one letter with many accents": "a" + "\u0301" * HALF,
    "accents alone": "\u0301" * HALF,
    "accents behind a middle": "a'" + "\u0301" * HALF + "b",
    "accents behind each middle": ("a'" + "\u0301" * 2) * (MEGABYTE // 6),
    "quotes": '"' * MEGABYTE,
    "apostrophes": "'" * MEGABYTE,
    "Hebrew and quotes": '\u05d0"' * (MEGABYTE // 3),
    "digits and commas": "1,1," * (MEGABYTE // 4),
    "digits and commas that tie nothing": "1,," * (MEGABYTE // 3),
    "regional indicators": "\U0001f1e6" * (MEGABYTE // 4),
    "one letter": "a" * MEGABYTE,
    "NUL": "\0" * MEGABYTE,
    "line ends": "\r\n" * HALF,
    "Thai": "\u0e01\u0e32" * (MEGABYTE // 6),
    "Katakana": "\u30ab" * (MEGABYTE // 3),
    "lone surrogates": "\ud800" * (MEGABYTE // 3),
}


@both
@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of_anything_is_done_in_no_time(find, expect, table, separator, name) -> None:
    text = HOSTILE[name]
    found = find(text)
    assert found[0] == 0 and found[-1] == len(text)
    assert (np.diff(found) > 0).all()
