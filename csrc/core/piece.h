/* piece.h - a token of a text that nobody has interned yet, and the types that were met lately.
 *
 *     text     T h e   U . S . - l e d
 *     pieces   {0, 3, 0} {4, 4, 4} {8, 1, 8} ...     byte, bytes, code points before it
 *
 *     recent   [16 bytes | id]      one place for each few bits of a key: who was there last
 *
 * A short type is its own key. Nine in ten pieces are types that were met lately; they are found
 * within reach of the nearest caches.
 */
#ifndef CA_PIECE_H
#define CA_PIECE_H

#include "base.h"

/* Bytes [at, at + len) of a text. */
typedef struct ca_piece {
    size_t at;
    uint32_t len;
    int32_t start; /* code points before it in the document */
} ca_piece;

/* The pieces of 64 bytes of a text: each begins at a bit of `begins` and ends with the bit of
 * `lasts` that has the same rank. */
typedef struct ca_stretch {
    uint64_t begins, lasts;
    uint64_t tail; /* continuation bytes: a code point less */
    size_t at;     /* of bit 0; not beyond UINT32_MAX - 64 */
    int32_t start; /* code points before bit 0 */
} ca_stretch;

/* A type of at most CA_SHORT bytes as memory holds it, padded with zeros, its length in the last
 * byte. */
typedef struct ca_key {
    uint64_t word[2];
} ca_key;

#define CA_SHORT 15

/* Places for types. */
#define CA_RECENT_BITS 13
#define CA_RECENT ((size_t)1 << CA_RECENT_BITS)

typedef struct ca_recent {
    ca_key keys[CA_RECENT]; /* 0: free */
    int32_t ids[CA_RECENT];
} ca_recent;

/* The place of a key: the high bits of one product (Knuth, TAOCP 3, 6.4). Who makes keys meet there
 * has them looked up in the vocabulary, no more. */
static inline size_t ca_recent_place(ca_key key) {
    uint64_t both = key.word[0] ^ (key.word[1] << 31 | key.word[1] >> 33);
    return (size_t)(both * 0x9E3779B97F4A7C15u >> (64 - CA_RECENT_BITS));
}

/* Masks that keep the first `len` of 16 bytes as memory holds them, and the length where the last
 * byte of a key is: right for both byte orders, since they are made the way words are. */
static inline ca_key ca_key_mask(size_t len) {
    static const uint8_t ones[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                     255, 255, 255, 255, 255, 255, 255, 255};
    ca_key mask;
    memcpy(&mask, ones + 16 - len, sizeof mask);
    return mask;
}

static inline uint64_t ca_key_length(size_t len) {
    static const uint8_t last[8] = {0, 0, 0, 0, 0, 0, 0, 1};
    uint64_t unit;
    memcpy(&unit, last, sizeof unit);
    return unit * len;
}

/* The key of the `len` <= CA_SHORT bytes at `p`, where 16 can be read. */
static inline ca_key ca_key_of(const uint8_t *p, size_t len) {
    ca_key mask = ca_key_mask(len), key;
    memcpy(&key, p, sizeof key);
    return (ca_key){
        {key.word[0] & mask.word[0], (key.word[1] & mask.word[1]) | ca_key_length(len)}};
}

#endif
