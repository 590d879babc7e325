#include "support.h"

#include "../../csrc/core/incidence.h"

#include <stdlib.h>

enum { MAX_ROWS = 400, MAX_UNITS = 64, MAX_ACTORS = 16 };

static ca_incidence_rows rows_of(const int64_t *units, const int64_t *docs, const int32_t *actors,
                                 size_t n) {
    return (ca_incidence_rows){.units = units, .docs = docs, .actors = actors, .n = n};
}

static void assert_valid(const ca_incidence *incidence, const ca_postings *postings) {
    const char *why = "";
    if (!ca_incidence_validate(incidence, &why)) fail_msg("incidence: %s", why);
    if (!ca_postings_validate(postings, &why)) fail_msg("postings: %s", why);
}

static const int64_t UNITS[] = {3, 3, 3, 7, 7};
static const int64_t DOCS[] = {0, 0, 0, 1, 1};
static const int32_t ACTORS[] = {2, 1, 2, 2, 0};

static void the_picture_of_the_header_holds(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_incidence_rows rows = rows_of(UNITS, DOCS, ACTORS, 5);
    ca_incidence incidence = {0};
    ca_postings postings = {0};
    assert_int_equal(ca_incidence_build(&hook, &rows, 3, NULL, &incidence), CA_OK);
    assert_int_equal(ca_incidence_transpose(&hook, &incidence, NULL, &postings), CA_OK);
    assert_valid(&incidence, &postings);
    const int64_t indptr[] = {0, 2, 4}, units[] = {3, 7}, docs[] = {0, 1};
    const int32_t actors[] = {1, 2, 0, 2}, counts[] = {1, 2, 1, 1};
    assert_int_equal(incidence.n_rows, 2);
    assert_int_equal(incidence.n_actors, 3);
    assert_memory_equal(incidence.indptr, indptr, sizeof indptr);
    assert_memory_equal(incidence.units, units, sizeof units);
    assert_memory_equal(incidence.docs, docs, sizeof docs);
    assert_memory_equal(incidence.actors, actors, sizeof actors);
    assert_memory_equal(incidence.counts, counts, sizeof counts);
    const int64_t starts[] = {0, 1, 2, 4}, where[] = {1, 0, 0, 1};
    assert_memory_equal(postings.indptr, starts, sizeof starts);
    assert_memory_equal(postings.rows, where, sizeof where);
    ca_postings_reset(&hook, &postings);
    ca_incidence_reset(&hook, &incidence);
}

static void no_mentions_make_no_rows(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    for (int32_t n_actors = 0; n_actors < 3; n_actors++) {
        ca_incidence_rows rows = {0};
        ca_incidence incidence = {0};
        ca_postings postings = {0};
        assert_int_equal(ca_incidence_build(&hook, &rows, n_actors, NULL, &incidence), CA_OK);
        assert_int_equal(ca_incidence_transpose(&hook, &incidence, NULL, &postings), CA_OK);
        assert_valid(&incidence, &postings);
        assert_int_equal(incidence.n_rows, 0);
        assert_int_equal(postings.indptr[n_actors], 0);
        ca_postings_reset(&hook, &postings);
        ca_incidence_reset(&hook, &incidence);
    }
}

static void zero_is_empty_and_can_be_turned_round_and_reset(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_incidence incidence = {0};
    ca_postings postings = {0};
    assert_valid(&incidence, &postings);
    assert_int_equal(ca_incidence_transpose(&hook, &incidence, NULL, &postings), CA_OK);
    assert_valid(&incidence, &postings);
    ca_postings_reset(&hook, &postings);
    ca_postings_reset(&hook, &postings);
    ca_incidence_reset(&hook, &incidence);
    ca_incidence_reset(&hook, &incidence);
}

/* What breaks the contract is refused, and *out is as it was. */
static void refused(const int64_t *units, const int64_t *docs, const int32_t *actors, size_t n,
                    int32_t n_actors) {
    ca_alloc hook = ca_alloc_libc();
    ca_incidence_rows rows = rows_of(units, docs, actors, n);
    ca_incidence out = {.n_rows = 77};
    assert_int_equal(ca_incidence_build(&hook, &rows, n_actors, NULL, &out), CA_INVALID);
    assert_int_equal(out.n_rows, 77);
    assert_null(out.indptr);
}

static void an_actor_out_of_range_is_refused(void **unused) {
    (void)unused;
    refused(UNITS, DOCS, ACTORS, 5, 2);
    refused(UNITS, DOCS, ACTORS, 5, 0);
    refused(UNITS, DOCS, ACTORS, 5, -1);
    refused(UNITS, DOCS, (const int32_t[]){2, 1, -1, 2, 0}, 5, 3);
}

static void descending_units_and_documents_are_refused(void **unused) {
    (void)unused;
    refused((const int64_t[]){3, 3, 2, 7, 7}, DOCS, ACTORS, 5, 3);
    refused((const int64_t[]){3, 3, 3, 7, 6}, DOCS, ACTORS, 5, 3);
    refused(UNITS, (const int64_t[]){1, 1, 1, 0, 0}, ACTORS, 5, 3);
}

