#include "vader.h"

#include <math.h>

#include "utf8.h"
#include "wordkey.h"

/* The constants of the rules, as published; ports differ where it says so. */
#define NEGATED (-0.74)
#define CAPITALS 0.733
#define DAMPENED (-0.293) /* NLTK: what any booster of two words does */
#define ALPHA 15.0

/* What a byte can be. */
enum { SPACE = 1, HIGH = 2, PUNCTUATION = 4, UPPER = 8, LOWER = 16, MARK = 32, APOSTROPHE = 64 };

/* What an entry can be. */
enum {
    IN_LEXICON = 1,
    BOOSTER = 2,
    NEGATION = 4,
    NO = 8,
    OR_NOR = 16,
    NEVER = 32,
    SO_THIS = 64,
    WITHOUT = 128,
    DOUBT = 256,
    LEAST = 512,
    AT_VERY = 1024,
    KIND = 2048,
    OF = 4096,
    BUT = 8192
};

/* What a token can be, besides its entry. */
enum { IN_CAPITALS = 1, HAS_NT = 2, CASED = 4 /* not equal to its lower case */ };

#define FILTER_BITS 17
#define FIRST_SLOTS 1024
#define TOKENS_PER_POLL 16384

static const struct {
    const char *word;
    uint32_t flag;
} special[] = {
    {"no", NO},           {"or", OR_NOR},   {"nor", OR_NOR},  {"never", NEVER}, {"so", SO_THIS},
    {"this", SO_THIS},    {"doubt", DOUBT}, {"least", LEAST}, {"at", AT_VERY},  {"very", AT_VERY},
    {"without", WITHOUT}, {"kind", KIND},   {"of", OF},       {"but", BUT},
};

/* ---- words to entries ---- */

static void classify_bytes(uint8_t classes[256]) {
    static const char punctuation[] = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    for (size_t i = 0; i < 256; i++) classes[i] = i >= 0x80 ? HIGH : 0;
    for (size_t i = 9; i <= 13; i++) classes[i] = SPACE;
    for (size_t i = 28; i <= 32; i++) classes[i] = SPACE;
    for (size_t i = 'A'; i <= 'Z'; i++) classes[i] = UPPER;
    for (size_t i = 'a'; i <= 'z'; i++) classes[i] = LOWER;
    for (size_t i = 0; i + 1 < sizeof punctuation; i++)
        classes[(uint8_t)punctuation[i]] = PUNCTUATION;
    classes['!'] |= MARK;
    classes['?'] |= MARK;
    classes['\''] |= APOSTROPHE;
}

static ca_str key_text(const ca_vader *self, uint32_t entry) {
    size_t at = self->ends[entry - 1];
    return (ca_str){self->bytes + at, self->ends[entry] - at};
}

static size_t slot_of(const ca_vader *self, ca_wordkey k, uint64_t hash, const uint8_t *bytes) {
    size_t mask = self->n_slots - 1;
    for (size_t at = (size_t)(hash >> 20) & mask;; at = (at + 1) & mask) {
        const ca_vader_slot *slot = &self->slots[at];
        if (slot->entry == 0) return at;
        if (slot->len != k.len || memcmp(slot->key, &k.a, 8) != 0 ||
            memcmp(slot->key + 8, &k.b, 8) != 0)
            continue;
        if (k.len <= 16 || memcmp(key_text(self, slot->entry).ptr, bytes, k.len) == 0) return at;
    }
}

static inline uint32_t find_key(const ca_vader *self, ca_wordkey k, const uint8_t *bytes) {
    uint64_t hash = ca_wordkey_hash(k);
    size_t bit = (size_t)(hash >> (64 - FILTER_BITS));
    if (CA_LIKELY(!(self->filter[bit >> 6] >> (bit & 63) & 1))) return 0;
    return self->slots[slot_of(self, k, hash, bytes)].entry;
}

/* The entry of a word in lower case, 0 if there is none. */
static uint32_t find(const ca_vader *self, ca_str word) {
    if (word.len > self->longest) return 0;
    return find_key(self, ca_wordkey_of(word.ptr, word.len, word.ptr + word.len), word.ptr);
}

static void put_slot(ca_vader *self, uint32_t entry) {
    ca_str text = key_text(self, entry);
    ca_wordkey k = ca_wordkey_of(text.ptr, text.len, text.ptr + text.len);
    uint64_t hash = ca_wordkey_hash(k);
    ca_vader_slot *slot = &self->slots[slot_of(self, k, hash, text.ptr)];
    memcpy(slot->key, &k.a, 8);
    memcpy(slot->key + 8, &k.b, 8);
    slot->len = (uint32_t)k.len;
    slot->entry = entry;
    size_t bit = (size_t)(hash >> (64 - FILTER_BITS));
    self->filter[bit >> 6] |= UINT64_C(1) << (bit & 63);
}

static ca_status slots_double(ca_vader *self) {
    ca_vader_slot *grown = NULL;
    CA_TRY(CA_ZEROS(self->alloc, grown, self->n_slots * 2));
    CA_FREE(self->alloc, self->slots);
    self->slots = grown;
    self->n_slots *= 2;
    for (size_t i = 1; i < self->n; i++) put_slot(self, (uint32_t)i);
    return CA_OK;
}

