#include "support.h"

#include "../../csrc/core/shape.h"

/* That `type` has exactly this shape; the message names the bits that differ. */
static void check_shape(ca_str type, ca_shape wanted, const char *file, int line) {
    ca_shape shape = ca_shape_of(type);
    if (shape == wanted) return;
    print_error("%s:%d: \"%.*s\": got %s %#x instead of %s %#x\n", file, line, (int)type.len,
                (const char *)type.ptr, ca_kind_names[ca_shape_kind(shape)], shape & ~0xFu,
                ca_kind_names[ca_shape_kind(wanted)], wanted & ~0xFu);
    _fail(file, line);
}

#define assert_shape(type, ...) check_shape(STR(type), (ca_shape)(__VA_ARGS__), __FILE__, __LINE__)

#define assert_kind(type, kind) assert_int_equal(ca_shape_kind(ca_shape_of(STR(type))), kind)

enum {
    ABBREVIATION = CA_WORD | CA_CAPITAL | CA_STOPPED_WORD,
    INITIALS = CA_WORD | CA_CAPITAL | CA_ALL_CAPS | CA_STOPPED_WORD
};

static void every_kind_has_a_name(void **unused) {
    (void)unused;
    for (size_t i = 0; i < CA_KIND_COUNT; i++) assert_non_null(ca_kind_names[i]);
    assert_string_equal(ca_kind_names[CA_WORD], "word");
    assert_string_equal(ca_kind_names[CA_SYMBOL_KIND], "symbol");
    assert_string_equal(ca_kind_names[CA_SPACE_KIND], "space");
    assert_true(CA_KIND_COUNT <= CA_KIND_MASK + 1);
}

static void the_examples_of_the_header_hold(void **unused) {
    (void)unused;
    assert_shape("The", CA_WORD | CA_CAPITAL | CA_STARTER);
    assert_shape("1990s", CA_NUMBER | CA_STARTS_DIGIT);
    assert_shape("?", CA_PUNCTUATION | CA_TERMINATOR | CA_QUESTION | CA_ONE_POINT);
}

static void words_show_their_letters(void **unused) {
    (void)unused;
    assert_shape("talks", CA_WORD | CA_SMALL);
    assert_shape("Milley", CA_WORD | CA_CAPITAL);
    assert_shape("NATO", CA_WORD | CA_CAPITAL | CA_ALL_CAPS);
    assert_shape("iPhone", CA_WORD | CA_SMALL | CA_INNER_CAPITAL);
    assert_shape("AT&T", CA_WORD | CA_CAPITAL | CA_ALL_CAPS);
    assert_shape("don't", CA_WORD | CA_SMALL);
    assert_shape("\u00C9tat", CA_WORD | CA_CAPITAL);
    assert_shape("\u042F", CA_WORD | CA_CAPITAL | CA_ALL_CAPS | CA_ONE_POINT);
    assert_shape("\u05D0\u05D1", CA_WORD | CA_CASELESS);
    assert_shape("\u6771", CA_WORD | CA_CASELESS | CA_ONE_POINT);
    assert_shape("_", CA_WORD | CA_ONE_POINT);
    assert_shape("a", CA_WORD | CA_SMALL | CA_ONE_POINT);
}

static void numbers_begin_with_a_digit(void **unused) {
    (void)unused;
    assert_shape("10,000", CA_NUMBER | CA_STARTS_DIGIT);
    assert_shape("9/11", CA_NUMBER | CA_STARTS_DIGIT);
    assert_shape("2/3rds", CA_NUMBER | CA_STARTS_DIGIT);
    assert_shape("7", CA_NUMBER | CA_STARTS_DIGIT | CA_ONE_POINT);
    assert_shape("\u0661\u0662", CA_NUMBER | CA_STARTS_DIGIT);
    assert_shape("3D", CA_NUMBER | CA_STARTS_DIGIT | CA_ALL_CAPS);
    assert_kind("COVID19", CA_WORD);
}

