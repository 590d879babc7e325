#include "bind.h"

#include "unicode.h"
#include "utf8.h"

#include <stdlib.h>

#define FIRST_SLOTS 64
#define MIN_LETTERS 2
#define MAX_LETTERS 10
/* Letters of a name that are looked at. */
#define NAME_LETTERS 256

void ca_bind_reset(const ca_alloc *alloc, ca_bind *self) {
    CA_FREE(alloc, self->slots);
    CA_FREE(alloc, self->acronyms);
    *self = (ca_bind){.slots = NULL};
}

void ca_bind_clear(ca_bind *self) {
    if (self->n > 0) memset(self->slots, 0, self->n_slots * sizeof *self->slots);
    self->n = self->n_acronyms = 0;
    self->begins = 0;
}

/* ---- full names ---- */

static size_t slot_of(const struct ca_bind_slot *slots, size_t n_slots, int32_t entry) {
    size_t mask = n_slots - 1;
    size_t at = (size_t)((uint32_t)entry * 0x9E3779B1u >> 8) & mask;
    while (slots[at].end != 0 && slots[at].entry != entry) at = (at + 1) & mask;
    return at;
}

static ca_status slots_double(const ca_alloc *alloc, ca_bind *self) {
    size_t n_slots = self->n_slots > 0 ? self->n_slots * 2 : FIRST_SLOTS;
    struct ca_bind_slot *slots = NULL;
    CA_TRY(CA_ZEROS(alloc, slots, n_slots));
    for (size_t i = 0; i < self->n_slots; i++) {
        if (self->slots[i].end != 0)
            slots[slot_of(slots, n_slots, self->slots[i].entry)] = self->slots[i];
    }
    CA_FREE(alloc, self->slots);
    self->slots = slots;
    self->n_slots = n_slots;
    return CA_OK;
}

ca_status ca_bind_see(const ca_alloc *alloc, ca_bind *self, int32_t entry, uint32_t end) {
    if (2 * (self->n + 1) > self->n_slots) CA_TRY(slots_double(alloc, self));
    struct ca_bind_slot *slot = &self->slots[slot_of(self->slots, self->n_slots, entry)];
    if (slot->end == 0) {
        *slot = (struct ca_bind_slot){entry, end};
        self->n++;
    }
    return CA_OK;
}

uint32_t ca_bind_seen(const ca_bind *self, int32_t entry) {
    return self->n > 0 ? self->slots[slot_of(self->slots, self->n_slots, entry)].end : 0;
}

/* ---- acronyms ---- */

static bool is_one_of(const ca_vocab *vocab, int32_t id, const char *signs) {
    ca_str type = ca_vocab_type(vocab, id);
    return type.len == 1 && strchr(signs, type.ptr[0]) != NULL && type.ptr[0] != '\0';
}

/* NRF, and LeT: a capital first, and another one where there are small letters. */
static bool is_capitals(const ca_vocab *vocab, int32_t id) {
    ca_shape shape = vocab->shape[id];
    ca_str type = ca_vocab_type(vocab, id);
    size_t capitals = 0;
    if (ca_shape_kind(shape) != CA_WORD || (shape & CA_POSSESSIVE)) return false;
    if (!(shape & CA_CAPITAL) || (shape & CA_ALL_CAPS)) return (shape & CA_ALL_CAPS) != 0;
    for (size_t at = 0; at < type.len;) {
        uint32_t cp;
        at += ca_utf8_decode(type.ptr + at, type.len - at, &cp);
        capitals += (ca_unicode_property(cp)->flags & CA_UPPER) != 0;
    }
    return capitals > 1;
}

static bool is_quote(ca_shape shape, ca_shape role) {
    return (shape & CA_ONE_POINT) && !(shape & CA_BRACKET) &&
           (shape & (role | CA_QUOTE | CA_APOSTROPHE));
}

/* The bracket that opens behind a name which ends before token `at`: "Name (", "Name's (", and
 * “Name” (; doc->n if there is none. */
static size_t bracket_behind(const ca_doc *doc, const ca_vocab *vocab, size_t at) {
    if (at < doc->n && (ca_doc_shape(doc, at) & CA_POSSESSIVE) && !ca_doc_gap(doc, at)) at++;
    if (at < doc->n && is_quote(ca_doc_shape(doc, at), CA_CLOSER) && !ca_doc_gap(doc, at)) at++;
    if (at >= doc->n || !(ca_doc_shape(doc, at) & CA_BRACKET)) return doc->n;
    return is_one_of(vocab, doc->id[at], "([") ? at : doc->n;
}

