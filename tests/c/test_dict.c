#include "corpus.h"

#include "../../csrc/core/dict.h"

/* ---- globs ---- */

/* The definition: * takes any number of bytes, everything else itself. */
static bool matches_slowly(ca_str pattern, ca_str text) {
    bool row[2][32] = {{true}};
    for (size_t p = 0; p < pattern.len; p++) {
        bool *before = row[p % 2], *now = row[(p + 1) % 2];
        bool star = pattern.ptr[p] == '*';
        now[0] = star && before[0];
        for (size_t t = 0; t < text.len; t++)
            now[t + 1] =
                star ? now[t] || before[t + 1] : before[t] && pattern.ptr[p] == text.ptr[t];
    }
    return row[pattern.len % 2][text.len];
}

static void glob_fits(const char *pattern, const char *text, bool expected) {
    ca_str p = {(const uint8_t *)pattern, strlen(pattern)};
    ca_str t = {(const uint8_t *)text, strlen(text)};
    if (ca_glob_matches(p, t) != expected) fail_msg("%s and %s", pattern, text);
    assert_int_equal(matches_slowly(p, t), expected);
}

static void a_star_is_any_number_of_bytes(void **unused) {
    (void)unused;
    glob_fits("", "", true);
    glob_fits("", "a", false);
    glob_fits("*", "", true);
    glob_fits("*", "anything", true);
    glob_fits("**", "", true);
    glob_fits("support*", "support", true);
    glob_fits("support*", "supporters", true);
    glob_fits("support*", "suppor", false);
    glob_fits("*ing", "fighting", true);
    glob_fits("*ing", "fightings", false);
    glob_fits("un*ed", "united", true);
    glob_fits("un*ed", "uned", true);
    glob_fits("un*ed", "unded!", false);
    glob_fits("*a*b*", "xaxbx", true);
    glob_fits("*a*b*", "xbxax", false);
    glob_fits("*ab", "aab", true);
    glob_fits("té*", "téhéran", true);
}

/* Number `n` as a word of `len` letters of the alphabet. */
static ca_str word_of(size_t n, size_t len, const char *alphabet, uint8_t *room) {
    for (size_t i = 0; i < len; i++) {
        room[i] = (uint8_t)alphabet[n % strlen(alphabet)];
        n /= strlen(alphabet);
    }
    return (ca_str){room, len};
}

static size_t power(size_t base, size_t exponent) {
    size_t n = 1;
    while (exponent-- > 0) n *= base;
    return n;
}

static void all_short_patterns_match_as_defined(void **unused) {
    (void)unused;
    uint8_t a[8], b[8];
    for (size_t p_len = 0; p_len <= 5; p_len++)
        for (size_t p = 0; p < power(3, p_len); p++)
            for (size_t t_len = 0; t_len <= 6; t_len++)
                for (size_t t = 0; t < power(2, t_len); t++) {
                    ca_str pattern = word_of(p, p_len, "*ab", a), text = word_of(t, t_len, "ab", b);
                    if (ca_glob_matches(pattern, text) != matches_slowly(pattern, text))
                        fail_msg("%.*s and %.*s", (int)p_len, a, (int)t_len, b);
                }
}

static void random_patterns_match_as_defined(void **unused) {
    (void)unused;
    test_random random = {.state = 5};
    uint8_t a[32], b[32];
    for (int round = 0; round < 50000; round++) {
        size_t p_len = random_below(&random, 12), t_len = random_below(&random, 31);
        for (size_t i = 0; i < p_len; i++) a[i] = (uint8_t)"**abc"[random_below(&random, 5)];
        for (size_t i = 0; i < t_len; i++) b[i] = (uint8_t)"aaabc"[random_below(&random, 5)];
        ca_str pattern = {a, p_len}, text = {b, t_len};
        assert_int_equal(ca_glob_matches(pattern, text), matches_slowly(pattern, text));
    }
}

/* ---- the structure ---- */

