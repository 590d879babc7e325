/* dict_build.h - from a list of aliases to a frozen dictionary.
 *
 *     alias "Tehrik-i-Taliban Pakistan"
 *     tokens Tehrik - i - Taliban Pakistan            the tokeniser that texts go through
 *     words  tehrik i taliban pakistan,  joints  hyphen hyphen blank
 *
 * The order of the aliases decides ties. An alias without a word, or with more than
 * CA_ALIAS_WORDS, is left out and reported; nothing else is refused.
 */
#ifndef CA_DICT_BUILD_H
#define CA_DICT_BUILD_H

#include "base.h"
#include "dict.h"
#include "texts.h"

typedef enum ca_alias_problem {
    CA_ALIAS_GOOD = 0,
    CA_ALIAS_EMPTY,    /* no word in it */
    CA_ALIAS_TOO_LONG, /* more than CA_ALIAS_WORDS words */
    CA_ALIAS_REPEATED  /* same words, case and entry as an earlier one */
} ca_alias_problem;

/* n aliases; alias i stands for entries[i] under rules[i] (ca_case_rule) with priorities[i]. An
 * entry below 0 is a name that stands for nothing and hides what is in it. */
typedef struct ca_alias_list {
    ca_texts texts;
    const int32_t *entries, *priorities;
    const uint8_t *rules;
    const uint8_t *shorts;              /* 1: a short name; NULL: none is */
    const int32_t *from_days, *to_days; /* days that it counts in; NULL: all */
    bool globs;                         /* * in a word stands for any letters; else it is a sign */
    bool accents;                       /* accents are folded: Téhéran is Teheran */
} ca_alias_list;

/* Build *out (zero before) from `list`; problems[i] receives the ca_alias_problem of alias i.
 * Aliases keep their numbers of the list. Linear in the text of the aliases, but for the sorting
 * of children. `seed` never shows in the result: the same list gives the same bytes. */
CA_MUST_CHECK ca_status ca_dict_build(const ca_alloc *alloc, const ca_alias_list *list,
                                      uint64_t seed, const ca_poll *poll, ca_dict *out,
                                      uint8_t *problems);

#endif
