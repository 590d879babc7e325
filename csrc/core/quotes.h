/* quotes.h - what stands between quotation marks, by paragraph.
 *
 *     He said: “We leave.” The “allies” stayed. “They never called,
 *              [--- 3 words]   [ 1 word ]        [--------- 3 words, up to the paragraph's end
 *
 * A quotation ends at its closer, at the next opening mark (the one before was never closed), or
 * with its paragraph; speech that goes on opens again in the next one. Straight marks open where
 * white space or an opening sign stands before them. Single marks are left alone: they are
 * apostrophes too often.
 */
#ifndef CA_QUOTES_H
#define CA_QUOTES_H

#include "base.h"
#include "mem.h"
#include "tokens.h"

/* Tokens [first, end) of a document, its marks among them. */
typedef struct ca_quote {
    size_t doc; /* number in the column */
    uint32_t first, end;
    uint32_t n_words;
} ca_quote;

/* Zero is empty. */
typedef struct ca_quotes {
    ca_quote *items;
    size_t n, capacity;
} ca_quotes;

void ca_quotes_reset(const ca_alloc *alloc, ca_quotes *self);

/* Append the quotations of a block, in order of place. O(tokens). */
CA_MUST_CHECK ca_status ca_quotes_block(const ca_alloc *alloc, const ca_tokens *tokens,
                                        const ca_block *block, const ca_poll *poll, ca_quotes *out);

#endif
