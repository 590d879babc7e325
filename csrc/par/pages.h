/* pages.h - memory for results: many blocks of some 100 KB, out of few regions of large pages.
 *
 *     ca_pages pages = {.current = NULL};
 *     ca_alloc alloc = ca_pages_alloc(&pages);      // for the blocks of many chunks, on any thread
 *     ...
 *     ca_pages_close(&pages);                       // no more blocks
 *     alloc = ca_pages_alloc(NULL);                 // which only releases them
 *
 *     region  [ header | block | block | block | ...      ]     4 MB, aligned to 2 MB
 *
 * Every page of fresh memory costs a visit to the system when it is first written, which takes as
 * long as tokenizing a tenth of what fits on it; threads queue up there too. Regions ask for pages
 * of 2 MB where the system has them (Linux). A region goes back when its last block is released.
 * For calls that make megabytes only: a region is touched as a whole.
 */
#ifndef CA_PAGES_H
#define CA_PAGES_H

#include <stdatomic.h>

#include "../core/base.h"
#include "../core/mem.h"

#define CA_PAGES_REGION ((size_t)4 << 20)

/* Blocks that are larger stand alone. */
#define CA_PAGES_LARGEST (CA_PAGES_REGION / 4)

struct ca_region;

typedef struct ca_pages {
    struct ca_region *current; /* where the next block goes; NULL: none yet */
    atomic_flag busy;
} ca_pages;

/* A hook for blocks of any size. With `pages` NULL it releases blocks and refuses requests. */
ca_alloc ca_pages_alloc(ca_pages *pages);

/* A hook for blocks of which each stands alone, on large pages if it has the size of a region: for
 * arrays that grow, and for what is jumped about in, which misses the processor's table of pages
 * less often. */
ca_alloc ca_pages_alone(void);

/* Let go of the region at hand; blocks stay until they are released. */
void ca_pages_close(ca_pages *self);

#endif
