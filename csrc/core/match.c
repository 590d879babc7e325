#include "match.h"

#include "fold.h"

/* Tokens looked at between two questions of whether to stop. */
#define TOKENS_PER_POLL (CA_POLL_EVERY / 4)

/* ---- types to words ---- */

static ca_status map_type(const ca_dict *dict, ca_str type, const ca_alloc *alloc,
                          ca_scratch scratch[2], ca_typeword *out, ca_str *folded) {
    ca_str form;
    CA_TRY(ca_fold_form(alloc, type, &scratch[0], &form));
    CA_TRY(ca_fold_case(alloc, form, &scratch[1], folded));
    bool star = dict->n_globs > 0 && memchr(folded->ptr, '*', folded->len) != NULL;
    out->form = ca_vocab_find(&dict->forms, form);
    out->word = star ? -1 : ca_vocab_find(&dict->words, *folded); /* a glob is not its own text */
    return CA_OK;
}

/* The globs that `folded` satisfies; `room` counts the words written so far. */
static ca_status map_globs(ca_typemap *self, const ca_dict *dict, ca_str folded, size_t *n,
                           size_t *capacity) {
    for (size_t i = 0; i < dict->n_globs; i++) {
        const ca_glob *glob = &dict->globs[i];
        if (!ca_glob_matches((ca_str){dict->glob_bytes + glob->at, glob->len}, folded)) continue;
        CA_TRY(CA_GROW(self->alloc, self->glob_words, *capacity, *n + 1));
        self->glob_words[(*n)++] = glob->word;
    }
    return *n > UINT32_MAX ? CA_TOO_LARGE : CA_OK;
}

static ca_status map_all(ca_typemap *self, const ca_dict *dict, const ca_vocab *vocab,
                         ca_scratch scratch[2], const ca_poll *poll) {
    size_t n_globs = 0, capacity = 0;
    CA_TRY(CA_ZEROS(self->alloc, self->types, vocab->n));
    self->n_types = vocab->n;
    if (dict->n_globs > 0) CA_TRY(CA_ZEROS(self->alloc, self->glob_first, vocab->n + 1));
    for (size_t i = 0; i < vocab->n; i++) {
        ca_str type = ca_vocab_type(vocab, (int32_t)i), folded;
        if (i % 1024 == 0 && ca_poll_stop(poll)) return CA_STOPPED;
        CA_TRY(map_type(dict, type, self->alloc, scratch, &self->types[i], &folded));
        if (dict->n_globs == 0) continue;
        bool word = ca_shape_kind(vocab->shape[i]) <= CA_NUMBER;
        if (word) CA_TRY(map_globs(self, dict, folded, &n_globs, &capacity));
        self->glob_first[i + 1] = (uint32_t)n_globs;
    }
    return CA_OK;
}

ca_status ca_typemap_build(ca_typemap *self, const ca_alloc *alloc, const ca_dict *dict,
                           const ca_vocab *vocab, const ca_poll *poll) {
    ca_typemap map = {.alloc = alloc};
    ca_scratch scratch[2] = {{NULL, 0}, {NULL, 0}};
    ca_status status = map_all(&map, dict, vocab, scratch, poll);
    ca_scratch_reset(alloc, &scratch[0]);
    ca_scratch_reset(alloc, &scratch[1]);
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
        CA_FREE(self->alloc, self->glob_first);
        CA_FREE(self->alloc, self->glob_words);
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
    int32_t node;
    uint32_t token; /* of that word */
    uint32_t depth; /* words read, this one included */
    gaps gaps;
} state;

typedef struct walk {
    const ca_alloc *alloc;
    const ca_dict *dict;
    const ca_typemap *map;
    const ca_poll *poll;
    size_t until_poll; /* tokens */
    ca_doc doc;
    size_t limit;                  /* no match goes beyond this token */
    uint32_t path[CA_ALIAS_WORDS]; /* tokens of the words of the state at hand */
    state *stack;
    size_t n_stack, stack_capacity;
    ca_mention best; /* best.end is 0 where there is none */
} walk;

