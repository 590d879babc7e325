#include <stdlib.h>

#include "corpus.h"
#include "marks.h"

/* ---- texts ---- */

/* Offset in bytes of code point number `n` of `text`. */
static size_t byte_of_point(const char *text, size_t n) {
    size_t at = 0;
    for (; n > 0; n--)
        for (at++; ((uint8_t)text[at] & 0xC0) == 0x80;) at++;
    return at;
}

/* Whether the spans of tokens that `first` bounds, n of them, read as `wanted` (NULL: anything). */
static bool spans_read(const char *text, const ca_doc *doc, const uint32_t *first, size_t n,
                       const char *const *wanted) {
    if (wanted == NULL) return true;
    bool same = list_length(wanted) == n;
    for (size_t i = 0; i < n; i++) {
        size_t at = byte_of_point(text, (size_t)doc->start[first[i]]);
        size_t end = byte_of_point(text, (size_t)ca_doc_end(doc, first[i + 1] - 1));
        same = same && strlen(wanted[i]) == end - at && memcmp(text + at, wanted[i], end - at) == 0;
        if (!same) print_error("got [%.*s]\n", (int)(end - at), text + at);
    }
    return same;
}

static void check_text(const char *text, const char *const *sentences,
                       const char *const *paragraphs, const char *file, int line) {
    test_corpus corpus;
    corpus_open(&corpus, LIST(text));
    const ca_block *block = &corpus.tokens.blocks[0];
    ca_doc doc = ca_tokens_doc(&corpus.tokens, block, 0);
    bool same = spans_read(text, &doc, block->sentence_tokens, block->n_sentences, sentences) &&
                spans_read(text, &doc, block->paragraph_tokens, block->n_paragraphs, paragraphs);
    corpus_close(&corpus);
    if (!same) _fail(file, line);
}

#define assert_sentences(text, ...) check_text(text, LIST(__VA_ARGS__), NULL, __FILE__, __LINE__)
#define assert_paragraphs(text, ...) check_text(text, NULL, LIST(__VA_ARGS__), __FILE__, __LINE__)
#define assert_one(text) assert_sentences(text, text)

/* The first sentence of `first second` is `first`. */
#define assert_two(first, second) assert_sentences(first " " second, first, second)

/* ---- stops ---- */

static void the_example_of_the_header_holds(void **unused) {
    (void)unused;
    assert_sentences("The U.S. President met Gen. Milley. \u201CWe agree.\u201D He left.",
                     "The U.S. President met Gen. Milley.", "\u201CWe agree.\u201D", "He left.");
}

static void a_sentence_reaches_from_its_first_token_to_its_last(void **unused) {
    (void)unused;
    assert_sentences("  The talks failed.   Nobody came. \t", "The talks failed.", "Nobody came.");
    assert_sentences("\uFEFFThe talks failed.\u00A0Nobody came.", "The talks failed.",
                     "Nobody came.");
    assert_one("No stop at all");
    assert_one(".");
}

static void every_stop_before_a_capital_ends(void **unused) {
    (void)unused;
    assert_two("The talks failed.", "Nobody came.");
    assert_two("Did they fail?", "Nobody knows.");
    assert_two("They failed!", "Nobody cares.");
    assert_two("They failed?!", "Nobody cares.");
    assert_two("They failed!!!", "Nobody cares.");
    assert_two("They failed\u203D", "Nobody cares.");
    assert_two("\u041E\u043D\u0438 \u0443\u0448\u043B\u0438.", "\u041D\u0438\u043A\u0442\u043E.");
}

static void a_number_or_a_letter_without_case_begins_one_too(void **unused) {
    (void)unused;
    assert_two("The talks failed.", "40 people came.");
    assert_two("The talks failed.", "$5 was the price.");
    assert_two("The talks failed.", "\u05D0\u05D1 came.");
    assert_two("The talks failed.", "\U0001F600 was the answer.");
    assert_two("\u0939\u0948\u0964", "\u0928\u0939\u0940\u0902");
}

static void lower_case_behind_a_name_or_a_number_with_a_stop_goes_on(void **unused) {
    (void)unused;
    assert_one("The firm Zeta. was sold.");
    assert_one("He sold Yonder! for a dollar.");
    assert_one("It grew by 3.5 to 10,000 points.");
    assert_one("See example.com for more.");
}

static void a_comma_or_a_closing_sign_behind_a_stop_goes_on(void **unused) {
    (void)unused;
    assert_one("He shouted stop!, then left.");
    assert_one("The etc., and so on.");
    assert_one("He shouted stop!; then left.");
    assert_one("They asked why? : nobody knew.");
    assert_one("A stop . , and on.");
    assert_one("They failed. + Nobody came.");
}

static void the_end_of_the_text_ends_once(void **unused) {
    (void)unused;
    assert_one("The talks failed.");
    assert_one("The talks failed...");
    assert_one("He came from the U.S.");
    assert_one("\u201CThe talks failed.\u201D");
    assert_one("The talks failed . . .");
}

/* ---- abbreviations ---- */

static void a_title_never_ends(void **unused) {
    (void)unused;
    assert_one("They met Gen. The Unknown.");
    assert_one("They met Mr. He and Mrs. She.");
    assert_one("Gov. Lane and Sen. Park met Dr. Who.");
    assert_one("It was Kiev vs. The World.");
    assert_one("It was Lane v. The World.");
    assert_one("P.S. The talks failed.");
    assert_one("Around ca. 1600 B.C. they left.");
}

