/* lexicon.h - what words do to the value of a hit near them: shifters.
 *
 *     "did not really support"         not: a negator;  really: an intensifier
 *     "praised the plan, but left"     but: a contrast
 *     "stopped the bombing"            stopped: an ender, as a lexicon of conflict has them
 *
 * The words come as a dictionary of single words and globs ("*n't"), with what each does; which
 * type of a corpus is which shifter is found once per vocabulary, then read per token.
 */
#ifndef CA_LEXICON_H
#define CA_LEXICON_H

#include "base.h"
#include "dict.h"
#include "match.h"

/* What a word does to hits near it, as bits. */
enum {
    CA_NEGATOR = 1,
    CA_INTENSIFIER = 2,
    CA_CONTRAST = 4,
    CA_NO_CONTRAST_BEHIND = 8,  /* "nothing but", "all but" */
    CA_NO_CONTRAST_BEFORE = 16, /* "but also" */
    CA_NO_NEGATION_BEFORE = 32, /* "not only" */
    CA_FAR = 64,                /* a negator where ... */
    CA_FROM = 128,              /* ... this stands behind it */
    CA_ENDER = 256,             /* "stopped bombing": turns a hit below 0 */
    CA_JOINS = 512,             /* may stand between an ender and its hit */
    CA_PASSED = 1024, /* may stand between a negator and its hit: words, hyphens, quotes */
    CA_IS_A_WORD = 2048
};

/* What the types of a vocabulary do. Zero is empty. */
typedef struct ca_shifters {
    int32_t *alias; /* by type: its alias, of one word; -1 where it is none */
    uint16_t *role; /* by type: CA_NEGATOR ... */
} ca_shifters;

/* Read the types of `vocab`: `map` was built from it and `dict`, roles[i] is what alias i does.
 * O(types). */
CA_MUST_CHECK ca_status ca_shifters_build(ca_shifters *self, const ca_alloc *alloc,
                                          const ca_dict *dict, const ca_typemap *map,
                                          const ca_vocab *vocab, const int32_t *roles);
void ca_shifters_reset(ca_shifters *self, const ca_alloc *alloc);

#endif
