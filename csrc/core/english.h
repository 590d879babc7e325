/* english.h - what a word or an abbreviation of English news means for cutting text.
 *
 *     ca_english_abbreviation(STR("gen"))   CA_ABBR_TITLE     "Gen. Milley" goes on
 *     ca_english_abbreviation(STR("inc"))   CA_ABBR_MAYBE     "Apple Inc. The ..." may end
 *     ca_english_abbreviation(STR("no"))    CA_ABBR_NUMBER    "No. 5", but "No." is an answer
 *     ca_english_roles(STR("the"))          CA_ROLE_STARTER   a word that likes to open sentences
 *
 * Words are given folded and without their stop. The lists are sorted and searched; they are
 * asked once per type or where a stop follows a word, never once per token.
 */
#ifndef CA_ENGLISH_H
#define CA_ENGLISH_H

#include "base.h"

typedef enum ca_abbreviation {
    CA_ABBR_NONE = 0,
    CA_ABBR_TITLE,  /* a name follows: never the end of a sentence */
    CA_ABBR_MAYBE,  /* may be the last word of a sentence */
    CA_ABBR_MONTH,  /* the same, capitalised only */
    CA_ABBR_NUMBER, /* an abbreviation only where a number follows */
    CA_ABBR_UNIT,   /* Ft. and St. are titles, ft. and st. may end a sentence */
    CA_ABBR_STATE,  /* Calif., D.C.: capitalised; behind a comma the end before most capitals */
    CA_ABBR_TIME    /* a.m., p.m., etc.: the end before most capitals */
} ca_abbreviation;

/* Longest abbreviation of the lists, in bytes: longer words need not be asked. */
#define CA_ENGLISH_LONGEST 6

ca_abbreviation ca_english_abbreviation(ca_str folded);

/* Whether a word, folded or not, may be one, as its length, first and last letter have it: false
 * for nine words in ten. */
bool ca_english_may_be_abbreviation(ca_str word);

/* What a word may be; a word may be several. */
enum {
    CA_ROLE_STARTER = 1,  /* opens sentences far more often than it stands in names: The, He, But */
    CA_ROLE_COURTESY = 2, /* mr, dr: no abbreviation stands before these within a sentence */
    CA_ROLE_LINK = 4,     /* said, and: in lower case goes on with a sentence behind its "?" */
    CA_ROLE_TIME = 8,     /* days, months, time zones: may follow "p.m." within a sentence */
    CA_ROLE_PRONOUN = 16, /* it, that, who: before 's these make a contraction, no possessive */
    CA_ROLE_LABEL = 32,   /* plan, group: a letter behind it is no initial */
    CA_ROLE_TOO = 64,     /* will, may: starters, but names too; time: in lower case too */
    CA_ROLE_SHOUT = 128   /* yahoo: a name that is written with "!" */
};

/* Longest word with a role, in bytes, and room for it. */
#define CA_ENGLISH_LONGEST_WORD 15

/* The roles of a word as bits; 0 for most. */
unsigned ca_english_roles(ca_str folded);

#endif
