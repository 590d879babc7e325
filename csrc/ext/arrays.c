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
