#include "match.h"

#include "bind.h"
#include "fold.h"

#include <stdlib.h>

/* Tokens looked at between two questions of whether to stop. */
#define TOKENS_PER_POLL (CA_POLL_EVERY / 4)

/* Tokens ahead whose roots, and whose first steps, are fetched from memory. */
enum { NEAR_AHEAD = 2, FAR_AHEAD = 5 };

/* Words up to this long may be small in titles: of, the, and, al, bin, von. */
#define TITLE_SMALL_LETTERS 3

/* ---- types to words ---- */

typedef struct mapper {
    ca_typemap *map;
    const ca_dict *dict;
    ca_scratch scratch[3];
    size_t n_globs, globs_capacity;
    uint64_t prefixes; /* bit i: a glob has i bytes before its star; 63: that many or more */
} mapper;

static ca_status map_type(mapper *self, ca_str type, size_t id, ca_str *form, ca_str *folded) {
    const ca_alloc *alloc = self->map->alloc;
    ca_typeword *out = &self->map->types[id];
    CA_TRY(ca_fold_form(alloc, type, &self->scratch[0], form));
    if (self->dict->accents) CA_TRY(ca_fold_accents(alloc, *form, &self->scratch[2], form));
    CA_TRY(ca_fold_case(alloc, *form, &self->scratch[1], folded));
    bool star = self->dict->n_globs > 0 && memchr(folded->ptr, '*', folded->len) != NULL;
    out->word = star ? -1 : ca_strings_find(&self->dict->words, *folded); /* a glob is no text */
    out->form = ca_strings_find(&self->dict->forms, *form);
    if (out->word >= 0) self->map->roots[id] = self->dict->root_child[out->word];
    self->map->begins[id] = self->map->roots[id] != 0;
    return CA_OK;
}

static int prefix_order(const ca_dict *dict, const ca_glob *glob, ca_str text) {
    size_t len = glob->prefix < text.len ? glob->prefix : text.len;
    int order = len > 0 ? memcmp(dict->glob_bytes + glob->at, text.ptr, len) : 0;
    if (order != 0 || glob->prefix == text.len) return order;
    return glob->prefix < text.len ? -1 : 1;
}

