/* _core.incidence, _core.count_units, _core.mirror: mentions by unit -> who stands in one unit with
 * whom. */
#include "parts.h"

#include "../core/plain_pairs.h"
#include "../core/unit_pairs.h"

/* Whether an optional array is absent, or as long as it has to be. */
static bool fits(const ext_array *array, size_t n) {
    return array->owner == NULL || array->n == n;
}

/* ---- incidence ---- */

typedef struct building {
    ca_alloc alloc;
    ca_incidence_rows rows;
    int32_t n_actors;
    ca_incidence incidence;
} building;

static ca_status build(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    building *self = ctx;
    return ca_incidence_build(&self->alloc, &self->rows, self->n_actors, poll, &self->incidence);
}

static PyObject *wrap_incidence(ca_incidence *self) {
    size_t n_rows = self->n_rows, entries = (size_t)self->indptr[n_rows];
    return Py_BuildValue(
        "(NNNNNNN)", ext_take_int64(&self->indptr, n_rows + 1),
        ext_take_int32(&self->actors, entries), ext_take_int32(&self->counts, entries),
        ext_take_or_none(&self->firsts, entries), ext_take_or_none(&self->lasts, entries),
        ext_take_int64(&self->units, n_rows), ext_take_int64(&self->docs, n_rows));
}

PyObject *ext_incidence(PyObject *module, PyObject *args) {
    (void)module;
    ext_array units = EXT_ARRAY_NONE, docs = EXT_ARRAY_NONE, actors = EXT_ARRAY_NONE;
    ext_array starts = EXT_ARRAY_NONE;
    building work = {.alloc = ca_alloc_libc()};
    PyObject *result = NULL;
    if (!PyArg_ParseTuple(args, "O&O&O&O&i:incidence", ext_int64_array, &units, ext_int64_array,
                          &docs, ext_int32_array, &actors, ext_maybe_int64, &starts,
                          &work.n_actors))
        return NULL;
    if (units.n != actors.n || docs.n != actors.n || !fits(&starts, actors.n)) {
        PyErr_SetString(PyExc_ValueError, "units, documents, actors and starts differ in length");
        goto done;
    }

    work.rows = (ca_incidence_rows){.units = ext_int64(&units),
                                    .docs = ext_int64(&docs),
                                    .actors = ext_int32(&actors),
                                    .starts = ext_int64(&starts),
                                    .n = actors.n};
    ca_status status = ext_run(&(ca_par_job){.run = build, .ctx = &work, .n_chunks = 1}, 1);

    result = status == CA_OK ? wrap_incidence(&work.incidence)
                             : ext_raise(status, "counting mentions by unit");
done:
    ca_incidence_reset(&work.alloc, &work.incidence);
    ext_array_clear(&units);
    ext_array_clear(&docs);
    ext_array_clear(&actors);
    ext_array_clear(&starts);
    return result;
}

/* ---- pairs ---- */

/* Rows of a dense table that a thread takes at a time. */
enum { DENSE_ROWS = 1 << 16 };

/* Meetings per entry from which on they are not kept waiting: units name many actors then. */
enum { MANY_MEETINGS = 8 };

typedef struct pair_count {
    ca_alloc alloc;
    ca_incidence incidence; /* borrowed */
    ca_unit_pairs pairs;
    bool own_docs; /* each row is a document of its own */
    ca_postings postings;
    int64_t *occurrences, *actor_docs;
    uint32_t *cells;
    size_t n_tables;
    ext_parts table;
} pair_count;

/* Whether a meeting is nothing but a meeting. */
static bool is_plain(const pair_count *self) {
    const ca_cooc_form *form = &self->pairs.form;
    return !(form->directed || form->weighted || form->with_docs) &&
           self->incidence.n_rows <= INT32_MAX;
}

/* A dense table needs few actors, enough rows to be worth it, and cells that cannot overflow. */
static bool is_dense(const pair_count *self) {
    if (!is_plain(self)) return false;
    int64_t n = self->incidence.n_actors, rows = (int64_t)self->incidence.n_rows;
    return n <= CA_DENSE_ACTORS && n * n <= 4 * rows;
}

static ca_status add_rows(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    pair_count *self = ctx;
    size_t n_actors = (size_t)self->incidence.n_actors, n_rows = self->incidence.n_rows;
    size_t first = chunk * DENSE_ROWS, last = first + DENSE_ROWS;
    return ca_unit_pairs_dense(&self->incidence, first, last < n_rows ? last : n_rows, poll,
                               self->cells + worker * n_actors * n_actors);
}

static ca_status thin_out(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker, (void)poll;
    pair_count *self = ctx;
    return ca_unit_pairs_sparse(&self->alloc, self->cells, self->n_tables, self->incidence.n_actors,
                                &self->table.joined, self->occurrences);
}