static ca_status add_entry(ca_vader *self, ca_str word, uint32_t *entry) {
    *entry = word.len > 0 ? find(self, word) : 0;
    if (*entry != 0) return CA_OK;
    if (self->n >= UINT32_MAX / 2 || word.len > UINT32_MAX / 2) return CA_TOO_LARGE;
    size_t at = self->n > 0 ? self->ends[self->n - 1] : 0;
    if (self->n * 2 > self->n_slots) CA_TRY(slots_double(self));
    CA_TRY(CA_GROW(self->alloc, self->entries, self->entries_capacity, self->n + 1));
    CA_TRY(CA_GROW(self->alloc, self->ends, self->ends_capacity, self->n + 1));
    CA_TRY(CA_GROW(self->alloc, self->bytes, self->bytes_capacity, at + word.len));
    if (word.len > 0) memcpy(self->bytes + at, word.ptr, word.len);
    self->ends[self->n] = at + word.len;
    self->entries[self->n] = (ca_vader_entry){.flags = 0};
    *entry = (uint32_t)self->n++;
    if (*entry != 0) put_slot(self, *entry); /* entry 0 has no key */
    if (word.len > self->longest) self->longest = word.len;
    for (size_t i = 0; i < word.len; i++) self->ascii_keys &= word.ptr[i] < 0x80;
    return CA_OK;
}

static ca_status fill(ca_vader *self) {
    uint32_t entry;
    CA_TRY(CA_ZEROS(self->alloc, self->slots, self->n_slots));
    CA_TRY(CA_ZEROS(self->alloc, self->filter, (size_t)1 << (FILTER_BITS - 6)));
    CA_TRY(CA_ZEROS(self->alloc, self->emoji, 256));
    self->emoji_capacity = 256;
    CA_TRY(add_entry(self, (ca_str){NULL, 0}, &entry));
    for (size_t i = 0; i < sizeof special / sizeof *special; i++) {
        ca_str word = {(const uint8_t *)special[i].word, strlen(special[i].word)};
        CA_TRY(add_entry(self, word, &entry));
        self->entries[entry].flags |= special[i].flag;
    }
    return CA_OK;
}

ca_status ca_vader_init(ca_vader *self, const ca_alloc *alloc, const ca_letters *letters,
                        ca_vader_port port, bool compensated, bool fold) {
    *self = (ca_vader){.alloc = alloc,
                       .letters = letters,
                       .port = port,
                       .compensated = compensated,
                       .fold = fold,
                       .ascii_keys = true,
                       .n_slots = FIRST_SLOTS};
    classify_bytes(self->classes);
    ca_status status = fill(self);
    if (status != CA_OK) ca_vader_reset(self);
    return status;
}

void ca_vader_reset(ca_vader *self) {
    if (self->alloc != NULL) {
        CA_FREE(self->alloc, self->entries);
        CA_FREE(self->alloc, self->ends);
        CA_FREE(self->alloc, self->bytes);
        CA_FREE(self->alloc, self->slots);
        CA_FREE(self->alloc, self->filter);
        CA_FREE(self->alloc, self->phrases);
        CA_FREE(self->alloc, self->emoji);
        CA_FREE(self->alloc, self->description_ends);
        CA_FREE(self->alloc, self->descriptions);
    }
    *self = (ca_vader){.alloc = NULL};
}

/* The words of a phrase of two or three with one blank between; 0 where it is no such phrase. */
static size_t split(ca_str phrase, ca_str words[3]) {
    size_t n = 0, first = 0;
    for (size_t i = 0; i <= phrase.len; i++) {
        if (i < phrase.len && phrase.ptr[i] != ' ') continue;
        if (i == first || n == 3) return 0;
        words[n++] = (ca_str){phrase.ptr + first, i - first};
        first = i + 1;
    }
    return n >= 2 ? n : 0;
}

/* A later phrase of the same words takes the place of an earlier one. */
static ca_status add_phrase(ca_vader *self, ca_str phrase, bool booster, double value) {
    ca_str words[3];
    ca_vader_phrase made = {
        .n = (uint32_t)split(phrase, words), .booster = booster, .value = value};
    if (made.n == 0) return CA_OK; /* the packages never look for it either */
    for (size_t i = 0; i < made.n; i++) {
        uint32_t entry;
        CA_TRY(add_entry(self, words[i], &entry));
        if (self->entries[entry].gram == 0) self->entries[entry].gram = ++self->n_grams;
        made.grams[i] = self->entries[entry].gram;
    }
    for (size_t i = 0; i < self->n_phrases; i++) {
        ca_vader_phrase *held = &self->phrases[i];
        if (held->booster != booster || held->n != made.n ||
            memcmp(held->grams, made.grams, sizeof made.grams) != 0)
            continue;
        held->value = value;
        return CA_OK;
    }
    CA_TRY(CA_GROW(self->alloc, self->phrases, self->phrases_capacity, self->n_phrases + 1));
    self->phrases[self->n_phrases++] = made;
    return CA_OK;
}

ca_status ca_vader_add(ca_vader *self, ca_vader_kind kind, ca_str word, double value,
                       uint32_t number) {
    uint32_t entry;
    bool phrase = word.len > 0 && memchr(word.ptr, ' ', word.len) != NULL;
    if (kind == CA_VADER_IDIOM || (kind == CA_VADER_BOOSTER && phrase))
        return add_phrase(self, word, kind == CA_VADER_BOOSTER, value);
    if (word.len == 0) return CA_OK;
    CA_TRY(add_entry(self, word, &entry));
    ca_vader_entry *e = &self->entries[entry];
    if (kind == CA_VADER_WORD) {
        e->flags |= IN_LEXICON;
        e->valence = value;
        e->word = number;
    } else if (kind == CA_VADER_BOOSTER) {
        e->flags |= BOOSTER;
        e->booster = value;
    } else {
        e->flags |= NEGATION;
    }
    return CA_OK;
}

