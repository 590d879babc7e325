#include "support.h"

#include <stdlib.h>

#include "../../csrc/core/texts.h"
#include "../../csrc/core/utf8.h"

/* `n` units of a form, in a block of exactly their size: the same code points in each form. */
static void *units_of(ca_text_form form, const uint32_t *cps, size_t n) {
    size_t width = form == CA_TEXT_LATIN1 ? 1 : form == CA_TEXT_UCS2 ? 2 : 4;
    uint8_t *units = malloc(n * width);
    assert_non_null(units);
    for (size_t i = 0; i < n; i++) {
        if (width == 1) units[i] = (uint8_t)cps[i];
        if (width == 2) ((uint16_t *)(void *)units)[i] = (uint16_t)cps[i];
        if (width == 4) ((uint32_t *)(void *)units)[i] = cps[i];
    }
    return units;
}

/* That the UTF-8 of the code points in `form` decodes to them again, within the bound. */
static void assert_transcodes(ca_text_form form, const uint32_t *cps, size_t n) {
    ca_alloc alloc = ca_alloc_libc();
    ca_scratch scratch = {0};
    ca_str out;
    void *units = units_of(form, cps, n);
    ca_text text = {units, n, form};
    assert_int_equal(ca_text_utf8(&alloc, &text, &scratch, &out), CA_OK);
    assert_true(out.len <= ca_text_bound(&text));
    assert_int_equal(ca_utf8_count(out.ptr, out.len), n);
    size_t bad;
    assert_true(ca_utf8_valid(out.ptr, out.len, &bad));
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t cp;
        at += ca_utf8_decode(out.ptr + at, out.len - at, &cp);
        assert_int_equal(cp, cps[i]);
    }
    assert_int_equal(at, out.len);
    free(units);
    ca_scratch_reset(&alloc, &scratch);
}

static void latin1_becomes_utf8(void **unused) {
    (void)unused;
    uint32_t cps[256];
    for (uint32_t i = 0; i < 256; i++) cps[i] = i;
    assert_transcodes(CA_TEXT_LATIN1, cps, 256);
}

static void two_byte_units_become_utf8_lone_surrogates_too(void **unused) {
    (void)unused;
    uint32_t *cps = malloc(0x10000 * sizeof *cps);
    assert_non_null(cps);
    for (uint32_t i = 0; i < 0x10000; i++) cps[i] = i;
    assert_transcodes(CA_TEXT_UCS2, cps, 0x10000);
    free(cps);
}

static void four_byte_units_become_utf8_lone_surrogates_too(void **unused) {
    (void)unused;
    uint32_t *cps = malloc(0x110000 * sizeof *cps);
    assert_non_null(cps);
    for (uint32_t i = 0; i < 0x110000; i++) cps[i] = i;
    assert_transcodes(CA_TEXT_UCS4, cps, 0x110000);
    free(cps);
}

static void surrogates_side_by_side_do_not_become_a_pair(void **unused) {
    (void)unused;
    const uint32_t pair[] = {0xD83D, 0xDE00};
    assert_transcodes(CA_TEXT_UCS2, pair, 2);
    assert_transcodes(CA_TEXT_UCS4, pair, 2);
}

static void every_form_of_one_text_gives_the_same_bytes(void **unused) {
    (void)unused;
    const uint32_t cps[] = {'C', 'a', 'f', 0xE9, 0, 0xFF, 'z'};
    const ca_str expected = STR("Caf\xC3\xA9\0\xC3\xBFz");
    ca_alloc alloc = ca_alloc_libc();
    ca_scratch scratch = {0};
    for (int form = CA_TEXT_LATIN1; form <= CA_TEXT_UCS4; form++) {
        void *units = units_of((ca_text_form)form, cps, 7);
        ca_text text = {units, 7, (ca_text_form)form};
        ca_str out;
        assert_int_equal(ca_text_utf8(&alloc, &text, &scratch, &out), CA_OK);
        assert_true(ca_str_equal(out, expected));
        free(units);
    }
    ca_scratch_reset(&alloc, &scratch);
}

static void utf8_is_read_where_it_lies(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = 0, .sticky = true};
    ca_alloc hook = test_alloc_hook(&state);
    ca_scratch scratch = {0};
    ca_str out;
    ca_text text = {"Oslo", 4, CA_TEXT_UTF8};
    assert_int_equal(ca_text_utf8(&hook, &text, &scratch, &out), CA_OK);
    assert_ptr_equal(out.ptr, text.ptr);
    assert_int_equal(out.len, 4);
    assert_int_equal(ca_text_bound(&text), 4);
    assert_int_equal(state.requests, 0);
}

