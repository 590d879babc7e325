"""Finding names, slow and obvious: the rules of `Actors`, one after the other, over tokens.

The tokens are those of `coactor.tokenize`; which of them make a name is decided here anew.

A name is a run of words with joints between them:

    alias   "Tehrik-i-Taliban Pakistan"     Tehrik -hyphen- i -hyphen- Taliban -blank- Pakistan
    alias   "AT&T Inc."                     AT&T -blank- Inc
    alias   "RFE/RL"                        RFE -free- / -free- RL

and a text may hold between two of its words

    joint     nothing    blank    word-word    word - word    's blank
    blank        .         x          x             .            x
    hyphen       .         x          x             x            x
    free         x         x          .             .            x
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import coactor

HYPHENS = set("-‐‑‒–−﹣－")
APOSTROPHES = str.maketrans("’‘＇", "'''")
INVISIBLE = dict.fromkeys(
    [0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
BLANK_LINE = re.compile(r"(\r\n|\r(?!\n)|(?<!\r)\n)\s*?(\r\n|\r(?!\n)|(?<!\r)\n)")
ALLOWED = {
    "blank": {"blank", "word-word"},
    "hyphen": {"blank", "word-word", "word - word"},
    "free": {"nothing", "blank"},
}


@dataclass
class Token:
    """A token with the text it stands in, and what stands before it."""

    text: str
    kind: str
    start: int
    end: int
    gap: bool
    new_region: bool

    @property
    def form(self) -> str:
        """The token as names are compared: apostrophes are one, a final stop does not count."""
        form = self.text.translate(APOSTROPHES).translate(INVISIBLE)
        return form[:-1] if re.search(r"[^.]\.$", form) else form

    @property
    def is_sign(self) -> bool:
        return self.kind not in ("word", "number")

    @property
    def is_hyphen(self) -> bool:
        return self.text in HYPHENS

    @property
    def is_possessive(self) -> bool:
        return not self.gap and self.text.translate(APOSTROPHES).lower() in ("'s", "'")


def tokens_of(text: str) -> list[Token]:
    """The tokens of one text."""
    core = coactor.tokenize([text], threads=1)
    made, behind = [], 0
    for start, end, kind in zip(core.start, core.end, core.kind, strict=True):
        between = text[behind:start]
        made.append(
            Token(
                text[start:end],
                core.kinds[kind],
                int(start),
                int(end),
                behind < start,
                bool(BLANK_LINE.search(between)),
            )
        )
        behind = end
    return made


class Alias:
    """One name: its words, its joints, and how its letters may be written."""

    def __init__(self, text: str, actor: str, rule: str, priority: int, number: int) -> None:
        self.actor, self.priority, self.number = actor, priority, number
        self.words: list[str] = []
        self.joints: list[str] = []
        before: Token | None = None
        hyphen = False
        letters = ""
        for token in tokens_of(text):
            if token.is_hyphen:
                hyphen = bool(self.words)
                continue
            if before is not None:
                if hyphen:
                    self.joints.append("hyphen")
                elif before.is_sign or token.is_sign or not token.gap:
                    self.joints.append("free")
                else:
                    self.joints.append("blank")
            if not token.is_possessive:
                letters += "".join(filter(str.isalpha, token.text))
            self.words.append(token.form)
            before, hyphen = token, False
        acronym = 0 < len(letters) <= 5 and letters.isupper()
        self.rule = "exact" if rule == "smart" and acronym else rule

    def ends(self, tokens: list[Token], first: int) -> set[int]:
        """The tokens that the name, begun at token `first`, can end before."""
        return {
            path[-1] + 1 for path in self.paths(tokens, [first]) if self.case_fits(tokens, path)
        }

    def paths(self, tokens: list[Token], path: list[int]) -> list[list[int]]:
        """All the ways to go on from the words found so far, to the name's end."""
        if tokens[path[-1]].form.casefold() != self.words[len(path) - 1].casefold():
            return []
        if len(path) == len(self.words):
            return [path]
        found = []
        for between, next_token in self.next_words(tokens, path[-1]):
            inside = tokens[path[0] + 1 : next_token + 1]
            if any(token.new_region for token in inside):
                continue
            if between in ALLOWED[self.joints[len(path) - 1]] | {"possessive"}:
                found += self.paths(tokens, [*path, next_token])
        return found

    @staticmethod
    def next_words(tokens: list[Token], at: int) -> list[tuple[str, int]]:
        """What may stand between token `at` and a next word, and where that word is then."""
        rest = tokens[at + 1 : at + 3]
        found = []
        if rest:
            found.append(("blank" if rest[0].gap else "nothing", at + 1))
        if len(rest) > 1 and rest[0].is_hyphen:
            spaced = rest[0].gap or rest[1].gap
            found.append(("word - word" if spaced else "word-word", at + 2))
        if len(rest) > 1 and rest[0].is_possessive and rest[1].gap:
            found.append(("possessive", at + 2))
        return found

    def case_fits(self, tokens: list[Token], path: list[int]) -> bool:
        """Whether the letters of the words found are as the rule of case allows."""
        forms = [tokens[i].form for i in path]
        if self.rule == "fold" or forms == self.words:
            return True
        if self.rule == "exact":
            return False
        first = self.words[0]
        if forms == [first[:1].upper() + first[1:], *self.words[1:]]:
            return True
        words = [token.text for i in path if (token := tokens[i]).kind == "word"]
        words = [word for word in words if word.translate(APOSTROPHES).lower() != "'s"]
        return bool(words) and all(word.isupper() for word in words)


def find(text: str, aliases: list[Alias]) -> list[tuple[int, int, str, int]]:
    """Return (start, end, actor, number of the alias) of each mention; opaque actors are ``""``.

    From left to right: at each token the name that reaches furthest, of several that reach as far
    the one with the highest priority, of these the first; then on behind it.
    """
    tokens = tokens_of(text)
    found, at = [], 0
    while at < len(tokens):
        candidates = [
            (end, alias.priority, -alias.number)
            for alias in aliases
            for end in (alias.ends(tokens, at) if alias.words else ())
        ]
        if not candidates:
            at += 1
            continue
        end, _, number = max(candidates)
        alias = aliases[-number]
        found.append((tokens[at].start, tokens[end - 1].end, alias.actor, alias.number))
        at = end
    return found
