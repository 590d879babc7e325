#include "support.h"

#include "../../csrc/core/cooc.h"

enum { MAX_ACTORS = 5000 };

static void assert_valid(const ca_cooc *cooc) {
    const char *why = "";
    if (!ca_cooc_validate(cooc, &why)) fail_msg("%s", why);
}

/* The header's picture: A-B, A-C, B-C in doc 0, A-B in doc 0 again, A-B in doc 1. */
static const int32_t FROM[] = {0, 0, 1, 0, 0}, TO[] = {1, 2, 2, 1, 1};
static const uint32_t DOC[] = {0, 0, 0, 0, 1};
static const int64_t EVENTS[] = {4, 1, 0};

/* The rows first .. last - 1 of the picture; with weights, each meeting weighs `weight`. */
static ca_status count(const ca_alloc *alloc, ca_cooc_form form, int32_t first, int32_t last,
                       int64_t weight, ca_cooc *out) {
    ca_board board;
    CA_TRY(ca_board_open(&board, alloc, form, 3, first, last, EVENTS, NULL));
    for (size_t k = 0; k < 5; k++)
        if (FROM[k] >= first && FROM[k] < last)
            ca_board_wait(&board, FROM[k], TO[k], DOC[k], weight);
    return ca_board_close(&board, ca_board_write_all(&board), out);
}

static const ca_cooc_form FULL = {.weighted = true, .with_docs = true};

static ca_cooc picture(ca_cooc_form form) {
    ca_alloc hook = ca_alloc_libc();
    ca_cooc cooc = {0};
    assert_int_equal(count(&hook, form, 0, 3, 10, &cooc), CA_OK);
    assert_valid(&cooc);
    return cooc;
}

static void the_picture_of_the_header_holds(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    const int64_t indptr[] = {0, 2, 3, 3}, units[] = {3, 1, 1}, docs[] = {2, 1, 1};
    const int64_t sums[] = {30, 10, 10};
    const int32_t indices[] = {1, 2, 2};
    for (int k = 0; k < 4; k++) {
        ca_cooc_form form = {.weighted = k % 2 != 0, .with_docs = k / 2 != 0};
        ca_cooc cooc = picture(form);
        assert_memory_equal(cooc.indptr, indptr, sizeof indptr);
        assert_memory_equal(cooc.indices, indices, sizeof indices);
        assert_memory_equal(cooc.units, units, sizeof units);
        assert_true((cooc.sums != NULL) == form.weighted && (cooc.docs != NULL) == form.with_docs);
        if (form.weighted) assert_memory_equal(cooc.sums, sums, sizeof sums);
        if (form.with_docs) assert_memory_equal(cooc.docs, docs, sizeof docs);
        ca_cooc_reset(&hook, &cooc);
    }
}

static void any_cut_gives_the_same_table(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_cooc whole = picture(FULL);
    for (int32_t cut = 0; cut <= 3; cut++) {
        ca_cooc parts[2] = {{0}}, joined = {0};
        assert_int_equal(count(&hook, FULL, 0, cut, 10, &parts[0]), CA_OK);
        assert_int_equal(count(&hook, FULL, cut, 3, 10, &parts[1]), CA_OK);
        assert_int_equal(ca_cooc_join(&hook, parts, 2, &joined), CA_OK);
        assert_null(parts[0].indptr);
        assert_valid(&joined);
        assert_memory_equal(joined.indptr, whole.indptr, 4 * sizeof *whole.indptr);
        assert_memory_equal(joined.indices, whole.indices, 3 * sizeof *whole.indices);
        assert_memory_equal(joined.sums, whole.sums, 3 * sizeof *whole.sums);
        assert_memory_equal(joined.docs, whole.docs, 3 * sizeof *whole.docs);
        ca_cooc_reset(&hook, &joined);
    }
    ca_cooc_reset(&hook, &whole);
}

