/* _core.cooccur: mentions by unit -> who stands in one unit with whom. */
#include "ext.h"

#include "../core/cooc.h"

/* Fixed, so that the cut does not depend on the number of threads; enough for any of them to find
 * work while one chews on the most frequent actor. */
enum { N_PARTS = 64 };

typedef struct pair_count {
    ca_alloc alloc;
    ca_incidence_rows rows;
    int32_t n_actors;
    ca_incidence incidence;
    ca_postings postings;
    int32_t bounds[N_PARTS + 1];
    ca_cooc parts[N_PARTS];
    ca_cooc joined;
} pair_count;

static ca_status prepare(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    pair_count *self = ctx;
    CA_TRY(ca_incidence_build(&self->alloc, &self->rows, self->n_actors, poll, &self->incidence));
    CA_TRY(ca_incidence_transpose(&self->alloc, &self->incidence, poll, &self->postings));
    ca_cooc_split(&self->postings, N_PARTS, self->bounds);
    return CA_OK;
}

static ca_status count_part(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)worker;
    pair_count *self = ctx;
    return ca_cooc_rows(&self->alloc, &self->incidence, &self->postings, self->bounds[chunk],
                        self->bounds[chunk + 1], poll, &self->parts[chunk]);
}

static ca_status join(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker, (void)poll;
    pair_count *self = ctx;
    return ca_cooc_join(&self->alloc, self->parts, N_PARTS, &self->joined);
}

static ca_status run(pair_count *self, size_t n_threads) {
    const ca_par_job stages[] = {
        {.run = prepare, .ctx = self, .n_chunks = 1},
        {.run = count_part, .ctx = self, .n_chunks = N_PARTS},
        {.run = join, .ctx = self, .n_chunks = 1},
    };
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        CA_TRY(ext_run(&stages[i], n_threads));
    return CA_OK;
}

static void reset(pair_count *self) {
    ca_incidence_reset(&self->alloc, &self->incidence);
    ca_postings_reset(&self->alloc, &self->postings);
    for (size_t p = 0; p < N_PARTS; p++) ca_cooc_reset(&self->alloc, &self->parts[p]);
    ca_cooc_reset(&self->alloc, &self->joined);
}

/* Put `item` into the tuple; false where it could not be made. */
static bool put(PyObject *tuple, Py_ssize_t at, PyObject *item) {
    if (item == NULL) return false;
    PyTuple_SET_ITEM(tuple, at, item);
    return true;
}

static PyObject *wrap(ca_cooc *cooc) {
    size_t actors = (size_t)cooc->n_actors, pairs = (size_t)cooc->indptr[actors];
    PyObject *result = PyTuple_New(6);
    if (result == NULL) return NULL;
    if (put(result, 0, ext_take_int64(&cooc->indptr, actors + 1)) &&
        put(result, 1, ext_take_int32(&cooc->indices, pairs)) &&
        put(result, 2, ext_take_int64(&cooc->counts, pairs)) &&
        put(result, 3, ext_take_int64(&cooc->docs, pairs)) &&
        put(result, 4, ext_take_int64(&cooc->occurrences, actors)) &&
        put(result, 5, ext_take_int64(&cooc->actor_docs, actors)))
        return result;
    Py_DECREF(result);
    return NULL;
}

PyObject *ext_cooccur(PyObject *module, PyObject *args) {
    (void)module;
    ext_array units = EXT_ARRAY_NONE, docs = EXT_ARRAY_NONE, actors = EXT_ARRAY_NONE;
    pair_count work = {.alloc = ca_alloc_libc()};
    size_t n_threads;
    PyObject *result = NULL;
    if (!PyArg_ParseTuple(args, "O&O&O&iO&:cooccur", ext_int64_array, &units, ext_int64_array,
                          &docs, ext_int32_array, &actors, &work.n_actors, ext_threads, &n_threads))
        return NULL;
    if (units.n != actors.n || docs.n != actors.n) {
        PyErr_SetString(PyExc_ValueError, "units, documents and actors differ in length");
        goto done;
    }

    work.rows = (ca_incidence_rows){.units = ext_int64(&units),
                                    .docs = ext_int64(&docs),
                                    .actors = ext_int32(&actors),
                                    .n = actors.n};
    ca_status status = run(&work, n_threads);

    result = status == CA_OK ? wrap(&work.joined) : ext_raise(status, "counting pairs");
done:
    reset(&work);
    ext_array_clear(&units);
    ext_array_clear(&docs);
    ext_array_clear(&actors);
    return result;
}