ca_status ca_vader_add_emoji(ca_vader *self, uint32_t cp, ca_str description) {
    if (cp >= CA_LETTERS_LIMIT) return CA_INVALID;
    size_t end = self->n_descriptions > 0 ? self->description_ends[self->n_descriptions - 1] : 0;
    CA_TRY(CA_GROW(self->alloc, self->description_ends, self->description_ends_capacity,
                   self->n_descriptions + 1));
    CA_TRY(CA_GROW(self->alloc, self->descriptions, self->descriptions_capacity,
                   end + description.len));
    if (self->emoji_block[cp >> 8] == 0) {
        if (self->n_emoji_blocks == UINT8_MAX) return CA_TOO_LARGE;
        size_t items = (self->n_emoji_blocks + 2) * 256;
        CA_TRY(CA_GROW(self->alloc, self->emoji, self->emoji_capacity, items));
        memset(self->emoji + items - 256, 0, 256 * sizeof *self->emoji);
        self->emoji_block[cp >> 8] = (uint8_t)++self->n_emoji_blocks;
    }
    if (description.len > 0) memcpy(self->descriptions + end, description.ptr, description.len);
    self->description_ends[self->n_descriptions++] = end + description.len;
    size_t block = self->emoji_block[cp >> 8];
    self->emoji[block << 8 | (cp & 0xFF)] = (uint32_t)self->n_descriptions;
    self->ascii_emoji |= cp < 0x80;
    return CA_OK;
}

/* ---- emoji to words, typography to plain signs ---- */

void ca_vader_work_reset(const ca_alloc *alloc, ca_vader_work *work) {
    CA_FREE(alloc, work->tokens);
    CA_FREE(alloc, work->candidates);
    CA_FREE(alloc, work->valences);
    CA_FREE(alloc, work->shifters);
    CA_FREE(alloc, work->origin);
    CA_FREE(alloc, work->hits);
    CA_FREE(alloc, work->seen);
    CA_FREE(alloc, work->chain);
    ca_scratch_reset(alloc, &work->utf8);
    ca_scratch_reset(alloc, &work->expanded);
    ca_scratch_reset(alloc, &work->lower);
    ca_contrast_reset(alloc, &work->contrast);
    *work = (ca_vader_work){.tokens = NULL};
}

static inline uint32_t emoji_of(const ca_vader *self, uint32_t cp) {
    size_t block = cp < CA_LETTERS_LIMIT ? self->emoji_block[cp >> 8] : 0;
    return block != 0 ? self->emoji[block << 8 | (cp & 0xFF)] : 0;
}

/* What a code point becomes in news mode: NULL where it stays. A dash parts two words. */
static const char *folded_as(uint32_t cp) {
    switch (cp) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0x02BC:
    case 0xFF07:
        return "'";
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x00AB:
    case 0x00BB:
    case 0x2033:
        return "\"";
    case 0x2010:
    case 0x2011:
        return "-";
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
        return " - ";
    case 0x2026:
        return "...";
    case 0x200B:
    case 0x200D:
    case 0x2060:
    case 0xAD:
    case 0xFEFF:
        return "";
    default:
        return cp >= 0xFE00 && cp <= 0xFE0F ? "" : NULL;
    }
}

static bool is_plain(const ca_vader *self, ca_str text) {
    if (self->ascii_emoji) return false;
    size_t i = 0;
    for (; i + 8 <= text.len; i += 8) {
        uint64_t bytes;
        memcpy(&bytes, text.ptr + i, 8);
        if (bytes & 0x8080808080808080u) break;
    }
    for (; i < text.len && text.ptr[i] < 0x80; i++) continue;
    for (; i < text.len;) {
        uint32_t cp;
        if (text.ptr[i] < 0x80) {
            i++;
            continue;
        }
        i += ca_utf8_decode(text.ptr + i, text.len - i, &cp);
        if (emoji_of(self, cp) != 0 || (self->fold && folded_as(cp) != NULL)) return false;
    }
    return true;
}

/* Append bytes that come from code point number `from`. */
static ca_status append(ca_vader_work *work, const ca_alloc *alloc, ca_str bytes, size_t from,
                        bool origins, size_t *len) {
    CA_TRY(CA_GROW(alloc, work->expanded.bytes, work->expanded.capacity, *len + bytes.len + 1));
    if (bytes.len > 0) memcpy(work->expanded.bytes + *len, bytes.ptr, bytes.len);
    if (origins) {
        CA_TRY(CA_GROW(alloc, work->origin, work->origin_capacity, *len + bytes.len + 1));
        for (size_t i = 0; i < bytes.len; i++) work->origin[*len + i] = (uint32_t)from;
    }
    *len += bytes.len;
    return CA_OK;
}

/* The reference puts a blank before the words of an emoji unless a blank stands there; none behind
 * them, so a letter that follows hangs on. */
static ca_status expand(const ca_vader *self, ca_vader_work *work, const ca_alloc *alloc,
                        ca_str text, bool origins, ca_str *out) {
    bool blank = true;
    size_t len = 0, from = 0;
    for (size_t at = 0; at < text.len; from++) {
        uint32_t cp;
        ca_str piece = {text.ptr + at, ca_utf8_decode(text.ptr + at, text.len - at, &cp)};
        uint32_t emoji = emoji_of(self, cp);
        const char *plain = self->fold && emoji == 0 ? folded_as(cp) : NULL;
        at += piece.len;
        if (emoji != 0) {
            size_t first = emoji > 1 ? self->description_ends[emoji - 2] : 0;
            if (!blank)
                CA_TRY(append(work, alloc, (ca_str){(const uint8_t *)" ", 1}, from, origins, &len));
            piece = (ca_str){self->descriptions + first, self->description_ends[emoji - 1] - first};
        } else if (plain != NULL) {
            piece = (ca_str){(const uint8_t *)plain, strlen(plain)};
        }
        CA_TRY(append(work, alloc, piece, from, origins, &len));
        blank = emoji == 0 && (piece.len > 0 ? piece.ptr[piece.len - 1] == ' ' : blank);
    }
    if (len == 0) CA_TRY(append(work, alloc, (ca_str){NULL, 0}, from, origins, &len));
    *out = (ca_str){work->expanded.bytes, len};
    return CA_OK;
}

