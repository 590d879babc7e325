/* join.h - tokens with hyphenated words in one piece again.
 *
 *     tokens   a | state | - | of | - | the | - | art | plan | – | ours
 *     joined   a | state-of-the-art | plan | – | ours
 *
 * A hyphen joins what stands on both sides of it without a gap, where that is a word or a number;
 * a possessive stays a token of its own. Joined tokens have a vocabulary of their own.
 */
#ifndef CA_JOIN_H
#define CA_JOIN_H

#include "base.h"
#include "tokens.h"

typedef struct ca_joined {
    const ca_alloc *alloc;
    int32_t *id;         /* n: types of `vocab`, numbered by first appearance */
    int64_t *doc_tokens; /* n_docs + 1: first token of each document, and the end */
    size_t n, n_docs, id_capacity;
    ca_vocab vocab;
} ca_joined;

/* Join the tokens of a column into *out, which may hold anything before and on failure is as it
 * was. O(tokens). */
CA_MUST_CHECK ca_status ca_join(const ca_alloc *alloc, const ca_tokens *tokens, const ca_poll *poll,
                                ca_joined *out);
void ca_joined_reset(ca_joined *self);

/* Whether every invariant holds; if not, *why says which does not. O(tokens). */
bool ca_joined_validate(const ca_joined *self, const char **why);

#endif
