#include "type_vader.h"

#include "../core/utf8.h"
#include "type_letters.h"
#include "type_texts.h"

/* What is done with each text of a list: its number, its bytes, its value (0 without values). */
typedef ca_status (*taker)(void *self, size_t number, ca_str text, double value);

/* Give every text of a list to `take`; -1 with an exception set. */
static int for_each(PyObject *texts, const ext_array *values, taker take, void *self) {
    ca_alloc libc = ca_alloc_libc();
    ca_scratch scratch = {NULL, 0};
    ca_status status = CA_OK;
    ca_texts view = ext_texts_view((ext_texts *)texts);
    if (values != NULL && values->n != view.n) {
        PyErr_SetString(PyExc_ValueError, "words and values differ in number");
        return -1;
    }
    for (size_t i = 0; i < view.n && status == CA_OK; i++) {
        ca_str text;
        status = ca_text_utf8(&libc, &view.items[i], &scratch, &text);
        if (status != CA_OK) break;
        status = take(self, i, text, values != NULL ? ext_float64(values)[i] : 0.0);
    }
    ca_scratch_reset(&libc, &scratch);
    if (status != CA_OK) ext_raise(status, "reading a word list");
    return status == CA_OK ? 0 : -1;
}

/* ---- Vader ---- */

typedef struct vader_args {
    PyObject *letters, *words, *boosters, *negations, *idioms, *emoji, *descriptions;
    ext_array word_values, booster_values, idiom_values;
    int port, compensated, fold;
} vader_args;

static ca_status take_word(void *self, size_t number, ca_str text, double value) {
    return ca_vader_words_add(self, CA_VADER_WORD, text, value, (uint32_t)number);
}

static ca_status take_booster(void *self, size_t number, ca_str text, double value) {
    return ca_vader_words_add(self, CA_VADER_BOOSTER, text, value, (uint32_t)number);
}

static ca_status take_negation(void *self, size_t number, ca_str text, double value) {
    return ca_vader_words_add(self, CA_VADER_NEGATION, text, value, (uint32_t)number);
}

static ca_status take_idiom(void *self, size_t number, ca_str text, double value) {
    return ca_vader_words_add(self, CA_VADER_IDIOM, text, value, (uint32_t)number);
}

/* Descriptions come one by one beside the emoji that they are of. */
typedef struct pairing {
    ca_vader_words *words;
    ca_texts emoji;
} pairing;

static ca_status take_emoji(void *self, size_t number, ca_str text, double value) {
    pairing *pairs = self;
    ca_alloc libc = ca_alloc_libc();
    ca_scratch scratch = {NULL, 0};
    ca_str emoji;
    uint32_t cp = 0;
    (void)value;
    CA_TRY(ca_text_utf8(&libc, &pairs->emoji.items[number], &scratch, &emoji));
    size_t step = emoji.len > 0 ? ca_utf8_decode(emoji.ptr, emoji.len, &cp) : 0;
    ca_status status = step == emoji.len && step > 0
                           ? ca_vader_words_add_emoji(pairs->words, cp, text)
                           : CA_INVALID;
    ca_scratch_reset(&libc, &scratch);
    return status;
}

static int add_emoji(ca_vader_words *words, PyObject *emoji, PyObject *descriptions) {
    pairing pairs = {words, ext_texts_view((ext_texts *)emoji)};
    if (PyObject_Length(descriptions) != (Py_ssize_t)pairs.emoji.n) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "emoji and descriptions differ in number");
        return -1;
    }
    return for_each(descriptions, NULL, take_emoji, &pairs);
}

static int fill_vader(ext_vader *self, const vader_args *args) {
    if (args->port < 0 || args->port >= CA_VADER_PORTS) {
        PyErr_SetString(PyExc_ValueError, "no such port");
        return -1;
    }
    self->letters = Py_NewRef(args->letters);
    ca_status status =
        ca_vader_init(&self->vader, &self->alloc, &((ext_letters *)args->letters)->letters,
                      (ca_vader_port)args->port, args->compensated != 0, args->fold != 0);
    if (status != CA_OK) {
        ext_raise(status, "making a word list");
        return -1;
    }
    ca_vader_words *words = &self->vader.words;
    if (for_each(args->words, &args->word_values, take_word, words) < 0 ||
        for_each(args->boosters, &args->booster_values, take_booster, words) < 0 ||
        for_each(args->negations, NULL, take_negation, words) < 0 ||
        for_each(args->idioms, &args->idiom_values, take_idiom, words) < 0)
        return -1;
    return add_emoji(words, args->emoji, args->descriptions);
}

static PyObject *vader_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    vader_args given = {.letters = NULL};
    const ext_state *state = PyType_GetModuleState(type);
    PyTypeObject *texts = state->texts_type;
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs) > 0) {
        PyErr_SetString(PyExc_TypeError, "Vader takes no keywords");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "O!ippO!O&O!O&O!O!O&O!O!:Vader", state->letters_type,
                          &given.letters, &given.port, &given.compensated, &given.fold, texts,
                          &given.words, ext_float64_array, &given.word_values, texts,
                          &given.boosters, ext_float64_array, &given.booster_values, texts,
                          &given.negations, texts, &given.idioms, ext_float64_array,
                          &given.idiom_values, texts, &given.emoji, texts, &given.descriptions))
        return NULL;
    ext_vader *self = (ext_vader *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->alloc = ca_alloc_libc();
        if (fill_vader(self, &given) < 0) Py_CLEAR(self);
    }
    ext_array_clear(&given.word_values);
    ext_array_clear(&given.booster_values);
    ext_array_clear(&given.idiom_values);
    return (PyObject *)self;
}

