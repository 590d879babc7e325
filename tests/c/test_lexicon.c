#include "corpus.h"

#include "../../csrc/core/lexicon.h"

static bool negates(const char *word) {
    return ca_lexicon_is_negator((ca_str){(const uint8_t *)word, strlen(word)});
}

/* ---- single words ---- */

static void words_of_denial_negate(void **unused) {
    (void)unused;
    const char *const *list = LIST("not", "never", "no", "nobody", "none", "nor", "neither",
                                   "nothing", "nowhere", "without", "hardly", "cannot", "refused");
    for (; *list != NULL; list++)
        if (!negates(*list)) fail_msg("%s", *list);
}

static void every_contraction_with_not_negates(void **unused) {
    (void)unused;
    const char *const *list =
        LIST("don't", "didn't", "isn't", "won't", "can't", "hasn't", "ain't", "mustn't", "n'n't");
    for (; *list != NULL; list++)
        if (!negates(*list)) fail_msg("%s", *list);
}

static void other_words_do_not(void **unused) {
    (void)unused;
    const char *const *list =
        LIST("", "n", "t", "n't", "nt", "note", "knot", "nots", "know", "nought", "want", "cant'",
             "don't,", "don", "support", "lack of", "a no", "no ", "nonetheless", "notable", "'t");
    for (; *list != NULL; list++)
        if (negates(*list)) fail_msg("%s", *list);
}

static void a_word_is_given_folded_and_with_a_straight_apostrophe(void **unused) {
    (void)unused;
    assert_false(negates("Not"));
    assert_false(negates("NOT"));
    assert_false(negates("DON'T"));
    assert_false(negates("don’t"));
}

static void a_word_is_its_bytes_and_no_more(void **unused) {
    (void)unused;
    assert_true(ca_lexicon_is_negator((ca_str){(const uint8_t *)"nothing", 3})); /* not */
    assert_false(ca_lexicon_is_negator((ca_str){(const uint8_t *)"not", 1}));
    assert_false(ca_lexicon_is_negator((ca_str){(const uint8_t *)"not\0", 4}));
    assert_false(ca_lexicon_is_negator((ca_str){NULL, 0}));
}

/* ---- types of a vocabulary ---- */

/* The role of `type` in a text that holds it as one token. */
static bool negates_in(const char *text, ca_str type) {
    test_corpus corpus;
    uint8_t *roles = NULL;
    corpus_open(&corpus, LIST(text));
    int32_t id = ca_vocab_find(&corpus.tokens.vocab, type);
    if (id < 0) fail_msg("no such token in \"%s\"", text);
    assert_int_equal(ca_lexicon_negators(&corpus.hook, &corpus.tokens.vocab, &roles), CA_OK);
    assert_true(roles[id] <= 1);
    bool role = roles[id] != 0;
    CA_FREE(&corpus.hook, roles);
    corpus_close(&corpus);
    return role;
}

static void any_case_and_any_apostrophe_of_a_text_negate(void **unused) {
    (void)unused;
    assert_true(negates_in("It is not so", STR("not")));
    assert_true(negates_in("Not so", STR("Not")));
    assert_true(negates_in("It is NOT so", STR("NOT")));
    assert_true(negates_in("They don't", STR("don't")));
    assert_true(negates_in("They don’t", STR("don’t")));
    assert_true(negates_in("THEY DON’T", STR("DON’T")));
    assert_true(negates_in("They can\u00ADnot", STR("can\u00ADnot")));
}

static void only_words_negate(void **unused) {
    (void)unused;
    assert_false(negates_in("so #not", STR("#not")));
    assert_false(negates_in("so @no", STR("@no")));
    assert_false(negates_in("99 notes", STR("99")));
    assert_false(negates_in("notes", STR("notes")));
}

/* "No." keeps its stop only before a figure: it is a number then, not a denial. */
static void the_abbreviation_of_number_does_not_negate(void **unused) {
    (void)unused;
    assert_true(negates_in("No. They left.", STR("No")));
    assert_false(negates_in("The No. 2 supports it", STR("No.")));
    assert_false(negates_in("see no. 5 of the list", STR("no.")));
}

static void roles_are_those_of_each_type(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("They did not , never ; support", "Mali is without 3 Not notes"));
    static const uint8_t expected[] = {0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0};
    uint8_t *roles = NULL;
    assert_int_equal(corpus.tokens.vocab.n, sizeof expected);
    assert_int_equal(ca_lexicon_negators(&corpus.hook, &corpus.tokens.vocab, &roles), CA_OK);
    assert_memory_equal(roles, expected, sizeof expected);
    CA_FREE(&corpus.hook, roles);
    corpus_close(&corpus);
}

static void an_empty_vocabulary_has_no_roles(void **unused) {
    (void)unused;
    test_corpus corpus;
    uint8_t *roles = NULL;
    corpus_open(&corpus, LIST(""));
    assert_int_equal(corpus.tokens.vocab.n, 0);
    assert_int_equal(ca_lexicon_negators(&corpus.hook, &corpus.tokens.vocab, &roles), CA_OK);
    assert_non_null(roles);
    CA_FREE(&corpus.hook, roles);
    corpus_close(&corpus);
}

/* ---- refusals ---- */

static ca_status find_and_free(const ca_alloc *alloc, void *ctx) {
    const test_corpus *corpus = ctx;
    uint8_t before = 77, *roles = &before;
    ca_status status = ca_lexicon_negators(alloc, &corpus->tokens.vocab, &roles);
    if (status == CA_OK) {
        CA_FREE(alloc, roles);
    } else {
        assert_ptr_equal(roles, &before);
        assert_int_equal(before, 77);
    }
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    test_corpus corpus;
    char longest[512]; /* so long that the scratch has to grow once more */
    memset(longest, 'n', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    corpus_open(&corpus, LIST("It is not", longest));
    sweep_allocations(find_and_free, &corpus);
    corpus_close(&corpus);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_denial_negate),
        cmocka_unit_test(every_contraction_with_not_negates),
        cmocka_unit_test(other_words_do_not),
        cmocka_unit_test(a_word_is_given_folded_and_with_a_straight_apostrophe),
        cmocka_unit_test(a_word_is_its_bytes_and_no_more),
        cmocka_unit_test(any_case_and_any_apostrophe_of_a_text_negate),
        cmocka_unit_test(only_words_negate),
        cmocka_unit_test(the_abbreviation_of_number_does_not_negate),
        cmocka_unit_test(roles_are_those_of_each_type),
        cmocka_unit_test(an_empty_vocabulary_has_no_roles),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
