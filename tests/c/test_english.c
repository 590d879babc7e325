#define _POSIX_C_SOURCE 200809L /* strnlen */
#include "support.h"

/* The lists are static: the test compiles the source once more, under other names, to see them. */
#define ca_english_abbreviation own_abbreviation
#define ca_english_may_be_abbreviation own_may_be_abbreviation
#define ca_english_is_starter own_is_starter
#define ca_english_is_time_word own_is_time_word
#define ca_english_is_pronoun own_is_pronoun
#define ca_english_is_courtesy own_is_courtesy
#define ca_english_is_link own_is_link
#include "../../csrc/core/english.c"

typedef struct list {
    const char *name;
    const char *const *items;
    size_t n;
} list;

#define LIST(name) {#name, name, COUNT(name)}

static const list all[] = {
    LIST(starters), LIST(time_words), LIST(pronouns), LIST(courtesies), LIST(links),
};

static ca_str str_of(const char *word) {
    return (ca_str){(const uint8_t *)word, strlen(word)};
}

static void every_list_is_sorted_and_holds_nothing_twice(void **unused) {
    (void)unused;
    for (size_t i = 0; i < COUNT(all); i++) {
        for (size_t k = 1; k < all[i].n; k++) {
            if (strcmp(all[i].items[k - 1], all[i].items[k]) < 0) continue;
            fail_msg("%s: \"%s\" does not come before \"%s\"", all[i].name, all[i].items[k - 1],
                     all[i].items[k]);
        }
    }
}

static void every_word_is_found_in_its_list(void **unused) {
    (void)unused;
    for (size_t i = 0; i < COUNT(all); i++) {
        for (size_t k = 0; k < all[i].n; k++)
            assert_true(list_has(all[i].items, all[i].n, str_of(all[i].items[k])));
    }
}

static void what_only_begins_like_a_word_is_not_found(void **unused) {
    (void)unused;
    for (size_t i = 0; i < COUNT(all); i++) {
        for (size_t k = 0; k < all[i].n; k++) {
            char longer[32];
            size_t len = strlen(all[i].items[k]);
            memcpy(longer, all[i].items[k], len);
            longer[len] = '\x01'; /* in no word */
            assert_false(list_has(all[i].items, all[i].n, (ca_str){(uint8_t *)longer, len + 1}));
        }
        assert_false(list_has(all[i].items, all[i].n, STR("")));
        assert_false(list_has(all[i].items, all[i].n, STR("\0")));
        assert_false(list_has(all[i].items, all[i].n, STR("zzzzzz")));
    }
}

static void words_are_folded_ascii(void **unused) {
    (void)unused;
    for (size_t i = 0; i < COUNT(all); i++) {
        for (size_t k = 0; k < all[i].n; k++) {
            const char *word = all[i].items[k];
            assert_true(word[0] != '\0');
            for (; *word != '\0'; word++)
                assert_true((*word >= 'a' && *word <= 'z') || *word == '.');
        }
    }
}

static void abbreviations_are_sorted_folded_and_as_long_as_the_header_says(void **unused) {
    (void)unused;
    size_t longest = 0;
    for (size_t i = 0; i < COUNT(abbreviations); i++) {
        const char *word = abbreviations[i].word;
        size_t len = strnlen(word, sizeof abbreviations[i].word);
        if (len > longest) longest = len;
        if (i > 0) assert_true(strncmp(abbreviations[i - 1].word, word, 7) < 0);
        for (size_t at = 0; at < len; at++)
            assert_true((word[at] >= 'a' && word[at] <= 'z') || (at > 0 && word[at] == '.'));
    }
    assert_int_equal(longest, CA_ENGLISH_LONGEST);
}

static void every_abbreviation_is_found_with_its_class(void **unused) {
    (void)unused;
    for (size_t i = 0; i < COUNT(abbreviations); i++) {
        const char *word = abbreviations[i].word;
        ca_str whole = {(const uint8_t *)word, strnlen(word, sizeof abbreviations[i].word)};
        assert_int_equal(ca_english_abbreviation(whole), abbreviations[i].class);
        char longer[8];
        memcpy(longer, word, whole.len);
        longer[whole.len] = '\x01'; /* in no word */
        ca_str more = {(const uint8_t *)longer, whole.len + 1};
        assert_int_equal(ca_english_abbreviation(more), CA_ABBR_NONE);
    }
}

/* shape.c folds into 16 bytes, scan.c pronouns into 12. */
static void the_other_words_are_in_reach(void **unused) {
    (void)unused;
    for (size_t k = 0; k < COUNT(starters); k++) assert_true(strlen(starters[k]) <= 16);
    for (size_t k = 0; k < COUNT(time_words); k++) assert_true(strlen(time_words[k]) <= 16);
    for (size_t k = 0; k < COUNT(links); k++) assert_true(strlen(links[k]) <= 16);
    for (size_t k = 0; k < COUNT(pronouns); k++) assert_true(strlen(pronouns[k]) <= 12);
}

static void classes_are_as_the_header_says(void **unused) {
    (void)unused;
    assert_int_equal(ca_english_abbreviation(STR("gen")), CA_ABBR_TITLE);
    assert_int_equal(ca_english_abbreviation(STR("messrs")), CA_ABBR_TITLE);
    assert_int_equal(ca_english_abbreviation(STR("inc")), CA_ABBR_MAYBE);
    assert_int_equal(ca_english_abbreviation(STR("approx")), CA_ABBR_MAYBE);
    assert_int_equal(ca_english_abbreviation(STR("sept")), CA_ABBR_MONTH);
    assert_int_equal(ca_english_abbreviation(STR("no")), CA_ABBR_NUMBER);
    assert_int_equal(ca_english_abbreviation(STR("jan")), CA_ABBR_NUMBER);
    assert_int_equal(ca_english_abbreviation(STR("a.m")), CA_ABBR_TIME);
    assert_int_equal(ca_english_abbreviation(STR("the")), CA_ABBR_NONE);
    assert_int_equal(ca_english_abbreviation(STR("")), CA_ABBR_NONE);
    assert_int_equal(ca_english_abbreviation(STR("general")), CA_ABBR_NONE);
    assert_int_equal(ca_english_abbreviation(STR("Gen")), CA_ABBR_NONE); /* wants it folded */
}

static void the_word_lists_answer(void **unused) {
    (void)unused;
    assert_true(ca_english_is_starter(STR("the")));
    assert_false(ca_english_is_starter(STR("milley")));
    assert_true(ca_english_is_time_word(STR("monday")));
    assert_false(ca_english_is_time_word(STR("the")));
    assert_true(ca_english_is_pronoun(STR("it")));
    assert_false(ca_english_is_pronoun(STR("iran")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_list_is_sorted_and_holds_nothing_twice),
        cmocka_unit_test(every_word_is_found_in_its_list),
        cmocka_unit_test(what_only_begins_like_a_word_is_not_found),
        cmocka_unit_test(words_are_folded_ascii),
        cmocka_unit_test(abbreviations_are_sorted_folded_and_as_long_as_the_header_says),
        cmocka_unit_test(every_abbreviation_is_found_with_its_class),
        cmocka_unit_test(the_other_words_are_in_reach),
        cmocka_unit_test(classes_are_as_the_header_says),
        cmocka_unit_test(the_word_lists_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
