#include "corpus.h"

static void ids_count_types_by_first_appearance(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("The U.S.-led talks", "talks led"));
    const ca_block *block = &corpus.tokens.blocks[0];
    const int32_t ids[] = {0, 1, 2, 3, 4, 4, 3}, starts[] = {0, 4, 8, 9, 13, 0, 6};
    assert_int_equal(block->n_tokens, 7);
    assert_memory_equal(block->id, ids, sizeof ids);
    assert_memory_equal(block->start, starts, sizeof starts);
    corpus_close(&corpus);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_count_types_by_first_appearance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
