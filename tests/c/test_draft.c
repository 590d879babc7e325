#include "support.h"

#include "../../csrc/core/draft.h"

static ca_draft_path path_of(int32_t entry, ca_case_rule rule) {
    return (ca_draft_path){.alias = {.entry = entry, .rule = (uint8_t)rule},
                           .extra = CA_NO_EXTRA,
                           .capital = CA_FORM_SMALL};
}

/* Hang an alias of two words. */
static ca_status hang(ca_draft *draft, int32_t entry, ca_str first, ca_str second, bool *repeated) {
    ca_draft_path path = path_of(entry, CA_CASE_SMART);
    CA_TRY(ca_draft_word(draft, first, &path));
    CA_TRY(ca_draft_word(draft, second, &path));
    return ca_draft_hang(draft, &path, repeated);
}

static void aliases_with_the_same_words_share_their_nodes(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_draft draft;
    bool repeated;
    assert_int_equal(ca_draft_init(&draft, &hook, 3, false, 1), CA_OK);
    assert_int_equal(hang(&draft, 0, STR("Islamic"), STR("State"), &repeated), CA_OK);
    assert_int_equal(hang(&draft, 1, STR("ISLAMIC"), STR("state"), &repeated), CA_OK);
    assert_false(repeated);
    assert_int_equal(hang(&draft, 1, STR("Islamic"), STR("Front"), &repeated), CA_OK);
    assert_int_equal(draft.n_nodes, 4); /* root, islamic, state, front */
    assert_int_equal(draft.words.n, 3);
    assert_int_equal(draft.aliases[0].node, draft.aliases[1].node);
    assert_int_not_equal(draft.aliases[0].node, draft.aliases[2].node);
    ca_draft_reset(&draft);
}

static void what_matches_the_same_for_the_same_is_repeated(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_draft draft;
    bool repeated;
    assert_int_equal(ca_draft_init(&draft, &hook, 4, false, 1), CA_OK);
    assert_int_equal(hang(&draft, 0, STR("Mali"), STR("Army"), &repeated), CA_OK);
    assert_false(repeated);
    assert_int_equal(hang(&draft, 0, STR("Mali"), STR("Army"), &repeated), CA_OK);
    assert_true(repeated);
    assert_int_equal(hang(&draft, 1, STR("Mali"), STR("Army"), &repeated), CA_OK);
    assert_false(repeated);
    assert_int_equal(hang(&draft, 0, STR("MALI"), STR("Army"), &repeated), CA_OK);
    assert_false(repeated);
    assert_int_equal(draft.n_aliases, 3);
    ca_draft_reset(&draft);
}

static void a_word_of_invisible_marks_is_left_out(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_draft draft;
    ca_draft_path path = path_of(0, CA_CASE_SMART);
    assert_int_equal(ca_draft_init(&draft, &hook, 1, false, 1), CA_OK);
    assert_int_equal(ca_draft_word(&draft, STR("\u00AD"), &path), CA_OK);
    assert_int_equal(path.alias.n_words, 0);
    ca_draft_reset(&draft);
}

static void a_glob_is_kept_once_with_its_prefix_and_runs_of_stars_are_one(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_draft draft;
    ca_draft_path path = path_of(0, CA_CASE_FOLD);
    assert_int_equal(ca_draft_init(&draft, &hook, 1, false, 1), CA_OK);
    assert_int_equal(ca_draft_glob(&draft, STR("Tali**N"), &path), CA_OK);
    assert_int_equal(ca_draft_glob(&draft, STR("tali**n"), &path), CA_OK);
    assert_int_equal(ca_draft_glob(&draft, STR("wom?n"), &path), CA_OK);
    assert_int_equal(draft.n_globs, 2);
    assert_int_equal(draft.globs[0].prefix, 4);
    assert_int_equal(draft.globs[0].len, 6);
    assert_memory_equal(draft.glob_bytes, "tali*nwom?n", 11);
    assert_int_equal(draft.globs[1].prefix, 3);
    assert_int_equal(path.words[0], path.words[1]);
    ca_draft_reset(&draft);
}

static void a_draft_resets_and_resets(void **unused) {
    (void)unused;
    ca_draft draft = {.alloc = NULL};
    ca_draft_reset(&draft);
    ca_alloc hook = ca_alloc_libc();
    assert_int_equal(ca_draft_init(&draft, &hook, (size_t)INT32_MAX, false, 1), CA_TOO_LARGE);
    assert_null(draft.alloc);
}

static ca_status fill_and_reset(const ca_alloc *alloc, void *ctx) {
    (void)ctx;
    ca_draft draft = {.alloc = NULL};
    bool repeated;
    CA_TRY(ca_draft_init(&draft, alloc, 200, true, 1));
    ca_status status = CA_OK;
    for (int i = 0; i < 200 && status == CA_OK; i++) {
        uint8_t word[] = {(uint8_t)('A' + i % 26), 'b', (uint8_t)('a' + i / 26)};
        ca_draft_path path = path_of(i, CA_CASE_SMART);
        path.extra.from_day = i;
        status = ca_draft_word(&draft, STR("UNESCO"), &path);
        if (status == CA_OK) status = ca_draft_word(&draft, (ca_str){word, 3}, &path);
        if (status == CA_OK) status = ca_draft_glob(&draft, STR("é*"), &path);
        if (status == CA_OK) status = ca_draft_hang(&draft, &path, &repeated);
    }
    ca_draft_reset(&draft);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    sweep_allocations(fill_and_reset, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aliases_with_the_same_words_share_their_nodes),
        cmocka_unit_test(what_matches_the_same_for_the_same_is_repeated),
        cmocka_unit_test(a_word_of_invisible_marks_is_left_out),
        cmocka_unit_test(a_glob_is_kept_once_with_its_prefix_and_runs_of_stars_are_one),
        cmocka_unit_test(a_draft_resets_and_resets),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
