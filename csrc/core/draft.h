/* draft.h - a dictionary that still grows: words, a trie over them, and aliases that hang on it.
 *
 *     ca_draft_init(&draft, alloc, n, accents, seed);
 *     for each alias: for each of its words: ca_draft_word or ca_draft_glob into a ca_draft_path;
 *                     ca_draft_hang(&draft, &path, &repeated);
 *     ca_dict_freeze(&draft, ...)                                    // dict_freeze.h
 *
 * Edges lie in one hash table, nodes are numbers in the order in which they were made.
 */
#ifndef CA_DRAFT_H
#define CA_DRAFT_H

#include "base.h"
#include "dict.h"
#include "mem.h"
#include "texts.h"
#include "vocab.h"

/* From `node` along `word` to `child`, which is always greater; 0: the slot is free. */
typedef struct ca_draft_edge {
    int32_t node, word, child;
} ca_draft_edge;

/* An alias that hangs on a node. */
typedef struct ca_draft_alias {
    ca_alias alias;
    int32_t node;
} ca_draft_alias;

typedef struct ca_draft {
    const ca_alloc *alloc;
    ca_vocab words, forms;
    ca_scratch scratch[5];
    bool accents;         /* accents are folded */
    ca_draft_edge *edges; /* open addressing; those of the root are in root_child */
    size_t n_edges, n_edge_slots, n_nodes;
    int32_t *root_child; /* by word */
    uint8_t *root_spelt; /* by word: CA_BEGINS_... */
    size_t roots_capacity, spelt_capacity;
    ca_draft_alias *aliases; /* room for all that were announced */
    size_t n_aliases;
    int32_t *same; /* open addressing: 1 + an alias, by what it matches and stands for */
    size_t n_same_slots;
    ca_alias_extra *extras;
    size_t n_extras, extras_capacity;
    int32_t *forms_of;
    size_t n_forms_of, forms_capacity;
    ca_glob *globs;
    uint8_t *glob_bytes;
    size_t n_globs, globs_capacity, n_glob_bytes, glob_bytes_capacity;
} ca_draft;

/* The words of one alias, on their way. */
typedef struct ca_draft_path {
    ca_alias alias; /* n_words of them so far */
    ca_alias_extra extra;
    int32_t words[CA_ALIAS_WORDS];
    int32_t forms[CA_ALIAS_WORDS + 1]; /* how each is spelt; behind them the first one's capital */
    int32_t capital;
} ca_draft_path;

/* No joints but blanks, no dates. */
#define CA_NO_EXTRA ((ca_alias_extra){0, 0, CA_DAY_FIRST, CA_DAY_LAST})

/* Make an empty draft with room for n aliases. `seed` never shows in what comes of it. */
CA_MUST_CHECK ca_status ca_draft_init(ca_draft *self, const ca_alloc *alloc, size_t n, bool accents,
                                      uint64_t seed);
void ca_draft_reset(ca_draft *self);

/* Put a word of a text, as its type, behind the others of the path; one of invisible marks alone
 * is left out. */
CA_MUST_CHECK ca_status ca_draft_word(ca_draft *self, ca_str type, ca_draft_path *path);

/* The same for a word with * or ? in it. */
CA_MUST_CHECK ca_status ca_draft_glob(ca_draft *self, ca_str type, ca_draft_path *path);

/* Hang the alias on the trie. Where one hangs there already that matches the same and stands for
 * the same, *repeated is set, and that one has the higher priority of the two. */
CA_MUST_CHECK ca_status ca_draft_hang(ca_draft *self, ca_draft_path *path, bool *repeated);

#endif
