/* english.h - what a word or an abbreviation of English news means for cutting text.
 *
 *     ca_english_abbreviation(STR("gen"))   CA_ABBR_TITLE     "Gen. Milley" goes on
 *     ca_english_abbreviation(STR("inc"))   CA_ABBR_MAYBE     "Apple Inc. The ..." may end
 *     ca_english_abbreviation(STR("no"))    CA_ABBR_NUMBER    "No. 5", but "No." is an answer
 *     ca_english_is_starter(STR("the"))     true              a word that likes to open sentences
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
    CA_ABBR_TIME    /* a.m., p.m.: the end before most capitals */
} ca_abbreviation;

/* Longest abbreviation of the lists, in bytes: longer words need not be asked. */
#define CA_ENGLISH_LONGEST 6

ca_abbreviation ca_english_abbreviation(ca_str folded);

/* Whether a word, folded or not, may be one, as its length, first and last letter have it: false
 * for nine words in ten. */
bool ca_english_may_be_abbreviation(ca_str word);

/* Words that open sentences far more often than they stand in names (The, He, But, In ...). */
bool ca_english_is_starter(ca_str folded);

/* mr, mrs, ms: titles that no abbreviation stands before within a sentence. */
bool ca_english_is_courtesy(ca_str folded);

/* said, asked, and, or: in lower case, words that go on with a sentence behind its "?". */
bool ca_english_is_link(ca_str folded);

/* Days, months, time zones: what may follow "p.m." within a sentence. */
bool ca_english_is_time_word(ca_str folded);

/* it, he, that, who ...: before 's these make a contraction, not a possessive. */
bool ca_english_is_pronoun(ca_str folded);

#endif
