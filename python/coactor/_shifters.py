"""Words that change the value of a hit near them: negators, intensifiers, contrasts.

What each does is data here; where they count is said in csrc/core/score.h.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from . import _core
from ._columns import SEED
from ._packages import number_of

#: A negated hit counts this much (Hutto and Gilbert 2014, who measured it on rated sentences).
NEGATED = -0.74

#: Tokens before a hit in which a negator counts.
REACH = 3

#: Factors of hits before and behind a contrast (the same source).
BEFORE_CONTRAST, BEHIND_CONTRAST = 0.5, 1.5

#: Factors of words right before a hit.
STRONGER, WEAKER = 1.25, 0.75

#: Priority of patterns without a star, above all that have one.
EXACT = 1 << 20

#: What the core says of a pattern that matches the same as an earlier one (dict_build.h).
REPEATED = 3

FOR_STARS = "zqzqz"

# What a shifter does, as in lexicon.h.
NEGATOR, INTENSIFIER, CONTRAST, NO_CONTRAST_BEHIND, NO_CONTRAST_BEFORE = 1, 2, 4, 8, 16
NO_NEGATION_BEFORE, FAR, FROM, ENDER, JOINS = 32, 64, 128, 256, 512

NEGATORS = """
    barely cannot cant didnt doesnt dont hardly isnt lack lacked lacks neither never no nobody none
    nor not nothing nowhere rarely refuse refused refuses refusing scarcely seldom wasnt without
    wont wouldnt *n't
""".split()

UP = """
    absolutely brutally categorically completely deeply enormously entirely especially extremely
    flatly forcefully fully greatly harshly heavily highly hugely increasingly intensely massively
    openly particularly profoundly quite really remarkably seriously severely sharply so strongly
    thoroughly totally utterly vehemently very warmly
""".split()

DOWN = """
    cautiously fairly faintly lightly loosely marginally mildly moderately modestly nearly almost
    partially partly rather relatively slightly somewhat tentatively vaguely
""".split()

CONTRASTS = "but however nevertheless nonetheless".split()

#: Words that end what stands behind them, in a lexicon of what actors do: "stopped the bombing".
ENDERS = """
    cease ceased ceases ceasing end ended ending ends halt halted halting halts stop stopped
    stopping stops suspend suspended suspending suspends
""".split()

#: What may stand between.
_JOINING = "all any further her his its of our the their these this those to your".split()

#: "not only" denies nothing.
_NOT_DENIED = "just merely only simply solely".split()

_NOT_CONTRASTED_BY = "all anything everything nothing none".split()
_NO_CONTRAST_WITH = ["also"]

INTENSIFIERS = dict.fromkeys(UP, STRONGER) | dict.fromkeys(DOWN, WEAKER)


class Shifters(NamedTuple):
    """Shifters ready for the core: a dictionary of single words, what each does, its factor."""

    core: _core.Dictionary
    roles: np.ndarray
    factors: np.ndarray


def words_of(given: Any, argument: str, known: list[str], usual: bool) -> list[str]:
    """Return the words that shift hits: the known ones where they are usual, none, or those given.

    None is what the default was called once.
    """
    if given is None or isinstance(given, bool):
        return list(known) if usual and given is not False else []
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise TypeError(f"{argument}: expected True, False or several words, got {given!r}")
    words = list(given)
    for word in words:
        if not isinstance(word, str) or len(word.split()) != 1:
            raise ValueError(f"{argument}: {word!r} is no single word")
    return words


def factors_of(given: Any, usual: bool) -> dict[str, float]:
    """Return the factors of intensifiers."""
    if given is not None and not isinstance(given, (bool, Mapping)):
        raise TypeError(f"intensifiers: expected True, False or word: factor, got {given!r}")
    words = words_of(given, "intensifiers", list(INTENSIFIERS), usual)
    held = given if isinstance(given, Mapping) else INTENSIFIERS
    return {word: number_of(held[word], f"intensifiers: {word!r}: factor") for word in words}


def dictionary(patterns: list[str], *, globs: bool) -> _core.Dictionary:
    """Return patterns, in any case, ready for the core."""
    n = len(patterns)
    return _core.Dictionary(
        _core.Texts(patterns),
        np.zeros(n, dtype=np.int32),
        np.fromiter(map(_spelt_out, patterns), dtype=np.int32, count=n),
        np.full(n, 2, dtype=np.uint8),
        globs,
        SEED,
    )


def _spelt_out(pattern: str) -> int:
    """Return what decides among patterns of as many words: the most letters that are no stars."""
    stars = pattern.count("*")
    return min(len(pattern) - stars, EXACT - 1) if stars else EXACT


def repeated(patterns: list[str], core: _core.Dictionary) -> dict[int, int]:
    """Return the numbers of patterns that match the same as an earlier one, and the number of that.

    The core says which these are: “don’t” and "don't" are one, and so are "cafe\u0301" and "café".
    """
    numbers = np.flatnonzero(core.problems() == REPEATED).tolist()
    if not numbers:
        return {}
    # What a pattern matches, with letters for its stars that no other pattern spells out.
    texts = [patterns[i].replace("*", FOR_STARS) for i in numbers]
    found = _core.find(_core.tokenize(_core.Texts(texts), 0, SEED, 1), core, 1)
    alias = dict(zip(found[0][::-1].tolist(), found[7][::-1].tolist(), strict=True))
    return {i: alias[at] for at, i in enumerate(numbers) if at in alias}


def build(
    negators: list[str],
    intensifiers: dict[str, float],
    contrasts: list[str],
    enders: list[str],
) -> Shifters | None:
    """Return the shifters of a lexicon; None where there are none."""
    roles: dict[str, int] = {}
    for words, role in (
        (negators, NEGATOR),
        (intensifiers, INTENSIFIER),
        (contrasts, CONTRAST),
        (_NOT_CONTRASTED_BY if contrasts else [], NO_CONTRAST_BEHIND),
        (_NO_CONTRAST_WITH if contrasts else [], NO_CONTRAST_BEFORE),
        (_NOT_DENIED if negators else [], NO_NEGATION_BEFORE),
        (["far"] if negators == NEGATORS else [], FAR),
        (["from"] if negators == NEGATORS else [], FROM),
        (enders, ENDER),
        (_JOINING if enders else [], JOINS),
    ):
        for word in words:
            roles[word] = roles.get(word, 0) | role
    if not roles:
        return None
    core = dictionary(list(roles), globs=True)
    factors = np.array([intensifiers.get(word, 1.0) for word in roles], dtype=np.float64)
    return Shifters(core, np.array(list(roles.values()), dtype=np.int32), factors)
