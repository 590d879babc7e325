#include "support.h"

#include "../../csrc/core/cooc.h"

enum { MAX_ROWS = 600, MAX_UNITS = 80, MAX_ACTORS = 200 };

/* An incidence with its transpose, made from mentions. */
typedef struct matrix {
    ca_incidence incidence;
    ca_postings postings;
} matrix;

static matrix matrix_of(const int64_t *units, const int64_t *docs, const int32_t *actors, size_t n,
                        int32_t n_actors) {
    ca_alloc hook = ca_alloc_libc();
    ca_incidence_rows rows = {.units = units, .docs = docs, .actors = actors, .n = n};
    matrix made = {0};
    assert_int_equal(ca_incidence_build(&hook, &rows, n_actors, NULL, &made.incidence), CA_OK);
    assert_int_equal(ca_incidence_transpose(&hook, &made.incidence, NULL, &made.postings), CA_OK);
    return made;
}

static void matrix_reset(matrix *self) {
    ca_alloc hook = ca_alloc_libc();
    ca_postings_reset(&hook, &self->postings);
    ca_incidence_reset(&hook, &self->incidence);
}

static void assert_valid(const ca_cooc *cooc) {
    const char *why = "";
    if (!ca_cooc_validate(cooc, &why)) fail_msg("%s", why);
}

/* All pairs, counted in `n_parts` parts and joined. */
static ca_status count_in_parts(const ca_alloc *alloc, const matrix *m, size_t n_parts,
                                const ca_poll *poll, ca_cooc *out) {
    ca_cooc parts[16] = {{0}};
    int32_t bounds[17];
    assert_true(n_parts <= 16);
    ca_cooc_split(&m->postings, n_parts, bounds);
    ca_status status = CA_OK;
    for (size_t p = 0; p < n_parts && status == CA_OK; p++) {
        status = ca_cooc_rows(alloc, &m->incidence, &m->postings, bounds[p], bounds[p + 1], poll,
                              &parts[p]);
        if (status == CA_OK) assert_valid(&parts[p]);
    }
    if (status == CA_OK) status = ca_cooc_join(alloc, parts, n_parts, out);
    for (size_t p = 0; p < n_parts; p++) ca_cooc_reset(alloc, &parts[p]);
    return status;
}

static ca_cooc count(const matrix *m, size_t n_parts) {
    ca_alloc hook = ca_alloc_libc();
    ca_cooc cooc = {0};
    assert_int_equal(count_in_parts(&hook, m, n_parts, NULL, &cooc), CA_OK);
    assert_valid(&cooc);
    return cooc;
}

/* The header's picture: units AB, ABC | AB | C. A is named twice in the first. */
static const int64_t UNITS[] = {0, 0, 0, 1, 1, 1, 2, 2, 3};
static const int64_t DOCS[] = {0, 0, 0, 0, 0, 0, 1, 1, 2};
static const int32_t ACTORS[] = {0, 1, 0, 2, 1, 0, 1, 0, 2};
#define PICTURE_ROWS (sizeof ACTORS / sizeof *ACTORS)

static matrix picture(void) {
    return matrix_of(UNITS, DOCS, ACTORS, PICTURE_ROWS, 3);
}

static void the_picture_of_the_header_holds(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    matrix m = picture();
    for (size_t n_parts = 1; n_parts <= 5; n_parts++) {
        ca_cooc cooc = count(&m, n_parts);
        const int64_t indptr[] = {0, 2, 3, 3}, counts[] = {3, 1, 1}, docs[] = {2, 1, 1};
        const int64_t occurrences[] = {3, 3, 2}, actor_docs[] = {2, 2, 2};
        const int32_t indices[] = {1, 2, 2};
        assert_memory_equal(cooc.indptr, indptr, sizeof indptr);
        assert_memory_equal(cooc.indices, indices, sizeof indices);
        assert_memory_equal(cooc.counts, counts, sizeof counts);
        assert_memory_equal(cooc.docs, docs, sizeof docs);
        assert_memory_equal(cooc.occurrences, occurrences, sizeof occurrences);
        assert_memory_equal(cooc.actor_docs, actor_docs, sizeof actor_docs);
        ca_cooc_reset(&hook, &cooc);
    }
    matrix_reset(&m);
}

