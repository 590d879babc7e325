/* afinn.h - the scores of the Python package afinn, without its regular expression.
 *
 *     words      "good" 3   "not good" -2   "bad luck" -2       emoticons   ":)" 2
 *     text       "It is NOT   good :)"
 *     searched   "it is not good :)"         lower case, one blank for any white space
 *     hits              [-2    ]  [2]        sum 0
 *
 * The package searches \b(?:longest word first)\b from left to right, and where it looks for
 * emoticons too tries them second, without \b. Here both lists are tries over bytes, walked where
 * a match may begin: linear in the text times the longest word. Where every entry begins with a
 * word, a filter over those words passes over nearly all of a text without looking closer.
 */
#ifndef CA_AFINN_H
#define CA_AFINN_H

#include "base.h"
#include "letters.h"
#include "mem.h"
#include "texts.h"

typedef struct ca_afinn_edge {
    uint32_t node, child; /* child 0: the slot is free */
    uint8_t byte;
} ca_afinn_edge;

/* A word of ASCII of at most 16 bytes that begins entries. */
typedef struct ca_afinn_word {
    uint64_t a, b; /* wordkey.h */
    uint32_t len;  /* 0: the slot is free */
    int32_t entry; /* the entry that it is itself, -1 */
    bool longer;   /* there are entries that go on behind it */
} ca_afinn_word;

typedef struct ca_afinn {
    const ca_alloc *alloc;
    const ca_letters *letters; /* borrowed */
    ca_afinn_edge *edges;      /* open addressing over (node, byte) */
    size_t n_edge_slots;       /* a power of two */
    int32_t *entry_of;         /* of each node: the entry that ends there, -1 */
    double *values;            /* of each entry */
    uint32_t roots[2][256];    /* words, emoticons: the child of the root by its first byte */
    size_t n_nodes, n_entries, nodes_capacity, values_capacity;
    bool emoticons;       /* there are some */
    ca_afinn_word *words; /* open addressing over the words that begin entries */
    size_t n_words, n_word_slots;
    bool by_words; /* every entry begins with a word, so that only words need be looked at */
    uint8_t word_byte[256]; /* 1: of a word, 2: of a code point beyond ASCII */
    uint64_t *filter;       /* over the words that begin an entry (wordkey.h) */
} ca_afinn;

/* An empty list; *alloc and *letters must outlive it. */
CA_MUST_CHECK ca_status ca_afinn_init(ca_afinn *self, const ca_alloc *alloc,
                                      const ca_letters *letters);
void ca_afinn_reset(ca_afinn *self);

/* Add an entry (not empty); entries count from 0. A later one takes the place of an equal one. Only
 * before the first text is scored. */
CA_MUST_CHECK ca_status ca_afinn_add(ca_afinn *self, ca_str word, double value, bool emoticon);

typedef struct ca_afinn_score {
    double score, positive, negative;
    uint64_t hits, words; /* words: runs of \w */
} ca_afinn_score;

typedef struct ca_afinn_hit {
    uint32_t start, end; /* code points of the text as it was given */
    int32_t entry;
} ca_afinn_hit;

/* Room for one text, used again for the next; one for each thread. Zero is empty. */
typedef struct ca_afinn_work {
    ca_scratch utf8, plain;
    uint32_t *origin; /* of each byte of the searched text: code point of the given one */
    ca_afinn_hit *hits;
    size_t n_hits, origin_capacity, hits_capacity;
} ca_afinn_work;

void ca_afinn_work_reset(const ca_alloc *alloc, ca_afinn_work *work);

/* Score one text; with `want_hits` also fills work->hits, n_hits of them, in order. */
CA_MUST_CHECK ca_status ca_afinn_text(const ca_afinn *self, ca_afinn_work *work,
                                      const ca_alloc *alloc, const ca_text *text, bool want_hits,
                                      const ca_poll *poll, ca_afinn_score *out);

/* Whether every invariant holds; if not, *why says which does not. */
bool ca_afinn_validate(const ca_afinn *self, const char **why);

#endif
