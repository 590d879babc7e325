"""Which spans name whom, for each way of handling overlaps: by trying every alias everywhere.

A slow and obvious reading of the rules. Texts are cut by `coactor.tokenize`; everything after that
is decided here anew, from the forms of the tokens and what stands between them.
"""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from dataclasses import dataclass
from itertools import product

import coactor

HYPHENS = set("-‐‑‒–−")
QUOTES = str.maketrans("’‘", "''")
STAR = "q"  # stands for a star while an alias is cut into words; no text of the tests has it
BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass
class Token:
    form: str
    word: bool
    number: bool
    start: int
    end: int
    gap: bool
    region: int

    @property
    def hyphen(self):
        return self.form in HYPHENS

    @property
    def possessive(self):
        return not self.gap and self.form.lower() in ("'s", "'")


def forms(text):
    text = unicodedata.normalize("NFC", text.translate(QUOTES))
    return text[:-1] if len(text) > 1 and text.endswith(".") else text


def tokens_of(texts):
    """The tokens of each text."""
    core = coactor.tokenize(list(texts), threads=1)
    made = []
    for number, text in enumerate(texts):
        found, behind, region = [], 0, 0
        for i in range(core.doc_offsets[number], core.doc_offsets[number + 1]):
            start, end = int(core.start[i]), int(core.end[i])
            region += bool(BLANK_LINE.search(text[behind:start]))
            kind = core.kinds[core.kind[i]]
            word, number_kind = kind in ("word", "number"), kind == "number"
            form = forms(text[start:end])
            found.append(Token(form, word, number_kind, start, end, behind < start, region))
            behind = end
        made.append(found)
    return made


@dataclass
class Alias:
    actor: int  # -1: stands for nothing
    words: list
    joints: list
    rule: str
    priority: int = 0
    number: int = 0


def alias_of(text, actor, rule, priority, number):
    marked = text.replace("*", STAR)
    words, joints, before, hyphen = [], [], None, False
    for token in tokens_of([marked])[0]:
        if token.hyphen:
            hyphen = bool(words)
            continue
        if words:
            sign = not (token.word and before.word)
            joints.append("hyphen" if hyphen else "free" if sign or not token.gap else "blank")
        words.append(token.form.replace(STAR, "*"))
        before, hyphen = token, False
    letters = "".join(filter(str.isalpha, re.sub(r"'s\b", "", text.translate(QUOTES))))
    if rule == "smart" and 0 < len(letters) <= 5 and letters.isupper():
        rule = "exact"
    return Alias(actor, words, joints, rule, priority, number)


def fits(pattern, form):
    return fnmatch.fnmatchcase(form, pattern) if "*" in pattern else form == pattern


def case_fits(alias, path):
    written = [token.form for token in path]
    if alias.rule == "fold":
        return True
    if alias.rule == "title":
        small = [len(t.form) for t in path if t.form[:1].islower()]
        return max(small, default=0) <= 3 and any(t.word and not t.form[:1].islower() for t in path)
    if all(map(fits, alias.words, written)):
        return True
    if alias.rule == "exact":
        return False
    first = alias.words[0][:1].upper() + alias.words[0][1:]
    if all(map(fits, [first, *alias.words[1:]], written)):
        return True
    words = [t for t in path if t.word and t.form.lower() != "'s"]
    return any(t.form.isupper() for t in words) and all(t.form.isupper() or t.number for t in words)


def next_words(tokens, at, joint):
    """Where the next word of a name may be, whose joint this is."""
    rest = tokens[at + 1 : at + 3]
    if rest and (rest[0].gap or joint == "free"):
        yield at + 1
    if len(rest) == 2 and rest[0].hyphen:
        spaced = rest[0].gap or rest[1].gap
        if joint == "hyphen" or (joint == "blank" and not spaced):
            yield at + 2
    if len(rest) == 2 and rest[0].possessive and rest[1].gap:
        yield at + 2


def paths(alias, tokens, path):
    token = tokens[path[-1]]
    pattern = alias.words[len(path) - 1]
    if "*" in pattern and (not token.word or token.possessive):
        return
    if not fits(pattern.casefold(), token.form.casefold()):
        return
    if tokens[path[0]].region != token.region:
        return
    if len(path) == len(alias.words):
        yield path
        return
    for at in next_words(tokens, path[-1], alias.joints[len(path) - 1]):
        yield from paths(alias, tokens, [*path, at])


def hits(tokens, aliases):
    """All (first, end, alias) there are."""
    for alias, first in product(aliases, range(len(tokens))):
        if not alias.words:
            continue
        ends = {
            path[-1] + 1
            for path in paths(alias, tokens, [first])
            if case_fits(alias, [tokens[i] for i in path])
        }
        for end in ends:
            yield first, end, alias


def rank(hit):
    """What wins at one first token: the longest, then priority, then the earlier."""
    _, end, alias = hit
    return -end, -alias.priority, alias.number


def leftmost_longest(found):
    kept, behind = [], 0
    for hit in sorted(found, key=lambda hit: (hit[0], rank(hit))):
        if hit[0] >= behind:
            kept.append(hit)
            behind = hit[1]
    return kept


def find(tokens, aliases, overlap):
    """Return sorted (start, end, actor, number of the alias); opaque names are left out."""
    found = list(hits(tokens, aliases))
    if overlap == "longest":
        kept = leftmost_longest(found)
    else:
        opaque = [hit for hit in found if hit[2].actor < 0]

        def hidden(hit):
            for first, end, alias in opaque:
                wider = first <= hit[0] and end >= hit[1]
                if (first, end) == hit[:2]:
                    wider = rank((first, end, alias)) < rank(hit)
                if wider and alias is not hit[2]:
                    return True
            return False

        found = [hit for hit in found if hit[2].actor >= 0 and not hidden(hit)]
        if overlap == "nested":
            actors = {hit[2].actor for hit in found}
            kept = [
                hit
                for actor in actors
                for hit in leftmost_longest([h for h in found if h[2].actor == actor])
            ]
        else:
            best = {}
            for hit in sorted(found, key=rank, reverse=True):
                best[hit[0], hit[1], hit[2].actor] = hit
            kept = list(best.values())
    return sorted(
        (tokens[first].start, tokens[end - 1].end, alias.actor, alias.number)
        for first, end, alias in kept
        if alias.actor >= 0
    )
