#include "vader_words.h"

#define FIRST_SLOTS 1024

/* The words that the rules name. */
static const struct {
    const char *word;
    uint32_t flag;
} special[] = {
    {"no", CA_ENTRY_NO},        {"or", CA_ENTRY_OR_NOR},       {"nor", CA_ENTRY_OR_NOR},
    {"never", CA_ENTRY_NEVER},  {"so", CA_ENTRY_SO_THIS},      {"this", CA_ENTRY_SO_THIS},
    {"doubt", CA_ENTRY_DOUBT},  {"least", CA_ENTRY_LEAST},     {"at", CA_ENTRY_AT_VERY},
    {"very", CA_ENTRY_AT_VERY}, {"without", CA_ENTRY_WITHOUT}, {"kind", CA_ENTRY_KIND},
    {"of", CA_ENTRY_OF},        {"but", CA_ENTRY_BUT},
};

static ca_str key_text(const ca_vader_words *self, uint32_t entry) {
    size_t at = self->ends[entry - 1];
    return (ca_str){self->bytes + at, self->ends[entry] - at};
}

static inline size_t slot_of(const ca_vader_words *self, const ca_wordkey *k, uint64_t hash,
                             const uint8_t *bytes) {
    size_t mask = self->n_slots - 1;
    for (size_t at = (size_t)(hash >> 20) & mask;; at = (at + 1) & mask) {
        const ca_vader_slot *slot = &self->slots[at];
        if (slot->entry == 0) return at;
        if (slot->len != k->len || memcmp(slot->key, &k->a, 8) != 0 ||
            memcmp(slot->key + 8, &k->b, 8) != 0)
            continue;
        if (k->len <= 16 || memcmp(key_text(self, slot->entry).ptr, bytes, k->len) == 0) return at;
    }
}

uint32_t ca_vader_words_look_up(const ca_vader_words *self, const ca_wordkey *key, uint64_t hash,
                                const uint8_t *bytes) {
    return self->slots[slot_of(self, key, hash, bytes)].entry;
}

uint32_t ca_vader_words_find(const ca_vader_words *self, ca_str word) {
    if (word.len > self->longest) return 0;
    ca_wordkey k = ca_wordkey_of(word.ptr, word.len, word.ptr + word.len);
    uint64_t hash = ca_wordkey_hash(k);
    return ca_vader_words_may_have(self, hash) ? ca_vader_words_look_up(self, &k, hash, word.ptr)
                                               : 0;
}

static void put_slot(ca_vader_words *self, uint32_t entry) {
    ca_str text = key_text(self, entry);
    ca_wordkey k = ca_wordkey_of(text.ptr, text.len, text.ptr + text.len);
    uint64_t hash = ca_wordkey_hash(k);
    ca_vader_slot *slot = &self->slots[slot_of(self, &k, hash, text.ptr)];
    memcpy(slot->key, &k.a, 8);
    memcpy(slot->key + 8, &k.b, 8);
    slot->len = (uint32_t)k.len;
    slot->entry = entry;
    ca_wordkey_note(self->filter, CA_VADER_FILTER, hash);
}

static ca_status slots_double(ca_vader_words *self) {
    ca_vader_slot *grown = NULL;
    CA_TRY(CA_ZEROS(self->alloc, grown, self->n_slots * 2));
    CA_FREE(self->alloc, self->slots);
    self->slots = grown;
    self->n_slots *= 2;
    for (size_t i = 1; i < self->n; i++) put_slot(self, (uint32_t)i);
    return CA_OK;
}

static ca_status add_entry(ca_vader_words *self, ca_str word, uint32_t *entry) {
    *entry = word.len > 0 ? ca_vader_words_find(self, word) : 0;
    if (*entry != 0) return CA_OK;
    if (self->n >= UINT32_MAX / 2 || word.len > UINT32_MAX / 2) return CA_TOO_LARGE;
    size_t at = self->n > 0 ? self->ends[self->n - 1] : 0;
    if (self->n * 2 > self->n_slots) CA_TRY(slots_double(self));
    CA_TRY(CA_GROW(self->alloc, self->entries, self->entries_capacity, self->n + 1));
    CA_TRY(CA_GROW(self->alloc, self->ends, self->ends_capacity, self->n + 1));
    CA_TRY(CA_GROW(self->alloc, self->bytes, self->bytes_capacity, at + word.len));
    if (word.len > 0) memcpy(self->bytes + at, word.ptr, word.len);
    self->ends[self->n] = at + word.len;
    self->entries[self->n] = (ca_vader_entry){.flags = 0};
    *entry = (uint32_t)self->n++;
    if (*entry != 0) put_slot(self, *entry); /* entry 0 has no key */
    if (word.len > self->longest) self->longest = word.len;
    for (size_t i = 0; i < word.len; i++) self->ascii_keys &= word.ptr[i] < 0x80;
    return CA_OK;
}

