/* uax29.h - word and sentence boundaries exactly as UAX #29 of CA_UNICODE_VERSION draws them.
 *
 *     Dr|.| |Li| |said|:| |3.5| |m|.        words
 *     Dr. |Li said: 3.5 m.                  sentences
 *
 *     for (size_t at = 0, end; at < len; at = end) {
 *         end = ca_uax29_word_end(text, len, at);
 *         ... the segment [at, end) ...
 *     }
 *
 * No tailoring, no dictionary: every byte belongs to one segment, white space too. Text is
 * generalised UTF-8; lone surrogates and bytes that do not fit have class Other.
 *
 * A segment needs no context before its start, only that a boundary is there. Where a rule looks
 * back, what it looks at lies in the same segment:
 *     WB7, WB7c, WB11   the letter or digit before is tied to the middle by WB6, WB7b, WB12;
 *     WB15, WB16        boundaries inside a run of regional indicators leave an even number behind;
 *     SB7               a full stop begins a segment only after a paragraph separator;
 *     SB8 to SB11       SB9 and SB10 tie closers and spaces to their terminator.
 *
 * Cost: O(1) memory, and going through a text segment after segment takes O(len) in all, whatever
 * the text. (WB6, WB7b and WB12 look ahead over marks that only the next segment reads again. SB8
 * looks ahead at most once per full stop, and never past the next terminator.)
 */
#ifndef CA_UAX29_H
#define CA_UAX29_H

#include "base.h"

/* Offset at which the word segment ends that begins at the boundary `at`; needs at < len. */
size_t ca_uax29_word_end(const uint8_t *text, size_t len, size_t at);

/* The same for sentence segments. */
size_t ca_uax29_sentence_end(const uint8_t *text, size_t len, size_t at);

#endif
