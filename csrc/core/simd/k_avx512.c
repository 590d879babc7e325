#include "kernels.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi")))

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

static bool is_supported(void) {
    return __builtin_cpu_supports("avx512vbmi") && ca_kernels_avx2.is_supported();
}
#else
static void classify(const uint8_t *bytes, ca_masks *masks) {
    ca_kernels_scalar.classify(bytes, masks);
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
};
