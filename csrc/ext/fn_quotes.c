/* _core.quotes: what stands between quotation marks, in all documents. */
#include "ext.h"

#include "../core/quotes.h"
#include "type_tokens.h"

typedef struct work {
    ca_alloc alloc;
    const ca_tokens *tokens;
    ca_quotes *found; /* by block */
} work;

static ca_status search_block(void *ctx, size_t block, size_t worker, const ca_poll *poll) {
    work *self = ctx;
    (void)worker;
    return ca_quotes_block(&self->alloc, self->tokens, &self->tokens->blocks[block], poll,
                           &self->found[block]);
}

enum { DOC, FIRST, LAST, START, END, WORDS, N_COLUMNS };

static void write_quote(const ca_tokens *tokens, const ca_block *block, const ca_quote *quote,
                        int64_t *const columns[N_COLUMNS], size_t row) {
    size_t in_block = quote->doc - block->first_doc;
    ca_doc doc = ca_tokens_doc(tokens, block, in_block);
    size_t base = block->token_base + block->doc_tokens[in_block];
    columns[DOC][row] = (int64_t)quote->doc;
    columns[FIRST][row] = (int64_t)(base + quote->first);
    columns[LAST][row] = (int64_t)(base + quote->end);
    columns[START][row] = doc.start[quote->first];
    columns[END][row] = ca_doc_end(&doc, quote->end - 1);
    columns[WORDS][row] = quote->n_words;
}

static PyObject *wrap(const work *self) {
    int64_t *columns[N_COLUMNS];
    size_t n = 0, row = 0;
    for (size_t b = 0; b < self->tokens->n_blocks; b++) n += self->found[b].n;
    PyObject *result = PyTuple_New(N_COLUMNS);
    for (Py_ssize_t i = 0; result != NULL && i < N_COLUMNS; i++) {
        PyObject *column = ext_new_int64(n, &columns[i]);
        if (column == NULL) {
            Py_CLEAR(result);
        } else {
            PyTuple_SET_ITEM(result, i, column);
        }
    }
    for (size_t b = 0; result != NULL && b < self->tokens->n_blocks; b++) {
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

    ca_status status = CA_ZEROS(&self.alloc, self.found, self.tokens->n_blocks);
    if (status == CA_OK)
        status = ext_run(&(ca_par_job){search_block, &self, self.tokens->n_blocks}, n_threads);

    PyObject *result = status == CA_OK ? wrap(&self) : ext_raise(status, "finding quotations");
    for (size_t b = 0; self.found != NULL && b < self.tokens->n_blocks; b++)
        ca_quotes_reset(&self.alloc, &self.found[b]);
    CA_FREE(&self.alloc, self.found);
    return result;
}
