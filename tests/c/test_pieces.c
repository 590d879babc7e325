#include <stdio.h>

#include "support.h"

#include "../../csrc/core/pieces.h"
#include "../../csrc/core/shape.h"

/* What pieces of scan.h a text has, test_tokenize.c checks with every set of kernels; here is how
 * they are handed on, and what is said beside them. */

static const ca_alloc *libc(void) {
    static ca_alloc alloc;
    alloc = ca_alloc_libc();
    return &alloc;
}

static ca_pieces all_of(ca_str text) {
    ca_pieces self = {.alloc = libc()};
    ca_pieces_begin(&self, text);
    assert_int_equal(ca_pieces_more(&self, SIZE_MAX, NULL), CA_OK);
    assert_true(ca_pieces_over(&self));
    return self;
}

static void assert_items(const ca_pieces *self, const char *const *wanted) {
    for (size_t i = 0; i < self->n; i++) {
        assert_non_null(wanted[i]);
        assert_int_equal(self->items[i].len, strlen(wanted[i]));
        assert_memory_equal(self->text.ptr + self->items[i].at, wanted[i], self->items[i].len);
    }
    assert_null(wanted[self->n]);
}

static void the_example_of_the_header_holds(void **unused) {
    (void)unused;
    ca_pieces self = all_of(STR("The U.S.-led force."));
    assert_items(&self, (const char *const[]){"The", "U.S.", "-", "led", "force", ".", NULL});
    assert_int_equal(self.marks.n, 3);
    assert_memory_equal(self.marks.items, ((const uint32_t[]){1, 2, 5}), 12);
    ca_pieces_reset(&self);
}

static bool has_mark(const ca_pieces *self, size_t token) {
    for (size_t i = 0; i < self->marks.n; i++)
        if (self->marks.items[i] == token) return true;
    return false;
}

/* At every offset within a block. */
static void whatever_may_end_a_sentence_is_a_mark(void **unused) {
    (void)unused;
    static const char *const parts[] = {"a.m.",
                                        "U.S.",
                                        "Gen.",
                                        "No. 5",
                                        ".",
                                        "...",
                                        "?!",
                                        "!",
                                        "(",
                                        ")",
                                        "[",
                                        "]",
                                        "{",
                                        "}",
                                        ":",
                                        ":-)",
                                        ";",
                                        "=",
                                        "***",
                                        "-----",
                                        "\u2022",
                                        "\u3002",
                                        "\u2026",
                                        "etc.",
                                        "end.",
                                        "longest.",
                                        "J.",
                                        "x",
                                        ",",
                                        "mail@x.org.",
                                        "see http://x.org.",
                                        "\u201C",
                                        "v."};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        for (size_t pad = 0; pad < 70; pad++) {
            char text[256];
            memset(text, ' ', pad);
            size_t len = pad + (size_t)snprintf(text + pad, sizeof text - pad, "%s Then %s%s",
                                                parts[k], parts[k], parts[k]);
            ca_pieces self = all_of((ca_str){(const uint8_t *)text, len});
            for (size_t i = 0; i < self.n; i++) {
                ca_str type = {self.text.ptr + self.items[i].at, self.items[i].len};
                if (ca_shape_of(type) & CA_MAY_END) assert_true(has_mark(&self, i));
            }
            for (size_t i = 1; i < self.marks.n; i++)
                assert_true(self.marks.items[i - 1] < self.marks.items[i]);
            ca_pieces_reset(&self);
        }
    }
}

static void commas_and_plain_words_are_no_marks(void **unused) {
    (void)unused;
    ca_pieces self = all_of(STR("One, two, three longest_words_of_all, twice."));
    assert_int_equal(self.marks.n, 1);
    assert_int_equal(self.marks.items[0], self.n - 1);
    ca_pieces_reset(&self);
}

static void lines_break_before_the_token_that_follows(void **unused) {
    (void)unused;
    ca_pieces self = all_of(STR("\n\none two\r\nthree\n \nfour\n"));
    assert_int_equal(self.n, 4);
    assert_int_equal(self.n_breaks, 3);
    assert_int_equal(self.breaks[0].token, 2);
    assert_false(self.breaks[0].blank);
    assert_int_equal(self.breaks[1].token, 3);
    assert_true(self.breaks[1].blank);
    assert_int_equal(self.breaks[2].token, 4);
    assert_false(self.breaks[2].blank);
    ca_pieces_reset(&self);
}

