#include "corpus.h"

#include "../../csrc/core/bind.h"
#include "../../csrc/core/match.h"

/* The first token that is a bracket. */
static size_t bracket_of(const ca_doc *doc) {
    size_t i = 0;
    while (!(ca_doc_shape(doc, i) & CA_BRACKET)) i++;
    return i;
}

/* The first bound acronym of a text whose name is its first n_words tokens, as its tokens joined;
 * "" if none is bound. */
static void binds_at(const char *file, int line, size_t n_words, const char *text,
                     const char *expected) {
    test_corpus corpus;
    corpus_open(&corpus, LIST(text));
    ca_doc doc = ca_tokens_doc(&corpus.tokens, &corpus.tokens.blocks[0], 0);
    ca_bind bind = {.slots = NULL};
    char is[64] = "";
    assert_int_equal(
        ca_bind_introduce(&corpus.hook, &bind, &doc, &corpus.tokens.vocab, 0, n_words, 5, 6),
        CA_OK);
    ca_bind_sort(&bind);
    for (size_t i = 0; bind.n_acronyms > 0 && i < bind.acronyms[0].n; i++) {
        ca_str type = ca_vocab_type(&corpus.tokens.vocab, bind.acronyms[0].ids[i]);
        strncat(is, (const char *)type.ptr, type.len);
    }
    if (bind.n_acronyms > 0) {
        const ca_acronym *found = ca_bind_acronym(&bind, &doc, bracket_of(&doc) + 1, doc.n);
        assert_non_null(found);
        assert_int_equal(found->alias, 5);
        assert_int_equal(found->entry, 6);
    }
    ca_bind_reset(&corpus.hook, &bind);
    corpus_close(&corpus);
    _assert_string_equal(is, expected, file, line);
}

#define binds(n_words, text, expected) binds_at(__FILE__, __LINE__, n_words, text, expected)

static void an_acronym_in_brackets_is_bound(void **unused) {
    (void)unused;
    binds(3, "National Resistance Front (NRF) fights.", "NRF");
    binds(3, "National Resistance Front [NRF] fights.", "NRF");
    binds(3, "national resistance front (NRF, for short)", "NRF");
    binds(6, "Tehrik-i-Taliban Pakistan (TTP)]", "TTP");
    binds(2, "European Union (EU)", "EU");
    binds(3, "International Criminal Court (ICC)", "ICC");
    binds(5, "Islamic State in Khorasan Province (IS-KP)", "IS-KP");
}

static void a_possessive_or_a_closing_quotation_mark_may_stand_before_the_bracket(void **unused) {
    (void)unused;
    binds(3, "National Resistance Front’s (NRF) men", "NRF");
    binds(3, "National Resistance Front” (NRF) men", "NRF");
    binds(3, "National Resistance Front\" [NRF] men", "NRF");
    binds(3, "National Resistance Front’s” (NRF) men", "NRF");
    binds(3, "National Resistance Front “(NRF) men", "");
    binds(3, "National Resistance Front’s", "");
    binds(3, "National Resistance Front”", "");
    binds(3, "National Resistance Front) (NRF)", "");
}

static void letters_may_come_from_within_words(void **unused) {
    (void)unused;
    binds(4, "Collective Security Treaty Organization (CSTO)", "CSTO");
    binds(1, "Interpol (INTP)", "INTP");
}

static void an_agency_behind_a_place_is_not_bound(void **unused) {
    (void)unused;
    binds(1, "KABUL (AP)", "");
    binds(2, "New Delhi (PTI)", "");
    binds(2, "Imran Khan (PTI)", "");
    binds(1, "Moscow (TASS)", "");
}

static void an_acronym_may_have_small_letters_between_its_capitals(void **unused) {
    (void)unused;
    binds(5, "Lashkar-e-Taiba (LeT)", "LeT");
    binds(5, "Lashkar-e-Taiba (Let)", "");
    binds(5, "Lashkar-e-Taiba (leT)", "");
    binds(5, "Lashkar-e-Taiba (LeJ)", "");
}

static void what_is_no_acronym_is_not_bound(void **unused) {
    (void)unused;
    binds(3, "National Resistance Front (now)", "");
    binds(3, "National Resistance Front (N)", "");
    binds(3, "National Resistance Front NRF", "");
    binds(3, "National Resistance Front, (NRF)", "");
    binds(3, "National Resistance Front (NRF leaders)", "");
    binds(3, "National Resistance Front (NRF", "");
    binds(3, "National Resistance Front (NRF-led)", "");
    binds(3, "National Resistance Front ()", "");
    binds(3, "National Resistance Front (", "");
    binds(3, "National Resistance Front", "");
    binds(1, "NRF (NRF)", "");
}

