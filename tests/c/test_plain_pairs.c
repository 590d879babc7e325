#include "support.h"

#include "../../csrc/core/plain_pairs.h"

enum { MAX_ROWS = 400, MAX_ENTRIES = 8000, MAX_ACTORS = 70000 };

/* Rows of actors, with their transpose and what is known of them before pairs are counted. */
typedef struct matrix {
    int64_t indptr[MAX_ROWS + 1];
    int32_t actors[MAX_ENTRIES];
    ca_incidence incidence;
    ca_postings postings;
    int64_t events[MAX_ACTORS], occurrences[MAX_ACTORS];
} matrix;

static void finish(matrix *self, size_t n_rows, int32_t n_actors) {
    ca_alloc hook = ca_alloc_libc();
    self->incidence = (ca_incidence){
        .indptr = self->indptr, .actors = self->actors, .n_rows = n_rows, .n_actors = n_actors};
    self->postings = (ca_postings){0};
    memset(self->events, 0, sizeof self->events);
    memset(self->occurrences, 0, sizeof self->occurrences);
    assert_int_equal(ca_plain_pairs_events(&self->incidence, NULL, self->events, self->occurrences),
                     CA_OK);
    assert_int_equal(ca_incidence_transpose(&hook, &self->incidence, NULL, &self->postings), CA_OK);
}

static void matrix_reset(matrix *self) {
    ca_alloc hook = ca_alloc_libc();
    ca_postings_reset(&hook, &self->postings);
}

/* The header's picture: A B C | A B | C. */
static void picture(matrix *made) {
    const int64_t indptr[] = {0, 3, 5, 6};
    const int32_t actors[] = {0, 1, 2, 0, 1, 2};
    memcpy(made->indptr, indptr, sizeof indptr);
    memcpy(made->actors, actors, sizeof actors);
    finish(made, 3, 3);
}

/* Rows of up to 20 actors, the first of them by far the most frequent, the last ones among them. */
static void random_matrix(test_random *random, size_t n_rows, int32_t n_actors, matrix *made) {
    size_t n = 0;
    for (size_t row = 0; row < n_rows; row++) {
        made->indptr[row] = (int64_t)n;
        size_t left = random_below(random, 21);
        for (int32_t actor = 0; left > 0 && actor < n_actors; left--) {
            made->actors[n++] = actor;
            actor += 1 + (int32_t)random_below(random, 1 + (uint32_t)n_actors / 12);
        }
    }
    made->indptr[n_rows] = (int64_t)n;
    finish(made, n_rows, n_actors);
}

/* All pairs, counted in parts of `step` actors and joined. */
static ca_status count_in_parts(const ca_alloc *alloc, matrix *m, bool waiting, int32_t step,
                                ca_cooc *out) {
    enum { MOST = 300 };
    ca_cooc parts[MOST] = {{0}};
    int32_t n_actors = m->incidence.n_actors, first = 0;
    size_t n_parts = 0;
    ca_status status = CA_OK;
    for (; status == CA_OK && (first < n_actors || n_parts == 0); first += step) {
        int32_t last = n_actors - first < step ? n_actors : first + step;
        status = ca_plain_pairs_rows(alloc, &m->incidence, waiting ? NULL : &m->postings, m->events,
                                     first, last, NULL, &parts[n_parts]);
        n_parts += status == CA_OK;
    }
    if (status == CA_OK) status = ca_cooc_join(alloc, parts, n_parts, out);
    for (size_t p = 0; p < n_parts; p++) ca_cooc_reset(alloc, &parts[p]);
    return status;
}

static ca_cooc count(matrix *m, bool waiting, int32_t step) {
    ca_alloc hook = ca_alloc_libc();
    ca_cooc cooc = {0};
    const char *why = "";
    assert_int_equal(count_in_parts(&hook, m, waiting, step, &cooc), CA_OK);
    if (!ca_cooc_validate(&cooc, &why)) fail_msg("%s", why);
    assert_null(cooc.units);
    assert_null(cooc.docs);
    return cooc;
}

