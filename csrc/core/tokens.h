/* tokens.h - a column of text as token ids: the result of tokenizing, frozen.
 *
 *     documents   |   doc 0        | doc 1 | doc 2 (missing) | ...
 *     id          | 0 1 2 0 3      | 4 5   |                 |        int32, by first appearance
 *     start       | 0 4 8 9 12     | 0 6   |                 |        code points in the document
 *     sentence    | ^     ^        | ^     |                 |        first tokens
 *     blocks      [ block 0                ][ block 1 ...             runs of whole documents
 *
 * Tokens lie in blocks, one for each chunk of documents that a worker took, so that nothing is
 * ever copied into one long array. Inside a block numbers count from its own start; the bases
 * turn them into numbers over the whole column. The end of a token is its start plus the length
 * of its type, its kind is its type's.
 */
#ifndef CA_TOKENS_H
#define CA_TOKENS_H

#include "base.h"
#include "mem.h"
#include "sentences.h"
#include "vocab.h"

typedef struct ca_block {
    size_t first_doc, n_docs, n_tokens, n_sentences, n_paragraphs;
    int32_t *id, *start;        /* n_tokens */
    uint32_t *doc_tokens;       /* n_docs + 1: first token of each document */
    uint32_t *doc_sentences;    /* n_docs + 1: first sentence of each document */
    uint32_t *doc_paragraphs;   /* n_docs + 1 */
    uint32_t *sentence_tokens;  /* n_sentences + 1: first token of each sentence */
    uint32_t *paragraph_tokens; /* n_paragraphs + 1 */
    uint8_t *paragraph_blank;   /* n_paragraphs: 1 behind a blank line or at a document's start */
    size_t token_base, sentence_base, paragraph_base; /* counts of all blocks before */
} ca_block;

typedef struct ca_tokens {
    const ca_alloc *alloc;
    size_t n_docs, n_blocks, n_tokens, n_sentences, n_paragraphs;
    ca_block *blocks;
    ca_vocab vocab;
} ca_tokens;

/* Make room for n_blocks empty blocks. *alloc must outlive the tokens. */
CA_MUST_CHECK ca_status ca_tokens_init(ca_tokens *self, const ca_alloc *alloc, size_t n_docs,
                                       size_t n_blocks);
void ca_tokens_reset(ca_tokens *self);
void ca_block_reset(const ca_alloc *alloc, ca_block *block);

/* Once every block is filled: set the bases and totals. */
void ca_tokens_number(ca_tokens *self);

/* The block that holds document `doc` (doc < n_docs). O(log blocks). */
const ca_block *ca_tokens_block(const ca_tokens *self, size_t doc);

/* The tokens of document number `in_block` of a block. */
static inline ca_doc ca_tokens_doc(const ca_tokens *self, const ca_block *block, size_t in_block) {
    uint32_t first = block->doc_tokens[in_block];
    return (ca_doc){.id = block->id + first,
                    .start = block->start + first,
                    .n = block->doc_tokens[in_block + 1] - first,
                    .chars = self->vocab.chars,
                    .shape = self->vocab.shape,
                    .ordinal = self->vocab.ordinal};
}

/* Whether every invariant holds; if not, *why says which does not. O(tokens). */
bool ca_tokens_validate(const ca_tokens *self, const char **why);

#endif
