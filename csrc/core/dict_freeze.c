#include "dict_freeze.h"

#include <stdlib.h>

/* A child in the growing trie. */
typedef struct child {
    int32_t word, node;
} child;

typedef struct freezer {
    ca_draft *from;
    size_t n_listed;
    uint32_t *first;  /* by old node: the place of its first child in `children`; n_nodes + 1 */
    child *children;  /* by old node, each run sorted by word */
    int32_t *old_of;  /* by new node */
    uint32_t *new_of; /* by old node */
    uint8_t *bytes;   /* the buffer */
    ca_node *nodes;   /* sections of it */
    uint32_t *root_child;
    ca_jump *jumps;
    ca_alias *aliases;
} freezer;

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

static void add_child(freezer *self, int32_t node, int32_t word, int32_t to) {
    self->children[--self->first[node + 1]] = (child){word, to};
}

/* Count the children of each node, then put them behind one another. first[node + 1] runs down
 * from the end of the run of `node` to its beginning, which is where it stays. */
static ca_status collect_children(freezer *self) {
    const ca_draft *from = self->from;
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
        const ca_draft_edge *e = &from->edges[i];
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
static ca_status number_nodes(freezer *self) {
    const ca_draft *from = self->from;
    CA_TRY(CA_ZEROS(from->alloc, self->old_of, from->n_nodes));
    CA_TRY(CA_ZEROS(from->alloc, self->new_of, from->n_nodes));
    uint32_t n = 1;
    self->nodes[0].word = -1;
    for (uint32_t i = 0; i < from->n_nodes; i++) {
        int32_t old = self->old_of[i];
        self->nodes[i].first_child = n;
        for (uint32_t c = self->first[old + 1]; c < self->first[old + 2]; c++) {
            self->old_of[n] = self->children[c].node;
            self->new_of[self->children[c].node] = n;
            self->nodes[n++].word = self->children[c].word;
        }
    }
    self->nodes[from->n_nodes].first_child = n;
    for (size_t i = 0; i < from->words.n; i++)
        self->root_child[i] = from->root_child[i] ? self->new_of[from->root_child[i]] : 0;
    return CA_OK;
}

static void hang_aliases(freezer *self) {
    const ca_draft *from = self->from;
    uint32_t at = 0;
    for (size_t i = 0; i < from->n_aliases; i++)
        self->nodes[self->new_of[from->aliases[i].node]].first_alias++;
    for (size_t i = 0; i < from->n_nodes; i++) { /* counts to beginnings, shifted by one */
        uint32_t n = self->nodes[i].first_alias;
        self->nodes[i].first_alias = at;
        at += n;
    }
    self->nodes[from->n_nodes].first_alias = at;
    for (size_t i = 0; i < from->n_aliases; i++) {
        const ca_draft_alias *d = &from->aliases[i];
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

static void add_jumps(freezer *self, size_t n_jumps) {
    for (uint32_t node = 1; node < self->from->n_nodes; node++) {
        uint32_t low = self->nodes[node].first_child, high = self->nodes[node + 1].first_child;
        if (high - low <= CA_DICT_FEW) continue;
        for (uint32_t c = low; c < high; c++) {
            size_t at = ca_dict_jump_at(node, self->nodes[c].word, n_jumps);
            while (self->jumps[at].child != 0) at = (at + 1) & (n_jumps - 1);
            self->jumps[at] = (ca_jump){self->nodes[c].word, c};
        }
    }
}

/* Few globs as a rule, and in an order that no text decides: insertion will do for the head of
 * each run, since dictionaries list them sorted more often than not. */
static void sort_globs(ca_draft *self) {
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
static size_t count_jumps(const freezer *self) {
    size_t n = 0, slots = 2;
    for (size_t i = 2; i <= self->from->n_nodes; i++) {
        size_t children = self->first[i + 1] - self->first[i];
        if (children > CA_DICT_FEW) n += children;
    }
    while (slots < n + n / 2 + 1) slots *= 2;
    return slots;
}

static void count_sections(const freezer *self, uint64_t counts[CA_DICT_SECTIONS]) {
    const ca_draft *from = self->from;
    counts[CA_DICT_WORD_BYTES] = vocab_bytes(&from->words);
    counts[CA_DICT_WORD_ENDS] = from->words.n;
    counts[CA_DICT_ROOT_CHILD] = counts[CA_DICT_ROOT_SPELT] = from->words.n;
    counts[CA_DICT_WORD_SLOTS] = ca_strings_slots(from->words.n);
    counts[CA_DICT_FORM_BYTES] = vocab_bytes(&from->forms);
    counts[CA_DICT_FORM_ENDS] = from->forms.n;
    counts[CA_DICT_FORM_SLOTS] = ca_strings_slots(from->forms.n);
    counts[CA_DICT_NODES] = from->n_nodes + 1;
    counts[CA_DICT_JUMPS] = count_jumps(self);
    counts[CA_DICT_ALIASES] = from->n_aliases;
    counts[CA_DICT_EXTRAS] = from->n_extras;
    counts[CA_DICT_FORMS_OF] = from->n_forms_of;
    counts[CA_DICT_GLOBS] = from->n_globs;
    counts[CA_DICT_GLOB_BYTES] = from->n_glob_bytes;
}

static void copy_items(const void *to, const void *from, size_t n_bytes) {
    if (n_bytes > 0) memcpy((void *)(uintptr_t)to, from, n_bytes);
}

/* The sections that are there already. */
static void copy_sections(const ca_draft *from, const ca_dict *to) {
    ca_strings_write(&from->words, (uint8_t *)(uintptr_t)to->words.bytes,
                     (uint32_t *)(uintptr_t)to->words.ends, (uint32_t *)(uintptr_t)to->words.slots);
    ca_strings_write(&from->forms, (uint8_t *)(uintptr_t)to->forms.bytes,
                     (uint32_t *)(uintptr_t)to->forms.ends, (uint32_t *)(uintptr_t)to->forms.slots);
    copy_items(to->root_spelt, from->root_spelt, from->words.n);
    copy_items(to->extras, from->extras, from->n_extras * sizeof *from->extras);
    copy_items(to->forms_of, from->forms_of, from->n_forms_of * sizeof *from->forms_of);
    copy_items(to->globs, from->globs, from->n_globs * sizeof *from->globs);
    copy_items(to->glob_bytes, from->glob_bytes, from->n_glob_bytes);
}

/* The buffer and *out, which looks into it. */
static ca_status make_buffer(freezer *self, ca_dict *out) {
    const ca_draft *from = self->from;
    ca_dict_header header = {.magic = CA_DICT_MAGIC,
                             .version = CA_DICT_VERSION,
                             .byte_order = CA_DICT_BYTE_ORDER,
                             .n_aliases = self->n_listed,
                             .accents = from->accents};
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
    self->root_child = (uint32_t *)(uintptr_t)out->root_child;
    self->jumps = (ca_jump *)(uintptr_t)out->jumps;
    self->aliases = (ca_alias *)(uintptr_t)out->aliases;
    return CA_OK;
}

static ca_status freeze(freezer *self, const ca_poll *poll, ca_dict *out) {
    ca_dict dict = {.alloc = NULL};
    CA_TRY(collect_children(self));
    CA_TRY(make_buffer(self, &dict));
    CA_TRY(number_nodes(self));
    if (ca_poll_stop(poll)) return CA_STOPPED;
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

ca_status ca_dict_freeze(ca_draft *draft, size_t n_listed, const ca_poll *poll, ca_dict *out) {
    freezer self = {.from = draft, .n_listed = n_listed};
    ca_status status = freeze(&self, poll, out);
    CA_FREE(draft->alloc, self.first);
    CA_FREE(draft->alloc, self.children);
    CA_FREE(draft->alloc, self.old_of);
    CA_FREE(draft->alloc, self.new_of);
    CA_FREE(draft->alloc, self.bytes);
    return status;
}
