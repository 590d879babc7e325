/* shape.h - what can be said of a type from its letters alone: its kind and its role in text.
 *
 *     ca_shape_of(STR("The"))      CA_WORD | CA_CAPITAL | CA_STARTER
 *     ca_shape_of(STR("1990s"))    CA_NUMBER | CA_STARTS_DIGIT
 *     ca_shape_of(STR("?"))        CA_PUNCTUATION | CA_TERMINATOR | CA_QUESTION | CA_ONE_POINT
 *
 * A shape is computed once per type; sentences, matching and tone then read bits.
 */
#ifndef CA_SHAPE_H
#define CA_SHAPE_H

#include "base.h"

typedef uint32_t ca_shape;

/* The kind of a token, the low four bits of its shape; ca_kind_names has their names. */
typedef enum ca_kind {
    CA_WORD = 0,
    CA_NUMBER,
    CA_PUNCTUATION,
    CA_SYMBOL_KIND,
    CA_URL,
    CA_EMAIL,
    CA_HASHTAG,
    CA_HANDLE,
    CA_EMOJI_KIND,
    CA_SPACE_KIND,
    CA_KIND_COUNT
} ca_kind;

extern const char *const ca_kind_names[CA_KIND_COUNT];

enum {
    CA_KIND_MASK = 0xF,
    CA_CAPITAL = 1 << 4,       /* begins with an upper-case letter */
    CA_SMALL = 1 << 5,         /* begins with a lower-case letter */
    CA_ALL_CAPS = 1 << 6,      /* has upper-case letters and no lower-case ones */
    CA_STARTS_DIGIT = 1 << 7,  /* begins with a digit */
    CA_TERMINATOR = 1 << 8,    /* . ! ? and their kin in other scripts, and runs of them */
    CA_FULL_STOP = 1 << 9,     /* exactly "." */
    CA_ELLIPSIS = 1 << 10,     /* two dots or more, or U+2026 */
    CA_OPENER = 1 << 11,       /* an opening bracket or quotation mark */
    CA_CLOSER = 1 << 12,       /* a closing bracket or quotation mark */
    CA_QUOTE = 1 << 13,        /* " or ', which may open or close */
    CA_DASH_ROLE = 1 << 14,    /* any hyphen or dash */
    CA_HYPHEN_ROLE = 1 << 15,  /* a hyphen, en dash or minus: what may stand inside a name */
    CA_POSSESSIVE = 1 << 16,   /* 's, with any apostrophe */
    CA_APOSTROPHE = 1 << 17,   /* one apostrophe alone: perhaps the possessive of States' */
    CA_STOPPED_WORD = 1 << 18, /* a word that kept its stop */
    CA_TITLE = 1 << 19,        /* Gen., Mr.: a name follows; St. may be last as well */
    CA_MAYBE_LAST = 1 << 20,   /* Inc., Sept.: may end a sentence */
    CA_WANTS_NUMBER = 1 << 21, /* No., p.: a number follows */
    CA_TIME_OF_DAY = 1 << 22,  /* a.m., p.m., and etc. */
    CA_INITIAL = 1 << 23,      /* one capital and its stop: J. */
    CA_INITIALISM = 1 << 24,   /* U.S., e.g. */
    CA_STARTER = 1 << 25,      /* The, But ...: likes to begin a sentence; Mr. too */
    CA_TIME_WORD = 1 << 26,    /* Monday, EST, time: may follow p.m. within a sentence */
    CA_BULLET = 1 << 27,       /* begins an item of a list */
    CA_ONE_POINT = 1 << 28,    /* one code point long */
    CA_BRACKET = 1 << 29,      /* an opener or closer that is no quotation mark */
    CA_CASELESS = 1 << 30      /* has letters, but none in upper or lower case */
};

/* said, asked, and ...: a lower-case word that goes on with the sentence behind "?" */
#define CA_LINK (UINT32_C(1) << 31)

/* Of marks alone: these bits mean something else on words that keep their stop. */
enum {
    CA_WIDE = CA_TITLE,          /* a terminator of a script that sets no blank behind it */
    CA_QUESTION = CA_MAYBE_LAST, /* begins with a question mark of Latin script */
    CA_COLON = CA_WANTS_NUMBER,  /* exactly ":" */
    CA_EYES = CA_TIME_OF_DAY,    /* : ; or =, which may begin an emoticon */
    CA_RULE = CA_INITIAL,        /* ***, =====: three or more of * = ~ or a dash */
    CA_SEPARATOR = CA_INITIALISM /* | > and the like, between the parts of a page */
};

/* Of words that keep their stop. */
enum {
    CA_STATE = CA_ELLIPSIS /* Calif., D.C.: behind a comma it may end a sentence */
};

/* Of words that keep none. */
enum {
    CA_LABEL = CA_INITIALISM,        /* plan, Group: a letter behind it is no initial */
    CA_NAME_TOO = CA_TITLE,          /* Will, May: starters that are names as well */
    CA_SHOUT = CA_WANTS_NUMBER,      /* Yahoo: a name that is written with "!" */
    CA_INNER_CAPITAL = CA_MAYBE_LAST /* iPhone, eBay: a name in spite of its small letter */
};

/* What sentences.c stops at; only marks and words that keep their stop have one of these. */
#define CA_MAY_END (CA_TERMINATOR | CA_STOPPED_WORD | CA_BRACKET | CA_BULLET | CA_RULE | CA_EYES)

static inline ca_kind ca_shape_kind(ca_shape shape) {
    return (ca_kind)(shape & CA_KIND_MASK);
}

/* The shape of the type `type` (not empty). O(len). */
ca_shape ca_shape_of(ca_str type);

/* What number of an item the type could be: 1 to 99 for figures, 101 to 126 for "a" to "z", 202 to
 * 220 for "ii" to "xx" (the same for capitals), 0 for what marks none. O(1). */
uint8_t ca_shape_ordinal(ca_str type);

/* Whether an item of ordinal `next` may follow one of `ordinal`: b c, 9 10, iv v, but not b d. */
bool ca_shape_ordinal_follows(uint8_t ordinal, uint8_t next);

#endif