static void the_picture_of_the_header_holds(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    static matrix m;
    picture(&m);
    const int64_t events[] = {3, 1, 0}, occurrences[] = {2, 2, 2}, indptr[] = {0, 2, 3, 3};
    const int32_t indices[] = {1, 2, 2}, few[] = {2, 1, 1};
    assert_memory_equal(m.events, events, sizeof events);
    assert_memory_equal(m.occurrences, occurrences, sizeof occurrences);
    for (int waiting = 0; waiting < 2; waiting++) {
        ca_cooc cooc = count(&m, waiting != 0, 3);
        assert_memory_equal(cooc.indptr, indptr, sizeof indptr);
        assert_memory_equal(cooc.indices, indices, sizeof indices);
        assert_memory_equal(cooc.few, few, sizeof few);
        ca_cooc_reset(&hook, &cooc);
    }
    matrix_reset(&m);
}

/* How many rows hold both: what the table says, and what going through all rows says. */
static int32_t in_table(const ca_cooc *cooc, int32_t i, int32_t j) {
    for (int64_t k = cooc->indptr[i]; k < cooc->indptr[i + 1]; k++)
        if (cooc->indices[k] == j) return cooc->few[k];
    return 0;
}

static int32_t in_rows(const ca_incidence *incidence, int32_t i, int32_t j) {
    int32_t both = 0;
    for (size_t row = 0; row < incidence->n_rows; row++) {
        int held = 0;
        for (int64_t k = incidence->indptr[row]; k < incidence->indptr[row + 1]; k++)
            held += incidence->actors[k] == i || incidence->actors[k] == j;
        both += held == 2;
    }
    return both;
}

static void random_rows_count_like_a_naive_count(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_random random = {.state = 5};
    static matrix m;
    const int32_t sizes[] = {1, 2, 13, 63, 64, 65, 130, 200};
    for (size_t round = 0; round < 16; round++) {
        int32_t n_actors = sizes[round % 8];
        random_matrix(&random, 60, n_actors, &m);
        for (int waiting = 0; waiting < 2; waiting++) {
            int32_t step = 1 + (int32_t)random_below(&random, 200);
            ca_cooc cooc = count(&m, waiting != 0, step);
            for (int32_t i = 0; i < n_actors; i++)
                for (int32_t j = i + 1; j < n_actors; j++)
                    assert_int_equal(in_table(&cooc, i, j), in_rows(&m.incidence, i, j));
            ca_cooc_reset(&hook, &cooc);
        }
        matrix_reset(&m);
    }
}

static void more_actors_than_two_bytes_hold_are_counted_alike(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_random random = {.state = 9};
    static matrix m;
    const int32_t sizes[] = {1 << 16, (1 << 16) + 1, MAX_ACTORS};
    for (size_t k = 0; k < 3; k++) {
        random_matrix(&random, MAX_ROWS, sizes[k], &m);
        ca_cooc waited = count(&m, true, 300), tallied = count(&m, false, MAX_ACTORS);
        size_t rows = (size_t)sizes[k], pairs = (size_t)waited.indptr[rows];
        assert_true(pairs > 10000);
        assert_memory_equal(waited.indptr, tallied.indptr, (rows + 1) * sizeof *waited.indptr);
        assert_memory_equal(waited.indices, tallied.indices, pairs * sizeof *waited.indices);
        assert_memory_equal(waited.few, tallied.few, pairs * sizeof *waited.few);
        ca_cooc_reset(&hook, &waited);
        ca_cooc_reset(&hook, &tallied);
        matrix_reset(&m);
    }
}

