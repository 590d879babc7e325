#include "type_tokens.h"

#include "../core/fold.h"
#include "../core/join.h"

static const ca_tokens *tokens_of(PyObject *object) {
    return &((ext_tokens *)object)->tokens;
}

PyObject *ext_tokens_take(PyObject *module, ca_tokens *tokens) {
    PyTypeObject *type = ext_state_of(module)->tokens_type;
    ext_tokens *self = (ext_tokens *)type->tp_alloc(type, 0);
    if (self == NULL) return NULL;
    self->alloc = *tokens->alloc;
    self->vocab_alloc = *tokens->vocab.alloc;
    self->tokens = *tokens;
    self->tokens.alloc = &self->alloc;
    self->tokens.vocab.alloc = &self->vocab_alloc;
    *tokens = (ca_tokens){.alloc = NULL};
    return (PyObject *)self;
}

static int tokens_traverse(PyObject *object, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(object));
    return 0;
}

static void tokens_dealloc(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    ca_tokens_reset(&((ext_tokens *)object)->tokens);
    type->tp_free(object);
    Py_DECREF(type);
}

/* ---- one array for each column of tokens ---- */

/* The ids, or the starts, of all blocks one behind the other. */
static PyObject *copy_blocks(PyObject *object, bool starts) {
    const ca_tokens *tokens = tokens_of(object);
    int32_t *out;
    PyObject *array = ext_new_int32(tokens->n_tokens, &out);
    for (size_t b = 0; array != NULL && b < tokens->n_blocks; b++) {
        const ca_block *block = &tokens->blocks[b];
        memcpy(out + block->token_base, starts ? block->start : block->id,
               block->n_tokens * sizeof *out);
    }
    return array;
}

static PyObject *get_ids(PyObject *object, PyObject *unused) {
    (void)unused;
    return copy_blocks(object, false);
}

static PyObject *get_starts(PyObject *object, PyObject *unused) {
    (void)unused;
    return copy_blocks(object, true);
}

static PyObject *get_ends(PyObject *object, PyObject *unused) {
    (void)unused;
    const ca_tokens *tokens = tokens_of(object);
    int32_t *out;
    PyObject *array = ext_new_int32(tokens->n_tokens, &out);
    for (size_t b = 0; array != NULL && b < tokens->n_blocks; b++) {
        const ca_block *block = &tokens->blocks[b];
        for (size_t i = 0; i < block->n_tokens; i++)
            *out++ = block->start[i] + tokens->vocab.chars[block->id[i]];
    }
    return array;
}

static PyObject *get_kinds(PyObject *object, PyObject *unused) {
    (void)unused;
    const ca_tokens *tokens = tokens_of(object);
    uint8_t *out;
    PyObject *array = ext_new_uint8(tokens->n_tokens, &out);
    for (size_t b = 0; array != NULL && b < tokens->n_blocks; b++) {
        const ca_block *block = &tokens->blocks[b];
        for (size_t i = 0; i < block->n_tokens; i++)
            *out++ = (uint8_t)ca_shape_kind(tokens->vocab.shape[block->id[i]]);
    }
    return array;
}

/* Words and numbers before each sentence of a block, *before those of the blocks before. */
static int64_t *count_words(const ca_tokens *tokens, const ca_block *block, int64_t *before,
                            int64_t *out) {
    const ca_shape *shape = tokens->vocab.shape;
    for (size_t s = 0; s < block->n_sentences; s++) {
        int64_t words = 0;
        *out++ = *before;
        for (size_t i = block->sentence_tokens[s]; i < block->sentence_tokens[s + 1]; i++)
            words += ca_shape_kind(shape[block->id[i]]) <= CA_NUMBER;
        *before += words;
    }
    return out;
}

static PyObject *get_words_before(PyObject *object, PyObject *unused) {
    (void)unused;
    const ca_tokens *tokens = tokens_of(object);
    int64_t *out, before = 0;
    PyObject *array = ext_new_int64(tokens->n_sentences + 1, &out);
    if (array == NULL) return NULL;
    for (size_t b = 0; b < tokens->n_blocks; b++)
        out = count_words(tokens, &tokens->blocks[b], &before, out);
    *out = before;
    return array;
}

