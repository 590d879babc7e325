#include "pieces.h"

static void check_tokens(ca_str literal, const char *const *wanted, const char *file, int line) {
    ca_str text = copy_exactly(literal);
    pieces found = {NULL, 0, 0};
    scan_all(text, &found);
    expect_spans(text, found.items, found.n, wanted, file, line);
    pieces_reset(&found);
    free((void *)text.ptr);
}

#define assert_tokens(text, ...)                                                                   \
    check_tokens(STR(text), (const char *const[]){__VA_ARGS__, NULL}, __FILE__, __LINE__)

#define assert_whole(text) assert_tokens(text, text)
#define assert_nothing(text)                                                                       \
    check_tokens(STR(text), (const char *const[]){NULL}, __FILE__, __LINE__)

/* ---- words ---- */

static void the_example_of_the_header_holds(void **unused) {
    (void)unused;
    assert_tokens("Gen. Milley's U.S.-led talks, 9/11: don't!?", "Gen.", "Milley", "'s", "U.S.",
                  "-", "led", "talks", ",", "9/11", ":", "don't", "!", "?");
}

static void words_are_cut_at_white_space_of_any_kind(void **unused) {
    (void)unused;
    assert_tokens("Oslo, 1993", "Oslo", ",", "1993");
    assert_tokens("a b\tc\nd\r\ne\rf\vg\fh", "a", "b", "c", "d", "e", "f", "g", "h");
    assert_tokens("a\u00A0b\u2003c\xC2\x85"
                  "d\u2028e\u2029f\u3000g",
                  "a", "b", "c", "d", "e", "f", "g");
    assert_nothing("");
    assert_nothing(" \t\r\n\u00A0\u2028 ");
}

static void letters_digits_and_connectors_hang_together(void **unused) {
    (void)unused;
    assert_whole("1990s");
    assert_whole("G20");
    assert_whole("COVID19");
    assert_whole("snake_case_1");
    assert_whole("\u041A\u0438\u0457\u0432");                   /* Cyrillic */
    assert_whole("\u05D9\u05E8\u05D5\u05E9\u05DC\u05D9\u05DD"); /* Hebrew */
    assert_whole("\u0661\u0662\u0663");                         /* Arabic digits */
    assert_whole("\u30BF\u30EF\u30FC");                         /* Katakana */
    assert_tokens("\u30BF\u30EFa", "\u30BF\u30EF", "a");
    assert_tokens("\u6771\u4EAC", "\u6771", "\u4EAC"); /* no dictionary: one by one */
}

static void hyphens_and_dashes_are_tokens(void **unused) {
    (void)unused;
    assert_tokens("state-of-the-art", "state", "-", "of", "-", "the", "-", "art");
    assert_tokens("Taliban-Al-Qaeda", "Taliban", "-", "Al", "-", "Qaeda");
    assert_tokens("Coca\u2011Cola", "Coca", "\u2011", "Cola");
    assert_tokens("10,000\u201312,000", "10,000", "\u2013", "12,000");
    assert_tokens("he\u2014she--they \u2212 5", "he", "\u2014", "she", "--", "they", "\u2212", "5");
}

static void a_possessive_is_a_token_with_any_apostrophe(void **unused) {
    (void)unused;
    assert_tokens("Iran's", "Iran", "'s");
    assert_tokens("Iran\u2019s", "Iran", "\u2019s");
    assert_tokens("Iran\u2018s", "Iran", "\u2018s");
    assert_tokens("IRAN'S", "IRAN", "'S");
    assert_tokens("O'Neill's", "O'Neill", "'s");
    assert_tokens("U.S.'s", "U.S.", "'s");
    assert_tokens("the 1990's.", "the", "1990", "'s", ".");
    assert_tokens("Trump's-era", "Trump", "'s", "-", "era");
    assert_tokens("Iran's\u0301", "Iran", "'s\u0301");
    assert_tokens("States'", "States", "'");
    assert_tokens("States\u2019 rights", "States", "\u2019", "rights");
}

static void an_s_that_goes_on_is_no_possessive(void **unused) {
    (void)unused;
    assert_whole("Iran'sx");
    assert_whole("a's'b");
    assert_tokens("Iran's's", "Iran's", "'s");
    assert_tokens("Iran's'", "Iran", "'s", "'");
    assert_tokens("'s", "'", "s");
}

