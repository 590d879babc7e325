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
    int32_t id = ca_strings_find(&dict->words, word);
    assert_true(id >= 0);
    return id;
}

/* The number of the first alias that ends at a node, or -1. */
static int32_t alias_at(const ca_dict *dict, uint32_t node) {
    const ca_node *at = &dict->nodes[node];
    return at->first_alias < at[1].first_alias ? dict->aliases[at->first_alias].number : -1;
}

static void the_picture_of_the_header_holds(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_dict dict =
        dict_of(&hook, CA_CASE_SMART, LIST("Taliban", "Islamic State", "Islamic State-Khorasan"));
    assert_int_equal(dict.n_nodes, 5);
    uint32_t taliban = ca_dict_child(&dict, 0, word_in(&dict, STR("taliban")));
    uint32_t islamic = ca_dict_child(&dict, 0, word_in(&dict, STR("islamic")));
    uint32_t state = ca_dict_child(&dict, islamic, word_in(&dict, STR("state")));
    uint32_t khorasan = ca_dict_child(&dict, state, word_in(&dict, STR("khorasan")));
    assert_int_equal(alias_at(&dict, 0), -1);
    assert_int_equal(alias_at(&dict, taliban), 0);
    assert_int_equal(alias_at(&dict, islamic), -1);
    assert_int_equal(alias_at(&dict, state), 1);
    assert_int_equal(alias_at(&dict, khorasan), 2);
    assert_true(0 < islamic && islamic < state && state < khorasan);
    ca_dict_reset(&dict);
}

static void what_is_no_child_is_zero(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_dict dict = small_dict(&hook);
    uint32_t islamic = ca_dict_child(&dict, 0, word_in(&dict, STR("islamic")));
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
    assert_null(dict.nodes);
}

/* "a 0", "a 1" ...: one node with many children, and one with few. */
static void children_are_found_whether_they_are_few_or_many(void **unused) {
    (void)unused;
    enum { MANY = 26 };
    static char texts[MANY + 3][8];
    const char *list[MANY + 4];
    for (int i = 0; i < MANY + 3; i++) {
        texts[i][0] = i < MANY ? 'a' : 'b';
        texts[i][1] = ' ';
        texts[i][2] = (char)('a' + i % MANY);
        texts[i][3] = '\0';
        list[i] = texts[i];
    }
    list[MANY + 3] = NULL;
    ca_alloc hook = ca_alloc_libc();
    ca_dict dict = dict_of(&hook, CA_CASE_FOLD, list);
    uint32_t many = ca_dict_child(&dict, 0, word_in(&dict, STR("a")));
    uint32_t few = ca_dict_child(&dict, 0, word_in(&dict, STR("b")));
    assert_true(dict.nodes[many + 1].first_child - dict.nodes[many].first_child > CA_DICT_FEW);
    for (int i = 0; i < MANY; i++) {
        int32_t word = word_in(&dict, (ca_str){(const uint8_t *)texts[i] + 2, 1});
        assert_int_equal(alias_at(&dict, ca_dict_child(&dict, many, word)), i);
        uint32_t child = ca_dict_child(&dict, few, word);
        assert_int_equal(child != 0 ? alias_at(&dict, child) : -1, i < 3 ? MANY + i : -1);
    }
    ca_dict_reset(&dict);
}

