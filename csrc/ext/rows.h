/* rows.h - rows of text to be scored: whole texts of a column, or slices of them.
 *
 *     row 0   doc 0 [0, 31)      row 1   doc 0 [32, 60)      row 2   doc 1 [0, 12)
 *
 * Slices are in code points, and cost nothing where the texts come from Python; in Arrow's UTF-8
 * they are found by counting on from the slice before.
 */
#ifndef CA_EXT_ROWS_H
#define CA_EXT_ROWS_H

#include "ext.h"

#include "../core/texts.h"

typedef struct ext_rows {
    ca_texts texts;
    bool whole; /* row i is text i; else it is [starts[i], ends[i]) of text docs[i] */
    ext_array docs, starts, ends;
    size_t n;
    size_t *chunk_ends; /* rows are cut by how much text they hold */
    size_t n_chunks, chunks_capacity;
} ext_rows;

/* Where a slice began, for the next one of the same text. Zero is the beginning of the column. */
typedef struct ext_cursor {
    int64_t doc, point;
    size_t byte;
} ext_cursor;

/* Check that rows fit the texts and cut them into chunks; -1 with an exception set. */
int ext_rows_plan(ext_rows *self, const ca_alloc *alloc);
void ext_rows_clear(ext_rows *self, const ca_alloc *alloc);

/* The text of a row; rows of one cursor should rise. */
ca_text ext_rows_text(const ext_rows *self, size_t row, ext_cursor *cursor);

static inline size_t ext_rows_first(const ext_rows *self, size_t chunk) {
    return chunk > 0 ? self->chunk_ends[chunk - 1] : 0;
}

#endif
