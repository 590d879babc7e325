#include "vocab.h"

#include "simd/kernels.h"
#include "utf8.h"

/* Pieces that are hashed before the first of them is looked up: a tenth of them is looked for in
 * the slots, which is enough to hide a cache miss. */
#define BATCH 64
#define FIRST_SLOTS 1024

/* ---- keys ----
 *
 * A type of up to 15 bytes is its own key: its bytes, padded with zeros, and its length in the last
 * one. A longer type has two hashes for a key, 0xFF in the last byte, and is compared in full.
 * Constants are odd numbers from the digits of pi and the golden ratio; their only task is to
 * spread bits. */

#define LAST_BYTE_OF_LONG 0xFF

typedef struct probe {
    ca_key key;
    uint64_t hash;
} probe;

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

static void set_last_byte(ca_key *key, uint8_t value) {
    uint8_t bytes[16];
    memcpy(bytes, key->word, sizeof bytes);
    bytes[15] = value;
    memcpy(key->word, bytes, sizeof bytes);
}

static void key_of_long(ca_key *out, const uint8_t *p, size_t len, uint64_t seed) {
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
    set_last_byte(out, LAST_BYTE_OF_LONG);
}

static inline void probe_of(probe *out, const uint8_t *p, size_t len, size_t readable,
                            uint64_t seed) {
    if (CA_UNLIKELY(len > CA_SHORT)) {
        key_of_long(&out->key, p, len, seed);
    } else if (CA_LIKELY(readable >= 16)) {
        out->key = ca_key_of(p, len);
    } else {
        uint8_t room[16] = {0};
        memcpy(room, p, len);
        out->key = ca_key_of(room, len);
    }
    out->hash = mix(out->key.word[0], out->key.word[1], seed);
}

/* The probe of type i, whose key is known. */
static inline probe probe_of_type(const ca_vocab *self, size_t i) {
    ca_key key = self->keys[i];
    return (probe){.key = key, .hash = mix(key.word[0], key.word[1], self->seed)};
}

/* ---- slots ---- */

static uint32_t tag_of(uint64_t hash) {
    return (uint32_t)(hash >> 32);
}

static inline bool key_is(const ca_vocab *self, uint32_t number, const probe *p, ca_str type) {
    const ca_key *key = &self->keys[number - 1];
    if (key->word[0] != p->key.word[0] || key->word[1] != p->key.word[1]) return false;
    return type.len <= CA_SHORT || ca_str_equal(ca_vocab_type(self, (int32_t)number - 1), type);
}

/* The slot that holds `type`, or the free one where it belongs. One is always free. */
static inline ca_vocab_slot *slot_of(const ca_vocab *self, const probe *p, ca_str type) {
    size_t mask = self->n_slots - 1;
    for (size_t i = (size_t)p->hash & mask;; i = (i + 1) & mask) {
        ca_vocab_slot *slot = &self->slots[i];
        if (slot->number == 0) return slot;
        if (slot->tag == tag_of(p->hash) && key_is(self, slot->number, p, type)) return slot;
    }
}

static ca_status slots_resize(ca_vocab *self, size_t n_slots) {
    size_t mask = n_slots - 1;
    ca_vocab_slot *slots = NULL;
    CA_TRY(CA_ZEROS(self->alloc, slots, n_slots));
    for (size_t i = 0; i < self->n; i++) {
        uint64_t hash = probe_of_type(self, i).hash;
        size_t at = (size_t)hash & mask;
        while (slots[at].number != 0) at = (at + 1) & mask;
        slots[at] = (ca_vocab_slot){.tag = tag_of(hash), .number = (uint32_t)i + 1};
    }
    CA_FREE(self->alloc, self->slots);
    self->slots = slots;
    self->n_slots = n_slots;
    return CA_OK;
}

/* ---- types ---- */

/* What is known of a type besides its bytes. */
typedef struct traits {
    int32_t chars;
    ca_shape shape;
    uint8_t ordinal;
} traits;

static traits traits_of(ca_str type) {
    return (traits){.chars = (int32_t)ca_utf8_count(type.ptr, type.len),
                    .shape = ca_shape_of(type),
                    .ordinal = ca_shape_ordinal(type)};
}

