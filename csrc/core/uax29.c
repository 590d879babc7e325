#include "uax29.h"

#include "unicode.h"
#include "utf8.h"

/* Decode the code point at `at` (< len) into *property; the offset behind it. */
static inline size_t read(const uint8_t *text, size_t len, size_t at,
                          const ca_property **property) {
    uint32_t cp;
    at += ca_utf8_decode(text + at, len - at, &cp);
    *property = ca_unicode_property(cp);
    return at;
}

/* Sets of classes are bits, so that a rule is one AND. */
static inline bool in(uint32_t set, uint32_t class) {
    return (set >> class & 1) != 0;
}

/* CR and LF are one thing (WB3, SB3): the offset behind a line end whose first byte is before
 * `end`. */
static size_t line_end(const uint8_t *text, size_t len, size_t end) {
    return text[end - 1] == '\r' && end < len && text[end] == '\n' ? end + 1 : end;
}

/* ---- words ---------------------------------------------------------------------------------- */

enum {
    WB_LINE_END = 1 << CA_WB_CR | 1 << CA_WB_LF | 1 << CA_WB_NEWLINE,
    WB_SKIPPED = 1 << CA_WB_EXTEND | 1 << CA_WB_FORMAT | 1 << CA_WB_ZWJ,
    WB_HEBREW = 1 << CA_WB_HEBREW_LETTER,
    WB_LETTER = 1 << CA_WB_ALETTER | WB_HEBREW, /* AHLetter in the rules */
    WB_NUMERIC = 1 << CA_WB_NUMERIC,
    WB_KATAKANA = 1 << CA_WB_KATAKANA,
    WB_UNDERSCORE = 1 << CA_WB_EXTENDNUMLET,
    WB_QUOTE_OR_STOP = 1 << CA_WB_SINGLE_QUOTE | 1 << CA_WB_MIDNUMLET, /* MidNumLetQ */
    WB_LETTER_MIDDLE = 1 << CA_WB_MIDLETTER | WB_QUOTE_OR_STOP,
    WB_NUMBER_MIDDLE = 1 << CA_WB_MIDNUM | WB_QUOTE_OR_STOP,
    WB_ASCII_WORD = 1 << CA_WB_ALETTER | WB_NUMERIC | WB_UNDERSCORE
};

/* What follows a class without a boundary, whatever comes next. */
static const uint32_t word_joins[CA_WB_COUNT] = {
    [CA_WB_ALETTER] = WB_LETTER | WB_NUMERIC | WB_UNDERSCORE,       /* WB5, WB9, WB13a */
    [CA_WB_HEBREW_LETTER] = WB_LETTER | WB_NUMERIC | WB_UNDERSCORE, /* WB5, WB9, WB13a */
    [CA_WB_NUMERIC] = WB_NUMERIC | WB_LETTER | WB_UNDERSCORE,       /* WB8, WB10, WB13a */
    [CA_WB_KATAKANA] = WB_KATAKANA | WB_UNDERSCORE,                 /* WB13, WB13a */
    [CA_WB_EXTENDNUMLET] = WB_UNDERSCORE | WB_LETTER | WB_NUMERIC | WB_KATAKANA, /* WB13a, WB13b */
    [CA_WB_REGIONAL_INDICATOR] = 1 << CA_WB_REGIONAL_INDICATOR,                  /* WB15, WB16 */
};

/* The classes one of which must come behind `middle` for it to tie `left` to them; none if it
 * never does. */
static uint32_t tied_by(uint32_t left, uint32_t middle) {
    if (in(WB_LETTER, left) && in(WB_LETTER_MIDDLE, middle)) return WB_LETTER;    /* WB6, WB7 */
    if (left == CA_WB_NUMERIC && in(WB_NUMBER_MIDDLE, middle)) return WB_NUMERIC; /* WB12, WB11 */
    if (left == CA_WB_HEBREW_LETTER && middle == CA_WB_DOUBLE_QUOTE)
        return WB_HEBREW; /* WB7b, WB7c */
    return 0;
}

/* Skip marks from `at` on (WB4). If a class of `wanted` follows: true, its class and the offset
 * behind it. */
