#include "ucd.h"

#include "../../csrc/core/uax29.h"
#include "../../csrc/core/utf8.h"

typedef size_t segment_end(const uint8_t *text, size_t len, size_t at);

/* ---- the standard's own cases ---------------------------------------------------------------- */

#define CASE_BYTES 256

/* A case: bytes, and whether a boundary lies before each (and after the last). */
typedef struct official_case {
    uint8_t text[CASE_BYTES];
    bool boundary[CASE_BYTES + 1];
    size_t len;
} official_case;

/* Read a line such as: divide 0061 times 0308 divide (the signs being U+00F7 and U+00D7). */
static official_case parse_case(const char *line) {
    official_case parsed = {.len = 0};
    while (*line != '\0') {
        if (strncmp(line, "\xC3\xB7", 2) == 0) {
            parsed.boundary[parsed.len] = true;
            line += 2;
        } else if (strncmp(line, "\xC3\x97", 2) == 0) {
            line += 2;
        } else if (*line == ' ' || *line == '\t') {
            line++;
        } else {
            char *rest;
            uint32_t cp = (uint32_t)strtoul(line, &rest, 16);
            assert_ptr_not_equal(rest, line);
            assert_true(parsed.len + 4 <= CASE_BYTES);
            parsed.len += ca_utf8_encode(cp, parsed.text + parsed.len);
            line = rest;
        }
    }
    return parsed;
}

/* Check every case of a file; their number. */
static int check_cases(const char *file_name, segment_end *end_of) {
    FILE *file = ucd_open(file_name);
    char line[UCD_LINE];
    int n = 0;
    for (; ucd_line(file, line); n++) {
        official_case expected = parse_case(line);
        bool found[CASE_BYTES + 1] = {true};
        for (size_t at = 0; at < expected.len;) {
            at = end_of(expected.text, expected.len, at);
            found[at] = true;
        }
        if (memcmp(found, expected.boundary, expected.len + 1) != 0) fail_msg("%s", line);
    }
    fclose(file);
    return n;
}

static void every_official_case_of_words_passes(void **unused) {
    (void)unused;
    assert_int_equal(check_cases("auxiliary/WordBreakTest.txt", ca_uax29_word_end), 1823);
}

static void every_official_case_of_sentences_passes(void **unused) {
    (void)unused;
    assert_int_equal(check_cases("auxiliary/SentenceBreakTest.txt", ca_uax29_sentence_end), 502);
}

/* ---- facts ----------------------------------------------------------------------------------- */

/* The text of `marked` without its bars, and the bars where the boundaries are found. The text
 * lies in a block of exactly its size, so that a step beyond it is noticed. */
static void assert_segments(segment_end *end_of, const char *marked) {
    size_t size = strlen(marked) + 1;
    uint8_t *text = malloc(size);
    char *found = malloc(size * 2);
    assert_non_null(text);
    assert_non_null(found);
    size_t len = 0;
    for (const char *c = marked; *c != '\0'; c++)
        if (*c != '|') text[len++] = (uint8_t)*c;
    uint8_t *exact = realloc(text, len);
    assert_non_null(exact);

    size_t n = 0;
    for (size_t at = 0, end; at < len; at = end) {
        end = end_of(exact, len, at);
        if (at > 0) found[n++] = '|';
        memcpy(found + n, exact + at, end - at);
        n += end - at;
    }
    found[n] = '\0';
    assert_string_equal(found, marked);
    free(exact);
    free(found);
}

static void words(const char *marked) {
    assert_segments(ca_uax29_word_end, marked);
}

static void sentences(const char *marked) {
    assert_segments(ca_uax29_sentence_end, marked);
}

static void letters_digits_and_underscores_make_words(void **unused) {
    (void)unused;
    words("Oslo|,| |1993");
    words("a1_b2|-|c3");
    words("_|+|__|+|_1_");
    words("caf\u00e9|\u2014|Zo\u00eb");
    words("U.S|.|-|led");
    words("\u041a\u0438\u0457\u0432| |1_\u00e9_x");
}

