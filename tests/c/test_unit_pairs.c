#include "support.h"

#include "../../csrc/core/unit_pairs.h"

enum { MAX_ROWS = 600, MAX_UNITS = 80, MAX_ACTORS = 200 };

/* An incidence with its transpose, made from mentions, and how its pairs are to be counted. */
typedef struct matrix {
    ca_incidence incidence;
    ca_postings postings;
    ca_unit_pairs pairs;
    int32_t named[MAX_ROWS];
    int64_t events[MAX_ACTORS];
} matrix;

static void matrix_of(const ca_incidence_rows *rows, int32_t n_actors, matrix *made) {
    ca_alloc hook = ca_alloc_libc();
    *made = (matrix){0};
    assert_int_equal(ca_incidence_build(&hook, rows, n_actors, NULL, &made->incidence), CA_OK);
    assert_int_equal(ca_incidence_transpose(&hook, &made->incidence, NULL, &made->postings), CA_OK);
    for (size_t r = 0; r < made->incidence.n_rows; r++)
        made->named[r] = (int32_t)(made->incidence.indptr[r + 1] - made->incidence.indptr[r]);
    made->pairs = (ca_unit_pairs){.incidence = &made->incidence, .named = made->named};
}

static void count_by(matrix *self, ca_rule rule, bool directed, bool with_docs) {
    self->pairs.rule = rule;
    self->pairs.form = (ca_cooc_form){
        .directed = directed, .weighted = rule != CA_RULE_BINARY, .with_docs = with_docs};
}

static void matrix_reset(matrix *self) {
    ca_alloc hook = ca_alloc_libc();
    ca_postings_reset(&hook, &self->postings);
    ca_incidence_reset(&hook, &self->incidence);
}

/* All pairs, counted in parts of `step` actors and joined. */
static ca_status count_in_parts(const ca_alloc *alloc, matrix *m, bool waiting, int32_t step,
                                const ca_poll *poll, ca_cooc *out) {
    ca_cooc parts[MAX_ACTORS + 1] = {{0}};
    int32_t n_actors = m->incidence.n_actors, first = 0;
    size_t n_parts = 0;
    memset(m->events, 0, sizeof m->events);
    ca_status status = ca_unit_pairs_events(&m->pairs, poll, m->events);
    for (; status == CA_OK && (first < n_actors || n_parts == 0); first += step) {
        int32_t last = n_actors - first < step ? n_actors : first + step;
        status = ca_unit_pairs_rows(alloc, &m->pairs, waiting ? NULL : &m->postings, m->events,
                                    first, last, poll, &parts[n_parts]);
        n_parts += status == CA_OK;
    }
    if (status == CA_OK) status = ca_cooc_join(alloc, parts, n_parts, out);
    for (size_t p = 0; p < n_parts; p++) ca_cooc_reset(alloc, &parts[p]);
    return status;
}

static void assert_valid(const ca_cooc *cooc) {
    const char *why = "";
    if (!ca_cooc_validate(cooc, &why)) fail_msg("%s", why);
}

static ca_cooc count(matrix *m, bool waiting, int32_t step) {
    ca_alloc hook = ca_alloc_libc();
    ca_cooc cooc = {0};
    assert_int_equal(count_in_parts(&hook, m, waiting, step, NULL, &cooc), CA_OK);
    assert_valid(&cooc);
    return cooc;
}

/* The header's picture: 2xA 1xB | 1xA 3xB 1xC. */
static const int64_t UNITS[] = {0, 0, 0, 1, 1, 1, 1, 1};
static const int64_t STARTS[] = {0, 5, 9, 0, 3, 6, 7, 8};
static const int32_t ACTORS[] = {0, 0, 1, 1, 0, 1, 1, 2};

static void picture(matrix *made) {
    ca_incidence_rows rows = {
        .units = UNITS, .docs = UNITS, .actors = ACTORS, .starts = STARTS, .n = 8};
    matrix_of(&rows, 3, made);
}

