/* type_letters.h - the frozen Python type Letters: case, white space and word characters of every
 * code point as the running interpreter knows them. */
#ifndef CA_EXT_TYPE_LETTERS_H
#define CA_EXT_TYPE_LETTERS_H

#include "ext.h"

#include "../core/letters.h"

typedef struct ext_letters {
    PyObject_HEAD ca_alloc alloc;
    ca_letters letters;
} ext_letters;

extern PyType_Spec ext_letters_spec;

#endif