static void an_abbreviation_ends_before_a_starter_only(void **unused) {
    (void)unused;
    assert_two("He came from the U.S.", "The talks failed.");
    assert_two("He sold Zeta Inc.", "But nobody came.");
    assert_one("He came from the U.S. Senate.");
    assert_one("He sold Zeta Inc. Chairman Lee came.");
    assert_two("He sold Zeta Inc.", "It's gone.");
    assert_two("He sold Zeta Inc.", "It\u2019s gone.");
    assert_two("He sold Zeta Inc.", "Mr. Lane came.");
    assert_two("They met Roe Sr.", "The talks failed.");
    assert_two("They met Henry V.", "The talks failed.");
    assert_one("He came from the U.S. Gen. Lane came.");
    assert_one("He sold Zeta Inc. It\u00E9 came.");
    assert_one("It was Oct. 7 that day.");
    assert_one("It was Sept. 2001 that day.");
    assert_one("The U.N. mission and the U.S.-led talks went on.");
    assert_one("They sold guns, tanks, etc. to both.");
}

static void initials_go_on(void **unused) {
    (void)unused;
    assert_one("J. Edgar and Harry S. Truman came.");
    assert_one("J. R. R. Lane came.");
    assert_two("It was you and I.", "Nobody else came.");
    assert_two("It was plan b.", "Nobody else came.");
    assert_one("They met Albert I. Lane in Oslo.");
    assert_one("They met Mr. Albert I. Lane and others.");
    assert_two("They met Albert and I.", "Lane came.");
    assert_two("It was World War I.", "Farms burned.");
    assert_two("It was SALT I.", "Talks failed.");
    assert_two("They met Pope Pius I.", "The talks failed.");
}

/* "A." begins with the letters of "A", which opens sentences, and yet it is an initial. */
static void the_initial_a_goes_on_like_any_other(void **unused) {
    (void)unused;
    assert_one("They met J. A. Lane in Oslo.");
    assert_one("They met J. B. Lane in Oslo.");
}

static void a_state_behind_a_comma_ends_before_most_capitals(void **unused) {
    (void)unused;
    assert_two("They met in Dallas, Tex.", "Kabul was quiet.");
    assert_two("They met in Washington, D.C.", "Kabul was quiet.");
    assert_one("ALBANY, N.Y. (AP) -- The envoys left.");
    assert_one("They met Dallas, Tex. Gov. Roe.");
    assert_two("They asked the VA.", "Kabul was quiet.");
}

static void a_letter_behind_a_label_or_degrees_is_no_initial(void **unused) {
    (void)unused;
    assert_two("They won Group A.", "Kabul lost.");
    assert_two("It lies at 40\u00B0 N.", "Ships go there.");
    assert_one("They met Ann A. Roe.");
    assert_one("They met George F. Will.");
}

static void a_street_may_end(void **unused) {
    (void)unused;
    assert_two("They live on Main St.", "The gate is new.");
    assert_one("They met St. John.");
}

static void in_a_title_an_abbreviation_goes_on(void **unused) {
    (void)unused;
    assert_one("Iran Says U.S. Will Free Prisoners");
    assert_two("They were all in the U.S.", "In May they left.");
}

static void a_bracket_or_a_dash_behind_an_abbreviation_goes_on(void **unused) {
    (void)unused;
    assert_one("They met Roe (D-N.Y.) Monday.");
    assert_two("(They left the U.S.)", "Kabul was quiet.");
    assert_one("DALLAS, Tex. -- The envoys left.");
}

static void a_question_goes_on_with_the_name_that_asks(void **unused) {
    (void)unused;
    assert_one("\u201CWho left?\u201D Mr. Roe asked.");
    assert_one("\u201CWho left?\u201D Sen. Ann Al-Roe (R-Texas) asked.");
    assert_two("\u201CWho left?\u201D", "Ann Roe left.");
    assert_two("\u201CThey left.\u201D", "Ann Roe said no.");
    assert_one("They sold Yahoo! Inc. there.");
    assert_two("They left Yahoo!", "The gate is new.");
}

static void names_that_begin_small_begin(void **unused) {
    (void)unused;
    assert_two("They left Kabul.", "iPhone sales fell.");
    assert_two("They left Kabul.", "al-Shabaab stayed.");
}

static void marks_of_typewriters_and_other_languages_close(void **unused) {
    (void)unused;
    assert_two("``They left.''", "``He stayed.''");
    assert_two("\u201EThey left.\u201C", "\u201EHe stayed.\u201C");
    assert_two("\u201DThey left.\u201D", "\u201DHe stayed.\u201D");
    assert_two("They left.12", "He stayed.");
    assert_one("It was built c. 1500.");
    assert_two("They left.", "| By Ann Roe");
}

static void no_is_an_answer_or_a_number(void **unused) {
    (void)unused;
    assert_one("It is No. 5 of the list.");
    assert_one("See pp. 3 and 4.");
    assert_two("The answer was no.", "Five people came.");
    assert_two("No.", "Nobody came.");
}

