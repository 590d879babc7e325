/* sentences.h - where paragraphs and sentences of a document begin, from its tokens.
 *
 *     The U.S. President met Gen. Milley . “ We agree . ” He left .
 *     ^                                  | ^            | ^
 *     first token of each sentence; a closing quote belongs to the sentence it ends
 *
 * A blank line always ends a paragraph. A line break ends one too, unless the document is judged
 * hard-wrapped (its lines were filled up to one width). Inside a paragraph, rules over the shapes
 * of the tokens around each stop decide; they are numbered in sentences.c. Everything is linear in
 * the number of tokens, with look-ahead of at most CA_SENTENCE_AHEAD of them.
 */
#ifndef CA_SENTENCES_H
#define CA_SENTENCES_H

#include "base.h"
#include "mem.h"
#include "shape.h"

#define CA_SENTENCE_AHEAD 6

/* The tokens of one document: borrowed. Token i is code points [start[i], start[i] + chars[id]). */
typedef struct ca_doc {
    const int32_t *id, *start;
    size_t n;
    const int32_t *chars;   /* by type */
    const ca_shape *shape;  /* by type */
    const uint8_t *ordinal; /* by type */
} ca_doc;

static inline ca_shape ca_doc_shape(const ca_doc *doc, size_t token) {
    return doc->shape[doc->id[token]];
}

static inline int32_t ca_doc_end(const ca_doc *doc, size_t token) {
    return doc->start[token] + doc->chars[doc->id[token]];
}

/* Whether anything (white space) stands between token - 1 and token; token > 0. */
static inline bool ca_doc_gap(const ca_doc *doc, size_t token) {
    return doc->start[token] > ca_doc_end(doc, token - 1);
}

/* A line ends before token `token` of the document; where the line after it is empty, `blank`. */
typedef struct ca_break {
    uint32_t token;
    bool blank;
} ca_break;

/* Token numbers in rising order; zero is empty. */
typedef struct ca_starts {
    uint32_t *items;
    size_t n, capacity;
} ca_starts;

CA_MUST_CHECK ca_status ca_starts_add(const ca_alloc *alloc, ca_starts *self, uint32_t token);
void ca_starts_reset(const ca_alloc *alloc, ca_starts *self);

/* Whether the breaks were made by filling lines to one width. O(breaks + tokens). */
bool ca_layout_is_wrapped(const ca_doc *doc, const ca_break *breaks, size_t n_breaks);

/* Append the first tokens of the sentences of paragraph [first, end), first < end, to *starts. */
CA_MUST_CHECK ca_status ca_sentences_split(const ca_alloc *alloc, const ca_doc *doc, size_t first,
                                           size_t end, ca_starts *starts);

#endif
