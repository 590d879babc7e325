#include "lexicon.h"

/* The alias that ends behind `word` alone, or -1. */
static int32_t alias_of(const ca_dict *dict, int32_t word) {
    if (word < 0 || dict->root_child[word] == 0) return -1;
    return dict->first_alias[dict->root_child[word]];
}

static int32_t shifter_of(const ca_dict *dict, const ca_typemap *map, size_t type) {
    int32_t alias = alias_of(dict, map->types[type].word);
    if (alias >= 0 || map->glob_first == NULL) return alias;
    for (size_t i = map->glob_first[type]; i < map->glob_first[type + 1] && alias < 0; i++)
        alias = alias_of(dict, map->glob_words[i]);
    return alias;
}

ca_status ca_lexicon_shifters(const ca_alloc *alloc, const ca_dict *dict, const ca_typemap *map,
                              int32_t **shifters) {
    int32_t *found = NULL;
    CA_TRY(CA_RESIZE(alloc, found, map->n_types));
    for (size_t i = 0; i < map->n_types; i++) found[i] = shifter_of(dict, map, i);
    *shifters = found;
    return CA_OK;
}
