#include "scan.h"

#include "english.h"
#include "simd/kernels.h"
#include "unicode.h"
#include "utf8.h"

/* ---- one code point at a time ---- */

typedef struct point {
    uint32_t cp;
    size_t next;
    const ca_property *property;
} point;

/* Behind the end everything is a line feed: no word, no joiner, no letter. */
static inline point point_at(ca_str text, size_t at) {
    point p = {.cp = '\n', .next = at};
    if (CA_LIKELY(at < text.len && text.ptr[at] < 0x80)) {
        p.cp = text.ptr[at];
        p.next = at + 1;
        p.property = &ca_unicode_ascii[p.cp];
        return p;
    }
    if (at < text.len) p.next = at + ca_utf8_decode(text.ptr + at, text.len - at, &p.cp);
    p.property = ca_unicode_property(p.cp);
    return p;
}

/* WB4: marks, formats and joiners stay with what they follow. */
static size_t skip_attached(ca_str text, size_t at) {
    while (at < text.len && text.ptr[at] >= 0x80) { /* none of them is ASCII */
        point p = point_at(text, at);
        if (!ca_is_attached(p.property->wb)) break;
        at = p.next;
    }
    return at;
}

static bool is_letter(uint8_t wb) {
    return wb == CA_WB_ALETTER || wb == CA_WB_HEBREW_LETTER;
}

static bool is_upper(const point *p) {
    return (p->property->flags & CA_UPPER) != 0;
}

