/* vader.h - VADER (Hutto and Gilbert 2014), bit for bit as two Python packages compute it.
 *
 *     text       They did NOT really help, but war is terrible!
 *     tokens     They did NOT really help  but war is terrible            vader_tokens.h
 *     valence     0    0   0    0    1.7    0 -2.9  0   -2.1              vader_words.h
 *     after all rules              -0.98        -4.35   -3.15             vader_rules.h
 *     sum -8.48, with "!" -8.78;  compound = sum / sqrt(sum * sum + 15)
 *
 * The words come from outside (the user's installed package); the rules, with all their quirks,
 * are here. One pass over the text, linear in its length.
 */
#ifndef CA_VADER_H
#define CA_VADER_H

#include "base.h"
#include "letters.h"
#include "mem.h"
#include "texts.h"
#include "vader_rules.h"
#include "vader_tokens.h"
#include "vader_words.h"

typedef struct ca_vader {
    ca_vader_words words; /* filled by ca_vader_words_add and _add_emoji before the first text */
    ca_vader_port port;
    bool compensated; /* add up as Python 3.12 and later do (Neumaier), else from left to right */
    bool fold;        /* curly quotes, dashes and variation selectors made plain first */
} ca_vader;

/* Without words; *alloc and *letters must outlive it. */
CA_MUST_CHECK ca_status ca_vader_init(ca_vader *self, const ca_alloc *alloc,
                                      const ca_letters *letters, ca_vader_port port,
                                      bool compensated, bool fold);
void ca_vader_reset(ca_vader *self);

typedef struct ca_vader_score {
    double neg, neu, pos, compound; /* rounded as the packages do */
    double emphasis;                /* what ! and ? add to the sum, with its sign */
} ca_vader_score;

/* A word of the lexicon in a text. */
typedef struct ca_vader_hit {
    uint32_t start, end; /* code points of the text as it was given */
    uint32_t word, shifters;
    double value, contribution; /* the valence in the lexicon, and after all rules */
} ca_vader_hit;

/* Room for one text, used again for the next; one for each thread. Zero is empty. */
typedef struct ca_vader_work {
    ca_vader_tokens tokens;
    ca_vader_valences valences;
    ca_vader_hit *hits;
    size_t n_hits, hits_capacity;
} ca_vader_work;

void ca_vader_work_reset(const ca_alloc *alloc, ca_vader_work *work);

/* Score one text (not missing). With `want_hits` also fills work->hits, n_hits of them, in order:
 * all words of the lexicon that the rules did not pass over. O(len). */
CA_MUST_CHECK ca_status ca_vader_text(const ca_vader *self, ca_vader_work *work,
                                      const ca_alloc *alloc, const ca_text *text,
                                      const ca_vader_mask *mask, bool want_hits,
                                      const ca_poll *poll, ca_vader_score *out);

/* Python's round(value, digits) for |value| <= 1 and up to 4 digits: to even where the binary value
 * lies exactly between two. */
double ca_vader_round(double value, int digits);

#endif
