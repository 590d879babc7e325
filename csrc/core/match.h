/* match.h - find the aliases of a dictionary among the tokens of a corpus.
 *
 *     ca_typemap_build(&map, alloc, &dict, &tokens.vocab, poll);      // once: types -> words
 *     for each block: ca_match_block(&dict, &map, &tokens, block, poll, &mentions);
 *
 *     text      the Islamic State – Khorasan attacked
 *     tokens    the | Islamic | State | – | Khorasan | attacked
 *     words      .     1         2     (dash)   3         .
 *     match           [------- Islamic State-Khorasan -------]     spaced dash: a hyphen joint
 *
 * Leftmost-longest: from left to right, at each token the alias that reaches furthest wins, then
 * the higher priority, then the earlier in the dictionary; the scan goes on behind it. Between two
 * words may stand what the joint of the alias allows, and a possessive. A match never spans a blank
 * line. Case is checked when an alias is accepted; a failure falls back to the next shorter one.
 */
#ifndef CA_MATCH_H
#define CA_MATCH_H

#include "base.h"
#include "dict.h"
#include "mem.h"
#include "tokens.h"

/* What a type of the corpus is to the dictionary. */
typedef struct ca_typeword {
    int32_t word; /* its folded form, -1 if that is no word */
    int32_t form; /* as written, -1 if no alias is written so */
} ca_typeword;

typedef struct ca_typemap {
    const ca_alloc *alloc;
    ca_typeword *types; /* by type */
    size_t n_types;
    uint32_t *glob_first; /* n_types + 1: the globs that type satisfies ... */
    int32_t *glob_words;  /* ... as words; NULL where the dictionary has none */
} ca_typemap;

/* Map every type of `vocab`. O(bytes of the types), times the globs if there are any. */
CA_MUST_CHECK ca_status ca_typemap_build(ca_typemap *self, const ca_alloc *alloc,
                                         const ca_dict *dict, const ca_vocab *vocab,
                                         const ca_poll *poll);
void ca_typemap_reset(ca_typemap *self);

/* One hit: tokens [first, end) of a document. */
typedef struct ca_mention {
    size_t doc;                   /* number in the column */
    uint32_t first, end;          /* tokens, counted from the document's first */
    uint32_t sentence, paragraph; /* of the first token, counted from the block's first */
    int32_t alias;                /* number in the dictionary */
} ca_mention;

/* Zero is empty. */
typedef struct ca_mentions {
    ca_mention *items;
    size_t n, capacity;
} ca_mentions;

void ca_mentions_reset(const ca_alloc *alloc, ca_mentions *self);

/* Append the mentions of a block, in order of place. Reads what it is given only, so blocks may
 * be matched by several threads into different lists. */
CA_MUST_CHECK ca_status ca_match_block(const ca_alloc *alloc, const ca_dict *dict,
                                       const ca_typemap *map, const ca_tokens *tokens,
                                       const ca_block *block, const ca_poll *poll,
                                       ca_mentions *out);

#endif
