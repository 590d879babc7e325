/* letters.h - a small table of letters for tests: ASCII, a few letters beyond it, what a Python
 * says of them.
 *
 *     ca_letters letters = letters_open(&hook);
 *     ...
 *     ca_letters_reset(&letters);
 */
#ifndef CA_TEST_LETTERS_H
#define CA_TEST_LETTERS_H

#include <ctype.h>
#include <stdlib.h>

#include "support.h"
#include "../../csrc/core/letters.h"

static inline void letters_set(ca_letter *all, uint32_t cp, uint32_t lower, uint32_t flags) {
    all[cp] = (ca_letter){lower, flags};
}

/* One entry a code point; the caller frees it. */
static inline ca_letter *letters_all(void) {
    ca_letter *all = malloc(CA_LETTERS_LIMIT * sizeof *all);
    assert_non_null(all);
    for (uint32_t cp = 0; cp < CA_LETTERS_LIMIT; cp++) all[cp] = (ca_letter){cp, 0};
    for (uint32_t cp = 'a'; cp <= 'z'; cp++) {
        letters_set(all, cp, cp, CA_IS_LOWER | CA_IS_WORD | CA_IS_CASED);
        letters_set(all, cp - 32, cp, CA_IS_UPPER | CA_IS_WORD | CA_IS_CASED);
    }
    for (uint32_t cp = '0'; cp <= '9'; cp++) all[cp].flags = CA_IS_WORD;
    all['_'].flags = CA_IS_WORD;
    all['\''].flags = all['.'].flags = CA_IS_IGNORABLE;
    all[' '].flags = all['\t'].flags = all['\n'].flags = CA_IS_SPACE;
    all[0xA0].flags = all[0x2003].flags = CA_IS_SPACE;
    letters_set(all, 0xC9, 0xE9, CA_IS_UPPER | CA_IS_WORD | CA_IS_CASED); /* E with acute */
    letters_set(all, 0xE9, 0xE9, CA_IS_LOWER | CA_IS_WORD | CA_IS_CASED);
    letters_set(all, 0x39F, 0x3BF, CA_IS_UPPER | CA_IS_WORD | CA_IS_CASED); /* omicron */
    letters_set(all, 0x3A3, 0x3C3, CA_IS_UPPER | CA_IS_WORD | CA_IS_CASED); /* sigma */
    letters_set(all, 0x212A, 'k', CA_IS_UPPER | CA_IS_WORD | CA_IS_CASED);  /* KELVIN SIGN */
    letters_set(all, 0x130, 'i', CA_IS_UPPER | CA_IS_WORD | CA_IS_CASED | CA_IS_LONG);
    return all;
}

static inline ca_status letters_fill(const ca_alloc *alloc, ca_letters *letters) {
    const ca_long_lower longs[] = {{0x130, 2, {'i', 0x307, 0}}};
    ca_letter *all = letters_all();
    ca_status status = ca_letters_init(letters, alloc, all, longs, 1);
    free(all);
    return status;
}

static inline ca_letters letters_open(const ca_alloc *alloc) {
    ca_letters letters;
    const char *why = "";
    assert_int_equal(letters_fill(alloc, &letters), CA_OK);
    if (!ca_letters_validate(&letters, &why)) fail_msg("letters: %s", why);
    return letters;
}

#endif
