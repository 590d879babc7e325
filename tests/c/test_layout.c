#include "marks.h"

#include "../../csrc/core/layout.h"

/* ---- hard-wrapped or not, with lines of any width ---- */

#define MAX_LINES 64

/* Lines of two tokens each, a document's worth: the first has five letters and begins in lower case
 * or not, the second fills the line up to its width; perhaps a stop. */
typedef struct lines {
    size_t n_lines;
    int32_t width[MAX_LINES];
    bool small[MAX_LINES], stop[MAX_LINES], blank[MAX_LINES]; /* blank: an empty line is before */
    int32_t gap;     /* between the two tokens: 1, or 0 where they make one word */
    ca_shape closer; /* of the stop */
    bool trailing;   /* the text ends in a line end */
} lines;

static lines lines_of(size_t n_lines, int32_t width) {
    lines self = {.n_lines = n_lines, .gap = 1, .closer = CA_TERMINATOR};
    for (size_t i = 0; i < n_lines; i++) {
        self.width[i] = width;
        self.small[i] = true;
    }
    self.width[n_lines - 1] = 12; /* the last line ends where the text does */
    return self;
}

/* Each token is a type of its own. */
typedef struct flat_doc {
    int32_t id[MAX_LINES * 3], start[MAX_LINES * 3], chars[MAX_LINES * 3];
    ca_shape shape[MAX_LINES * 3];
    size_t n;
} flat_doc;

static void flat_add(flat_doc *self, int32_t start, int32_t end, ca_shape shape) {
    self->id[self->n] = (int32_t)self->n;
    self->start[self->n] = start;
    self->chars[self->n] = end - start;
    self->shape[self->n++] = shape;
}

static bool is_wrapped(const lines *self) {
    flat_doc d = {.n = 0};
    ca_break breaks[MAX_LINES + 1];
    size_t n_breaks = 0;
    int32_t at = 0;
    for (size_t i = 0; i < self->n_lines; i++) {
        if (i > 0) breaks[n_breaks++] = (ca_break){.token = (uint32_t)d.n, .blank = self->blank[i]};
        int32_t end = at + self->width[i], stop = end - self->stop[i];
        flat_add(&d, at, at + 5, self->small[i] ? CA_SMALL : CA_CAPITAL);
        flat_add(&d, at + 5 + self->gap, stop, CA_SMALL);
        if (self->stop[i]) flat_add(&d, stop, end, (ca_shape)CA_PUNCTUATION | self->closer);
        at = end + 1;
    }
    if (self->trailing) breaks[n_breaks++] = (ca_break){.token = (uint32_t)d.n};
    ca_doc doc = {.id = d.id, .start = d.start, .n = d.n, .chars = d.chars, .shape = d.shape};
    return ca_layout_is_wrapped(&doc, breaks, n_breaks);
}

static void lines_of_one_usual_width_are_wrapped(void **unused) {
    (void)unused;
    for (int32_t width = 12; width <= 200; width++) {
        lines l = lines_of(6, width);
        assert_int_equal(is_wrapped(&l), width >= 40 && width <= 132);
    }
}

static void three_breaks_are_the_least(void **unused) {
    (void)unused;
    for (size_t n_lines = 1; n_lines <= 12; n_lines++) {
        lines l = lines_of(n_lines, 72);
        assert_int_equal(is_wrapped(&l), n_lines > 3);
    }
    lines l = lines_of(4, 72);
    l.blank[2] = true; /* and breaks before blank lines do not count */
    assert_false(is_wrapped(&l));
    l = lines_of(3, 72);
    l.trailing = true; /* nor does the end of the last line */
    l.width[2] = 72;
    assert_false(is_wrapped(&l));
}

