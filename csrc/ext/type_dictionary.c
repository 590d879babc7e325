#include "type_dictionary.h"

#include "../core/dict_build.h"
#include "../core/dict_file.h"
#include "../par/pages.h"
#include "type_texts.h"

typedef struct work {
    const ca_alloc *alloc;
    ca_alias_list list;
    uint64_t seed;
    ca_dict *dict;
    uint8_t *problems;
} work;

static ca_status build(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    work *self = ctx;
    return ca_dict_build(self->alloc, &self->list, self->seed, poll, self->dict, self->problems);
}

static bool rules_are_known(const uint8_t *rules, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (rules[i] >= CA_CASE_RULES) return false;
    }
    return true;
}

/* The arguments, as arrays; the last three may be None. */
typedef struct columns {
    ext_array entries, priorities, rules, shorts, from_days, to_days;
} columns;

static void columns_clear(columns *self) {
    ext_array_clear(&self->entries);
    ext_array_clear(&self->priorities);
    ext_array_clear(&self->rules);
    ext_array_clear(&self->shorts);
    ext_array_clear(&self->from_days);
    ext_array_clear(&self->to_days);
}

static bool fits_or_is_none(const ext_array *array, size_t n) {
    return array->owner == NULL || array->n == n;
}

static bool columns_fit(const columns *self, size_t n) {
    return self->entries.n == n && self->priorities.n == n && self->rules.n == n &&
           fits_or_is_none(&self->shorts, n) && fits_or_is_none(&self->from_days, n) &&
           fits_or_is_none(&self->to_days, n) && rules_are_known(ext_uint8(&self->rules), n);
}

/* `O&` converters for an array or None. */
static int uint8_or_none(PyObject *object, void *out) {
    return object == Py_None ? 1 : ext_uint8_array(object, out);
}
static int int32_or_none(PyObject *object, void *out) {
    return object == Py_None ? 1 : ext_int32_array(object, out);
}

/* Build self->dict from the arguments; -1 with an exception set. */
static int fill(ext_dictionary *self, PyObject *args) {
    PyObject *texts;
    columns in = {EXT_ARRAY_NONE, EXT_ARRAY_NONE, EXT_ARRAY_NONE,
                  EXT_ARRAY_NONE, EXT_ARRAY_NONE, EXT_ARRAY_NONE};
    int globs, accents = 0, status = -1;
    unsigned long long seed;
    if (!PyArg_ParseTuple(args, "OO&O&O&pK|pO&O&O&:Dictionary", &texts, ext_int32_array,
                          &in.entries, ext_int32_array, &in.priorities, ext_uint8_array, &in.rules,
                          &globs, &seed, &accents, uint8_or_none, &in.shorts, int32_or_none,
                          &in.from_days, int32_or_none, &in.to_days))
        return -1;
    if (strcmp(Py_TYPE(texts)->tp_name, "coactor._core.Texts") != 0) {
        PyErr_SetString(PyExc_TypeError, "aliases must be Texts");
        goto done;
    }
    ca_texts view = ext_texts_view((ext_texts *)texts);
    if (!columns_fit(&in, view.n)) {
        PyErr_SetString(PyExc_ValueError, "aliases, entries, priorities and rules do not fit");
        goto done;
    }
    uint8_t *problems;
    self->problems = ext_new_uint8(view.n, &problems);
    if (self->problems == NULL) goto done;
    work w = {.alloc = &self->alloc,
              .list = {.texts = view,
                       .entries = ext_int32(&in.entries),
                       .priorities = ext_int32(&in.priorities),
                       .rules = ext_uint8(&in.rules),
                       .shorts = ext_uint8(&in.shorts),
                       .from_days = ext_int32(&in.from_days),
                       .to_days = ext_int32(&in.to_days),
                       .globs = globs != 0,
                       .accents = accents != 0},
              .seed = seed,
              .dict = &self->dict,
              .problems = problems};
    ca_status built = ext_run(&(ca_par_job){build, &w, 1}, 1);
    if (built != CA_OK) {
        ext_raise(built, "building the dictionary");
    } else {
        status = 0;
    }
done:
    columns_clear(&in);
    return status;
}

