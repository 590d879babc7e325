#include "corpus.h"

#include "../../csrc/core/bounds.h"
#include "../../csrc/core/simd/kernels.h"
#include "../../csrc/core/uax29.h"
#include "../../csrc/core/utf8.h"

#include <stdlib.h>

/* What stands in the texts that are made up: every class of words, and what ties and what breaks.
 */
static const uint32_t alphabet[] = {
    'a', 'b',    'z',    'A',    'Z',    '0',    '9',    '_',     ' ',     ' ',    '.',    ':',
    ',', ';',    '\'',   '"',    '-',    '\r',   '\n',   '\v',    '@',     '`',    '[',    '{',
    '/', 0x85,   0xA0,   0xAD,   0xB7,   0xE9,   0x300,  0x301,   0x5D0,   0x5D1,  0x660,  0x30A2,
    '~', 0x2019, 0x2018, 0x201C, 0x2014, 0x200D, 0x2028, 0x202F,  0xFEFF,  0xD800, 0xFF07, 0xFE0F,
    '!', 0x203F, 0x3000, 0x4E2D, 0xFFFF, 0x7F,   0x80,   0x1F600, 0x1F1E6, 0x10400};
#define LETTERS (sizeof alphabet / sizeof *alphabet)

typedef struct random {
    uint64_t state;
} random;

static uint32_t below(random *self, uint32_t n) {
    self->state = self->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(self->state >> 33) % n;
}

/* The slow and obvious way: segment after segment over the UTF-8 form. */
static size_t walk_words(const uint32_t *points, size_t n, int64_t *out) {
    uint8_t utf8[4 * 1024];
    size_t len = 0, n_out = 0;
    int64_t at_point = 0;
    for (size_t i = 0; i < n; i++) len += ca_utf8_encode(points[i], utf8 + len);
    for (size_t at = 0; at < len;) {
        out[n_out++] = at_point;
        size_t end = ca_uax29_word_end(utf8, len, at);
        at_point += (int64_t)ca_utf8_count(utf8 + at, end - at);
        at = end;
    }
    if (n > 0) out[n_out++] = at_point;
    return n_out;
}

static void assert_words(const uint32_t *points, size_t n, const void *units, ca_text_form form) {
    int64_t expected[1025];
    size_t n_expected = walk_words(points, n, expected);
    ca_alloc hook = ca_alloc_libc();
    ca_bounds found = {NULL, 0, 0};
    assert_int_equal(ca_bounds_words(&hook, &(ca_text){units, n, form}, NULL, &found), CA_OK);
    bool same = found.n == n_expected;
    for (size_t i = 0; same && i < n_expected; i++) same = found.at[i] == expected[i];
    if (!same) {
        for (size_t i = 0; i < n; i++) print_error("U+%04X ", points[i]);
        fail_msg("form %d, %zu units: other boundaries than segment after segment", form, n);
    }
    ca_bounds_reset(&hook, &found);
}

/* The same code points in every form that can hold them. */
static void assert_all_forms(const uint32_t *points, size_t n) {
    uint8_t bytes[1024];
    uint16_t pairs[1024];
    uint32_t top = 0;
    for (size_t i = 0; i < n; i++) {
        bytes[i] = (uint8_t)points[i];
        pairs[i] = (uint16_t)points[i];
        if (points[i] > top) top = points[i];
    }
    if (top < 0x80) assert_words(points, n, bytes, CA_TEXT_UTF8);
    if (top < 0x100) assert_words(points, n, bytes, CA_TEXT_LATIN1);
    if (top < 0x10000) assert_words(points, n, pairs, CA_TEXT_UCS2);
    assert_words(points, n, points, CA_TEXT_UCS4);
}

static void in_every_kernel(void (*check)(void)) {
    for (size_t i = 0; ca_kernels_all[i] != NULL; i++) {
        if (!ca_kernels_force(ca_kernels_all[i]->name)) continue;
        check();
    }
    ca_kernels_force(NULL);
}

/* Mostly plain words, with something unusual once in `rarity` letters, up to letter `top`. */
static void check_random(void) {
    random source = {2026};
    uint32_t points[1024];
    for (int round = 0; round < 6000; round++) {
        size_t n = below(&source, 400);
        uint32_t rarity = 1 + below(&source, 40), top = 1 + below(&source, LETTERS);
        for (size_t i = 0; i < n; i++) {
            bool unusual = below(&source, rarity) == 0;
            points[i] = alphabet[below(&source, unusual ? top : 12)];
        }
        assert_all_forms(points, n);
    }
}

static void random_texts_have_the_boundaries_of_uax29(void **unused) {
    (void)unused;
    in_every_kernel(check_random);
}