/* ---- bounds, numbered over the whole column ---- */

typedef enum bound { DOC_TOKENS, DOC_SENTENCES, DOC_PARAGRAPHS, SENTENCES, PARAGRAPHS } bound;

/* The numbers of one kind in a block, how many, and what to add to them. */
static const uint32_t *bounds_of(const ca_block *block, bound which, size_t *n, size_t *base) {
    switch (which) {
    case DOC_TOKENS:
        *n = block->n_docs;
        *base = block->token_base;
        return block->doc_tokens;
    case DOC_SENTENCES:
        *n = block->n_docs;
        *base = block->sentence_base;
        return block->doc_sentences;
    case DOC_PARAGRAPHS:
        *n = block->n_docs;
        *base = block->paragraph_base;
        return block->doc_paragraphs;
    case SENTENCES:
        *n = block->n_sentences;
        *base = block->token_base;
        return block->sentence_tokens;
    default:
        *n = block->n_paragraphs;
        *base = block->token_base;
        return block->paragraph_tokens;
    }
}

static PyObject *get_bounds(PyObject *object, bound which, size_t n_all, size_t last) {
    const ca_tokens *tokens = tokens_of(object);
    int64_t *out;
    PyObject *array = ext_new_int64(n_all + 1, &out);
    if (array == NULL) return NULL;
    for (size_t b = 0; b < tokens->n_blocks; b++) {
        size_t n, base;
        const uint32_t *bounds = bounds_of(&tokens->blocks[b], which, &n, &base);
        for (size_t i = 0; i < n; i++) *out++ = (int64_t)(base + bounds[i]);
    }
    *out = (int64_t)last;
    return array;
}

static PyObject *get_doc_tokens(PyObject *object, PyObject *unused) {
    (void)unused;
    const ca_tokens *t = tokens_of(object);
    return get_bounds(object, DOC_TOKENS, t->n_docs, t->n_tokens);
}

static PyObject *get_doc_sentences(PyObject *object, PyObject *unused) {
    (void)unused;
    const ca_tokens *t = tokens_of(object);
    return get_bounds(object, DOC_SENTENCES, t->n_docs, t->n_sentences);
}

static PyObject *get_doc_paragraphs(PyObject *object, PyObject *unused) {
    (void)unused;
    const ca_tokens *t = tokens_of(object);
    return get_bounds(object, DOC_PARAGRAPHS, t->n_docs, t->n_paragraphs);
}

static PyObject *get_sentences(PyObject *object, PyObject *unused) {
    (void)unused;
    const ca_tokens *t = tokens_of(object);
    return get_bounds(object, SENTENCES, t->n_sentences, t->n_tokens);
}

static PyObject *get_paragraphs(PyObject *object, PyObject *unused) {
    (void)unused;
    const ca_tokens *t = tokens_of(object);
    return get_bounds(object, PARAGRAPHS, t->n_paragraphs, t->n_tokens);
}

/* ---- types ---- */

static PyObject *type_as_str(const ca_vocab *vocab, size_t i) {
    ca_str type = ca_vocab_type(vocab, (int32_t)i);
    return PyUnicode_DecodeUTF8((const char *)type.ptr, (Py_ssize_t)type.len, "surrogatepass");
}

static PyObject *vocabulary_list(const ca_vocab *vocab) {
    PyObject *list = PyList_New((Py_ssize_t)vocab->n);
    for (size_t i = 0; list != NULL && i < vocab->n; i++) {
        PyObject *type = type_as_str(vocab, i);
        if (type == NULL) {
            Py_CLEAR(list);
        } else {
            PyList_SET_ITEM(list, (Py_ssize_t)i, type);
        }
    }
    return list;
}

static PyObject *get_vocabulary(PyObject *object, PyObject *unused) {
    (void)unused;
    return vocabulary_list(&tokens_of(object)->vocab);
}

