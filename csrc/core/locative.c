#include "locative.h"

static const char *const prepositions[] = {
    "in", "into", "inside", "across", "from", "near", "to", "on", "at",
};

static bool is_word(ca_str type, const char *word) {
    if (type.len != strlen(word)) return false;
    for (size_t i = 0; i < type.len; i++) {
        if ((type.ptr[i] | 0x20) != (uint8_t)word[i]) return false;
    }
    return true;
}

static uint8_t role_of(ca_str type) {
    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions; i++) {
        if (is_word(type, prepositions[i])) return CA_PLACE_PREPOSITION;
    }
    return is_word(type, "the") ? CA_PLACE_ARTICLE : 0;
}

void ca_locative_roles(const ca_vocab *vocab, uint8_t *roles) {
    for (size_t i = 0; i < vocab->n; i++) roles[i] = role_of(ca_vocab_type(vocab, (int32_t)i));
}

/* The possessive of "Iran's", or the apostrophe of "States' " where a word follows. */
static bool is_possessive(const ca_doc *doc, size_t token) {
    ca_shape shape = ca_doc_shape(doc, token);
    if (ca_doc_gap(doc, token)) return false;
    if (shape & CA_POSSESSIVE) return true;
    return (shape & CA_APOSTROPHE) && token + 1 < doc->n && ca_doc_gap(doc, token + 1) &&
           ca_shape_kind(ca_doc_shape(doc, token + 1)) <= CA_NUMBER;
}

bool ca_is_locative(const ca_doc *doc, const uint8_t *roles, size_t sentence, size_t first,
                    size_t end) {
    if (first > sentence && roles[doc->id[first - 1]] == CA_PLACE_ARTICLE) first--;
    if (first <= sentence || roles[doc->id[first - 1]] != CA_PLACE_PREPOSITION) return false;
    return end >= doc->n || !is_possessive(doc, end);
}