static void a_middle_ties_only_what_it_lies_between(void **unused) {
    (void)unused;
    words("can't|.");
    words("can\u2019t| |stop|'");
    words("'|a|'| |'|'|a");
    words("a'b'c|'|'|d");
    words("3.5|,|x");
    words("1,000.5|,|,|1");
    words("1|:|2| |a:b");
    words("a|,|b");
    words("1|.|a| |a|.|1");
    words("a.\u0301\u0308b|.\u0301| |x");
    words("a|.\u0301");
}

static void hebrew_has_its_own_quotes(void **unused) {
    (void)unused;
    words("\u05e6\u05d4\"\u05dc| |x|\"|x");
    words("\u05d0'|\"|x");
    words("\u05d0'\u05d0'");
    words("\u05d0|\"|\"|\u05d0");
    words("\u05d0|\"|a");
    words("a|'|\"|\u05d0");
}

static void marks_and_joiners_stay_with_what_is_before_them(void **unused) {
    (void)unused;
    words("e\u0301t\u0301| \u0301|   |x");
    words("\u0301\u0301|a");
    words("\n|\u0301|a\u00ad\u200db");
    words("\u05d0\u0301'\u0301|\u00a0\u200d|x");
}

static void emoji_stay_whole(void **unused) {
    (void)unused;
    words("\U0001F469\u200d\U0001F692|\U0001F469\U0001F3FD|!");
    words("a\u200d\U0001F692|a");
    words("a\u200d\u24c2b|!");
    words("\u200d\u24c2:b|:");
    words("\u2764\ufe0f|\u2764\ufe0f");
}

static void flags_pair_from_the_start_of_their_run(void **unused) {
    (void)unused;
#define N "\U0001F1F3"
#define O "\U0001F1F4"
    words(N O "|" N O "|" N "|a");
    words("a|" N O "|" N "|\u00bb|" N O);
    words(N "\u0301\u0301" O "\u0301|" N "\u200d" O "|" N);
    words("\n|\u0301|" N O "|" N);
#undef N
#undef O
}

static void line_ends_and_spaces(void **unused) {
    (void)unused;
    words("a|\r\n|\n|\r|\r|\v|\f|\xC2\x85|\u2028|\u2029|b");
    words("a|   |\t|\t| \u2003|b");
    words("\u30ab\u30bf_1_\u30ab|a");
    words("\u4e00|\u4e01|\u0e01|\u0e02");
}

static void bytes_outside_utf8_are_other(void **unused) {
    (void)unused;
    words("a|\xED\xA0\x80|b");
    words("a|\xFF|\xFF|b|\xC3");
    words("a|\xC0|\x80|b");
    words("\xF0|\x9F|\x87");
    sentences("No\xFF. |\xFF"
              "No. \xED\xA0\x80no.");
}

static void sentences_end_at_terminators(void **unused) {
    (void)unused;
    sentences("Yes. |No! |\u4e00\u3002|\u4e01\uff1f|Why?! |So.");
    sentences("He left.) |\"Why?\" |Because.");
    sentences("No.|\u4e00");
    sentences("Wait.  |He\u2026 said");
}

static void a_full_stop_is_no_end_before_what_goes_on(void **unused) {
    (void)unused;
    sentences("It is 3.5 m. \u2014 and so on, i.e. this one. |That");
    sentences("U.S. |Army of the U.S.A.F. |The");
    sentences("a.A.B");
    sentences("1.|A");
    sentences("etc., A");
    sentences("etc. (1) [2] \u201cas it is\u201d. |\u201cA");
    sentences("No. |1 A");
    sentences("Yes! |no");
}

static void paragraphs_end_sentences(void **unused) {
    (void)unused;
    sentences("a\n|b\r\n|\n|\r|\r|\xC2\x85|c\u2029|d");
    sentences("A. \n|b. |) \r\n|c");
    sentences("\u0301\n|\u0301.\u0301)\u0301 \u0301|A");
    sentences("a\u0301.\u0301A");
}

static void nul_is_a_character(void **unused) {
    (void)unused;
    const uint8_t text[] = {'a', 0, 0, '.', ' ', 0, 'A'};
    assert_int_equal(ca_uax29_word_end(text, sizeof text, 0), 1);
    assert_int_equal(ca_uax29_word_end(text, sizeof text, 1), 2);
    assert_int_equal(ca_uax29_sentence_end(text, sizeof text, 0), 5);
}

