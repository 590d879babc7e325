#include "support.h"

#include "../../csrc/core/tokens.h"

/* ---- a column made by hand ----
 *
 *     documents   | Kyiv fell . Minsk rose | (missing) | Kyiv ! || (empty) | rose   . |
 *     ids         |  0    1   2   3    4   |           |  0   5 ||         |  4     2 |
 *     starts      |  0    5   9   11   17  |           |  0   4 ||         |  0     6 |
 *     sentences   |  ^            ^        |           |  ^     ||         |  ^       |
 *     paragraphs  |  ^                     |           |  ^     ||         |  ^       |
 */

typedef struct column {
    test_alloc state;
    ca_alloc hook;
    ca_tokens tokens;
} column;

static ca_status copy_u32(const ca_alloc *alloc, uint32_t **to, const uint32_t *from, size_t n) {
    CA_TRY(CA_ZEROS(alloc, *to, n));
    memcpy(*to, from, n * sizeof **to);
    return CA_OK;
}

static ca_status copy_i32(const ca_alloc *alloc, int32_t **to, const int32_t *from, size_t n) {
    CA_TRY(CA_ZEROS(alloc, *to, n));
    memcpy(*to, from, n * sizeof **to);
    return CA_OK;
}

static ca_status fill_first(const ca_alloc *alloc, ca_block *block) {
    static const int32_t ids[] = {0, 1, 2, 3, 4, 0, 5}, starts[] = {0, 5, 9, 11, 17, 0, 4};
    static const uint32_t docs[] = {0, 5, 5, 7}, doc_sentences[] = {0, 2, 2, 3};
    static const uint32_t doc_paragraphs[] = {0, 1, 1, 2};
    static const uint32_t sentences[] = {0, 3, 5, 7}, paragraphs[] = {0, 5, 7};
    *block = (ca_block){.n_docs = 3, .n_tokens = 7, .n_sentences = 3, .n_paragraphs = 2};
    CA_TRY(copy_i32(alloc, &block->id, ids, 7));
    CA_TRY(copy_i32(alloc, &block->start, starts, 7));
    CA_TRY(copy_u32(alloc, &block->doc_tokens, docs, 4));
    CA_TRY(copy_u32(alloc, &block->doc_sentences, doc_sentences, 4));
    CA_TRY(copy_u32(alloc, &block->doc_paragraphs, doc_paragraphs, 4));
    CA_TRY(copy_u32(alloc, &block->sentence_tokens, sentences, 4));
    CA_TRY(copy_u32(alloc, &block->paragraph_tokens, paragraphs, 3));
    CA_TRY(CA_ZEROS(alloc, block->paragraph_blank, 2));
    memset(block->paragraph_blank, 1, 2);
    return CA_OK;
}

static ca_status fill_second(const ca_alloc *alloc, ca_block *block) {
    static const int32_t ids[] = {4, 2}, starts[] = {0, 6};
    static const uint32_t docs[] = {0, 0, 2}, of_docs[] = {0, 0, 1}, units[] = {0, 2};
    *block =
        (ca_block){.first_doc = 3, .n_docs = 2, .n_tokens = 2, .n_sentences = 1, .n_paragraphs = 1};
    CA_TRY(copy_i32(alloc, &block->id, ids, 2));
    CA_TRY(copy_i32(alloc, &block->start, starts, 2));
    CA_TRY(copy_u32(alloc, &block->doc_tokens, docs, 3));
    CA_TRY(copy_u32(alloc, &block->doc_sentences, of_docs, 3));
    CA_TRY(copy_u32(alloc, &block->doc_paragraphs, of_docs, 3));
    CA_TRY(copy_u32(alloc, &block->sentence_tokens, units, 2));
    CA_TRY(copy_u32(alloc, &block->paragraph_tokens, units, 2));
    CA_TRY(CA_ZEROS(alloc, block->paragraph_blank, 1));
    block->paragraph_blank[0] = 1;
    return CA_OK;
}

