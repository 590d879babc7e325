/* module.c - coactor._core: the method table, the types, the slots; nothing else. */
#include "ext.h"

#include "../core/shape.h"
#include "../core/simd/kernels.h"
#include "../core/unicode.h"
#include "type_letters.h"
#include "type_vader.h"

#include <stdlib.h>

/* ---- kernels: the choice never shows in results, so that one for the process will do ---- */

static int use_kernels(const char *name) {
    if (ca_kernels_force(name)) return 0;
    PyErr_Format(PyExc_ValueError,
                 "kernels: this machine has no %s; leave COACTOR_KERNELS unset, or use scalar or "
                 "avx2 where there is one",
                 name);
    return -1;
}

static PyObject *get_kernels(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    return PyUnicode_FromString(ca_kernels_get()->name);
}

static PyObject *force_kernels(PyObject *module, PyObject *name) {
    (void)module;
    const char *text = name != Py_None ? PyUnicode_AsUTF8(name) : NULL;
    if ((text == NULL && PyErr_Occurred()) || use_kernels(text) < 0) return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"tokenize", ext_tokenize, METH_VARARGS,
     PyDoc_STR("tokenize($module, texts, mode, seed, threads, /)\n--\n\nTexts -> Tokens.")},
    {"lists", ext_lists, METH_VARARGS,
     PyDoc_STR("lists($module, ids, offsets, types, /)\n--\n\nA list of str per document.")},
    {"word_boundaries", ext_word_boundaries, METH_O,
     PyDoc_STR("word_boundaries($module, text, /)\n--\n\nOf one str, int64.")},
    {"sentence_boundaries", ext_sentence_boundaries, METH_O,
     PyDoc_STR("sentence_boundaries($module, text, /)\n--\n\nOf one str, int64.")},
    {"sentences", ext_sentences, METH_O,
     PyDoc_STR("sentences($module, text, /)\n--\n\nOf one str, as (start, end).")},
    {"find", ext_find, METH_VARARGS,
     PyDoc_STR("find($module, tokens, dictionary, threads, /)\n--\n\nHits as eight columns.")},
    {"find_with", ext_find_with, METH_VARARGS,
     PyDoc_STR("find_with($module, tokens, dictionary, overlap, shorts, acronyms, losers, days, "
               "threads, /)\n--\n\nHits as eight columns, how, lost.")},
    {"quotes", ext_quotes, METH_VARARGS,
     PyDoc_STR("quotes($module, tokens, threads, /)\n--\n\nQuotations as six columns.")},
    {"locative", ext_locative, METH_VARARGS,
     PyDoc_STR(
         "locative($module, tokens, docs, sentences, firsts, ends, /)\n--\n\nFlags of names.")},
    {"subset", ext_subset, METH_VARARGS,
     PyDoc_STR("subset($module, tokens, docs, seed, /)\n--\n\nTokens of some documents.")},
    {"score", ext_score, METH_VARARGS,
     PyDoc_STR("score($module, tokens, dictionary, weights, shifters, roles, factors, reach, "
               "negated, before, behind, mask_first, mask_end, only_sums, threads, /)\n--\n\n"
               "Hits as eleven columns, and their intensity; or score, positive and hits by "
               "sentence.")},
    {"vader_scores", ext_vader_scores, METH_VARARGS,
     PyDoc_STR("vader_scores($module, vader, texts, whole, docs, starts, ends, mask_docs, "
               "mask_starts, mask_ends, threads, /)\n--\n\nneg, neu, pos, compound by row.")},
    {"vader_hits", ext_vader_hits, METH_VARARGS,
     PyDoc_STR("vader_hits($module, vader, texts, whole, docs, starts, ends, mask_docs, "
               "mask_starts, mask_ends, threads, /)\n--\n\n"
               "Hits as seven columns, emphasis by row.")},
    {"afinn_scores", ext_afinn_scores, METH_VARARGS,
     PyDoc_STR("afinn_scores($module, afinn, texts, whole, docs, starts, ends, mask_docs, "
               "mask_starts, mask_ends, threads, /)\n--\n\n"
               "score, positive, negative, hits, words by row.")},
    {"afinn_hits", ext_afinn_hits, METH_VARARGS,
     PyDoc_STR("afinn_hits($module, afinn, texts, whole, docs, starts, ends, mask_docs, "
               "mask_starts, mask_ends, threads, /)\n--\n\nHits as seven columns, words by row.")},
    {"locate", ext_locate, METH_VARARGS,
     PyDoc_STR("locate($module, tokens, docs, starts, ends, /)\n--\n\nFirst and last tokens.")},
    {"incidence", ext_incidence, METH_VARARGS,
     PyDoc_STR("incidence($module, units, docs, actors, starts, n_actors, /)\n--\n\n"
               "Units x actors.")},
    {"count_units", ext_count_units, METH_VARARGS,
     PyDoc_STR("count_units($module, indptr, actors, counts, firsts, lasts, named, docs, n_actors, "
               "rule, directed, threads, /)\n--\n\nPairs of actors by unit.")},
    {"mirror", ext_mirror, METH_VARARGS,
     PyDoc_STR("mirror($module, indptr, indices, values, few, /)\n--\n\n"
               "The whole of a triangle.")},
    {"count_windows", ext_count_windows, METH_VARARGS,
     PyDoc_STR("count_windows($module, segments, docs, firsts, ends, actors, repeats, n_actors, "
               "reach, weights, directed, threads, /)\n--\n\nPairs of actors by distance.")},
    {"cluster_sums", ext_cluster_sums, METH_VARARGS,
     PyDoc_STR("cluster_sums($module, indptr, actors, counts, row_clusters, entry_clusters, "
               "entry_actors, sizes, n_actors, threads, /)\n--\n\nSums for the clustered test.")},
    {"watch", ext_watch, METH_O,
     PyDoc_STR("watch($module, watcher, /)\n--\n\n"
               "Tell it chunks taken and in all; return who was told before.")},
    {"kernels", get_kernels, METH_NOARGS,
     PyDoc_STR("kernels($module, /)\n--\n\nName of the set of kernels in use.")},
    {"force_kernels", force_kernels, METH_O,
     PyDoc_STR("force_kernels($module, name, /)\n--\n\nUse that set from now on; None: the best.")},
    {NULL, NULL, 0, NULL}};

