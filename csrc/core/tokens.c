#include "tokens.h"

ca_status ca_tokens_init(ca_tokens *self, const ca_alloc *alloc, size_t n_docs, size_t n_blocks) {
    ca_block *blocks = NULL;
    CA_TRY(CA_ZEROS(alloc, blocks, n_blocks));
    *self = (ca_tokens){.alloc = alloc, .n_docs = n_docs, .n_blocks = n_blocks, .blocks = blocks};
    return CA_OK;
}

void ca_block_reset(const ca_alloc *alloc, ca_block *block) {
    CA_FREE(alloc, block->id);
    CA_FREE(alloc, block->start);
    CA_FREE(alloc, block->doc_tokens);
    CA_FREE(alloc, block->doc_sentences);
    CA_FREE(alloc, block->doc_paragraphs);
    CA_FREE(alloc, block->sentence_tokens);
    CA_FREE(alloc, block->paragraph_tokens);
    CA_FREE(alloc, block->paragraph_blank);
    *block = (ca_block){.n_docs = 0};
}

void ca_tokens_reset(ca_tokens *self) {
    if (self->alloc != NULL) {
        for (size_t i = 0; i < self->n_blocks; i++) ca_block_reset(self->alloc, &self->blocks[i]);
        CA_FREE(self->alloc, self->blocks);
    }
    ca_vocab_reset(&self->vocab);
    *self = (ca_tokens){.alloc = NULL};
}

void ca_tokens_number(ca_tokens *self) {
    self->n_tokens = self->n_sentences = self->n_paragraphs = 0;
    for (size_t i = 0; i < self->n_blocks; i++) {
        ca_block *block = &self->blocks[i];
        block->token_base = self->n_tokens;
        block->sentence_base = self->n_sentences;
        block->paragraph_base = self->n_paragraphs;
        self->n_tokens += block->n_tokens;
        self->n_sentences += block->n_sentences;
        self->n_paragraphs += block->n_paragraphs;
    }
}

const ca_block *ca_tokens_block(const ca_tokens *self, size_t doc) {
    size_t low = 0, high = self->n_blocks;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (self->blocks[middle].first_doc <= doc) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &self->blocks[low];
}

#define CHECK(condition, reason)                                                                   \
    if (!(condition)) {                                                                            \
        *why = reason;                                                                             \
        return false;                                                                              \
    }

/* Whether `offsets` rises from 0 to `total` in n steps, none of them empty where `strict`. */
static bool rises(const uint32_t *offsets, size_t n, size_t total, bool strict) {
    if (offsets[0] != 0 || offsets[n] != total) return false;
    for (size_t i = 0; i < n; i++) {
        if (offsets[i] > offsets[i + 1] || (strict && offsets[i] == offsets[i + 1])) return false;
    }
    return true;
}

static bool doc_is_valid(const ca_tokens *self, const ca_doc *doc, const char **why) {
    for (size_t i = 0; i < doc->n; i++) {
        CHECK(doc->id[i] >= 0 && (size_t)doc->id[i] < self->vocab.n, "an id is no type");
        CHECK(doc->start[i] >= (i > 0 ? ca_doc_end(doc, i - 1) : 0), "tokens overlap");
    }
    return true;
}

static bool block_is_valid(const ca_tokens *self, const ca_block *block, const char **why) {
    CHECK(rises(block->doc_tokens, block->n_docs, block->n_tokens, false), "document bounds");
    CHECK(rises(block->doc_sentences, block->n_docs, block->n_sentences, false),
          "sentences of documents");
    CHECK(rises(block->doc_paragraphs, block->n_docs, block->n_paragraphs, false),
          "paragraphs of documents");
    CHECK(rises(block->sentence_tokens, block->n_sentences, block->n_tokens, true), "sentences");
    CHECK(rises(block->paragraph_tokens, block->n_paragraphs, block->n_tokens, true), "paragraphs");
    for (size_t i = 0; i < block->n_paragraphs; i++)
        CHECK(block->paragraph_blank[i] <= 1, "a paragraph is neither blank nor not");
    for (size_t i = 0; i < block->n_docs; i++) {
        ca_doc doc = ca_tokens_doc(self, block, i);
        if (!doc_is_valid(self, &doc, why)) return false;
        uint32_t first = block->doc_tokens[i];
        uint32_t s = block->doc_sentences[i], p = block->doc_paragraphs[i];
        CHECK((doc.n == 0) == (s == block->doc_sentences[i + 1]), "sentences without tokens");
        CHECK((doc.n == 0) == (p == block->doc_paragraphs[i + 1]), "paragraphs without tokens");
        CHECK(doc.n == 0 || block->sentence_tokens[s] == first,
              "a document does not begin a sentence");
        CHECK(doc.n == 0 || block->paragraph_tokens[p] == first,
              "a document does not begin a paragraph");
        CHECK(doc.n == 0 || block->paragraph_blank[p] == 1, "a document begins behind no blank");
    }
    return true;
}

bool ca_tokens_validate(const ca_tokens *self, const char **why) {
    ca_block before = {.n_docs = 0}; /* what all blocks so far hold */
    for (size_t i = 0; i < self->n_blocks; i++) {
        const ca_block *block = &self->blocks[i];
        CHECK(block->first_doc == before.n_docs, "blocks leave out documents");
        CHECK(block->token_base == before.n_tokens, "a base is wrong");
        CHECK(block->sentence_base == before.n_sentences, "a base of sentences is wrong");
        CHECK(block->paragraph_base == before.n_paragraphs, "a base of paragraphs is wrong");
        if (!block_is_valid(self, block, why)) return false;
        before.n_docs += block->n_docs;
        before.n_tokens += block->n_tokens;
        before.n_sentences += block->n_sentences;
        before.n_paragraphs += block->n_paragraphs;
    }
    CHECK(before.n_docs == self->n_docs, "documents are missing");
    CHECK(before.n_tokens == self->n_tokens, "the number of tokens is wrong");
    CHECK(before.n_sentences == self->n_sentences, "the number of sentences is wrong");
    CHECK(before.n_paragraphs == self->n_paragraphs, "the number of paragraphs is wrong");
    return ca_vocab_validate(&self->vocab, why);
}
