#include "support.h"

#include "../../csrc/core/fold.h"
#include "../../csrc/core/unicode.h"
#include "../../csrc/core/utf8.h"
#include "ucd.h"

typedef ca_status fold_function(const ca_alloc *, ca_str, ca_scratch *, ca_str *);

static void assert_becomes_at(const char *file, int line, fold_function *fold, const char *type,
                              const char *expected) {
    ca_alloc hook = ca_alloc_libc();
    ca_scratch scratch = {NULL, 0};
    ca_str out;
    ca_status status = fold(&hook, (ca_str){(const uint8_t *)type, strlen(type)}, &scratch, &out);
    _assert_int_equal((uintmax_t)status, CA_OK, file, line);
    if (out.len != strlen(expected) || memcmp(out.ptr, expected, out.len) != 0) {
        print_error("\"%s\" became \"%.*s\", not \"%s\"\n", type, (int)out.len,
                    (const char *)out.ptr, expected);
        _fail(file, line);
    }
    ca_scratch_reset(&hook, &scratch);
}

#define folds(type, expected) assert_becomes_at(__FILE__, __LINE__, ca_fold_case, type, expected)
#define has_form(type, expected) assert_becomes_at(__FILE__, __LINE__, ca_fold_form, type, expected)
#define has_word(form, expected) assert_becomes_at(__FILE__, __LINE__, ca_fold_word, form, expected)
#define has_capital(form, expected)                                                                \
    assert_becomes_at(__FILE__, __LINE__, ca_fold_capital, form, expected)
#define same(function, text) function(text, text)

/* ---- case folding ---- */

static void letters_of_the_great_scripts_fold(void **unused) {
    (void)unused;
    folds("TALIBAN", "taliban");
    folds("Côte D'IVOIRE", "côte d'ivoire");
    folds("КИЇВ", "київ");
    folds("ΑΘΗΝΑ", "αθηνα");
    folds("ԵՐԵՎԱՆ", "երեվան");
    same(folds, "طالبان");
    same(folds, "東京");
    same(folds, "");
}

static void folding_may_lengthen_and_shorten(void **unused) {
    (void)unused;
    folds("Straße", "strasse");
    folds("STRASSE", "strasse");
    folds("STRAẞE", "strasse"); /* capital sharp s, three bytes to two */
    folds("İ", "i\u0307");      /* U+0130: i and a dot above */
    folds("ΐ", "ι\u0308\u0301");
    folds("ŉ", "ʼn");
    folds("Ⱥ", "ⱥ"); /* two bytes to three */
    folds("ﬃ", "ffi");
    folds("K", "k"); /* KELVIN SIGN */
}

static void a_dotless_i_stays_apart_from_i(void **unused) {
    (void)unused;
    same(folds, "ı");
    folds("I", "i");
}

static void a_dotless_i_has_the_word_of_its_capital(void **unused) {
    (void)unused;
    has_word("Iğdır", "iğdir");
    has_word("IĞDIR", "iğdir");
    has_word("ııı", "iii");
    has_word("İzmir", "i\u0307zmir"); /* the dotted capital stays another letter */
    same(has_word, "\xC4");
    same(has_word, "");
}

static void final_sigma_is_a_sigma(void **unused) {
    (void)unused;
    folds("ΣΊΣΥΦΟΣ", "σίσυφοσ");
    folds("Σίσυφος", "σίσυφοσ");
}

static void cherokee_folds_to_its_capitals(void **unused) {
    (void)unused;
    folds("ꭰ", "Ꭰ"); /* U+AB70 to U+13A0 */
    same(folds, "Ꭰ");
    folds("ᏸ", "Ᏸ");
}

static void georgian_folds_to_mkhedruli(void **unused) {
    (void)unused;
    folds("ᲗᲑᲘᲚᲘᲡᲘ", "თბილისი");
    same(folds, "თბილისი");
}

static void bytes_outside_utf8_pass_as_they_are(void **unused) {
    (void)unused;
    folds("\xFF"
          "A\xC3",
          "\xFF"
          "a\xC3");
    folds("\xED\xA0\x80Z", "\xED\xA0\x80z"); /* a lone surrogate */
}

/* The scratch is asked for once, before a byte is written: no code point may outgrow it. */
static void no_code_point_folds_to_more_than_three_times_its_bytes(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_scratch scratch = {NULL, 0};
    size_t most = 0;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        uint8_t bytes[4];
        ca_str out, type = {bytes, ca_utf8_encode(cp, bytes)};
        assert_int_equal(ca_fold_case(&hook, type, &scratch, &out), CA_OK);
        assert_true(out.len <= 3 * type.len);
        if (out.len * 2 > most * type.len) most = out.len * 2 / type.len;
    }
    assert_int_equal(most, 6); /* in halves: U+0390 has two bytes, its folding six */
    ca_scratch_reset(&hook, &scratch);
}

static void a_long_type_of_the_worst_letter_has_room(void **unused) {
    (void)unused;
    char type[2 * 1000 + 1] = "", expected[6 * 1000 + 1] = "";
    for (size_t i = 0; i < 1000; i++) {
        memcpy(type + 2 * i, "ΐ", 2);
        memcpy(expected + 6 * i, "ι\u0308\u0301", 6);
    }
    folds(type, expected);
}

