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
        adm amb atty brig capt cdr cmdr col cpl cpt det dir dr fr ft gen gov hon insp lt maj
        messrs mgr mr mrs ms mt mx pfc pres prof pvt rep reps rev sen sens sgt spc spec sr st
        ste supt vs
    """,
    # May be the last word of a sentence.
    "maybes": """
        al approx ariz assn ave blvd bros calif cf co colo conn corp dept dist esp esq est etc
        fla govt hr hrs inc intl jr llc ltd mfg mich minn mont natl nev okla oz pty rd tenn tex
        univ va viz vt wis wyo yr yrs
    """,
    # The same, capitalised only.
    "months": """
        apr aug dec feb nov oct sept
    """,
    # Before a number only.
    "numbers": """
        art arts ch chap fig figs jan jul jun mar no nos p para pp pt sec sep vol vols
    """,
    # Of day.
    "times": """
        a.m p.m
    """,
    # Words that like to open a sentence.
    "starters": """
        a according after all although among an and another any are as at because before both
        but by can critics despite did do does during each earlier even every few finally for
        from further furthermore had has have he her here his how however i if in indeed instead
        is it its last later let many may meanwhile more moreover most much my neither
        nevertheless no nor not nothing now officials on once one only or other others our over
        perhaps police rather several she should similarly since so some still such that the
        their then there therefore these they this those though through thus to today two under
        unlike until was we well were what when where whether which while who why will with
        within without would yes yesterday yet you your
    """,
    # What may follow p.m. within a sentence.
    "time_words": """
        april aug august bst cet cst dec december eastern edt est et feb february friday gmt jan
        january july june local march may mdt monday mst november october pacific pdt pst pt
        saturday sept september sunday thursday time tuesday utc wednesday
    """,
    # 's behind these makes a contraction.
    "pronouns": """
        everybody everyone he here how it let nobody she someone something that there what when
        where who why
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
        return is_upper(form[0]) or form[0] in "vf"
    if in_list(form, "months"):
        return is_upper(form[0])
    if in_list(form, "numbers"):
        return re.match(r" {0,4}[0-9]", word.text[word.end + 1 :]) is not None
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
    while end < len(text) and not is_space(text[end]) and text[end] not in '<>"“”‘’«»':
        if text[end] < " ":
            break
        end += 1
    opened = "(" in text[start:end] or "[" in text[start:end]
    trailing = ".,;:!?'*_~}" if opened else ".,;:!?'*_~})]"
    while end > start and text[end - 1] in trailing:
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
    host = re.compile(r"@([A-Za-z0-9.-]*[A-Za-z0-9])").match(text, place)
    if host is None or "." not in host[1][1:]:
        return None
    return behind_marks(text, host.end())


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
    return is_mark(token) and category(token.text[0]) in ("Ps", "Pi")


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

    def closes(self, number: int) -> bool:
        token = self.tokens[number]
        if token.text[0] in APOSTROPHES and is_mark(token):
            return True
        if is_quote(token):
            following = self.tight(number + 1)
            return following is None or following.kind == "punctuation"
        return is_closer(token)

    def footnote(self, number: int) -> bool:
        """[12] right behind a stop."""
        three = self.tokens[number : number + 3]
        if len(three) < 3 or self.gap(number + 2):
            return False
        return is_opener(three[0]) and three[1].kind == "number" and is_closer(three[2])

    def behind_stop(self, stop: int) -> tuple[int, bool, int]:
        """S1: the first token behind what belongs to a stop; were there closers; the last stop."""
        place, closed, last = stop + 1, False, stop
        while place < len(self.tokens):
            token = self.tokens[place]
            if self.gap(place) and not (token.text == self.tokens[place - 1].text == "."):
                break
            if is_terminator(token):
                last = place
            elif self.closes(place):
                closed = True
            elif self.footnote(place):
                place += 2
            else:
                break
            place += 1
        return place, closed, last

    def ellipsis(self, stop: int, following: int) -> bool:
        """Dots in one token, or apart: . . ."""
        taken = range(stop + 1, following)
        apart = any(self.gap(i) and self.tokens[i].text == "." for i in taken)
        return apart or any(map(is_ellipsis, self.tokens[stop:following]))

    def deciding(self, following: int) -> int:
        """S2: the first token behind at most six openers, dashes and bullets."""
        place = following
        while place < min(len(self.tokens), following + 6) and is_lead(self.tokens[place]):
            place += 1
        return place

    def follow(self, place: int) -> str:
        """How the text goes on: small, large, or joined to what was before."""
        if place >= len(self.tokens):
            return "joined"
        token = self.tokens[place]
        if is_small(token):
            return "small"
        if token.kind == "symbol":
            number = place + 1 < len(self.tokens) and self.tokens[place + 1].kind == "number"
            return "large" if number else "joined"
        return "joined" if token.kind == "punctuation" else "large"

    def item_mark(self, stop: int, sentence: int) -> bool:
        """S4: "1." and "b." at the start of a sentence."""
        if stop != sentence + 1 or self.gap(stop):
            return False
        mark = self.tokens[sentence]
        return mark.kind == "number" or (mark.kind == "word" and len(mark.text) == 1)

    def lettered_item(self, stop: int, sentence: int) -> bool:
        """S4 again: the letter of "B. The" keeps its stop."""
        mark = self.tokens[stop].text.removesuffix(".")
        letters = [c for c in mark if not is_attached(c)]
        return stop == sentence and len(letters) == 1 and category(letters[0]).startswith("L")

    def ends(self, stop: int, sentence: int) -> tuple[bool, int]:
        """Whether a sentence that began at `sentence` ends at a stop; the first token behind."""
        following, closed, last = self.behind_stop(stop)
        if following >= len(self.tokens):
            return False, following
        decides = self.deciding(following)
        follow = self.follow(decides)
        token = self.tokens[last]  # "the U.S.?" ends like "there?"
        if is_stopped(token):
            item = self.lettered_item(stop, sentence)
            return not item and self.ends_at_word(stop, following, decides, closed), following
        if not self.gap(following):  # S3
            before = stop > 0 and is_small(self.tokens[stop - 1])
            return is_capital(self.tokens[following]) and (closed or before), following
        if token.text == "." and self.item_mark(stop, sentence):
            return False, following
        if token.text == "." and not self.ellipsis(stop, following) and follow == "small":
            return decides > following and not closed, following
        return follow == "large", following

    def ends_at_word(self, stop: int, following: int, decides: int, closed: bool) -> bool:
        """S5: a word that keeps its stop ends a sentence where the next word says so."""
        if not self.gap(following) or self.follow(decides) != "large":
            return False
        word, after = self.tokens[stop], self.tokens[decides]
        if closed:
            return True
        unit = word.text == "ft."  # feet, not a fort
        if (has_word_of(word, "titles") and not unit) or not is_capital(after):
            return False
        if has_word_of(word, "times"):
            return not has_word_of(after, "time_words")
        return has_word_of(after, "starters") and not is_stopped(after)

    def mark_of_item(self, place: int) -> tuple[int, str, int]:
        """What "2.", "b)" or a bullet at a token marks: its tokens, its form, its number."""
        some = self.tokens[place : place + 3]
        if is_mark(some[0]) and some[0].text[0] in "•⁃▪●◦‣·" and len(some) > 1:
            return 1, "bullet", 0
        figures = re.fullmatch(r"[0-9]{1,2}", some[0].text)
        if len(some) < 3 or not (figures or re.fullmatch("[A-Za-z]", some[0].text)):
            return 0, "", 0
        if self.gap(place + 1) or not self.gap(place + 2):
            return 0, "", 0
        sign = some[1]
        bracket = (is_opener(sign) or is_closer(sign)) and sign.text[0] not in "“”„‟‘’‚‛«»‹›"
        form = "." if sign.text == "." else "closer" if is_closer(sign) else "opener"
        number = int(some[0].text) if figures else 100 + ord(some[0].text.lower())
        return (2, form, number) if sign.text == "." or bracket else (0, "", 0)

    def sibling(self, place: int, sentence: int) -> int | None:
        """S6: where the next item begins whose mark ends with a token: 1. Sell 2. Buy."""
        length, form, number = self.mark_of_item(sentence)
        first = place + 1 - length
        if length == 0 or first < sentence + length + 1 or not self.gap(first):
            return None
        wanted = (length, form, number + 1 if length == 2 else 0)
        return first if self.mark_of_item(first) == wanted else None

    def sentence_starts(self) -> Iterator[int]:
        """Numbers, in the paragraph, of the first tokens of sentences."""
        sentence = place = 0
        yield 0
        while place < len(self.tokens):
            token = self.tokens[place]
            item = self.sibling(place, sentence)
            if item is not None:
                sentence = item
                yield sentence
            if item is not None or not (is_terminator(token) or is_stopped(token)):
                place += 1
                continue
            ends, place = self.ends(place, sentence)
            if ends:
                sentence = place
                yield sentence


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
