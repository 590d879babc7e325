#define _POSIX_C_SOURCE 200809L /* strnlen */
#include "support.h"

/* The lists are static: the test compiles the source once more, under other names, to see them. */
#define ca_english_abbreviation own_abbreviation
#define ca_english_roles own_roles
#define ca_english_may_be_abbreviation own_may_be_abbreviation
#include "../../csrc/core/english.c"

static ca_str str_of(const char *word) {
    return (ca_str){(const uint8_t *)word, strlen(word)};
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static ca_str word_at(size_t i) {
    return (ca_str){(const uint8_t *)entries[i].word,
                    strnlen(entries[i].word, sizeof entries[i].word)};
}

static void words_are_sorted_folded_ascii_and_have_a_role(void **unused) {
    (void)unused;
    for (size_t i = 0; i < COUNT(entries); i++) {
        ca_str own = word_at(i);
        assert_true(own.len > 0);
        assert_true(entries[i].roles != 0);
        for (size_t k = 0; k < own.len; k++) assert_true(own.ptr[k] >= 'a' && own.ptr[k] <= 'z');
        if (i > 0 && strncmp(entries[i - 1].word, entries[i].word, sizeof entries[i].word) >= 0)
            fail_msg("\"%s\" does not come before \"%s\"", entries[i - 1].word, entries[i].word);
        if (i > 0) assert_true(head_of(entries[i - 1].word) < head_of(entries[i].word));
    }
}

static void every_word_is_found_with_its_roles(void **unused) {
    (void)unused;
    for (size_t i = 0; i < COUNT(entries); i++)
        assert_int_equal(ca_english_roles(word_at(i)), entries[i].roles);
}

static void what_only_begins_or_ends_like_a_word_has_no_role(void **unused) {
    (void)unused;
    for (size_t i = 0; i < COUNT(entries); i++) {
        ca_str own = word_at(i);
        char other[32];
        memcpy(other, own.ptr, own.len);
        other[own.len] = 'z'; /* ends no word */
        assert_int_equal(ca_english_roles((ca_str){(uint8_t *)other, own.len + 1}), 0);
        memmove(other + 1, own.ptr, own.len);
        other[0] = 'z'; /* and begins none */
        assert_int_equal(ca_english_roles((ca_str){(uint8_t *)other, own.len + 1}), 0);
    }
    assert_int_equal(ca_english_roles(STR("")), 0);
    assert_int_equal(ca_english_roles(STR("\0")), 0);
    assert_int_equal(ca_english_roles(STR("The")), 0); /* wants it folded */
    assert_int_equal(ca_english_roles(STR("thehouseofthehoustee")), 0);
}

static void abbreviations_are_sorted_folded_and_as_long_as_the_header_says(void **unused) {
    (void)unused;
    size_t longest = 0;
    for (size_t i = 0; i < COUNT(abbreviations); i++) {
        const char *letters = abbreviations[i].word;
        size_t len = strnlen(letters, sizeof abbreviations[i].word);
        if (len > longest) longest = len;
        if (i > 0) assert_true(strncmp(abbreviations[i - 1].word, letters, 7) < 0);
        for (size_t at = 0; at < len; at++)
            assert_true((letters[at] >= 'a' && letters[at] <= 'z') ||
                        (at > 0 && letters[at] == '.'));
    }
    assert_int_equal(longest, CA_ENGLISH_LONGEST);
}

static void every_abbreviation_is_found_with_its_class(void **unused) {
    (void)unused;
    for (size_t i = 0; i < COUNT(abbreviations); i++) {
        const char *letters = abbreviations[i].word;
        ca_str whole = {(const uint8_t *)letters, strnlen(letters, sizeof abbreviations[i].word)};
        assert_int_equal(ca_english_abbreviation(whole), abbreviations[i].class);
        char longer[8];
        memcpy(longer, letters, whole.len);
        longer[whole.len] = '\x01'; /* in no word */
        ca_str more = {(const uint8_t *)longer, whole.len + 1};
        assert_int_equal(ca_english_abbreviation(more), CA_ABBR_NONE);
    }
}

/* What may be one, by its letters, is most of what is one, and not much more. */
static void few_words_may_be_abbreviations(void **unused) {
    (void)unused;
    for (size_t i = 0; i < COUNT(abbreviations); i++) {
        const char *letters = abbreviations[i].word;
        ca_str one = {(const uint8_t *)letters, strnlen(letters, sizeof abbreviations[i].word)};
        assert_true(ca_english_may_be_abbreviation(one));
    }
    assert_true(ca_english_may_be_abbreviation(STR("GEN")));
    assert_false(ca_english_may_be_abbreviation(STR("zero")));
    assert_false(ca_english_may_be_abbreviation(STR("generals")));
    assert_false(ca_english_may_be_abbreviation(STR("1990")));
    assert_false(ca_english_may_be_abbreviation(STR("")));
    size_t n = 0;
    for (char first = 'a'; first <= 'z'; first++) {
        for (char last = 'a'; last <= 'z'; last++)
            n += ca_english_may_be_abbreviation(str_of((char[]){first, last, '\0'}));
    }
    assert_true(n < 26 * 26 / 4);
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
    assert_int_equal(ca_english_abbreviation(STR("etc")), CA_ABBR_TIME);
    assert_int_equal(ca_english_abbreviation(STR("calif")), CA_ABBR_STATE);
    assert_int_equal(ca_english_abbreviation(STR("d.c")), CA_ABBR_STATE);
    assert_int_equal(ca_english_abbreviation(STR("the")), CA_ABBR_NONE);
    assert_int_equal(ca_english_abbreviation(STR("")), CA_ABBR_NONE);
    assert_int_equal(ca_english_abbreviation(STR("general")), CA_ABBR_NONE);
    assert_int_equal(ca_english_abbreviation(STR("Gen")), CA_ABBR_NONE); /* wants it folded */
}

static void roles_are_as_the_header_says(void **unused) {
    (void)unused;
    assert_int_equal(ca_english_roles(STR("the")), CA_ROLE_STARTER);
    assert_int_equal(ca_english_roles(STR("and")), CA_ROLE_STARTER | CA_ROLE_LINK);
    assert_int_equal(ca_english_roles(STR("may")), CA_ROLE_STARTER | CA_ROLE_TIME | CA_ROLE_TOO);
    assert_int_equal(ca_english_roles(STR("it")), CA_ROLE_STARTER | CA_ROLE_PRONOUN);
    assert_int_equal(ca_english_roles(STR("mrs")), CA_ROLE_COURTESY);
    assert_int_equal(ca_english_roles(STR("plan")), CA_ROLE_LABEL);
    assert_int_equal(ca_english_roles(STR("yahoo")), CA_ROLE_SHOUT);
    assert_int_equal(ca_english_roles(STR("iran")), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_sorted_folded_ascii_and_have_a_role),
        cmocka_unit_test(every_word_is_found_with_its_roles),
        cmocka_unit_test(what_only_begins_or_ends_like_a_word_has_no_role),
        cmocka_unit_test(abbreviations_are_sorted_folded_and_as_long_as_the_header_says),
        cmocka_unit_test(every_abbreviation_is_found_with_its_class),
        cmocka_unit_test(few_words_may_be_abbreviations),
        cmocka_unit_test(classes_are_as_the_header_says),
        cmocka_unit_test(roles_are_as_the_header_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
