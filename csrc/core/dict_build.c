#include "dict_build.h"

#include "fold.h"
#include "sentences.h"
#include "shape.h"
#include "tokenize.h"
#include "unicode.h"
#include "utf8.h"

#include <stdlib.h>

/* Capitals up to this many letters are taken as an acronym, which matches only as written. */
#define ACRONYM_LETTERS 5
#define FIRST_SLOTS 64

/* The growing trie: edges from (node, word) to child. */
typedef struct edge {
    int32_t node, word; /* from `node` along `word` ... */
    int32_t child;      /* ... to this one, always greater; 0: the slot is free */
} edge;

/* An alias that hangs on a node. */
typedef struct draft {
    ca_alias alias;
    int32_t node;
} draft;

typedef struct builder {
    const ca_alloc *alloc;
    const ca_alias_list *list;
    const ca_poll *poll;
    ca_vocab words, forms;
    ca_tokenizer tokenizer;
    ca_block block; /* the tokens of all aliases */
    ca_scratch scratch, second, third, fourth;
    edge *edges; /* open addressing; those of the root are in root_child */
    size_t n_edges, n_edge_slots, n_nodes;
    int32_t *root_child; /* by word */
    size_t roots_capacity;
    draft *drafts;
    size_t n_drafts;
    int32_t *same; /* open addressing: 1 + a draft, by what it matches and stands for */
    size_t n_same_slots;
    ca_alias_extra *extras;
    size_t n_extras, extras_capacity;
    int32_t *forms_of;
    size_t n_forms_of, forms_capacity;
    ca_glob *globs;
    uint8_t *glob_bytes;
    size_t n_globs, globs_capacity, n_glob_bytes, glob_bytes_capacity;
} builder;

/* The words of the alias at hand. */
typedef struct path {
    ca_alias alias;
    ca_alias_extra extra;
    int32_t words[CA_ALIAS_WORDS], forms[CA_ALIAS_WORDS + 1]; /* and the capital of the first */
    int32_t capital;
    size_t n_letters;
    bool capitals_only;
} path;

/* ---- the trie ---- */

static size_t slot_of(const edge *edges, size_t n_slots, int32_t node, int32_t word) {
    size_t at = ca_dict_jump_at((uint32_t)node, word, n_slots);
    while (edges[at].child != 0 && (edges[at].node != node || edges[at].word != word))
        at = (at + 1) & (n_slots - 1);
    return at;
}

static ca_status edges_double(builder *self) {
    size_t n_slots = self->n_edge_slots * 2;
    edge *edges = NULL;
    CA_TRY(CA_ZEROS(self->alloc, edges, n_slots));
    for (size_t i = 0; i < self->n_edge_slots; i++) {
        const edge *old = &self->edges[i];
        if (old->child != 0) edges[slot_of(edges, n_slots, old->node, old->word)] = *old;
    }
    CA_FREE(self->alloc, self->edges);
    self->edges = edges;
    self->n_edge_slots = n_slots;
    return CA_OK;
}

/* The child of `node` along `word`, made where there is none. */
static ca_status extend(builder *self, int32_t node, int32_t word, int32_t *child) {
    if (self->n_nodes >= INT32_MAX - 1) return CA_TOO_LARGE;
    if (node == 0) {
        if (self->root_child[word] == 0) self->root_child[word] = (int32_t)self->n_nodes++;
        *child = self->root_child[word];
        return CA_OK;
    }
    size_t at = slot_of(self->edges, self->n_edge_slots, node, word);
    *child = self->edges[at].child;
    if (*child != 0) return CA_OK;
    if (self->n_edges + 1 > self->n_edge_slots / 2) {
        CA_TRY(edges_double(self));
        at = slot_of(self->edges, self->n_edge_slots, node, word);
    }
    *child = (int32_t)self->n_nodes++;
    self->edges[at] = (edge){.node = node, .word = word, .child = *child};
    self->n_edges++;
    return CA_OK;
}

/* ---- words ---- */

static bool is_glob(const builder *self, ca_str form) {
    return self->list->globs && memchr(form.ptr, '*', form.len) != NULL;
}

