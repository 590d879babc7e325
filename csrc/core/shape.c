#include "shape.h"

#include "english.h"
#include "unicode.h"
#include "utf8.h"

const char *const ca_kind_names[CA_KIND_COUNT] = {
    "word",  "number",  "punctuation", "symbol", "url",
    "email", "hashtag", "handle",      "emoji",  "space",
};

/* What one walk over a type finds out. */
typedef struct survey {
    uint32_t first;
    const ca_property *property; /* of the first code point */
    size_t points, letters, stops;
    bool upper, lower, word, at_sign, variation, keycap;
    bool path; /* a slash behind ":" or a small letter: in a URL, not in 9/11 or 2/3rds */
} survey;

static survey survey_of(ca_str type) {
    survey s = {.property = NULL};
    bool before_path = false;
    for (size_t at = 0; at < type.len; s.points++) {
        uint32_t cp;
        at += ca_utf8_decode(type.ptr + at, type.len - at, &cp);
        const ca_property *p = ca_unicode_property(cp);
        if (s.points == 0) {
            s.first = cp;
            s.property = p;
        }
        if (p->flags & CA_LETTER) s.letters++;
        if (p->flags & CA_UPPER) s.upper = true;
        if (p->flags & CA_LOWER) s.lower = true;
        if (ca_is_word_class(p->wb) || (p->flags & CA_LETTER)) s.word = true;
        if (cp == '.') s.stops++;
        if (cp == '@') s.at_sign = true;
        if (cp == 0xFE0F) s.variation = true;
        if (cp == 0x20E3 && s.points == 2) s.keycap = s.variation;
        if (cp == '/' && before_path) s.path = true;
        if (!ca_is_attached(p->wb)) before_path = cp == ':' || (p->flags & CA_LOWER);
    }
    return s;
}

static bool starts_www(ca_str type) {
    return type.len > 4 && (type.ptr[0] | 0x20) == 'w' && (type.ptr[1] | 0x20) == 'w' &&
           (type.ptr[2] | 0x20) == 'w' && type.ptr[3] == '.';
}

static bool is_apostrophe_first(ca_str type) {
    uint32_t cp;
    ca_utf8_decode(type.ptr, type.len, &cp);
    return ca_is_apostrophe(cp);
}

/* 's behind any apostrophe; marks may hang on the s. */
static bool is_possessive(ca_str type, uint32_t first) {
    if (!ca_is_apostrophe(first)) return false;
    uint32_t cp;
    size_t at = ca_utf8_decode(type.ptr, type.len, &cp);
    return at < type.len && (type.ptr[at] | 0x20) == 's';
}

static ca_kind kind_of(ca_str type, const survey *s) {
    uint16_t flags = s->property->flags;
    if (flags & CA_SPACE) return CA_SPACE_KIND;
    if (s->property->wb == CA_WB_REGIONAL_INDICATOR || (flags & CA_EMOJI) ||
        (s->keycap && s->points == 3) ||
        ((flags & CA_PICTO) && (s->variation || s->first >= 0x1F000)))
        return CA_EMOJI_KIND;
    if (s->first == '#' && s->points > 1 && s->letters > 0) return CA_HASHTAG;
    if (s->first == '@' && s->word) return CA_HANDLE;
    if (ca_is_word_class(s->property->wb) || (flags & (CA_LETTER | CA_DIGIT))) {
        if (s->path || starts_www(type)) return CA_URL; /* perhaps with an "@" in it */
        if (s->at_sign) return CA_EMAIL;
        return s->property->wb == CA_WB_NUMERIC ? CA_NUMBER : CA_WORD;
    }
    if (is_possessive(type, s->first)) return CA_WORD;
    return flags & CA_PUNCT ? CA_PUNCTUATION : CA_SYMBOL_KIND;
}

static bool is_terminator(uint32_t cp) {
    switch (cp) {
    case '.':
    case '!':
    case '?':
    case 0x2026: /* ellipsis */
    case 0x203C:
    case 0x203D:
    case 0x2047:
    case 0x2048:
    case 0x2049:
    case 0x3002: /* ideographic full stop */
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
    case 0xFF61:
    case 0x061F: /* Arabic question mark */
    case 0x06D4:
    case 0x0964: /* danda */
    case 0x0965:
    case 0x0589:
        return true;
    default:
        return false;
    }
}