/* ---- text to tokens ---- */

/* What is left to see of a mask while tokens pass by. */
typedef struct veil {
    const ca_vader_mask *mask;
    size_t next;    /* span */
    size_t at, cps; /* how far the working text has been counted, without origins */
} veil;

typedef struct reader {
    const ca_vader *vader;
    ca_vader_work *work;
    const ca_alloc *alloc;
    ca_str text;
    bool origins, wants_n_t;
    veil veil;
    size_t n_capitals;
    size_t exclamations, questions;
} reader;

/* Number of the code point of the given text that byte `at` of the working text comes from; `at`
 * must not fall from call to call. */
static size_t origin_of(reader *self, size_t at) {
    if (self->origins) return self->work->origin[at];
    veil *v = &self->veil;
    for (; v->at < at; v->at++) v->cps += (self->text.ptr[v->at] & 0xC0) != 0x80;
    return v->cps;
}

/* The same of the end of a token: behind the code point that its last byte comes from. */
static size_t end_of(reader *self, size_t at, size_t len) {
    return self->origins ? self->work->origin[at + len - 1] + (size_t)1 : origin_of(self, at + len);
}

static bool is_masked(reader *self, size_t at, size_t len) {
    const ca_vader_mask *mask = self->veil.mask;
    if (self->veil.next >= mask->n) return false;
    int64_t start = (int64_t)origin_of(self, at);
    while (self->veil.next < mask->n && mask->end[self->veil.next] <= start) self->veil.next++;
    if (self->veil.next >= mask->n) return false;
    int64_t end = (int64_t)end_of(self, at, len);
    return mask->start[self->veil.next] < end;
}

static bool has_n_t(const uint8_t *bytes, size_t len) {
    for (size_t i = 0; i + 2 < len; i++) {
        if (bytes[i + 1] == '\'' && (bytes[i] | 0x20) == 'n' && (bytes[i + 2] | 0x20) == 't')
            return true;
    }
    return false;
}

static void count_marks(reader *self, const uint8_t *bytes, size_t len) {
    for (size_t i = 0; i < len; i++) {
        self->exclamations += bytes[i] == '!';
        self->questions += bytes[i] == '?';
    }
}

static size_t count_points(const uint8_t *bytes, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) n += (bytes[i] & 0xC0) != 0x80;
    return n;
}

/* vaderSentiment: without the punctuation at both ends, unless two signs or fewer are left. */
static void strip_all(const uint8_t classes[256], bool high, const uint8_t **first,
                      const uint8_t **end) {
    const uint8_t *a = *first, *b = *end;
    while (a < b && (classes[*a] & PUNCTUATION)) a++;
    while (b > a && (classes[b[-1]] & PUNCTUATION)) b--;
    size_t len = (size_t)(b - a);
    if (high && len < 12) len = count_points(a, len);
    if (len <= 2) return;
    *first = a;
    *end = b;
}

/* One of the runs of signs that NLTK takes off a word. */
static bool is_listed(const uint8_t *bytes, size_t len) {
    static const char *const listed[] = {"!!", "!!!", "??", "???", "?!?", "!?!", "?!?!", "!?!?"};
    if (len == 1) return memchr(".!?,;:-'\"", bytes[0], 9) != NULL;
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++) {
        if (strlen(listed[i]) == len && memcmp(listed[i], bytes, len) == 0) return true;
    }
    return false;
}

/* NLTK: one listed run at one end, if that leaves a word of two letters or more without signs.
 * false: the token is dropped, being one sign long. */
static bool strip_listed(const uint8_t classes[256], const uint8_t **first, const uint8_t **end) {
    const uint8_t *a = *first, *b = *end;
    if (b - a == 1 || (b - a <= 4 && count_points(a, (size_t)(b - a)) <= 1)) return false;
    while (a < b && (classes[*a] & PUNCTUATION)) a++;
    while (b > a && (classes[b[-1]] & PUNCTUATION)) b--;
    bool before = a > *first, behind = b < *end;
    if (before == behind) return true;
    for (const uint8_t *p = a; p < b; p++) {
        if (classes[*p] & PUNCTUATION) return true;
    }
    if (count_points(a, (size_t)(b - a)) <= 1) return true;
    bool listed =
        before ? is_listed(*first, (size_t)(a - *first)) : is_listed(b, (size_t)(*end - b));
    if (listed) {
        *first = a;
        *end = b;
    }
    return true;
}

/* The entry of a token that is long or has code points beyond ASCII. */
static ca_status find_slowly(reader *self, ca_str word, bool to_ascii, ca_vader_token *token) {
    ca_str lower;
    const ca_vader *vader = self->vader;
    token->flags |= has_n_t(word.ptr, word.len) ? HAS_NT : 0;
    if (vader->ascii_keys && !to_ascii) return CA_OK;
    CA_TRY(ca_letters_lower(vader->letters, self->alloc, word, &self->work->lower, &lower));
    token->entry = find(vader, lower);
    token->flags |= ca_str_equal(word, lower) ? 0 : CASED;
    return CA_OK;
}

/* A token of at most 16 bytes, ASCII alone. */
static inline void find_ascii(reader *self, const uint8_t *first, size_t len, unsigned seen,
                              ca_vader_token *token) {
    const ca_vader *vader = self->vader;
    token->flags |= seen & UPPER ? CASED : 0;
    if (CA_UNLIKELY(seen & APOSTROPHE) && has_n_t(first, len)) token->flags |= HAS_NT;
    ca_wordkey k = ca_wordkey_of(first, len, self->text.ptr + self->text.len);
    if (seen & UPPER) {
        k.a = ca_wordkey_lower(k.a);
        k.b = ca_wordkey_lower(k.b);
    }
    token->entry = find_key(vader, k, first);
}