static ca_status push(walk *self, const state *from, int32_t word, uint32_t token, gaps g) {
    int32_t child = word >= 0 ? ca_dict_child(self->dict, from->node, word) : 0;
    if (child == 0) return CA_OK;
    CA_TRY(CA_GROW(self->alloc, self->stack, self->stack_capacity, self->n_stack + 1));
    self->stack[self->n_stack++] =
        (state){.node = child, .token = token, .depth = from->depth + 1, .gaps = g};
    return CA_OK;
}

/* All the words that the type of `token` can stand for. */
static ca_status push_words(walk *self, const state *from, size_t token, gaps g) {
    int32_t id = self->doc.id[token];
    CA_TRY(push(self, from, self->map->types[id].word, (uint32_t)token, g));
    if (self->map->glob_first == NULL) return CA_OK;
    for (size_t i = self->map->glob_first[id]; i < self->map->glob_first[id + 1]; i++)
        CA_TRY(push(self, from, self->map->glob_words[i], (uint32_t)token, g));
    return CA_OK;
}

static bool gap_before(const walk *self, size_t token) {
    return ca_doc_gap(&self->doc, token);
}

/* A possessive piece behind a word: 's, or the apostrophe of "States' ". */
static bool is_possessive(const walk *self, size_t token) {
    ca_shape shape = ca_doc_shape(&self->doc, token);
    if (gap_before(self, token)) return false;
    return (shape & (CA_POSSESSIVE | CA_APOSTROPHE)) != 0;
}

