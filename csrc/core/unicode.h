/* unicode.h - what Unicode says of a code point, and how it folds.
 *
 *     const ca_property *p = ca_unicode_property(0xC9);   // U+00C9, E with acute
 *     p->wb == CA_WB_ALETTER;  p->sb == CA_SB_UPPER;  (p->flags & (CA_LETTER | CA_UPPER)) != 0;
 *
 *     uint32_t folded[3];
 *     ca_unicode_fold(0xDF, folded);                      // 2: U+00DF, sharp s, folds to "ss"
 *
 * The tables belong to one version of Unicode, CA_UNICODE_VERSION, whatever the Python outside
 * knows. They are constant: every function here may be called from any thread.
 *
 *     cp --> stage1[cp >> SHIFT] --> stage2[block, low bits of cp] --> records[number]
 */
#ifndef CA_UNICODE_H
#define CA_UNICODE_H

#include "base.h"
#include "unicode_classes.h"

typedef struct ca_property {
    uint8_t wb;     /* ca_word_break */
    uint8_t sb;     /* ca_sentence_break */
    uint16_t flags; /* CA_LETTER ... */
} ca_property;

extern const ca_property ca_unicode_records[CA_UNICODE_RECORDS]; /* number 0 is all zero */
extern const ca_property ca_unicode_ascii[128];
extern const ca_unicode_block ca_unicode_stage1[CA_UNICODE_STAGE1_SIZE];
extern const uint8_t ca_unicode_stage2[CA_UNICODE_STAGE2_SIZE];

/* The properties of `cp`; never NULL. What is no character (a lone surrogate, CA_UTF8_BAD,
 * anything above U+10FFFF) has class Other twice and no flags. O(1). */
static inline const ca_property *ca_unicode_property(uint32_t cp) {
    if (CA_LIKELY(cp < 0x80)) return &ca_unicode_ascii[cp];
    if (CA_UNLIKELY(cp >= CA_UNICODE_LIMIT)) return &ca_unicode_records[0];
    uint32_t block = ca_unicode_stage1[cp >> CA_UNICODE_SHIFT];
    uint32_t low = cp & ((1u << CA_UNICODE_SHIFT) - 1);
    return &ca_unicode_records[ca_unicode_stage2[(block << CA_UNICODE_SHIFT) + low]];
}

/* What several modules ask of a class or a character: WB4's marks, formats and joiners, which stay
 * with what they follow; what words are made of; any apostrophe. */
static inline bool ca_is_attached(uint8_t wb) {
    return wb == CA_WB_EXTEND || wb == CA_WB_FORMAT || wb == CA_WB_ZWJ;
}

static inline bool ca_is_word_class(uint8_t wb) {
    return wb == CA_WB_ALETTER || wb == CA_WB_HEBREW_LETTER || wb == CA_WB_NUMERIC ||
           wb == CA_WB_EXTENDNUMLET || wb == CA_WB_KATAKANA;
}

static inline bool ca_is_apostrophe(uint32_t cp) {
    return cp == '\'' || cp == 0x2019 || cp == 0x2018 || cp == 0xFF07;
}

/* Full case folding (statuses C and F of CaseFolding.txt, never the Turkic T): 1 to 3 code points
 * in `out`; their number. What has no folding is its own. O(log of the table); ASCII at once. */
size_t ca_unicode_fold(uint32_t cp, uint32_t out[3]);

#endif
