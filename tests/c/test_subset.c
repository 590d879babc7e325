#include "corpus.h"

#include "../../csrc/core/subset.h"

static const char *const documents[] = {
    "Kabul fell. Moscow waits.\n\nKabul waits.",
    "",
    "Moscow fell.",
    "The end.\nNo more.",
    "Kabul.",
    NULL,
};

/* Tokens of the documents under `mask`, tokenized alone. */
static void open_alone(test_corpus *alone, unsigned mask) {
    const char *kept[8];
    size_t n = 0;
    for (size_t i = 0; documents[i] != NULL; i++) {
        if (mask >> i & 1) kept[n++] = documents[i];
    }
    kept[n] = NULL;
    corpus_open(alone, kept);
}

static void assert_same_block(const ca_block *a, const ca_block *b) {
    assert_int_equal(a->n_docs, b->n_docs);
    assert_int_equal(a->n_tokens, b->n_tokens);
    assert_int_equal(a->n_sentences, b->n_sentences);
    assert_int_equal(a->n_paragraphs, b->n_paragraphs);
    for (size_t i = 0; i < a->n_tokens; i++) {
        assert_int_equal(a->id[i], b->id[i]);
        assert_int_equal(a->start[i], b->start[i]);
    }
    for (size_t i = 0; i <= a->n_docs; i++) {
        assert_int_equal(a->doc_tokens[i], b->doc_tokens[i]);
        assert_int_equal(a->doc_sentences[i], b->doc_sentences[i]);
        assert_int_equal(a->doc_paragraphs[i], b->doc_paragraphs[i]);
    }
    for (size_t i = 0; i <= a->n_sentences; i++)
        assert_int_equal(a->sentence_tokens[i], b->sentence_tokens[i]);
    for (size_t i = 0; i <= a->n_paragraphs; i++)
        assert_int_equal(a->paragraph_tokens[i], b->paragraph_tokens[i]);
    for (size_t i = 0; i < a->n_paragraphs; i++)
        assert_int_equal(a->paragraph_blank[i], b->paragraph_blank[i]);
}

static void every_subset_is_what_tokenizing_it_alone_gives(void **unused) {
    (void)unused;
    for (size_t per_block = 1; per_block <= 3; per_block++) {
        test_corpus whole;
        corpus_open_in_blocks(&whole, per_block, documents);
        for (unsigned mask = 0; mask < 32; mask++) {
            int64_t docs[5];
            size_t n = 0;
            for (unsigned i = 0; i < 5; i++) {
                if (mask >> i & 1) docs[n++] = i;
            }
            test_corpus alone;
            open_alone(&alone, mask);
            ca_tokens part = {.alloc = NULL};
            assert_int_equal(ca_tokens_subset(&whole.hook, &whole.tokens, docs, n, 9, NULL, &part),
                             CA_OK);
            const char *why = "";
            if (!ca_tokens_validate(&part, &why)) fail_msg("%s", why);
            assert_int_equal(part.n_docs, n);
            assert_int_equal(part.vocab.n, alone.tokens.vocab.n);
            for (int32_t i = 0; i < (int32_t)part.vocab.n; i++)
                assert_true(ca_str_equal(ca_vocab_type(&part.vocab, i),
                                         ca_vocab_type(&alone.tokens.vocab, i)));
            assert_int_equal(part.n_blocks, 1);
            assert_same_block(&part.blocks[0], &alone.tokens.blocks[0]);
            ca_tokens_reset(&part);
            corpus_close(&alone);
        }
        corpus_close(&whole);
    }
}

static ca_status cut_one(const ca_alloc *alloc, void *ctx) {
    ca_tokens part = {.n_docs = 77};
    const int64_t docs[] = {0, 2};
    ca_status status = ca_tokens_subset(alloc, ctx, docs, 2, 9, NULL, &part);
    if (status == CA_OK) {
        ca_tokens_reset(&part);
    } else {
        assert_int_equal(part.n_docs, 77);
    }
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    test_corpus whole;
    corpus_open(&whole, documents);
    sweep_allocations(cut_one, &whole.tokens);
    corpus_close(&whole);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_subset_is_what_tokenizing_it_alone_gives),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