static void a_time_of_day_ends_before_most_capitals(void **unused) {
    (void)unused;
    assert_two("It began at 5 a.m.", "Nobody came.");
    assert_two("It began at 5 a.m.", "Milley came.");
    assert_one("It began at 5 p.m. Monday in Oslo.");
    assert_one("It began at 5 p.m. EST in Oslo.");
    assert_one("It began at 5 p.m. in Oslo.");
    assert_one("At 5 a.m. Milley came.");
    assert_one("It began at 5 p.m. 30 years ago.");
    assert_one("It began at 5 p.m. \u6771 time.");
}

static void a_closed_abbreviation_ends(void **unused) {
    (void)unused;
    assert_two("\u201CHe came from the U.S.\u201D", "Nobody came.");
    assert_two("(They sold Zeta Inc.)", "Nobody came.");
    assert_one("(They sold Zeta Inc.) and left.");
}

/* ---- what closes and what opens ---- */

static void closers_belong_to_the_sentence_they_end(void **unused) {
    (void)unused;
    assert_two("\u201CThey failed.\u201D", "Nobody came.");
    assert_two("\"They failed.\"", "Nobody came.");
    assert_two("'They failed.'", "Nobody came.");
    assert_two("\u2018They failed.\u2019", "Nobody came.");
    assert_two("(They failed.)", "Nobody came.");
    assert_two("[They failed!]", "Nobody came.");
    assert_two("\u00ABThey failed.\u00BB", "Nobody came.");
    assert_two("(\u201CThey \u2018failed.\u2019\u201D)", "Nobody came.");
    assert_two("They \"failed\".", "Nobody came.");
    assert_two("(They failed. )", "Nobody came.");
    assert_two("'They wrote \"go.\"'", "Nobody came.");
    assert_two("They wrote \"we failed.\".", "Nobody came.");
    assert_two("They failed.\uFF07", "Nobody came.");
}

static void a_quote_goes_on_before_lower_case(void **unused) {
    (void)unused;
    assert_one("\u201CThey failed!\u201D he said.");
    assert_one("\"Did they fail?\" she asked.");
    assert_one("\"They failed.\" she said.");
}

static void openers_belong_to_the_sentence_they_begin(void **unused) {
    (void)unused;
    assert_two("They failed.", "\u201CNobody came.\u201D");
    assert_two("They failed.", "\"Nobody came.\"");
    assert_two("They failed.", "'Nobody came.'");
    assert_two("They failed.", "(Nobody came.)");
    assert_two("They failed.", "(\u201C[Nobody came.");
    assert_two("They failed.", "- Nobody came.");
    assert_two("They failed.", "\u2014 Nobody came.");
    assert_two("They failed.", "\u2022 Nobody came.");
    assert_two("They failed.", "\u2019Twas the end.");
    assert_two("\"They failed.\"", "\"Nobody came.\"");
}

static void footnotes_belong_to_the_sentence_before(void **unused) {
    (void)unused;
    assert_two("The talks failed.[12]", "Nobody came.");
    assert_two("The talks failed.(3)", "Nobody came.");
    assert_two("The talks failed.[1][2]", "Nobody came.");
    assert_two("The talks failed.", "[1] Nobody came.");
    assert_one("The talks failed.(3 ) Nobody came."); /* not right behind */
}

/* The first opener behind which the word may stand is the sixth; a seventh is too far. */
static void look_ahead_goes_over_six_openers_and_no_more(void **unused) {
    (void)unused;
    assert_int_equal(CA_SENTENCE_AHEAD, 6);
    assert_two("They failed.", "((((((Nobody came.");
    assert_one("They failed. (((((((Nobody came.");
}

static void a_lower_case_sentence_may_follow_in_brackets(void **unused) {
    (void)unused;
    assert_two("The talks failed.", "\u201Cwe left.");
    assert_one("\u201CThe talks failed.\u201D (again)");
}

/* ---- dots ---- */

static void an_ellipsis_ends_before_a_capital_only(void **unused) {
    (void)unused;
    assert_two("They waited...", "Nobody came.");
    assert_two("They waited\u2026", "Nobody came.");
    assert_two("They waited....", "Nobody came.");
    assert_two("They waited. . .", "Nobody came.");
    assert_one("They waited... and left.");
    assert_one("They waited\u2026 and left.");
    assert_one("They waited . . . and left.");
    assert_one("They waited... (and left)");
    assert_one("They waited. . . (and left)");
    assert_one("They waited...then left.");
}

static void without_a_gap_only_a_small_letter_and_a_capital_part(void **unused) {
    (void)unused;
    assert_sentences("The talks failed.Nobody came.", "The talks failed.", "Nobody came.");
    assert_sentences("The talks failed?Nobody came.", "The talks failed?", "Nobody came.");
    assert_sentences("\u201CThe talks failed.\u201DNobody came.", "\u201CThe talks failed.\u201D",
                     "Nobody came.");
    assert_sentences("\u201CIt was 1993.\u201DNobody came.", "\u201CIt was 1993.\u201D",
                     "Nobody came.");
    assert_one("It was 1993.Nobody came.");
    assert_one("NATO.Nobody came.");
    assert_one("The talks failed.nobody came.");
    assert_one("The site Node.js went on.");
}

/* ---- lists ---- */

