#include "arrow.h"

#include <errno.h>

#include "../core/utf8.h"

/* How one array of the column is to be read: the array with the strings, the one with the rows
 * (the same, but for dictionaries), and what lies above them in a struct. */
typedef struct reading {
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    const struct ArrowArray *parent; /* a struct, or NULL */
} reading;

/* ---- buffers ---- */

static bool is_valid_at(const struct ArrowArray *array, int64_t row) {
    const uint8_t *bits = array->n_buffers > 0 ? array->buffers[0] : NULL;
    if (bits == NULL || array->null_count == 0) return true;
    return bits[row >> 3] >> (row & 7) & 1;
}

static int refuse(size_t row, const char *why) {
    PyErr_Format(PyExc_ValueError, "Arrow column: row %zu: %s", row, why);
    return -1;
}

/* Bytes [begin, end) of the data buffer, which must rise. */
static int span(const struct ArrowArray *array, int64_t begin, int64_t end, size_t row,
                ca_text *out) {
    if (begin < 0 || end < begin) return refuse(row, "string offsets fall");
    const uint8_t *data = array->buffers[2];
    if (data == NULL && end > begin) return refuse(row, "the data buffer is missing");
    *out = (ca_text){data != NULL ? data + begin : (const uint8_t *)"", (size_t)(end - begin),
                     CA_TEXT_UTF8};
    return 0;
}

/* A string view: length, then either twelve bytes, or four of prefix, buffer number, offset. */
typedef struct view {
    int32_t len;
    union {
        uint8_t bytes[12];
        struct {
            uint8_t prefix[4];
            int32_t buffer, offset;
        } far;
    } at;
} view;

static int span_of_view(const struct ArrowArray *array, int64_t i, size_t row, ca_text *out) {
    const view *v = (const view *)array->buffers[1] + i;
    if (v->len < 0) return refuse(row, "a string view has a negative length");
    if (v->len <= 12) {
        *out = (ca_text){v->at.bytes, (size_t)v->len, CA_TEXT_UTF8};
        return 0;
    }
    int64_t n_data = array->n_buffers - 3;
    const int64_t *sizes = n_data >= 0 ? array->buffers[array->n_buffers - 1] : NULL;
    int32_t buffer = v->at.far.buffer, offset = v->at.far.offset;
    if (n_data < 1 || sizes == NULL || buffer < 0 || buffer >= n_data || offset < 0 ||
        sizes[buffer] < (int64_t)offset + v->len)
        return refuse(row, "a string view points outside of its buffers");
    const uint8_t *data = array->buffers[2 + buffer];
    *out = (ca_text){data + offset, (size_t)v->len, CA_TEXT_UTF8};
    return 0;
}

static int index_of(const char *format, const void *buffer, int64_t i, int64_t *out) {
    switch (format[0]) {
    case 'c':
        *out = ((const int8_t *)buffer)[i];
        return 0;
    case 'C':
        *out = ((const uint8_t *)buffer)[i];
        return 0;
    case 's':
        *out = ((const int16_t *)buffer)[i];
        return 0;
    case 'S':
        *out = ((const uint16_t *)buffer)[i];
        return 0;
    case 'i':
        *out = ((const int32_t *)buffer)[i];
        return 0;
    case 'I':
        *out = ((const uint32_t *)buffer)[i];
        return 0;
    case 'l':
        *out = ((const int64_t *)buffer)[i];
        return 0;
    case 'L':
        *out = (int64_t)((const uint64_t *)buffer)[i];
        return 0;
    default:
        return -1;
    }
}

/* Row i (offset included) of a plain string array. */
static int string_at(const reading *r, int64_t i, size_t row, ca_text *out) {
    const char *format = r->schema->format;
    const struct ArrowArray *array = r->array;
    if (strcmp(format, "n") == 0 || !is_valid_at(array, i)) {
        *out = (ca_text){NULL, 0, CA_TEXT_MISSING};
        return 0;
    }
    if (strcmp(format, "u") == 0) {
        const int32_t *offsets = array->buffers[1];
        return span(array, offsets[i], offsets[i + 1], row, out);
    }
    if (strcmp(format, "U") == 0) {
        const int64_t *offsets = array->buffers[1];
        return span(array, offsets[i], offsets[i + 1], row, out);
    }
    return span_of_view(array, i, row, out);
}