static ca_status fill_vocab(const ca_alloc *alloc, ca_vocab *vocab) {
    static const char *const types[] = {"Kyiv", "fell", ".", "Minsk", "rose", "!"};
    CA_TRY(ca_vocab_init(vocab, alloc, 7));
    for (size_t i = 0; i < 6; i++) {
        int32_t id;
        ca_str type = {(const uint8_t *)types[i], strlen(types[i])};
        CA_TRY(ca_vocab_intern(vocab, type, &id));
        assert_int_equal(id, i);
    }
    return CA_OK;
}

/* What stands half made in *tokens may be reset all the same. */
static ca_status fill(const ca_alloc *alloc, ca_tokens *tokens) {
    CA_TRY(ca_tokens_init(tokens, alloc, 5, 2));
    CA_TRY(fill_first(alloc, &tokens->blocks[0]));
    CA_TRY(fill_second(alloc, &tokens->blocks[1]));
    CA_TRY(fill_vocab(alloc, &tokens->vocab));
    ca_tokens_number(tokens);
    return CA_OK;
}

static void column_open(column *self) {
    *self = (column){.state = {.fail_at = -1}};
    self->hook = test_alloc_hook(&self->state);
    assert_int_equal(fill(&self->hook, &self->tokens), CA_OK);
}

static void column_close(column *self) {
    ca_tokens_reset(&self->tokens);
    assert_int_equal(self->state.live, 0);
}

static void assert_valid(const ca_tokens *tokens) {
    const char *why = "";
    if (!ca_tokens_validate(tokens, &why)) fail_msg("tokens: %s", why);
}

/* ---- blocks and bases ---- */

static void bases_count_what_the_blocks_before_hold(void **unused) {
    (void)unused;
    column c;
    column_open(&c);
    assert_valid(&c.tokens);
    const ca_block *blocks = c.tokens.blocks;
    assert_int_equal(blocks[0].token_base, 0);
    assert_int_equal(blocks[0].sentence_base, 0);
    assert_int_equal(blocks[0].paragraph_base, 0);
    assert_int_equal(blocks[1].token_base, 7);
    assert_int_equal(blocks[1].sentence_base, 3);
    assert_int_equal(blocks[1].paragraph_base, 2);
    assert_int_equal(c.tokens.n_tokens, 9);
    assert_int_equal(c.tokens.n_sentences, 4);
    assert_int_equal(c.tokens.n_paragraphs, 3);
    column_close(&c);
}

static void numbering_again_changes_nothing(void **unused) {
    (void)unused;
    column c;
    column_open(&c);
    ca_tokens_number(&c.tokens);
    assert_int_equal(c.tokens.n_tokens, 9);
    assert_int_equal(c.tokens.n_sentences, 4);
    assert_int_equal(c.tokens.n_paragraphs, 3);
    assert_int_equal(c.tokens.blocks[1].token_base, 7);
    assert_valid(&c.tokens);
    column_close(&c);
}

static void a_column_may_hold_more_tokens_than_a_block(void **unused) {
    (void)unused;
    ca_block blocks[3];
    for (size_t i = 0; i < 3; i++)
        blocks[i] = (ca_block){.first_doc = i,
                               .n_docs = 1,
                               .n_tokens = UINT32_MAX,
                               .n_sentences = UINT32_MAX,
                               .n_paragraphs = UINT32_MAX};
    ca_tokens tokens = {.n_docs = 3, .n_blocks = 3, .blocks = blocks};
    ca_tokens_number(&tokens);
    if (SIZE_MAX > UINT32_MAX) {
        assert_int_equal(blocks[2].token_base, (uint64_t)UINT32_MAX * 2);
        assert_int_equal(blocks[2].sentence_base, (uint64_t)UINT32_MAX * 2);
        assert_int_equal(blocks[2].paragraph_base, (uint64_t)UINT32_MAX * 2);
        assert_int_equal(tokens.n_tokens, (uint64_t)UINT32_MAX * 3);
    }
}

static void every_document_is_in_its_block(void **unused) {
    (void)unused;
    column c;
    column_open(&c);
    for (size_t doc = 0; doc < 5; doc++)
        assert_ptr_equal(ca_tokens_block(&c.tokens, doc), &c.tokens.blocks[doc < 3 ? 0 : 1]);
    column_close(&c);
}