static bool look_ahead(const uint8_t *text, size_t len, size_t at, uint32_t wanted, uint32_t *class,
                       size_t *end) {
    if (wanted == 0) return false;
    const ca_property *property;
    do {
        if (at == len) return false;
        at = read(text, len, at, &property);
    } while (in(WB_SKIPPED, property->wb));
    if (!in(wanted, property->wb)) return false;
    *class = property->wb;
    *end = at;
    return true;
}

/* Letters, digits and underscores of ASCII tie to each other and to what is before them, if that
 * is one of their classes (WB5, WB8 to WB10, WB13a, WB13b): the offset behind a run of them. */
static size_t ascii_word(const uint8_t *text, size_t len, size_t at, uint32_t *left) {
    if (!in(WB_ASCII_WORD, *left)) return at;
    for (; at < len && text[at] < 0x80; at++) {
        uint32_t class = ca_unicode_ascii[text[at]].wb;
        if (!in(WB_ASCII_WORD, class)) break;
        *left = class;
    }
    return at;
}

/* Whether there is a boundary at `at` (> 0) for certain, both neighbours being ASCII: unless the
 * right one may go on with the word that the left one ends, or both are spaces (WB3d). A middle on
 * the left ties nothing: those that do were passed together with what they tie. */
static bool ascii_boundary(const uint8_t *text, size_t len, size_t at) {
    if (at == len || (text[at - 1] | text[at]) >= 0x80) return false;
    uint32_t left = ca_unicode_ascii[text[at - 1]].wb;
    uint32_t right = ca_unicode_ascii[text[at]].wb;
    if (in(WB_ASCII_WORD, left))
        return !in(WB_ASCII_WORD | WB_LETTER_MIDDLE | WB_NUMBER_MIDDLE, right);
    return left != CA_WB_WSEGSPACE || right != CA_WB_WSEGSPACE;
}

size_t ca_uax29_word_end(const uint8_t *text, size_t len, size_t at) {
    const ca_property *property;
    size_t end = read(text, len, at, &property);
    uint32_t left = property->wb; /* the last class that WB4 does not skip */
    uint32_t last = property->wb; /* the last class */
    if (in(WB_LINE_END, left)) return line_end(text, len, end); /* WB3, WB3a */
    for (;;) {
        size_t run = ascii_word(text, len, end, &left);
        if (run != end) last = left;
        end = run;
        if (ascii_boundary(text, len, end)) return end; /* the usual end, found fast */
        if (end == len) return end;                     /* WB2 */

        size_t next = read(text, len, end, &property);
        uint32_t right = property->wb;
        if (in(WB_LINE_END, right)) return end; /* WB3b */
        if (in(WB_SKIPPED, right)) {            /* WB4 */
            last = right;
            end = next;
            continue;
        }
        bool joined = (last == CA_WB_ZWJ && (property->flags & CA_PICTO) != 0) || /* WB3c */
                      (last == CA_WB_WSEGSPACE && right == CA_WB_WSEGSPACE) ||    /* WB3d */
                      in(word_joins[left], right) ||
                      look_ahead(text, len, next, tied_by(left, right), &right, &next) ||
                      (left == CA_WB_HEBREW_LETTER && right == CA_WB_SINGLE_QUOTE); /* WB7a */
        if (!joined) return end;                                                    /* WB999 */
        /* An indicator that joins is the second of its pair, and ties to nothing (WB15, WB16). */
        left = right == CA_WB_REGIONAL_INDICATOR ? CA_WB_OTHER : right;
        last = right;
        end = next;
    }
}

/* ---- sentences ------------------------------------------------------------------------------ */

enum {
    SB_LINE_END = 1 << CA_SB_SEP | 1 << CA_SB_CR | 1 << CA_SB_LF, /* ParaSep in the rules */
    SB_SKIPPED = 1 << CA_SB_EXTEND | 1 << CA_SB_FORMAT,
    SB_CASED = 1 << CA_SB_UPPER | 1 << CA_SB_LOWER,
    SB_CLOSE = 1 << CA_SB_CLOSE,
    SB_SPACE = 1 << CA_SB_SP,
    SB_TERMINATOR = 1 << CA_SB_ATERM | 1 << CA_SB_STERM, /* SATerm */
    SB_DECIDES = 1 << CA_SB_OLETTER | SB_CASED | SB_LINE_END | SB_TERMINATOR
};

