/* dict.h - a frozen dictionary: aliases as paths through a trie over its own words.
 *
 *     aliases     "Taliban"  "Islamic State"  "Islamic State-Khorasan"
 *
 *     root --taliban--> 1*          * a node where an alias ends
 *      '-----islamic--> 2 --state--> 3* --khorasan--> 4*
 *
 *     nodes       in the order of their depth, so that the children of one node are neighbours,
 *                 sorted by word: [first_child of this node, first_child of the next one)
 *     aliases     in the order of their nodes: [first_alias of this node, of the next one)
 *     words       folded forms, numbered here and nowhere else (fold.h)
 *     spelling    of each word of an alias: as its folded form, or with a capital; what is spelt
 *                 otherwise ("UNESCO", "McCain") is a form, to check case when an alias is accepted
 *     joints      between the words of an alias: blank, hyphen (then other dashes and spaced ones
 *                 match too), or free (a sign stands there: with or without a blank)
 *
 * All of it lies in one flat buffer without pointers, which can be written to a file and mapped
 * again as it is (dict_file.h). A dictionary knows nothing of any corpus: match.h maps the types
 * of a corpus to its words once. Built by dict_build.h, it never changes, so any number of threads
 * may read it.
 */
#ifndef CA_DICT_H
#define CA_DICT_H

#include "base.h"
#include "mem.h"
#include "strings.h"

/* Longest alias, in words: a bit of a mask each, and it bounds the work at one token. */
#define CA_ALIAS_WORDS 64

/* No date: before all, behind all. */
#define CA_DAY_FIRST INT32_MIN
#define CA_DAY_LAST INT32_MAX

/* How the letters of a text must stand to those of an alias. */
typedef enum ca_case_rule {
    CA_CASE_SMART = 0, /* up to five letters, all capitals: as written; else also ALL CAPS and
                          with the first letter in upper case */
    CA_CASE_EXACT,
    CA_CASE_FOLD,
    CA_CASE_TITLE, /* any case in which every word of more than three letters, and one at least,
                      begins with a capital: for dictionaries in capitals, which know no case */
    CA_CASE_RULES
} ca_case_rule;

enum {
    CA_ALIAS_SHORT = 1, /* counts only where a full name of its entry stands in the document */
    CA_ALIAS_FORMS = 2, /* a word is spelt otherwise: the forms of all of them are in forms_of,
                           and behind them the first one with a capital */
    CA_ALIAS_GLOB = 4   /* a word of it is a glob */
};

/* How a word is spelt: a form, or one of these. */
enum {
    CA_FORM_UNKNOWN = -1, /* otherwise, and no alias is spelt so */
    CA_FORM_SMALL = -2,   /* as its folded form: "taliban", "9/11" */
    CA_FORM_CAPITAL = -3  /* that with its first letter in upper case: "Taliban" */
};

typedef struct ca_alias {
    uint64_t capitals;   /* bit i: word i is spelt with a capital */
    int32_t number;      /* the caller's: its place in the list it was built from */
    int32_t entry;       /* what it stands for; below 0: a name that only hides what is in it */
    int32_t priority;    /* aliases of one node lie by priority, falling, then by number */
    uint32_t first_form; /* in ca_dict.forms_of, where it has CA_ALIAS_FORMS */
    uint32_t extra;      /* 1 + the place of its ca_alias_extra; 0: no such joints, no dates */
    uint8_t rule;        /* ca_case_rule, EXACT where smart case came out at that */
    uint8_t n_words, flags, unused;
} ca_alias; /* 32 bytes: it never lies across two cache lines */

/* How the first word of an alias may be spelt in a text; of a word, what any of them allows. */
enum {
    CA_BEGINS_SMALL = 1,
    CA_BEGINS_CAPITAL = 2,
    CA_BEGINS_FORM = 4,   /* as a form of the dictionary */
    CA_BEGINS_CAPS = 8,   /* without small letters */
    CA_BEGINS_TITLE = 16, /* as in a title: no small letter first, or a short word */
    CA_BEGINS_ANY = 32
};

typedef struct ca_alias_extra {
    uint64_t hyphen_joints; /* bit i: between word i and i + 1 */
    uint64_t free_joints;
    int32_t from_day, to_day; /* it counts in documents of these days, both included */
} ca_alias_extra;

typedef struct ca_node {
    int32_t word; /* on the way to it; of the root -1 */
    uint32_t first_child, first_alias;
} ca_node;

/* From a node with many children: along `word` to `child`, which says of which node. 0: free. */
typedef struct ca_jump {
    int32_t word;
    uint32_t child;
} ca_jump;

/* A word with * or ? in it, resolved once for each type of a corpus. Sorted by what stands before
 * the first of these, as bytes. */
