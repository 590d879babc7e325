/* lexicon.h - what words do to the value of a hit behind them: negation.
 *
 *     "did not really support"      not: a negator, two words before the hit
 *     "not only ... , support"      a comma ends its reach
 *
 * The roles of types are found once per vocabulary, then read per token.
 */
#ifndef CA_LEXICON_H
#define CA_LEXICON_H

#include "base.h"
#include "vocab.h"

/* Whether a word, folded and with straight apostrophes, negates (not, never, n't ...). */
bool ca_lexicon_is_negator(ca_str folded);

/* role[i] = 1 for each type of `vocab` that negates. O(bytes of the types). */
CA_MUST_CHECK ca_status ca_lexicon_negators(const ca_alloc *alloc, const ca_vocab *vocab,
                                            uint8_t **roles);

#endif