static PyObject *dictionary_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs) > 0) {
        PyErr_SetString(PyExc_TypeError, "Dictionary takes no keywords");
        return NULL;
    }
    ext_dictionary *self = (ext_dictionary *)type->tp_alloc(type, 0);
    if (self == NULL) return NULL;
    self->alloc = ca_pages_alone();
    if (fill(self, args) < 0) Py_CLEAR(self);
    return (PyObject *)self;
}

static int dictionary_clear(PyObject *object) {
    Py_CLEAR(((ext_dictionary *)object)->problems);
    return 0;
}

static int dictionary_traverse(PyObject *object, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(((ext_dictionary *)object)->problems);
    return 0;
}

static void dictionary_dealloc(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    dictionary_clear(object);
    ca_dict_reset(&((ext_dictionary *)object)->dict);
    PyBuffer_Release(&((ext_dictionary *)object)->buffer);
    type->tp_free(object);
    Py_DECREF(type);
}

static PyObject *get_problems(PyObject *object, PyObject *unused) {
    (void)unused;
    uint8_t *none;
    ext_dictionary *self = (ext_dictionary *)object;
    return self->problems != NULL ? Py_NewRef(self->problems) : ext_new_uint8(0, &none);
}

static PyObject *get_size(PyObject *object, PyObject *unused) {
    (void)unused;
    return PyLong_FromUnsignedLongLong(((ext_dictionary *)object)->dict.header->size);
}

static PyObject *get_meta(PyObject *object, PyObject *unused) {
    (void)unused;
    ext_dictionary *self = (ext_dictionary *)object;
    if (self->buffer.obj == NULL) Py_RETURN_NONE;
    Py_ssize_t at = (Py_ssize_t)self->meta_at, end = at + (Py_ssize_t)self->n_meta;
    PyObject *view = PyMemoryView_FromObject(self->buffer.obj);
    PyObject *bytes = view != NULL ? PyObject_CallMethod(view, "cast", "s", "B") : NULL;
    PyObject *meta = bytes != NULL ? PySequence_GetSlice(bytes, at, end) : NULL;
    Py_XDECREF(bytes);
    Py_XDECREF(view);
    return meta;
}

/* ---- to bytes and back ---- */

static PyObject *to_bytes(PyObject *object, PyObject *args) {
    ext_dictionary *self = (ext_dictionary *)object;
    Py_buffer meta;
    uint64_t fingerprint;
    if (!PyArg_ParseTuple(args, "y*:to_bytes", &meta)) return NULL;
    PyObject *bytes = NULL;
    uint64_t size = ca_dict_file_size(&self->dict, (size_t)meta.len);
    ca_status status = ca_dict_fingerprint(&self->alloc, &fingerprint);
    if (status == CA_OK && (size == 0 || size > PY_SSIZE_T_MAX)) status = CA_TOO_LARGE;
    if (status != CA_OK) {
        ext_raise(status, "saving the dictionary");
    } else {
        bytes = PyByteArray_FromStringAndSize(NULL, (Py_ssize_t)size);
    }
    if (bytes != NULL)
        ca_dict_file_write(&self->dict, (ca_str){meta.buf, (size_t)meta.len}, fingerprint,
                           (uint8_t *)PyByteArray_AS_STRING(bytes));
    PyBuffer_Release(&meta);
    return bytes;
}

/* Bytes at an address that is no multiple of 8 are copied to one that is. */
static ca_str aligned(ext_dictionary *self) {
    ca_str file = {self->buffer.buf, (size_t)self->buffer.len};
    uint8_t *copy = NULL;
    if ((uintptr_t)file.ptr % 8 == 0) return file;
    if (CA_RESIZE(&self->alloc, copy, file.len) != CA_OK) return (ca_str){NULL, 0};
    memcpy(copy, file.ptr, file.len);
    return (ca_str){copy, file.len};
}

