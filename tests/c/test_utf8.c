#include "support.h"

#include <stdlib.h>

#include "../../csrc/core/utf8.h"

/* Decode what lies in a block of exactly `len` bytes, so that a step beyond it is noticed. */
static size_t decode(const char *bytes, size_t len, uint32_t *cp) {
    uint8_t *exact = malloc(len);
    assert_non_null(exact);
    memcpy(exact, bytes, len);
    size_t step = ca_utf8_decode(exact, len, cp);
    free(exact);
    return step;
}

static void assert_decodes(const char *bytes, size_t len, uint32_t expected) {
    uint32_t cp;
    uint8_t encoded[4];
    size_t bad = 99;
    assert_int_equal(decode(bytes, len, &cp), len);
    assert_int_equal(cp, expected);
    assert_int_equal(ca_utf8_encode(expected, encoded), len);
    assert_memory_equal(encoded, bytes, len);
    assert_true(ca_utf8_valid((const uint8_t *)bytes, len, &bad));
    assert_int_equal(bad, 99);
}

static void assert_refused(const char *bytes, size_t len) {
    uint32_t cp;
    size_t bad = 99;
    assert_int_equal(decode(bytes, len, &cp), 1);
    assert_int_equal(cp, CA_UTF8_BAD);
    assert_false(ca_utf8_valid((const uint8_t *)bytes, len, &bad));
    assert_int_equal(bad, 0);
}

/* One code point and its bytes; bytes the first of which begins nothing. */
#define valid(bytes, cp) assert_decodes(bytes, sizeof(bytes) - 1, cp)
#define invalid(bytes) assert_refused(bytes, sizeof(bytes) - 1)

/* 0xxxxxxx */
static void one_byte(void **unused) {
    (void)unused;
    valid("\x00", 0x00);
    valid("a", 0x61);
    valid("\x7F", 0x7F);
    invalid("\x80"); /* 10xxxxxx alone */
    invalid("\xBF");
}

/* 110xxxxx 10xxxxxx: five and six bits, from U+0080, which leaves C0 and C1 without use */
static void two_bytes(void **unused) {
    (void)unused;
    valid("\xC2\x80", 0x80);
    valid("\xDF\xBF", 0x7FF);
    invalid("\xC0\x80"); /* U+0000, too long */
    invalid("\xC1\xBF"); /* U+007F, too long */
    invalid("\xC2\x7F");
    invalid("\xC2\xC0");
    invalid("\xDF\x7F");
    invalid("\xDF\xC0");
}

/* 1110xxxx 10xxxxxx 10xxxxxx: four, six and six bits, from U+0800 */
static void three_bytes(void **unused) {
    (void)unused;
    valid("\xE0\xA0\x80", 0x800);
    valid("\xED\x9F\xBF", 0xD7FF);
    valid("\xEE\x80\x80", 0xE000);
    valid("\xEF\xBF\xBF", 0xFFFF);
    invalid("\xE0\x80\x80"); /* U+0000, too long */
    invalid("\xE0\x9F\xBF"); /* U+07FF, too long */
    invalid("\xE0\xA0\x7F");
    invalid("\xE0\xA0\xC0");
    invalid("\xEF\x7F\x80");
    invalid("\xEF\xC0\x80");
}

/* The three-byte forms of U+D800 to U+DFFF, which strict UTF-8 refuses */
static void lone_surrogates(void **unused) {
    (void)unused;
    valid("\xED\xA0\x80", 0xD800);
    valid("\xED\xAF\xBF", 0xDBFF);
    valid("\xED\xB0\x80", 0xDC00);
    valid("\xED\xBF\xBF", 0xDFFF);
    /* High and low one behind the other stay two, as in a Python str. */
    const uint8_t pair[] = {0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80};
    assert_int_equal(ca_utf8_count(pair, sizeof pair), 2);
}