static ca_status add_glob(builder *self, ca_str folded, int32_t word, int32_t form,
                          int32_t capital) {
    size_t len = 0;
    CA_TRY(CA_GROW(self->alloc, self->globs, self->globs_capacity, self->n_globs + 1));
    CA_TRY(CA_GROW(self->alloc, self->glob_bytes, self->glob_bytes_capacity,
                   self->n_glob_bytes + folded.len));
    uint8_t *bytes = self->glob_bytes + self->n_glob_bytes;
    for (size_t i = 0; i < folded.len; i++) { /* ** is * */
        if (folded.ptr[i] != '*' || len == 0 || bytes[len - 1] != '*') bytes[len++] = folded.ptr[i];
    }
    const uint8_t *star = memchr(bytes, '*', len);
    self->globs[self->n_globs++] = (ca_glob){.at = (uint32_t)self->n_glob_bytes,
                                             .len = (uint32_t)len,
                                             .prefix = (uint32_t)(star - bytes),
                                             .word = word,
                                             .form = form,
                                             .capital = capital};
    self->n_glob_bytes += len;
    return CA_OK;
}

/* The number of a word; a new one grows the table of the root. */
static ca_status intern_word(builder *self, ca_str word, int32_t *id) {
    CA_TRY(ca_vocab_intern(&self->words, word, id));
    size_t before = self->roots_capacity;
    CA_TRY(CA_GROW(self->alloc, self->root_child, self->roots_capacity, self->words.n));
    for (size_t i = before; i < self->roots_capacity; i++) self->root_child[i] = 0;
    return CA_OK;
}

/* A word with a star: as written (folded, where case is) it is a word of its own, since its letters
 * are checked against the text when types are mapped. */
static ca_status add_glob_word(builder *self, ca_str form, path *p) {
    size_t i = p->alias.n_words, n_words = self->words.n;
    ca_str capital, folded;
    int32_t capital_form;
    CA_TRY(ca_fold_case(self->alloc, form, &self->second, &folded));
    ca_str written = p->alias.rule == CA_CASE_FOLD ? folded : form;
    CA_TRY(ca_vocab_intern(&self->forms, written, &p->forms[i]));
    CA_TRY(intern_word(self, written, &p->words[i]));
    CA_TRY(ca_fold_capital(self->alloc, written, &self->fourth, &capital));
    CA_TRY(ca_vocab_intern(&self->forms, capital, &capital_form));
    if (i == 0) p->capital = capital_form;
    if (self->words.n > n_words)
        CA_TRY(add_glob(self, folded, p->words[i], p->forms[i], capital_form));
    p->alias.flags |= CA_ALIAS_GLOB;
    p->alias.n_words++;
    return CA_OK;
}

/* One word of the alias: its form, its folded form, and for the first one its capital. */
static ca_status add_word(builder *self, ca_str type, path *p) {
    ca_str form, folded, capital;
    size_t i = p->alias.n_words;
    CA_TRY(ca_fold_form(self->alloc, type, &self->scratch, &form));
    if (self->list->accents) CA_TRY(ca_fold_accents(self->alloc, form, &self->third, &form));
    if (form.len == 0) return CA_OK;
    if (is_glob(self, form)) return add_glob_word(self, form, p);
    CA_TRY(ca_vocab_intern(&self->forms, form, &p->forms[i]));
    if (i == 0 && p->alias.rule == CA_CASE_SMART) {
        CA_TRY(ca_fold_capital(self->alloc, form, &self->second, &capital));
        CA_TRY(ca_vocab_intern(&self->forms, capital, &p->capital));
    }
    CA_TRY(ca_fold_case(self->alloc, form, &self->second, &folded));
    CA_TRY(intern_word(self, folded, &p->words[i]));
    p->alias.n_words++;
    return CA_OK;
}