static void meetings_tallied_at_once_are_those_that_waited(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_random random = {.state = 3};
    for (int light = 0; light < 2; light++) {
        ca_cooc_form form = {.directed = true, .weighted = !light, .with_docs = !light};
        ca_board one, other;
        int64_t events[] = {0, 400};
        int64_t *all = NULL;
        assert_int_equal(CA_ZEROS(&hook, all, MAX_ACTORS), CA_OK);
        all[1] = events[1];
        assert_int_equal(ca_board_open(&one, &hook, form, MAX_ACTORS, 0, 2, all, NULL), CA_OK);
        assert_int_equal(ca_board_open(&other, &hook, form, MAX_ACTORS, 0, 2, NULL, NULL), CA_OK);
        assert_int_equal(ca_board_write(&other, 0), CA_OK);
        for (uint32_t k = 0; k < 400; k++) {
            int32_t to = 2 + (int32_t)random_below(&random, MAX_ACTORS - 2);
            if (k % 3 == 0) to = MAX_ACTORS - 1;
            ca_board_wait(&one, 1, to, k / 7, k);
            ca_board_tally(&other, to, k / 7, k);
        }
        assert_int_equal(ca_board_write(&other, 1), CA_OK);
        ca_cooc waited = {0}, tallied = {0};
        assert_int_equal(ca_board_close(&one, ca_board_write_all(&one), &waited), CA_OK);
        assert_int_equal(ca_board_close(&other, CA_OK, &tallied), CA_OK);
        assert_valid(&waited);
        size_t n = (size_t)waited.indptr[2];
        assert_int_equal(tallied.indptr[2], waited.indptr[2]);
        assert_memory_equal(tallied.indices, waited.indices, n * sizeof *waited.indices);
        assert_memory_equal(tallied.units, waited.units, n * sizeof *waited.units);
        if (!light) assert_memory_equal(tallied.sums, waited.sums, n * sizeof *waited.sums);
        if (!light) assert_memory_equal(tallied.docs, waited.docs, n * sizeof *waited.docs);
        ca_cooc_reset(&hook, &waited);
        ca_cooc_reset(&hook, &tallied);
        CA_FREE(&hook, all);
    }
}

static void the_mirror_is_the_whole_in_order(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_cooc cooc = picture(FULL);
    int64_t indptr[4], values[6];
    int32_t indices[6];
    ca_triangle upper = {
        .indptr = cooc.indptr, .indices = cooc.indices, .values = cooc.sums, .n = 3};
    assert_int_equal(ca_cooc_mirror(&upper, NULL, indptr, indices, values), CA_OK);
    const int64_t whole_indptr[] = {0, 2, 4, 6}, whole_values[] = {30, 10, 30, 10, 10, 10};
    const int32_t whole_indices[] = {1, 2, 0, 2, 0, 1};
    assert_memory_equal(indptr, whole_indptr, sizeof indptr);
    assert_memory_equal(indices, whole_indices, sizeof indices);
    assert_memory_equal(values, whole_values, sizeof values);
    const int32_t few[] = {3, 1, 7};
    const int64_t whole_few[] = {3, 1, 3, 7, 1, 7};
    upper.values = NULL, upper.few = few;
    assert_int_equal(ca_cooc_mirror(&upper, NULL, indptr, indices, values), CA_OK);
    assert_memory_equal(indices, whole_indices, sizeof indices);
    assert_memory_equal(values, whole_few, sizeof values);
    const int32_t wrong[] = {-1, 0, 3};
    for (size_t k = 0; k < 3; k++) {
        cooc.indices[0] = wrong[k];
        assert_int_equal(ca_cooc_mirror(&upper, NULL, indptr, indices, values), CA_INVALID);
    }
    ca_cooc_reset(&hook, &cooc);
}

static void a_cut_covers_all_actors_and_bounds_what_waits(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    const int64_t many = 3000000;
    const int64_t events[] = {many, 1, many, 0, 2 * many, many};
    int32_t *bounds = NULL;
    size_t n_parts = 0;
    assert_int_equal(ca_cooc_cut(&hook, events, 6, &bounds, &n_parts), CA_OK);
    const int32_t expected[] = {0, 2, 4, 5, 6};
    assert_int_equal(n_parts, 4);
    assert_memory_equal(bounds, expected, sizeof expected);
    CA_FREE(&hook, bounds);
    assert_int_equal(ca_cooc_cut(&hook, events, 0, &bounds, &n_parts), CA_OK);
    assert_int_equal(n_parts, 1);
    assert_int_equal(bounds[1], 0);
    CA_FREE(&hook, bounds);
}

static void a_sum_beyond_64_bits_is_an_error(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_cooc out = {.n_actors = 77};
    assert_int_equal(count(&hook, FULL, 0, 3, INT64_MAX / 3, &out), CA_OK);
    ca_cooc_reset(&hook, &out);
    out.n_actors = 77;
    assert_int_equal(count(&hook, FULL, 0, 3, INT64_MAX / 3 + 1, &out), CA_TOO_LARGE);
    assert_int_equal(out.n_actors, 77);
}