static ca_status run_dense(pair_count *self, size_t n_threads) {
    size_t n = (size_t)self->incidence.n_actors;
    if (!ca_indptr_valid(self->incidence.indptr, self->incidence.n_rows)) return CA_INVALID;
    ca_par_job rows = {.run = add_rows, .ctx = self};
    rows.n_chunks = (self->incidence.n_rows + DENSE_ROWS - 1) / DENSE_ROWS;
    self->n_tables = ca_par_workers(n_threads, rows.n_chunks);
    CA_TRY(CA_ZEROS(&self->alloc, self->cells, self->n_tables * n * n));
    CA_TRY(ext_run(&rows, n_threads));
    return ext_run(&(ca_par_job){.run = thin_out, .ctx = self, .n_chunks = 1}, n_threads);
}

static ca_status prepare(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    pair_count *self = ctx;
    const ca_incidence *incidence = &self->incidence;
    CA_TRY(is_plain(self)
               ? ca_plain_pairs_events(incidence, poll, self->table.events, self->occurrences)
               : ca_unit_pairs_events(&self->pairs, poll, self->table.events));
    int64_t total = 0, entries = incidence->n_rows != 0 ? incidence->indptr[incidence->n_rows] : 0;
    for (int32_t i = 0; i < incidence->n_actors; i++) total += self->table.events[i];
    CA_TRY(ext_parts_cut(&self->table, incidence->n_actors));
    if (!self->own_docs)
        CA_TRY(ca_incidence_margins(&self->alloc, incidence, poll, self->occurrences,
                                    self->actor_docs));
    else if (!is_plain(self))
        for (int64_t k = 0; k < entries; k++) self->occurrences[incidence->actors[k]]++;
    if (total / MANY_MEETINGS <= entries) return CA_OK;
    return ca_incidence_transpose(&self->alloc, incidence, poll, &self->postings);
}

static ca_status count_part(void *ctx, const int64_t *events, int32_t first, int32_t last,
                            const ca_poll *poll, ca_cooc *out) {
    const pair_count *self = ctx;
    const ca_postings *postings = self->postings.indptr != NULL ? &self->postings : NULL;
    if (is_plain(self))
        return ca_plain_pairs_rows(&self->alloc, &self->incidence, postings, events, first, last,
                                   poll, out);
    return ca_unit_pairs_rows(&self->alloc, &self->pairs, postings, events, first, last, poll, out);
}

static ca_status run(pair_count *self, size_t n_threads) {
    size_t n = (size_t)self->incidence.n_actors;
    CA_TRY(CA_ZEROS(&self->alloc, self->occurrences, n));
    if (!self->own_docs) CA_TRY(CA_ZEROS(&self->alloc, self->actor_docs, n));
    if (is_dense(self)) return run_dense(self, n_threads);
    CA_TRY(CA_ZEROS(&self->alloc, self->table.events, n));
    CA_TRY(ext_run(&(ca_par_job){.run = prepare, .ctx = self, .n_chunks = 1}, n_threads));
    return ext_parts_run(&self->table, n_threads);
}

static void reset(pair_count *self) {
    ext_parts_reset(&self->table);
    ca_postings_reset(&self->alloc, &self->postings);
    CA_FREE(&self->alloc, self->occurrences);
    CA_FREE(&self->alloc, self->actor_docs);
    CA_FREE(&self->alloc, self->cells);
}

static PyObject *wrap(pair_count *self) {
    size_t n = (size_t)self->incidence.n_actors;
    return Py_BuildValue("(NNN)", ext_parts_take(&self->table),
                         ext_take_int64(&self->occurrences, n),
                         ext_take_or_none(&self->actor_docs, n));
}

/* The arguments of count_units. */
typedef struct unit_arrays {
    ext_array indptr, actors, counts, firsts, lasts, named, docs;
} unit_arrays;

/* Say with a ValueError what does not fit; only then true. */
static bool misfit(const unit_arrays *in, int n_actors, int rule, int directed) {
    size_t n_rows = in->indptr.n - 1, entries = in->actors.n;
    const char *why = NULL;
    if (in->indptr.n == 0 || ext_int64(&in->indptr)[0] != 0 ||
        ext_int64(&in->indptr)[n_rows] != (int64_t)entries)
        why = "row pointers do not fit the entries";
    else if (!fits(&in->counts, entries) || !fits(&in->firsts, entries) ||
             !fits(&in->lasts, entries) || !fits(&in->named, n_rows) || !fits(&in->docs, n_rows))
        why = "arrays differ in length";
    else if (n_actors < 0 || rule < 0 || rule >= CA_RULE_COUNT)
        why = "unknown rule or number of actors";
    else if ((directed && (in->firsts.owner == NULL || in->lasts.owner == NULL)) ||
             ((rule == CA_RULE_MIN || rule == CA_RULE_PRODUCT) && in->counts.owner == NULL) ||
             (rule == CA_RULE_FRACTIONAL && in->named.owner == NULL))
        why = "an array that the rule needs is not there";
    if (why != NULL) PyErr_SetString(PyExc_ValueError, why);
    return why != NULL;
}

