/* pieces.h - one text of news to pieces, before anybody knows which type each of them is.
 *
 *     ca_pieces pieces = {.alloc = alloc};
 *     ca_pieces_begin(&pieces, text);
 *     while (!ca_pieces_over(&pieces)) {
 *         CA_TRY(ca_pieces_more(&pieces, 1024, poll));
 *         ... use pieces.items[0 .. n - CA_PIECES_KEPT], then ca_pieces_drop(&pieces, as many) ...
 *     }
 *
 *     text    T h e   U . S . - l e d   f o r c e .
 *     begins  1 0 0 0 1 . . . 1 1 0 0 0 1 0 0 0 0 1     64 bytes at a time, as bits
 *     lasts   0 0 1 0 . . . . 1 0 0 1 0 0 0 0 0 1 1     the last byte of each piece
 *     looks   0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0     where scan.h has to say what is there
 *     items   The | U.S. | - | led | force | .
 *     marks         1      2                 5          pieces at which a sentence may end
 *
 * Between two places that need a look the k-th begin belongs to the k-th last byte, so pieces are
 * written without a branch on what they are. scan.h is the specification. Linear in the bytes.
 */
#ifndef CA_PIECES_H
#define CA_PIECES_H

#include "base.h"
#include "layout.h"
#include "mem.h"
#include "scan.h"
#include "simd/kernels.h"
#include "vocab.h"

/* Pieces that an "@" yet to come may join to one: a local part has no more bytes than that. */
#define CA_PIECES_KEPT CA_SCAN_LOCAL_PART

/* Zero but for the allocator is empty. What is counted, counts from the beginning of the text. */
typedef struct ca_pieces {
    const ca_alloc *alloc;
    const ca_kernels *kernels;
    ca_str text;
    ca_piece *items;
    size_t n, capacity;
    size_t dropped;  /* pieces before the first item */
    ca_starts marks; /* in rising order: plain words and commas are never among them */
    ca_break *breaks;
    size_t n_breaks, breaks_capacity;
    /* where the walk is */
    size_t base, resume; /* the next block of 64 bytes; the end of the last piece */
    size_t shift;        /* continuation bytes before the block */
    ca_masks next;       /* of the block at `base` */
    size_t since_poll;   /* bytes; of all texts */
} ca_pieces;

/* Go to the beginning of `text` (valid UTF-8, borrowed). */
void ca_pieces_begin(ca_pieces *self, ca_str text);
void ca_pieces_reset(ca_pieces *self);

/* Read on until there are `n` items, or a few more, or the text is over. CA_TOO_LARGE where it has
 * more than INT32_MAX code points or UINT32_MAX bytes. */
CA_MUST_CHECK ca_status ca_pieces_more(ca_pieces *self, size_t n, const ca_poll *poll);

static inline bool ca_pieces_over(const ca_pieces *self) {
    return self->base >= self->text.len;
}

/* Forget the first n items; before the text is over the last CA_PIECES_KEPT must stay. */
void ca_pieces_drop(ca_pieces *self, size_t n);

/* Code points that begin in bytes [at, end) of a text. */
int32_t ca_pieces_points(ca_str text, size_t at, size_t end);

#endif
