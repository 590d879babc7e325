/* unit_pairs.h - who stands in one unit with whom: the rows of an incidence, counted as pairs.
 *
 *     row 0  2xA 1xB        rule         A-B, row 0   row 1   sum     fractional: 1 / (m - 1),
 *     row 1  1xA 3xB 1xC    binary            1         1      2      m the actors of the unit,
 *                           min               1         1      2      in units of 2^-32
 *                           product           2         3      5
 *                           fractional        1         1/2    1.5
 *
 * Directed, a unit counts for (i, j) if some mention of i starts before some mention of j; it may
 * count for (j, i) as well.
 */
#ifndef CA_UNIT_PAIRS_H
#define CA_UNIT_PAIRS_H

#include "cooc.h"
#include "incidence.h"

typedef enum ca_rule {
    CA_RULE_BINARY,
    CA_RULE_MIN,
    CA_RULE_PRODUCT,
    CA_RULE_FRACTIONAL,
    CA_RULE_COUNT
} ca_rule;

/* One in fixed point: 31 bits before the binary point, 32 behind it. */
#define CA_ONE ((int64_t)1 << 32)

/* What is counted, all of it borrowed. `named` says for each row how many actors its unit names
 * (the rows may have been cut down since); only the fractional rule reads it. */
typedef struct ca_unit_pairs {
    const ca_incidence *incidence;
    const int32_t *named;
    ca_rule rule;
    ca_cooc_form form; /* .weighted for every rule but binary; .directed needs firsts and lasts */
} ca_unit_pairs;

/* Check the incidence, and count into events[i] (of n_actors, all 0) the meetings that the row of
 * actor i has. CA_INVALID where ca_incidence_validate would say no. O(entries), directed O(pairs).
 * The rows may come in any order of `units`; a document's are together. */
CA_MUST_CHECK ca_status ca_unit_pairs_events(const ca_unit_pairs *self, const ca_poll *poll,
                                             int64_t *events);

/* Count the rows of the actors first .. last - 1 into *out. `postings`, the transpose, may be NULL;
 * with it nothing has to wait, which saves memory where units name many actors. `events` are
 * those from above (unused with postings). The incidence has passed ca_unit_pairs_events.
 * CA_TOO_LARGE where a sum does not fit. */
CA_MUST_CHECK ca_status ca_unit_pairs_rows(const ca_alloc *alloc, const ca_unit_pairs *self,
                                           const ca_postings *postings, const int64_t *events,
                                           int32_t first, int32_t last, const ca_poll *poll,
                                           ca_cooc *out);

/* ---- the short way, for few actors ---- */

/* Actors for which a dense table of all pairs fits into the cache. */
#define CA_DENSE_ACTORS 768

/* Check rows first .. last - 1 and count them, binary and undirected, into a dense triangle:
 * cells[i * n_actors + j] of i <= j, i = j being the units that hold i. CA_INVALID as above, and
 * then the cells hold nothing of use. The caller sees to it that less than 2^32 rows are counted
 * into a cell. No allocation; any number of threads, each with cells of its own. */
CA_MUST_CHECK ca_status ca_unit_pairs_dense(const ca_incidence *incidence, size_t first,
                                            size_t last, const ca_poll *poll, uint32_t *cells);

/* Turn the triangle, summed over `n_tables` tables that lie one behind the other, into *out, and
 * its diagonal into `occurrences` (n_actors). */
CA_MUST_CHECK ca_status ca_unit_pairs_sparse(const ca_alloc *alloc, const uint32_t *cells,
                                             size_t n_tables, int32_t n_actors, ca_cooc *out,
                                             int64_t *occurrences);

#endif
