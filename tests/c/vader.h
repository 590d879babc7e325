/* vader.h - a small list of words for tests, with valences that are easy to add.
 *
 *     ca_vader vader;
 *     vader_fill(&hook, &letters, CA_VADER_REFERENCE, false, &vader);
 *     near(vader_value(CA_VADER_REFERENCE, "not fine"), -1.48);       // of its first hit
 */
#ifndef CA_TEST_VADER_H
#define CA_TEST_VADER_H

#include "letters.h"

#include <math.h>

#include "../../csrc/core/vader.h"

static inline ca_str vader_text(const char *text) {
    return (ca_str){(const uint8_t *)text, strlen(text)};
}

static inline ca_status vader_add_words(ca_vader_words *words) {
    static const struct {
        ca_vader_kind kind;
        const char *word;
        double value;
    } list[] = {
        {CA_VADER_WORD, "fine", 2.0},        {CA_VADER_WORD, "grim", -2.0},
        {CA_VADER_WORD, "no", -1.0},         {CA_VADER_WORD, ":-)", 1.0},
        {CA_VADER_WORD, "kind", 2.0},        {CA_VADER_BOOSTER, "truly", 0.3},
        {CA_VADER_BOOSTER, "hardly", -0.3},  {CA_VADER_BOOSTER, "sort of", -0.5},
        {CA_VADER_NEGATION, "not", 0},       {CA_VADER_NEGATION, "never", 0},
        {CA_VADER_IDIOM, "fine line", -1.0}, {CA_VADER_WORD, "counterrevolutionaries", -3.0},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        CA_TRY(ca_vader_words_add(words, list[i].kind, vader_text(list[i].word), list[i].value,
                                  (uint32_t)i));
    return ca_vader_words_add_emoji(words, 0x1F600, STR("fine face"));
}

static inline ca_status vader_fill(const ca_alloc *alloc, const ca_letters *letters,
                                   ca_vader_port port, bool fold, ca_vader *vader) {
    CA_TRY(ca_vader_init(vader, alloc, letters, port, false, fold));
    ca_status status = vader_add_words(&vader->words);
    if (status != CA_OK) ca_vader_reset(vader);
    return status;
}

typedef struct vader_scored {
    ca_vader_score score;
    ca_vader_hit hits[8];
    size_t n;
} vader_scored;

static inline vader_scored vader_score_with(ca_vader_port port, bool fold,
                                            const ca_vader_mask *mask, ca_str text) {
    ca_alloc libc = ca_alloc_libc();
    ca_letters letters = letters_open(&libc);
    ca_vader vader;
    ca_vader_work work = {.n_hits = 0};
    vader_scored out = {.n = 0};
    const char *why = "";
    assert_int_equal(vader_fill(&libc, &letters, port, fold, &vader), CA_OK);
    if (!ca_vader_words_validate(&vader.words, &why)) fail_msg("words: %s", why);
    ca_text given = {.ptr = text.ptr, .len = text.len, .form = CA_TEXT_UTF8};
    assert_int_equal(ca_vader_text(&vader, &work, &libc, &given, mask, true, NULL, &out.score),
                     CA_OK);
    if (!ca_vader_tokens_validate(&work.tokens, &vader.words, &why)) fail_msg("tokens: %s", why);
    assert_true(work.n_hits <= 8);
    out.n = work.n_hits;
    for (size_t i = 0; i < out.n; i++) out.hits[i] = work.hits[i];
    ca_vader_work_reset(&libc, &work);
    ca_vader_reset(&vader);
    ca_letters_reset(&letters);
    return out;
}

static inline vader_scored vader_score(ca_str text) {
    return vader_score_with(CA_VADER_REFERENCE, false, NULL, text);
}

static inline double vader_value(ca_vader_port port, const char *text) {
    vader_scored s = vader_score_with(port, false, NULL, vader_text(text));
    assert_true(s.n > 0);
    return s.hits[0].contribution;
}

static inline void near(double is, double wanted) {
    if (fabs(is - wanted) > 1e-12) fail_msg("got %.15g, wanted %.15g", is, wanted);
}

#endif