/* Read the tokens between the brackets that open at token `open`. */
static bool read_acronym(const ca_doc *doc, const ca_vocab *vocab, size_t open, ca_acronym *out) {
    size_t i = open + 1;
    if (i < doc->n && is_quote(ca_doc_shape(doc, i), CA_OPENER)) i++;
    for (out->n = 0; i < doc->n && is_capitals(vocab, doc->id[i]);) {
        if (out->n == CA_ACRONYM_TOKENS) return false;
        out->ids[out->n++] = doc->id[i++];
        if (i + 1 >= doc->n || !(ca_doc_shape(doc, i) & CA_HYPHEN_ROLE)) break;
        if (ca_doc_gap(doc, i) || ca_doc_gap(doc, i + 1) || out->n == CA_ACRONYM_TOKENS)
            return false;
        out->ids[out->n++] = doc->id[i++];
        if (!is_capitals(vocab, doc->id[i])) return false;
    }
    if (i < doc->n && is_quote(ca_doc_shape(doc, i), CA_CLOSER)) i++;
    return out->n > 0 && i < doc->n && is_one_of(vocab, doc->id[i], ")],;");
}

static uint32_t folded(uint32_t cp) {
    uint32_t out[3];
    return ca_unicode_fold(cp, out) == 1 ? out[0] : cp;
}

/* Letters of tokens, folded; starts[i]: letter i begins a word. */
static size_t letters_of(const int32_t *ids, size_t n_ids, const ca_vocab *vocab, uint32_t *letters,
                         bool *starts, size_t room) {
    size_t n = 0;
    for (size_t i = 0; i < n_ids; i++) {
        ca_str type = ca_vocab_type(vocab, ids[i]);
        bool start = true;
        for (size_t at = 0; at < type.len && n < room;) {
            uint32_t cp;
            at += ca_utf8_decode(type.ptr + at, type.len - at, &cp);
            if (!(ca_unicode_property(cp)->flags & CA_LETTER)) continue;
            starts[n] = start;
            letters[n++] = folded(cp);
            start = false;
        }
    }
    return n;
}

/* From the last letter to the first, each further to the left. */
static bool comes_from(const uint32_t *acronym, size_t n, const uint32_t *name, const bool *starts,
                       size_t n_name) {
    size_t at = n_name;
    for (size_t i = n; i-- > 0;) {
        do {
            if (at == 0) return false;
            at--;
        } while (name[at] != acronym[i] || (i == 0 && !starts[at]));
    }
    return true;
}

ca_status ca_bind_introduce(const ca_alloc *alloc, ca_bind *self, const ca_doc *doc,
                            const ca_vocab *vocab, size_t first, size_t end, int32_t alias,
                            int32_t entry) {
    ca_acronym found = {.alias = alias, .entry = entry};
    uint32_t short_letters[MAX_LETTERS + 1], name[NAME_LETTERS];
    bool short_starts[MAX_LETTERS + 1], starts[NAME_LETTERS];
    size_t open = bracket_behind(doc, vocab, end);
    if (open >= doc->n || !read_acronym(doc, vocab, open, &found)) return CA_OK;
    size_t n = letters_of(found.ids, found.n, vocab, short_letters, short_starts, MAX_LETTERS + 1);
    if (n < MIN_LETTERS || n > MAX_LETTERS) return CA_OK;
    size_t n_name = letters_of(doc->id + first, end - first, vocab, name, starts, NAME_LETTERS);
    if (n_name <= n || !comes_from(short_letters, n, name, starts, n_name)) return CA_OK;
    found.order = (uint32_t)self->n_acronyms;
    CA_TRY(CA_GROW(alloc, self->acronyms, self->acronyms_capacity, self->n_acronyms + 1));
    self->acronyms[self->n_acronyms++] = found;
    self->begins |= UINT64_C(1) << (found.ids[0] & 63);
    return CA_OK;
}

/* By the first type; of these the longest first; of the same ones the first that was bound. */
static int by_type(const void *a, const void *b) {
    const ca_acronym *x = a, *y = b;
    if (x->ids[0] != y->ids[0]) return x->ids[0] < y->ids[0] ? -1 : 1;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    int order = memcmp(x->ids, y->ids, x->n * sizeof *x->ids);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

void ca_bind_sort(ca_bind *self) {
    if (self->n_acronyms > 1)
        qsort(self->acronyms, self->n_acronyms, sizeof *self->acronyms, by_type);
}

/* Every second token is a hyphen, or what may stand for one. */
static bool stands_at(const ca_acronym *acronym, const ca_doc *doc, size_t token, size_t limit) {
    if (acronym->n > limit - token) return false;
    for (size_t i = 0; i < acronym->n; i++) {
        bool hyphen = i % 2 == 1 && (ca_doc_shape(doc, token + i) & CA_HYPHEN_ROLE);
        if (!hyphen && doc->id[token + i] != acronym->ids[i]) return false;
        if (i > 0 && ca_doc_gap(doc, token + i)) return false;
    }
    return true;
}

const ca_acronym *ca_bind_acronym(const ca_bind *self, const ca_doc *doc, size_t token,
                                  size_t limit) {
    size_t low = 0, high = self->n_acronyms;
    int32_t id = doc->id[token];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (self->acronyms[middle].ids[0] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < self->n_acronyms && self->acronyms[low].ids[0] == id; low++) {
        if (stands_at(&self->acronyms[low], doc, token, limit)) return &self->acronyms[low];
    }
    return NULL;
}
