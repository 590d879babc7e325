#include "vocab.h"

#include "utf8.h"

/* Pieces that are hashed before the first of them is looked up: enough to hide a cache miss. */
#define BATCH 32
#define FIRST_SLOTS 1024

typedef struct key {
    uint64_t word[2];
    uint64_t hash;
} key;

/* ---- keys ----
 *
 * A type of up to 16 bytes is its own key: its bytes, padded with zeros. A longer one has two
 * hashes for a key and is compared in full. The length in the slot tells both apart, and a type
 * that ends in NULs from one that does not. Constants are odd numbers from the digits of pi and
 * the golden ratio; their only task is to spread bits. */

static uint64_t load8(const uint8_t *p) {
    uint64_t word;
    memcpy(&word, p, 8);
    return word;
}

static uint64_t mix(uint64_t a, uint64_t b, uint64_t seed) {
    uint64_t h = (a ^ seed) * 0x9E3779B97F4A7C15u;
    h ^= h >> 32;
    h = (h + b) * 0xC2B2AE3D27D4EB4Fu;
    return h ^ h >> 29;
}

static void key_of_long(key *out, const uint8_t *p, size_t len, uint64_t seed) {
    uint64_t a = seed ^ len, b = ~seed;
    size_t at = 0;
    for (; at + 8 <= len; at += 8) {
        uint64_t word = load8(p + at);
        a = mix(a, word, seed);
        b = (b ^ word) * 0x165667B19E3779F9u;
        b ^= b >> 31;
    }
    uint64_t rest = 0;
    memcpy(&rest, p + at, len - at);
    out->word[0] = mix(a, rest, b);
    out->word[1] = mix(b, rest, a);
}

/* The first `len` bytes of a word as memory holds it: a mask that is right for both byte orders,
 * since it is made the way the word is. */
static uint64_t first_bytes(uint64_t word, size_t len) {
    static const uint8_t ones[16] = {255, 255, 255, 255, 255, 255, 255, 255};
    return word & load8(ones + 8 - len);
}

static inline void key_of(key *out, const uint8_t *p, size_t len, size_t readable, uint64_t seed) {
    if (CA_UNLIKELY(len > 16)) {
        key_of_long(out, p, len, seed);
    } else if (CA_LIKELY(readable >= 16)) {
        uint64_t low = load8(p), high = load8(p + 8);
        out->word[0] = first_bytes(low, len < 8 ? len : 8);
        out->word[1] = first_bytes(high, len < 8 ? 0 : len - 8);
    } else {
        uint8_t room[16] = {0};
        memcpy(room, p, len);
        out->word[0] = load8(room);
        out->word[1] = load8(room + 8);
    }
    out->hash = mix(out->word[0], out->word[1] ^ len, seed);
}

/* ---- slots ---- */

static bool slot_holds(const ca_vocab *self, const ca_vocab_slot *slot, const key *k, ca_str type) {
    if (slot->key[0] != k->word[0] || slot->key[1] != k->word[1] || slot->len != type.len)
        return false;
    return type.len <= 16 || ca_str_equal(ca_vocab_type(self, slot->id), type);
}

/* The slot that holds `type`, or the free one where it belongs. One is always free. */
static inline ca_vocab_slot *slot_of(const ca_vocab *self, const key *k, ca_str type) {
    size_t mask = self->n_slots - 1;
    for (size_t i = (size_t)k->hash & mask;; i = (i + 1) & mask) {
        ca_vocab_slot *slot = &self->slots[i];
        if (slot->len == 0 || slot_holds(self, slot, k, type)) return slot;
    }
}

static ca_status slots_double(ca_vocab *self) {
    size_t n_slots = self->n_slots * 2, mask = n_slots - 1;
    ca_vocab_slot *slots = NULL;
    CA_TRY(CA_ZEROS(self->alloc, slots, n_slots));
    for (size_t i = 0; i < self->n_slots; i++) {
        const ca_vocab_slot *old = &self->slots[i];
        if (old->len == 0) continue;
        size_t at = (size_t)mix(old->key[0], old->key[1] ^ old->len, self->seed) & mask;
        while (slots[at].len != 0) at = (at + 1) & mask;
        slots[at] = *old;
    }
    CA_FREE(self->alloc, self->slots);
    self->slots = slots;
    self->n_slots = n_slots;
    return CA_OK;
}

/* ---- types ---- */