/* Room for n types, their bytes apart. */
static ca_status make_room(ca_vocab *self, size_t n) {
    CA_TRY(CA_GROW(self->alloc, self->ends, self->ends_capacity, n));
    CA_TRY(CA_GROW(self->alloc, self->chars, self->chars_capacity, n));
    CA_TRY(CA_GROW(self->alloc, self->shape, self->shape_capacity, n));
    CA_TRY(CA_GROW(self->alloc, self->ordinal, self->ordinal_capacity, n));
    return CA_GROW(self->alloc, self->keys, self->keys_capacity, n);
}

static ca_status add_type(ca_vocab *self, ca_vocab_slot *slot, const probe *p, ca_str type,
                          const traits *known) {
    size_t at = self->n > 0 ? self->ends[self->n - 1] : 0;
    CA_TRY(CA_GROW(self->alloc, self->bytes, self->bytes_capacity, at + type.len));
    CA_TRY(make_room(self, self->n + 1));
    memcpy(self->bytes + at, type.ptr, type.len);
    self->ends[self->n] = at + type.len;
    self->chars[self->n] = known->chars;
    self->shape[self->n] = known->shape;
    self->ordinal[self->n] = known->ordinal;
    self->keys[self->n] = p->key;
    self->n++;
    *slot = (ca_vocab_slot){.tag = tag_of(p->hash), .number = (uint32_t)self->n};
    return CA_OK;
}

/* The table is grown before the look-up, so that a free slot stays where it was found. */
static CA_NOINLINE ca_status add_new(ca_vocab *self, const probe *p, ca_str type,
                                     const traits *known, int32_t *id) {
    if (self->n >= INT32_MAX || type.len > INT32_MAX) return CA_TOO_LARGE;
    if (self->n >= self->n_slots / 2) CA_TRY(slots_resize(self, self->n_slots * 2));
    CA_TRY(add_type(self, slot_of(self, p, type), p, type, known));
    *id = (int32_t)self->n - 1;
    return CA_OK;
}

static inline ca_status intern(ca_vocab *self, const probe *p, ca_str type, int32_t *id) {
    const ca_vocab_slot *slot = slot_of(self, p, type);
    if (CA_UNLIKELY(slot->number == 0)) {
        traits found = traits_of(type);
        return add_new(self, p, type, &found, id);
    }
    *id = (int32_t)slot->number - 1;
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
        CA_FREE(self->alloc, self->ordinal);
        CA_FREE(self->alloc, self->keys);
        CA_FREE(self->alloc, self->slots);
        CA_FREE(self->alloc, self->recent);
    }
    *self = (ca_vocab){.alloc = NULL};
}

ca_status ca_vocab_intern(ca_vocab *self, ca_str type, int32_t *id) {
    if (type.len == 0) return CA_INVALID;
    probe p;
    probe_of(&p, type.ptr, type.len, type.len, self->seed);
    return intern(self, &p, type, id);
}

int32_t ca_vocab_find(const ca_vocab *self, ca_str type) {
    if (type.len == 0) return -1;
    probe p;
    probe_of(&p, type.ptr, type.len, type.len, self->seed);
    return (int32_t)slot_of(self, &p, type)->number - 1;
}

/* ---- types of another vocabulary ---- */

/* Types whose slots are fetched before the first of them is looked up. */
#define MERGE_AHEAD 16

ca_status ca_vocab_reserve(ca_vocab *self, size_t n) {
    size_t n_slots = self->n_slots;
    if (n > INT32_MAX) return CA_TOO_LARGE;
    CA_TRY(make_room(self, n));
    while (n_slots / 2 < n) n_slots *= 2;
    return n_slots > self->n_slots ? slots_resize(self, n_slots) : CA_OK;
}

ca_status ca_vocab_merge(ca_vocab *self, const ca_vocab *part, size_t first, size_t end,
                         int32_t *map) {
    if (self->seed != part->seed) return CA_INVALID;
    for (size_t i = first; i < end; i++) {
        if (i + MERGE_AHEAD < end)
            CA_PREFETCH(
                &self->slots[probe_of_type(part, i + MERGE_AHEAD).hash & (self->n_slots - 1)]);
        probe p = probe_of_type(part, i);
        ca_str type = ca_vocab_type(part, (int32_t)i);
        const ca_vocab_slot *slot = slot_of(self, &p, type);
        map[i] = (int32_t)slot->number - 1;
        if (slot->number != 0) continue;
        traits known = {part->chars[i], part->shape[i], part->ordinal[i]};
        CA_TRY(add_new(self, &p, type, &known, &map[i]));
    }
    return CA_OK;
}