static void a_unit_in_two_documents_is_refused(void **unused) {
    (void)unused;
    refused(UNITS, (const int64_t[]){0, 0, 1, 1, 1}, ACTORS, 5, 3);
}

/* Random mentions: units and documents ascend by random steps, most units name several actors. */
static ca_incidence_rows random_rows(test_random *random, int64_t *units, int64_t *docs,
                                     int32_t *actors, int32_t n_actors) {
    size_t n = random_below(random, MAX_ROWS);
    int64_t unit = 0, doc = 0;
    for (size_t k = 0; k < n; k++) {
        if (random_below(random, 3) == 0 && unit + 1 < MAX_UNITS) {
            unit++;
            doc += (int64_t)random_below(random, 2);
        }
        units[k] = unit;
        docs[k] = doc;
        actors[k] = (int32_t)random_below(random, (size_t)n_actors);
    }
    return rows_of(units, docs, actors, n);
}

/* Every cell of a table counted by hand stands in the incidence, and nothing else does. */
static void assert_same_counts(const ca_incidence *incidence, const ca_incidence_rows *rows) {
    int32_t table[MAX_UNITS][MAX_ACTORS] = {{0}};
    for (size_t k = 0; k < rows->n; k++) table[rows->units[k]][rows->actors[k]]++;
    for (size_t row = 0; row < incidence->n_rows; row++) {
        for (int64_t k = incidence->indptr[row]; k < incidence->indptr[row + 1]; k++) {
            int32_t *cell = &table[incidence->units[row]][incidence->actors[k]];
            assert_int_equal(incidence->counts[k], *cell);
            *cell = 0;
        }
    }
    for (size_t unit = 0; unit < MAX_UNITS; unit++)
        for (size_t actor = 0; actor < MAX_ACTORS; actor++) assert_int_equal(table[unit][actor], 0);
}

static bool row_names(const ca_incidence *incidence, int64_t row, int32_t actor) {
    for (int64_t k = incidence->indptr[row]; k < incidence->indptr[row + 1]; k++)
        if (incidence->actors[k] == actor) return true;
    return false;
}

static void random_mentions_are_counted_like_by_hand(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_random random = {.state = 42};
    static int64_t units[MAX_ROWS], docs[MAX_ROWS];
    static int32_t actors[MAX_ROWS];
    for (int round = 0; round < 300; round++) {
        int32_t n_actors = 1 + (int32_t)random_below(&random, MAX_ACTORS);
        ca_incidence_rows rows = random_rows(&random, units, docs, actors, n_actors);
        ca_incidence incidence = {0};
        ca_postings postings = {0};
        assert_int_equal(ca_incidence_build(&hook, &rows, n_actors, NULL, &incidence), CA_OK);
        assert_int_equal(ca_incidence_transpose(&hook, &incidence, NULL, &postings), CA_OK);
        assert_valid(&incidence, &postings);
        assert_same_counts(&incidence, &rows);
        assert_int_equal(postings.indptr[n_actors], incidence.indptr[incidence.n_rows]);
        for (int32_t i = 0; i < n_actors; i++)
            for (int64_t k = postings.indptr[i]; k < postings.indptr[i + 1]; k++)
                assert_true(row_names(&incidence, postings.rows[k], i));
        ca_postings_reset(&hook, &postings);
        ca_incidence_reset(&hook, &incidence);
    }
}

static void a_long_unit_is_sorted_and_counted(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_random random = {.state = 3};
    static int64_t zeros[1000];
    static int32_t actors[1000];
    for (size_t n = 1; n <= 1000; n += 1 + n / 16) {
        for (size_t k = 0; k < n; k++) actors[k] = (int32_t)random_below(&random, 2 * n);
        int32_t expected[2000] = {0};
        for (size_t k = 0; k < n; k++) expected[actors[k]]++;
        ca_incidence_rows rows = rows_of(zeros, zeros, actors, n);
        ca_incidence incidence = {0};
        ca_postings none = {0};
        assert_int_equal(ca_incidence_build(&hook, &rows, 2000, NULL, &incidence), CA_OK);
        assert_valid(&incidence, &none);
        for (int64_t k = 0; k < incidence.indptr[1]; k++) {
            assert_int_equal(incidence.counts[k], expected[incidence.actors[k]]);
            expected[incidence.actors[k]] = 0;
        }
        for (size_t actor = 0; actor < 2000; actor++) assert_int_equal(expected[actor], 0);
        ca_incidence_reset(&hook, &incidence);
    }
}