static void terminators_are_known(void **unused) {
    (void)unused;
    assert_shape(".", CA_PUNCTUATION | CA_TERMINATOR | CA_FULL_STOP | CA_ONE_POINT);
    assert_shape("..", CA_PUNCTUATION | CA_TERMINATOR | CA_ELLIPSIS);
    assert_shape("...", CA_PUNCTUATION | CA_TERMINATOR | CA_ELLIPSIS);
    assert_shape("\u2026", CA_PUNCTUATION | CA_TERMINATOR | CA_ELLIPSIS | CA_ONE_POINT);
    assert_shape("!", CA_PUNCTUATION | CA_TERMINATOR | CA_ONE_POINT);
    assert_shape("???", CA_PUNCTUATION | CA_TERMINATOR | CA_QUESTION);
    assert_shape("\u3002", CA_PUNCTUATION | CA_TERMINATOR | CA_WIDE | CA_ONE_POINT);
    assert_shape("\uFF1F", CA_PUNCTUATION | CA_TERMINATOR | CA_WIDE | CA_ONE_POINT);
    assert_shape("\u061F", CA_PUNCTUATION | CA_TERMINATOR | CA_ONE_POINT);
    assert_shape("\u0964", CA_PUNCTUATION | CA_TERMINATOR | CA_ONE_POINT);
    assert_shape(",", CA_PUNCTUATION | CA_ONE_POINT);
}

static void signs_of_faces_and_lines_are_known(void **unused) {
    (void)unused;
    assert_shape(":", CA_PUNCTUATION | CA_COLON | CA_EYES | CA_ONE_POINT);
    assert_shape(";", CA_PUNCTUATION | CA_EYES | CA_ONE_POINT);
    assert_shape("=", CA_SYMBOL_KIND | CA_EYES | CA_ONE_POINT);
    assert_shape("==", CA_SYMBOL_KIND);
    assert_shape("===", CA_SYMBOL_KIND | CA_RULE);
    assert_shape("***", CA_PUNCTUATION | CA_RULE);
    assert_shape("~~~~", CA_SYMBOL_KIND | CA_RULE);
    assert_shape("---", CA_PUNCTUATION | CA_DASH_ROLE | CA_RULE);
    assert_shape("**", CA_PUNCTUATION);
}

static void quotes_and_brackets_open_and_close(void **unused) {
    (void)unused;
    assert_shape("(", CA_PUNCTUATION | CA_OPENER | CA_BRACKET | CA_ONE_POINT);
    assert_shape("]", CA_PUNCTUATION | CA_CLOSER | CA_BRACKET | CA_ONE_POINT);
    assert_shape("\"", CA_PUNCTUATION | CA_QUOTE | CA_ONE_POINT);
    assert_shape("'", CA_PUNCTUATION | CA_QUOTE | CA_APOSTROPHE | CA_ONE_POINT);
    assert_shape("\u201C", CA_PUNCTUATION | CA_OPENER | CA_ONE_POINT);
    assert_shape("\u201D", CA_PUNCTUATION | CA_CLOSER | CA_ONE_POINT);
    assert_shape("\u2018", CA_PUNCTUATION | CA_OPENER | CA_APOSTROPHE | CA_ONE_POINT);
    assert_shape("\u2019", CA_PUNCTUATION | CA_CLOSER | CA_APOSTROPHE | CA_ONE_POINT);
    assert_shape("\u201E", CA_PUNCTUATION | CA_OPENER | CA_ONE_POINT);
    assert_shape("\u201A", CA_PUNCTUATION | CA_OPENER | CA_ONE_POINT);
    assert_shape("\u00AB", CA_PUNCTUATION | CA_OPENER | CA_ONE_POINT);
    assert_shape("\u00BB", CA_PUNCTUATION | CA_CLOSER | CA_ONE_POINT);
}

static void dashes_are_known_and_which_may_stand_in_a_name(void **unused) {
    (void)unused;
    const ca_shape hyphen = CA_DASH_ROLE | CA_HYPHEN_ROLE | CA_ONE_POINT;
    assert_shape("-", CA_PUNCTUATION | hyphen);
    assert_shape("\u2010", CA_PUNCTUATION | hyphen);
    assert_shape("\u2011", CA_PUNCTUATION | hyphen);
    assert_shape("\u2013", CA_PUNCTUATION | hyphen);
    assert_shape("\u2212", CA_SYMBOL_KIND | hyphen);
    assert_shape("\u2014", CA_PUNCTUATION | CA_DASH_ROLE | CA_ONE_POINT);
    assert_shape("--", CA_PUNCTUATION | CA_DASH_ROLE);
}

