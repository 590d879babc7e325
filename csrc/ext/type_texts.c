#include "type_texts.h"

/* ---- rows ---- */

PyObject *ext_texts_row(const ext_texts *self, size_t row) {
    const ca_text *item = &self->items[row];
    if (item->form == CA_TEXT_MISSING) Py_RETURN_NONE;
    if (self->strings != NULL) return Py_NewRef(PyTuple_GET_ITEM(self->strings, (Py_ssize_t)row));
    return PyUnicode_DecodeUTF8(item->ptr, (Py_ssize_t)item->len, "surrogatepass");
}

/* Whether a NumPy scalar that is no Python float is NaN: it differs from itself. */
static bool is_numpy_nan(PyObject *item, const char *type) {
    static const char *const names[] = {"float16", "float32", "longdouble", "float96", "float128"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(type, names[i]) != 0) continue;
        PyObject *differs = PyObject_RichCompare(item, item, Py_NE);
        int nan = differs != NULL ? PyObject_IsTrue(differs) : -1;
        Py_XDECREF(differs);
        if (nan < 0) PyErr_Clear(); /* then it is no number: whoever asks says what it is */
        return nan > 0;
    }
    return false;
}

/* None, NaN, and pandas' NaT and NA, told by their types' names so that pandas is not needed. */
static bool is_missing(PyObject *item) {
    if (item == Py_None) return true;
    if (PyFloat_Check(item)) return PyFloat_AS_DOUBLE(item) != PyFloat_AS_DOUBLE(item);
    const char *type = Py_TYPE(item)->tp_name, *last = strrchr(type, '.');
    const char *name = last != NULL ? last + 1 : type;
    if (strcmp(name, "NAType") == 0 || strcmp(name, "NaTType") == 0) return true;
    return is_numpy_nan(item, name);
}

ca_text ext_text_view(PyObject *string) {
    size_t len = (size_t)PyUnicode_GET_LENGTH(string);
    ca_text_form form = CA_TEXT_UCS4;
    if (PyUnicode_IS_ASCII(string)) {
        form = CA_TEXT_UTF8;
    } else if (PyUnicode_KIND(string) == PyUnicode_1BYTE_KIND) {
        form = CA_TEXT_LATIN1;
    } else if (PyUnicode_KIND(string) == PyUnicode_2BYTE_KIND) {
        form = CA_TEXT_UCS2;
    }
    return (ca_text){PyUnicode_DATA(string), len, form};
}

static int look_at_strings(ext_texts *self) {
    ca_alloc libc = ca_alloc_libc();
    self->n = (size_t)PyTuple_GET_SIZE(self->strings);
    if (CA_ZEROS(&libc, self->items, self->n) != CA_OK) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t row = 0; row < self->n; row++) {
        PyObject *item = PyTuple_GET_ITEM(self->strings, (Py_ssize_t)row);
        if (PyUnicode_Check(item)) {
            self->items[row] = ext_text_view(item);
            if (self->items[row].len > INT32_MAX) {
                PyErr_Format(PyExc_ValueError, EXT_TEXT_TOO_LARGE, row);
                return -1;
            }
        } else if (!is_missing(item)) {
            PyErr_Format(PyExc_TypeError,
                         "text: row %zu holds %.80R (%s), expected str or a missing value", row,
                         item, Py_TYPE(item)->tp_name);
            return -1;
        }
    }
    return 0;
}

/* ---- the type ---- */

static int texts_clear(PyObject *object) {
    Py_CLEAR(((ext_texts *)object)->strings);
    return 0;
}

static int texts_traverse(PyObject *object, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(((ext_texts *)object)->strings);
    return 0;
}

static void texts_dealloc(PyObject *object) {
    ext_texts *self = (ext_texts *)object;
    PyTypeObject *type = Py_TYPE(object);
    ca_alloc libc = ca_alloc_libc();
    PyObject_GC_UnTrack(object);
    if (self->strings != NULL) CA_FREE(&libc, self->items); /* else they are another's */
    ext_arrow_reset(&self->arrow);
    ext_strings_reset(&self->copies);
    texts_clear(object);
    type->tp_free(object);
    Py_DECREF(type);
}

/* Each of these takes the rows of a column: 1, or 0 if it is of another kind, or -1. */

static int take_arrow(ext_texts *self, PyObject *column, const char *name, size_t n_threads) {
    if (!PyObject_HasAttrString(column, "__arrow_c_stream__") &&
        !PyObject_HasAttrString(column, "__arrow_c_array__"))
        return 0;
    if (ext_arrow_read(column, name, n_threads, &self->arrow) < 0) return -1;
    self->items = self->arrow.items;
    self->n = self->arrow.n_items;
    return 1;
}

static int take_copies(ext_texts *self, PyObject *column) {
    int taken = ext_strings_read(column, &self->copies);
    self->items = self->copies.items;
    self->n = self->copies.n;
    return taken;
}

