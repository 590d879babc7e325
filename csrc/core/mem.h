/* mem.h - all memory of the core, asked for through one hook.
 *
 *     int32_t *ids = NULL;
 *     size_t capacity = 0;
 *     CA_TRY(CA_GROW(alloc, ids, capacity, n + 1));   // room for n + 1 items, or CA_NO_MEMORY
 *     ids[n++] = 7;
 *     CA_FREE(alloc, ids);                             // and ids is NULL again
 *
 * Sizes are multiplied with a check. A failed request leaves the pointer, the capacity and what
 * lies behind them as they were. An allocator must be usable from several threads at once if the
 * structures that carry it are.
 */
#ifndef CA_MEM_H
#define CA_MEM_H

#include "base.h"

/* The hook. `resize(ctx, NULL, n)` allocates, n > 0 always; `release(ctx, NULL)` does nothing. */
typedef struct ca_alloc {
    void *(*resize)(void *ctx, void *ptr, size_t size);
    void (*release)(void *ctx, void *ptr);
    void *ctx;
} ca_alloc;

/* The C library's allocator. */
ca_alloc ca_alloc_libc(void);

/* Make *ptr hold exactly `count` items of `size` bytes (at least one byte). Contents up to the
 * smaller of both sizes stay. CA_TOO_LARGE if count * size does not fit, CA_NO_MEMORY. */
CA_MUST_CHECK ca_status ca_mem_resize(const ca_alloc *alloc, void **ptr, size_t count, size_t size);

/* Make *ptr hold at least `needed` items: nothing to do if *capacity is enough, else grown by
 * half or more, so that n appends cost O(n). */
CA_MUST_CHECK ca_status ca_mem_grow(const ca_alloc *alloc, void **ptr, size_t *capacity,
                                    size_t needed, size_t size);

/* Like ca_mem_resize of a NULL pointer, and every byte 0. */
CA_MUST_CHECK ca_status ca_mem_zeros(const ca_alloc *alloc, void **ptr, size_t count, size_t size);

/* Release *ptr and set it to NULL. */
void ca_mem_free(const ca_alloc *alloc, void **ptr);

/* The typed faces of the above: `ptr` and `capacity` are lvalues. */
#define CA_RESIZE(alloc, ptr, count) ca_mem_resize((alloc), (void **)&(ptr), (count), sizeof *(ptr))
#define CA_GROW(alloc, ptr, capacity, needed)                                                      \
    ca_mem_grow((alloc), (void **)&(ptr), &(capacity), (needed), sizeof *(ptr))
#define CA_ZEROS(alloc, ptr, count) ca_mem_zeros((alloc), (void **)&(ptr), (count), sizeof *(ptr))
#define CA_FREE(alloc, ptr) ca_mem_free((alloc), (void **)&(ptr))

#endif
