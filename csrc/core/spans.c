#include "spans.h"

#include "layout.h"
#include "pieces.h"

/* English prose has about 4.7 characters a token, blanks included. */
#define UNITS_PER_TOKEN 4

/* Every token is a type of its own here, and what it is nobody knows until a rule asks. */
typedef struct text_doc {
    const ca_alloc *alloc;
    ca_pieces pieces;
    int32_t *id, *start, *chars;
    ca_shape *shape;
    uint8_t *ordinal;
    ca_layout layout;
    ca_shape ascii[128]; /* of types of one byte: marks, mostly */
} text_doc;

static void text_doc_reset(text_doc *self) {
    ca_pieces_reset(&self->pieces);
    CA_FREE(self->alloc, self->id);
    CA_FREE(self->alloc, self->start);
    CA_FREE(self->alloc, self->chars);
    CA_FREE(self->alloc, self->shape);
    CA_FREE(self->alloc, self->ordinal);
    ca_layout_reset(self->alloc, &self->layout);
}

/* Code points of a piece. Where up to the next one there are as many as bytes, each is a byte. */
static int32_t chars_of(ca_str text, const ca_piece *piece, const ca_piece *next) {
    if (CA_LIKELY(next->at - piece->at == (size_t)(next->start - piece->start)))
        return (int32_t)piece->len;
    return ca_pieces_points(text, piece->at, piece->at + piece->len);
}

/* All tokens: where they are, and nothing about what they are. */
static ca_status fill(text_doc *self) {
    size_t n = self->pieces.n;
    const ca_piece *pieces = self->pieces.items;
    CA_TRY(CA_RESIZE(self->alloc, self->id, n));
    CA_TRY(CA_RESIZE(self->alloc, self->start, n));
    CA_TRY(CA_RESIZE(self->alloc, self->chars, n));
    CA_TRY(CA_RESIZE(self->alloc, self->shape, n));
    CA_TRY(CA_RESIZE(self->alloc, self->ordinal, n));
    for (size_t i = 0; i < n; i++) {
        self->id[i] = (int32_t)i;
        self->start[i] = pieces[i].start;
        self->shape[i] = CA_SHAPE_UNKNOWN;
        self->ordinal[i] = CA_ORDINAL_UNKNOWN;
    }
    for (size_t i = 0; i + 1 < n; i++)
        self->chars[i] = chars_of(self->pieces.text, &pieces[i], &pieces[i + 1]);
    if (n == 0) return CA_OK;
    const ca_piece *last = &pieces[n - 1];
    self->chars[n - 1] = ca_pieces_points(self->pieces.text, last->at, last->at + last->len);
    return CA_OK;
}

static ca_str type_of(const text_doc *self, size_t token) {
    const ca_piece *piece = &self->pieces.items[token];
    return (ca_str){self->pieces.text.ptr + piece->at, piece->len};
}

static ca_shape find_shape(void *ctx, size_t token) {
    text_doc *self = ctx;
    ca_str type = type_of(self, token);
    if (type.len > 1 || type.ptr[0] >= 0x80) return self->shape[token] = ca_shape_of(type);
    ca_shape *shape = &self->ascii[type.ptr[0]];
    if (*shape == CA_SHAPE_UNKNOWN) *shape = ca_shape_of(type);
    return self->shape[token] = *shape;
}

static uint8_t find_ordinal(void *ctx, size_t token) {
    text_doc *self = ctx;
    return self->ordinal[token] = ca_shape_ordinal(type_of(self, token));
}

static ca_status find(text_doc *self, ca_str text, const ca_poll *poll) {
    ca_pieces *pieces = &self->pieces;
    if (text.len > UINT32_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(self->alloc, pieces->items, pieces->capacity, text.len / UNITS_PER_TOKEN));
    ca_pieces_begin(pieces, text);
    CA_TRY(ca_pieces_more(pieces, SIZE_MAX, poll));
    CA_TRY(fill(self));
    for (size_t i = 0; i < 128; i++) self->ascii[i] = CA_SHAPE_UNKNOWN;
    ca_doc doc = {.id = self->id,
                  .start = self->start,
                  .n = pieces->n,
                  .chars = self->chars,
                  .shape = self->shape,
                  .ordinal = self->ordinal,
                  .find_shape = find_shape,
                  .find_ordinal = find_ordinal,
                  .ctx = self};
    return ca_layout_news(self->alloc, &self->layout, &doc, pieces->breaks, pieces->n_breaks,
                          &pieces->marks, 0, poll);
}

static ca_status write_spans(const text_doc *self, ca_bounds *spans) {
    const ca_starts *sentences = &self->layout.sentences;
    CA_TRY(CA_RESIZE(self->alloc, spans->at, 2 * sentences->n));
    for (size_t i = 0; i < sentences->n; i++) {
        size_t next = i + 1 < sentences->n ? sentences->items[i + 1] : self->pieces.n;
        spans->at[2 * i] = self->start[sentences->items[i]];
        spans->at[2 * i + 1] = self->start[next - 1] + self->chars[next - 1];
    }
    spans->n = spans->capacity = 2 * sentences->n;
    return CA_OK;
}

ca_status ca_sentence_spans(const ca_alloc *alloc, const ca_text *text, const ca_poll *poll,
                            ca_bounds *spans) {
    text_doc doc = {.alloc = alloc, .pieces = {.alloc = alloc}};
    ca_bounds found = {NULL, 0, 0};
    ca_scratch scratch = {.bytes = NULL};
    ca_str bytes;
    ca_status status = ca_text_utf8(alloc, text, &scratch, &bytes);
    if (status == CA_OK) status = find(&doc, bytes, poll);
    if (status == CA_OK) status = write_spans(&doc, &found);
    text_doc_reset(&doc);
    ca_scratch_reset(alloc, &scratch);
    *spans = found;
    return status;
}
