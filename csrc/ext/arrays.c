/* C memory to ndarray and back: the only file of the project that knows NumPy. */
#include "ext.h"

#include <numpy/arrayobject.h>

int ext_import_numpy(void) {
    return PyArray_ImportNumPyAPI();
}

static int to_array(PyObject *object, ext_array *out, int type) {
    if (object == NULL) { /* a later converter failed */
        ext_array_clear(out);
        return 1;
    }
    PyObject *array =
        PyArray_FROMANY(object, type, 1, 1, NPY_ARRAY_CARRAY_RO | NPY_ARRAY_NOTSWAPPED);
    if (array == NULL) return 0;
    *out = (ext_array){array, PyArray_DATA((PyArrayObject *)array),
                       (size_t)PyArray_SIZE((PyArrayObject *)array)};
    return Py_CLEANUP_SUPPORTED;
}

int ext_int64_array(PyObject *object, void *out) {
    return to_array(object, out, NPY_INT64);
}

int ext_int32_array(PyObject *object, void *out) {
    return to_array(object, out, NPY_INT32);
}

int ext_uint8_array(PyObject *object, void *out) {
    return to_array(object, out, NPY_UINT8);
}

int ext_float64_array(PyObject *object, void *out) {
    return to_array(object, out, NPY_FLOAT64);
}

int ext_maybe_int64(PyObject *object, void *out) {
    return object == Py_None ? 1 : ext_int64_array(object, out);
}

int ext_maybe_int32(PyObject *object, void *out) {
    return object == Py_None ? 1 : ext_int32_array(object, out);
}

int ext_maybe_uint8(PyObject *object, void *out) {
    return object == Py_None ? 1 : ext_uint8_array(object, out);
}

void ext_array_clear(ext_array *array) {
    Py_CLEAR(array->owner);
    *array = EXT_ARRAY_NONE;
}

static void release_capsule(PyObject *capsule) {
    ca_alloc libc = ca_alloc_libc();
    void *data = PyCapsule_GetPointer(capsule, NULL);
    CA_FREE(&libc, data);
}

/* A new array over *data, or one of NumPy's own where there is nothing to own. */
static PyObject *take(void **data, size_t n, int type) {
    npy_intp length = (npy_intp)n;
    if (*data == NULL) return PyArray_SimpleNew(1, &length, type);
    PyObject *array = PyArray_SimpleNewFromData(1, &length, type, *data);
    if (array == NULL) return NULL;
    PyObject *capsule = PyCapsule_New(*data, NULL, release_capsule);
    if (capsule == NULL || PyArray_SetBaseObject((PyArrayObject *)array, capsule) < 0) {
        /* SetBaseObject has taken the capsule, and with it the memory, even where it fails. */
        if (capsule != NULL) *data = NULL;
        Py_DECREF(array);
        return NULL;
    }
    *data = NULL;
    return array;
}

PyObject *ext_take_int64(int64_t **data, size_t n) {
    return take((void **)data, n, NPY_INT64);
}

PyObject *ext_take_int32(int32_t **data, size_t n) {
    return take((void **)data, n, NPY_INT32);
}

PyObject *ext_take_float64(double **data, size_t n) {
    return take((void **)data, n, NPY_FLOAT64);
}

static PyObject *fresh(size_t n, int type, void **data) {
    npy_intp length = (npy_intp)n;
    PyObject *array = PyArray_SimpleNew(1, &length, type);
    if (array != NULL) *data = PyArray_DATA((PyArrayObject *)array);
    return array;
}

PyObject *ext_new_int64(size_t n, int64_t **data) {
    return fresh(n, NPY_INT64, (void **)data);
}

PyObject *ext_new_int32(size_t n, int32_t **data) {
    return fresh(n, NPY_INT32, (void **)data);
}

PyObject *ext_new_uint8(size_t n, uint8_t **data) {
    return fresh(n, NPY_UINT8, (void **)data);
}

/* ---- strings ---- */

/* An array of StringDType, whose strings may be looked at while the allocator is held. */
typedef struct string_array {
    const char *first;
    npy_intp stride, n;
    npy_string_allocator *allocator;
} string_array;

/* String i: 1 where it is missing, 0, or -1 if it cannot be read. No call of Python, for the lock
 * of the allocator is held. */
static int load_string(const string_array *self, npy_intp i, npy_static_string *out) {
    const char *packed = self->first + i * self->stride;
    return NpyString_load(self->allocator, (const npy_packed_static_string *)packed, out);
}

static ca_status copy_strings(const string_array *self, ext_strings *out) {
    ca_alloc libc = ca_alloc_libc();
    size_t n_bytes = 0, at = 0;
    npy_static_string string;
    for (npy_intp i = 0; i < self->n; i++) {
        int missing = load_string(self, i, &string);
        if (missing < 0) return CA_INVALID;
        if (missing == 0) n_bytes += string.size;
    }
    CA_TRY(CA_RESIZE(&libc, out->bytes, n_bytes));
    CA_TRY(CA_ZEROS(&libc, out->items, (size_t)self->n));
    for (npy_intp i = 0; i < self->n; i++) {
        if (load_string(self, i, &string) != 0) continue;
        if (string.size > 0) memcpy(out->bytes + at, string.buf, string.size);
        out->items[i] = (ca_text){out->bytes + at, string.size, CA_TEXT_UTF8};
        at += string.size;
    }
    out->n = (size_t)self->n;
    return CA_OK;
}

int ext_strings_read(PyObject *object, ext_strings *out) {
    *out = (ext_strings){.n = 0};
    if (!PyArray_CheckExact(object)) return 0;
    PyArrayObject *array = (PyArrayObject *)object;
    if (PyArray_TYPE(array) != NPY_VSTRING || PyArray_NDIM(array) != 1) return 0;
    string_array strings = {
        .first = PyArray_BYTES(array),
        .stride = PyArray_STRIDE(array, 0),
        .n = PyArray_SIZE(array),
        .allocator =
            NpyString_acquire_allocator((const PyArray_StringDTypeObject *)PyArray_DESCR(array)),
    };
    ca_status status = copy_strings(&strings, out);
    NpyString_release_allocator(strings.allocator);
    if (status == CA_OK) return 1;
    ext_strings_reset(out);
    ext_raise(status, "reading strings");
    return -1;
}

void ext_strings_reset(ext_strings *self) {
    ca_alloc libc = ca_alloc_libc();
    CA_FREE(&libc, self->bytes);
    CA_FREE(&libc, self->items);
    self->n = 0;
}
