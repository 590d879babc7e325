#include "corpus.h"

#include "../../csrc/core/lexicon.h"

/* Shifters of one word each, and a text of the types to be asked for. */
typedef struct fixture {
    test_corpus corpus;
    ca_dict dict;
    ca_typemap map;
    ca_shifters shifters;
} fixture;

static void open(fixture *self, const char *text, const char *const *words, const int32_t *roles) {
    test_aliases list = aliases_of(CA_CASE_FOLD, words);
    *self = (fixture){.dict = {.alloc = NULL}};
    list.globs = true;
    corpus_open(&self->corpus, LIST(text));
    const ca_alloc *hook = &self->corpus.hook;
    const ca_vocab *vocab = &self->corpus.tokens.vocab;
    assert_int_equal(aliases_build(hook, &list, &self->dict), CA_OK);
    assert_int_equal(ca_typemap_build(&self->map, hook, &self->dict, vocab, NULL), CA_OK);
    assert_int_equal(
        ca_shifters_build(&self->shifters, hook, &self->dict, &self->map, vocab, roles), CA_OK);
}

static void close(fixture *self) {
    ca_shifters_reset(&self->shifters, &self->corpus.hook);
    ca_typemap_reset(&self->map);
    ca_dict_reset(&self->dict);
    corpus_close(&self->corpus);
}

static uint16_t role_of(const fixture *self, ca_str type) {
    int32_t id = ca_vocab_find(&self->corpus.tokens.vocab, type);
    assert_true(id >= 0);
    return self->shifters.role[id];
}

static void types_have_the_roles_of_their_words_in_any_case(void **unused) {
    (void)unused;
    const int32_t roles[] = {CA_NEGATOR, CA_INTENSIFIER};
    fixture f;
    open(&f, "NOT very note .", LIST("not", "very"), roles);
    assert_int_equal(role_of(&f, STR("NOT")), CA_NEGATOR | CA_PASSED | CA_IS_A_WORD);
    assert_int_equal(role_of(&f, STR("very")), CA_INTENSIFIER | CA_PASSED | CA_IS_A_WORD);
    assert_int_equal(role_of(&f, STR("note")), CA_PASSED | CA_IS_A_WORD);
    assert_int_equal(role_of(&f, STR(".")), 0);
    close(&f);
}

static void globs_reach_contractions_with_any_apostrophe(void **unused) {
    (void)unused;
    const int32_t roles[] = {CA_NEGATOR};
    fixture f;
    open(&f, "didn't won\xE2\x80\x99t ant", LIST("*n't"), roles);
    assert_true(role_of(&f, STR("didn't")) & CA_NEGATOR);
    assert_true(role_of(&f, STR("won\xE2\x80\x99t")) & CA_NEGATOR);
    assert_false(role_of(&f, STR("ant")) & CA_NEGATOR);
    close(&f);
}

static void hyphens_are_passed_and_commas_are_not(void **unused) {
    (void)unused;
    const int32_t roles[] = {CA_NEGATOR};
    fixture f;
    open(&f, "well-known , \" 3", LIST("not"), roles);
    assert_int_equal(role_of(&f, STR("-")), CA_PASSED);
    assert_int_equal(role_of(&f, STR("\"")), CA_PASSED);
    assert_int_equal(role_of(&f, STR(",")), 0);
    assert_int_equal(role_of(&f, STR("3")), CA_PASSED | CA_IS_A_WORD);
    close(&f);
}

static ca_status build(const ca_alloc *alloc, void *ctx) {
    const fixture *f = ctx;
    const int32_t roles[] = {CA_NEGATOR};
    ca_shifters shifters = {.alias = NULL};
    CA_TRY(ca_shifters_build(&shifters, alloc, &f->dict, &f->map, &f->corpus.tokens.vocab, roles));
    ca_shifters_reset(&shifters, alloc);
    return CA_OK;
}

static void no_memory_leaves_nothing_behind(void **unused) {
    (void)unused;
    const int32_t roles[] = {CA_NEGATOR};
    fixture f;
    open(&f, "not here", LIST("not"), roles);
    sweep_allocations(build, &f);
    close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_have_the_roles_of_their_words_in_any_case),
        cmocka_unit_test(globs_reach_contractions_with_any_apostrophe),
        cmocka_unit_test(hyphens_are_passed_and_commas_are_not),
        cmocka_unit_test(no_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