static void symbols_are_no_punctuation(void **unused) {
    (void)unused;
    assert_shape("$", CA_SYMBOL_KIND | CA_ONE_POINT);
    assert_shape("\u20AC", CA_SYMBOL_KIND | CA_ONE_POINT);
    assert_shape("+", CA_SYMBOL_KIND | CA_ONE_POINT);
    assert_shape("%", CA_PUNCTUATION | CA_ONE_POINT);
    assert_shape("\u2022", CA_PUNCTUATION | CA_BULLET | CA_ONE_POINT);
    assert_shape("\0", CA_SYMBOL_KIND | CA_ONE_POINT);
    assert_shape("\xED\xA0\xBD", CA_SYMBOL_KIND | CA_ONE_POINT); /* a lone surrogate */
    assert_shape("\u00A9", CA_SYMBOL_KIND | CA_ONE_POINT);       /* the copyright sign */
}

static void addresses_tags_and_users_have_their_kinds(void **unused) {
    (void)unused;
    assert_shape("http://a.com/x", CA_URL);
    assert_shape("www.a.com", CA_URL);
    assert_shape("WWW.24ur.com", CA_URL);
    assert_shape("bit.ly/3x", CA_URL);
    assert_shape("https://medium.com/@user", CA_URL);
    assert_shape("bob@site.org", CA_EMAIL);
    assert_shape("9bob@site.org", CA_EMAIL);
    assert_shape("_bob@site.org", CA_EMAIL);
    assert_shape("#Brexit", CA_HASHTAG);
    assert_shape("#2020vision", CA_HASHTAG);
    assert_shape("@user", CA_HANDLE);
    assert_shape("@5", CA_HANDLE);
    assert_shape("#", CA_PUNCTUATION | CA_ONE_POINT);
    assert_shape("@", CA_PUNCTUATION | CA_ONE_POINT);
    assert_kind("example.com", CA_WORD);
}

static void emoji_and_flags_are_emoji(void **unused) {
    (void)unused;
    assert_shape("\U0001F600", CA_EMOJI_KIND | CA_ONE_POINT);
    assert_kind("\U0001F469\u200D\U0001F469\u200D\U0001F467", CA_EMOJI_KIND);
    assert_kind("\U0001F44D\U0001F3FD", CA_EMOJI_KIND);
    assert_kind("\U0001F1EB\U0001F1F7", CA_EMOJI_KIND);
    assert_kind("\u2764\uFE0F", CA_EMOJI_KIND);
    assert_kind("\u2764", CA_SYMBOL_KIND); /* text style */
}

static void white_space_is_space(void **unused) {
    (void)unused;
    assert_shape(" ", CA_SPACE_KIND | CA_ONE_POINT);
    assert_shape("\r\n", CA_SPACE_KIND);
    assert_shape("\u2028", CA_SPACE_KIND | CA_ONE_POINT);
}

static void possessives_are_words(void **unused) {
    (void)unused;
    assert_kind("'s", CA_WORD);
    assert_true(ca_shape_of(STR("'s")) & CA_POSSESSIVE);
    assert_true(ca_shape_of(STR("'S")) & CA_POSSESSIVE);
    assert_true(ca_shape_of(STR("\u2019s")) & CA_POSSESSIVE);
    assert_true(ca_shape_of(STR("\u2018s")) & CA_POSSESSIVE);
    assert_true(ca_shape_of(STR("\uFF07s")) & CA_POSSESSIVE);
    assert_true(ca_shape_of(STR("'s\u0301")) & CA_POSSESSIVE);
    assert_false(ca_shape_of(STR("s")) & CA_POSSESSIVE);
    assert_false(ca_shape_of(STR("'")) & CA_POSSESSIVE);
    assert_false(ca_shape_of(STR("'s")) & CA_APOSTROPHE);
}

