#include "arrow.h"

#include <errno.h>

#include "../core/tokenize.h"
#include "../core/utf8.h"

/* An array of plain strings: n u U vu. */
typedef struct strings {
    const char *format;
    const struct ArrowArray *array;
    int64_t end; /* where the bytes of the last row end (u, U): nothing may lie behind */
} strings;

/* How one array of the column is to be read. */
typedef struct reading {
    const struct ArrowArray *parent; /* a struct above it, or NULL */
    const struct ArrowArray *rows;   /* one entry a row: the strings, or indices of them */
    const char *index;               /* the format of the indices, NULL where there are none */
    strings strings;
} reading;

static int refuse(size_t row, const char *why) {
    PyErr_Format(PyExc_ValueError, "Arrow column: row %zu: %s", row, why);
    return -1;
}

/* ---- one row ---- */

static bool is_valid_at(const struct ArrowArray *array, int64_t i) {
    const uint8_t *bits = array->n_buffers > 0 ? array->buffers[0] : NULL;
    if (bits == NULL || array->null_count == 0) return true;
    return bits[i >> 3] >> (i & 7) & 1;
}

/* Bytes [begin, end) of the data buffer, which must rise and lie before those of the last row. */
static int span(const strings *self, int64_t begin, int64_t end, size_t row, ca_text *out) {
    if (begin < 0 || end < begin || end > self->end) return refuse(row, "string offsets fall");
    const uint8_t *data = self->array->buffers[2];
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
    const int64_t *sizes = n_data >= 1 ? array->buffers[array->n_buffers - 1] : NULL;
    int32_t buffer = v->at.far.buffer, offset = v->at.far.offset;
    const uint8_t *data =
        sizes != NULL && buffer >= 0 && buffer < n_data ? array->buffers[2 + buffer] : NULL;
    if (data == NULL || offset < 0 || sizes[buffer] < (int64_t)offset + v->len)
        return refuse(row, "a string view points outside of its buffers");
    *out = (ca_text){data + offset, (size_t)v->len, CA_TEXT_UTF8};
    return 0;
}

/* Entry i (the array's offset included) of plain strings. */
static int string_at(const strings *self, int64_t i, size_t row, ca_text *out) {
    const struct ArrowArray *array = self->array;
    *out = (ca_text){NULL, 0, CA_TEXT_MISSING};
    if (self->format[0] == 'n' || !is_valid_at(array, i)) return 0;
    if (self->format[0] == 'u') {
        const int32_t *offsets = array->buffers[1];
        return span(self, offsets[i], offsets[i + 1], row, out);
    }
    if (self->format[0] == 'U') {
        const int64_t *offsets = array->buffers[1];
        return span(self, offsets[i], offsets[i + 1], row, out);
    }
    return span_of_view(array, i, row, out);
}

/* Index i as an int64; what is larger than that becomes negative, and so out of range. */
static int64_t index_at(const char *format, const void *buffer, int64_t i) {
    switch (format[0]) {
    case 'c':
        return ((const int8_t *)buffer)[i];
    case 'C':
        return ((const uint8_t *)buffer)[i];
    case 's':
        return ((const int16_t *)buffer)[i];
    case 'S':
        return ((const uint16_t *)buffer)[i];
    case 'i':
        return ((const int32_t *)buffer)[i];
    case 'I':
        return ((const uint32_t *)buffer)[i];
    default: /* l and L */
        return ((const int64_t *)buffer)[i];
    }
}

static int entry_at(const reading *self, int64_t i, size_t row, ca_text *out) {
    const struct ArrowArray *dictionary = self->strings.array;
    if (self->index == NULL) return string_at(&self->strings, i, row, out);
    *out = (ca_text){NULL, 0, CA_TEXT_MISSING};
    if (!is_valid_at(self->rows, i)) return 0;
    int64_t index = index_at(self->index, self->rows->buffers[1], i);
    if (index < 0 || index >= dictionary->length)
        return refuse(row, "a dictionary index is out of range");
    return string_at(&self->strings, dictionary->offset + index, row, out);
}

static int read_row(const reading *self, int64_t i, size_t row, ca_text *out) {
    const struct ArrowArray *parent = self->parent;
    *out = (ca_text){NULL, 0, CA_TEXT_MISSING};
    if (parent != NULL) {
        i += parent->offset;
        if (!is_valid_at(parent, i)) return 0;
    }
    if (entry_at(self, self->rows->offset + i, row, out) < 0) return -1;
    if (out->len <= UINT32_MAX) return 0;
    PyErr_Format(PyExc_ValueError, EXT_TEXT_TOO_LARGE, row);
    return -1;
}

/* ---- schemas ---- */

static bool is_strings(const char *format) {
    return strcmp(format, "u") == 0 || strcmp(format, "U") == 0 || strcmp(format, "vu") == 0 ||
           strcmp(format, "n") == 0;
}