/* Letters only: G20 has one, AT&T three; the s of a possessive is not the name's. */
static void count_letters(path *p, ca_str type, ca_shape shape) {
    if (shape & CA_POSSESSIVE) return;
    for (size_t at = 0; at < type.len;) {
        uint32_t cp;
        at += ca_utf8_decode(type.ptr + at, type.len - at, &cp);
        uint16_t flags = ca_unicode_property(cp)->flags;
        if (!(flags & CA_LETTER)) continue;
        p->n_letters++;
        if (!(flags & CA_UPPER)) p->capitals_only = false;
    }
}

/* ---- one alias ---- */

static bool is_glob_run(const builder *self, const ca_doc *doc, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) {
        ca_str type = ca_vocab_type(&self->tokenizer.vocab, doc->id[i]);
        if (type.ptr[0] == '*') return end - first > 1;
    }
    return false;
}

/* With globs, pieces that hang together around a * are one word: un * ed. Its end. */
static size_t word_end(const builder *self, const ca_doc *doc, size_t first) {
    size_t end = first + 1;
    if (!self->list->globs) return end;
    while (end < doc->n && !ca_doc_gap(doc, end) && !(ca_doc_shape(doc, end) & CA_HYPHEN_ROLE))
        end++;
    return is_glob_run(self, doc, first, end) ? end : first + 1;
}

static ca_str text_of(const builder *self, const ca_doc *doc, size_t first, size_t end,
                      ca_str text) {
    if (end == first + 1) return ca_vocab_type(&self->tokenizer.vocab, doc->id[first]);
    size_t at = 0; /* code points to bytes */
    for (int32_t i = 0; i < doc->start[first]; i++) {
        uint32_t cp;
        at += ca_utf8_decode(text.ptr + at, text.len - at, &cp);
    }
    size_t len = 0;
    for (size_t i = first; i < end; i++)
        len += ca_vocab_type(&self->tokenizer.vocab, doc->id[i]).len;
    return (ca_str){text.ptr + at, len};
}

/* A sign of its own is what must stand there; a star with globs is part of a word. */
static bool is_sign(const builder *self, const ca_doc *doc, size_t i) {
    if (ca_shape_kind(ca_doc_shape(doc, i)) <= CA_NUMBER) return false;
    return !self->list->globs || ca_vocab_type(&self->tokenizer.vocab, doc->id[i]).ptr[0] != '*';
}

/* The joint before token i, behind word number `words`. */
static void note_joint(const builder *self, path *p, const ca_doc *doc, size_t i, bool hyphen) {
    size_t words = p->alias.n_words;
    if (words == 0) return;
    uint64_t bit = UINT64_C(1) << (words - 1);
    bool sign = is_sign(self, doc, i) || is_sign(self, doc, i - 1);
    if (hyphen) {
        p->extra.hyphen_joints |= bit;
    } else if (sign || !ca_doc_gap(doc, i)) {
        p->extra.free_joints |= bit;
    }
}

static ca_status read_words(builder *self, const ca_doc *doc, ca_str text, path *p,
                            uint8_t *problem) {
    bool hyphen = false;
    for (size_t i = 0; i < doc->n;) {
        if (ca_doc_shape(doc, i) & CA_HYPHEN_ROLE) {
            hyphen = p->alias.n_words > 0;
            i++;
            continue;
        }
        if (p->alias.n_words == CA_ALIAS_WORDS) {
            *problem = CA_ALIAS_TOO_LONG;
            return CA_OK;
        }
        size_t end = word_end(self, doc, i);
        ca_str word = text_of(self, doc, i, end, text);
        note_joint(self, p, doc, i, hyphen);
        count_letters(p, word, ca_doc_shape(doc, i));
        CA_TRY(add_word(self, word, p));
        hyphen = false;
        i = end;
    }
    if (p->alias.n_words == 0) *problem = CA_ALIAS_EMPTY;
    return CA_OK;
}

/* ---- repeated aliases ---- */

static const ca_alias_extra no_extra = {0, 0, CA_DAY_FIRST, CA_DAY_LAST};

static const ca_alias_extra *extra_of(const builder *self, const ca_alias *alias) {
    return alias->extra > 0 ? &self->extras[alias->extra - 1] : &no_extra;
}