static void the_mark_of_an_item_is_no_sentence(void **unused) {
    (void)unused;
    assert_one("1. The talks failed.");
    assert_one("b. The talks failed.");
    assert_one("iii. The talks failed.");
    assert_one("7. the talks failed.");
    assert_sentences("1. The talks failed.\n2. Nobody came.", "1. The talks failed.",
                     "2. Nobody came.");
    assert_two("The talks failed.", "2. Nobody came.");
    assert_two("It happened in 1993.", "Nobody came.");
    assert_two("1 .", "The talks failed.");
}

static void a_mark_may_have_a_stop_and_a_bracket(void **unused) {
    (void)unused;
    assert_one("1.) The talks failed.");
}

static void a_capital_letter_marks_an_item_too(void **unused) {
    (void)unused;
    assert_one("A. The talks failed.");
    assert_one("B. The talks failed.");
}

static void an_inline_list_of_two_items_or_more_splits(void **unused) {
    (void)unused;
    assert_sentences("1. Sell the ships 2. Burn the maps 3. Go home", "1. Sell the ships",
                     "2. Burn the maps", "3. Go home");
}

static void an_inline_list_may_be_marked_with_brackets(void **unused) {
    (void)unused;
    assert_sentences("a) sell the ships b) burn the maps", "a) sell the ships", "b) burn the maps");
}

static void an_inline_list_may_be_marked_with_numbers_and_brackets(void **unused) {
    (void)unused;
    assert_sentences("1.) Sell the ships 2.) Burn the maps", "1.) Sell the ships",
                     "2.) Burn the maps");
    assert_sentences("Plan: 1.) Sell. 2.) Burn", "Plan:", "1.) Sell.", "2.) Burn");
    assert_one("1.) sell the ships 2) burn the maps");
    assert_sentences("1) Sell the ships 2) Burn the maps", "1) Sell the ships", "2) Burn the maps");
}

static void an_inline_list_may_be_marked_with_bullets(void **unused) {
    (void)unused;
    assert_sentences("\u2022 sell the ships \u2022 burn the maps", "\u2022 sell the ships",
                     "\u2022 burn the maps");
}

static void marks_of_two_forms_are_no_siblings(void **unused) {
    (void)unused;
    assert_one("a. sell the ships b) burn the maps");
    assert_one("\u2022 sell the ships b) burn the maps");
}

static void a_mark_is_short_and_stands_by_itself(void **unused) {
    (void)unused;
    assert_one("up) sell the ships in) burn the maps");
    assert_one("a ) sell the ships b ) burn the maps");
    assert_one("a)sell the ships b)burn the maps");
    assert_one("a) sell the ships (b) or not");
    assert_two("1993. It was 1994.", "Nobody came.");
}

/* 7 does not come next to 1, so it is the last word of a sentence. */
static void a_number_that_ends_a_sentence_is_no_mark(void **unused) {
    (void)unused;
    assert_two("1. They won by 7.", "Then they left.");
}

static void a_mark_without_a_sibling_is_no_list(void **unused) {
    (void)unused;
    assert_one("1) Sell the ships and go home");
    assert_one("They sold plan a) to the fleet");
}

static void a_list_may_begin_behind_a_colon(void **unused) {
    (void)unused;
    assert_sentences("The plan: 1. Sell the ships 2. Burn the maps",
                     "The plan:", "1. Sell the ships", "2. Burn the maps");
    assert_sentences("The plan: 1. Sell the ships. 2. Burn the maps.",
                     "The plan:", "1. Sell the ships.", "2. Burn the maps.");
    assert_sentences("The plan: a) sell ships b) burn maps c) go", "The plan:", "a) sell ships",
                     "b) burn maps", "c) go");
    assert_sentences("The plan: (1) Sell ships (2) Burn maps", "The plan:", "(1) Sell ships",
                     "(2) Burn maps");
    assert_sentences("The plan: \u2022 ships \u2022 maps", "The plan:", "\u2022 ships",
                     "\u2022 maps");
    assert_one("Around ca. 1) it says 2) so"); /* ca. wants a number and is no colon */
    assert_one("The plan a) sell ships b) burn maps");
    assert_one("The plan: b) sell ships c) burn maps");
    assert_one("The plan: a) sell ships (b) burn maps");
}

static void a_number_with_a_bracket_begins_a_list_anywhere(void **unused) {
    (void)unused;
    assert_sentences("They asked 1) where it was 2) what it cost", "They asked", "1) where it was",
                     "2) what it cost");
    assert_one("They asked (1) where it was (2) what it cost");
    assert_one("They asked 1) where it was 3) what it cost");
}

static void an_item_behind_a_comma_or_and_is_part_of_its_sentence(void **unused) {
    (void)unused;
    assert_one("Their aims: a) to sell ships, b) to burn maps.");
    assert_one("Their aims: (1) to sell ships; (2) to burn maps.");
    assert_one("Their aims: 1) to sell ships and 2) to burn maps.");
    assert_sentences("Their aims: 1) to \u201Csell\u201D 2) to burn",
                     "Their aims:", "1) to \u201Csell\u201D", "2) to burn");
}

static void items_may_have_roman_numbers(void **unused) {
    (void)unused;
    assert_sentences("i. Sell ii. Burn iii. Go iv. Rest v. Eat vi. Come", "i. Sell", "ii. Burn",
                     "iii. Go", "iv. Rest", "v. Eat", "vi. Come");
    assert_sentences("(i) Sell (ii) Burn", "(i) Sell", "(ii) Burn");
    assert_sentences("xix. Sell xx. Burn", "xix. Sell", "xx. Burn");
    assert_sentences("VIII) Sell IX) Burn X) Go XI) Rest", "VIII) Sell", "IX) Burn", "X) Go",
                     "XI) Rest");
    assert_sentences("h) sell i) burn j) go", "h) sell", "i) burn", "j) go");
    assert_one("i) sell iii) burn");
    assert_one("iix) sell ix) burn");
}

