#include "dict_build.h"

#include "dict_freeze.h"
#include "draft.h"
#include "sentences.h"
#include "shape.h"
#include "tokenize.h"
#include "unicode.h"
#include "utf8.h"

/* Capitals up to this many letters are taken as an acronym, which matches only as written. */
#define ACRONYM_LETTERS 5

typedef struct builder {
    const ca_alloc *alloc;
    const ca_alias_list *list;
    const ca_poll *poll;
    ca_tokenizer tokenizer;
    ca_block block; /* the tokens of all aliases */
    ca_draft draft;
} builder;

/* The alias at hand. */
typedef struct reading {
    ca_doc doc;
    ca_str text; /* where there are globs */
    ca_draft_path path;
    size_t n_letters;
    bool capitals_only;
} reading;

static ca_str type_of(const builder *self, const reading *r, size_t token) {
    return ca_vocab_type(&self->tokenizer.vocab, r->doc.id[token]);
}

/* Letters only: G20 has one, AT&T three; the s of a possessive is not the name's. */
static void count_letters(reading *r, ca_str type, ca_shape shape) {
    if (shape & CA_POSSESSIVE) return;
    for (size_t at = 0; at < type.len;) {
        uint32_t cp;
        at += ca_utf8_decode(type.ptr + at, type.len - at, &cp);
        uint16_t flags = ca_unicode_property(cp)->flags;
        if (!(flags & CA_LETTER)) continue;
        r->n_letters++;
        if (!(flags & CA_UPPER)) r->capitals_only = false;
    }
}

/* ---- globs: pieces that hang together around a * or ? are one word: un * ed, wom ? n ---- */

static bool is_piece(const builder *self, const reading *r, size_t token) {
    uint8_t first = type_of(self, r, token).ptr[0];
    ca_shape shape = ca_doc_shape(&r->doc, token);
    if (shape & CA_POSSESSIVE) return false;
    return ca_shape_kind(shape) <= CA_NUMBER || first == '*' || first == '?';
}

static ca_str text_of(const builder *self, const reading *r, size_t first, size_t end) {
    size_t at = 0, len = 0; /* code points to bytes */
    for (int32_t i = 0; i < r->doc.start[first]; i++) {
        uint32_t cp;
        at += ca_utf8_decode(r->text.ptr + at, r->text.len - at, &cp);
    }
    for (size_t i = first; i < end; i++) len += type_of(self, r, i).len;
    return (ca_str){r->text.ptr + at, len};
}

/* The end of the glob that begins with token `first` and what it is; `first` where none does. */
static size_t glob_end(const builder *self, const reading *r, size_t first, ca_str *glob) {
    size_t end = first;
    if (!self->list->globs) return first;
    while (end < r->doc.n && (end == first || !ca_doc_gap(&r->doc, end)) && is_piece(self, r, end))
        end++;
    while (end > first && type_of(self, r, end - 1).ptr[0] == '?') end--; /* ends a sentence */
    *glob = text_of(self, r, first, end);
    return ca_glob_is(*glob) ? end : first;
}

/* ---- words and joints ---- */

/* A sign of its own is what must stand there; a star with globs is part of a word. */
static bool is_sign(const builder *self, const reading *r, size_t token) {
    if (ca_shape_kind(ca_doc_shape(&r->doc, token)) <= CA_NUMBER) return false;
    return !self->list->globs || type_of(self, r, token).ptr[0] != '*';
}

/* The joint before a token, behind the words so far. */
static void note_joint(const builder *self, reading *r, size_t token, bool hyphen) {
    size_t words = r->path.alias.n_words;
    if (words == 0) return;
    uint64_t bit = UINT64_C(1) << (words - 1);
    if (hyphen) {
        r->path.extra.hyphen_joints |= bit;
    } else if (is_sign(self, r, token) || is_sign(self, r, token - 1) ||
               !ca_doc_gap(&r->doc, token)) {
        r->path.extra.free_joints |= bit;
    }
}

/* The word that begins with token *at, which is moved behind it. */
static ca_status read_word(builder *self, reading *r, size_t *at) {
    ca_str glob = {NULL, 0};
    size_t first = *at, end = glob_end(self, r, first, &glob);
    ca_str type = end > first ? glob : type_of(self, r, first);
    count_letters(r, type, ca_doc_shape(&r->doc, first));
    *at = end > first ? end : first + 1;
    return end > first ? ca_draft_glob(&self->draft, type, &r->path)
                       : ca_draft_word(&self->draft, type, &r->path);
}