static inline ca_status add_token(reader *self, ca_vader_token token) {
    ca_vader_work *work = self->work;
    if (CA_UNLIKELY(work->n_tokens + 1 > work->tokens_capacity)) {
        if (work->n_tokens >= UINT32_MAX / 8) return CA_TOO_LARGE;
        CA_TRY(CA_GROW(self->alloc, work->tokens, work->tokens_capacity, work->n_tokens + 1));
    }
    if (token.entry != 0) {
        uint32_t flags = self->vader->entries[token.entry].flags;
        if (flags & IN_LEXICON) {
            CA_TRY(CA_GROW(self->alloc, work->candidates, work->candidates_capacity,
                           work->n_candidates + 1));
            work->candidates[work->n_candidates++] = (uint32_t)work->n_tokens;
        }
        if ((flags & BUT) && work->first_but == SIZE_MAX) work->first_but = work->n_tokens;
    }
    work->tokens[work->n_tokens++] = token;
    return CA_OK;
}

/* What was seen in a token with code points beyond ASCII. */
enum { TO_ASCII = 256 };

static inline ca_status take_token(reader *self, const uint8_t *first, const uint8_t *end,
                                   unsigned seen) {
    const uint8_t *classes = self->vader->classes;
    if (CA_UNLIKELY(seen & MARK)) count_marks(self, first, (size_t)(end - first));
    if (self->vader->port == CA_VADER_NLTK) {
        if (!strip_listed(classes, &first, &end)) return CA_OK;
    } else if (seen & PUNCTUATION) {
        strip_all(classes, (seen & HIGH) != 0, &first, &end);
    }
    size_t len = (size_t)(end - first);
    bool capitals = (seen & (UPPER | LOWER)) == UPPER;
    ca_vader_token token = {.flags = capitals ? IN_CAPITALS : 0,
                            .at = (uint32_t)(first - self->text.ptr),
                            .len = (uint32_t)len};
    self->n_capitals += capitals;
    if (CA_LIKELY(!(seen & HIGH) && len <= 16)) {
        find_ascii(self, first, len, seen, &token);
    } else {
        bool to_ascii = (seen & TO_ASCII) != 0 || !(seen & HIGH);
        CA_TRY(find_slowly(self, (ca_str){first, len}, to_ascii, &token));
    }
    if (self->veil.mask != NULL && is_masked(self, token.at, len)) {
        token.entry = 0;
        token.flags &= ~(uint32_t)HAS_NT;
    }
    return add_token(self, token);
}

/* A code point beyond ASCII: what it is, and how long. */
static unsigned look_at(const reader *self, const uint8_t *at, const uint8_t *end, size_t *step) {
    uint32_t cp;
    *step = ca_utf8_decode(at, (size_t)(end - at), &cp);
    ca_letter letter = ca_letters_of(self->vader->letters, cp);
    unsigned seen = HIGH;
    if (letter.flags & CA_IS_SPACE) seen |= SPACE;
    if (letter.flags & CA_IS_UPPER) seen |= UPPER;
    if (letter.flags & CA_IS_LOWER) seen |= LOWER;
    if (letter.lower < 0x80) seen |= TO_ASCII;
    return seen;
}

/* The letters at the beginning of a word, of which 16 bytes must be there, and what they are. */
static inline size_t letters_ahead(const uint8_t *at, unsigned *seen) {
    bool upper = false, lower = false;
    size_t n = ca_wordkey_letters(at, &upper, &lower);
    *seen |= (upper ? (unsigned)UPPER : 0) | (lower ? (unsigned)LOWER : 0);
    return n;
}

static ca_status read_tokens(reader *self, const ca_poll *poll) {
    const uint8_t *classes = self->vader->classes;
    const uint8_t *at = self->text.ptr, *end = at + self->text.len;
    size_t until_poll = TOKENS_PER_POLL;
    while (at < end) {
        const uint8_t *first = at;
        unsigned seen = 0, c = 0;
        size_t step = 0;
        if (CA_LIKELY(end - at > 16)) at += letters_ahead(at, &seen);
        for (; at < end; at += step) {
            c = classes[*at];
            step = 1;
            if (CA_UNLIKELY(c & (SPACE | HIGH))) {
                if (c & HIGH) c = look_at(self, at, end, &step);
                if (c & SPACE) break;
            }
            seen |= c;
        }
        if (at > first) CA_TRY(take_token(self, first, at, seen));
        if (at < end) at += step;
        if (CA_UNLIKELY(--until_poll == 0)) {
            until_poll = TOKENS_PER_POLL;
            if (ca_poll_stop(poll)) return CA_STOPPED;
        }
    }
    size_t n = self->work->n_tokens;
    self->work->mixed_case = self->n_capitals > 0 && self->n_capitals < n;
    return CA_OK;
}

/* ---- a word in its context ---- */

/* The token at hand among all of them, and what has happened to its valence. */
typedef struct context {
    const ca_vader *vader;
    const ca_vader_work *work;
    size_t i, n;
    uint32_t shifters;
} context;

static inline const ca_vader_token *token_at(const context *self, size_t i) {
    return &self->work->tokens[i];
}

static inline const ca_vader_entry *entry_at(const context *self, size_t i) {
    return &self->vader->entries[self->work->tokens[i].entry];
}

static inline bool is(const context *self, size_t i, uint32_t flags) {
    return (entry_at(self, i)->flags & flags) != 0;
}

