#include "corpus.h"

#include "../../csrc/core/quotes.h"

/* Curly marks, for texts that can be read. */
#define L "\xE2\x80\x9C"
#define R "\xE2\x80\x9D"

/* The quotations of a text as first-end:words of tokens. */
static void quotes_at(int line, const char *text, const char *wanted) {
    test_corpus corpus;
    ca_quotes found = {.n = 0};
    char is[128];
    size_t at = 0;
    corpus_open(&corpus, LIST(text));
    assert_int_equal(
        ca_quotes_block(&corpus.hook, &corpus.tokens, &corpus.tokens.blocks[0], NULL, &found),
        CA_OK);
    for (size_t i = 0; i < found.n; i++) {
        const ca_quote *q = &found.items[i];
        assert_true(q->first < 10 && q->end < 20 && q->n_words < 10 && at < 100);
        is[at++] = (char)('0' + q->first);
        is[at++] = '-';
        if (q->end >= 10) is[at++] = '1';
        is[at++] = (char)('0' + q->end % 10);
        is[at++] = ':';
        is[at++] = (char)('0' + q->n_words);
        is[at++] = ' ';
    }
    is[at] = '\0';
    if (strcmp(is, wanted) != 0) fail_msg("line %d: got \"%s\"", line, is);
    ca_quotes_reset(&corpus.hook, &found);
    corpus_close(&corpus);
}

#define quotes(text, wanted) quotes_at(__LINE__, text, wanted)

static void a_quotation_ends_at_its_closer(void **unused) {
    (void)unused;
    quotes("He said " L "we leave" R " now", "2-6:2 ");
    quotes("nothing said", "");
}

static void an_opening_mark_ends_one_that_was_never_closed(void **unused) {
    (void)unused;
    quotes(L "We leave, he said. " L "Now" R " they wait", "0-7:4 7-10:1 ");
}

static void a_paragraph_ends_what_is_open(void **unused) {
    (void)unused;
    quotes("a " L "b c\n\nd " R " e", "1-4:2 ");
    quotes(L "a b\n\n" L "c d" R " e", "0-3:2 3-7:2 ");
}

static void straight_marks_open_behind_white_space(void **unused) {
    (void)unused;
    quotes("He said \"we leave\" now", "2-6:2 ");
    quotes("(\"so\" he said)", "1-4:1 ");
    quotes("a 12\" gun", "");
}

static void a_closer_alone_is_nothing(void **unused) {
    (void)unused;
    quotes("a " R " b", "");
    quotes("a " L R " b", "");
}

static void low_marks_are_closed_by_high_ones(void **unused) {
    (void)unused;
    quotes("a \xE2\x80\x9E"
           "b" L " c",
           "1-4:1 ");
}

static void guillemets_are_marks(void **unused) {
    (void)unused;
    quotes("a \xC2\xAB"
           "b\xC2\xBB c",
           "1-4:1 ");
}

static ca_status search(const ca_alloc *alloc, void *ctx) {
    const test_corpus *corpus = ctx;
    ca_quotes found = {.n = 0};
    ca_status status =
        ca_quotes_block(alloc, &corpus->tokens, &corpus->tokens.blocks[0], NULL, &found);
    ca_quotes_reset(alloc, &found);
    return status;
}

static void no_memory_leaves_nothing_behind(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("a " L "b" R));
    sweep_allocations(search, &corpus);
    corpus_close(&corpus);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quotation_ends_at_its_closer),
        cmocka_unit_test(an_opening_mark_ends_one_that_was_never_closed),
        cmocka_unit_test(a_paragraph_ends_what_is_open),
        cmocka_unit_test(straight_marks_open_behind_white_space),
        cmocka_unit_test(a_closer_alone_is_nothing),
        cmocka_unit_test(low_marks_are_closed_by_high_ones),
        cmocka_unit_test(guillemets_are_marks),
        cmocka_unit_test(no_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
