/* type_tokens.h - the frozen Python type Tokens: what tokenizing a column gave. */
#ifndef CA_EXT_TYPE_TOKENS_H
#define CA_EXT_TYPE_TOKENS_H

#include "ext.h"

#include "../core/tokens.h"

typedef struct ext_tokens {
    PyObject_HEAD ca_alloc alloc, vocab_alloc;
    ca_tokens tokens;
} ext_tokens;

/* Move *tokens into a new object; on failure NULL with an exception, and *tokens is the caller's.
 * Its allocators are copied, so they must be able to release without what they point to. */
PyObject *ext_tokens_take(PyObject *module, ca_tokens *tokens);

#endif
