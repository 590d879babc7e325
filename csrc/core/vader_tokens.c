#include "vader_tokens.h"

#include "simd/kernels.h"
#include "utf8.h"

void ca_vader_tokens_reset(const ca_alloc *alloc, ca_vader_tokens *self) {
    CA_FREE(alloc, self->items);
    CA_FREE(alloc, self->candidates);
    ca_vader_plain_reset(alloc, &self->plain);
    ca_scratch_reset(alloc, &self->utf8);
    ca_scratch_reset(alloc, &self->lower);
    *self = (ca_vader_tokens){.items = NULL};
}

/* ---- places ---- */

size_t ca_vader_tokens_start(const ca_vader_tokens *self, size_t at, ca_vader_place *place) {
    if (self->is_plain) return self->plain.origin[at];
    for (; place->at < at; place->at++) place->cps += (self->text.ptr[place->at] & 0xC0) != 0x80;
    return place->cps;
}

size_t ca_vader_tokens_end(const ca_vader_tokens *self, size_t end, ca_vader_place *place) {
    if (self->is_plain) return (size_t)self->plain.origin[end - 1] + 1;
    return ca_vader_tokens_start(self, end, place);
}

/* ---- bytes ---- */

static bool is_sign(uint8_t c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

static size_t count_points(const uint8_t *bytes, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) n += (bytes[i] & 0xC0) != 0x80;
    return n;
}

static bool has_n_t(const uint8_t *bytes, size_t len) {
    for (size_t i = 0; i + 2 < len; i++) {
        if (bytes[i + 1] == '\'' && (bytes[i] | 0x20) == 'n' && (bytes[i + 2] | 0x20) == 't')
            return true;
    }
    return false;
}

/* The token [first, end) without the signs at both ends. */
static ca_str stripped(const uint8_t *first, const uint8_t *end) {
    while (first < end && is_sign(*first)) first++;
    while (end > first && is_sign(end[-1])) end--;
    return (ca_str){first, (size_t)(end - first)};
}

/* ---- signs off a token ---- */

/* vaderSentiment: all signs at both ends, unless two code points or fewer are left. */
static ca_str strip_all(ca_str token) {
    ca_str left = stripped(token.ptr, token.ptr + token.len);
    if (left.len <= 2) return token;
    return left.len > 8 || count_points(left.ptr, left.len) > 2 ? left : token;
}

/* One of the runs of signs that NLTK takes off a word. */
static bool is_listed(ca_str run) {
    static const char *const listed[] = {"!!", "!!!", "??", "???", "?!?", "!?!", "?!?!", "!?!?"};
    if (run.len == 1) return memchr(".!?,;:-'\"", run.ptr[0], 9) != NULL;
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++) {
        if (strlen(listed[i]) == run.len && memcmp(listed[i], run.ptr, run.len) == 0) return true;
    }
    return false;
}

/* NLTK: one listed run at one end, if that leaves a word of two letters or more without signs. */
static ca_str strip_listed(ca_str token) {
    const uint8_t *end = token.ptr + token.len;
    ca_str left = stripped(token.ptr, end);
    ca_str before = {token.ptr, (size_t)(left.ptr - token.ptr)};
    ca_str behind = {left.ptr + left.len, (size_t)(end - (left.ptr + left.len))};
    if ((before.len > 0) == (behind.len > 0)) return token;
    for (size_t i = 0; i < left.len; i++) {
        if (is_sign(left.ptr[i])) return token;
    }
    if (count_points(left.ptr, left.len) <= 1) return token;
    return is_listed(before.len > 0 ? before : behind) ? left : token;
}

/* ---- what a token is ---- */

/* Seen in a token. */
enum { UPPER = 1, LOWER = 2, SIGN = 4, HIGH = 8, TO_ASCII = 16, MARK = 32, APOSTROPHE = 64 };

