/* type_dictionary.h - the frozen Python type Dictionary: aliases ready to be found. */
#ifndef CA_EXT_TYPE_DICTIONARY_H
#define CA_EXT_TYPE_DICTIONARY_H

#include "ext.h"

#include "../core/dict.h"

typedef struct ext_dictionary {
    PyObject_HEAD ca_alloc alloc;
    ca_dict dict;
    PyObject *problems; /* uint8 array: ca_alias_problem of each alias; NULL where it was opened */
    Py_buffer buffer;   /* what an opened one looks into; buffer.obj is NULL where it was built */
    size_t meta_at, n_meta;
} ext_dictionary;

#endif
