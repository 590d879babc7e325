#include "support.h"

#include <stdlib.h>

static void *counted_resize(void *ctx, void *ptr, size_t size) {
    test_alloc *state = ctx;
    long k = state->requests++;
    if (state->fail_at >= 0 && (k == state->fail_at || (state->sticky && k > state->fail_at)))
        return NULL;
    void *resized = realloc(ptr, size);
    if (resized != NULL && ptr == NULL) state->live++;
    return resized;
}

static void counted_release(void *ctx, void *ptr) {
    test_alloc *state = ctx;
    if (ptr != NULL) state->live--;
    free(ptr);
}

ca_alloc test_alloc_hook(test_alloc *state) {
    return (ca_alloc){.resize = counted_resize, .release = counted_release, .ctx = state};
}

static ca_status run_once(ca_status (*build)(const ca_alloc *, void *), void *ctx, long fail_at,
                          bool sticky) {
    test_alloc state = {.fail_at = fail_at, .sticky = sticky};
    ca_alloc hook = test_alloc_hook(&state);
    ca_status status = build(&hook, ctx);
    assert_int_equal(state.live, 0);
    return status;
}

void sweep_allocations(ca_status (*build)(const ca_alloc *, void *), void *ctx) {
    for (int sticky = 0; sticky < 2; sticky++) {
        long k = 0;
        ca_status status;
        while ((status = run_once(build, ctx, k, sticky != 0)) != CA_OK) {
            assert_int_equal(status, CA_NO_MEMORY);
            k++;
        }
        assert_true(k > 0); /* a build that asks for nothing proves nothing */
    }
}

uint64_t random_next(test_random *random) {
    uint64_t x = random->state != 0 ? random->state : 0x9E3779B97F4A7C15u;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    random->state = x;
    return x * 0x2545F4914F6CDD1Du;
}
