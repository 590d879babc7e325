#include "ucd.h"

#include "../../csrc/core/unicode.h"
#include "../../csrc/core/utf8.h"

#define CODE_POINTS 0x110000u

typedef struct name_number {
    const char *name;
    uint16_t number;
} name_number;

static const name_number word_classes[] = {
    {"CR", CA_WB_CR},
    {"LF", CA_WB_LF},
    {"Newline", CA_WB_NEWLINE},
    {"Extend", CA_WB_EXTEND},
    {"ZWJ", CA_WB_ZWJ},
    {"Regional_Indicator", CA_WB_REGIONAL_INDICATOR},
    {"Format", CA_WB_FORMAT},
    {"Katakana", CA_WB_KATAKANA},
    {"Hebrew_Letter", CA_WB_HEBREW_LETTER},
    {"ALetter", CA_WB_ALETTER},
    {"Single_Quote", CA_WB_SINGLE_QUOTE},
    {"Double_Quote", CA_WB_DOUBLE_QUOTE},
    {"MidNumLet", CA_WB_MIDNUMLET},
    {"MidLetter", CA_WB_MIDLETTER},
    {"MidNum", CA_WB_MIDNUM},
    {"Numeric", CA_WB_NUMERIC},
    {"ExtendNumLet", CA_WB_EXTENDNUMLET},
    {"WSegSpace", CA_WB_WSEGSPACE},
    {NULL, CA_WB_OTHER},
};

static const name_number sentence_classes[] = {
    {"CR", CA_SB_CR},           {"LF", CA_SB_LF},         {"Extend", CA_SB_EXTEND},
    {"Sep", CA_SB_SEP},         {"Format", CA_SB_FORMAT}, {"Sp", CA_SB_SP},
    {"Lower", CA_SB_LOWER},     {"Upper", CA_SB_UPPER},   {"OLetter", CA_SB_OLETTER},
    {"Numeric", CA_SB_NUMERIC}, {"ATerm", CA_SB_ATERM},   {"SContinue", CA_SB_SCONTINUE},
    {"STerm", CA_SB_STERM},     {"Close", CA_SB_CLOSE},   {NULL, CA_SB_OTHER},
};

/* Flags by the letters a general category begins with; several lines may hold for one. */
static const name_number category_flags[] = {
    {"L", CA_LETTER}, {"Lt", CA_UPPER}, {"Nd", CA_DIGIT}, {"Nl", CA_NUMERIC}, {"No", CA_NUMERIC},
    {"M", CA_MARK},   {"P", CA_PUNCT},  {"S", CA_SYMBOL}, {"Pd", CA_DASH},    {"Ps", CA_OPEN},
    {"Pi", CA_OPEN},  {"Pe", CA_CLOSE}, {"Pf", CA_CLOSE}, {"Cf", CA_FORMAT},  {NULL, 0},
};

static uint16_t number_of(const name_number *names, const char *name) {
    while (names->name != NULL && strcmp(names->name, name) != 0) names++;
    assert_non_null(names->name);
    return names->number;
}

/* The class of every code point as a file of the database has it; 0, Other, if not listed. */
static uint8_t *read_classes(const char *file_name, const name_number *names) {
    uint8_t *classes = calloc(CODE_POINTS, 1);
    assert_non_null(classes);
    FILE *file = ucd_open(file_name);
    char line[UCD_LINE];
    while (ucd_line(file, line)) {
        uint32_t first, last;
        const char *name = ucd_range(line, &first, &last);
        memset(classes + first, number_of(names, name), last - first + 1);
    }
    fclose(file);
    return classes;
}

static void word_classes_are_those_of_the_database(void **unused) {
    (void)unused;
    uint8_t *expected = read_classes("auxiliary/WordBreakProperty.txt", word_classes);
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++)
        if (ca_unicode_property(cp)->wb != expected[cp]) fail_msg("U+%04X", cp);
    free(expected);
}

