/* _core.count_windows: mentions by place -> who stands within k words of whom. */
#include "ext.h"

#include "../core/word_windows.h"

typedef struct window_count {
    ca_alloc alloc;
    ca_word_windows windows;
    int64_t *events, *selves;
    int32_t *bounds;
    ca_cooc *parts;
    size_t n_parts;
    ca_cooc joined;
} window_count;

static ca_status prepare(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    window_count *self = ctx;
    CA_TRY(ca_word_windows_events(&self->windows, poll, self->events, self->selves));
    CA_TRY(ca_cooc_cut(&self->alloc, self->events, self->windows.n_actors, &self->bounds,
                       &self->n_parts));
    return CA_ZEROS(&self->alloc, self->parts, self->n_parts);
}

static ca_status count_part(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)worker;
    window_count *self = ctx;
    return ca_word_windows_rows(&self->alloc, &self->windows, self->events, self->bounds[chunk],
                                self->bounds[chunk + 1], poll, &self->parts[chunk]);
}

static ca_status join(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker, (void)poll;
    window_count *self = ctx;
    return ca_cooc_join(&self->alloc, self->parts, self->n_parts, &self->joined);
}

static ca_status run(window_count *self, size_t n_threads) {
    size_t n = (size_t)self->windows.n_actors;
    CA_TRY(CA_ZEROS(&self->alloc, self->events, n));
    CA_TRY(CA_ZEROS(&self->alloc, self->selves, n));
    CA_TRY(ext_run(&(ca_par_job){.run = prepare, .ctx = self, .n_chunks = 1}, n_threads));
    ca_par_job parts = {.run = count_part, .ctx = self, .n_chunks = self->n_parts};
    CA_TRY(ext_run(&parts, n_threads));
    return ext_run(&(ca_par_job){.run = join, .ctx = self, .n_chunks = 1}, n_threads);
}

static void reset(window_count *self) {
    for (size_t p = 0; self->parts != NULL && p < self->n_parts; p++)
        ca_cooc_reset(&self->alloc, &self->parts[p]);
    ca_cooc_reset(&self->alloc, &self->joined);
    CA_FREE(&self->alloc, self->parts);
    CA_FREE(&self->alloc, self->bounds);
    CA_FREE(&self->alloc, self->events);
    CA_FREE(&self->alloc, self->selves);
}

static PyObject *wrap(window_count *self) {
    ca_cooc *cooc = &self->joined;
    size_t actors = (size_t)cooc->n_actors, pairs = (size_t)cooc->indptr[actors];
    bool weighted = cooc->sums != NULL;
    return Py_BuildValue("(NNNNNN)", ext_take_int64(&cooc->indptr, actors + 1),
                         ext_take_int32(&cooc->indices, pairs), ext_take_int64(&cooc->units, pairs),
                         weighted ? ext_take_int64(&cooc->sums, pairs) : Py_NewRef(Py_None),
                         ext_take_int64(&cooc->docs, pairs), ext_take_int64(&self->selves, actors));
}

PyObject *ext_count_windows(PyObject *module, PyObject *args) {
    (void)module;
    ext_array segments = EXT_ARRAY_NONE, docs = EXT_ARRAY_NONE, firsts = EXT_ARRAY_NONE;
    ext_array ends = EXT_ARRAY_NONE, actors = EXT_ARRAY_NONE, repeats = EXT_ARRAY_NONE;
    ext_array weights = EXT_ARRAY_NONE;
    window_count work = {.alloc = ca_alloc_libc()};
    int n_actors, directed;
    long long reach;
    size_t n_threads;
    PyObject *result = NULL;
    if (!PyArg_ParseTuple(args, "O&O&O&O&O&O&iLO&pO&:count_windows", ext_int64_array, &segments,
                          ext_int64_array, &docs, ext_int64_array, &firsts, ext_int64_array, &ends,
                          ext_int32_array, &actors, ext_maybe_uint8, &repeats, &n_actors, &reach,
                          ext_maybe_int64, &weights, &directed, ext_threads, &n_threads))
        return NULL;
    size_t n = actors.n;
    if (segments.n != n || docs.n != n || firsts.n != n || ends.n != n || n_actors < 0 ||
        (repeats.owner != NULL && repeats.n != n) ||
        (weights.owner != NULL && (reach < 1 || weights.n < (size_t)reach))) {
        PyErr_SetString(PyExc_ValueError, "arrays of mentions differ in length");
        goto done;
    }

    work.windows = (ca_word_windows){
        .segments = ext_int64(&segments),
        .docs = ext_int64(&docs),
        .firsts = ext_int64(&firsts),
        .ends = ext_int64(&ends),
        .actors = ext_int32(&actors),
        .repeats = ext_uint8(&repeats),
        .n = n,
        .n_actors = n_actors,
        .reach = reach,
        .weights = ext_int64(&weights),
        .form = {.directed = directed != 0, .weighted = weights.owner != NULL, .with_docs = true}};
    ca_status status = run(&work, n_threads);

    result = status == CA_OK ? wrap(&work) : ext_raise(status, "counting pairs in windows");
done:
    reset(&work);
    ext_array_clear(&segments);
    ext_array_clear(&docs);
    ext_array_clear(&firsts);
    ext_array_clear(&ends);
    ext_array_clear(&actors);
    ext_array_clear(&repeats);
    ext_array_clear(&weights);
    return result;
}
