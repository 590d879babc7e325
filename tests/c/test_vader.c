#include "vader.h"

static void a_text_without_tokens_is_all_zero(void **unused) {
    (void)unused;
    vader_scored s = vader_score(STR(" \t\xC2\xA0\xE2\x80\x83"));
    near(s.score.neg + s.score.neu + s.score.pos + s.score.compound, 0);
}

static void neutral_words_alone_are_neutral(void **unused) {
    (void)unused;
    near(vader_score(STR("they met ...")).score.neu, 1);
}

static void exclamations_add_up_to_four_times(void **unused) {
    (void)unused;
    near(vader_score(STR("fine!!!!!")).score.emphasis, 4 * 0.292);
    near(vader_score(STR("grim??")).score.emphasis, -0.36);
    near(vader_score(STR("fine?")).score.emphasis, 0);
    near(vader_score(STR("they met!!")).score.emphasis, 0);
}

static void compound_is_rounded_to_four_digits(void **unused) {
    (void)unused;
    near(vader_score(STR("fine")).score.compound, 0.4588);
    near(vader_score(STR("fine")).score.pos, 1);
}

static void an_emoji_is_its_words_and_what_follows_hangs_on(void **unused) {
    (void)unused;
    vader_scored s = vader_score(STR("ok\xF0\x9F\x98\x80 then"));
    assert_int_equal(s.n, 1);
    assert_int_equal(s.hits[0].start, 2);
    assert_int_equal(s.hits[0].end, 3);
}

static void places_count_code_points(void **unused) {
    (void)unused;
    vader_scored s = vader_score(STR("\xC3\x89t\xC3\xA9, fine."));
    assert_int_equal(s.n, 1);
    assert_int_equal(s.hits[0].start, 5);
    assert_int_equal(s.hits[0].end, 9);
    assert_int_equal(s.hits[0].word, 0);
}

static void curly_apostrophes_negate_only_where_folded(void **unused) {
    (void)unused;
    near(vader_value(CA_VADER_REFERENCE, "isn\xE2\x80\x99t fine"), 2);
    vader_scored s = vader_score_with(CA_VADER_REFERENCE, true, NULL, STR("isn\xE2\x80\x99t fine"));
    near(s.hits[0].contribution, -1.48);
    assert_int_equal(s.hits[0].start, 6);
}

static void a_masked_word_is_unknown(void **unused) {
    (void)unused;
    int64_t start[] = {0}, end[] = {4};
    ca_vader_mask mask = {start, end, 1};
    vader_scored s = vader_score_with(CA_VADER_REFERENCE, false, &mask, STR("fine grim"));
    assert_int_equal(s.n, 1);
    near(s.hits[0].contribution, -2);
}

static void rounding_goes_to_even_where_the_value_lies_between(void **unused) {
    (void)unused;
    assert_true(ca_vader_round(0.125, 2) == 0.12);
    assert_true(ca_vader_round(0.375, 2) == 0.38);
    assert_true(ca_vader_round(0.0005, 3) == 0.001); /* the double is a little more */
    assert_true(ca_vader_round(0.0015, 3) == 0.002);
    assert_true(ca_vader_round(0.0025, 3) == 0.003);
    assert_true(ca_vader_round(-0.125, 2) == -0.12);
    assert_true(ca_vader_round(1.0, 3) == 1.0);
}

typedef struct sweep {
    ca_vader_port port;
    ca_letters letters;
} sweep;

static ca_status build_and_score(const ca_alloc *alloc, void *ctx) {
    sweep *self = ctx;
    ca_vader vader;
    ca_vader_work work = {.n_hits = 0};
    ca_vader_score out;
    ca_text text = {
        .ptr = "a \xF0\x9F\x98\x80 fine \xE2\x84\xAAind", .len = 17, .form = CA_TEXT_UTF8};
    CA_TRY(vader_fill(alloc, &self->letters, self->port, true, &vader));
    ca_status status = ca_vader_text(&vader, &work, alloc, &text, NULL, true, NULL, &out);
    ca_vader_work_reset(alloc, &work);
    ca_vader_reset(&vader);
    return status;
}

static void no_memory_leaves_nothing_behind(void **unused) {
    (void)unused;
    ca_alloc libc = ca_alloc_libc();
    sweep state = {CA_VADER_REFERENCE, letters_open(&libc)};
    sweep_allocations(build_and_score, &state);
    state.port = CA_VADER_NLTK;
    sweep_allocations(build_and_score, &state);
    ca_letters_reset(&state.letters);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_without_tokens_is_all_zero),
        cmocka_unit_test(neutral_words_alone_are_neutral),
        cmocka_unit_test(exclamations_add_up_to_four_times),
        cmocka_unit_test(compound_is_rounded_to_four_digits),
        cmocka_unit_test(an_emoji_is_its_words_and_what_follows_hangs_on),
        cmocka_unit_test(places_count_code_points),
        cmocka_unit_test(curly_apostrophes_negate_only_where_folded),
        cmocka_unit_test(a_masked_word_is_unknown),
        cmocka_unit_test(rounding_goes_to_even_where_the_value_lies_between),
        cmocka_unit_test(no_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
