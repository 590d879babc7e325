/* ext.h - what the files of the extension share: module state, converters, errors, running.
 *
 * Every function that Python sees has three paragraphs: convert the arguments (`O&` converters
 * that clean up after a later failure), run the core without the GIL (ext_run), wrap the result
 * in arrays that own their memory (ext_take_...). No file but arrays.c knows NumPy.
 *
 *     static PyObject *example(PyObject *module, PyObject *args) {
 *         ext_array ids = EXT_ARRAY_NONE;
 *         if (!PyArg_ParseTuple(args, "O&", ext_int32_array, &ids)) return NULL;
 *         ...
 *         ext_array_clear(&ids);
 *         return result;
 *     }
 */
#ifndef CA_EXT_H
#define CA_EXT_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "../core/base.h"
#include "../core/mem.h"
#include "../core/texts.h"
#include "../par/par.h"

/* One per module object; nothing of the extension is global. */
typedef struct ext_state {
    PyTypeObject *texts_type, *tokens_type, *dictionary_type;
    PyTypeObject *letters_type, *vader_type, *afinn_type;
} ext_state;

static inline ext_state *ext_state_of(PyObject *module) {
    return (ext_state *)PyModule_GetState(module);
}

/* Set the exception for a status of the core (none is set for CA_STOPPED if the signal handler
 * has set one already) and return NULL. `what` says what was being done: "counting pairs". */
PyObject *ext_raise(ca_status status, const char *what);

/* ---- run.c ---- */

/* Run a job on up to n_threads threads with the GIL released; Ctrl-C stops it within 100 ms and
 * leaves KeyboardInterrupt set (then CA_STOPPED is returned). */
CA_MUST_CHECK ca_status ext_run(const ca_par_job *job, size_t n_threads);

/* Call `watcher` with the numbers of chunks taken and in all while this thread of Python runs jobs
 * of several chunks, as often as it looks for Ctrl-C; None: nobody. An exception of it stops the
 * job as Ctrl-C does. Returns who watched before. */
PyObject *ext_watch(PyObject *module, PyObject *watcher);

/* `O&` converter for a count of threads: an int of at least 1, into a size_t. */
int ext_threads(PyObject *object, void *out);

/* ---- arrays.c: the only file with NumPy ---- */

int ext_import_numpy(void); /* once, from module.c; -1 with an exception set */

/* A borrowed look at a NumPy array, kept alive by `owner`. */
typedef struct ext_array {
    PyObject *owner;
    const void *data;
    size_t n;
} ext_array;

#define EXT_ARRAY_NONE ((ext_array){NULL, NULL, 0})

/* `O&` converters: any object that NumPy can turn into a contiguous 1-D array of that type safely
 * (no copy where it is one already). They clean up after a later failure. */
int ext_int64_array(PyObject *object, void *out);
int ext_int32_array(PyObject *object, void *out);
int ext_uint8_array(PyObject *object, void *out);
int ext_float64_array(PyObject *object, void *out);

/* The same for an array that may be None: then there is no owner, and no data. */
int ext_maybe_int64(PyObject *object, void *out);
int ext_maybe_int32(PyObject *object, void *out);
int ext_maybe_uint8(PyObject *object, void *out);

void ext_array_clear(ext_array *array);

static inline const int64_t *ext_int64(const ext_array *array) {
    return array->data;
}
static inline const int32_t *ext_int32(const ext_array *array) {
    return array->data;
}
static inline const uint8_t *ext_uint8(const ext_array *array) {
    return array->data;
}
static inline const double *ext_float64(const ext_array *array) {
    return array->data;
}

/* A 1-D array that owns `*data` (memory of ca_alloc_libc) from now on; *data becomes NULL. On
 * failure NULL with an exception set, and *data is still the caller's. */
PyObject *ext_take_int64(int64_t **data, size_t n);
PyObject *ext_take_int32(int32_t **data, size_t n);
PyObject *ext_take_float64(double **data, size_t n);

/* A fresh array for the caller to fill through *data. */
PyObject *ext_new_int64(size_t n, int64_t **data);
PyObject *ext_new_int32(size_t n, int32_t **data);
PyObject *ext_new_uint8(size_t n, uint8_t **data);

/* Copies of the strings of a NumPy array, missing ones among them. Zero is empty. */
typedef struct ext_strings {
    uint8_t *bytes;
    ca_text *items;
    size_t n;
} ext_strings;

/* Copy the strings of a 1-D array of StringDType: 1, or 0 if `object` is none, or -1 with an
 * exception set; `out` is then empty. */
int ext_strings_read(PyObject *object, ext_strings *out);
void ext_strings_reset(ext_strings *self);

/* Put a new reference, which may be NULL for a failure, into a fresh tuple: false if it is. */
static inline bool ext_put(PyObject *tuple, Py_ssize_t at, PyObject *item) {
    if (item == NULL) return false;
    PyTuple_SET_ITEM(tuple, at, item);
    return true;
}

/* ---- one entry point each, listed in module.c ---- */

extern PyType_Spec ext_texts_spec, ext_tokens_spec, ext_dictionary_spec;

PyObject *ext_tokenize(PyObject *module, PyObject *args);
PyObject *ext_lists(PyObject *module, PyObject *args);
PyObject *ext_word_boundaries(PyObject *module, PyObject *text);
PyObject *ext_sentence_boundaries(PyObject *module, PyObject *text);
PyObject *ext_sentences(PyObject *module, PyObject *text);
PyObject *ext_find(PyObject *module, PyObject *args);
PyObject *ext_find_with(PyObject *module, PyObject *args);
PyObject *ext_locate(PyObject *module, PyObject *args);
PyObject *ext_quotes(PyObject *module, PyObject *args);
PyObject *ext_locative(PyObject *module, PyObject *args);
PyObject *ext_subset(PyObject *module, PyObject *args);
PyObject *ext_incidence(PyObject *module, PyObject *args);
PyObject *ext_count_units(PyObject *module, PyObject *args);
PyObject *ext_mirror(PyObject *module, PyObject *args);
PyObject *ext_count_windows(PyObject *module, PyObject *args);
PyObject *ext_cluster_sums(PyObject *module, PyObject *args);
PyObject *ext_score(PyObject *module, PyObject *args);
PyObject *ext_vader_scores(PyObject *module, PyObject *args);
PyObject *ext_vader_hits(PyObject *module, PyObject *args);
PyObject *ext_afinn_scores(PyObject *module, PyObject *args);
PyObject *ext_afinn_hits(PyObject *module, PyObject *args);

#endif
