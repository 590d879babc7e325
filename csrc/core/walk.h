/* walk.h - from one token on through the trie of a dictionary: which aliases begin there.
 *
 *     text     the Islamic State's Khorasan branch
 *     way          1 ----- 2 ------ 3               a blank, then a possessive stepped over
 *     ends         -       *        *               aliases end at 2 and 3: 3 is tried first
 *
 * Between two words may stand what the joint of the alias allows, and a possessive. Case, dates and
 * short names are checked when an alias is accepted; a failure falls back to the next shorter one.
 * Where a hyphen may be part of a name or between two, and where a word fits globs, there are
 * several ways to go on.
 */
#ifndef CA_WALK_H
#define CA_WALK_H

#include "base.h"
#include "bind.h"
#include "hits.h"
#include "mention.h"
#include "typemap.h"

/* A word has been read: where we are, and what stood before. Bit i of what stood: of word i, or
 * between word i and i + 1. */
typedef struct ca_way {
    uint32_t node;
    uint32_t token;                /* of that word */
    uint32_t depth;                /* words read, this one included */
    uint32_t via;                  /* 1 + the glob that the word came through; 0: itself */
    bool straight;                 /* token after token, each word itself */
    uint64_t none, spaced, hyphen; /* joints: nothing at all, a spaced dash, a dash */
    uint64_t capitals, others;     /* words spelt with a capital, and otherwise */
} ca_way;

/* Nodes of the straight way that are looked up before a walk begins. */
#define CA_WALK_KNOWN 4

/* Where an alias ends on the way that is followed. */
typedef struct ca_way_end {
    uint32_t node, depth;
} ca_way_end;

/* Belongs to one worker. Whoever walks sets the first group for each document. */
typedef struct ca_walk {
    ca_doc doc;
    int32_t day;         /* CA_DAY_FIRST where unknown */
    size_t limit;        /* no match goes beyond this token */
    const ca_bind *bind; /* what the document has bound; NULL while that is not known */

    const ca_alloc *alloc;
    const ca_dict *dict;
    const ca_typemap *map;
    const ca_match_options *options;

    ca_mention best; /* LONGEST: what was found; best.end is 0 where there is nothing */
    int32_t best_priority;
    ca_hits hits;     /* otherwise: all that was found so far */
    bool needs_names; /* a short name stood there that might count if `bind` were known */

    uint32_t path[CA_ALIAS_WORDS], vias[CA_ALIAS_WORDS]; /* of the way that is followed */
    ca_way_end ends[CA_ALIAS_WORDS];
    const uint32_t *straight; /* nodes of the straight way, CA_WALK_KNOWN of them */
    ca_way *stack;            /* other ways to go on */
    size_t n_stack, stack_capacity;
} ca_walk;

void ca_walk_reset(ca_walk *self);

/* Find what begins at token `first`: the best alias into self->best, or all into self->hits.
 * `straight` is where the words of that token and of those next to it lead to, one after the other:
 * CA_WALK_KNOWN nodes, 0 from where there is none. O(words of an alias), times the globs that
 * fit. */
CA_MUST_CHECK ca_status ca_walk_from(ca_walk *self, size_t first, const uint32_t *straight);

#endif