static bool is_text(const struct ArrowSchema *schema) {
    if (schema->dictionary == NULL) return is_strings(schema->format);
    return strchr("cCsSiIlL", schema->format[0]) != NULL && schema->format[1] == '\0' &&
           schema->dictionary->dictionary == NULL && is_strings(schema->dictionary->format);
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

/* What to do about a format that is not read. */
static const char *advice(const char *format) {
    if (strcmp(format, "+r") == 0)
        return "; decode its runs first (pyarrow.compute.run_end_decode)";
    if (strcmp(format, "z") == 0 || strcmp(format, "Z") == 0 || strcmp(format, "vz") == 0)
        return "; decode its bytes first";
    return "";
}

/* Find the schema of the text: the column itself, or a child of a struct. */
static int find_text(ext_arrow *self, const char *column) {
    self->text = &self->schema;
    self->child = -1;
    if (strcmp(self->schema.format, "+s") == 0) {
        self->child = child_of(&self->schema, column);
        if (self->child < 0) return -1;
        self->text = self->schema.children[self->child];
    }
    if (is_text(self->text)) return 0;
    PyErr_Format(PyExc_TypeError,
                 "Arrow column has format '%s', expected strings (u, U, vu or a dictionary of "
                 "them)%s",
                 self->text->format, advice(self->text->format));
    return -1;
}

/* ---- arrays ---- */

/* What is wrong with the frame of an array that must hold `n_buffers` and rows up to `length`
 * (the offset not counted); NULL if nothing is. */
static const char *flaw(const struct ArrowArray *array, int64_t n_buffers, int64_t length) {
    if (array == NULL) return "an array is missing";
    if (array->length < 0 || array->offset < 0 || array->length > INT64_MAX - array->offset)
        return "the array has a negative length or offset";
    if (array->length < length) return "an array is shorter than the one it belongs to";
    if (array->length == 0 || n_buffers == 0) return NULL;
    if (array->n_buffers < n_buffers || array->buffers == NULL) return "a buffer is missing";
    return n_buffers > 1 && array->buffers[1] == NULL ? "a buffer is missing" : NULL;
}

static const char *take_strings(const struct ArrowSchema *schema, const struct ArrowArray *array,
                                int64_t length, strings *out) {
    const char *format = schema->format;
    int64_t n_buffers = format[0] == 'n' ? 0 : format[0] == 'v' ? 2 : 3;
    const char *why = flaw(array, n_buffers, length);
    if (why != NULL) return why;
    *out = (strings){.format = format, .array = array};
    int64_t last = array->offset + array->length;
    if (array->length == 0) return NULL;
    if (format[0] == 'u') out->end = ((const int32_t *)array->buffers[1])[last];
    if (format[0] == 'U') out->end = ((const int64_t *)array->buffers[1])[last];
    return NULL;
}

/* Prepare to read the text of an array of the column; NULL, or what is wrong with the array. */
static const char *open_array(const ext_arrow *self, const struct ArrowArray *array, reading *out) {
    const struct ArrowSchema *text = self->text;
    int64_t length = 0;
    *out = (reading){.rows = array};
    if (self->child >= 0) {
        const char *why = flaw(array, 0, 0);
        if (why != NULL) return why;
        if (array->n_children <= self->child || array->children == NULL)
            return "an array is missing";
        out->parent = array;
        out->rows = array->children[self->child];
        length = array->offset + array->length;
    }
    if (text->dictionary == NULL) return take_strings(text, out->rows, length, &out->strings);
    out->index = text->format;
    const char *why = flaw(out->rows, 2, length);
    return why != NULL ? why
                       : take_strings(text->dictionary, out->rows->dictionary, 0, &out->strings);
}

static int add_rows(ext_arrow *self, const struct ArrowArray *array) {
    ca_alloc libc = ca_alloc_libc();
    reading how;
    const char *why = open_array(self, array, &how);
    if (why != NULL) return refuse(self->n_items, why);
    size_t length = (size_t)array->length;
    if (length > SIZE_MAX - self->n_items ||
        CA_GROW(&libc, self->items, self->items_capacity, self->n_items + length) != CA_OK) {
        PyErr_NoMemory();
        return -1;
    }
    for (int64_t i = 0; i < array->length; i++) {
        if (read_row(&how, i, self->n_items, &self->items[self->n_items]) < 0) return -1;
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
    int code = stream->get_schema(stream, &self->schema);
    if (code != 0) return stream_failed(stream, code, 0);
    if (find_text(self, column) < 0) return -1;
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
        if (add_rows(self, &self->arrays[self->n_arrays - 1]) < 0) return -1;
    }
}

/* ---- UTF-8 ---- */

/* The rows of a chunk, and the first of them that is not UTF-8. */
typedef struct chunk {
    size_t first, end, bad_row, bad_byte;
} chunk;

typedef struct check {
    ca_texts texts;
    chunk *chunks;
    size_t n_chunks, chunks_capacity;
} check;

static ca_status check_chunk(void *ctx, size_t number, size_t worker, const ca_poll *poll) {
    (void)worker;
    const check *self = ctx;
    chunk *c = &self->chunks[number];
    if (ca_poll_stop(poll)) return CA_STOPPED;
    for (size_t row = c->first; row < c->end; row++) {
        const ca_text *text = &self->texts.items[row];
        if (text->form == CA_TEXT_MISSING || ca_utf8_valid(text->ptr, text->len, &c->bad_byte))
            continue;
        c->bad_row = row;
        return CA_INVALID;
    }
    return CA_OK;
}

static ca_status check_all(check *self, size_t n_threads) {
    ca_alloc libc = ca_alloc_libc();
    for (size_t first = 0; first < self->texts.n;) {
        size_t end = ca_chunk_end(&self->texts, first);
        CA_TRY(CA_GROW(&libc, self->chunks, self->chunks_capacity, self->n_chunks + 1));
        self->chunks[self->n_chunks++] = (chunk){.first = first, .end = end, .bad_row = SIZE_MAX};
        first = end;
    }
    return ext_run(&(ca_par_job){check_chunk, self, self->n_chunks}, n_threads);
}

/* Refuse bytes that are not UTF-8; threads read, and Ctrl-C stops them. */
static int check_utf8(const ext_arrow *arrow, size_t n_threads) {
    ca_alloc libc = ca_alloc_libc();
    check self = {.texts = {arrow->items, arrow->n_items}};
    ca_status status = check_all(&self, n_threads);
    const chunk *bad = self.chunks;
    while (status == CA_INVALID && bad->bad_row == SIZE_MAX) bad++;
    if (status == CA_INVALID) {
        PyErr_Format(PyExc_ValueError, "Arrow column: row %zu: invalid UTF-8 at byte %zu",
                     bad->bad_row, bad->bad_byte);
    } else if (status != CA_OK) {
        ext_raise(status, "reading text");
    }
    CA_FREE(&libc, self.chunks);
    return status == CA_OK ? 0 : -1;
}

/* ---- releasing ---- */

/* A producer may be written in Python, whose functions must not be called with an exception set. */
static void release_all(ext_arrow *self, struct ArrowArrayStream *stream) {
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (stream != NULL) stream->release(stream);
    for (size_t i = 0; self != NULL && i < self->n_arrays; i++) {
        if (self->arrays[i].release != NULL) self->arrays[i].release(&self->arrays[i]);
    }
    if (self != NULL && self->schema.release != NULL) self->schema.release(&self->schema);
    PyErr_Restore(type, value, traceback);
}

void ext_arrow_reset(ext_arrow *self) {
    ca_alloc libc = ca_alloc_libc();
    release_all(self, NULL);
    CA_FREE(&libc, self->arrays);
    CA_FREE(&libc, self->items);
    *self = (ext_arrow){.n_items = 0};
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
    release_all(NULL, &stream);
    return status;
}

static int read_array(PyObject *capsules, const char *column, ext_arrow *self) {
    ca_alloc libc = ca_alloc_libc();
    if (!PyTuple_Check(capsules) || PyTuple_GET_SIZE(capsules) != 2) {
        PyErr_SetString(PyExc_TypeError, "__arrow_c_array__ must return two capsules");
        return -1;
    }
    struct ArrowSchema *schema =
        PyCapsule_GetPointer(PyTuple_GET_ITEM(capsules, 0), "arrow_schema");
    if (schema == NULL) return -1;
    struct ArrowArray *array = PyCapsule_GetPointer(PyTuple_GET_ITEM(capsules, 1), "arrow_array");
    if (array == NULL) return -1;
    if (schema->release == NULL || array->release == NULL) {
        PyErr_SetString(PyExc_ValueError, "Arrow array was consumed before");
        return -1;
    }
    if (CA_GROW(&libc, self->arrays, self->arrays_capacity, 1) != CA_OK) {
        PyErr_NoMemory();
        return -1;
    }
    self->schema = *schema;
    self->arrays[self->n_arrays++] = *array;
    schema->release = NULL;
    array->release = NULL;
    return find_text(self, column) < 0 ? -1 : add_rows(self, &self->arrays[0]);
}

int ext_arrow_read(PyObject *object, const char *column, size_t n_threads, ext_arrow *self) {
    *self = (ext_arrow){.n_items = 0};
    int status = -1;
    bool stream = PyObject_HasAttrString(object, "__arrow_c_stream__");
    PyObject *exported =
        PyObject_CallMethod(object, stream ? "__arrow_c_stream__" : "__arrow_c_array__", NULL);
    if (exported != NULL)
        status = stream ? read_stream(exported, column, self) : read_array(exported, column, self);
    Py_XDECREF(exported);
    if (status == 0) status = check_utf8(self, n_threads);
    if (status < 0) ext_arrow_reset(self);
    return status;
}