static void aliases_of_one_node_lie_by_priority(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_aliases list = aliases_of(CA_CASE_FOLD, LIST("Mali", "mali", "MALI", "mAli"));
    list.priorities[2] = 5;
    list.priorities[1] = -1;
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(aliases_build(&hook, &list, &dict), CA_OK);
    const int32_t expected[] = {2, 0, 3, 1};
    for (size_t i = 0; i < 4; i++) assert_int_equal(dict.aliases[i].number, expected[i]);
    ca_dict_reset(&dict);
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

/* The buffer is const to all but whoever builds it, and to these tests. */
#define WRITE(type, pointer) ((type *)(uintptr_t)(pointer))

static void validate_names_what_is_broken_in_the_trie(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_dict dict = small_dict(&hook);
    ca_node *nodes = WRITE(ca_node, dict.nodes);
    uint32_t *root_child = WRITE(uint32_t, dict.root_child);
    ca_jump *jumps = WRITE(ca_jump, dict.jumps);
    uint32_t n = (uint32_t)dict.n_nodes;
    breaks(nodes[0].first_child, 0, "no root");
    breaks(nodes[n].first_child, n + 1, "nodes do not end where they should");
    breaks(nodes[n].first_alias, 0, "nodes do not end where they should");
    breaks(nodes[1].first_child, 1, "children do not lie behind their nodes");
    breaks(nodes[2].first_alias, UINT32_MAX, "children do not lie behind their nodes");
    breaks(nodes[1].word, -1, "a node has no word");
    breaks(nodes[1].word, (int32_t)dict.words.n, "a node has no word");
    breaks(nodes[1].word, nodes[2].word, "a child is not found");
    breaks(root_child[0], n, "a child of the root is none");
    breaks(root_child[0], 0, "a child is not found");
    breaks(dict.n_jumps, 3, "jumps are not a power of two");
    breaks(jumps[0].child, n, "jumps lead nowhere");
    breaks(dict.words.n, dict.words.n - 1, "slots and strings do not fit");
    breaks(dict.n_nodes, dict.n_nodes - 1, "nodes do not end where they should");
    const char *why = "";
    assert_true(ca_dict_validate(&dict, &why));
    ca_dict_reset(&dict);
}

static void validate_names_what_is_broken_in_the_aliases(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_aliases list =
        aliases_of(CA_CASE_SMART, LIST("UNESCO", "McCain-Feingold", "Tali*", "*stan"));
    list.globs = true;
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(aliases_build(&hook, &list, &dict), CA_OK);
    ca_alias *alias = WRITE(ca_alias, dict.aliases);
    int32_t *forms_of = WRITE(int32_t, dict.forms_of);
    ca_glob *globs = WRITE(ca_glob, dict.globs);
    breaks(alias->rule, CA_CASE_RULES, "an alias is out of range");
    assert_true(alias->flags & CA_ALIAS_FORMS);
    breaks(alias->n_words, CA_ALIAS_WORDS + 1, "an alias is out of range");
    breaks(alias->first_form, (uint32_t)dict.n_forms_of, "an alias is out of range");
    breaks(alias->first_form, UINT32_MAX, "an alias is out of range");
    breaks(alias->extra, (uint32_t)dict.n_extras + 1, "an alias is out of range");
    breaks(alias->number, -1, "an alias is out of range");
    breaks(alias->number, (int32_t)dict.n_aliases, "an alias is out of range");
    breaks(dict.n_aliases, dict.n_hung - 1, "too many aliases");
    breaks(forms_of[0], CA_FORM_CAPITAL - 1, "a form is unknown");
    breaks(forms_of[0], (int32_t)dict.forms.n, "a form is unknown");
    breaks(globs[0].word, (int32_t)dict.words.n, "a glob has no word");
    breaks(globs[0].word, -1, "a glob has no word");
    breaks(globs[1].len, (uint32_t)dict.n_glob_bytes + 1, "a glob is out of range");
    breaks(globs[1].at, UINT32_MAX, "a glob is out of range");
    breaks(globs[1].form, -1, "a glob has no form");
    breaks(globs[1].capital, (int32_t)dict.forms.n, "a glob has no form");
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
        cmocka_unit_test(children_are_found_whether_they_are_few_or_many),
        cmocka_unit_test(aliases_of_one_node_lie_by_priority),
        cmocka_unit_test(validate_names_what_is_broken_in_the_trie),
        cmocka_unit_test(validate_names_what_is_broken_in_the_aliases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
