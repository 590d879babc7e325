/* score.h - hits of a lexicon with what stands before them: contributions to tone.
 *
 *     text          They did not really support the raid .
 *     hit                           [+0.5]      [-0.5]
 *     negated                         yes         no         "not" is out of reach of "raid"
 *     contribution                  -0.37       -0.50        +0.5 x -0.74
 *
 * Contributions are fixed point, 10^12 to one, rounded once per hit: sums are exact and the same in
 * any order, and weights with a few decimals, as people write them, stay what they are.
 */
#ifndef CA_SCORE_H
#define CA_SCORE_H

#include "base.h"
#include "match.h"

/* What one is in fixed point. */
#define CA_SCORE_ONE INT64_C(1000000000000)

/* A hit of weight 1 that is negated contributes this much (the damped reversal of Hutto and
 * Gilbert 2014, who measured it on rated sentences). */
#define CA_SCORE_NEGATED (-0.74)

typedef struct ca_score_options {
    const double *weights;   /* by alias */
    const uint8_t *negators; /* by type; NULL: no negation */
    uint32_t reach;          /* tokens before a hit in which a negator counts */
} ca_score_options;

/* Tokens whose hits do not count, as spans [first, end) over the whole column, sorted. */
typedef struct ca_score_mask {
    const int64_t *first, *end;
    size_t n;
} ca_score_mask;

/* contribution[i] and negated[i] of each of the hits found in `block`; hits under the mask get
 * keep[i] = 0. O(hits x reach + spans). */
void ca_score_hits(const ca_score_options *options, const ca_score_mask *mask,
                   const ca_tokens *tokens, const ca_block *block, const ca_mention *hits, size_t n,
                   int64_t *contribution, uint8_t *negated, uint8_t *keep);

#endif