static void a_line_with_room_for_the_next_word_was_not_filled(void **unused) {
    (void)unused;
    lines l = lines_of(11, 72);
    l.width[4] = 67; /* "a line of 67, a blank, a word of 5" is 73 wide */
    l.width[5] = 67;
    assert_true(is_wrapped(&l));
    l.width[4] = 66;
    assert_true(is_wrapped(&l)); /* one line in ten may have room */
    l.width[5] = 66;
    assert_false(is_wrapped(&l));
}

/* "talks," is one word of six to whoever fills lines. */
static void the_next_word_reaches_to_the_next_blank(void **unused) {
    (void)unused;
    lines l = lines_of(11, 72);
    for (size_t i = 3; i < 6; i++) l.width[i] = 60; /* room for 11 more */
    assert_false(is_wrapped(&l));
    l.gap = 0;
    assert_true(is_wrapped(&l));
}

static void the_line_before_a_blank_one_may_be_short(void **unused) {
    (void)unused;
    lines l = lines_of(16, 72);
    for (size_t i = 4; i < 16; i += 4) {
        l.blank[i] = true;
        l.width[i - 1] = 20;
    }
    assert_true(is_wrapped(&l));
}

static void one_sentence_a_line_is_not_wrapped(void **unused) {
    (void)unused;
    lines l = lines_of(9, 72);
    for (size_t i = 0; i < 4; i++) l.stop[i] = true;
    assert_true(is_wrapped(&l)); /* 4 of 8 lines end in a stop */
    l.stop[4] = true;
    assert_false(is_wrapped(&l));
    l.closer = CA_CLOSER;
    assert_false(is_wrapped(&l));
    l.closer = CA_OPENER;
    assert_true(is_wrapped(&l));
}

static void lines_that_begin_in_capitals_are_not_wrapped(void **unused) {
    (void)unused;
    lines l = lines_of(9, 72);
    for (size_t i = 1; i <= 6; i++) l.small[i] = false;
    assert_true(is_wrapped(&l)); /* 2 of 8 next lines begin in lower case */
    l.small[7] = false;
    assert_false(is_wrapped(&l));
}

static void nothing_is_not_wrapped(void **unused) {
    (void)unused;
    ca_doc doc = {.n = 0};
    assert_false(ca_layout_is_wrapped(&doc, NULL, 0));
    const ca_break behind[] = {{.token = 0}, {.token = 0}, {.token = 0}, {.token = 0}};
    assert_false(ca_layout_is_wrapped(&doc, behind, 4)); /* breaks behind the last token */
}

/* ---- paragraphs ---- */

/* Six words of three letters in a row, and "." at the second and at the fourth. */
typedef struct six {
    int32_t id[6], start[6], chars[2];
    ca_shape shape[2];
    uint8_t ordinal[2];
} six;

static ca_doc six_of(six *self) {
    *self = (six){.chars = {3, 1},
                  .shape = {(ca_shape)CA_WORD | CA_CAPITAL,
                            (ca_shape)CA_PUNCTUATION | CA_TERMINATOR | CA_FULL_STOP}};
    for (int32_t i = 0; i < 6; i++) {
        self->id[i] = i == 1 || i == 3;
        self->start[i] = i * 4;
    }
    return (ca_doc){.id = self->id,
                    .start = self->start,
                    .n = 6,
                    .chars = self->chars,
                    .shape = self->shape,
                    .ordinal = self->ordinal};
}

static const ca_alloc *libc(void) {
    static ca_alloc alloc;
    alloc = ca_alloc_libc();
    return &alloc;
}

static void assert_starts(const ca_starts *starts, const uint32_t *expected, size_t n) {
    assert_int_equal(starts->n, n);
    for (size_t i = 0; i < n; i++) assert_int_equal(starts->items[i], expected[i]);
}

