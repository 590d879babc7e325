/* arrow.h - columns of text from the Arrow C data interface, read where they lie.
 *
 *     object.__arrow_c_stream__()  ->  capsule  ->  schema + arrays  ->  ca_text for each row
 *
 * The three structs are the interface's own, fixed by its specification; nothing of the Arrow
 * libraries is needed. Accepted: large and small strings and string views, dictionaries of
 * these, columns of nulls; and a struct (a frame) with one such column.
 */
#ifndef CA_EXT_ARROW_H
#define CA_EXT_ARROW_H

#include "ext.h"

#include "../core/texts.h"

struct ArrowSchema {
    const char *format, *name, *metadata;
    int64_t flags, n_children;
    struct ArrowSchema **children, *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length, null_count, offset, n_buffers, n_children;
    const void **buffers;
    struct ArrowArray **children, *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

/* The arrays of a column and the rows in them. Zero is empty. */
typedef struct ext_arrow {
    struct ArrowSchema schema;
    const struct ArrowSchema *text; /* of the strings: the schema itself, or a child of it */
    int64_t child;                  /* number of that child, -1 where there is no struct */
    struct ArrowArray *arrays;
    size_t n_arrays, arrays_capacity;
    ca_text *items;
    size_t n_items, items_capacity;
} ext_arrow;

/* What refuses a text that offsets of 32 bits cannot reach into; takes its row (size_t). */
#define EXT_TEXT_TOO_LARGE "text: row %zu is too large: at most 2147483647 characters"

/* Read everything that object.__arrow_c_stream__() (or __arrow_c_array__) gives. `column` names
 * the column of a struct, or is NULL where there is only one. What a producer says is checked as
 * far as it can be: offsets, indices and views lie within what they point into, and bytes are
 * UTF-8. -1 with an exception set; then `self` is empty. */
int ext_arrow_read(PyObject *object, const char *column, size_t n_threads, ext_arrow *self);

/* Release every array; the rows are invalid from then on. Needs the GIL. */
void ext_arrow_reset(ext_arrow *self);

#endif