static int add_type(PyObject *module, PyType_Spec *spec, PyTypeObject **slot) {
    *slot = (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
    return *slot != NULL ? PyModule_AddType(module, *slot) : -1;
}

static int add_kinds(PyObject *module) {
    PyObject *names = PyTuple_New(CA_KIND_COUNT);
    for (Py_ssize_t i = 0; names != NULL && i < CA_KIND_COUNT; i++) {
        PyObject *name = PyUnicode_FromString(ca_kind_names[i]);
        if (name == NULL) {
            Py_CLEAR(names);
        } else {
            PyTuple_SET_ITEM(names, i, name);
        }
    }
    int status = names != NULL ? PyModule_AddObjectRef(module, "KINDS", names) : -1;
    Py_XDECREF(names);
    return status;
}

static int module_exec(PyObject *module) {
    ext_state *state = ext_state_of(module);
    const char *kernels = getenv("COACTOR_KERNELS");
    if (kernels != NULL && *kernels != '\0' && use_kernels(kernels) < 0) return -1;
    if (ext_import_numpy() < 0) return -1;
    if (add_type(module, &ext_texts_spec, &state->texts_type) < 0) return -1;
    if (add_type(module, &ext_tokens_spec, &state->tokens_type) < 0) return -1;
    if (add_type(module, &ext_dictionary_spec, &state->dictionary_type) < 0) return -1;
    if (add_type(module, &ext_letters_spec, &state->letters_type) < 0) return -1;
    if (add_type(module, &ext_vader_spec, &state->vader_type) < 0) return -1;
    if (add_type(module, &ext_afinn_spec, &state->afinn_type) < 0) return -1;
    if (add_kinds(module) < 0) return -1;
    return PyModule_AddStringConstant(module, "UNICODE_VERSION", CA_UNICODE_VERSION);
}

static int module_traverse(PyObject *module, visitproc visit, void *arg) {
    ext_state *state = ext_state_of(module);
    Py_VISIT(state->texts_type);
    Py_VISIT(state->tokens_type);
    Py_VISIT(state->dictionary_type);
    Py_VISIT(state->letters_type);
    Py_VISIT(state->vader_type);
    Py_VISIT(state->afinn_type);
    return 0;
}

static int module_clear(PyObject *module) {
    ext_state *state = ext_state_of(module);
    Py_CLEAR(state->texts_type);
    Py_CLEAR(state->tokens_type);
    Py_CLEAR(state->dictionary_type);
    Py_CLEAR(state->letters_type);
    Py_CLEAR(state->vader_type);
    Py_CLEAR(state->afinn_type);
    return 0;
}

static void module_free(void *module) {
    module_clear((PyObject *)module);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_multiple_interpreters
    {Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED}, /* as NumPy */
#endif
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL}};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "coactor._core",
    .m_doc = PyDoc_STR("The C core of coactor. Private: use the package."),
    .m_size = sizeof(ext_state),
    .m_methods = methods,
    .m_slots = slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
    .m_free = module_free,
};

PyMODINIT_FUNC PyInit__core(void) {
    return PyModuleDef_Init(&definition);
}
