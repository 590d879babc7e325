#include "contrast.h"

/* Up to here the plain loop is faster. */
#define FEW 128
#define NONE UINT32_MAX

void ca_contrast_reset(const ca_alloc *alloc, ca_contrast *self) {
    CA_FREE(alloc, self->left);
    CA_FREE(alloc, self->right);
    CA_FREE(alloc, self->slots);
    CA_FREE(alloc, self->keys);
    *self = (ca_contrast){.left = NULL};
}

static double scaled(const ca_valence *item, uint32_t but) {
    if (item->word < but) return item->value * 0.5;
    return item->word > but ? item->value * 1.5 : item->value;
}

static uint64_t hash_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits *= 0x9E3779B97F4A7C15u;
    return bits ^ bits >> 32;
}

/* Values that may stand before the one at hand: a bit each, so that most need not be looked for. */
typedef struct sieve {
    uint64_t bits[16];
} sieve;

static void sieve_put(sieve *self, double value) {
    uint64_t bit = hash_of(value) & 1023;
    self->bits[bit >> 6] |= UINT64_C(1) << (bit & 63);
}

static bool sieve_has(const sieve *self, double value) {
    uint64_t bit = hash_of(value) & 1023;
    return (self->bits[bit >> 6] >> (bit & 63) & 1) != 0;
}

/* As the reference does it. A value that has shrunk to 0 is never found again. */
static void scale_few(uint32_t but, ca_valence *items, size_t n) {
    sieve seen = {{0}};
    for (size_t k = 0; k < n; k++) {
        double value = items[k].value;
        size_t first = k;
        if (value == 0) continue;
        if (sieve_has(&seen, value)) {
            first = 0;
            while (items[first].value != value) first++;
        }
        items[first].value = scaled(&items[first], but);
        sieve_put(&seen, items[first].value);
        if (first < k) sieve_put(&seen, value);
    }
}

/* ---- skew heaps of items, least item at the top, one for each value ---- */

/* Merge two heaps along their right spines, swapping children on the way. */
static uint32_t merge(ca_contrast *self, uint32_t a, uint32_t b) {
    uint32_t top = NONE, *link = &top;
    while (a != NONE && b != NONE) {
        if (b < a) {
            uint32_t other = a;
            a = b;
            b = other;
        }
        *link = a;
        uint32_t rest = self->right[a];
        self->right[a] = self->left[a];
        link = &self->left[a];
        a = rest;
    }
    *link = a != NONE ? a : b;
    return top;
}

/* Where the heap of `value` is, or would be. */
static size_t slot_of(const ca_contrast *self, size_t n_slots, double value) {
    size_t at = (size_t)hash_of(value) & (n_slots - 1);
    while (self->slots[at] != 0 && self->keys[at] != value) at = (at + 1) & (n_slots - 1);
    return at;
}

/* An emptied heap keeps its slot, so that what was put behind it is still found. */
static uint32_t top_of(const ca_contrast *self, size_t slot) {
    return self->slots[slot] == 0 || self->slots[slot] == NONE ? NONE : self->slots[slot] - 1;
}

static void set_top(ca_contrast *self, size_t slot, double value, uint32_t top) {
    self->keys[slot] = value;
    self->slots[slot] = top == NONE ? NONE : top + 1;
}

static void put(ca_contrast *self, size_t n_slots, double value, uint32_t item) {
    if (value == 0) return;
    size_t slot = slot_of(self, n_slots, value);
    self->left[item] = self->right[item] = NONE;
    set_top(self, slot, value, merge(self, top_of(self, slot), item));
}

static ca_status make_room(ca_contrast *self, const ca_alloc *alloc, size_t n, size_t n_slots) {
    CA_TRY(CA_GROW(alloc, self->left, self->left_capacity, n));
    CA_TRY(CA_GROW(alloc, self->right, self->right_capacity, n));
    CA_TRY(CA_GROW(alloc, self->slots, self->slots_capacity, n_slots));
    CA_TRY(CA_GROW(alloc, self->keys, self->keys_capacity, n_slots));
    memset(self->slots, 0, n_slots * sizeof *self->slots);
    return CA_OK;
}

ca_status ca_contrast_scale(ca_contrast *self, const ca_alloc *alloc, uint32_t but,
                            ca_valence *items, size_t n) {
    if (n <= FEW) {
        scale_few(but, items, n);
        return CA_OK;
    }
    if (n >= NONE / 8) return CA_TOO_LARGE;
    /* Each step makes at most one new value: n at first, n more, and half of the slots free. */
    size_t n_slots = 64;
    while (n_slots < 4 * n) n_slots *= 2;
    CA_TRY(make_room(self, alloc, n, n_slots));
    /* From the back, since a lesser item becomes the top of what is there in O(1). */
    for (size_t i = n; i-- > 0;) put(self, n_slots, items[i].value, (uint32_t)i);
    for (size_t k = 0; k < n; k++) {
        double value = items[k].value;
        if (value == 0) continue;
        size_t slot = slot_of(self, n_slots, value);
        uint32_t first = top_of(self, slot);
        set_top(self, slot, value, merge(self, self->left[first], self->right[first]));
        items[first].value = scaled(&items[first], but);
        put(self, n_slots, items[first].value, first);
    }
    return CA_OK;
}
