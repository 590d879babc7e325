#include "vader.h"

typedef struct opened {
    ca_alloc libc;
    ca_letters letters;
    ca_vader_words words;
} opened;

static int open_words(void **state) {
    opened *self = malloc(sizeof *self);
    const char *why = "";
    assert_non_null(self);
    self->libc = ca_alloc_libc();
    self->letters = letters_open(&self->libc);
    assert_int_equal(ca_vader_words_init(&self->words, &self->libc, &self->letters), CA_OK);
    assert_int_equal(vader_add_words(&self->words), CA_OK);
    if (!ca_vader_words_validate(&self->words, &why)) fail_msg("words: %s", why);
    *state = self;
    return 0;
}

static int close_words(void **state) {
    opened *self = *state;
    ca_vader_words_reset(&self->words);
    ca_letters_reset(&self->letters);
    free(self);
    return 0;
}

static const ca_vader_entry *entry_of(const opened *self, const char *word) {
    return &self->words.entries[ca_vader_words_find(&self->words, vader_text(word))];
}

static void an_unknown_word_is_entry_0(void **state) {
    opened *self = *state;
    assert_int_equal(ca_vader_words_find(&self->words, STR("they")), 0);
    assert_int_equal(ca_vader_words_find(&self->words, STR("")), 0);
    assert_int_equal(ca_vader_words_find(&self->words, STR("counterrevolutionary!!")), 0);
    assert_int_equal(self->words.entries[0].flags, 0);
}

static void a_word_can_be_several_things(void **state) {
    opened *self = *state;
    assert_int_equal(entry_of(self, "no")->flags, CA_ENTRY_LEXICON | CA_ENTRY_NO);
    assert_int_equal(entry_of(self, "never")->flags, CA_ENTRY_NEGATION | CA_ENTRY_NEVER);
    near(entry_of(self, "truly")->booster, 0.3);
    near(entry_of(self, "counterrevolutionaries")->valence, -3);
}

static void a_later_word_takes_the_place_of_an_equal_one(void **state) {
    opened *self = *state;
    assert_int_equal(ca_vader_words_add(&self->words, CA_VADER_WORD, STR("fine"), 5, 77), CA_OK);
    near(entry_of(self, "fine")->valence, 5);
    assert_int_equal(entry_of(self, "fine")->word, 77);
}

static void a_word_that_no_lower_case_can_be_is_left_out(void **state) {
    opened *self = *state;
    size_t n = self->words.n;
    assert_int_equal(ca_vader_words_add(&self->words, CA_VADER_WORD, STR(":D"), 1, 0), CA_OK);
    assert_int_equal(ca_vader_words_add(&self->words, CA_VADER_WORD, STR("\xC3\x89t"), 1, 0),
                     CA_OK);
    assert_int_equal(ca_vader_words_find(&self->words, STR(":D")), 0);
    assert_int_equal(self->words.n, n);
    assert_true(self->words.ascii_keys);
    assert_int_equal(ca_vader_words_add(&self->words, CA_VADER_WORD, STR("\xC3\xA9t"), 1, 0),
                     CA_OK);
    assert_false(self->words.ascii_keys);
}

static void a_phrase_has_two_or_three_words(void **state) {
    opened *self = *state;
    const char *const phrases[] = {"a b c", "a b c d", " a b", "a  b", "fine line"};
    size_t n = self->words.n_phrases;
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(
            ca_vader_words_add(&self->words, CA_VADER_IDIOM, vader_text(phrases[i]), 1, 0), CA_OK);
    assert_int_equal(self->words.n_phrases, n + 1); /* the first; the last was there */
    assert_int_not_equal(entry_of(self, "line")->gram, 0);
}

static void an_emoji_has_a_number_and_words(void **state) {
    opened *self = *state;
    uint32_t emoji = ca_vader_words_emoji(&self->words, 0x1F600);
    assert_int_equal(emoji, 1);
    assert_true(ca_str_equal(ca_vader_words_description(&self->words, emoji), STR("fine face")));
    assert_int_equal(ca_vader_words_emoji(&self->words, 0x1F601), 0);
    assert_int_equal(ca_vader_words_emoji(&self->words, 0x110000), 0);
    assert_int_equal(ca_vader_words_add_emoji(&self->words, 0x110000, STR("x")), CA_INVALID);
}

static void thousands_of_words_are_found_again(void **state) {
    opened *self = *state;
    const char *why = "";
    for (unsigned i = 0; i < 5000; i++) {
        uint8_t word[24];
        size_t len = 3 + i % 21;
        for (size_t k = 0; k < len; k++) word[k] = (uint8_t)('a' + (i >> k % 13 & 7));
        assert_int_equal(ca_vader_words_add(&self->words, CA_VADER_WORD, (ca_str){word, len}, i, i),
                         CA_OK);
        assert_true(ca_vader_words_find(&self->words, (ca_str){word, len}) != 0);
    }
    if (!ca_vader_words_validate(&self->words, &why)) fail_msg("words: %s", why);
}

static ca_status build(const ca_alloc *alloc, void *ctx) {
    ca_vader_words words;
    CA_TRY(ca_vader_words_init(&words, alloc, ctx));
    ca_status status = vader_add_words(&words);
    for (uint8_t i = 0; i < 200 && status == CA_OK; i++) {
        const uint8_t word[] = {'x', (uint8_t)('a' + i % 26), (uint8_t)('a' + i / 26)};
        status = ca_vader_words_add(&words, CA_VADER_WORD, (ca_str){word, 3}, 1, i);
    }
    ca_vader_words_reset(&words);
    return status;
}

static void no_memory_leaves_nothing_behind(void **state) {
    opened *self = *state;
    sweep_allocations(build, &self->letters);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_unknown_word_is_entry_0, open_words, close_words),
        cmocka_unit_test_setup_teardown(a_word_can_be_several_things, open_words, close_words),
        cmocka_unit_test_setup_teardown(a_later_word_takes_the_place_of_an_equal_one, open_words,
                                        close_words),
        cmocka_unit_test_setup_teardown(a_word_that_no_lower_case_can_be_is_left_out, open_words,
                                        close_words),
        cmocka_unit_test_setup_teardown(a_phrase_has_two_or_three_words, open_words, close_words),
        cmocka_unit_test_setup_teardown(an_emoji_has_a_number_and_words, open_words, close_words),
        cmocka_unit_test_setup_teardown(thousands_of_words_are_found_again, open_words,
                                        close_words),
        cmocka_unit_test_setup_teardown(no_memory_leaves_nothing_behind, open_words, close_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