/* Every three letters of the alphabet, at every place around the edge of a block. */
static void check_edges(void) {
    uint32_t points[80];
    for (uint32_t i = 0; i < LETTERS * LETTERS * LETTERS; i++) {
        size_t at = 60 + i % 5;
        for (size_t k = 0; k < 70; k++) points[k] = 'x';
        points[at] = alphabet[i % LETTERS];
        points[at + 1] = alphabet[i / LETTERS % LETTERS];
        points[at + 2] = alphabet[i / LETTERS / LETTERS];
        assert_words(points, 70, points, CA_TEXT_UCS4);
    }
}

static void the_edges_of_blocks_do_not_show(void **unused) {
    (void)unused;
    in_every_kernel(check_edges);
}

static void text_behind_a_mark_is_decided_again_in_blocks(void **unused) {
    (void)unused;
    uint32_t points[1000];
    for (size_t i = 0; i < 1000; i++) points[i] = i % 6 == 5 ? ' ' : 'w';
    points[3] = 0x301;
    points[62] = '\'';
    points[63] = 0x301;
    points[500] = 0x1F1E6;
    assert_all_forms(points, 1000);
}

static void an_empty_or_missing_text_has_no_boundary(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_bounds found = {NULL, 0, 0};
    ca_text missing = {.form = CA_TEXT_MISSING}, empty = {"", 0, CA_TEXT_UTF8};
    assert_int_equal(ca_bounds_words(&hook, &missing, NULL, &found), CA_OK);
    assert_int_equal(ca_bounds_words(&hook, &empty, NULL, &found), CA_OK);
    assert_int_equal(ca_bounds_sentences(&hook, &missing, NULL, &found), CA_OK);
    assert_int_equal(ca_bounds_sentences(&hook, &empty, NULL, &found), CA_OK);
    assert_int_equal(found.n, 0);
}

static void utf8_beyond_ascii_counts_code_points(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_bounds found = {NULL, 0, 0};
    ca_text text = text_of("Ça va. Élan");
    assert_int_equal(ca_bounds_words(&hook, &text, NULL, &found), CA_OK);
    assert_int_equal(found.n, 7);
    assert_int_equal(found.at[1], 2);
    assert_int_equal(found.at[6], 11);
    ca_bounds_reset(&hook, &found);
    assert_int_equal(ca_bounds_sentences(&hook, &text, NULL, &found), CA_OK);
    assert_int_equal(found.n, 3);
    assert_int_equal(found.at[1], 7);
    assert_int_equal(found.at[2], 11);
    ca_bounds_reset(&hook, &found);
}

static ca_status find_both(const ca_alloc *alloc, void *ctx) {
    uint32_t *points = ctx;
    ca_text text = {points, 300, CA_TEXT_UCS4};
    ca_bounds words = {NULL, 0, 0}, sentences = {NULL, 0, 0};
    ca_status status = ca_bounds_words(alloc, &text, NULL, &words);
    if (status == CA_OK) status = ca_bounds_sentences(alloc, &text, NULL, &sentences);
    if (status != CA_OK) assert_true(words.at == NULL || sentences.at == NULL);
    ca_bounds_reset(alloc, &words);
    ca_bounds_reset(alloc, &sentences);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    uint32_t points[300];
    for (size_t i = 0; i < 300; i++) points[i] = i % 50 == 20 ? 0x301 : i % 7 == 0 ? ' ' : 'k';
    sweep_allocations(find_both, points);
}

static int stop_at_zero(void *ctx) {
    return (*(int *)ctx)-- == 0;
}

static void every_poll_can_stop_the_work_and_nothing_leaks(void **unused) {
    (void)unused;
    size_t n = 5 * CA_POLL_EVERY;
    uint8_t *letters = malloc(n);
    assert_non_null(letters);
    for (size_t i = 0; i < n; i++) letters[i] = i % 5 == 0 ? ' ' : 'q';
    int stops = 0;
    for (ca_status status = CA_STOPPED; status == CA_STOPPED; stops++) {
        int left = stops;
        ca_poll poll = {stop_at_zero, &left};
        test_alloc state = {.fail_at = -1};
        ca_alloc hook = test_alloc_hook(&state);
        ca_bounds found = {NULL, 0, 0};
        status = ca_bounds_words(&hook, &(ca_text){letters, n, CA_TEXT_LATIN1}, &poll, &found);
        if (status == CA_OK) ca_bounds_reset(&hook, &found);
        assert_int_equal(state.live, 0);
    }
    assert_int_equal(stops, 6);
    free(letters);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_texts_have_the_boundaries_of_uax29),
        cmocka_unit_test(the_edges_of_blocks_do_not_show),
        cmocka_unit_test(text_behind_a_mark_is_decided_again_in_blocks),
        cmocka_unit_test(an_empty_or_missing_text_has_no_boundary),
        cmocka_unit_test(utf8_beyond_ascii_counts_code_points),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
        cmocka_unit_test(every_poll_can_stop_the_work_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
