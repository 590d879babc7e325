#include "subset.h"

/* Tokens from which on a new block begins. */
#define BLOCK_TOKENS ((size_t)64 * 1024)

typedef struct cutter {
    const ca_tokens *from;
    const int64_t *docs;
    size_t n;
    ca_tokens to;
    int32_t *type_of; /* new id of an old type, -1 */
} cutter;

/* Where a document lies. */
typedef struct place {
    const ca_block *block;
    size_t in_block;
} place;

static place place_of(const cutter *self, size_t i) {
    const ca_block *block = ca_tokens_block(self->from, (size_t)self->docs[i]);
    return (place){block, (size_t)self->docs[i] - block->first_doc};
}

static uint32_t count(const uint32_t *starts, size_t i) {
    return starts[i + 1] - starts[i];
}

/* The end of the block that begins with kept document `first`, and what it holds. */
static size_t measure(const cutter *self, size_t first, ca_block *out) {
    size_t i = first;
    *out = (ca_block){.first_doc = first};
    for (; i < self->n && out->n_tokens < BLOCK_TOKENS; i++) {
        place p = place_of(self, i);
        out->n_tokens += count(p.block->doc_tokens, p.in_block);
        out->n_sentences += count(p.block->doc_sentences, p.in_block);
        out->n_paragraphs += count(p.block->doc_paragraphs, p.in_block);
    }
    out->n_docs = i - first;
    return i;
}

static ca_status make_room(const ca_alloc *alloc, ca_block *block) {
    CA_TRY(CA_RESIZE(alloc, block->id, block->n_tokens));
    CA_TRY(CA_RESIZE(alloc, block->start, block->n_tokens));
    CA_TRY(CA_ZEROS(alloc, block->doc_tokens, block->n_docs + 1));
    CA_TRY(CA_ZEROS(alloc, block->doc_sentences, block->n_docs + 1));
    CA_TRY(CA_ZEROS(alloc, block->doc_paragraphs, block->n_docs + 1));
    CA_TRY(CA_ZEROS(alloc, block->sentence_tokens, block->n_sentences + 1));
    CA_TRY(CA_ZEROS(alloc, block->paragraph_tokens, block->n_paragraphs + 1));
    return CA_RESIZE(alloc, block->paragraph_blank, block->n_paragraphs);
}

static ca_status new_type(cutter *self, int32_t old, int32_t *id) {
    if (self->type_of[old] < 0)
        CA_TRY(ca_vocab_intern(&self->to.vocab, ca_vocab_type(&self->from->vocab, old),
                               &self->type_of[old]));
    *id = self->type_of[old];
    return CA_OK;
}

/* Copy the starts [first, first + n) of units, moved so that the document begins at token `to`. */
static void copy_starts(const uint32_t *from, size_t n, uint32_t base, uint32_t to, uint32_t *out) {
    for (size_t i = 0; i < n; i++) out[i] = from[i] - base + to;
}

/* Copy a document; `at` is its number in the new block, whose counts so far stand at `at`. */
static ca_status copy_doc(cutter *self, ca_block *to, size_t at, place p) {
    const ca_block *from = p.block;
    uint32_t token = from->doc_tokens[p.in_block], n = count(from->doc_tokens, p.in_block);
    uint32_t sentence = from->doc_sentences[p.in_block];
    uint32_t paragraph = from->doc_paragraphs[p.in_block];
    uint32_t n_sentences = count(from->doc_sentences, p.in_block);
    uint32_t n_paragraphs = count(from->doc_paragraphs, p.in_block);
    uint32_t new_token = to->doc_tokens[at];
    for (uint32_t i = 0; i < n; i++)
        CA_TRY(new_type(self, from->id[token + i], &to->id[new_token + i]));
    if (n > 0) memcpy(to->start + new_token, from->start + token, n * sizeof *to->start);
    copy_starts(from->sentence_tokens + sentence, n_sentences, token, new_token,
                to->sentence_tokens + to->doc_sentences[at]);
    copy_starts(from->paragraph_tokens + paragraph, n_paragraphs, token, new_token,
                to->paragraph_tokens + to->doc_paragraphs[at]);
    if (n_paragraphs > 0)
        memcpy(to->paragraph_blank + to->doc_paragraphs[at], from->paragraph_blank + paragraph,
               n_paragraphs);
    to->doc_tokens[at + 1] = new_token + n;
    to->doc_sentences[at + 1] = to->doc_sentences[at] + n_sentences;
    to->doc_paragraphs[at + 1] = to->doc_paragraphs[at] + n_paragraphs;
    return CA_OK;
}

static ca_status fill_block(cutter *self, ca_block *block) {
    CA_TRY(make_room(self->to.alloc, block));
    for (size_t i = 0; i < block->n_docs; i++)
        CA_TRY(copy_doc(self, block, i, place_of(self, block->first_doc + i)));
    block->sentence_tokens[block->n_sentences] = (uint32_t)block->n_tokens;
    block->paragraph_tokens[block->n_paragraphs] = (uint32_t)block->n_tokens;
    return CA_OK;
}

static ca_status cut(cutter *self, const ca_alloc *alloc, uint64_t seed, const ca_poll *poll) {
    size_t n_blocks = 0, first = 0;
    ca_block counts;
    do { /* no documents make one block, as tokenizing does */
        first = measure(self, first, &counts);
        n_blocks++;
    } while (first < self->n);
    CA_TRY(ca_tokens_init(&self->to, alloc, self->n, n_blocks));
    CA_TRY(ca_vocab_init(&self->to.vocab, alloc, seed));
    CA_TRY(CA_RESIZE(alloc, self->type_of, self->from->vocab.n));
    for (size_t i = 0; i < self->from->vocab.n; i++) self->type_of[i] = -1;
    first = 0;
    for (size_t b = 0; b < n_blocks; b++) {
        if (ca_poll_stop(poll)) return CA_STOPPED;
        first = measure(self, first, &self->to.blocks[b]);
        CA_TRY(fill_block(self, &self->to.blocks[b]));
    }
    ca_tokens_number(&self->to);
    return CA_OK;
}

ca_status ca_tokens_subset(const ca_alloc *alloc, const ca_tokens *tokens, const int64_t *docs,
                           size_t n, uint64_t seed, const ca_poll *poll, ca_tokens *out) {
    cutter self = {.from = tokens, .docs = docs, .n = n};
    ca_status status = cut(&self, alloc, seed, poll);
    CA_FREE(alloc, self.type_of);
    if (status == CA_OK) {
        *out = self.to;
    } else {
        ca_tokens_reset(&self.to);
    }
    return status;
}
