/* quotes.h - what stands between quotation marks.
 *
 *     text     He said: “We will fight.” The “free” press agreed.
 *     spans             [ speech    ]        [scare]
 *
 * A quotation ends at its closer, or at the end of its paragraph; if the next paragraph opens with
 * a quotation mark, it goes on there. An opening mark while a quotation is open closes it, since
 * some texts have no closing ones. Single marks count only where the quotation is closed within its
 * paragraph and no double one is open: most of them are apostrophes. Up to CA_SCARE_WORDS words
 * are a scare quote, more are speech; state-of-the-art is one. Block quotes and indirect speech are
 * not found.
 */
#ifndef CA_QUOTES_H
#define CA_QUOTES_H

#include "base.h"
#include "mem.h"
#include "tokens.h"

#define CA_SCARE_WORDS 3

/* Tokens [first, end) of a document stand in quotation marks; the marks are not among them. */
typedef struct ca_quote {
    size_t doc;
    uint32_t first, end;
    bool speech;
} ca_quote;

/* Zero is empty. */
typedef struct ca_quotes {
    ca_quote *items;
    size_t n, capacity;
} ca_quotes;

void ca_quotes_reset(const ca_alloc *alloc, ca_quotes *self);

/* The role of each type as a quotation mark, into room for vocab->n. O(types). */
void ca_quotes_roles(const ca_vocab *vocab, uint8_t *roles);

/* Append the quotations of a block, in order. Linear in its tokens. */
CA_MUST_CHECK ca_status ca_quotes_block(const ca_alloc *alloc, const ca_tokens *tokens,
                                        const ca_block *block, const uint8_t *roles,
                                        const ca_poll *poll, ca_quotes *out);

#endif