static ca_dict small_dict(const ca_alloc *hook) {
    test_aliases list =
        aliases_of(CA_CASE_FOLD, LIST("Taliban", "Islamic State", "Islamic State-Khorasan", "tali*",
                                      "*stan", "islamic STATE"));
    list.globs = true;
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(aliases_build(hook, &list, &dict), CA_OK);
    return dict;
}

static int32_t word_in(const ca_dict *dict, ca_str word) {
    int32_t id = ca_vocab_find(&dict->words, word);
    assert_true(id >= 0);
    return id;
}

static void the_picture_of_the_header_holds(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_dict dict =
        dict_of(&hook, CA_CASE_SMART, LIST("Taliban", "Islamic State", "Islamic State-Khorasan"));
    assert_int_equal(dict.n_nodes, 5);
    int32_t taliban = ca_dict_child(&dict, 0, word_in(&dict, STR("taliban")));
    int32_t islamic = ca_dict_child(&dict, 0, word_in(&dict, STR("islamic")));
    int32_t state = ca_dict_child(&dict, islamic, word_in(&dict, STR("state")));
    int32_t khorasan = ca_dict_child(&dict, state, word_in(&dict, STR("khorasan")));
    assert_int_equal(dict.first_alias[0], -1);
    assert_int_equal(dict.first_alias[taliban], 0);
    assert_int_equal(dict.first_alias[islamic], -1);
    assert_int_equal(dict.first_alias[state], 1);
    assert_int_equal(dict.first_alias[khorasan], 2);
    assert_true(0 < islamic && islamic < state && state < khorasan);
    ca_dict_reset(&dict);
}

static void what_is_no_child_is_zero(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_dict dict = small_dict(&hook);
    int32_t islamic = ca_dict_child(&dict, 0, word_in(&dict, STR("islamic")));
    assert_int_equal(ca_dict_child(&dict, 0, word_in(&dict, STR("state"))), 0);
    assert_int_equal(ca_dict_child(&dict, islamic, word_in(&dict, STR("taliban"))), 0);
    ca_dict_reset(&dict);
}

static void an_empty_dictionary_resets_and_resets(void **unused) {
    (void)unused;
    ca_dict dict = {.alloc = NULL};
    ca_dict_reset(&dict);
    ca_dict_reset(&dict);
    ca_alloc hook = ca_alloc_libc();
    dict = small_dict(&hook);
    ca_dict_reset(&dict);
    ca_dict_reset(&dict);
    assert_null(dict.edges);
}

static void edges_of_many_nodes_are_all_found(void **unused) {
    (void)unused;
    enum { N_SLOTS = 1 << 12, N_EDGES = N_SLOTS / 2 };
    static ca_edge edges[N_SLOTS];
    for (int32_t i = 0; i < N_EDGES; i++) {
        size_t at = ca_dict_edge_slot(edges, N_SLOTS, i / 7 + 1, i % 7);
        assert_int_equal(edges[at].child, 0);
        edges[at] = (ca_edge){.node = i / 7 + 1, .word = i % 7, .child = i + 2};
    }
    for (int32_t i = 0; i < N_EDGES; i++)
        assert_int_equal(edges[ca_dict_edge_slot(edges, N_SLOTS, i / 7 + 1, i % 7)].child, i + 2);
    assert_int_equal(edges[ca_dict_edge_slot(edges, N_SLOTS, 1, 7)].child, 0);
}

/* ---- what a damaged dictionary is told ---- */

static void assert_broken_at(const char *file, int line, const ca_dict *dict, const char *reason) {
    const char *why = "nothing";
    if (ca_dict_validate(dict, &why)) _fail(file, line);
    _assert_string_equal(why, reason, file, line);
}

#define assert_broken(dict, reason) assert_broken_at(__FILE__, __LINE__, dict, reason)

/* Set a field, see that validate names the reason, and set it back. */
#define breaks(field, value, reason)                                                               \
    do {                                                                                           \
        uint8_t saved[sizeof(field)];                                                              \
        memcpy(saved, &(field), sizeof(field));                                                    \
        (field) = (value);                                                                         \
        assert_broken(&dict, reason);                                                              \
        memcpy(&(field), saved, sizeof(field));                                                    \
    } while (0)

