#include "corpus.h"

#include "../../csrc/core/join.h"

#include <stdlib.h>

/* The joined tokens of document `doc`, with a blank between them. */
static const char *joined_text(const ca_joined *self, size_t doc, char *room, size_t size) {
    size_t len = 0;
    for (int64_t i = self->doc_tokens[doc]; i < self->doc_tokens[doc + 1]; i++) {
        ca_str type = ca_vocab_type(&self->vocab, self->id[i]);
        assert_true(len + type.len + 2 < size);
        if (i > self->doc_tokens[doc]) room[len++] = ' ';
        memcpy(room + len, type.ptr, type.len);
        len += type.len;
    }
    room[len] = '\0';
    return room;
}

static void assert_valid(const ca_joined *self) {
    const char *why = "";
    if (!ca_joined_validate(self, &why)) fail_msg("joined: %s", why);
}

static void assert_joins(const char *text, const char *wanted) {
    char room[512];
    test_corpus corpus;
    ca_joined joined = {.alloc = NULL};
    corpus_open(&corpus, LIST(text));
    assert_int_equal(ca_join(&corpus.hook, &corpus.tokens, NULL, &joined), CA_OK);
    assert_valid(&joined);
    assert_string_equal(joined_text(&joined, 0, room, sizeof room), wanted);
    ca_joined_reset(&joined);
    corpus_close(&corpus);
}

static void hyphens_join_what_they_touch(void **unused) {
    (void)unused;
    assert_joins("a state-of-the-art plan", "a state-of-the-art plan");
    assert_joins("U.S.-led talks", "U.S.-led talks");
    assert_joins("Taliban–Al Qaeda", "Taliban–Al Qaeda");
    assert_joins("2001-2021, 20-odd", "2001-2021 , 20-odd");
}

static void a_hyphen_with_a_gap_joins_nothing(void **unused) {
    (void)unused;
    assert_joins("plan - ours", "plan - ours");
    assert_joins("plan- ours", "plan - ours");
    assert_joins("pre- and post-war", "pre - and post-war");
    assert_joins("-born", "- born");
    assert_joins("born-", "born -");
}

static void dashes_and_signs_join_nothing(void **unused) {
    (void)unused;
    assert_joins("plan—ours", "plan — ours");
    assert_joins("well--known", "well -- known");
    assert_joins("a-(b)", "a - ( b )");
}

static void a_possessive_stays_by_itself(void **unused) {
    (void)unused;
    assert_joins("al-Qaeda’s men", "al-Qaeda ’s men");
    assert_joins("Mali’s-eye", "Mali ’s - eye");
}

static void documents_keep_their_bounds_and_share_types(void **unused) {
    (void)unused;
    char room[64];
    test_corpus corpus;
    ca_joined joined = {.alloc = NULL};
    corpus_open_in_blocks(&corpus, 1, LIST("al-Qaeda al-Qaeda", "", "Qaeda al-Qaeda-"));
    assert_int_equal(ca_join(&corpus.hook, &corpus.tokens, NULL, &joined), CA_OK);
    assert_valid(&joined);
    assert_int_equal(joined.n_docs, 3);
    assert_int_equal(joined.vocab.n, 3); /* al-Qaeda, Qaeda, - */
    assert_string_equal(joined_text(&joined, 0, room, sizeof room), "al-Qaeda al-Qaeda");
    assert_string_equal(joined_text(&joined, 1, room, sizeof room), "");
    assert_string_equal(joined_text(&joined, 2, room, sizeof room), "Qaeda al-Qaeda -");
    assert_int_equal(joined.id[3], joined.id[0]);
    ca_joined_reset(&joined);
    corpus_close(&corpus);
}

static void validate_sees_whatever_is_wrong(void **unused) {
    (void)unused;
    test_corpus corpus;
    ca_joined joined = {.alloc = NULL};
    const char *why = NULL;
    corpus_open(&corpus, LIST("a b-c", "a"));
    assert_int_equal(ca_join(&corpus.hook, &corpus.tokens, NULL, &joined), CA_OK);
    joined.id[1] = 0;
    assert_false(ca_joined_validate(&joined, &why));
    joined.id[1] = 2;
    assert_false(ca_joined_validate(&joined, &why));
    joined.id[1] = 1;
    joined.doc_tokens[1] = 4;
    assert_false(ca_joined_validate(&joined, &why));
    joined.doc_tokens[1] = 2;
    joined.n = 2;
    assert_false(ca_joined_validate(&joined, &why));
    joined.n = 3;
    assert_valid(&joined);
    ca_joined_reset(&joined);
    corpus_close(&corpus);
}

static ca_status join_corpus(const ca_alloc *alloc, void *ctx) {
    ca_joined joined = {.n = 77};
    ca_status status = ca_join(alloc, ctx, NULL, &joined);
    if (status == CA_OK) {
        ca_joined_reset(&joined);
    } else {
        assert_int_equal(joined.n, 77);
    }
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("a state-of-the-art plan", "U.S.-led talks of the U.S."));
    sweep_allocations(join_corpus, &corpus.tokens);
    corpus_close(&corpus);
}

static int always(void *ctx) {
    (void)ctx;
    return 1;
}

static void the_work_can_be_stopped(void **unused) {
    (void)unused;
    test_corpus corpus;
    ca_joined joined = {.n = 77};
    ca_poll poll = {.stop = always};
    corpus_open(&corpus, LIST("a b"));
    assert_int_equal(ca_join(&corpus.hook, &corpus.tokens, &poll, &joined), CA_STOPPED);
    assert_int_equal(joined.n, 77);
    corpus_close(&corpus);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hyphens_join_what_they_touch),
        cmocka_unit_test(a_hyphen_with_a_gap_joins_nothing),
        cmocka_unit_test(dashes_and_signs_join_nothing),
        cmocka_unit_test(a_possessive_stays_by_itself),
        cmocka_unit_test(documents_keep_their_bounds_and_share_types),
        cmocka_unit_test(validate_sees_whatever_is_wrong),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
        cmocka_unit_test(the_work_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
