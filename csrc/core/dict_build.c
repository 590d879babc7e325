#include "dict_build.h"

#include "fold.h"
#include "sentences.h"
#include "shape.h"
#include "tokenize.h"
#include "unicode.h"
#include "utf8.h"

/* Capitals up to this many letters are taken as an acronym, which matches only as written. */
#define ACRONYM_LETTERS 5
#define FIRST_SLOTS 64

typedef struct builder {
    const ca_alloc *alloc;
    const ca_alias_list *list;
    ca_dict dict;
    ca_tokenizer tokenizer;
    ca_block block; /* the tokens of all aliases */
    ca_scratch scratch, second;
    size_t n_edges, nodes_capacity, forms_capacity, globs_capacity, glob_bytes_capacity;
    size_t roots_capacity;
} builder;

/* The words of the alias at hand. */
typedef struct path {
    ca_alias alias;
    int32_t words[CA_ALIAS_WORDS], forms[CA_ALIAS_WORDS];
    size_t n_letters;
    bool capitals_only;
} path;

/* ---- the trie ---- */

static ca_status add_node(builder *self, int32_t *node) {
    ca_dict *dict = &self->dict;
    if (dict->n_nodes >= INT32_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(self->alloc, dict->first_alias, self->nodes_capacity, dict->n_nodes + 1));
    dict->first_alias[dict->n_nodes] = -1;
    *node = (int32_t)dict->n_nodes++;
    return CA_OK;
}

static ca_status edges_double(builder *self) {
    ca_dict *dict = &self->dict;
    size_t n_slots = dict->n_edge_slots * 2;
    ca_edge *edges = NULL;
    CA_TRY(CA_ZEROS(self->alloc, edges, n_slots));
    for (size_t i = 0; i < dict->n_edge_slots; i++) {
        const ca_edge *edge = &dict->edges[i];
        if (edge->child == 0) continue;
        edges[ca_dict_edge_slot(edges, n_slots, edge->node, edge->word)] = *edge;
    }
    CA_FREE(self->alloc, dict->edges);
    dict->edges = edges;
    dict->n_edge_slots = n_slots;
    return CA_OK;
}

/* The child of `node` along `word`, made where there is none. */
static ca_status extend(builder *self, int32_t node, int32_t word, int32_t *child) {
    ca_dict *dict = &self->dict;
    *child = ca_dict_child(dict, node, word);
    if (*child != 0) return CA_OK;
    if (node == 0) {
        CA_TRY(add_node(self, child));
        dict->root_child[word] = *child;
        return CA_OK;
    }
    if (self->n_edges + 1 > dict->n_edge_slots / 2) CA_TRY(edges_double(self));
    CA_TRY(add_node(self, child));
    size_t at = ca_dict_edge_slot(dict->edges, dict->n_edge_slots, node, word);
    dict->edges[at] = (ca_edge){.node = node, .word = word, .child = *child};
    self->n_edges++;
    return CA_OK;
}

/* ---- words ---- */

static ca_status add_glob(builder *self, ca_str folded, int32_t word) {
    ca_dict *dict = &self->dict;
    CA_TRY(CA_GROW(self->alloc, dict->globs, self->globs_capacity, dict->n_globs + 1));
    CA_TRY(CA_GROW(self->alloc, dict->glob_bytes, self->glob_bytes_capacity,
                   dict->n_glob_bytes + folded.len));
    memcpy(dict->glob_bytes + dict->n_glob_bytes, folded.ptr, folded.len);
    dict->globs[dict->n_globs++] =
        (ca_glob){.at = dict->n_glob_bytes, .len = folded.len, .word = word};
    dict->n_glob_bytes += folded.len;
    return CA_OK;
}

/* The number of a word; a new one grows the table of the root, and is a glob if it has a star. */
static ca_status intern_word(builder *self, ca_str folded, int32_t *word) {
    ca_dict *dict = &self->dict;
    size_t n_words = dict->words.n;
    CA_TRY(ca_vocab_intern(&dict->words, folded, word));
    if (dict->words.n == n_words) return CA_OK;
    size_t before = self->roots_capacity;
    CA_TRY(CA_GROW(self->alloc, dict->root_child, self->roots_capacity, dict->words.n));
    for (size_t i = before; i < self->roots_capacity; i++) dict->root_child[i] = 0;
    bool glob = self->list->globs && memchr(folded.ptr, '*', folded.len) != NULL;
    return glob ? add_glob(self, folded, *word) : CA_OK;
}

