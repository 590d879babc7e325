#include "draft.h"

#include "fold.h"

#define FIRST_SLOTS 64

/* What each scratch holds. */
enum { FORM, PLAIN, FOLDED, CAPITAL, SPELLING };

static size_t slots_for(size_t n) {
    size_t n_slots = FIRST_SLOTS;
    while (n_slots < 2 * n) n_slots *= 2;
    return n_slots;
}

ca_status ca_draft_init(ca_draft *self, const ca_alloc *alloc, size_t n, bool accents,
                        uint64_t seed) {
    ca_draft made = {.alloc = alloc,
                     .accents = accents,
                     .n_nodes = 1,
                     .n_edge_slots = FIRST_SLOTS,
                     .n_same_slots = slots_for(n)};
    ca_status status = n > INT32_MAX / 4 ? CA_TOO_LARGE : ca_vocab_init(&made.words, alloc, seed);
    if (status == CA_OK) status = ca_vocab_init(&made.forms, alloc, seed);
    if (status == CA_OK) status = CA_ZEROS(alloc, made.edges, made.n_edge_slots);
    if (status == CA_OK) status = CA_ZEROS(alloc, made.same, made.n_same_slots);
    if (status == CA_OK) status = CA_RESIZE(alloc, made.aliases, n);
    if (status == CA_OK) {
        *self = made;
    } else {
        ca_draft_reset(&made);
    }
    return status;
}

void ca_draft_reset(ca_draft *self) {
    const ca_alloc *alloc = self->alloc;
    if (alloc == NULL) return;
    ca_vocab_reset(&self->words);
    ca_vocab_reset(&self->forms);
    for (size_t i = 0; i < sizeof self->scratch / sizeof *self->scratch; i++)
        ca_scratch_reset(alloc, &self->scratch[i]);
    CA_FREE(alloc, self->edges);
    CA_FREE(alloc, self->root_child);
    CA_FREE(alloc, self->root_spelt);
    CA_FREE(alloc, self->aliases);
    CA_FREE(alloc, self->same);
    CA_FREE(alloc, self->extras);
    CA_FREE(alloc, self->forms_of);
    CA_FREE(alloc, self->globs);
    CA_FREE(alloc, self->glob_bytes);
    *self = (ca_draft){.alloc = NULL};
}

/* ---- the trie ---- */

static size_t slot_of(const ca_draft_edge *edges, size_t n_slots, int32_t node, int32_t word) {
    size_t at = ca_dict_jump_at((uint32_t)node, word, n_slots);
    while (edges[at].child != 0 && (edges[at].node != node || edges[at].word != word))
        at = (at + 1) & (n_slots - 1);
    return at;
}

static ca_status edges_double(ca_draft *self) {
    size_t n_slots = self->n_edge_slots * 2;
    ca_draft_edge *edges = NULL;
    CA_TRY(CA_ZEROS(self->alloc, edges, n_slots));
    for (size_t i = 0; i < self->n_edge_slots; i++) {
        const ca_draft_edge *old = &self->edges[i];
        if (old->child != 0) edges[slot_of(edges, n_slots, old->node, old->word)] = *old;
    }
    CA_FREE(self->alloc, self->edges);
    self->edges = edges;
    self->n_edge_slots = n_slots;
    return CA_OK;
}

/* The child of `node` along `word`, made where there is none. */
static ca_status extend(ca_draft *self, int32_t node, int32_t word, int32_t *child) {
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
    self->edges[at] = (ca_draft_edge){.node = node, .word = word, .child = *child};
    self->n_edges++;
    return CA_OK;
}

/* ---- words ---- */

/* The number of a word; a new one grows the tables of the root. */
static ca_status intern_word(ca_draft *self, ca_str word, int32_t *id) {
    size_t before = self->words.n;
    CA_TRY(ca_vocab_intern(&self->words, word, id));
    CA_TRY(CA_GROW(self->alloc, self->root_child, self->roots_capacity, self->words.n));
    CA_TRY(CA_GROW(self->alloc, self->root_spelt, self->spelt_capacity, self->words.n));
    for (size_t i = before; i < self->words.n; i++) {
        self->root_child[i] = 0;
        self->root_spelt[i] = 0;
    }
    return CA_OK;
}

/* How a word is spelt; other spellings become forms. */
static ca_status spell(ca_draft *self, ca_str form, ca_str folded, int32_t *spelt) {
    ca_spelling spelling;
    CA_TRY(ca_fold_spelling(self->alloc, form, folded, &self->scratch[SPELLING], &spelling));
    if (spelling == CA_SPELT_OTHER) return ca_vocab_intern(&self->forms, form, spelt);
    *spelt = spelling == CA_SPELT_SMALL ? CA_FORM_SMALL : CA_FORM_CAPITAL;
    return CA_OK;
}

