#include "corpus.h"

#include "../../csrc/core/lexicon.h"
#include "../../csrc/core/score.h"

#include <stdlib.h>

enum { HITS_MAX = 64 };

/* ---- texts scored ---- */

/* A column whose hits have been found and scored. */
typedef struct scored {
    test_corpus corpus;
    ca_dict dict;
    ca_typemap map;
    uint8_t *negators;
    ca_mentions hits;
    int64_t contribution[HITS_MAX];
    uint8_t negated[HITS_MAX], keep[HITS_MAX];
} scored;

static const double no_weights[LIST_MAX];

static void find_hits(scored *self, size_t per_block, const char *const *documents,
                      const char *const *patterns) {
    test_aliases list = aliases_of(CA_CASE_FOLD, patterns);
    *self = (scored){.negators = NULL};
    list.globs = true;
    corpus_open_in_blocks(&self->corpus, per_block, documents);
    const ca_alloc *hook = &self->corpus.hook;
    const ca_tokens *tokens = &self->corpus.tokens;
    assert_int_equal(aliases_build(hook, &list, &self->dict), CA_OK);
    assert_int_equal(ca_typemap_build(&self->map, hook, &self->dict, &tokens->vocab, NULL), CA_OK);
    assert_int_equal(ca_lexicon_negators(hook, &tokens->vocab, &self->negators), CA_OK);
}

/* Every block on its own, its results behind those of the one before. */
static void score_blocks(scored *self, ca_score_options options, ca_score_mask mask) {
    const ca_tokens *tokens = &self->corpus.tokens;
    for (size_t b = 0; b < tokens->n_blocks; b++) {
        size_t at = self->hits.n;
        assert_int_equal(ca_match_block(&self->corpus.hook, &self->dict, &self->map, tokens,
                                        &tokens->blocks[b], NULL, &self->hits),
                         CA_OK);
        assert_true(self->hits.n <= HITS_MAX);
        ca_score_hits(&options, &mask, tokens, &tokens->blocks[b], self->hits.items + at,
                      self->hits.n - at, self->contribution + at, self->negated + at,
                      self->keep + at);
    }
}

static void scored_reset(scored *self) {
    const ca_alloc *hook = &self->corpus.hook;
    ca_mentions_reset(hook, &self->hits);
    CA_FREE(hook, self->negators);
    ca_typemap_reset(&self->map);
    ca_dict_reset(&self->dict);
    corpus_close(&self->corpus);
}

/* The hits "support*" and "raid" of a text as + and -, - where negated. */
static void signs_at(const char *file, int line, uint32_t reach, const char *text,
                     const char *expected) {
    scored self;
    char is[HITS_MAX + 1] = "";
    find_hits(&self, LIST_MAX, LIST(text), LIST("support*", "raid"));
    score_blocks(
        &self, (ca_score_options){.weights = no_weights, .negators = self.negators, .reach = reach},
        (ca_score_mask){.n = 0});
    for (size_t i = 0; i < self.hits.n; i++) {
        assert_true(self.negated[i] <= 1);
        assert_int_equal(self.keep[i], 1);
        is[i] = self.negated[i] ? '-' : '+';
    }
    scored_reset(&self);
    if (strcmp(is, expected) == 0) return;
    print_error("\"%s\", reach %u: %s, not %s\n", text, reach, is, expected);
    _fail(file, line);
}

#define signs(text, expected) signs_at(__FILE__, __LINE__, 3, text, expected)
#define signs_within(reach, text, expected) signs_at(__FILE__, __LINE__, reach, text, expected)

/* ---- contributions ---- */

static void the_picture_of_the_header_holds(void **unused) {
    (void)unused;
    scored self;
    static const double weights[] = {0.5, -0.5};
    find_hits(&self, LIST_MAX, LIST("They did not really support the raid ."),
              LIST("support", "raid"));
    score_blocks(&self,
                 (ca_score_options){.weights = weights, .negators = self.negators, .reach = 3},
                 (ca_score_mask){.n = 0});
    assert_int_equal(self.hits.n, 2);
    assert_int_equal(self.negated[0], 1);
    assert_int_equal(self.negated[1], 0);
    assert_true(self.contribution[0] == INT64_C(-370000000000));
    assert_true(self.contribution[1] == INT64_C(-500000000000));
    scored_reset(&self);
}