static void a_sign_between_a_word_and_its_number_keeps_the_stop(void **unused) {
    (void)unused;
    assert_one("Find it at N\u00B0. 5 today.");
    assert_two("Find it at N\u00B0.", "Nobody did.");
    assert_two("It was 20\u00B0.", "5 people came.");
}

/* ---- small letters (S7) ---- */

static void a_small_word_behind_a_small_one_begins_a_sentence(void **unused) {
    (void)unused;
    assert_two("the talks failed.", "nobody came.");
    assert_two("The talks failed.", "nobody came.");
    assert_two("did they fail?", "nobody knows.");
    assert_two("they failed!", "what now?");
    assert_two("it was 2005.", "nobody came.");
    assert_two("The talks failed.[12]", "and so it was.");
    assert_one("The talks failed... nobody came.");
}

static void a_name_with_a_stop_goes_on_in_small_letters(void **unused) {
    (void)unused;
    assert_one("The firm Zeta. was sold.");
    assert_one("He sold Yonder! for a dollar.");
    assert_two("did they sell Yonder!", "nobody knows."); /* capitals say nothing here */
    assert_two("Did they leave Oslo?", "nobody knows.");
}

static void a_question_may_be_inside_a_sentence(void **unused) {
    (void)unused;
    assert_one("Why? asked the envoy.");
    assert_one("Why? he asked.");
    assert_one("They called help! and ran.");
    assert_two("Why?", "because they left.");
    assert_two("they left.", "and nobody asked."); /* a full stop is no question */
}

static void a_short_word_behind_a_number_is_a_unit(void **unused) {
    (void)unused;
    assert_one("It is 5 in. wide.");
    assert_one("It holds 20 gal. of oil.");
    assert_two("It holds 20 gallons.", "of oil.");
    assert_two("they saw it.", "nobody else did.");
    assert_two("it.", "nobody else did.");
}

/* ---- wide stops ---- */

static void a_wide_stop_needs_no_gap(void **unused) {
    (void)unused;
    assert_sentences("\u6771\u4EAC\u3067\u3059\u3002\u5927\u962A\u3067\u3059\u3002",
                     "\u6771\u4EAC\u3067\u3059\u3002", "\u5927\u962A\u3067\u3059\u3002");
    assert_sentences("\u597D\uFF1F\u597D\uFF01\u597D", "\u597D\uFF1F", "\u597D\uFF01", "\u597D");
    assert_sentences("\u597D\u30023 \u597D", "\u597D\u3002", "3 \u597D");
    assert_one("\u597D\uFF1F\u3001\u597D");
    assert_one("\u300C\u597D\u3002\u300D\u3068\u8A00\u3046"); /* the quote goes on */
    assert_one("\u0939\u0948\u0964\u0928\u0939");             /* a danda is not wide */
}

/* ---- emoticons and drawn lines ---- */

static void an_emoticon_ends_before_a_capital(void **unused) {
    (void)unused;
    assert_two("They won :-)", "Nobody slept.");
    assert_two("They lost :(", "Nobody slept.");
    assert_two("They won ;D", "12 slept.");
    assert_two("They won =]", "Nobody slept.");
    assert_one("They won :) and slept.");
    assert_two("They won! :P", "nobody slept.");
    assert_one("They won :) , and slept.");
    assert_one("They won :)");
}

static void what_is_like_an_emoticon_is_none(void **unused) {
    (void)unused;
    assert_one("They won: (Nobody slept.)");
    assert_one("They won :Nobody slept.");
    assert_one("They won (at last:) Nobody slept.");
    assert_one("They won :-- Nobody slept.");
    assert_one("They won :)Nobody slept.");
    assert_one(":) Nobody slept.");
}

static void a_drawn_line_is_a_sentence_of_its_own(void **unused) {
    (void)unused;
    assert_sentences("They left. *** Nobody slept.", "They left.", "***", "Nobody slept.");
    assert_sentences("They left ===== nobody slept", "They left", "=====", "nobody slept");
    assert_sentences("----- They left -----", "-----", "They left", "-----");
    assert_sentences("(They left) ~~~ nobody slept", "(They left)", "~~~", "nobody slept");
    assert_two("~~~", "nobody slept");
    assert_one("They left *** nobody slept"); /* too short without a stop before it */
    assert_one("They left *****nobody slept");
    assert_one("They left***** nobody slept");
}

/* ---- lines ---- */

static void every_line_is_a_paragraph_where_lines_are_not_filled(void **unused) {
    (void)unused;
    assert_paragraphs("Talks fail\nNobody came to Oslo.", "Talks fail", "Nobody came to Oslo.");
    assert_sentences("Talks fail\nnobody came to Oslo.", "Talks fail", "nobody came to Oslo.");
    assert_paragraphs("a\rb\r\nc\vd\fe\xC2\x85"
                      "f\u2028g\u2029h",
                      "a", "b", "c", "d", "e", "f", "g", "h");
}

