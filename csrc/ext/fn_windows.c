/* _core.count_windows: mentions by place -> who stands within k words of whom. */
#include "parts.h"

#include "../core/word_windows.h"

typedef struct window_count {
    ca_word_windows windows;
    int64_t *selves;
    ext_parts pairs;
} window_count;

static ca_status prepare(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    window_count *self = ctx;
    CA_TRY(ca_word_windows_events(&self->windows, poll, self->pairs.events, self->selves));
    return ext_parts_cut(&self->pairs, self->windows.n_actors);
}

static ca_status count_part(void *ctx, const int64_t *events, int32_t first, int32_t last,
                            const ca_poll *poll, ca_cooc *out) {
    const window_count *self = ctx;
    return ca_word_windows_rows(&self->pairs.alloc, &self->windows, events, first, last, poll, out);
}

static ca_status run(window_count *self, size_t n_threads) {
    size_t n = (size_t)self->windows.n_actors;
    CA_TRY(CA_ZEROS(&self->pairs.alloc, self->pairs.events, n));
    CA_TRY(CA_ZEROS(&self->pairs.alloc, self->selves, n));
    CA_TRY(ext_run(&(ca_par_job){.run = prepare, .ctx = self, .n_chunks = 1}, n_threads));
    return ext_parts_run(&self->pairs, n_threads);
}

PyObject *ext_count_windows(PyObject *module, PyObject *args) {
    (void)module;
    ext_array segments = EXT_ARRAY_NONE, docs = EXT_ARRAY_NONE, firsts = EXT_ARRAY_NONE;
    ext_array ends = EXT_ARRAY_NONE, actors = EXT_ARRAY_NONE, repeats = EXT_ARRAY_NONE;
    ext_array weights = EXT_ARRAY_NONE;
    window_count work = {.pairs = {.alloc = ca_alloc_libc(), .count = count_part, .ctx = &work}};
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

    if (status == CA_OK)
        result = Py_BuildValue("(NN)", ext_parts_take(&work.pairs),
                               ext_take_int64(&work.selves, (size_t)n_actors));
    else
        ext_raise(status, "counting pairs in windows");
done:
    ext_parts_reset(&work.pairs);
    CA_FREE(&work.pairs.alloc, work.selves);
    ext_array_clear(&segments);
    ext_array_clear(&docs);
    ext_array_clear(&firsts);
    ext_array_clear(&ends);
    ext_array_clear(&actors);
    ext_array_clear(&repeats);
    ext_array_clear(&weights);
    return result;
}