static ca_status read_words(builder *self, reading *r, uint8_t *problem) {
    bool hyphen = false;
    for (size_t i = 0; i < r->doc.n;) {
        if (ca_doc_shape(&r->doc, i) & CA_HYPHEN_ROLE) {
            hyphen = r->path.alias.n_words > 0;
            i++;
            continue;
        }
        if (r->path.alias.n_words == CA_ALIAS_WORDS) {
            *problem = CA_ALIAS_TOO_LONG;
            return CA_OK;
        }
        note_joint(self, r, i, hyphen);
        CA_TRY(read_word(self, r, &i));
        hyphen = false;
    }
    if (r->path.alias.n_words == 0) *problem = CA_ALIAS_EMPTY;
    return CA_OK;
}

/* ---- aliases ---- */

static reading reading_of(const builder *self, size_t number) {
    const ca_alias_list *list = self->list;
    uint32_t first = self->block.doc_tokens[number];
    reading r = {.doc = {.id = self->block.id + first,
                         .start = self->block.start + first,
                         .n = self->block.doc_tokens[number + 1] - first,
                         .chars = self->tokenizer.vocab.chars,
                         .shape = self->tokenizer.vocab.shape},
                 .path = {.alias = {.number = (int32_t)number,
                                    .entry = list->entries[number],
                                    .priority = list->priorities[number],
                                    .rule = list->rules[number]},
                          .extra = CA_NO_EXTRA,
                          .capital = CA_FORM_SMALL},
                 .capitals_only = true};
    if (list->shorts != NULL && list->shorts[number]) r.path.alias.flags |= CA_ALIAS_SHORT;
    if (list->from_days != NULL) r.path.extra.from_day = list->from_days[number];
    if (list->to_days != NULL) r.path.extra.to_day = list->to_days[number];
    return r;
}

static ca_status add_alias(builder *self, size_t number, uint8_t *problem) {
    reading r = reading_of(self, number);
    bool repeated = false;
    if (self->list->globs)
        CA_TRY(ca_text_utf8(self->alloc, &self->list->texts.items[number], &self->tokenizer.scratch,
                            &r.text));
    *problem = CA_ALIAS_GOOD;
    CA_TRY(read_words(self, &r, problem));
    if (*problem != CA_ALIAS_GOOD) return CA_OK;
    if (r.path.alias.rule == CA_CASE_SMART && r.capitals_only && r.n_letters > 0 &&
        r.n_letters <= ACRONYM_LETTERS)
        r.path.alias.rule = CA_CASE_EXACT;
    CA_TRY(ca_draft_hang(&self->draft, &r.path, &repeated));
    if (repeated) *problem = CA_ALIAS_REPEATED;
    return CA_OK;
}

static ca_status add_all(builder *self, uint64_t seed, uint8_t *problems) {
    size_t n = self->list->texts.n, bad_doc;
    CA_TRY(ca_draft_init(&self->draft, self->alloc, n, self->list->accents, seed));
    CA_TRY(ca_tokenizer_init(&self->tokenizer, self->alloc, CA_MODE_NEWS, seed));
    CA_TRY(ca_tokenizer_chunk(&self->tokenizer, &self->list->texts, 0, n, self->poll, &self->block,
                              &bad_doc));
    for (size_t i = 0; i < n; i++) {
        if (i % 4096 == 4095 && ca_poll_stop(self->poll)) return CA_STOPPED;
        CA_TRY(add_alias(self, i, &problems[i]));
    }
    return CA_OK;
}

ca_status ca_dict_build(const ca_alloc *alloc, const ca_alias_list *list, uint64_t seed,
                        const ca_poll *poll, ca_dict *out, uint8_t *problems) {
    builder self = {.alloc = alloc, .list = list, .poll = poll};
    ca_status status = add_all(&self, seed, problems);
    if (status == CA_OK) status = ca_dict_freeze(&self.draft, list->texts.n, poll, out);
    ca_draft_reset(&self.draft);
    ca_tokenizer_reset(&self.tokenizer);
    ca_block_reset(alloc, &self.block);
    return status;
}
