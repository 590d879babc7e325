/* type_vader.h - the frozen Python types Vader and Afinn: word lists and rules of packages. */
#ifndef CA_EXT_TYPE_VADER_H
#define CA_EXT_TYPE_VADER_H

#include "ext.h"

#include "../core/afinn.h"
#include "../core/vader.h"

typedef struct ext_vader {
    PyObject_HEAD PyObject *letters; /* kept alive: the core borrows its table */
    ca_alloc alloc;
    ca_vader vader;
} ext_vader;

typedef struct ext_afinn {
    PyObject_HEAD PyObject *letters;
    ca_alloc alloc;
    ca_afinn afinn;
} ext_afinn;

extern PyType_Spec ext_vader_spec, ext_afinn_spec;

#endif