typedef struct reader {
    const ca_vader_reading *how;
    ca_vader_tokens *into;
    const ca_alloc *alloc;
    const ca_kernels *kernels;
    ca_str text;
    bool as_it_is;      /* emoji and typography stay, being plain already or not looked for */
    bool foreign;       /* there are some: the text has to be made plain first */
    size_t next_masked; /* span of the mask */
    ca_vader_place place;
    size_t n_capitals;
} reader;

static bool is_masked(reader *self, ca_str token) {
    const ca_vader_mask *mask = self->how->mask;
    size_t at = (size_t)(token.ptr - self->text.ptr);
    if (self->next_masked >= mask->n) return false;
    int64_t start = (int64_t)ca_vader_tokens_start(self->into, at, &self->place);
    while (self->next_masked < mask->n && mask->end[self->next_masked] <= start)
        self->next_masked++;
    if (self->next_masked >= mask->n) return false;
    int64_t end = (int64_t)ca_vader_tokens_end(self->into, at + token.len, &self->place);
    return mask->start[self->next_masked] < end;
}

/* The entry of a token that is long or has code points beyond ASCII. */
static ca_status find_slowly(reader *self, ca_str word, unsigned seen, ca_vader_token *token) {
    ca_str lower;
    const ca_vader_words *words = self->how->words;
    if (words->ascii_keys && (seen & (HIGH | TO_ASCII)) == HIGH) return CA_OK;
    if (words->longest < word.len && !(seen & HIGH)) return CA_OK;
    CA_TRY(ca_letters_lower(words->letters, self->alloc, word, &self->into->lower, &lower));
    token->entry = ca_vader_words_find(words, lower);
    token->flags |= ca_str_equal(word, lower) ? 0 : CA_TOKEN_CASED;
    return CA_OK;
}

/* The entry of a token of at most 16 bytes, ASCII alone. */
static inline uint32_t find_ascii(const reader *self, ca_str word) {
    ca_wordkey k = ca_wordkey_of(word.ptr, word.len, self->text.ptr + self->text.len);
    k.a = ca_wordkey_lower(k.a);
    k.b = ca_wordkey_lower(k.b);
    uint64_t hash = ca_wordkey_hash(k);
    if (CA_LIKELY(!ca_vader_words_may_have(self->how->words, hash))) return 0;
    return ca_vader_words_look_up(self->how->words, &k, hash, word.ptr);
}

/* Append a token; there is room. */
static inline void put(ca_vader_tokens *into, const ca_vader_words *words, ca_vader_token token) {
    if (token.entry != 0) {
        uint32_t flags = words->entries[token.entry].flags;
        token.flags |= flags;
        into->candidates[into->n_candidates] = (uint32_t)into->n;
        into->n_candidates += (flags & CA_ENTRY_LEXICON) != 0;
        if ((flags & CA_ENTRY_BUT) && into->first_but == SIZE_MAX) into->first_but = into->n;
    }
    into->items[into->n++] = token;
}

static inline ca_vader_token token_of(reader *self, ca_str word, unsigned seen) {
    bool capitals = (seen & (UPPER | LOWER)) == UPPER;
    self->n_capitals += capitals;
    return (ca_vader_token){.flags = capitals ? CA_TOKEN_CAPITALS : 0,
                            .at = (uint32_t)(word.ptr - self->text.ptr),
                            .len = (uint32_t)word.len};
}

/* Append a token, unless it is masked. */
static inline void put_seen(reader *self, ca_str word, ca_vader_token token) {
    if (CA_UNLIKELY(self->how->mask != NULL) && is_masked(self, word)) {
        token.entry = 0;
        token.flags &= (uint32_t)CA_TOKEN_CAPITALS;
    }
    put(self->into, self->how->words, token);
}