/* What a weight alone, and negated, comes to. */
static void contributes_at(const char *file, int line, double weight, int64_t plain,
                           int64_t negated) {
    scored self;
    find_hits(&self, LIST_MAX, LIST("Support it. Never support it."), LIST("support"));
    score_blocks(&self,
                 (ca_score_options){.weights = &weight, .negators = self.negators, .reach = 3},
                 (ca_score_mask){.n = 0});
    bool same = self.contribution[0] == plain && self.contribution[1] == negated;
    if (!same)
        print_error("%.17g: %lld and %lld\n", weight, (long long)self.contribution[0],
                    (long long)self.contribution[1]);
    scored_reset(&self);
    if (!same) _fail(file, line);
}

#define contributes(weight, plain, negated)                                                        \
    contributes_at(__FILE__, __LINE__, weight, plain, negated)

static void contributions_are_weights_in_fixed_point(void **unused) {
    (void)unused;
    contributes(1.0, INT64_C(1000000000000), INT64_C(-740000000000));
    contributes(-1.0, INT64_C(-1000000000000), INT64_C(740000000000));
    contributes(0.0, 0, 0); /* a hit all the same */
    contributes(0.1, INT64_C(100000000000), INT64_C(-74000000000));
    contributes(-0.1, INT64_C(-100000000000), INT64_C(74000000000));
    contributes(3.4, INT64_C(3400000000000), INT64_C(-2516000000000));
    contributes(1000.0, INT64_C(1000000000000000), INT64_C(-740000000000000));
    assert_true(CA_SCORE_ONE == INT64_C(1000000000000));
}

static void contributions_are_rounded_to_the_nearest(void **unused) {
    (void)unused;
    const double unit = 1.0 / (double)CA_SCORE_ONE;
    contributes(unit, 1, -1);
    contributes(0.25 * unit, 0, 0);
    contributes(0.75 * unit, 1, -1); /* 0.555 */
    contributes(-0.75 * unit, -1, 1);
    contributes(2.0 * unit, 2, -1); /* 1.48 */
    contributes(1234.4 * unit, 1234, -913);
    contributes(1.0 / 3.0, INT64_C(333333333333), INT64_C(-246666666667));
}

/* Ten times a tenth is one, as it never is in binary fractions. */
static void decimals_add_up_to_what_people_expect(void **unused) {
    (void)unused;
    scored self;
    static const double weights[] = {0.1, -0.3};
    find_hits(&self, LIST_MAX, LIST("a a a a a a a a a a", "a b a a"), LIST("a", "b"));
    score_blocks(&self, (ca_score_options){.weights = weights}, (ca_score_mask){.n = 0});
    int64_t ten = 0, rest = 0;
    assert_int_equal(self.hits.n, 14);
    for (size_t i = 0; i < 10; i++) ten += self.contribution[i];
    for (size_t i = 10; i < 14; i++) rest += self.contribution[i];
    assert_true(ten == CA_SCORE_ONE);
    assert_true(rest == 0);
    scored_reset(&self);
}

static void sums_are_the_same_in_any_order(void **unused) {
    (void)unused;
    scored self;
    static const double weights[] = {0.1, 0.2, -0.3, 1e6};
    find_hits(&self, LIST_MAX, LIST("raid talk war peace raid talk", "peace war"),
              LIST("raid", "talk", "war", "peace"));
    score_blocks(&self, (ca_score_options){.weights = weights}, (ca_score_mask){.n = 0});
    int64_t forward = 0, backward = 0;
    for (size_t i = 0; i < self.hits.n; i++) forward += self.contribution[i];
    for (size_t i = self.hits.n; i-- > 0;) backward += self.contribution[i];
    assert_int_equal(self.hits.n, 8);
    assert_true(forward == backward);
    assert_true(forward == INT64_C(2000000000000000000)); /* 0.1 + 0.2 - 0.3 leave nothing */
    scored_reset(&self);
}

/* ---- negation ---- */

static void a_negator_counts_within_reach_only(void **unused) {
    (void)unused;
    signs("They did not support it", "-");
    signs("They did not really support it", "-");
    signs("They did not ever really support it", "-");
    signs("They did not ever so really support it", "+");
    signs_within(1, "not support, not a support", "-+");
    signs_within(2, "not a support, not a big support", "-+");
    signs_within(10, "not a b c d e f g h i support", "-");
    signs_within(9, "not a b c d e f g h i support", "+");
    signs_within(UINT32_MAX, "not a b c d e f g h i support", "-");
}

static void a_reach_of_nothing_and_no_negators_negate_nothing(void **unused) {
    (void)unused;
    scored self;
    signs_within(0, "They did not support it", "+");
    find_hits(&self, LIST_MAX, LIST("They did not support it"), LIST("support"));
    score_blocks(&self, (ca_score_options){.weights = no_weights, .reach = 3},
                 (ca_score_mask){.n = 0});
    assert_int_equal(self.negated[0], 0);
    scored_reset(&self);
}

