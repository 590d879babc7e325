#include "vader.h"

#include <ctype.h>

#include "../../csrc/core/simd/kernels.h"
#include "../../csrc/core/utf8.h"

static void a_word_has_its_valence_in_any_case_and_between_signs(void **unused) {
    (void)unused;
    near(vader_value(CA_VADER_REFERENCE, "fine"), 2);
    near(vader_value(CA_VADER_REFERENCE, "Fine,"), 2);
    near(vader_value(CA_VADER_REFERENCE, "(\"fine\")"), 2);
    near(vader_value(CA_VADER_REFERENCE, "FINE"),
         2); /* all tokens are in capitals, so none stands out */
    near(vader_value(CA_VADER_REFERENCE, "Counterrevolutionaries!"), -3);
}

static void nltk_takes_one_listed_run_of_signs_off(void **unused) {
    (void)unused;
    assert_int_equal(vader_score_with(CA_VADER_NLTK, false, NULL, STR("fine!! x")).n, 1);
    assert_int_equal(vader_score_with(CA_VADER_NLTK, false, NULL, STR("(fine) x")).n, 0);
    assert_int_equal(vader_score_with(CA_VADER_NLTK, false, NULL, STR("fine!!!! x")).n, 0);
}

/* ---- the tokens of a text by the plainest words ---- */

typedef struct piece {
    size_t at, len;
    bool capitals;
} piece;

/* Cut at white space; *n tokens, of at most `most`. */
static void cut(const ca_letters *letters, ca_str text, piece *out, size_t most, size_t *n) {
    size_t at = 0, first = 0;
    bool upper = false, lower = false;
    *n = 0;
    while (at <= text.len) {
        uint32_t cp = ' ';
        size_t step = at < text.len ? ca_utf8_decode(text.ptr + at, text.len - at, &cp) : 1;
        uint32_t flags = ca_letters_of(letters, cp).flags;
        if (!(flags & CA_IS_SPACE)) {
            upper |= (flags & CA_IS_UPPER) != 0;
            lower |= (flags & CA_IS_LOWER) != 0;
            at += step;
            continue;
        }
        if (at > first) {
            assert_true(*n < most);
            out[(*n)++] = (piece){first, at - first, upper && !lower};
        }
        upper = lower = false;
        at += step;
        first = at;
    }
}

/* Signs off both ends, unless two code points or fewer are left. */
static void strip(ca_str text, piece *token) {
    size_t at = token->at, end = at + token->len, n = 0;
    while (at < end && ispunct(text.ptr[at])) at++;
    while (end > at && ispunct(text.ptr[end - 1])) end--;
    for (size_t i = at; i < end; i++) n += (text.ptr[i] & 0xC0) != 0x80;
    if (n <= 2) return;
    token->at = at;
    token->len = end - at;
}

static uint32_t entry_of(const ca_vader_words *words, ca_str token) {
    ca_alloc libc = ca_alloc_libc();
    ca_scratch scratch = {NULL, 0};
    ca_str lower;
    assert_int_equal(ca_letters_lower(words->letters, &libc, token, &scratch, &lower), CA_OK);
    uint32_t entry = ca_vader_words_find(words, lower);
    ca_scratch_reset(&libc, &scratch);
    return entry;
}

static void assert_tokens(const ca_vader_words *words, ca_vader_tokens *found, ca_str text) {
    static piece wanted[4096];
    size_t n, exclamations = 0;
    const char *why = "";
    cut(words->letters, text, wanted, 4096, &n);
    assert_int_equal(found->n, n);
    for (size_t i = 0; i < n; i++) {
        const ca_vader_token *token = &found->items[i];
        strip(text, &wanted[i]);
        assert_int_equal(token->at, wanted[i].at);
        assert_int_equal(token->len, wanted[i].len);
        assert_int_equal((token->flags & CA_TOKEN_CAPITALS) != 0, wanted[i].capitals);
        assert_int_equal(token->entry, entry_of(words, (ca_str){text.ptr + token->at, token->len}));
    }
    for (size_t i = 0; i < text.len; i++) exclamations += text.ptr[i] == '!';
    assert_int_equal(found->exclamations, exclamations);
    if (!ca_vader_tokens_validate(found, words, &why)) fail_msg("tokens: %s", why);
}