/* The same where the package compares words as they are written. */
static inline bool is_as_written(const context *self, size_t i, uint32_t flags) {
    if (self->vader->port == CA_VADER_NLTK && (token_at(self, i)->flags & CASED)) return false;
    return is(self, i, flags);
}

static bool is_negation(const context *self, size_t i) {
    return is(self, i, NEGATION) || (token_at(self, i)->flags & HAS_NT);
}

static double with_capitals(const context *self, size_t i, double value, double sign_of) {
    if (!(token_at(self, i)->flags & IN_CAPITALS) || !self->work->mixed_case) return value;
    return sign_of > 0 ? value + CAPITALS : value - CAPITALS;
}

/* What the word k places before the word at hand adds to its valence. */
static double boost(context *self, size_t k, double value) {
    size_t before = self->i - k;
    if (!is(self, before, BOOSTER)) return 0.0;
    double s = entry_at(self, before)->booster;
    self->shifters |= s < 0 ? CA_VADER_DAMPENED : CA_VADER_BOOSTED;
    if (value < 0) s *= -1;
    s = with_capitals(self, before, s, value);
    if (k == 2) s = s * 0.95;
    if (k == 3) s = s * 0.9;
    return s;
}

static double negate(context *self, double value) {
    self->shifters |= CA_VADER_NEGATED;
    return value * NEGATED;
}

static double strengthen(context *self, double value, double factor) {
    self->shifters |= CA_VADER_NEVER_SO;
    return value * factor;
}

/* The word k places before, as a negation. That "so" or "this" right before is enough at k = 3
 * comes from the precedence of `and` over `or` in both packages. */
static double check_negation(context *self, size_t k, double value) {
    size_t i = self->i;
    bool nltk = self->vader->port == CA_VADER_NLTK;
    if (k == 2) {
        if (is_as_written(self, i - 2, NEVER) && is_as_written(self, i - 1, SO_THIS))
            return strengthen(self, value, nltk ? 1.5 : 1.25);
        if (!nltk && is(self, i - 2, WITHOUT) && is(self, i - 1, DOUBT)) return value;
    } else if (k == 3) {
        if ((is_as_written(self, i - 3, NEVER) && is_as_written(self, i - 2, SO_THIS)) ||
            is_as_written(self, i - 1, SO_THIS))
            return strengthen(self, value, 1.25);
        if (!nltk && is(self, i - 3, WITHOUT) && (is(self, i - 2, DOUBT) || is(self, i - 1, DOUBT)))
            return value;
    }
    return is_negation(self, i - k) ? negate(self, value) : value;
}

/* The phrase that tokens [first, first + n) make, or NULL. */
static const ca_vader_phrase *phrase_at(const context *self, size_t first, size_t n, bool booster) {
    uint32_t grams[3] = {0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        grams[i] = entry_at(self, first + i)->gram;
        if (grams[i] == 0) return NULL;
        if (self->vader->port == CA_VADER_NLTK && (token_at(self, first + i)->flags & CASED))
            return NULL;
    }
    for (size_t i = 0; i < self->vader->n_phrases; i++) {
        const ca_vader_phrase *held = &self->vader->phrases[i];
        if (held->booster == booster && held->n == n &&
            memcmp(held->grams, grams, sizeof grams) == 0)
            return held;
    }
    return NULL;
}

static bool use_idiom(context *self, size_t first, size_t n, double *value) {
    const ca_vader_phrase *idiom = phrase_at(self, first, n, false);
    if (idiom == NULL) return false;
    self->shifters |= CA_VADER_IDIOMATIC;
    *value = idiom->value;
    return true;
}

static double add_phrase_boosters(context *self, double value) {
    const size_t i = self->i, first[] = {i - 3, i - 3, i - 2}, n[] = {3, 2, 2};
    bool nltk = self->vader->port == CA_VADER_NLTK;
    for (size_t p = nltk ? 1 : 0; p < 3; p++) {
        const ca_vader_phrase *phrase = phrase_at(self, first[p], n[p], true);
        if (phrase == NULL) continue;
        self->shifters |= CA_VADER_DAMPENED;
        if (nltk) return value + DAMPENED;
        value = value + phrase->value;
    }
    return value;
}

/* Whether two words of phrases stand side by side near the word; else there is nothing to look for,
 * since every phrase has two words. */
static bool phrases_are_near(const context *self) {
    size_t end = self->i + 2 < self->n ? self->i + 3 : self->n;
    bool before = false;
    for (size_t i = self->i - 3; i < end; i++) {
        bool gram = entry_at(self, i)->gram != 0;
        if (gram && before) return true;
        before = gram;
    }
    return false;
}

/* Idioms around the word; asked only once three words stand before it. */
static double check_idioms(context *self, double value) {
    const size_t i = self->i, first[] = {i - 1, i - 2, i - 2, i - 3, i - 3}, n[] = {2, 3, 2, 3, 2};
    if (CA_LIKELY(!phrases_are_near(self))) return value;
    for (size_t p = 0; p < 5; p++) {
        if (use_idiom(self, first[p], n[p], &value)) break;
    }
    if (self->n - 1 > i) use_idiom(self, i, 2, &value);
    if (self->n - 1 > i + 1) use_idiom(self, i, 3, &value);
    return add_phrase_boosters(self, value);
}

static double check_least(context *self, double value) {
    size_t i = self->i;
    if (i == 0 || is(self, i - 1, IN_LEXICON) || !is(self, i - 1, LEAST)) return value;
    if (i > 1 && is(self, i - 2, AT_VERY)) return value;
    self->shifters |= CA_VADER_LEAST;
    return value * NEGATED;
}

