/* _core.find, _core.find_with, _core.score, _core.locate: what stands where among the tokens of a
 * column. */
#include "ext.h"

#include "../core/lexicon.h"
#include "../core/match.h"
#include "../core/score.h"
#include "type_dictionary.h"
#include "type_tokens.h"

typedef struct work {
    ca_alloc alloc;
    const ca_dict *dict;
    const ca_tokens *tokens;
    ca_match_options options;
    ca_typemap map;
    ca_mentions *found; /* by block */
    size_t n_found;
} work;

static ca_status map_types(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    work *self = ctx;
    return ca_typemap_build(&self->map, &self->alloc, self->dict, &self->tokens->vocab, poll);
}

static ca_status match_block(void *ctx, size_t block, size_t worker, const ca_poll *poll) {
    (void)worker;
    work *self = ctx;
    return ca_match_block_with(&self->alloc, self->dict, &self->map, self->tokens,
                               &self->tokens->blocks[block], &self->options, poll,
                               &self->found[block]);
}

static ca_status find_all(work *self, size_t n_threads) {
    CA_TRY(CA_ZEROS(&self->alloc, self->found, self->tokens->n_blocks));
    CA_TRY(ext_run(&(ca_par_job){map_types, self, 1}, 1));
    CA_TRY(ext_run(&(ca_par_job){match_block, self, self->tokens->n_blocks}, n_threads));
    for (size_t b = 0; b < self->tokens->n_blocks; b++) self->n_found += self->found[b].n;
    return CA_OK;
}

static void reset(work *self) {
    for (size_t b = 0; self->found != NULL && b < self->tokens->n_blocks; b++)
        ca_mentions_reset(&self->alloc, &self->found[b]);
    CA_FREE(&self->alloc, self->found);
    ca_typemap_reset(&self->map);
}

/* The columns of the result, in this order, all int64. */
enum { DOC, SENTENCE, PARAGRAPH, FIRST, LAST, START, END, ALIAS, N_COLUMNS };

static void write_mention(const ca_tokens *tokens, const ca_block *block, const ca_mention *m,
                          int64_t *const columns[N_COLUMNS], size_t row) {
    size_t in_block = m->doc - block->first_doc;
    ca_doc doc = ca_tokens_doc(tokens, block, in_block);
    size_t base = block->token_base + block->doc_tokens[in_block];
    columns[DOC][row] = (int64_t)m->doc;
    columns[SENTENCE][row] = (int64_t)(block->sentence_base + m->sentence);
    columns[PARAGRAPH][row] = (int64_t)(block->paragraph_base + m->paragraph);
    columns[FIRST][row] = (int64_t)(base + m->first);
    columns[LAST][row] = (int64_t)(base + m->end);
    columns[START][row] = doc.start[m->first];
    columns[END][row] = ca_doc_end(&doc, m->end - 1);
    columns[ALIAS][row] = m->alias;
}

static bool put(PyObject *tuple, Py_ssize_t at, PyObject *item) {
    if (item == NULL) return false;
    PyTuple_SET_ITEM(tuple, at, item);
    return true;
}

/* A tuple of the columns and room for `more` behind them. */
static PyObject *wrap(const work *self, Py_ssize_t more) {
    int64_t *columns[N_COLUMNS];
    PyObject *result = PyTuple_New(N_COLUMNS + more);
    for (Py_ssize_t i = 0; result != NULL && i < N_COLUMNS; i++) {
        if (!put(result, i, ext_new_int64(self->n_found, &columns[i]))) Py_CLEAR(result);
    }
    if (result == NULL) return NULL;
    size_t row = 0;
    for (size_t b = 0; b < self->tokens->n_blocks; b++) {
        for (size_t i = 0; i < self->found[b].n; i++)
            write_mention(self->tokens, &self->tokens->blocks[b], &self->found[b].items[i], columns,
                          row++);
    }
    return result;
}

static work work_on(PyObject *tokens, PyObject *dictionary) {
    return (work){.alloc = ca_alloc_libc(),
                  .dict = &((ext_dictionary *)dictionary)->dict,
                  .tokens = &((ext_tokens *)tokens)->tokens};
}

