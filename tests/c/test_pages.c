#include "support.h"

#include <stdint.h>

#include "../../csrc/par/pages.h"
#include "../../csrc/par/par.h"

/* That nothing is lost or given twice, the sanitizers see. */

static void blocks_are_apart_and_aligned(void **unused) {
    (void)unused;
    ca_pages pages = {.current = NULL};
    ca_alloc alloc = ca_pages_alloc(&pages);
    uint8_t *blocks[200];
    test_random random = {7};
    for (size_t i = 0; i < 200; i++) {
        size_t size = 1 + random_below(&random, 150000);
        blocks[i] = NULL;
        assert_int_equal(CA_RESIZE(&alloc, blocks[i], size), CA_OK);
        assert_int_equal((uintptr_t)blocks[i] % 64, 0);
        memset(blocks[i], (int)i, size);
    }
    for (size_t i = 0; i < 200; i++) assert_int_equal(blocks[i][0], i);
    ca_pages_close(&pages);
    alloc = ca_pages_alloc(NULL);
    for (size_t i = 0; i < 200; i += 2) CA_FREE(&alloc, blocks[i]);
    for (size_t i = 1; i < 200; i += 2) {
        assert_int_equal(blocks[i][0], i);
        CA_FREE(&alloc, blocks[i]);
    }
}

static void a_block_keeps_what_it_holds_when_it_grows(void **unused) {
    (void)unused;
    ca_pages pages = {.current = NULL};
    ca_alloc alloc = ca_pages_alloc(&pages);
    uint32_t *numbers = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < 1000000; i++) { /* over the largest block of a region too */
        assert_int_equal(CA_GROW(&alloc, numbers, capacity, i + 1), CA_OK);
        numbers[i] = i * 3;
    }
    for (uint32_t i = 0; i < 1000000; i++) assert_int_equal(numbers[i], i * 3);
    uint32_t *before = numbers;
    assert_int_equal(CA_RESIZE(&alloc, numbers, 10), CA_OK);
    assert_ptr_equal(numbers, before);
    assert_int_equal(numbers[9], 27);
    CA_FREE(&alloc, numbers);
    ca_pages_close(&pages);
}

static void a_block_alone_keeps_what_it_holds_when_it_grows(void **unused) {
    (void)unused;
    ca_alloc alloc = ca_pages_alone();
    uint32_t *numbers = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < 3000000; i++) { /* on to large pages too */
        assert_int_equal(CA_GROW(&alloc, numbers, capacity, i + 1), CA_OK);
        numbers[i] = i * 3;
    }
    for (uint32_t i = 0; i < 3000000; i++) assert_int_equal(numbers[i], i * 3);
    uint32_t *before = numbers;
    assert_int_equal(CA_RESIZE(&alloc, numbers, 10), CA_OK);
    assert_ptr_equal(numbers, before);
    assert_int_equal(CA_RESIZE(&alloc, numbers, SIZE_MAX / 8), CA_NO_MEMORY);
    assert_int_equal(numbers[9], 27);
    CA_FREE(&alloc, numbers);
    alloc.release(alloc.ctx, NULL);
}

static void whoever_only_releases_refuses_requests(void **unused) {
    (void)unused;
    ca_alloc alloc = ca_pages_alloc(NULL);
    uint8_t *block = NULL;
    assert_int_equal(CA_RESIZE(&alloc, block, 1), CA_NO_MEMORY);
    assert_null(block);
    CA_FREE(&alloc, block);
    alloc.release(alloc.ctx, NULL);
}

static void a_size_beyond_all_memory_is_refused(void **unused) {
    (void)unused;
    ca_pages pages = {.current = NULL};
    ca_alloc alloc = ca_pages_alloc(&pages);
    assert_null(alloc.resize(alloc.ctx, NULL, SIZE_MAX));
    assert_null(alloc.resize(alloc.ctx, NULL, PTRDIFF_MAX));
    ca_pages_close(&pages);
    ca_pages_close(&pages);
}

typedef struct shelf {
    ca_alloc alloc;
    uint8_t *blocks[400];
} shelf;

static ca_status take_block(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)worker, (void)poll;
    shelf *self = ctx;
    size_t size = 1000 + chunk * 100;
    CA_TRY(CA_RESIZE(&self->alloc, self->blocks[chunk], size));
    memset(self->blocks[chunk], (int)chunk, size);
    if (chunk % 3 == 0) CA_FREE(&self->alloc, self->blocks[chunk]);
    return CA_OK;
}

static void threads_may_share_it(void **unused) {
    (void)unused;
    ca_pages pages = {.current = NULL};
    shelf s = {.alloc = ca_pages_alloc(&pages)};
    ca_par_job job = {take_block, &s, 400};
    assert_int_equal(ca_par_run(&job, 8, NULL), CA_OK);
    ca_pages_close(&pages);
    for (size_t i = 0; i < 400; i++) {
        assert_int_equal(s.blocks[i] == NULL, i % 3 == 0);
        if (s.blocks[i] != NULL) assert_int_equal(s.blocks[i][999 + i * 100], (uint8_t)i);
        CA_FREE(&s.alloc, s.blocks[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_apart_and_aligned),
        cmocka_unit_test(a_block_keeps_what_it_holds_when_it_grows),
        cmocka_unit_test(a_block_alone_keeps_what_it_holds_when_it_grows),
        cmocka_unit_test(whoever_only_releases_refuses_requests),
        cmocka_unit_test(a_size_beyond_all_memory_is_refused),
        cmocka_unit_test(threads_may_share_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