static void a_negator_behind_a_hit_does_not_count(void **unused) {
    (void)unused;
    signs("They support not it", "+");
    signs("support not raid", "+-");
}

static void one_negator_may_reach_two_hits_and_two_do_not_cancel(void **unused) {
    (void)unused;
    signs("They did not support a raid", "--");
    signs("never not support", "-");
    signs("They never said they did not support it", "-");
}

static void every_form_of_a_negator_counts(void **unused) {
    (void)unused;
    signs("They don't support it", "-");
    signs("They don’t support it", "-");
    signs("NO SUPPORT", "-");
    signs("Without support", "-");
    signs("They cannot support it", "-");
}

static void punctuation_ends_the_reach(void **unused) {
    (void)unused;
    signs("not, support", "+");
    signs("not only words, support", "+");
    signs("not; support", "+");
    signs("not: support", "+");
    signs("not — support", "+");
    signs("not/support", "+");
    signs("not … support", "+");
    signs("not $ support", "+");
    signs(", not support", "-");
}

static void hyphens_numbers_and_possessives_do_not_end_it(void **unused) {
    (void)unused;
    signs("They are not well-supported", "-");
    signs_within(2, "They are not well-supported", "+"); /* a hyphen is a token of the reach */
    signs("They did not 3 times support it", "-");
    signs("not Mali's support", "-");
    signs("non-support, no-support", "+-");
}

/* Quotation marks are one, straight or curly: what is quoted is still denied. */
static void quotation_marks_do_not_end_it(void **unused) {
    (void)unused;
    signs("They did not \"support\" it", "-");
    signs("They did not 'support' it", "-");
    signs("They did not “support” it", "-");
    signs("They did not ‘support’ it", "-");
}

static void the_end_of_a_sentence_ends_the_reach(void **unused) {
    (void)unused;
    signs("They did not. Support came.", "+");
    signs("They did not\n\nSupport came.", "+");
    signs("Never\nsupport", "+"); /* a line of its own is a sentence */
    signs("No.\n\nRaid. No raid", "+-");
}

static void another_document_is_out_of_reach(void **unused) {
    (void)unused;
    for (size_t per_block = 1; per_block <= 4; per_block++) {
        scored self;
        find_hits(&self, per_block, LIST("not", "support", "not support", "support"),
                  LIST("support"));
        score_blocks(
            &self, (ca_score_options){.weights = no_weights, .negators = self.negators, .reach = 3},
            (ca_score_mask){.n = 0});
        assert_int_equal(self.hits.n, 3);
        assert_int_equal(self.negated[0], 0);
        assert_int_equal(self.negated[1], 1);
        assert_int_equal(self.negated[2], 0);
        scored_reset(&self);
    }
}

static void the_words_of_a_hit_do_not_negate_it(void **unused) {
    (void)unused;
    scored self;
    find_hits(&self, LIST_MAX, LIST("They do not support it. Never do not support it."),
              LIST("not support"));
    score_blocks(&self,
                 (ca_score_options){.weights = no_weights, .negators = self.negators, .reach = 3},
                 (ca_score_mask){.n = 0});
    assert_int_equal(self.hits.n, 2);
    assert_int_equal(self.negated[0], 0);
    assert_int_equal(self.negated[1], 1);
    scored_reset(&self);
}

static void a_number_sign_in_letters_is_no_negator(void **unused) {
    (void)unused;
    signs("The No. 2 supports it", "+");
}

/* ---- the mask ---- */

/* keep[] of every token of "a b c d | e f g" as one hit each, under a mask, as digits. */
static void keeps_at(const char *file, int line, size_t n, const int64_t *first, const int64_t *end,
                     const char *expected) {
    for (size_t per_block = 1; per_block <= 2; per_block++) {
        scored self;
        char is[HITS_MAX + 1] = "";
        find_hits(&self, per_block, LIST("a b c d", "e f g"), LIST("*"));
        score_blocks(&self, (ca_score_options){.weights = no_weights},
                     (ca_score_mask){.first = first, .end = end, .n = n});
        assert_int_equal(self.hits.n, 7);
        for (size_t i = 0; i < 7; i++) is[i] = (char)('0' + self.keep[i]);
        scored_reset(&self);
        if (strcmp(is, expected) == 0) continue;
        print_error("%s, not %s\n", is, expected);
        _fail(file, line);
    }
}

#define keeps(n, first, end, expected)                                                             \
    keeps_at(__FILE__, __LINE__, n, (const int64_t[])first, (const int64_t[])end, expected)
