#include "parts.h"

ca_status ext_parts_cut(ext_parts *self, int32_t n_actors) {
    CA_TRY(ca_cooc_cut(&self->alloc, self->events, n_actors, &self->bounds, &self->n_parts));
    return CA_ZEROS(&self->alloc, self->parts, self->n_parts);
}

static ca_status count_part(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)worker;
    ext_parts *self = ctx;
    return self->count(self->ctx, self->events, self->bounds[chunk], self->bounds[chunk + 1], poll,
                       &self->parts[chunk]);
}

static ca_status join(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker, (void)poll;
    ext_parts *self = ctx;
    return ca_cooc_join(&self->alloc, self->parts, self->n_parts, &self->joined);
}

ca_status ext_parts_run(ext_parts *self, size_t n_threads) {
    ca_par_job parts = {.run = count_part, .ctx = self, .n_chunks = self->n_parts};
    CA_TRY(ext_run(&parts, n_threads));
    return ext_run(&(ca_par_job){.run = join, .ctx = self, .n_chunks = 1}, n_threads);
}

PyObject *ext_take_or_none(int64_t **data, size_t n) {
    return *data != NULL ? ext_take_int64(data, n) : Py_NewRef(Py_None);
}

PyObject *ext_parts_take(ext_parts *self) {
    ca_cooc *cooc = &self->joined;
    size_t actors = (size_t)cooc->n_actors, pairs = (size_t)cooc->indptr[actors];
    return Py_BuildValue(
        "(NNNNN)", ext_take_int64(&cooc->indptr, actors + 1), ext_take_int32(&cooc->indices, pairs),
        cooc->few != NULL ? ext_take_int32(&cooc->few, pairs) : ext_take_int64(&cooc->units, pairs),
        ext_take_or_none(&cooc->sums, pairs), ext_take_or_none(&cooc->docs, pairs));
}

void ext_parts_reset(ext_parts *self) {
    for (size_t p = 0; self->parts != NULL && p < self->n_parts; p++)
        ca_cooc_reset(&self->alloc, &self->parts[p]);
    ca_cooc_reset(&self->alloc, &self->joined);
    CA_FREE(&self->alloc, self->parts);
    CA_FREE(&self->alloc, self->bounds);
    CA_FREE(&self->alloc, self->events);
}
