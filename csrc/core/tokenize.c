#include "tokenize.h"

#include "uax29.h"
#include "unicode.h"
#include "utf8.h"

/* Text of a chunk, and what a document costs beside its text. Large enough that a chunk's own
 * cost vanishes, small enough that two threads share a few megabytes evenly. */
#define CHUNK_BYTES ((size_t)256 * 1024)
#define DOC_BYTES 32

/* English prose has about 4.7 characters a token, blanks included. */
#define UNITS_PER_TOKEN 4

/* Pieces that are interned at a time: they stay in the nearest cache until they are. */
#define NEWS_BATCH 1024

ca_status ca_tokenizer_init(ca_tokenizer *self, const ca_alloc *alloc, ca_mode mode,
                            uint64_t seed) {
    *self =
        (ca_tokenizer){.alloc = alloc, .results = alloc, .mode = mode, .pieces = {.alloc = alloc}};
    return ca_vocab_init(&self->vocab, alloc, seed);
}

void ca_tokenizer_reset(ca_tokenizer *self) {
    if (self->alloc == NULL) return;
    ca_vocab_reset(&self->vocab);
    ca_scratch_reset(self->alloc, &self->scratch);
    ca_pieces_reset(&self->pieces);
    ca_layout_reset(self->alloc, &self->layout);
    CA_FREE(self->alloc, self->id);
    CA_FREE(self->alloc, self->start);
    ca_starts_reset(self->alloc, &self->doc_tokens);
    ca_starts_reset(self->alloc, &self->doc_sentences);
    ca_starts_reset(self->alloc, &self->doc_paragraphs);
    *self = (ca_tokenizer){.alloc = NULL};
}

size_t ca_chunk_end(const ca_texts *texts, size_t first) {
    size_t end = first, bytes = 0;
    while (end < texts->n && bytes < CHUNK_BYTES) bytes += texts->items[end++].len + DOC_BYTES;
    return end;
}

/* Add n tokens of a text. */
static ca_status add_tokens(ca_tokenizer *self, ca_str text, const ca_piece *pieces, size_t n) {
    size_t total = self->n_tokens + n;
    if (total > UINT32_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(self->alloc, self->id, self->id_capacity, total));
    CA_TRY(CA_GROW(self->alloc, self->start, self->start_capacity, total));
    CA_TRY(ca_vocab_intern_pieces(&self->vocab, text, pieces, n, self->id + self->n_tokens));
    for (size_t i = 0; i < n; i++) self->start[self->n_tokens + i] = pieces[i].start;
    self->n_tokens = total;
    return CA_OK;
}

/* ---- news ---- */

static ca_doc doc_at_hand(const ca_tokenizer *self) {
    return (ca_doc){.id = self->id + self->first_token,
                    .start = self->start + self->first_token,
                    .n = self->n_tokens - self->first_token,
                    .chars = self->vocab.chars,
                    .shape = self->vocab.shape,
                    .ordinal = self->vocab.ordinal};
}

static ca_status scan_news(ca_tokenizer *self, ca_str text, const ca_poll *poll) {
    ca_pieces *pieces = &self->pieces;
    ca_pieces_begin(pieces, text);
    while (!ca_pieces_over(pieces)) {
        CA_TRY(ca_pieces_more(pieces, CA_PIECES_KEPT + NEWS_BATCH, poll));
        size_t n = pieces->n - (ca_pieces_over(pieces) ? 0 : CA_PIECES_KEPT);
        CA_TRY(add_tokens(self, text, pieces->items, n));
        ca_pieces_drop(pieces, n);
    }
    ca_doc doc = doc_at_hand(self);
    return ca_layout_news(self->alloc, &self->layout, &doc, pieces->breaks, pieces->n_breaks,
                          &pieces->marks, (uint32_t)self->first_token, poll);
}

/* ---- UAX #29 ---- */

/* A walk over the segments of a text. */
typedef struct segments {
    ca_str text;
    size_t at, points;    /* the next segment; code points before it */
    size_t sentence;      /* where the sentence at hand ends */
    size_t line;          /* the first token of the line at hand */
    bool paragraph;       /* the next segment begins a paragraph, */
    bool blank;           /* and the line before it was empty */
    ca_piece pieces[256]; /* not added yet */
    size_t n;
} segments;

static bool is_line_end(ca_str text, size_t at) {
    uint32_t cp;
    ca_utf8_decode(text.ptr + at, text.len - at, &cp);
    return (ca_unicode_property(cp)->flags & CA_LINE) != 0;
}

/* Begin with token number `token` what begins with it. */
static ca_status lay_out_segment(ca_tokenizer *self, segments *s, size_t token) {
    if (s->paragraph) {
        CA_TRY(ca_layout_paragraph(self->alloc, &self->layout, (uint32_t)token, s->blank));
        s->line = token;
    }
    if (s->at < s->sentence) return CA_OK;
    s->sentence = ca_uax29_sentence_end(s->text.ptr, s->text.len, s->at);
    return ca_starts_add(self->alloc, &self->layout.sentences, (uint32_t)token);
}