static void contractions_are_whole(void **unused) {
    (void)unused;
    assert_whole("don't");
    assert_whole("don\u2019t");
    assert_whole("don\uFF07t");
    assert_whole("we're");
    assert_whole("shouldn't've");
    assert_whole("O'Neill");
    assert_whole("Qur'an");
}

static void s_behind_a_pronoun_is_a_contraction(void **unused) {
    (void)unused;
    assert_whole("it's");
    assert_whole("He's");
    assert_whole("LET'S");
    assert_whole("that\u2019s");
    assert_whole("IT\u2018s");
    assert_tokens("transit's", "transit", "'s");
}

/* ---- stops ---- */

static void initialisms_keep_their_stop(void **unused) {
    (void)unused;
    assert_tokens("the U.S. said", "the", "U.S.", "said");
    assert_tokens("in the U.S.", "in", "the", "U.S.");
    assert_tokens("U.N.-backed", "U.N.", "-", "backed");
    assert_tokens("U.S., U.K.; a.m.)", "U.S.", ",", "U.K.", ";", "a.m.", ")");
    assert_tokens("a Ph.D. e.g. \u0421.\u0428.\u0410.", "a", "Ph.D.", "e.g.",
                  "\u0421.\u0428.\u0410.");
    assert_tokens("J. Edgar", "J.", "Edgar");
    assert_tokens("\u00C9. Macron", "\u00C9.", "Macron");
    assert_tokens("E\u0301. Macron", "E\u0301.", "Macron");
}

static void i_and_small_letters_do_not_keep_it(void **unused) {
    (void)unused;
    assert_tokens("you and I.", "you", "and", "I", ".");
    assert_tokens("case b. Then", "case", "b", ".", "Then");
    assert_tokens("7.", "7", ".");
    assert_tokens("X1.", "X1", ".");
}

static void abbreviations_keep_their_stop(void **unused) {
    (void)unused;
    assert_tokens("Gen. Milley", "Gen.", "Milley");
    assert_tokens("Mr. and MRS. X", "Mr.", "and", "MRS.", "X");
    assert_tokens("Apple Inc. v. x vs. y", "Apple", "Inc.", "v.", "x", "vs.", "y");
    assert_tokens("Oct. 7, Sept.", "Oct.", "7", ",", "Sept.");
    assert_tokens("Co.'s", "Co.", "'s");
    assert_tokens("approx. Messrs. X", "approx.", "Messrs.", "X");
    assert_tokens("P.S. Rt. 5, ca. 5, ca. a sq. ft.", "P.S.", "Rt.", "5", ",", "ca.", "5", ",",
                  "ca", ".", "a", "sq.", "ft.");
}

static void a_title_or_a_month_wants_a_capital(void **unused) {
    (void)unused;
    assert_tokens("the gen. x", "the", "gen", ".", "x");
    assert_tokens("oct. 7", "oct", ".", "7");
    assert_tokens("an ms. x", "an", "ms", ".", "x");
}

static void no_is_an_abbreviation_before_a_number_only(void **unused) {
    (void)unused;
    assert_tokens("No. 5", "No.", "5");
    assert_tokens("pp. 3, p.4, Fig.    5", "pp.", "3", ",", "p.", "4", ",", "Fig.", "5");
    assert_tokens("No. Five", "No", ".", "Five");
    assert_tokens("No.     5", "No", ".", "5"); /* too far */
    assert_tokens("No.", "No", ".");
    assert_tokens("No.    ", "No", ".");
}

static void dots_behind_a_word_are_an_ellipsis(void **unused) {
    (void)unused;
    assert_tokens("Gen... U.S..", "Gen", "...", "U.S", "..");
    assert_tokens("well...no", "well", "...", "no");
    assert_tokens(". . .", ".", ".", ".");
    assert_tokens("wait\u2026", "wait", "\u2026");
}