typedef struct ca_glob {
    uint32_t at, len, prefix; /* the folded pattern in glob_bytes */
    int32_t word;
    int32_t form, capital; /* as written, and with a capital: forms */
} ca_glob;

enum {
    CA_DICT_WORD_BYTES,
    CA_DICT_WORD_ENDS,
    CA_DICT_WORD_SLOTS,
    CA_DICT_FORM_BYTES,
    CA_DICT_FORM_ENDS,
    CA_DICT_FORM_SLOTS,
    CA_DICT_NODES,
    CA_DICT_ROOT_CHILD,
    CA_DICT_ROOT_SPELT,
    CA_DICT_JUMPS,
    CA_DICT_ALIASES,
    CA_DICT_EXTRAS,
    CA_DICT_FORMS_OF,
    CA_DICT_GLOBS,
    CA_DICT_GLOB_BYTES,
    CA_DICT_SECTIONS
};

#define CA_DICT_MAGIC {'c', 'o', 'a', 'c', 't', 'o', 'r', 'D'}
#define CA_DICT_VERSION 3
#define CA_DICT_BYTE_ORDER 0x01020304

/* What stands at the head of the buffer. Sections follow one behind the other, each at a multiple
 * of 8; `meta` bytes of the caller's come last. */
typedef struct ca_dict_header {
    uint8_t magic[8];
    uint32_t version, byte_order;
    uint64_t checksum, size, fingerprint;
    uint64_t n_aliases; /* in the list it was built from, those left out included */
    uint64_t accents;   /* 1: accents are folded */
    uint64_t n_meta;
    uint64_t counts[CA_DICT_SECTIONS]; /* items, not bytes */
} ca_dict_header;

typedef struct ca_dict {
    const ca_alloc *alloc;
    void *owned; /* the buffer, where the dictionary is to free it */
    const ca_dict_header *header;
    ca_strings words, forms;
    size_t n_aliases, n_nodes, n_hung, n_extras, n_forms_of, n_globs, n_glob_bytes, n_jumps;
    bool accents;
    const ca_node *nodes;       /* n_nodes + 1 */
    const uint32_t *root_child; /* by word: the child of the root, 0 if none ... */
    const uint8_t *root_spelt;  /* ... and how it may be spelt there: CA_BEGINS_... */
    const ca_jump *jumps;       /* open addressing over (node, word) */
    const ca_alias *aliases;    /* n_hung, in the order of the nodes */
    const ca_alias_extra *extras;
    const int32_t *forms_of; /* of aliases with CA_ALIAS_FORMS, one behind the other */
    const ca_glob *globs;
    const uint8_t *glob_bytes;
} ca_dict;

void ca_dict_reset(ca_dict *self);

/* Nodes with more children than this are looked up through the jumps. */
#define CA_DICT_FEW 8

/* Bytes of a buffer with these counts and `n_meta` bytes of meta; 0 where that does not fit. */
uint64_t ca_dict_size(const uint64_t counts[CA_DICT_SECTIONS], uint64_t n_meta);

/* Let *self look into the buffer under `header`, whose counts fit its size. */
void ca_dict_view(ca_dict *self, const ca_dict_header *header);

/* Where the jump (node, word) begins to be looked for. */
static inline size_t ca_dict_jump_at(uint32_t node, int32_t word, size_t n_jumps) {
    uint64_t hash = ((uint64_t)node << 32 | (uint32_t)word) * 0x9E3779B97F4A7C15u;
    return (size_t)(hash >> 32) & (n_jumps - 1);
}

/* Child of `node` along `word`, or 0. */
uint32_t ca_dict_child(const ca_dict *self, uint32_t node, int32_t word);

/* Fetch from memory what ca_dict_child will look at. */
static inline void ca_dict_fetch_child(const ca_dict *self, uint32_t node, int32_t word) {
    uint32_t low = self->nodes[node].first_child, high = self->nodes[node + 1].first_child;
    if (high - low > CA_DICT_FEW) {
        CA_PREFETCH(&self->jumps[ca_dict_jump_at(node, word, self->n_jumps)]);
    } else {
        CA_PREFETCH(&self->nodes[low]);
    }
}

/* Whether a word is a glob: it has a *, or a ? between letters or digits. */
bool ca_glob_is(ca_str word);

/* Whether `text` has the form of `pattern`, in which * stands for any number of bytes and ? for one
 * code point. At worst O(pattern x text). */
bool ca_glob_matches(ca_str pattern, ca_str text);

/* Whether matching is safe with what the buffer holds, whoever wrote it. O(dictionary), a few ms
 * for a million aliases. */
bool ca_dict_check(const ca_dict *self, const char **why);

/* The same, and that everything is found where it should be. */
bool ca_dict_validate(const ca_dict *self, const char **why);

#endif
