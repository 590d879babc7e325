#include "lexicon.h"

/* The alias that ends behind `word` alone, or -1. */
static int32_t alias_of(const ca_dict *dict, int32_t word) {
    if (word < 0 || dict->root_child[word] == 0) return -1;
    const ca_node *node = &dict->nodes[dict->root_child[word]];
    return node[0].first_alias < node[1].first_alias ? dict->aliases[node->first_alias].number : -1;
}

static int32_t shifter_of(const ca_dict *dict, const ca_typemap *map, size_t type) {
    int32_t alias = alias_of(dict, map->types[type].word);
    if (alias >= 0 || map->glob_first == NULL) return alias;
    for (size_t i = map->glob_first[type]; i < map->glob_first[type + 1] && alias < 0; i++)
        alias = alias_of(dict, map->globs[i].word);
    return alias;
}

static uint16_t role_of(ca_shape shape) {
    bool word = ca_shape_kind(shape) <= CA_NUMBER;
    bool quotation = (shape & (CA_QUOTE | CA_OPENER | CA_CLOSER)) != 0 && !(shape & CA_BRACKET);
    bool passed = word || quotation || (shape & CA_HYPHEN_ROLE);
    return (uint16_t)((passed ? CA_PASSED : 0) | (word ? CA_IS_A_WORD : 0));
}

ca_status ca_shifters_build(ca_shifters *self, const ca_alloc *alloc, const ca_dict *dict,
                            const ca_typemap *map, const ca_vocab *vocab, const int32_t *roles) {
    ca_shifters made = {.alias = NULL};
    ca_status status = CA_RESIZE(alloc, made.alias, vocab->n);
    if (status == CA_OK) status = CA_RESIZE(alloc, made.role, vocab->n);
    if (status != CA_OK) {
        ca_shifters_reset(&made, alloc);
        return status;
    }
    for (size_t i = 0; i < vocab->n; i++) {
        bool stopped = (vocab->shape[i] & CA_STOPPED_WORD) != 0; /* No. 2 denies nothing */
        int32_t alias = stopped ? -1 : shifter_of(dict, map, i);
        made.alias[i] = alias;
        made.role[i] = (uint16_t)(role_of(vocab->shape[i]) | (alias >= 0 ? roles[alias] : 0));
    }
    *self = made;
    return CA_OK;
}

void ca_shifters_reset(ca_shifters *self, const ca_alloc *alloc) {
    CA_FREE(alloc, self->alias);
    CA_FREE(alloc, self->role);
}
