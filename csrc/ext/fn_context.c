/* _core.quotes, _core.locative: what stands around names. */
#include "ext.h"

#include "../core/locative.h"
#include "../core/quotes.h"
#include "type_tokens.h"

/* ---- quotes ---- */

typedef struct work {
    ca_alloc alloc;
    const ca_tokens *tokens;
    uint8_t *roles;   /* by type */
    ca_quotes *found; /* by block */
    size_t n_found;
} work;

static ca_status read_block(void *ctx, size_t block, size_t worker, const ca_poll *poll) {
    (void)worker;
    work *self = ctx;
    return ca_quotes_block(&self->alloc, self->tokens, &self->tokens->blocks[block], self->roles,
                           poll, &self->found[block]);
}

static ca_status read_all(work *self, size_t n_threads) {
    CA_TRY(CA_RESIZE(&self->alloc, self->roles, self->tokens->vocab.n));
    ca_quotes_roles(&self->tokens->vocab, self->roles);
    CA_TRY(CA_ZEROS(&self->alloc, self->found, self->tokens->n_blocks));
    CA_TRY(ext_run(&(ca_par_job){read_block, self, self->tokens->n_blocks}, n_threads));
    for (size_t b = 0; b < self->tokens->n_blocks; b++) self->n_found += self->found[b].n;
    return CA_OK;
}

static void reset(work *self) {
    for (size_t b = 0; self->found != NULL && b < self->tokens->n_blocks; b++)
        ca_quotes_reset(&self->alloc, &self->found[b]);
    CA_FREE(&self->alloc, self->found);
    CA_FREE(&self->alloc, self->roles);
}

/* The columns of the result, in this order, all int64. */
enum { DOC, FIRST, LAST, START, END, SPEECH, N_COLUMNS };

static void write_quote(const ca_tokens *tokens, const ca_block *block, const ca_quote *q,
                        int64_t *const columns[N_COLUMNS], size_t row) {
    size_t in_block = q->doc - block->first_doc;
    ca_doc doc = ca_tokens_doc(tokens, block, in_block);
    size_t base = block->token_base + block->doc_tokens[in_block];
    columns[DOC][row] = (int64_t)q->doc;
    columns[FIRST][row] = (int64_t)(base + q->first);
    columns[LAST][row] = (int64_t)(base + q->end);
    columns[START][row] = doc.start[q->first];
    columns[END][row] = ca_doc_end(&doc, q->end - 1);
    columns[SPEECH][row] = q->speech;
}

static PyObject *wrap(const work *self) {
    int64_t *columns[N_COLUMNS];
    PyObject *result = PyTuple_New(N_COLUMNS);
    for (Py_ssize_t i = 0; result != NULL && i < N_COLUMNS; i++) {
        if (!ext_put(result, i, ext_new_int64(self->n_found, &columns[i]))) Py_CLEAR(result);
    }
    if (result == NULL) return NULL;
    size_t row = 0;
    for (size_t b = 0; b < self->tokens->n_blocks; b++) {
        for (size_t i = 0; i < self->found[b].n; i++)
            write_quote(self->tokens, &self->tokens->blocks[b], &self->found[b].items[i], columns,
                        row++);
    }
    return result;
}

PyObject *ext_quotes(PyObject *module, PyObject *args) {
    PyObject *tokens;
    size_t n_threads;
    if (!PyArg_ParseTuple(args, "O!O&:quotes", ext_state_of(module)->tokens_type, &tokens,
                          ext_threads, &n_threads))
        return NULL;
    work self = {.alloc = ca_alloc_libc(), .tokens = &((ext_tokens *)tokens)->tokens};

    ca_status status = read_all(&self, n_threads);

    PyObject *result = status == CA_OK ? wrap(&self) : ext_raise(status, "reading quotations");
    reset(&self);
    return result;
}

/* ---- locative ---- */

/* A name in the column: its document, and tokens of the column. */
typedef struct name {
    int64_t doc, sentence, first, end;
} name;

static bool is_locative_at(const ca_tokens *tokens, const uint8_t *roles, name at) {
    const ca_block *block = ca_tokens_block(tokens, (size_t)at.doc);
    size_t in_block = (size_t)at.doc - block->first_doc;
    ca_doc doc = ca_tokens_doc(tokens, block, in_block);
    int64_t base = (int64_t)(block->token_base + block->doc_tokens[in_block]);
    if (at.sentence < base || at.first < at.sentence || at.end <= at.first ||
        at.end - base > (int64_t)doc.n)
        return false;
    return ca_is_locative(&doc, roles, (size_t)(at.sentence - base), (size_t)(at.first - base),
                          (size_t)(at.end - base));
}

static bool names_fit(const ca_tokens *column, const ext_array *docs, const ext_array *others,
                      size_t n_others) {
    bool fits = true;
    for (size_t i = 0; i < n_others; i++) fits &= others[i].n == docs->n;
    for (size_t i = 0; fits && i < docs->n; i++)
        fits = ext_int64(docs)[i] >= 0 && (size_t)ext_int64(docs)[i] < column->n_docs;
    return fits;
}

PyObject *ext_locative(PyObject *module, PyObject *args) {
    PyObject *tokens, *result = NULL;
    enum { SENTENCES, FIRSTS, ENDS, N_OTHERS };
    ext_array docs = EXT_ARRAY_NONE,
              others[N_OTHERS] = {EXT_ARRAY_NONE, EXT_ARRAY_NONE, EXT_ARRAY_NONE};
    ca_alloc alloc = ca_alloc_libc();
    uint8_t *roles = NULL, *flags;
    if (!PyArg_ParseTuple(args, "O!O&O&O&O&:locative", ext_state_of(module)->tokens_type, &tokens,
                          ext_int64_array, &docs, ext_int64_array, &others[SENTENCES],
                          ext_int64_array, &others[FIRSTS], ext_int64_array, &others[ENDS]))
        return NULL;
    const ca_tokens *column = &((ext_tokens *)tokens)->tokens;
    if (!names_fit(column, &docs, others, N_OTHERS)) {
        PyErr_SetString(PyExc_ValueError, "documents, sentences, firsts and ends do not fit");
        goto done;
    }
    if (CA_RESIZE(&alloc, roles, column->vocab.n) != CA_OK) {
        PyErr_NoMemory();
        goto done;
    }
    ca_locative_roles(&column->vocab, roles);
    result = ext_new_uint8(docs.n, &flags);
    for (size_t i = 0; result != NULL && i < docs.n; i++) {
        name at = {ext_int64(&docs)[i], ext_int64(&others[SENTENCES])[i],
                   ext_int64(&others[FIRSTS])[i], ext_int64(&others[ENDS])[i]};
        flags[i] = is_locative_at(column, roles, at);
    }
done:
    CA_FREE(&alloc, roles);
    ext_array_clear(&docs);
    for (size_t i = 0; i < N_OTHERS; i++) ext_array_clear(&others[i]);
    return result;
}