/* vaderSentiment: "no" negates what follows, and is nothing itself before a word of the lexicon. */
static double check_no(context *self, double value) {
    size_t i = self->i;
    double given = value;
    if (is(self, i, NO) && i + 1 < self->n && is(self, i + 1, IN_LEXICON)) {
        self->shifters |= CA_VADER_NO;
        value = 0.0;
    }
    if ((i > 0 && is(self, i - 1, NO)) || (i > 1 && is(self, i - 2, NO)) ||
        (i > 2 && is(self, i - 3, NO) && is(self, i - 1, OR_NOR))) {
        self->shifters |= CA_VADER_NO;
        value = given * NEGATED;
    }
    return value;
}

/* The valence of the word at hand, which is in the lexicon. */
static double value_of(context *self) {
    size_t i = self->i;
    double value = entry_at(self, i)->valence;
    if (self->vader->port == CA_VADER_REFERENCE) value = check_no(self, value);
    double plain = value;
    value = with_capitals(self, i, value, value);
    if (value != plain) self->shifters |= CA_VADER_CAPITALS;
    for (size_t k = 1; k <= 3 && k <= i; k++) {
        if (is(self, i - k, IN_LEXICON)) continue;
        value = value + boost(self, k, value);
        value = check_negation(self, k, value);
        if (k == 3) value = check_idioms(self, value);
    }
    return check_least(self, value);
}

static bool is_passed_over(const context *self) {
    size_t i = self->i;
    if (is(self, i, BOOSTER)) return true;
    return is(self, i, KIND) && i + 1 < self->n && is(self, i + 1, OF);
}

/* ---- all words ---- */

/* NLTK looks a token up with list.index: the first one written the same. Its number among the
 * candidates, which have been linked by entry as far as number c. */
static size_t first_written_so(const ca_vader_work *work, const ca_str text, size_t c) {
    const ca_vader_token *token = &work->tokens[work->candidates[c]];
    for (uint32_t held = work->seen[token->entry]; held != 0; held = work->chain[held - 1]) {
        const ca_vader_token *other = &work->tokens[work->candidates[held - 1]];
        if (other->len == token->len &&
            memcmp(text.ptr + other->at, text.ptr + token->at, token->len) == 0)
            return held - 1;
    }
    return c;
}

/* Room for the links; work->seen is all zero between two texts. */
static ca_status prepare_links(const ca_vader *self, ca_vader_work *work, const ca_alloc *alloc) {
    if (work->seen_capacity < self->n) {
        CA_FREE(alloc, work->seen);
        work->seen_capacity = 0;
        CA_TRY(CA_ZEROS(alloc, work->seen, self->n));
        work->seen_capacity = self->n;
    }
    return CA_GROW(alloc, work->chain, work->chain_capacity, work->n_candidates);
}

static void clear_links(ca_vader_work *work) {
    for (size_t c = 0; c < work->n_candidates; c++)
        work->seen[work->tokens[work->candidates[c]].entry] = 0;
}

/* The token whose context counts for candidate c. */
static size_t context_of(const ca_vader *self, ca_vader_work *work, ca_str text, size_t c) {
    if (self->port != CA_VADER_NLTK) return work->candidates[c];
    size_t first = first_written_so(work, text, c);
    if (first == c) {
        uint32_t *seen = &work->seen[work->tokens[work->candidates[c]].entry];
        work->chain[c] = *seen;
        *seen = (uint32_t)c + 1;
    }
    return work->candidates[first];
}

/* Fill work->valences with all candidates that the rules do not pass over, neutral ones too. */
static ca_status find_values(const ca_vader *self, ca_vader_work *work, const ca_alloc *alloc,
                             ca_str text) {
    bool links = self->port == CA_VADER_NLTK;
    CA_TRY(CA_GROW(alloc, work->valences, work->valences_capacity, work->n_candidates));
    CA_TRY(CA_GROW(alloc, work->shifters, work->shifters_capacity, work->n_candidates));
    if (links) CA_TRY(prepare_links(self, work, alloc));
    for (size_t c = 0; c < work->n_candidates; c++) {
        context at = {.vader = self, .work = work, .n = work->n_tokens};
        at.i = context_of(self, work, text, c);
        if (is_passed_over(&at)) continue;
        work->valences[work->n_valences].word = work->candidates[c];
        work->valences[work->n_valences].value = value_of(&at);
        work->shifters[work->n_valences++] = at.shifters;
    }
    if (links) clear_links(work);
    return CA_OK;
}

static ca_status apply_but(const ca_vader *self, ca_vader_work *work, const ca_alloc *alloc) {
    if (work->first_but == SIZE_MAX) return CA_OK;
    uint32_t but = (uint32_t)work->first_but;
    for (size_t i = 0; i < work->n_valences; i++) {
        uint32_t word = work->valences[i].word;
        if (word != but)
            work->shifters[i] |= word < but ? CA_VADER_BEFORE_BUT : CA_VADER_BEHIND_BUT;
    }
    if (self->port == CA_VADER_REFERENCE)
        return ca_contrast_scale(&work->contrast, alloc, but, work->valences, work->n_valences);
    for (size_t i = 0; i < work->n_valences; i++) {
        ca_valence *item = &work->valences[i];
        if (item->word != but) item->value *= item->word < but ? 0.5 : 1.5;
    }
    return CA_OK;
}

/* ---- the score ---- */

static double sum_of(const ca_valence *items, size_t n, bool compensated) {
    double sum = 0.0, lost = 0.0;
    for (size_t i = 0; i < n; i++) {
        double x = items[i].value, total = sum + x;
        if (compensated) lost += fabs(sum) >= fabs(x) ? (sum - total) + x : (x - total) + sum;
        sum = total;
    }
    return compensated && isfinite(lost) ? sum + lost : sum;
}

