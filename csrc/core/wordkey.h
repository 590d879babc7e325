/* wordkey.h - ASCII words as keys of two machine words, taken eight bytes at a time.
 *
 *     "Ceasefire talks"        ca_wordkey_letters: 9, upper and lower
 *      [--key-]                {"Ceasefir", "e", 9}, in lower case {"ceasefir", "e", 9}
 *
 * What is called lower case here is that of ASCII alone; whoever has other letters goes another
 * way. Everything works on bytes in the order of their addresses, whatever a number looks like
 * inside.
 */
#ifndef CA_WORDKEY_H
#define CA_WORDKEY_H

#include "base.h"

/* A word of at most 16 bytes, padded with zeros; of a longer one the first and the last eight. */
typedef struct ca_wordkey {
    uint64_t a, b;
    size_t len;
} ca_wordkey;

/* The key of `len` bytes; up to `limit` bytes may be read, those behind the word among them. */
static inline ca_wordkey ca_wordkey_of(const uint8_t *bytes, size_t len, const uint8_t *limit) {
    static const uint8_t ones[32] = {
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    };
    ca_wordkey k = {0, 0, len};
    if (CA_UNLIKELY(len > 16)) {
        memcpy(&k.a, bytes, 8);
        memcpy(&k.b, bytes + len - 8, 8);
    } else if (CA_LIKELY(limit - bytes >= 16)) {
        uint64_t mask[2];
        memcpy(mask, ones + 16 - len, 16);
        memcpy(&k.a, bytes, 8);
        memcpy(&k.b, bytes + 8, 8);
        k.a &= mask[0];
        k.b &= mask[1];
    } else {
        uint8_t copy[16] = {0};
        memcpy(copy, bytes, len);
        memcpy(&k.a, copy, 8);
        memcpy(&k.b, copy + 8, 8);
    }
    return k;
}

/* Eight bytes of ASCII with each letter from A to Z in lower case. */
static inline uint64_t ca_wordkey_lower(uint64_t x) {
    const uint64_t each = 0x0101010101010101u;
    uint64_t from_a = x + (0x80 - 'A') * each, beyond_z = x + (0x80 - 'Z' - 1) * each;
    return x | ((from_a ^ beyond_z) & (0x80 * each)) >> 2;
}

static inline uint64_t ca_wordkey_hash(ca_wordkey k) {
    uint64_t h = k.a * 0x9E3779B97F4A7C15u ^ (k.b + k.len) * 0xC2B2AE3D27D4EB4Fu;
    h ^= h >> 29;
    return h * 0x165667B19E3779F9u;
}

/* Letters among eight bytes before the first byte that is none; sets *upper and *lower where there
 * are such. */
static inline size_t ca_wordkey_letters_of_eight(const uint8_t *at, bool *upper, bool *lower) {
    const uint64_t each = 0x0101010101010101u, tops = 0x80 * each;
    uint64_t x, ends;
    memcpy(&x, at, 8);
    uint64_t low = (x | 0x20 * each) & ~tops;
    uint64_t letters = ((low + (0x80 - 'a') * each) ^ (low + (0x80 - 'z' - 1) * each)) & tops & ~x;
    uint64_t small = letters & x << 2;
    size_t n = 8;
    if ((ends = letters ^ tops) != 0) {
        n = ca_first_top(ends);
        letters &= ca_first_bytes(n);
        small &= letters;
    }
    *upper |= letters != small;
    *lower |= small != 0;
    return n;
}

/* The same among 16 bytes. */
static inline size_t ca_wordkey_letters(const uint8_t *at, bool *upper, bool *lower) {
    size_t n = ca_wordkey_letters_of_eight(at, upper, lower);
    return n < 8 ? n : 8 + ca_wordkey_letters_of_eight(at + 8, upper, lower);
}

#endif
