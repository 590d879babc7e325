"""Tokens, paragraphs and sentences of news text as the headers of the core describe them.

Slow and obvious: text is a `str`, a token is a slice of it, every question is asked anew of the
characters it is about. The classes of characters come from the Unicode Character Database; nothing
is shared with the core. (A word that ``english.c`` learns must be told here as well.)

>>> [token.text for token in tokens("Gen. Milley's U.S.-led talks, 9/11: don't!?")]
['Gen.', 'Milley', "'s", 'U.S.', '-', 'led', 'talks', ',', '9/11', ':', "don't", '!', '?']
>>> text = "Gen. Milley met the U.S. envoy. “We agree.” He left."
>>> [text[start:end] for start, end in sentences(text)]
['Gen. Milley met the U.S. envoy.', '“We agree.”', 'He left.']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from string import ascii_letters, digits
from typing import NamedTuple

from oracle_uax29 import lines, properties, word_table

# ---- characters ----------------------------------------------------------------------------------

END = "\n"  # what stands behind the end of a text: no word, no joiner, no letter
ALNUM = ascii_letters + digits
APOSTROPHES = "'’‘＇"
LINE_ENDS = "\n\v\f\r\x85\u2028\u2029"


@cache
def categories() -> list[str]:
    """The general category of every code point."""
    table = ["Cn"] * 0x110000
    for places, name in properties("extracted/DerivedGeneralCategory.txt"):
        for cp in places:
            table[cp] = name
    return table


@cache
def having(file: str, name: str) -> frozenset[str]:
    """The characters with a property."""
    return frozenset(chr(cp) for places, has in properties(file) if has == name for cp in places)


def category(c: str) -> str:
    return categories()[ord(c)]


def word_class(c: str) -> str:
    """The letter of the class in `oracle_uax29.WORD_LETTERS`; P and Q are pictographs."""
    return word_table()[ord(c)]


def is_space(c: str) -> bool:
    return c in having("PropList.txt", "White_Space")


def is_upper(c: str) -> bool:
    return category(c) == "Lt" or c in having("DerivedCoreProperties.txt", "Uppercase")


def is_lower(c: str) -> bool:
    return c in having("DerivedCoreProperties.txt", "Lowercase")


def is_letter(c: str) -> bool:
    return word_class(c) in "AQH"


def is_word(c: str) -> bool:
    """Letters, digits, connectors, Katakana: what a word is made of. (One connector is a space.)"""
    return word_class(c) in "AQH0_K" and not is_space(c)


def is_digit(c: str) -> bool:
    return word_class(c) == "0"


def is_attached(c: str) -> bool:
    """WB4: marks, formats and joiners, which stay with what they follow."""
    return word_class(c) in "efz"


def is_pictograph(c: str) -> bool:
    return word_class(c) in "PQ"


def at(text: str, place: int) -> str:
    return text[place] if place < len(text) else END


def behind_marks(text: str, place: int) -> int:
    while is_attached(at(text, place)):
        place += 1
    return place


# ---- words of English ----------------------------------------------------------------------------


WORDS = {
    # A name follows.
    "titles": """
        adm ald amb asst atty brig capt cdr chas cmdr col cpl cpt dep det dir dr drs ens
        fr ft gen gens gov govs hon insp lcpl lt maj messrs mgr mlle mme mr mrs ms msgr
        mt mx p.s pfc pres prof profs ps pte pvt rep reps rev rt sdn secy sen sens sgt
        spc spec st ste supt thos treas v vs wm
    """,
    # May be the last word of a sentence.
    "maybes": """
        al approx assn assoc ave bhd bldg blvd bros cf cie co corp dept dist esp esq est
        govt hr hrs hwy inc incl inst intl jr ltd mfg mfrs mgmt misc natl oz pct pkwy
        pty rd resp sq sr sts tbsp tsp univ viz yr yrs
    """,
    # The same, capitalised only.
    "months": """
        apr aug cos dec feb fri mon nov oct sept thurs tues wed
    """,
    # The same; the end behind a comma.
    "states": """
        ala alta ariz ark calif colo conn d.c del fla ga ill ind kan ky la mass md mich
        minn miss mo mont n.c n.d n.h n.j n.m n.y neb nev okla ont ore pa penn que r.i
        s.c s.d tenn tex va vt w.va wash wis wyo
    """,
    # Before a number only.
    "numbers": """
        apt art arts ca ch chap ext fig figs jan jul jun mar no nos op p para pp pt rm
        rs sec sep tel vol vols
    """,
    # Of day, and etc.: before a capital mostly the last word.
    "times": """
        a.m etc p.m
    """,
    # Words that like to open a sentence.
    "starters": """
        a about above according across actually additionally after afterwards against
        all almost along also although always amid among an analysts and another any
        anybody anyone anything anyway anywhere apparently are around as aside asked at
        authorities because before below besides between beyond both but by can citing
        clearly compared consequently conversely critics currently despite details did
        do does dozens during each earlier earnings economists eight either elsewhere
        even eventually every everybody everyone everything everywhere except experts
        few finally five following for fortunately founded four from further furthermore
        generally given had has have he hence her here his hopefully how however
        hundreds i if immediately in increasingly indeed initially instead interestingly
        investors ironically is it its just last lately later lawmakers let like
        likewise many may maybe meanwhile millions more moreover most much my nearly
        neither never nevertheless nine no nobody none nonetheless nor not nothing now
        nowhere observers obviously officials often on once one only opponents or
        originally other others otherwise our over people perhaps please police
        presumably previously prosecutors rather recently regardless reportedly
        researchers residents revenue sales scientists separately seven several shares
        she should similarly since six so some someone something sometimes soon sources
        speaking specifically still such suddenly supporters surprisingly ten terms
        thanks that the their then there thereafter therefore these they this those
        though thousands three through throughout thus to today toward traders
        traditionally two typically ultimately under unfortunately unless unlike until
        upon usually was we well were what whatever when whenever where whereas wherever
        whether which while who whoever whose why will with within without witnesses
        would yes yesterday yet you your
    """,
    # What may follow p.m. within a sentence.
    "time_words": """
        aedt aest akst april aug august bst cdt cest cet cst dec december eastern edt
        eest eet est et feb february friday gmt hkt hst ist jan january jst july june
        local march may mdt monday msk mst november nzst october pacific pdt pkt pst pt
        sast saturday sept september sunday thursday time tuesday utc wednesday wib
    """,
    # Titles that no abbreviation stands before within a sentence.
    "courtesies": """
        dr messrs mr mrs ms prof
    """,
    # In lower case these go on with a sentence behind its question mark.
    "links": """
        added admitted and announced answered argued asked asks claimed commented
        complained concluded continued countered cried cries declared demanded exclaimed
        explained inquired insisted joked muttered nor noted observed or quipped
        recalled remarked replied replies responded responds said say says screamed
        shouted shouts sighed tells thought told tweeted warned whispered wondered
        wonders writes wrote yelled yells
    """,
    # A letter behind these is no initial.
    "labels": """
        annex appendix block category class division exhibit figure form gate grade
        group hepatitis influenza level option part phase plan point pool room schedule
        section series table team terminal tier title type unit vitamin
    """,
    # Starters that are names as well.
    "names": """
        an do may time will
    """,
    # Names with an exclamation mark of their own.
    "shouts": """
        jeopardy yahoo yum
    """,
    # 's behind these makes a contraction.
    "pronouns": """
        everybody everyone he here how it let nobody she someone something that there
        what when where who why
    """,
}
LISTS = {name: frozenset(words.split()) for name, words in WORDS.items()}


def in_list(word: str, name: str) -> bool:
    return word.isascii() and word.lower() in LISTS[name]


# ---- words ---------------------------------------------------------------------------------------


class Word:
    """A word while it grows; a part is what stands between two inner stops, without its marks."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.end = text, start, start
        self.parts = [""]
        self.joined = False  # by another sign than a stop
        self.take(start)

    def take(self, place: int) -> None:
        self.parts[-1] += self.text[place]
        self.end = behind_marks(self.text, place + 1)

    @property
    def last(self) -> str:
        return self.parts[-1][-1]

    @property
    def form(self) -> str:
        return self.text[self.start : self.end]


