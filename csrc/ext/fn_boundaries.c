/* One text: _core.word_boundaries and _core.sentence_boundaries exactly as UAX #29, and
 * _core.sentences by the rules for news. */
#include "ext.h"

#include "../core/bounds.h"
#include "../core/spans.h"
#include "../par/pages.h"
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

/* Units of text from which on large pages are worth it: each may be a token, of some 50 bytes. */
#define MANY_UNITS ((size_t)3 << 19)

/* Run `find` over a str: 0, or -1 with an exception set. `alloc` has the memory of the bounds. */
static int find_in(PyObject *text, finder find, const char *what, ca_alloc alloc, work *self) {
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "text must be a str, got %s", Py_TYPE(text)->tp_name);
        return -1;
    }
    *self = (work){.alloc = alloc, .text = ext_text_view(text), .find = find};

    /* A short text is done before another thread could make use of the GIL. */
    ca_status status = self->text.len < CA_POLL_EVERY
                           ? find_bounds(self, 0, 0, NULL)
                           : ext_run(&(ca_par_job){find_bounds, self, 1}, 1);

    if (status == CA_OK) return 0;
    if (status == CA_TOO_LARGE) {
        PyErr_SetString(PyExc_ValueError, "text is too large: at most 2147483647 characters");
    } else {
        ext_raise(status, what);
    }
    return -1;
}

static PyObject *boundaries(PyObject *text, finder find) {
    work self;
    if (find_in(text, find, "finding boundaries", ca_alloc_libc(), &self) < 0) return NULL;
    PyObject *result = ext_take_int64(&self.bounds.at, self.bounds.n);
    ca_bounds_reset(&self.alloc, &self.bounds);
    return result;
}

static PyObject *pair(int64_t first, int64_t second) {
    PyObject *tuple = PyTuple_New(2);
    PyObject *one = tuple != NULL ? PyLong_FromLongLong(first) : NULL;
    PyObject *two = one != NULL ? PyLong_FromLongLong(second) : NULL;
    if (two == NULL) {
        Py_XDECREF(one);
        Py_XDECREF(tuple);
        return NULL;
    }
    PyTuple_SET_ITEM(tuple, 0, one);
    PyTuple_SET_ITEM(tuple, 1, two);
    PyObject_GC_UnTrack(tuple); /* two numbers: the collector would only find out once more */
    return tuple;
}

PyObject *ext_sentences(PyObject *module, PyObject *text) {
    (void)module;
    work self;
    bool large = PyUnicode_Check(text) && (size_t)PyUnicode_GET_LENGTH(text) >= MANY_UNITS;
    ca_alloc alloc = large ? ca_pages_alone() : ca_alloc_libc();
    if (find_in(text, ca_sentence_spans, "finding sentences", alloc, &self) < 0) return NULL;
    PyObject *list = PyList_New((Py_ssize_t)(self.bounds.n / 2));
    for (size_t i = 0; list != NULL && i + 1 < self.bounds.n; i += 2) {
        PyObject *span = pair(self.bounds.at[i], self.bounds.at[i + 1]);
        if (span == NULL) {
            Py_CLEAR(list);
        } else {
            PyList_SET_ITEM(list, (Py_ssize_t)(i / 2), span);
        }
    }
    ca_bounds_reset(&self.alloc, &self.bounds);
    return list;
}

PyObject *ext_word_boundaries(PyObject *module, PyObject *text) {
    (void)module;
    return boundaries(text, ca_bounds_words);
}

PyObject *ext_sentence_boundaries(PyObject *module, PyObject *text) {
    (void)module;
    return boundaries(text, ca_bounds_sentences);
}