static void the_picture_of_the_header_holds(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    matrix m;
    picture(&m);
    const int64_t half = CA_ONE / 2;
    const struct {
        ca_rule rule;
        int64_t ab, ac, bc;
    } cases[] = {{CA_RULE_MIN, 2, 1, 1},
                 {CA_RULE_PRODUCT, 5, 1, 3},
                 {CA_RULE_FRACTIONAL, 3 * half, half, half}};
    for (size_t k = 0; k < 3; k++) {
        for (int waiting = 0; waiting < 2; waiting++) {
            count_by(&m, cases[k].rule, false, true);
            ca_cooc cooc = count(&m, waiting != 0, 2);
            const int64_t units[] = {2, 1, 1}, sums[] = {cases[k].ab, cases[k].ac, cases[k].bc};
            assert_memory_equal(cooc.units, units, sizeof units);
            assert_memory_equal(cooc.docs, units, sizeof units);
            assert_memory_equal(cooc.sums, sums, sizeof sums);
            ca_cooc_reset(&hook, &cooc);
        }
    }
    matrix_reset(&m);
}

static void directed_a_unit_may_count_both_ways(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    matrix m;
    picture(&m);
    count_by(&m, CA_RULE_BINARY, true, false);
    ca_cooc cooc = count(&m, true, 3);
    const int64_t indptr[] = {0, 2, 4, 4}, units[] = {2, 1, 1, 1};
    const int32_t indices[] = {1, 2, 0, 2};
    assert_memory_equal(cooc.indptr, indptr, sizeof indptr);
    assert_memory_equal(cooc.indices, indices, sizeof indices);
    assert_memory_equal(cooc.units, units, sizeof units);
    ca_cooc_reset(&hook, &cooc);
    matrix_reset(&m);
}

/* Units of 0 to 12 mentions in documents of some units, among `n_actors`. */
static void random_matrix(test_random *random, int32_t n_actors, matrix *made) {
    static int64_t units[MAX_ROWS], docs[MAX_ROWS], starts[MAX_ROWS];
    static int32_t actors[MAX_ROWS];
    size_t n = 0;
    int64_t doc = 0;
    for (int64_t unit = 0; unit < MAX_UNITS; unit++) {
        doc += random_below(random, 4) == 0;
        for (size_t m = random_below(random, 13); m > 0 && n < MAX_ROWS; m--, n++) {
            units[n] = unit;
            docs[n] = doc;
            starts[n] = (int64_t)(n / 2); /* some start together */
            actors[n] = (int32_t)random_below(random, (size_t)n_actors);
        }
    }
    ca_incidence_rows rows = {
        .units = units, .docs = docs, .actors = actors, .starts = starts, .n = n};
    matrix_of(&rows, n_actors, made);
}

static int64_t entry_of(const ca_incidence *self, size_t row, int32_t actor) {
    for (int64_t k = self->indptr[row]; k < self->indptr[row + 1]; k++)
        if (self->actors[k] == actor) return k;
    return -1;
}

static int64_t weigh(const matrix *m, size_t row, int64_t x, int64_t y) {
    switch (m->pairs.rule) {
    case CA_RULE_MIN:
        return x < y ? x : y;
    case CA_RULE_PRODUCT:
        return x * y;
    case CA_RULE_FRACTIONAL:
        return (CA_ONE + (m->named[row] - 1) / 2) / (m->named[row] - 1);
    default:
        return 1;
    }
}

/* Go through all units for one pair. */
static void count_naively(const matrix *m, int32_t i, int32_t j, int64_t *units, int64_t *sum,
                          int64_t *docs) {
    const ca_incidence *self = &m->incidence;
    int64_t doc = -1;
    *units = *sum = *docs = 0;
    for (size_t row = 0; row < self->n_rows; row++) {
        int64_t x = entry_of(self, row, i), y = entry_of(self, row, j);
        if (x < 0 || y < 0) continue;
        if (m->pairs.form.directed && self->firsts[x] >= self->lasts[y]) continue;
        ++*units;
        *sum += weigh(m, row, self->counts[x], self->counts[y]);
        if (self->docs[row] != doc) ++*docs;
        doc = self->docs[row];
    }
}

static void assert_like_naive_count(const ca_cooc *cooc, const matrix *m) {
    int64_t units, sum, docs;
    for (int32_t i = 0; i < cooc->n_actors; i++) {
        int64_t k = cooc->indptr[i];
        for (int32_t j = cooc->directed ? 0 : i + 1; j < cooc->n_actors; j++) {
            if (i == j) continue;
            count_naively(m, i, j, &units, &sum, &docs);
            if (units == 0) continue;
            assert_true(k < cooc->indptr[i + 1]);
            assert_int_equal(cooc->indices[k], j);
            assert_int_equal(cooc->units[k], units);
            if (cooc->sums != NULL) assert_int_equal(cooc->sums[k], sum);
            if (cooc->docs != NULL) assert_int_equal(cooc->docs[k], docs);
            k++;
        }
        assert_int_equal(k, cooc->indptr[i + 1]);
    }
}