static int open_buffer(ext_dictionary *self) {
    uint64_t fingerprint;
    const char *why = "";
    ca_str meta, file = aligned(self);
    if (file.ptr == NULL) return ext_raise(CA_NO_MEMORY, "opening the dictionary"), -1;
    ca_status status = ca_dict_fingerprint(&self->alloc, &fingerprint);
    if (status == CA_OK) {
        Py_BEGIN_ALLOW_THREADS status =
            ca_dict_file_open(file, fingerprint, &self->dict, &meta, &why);
        Py_END_ALLOW_THREADS
    }
    bool copied = file.ptr != (const uint8_t *)self->buffer.buf;
    if (status == CA_OK) {
        self->dict.alloc = copied ? &self->alloc : NULL;
        self->dict.owned = copied ? (void *)(uintptr_t)file.ptr : NULL;
        self->meta_at = (size_t)(meta.ptr - file.ptr);
        self->n_meta = meta.len;
        return 0;
    }
    if (copied) {
        void *memory = (void *)(uintptr_t)file.ptr;
        CA_FREE(&self->alloc, memory);
    }
    if (status == CA_INVALID) {
        PyErr_SetString(PyExc_ValueError, why);
    } else {
        ext_raise(status, "opening the dictionary");
    }
    return -1;
}

static PyObject *dictionary_open(PyObject *type, PyObject *object) {
    ext_dictionary *self =
        (ext_dictionary *)((PyTypeObject *)type)->tp_alloc((PyTypeObject *)type, 0);
    if (self == NULL) return NULL;
    self->alloc = ca_alloc_libc();
    if (PyObject_GetBuffer(object, &self->buffer, PyBUF_SIMPLE) < 0 || open_buffer(self) < 0)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static PyObject *validate(PyObject *object, PyObject *unused) {
    (void)unused;
    const char *why = NULL;
    if (ca_dict_validate(&((ext_dictionary *)object)->dict, &why)) Py_RETURN_NONE;
    return PyUnicode_FromString(why);
}

static PyMethodDef dictionary_methods[] = {
    {"problems", get_problems, METH_NOARGS,
     PyDoc_STR(
         "problems($self, /)\n--\n\nFor each alias 0 good, 1 empty, 2 too long, 3 repeated.")},
    {"validate", validate, METH_NOARGS,
     PyDoc_STR("validate($self, /)\n--\n\nNone, or which invariant is broken.")},
    {"size", get_size, METH_NOARGS, PyDoc_STR("size($self, /)\n--\n\nBytes of the buffer.")},
    {"meta", get_meta, METH_NOARGS,
     PyDoc_STR("meta($self, /)\n--\n\nThe meta bytes of an opened one, else None.")},
    {"to_bytes", to_bytes, METH_VARARGS,
     PyDoc_STR("to_bytes($self, meta, /)\n--\n\nA bytearray that `open` takes.")},
    {"open", dictionary_open, METH_O | METH_CLASS,
     PyDoc_STR("open($type, buffer, /)\n--\n\nLook into bytes of `to_bytes`, without a copy.")},
    {NULL, NULL, 0, NULL}};

static PyType_Slot dictionary_slots[] = {
    {Py_tp_doc, PyDoc_STR("Dictionary(aliases, entries, priorities, rules, globs, seed, "
                          "accents=False, shorts=None, from_days=None, to_days=None, /)\n--\n\n"
                          "Aliases ready to be found; frozen.")},
    {Py_tp_new, dictionary_new},
    {Py_tp_dealloc, dictionary_dealloc},
    {Py_tp_traverse, dictionary_traverse},
    {Py_tp_clear, dictionary_clear},
    {Py_tp_methods, dictionary_methods},
    {0, NULL}};

PyType_Spec ext_dictionary_spec = {
    .name = "coactor._core.Dictionary",
    .basicsize = sizeof(ext_dictionary),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = dictionary_slots,
};
