"""Actor and agent dictionaries of TABARI and PETRARCH, whose published files are full of dirt.

    HAMID_KARZAI_  [AFGMIL] ; comment      a phrase, the code without dates
    +PRESIDENT_KARZAI_                     another phrase for the same
    <TAB>[AFGGOV 20011222-20140929]        a code with dates

Every line of a file is counted under exactly one heading. What cannot be read becomes a row of the
report, never an error: the rest of the file is still of use.

An actor with one code and no dates has the code as its id, and all such phrases of a code are one
actor. One with dated codes has its first phrase as its id, and the codes are its dated parents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ._actor_table import CASES, KINDS, MAX_FIELD, MAX_TEXT, Rows, parents_of
from ._actor_words import is_ordinary

TITLE, EXACT, FOLD = (CASES.index(name) + 1 for name in ("title", "exact", "fold"))
ACRONYM = KINDS.index("acronym")

#: Two-digit years up to this one are of this century.
LAST_YEAR = 30

#: A phrase in capitals of so few letters is matched as it stands.
FEW_LETTERS = 2

CODE = re.compile(r"\[([^\[\]]*)\]")
BRACKETED = re.compile(r"\(([A-Z][A-Z0-9-]{1,9})\)")
DATED = re.compile(r"(\S+)\s+(?:([<>])\s*(\d+)|(\d+)\s*-\s*(\d+))", re.ASCII)


@dataclass
class _Actor:
    """A primary phrase with its synonyms and codes, as far as the file has been read."""

    line: int
    phrases: list[tuple[str, int]] = field(default_factory=list)
    codes: list[tuple[str, str, str]] = field(default_factory=list)  # code, start, end


class _Reader:
    """What both kinds of files share: comments, dirt, and the account of lines."""

    def __init__(self, text: str, source: str) -> None:
        self.rows, self.source = Rows(), source
        self.counts = self.rows.counts
        self.in_comment = False
        self.lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if self.lines[-1] == "":
            self.lines.pop()
        self.counts["lines"] = len(self.lines)

    def count(self, heading: str) -> None:
        self.counts[heading] = self.counts.get(heading, 0) + 1

    def note(self, kind: str, line: int, detail: str, alias: str = "", actor: str = "") -> None:
        self.rows.note(kind, actor, alias, line, detail)

    def bad(self, line: int, detail: str, alias: str = "") -> None:
        self.count("malformed lines")
        self.note("malformed", line, detail, alias)

    def clean(self, row: str, line: int) -> str:
        """Return a line without comments and characters that are no text."""
        if "\0" in row or "\ufffd" in row:
            what = "NUL" if "\0" in row else "U+FFFD"
            self.note("character", line, f"{what} left out: {row.strip()[:60]!r}")
            row = row.replace("\0", "").replace("\ufffd", "")
        kept = ""
        while row:
            if self.in_comment:
                _, end, row = row.partition("-->")
                self.in_comment = not end
            else:
                before, begin, row = row.partition("<!--")
                kept += before
                self.in_comment = bool(begin)
        return re.sub(r"(^|[\s\]}])[#;].*", r"\1", kept, flags=re.DOTALL).rstrip()


def _words(phrase: str) -> str:
    """Return a phrase with blanks for its underscores."""
    return " ".join(phrase.replace("_", " ").split())


def _day(digits: str) -> str:
    """Return YYYYMMDD or YYMMDD as an ISO date; a ValueError for what is neither."""
    import datetime

    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= LAST_YEAR else "19") + digits
    if len(digits) != 8:
        raise ValueError(digits)
    return datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()


class _Actors(_Reader):
    actor: _Actor | None = None

    def read(self) -> Rows:
        for line, row in enumerate(self.lines, 1):
            was_comment = self.in_comment
            text = self.clean(row, line)
            if not text.strip():
                blank = not row.strip() and not was_comment
                self.count("blank lines" if blank else "comment lines")
            else:
                self.line(text, line)
        self.finish()
        self.break_circles()
        return self.rows

    def line(self, text: str, line: int) -> None:
        stripped = text.strip()
        before = stripped.partition("[")[0].strip()
        if not before:
            self.code_line(stripped, line)
            return
        phrase = _words(before.removeprefix("+"))
        if not re.search(r"\w", phrase) or len(phrase) > MAX_TEXT:
            what = "no phrase in" if len(phrase) <= MAX_TEXT else f"{len(phrase):,} characters:"
            self.bad(line, f"{what} {stripped[:60]!r}")
            if not before.startswith("+"):  # what follows belongs to nobody
                self.finish()
        elif before.startswith("+"):
            self.synonym(phrase, stripped, line)
        else:
            self.finish()
            self.actor = _Actor(line, [(phrase, line)])
            self.count("primary phrases")
            self.codes(stripped, line)

    def synonym(self, phrase: str, text: str, line: int) -> None:
        if self.actor is None:
            self.bad(line, "a synonym without an actor above", phrase)
            return
        self.count("synonyms")
        self.actor.phrases.append((phrase, line))
        if "[" in text:
            self.note("code_ignored", line, f"a synonym has no code of its own: {text[:60]!r}")

    def code_line(self, text: str, line: int) -> None:
        if self.actor is None:
            self.bad(line, f"a code without an actor above: {text[:60]!r}")
        elif not CODE.search(text):
            self.bad(line, f"no code in {text[:60]!r}", self.actor.phrases[0][0])
        else:
            self.count("code lines")
            self.codes(text, line)

    def codes(self, text: str, line: int) -> None:
        """Read the codes in brackets; a bracket that is not closed is reported."""
        assert self.actor is not None
        for content in CODE.findall(text):
            self.code(content.strip(), line)
        rest = CODE.sub("", text[text.find("[") :] if "[" in text else "")
        if rest.strip():
            self.note("malformed", line, f"ignored {rest.strip()[:60]!r}", self.actor.phrases[0][0])

    def code(self, content: str, line: int) -> None:
        assert self.actor is not None
        if not content or set(content) <= {"-", "#"}:  # the null code
            return
        if len(content) > MAX_TEXT:
            self.note("malformed", line, f"ignored {content[:60]!r}...", self.name)
            return
        match = DATED.fullmatch(content)
        start = end = ""
        if match is None:
            code, *more = content.split()
            if more:
                self.note("bad_date", line, f"dates ignored in {content!r}", self.name)
        else:
            code, sign, day, first, last = match.groups()
            try:
                if sign:
                    start, end = ("", _day(day)) if sign == "<" else (_day(day), "")
                else:
                    start, end = _day(first), _day(last)
                if start and end and start > end:
                    raise ValueError(content)
                self.count("dated codes")
            except ValueError:
                start = end = ""
                self.note("bad_date", line, f"dates ignored in {content!r}", self.name)
        self.actor.codes.append((code, start, end))

    @property
    def name(self) -> str:
        return self.actor.phrases[0][0] if self.actor else ""

    # ---- an actor is complete ----

    def finish(self) -> None:
        actor, self.actor = self.actor, None
        if actor is None:
            return
        rows, name = self.rows, actor.phrases[0][0]
        codes = list(dict.fromkeys(actor.codes))
        if not codes:
            self.count("actors without code")
            self.note("no_code", actor.line, "no code: its names stand for nothing", name)
            entry = rows.actor("", line=actor.line)
        elif len(codes) == 1 and not any(codes[0][1:]):
            entry = rows.actor(codes[0][0], label=name.title(), line=actor.line)
        else:
            entry = self.dated(name, codes, actor.line)
        for phrase, line in actor.phrases:
            self.phrase(entry, phrase, line)

    def dated(self, name: str, codes: list[tuple[str, str, str]], line: int) -> int:
        """Return the actor of a phrase whose codes are its parents; the first that fits counts."""
        id = name.replace(" ", "_").replace(";", ",")
        dated = [f"{code}:{start}..{end}" for code, start, end in codes if start or end]
        plain = [code for code, start, end in codes if not (start or end)]
        if len(plain) > 1:
            self.note("many_codes", line, f"{plain[0]} counts, not {', '.join(plain[1:])}", name)
        parent = ";".join([*dated, *plain[:1]])
        if len(parent) > MAX_FIELD:
            self.note("malformed", line, "too many codes: the last ones are left out", name)
            parent = parent[:MAX_FIELD].rpartition(";")[0]
        if id in self.rows.number:
            self.note(
                "repeated", line, "a primary phrase for the second time; the first counts", name
            )
        return self.rows.actor(id, label=name.title(), parent=parent, line=line)

    def break_circles(self) -> None:
        """Leave out the codes of a phrase that is itself the code above them."""
        columns, number = self.rows.columns, self.rows.number
        parents: list[str] = columns["parent"]
        for id, entry in number.items():
            above, seen = [entry], {entry}
            while above and parents[entry]:
                for code, _, _ in parents_of(parents[above.pop()]):
                    if number.get(code) == entry:
                        self.note(
                            "malformed",
                            columns["entry_line"][entry],
                            f"codes lead back to {id}",
                            id,
                        )
                        parents[entry] = ""
                    elif number.get(code, entry) not in seen:
                        seen.add(number[code])
                        above.append(number[code])

    def phrase(self, entry: int, phrase: str, line: int) -> None:
        self.count("phrases")
        acronyms = BRACKETED.findall(phrase)
        text = " ".join(BRACKETED.sub(" ", phrase).split())
        if text:
            self.rows.alias(entry, text, case=self.case(text), line=line)
        for acronym in acronyms:
            self.rows.alias(entry, acronym, kind=ACRONYM, case=EXACT, line=line)

    @staticmethod
    def case(text: str) -> int:
        """A file in capitals knows no case: only a word of English would match too much."""
        if any(map(str.islower, text)):
            return 0
        few = sum(map(str.isalpha, text)) <= FEW_LETTERS
        return EXACT if few or is_ordinary(text) else TITLE


def read_actors(text: str, source: str) -> Rows:
    """Read an actors file."""
    return _Actors(text, source).read()


# ---- agents --------------------------------------------------------------------------------------

SET = re.compile(r"(![A-Z0-9_]+!)\s*=\s*(.+)")
AGENT = re.compile(r"([^\[{]+)(?:\{([^}]*)\}?)?\s*\[([^\]}]*)[\]}]?")


def _plural(word: str) -> str:
    if word.endswith("Y") and word[-2:-1] not in "AEIOU":
        return word[:-1] + "IES"
    return word + ("ES" if word.endswith("S") else "S")


class _Agents(_Reader):
    def read(self) -> Rows:
        self.sets: dict[str, list[str]] = {}
        for line, row in enumerate(self.lines, 1):
            was_comment = self.in_comment
            text = self.clean(row, line).strip()
            if not text:
                blank = not row.strip() and not was_comment
                self.count("blank lines" if blank else "comment lines")
            elif match := SET.fullmatch(text):
                self.count("substitution sets")
                self.sets[match[1]] = [_words(part) for part in match[2].split(",") if part.strip()]
            else:
                self.agent(text, line)
        return self.rows

    def agent(self, text: str, line: int) -> None:
        match = AGENT.fullmatch(text)
        code = match[3].strip() if match else ""
        if match is None or not code or not re.search(r"\w", match[1]):
            self.bad(line, f"expected PHRASE [CODE], got {text[:60]!r}")
            return
        if not text.endswith("]"):
            self.note("malformed", line, f"the bracket is not closed: {text[:60]!r}")
        if len(text) > MAX_TEXT:
            self.bad(line, f"{len(text):,} characters: {text[:60]!r}")
            return
        phrase, plural = match[1].strip(), match[2]
        names = self.forms(phrase, plural, line)
        if not names:
            return
        self.count("agents")
        entry = self.rows.actor(code, line=line)
        for name in dict.fromkeys(names):
            self.count("phrases")
            self.rows.alias(entry, name.lower(), case=FOLD, line=line)

    def forms(self, phrase: str, plural: str | None, line: int) -> list[str]:
        """Return what a phrase stands for: its substitutions, or itself and its plural."""
        used = re.findall(r"![A-Z0-9_]+!", phrase)
        if used:
            if used[0] not in self.sets:
                self.bad(line, f"no set {used[0]} above", _words(phrase))
                return []
            return [_words(phrase.replace(used[0], word)) for word in self.sets[used[0]]]
        words = _words(phrase)
        if plural is None:
            return [words, _plural(words)]
        return [words, _words(plural)] if plural.strip() else [words]


def read_agents(text: str, source: str) -> Rows:
    """Read an agents file: common nouns for roles, in any case."""
    return _Agents(text, source).read()