/* Go on from a state: to the next word, over a hyphen, over a possessive. */
static ca_status step(walk *self, const state *from) {
    size_t next = from->token + 1;
    if (next >= self->limit || from->depth >= CA_ALIAS_WORDS) return CA_OK;
    uint64_t bit = UINT64_C(1) << (from->depth - 1);
    gaps plain = from->gaps;
    if (!gap_before(self, next)) plain.none |= bit;
    CA_TRY(push_words(self, from, next, plain));
    if (next + 1 >= self->limit) return CA_OK;
    if (ca_doc_shape(&self->doc, next) & CA_HYPHEN_ROLE) {
        gaps dashed = from->gaps;
        bool spaced = gap_before(self, next) || gap_before(self, next + 1);
        if (spaced) {
            dashed.spaced |= bit;
        } else {
            dashed.hyphen |= bit;
        }
        return push_words(self, from, next + 1, dashed);
    }
    if (is_possessive(self, next) && gap_before(self, next + 1))
        return push_words(self, from, next + 1, from->gaps);
    return CA_OK;
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

static bool case_fits(const walk *self, const ca_alias *alias) {
    if (alias->rule == CA_CASE_FOLD) return true;
    const int32_t *forms = self->dict->forms_of + alias->first_form;
    bool rest = true;
    for (size_t i = 1; i < alias->n_words && rest; i++)
        rest = self->map->types[self->doc.id[self->path[i]]].form == forms[i];
    int32_t first = self->map->types[self->doc.id[self->path[0]]].form;
    if (rest && first == forms[0]) return true;
    if (alias->rule == CA_CASE_EXACT) return false;
    return (rest && first == alias->capital_form) || in_capitals(self, alias->n_words);
}

static bool joints_fit(const gaps *g, const ca_alias *alias) {
    return (g->none & ~alias->free_joints) == 0 && (g->spaced & ~alias->hyphen_joints) == 0 &&
           (g->hyphen & alias->free_joints) == 0;
}

/* Further right wins, then priority, then the order of the dictionary. */
static bool beats(const walk *self, uint32_t end, int32_t alias) {
    if (end != self->best.end) return end > self->best.end;
    const ca_alias *held = &self->dict->aliases[self->best.alias];
    const ca_alias *other = &self->dict->aliases[alias];
    if (held->priority != other->priority) return other->priority > held->priority;
    return alias < self->best.alias;
}

static void accept(walk *self, const state *at) {
    uint32_t end = at->token + 1;
    for (int32_t i = self->dict->first_alias[at->node]; i >= 0; i = self->dict->aliases[i].next) {
        const ca_alias *alias = &self->dict->aliases[i];
        if (!beats(self, end, i)) continue;
        if (!joints_fit(&at->gaps, alias) || !case_fits(self, alias)) continue;
        self->best.end = end;
        self->best.alias = i;
    }
}

/* The best alias that begins at token `first`, into self->best. */
static ca_status find_best(walk *self, size_t first) {
    state root = {.node = 0, .depth = 0};
    self->n_stack = 0;
    self->best.end = 0;
    CA_TRY(push_words(self, &root, first, (gaps){0, 0, 0}));
    while (self->n_stack > 0) {
        state at = self->stack[--self->n_stack];
        self->path[at.depth - 1] = at.token;
        accept(self, &at);
        CA_TRY(step(self, &at));
    }
    return CA_OK;
}

/* ---- documents ---- */

/* Where a document's sentences and paragraphs stand while its tokens pass by. */
typedef struct cursor {
    const ca_block *block;
    size_t first_token; /* of the document, in the block */
    size_t sentence, paragraph;
} cursor;

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

static bool can_begin(const walk *self, size_t token) {
    int32_t id = self->doc.id[token];
    if (self->map->types[id].word >= 0 && self->dict->root_child[self->map->types[id].word] != 0)
        return true;
    return self->map->glob_first != NULL &&
           self->map->glob_first[id] < self->map->glob_first[id + 1];
}

static ca_status match_region(walk *self, cursor *where, size_t doc, size_t first,
                              ca_mentions *out) {
    for (size_t i = first; i < self->limit;) {
        if (CA_UNLIKELY(self->until_poll-- == 0)) {
            self->until_poll = TOKENS_PER_POLL;
            if (ca_poll_stop(self->poll)) return CA_STOPPED;
        }
        if (CA_LIKELY(!can_begin(self, i))) {
            i++;
            continue;
        }
        CA_TRY(find_best(self, i));
        if (self->best.end == 0) {
            i++;
            continue;
        }
        move_to(where, i);
        CA_TRY(CA_GROW(self->alloc, out->items, out->capacity, out->n + 1));
        out->items[out->n++] = (ca_mention){.doc = doc,
                                            .first = (uint32_t)i,
                                            .end = self->best.end,
                                            .sentence = (uint32_t)where->sentence,
                                            .paragraph = (uint32_t)where->paragraph,
                                            .alias = self->best.alias};
        i = self->best.end;
    }
    return CA_OK;
}

static ca_status match_doc(walk *self, const ca_block *block, size_t in_block, ca_mentions *out) {
    cursor where = {.block = block,
                    .first_token = block->doc_tokens[in_block],
                    .sentence = block->doc_sentences[in_block],
                    .paragraph = block->doc_paragraphs[in_block]};
    size_t paragraph = where.paragraph, first = 0;
    while (first < self->doc.n) {
        self->limit = region_end(&where, &paragraph, block->doc_paragraphs[in_block + 1]);
        CA_TRY(match_region(self, &where, block->first_doc + in_block, first, out));
        first = self->limit;
    }
    return CA_OK;
}

ca_status ca_match_block(const ca_alloc *alloc, const ca_dict *dict, const ca_typemap *map,
                         const ca_tokens *tokens, const ca_block *block, const ca_poll *poll,
                         ca_mentions *out) {
    walk self = {.alloc = alloc, .dict = dict, .map = map, .poll = poll};
    ca_status status = CA_OK;
    size_t n_before = out->n;
    for (size_t i = 0; i < block->n_docs && status == CA_OK; i++) {
        self.doc = ca_tokens_doc(tokens, block, i);
        status = match_doc(&self, block, i, out);
    }
    CA_FREE(alloc, self.stack);
    if (status != CA_OK) out->n = n_before;
    return status;
}
