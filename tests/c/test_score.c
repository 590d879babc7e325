#include "corpus.h"

#include "../../csrc/core/score.h"

static void a_hit_contributes_its_weight_in_fixed_point(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("They support it."));
    ca_mention hit = {.first = 1, .end = 2};
    double weights[] = {0.5};
    ca_score_options options = {.weights = weights, .reach = 3};
    ca_score_mask mask = {.n = 0};
    int64_t contribution = 7;
    uint8_t negated = 7, keep = 7;
    ca_score_hits(&options, &mask, &corpus.tokens, &corpus.tokens.blocks[0], &hit, 1, &contribution,
                  &negated, &keep);
    assert_true(contribution == CA_SCORE_ONE / 2);
    assert_int_equal(negated, 0);
    assert_int_equal(keep, 1);
    corpus_close(&corpus);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hit_contributes_its_weight_in_fixed_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
