#include "dict.h"

#include "utf8.h"

static const size_t item_sizes[CA_DICT_SECTIONS] = {
    [CA_DICT_WORD_BYTES] = 1,
    [CA_DICT_WORD_ENDS] = sizeof(uint32_t),
    [CA_DICT_WORD_SLOTS] = sizeof(uint32_t),
    [CA_DICT_FORM_BYTES] = 1,
    [CA_DICT_FORM_ENDS] = sizeof(uint32_t),
    [CA_DICT_FORM_SLOTS] = sizeof(uint32_t),
    [CA_DICT_NODES] = sizeof(ca_node),
    [CA_DICT_ROOT_CHILD] = sizeof(uint32_t),
    [CA_DICT_ROOT_SPELT] = 1,
    [CA_DICT_JUMPS] = sizeof(ca_jump),
    [CA_DICT_ALIASES] = sizeof(ca_alias),
    [CA_DICT_EXTRAS] = sizeof(ca_alias_extra),
    [CA_DICT_FORMS_OF] = sizeof(int32_t),
    [CA_DICT_GLOBS] = sizeof(ca_glob),
    [CA_DICT_GLOB_BYTES] = 1,
};

void ca_dict_reset(ca_dict *self) {
    if (self->alloc != NULL) CA_FREE(self->alloc, self->owned);
    *self = (ca_dict){.alloc = NULL};
}

/* ---- the buffer ---- */

uint64_t ca_dict_size(const uint64_t counts[CA_DICT_SECTIONS], uint64_t n_meta) {
    uint64_t most = UINT64_C(1) << 47, size = sizeof(ca_dict_header);
    for (size_t i = 0; i < CA_DICT_SECTIONS; i++) {
        if (counts[i] > most / item_sizes[i]) return 0;
        size += (counts[i] * item_sizes[i] + 7) & ~UINT64_C(7);
        if (size > most) return 0;
    }
    if (n_meta > most - size) return 0;
    return (size + n_meta + 7) & ~UINT64_C(7);
}

void ca_dict_view(ca_dict *self, const ca_dict_header *header) {
    const uint8_t *at = (const uint8_t *)(header + 1);
    const void *sections[CA_DICT_SECTIONS];
    size_t counts[CA_DICT_SECTIONS];
    for (size_t i = 0; i < CA_DICT_SECTIONS; i++) {
        sections[i] = at;
        counts[i] = (size_t)header->counts[i];
        at += ca_round_up(counts[i] * item_sizes[i], 8);
    }
    self->header = header;
    self->n_aliases = (size_t)header->n_aliases;
    self->accents = header->accents != 0;
    self->words = (ca_strings){.bytes = sections[CA_DICT_WORD_BYTES],
                               .ends = sections[CA_DICT_WORD_ENDS],
                               .slots = sections[CA_DICT_WORD_SLOTS],
                               .n = counts[CA_DICT_WORD_ENDS],
                               .n_bytes = counts[CA_DICT_WORD_BYTES],
                               .n_slots = counts[CA_DICT_WORD_SLOTS]};
    self->forms = (ca_strings){.bytes = sections[CA_DICT_FORM_BYTES],
                               .ends = sections[CA_DICT_FORM_ENDS],
                               .slots = sections[CA_DICT_FORM_SLOTS],
                               .n = counts[CA_DICT_FORM_ENDS],
                               .n_bytes = counts[CA_DICT_FORM_BYTES],
                               .n_slots = counts[CA_DICT_FORM_SLOTS]};
    self->nodes = sections[CA_DICT_NODES];
    self->n_nodes = counts[CA_DICT_NODES] > 0 ? counts[CA_DICT_NODES] - 1 : 0;
    self->root_child = sections[CA_DICT_ROOT_CHILD];
    self->root_spelt = sections[CA_DICT_ROOT_SPELT];
    self->jumps = sections[CA_DICT_JUMPS];
    self->n_jumps = counts[CA_DICT_JUMPS];
    self->aliases = sections[CA_DICT_ALIASES];
    self->n_hung = counts[CA_DICT_ALIASES];
    self->extras = sections[CA_DICT_EXTRAS];
    self->n_extras = counts[CA_DICT_EXTRAS];
    self->forms_of = sections[CA_DICT_FORMS_OF];
    self->n_forms_of = counts[CA_DICT_FORMS_OF];
    self->globs = sections[CA_DICT_GLOBS];
    self->n_globs = counts[CA_DICT_GLOBS];
    self->glob_bytes = sections[CA_DICT_GLOB_BYTES];
    self->n_glob_bytes = counts[CA_DICT_GLOB_BYTES];
}

