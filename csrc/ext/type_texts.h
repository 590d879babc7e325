/* type_texts.h - the frozen Python type Texts: a column of text, and what keeps it alive. */
#ifndef CA_EXT_TYPE_TEXTS_H
#define CA_EXT_TYPE_TEXTS_H

#include "arrow.h"

typedef struct ext_texts {
    PyObject_HEAD PyObject *strings; /* a tuple of str and missing values, or NULL ... */
    ext_arrow arrow;                 /* ... where the rows are Arrow's ... */
    ext_strings copies;              /* ... or NumPy's */
    ca_text *items;
    size_t n;
} ext_texts;

static inline ca_texts ext_texts_view(const ext_texts *self) {
    return (ca_texts){.items = self->items, .n = self->n};
}

/* A borrowed view of a str: its code points where they lie. */
ca_text ext_text_view(PyObject *string);

/* A new reference to row `row` as a str; None where it is missing. */
PyObject *ext_texts_row(const ext_texts *self, size_t row);

#endif
