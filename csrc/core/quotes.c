#include "quotes.h"

#include "utf8.h"

typedef enum mark {
    NO_MARK,
    OPENING,
    CLOSING,
    STRAIGHT,
    LOW /* opens; an opening mark closes it */
} mark;

#define NONE UINT32_MAX

void ca_quotes_reset(const ca_alloc *alloc, ca_quotes *self) {
    CA_FREE(alloc, self->items);
    self->n = self->capacity = 0;
}

static mark mark_of(const ca_tokens *tokens, const ca_doc *doc, size_t token) {
    ca_shape shape = ca_doc_shape(doc, token);
    uint32_t cp;
    if (CA_LIKELY(!(shape & (CA_OPENER | CA_CLOSER | CA_QUOTE)))) return NO_MARK;
    ca_str type = ca_vocab_type(&tokens->vocab, doc->id[token]);
    if (ca_utf8_decode(type.ptr, type.len, &cp) != type.len) return NO_MARK;
    switch (cp) {
    case '"':
    case 0xFF02:
        return STRAIGHT;
    case 0x201C:
    case 0xAB:
        return OPENING;
    case 0x201D:
    case 0xBB:
        return CLOSING;
    case 0x201E:
        return LOW;
    default:
        return NO_MARK;
    }
}

/* A straight mark opens behind white space or an opening sign, unless white space follows. */
static bool opens(const ca_doc *doc, size_t token, size_t first, size_t end) {
    if (token + 1 >= end || ca_doc_gap(doc, token + 1)) return false;
    if (token == first || ca_doc_gap(doc, token)) return true;
    return (ca_doc_shape(doc, token - 1) & (CA_OPENER | CA_DASH_ROLE)) != 0;
}

static ca_status add(const ca_alloc *alloc, const ca_doc *doc, size_t number, uint32_t first,
                     size_t end, ca_quotes *out) {
    uint32_t n_words = 0;
    for (size_t i = first; i < end; i++) {
        ca_shape shape = ca_doc_shape(doc, i);
        n_words += ca_shape_kind(shape) <= CA_NUMBER && !(shape & CA_POSSESSIVE);
    }
    if (n_words == 0) return CA_OK; /* two marks around nothing */
    CA_TRY(CA_GROW(alloc, out->items, out->capacity, out->n + 1));
    out->items[out->n++] =
        (ca_quote){.doc = number, .first = first, .end = (uint32_t)end, .n_words = n_words};
    return CA_OK;
}

static ca_status in_paragraph(const ca_alloc *alloc, const ca_tokens *tokens, const ca_doc *doc,
                              size_t number, size_t first, size_t end, ca_quotes *out) {
    uint32_t open = NONE;
    mark opened_by = NO_MARK;
    for (size_t i = first; i < end; i++) {
        mark m = mark_of(tokens, doc, i);
        if (CA_LIKELY(m == NO_MARK)) continue;
        if (m == STRAIGHT) m = opens(doc, i, first, end) ? OPENING : CLOSING;
        if (m == OPENING && open != NONE && opened_by == LOW) m = CLOSING;
        if (open != NONE) CA_TRY(add(alloc, doc, number, open, m == CLOSING ? i + 1 : i, out));
        open = m == CLOSING ? NONE : (uint32_t)i;
        opened_by = m;
    }
    return open != NONE ? add(alloc, doc, number, open, end, out) : CA_OK;
}

static ca_status in_block(const ca_alloc *alloc, const ca_tokens *tokens, const ca_block *block,
                          const ca_poll *poll, ca_quotes *out) {
    for (size_t d = 0; d < block->n_docs; d++) {
        ca_doc doc = ca_tokens_doc(tokens, block, d);
        uint32_t base = block->doc_tokens[d];
        if (ca_poll_stop(poll)) return CA_STOPPED;
        for (size_t p = block->doc_paragraphs[d]; p < block->doc_paragraphs[d + 1]; p++)
            CA_TRY(in_paragraph(alloc, tokens, &doc, block->first_doc + d,
                                block->paragraph_tokens[p] - base,
                                block->paragraph_tokens[p + 1] - base, out));
    }
    return CA_OK;
}

ca_status ca_quotes_block(const ca_alloc *alloc, const ca_tokens *tokens, const ca_block *block,
                          const ca_poll *poll, ca_quotes *out) {
    size_t n_before = out->n;
    ca_status status = in_block(alloc, tokens, block, poll, out);
    if (status != CA_OK) out->n = n_before;
    return status;
}