/* What may stand between the words of a name: U+2010 to U+2013, the minus, the ASCII hyphen. */
static bool is_hyphen(uint32_t cp) {
    return cp == '-' || (cp >= 0x2010 && cp <= 0x2013) || cp == 0x2212 || cp == 0xFF0D ||
           cp == 0xFE63;
}

static bool is_bullet(uint32_t cp) {
    return cp == 0x2022 || cp == 0x2043 || cp == 0x25AA || cp == 0x25CF || cp == 0x25E6 ||
           cp == 0x2023 || cp == 0x00B7;
}

static bool is_separator(uint32_t cp) {
    return cp == '|' || cp == '>' || cp == 0x2192 || cp == 0x25A0 || cp == 0x25B6 || cp == 0x25BA;
}

/* Full stops, question and exclamation marks as wide as an ideograph, and the halfwidth one. */
static bool is_wide(uint32_t cp) {
    return cp == 0x3002 || cp == 0xFF01 || cp == 0xFF0E || cp == 0xFF1F || cp == 0xFF61;
}

/* A run of three marks that draw a line; the scanner has seen to it that they are the same. */
static bool is_rule(const survey *s) {
    if (s->points < 3) return false;
    return s->first == '*' || s->first == '=' || s->first == '~' || s->first == '-';
}

static ca_shape shape_of_sign(const survey *s) {
    ca_shape shape = 0;
    bool colon = s->first == ':';
    if (colon && s->points == 1) shape |= CA_COLON;
    if ((colon || s->first == ';' || s->first == '=') && s->points == 1) shape |= CA_EYES;
    if (is_rule(s)) shape |= CA_RULE;
    if (is_separator(s->first)) shape |= CA_SEPARATOR;
    return shape;
}

static ca_shape shape_of_mark(const survey *s) {
    ca_shape shape = shape_of_sign(s);
    uint16_t flags = s->property->flags;
    if (is_terminator(s->first)) {
        shape |= CA_TERMINATOR;
        if (is_wide(s->first)) shape |= CA_WIDE;
        if (s->first == '?') shape |= CA_QUESTION;
        if (s->first == '.' && s->points == 1) shape |= CA_FULL_STOP;
        if (s->first == 0x2026 || (s->first == '.' && s->points > 1)) shape |= CA_ELLIPSIS;
    }
    if (flags & CA_DASH) shape |= CA_DASH_ROLE;
    if (is_hyphen(s->first) && s->points == 1) shape |= CA_HYPHEN_ROLE;
    if (ca_is_apostrophe(s->first)) shape |= CA_APOSTROPHE;
    if (s->first == '"' || s->first == '\'') {
        shape |= CA_QUOTE;
    } else if (flags & CA_OPEN || s->first == 0x201E || s->first == 0x201A || s->first == '`') {
        shape |= CA_OPENER;
    } else if (flags & CA_CLOSE) {
        shape |= CA_CLOSER;
    }
    bool quotation = (s->first >= 0x2018 && s->first <= 0x201F) || s->first == 0xAB ||
                     s->first == 0xBB || s->first == 0x2039 || s->first == 0x203A ||
                     s->first == '`';
    if ((shape & (CA_OPENER | CA_CLOSER)) && !quotation) shape |= CA_BRACKET;
    if (is_bullet(s->first)) shape |= CA_BULLET;
    return shape;
}

/* The word in `type`, folded and without its stop, if it is short and ASCII; else empty. */
static ca_str fold_short(ca_str type, uint8_t *room, size_t size) {
    size_t len = type.len;
    if (len > 0 && type.ptr[len - 1] == '.') len--;
    if (len > size) return (ca_str){room, 0};
    for (size_t i = 0; i < len; i++) {
        uint8_t c = type.ptr[i];
        if (c >= 0x80) return (ca_str){room, 0};
        room[i] = c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
    }
    return (ca_str){room, len};
}

