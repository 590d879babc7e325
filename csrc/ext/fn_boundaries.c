/* _core.word_boundaries, _core.sentence_boundaries: one text, exactly as UAX #29. */
#include "ext.h"

#include "../core/uax29.h"
#include "type_texts.h"

typedef size_t (*segment_end)(const uint8_t *text, size_t len, size_t at);

typedef struct work {
    ca_alloc alloc;
    ca_text text;
    ca_scratch scratch;
    segment_end end_of;
    int64_t *bounds;
    size_t n, capacity;
} work;

static ca_status find_bounds(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    work *self = ctx;
    ca_str text;
    size_t at = 0, polled = 0;
    int64_t points = 0;
    CA_TRY(ca_text_utf8(&self->alloc, &self->text, &self->scratch, &text));
    CA_TRY(CA_GROW(&self->alloc, self->bounds, self->capacity, text.len / 4 + 2));
    while (at < text.len) {
        CA_TRY(CA_GROW(&self->alloc, self->bounds, self->capacity, self->n + 2));
        self->bounds[self->n++] = points;
        size_t end = self->end_of(text.ptr, text.len, at);
        for (; at < end; at++) points += (text.ptr[at] & 0xC0) != 0x80;
        if (at - polled > CA_POLL_EVERY) {
            polled = at;
            if (ca_poll_stop(poll)) return CA_STOPPED;
        }
    }
    if (text.len > 0) self->bounds[self->n++] = points;
    return CA_OK;
}

static PyObject *boundaries(PyObject *module, PyObject *args, segment_end end_of) {
    PyObject *texts;
    if (!PyArg_ParseTuple(args, "O!", ext_state_of(module)->texts_type, &texts)) return NULL;
    ca_texts view = ext_texts_view((ext_texts *)texts);
    if (view.n != 1) {
        PyErr_SetString(PyExc_ValueError, "expected exactly one text");
        return NULL;
    }
    work self = {.alloc = ca_alloc_libc(), .text = view.items[0], .end_of = end_of};

    ca_status status = ext_run(&(ca_par_job){find_bounds, &self, 1}, 1);

    PyObject *result = status == CA_OK ? ext_take_int64(&self.bounds, self.n)
                                       : ext_raise(status, "finding boundaries");
    ca_scratch_reset(&self.alloc, &self.scratch);
    CA_FREE(&self.alloc, self.bounds);
    return result;
}

PyObject *ext_word_boundaries(PyObject *module, PyObject *args) {
    return boundaries(module, args, ca_uax29_word_end);
}

PyObject *ext_sentence_boundaries(PyObject *module, PyObject *args) {
    return boundaries(module, args, ca_uax29_sentence_end);
}
