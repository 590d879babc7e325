#include "corpus.h"

#include "../../csrc/core/match.h"
#include "../../csrc/core/utf8.h"

#include <stdio.h>

/* ---- what is found, as text ---- */

/* Match the aliases in all documents of the corpus. */
static ca_status match_all(const ca_alloc *alloc, const ca_dict *dict, const ca_tokens *tokens,
                           const ca_poll *poll, ca_mentions *found) {
    ca_typemap map = {.alloc = NULL};
    CA_TRY(ca_typemap_build(&map, alloc, dict, &tokens->vocab, poll));
    ca_status status = CA_OK;
    for (size_t i = 0; i < tokens->n_blocks && status == CA_OK; i++)
        status = ca_match_block(alloc, dict, &map, tokens, &tokens->blocks[i], poll, found);
    ca_typemap_reset(&map);
    return status;
}

/* The bytes before code point number n. */
static size_t bytes_before(const char *text, int32_t n) {
    size_t at = 0;
    for (uint32_t cp; n > 0; n--)
        at += ca_utf8_decode((const uint8_t *)text + at, strlen(text) - at, &cp);
    return at;
}

/* "1:Islamic State, 0:Taliban": alias and text of each mention, in order. */
static void render(const ca_mentions *found, const ca_tokens *tokens, const char *const *documents,
                   char *out, size_t size) {
    out[0] = '\0';
    for (size_t i = 0; i < found->n; i++) {
        const ca_mention *m = &found->items[i];
        ca_doc doc = ca_tokens_doc(tokens, &tokens->blocks[0], m->doc);
        assert_true(m->first < m->end && m->end <= doc.n);
        size_t at = bytes_before(documents[m->doc], doc.start[m->first]);
        size_t end = bytes_before(documents[m->doc], ca_doc_end(&doc, m->end - 1));
        size_t used = strlen(out);
        int written = snprintf(out + used, size - used, "%s%d:%.*s", i > 0 ? ", " : "", m->alias,
                               (int)(end - at), documents[m->doc] + at);
        assert_true(written > 0 && (size_t)written < size - used);
    }
}

static void finds_at(const char *file, int line, test_aliases *list, const char *text,
                     const char *expected) {
    test_corpus corpus;
    corpus_open(&corpus, LIST(text));
    ca_dict dict = {.alloc = NULL};
    ca_mentions found = {.n = 0};
    char is[512];
    assert_int_equal(aliases_build(&corpus.hook, list, &dict), CA_OK);
    assert_int_equal(match_all(&corpus.hook, &dict, &corpus.tokens, NULL, &found), CA_OK);
    render(&found, &corpus.tokens, LIST(text), is, sizeof is);
    ca_mentions_reset(&corpus.hook, &found);
    ca_dict_reset(&dict);
    corpus_close(&corpus);
    if (strcmp(is, expected) == 0) return;
    print_error("\"%s\"\n   gives \"%s\"\n   not   \"%s\"\n", text, is, expected);
    _fail(file, line);
}

/* Smart case unless the list says otherwise. */
#define finds_in(list, text, expected) finds_at(__FILE__, __LINE__, list, text, expected)
#define finds(aliases, text, expected)                                                             \
    do {                                                                                           \
        test_aliases list_ = aliases_of(CA_CASE_SMART, aliases);                                   \
        finds_in(&list_, text, expected);                                                          \
    } while (0)

/* ---- which alias wins ---- */

static void the_longest_alias_wins(void **unused) {
    (void)unused;
    finds(LIST("Islamic State", "Islamic State-Khorasan"),
          "the Islamic State – Khorasan and the Islamic State.",
          "1:Islamic State – Khorasan, 0:Islamic State");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_alias_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
