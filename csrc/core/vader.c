#include "vader.h"

#include <math.h>

#define ALPHA 15.0

ca_status ca_vader_init(ca_vader *self, const ca_alloc *alloc, const ca_letters *letters,
                        ca_vader_port port, bool compensated, bool fold) {
    *self = (ca_vader){.port = port, .compensated = compensated, .fold = fold};
    return ca_vader_words_init(&self->words, alloc, letters);
}

void ca_vader_reset(ca_vader *self) {
    ca_vader_words_reset(&self->words);
}

void ca_vader_work_reset(const ca_alloc *alloc, ca_vader_work *work) {
    CA_FREE(alloc, work->hits);
    ca_vader_tokens_reset(alloc, &work->tokens);
    ca_vader_valences_reset(alloc, &work->valences);
    *work = (ca_vader_work){.hits = NULL};
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

static double emphasis_of(const ca_vader_tokens *tokens) {
    size_t n = tokens->exclamations < 4 ? tokens->exclamations : 4;
    double exclaimed = (double)n * 0.292, asked = 0.0;
    if (tokens->questions > 3) {
        asked = 0.96;
    } else if (tokens->questions > 1) {
        asked = (double)tokens->questions * 0.18;
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

/* neg, neu and pos of a text with tokens: shares of what all valences add up to. */
static void share(const ca_vader_work *work, double emphasis, ca_vader_score *out) {
    const ca_valence *items = work->valences.items;
    double pos = 0.0, neg = 0.0;
    size_t n_neutral = work->tokens.n;
    for (size_t i = 0; i < work->valences.n; i++) {
        double value = items[i].value;
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

static void add_up(const ca_vader *self, const ca_vader_work *work, ca_vader_score *out) {
    *out = (ca_vader_score){.neg = 0};
    if (work->tokens.n == 0) return;
    double emphasis = emphasis_of(&work->tokens);
    double sum = sum_of(work->valences.items, work->valences.n, self->compensated);
    if (sum > 0) out->emphasis = emphasis;
    if (sum < 0) out->emphasis = -emphasis;
    out->compound = ca_vader_round(normalized(sum + out->emphasis), 4);
    share(work, emphasis, out);
}

static ca_status list_hits(const ca_vader *self, ca_vader_work *work, const ca_alloc *alloc) {
    const ca_vader_tokens *tokens = &work->tokens;
    const ca_vader_valences *valences = &work->valences;
    ca_vader_place place = {.at = 0};
    CA_TRY(CA_GROW(alloc, work->hits, work->hits_capacity, valences->n));
    for (size_t i = 0; i < valences->n; i++) {
        const ca_vader_token *token = &tokens->items[valences->items[i].word];
        const ca_vader_entry *entry = &self->words.entries[token->entry];
        size_t start = ca_vader_tokens_start(tokens, token->at, &place);
        size_t end = ca_vader_tokens_end(tokens, (size_t)token->at + token->len, &place);
        work->hits[work->n_hits++] = (ca_vader_hit){.start = (uint32_t)start,
                                                    .end = (uint32_t)end,
                                                    .word = entry->word,
                                                    .shifters = valences->shifters[i],
                                                    .value = entry->valence,
                                                    .contribution = valences->items[i].value};
    }
    return CA_OK;
}

ca_status ca_vader_text(const ca_vader *self, ca_vader_work *work, const ca_alloc *alloc,
                        const ca_text *text, const ca_vader_mask *mask, bool want_hits,
                        const ca_poll *poll, ca_vader_score *out) {
    ca_vader_reading how = {.words = &self->words,
                            .port = self->port,
                            .fold = self->fold,
                            .places = want_hits,
                            .mask = mask != NULL && mask->n > 0 ? mask : NULL};
    work->n_hits = 0;
    CA_TRY(ca_vader_tokens_read(&work->tokens, alloc, &how, text, poll));
    CA_TRY(ca_vader_valences_find(&work->valences, alloc, &self->words, &work->tokens, self->port));
    add_up(self, work, out);
    return want_hits ? list_hits(self, work, alloc) : CA_OK;
}
