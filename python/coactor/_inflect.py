"""Regular English inflection of lexicon lemmas.

The lexicons that come with the package name a word once, by its lemma.
This module spells out the regular forms of such a word. Irregular forms
(`fought`, `met`) are not its business: a lexicon lists them itself.
"""

from __future__ import annotations

import re

__all__ = ["inflect"]

#: Words of more than one syllable, stressed on the last one or doubling by
#: custom: their final consonant doubles before ``-ed`` and ``-ing``.
FINAL_STRESS = frozenset(
    """
    abet abhor acquit admit allot annul backstab commit compel concur confer
    control debar defer demur deter dispel embed enrol entrap equip excel
    expel extol fulfil impel incur infer kidnap occur omit outgun outwit
    patrol permit prefer propel rebel rebut recommit recur refer regret remit
    repel sidestep submit surveil transfer transmit
    """.split()
)

#: Nouns of the lexicons that have no plural.
UNCOUNTABLE = frozenset(
    """
    acclaim acrimony admiration ambivalence antisemitism applause assistance
    belligerence bigotry bitterness bloodshed bribery brinkmanship
    camaraderie co-operation coercion compliance contempt cooperation
    corruption courage cronyism defiance demining dignity diplomacy
    disarmament dishonesty disinformation displeasure espionage extortion
    goodwill gratitude harassment heroism hypocrisy imprisonment
    incompetence indignation ineptitude integrity intimidation ire kinship
    malfeasance misconduct misinformation mudslinging negligence nepotism
    non-compliance noncompliance oppression outreach peace peacebuilding
    peacekeeping peacemaking perjury propaganda racism rapport reciprocity
    reluctance revenge scepticism scorn sexism skepticism solidarity strife
    treachery trust unease unity vengeance violence warfare wariness
    wrongdoing xenophobia
    """.split()
)

#: Words in consonant + o that take a bare ``-s``.
PLAIN_O = frozenset("combo commando euro fiasco ghetto memo photo solo".split())

#: One syllable that ends in a single vowel and a consonant (`plot`, `quit`);
#: a final w, x or y never doubles.
_SHORT = re.compile(r"(?:[^aeiouy]*qu|y?[^aeiouy]*)[aeiouy][^aeiouwxy]")
_HISSING = re.compile(r"(?:s|x|z|ch|sh|[^aeiou]o)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


def inflect(lemma: str, pos: str) -> list[str]:
    """Return a lemma and its regular inflected forms.

    Parameters
    ----------
    lemma : str
        The word, or for a phrase several words with blanks between them.
    pos : {"verb", "noun", "adjective", "verb phrase", "phrase"}
        The part of speech. Adjectives and plain phrases do not change; of a
        verb phrase the first word is inflected.

    Returns
    -------
    list of str
        The lemma first, then its other forms, each once.

    Raises
    ------
    ValueError
        If `pos` is none of these.

    Examples
    --------
    >>> inflect("commit", "verb")
    ['commit', 'commits', 'committed', 'committing']
    >>> inflect("ally", "noun")
    ['ally', 'allies']
    >>> inflect("wage war", "verb phrase")
    ['wage war', 'wages war', 'waged war', 'waging war']
    """
    if pos in ("adjective", "phrase"):
        forms = [lemma]
    elif pos == "noun":
        forms = [lemma, _plural(lemma)]
    elif pos == "verb":
        forms = _conjugate(lemma)
    elif pos == "verb phrase":
        verb, blank, rest = lemma.partition(" ")
        forms = [form + blank + rest for form in _conjugate(verb)]
    else:
        raise ValueError(f"unknown part of speech: {pos!r}")
    return list(dict.fromkeys(forms))


def _conjugate(verb: str) -> list[str]:
    """Return a verb with its ``-s``, ``-ed`` and ``-ing`` forms.

    Examples
    --------
    >>> _conjugate("deny")
    ['deny', 'denies', 'denied', 'denying']
    """
    return [verb, _add_s(verb), _add_ed(verb), _add_ing(verb)]


def _plural(noun: str) -> str:
    """Return the plural of a noun, or the noun itself if it has none.

    A noun in ``-sis`` goes to ``-ses``.

    Examples
    --------
    >>> _plural("crisis"), _plural("embargo"), _plural("treaty")
    ('crises', 'embargoes', 'treaties')
    >>> _plural("bloodshed")
    'bloodshed'
    """
    if noun in UNCOUNTABLE:
        return noun
    return noun[:-2] + "es" if noun.endswith("sis") else _add_s(noun)


def _add_s(word: str) -> str:
    """Add ``-s``, ``-es`` or ``-ies``.

    Examples
    --------
    >>> _add_s("attack"), _add_s("clash"), _add_s("spy"), _add_s("betray")
    ('attacks', 'clashes', 'spies', 'betrays')
    """
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ies"
    if _HISSING.search(word) and word not in PLAIN_O:
        return word + "es"
    return word + "s"


def _add_ed(verb: str) -> str:
    """Add ``-ed``, ``-d`` or ``-ied``.

    Examples
    --------
    >>> _add_ed("bomb"), _add_ed("agree"), _add_ed("vilify"), _add_ed("ban")
    ('bombed', 'agreed', 'vilified', 'banned')
    """
    if verb.endswith("e"):
        return verb + "d"
    if _CONSONANT_Y.search(verb):
        return verb[:-1] + "ied"
    return _stem(verb) + "ed"


def _add_ing(verb: str) -> str:
    """Add ``-ing``; a silent e falls, ``-ie`` turns into ``-y``.

    Examples
    --------
    >>> _add_ing("vie"), _add_ing("invade"), _add_ing("agree"), _add_ing("spy")
    ('vying', 'invading', 'agreeing', 'spying')
    """
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return _stem(verb) + "ing"


def _stem(verb: str) -> str:
    """Return the stem to which ``-ed`` and ``-ing`` are added.

    The final consonant doubles if the verb has one syllable with a single
    vowel before it, or is in `FINAL_STRESS`; a final c after a vowel becomes
    ck.

    Examples
    --------
    >>> _stem("plot"), _stem("expel"), _stem("visit"), _stem("panic")
    ('plott', 'expell', 'visit', 'panick')
    """
    if verb in FINAL_STRESS or _SHORT.fullmatch(verb):
        return verb + verb[-1]
    if verb.endswith(("ac", "ic")):
        return verb + "k"
    return verb