def hangs_on(last: str, c: str) -> bool:
    """WB5, WB8 to WB10, WB13: what needs no sign between."""
    if not is_word(c):
        return False
    if "_" in (word_class(last), word_class(c)):
        return True
    return (word_class(last) == "K") == (word_class(c) == "K")


def possessive_end(text: str, place: int) -> int | None:
    """N1: the end of an apostrophe and an s behind which the word is over."""
    if at(text, place) not in APOSTROPHES or at(text, place + 1) not in "sS":
        return None
    end = behind_marks(text, place + 2)
    if is_word(at(text, end)):
        return None
    if at(text, end) in APOSTROPHES and is_letter(at(text, end + 1)):
        return None
    return end


def is_glued(word: Word, after: str) -> bool:
    """N2: "said.The" is two words, "Ph.D" and "U.S" are one."""
    return is_lower(word.last) and is_upper(after) and len(word.parts[-1]) > 2


def bridges(word: Word, mid: str, after: str) -> bool:
    """Whether a sign joins the word to the character behind it."""
    letters = is_letter(word.last) and is_letter(after)
    numbers = is_digit(word.last) and is_digit(after)
    if mid in APOSTROPHES:
        return letters
    if mid == ".":
        return numbers or (letters and not is_glued(word, after))
    if mid == "&":
        return letters and is_upper(word.last) and is_upper(after)
    if mid in "/:":
        return numbers
    if mid == ";":
        return False
    if mid == '"':
        return word_class(word.last) == "H" and word_class(after) == "H"
    return {".": letters or numbers, ":": letters, ",": numbers}.get(word_class(mid), False)


def grown(text: str, start: int) -> Word:
    """The word that begins at `start`, without its final stop."""
    word = Word(text, start)
    while True:
        c = at(text, word.end)
        if hangs_on(word.last, c):
            word.take(word.end)
            continue
        contraction = in_list(word.form, "pronouns")
        if possessive_end(text, word.end) is not None and not contraction:
            return word
        after = behind_marks(text, word.end + 1)
        if not bridges(word, c, at(text, after)):
            return word
        if c == ".":
            word.parts.append("")
        else:
            word.joined = True
        word.take(after)


def is_abbreviation(word: Word) -> bool:
    form = word.form
    if in_list(form, "titles"):
        return is_upper(form[0]) or form[0] == "v" or form.lower() in ("ft", "st")
    if in_list(form, "months"):
        return is_upper(form[0])
    if in_list(form, "states"):
        return is_upper(form[0]) and (len(form) > 2 or is_lower(form[1]))  # PA is none
    if in_list(form, "numbers"):
        rest = word.text[word.end + 1 :]
        return re.match(r" {0,4}(?:[0-9]|(?:[VX]|[IVXLC]{2,5})(?![A-Za-z0-9_]))", rest) is not None
    return in_list(form, "maybes") or in_list(form, "times")


