#include "corpus.h"

#include <stdio.h>

#include "../../csrc/core/typemap.h"

static void a_map_knows_words_forms_and_globs_of_each_type(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("Mali MALI Malian chad , malicious UNESCO"));
    test_aliases list = aliases_of(CA_CASE_SMART, LIST("Mali", "mal*", "*an", "Chad", "UNESCO"));
    list.globs = true;
    ca_dict dict = {.alloc = NULL};
    ca_typemap map = {.alloc = NULL};
    assert_int_equal(aliases_build(&corpus.hook, &list, &dict), CA_OK);
    assert_int_equal(ca_typemap_build(&map, &corpus.hook, &dict, &corpus.tokens.vocab, NULL),
                     CA_OK);
    int32_t mali = ca_strings_find(&dict.words, STR("mali"));
    int32_t chad = ca_strings_find(&dict.words, STR("chad"));
    int32_t unesco = ca_strings_find(&dict.words, STR("unesco"));
    const int32_t words[] = {mali, mali, -1, chad, -1, -1, unesco};
    const int32_t forms[] = {CA_FORM_CAPITAL,
                             CA_FORM_UNKNOWN,
                             CA_FORM_UNKNOWN,
                             CA_FORM_SMALL,
                             CA_FORM_UNKNOWN,
                             CA_FORM_UNKNOWN,
                             ca_strings_find(&dict.forms, STR("UNESCO"))};
    const uint32_t first[] = {0, 1, 2, 4, 4, 4, 5, 5};
    assert_true(forms[6] >= 0);
    assert_int_equal(map.n_types, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(map.types[i].word, words[i]);
        assert_int_equal(map.types[i].form, forms[i]);
        assert_int_equal(map.types[i].root, words[i] < 0 ? 0 : dict.root_child[words[i]]);
    }
    for (size_t i = 0; i < 8; i++) assert_int_equal(map.glob_first[i], first[i]);
    ca_typemap_reset(&map);
    ca_dict_reset(&dict);
    corpus_close(&corpus);
}

/* Of the words of `text`, 1 for each type that an alias may begin with: "0110". */
static void begins_at(const char *file, int line, ca_case_rule rule, const char *const *aliases,
                      const char *text, const char *expected) {
    test_corpus corpus;
    corpus_open(&corpus, LIST(text));
    ca_dict dict = dict_of(&corpus.hook, rule, aliases);
    ca_typemap map = {.alloc = NULL};
    char is[32] = "";
    assert_int_equal(ca_typemap_build(&map, &corpus.hook, &dict, &corpus.tokens.vocab, NULL),
                     CA_OK);
    assert_true(map.n_types < sizeof is);
    for (size_t i = 0; i < map.n_types; i++) is[i] = map.begins[i] ? '1' : '0';
    ca_typemap_reset(&map);
    ca_dict_reset(&dict);
    corpus_close(&corpus);
    _assert_string_equal(is, expected, file, line);
}

#define begins(rule, aliases, text, expected)                                                      \
    begins_at(__FILE__, __LINE__, rule, aliases, text, expected)

static void an_alias_begins_only_with_types_that_its_rule_of_case_allows(void **unused) {
    (void)unused;
    const char *text = "mali Mali MALI maLi army";
    begins(CA_CASE_SMART, LIST("Mali Army"), text, "01100");
    begins(CA_CASE_SMART, LIST("mali Army"), text, "11100");
    begins(CA_CASE_SMART, LIST("maLi Army"), text, "00110");
    begins(CA_CASE_EXACT, LIST("Mali Army"), text, "01000");
    begins(CA_CASE_EXACT, LIST("MALI Army"), text, "00100");
    begins(CA_CASE_FOLD, LIST("Mali Army"), text, "11110");
    begins(CA_CASE_TITLE, LIST("MALI ARMY"), text, "01100");
    begins(CA_CASE_TITLE, LIST("AL ARMY"), "al Al AL army", "1110");
    begins(CA_CASE_SMART, LIST("7 Mali", "& Mali"), "7 x &", "101");
}

