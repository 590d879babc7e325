#include "match.h"

#include "bind.h"
#include "walk.h"

/* Tokens looked at between two questions of whether to stop. */
#define TOKENS_PER_POLL (CA_POLL_EVERY / 4)

void ca_mentions_reset(const ca_alloc *alloc, ca_mentions *self) {
    CA_FREE(alloc, self->items);
    self->n = self->capacity = 0;
}

/* ---- where a document's sentences and paragraphs stand while its tokens pass by ---- */

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

static ca_status add_mention(const ca_alloc *alloc, cursor *where, ca_mention m, ca_mentions *out) {
    move_to(where, m.first);
    m.doc = where->doc;
    m.sentence = (uint32_t)where->sentence;
    m.paragraph = (uint32_t)where->paragraph;
    CA_TRY(CA_GROW(alloc, out->items, out->capacity, out->n + 1));
    out->items[out->n++] = m;
    return CA_OK;
}

/* ---- where names may begin ---- */

/* Tokens at which an alias may begin, looked up together: a large dictionary does not fit the
 * caches, and one look-up after the other would wait for memory each time. */
enum { BATCH = 64, ALIASES_AHEAD = 4 };

typedef struct batch {
    size_t n, end; /* the scan goes on at token `end` */
    uint32_t first[BATCH], nodes[BATCH][CA_WALK_KNOWN];
    uint32_t alias[BATCH]; /* the first one of the last node that has any */
} batch;

typedef struct matcher {
    ca_walk walk;
    const ca_poll *poll;
    size_t until_poll; /* tokens */
    ca_bind bind;
    batch batch;
} matcher;

/* Collect the next tokens in [from, end) at which an alias may begin, or an acronym that is bound.
 */
static void collect(matcher *self, size_t from, size_t end) {
    const ca_typemap *map = self->walk.map;
    const int32_t *id = self->walk.doc.id;
    uint64_t bound = self->walk.bind != NULL ? self->walk.bind->begins : 0;
    batch *out = &self->batch;
    size_t i = from;
    for (out->n = 0; i < end && out->n < BATCH; i++) {
        if (!map->begins[id[i]] && !(bound >> (id[i] & 63) & 1)) continue;
        uint32_t root = map->types[id[i]].root;
        CA_PREFETCH(&self->walk.dict->nodes[root]);
        out->nodes[out->n][0] = root;
        out->first[out->n++] = (uint32_t)i;
    }
    out->end = i;
}

/* The word of the token so many behind the one where the name may begin, -1 if there is none. */
static inline int32_t word_behind(const ca_walk *walk, size_t first, size_t behind) {
    size_t token = first + behind;
    return token < walk->doc.n ? walk->map->types[walk->doc.id[token]].word : -1;
}

static inline void note_alias(const ca_dict *dict, batch *b, size_t i, uint32_t node) {
    uint32_t alias = dict->nodes[node].first_alias;
    if (alias != dict->nodes[node + 1].first_alias) b->alias[i] = alias;
}

/* From the nodes of the ways in `open` to those of the next level, and fetch what will be needed of
 * them. Returns how many go on, which then stand in `open`. */
static size_t look_up_level(const ca_walk *walk, batch *b, size_t level, uint8_t *open, size_t n) {
    const ca_dict *dict = walk->dict;
    size_t n_left = 0;
    for (size_t k = 0; k < n; k++) {
        size_t i = open[k];
        uint32_t node = b->nodes[i][level - 1];
        int32_t word = word_behind(walk, b->first[i], level);
        note_alias(dict, b, i, node);
        ca_dict_fetch_child(dict, node, word);
        open[n_left] = (uint8_t)i;
        n_left += word >= 0;
    }
    n = n_left;
    n_left = 0;
    for (size_t k = 0; k < n; k++) {
        size_t i = open[k];
        int32_t word = word_behind(walk, b->first[i], level);
        uint32_t child = ca_dict_child(dict, b->nodes[i][level - 1], word);
        CA_PREFETCH(&dict->nodes[child]);
        b->nodes[i][level] = child;
        open[n_left] = (uint8_t)i;
        n_left += child != 0;
    }
    return n_left;
}

/* Look up the nodes of the straight ways, level by level. */
static void look_ahead(const ca_walk *walk, batch *b) {
    uint8_t open[BATCH];
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        for (size_t level = 1; level < CA_WALK_KNOWN; level++) b->nodes[i][level] = 0;
        b->alias[i] = 0;
        open[n] = (uint8_t)i;
        n += b->nodes[i][0] != 0;
    }
    for (size_t level = 1; level < CA_WALK_KNOWN && n > 0; level++)
        n = look_up_level(walk, b, level, open, n);
    for (size_t k = 0; k < n; k++)
        note_alias(walk->dict, b, open[k], b->nodes[open[k]][CA_WALK_KNOWN - 1]);
}

/* ---- regions ---- */

/* Match from the tokens of the batch on, those before *from left out; *from goes behind the
 * matches. */
