/* accents.h - letters with marks: made one code point where there is one, or stripped.
 *
 *     ca_accent_compose('e', 0x301)     U+00E9: the two are canonically the same
 *     ca_accent_compose(0xEA, 0x323)    U+1EC7: a mark below comes first, in whatever order
 *     ca_accent_base(0xE9)              'e'
 *     ca_accent_base(0x1EAD)            'a': both marks go
 *     ca_accent_base(0x301)             0: a mark on its own goes
 *     ca_accent_base(0x142)             'l': strokes count as accents
 *     ca_accent_base(0x439)             itself: short i is a letter of its own
 *
 * The table is constant, so every function may be called from any thread. O(log of the table).
 */
#ifndef CA_ACCENTS_H
#define CA_ACCENTS_H

#include "base.h"

/* Whether `cp` is one of the general combining marks, U+0300 to U+036F. */
static inline bool ca_accent_is_mark(uint32_t cp) {
    return cp >= 0x300 && cp <= 0x36F;
}

/* The one code point for a letter and a mark, 0 if there is none. */
uint32_t ca_accent_compose(uint32_t base, uint32_t mark);

/* The letter without its marks; 0 for a mark. */
uint32_t ca_accent_base(uint32_t cp);

#endif