#define ROW(...) {__VA_ARGS__}

static void tokens_under_the_mask_do_not_count(void **unused) {
    (void)unused;
    keeps_at(__FILE__, __LINE__, 0, NULL, NULL, "1111111");
    keeps(1, ROW(0), ROW(1), "0111111");
    keeps(1, ROW(6), ROW(7), "1111110");
    keeps(1, ROW(1), ROW(3), "1001111");
    keeps(1, ROW(0), ROW(7), "0000000");
    keeps(2, ROW(0, 5), ROW(2, 6), "0011101");
    keeps(3, ROW(0, 1, 2), ROW(1, 2, 3), "0001111");
    keeps(2, ROW(1, 2), ROW(4, 5), "1000011"); /* spans may overlap, their ends rising */
}

static void the_mask_counts_tokens_over_the_whole_column(void **unused) {
    (void)unused;
    keeps(1, ROW(4), ROW(5), "1111011"); /* the first token of the second document */
    keeps(1, ROW(3), ROW(5), "1110011");
    keeps(1, ROW(7), ROW(90), "1111111");
}

static void a_hit_that_touches_the_mask_with_one_token_is_out(void **unused) {
    (void)unused;
    static const int64_t first[] = {2, 8}, end[] = {4, 9};
    scored self;
    find_hits(&self, LIST_MAX, LIST("a b c d e f g h i j"), LIST("a b c", "d e", "f g h", "i j"));
    score_blocks(&self, (ca_score_options){.weights = no_weights},
                 (ca_score_mask){.first = first, .end = end, .n = 2});
    static const uint8_t expected[] = {0, 0, 1, 0};
    assert_int_equal(self.hits.n, 4);
    assert_memory_equal(self.keep, expected, 4);
    scored_reset(&self);
}

static void a_masked_hit_is_scored_as_any_other(void **unused) {
    (void)unused;
    static const int64_t first[] = {0}, end[] = {9};
    static const double weights[] = {1.0};
    scored self;
    find_hits(&self, LIST_MAX, LIST("not support"), LIST("support"));
    score_blocks(&self,
                 (ca_score_options){.weights = weights, .negators = self.negators, .reach = 1},
                 (ca_score_mask){.first = first, .end = end, .n = 1});
    assert_int_equal(self.keep[0], 0);
    assert_int_equal(self.negated[0], 1);
    assert_true(self.contribution[0] == INT64_C(-740000000000));
    scored_reset(&self);
}

static void a_negator_under_the_mask_still_negates(void **unused) {
    (void)unused;
    static const int64_t first[] = {0}, end[] = {1};
    scored self;
    find_hits(&self, LIST_MAX, LIST("not support"), LIST("support"));
    score_blocks(&self,
                 (ca_score_options){.weights = no_weights, .negators = self.negators, .reach = 1},
                 (ca_score_mask){.first = first, .end = end, .n = 1});
    assert_int_equal(self.keep[0], 1);
    assert_int_equal(self.negated[0], 1);
    scored_reset(&self);
}

/* ---- the definition, slowly ---- */

static bool slow_negates(ca_str word) {
    return ca_str_equal(word, STR("not")) || ca_str_equal(word, STR("No")) ||
           ca_str_equal(word, STR("can't"));
}

static bool slow_stops(ca_str word) {
    return ca_str_equal(word, STR(",")) || ca_str_equal(word, STR(".")) ||
           ca_str_equal(word, STR(";")) || ca_str_equal(word, STR("—"));
}

/* Token numbers over the whole column. */
static bool slow_negated(const ca_tokens *tokens, const ca_block *block, size_t first,
                         size_t sentence, uint32_t reach) {
    for (size_t at = first; at-- > sentence && first - at <= reach;) {
        ca_str type = ca_vocab_type(&tokens->vocab, block->id[at]);
        if (slow_negates(type)) return true;
        if (slow_stops(type)) return false;
    }
    return false;
}

static bool slow_kept(const ca_score_mask *mask, int64_t first, int64_t end) {
    for (size_t i = 0; i < mask->n; i++)
        for (int64_t token = mask->first[i]; token < mask->end[i]; token++)
            if (token >= first && token < end) return false;
    return true;
}

static const char *const words[] = {"not", "No", "can't", "war", "raid", "of",    "the", "Mali",
                                    "7",   ", ", ". The", "— ",  "; ",   "peace", "war", "-"};

enum { DOCUMENTS = 4, WORDS = 14 };

typedef struct trial {
    char texts[DOCUMENTS][WORDS * 8];
    int64_t first[HITS_MAX], end[HITS_MAX];
    ca_score_mask mask;
} trial;

