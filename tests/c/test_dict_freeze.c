#include "support.h"

#include "../../csrc/core/dict_freeze.h"

/* A draft whose aliases are runs of one-letter words, one entry each. */
static ca_status draft_of(const ca_alloc *alloc, const char *const *aliases, size_t n,
                          ca_draft *draft) {
    CA_TRY(ca_draft_init(draft, alloc, n, false, 1));
    for (size_t i = 0; i < n; i++) {
        bool repeated;
        ca_draft_path path = {.alias = {.number = (int32_t)i, .entry = (int32_t)i},
                              .extra = CA_NO_EXTRA};
        for (const char *c = aliases[i]; *c != '\0'; c++)
            CA_TRY(ca_draft_word(draft, (ca_str){(const uint8_t *)c, 1}, &path));
        CA_TRY(ca_draft_hang(draft, &path, &repeated));
    }
    return CA_OK;
}

static uint32_t node_of(const ca_dict *dict, const char *path) {
    uint32_t node = 0;
    for (const char *c = path; *c != '\0'; c++) {
        int32_t word = ca_strings_find(&dict->words, (ca_str){(const uint8_t *)c, 1});
        node = word >= 0 ? ca_dict_child(dict, node, word) : 0;
        if (node == 0) return 0;
    }
    return node;
}

static const char *const paths[] = {"zb", "z", "a", "zab", "za", "b", "zac", "abc"};
enum { PATHS = sizeof paths / sizeof *paths };

static void nodes_lie_by_depth_and_children_by_word(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_draft draft = {.alloc = NULL};
    ca_dict dict = {.alloc = NULL};
    const char *why = "";
    assert_int_equal(draft_of(&hook, paths, PATHS, &draft), CA_OK);
    assert_int_equal(ca_dict_freeze(&draft, PATHS, NULL, &dict), CA_OK);
    ca_draft_reset(&draft); /* the dictionary holds on to nothing of it */
    if (!ca_dict_validate(&dict, &why)) fail_msg("%s", why);
    for (size_t i = 0; i < PATHS; i++) {
        uint32_t node = node_of(&dict, paths[i]);
        assert_true(node > 0);
        assert_int_equal(dict.aliases[dict.nodes[node].first_alias].number, i);
    }
    assert_true(node_of(&dict, "b") < node_of(&dict, "za"));
    assert_true(node_of(&dict, "za") < node_of(&dict, "zac"));
    assert_int_equal(node_of(&dict, "zc"), 0);
    assert_int_equal(node_of(&dict, "abcz"), 0);
    ca_dict_reset(&dict);
}

static int always(void *ctx) {
    (void)ctx;
    return 1;
}

static void a_stop_leaves_nothing(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    ca_draft draft = {.alloc = NULL};
    ca_dict dict = {.alloc = NULL};
    ca_poll poll = {.stop = always};
    assert_int_equal(draft_of(&hook, paths, PATHS, &draft), CA_OK);
    assert_int_equal(ca_dict_freeze(&draft, PATHS, &poll, &dict), CA_STOPPED);
    assert_null(dict.header);
    ca_draft_reset(&draft);
    assert_int_equal(state.live, 0);
}

static ca_status freeze_and_reset(const ca_alloc *alloc, void *ctx) {
    (void)ctx;
    ca_draft draft = {.alloc = NULL};
    ca_dict dict = {.alloc = NULL};
    ca_status status = draft_of(alloc, paths, PATHS, &draft);
    if (status == CA_OK) status = ca_dict_freeze(&draft, PATHS, NULL, &dict);
    ca_draft_reset(&draft);
    ca_dict_reset(&dict);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    sweep_allocations(freeze_and_reset, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_lie_by_depth_and_children_by_word),
        cmocka_unit_test(a_stop_leaves_nothing),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
