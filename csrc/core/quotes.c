#include "quotes.h"

#include "utf8.h"

enum { OPENS = 1, CLOSES = 2, SINGLE = 4 };

static uint8_t role_of(ca_str type) {
    uint32_t cp;
    if (type.len == 0 || ca_utf8_decode(type.ptr, type.len, &cp) != type.len) return 0;
    switch (cp) {
    case '"':
    case 0xFF02:
    case 0xAB: /* » Deutsch « as well as « français » */
    case 0xBB:
        return OPENS | CLOSES;
    case 0x201C:
    case 0x201E:
    case 0x201F:
        return OPENS;
    case 0x201D:
        return CLOSES;
    case '\'':
        return SINGLE | OPENS | CLOSES;
    case 0x2018:
    case 0x201A:
        return SINGLE | OPENS;
    case 0x2019:
        return SINGLE | CLOSES;
    default:
        return 0;
    }
}

void ca_quotes_roles(const ca_vocab *vocab, uint8_t *roles) {
    for (size_t i = 0; i < vocab->n; i++) roles[i] = role_of(ca_vocab_type(vocab, (int32_t)i));
}

void ca_quotes_reset(const ca_alloc *alloc, ca_quotes *self) {
    CA_FREE(alloc, self->items);
    self->n = self->capacity = 0;
}

typedef struct reader {
    const ca_alloc *alloc;
    const uint8_t *roles;
    ca_doc doc;
    size_t number; /* of the document */
    bool open;     /* a quotation is open since token `from` */
    size_t from;
    ca_quotes *out;
} reader;

static bool gap_before(const reader *self, size_t token) {
    return token == 0 || token >= self->doc.n || ca_doc_gap(&self->doc, token);
}

static bool is_word(const reader *self, size_t token) {
    ca_shape shape = ca_doc_shape(&self->doc, token);
    return ca_shape_kind(shape) <= CA_NUMBER && !(shape & CA_POSSESSIVE);
}

/* Whether the word at `token` is joined to the one before it in [first, end) by a hyphen. */
static bool goes_on(const reader *self, size_t first, size_t token) {
    return token >= first + 2 && !gap_before(self, token) && !gap_before(self, token - 1) &&
           (ca_doc_shape(&self->doc, token - 1) & CA_HYPHEN_ROLE) && is_word(self, token - 2);
}

/* Tokens [first, end) are a quotation, if there is a word in them. */
static ca_status add(reader *self, size_t first, size_t end) {
    size_t n_words = 0;
    for (size_t i = first; i < end && n_words <= CA_SCARE_WORDS; i++)
        n_words += is_word(self, i) && !goes_on(self, first, i);
    if (n_words == 0) return CA_OK;
    CA_TRY(CA_GROW(self->alloc, self->out->items, self->out->capacity, self->out->n + 1));
    self->out->items[self->out->n++] = (ca_quote){.doc = self->number,
                                                  .first = (uint32_t)first,
                                                  .end = (uint32_t)end,
                                                  .speech = n_words > CA_SCARE_WORDS};
    return CA_OK;
}

/* Whether a single mark opens here: nothing or an opener before it, a word right behind it. */
static bool single_opens(const reader *self, size_t token, size_t first, size_t end) {
    if (!(self->roles[self->doc.id[token]] & OPENS) || token + 1 >= end) return false;
    if (gap_before(self, token + 1)) return false;
    return token == first || gap_before(self, token) ||
           (ca_doc_shape(&self->doc, token - 1) & (CA_OPENER | CA_DASH_ROLE));
}

/* Whether one closes here: something right before it, no letter right behind it. */
static bool single_closes(const reader *self, size_t token, size_t end) {
    if (!(self->roles[self->doc.id[token]] & CLOSES) || gap_before(self, token)) return false;
    return token + 1 >= end || gap_before(self, token + 1) || !is_word(self, token + 1);
}

/* The end of the single quotation that opens at `token`, or 0. A plural possessive looks the same
 * as a closer, so the last mark that may close before another one opens is taken where a stop
 * stands before it, else the first. */
static size_t single_end(const reader *self, size_t token, size_t first, size_t end) {
    size_t found = 0;
    for (size_t i = token + 1; i < end; i++) {
        uint8_t role = self->roles[self->doc.id[i]];
        if (role != 0 && !(role & SINGLE)) break;
        if (!(role & SINGLE)) continue;
        if (single_closes(self, i, end)) {
            bool stop = ca_doc_shape(&self->doc, i - 1) & CA_TERMINATOR ||
                        ca_shape_kind(ca_doc_shape(&self->doc, i - 1)) == CA_PUNCTUATION;
            if (found == 0 || stop) found = i;
            if (stop) break;
        } else if (single_opens(self, i, first, end)) {
            break;
        }
    }
    return found;
}

/* A double mark: it closes what is open, or opens. */
static ca_status double_mark(reader *self, size_t token, uint8_t role) {
    if (self->open) {
        self->open = false;
        return add(self, self->from, token);
    }
    if (role & OPENS) {
        self->open = true;
        self->from = token + 1;
    }
    return CA_OK;
}

/* Read paragraph [first, end); `goes_on`: the next one opens with a mark. */
static ca_status read_paragraph(reader *self, size_t first, size_t end, bool goes_on) {
    for (size_t i = first; i < end; i++) {
        uint8_t role = self->roles[self->doc.id[i]];
        if (CA_LIKELY(role == 0)) continue;
        if (!(role & SINGLE)) {
            if (i == first && self->open) { /* the mark that says: it goes on */
                self->from = i + 1;
                continue;
            }
            CA_TRY(double_mark(self, i, role));
        } else if (!self->open && single_opens(self, i, first, end)) {
            size_t close = single_end(self, i, first, end);
            if (close == 0) continue;
            CA_TRY(add(self, i + 1, close));
            i = close;
        }
    }
    if (!self->open) return CA_OK;
    self->open = goes_on;
    return add(self, self->from, end);
}

static ca_status read_doc(reader *self, const ca_block *block, size_t in_block) {
    size_t base = block->doc_tokens[in_block];
    self->open = false;
    for (size_t p = block->doc_paragraphs[in_block]; p < block->doc_paragraphs[in_block + 1]; p++) {
        size_t first = block->paragraph_tokens[p] - base;
        size_t end = block->paragraph_tokens[p + 1] - base;
        uint8_t next = end < self->doc.n ? self->roles[self->doc.id[end]] : 0;
        CA_TRY(read_paragraph(self, first, end, (next & OPENS) && !(next & SINGLE)));
    }
    return CA_OK;
}

ca_status ca_quotes_block(const ca_alloc *alloc, const ca_tokens *tokens, const ca_block *block,
                          const uint8_t *roles, const ca_poll *poll, ca_quotes *out) {
    reader self = {.alloc = alloc, .roles = roles, .out = out};
    size_t n_before = out->n, since_poll = 0;
    ca_status status = CA_OK;
    for (size_t i = 0; i < block->n_docs && status == CA_OK; i++) {
        self.doc = ca_tokens_doc(tokens, block, i);
        self.number = block->first_doc + i;
        since_poll += self.doc.n + 1;
        if (since_poll > CA_POLL_EVERY) {
            since_poll = 0;
            if (ca_poll_stop(poll)) status = CA_STOPPED;
        }
        if (status == CA_OK) status = read_doc(&self, block, i);
    }
    if (status != CA_OK) out->n = n_before;
    return status;
}
