#include "letters.h"

#include <math.h>

#include "../../csrc/core/vader.h"

/* A small list of words of its own; valences that are easy to add. */
static ca_status add_words(ca_vader *vader) {
    static const struct {
        ca_vader_kind kind;
        const char *word;
        double value;
    } words[] = {
        {CA_VADER_WORD, "fine", 2.0},        {CA_VADER_WORD, "grim", -2.0},
        {CA_VADER_WORD, "no", -1.0},         {CA_VADER_WORD, ":-)", 1.0},
        {CA_VADER_WORD, "kind", 2.0},        {CA_VADER_BOOSTER, "truly", 0.3},
        {CA_VADER_BOOSTER, "hardly", -0.3},  {CA_VADER_BOOSTER, "sort of", -0.5},
        {CA_VADER_NEGATION, "not", 0},       {CA_VADER_NEGATION, "never", 0},
        {CA_VADER_IDIOM, "fine line", -1.0}, {CA_VADER_WORD, "counterrevolutionaries", -3.0},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ca_str word = {(const uint8_t *)words[i].word, strlen(words[i].word)};
        CA_TRY(ca_vader_add(vader, words[i].kind, word, words[i].value, (uint32_t)i));
    }
    return ca_vader_add_emoji(vader, 0x1F600, STR("fine face"));
}

static ca_status fill(const ca_alloc *alloc, const ca_letters *letters, ca_vader_port port,
                      bool fold, ca_vader *vader) {
    CA_TRY(ca_vader_init(vader, alloc, letters, port, false, fold));
    ca_status status = add_words(vader);
    if (status != CA_OK) ca_vader_reset(vader);
    return status;
}

typedef struct scored {
    ca_vader_score score;
    ca_vader_hit hits[8];
    size_t n;
} scored;

static scored score_with(ca_vader_port port, bool fold, const ca_vader_mask *mask, ca_str text) {
    ca_alloc libc = ca_alloc_libc();
    ca_letters letters = letters_open(&libc);
    ca_vader vader;
    ca_vader_work work = {.tokens = NULL};
    scored out = {.n = 0};
    const char *why = "";
    assert_int_equal(fill(&libc, &letters, port, fold, &vader), CA_OK);
    if (!ca_vader_validate(&vader, &why)) fail_msg("vader: %s", why);
    ca_text given = {.ptr = text.ptr, .len = text.len, .form = CA_TEXT_UTF8};
    assert_int_equal(ca_vader_text(&vader, &work, &libc, &given, mask, true, NULL, &out.score),
                     CA_OK);
    assert_true(work.n_hits <= 8);
    out.n = work.n_hits;
    for (size_t i = 0; i < out.n; i++) out.hits[i] = work.hits[i];
    ca_vader_work_reset(&libc, &work);
    ca_vader_reset(&vader);
    ca_letters_reset(&letters);
    return out;
}

static scored score(ca_str text) {
    return score_with(CA_VADER_REFERENCE, false, NULL, text);
}

static double first_value(const char *text) {
    scored s = score((ca_str){(const uint8_t *)text, strlen(text)});
    assert_true(s.n > 0);
    return s.hits[0].contribution;
}

static void near(double is, double wanted) {
    if (fabs(is - wanted) > 1e-12) fail_msg("got %.15g, wanted %.15g", is, wanted);
}

static void a_text_without_tokens_is_all_zero(void **unused) {
    (void)unused;
    scored s = score(STR(" \t\xC2\xA0\xE2\x80\x83"));
    near(s.score.neg + s.score.neu + s.score.pos + s.score.compound, 0);
}

static void neutral_words_alone_are_neutral(void **unused) {
    (void)unused;
    near(score(STR("they met ...")).score.neu, 1);
}

static void a_word_has_its_valence_in_any_case_and_between_signs(void **unused) {
    (void)unused;
    near(first_value("fine"), 2);
    near(first_value("Fine,"), 2);
    near(first_value("(\"fine\")"), 2);
    near(first_value("FINE"), 2); /* all tokens are in capitals, so none stands out */
    near(first_value("Counterrevolutionaries!"), -3);
}

static void capitals_among_small_letters_add(void **unused) {
    (void)unused;
    near(first_value("it is FINE"), 2.733);
    near(first_value("it is GRIM"), -2.733);
}

static void boosters_add_with_the_sign_of_the_word_and_fade(void **unused) {
    (void)unused;
    near(first_value("truly fine"), 2.3);
    near(first_value("truly grim"), -2.3);
    near(first_value("hardly fine"), 1.7);
    near(first_value("truly x fine"), 2 + 0.3 * 0.95);
    near(first_value("truly x x fine"), 2 + 0.3 * 0.9);
    near(first_value("truly x x x fine"), 2);
}

static void negations_turn_up_to_three_words_ahead(void **unused) {
    (void)unused;
    near(first_value("not fine"), -1.48);
    near(first_value("isn't x x fine"), -1.48);
    near(first_value("not x x x fine"), 2);
}

static void this_right_before_a_word_strengthens_it(void **unused) {
    (void)unused;
    near(first_value("x x this fine"), 2.5);
    near(first_value("x this fine"), 2);
}

static void never_so_strengthens_more_in_nltk(void **unused) {
    (void)unused;
    near(first_value("never so fine"), 2 * 1.25);
    scored s = score_with(CA_VADER_NLTK, false, NULL, STR("never so fine"));
    near(s.hits[0].contribution, 2 * 1.5);
}

