/* subset.h - some of the documents of a column, without tokenizing them again.
 *
 *     documents   0 1 2 3 4      keep 1 3
 *     subset      0 1            the same tokens, sentences and paragraphs
 *
 * Types are numbered anew by first appearance, so that the result is what tokenizing these
 * documents alone would give.
 */
#ifndef CA_SUBSET_H
#define CA_SUBSET_H

#include "base.h"
#include "mem.h"
#include "tokens.h"

/* Documents docs[0] < docs[1] < ... of `tokens` into *out (zero before), a column of n documents.
 * Linear in what is kept, and in the types. */
CA_MUST_CHECK ca_status ca_tokens_subset(const ca_alloc *alloc, const ca_tokens *tokens,
                                         const int64_t *docs, size_t n, uint64_t seed,
                                         const ca_poll *poll, ca_tokens *out);

#endif