/* Take any token; its signs are off already, and `seen` is of what is left, or of more. */
static ca_status take(reader *self, ca_str word, unsigned seen) {
    ca_vader_token token = token_of(self, word, seen);
    if ((seen & APOSTROPHE) && has_n_t(word.ptr, word.len)) token.flags |= CA_TOKEN_NT;
    if (!(seen & HIGH) && word.len <= 16) {
        token.flags |= seen & UPPER ? CA_TOKEN_CASED : 0;
        token.entry = find_ascii(self, word);
    } else {
        CA_TRY(find_slowly(self, word, seen, &token));
    }
    put_seen(self, word, token);
    return CA_OK;
}

static void count_marks(ca_vader_tokens *into, ca_str token) {
    for (size_t i = 0; i < token.len; i++) {
        into->exclamations += token.ptr[i] == '!';
        into->questions += token.ptr[i] == '?';
    }
}

/* Take what stands between two blanks. */
static ca_status take_whole(reader *self, ca_str token, unsigned seen) {
    if (seen & MARK) count_marks(self->into, token);
    if (self->how->port == CA_VADER_NLTK) {
        if (token.len <= 4 && count_points(token.ptr, token.len) <= 1) return CA_OK;
        if (seen & SIGN) token = strip_listed(token);
    } else if (seen & SIGN) {
        token = strip_all(token);
    }
    return take(self, token, seen);
}

/* ---- windows of text ---- */

/* Up to 64 bytes, and what they are. */
typedef struct window {
    size_t base, n;
    bool last; /* the text ends with it */
    ca_case_masks m;
    uint64_t to_ascii; /* beyond ASCII, but not in lower case */
} window;

static inline uint64_t bits_from(unsigned first) {
    return first < 64 ? ~UINT64_C(0) << first : 0;
}

/* Note what a code point beyond ASCII is at its first byte; white space at each of its bytes. */
static void note(window *w, unsigned at, size_t len, ca_letter letter) {
    uint64_t bit = UINT64_C(1) << at;
    if (letter.flags & CA_IS_UPPER) w->m.upper |= bit;
    if (letter.flags & CA_IS_LOWER) w->m.lower |= bit;
    if (letter.lower < 0x80) w->to_ascii |= bit;
    if (letter.flags & CA_IS_SPACE) w->m.space |= bits_from(at) & ~bits_from(at + (unsigned)len);
}

/* Look at what is no ASCII; the window ends before a code point that it does not hold whole. */
static void look_closer(reader *self, window *w) {
    const ca_vader_words *words = self->how->words;
    for (uint64_t high = w->m.high; high != 0;) {
        unsigned at = (unsigned)ca_lowest_bit64(high);
        size_t from = w->base + at;
        uint32_t cp;
        size_t step = ca_utf8_decode(self->text.ptr + from, self->text.len - from, &cp);
        if (at + step > 64) {
            w->n = at;
            w->last = false;
            return;
        }
        if (!self->as_it_is && (ca_vader_words_emoji(words, cp) != 0 ||
                                (self->how->fold && ca_vader_plain_sign(cp) != NULL)))
            self->foreign = true;
        note(w, at, step, ca_letters_of(words->letters, cp));
        high &= bits_from(at + (unsigned)step);
    }
}

/* The window from byte `base` on; behind the end of the text there is white space. */
static void look(reader *self, size_t base, window *w) {
    size_t left = self->text.len - base;
    *w = (window){.base = base, .n = left < 64 ? left : 64, .last = left <= 64};
    if (CA_LIKELY(left >= 64)) {
        self->kernels->cases(self->text.ptr + base, &w->m);
    } else {
        uint8_t bytes[64];
        memset(bytes, ' ', sizeof bytes);
        memcpy(bytes, self->text.ptr + base, left);
        self->kernels->cases(bytes, &w->m);
    }
    if (CA_UNLIKELY(w->m.high != 0)) look_closer(self, w);
    if (w->n < 64 && !w->last) w->m.space &= ~bits_from((unsigned)w->n);
}

