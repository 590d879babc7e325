#include "support.h"

#include "../../csrc/core/word_windows.h"

enum { MAX_MENTIONS = 200, MAX_ACTORS = 70, MAX_REACH = 12 };

/* Mentions and room for what is counted of them. */
typedef struct text {
    int64_t segments[MAX_MENTIONS], docs[MAX_MENTIONS], firsts[MAX_MENTIONS], ends[MAX_MENTIONS];
    int32_t actors[MAX_MENTIONS];
    uint8_t repeats[MAX_MENTIONS];
    int64_t weights[MAX_REACH];
    int64_t events[MAX_ACTORS], selves[MAX_ACTORS];
    ca_word_windows windows;
} text;

static void lend(text *self, size_t n, int32_t n_actors, int64_t reach, bool weighted) {
    self->windows = (ca_word_windows){.segments = self->segments,
                                      .docs = self->docs,
                                      .firsts = self->firsts,
                                      .ends = self->ends,
                                      .actors = self->actors,
                                      .repeats = self->repeats,
                                      .n = n,
                                      .n_actors = n_actors,
                                      .reach = reach,
                                      .weights = weighted ? self->weights : NULL,
                                      .form = {.weighted = weighted, .with_docs = true}};
}

static void add(text *self, int32_t actor, int64_t segment, int64_t first, int64_t end) {
    size_t k = self->windows.n++;
    self->segments[k] = self->docs[k] = segment;
    self->firsts[k] = first;
    self->ends[k] = end;
    self->actors[k] = actor;
}

static ca_status count_in_parts(const ca_alloc *alloc, text *self, int32_t step,
                                const ca_poll *poll, ca_cooc *out) {
    int32_t n_actors = self->windows.n_actors, first = 0;
    ca_cooc parts[MAX_ACTORS + 1] = {{0}};
    size_t n_parts = 0;
    memset(self->events, 0, sizeof self->events);
    memset(self->selves, 0, sizeof self->selves);
    ca_status status = ca_word_windows_events(&self->windows, poll, self->events, self->selves);
    for (; status == CA_OK && (first < n_actors || n_parts == 0); first += step) {
        int32_t last = n_actors - first < step ? n_actors : first + step;
        status = ca_word_windows_rows(alloc, &self->windows, self->events, first, last, poll,
                                      &parts[n_parts]);
        n_parts += status == CA_OK;
    }
    if (status == CA_OK) status = ca_cooc_join(alloc, parts, n_parts, out);
    for (size_t p = 0; p < n_parts; p++) ca_cooc_reset(alloc, &parts[p]);
    return status;
}

static ca_cooc count(text *self, int32_t step) {
    ca_alloc hook = ca_alloc_libc();
    ca_cooc cooc = {0};
    const char *why = "";
    assert_int_equal(count_in_parts(&hook, self, step, NULL, &cooc), CA_OK);
    if (!ca_cooc_validate(&cooc, &why)) fail_msg("%s", why);
    return cooc;
}

static int64_t sum_of(const ca_cooc *cooc, int32_t i, int32_t j) {
    for (int64_t k = cooc->indptr[i]; k < cooc->indptr[i + 1]; k++)
        if (cooc->indices[k] == j) return cooc->sums != NULL ? cooc->sums[k] : cooc->units[k];
    return 0;
}

/* The header's picture: RUS 0, TALIBAN 1, AFG 2. */
static void picture(text *self, int64_t reach) {
    *self = (text){0};
    lend(self, 0, 3, reach, false);
    add(self, 0, 0, 0, 1);
    add(self, 1, 0, 3, 4);
    add(self, 2, 0, 5, 6);
}

static void the_picture_of_the_header_holds(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    text t;
    picture(&t, 2);
    ca_cooc cooc = count(&t, 3);
    assert_int_equal(sum_of(&cooc, 1, 2), 1);
    assert_int_equal(sum_of(&cooc, 0, 1), 0);
    ca_cooc_reset(&hook, &cooc);
    picture(&t, 3);
    cooc = count(&t, 3);
    assert_int_equal(sum_of(&cooc, 1, 2), 1);
    assert_int_equal(sum_of(&cooc, 0, 1), 1);
    assert_int_equal(sum_of(&cooc, 0, 2), 0);
    ca_cooc_reset(&hook, &cooc);
}

static void no_window_crosses_a_segment(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    text t = {0};
    lend(&t, 0, 2, 5, false);
    add(&t, 0, 0, 0, 1);
    add(&t, 1, 1, 1, 2);
    ca_cooc cooc = count(&t, 1);
    assert_int_equal(cooc.indptr[2], 0);
    ca_cooc_reset(&hook, &cooc);
}

static void overlapping_mentions_are_no_pair(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    text t = {0};
    lend(&t, 0, 3, 5, false);
    add(&t, 0, 0, 0, 4);
    add(&t, 1, 0, 3, 4);
    add(&t, 2, 0, 4, 5);
    ca_cooc cooc = count(&t, 1);
    assert_int_equal(sum_of(&cooc, 0, 1), 0);
    assert_int_equal(sum_of(&cooc, 0, 2), 1);
    assert_int_equal(sum_of(&cooc, 1, 2), 1);
    ca_cooc_reset(&hook, &cooc);
}

