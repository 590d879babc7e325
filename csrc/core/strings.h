/* strings.h - a frozen set of strings, numbered, that lies in one flat buffer.
 *
 *     bytes   k a b u l k h o r a s a n      one behind the other
 *     ends    5         13                   where each one ends
 *     slots   . 2 . . 1 . . .                open addressing: number + 1, 0 where free
 *
 * It is what a growing vocabulary (vocab.h) becomes once it is frozen: 4 bytes a string and 4 a
 * slot beside the bytes, no pointers, nothing that depends on a seed.
 */
#ifndef CA_STRINGS_H
#define CA_STRINGS_H

#include "base.h"
#include "vocab.h"

typedef struct ca_strings {
    const uint8_t *bytes;
    const uint32_t *ends, *slots;
    size_t n, n_bytes, n_slots; /* n_slots is a power of two, with free ones among them */
} ca_strings;

static inline ca_str ca_strings_get(const ca_strings *self, int32_t id) {
    size_t at = id > 0 ? self->ends[id - 1] : 0;
    return (ca_str){self->bytes + at, self->ends[id] - at};
}

/* The number of `string`, or -1. O(len). */
int32_t ca_strings_find(const ca_strings *self, ca_str string);

/* How many slots n strings take. */
size_t ca_strings_slots(size_t n);

/* Write the types of `vocab`, under their ids, into room for its bytes, n ends and
 * ca_strings_slots(n) slots. The vocabulary has less than 4 GiB of bytes. */
void ca_strings_write(const ca_vocab *vocab, uint8_t *bytes, uint32_t *ends, uint32_t *slots);

/* Whether no look-up can leave the buffer or run for ever; if not, *why says which does not. */
bool ca_strings_check(const ca_strings *self, const char **why);

#endif