static void stopped_words_know_what_follows(void **unused) {
    (void)unused;
    assert_shape("Gen.", ABBREVIATION | CA_TITLE);
    assert_shape("vs.", CA_WORD | CA_SMALL | CA_STOPPED_WORD | CA_TITLE);
    assert_shape("Inc.", ABBREVIATION | CA_MAYBE_LAST);
    assert_shape("Sept.", ABBREVIATION | CA_MAYBE_LAST | CA_TIME_WORD);
    assert_shape("No.", ABBREVIATION | CA_WANTS_NUMBER);
    assert_shape("p.", CA_WORD | CA_SMALL | CA_STOPPED_WORD | CA_WANTS_NUMBER);
    assert_shape("a.m.", CA_WORD | CA_SMALL | CA_STOPPED_WORD | CA_TIME_OF_DAY);
    assert_shape("J.", INITIALS | CA_INITIAL);
    assert_shape("E\u0301.", INITIALS | CA_INITIAL);
    assert_shape("U.S.", INITIALS | CA_INITIALISM);
    assert_shape("Ph.D.", ABBREVIATION | CA_INITIALISM);
    assert_shape("e.g.", CA_WORD | CA_SMALL | CA_STOPPED_WORD | CA_INITIALISM);
    assert_shape("U.S", CA_WORD | CA_CAPITAL | CA_ALL_CAPS);
}

static void only_a_capital_makes_a_starter_or_a_day(void **unused) {
    (void)unused;
    assert_true(ca_shape_of(STR("The")) & CA_STARTER);
    assert_true(ca_shape_of(STR("THE")) & CA_STARTER);
    assert_false(ca_shape_of(STR("the")) & CA_STARTER);
    assert_true(ca_shape_of(STR("Nevertheless")) & CA_STARTER);
    assert_true(ca_shape_of(STR("Monday")) & CA_TIME_WORD);
    assert_true(ca_shape_of(STR("EST")) & CA_TIME_WORD);
    assert_false(ca_shape_of(STR("monday")) & CA_TIME_WORD);
    assert_false(ca_shape_of(STR("Thessaloniki")) & CA_STARTER);
    assert_false(ca_shape_of(STR("Th\u00E9")) & CA_STARTER);
}

static void a_starter_may_be_contracted_and_a_courtesy_title(void **unused) {
    (void)unused;
    assert_true(ca_shape_of(STR("It's")) & CA_STARTER);
    assert_true(ca_shape_of(STR("It\u2019s")) & CA_STARTER);
    assert_true(ca_shape_of(STR("Mr.")) & CA_STARTER);
    assert_false(ca_shape_of(STR("O'Neill")) & CA_STARTER);
    assert_false(ca_shape_of(STR("It\u00E9")) & CA_STARTER);
    assert_false(ca_shape_of(STR("A.")) & CA_STARTER);
    assert_false(ca_shape_of(STR("Gen.")) & CA_STARTER);
}

static void what_words_may_be_shows(void **unused) {
    (void)unused;
    assert_true(ca_shape_of(STR("plan")) & CA_LABEL);
    assert_true(ca_shape_of(STR("Group")) & CA_LABEL);
    assert_true(ca_shape_of(STR("Will")) & CA_NAME_TOO);
    assert_false(ca_shape_of(STR("will")) & CA_NAME_TOO);
    assert_true(ca_shape_of(STR("time")) & CA_TIME_WORD);
    assert_false(ca_shape_of(STR("may")) & CA_TIME_WORD);
    assert_true(ca_shape_of(STR("Yahoo")) & CA_SHOUT);
    assert_true(ca_shape_of(STR("eBay\u2019s")) & CA_INNER_CAPITAL);
    assert_true(ca_shape_of(STR("Tex.")) & CA_STATE);
    assert_true(ca_shape_of(STR("N.Y.")) & CA_STATE);
    assert_false(ca_shape_of(STR("U.S.")) & CA_STATE);
    assert_true(ca_shape_of(STR("|")) & CA_SEPARATOR);
    assert_false(ca_shape_of(STR("+")) & CA_SEPARATOR);
    assert_true(ca_shape_of(STR("`")) & CA_OPENER);
}

static void only_a_small_word_links(void **unused) {
    (void)unused;
    assert_true(ca_shape_of(STR("said")) & CA_LINK);
    assert_false(ca_shape_of(STR("Said")) & CA_LINK);
    assert_false(ca_shape_of(STR("sad")) & CA_LINK);
}

