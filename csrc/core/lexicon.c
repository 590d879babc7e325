#include "lexicon.h"

#include "fold.h"

static const char *const negators[] = {
    "barely",   "cannot",   "cant",    "didnt",   "doesnt",  "dont",   "hardly",  "isnt",
    "lack",     "lacked",   "lacks",   "neither", "never",   "no",     "nobody",  "none",
    "nor",      "not",      "nothing", "nowhere", "rarely",  "refuse", "refused", "refuses",
    "refusing", "scarcely", "seldom",  "wasnt",   "without", "wont",   "wouldnt",
};

bool ca_lexicon_is_negator(ca_str folded) {
    if (folded.len > 3 && memcmp(folded.ptr + folded.len - 3, "n't", 3) == 0) return true;
    for (size_t i = 0; i < sizeof negators / sizeof *negators; i++) {
        ca_str word = {(const uint8_t *)negators[i], strlen(negators[i])};
        if (ca_str_equal(word, folded)) return true;
    }
    return false;
}

static ca_status fill(const ca_alloc *alloc, const ca_vocab *vocab, ca_scratch scratch[2],
                      uint8_t *roles) {
    for (size_t i = 0; i < vocab->n; i++) {
        ca_str form, folded;
        ca_shape shape = vocab->shape[i];
        if (ca_shape_kind(shape) != CA_WORD || (shape & CA_STOPPED_WORD)) continue; /* No. 2 */
        CA_TRY(ca_fold_form(alloc, ca_vocab_type(vocab, (int32_t)i), &scratch[0], &form));
        CA_TRY(ca_fold_case(alloc, form, &scratch[1], &folded));
        roles[i] = ca_lexicon_is_negator(folded);
    }
    return CA_OK;
}

ca_status ca_lexicon_negators(const ca_alloc *alloc, const ca_vocab *vocab, uint8_t **roles) {
    ca_scratch scratch[2] = {{NULL, 0}, {NULL, 0}};
    uint8_t *filled = NULL;
    CA_TRY(CA_ZEROS(alloc, filled, vocab->n));
    ca_status status = fill(alloc, vocab, scratch, filled);
    ca_scratch_reset(alloc, &scratch[0]);
    ca_scratch_reset(alloc, &scratch[1]);
    if (status == CA_OK) {
        *roles = filled;
    } else {
        CA_FREE(alloc, filled);
    }
    return status;
}