/* Items, taken away in steps of about `step`; what is left out of *all must be nothing. */
static void check_steps(const ca_pieces *all, size_t step) {
    ca_pieces self = {.alloc = libc()};
    size_t n = 0;
    ca_pieces_begin(&self, all->text);
    while (!ca_pieces_over(&self)) {
        assert_int_equal(ca_pieces_more(&self, CA_PIECES_KEPT + step, NULL), CA_OK);
        size_t take = ca_pieces_over(&self) ? self.n : self.n - CA_PIECES_KEPT;
        assert_true(take >= step || ca_pieces_over(&self));
        assert_true(n + take <= all->n);
        assert_memory_equal(self.items, all->items + n, take * sizeof *self.items);
        ca_pieces_drop(&self, take);
        n += take;
        assert_int_equal(self.dropped, n);
    }
    assert_int_equal(self.n, 0);
    assert_int_equal(n, all->n);
    assert_int_equal(self.marks.n, all->marks.n);
    assert_memory_equal(self.marks.items, all->marks.items, all->marks.n * 4);
    assert_int_equal(self.n_breaks, all->n_breaks);
    ca_pieces_reset(&self);
}

static void pieces_may_be_taken_away_on_the_way(void **unused) {
    (void)unused;
    char text[8192] = "";
    for (int i = 0; i < 120; i++)
        strcat(text, "Mail to a.b-c.d@x.org, said Gen. O'Neil's aide.\n\u2014 \u201CNo!\u201D ");
    ca_pieces all = all_of((ca_str){(const uint8_t *)text, strlen(text)});
    assert_true(all.n > 1500);
    for (size_t step = 1; step < 200; step += 7) check_steps(&all, step);
    ca_pieces_reset(&all);
}

static void another_text_begins_anew(void **unused) {
    (void)unused;
    ca_pieces self = all_of(STR("Oslo said no.\nThen it left."));
    ca_pieces_begin(&self, STR("Kyiv."));
    assert_int_equal(ca_pieces_more(&self, SIZE_MAX, NULL), CA_OK);
    assert_items(&self, (const char *const[]){"Kyiv", ".", NULL});
    assert_int_equal(self.marks.n, 1);
    assert_int_equal(self.n_breaks, 0);
    ca_pieces_begin(&self, STR(""));
    assert_true(ca_pieces_over(&self));
    assert_int_equal(self.n, 0);
    ca_pieces_reset(&self);
    ca_pieces_reset(&self);
}

static void code_points_are_counted_where_they_begin(void **unused) {
    (void)unused;
    ca_str text = STR("a\u00E9\u20AC\U0001F600z");
    assert_int_equal(ca_pieces_points(text, 0, text.len), 5);
    assert_int_equal(ca_pieces_points(text, 1, 3), 1);
    assert_int_equal(ca_pieces_points(text, 4, 4), 0);
}

static ca_status read_all(const ca_alloc *alloc, void *ctx) {
    ca_pieces self = {.alloc = alloc};
    ca_pieces_begin(&self, *(const ca_str *)ctx);
    ca_status status = ca_pieces_more(&self, SIZE_MAX, NULL);
    if (status == CA_OK) assert_int_equal(self.n, 1400);
    ca_pieces_reset(&self);
    return status;
}

static void any_request_may_be_refused(void **unused) {
    (void)unused;
    char text[4096] = "";
    for (int i = 0; i < 350; i++) strcat(text, "Go on!\n\nSo ");
    ca_str read = {(const uint8_t *)text, strlen(text)};
    sweep_allocations(read_all, &read);
}

static void a_text_that_is_too_large_is_refused_unread(void **unused) {
    (void)unused;
    if (SIZE_MAX <= UINT32_MAX) return; /* no such text fits in memory there */
    ca_pieces self = {.alloc = libc()};
    ca_pieces_begin(&self, (ca_str){(const uint8_t *)"never read", (size_t)UINT32_MAX + 1});
    assert_int_equal(ca_pieces_more(&self, SIZE_MAX, NULL), CA_TOO_LARGE);
    ca_pieces_reset(&self);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_header_holds),
        cmocka_unit_test(whatever_may_end_a_sentence_is_a_mark),
        cmocka_unit_test(commas_and_plain_words_are_no_marks),
        cmocka_unit_test(lines_break_before_the_token_that_follows),
        cmocka_unit_test(pieces_may_be_taken_away_on_the_way),
        cmocka_unit_test(another_text_begins_anew),
        cmocka_unit_test(code_points_are_counted_where_they_begin),
        cmocka_unit_test(any_request_may_be_refused),
        cmocka_unit_test(a_text_that_is_too_large_is_refused_unread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
