/* cooc.h - who meets whom: a sparse table of pairs, and the board on which meetings are tallied.
 *
 *     meetings, by document        table                    units  docs
 *     A B   doc 0                  A: B                       3      2
 *     A C   doc 0                  A: C                       1      1
 *     B C   doc 0                  B: C                       1      1
 *     A B   doc 0
 *     A B   doc 1
 *
 * A meeting is a unit that holds both actors, or two mentions within a window; it may have a
 * weight. Where direction is not counted, the pair i < j stands in the row of i. The work is cut by
 * the actors of the rows, so that threads can share it, and so that the meetings that wait to be
 * tallied fit into a bounded piece of memory:
 *
 *     events[i] = how many meetings row i has;
 *     ca_cooc_cut(alloc, events, n_actors, &bounds, &n_parts);
 *     for each part, in any order, on any thread: ... ca_board_... -> parts[p]
 *     ca_cooc_join(alloc, parts, n_parts, &cooc);          // the same for any cut
 */
#ifndef CA_COOC_H
#define CA_COOC_H

#include "base.h"
#include "mem.h"

/* Compressed rows for the actors first .. last - 1 (all of them once joined): actor i meets
 * indices[indptr[i - first]] .. up to indptr[i - first + 1], ascending, above i unless `directed`,
 * never i itself, never without a meeting. Zero is empty. */
typedef struct ca_cooc {
    int64_t *indptr;  /* last - first + 1 */
    int32_t *indices; /* indptr[last - first] */
    int64_t *units;   /* as many: meetings of the pair; or NULL, and they are in */
    int32_t *few;     /* as many, where a meeting has neither weight nor document */
    int64_t *sums;    /* as many: their weights; NULL where each weighs 1 */
    int64_t *docs;    /* as many: distinct documents; NULL where each meeting has its own */
    int32_t first, last;
    int32_t n_actors;
    bool directed;
} ca_cooc;

/* How the pairs of a table are counted. */
typedef struct ca_cooc_form {
    bool directed, weighted, with_docs;
} ca_cooc_form;

/* Cut [0, n_actors) into ranges with a bounded number of meetings each (or a single actor): part p
 * is (*bounds)[p] .. (*bounds)[p + 1] - 1; the caller frees *bounds. Depends on `events` alone. */
CA_MUST_CHECK ca_status ca_cooc_cut(const ca_alloc *alloc, const int64_t *events, int32_t n_actors,
                                    int32_t **bounds, size_t *n_parts);

/* Put parts that follow one another into *out, which the caller resets; the parts are emptied as
 * they are copied. CA_INVALID where a part does not begin where the one before it ends, where
 * forms differ, or n_parts = 0; then they stay as they are. O(pairs + actors). */
CA_MUST_CHECK ca_status ca_cooc_join(const ca_alloc *alloc, ca_cooc *parts, size_t n_parts,
                                     ca_cooc *out);

/* What stands above the diagonal of n rows. A value is any 8 bytes, or a count of 4: then `values`
 * is NULL. */
typedef struct ca_triangle {
    const int64_t *indptr; /* n + 1 */
    const int32_t *indices;
    const int64_t *values;
    const int32_t *few;
    int32_t n;
} ca_triangle;

/* Put the lower triangle beside an upper one, into arrays of n + 1, and of twice as many pairs.
 * CA_INVALID where row pointers descend or a pair is not i < j < n. O(pairs + n). */
CA_MUST_CHECK ca_status ca_cooc_mirror(const ca_triangle *upper, const ca_poll *poll,
                                       int64_t *out_indptr, int32_t *out_indices,
                                       int64_t *out_values);

/* Whether everything above holds; if not, *why names what is broken. O(pairs). */
bool ca_cooc_validate(const ca_cooc *self, const char **why);

/* Release the memory; the structure is empty again. */
void ca_cooc_reset(const ca_alloc *alloc, ca_cooc *self);

/* ---- the board ----
 *
 *     waiting, by row         cells: one for each actor     `seen`: one bit for each cell in use
 *     row A:  B C B B         B: 3   C: 1                   read from its low end, it gives the
 *     row B:  C                                             others in order, without a sort
 */

typedef struct ca_cell {
    int64_t sum, units;
    uint32_t docs, last; /* `last` is the last document plus one */
} ca_cell;

typedef struct ca_board {
    const ca_alloc *alloc;
    const ca_poll *poll;
    ca_cooc_form form;
    ca_cell *cells;       /* n_actors */
    uint64_t *seen, *top; /* a bit for each actor; for each word of `seen` */
    int64_t *at;          /* where the next meeting of a row waits */
    int32_t *others;
    uint32_t *docs;
    int64_t *weights;
    ca_cooc out;
    size_t n_pairs, room, capacity[4], work;
    bool overflow;
} ca_board;

/* Make room for the rows first .. last - 1. With `events` (n_actors numbers of meetings) that many
 * may wait in each row; with NULL none may, and they are tallied at once. On failure there is
 * nothing to close. */
CA_MUST_CHECK ca_status ca_board_open(ca_board *self, const ca_alloc *alloc, ca_cooc_form form,
                                      int32_t n_actors, int32_t first, int32_t last,
                                      const int64_t *events, const ca_poll *poll);

/* Let a meeting wait in the row of actor i, which has room; documents below UINT32_MAX come
 * together. */
static inline void ca_board_wait(ca_board *self, int32_t i, int32_t other, uint32_t doc,
                                 int64_t weight) {
    int64_t k = self->at[i - self->out.first]++;
    self->others[k] = other;
    if (self->form.with_docs) self->docs[k] = doc;
    if (self->form.weighted) self->weights[k] = weight;
}

/* Tally a meeting of the row that is being written; weights are not negative. */
static inline void ca_board_tally(ca_board *self, int32_t other, uint32_t doc, int64_t weight) {
    if (self->seen[other / 64] == 0) self->top[other / 4096] |= (uint64_t)1 << (other / 64 % 64);
    self->seen[other / 64] |= (uint64_t)1 << (other % 64);
    ca_cell *cell = &self->cells[other];
    cell->units++;
    cell->docs += cell->last != doc + 1;
    cell->last = doc + 1;
    self->overflow |= cell->sum > INT64_MAX - weight;
    cell->sum = (int64_t)((uint64_t)cell->sum + (uint64_t)weight);
}

/* Count work against the next question whether to stop. */
static inline ca_status ca_board_did(ca_board *self, size_t work) {
    self->work += work;
    if (CA_LIKELY(self->work < CA_POLL_EVERY)) return CA_OK;
    self->work = 0;
    return ca_poll_stop(self->poll) ? CA_STOPPED : CA_OK;
}

/* Write down what was tallied as the row of actor i, and clear the cells. Rows come in order. */
CA_MUST_CHECK ca_status ca_board_write(ca_board *self, int32_t i);

/* Tally all that waits, and write every row down. */
CA_MUST_CHECK ca_status ca_board_write_all(ca_board *self);

/* Release the board, and hand its table to *out if `status` is CA_OK. Returns `status`, or
 * CA_TOO_LARGE where a sum went beyond 64 bits. */
CA_MUST_CHECK ca_status ca_board_close(ca_board *self, ca_status status, ca_cooc *out);

#endif