/* ---- whatever the bytes ---------------------------------------------------------------------- */

/* Segments follow each other to the end of the text, and none begins inside a code point. */
static void assert_tiled(segment_end *end_of, const uint8_t *text, size_t len) {
    size_t decoded = 0;
    for (size_t at = 0, end; at < len; at = end) {
        end = end_of(text, len, at);
        assert_true(end > at && end <= len);
        while (decoded < end) {
            uint32_t cp;
            decoded += ca_utf8_decode(text + decoded, len - decoded, &cp);
        }
        assert_int_equal(decoded, end);
    }
}

static void segments_tile_any_bytes(void **unused) {
    (void)unused;
    test_random random = {29};
    /* Cut anywhere, and put together again. */
    static const char pieces[] =
        "aZ9_ .,:;'\"()!?\r\n\t\0\xC3\xA9\xCC\x81\xD7\x90\xE2\x80\x8D\xE2\x80\x99"
        "\xF0\x9F\x87\xB3\xF0\x9F\x91\xA9\xED\xA0\x80\xFF\xE3\x82\xAB\xC2\x85";
    for (int round = 0; round < 20000; round++) {
        size_t len = 1 + random_below(&random, 24);
        uint8_t *text = malloc(len); /* exactly: a step beyond it is noticed */
        assert_non_null(text);
        for (size_t filled = 0; filled < len;) {
            size_t from = random_below(&random, sizeof pieces);
            size_t n = 1 + random_below(&random, 6);
            if (n > sizeof pieces - from) n = sizeof pieces - from;
            if (n > len - filled) n = len - filled;
            memcpy(text + filled, pieces + from, n);
            filled += n;
        }
        assert_tiled(ca_uax29_word_end, text, len);
        assert_tiled(ca_uax29_sentence_end, text, len);
        free(text);
    }
}

/* `once`, then `again` over and over, 2 MB in all: minutes if anything is quadratic. */
static void go_through(const char *once, const char *again) {
    size_t head = strlen(once), unit = strlen(again), len = 2u << 20;
    uint8_t *text = malloc(len);
    assert_non_null(text);
    for (size_t i = 0; i < len; i++)
        text[i] = (uint8_t)(i < head ? once[i] : again[(i - head) % unit]);
    for (size_t at = 0; at < len;) at = ca_uax29_word_end(text, len, at);
    for (size_t at = 0; at < len;) at = ca_uax29_sentence_end(text, len, at);
    free(text);
}

static void hostile_texts_take_linear_time(void **unused) {
    (void)unused;
    go_through("A.", " ");
    go_through("A. )", ",");
    go_through("", "A.  ,)");
    go_through("", "a. ");
    go_through("", "?)");
    go_through("", ".\")");
    go_through("a", "\u200d");
    go_through("a'", "\u0301");
    go_through("", "a'\u0301\u0301\u0301");
    go_through("", "\u05d0\"\u0301");
    go_through("", "1,1,");
    go_through("", "1,,");
    go_through("", "\"");
    go_through("", "\U0001F1F3");
    go_through("", "\U0001F1F3\u0301");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_official_case_of_words_passes),
        cmocka_unit_test(every_official_case_of_sentences_passes),
        cmocka_unit_test(letters_digits_and_underscores_make_words),
        cmocka_unit_test(a_middle_ties_only_what_it_lies_between),
        cmocka_unit_test(hebrew_has_its_own_quotes),
        cmocka_unit_test(marks_and_joiners_stay_with_what_is_before_them),
        cmocka_unit_test(emoji_stay_whole),
        cmocka_unit_test(flags_pair_from_the_start_of_their_run),
        cmocka_unit_test(line_ends_and_spaces),
        cmocka_unit_test(bytes_outside_utf8_are_other),
        cmocka_unit_test(sentences_end_at_terminators),
        cmocka_unit_test(a_full_stop_is_no_end_before_what_goes_on),
        cmocka_unit_test(paragraphs_end_sentences),
        cmocka_unit_test(nul_is_a_character),
        cmocka_unit_test(segments_tile_any_bytes),
        cmocka_unit_test(hostile_texts_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