static void an_actor_named_twice_is_no_pair(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    matrix m =
        matrix_of((const int64_t[]){5, 5}, (const int64_t[]){1, 1}, (const int32_t[]){1, 1}, 2, 2);
    ca_cooc cooc = count(&m, 1);
    assert_int_equal(cooc.indptr[2], 0);
    assert_int_equal(cooc.occurrences[0], 0);
    assert_int_equal(cooc.occurrences[1], 1);
    ca_cooc_reset(&hook, &cooc);
    matrix_reset(&m);
}

static void nothing_in_gives_nothing_out(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    for (int32_t n_actors = 0; n_actors < 3; n_actors++) {
        matrix m = matrix_of(NULL, NULL, NULL, 0, n_actors);
        ca_cooc cooc = count(&m, 3);
        assert_int_equal(cooc.last, n_actors);
        assert_int_equal(cooc.indptr[n_actors], 0);
        ca_cooc_reset(&hook, &cooc);
        matrix_reset(&m);
    }
    ca_cooc empty = {0};
    assert_valid(&empty);
    ca_cooc_reset(&hook, &empty);
}

/* Units of 0 to 12 mentions in documents of some units, among `n_actors`. */
static matrix random_matrix(test_random *random, int32_t n_actors) {
    static int64_t units[MAX_ROWS], docs[MAX_ROWS];
    static int32_t actors[MAX_ROWS];
    size_t n = 0;
    int64_t doc = 0;
    for (int64_t unit = 0; unit < MAX_UNITS; unit++) {
        doc += random_below(random, 4) == 0;
        for (size_t m = random_below(random, 13); m > 0 && n < MAX_ROWS; m--, n++) {
            units[n] = unit;
            docs[n] = doc;
            actors[n] = (int32_t)random_below(random, (size_t)n_actors);
        }
    }
    return matrix_of(units, docs, actors, n, n_actors);
}

static bool names(const ca_incidence *self, size_t row, int32_t actor) {
    for (int64_t k = self->indptr[row]; k < self->indptr[row + 1]; k++)
        if (self->actors[k] == actor) return true;
    return false;
}

/* Go through all units for one pair (i = j: for one actor). */
static void count_naively(const ca_incidence *self, int32_t i, int32_t j, int64_t *units,
                          int64_t *docs) {
    int64_t doc = -1;
    *units = *docs = 0;
    for (size_t row = 0; row < self->n_rows; row++) {
        if (!names(self, row, i) || !names(self, row, j)) continue;
        ++*units;
        if (self->docs[row] != doc) ++*docs;
        doc = self->docs[row];
    }
}

static void assert_like_naive_count(const ca_cooc *cooc, const ca_incidence *incidence) {
    int64_t units, docs;
    for (int32_t i = 0; i < incidence->n_actors; i++) {
        count_naively(incidence, i, i, &units, &docs);
        assert_int_equal(cooc->occurrences[i], units);
        assert_int_equal(cooc->actor_docs[i], docs);
        int64_t k = cooc->indptr[i];
        for (int32_t j = i + 1; j < incidence->n_actors; j++) {
            count_naively(incidence, i, j, &units, &docs);
            if (units == 0) continue;
            assert_true(k < cooc->indptr[i + 1]);
            assert_int_equal(cooc->indices[k], j);
            assert_int_equal(cooc->counts[k], units);
            assert_int_equal(cooc->docs[k], docs);
            k++;
        }
        assert_int_equal(k, cooc->indptr[i + 1]);
    }
}

static void random_units_count_like_a_naive_count(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_random random = {.state = 7};
    const int32_t sizes[] = {1, 2, 5, 63, 64, 65, 130};
    for (size_t round = 0; round < 28; round++) {
        matrix m = random_matrix(&random, sizes[round % 7]);
        ca_cooc cooc = count(&m, 1 + round % 16);
        assert_like_naive_count(&cooc, &m.incidence);
        ca_cooc_reset(&hook, &cooc);
        matrix_reset(&m);
    }
}

