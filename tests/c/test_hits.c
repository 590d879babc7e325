#include "support.h"

#include "../../csrc/core/hits.h"

#include <stdio.h>

/* "3-5:entry.alias" of each hit that stays, in order. Rows are first, end, entry, alias, priority.
 */
static void settles_at(const char *file, int line, ca_overlap overlap, bool losers,
                       const int (*rows)[5], size_t n, const char *expected) {
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    ca_hits hits = {.n = 0};
    char is[256] = "";
    for (size_t i = 0; i < n; i++) {
        ca_mention m = {.first = (uint32_t)rows[i][0],
                        .end = (uint32_t)rows[i][1],
                        .entry = rows[i][2],
                        .alias = rows[i][3]};
        assert_int_equal(ca_hits_add(&hook, &hits, m, rows[i][4]), CA_OK);
    }
    ca_hits_settle(&hits, overlap, losers);
    for (size_t i = 0; i < hits.n; i++) {
        const ca_mention *m = &hits.items[i].mention;
        size_t used = strlen(is);
        snprintf(is + used, sizeof is - used, "%s%u-%u:%d.%d", i > 0 ? " " : "", m->first, m->end,
                 m->entry, m->alias);
    }
    ca_hits_reset(&hook, &hits);
    assert_int_equal(state.live, 0);
    _assert_string_equal(is, expected, file, line);
}

#define settles(overlap, losers, rows, expected)                                                   \
    settles_at(__FILE__, __LINE__, overlap, losers, rows, sizeof(rows) / sizeof *(rows), expected)

static void all_spans_stay_in_order_of_place_and_entry(void **unused) {
    (void)unused;
    const int rows[][5] = {{4, 5, 1, 0, 0}, {0, 2, 2, 1, 0}, {0, 1, 1, 2, 0}, {0, 2, 1, 3, 0}};
    settles(CA_OVERLAP_ALL, false, rows, "0-1:1.2 0-2:1.3 0-2:2.1 4-5:1.0");
}

static void one_span_of_one_entry_stays_once_by_priority_then_order(void **unused) {
    (void)unused;
    const int rows[][5] = {{0, 2, 1, 5, 0}, {0, 2, 1, 4, 0}, {0, 2, 1, 9, 1}, {0, 2, 2, 7, 0}};
    settles(CA_OVERLAP_ALL, false, rows, "0-2:1.9 0-2:2.7");
}

static void of_each_entry_the_leftmost_longest_stay(void **unused) {
    (void)unused;
    const int rows[][5] = {
        {1, 2, 1, 0, 0}, {0, 2, 1, 1, 0}, {1, 3, 1, 2, 0}, {2, 3, 1, 3, 0}, {1, 3, 2, 4, 0}};
    settles(CA_OVERLAP_NESTED, false, rows, "0-2:1.1 1-3:2.4 2-3:1.3");
}

static void what_lies_within_a_name_for_nothing_goes(void **unused) {
    (void)unused;
    const int rows[][5] = {{0, 3, -1, 0, 0}, {1, 2, 1, 1, 0}, {2, 4, 1, 2, 0}, {0, 3, 1, 3, -1}};
    settles(CA_OVERLAP_ALL, false, rows, "0-3:-1.0 2-4:1.2");
    settles(CA_OVERLAP_ALL, true, rows, "0-3:-1.0 0-3:1.3 1-2:1.1 2-4:1.2");
}

static void nothing_settles_to_nothing(void **unused) {
    (void)unused;
    ca_hits hits = {.n = 0};
    ca_hits_settle(&hits, CA_OVERLAP_NESTED, false);
    assert_int_equal(hits.n, 0);
}

static ca_status add_and_reset(const ca_alloc *alloc, void *ctx) {
    (void)ctx;
    ca_hits hits = {.n = 0};
    ca_status status = CA_OK;
    for (int32_t i = 0; i < 100 && status == CA_OK; i++)
        status = ca_hits_add(alloc, &hits, (ca_mention){.alias = i}, 0);
    ca_hits_reset(alloc, &hits);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    sweep_allocations(add_and_reset, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_spans_stay_in_order_of_place_and_entry),
        cmocka_unit_test(one_span_of_one_entry_stays_once_by_priority_then_order),
        cmocka_unit_test(of_each_entry_the_leftmost_longest_stay),
        cmocka_unit_test(what_lies_within_a_name_for_nothing_goes),
        cmocka_unit_test(nothing_settles_to_nothing),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
