#include "vader.h"

static void capitals_among_small_letters_add(void **unused) {
    (void)unused;
    near(vader_value(CA_VADER_REFERENCE, "it is FINE"), 2.733);
    near(vader_value(CA_VADER_REFERENCE, "it is GRIM"), -2.733);
}

static void boosters_add_with_the_sign_of_the_word_and_fade(void **unused) {
    (void)unused;
    near(vader_value(CA_VADER_REFERENCE, "truly fine"), 2.3);
    near(vader_value(CA_VADER_REFERENCE, "truly grim"), -2.3);
    near(vader_value(CA_VADER_REFERENCE, "hardly fine"), 1.7);
    near(vader_value(CA_VADER_REFERENCE, "truly x fine"), 2 + 0.3 * 0.95);
    near(vader_value(CA_VADER_REFERENCE, "truly x x fine"), 2 + 0.3 * 0.9);
    near(vader_value(CA_VADER_REFERENCE, "truly x x x fine"), 2);
}

static void negations_turn_up_to_three_words_ahead(void **unused) {
    (void)unused;
    near(vader_value(CA_VADER_REFERENCE, "not fine"), -1.48);
    near(vader_value(CA_VADER_REFERENCE, "isn't x x fine"), -1.48);
    near(vader_value(CA_VADER_REFERENCE, "not x x x fine"), 2);
}

static void this_right_before_a_word_strengthens_it(void **unused) {
    (void)unused;
    near(vader_value(CA_VADER_REFERENCE, "x x this fine"), 2.5);
    near(vader_value(CA_VADER_REFERENCE, "x this fine"), 2);
}

static void never_so_strengthens_more_in_nltk(void **unused) {
    (void)unused;
    near(vader_value(CA_VADER_REFERENCE, "never so fine"), 2 * 1.25);
    vader_scored s = vader_score_with(CA_VADER_NLTK, false, NULL, STR("never so fine"));
    near(s.hits[0].contribution, 2 * 1.5);
}

static void no_negates_and_is_nothing_itself_before_a_word(void **unused) {
    (void)unused;
    vader_scored s = vader_score(STR("no fine talk"));
    assert_int_equal(s.n, 2);
    near(s.hits[0].contribution, 0);
    near(s.hits[1].contribution, -1.48);
    near(vader_score_with(CA_VADER_NLTK, false, NULL, STR("no fine talk")).hits[0].contribution,
         -1);
}

static void idioms_count_where_three_words_stand_before(void **unused) {
    (void)unused;
    near(vader_value(CA_VADER_REFERENCE, "it is a fine line"), -1);
    near(vader_value(CA_VADER_REFERENCE, "a fine line"), 2);
}

static void a_booster_of_two_words_is_not_turned_by_the_sign(void **unused) {
    (void)unused;
    near(vader_value(CA_VADER_REFERENCE, "x sort of grim"), -2.5);
    near(vader_score(STR("kind of fine")).hits[0].contribution, 2); /* "kind" is passed over */
}

static void nltk_gives_a_repeated_word_its_first_context(void **unused) {
    (void)unused;
    vader_scored s = vader_score_with(CA_VADER_NLTK, false, NULL, STR("fine xx not fine"));
    near(s.hits[1].contribution, 2);
    near(vader_score(STR("fine xx not fine")).hits[1].contribution, -1.48);
}

static void least_turns_a_word_unless_at_or_very_stands_before(void **unused) {
    (void)unused;
    near(vader_value(CA_VADER_REFERENCE, "least fine"), -1.48);
    near(vader_value(CA_VADER_REFERENCE, "x least fine"), -1.48);
    near(vader_value(CA_VADER_REFERENCE, "at least fine"), 2);
    near(vader_value(CA_VADER_REFERENCE, "very least fine"), 2);
}

static void doubt_behind_without_negates_nothing(void **unused) {
    (void)unused;
    near(vader_value(CA_VADER_REFERENCE, "without doubt fine"), 2);
    near(vader_value(CA_VADER_REFERENCE, "without a doubt fine"), 2);
}

static void but_halves_what_is_before_and_raises_what_is_behind(void **unused) {
    (void)unused;
    vader_scored s = vader_score(STR("fine but grim"));
    near(s.hits[0].contribution, 1);
    near(s.hits[1].contribution, -3);
    assert_int_equal(s.hits[0].shifters, CA_VADER_BEFORE_BUT);
    assert_int_equal(s.hits[1].shifters, CA_VADER_BEHIND_BUT);
    s = vader_score_with(CA_VADER_NLTK, false, NULL, STR("fine xx but grim"));
    near(s.hits[0].contribution, 1);
    near(s.hits[1].contribution, -3);
}

static void equal_valences_before_but_are_scaled_twice_as_in_the_package(void **unused) {
    (void)unused;
    vader_scored s = vader_score(STR("fine :-) but x"));
    near(s.hits[0].contribution, 0.5);
    near(s.hits[1].contribution, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(capitals_among_small_letters_add),
        cmocka_unit_test(boosters_add_with_the_sign_of_the_word_and_fade),
        cmocka_unit_test(negations_turn_up_to_three_words_ahead),
        cmocka_unit_test(this_right_before_a_word_strengthens_it),
        cmocka_unit_test(never_so_strengthens_more_in_nltk),
        cmocka_unit_test(no_negates_and_is_nothing_itself_before_a_word),
        cmocka_unit_test(idioms_count_where_three_words_stand_before),
        cmocka_unit_test(a_booster_of_two_words_is_not_turned_by_the_sign),
        cmocka_unit_test(nltk_gives_a_repeated_word_its_first_context),
        cmocka_unit_test(least_turns_a_word_unless_at_or_very_stands_before),
        cmocka_unit_test(doubt_behind_without_negates_nothing),
        cmocka_unit_test(but_halves_what_is_before_and_raises_what_is_behind),
        cmocka_unit_test(equal_valences_before_but_are_scaled_twice_as_in_the_package),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
