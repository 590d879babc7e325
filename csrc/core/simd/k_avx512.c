#include "kernels.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>

#define AVX512                                                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))

/* The classes of the 128 ASCII bytes, a bit each. */
#define WORD 0x01
#define BLANK 0x02
#define LINE 0x04
#define RUN 0x08  /* . - ! ? * = ~ */
#define NAME 0x10 /* # @ : */
#define DIGIT 0x20
#define JOINER 0x40 /* ' & which, like a stop, may join the word before them, */
#define NUMBER 0x80 /* and , : / which may join a number */

static const uint8_t classes_of[128] = {
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x06, 0x06, 0x06, 0x06, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x02, 0x08, 0x00, 0x10, 0x00, 0x00, 0x40, 0x40, 0x00, 0x00, 0x08, 0x00, 0x80, 0x08, 0x08, 0x80,
    0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x90, 0x00, 0x00, 0x08, 0x00, 0x08,
    0x10, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01,
    0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x01,
    0x00, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01,
    0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x00, 0x00, 0x00, 0x08, 0x00,
};

AVX512 static inline uint64_t any_of(__m512i classes, uint8_t bits) {
    return _mm512_test_epi8_mask(classes, _mm512_set1_epi8((char)bits));
}

AVX512 static void classify(const uint8_t *bytes, ca_masks *masks) {
    __m512i c = _mm512_loadu_si512(bytes);
    uint64_t high = _mm512_movepi8_mask(c);
    __m512i low = _mm512_loadu_si512(classes_of), up = _mm512_loadu_si512(classes_of + 64);
    __m512i classes = _mm512_maskz_permutex2var_epi8(~high, low, c, up);
    masks->word = any_of(classes, WORD);
    masks->blank = any_of(classes, BLANK);
    masks->line = any_of(classes, LINE);
    masks->run = any_of(classes, RUN);
    masks->plain = ~(any_of(classes, WORD | BLANK | RUN | NAME) | high);
    /* as signed bytes 0x80-0xBF are those below -64 */
    masks->tail = _mm512_cmplt_epi8_mask(c, _mm512_set1_epi8(-64));
    masks->lead = high & ~masks->tail;
    masks->stop = _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8('.'));
    masks->comma = _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8(','));
    uint64_t behind_digit = any_of(classes, DIGIT) << 1 | 1;
    masks->glue = any_of(classes, JOINER) | masks->stop | masks->lead |
                  (any_of(classes, NUMBER) & behind_digit);
}

/* Numbers 0 to 63. */
static const uint8_t numbers[64] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                    16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                    32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                    48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

/* Numbers 0 to 15, four of each. */
static const uint8_t fours[64] = {0,  0,  0,  0,  1,  1,  1,  1,  2,  2,  2,  2,  3,  3,  3,  3,
                                  4,  4,  4,  4,  5,  5,  5,  5,  6,  6,  6,  6,  7,  7,  7,  7,
                                  8,  8,  8,  8,  9,  9,  9,  9,  10, 10, 10, 10, 11, 11, 11, 11,
                                  12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 15};

/* The numbers of the bits that are set, a byte each. */
AVX512 static inline __m512i bits_of(uint64_t bits) {
    return _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(numbers));
}

/* Sixteen pieces from byte 4 i on of `bytes`: first bit, 0, length, code points for each, a byte
 * each; base: the byte and the code points of bit 0, as in a piece. */
_Static_assert(sizeof(ca_piece) == 16, "four pieces are a vector");

AVX512 static inline void write_sixteen(__m512i bytes, __m512i base, ca_piece *items) {
    __m128i four[4] = {_mm512_castsi512_si128(bytes), _mm512_extracti32x4_epi32(bytes, 1),
                       _mm512_extracti32x4_epi32(bytes, 2), _mm512_extracti32x4_epi32(bytes, 3)};
    for (unsigned i = 0; i < 4; i++)
        _mm512_storeu_si512(items + 4 * i, _mm512_add_epi32(_mm512_cvtepu8_epi32(four[i]), base));
}

