#include "score.h"

/* Intensifiers that may stand one behind the other before a hit. */
#define INTENSIFIERS 2

/* The sentence of a hit, and where it lies. */
typedef struct place {
    const ca_score_options *options;
    ca_doc doc;
    size_t first, end; /* tokens of the sentence, counted from the document's first */
    int64_t base;      /* number of the document's first token in the column */
    int64_t contrast;  /* token that contrasts, counted as first and end; -1 if there is none */
} place;

static unsigned role_at(const place *self, size_t token) {
    return self->options->shifters->role[self->doc.id[token]];
}

/* "not", but neither that of "not only" nor a "far" without "from". */
static bool negates(const place *self, size_t token, size_t hit) {
    unsigned role = role_at(self, token);
    if (CA_LIKELY(!(role & (CA_NEGATOR | CA_FAR)))) return false;
    unsigned next = token + 1 < hit ? role_at(self, token + 1) : 0;
    if (role & CA_NEGATOR) return !(next & CA_NO_NEGATION_BEFORE);
    return (role & CA_FAR) && (next & CA_FROM);
}

/* The nearest negator within reach before token `hit`, or -1. */
static int64_t find_negator(const place *self, size_t hit) {
    for (size_t back = 1; back <= self->options->reach && hit >= self->first + back; back++) {
        size_t token = hit - back;
        if (negates(self, token, hit)) return (int64_t)token;
        if (!(role_at(self, token) & CA_PASSED)) break;
    }
    return -1;
}

/* The nearest ender within reach before token `hit`, with nothing but joining words between, or
 * -1. */
static int64_t find_ender(const place *self, size_t hit) {
    for (size_t back = 1; back <= self->options->reach && hit >= self->first + back; back++) {
        size_t token = hit - back;
        if (role_at(self, token) & CA_ENDER) return (int64_t)token;
        if (!(role_at(self, token) & CA_JOINS)) break;
    }
    return -1;
}

/* The token that turns a hit, or -1: a negator, or an ender of what is bad. What has not ended goes
 * on. */
static int64_t find_turner(const place *self, size_t hit, double weight) {
    int64_t ender = weight < 0 ? find_ender(self, hit) : -1;
    if (ender < 0) return find_negator(self, hit);
    return find_negator(self, (size_t)ender) < 0 ? ender : -1;
}

/* The intensifiers right before token `hit`: the nearest one, and the product of their factors. */
static int64_t find_intensifier(const place *self, size_t hit, double *intensity) {
    int64_t nearest = -1;
    *intensity = 1.0;
    for (size_t back = 1; back <= INTENSIFIERS && hit >= self->first + back; back++) {
        size_t token = hit - back;
        if (!(role_at(self, token) & CA_INTENSIFIER)) break;
        int32_t alias = self->options->shifters->alias[self->doc.id[token]];
        *intensity *= self->options->factors[alias];
        if (nearest < 0) nearest = (int64_t)token;
    }
    return nearest;
}

/* A contrast has a word before it in its sentence (an opening "But" looks back to another one), and
 * is no part of "nothing but" or "but also". */
static bool contrasts(const place *self, size_t token) {
    bool word = false;
    for (size_t i = self->first; i < token && !word; i++)
        word = (role_at(self, i) & CA_IS_A_WORD) != 0;
    if (!word || (role_at(self, token - 1) & CA_NO_CONTRAST_BEHIND)) return false;
    return token + 1 >= self->end || !(role_at(self, token + 1) & CA_NO_CONTRAST_BEFORE);
}

/* The first contrast of the sentence. */
static int64_t find_contrast(const place *self) {
    for (size_t token = self->first; token < self->end; token++) {
        if (CA_LIKELY(!(role_at(self, token) & CA_CONTRAST))) continue;
        if (contrasts(self, token)) return (int64_t)token;
    }
    return -1;
}

static void look_around(const place *self, const ca_mention *hit, ca_scored *out) {
    const ca_score_options *options = self->options;
    double value = options->weights[hit->alias];
    *out = (ca_scored){.negator = -1, .intensifier = -1, .contrast = -1, .intensity = 1.0};
    if (options->shifters != NULL) {
        out->negator = find_turner(self, hit->first, value);
        out->intensifier = find_intensifier(self, hit->first, &out->intensity);
        value *= out->intensity;
        if (out->negator >= 0) value *= options->negated;
        if (self->contrast >= 0 && self->contrast != (int64_t)hit->first) {
            value *= (int64_t)hit->first < self->contrast ? options->before : options->behind;
            out->contrast = self->contrast + self->base;
        }
        if (out->negator >= 0) out->negator += self->base;
        if (out->intensifier >= 0) out->intensifier += self->base;
    }
    out->contribution = ca_score_fixed(value);
}

/* First span of the mask that ends behind `token`. */
static size_t span_behind(const ca_score_mask *mask, int64_t token) {
    size_t low = 0, high = mask->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mask->end[middle] <= token) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static place place_of(const ca_score_options *options, const ca_tokens *tokens,
                      const ca_block *block, const ca_mention *hit) {
    size_t in_block = hit->doc - block->first_doc;
    size_t first = block->doc_tokens[in_block];
    place self = {.options = options,
                  .doc = ca_tokens_doc(tokens, block, in_block),
                  .first = block->sentence_tokens[hit->sentence] - first,
                  .end = block->sentence_tokens[hit->sentence + 1] - first,
                  .base = (int64_t)(block->token_base + first),
                  .contrast = -1};
    bool contrast = options->shifters != NULL && (options->before != 1 || options->behind != 1);
    if (contrast) self.contrast = find_contrast(&self);
    return self;
}

void ca_score_hits(const ca_score_options *options, const ca_score_mask *mask,
                   const ca_tokens *tokens, const ca_block *block, const ca_mention *hits, size_t n,
                   ca_scored *out) {
    place here = {.options = options};
    size_t span = 0;
    for (size_t i = 0; i < n; i++) {
        const ca_mention *hit = &hits[i];
        if (i == 0 || hit->sentence != hits[i - 1].sentence)
            here = place_of(options, tokens, block, hit);
        look_around(&here, hit, &out[i]);
        int64_t first = here.base + hit->first, end = here.base + hit->end;
        if (i == 0) span = span_behind(mask, first);
        while (span < mask->n && mask->end[span] <= first) span++;
        bool masked = span < mask->n && mask->first[span] < end;
        out[i].keep = !masked && options->weights[hit->alias] != 0;
    }
}

/* What surely fits 64 bits, rounding of this very sum included. */
#define MAX_SUM 9.0e18

ca_status ca_score_add(const ca_block *block, const ca_mention *hits, const ca_scored *scored,
                       size_t n, ca_score_sums *sums) {
    double size = 0;
    for (size_t i = 0; i < n; i++) {
        if (!scored[i].keep) continue;
        size_t sentence = block->sentence_base + hits[i].sentence;
        int64_t value = scored[i].contribution;
        if (sums->hits[sentence]++ == 0) size = 0;
        size += value < 0 ? -(double)value : (double)value;
        if (size > MAX_SUM) return CA_TOO_LARGE;
        sums->score[sentence] += value;
        if (value > 0) sums->positive[sentence] += value;
    }
    return CA_OK;
}
