#include "type_letters.h"

/* str.lower() is asked for so many code points at a time. */
#define CHUNK 4096

/* How many code points may lower to several: today there is one. */
#define MAX_LONGS 64

#define CAPITAL_SIGMA 0x3A3u
#define FINAL_SIGMA 0x3C2u

typedef struct survey {
    ca_alloc alloc;
    ca_letter *all;
    ca_long_lower longs[MAX_LONGS];
    size_t n_longs;
    Py_UCS4 *asked; /* room for a question of one chunk */
} survey;

/* str.lower() of the n code points in self->asked; a new reference. */
static PyObject *lower_asked(const survey *self, size_t n) {
    PyObject *text = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, self->asked, (Py_ssize_t)n);
    if (text == NULL) return NULL;
    PyObject *lower = PyObject_CallMethod(text, "lower", NULL);
    Py_DECREF(text);
    return lower;
}

/* Lines of an answer: [*at, end) of the next one; false behind the last. */
static bool next_line(PyObject *answer, Py_ssize_t *at, Py_ssize_t *first, Py_ssize_t *end) {
    Py_ssize_t n = PyUnicode_GET_LENGTH(answer);
    if (*at >= n) return false;
    *first = *end = *at;
    while (*end < n && PyUnicode_READ_CHAR(answer, *end) != '\n') ++*end;
    *at = *end + 1;
    return true;
}

static int note_lower(survey *self, Py_UCS4 cp, PyObject *answer, Py_ssize_t first,
                      Py_ssize_t end) {
    Py_ssize_t n = end - first;
    if (n < 1 || n > CA_LETTERS_LOWER_MAX || (n > 1 && self->n_longs == MAX_LONGS)) {
        PyErr_Format(PyExc_RuntimeError, "U+%04X has a lower case of %zd code points",
                     (unsigned int)cp, n);
        return -1;
    }
    self->all[cp].lower = PyUnicode_READ_CHAR(answer, first);
    if (n == 1) return 0;
    ca_long_lower *held = &self->longs[self->n_longs++];
    held->cp = cp;
    held->n = (uint32_t)n;
    for (Py_ssize_t i = 0; i < n; i++) held->lower[i] = PyUnicode_READ_CHAR(answer, first + i);
    self->all[cp].flags |= CA_IS_LONG;
    return 0;
}

/* One line a code point, the code point alone: its lower case. A line feed is its own. */
static int ask_lower(survey *self, Py_UCS4 from) {
    Py_ssize_t at = 0, first, end;
    for (Py_UCS4 i = 0; i < CHUNK; i++) {
        self->asked[2 * i] = from + i == '\n' ? ' ' : from + i;
        self->asked[2 * i + 1] = '\n';
    }
    PyObject *answer = lower_asked(self, 2 * CHUNK);
    int status = answer != NULL ? 0 : -1;
    for (Py_UCS4 i = 0; status == 0 && i < CHUNK; i++) {
        if (!next_line(answer, &at, &first, &end)) break;
        status = note_lower(self, from + i, answer, first, end);
    }
    Py_XDECREF(answer);
    if (from == 0) self->all['\n'].lower = '\n';
    return status;
}

/* Does a capital sigma behind it become final? With an A before, it does behind what is cased and
 * behind what is ignorable; without, behind what is cased only. */
static int ask_sigma(survey *self, Py_UCS4 from, bool with_letter) {
    Py_ssize_t at = 0, first, end;
    size_t n = 0;
    for (Py_UCS4 i = 0; i < CHUNK; i++) {
        if (with_letter) self->asked[n++] = 'A';
        self->asked[n++] = from + i == '\n' ? ' ' : from + i;
        self->asked[n++] = CAPITAL_SIGMA;
        self->asked[n++] = '\n';
    }
    PyObject *answer = lower_asked(self, n);
    if (answer == NULL) return -1;
    for (Py_UCS4 i = 0; i < CHUNK && next_line(answer, &at, &first, &end); i++) {
        bool final = PyUnicode_READ_CHAR(answer, end - 1) == FINAL_SIGMA;
        uint32_t *flags = &self->all[from + i].flags;
        if (final && !with_letter) *flags |= CA_IS_CASED;
        if (final && with_letter && !(*flags & CA_IS_CASED)) *flags |= CA_IS_IGNORABLE;
    }
    Py_DECREF(answer);
    return 0;
}

static void note_flags(survey *self) {
    for (Py_UCS4 cp = 0; cp < CA_LETTERS_LIMIT; cp++) {
        uint32_t flags = 0;
        if (Py_UNICODE_ISUPPER(cp)) flags |= CA_IS_UPPER;
        if (Py_UNICODE_ISLOWER(cp) || Py_UNICODE_ISTITLE(cp)) flags |= CA_IS_LOWER;
        if (Py_UNICODE_ISSPACE(cp)) flags |= CA_IS_SPACE;
        if (Py_UNICODE_ISALNUM(cp) || cp == '_') flags |= CA_IS_WORD;
        self->all[cp] = (ca_letter){cp, flags};
    }
}