static void validate_names_what_is_broken(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_incidence_rows rows = rows_of(UNITS, DOCS, ACTORS, 5);
    ca_incidence incidence = {0};
    assert_int_equal(ca_incidence_build(&hook, &rows, 3, NULL, &incidence), CA_OK);
    const char *why = NULL;
    incidence.actors[1] = 1;
    assert_false(ca_incidence_validate(&incidence, &why));
    assert_string_equal(why, "actors do not ascend");
    incidence.actors[1] = 3;
    assert_false(ca_incidence_validate(&incidence, &why));
    assert_string_equal(why, "an actor is unknown");
    incidence.actors[1] = 2;
    incidence.counts[3] = 0;
    assert_false(ca_incidence_validate(&incidence, &why));
    assert_string_equal(why, "a count is not positive");
    incidence.counts[3] = 1;
    incidence.units[1] = 3;
    assert_false(ca_incidence_validate(&incidence, &why));
    assert_string_equal(why, "units do not ascend");
    incidence.units[1] = 7;
    incidence.docs[1] = -1;
    assert_false(ca_incidence_validate(&incidence, &why));
    assert_string_equal(why, "documents descend");
    incidence.docs[1] = 1;
    incidence.indptr[1] = 0;
    assert_false(ca_incidence_validate(&incidence, &why));
    assert_string_equal(why, "a row is empty");
    incidence.indptr[1] = 5;
    assert_false(ca_incidence_validate(&incidence, &why));
    assert_string_equal(why, "row pointers descend");
    incidence.indptr[1] = 2;
    ca_postings postings = {0};
    assert_int_equal(ca_incidence_transpose(&hook, &incidence, NULL, &postings), CA_OK);
    assert_valid(&incidence, &postings);
    postings.rows[3] = 0;
    assert_false(ca_postings_validate(&postings, &why));
    assert_string_equal(why, "rows do not ascend");
    postings.rows[2] = -1;
    assert_false(ca_postings_validate(&postings, &why));
    assert_string_equal(why, "a row is negative");
    postings.indptr[2] = 5;
    assert_false(ca_postings_validate(&postings, &why));
    assert_string_equal(why, "actor pointers descend");
    ca_postings_reset(&hook, &postings);
    ca_incidence_reset(&hook, &incidence);
}

static ca_status build_and_turn(const ca_alloc *alloc, void *ctx) {
    ca_incidence_rows rows = rows_of(UNITS, DOCS, ACTORS, 5);
    ca_incidence incidence = {0};
    ca_postings postings = {0};
    ca_status status = ca_incidence_build(alloc, &rows, 3, ctx, &incidence);
    if (status == CA_OK) status = ca_incidence_transpose(alloc, &incidence, ctx, &postings);
    if (status != CA_OK) assert_null(postings.indptr);
    ca_postings_reset(alloc, &postings);
    ca_incidence_reset(alloc, &incidence);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    sweep_allocations(build_and_turn, NULL);
}

/* Stops at the k-th question, k = ctx. */
static int stop_at_zero(void *ctx) {
    return (*(int *)ctx)-- == 0;
}

static void every_poll_can_stop_the_work_and_nothing_leaks(void **unused) {
    (void)unused;
    size_t n = 3 * CA_POLL_EVERY;
    int64_t *units = calloc(n, sizeof *units), *docs = calloc(n, sizeof *docs);
    int32_t *actors = calloc(n, sizeof *actors);
    assert_true(units != NULL && docs != NULL && actors != NULL);
    for (size_t k = 0; k < n; k++) units[k] = (int64_t)k;
    ca_incidence_rows rows = rows_of(units, docs, actors, n);
    ca_status status = CA_STOPPED;
    int stops = 0;
    for (; status == CA_STOPPED; stops++) {
        int left = stops;
        ca_poll poll = {.stop = stop_at_zero, .ctx = &left};
        test_alloc state = {.fail_at = -1};
        ca_alloc hook = test_alloc_hook(&state);
        ca_incidence incidence = {0};
        ca_postings postings = {0};
        status = ca_incidence_build(&hook, &rows, 1, &poll, &incidence);
        if (status == CA_OK) status = ca_incidence_transpose(&hook, &incidence, &poll, &postings);
        ca_postings_reset(&hook, &postings);
        ca_incidence_reset(&hook, &incidence);
        assert_int_equal(state.live, 0);
    }
    assert_int_equal(status, CA_OK);
    assert_true(stops > 4 * 3); /* four passes over the mentions, each asks three times */
    free(units);
    free(docs);
    free(actors);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_of_the_header_holds),
        cmocka_unit_test(no_mentions_make_no_rows),
        cmocka_unit_test(zero_is_empty_and_can_be_turned_round_and_reset),
        cmocka_unit_test(an_actor_out_of_range_is_refused),
        cmocka_unit_test(descending_units_and_documents_are_refused),
        cmocka_unit_test(a_unit_in_two_documents_is_refused),
        cmocka_unit_test(random_mentions_are_counted_like_by_hand),
        cmocka_unit_test(a_long_unit_is_sorted_and_counted),
        cmocka_unit_test(validate_names_what_is_broken),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
        cmocka_unit_test(every_poll_can_stop_the_work_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