static void make_trial(test_random *random, trial *self) {
    int64_t at = 0;
    *self = (trial){.mask = {.first = self->first, .end = self->end}};
    for (size_t d = 0; d < DOCUMENTS; d++)
        for (size_t i = 0, n = random_below(random, WORDS); i < n; i++)
            strcat(
                strcat(self->texts[d], words[random_below(random, sizeof words / sizeof *words)]),
                " ");
    while (at < DOCUMENTS * WORDS && self->mask.n < HITS_MAX) {
        at += (int64_t)random_below(random, 9);
        self->first[self->mask.n] = at;
        at += 1 + (int64_t)random_below(random, 3);
        self->end[self->mask.n++] = at;
    }
}

static size_t compare(const scored *self, const trial *t, uint32_t reach) {
    static const double weights[] = {-1.0, 0.5, -0.25};
    const ca_tokens *tokens = &self->corpus.tokens;
    size_t negated = 0;
    for (size_t i = 0; i < self->hits.n; i++) {
        const ca_mention *hit = &self->hits.items[i];
        const ca_block *block = ca_tokens_block(tokens, hit->doc);
        size_t doc = block->doc_tokens[hit->doc - block->first_doc], first = doc + hit->first;
        size_t sentence = block->n_sentences - 1;
        while (block->sentence_tokens[sentence] > first) sentence--;
        bool is = slow_negated(tokens, block, first, block->sentence_tokens[sentence], reach);
        int64_t base = (int64_t)(block->token_base + doc);
        assert_int_equal(self->negated[i], is);
        assert_int_equal(self->keep[i], slow_kept(&t->mask, base + hit->first, base + hit->end));
        double exact = weights[hit->alias] * (is ? -0.74 : 1.0) * 1e12;
        assert_true((double)self->contribution[i] - exact <= 0.5);
        assert_true(exact - (double)self->contribution[i] <= 0.5);
        negated += is;
    }
    return negated;
}

static void random_texts_score_as_defined(void **unused) {
    (void)unused;
    static const double weights[] = {-1.0, 0.5, -0.25};
    test_random random = {.state = 3};
    size_t hits = 0, negated = 0;
    for (int round = 0; round < 2000; round++) {
        scored self;
        trial t;
        uint32_t reach = (uint32_t)random_below(&random, 6);
        make_trial(&random, &t);
        find_hits(&self, 1 + random_below(&random, DOCUMENTS),
                  LIST(t.texts[0], t.texts[1], t.texts[2], t.texts[3]),
                  LIST("war", "peace", "raid of"));
        score_blocks(
            &self,
            (ca_score_options){.weights = weights, .negators = self.negators, .reach = reach},
            t.mask);
        hits += self.hits.n;
        negated += compare(&self, &t, reach);
        scored_reset(&self);
    }
    assert_true(hits > 5000 && negated > 1000); /* or the texts have stopped being a test */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_of_the_header_holds),
        cmocka_unit_test(contributions_are_weights_in_fixed_point),
        cmocka_unit_test(contributions_are_rounded_to_the_nearest),
        cmocka_unit_test(decimals_add_up_to_what_people_expect),
        cmocka_unit_test(sums_are_the_same_in_any_order),
        cmocka_unit_test(a_negator_counts_within_reach_only),
        cmocka_unit_test(a_reach_of_nothing_and_no_negators_negate_nothing),
        cmocka_unit_test(a_negator_behind_a_hit_does_not_count),
        cmocka_unit_test(one_negator_may_reach_two_hits_and_two_do_not_cancel),
        cmocka_unit_test(every_form_of_a_negator_counts),
        cmocka_unit_test(punctuation_ends_the_reach),
        cmocka_unit_test(hyphens_numbers_and_possessives_do_not_end_it),
        cmocka_unit_test(quotation_marks_do_not_end_it),
        cmocka_unit_test(the_end_of_a_sentence_ends_the_reach),
        cmocka_unit_test(another_document_is_out_of_reach),
        cmocka_unit_test(the_words_of_a_hit_do_not_negate_it),
        cmocka_unit_test(a_number_sign_in_letters_is_no_negator),
        cmocka_unit_test(tokens_under_the_mask_do_not_count),
        cmocka_unit_test(the_mask_counts_tokens_over_the_whole_column),
        cmocka_unit_test(a_hit_that_touches_the_mask_with_one_token_is_out),
        cmocka_unit_test(a_masked_hit_is_scored_as_any_other),
        cmocka_unit_test(a_negator_under_the_mask_still_negates),
        cmocka_unit_test(random_texts_score_as_defined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