/* 11110xxx 10xxxxxx 10xxxxxx 10xxxxxx: three times six bits behind three, U+10000 to U+10FFFF */
static void four_bytes(void **unused) {
    (void)unused;
    valid("\xF0\x90\x80\x80", 0x10000);
    valid("\xF0\x9F\x98\x80", 0x1F600);
    valid("\xF4\x8F\xBF\xBF", 0x10FFFF);
    invalid("\xF0\x80\x80\x80"); /* U+0000, too long */
    invalid("\xF0\x8F\xBF\xBF"); /* U+FFFF, too long */
    invalid("\xF4\x90\x80\x80"); /* U+110000 */
    invalid("\xF5\x80\x80\x80"); /* beyond any plane */
    invalid("\xF7\xBF\xBF\xBF");
    invalid("\xF0\x90\x80\x7F");
    invalid("\xF0\x90\xC0\x80");
    invalid("\xF0\x7F\x80\x80");
}

/* 111110xx and more, once meant for five and six bytes */
static void longer_forms(void **unused) {
    (void)unused;
    invalid("\xF8\x88\x80\x80\x80");
    invalid("\xFC\x84\x80\x80\x80\x80");
    invalid("\xFE");
    invalid("\xFF");
}

static void cut_off_tails(void **unused) {
    (void)unused;
    invalid("\xC3");
    invalid("\xE2");
    invalid("\xE2\x82");
    invalid("\xED\xA0");
    invalid("\xF0");
    invalid("\xF0\x9F");
    invalid("\xF0\x9F\x98");
    /* Each byte of a form that is cut off counts alone. */
    assert_int_equal(ca_utf8_count((const uint8_t *)"\xF0\x9F\x98", 3), 3);
    assert_int_equal(ca_utf8_count((const uint8_t *)"a\xE2\x82z", 4), 4);
}

static void every_code_point_survives_the_way_out_and_in(void **unused) {
    (void)unused;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        uint8_t bytes[4] = {0};
        uint32_t back;
        size_t len = ca_utf8_encode(cp, bytes);
        assert_int_equal(len, cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4);
        assert_int_equal(ca_utf8_decode(bytes, len, &back), len);
        assert_int_equal(back, cp);
    }
}

/* Two bytes decide all but the bounds above, so no pair of them is left out here. */
static void every_pair_of_bytes_is_valid_as_the_bit_patterns_say(void **unused) {
    (void)unused;
    for (unsigned a = 0; a < 256; a++) {
        for (unsigned b = 0; b < 256; b++) {
            const uint8_t pair[] = {(uint8_t)a, (uint8_t)b};
            bool form = a >= 0xC2 && a <= 0xDF && b >= 0x80 && b <= 0xBF;
            bool ascii = a < 0x80 && b < 0x80;
            size_t bad = 99;
            assert_int_equal(ca_utf8_valid(pair, 2, &bad), form || ascii);
            assert_int_equal(bad, form || ascii ? 99 : a < 0x80 ? 1 : 0);
            assert_int_equal(ca_utf8_count(pair, 2), form ? 1 : 2);
        }
    }
}

static void the_first_bad_byte_is_found_wherever_it_is(void **unused) {
    (void)unused;
    for (size_t len = 1; len <= 40; len++) {
        uint8_t *text = malloc(len);
        assert_non_null(text);
        memset(text, 'a', len);
        size_t bad = 99;
        assert_true(ca_utf8_valid(text, len, &bad));
        assert_int_equal(bad, 99);
        for (size_t at = 0; at < len; at++) {
            text[at] = 0xFF;
            assert_false(ca_utf8_valid(text, len, &bad));
            assert_int_equal(bad, at);
            assert_int_equal(ca_utf8_count(text, len), len);
            text[at] = 'a';
        }
        free(text);
    }
}

static void the_empty_text_is_valid(void **unused) {
    (void)unused;
    size_t bad = 99;
    assert_true(ca_utf8_valid(NULL, 0, &bad));
    assert_int_equal(bad, 99);
    assert_int_equal(ca_utf8_count(NULL, 0), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_byte),
        cmocka_unit_test(two_bytes),
        cmocka_unit_test(three_bytes),
        cmocka_unit_test(lone_surrogates),
        cmocka_unit_test(four_bytes),
        cmocka_unit_test(longer_forms),
        cmocka_unit_test(cut_off_tails),
        cmocka_unit_test(every_code_point_survives_the_way_out_and_in),
        cmocka_unit_test(every_pair_of_bytes_is_valid_as_the_bit_patterns_say),
        cmocka_unit_test(the_first_bad_byte_is_found_wherever_it_is),
        cmocka_unit_test(the_empty_text_is_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
