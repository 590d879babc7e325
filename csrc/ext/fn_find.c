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

static ca_status begin_map(work *self) {
    return ca_typemap_begin(&self->map, &self->alloc, self->dict, &self->tokens->vocab);
}

static ca_status map_part(void *ctx, size_t part, size_t worker, const ca_poll *poll) {
    (void)worker;
    work *self = ctx;
    return ca_typemap_part(&self->map, self->dict, &self->tokens->vocab, part, poll);
}

static ca_status match_block(void *ctx, size_t block, size_t worker, const ca_poll *poll) {
    (void)worker;
    work *self = ctx;
    return ca_match_block_with(&self->alloc, self->dict, &self->map, self->tokens,
                               &self->tokens->blocks[block], &self->options, poll,
                               &self->found[block]);
}

/* Once the types are mapped. */
static ca_status match_all(work *self, size_t n_threads) {
    CA_TRY(CA_ZEROS(&self->alloc, self->found, self->tokens->n_blocks));
    CA_TRY(ext_run(&(ca_par_job){match_block, self, self->tokens->n_blocks}, n_threads));
    for (size_t b = 0; b < self->tokens->n_blocks; b++) self->n_found += self->found[b].n;
    return CA_OK;
}

static ca_status find_all(work *self, size_t n_threads) {
    CA_TRY(begin_map(self));
    CA_TRY(ext_run(&(ca_par_job){map_part, self, self->map.n_parts}, n_threads));
    CA_TRY(ca_typemap_join(&self->map));
    return match_all(self, n_threads);
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

/* The columns of all hits in a tuple with room for `more` behind them. */
static PyObject *wrap(const work *self, Py_ssize_t more) {
    int64_t *columns[N_COLUMNS];
    PyObject *result = PyTuple_New(N_COLUMNS + more);
    for (Py_ssize_t i = 0; result != NULL && i < N_COLUMNS; i++) {
        if (!ext_put(result, i, ext_new_int64(self->n_found, &columns[i]))) Py_CLEAR(result);
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
    if (result == NULL || !ext_put(result, N_COLUMNS, ext_new_uint8(self->n_found, &how)) ||
        !ext_put(result, N_COLUMNS + 1, ext_new_uint8(self->n_found, &lost))) {
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

/* What is given of the hits that are kept, all int64 but the last. */
enum {
    HIT_DOC,
    HIT_SENTENCE,
    HIT_FIRST,
    HIT_LAST,
    HIT_START,
    HIT_END,
    HIT_ALIAS,
    HIT_CONTRIBUTION,
    HIT_NEGATOR,
    HIT_INTENSIFIER,
    HIT_CONTRAST,
    HIT_COLUMNS
};

typedef struct scoring {
    work find, shift; /* hits; the dictionary of shifters, which is mapped but not searched */
    ca_score_options options;
    ca_score_mask mask;
    ca_shifters shifters;
    ca_scored *scored; /* of all hits */
    size_t *first;     /* by block: its first hit */
    size_t *row;       /* by block: how many hits are kept, then the row of its first one */
    int64_t *columns[HIT_COLUMNS];
    double *intensity;
    bool only_sums; /* of sentences, instead of hits */
    ca_score_sums sums;
    ext_array weights, roles, factors, mask_first, mask_end;
} scoring;

/* First the parts of the types as words of the lexicon, then those as shifters. */
static ca_status map_either(void *ctx, size_t part, size_t worker, const ca_poll *poll) {
    scoring *self = ctx;
    size_t n_words = self->find.map.n_parts;
    if (part < n_words) return map_part(&self->find, part, worker, poll);
    return map_part(&self->shift, part - n_words, worker, poll);
}

static ca_status map_both(scoring *self, size_t n_threads) {
    bool shifters = self->shift.dict != NULL;
    CA_TRY(begin_map(&self->find));
    if (shifters) CA_TRY(begin_map(&self->shift));
    size_t n_parts = self->find.map.n_parts + self->shift.map.n_parts;
    CA_TRY(ext_run(&(ca_par_job){map_either, self, n_parts}, n_threads));
    CA_TRY(ca_typemap_join(&self->find.map));
    if (!shifters) return CA_OK;
    CA_TRY(ca_typemap_join(&self->shift.map));
    CA_TRY(ca_shifters_build(&self->shifters, &self->shift.alloc, self->shift.dict,
                             &self->shift.map, &self->shift.tokens->vocab,
                             ext_int32(&self->roles)));
    self->options.shifters = &self->shifters;
    return CA_OK;
}

static ca_status score_block(void *ctx, size_t block, size_t worker, const ca_poll *poll) {
    scoring *self = ctx;
    const ca_mentions *found = &self->find.found[block];
    (void)worker, (void)poll;
    ca_score_hits(&self->options, &self->mask, self->find.tokens, &self->find.tokens->blocks[block],
                  found->items, found->n, self->scored + self->first[block]);
    if (self->only_sums)
        return ca_score_add(&self->find.tokens->blocks[block], found->items,
                            self->scored + self->first[block], found->n, &self->sums);
    for (size_t i = 0; i < found->n; i++)
        self->row[block] += self->scored[self->first[block] + i].keep;
    return CA_OK;
}

static ca_status score_all(scoring *self, size_t n_threads) {
    const ca_alloc *alloc = &self->find.alloc;
    size_t n_blocks = self->find.tokens->n_blocks, at = 0;
    CA_TRY(map_both(self, n_threads));
    CA_TRY(match_all(&self->find, n_threads));
    CA_TRY(CA_RESIZE(alloc, self->scored, self->find.n_found));
    CA_TRY(CA_RESIZE(alloc, self->first, n_blocks));
    CA_TRY(CA_ZEROS(alloc, self->row, n_blocks));
    if (self->only_sums) {
        CA_TRY(CA_ZEROS(alloc, self->sums.score, self->find.tokens->n_sentences));
        CA_TRY(CA_ZEROS(alloc, self->sums.positive, self->find.tokens->n_sentences));
        CA_TRY(CA_ZEROS(alloc, self->sums.hits, self->find.tokens->n_sentences));
    }
    for (size_t b = 0; b < n_blocks; b++) {
        self->first[b] = at;
        at += self->find.found[b].n;
    }
    return ext_run(&(ca_par_job){score_block, self, n_blocks}, n_threads);
}

static void write_hit(const scoring *self, size_t b, size_t i, const ca_scored *scored,
                      size_t row) {
    int64_t fields[N_COLUMNS], *one[N_COLUMNS], *const *columns = self->columns;
    for (size_t c = 0; c < N_COLUMNS; c++) one[c] = &fields[c];
    write_mention(self->find.tokens, &self->find.tokens->blocks[b], &self->find.found[b].items[i],
                  one, 0);
    columns[HIT_DOC][row] = fields[DOC];
    columns[HIT_SENTENCE][row] = fields[SENTENCE];
    columns[HIT_FIRST][row] = fields[FIRST];
    columns[HIT_LAST][row] = fields[LAST];
    columns[HIT_START][row] = fields[START];
    columns[HIT_END][row] = fields[END];
    columns[HIT_ALIAS][row] = fields[ALIAS];
    columns[HIT_CONTRIBUTION][row] = scored->contribution;
    columns[HIT_NEGATOR][row] = scored->negator;
    columns[HIT_INTENSIFIER][row] = scored->intensifier;
    columns[HIT_CONTRAST][row] = scored->contrast;
    self->intensity[row] = scored->intensity;
}

static ca_status write_block(void *ctx, size_t block, size_t worker, const ca_poll *poll) {
    const scoring *self = ctx;
    size_t row = self->row[block];
    (void)worker, (void)poll;
    for (size_t i = 0; i < self->find.found[block].n; i++) {
        const ca_scored *scored = &self->scored[self->first[block] + i];
        if (scored->keep) write_hit(self, block, i, scored, row++);
    }
    return CA_OK;
}

static PyObject *wrap_scores(scoring *self, size_t n_threads) {
    const ca_alloc *alloc = &self->find.alloc;
    size_t n = 0, n_blocks = self->find.tokens->n_blocks;
    for (size_t b = 0; b < n_blocks; b++) {
        size_t kept = self->row[b];
        self->row[b] = n;
        n += kept;
    }
    if (CA_RESIZE(alloc, self->intensity, n) != CA_OK) return PyErr_NoMemory();
    PyObject *result = PyTuple_New(HIT_COLUMNS + 1);
    for (Py_ssize_t i = 0; result != NULL && i < HIT_COLUMNS; i++) {
        if (!ext_put(result, i, ext_new_int64(n, &self->columns[i]))) Py_CLEAR(result);
    }
    if (result == NULL) return NULL;
    ca_status status = ext_run(&(ca_par_job){write_block, self, n_blocks}, n_threads);
    if (status != CA_OK) ext_raise(status, "scoring tone");
    if (status != CA_OK || !ext_put(result, HIT_COLUMNS, ext_take_float64(&self->intensity, n)))
        Py_CLEAR(result);
    return result;
}

static PyObject *wrap_sums(scoring *self) {
    size_t n = self->find.tokens->n_sentences;
    PyObject *result = PyTuple_New(3);
    if (result != NULL && ext_put(result, 0, ext_take_int64(&self->sums.score, n)) &&
        ext_put(result, 1, ext_take_int64(&self->sums.positive, n)) &&
        ext_put(result, 2, ext_take_int64(&self->sums.hits, n)))
        return result;
    Py_XDECREF(result);
    return NULL;
}

/* The dictionary of shifters may be None; else their roles and factors must fit it. */
static bool take_shifters(scoring *self, ext_state *state, PyObject *tokens, PyObject *shifters) {
    if (shifters == Py_None) return true;
    if (!PyObject_TypeCheck(shifters, state->dictionary_type)) return false;
    self->shift = work_on(tokens, shifters);
    self->options.factors = ext_float64(&self->factors);
    return self->roles.n == self->shift.dict->n_aliases && self->factors.n == self->roles.n;
}

PyObject *ext_score(PyObject *module, PyObject *args) {
    PyObject *tokens, *dictionary, *shifters, *result = NULL;
    scoring self = {.options = {.negated = 1}};
    unsigned int reach;
    int only_sums;
    size_t n_threads;
    ext_state *state = ext_state_of(module);
    if (!PyArg_ParseTuple(args, "O!O!O&OO&O&IdddO&O&pO&:score", state->tokens_type, &tokens,
                          state->dictionary_type, &dictionary, ext_float64_array, &self.weights,
                          &shifters, ext_int32_array, &self.roles, ext_float64_array, &self.factors,
                          &reach, &self.options.negated, &self.options.before, &self.options.behind,
                          ext_int64_array, &self.mask_first, ext_int64_array, &self.mask_end,
                          &only_sums, ext_threads, &n_threads))
        return NULL;
    self.only_sums = only_sums != 0;
    self.find = work_on(tokens, dictionary);
    self.shift.alloc = self.find.alloc;
    self.options.weights = ext_float64(&self.weights);
    self.options.reach = reach;
    self.mask =
        (ca_score_mask){ext_int64(&self.mask_first), ext_int64(&self.mask_end), self.mask_first.n};
    if (self.weights.n != self.find.dict->n_aliases || self.mask_first.n != self.mask_end.n ||
        !take_shifters(&self, state, tokens, shifters)) {
        PyErr_SetString(PyExc_ValueError, "weights, shifters or mask do not fit");
    } else {
        ca_status status = score_all(&self, n_threads);

        if (status == CA_TOO_LARGE) {
            PyErr_SetString(PyExc_OverflowError,
                            "the weights of one unit of text add up to too large a number");
        } else if (status != CA_OK) {
            ext_raise(status, "scoring tone");
        } else {
            result = self.only_sums ? wrap_sums(&self) : wrap_scores(&self, n_threads);
        }
    }
    ca_shifters_reset(&self.shifters, &self.find.alloc);
    CA_FREE(&self.find.alloc, self.row);
    CA_FREE(&self.find.alloc, self.sums.score);
    CA_FREE(&self.find.alloc, self.sums.positive);
    CA_FREE(&self.find.alloc, self.sums.hits);
    CA_FREE(&self.find.alloc, self.intensity);
    CA_FREE(&self.find.alloc, self.scored);
    CA_FREE(&self.find.alloc, self.first);
    reset(&self.find);
    ca_typemap_reset(&self.shift.map);
    ext_array_clear(&self.weights);
    ext_array_clear(&self.roles);
    ext_array_clear(&self.factors);
    ext_array_clear(&self.mask_first);
    ext_array_clear(&self.mask_end);
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