/* ---- looking up ---- */

uint32_t ca_dict_child(const ca_dict *self, uint32_t node, int32_t word) {
    if (node == 0) return self->root_child[word];
    uint32_t low = self->nodes[node].first_child, high = self->nodes[node + 1].first_child;
    if (high - low <= CA_DICT_FEW) {
        for (uint32_t i = low; i < high; i++) {
            if (self->nodes[i].word == word) return i;
        }
        return 0;
    }
    size_t at = ca_dict_jump_at(node, word, self->n_jumps);
    for (; self->jumps[at].child != 0; at = (at + 1) & (self->n_jumps - 1)) {
        const ca_jump *jump = &self->jumps[at];
        if (jump->word == word && jump->child >= low && jump->child < high) return jump->child;
    }
    return 0;
}

static bool is_alnum(uint8_t byte) {
    uint8_t small = byte | 0x20;
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (small >= 'a' && small <= 'z');
}

bool ca_glob_is(ca_str word) {
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] == '*') return true;
        if (word.ptr[i] == '?' && i > 0 && i + 1 < word.len && is_alnum(word.ptr[i - 1]) &&
            (is_alnum(word.ptr[i + 1]) || word.ptr[i + 1] == '*'))
            return true;
    }
    return false;
}

bool ca_glob_matches(ca_str pattern, ca_str text) {
    size_t p = 0, t = 0, star = SIZE_MAX, resume = 0;
    while (t < text.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.len && pattern.ptr[p] == '?') {
            uint32_t cp;
            p++;
            t += ca_utf8_decode(text.ptr + t, text.len - t, &cp);
        } else if (p < pattern.len && pattern.ptr[p] == text.ptr[t]) {
            p++, t++;
        } else if (star != SIZE_MAX) { /* let the last star take one code point more */
            p = star + 1;
            do resume++;
            while (resume < text.len && (text.ptr[resume] & 0xC0) == 0x80);
            t = resume;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*') p++;
    return p == pattern.len;
}

/* ---- checking: sums of what is wrong, so that the loops have no branches ---- */

#define CHECK(condition, reason)                                                                   \
    if (!(condition)) {                                                                            \
        *why = reason;                                                                             \
        return false;                                                                              \
    }

static bool check_nodes(const ca_dict *self, const char **why) {
    size_t bad = 0, n = self->n_nodes;
    CHECK(n > 0 && n < INT32_MAX, "no nodes");
    CHECK(self->nodes[0].first_child == 1 && self->nodes[0].first_alias == 0, "no root");
    CHECK(self->nodes[n].first_child == n && self->nodes[n].first_alias == self->n_hung,
          "nodes do not end where they should");
    for (size_t i = 0; i < n; i++) {
        const ca_node *node = &self->nodes[i];
        bad += (node->first_child <= i) | (node[1].first_child < node->first_child) |
               (node[1].first_alias < node->first_alias);
    }
    CHECK(bad == 0, "children do not lie behind their nodes");
    for (size_t i = 1; i < n; i++)
        bad += self->nodes[i].word < 0 || (size_t)self->nodes[i].word >= self->words.n;
    CHECK(bad == 0, "a node has no word");
    CHECK(self->header->counts[CA_DICT_ROOT_CHILD] == self->words.n &&
              self->header->counts[CA_DICT_ROOT_SPELT] == self->words.n,
          "words and roots differ");
    for (size_t i = 0; i < self->words.n; i++)
        bad += self->root_child[i] >= self->nodes[1].first_child;
    CHECK(bad == 0, "a child of the root is none");
    return true;
}

static bool check_jumps(const ca_dict *self, const char **why) {
    size_t bad = 0, used = 0;
    CHECK(self->n_jumps > 0 && (self->n_jumps & (self->n_jumps - 1)) == 0,
          "jumps are not a power of two");
    for (size_t i = 0; i < self->n_jumps; i++) {
        bad += self->jumps[i].child >= self->n_nodes;
        used += self->jumps[i].child != 0;
    }
    CHECK(bad == 0 && used < self->n_jumps, "jumps lead nowhere");
    return true;
}

static bool check_aliases(const ca_dict *self, const char **why) {
    size_t bad = 0, n_forms_of = self->n_forms_of;
    CHECK(self->n_aliases <= INT32_MAX && self->n_hung <= self->n_aliases, "too many aliases");
    for (size_t i = 0; i < self->n_hung; i++) {
        const ca_alias *alias = &self->aliases[i];
        size_t n_forms = alias->flags & CA_ALIAS_FORMS ? (size_t)alias->n_words + 1 : 0;
        bad += (alias->rule >= CA_CASE_RULES) | (alias->n_words > CA_ALIAS_WORDS) |
               (alias->number < 0) | ((uint32_t)alias->number >= self->n_aliases) |
               (alias->first_form > n_forms_of) | (n_forms + alias->first_form > n_forms_of) |
               (alias->extra > self->n_extras);
    }
    CHECK(bad == 0, "an alias is out of range");
    for (size_t i = 0; i < n_forms_of; i++)
        bad += self->forms_of[i] < CA_FORM_CAPITAL ||
               (self->forms_of[i] >= 0 && (size_t)self->forms_of[i] >= self->forms.n);
    CHECK(bad == 0, "a form is unknown");
    return true;
}

static bool check_globs(const ca_dict *self, const char **why) {
    for (size_t i = 0; i < self->n_globs; i++) {
        const ca_glob *glob = &self->globs[i];
        CHECK(glob->word >= 0 && (size_t)glob->word < self->words.n, "a glob has no word");
        CHECK(glob->len <= self->n_glob_bytes && glob->at <= self->n_glob_bytes - glob->len &&
                  glob->prefix <= glob->len,
              "a glob is out of range");
        CHECK(glob->form >= 0 && (size_t)glob->form < self->forms.n && glob->capital >= 0 &&
                  (size_t)glob->capital < self->forms.n,
              "a glob has no form");
    }
    return true;
}

bool ca_dict_check(const ca_dict *self, const char **why) {
    return ca_strings_check(&self->words, why) && ca_strings_check(&self->forms, why) &&
           check_nodes(self, why) && check_jumps(self, why) && check_aliases(self, why) &&
           check_globs(self, why);
}

static bool strings_are_found(const ca_strings *strings, const char **why) {
    for (size_t i = 0; i < strings->n; i++)
        CHECK(ca_strings_find(strings, ca_strings_get(strings, (int32_t)i)) == (int32_t)i,
              "a string is not found under its number");
    return true;
}

static bool children_are_found(const ca_dict *self, const char **why) {
    for (uint32_t node = 0; node < self->n_nodes; node++) {
        const ca_node *at = &self->nodes[node];
        for (uint32_t child = at->first_child; child < at[1].first_child; child++) {
            CHECK(ca_dict_child(self, node, self->nodes[child].word) == child,
                  "a child is not found");
            CHECK(child == at->first_child || self->nodes[child - 1].word < self->nodes[child].word,
                  "children are not sorted");
        }
        for (uint32_t i = at->first_alias; i + 1 < at[1].first_alias; i++) {
            const ca_alias *a = &self->aliases[i], *b = a + 1;
            CHECK(a->priority > b->priority ||
                      (a->priority == b->priority && a->number < b->number),
                  "aliases of a node are not sorted");
        }
    }
    return true;
}

bool ca_dict_validate(const ca_dict *self, const char **why) {
    return ca_dict_check(self, why) && strings_are_found(&self->words, why) &&
           strings_are_found(&self->forms, why) && children_are_found(self, why);
}