/* A type as written. */
static ca_status form_of(ca_draft *self, ca_str type, ca_str *form) {
    CA_TRY(ca_fold_form(self->alloc, type, &self->scratch[FORM], form));
    return self->accents ? ca_fold_accents(self->alloc, *form, &self->scratch[PLAIN], form) : CA_OK;
}

static void add_spelling(ca_draft_path *path, int32_t spelt) {
    size_t i = path->alias.n_words++;
    path->forms[i] = spelt;
    if (spelt == CA_FORM_CAPITAL) path->alias.capitals |= UINT64_C(1) << i;
    if (spelt >= 0) path->alias.flags |= CA_ALIAS_FORMS;
}

ca_status ca_draft_word(ca_draft *self, ca_str type, ca_draft_path *path) {
    ca_str form, folded, capital;
    size_t i = path->alias.n_words;
    bool any_case = path->alias.rule == CA_CASE_FOLD || path->alias.rule == CA_CASE_TITLE;
    int32_t spelt = CA_FORM_SMALL;
    CA_TRY(form_of(self, type, &form));
    if (form.len == 0) return CA_OK;
    CA_TRY(ca_fold_word(self->alloc, form, &self->scratch[FOLDED], &folded));
    CA_TRY(intern_word(self, folded, &path->words[i]));
    if (!any_case) CA_TRY(spell(self, form, folded, &spelt));
    if (i == 0) path->capital = spelt;
    if (i == 0 && path->alias.rule == CA_CASE_SMART && spelt != CA_FORM_CAPITAL) {
        CA_TRY(ca_fold_capital(self->alloc, form, &self->scratch[CAPITAL], &capital));
        CA_TRY(spell(self, capital, folded, &path->capital));
        if (path->capital >= 0) path->alias.flags |= CA_ALIAS_FORMS;
    }
    add_spelling(path, spelt);
    return CA_OK;
}

static ca_status add_glob(ca_draft *self, ca_str folded, int32_t word, int32_t form,
                          int32_t capital) {
    size_t len = 0, prefix = 0;
    CA_TRY(CA_GROW(self->alloc, self->globs, self->globs_capacity, self->n_globs + 1));
    CA_TRY(CA_GROW(self->alloc, self->glob_bytes, self->glob_bytes_capacity,
                   self->n_glob_bytes + folded.len));
    uint8_t *bytes = self->glob_bytes + self->n_glob_bytes;
    for (size_t i = 0; i < folded.len; i++) { /* ** is * */
        if (folded.ptr[i] != '*' || len == 0 || bytes[len - 1] != '*') bytes[len++] = folded.ptr[i];
    }
    while (prefix < len && bytes[prefix] != '*' && bytes[prefix] != '?') prefix++;
    self->globs[self->n_globs++] = (ca_glob){.at = (uint32_t)self->n_glob_bytes,
                                             .len = (uint32_t)len,
                                             .prefix = (uint32_t)prefix,
                                             .word = word,
                                             .form = form,
                                             .capital = capital};
    self->n_glob_bytes += len;
    return CA_OK;
}

/* As written (folded, where any case will do) it is a word of its own, since its letters are
 * checked against the text when types are mapped. */
ca_status ca_draft_glob(ca_draft *self, ca_str type, ca_draft_path *path) {
    size_t i = path->alias.n_words, n_words = self->words.n;
    ca_str form, written, folded, capital;
    int32_t written_form, capital_form;
    CA_TRY(form_of(self, type, &form));
    CA_TRY(ca_fold_word(self->alloc, form, &self->scratch[FOLDED], &folded));
    written = path->alias.rule == CA_CASE_FOLD ? folded : form;
    CA_TRY(ca_vocab_intern(&self->forms, written, &written_form));
    CA_TRY(intern_word(self, written, &path->words[i]));
    CA_TRY(ca_fold_capital(self->alloc, written, &self->scratch[CAPITAL], &capital));
    CA_TRY(ca_vocab_intern(&self->forms, capital, &capital_form));
    if (self->words.n > n_words)
        CA_TRY(add_glob(self, folded, path->words[i], written_form, capital_form));
    path->alias.flags |= CA_ALIAS_GLOB;
    if (i == 0) path->capital = CA_FORM_SMALL;
    add_spelling(path, CA_FORM_SMALL);
    return CA_OK;
}

/* ---- repeated aliases ---- */

static ca_alias_extra extra_of(const ca_draft *self, const ca_alias *alias) {
    return alias->extra > 0 ? self->extras[alias->extra - 1] : CA_NO_EXTRA;
}

