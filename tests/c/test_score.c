#include "corpus.h"

#include "../../csrc/core/score.h"

#define HALF (CA_SCORE_ONE / 2)

static const char *const words[] = {"support", "raid", "United States", NULL};
static const double weights[] = {0.5, -1.0, 0.0};

static const char *const shifting[] = {"not",  "very", "but",  "nothing", "also", "*n't",
                                       "only", "far",  "from", "stopped", "the",  NULL};
static const int32_t roles[] = {CA_NEGATOR,
                                CA_INTENSIFIER,
                                CA_CONTRAST,
                                CA_NEGATOR | CA_NO_CONTRAST_BEHIND,
                                CA_NO_CONTRAST_BEFORE,
                                CA_NEGATOR,
                                CA_NO_NEGATION_BEFORE,
                                CA_FAR,
                                CA_FROM,
                                CA_ENDER,
                                CA_JOINS};
static const double factors[] = {1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1};

/* What became of the hits of one text. */
typedef struct outcome {
    ca_scored scored[8];
    ca_mention hits[8];
    size_t n;
} outcome;

static outcome score_under(const char *text, const ca_score_mask *mask, ca_score_sums *sums) {
    test_corpus corpus;
    ca_typemap map = {.alloc = NULL}, shift_map = {.alloc = NULL};
    ca_shifters shifters = {.alias = NULL};
    ca_mentions found = {.n = 0};
    outcome out = {.n = 0};
    corpus_open(&corpus, LIST(text));
    const ca_alloc *hook = &corpus.hook;
    const ca_vocab *vocab = &corpus.tokens.vocab;
    ca_dict dict = dict_of(hook, CA_CASE_FOLD, words), shift = {.alloc = NULL};
    test_aliases list = aliases_of(CA_CASE_FOLD, shifting);
    list.globs = true;
    assert_int_equal(aliases_build(hook, &list, &shift), CA_OK);
    assert_int_equal(ca_typemap_build(&map, hook, &dict, vocab, NULL), CA_OK);
    assert_int_equal(ca_typemap_build(&shift_map, hook, &shift, vocab, NULL), CA_OK);
    assert_int_equal(ca_shifters_build(&shifters, hook, &shift, &shift_map, vocab, roles), CA_OK);
    assert_int_equal(
        ca_match_block(hook, &dict, &map, &corpus.tokens, &corpus.tokens.blocks[0], NULL, &found),
        CA_OK);
    assert_true(found.n <= 8);
    ca_score_options options = {.weights = weights,
                                .shifters = &shifters,
                                .factors = factors,
                                .reach = 3,
                                .negated = -0.5,
                                .before = 0.5,
                                .behind = 1.5};
    out.n = found.n;
    for (size_t i = 0; i < found.n; i++) out.hits[i] = found.items[i];
    ca_score_hits(&options, mask, &corpus.tokens, &corpus.tokens.blocks[0], found.items, found.n,
                  out.scored);
    if (sums != NULL)
        assert_int_equal(
            ca_score_add(&corpus.tokens.blocks[0], found.items, out.scored, found.n, sums), CA_OK);
    ca_mentions_reset(hook, &found);
    ca_shifters_reset(&shifters, hook);
    ca_typemap_reset(&map);
    ca_typemap_reset(&shift_map);
    ca_dict_reset(&dict);
    ca_dict_reset(&shift);
    corpus_close(&corpus);
    return out;
}

static outcome score(const char *text) {
    ca_score_mask mask = {.n = 0};
    return score_under(text, &mask, NULL);
}

static int64_t first_of(const char *text) {
    outcome out = score(text);
    assert_true(out.n > 0);
    return out.scored[0].contribution;
}

static void a_hit_contributes_its_weight_in_fixed_point(void **unused) {
    (void)unused;
    outcome out = score("They support the raid.");
    assert_int_equal(out.n, 2);
    assert_true(out.scored[0].contribution == HALF);
    assert_true(out.scored[1].contribution == -CA_SCORE_ONE);
    assert_true(out.scored[0].keep);
    assert_int_equal(out.scored[0].negator, -1);
}

static void a_negator_within_reach_turns_it(void **unused) {
    (void)unused;
    assert_true(first_of("They did not support it.") == -HALF / 2);
    assert_true(first_of("They didn't ever support it.") == -HALF / 2);
    assert_true(first_of("not a b support") == -HALF / 2);
    assert_true(first_of("not a b c support") == HALF);
}

static void punctuation_and_sentences_end_its_reach(void **unused) {
    (void)unused;
    assert_true(first_of("If not, support it.") == HALF);
    assert_true(first_of("They would not. Support came.") == HALF);
}

static void not_only_denies_nothing(void **unused) {
    (void)unused;
    assert_true(first_of("They will not only support it.") == HALF);
    assert_true(first_of("They don't only support it.") == HALF);
    assert_true(first_of("They will only not support it.") == -HALF / 2);
}

static void far_from_is_a_negator_and_far_alone_is_none(void **unused) {
    (void)unused;
    assert_true(first_of("They are far from support.") == -HALF / 2);
    assert_true(first_of("They came far to support it.") == HALF);
    assert_true(first_of("Support is far from certain.") == HALF);
    assert_true(first_of("It is from support.") == HALF);
}