/* The id that stands for all types with one folded form: that form itself where it is a type,
 * else the first of them. */
static ca_status fold_ids(const ca_alloc *alloc, const ca_vocab *vocab, ca_vocab *folds,
                          ca_scratch *scratch, int32_t *out, int32_t *leader) {
    for (size_t i = 0; i < vocab->n; i++) {
        ca_str type = ca_vocab_type(vocab, (int32_t)i), folded;
        int32_t fold;
        CA_TRY(ca_fold_case(alloc, type, scratch, &folded));
        size_t known = folds->n;
        CA_TRY(ca_vocab_intern(folds, folded, &fold));
        if ((size_t)fold == known || ca_str_equal(type, folded)) leader[fold] = (int32_t)i;
        out[i] = fold;
    }
    for (size_t i = 0; i < vocab->n; i++) out[i] = leader[out[i]];
    return CA_OK;
}

static PyObject *get_folded(PyObject *object, PyObject *unused) {
    (void)unused;
    ca_alloc libc = ca_alloc_libc();
    const ca_vocab *vocab = &tokens_of(object)->vocab;
    ca_vocab folds = {.alloc = NULL};
    ca_scratch scratch = {NULL, 0};
    int32_t *out, *leader = NULL;
    PyObject *array = ext_new_int32(vocab->n, &out);
    if (array == NULL) return NULL;

    ca_status status = ca_vocab_init(&folds, &libc, vocab->seed);
    if (status == CA_OK) status = CA_RESIZE(&libc, leader, vocab->n);
    if (status == CA_OK) status = fold_ids(&libc, vocab, &folds, &scratch, out, leader);

    CA_FREE(&libc, leader);
    ca_scratch_reset(&libc, &scratch);
    ca_vocab_reset(&folds);
    if (status == CA_OK) return array;
    Py_DECREF(array);
    return ext_raise(status, "folding types");
}

/* ---- hyphenated words in one piece ---- */

typedef struct joining {
    ca_alloc alloc;
    const ca_tokens *tokens;
    ca_joined joined;
} joining;

static ca_status join_once(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    joining *self = ctx;
    return ca_join(&self->alloc, self->tokens, poll, &self->joined);
}

static PyObject *wrap_joined(ca_joined *joined) {
    PyObject *types = vocabulary_list(&joined->vocab);
    PyObject *ids = types != NULL ? ext_take_int32(&joined->id, joined->n) : NULL;
    PyObject *offsets =
        ids != NULL ? ext_take_int64(&joined->doc_tokens, joined->n_docs + 1) : NULL;
    PyObject *result = offsets != NULL ? PyTuple_Pack(3, ids, offsets, types) : NULL;
    Py_XDECREF(types);
    Py_XDECREF(ids);
    Py_XDECREF(offsets);
    return result;
}

static PyObject *join(PyObject *object, PyObject *unused) {
    (void)unused;
    joining self = {.alloc = ca_alloc_libc(), .tokens = tokens_of(object)};

    ca_status status = ext_run(&(ca_par_job){join_once, &self, 1}, 1);

    PyObject *result =
        status == CA_OK ? wrap_joined(&self.joined) : ext_raise(status, "joining hyphens");
    ca_joined_reset(&self.joined);
    return result;
}

/* ---- lists of str ---- */

/* The tokens of one document, one shared str per type. */
static PyObject *list_of_types(const int32_t *ids, size_t n, PyObject *vocabulary) {
    PyObject *list = PyList_New((Py_ssize_t)n);
    for (size_t i = 0; list != NULL && i < n; i++)
        PyList_SET_ITEM(list, (Py_ssize_t)i, Py_NewRef(PyList_GET_ITEM(vocabulary, ids[i])));
    return list;
}