static ca_status add_segment(ca_tokenizer *self, segments *s, const ca_poll *poll) {
    size_t token = self->n_tokens + s->n, at = s->at;
    size_t end = ca_uax29_word_end(s->text.ptr, s->text.len, at);
    if (s->points > INT32_MAX || end - at > INT32_MAX) return CA_TOO_LARGE;
    CA_TRY(ca_poll_after(poll, &self->pieces.since_poll, end - at));
    CA_TRY(lay_out_segment(self, s, token));
    s->pieces[s->n++] =
        (ca_piece){.at = at, .len = (uint32_t)(end - at), .start = (int32_t)s->points};
    s->points += (size_t)ca_pieces_points(s->text, at, end);
    s->paragraph = is_line_end(s->text, at);
    s->blank = token == s->line; /* a line that is nothing but its end */
    s->at = end;
    return CA_OK;
}

static ca_status scan_uax29(ca_tokenizer *self, ca_str text, const ca_poll *poll) {
    segments s = {.text = text, .paragraph = true, .blank = true};
    if (text.len > UINT32_MAX) return CA_TOO_LARGE; /* a piece has 32 bits for its length */
    while (s.at < text.len) {
        for (s.n = 0; s.n < 256 && s.at < text.len;) CA_TRY(add_segment(self, &s, poll));
        CA_TRY(add_tokens(self, text, s.pieces, s.n));
    }
    return s.points > INT32_MAX ? CA_TOO_LARGE : CA_OK;
}

/* ---- documents and chunks ---- */

static ca_status tokenize_document(ca_tokenizer *self, const ca_text *text, const ca_poll *poll) {
    ca_str bytes;
    self->first_token = self->n_tokens;
    CA_TRY(ca_starts_add(self->alloc, &self->doc_tokens, (uint32_t)self->n_tokens));
    CA_TRY(ca_starts_add(self->alloc, &self->doc_sentences, (uint32_t)self->layout.sentences.n));
    CA_TRY(ca_starts_add(self->alloc, &self->doc_paragraphs, (uint32_t)self->layout.paragraphs.n));
    CA_TRY(ca_text_utf8(self->alloc, text, &self->scratch, &bytes));
    CA_TRY(ca_poll_after(poll, &self->pieces.since_poll, DOC_BYTES));
    if (self->mode == CA_MODE_UAX29) return scan_uax29(self, bytes, poll);
    return scan_news(self, bytes, poll);
}

static ca_status copy(const ca_alloc *alloc, void **to, const void *from, size_t bytes) {
    CA_TRY(ca_mem_resize(alloc, to, bytes, 1));
    if (bytes > 0) memcpy(*to, from, bytes);
    return CA_OK;
}

static ca_status copy_starts(ca_tokenizer *self, ca_starts *starts, size_t last, uint32_t **to) {
    CA_TRY(ca_starts_add(self->alloc, starts, (uint32_t)last));
    return copy(self->results, (void **)to, starts->items, starts->n * sizeof **to);
}

static ca_status fill_block(ca_tokenizer *self, ca_block *block) {
    block->n_tokens = self->n_tokens;
    block->n_sentences = self->layout.sentences.n;
    block->n_paragraphs = self->layout.paragraphs.n;
    size_t bytes = self->n_tokens * sizeof *self->id;
    CA_TRY(copy(self->results, (void **)&block->id, self->id, bytes));
    CA_TRY(copy(self->results, (void **)&block->start, self->start, bytes));
    CA_TRY(copy(self->results, (void **)&block->paragraph_blank, self->layout.blank,
                block->n_paragraphs));
    CA_TRY(copy_starts(self, &self->doc_tokens, block->n_tokens, &block->doc_tokens));
    CA_TRY(copy_starts(self, &self->doc_sentences, block->n_sentences, &block->doc_sentences));
    CA_TRY(copy_starts(self, &self->doc_paragraphs, block->n_paragraphs, &block->doc_paragraphs));
    CA_TRY(copy_starts(self, &self->layout.sentences, block->n_tokens, &block->sentence_tokens));
    return copy_starts(self, &self->layout.paragraphs, block->n_tokens, &block->paragraph_tokens);
}

/* Forget the chunk before, and make room for about as many tokens as the next one has, and for one
 * at least: arrays without memory have no places to point to. */
static ca_status begin_chunk(ca_tokenizer *self, const ca_texts *texts, size_t first, size_t end) {
    size_t units = 0;
    for (size_t doc = first; doc < end; doc++) units += texts->items[doc].len;
    self->n_tokens = 0;
    self->doc_tokens.n = self->doc_sentences.n = self->doc_paragraphs.n = 0;
    ca_layout_clear(&self->layout);
    size_t tokens = units / UNITS_PER_TOKEN + 1;
    CA_TRY(CA_GROW(self->alloc, self->id, self->id_capacity, tokens));
    return CA_GROW(self->alloc, self->start, self->start_capacity, tokens);
}

ca_status ca_tokenizer_chunk(ca_tokenizer *self, const ca_texts *texts, size_t first, size_t end,
                             const ca_poll *poll, ca_block *block, size_t *bad_doc) {
    CA_TRY(begin_chunk(self, texts, first, end));
    for (size_t doc = first; doc < end; doc++) {
        ca_status status = tokenize_document(self, &texts->items[doc], poll);
        if (status == CA_TOO_LARGE) *bad_doc = doc;
        CA_TRY(status);
    }
    ca_block filled = {.first_doc = first, .n_docs = end - first};
    ca_status status = fill_block(self, &filled);
    if (status != CA_OK) {
        ca_block_reset(self->results, &filled);
        return status;
    }
    *block = filled;
    return CA_OK;
}

void ca_block_remap(ca_block *block, const int32_t *map) {
    for (size_t i = 0; i < block->n_tokens; i++) block->id[i] = map[block->id[i]];
}
