#include "corpus.h"

static void abbreviations_and_closing_quotes_stay_with_their_sentence(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus,
                LIST("The U.S. President met Gen. Milley. \u201CWe agree.\u201D He left."));
    const ca_block *block = &corpus.tokens.blocks[0];
    const uint32_t starts[] = {0, 7, 12, 15};
    assert_int_equal(block->n_sentences, 3);
    assert_memory_equal(block->sentence_tokens, starts, sizeof starts);
    corpus_close(&corpus);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(abbreviations_and_closing_quotes_stay_with_their_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
