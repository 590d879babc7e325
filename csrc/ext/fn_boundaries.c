/* _core.word_boundaries, _core.sentence_boundaries: one text, exactly as UAX #29. */
#include "ext.h"

#include "../core/bounds.h"
#include "type_texts.h"

typedef ca_status (*finder)(const ca_alloc *, const ca_text *, const ca_poll *, ca_bounds *);

typedef struct work {
    ca_alloc alloc;
    ca_text text;
    finder find;
    ca_bounds bounds;
} work;

static ca_status find_bounds(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    work *self = ctx;
    return self->find(&self->alloc, &self->text, poll, &self->bounds);
}

static PyObject *boundaries(PyObject *text, finder find) {
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "text must be a str, got %s", Py_TYPE(text)->tp_name);
        return NULL;
    }
    work self = {.alloc = ca_alloc_libc(), .text = ext_text_view(text), .find = find};

    /* A short text is done before another thread could make use of the GIL. */
    ca_status status = self.text.len < CA_POLL_EVERY
                           ? find_bounds(&self, 0, 0, NULL)
                           : ext_run(&(ca_par_job){find_bounds, &self, 1}, 1);

    PyObject *result = status == CA_OK ? ext_take_int64(&self.bounds.at, self.bounds.n)
                                       : ext_raise(status, "finding boundaries");
    ca_bounds_reset(&self.alloc, &self.bounds);
    return result;
}

PyObject *ext_word_boundaries(PyObject *module, PyObject *text) {
    (void)module;
    return boundaries(text, ca_bounds_words);
}

PyObject *ext_sentence_boundaries(PyObject *module, PyObject *text) {
    (void)module;
    return boundaries(text, ca_bounds_sentences);
}