static void the_block_is_found_among_any_number_of_blocks(void **unused) {
    (void)unused;
    test_random random = {7};
    ca_block blocks[70];
    for (size_t n_blocks = 1; n_blocks <= 70; n_blocks++) {
        size_t n_docs = 0;
        for (size_t i = 0; i < n_blocks; i++) {
            blocks[i] = (ca_block){.first_doc = n_docs, .n_docs = 1 + random_below(&random, 5)};
            n_docs += blocks[i].n_docs;
        }
        ca_tokens tokens = {.n_docs = n_docs, .n_blocks = n_blocks, .blocks = blocks};
        for (size_t doc = 0, i = 0; doc < n_docs; doc++) {
            if (doc == blocks[i].first_doc + blocks[i].n_docs) i++;
            assert_ptr_equal(ca_tokens_block(&tokens, doc), &blocks[i]);
        }
    }
}

/* ---- documents ---- */

static void assert_doc(const ca_tokens *tokens, size_t doc, size_t n, const int32_t *ids,
                       const int32_t *starts) {
    const ca_block *block = ca_tokens_block(tokens, doc);
    ca_doc found = ca_tokens_doc(tokens, block, doc - block->first_doc);
    assert_int_equal(found.n, n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(found.id[i], ids[i]);
        assert_int_equal(found.start[i], starts[i]);
    }
    assert_ptr_equal(found.chars, tokens->vocab.chars);
    assert_ptr_equal(found.shape, tokens->vocab.shape);
}

static void a_document_has_its_own_tokens_only(void **unused) {
    (void)unused;
    column c;
    column_open(&c);
    assert_doc(&c.tokens, 0, 5, (const int32_t[]){0, 1, 2, 3, 4},
               (const int32_t[]){0, 5, 9, 11, 17});
    assert_doc(&c.tokens, 2, 2, (const int32_t[]){0, 5}, (const int32_t[]){0, 4});
    assert_doc(&c.tokens, 4, 2, (const int32_t[]){4, 2}, (const int32_t[]){0, 6});
    column_close(&c);
}

static void a_missing_or_empty_document_has_no_tokens(void **unused) {
    (void)unused;
    column c;
    column_open(&c);
    assert_doc(&c.tokens, 1, 0, NULL, NULL);
    assert_doc(&c.tokens, 3, 0, NULL, NULL);
    column_close(&c);
}

static void ends_and_gaps_come_of_the_lengths_of_types(void **unused) {
    (void)unused;
    column c;
    column_open(&c);
    ca_doc doc = ca_tokens_doc(&c.tokens, &c.tokens.blocks[0], 0);
    const int32_t ends[] = {4, 9, 10, 16, 21};
    for (size_t i = 0; i < 5; i++) assert_int_equal(ca_doc_end(&doc, i), ends[i]);
    assert_true(ca_doc_gap(&doc, 1));
    assert_false(ca_doc_gap(&doc, 2)); /* "fell." */
    assert_true(ca_doc_gap(&doc, 3));
    assert_int_equal(ca_doc_shape(&doc, 2), ca_shape_of(STR(".")));
    column_close(&c);
}

/* ---- memory ---- */

static void a_column_without_documents_is_a_column(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    ca_tokens tokens;
    assert_int_equal(ca_tokens_init(&tokens, &hook, 0, 0), CA_OK);
    assert_int_equal(ca_vocab_init(&tokens.vocab, &hook, 7), CA_OK);
    ca_tokens_number(&tokens);
    assert_int_equal(tokens.n_tokens, 0);
    assert_valid(&tokens);
    ca_tokens_reset(&tokens);
    assert_int_equal(state.live, 0);
}