static bool same_extra(const ca_alias_extra *a, const ca_alias_extra *b) {
    return a->hyphen_joints == b->hyphen_joints && a->free_joints == b->free_joints &&
           a->from_day == b->from_day && a->to_day == b->to_day;
}

static bool same_alias(const ca_draft *self, const ca_draft_alias *held, const ca_draft_path *path,
                       int32_t node) {
    const ca_alias *a = &held->alias, *b = &path->alias;
    ca_alias_extra extra = extra_of(self, a);
    if (held->node != node || a->entry != b->entry || a->rule != b->rule || a->flags != b->flags ||
        a->capitals != b->capitals || !same_extra(&extra, &path->extra))
        return false;
    return !(a->flags & CA_ALIAS_FORMS) || memcmp(self->forms_of + a->first_form, path->forms,
                                                  b->n_words * sizeof *path->forms) == 0;
}

static uint64_t mixed(uint64_t hash, int32_t a, int32_t b) {
    hash = (hash ^ ((uint64_t)(uint32_t)a << 32 | (uint32_t)b)) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

/* Of what two aliases that are the same have in common; one name may come with many dates. */
static uint64_t hash_of(const ca_draft_path *path, int32_t node) {
    return mixed(mixed(0, node, path->alias.entry), path->extra.from_day, path->extra.to_day);
}

/* Whether an alias that matches the same for the same entry hangs there already, which then has the
 * higher priority of the two; if not, this one does from now on. */
static bool is_repeated(ca_draft *self, const ca_draft_path *path, int32_t node) {
    size_t mask = self->n_same_slots - 1;
    size_t at = (size_t)hash_of(path, node) & mask;
    for (; self->same[at] != 0; at = (at + 1) & mask) {
        ca_draft_alias *held = &self->aliases[self->same[at] - 1];
        if (!same_alias(self, held, path, node)) continue;
        if (path->alias.priority > held->alias.priority)
            held->alias.priority = path->alias.priority;
        return true;
    }
    self->same[at] = (int32_t)self->n_aliases + 1;
    return false;
}

/* ---- one alias ---- */

static uint8_t bit_of(int32_t spelt) {
    if (spelt == CA_FORM_SMALL) return CA_BEGINS_SMALL;
    return spelt == CA_FORM_CAPITAL ? CA_BEGINS_CAPITAL : CA_BEGINS_FORM;
}

/* How its first word may be spelt in a text. */
static uint8_t beginnings_of(const ca_draft_path *path) {
    switch (path->alias.rule) {
    case CA_CASE_FOLD:
        return CA_BEGINS_ANY;
    case CA_CASE_TITLE:
        return CA_BEGINS_TITLE;
    case CA_CASE_EXACT:
        return bit_of(path->forms[0]);
    default:
        return bit_of(path->forms[0]) | bit_of(path->capital) | CA_BEGINS_CAPS;
    }
}

static ca_status keep_forms(ca_draft *self, ca_draft_path *path) {
    size_t n = path->alias.n_words;
    if (!(path->alias.flags & CA_ALIAS_FORMS)) return CA_OK;
    path->forms[n++] = path->capital;
    if (self->n_forms_of + n > UINT32_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(self->alloc, self->forms_of, self->forms_capacity, self->n_forms_of + n));
    memcpy(self->forms_of + self->n_forms_of, path->forms, n * sizeof *path->forms);
    path->alias.first_form = (uint32_t)self->n_forms_of;
    self->n_forms_of += n;
    return CA_OK;
}

static ca_status keep_extra(ca_draft *self, ca_draft_path *path) {
    if (same_extra(&path->extra, &CA_NO_EXTRA)) return CA_OK;
    CA_TRY(CA_GROW(self->alloc, self->extras, self->extras_capacity, self->n_extras + 1));
    self->extras[self->n_extras++] = path->extra;
    path->alias.extra = (uint32_t)self->n_extras;
    return CA_OK;
}

ca_status ca_draft_hang(ca_draft *self, ca_draft_path *path, bool *repeated) {
    int32_t node = 0;
    for (size_t i = 0; i < path->alias.n_words; i++)
        CA_TRY(extend(self, node, path->words[i], &node));
    *repeated = is_repeated(self, path, node);
    if (*repeated) return CA_OK;
    CA_TRY(keep_forms(self, path));
    CA_TRY(keep_extra(self, path));
    self->root_spelt[path->words[0]] |= beginnings_of(path);
    self->aliases[self->n_aliases++] = (ca_draft_alias){path->alias, node};
    return CA_OK;
}