static void assert_same(const ca_cooc *a, const ca_cooc *b) {
    size_t actors = (size_t)a->n_actors, pairs = (size_t)a->indptr[actors];
    assert_int_equal(a->n_actors, b->n_actors);
    assert_memory_equal(a->indptr, b->indptr, (actors + 1) * sizeof *a->indptr);
    assert_memory_equal(a->indices, b->indices, pairs * sizeof *a->indices);
    assert_memory_equal(a->counts, b->counts, pairs * sizeof *a->counts);
    assert_memory_equal(a->docs, b->docs, pairs * sizeof *a->docs);
    assert_memory_equal(a->occurrences, b->occurrences, actors * sizeof *a->occurrences);
    assert_memory_equal(a->actor_docs, b->actor_docs, actors * sizeof *a->actor_docs);
}

static void any_cut_gives_the_same_bits(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_random random = {.state = 11};
    matrix m = random_matrix(&random, MAX_ACTORS);
    ca_cooc whole = count(&m, 1);
    for (size_t n_parts = 2; n_parts <= 16; n_parts++) {
        ca_cooc cooc = count(&m, n_parts);
        assert_same(&whole, &cooc);
        ca_cooc_reset(&hook, &cooc);
    }
    ca_cooc_reset(&hook, &whole);
    matrix_reset(&m);
}

static void a_split_covers_all_actors_in_about_equal_shares(void **unused) {
    (void)unused;
    test_random random = {.state = 13};
    matrix m = random_matrix(&random, MAX_ACTORS);
    const int64_t *indptr = m.postings.indptr;
    int32_t bounds[5];
    ca_cooc_split(&m.postings, 4, bounds);
    assert_int_equal(bounds[0], 0);
    assert_int_equal(bounds[4], MAX_ACTORS);
    int64_t share = indptr[MAX_ACTORS] / 4, slack = 0;
    for (int32_t i = 0; i < MAX_ACTORS; i++)
        if (indptr[i + 1] - indptr[i] > slack) slack = indptr[i + 1] - indptr[i];
    for (int p = 0; p < 4; p++) {
        int64_t entries = indptr[bounds[p + 1]] - indptr[bounds[p]];
        assert_true(entries >= share - slack - 1 && entries <= share + slack + 4);
    }
    matrix_reset(&m);
}

static void a_range_outside_the_actors_is_refused(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    matrix m = picture();
    ca_cooc out = {.n_actors = 77};
    const ca_incidence *incidence = &m.incidence;
    ca_postings other = {.n_actors = 2};
    assert_int_equal(ca_cooc_rows(&hook, incidence, &m.postings, -1, 2, NULL, &out), CA_INVALID);
    assert_int_equal(ca_cooc_rows(&hook, incidence, &m.postings, 2, 1, NULL, &out), CA_INVALID);
    assert_int_equal(ca_cooc_rows(&hook, incidence, &m.postings, 0, 4, NULL, &out), CA_INVALID);
    assert_int_equal(ca_cooc_rows(&hook, incidence, &other, 0, 2, NULL, &out), CA_INVALID);
    assert_int_equal(out.n_actors, 77);
    matrix_reset(&m);
}

static void parts_that_do_not_follow_are_refused(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    matrix m = picture();
    ca_cooc parts[2] = {{0}}, out = {.n_actors = 77};
    for (int32_t p = 0; p < 2; p++)
        assert_int_equal(
            ca_cooc_rows(&hook, &m.incidence, &m.postings, 2 * p, 2 * p + 1, NULL, &parts[p]),
            CA_OK);
    assert_int_equal(ca_cooc_join(&hook, parts, 2, &out), CA_INVALID);
    assert_int_equal(ca_cooc_join(&hook, parts, 0, &out), CA_INVALID);
    assert_int_equal(out.n_actors, 77);
    for (int p = 0; p < 2; p++) ca_cooc_reset(&hook, &parts[p]);
    matrix_reset(&m);
}