static ca_status fill(ca_vader_words *self) {
    uint32_t entry;
    CA_TRY(CA_ZEROS(self->alloc, self->slots, self->n_slots));
    CA_TRY(CA_ZEROS(self->alloc, self->filter, CA_VADER_FILTER));
    CA_TRY(CA_ZEROS(self->alloc, self->emoji, 256));
    self->emoji_capacity = 256;
    CA_TRY(add_entry(self, (ca_str){NULL, 0}, &entry));
    for (size_t i = 0; i < sizeof special / sizeof *special; i++) {
        ca_str word = {(const uint8_t *)special[i].word, strlen(special[i].word)};
        CA_TRY(add_entry(self, word, &entry));
        self->entries[entry].flags |= special[i].flag;
    }
    return CA_OK;
}

ca_status ca_vader_words_init(ca_vader_words *self, const ca_alloc *alloc,
                              const ca_letters *letters) {
    *self = (ca_vader_words){
        .alloc = alloc, .letters = letters, .ascii_keys = true, .n_slots = FIRST_SLOTS};
    ca_status status = fill(self);
    if (status != CA_OK) ca_vader_words_reset(self);
    return status;
}

void ca_vader_words_reset(ca_vader_words *self) {
    if (self->alloc != NULL) {
        CA_FREE(self->alloc, self->entries);
        CA_FREE(self->alloc, self->ends);
        CA_FREE(self->alloc, self->bytes);
        CA_FREE(self->alloc, self->slots);
        CA_FREE(self->alloc, self->filter);
        CA_FREE(self->alloc, self->phrases);
        CA_FREE(self->alloc, self->emoji);
        CA_FREE(self->alloc, self->description_ends);
        CA_FREE(self->alloc, self->descriptions);
    }
    *self = (ca_vader_words){.alloc = NULL};
}

/* The words of a phrase of two or three with one blank between; 0 where it is no such phrase. */
static size_t split(ca_str phrase, ca_str words[3]) {
    size_t n = 0, first = 0;
    for (size_t i = 0; i <= phrase.len; i++) {
        if (i < phrase.len && phrase.ptr[i] != ' ') continue;
        if (i == first || n == 3) return 0;
        words[n++] = (ca_str){phrase.ptr + first, i - first};
        first = i + 1;
    }
    return n >= 2 ? n : 0;
}

/* A later phrase of the same words takes the place of an earlier one. */
static ca_status add_phrase(ca_vader_words *self, ca_str phrase, bool booster, double value) {
    ca_str words[3];
    ca_vader_phrase made = {
        .n = (uint32_t)split(phrase, words), .booster = booster, .value = value};
    if (made.n == 0) return CA_OK; /* the packages never look for it either */
    for (size_t i = 0; i < made.n; i++) {
        uint32_t entry;
        CA_TRY(add_entry(self, words[i], &entry));
        if (self->entries[entry].gram == 0) self->entries[entry].gram = ++self->n_grams;
        made.grams[i] = self->entries[entry].gram;
    }
    for (size_t i = 0; i < self->n_phrases; i++) {
        ca_vader_phrase *held = &self->phrases[i];
        if (held->booster != booster || held->n != made.n ||
            memcmp(held->grams, made.grams, sizeof made.grams) != 0)
            continue;
        held->value = value;
        return CA_OK;
    }
    CA_TRY(CA_GROW(self->alloc, self->phrases, self->phrases_capacity, self->n_phrases + 1));
    self->phrases[self->n_phrases++] = made;
    return CA_OK;
}

/* Whether a text is its own lower case. */
static ca_status is_lower(const ca_vader_words *self, ca_str word, bool *yes) {
    ca_scratch scratch = {NULL, 0};
    ca_str lower;
    ca_status status = ca_letters_lower(self->letters, self->alloc, word, &scratch, &lower);
    if (status == CA_OK) *yes = ca_str_equal(word, lower);
    ca_scratch_reset(self->alloc, &scratch);
    return status;
}

