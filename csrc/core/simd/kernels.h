/* simd/kernels.h - the few loops that are worth a processor's own instructions.
 *
 *     const ca_kernels *kernels = ca_kernels_get();        // once per document
 *     kernels->classify(text + base, &masks);              // 64 bytes -> one bit each
 *
 *     bytes   T h e   U . S . - l e d
 *     word    1 1 1 0 1 0 1 0 0 1 1 1     ASCII letters, digits, underscore
 *     blank   0 0 0 1 0 0 0 0 0 0 0 0     ASCII white space
 *     plain   0 0 0 0 0 0 0 0 0 0 0 0     ASCII signs that are always a token alone: , ( ) ; ...
 *     glue    0 0 0 0 0 1 0 1 0 0 0 0     what may join the word before it
 *
 * Kernels are pure: const in, caller's memory out. The scalar one is the specification, and the
 * others give the same bits.
 */
#ifndef CA_SIMD_KERNELS_H
#define CA_SIMD_KERNELS_H

#include "../base.h"
#include "../piece.h"

/* Bit i is byte i. A byte that is in none of word, blank, plain, run and tail needs a closer look.
 */
typedef struct ca_masks {
    uint64_t word;  /* A-Z a-z 0-9 _ */
    uint64_t blank; /* space, \t and the line ends */
    uint64_t line;  /* \n \v \f \r */
    uint64_t plain; /* ASCII signs and controls that no rule of scan.h joins to anything */
    uint64_t tail;  /* continuation bytes of UTF-8, 10xxxxxx */
    uint64_t lead;  /* 0xC0 and above: the first bytes of what is no ASCII */
    uint64_t stop;  /* . */
    uint64_t comma; /* , */
    uint64_t run;   /* . - ! ? * = ~ which are one token with the same ones behind them */
    /* What a rule of scan.h may join to a word that it follows: ' & . and the first bytes of what
     * is no ASCII; , : / behind a digit, or as the first byte, before which anything may stand. */
    uint64_t glue;
} ca_masks;

/* Bit i is byte i; the classes are those of UAX #29, and `high` is what is no ASCII. */
typedef struct ca_word_masks {
    uint64_t letter, digit, connector; /* a-z A-Z, 0-9, _ */
    uint64_t in_word, in_number;       /* : . '  and  . ' , ; */
    uint64_t space, cr, lf;
    uint64_t high;
} ca_word_masks;

/* Bit i is byte i; ASCII alone, but for `high`, which is what is no ASCII. */
typedef struct ca_case_masks {
    uint64_t upper, lower; /* A-Z, a-z */
    uint64_t space;        /* where str.split() of Python parts: \t to \r, 0x1C to 0x1F, space */
    uint64_t sign;         /* what can be printed and is no letter or digit */
    uint64_t mark;         /* ! and ? */
    uint64_t apostrophe;
    uint64_t word; /* A-Z a-z 0-9 _ */
    uint64_t high;
} ca_case_masks;

#define CA_WRITE_BEYOND 15

typedef struct ca_kernels {
    const char *name;
    /* Whether this processor can run them. */
    bool (*is_supported)(void);
    /* Classify the 64 bytes at `bytes`. */
    void (*classify)(const uint8_t *bytes, ca_masks *masks);
    void (*word_classes)(const uint8_t *bytes, ca_word_masks *masks);
    void (*cases)(const uint8_t *bytes, ca_case_masks *masks);
    /* Write 64 units as bytes, 0x80 for each that is no ASCII. */
    void (*narrow64)(const uint16_t *units, uint8_t *bytes);
    /* Write the ASCII units that begin `units` as bytes; how many they are. Up to 64 bytes behind
     * them may be overwritten, as far as there are units. */
    size_t (*narrow)(const uint16_t *units, size_t n, uint8_t *bytes);
    /* Write the pieces of a stretch; how many they are. Up to CA_WRITE_BEYOND items behind them may
     * be overwritten. */
    size_t (*write_pieces)(const ca_stretch *stretch, ca_piece *items);
    /* Write the ids of the pieces that are among the recent types, and the numbers of those that
     * are not into `missed`, which has room for all; how many they are. Behind the first byte of
     * each piece lie 15 more. */
    size_t (*find_recent)(const ca_recent *recent, const uint8_t *text, const ca_piece *pieces,
                          size_t n, int32_t *ids, uint32_t *missed);
} ca_kernels;

extern const ca_kernels ca_kernels_scalar, ca_kernels_avx2, ca_kernels_avx512;

/* All sets, best first, then NULL; some may not be supported. */
extern const ca_kernels *const ca_kernels_all[];

/* The set in use: the best one that is supported, unless another was forced. */
const ca_kernels *ca_kernels_get(void);

/* Use the set `name` from now on, or the best one again where `name` is NULL. False, and nothing
 * changed, if there is no such set here. For tests and comparisons; results are the same. */
bool ca_kernels_force(const char *name);

static inline bool ca_is_word_byte(uint8_t c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
}

/* Number of bits that are set. (A compiler that may not assume the instruction for this makes a
 * function call of its builtin; these few operations are inline.) */
static inline int ca_popcount64(uint64_t bits) {
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (int)(bits * 0x0101010101010101u >> 56);
}

/* Number of the lowest bit that is set; bits != 0. */
static inline int ca_lowest_bit64(uint64_t bits) {
#if defined(__GNUC__) || defined(__clang__)
    return __builtin_ctzll(bits);
#else
    return ca_popcount64((bits & (~bits + 1)) - 1);
#endif
}

/* Number of the highest bit that is set; bits != 0. */
static inline int ca_highest_bit64(uint64_t bits) {
#if defined(__GNUC__) || defined(__clang__)
    return 63 - __builtin_clzll(bits);
#else
    for (unsigned i = 1; i < 64; i *= 2) bits |= bits >> i;
    return ca_popcount64(bits) - 1;
#endif
}

#endif
