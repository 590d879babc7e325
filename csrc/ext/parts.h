/* parts.h - pairs counted in parts, each a range of first actors: cut, counted on any thread,
 * joined.
 *
 *     events by actor ──► cut ──► part 0, part 1, ... ──► joined ──► arrays
 *
 * Who counts fills `events` and calls ext_parts_cut in a first job, then ext_parts_run.
 */
#ifndef CA_EXT_PARTS_H
#define CA_EXT_PARTS_H

#include "ext.h"

#include "../core/cooc.h"

/* Counts the rows of the actors first .. last - 1 into *out. */
typedef ca_status (*ext_count_part)(void *ctx, const int64_t *events, int32_t first, int32_t last,
                                    const ca_poll *poll, ca_cooc *out);

typedef struct ext_parts {
    ca_alloc alloc;
    ext_count_part count;
    void *ctx;
    int64_t *events; /* meetings of each actor's row */
    int32_t *bounds;
    ca_cooc *parts;
    size_t n_parts;
    ca_cooc joined; /* the result */
} ext_parts;

/* Cut by the events of n_actors. */
CA_MUST_CHECK ca_status ext_parts_cut(ext_parts *self, int32_t n_actors);

/* Count all parts, and join them. */
CA_MUST_CHECK ca_status ext_parts_run(ext_parts *self, size_t n_threads);

/* The table as (indptr, indices, units, sums or None, docs or None), which own their memory. */
PyObject *ext_parts_take(ext_parts *self);

void ext_parts_reset(ext_parts *self);

/* An array that owns `*data`, or None where there is none. */
PyObject *ext_take_or_none(int64_t **data, size_t n);

#endif