static void the_first_full_name_is_kept(void **unused) {
    (void)unused;
    ca_alloc alloc = ca_alloc_libc();
    ca_bind bind = {.slots = NULL};
    assert_int_equal(ca_bind_seen(&bind, 3), 0);
    for (int32_t entry = 0; entry < 1000; entry++) {
        assert_int_equal(ca_bind_see(&alloc, &bind, entry, (uint32_t)entry + 1), CA_OK);
        assert_int_equal(ca_bind_see(&alloc, &bind, entry, 5000), CA_OK);
    }
    for (int32_t entry = 0; entry < 1000; entry++)
        assert_int_equal(ca_bind_seen(&bind, entry), entry + 1);
    assert_int_equal(ca_bind_seen(&bind, 1000), 0);
    ca_bind_clear(&bind);
    assert_int_equal(ca_bind_seen(&bind, 3), 0);
    ca_bind_reset(&alloc, &bind);
}

static ca_status see_many(const ca_alloc *alloc, void *ctx) {
    (void)ctx;
    ca_bind bind = {.slots = NULL};
    ca_status status = CA_OK;
    for (int32_t entry = 0; entry < 100 && status == CA_OK; entry++)
        status = ca_bind_see(alloc, &bind, entry, 1);
    ca_bind_reset(alloc, &bind);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    sweep_allocations(see_many, NULL);
}

/* ---- as matching uses it ---- */

typedef struct matching {
    const ca_tokens *tokens;
    ca_match_options options;
    size_t n_found;
} matching;

static ca_status match_once(const ca_alloc *alloc, void *ctx) {
    matching *self = ctx;
    test_aliases names =
        aliases_of(CA_CASE_SMART, LIST("Vladimir Putin", "Putin", "National Resistance Front",
                                       "Resist*", "Resistance Front fights", "Post", "Kabul Post"));
    const uint8_t shorts[] = {0, 1, 0, 0, 0, 0, 0};
    names.entries[1] = 0;
    names.entries[6] = -1;
    ca_alias_list list = {.texts = {names.items, names.n},
                          .entries = names.entries,
                          .priorities = names.priorities,
                          .rules = names.rules,
                          .shorts = shorts,
                          .globs = true};
    ca_dict dict = {.alloc = NULL};
    ca_typemap map = {.alloc = NULL};
    ca_mentions found = {.n = 0};
    ca_status status = ca_dict_build(alloc, &list, 1, NULL, &dict, names.problems);
    if (status == CA_OK) status = ca_typemap_build(&map, alloc, &dict, &self->tokens->vocab, NULL);
    if (status == CA_OK)
        status = ca_match_block_with(alloc, &dict, &map, self->tokens, &self->tokens->blocks[0],
                                     &self->options, NULL, &found);
    if (status != CA_OK) assert_int_equal(found.n, 0);
    self->n_found = found.n;
    ca_mentions_reset(alloc, &found);
    ca_typemap_reset(&map);
    ca_dict_reset(&dict);
    return status;
}

static void every_refused_allocation_of_matching_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("Putin and Vladimir Putin. The National Resistance Front (NRF) of "
                              "the Kabul Post fights. NRF."));
    const size_t expected[] = {6, 7, 8};
    for (int overlap = 0; overlap < CA_OVERLAPS; overlap++) {
        matching work = {.tokens = &corpus.tokens,
                         .options = {.overlap = (ca_overlap)overlap,
                                     .shorts = CA_SHORT_DOCUMENT,
                                     .acronyms = true}};
        sweep_allocations(match_once, &work);
        assert_int_equal(work.n_found, expected[overlap]);
    }
    corpus_close(&corpus);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_acronym_in_brackets_is_bound),
        cmocka_unit_test(a_possessive_or_a_closing_quotation_mark_may_stand_before_the_bracket),
        cmocka_unit_test(letters_may_come_from_within_words),
        cmocka_unit_test(an_agency_behind_a_place_is_not_bound),
        cmocka_unit_test(an_acronym_may_have_small_letters_between_its_capitals),
        cmocka_unit_test(what_is_no_acronym_is_not_bound),
        cmocka_unit_test(the_first_full_name_is_kept),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
        cmocka_unit_test(every_refused_allocation_of_matching_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
