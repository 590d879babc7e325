/* typemap.h - what each type of a corpus is to a dictionary, found out once.
 *
 *     CA_TRY(ca_typemap_build(&map, alloc, dict, vocab, poll));       // or, on several threads:
 *     CA_TRY(ca_typemap_begin(&map, alloc, dict, vocab));
 *     for each part below map.n_parts:   CA_TRY(ca_typemap_part(&map, dict, vocab, part, poll));
 *     CA_TRY(ca_typemap_join(&map));
 *
 *     type        word        spelt          may an alias begin with it?
 *     "Taliban"   taliban     capital        yes
 *     "taliban"   taliban     small          no, where all of them are "Taliban" in smart case
 *     "MALI"      mali        otherwise      yes: it is all capitals
 *     "Malian"    -                          where there is a glob mali*
 */
#ifndef CA_TYPEMAP_H
#define CA_TYPEMAP_H

#include "base.h"
#include "dict.h"
#include "mem.h"
#include "vocab.h"

typedef struct ca_typeword {
    int32_t word;  /* its folded form, -1 if that is no word */
    int32_t form;  /* how it is spelt: CA_FORM_..., or a form of the dictionary */
    uint32_t root; /* child of the root along the word, 0 if none */
} ca_typeword;

enum {
    CA_FITS_WRITTEN = 1, /* the type has the form of a glob as it is written ... */
    CA_FITS_CAPITAL = 2  /* ... or with a capital */
};

typedef struct ca_typeglob {
    int32_t word;
    uint32_t root, fits; /* child of the root along it; CA_FITS_... */
} ca_typeglob;

/* Types mapped at a time. */
#define CA_TYPEMAP_PART ((size_t)4096)

/* What the types of one part satisfy, until the parts are joined. */
typedef struct ca_typepart {
    ca_typeglob *globs;
    size_t n, capacity;
} ca_typepart;

typedef struct ca_typemap {
    const ca_alloc *alloc;
    ca_typepart *parts; /* NULL once they are joined */
    size_t n_parts;
    ca_typeword *types; /* by type */
    uint8_t *begins;    /* by type: whether an alias may begin with it */
    size_t n_types;
    uint32_t *glob_first; /* n_types + 1: the globs that type satisfies ... */
    ca_typeglob *globs;   /* ... as words; NULL where the dictionary has none */
} ca_typemap;

/* Make room for the types of `vocab`. */
CA_MUST_CHECK ca_status ca_typemap_begin(ca_typemap *self, const ca_alloc *alloc,
                                         const ca_dict *dict, const ca_vocab *vocab);

/* Map the types of one part: O(bytes of the types), and for globs the pairs that fit. Parts may be
 * mapped at the same time, each once. */
CA_MUST_CHECK ca_status ca_typemap_part(ca_typemap *self, const ca_dict *dict,
                                        const ca_vocab *vocab, size_t part, const ca_poll *poll);

/* Put the globs of all parts behind one another. CA_TOO_LARGE beyond UINT32_MAX of them. */
CA_MUST_CHECK ca_status ca_typemap_join(ca_typemap *self);

/* All of this: map every type of `vocab`. */
CA_MUST_CHECK ca_status ca_typemap_build(ca_typemap *self, const ca_alloc *alloc,
                                         const ca_dict *dict, const ca_vocab *vocab,
                                         const ca_poll *poll);
void ca_typemap_reset(ca_typemap *self);

/* Small words in a title: of, the, and, al, bin, von. */
#define CA_TITLE_SMALL_LETTERS 3

/* Whether a type may stand in a name in capitals (a figure, a sign and an 's may) ... */
static inline bool ca_fits_capitals(ca_shape shape) {
    return ca_shape_kind(shape) != CA_WORD || (shape & (CA_ALL_CAPS | CA_CASELESS | CA_POSSESSIVE));
}

/* ... and one of so many letters in a title. */
static inline bool ca_fits_title(ca_shape shape, int32_t chars) {
    return !(shape & CA_SMALL) || chars <= CA_TITLE_SMALL_LETTERS;
}

#endif