static void new_blocks_are_empty(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    ca_tokens tokens;
    assert_int_equal(ca_tokens_init(&tokens, &hook, 9, 3), CA_OK);
    assert_int_equal(tokens.n_docs, 9);
    assert_int_equal(tokens.n_blocks, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(tokens.blocks[i].n_docs, 0);
        assert_int_equal(tokens.blocks[i].n_tokens, 0);
        assert_null(tokens.blocks[i].id);
        assert_null(tokens.blocks[i].paragraph_blank);
    }
    ca_tokens_reset(&tokens); /* blocks that were never filled are no trouble */
    assert_int_equal(state.live, 0);
}

static void a_failed_init_changes_nothing(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = 0};
    ca_alloc hook = test_alloc_hook(&state);
    ca_tokens tokens = {.n_docs = 77};
    assert_int_equal(ca_tokens_init(&tokens, &hook, 9, 3), CA_NO_MEMORY);
    assert_int_equal(tokens.n_docs, 77);
    assert_null(tokens.blocks);
    assert_int_equal(state.live, 0);
}

static void too_many_blocks_are_refused(void **unused) {
    (void)unused;
    ca_alloc alloc = ca_alloc_libc();
    ca_tokens tokens = {.n_docs = 77};
    assert_int_equal(ca_tokens_init(&tokens, &alloc, 1, SIZE_MAX / 2), CA_TOO_LARGE);
    assert_int_equal(tokens.n_docs, 77);
}

static void reset_may_be_repeated(void **unused) {
    (void)unused;
    ca_tokens zero = {.alloc = NULL};
    ca_tokens_reset(&zero);
    column c;
    column_open(&c);
    ca_block_reset(&c.hook, &c.tokens.blocks[0]);
    assert_int_equal(c.tokens.blocks[0].n_docs, 0);
    assert_null(c.tokens.blocks[0].doc_tokens);
    ca_block_reset(&c.hook, &c.tokens.blocks[0]);
    ca_tokens_reset(&c.tokens);
    assert_null(c.tokens.blocks);
    assert_int_equal(c.tokens.n_blocks, 0);
    column_close(&c);
}

static ca_status fill_and_reset(const ca_alloc *alloc, void *unused) {
    (void)unused;
    ca_tokens tokens = {.alloc = NULL};
    ca_status status = fill(alloc, &tokens);
    if (status == CA_OK) assert_valid(&tokens);
    ca_tokens_reset(&tokens);
    return status;
}

static void any_request_may_be_refused(void **unused) {
    (void)unused;
    sweep_allocations(fill_and_reset, NULL);
}

/* ---- the oracle ---- */

/* One number of a column that is set to a value that is wrong there. */
typedef struct mistake {
    const char *name;
    size_t *size; /* one of these three */
    uint32_t *offset;
    int32_t *number;
    int64_t value;
} mistake;

static void apply(const mistake *m) {
    if (m->size != NULL) *m->size = (size_t)m->value;
    if (m->offset != NULL) *m->offset = (uint32_t)m->value;
    if (m->number != NULL) *m->number = (int32_t)m->value;
}

#define SIZE(field, wrong) {.name = #field " = " #wrong, .size = &field, .value = wrong}
#define OFFSET(field, wrong) {.name = #field " = " #wrong, .offset = &field, .value = wrong}
#define NUMBER(field, wrong) {.name = #field " = " #wrong, .number = &field, .value = wrong}

/* Make mistake number `i` in the column; false where there is none of that number. */
typedef bool (*mistake_maker)(ca_tokens *t, size_t i, const char **name);

#define MAKE_MISTAKE(mistakes, i, name)                                                            \
    if ((i) >= sizeof(mistakes) / sizeof((mistakes)[0])) return false;                             \
    apply(&(mistakes)[i]);                                                                         \
    *(name) = (mistakes)[i].name;                                                                  \
    return true