/* Bits of a mask, in order, are the pieces: compressed, they give all first bytes at once, all last
 * ones, and, where the continuation bytes are taken out of the mask, all code points. */
AVX512 static size_t write_pieces(const ca_stretch *stretch, ca_piece *items) {
    size_t n = (size_t)_mm_popcnt_u64(stretch->begins);
    __m512i first = bits_of(stretch->begins);
    __m512i len = _mm512_sub_epi8(bits_of(stretch->lasts), first);
    len = _mm512_add_epi8(len, _mm512_set1_epi8(1));
    __m512i point = bits_of(_pext_u64(stretch->begins, ~stretch->tail));
    __m512i base =
        _mm512_broadcast_i32x4(_mm_setr_epi32((int)(uint32_t)stretch->at, 0, 0, stretch->start));
    __m512i spread = _mm512_loadu_si512(fours);
    for (size_t i = 0; i < n; i += 16) {
        __m512i bytes = _mm512_maskz_permutexvar_epi8(0x1111111111111111, spread, first);
        bytes = _mm512_mask_permutexvar_epi8(bytes, 0x4444444444444444, spread, len);
        bytes = _mm512_mask_permutexvar_epi8(bytes, 0x8888888888888888, spread, point);
        write_sixteen(bytes, base, items + i);
        spread = _mm512_add_epi8(spread, _mm512_set1_epi8(16));
    }
    return n;
}

/* The same loop as the scalar one, with the key in one register: what is masked is never read. */
AVX512 static size_t find_recent(const ca_recent *recent, const uint8_t *text,
                                 const ca_piece *pieces, size_t n, int32_t *ids, uint32_t *missed) {
    size_t n_missed = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t len = pieces[i].len;
        missed[n_missed] = (uint32_t)i;
        if (CA_UNLIKELY(len > CA_SHORT)) {
            n_missed++;
            continue;
        }
        __mmask16 kept = (__mmask16)_bzhi_u32(0xFFFF, len);
        __m128i key = _mm_maskz_loadu_epi8(kept, text + pieces[i].at);
        uint64_t low = (uint64_t)_mm_cvtsi128_si64(key);
        uint64_t high = (uint64_t)_mm_extract_epi64(key, 1) | (uint64_t)len << 56;
        size_t place = ca_recent_place((ca_key){{low, high}});
        const ca_key *there = &recent->keys[place];
        ids[i] = recent->ids[place];
        n_missed += ((there->word[0] ^ low) | (there->word[1] ^ high)) != 0;
    }
    return n_missed;
}

static bool is_supported(void) {
    return __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi2") &&
           ca_kernels_avx2.is_supported();
}
#else
static void classify(const uint8_t *bytes, ca_masks *masks) {
    ca_kernels_scalar.classify(bytes, masks);
}

static size_t write_pieces(const ca_stretch *stretch, ca_piece *items) {
    return ca_kernels_scalar.write_pieces(stretch, items);
}

static size_t find_recent(const ca_recent *recent, const uint8_t *text, const ca_piece *pieces,
                          size_t n, int32_t *ids, uint32_t *missed) {
    return ca_kernels_scalar.find_recent(recent, text, pieces, n, ids, missed);
}

static bool is_supported(void) {
    return false;
}
#endif

/* What needs no wider registers. */
static void word_classes(const uint8_t *bytes, ca_word_masks *masks) {
    ca_kernels_avx2.word_classes(bytes, masks);
}

static void cases(const uint8_t *bytes, ca_case_masks *masks) {
    ca_kernels_avx2.cases(bytes, masks);
}

static void narrow64(const uint16_t *units, uint8_t *bytes) {
    ca_kernels_avx2.narrow64(units, bytes);
}

static size_t narrow(const uint16_t *units, size_t n, uint8_t *bytes) {
    return ca_kernels_avx2.narrow(units, n, bytes);
}

const ca_kernels ca_kernels_avx512 = {
    .name = "avx512",
    .is_supported = is_supported,
    .classify = classify,
    .word_classes = word_classes,
    .cases = cases,
    .narrow64 = narrow64,
    .narrow = narrow,
    .write_pieces = write_pieces,
    .find_recent = find_recent,
};
