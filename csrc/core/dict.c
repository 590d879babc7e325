#include "dict.h"

void ca_dict_reset(ca_dict *self) {
    if (self->alloc != NULL) {
        CA_FREE(self->alloc, self->aliases);
        CA_FREE(self->alloc, self->forms_of);
        CA_FREE(self->alloc, self->first_alias);
        CA_FREE(self->alloc, self->root_child);
        CA_FREE(self->alloc, self->edges);
        CA_FREE(self->alloc, self->globs);
        CA_FREE(self->alloc, self->glob_bytes);
    }
    ca_vocab_reset(&self->words);
    ca_vocab_reset(&self->forms);
    *self = (ca_dict){.alloc = NULL};
}

/* Node and word are small and dense; a multiplication by an odd constant spreads them. */
size_t ca_dict_edge_slot(const ca_edge *edges, size_t n_slots, int32_t node, int32_t word) {
    uint64_t key = (uint64_t)(uint32_t)node << 32 | (uint32_t)word;
    uint64_t hash = key * 0x9E3779B97F4A7C15u;
    size_t mask = n_slots - 1, at = (size_t)(hash ^ hash >> 32) & mask;
    while (edges[at].child != 0 && (edges[at].node != node || edges[at].word != word))
        at = (at + 1) & mask;
    return at;
}

int32_t ca_dict_child(const ca_dict *self, int32_t node, int32_t word) {
    if (node == 0) return self->root_child[word];
    return self->edges[ca_dict_edge_slot(self->edges, self->n_edge_slots, node, word)].child;
}

bool ca_glob_matches(ca_str pattern, ca_str text) {
    size_t p = 0, t = 0, star = SIZE_MAX, resume = 0;
    while (t < text.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.len && pattern.ptr[p] == text.ptr[t]) {
            p++, t++;
        } else if (star != SIZE_MAX) { /* let the last star take one byte more */
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*') p++;
    return p == pattern.len;
}

#define CHECK(condition, reason)                                                                   \
    if (!(condition)) {                                                                            \
        *why = reason;                                                                             \
        return false;                                                                              \
    }

static bool edges_are_valid(const ca_dict *self, size_t *n_children, const char **why) {
    CHECK((self->n_edge_slots & (self->n_edge_slots - 1)) == 0, "slots are not a power of two");
    for (size_t i = 0; i < self->n_edge_slots; i++) {
        const ca_edge *edge = &self->edges[i];
        if (edge->child == 0) continue;
        ++*n_children;
        CHECK(edge->node > 0 && edge->child > edge->node && (size_t)edge->child < self->n_nodes,
              "an edge goes back");
        CHECK(edge->word >= 0 && (size_t)edge->word < self->words.n, "an edge has no word");
    }
    CHECK(*n_children < self->n_edge_slots, "no slot of the edges is free");
    for (size_t i = 0; i < self->n_edge_slots; i++) {
        const ca_edge *edge = &self->edges[i];
        CHECK(edge->child == 0 || ca_dict_child(self, edge->node, edge->word) == edge->child,
              "an edge is not found");
    }
    return true;
}

static bool nodes_are_valid(const ca_dict *self, const char **why) {
    size_t n_children = 0;
    if (!edges_are_valid(self, &n_children, why)) return false;
    for (size_t word = 0; word < self->words.n; word++) {
        n_children += self->root_child[word] != 0;
        CHECK((size_t)self->root_child[word] < self->n_nodes, "a child of the root is no node");
    }
    CHECK(n_children + 1 == self->n_nodes, "nodes and edges differ in number");
    for (size_t node = 0; node < self->n_nodes; node++) {
        int32_t alias = self->first_alias[node];
        CHECK(alias >= -1 && alias < (int64_t)self->n_aliases, "a node has no such alias");
    }
    return true;
}

/* That an alias has as many words as its node is deep, and that no two nodes share an alias, is not
 * checked: it would take memory. */
static bool aliases_are_valid(const ca_dict *self, const char **why) {
    for (size_t i = 0; i < self->n_aliases; i++) {
        const ca_alias *alias = &self->aliases[i];
        CHECK(alias->rule < CA_CASE_RULES, "an alias has no case rule");
        CHECK(alias->n_words <= CA_ALIAS_WORDS, "an alias is too long");
        CHECK(alias->n_words <= self->n_forms_of &&
                  alias->first_form <= self->n_forms_of - alias->n_words,
              "forms out of range");
        CHECK(alias->capital_form >= -1 && alias->capital_form < (int64_t)self->forms.n,
              "a capital form is unknown");
        CHECK(alias->next == -1 ||
                  (alias->next > (int64_t)i && alias->next < (int64_t)self->n_aliases),
              "next alias");
        for (size_t w = 0; w < alias->n_words; w++) {
            int32_t form = self->forms_of[alias->first_form + w];
            CHECK(form >= 0 && (size_t)form < self->forms.n, "a form is unknown");
        }
    }
    return true;
}

static bool globs_are_valid(const ca_dict *self, const char **why) {
    for (size_t i = 0; i < self->n_globs; i++) {
        const ca_glob *glob = &self->globs[i];
        CHECK(glob->word >= 0 && (size_t)glob->word < self->words.n, "a glob has no word");
        CHECK(glob->len <= self->n_glob_bytes && glob->at <= self->n_glob_bytes - glob->len,
              "a glob is out of range");
    }
    return true;
}

bool ca_dict_validate(const ca_dict *self, const char **why) {
    return ca_vocab_validate(&self->words, why) && ca_vocab_validate(&self->forms, why) &&
           nodes_are_valid(self, why) && aliases_are_valid(self, why) && globs_are_valid(self, why);
}
