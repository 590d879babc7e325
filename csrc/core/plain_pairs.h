/* plain_pairs.h - who stands in one unit with whom, where a meeting is nothing but a meeting: no
 * weight, no document, no direction. What unit_pairs.h counts for any rule, in less time and
 * memory.
 *
 *     row 0   A B C       waiting, by first actor     A:  B C B        cells    B 2  C 1
 *     row 1   A B                                     B:  C                     C 1
 *     row 2   C
 *
 * All three steps are short: what waits takes two bytes where actors are few enough, counts take
 * four, and no branch depends on whether two actors have met before.
 */
#ifndef CA_PLAIN_PAIRS_H
#define CA_PLAIN_PAIRS_H

#include "cooc.h"
#include "incidence.h"

/* Check the incidence, and count into events[i] (n_actors, all 0) how many meetings the row of
 * actor i has, into occurrences[i] (likewise) the rows that name it. CA_INVALID where
 * ca_incidence_validate would say no; CA_TOO_LARGE above INT32_MAX rows. O(entries). */
CA_MUST_CHECK ca_status ca_plain_pairs_events(const ca_incidence *incidence, const ca_poll *poll,
                                              int64_t *events, int64_t *occurrences);

/* Count the rows of the actors first .. last - 1 into *out, which has `few` and no `units`. With
 * `postings`, the transpose, nothing has to wait, which saves memory where units name many actors;
 * they may be NULL. `events` are those from above. */
CA_MUST_CHECK ca_status ca_plain_pairs_rows(const ca_alloc *alloc, const ca_incidence *incidence,
                                            const ca_postings *postings, const int64_t *events,
                                            int32_t first, int32_t last, const ca_poll *poll,
                                            ca_cooc *out);

#endif
