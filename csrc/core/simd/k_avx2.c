#include "kernels.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

/* A byte is looked up by its two halves; a class is a bit that both halves have.
 *
 *     bit 0   0x30-0x39          digits
 *     bit 1   0x41-0x4F 0x61-6F  letters of rows 4 and 6 (all but column 0)
 *     bit 2   0x50-0x5A 0x70-7A  letters of rows 5 and 7 (columns 0 to A)
 *     bit 3   0x5F               underscore
 *     bit 4   0x20               space
 *     bit 5   0x09-0x0D          tab and line ends
 *     bit 6   ! # * - .          signs of row 2 that need a closer look
 *     bit 7   : = ?              those of row 3
 * (@ and ~ are compared on their own.) */
#define WORD_BITS 0x0F
#define BLANK_BITS 0x30
#define SPECIAL_BITS ((char)0xC0)

typedef struct half {
    uint32_t word, blank, line, run, name, high, tail;
    uint32_t stop, comma, digit, joiner, number_joiner; /* of glue: ' &  and  , : / */
} half;

AVX2 static inline uint32_t mask_of(__m256i bytes) {
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

AVX2 static inline uint32_t any_of(__m256i classes, char bits) {
    __m256i held = _mm256_and_si256(classes, _mm256_set1_epi8(bits));
    return ~mask_of(_mm256_cmpeq_epi8(held, _mm256_setzero_si256()));
}

AVX2 static inline __m256i equal(__m256i bytes, char c) {
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c));
}

AVX2 static inline __m256i either(__m256i a, __m256i b, __m256i c) {
    return _mm256_or_si256(_mm256_or_si256(a, b), c);
}

AVX2 static inline half classify_half(const uint8_t *bytes) {
    const __m256i columns = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0x15, 0x47, 0x07, 0x47, 0x07, 0x07, 0x07, 0x07, 0x07, 0x27, (char)0xE6, 0x22,
                      0x22, (char)0xE2, 0x42, (char)0x8A));
    const __m256i rows = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0x20, 0, 0x50, (char)0x81, 0x02, 0x0C, 0x02, 0x04, 0, 0, 0, 0, 0, 0, 0, 0));
    const __m256i low_half = _mm256_set1_epi8(0x0F);
    __m256i c = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    __m256i column = _mm256_and_si256(c, low_half);
    __m256i row = _mm256_and_si256(_mm256_srli_epi16(c, 4), low_half);
    __m256i classes =
        _mm256_and_si256(_mm256_shuffle_epi8(columns, column), _mm256_shuffle_epi8(rows, row));
    __m256i comma = equal(c, ','), colon = equal(c, ':');
    __m256i names = either(equal(c, '#'), equal(c, '@'), colon);
    uint32_t tabs = mask_of(equal(c, '\t'));
    return (half){
        .word = any_of(classes, WORD_BITS),
        .blank = any_of(classes, BLANK_BITS),
        .line = any_of(classes, 0x20) & ~tabs,
        .run = (any_of(classes, SPECIAL_BITS) | mask_of(equal(c, '~'))) & ~mask_of(names),
        .name = mask_of(names),
        .high = mask_of(c),
        /* as signed bytes 0x80-0xBF are those below -64 */
        .tail = mask_of(_mm256_cmpgt_epi8(_mm256_set1_epi8(-64), c)),
        .digit = any_of(classes, 0x01),
        .stop = mask_of(equal(c, '.')),
        .comma = mask_of(comma),
        .joiner = mask_of(_mm256_or_si256(equal(c, '\''), equal(c, '&'))),
        .number_joiner = mask_of(either(comma, colon, equal(c, '/'))),
    };
}

static inline uint64_t join(uint32_t low, uint32_t high) {
    return (uint64_t)high << 32 | low;
}

AVX2 static void classify(const uint8_t *bytes, ca_masks *masks) {
    half a = classify_half(bytes), b = classify_half(bytes + 32);
    masks->word = join(a.word, b.word);
    masks->blank = join(a.blank, b.blank);
    masks->line = join(a.line, b.line);
    masks->tail = join(a.tail, b.tail);
    masks->lead = join(a.high, b.high) & ~masks->tail;
    masks->stop = join(a.stop, b.stop);
    masks->comma = join(a.comma, b.comma);
    masks->run = join(a.run, b.run);
    uint64_t rest = masks->run | join(a.name | a.high, b.name | b.high);
    masks->plain = ~(masks->word | masks->blank | rest);
    uint64_t behind_digit = join(a.digit, b.digit) << 1 | 1;
    masks->glue = join(a.joiner, b.joiner) | masks->stop | masks->lead |
                  (join(a.number_joiner, b.number_joiner) & behind_digit);
}

/* Bytes from `first` on, `n` of them: shifted so that they are the lowest signed ones. */
AVX2 static inline __m256i between(__m256i bytes, char first, char n) {
    __m256i shifted = _mm256_sub_epi8(bytes, _mm256_set1_epi8((char)(first + 128)));
    return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(n - 128)), shifted);
}

typedef struct word_half {
    uint32_t letter, digit, connector, in_word, in_number, space, cr, lf, high;
} word_half;

AVX2 static inline word_half word_classes_half(const uint8_t *bytes) {
    __m256i c = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    __m256i any = _mm256_or_si256(equal(c, '.'), equal(c, '\''));
    return (word_half){
        .letter = mask_of(between(_mm256_or_si256(c, _mm256_set1_epi8(0x20)), 'a', 26)),
        .digit = mask_of(between(c, '0', 10)),
        .connector = mask_of(equal(c, '_')),
        .in_word = mask_of(_mm256_or_si256(any, equal(c, ':'))),
        .in_number = mask_of(either(any, equal(c, ','), equal(c, ';'))),
        .space = mask_of(equal(c, ' ')),
        .cr = mask_of(equal(c, '\r')),
        .lf = mask_of(equal(c, '\n')),
        .high = mask_of(c),
    };
}

