/* _core.subset: some of the documents of Tokens. */
#include "ext.h"

#include "../core/subset.h"
#include "type_tokens.h"

typedef struct work {
    ca_alloc alloc;
    const ca_tokens *from;
    const int64_t *docs;
    size_t n;
    uint64_t seed;
    ca_tokens made;
} work;

static ca_status cut(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    work *self = ctx;
    return ca_tokens_subset(&self->alloc, self->from, self->docs, self->n, self->seed, poll,
                            &self->made);
}

PyObject *ext_subset(PyObject *module, PyObject *args) {
    PyObject *tokens, *result = NULL;
    ext_array docs = EXT_ARRAY_NONE;
    unsigned long long seed;
    if (!PyArg_ParseTuple(args, "O!O&K:subset", ext_state_of(module)->tokens_type, &tokens,
                          ext_int64_array, &docs, &seed))
        return NULL;
    work self = {.alloc = ca_alloc_libc(),
                 .from = &((ext_tokens *)tokens)->tokens,
                 .docs = ext_int64(&docs),
                 .n = docs.n,
                 .seed = seed};
    bool fits = true;
    for (size_t i = 0; i < docs.n; i++)
        fits = fits && self.docs[i] >= 0 && (size_t)self.docs[i] < self.from->n_docs &&
               (i == 0 || self.docs[i] > self.docs[i - 1]);
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "documents must rise and lie in the column");
        goto done;
    }

    ca_status status = ext_run(&(ca_par_job){cut, &self, 1}, 1);

    result = status == CA_OK ? ext_tokens_take(module, &self.made)
                             : ext_raise(status, "taking documents");
    if (result == NULL) {
        self.made.alloc = self.made.alloc != NULL ? &self.alloc : NULL;
        ca_tokens_reset(&self.made);
    }
done:
    ext_array_clear(&docs);
    return result;
}
