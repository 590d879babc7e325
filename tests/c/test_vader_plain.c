#include "vader.h"

typedef struct written {
    uint8_t bytes[64];
    uint32_t origin[64];
    size_t len;
} written;

static written write_plain(const char *text, bool fold) {
    ca_alloc libc = ca_alloc_libc();
    ca_letters letters = letters_open(&libc);
    ca_vader_words words;
    ca_vader_plain plain = {.origin = NULL};
    written out = {.len = 0};
    ca_str found;
    assert_int_equal(ca_vader_words_init(&words, &libc, &letters), CA_OK);
    assert_int_equal(vader_add_words(&words), CA_OK);
    assert_int_equal(
        ca_vader_plain_write(&plain, &libc, &words, vader_text(text), fold, true, &found), CA_OK);
    assert_true(found.len < sizeof out.bytes);
    memcpy(out.bytes, found.ptr, found.len);
    if (found.len > 0) memcpy(out.origin, plain.origin, found.len * sizeof *out.origin);
    out.len = found.len;
    ca_vader_plain_reset(&libc, &plain);
    ca_vader_words_reset(&words);
    ca_letters_reset(&letters);
    return out;
}

static void assert_plain(const char *text, bool fold, const char *wanted) {
    written out = write_plain(text, fold);
    out.bytes[out.len] = 0;
    assert_string_equal((const char *)out.bytes, wanted);
}

static void a_blank_is_put_before_an_emoji_where_none_stands(void **unused) {
    (void)unused;
    assert_plain("ok\xF0\x9F\x98\x80then", false, "ok fine facethen");
    assert_plain("ok \xF0\x9F\x98\x80", false, "ok fine face");
    assert_plain("\xF0\x9F\x98\x80\xF0\x9F\x98\x80", false, "fine face fine face");
}

static void typography_stays_unless_it_is_folded(void **unused) {
    (void)unused;
    assert_plain("isn\xE2\x80\x99t", false, "isn\xE2\x80\x99t");
    assert_plain("isn\xE2\x80\x99t", true, "isn't");
    assert_plain("a\xE2\x80\x94"
                 "b\xE2\x80\xA6",
                 true, "a - b...");
    assert_plain("\xE2\x80\x9Ck\xE2\x80\x9D\xEF\xB8\x8F", true, "\"k\"");
}

static void nothing_stays_nothing(void **unused) {
    (void)unused;
    assert_plain("", true, "");
    assert_plain("\xE2\x80\x8B", true, "");
}

static void every_byte_knows_its_code_point(void **unused) {
    (void)unused;
    written out = write_plain("\xC3\xA9\xF0\x9F\x98\x80x", false);
    assert_int_equal(out.len, 2 + 1 + 9 + 1);
    assert_int_equal(out.origin[1], 0);
    assert_int_equal(out.origin[2], 1);
    assert_int_equal(out.origin[11], 1);
    assert_int_equal(out.origin[12], 2);
}

static void a_sign_is_only_what_has_a_plain_one(void **unused) {
    (void)unused;
    assert_string_equal(ca_vader_plain_sign(0x2019), "'");
    assert_string_equal(ca_vader_plain_sign(0xFE0F), "");
    assert_null(ca_vader_plain_sign(0xE9));
    assert_null(ca_vader_plain_sign(0xFE10));
}

static ca_status write_once(const ca_alloc *alloc, void *ctx) {
    ca_vader_plain plain = {.origin = NULL};
    ca_str out;
    ca_status status = ca_vader_plain_write(
        &plain, alloc, ctx, STR("a \xF0\x9F\x98\x80 isn\xE2\x80\x99t"), true, true, &out);
    ca_vader_plain_reset(alloc, &plain);
    return status;
}

static void no_memory_leaves_nothing_behind(void **unused) {
    (void)unused;
    ca_alloc libc = ca_alloc_libc();
    ca_letters letters = letters_open(&libc);
    ca_vader_words words;
    assert_int_equal(ca_vader_words_init(&words, &libc, &letters), CA_OK);
    assert_int_equal(vader_add_words(&words), CA_OK);
    sweep_allocations(write_once, &words);
    ca_vader_words_reset(&words);
    ca_letters_reset(&letters);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_blank_is_put_before_an_emoji_where_none_stands),
        cmocka_unit_test(typography_stays_unless_it_is_folded),
        cmocka_unit_test(nothing_stays_nothing),
        cmocka_unit_test(every_byte_knows_its_code_point),
        cmocka_unit_test(a_sign_is_only_what_has_a_plain_one),
        cmocka_unit_test(no_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
