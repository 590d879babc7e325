#include "support.h"

static void growing_keeps_contents_and_costs_few_requests(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    int32_t *items = NULL;
    size_t capacity = 0;
    for (int32_t i = 0; i < 10000; i++) {
        assert_int_equal(CA_GROW(&hook, items, capacity, (size_t)i + 1), CA_OK);
        items[i] = i;
    }
    for (int32_t i = 0; i < 10000; i++) assert_int_equal(items[i], i);
    assert_true(state.requests < 30);
    CA_FREE(&hook, items);
    assert_null(items);
    assert_int_equal(state.live, 0);
}

static void a_size_that_wraps_is_refused_before_the_allocator_is_asked(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    int64_t *items = NULL;
    assert_int_equal(CA_RESIZE(&hook, items, SIZE_MAX / 4), CA_TOO_LARGE);
    assert_null(items);
    assert_int_equal(state.requests, 0);
}

static void a_failed_growth_leaves_everything_as_it_was(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = 1};
    ca_alloc hook = test_alloc_hook(&state);
    int32_t *items = NULL;
    size_t capacity = 0;
    assert_int_equal(CA_GROW(&hook, items, capacity, 4), CA_OK);
    int32_t *before = items;
    size_t before_capacity = capacity;
    items[3] = 42;
    assert_int_equal(CA_GROW(&hook, items, capacity, capacity + 1), CA_NO_MEMORY);
    assert_ptr_equal(items, before);
    assert_int_equal(capacity, before_capacity);
    assert_int_equal(items[3], 42);
    CA_FREE(&hook, items);
}

static void zeros_are_zero_even_when_none_are_asked_for(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    uint8_t *bytes = NULL;
    assert_int_equal(CA_ZEROS(&hook, bytes, 100), CA_OK);
    for (int i = 0; i < 100; i++) assert_int_equal(bytes[i], 0);
    CA_FREE(&hook, bytes);
    assert_int_equal(CA_ZEROS(&hook, bytes, 0), CA_OK);
    assert_non_null(bytes);
    CA_FREE(&hook, bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(growing_keeps_contents_and_costs_few_requests),
        cmocka_unit_test(a_size_that_wraps_is_refused_before_the_allocator_is_asked),
        cmocka_unit_test(a_failed_growth_leaves_everything_as_it_was),
        cmocka_unit_test(zeros_are_zero_even_when_none_are_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
