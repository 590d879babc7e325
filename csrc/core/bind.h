/* bind.h - what one document says of names: whose full name stands in it, and which acronyms it
 * introduces.
 *
 *     text     Vladimir Putin met the National Resistance Front (NRF). Putin told the NRF ...
 *     seen     PUTIN at token 2, NRF at token 7
 *     bound    "NRF" -> the alias "National Resistance Front"
 *
 * An acronym is bound where it stands in brackets directly behind a name (or its possessive, or the
 * quotation mark that closes behind it) and its letters come, in
 * their order, from letters of that name, the first one from the beginning of a word (Schwartz and
 * Hearst 2003): "KABUL (AP)" binds nothing. The first introduction holds. Emptied and filled again
 * for each document; belongs to one worker.
 */
#ifndef CA_BIND_H
#define CA_BIND_H

#include "base.h"
#include "mem.h"
#include "sentences.h"
#include "vocab.h"

/* Most tokens of an acronym: I-S-K-P is seven. */
#define CA_ACRONYM_TOKENS 7

typedef struct ca_acronym {
    int32_t ids[CA_ACRONYM_TOKENS]; /* types, as written */
    uint32_t n, order;              /* tokens; how many were bound before */
    int32_t alias, entry;           /* of the name that it was introduced with */
} ca_acronym;

/* Zero is empty. */
typedef struct ca_bind {
    struct ca_bind_slot {
        int32_t entry;
        uint32_t end; /* behind the first full name; 0: free */
    } *slots;
    size_t n, n_slots;
    ca_acronym *acronyms; /* sorted by their first type once ca_bind_sort is called */
    size_t n_acronyms, acronyms_capacity;
    uint64_t begins; /* bit id & 63 is set where an acronym begins with type `id` */
} ca_bind;

void ca_bind_reset(const ca_alloc *alloc, ca_bind *self);

/* Forget the document. O(what it held). */
void ca_bind_clear(ca_bind *self);

/* A full name of `entry` ends before token `end`, end > 0; the first one is kept. */
CA_MUST_CHECK ca_status ca_bind_see(const ca_alloc *alloc, ca_bind *self, int32_t entry,
                                    uint32_t end);

/* The end of the first full name of `entry`, 0 if there is none. */
uint32_t ca_bind_seen(const ca_bind *self, int32_t entry);

/* If an acronym stands behind the name at tokens [first, end) of `doc`, bind it. */
CA_MUST_CHECK ca_status ca_bind_introduce(const ca_alloc *alloc, ca_bind *self, const ca_doc *doc,
                                          const ca_vocab *vocab, size_t first, size_t end,
                                          int32_t alias, int32_t entry);

/* Once all are bound: make them ready to be found. */
void ca_bind_sort(ca_bind *self);

/* The longest bound acronym that begins at `token` and ends before `limit`, or NULL. */
const ca_acronym *ca_bind_acronym(const ca_bind *self, const ca_doc *doc, size_t token,
                                  size_t limit);

#endif