static void what_does_not_fit_is_refused(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_board board;
    const ca_cooc_form form = {0};
    const int32_t ranges[][2] = {{-1, 2}, {2, 1}, {0, 4}};
    for (size_t k = 0; k < 3; k++)
        assert_int_equal(
            ca_board_open(&board, &hook, form, 3, ranges[k][0], ranges[k][1], NULL, NULL),
            CA_INVALID);
    ca_cooc parts[2] = {{0}}, out = {.n_actors = 77};
    assert_int_equal(count(&hook, FULL, 0, 1, 1, &parts[0]), CA_OK);
    assert_int_equal(count(&hook, FULL, 2, 3, 1, &parts[1]), CA_OK);
    assert_int_equal(ca_cooc_join(&hook, parts, 2, &out), CA_INVALID);
    assert_int_equal(ca_cooc_join(&hook, parts, 0, &out), CA_INVALID);
    ca_cooc_reset(&hook, &parts[1]);
    assert_int_equal(count(&hook, form, 1, 3, 1, &parts[1]), CA_OK);
    assert_int_equal(ca_cooc_join(&hook, parts, 2, &out), CA_INVALID);
    assert_int_equal(out.n_actors, 77);
    for (int p = 0; p < 2; p++) ca_cooc_reset(&hook, &parts[p]);
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

static void breaks_actor(ca_cooc *cooc, int32_t wrong, const char *expected) {
    const char *why = NULL;
    int32_t right = cooc->indices[1];
    cooc->indices[1] = wrong;
    assert_false(ca_cooc_validate(cooc, &why));
    assert_string_equal(why, expected);
    cooc->indices[1] = right;
}

static void validate_names_what_is_broken(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_cooc cooc = picture(FULL);
    breaks(&cooc, &cooc.units[0], 0, "a pair never meets");
    breaks(&cooc, &cooc.sums[0], -1, "a sum is negative");
    breaks(&cooc, &cooc.docs[0], 4, "docs exceed the meetings");
    breaks(&cooc, &cooc.docs[0], 0, "docs exceed the meetings");
    breaks(&cooc, &cooc.indptr[0], 1, "row pointers descend");
    breaks(&cooc, &cooc.indptr[2], 4, "row pointers descend");
    breaks_actor(&cooc, 1, "pairs do not ascend");
    breaks_actor(&cooc, 3, "an actor is unknown");
    breaks_actor(&cooc, 0, "an actor meets itself");
    cooc.last = 4;
    const char *why = NULL;
    assert_false(ca_cooc_validate(&cooc, &why));
    assert_string_equal(why, "the range of actors is off");
    cooc.last = 3;
    ca_cooc_reset(&hook, &cooc);
    ca_cooc empty = {0};
    assert_valid(&empty);
}

static ca_status cut_count_join(const ca_alloc *alloc, void *ctx) {
    const ca_cooc_form *form = ctx;
    ca_cooc parts[2] = {{0}}, out = {0};
    int32_t *bounds = NULL;
    size_t n_parts = 0;
    ca_status status = ca_cooc_cut(alloc, EVENTS, 3, &bounds, &n_parts);
    CA_FREE(alloc, bounds);
    if (status == CA_OK) status = count(alloc, *form, 0, 1, 1, &parts[0]);
    if (status == CA_OK) status = count(alloc, *form, 1, 3, 1, &parts[1]);
    if (status == CA_OK) status = ca_cooc_join(alloc, parts, 2, &out);
    if (status != CA_OK) assert_null(out.indptr);
    for (int p = 0; p < 2; p++) ca_cooc_reset(alloc, &parts[p]);
    ca_cooc_reset(alloc, &out);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    ca_cooc_form forms[] = {{0}, {.with_docs = true}, {.weighted = true, .with_docs = true}};
    for (size_t k = 0; k < 3; k++) sweep_allocations(cut_count_join, &forms[k]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_of_the_header_holds),
        cmocka_unit_test(any_cut_gives_the_same_table),
        cmocka_unit_test(meetings_tallied_at_once_are_those_that_waited),
        cmocka_unit_test(the_mirror_is_the_whole_in_order),
        cmocka_unit_test(a_cut_covers_all_actors_and_bounds_what_waits),
        cmocka_unit_test(a_sum_beyond_64_bits_is_an_error),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(validate_names_what_is_broken),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