static void a_missing_space_behind_a_stop_does_not_glue_sentences(void **unused) {
    (void)unused;
    assert_tokens("he said.The end", "he", "said", ".", "The", "end");
    assert_tokens("said:The", "said", ":", "The");
    assert_tokens("in 1993.The", "in", "1993", ".", "The");
    assert_whole("example.com");
    assert_whole("Node.js");
}

/* ---- numbers and signs within words ---- */

static void numbers_are_whole_with_their_inner_signs(void **unused) {
    (void)unused;
    assert_whole("9/11");
    assert_whole("24/7");
    assert_whole("9/11/2001");
    assert_whole("12:30");
    assert_whole("10,000");
    assert_whole("3.5");
    assert_whole("1,234,567.89");
    assert_whole("1990s");
    assert_whole("2.0.1");
    assert_tokens("1,2,", "1,2", ",");
    assert_tokens("1, 2", "1", ",", "2");
    assert_tokens("1;2", "1", ";", "2");
    assert_tokens("9/11/", "9/11", "/");
    assert_tokens("and/or 1/x", "and", "/", "or", "1", "/", "x");
    assert_tokens("a,b", "a", ",", "b");
}

static void ranges_are_cut_at_the_dash(void **unused) {
    (void)unused;
    assert_tokens("1914-18", "1914", "-", "18");
    assert_tokens("1914\u201318", "1914", "\u2013", "18");
    assert_tokens("$3-5", "$", "3", "-", "5");
}

static void currency_and_percent_stand_apart(void **unused) {
    (void)unused;
    assert_tokens("$3.5m", "$", "3.5m");
    assert_tokens("\u20AC5bn \u00A37", "\u20AC", "5bn", "\u00A3", "7");
    assert_tokens("50% 5\u2030", "50", "%", "5", "\u2030");
}

static void an_ampersand_between_capitals_joins(void **unused) {
    (void)unused;
    assert_whole("AT&T");
    assert_whole("R&D");
    assert_whole("S&P500");
    assert_tokens("Tom&Jerry", "Tom", "&", "Jerry");
    assert_tokens("R&d", "R", "&", "d");
    assert_tokens("R & D&", "R", "&", "D", "&");
    assert_tokens("AT&T's", "AT&T", "'s");
}

static void the_other_middles_of_uax29_join_too(void **unused) {
    (void)unused;
    assert_whole("col\u00B7lecci\u00F3"); /* WB6: a middle dot between letters */
    assert_whole("\u05D0\"\u05D1");       /* WB7b: gershayim */
    assert_tokens("a\"b", "a", "\"", "b");
    assert_whole("1\u066C2"); /* WB12: the Arabic thousands separator */
}

/* ---- marks ---- */

static void marks_and_joiners_stay_with_what_they_follow(void **unused) {
    (void)unused;
    assert_whole("cafe\u0301");
    assert_whole("e\u0301tat");
    assert_whole("a\u200Db\u00ADc\uFE0Fd");
    assert_tokens("don\u0301't", "don\u0301't");
    assert_tokens("(\u0301a)\u0301", "(\u0301", "a", ")\u0301");
    assert_tokens("...\u0301", "...\u0301");
    assert_tokens(",\u200D,", ",\u200D", ",");
    assert_tokens("#\u0301 @\u0301 a#\u0301", "#\u0301", "@\u0301", "a", "#\u0301");
    assert_tokens("U.\u0301S", "U.\u0301S");
}

static void invisible_characters_alone_are_nothing(void **unused) {
    (void)unused;
    assert_nothing("\u200D");
    assert_nothing("\uFEFF");
    assert_tokens("\uFEFFOslo", "Oslo");
    assert_tokens("\u200Ba \u200E b\u00A0\u00ADc", "a", "b", "c");
}

static void a_mark_that_follows_nothing_is_a_token(void **unused) {
    (void)unused;
    assert_tokens("\u0301a", "\u0301", "a");
    assert_tokens(" \u0301a", "\u0301", "a");
    assert_tokens("\n\u0301a", "\u0301", "a");
    assert_tokens("\u00A0\u0301a", "\u0301", "a");
}

static void runs_of_one_sign_are_one_token(void **unused) {
    (void)unused;
    assert_tokens("a...b", "a", "...", "b");
    assert_tokens("!!!???", "!!!", "???");
    assert_tokens("-----", "-----");
    assert_tokens("***===~~~", "***", "===", "~~~");
    assert_tokens("((,,", "(", "(", ",", ",");
    assert_tokens("\u2014\u2014", "\u2014", "\u2014");
}

