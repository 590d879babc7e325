#include "texts.h"

#include "simd/kernels.h"
#include "utf8.h"

/* Bytes of UTF-8 that one unit of a form can need; a text of PTRDIFF_MAX / 4 units is refused by
 * the allocator, so the product cannot wrap in a text that exists. */
static size_t bytes_per_unit(ca_text_form form) {
    switch (form) {
    case CA_TEXT_LATIN1:
        return 2;
    case CA_TEXT_UCS2:
        return 3;
    case CA_TEXT_UCS4:
        return 4;
    case CA_TEXT_UTF8:
        return 1;
    default:
        return 0;
    }
}

size_t ca_text_bound(const ca_text *text) {
    return text->len * bytes_per_unit(text->form);
}

static size_t from_latin1(const uint8_t *units, size_t n, uint8_t *out) {
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (units[i] < 0x80) {
            out[at++] = units[i];
        } else {
            at += ca_utf8_encode(units[i], out + at);
        }
    }
    return at;
}

static size_t from_ucs2(const uint16_t *units, size_t n, uint8_t *out) {
    const ca_kernels *kernels = ca_kernels_get();
    size_t at = 0, i = 0;
    for (;;) {
        size_t ascii = kernels->narrow(units + i, n - i, out + at);
        i += ascii;
        at += ascii;
        if (i == n) return at;
        at += ca_utf8_encode(units[i++], out + at);
    }
}

static size_t from_ucs4(const uint32_t *units, size_t n, uint8_t *out) {
    size_t at = 0;
    for (size_t i = 0; i < n; i++) at += ca_utf8_encode(units[i], out + at);
    return at;
}

ca_status ca_text_utf8(const ca_alloc *alloc, const ca_text *text, ca_scratch *scratch,
                       ca_str *out) {
    if (text->form == CA_TEXT_MISSING || text->len == 0) { /* of which nothing need be read */
        *out = (ca_str){NULL, 0};
        return CA_OK;
    }
    if (text->form == CA_TEXT_UTF8) {
        *out = (ca_str){text->ptr, text->len};
        return CA_OK;
    }
    CA_TRY(CA_GROW(alloc, scratch->bytes, scratch->capacity, ca_text_bound(text)));
    size_t len = 0;
    if (text->form == CA_TEXT_LATIN1) len = from_latin1(text->ptr, text->len, scratch->bytes);
    if (text->form == CA_TEXT_UCS2) len = from_ucs2(text->ptr, text->len, scratch->bytes);
    if (text->form == CA_TEXT_UCS4) len = from_ucs4(text->ptr, text->len, scratch->bytes);
    *out = (ca_str){scratch->bytes, len};
    return CA_OK;
}

void ca_scratch_reset(const ca_alloc *alloc, ca_scratch *scratch) {
    CA_FREE(alloc, scratch->bytes);
    scratch->capacity = 0;
}
