/* word_windows.h - who stands within k words of whom: mentions by place, counted as pairs.
 *
 *     words       Moscow  called  the  Taliban  and  Kabul  .      reach 2:  TALIBAN-AFG, d = 2
 *     mentions    [RUS ]               [TALI.]       [AFG]         reach 3:  RUS-TALIBAN, d = 3 too
 *                    0       1     2      3      4     5
 *
 * The distance of two mentions is that of the nearest edges, in words: 1 where they are neighbours.
 * Mentions that overlap, or that lie in different segments (documents, sentences ...), are no pair.
 * Each pair of mentions is one meeting. Directed, it is that of the earlier with the later.
 */
#ifndef CA_WORD_WINDOWS_H
#define CA_WORD_WINDOWS_H

#include "cooc.h"

/* Mentions, borrowed: by segment; within one by first word, never descending. The documents of
 * one segment are one, and a document's segments are together. */
typedef struct ca_word_windows {
    const int64_t *segments, *docs, *firsts, *ends; /* words [firsts, ends) */
    const int32_t *actors;
    const uint8_t
        *repeats; /* 1: only another name of the mention before, so no self pair; or NULL */
    size_t n;
    int32_t n_actors;
    int64_t reach;          /* longest distance that is counted, at least 1 */
    const int64_t *weights; /* of the distances 1 .. reach, not negative, 0 for none; or NULL */
    ca_cooc_form form;      /* .weighted where there are weights */
} ca_word_windows;

/* Check all of the above (CA_INVALID), and count into events[i] (n_actors, all 0) the meetings that
 * the row of actor i has. `selves` (n_actors, all 0) gets the weights of the pairs of mentions of
 * one actor. CA_TOO_LARGE where a sum does not fit. O(mentions + pairs of mentions in reach). */
CA_MUST_CHECK ca_status ca_word_windows_events(const ca_word_windows *self, const ca_poll *poll,
                                               int64_t *events, int64_t *selves);

/* Count the rows of the actors first .. last - 1 into *out, with the events from above; the
 * mentions have passed the check. CA_TOO_LARGE where a sum does not fit. */
CA_MUST_CHECK ca_status ca_word_windows_rows(const ca_alloc *alloc, const ca_word_windows *self,
                                             const int64_t *events, int32_t first, int32_t last,
                                             const ca_poll *poll, ca_cooc *out);

#endif