AVX2 static void word_classes(const uint8_t *bytes, ca_word_masks *masks) {
    word_half a = word_classes_half(bytes), b = word_classes_half(bytes + 32);
    *masks = (ca_word_masks){
        .letter = join(a.letter, b.letter),
        .digit = join(a.digit, b.digit),
        .connector = join(a.connector, b.connector),
        .in_word = join(a.in_word, b.in_word),
        .in_number = join(a.in_number, b.in_number),
        .space = join(a.space, b.space),
        .cr = join(a.cr, b.cr),
        .lf = join(a.lf, b.lf),
        .high = join(a.high, b.high),
    };
}

typedef struct case_half {
    uint32_t upper, lower, space, sign, mark, apostrophe, word, high;
} case_half;

AVX2 static inline case_half cases_half(const uint8_t *bytes) {
    __m256i c = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    case_half found = {
        .upper = mask_of(between(c, 'A', 26)),
        .lower = mask_of(between(c, 'a', 26)),
        .mark = mask_of(_mm256_or_si256(equal(c, '!'), equal(c, '?'))),
        .apostrophe = mask_of(equal(c, '\'')),
        .space = mask_of(_mm256_or_si256(between(c, '\t', 5), between(c, 0x1C, 5))),
        .high = mask_of(c),
    };
    uint32_t printed = mask_of(between(c, '!', '~' - '!' + 1));
    uint32_t plain = found.upper | found.lower | mask_of(between(c, '0', 10));
    found.sign = printed & ~plain;
    found.word = plain | mask_of(equal(c, '_'));
    return found;
}

AVX2 static void cases(const uint8_t *bytes, ca_case_masks *masks) {
    case_half a = cases_half(bytes), b = cases_half(bytes + 32);
    *masks = (ca_case_masks){
        .upper = join(a.upper, b.upper),
        .lower = join(a.lower, b.lower),
        .space = join(a.space, b.space),
        .sign = join(a.sign, b.sign),
        .mark = join(a.mark, b.mark),
        .apostrophe = join(a.apostrophe, b.apostrophe),
        .word = join(a.word, b.word),
        .high = join(a.high, b.high),
    };
}

/* Two vectors of 16 units as 32 bytes in order; what is no ASCII must be at most 0xFF. */
AVX2 static inline __m256i pack(__m256i low, __m256i high) {
    return _mm256_permute4x64_epi64(_mm256_packus_epi16(low, high), 0xD8);
}

AVX2 static inline __m256i units_at(const uint16_t *units) {
    return _mm256_loadu_si256((const __m256i *)(const void *)units);
}

AVX2 static void narrow64(const uint16_t *units, uint8_t *bytes) {
    const __m256i top = _mm256_set1_epi16(0x80);
    for (unsigned i = 0; i < 64; i += 32) {
        __m256i low = _mm256_min_epu16(units_at(units + i), top);
        __m256i high = _mm256_min_epu16(units_at(units + i + 16), top);
        _mm256_storeu_si256((__m256i *)(void *)(bytes + i), pack(low, high));
    }
}

AVX2 static size_t narrow(const uint16_t *units, size_t n, uint8_t *bytes) {
    const __m256i top = _mm256_set1_epi16(0x80);
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        __m256i low = _mm256_min_epu16(units_at(units + i), top);
        __m256i high = _mm256_min_epu16(units_at(units + i + 16), top);
        __m256i packed = pack(low, high);
        _mm256_storeu_si256((__m256i *)(void *)(bytes + i), packed);
        uint32_t beyond = mask_of(packed);
        if (beyond != 0) return i + (size_t)ca_lowest_bit64(beyond);
    }
    for (; i < n && units[i] < 0x80; i++) bytes[i] = (uint8_t)units[i];
    return i;
}

static bool is_supported(void) {
    return __builtin_cpu_supports("avx2");
}
#else
static void classify(const uint8_t *bytes, ca_masks *masks) {
    ca_kernels_scalar.classify(bytes, masks);
}

static void word_classes(const uint8_t *bytes, ca_word_masks *masks) {
    ca_kernels_scalar.word_classes(bytes, masks);
}

static void cases(const uint8_t *bytes, ca_case_masks *masks) {
    ca_kernels_scalar.cases(bytes, masks);
}

static void narrow64(const uint16_t *units, uint8_t *bytes) {
    ca_kernels_scalar.narrow64(units, bytes);
}

static size_t narrow(const uint16_t *units, size_t n, uint8_t *bytes) {
    return ca_kernels_scalar.narrow(units, n, bytes);
}

static bool is_supported(void) {
    return false;
}
#endif

/* What needs no wide registers. */
static size_t write_pieces(const ca_stretch *stretch, ca_piece *items) {
    return ca_kernels_scalar.write_pieces(stretch, items);
}

static size_t find_recent(const ca_recent *recent, const uint8_t *text, const ca_piece *pieces,
                          size_t n, int32_t *ids, uint32_t *missed) {
    return ca_kernels_scalar.find_recent(recent, text, pieces, n, ids, missed);
}

const ca_kernels ca_kernels_avx2 = {
    .name = "avx2",
    .is_supported = is_supported,
    .classify = classify,
    .word_classes = word_classes,
    .cases = cases,
    .narrow64 = narrow64,
    .narrow = narrow,
    .write_pieces = write_pieces,
    .find_recent = find_recent,
};