static void sentence_classes_are_those_of_the_database(void **unused) {
    (void)unused;
    uint8_t *expected = read_classes("auxiliary/SentenceBreakProperty.txt", sentence_classes);
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++)
        if (ca_unicode_property(cp)->sb != expected[cp]) fail_msg("U+%04X", cp);
    free(expected);
}

/* Set `flag` for every code point that has `property` in a file. */
static void add_property(uint16_t *flags, const char *file_name, const char *property, int flag) {
    FILE *file = ucd_open(file_name);
    char line[UCD_LINE];
    while (ucd_line(file, line)) {
        uint32_t first, last;
        if (strcmp(ucd_range(line, &first, &last), property) != 0) continue;
        for (uint32_t cp = first; cp <= last; cp++) flags[cp] |= (uint16_t)flag;
    }
    fclose(file);
}

static void add_categories(uint16_t *flags) {
    FILE *file = ucd_open("extracted/DerivedGeneralCategory.txt");
    char line[UCD_LINE];
    while (ucd_line(file, line)) {
        uint32_t first, last;
        const char *category = ucd_range(line, &first, &last);
        uint16_t set = 0;
        for (const name_number *each = category_flags; each->name != NULL; each++)
            if (strncmp(category, each->name, strlen(each->name)) == 0) set |= each->number;
        for (uint32_t cp = first; cp <= last; cp++) flags[cp] |= set;
    }
    fclose(file);
}

static void flags_are_those_of_the_database(void **unused) {
    (void)unused;
    uint16_t *expected = calloc(CODE_POINTS, sizeof *expected);
    assert_non_null(expected);
    add_categories(expected);
    add_property(expected, "DerivedCoreProperties.txt", "Uppercase", CA_UPPER);
    add_property(expected, "DerivedCoreProperties.txt", "Lowercase", CA_LOWER);
    add_property(expected, "PropList.txt", "White_Space", CA_SPACE);
    add_property(expected, "emoji/emoji-data.txt", "Extended_Pictographic", CA_PICTO);
    add_property(expected, "emoji/emoji-data.txt", "Emoji_Presentation", CA_EMOJI);
    expected[0x2212] |= CA_DASH;
    const uint32_t line_ends[] = {0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029};
    for (size_t i = 0; i < sizeof line_ends / sizeof line_ends[0]; i++)
        expected[line_ends[i]] |= CA_LINE;
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++)
        if (ca_unicode_property(cp)->flags != expected[cp])
            fail_msg("U+%04X: 0x%04X, not 0x%04X", cp, ca_unicode_property(cp)->flags,
                     expected[cp]);
    free(expected);
}

static void what_is_no_character_is_other_without_flags(void **unused) {
    (void)unused;
    const uint32_t outside[] = {0xD800, 0xDBFF, 0xDC00, 0xDFFF, CA_UTF8_BAD, 0x110001, UINT32_MAX};
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        const ca_property *property = ca_unicode_property(outside[i]);
        assert_int_equal(property->wb, CA_WB_OTHER);
        assert_int_equal(property->sb, CA_SB_OTHER);
        assert_int_equal(property->flags, 0);
    }
}

/* Three code points of each folding, 0 where there is none, as CaseFolding.txt has them. */
static uint32_t *read_foldings(void) {
    uint32_t *targets = calloc(CODE_POINTS, 3 * sizeof *targets);
    assert_non_null(targets);
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++) targets[3 * (size_t)cp] = cp;
    FILE *file = ucd_open("CaseFolding.txt");
    char line[UCD_LINE];
    while (ucd_line(file, line)) {
        char *rest;
        size_t cp = strtoul(line, &rest, 16);
        char status = rest[2];
        if (status != 'C' && status != 'F') continue;
        rest += 4;
        for (size_t i = 0; rest[strspn(rest, " ")] != ';'; i++)
            targets[3 * cp + i] = (uint32_t)strtoul(rest, &rest, 16);
    }
    fclose(file);
    return targets;
}

