#include "afinn.h"

#include "simd/kernels.h"
#include "utf8.h"
#include "wordkey.h"

#define FIRST_SLOTS 64
#define FIRST_WORDS 1024
#define FILTER_WORDS ((size_t)1024)

/* ---- the tries ---- */

static size_t slot_of(const ca_afinn_edge *edges, size_t n_slots, uint32_t node, uint8_t byte) {
    uint64_t hash = ((uint64_t)node << 8 | byte) * 0x9E3779B97F4A7C15u;
    size_t at = (size_t)(hash >> 32) & (n_slots - 1);
    while (edges[at].child != 0 && (edges[at].node != node || edges[at].byte != byte))
        at = (at + 1) & (n_slots - 1);
    return at;
}

static ca_status add_node(ca_afinn *self, uint32_t *node) {
    if (self->n_nodes >= UINT32_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(self->alloc, self->entry_of, self->nodes_capacity, self->n_nodes + 1));
    self->entry_of[self->n_nodes] = -1;
    *node = (uint32_t)self->n_nodes++;
    return CA_OK;
}

static ca_status edges_double(ca_afinn *self) {
    ca_afinn_edge *grown = NULL;
    size_t n_slots = self->n_edge_slots * 2;
    CA_TRY(CA_ZEROS(self->alloc, grown, n_slots));
    for (size_t i = 0; i < self->n_edge_slots; i++) {
        const ca_afinn_edge *edge = &self->edges[i];
        if (edge->child != 0) grown[slot_of(grown, n_slots, edge->node, edge->byte)] = *edge;
    }
    CA_FREE(self->alloc, self->edges);
    self->edges = grown;
    self->n_edge_slots = n_slots;
    return CA_OK;
}

/* The child of `node` along `byte`, made where there is none. */
static ca_status extend(ca_afinn *self, uint32_t node, uint8_t byte, uint32_t *child) {
    size_t at = slot_of(self->edges, self->n_edge_slots, node, byte);
    *child = self->edges[at].child;
    if (*child != 0) return CA_OK;
    if (self->n_nodes * 2 > self->n_edge_slots) CA_TRY(edges_double(self));
    CA_TRY(add_node(self, child));
    at = slot_of(self->edges, self->n_edge_slots, node, byte);
    self->edges[at] = (ca_afinn_edge){.node = node, .child = *child, .byte = byte};
    return CA_OK;
}

