#include "corpus.h"

static void a_column_is_blocks_of_whole_documents(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("Kyiv fell. Kyiv rose.", "", "Minsk"));
    const ca_tokens *tokens = &corpus.tokens;
    assert_int_equal(tokens->n_docs, 3);
    assert_int_equal(tokens->n_tokens, 7);
    assert_int_equal(tokens->n_sentences, 3);
    assert_int_equal(tokens->n_paragraphs, 2);
    assert_int_equal(ca_tokens_doc(tokens, ca_tokens_block(tokens, 1), 1).n, 0);
    corpus_close(&corpus);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_column_is_blocks_of_whole_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
