/* locative.h - whether a name is named as a place.
 *
 *     in Afghanistan        a place         into the United States     a place
 *     in Afghanistan's      not one         Afghanistan said           not one
 *
 * A name is locative behind in, into, inside, across, from, near, to, on or at of its own sentence,
 * with an article between or without, unless a possessive follows it.
 */
#ifndef CA_LOCATIVE_H
#define CA_LOCATIVE_H

#include "base.h"
#include "tokens.h"

enum { CA_PLACE_PREPOSITION = 1, CA_PLACE_ARTICLE = 2 };

/* The role of each type, into room for vocab->n. O(types). */
void ca_locative_roles(const ca_vocab *vocab, uint8_t *roles);

/* Whether the name at tokens [first, end) of `doc`, whose sentence begins with token `sentence`, is
 * locative. O(1). */
bool ca_is_locative(const ca_doc *doc, const uint8_t *roles, size_t sentence, size_t first,
                    size_t end);

#endif