/* The first glob whose prefix is not before `text`. */
static size_t first_glob(const ca_dict *dict, ca_str text) {
    size_t low = 0, high = dict->n_globs;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (prefix_order(dict, &dict->globs[middle], text) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static ca_status add_glob(mapper *self, const ca_glob *glob, ca_str form, size_t id) {
    const ca_dict *dict = self->dict;
    ca_typemap *map = self->map;
    ca_typeglob pair = {.word = glob->word, .root = dict->root_child[glob->word]};
    if (ca_glob_matches(ca_strings_get(&dict->forms, glob->form), form))
        pair.fits |= CA_FITS_WRITTEN;
    if (ca_glob_matches(ca_strings_get(&dict->forms, glob->capital), form))
        pair.fits |= CA_FITS_CAPITAL;
    if (pair.root != 0) map->begins[id] = 1;
    CA_TRY(CA_GROW(map->alloc, map->globs, self->globs_capacity, self->n_globs + 1));
    map->globs[self->n_globs++] = pair;
    return self->n_globs > UINT32_MAX ? CA_TOO_LARGE : CA_OK;
}

/* The globs that a type satisfies: those with each of its beginnings before their star. */
static ca_status map_globs(mapper *self, ca_str form, ca_str folded, size_t id) {
    const ca_dict *dict = self->dict;
    for (size_t len = 0; len <= folded.len; len++) {
        ca_str prefix = {folded.ptr, len};
        if (!(self->prefixes >> (len < 63 ? len : 63) & 1)) continue;
        for (size_t i = first_glob(dict, prefix); i < dict->n_globs; i++) {
            const ca_glob *glob = &dict->globs[i];
            if (prefix_order(dict, glob, prefix) != 0) break;
            if (ca_glob_matches((ca_str){dict->glob_bytes + glob->at, glob->len}, folded))
                CA_TRY(add_glob(self, glob, form, id));
        }
    }
    return CA_OK;
}

static ca_status map_all(mapper *self, const ca_vocab *vocab, const ca_poll *poll) {
    ca_typemap *map = self->map;
    const ca_dict *dict = self->dict;
    CA_TRY(CA_ZEROS(map->alloc, map->types, vocab->n));
    CA_TRY(CA_ZEROS(map->alloc, map->roots, vocab->n));
    CA_TRY(CA_ZEROS(map->alloc, map->begins, vocab->n));
    map->n_types = vocab->n;
    if (dict->n_globs > 0) CA_TRY(CA_ZEROS(map->alloc, map->glob_first, vocab->n + 1));
    for (size_t i = 0; i < dict->n_globs; i++)
        self->prefixes |= UINT64_C(1) << (dict->globs[i].prefix < 63 ? dict->globs[i].prefix : 63);
    for (size_t i = 0; i < vocab->n; i++) {
        ca_str type = ca_vocab_type(vocab, (int32_t)i), form, folded;
        if (i % 1024 == 0 && ca_poll_stop(poll)) return CA_STOPPED;
        CA_TRY(map_type(self, type, i, &form, &folded));
        if (dict->n_globs == 0) continue;
        ca_shape shape = vocab->shape[i];
        bool word = ca_shape_kind(shape) <= CA_NUMBER && !(shape & CA_POSSESSIVE);
        if (word) CA_TRY(map_globs(self, form, folded, i));
        map->glob_first[i + 1] = (uint32_t)self->n_globs;
    }
    return CA_OK;
}

ca_status ca_typemap_build(ca_typemap *self, const ca_alloc *alloc, const ca_dict *dict,
                           const ca_vocab *vocab, const ca_poll *poll) {
    ca_typemap map = {.alloc = alloc};
    mapper work = {.map = &map, .dict = dict};
    ca_status status = map_all(&work, vocab, poll);
    for (size_t i = 0; i < 3; i++) ca_scratch_reset(alloc, &work.scratch[i]);
    if (status == CA_OK) {
        *self = map;
    } else {
        ca_typemap_reset(&map);
    }
    return status;
}

void ca_typemap_reset(ca_typemap *self) {
    if (self->alloc != NULL) {
        CA_FREE(self->alloc, self->types);
        CA_FREE(self->alloc, self->roots);
        CA_FREE(self->alloc, self->begins);
        CA_FREE(self->alloc, self->glob_first);
        CA_FREE(self->alloc, self->globs);
    }
    *self = (ca_typemap){.alloc = NULL};
}

void ca_mentions_reset(const ca_alloc *alloc, ca_mentions *self) {
    CA_FREE(alloc, self->items);
    self->n = self->capacity = 0;
}

/* ---- one walk through the trie ---- */

/* What stood between the words so far: bit i between word i and i + 1. */
typedef struct gaps {
    uint64_t none, spaced, hyphen;
} gaps;

/* A word has been read: where we are. */
typedef struct state {
    uint32_t node;
    uint32_t token; /* of that word */
    uint32_t depth; /* words read, this one included */
    uint32_t via;   /* 1 + the glob that the word came through; 0: itself */
    uint32_t hash;  /* ca_forms_hash of the words read */
    gaps gaps;
} state;

/* A hit where spans may overlap, with what it is sorted by. */
typedef struct hit {
    ca_mention mention;
    int32_t priority;
} hit;

typedef struct walk {
    const ca_alloc *alloc;
    const ca_dict *dict;
    const ca_typemap *map;
    const ca_vocab *vocab;
    const ca_match_options *options;
    const ca_poll *poll;
    size_t until_poll; /* tokens */
    ca_doc doc;
    int32_t day;
    size_t limit; /* no match goes beyond this token */
    uint32_t path[CA_ALIAS_WORDS], vias[CA_ALIAS_WORDS];
    state ends[CA_ALIAS_WORDS]; /* of the way that is followed: where aliases end */
    state *stack;               /* other ways to go on */
    size_t n_stack, stack_capacity;
    ca_mention best; /* best.end is 0 where there is none */
    int32_t best_priority;
    hit *hits; /* of the document, where spans may overlap */
    size_t n_hits, hits_capacity;
    ca_bind bind;
    bool second;      /* the document is looked at once more: what is bound counts */
    bool want_second; /* a short name stood there that might count */
} walk;

static uint32_t follow(const walk *self, uint32_t node, int32_t word) {
    return word >= 0 ? ca_dict_child(self->dict, node, word) : 0;
}

static ca_status push(walk *self, state at) {
    if (at.node == 0) return CA_OK;
    CA_TRY(CA_GROW(self->alloc, self->stack, self->stack_capacity, self->n_stack + 1));
    self->stack[self->n_stack++] = at;
    return CA_OK;
}

/* The state behind `from` that reads `token` and comes to `node`. */
static inline state behind(const walk *self, const state *from, uint32_t node, size_t token,
                           uint32_t via, gaps g) {
    int32_t form = self->map->types[self->doc.id[token]].form;
    return (state){.node = node,
                   .token = (uint32_t)token,
                   .depth = from->depth + 1,
                   .via = via,
                   .hash = ca_forms_hash(from->hash, form),
                   .gaps = g};
}

/* Put the words that `token` stands for by way of globs on the stack. */
static ca_status push_globs(walk *self, const state *from, size_t token, gaps g) {
    int32_t id = self->doc.id[token];
    for (size_t i = self->map->glob_first[id]; i < self->map->glob_first[id + 1]; i++) {
        const ca_typeglob *glob = &self->map->globs[i];
        uint32_t node = from->node == 0 ? glob->root : follow(self, from->node, glob->word);
        CA_TRY(push(self, behind(self, from, node, token, (uint32_t)i + 1, g)));
    }
    return CA_OK;
}

static bool gap_before(const walk *self, size_t token) {
    return ca_doc_gap(&self->doc, token);
}

/* A possessive piece behind a word: 's, or the apostrophe of "States' ". */
static bool is_possessive(const walk *self, size_t token, ca_shape shape) {
    return (shape & (CA_POSSESSIVE | CA_APOSTROPHE)) != 0 && !gap_before(self, token);
}

/* From a state over the hyphen or possessive at token `next` to the word behind it. */
static ca_status step_over(walk *self, const state *from, size_t next, ca_shape shape) {
    uint64_t bit = UINT64_C(1) << (from->depth - 1);
    gaps g = from->gaps;
    if (next + 1 >= self->limit) return CA_OK;
    if (shape & CA_HYPHEN_ROLE) {
        if (gap_before(self, next) || gap_before(self, next + 1)) {
            g.spaced |= bit;
        } else {
            g.hyphen |= bit;
        }
    } else if (!is_possessive(self, next, shape) || !gap_before(self, next + 1)) {
        return CA_OK;
    }
    uint32_t node = follow(self, from->node, self->map->types[self->doc.id[next + 1]].word);
    CA_TRY(push(self, behind(self, from, node, next + 1, 0, g)));
    return self->map->glob_first != NULL ? push_globs(self, from, next + 1, g) : CA_OK;
}

/* Go on from a state to the next word: *at is then there, or at node 0. Other ways go on the
 * stack. */
static inline ca_status step(walk *self, state *at) {
    size_t next = at->token + 1;
    const ca_node *node = &self->dict->nodes[at->node];
    if (next >= self->limit || at->depth >= CA_ALIAS_WORDS ||
        node->first_child == node[1].first_child) {
        at->node = 0;
        return CA_OK;
    }
    ca_shape shape = ca_doc_shape(&self->doc, next);
    if (CA_UNLIKELY(shape & (CA_HYPHEN_ROLE | CA_POSSESSIVE | CA_APOSTROPHE)))
        CA_TRY(step_over(self, at, next, shape));
    gaps g = at->gaps;
    if (!gap_before(self, next)) g.none |= UINT64_C(1) << (at->depth - 1);
    if (self->map->glob_first != NULL) CA_TRY(push_globs(self, at, next, g));
    uint32_t child = follow(self, at->node, self->map->types[self->doc.id[next]].word);
    *at = behind(self, at, child, next, 0, g);
    return CA_OK;
}

/* Fetch what the walks that begin a few tokens ahead will need: large dictionaries do not fit the
 * caches, and one walk alone would wait for each of its nodes. */
static inline void look_ahead(const walk *self, size_t token) {
    if (token + FAR_AHEAD + 1 >= self->doc.n) return;
    const int32_t *id = self->doc.id + token;
    const ca_dict *dict = self->dict;
    CA_PREFETCH(&dict->nodes[self->map->roots[id[FAR_AHEAD]]]);
    uint32_t root = self->map->roots[id[NEAR_AHEAD]];
    int32_t word = self->map->types[id[NEAR_AHEAD + 1]].word;
    if (root == 0 || word < 0) return;
    uint32_t low = dict->nodes[root].first_child, high = dict->nodes[root + 1].first_child;
    if (high - low > CA_DICT_FEW) {
        CA_PREFETCH(&dict->jumps[ca_dict_jump_at(root, word, dict->n_jumps)]);
    } else {
        CA_PREFETCH(&dict->node_words[low]);
    }
}

/* ---- accepting ---- */

/* No lower-case letter in any word of the path, and a capital in one. */
static bool in_capitals(const walk *self, size_t n_words) {
    bool capitals = false;
    for (size_t i = 0; i < n_words; i++) {
        ca_shape shape = ca_doc_shape(&self->doc, self->path[i]);
        if (shape & CA_ALL_CAPS) {
            capitals = true;
        } else if (ca_shape_kind(shape) == CA_WORD && !(shape & CA_CASELESS)) {
            return false;
        }
    }
    return capitals;
}

/* Every word of more than three letters begins with a capital, and one at least does. */
static bool in_titles(const walk *self, size_t n_words) {
    bool capitals = false;
    for (size_t i = 0; i < n_words; i++) {
        int32_t id = self->doc.id[self->path[i]];
        ca_shape shape = self->doc.shape[id];
        if (shape & CA_SMALL) {
            if (self->doc.chars[id] > TITLE_SMALL_LETTERS) return false;
        } else if (ca_shape_kind(shape) <= CA_NUMBER) {
            capitals = true;
        }
    }
    return capitals;
}

static bool is_written(const walk *self, size_t i, int32_t form) {
    if (self->vias[i] > 0) return self->map->globs[self->vias[i] - 1].fits & CA_FITS_WRITTEN;
    return self->map->types[self->doc.id[self->path[i]]].form == form;
}

static bool first_is_capital(const walk *self, const ca_alias *alias, const int32_t *forms) {
    if (self->vias[0] > 0) return self->map->globs[self->vias[0] - 1].fits & CA_FITS_CAPITAL;
    return (alias->flags & CA_ALIAS_CAPITAL) != 0 && is_written(self, 0, forms[alias->n_words]);
}

/* Whether the words of the path have the forms of the alias, the first one perhaps a capital. */
static bool forms_fit(const walk *self, const ca_alias *alias) {
    const int32_t *forms = self->dict->forms_of + alias->first_form;
    for (size_t i = 1; i < alias->n_words; i++) {
        if (!is_written(self, i, forms[i])) return false;
    }
    return is_written(self, 0, forms[0]) ||
           (alias->rule != CA_CASE_EXACT && first_is_capital(self, alias, forms));
}

/* `hash`: of the forms of the path. Where it differs, so do the forms. */
static bool case_fits(const walk *self, const ca_alias *alias, uint32_t hash) {
    if (alias->rule == CA_CASE_FOLD) return true;
    if (alias->rule == CA_CASE_TITLE) return in_titles(self, alias->n_words);
    bool may_fit = hash == alias->written || hash == alias->capital;
    if ((may_fit || (alias->flags & CA_ALIAS_GLOB)) && forms_fit(self, alias)) return true;
    return alias->rule == CA_CASE_SMART && in_capitals(self, alias->n_words);
}

static bool joints_fit(const gaps *g, const ca_alias_extra *extra) {
    if (extra == NULL) return (g->none | g->spaced) == 0;
    return (g->none & ~extra->free_joints) == 0 && (g->spaced & ~extra->hyphen_joints) == 0 &&
           (g->hyphen & extra->free_joints) == 0;
}

static bool day_fits(const walk *self, const ca_alias_extra *extra) {
    if (extra->from_day == CA_DAY_FIRST && extra->to_day == CA_DAY_LAST) return true;
    return self->day != CA_DAY_FIRST && self->day >= extra->from_day && self->day <= extra->to_day;
}

/* Whether the rule of short names lets this one count here. */
static bool short_fits(walk *self, const ca_alias *alias) {
    if (!(alias->flags & CA_ALIAS_SHORT) || self->options->shorts == CA_SHORT_ALWAYS) return true;
    if (!self->second) {
        self->want_second = true;
        return false;
    }
    uint32_t end = ca_bind_seen(&self->bind, alias->entry);
    return end > 0 && (self->options->shorts == CA_SHORT_DOCUMENT || end <= self->path[0]);
}

static ca_mention_lost loss_of(walk *self, const ca_alias *alias, const ca_alias_extra *extra) {
    if (extra != NULL && !day_fits(self, extra)) return CA_LOST_DATE;
    return short_fits(self, alias) ? CA_LOST_NOT : CA_LOST_SHORT;
}

static uint8_t how_of(const walk *self, const ca_alias *alias) {
    bool is_short = (alias->flags & CA_ALIAS_SHORT) && self->options->shorts != CA_SHORT_ALWAYS;
    return is_short ? CA_HOW_SHORT : CA_HOW_ALIAS;
}

static ca_status add_hit(walk *self, const ca_alias *alias, uint32_t end, ca_mention_lost lost) {
    CA_TRY(CA_GROW(self->alloc, self->hits, self->hits_capacity, self->n_hits + 1));
    ca_mention m = {.first = self->path[0],
                    .end = end,
                    .alias = alias->number,
                    .entry = alias->entry,
                    .how = how_of(self, alias),
                    .lost = (uint8_t)lost};
    self->hits[self->n_hits++] = (hit){m, alias->priority};
    return CA_OK;
}

/* Further right wins, then priority, then the order of the dictionary. */
static bool beats(const walk *self, uint32_t end, const ca_alias *alias) {
    if (end != self->best.end) return end > self->best.end;
    if (alias->priority != self->best_priority) return alias->priority > self->best_priority;
    return alias->number < self->best.alias;
}

static ca_status accept(walk *self, const state *at) {
    const ca_node *node = &self->dict->nodes[at->node];
    bool longest = self->options->overlap == CA_OVERLAP_LONGEST;
    for (uint32_t i = node->first_alias; i < node[1].first_alias; i++) {
        const ca_alias *alias = &self->dict->aliases[i];
        const ca_alias_extra *extra =
            alias->extra > 0 ? &self->dict->extras[alias->extra - 1] : NULL;
        if (alias->n_words != at->depth) continue; /* never, unless the buffer was forged */
        if (longest && !beats(self, at->token + 1, alias)) return CA_OK;
        if (!joints_fit(&at->gaps, extra) || !case_fits(self, alias, at->hash)) continue;
        ca_mention_lost lost = loss_of(self, alias, extra);
        if (lost != CA_LOST_NOT && !self->options->losers) continue;
        if (!longest) {
            CA_TRY(add_hit(self, alias, at->token + 1, lost));
            continue;
        }
        self->best.end = at->token + 1;
        self->best.alias = alias->number;
        self->best.how = how_of(self, alias);
        self->best.entry = alias->entry;
        self->best_priority = alias->priority;
        return CA_OK; /* the others that end here come after this one */
    }
    return CA_OK;
}

/* An acronym that the document has bound, if one begins here: wins against a name of another entry
 * that reaches no further. */
static ca_status accept_acronym(walk *self, size_t first) {
    const ca_acronym *acronym = ca_bind_acronym(&self->bind, &self->doc, first, self->limit);
    if (acronym == NULL) return CA_OK;
    uint32_t end = (uint32_t)first + acronym->n;
    ca_mention m = {.first = (uint32_t)first,
                    .end = end,
                    .alias = acronym->alias,
                    .entry = acronym->entry,
                    .how = CA_HOW_INTRODUCED};
    if (self->options->overlap != CA_OVERLAP_LONGEST) {
        CA_TRY(CA_GROW(self->alloc, self->hits, self->hits_capacity, self->n_hits + 1));
        self->hits[self->n_hits++] = (hit){m, 0};
        return CA_OK;
    }
    if (self->best.end > end || (self->best.end == end && self->best.entry == acronym->entry))
        return CA_OK;
    self->best = m;
    return CA_OK;
}

/* Follow one way through the trie to its end, then accept from there backwards: where the longest
 * wins, what is shorter need not be looked at. */
static ca_status follow_all(walk *self, state at) {
    bool longest = self->options->overlap == CA_OVERLAP_LONGEST;
    size_t n = 0;
    while (at.node != 0) {
        const ca_node *node = &self->dict->nodes[at.node];
        self->path[at.depth - 1] = at.token;
        self->vias[at.depth - 1] = at.via;
        if (node->first_alias != node[1].first_alias) {
            CA_PREFETCH(&self->dict->aliases[node->first_alias]);
            self->ends[n++] = at;
        }
        CA_TRY(step(self, &at));
    }
    while (n-- > 0) {
        uint32_t before = self->best.end;
        CA_TRY(accept(self, &self->ends[n]));
        if (longest && self->best.end != before) break;
    }
    return CA_OK;
}

/* What begins at token `first`: the best alias into self->best, or all of them into self->hits. */
static ca_status find_at(walk *self, size_t first) {
    int32_t id = self->doc.id[first];
    self->n_stack = 0;
    self->best.end = 0;
    if (self->map->glob_first != NULL)
        CA_TRY(push_globs(self, &(state){.node = 0}, first, (gaps){0, 0, 0}));
    CA_TRY(follow_all(
        self, behind(self, &(state){.node = 0}, self->map->roots[id], first, 0, (gaps){0, 0, 0})));
    while (self->n_stack > 0) CA_TRY(follow_all(self, self->stack[--self->n_stack]));
    if (self->second && self->bind.n_acronyms > 0) CA_TRY(accept_acronym(self, first));
    return CA_OK;
}

/* ---- documents ---- */

/* Where a document's sentences and paragraphs stand while its tokens pass by. */
typedef struct cursor {
    const ca_block *block;
    size_t doc, first_token; /* of the document, in the block */
    size_t sentence, paragraph;
} cursor;

static cursor cursor_at(const ca_block *block, size_t in_block) {
    return (cursor){.block = block,
                    .doc = block->first_doc + in_block,
                    .first_token = block->doc_tokens[in_block],
                    .sentence = block->doc_sentences[in_block],
                    .paragraph = block->doc_paragraphs[in_block]};
}

static void move_to(cursor *self, size_t token) {
    size_t at = self->first_token + token;
    while (self->block->sentence_tokens[self->sentence + 1] <= at) self->sentence++;
    while (self->block->paragraph_tokens[self->paragraph + 1] <= at) self->paragraph++;
}

/* First token behind the blank-line region that begins with `paragraph`. */
static size_t region_end(const cursor *self, size_t *paragraph, size_t last_paragraph) {
    size_t p = *paragraph + 1;
    while (p < last_paragraph && !self->block->paragraph_blank[p]) p++;
    *paragraph = p;
    return self->block->paragraph_tokens[p] - self->first_token;
}

static ca_status add_mention(walk *self, cursor *where, ca_mention m, ca_mentions *out) {
    move_to(where, m.first);
    m.doc = where->doc;
    m.sentence = (uint32_t)where->sentence;
    m.paragraph = (uint32_t)where->paragraph;
    CA_TRY(CA_GROW(self->alloc, out->items, out->capacity, out->n + 1));
    out->items[out->n++] = m;
    return CA_OK;
}

/* The next token from `i` on at which an alias may begin. */
static inline size_t next_beginning(const walk *self, size_t i, size_t end) {
    const uint8_t *begins = self->map->begins;
    const int32_t *id = self->doc.id;
    uint64_t bound = self->second ? self->bind.begins : 0;
    if (CA_LIKELY(bound == 0)) {
        while (i < end && !begins[id[i]]) i++;
    } else {
        while (i < end && !begins[id[i]] && !(bound >> (id[i] & 63) & 1)) i++;
    }
    return i;
}

static ca_status match_region(walk *self, cursor *where, size_t first, ca_mentions *out) {
    bool longest = self->options->overlap == CA_OVERLAP_LONGEST;
    for (size_t i = first; i < self->limit;) {
        if (CA_UNLIKELY(self->until_poll == 0)) {
            self->until_poll = TOKENS_PER_POLL;
            if (ca_poll_stop(self->poll)) return CA_STOPPED;
        }
        size_t left = self->limit - i;
        size_t end = i + (left < self->until_poll ? left : self->until_poll);
        size_t at = next_beginning(self, i, end);
        self->until_poll -= at - i;
        i = at;
        if (i == end) continue;
        self->until_poll--;
        look_ahead(self, i);
        CA_TRY(find_at(self, i));
        if (!longest || self->best.end == 0) {
            i++;
            continue;
        }
        self->best.first = (uint32_t)i;
        CA_TRY(add_mention(self, where, self->best, out));
        i = self->best.end;
    }
    return CA_OK;
}

/* ---- where spans may overlap ---- */

/* By place, the longest first, then as they win against each other. */
static int by_rank(const void *a, const void *b) {
    const hit *x = a, *y = b;
    if (x->mention.first != y->mention.first) return x->mention.first < y->mention.first ? -1 : 1;
    if (x->mention.end != y->mention.end) return x->mention.end > y->mention.end ? -1 : 1;
    if (x->priority != y->priority) return x->priority > y->priority ? -1 : 1;
    if (x->mention.how != y->mention.how) return x->mention.how < y->mention.how ? -1 : 1;
    return (x->mention.alias > y->mention.alias) - (x->mention.alias < y->mention.alias);
}

static int by_entry(const void *a, const void *b) {
    const hit *x = a, *y = b;
    if (x->mention.entry != y->mention.entry) return x->mention.entry < y->mention.entry ? -1 : 1;
    return by_rank(a, b);
}

static int by_place(const void *a, const void *b) {
    const hit *x = a, *y = b;
    if (x->mention.first != y->mention.first) return x->mention.first < y->mention.first ? -1 : 1;
    if (x->mention.end != y->mention.end) return x->mention.end < y->mention.end ? -1 : 1;
    if (x->mention.entry != y->mention.entry) return x->mention.entry < y->mention.entry ? -1 : 1;
    return by_rank(a, b);
}

/* Drop what lies within a name that stands for nothing. */
static void drop_hidden(walk *self) {
    size_t n = 0;
    uint32_t reach = 0;
    for (size_t i = 0; i < self->n_hits; i++) {
        hit *h = &self->hits[i];
        if (h->mention.end <= reach) continue;
        if (h->mention.entry < 0) reach = h->mention.end;
        self->hits[n++] = *h;
    }
    self->n_hits = n;
}

/* Of each entry, from left to right, the longest; the scan goes on behind it. */
static void keep_longest(walk *self) {
    size_t n = 0;
    uint32_t behind = 0;
    qsort(self->hits, self->n_hits, sizeof *self->hits, by_entry);
    for (size_t i = 0; i < self->n_hits; i++) {
        hit *h = &self->hits[i];
        if (n == 0 || self->hits[n - 1].mention.entry != h->mention.entry) behind = 0;
        if (h->mention.first < behind) continue;
        behind = h->mention.end;
        self->hits[n++] = *h;
    }
    self->n_hits = n;
}

static bool same_place(const hit *a, const hit *b) {
    return a->mention.entry == b->mention.entry && a->mention.first == b->mention.first &&
           a->mention.end == b->mention.end;
}

static ca_status write_hits(walk *self, cursor where, ca_mentions *out) {
    if (self->n_hits == 0) return CA_OK;
    bool losers = self->options->losers;
    qsort(self->hits, self->n_hits, sizeof *self->hits, by_rank);
    if (!losers) drop_hidden(self);
    if (!losers && self->options->overlap == CA_OVERLAP_NESTED) keep_longest(self);
    qsort(self->hits, self->n_hits, sizeof *self->hits, by_place);
    for (size_t i = 0; i < self->n_hits; i++) {
        if (!losers && i > 0 && same_place(&self->hits[i - 1], &self->hits[i])) continue;
        CA_TRY(add_mention(self, &where, self->hits[i].mention, out));
    }
    return CA_OK;
}

/* ---- a document, once or twice ---- */

static ca_status match_regions(walk *self, const ca_block *block, size_t in_block,
                               ca_mentions *out) {
    cursor where = cursor_at(block, in_block);
    size_t paragraph = where.paragraph, first = 0;
    self->n_hits = 0;
    while (first < self->doc.n) {
        self->limit = region_end(&where, &paragraph, block->doc_paragraphs[in_block + 1]);
        CA_TRY(match_region(self, &where, first, out));
        first = self->limit;
    }
    return write_hits(self, cursor_at(block, in_block), out);
}

/* Note whose full names stand in the document, and bind the acronyms behind them. Full names of
 * losers are none. */
static ca_status bind_names(walk *self, const ca_mention *items, size_t n) {
    ca_bind_clear(&self->bind);
    for (size_t i = 0; i < n; i++) {
        const ca_mention *m = &items[i];
        if (m->entry < 0 || m->lost != CA_LOST_NOT) continue;
        if (self->want_second) CA_TRY(ca_bind_see(self->alloc, &self->bind, m->entry, m->end));
        if (self->options->acronyms)
            CA_TRY(ca_bind_introduce(self->alloc, &self->bind, &self->doc, self->vocab, m->first,
                                     m->end, m->alias, m->entry));
    }
    ca_bind_sort(&self->bind);
    return CA_OK;
}

static ca_status match_doc(walk *self, const ca_block *block, size_t in_block, ca_mentions *out) {
    size_t before = out->n;
    self->second = self->want_second = false;
    CA_TRY(match_regions(self, block, in_block, out));
    if (!self->want_second && !self->options->acronyms) return CA_OK;
    CA_TRY(bind_names(self, out->items + before, out->n - before));
    if (self->bind.n == 0 && self->bind.n_acronyms == 0) return CA_OK;
    out->n = before;
    self->second = true;
    return match_regions(self, block, in_block, out);
}

ca_status ca_match_block_with(const ca_alloc *alloc, const ca_dict *dict, const ca_typemap *map,
                              const ca_tokens *tokens, const ca_block *block,
                              const ca_match_options *options, const ca_poll *poll,
                              ca_mentions *out) {
    walk self = {.alloc = alloc,
                 .dict = dict,
                 .map = map,
                 .vocab = &tokens->vocab,
                 .options = options,
                 .poll = poll};
    ca_status status = CA_OK;
    size_t n_before = out->n;
    for (size_t i = 0; i < block->n_docs && status == CA_OK; i++) {
        self.doc = ca_tokens_doc(tokens, block, i);
        self.day =
            options->doc_days != NULL ? options->doc_days[block->first_doc + i] : CA_DAY_FIRST;
        status = match_doc(&self, block, i, out);
    }
    CA_FREE(alloc, self.stack);
    CA_FREE(alloc, self.hits);
    ca_bind_reset(alloc, &self.bind);
    if (status != CA_OK) out->n = n_before;
    return status;
}

ca_status ca_match_block(const ca_alloc *alloc, const ca_dict *dict, const ca_typemap *map,
                         const ca_tokens *tokens, const ca_block *block, const ca_poll *poll,
                         ca_mentions *out) {
    ca_match_options options = {.overlap = CA_OVERLAP_LONGEST};
    return ca_match_block_with(alloc, dict, map, tokens, block, &options, poll, out);
}