static void what_is_stopped_is_turned_if_it_is_bad(void **unused) {
    (void)unused;
    assert_true(first_of("They stopped the raid.") == HALF);
    assert_int_equal(score("They stopped the raid.").scored[0].negator, 1);
    assert_true(first_of("They stopped a raid.") == -CA_SCORE_ONE); /* "a" does not join */
    assert_true(first_of("They stopped the support.") == HALF);
    assert_true(first_of("They stopped. The raid began.") == -CA_SCORE_ONE);
    assert_true(first_of("They have not stopped the raid.") == -CA_SCORE_ONE);
}

static void the_token_of_the_negator_is_told(void **unused) {
    (void)unused;
    assert_int_equal(score("They did not support it.").scored[0].negator, 2);
}

static void an_intensifier_right_before_multiplies(void **unused) {
    (void)unused;
    assert_true(first_of("very support") == 2 * HALF);
    assert_true(first_of("very very support") == 4 * HALF);
    assert_true(first_of("very much support") == HALF);
    assert_true(first_of("not very support") == -HALF);
}

static void hits_around_a_contrast_lose_and_gain(void **unused) {
    (void)unused;
    outcome out = score("They support it but raid it.");
    assert_true(out.scored[0].contribution == HALF / 2);
    assert_true(out.scored[1].contribution == -CA_SCORE_ONE * 3 / 2);
    assert_int_equal(out.scored[0].contrast, 3);
}

static void some_buts_do_not_contrast(void **unused) {
    (void)unused;
    assert_true(first_of("But they support it.") == HALF);
    assert_true(first_of("They support it but also wait.") == HALF);
    assert_true(score("They support nothing but peace.").scored[0].contribution == HALF);
}

static void a_weight_of_zero_is_no_hit(void **unused) {
    (void)unused;
    outcome out = score("The United States waits.");
    assert_int_equal(out.n, 1);
    assert_false(out.scored[0].keep);
}

static void hits_under_the_mask_do_not_count(void **unused) {
    (void)unused;
    const int64_t first[] = {0, 3}, end[] = {1, 4};
    ca_score_mask mask = {first, end, 2};
    outcome out = score_under("They support the raid.", &mask, NULL);
    assert_true(out.scored[0].keep);
    assert_false(out.scored[1].keep);
}

static void sums_are_those_of_the_kept_hits_of_a_sentence(void **unused) {
    (void)unused;
    int64_t totals[2] = {0, 0}, positive[2] = {0, 0}, hits[2] = {0, 0};
    ca_score_sums sums = {totals, positive, hits};
    ca_score_mask mask = {.n = 0};
    score_under("They support the raid. The raid of the United States.", &mask, &sums);
    assert_true(totals[0] == -HALF && positive[0] == HALF && hits[0] == 2);
    assert_true(totals[1] == -CA_SCORE_ONE && positive[1] == 0 && hits[1] == 1);
}

static void a_sum_that_may_not_fit_is_refused(void **unused) {
    (void)unused;
    ca_block block = {.n_docs = 1};
    ca_mention hits[2] = {{.sentence = 0}, {.sentence = 0}};
    ca_scored scored[2] = {{.contribution = INT64_MAX / 2, .keep = true},
                           {.contribution = INT64_MAX / 2 + 1, .keep = true}};
    int64_t total = 0, positive = 0, n = 0;
    ca_score_sums sums = {&total, &positive, &n};
    assert_int_equal(ca_score_add(&block, hits, scored, 2, &sums), CA_TOO_LARGE);
}

static void fixed_point_rounds_to_the_nearest(void **unused) {
    (void)unused;
    assert_true(ca_score_fixed(0.1) == CA_SCORE_ONE / 10);
    assert_true(ca_score_fixed(-0.74) == -CA_SCORE_ONE / 100 * 74);
}

static void weights_of_three_decimals_are_whole_and_so_are_their_parts_from_1_to_18(void **unused) {
    (void)unused;
    assert_true(CA_SCORE_ONE / 3 * 3 == CA_SCORE_ONE);
    for (int64_t part = 1; part <= 18; part++) {
        assert_true(CA_SCORE_ONE / 1000 % part == 0);
        assert_true(ca_score_fixed(0.777 / (double)part) * part == CA_SCORE_ONE / 1000 * 777);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hit_contributes_its_weight_in_fixed_point),
        cmocka_unit_test(weights_of_three_decimals_are_whole_and_so_are_their_parts_from_1_to_18),
        cmocka_unit_test(a_negator_within_reach_turns_it),
        cmocka_unit_test(punctuation_and_sentences_end_its_reach),
        cmocka_unit_test(not_only_denies_nothing),
        cmocka_unit_test(far_from_is_a_negator_and_far_alone_is_none),
        cmocka_unit_test(what_is_stopped_is_turned_if_it_is_bad),
        cmocka_unit_test(the_token_of_the_negator_is_told),
        cmocka_unit_test(an_intensifier_right_before_multiplies),
        cmocka_unit_test(hits_around_a_contrast_lose_and_gain),
        cmocka_unit_test(some_buts_do_not_contrast),
        cmocka_unit_test(a_weight_of_zero_is_no_hit),
        cmocka_unit_test(hits_under_the_mask_do_not_count),
        cmocka_unit_test(sums_are_those_of_the_kept_hits_of_a_sentence),
        cmocka_unit_test(a_sum_that_may_not_fit_is_refused),
        cmocka_unit_test(fixed_point_rounds_to_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