/* Words, signs, blanks, long runs and letters beyond ASCII, so that every length meets every place
 * of a window. */
static size_t random_text(test_random *random, uint8_t *out, size_t most) {
    static const char *const parts[] = {
        " ",
        " ",
        " ",
        "  ",
        "\t",
        "\n",
        "\xC2\xA0",
        "\xE2\x80\x83",
        "fine",
        "Grim",
        "FINE,",
        "no",
        "(at",
        "x",
        "!",
        "?",
        "...",
        "isn't",
        "\xC3\x89",
        "\xC3\xA9t\xC3\xA9",
        "\xE2\x84\xAAind",
        "counterrevolutionaries",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "\xE4\xB8\xAD\xE6\x96\x87",
        "\xFF",
        ":-)",
        "but",
        "sort of"};
    size_t len = 0, n = random_below(random, 60);
    for (size_t i = 0; i < n; i++) {
        const char *part = parts[random_below(random, sizeof parts / sizeof *parts)];
        if (len + strlen(part) > most) break;
        memcpy(out + len, part, strlen(part));
        len += strlen(part);
    }
    return len;
}

static void read_random_texts(const ca_vader_words *words, uint64_t seed) {
    ca_alloc libc = ca_alloc_libc();
    ca_vader_tokens tokens = {.n = 0};
    ca_vader_reading how = {.words = words, .port = CA_VADER_REFERENCE};
    test_random random = {seed};
    for (int round = 0; round < 4000; round++) {
        uint8_t bytes[1024];
        size_t len = random_text(&random, bytes, sizeof bytes);
        uint8_t *block = malloc(len + 1); /* of exactly this size, so that reading on is seen */
        assert_non_null(block);
        memcpy(block + 1, bytes, len);
        ca_text text = {block + 1, len, CA_TEXT_UTF8};
        assert_int_equal(ca_vader_tokens_read(&tokens, &libc, &how, &text, NULL), CA_OK);
        assert_tokens(words, &tokens, (ca_str){block + 1, len});
        free(block);
    }
    ca_vader_tokens_reset(&libc, &tokens);
}

static void windows_give_the_tokens_of_the_plain_rule_with_every_kernel(void **unused) {
    (void)unused;
    ca_alloc libc = ca_alloc_libc();
    ca_letters letters = letters_open(&libc);
    ca_vader_words words;
    assert_int_equal(ca_vader_words_init(&words, &libc, &letters), CA_OK);
    assert_int_equal(vader_add_words(&words), CA_OK);
    for (size_t i = 0; ca_kernels_all[i] != NULL; i++) {
        if (ca_kernels_force(ca_kernels_all[i]->name)) read_random_texts(&words, 11 + i);
    }
    assert_true(ca_kernels_force(NULL));
    ca_vader_words_reset(&words);
    ca_letters_reset(&letters);
}

static void nltk_drops_tokens_of_one_letter(void **unused) {
    (void)unused;
    vader_scored s = vader_score_with(CA_VADER_NLTK, false, NULL, STR("fine a \xC3\xA9 . grim"));
    near(s.score.neu, 0); /* nothing but the two words is left */
}

static void a_mask_covers_whole_tokens_it_touches(void **unused) {
    (void)unused;
    int64_t start[] = {0, 12}, end[] = {1, 13};
    ca_vader_mask mask = {start, end, 2};
    vader_scored s =
        vader_score_with(CA_VADER_REFERENCE, false, &mask, STR("fine grim isn't fine fine"));
    assert_int_equal(s.n, 3);
    assert_int_equal(s.hits[0].start, 5);
    near(s.hits[1].contribution, 2); /* the masked n't negates nothing */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_has_its_valence_in_any_case_and_between_signs),
        cmocka_unit_test(nltk_takes_one_listed_run_of_signs_off),
        cmocka_unit_test(windows_give_the_tokens_of_the_plain_rule_with_every_kernel),
        cmocka_unit_test(nltk_drops_tokens_of_one_letter),
        cmocka_unit_test(a_mask_covers_whole_tokens_it_touches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