static void brackets_and_quotes_are_tokens(void **unused) {
    (void)unused;
    assert_tokens("(\"a\")", "(", "\"", "a", "\"", ")");
    assert_tokens("\u201Ca\u201D \u2018b\u2019", "\u201C", "a", "\u201D", "\u2018", "b", "\u2019");
    assert_tokens("\u00ABa\u00BB", "\u00AB", "a", "\u00BB");
    assert_tokens("'a'", "'", "a", "'");
}

static void emoji_sequences_and_flags_are_whole(void **unused) {
    (void)unused;
    assert_whole("\U0001F469\u200D\U0001F469\u200D\U0001F467"); /* a family */
    assert_whole("\U0001F44D\U0001F3FD");                       /* a tone of skin */
    assert_whole("\U0001F3F3\uFE0F\u200D\U0001F308");           /* the rainbow flag */
    assert_whole("\u2764\uFE0F");
    assert_whole("#\uFE0F\u20E3");
    assert_whole("1\uFE0F\u20E3");
    assert_tokens("\U0001F600\U0001F601", "\U0001F600", "\U0001F601");
    assert_tokens("\U0001F600\u200Da", "\U0001F600\u200D", "a");
    assert_tokens("\U0001F1EB\U0001F1F7\U0001F1E9\U0001F1EA\U0001F1E6", "\U0001F1EB\U0001F1F7",
                  "\U0001F1E9\U0001F1EA", "\U0001F1E6");
    assert_tokens("a\U0001F600b", "a", "\U0001F600", "b");
}

static void nul_and_lone_surrogates_are_tokens(void **unused) {
    (void)unused;
    pieces found = {NULL, 0, 0};
    scan_all(STR("a\0b"), &found);
    assert_int_equal(found.n, 3);
    pieces_reset(&found);
    assert_tokens("a\xED\xA0\xBD"
                  "b",
                  "a", "\xED\xA0\xBD", "b");
}

/* ---- addresses ---- */

static void urls_are_whole(void **unused) {
    (void)unused;
    assert_whole("http://a.com/x?y=1&z=%20#top");
    assert_whole("https://medium.com/@user/a-b");
    assert_whole("HTTP://A.COM");
    assert_whole("www.bbc.co.uk/news");
    assert_whole("www.24ur.com");
    assert_whole("bit.ly/3xY");
    assert_whole("t.co/9a");
    assert_whole("http://a.com/caf\u00E9");
    assert_whole("http://en.wikipedia.org/wiki/A_(b)");
}

static void a_url_leaves_the_signs_of_the_sentence(void **unused) {
    (void)unused;
    assert_tokens("see http://a.com/x.", "see", "http://a.com/x", ".");
    assert_tokens("(http://a.com),", "(", "http://a.com", ")", ",");
    assert_tokens("\"http://a.com\"", "\"", "http://a.com", "\"");
    assert_tokens("<http://a.com>", "<", "http://a.com", ">");
    assert_tokens("\u201Chttp://a.com\u201D", "\u201C", "http://a.com", "\u201D");
    assert_tokens("http://a.com?!, www.x.org...", "http://a.com", "?", "!", ",", "www.x.org",
                  "...");
    assert_tokens("bit.ly/a\u00A0b", "bit.ly/a", "b");
    assert_tokens("http://a.com/lo\u2026", "http://a.com/lo", "\u2026");
    assert_tokens("http://a.com\u2014so", "http://a.com", "\u2014", "so");
    assert_tokens("(http://a.com/A_(b)).", "(", "http://a.com/A_(b)", ")", ".");
    assert_tokens("[http://a.com/x[1]],", "[", "http://a.com/x[1]", "]", ",");
    assert_tokens("http://a.com/x(y])", "http://a.com/x(y])");
}