static void breaks(ca_cooc *cooc, int64_t *value, int64_t wrong, const char *expected) {
    const char *why = NULL;
    int64_t right = *value;
    *value = wrong;
    assert_false(ca_cooc_validate(cooc, &why));
    assert_string_equal(why, expected);
    *value = right;
    assert_valid(cooc);
}

static void validate_names_what_is_broken(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    matrix m = picture();
    ca_cooc cooc = count(&m, 1);
    breaks(&cooc, &cooc.counts[0], 4, "a count exceeds the occurrences");
    breaks(&cooc, &cooc.docs[0], 4, "docs exceed the count");
    breaks(&cooc, &cooc.docs[0], 0, "docs exceed the count");
    breaks(&cooc, &cooc.docs[0], 3, "docs exceed those of the actor");
    breaks(&cooc, &cooc.actor_docs[2], 0, "an actor's docs are off");
    breaks(&cooc, &cooc.actor_docs[2], 3, "an actor's docs are off");
    breaks(&cooc, &cooc.indptr[0], 1, "row pointers descend");
    breaks(&cooc, &cooc.indptr[2], 4, "row pointers descend");
    const char *why = NULL;
    cooc.indices[1] = 1;
    assert_false(ca_cooc_validate(&cooc, &why));
    assert_string_equal(why, "pairs do not ascend");
    cooc.indices[1] = 3;
    assert_false(ca_cooc_validate(&cooc, &why));
    assert_string_equal(why, "a pair is not i < j");
    cooc.indices[1] = 2;
    cooc.last = 4;
    assert_false(ca_cooc_validate(&cooc, &why));
    assert_string_equal(why, "the range of actors is off");
    cooc.last = 3;
    ca_cooc_reset(&hook, &cooc);
    matrix_reset(&m);
}

static ca_status count_picture(const ca_alloc *alloc, void *ctx) {
    ca_cooc cooc = {0};
    ca_status status = count_in_parts(alloc, ctx, 2, NULL, &cooc);
    if (status != CA_OK) assert_null(cooc.indptr);
    ca_cooc_reset(alloc, &cooc);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    test_random random = {.state = 17};
    matrix small = picture(), wide = random_matrix(&random, MAX_ACTORS);
    sweep_allocations(count_picture, &small);
    sweep_allocations(count_picture, &wide);
    matrix_reset(&small);
    matrix_reset(&wide);
}

static int stop_always(void *ctx) {
    ++*(int *)ctx;
    return 1;
}

static void a_poll_stops_the_count_and_nothing_leaks(void **unused) {
    (void)unused;
    enum { ACTORS_OF_ONE_UNIT = 1000 }; /* half a million pairs */
    static int64_t zeros[ACTORS_OF_ONE_UNIT];
    static int32_t actors[ACTORS_OF_ONE_UNIT];
    for (int32_t i = 0; i < ACTORS_OF_ONE_UNIT; i++) actors[i] = i;
    matrix m = matrix_of(zeros, zeros, actors, ACTORS_OF_ONE_UNIT, ACTORS_OF_ONE_UNIT);
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    int asked = 0;
    ca_poll poll = {.stop = stop_always, .ctx = &asked};
    ca_cooc out = {0};
    assert_int_equal(count_in_parts(&hook, &m, 1, &poll, &out), CA_STOPPED);
    assert_int_equal(asked, 1);
    assert_int_equal(state.live, 0);
    assert_null(out.indptr);
    matrix_reset(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_of_the_header_holds),
        cmocka_unit_test(an_actor_named_twice_is_no_pair),
        cmocka_unit_test(nothing_in_gives_nothing_out),
        cmocka_unit_test(random_units_count_like_a_naive_count),
        cmocka_unit_test(any_cut_gives_the_same_bits),
        cmocka_unit_test(a_split_covers_all_actors_in_about_equal_shares),
        cmocka_unit_test(a_range_outside_the_actors_is_refused),
        cmocka_unit_test(parts_that_do_not_follow_are_refused),
        cmocka_unit_test(validate_names_what_is_broken),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
        cmocka_unit_test(a_poll_stops_the_count_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