/* How far a sentence is from its terminator. */
typedef enum sentence_stage {
    IN_SENTENCE = 0,
    AT_TERMINATOR, /* SATerm */
    AT_CLOSE,      /* SATerm Close+ */
    AT_SPACE       /* SATerm Close* Sp+ */
} sentence_stage;

typedef struct sentence_state {
    sentence_stage stage;
    uint32_t left;       /* the last class that SB5 does not skip */
    uint32_t terminator; /* ATerm or STerm, where the stage is not IN_SENTENCE */
    bool cased;          /* upper or lower case stands before the terminator */
} sentence_state;

/* SB8: whether the first class from `at` on that decides is Lower. */
static bool lower_follows(const uint8_t *text, size_t len, size_t at) {
    const ca_property *property;
    do {
        if (at == len) return false;
        at = read(text, len, at, &property);
    } while (!in(SB_DECIDES, property->sb));
    return property->sb == CA_SB_LOWER;
}

/* Whether no boundary lies before the class `right`, which SB5 does not skip, at `at`. */
static bool sentence_joins(const sentence_state *state, uint32_t right, const uint8_t *text,
                           size_t len, size_t at) {
    if (state->stage == IN_SENTENCE) return true; /* SB998 */
    bool stop = state->terminator == CA_SB_ATERM;
    if (stop && state->stage == AT_TERMINATOR) {
        if (right == CA_SB_NUMERIC) return true;               /* SB6 */
        if (right == CA_SB_UPPER && state->cased) return true; /* SB7 */
    }
    if (right == CA_SB_SCONTINUE || in(SB_TERMINATOR, right)) return true; /* SB8a */
    if (in(SB_SPACE | SB_LINE_END, right)) return true;                    /* SB9, SB10 */
    if (right == CA_SB_CLOSE && state->stage != AT_SPACE) return true;     /* SB9 */
    /* Last, and so at most once for a terminator: either answer ends its influence. */
    return stop && lower_follows(text, len, at); /* SB8; else SB11 */
}

/* Move on over the class `right`, which has joined. */
static void sentence_advance(sentence_state *state, uint32_t right) {
    if (in(SB_TERMINATOR, right)) {
        state->stage = AT_TERMINATOR;
        state->terminator = right;
        state->cased = in(SB_CASED, state->left);
    } else if (state->stage != IN_SENTENCE && right == CA_SB_SP) {
        state->stage = AT_SPACE;
    } else if ((state->stage == AT_TERMINATOR || state->stage == AT_CLOSE) &&
               right == CA_SB_CLOSE) {
        state->stage = AT_CLOSE;
    } else {
        state->stage = IN_SENTENCE;
    }
    state->left = right;
}

/* ASCII that neither ends nor terminates anything, inside a sentence: the offset behind it. */
static size_t ascii_sentence(const uint8_t *text, size_t len, size_t at, uint32_t *left) {
    for (; at < len && text[at] < 0x80; at++) {
        uint32_t class = ca_unicode_ascii[text[at]].sb;
        if (in(SB_TERMINATOR | SB_LINE_END, class)) break;
        *left = class;
    }
    return at;
}

size_t ca_uax29_sentence_end(const uint8_t *text, size_t len, size_t at) {
    sentence_state state = {.stage = IN_SENTENCE, .left = CA_SB_OTHER};
    size_t end = at;
    while (end < len) {
        if (state.stage == IN_SENTENCE) {
            end = ascii_sentence(text, len, end, &state.left);
            if (end == len) break; /* SB2 */
        }
        const ca_property *property;
        size_t next = read(text, len, end, &property);
        uint32_t right = property->sb;
        if (!in(SB_SKIPPED, right)) { /* SB5 */
            if (!sentence_joins(&state, right, text, len, end)) return end;
            if (in(SB_LINE_END, right)) return line_end(text, len, next); /* SB3, SB4 */
            sentence_advance(&state, right);
        }
        end = next;
    }
    return end;
}