ca_status ca_vader_words_add(ca_vader_words *self, ca_vader_kind kind, ca_str word, double value,
                             uint32_t number) {
    uint32_t entry;
    bool lower, phrase = word.len > 0 && memchr(word.ptr, ' ', word.len) != NULL;
    if (kind == CA_VADER_IDIOM || (kind == CA_VADER_BOOSTER && phrase))
        return add_phrase(self, word, kind == CA_VADER_BOOSTER, value);
    if (word.len == 0) return CA_OK;
    CA_TRY(is_lower(self, word, &lower));
    if (!lower) return CA_OK;
    CA_TRY(add_entry(self, word, &entry));
    ca_vader_entry *e = &self->entries[entry];
    if (kind == CA_VADER_WORD) {
        e->flags |= CA_ENTRY_LEXICON;
        e->valence = value;
        e->word = number;
    } else if (kind == CA_VADER_BOOSTER) {
        e->flags |= CA_ENTRY_BOOSTER;
        e->booster = value;
    } else {
        e->flags |= CA_ENTRY_NEGATION;
    }
    return CA_OK;
}

ca_status ca_vader_words_add_emoji(ca_vader_words *self, uint32_t cp, ca_str description) {
    if (cp >= CA_LETTERS_LIMIT) return CA_INVALID;
    size_t end = self->n_descriptions > 0 ? self->description_ends[self->n_descriptions - 1] : 0;
    CA_TRY(CA_GROW(self->alloc, self->description_ends, self->description_ends_capacity,
                   self->n_descriptions + 1));
    CA_TRY(CA_GROW(self->alloc, self->descriptions, self->descriptions_capacity,
                   end + description.len));
    if (self->emoji_block[cp >> 8] == 0) {
        if (self->n_emoji_blocks == UINT8_MAX) return CA_TOO_LARGE;
        size_t items = (self->n_emoji_blocks + 2) * 256;
        CA_TRY(CA_GROW(self->alloc, self->emoji, self->emoji_capacity, items));
        memset(self->emoji + items - 256, 0, 256 * sizeof *self->emoji);
        self->emoji_block[cp >> 8] = (uint8_t)++self->n_emoji_blocks;
    }
    if (description.len > 0) memcpy(self->descriptions + end, description.ptr, description.len);
    self->description_ends[self->n_descriptions++] = end + description.len;
    size_t block = self->emoji_block[cp >> 8];
    self->emoji[block << 8 | (cp & 0xFF)] = (uint32_t)self->n_descriptions;
    self->ascii_emoji |= cp < 0x80;
    return CA_OK;
}

ca_str ca_vader_words_description(const ca_vader_words *self, uint32_t emoji) {
    size_t first = emoji > 1 ? self->description_ends[emoji - 2] : 0;
    return (ca_str){self->descriptions + first, self->description_ends[emoji - 1] - first};
}

#define CHECK(condition, reason)                                                                   \
    if (!(condition)) {                                                                            \
        *why = reason;                                                                             \
        return false;                                                                              \
    }

bool ca_vader_words_validate(const ca_vader_words *self, const char **why) {
    CHECK(self->n > 0 && self->entries[0].flags == 0, "entry 0 is no unknown word");
    CHECK((self->n_slots & (self->n_slots - 1)) == 0, "slots are not a power of two");
    CHECK(self->n < self->n_slots, "no slot is free");
    for (size_t i = 1; i < self->n; i++) {
        CHECK(self->ends[i] >= self->ends[i - 1], "keys overlap");
        CHECK(ca_vader_words_find(self, key_text(self, (uint32_t)i)) == i, "a word is not found");
        CHECK(self->entries[i].gram <= self->n_grams, "a word has no such gram");
    }
    for (size_t i = 0; i < self->n_phrases; i++)
        CHECK(self->phrases[i].n == 2 || self->phrases[i].n == 3, "a phrase has no length");
    for (uint32_t cp = 0; cp < CA_LETTERS_LIMIT; cp++)
        CHECK(ca_vader_words_emoji(self, cp) <= self->n_descriptions,
              "an emoji has no description");
    return true;
}