/* Whether ids and offsets stay inside what they point into. */
static bool lists_fit(const ext_array *ids, const ext_array *offsets, PyObject *vocabulary) {
    Py_ssize_t n_types = PyList_GET_SIZE(vocabulary);
    bool fits = offsets->n > 0 && ext_int64(offsets)[0] == 0 &&
                ext_int64(offsets)[offsets->n - 1] == (int64_t)ids->n;
    for (size_t i = 1; fits && i < offsets->n; i++)
        fits = ext_int64(offsets)[i - 1] <= ext_int64(offsets)[i];
    for (size_t i = 0; fits && i < ids->n; i++)
        fits = ext_int32(ids)[i] >= 0 && ext_int32(ids)[i] < n_types;
    return fits;
}

PyObject *ext_lists(PyObject *module, PyObject *args) {
    (void)module;
    ext_array ids = EXT_ARRAY_NONE, offsets = EXT_ARRAY_NONE;
    PyObject *vocabulary, *lists = NULL;
    if (!PyArg_ParseTuple(args, "O&O&O!:lists", ext_int32_array, &ids, ext_int64_array, &offsets,
                          &PyList_Type, &vocabulary))
        return NULL;
    if (lists_fit(&ids, &offsets, vocabulary)) {
        lists = PyList_New((Py_ssize_t)offsets.n - 1);
    } else {
        PyErr_SetString(PyExc_ValueError, "ids, offsets and vocabulary do not fit");
    }
    for (size_t i = 0; lists != NULL && i + 1 < offsets.n; i++) {
        int64_t first = ext_int64(&offsets)[i], end = ext_int64(&offsets)[i + 1];
        PyObject *list = list_of_types(ext_int32(&ids) + first, (size_t)(end - first), vocabulary);
        if (list == NULL) {
            Py_CLEAR(lists);
        } else {
            PyList_SET_ITEM(lists, (Py_ssize_t)i, list);
        }
    }
    ext_array_clear(&ids);
    ext_array_clear(&offsets);
    return lists;
}

static PyObject *validate(PyObject *object, PyObject *unused) {
    (void)unused;
    const char *why = NULL;
    if (ca_tokens_validate(tokens_of(object), &why)) Py_RETURN_NONE;
    return PyUnicode_FromString(why);
}

#define GETTER(name, function, text)                                                               \
    {name, function, METH_NOARGS, PyDoc_STR(name "($self, /)\n--\n\n" text)}

static PyMethodDef tokens_methods[] = {
    GETTER("ids", get_ids, "Type of each token, int32."),
    GETTER("starts", get_starts, "First code point of each token in its document, int32."),
    GETTER("ends", get_ends, "End of each token, int32."),
    GETTER("kinds", get_kinds, "Kind of each token, uint8."),
    GETTER("words_before", get_words_before,
           "Number of words and numbers before each sentence, and of all, int64."),
    GETTER("doc_tokens", get_doc_tokens, "First token of each document, and the end, int64."),
    GETTER("doc_sentences", get_doc_sentences, "First sentence of each document, and the end."),
    GETTER("doc_paragraphs", get_doc_paragraphs, "First paragraph of each document, and the end."),
    GETTER("sentences", get_sentences, "First token of each sentence, and the end, int64."),
    GETTER("paragraphs", get_paragraphs, "First token of each paragraph, and the end, int64."),
    GETTER("vocabulary", get_vocabulary, "A str for each type."),
    GETTER("folded", get_folded, "Id of the folded type of each type, int32."),
    GETTER("joined", join, "Ids, document offsets and types with hyphenated words joined."),
    GETTER("validate", validate, "None, or which invariant is broken."),
    {NULL, NULL, 0, NULL}};

static Py_ssize_t tokens_length(PyObject *object) {
    return (Py_ssize_t)tokens_of(object)->n_tokens;
}

static PyType_Slot tokens_slots[] = {
    {Py_tp_doc, PyDoc_STR("The tokens of a column of text; made by tokenize().")},
    {Py_tp_dealloc, tokens_dealloc},
    {Py_tp_traverse, tokens_traverse},
    {Py_tp_methods, tokens_methods},
    {Py_sq_length, tokens_length},
    {0, NULL}};

PyType_Spec ext_tokens_spec = {
    .name = "coactor._core.Tokens",
    .basicsize = sizeof(ext_tokens),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE |
             Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = tokens_slots,
};
