#include "score.h"

/* Whether a negator stands within reach before token `first`, in the same sentence, with nothing
 * but words, hyphens and quotation marks between. */
static bool is_negated(const ca_score_options *options, const ca_doc *doc, size_t sentence_first,
                       size_t first) {
    for (size_t back = 1; back <= options->reach && first >= sentence_first + back; back++) {
        size_t token = first - back;
        ca_shape shape = ca_doc_shape(doc, token);
        if (options->negators[doc->id[token]]) return true;
        bool quotation = (shape & (CA_QUOTE | CA_OPENER | CA_CLOSER)) != 0 && !(shape & CA_BRACKET);
        bool word = ca_shape_kind(shape) <= CA_NUMBER || (shape & CA_HYPHEN_ROLE);
        if (!word && !quotation) return false;
    }
    return false;
}

static int64_t fixed(double value) {
    double scaled = value * (double)CA_SCORE_ONE;
    return (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
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

void ca_score_hits(const ca_score_options *options, const ca_score_mask *mask,
                   const ca_tokens *tokens, const ca_block *block, const ca_mention *hits, size_t n,
                   int64_t *contribution, uint8_t *negated, uint8_t *keep) {
    for (size_t i = 0; i < n; i++) {
        const ca_mention *hit = &hits[i];
        size_t in_block = hit->doc - block->first_doc;
        ca_doc doc = ca_tokens_doc(tokens, block, in_block);
        size_t sentence = block->sentence_tokens[hit->sentence] - block->doc_tokens[in_block];
        negated[i] = options->negators != NULL && is_negated(options, &doc, sentence, hit->first);
        double weight = options->weights[hit->alias];
        contribution[i] = fixed(negated[i] ? weight * CA_SCORE_NEGATED : weight);
        int64_t base = (int64_t)(block->token_base + block->doc_tokens[in_block]);
        size_t span = span_behind(mask, base + hit->first);
        keep[i] = span >= mask->n || mask->first[span] >= base + hit->end;
    }
}
