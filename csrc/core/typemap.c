#include "typemap.h"

#include "fold.h"

/* What each scratch holds. */
enum { FORM, PLAIN, FOLDED, CAPITAL };

typedef struct mapper {
    ca_typemap *map;
    ca_typepart *part;
    const ca_dict *dict;
    ca_scratch scratch[4];
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
    ca_typepart *part = self->part;
    if (part->n >= UINT32_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(map->alloc, part->globs, part->capacity, part->n + 1));
    part->globs[part->n++] = pair;
    return CA_OK;
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

/* ---- parts ---- */

static size_t part_end(const ca_typemap *self, size_t part) {
    size_t end = (part + 1) * CA_TYPEMAP_PART;
    return end < self->n_types ? end : self->n_types;
}

static void free_parts(ca_typemap *self) {
    for (size_t i = 0; self->parts != NULL && i < self->n_parts; i++)
        CA_FREE(self->alloc, self->parts[i].globs);
    CA_FREE(self->alloc, self->parts);
}

static ca_status begin(ca_typemap *self, const ca_dict *dict, const ca_vocab *vocab) {
    self->n_types = vocab->n;
    self->n_parts = (vocab->n + CA_TYPEMAP_PART - 1) / CA_TYPEMAP_PART;
    CA_TRY(CA_ZEROS(self->alloc, self->types, vocab->n));
    CA_TRY(CA_ZEROS(self->alloc, self->begins, vocab->n));
    CA_TRY(CA_ZEROS(self->alloc, self->parts, self->n_parts));
    return dict->n_globs > 0 ? CA_ZEROS(self->alloc, self->glob_first, vocab->n + 1) : CA_OK;
}

ca_status ca_typemap_begin(ca_typemap *self, const ca_alloc *alloc, const ca_dict *dict,
                           const ca_vocab *vocab) {
    ca_typemap map = {.alloc = alloc};
    ca_status status = begin(&map, dict, vocab);
    if (status == CA_OK) {
        *self = map;
    } else {
        ca_typemap_reset(&map);
    }
    return status;
}

/* glob_first counts within the part until the parts are joined. */
static ca_status map_part(mapper *self, const ca_vocab *vocab, size_t first, size_t end,
                          const ca_poll *poll) {
    const ca_dict *dict = self->dict;
    for (size_t i = 0; i < dict->n_globs; i++)
        self->prefixes |= UINT64_C(1) << (dict->globs[i].prefix < 63 ? dict->globs[i].prefix : 63);
    for (size_t i = first; i < end; i++) {
        ca_str form, folded;
        if (i % 1024 == 0 && ca_poll_stop(poll)) return CA_STOPPED;
        CA_TRY(map_type(self, vocab, i, &form, &folded));
        if (dict->n_globs == 0) continue;
        ca_shape shape = vocab->shape[i];
        bool word = ca_shape_kind(shape) <= CA_NUMBER && !(shape & CA_POSSESSIVE);
        if (word) CA_TRY(map_globs(self, form, folded, i));
        self->map->glob_first[i + 1] = (uint32_t)self->part->n;
    }
    return CA_OK;
}

ca_status ca_typemap_part(ca_typemap *self, const ca_dict *dict, const ca_vocab *vocab, size_t part,
                          const ca_poll *poll) {
    mapper work = {.map = self, .part = &self->parts[part], .dict = dict};
    ca_status status = map_part(&work, vocab, part * CA_TYPEMAP_PART, part_end(self, part), poll);
    for (size_t i = 0; i < 4; i++) ca_scratch_reset(self->alloc, &work.scratch[i]);
    return status;
}

static ca_status join_globs(ca_typemap *self) {
    size_t n = 0;
    for (size_t part = 0; part < self->n_parts; part++) n += self->parts[part].n;
    if (n > UINT32_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_RESIZE(self->alloc, self->globs, n));
    n = 0;
    for (size_t part = 0; part < self->n_parts; part++) {
        const ca_typepart *from = &self->parts[part];
        if (from->n > 0) memcpy(self->globs + n, from->globs, from->n * sizeof *from->globs);
        for (size_t i = part * CA_TYPEMAP_PART; i < part_end(self, part); i++)
            self->glob_first[i + 1] += (uint32_t)n;
        n += from->n;
    }
    return CA_OK;
}

ca_status ca_typemap_join(ca_typemap *self) {
    if (self->glob_first != NULL) CA_TRY(join_globs(self));
    free_parts(self);
    return CA_OK;
}

ca_status ca_typemap_build(ca_typemap *self, const ca_alloc *alloc, const ca_dict *dict,
                           const ca_vocab *vocab, const ca_poll *poll) {
    ca_typemap map;
    CA_TRY(ca_typemap_begin(&map, alloc, dict, vocab));
    ca_status status = CA_OK;
    for (size_t part = 0; part < map.n_parts && status == CA_OK; part++)
        status = ca_typemap_part(&map, dict, vocab, part, poll);
    if (status == CA_OK) status = ca_typemap_join(&map);
    if (status == CA_OK) {
        *self = map;
    } else {
        ca_typemap_reset(&map);
    }
    return status;
}

void ca_typemap_reset(ca_typemap *self) {
    if (self->alloc != NULL) {
        free_parts(self);
        CA_FREE(self->alloc, self->types);
        CA_FREE(self->alloc, self->begins);
        CA_FREE(self->alloc, self->glob_first);
        CA_FREE(self->alloc, self->globs);
    }
    *self = (ca_typemap){.alloc = NULL};
}
