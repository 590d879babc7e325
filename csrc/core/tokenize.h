/* tokenize.h - text to tokens, a chunk of documents at a time.
 *
 *     for each chunk, in rising order for each worker:        ca_tokenizer_chunk -> a block
 *     when all are done:                                      ca_vocab_merge, ca_block_remap
 *
 *     text    "The U.S.-led talks"
 *     pieces  The | U.S. | - | led | talks          pieces.h
 *     ids     interned in batches: vocab.h
 *     layout  paragraphs and sentences, over the shapes of the types: layout.h
 *
 * A tokenizer belongs to one worker. It keeps its vocabulary and its scratch memory from chunk to
 * chunk; a block owns exactly what it holds. Linear in the bytes of the text.
 */
#ifndef CA_TOKENIZE_H
#define CA_TOKENIZE_H

#include "base.h"
#include "layout.h"
#include "mem.h"
#include "pieces.h"
#include "texts.h"
#include "tokens.h"
#include "vocab.h"

typedef enum ca_mode {
    CA_MODE_NEWS,  /* what an analysis of news needs: scan.h, sentences.h */
    CA_MODE_UAX29, /* every segment and sentence exactly as UAX #29 has them */
} ca_mode;

typedef struct ca_tokenizer {
    const ca_alloc *alloc;
    const ca_alloc *results; /* of the blocks: *alloc, unless it is set to another one */
    ca_mode mode;
    ca_vocab vocab;
    ca_scratch scratch;
    ca_pieces pieces;   /* of the document at hand */
    size_t first_token; /* of the document, among the tokens of the chunk */
    /* of the chunk at hand */
    int32_t *id, *start;
    size_t n_tokens, id_capacity, start_capacity;
    ca_starts doc_tokens, doc_sentences, doc_paragraphs;
    ca_layout layout;
} ca_tokenizer;

CA_MUST_CHECK ca_status ca_tokenizer_init(ca_tokenizer *self, const ca_alloc *alloc, ca_mode mode,
                                          uint64_t seed);
void ca_tokenizer_reset(ca_tokenizer *self);

/* End of the chunk that begins with document `first`: fixed by the texts alone, about 256 KB. */
size_t ca_chunk_end(const ca_texts *texts, size_t first);

/* Tokenize documents [first, end) into *block, which is empty before; its ids are those of
 * self->vocab. Texts must be valid (utf8.h). CA_TOO_LARGE with *bad_doc set where a document has
 * more than INT32_MAX code points. */
CA_MUST_CHECK ca_status ca_tokenizer_chunk(ca_tokenizer *self, const ca_texts *texts, size_t first,
                                           size_t end, const ca_poll *poll, ca_block *block,
                                           size_t *bad_doc);

/* Turn the ids of a block into those of the merged vocabulary. */
void ca_block_remap(ca_block *block, const int32_t *map);

#endif