static ca_shape shape_of_stopped_word(ca_str folded, const survey *s) {
    if (folded.len == 1 && (s->property->flags & CA_UPPER)) return CA_STOPPED_WORD | CA_INITIAL;
    switch (ca_english_abbreviation(folded)) {
    case CA_ABBR_UNIT:
        if (s->property->flags & CA_LOWER) return CA_STOPPED_WORD | CA_MAYBE_LAST;
        return CA_STOPPED_WORD | CA_TITLE | CA_MAYBE_LAST;
    case CA_ABBR_TITLE:
        return CA_STOPPED_WORD | CA_TITLE;
    case CA_ABBR_MONTH:
    case CA_ABBR_MAYBE:
        return CA_STOPPED_WORD | CA_MAYBE_LAST;
    case CA_ABBR_STATE:
        return CA_STOPPED_WORD | CA_MAYBE_LAST | CA_STATE;
    case CA_ABBR_NUMBER:
        return CA_STOPPED_WORD | CA_WANTS_NUMBER;
    case CA_ABBR_TIME:
        return CA_STOPPED_WORD | CA_TIME_OF_DAY;
    default:
        break;
    }
    if (s->letters == 1) return CA_STOPPED_WORD | CA_INITIAL;
    return CA_STOPPED_WORD | CA_INITIALISM;
}

/* The; It's too, by what stands before its apostrophe. */
static bool is_starter(ca_str type) {
    uint8_t room[CA_ENGLISH_LONGEST_WORD];
    size_t len = 0;
    while (len < type.len && type.ptr[len] < 0x80 && type.ptr[len] != '\'') len++;
    ca_str rest = {type.ptr + len, type.len - len};
    if (rest.len > 0 && !is_apostrophe_first(rest)) return false;
    ca_str folded = fold_short((ca_str){type.ptr, len}, room, sizeof room);
    return (ca_english_roles(folded) & CA_ROLE_STARTER) != 0;
}

/* What a word that keeps no stop is by its letters: `inner`, if it has a capital behind a small one
 * at its start. */
static ca_shape shape_of_roles(unsigned roles, bool capital, bool inner) {
    ca_shape shape = 0;
    if (roles & CA_ROLE_LABEL) shape |= CA_LABEL;
    if (!capital) {
        bool time = (roles & CA_ROLE_TIME) && (roles & CA_ROLE_TOO) && !(roles & CA_ROLE_STARTER);
        if (time) shape |= CA_TIME_WORD;
        if (roles & CA_ROLE_LINK) shape |= CA_LINK;
        return inner ? shape | CA_INNER_CAPITAL : shape;
    }
    if (roles & CA_ROLE_TIME) shape |= CA_TIME_WORD;
    if ((roles & CA_ROLE_TOO) && (roles & CA_ROLE_STARTER)) shape |= CA_NAME_TOO;
    if (roles & CA_ROLE_SHOUT) shape |= CA_SHOUT;
    return shape;
}

static ca_shape shape_of_word(ca_str type, const survey *s) {
    ca_shape shape = 0;
    uint8_t room[CA_ENGLISH_LONGEST_WORD];
    ca_str folded = fold_short(type, room, sizeof room);
    if (s->property->flags & CA_UPPER) shape |= CA_CAPITAL;
    if (s->property->flags & CA_LOWER) shape |= CA_SMALL;
    if (s->upper && !s->lower) shape |= CA_ALL_CAPS;
    if (s->property->wb == CA_WB_NUMERIC) shape |= CA_STARTS_DIGIT;
    if (s->letters > 0 && !s->upper && !s->lower) shape |= CA_CASELESS;
    if (is_possessive(type, s->first)) shape |= CA_POSSESSIVE;
    if (type.len > 1 && type.ptr[type.len - 1] == '.') shape |= shape_of_stopped_word(folded, s);
    bool stopped = (shape & CA_STOPPED_WORD) != 0; /* A. is an initial */
    if ((shape & CA_CAPITAL) && !stopped && is_starter(type)) shape |= CA_STARTER;
    unsigned roles = ca_english_roles(folded);
    if ((shape & CA_TITLE) && (roles & CA_ROLE_COURTESY)) shape |= CA_STARTER;
    if (stopped && (shape & CA_CAPITAL) && (roles & CA_ROLE_TIME)) shape |= CA_TIME_WORD;
    if (!stopped && (shape & (CA_CAPITAL | CA_SMALL)))
        shape |= shape_of_roles(roles, (shape & CA_CAPITAL) != 0, s->upper);
    return shape;
}