static ca_status add_type(ca_vocab *self, ca_vocab_slot *slot, const key *k, ca_str type) {
    if (self->n >= INT32_MAX || type.len > INT32_MAX) return CA_TOO_LARGE;
    size_t at = self->n > 0 ? self->ends[self->n - 1] : 0;
    CA_TRY(CA_GROW(self->alloc, self->bytes, self->bytes_capacity, at + type.len));
    CA_TRY(CA_GROW(self->alloc, self->ends, self->ends_capacity, self->n + 1));
    CA_TRY(CA_GROW(self->alloc, self->chars, self->chars_capacity, self->n + 1));
    CA_TRY(CA_GROW(self->alloc, self->shape, self->shape_capacity, self->n + 1));
    memcpy(self->bytes + at, type.ptr, type.len);
    self->ends[self->n] = at + type.len;
    self->chars[self->n] = (int32_t)ca_utf8_count(type.ptr, type.len);
    self->shape[self->n] = ca_shape_of(type);
    *slot = (ca_vocab_slot){
        .key = {k->word[0], k->word[1]}, .len = (uint32_t)type.len, .id = (int32_t)self->n};
    self->n++;
    return CA_OK;
}

/* The table is grown before the look-up, so that a free slot stays where it was found. */
static CA_NOINLINE ca_status add_new(ca_vocab *self, const key *k, ca_str type, int32_t *id) {
    if (self->n + self->n / 2 >= self->n_slots / 2) CA_TRY(slots_double(self));
    CA_TRY(add_type(self, slot_of(self, k, type), k, type));
    *id = (int32_t)self->n - 1;
    return CA_OK;
}

static inline ca_status intern(ca_vocab *self, const key *k, ca_str type, int32_t *id) {
    const ca_vocab_slot *slot = slot_of(self, k, type);
    if (CA_UNLIKELY(slot->len == 0)) return add_new(self, k, type, id);
    *id = slot->id;
    return CA_OK;
}

ca_status ca_vocab_init(ca_vocab *self, const ca_alloc *alloc, uint64_t seed) {
    *self = (ca_vocab){.alloc = alloc, .seed = seed, .n_slots = FIRST_SLOTS};
    return CA_ZEROS(alloc, self->slots, self->n_slots);
}

void ca_vocab_reset(ca_vocab *self) {
    if (self->alloc != NULL) {
        CA_FREE(self->alloc, self->bytes);
        CA_FREE(self->alloc, self->ends);
        CA_FREE(self->alloc, self->chars);
        CA_FREE(self->alloc, self->shape);
        CA_FREE(self->alloc, self->slots);
    }
    *self = (ca_vocab){.alloc = NULL};
}

ca_status ca_vocab_intern(ca_vocab *self, ca_str type, int32_t *id) {
    if (type.len == 0) return CA_INVALID;
    key k;
    key_of(&k, type.ptr, type.len, type.len, self->seed);
    return intern(self, &k, type, id);
}

int32_t ca_vocab_find(const ca_vocab *self, ca_str type) {
    if (type.len == 0) return -1;
    key k;
    key_of(&k, type.ptr, type.len, type.len, self->seed);
    const ca_vocab_slot *slot = slot_of(self, &k, type);
    return slot->len != 0 ? slot->id : -1;
}

ca_status ca_vocab_intern_pieces(ca_vocab *self, ca_str text, const ca_piece *pieces, size_t n,
                                 int32_t *ids) {
    key keys[BATCH];
    for (size_t first = 0; first < n; first += BATCH) {
        size_t batch = n - first < BATCH ? n - first : BATCH;
        for (size_t i = 0; i < batch; i++) {
            const ca_piece *piece = &pieces[first + i];
            key_of(&keys[i], text.ptr + piece->at, piece->len, text.len - piece->at, self->seed);
            CA_PREFETCH(&self->slots[(size_t)keys[i].hash & (self->n_slots - 1)]);
        }
        for (size_t i = 0; i < batch; i++) {
            const ca_piece *piece = &pieces[first + i];
            ca_str type = {text.ptr + piece->at, piece->len};
            CA_TRY(intern(self, &keys[i], type, &ids[first + i]));
        }
    }
    return CA_OK;
}

#define CHECK(condition, reason)                                                                   \
    if (!(condition)) {                                                                            \
        *why = reason;                                                                             \
        return false;                                                                              \
    }

bool ca_vocab_validate(const ca_vocab *self, const char **why) {
    size_t used = 0;
    CHECK((self->n_slots & (self->n_slots - 1)) == 0, "slots are not a power of two");
    for (size_t i = 0; i < self->n_slots; i++) used += self->slots[i].len != 0;
    CHECK(used == self->n, "slots and types differ in number");
    CHECK(used < self->n_slots, "no slot is free");
    for (size_t i = 0; i < self->n; i++) {
        size_t at = i > 0 ? self->ends[i - 1] : 0;
        CHECK(self->ends[i] > at, "a type is empty");
        ca_str type = ca_vocab_type(self, (int32_t)i);
        CHECK(ca_vocab_find(self, type) == (int32_t)i, "a type is not found under its id");
        CHECK((size_t)self->chars[i] == ca_utf8_count(type.ptr, type.len), "a length is wrong");
        CHECK(self->shape[i] == ca_shape_of(type), "a shape is wrong");
    }
    return true;
}