static bool same_extra(const ca_alias_extra *a, const ca_alias_extra *b) {
    return a->hyphen_joints == b->hyphen_joints && a->free_joints == b->free_joints &&
           a->from_day == b->from_day && a->to_day == b->to_day;
}

static bool same_alias(const builder *self, const draft *held, const path *p, int32_t node) {
    const ca_alias *a = &held->alias, *b = &p->alias;
    return held->node == node && a->entry == b->entry && a->rule == b->rule &&
           ((a->flags ^ b->flags) & CA_ALIAS_SHORT) == 0 &&
           memcmp(self->forms_of + a->first_form, p->forms, b->n_words * sizeof *p->forms) == 0 &&
           same_extra(extra_of(self, a), &p->extra);
}

static uint64_t draft_hash(int32_t node, int32_t entry) {
    uint64_t hash = ((uint64_t)(uint32_t)node << 32 | (uint32_t)entry) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

/* Whether an alias that matches the same for the same entry hangs there already, which then has the
 * higher priority of the two; if not, this one does from now on. */
static bool is_repeated(builder *self, const path *p, int32_t node) {
    size_t mask = self->n_same_slots - 1;
    size_t at = (size_t)draft_hash(node, p->alias.entry) & mask;
    for (; self->same[at] != 0; at = (at + 1) & mask) {
        draft *held = &self->drafts[self->same[at] - 1];
        if (!same_alias(self, held, p, node)) continue;
        if (p->alias.priority > held->alias.priority) held->alias.priority = p->alias.priority;
        return true;
    }
    self->same[at] = (int32_t)self->n_drafts + 1;
    return false;
}

/* ---- one alias ---- */

static uint32_t hash_of_forms(int32_t first, const int32_t *forms, size_t n) {
    uint32_t hash = ca_forms_hash(0, first);
    for (size_t i = 1; i < n; i++) hash = ca_forms_hash(hash, forms[i]);
    return hash;
}

static ca_status keep_forms(builder *self, path *p) {
    size_t n = p->alias.n_words;
    p->alias.written = hash_of_forms(p->forms[0], p->forms, n);
    p->alias.capital = hash_of_forms(p->capital, p->forms, n);
    if (p->alias.rule == CA_CASE_SMART && p->capital != p->forms[0]) {
        p->forms[n++] = p->capital;
        p->alias.flags |= CA_ALIAS_CAPITAL;
    }
    if (self->n_forms_of + n > UINT32_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(self->alloc, self->forms_of, self->forms_capacity, self->n_forms_of + n));
    memcpy(self->forms_of + self->n_forms_of, p->forms, n * sizeof *p->forms);
    p->alias.first_form = (uint32_t)self->n_forms_of;
    self->n_forms_of += n;
    return CA_OK;
}

static ca_status keep_extra(builder *self, path *p) {
    if (same_extra(&p->extra, &no_extra)) return CA_OK;
    CA_TRY(CA_GROW(self->alloc, self->extras, self->extras_capacity, self->n_extras + 1));
    self->extras[self->n_extras++] = p->extra;
    p->alias.extra = (uint32_t)self->n_extras;
    return CA_OK;
}

/* Hang the alias on the trie. */
static ca_status hang(builder *self, path *p, uint8_t *problem) {
    int32_t node = 0;
    for (size_t i = 0; i < p->alias.n_words; i++) CA_TRY(extend(self, node, p->words[i], &node));
    if (is_repeated(self, p, node)) {
        *problem = CA_ALIAS_REPEATED;
        return CA_OK;
    }
    CA_TRY(keep_forms(self, p));
    CA_TRY(keep_extra(self, p));
    self->drafts[self->n_drafts++] = (draft){p->alias, node};
    return CA_OK;
}

static path path_of(const ca_alias_list *list, size_t number) {
    path p = {.alias = {.number = (int32_t)number,
                        .entry = list->entries[number],
                        .priority = list->priorities[number],
                        .rule = list->rules[number]},
              .extra = no_extra,
              .capital = -1,
              .capitals_only = true};
    if (list->shorts != NULL && list->shorts[number]) p.alias.flags |= CA_ALIAS_SHORT;
    if (list->from_days != NULL) p.extra.from_day = list->from_days[number];
    if (list->to_days != NULL) p.extra.to_day = list->to_days[number];
    return p;
}

static ca_status add_alias(builder *self, size_t number, uint8_t *problem) {
    const ca_alias_list *list = self->list;
    ca_doc doc = {.id = self->block.id + self->block.doc_tokens[number],
                  .start = self->block.start + self->block.doc_tokens[number],
                  .n = self->block.doc_tokens[number + 1] - self->block.doc_tokens[number],
                  .chars = self->tokenizer.vocab.chars,
                  .shape = self->tokenizer.vocab.shape};
    path p = path_of(list, number);
    ca_str text = {NULL, 0};
    if (list->globs)
        CA_TRY(
            ca_text_utf8(self->alloc, &list->texts.items[number], &self->tokenizer.scratch, &text));
    *problem = CA_ALIAS_GOOD;
    CA_TRY(read_words(self, &doc, text, &p, problem));
    if (*problem != CA_ALIAS_GOOD) return CA_OK;
    if (p.alias.rule == CA_CASE_SMART && p.capitals_only && p.n_letters > 0 &&
        p.n_letters <= ACRONYM_LETTERS)
        p.alias.rule = CA_CASE_EXACT;
    return hang(self, &p, problem);
}

/* ---- from the growing trie to the flat one ---- */

/* A child in the growing trie. */
typedef struct child {
    int32_t word, node;
} child;

typedef struct flattener {
    builder *from;
    uint32_t *first;  /* by old node: the place of its first child in `children`; n_nodes + 1 */
    child *children;  /* by old node, each run sorted by word */
    int32_t *old_of;  /* by new node */
    uint32_t *new_of; /* by old node */
    uint8_t *bytes;   /* the buffer */
    /* sections of the buffer */
    ca_node *nodes;
    int32_t *node_words, *forms_of;
    uint32_t *root_child;
    ca_jump *jumps;
    ca_alias *aliases;
} flattener;

static int by_word(const void *a, const void *b) {
    int32_t x = ((const child *)a)->word, y = ((const child *)b)->word;
    return (x > y) - (x < y);
}

static int by_priority(const void *a, const void *b) {
    const ca_alias *x = a, *y = b;
    if (x->priority != y->priority) return x->priority > y->priority ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static int by_prefix(const void *a, const void *b, const uint8_t *bytes) {
    const ca_glob *x = a, *y = b;
    size_t len = x->prefix < y->prefix ? x->prefix : y->prefix;
    int order = len > 0 ? memcmp(bytes + x->at, bytes + y->at, len) : 0;
    if (order != 0) return order;
    if (x->prefix != y->prefix) return x->prefix < y->prefix ? -1 : 1;
    return (x->word > y->word) - (x->word < y->word);
}

static void add_child(flattener *self, int32_t node, int32_t word, int32_t to) {
    self->children[--self->first[node + 1]] = (child){word, to};
}

/* Count the children of each node, then put them behind one another. first[node + 1] runs down
 * from the end of the run of `node` to its beginning, which is where it stays. */
static ca_status collect_children(flattener *self) {
    const builder *from = self->from;
    CA_TRY(CA_ZEROS(from->alloc, self->first, from->n_nodes + 2));
    CA_TRY(CA_RESIZE(from->alloc, self->children, from->n_nodes));
    for (size_t i = 0; i < from->words.n; i++) self->first[1] += from->root_child[i] != 0;
    for (size_t i = 0; i < from->n_edge_slots; i++) {
        if (from->edges[i].child != 0) self->first[from->edges[i].node + 1]++;
    }
    for (size_t i = 1; i <= from->n_nodes; i++) self->first[i] += self->first[i - 1];
    self->first[from->n_nodes + 1] = self->first[from->n_nodes];
    for (size_t i = 0; i < from->words.n; i++) {
        if (from->root_child[i] != 0) add_child(self, 0, (int32_t)i, from->root_child[i]);
    }
    for (size_t i = 0; i < from->n_edge_slots; i++) {
        const edge *e = &from->edges[i];
        if (e->child != 0) add_child(self, e->node, e->word, e->child);
    }
    for (size_t i = 1; i <= from->n_nodes; i++) {
        child *run = self->children + self->first[i];
        size_t n = self->first[i + 1] - self->first[i];
        if (n > 1) qsort(run, n, sizeof *run, by_word);
    }
    return CA_OK;
}

/* Number the nodes in the order of their depth; fill nodes[].first_child and node_words. */
static ca_status number_nodes(flattener *self) {
    const builder *from = self->from;
    CA_TRY(CA_ZEROS(from->alloc, self->old_of, from->n_nodes));
    CA_TRY(CA_ZEROS(from->alloc, self->new_of, from->n_nodes));
    uint32_t n = 1;
    self->node_words[0] = -1;
    for (uint32_t i = 0; i < from->n_nodes; i++) {
        int32_t old = self->old_of[i];
        self->nodes[i].first_child = n;
        for (uint32_t c = self->first[old + 1]; c < self->first[old + 2]; c++) {
            self->old_of[n] = self->children[c].node;
            self->new_of[self->children[c].node] = n;
            self->node_words[n++] = self->children[c].word;
        }
    }
    self->nodes[from->n_nodes].first_child = n;
    for (size_t i = 0; i < from->words.n; i++)
        self->root_child[i] = from->root_child[i] ? self->new_of[from->root_child[i]] : 0;
    return CA_OK;
}

static void hang_aliases(flattener *self) {
    const builder *from = self->from;
    uint32_t at = 0;
    for (size_t i = 0; i < from->n_drafts; i++)
        self->nodes[self->new_of[from->drafts[i].node]].first_alias++;
    for (size_t i = 0; i < from->n_nodes; i++) { /* counts to beginnings, shifted by one */
        uint32_t n = self->nodes[i].first_alias;
        self->nodes[i].first_alias = at;
        at += n;
    }
    self->nodes[from->n_nodes].first_alias = at;
    for (size_t i = 0; i < from->n_drafts; i++) {
        const draft *d = &from->drafts[i];
        self->aliases[self->nodes[self->new_of[d->node]].first_alias++] = d->alias;
    }
    for (size_t i = from->n_nodes; i > 0; i--)
        self->nodes[i].first_alias = self->nodes[i - 1].first_alias;
    self->nodes[0].first_alias = 0;
    for (size_t i = 0; i < from->n_nodes; i++) {
        size_t n = self->nodes[i + 1].first_alias - self->nodes[i].first_alias;
        if (n > 1)
            qsort(self->aliases + self->nodes[i].first_alias, n, sizeof(ca_alias), by_priority);
    }
}

static void add_jumps(flattener *self, size_t n_jumps) {
    for (uint32_t node = 1; node < self->from->n_nodes; node++) {
        uint32_t low = self->nodes[node].first_child, high = self->nodes[node + 1].first_child;
        if (high - low <= CA_DICT_FEW) continue;
        for (uint32_t c = low; c < high; c++) {
            size_t at = ca_dict_jump_at(node, self->node_words[c], n_jumps);
            while (self->jumps[at].child != 0) at = (at + 1) & (n_jumps - 1);
            self->jumps[at] = (ca_jump){self->node_words[c], c};
        }
    }
}

/* Few globs as a rule, and in an order that no text decides: insertion will do for the head of
 * each run, since dictionaries list them sorted more often than not. */
static void sort_globs(builder *self) {
    for (size_t gap = self->n_globs / 2; gap > 0; gap /= 2) {
        for (size_t i = gap; i < self->n_globs; i++) {
            ca_glob held = self->globs[i];
            size_t j = i;
            for (; j >= gap && by_prefix(&self->globs[j - gap], &held, self->glob_bytes) > 0;
                 j -= gap)
                self->globs[j] = self->globs[j - gap];
            self->globs[j] = held;
        }
    }
}

static size_t vocab_bytes(const ca_vocab *vocab) {
    return vocab->n > 0 ? vocab->ends[vocab->n - 1] : 0;
}

/* Edges of nodes with many children, and a power of two that holds them. */
static size_t count_jumps(const flattener *self) {
    size_t n = 0, slots = 2;
    for (size_t i = 2; i <= self->from->n_nodes; i++) {
        size_t children = self->first[i + 1] - self->first[i];
        if (children > CA_DICT_FEW) n += children;
    }
    while (slots < n + n / 2 + 1) slots *= 2;
    return slots;
}

static void count_sections(const flattener *self, uint64_t counts[CA_DICT_SECTIONS]) {
    const builder *from = self->from;
    counts[CA_DICT_WORD_BYTES] = vocab_bytes(&from->words);
    counts[CA_DICT_WORD_ENDS] = counts[CA_DICT_ROOT_CHILD] = from->words.n;
    counts[CA_DICT_WORD_SLOTS] = ca_strings_slots(from->words.n);
    counts[CA_DICT_FORM_BYTES] = vocab_bytes(&from->forms);
    counts[CA_DICT_FORM_ENDS] = from->forms.n;
    counts[CA_DICT_FORM_SLOTS] = ca_strings_slots(from->forms.n);
    counts[CA_DICT_NODES] = from->n_nodes + 1;
    counts[CA_DICT_NODE_WORDS] = from->n_nodes;
    counts[CA_DICT_JUMPS] = count_jumps(self);
    counts[CA_DICT_ALIASES] = from->n_drafts;
    counts[CA_DICT_EXTRAS] = from->n_extras;
    counts[CA_DICT_FORMS_OF] = from->n_forms_of;
    counts[CA_DICT_GLOBS] = from->n_globs;
    counts[CA_DICT_GLOB_BYTES] = from->n_glob_bytes;
}

static void copy_items(const void *to, const void *from, size_t n_bytes) {
    if (n_bytes > 0) memcpy((void *)(uintptr_t)to, from, n_bytes);
}

/* The sections that are there already. */
static void copy_sections(const builder *from, const ca_dict *to) {
    ca_strings_write(&from->words, (uint8_t *)(uintptr_t)to->words.bytes,
                     (uint32_t *)(uintptr_t)to->words.ends, (uint32_t *)(uintptr_t)to->words.slots);
    ca_strings_write(&from->forms, (uint8_t *)(uintptr_t)to->forms.bytes,
                     (uint32_t *)(uintptr_t)to->forms.ends, (uint32_t *)(uintptr_t)to->forms.slots);
    copy_items(to->extras, from->extras, from->n_extras * sizeof *from->extras);
    copy_items(to->forms_of, from->forms_of, from->n_forms_of * sizeof *from->forms_of);
    copy_items(to->globs, from->globs, from->n_globs * sizeof *from->globs);
    copy_items(to->glob_bytes, from->glob_bytes, from->n_glob_bytes);
}

/* The buffer and *out, which looks into it. */
static ca_status make_buffer(flattener *self, ca_dict *out) {
    const builder *from = self->from;
    ca_dict_header header = {.magic = CA_DICT_MAGIC,
                             .version = CA_DICT_VERSION,
                             .byte_order = CA_DICT_BYTE_ORDER,
                             .n_aliases = from->list->texts.n,
                             .accents = from->list->accents};
    if (vocab_bytes(&from->words) > UINT32_MAX || vocab_bytes(&from->forms) > UINT32_MAX ||
        from->n_glob_bytes > UINT32_MAX)
        return CA_TOO_LARGE;
    count_sections(self, header.counts);
    header.size = ca_dict_size(header.counts, 0);
    if (header.size == 0 || header.size > SIZE_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_ZEROS(from->alloc, self->bytes, (size_t)header.size));
    memcpy(self->bytes, &header, sizeof header);
    ca_dict_view(out, (const ca_dict_header *)(const void *)self->bytes);
    self->nodes = (ca_node *)(uintptr_t)out->nodes;
    self->node_words = (int32_t *)(uintptr_t)out->node_words;
    self->root_child = (uint32_t *)(uintptr_t)out->root_child;
    self->jumps = (ca_jump *)(uintptr_t)out->jumps;
    self->aliases = (ca_alias *)(uintptr_t)out->aliases;
    return CA_OK;
}

static ca_status flatten(flattener *self, ca_dict *out) {
    ca_dict dict = {.alloc = NULL};
    CA_TRY(collect_children(self));
    CA_TRY(make_buffer(self, &dict));
    CA_TRY(number_nodes(self));
    if (ca_poll_stop(self->from->poll)) return CA_STOPPED;
    hang_aliases(self);
    add_jumps(self, dict.n_jumps);
    sort_globs(self->from);
    copy_sections(self->from, &dict);
    dict.alloc = self->from->alloc;
    dict.owned = self->bytes;
    self->bytes = NULL;
    *out = dict;
    return CA_OK;
}

/* ---- all of them ---- */

static size_t slots_for(size_t n) {
    size_t n_slots = FIRST_SLOTS;
    while (n_slots < 2 * n) n_slots *= 2;
    return n_slots;
}

static ca_status add_all(builder *self, uint64_t seed, uint8_t *problems) {
    size_t n = self->list->texts.n, bad_doc;
    if (n > INT32_MAX / 4) return CA_TOO_LARGE;
    self->n_nodes = 1;
    self->n_edge_slots = FIRST_SLOTS;
    self->n_same_slots = slots_for(n);
    CA_TRY(ca_vocab_init(&self->words, self->alloc, seed));
    CA_TRY(ca_vocab_init(&self->forms, self->alloc, seed));
    CA_TRY(CA_ZEROS(self->alloc, self->edges, self->n_edge_slots));
    CA_TRY(CA_ZEROS(self->alloc, self->same, self->n_same_slots));
    CA_TRY(CA_RESIZE(self->alloc, self->drafts, n));
    CA_TRY(ca_tokenizer_init(&self->tokenizer, self->alloc, CA_MODE_NEWS, seed));
    CA_TRY(ca_tokenizer_chunk(&self->tokenizer, &self->list->texts, 0, n, self->poll, &self->block,
                              &bad_doc));
    for (size_t i = 0; i < n; i++) {
        if (i % 4096 == 4095 && ca_poll_stop(self->poll)) return CA_STOPPED;
        CA_TRY(add_alias(self, i, &problems[i]));
    }
    return CA_OK;
}

static void reset(builder *self) {
    ca_vocab_reset(&self->words);
    ca_vocab_reset(&self->forms);
    ca_tokenizer_reset(&self->tokenizer);
    ca_block_reset(self->alloc, &self->block);
    ca_scratch_reset(self->alloc, &self->scratch);
    ca_scratch_reset(self->alloc, &self->second);
    ca_scratch_reset(self->alloc, &self->third);
    ca_scratch_reset(self->alloc, &self->fourth);
    CA_FREE(self->alloc, self->edges);
    CA_FREE(self->alloc, self->root_child);
    CA_FREE(self->alloc, self->drafts);
    CA_FREE(self->alloc, self->same);
    CA_FREE(self->alloc, self->extras);
    CA_FREE(self->alloc, self->forms_of);
    CA_FREE(self->alloc, self->globs);
    CA_FREE(self->alloc, self->glob_bytes);
}

ca_status ca_dict_build(const ca_alloc *alloc, const ca_alias_list *list, uint64_t seed,
                        const ca_poll *poll, ca_dict *out, uint8_t *problems) {
    builder self = {.alloc = alloc, .list = list, .poll = poll};
    flattener flat = {.from = &self};
    ca_status status = add_all(&self, seed, problems);
    if (status == CA_OK) status = flatten(&flat, out);
    CA_FREE(alloc, flat.first);
    CA_FREE(alloc, flat.children);
    CA_FREE(alloc, flat.old_of);
    CA_FREE(alloc, flat.new_of);
    CA_FREE(alloc, flat.bytes);
    reset(&self);
    return status;
}
