/* wordkey.h - ASCII words as keys of two machine words, and a filter over such keys.
 *
 *     "Ceasefire talks"
 *      [-------]               {"Ceasefir", "e", 9}, in lower case {"ceasefir", "e", 9}
 *
 * What is called lower case here is that of ASCII alone; whoever has other letters goes another
 * way. Everything works on bytes in the order of their addresses, whatever a number looks like
 * inside.
 */
#ifndef CA_WORDKEY_H
#define CA_WORDKEY_H

#include "base.h"
#include "piece.h"

/* A word of at most 16 bytes, padded with zeros; of a longer one the first and the last eight. */
typedef struct ca_wordkey {
    uint64_t a, b;
    size_t len;
} ca_wordkey;

/* The key of `len` bytes; up to `limit` bytes may be read, those behind the word among them. */
static inline ca_wordkey ca_wordkey_of(const uint8_t *bytes, size_t len, const uint8_t *limit) {
    ca_wordkey k = {0, 0, len};
    if (CA_UNLIKELY(len > 16)) {
        memcpy(&k.a, bytes, 8);
        memcpy(&k.b, bytes + len - 8, 8);
    } else if (CA_LIKELY(limit - bytes >= 16)) {
        ca_key mask = ca_key_mask(len);
        memcpy(&k.a, bytes, 8);
        memcpy(&k.b, bytes + 8, 8);
        k.a &= mask.word[0];
        k.b &= mask.word[1];
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

/* A filter over keys: n words of 64 bits, n a power of two, of which a key sets two bits in one. Of
 * keys that were not noted one or two in a hundred pass, if there are four to a word. */
static inline uint64_t ca_wordkey_bits(uint64_t hash) {
    return UINT64_C(1) << (hash >> 8 & 63) | UINT64_C(1) << (hash >> 14 & 63);
}

static inline void ca_wordkey_note(uint64_t *filter, size_t n, uint64_t hash) {
    filter[(size_t)(hash >> 48) & (n - 1)] |= ca_wordkey_bits(hash);
}

static inline bool ca_wordkey_passes(const uint64_t *filter, size_t n, uint64_t hash) {
    uint64_t bits = ca_wordkey_bits(hash);
    return (filter[(size_t)(hash >> 48) & (n - 1)] & bits) == bits;
}

#endif
