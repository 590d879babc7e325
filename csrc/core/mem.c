#include "mem.h"

#include <stdlib.h>

static void *libc_resize(void *ctx, void *ptr, size_t size) {
    (void)ctx;
    return realloc(ptr, size);
}

static void libc_release(void *ctx, void *ptr) {
    (void)ctx;
    free(ptr);
}

ca_alloc ca_alloc_libc(void) {
    return (ca_alloc){.resize = libc_resize, .release = libc_release, .ctx = NULL};
}

ca_status ca_mem_resize(const ca_alloc *alloc, void **ptr, size_t count, size_t size) {
    if (size != 0 && count > PTRDIFF_MAX / size) return CA_TOO_LARGE;
    size_t bytes = count * size;
    void *resized = alloc->resize(alloc->ctx, *ptr, bytes != 0 ? bytes : 1);
    if (resized == NULL) return CA_NO_MEMORY;
    *ptr = resized;
    return CA_OK;
}

ca_status ca_mem_grow(const ca_alloc *alloc, void **ptr, size_t *capacity, size_t needed,
                      size_t size) {
    if (needed <= *capacity) return CA_OK;
    size_t grown = *capacity + *capacity / 2 + 8;
    if (grown < needed) grown = needed;
    CA_TRY(ca_mem_resize(alloc, ptr, grown, size));
    *capacity = grown;
    return CA_OK;
}

ca_status ca_mem_zeros(const ca_alloc *alloc, void **ptr, size_t count, size_t size) {
    void *fresh = NULL;
    CA_TRY(ca_mem_resize(alloc, &fresh, count, size));
    memset(fresh, 0, count * size);
    *ptr = fresh;
    return CA_OK;
}

void ca_mem_free(const ca_alloc *alloc, void **ptr) {
    if (*ptr != NULL) alloc->release(alloc->ctx, *ptr);
    *ptr = NULL;
}
