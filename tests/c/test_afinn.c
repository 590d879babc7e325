#include "letters.h"

#include "../../csrc/core/afinn.h"

static ca_status fill(const ca_alloc *alloc, const ca_letters *letters, bool emoticons,
                      ca_afinn *afinn) {
    CA_TRY(ca_afinn_init(afinn, alloc, letters));
    ca_status status = ca_afinn_add(afinn, STR("fine"), 3, false);
    if (status == CA_OK) status = ca_afinn_add(afinn, STR("not fine"), -2, false);
    if (status == CA_OK) status = ca_afinn_add(afinn, STR("ill-fated"), -2, false);
    if (status == CA_OK) status = ca_afinn_add(afinn, STR("k\xC3\xA9"), 1, false);
    if (status == CA_OK && emoticons) status = ca_afinn_add(afinn, STR(":)"), 2, true);
    if (status != CA_OK) ca_afinn_reset(afinn);
    return status;
}

/* Hits as "start-end:entry " in order, and the score behind them. */
static void finds_at(int line, bool emoticons, ca_str text, const char *wanted, double score) {
    ca_alloc libc = ca_alloc_libc();
    ca_letters letters = letters_open(&libc);
    ca_afinn afinn;
    ca_afinn_work work = {.hits = NULL};
    ca_afinn_score out;
    const char *why = "";
    char is[128] = "";
    assert_int_equal(fill(&libc, &letters, emoticons, &afinn), CA_OK);
    if (!ca_afinn_validate(&afinn, &why)) fail_msg("afinn: %s", why);
    ca_text given = {.ptr = text.ptr, .len = text.len, .form = CA_TEXT_UTF8};
    assert_int_equal(ca_afinn_text(&afinn, &work, &libc, &given, true, NULL, &out), CA_OK);
    size_t at = 0;
    for (size_t i = 0; i < work.n_hits; i++) {
        assert_true(work.hits[i].end < 100 && work.hits[i].entry < 10 && at < 100);
        is[at++] = (char)('0' + work.hits[i].entry);
        is[at++] = '@';
        if (work.hits[i].start >= 10) is[at++] = (char)('0' + work.hits[i].start / 10);
        is[at++] = (char)('0' + work.hits[i].start % 10);
        is[at++] = ' ';
    }
    if (strcmp(is, wanted) != 0) fail_msg("line %d: got \"%s\"", line, is);
    assert_true(out.score == score);
    assert_int_equal(out.hits, work.n_hits);
    ca_afinn_work_reset(&libc, &work);
    ca_afinn_reset(&afinn);
    ca_letters_reset(&letters);
}

#define finds(text, wanted, score) finds_at(__LINE__, true, STR(text), wanted, score)

static void words_are_found_in_any_case_between_boundaries(void **unused) {
    (void)unused;
    finds("A FINE, fine day", "0@2 0@8 ", 6);
    finds("finest refine fine_", "", 0);
    finds("", "", 0);
}

static void the_longest_entry_wins(void **unused) {
    (void)unused;
    finds("It is not fine", "1@6 ", -2);
    finds("not finer", "", 0);
}

static void white_space_is_one_blank(void **unused) {
    (void)unused;
    finds("not \t\n\xC2\xA0 fine", "1@0 ", -2);
}

static void a_hyphen_may_stand_in_an_entry(void **unused) {
    (void)unused;
    finds("an ill-fated plan", "2@3 ", -2);
}

static void emoticons_need_no_boundary(void **unused) {
    (void)unused;
    finds("ok:)ok", "4@2 ", 2);
    finds_at(__LINE__, false, STR("ok:)ok"), "", 0);
}

static void lower_case_is_this_pythons(void **unused) {
    (void)unused;
    finds("\xE2\x84\xAA\xC3\x89!", "3@0 ", 1);
}

static ca_status build_and_search(const ca_alloc *alloc, void *ctx) {
    ca_afinn afinn;
    ca_afinn_work work = {.hits = NULL};
    ca_afinn_score out;
    ca_text text = {.ptr = "fine :)", .len = 7, .form = CA_TEXT_UTF8};
    CA_TRY(fill(alloc, ctx, true, &afinn));
    ca_status status = ca_afinn_text(&afinn, &work, alloc, &text, true, NULL, &out);
    ca_afinn_work_reset(alloc, &work);
    ca_afinn_reset(&afinn);
    return status;
}

static void no_memory_leaves_nothing_behind(void **unused) {
    (void)unused;
    ca_alloc libc = ca_alloc_libc();
    ca_letters letters = letters_open(&libc);
    sweep_allocations(build_and_search, &letters);
    ca_letters_reset(&letters);
}

/* By windows, and by the text written anew, which is what lists hits. */
static void assert_same_both_ways(const ca_afinn *afinn, ca_str text) {
    ca_alloc libc = ca_alloc_libc();
    ca_afinn_work work = {.hits = NULL};
    ca_afinn_score fast, slow;
    uint8_t *block = malloc(text.len + 1); /* of exactly this size, so that reading on is seen */
    assert_non_null(block);
    if (text.len > 0) memcpy(block + 1, text.ptr, text.len);
    ca_text given = {.ptr = block + 1, .len = text.len, .form = CA_TEXT_UTF8};
    assert_int_equal(ca_afinn_text(afinn, &work, &libc, &given, false, NULL, &fast), CA_OK);
    assert_int_equal(ca_afinn_text(afinn, &work, &libc, &given, true, NULL, &slow), CA_OK);
    assert_true(fast.score == slow.score && fast.positive == slow.positive);
    assert_int_equal(fast.hits, slow.hits);
    assert_int_equal(fast.words, slow.words);
    ca_afinn_work_reset(&libc, &work);
    free(block);
}

static void windows_give_what_the_search_of_the_whole_text_gives(void **unused) {
    (void)unused;
    static const char *const parts[] = {
        " ",           " ",
        "  ",          "\t",
        "-",           ".",
        "fine",        "Fine",
        "NOT",         "not",
        "fine_",       "ill-fated",
        "ill",         "fated",
        "k\xC3\xA9",   "\xC3\x89",
        "\xC2\xA0",    "\xE2\x84\xAA",
        "\xFF",        "3",
        "they",        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "\xE4\xB8\xAD"};
    ca_alloc libc = ca_alloc_libc();
    ca_letters letters = letters_open(&libc);
    ca_afinn afinn;
    test_random random = {12};
    assert_int_equal(fill(&libc, &letters, false, &afinn), CA_OK);
    for (int round = 0; round < 10000; round++) {
        uint8_t text[1024];
        size_t len = 0, n = random_below(&random, 40);
        for (size_t i = 0; i < n && len < 900; i++) {
            const char *part = parts[random_below(&random, sizeof parts / sizeof *parts)];
            memcpy(text + len, part, strlen(part));
            len += strlen(part);
        }
        assert_same_both_ways(&afinn, (ca_str){text, len});
    }
    ca_afinn_reset(&afinn);
    ca_letters_reset(&letters);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_in_any_case_between_boundaries),
        cmocka_unit_test(the_longest_entry_wins),
        cmocka_unit_test(white_space_is_one_blank),
        cmocka_unit_test(a_hyphen_may_stand_in_an_entry),
        cmocka_unit_test(emoticons_need_no_boundary),
        cmocka_unit_test(lower_case_is_this_pythons),
        cmocka_unit_test(windows_give_what_the_search_of_the_whole_text_gives),
        cmocka_unit_test(no_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