static int entry_at(const reading *r, int64_t i, size_t row, ca_text *out) {
    if (r->schema->dictionary == NULL) return string_at(r, i, row, out);
    *out = (ca_text){NULL, 0, CA_TEXT_MISSING};
    if (!is_valid_at(r->array, i)) return 0;
    int64_t index;
    const struct ArrowArray *dictionary = r->array->dictionary;
    if (index_of(r->schema->format, r->array->buffers[1], i, &index) < 0)
        return refuse(row, "the dictionary has an unknown type of index");
    if (index < 0 || index >= dictionary->length)
        return refuse(row, "a dictionary index is out of range");
    reading strings = {.schema = r->schema->dictionary, .array = dictionary};
    return string_at(&strings, dictionary->offset + index, row, out);
}

/* ---- schemas ---- */

static bool is_text(const struct ArrowSchema *schema) {
    if (schema->dictionary != NULL) schema = schema->dictionary;
    const char *f = schema->format;
    return strcmp(f, "u") == 0 || strcmp(f, "U") == 0 || strcmp(f, "vu") == 0 ||
           strcmp(f, "n") == 0;
}

/* Number of the child that holds the text: the one named, or the only one. */
static int64_t child_of(const struct ArrowSchema *schema, const char *column) {
    if (column == NULL && schema->n_children == 1) return 0;
    for (int64_t i = 0; column != NULL && i < schema->n_children; i++) {
        if (schema->children[i]->name != NULL && strcmp(schema->children[i]->name, column) == 0)
            return i;
    }
    if (column != NULL) {
        PyErr_Format(PyExc_ValueError, "Arrow table has no column %s", column);
    } else {
        PyErr_SetString(PyExc_ValueError,
                        "Arrow table has several columns; name the one with the text");
    }
    return -1;
}

static int find_text(const ext_arrow *self, const struct ArrowArray *array, const char *column,
                     reading *out) {
    *out = (reading){.schema = &self->schema, .array = array};
    if (strcmp(self->schema.format, "+s") == 0) {
        int64_t child = child_of(&self->schema, column);
        if (child < 0) return -1;
        *out = (reading){self->schema.children[child],
                         array != NULL ? array->children[child] : NULL, array};
    }
    if (is_text(out->schema)) return 0;
    PyErr_Format(
        PyExc_TypeError,
        "Arrow column has format '%s', expected strings (u, U, vu or a dictionary of them)",
        out->schema->format);
    return -1;
}

/* ---- arrays ---- */

static int add_rows(ext_arrow *self, const struct ArrowArray *array, const char *column) {
    ca_alloc libc = ca_alloc_libc();
    reading r;
    if (find_text(self, array, column, &r) < 0) return -1;
    size_t length = (size_t)array->length;
    if (CA_GROW(&libc, self->items, self->items_capacity, self->n_items + length) != CA_OK) {
        PyErr_NoMemory();
        return -1;
    }
    int64_t first = r.parent != NULL ? r.parent->offset : 0;
    for (int64_t i = 0; i < array->length; i++) {
        size_t row = self->n_items, bad;
        ca_text *out = &self->items[row];
        *out = (ca_text){NULL, 0, CA_TEXT_MISSING};
        bool held = r.parent == NULL || is_valid_at(r.parent, r.parent->offset + i);
        if (held && entry_at(&r, r.array->offset + first + i, row, out) < 0) return -1;
        if (out->form == CA_TEXT_UTF8 && !ca_utf8_valid(out->ptr, out->len, &bad)) {
            PyErr_Format(PyExc_ValueError, "Arrow column: row %zu: invalid UTF-8 at byte %zu", row,
                         bad);
            return -1;
        }
        self->n_items++;
    }
    return 0;
}

