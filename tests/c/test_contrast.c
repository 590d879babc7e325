#include "support.h"

#include <stdlib.h>

#include "../../csrc/core/contrast.h"

/* The reference, as it is written: the value is looked up in the list that changes. */
static void scale_plainly(uint32_t but, ca_valence *items, size_t n) {
    for (size_t k = 0; k < n; k++) {
        size_t first = 0;
        while (items[first].value != items[k].value) first++;
        if (items[first].word < but) {
            items[first].value *= 0.5;
        } else if (items[first].word > but) {
            items[first].value *= 1.5;
        }
    }
}

static void same_as_the_plain_loop(uint32_t but, const ca_valence *items, size_t n) {
    ca_alloc libc = ca_alloc_libc();
    ca_contrast room = {.left = NULL};
    ca_valence *a = malloc((n + 1) * sizeof *a), *b = malloc((n + 1) * sizeof *b);
    assert_true(a != NULL && b != NULL);
    for (size_t i = 0; i < n; i++) a[i] = b[i] = items[i];
    scale_plainly(but, a, n);
    assert_int_equal(ca_contrast_scale(&room, &libc, but, b, n), CA_OK);
    for (size_t i = 0; i < n; i++) assert_true(a[i].value == b[i].value);
    ca_contrast_reset(&libc, &room);
    free(a);
    free(b);
}

static void different_values_are_halved_before_and_raised_behind(void **unused) {
    (void)unused;
    ca_alloc libc = ca_alloc_libc();
    ca_contrast room = {.left = NULL};
    ca_valence items[] = {{0, 2.0}, {3, -1.0}, {5, 3.0}};
    assert_int_equal(ca_contrast_scale(&room, &libc, 2, items, 3), CA_OK);
    assert_true(items[0].value == 1.0 && items[1].value == -1.5 && items[2].value == 4.5);
    ca_contrast_reset(&libc, &room);
}

static void of_equal_values_the_first_is_scaled_again(void **unused) {
    (void)unused;
    ca_alloc libc = ca_alloc_libc();
    ca_contrast room = {.left = NULL};
    ca_valence items[] = {{0, 4.0}, {1, 2.0}, {3, 1.0}};
    assert_int_equal(ca_contrast_scale(&room, &libc, 2, items, 3), CA_OK);
    /* 4 becomes 2, then that 2 is the first 2 and becomes 1, then that 1 is the first 1. */
    assert_true(items[0].value == 0.5 && items[1].value == 2.0 && items[2].value == 1.0);
    ca_contrast_reset(&libc, &room);
}

static void long_texts_come_out_as_in_the_plain_loop(void **unused) {
    (void)unused;
    static const double values[] = {1.9, -2.5, 0.95, 0.475, 3.8, -1.25, 0.0, 1.5, 2.25};
    test_random random = {7};
    ca_valence items[400];
    for (int round = 0; round < 200; round++) {
        size_t n = random_below(&random, 400);
        for (size_t i = 0; i < n; i++)
            items[i] = (ca_valence){(uint32_t)(2 * i), values[random_below(&random, 9)]};
        same_as_the_plain_loop((uint32_t)random_below(&random, 2 * n + 2), items, n);
    }
}

static ca_status scale(const ca_alloc *alloc, void *ctx) {
    ca_contrast room = {.left = NULL};
    ca_valence items[300];
    (void)ctx;
    for (uint32_t i = 0; i < 300; i++) items[i] = (ca_valence){i, i % 2 != 0 ? 1.0 : -2.0};
    ca_status status = ca_contrast_scale(&room, alloc, 100, items, 300);
    ca_contrast_reset(alloc, &room);
    return status;
}

static void no_memory_leaves_nothing_behind(void **unused) {
    (void)unused;
    sweep_allocations(scale, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(different_values_are_halved_before_and_raised_behind),
        cmocka_unit_test(of_equal_values_the_first_is_scaled_again),
        cmocka_unit_test(long_texts_come_out_as_in_the_plain_loop),
        cmocka_unit_test(no_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