/* ---- forms ---- */

static void apostrophes_are_one(void **unused) {
    (void)unused;
    has_form("O’Neil", "O'Neil");
    has_form("O'Neil", "O'Neil");
    has_form("O＇Neil", "O'Neil");
    has_form("‘s", "'s");
    has_form("’", "'");
    same(has_form, "Oʼzbek"); /* U+02BC is a letter */
}

static void the_final_stop_of_a_word_goes(void **unused) {
    (void)unused;
    has_form("U.S.", "U.S");
    has_form("U.S", "U.S");
    has_form("Gen.", "Gen");
    has_form("K.", "K");
    same(has_form, "US");
    same(has_form, ".");
    same(has_form, "..");
    same(has_form, "...");
    same(has_form, "");
}

static void what_cannot_be_seen_is_no_part_of_a_form(void **unused) {
    (void)unused;
    has_form("Tali\u00ADban", "Taliban");       /* soft hyphen */
    has_form("Tali\u200B\u2060ban", "Taliban"); /* zero-width space, word joiner */
    has_form("\uFEFFKyiv", "Kyiv");             /* byte order mark */
    has_form("Kyiv\u200F", "Kyiv");             /* right-to-left mark */
    has_form("Kyiv\u061C", "Kyiv");             /* Arabic letter mark */
    has_form("Kyiv\u202C", "Kyiv");             /* pop directional formatting */
    has_form("\u2068Kyiv\u2069", "Kyiv");       /* first strong isolate, pop isolate */
    has_form("U.S.\u2069", "U.S");
    has_form("\u00AD", "");
}

static void a_form_keeps_case_and_accents(void **unused) {
    (void)unused;
    same(has_form, "Téhéran");
    same(has_form, "ΤΑΛΙΜΠΑΝ");
    same(has_form, "t\u0301"); /* a mark without a letter of its own */
}

static void a_letter_and_its_mark_are_one(void **unused) {
    (void)unused;
    has_form("Te\u0301he\u0301ran", "Téhéran");
    has_form("a\u0323\u0302", "\u1EAD");
    has_form("â\u0323", "\u1EAD"); /* as a Vietnamese keyboard types it */
    has_form("e\u0301t\u0301", "ét\u0301");
    has_form("\u0301e", "\u0301e");
}

static ca_status strip(const ca_alloc *alloc, ca_str type, ca_scratch *scratch, ca_str *out) {
    return ca_fold_accents(alloc, type, scratch, out);
}

static void accents_are_stripped(void **unused) {
    (void)unused;
    assert_becomes_at(__FILE__, __LINE__, strip, "Téhéran", "Teheran");
    assert_becomes_at(__FILE__, __LINE__, strip, "t\u0301 Ø \u1EAD", "t O a");
    assert_becomes_at(__FILE__, __LINE__, strip, "plain", "plain");
    assert_becomes_at(__FILE__, __LINE__, strip, "", "");
}

static void a_form_has_a_form_that_is_itself(void **unused) {
    (void)unused;
    const char *const types[] = {"U.S.", "O’Neil", "Tali\u00ADban", "...", ".", "a..", "’."};
    ca_alloc hook = ca_alloc_libc();
    ca_scratch scratch[2] = {{NULL, 0}, {NULL, 0}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        ca_str once, twice, type = {(const uint8_t *)types[i], strlen(types[i])};
        assert_int_equal(ca_fold_form(&hook, type, &scratch[0], &once), CA_OK);
        assert_int_equal(ca_fold_form(&hook, once, &scratch[1], &twice), CA_OK);
        assert_true(ca_str_equal(once, twice));
    }
    ca_scratch_reset(&hook, &scratch[0]);
    ca_scratch_reset(&hook, &scratch[1]);
}

/* ---- capitals ---- */

static void first_letters_have_capitals(void **unused) {
    (void)unused;
    has_capital("al", "Al");
    has_capital("émir", "Émir");   /* Latin-1: 32 below */
    has_capital("ālim", "Ālim");   /* Latin Extended-A: 1 below */
    has_capital("škoda", "Škoda"); /* the same, where small letters are even and odd */
    has_capital("žižek", "Žižek");
    has_capital("ắ", "Ắ"); /* Latin Extended Additional */
    has_capital("αθήνα", "Αθήνα");
    has_capital("ώρα", "Ώρα");
    has_capital("έθνος", "Έθνος");
    has_capital("άρης", "Άρης");
    has_capital("όρος", "Όρος");
    has_capital("ύδωρ", "Ύδωρ");
    has_capital("київ", "Київ");
    has_capital("їжак", "Їжак"); /* 80 below */
    has_capital("ґанок", "Ґанок");
    has_capital("երևան", "Երևան");
}

static void only_the_first_letter_changes(void **unused) {
    (void)unused;
    has_capital("aB cD", "AB cD");
    has_capital("éé", "Éé");
}

