#include "fold.h"

#include "accents.h"
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

/* U+0131 is two bytes: C4 B1. */
ca_status ca_fold_word(const ca_alloc *alloc, ca_str form, ca_scratch *scratch, ca_str *out) {
    CA_TRY(ca_fold_case(alloc, form, scratch, out));
    size_t len = 0;
    for (size_t at = 0; at < out->len; at++) {
        bool dotless =
            scratch->bytes[at] == 0xC4 && at + 1 < out->len && scratch->bytes[at + 1] == 0xB1;
        scratch->bytes[len++] = dotless ? 'i' : scratch->bytes[at];
        at += dotless;
    }
    out->len = len;
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

/* The letter at bytes [at, len) of a form, and a mark behind it: make them one, if that is a letter
 * too. Composed letters take at most one byte more than their letter. */
static bool compose(uint8_t *bytes, size_t at, size_t *len, uint32_t mark) {
    uint32_t base;
    if (at >= *len || ca_utf8_decode(bytes + at, *len - at, &base) != *len - at) return false;
    uint32_t composed = ca_accent_compose(base, mark);
    if (composed == 0) return false;
    *len = at + ca_utf8_encode(composed, bytes + at);
    return true;
}

static bool is_plain(ca_str type) {
    uint8_t high = 0;
    for (size_t i = 0; i < type.len; i++) high |= type.ptr[i];
    return high < 0x80;
}

static size_t without_final_stop(const uint8_t *bytes, size_t len) {
    return len - (len > 1 && bytes[len - 1] == '.' && bytes[len - 2] != '.');
}

ca_status ca_fold_form(const ca_alloc *alloc, ca_str type, ca_scratch *scratch, ca_str *out) {
    CA_TRY(CA_GROW(alloc, scratch->bytes, scratch->capacity, type.len + 4));
    if (is_plain(type)) {
        if (type.len > 0) memcpy(scratch->bytes, type.ptr, type.len);
        *out = (ca_str){scratch->bytes, without_final_stop(scratch->bytes, type.len)};
        return CA_OK;
    }
    size_t len = 0, letter = 0; /* where the last letter begins */
    for (size_t at = 0; at < type.len;) {
        uint32_t cp;
        size_t step = ca_utf8_decode(type.ptr + at, type.len - at, &cp);
        if (is_apostrophe(cp)) {
            letter = len;
            scratch->bytes[len++] = '\'';
        } else if (ca_accent_is_mark(cp) && compose(scratch->bytes, letter, &len, cp)) {
            /* the mark has gone into its letter */
        } else if (!is_invisible(cp)) {
            letter = len;
            memcpy(scratch->bytes + len, type.ptr + at, step);
            len += step;
        }
        at += step;
    }
    *out = (ca_str){scratch->bytes, without_final_stop(scratch->bytes, len)};
    return CA_OK;
}

ca_status ca_fold_accents(const ca_alloc *alloc, ca_str form, ca_scratch *scratch, ca_str *out) {
    CA_TRY(CA_GROW(alloc, scratch->bytes, scratch->capacity, form.len + 4));
    size_t len = 0;
    for (size_t at = 0; at < form.len;) {
        uint32_t cp;
        size_t step = ca_utf8_decode(form.ptr + at, form.len - at, &cp);
        uint32_t base = cp == CA_UTF8_BAD ? cp : ca_accent_base(cp);
        if (base == cp) {
            memcpy(scratch->bytes + len, form.ptr + at, step);
            len += step;
        } else if (base != 0) { /* never longer than what it was */
            len += ca_utf8_encode(base, scratch->bytes + len);
        }
        at += step;
    }
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

ca_status ca_fold_spelling(const ca_alloc *alloc, ca_str form, ca_str folded, ca_scratch *scratch,
                           ca_spelling *out) {
    ca_str capital;
    if (ca_str_equal(form, folded)) {
        *out = CA_SPELT_SMALL;
        return CA_OK;
    }
    CA_TRY(ca_fold_capital(alloc, folded, scratch, &capital));
    *out = ca_str_equal(form, capital) ? CA_SPELT_CAPITAL : CA_SPELT_OTHER;
    return CA_OK;
}
