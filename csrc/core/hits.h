/* hits.h - the hits of one document where spans may overlap, and which of them stay.
 *
 *     text      the Islamic State of Iraq and Syria
 *     hits          [ ISIS                      ]     overlap "all": these three
 *                   [ IS        ]       [ SYR ]       "nested": of one entry the longest only
 */
#ifndef CA_HITS_H
#define CA_HITS_H

#include "base.h"
#include "mem.h"
#include "mention.h"

/* A hit, with what it is ranked by. */
typedef struct ca_hit {
    ca_mention mention;
    int32_t priority;
} ca_hit;

/* Zero is empty. */
typedef struct ca_hits {
    ca_hit *items;
    size_t n, capacity;
} ca_hits;

void ca_hits_reset(const ca_alloc *alloc, ca_hits *self);

CA_MUST_CHECK ca_status ca_hits_add(const ca_alloc *alloc, ca_hits *self, ca_mention mention,
                                    int32_t priority);

/* Keep what counts, in order of place, then by entry, once for each of these. What lies within a
 * name that stands for nothing (an entry below 0) goes; with NESTED, of each entry the
 * leftmost-longest stay. With `losers` all of them stay. O(n log n). */
void ca_hits_settle(ca_hits *self, ca_overlap overlap, bool losers);

#endif
