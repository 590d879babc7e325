#include "vader_rules.h"

/* The constants of the rules, as published; ports differ where it says so. */
#define NEGATED (-0.74)
#define CAPITALS 0.733
#define DAMPENED (-0.293) /* NLTK: what any booster of two words does */

void ca_vader_valences_reset(const ca_alloc *alloc, ca_vader_valences *self) {
    CA_FREE(alloc, self->items);
    CA_FREE(alloc, self->shifters);
    CA_FREE(alloc, self->seen);
    CA_FREE(alloc, self->chain);
    ca_contrast_reset(alloc, &self->contrast);
    *self = (ca_vader_valences){.items = NULL};
}

/* ---- a word in its context ---- */

/* The token at hand among all of them, and what has happened to its valence. */
typedef struct context {
    const ca_vader_words *words;
    const ca_vader_tokens *tokens;
    ca_vader_port port;
    uint32_t shifters;
    size_t i;
} context;

static inline const ca_vader_token *token_at(const context *self, size_t i) {
    return &self->tokens->items[i];
}

static inline const ca_vader_entry *entry_at(const context *self, size_t i) {
    return &self->words->entries[self->tokens->items[i].entry];
}

static inline bool is(const context *self, size_t i, uint32_t flags) {
    return (token_at(self, i)->flags & flags) != 0;
}

/* The same where the package compares words as they are written. */
static inline bool is_as_written(const context *self, size_t i, uint32_t flags) {
    if (self->port == CA_VADER_NLTK && is(self, i, CA_TOKEN_CASED)) return false;
    return is(self, i, flags);
}

static bool is_negation(const context *self, size_t i) {
    return is(self, i, CA_ENTRY_NEGATION | CA_TOKEN_NT);
}

static double with_capitals(const context *self, size_t i, double value, double sign_of) {
    if (!is(self, i, CA_TOKEN_CAPITALS) || !self->tokens->mixed_case) return value;
    return sign_of > 0 ? value + CAPITALS : value - CAPITALS;
}