/* ---- pieces of text ---- */

/* Pieces of a batch whose types are not among the recent ones. */
typedef struct misses {
    uint32_t piece[BATCH];
    probe probes[BATCH];
    size_t n;
} misses;

/* Of n pieces in their order, how many have 16 bytes of the text from their first one on. */
static size_t readable(ca_str text, const ca_piece *pieces, size_t n) {
    while (n > 0 && text.len - pieces[n - 1].at < 16) n--;
    return n;
}

/* Fetch the key that the first slot of a probe leads to: nearly always the right one. */
static inline void fetch_key(const ca_vocab *self, const probe *p) {
    const ca_vocab_slot *slot = &self->slots[(size_t)p->hash & (self->n_slots - 1)];
    if (CA_LIKELY(slot->number != 0)) CA_PREFETCH(&self->keys[slot->number - 1]);
}

static ca_status intern_missed(ca_vocab *self, ca_str text, const ca_piece *pieces, misses *missed,
                               int32_t *ids) {
    for (size_t k = 0; k < missed->n; k++) {
        const ca_piece *piece = &pieces[missed->piece[k]];
        probe *p = &missed->probes[k];
        probe_of(p, text.ptr + piece->at, piece->len, text.len - piece->at, self->seed);
        CA_PREFETCH(&self->slots[(size_t)p->hash & (self->n_slots - 1)]);
    }
    for (size_t k = 0; k < missed->n; k++) fetch_key(self, &missed->probes[k]);
    for (size_t k = 0; k < missed->n; k++) {
        const probe *p = &missed->probes[k];
        uint32_t i = missed->piece[k];
        ca_str type = {text.ptr + pieces[i].at, pieces[i].len};
        CA_TRY(intern(self, p, type, &ids[i]));
        if (CA_UNLIKELY(type.len > CA_SHORT)) continue; /* its key may be another's too */
        size_t place = ca_recent_place(p->key);
        self->recent->keys[place] = p->key;
        self->recent->ids[place] = ids[i];
    }
    return CA_OK;
}

ca_status ca_vocab_intern_pieces(ca_vocab *self, ca_str text, const ca_piece *pieces, size_t n,
                                 int32_t *ids) {
    const ca_kernels *kernels = ca_kernels_get();
    misses missed;
    if (self->recent == NULL) CA_TRY(CA_ZEROS(self->alloc, self->recent, 1));
    for (size_t first = 0; first < n; first += BATCH) {
        size_t batch = n - first < BATCH ? n - first : BATCH;
        size_t inner = readable(text, pieces + first, batch);
        missed.n = kernels->find_recent(self->recent, text.ptr, pieces + first, inner, ids + first,
                                        missed.piece);
        for (size_t i = inner; i < batch; i++) missed.piece[missed.n++] = (uint32_t)i;
        CA_TRY(intern_missed(self, text, pieces + first, &missed, ids + first));
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
    for (size_t i = 0; i < self->n_slots; i++) {
        used += self->slots[i].number != 0;
        CHECK(self->slots[i].number <= self->n, "a slot holds no type");
    }
    CHECK(used == self->n, "slots and types differ in number");
    CHECK(used < self->n_slots, "no slot is free");
    for (size_t i = 0; i < self->n; i++) {
        size_t at = i > 0 ? self->ends[i - 1] : 0;
        CHECK(self->ends[i] > at, "a type is empty");
        ca_str type = ca_vocab_type(self, (int32_t)i);
        CHECK(ca_vocab_find(self, type) == (int32_t)i, "a type is not found under its id");
        CHECK((size_t)self->chars[i] == ca_utf8_count(type.ptr, type.len), "a length is wrong");
        CHECK(self->shape[i] == ca_shape_of(type), "a shape is wrong");
        CHECK(self->ordinal[i] == ca_shape_ordinal(type), "an ordinal is wrong");
    }
    return true;
}
