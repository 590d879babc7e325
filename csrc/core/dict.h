/* dict.h - a frozen dictionary: aliases as paths through a trie over its own words.
 *
 *     aliases     "Taliban"  "Islamic State"  "Islamic State-Khorasan"
 *
 *     root --taliban--> 1*          * a node where an alias ends
 *      '-----islamic--> 2 --state--> 3* --khorasan--> 4*
 *
 *     words       folded forms, numbered here and nowhere else (fold.h)
 *     forms       the same words as written, to check case when an alias is accepted
 *     joints      between the words of an alias: blank, hyphen (then other dashes and spaced ones
 *                 match too), or free (a sign stands there: with or without a blank)
 *
 * A dictionary knows nothing of any corpus: match.h maps the types of a corpus to its words once.
 * Built by dict_build.h, it never changes, so any number of threads may read it.
 */
#ifndef CA_DICT_H
#define CA_DICT_H

#include "base.h"
#include "mem.h"
#include "vocab.h"

/* Longest alias, in words: a bit of a mask each, and it bounds the work at one token. */
#define CA_ALIAS_WORDS 64

/* How the letters of a text must stand to those of an alias. */
typedef enum ca_case_rule {
    CA_CASE_SMART = 0, /* up to five letters, all capitals: as written; else also ALL CAPS and
                          with the first letter in upper case */
    CA_CASE_EXACT,
    CA_CASE_FOLD,
    CA_CASE_RULES
} ca_case_rule;

typedef struct ca_alias {
    int32_t entry; /* what the alias stands for; the caller's number */
    int32_t priority;
    uint8_t rule; /* ca_case_rule, EXACT where smart case came out at that */
    uint8_t n_words;
    uint64_t hyphen_joints; /* bit i: between word i and i + 1 */
    uint64_t free_joints;
    size_t first_form;    /* of its n_words forms in ca_dict.forms_of */
    int32_t capital_form; /* form of the first word with a capital, -1 if there is none */
    int32_t next;         /* the next alias that ends at the same node, -1 */
} ca_alias;

typedef struct ca_edge {
    int32_t node, word; /* from `node` along `word` ... */
    int32_t child;      /* ... to this one, always greater; 0: the slot is free */
} ca_edge;

/* A word with * in it, resolved once for each type of a corpus. */
typedef struct ca_glob {
    size_t at, len; /* in glob_bytes, folded */
    int32_t word;
} ca_glob;

typedef struct ca_dict {
    const ca_alloc *alloc;
    ca_vocab words, forms;
    ca_alias *aliases;
    size_t n_aliases, n_nodes, n_forms_of, n_globs, n_glob_bytes;
    int32_t *forms_of;    /* form ids of all aliases, one behind the other */
    int32_t *first_alias; /* of each node, -1 */
    int32_t *root_child;  /* by word: the child of the root, 0 if none */
    ca_edge *edges;       /* open addressing over (node, word) */
    size_t n_edge_slots;  /* a power of two */
    ca_glob *globs;
    uint8_t *glob_bytes;
} ca_dict;

void ca_dict_reset(ca_dict *self);

/* Child of `node` along `word`, or 0. */
int32_t ca_dict_child(const ca_dict *self, int32_t node, int32_t word);

/* Where in the table the edge (node, word) is, or would be. */
size_t ca_dict_edge_slot(const ca_edge *edges, size_t n_slots, int32_t node, int32_t word);

/* Whether `text` has the form of `pattern`, in which * stands for any number of bytes. At worst
 * O(pattern x text). */
bool ca_glob_matches(ca_str pattern, ca_str text);

/* Whether every invariant holds; if not, *why says which does not. O(dictionary). */
bool ca_dict_validate(const ca_dict *self, const char **why);

#endif