/* What the bytes of a span of the window are. */
static unsigned seen_in(const window *w, uint64_t span) {
    return ((w->m.upper & span) != 0 ? UPPER : 0) | ((w->m.lower & span) != 0 ? LOWER : 0) |
           ((w->m.sign & span) != 0 ? SIGN : 0) | ((w->m.high & span) != 0 ? HIGH : 0) |
           ((w->m.mark & span) != 0 ? MARK : 0) | ((w->to_ascii & span) != 0 ? TO_ASCII : 0) |
           ((w->m.apostrophe & span) != 0 ? APOSTROPHE : 0);
}

/* Take the token at [first, end) of a window. Nearly all go without a branch that depends on what
 * they are: signs off both ends, lower case. */
static inline ca_status take_of(reader *self, const window *w, unsigned first, unsigned end) {
    uint64_t span = bits_from(first) & ~bits_from(end);
    const uint8_t *base = self->text.ptr + w->base;
    if (CA_UNLIKELY(((w->m.high | w->m.mark | w->m.apostrophe) & span) ||
                    self->how->port != CA_VADER_REFERENCE || end - first > 16))
        return take_whole(self, (ca_str){base + first, end - first}, seen_in(w, span));
    uint64_t kept = span & ~w->m.sign;
    kept = kept != 0 ? kept : span;
    unsigned a = (unsigned)ca_lowest_bit64(kept), b = (unsigned)ca_highest_bit64(kept) + 1;
    bool few = b - a <= 2;
    ca_str word = {base + (few ? first : a), few ? end - first : b - a};
    bool upper = (w->m.upper & span) != 0, lower = (w->m.lower & span) != 0;
    ca_vader_token token =
        token_of(self, word, (upper ? (unsigned)UPPER : 0) | (lower ? (unsigned)LOWER : 0));
    token.flags |= upper ? CA_TOKEN_CASED : 0;
    token.entry = find_ascii(self, word);
    put_seen(self, word, token);
    return CA_OK;
}

/* Take the tokens that end within a window; *end: how far of it was read. */
static ca_status take_window(reader *self, const window *w, size_t *end) {
    for (unsigned at = 0;;) {
        uint64_t ahead = ~w->m.space & bits_from(at);
        if (w->n < 64) ahead &= ~bits_from((unsigned)w->n);
        if (ahead == 0) break;
        unsigned first = (unsigned)ca_lowest_bit64(ahead);
        uint64_t behind = w->m.space & bits_from(first);
        if (CA_UNLIKELY(behind == 0) && !w->last) {
            *end = first;
            return CA_OK;
        }
        at = behind != 0 ? (unsigned)ca_lowest_bit64(behind) : 64;
        CA_TRY(take_of(self, w, first, at));
    }
    *end = w->n;
    return CA_OK;
}

/* The token at `at`, which is longer than a window; *end: behind it. */
static ca_status take_long(reader *self, size_t at, size_t *end) {
    const ca_letters *letters = self->how->words->letters;
    unsigned seen = 0;
    size_t i = at;
    for (size_t step; i < self->text.len; i += step) {
        uint32_t cp;
        step = ca_utf8_decode(self->text.ptr + i, self->text.len - i, &cp);
        ca_letter letter = ca_letters_of(letters, cp);
        if (letter.flags & CA_IS_SPACE) break;
        if (letter.flags & CA_IS_UPPER) seen |= UPPER;
        if (letter.flags & CA_IS_LOWER) seen |= LOWER;
        if (cp >= 0x80) seen |= letter.lower < 0x80 ? HIGH | TO_ASCII : HIGH;
        if (cp < 0x80 && is_sign((uint8_t)cp)) seen |= SIGN | MARK | APOSTROPHE;
        if (cp >= 0x80 && !self->as_it_is &&
            (ca_vader_words_emoji(self->how->words, cp) != 0 ||
             (self->how->fold && ca_vader_plain_sign(cp) != NULL)))
            self->foreign = true;
    }
    *end = i;
    if (self->foreign) return CA_OK;
    return take_whole(self, (ca_str){self->text.ptr + at, i - at}, seen);
}