static bool is_ascii_word(uint8_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

ca_status ca_afinn_init(ca_afinn *self, const ca_alloc *alloc, const ca_letters *letters) {
    uint32_t none;
    *self = (ca_afinn){.alloc = alloc,
                       .letters = letters,
                       .n_edge_slots = FIRST_SLOTS,
                       .n_word_slots = FIRST_WORDS,
                       .by_words = true};
    for (size_t c = 0; c < 256; c++)
        self->word_byte[c] = c >= 0x80 ? 2 : is_ascii_word((uint8_t)c) ? 1 : 0;
    ca_status status = CA_ZEROS(alloc, self->edges, FIRST_SLOTS);
    if (status == CA_OK) status = CA_ZEROS(alloc, self->words, FIRST_WORDS);
    if (status == CA_OK) status = CA_ZEROS(alloc, self->filter, FILTER_WORDS);
    if (status == CA_OK) status = add_node(self, &none); /* node 0 is no node */
    if (status != CA_OK) ca_afinn_reset(self);
    return status;
}

void ca_afinn_reset(ca_afinn *self) {
    if (self->alloc != NULL) {
        CA_FREE(self->alloc, self->edges);
        CA_FREE(self->alloc, self->entry_of);
        CA_FREE(self->alloc, self->values);
        CA_FREE(self->alloc, self->filter);
        CA_FREE(self->alloc, self->words);
    }
    *self = (ca_afinn){.alloc = NULL};
}

/* Where a word is, or would be. */
static ca_afinn_word *word_slot(ca_afinn_word *words, size_t n_slots, ca_wordkey k, uint64_t hash) {
    size_t at = (size_t)(hash >> 20) & (n_slots - 1);
    while (words[at].len != 0 &&
           (words[at].a != k.a || words[at].b != k.b || words[at].len != k.len))
        at = (at + 1) & (n_slots - 1);
    return &words[at];
}

static ca_status words_double(ca_afinn *self) {
    ca_afinn_word *grown = NULL;
    size_t n_slots = self->n_word_slots * 2;
    CA_TRY(CA_ZEROS(self->alloc, grown, n_slots));
    for (size_t i = 0; i < self->n_word_slots; i++) {
        const ca_afinn_word *held = &self->words[i];
        ca_wordkey k = {held->a, held->b, held->len};
        if (held->len != 0) *word_slot(grown, n_slots, k, ca_wordkey_hash(k)) = *held;
    }
    CA_FREE(self->alloc, self->words);
    self->words = grown;
    self->n_word_slots = n_slots;
    return CA_OK;
}

/* The word that an entry begins with: its length. Words beyond ASCII are not looked up but looked
 * at closely, so what stands there must be a letter or figure. */
static size_t first_word(const ca_afinn *self, ca_str entry, bool *plain) {
    size_t n = 0;
    *plain = true;
    while (n < entry.len && self->word_byte[entry.ptr[n]] != 0) {
        uint32_t cp;
        size_t step = ca_utf8_decode(entry.ptr + n, entry.len - n, &cp);
        if (!(ca_letters_of(self->letters, cp).flags & CA_IS_WORD)) break;
        *plain &= step == 1;
        n += step;
    }
    return n;
}

/* Note it. A text matches an entry only where it has exactly this word: behind it stands another
 * sign of the entry, or the boundary at its end. */
static ca_status note_first_word(ca_afinn *self, ca_str entry, int32_t number) {
    bool plain;
    size_t n = first_word(self, entry, &plain);
    self->by_words &= n > 0;
    if (n == 0 || n > 16 || !plain) return CA_OK;
    if (self->n_words * 2 > self->n_word_slots) CA_TRY(words_double(self));
    ca_wordkey k = ca_wordkey_of(entry.ptr, n, entry.ptr + n);
    uint64_t hash = ca_wordkey_hash(k);
    ca_afinn_word *slot = word_slot(self->words, self->n_word_slots, k, hash);
    if (slot->len == 0) {
        *slot = (ca_afinn_word){.a = k.a, .b = k.b, .len = (uint32_t)n, .entry = -1};
        self->n_words++;
    }
    if (n == entry.len) {
        slot->entry = number;
    } else {
        slot->longer = true;
    }
    ca_wordkey_note(self->filter, FILTER_WORDS, hash);
    return CA_OK;
}

ca_status ca_afinn_add(ca_afinn *self, ca_str word, double value, bool emoticon) {
    if (word.len == 0) return CA_INVALID;
    if (self->n_entries >= INT32_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(self->alloc, self->values, self->values_capacity, self->n_entries + 1));
    uint32_t *root = &self->roots[emoticon][word.ptr[0]], node = *root;
    if (node == 0) CA_TRY(add_node(self, &node));
    *root = node;
    for (size_t i = 1; i < word.len; i++) CA_TRY(extend(self, node, word.ptr[i], &node));
    self->entry_of[node] = (int32_t)self->n_entries;
    if (!emoticon) CA_TRY(note_first_word(self, word, (int32_t)self->n_entries));
    self->values[self->n_entries++] = value;
    self->emoticons |= emoticon;
    return CA_OK;
}

/* ---- lower case and single blanks ---- */

void ca_afinn_work_reset(const ca_alloc *alloc, ca_afinn_work *work) {
    ca_scratch_reset(alloc, &work->utf8);
    ca_scratch_reset(alloc, &work->plain);
    CA_FREE(alloc, work->origin);
    CA_FREE(alloc, work->hits);
    *work = (ca_afinn_work){.hits = NULL};
}

/* Lower case of the code point at text[at], or one blank for a run of white space. */
static size_t plain_one(const ca_afinn *self, ca_str text, size_t at, uint32_t cp, bool *blank,
                        uint8_t *out) {
    bool space = (ca_letters_of(self->letters, cp).flags & CA_IS_SPACE) != 0;
    bool again = space && *blank;
    *blank = space;
    if (again) return 0;
    if (!space) return ca_letters_lower_one(self->letters, text, at, cp, out);
    out[0] = ' ';
    return 1;
}

static ca_status make_plain(const ca_afinn *self, ca_afinn_work *work, const ca_alloc *alloc,
                            ca_str text, bool origins, ca_str *out) {
    size_t len = 0;
    bool blank = false;
    uint32_t from = 0;
    ca_scratch *plain = &work->plain;
    for (size_t at = 0; at < text.len; from++) {
        uint32_t cp;
        size_t step = ca_utf8_decode(text.ptr + at, text.len - at, &cp);
        if (CA_UNLIKELY(len + 4 * CA_LETTERS_LOWER_MAX > plain->capacity))
            CA_TRY(CA_GROW(alloc, plain->bytes, plain->capacity,
                           len + (text.len - at) + 4 * CA_LETTERS_LOWER_MAX));
        size_t n = plain_one(self, text, at, cp, &blank, plain->bytes + len);
        if (origins) {
            CA_TRY(CA_GROW(alloc, work->origin, work->origin_capacity, len + n + 1));
            for (size_t i = 0; i < n; i++) work->origin[len + i] = from;
        }
        len += n;
        at += step;
    }
    *out = (ca_str){plain->bytes, len};
    return CA_OK;
}

/* ---- the search ---- */

static bool is_word(const ca_afinn *self, ca_str text, size_t at, size_t *step) {
    uint32_t cp;
    if (at >= text.len) return false;
    *step = ca_utf8_decode(text.ptr + at, text.len - at, &cp);
    return (ca_letters_of(self->letters, cp).flags & CA_IS_WORD) != 0;
}

static bool is_word_before(const ca_afinn *self, ca_str text, size_t at) {
    size_t first = at, step;
    if (at == 0) return false;
    do first--;
    while (first > 0 && at - first < 4 && (text.ptr[first] & 0xC0) == 0x80);
    return is_word(self, text, first, &step);
}

static bool is_boundary(const ca_afinn *self, ca_str text, size_t at) {
    size_t step;
    return is_word_before(self, text, at) != is_word(self, text, at, &step);
}

/* The longest entry that begins at `at`, and where it ends; -1 if there is none. */
static int32_t longest(const ca_afinn *self, ca_str text, size_t at, bool emoticon, size_t *end) {
    int32_t best = -1;
    uint32_t node = self->roots[emoticon][text.ptr[at]];
    for (size_t i = at + 1; node != 0; i++) {
        int32_t entry = self->entry_of[node];
        if (entry >= 0 && (emoticon || is_boundary(self, text, i))) {
            best = entry;
            *end = i;
        }
        if (i >= text.len) break;
        node = self->edges[slot_of(self->edges, self->n_edge_slots, node, text.ptr[i])].child;
    }
    return best;
}

static void add(ca_afinn_score *out, double value) {
    out->score += value;
    if (value > 0) out->positive += value;
    if (value < 0) out->negative += value;
    out->hits++;
}

static ca_status take(const ca_afinn *self, ca_afinn_work *work, const ca_alloc *alloc, size_t at,
                      size_t end, int32_t entry, bool want_hits, ca_afinn_score *out) {
    add(out, self->values[entry]);
    if (!want_hits) return CA_OK;
    CA_TRY(CA_GROW(alloc, work->hits, work->hits_capacity, work->n_hits + 1));
    work->hits[work->n_hits++] =
        (ca_afinn_hit){.start = work->origin[at], .end = work->origin[end - 1] + 1, .entry = entry};
    return CA_OK;
}

static ca_status search(const ca_afinn *self, ca_afinn_work *work, const ca_alloc *alloc,
                        ca_str text, bool want_hits, const ca_poll *poll, ca_afinn_score *out) {
    bool word_before = false;
    size_t polled = 0;
    for (size_t at = 0, end = 0; at < text.len;) {
        size_t step = 1;
        int32_t entry = -1;
        bool word = is_word(self, text, at, &step);
        if (word != word_before) entry = longest(self, text, at, false, &end);
        if (entry < 0 && self->emoticons) entry = longest(self, text, at, true, &end);
        if (entry >= 0) {
            CA_TRY(take(self, work, alloc, at, end, entry, want_hits, out));
            for (bool before = word_before; at < end; at += step, before = word_before) {
                word_before = is_word(self, text, at, &step);
                out->words += word_before && !before;
            }
        } else {
            out->words += word && !word_before;
            word_before = word;
            at += step;
        }
        if (CA_UNLIKELY(at - polled > CA_POLL_EVERY)) {
            polled = at;
            if (ca_poll_stop(poll)) return CA_STOPPED;
        }
    }
    return CA_OK;
}

/* ---- the same by words, without writing the text anew ---- */

/* A code point of the text in lower case; white space with all that follows it. */
typedef struct sign {
    uint8_t bytes[4 * CA_LETTERS_LOWER_MAX];
    size_t len, end; /* end: in the text */
    bool word;
} sign;

static sign sign_at(const ca_afinn *self, ca_str text, size_t at) {
    sign s = {.len = 0};
    uint32_t cp;
    bool blank = false;
    s.end = at + ca_utf8_decode(text.ptr + at, text.len - at, &cp);
    s.word = (ca_letters_of(self->letters, cp).flags & CA_IS_WORD) != 0;
    s.len = plain_one(self, text, at, cp, &blank, s.bytes);
    while (blank && s.end < text.len) {
        size_t step = ca_utf8_decode(text.ptr + s.end, text.len - s.end, &cp);
        if (!(ca_letters_of(self->letters, cp).flags & CA_IS_SPACE)) break;
        s.end += step;
    }
    return s;
}

/* The longest entry that begins at the word at `at`, and where it ends in the text. */
static int32_t longest_word(const ca_afinn *self, ca_str text, size_t at, size_t *end) {
    int32_t best = -1;
    uint32_t node = 0;
    for (bool first = true; at < text.len; first = false) {
        sign s = sign_at(self, text, at);
        for (size_t i = 0; i < s.len; i++) {
            if (first && i == 0) {
                node = self->roots[0][s.bytes[0]];
            } else {
                node =
                    self->edges[slot_of(self->edges, self->n_edge_slots, node, s.bytes[i])].child;
            }
            if (node == 0) return best;
        }
        size_t step;
        at = s.end;
        if (self->entry_of[node] < 0 || s.word == is_word(self, text, at, &step)) continue;
        best = self->entry_of[node];
        *end = at;
    }
    return best;
}

/* Up to 64 bytes: which belong to words, and which of those are no ASCII. */
typedef struct window {
    size_t base, n;
    bool last; /* the text ends with it */
    uint64_t word, high;
} window;

static inline uint64_t bits_from(size_t first) {
    return first < 64 ? ~UINT64_C(0) << first : 0;
}

/* Whether the code point `cp` can be searched as it is: its lower case is one code point, and a
 * word sign exactly where it is one itself. *word: whether it is one. */
static bool is_simple(const ca_afinn *self, uint32_t cp, bool *word) {
    ca_letter letter = ca_letters_of(self->letters, cp);
    uint32_t lower = ca_letters_of(self->letters, letter.lower).flags;
    *word = (letter.flags & CA_IS_WORD) != 0;
    return !(letter.flags & CA_IS_LONG) && !((letter.flags ^ lower) & CA_IS_WORD);
}

/* Look at what is no ASCII; the window ends before a code point that it does not hold whole. false:
 * the text must be written anew. */
static bool look_closer(const ca_afinn *self, ca_str text, window *w) {
    for (uint64_t high = w->high; high != 0;) {
        size_t at = (size_t)ca_lowest_bit64(high), from = w->base + at;
        uint32_t cp;
        bool word;
        size_t step = ca_utf8_decode(text.ptr + from, text.len - from, &cp);
        if (at + step > 64) {
            w->n = at;
            w->last = false;
            return true;
        }
        if (!is_simple(self, cp, &word)) return false;
        if (word) w->word |= bits_from(at) & ~bits_from(at + step);
        high &= bits_from(at + step);
    }
    return true;
}

/* The window from byte `base` on; false: the text must be written anew. */
static bool look(const ca_afinn *self, const ca_kernels *kernels, ca_str text, size_t base,
                 window *w) {
    size_t left = text.len - base;
    ca_case_masks m;
    *w = (window){.base = base, .n = left < 64 ? left : 64, .last = left <= 64};
    if (CA_LIKELY(left >= 64)) {
        kernels->cases(text.ptr + base, &m);
    } else {
        uint8_t bytes[64] = {0};
        memcpy(bytes, text.ptr + base, left);
        kernels->cases(bytes, &m);
    }
    w->word = m.word;
    w->high = m.high;
    return CA_LIKELY(m.high == 0) || look_closer(self, text, w);
}

/* The end of the word at `at`, which is longer than a window; false: the text must be written anew.
 */
static bool long_word_end(const ca_afinn *self, ca_str text, size_t at, size_t *end) {
    for (size_t step; at < text.len; at += step) {
        uint32_t cp;
        bool word;
        step = ca_utf8_decode(text.ptr + at, text.len - at, &cp);
        if (!is_simple(self, cp, &word)) return false;
        if (!word) break;
    }
    *end = at;
    return true;
}

/* The longest entry that begins with the word [at, *end), and where it ends; -1 if there is none.
 */
static inline int32_t entry_at(const ca_afinn *self, ca_str text, size_t at, bool plain,
                               size_t *end) {
    size_t len = *end - at;
    if (CA_UNLIKELY(!plain || len > 16)) return longest_word(self, text, at, end);
    ca_wordkey k = ca_wordkey_of(text.ptr + at, len, text.ptr + text.len);
    k.a = ca_wordkey_lower(k.a);
    k.b = ca_wordkey_lower(k.b);
    uint64_t hash = ca_wordkey_hash(k);
    if (CA_LIKELY(!ca_wordkey_passes(self->filter, FILTER_WORDS, hash))) return -1;
    const ca_afinn_word *word = word_slot(self->words, self->n_word_slots, k, hash);
    if (word->len == 0) return -1;
    return word->longer ? longest_word(self, text, at, end) : word->entry;
}

static size_t count_words(const ca_afinn *self, ca_str text, size_t at, size_t end) {
    size_t n = 0, step = 1;
    for (bool before = false; at < end; at += step) {
        bool word = is_word(self, text, at, &step);
        n += word && !before;
        before = word;
    }
    return n;
}

/* The word [at, end), and what it begins; where that ends. */
static size_t take_word(const ca_afinn *self, ca_str text, size_t at, size_t end, bool plain,
                        ca_afinn_score *out) {
    int32_t entry = entry_at(self, text, at, plain, &end);
    if (CA_LIKELY(entry < 0)) {
        out->words++;
        return end;
    }
    out->words += count_words(self, text, at, end);
    add(out, self->values[entry]);
    return end;
}

/* Take the words that end within a window; where to go on, which is the beginning of the window if
 * its first word is longer. */
static size_t take_window(const ca_afinn *self, ca_str text, const window *w, ca_afinn_score *out) {
    for (size_t at = 0; at < w->n;) {
        uint64_t ahead = w->word & bits_from(at) & ~bits_from(w->n);
        if (ahead == 0) break;
        size_t first = (size_t)ca_lowest_bit64(ahead);
        uint64_t behind = ~w->word & bits_from(first) & ~bits_from(w->n);
        if (CA_UNLIKELY(behind == 0) && !w->last) return w->base + first;
        size_t end = behind != 0 ? (size_t)ca_lowest_bit64(behind) : w->n;
        bool plain = !(w->high & bits_from(first) & ~bits_from(end));
        at = take_word(self, text, w->base + first, w->base + end, plain, out) - w->base;
        if (CA_UNLIKELY(at > w->n)) return w->base + at;
    }
    return w->base + w->n;
}

/* *done: whether the text could be searched like this. */
static ca_status search_words(const ca_afinn *self, ca_str text, const ca_poll *poll,
                              ca_afinn_score *out, bool *done) {
    const ca_kernels *kernels = ca_kernels_get();
    size_t polled = 0;
    *done = false;
    for (size_t at = 0; at < text.len;) {
        window w;
        if (!look(self, kernels, text, at, &w)) return CA_OK;
        size_t next = take_window(self, text, &w, out);
        if (CA_UNLIKELY(next == at)) {
            if (!long_word_end(self, text, at, &next)) return CA_OK;
            next = take_word(self, text, at, next, false, out);
        }
        at = next;
        if (CA_UNLIKELY(at - polled > CA_POLL_EVERY)) {
            polled = at;
            if (ca_poll_stop(poll)) return CA_STOPPED;
        }
    }
    *done = true;
    return CA_OK;
}

ca_status ca_afinn_text(const ca_afinn *self, ca_afinn_work *work, const ca_alloc *alloc,
                        const ca_text *text, bool want_hits, const ca_poll *poll,
                        ca_afinn_score *out) {
    ca_str given, plain;
    ca_afinn_score found = {.score = 0};
    work->n_hits = 0;
    CA_TRY(ca_text_utf8(alloc, text, &work->utf8, &given));
    if (given.len > UINT32_MAX / 8) return CA_TOO_LARGE;
    if (self->by_words && !self->emoticons && !want_hits) {
        bool done;
        CA_TRY(search_words(self, given, poll, &found, &done));
        if (done) {
            *out = found;
            return CA_OK;
        }
        found = (ca_afinn_score){.score = 0};
    }
    CA_TRY(make_plain(self, work, alloc, given, want_hits, &plain));
    CA_TRY(search(self, work, alloc, plain, want_hits, poll, &found));
    *out = found;
    return CA_OK;
}

bool ca_afinn_validate(const ca_afinn *self, const char **why) {
    if ((self->n_edge_slots & (self->n_edge_slots - 1)) != 0) {
        *why = "slots are not a power of two";
        return false;
    }
    for (size_t i = 0; i < self->n_edge_slots; i++) {
        const ca_afinn_edge *edge = &self->edges[i];
        if (edge->child == 0) continue;
        if (edge->child >= self->n_nodes || edge->node >= self->n_nodes || edge->node == 0) {
            *why = "an edge leads nowhere";
            return false;
        }
        if (slot_of(self->edges, self->n_edge_slots, edge->node, edge->byte) != i) {
            *why = "an edge is not found";
            return false;
        }
    }
    for (size_t i = 0; i < self->n_nodes; i++) {
        if (self->entry_of[i] >= (int64_t)self->n_entries) {
            *why = "a node has no such entry";
            return false;
        }
    }
    return true;
}