/* Planes 2 to 13 hold ideographs only, 15 and 16 nothing: none has case. */
static bool has_letters(Py_UCS4 from) {
    return from < 0x20000 || (from >= 0xE0000 && from < 0xF0000);
}

static int ask_python(survey *self) {
    note_flags(self);
    for (Py_UCS4 from = 0; from < CA_LETTERS_LIMIT; from += CHUNK) {
        if (!has_letters(from)) continue;
        if (ask_lower(self, from) < 0 || ask_sigma(self, from, false) < 0 ||
            ask_sigma(self, from, true) < 0)
            return -1;
    }
    return 0;
}

static int fill(ext_letters *self) {
    survey asked = {.alloc = self->alloc};
    int status = -1;
    if (CA_RESIZE(&asked.alloc, asked.all, CA_LETTERS_LIMIT) != CA_OK ||
        CA_RESIZE(&asked.alloc, asked.asked, 4 * CHUNK) != CA_OK) {
        PyErr_NoMemory();
    } else if (ask_python(&asked) == 0) {
        ca_status made =
            ca_letters_init(&self->letters, &self->alloc, asked.all, asked.longs, asked.n_longs);
        if (made == CA_OK) {
            status = 0;
        } else {
            ext_raise(made, "reading the letters of this Python");
        }
    }
    CA_FREE(&asked.alloc, asked.all);
    CA_FREE(&asked.alloc, asked.asked);
    return status;
}

static PyObject *letters_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    if (PyTuple_GET_SIZE(args) > 0 || (kwargs != NULL && PyDict_GET_SIZE(kwargs) > 0)) {
        PyErr_SetString(PyExc_TypeError, "Letters takes no arguments");
        return NULL;
    }
    ext_letters *self = (ext_letters *)type->tp_alloc(type, 0);
    if (self == NULL) return NULL;
    self->alloc = ca_alloc_libc();
    if (fill(self) < 0) Py_CLEAR(self);
    return (PyObject *)self;
}

static int letters_traverse(PyObject *object, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(object));
    return 0;
}

static void letters_dealloc(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    ca_letters_reset(&((ext_letters *)object)->letters);
    type->tp_free(object);
    Py_DECREF(type);
}

static PyObject *lower(PyObject *object, PyObject *arg) {
    ext_letters *self = (ext_letters *)object;
    ca_scratch scratch = {NULL, 0};
    ca_str out;
    if (!PyUnicode_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "expected str");
        return NULL;
    }
    PyObject *bytes = PyUnicode_AsEncodedString(arg, "utf-8", "surrogatepass");
    if (bytes == NULL) return NULL;
    ca_str text = {(const uint8_t *)PyBytes_AS_STRING(bytes), (size_t)PyBytes_GET_SIZE(bytes)};
    ca_status status = ca_letters_lower(&self->letters, &self->alloc, text, &scratch, &out);
    PyObject *result = status == CA_OK ? PyUnicode_DecodeUTF8((const char *)out.ptr,
                                                              (Py_ssize_t)out.len, "surrogatepass")
                                       : ext_raise(status, "lowering a text");
    ca_scratch_reset(&self->alloc, &scratch);
    Py_DECREF(bytes);
    return result;
}

static PyObject *validate(PyObject *object, PyObject *unused) {
    (void)unused;
    const char *why = NULL;
    if (ca_letters_validate(&((ext_letters *)object)->letters, &why)) Py_RETURN_NONE;
    return PyUnicode_FromString(why);
}

static PyMethodDef letters_methods[] = {
    {"lower", lower, METH_O, PyDoc_STR("lower($self, text, /)\n--\n\nAs str.lower() does.")},
    {"validate", validate, METH_NOARGS,
     PyDoc_STR("validate($self, /)\n--\n\nNone, or which invariant is broken.")},
    {NULL, NULL, 0, NULL}};

static PyType_Slot letters_slots[] = {
    {Py_tp_doc, PyDoc_STR("Letters()\n--\n\nWhat this Python says of every code point; frozen.")},
    {Py_tp_new, letters_new},
    {Py_tp_dealloc, letters_dealloc},
    {Py_tp_traverse, letters_traverse},
    {Py_tp_methods, letters_methods},
    {0, NULL}};

PyType_Spec ext_letters_spec = {
    .name = "coactor._core.Letters",
    .basicsize = sizeof(ext_letters),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = letters_slots,
};
