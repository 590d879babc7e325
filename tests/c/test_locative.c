#include "corpus.h"

#include "../../csrc/core/locative.h"

/* Whether the name at tokens [first, end) of the text, which is one sentence from token `sentence`
 * on, is locative. */
static bool locative_in(const char *text, size_t sentence, size_t first, size_t end) {
    test_corpus corpus;
    uint8_t roles[64];
    corpus_open(&corpus, LIST(text));
    ca_locative_roles(&corpus.tokens.vocab, roles);
    ca_doc doc = ca_tokens_doc(&corpus.tokens, &corpus.tokens.blocks[0], 0);
    bool is = ca_is_locative(&doc, roles, sentence, first, end);
    corpus_close(&corpus);
    return is;
}

static bool locative(const char *text, size_t first, size_t end) {
    return locative_in(text, 0, first, end);
}

static void a_preposition_of_another_sentence_is_none(void **unused) {
    (void)unused;
    assert_false(locative_in("Log in Mali fell", 2, 2, 3));
    assert_true(locative_in("Log in Mali", 1, 2, 3));
    assert_false(locative_in("Log in the Mali Post", 2, 3, 5));
    assert_false(locative_in("Log in the Mali Post", 3, 3, 5));
}

static void a_name_behind_a_preposition_is_a_place(void **unused) {
    (void)unused;
    assert_true(locative("in Mali", 1, 2));
    assert_true(locative("Into Mali", 1, 2));
    assert_true(locative("INSIDE Mali", 1, 2));
    assert_true(locative("across Mali", 1, 2));
    assert_true(locative("from Mali", 1, 2));
    assert_true(locative("near Mali", 1, 2));
    assert_true(locative("to Mali", 1, 2));
    assert_true(locative("on Mali", 1, 2));
    assert_true(locative("at Mali", 1, 2));
}

static void an_article_may_stand_between(void **unused) {
    (void)unused;
    assert_true(locative("in the United States", 2, 4));
    assert_false(locative("the United States", 1, 3));
}

static void other_names_are_no_places(void **unused) {
    (void)unused;
    assert_false(locative("Mali", 0, 1));
    assert_false(locative("with Mali", 1, 2));
    assert_false(locative("of Mali", 1, 2));
    assert_false(locative("in northern Mali", 2, 3));
}

static void a_possessive_makes_it_an_actor(void **unused) {
    (void)unused;
    assert_false(locative("in Mali's army", 1, 2));
    assert_false(locative("in Mali’s army", 1, 2));
    assert_false(locative("in the United States’ army", 2, 4));
    assert_true(locative("in ‘Mali’", 2, 3) == false); /* a mark stands between */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_behind_a_preposition_is_a_place),
        cmocka_unit_test(an_article_may_stand_between),
        cmocka_unit_test(other_names_are_no_places),
        cmocka_unit_test(a_possessive_makes_it_an_actor),
        cmocka_unit_test(a_preposition_of_another_sentence_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
