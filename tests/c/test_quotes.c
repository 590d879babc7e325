#include "corpus.h"

#include "../../csrc/core/quotes.h"

#include <stdio.h>
#include <stdlib.h>

/* "speech:We will not go | scare:free": the quotations of a text, their tokens joined by blanks. */
static void quotes_at(const char *file, int line, const char *text, const char *expected) {
    test_corpus corpus;
    corpus_open(&corpus, LIST(text));
    const ca_tokens *tokens = &corpus.tokens;
    uint8_t *roles = malloc(tokens->vocab.n + 1);
    ca_quotes found = {.n = 0};
    char is[512] = "";
    ca_quotes_roles(&tokens->vocab, roles);
    assert_int_equal(ca_quotes_block(&corpus.hook, tokens, &tokens->blocks[0], roles, NULL, &found),
                     CA_OK);
    for (size_t i = 0; i < found.n; i++) {
        ca_doc doc = ca_tokens_doc(tokens, &tokens->blocks[0], found.items[i].doc);
        strcat(is, i > 0 ? " | " : "");
        strcat(is, found.items[i].speech ? "speech:" : "scare:");
        for (size_t t = found.items[i].first; t < found.items[i].end; t++) {
            ca_str type = ca_vocab_type(&tokens->vocab, doc.id[t]);
            strcat(is, t > found.items[i].first ? " " : "");
            strncat(is, (const char *)type.ptr, type.len);
        }
    }
    free(roles);
    ca_quotes_reset(&corpus.hook, &found);
    corpus_close(&corpus);
    _assert_string_equal(is, expected, file, line);
}

#define quotes(text, expected) quotes_at(__FILE__, __LINE__, text, expected)

static void up_to_three_words_are_a_scare_quote(void **unused) {
    (void)unused;
    quotes("The “free” press", "scare:free");
    quotes("A \"war on terror\" began", "scare:war on terror");
    quotes("A “state-of-the-art” plan", "scare:state - of - the - art");
    quotes("A “post–war anti-war peace” plan", "scare:post – war anti - war peace");
    quotes("A “war—peace—war—peace” plan", "speech:war — peace — war — peace");
    quotes("A “war - peace - war - peace” plan", "speech:war - peace - war - peace");
    quotes("A “war on this terror” began", "speech:war on this terror");
    quotes("«Nous ne partons pas»", "speech:Nous ne partons pas");
    quotes("“” and \"\" and “...”", "");
}

static void an_opening_mark_closes_what_is_open(void **unused) {
    (void)unused;
    quotes("He “never“ left", "scare:never");
    quotes("„Wir gehen heute nicht“ er", "speech:Wir gehen heute nicht");
}

static void a_closer_without_an_opener_is_nothing(void **unused) {
    (void)unused;
    quotes("He left” and “stayed” on", "scare:stayed");
}

static void an_open_quotation_ends_with_its_paragraph(void **unused) {
    (void)unused;
    quotes("He said: “we will not go\n\nKabul fell.", "speech:we will not go");
}

static void a_quotation_goes_on_where_the_next_paragraph_opens_with_a_mark(void **unused) {
    (void)unused;
    quotes("“We will not go\n\n“We will stay here.” He left.",
           "speech:We will not go | speech:We will stay here .");
}

static void single_marks_count_where_they_are_closed(void **unused) {
    (void)unused;
    quotes("‘We will not go,’ he said", "speech:We will not go ,");
    quotes("The 'free' press", "scare:free");
    quotes("In ‘the States’ view,’ he said", "scare:the States ’ view ,");
}

static void apostrophes_are_no_quotations(void **unused) {
    (void)unused;
    quotes("The States’ men and Iran’s men and the '90s", "");
    quotes("Moscow‘s men and the United States‘ actions", "");
    quotes("It isn't the workers' party", "");
}

static void a_single_mark_within_a_double_one_is_ignored(void **unused) {
    (void)unused;
    quotes("“They said ‘no’ to us,” he said", "speech:They said ‘ no ’ to us ,");
}

static void a_document_begins_without_an_open_quotation(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("He said “we go", "“Mali” too"));
    uint8_t roles[64];
    ca_quotes found = {.n = 0};
    ca_quotes_roles(&corpus.tokens.vocab, roles);
    assert_int_equal(ca_quotes_block(&corpus.hook, &corpus.tokens, &corpus.tokens.blocks[0], roles,
                                     NULL, &found),
                     CA_OK);
    assert_int_equal(found.n, 2);
    assert_int_equal(found.items[1].doc, 1);
    assert_int_equal(found.items[1].first, 1);
    assert_int_equal(found.items[1].end, 2);
    ca_quotes_reset(&corpus.hook, &found);
    corpus_close(&corpus);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(up_to_three_words_are_a_scare_quote),
        cmocka_unit_test(an_opening_mark_closes_what_is_open),
        cmocka_unit_test(a_closer_without_an_opener_is_nothing),
        cmocka_unit_test(an_open_quotation_ends_with_its_paragraph),
        cmocka_unit_test(a_quotation_goes_on_where_the_next_paragraph_opens_with_a_mark),
        cmocka_unit_test(single_marks_count_where_they_are_closed),
        cmocka_unit_test(apostrophes_are_no_quotations),
        cmocka_unit_test(a_single_mark_within_a_double_one_is_ignored),
        cmocka_unit_test(a_document_begins_without_an_open_quotation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