/* ---- all tokens ---- */

/* Every second byte of a window begins a token at most; or there is one long token. */
#define MOST 33

static ca_status make_room(reader *self) {
    ca_vader_tokens *into = self->into;
    if (CA_LIKELY(into->n + MOST <= into->items_capacity &&
                  into->n_candidates + MOST <= into->candidates_capacity))
        return CA_OK;
    if (into->n >= UINT32_MAX / 8) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(self->alloc, into->items, into->items_capacity, into->n + MOST));
    return CA_GROW(self->alloc, into->candidates, into->candidates_capacity,
                   into->n_candidates + MOST);
}

static ca_status read_all(reader *self, const ca_poll *poll) {
    size_t polled = 0;
    ca_vader_tokens *into = self->into;
    into->n = into->n_candidates = into->exclamations = into->questions = 0;
    into->first_but = SIZE_MAX;
    into->text = self->text;
    for (size_t at = 0; at < self->text.len;) {
        window w;
        size_t end;
        look(self, at, &w);
        CA_TRY(make_room(self));
        if (self->foreign) return CA_OK;
        CA_TRY(take_window(self, &w, &end));
        at += end;
        if (CA_UNLIKELY(end == 0)) CA_TRY(take_long(self, at, &at));
        if (self->foreign) return CA_OK;
        if (CA_UNLIKELY(at - polled > CA_POLL_EVERY)) {
            polled = at;
            if (ca_poll_stop(poll)) return CA_STOPPED;
        }
    }
    into->mixed_case = self->n_capitals > 0 && self->n_capitals < into->n;
    return CA_OK;
}

ca_status ca_vader_tokens_read(ca_vader_tokens *self, const ca_alloc *alloc,
                               const ca_vader_reading *how, const ca_text *text,
                               const ca_poll *poll) {
    reader r = {.how = how, .into = self, .alloc = alloc, .kernels = ca_kernels_get()};
    ca_str given;
    CA_TRY(ca_text_utf8(alloc, text, &self->utf8, &given));
    if (given.len > UINT32_MAX / 8) return CA_TOO_LARGE;
    r.text = given;
    self->is_plain = false;
    r.foreign = how->words->ascii_emoji;
    if (!r.foreign) CA_TRY(read_all(&r, poll));
    if (!r.foreign) return CA_OK;
    bool origins = how->places || how->mask != NULL;
    r = (reader){.how = how, .into = self, .alloc = alloc, .kernels = r.kernels, .as_it_is = true};
    CA_TRY(
        ca_vader_plain_write(&self->plain, alloc, how->words, given, how->fold, origins, &r.text));
    if (r.text.len > UINT32_MAX / 2) return CA_TOO_LARGE;
    self->is_plain = origins;
    return read_all(&r, poll);
}

bool ca_vader_tokens_validate(const ca_vader_tokens *self, const ca_vader_words *words,
                              const char **why) {
    size_t end = 0, candidate = 0;
    for (size_t i = 0; i < self->n; i++) {
        const ca_vader_token *token = &self->items[i];
        if (token->at < end || token->len == 0 || token->at + token->len > self->text.len) {
            *why = "a token has no place of its own";
            return false;
        }
        if (token->entry >= words->n) {
            *why = "a token has no such entry";
            return false;
        }
        if (words->entries[token->entry].flags & CA_ENTRY_LEXICON) {
            if (candidate >= self->n_candidates || self->candidates[candidate++] != i) {
                *why = "a word of the lexicon is no candidate";
                return false;
            }
        }
        end = token->at + token->len;
    }
    *why = "a candidate is no word of the lexicon";
    return candidate == self->n_candidates;
}
