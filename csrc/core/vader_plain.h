/* vader_plain.h - a text with its emoji written out, and typography made plain where asked for.
 *
 *     given     ok😀then, isn’t it — good          (fold)
 *     plain     ok grinning facethen, isn't it  -  good
 *     origin    0123333333333333345678...          the code point that each byte comes from
 *
 * As in the package vaderSentiment a blank is put before the words of an emoji unless one stands
 * there; none behind them, so a letter that follows hangs on.
 */
#ifndef CA_VADER_PLAIN_H
#define CA_VADER_PLAIN_H

#include "base.h"
#include "mem.h"
#include "texts.h"
#include "vader_words.h"

/* Room that is used again for the next text. Zero is empty. */
typedef struct ca_vader_plain {
    ca_scratch bytes;
    uint32_t *origin; /* of each byte, where it was asked for */
    size_t origin_capacity;
} ca_vader_plain;

void ca_vader_plain_reset(const ca_alloc *alloc, ca_vader_plain *self);

/* What a code point beyond ASCII becomes where typography is folded: NULL where it stays. A dash
 * parts two words, a variation selector is nothing. */
const char *ca_vader_plain_sign(uint32_t cp);

/* Write `text`; *out borrows it from *self. O(len). */
CA_MUST_CHECK ca_status ca_vader_plain_write(ca_vader_plain *self, const ca_alloc *alloc,
                                             const ca_vader_words *words, ca_str text, bool fold,
                                             bool origins, ca_str *out);

#endif