static bool wrong_totals(ca_tokens *t, size_t i, const char **name) {
    ca_block *b = t->blocks;
    const mistake mistakes[] = {
        SIZE(t->n_docs, 4),        SIZE(t->n_docs, 6),        SIZE(t->n_tokens, 8),
        SIZE(t->n_tokens, 10),     SIZE(b[0].first_doc, 1),   SIZE(b[1].first_doc, 2),
        SIZE(b[1].first_doc, 4),   SIZE(b[0].n_docs, 2),      SIZE(b[1].n_docs, 1),
        SIZE(b[0].n_tokens, 6),    SIZE(b[0].n_tokens, 8),    SIZE(b[1].n_tokens, 1),
        SIZE(b[0].n_sentences, 2), SIZE(b[1].n_sentences, 0), SIZE(b[0].n_paragraphs, 1),
        SIZE(b[0].token_base, 1),  SIZE(b[1].token_base, 0),  SIZE(b[1].token_base, 8),
        SIZE(t->n_blocks, 1),
    };
    MAKE_MISTAKE(mistakes, i, name);
}

static bool wrong_bounds(ca_tokens *t, size_t i, const char **name) {
    ca_block *b = t->blocks;
    const mistake mistakes[] = {
        OFFSET(b[0].doc_tokens[0], 1),       OFFSET(b[0].doc_tokens[1], 4),
        OFFSET(b[0].doc_tokens[1], 6),       OFFSET(b[0].doc_tokens[2], 4),
        OFFSET(b[0].doc_tokens[2], 6),       OFFSET(b[0].doc_tokens[3], 6),
        OFFSET(b[0].doc_tokens[3], 8),       OFFSET(b[1].doc_tokens[1], 1),
        OFFSET(b[0].doc_sentences[0], 1),    OFFSET(b[0].doc_sentences[1], 3),
        OFFSET(b[0].doc_sentences[2], 1),    OFFSET(b[0].doc_sentences[3], 2),
        OFFSET(b[0].doc_paragraphs[0], 1),   OFFSET(b[0].doc_paragraphs[1], 2),
        OFFSET(b[0].doc_paragraphs[2], 0),   OFFSET(b[0].doc_paragraphs[3], 1),
        OFFSET(b[0].sentence_tokens[0], 1),  OFFSET(b[0].sentence_tokens[1], 0),
        OFFSET(b[0].sentence_tokens[1], 5),  OFFSET(b[0].sentence_tokens[2], 4),
        OFFSET(b[0].sentence_tokens[2], 6),  OFFSET(b[0].sentence_tokens[3], 8),
        OFFSET(b[0].paragraph_tokens[0], 1), OFFSET(b[0].paragraph_tokens[1], 4),
        OFFSET(b[0].paragraph_tokens[1], 7), OFFSET(b[0].paragraph_tokens[2], 6),
    };
    MAKE_MISTAKE(mistakes, i, name);
}

static bool wrong_tokens(ca_tokens *t, size_t i, const char **name) {
    ca_block *b = t->blocks;
    const mistake mistakes[] = {
        NUMBER(b[0].id[0], -1),         NUMBER(b[0].id[6], 6),
        NUMBER(b[1].id[1], INT32_MAX),  NUMBER(b[1].id[0], INT32_MIN),
        NUMBER(b[0].start[0], -1),      NUMBER(b[0].start[1], 3),
        NUMBER(b[0].start[2], 8),       NUMBER(b[0].start[4], INT32_MIN),
        NUMBER(b[0].start[5], -1),      NUMBER(b[1].start[0], 3),
        NUMBER(t->vocab.chars[1], 5),   NUMBER(t->vocab.chars[5], 2),
        NUMBER(t->vocab.chars[3], -99),
    };
    MAKE_MISTAKE(mistakes, i, name);
}

static bool wrong_sentences_and_paragraphs(ca_tokens *t, size_t i, const char **name) {
    ca_block *b = t->blocks;
    const mistake mistakes[] = {
        SIZE(b[0].sentence_base, 1),  SIZE(b[1].sentence_base, 2), SIZE(b[0].paragraph_base, 1),
        SIZE(b[1].paragraph_base, 3), SIZE(t->n_sentences, 3),     SIZE(t->n_sentences, 5),
        SIZE(t->n_paragraphs, 2),     SIZE(t->n_paragraphs, 4),
    };
    MAKE_MISTAKE(mistakes, i, name);
}