static void missing_and_empty_texts_are_empty_and_ask_for_nothing(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = 0, .sticky = true};
    ca_alloc hook = test_alloc_hook(&state);
    for (int form = CA_TEXT_MISSING; form <= CA_TEXT_UCS4; form++) {
        ca_scratch scratch = {0};
        ca_str out = STR("before");
        ca_text text = {NULL, 0, (ca_text_form)form};
        assert_int_equal(ca_text_utf8(&hook, &text, &scratch, &out), CA_OK);
        assert_int_equal(out.len, 0);
        assert_int_equal(ca_text_bound(&text), 0);
        ca_scratch_reset(&hook, &scratch);
    }
    assert_int_equal(state.requests, 0);
}

static void scratch_is_used_again(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    ca_scratch scratch = {0};
    ca_str out;
    ca_text large = {"\xE9\xE8\xE7 and more", 12, CA_TEXT_LATIN1};
    ca_text small = {"\xE9", 1, CA_TEXT_LATIN1};
    assert_int_equal(ca_text_utf8(&hook, &large, &scratch, &out), CA_OK);
    assert_int_equal(ca_text_utf8(&hook, &small, &scratch, &out), CA_OK);
    assert_true(ca_str_equal(out, STR("\xC3\xA9")));
    assert_int_equal(state.requests, 1);
    ca_scratch_reset(&hook, &scratch);
    assert_null(scratch.bytes);
    assert_int_equal(scratch.capacity, 0);
    assert_int_equal(state.live, 0);
}

static void a_refused_request_leaves_scratch_and_output_alone(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = 1};
    ca_alloc hook = test_alloc_hook(&state);
    ca_scratch scratch = {0};
    ca_str out, before;
    ca_text small = {"\xE9", 1, CA_TEXT_LATIN1};
    assert_int_equal(ca_text_utf8(&hook, &small, &scratch, &out), CA_OK);
    before = out;
    uint32_t units[64] = {0};
    ca_text large = {units, 64, CA_TEXT_UCS4};
    assert_int_equal(ca_text_utf8(&hook, &large, &scratch, &out), CA_NO_MEMORY);
    assert_ptr_equal(out.ptr, before.ptr);
    assert_true(ca_str_equal(out, STR("\xC3\xA9")));
    ca_scratch_reset(&hook, &scratch);
    assert_int_equal(state.live, 0);
}

/* One text of each form, the later ones larger, through one scratch. */
static ca_status transcode_all(const ca_alloc *alloc, void *ctx) {
    const uint32_t *cps = ctx;
    ca_scratch scratch = {0};
    ca_status status = CA_OK;
    for (int form = CA_TEXT_LATIN1; form <= CA_TEXT_UCS4 && status == CA_OK; form++) {
        size_t n = 30 * (size_t)form * (size_t)form;
        void *units = units_of((ca_text_form)form, cps, n);
        ca_text text = {units, n, (ca_text_form)form};
        ca_str out;
        status = ca_text_utf8(alloc, &text, &scratch, &out);
        free(units);
    }
    ca_scratch_reset(alloc, &scratch);
    return status;
}

static void any_request_may_be_refused(void **unused) {
    (void)unused;
    uint32_t cps[30 * CA_TEXT_UCS4 * CA_TEXT_UCS4];
    for (size_t i = 0; i < sizeof cps / sizeof cps[0]; i++) cps[i] = (uint32_t)i % 0x100;
    sweep_allocations(transcode_all, cps);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin1_becomes_utf8),
        cmocka_unit_test(two_byte_units_become_utf8_lone_surrogates_too),
        cmocka_unit_test(four_byte_units_become_utf8_lone_surrogates_too),
        cmocka_unit_test(surrogates_side_by_side_do_not_become_a_pair),
        cmocka_unit_test(every_form_of_one_text_gives_the_same_bytes),
        cmocka_unit_test(utf8_is_read_where_it_lies),
        cmocka_unit_test(missing_and_empty_texts_are_empty_and_ask_for_nothing),
        cmocka_unit_test(scratch_is_used_again),
        cmocka_unit_test(a_refused_request_leaves_scratch_and_output_alone),
        cmocka_unit_test(any_request_may_be_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
