/* dict_freeze.h - from a growing dictionary to the flat one.
 *
 *     draft, as made      root -3-> 1, root -1-> 2, 1 -7-> 3        edges in a hash table
 *     frozen              root 0 [1, 3)   1 [3, 3)   2 [3, 4)   3    nodes by depth, then by word
 */
#ifndef CA_DICT_FREEZE_H
#define CA_DICT_FREEZE_H

#include "base.h"
#include "draft.h"

/* Build *out (zero before) from the draft of a list of `n_listed` aliases; the globs of the draft
 * are sorted. The same draft gives the same bytes. Linear, but for the sorting of children. */
CA_MUST_CHECK ca_status ca_dict_freeze(ca_draft *draft, size_t n_listed, const ca_poll *poll,
                                       ca_dict *out);

#endif
