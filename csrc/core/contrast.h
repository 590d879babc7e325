/* contrast.h - what "but" does to the valences of a text in vaderSentiment, to the letter.
 *
 *     words      good  bad  but  good          valences  1.9  -2.5   0   1.9
 *
 *     for s in valences:                        k = 0: the first 1.9 is halved     0.95 -2.5 0 1.9
 *         i = valences.index(s)                 k = 1: the first -2.5 is halved    0.95 -1.25 0 1.9
 *         scale valences[i]                     k = 3: the first 1.9 is itself     0.95 -1.25
 * 0 2.85
 *
 * The reference looks the value up in the list that it is changing, so equal values before "but"
 * can be scaled again and again, and one behind it not at all. Done as written that is quadratic;
 * here every value has its positions in a heap, for O(n log n).
 */
#ifndef CA_CONTRAST_H
#define CA_CONTRAST_H

#include "base.h"
#include "mem.h"

/* A word of the lexicon: its number in the text, and its valence. */
typedef struct ca_valence {
    uint32_t word;
    double value;
} ca_valence;

/* Room that is used again for the next text. Zero is empty. */
typedef struct ca_contrast {
    uint32_t *left, *right; /* of each item: its children in the heap */
    uint32_t *slots;        /* value -> item at the top of its heap + 1, 0 where there is none */
    double *keys;
    size_t left_capacity, right_capacity, slots_capacity, keys_capacity;
} ca_contrast;

void ca_contrast_reset(const ca_alloc *alloc, ca_contrast *self);

/* Scale items[0..n), which are in order of their words, around the word number `but`. */
CA_MUST_CHECK ca_status ca_contrast_scale(ca_contrast *self, const ca_alloc *alloc, uint32_t but,
                                          ca_valence *items, size_t n);

#endif
