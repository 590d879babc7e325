#include "fold.h"

#include "unicode.h"
#include "utf8.h"

/* A code point of two bytes may fold to three of two bytes (U+0390), and nothing grows more. */
#define FOLDED_BYTES_PER_BYTE 3

ca_status ca_fold_case(const ca_alloc *alloc, ca_str type, ca_scratch *scratch, ca_str *out) {
    if (type.len > SIZE_MAX / FOLDED_BYTES_PER_BYTE - 4) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(alloc, scratch->bytes, scratch->capacity, type.len * FOLDED_BYTES_PER_BYTE + 4));
    size_t len = 0;
    for (size_t at = 0; at < type.len;) {
        uint32_t cp, folded[3];
        size_t step = ca_utf8_decode(type.ptr + at, type.len - at, &cp);
        if (cp == CA_UTF8_BAD) {
            scratch->bytes[len++] = type.ptr[at];
        } else {
            size_t n = ca_unicode_fold(cp, folded);
            for (size_t i = 0; i < n; i++) len += ca_utf8_encode(folded[i], scratch->bytes + len);
        }
        at += step;
    }
    *out = (ca_str){scratch->bytes, len};
    return CA_OK;
}

static bool is_apostrophe(uint32_t cp) {
    return cp == 0x2019 || cp == 0x2018 || cp == 0xFF07;
}

/* Soft hyphen, zero-width characters, byte order mark, direction marks and isolates: never part of
 * a word. */
static bool is_invisible(uint32_t cp) {
    return cp == 0xAD || cp == 0x61C || (cp >= 0x200B && cp <= 0x200F) ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF;
}

ca_status ca_fold_form(const ca_alloc *alloc, ca_str type, ca_scratch *scratch, ca_str *out) {
    CA_TRY(CA_GROW(alloc, scratch->bytes, scratch->capacity, type.len + 4));
    size_t len = 0;
    for (size_t at = 0; at < type.len;) {
        uint32_t cp;
        size_t step = ca_utf8_decode(type.ptr + at, type.len - at, &cp);
        if (is_apostrophe(cp)) {
            scratch->bytes[len++] = '\'';
        } else if (!is_invisible(cp)) {
            memcpy(scratch->bytes + len, type.ptr + at, step);
            len += step;
        }
        at += step;
    }
    if (len > 1 && scratch->bytes[len - 1] == '.' && scratch->bytes[len - 2] != '.') len--;
    *out = (ca_str){scratch->bytes, len};
    return CA_OK;
}

/* The capital of a small letter, found as the one that folds to it a fixed step away: 32 below in
 * Latin-1, Greek and Cyrillic, 80 below for Cyrillic extensions, 48 below for Armenian, 1 below in
 * the alternating blocks. */
static uint32_t capital_of(uint32_t cp) {
    static const uint32_t steps[] = {32, 1, 80, 48, 37, 38, 63, 64};
    if (!(ca_unicode_property(cp)->flags & CA_LOWER)) return cp;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        uint32_t folded[3], capital = cp - steps[i];
        if (steps[i] > cp) continue;
        if (ca_unicode_fold(capital, folded) == 1 && folded[0] == cp && capital != cp)
            return capital;
    }
    return cp;
}

ca_status ca_fold_capital(const ca_alloc *alloc, ca_str form, ca_scratch *scratch, ca_str *out) {
    CA_TRY(CA_GROW(alloc, scratch->bytes, scratch->capacity, form.len + 4));
    if (form.len == 0) {
        *out = (ca_str){scratch->bytes, 0};
        return CA_OK;
    }
    uint32_t cp;
    size_t step = ca_utf8_decode(form.ptr, form.len, &cp);
    size_t len = 1;
    if (cp == CA_UTF8_BAD) {
        scratch->bytes[0] = form.ptr[0];
    } else {
        len = ca_utf8_encode(capital_of(cp), scratch->bytes);
    }
    memcpy(scratch->bytes + len, form.ptr + step, form.len - step);
    *out = (ca_str){scratch->bytes, len + form.len - step};
    return CA_OK;
}
