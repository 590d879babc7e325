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
 * the higher priority, then the earlier in the dictionary; the scan goes on behind it. A match
 * never spans a blank line. What matches is said in walk.h.
 *
 * Short names and acronyms that the text introduces (bind.h) need to know the whole document: one
 * that has any is matched a second time, with what the first time has shown.
 */
#ifndef CA_MATCH_H
#define CA_MATCH_H

#include "base.h"
#include "dict.h"
#include "mem.h"
#include "mention.h"
#include "tokens.h"
#include "typemap.h"

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

/* The same with options. Where spans may overlap, mentions come by first token, then by end, then
 * by entry, once for each of these three; and what lies within a name that stands for nothing
 * (an entry below 0) is left out. */
CA_MUST_CHECK ca_status ca_match_block_with(const ca_alloc *alloc, const ca_dict *dict,
                                            const ca_typemap *map, const ca_tokens *tokens,
                                            const ca_block *block, const ca_match_options *options,
                                            const ca_poll *poll, ca_mentions *out);

#endif
