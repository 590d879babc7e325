/* score.h - hits of a lexicon with what stands around them: contributions to tone.
 *
 *     text          They did not really support the raid , but they signed .
 *     hit                               [+0.5]      [-0.5]          [+0.5]
 *     negated                             not          -               -     "raid" is out of reach
 *     intensified                       really         -               -
 *     contrast                           x0.5        x0.5            x1.5    around "but"
 *     contribution                      -0.23       -0.25           +0.75
 *
 * Contributions are fixed point, rounded once per hit: sums are exact and the same in any order.
 * What one is, about 10^12, is divided by 10^5 and by 1 to 18: weights with a few decimals, as
 * people write them, stay what they are, and so do their thirds and sixths, so that 1 - 3 / 3 is 0.
 */
#ifndef CA_SCORE_H
#define CA_SCORE_H

#include "base.h"
#include "lexicon.h"
#include "match.h"

/* What one is in fixed point. */
#define CA_SCORE_ONE (INT64_C(12252240) * 100000)

typedef struct ca_score_options {
    const double *weights;       /* by alias */
    const ca_shifters *shifters; /* NULL: there are none */
    const double *factors;       /* by alias of the shifters: of an intensifier */
    uint32_t reach;              /* tokens before a hit in which a negator counts */
    double negated;              /* factor of a hit with a negator before it */
    double before, behind;       /* factors of hits around a contrast; 1 each: none */
} ca_score_options;

/* Tokens whose hits do not count, as spans [first, end) over the whole column, sorted, without
 * overlaps. */
typedef struct ca_score_mask {
    const int64_t *first, *end;
    size_t n;
} ca_score_mask;

/* What became of a hit. Tokens are numbered over the whole column; -1 where there is none. */
typedef struct ca_scored {
    int64_t contribution;
    int64_t negator, intensifier, contrast;
    double intensity; /* product of the factors of the intensifiers */
    bool keep;        /* not under the mask, and of a weight that is not 0 */
} ca_scored;

/* Score the n hits found in `block`. O(hits x reach + tokens of sentences with hits + spans). */
void ca_score_hits(const ca_score_options *options, const ca_score_mask *mask,
                   const ca_tokens *tokens, const ca_block *block, const ca_mention *hits, size_t n,
                   ca_scored *out);

/* Sums of the kept hits of each sentence, by its number in the column. */
typedef struct ca_score_sums {
    int64_t *score, *positive; /* fixed point */
    int64_t *hits;
} ca_score_sums;

/* Add the n scored hits to the sums of their sentences, which are 0 before. CA_TOO_LARGE where a
 * sum might not fit. O(n). */
CA_MUST_CHECK ca_status ca_score_add(const ca_block *block, const ca_mention *hits,
                                     const ca_scored *scored, size_t n, ca_score_sums *sums);

/* Round to fixed point, half away from zero. */
static inline int64_t ca_score_fixed(double value) {
    double scaled = value * (double)CA_SCORE_ONE;
    return (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

#endif
