#include "walk.h"

void ca_walk_reset(ca_walk *self) {
    CA_FREE(self->alloc, self->stack);
    ca_hits_reset(self->alloc, &self->hits);
}

/* ---- steps ---- */

static uint32_t follow(const ca_walk *self, uint32_t node, int32_t word) {
    return word >= 0 ? ca_dict_child(self->dict, node, word) : 0;
}

static ca_status push(ca_walk *self, const ca_way *way) {
    if (way->node == 0) return CA_OK;
    CA_TRY(CA_GROW(self->alloc, self->stack, self->stack_capacity, self->n_stack + 1));
    self->stack[self->n_stack++] = *way;
    return CA_OK;
}

/* Read `token`, which leads to `node`. */
static inline void read_on(const ca_walk *self, ca_way *way, uint32_t node, size_t token,
                           uint32_t via) {
    int32_t form = self->map->types[self->doc.id[token]].form;
    way->capitals |= (uint64_t)(form == CA_FORM_CAPITAL) << way->depth;
    way->others |= (uint64_t)(form >= CA_FORM_UNKNOWN) << way->depth;
    way->node = node;
    way->token = (uint32_t)token;
    way->depth++;
    way->via = via;
    way->straight &= via == 0;
}

/* Put the words that `token` stands for by way of globs on the stack. */
static ca_status push_globs(ca_walk *self, const ca_way *from, size_t token) {
    int32_t id = self->doc.id[token];
    for (size_t i = self->map->glob_first[id]; i < self->map->glob_first[id + 1]; i++) {
        const ca_typeglob *glob = &self->map->globs[i];
        ca_way way = *from;
        uint32_t node = from->depth == 0 ? glob->root : follow(self, from->node, glob->word);
        read_on(self, &way, node, token, (uint32_t)i + 1);
        CA_TRY(push(self, &way));
    }
    return CA_OK;
}

static bool gap_before(const ca_walk *self, size_t token) {
    return ca_doc_gap(&self->doc, token);
}

/* Over the hyphen or possessive at token `next` to the word behind it. A possessive is 's, or the
 * apostrophe of "States' ". */
static ca_status step_over(ca_walk *self, const ca_way *from, size_t next, ca_shape shape) {
    uint64_t bit = UINT64_C(1) << (from->depth - 1);
    ca_way way = *from;
    way.straight = false;
    if (next + 1 >= self->limit) return CA_OK;
    if (shape & CA_HYPHEN_ROLE) {
        bool spaced = gap_before(self, next) || gap_before(self, next + 1);
        way.spaced |= spaced ? bit : 0;
        way.hyphen |= spaced ? 0 : bit;
    } else if (gap_before(self, next) || !gap_before(self, next + 1)) {
        return CA_OK;
    }
    if (self->map->glob_first != NULL) CA_TRY(push_globs(self, &way, next + 1));
    uint32_t node = follow(self, from->node, self->map->types[self->doc.id[next + 1]].word);
    read_on(self, &way, node, next + 1, 0);
    return push(self, &way);
}

/* Go on to the next word: the way is then there, or at node 0. Other ways go on the stack. */
static inline ca_status step(ca_walk *self, ca_way *way) {
    size_t next = way->token + 1;
    const ca_node *node = &self->dict->nodes[way->node];
    if (next >= self->limit || way->depth >= CA_ALIAS_WORDS ||
        node->first_child == node[1].first_child) {
        way->node = 0;
        return CA_OK;
    }
    ca_shape shape = ca_doc_shape(&self->doc, next);
    if (CA_UNLIKELY(shape & (CA_HYPHEN_ROLE | CA_POSSESSIVE | CA_APOSTROPHE)))
        CA_TRY(step_over(self, way, next, shape));
    if (!gap_before(self, next)) way->none |= UINT64_C(1) << (way->depth - 1);
    if (CA_UNLIKELY(self->map->glob_first != NULL)) CA_TRY(push_globs(self, way, next));
    uint32_t child = way->straight && way->depth < CA_WALK_KNOWN
                         ? self->straight[way->depth]
                         : follow(self, way->node, self->map->types[self->doc.id[next]].word);
    read_on(self, way, child, next, 0);
    return CA_OK;
}

/* ---- case ---- */

/* No small letter in any word of the path, and a capital in one. The s of a possessive may be
 * small: PEOPLE's REPUBLIC. */
static bool in_capitals(const ca_walk *self, size_t n_words) {
    bool capitals = false;
    for (size_t i = 0; i < n_words; i++) {
        ca_shape shape = ca_doc_shape(&self->doc, self->path[i]);
        if (!ca_fits_capitals(shape)) return false;
        capitals |= (shape & (CA_ALL_CAPS | CA_POSSESSIVE)) == CA_ALL_CAPS;
    }
    return capitals;
}