/* What the word k places before the word at hand adds to its valence. */
static double boost(context *self, size_t k, double value) {
    size_t before = self->i - k;
    if (!is(self, before, CA_ENTRY_BOOSTER)) return 0.0;
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
    bool nltk = self->port == CA_VADER_NLTK;
    if (k == 2) {
        if (is_as_written(self, i - 2, CA_ENTRY_NEVER) &&
            is_as_written(self, i - 1, CA_ENTRY_SO_THIS))
            return strengthen(self, value, nltk ? 1.5 : 1.25);
        if (!nltk && is(self, i - 2, CA_ENTRY_WITHOUT) && is(self, i - 1, CA_ENTRY_DOUBT))
            return value;
    } else if (k == 3) {
        if ((is_as_written(self, i - 3, CA_ENTRY_NEVER) &&
             is_as_written(self, i - 2, CA_ENTRY_SO_THIS)) ||
            is_as_written(self, i - 1, CA_ENTRY_SO_THIS))
            return strengthen(self, value, 1.25);
        if (!nltk && is(self, i - 3, CA_ENTRY_WITHOUT) &&
            (is(self, i - 2, CA_ENTRY_DOUBT) || is(self, i - 1, CA_ENTRY_DOUBT)))
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
        if (self->port == CA_VADER_NLTK && (token_at(self, first + i)->flags & CA_TOKEN_CASED))
            return NULL;
    }
    for (size_t i = 0; i < self->words->n_phrases; i++) {
        const ca_vader_phrase *held = &self->words->phrases[i];
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
    bool nltk = self->port == CA_VADER_NLTK;
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
    size_t end = self->i + 2 < self->tokens->n ? self->i + 3 : self->tokens->n;
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
    if (self->tokens->n - 1 > i) use_idiom(self, i, 2, &value);
    if (self->tokens->n - 1 > i + 1) use_idiom(self, i, 3, &value);
    return add_phrase_boosters(self, value);
}

static double check_least(context *self, double value) {
    size_t i = self->i;
    if (i == 0 || is(self, i - 1, CA_ENTRY_LEXICON) || !is(self, i - 1, CA_ENTRY_LEAST))
        return value;
    if (i > 1 && is(self, i - 2, CA_ENTRY_AT_VERY)) return value;
    self->shifters |= CA_VADER_LEAST;
    return value * NEGATED;
}

/* vaderSentiment: "no" negates what follows, and is nothing itself before a word of the lexicon. */
static double check_no(context *self, double value) {
    size_t i = self->i;
    double given = value;
    if (is(self, i, CA_ENTRY_NO) && i + 1 < self->tokens->n && is(self, i + 1, CA_ENTRY_LEXICON)) {
        self->shifters |= CA_VADER_NO;
        value = 0.0;
    }
    if ((i > 0 && is(self, i - 1, CA_ENTRY_NO)) || (i > 1 && is(self, i - 2, CA_ENTRY_NO)) ||
        (i > 2 && is(self, i - 3, CA_ENTRY_NO) && is(self, i - 1, CA_ENTRY_OR_NOR))) {
        self->shifters |= CA_VADER_NO;
        value = given * NEGATED;
    }
    return value;
}

/* The valence of the word at hand, which is in the lexicon. */
static double value_of(context *self) {
    size_t i = self->i;
    double value = entry_at(self, i)->valence;
    if (self->port == CA_VADER_REFERENCE) value = check_no(self, value);
    double plain = value;
    value = with_capitals(self, i, value, value);
    if (value != plain) self->shifters |= CA_VADER_CAPITALS;
    for (size_t k = 1; k <= 3 && k <= i; k++) {
        if (is(self, i - k, CA_ENTRY_LEXICON)) continue;
        value = value + boost(self, k, value);
        value = check_negation(self, k, value);
        if (k == 3) value = check_idioms(self, value);
    }
    return check_least(self, value);
}

static bool is_passed_over(const context *self) {
    size_t i = self->i;
    if (is(self, i, CA_ENTRY_BOOSTER)) return true;
    return is(self, i, CA_ENTRY_KIND) && i + 1 < self->tokens->n && is(self, i + 1, CA_ENTRY_OF);
}

/* ---- all words ---- */

/* NLTK looks a token up with list.index: the first one written the same. Its number among the
 * candidates, which have been linked by entry as far as number c. */
static size_t first_written_so(const ca_vader_valences *self, const ca_vader_tokens *tokens,
                               size_t c) {
    const ca_vader_token *token = &tokens->items[tokens->candidates[c]];
    for (uint32_t held = self->seen[token->entry]; held != 0; held = self->chain[held - 1]) {
        const ca_vader_token *other = &tokens->items[tokens->candidates[held - 1]];
        if (other->len == token->len &&
            memcmp(tokens->text.ptr + other->at, tokens->text.ptr + token->at, token->len) == 0)
            return held - 1;
    }
    return c;
}

/* Room for the links; self->seen is all zero between two texts. */
static ca_status prepare_links(ca_vader_valences *self, const ca_alloc *alloc, size_t n_entries,
                               size_t n_candidates) {
    if (self->seen_capacity < n_entries) {
        CA_FREE(alloc, self->seen);
        self->seen_capacity = 0;
        CA_TRY(CA_ZEROS(alloc, self->seen, n_entries));
        self->seen_capacity = n_entries;
    }
    return CA_GROW(alloc, self->chain, self->chain_capacity, n_candidates);
}

static void clear_links(ca_vader_valences *self, const ca_vader_tokens *tokens) {
    for (size_t c = 0; c < tokens->n_candidates; c++)
        self->seen[tokens->items[tokens->candidates[c]].entry] = 0;
}

/* NLTK: the token whose context counts for candidate c. */
static size_t first_of(ca_vader_valences *self, const ca_vader_tokens *tokens, size_t c) {
    size_t first = first_written_so(self, tokens, c);
    if (first == c) {
        uint32_t *seen = &self->seen[tokens->items[tokens->candidates[c]].entry];
        self->chain[c] = *seen;
        *seen = (uint32_t)c + 1;
    }
    return tokens->candidates[first];
}

static void apply_rules(ca_vader_valences *self, const ca_vader_words *words,
                        const ca_vader_tokens *tokens, ca_vader_port port) {
    self->n = 0;
    for (size_t c = 0; c < tokens->n_candidates; c++) {
        context at = {.words = words, .tokens = tokens, .port = port};
        at.i = port == CA_VADER_NLTK ? first_of(self, tokens, c) : tokens->candidates[c];
        if (is_passed_over(&at)) continue;
        self->items[self->n].word = tokens->candidates[c];
        self->items[self->n].value = value_of(&at);
        self->shifters[self->n++] = at.shifters;
    }
}

static ca_status apply_but(ca_vader_valences *self, const ca_alloc *alloc, uint32_t but,
                           ca_vader_port port) {
    for (size_t i = 0; i < self->n; i++) {
        uint32_t word = self->items[i].word;
        if (word != but)
            self->shifters[i] |= word < but ? CA_VADER_BEFORE_BUT : CA_VADER_BEHIND_BUT;
    }
    if (port == CA_VADER_REFERENCE)
        return ca_contrast_scale(&self->contrast, alloc, but, self->items, self->n);
    for (size_t i = 0; i < self->n; i++) {
        ca_valence *item = &self->items[i];
        if (item->word != but) item->value *= item->word < but ? 0.5 : 1.5;
    }
    return CA_OK;
}

ca_status ca_vader_valences_find(ca_vader_valences *self, const ca_alloc *alloc,
                                 const ca_vader_words *words, const ca_vader_tokens *tokens,
                                 ca_vader_port port) {
    size_t most = tokens->n_candidates;
    CA_TRY(CA_GROW(alloc, self->items, self->items_capacity, most));
    CA_TRY(CA_GROW(alloc, self->shifters, self->shifters_capacity, most));
    if (port == CA_VADER_NLTK) CA_TRY(prepare_links(self, alloc, words->n, most));
    apply_rules(self, words, tokens, port);
    if (port == CA_VADER_NLTK) clear_links(self, tokens);
    if (tokens->first_but == SIZE_MAX) return CA_OK;
    return apply_but(self, alloc, (uint32_t)tokens->first_but, port);
}