static void lines_without_tokens_are_no_paragraphs(void **unused) {
    (void)unused;
    assert_paragraphs("\n\n \nTalks fail\n\n\n \n\nNobody came\n\n", "Talks fail", "Nobody came");
    assert_paragraphs("\n\uFEFF\nTalks fail\n\u200B\n", "Talks fail");
}

#define WRAPPED                                                                                    \
    "The ministers had met for three days in a house\n"                                            \
    "by the sea, and when they came out again nobody\n"                                            \
    "would say a word. The oldest of them walked off\n"                                            \
    "alone. His driver had fallen asleep at a corner\n"                                            \
    "of the road."

static void a_filled_paragraph_is_one(void **unused) {
    (void)unused;
    assert_paragraphs(WRAPPED, WRAPPED);
    assert_sentences(WRAPPED,
                     "The ministers had met for three days in a house\n"
                     "by the sea, and when they came out again nobody\n"
                     "would say a word.",
                     "The oldest of them walked off\nalone.",
                     "His driver had fallen asleep at a corner\nof the road.");
}

static void a_blank_line_ends_a_paragraph_always(void **unused) {
    (void)unused;
    assert_paragraphs(WRAPPED "\n\nand so on", WRAPPED, "and so on");
    assert_paragraphs(WRAPPED "\r\n \t\r\nand so on", WRAPPED, "and so on");
    assert_paragraphs("Talks fail\n\nand so on", "Talks fail", "and so on");
    assert_sentences("Talks fail\n\nand so on", "Talks fail", "and so on");
}

static void a_paragraph_knows_whether_a_blank_line_is_before_it(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("a\nb\n\nc\n \nd\ne", "f\n\n\ng", "\n\nh"));
    const ca_block *block = &corpus.tokens.blocks[0];
    const uint8_t blank[] = {1, 0, 1, 1, 0, 1, 1, 1};
    assert_int_equal(block->n_paragraphs, sizeof blank);
    assert_memory_equal(block->paragraph_blank, blank, sizeof blank);
    corpus_close(&corpus);
}

/* ---- the functions by themselves ---- */

static const ca_alloc *libc(void) {
    static ca_alloc alloc;
    alloc = ca_alloc_libc();
    return &alloc;
}

/* Only tokens whose shape has a bit of CA_MAY_END need be among the marks. */
static void tokens_that_cannot_end_a_sentence_need_no_mark(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus,
                LIST("Plan: 1. Go, 2. Stay (or 3) at U.S. bases) :-) Then *** the end..."));
    ca_doc doc = ca_tokens_doc(&corpus.tokens, &corpus.tokens.blocks[0], 0);
    ca_starts all = all_marks(doc.n), few = {.items = NULL}, a = few, b = few;
    for (uint32_t i = 0; i < doc.n; i++)
        if (ca_doc_shape(&doc, i) & CA_MAY_END)
            assert_int_equal(ca_starts_add(libc(), &few, i), CA_OK);
    assert_true(few.n > 5 && few.n < all.n);
    assert_int_equal(ca_sentences_split(libc(), &doc, &all, 0, doc.n, NULL, &a), CA_OK);
    assert_int_equal(ca_sentences_split(libc(), &doc, &few, 0, doc.n, NULL, &b), CA_OK);
    assert_int_equal(a.n, b.n);
    assert_true(a.n > 3);
    assert_memory_equal(a.items, b.items, a.n * sizeof *a.items);
    ca_starts *const made[] = {&all, &few, &a, &b};
    for (size_t i = 0; i < 4; i++) ca_starts_reset(libc(), made[i]);
    corpus_close(&corpus);
}

static void starts_grow_and_go(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    ca_starts starts = {.items = NULL};
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(ca_starts_add(&hook, &starts, i * 3), CA_OK);
    assert_int_equal(starts.n, 1000);
    for (uint32_t i = 0; i < 1000; i++) assert_int_equal(starts.items[i], i * 3);
    ca_starts_reset(&hook, &starts);
    assert_null(starts.items);
    assert_int_equal(starts.n, 0);
    assert_int_equal(starts.capacity, 0);
    ca_starts_reset(&hook, &starts);
    assert_int_equal(state.live, 0);
}

static void a_refused_start_is_none(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = 1, .sticky = true};
    ca_alloc hook = test_alloc_hook(&state);
    ca_starts starts = {.items = NULL};
    uint32_t n = 0;
    while (ca_starts_add(&hook, &starts, n) == CA_OK) n++;
    assert_true(n > 0);
    assert_int_equal(starts.n, n);
    assert_int_equal(starts.items[n - 1], n - 1);
    ca_starts_reset(&hook, &starts);
    assert_int_equal(state.live, 0);
}

static void only_the_paragraph_that_was_asked_for_is_split(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("Ann won. Bob lost. Cal left. Dee slept."));
    ca_doc doc = ca_tokens_doc(&corpus.tokens, &corpus.tokens.blocks[0], 0);
    ca_starts starts = {.items = NULL}, marks = all_marks(doc.n);
    assert_int_equal(ca_starts_add(&corpus.hook, &starts, 77), CA_OK);
    assert_int_equal(ca_sentences_split(&corpus.hook, &doc, &marks, 4, 9, NULL, &starts), CA_OK);
    const uint32_t expected[] = {77, 4, 6}; /* "lost. Cal left." */
    assert_int_equal(starts.n, 3);
    assert_memory_equal(starts.items, expected, sizeof expected);
    ca_starts_reset(&corpus.hook, &starts);
    ca_starts_reset(libc(), &marks);
    corpus_close(&corpus);
}