/* One word of the alias: its form, its folded form, and for the first one its capital. */
static ca_status add_word(builder *self, ca_str type, path *p) {
    ca_alias *alias = &p->alias;
    ca_str form, folded, capital;
    size_t i = alias->n_words;
    CA_TRY(ca_fold_form(self->alloc, type, &self->scratch, &form));
    if (form.len == 0) return CA_OK;
    CA_TRY(ca_vocab_intern(&self->dict.forms, form, &p->forms[i]));
    if (i == 0) {
        CA_TRY(ca_fold_capital(self->alloc, form, &self->second, &capital));
        CA_TRY(ca_vocab_intern(&self->dict.forms, capital, &alias->capital_form));
    }
    CA_TRY(ca_fold_case(self->alloc, form, &self->second, &folded));
    CA_TRY(intern_word(self, folded, &p->words[i]));
    alias->n_words++;
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
        p->alias.hyphen_joints |= bit;
    } else if (sign || !ca_doc_gap(doc, i)) {
        p->alias.free_joints |= bit;
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

static bool same_alias(const builder *self, const ca_alias *a, const path *p) {
    const int32_t *forms = self->dict.forms_of + a->first_form;
    return a->entry == p->alias.entry && a->rule == p->alias.rule &&
           a->hyphen_joints == p->alias.hyphen_joints && a->free_joints == p->alias.free_joints &&
           memcmp(forms, p->forms, p->alias.n_words * sizeof *forms) == 0;
}

/* Hang alias number `number` on the trie, behind those that end at its node already. */
static ca_status hang(builder *self, size_t number, path *p, uint8_t *problem) {
    ca_dict *dict = &self->dict;
    int32_t node = 0;
    for (size_t i = 0; i < p->alias.n_words; i++) CA_TRY(extend(self, node, p->words[i], &node));
    int32_t *link = &dict->first_alias[node];
    while (*link >= 0) {
        ca_alias *other = &dict->aliases[*link];
        if (same_alias(self, other, p)) *problem = CA_ALIAS_REPEATED;
        link = &other->next;
    }
    CA_TRY(CA_GROW(self->alloc, dict->forms_of, self->forms_capacity,
                   dict->n_forms_of + p->alias.n_words));
    memcpy(dict->forms_of + dict->n_forms_of, p->forms, p->alias.n_words * sizeof *p->forms);
    p->alias.first_form = dict->n_forms_of;
    dict->n_forms_of += p->alias.n_words;
    dict->aliases[number] = p->alias;
    if (*problem == CA_ALIAS_GOOD) *link = (int32_t)number;
    return CA_OK;
}

static ca_status add_alias(builder *self, size_t number, uint8_t *problem) {
    const ca_alias_list *list = self->list;
    ca_doc doc = {.id = self->block.id + self->block.doc_tokens[number],
                  .start = self->block.start + self->block.doc_tokens[number],
                  .n = self->block.doc_tokens[number + 1] - self->block.doc_tokens[number],
                  .chars = self->tokenizer.vocab.chars,
                  .shape = self->tokenizer.vocab.shape};
    path p = {.alias = {.entry = list->entries[number],
                        .priority = list->priorities[number],
                        .rule = list->rules[number],
                        .capital_form = -1,
                        .next = -1},
              .capitals_only = true};
    ca_str text;
    CA_TRY(ca_text_utf8(self->alloc, &list->texts.items[number], &self->tokenizer.scratch, &text));
    *problem = CA_ALIAS_GOOD;
    CA_TRY(read_words(self, &doc, text, &p, problem));
    self->dict.aliases[number] = (ca_alias){.entry = p.alias.entry, .capital_form = -1, .next = -1};
    if (*problem != CA_ALIAS_GOOD) return CA_OK;
    if (p.alias.rule == CA_CASE_SMART && p.capitals_only && p.n_letters > 0 &&
        p.n_letters <= ACRONYM_LETTERS)
        p.alias.rule = CA_CASE_EXACT;
    return hang(self, number, &p, problem);
}

/* ---- all of them ---- */

static ca_status build(builder *self, uint64_t seed, const ca_poll *poll, uint8_t *problems) {
    ca_dict *dict = &self->dict;
    size_t n = self->list->texts.n, bad_doc;
    int32_t root;
    if (n > INT32_MAX) return CA_TOO_LARGE;
    dict->alloc = self->alloc;
    dict->n_edge_slots = FIRST_SLOTS;
    CA_TRY(ca_vocab_init(&dict->words, self->alloc, seed));
    CA_TRY(ca_vocab_init(&dict->forms, self->alloc, seed));
    CA_TRY(CA_ZEROS(self->alloc, dict->edges, dict->n_edge_slots));
    CA_TRY(CA_ZEROS(self->alloc, dict->aliases, n));
    CA_TRY(CA_ZEROS(self->alloc, dict->root_child, 1));
    CA_TRY(add_node(self, &root));
    CA_TRY(ca_tokenizer_init(&self->tokenizer, self->alloc, CA_MODE_NEWS, seed));
    CA_TRY(ca_tokenizer_chunk(&self->tokenizer, &self->list->texts, 0, n, poll, &self->block,
                              &bad_doc));
    dict->n_aliases = n;
    for (size_t i = 0; i < n; i++) {
        if (i % 4096 == 4095 && ca_poll_stop(poll)) return CA_STOPPED;
        CA_TRY(add_alias(self, i, &problems[i]));
    }
    return CA_OK;
}

ca_status ca_dict_build(const ca_alloc *alloc, const ca_alias_list *list, uint64_t seed,
                        const ca_poll *poll, ca_dict *out, uint8_t *problems) {
    builder self = {.alloc = alloc, .list = list};
    ca_status status = build(&self, seed, poll, problems);
    ca_tokenizer_reset(&self.tokenizer);
    ca_block_reset(alloc, &self.block);
    ca_scratch_reset(alloc, &self.scratch);
    ca_scratch_reset(alloc, &self.second);
    if (status == CA_OK) {
        *out = self.dict;
    } else {
        ca_dict_reset(&self.dict);
    }
    return status;
}
