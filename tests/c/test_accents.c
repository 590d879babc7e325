#include "support.h"

#include "../../csrc/core/accents.h"

static void a_letter_and_a_mark_are_one(void **unused) {
    (void)unused;
    assert_int_equal(ca_accent_compose('e', 0x301), 0xE9);
    assert_int_equal(ca_accent_compose('A', 0x30A), 0xC5);
    assert_int_equal(ca_accent_compose(0x1EA1, 0x302), 0x1EAD); /* a, dot below, circumflex */
    assert_int_equal(ca_accent_compose(0x438, 0x306), 0x439);
    assert_int_equal(ca_accent_compose('q', 0x301), 0);
    assert_int_equal(ca_accent_compose('e', 'e'), 0);
    assert_int_equal(ca_accent_compose(0x41, 0x10301), 0);
}

static void a_mark_below_may_come_behind_the_one_above(void **unused) {
    (void)unused;
    assert_int_equal(ca_accent_compose(0xEA, 0x323), 0x1EC7);  /* e, circumflex, dot below */
    assert_int_equal(ca_accent_compose(0x107, 0x327), 0x1E09); /* c, acute, cedilla */
    assert_int_equal(ca_accent_compose(0x1A1, 0x323), 0x1EE3); /* a horn is no mark above */
    assert_int_equal(ca_accent_compose(0xE1, 0x302), 0);       /* two above keep their order */
    assert_int_equal(ca_accent_compose(0xEA, 0x327), 0);
}

static void excluded_compositions_stay_apart(void **unused) {
    (void)unused;
    assert_int_equal(ca_accent_compose(0x915, 0x93C), 0); /* U+0958 is excluded */
}

static void all_marks_go(void **unused) {
    (void)unused;
    assert_int_equal(ca_accent_base(0xE9), 'e');
    assert_int_equal(ca_accent_base(0x1EAD), 'a');
    assert_int_equal(ca_accent_base(0x1FB7), 0x3B1); /* alpha with two marks */
    assert_int_equal(ca_accent_base(0x451), 0x435);  /* yo is ye */
    assert_int_equal(ca_accent_base(0x301), 0);
    assert_int_equal(ca_accent_base(0x36F), 0);
}

static void strokes_count_as_accents(void **unused) {
    (void)unused;
    assert_int_equal(ca_accent_base(0xF8), 'o');
    assert_int_equal(ca_accent_base(0x1FF), 'o'); /* o with stroke and acute */
    assert_int_equal(ca_accent_base(0x141), 'L');
    assert_int_equal(ca_accent_base(0x131), 'i');
}

static void letters_of_their_own_stay(void **unused) {
    (void)unused;
    assert_int_equal(ca_accent_base('e'), 'e');
    assert_int_equal(ca_accent_base(0x439), 0x439); /* short i */
    assert_int_equal(ca_accent_base(0xDF), 0xDF);
    assert_int_equal(ca_accent_base(0xE6), 0xE6);
    assert_int_equal(ca_accent_base(0x65E5), 0x65E5);
    assert_int_equal(ca_accent_base(0x1F600), 0x1F600);
}

static void what_is_composed_comes_apart_again(void **unused) {
    (void)unused;
    for (uint32_t base = 'A'; base <= 'z'; base++) {
        for (uint32_t mark = 0x300; mark <= 0x36F; mark++) {
            uint32_t composed = ca_accent_compose(base, mark);
            if (composed != 0) assert_int_equal(ca_accent_base(composed), base);
        }
    }
}

static void a_base_has_no_accent(void **unused) {
    (void)unused;
    for (uint32_t cp = 0; cp < 0x20000; cp++) {
        uint32_t base = ca_accent_base(cp);
        assert_int_equal(ca_accent_base(base), base);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_and_a_mark_are_one),
        cmocka_unit_test(a_mark_below_may_come_behind_the_one_above),
        cmocka_unit_test(excluded_compositions_stay_apart),
        cmocka_unit_test(all_marks_go),
        cmocka_unit_test(strokes_count_as_accents),
        cmocka_unit_test(letters_of_their_own_stay),
        cmocka_unit_test(what_is_composed_comes_apart_again),
        cmocka_unit_test(a_base_has_no_accent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