/* Whatever the paragraph, the first start is its first token and no start lies outside. */
static void starts_rise_within_any_paragraph(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(
        &corpus,
        LIST("\"Why?\" he asked. 'No.' (Yes!) At 5 a.m. Gen. X... \u201CA.\u201D [12] 1. b."));
    ca_doc doc = ca_tokens_doc(&corpus.tokens, &corpus.tokens.blocks[0], 0);
    ca_starts marks = all_marks(doc.n);
    for (size_t first = 0; first < doc.n; first++) {
        for (size_t end = first + 1; end <= doc.n; end++) {
            ca_starts starts = {.items = NULL};
            assert_int_equal(
                ca_sentences_split(&corpus.hook, &doc, &marks, first, end, NULL, &starts), CA_OK);
            assert_true(starts.n > 0);
            assert_int_equal(starts.items[0], first);
            for (size_t i = 1; i < starts.n; i++)
                assert_true(starts.items[i] > starts.items[i - 1] && starts.items[i] < end);
            ca_starts_reset(&corpus.hook, &starts);
        }
    }
    ca_starts_reset(libc(), &marks);
    corpus_close(&corpus);
}

static void a_refused_split_leaves_the_starts_as_they_were(void **unused) {
    (void)unused;
    test_corpus corpus;
    char text[4096] = "";
    for (int i = 0; i < 100; i++) strcat(text, "Ann won. ");
    corpus_open(&corpus, LIST(text));
    ca_doc doc = ca_tokens_doc(&corpus.tokens, &corpus.tokens.blocks[0], 0);
    ca_starts starts = {.items = NULL}, marks = all_marks(doc.n);
    assert_int_equal(ca_starts_add(&corpus.hook, &starts, 77), CA_OK);
    corpus.state.fail_at = corpus.state.requests;
    ca_status status = ca_sentences_split(&corpus.hook, &doc, &marks, 0, doc.n, NULL, &starts);
    size_t n = starts.n;
    ca_starts_reset(&corpus.hook, &starts);
    ca_starts_reset(libc(), &marks);
    corpus_close(&corpus);
    assert_int_equal(status, CA_NO_MEMORY);
    assert_int_equal(n, 1);
}

typedef struct doc_and_marks {
    ca_doc doc;
    ca_starts marks;
} doc_and_marks;

static ca_status split_all(const ca_alloc *alloc, void *ctx) {
    const doc_and_marks *given = ctx;
    ca_starts starts = {.items = NULL};
    ca_status status =
        ca_sentences_split(alloc, &given->doc, &given->marks, 0, given->doc.n, NULL, &starts);
    if (status == CA_OK) assert_int_equal(starts.n, 100);
    ca_starts_reset(alloc, &starts);
    return status;
}

static void any_request_may_be_refused(void **unused) {
    (void)unused;
    test_corpus corpus;
    char text[4096] = "";
    for (int i = 0; i < 100; i++) strcat(text, "Ann won. ");
    corpus_open(&corpus, LIST(text));
    ca_doc doc = ca_tokens_doc(&corpus.tokens, &corpus.tokens.blocks[0], 0);
    doc_and_marks given = {doc, all_marks(doc.n)};
    sweep_allocations(split_all, &given);
    ca_starts_reset(libc(), &given.marks);
    corpus_close(&corpus);
}

/* ---- hostile texts ---- */

/* Sentences of 200 000 bytes of `unit` over and over: what is quadratic would not come back. */
static size_t sentences_of_many(const char *unit) {
    size_t len = strlen(unit), n = 200000 / len;
    char *bytes = malloc(n * len + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < n; i++) memcpy(bytes + i * len, unit, len);
    bytes[n * len] = '\0';
    test_corpus corpus;
    corpus_open(&corpus, LIST(bytes));
    size_t n_sentences = corpus.tokens.n_sentences;
    corpus_close(&corpus);
    free(bytes);
    return n_sentences;
}