static void a_repeated_name_is_no_self_pair(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    text t = {0};
    lend(&t, 0, 1, 9, false);
    add(&t, 0, 0, 0, 1);
    add(&t, 0, 0, 2, 3);
    t.repeats[1] = 1;
    add(&t, 0, 0, 6, 7);
    ca_cooc cooc = count(&t, 1);
    assert_int_equal(t.selves[0], 1);
    ca_cooc_reset(&hook, &cooc);
}

static void random_text(test_random *random, text *self, int32_t n_actors, bool weighted) {
    *self = (text){0};
    int64_t reach = 1 + (int64_t)random_below(random, MAX_REACH);
    lend(self, 0, n_actors, reach, weighted);
    for (int64_t d = 0; d < MAX_REACH; d++) self->weights[d] = (int64_t)random_below(random, 4);
    self->windows.form.directed = random_below(random, 2) == 0;
    int64_t segment = 0, word = 0;
    for (size_t k = 0; k < MAX_MENTIONS; k++) {
        segment += random_below(random, 9) == 0;
        word += (int64_t)random_below(random, 4);
        add(self, (int32_t)random_below(random, (size_t)n_actors), segment, word,
            word + 1 + (int64_t)random_below(random, 3));
        self->docs[k] = segment / 2;
    }
}

static int64_t count_naively(const text *self, int32_t i, int32_t j) {
    int64_t sum = 0;
    const ca_word_windows *w = &self->windows;
    for (size_t p = 0; p < w->n; p++) {
        for (size_t q = p + 1; q < w->n; q++) {
            int64_t d = w->firsts[q] - w->ends[p] + 1;
            if (w->segments[p] != w->segments[q] || d < 1 || d > w->reach) continue;
            bool forward = w->actors[p] == i && w->actors[q] == j;
            bool backward = w->actors[p] == j && w->actors[q] == i && !w->form.directed;
            if (forward || backward) sum += w->weights != NULL ? w->weights[d - 1] : 1;
        }
    }
    return sum;
}

static void random_texts_count_like_every_pair_of_mentions(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_random random = {.state = 5};
    static text t;
    for (int round = 0; round < 60; round++) {
        int32_t n_actors = round % 3 == 0 ? MAX_ACTORS : 6;
        random_text(&random, &t, n_actors, round % 2 == 0);
        ca_cooc cooc = count(&t, 1 + (int32_t)random_below(&random, (size_t)n_actors));
        for (int32_t i = 0; i < n_actors; i++)
            for (int32_t j = t.windows.form.directed ? 0 : i + 1; j < n_actors; j++)
                if (i != j) assert_int_equal(sum_of(&cooc, i, j), count_naively(&t, i, j));
        ca_cooc_reset(&hook, &cooc);
    }
}

static void refuse(text *self) {
    assert_int_equal(ca_word_windows_events(&self->windows, NULL, self->events, self->selves),
                     CA_INVALID);
    picture(self, 3);
}

static void what_breaks_the_contract_is_refused(void **unused) {
    (void)unused;
    text t;
    picture(&t, 0);
    refuse(&t);
    t.actors[1] = 3;
    refuse(&t);
    t.actors[1] = -1;
    refuse(&t);
    t.ends[0] = 0;
    refuse(&t);
    t.firsts[2] = 2;
    refuse(&t);
    t.segments[0] = 1;
    refuse(&t);
    t.docs[0] = 1;
    refuse(&t);
    t.windows.form.weighted = true;
    refuse(&t);
    t.windows.form.weighted = true;
    t.windows.weights = t.weights;
    t.weights[1] = -1;
    refuse(&t);
}

static void a_sum_beyond_64_bits_is_an_error(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    text t = {0};
    ca_cooc cooc = {.n_actors = 77};
    lend(&t, 0, 2, 1, true);
    t.weights[0] = INT64_MAX;
    for (int64_t k = 0; k < 3; k++) add(&t, (int32_t)(k % 2), 0, k, k + 1);
    assert_int_equal(count_in_parts(&hook, &t, 2, NULL, &cooc), CA_TOO_LARGE);
    t.actors[1] = 0;
    assert_int_equal(count_in_parts(&hook, &t, 2, NULL, &cooc), CA_TOO_LARGE);
    assert_int_equal(cooc.n_actors, 77);
}

static ca_status count_random(const ca_alloc *alloc, void *ctx) {
    ca_cooc cooc = {0};
    ca_status status = count_in_parts(alloc, ctx, 30, NULL, &cooc);
    if (status != CA_OK) assert_null(cooc.indptr);
    ca_cooc_reset(alloc, &cooc);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    test_random random = {.state = 8};
    static text t;
    for (int weighted = 0; weighted < 2; weighted++) {
        random_text(&random, &t, MAX_ACTORS, weighted != 0);
        sweep_allocations(count_random, &t);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_of_the_header_holds),
        cmocka_unit_test(no_window_crosses_a_segment),
        cmocka_unit_test(overlapping_mentions_are_no_pair),
        cmocka_unit_test(a_repeated_name_is_no_self_pair),
        cmocka_unit_test(random_texts_count_like_every_pair_of_mentions),
        cmocka_unit_test(what_breaks_the_contract_is_refused),
        cmocka_unit_test(a_sum_beyond_64_bits_is_an_error),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
