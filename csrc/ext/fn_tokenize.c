/* _core.tokenize: a column of text -> Tokens, on any number of threads. */
#include "ext.h"

#include "../core/tokenize.h"
#include "../par/pages.h"
#include "type_texts.h"
#include "type_tokens.h"

/* What a chunk needs to know: its documents, and whose types it saw first. */
typedef struct chunk {
    size_t first, end;
    size_t worker, types_before, types_after;
    size_t bad_doc;
} chunk;

/* Units of text from which on large pages are worth it: below, a call makes a few megabytes. */
#define MANY_UNITS ((size_t)8 << 20)

typedef struct work {
    ca_alloc alloc;
    ca_alloc results; /* of the blocks */
    ca_pages pages;
    ca_mode mode;
    ca_texts texts;
    ca_tokens tokens;
    chunk *chunks;
    size_t n_chunks, chunks_capacity;
    ca_tokenizer *workers;
    int32_t **maps; /* of each worker: its types -> those of the whole */
    size_t n_workers;
} work;

static void choose_results(work *self) {
    size_t units = 0;
    for (size_t i = 0; i < self->texts.n && units < MANY_UNITS; i++)
        units += self->texts.items[i].len;
    self->results = units < MANY_UNITS ? self->alloc : ca_pages_alloc(&self->pages);
}

static ca_status plan(work *self, size_t n_threads, uint64_t seed) {
    choose_results(self);
    for (size_t first = 0; first < self->texts.n;) {
        size_t end = ca_chunk_end(&self->texts, first);
        CA_TRY(CA_GROW(&self->alloc, self->chunks, self->chunks_capacity, self->n_chunks + 1));
        self->chunks[self->n_chunks++] = (chunk){.first = first, .end = end};
        first = end;
    }
    CA_TRY(ca_tokens_init(&self->tokens, &self->results, self->texts.n, self->n_chunks));
    self->n_workers = ca_par_workers(n_threads, self->n_chunks);
    CA_TRY(CA_ZEROS(&self->alloc, self->workers, self->n_workers));
    CA_TRY(CA_ZEROS(&self->alloc, self->maps, self->n_workers));
    for (size_t i = 0; i < self->n_workers; i++) {
        CA_TRY(ca_tokenizer_init(&self->workers[i], &self->alloc, self->mode, seed));
        self->workers[i].results = &self->results;
    }
    return CA_OK;
}

static ca_status tokenize_chunk(void *ctx, size_t number, size_t worker, const ca_poll *poll) {
    work *self = ctx;
    chunk *c = &self->chunks[number];
    ca_tokenizer *tokenizer = &self->workers[worker];
    c->worker = worker;
    c->types_before = tokenizer->vocab.n;
    c->bad_doc = SIZE_MAX;
    CA_TRY(ca_tokenizer_chunk(tokenizer, &self->texts, c->first, c->end, poll,
                              &self->tokens.blocks[number], &c->bad_doc));
    c->types_after = tokenizer->vocab.n;
    return CA_OK;
}

/* One vocabulary out of those of the workers, with ids by first appearance in the column. */
static ca_status merge(work *self) {
    ca_vocab *whole = &self->tokens.vocab;
    if (self->n_workers == 1) { /* its ids are by first appearance already */
        *whole = self->workers[0].vocab;
        self->workers[0].vocab = (ca_vocab){.alloc = NULL};
        return CA_OK;
    }
    CA_TRY(ca_vocab_init(whole, &self->alloc, self->workers[0].vocab.seed));
    for (size_t i = 0; i < self->n_workers; i++) {
        size_t n = self->workers[i].vocab.n;
        CA_TRY(CA_RESIZE(&self->alloc, self->maps[i], n));
        CA_TRY(ca_vocab_reserve(whole, n)); /* no less than any of them */
    }
    for (size_t i = 0; i < self->n_chunks; i++) {
        const chunk *c = &self->chunks[i];
        CA_TRY(ca_vocab_merge(whole, &self->workers[c->worker].vocab, c->types_before,
                              c->types_after, self->maps[c->worker]));
    }
    return CA_OK;
}

static ca_status merge_once(void *ctx, size_t number, size_t worker, const ca_poll *poll) {
    (void)number, (void)worker, (void)poll;
    return merge(ctx);
}

static ca_status remap_chunk(void *ctx, size_t number, size_t worker, const ca_poll *poll) {
    (void)worker, (void)poll;
    work *self = ctx;
    if (self->n_workers > 1)
        ca_block_remap(&self->tokens.blocks[number], self->maps[self->chunks[number].worker]);
    return CA_OK;
}

static ca_status run(work *self, size_t n_threads, uint64_t seed) {
    CA_TRY(plan(self, n_threads, seed));
    CA_TRY(ext_run(&(ca_par_job){tokenize_chunk, self, self->n_chunks}, self->n_workers));
    if (self->n_workers > 0) CA_TRY(ext_run(&(ca_par_job){merge_once, self, 1}, 1));
    CA_TRY(ext_run(&(ca_par_job){remap_chunk, self, self->n_chunks}, self->n_workers));
    ca_tokens_number(&self->tokens);
    return CA_OK;
}

static void reset(work *self) {
    for (size_t i = 0; self->workers != NULL && i < self->n_workers; i++)
        ca_tokenizer_reset(&self->workers[i]);
    for (size_t i = 0; self->maps != NULL && i < self->n_workers; i++)
        CA_FREE(&self->alloc, self->maps[i]);
    CA_FREE(&self->alloc, self->workers);
    CA_FREE(&self->alloc, self->maps);
    CA_FREE(&self->alloc, self->chunks);
    ca_tokens_reset(&self->tokens);
}

static PyObject *raise(const work *self, ca_status status) {
    for (size_t i = 0; status == CA_TOO_LARGE && i < self->n_chunks; i++) {
        if (self->chunks[i].bad_doc == SIZE_MAX || self->chunks[i].types_after != 0) continue;
        return PyErr_Format(PyExc_ValueError, EXT_TEXT_TOO_LARGE, self->chunks[i].bad_doc);
    }
    return ext_raise(status, "tokenizing");
}

PyObject *ext_tokenize(PyObject *module, PyObject *args) {
    PyObject *texts;
    int mode;
    unsigned long long seed;
    size_t n_threads;
    if (!PyArg_ParseTuple(args, "O!iKO&:tokenize", ext_state_of(module)->texts_type, &texts, &mode,
                          &seed, ext_threads, &n_threads))
        return NULL;
    work self = {.alloc = ca_alloc_libc(),
                 .mode = mode == 0 ? CA_MODE_NEWS : CA_MODE_UAX29,
                 .texts = ext_texts_view((ext_texts *)texts)};

    ca_status status = run(&self, n_threads, seed);
    ca_pages_close(&self.pages);
    if (self.results.ctx != NULL) self.results = ca_pages_alloc(NULL);

    PyObject *result =
        status == CA_OK ? ext_tokens_take(module, &self.tokens) : raise(&self, status);
    reset(&self);
    return result;
}
