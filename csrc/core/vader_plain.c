#include "vader_plain.h"

#include "utf8.h"

void ca_vader_plain_reset(const ca_alloc *alloc, ca_vader_plain *self) {
    ca_scratch_reset(alloc, &self->bytes);
    CA_FREE(alloc, self->origin);
    *self = (ca_vader_plain){.origin = NULL};
}

const char *ca_vader_plain_sign(uint32_t cp) {
    switch (cp) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0x02BC:
    case 0xFF07:
        return "'";
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x00AB:
    case 0x00BB:
    case 0x2033:
        return "\"";
    case 0x2010:
    case 0x2011:
        return "-";
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
        return " - ";
    case 0x2026:
        return "...";
    case 0x200B:
    case 0x200D:
    case 0x2060:
    case 0xAD:
    case 0xFEFF:
        return "";
    default:
        return cp >= 0xFE00 && cp <= 0xFE0F ? "" : NULL;
    }
}

typedef struct writer {
    ca_vader_plain *into;
    const ca_alloc *alloc;
    bool origins;
    size_t len;
    uint32_t from; /* number of the code point at hand */
} writer;

static ca_status append(writer *self, ca_str bytes) {
    ca_vader_plain *into = self->into;
    size_t end = self->len + bytes.len;
    CA_TRY(CA_GROW(self->alloc, into->bytes.bytes, into->bytes.capacity, end + 1));
    if (bytes.len > 0) memcpy(into->bytes.bytes + self->len, bytes.ptr, bytes.len);
    if (self->origins) {
        CA_TRY(CA_GROW(self->alloc, into->origin, into->origin_capacity, end + 1));
        for (size_t i = self->len; i < end; i++) into->origin[i] = self->from;
    }
    self->len = end;
    return CA_OK;
}

/* What stands for the code point `cp`, which is `piece` as it was given. */
static ca_str plain_of(const ca_vader_words *words, ca_str piece, uint32_t cp, uint32_t emoji,
                       bool fold) {
    if (emoji != 0) return ca_vader_words_description(words, emoji);
    const char *sign = fold ? ca_vader_plain_sign(cp) : NULL;
    return sign != NULL ? (ca_str){(const uint8_t *)sign, strlen(sign)} : piece;
}

ca_status ca_vader_plain_write(ca_vader_plain *self, const ca_alloc *alloc,
                               const ca_vader_words *words, ca_str text, bool fold, bool origins,
                               ca_str *out) {
    writer w = {.into = self, .alloc = alloc, .origins = origins};
    bool blank = true;
    for (size_t at = 0; at < text.len; w.from++) {
        uint32_t cp;
        ca_str piece = {text.ptr + at, ca_utf8_decode(text.ptr + at, text.len - at, &cp)};
        uint32_t emoji = ca_vader_words_emoji(words, cp);
        at += piece.len;
        piece = plain_of(words, piece, cp, emoji, fold);
        if (emoji != 0 && !blank) CA_TRY(append(&w, (ca_str){(const uint8_t *)" ", 1}));
        CA_TRY(append(&w, piece));
        blank = emoji == 0 && (piece.len > 0 ? piece.ptr[piece.len - 1] == ' ' : blank);
    }
    CA_TRY(append(&w, (ca_str){NULL, 0})); /* so that there is room, even for nothing */
    *out = (ca_str){self->bytes.bytes, w.len};
    return CA_OK;
}
