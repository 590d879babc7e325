/* lexicon.h - what words do to the value of a hit near them: shifters.
 *
 *     "did not really support"         not: a negator;  really: an intensifier
 *     "praised the plan, but left"     but: a contrast
 *
 * The words come as a dictionary of single words and globs ("*n't"), with what each does; which
 * type of a corpus is which shifter is found once per vocabulary, then read per token.
 */
#ifndef CA_LEXICON_H
#define CA_LEXICON_H

#include "base.h"
#include "dict.h"
#include "match.h"

/* What a shifter does, as bits. */
enum {
    CA_NEGATOR = 1,
    CA_INTENSIFIER = 2,
    CA_CONTRAST = 4,
    CA_NO_CONTRAST_BEHIND = 8, /* "nothing but", "all but" */
    CA_NO_CONTRAST_BEFORE = 16 /* "but also" */
};

/* shifters[i]: the alias of `dict` that type i is, of one word; -1 where it is none. `map` was
 * built from the same dictionary and vocabulary. *shifters is NULL before. O(types). */
CA_MUST_CHECK ca_status ca_lexicon_shifters(const ca_alloc *alloc, const ca_dict *dict,
                                            const ca_typemap *map, int32_t **shifters);

#endif
