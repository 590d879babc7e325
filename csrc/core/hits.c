#include "hits.h"

#include <stdlib.h>

void ca_hits_reset(const ca_alloc *alloc, ca_hits *self) {
    CA_FREE(alloc, self->items);
    self->n = self->capacity = 0;
}

ca_status ca_hits_add(const ca_alloc *alloc, ca_hits *self, ca_mention mention, int32_t priority) {
    CA_TRY(CA_GROW(alloc, self->items, self->capacity, self->n + 1));
    self->items[self->n++] = (ca_hit){mention, priority};
    return CA_OK;
}

/* By place, the longest first, then as they win against each other. */
static int by_rank(const void *a, const void *b) {
    const ca_hit *x = a, *y = b;
    if (x->mention.first != y->mention.first) return x->mention.first < y->mention.first ? -1 : 1;
    if (x->mention.end != y->mention.end) return x->mention.end > y->mention.end ? -1 : 1;
    if (x->priority != y->priority) return x->priority > y->priority ? -1 : 1;
    if (x->mention.how != y->mention.how) return x->mention.how < y->mention.how ? -1 : 1;
    return (x->mention.alias > y->mention.alias) - (x->mention.alias < y->mention.alias);
}

static int by_entry(const void *a, const void *b) {
    const ca_hit *x = a, *y = b;
    if (x->mention.entry != y->mention.entry) return x->mention.entry < y->mention.entry ? -1 : 1;
    return by_rank(a, b);
}

static int by_place(const void *a, const void *b) {
    const ca_hit *x = a, *y = b;
    if (x->mention.first != y->mention.first) return x->mention.first < y->mention.first ? -1 : 1;
    if (x->mention.end != y->mention.end) return x->mention.end < y->mention.end ? -1 : 1;
    if (x->mention.entry != y->mention.entry) return x->mention.entry < y->mention.entry ? -1 : 1;
    return by_rank(a, b);
}

/* Drop what lies within a name that stands for nothing. */
static void drop_hidden(ca_hits *self) {
    size_t n = 0;
    uint32_t reach = 0;
    for (size_t i = 0; i < self->n; i++) {
        ca_hit *h = &self->items[i];
        if (h->mention.end <= reach) continue;
        if (h->mention.entry < 0) reach = h->mention.end;
        self->items[n++] = *h;
    }
    self->n = n;
}

/* Of each entry, from left to right, the longest; the scan goes on behind it. */
static void keep_longest(ca_hits *self) {
    size_t n = 0;
    uint32_t behind = 0;
    qsort(self->items, self->n, sizeof *self->items, by_entry);
    for (size_t i = 0; i < self->n; i++) {
        ca_hit *h = &self->items[i];
        if (n == 0 || self->items[n - 1].mention.entry != h->mention.entry) behind = 0;
        if (h->mention.first < behind) continue;
        behind = h->mention.end;
        self->items[n++] = *h;
    }
    self->n = n;
}

static bool same_place(const ca_hit *a, const ca_hit *b) {
    return a->mention.entry == b->mention.entry && a->mention.first == b->mention.first &&
           a->mention.end == b->mention.end;
}

void ca_hits_settle(ca_hits *self, ca_overlap overlap, bool losers) {
    size_t n = 0;
    if (self->n == 0) return;
    qsort(self->items, self->n, sizeof *self->items, by_rank);
    if (!losers) drop_hidden(self);
    if (!losers && overlap == CA_OVERLAP_NESTED) keep_longest(self);
    qsort(self->items, self->n, sizeof *self->items, by_place);
    if (losers) return;
    for (size_t i = 0; i < self->n; i++) {
        if (n == 0 || !same_place(&self->items[n - 1], &self->items[i]))
            self->items[n++] = self->items[i];
    }
    self->n = n;
}
