/* corpus.h - texts to tokens and names to a dictionary, for the tests of what stands on both.
 *
 *     test_corpus corpus;
 *     corpus_open(&corpus, LIST("the Islamic State", "no one"));        // a document each
 *     ca_dict dict = dict_of(&hook, CA_CASE_SMART, LIST("Islamic State"));
 *     ...
 *     ca_dict_reset(&dict);
 *     corpus_close(&corpus);
 */
#ifndef CA_TEST_CORPUS_H
#define CA_TEST_CORPUS_H

#include "support.h"

#include "../../csrc/core/dict_build.h"
#include "../../csrc/core/texts.h"
#include "../../csrc/core/tokenize.h"
#include "../../csrc/core/tokens.h"

/* Most rows of a list in a test. */
#define LIST_MAX 32

/* A list of literals that ends in NULL. */
#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static inline size_t list_length(const char *const *list) {
    size_t n = 0;
    while (list[n] != NULL) n++;
    assert_true(n <= LIST_MAX);
    return n;
}

static inline ca_text text_of(const char *literal) {
    return (ca_text){.ptr = literal, .len = strlen(literal), .form = CA_TEXT_UTF8};
}

/* Cut the texts into blocks of per_block documents, tokenized into *made, which is empty before. */
static inline ca_status corpus_fill(ca_tokenizer *tokenizer, const ca_texts *texts,
                                    size_t per_block, ca_tokens *made) {
    size_t bad_doc;
    for (size_t i = 0; i < made->n_blocks; i++) {
        size_t first = i * per_block;
        size_t end = texts->n - first > per_block ? first + per_block : texts->n;
        CA_TRY(ca_tokenizer_chunk(tokenizer, texts, first, end, NULL, &made->blocks[i], &bad_doc));
    }
    return CA_OK;
}

/* Tokenize texts into *tokens, which is as before if that fails. */
static inline ca_status corpus_tokenize_in_blocks(const ca_alloc *alloc, const ca_texts *texts,
                                                  size_t per_block, ca_tokens *tokens) {
    ca_tokenizer tokenizer = {.alloc = NULL};
    ca_tokens made = {.alloc = NULL};
    size_t n_blocks = texts->n > per_block ? (texts->n + per_block - 1) / per_block : 1;
    ca_status status = ca_tokens_init(&made, alloc, texts->n, n_blocks);
    if (status == CA_OK) status = ca_tokenizer_init(&tokenizer, alloc, CA_MODE_NEWS, 7);
    if (status == CA_OK) status = corpus_fill(&tokenizer, texts, per_block, &made);
    if (status == CA_OK) {
        made.vocab = tokenizer.vocab;
        tokenizer.vocab = (ca_vocab){.alloc = NULL};
        ca_tokens_number(&made);
        *tokens = made;
    } else {
        ca_tokens_reset(&made);
    }
    ca_tokenizer_reset(&tokenizer);
    return status;
}

/* The same, in one block. */
static inline ca_status corpus_tokenize(const ca_alloc *alloc, const ca_texts *texts,
                                        ca_tokens *tokens) {
    return corpus_tokenize_in_blocks(alloc, texts, texts->n, tokens);
}

/* Tokens of a list of documents, with an allocator that counts. */
typedef struct test_corpus {
    test_alloc state;
    ca_alloc hook;
    ca_tokens tokens;
} test_corpus;

static inline void corpus_open_in_blocks(test_corpus *self, size_t per_block,
                                         const char *const *documents) {
    ca_text items[LIST_MAX];
    ca_texts texts = {.items = items, .n = list_length(documents)};
    for (size_t i = 0; i < texts.n; i++) items[i] = text_of(documents[i]);
    *self = (test_corpus){.state = {.fail_at = -1}};
    self->hook = test_alloc_hook(&self->state);
    assert_int_equal(corpus_tokenize_in_blocks(&self->hook, &texts, per_block, &self->tokens),
                     CA_OK);
    const char *why = "";
    if (!ca_tokens_validate(&self->tokens, &why)) fail_msg("tokens: %s", why);
}

/* All documents in one block. */
static inline void corpus_open(test_corpus *self, const char *const *documents) {
    corpus_open_in_blocks(self, LIST_MAX, documents);
}

static inline void corpus_close(test_corpus *self) {
    ca_tokens_reset(&self->tokens);
    assert_int_equal(self->state.live, 0);
}

/* What a list of aliases stands for, row by row; whoever wants other numbers changes them. */
typedef struct test_aliases {
    ca_text items[LIST_MAX];
    int32_t entries[LIST_MAX], priorities[LIST_MAX];
    uint8_t rules[LIST_MAX], problems[LIST_MAX];
    size_t n;
    bool globs;
} test_aliases;

/* Alias i stands for entry i, with priority 0, under one rule for all. */
static inline test_aliases aliases_of(ca_case_rule rule, const char *const *aliases) {
    test_aliases self = {.n = list_length(aliases)};
    for (size_t i = 0; i < self.n; i++) {
        self.items[i] = text_of(aliases[i]);
        self.entries[i] = (int32_t)i;
        self.rules[i] = (uint8_t)rule;
    }
    return self;
}

static inline ca_status aliases_build(const ca_alloc *alloc, test_aliases *self, ca_dict *dict) {
    ca_alias_list list = {.texts = {self->items, self->n},
                          .entries = self->entries,
                          .priorities = self->priorities,
                          .rules = self->rules,
                          .globs = self->globs};
    ca_status status = ca_dict_build(alloc, &list, 7, NULL, dict, self->problems);
    const char *why = "";
    if (status == CA_OK && !ca_dict_validate(dict, &why)) fail_msg("dictionary: %s", why);
    return status;
}

static inline ca_dict dict_of(const ca_alloc *alloc, ca_case_rule rule,
                              const char *const *aliases) {
    test_aliases list = aliases_of(rule, aliases);
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(aliases_build(alloc, &list, &dict), CA_OK);
    return dict;
}

#endif