PyObject *ext_find(PyObject *module, PyObject *args) {
    PyObject *tokens, *dictionary;
    size_t n_threads;
    ext_state *state = ext_state_of(module);
    if (!PyArg_ParseTuple(args, "O!O!O&:find", state->tokens_type, &tokens, state->dictionary_type,
                          &dictionary, ext_threads, &n_threads))
        return NULL;
    work self = work_on(tokens, dictionary);

    ca_status status = find_all(&self, n_threads);

    PyObject *result = status == CA_OK ? wrap(&self, 0) : ext_raise(status, "finding names");
    reset(&self);
    return result;
}

/* ---- find_with ---- */

/* Two columns behind the others: ca_mention_how and ca_mention_lost. */
static PyObject *wrap_how(const work *self) {
    uint8_t *how, *lost;
    PyObject *result = wrap(self, 2);
    if (result == NULL || !put(result, N_COLUMNS, ext_new_uint8(self->n_found, &how)) ||
        !put(result, N_COLUMNS + 1, ext_new_uint8(self->n_found, &lost))) {
        Py_XDECREF(result);
        return NULL;
    }
    size_t row = 0;
    for (size_t b = 0; b < self->tokens->n_blocks; b++) {
        for (size_t i = 0; i < self->found[b].n; i++, row++) {
            how[row] = self->found[b].items[i].how;
            lost[row] = self->found[b].items[i].lost;
        }
    }
    return result;
}

PyObject *ext_find_with(PyObject *module, PyObject *args) {
    PyObject *tokens, *dictionary, *days, *result = NULL;
    ext_array doc_days = EXT_ARRAY_NONE;
    int overlap, shorts, acronyms, losers;
    size_t n_threads;
    ext_state *state = ext_state_of(module);
    if (!PyArg_ParseTuple(args, "O!O!iippOO&:find_with", state->tokens_type, &tokens,
                          state->dictionary_type, &dictionary, &overlap, &shorts, &acronyms,
                          &losers, &days, ext_threads, &n_threads))
        return NULL;
    if (days != Py_None && !ext_int32_array(days, &doc_days)) return NULL;
    work self = work_on(tokens, dictionary);
    bool fits = days == Py_None || doc_days.n == self.tokens->n_docs;
    if (!fits || overlap < 0 || overlap >= CA_OVERLAPS || shorts < 0 || shorts >= CA_SHORT_RULES) {
        PyErr_SetString(PyExc_ValueError, "options or days do not fit");
        goto done;
    }
    self.options = (ca_match_options){.overlap = (ca_overlap)overlap,
                                      .shorts = (ca_short_rule)shorts,
                                      .acronyms = acronyms != 0,
                                      .losers = losers != 0,
                                      .doc_days = ext_int32(&doc_days)};

    ca_status status = find_all(&self, n_threads);

    result = status == CA_OK ? wrap_how(&self) : ext_raise(status, "finding names");
done:
    reset(&self);
    ext_array_clear(&doc_days);
    return result;
}

/* ---- score ---- */

typedef struct scoring {
    work find;
    ca_score_options options;
    ca_score_mask mask;
    uint8_t *negators;
    int64_t *contribution;
    uint8_t *negated, *keep;
} scoring;

static ca_status score_all(scoring *self, size_t n_threads) {
    const ca_alloc *alloc = &self->find.alloc;
    CA_TRY(find_all(&self->find, n_threads));
    if (self->options.reach > 0) {
        CA_TRY(ca_lexicon_negators(alloc, &self->find.tokens->vocab, &self->negators));
        self->options.negators = self->negators;
    }
    CA_TRY(CA_RESIZE(alloc, self->contribution, self->find.n_found));
    CA_TRY(CA_RESIZE(alloc, self->negated, self->find.n_found));
    CA_TRY(CA_RESIZE(alloc, self->keep, self->find.n_found));
    size_t row = 0;
    for (size_t b = 0; b < self->find.tokens->n_blocks; b++) {
        const ca_mentions *found = &self->find.found[b];
        ca_score_hits(&self->options, &self->mask, self->find.tokens, &self->find.tokens->blocks[b],
                      found->items, found->n, self->contribution + row, self->negated + row,
                      self->keep + row);
        row += found->n;
    }
    return CA_OK;
}

static PyObject *wrap_scores(scoring *self) {
    PyObject *result = wrap(&self->find, 3);
    size_t n = self->find.n_found;
    if (result != NULL && put(result, N_COLUMNS, ext_take_int64(&self->contribution, n)) &&
        put(result, N_COLUMNS + 1, ext_take_uint8(&self->negated, n)) &&
        put(result, N_COLUMNS + 2, ext_take_uint8(&self->keep, n)))
        return result;
    Py_XDECREF(result);
    return NULL;
}