static void random_units_count_like_a_naive_count_by_every_rule(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_random random = {.state = 7};
    const int32_t sizes[] = {1, 2, 5, 63, 64, 65, 130};
    static matrix m;
    for (size_t round = 0; round < 28; round++) {
        int32_t n_actors = sizes[round % 7];
        random_matrix(&random, n_actors, &m);
        for (int way = 0; way < 8; way++) {
            count_by(&m, (ca_rule)(round % CA_RULE_COUNT), way % 2 != 0, way / 2 % 2 != 0);
            ca_cooc cooc = count(&m, way / 4 != 0, 1 + (int32_t)random_below(&random, 200));
            assert_like_naive_count(&cooc, &m);
            ca_cooc_reset(&hook, &cooc);
        }
        matrix_reset(&m);
    }
}

static void the_short_way_gives_the_same_table(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_random random = {.state = 21};
    static matrix m;
    static uint32_t cells[2 * 65 * 65];
    for (int round = 0; round < 10; round++) {
        random_matrix(&random, 65, &m);
        count_by(&m, CA_RULE_BINARY, false, false);
        ca_cooc slow = count(&m, true, 65), quick = {0};
        int64_t occurrences[65];
        memset(cells, 0, sizeof cells);
        size_t n = m.incidence.n_rows;
        for (size_t t = 0; t < 2; t++)
            assert_int_equal(ca_unit_pairs_dense(&m.incidence, t * (n / 2), t == 0 ? n / 2 : n,
                                                 NULL, cells + t * 65 * 65),
                             CA_OK);
        assert_int_equal(ca_unit_pairs_sparse(&hook, cells, 2, 65, &quick, occurrences), CA_OK);
        assert_valid(&quick);
        size_t pairs = (size_t)slow.indptr[65];
        assert_memory_equal(quick.indptr, slow.indptr, 66 * sizeof *slow.indptr);
        assert_memory_equal(quick.indices, slow.indices, pairs * sizeof *slow.indices);
        assert_memory_equal(quick.units, slow.units, pairs * sizeof *slow.units);
        for (int32_t i = 0; i < 65; i++)
            assert_int_equal(occurrences[i], m.postings.indptr[i + 1] - m.postings.indptr[i]);
        ca_cooc_reset(&hook, &slow);
        ca_cooc_reset(&hook, &quick);
        matrix_reset(&m);
    }
}

static void bad_indices_are_found_by_both_ways(void **unused) {
    (void)unused;
    matrix m;
    picture(&m);
    count_by(&m, CA_RULE_BINARY, false, false);
    static uint32_t cells[9];
    const int32_t bad[][2] = {{2, 5}, {3, 0}, {3, 3}, {4, 3}, {4, -1}};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        int32_t *entry = &m.incidence.actors[bad[k][0]], kept = *entry;
        *entry = bad[k][1];
        assert_int_equal(ca_unit_pairs_events(&m.pairs, NULL, m.events), CA_INVALID);
        assert_int_equal(ca_unit_pairs_dense(&m.incidence, 0, 2, NULL, cells), CA_INVALID);
        *entry = kept;
    }
    m.incidence.indptr[1] = 7;
    assert_int_equal(ca_unit_pairs_events(&m.pairs, NULL, m.events), CA_INVALID);
    m.incidence.indptr[1] = 2;
    matrix_reset(&m);
}

static void a_range_outside_the_actors_is_refused(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    matrix m;
    picture(&m);
    ca_cooc out = {.n_actors = 77};
    const int32_t ranges[][2] = {{-1, 2}, {2, 1}, {0, 4}};
    for (size_t k = 0; k < 3; k++)
        assert_int_equal(ca_unit_pairs_rows(&hook, &m.pairs, &m.postings, NULL, ranges[k][0],
                                            ranges[k][1], NULL, &out),
                         CA_INVALID);
    ca_postings other = {.n_actors = 2};
    assert_int_equal(ca_unit_pairs_rows(&hook, &m.pairs, &other, NULL, 0, 2, NULL, &out),
                     CA_INVALID);
    assert_int_equal(out.n_actors, 77);
    matrix_reset(&m);
}