/* Each part knows only its own types; whichever comes first, the whole is the same. */
static void parts_may_be_mapped_in_any_order(void **unused) {
    (void)unused;
    static char text[3 * CA_TYPEMAP_PART * 8];
    size_t at = 0;
    for (size_t i = 0; i < 2 * CA_TYPEMAP_PART + 100; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, i % 5 ? "w%zu " : "mal%zu ", i);
    test_corpus corpus;
    corpus_open(&corpus, LIST(text));
    test_aliases list = aliases_of(CA_CASE_SMART, LIST("mal*", "*7", "w11"));
    list.globs = true;
    ca_dict dict = {.alloc = NULL};
    ca_typemap whole, parts;
    const ca_vocab *vocab = &corpus.tokens.vocab;
    assert_int_equal(aliases_build(&corpus.hook, &list, &dict), CA_OK);
    assert_int_equal(ca_typemap_build(&whole, &corpus.hook, &dict, vocab, NULL), CA_OK);
    assert_int_equal(ca_typemap_begin(&parts, &corpus.hook, &dict, vocab), CA_OK);
    assert_int_equal(parts.n_parts, 3);
    for (size_t part = 3; part-- > 0;)
        assert_int_equal(ca_typemap_part(&parts, &dict, vocab, part, NULL), CA_OK);
    assert_int_equal(ca_typemap_join(&parts), CA_OK);
    size_t n = whole.n_types, globs = whole.glob_first[n];
    assert_int_equal(n, vocab->n);
    assert_in_range(globs, n / 5, n / 2);
    assert_memory_equal(whole.types, parts.types, n * sizeof *whole.types);
    assert_memory_equal(whole.begins, parts.begins, n);
    assert_memory_equal(whole.glob_first, parts.glob_first, (n + 1) * sizeof *whole.glob_first);
    assert_memory_equal(whole.globs, parts.globs, globs * sizeof *whole.globs);
    ca_typemap_reset(&whole);
    ca_typemap_reset(&parts);
    ca_dict_reset(&dict);
    corpus_close(&corpus);
}

/* Stops at the k-th question, k = *ctx. */
static int stop_at_zero(void *ctx) {
    return (*(int *)ctx)-- == 0;
}

static void a_failed_map_leaves_the_old_one(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("Mali"));
    ca_dict dict = dict_of(&corpus.hook, CA_CASE_SMART, LIST("Mali"));
    ca_typemap map = {.n_types = 77};
    int zero = 0;
    ca_poll poll = {.stop = stop_at_zero, .ctx = &zero};
    assert_int_equal(ca_typemap_build(&map, &corpus.hook, &dict, &corpus.tokens.vocab, &poll),
                     CA_STOPPED);
    assert_int_equal(map.n_types, 77);
    assert_null(map.types);
    ca_typemap_reset(&map); /* of nothing */
    ca_typemap_reset(&map);
    assert_int_equal(map.n_types, 0);
    ca_dict_reset(&dict);
    corpus_close(&corpus);
}

typedef struct sweep {
    const ca_dict *dict;
    const ca_vocab *vocab;
} sweep;

static ca_status build_and_reset(const ca_alloc *alloc, void *ctx) {
    const sweep *self = ctx;
    ca_typemap map = {.alloc = NULL};
    ca_status status = ca_typemap_build(&map, alloc, self->dict, self->vocab, NULL);
    assert_int_equal(map.n_types > 0, status == CA_OK);
    ca_typemap_reset(&map);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("Téhéran mali TÉHÉRAN chad, said the Chadian"));
    test_aliases list = aliases_of(CA_CASE_SMART, LIST("Teheran", "ch*", "*an", "*i*"));
    list.globs = true;
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(aliases_build(&corpus.hook, &list, &dict), CA_OK);
    dict.accents = true;
    sweep_allocations(build_and_reset, &(sweep){&dict, &corpus.tokens.vocab});
    ca_dict_reset(&dict);
    corpus_close(&corpus);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_knows_words_forms_and_globs_of_each_type),
        cmocka_unit_test(an_alias_begins_only_with_types_that_its_rule_of_case_allows),
        cmocka_unit_test(parts_may_be_mapped_in_any_order),
        cmocka_unit_test(a_failed_map_leaves_the_old_one),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