static void documents_stand_one_behind_the_other(void **unused) {
    (void)unused;
    six tokens;
    ca_doc doc = six_of(&tokens);
    ca_starts marks = all_marks(doc.n);
    ca_layout layout = {.blank = NULL};
    const ca_break breaks[] = {{.token = 2, .blank = true}, {.token = 5}, {.token = 6}};
    assert_int_equal(ca_layout_news(libc(), &layout, &doc, breaks, 3, &marks, 100, NULL), CA_OK);
    assert_int_equal(ca_layout_news(libc(), &layout, &doc, NULL, 0, &marks, 106, NULL), CA_OK);
    assert_starts(&layout.paragraphs, (const uint32_t[]){100, 102, 105, 106}, 4);
    assert_starts(&layout.sentences, (const uint32_t[]){100, 102, 104, 105, 106, 108, 110}, 7);
    assert_memory_equal(layout.blank, ((const uint8_t[]){1, 1, 0, 1}), 4);
    ca_layout_clear(&layout);
    assert_int_equal(layout.paragraphs.n + layout.sentences.n, 0);
    ca_layout_reset(libc(), &layout);
    assert_null(layout.blank);
    ca_starts_reset(libc(), &marks);
}

static void a_document_without_tokens_has_no_paragraph(void **unused) {
    (void)unused;
    ca_doc doc = {.n = 0};
    ca_starts marks = {.items = NULL};
    ca_layout layout = {.blank = NULL};
    const ca_break breaks[] = {{.token = 0}};
    assert_int_equal(ca_layout_news(libc(), &layout, &doc, breaks, 1, &marks, 5, NULL), CA_OK);
    assert_int_equal(layout.paragraphs.n + layout.sentences.n, 0);
    ca_layout_reset(libc(), &layout);
}

static int stop_at_third(void *ctx) {
    long *asked = ctx;
    return ++*asked == 3;
}

static void it_stops_when_told_so(void **unused) {
    (void)unused;
    six tokens;
    ca_doc doc = six_of(&tokens);
    ca_starts marks = all_marks(doc.n);
    ca_layout layout = {.blank = NULL};
    long asked = 0;
    ca_poll poll = {stop_at_third, &asked};
    size_t documents = 0;
    while (ca_layout_news(libc(), &layout, &doc, NULL, 0, &marks, 0, &poll) == CA_OK) documents++;
    assert_int_equal(asked, 3);
    assert_int_equal(documents, 3 * CA_POLL_EVERY / 6);
    ca_layout_reset(libc(), &layout);
    ca_starts_reset(libc(), &marks);
}

static ca_status lay_out(const ca_alloc *alloc, void *ctx) {
    six tokens;
    ca_doc doc = six_of(&tokens);
    const ca_break breaks[] = {{.token = 2}};
    ca_layout layout = {.blank = NULL};
    ca_status status = CA_OK;
    for (uint32_t i = 0; i < 20 && status == CA_OK; i++)
        status = ca_layout_news(alloc, &layout, &doc, breaks, 1, ctx, i * 6, NULL);
    if (status == CA_OK) assert_int_equal(layout.sentences.n, 60);
    ca_layout_reset(alloc, &layout);
    return status;
}

static void any_request_may_be_refused(void **unused) {
    (void)unused;
    ca_starts marks = all_marks(6);
    sweep_allocations(lay_out, &marks);
    ca_starts_reset(libc(), &marks);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_one_usual_width_are_wrapped),
        cmocka_unit_test(three_breaks_are_the_least),
        cmocka_unit_test(a_line_with_room_for_the_next_word_was_not_filled),
        cmocka_unit_test(the_next_word_reaches_to_the_next_blank),
        cmocka_unit_test(the_line_before_a_blank_one_may_be_short),
        cmocka_unit_test(one_sentence_a_line_is_not_wrapped),
        cmocka_unit_test(lines_that_begin_in_capitals_are_not_wrapped),
        cmocka_unit_test(nothing_is_not_wrapped),
        cmocka_unit_test(documents_stand_one_behind_the_other),
        cmocka_unit_test(a_document_without_tokens_has_no_paragraph),
        cmocka_unit_test(it_stops_when_told_so),
        cmocka_unit_test(any_request_may_be_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
