/* layout.h - the paragraphs of a document, and the sentences in each of them.
 *
 *     tokens      The talks failed . | They go on . | | Kyiv , Monday
 *     breaks                         ^              ^^ blank
 *     paragraphs  ^                  ^                ^
 *
 * A blank line always ends a paragraph. A line break ends one too, unless the document is judged
 * hard-wrapped (its lines were filled up to one width). Sentences never cross paragraphs.
 */
#ifndef CA_LAYOUT_H
#define CA_LAYOUT_H

#include "base.h"
#include "mem.h"
#include "sentences.h"

/* A line ends before token `token` of the document; where the line after it is empty, `blank`. */
typedef struct ca_break {
    uint32_t token;
    bool blank;
} ca_break;

/* First tokens of paragraphs and sentences, of many documents one behind the other; zero is empty.
 */
typedef struct ca_layout {
    ca_starts paragraphs, sentences;
    uint8_t *blank; /* by paragraph: 1 behind a blank line or at a document's start */
    size_t blank_capacity;
    size_t since_poll; /* tokens */
} ca_layout;

void ca_layout_reset(const ca_alloc *alloc, ca_layout *self);

/* Forget what it holds and keep the memory. */
void ca_layout_clear(ca_layout *self);

/* Append one paragraph that begins with token `token`. */
CA_MUST_CHECK ca_status ca_layout_paragraph(const ca_alloc *alloc, ca_layout *self, uint32_t token,
                                            bool blank);

/* Append what *doc holds, whose tokens are numbered from `first` on; `marks` as sentences.h has
 * them, and both are counted within the document. O(tokens). */
CA_MUST_CHECK ca_status ca_layout_news(const ca_alloc *alloc, ca_layout *self, const ca_doc *doc,
                                       const ca_break *breaks, size_t n_breaks,
                                       const ca_starts *marks, uint32_t first, const ca_poll *poll);

/* Whether the breaks were made by filling lines to one width. O(breaks + tokens). */
bool ca_layout_is_wrapped(const ca_doc *doc, const ca_break *breaks, size_t n_breaks);

#endif