static void what_has_no_capital_of_one_letter_stays(void **unused) {
    (void)unused;
    same(has_capital, "");
    same(has_capital, "Al");
    same(has_capital, "ß"); /* SS */
    same(has_capital, "ŉ"); /* two letters */
    same(has_capital, "1st");
    same(has_capital, "'s");
    same(has_capital, "ς"); /* its capital folds to another sigma */
    same(has_capital, "ı"); /* I folds to i */
    same(has_capital, "طالبان");
    same(has_capital, "თბილისი");
    same(has_capital, "東京");
    same(has_capital, "\xFFx");
}

/* Simple_Lowercase_Mapping of UnicodeData.txt, turned round: the capital of cp, or 0. */
static uint32_t *read_capitals(void) {
    static uint32_t capital[0x110000];
    FILE *file = ucd_open("UnicodeData.txt");
    char line[UCD_LINE];
    while (ucd_line(file, line)) {
        char *field = line;
        uint32_t cp = (uint32_t)strtoul(line, NULL, 16);
        for (int i = 0; i < 12; i++) field = strchr(field, ';') + 1;
        capital[cp] = (uint32_t)strtoul(field, NULL, 16);
    }
    fclose(file);
    return capital;
}

/* A capital is never wrong: it is the standard's, or the title case of a digraph. */
static void every_capital_folds_back_to_its_letter(void **unused) {
    (void)unused;
    const uint32_t *upper = read_capitals();
    ca_alloc hook = ca_alloc_libc();
    ca_scratch scratch = {NULL, 0};
    size_t changed = 0;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        uint8_t bytes[4];
        uint32_t capital, folded[3];
        ca_str out, form = {bytes, ca_utf8_encode(cp, bytes)};
        assert_int_equal(ca_fold_capital(&hook, form, &scratch, &out), CA_OK);
        assert_int_equal(ca_utf8_decode(out.ptr, out.len, &capital), out.len);
        if (ca_str_equal(form, out)) continue;
        changed++;
        assert_int_equal(ca_unicode_fold(capital, folded), 1);
        assert_int_equal(folded[0], cp);
        if (upper[cp] != capital)
            assert_true(cp == 0x1C6 || cp == 0x1C9 || cp == 0x1CC || cp == 0x1F3);
    }
    print_message("%zu letters have a capital\n", changed);
    assert_true(changed > 500);
    ca_scratch_reset(&hook, &scratch);
}

/* ---- failures ---- */

static ca_status fold_all(const ca_alloc *alloc, void *ctx) {
    (void)ctx;
    ca_scratch scratch[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    ca_str out = STR("as before");
    ca_status status = ca_fold_case(alloc, STR("Straße"), &scratch[0], &out);
    if (status == CA_OK) status = ca_fold_form(alloc, STR("U.S."), &scratch[1], &out);
    if (status == CA_OK) status = ca_fold_capital(alloc, STR("al"), &scratch[2], &out);
    if (status == CA_NO_MEMORY && scratch[0].bytes == NULL)
        assert_true(ca_str_equal(out, STR("as before")));
    for (size_t i = 0; i < 3; i++) ca_scratch_reset(alloc, &scratch[i]);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    sweep_allocations(fold_all, NULL);
}

static void a_type_whose_folding_might_not_fit_is_refused(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    ca_scratch scratch = {NULL, 0};
    ca_str out = STR("as before");
    ca_str huge = {(const uint8_t *)"", SIZE_MAX / 2};
    assert_int_equal(ca_fold_case(&hook, huge, &scratch, &out), CA_TOO_LARGE);
    assert_true(ca_str_equal(out, STR("as before")));
    assert_null(scratch.bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_of_the_great_scripts_fold),
        cmocka_unit_test(folding_may_lengthen_and_shorten),
        cmocka_unit_test(a_dotless_i_stays_apart_from_i),
        cmocka_unit_test(a_dotless_i_has_the_word_of_its_capital),
        cmocka_unit_test(final_sigma_is_a_sigma),
        cmocka_unit_test(cherokee_folds_to_its_capitals),
        cmocka_unit_test(georgian_folds_to_mkhedruli),
        cmocka_unit_test(bytes_outside_utf8_pass_as_they_are),
        cmocka_unit_test(no_code_point_folds_to_more_than_three_times_its_bytes),
        cmocka_unit_test(a_long_type_of_the_worst_letter_has_room),
        cmocka_unit_test(apostrophes_are_one),
        cmocka_unit_test(the_final_stop_of_a_word_goes),
        cmocka_unit_test(what_cannot_be_seen_is_no_part_of_a_form),
        cmocka_unit_test(a_form_keeps_case_and_accents),
        cmocka_unit_test(a_letter_and_its_mark_are_one),
        cmocka_unit_test(accents_are_stripped),
        cmocka_unit_test(a_form_has_a_form_that_is_itself),
        cmocka_unit_test(first_letters_have_capitals),
        cmocka_unit_test(only_the_first_letter_changes),
        cmocka_unit_test(what_has_no_capital_of_one_letter_stays),
        cmocka_unit_test(every_capital_folds_back_to_its_letter),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
        cmocka_unit_test(a_type_whose_folding_might_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
