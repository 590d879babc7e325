/* letters.h - what a Python says of code points: its own case, white space and word characters.
 *
 *     ca_letter k = ca_letters_of(&letters, 0x212A);      // KELVIN SIGN: lower case is 'k'
 *     ca_letters_lower(&letters, alloc, STR("\u039F\u03A3"), &scratch, &out);   // final sigma too
 *
 * Scores that are to equal those of a Python package to the last bit must use the table of the
 * interpreter at hand, whatever version of Unicode it knows; unicode.h is ours and stays as it is.
 * The table is filled from outside, then never changes.
 *
 *     cp --> stage1[cp >> 8] --> blocks[number, low bits of cp]
 */
#ifndef CA_LETTERS_H
#define CA_LETTERS_H

#include "base.h"
#include "mem.h"
#include "texts.h"

#define CA_LETTERS_LIMIT 0x110000u

/* Code points that one code point can be in lower case. */
#define CA_LETTERS_LOWER_MAX 3

enum {
    CA_IS_UPPER = 1,      /* what str.isupper() wants to see */
    CA_IS_LOWER = 2,      /* what it must not see: lower or title case */
    CA_IS_SPACE = 4,      /* str.isspace(), str.split(), \s */
    CA_IS_WORD = 8,       /* \w: alphanumeric, or the underscore */
    CA_IS_CASED = 16,     /* a letter before or behind a final sigma ... */
    CA_IS_IGNORABLE = 32, /* ... and what may stand between */
    CA_IS_LONG = 64       /* its lower case has several code points */
};

typedef struct ca_letter {
    uint32_t lower; /* its lower case; of a long one the first of several */
    uint32_t flags;
} ca_letter;

/* The lower case of one that is long. */
typedef struct ca_long_lower {
    uint32_t cp, n, lower[CA_LETTERS_LOWER_MAX];
} ca_long_lower;

typedef struct ca_letters {
    const ca_alloc *alloc;
    uint16_t stage1[CA_LETTERS_LIMIT >> 8];
    ca_letter *blocks; /* 256 each; lower is kept as the distance to the code point */
    size_t n_blocks, capacity;
    ca_long_lower *longs;
    size_t n_longs;
} ca_letters;

/* Fill *self from one entry a code point, and the long ones (copied). */
CA_MUST_CHECK ca_status ca_letters_init(ca_letters *self, const ca_alloc *alloc,
                                        const ca_letter *all, const ca_long_lower *longs,
                                        size_t n_longs);
void ca_letters_reset(ca_letters *self);

/* What is said of `cp`; nothing of what is no code point. O(1). */
static inline ca_letter ca_letters_of(const ca_letters *self, uint32_t cp) {
    if (CA_UNLIKELY(cp >= CA_LETTERS_LIMIT)) return (ca_letter){cp, 0};
    ca_letter letter = self->blocks[(size_t)self->stage1[cp >> 8] << 8 | (cp & 0xFF)];
    letter.lower += cp;
    return letter;
}

/* str.lower() of `text` into `scratch`; *out borrows it. O(len). */
CA_MUST_CHECK ca_status ca_letters_lower(const ca_letters *self, const ca_alloc *alloc, ca_str text,
                                         ca_scratch *scratch, ca_str *out);

/* Whether the sigma at `at` (of two bytes) stands at the end of a word, where it is another letter
 * in lower case. */
bool ca_letters_final_sigma(const ca_letters *self, ca_str text, size_t at);

/* Write the lower case of the code point `cp`, which stands at text[at], to `out`, which has room
 * for 4 * CA_LETTERS_LOWER_MAX bytes; the number of bytes. */
size_t ca_letters_lower_one(const ca_letters *self, ca_str text, size_t at, uint32_t cp,
                            uint8_t *out);

/* Whether every invariant holds; if not, *why says which does not. */
bool ca_letters_validate(const ca_letters *self, const char **why);

#endif