static bool is_ascii_alnum(uint8_t c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

ca_scan_class ca_scan_class_at(ca_str text, size_t at, size_t *next) {
    point p = point_at(text, at);
    *next = p.next;
    uint16_t flags = p.property->flags;
    if (flags & CA_SPACE) {
        if (p.cp == '\r' && p.next < text.len && text.ptr[p.next] == '\n') (*next)++;
        return flags & CA_LINE ? CA_SCAN_LINE : CA_SCAN_BLANK;
    }
    if (ca_is_word_class(p.property->wb)) return CA_SCAN_WORD;
    return flags & CA_FORMAT ? CA_SCAN_BLANK : CA_SCAN_MARK;
}

/* ---- words ---- */

/* What is known of a word while it grows. A part is what stands between two inner stops. */
typedef struct word {
    ca_str text;
    size_t start, end;
    uint32_t last_cp;
    const ca_property *last;
    size_t part_letters; /* letters of the part at hand */
    size_t n_stops;
    bool single_letters; /* every part so far is one letter: U.S, a.m */
} word;

static void word_take(word *self, const point *p) {
    self->last_cp = p->cp;
    self->last = p->property;
    self->part_letters++;
    if (!is_letter(p->property->wb) || self->part_letters > 1) self->single_letters = false;
    self->end = skip_attached(self->text, p->next);
}

/* WB5, WB8-10, WB13: letters, digits and connectors hang together, Katakana with itself. */
static bool word_joins(const word *self, const point *p) {
    uint8_t wb = p->property->wb;
    if (!ca_is_word_class(wb) || (p->property->flags & CA_SPACE))
        return false; /* U+202F is a connector */
    if (self->last->wb == CA_WB_EXTENDNUMLET || wb == CA_WB_EXTENDNUMLET) return true;
    return (self->last->wb == CA_WB_KATAKANA) == (wb == CA_WB_KATAKANA);
}

/* N1: 's behind a word, with nothing behind the s, is a possessive; its end, or `at` if not. */
size_t ca_scan_possessive(ca_str text, size_t at) {
    point quote = point_at(text, at);
    if (!ca_is_apostrophe(quote.cp)) return at;
    point s = point_at(text, quote.next);
    if (s.cp != 's' && s.cp != 'S') return at;
    size_t end = skip_attached(text, s.next);
    point after = point_at(text, end);
    if (ca_is_word_class(after.property->wb) && !(after.property->flags & CA_SPACE)) return at;
    if (ca_is_apostrophe(after.cp) && is_letter(point_at(text, after.next).property->wb)) return at;
    return end;
}

/* The word so far, folded, if it is at most `room` ASCII letters (and stops); else empty. */
static ca_str folded_ascii(const word *self, uint8_t *room, size_t size) {
    size_t len = self->end - self->start;
    if (len > size) return (ca_str){room, 0};
    for (size_t i = 0; i < len; i++) {
        uint8_t c = self->text.ptr[self->start + i];
        if (c >= 0x80) return (ca_str){room, 0};
        room[i] = c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
    }
    return (ca_str){room, len};
}

static bool word_is_pronoun(const word *self) {
    uint8_t room[CA_ENGLISH_LONGEST_WORD];
    return (ca_english_roles(folded_ascii(self, room, sizeof room)) & CA_ROLE_PRONOUN) != 0;
}

/* N2: "said.The" is two words and a stop: lower case, stop, upper case, behind three letters or
 * more. "Ph.D" and "U.S" are one. */
static bool stop_is_glued(const word *self, const point *after) {
    return (self->last->flags & CA_LOWER) && is_upper(after) && self->part_letters > 2;
}

/* Whether `mid` joins the word to `after`: WB6, WB7, WB11, WB12 and where news differs. */
static bool word_bridges(const word *self, const point *mid, const point *after) {
    bool letters = is_letter(self->last->wb) && is_letter(after->property->wb);
    bool digits = self->last->wb == CA_WB_NUMERIC && after->property->wb == CA_WB_NUMERIC;
    switch (mid->cp) {
    case '\'':
    case 0x2018:
    case 0x2019:
    case 0xFF07:
        return letters;
    case '.':
        return digits || (letters && !stop_is_glued(self, after));
    case '&':
        return letters && (self->last->flags & CA_UPPER) && is_upper(after); /* N3: AT&T */
    case '/':
        return digits; /* N4: 9/11 */
    case ':':
        return digits; /* N5: 12:30, never "said:The" */
    case ';':
        return false;
    case '"':
        return self->last->wb == CA_WB_HEBREW_LETTER && /* WB7b, WB7c */
               after->property->wb == CA_WB_HEBREW_LETTER;
    default:
        break;
    }
    switch (mid->property->wb) {
    case CA_WB_MIDNUMLET:
        return letters || digits;
    case CA_WB_MIDLETTER:
        return letters;
    case CA_WB_MIDNUM:
        return digits;
    default:
        return false;
    }
}

static void word_bridge(word *self, const point *mid, const point *after) {
    if (mid->cp == '.') {
        self->n_stops++;
        self->part_letters = 0;
    } else {
        self->single_letters = false;
    }
    word_take(self, after);
}

/* What word_take and word_joins do, for a run of ASCII letters, digits and connectors at once. */
static void word_take_ascii(word *self) {
    size_t at = self->end;
    while (at < self->text.len && ca_is_word_byte(self->text.ptr[at])) at++;
    if (at == self->end || self->last->wb == CA_WB_KATAKANA) return;
    self->part_letters += at - self->end;
    self->single_letters = false; /* the part had a letter before */
    self->last_cp = self->text.ptr[at - 1];
    self->last = ca_unicode_property(self->last_cp);
    self->end = skip_attached(self->text, at);
}

/* Grow the word as far as the rules go, without its final stop. */
static void word_grow(word *self) {
    for (;;) {
        word_take_ascii(self);
        point p = point_at(self->text, self->end);
        if (p.next == self->end) return;
        if (word_joins(self, &p)) {
            word_take(self, &p);
            continue;
        }
        if (ca_is_apostrophe(p.cp) && ca_scan_possessive(self->text, self->end) != self->end &&
            !word_is_pronoun(self))
            return;
        point after = point_at(self->text, skip_attached(self->text, p.next));
        if (!word_bridges(self, &p, &after)) return;
        word_bridge(self, &p, &after);
    }
}

/* ---- the final stop ---- */

#define ROMAN_LONGEST 5

/* II, V or XIV, and no letter behind it. I and C are words: "No. I did", "Art. C students". */
static bool is_roman(ca_str text, size_t at) {
    size_t end = at;
    while (end < text.len && end - at < ROMAN_LONGEST && memchr("IVXLC", text.ptr[end], 5)) end++;
    if (end == at || (end < text.len && ca_is_word_byte(text.ptr[end]))) return false;
    return end - at > 1 || text.ptr[at] == 'V' || text.ptr[at] == 'X';
}

static bool number_follows(ca_str text, size_t at) {
    size_t blanks = 0;
    while (at < text.len && blanks < CA_SCAN_AHEAD && text.ptr[at] == ' ') at++, blanks++;
    if (at >= text.len) return false;
    return (text.ptr[at] >= '0' && text.ptr[at] <= '9') || is_roman(text, at);
}

static bool is_abbreviation(const word *self) {
    uint8_t room[CA_ENGLISH_LONGEST];
    bool capital = is_upper(&(point){.property = point_at(self->text, self->start).property});
    switch (ca_english_abbreviation(folded_ascii(self, room, sizeof room))) {
    case CA_ABBR_TITLE:
        return capital || room[0] == 'v'; /* vs. */
    case CA_ABBR_STATE:                   /* VA and PA are written without a stop */
        return capital && (self->part_letters > 2 || (self->last->flags & CA_LOWER));
    case CA_ABBR_MONTH:
        return capital;
    case CA_ABBR_MAYBE:
    case CA_ABBR_UNIT:
    case CA_ABBR_TIME:
        return true;
    case CA_ABBR_NUMBER:
        return number_follows(self->text, self->end + 1);
    default:
        return false;
    }
}

/* The K of IS-K is the end of a name, the P of J.-P. an initial. */
static bool is_behind_hyphen(const word *self) {
    const uint8_t *text = self->text.ptr;
    size_t at = self->start;
    if (at >= 2 && text[at - 1] == '-') return text[at - 2] != '.';
    bool dash = at >= 4 && text[at - 3] == 0xE2 && text[at - 2] == 0x80 && text[at - 1] >= 0x90 &&
                text[at - 1] <= 0x93; /* U+2010 to U+2013 */
    return dash && text[at - 4] != '.';
}

/* N6: does the stop behind the word belong to it? The word ends right before the stop. */
static bool keeps_stop(const word *self) {
    size_t at = self->end;
    if (at >= self->text.len || self->text.ptr[at] != '.') return false;
    if (at + 1 < self->text.len && self->text.ptr[at + 1] == '.') return false;
    if (self->n_stops > 0) /* U.S, a.m; and Ph.D */
        return self->single_letters || (self->part_letters == 1 && (self->last->flags & CA_UPPER));
    if (self->single_letters && (self->last->flags & CA_UPPER))
        return self->last_cp != 'I' && !is_behind_hyphen(self);
    return is_abbreviation(self);
}

/* ---- URLs and e-mail addresses ---- */

static bool ends_url(const point *p) {
    if (p->property->flags & CA_SPACE) return true;
    switch (p->cp) {
    case '<':
    case '>':
    case '"':
    case 0x201C:
    case 0x201D:
    case 0x2018:
    case 0x2019:
    case 0xAB:
    case 0xBB:
    case 0x2014: /* dash */
    case 0x2026: /* ellipsis */
        return true;
    default:
        return p->cp < 0x20;
    }
}

/* How many more of a bracket close than open; what of a URL is open belongs to it. */
typedef struct brackets {
    long round, square;
} brackets;

static void count_bracket(brackets *self, uint8_t c, long by) {
    if (c == ')' || c == '(') self->round += c == ')' ? by : -by;
    if (c == ']' || c == '[') self->square += c == ']' ? by : -by;
}

/* Whether a final c is rather the sentence's than the URL's; a bracket is, unless one opened. */
static bool trails_url(uint8_t c, const brackets *unopened) {
    if (c == ')') return unopened->round > 0;
    if (c == ']') return unopened->square > 0;
    return memchr(".,;:!?'*_~}", c, 11) != NULL;
}

static size_t url_end(ca_str text, size_t at) {
    size_t end = at;
    brackets unopened = {0, 0};
    while (end < text.len) {
        point p = point_at(text, end);
        if (ends_url(&p)) break;
        if (p.cp < 0x80) count_bracket(&unopened, (uint8_t)p.cp, 1);
        end = p.next;
    }
    while (end > at && trails_url(text.ptr[end - 1], &unopened))
        count_bracket(&unopened, text.ptr[--end], -1);
    return end;
}

size_t ca_scan_url(ca_str text, size_t scheme, size_t at) {
    if (at - scheme < 2 || at - scheme > 10 || at + 4 > text.len) return at;
    for (size_t i = scheme; i < at; i++) {
        if (!is_ascii_alnum(text.ptr[i])) return at;
    }
    if (memcmp(text.ptr + at, "://", 3) != 0 || !is_ascii_alnum(text.ptr[at + 3])) return at;
    return url_end(text, at + 3);
}

/* "www.bbc.com"; in "www.24ur.com" the first stop joins nothing, so the word is "www" so far. */
static bool starts_with_www(const word *self) {
    const uint8_t *text = self->text.ptr + self->start;
    if (self->end - self->start < 3 || self->text.len - self->start < 5) return false;
    return (text[0] | 0x20) == 'w' && (text[1] | 0x20) == 'w' && (text[2] | 0x20) == 'w' &&
           text[3] == '.' && (self->n_stops > 0 || is_ascii_alnum(text[4]));
}

/* "bit.ly/3xY": a name with a stop and two small letters or more behind it, a slash, something. */
static bool has_path(const word *self) {
    const uint8_t *text = self->text.ptr;
    size_t at = self->end, first = at;
    if (self->n_stops == 0 || at + 1 >= self->text.len || text[at] != '/') return false;
    while (first > self->start && text[first - 1] >= 'a' && text[first - 1] <= 'z') first--;
    return at - first >= 2 && first > self->start && text[first - 1] == '.' &&
           is_ascii_alnum(text[at + 1]);
}

size_t ca_scan_word(ca_str text, size_t at, size_t *possessive) {
    point first = point_at(text, at);
    word self = {.text = text, .start = at, .single_letters = true};
    word_take(&self, &first);
    word_grow(&self);
    if (starts_with_www(&self) || has_path(&self)) {
        self.end = url_end(text, at);
    } else if (keeps_stop(&self)) {
        self.end = skip_attached(text, self.end + 1);
    }
    *possessive = ca_scan_possessive(text, self.end);
    return self.end;
}

bool ca_scan_is_local_part(ca_str text, size_t at, size_t end) {
    for (; at < end; at++) {
        uint8_t c = text.ptr[at];
        if (!is_ascii_alnum(c) && c != '.' && c != '_' && c != '%' && c != '+' && c != '-')
            return false;
    }
    return true;
}

size_t ca_scan_domain(ca_str text, size_t at) {
    const uint8_t *bytes = text.ptr;
    size_t end = at + 1, stops = 0;
    if (end >= text.len || !is_ascii_alnum(bytes[end])) return at;
    for (; end < text.len; end++) {
        bool stop = bytes[end] == '.';
        if (!stop && !is_ascii_alnum(bytes[end]) && bytes[end] != '-') break;
        if (stop && bytes[end - 1] == '.') break; /* two stops are an ellipsis */
        stops += stop;
    }
    while (!is_ascii_alnum(bytes[end - 1])) stops -= bytes[--end] == '.';
    return stops > 0 ? skip_attached(text, end) : at;
}

/* ---- marks ---- */

/* #tag or @user: the sign, then letters, digits and connectors; a tag needs a letter. */
static size_t tag_end(ca_str text, size_t at) {
    size_t sign = skip_attached(text, at + 1), end = at + 1;
    if (at > 0 && is_ascii_alnum(text.ptr[at - 1])) return sign;
    bool letter = false;
    for (;;) {
        point p = point_at(text, end);
        if (p.next == end || (p.property->flags & CA_SPACE)) break;
        if (!ca_is_word_class(p.property->wb) && !(p.property->flags & CA_LETTER)) break;
        letter = letter || (p.property->flags & CA_LETTER);
        end = skip_attached(text, p.next);
    }
    return end > at + 1 && (letter || text.ptr[at] == '@') ? end : sign;
}

/* WB3c, WB15, WB16: pictographs joined by ZWJ are one, regional indicators go in pairs. */
static size_t emoji_end(ca_str text, const point *first) {
    size_t end = first->next;
    if (first->property->wb == CA_WB_REGIONAL_INDICATOR) {
        point second = point_at(text, end);
        if (second.property->wb == CA_WB_REGIONAL_INDICATOR) end = second.next;
        return skip_attached(text, end);
    }
    for (;;) {
        uint32_t last = 0;
        while (end < text.len) {
            point p = point_at(text, end);
            if (!ca_is_attached(p.property->wb)) break;
            last = p.cp;
            end = p.next;
        }
        point next = point_at(text, end);
        if (last != 0x200D || !(next.property->flags & CA_PICTO)) return end;
        end = next.next;
    }
}

bool ca_scan_takes_possessive(ca_str text, size_t at, size_t end) {
    point first = point_at(text, at);
    if (first.cp == '@' || first.cp == '#') return end > at + 1;
    return (first.property->flags & CA_LETTER) != 0;
}

size_t ca_scan_mark(ca_str text, size_t at) {
    point first = point_at(text, at);
    if (first.cp < 0x80) {
        if (first.cp == '#' || first.cp == '@') return tag_end(text, at);
        size_t end = first.next;
        if (first.cp != 0 && memchr(".-!?*=~", (int)first.cp, 7) != NULL) {
            while (end < text.len && text.ptr[end] == first.cp) end++;
        }
        return skip_attached(text, end);
    }
    if (first.property->wb == CA_WB_REGIONAL_INDICATOR || (first.property->flags & CA_PICTO))
        return emoji_end(text, &first);
    return skip_attached(text, first.next);
}
