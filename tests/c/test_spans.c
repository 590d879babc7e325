#include <stdlib.h>

#include "support.h"

#include "../../csrc/core/spans.h"

static const ca_alloc *libc(void) {
    static ca_alloc alloc;
    alloc = ca_alloc_libc();
    return &alloc;
}

static void the_example_of_the_header_holds(void **unused) {
    (void)unused;
    ca_bounds spans = {NULL, 0, 0};
    ca_text text = {"Hm. So?", 7, CA_TEXT_UTF8};
    const int64_t expected[] = {0, 3, 4, 7};
    assert_int_equal(ca_sentence_spans(libc(), &text, NULL, &spans), CA_OK);
    assert_int_equal(spans.n, 4);
    assert_memory_equal(spans.at, expected, sizeof expected);
    ca_bounds_reset(libc(), &spans);
}

/* Spans count code points, whatever the form; test_tokenize.c compares them with the sentences of
 * tokens, text by text. */
static void spans_count_code_points(void **unused) {
    (void)unused;
    static const uint16_t units[] = {0xC9, 't', 0xE9, ' ', 0x2019, 's', '.', ' ', 0x201C, 'A', '!'};
    ca_text text = {units, sizeof units / sizeof *units, CA_TEXT_UCS2};
    ca_bounds spans = {NULL, 0, 0};
    const int64_t expected[] = {0, 7, 8, 11};
    assert_int_equal(ca_sentence_spans(libc(), &text, NULL, &spans), CA_OK);
    assert_int_equal(spans.n, 4);
    assert_memory_equal(spans.at, expected, sizeof expected);
    ca_bounds_reset(libc(), &spans);
}

static ca_status find_spans(const ca_alloc *alloc, void *ctx) {
    ca_bounds spans = {NULL, 0, 0};
    ca_status status = ca_sentence_spans(alloc, ctx, NULL, &spans);
    if (status != CA_OK) assert_null(spans.at);
    ca_bounds_reset(alloc, &spans);
    return status;
}

static void every_refused_allocation_of_spans_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    static const uint16_t units[] = {'H', 'e', ' ', 'l', 'e', 'f',    't',  '.', ' ', 0x201C, 'W',
                                     'e', ' ', 'd', 'o', '.', 0x201D, '\n', 'N', 'o', '.'};
    ca_text text = {units, sizeof units / sizeof *units, CA_TEXT_UCS2};
    sweep_allocations(find_spans, &text);
}

static void a_missing_text_has_no_sentence(void **unused) {
    (void)unused;
    ca_bounds spans = {NULL, 0, 0};
    ca_text missing = {.form = CA_TEXT_MISSING};
    assert_int_equal(ca_sentence_spans(libc(), &missing, NULL, &spans), CA_OK);
    assert_int_equal(spans.n, 0);
    ca_bounds_reset(libc(), &spans);
}

typedef struct question {
    long asked, stop_at;
} question;

static int answer(void *ctx) {
    question *self = ctx;
    return self->asked++ == self->stop_at;
}

static void it_stops_when_told_so(void **unused) {
    (void)unused;
    size_t len = 300000;
    char *bytes = malloc(len);
    assert_non_null(bytes);
    for (size_t i = 0; i < len; i++) bytes[i] = "Go on. "[i % 7];
    ca_text text = {bytes, len, CA_TEXT_UTF8};
    for (long stop_at = 0; stop_at < 4; stop_at++) {
        question q = {.stop_at = stop_at};
        ca_poll poll = {answer, &q};
        ca_bounds spans = {NULL, 0, 0};
        assert_int_equal(ca_sentence_spans(libc(), &text, &poll, &spans), CA_STOPPED);
        assert_int_equal(q.asked, stop_at + 1);
        assert_null(spans.at);
    }
    free(bytes);
}

static void a_text_that_is_too_large_is_refused_unread(void **unused) {
    (void)unused;
    if (SIZE_MAX <= UINT32_MAX) return; /* no such text fits in memory there */
    ca_text text = {"never read", (size_t)UINT32_MAX + 1, CA_TEXT_UTF8};
    ca_bounds spans = {NULL, 0, 0};
    assert_int_equal(ca_sentence_spans(libc(), &text, NULL, &spans), CA_TOO_LARGE);
    assert_null(spans.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_header_holds),
        cmocka_unit_test(spans_count_code_points),
        cmocka_unit_test(every_refused_allocation_of_spans_is_reported_and_nothing_leaks),
        cmocka_unit_test(a_missing_text_has_no_sentence),
        cmocka_unit_test(it_stops_when_told_so),
        cmocka_unit_test(a_text_that_is_too_large_is_refused_unread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