static void no_negates_and_is_nothing_itself_before_a_word(void **unused) {
    (void)unused;
    scored s = score(STR("no fine talk"));
    assert_int_equal(s.n, 2);
    near(s.hits[0].contribution, 0);
    near(s.hits[1].contribution, -1.48);
    near(score_with(CA_VADER_NLTK, false, NULL, STR("no fine talk")).hits[0].contribution, -1);
}

static void idioms_count_where_three_words_stand_before(void **unused) {
    (void)unused;
    near(first_value("it is a fine line"), -1);
    near(first_value("a fine line"), 2);
}

static void a_booster_of_two_words_is_not_turned_by_the_sign(void **unused) {
    (void)unused;
    near(first_value("x sort of grim"), -2.5);
    near(score(STR("kind of fine")).hits[0].contribution, 2); /* "kind" is passed over */
}

static void exclamations_add_up_to_four_times(void **unused) {
    (void)unused;
    near(score(STR("fine!!!!!")).score.emphasis, 4 * 0.292);
    near(score(STR("grim??")).score.emphasis, -0.36);
    near(score(STR("fine?")).score.emphasis, 0);
    near(score(STR("they met!!")).score.emphasis, 0);
}

static void compound_is_rounded_to_four_digits(void **unused) {
    (void)unused;
    near(score(STR("fine")).score.compound, 0.4588);
    near(score(STR("fine")).score.pos, 1);
}

static void an_emoji_is_its_words_and_what_follows_hangs_on(void **unused) {
    (void)unused;
    scored s = score(STR("ok\xF0\x9F\x98\x80 then"));
    assert_int_equal(s.n, 1);
    assert_int_equal(s.hits[0].start, 2);
    assert_int_equal(s.hits[0].end, 3);
}

static void places_count_code_points(void **unused) {
    (void)unused;
    scored s = score(STR("\xC3\x89t\xC3\xA9, fine."));
    assert_int_equal(s.n, 1);
    assert_int_equal(s.hits[0].start, 5);
    assert_int_equal(s.hits[0].end, 9);
    assert_int_equal(s.hits[0].word, 0);
}

static void curly_apostrophes_negate_only_where_folded(void **unused) {
    (void)unused;
    near(first_value("isn\xE2\x80\x99t fine"), 2);
    scored s = score_with(CA_VADER_REFERENCE, true, NULL, STR("isn\xE2\x80\x99t fine"));
    near(s.hits[0].contribution, -1.48);
    assert_int_equal(s.hits[0].start, 6);
}

static void a_masked_word_is_unknown(void **unused) {
    (void)unused;
    int64_t start[] = {0}, end[] = {4};
    ca_vader_mask mask = {start, end, 1};
    scored s = score_with(CA_VADER_REFERENCE, false, &mask, STR("fine grim"));
    assert_int_equal(s.n, 1);
    near(s.hits[0].contribution, -2);
}

static void nltk_takes_one_listed_run_of_signs_off(void **unused) {
    (void)unused;
    assert_int_equal(score_with(CA_VADER_NLTK, false, NULL, STR("fine!! x")).n, 1);
    assert_int_equal(score_with(CA_VADER_NLTK, false, NULL, STR("(fine) x")).n, 0);
    assert_int_equal(score_with(CA_VADER_NLTK, false, NULL, STR("fine!!!! x")).n, 0);
}

static void nltk_gives_a_repeated_word_its_first_context(void **unused) {
    (void)unused;
    scored s = score_with(CA_VADER_NLTK, false, NULL, STR("fine xx not fine"));
    near(s.hits[1].contribution, 2);
    near(score(STR("fine xx not fine")).hits[1].contribution, -1.48);
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
    ca_vader_work work = {.tokens = NULL};
    ca_vader_score out;
    ca_text text = {
        .ptr = "a \xF0\x9F\x98\x80 fine \xE2\x84\xAAind", .len = 17, .form = CA_TEXT_UTF8};
    CA_TRY(fill(alloc, &self->letters, self->port, true, &vader));
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
        cmocka_unit_test(a_word_has_its_valence_in_any_case_and_between_signs),
        cmocka_unit_test(capitals_among_small_letters_add),
        cmocka_unit_test(boosters_add_with_the_sign_of_the_word_and_fade),
        cmocka_unit_test(negations_turn_up_to_three_words_ahead),
        cmocka_unit_test(this_right_before_a_word_strengthens_it),
        cmocka_unit_test(never_so_strengthens_more_in_nltk),
        cmocka_unit_test(no_negates_and_is_nothing_itself_before_a_word),
        cmocka_unit_test(idioms_count_where_three_words_stand_before),
        cmocka_unit_test(a_booster_of_two_words_is_not_turned_by_the_sign),
        cmocka_unit_test(exclamations_add_up_to_four_times),
        cmocka_unit_test(compound_is_rounded_to_four_digits),
        cmocka_unit_test(an_emoji_is_its_words_and_what_follows_hangs_on),
        cmocka_unit_test(places_count_code_points),
        cmocka_unit_test(curly_apostrophes_negate_only_where_folded),
        cmocka_unit_test(a_masked_word_is_unknown),
        cmocka_unit_test(nltk_takes_one_listed_run_of_signs_off),
        cmocka_unit_test(nltk_gives_a_repeated_word_its_first_context),
        cmocka_unit_test(rounding_goes_to_even_where_the_value_lies_between),
        cmocka_unit_test(no_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