static void a_product_beyond_64_bits_is_an_error(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    const int64_t units[] = {0, 0, 1, 1, 2, 2};
    const int32_t actors[] = {0, 1, 0, 1, 0, 1};
    ca_incidence_rows rows = {.units = units, .docs = units, .actors = actors, .n = 6};
    static matrix m;
    matrix_of(&rows, 2, &m);
    for (int k = 0; k < 6; k++) m.incidence.counts[k] = INT32_MAX;
    count_by(&m, CA_RULE_PRODUCT, false, false);
    ca_cooc out = {.n_actors = 77};
    for (int waiting = 0; waiting < 2; waiting++)
        assert_int_equal(count_in_parts(&hook, &m, waiting != 0, 2, NULL, &out), CA_TOO_LARGE);
    assert_int_equal(out.n_actors, 77);
    matrix_reset(&m);
}

static ca_status count_both_ways(const ca_alloc *alloc, void *ctx) {
    ca_cooc one = {0}, other = {0};
    ca_status status = count_in_parts(alloc, ctx, true, 60, NULL, &one);
    if (status == CA_OK) status = count_in_parts(alloc, ctx, false, 60, NULL, &other);
    if (status != CA_OK) assert_null(other.indptr);
    ca_cooc_reset(alloc, &one);
    ca_cooc_reset(alloc, &other);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    test_random random = {.state = 17};
    static matrix m;
    random_matrix(&random, 130, &m);
    for (int rule = 0; rule < CA_RULE_COUNT; rule++) {
        count_by(&m, (ca_rule)rule, false, rule % 2 == 0);
        sweep_allocations(count_both_ways, &m);
    }
    matrix_reset(&m);
}

static ca_status thin_out(const ca_alloc *alloc, void *ctx) {
    int64_t occurrences[3];
    ca_cooc cooc = {0};
    ca_status status = ca_unit_pairs_sparse(alloc, ctx, 1, 3, &cooc, occurrences);
    ca_cooc_reset(alloc, &cooc);
    return status;
}

static void a_dense_table_that_cannot_be_thinned_out_leaks_nothing(void **unused) {
    (void)unused;
    uint32_t cells[9] = {3, 1, 0, 0, 2, 1, 0, 0, 1};
    sweep_allocations(thin_out, cells);
}

static int stop_always(void *ctx) {
    ++*(int *)ctx;
    return 1;
}

static void a_poll_stops_the_count_and_nothing_leaks(void **unused) {
    (void)unused;
    enum { MANY = 3 * CA_POLL_EVERY };
    static int64_t units[MANY];
    static int32_t actors[MANY];
    for (int k = 0; k < MANY; k++) units[k] = k;
    ca_incidence_rows rows = {.units = units, .docs = units, .actors = actors, .n = MANY};
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    ca_incidence incidence = {0};
    ca_postings postings = {0};
    assert_int_equal(ca_incidence_build(&hook, &rows, 1, NULL, &incidence), CA_OK);
    assert_int_equal(ca_incidence_transpose(&hook, &incidence, NULL, &postings), CA_OK);
    ca_unit_pairs pairs = {.incidence = &incidence};
    int asked = 0;
    int64_t events[1] = {0};
    uint32_t cell = 0;
    ca_poll poll = {.stop = stop_always, .ctx = &asked};
    ca_cooc out = {0};
    long live = state.live;
    assert_int_equal(ca_unit_pairs_events(&pairs, &poll, events), CA_STOPPED);
    assert_int_equal(ca_unit_pairs_dense(&incidence, 0, MANY, &poll, &cell), CA_STOPPED);
    for (int waiting = 0; waiting < 2; waiting++)
        assert_int_equal(ca_unit_pairs_rows(&hook, &pairs, waiting != 0 ? NULL : &postings, events,
                                            0, 1, &poll, &out),
                         CA_STOPPED);
    assert_int_equal(asked, 4);
    assert_int_equal(state.live, live);
    ca_postings_reset(&hook, &postings);
    ca_incidence_reset(&hook, &incidence);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_of_the_header_holds),
        cmocka_unit_test(directed_a_unit_may_count_both_ways),
        cmocka_unit_test(random_units_count_like_a_naive_count_by_every_rule),
        cmocka_unit_test(the_short_way_gives_the_same_table),
        cmocka_unit_test(bad_indices_are_found_by_both_ways),
        cmocka_unit_test(a_range_outside_the_actors_is_refused),
        cmocka_unit_test(a_product_beyond_64_bits_is_an_error),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
        cmocka_unit_test(a_dense_table_that_cannot_be_thinned_out_leaks_nothing),
        cmocka_unit_test(a_poll_stops_the_count_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
