/* utf8.h - UTF-8 in and out, one code point at a time, and it never fails.
 *
 *     size_t at = 0;
 *     while (at < len) {
 *         uint32_t cp;
 *         at += ca_utf8_decode(text + at, len - at, &cp);
 *     }
 *
 * Generalised UTF-8: a lone surrogate is its three-byte form and decodes to itself. Every other
 * byte that does not fit decodes alone, as CA_UTF8_BAD, so each step moves on by 1 to 4 bytes.
 */
#ifndef CA_UTF8_H
#define CA_UTF8_H

#include "base.h"

/* What a byte outside UTF-8 decodes to: no code point, property "Other". */
#define CA_UTF8_BAD 0x110000u

/* Decode the code point at `text` (len > 0) into *cp; the number of bytes it took. */
static inline size_t ca_utf8_decode(const uint8_t *text, size_t len, uint32_t *cp) {
    uint32_t a = text[0];
    if (a < 0x80) {
        *cp = a;
        return 1;
    }
    /* Bounds of each length, so that no over-long form and nothing above U+10FFFF passes. */
    if (a >= 0xC2 && a < 0xE0 && len >= 2 && (text[1] & 0xC0) == 0x80) {
        *cp = (a & 0x1F) << 6 | (text[1] & 0x3Fu);
        return 2;
    }
    if (a >= 0xE0 && a < 0xF0 && len >= 3 && (text[1] & 0xC0) == 0x80 && (text[2] & 0xC0) == 0x80) {
        *cp = (a & 0x0F) << 12 | (text[1] & 0x3Fu) << 6 | (text[2] & 0x3Fu);
        if (*cp >= 0x800) return 3;
    } else if (a >= 0xF0 && a < 0xF5 && len >= 4 && (text[1] & 0xC0) == 0x80 &&
               (text[2] & 0xC0) == 0x80 && (text[3] & 0xC0) == 0x80) {
        *cp =
            (a & 0x07) << 18 | (text[1] & 0x3Fu) << 12 | (text[2] & 0x3Fu) << 6 | (text[3] & 0x3Fu);
        if (*cp >= 0x10000 && *cp < 0x110000) return 4;
    }
    *cp = CA_UTF8_BAD;
    return 1;
}

/* Write `cp` (surrogates included, at most U+10FFFF) to `out`, which has room for 4 bytes. */
static inline size_t ca_utf8_encode(uint32_t cp, uint8_t *out) {
    if (cp < 0x80) {
        out[0] = (uint8_t)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (uint8_t)(0xC0 | cp >> 6);
        out[1] = (uint8_t)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (uint8_t)(0xE0 | cp >> 12);
        out[1] = (uint8_t)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (uint8_t)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (uint8_t)(0xF0 | cp >> 18);
    out[1] = (uint8_t)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (uint8_t)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (uint8_t)(0x80 | (cp & 0x3F));
    return 4;
}

/* Number of code points that decoding `text` gives. O(len). */
size_t ca_utf8_count(const uint8_t *text, size_t len);

/* Whether `text` is UTF-8 in which lone surrogates are allowed; if not, *bad is the offset of the
 * first byte that does not fit. O(len). */
bool ca_utf8_valid(const uint8_t *text, size_t len, size_t *bad);

#endif