static void what_looks_like_a_url_only_at_first_is_none(void **unused) {
    (void)unused;
    assert_tokens("http:// x", "http", ":", "/", "/", "x");
    assert_tokens("a://b", "a", ":", "/", "/", "b"); /* a scheme has two letters at least */
    assert_tokens("http:", "http", ":");
    assert_tokens("http:/", "http", ":", "/");
    assert_tokens("http://", "http", ":", "/", "/");
    assert_tokens("www.", "www", ".");
    assert_tokens("bit.ly/ x", "bit.ly", "/", "x");
    assert_tokens("U.S./Mexico", "U.S.", "/", "Mexico");
}

static void email_addresses_are_whole(void **unused) {
    (void)unused;
    assert_whole("bob@site.org");
    assert_whole("bob.smith+x@site.co.uk");
    assert_whole("a_b%c-d@my-site.org");
    assert_whole("U.S.@gov.us");
    assert_tokens("mailto:bob@site.org.", "mailto", ":", "bob@site.org", ".");
    assert_tokens("(bob@site.org)", "(", "bob@site.org", ")");
    assert_tokens("bob@site.org-", "bob@site.org", "-");
}

static void a_local_part_begins_with_a_letter_or_a_digit(void **unused) {
    (void)unused;
    assert_tokens("--bob@site.org", "--", "bob@site.org");
    assert_tokens("...bob@site.org", "...", "bob@site.org");
    assert_tokens("50%bob@site.org", "50%bob@site.org");
    assert_tokens("-@site.org", "-", "@site", ".", "org");
}

static void what_looks_like_an_address_only_at_first_is_none(void **unused) {
    (void)unused;
    assert_tokens("foo@bar", "foo", "@", "bar");
    assert_tokens("foo@bar.", "foo", "@", "bar", ".");
    assert_tokens("foo@.bar", "foo", "@", ".", "bar");
    assert_tokens("foo@.bar.org", "foo", "@", ".", "bar.org");
    assert_tokens("foo@-bar.org", "foo", "@", "-", "bar.org");
    assert_tokens("foo@bar..org", "foo", "@", "bar", "..", "org");
    assert_tokens("foo@bar.org..x", "foo@bar.org", "..", "x");
    assert_tokens("foo @bar.org", "foo", "@bar", ".", "org");
    assert_tokens("foo@", "foo", "@");
    assert_tokens("@", "@");
    assert_tokens("a@b.co@d.co", "a@b.co", "@", "d.co");
}

static void a_local_part_is_no_longer_than_the_standard_allows(void **unused) {
    (void)unused;
    char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.co";
    ca_str whole = {(const uint8_t *)text + 1, sizeof text - 2}; /* 64 letters */
    ca_str longer = {(const uint8_t *)text, sizeof text - 1};
    check_tokens(whole, (const char *const[]){text + 1, NULL}, __FILE__, __LINE__);
    pieces found = {NULL, 0, 0};
    scan_all(longer, &found);
    assert_int_equal(found.n, 3);
    pieces_reset(&found);
}

static void tags_and_users_are_whole(void **unused) {
    (void)unused;
    assert_tokens("#Brexit @user_1!", "#Brexit", "@user_1", "!");
    assert_tokens("#\u0411\u0440\u0435\u043A\u0437\u0438\u0442", "#\u0411\u0440\u0435\u043A\u0437"
                                                                 "\u0438\u0442");
    assert_tokens("#\u6771\u4EAC", "#\u6771\u4EAC");
    assert_tokens("#2020vision #cafe\u0301s", "#2020vision", "#cafe\u0301s");
    assert_tokens("#a#b", "#a", "#", "b");
    assert_tokens(".@user", ".", "@user");
}

static void a_number_sign_alone_is_no_tag(void **unused) {
    (void)unused;
    assert_tokens("#1", "#", "1");
    assert_tokens("# x", "#", "x");
    assert_tokens("C#", "C", "#");
    assert_tokens("a#b", "a", "#", "b");
    assert_tokens("#_1", "#", "_1");
}

/* ---- the functions by themselves ---- */

