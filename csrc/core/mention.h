/* mention.h - one name found in a text, and how names are to be found. */
#ifndef CA_MENTION_H
#define CA_MENTION_H

#include "base.h"

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

/* Zero is leftmost-longest, every alias a full name, no day known. */
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

#endif