static double emphasis_of(const reader *self) {
    size_t n = self->exclamations < 4 ? self->exclamations : 4;
    double exclaimed = (double)n * 0.292, asked = 0.0;
    if (self->questions > 3) {
        asked = 0.96;
    } else if (self->questions > 1) {
        asked = (double)self->questions * 0.18;
    }
    return exclaimed + asked;
}

double ca_vader_round(double value, int digits) {
    static const double powers[] = {1.0, 10.0, 100.0, 1000.0, 10000.0};
    double power = powers[digits], scaled = value * power, whole = rint(scaled);
    double half = floor(scaled) + 0.5;
    if (fabs(scaled - half) < 1e-6) {
        /* value * power is scaled + rest, exactly; compare that with the half. */
        double rest = fma(value, power, -scaled), beyond = (scaled - half) + rest;
        if (beyond > 0) {
            whole = half + 0.5;
        } else if (beyond < 0) {
            whole = half - 0.5;
        } else {
            whole = rint(half);
        }
        if (whole == 0) whole = copysign(0.0, value);
    }
    return whole / power;
}

static double normalized(double sum) {
    double score = sum / sqrt(sum * sum + ALPHA);
    if (score < -1.0) return -1.0;
    return score > 1.0 ? 1.0 : score;
}

static void add_up(const ca_vader *self, const ca_vader_work *work, double emphasis,
                   ca_vader_score *out) {
    *out = (ca_vader_score){.neg = 0};
    if (work->n_tokens == 0) return;
    double sum = sum_of(work->valences, work->n_valences, self->compensated);
    double pos = 0.0, neg = 0.0;
    size_t n_neutral = work->n_tokens;
    if (sum > 0) out->emphasis = emphasis;
    if (sum < 0) out->emphasis = -emphasis;
    out->compound = ca_vader_round(normalized(sum + out->emphasis), 4);
    for (size_t i = 0; i < work->n_valences; i++) {
        double value = work->valences[i].value;
        if (value > 0) pos += value + 1;
        if (value < 0) neg += value - 1;
        n_neutral -= value != 0;
    }
    if (pos > fabs(neg)) {
        pos += emphasis;
    } else if (pos < fabs(neg)) {
        neg -= emphasis;
    }
    double total = pos + fabs(neg) + (double)n_neutral;
    out->pos = ca_vader_round(fabs(pos / total), 3);
    out->neg = ca_vader_round(fabs(neg / total), 3);
    out->neu = ca_vader_round(fabs((double)n_neutral / total), 3);
}

static ca_status list_hits(reader *self) {
    ca_vader_work *work = self->work;
    CA_TRY(CA_GROW(self->alloc, work->hits, work->hits_capacity, work->n_valences));
    self->veil.at = self->veil.cps = 0;
    for (size_t i = 0; i < work->n_valences; i++) {
        const ca_vader_token *token = &work->tokens[work->valences[i].word];
        const ca_vader_entry *entry = &self->vader->entries[token->entry];
        size_t start = origin_of(self, token->at);
        work->hits[work->n_hits++] =
            (ca_vader_hit){.start = (uint32_t)start,
                           .end = (uint32_t)end_of(self, token->at, token->len),
                           .word = entry->word,
                           .shifters = work->shifters[i],
                           .value = entry->valence,
                           .contribution = work->valences[i].value};
    }
    return CA_OK;
}

ca_status ca_vader_text(const ca_vader *self, ca_vader_work *work, const ca_alloc *alloc,
                        const ca_text *text, const ca_vader_mask *mask, bool want_hits,
                        const ca_poll *poll, ca_vader_score *out) {
    reader r = {.vader = self, .work = work, .alloc = alloc};
    if (mask != NULL && mask->n > 0) r.veil.mask = mask;
    work->n_tokens = work->n_candidates = work->n_valences = work->n_hits = 0;
    work->first_but = SIZE_MAX;
    CA_TRY(ca_text_utf8(alloc, text, &work->utf8, &r.text));
    if (r.text.len > UINT32_MAX / 8) return CA_TOO_LARGE;
    if (!is_plain(self, r.text)) {
        r.origins = want_hits || r.veil.mask != NULL;
        CA_TRY(expand(self, work, alloc, r.text, r.origins, &r.text));
        if (r.text.len > UINT32_MAX / 2) return CA_TOO_LARGE;
    }
    CA_TRY(read_tokens(&r, poll));
    CA_TRY(find_values(self, work, alloc, r.text));
    CA_TRY(apply_but(self, work, alloc));
    add_up(self, work, emphasis_of(&r), out);
    return want_hits ? list_hits(&r) : CA_OK;
}

#define CHECK(condition, reason)                                                                   \
    if (!(condition)) {                                                                            \
        *why = reason;                                                                             \
        return false;                                                                              \
    }

bool ca_vader_validate(const ca_vader *self, const char **why) {
    CHECK(self->n > 0 && self->entries[0].flags == 0, "entry 0 is no unknown word");
    CHECK((self->n_slots & (self->n_slots - 1)) == 0, "slots are not a power of two");
    CHECK(self->n < self->n_slots, "no slot is free");
    for (size_t i = 1; i < self->n; i++) {
        CHECK(self->ends[i] >= self->ends[i - 1], "keys overlap");
        CHECK(find(self, key_text(self, (uint32_t)i)) == i, "a word is not found");
        CHECK(self->entries[i].gram <= self->n_grams, "a word has no such gram");
    }
    for (size_t i = 0; i < self->n_phrases; i++)
        CHECK(self->phrases[i].n == 2 || self->phrases[i].n == 3, "a phrase has no length");
    for (uint32_t cp = 0; cp < CA_LETTERS_LIMIT; cp++)
        CHECK(emoji_of(self, cp) <= self->n_descriptions, "an emoji has no description");
    return true;
}
