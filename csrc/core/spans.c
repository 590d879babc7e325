#include "spans.h"

#include "layout.h"
#include "pieces.h"

/* English prose has about 4.7 characters a token, blanks included. */
#define UNITS_PER_TOKEN 4

/* Every token is a type of its own here. What the rules of sentences.c ask about words they ask
 * near a mark or the start of a line only; what all others are is left open, as if they were plain
 * words, which no rule stops at.
 *
 * Tokens before a mark that are looked at, and words behind it; marks in between do not count.
 * Enough for the mark of an item, the word that decides, and what links it. */
#define TOKENS_BEFORE 4
#define WORDS_NEAR 4

typedef struct text_doc {
    const ca_alloc *alloc;
    ca_pieces pieces;
    int32_t *id, *start, *chars;
    ca_shape *shape;
    uint8_t *ordinal;
    ca_layout layout;
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

/* All tokens, as if they were plain words. */
static ca_status fill_plain(text_doc *self) {
    size_t n = self->pieces.n;
    const ca_piece *pieces = self->pieces.items;
    ca_str text = self->pieces.text;
    CA_TRY(CA_RESIZE(self->alloc, self->id, n));
    CA_TRY(CA_RESIZE(self->alloc, self->start, n));
    CA_TRY(CA_RESIZE(self->alloc, self->chars, n));
    CA_TRY(CA_ZEROS(self->alloc, self->shape, n)); /* CA_WORD */
    CA_TRY(CA_ZEROS(self->alloc, self->ordinal, n));
    for (size_t i = 0; i < n; i++) {
        self->id[i] = (int32_t)i;
        self->start[i] = pieces[i].start;
    }
    for (size_t i = 0; i + 1 < n; i++) self->chars[i] = chars_of(text, &pieces[i], &pieces[i + 1]);
    if (n > 0)
        self->chars[n - 1] =
            ca_pieces_points(text, pieces[n - 1].at, pieces[n - 1].at + pieces[n - 1].len);
    return CA_OK;
}

/* Find out what token i is. */
static ca_shape look_up(text_doc *self, size_t i) {
    const ca_piece *piece = &self->pieces.items[i];
    ca_str type = {self->pieces.text.ptr + piece->at, piece->len};
    self->ordinal[i] = ca_shape_ordinal(type);
    return self->shape[i] = ca_shape_of(type);
}

static void look_back(text_doc *self, size_t i) {
    for (size_t k = i > TOKENS_BEFORE ? i - TOKENS_BEFORE : 0; k < i; k++) {
        if (self->shape[k] == CA_WORD) look_up(self, k); /* a word has a shape once it is known */
    }
}

/* Look at token i, which lies near a place where rules look if *near > 0, the words still to be
 * looked at behind that. */
static void look_at(text_doc *self, size_t i, size_t *near) {
    ca_shape shape = look_up(self, i);
    if (shape & CA_MAY_END) {
        look_back(self, i);
        *near = WORDS_NEAR;
    } else if (*near > 0 && ca_shape_kind(shape) <= CA_NUMBER) {
        --*near;
    }
}

/* The shapes that rules may ask for: around marks and behind the start of each line. */
static void fill_shapes(text_doc *self) {
    const ca_pieces *pieces = &self->pieces;
    const ca_starts *marks = &pieces->marks;
    size_t near = WORDS_NEAR, mark = 0, line = 0;
    for (size_t i = 0; i < pieces->n; i++) {
        if (near == 0) { /* on to the next mark or line */
            size_t next = mark < marks->n ? marks->items[mark] : pieces->n;
            if (line < pieces->n_breaks && pieces->breaks[line].token < next)
                next = pieces->breaks[line].token;
            if (next > i) i = next;
            if (i >= pieces->n) return;
        }
        while (mark < marks->n && marks->items[mark] <= i) mark++;
        for (; line < pieces->n_breaks && pieces->breaks[line].token <= i; line++)
            near = WORDS_NEAR;
        look_at(self, i, &near);
    }
}

static ca_status find(text_doc *self, ca_str text, const ca_poll *poll) {
    ca_pieces *pieces = &self->pieces;
    if (text.len > UINT32_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(self->alloc, pieces->items, pieces->capacity, text.len / UNITS_PER_TOKEN));
    ca_pieces_begin(pieces, text);
    CA_TRY(ca_pieces_more(pieces, SIZE_MAX, poll));
    CA_TRY(fill_plain(self));
    fill_shapes(self);
    ca_doc doc = {self->id, self->start, pieces->n, self->chars, self->shape, self->ordinal};
    return ca_layout_news(self->alloc, &self->layout, &doc, pieces->breaks, pieces->n_breaks,
                          &pieces->marks, 0);
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
