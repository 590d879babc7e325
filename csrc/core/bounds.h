/* bounds.h - the boundaries of UAX #29 in a whole text, as numbers of code points.
 *
 *     units    t h e   U . S .   3 . 5
 *     word     1 1 1 0 1 0 1 0 0 1 0 1     64 units at a time become one bit each, per class
 *     tied     0 0 0 0 0 1 0 0 0 0 1 0     a middle between two letters or two digits
 *     bounds   0     3 4     7 8 9     12  what neither joins: 0 and the end included
 *
 * Words are found by shifting and combining those bits, which is all there is to do in most text.
 * Where a mark, a format character or a script with rules of its own comes up, uax29.c decides,
 * up to the next place where both agree that a boundary is. The result is exactly uax29.h's.
 */
#ifndef CA_BOUNDS_H
#define CA_BOUNDS_H

#include "base.h"
#include "mem.h"
#include "texts.h"

/* Rising numbers of code points, from 0 to the length of the text; none for an empty or missing
 * text. Zero is empty. */
typedef struct ca_bounds {
    int64_t *at;
    size_t n, capacity;
} ca_bounds;

/* Append the boundaries of words, or of sentences, to *out, which is empty before; on failure it is
 * empty again. O(length), and what *out holds. Text that is UTF-8 must be valid (utf8.h). */
CA_MUST_CHECK ca_status ca_bounds_words(const ca_alloc *alloc, const ca_text *text,
                                        const ca_poll *poll, ca_bounds *out);
CA_MUST_CHECK ca_status ca_bounds_sentences(const ca_alloc *alloc, const ca_text *text,
                                            const ca_poll *poll, ca_bounds *out);

void ca_bounds_reset(const ca_alloc *alloc, ca_bounds *self);

#endif
