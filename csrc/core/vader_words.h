/* vader_words.h - the words of VADER: a lexicon, boosters, negations, idioms, emoji.
 *
 *     ca_vader_words words;
 *     CA_TRY(ca_vader_words_init(&words, alloc, &letters));
 *     CA_TRY(ca_vader_words_add(&words, CA_VADER_WORD, STR("good"), 1.9, 0));
 *     CA_TRY(ca_vader_words_add(&words, CA_VADER_BOOSTER, STR("sort of"), -0.293, 0));
 *     ca_vader_words_find(&words, STR("good"))      // its entry: valence, what it can be
 *
 * The words come from outside (the user's installed package); those that the rules name themselves
 * (no, never, so, but ...) are there from the beginning. Filled once, then never changed.
 *
 *     lower-case token --> wordkey.h --> filter, a bit --> slots --> entries
 */
#ifndef CA_VADER_WORDS_H
#define CA_VADER_WORDS_H

#include "base.h"
#include "letters.h"
#include "mem.h"
#include "wordkey.h"

/* What a word can be added as; a word may be several. */
typedef enum ca_vader_kind {
    CA_VADER_WORD,    /* an entry of the lexicon, with a valence */
    CA_VADER_BOOSTER, /* one word, or two or three with blanks between */
    CA_VADER_NEGATION,
    CA_VADER_IDIOM /* two or three words with a valence */
} ca_vader_kind;

/* What an entry is, as bits of ca_vader_entry.flags. */
enum {
    CA_ENTRY_LEXICON = 1,
    CA_ENTRY_BOOSTER = 2,
    CA_ENTRY_NEGATION = 4,
    CA_ENTRY_NO = 8,
    CA_ENTRY_OR_NOR = 16,
    CA_ENTRY_NEVER = 32,
    CA_ENTRY_SO_THIS = 64,
    CA_ENTRY_WITHOUT = 128,
    CA_ENTRY_DOUBT = 256,
    CA_ENTRY_LEAST = 512,
    CA_ENTRY_AT_VERY = 1024,
    CA_ENTRY_KIND = 2048,
    CA_ENTRY_OF = 4096,
    CA_ENTRY_BUT = 8192
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

typedef struct ca_vader_words {
    const ca_alloc *alloc;
    const ca_letters *letters; /* borrowed */
    bool ascii_keys, ascii_emoji;
    ca_vader_entry *entries;
    size_t *ends; /* of the key of entry i in `bytes` */
    uint8_t *bytes;
    size_t n, entries_capacity, ends_capacity, bytes_capacity, longest;
    ca_vader_slot *slots;
    size_t n_slots;   /* a power of two */
    uint64_t *filter; /* CA_VADER_FILTER words */
    ca_vader_phrase *phrases;
    size_t n_phrases, phrases_capacity;
    uint32_t n_grams;
    uint8_t emoji_block[CA_LETTERS_LIMIT >> 8]; /* 0: no emoji in this block */
    uint32_t *emoji;                            /* by block and low bits: number + 1 */
    size_t n_emoji_blocks, emoji_capacity;
    size_t *description_ends;
    uint8_t *descriptions;
    size_t n_descriptions, description_ends_capacity, descriptions_capacity;
} ca_vader_words;

/* No words but those of the rules; *alloc and *letters must outlive it. */
CA_MUST_CHECK ca_status ca_vader_words_init(ca_vader_words *self, const ca_alloc *alloc,
                                            const ca_letters *letters);
void ca_vader_words_reset(ca_vader_words *self);

/* Add a word, as it stands in lower-cased text; another is left out, since no token can be it, and
 * so is a word with a blank that is no phrase of two or three words. `value` of a negation is not
 * used; `number` is what hits of a CA_VADER_WORD carry. A later one takes the place of an equal
 * one. */
CA_MUST_CHECK ca_status ca_vader_words_add(ca_vader_words *self, ca_vader_kind kind, ca_str word,
                                           double value, uint32_t number);

/* Add an emoji and the words that stand for it. */
CA_MUST_CHECK ca_status ca_vader_words_add_emoji(ca_vader_words *self, uint32_t cp,
                                                 ca_str description);

/* The entry of a word in lower case, 0 if there is none. */
uint32_t ca_vader_words_find(const ca_vader_words *self, ca_str word);

/* Whether an entry may have this hash; few other words pass. */
#define CA_VADER_FILTER ((size_t)2048)
static inline bool ca_vader_words_may_have(const ca_vader_words *self, uint64_t hash) {
    return ca_wordkey_passes(self->filter, CA_VADER_FILTER, hash);
}

/* The same as ca_vader_words_find by key and hash; `bytes` is read where the word has more than 16.
 */
uint32_t ca_vader_words_look_up(const ca_vader_words *self, const ca_wordkey *key, uint64_t hash,
                                const uint8_t *bytes);

/* The number of an emoji, from 1; 0 where the code point is none. O(1). */
static inline uint32_t ca_vader_words_emoji(const ca_vader_words *self, uint32_t cp) {
    size_t block = cp < CA_LETTERS_LIMIT ? self->emoji_block[cp >> 8] : 0;
    return block != 0 ? self->emoji[block << 8 | (cp & 0xFF)] : 0;
}

/* The words that stand for an emoji. */
ca_str ca_vader_words_description(const ca_vader_words *self, uint32_t emoji);

/* Whether every invariant holds; if not, *why says which does not. */
bool ca_vader_words_validate(const ca_vader_words *self, const char **why);

#endif