static ca_status match_batch(matcher *self, cursor *where, size_t *from, ca_mentions *out) {
    ca_walk *walk = &self->walk;
    bool longest = walk->options->overlap == CA_OVERLAP_LONGEST;
    for (size_t i = 0; i < self->batch.n; i++) {
        size_t first = self->batch.first[i], next = i + ALIASES_AHEAD;
        if (next < self->batch.n) CA_PREFETCH(&walk->dict->aliases[self->batch.alias[next]]);
        if (first < *from) continue;
        CA_TRY(ca_walk_from(walk, first, self->batch.nodes[i]));
        if (!longest || walk->best.end == 0) continue;
        CA_TRY(add_mention(walk->alloc, where, walk->best, out));
        *from = walk->best.end;
    }
    if (*from < self->batch.end) *from = self->batch.end;
    return CA_OK;
}

/* Tokens [first, walk.limit): no name leaves them. */
static ca_status match_region(matcher *self, cursor *where, size_t first, ca_mentions *out) {
    for (size_t i = first; i < self->walk.limit;) {
        if (CA_UNLIKELY(self->until_poll == 0)) {
            self->until_poll = TOKENS_PER_POLL;
            if (ca_poll_stop(self->poll)) return CA_STOPPED;
        }
        size_t left = self->walk.limit - i;
        collect(self, i, i + (left < self->until_poll ? left : self->until_poll));
        self->until_poll -= self->batch.end - i;
        if (self->batch.n > 0) look_ahead(&self->walk, &self->batch);
        CA_TRY(match_batch(self, where, &i, out));
    }
    return CA_OK;
}

static ca_status write_hits(matcher *self, cursor where, ca_mentions *out) {
    const ca_match_options *options = self->walk.options;
    ca_hits *hits = &self->walk.hits;
    ca_hits_settle(hits, options->overlap, options->losers);
    for (size_t i = 0; i < hits->n; i++)
        CA_TRY(add_mention(self->walk.alloc, &where, hits->items[i].mention, out));
    return CA_OK;
}

static ca_status match_regions(matcher *self, const ca_block *block, size_t in_block,
                               ca_mentions *out) {
    cursor where = cursor_at(block, in_block);
    size_t paragraph = where.paragraph, first = 0;
    self->walk.hits.n = 0;
    while (first < self->walk.doc.n) {
        self->walk.limit = region_end(&where, &paragraph, block->doc_paragraphs[in_block + 1]);
        CA_TRY(match_region(self, &where, first, out));
        first = self->walk.limit;
    }
    return write_hits(self, cursor_at(block, in_block), out);
}

/* ---- a document, once or twice ---- */

/* Note whose full names stand in the document, and bind the acronyms behind them. Full names of
 * losers are none. */
static ca_status bind_names(matcher *self, const ca_vocab *vocab, const ca_mention *items,
                            size_t n) {
    const ca_walk *walk = &self->walk;
    ca_bind_clear(&self->bind);
    for (size_t i = 0; i < n; i++) {
        const ca_mention *m = &items[i];
        if (m->entry < 0 || m->lost != CA_LOST_NOT) continue;
        if (walk->needs_names) CA_TRY(ca_bind_see(walk->alloc, &self->bind, m->entry, m->end));
        if (walk->options->acronyms)
            CA_TRY(ca_bind_introduce(walk->alloc, &self->bind, &walk->doc, vocab, m->first, m->end,
                                     m->alias, m->entry));
    }
    ca_bind_sort(&self->bind);
    return CA_OK;
}

static ca_status match_doc(matcher *self, const ca_tokens *tokens, const ca_block *block,
                           size_t in_block, ca_mentions *out) {
    const ca_match_options *options = self->walk.options;
    size_t before = out->n, doc = block->first_doc + in_block;
    self->walk.doc = ca_tokens_doc(tokens, block, in_block);
    self->walk.day = options->doc_days != NULL ? options->doc_days[doc] : CA_DAY_FIRST;
    self->walk.bind = NULL;
    self->walk.needs_names = false;
    CA_TRY(match_regions(self, block, in_block, out));
    if (!self->walk.needs_names && !options->acronyms) return CA_OK;
    CA_TRY(bind_names(self, &tokens->vocab, out->items + before, out->n - before));
    if (self->bind.n == 0 && self->bind.n_acronyms == 0) return CA_OK;
    out->n = before;
    self->walk.bind = &self->bind;
    return match_regions(self, block, in_block, out);
}

ca_status ca_match_block_with(const ca_alloc *alloc, const ca_dict *dict, const ca_typemap *map,
                              const ca_tokens *tokens, const ca_block *block,
                              const ca_match_options *options, const ca_poll *poll,
                              ca_mentions *out) {
    matcher self = {.walk = {.alloc = alloc, .dict = dict, .map = map, .options = options},
                    .poll = poll};
    ca_status status = CA_OK;
    size_t n_before = out->n;
    for (size_t i = 0; i < block->n_docs && status == CA_OK; i++)
        status = match_doc(&self, tokens, block, i, out);
    ca_walk_reset(&self.walk);
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
