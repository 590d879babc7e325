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
 * line. Case, dates and short names are checked when an alias is accepted; a failure falls back to
 * the next shorter one.
 *
 * Short names and acronyms that the text introduces (bind.h) need to know the whole document: one
 * that has any is matched a second time, with what the first time has shown.
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

enum {
    CA_FITS_WRITTEN = 1, /* the type has the form of a glob as it is written ... */
    CA_FITS_CAPITAL = 2  /* ... or with a capital */
};

typedef struct ca_typeglob {
    int32_t word;
    uint32_t root, fits; /* child of the root along it; CA_FITS_... */
} ca_typeglob;

typedef struct ca_typemap {
    const ca_alloc *alloc;
    ca_typeword *types; /* by type */
    uint32_t *roots;    /* by type: child of the root along its word, 0 */
    uint8_t *begins;    /* by type: whether an alias may begin with it */
    size_t n_types;
    uint32_t *glob_first; /* n_types + 1: the globs that type satisfies ... */
    ca_typeglob *globs;   /* ... as words; NULL where the dictionary has none */
} ca_typemap;

/* Map every type of `vocab`. O(bytes of the types), and for globs the pairs that fit. */
CA_MUST_CHECK ca_status ca_typemap_build(ca_typemap *self, const ca_alloc *alloc,
                                         const ca_dict *dict, const ca_vocab *vocab,
                                         const ca_poll *poll);
void ca_typemap_reset(ca_typemap *self);

typedef enum ca_overlap {
    CA_OVERLAP_LONGEST = 0, /* leftmost-longest over all aliases */
    CA_OVERLAP_NESTED,      /* the same for the aliases of each entry on its own */
    CA_OVERLAP_ALL,         /* every span of every entry */
    CA_OVERLAPS
} ca_overlap;

typedef enum ca_short_rule {
    CA_SHORT_ALWAYS = 0, /* short names are names like any other */
    CA_SHORT_AFTER,      /* behind a full name of the same entry */
    CA_SHORT_DOCUMENT,   /* where a full name of the same entry stands in the document */
    CA_SHORT_RULES
} ca_short_rule;

/* Zero is what ca_match_block does. */
typedef struct ca_match_options {
    ca_overlap overlap;
    ca_short_rule shorts;
    bool acronyms;           /* find acronyms that the document introduces */
    bool losers;             /* overlap ALL: also what is hidden, out of its dates, or short
                                without its full name, with ca_mention.lost set */
    const int32_t *doc_days; /* by document: its day, CA_DAY_FIRST where unknown; NULL: none known.
                                An alias with dates matches on known days within them only. */
} ca_match_options;

typedef enum ca_mention_how { CA_HOW_ALIAS = 0, CA_HOW_SHORT, CA_HOW_INTRODUCED } ca_mention_how;
typedef enum ca_mention_lost { CA_LOST_NOT = 0, CA_LOST_SHORT, CA_LOST_DATE } ca_mention_lost;

/* One hit: tokens [first, end) of a document. */
typedef struct ca_mention {
    size_t doc;                   /* number in the column */
    uint32_t first, end;          /* tokens, counted from the document's first */
    uint32_t sentence, paragraph; /* of the first token, counted from the block's first */
    int32_t alias;                /* number in the list of the dictionary */
    int32_t entry;                /* what that stands for */
    uint8_t how, lost;            /* ca_mention_how, ca_mention_lost */
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

/* The same with options. Where spans may overlap, mentions come by first token, then by end, then
 * by entry, once for each of these three; and what lies within a name that stands for nothing
 * (an entry below 0) is left out. */
CA_MUST_CHECK ca_status ca_match_block_with(const ca_alloc *alloc, const ca_dict *dict,
                                            const ca_typemap *map, const ca_tokens *tokens,
                                            const ca_block *block, const ca_match_options *options,
                                            const ca_poll *poll, ca_mentions *out);

#endif