def keeps_stop(word: Word) -> bool:
    """N6: U.S., a.m., Ph.D., J., Gen. before anything but another stop."""
    if at(word.text, word.end) != "." or at(word.text, word.end + 1) == ".":
        return False
    single = not word.joined and all(len(part) == 1 and is_letter(part) for part in word.parts)
    if len(word.parts) > 1:
        return single or (len(word.parts[-1]) == 1 and is_upper(word.last))
    if single and is_upper(word.last):
        name = re.search(r"[^.][-\u2010-\u2013]$", word.text[: word.start], re.DOTALL)
        return word.last != "I" and not name  # IS-K. but J.-P.
    return is_abbreviation(word)


# ---- addresses -----------------------------------------------------------------------------------


def url_end(text: str, start: int) -> int:
    """Up to white space, a quotation mark or <>; final punctuation is the sentence's."""
    end = start
    while end < len(text) and not is_space(text[end]) and text[end] not in '<>"“”‘’«»—…':
        if text[end] < " ":
            break
        end += 1
    while end > start:
        url, last = text[start:end], text[end - 1]
        opener = {")": "(", "]": "["}.get(last)
        if opener is not None and url.count(last) <= url.count(opener):
            break  # /wiki/A_(b)
        if opener is None and last not in ".,;:!?'*_~}":
            break
        end -= 1
    return end


def begins_url(word: Word) -> bool:
    """www.bbc.com, and bit.ly/3xY: a name, a stop, two letters or more, a slash, something."""
    text, end = word.text, word.end
    if re.match(r"www\.", text[word.start :], re.IGNORECASE | re.ASCII):
        return len(word.parts) > 1 or at(text, word.start + 4) in ALNUM
    small_letters = re.search(r"\.[a-z]{2,}$", text[word.start : end]) is not None
    return small_letters and at(text, end) == "/" and at(text, end + 1) in ALNUM


def scheme_end(text: str, place: int) -> int | None:
    """For ":" behind the scheme of a URL: the end of the URL."""
    if text[place : place + 3] == "://" and at(text, place + 3) in ALNUM:
        return url_end(text, place + 3)
    return None


def domain_end(text: str, place: int) -> int | None:
    """For "@": the end of the host name behind it, which has an inner stop."""
    found = re.compile(r"@([A-Za-z0-9](?:[A-Za-z0-9-]|(?<!\.)\.)*)").match(text, place)
    host = "" if found is None else found[1].rstrip("-.")
    return behind_marks(text, place + 1 + len(host)) if "." in host else None


# ---- marks ---------------------------------------------------------------------------------------


def tag_end(text: str, start: int) -> int | None:
    """#tag or @user, not right behind a letter or a digit; a tag needs a letter."""
    if start > 0 and text[start - 1] in ALNUM:
        return None
    end = start + 1
    while is_word(at(text, end)) or category(at(text, end)).startswith("L"):
        end = behind_marks(text, end + 1)
    name = text[start + 1 : end]
    lettered = any(category(c).startswith("L") for c in name)
    return end if lettered or (name and text[start] == "@") else None


def emoji_end(text: str, start: int) -> int:
    """WB3c, WB15, WB16: pictographs joined by ZWJ, regional indicators in pairs."""
    end = start + 1
    if word_class(text[start]) == "R":
        if word_class(at(text, end)) == "R":
            end += 1
        return behind_marks(text, end)
    while True:
        end = behind_marks(text, end)
        if text[end - 1] != "\u200d" or not is_pictograph(at(text, end)):
            return end
        end += 1


def mark_end(text: str, start: int) -> int:
    c = text[start]
    if c in "#@":
        end = tag_end(text, start)
        return end if end is not None else behind_marks(text, start + 1)
    if word_class(c) == "R" or (is_pictograph(c) and not c.isascii()):
        return emoji_end(text, start)
    end = start + 1
    while c in ".-!?*=~" and at(text, end) == c:
        end += 1
    return behind_marks(text, end)


# ---- kinds ---------------------------------------------------------------------------------------


def begins_with_possessive(form: str) -> bool:
    return len(form) > 1 and form[0] in APOSTROPHES and form[1] in "sS"


def is_emoji(form: str) -> bool:
    if form[1:] == "\ufe0f\u20e3":  # a keycap
        return True
    if word_class(form[0]) == "R" or form[0] in having(
        "emoji/emoji-data.txt", "Emoji_Presentation"
    ):
        return True
    return is_pictograph(form[0]) and ("\ufe0f" in form or form[0] >= "\U0001f000")


def kind_of(form: str) -> str:
    """The kind of a token from its letters alone."""
    first = form[0]
    lettered = any(category(c).startswith("L") for c in form)
    if is_space(first):
        return "space"
    if is_emoji(form):
        return "emoji"
    if first == "#" and lettered:
        return "hashtag"
    if first == "@" and any(not is_attached(c) for c in form[1:]):
        return "handle"
    if is_word(first) or category(first).startswith("L") or category(first) == "Nd":
        bare = "".join(c for c in form if not is_attached(c))
        if re.match(r"www\..", form, re.IGNORECASE | re.ASCII | re.DOTALL):
            return "url"
        if any(c == "/" and (before == ":" or is_lower(before)) for before, c in pairwise(bare)):
            return "url"
        if "@" in form:
            return "email"
        return "number" if is_digit(first) else "word"
    if begins_with_possessive(form):
        return "word"
    return "punctuation" if category(first).startswith("P") else "symbol"


# ---- tokens --------------------------------------------------------------------------------------


class Token(NamedTuple):
    start: int
    end: int
    text: str

    @property
    def kind(self) -> str:
        return kind_of(self.text)


class Break(NamedTuple):
    """The end of a line before token number `token`."""

    token: int
    blank: bool


