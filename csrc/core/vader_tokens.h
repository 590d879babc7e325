/* vader_tokens.h - a text cut into tokens as VADER does, each looked up once.
 *
 *     text      (They did NOT   help, isn't it?)
 *     tokens     They did NOT   help  isn't it          cut at white space, signs off both ends
 *     flags               caps        n't
 *
 * CA_VADER_REFERENCE is the package vaderSentiment, CA_VADER_NLTK the port in NLTK, which takes
 * fewer signs off and drops tokens of one letter. The text is read in windows of 64 bytes, as masks
 * of one bit a byte; nothing is allocated per token once the room is there.
 */
#ifndef CA_VADER_TOKENS_H
#define CA_VADER_TOKENS_H

#include "base.h"
#include "mem.h"
#include "texts.h"
#include "vader_plain.h"
#include "vader_words.h"

typedef enum ca_vader_port { CA_VADER_REFERENCE, CA_VADER_NLTK, CA_VADER_PORTS } ca_vader_port;

/* What a token can be besides what its entry is, as more bits of ca_vader_token.flags. */
enum {
    CA_TOKEN_CAPITALS = 1 << 16, /* str.isupper() */
    CA_TOKEN_NT = 1 << 17,       /* n't in it */
    CA_TOKEN_CASED = 1 << 18     /* not equal to its lower case; only where the entry is known */
};

typedef struct ca_vader_token {
    uint32_t entry, flags;
    uint32_t at, len; /* bytes of the text that was read */
} ca_vader_token;

/* Code points [start, end) of a text whose words are taken as unknown; sorted, not overlapping. */
typedef struct ca_vader_mask {
    const int64_t *start, *end;
    size_t n;
} ca_vader_mask;

/* The tokens of one text, and room for the next. Zero is empty. */
typedef struct ca_vader_tokens {
    ca_vader_token *items;
    uint32_t *candidates; /* tokens in the lexicon */
    size_t n, n_candidates;
    size_t first_but; /* SIZE_MAX where there is none */
    size_t exclamations, questions;
    bool mixed_case; /* some tokens in capitals, not all */
    ca_str text;     /* what was read: the text itself, or its plain form */
    bool is_plain;   /* plain.origin has the places */
    ca_vader_plain plain;
    ca_scratch utf8, lower;
    size_t items_capacity, candidates_capacity;
} ca_vader_tokens;

void ca_vader_tokens_reset(const ca_alloc *alloc, ca_vader_tokens *self);

/* What tokens are read with. */
typedef struct ca_vader_reading {
    const ca_vader_words *words;
    ca_vader_port port;
    bool fold;                 /* typography is made plain first (vader_plain.h) */
    bool places;               /* ca_vader_tokens_place will be asked */
    const ca_vader_mask *mask; /* NULL: none */
} ca_vader_reading;

/* Cut a text (not missing). CA_TOO_LARGE above 2^29 bytes. O(len). */
CA_MUST_CHECK ca_status ca_vader_tokens_read(ca_vader_tokens *self, const ca_alloc *alloc,
                                             const ca_vader_reading *how, const ca_text *text,
                                             const ca_poll *poll);

/* How far a text has been counted, for places that rise. Zero is its beginning. */
typedef struct ca_vader_place {
    size_t at, cps;
} ca_vader_place;

/* Number of the code point of the given text that byte `at` of the read one comes from. */
size_t ca_vader_tokens_start(const ca_vader_tokens *self, size_t at, ca_vader_place *place);

/* The same of the end of what ends at byte `end` > 0: behind its last code point. */
size_t ca_vader_tokens_end(const ca_vader_tokens *self, size_t end, ca_vader_place *place);

/* Whether every invariant holds; if not, *why says which does not. */
bool ca_vader_tokens_validate(const ca_vader_tokens *self, const ca_vader_words *words,
                              const char **why);

#endif