static void folding_is_that_of_the_database(void **unused) {
    (void)unused;
    uint32_t *targets = read_foldings();
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
        uint32_t folded[3] = {0, 0, 0};
        size_t n = ca_unicode_fold(cp, folded);
        if (n < 1 || n > 3 || (n < 3 && folded[n] != 0) ||
            memcmp(folded, targets + 3 * (size_t)cp, sizeof folded) != 0)
            fail_msg("U+%04X", cp);
    }
    free(targets);
}

static void folding_what_is_folded_changes_nothing(void **unused) {
    (void)unused;
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
        uint32_t once[3], twice[3];
        size_t n = ca_unicode_fold(cp, once);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(ca_unicode_fold(once[i], twice), 1);
            assert_int_equal(twice[0], once[i]);
        }
    }
}

static void assert_folds(uint32_t cp, size_t n, uint32_t a, uint32_t b, uint32_t c) {
    uint32_t folded[3] = {0, 0, 0};
    assert_int_equal(ca_unicode_fold(cp, folded), n);
    assert_int_equal(folded[0], a);
    assert_int_equal(folded[1], b);
    assert_int_equal(folded[2], c);
}

static void notorious_letters_fold_as_they_should(void **unused) {
    (void)unused;
    assert_folds('Q', 1, 'q', 0, 0);
    assert_folds('@', 1, '@', 0, 0);
    assert_folds('[', 1, '[', 0, 0);
    assert_folds(0xC9, 1, 0xE9, 0, 0);       /* E with acute */
    assert_folds(0xDF, 2, 's', 's', 0);      /* sharp s, the small one */
    assert_folds(0x1E9E, 2, 's', 's', 0);    /* and the capital */
    assert_folds('I', 1, 'i', 0, 0);         /* never the Turkic way */
    assert_folds(0x130, 2, 'i', 0x307, 0);   /* I with a dot keeps it, as a mark */
    assert_folds(0x131, 1, 0x131, 0, 0);     /* dotless i is a letter of its own */
    assert_folds(0x3C2, 1, 0x3C3, 0, 0);     /* final sigma */
    assert_folds(0x17F, 1, 's', 0, 0);       /* long s */
    assert_folds(0x212A, 1, 'k', 0, 0);      /* the sign of kelvin */
    assert_folds(0x13A0, 1, 0x13A0, 0, 0);   /* Cherokee folds to the capitals, */
    assert_folds(0xAB70, 1, 0x13A0, 0, 0);   /* which came first */
    assert_folds(0x1C90, 1, 0x10D0, 0, 0);   /* Georgian Mtavruli */
    assert_folds(0xFB03, 3, 'f', 'f', 'i');  /* a ligature */
    assert_folds(0x10400, 1, 0x10428, 0, 0); /* Deseret, beyond the BMP */
    assert_folds(0xD800, 1, 0xD800, 0, 0);   /* half a surrogate pair */
    assert_folds(CA_UTF8_BAD, 1, CA_UTF8_BAD, 0, 0);
}

static void the_tables_say_which_unicode_they_are_of(void **unused) {
    (void)unused;
    FILE *file = ucd_open("auxiliary/WordBreakProperty.txt");
    char line[UCD_LINE];
    assert_non_null(fgets(line, sizeof line, file));
    fclose(file);
    assert_non_null(strstr(line, "-" CA_UNICODE_VERSION ".txt"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(word_classes_are_those_of_the_database),
        cmocka_unit_test(sentence_classes_are_those_of_the_database),
        cmocka_unit_test(flags_are_those_of_the_database),
        cmocka_unit_test(what_is_no_character_is_other_without_flags),
        cmocka_unit_test(folding_is_that_of_the_database),
        cmocka_unit_test(folding_what_is_folded_changes_nothing),
        cmocka_unit_test(notorious_letters_fold_as_they_should),
        cmocka_unit_test(the_tables_say_which_unicode_they_are_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