def local_part(text: str, spans: list[tuple[int, int]], place: int) -> int | None:
    """For "@": number of the token that begins the local part before it."""
    first = None
    for number in range(len(spans) - 1, -1, -1):
        start, end = spans[number]
        behind = spans[number + 1][0] if number + 1 < len(spans) else place
        local = re.fullmatch(r"[A-Za-z0-9._%+-]{1,64}", text[start:place])
        if end != behind or local is None:
            break
        if text[start] in ALNUM + "_":
            first = number
    return first


def joined(text: str, spans: list[tuple[int, int]], place: int) -> int | None:
    """Join tokens before "@" or ":" into an address; its end."""
    if text[place] == "@":
        end, first = domain_end(text, place), local_part(text, spans, place)
        if end is None or first is None:
            return None
    elif text[place] == ":" and spans and spans[-1][1] == place:
        first, end = len(spans) - 1, scheme_end(text, place)
        if end is None or not re.fullmatch("[A-Za-z0-9]{2,10}", text[spans[-1][0] : place]):
            return None
    else:
        return None
    spans[first:] = [(spans[first][0], end)]
    return end


def first_end(text: str, spans: list[tuple[int, int]], place: int) -> int:
    """Append the token that begins at `place`, or join it to those before; its end."""
    if is_word(text[place]):
        word = grown(text, place)
        end = word.end
        if begins_url(word):
            end = url_end(text, place)
        elif keeps_stop(word):
            end = behind_marks(text, word.end + 1)
    else:
        end = joined(text, spans, place)
        if end is not None:
            return end
        end = mark_end(text, place)
    spans.append((place, end))
    return end


def scan(text: str) -> tuple[list[Token], list[Break]]:
    """The tokens of a text and the ends of its lines."""
    spans: list[tuple[int, int]] = []
    breaks: list[Break] = []
    place = 0
    while place < len(text):
        c = text[place]
        if is_space(c):
            if c in LINE_ENDS and spans:
                blank = bool(breaks) and breaks[-1].token == len(spans)
                if blank:
                    breaks.pop()
                breaks.append(Break(len(spans), blank))
            place += 2 if text[place : place + 2] == "\r\n" else 1
        elif category(c) == "Cf" and not is_word(c):
            place += 1
        else:
            place = first_end(text, spans, place)
            # Of words, addresses, tags and users alike.
            kind = kind_of(text[spans[-1][0] : place])
            named = is_word(text[spans[-1][0]]) or kind not in ("punctuation", "symbol", "emoji")
            possessive = possessive_end(text, place) if named else None
            if possessive is not None:
                spans.append((place, possessive))
                place = possessive
    return [Token(start, end, text[start:end]) for start, end in spans], breaks


def tokens(text: str) -> list[Token]:
    return scan(text)[0]


# ---- paragraphs ----------------------------------------------------------------------------------


def is_wrapped(found: list[Token], breaks: list[Break]) -> bool:
    """Whether lines were filled up to one width (sentences.c, layout)."""
    starts = [0, *(b.token for b in breaks)]
    widths, rooms, stops, small = [], [], 0, 0
    for first, b in zip(starts, breaks, strict=False):
        if b.blank or b.token >= len(found):
            continue
        last, following = found[b.token - 1], b.token
        while following + 1 < len(found) and found[following + 1].start == found[following].end:
            following += 1
        widths.append(last.end - found[first].start)
        rooms.append(widths[-1] + 1 + found[following].end - found[b.token].start)
        stops += is_terminator(last) or is_closer(last)
        small += is_small(found[b.token])
    if len(widths) < 3 or not 40 <= max(widths) <= 132:
        return False
    if stops * 2 > len(widths) or small * 4 < len(widths):
        return False
    return 10 * sum(room <= max(widths) for room in rooms) <= len(widths)


def paragraph_starts(found: list[Token], breaks: list[Break]) -> list[int]:
    """Numbers of the first tokens of paragraphs."""
    if not found:
        return []
    wrapped = is_wrapped(found, breaks)
    ends = [b.token for b in breaks if b.token < len(found) and (b.blank or not wrapped)]
    return [0, *ends]


def paragraphs(text: str) -> list[int]:
    return paragraph_starts(*scan(text))


# ---- what a token is to a sentence ---------------------------------------------------------------


def is_mark(token: Token) -> bool:
    return token.kind in ("punctuation", "symbol")


def is_terminator(token: Token) -> bool:
    return is_mark(token) and token.text[0] in ".!?…‼‽⁇⁈⁉。！．？｡\u061f\u06d4।॥\u0589"


def is_ellipsis(token: Token) -> bool:
    return is_mark(token) and (token.text[0] == "…" or token.text.count(".") > 1)


def is_quote(token: Token) -> bool:
    return is_mark(token) and token.text[0] in "\"'"


def is_opener(token: Token) -> bool:
    return is_mark(token) and (category(token.text[0]) in ("Ps", "Pi") or token.text[0] == "`")


def is_closer(token: Token) -> bool:
    return is_mark(token) and category(token.text[0]) in ("Pe", "Pf")


def is_lead(token: Token) -> bool:
    """S2: openers, quotes, dashes and bullets, which may stand before the word that decides."""
    first = token.text[0]
    dash = category(first) == "Pd" or first == "−"
    return is_mark(token) and (
        is_opener(token) or dash or first in '"•⁃▪●◦‣·' or first in APOSTROPHES
    )


def is_capital(token: Token) -> bool:
    return token.kind == "word" and is_upper(token.text[0])


def is_small(token: Token) -> bool:
    return token.kind == "word" and is_lower(token.text[0])


def is_stopped(token: Token) -> bool:
    return token.kind in ("word", "number") and len(token.text) > 1 and token.text[-1] == "."