static int take_objects(ext_texts *self, PyObject *column) {
    self->strings = PySequence_Tuple(column);
    return self->strings != NULL && look_at_strings(self) == 0 ? 1 : -1;
}

static PyObject *texts_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    PyObject *column;
    const char *name = NULL;
    size_t n_threads = 1;
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs) > 0) {
        PyErr_SetString(PyExc_TypeError, "Texts takes no keywords");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "O|zO&:Texts", &column, &name, ext_threads, &n_threads))
        return NULL;
    ext_texts *self = (ext_texts *)type->tp_alloc(type, 0);
    if (self == NULL) return NULL;
    int taken = take_arrow(self, column, name, n_threads);
    if (taken == 0) taken = take_copies(self, column);
    if (taken == 0) taken = take_objects(self, column);
    if (taken < 0) Py_CLEAR(self);
    return (PyObject *)self;
}

static Py_ssize_t texts_length(PyObject *object) {
    return (Py_ssize_t)((ext_texts *)object)->n;
}

static PyObject *texts_item(PyObject *object, Py_ssize_t row) {
    ext_texts *self = (ext_texts *)object;
    if (row < 0 || (size_t)row >= self->n) {
        PyErr_SetString(PyExc_IndexError, "row out of range");
        return NULL;
    }
    return ext_texts_row(self, (size_t)row);
}

static PyObject *texts_missing(PyObject *object, PyObject *unused) {
    (void)unused;
    ext_texts *self = (ext_texts *)object;
    uint8_t *flags;
    PyObject *array = ext_new_uint8(self->n, &flags);
    if (array == NULL) return NULL;
    for (size_t i = 0; i < self->n; i++) flags[i] = self->items[i].form == CA_TEXT_MISSING;
    return array;
}

/* One slice of the text of `row`; *held is the row decoded last, since spans come in rows. */
static PyObject *slice(const ext_texts *self, int64_t row, int64_t start, int64_t end,
                       PyObject **held, int64_t *held_row) {
    if (row < 0 || (size_t)row >= self->n) {
        PyErr_Format(PyExc_IndexError, "document %lld out of range", (long long)row);
        return NULL;
    }
    if (*held_row != row) {
        Py_XSETREF(*held, ext_texts_row(self, (size_t)row));
        *held_row = row;
        if (*held == NULL) return NULL;
    }
    if (*held == Py_None) return PyUnicode_FromString("");
    return PyUnicode_Substring(*held, start < 0 ? 0 : (Py_ssize_t)start, (Py_ssize_t)end);
}

static PyObject *texts_slices(PyObject *object, PyObject *args) {
    ext_array rows = EXT_ARRAY_NONE, starts = EXT_ARRAY_NONE, ends = EXT_ARRAY_NONE;
    if (!PyArg_ParseTuple(args, "O&O&O&:slices", ext_int64_array, &rows, ext_int64_array, &starts,
                          ext_int64_array, &ends))
        return NULL;
    PyObject *held = NULL, *result = NULL;
    int64_t held_row = -1;
    if (starts.n != rows.n || ends.n != rows.n) {
        PyErr_SetString(PyExc_ValueError, "rows, starts and ends differ in length");
    } else {
        result = PyList_New((Py_ssize_t)rows.n);
    }
    for (size_t i = 0; result != NULL && i < rows.n; i++) {
        PyObject *piece = slice((ext_texts *)object, ext_int64(&rows)[i], ext_int64(&starts)[i],
                                ext_int64(&ends)[i], &held, &held_row);
        if (piece == NULL) {
            Py_CLEAR(result);
        } else {
            PyList_SET_ITEM(result, (Py_ssize_t)i, piece);
        }
    }
    Py_XDECREF(held);
    ext_array_clear(&rows);
    ext_array_clear(&starts);
    ext_array_clear(&ends);
    return result;
}

static PyMethodDef texts_methods[] = {
    {"missing", texts_missing, METH_NOARGS,
     PyDoc_STR("missing($self, /)\n--\n\n1 for each missing row, as uint8.")},
    {"slices", texts_slices, METH_VARARGS,
     PyDoc_STR("slices($self, rows, starts, ends, /)\n--\n\ntext[start:end] of each row.")},
    {NULL, NULL, 0, NULL}};

static PyType_Slot texts_slots[] = {
    {Py_tp_doc, PyDoc_STR("Texts(column, name=None, threads=1, /)\n--\n\n"
                          "A column of text, held as it is.")},
    {Py_tp_new, texts_new},
    {Py_tp_dealloc, texts_dealloc},
    {Py_tp_traverse, texts_traverse},
    {Py_tp_clear, texts_clear},
    {Py_tp_methods, texts_methods},
    {Py_sq_length, texts_length},
    {Py_sq_item, texts_item},
    {0, NULL}};

PyType_Spec ext_texts_spec = {
    .name = "coactor._core.Texts",
    .basicsize = sizeof(ext_texts),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = texts_slots,
};
