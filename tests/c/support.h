/* support.h - what every C test uses: cmocka, a counting allocator that can fail, random numbers.
 *
 *     static ca_status build(const ca_alloc *alloc, void *ctx) { ...make it, use it, reset it... }
 *     sweep_allocations(build, NULL);   // fails the k-th request for k = 0, 1, 2 ... until it
 * works
 */
#ifndef CA_TEST_SUPPORT_H
#define CA_TEST_SUPPORT_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../csrc/core/base.h"
#include "../../csrc/core/mem.h"

/* An allocator that counts live blocks and refuses from the `fail_at`-th request on (once, or for
 * good where `sticky`); fail_at < 0 never refuses. */
typedef struct test_alloc {
    long fail_at, requests, live;
    bool sticky;
} test_alloc;

ca_alloc test_alloc_hook(test_alloc *state);

/* Run `build` with every single request refused in turn, once and sticky, until it succeeds:
 * it must answer CA_NO_MEMORY, and leave no block behind either way. */
void sweep_allocations(ca_status (*build)(const ca_alloc *alloc, void *ctx), void *ctx);

/* xorshift64*: the same numbers on every machine. */
typedef struct test_random {
    uint64_t state;
} test_random;

uint64_t random_next(test_random *random);
static inline size_t random_below(test_random *random, size_t n) {
    return (size_t)(random_next(random) % n);
}

/* The bytes of a literal as a span. */
#define STR(literal) ((ca_str){(const uint8_t *)(literal), sizeof(literal) - 1})

#endif
