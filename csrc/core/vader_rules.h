/* vader_rules.h - the words of a lexicon among other words: what VADER makes of each valence.
 *
 *     tokens     They did NOT really help  but war is terrible
 *     valence     0    0   0    0    1.7    0 -2.9  0   -2.1          from the word list
 *     in context                   -1.97        -2.9    -2.1          booster, negation
 *     around but                   -0.98        -4.35   -3.15
 *
 * With all their quirks: the look-up of equal values around "but" in vaderSentiment (contrast.h),
 * the context of its first occurrence for each repeated token in NLTK's port.
 */
#ifndef CA_VADER_RULES_H
#define CA_VADER_RULES_H

#include "base.h"
#include "contrast.h"
#include "mem.h"
#include "vader_tokens.h"
#include "vader_words.h"

/* What happened to a valence, as bits. */
enum {
    CA_VADER_NEGATED = 1,
    CA_VADER_BOOSTED = 2,
    CA_VADER_DAMPENED = 4,
    CA_VADER_CAPITALS = 8,
    CA_VADER_IDIOMATIC = 16,
    CA_VADER_BEFORE_BUT = 32,
    CA_VADER_BEHIND_BUT = 64,
    CA_VADER_LEAST = 128,
    CA_VADER_NEVER_SO = 256, /* "never so", "so", "this": strengthened */
    CA_VADER_NO = 512        /* "no" before it, or it is the "no" before another */
};

/* The valences of one text after all rules, and room for the next. Zero is empty. */
typedef struct ca_vader_valences {
    ca_valence *items; /* by token, rising: those of the lexicon that the rules do not pass over */
    uint32_t *shifters;
    size_t n;
    ca_contrast contrast;
    uint32_t *seen; /* by entry: the first candidate of this text + 1, in NLTK's port */
    uint32_t *chain;
    size_t items_capacity, shifters_capacity, seen_capacity, chain_capacity;
} ca_vader_valences;

void ca_vader_valences_reset(const ca_alloc *alloc, ca_vader_valences *self);

/* Fill *self from the tokens of a text. O(tokens + n log n). */
CA_MUST_CHECK ca_status ca_vader_valences_find(ca_vader_valences *self, const ca_alloc *alloc,
                                               const ca_vader_words *words,
                                               const ca_vader_tokens *tokens, ca_vader_port port);

#endif
