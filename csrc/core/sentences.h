/* sentences.h - where the sentences of a paragraph begin, from its tokens.
 *
 *     The U.S. President met Gen. Milley . “ We agree . ” He left .
 *     ^                                  | ^            | ^
 *     first token of each sentence; a closing quote belongs to the sentence it ends
 *
 * Rules over the shapes of the tokens around each stop decide, numbered in sentences.c:
 *
 *     S1  closers, further stops and footnotes belong to the stop
 *     S2  openers and dashes stand before the word that decides
 *     S3  without a gap only "said.The" ends, and a wide stop
 *     S4  the mark of an item, N°. 5 and Albert I. Roe are no ends
 *     S5  a word that keeps its stop ends only where the next word says so
 *     S6  the next item of a list begins a sentence
 *     S7  a small word begins a sentence, but not behind a name or a unit
 *     S8  a list may begin within a sentence
 *     S9  a drawn line is a sentence
 *     S10 an emoticon may end one
 *     S11 a name that asks, and Yahoo!, go on behind their mark
 *
 * Everything is linear in the number of tokens: around a stop at most some twenty are looked at,
 * CA_SENTENCE_AHEAD of them to find the word that decides.
 */
#ifndef CA_SENTENCES_H
#define CA_SENTENCES_H

#include "base.h"
#include "mem.h"
#include "shape.h"

#define CA_SENTENCE_AHEAD 6

/* What nobody has found out yet. */
#define CA_SHAPE_UNKNOWN ((ca_shape)CA_KIND_MASK)
#define CA_ORDINAL_UNKNOWN 255

/* The tokens of one document: borrowed. Token i is code points [start[i], start[i] + chars[id]). */
typedef struct ca_doc {
    const int32_t *id, *start;
    size_t n;
    const int32_t *chars;   /* by type */
    const ca_shape *shape;  /* by type */
    const uint8_t *ordinal; /* by type */
    /* Find out the shape or the ordinal of a token where it is unknown; what is known of all types
     * from the beginning needs neither. */
    ca_shape (*find_shape)(void *ctx, size_t token);
    uint8_t (*find_ordinal)(void *ctx, size_t token);
    void *ctx;
} ca_doc;

static inline ca_shape ca_doc_shape(const ca_doc *doc, size_t token) {
    ca_shape shape = doc->shape[doc->id[token]];
    return CA_LIKELY(shape != CA_SHAPE_UNKNOWN) ? shape : doc->find_shape(doc->ctx, token);
}

static inline uint8_t ca_doc_ordinal(const ca_doc *doc, size_t token) {
    uint8_t ordinal = doc->ordinal[doc->id[token]];
    return CA_LIKELY(ordinal != CA_ORDINAL_UNKNOWN) ? ordinal : doc->find_ordinal(doc->ctx, token);
}

static inline int32_t ca_doc_end(const ca_doc *doc, size_t token) {
    return doc->start[token] + doc->chars[doc->id[token]];
}

/* Whether anything (white space) stands between token - 1 and token; token > 0. */
static inline bool ca_doc_gap(const ca_doc *doc, size_t token) {
    return doc->start[token] > ca_doc_end(doc, token - 1);
}

/* Token numbers in rising order; zero is empty. */
typedef struct ca_starts {
    uint32_t *items;
    size_t n, capacity;
} ca_starts;

CA_MUST_CHECK ca_status ca_starts_add(const ca_alloc *alloc, ca_starts *self, uint32_t token);
void ca_starts_reset(const ca_alloc *alloc, ca_starts *self);

/* Append the first tokens of the sentences of paragraph [first, end), first < end, to *starts. All
 * tokens whose shape has a bit of CA_MAY_END are among `marks`; what else is there does no harm. */
CA_MUST_CHECK ca_status ca_sentences_split(const ca_alloc *alloc, const ca_doc *doc,
                                           const ca_starts *marks, size_t first, size_t end,
                                           const ca_poll *poll, ca_starts *starts);

#endif