/* Every word of more than three letters begins with a capital, and one at least does. */
static bool in_titles(const ca_walk *self, size_t n_words) {
    bool capitals = false;
    for (size_t i = 0; i < n_words; i++) {
        int32_t id = self->doc.id[self->path[i]];
        ca_shape shape = self->doc.shape[id];
        if (!ca_fits_title(shape, self->doc.chars[id])) return false;
        capitals |= !(shape & CA_SMALL) && ca_shape_kind(shape) <= CA_NUMBER;
    }
    return capitals;
}

static int32_t form_at(const ca_walk *self, size_t i) {
    return self->map->types[self->doc.id[self->path[i]]].form;
}

static int32_t form_of(const ca_walk *self, const ca_alias *alias, size_t i) {
    if (alias->flags & CA_ALIAS_FORMS) return self->dict->forms_of[alias->first_form + i];
    return alias->capitals >> i & 1 ? CA_FORM_CAPITAL : CA_FORM_SMALL;
}

static bool is_written(const ca_walk *self, const ca_alias *alias, size_t i) {
    if (self->vias[i] > 0) return self->map->globs[self->vias[i] - 1].fits & CA_FITS_WRITTEN;
    return form_at(self, i) == form_of(self, alias, i);
}

static bool first_is_capital(const ca_walk *self, const ca_alias *alias) {
    if (self->vias[0] > 0) return self->map->globs[self->vias[0] - 1].fits & CA_FITS_CAPITAL;
    if (alias->flags & CA_ALIAS_FORMS)
        return form_at(self, 0) == self->dict->forms_of[alias->first_form + alias->n_words];
    return form_at(self, 0) == CA_FORM_CAPITAL;
}

/* Whether the words of the path are spelt as those of the alias, the first one perhaps with a
 * capital, word for word. */
static bool words_fit(const ca_walk *self, const ca_alias *alias) {
    for (size_t i = 1; i < alias->n_words; i++) {
        if (!is_written(self, alias, i)) return false;
    }
    return is_written(self, alias, 0) ||
           (alias->rule == CA_CASE_SMART && first_is_capital(self, alias));
}

/* The first n <= 64 bits. */
static uint64_t first_bits(size_t n) {
    return n < 64 ? (UINT64_C(1) << n) - 1 : ~UINT64_C(0);
}

static bool case_fits(const ca_walk *self, const ca_alias *alias, const ca_way *way) {
    if (alias->rule == CA_CASE_FOLD) return true;
    if (alias->rule == CA_CASE_TITLE) return in_titles(self, alias->n_words);
    uint64_t words = first_bits(alias->n_words), capitals = way->capitals & words;
    if (CA_UNLIKELY(alias->flags & (CA_ALIAS_FORMS | CA_ALIAS_GLOB))) {
        if (words_fit(self, alias)) return true;
    } else if ((way->others & words) == 0) {
        if (capitals == alias->capitals) return true;
        if (alias->rule == CA_CASE_SMART && capitals == (alias->capitals | 1)) return true;
    }
    return alias->rule == CA_CASE_SMART && in_capitals(self, alias->n_words);
}

/* ---- joints, dates, short names ---- */

static bool joints_fit(const ca_way *way, size_t n_words, const ca_alias_extra *extra) {
    uint64_t joints = first_bits(n_words - 1);
    uint64_t none = way->none & joints, spaced = way->spaced & joints;
    if (extra == NULL) return (none | spaced) == 0;
    return (none & ~extra->free_joints) == 0 && (spaced & ~extra->hyphen_joints) == 0 &&
           (way->hyphen & joints & extra->free_joints) == 0;
}

static bool day_fits(const ca_walk *self, const ca_alias_extra *extra) {
    if (extra->from_day == CA_DAY_FIRST && extra->to_day == CA_DAY_LAST) return true;
    return self->day != CA_DAY_FIRST && self->day >= extra->from_day && self->day <= extra->to_day;
}

static bool is_short(const ca_walk *self, const ca_alias *alias) {
    return (alias->flags & CA_ALIAS_SHORT) && self->options->shorts != CA_SHORT_ALWAYS;
}

/* Whether the rule of short names lets this one count here. */
static bool short_fits(ca_walk *self, const ca_alias *alias) {
    if (!is_short(self, alias)) return true;
    if (self->bind == NULL) {
        self->needs_names = true;
        return false;
    }
    uint32_t end = ca_bind_seen(self->bind, alias->entry);
    return end > 0 && (self->options->shorts == CA_SHORT_DOCUMENT || end <= self->path[0]);
}

