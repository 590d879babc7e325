#include "letters.h"

static void lowers_at(int line, ca_str text, ca_str wanted) {
    ca_alloc libc = ca_alloc_libc();
    ca_letters letters = letters_open(&libc);
    ca_scratch scratch = {NULL, 0};
    ca_str out;
    assert_int_equal(ca_letters_lower(&letters, &libc, text, &scratch, &out), CA_OK);
    if (!ca_str_equal(out, wanted))
        fail_msg("line %d: got \"%.*s\"", line, (int)out.len, (const char *)out.ptr);
    ca_scratch_reset(&libc, &scratch);
    ca_letters_reset(&letters);
}

#define lowers(text, wanted) lowers_at(__LINE__, STR(text), STR(wanted))

static void letters_become_small_and_the_rest_stays(void **unused) {
    (void)unused;
    lowers("", "");
    lowers("NATO's 3 \xC3\x89t\xC3\xA9s", "nato's 3 \xC3\xA9t\xC3\xA9s");
}

static void a_letter_beyond_ascii_may_become_one_of_ascii(void **unused) {
    (void)unused;
    lowers("\xE2\x84\xAAind", "kind");
}

static void one_letter_may_become_two(void **unused) {
    (void)unused;
    lowers("\xC4\xB0x", "i\xCC\x87x");
}

static void a_sigma_is_final_behind_a_letter_with_none_to_follow(void **unused) {
    (void)unused;
    lowers("\xCE\x9F\xCE\xA3", "\xCE\xBF\xCF\x82");
    lowers("\xCE\x9F\xCE\xA3 A", "\xCE\xBF\xCF\x82 a");
    lowers("\xCE\x9F\xCE\xA3\xCE\x9F", "\xCE\xBF\xCF\x83\xCE\xBF");
    lowers("\xCE\xA3", "\xCF\x83");
}

static void what_is_ignorable_does_not_part_a_sigma_from_its_word(void **unused) {
    (void)unused;
    lowers("\xCE\x9F'\xCE\xA3.", "\xCE\xBF'\xCF\x82.");
    lowers("\xCE\x9F\xCE\xA3'A", "\xCE\xBF\xCF\x83'a");
    lowers("'\xCE\xA3", "'\xCF\x83");
}

static void a_byte_that_is_no_utf8_stays(void **unused) {
    (void)unused;
    lowers("A\xFF"
           "B",
           "a\xFF"
           "b");
}

static void what_is_no_code_point_has_no_flags(void **unused) {
    (void)unused;
    ca_alloc libc = ca_alloc_libc();
    ca_letters letters = letters_open(&libc);
    assert_int_equal(ca_letters_of(&letters, CA_LETTERS_LIMIT).flags, 0);
    assert_int_equal(ca_letters_of(&letters, 0x2003).flags, CA_IS_SPACE);
    assert_int_equal(ca_letters_of(&letters, 0x10FFFF).lower, 0x10FFFF);
    ca_letters_reset(&letters);
}

static ca_status build(const ca_alloc *alloc, void *ctx) {
    ca_letters letters;
    (void)ctx;
    CA_TRY(letters_fill(alloc, &letters));
    ca_letters_reset(&letters);
    return CA_OK;
}

static void no_memory_leaves_nothing_behind(void **unused) {
    (void)unused;
    sweep_allocations(build, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_become_small_and_the_rest_stays),
        cmocka_unit_test(a_letter_beyond_ascii_may_become_one_of_ascii),
        cmocka_unit_test(one_letter_may_become_two),
        cmocka_unit_test(a_sigma_is_final_behind_a_letter_with_none_to_follow),
        cmocka_unit_test(what_is_ignorable_does_not_part_a_sigma_from_its_word),
        cmocka_unit_test(a_byte_that_is_no_utf8_stays),
        cmocka_unit_test(what_is_no_code_point_has_no_flags),
        cmocka_unit_test(no_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
