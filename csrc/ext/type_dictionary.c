#include "type_dictionary.h"

#include "../core/dict_build.h"
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

/* Build self->dict from the arguments; -1 with an exception set. */
static int fill(ext_dictionary *self, PyObject *args) {
    PyObject *texts;
    ext_array entries = EXT_ARRAY_NONE, priorities = EXT_ARRAY_NONE, rules = EXT_ARRAY_NONE;
    int globs, status = -1;
    unsigned long long seed;
    if (!PyArg_ParseTuple(args, "OO&O&O&pK:Dictionary", &texts, ext_int32_array, &entries,
                          ext_int32_array, &priorities, ext_uint8_array, &rules, &globs, &seed))
        return -1;
    if (strcmp(Py_TYPE(texts)->tp_name, "coactor._core.Texts") != 0) {
        PyErr_SetString(PyExc_TypeError, "aliases must be Texts");
        goto done;
    }
    ca_texts view = ext_texts_view((ext_texts *)texts);
    if (entries.n != view.n || rules.n != view.n || priorities.n != view.n ||
        !rules_are_known(ext_uint8(&rules), rules.n)) {
        PyErr_SetString(PyExc_ValueError, "aliases, entries, priorities and rules do not fit");
        goto done;
    }
    uint8_t *problems;
    self->problems = ext_new_uint8(view.n, &problems);
    if (self->problems == NULL) goto done;
    work w = {.alloc = &self->alloc,
              .list = {.texts = view,
                       .entries = ext_int32(&entries),
                       .priorities = ext_int32(&priorities),
                       .rules = ext_uint8(&rules),
                       .globs = globs != 0},
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
    ext_array_clear(&entries);
    ext_array_clear(&priorities);
    ext_array_clear(&rules);
    return status;
}

static PyObject *dictionary_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs) > 0) {
        PyErr_SetString(PyExc_TypeError, "Dictionary takes no keywords");
        return NULL;
    }
    ext_dictionary *self = (ext_dictionary *)type->tp_alloc(type, 0);
    if (self == NULL) return NULL;
    self->alloc = ca_alloc_libc();
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
    type->tp_free(object);
    Py_DECREF(type);
}

static PyObject *get_problems(PyObject *object, PyObject *unused) {
    (void)unused;
    return Py_NewRef(((ext_dictionary *)object)->problems);
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
    {NULL, NULL, 0, NULL}};

static PyType_Slot dictionary_slots[] = {
    {Py_tp_doc, PyDoc_STR("Dictionary(aliases, entries, priorities, rules, globs, seed, /)\n--\n\n"
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
