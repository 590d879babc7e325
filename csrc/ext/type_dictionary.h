/* type_dictionary.h - the frozen Python type Dictionary: aliases ready to be found. */
#ifndef CA_EXT_TYPE_DICTIONARY_H
#define CA_EXT_TYPE_DICTIONARY_H

#include "ext.h"

#include "../core/dict.h"

typedef struct ext_dictionary {
    PyObject_HEAD ca_alloc alloc;
    ca_dict dict;
    PyObject *problems; /* uint8 array: ca_alias_problem of each alias */
} ext_dictionary;

#endif