/* How many mistakes go unseen; each is made in a column of its own. */
static size_t count_unseen(mistake_maker make) {
    size_t unseen = 0;
    bool more = true;
    for (size_t i = 0; more; i++) {
        column c;
        const char *name = "", *why = NULL;
        column_open(&c);
        assert_valid(&c.tokens);
        size_t n_blocks = c.tokens.n_blocks;
        more = make(&c.tokens, i, &name);
        if (more && ca_tokens_validate(&c.tokens, &why)) {
            print_error("not seen: %s\n", name);
            unseen++;
        } else if (more) {
            assert_non_null(why);
        }
        c.tokens.n_blocks = n_blocks;
        column_close(&c);
    }
    return unseen;
}

static void validate_sees_wrong_counts_and_bases(void **unused) {
    (void)unused;
    assert_int_equal(count_unseen(wrong_totals), 0);
}

static void validate_sees_wrong_bounds(void **unused) {
    (void)unused;
    assert_int_equal(count_unseen(wrong_bounds), 0);
}

static void validate_sees_wrong_tokens(void **unused) {
    (void)unused;
    assert_int_equal(count_unseen(wrong_tokens), 0);
}

static void validate_sees_wrong_bases_of_sentences_and_paragraphs(void **unused) {
    (void)unused;
    assert_int_equal(count_unseen(wrong_sentences_and_paragraphs), 0);
}

static void validate_sees_a_sentence_of_a_document_without_tokens(void **unused) {
    (void)unused;
    column c;
    const char *why = NULL;
    column_open(&c);
    c.tokens.blocks[0].doc_sentences[1] = 1; /* the second one of document 0 */
    assert_false(ca_tokens_validate(&c.tokens, &why));
    c.tokens.blocks[0].doc_sentences[1] = 2;
    assert_valid(&c.tokens);
    column_close(&c);
}

static void validate_sees_a_paragraph_that_is_neither_blank_nor_not(void **unused) {
    (void)unused;
    column c;
    const char *why = NULL;
    column_open(&c);
    c.tokens.blocks[0].paragraph_blank[1] = 2;
    assert_false(ca_tokens_validate(&c.tokens, &why));
    c.tokens.blocks[0].paragraph_blank[1] = 0; /* a document's first one is 1 */
    assert_false(ca_tokens_validate(&c.tokens, &why));
    column_close(&c);
}

static void validate_sees_a_vocabulary_that_is_wrong(void **unused) {
    (void)unused;
    column c;
    const char *why = NULL;
    column_open(&c);
    c.tokens.vocab.shape[4] ^= CA_SMALL;
    assert_false(ca_tokens_validate(&c.tokens, &why));
    assert_non_null(why);
    column_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bases_count_what_the_blocks_before_hold),
        cmocka_unit_test(numbering_again_changes_nothing),
        cmocka_unit_test(a_column_may_hold_more_tokens_than_a_block),
        cmocka_unit_test(every_document_is_in_its_block),
        cmocka_unit_test(the_block_is_found_among_any_number_of_blocks),
        cmocka_unit_test(a_document_has_its_own_tokens_only),
        cmocka_unit_test(a_missing_or_empty_document_has_no_tokens),
        cmocka_unit_test(ends_and_gaps_come_of_the_lengths_of_types),
        cmocka_unit_test(a_column_without_documents_is_a_column),
        cmocka_unit_test(new_blocks_are_empty),
        cmocka_unit_test(a_failed_init_changes_nothing),
        cmocka_unit_test(too_many_blocks_are_refused),
        cmocka_unit_test(reset_may_be_repeated),
        cmocka_unit_test(any_request_may_be_refused),
        cmocka_unit_test(validate_sees_wrong_counts_and_bases),
        cmocka_unit_test(validate_sees_wrong_bounds),
        cmocka_unit_test(validate_sees_wrong_tokens),
        cmocka_unit_test(validate_sees_wrong_bases_of_sentences_and_paragraphs),
        cmocka_unit_test(validate_sees_a_sentence_of_a_document_without_tokens),
        cmocka_unit_test(validate_sees_a_paragraph_that_is_neither_blank_nor_not),
        cmocka_unit_test(validate_sees_a_vocabulary_that_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