static int stream_failed(struct ArrowArrayStream *stream, int code, size_t row) {
    const char *message = stream->get_last_error != NULL ? stream->get_last_error(stream) : NULL;
    if (!PyErr_Occurred())
        PyErr_Format(PyExc_OSError, "Arrow stream failed at row %zu: %s", row,
                     message != NULL ? message : strerror(code));
    return -1;
}

static int read_arrays(struct ArrowArrayStream *stream, const char *column, ext_arrow *self) {
    ca_alloc libc = ca_alloc_libc();
    reading unused;
    int code = stream->get_schema(stream, &self->schema);
    if (code != 0) return stream_failed(stream, code, 0);
    if (find_text(self, NULL, column, &unused) < 0) return -1;
    for (;;) {
        struct ArrowArray array = {.release = NULL};
        code = stream->get_next(stream, &array);
        if (code != 0) return stream_failed(stream, code, self->n_items);
        if (array.release == NULL) return 0;
        if (CA_GROW(&libc, self->arrays, self->arrays_capacity, self->n_arrays + 1) != CA_OK) {
            array.release(&array);
            PyErr_NoMemory();
            return -1;
        }
        self->arrays[self->n_arrays++] = array;
        if (add_rows(self, &self->arrays[self->n_arrays - 1], column) < 0) return -1;
    }
}

/* ---- capsules ---- */

static int read_stream(PyObject *capsule, const char *column, ext_arrow *self) {
    struct ArrowArrayStream *source = PyCapsule_GetPointer(capsule, "arrow_array_stream");
    if (source == NULL) return -1;
    if (source->release == NULL) {
        PyErr_SetString(PyExc_ValueError, "Arrow stream was consumed before");
        return -1;
    }
    struct ArrowArrayStream stream = *source;
    source->release = NULL; /* moved: ours to release from now on */
    int status = read_arrays(&stream, column, self);
    stream.release(&stream);
    return status;
}

static int read_array(PyObject *capsules, const char *column, ext_arrow *self) {
    ca_alloc libc = ca_alloc_libc();
    PyObject *schema_capsule, *array_capsule;
    if (!PyArg_ParseTuple(capsules, "OO", &schema_capsule, &array_capsule)) return -1;
    struct ArrowSchema *schema = PyCapsule_GetPointer(schema_capsule, "arrow_schema");
    struct ArrowArray *array = PyCapsule_GetPointer(array_capsule, "arrow_array");
    if (schema == NULL || array == NULL) return -1;
    if (CA_GROW(&libc, self->arrays, self->arrays_capacity, 1) != CA_OK) {
        PyErr_NoMemory();
        return -1;
    }
    self->schema = *schema;
    self->arrays[self->n_arrays++] = *array;
    schema->release = NULL;
    array->release = NULL;
    return add_rows(self, &self->arrays[0], column);
}

int ext_arrow_read(PyObject *object, const char *column, ext_arrow *self) {
    *self = (ext_arrow){.n_items = 0};
    int status = -1;
    bool stream = PyObject_HasAttrString(object, "__arrow_c_stream__");
    PyObject *exported =
        PyObject_CallMethod(object, stream ? "__arrow_c_stream__" : "__arrow_c_array__", NULL);
    if (exported != NULL)
        status = stream ? read_stream(exported, column, self) : read_array(exported, column, self);
    Py_XDECREF(exported);
    if (status < 0) ext_arrow_reset(self);
    return status;
}

void ext_arrow_reset(ext_arrow *self) {
    ca_alloc libc = ca_alloc_libc();
    for (size_t i = 0; i < self->n_arrays; i++) self->arrays[i].release(&self->arrays[i]);
    if (self->schema.release != NULL) self->schema.release(&self->schema);
    CA_FREE(&libc, self->arrays);
    CA_FREE(&libc, self->items);
    *self = (ext_arrow){.n_items = 0};
}
