#include "typemap.h"

#include "fold.h"

/* What each scratch holds. */
enum { FORM, PLAIN, FOLDED, CAPITAL };

typedef struct mapper {
    ca_typemap *map;
    const ca_dict *dict;
    ca_scratch scratch[4];
    size_t n_globs, globs_capacity;
    uint64_t prefixes; /* bit i: a glob has i bytes before its star; 63: that many or more */
} mapper;

/* Whether an alias may begin with a type that is a word of the dictionary. */
static bool may_begin(const mapper *self, const ca_vocab *vocab, size_t id) {
    const ca_typeword *type = &self->map->types[id];
    unsigned allowed = self->dict->root_spelt[type->word];
    ca_shape shape = vocab->shape[id];
    if (type->root == 0) return false;
    if ((allowed & CA_BEGINS_CAPS) && ca_fits_capitals(shape)) return true;
    if ((allowed & CA_BEGINS_TITLE) && ca_fits_title(shape, vocab->chars[id])) return true;
    if (allowed & CA_BEGINS_ANY) return true;
    if (type->form == CA_FORM_SMALL) return (allowed & CA_BEGINS_SMALL) != 0;
    if (type->form == CA_FORM_CAPITAL) return (allowed & CA_BEGINS_CAPITAL) != 0;
    return (allowed & CA_BEGINS_FORM) && type->form != CA_FORM_UNKNOWN;
}

static ca_status map_type(mapper *self, const ca_vocab *vocab, size_t id, ca_str *form,
                          ca_str *folded) {
    const ca_alloc *alloc = self->map->alloc;
    const ca_dict *dict = self->dict;
    ca_typeword *out = &self->map->types[id];
    ca_spelling spelling;
    *out = (ca_typeword){.word = -1, .form = CA_FORM_UNKNOWN};
    CA_TRY(ca_fold_form(alloc, ca_vocab_type(vocab, (int32_t)id), &self->scratch[FORM], form));
    if (dict->accents) CA_TRY(ca_fold_accents(alloc, *form, &self->scratch[PLAIN], form));
    CA_TRY(ca_fold_word(alloc, *form, &self->scratch[FOLDED], folded));
    bool glob = dict->n_globs > 0 && ca_glob_is(*folded); /* which is no text */
    if (!glob) out->word = ca_strings_find(&dict->words, *folded);
    if (out->word < 0) return CA_OK;
    CA_TRY(ca_fold_spelling(alloc, *form, *folded, &self->scratch[CAPITAL], &spelling));
    if (spelling == CA_SPELT_OTHER) {
        out->form = ca_strings_find(&dict->forms, *form);
    } else {
        out->form = spelling == CA_SPELT_SMALL ? CA_FORM_SMALL : CA_FORM_CAPITAL;
    }
    out->root = dict->root_child[out->word];
    self->map->begins[id] = may_begin(self, vocab, id);
    return CA_OK;
}

static int prefix_order(const ca_dict *dict, const ca_glob *glob, ca_str text) {
    size_t len = glob->prefix < text.len ? glob->prefix : text.len;
    int order = len > 0 ? memcmp(dict->glob_bytes + glob->at, text.ptr, len) : 0;
    if (order != 0 || glob->prefix == text.len) return order;
    return glob->prefix < text.len ? -1 : 1;
}

/* The first glob whose prefix is not before `text`. */
static size_t first_glob(const ca_dict *dict, ca_str text) {
    size_t low = 0, high = dict->n_globs;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (prefix_order(dict, &dict->globs[middle], text) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static ca_status add_glob(mapper *self, const ca_glob *glob, ca_str form, size_t id) {
    const ca_dict *dict = self->dict;
    ca_typemap *map = self->map;
    ca_typeglob pair = {.word = glob->word, .root = dict->root_child[glob->word]};
    if (ca_glob_matches(ca_strings_get(&dict->forms, glob->form), form))
        pair.fits |= CA_FITS_WRITTEN;
    if (ca_glob_matches(ca_strings_get(&dict->forms, glob->capital), form))
        pair.fits |= CA_FITS_CAPITAL;
    if (pair.root != 0) map->begins[id] = 1;
    CA_TRY(CA_GROW(map->alloc, map->globs, self->globs_capacity, self->n_globs + 1));
    map->globs[self->n_globs++] = pair;
    return self->n_globs > UINT32_MAX ? CA_TOO_LARGE : CA_OK;
}

/* The globs that a type satisfies: those with each of its beginnings before their star. */
static ca_status map_globs(mapper *self, ca_str form, ca_str folded, size_t id) {
    const ca_dict *dict = self->dict;
    for (size_t len = 0; len <= folded.len; len++) {
        ca_str prefix = {folded.ptr, len};
        if (!(self->prefixes >> (len < 63 ? len : 63) & 1)) continue;
        for (size_t i = first_glob(dict, prefix); i < dict->n_globs; i++) {
            const ca_glob *glob = &dict->globs[i];
            if (prefix_order(dict, glob, prefix) != 0) break;
            if (ca_glob_matches((ca_str){dict->glob_bytes + glob->at, glob->len}, folded))
                CA_TRY(add_glob(self, glob, form, id));
        }
    }
    return CA_OK;
}

static ca_status map_all(mapper *self, const ca_vocab *vocab, const ca_poll *poll) {
    ca_typemap *map = self->map;
    const ca_dict *dict = self->dict;
    CA_TRY(CA_ZEROS(map->alloc, map->types, vocab->n));
    CA_TRY(CA_ZEROS(map->alloc, map->begins, vocab->n));
    map->n_types = vocab->n;
    if (dict->n_globs > 0) CA_TRY(CA_ZEROS(map->alloc, map->glob_first, vocab->n + 1));
    for (size_t i = 0; i < dict->n_globs; i++)
        self->prefixes |= UINT64_C(1) << (dict->globs[i].prefix < 63 ? dict->globs[i].prefix : 63);
    for (size_t i = 0; i < vocab->n; i++) {
        ca_str form, folded;
        if (i % 1024 == 0 && ca_poll_stop(poll)) return CA_STOPPED;
        CA_TRY(map_type(self, vocab, i, &form, &folded));
        if (dict->n_globs == 0) continue;
        ca_shape shape = vocab->shape[i];
        bool word = ca_shape_kind(shape) <= CA_NUMBER && !(shape & CA_POSSESSIVE);
        if (word) CA_TRY(map_globs(self, form, folded, i));
        map->glob_first[i + 1] = (uint32_t)self->n_globs;
    }
    return CA_OK;
}

ca_status ca_typemap_build(ca_typemap *self, const ca_alloc *alloc, const ca_dict *dict,
                           const ca_vocab *vocab, const ca_poll *poll) {
    ca_typemap map = {.alloc = alloc};
    mapper work = {.map = &map, .dict = dict};
    ca_status status = map_all(&work, vocab, poll);
    for (size_t i = 0; i < 4; i++) ca_scratch_reset(alloc, &work.scratch[i]);
    if (status == CA_OK) {
        *self = map;
    } else {
        ca_typemap_reset(&map);
    }
    return status;
}

void ca_typemap_reset(ca_typemap *self) {
    if (self->alloc != NULL) {
        CA_FREE(self->alloc, self->types);
        CA_FREE(self->alloc, self->begins);
        CA_FREE(self->alloc, self->glob_first);
        CA_FREE(self->alloc, self->globs);
    }
    *self = (ca_typemap){.alloc = NULL};
}