static int vader_clear(PyObject *object) {
    Py_CLEAR(((ext_vader *)object)->letters);
    return 0;
}

static int vader_traverse(PyObject *object, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(((ext_vader *)object)->letters);
    return 0;
}

static void vader_dealloc(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    ca_vader_reset(&((ext_vader *)object)->vader);
    vader_clear(object);
    type->tp_free(object);
    Py_DECREF(type);
}

static PyObject *vader_validate(PyObject *object, PyObject *unused) {
    (void)unused;
    const char *why = NULL;
    if (ca_vader_words_validate(&((ext_vader *)object)->vader.words, &why)) Py_RETURN_NONE;
    return PyUnicode_FromString(why);
}

static PyMethodDef vader_methods[] = {
    {"validate", vader_validate, METH_NOARGS,
     PyDoc_STR("validate($self, /)\n--\n\nNone, or which invariant is broken.")},
    {NULL, NULL, 0, NULL}};

static PyType_Slot vader_slots[] = {
    {Py_tp_doc,
     PyDoc_STR("Vader(letters, port, compensated, fold, words, word_values, boosters, "
               "booster_values, negations, idioms, idiom_values, emoji, descriptions, /)\n--\n\n"
               "A word list of VADER and the rules of a package; frozen.")},
    {Py_tp_new, vader_new},
    {Py_tp_dealloc, vader_dealloc},
    {Py_tp_traverse, vader_traverse},
    {Py_tp_clear, vader_clear},
    {Py_tp_methods, vader_methods},
    {0, NULL}};

PyType_Spec ext_vader_spec = {
    .name = "coactor._core.Vader",
    .basicsize = sizeof(ext_vader),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = vader_slots,
};

/* ---- Afinn ---- */

static ca_status take_plain(void *self, size_t number, ca_str text, double value) {
    (void)number;
    return ca_afinn_add(self, text, value, false);
}

static ca_status take_emoticon(void *self, size_t number, ca_str text, double value) {
    (void)number;
    return ca_afinn_add(self, text, value, true);
}

static PyObject *afinn_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    PyObject *letters, *words, *emoticons;
    const ext_state *state = PyType_GetModuleState(type);
    ext_array values = EXT_ARRAY_NONE, emoticon_values = EXT_ARRAY_NONE;
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs) > 0) {
        PyErr_SetString(PyExc_TypeError, "Afinn takes no keywords");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "O!O!O&O!O&:Afinn", state->letters_type, &letters,
                          state->texts_type, &words, ext_float64_array, &values, state->texts_type,
                          &emoticons, ext_float64_array, &emoticon_values))
        return NULL;
    ext_afinn *self = (ext_afinn *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->alloc = ca_alloc_libc();
        self->letters = Py_NewRef(letters);
        ca_status status =
            ca_afinn_init(&self->afinn, &self->alloc, &((ext_letters *)letters)->letters);
        if (status != CA_OK) ext_raise(status, "making a word list");
        if (status != CA_OK || for_each(words, &values, take_plain, &self->afinn) < 0 ||
            for_each(emoticons, &emoticon_values, take_emoticon, &self->afinn) < 0)
            Py_CLEAR(self);
    }
    ext_array_clear(&values);
    ext_array_clear(&emoticon_values);
    return (PyObject *)self;
}

static int afinn_clear(PyObject *object) {
    Py_CLEAR(((ext_afinn *)object)->letters);
    return 0;
}

static int afinn_traverse(PyObject *object, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(((ext_afinn *)object)->letters);
    return 0;
}

static void afinn_dealloc(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    ca_afinn_reset(&((ext_afinn *)object)->afinn);
    afinn_clear(object);
    type->tp_free(object);
    Py_DECREF(type);
}

static PyObject *afinn_validate(PyObject *object, PyObject *unused) {
    (void)unused;
    const char *why = NULL;
    if (ca_afinn_validate(&((ext_afinn *)object)->afinn, &why)) Py_RETURN_NONE;
    return PyUnicode_FromString(why);
}

static PyMethodDef afinn_methods[] = {
    {"validate", afinn_validate, METH_NOARGS,
     PyDoc_STR("validate($self, /)\n--\n\nNone, or which invariant is broken.")},
    {NULL, NULL, 0, NULL}};

static PyType_Slot afinn_slots[] = {
    {Py_tp_doc, PyDoc_STR("Afinn(letters, words, values, emoticons, emoticon_values, /)\n--\n\n"
                          "A word list of afinn; frozen.")},
    {Py_tp_new, afinn_new},
    {Py_tp_dealloc, afinn_dealloc},
    {Py_tp_traverse, afinn_traverse},
    {Py_tp_clear, afinn_clear},
    {Py_tp_methods, afinn_methods},
    {0, NULL}};

PyType_Spec ext_afinn_spec = {
    .name = "coactor._core.Afinn",
    .basicsize = sizeof(ext_afinn),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = afinn_slots,
};
