/* _core.vader_scores, vader_hits, afinn_scores, afinn_hits: rules that work on the text itself. */
#include "rows.h"
#include "type_texts.h"
#include "type_vader.h"

#include <math.h>

/* Spans of whole texts whose words carry no tone, sorted by document, then place. */
typedef struct masking {
    ext_array docs, starts, ends;
} masking;

/* What a worker keeps from row to row. */
typedef struct worker {
    ca_vader_work vader;
    ca_afinn_work afinn;
    int64_t *mask_start, *mask_end;
    size_t start_capacity, end_capacity;
} worker;

/* Hits of one chunk of rows. */
typedef struct found {
    int64_t *row, *start, *end, *word, *shifters;
    double *value, *contribution;
    size_t n, capacity[7];
} found;

enum { N_SCORES = 5 }; /* columns of floats: neg, neu, pos, compound, emphasis or those of afinn */

typedef struct scoring {
    ca_alloc alloc;
    const ca_vader *vader; /* one of the two */
    const ca_afinn *afinn;
    ext_rows rows;
    masking mask;
    bool want_hits;
    worker *workers;
    size_t n_workers;
    double *scores[N_SCORES];
    found *found; /* by chunk */
} scoring;

/* ---- mask ---- */

/* First span of the mask in document `doc` that ends behind `point`. */
static size_t span_behind(const masking *self, int64_t doc, int64_t point) {
    size_t low = 0, high = self->docs.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int64_t at = ext_int64(&self->docs)[middle];
        if (at < doc || (at == doc && ext_int64(&self->ends)[middle] <= point)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The spans of the mask in a row, counted from its start, into the worker's room. */
static ca_status mask_of(const scoring *self, worker *own, size_t row, ca_vader_mask *out) {
    int64_t doc = (int64_t)row, start = 0, end = INT64_MAX;
    if (!self->rows.whole) {
        doc = ext_int64(&self->rows.docs)[row];
        start = ext_int64(&self->rows.starts)[row];
        end = ext_int64(&self->rows.ends)[row];
    }
    size_t n = 0;
    for (size_t i = span_behind(&self->mask, doc, start); i < self->mask.docs.n; i++, n++) {
        int64_t from = ext_int64(&self->mask.starts)[i];
        if (ext_int64(&self->mask.docs)[i] != doc || from >= end) break;
        CA_TRY(CA_GROW(&self->alloc, own->mask_start, own->start_capacity, n + 1));
        CA_TRY(CA_GROW(&self->alloc, own->mask_end, own->end_capacity, n + 1));
        own->mask_start[n] = from - start;
        own->mask_end[n] = ext_int64(&self->mask.ends)[i] - start;
    }
    *out = (ca_vader_mask){own->mask_start, own->mask_end, n};
    return CA_OK;
}

static bool is_under(const ca_vader_mask *mask, uint32_t start, uint32_t end) {
    for (size_t i = 0; i < mask->n && mask->start[i] < (int64_t)end; i++) {
        if (mask->end[i] > (int64_t)start) return true;
    }
    return false;
}

/* ---- hits ---- */

static ca_status found_grow(const ca_alloc *alloc, found *self) {
    CA_TRY(CA_GROW(alloc, self->row, self->capacity[0], self->n + 1));
    CA_TRY(CA_GROW(alloc, self->start, self->capacity[1], self->n + 1));
    CA_TRY(CA_GROW(alloc, self->end, self->capacity[2], self->n + 1));
    CA_TRY(CA_GROW(alloc, self->word, self->capacity[3], self->n + 1));
    CA_TRY(CA_GROW(alloc, self->shifters, self->capacity[4], self->n + 1));
    CA_TRY(CA_GROW(alloc, self->value, self->capacity[5], self->n + 1));
    return CA_GROW(alloc, self->contribution, self->capacity[6], self->n + 1);
}

static void found_reset(const ca_alloc *alloc, found *self) {
    CA_FREE(alloc, self->row);
    CA_FREE(alloc, self->start);
    CA_FREE(alloc, self->end);
    CA_FREE(alloc, self->word);
    CA_FREE(alloc, self->shifters);
    CA_FREE(alloc, self->value);
    CA_FREE(alloc, self->contribution);
}

static ca_status keep_hit(const scoring *self, found *into, size_t row, ca_vader_hit hit) {
    int64_t start = self->rows.whole ? 0 : ext_int64(&self->rows.starts)[row];
    CA_TRY(found_grow(&self->alloc, into));
    size_t i = into->n++;
    into->row[i] = (int64_t)row;
    into->start[i] = start + hit.start;
    into->end[i] = start + hit.end;
    into->word[i] = hit.word;
    into->shifters[i] = hit.shifters;
    into->value[i] = hit.value;
    into->contribution[i] = hit.contribution;
    return CA_OK;
}

/* ---- rows ---- */

static void put_scores(scoring *self, size_t row, const double values[N_SCORES]) {
    for (size_t i = 0; i < N_SCORES; i++) {
        if (self->scores[i] != NULL) self->scores[i][row] = values[i];
    }
}

static ca_status vader_row(scoring *self, worker *own, size_t row, const ca_text *text,
                           const ca_vader_mask *mask, const ca_poll *poll, found *into) {
    ca_vader_score s;
    CA_TRY(ca_vader_text(self->vader, &own->vader, &self->alloc, text, mask, self->want_hits, poll,
                         &s));
    put_scores(self, row, (double[N_SCORES]){s.neg, s.neu, s.pos, s.compound, s.emphasis});
    for (size_t i = 0; i < own->vader.n_hits; i++)
        CA_TRY(keep_hit(self, into, row, own->vader.hits[i]));
    return CA_OK;
}

/* Under a mask the hits that count are added up once more. */
static ca_status afinn_row(scoring *self, worker *own, size_t row, const ca_text *text,
                           const ca_vader_mask *mask, const ca_poll *poll, found *into) {
    ca_afinn_score s;
    bool list = self->want_hits || mask->n > 0;
    CA_TRY(ca_afinn_text(self->afinn, &own->afinn, &self->alloc, text, list, poll, &s));
    if (mask->n > 0) s = (ca_afinn_score){.words = s.words};
    for (size_t i = 0; i < own->afinn.n_hits; i++) {
        const ca_afinn_hit *hit = &own->afinn.hits[i];
        double value = self->afinn->values[hit->entry];
        if (is_under(mask, hit->start, hit->end)) continue;
        if (self->want_hits)
            CA_TRY(keep_hit(
                self, into, row,
                (ca_vader_hit){hit->start, hit->end, (uint32_t)hit->entry, 0, value, value}));
        if (mask->n == 0) continue;
        s.score += value;
        s.hits++;
        if (value > 0) s.positive += value;
        if (value < 0) s.negative += value;
    }
    put_scores(
        self, row,
        (double[N_SCORES]){s.score, s.positive, s.negative, (double)s.hits, (double)s.words});
    return CA_OK;
}

static ca_status score_row(scoring *self, worker *own, size_t chunk, size_t row, ext_cursor *cursor,
                           const ca_poll *poll) {
    ca_text text = ext_rows_text(&self->rows, row, cursor);
    ca_vader_mask mask = {.n = 0};
    if (text.form == CA_TEXT_MISSING) {
        put_scores(self, row, (double[N_SCORES]){NAN, NAN, NAN, NAN, NAN});
        return CA_OK;
    }
    if (self->mask.docs.n > 0) CA_TRY(mask_of(self, own, row, &mask));
    found *into = self->want_hits ? &self->found[chunk] : NULL;
    if (self->vader != NULL) return vader_row(self, own, row, &text, &mask, poll, into);
    return afinn_row(self, own, row, &text, &mask, poll, into);
}

/* The room of a worker is moved to the stack meanwhile: its counters change with every word, and
 * those of two workers must not lie in one line of the cache. */
static ca_status score_chunk(void *ctx, size_t chunk, size_t number, const ca_poll *poll) {
    scoring *self = ctx;
    worker own = self->workers[number];
    ext_cursor cursor = {.doc = 0};
    ca_status status = CA_OK;
    size_t row = ext_rows_first(&self->rows, chunk);
    for (; row < self->rows.chunk_ends[chunk] && status == CA_OK; row++)
        status = score_row(self, &own, chunk, row, &cursor, poll);
    self->workers[number] = own;
    if (status == CA_OK && ca_poll_stop(poll)) status = CA_STOPPED;
    return status;
}

static ca_status score_all(scoring *self, size_t n_threads, size_t n_columns) {
    for (size_t i = 0; i < n_columns; i++)
        CA_TRY(CA_RESIZE(&self->alloc, self->scores[i], self->rows.n));
    self->n_workers = ca_par_workers(n_threads, self->rows.n_chunks);
    CA_TRY(CA_ZEROS(&self->alloc, self->workers, self->n_workers));
    if (self->want_hits) CA_TRY(CA_ZEROS(&self->alloc, self->found, self->rows.n_chunks));
    return ext_run(&(ca_par_job){score_chunk, self, self->rows.n_chunks}, n_threads);
}

static void reset(scoring *self) {
    const ca_alloc *alloc = &self->alloc;
    for (size_t i = 0; self->workers != NULL && i < self->n_workers; i++) {
        ca_vader_work_reset(alloc, &self->workers[i].vader);
        ca_afinn_work_reset(alloc, &self->workers[i].afinn);
        CA_FREE(alloc, self->workers[i].mask_start);
        CA_FREE(alloc, self->workers[i].mask_end);
    }
    for (size_t i = 0; self->found != NULL && i < self->rows.n_chunks; i++)
        found_reset(alloc, &self->found[i]);
    for (size_t i = 0; i < N_SCORES; i++) CA_FREE(alloc, self->scores[i]);
    CA_FREE(alloc, self->workers);
    CA_FREE(alloc, self->found);
    ext_rows_clear(&self->rows, alloc);
    ext_array_clear(&self->mask.docs);
    ext_array_clear(&self->mask.starts);
    ext_array_clear(&self->mask.ends);
}

/* ---- results ---- */

static PyObject *wrap_scores(scoring *self, size_t n_columns) {
    PyObject *result = PyTuple_New((Py_ssize_t)n_columns);
    for (size_t i = 0; result != NULL && i < n_columns; i++) {
        if (!ext_put(result, (Py_ssize_t)i, ext_take_float64(&self->scores[i], self->rows.n)))
            Py_CLEAR(result);
    }
    return result;
}

/* One column of all chunks: 0 to 4 int64, 5 and 6 float64. */
static const void *column_of(const found *part, size_t column) {
    const void *columns[] = {part->row,      part->start, part->end,         part->word,
                             part->shifters, part->value, part->contribution};
    return columns[column];
}

static PyObject *join_column(const scoring *self, size_t column, size_t n) {
    const ca_alloc *alloc = &self->alloc;
    uint64_t *joined = NULL; /* both types have eight bytes */
    if (CA_RESIZE(alloc, joined, n) != CA_OK) return PyErr_NoMemory();
    size_t at = 0;
    for (size_t c = 0; c < self->rows.n_chunks; c++) {
        const found *part = &self->found[c];
        if (part->n > 0) memcpy(joined + at, column_of(part, column), part->n * sizeof *joined);
        at += part->n;
    }
    int64_t *integers = (int64_t *)joined;
    double *floats = (double *)(void *)joined;
    PyObject *array = column < 5 ? ext_take_int64(&integers, n) : ext_take_float64(&floats, n);
    if (array == NULL) CA_FREE(alloc, joined);
    return array;
}

/* row, start, end, word, shifters, value, contribution, and emphasis by row. */
static PyObject *wrap_hits(scoring *self) {
    size_t n = 0;
    PyObject *result = PyTuple_New(8);
    for (size_t c = 0; c < self->rows.n_chunks; c++) n += self->found[c].n;
    for (size_t i = 0; result != NULL && i < 7; i++) {
        if (!ext_put(result, (Py_ssize_t)i, join_column(self, i, n))) Py_CLEAR(result);
    }
    if (result != NULL && !ext_put(result, 7, ext_take_float64(&self->scores[4], self->rows.n)))
        Py_CLEAR(result);
    return result;
}

static PyObject *run(PyObject *module, PyObject *args, bool afinn, bool want_hits) {
    PyObject *scorer, *texts, *result = NULL;
    scoring self = {.alloc = ca_alloc_libc(), .want_hits = want_hits};
    int whole;
    size_t n_threads;
    ext_state *state = ext_state_of(module);
    if (!PyArg_ParseTuple(args, "O!O!pO&O&O&O&O&O&O&:score",
                          afinn ? state->afinn_type : state->vader_type, &scorer, state->texts_type,
                          &texts, &whole, ext_int64_array, &self.rows.docs, ext_int64_array,
                          &self.rows.starts, ext_int64_array, &self.rows.ends, ext_int64_array,
                          &self.mask.docs, ext_int64_array, &self.mask.starts, ext_int64_array,
                          &self.mask.ends, ext_threads, &n_threads))
        return NULL;
    if (afinn) {
        self.afinn = &((ext_afinn *)scorer)->afinn;
    } else {
        self.vader = &((ext_vader *)scorer)->vader;
    }
    self.rows.texts = ext_texts_view((ext_texts *)texts);
    self.rows.whole = whole != 0;
    if (self.mask.starts.n != self.mask.docs.n || self.mask.ends.n != self.mask.docs.n) {
        PyErr_SetString(PyExc_ValueError, "the mask does not fit");
    } else if (ext_rows_plan(&self.rows, &self.alloc) == 0) {
        size_t n_columns = afinn || want_hits ? N_SCORES : N_SCORES - 1;

        ca_status status = score_all(&self, n_threads, n_columns);

        if (status != CA_OK) {
            ext_raise(status, "scoring tone");
        } else {
            result = want_hits ? wrap_hits(&self) : wrap_scores(&self, n_columns);
        }
    }
    reset(&self);
    return result;
}

PyObject *ext_vader_scores(PyObject *module, PyObject *args) {
    return run(module, args, false, false);
}

PyObject *ext_vader_hits(PyObject *module, PyObject *args) {
    return run(module, args, false, true);
}

PyObject *ext_afinn_scores(PyObject *module, PyObject *args) {
    return run(module, args, true, false);
}

PyObject *ext_afinn_hits(PyObject *module, PyObject *args) {
    return run(module, args, true, true);
}