def has_word_of(token: Token, name: str) -> bool:
    return in_list(token.text.removesuffix("."), name)


QUOTES = "“”„‟‘’‚‛«»‹›`"
HYPHENS = tuple("-‐‑‒–−－﹣")
WIDE = "。！．？｡"
ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()


def is_link(token: Token) -> bool:
    return is_small(token) and not is_stopped(token) and in_list(token.text, "links")


def is_starter(token: Token) -> bool:
    """The, It's, Mr."""
    if is_stopped(token):
        return has_word_of(token, "courtesies")
    return in_list(re.split(f"[{APOSTROPHES}]", token.text)[0], "starters")


def ordinals(form: str) -> dict[str, int]:
    """What place in a list a form may name, by how it is read: i is the ninth letter and 1."""
    found = {}
    letters = "v" if form == "v." else form.lower() if form.isascii() else ""
    if re.fullmatch("[0-9]{1,2}", form) and int(form) > 0:
        found["figures"] = int(form)
    if re.fullmatch("[a-z]", letters):
        found["letter"] = ord(letters) - ord("a") + 1
    if letters in ROMANS:
        found["roman"] = ROMANS.index(letters) + 1
    return found


class Mark(NamedTuple):
    """The mark of an item: its tokens, its form, its number as it may be read."""

    first: int
    length: int
    form: str
    readings: dict[str, int]


def are_siblings(one: Mark | None, other: Mark) -> bool:
    """S6: two marks of one form that follow each other, with something between."""
    if one is None or one.form != other.form or other.first <= one.first + one.length:
        return False
    follows = (other.readings.get(kind) == number + 1 for kind, number in one.readings.items())
    return one.form == "bullet" or any(follows)


# ---- sentences -----------------------------------------------------------------------------------