static void classes_say_what_begins(void **unused) {
    (void)unused;
    size_t next;
    assert_int_equal(ca_scan_class_at(STR(" a"), 0, &next), CA_SCAN_BLANK);
    assert_int_equal(next, 1);
    assert_int_equal(ca_scan_class_at(STR("\r\na"), 0, &next), CA_SCAN_LINE);
    assert_int_equal(next, 2);
    assert_int_equal(ca_scan_class_at(STR("\r"), 0, &next), CA_SCAN_LINE);
    assert_int_equal(next, 1);
    assert_int_equal(ca_scan_class_at(STR("\u2029"), 0, &next), CA_SCAN_LINE);
    assert_int_equal(next, 3);
    assert_int_equal(ca_scan_class_at(STR("\u200D"), 0, &next), CA_SCAN_BLANK);
    assert_int_equal(ca_scan_class_at(STR("_"), 0, &next), CA_SCAN_WORD);
    assert_int_equal(ca_scan_class_at(STR("7"), 0, &next), CA_SCAN_WORD);
    assert_int_equal(ca_scan_class_at(STR("-"), 0, &next), CA_SCAN_MARK);
    assert_int_equal(ca_scan_class_at(STR("\0"), 0, &next), CA_SCAN_MARK);
}

static void bytes_outside_utf8_are_marks_one_by_one(void **unused) {
    (void)unused;
    for (unsigned byte = 0x80; byte < 0x100; byte++) {
        uint8_t *bad = malloc(1);
        assert_non_null(bad);
        *bad = (uint8_t)byte;
        pieces found = {NULL, 0, 0};
        scan_all((ca_str){bad, 1}, &found);
        assert_int_equal(found.n, 1);
        pieces_reset(&found);
        free(bad);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_header_holds),
        cmocka_unit_test(words_are_cut_at_white_space_of_any_kind),
        cmocka_unit_test(letters_digits_and_connectors_hang_together),
        cmocka_unit_test(hyphens_and_dashes_are_tokens),
        cmocka_unit_test(a_possessive_is_a_token_with_any_apostrophe),
        cmocka_unit_test(an_s_that_goes_on_is_no_possessive),
        cmocka_unit_test(contractions_are_whole),
        cmocka_unit_test(s_behind_a_pronoun_is_a_contraction),
        cmocka_unit_test(initialisms_keep_their_stop),
        cmocka_unit_test(i_and_small_letters_do_not_keep_it),
        cmocka_unit_test(abbreviations_keep_their_stop),
        cmocka_unit_test(a_title_or_a_month_wants_a_capital),
        cmocka_unit_test(no_is_an_abbreviation_before_a_number_only),
        cmocka_unit_test(dots_behind_a_word_are_an_ellipsis),
        cmocka_unit_test(a_missing_space_behind_a_stop_does_not_glue_sentences),
        cmocka_unit_test(numbers_are_whole_with_their_inner_signs),
        cmocka_unit_test(ranges_are_cut_at_the_dash),
        cmocka_unit_test(currency_and_percent_stand_apart),
        cmocka_unit_test(an_ampersand_between_capitals_joins),
        cmocka_unit_test(the_other_middles_of_uax29_join_too),
        cmocka_unit_test(marks_and_joiners_stay_with_what_they_follow),
        cmocka_unit_test(invisible_characters_alone_are_nothing),
        cmocka_unit_test(a_mark_that_follows_nothing_is_a_token),
        cmocka_unit_test(runs_of_one_sign_are_one_token),
        cmocka_unit_test(brackets_and_quotes_are_tokens),
        cmocka_unit_test(emoji_sequences_and_flags_are_whole),
        cmocka_unit_test(nul_and_lone_surrogates_are_tokens),
        cmocka_unit_test(urls_are_whole),
        cmocka_unit_test(a_url_leaves_the_signs_of_the_sentence),
        cmocka_unit_test(what_looks_like_a_url_only_at_first_is_none),
        cmocka_unit_test(email_addresses_are_whole),
        cmocka_unit_test(a_local_part_begins_with_a_letter_or_a_digit),
        cmocka_unit_test(what_looks_like_an_address_only_at_first_is_none),
        cmocka_unit_test(a_local_part_is_no_longer_than_the_standard_allows),
        cmocka_unit_test(tags_and_users_are_whole),
        cmocka_unit_test(a_number_sign_alone_is_no_tag),
        cmocka_unit_test(classes_say_what_begins),
        cmocka_unit_test(bytes_outside_utf8_are_marks_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