static ca_mention_lost loss_of(ca_walk *self, const ca_alias *alias, const ca_alias_extra *extra) {
    if (extra != NULL && !day_fits(self, extra)) return CA_LOST_DATE;
    return short_fits(self, alias) ? CA_LOST_NOT : CA_LOST_SHORT;
}

/* ---- accepting ---- */

/* Further right wins, then priority, then the order of the dictionary. */
static bool beats(const ca_walk *self, uint32_t end, const ca_alias *alias) {
    if (end != self->best.end) return end > self->best.end;
    if (alias->priority != self->best_priority) return alias->priority > self->best_priority;
    return alias->number < self->best.alias;
}

/* The aliases that end at words [0, depth) of the way. */
static ca_status accept(ca_walk *self, const ca_way *way, ca_way_end at) {
    const ca_node *node = &self->dict->nodes[at.node];
    bool longest = self->options->overlap == CA_OVERLAP_LONGEST;
    uint32_t end = self->path[at.depth - 1] + 1;
    for (uint32_t i = node->first_alias; i < node[1].first_alias; i++) {
        const ca_alias *alias = &self->dict->aliases[i];
        const ca_alias_extra *extra =
            alias->extra > 0 ? &self->dict->extras[alias->extra - 1] : NULL;
        if (alias->n_words != at.depth) continue; /* never, unless the buffer was forged */
        if (longest && !beats(self, end, alias)) return CA_OK;
        if (!joints_fit(way, at.depth, extra) || !case_fits(self, alias, way)) continue;
        ca_mention_lost lost = loss_of(self, alias, extra);
        if (lost != CA_LOST_NOT && !self->options->losers) continue;
        ca_mention found = {.first = self->path[0],
                            .end = end,
                            .alias = alias->number,
                            .entry = alias->entry,
                            .how = is_short(self, alias) ? CA_HOW_SHORT : CA_HOW_ALIAS,
                            .lost = (uint8_t)lost};
        if (!longest) {
            CA_TRY(ca_hits_add(self->alloc, &self->hits, found, alias->priority));
            continue;
        }
        self->best = found;
        self->best_priority = alias->priority;
        return CA_OK; /* the others that end here come after this one */
    }
    return CA_OK;
}

/* An acronym that the document has bound, if one begins here: wins against a name of another entry
 * that reaches no further. */
static ca_status accept_acronym(ca_walk *self, size_t first) {
    const ca_acronym *acronym = ca_bind_acronym(self->bind, &self->doc, first, self->limit);
    if (acronym == NULL) return CA_OK;
    uint32_t end = (uint32_t)first + acronym->n;
    ca_mention found = {.first = (uint32_t)first,
                        .end = end,
                        .alias = acronym->alias,
                        .entry = acronym->entry,
                        .how = CA_HOW_INTRODUCED};
    if (self->options->overlap != CA_OVERLAP_LONGEST)
        return ca_hits_add(self->alloc, &self->hits, found, 0);
    if (self->best.end < end || (self->best.end == end && self->best.entry != acronym->entry))
        self->best = found;
    return CA_OK;
}

/* ---- all that begins at one token ---- */

/* Follow one way to its end, then accept from there backwards: where the longest wins, what is
 * shorter need not be looked at. */
static ca_status follow_way(ca_walk *self, ca_way *way) {
    bool longest = self->options->overlap == CA_OVERLAP_LONGEST;
    size_t n = 0;
    while (way->node != 0) {
        const ca_node *node = &self->dict->nodes[way->node];
        self->path[way->depth - 1] = way->token;
        self->vias[way->depth - 1] = way->via;
        if (node->first_alias != node[1].first_alias) {
            CA_PREFETCH(&self->dict->aliases[node->first_alias]);
            self->ends[n++] = (ca_way_end){way->node, way->depth};
        }
        CA_TRY(step(self, way));
    }
    while (n-- > 0) {
        uint32_t before = self->best.end;
        CA_TRY(accept(self, way, self->ends[n]));
        if (longest && self->best.end != before) break;
    }
    return CA_OK;
}

ca_status ca_walk_from(ca_walk *self, size_t first, const uint32_t *straight) {
    ca_way way = {.straight = true};
    self->n_stack = 0;
    self->best.end = 0;
    self->straight = straight;
    if (self->map->glob_first != NULL) CA_TRY(push_globs(self, &way, first));
    read_on(self, &way, straight[0], first, 0);
    CA_TRY(follow_way(self, &way));
    while (self->n_stack > 0) {
        way = self->stack[--self->n_stack];
        CA_TRY(follow_way(self, &way));
    }
    if (self->bind != NULL && self->bind->n_acronyms > 0) CA_TRY(accept_acronym(self, first));
    return CA_OK;
}
