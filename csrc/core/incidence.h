/* incidence.h - which unit names which actor, how often: the matrix that statistics are about.
 *
 *     mentions, by unit            incidence                          postings (its transpose)
 *     unit  doc  actor
 *        3    0      2             row 0  unit 3  doc 0:  1x1  2x2     actor 0:  row 1
 *        3    0      1             row 1  unit 7  doc 1:  0x1  2x1     actor 1:  row 0
 *        3    0      2                                                 actor 2:  row 0, row 1
 *        7    1      2
 *        7    1      0
 *
 * A unit is a sentence, a paragraph or a document; only units that name an actor have a row. How
 * many units there are in all, empty ones included, is the caller's to know. Both structures are
 * frozen once built: any number of threads may read them.
 */
#ifndef CA_INCIDENCE_H
#define CA_INCIDENCE_H

#include "base.h"
#include "mem.h"

/* Mentions as they come, borrowed: n rows by ascending unit, actors of a unit in any order and as
 * often as they are named. A unit lies in one document, and documents ascend with units. */
typedef struct ca_incidence_rows {
    const int64_t *units;
    const int64_t *docs;
    const int32_t *actors;
    const int64_t *starts; /* where each begins, never descending within a unit; may be NULL */
    size_t n;
} ca_incidence_rows;

/* Units x actors in compressed rows. Row r holds entries indptr[r] .. indptr[r + 1] - 1, at least
 * one; its actors ascend and its counts are positive. Zero is empty. */
typedef struct ca_incidence {
    int64_t *indptr; /* n_rows + 1 */
    int32_t *actors; /* indptr[n_rows] */
    int32_t *counts; /* as many: mentions of the actor in the unit */
    int64_t *firsts; /* as many: where its first mention starts; NULL where nobody asked */
    int64_t *lasts;  /* as many: where its last one does; NULL likewise */
    int64_t *units;  /* n_rows, strictly ascending: the caller's number of the unit */
    int64_t *docs;   /* n_rows, ascending: the document of the unit */
    size_t n_rows;
    int32_t n_actors;
} ca_incidence;

/* The rows that name each actor, ascending: actor i has rows[indptr[i]] .. rows[indptr[i + 1] - 1].
 * Zero is empty. */
typedef struct ca_postings {
    int64_t *indptr; /* n_actors + 1 */
    int64_t *rows;   /* indptr[n_actors] */
    int32_t n_actors;
} ca_postings;

/* Count `rows` into *out, which the caller resets; what it held before is not released.
 * CA_INVALID where an actor is not in [0, n_actors), units or documents descend, or a unit lies in
 * two documents; CA_TOO_LARGE above INT32_MAX mentions of one actor in one unit. O(n log m) for
 * units of up to m mentions; 8 bytes of scratch for each mention of the longest unit. */
CA_MUST_CHECK ca_status ca_incidence_build(const ca_alloc *alloc, const ca_incidence_rows *rows,
                                           int32_t n_actors, const ca_poll *poll,
                                           ca_incidence *out);

/* Turn the incidence round into *out, which the caller resets. O(entries + n_actors). */
CA_MUST_CHECK ca_status ca_incidence_transpose(const ca_alloc *alloc, const ca_incidence *self,
                                               const ca_poll *poll, ca_postings *out);

/* Count for each actor the rows that name it, and the documents they lie in, into arrays of
 * n_actors. A document's rows are together. O(entries + n_actors). */
CA_MUST_CHECK ca_status ca_incidence_margins(const ca_alloc *alloc, const ca_incidence *self,
                                             const ca_poll *poll, int64_t *occurrences,
                                             int64_t *actor_docs);

/* Whether pointers begin at 0 and never descend: then all of them lie in 0 .. indptr[n_rows]. */
bool ca_indptr_valid(const int64_t *indptr, size_t n_rows);

/* Whether everything above holds; if not, *why names what is broken. O(entries). */
bool ca_incidence_validate(const ca_incidence *self, const char **why);
bool ca_postings_validate(const ca_postings *self, const char **why);

/* Release the memory; the structure is empty again. */
void ca_incidence_reset(const ca_alloc *alloc, ca_incidence *self);
void ca_postings_reset(const ca_alloc *alloc, ca_postings *self);

#endif
