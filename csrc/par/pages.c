/* madvise is no POSIX; whoever has no large pages has its own branch below. */
#define _DEFAULT_SOURCE

#include "pages.h"

#include <stdlib.h>

#define ALIGNMENT 64
#define LARGE_PAGE ((size_t)2 << 20)

typedef struct ca_region {
    atomic_size_t live; /* blocks, and one for being current */
    size_t used;        /* bytes, this header among them */
} region;

/* What stands before each block. */
typedef struct header {
    region *region; /* NULL: stands alone */
    size_t size;    /* of the block */
} header;

static header *header_of(void *block) {
    return (header *)(void *)((char *)block - ALIGNMENT);
}

#if defined(__linux__)
#include <sys/mman.h>

/* On large pages from CA_PAGES_REGION on. */
static void *large_memory(size_t size) {
    if (size < CA_PAGES_REGION) return malloc(size);
    size_t bytes = ca_round_up(size, LARGE_PAGE);
    void *memory = aligned_alloc(LARGE_PAGE, bytes);
    if (memory != NULL) (void)madvise(memory, bytes, MADV_HUGEPAGE); /* or not */
    return memory;
}
#else
static void *large_memory(size_t size) {
    return malloc(size);
}
#endif

static void let_go(region *self) {
    if (atomic_fetch_sub(&self->live, 1) == 1) free(self);
}

static void *block_alone(size_t size) {
    if (size > PTRDIFF_MAX - ALIGNMENT - LARGE_PAGE) return NULL;
    char *memory = large_memory(ALIGNMENT + size);
    if (memory == NULL) return NULL;
    *(header *)(void *)memory = (header){.region = NULL, .size = size};
    return memory + ALIGNMENT;
}

/* A region with room for `bytes`: the one at hand, or a fresh one in its place. */
static region *region_for(ca_pages *self, size_t bytes) {
    region *at_hand = self->current;
    if (at_hand != NULL && CA_PAGES_REGION - at_hand->used >= bytes) return at_hand;
    region *fresh = large_memory(CA_PAGES_REGION);
    if (fresh == NULL) return NULL;
    atomic_init(&fresh->live, 1);
    fresh->used = ALIGNMENT;
    if (at_hand != NULL) let_go(at_hand);
    return self->current = fresh;
}

static void *block_in_region(ca_pages *self, size_t size) {
    size_t bytes = ca_round_up(ALIGNMENT + size, ALIGNMENT);
    void *block = NULL;
    while (atomic_flag_test_and_set_explicit(&self->busy, memory_order_acquire)) {
    }
    region *from = region_for(self, bytes);
    if (from != NULL) {
        char *at = (char *)from + from->used;
        *(header *)(void *)at = (header){.region = from, .size = size};
        from->used += bytes;
        atomic_fetch_add(&from->live, 1);
        block = at + ALIGNMENT;
    }
    atomic_flag_clear_explicit(&self->busy, memory_order_release);
    return block;
}

static void release(void *ctx, void *block) {
    (void)ctx;
    if (block == NULL) return;
    header *before = header_of(block);
    if (before->region == NULL) {
        free(before);
    } else {
        let_go(before->region);
    }
}

/* `pages` NULL: all blocks alone. */
static void *resize_with(ca_pages *pages, void *block, size_t size) {
    size_t before = block != NULL ? header_of(block)->size : 0;
    if (block != NULL && size <= before) return block;
    bool alone = pages == NULL || size > CA_PAGES_LARGEST;
    void *made = alone ? block_alone(size) : block_in_region(pages, size);
    if (made == NULL || block == NULL) return made;
    memcpy(made, block, before);
    release(NULL, block);
    return made;
}

static void *resize(void *ctx, void *block, size_t size) {
    return ctx != NULL ? resize_with(ctx, block, size) : NULL;
}

static void *resize_alone(void *ctx, void *block, size_t size) {
    (void)ctx;
    return resize_with(NULL, block, size);
}

ca_alloc ca_pages_alloc(ca_pages *pages) {
    return (ca_alloc){.resize = resize, .release = release, .ctx = pages};
}

ca_alloc ca_pages_alone(void) {
    return (ca_alloc){.resize = resize_alone, .release = release, .ctx = NULL};
}

void ca_pages_close(ca_pages *self) {
    if (self->current != NULL) let_go(self->current);
    self->current = NULL;
}