static void ordinals_are_figures_letters_and_roman(void **unused) {
    (void)unused;
    assert_int_equal(ca_shape_ordinal(STR("7")), 7);
    assert_int_equal(ca_shape_ordinal(STR("99")), 99);
    assert_int_equal(ca_shape_ordinal(STR("100")), 0);
    assert_int_equal(ca_shape_ordinal(STR("3D")), 0);
    assert_int_equal(ca_shape_ordinal(STR("a")), 101);
    assert_int_equal(ca_shape_ordinal(STR("Z")), 126);
    assert_int_equal(ca_shape_ordinal(STR("v.")), 122);
    assert_int_equal(ca_shape_ordinal(STR("V.")), 0);
    assert_int_equal(ca_shape_ordinal(STR("b.")), 0);
    assert_int_equal(ca_shape_ordinal(STR("ii")), 202);
    assert_int_equal(ca_shape_ordinal(STR("IX")), 209);
    assert_int_equal(ca_shape_ordinal(STR("xviii")), 218);
    assert_int_equal(ca_shape_ordinal(STR("xx")), 220);
    assert_int_equal(ca_shape_ordinal(STR("iiii")), 0);
    assert_int_equal(ca_shape_ordinal(STR("xxi")), 0);
    assert_int_equal(ca_shape_ordinal(STR("ii.")), 0);
}

static void an_ordinal_follows_the_one_before_it_as_it_is_read(void **unused) {
    (void)unused;
    const char *const rows[] = {"i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii",
                                "a b c d e f g h i j k l m n o p q r s t u v w x y z", "8 9 10 11"};
    for (size_t row = 0; row < 3; row++) {
        uint8_t before = 0;
        for (const char *at = rows[row]; *at != '\0';) {
            size_t len = strcspn(at, " ");
            uint8_t ordinal = ca_shape_ordinal((ca_str){(const uint8_t *)at, len});
            if (before != 0) {
                assert_true(ca_shape_ordinal_follows(before, ordinal));
                assert_false(ca_shape_ordinal_follows(ordinal, before));
            }
            before = ordinal;
            at += len + (at[len] == ' ');
        }
    }
    assert_false(ca_shape_ordinal_follows(1, 202)); /* 1 and ii */
}

static void any_bytes_have_a_shape(void **unused) {
    (void)unused;
    test_random random = {1};
    for (int round = 0; round < 20000; round++) {
        uint8_t bytes[24];
        size_t len = 1 + random_below(&random, sizeof bytes);
        for (size_t i = 0; i < len; i++) bytes[i] = (uint8_t)random_next(&random);
        ca_shape shape = ca_shape_of((ca_str){bytes, len});
        assert_true(ca_shape_kind(shape) < CA_KIND_COUNT);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_a_name),
        cmocka_unit_test(the_examples_of_the_header_hold),
        cmocka_unit_test(words_show_their_letters),
        cmocka_unit_test(numbers_begin_with_a_digit),
        cmocka_unit_test(terminators_are_known),
        cmocka_unit_test(signs_of_faces_and_lines_are_known),
        cmocka_unit_test(quotes_and_brackets_open_and_close),
        cmocka_unit_test(dashes_are_known_and_which_may_stand_in_a_name),
        cmocka_unit_test(symbols_are_no_punctuation),
        cmocka_unit_test(addresses_tags_and_users_have_their_kinds),
        cmocka_unit_test(emoji_and_flags_are_emoji),
        cmocka_unit_test(white_space_is_space),
        cmocka_unit_test(possessives_are_words),
        cmocka_unit_test(stopped_words_know_what_follows),
        cmocka_unit_test(only_a_capital_makes_a_starter_or_a_day),
        cmocka_unit_test(a_starter_may_be_contracted_and_a_courtesy_title),
        cmocka_unit_test(what_words_may_be_shows),
        cmocka_unit_test(only_a_small_word_links),
        cmocka_unit_test(ordinals_are_figures_letters_and_roman),
        cmocka_unit_test(an_ordinal_follows_the_one_before_it_as_it_is_read),
        cmocka_unit_test(any_bytes_have_a_shape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