static void hostile_texts_are_walked_once(void **unused) {
    (void)unused;
    assert_int_equal(sentences_of_many("?)"), 1);
    assert_int_equal(sentences_of_many(".\")"), 1);
    assert_int_equal(sentences_of_many("."), 1);
    assert_int_equal(sentences_of_many(". "), 1);
    assert_int_equal(sentences_of_many("? ("), 1);
    assert_int_equal(sentences_of_many(".[1]"), 1);
    assert_int_equal(sentences_of_many("J. "), 1);
    assert_int_equal(sentences_of_many("U.S. "), 1);
    assert_int_equal(sentences_of_many("\" "), 1);
    assert_int_equal(sentences_of_many("Go. "), 50000);
    assert_int_equal(sentences_of_many("a. "), 33333);
    assert_int_equal(sentences_of_many("1) "), 1);
    assert_int_equal(sentences_of_many("(a) "), 1);
    assert_int_equal(sentences_of_many("v. "), 1);
    assert_int_equal(sentences_of_many(" :)"), 1);
    assert_int_equal(sentences_of_many(". )"), 1);
    assert_int_equal(sentences_of_many("***** "), 33333);
    assert_int_equal(sentences_of_many("\n"), 0);
    assert_int_equal(sentences_of_many("a\n"), 100000);
    assert_int_equal(sentences_of_many("a\n\n"), 66666);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_header_holds),
        cmocka_unit_test(a_sentence_reaches_from_its_first_token_to_its_last),
        cmocka_unit_test(every_stop_before_a_capital_ends),
        cmocka_unit_test(a_number_or_a_letter_without_case_begins_one_too),
        cmocka_unit_test(lower_case_behind_a_name_or_a_number_with_a_stop_goes_on),
        cmocka_unit_test(a_comma_or_a_closing_sign_behind_a_stop_goes_on),
        cmocka_unit_test(the_end_of_the_text_ends_once),
        cmocka_unit_test(a_title_never_ends),
        cmocka_unit_test(an_abbreviation_ends_before_a_starter_only),
        cmocka_unit_test(initials_go_on),
        cmocka_unit_test(the_initial_a_goes_on_like_any_other),
        cmocka_unit_test(a_state_behind_a_comma_ends_before_most_capitals),
        cmocka_unit_test(a_letter_behind_a_label_or_degrees_is_no_initial),
        cmocka_unit_test(a_street_may_end),
        cmocka_unit_test(in_a_title_an_abbreviation_goes_on),
        cmocka_unit_test(a_bracket_or_a_dash_behind_an_abbreviation_goes_on),
        cmocka_unit_test(a_question_goes_on_with_the_name_that_asks),
        cmocka_unit_test(names_that_begin_small_begin),
        cmocka_unit_test(marks_of_typewriters_and_other_languages_close),
        cmocka_unit_test(no_is_an_answer_or_a_number),
        cmocka_unit_test(a_time_of_day_ends_before_most_capitals),
        cmocka_unit_test(a_closed_abbreviation_ends),
        cmocka_unit_test(closers_belong_to_the_sentence_they_end),
        cmocka_unit_test(a_quote_goes_on_before_lower_case),
        cmocka_unit_test(openers_belong_to_the_sentence_they_begin),
        cmocka_unit_test(footnotes_belong_to_the_sentence_before),
        cmocka_unit_test(look_ahead_goes_over_six_openers_and_no_more),
        cmocka_unit_test(a_lower_case_sentence_may_follow_in_brackets),
        cmocka_unit_test(an_ellipsis_ends_before_a_capital_only),
        cmocka_unit_test(without_a_gap_only_a_small_letter_and_a_capital_part),
        cmocka_unit_test(the_mark_of_an_item_is_no_sentence),
        cmocka_unit_test(a_mark_may_have_a_stop_and_a_bracket),
        cmocka_unit_test(a_capital_letter_marks_an_item_too),
        cmocka_unit_test(an_inline_list_of_two_items_or_more_splits),
        cmocka_unit_test(an_inline_list_may_be_marked_with_brackets),
        cmocka_unit_test(an_inline_list_may_be_marked_with_numbers_and_brackets),
        cmocka_unit_test(an_inline_list_may_be_marked_with_bullets),
        cmocka_unit_test(marks_of_two_forms_are_no_siblings),
        cmocka_unit_test(a_mark_is_short_and_stands_by_itself),
        cmocka_unit_test(a_number_that_ends_a_sentence_is_no_mark),
        cmocka_unit_test(a_mark_without_a_sibling_is_no_list),
        cmocka_unit_test(a_list_may_begin_behind_a_colon),
        cmocka_unit_test(a_number_with_a_bracket_begins_a_list_anywhere),
        cmocka_unit_test(an_item_behind_a_comma_or_and_is_part_of_its_sentence),
        cmocka_unit_test(items_may_have_roman_numbers),
        cmocka_unit_test(a_sign_between_a_word_and_its_number_keeps_the_stop),
        cmocka_unit_test(a_small_word_behind_a_small_one_begins_a_sentence),
        cmocka_unit_test(a_name_with_a_stop_goes_on_in_small_letters),
        cmocka_unit_test(a_question_may_be_inside_a_sentence),
        cmocka_unit_test(a_short_word_behind_a_number_is_a_unit),
        cmocka_unit_test(a_wide_stop_needs_no_gap),
        cmocka_unit_test(an_emoticon_ends_before_a_capital),
        cmocka_unit_test(what_is_like_an_emoticon_is_none),
        cmocka_unit_test(a_drawn_line_is_a_sentence_of_its_own),
        cmocka_unit_test(every_line_is_a_paragraph_where_lines_are_not_filled),
        cmocka_unit_test(lines_without_tokens_are_no_paragraphs),
        cmocka_unit_test(a_filled_paragraph_is_one),
        cmocka_unit_test(a_blank_line_ends_a_paragraph_always),
        cmocka_unit_test(a_paragraph_knows_whether_a_blank_line_is_before_it),
        cmocka_unit_test(tokens_that_cannot_end_a_sentence_need_no_mark),
        cmocka_unit_test(starts_grow_and_go),
        cmocka_unit_test(a_refused_start_is_none),
        cmocka_unit_test(only_the_paragraph_that_was_asked_for_is_split),
        cmocka_unit_test(starts_rise_within_any_paragraph),
        cmocka_unit_test(a_refused_split_leaves_the_starts_as_they_were),
        cmocka_unit_test(any_request_may_be_refused),
        cmocka_unit_test(hostile_texts_are_walked_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
