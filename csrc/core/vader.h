/* vader.h - VADER (Hutto and Gilbert 2014), bit for bit as two Python packages compute it.
 *
 *     text       They did NOT really help, but war is terrible!
 *     tokens     They did NOT really help  but war is terrible
 *     valence     0    0   0    0    1.7    0 -2.9  0   -2.1          from the word list
 *     in context                   -1.97        -2.9    -2.1          booster, negation
 *     around but                   -0.98        -4.35   -3.15
 *     sum -8.48, with "!" -8.78;  compound = sum / sqrt(sum * sum + 15)
 *
 * The words come from outside (the user's installed package); the rules, with all their quirks,
 * are here. CA_VADER_REFERENCE is the package vaderSentiment, CA_VADER_NLTK the port in NLTK, which
 * cuts tokens otherwise and gives a repeated token the context of its first occurrence. One pass
 * over the text, linear in its length; nothing is allocated per token once the room is there.
 */
#ifndef CA_VADER_H
#define CA_VADER_H

#include "base.h"
#include "contrast.h"
#include "letters.h"
#include "mem.h"
#include "texts.h"

typedef enum ca_vader_port { CA_VADER_REFERENCE, CA_VADER_NLTK, CA_VADER_PORTS } ca_vader_port;

/* What a word can be; a word may be several. */
typedef enum ca_vader_kind {
    CA_VADER_WORD,    /* an entry of the lexicon, with a valence */
    CA_VADER_BOOSTER, /* one word, or two or three with blanks between */
    CA_VADER_NEGATION,
    CA_VADER_IDIOM /* two or three words with a valence */
} ca_vader_kind;

/* What happened to a hit, as bits of ca_vader_hit.shifters. */
enum {
    CA_VADER_NEGATED = 1,
    CA_VADER_BOOSTED = 2,
    CA_VADER_DAMPENED = 4,
    CA_VADER_CAPITALS = 8,
    CA_VADER_IDIOMATIC = 16,
    CA_VADER_BEFORE_BUT = 32,
    CA_VADER_BEHIND_BUT = 64,
    CA_VADER_LEAST = 128,
    CA_VADER_NEVER_SO = 256, /* "never so", "so", "this": strengthened */
    CA_VADER_NO = 512        /* "no" before it, or it is the "no" before another */
};

/* A token, lower-cased: what it means. Entry 0 is every unknown word. */
typedef struct ca_vader_entry {
    double valence, booster;
    uint32_t flags;
    uint32_t gram; /* its number among the words of phrases, 0 if it is in none */
    uint32_t word; /* its number in the lexicon */
} ca_vader_entry;

typedef struct ca_vader_slot {
    uint8_t key[16]; /* first and last bytes of a longer one */
    uint32_t len, entry;
} ca_vader_slot;

/* A phrase: an idiom, or a booster of several words. */
typedef struct ca_vader_phrase {
    uint32_t n, grams[3];
    bool booster;
    double value;
} ca_vader_phrase;

typedef struct ca_vader {
    const ca_alloc *alloc;
    const ca_letters *letters; /* borrowed */
    ca_vader_port port;
    bool compensated; /* add up as Python 3.12 and later do (Neumaier), else from left to right */
    bool fold;        /* curly quotes, dashes and variation selectors made plain first */
    bool ascii_keys, ascii_emoji;
    uint8_t classes[256];
    ca_vader_entry *entries;
    size_t *ends; /* of the key of entry i in `bytes` */
    uint8_t *bytes;
    size_t n, entries_capacity, ends_capacity, bytes_capacity, longest;
    ca_vader_slot *slots;
    size_t n_slots;   /* a power of two */
    uint64_t *filter; /* one bit for each value of a few bits of the hash */
    ca_vader_phrase *phrases;
    size_t n_phrases, phrases_capacity;
    uint32_t n_grams;
    uint8_t emoji_block[CA_LETTERS_LIMIT >> 8]; /* 0: no emoji in this block */
    uint32_t *emoji;                            /* by block and low bits: number + 1 */
    size_t n_emoji_blocks, emoji_capacity;
    size_t *description_ends;
    uint8_t *descriptions;
    size_t n_descriptions, description_ends_capacity, descriptions_capacity;
} ca_vader;

/* An empty word list; *alloc and *letters must outlive it. */
CA_MUST_CHECK ca_status ca_vader_init(ca_vader *self, const ca_alloc *alloc,
                                      const ca_letters *letters, ca_vader_port port,
                                      bool compensated, bool fold);
void ca_vader_reset(ca_vader *self);

/* Add a word, as it stands in lower-cased text. `value` of a negation is not used; `number` is
 * what hits of a CA_VADER_WORD carry. Only before the first text is scored. */
CA_MUST_CHECK ca_status ca_vader_add(ca_vader *self, ca_vader_kind kind, ca_str word, double value,
                                     uint32_t number);

/* Add an emoji and the words that stand for it. */
CA_MUST_CHECK ca_status ca_vader_add_emoji(ca_vader *self, uint32_t cp, ca_str description);

typedef struct ca_vader_score {
    double neg, neu, pos, compound; /* rounded as the packages do */
    double emphasis;                /* what ! and ? add to the sum, with its sign */
} ca_vader_score;

/* A word of the lexicon in a text. */
typedef struct ca_vader_hit {
    uint32_t start, end; /* code points of the text as it was given */
    uint32_t word, shifters;
    double value, contribution; /* the valence in the lexicon, and after all rules */
} ca_vader_hit;

/* Code points [start, end) of a text whose words are taken as unknown; sorted, not overlapping. */
typedef struct ca_vader_mask {
    const int64_t *start, *end;
    size_t n;
} ca_vader_mask;

typedef struct ca_vader_token {
    uint32_t entry, flags;
    uint32_t at, len; /* bytes of the working text */
} ca_vader_token;

/* Room for one text, used again for the next; one for each thread. Zero is empty. */
typedef struct ca_vader_work {
    ca_vader_token *tokens;
    uint32_t *candidates; /* tokens in the lexicon */
    ca_valence *valences; /* of those that are not neutral */
    uint32_t *shifters;
    uint32_t *origin; /* of each byte of the working text: code point of the given one */
    ca_vader_hit *hits;
    ca_scratch utf8, expanded, lower;
    ca_contrast contrast;
    uint32_t *seen; /* by entry: the first candidate of this text + 1, in NLTK's port */
    uint32_t *chain;
    size_t n_tokens, n_candidates, n_valences, n_hits, first_but;
    size_t tokens_capacity, candidates_capacity, valences_capacity, shifters_capacity,
        origin_capacity, hits_capacity, seen_capacity, chain_capacity;
    bool mixed_case; /* some tokens in capitals, not all */
} ca_vader_work;

void ca_vader_work_reset(const ca_alloc *alloc, ca_vader_work *work);

/* Score one text (not missing). With `want_hits` also fills work->hits, n_hits of them, in order:
 * all words of the lexicon that the rules did not pass over. O(len). */
CA_MUST_CHECK ca_status ca_vader_text(const ca_vader *self, ca_vader_work *work,
                                      const ca_alloc *alloc, const ca_text *text,
                                      const ca_vader_mask *mask, bool want_hits,
                                      const ca_poll *poll, ca_vader_score *out);

/* Python's round(value, digits) for |value| <= 1 and up to 4 digits: to even where the binary value
 * lies exactly between two. */
double ca_vader_round(double value, int digits);

/* Whether every invariant holds; if not, *why says which does not. */
bool ca_vader_validate(const ca_vader *self, const char **why);

#endif
