/* vocab.h - types: each surface form of a token once, with a number.
 *
 *     int32_t id;
 *     CA_TRY(ca_vocab_intern(&vocab, STR("Kyiv"), &id));   // 0, the first type
 *     CA_TRY(ca_vocab_intern(&vocab, STR("kyiv"), &id));   // 1: another surface form
 *
 *     bytes   K y i v k y i v ...         types one behind the other, in the order of ids
 *     ends        4       8   ...         where each one ends
 *     keys    [16 bytes] [16 bytes] ...   of each type: itself, or hashes of a long one
 *     slots   [32 bits of hash | id]      open addressing, half empty
 *
 * A look-up reads one slot and one key. Slots are small, and frequent types appear early, so that
 * their keys lie together: what most look-ups touch stays in the cache. Pieces of text are looked
 * for among the recent types first: piece.h.
 *
 * Ids count from 0 in the order of first appearance. A seed, drawn by whoever makes the
 * vocabulary, keeps texts from choosing colliding keys; it never shows in the results.
 */
#ifndef CA_VOCAB_H
#define CA_VOCAB_H

#include "base.h"
#include "mem.h"
#include "piece.h"
#include "shape.h"

typedef struct ca_vocab_slot {
    uint32_t tag;    /* bits of the hash that do not choose the slot */
    uint32_t number; /* id + 1, 0: free */
} ca_vocab_slot;

typedef struct ca_vocab {
    const ca_alloc *alloc;
    uint64_t seed;
    size_t n; /* types, at most INT32_MAX */
    uint8_t *bytes;
    size_t *ends;     /* of type i in `bytes`; it begins where the one before ends */
    int32_t *chars;   /* code points of type i */
    ca_shape *shape;  /* of type i */
    uint8_t *ordinal; /* of type i, as the mark of an item: ca_shape_ordinal */
    ca_key *keys;
    size_t bytes_capacity, ends_capacity, chars_capacity, shape_capacity, ordinal_capacity,
        keys_capacity;
    ca_vocab_slot *slots;
    size_t n_slots;    /* a power of two */
    ca_recent *recent; /* made with the first pieces */
} ca_vocab;

/* Make an empty vocabulary that takes its memory from *alloc, which must outlive it. */
CA_MUST_CHECK ca_status ca_vocab_init(ca_vocab *self, const ca_alloc *alloc, uint64_t seed);
void ca_vocab_reset(ca_vocab *self);

/* The id of `type` (1 to INT32_MAX bytes), which becomes a new type if it is none yet. `type` may
 * not lie in the vocabulary itself. Amortised O(len). */
CA_MUST_CHECK ca_status ca_vocab_intern(ca_vocab *self, ca_str type, int32_t *id);

/* The same for n pieces of one text, in the order of `at`: hashes and fetches in batches, so that
 * misses overlap. */
CA_MUST_CHECK ca_status ca_vocab_intern_pieces(ca_vocab *self, ca_str text, const ca_piece *pieces,
                                               size_t n, int32_t *ids);

/* Make room for n types in all; more can still be added. */
CA_MUST_CHECK ca_status ca_vocab_reserve(ca_vocab *self, size_t n);

/* Intern types [first, end) of `part`, whose seed is the same, and write map[id in part] = id here.
 * Called chunk by chunk for the types that were new in it, this gives ids by first appearance. */
CA_MUST_CHECK ca_status ca_vocab_merge(ca_vocab *self, const ca_vocab *part, size_t first,
                                       size_t end, int32_t *map);

/* The id of `type`, or -1. */
int32_t ca_vocab_find(const ca_vocab *self, ca_str type);

/* The bytes of type `id`; borrowed until the next type is added. */
static inline ca_str ca_vocab_type(const ca_vocab *self, int32_t id) {
    size_t at = id > 0 ? self->ends[id - 1] : 0;
    return (ca_str){self->bytes + at, self->ends[id] - at};
}

/* Whether every invariant holds; if not, *why says which does not. O(types). */
bool ca_vocab_validate(const ca_vocab *self, const char **why);

#endif