/* The core does not write to what it is lent, though ca_incidence can also own its arrays. */
static ca_incidence borrow(const unit_arrays *in, int32_t n_actors) {
    return (ca_incidence){.indptr = (int64_t *)(uintptr_t)in->indptr.data,
                          .actors = (int32_t *)(uintptr_t)in->actors.data,
                          .counts = (int32_t *)(uintptr_t)in->counts.data,
                          .firsts = (int64_t *)(uintptr_t)in->firsts.data,
                          .lasts = (int64_t *)(uintptr_t)in->lasts.data,
                          .docs = (int64_t *)(uintptr_t)in->docs.data,
                          .n_rows = in->indptr.n - 1,
                          .n_actors = n_actors};
}

PyObject *ext_count_units(PyObject *module, PyObject *args) {
    (void)module;
    unit_arrays in = {EXT_ARRAY_NONE, EXT_ARRAY_NONE, EXT_ARRAY_NONE, EXT_ARRAY_NONE,
                      EXT_ARRAY_NONE, EXT_ARRAY_NONE, EXT_ARRAY_NONE};
    pair_count work = {.alloc = ca_alloc_libc(),
                       .table = {.alloc = ca_alloc_libc(), .count = count_part, .ctx = &work}};
    int n_actors, rule, directed;
    size_t n_threads;
    PyObject *result = NULL;
    if (!PyArg_ParseTuple(args, "O&O&O&O&O&O&O&iipO&:count_units", ext_int64_array, &in.indptr,
                          ext_int32_array, &in.actors, ext_maybe_int32, &in.counts, ext_maybe_int64,
                          &in.firsts, ext_maybe_int64, &in.lasts, ext_maybe_int32, &in.named,
                          ext_maybe_int64, &in.docs, &n_actors, &rule, &directed, ext_threads,
                          &n_threads))
        return NULL;
    if (misfit(&in, n_actors, rule, directed)) goto done;

    work.incidence = borrow(&in, n_actors);
    work.own_docs = in.docs.owner == NULL;
    work.pairs = (ca_unit_pairs){.incidence = &work.incidence,
                                 .named = ext_int32(&in.named),
                                 .rule = (ca_rule)rule,
                                 .form = {.directed = directed != 0,
                                          .weighted = rule != CA_RULE_BINARY,
                                          .with_docs = !work.own_docs}};
    ca_status status = run(&work, n_threads);

    result = status == CA_OK ? wrap(&work) : ext_raise(status, "counting pairs");
done:
    reset(&work);
    ext_array_clear(&in.indptr);
    ext_array_clear(&in.actors);
    ext_array_clear(&in.counts);
    ext_array_clear(&in.firsts);
    ext_array_clear(&in.lasts);
    ext_array_clear(&in.named);
    ext_array_clear(&in.docs);
    return result;
}

/* ---- the other triangle ---- */

typedef struct mirroring {
    ca_triangle upper;
    int64_t *out_indptr, *out_values;
    int32_t *out_indices;
} mirroring;

static ca_status mirror(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    const mirroring *self = ctx;
    return ca_cooc_mirror(&self->upper, poll, self->out_indptr, self->out_indices,
                          self->out_values);
}

PyObject *ext_mirror(PyObject *module, PyObject *args) {
    (void)module;
    ext_array indptr = EXT_ARRAY_NONE, indices = EXT_ARRAY_NONE, values = EXT_ARRAY_NONE;
    ext_array few = EXT_ARRAY_NONE;
    PyObject *result = NULL, *rows = NULL, *columns = NULL, *cells = NULL;
    mirroring work = {0};
    if (!PyArg_ParseTuple(args, "O&O&O&O&:mirror", ext_int64_array, &indptr, ext_int32_array,
                          &indices, ext_maybe_int64, &values, ext_maybe_int32, &few))
        return NULL;
    size_t n = indptr.n - 1, pairs = indices.n;
    if (indptr.n == 0 || n > INT32_MAX || !fits(&values, pairs) || !fits(&few, pairs) ||
        (values.owner == NULL) == (few.owner == NULL) || ext_int64(&indptr)[0] != 0 ||
        ext_int64(&indptr)[n] != (int64_t)pairs) {
        PyErr_SetString(PyExc_ValueError, "row pointers do not fit the pairs");
        goto done;
    }

    rows = ext_new_int64(n + 1, &work.out_indptr);
    columns = ext_new_int32(2 * pairs, &work.out_indices);
    cells = ext_new_int64(2 * pairs, &work.out_values);
    if (rows == NULL || columns == NULL || cells == NULL) goto done;
    work.upper = (ca_triangle){.indptr = ext_int64(&indptr),
                               .indices = ext_int32(&indices),
                               .values = ext_int64(&values),
                               .few = ext_int32(&few),
                               .n = (int32_t)n};
    ca_status status = ext_run(&(ca_par_job){.run = mirror, .ctx = &work, .n_chunks = 1}, 1);

    result = status == CA_OK ? PyTuple_Pack(3, rows, columns, cells)
                             : ext_raise(status, "mirroring pairs");
done:
    Py_XDECREF(rows);
    Py_XDECREF(columns);
    Py_XDECREF(cells);
    ext_array_clear(&indptr);
    ext_array_clear(&indices);
    ext_array_clear(&values);
    ext_array_clear(&few);
    return result;
}