static void bad_rows_are_found_before_anything_is_counted_for_them(void **unused) {
    (void)unused;
    static matrix m;
    picture(&m);
    const int32_t bad[][2] = {{2, 3}, {2, -1}, {3, 1}, {4, 0}, {0, INT32_MIN}, {5, INT32_MAX}};
    int64_t events[3] = {0}, occurrences[3] = {0};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        int32_t kept = m.actors[bad[k][0]];
        m.actors[bad[k][0]] = bad[k][1];
        assert_int_equal(ca_plain_pairs_events(&m.incidence, NULL, events, occurrences),
                         CA_INVALID);
        m.actors[bad[k][0]] = kept;
    }
    m.indptr[1] = 6;
    assert_int_equal(ca_plain_pairs_events(&m.incidence, NULL, events, occurrences), CA_INVALID);
    m.incidence.n_actors = -1;
    assert_int_equal(ca_plain_pairs_events(&m.incidence, NULL, events, occurrences), CA_INVALID);
    matrix_reset(&m);
}

static void what_does_not_fit_is_refused(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    static matrix m;
    picture(&m);
    ca_cooc out = {.n_actors = 77};
    const int32_t ranges[][2] = {{-1, 2}, {2, 1}, {0, 4}};
    for (size_t k = 0; k < 3; k++)
        assert_int_equal(ca_plain_pairs_rows(&hook, &m.incidence, NULL, m.events, ranges[k][0],
                                             ranges[k][1], NULL, &out),
                         CA_INVALID);
    ca_postings other = {.n_actors = 2};
    assert_int_equal(ca_plain_pairs_rows(&hook, &m.incidence, &other, m.events, 0, 3, NULL, &out),
                     CA_INVALID);
    m.events[0] = (int64_t)UINT32_MAX + 1;
    assert_int_equal(ca_plain_pairs_rows(&hook, &m.incidence, NULL, m.events, 0, 3, NULL, &out),
                     CA_TOO_LARGE);
    assert_int_equal(out.n_actors, 77);
    matrix_reset(&m);
}

static ca_status count_both_ways(const ca_alloc *alloc, void *ctx) {
    ca_cooc one = {0}, other = {0};
    ca_status status = count_in_parts(alloc, ctx, true, 60, &one);
    if (status == CA_OK) status = count_in_parts(alloc, ctx, false, 60, &other);
    if (status != CA_OK) assert_null(other.indptr);
    ca_cooc_reset(alloc, &one);
    ca_cooc_reset(alloc, &other);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    test_random random = {.state = 17};
    static matrix m;
    random_matrix(&random, 40, 130, &m);
    sweep_allocations(count_both_ways, &m);
    matrix_reset(&m);
}

static int stop_always(void *ctx) {
    ++*(int *)ctx;
    return 1;
}

static void a_poll_stops_the_count_and_nothing_leaks(void **unused) {
    (void)unused;
    enum { MANY = 2 * CA_POLL_EVERY };
    static int64_t indptr[MANY + 1];
    static int32_t actors[MANY];
    for (int64_t k = 0; k <= MANY; k++) indptr[k] = k;
    ca_incidence incidence = {.indptr = indptr, .actors = actors, .n_rows = MANY, .n_actors = 1};
    ca_alloc libc = ca_alloc_libc();
    ca_postings postings = {0};
    assert_int_equal(ca_incidence_transpose(&libc, &incidence, NULL, &postings), CA_OK);
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    int asked = 0;
    int64_t events[1] = {0}, occurrences[1] = {0};
    ca_poll poll = {.stop = stop_always, .ctx = &asked};
    ca_cooc out = {0};
    assert_int_equal(ca_plain_pairs_events(&incidence, &poll, events, occurrences), CA_STOPPED);
    for (int waiting = 0; waiting < 2; waiting++)
        assert_int_equal(ca_plain_pairs_rows(&hook, &incidence, waiting != 0 ? NULL : &postings,
                                             events, 0, 1, &poll, &out),
                         CA_STOPPED);
    assert_int_equal(asked, 3);
    assert_int_equal(state.live, 0);
    ca_postings_reset(&libc, &postings);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_of_the_header_holds),
        cmocka_unit_test(random_rows_count_like_a_naive_count),
        cmocka_unit_test(more_actors_than_two_bytes_hold_are_counted_alike),
        cmocka_unit_test(bad_rows_are_found_before_anything_is_counted_for_them),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
        cmocka_unit_test(a_poll_stops_the_count_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