PyObject *ext_score(PyObject *module, PyObject *args) {
    PyObject *tokens, *dictionary, *result = NULL;
    ext_array weights = EXT_ARRAY_NONE, first = EXT_ARRAY_NONE, end = EXT_ARRAY_NONE;
    unsigned int reach;
    size_t n_threads;
    ext_state *state = ext_state_of(module);
    if (!PyArg_ParseTuple(args, "O!O!O&IO&O&O&:score", state->tokens_type, &tokens,
                          state->dictionary_type, &dictionary, ext_float64_array, &weights, &reach,
                          ext_int64_array, &first, ext_int64_array, &end, ext_threads, &n_threads))
        return NULL;
    scoring self = {.find = work_on(tokens, dictionary),
                    .options = {.weights = ext_float64(&weights), .reach = reach},
                    .mask = {ext_int64(&first), ext_int64(&end), first.n}};
    if (weights.n != self.find.dict->n_aliases || first.n != end.n) {
        PyErr_SetString(PyExc_ValueError, "weights or mask do not fit");
        goto done;
    }

    ca_status status = score_all(&self, n_threads);

    result = status == CA_OK ? wrap_scores(&self) : ext_raise(status, "scoring tone");
done:
    CA_FREE(&self.find.alloc, self.negators);
    CA_FREE(&self.find.alloc, self.contribution);
    CA_FREE(&self.find.alloc, self.negated);
    CA_FREE(&self.find.alloc, self.keep);
    reset(&self.find);
    ext_array_clear(&weights);
    ext_array_clear(&first);
    ext_array_clear(&end);
    return result;
}

/* ---- locate: spans from outside, by the tokens they touch ---- */

/* First token of `doc` that ends behind `point`; doc->n if none. */
static size_t token_behind(const ca_doc *doc, int64_t point) {
    size_t low = 0, high = doc->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ca_doc_end(doc, middle) <= point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* A span between tokens belongs to the token behind it, or to the last one of the document. */
static void locate_span(const ca_tokens *tokens, size_t doc_number, int64_t start, int64_t end,
                        int64_t *first, int64_t *last) {
    const ca_block *block = ca_tokens_block(tokens, doc_number);
    size_t in_block = doc_number - block->first_doc;
    ca_doc doc = ca_tokens_doc(tokens, block, in_block);
    size_t base = block->token_base + block->doc_tokens[in_block];
    size_t from = token_behind(&doc, start), to = from;
    if (from == doc.n && from > 0) from = to = doc.n - 1;
    while (to < doc.n && doc.start[to] < end) to++;
    *first = (int64_t)(base + from);
    *last = (int64_t)(base + (to > from ? to : from + (doc.n > 0)));
}

PyObject *ext_locate(PyObject *module, PyObject *args) {
    PyObject *tokens, *result = NULL, *firsts = NULL, *lasts = NULL;
    ext_array docs = EXT_ARRAY_NONE, starts = EXT_ARRAY_NONE, ends = EXT_ARRAY_NONE;
    int64_t *first, *last;
    if (!PyArg_ParseTuple(args, "O!O&O&O&:locate", ext_state_of(module)->tokens_type, &tokens,
                          ext_int64_array, &docs, ext_int64_array, &starts, ext_int64_array, &ends))
        return NULL;
    const ca_tokens *column = &((ext_tokens *)tokens)->tokens;
    bool fits = starts.n == docs.n && ends.n == docs.n;
    for (size_t i = 0; fits && i < docs.n; i++)
        fits = ext_int64(&docs)[i] >= 0 && (size_t)ext_int64(&docs)[i] < column->n_docs;
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "documents, starts and ends do not fit");
        goto done;
    }
    firsts = ext_new_int64(docs.n, &first);
    lasts = firsts != NULL ? ext_new_int64(docs.n, &last) : NULL;
    if (lasts == NULL) goto done;
    for (size_t i = 0; i < docs.n; i++)
        locate_span(column, (size_t)ext_int64(&docs)[i], ext_int64(&starts)[i], ext_int64(&ends)[i],
                    &first[i], &last[i]);
    result = PyTuple_Pack(2, firsts, lasts);
done:
    Py_XDECREF(firsts);
    Py_XDECREF(lasts);
    ext_array_clear(&docs);
    ext_array_clear(&starts);
    ext_array_clear(&ends);
    return result;
}
