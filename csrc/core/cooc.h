/* cooc.h - who stands in one unit with whom: binary co-occurrence of an incidence.
 *
 *     row 0  doc 0:  A B        pairs     count  docs        actor  occurrences  actor_docs
 *     row 1  doc 0:  A B C      A < B:      3      2         A           3           2
 *     row 2  doc 1:  A B        A < C:      1      1         B           3           2
 *     row 3  doc 2:  C          B < C:      1      1         C           2           2
 *
 * A unit counts a pair once, however often it names the two; a pair is counted for i < j only; the
 * diagonal stands apart, as `occurrences`. The work is cut by actors, so that threads can share it:
 *
 *     ca_cooc_split(&postings, n_parts, bounds);
 *     for each part p, in any order, on any thread:
 *         ca_cooc_rows(alloc, &incidence, &postings, bounds[p], bounds[p + 1], poll, &parts[p]);
 *     ca_cooc_join(alloc, parts, n_parts, &cooc);     // the same for any cut
 */
#ifndef CA_COOC_H
#define CA_COOC_H

#include "incidence.h"

/* The upper triangle in compressed rows, for the actors first .. last - 1 (all of them once
 * joined): actor i meets indices[indptr[i - first]] .. up to indptr[i - first + 1], ascending and
 * above i, never with a count of 0. Zero is empty. */
typedef struct ca_cooc {
    int64_t *indptr;      /* last - first + 1 */
    int32_t *indices;     /* indptr[last - first] */
    int64_t *counts;      /* as many: units that hold both */
    int64_t *docs;        /* as many: distinct documents of these units */
    int64_t *occurrences; /* last - first: units that hold the actor */
    int64_t *actor_docs;  /* last - first: distinct documents of these units */
    int32_t first, last;
    int32_t n_actors;
} ca_cooc;

/* Cut [0, n_actors) into `n_parts` > 0 ranges of about equal work: part p is bounds[p] ..
 * bounds[p + 1] - 1, some may be empty. Depends on the data and n_parts alone. O(n_actors). */
void ca_cooc_split(const ca_postings *postings, size_t n_parts, int32_t *bounds);

/* Count the pairs of the actors first .. last - 1 with every later actor into *out, which the
 * caller resets. `postings` is the transpose of `incidence`; both are only read, so any number of
 * threads may do so at once. CA_INVALID for a range outside [0, n_actors] or postings of another
 * number of actors. O(n_actors) scratch; time linear in the entries of the rows that name these
 * actors, plus n_actors / 64 for each actor that occurs: over all parts sum of m^2 for rows of m
 * actors. */
CA_MUST_CHECK ca_status ca_cooc_rows(const ca_alloc *alloc, const ca_incidence *incidence,
                                     const ca_postings *postings, int32_t first, int32_t last,
                                     const ca_poll *poll, ca_cooc *out);

/* Put parts that follow one another into *out, which the caller resets; the parts stay the
 * caller's. CA_INVALID where a part does not begin where the one before it ends, or n_parts = 0.
 * O(pairs + actors). */
CA_MUST_CHECK ca_status ca_cooc_join(const ca_alloc *alloc, const ca_cooc *parts, size_t n_parts,
                                     ca_cooc *out);

/* Whether everything above holds; if not, *why names what is broken. O(pairs). */
bool ca_cooc_validate(const ca_cooc *self, const char **why);

/* Release the memory; the structure is empty again. */
void ca_cooc_reset(const ca_alloc *alloc, ca_cooc *self);

#endif