/* The usual case, letters of ASCII only, found out faster; false if `type` is no such word. */
static bool is_ascii_word(ca_str type, ca_shape *shape) {
    uint8_t room[CA_ENGLISH_LONGEST_WORD];
    bool lower = false, upper = false;
    for (size_t i = 0; i < type.len; i++) {
        uint8_t c = type.ptr[i], folded = c | 0x20;
        if (folded < 'a' || folded > 'z') return false;
        lower = lower || c >= 'a';
        upper = upper || c < 'a';
        if (i < sizeof room) room[i] = folded;
    }
    unsigned roles = type.len > sizeof room ? 0 : ca_english_roles((ca_str){room, type.len});
    *shape = CA_WORD | (type.len == 1 ? CA_ONE_POINT : 0);
    bool capital = type.ptr[0] < 'a';
    *shape |= shape_of_roles(roles, capital, upper);
    if (!capital) {
        *shape |= CA_SMALL;
    } else {
        *shape |= (ca_shape)(CA_CAPITAL | (lower ? 0 : CA_ALL_CAPS));
        if (roles & CA_ROLE_STARTER) *shape |= CA_STARTER;
    }
    return true;
}

ca_shape ca_shape_of(ca_str type) {
    ca_shape word;
    if (is_ascii_word(type, &word)) return word;
    survey s = survey_of(type);
    ca_kind kind = kind_of(type, &s);
    ca_shape shape = kind;
    if (s.points == 1) shape |= CA_ONE_POINT;
    if (kind == CA_PUNCTUATION || kind == CA_SYMBOL_KIND) return shape | shape_of_mark(&s);
    if (kind == CA_WORD || kind == CA_NUMBER) return shape | shape_of_word(type, &s);
    return shape;
}

/* The number that the letters [letters, letters + len) write as a Roman numeral, as it would be
 * written: 2 to 20, or 0. Letters are in lower case. */
static uint8_t roman_of(const uint8_t *letters, size_t len) {
    static const char *const ones[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    uint8_t tens = 0;
    if (len > 0 && letters[0] == 'x') tens = 10;
    if (len == 2 && tens != 0 && letters[1] == 'x') return 20;
    if (tens != 0) letters++, len--;
    for (uint8_t i = 0; i < 10; i++)
        if (strlen(ones[i]) == len && memcmp(ones[i], letters, len) == 0) return tens + i;
    return 0;
}

uint8_t ca_shape_ordinal(ca_str type) {
    uint8_t room[5];
    ca_str folded = fold_short(type, room, sizeof room);
    bool kept = type.len == 2 && type.ptr[0] == 'v' && type.ptr[1] == '.'; /* v. is versus too */
    if (folded.len == 0 || (folded.len != type.len && !kept)) return 0;
    uint8_t first = room[0], second = folded.len == 2 ? room[1] : '0';
    if (first >= 'a' && first <= 'z') {
        if (folded.len == 1) return (uint8_t)(first - 'a' + 101);
        uint8_t roman = roman_of(room, folded.len);
        return roman == 0 ? 0 : (uint8_t)(200 + roman);
    }
    bool figures = first >= '0' && first <= '9' && second >= '0' && second <= '9';
    if (!figures || type.len > 2) return 0;
    return (uint8_t)(type.len == 1 ? first - '0' : (first - '0') * 10 + second - '0');
}

/* What an ordinal is as a Roman numeral: the letters i, v and x are some too. */
static uint8_t roman_value(uint8_t ordinal) {
    switch (ordinal) {
    case 109:
        return 1;
    case 122:
        return 5;
    case 124:
        return 10;
    default:
        return ordinal > 200 ? (uint8_t)(ordinal - 200) : 0;
    }
}

bool ca_shape_ordinal_follows(uint8_t ordinal, uint8_t next) {
    if (ordinal < 200 && next == ordinal + 1) return true;
    uint8_t roman = roman_value(ordinal);
    return roman > 0 && roman_value(next) == roman + 1;
}