static ca_edge *edge_to(ca_dict *dict, int32_t child) {
    for (size_t i = 0; i < dict->n_edge_slots; i++)
        if (dict->edges[i].child == child) return &dict->edges[i];
    fail();
    return NULL;
}

static void validate_names_what_is_broken_in_the_trie(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_dict dict = small_dict(&hook);
    int32_t islamic = ca_dict_child(&dict, 0, word_in(&dict, STR("islamic")));
    int32_t state = ca_dict_child(&dict, islamic, word_in(&dict, STR("state")));
    ca_edge *edge = edge_to(&dict, state);
    breaks(dict.n_edge_slots, 63, "slots are not a power of two");
    breaks(edge->node, state, "an edge goes back");
    breaks(edge->node, -1, "an edge goes back");
    breaks(edge->child, (int32_t)dict.n_nodes, "an edge goes back");
    breaks(edge->child, 0, "nodes and edges differ in number");
    breaks(edge->word, -1, "an edge has no word");
    breaks(edge->word, (int32_t)dict.words.n, "an edge has no word");
    breaks(edge->word, 0, "an edge is not found");
    breaks(dict.root_child[0], (int32_t)dict.n_nodes, "a child of the root is no node");
    breaks(dict.root_child[0], -1, "a child of the root is no node");
    breaks(dict.root_child[0], 0, "nodes and edges differ in number");
    breaks(dict.n_nodes, dict.n_nodes - 1, "a child of the root is no node");
    breaks(dict.first_alias[state], (int32_t)dict.n_aliases, "a node has no such alias");
    breaks(dict.first_alias[state], -2, "a node has no such alias");
    const char *why = "";
    assert_true(ca_dict_validate(&dict, &why));
    ca_dict_reset(&dict);
}

static void validate_names_what_is_broken_in_the_aliases(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_dict dict = small_dict(&hook);
    ca_alias *alias = &dict.aliases[1];
    assert_int_equal(alias->next, 5); /* islamic STATE ends where Islamic State does */
    breaks(alias->rule, CA_CASE_RULES, "an alias has no case rule");
    breaks(alias->n_words, CA_ALIAS_WORDS + 1, "an alias is too long");
    breaks(alias->first_form, dict.n_forms_of - 1, "forms out of range");
    breaks(alias->first_form, SIZE_MAX, "forms out of range");
    breaks(alias->capital_form, (int32_t)dict.forms.n, "a capital form is unknown");
    breaks(alias->capital_form, -2, "a capital form is unknown");
    breaks(alias->next, (int32_t)dict.n_aliases, "next alias");
    breaks(alias->next, -2, "next alias");
    breaks(alias->next, 1, "next alias");
    breaks(dict.aliases[5].next, 1, "next alias"); /* a circle */
    breaks(dict.forms_of[0], -1, "a form is unknown");
    breaks(dict.forms_of[0], (int32_t)dict.forms.n, "a form is unknown");
    breaks(dict.globs[0].word, (int32_t)dict.words.n, "a glob has no word");
    breaks(dict.globs[0].word, -1, "a glob has no word");
    breaks(dict.globs[1].len, dict.n_glob_bytes, "a glob is out of range");
    breaks(dict.globs[1].at, SIZE_MAX, "a glob is out of range");
    breaks(dict.words.n, dict.words.n + 1, "slots and types differ in number");
    breaks(dict.forms.n, dict.forms.n + 1, "slots and types differ in number");
    const char *why = "";
    assert_true(ca_dict_validate(&dict, &why));
    ca_dict_reset(&dict);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_star_is_any_number_of_bytes),
        cmocka_unit_test(all_short_patterns_match_as_defined),
        cmocka_unit_test(random_patterns_match_as_defined),
        cmocka_unit_test(the_picture_of_the_header_holds),
        cmocka_unit_test(what_is_no_child_is_zero),
        cmocka_unit_test(an_empty_dictionary_resets_and_resets),
        cmocka_unit_test(edges_of_many_nodes_are_all_found),
        cmocka_unit_test(validate_names_what_is_broken_in_the_trie),
        cmocka_unit_test(validate_names_what_is_broken_in_the_aliases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