class Paragraph:
    """The tokens of one paragraph; nothing outside of it is looked at."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found

    def gap(self, number: int) -> bool:
        """Whether white space, or the end, stands before a token."""
        if number >= len(self.tokens):
            return True
        return self.tokens[number].start > self.tokens[number - 1].end

    def tight(self, number: int) -> Token | None:
        """A token, if it stands right behind the one before it."""
        return None if self.gap(number) else self.tokens[number]

    def closes_apart(self, number: int) -> bool:
        """A closing bracket may stand off: (We left. ) They."""
        token = self.tokens[number]
        return is_closer(token) and token.text[0] not in QUOTES

    def closes(self, number: int) -> bool:
        token = self.tokens[number]
        if token.text[0] in APOSTROPHES and is_mark(token):
            return True
        if is_quote(token):
            following = self.tight(number + 1)
            return following is None or following.kind == "punctuation" or is_opener(following)
        if is_opener(token) and token.text[0] in QUOTES:  # „Germans.“
            return self.gap(number + 1)
        return is_closer(token)

    def note(self, stop: int, number: int) -> int:
        """How many tokens of a footnote stand right behind a stop: [12], or 12 behind "left."."""
        three = self.tokens[number : number + 3]
        bare = number == stop + 1 and stop > 0 and not self.gap(stop) and self.gap(number + 1)
        if bare and three[0].kind == "number" and len(three[0].text) <= 2:
            before = self.tokens[stop - 1]
            if is_small(before) and len(before.text) > 1 and len(three) > 1:
                return 1 if is_capital(three[1]) else 0
        if len(three) < 3 or self.gap(number + 2):
            return 0
        full = is_opener(three[0]) and three[1].kind == "number" and is_closer(three[2])
        return 3 if full else 0

    def behind_stop(self, stop: int) -> tuple[int, bool, int]:
        """S1: the first token behind what belongs to a stop; were there closers; the last stop."""
        place, closed, last = stop + 1, False, stop
        while place < len(self.tokens):
            token = self.tokens[place]
            dots = token.text == self.tokens[place - 1].text == "."
            apart = is_closer(token) and self.gap(place + 1)
            if self.gap(place) and not dots and not apart and not self.closes_apart(place):
                break
            if is_terminator(token):
                last = place
            elif self.closes(place):
                closed = True
            elif self.note(stop, place):
                place += self.note(stop, place) - 1
            else:
                break
            place += 1
        return place, closed, last

    def ellipsis(self, stop: int, following: int) -> bool:
        """Dots in one token, or apart: . . ."""
        taken = range(stop + 1, following)
        apart = any(self.gap(i) and self.tokens[i].text == "." for i in taken)
        return apart or any(map(is_ellipsis, self.tokens[stop:following]))

    def opens(self, place: int) -> bool:
        """S2: what may stand before the word that decides; ”Swedish quotes” too."""
        token = self.tokens[place]
        quote = is_closer(token) and token.text[0] in QUOTES and not self.gap(place + 1)
        return is_lead(token) or quote

    def deciding(self, following: int) -> int:
        """S2: the first token behind at most six openers, dashes and bullets."""
        place = following
        while place < min(len(self.tokens), following + 6) and self.opens(place):
            place += 1
        return place

    def small_name(self, place: int) -> bool:
        """S2: iPhone, al-Shabaab."""
        token = self.tokens[place]
        if not is_stopped(token) and any(map(is_upper, token.text)):
            return True
        two = self.tight(place + 2)
        hyphen = self.tight(place + 1)
        if hyphen is None or two is None:
            return False
        return hyphen.text in HYPHENS and is_capital(two)

    def follow(self, place: int) -> str:
        """How the text goes on: small, large, or joined to what was before."""
        if place >= len(self.tokens):
            return "joined"
        token = self.tokens[place]
        if is_small(token):
            return "small"
        if token.kind == "symbol":
            if place + 1 >= len(self.tokens):
                return "joined"
            after = self.tokens[place + 1]
            apart = self.gap(place) and self.gap(place + 1) and is_capital(after)
            apart = apart and token.text[0] in "|>→■▶►"
            return "large" if apart or after.kind == "number" else "joined"
        return "joined" if token.kind == "punctuation" else "large"

    def item(self, sentence: int) -> int:
        """S4: what a sentence begins with, behind a bullet or a dash."""
        token = self.tokens[sentence]
        dash = category(token.text[0]) == "Pd" or token.text[0] == "−"
        return sentence + (is_mark(token) and (dash or token.text[0] in "•⁃▪●◦‣·"))

    def year(self, stop: int, following: int) -> bool:
        """S4: c. 1500."""
        if stop == 0 or self.gap(stop):
            return False
        letter = self.tokens[stop - 1]
        small = is_small(letter) and len(letter.text) == 1
        return small and is_digit(self.tokens[following].text[0])

    def item_mark(self, stop: int, sentence: int) -> bool:
        """S4: "1." and "b." at the start of a sentence."""
        first = self.item(sentence)
        if stop != first + 1 or self.gap(stop):
            return False
        mark = self.tokens[first]
        letter = mark.kind == "word" and len(mark.text) == 1
        return letter or mark.kind == "number" or "roman" in ordinals(mark.text)

    def number_sign(self, stop: int, sentence: int, following: int) -> bool:
        """S4 again: the stop of "N°. 5"."""
        if stop < sentence + 2 or self.gap(stop - 1) or self.tokens[stop - 1].kind != "symbol":
            return False
        word, after = self.tokens[stop - 2], self.tokens[following]
        return word.kind == "word" and is_digit(after.text[0])

    def ends(self, stop: int, sentence: int) -> tuple[bool, int]:
        """Whether a sentence that began at `sentence` ends at a stop; the first token behind."""
        following, closed, last_stop = self.behind_stop(stop)
        stops = last_stop != stop
        if following >= len(self.tokens):
            return False, following
        token = self.tokens[stop]
        last = [t for t in self.tokens[stop:following] if is_terminator(t) or t is token][-1]
        decides = self.deciding(following)
        follow = self.follow(decides)
        if is_stopped(token) and not stops:
            if stop == self.item(sentence):  # S4 again: A. The first; P.S. I came
                return False, following
            return self.ends_at_word(stop, following, decides, closed, sentence), following
        if not self.gap(following):  # S3
            if last.text[0] in WIDE and not closed:
                return follow == "large", following
            before = stop > 0 and is_small(self.tokens[stop - 1])
            return is_capital(self.tokens[following]) and (closed or before), following
        if last.text == "." and self.item_mark(stop, sentence):
            return False, following
        if last.text == "." and self.number_sign(stop, sentence, following):
            return False, following
        if last.text == "." and self.year(stop, following):
            return False, following
        if last.text == "." and follow == "small" and not self.ellipsis(stop, following):
            follow = "large" if self.small_name(decides) else "small"
        one_stop = last is token and token.text == "." and not closed
        if one_stop and decides == following and self.initial_i(stop, following):
            return False, following
        if follow != "small":
            attributed = closed and self.attributed(stop, following, last)
            shout = last is token and not closed and self.shout(stop, following, decides)
            return follow == "large" and not attributed and not shout, following
        if closed or self.ellipsis(stop, following):
            return False, following
        began_small = is_small(self.tokens[sentence])
        return self.small_begins(stop, last.text, following, decides, began_small), following

    def bracketed(self, following: int) -> bool:
        """Whether the last closer behind a stop is a bracket."""
        for token in reversed(self.tokens[:following]):
            if is_quote(token) or token.text[0] in APOSTROPHES + QUOTES:
                return False
            if is_mark(token) and not is_terminator(token):
                return True
        return False

    def attributed(self, stop: int, following: int, last: Token) -> bool:
        """S11: “Who?” Mr. Roe asked."""
        if self.bracketed(following) or last.text == "." or self.ellipsis(stop, following):
            return False
        place, within = following, False
        while place < min(following + 12, len(self.tokens)):
            token, inner = self.tokens[place], place > following
            hyphen = token.text in HYPHENS and not self.gap(place + 1)
            if inner and self.bracket(place):
                within = self.bracket(place) == "opener"
            elif not within and not (inner and hyphen):
                if not is_capital(token):
                    break
                if not is_stopped(token) and is_starter(token):
                    return False
            place += 1
        if place == following or place >= len(self.tokens):
            return False
        return is_link(self.tokens[place]) and len(self.tokens[place].text) > 3

    def shout(self, stop: int, following: int, decides: int) -> bool:
        """S11 again: Yahoo! Inc. rose."""
        if stop == 0 or decides != following or self.tokens[stop].text[0] in "?.…":
            return False
        name, after = self.tokens[stop - 1], self.tokens[decides]
        if not is_capital(name) or not in_list(name.text, "shouts"):
            return False
        return is_capital(after) and not is_starter(after)

    def initial_i(self, stop: int, following: int) -> bool:
        """S5 again: Albert I. Jones, but not World War I. Farms or SALT I. Farms."""
        if stop < 2 or self.tokens[stop - 1].text != "I" or self.gap(stop):
            return False
        name, after = self.tokens[stop - 2], self.tokens[following]
        if not is_capital(name) or not is_capital(after) or is_starter(after):
            return False
        earlier = self.tokens[stop - 3] if stop > 2 else None
        names = earlier is not None and is_capital(earlier) and not is_stopped(earlier)
        return not names and any(map(is_lower, name.text))

    def small_begins(
        self, stop: int, sign: str, following: int, decides: int, began_small: bool
    ) -> bool:
        """S7: a small word begins a sentence behind a small one, hardly behind a name."""
        if stop == 0:
            return False
        before = self.tokens[stop - 1]
        if sign == ".":
            if decides > following:
                return True
            unit = is_small(before) and len(before.text) <= 3
            if unit and stop > 1 and is_digit(self.tokens[stop - 2].text[0]):
                return False
        else:
            two = self.tokens[decides : decides + 2]
            if decides > following or any(map(is_link, two)):
                return False
        named = is_upper(before.text[0]) and before.kind in ("word", "number")
        return began_small or sign[0] == "?" or not named

    def label(self, stop: int) -> bool:
        """S5: Plan B., 40° N."""
        word = self.tokens[stop].text
        if stop == 0 or (has_word_of(self.tokens[stop], "titles") and is_lower(word[0])):
            return False
        if sum(category(c).startswith("L") for c in word) != 1 or len(word.rstrip(".")) != 1:
            return False
        before = self.tokens[stop - 1]
        if before.kind == "word":
            lettered = is_capital(before) or is_small(before)
            return lettered and in_list(before.text, "labels")
        number = is_mark(before) and stop > 1 and not self.gap(stop - 1)
        return number and is_digit(self.tokens[stop - 2].text[0])

    def behind_comma(self, stop: int, following: int, decides: int) -> bool:
        """S5: a state behind a comma."""
        if stop < 2 or not has_word_of(self.tokens[stop], "states"):
            return False
        comma, after = self.tokens[stop - 1], self.tokens[decides]
        if self.bracket(following):
            return False
        plain = comma.kind == "punctuation" and len(comma.text) == 1 and not is_lead(comma)
        plain = plain and not is_terminator(comma) and not is_closer(comma)
        plain = plain and comma.text not in ":;="
        if not plain or self.gap(stop - 1) or not self.gap(stop):
            return False
        return not is_stopped(after) and not has_word_of(after, "time_words")

    def of_time(self, decides: int) -> bool:
        """S5: p.m. Monday, p.m. Moscow time."""
        if has_word_of(self.tokens[decides], "time_words"):
            return True
        if decides + 1 >= len(self.tokens):
            return False
        after = self.tokens[decides + 1]
        return after.text.lower() == "time" and is_small(after) and self.gap(decides + 1)

    def in_title(self, stop: int, sentence: int, following: int, decides: int) -> bool:
        """S5: Iran Says U.S. Will Free Prisoners."""
        if decides > following or decides + 1 >= len(self.tokens):
            return False
        word, after = self.tokens[decides], self.tokens[decides + 1]
        if not any(map(is_lower, word.text)) or not is_capital(after):
            return False
        if is_stopped(after) or is_starter(after):
            return False
        before = self.tokens[max(sentence, stop - 12) : stop]
        if any(is_small(token) and len(token.text) > 3 for token in before):
            return False
        capital = sum(map(is_capital, before))
        return capital > 0 and capital >= sum(map(is_small, before))

    def ends_at_word(
        self, stop: int, following: int, decides: int, closed: bool, sentence: int
    ) -> bool:
        """S5: a word that keeps its stop ends a sentence where the next word says so."""
        if not self.gap(following) or self.follow(decides) != "large":
            return False
        word, after = self.tokens[stop], self.tokens[decides]
        begins = self.tokens[sentence]
        whole = is_opener(begins) and begins.text[0] not in QUOTES
        if closed and (whole or not self.bracketed(following)):
            return True
        first = self.tokens[following]
        if is_mark(first) and (category(first.text[0]) == "Pd" or first.text[0] == "−"):
            return False
        single = len(word.text) == 2 and is_upper(word.text[0])  # Henry V., not Roe v. Wade
        unit = word.text.lower() in ("ft.", "st.")
        if unit and not is_small(word):  # Main St. The gate
            before = self.tokens[stop - 1] if stop > sentence else word
            named = stop > sentence and is_capital(before) and not is_starter(before)
            return named and is_capital(after) and is_starter(after)
        title = has_word_of(word, "titles") and not unit and not single
        if title or not is_capital(after):
            return False
        if has_word_of(word, "times"):
            return not self.of_time(decides) and stop > sentence + 2
        if self.label(stop) or self.behind_comma(stop, following, decides):
            return True
        if not is_starter(after):
            return False
        initial = len(word.text) == 2 and stop > 0 and is_capital(self.tokens[stop - 1])
        if initial and not is_stopped(after) and in_list(after.text, "names"):
            return False
        return not self.in_title(stop, sentence, following, decides)

    def bracket(self, number: int) -> str:
        """What bracket a token is."""
        token = self.tokens[number]
        if token.text[0] in QUOTES or not (is_opener(token) or is_closer(token)):
            return ""
        return "opener" if is_opener(token) else "closer"

    def mark_of_item(self, place: int) -> Mark | None:
        """What "2.", "(b)" or a bullet at a token marks."""
        if self.tokens[place].text in tuple("•⁃▪●◦‣·"):
            return Mark(place, 1, "bullet", {}) if place + 1 < len(self.tokens) else None
        opened = self.bracket(place) == "opener"
        number = place + opened
        kept = not opened and self.tokens[number].text == "v."
        last = number if kept else number + 1
        both = last < len(self.tokens) and self.closed_stop(last)
        last += both
        if last + 1 >= len(self.tokens) or not self.gap(last + 1):
            return None
        if any(self.gap(inner) for inner in range(place + 1, last + 1)):
            return None
        readings = ordinals(self.tokens[number].text)
        stop = kept or self.tokens[last].text == "."
        form = "." if stop and not opened else self.bracket(last)
        form += "." if both else ""
        if not readings or not form:
            return None
        return Mark(place, last + 1 - place, ("(" if opened else "") + form, readings)

    def closed_stop(self, place: int) -> bool:
        """The stop of 1.)"""
        bracketed = self.tight(place + 1) is not None and self.bracket(place + 1) == "closer"
        return self.tokens[place].text == "." and bracketed

    def mark_until(self, place: int, sentence: int) -> Mark | None:
        """The mark within a sentence, behind a gap, that ends with a token."""
        for first in range(place, max(sentence, place - 4), -1):
            mark = self.mark_of_item(first)
            if mark is not None and self.gap(first) and first + mark.length == place + 1:
                return mark
        return None

    def begins_list(self, mark: Mark) -> bool:
        """S8: the first mark of a list behind a colon; "1)" anywhere."""
        if mark.form != "bullet" and 1 not in mark.readings.values():
            return False
        plain = mark.form == "closer" and mark.readings.get("figures") == 1
        return plain or self.tokens[mark.first - 1].text == ":"

    def goes_on(self, item: int) -> bool:
        """S8: a comma or "and" before an item."""
        before = self.tokens[item - 1]
        if is_terminator(before) or is_closer(before) or is_quote(before):
            return False
        if before.text[0] in APOSTROPHES and is_mark(before):
            return False
        return is_link(before) or before.kind == "punctuation"

    def items(
        self, place: int, sentence: int, listed: Mark | None
    ) -> tuple[list[int], Mark | None]:
        """S6, S8: where sentences begin once the mark that ends with a token is read; and S8's
        first mark that still waits for a sibling."""
        item = self.mark_until(place + self.closed_stop(place), sentence)
        if item is None:
            return [], listed
        if are_siblings(self.mark_of_item(sentence), item):
            return [item.first], None
        if are_siblings(listed, item) and not self.goes_on(item.first):
            return [listed.first, item.first], None
        if not self.begins_list(item):
            return [], listed
        return ([item.first], None) if "." in item.form else ([], item)

    def rule(self, place: int) -> bool:
        """S9: a line of one sign."""
        text = self.tokens[place].text
        if not is_mark(self.tokens[place]) or text[0] not in "*=~-" or len(text) < 3:
            return False
        if not self.gap(place + 1) or (place > 0 and not self.gap(place)):
            return False
        before = self.tokens[place - 1] if place > 0 else None
        return len(text) >= 5 or before is None or is_terminator(before) or is_closer(before)

    def behind_emoticon(self, place: int) -> int | None:
        """S10: the first token behind :-) or ;D, where a sentence begins there."""
        if place == 0 or self.tokens[place].text not in (":", ";", "=") or not self.gap(place):
            return None
        mouth = place + 1
        nose = self.tight(mouth)
        if nose is not None and nose.text in HYPHENS:
            mouth += 1
        if mouth + 1 >= len(self.tokens) or self.gap(mouth) or not self.gap(mouth + 1):
            return None
        token, after = self.tokens[mouth], self.tokens[mouth + 1]
        if not self.bracket(mouth) and not (token.kind == "word" and len(token.text) == 1):
            return None
        before = self.tokens[place - 1]
        if is_small(after):
            return mouth + 1 if is_terminator(before) or is_closer(before) else None
        return None if is_mark(after) else mouth + 1

    def sentence_starts(self) -> Iterator[int]:
        """Numbers, in the paragraph, of the first tokens of sentences."""
        sentence, place, listed = 0, 0, None
        yield 0
        while place < len(self.tokens):
            token = self.tokens[place]
            behind = self.behind_emoticon(place)
            if self.rule(place):
                starts = [place] if place > sentence else []
                starts += [place + 1] if place + 1 < len(self.tokens) else []
            elif behind is not None:
                starts = [behind]
            else:
                starts, listed = self.items(place, sentence, listed)
            if not starts and (is_terminator(token) or is_stopped(token)):
                ends, place = self.ends(place, sentence)
                starts = [place] if ends else []
            else:
                place += 1
            if starts:
                sentence, listed = starts[-1], None
            yield from starts


def sentence_starts(text: str) -> list[int]:
    """Numbers of the first tokens of sentences."""
    found, breaks = scan(text)
    starts = paragraph_starts(found, breaks)
    return [
        first + number
        for first, end in pairwise([*starts, len(found)])
        for number in Paragraph(found[first:end]).sentence_starts()
    ]


def sentences(text: str) -> list[tuple[int, int]]:
    """Sentences as (start, end): from the start of the first token to the end of the last."""
    found = tokens(text)
    starts = sentence_starts(text)
    return [
        (found[first].start, found[end - 1].end) for first, end in pairwise([*starts, len(found)])
    ]


# ---- folding -------------------------------------------------------------------------------------


@cache
def foldings() -> dict[str, str]:
    """Full case folding: statuses C and F of CaseFolding.txt."""
    table = {}
    for line in lines("CaseFolding.txt"):
        cp, status, mapping = (part.strip() for part in line.split(";")[:3])
        if status in "CF":
            table[chr(int(cp, 16))] = "".join(chr(int(part, 16)) for part in mapping.split())
    return table


def fold(form: str) -> str:
    return "".join(foldings().get(c, c) for c in form)


def folded(vocabulary: list[str]) -> list[int]:
    """For each type the id of its own folding, or else of the first type with the same folding."""
    first: dict[str, int] = {}
    for number, form in enumerate(vocabulary):
        first.setdefault(fold(form), number)
    itself = {form: number for number, form in enumerate(vocabulary)}
    return [itself.get(fold(form), first[fold(form)]) for form in vocabulary]
