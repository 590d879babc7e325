#include "strings.h"

/* Eight bytes at a time; the constants are odd and only have to spread bits. */
static uint64_t hash_of(ca_str string) {
    uint64_t hash = string.len * 0x9E3779B97F4A7C15u;
    size_t at = 0;
    for (; at + 8 <= string.len; at += 8) {
        uint64_t word;
        memcpy(&word, string.ptr + at, 8);
        hash = (hash ^ word) * 0xC2B2AE3D27D4EB4Fu;
        hash ^= hash >> 29;
    }
    uint64_t word = 0;
    if (at < string.len) memcpy(&word, string.ptr + at, string.len - at);
    hash = (hash ^ word) * 0x9FB21C651E98DF25u;
    return hash ^ hash >> 32;
}

int32_t ca_strings_find(const ca_strings *self, ca_str string) {
    if (self->n == 0) return -1;
    size_t mask = self->n_slots - 1;
    for (size_t at = (size_t)hash_of(string) & mask; self->slots[at] != 0; at = (at + 1) & mask) {
        int32_t id = (int32_t)(self->slots[at] - 1);
        if (ca_str_equal(ca_strings_get(self, id), string)) return id;
    }
    return -1;
}

size_t ca_strings_slots(size_t n) {
    size_t n_slots = 2;
    while (n_slots < n + n / 2 + 1) n_slots *= 2;
    return n_slots;
}

void ca_strings_write(const ca_vocab *vocab, uint8_t *bytes, uint32_t *ends, uint32_t *slots) {
    size_t mask = ca_strings_slots(vocab->n) - 1;
    memset(slots, 0, (mask + 1) * sizeof *slots);
    if (vocab->n > 0) memcpy(bytes, vocab->bytes, vocab->ends[vocab->n - 1]);
    for (size_t i = 0; i < vocab->n; i++) {
        ends[i] = (uint32_t)vocab->ends[i];
        size_t at = (size_t)hash_of(ca_vocab_type(vocab, (int32_t)i)) & mask;
        while (slots[at] != 0) at = (at + 1) & mask;
        slots[at] = (uint32_t)i + 1;
    }
}

#define CHECK(condition, reason)                                                                   \
    if (!(condition)) {                                                                            \
        *why = reason;                                                                             \
        return false;                                                                              \
    }

bool ca_strings_check(const ca_strings *self, const char **why) {
    size_t bad = 0, used = 0;
    uint32_t before = 0;
    CHECK(self->n_slots > 0 && (self->n_slots & (self->n_slots - 1)) == 0,
          "slots are not a power of two");
    for (size_t i = 0; i < self->n; i++) {
        bad += self->ends[i] < before;
        before = self->ends[i];
    }
    CHECK(bad == 0 && before <= self->n_bytes, "strings overlap");
    for (size_t i = 0; i < self->n_slots; i++) {
        bad += self->slots[i] > self->n;
        used += self->slots[i] != 0;
    }
    CHECK(bad == 0 && used == self->n && used < self->n_slots, "slots and strings do not fit");
    return true;
}
