#include "support.h"

#include <ctype.h>
#include <stdlib.h>

#include "../../csrc/core/simd/kernels.h"

/* What kernels.h says of one byte, written once more in the plainest words. */
static ca_masks masks_of_byte(uint8_t c) {
    ca_masks m = {.word = 0};
    bool digit = c >= '0' && c <= '9', upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
    m.word = digit || upper || lower || c == '_';
    m.line = c == '\n' || c == '\v' || c == '\f' || c == '\r';
    m.blank = m.line || c == ' ' || c == '\t';
    m.tail = c >= 0x80 && c < 0xC0;
    bool special = c == '#' || c == '@' || c == ':' || c == '.' || c == '-' || c == '!' ||
                   c == '?' || c == '*' || c == '=' || c == '~';
    m.plain = c < 0x80 && !m.word && !m.blank && !special;
    m.run = special && c != '#' && c != '@' && c != ':';
    m.lead = c >= 0xC0;
    m.stop = c == '.';
    m.comma = c == ',';
    return m;
}

static ca_masks expected(const uint8_t *bytes) {
    ca_masks all = {.word = 0};
    for (unsigned i = 0; i < 64; i++) {
        ca_masks m = masks_of_byte(bytes[i]);
        all.word |= m.word << i;
        all.blank |= m.blank << i;
        all.line |= m.line << i;
        all.plain |= m.plain << i;
        all.tail |= m.tail << i;
        all.run |= m.run << i;
        all.lead |= m.lead << i;
        all.stop |= m.stop << i;
        all.comma |= m.comma << i;
        uint8_t c = bytes[i];
        bool behind_digit = i == 0 || (bytes[i - 1] >= '0' && bytes[i - 1] <= '9');
        m.glue = c == '\'' || c == '&' || c == '.' || c >= 0xC0 ||
                 ((c == ',' || c == ':' || c == '/') && behind_digit);
        all.glue |= m.glue << i;
    }
    return all;
}

/* `bytes` from a block of exactly 64, at an address that nothing aligns. */
static void assert_classes(const ca_kernels *kernels, const uint8_t *bytes) {
    uint8_t *block = malloc(65);
    assert_non_null(block);
    memcpy(block + 1, bytes, 64);
    ca_masks got, want = expected(bytes);
    memset(&got, 0xA5, sizeof got);
    kernels->classify(block + 1, &got);
    free(block);
    assert_int_equal(got.word, want.word);
    assert_int_equal(got.blank, want.blank);
    assert_int_equal(got.line, want.line);
    assert_int_equal(got.plain, want.plain);
    assert_int_equal(got.tail, want.tail);
    assert_int_equal(got.run, want.run);
    assert_int_equal(got.lead, want.lead);
    assert_int_equal(got.stop, want.stop);
    assert_int_equal(got.comma, want.comma);
    assert_int_equal(got.glue, want.glue);
}

static void every_byte_has_its_class_at_every_place(void **state) {
    const ca_kernels *kernels = *state;
    for (unsigned c = 0; c < 256; c++) {
        uint8_t bytes[64];
        memset(bytes, (int)c, 64);
        assert_classes(kernels, bytes);
        for (unsigned at = 0; at < 64; at++) {
            memset(bytes, c == 'x' ? ' ' : 'x', 64);
            bytes[at] = (uint8_t)c;
            assert_classes(kernels, bytes);
        }
    }
}

static void random_bytes_have_their_classes(void **state) {
    const ca_kernels *kernels = *state;
    test_random random = {7};
    for (int round = 0; round < 20000; round++) {
        uint8_t bytes[64];
        for (unsigned i = 0; i < 64; i++) bytes[i] = (uint8_t)random_next(&random);
        assert_classes(kernels, bytes);
    }
}

static void random_text_has_its_classes(void **state) {
    const ca_kernels *kernels = *state;
    static const char letters[] = "aZ09_ \t\n\r.,-@#:/'\"!?\x80\xBF\xC3\xE2\xF0\x7F\x1C";
    test_random random = {8};
    for (int round = 0; round < 20000; round++) {
        uint8_t bytes[64];
        for (unsigned i = 0; i < 64; i++)
            bytes[i] = (uint8_t)letters[random_below(&random, sizeof letters)]; /* NUL too */
        assert_classes(kernels, bytes);
    }
}

static void a_byte_has_at_most_one_class(void **state) {
    const ca_kernels *kernels = *state;
    for (unsigned first = 0; first < 256; first += 64) {
        uint8_t bytes[64];
        for (unsigned i = 0; i < 64; i++) bytes[i] = (uint8_t)(first + i);
        ca_masks m;
        kernels->classify(bytes, &m);
        assert_int_equal((m.word & m.blank) | (m.word & m.plain) | (m.word & m.tail) |
                             (m.blank & m.plain) | (m.blank & m.tail) | (m.plain & m.tail),
                         0);
        assert_int_equal(m.line & ~m.blank, 0);
    }
}

static void word_bytes_are_those_of_the_mask(void **state) {
    (void)state;
    for (unsigned c = 0; c < 256; c++)
        assert_int_equal(ca_is_word_byte((uint8_t)c), masks_of_byte((uint8_t)c).word);
}

static void bits_are_counted_and_found(void **state) {
    (void)state;
    test_random random = {9};
    assert_int_equal(ca_popcount64(0), 0);
    assert_int_equal(ca_popcount64(~UINT64_C(0)), 64);
    for (int i = 0; i < 64; i++) {
        assert_int_equal(ca_popcount64(UINT64_C(1) << i), 1);
        assert_int_equal(ca_lowest_bit64(UINT64_C(1) << i), i);
        assert_int_equal(ca_lowest_bit64(~UINT64_C(0) << i), i);
        assert_int_equal(ca_lowest_bit64((random_next(&random) | 1) << i), i);
        assert_int_equal(ca_highest_bit64(UINT64_C(1) << i), i);
        assert_int_equal(ca_highest_bit64(~UINT64_C(0) >> (63 - i)), i);
    }
}

static void a_set_is_forced_by_its_name_only(void **state) {
    (void)state;
    for (size_t i = 0; ca_kernels_all[i] != NULL; i++) {
        const ca_kernels *kernels = ca_kernels_all[i];
        assert_int_equal(ca_kernels_force(kernels->name), kernels->is_supported());
        if (kernels->is_supported()) assert_ptr_equal(ca_kernels_get(), kernels);
    }
    const ca_kernels *before = ca_kernels_get();
    assert_false(ca_kernels_force("no such set"));
    assert_ptr_equal(ca_kernels_get(), before);
    assert_true(ca_kernels_force(NULL)); /* the best again */
    assert_true(ca_kernels_get()->is_supported());
}

static void the_scalar_set_works_everywhere(void **state) {
    (void)state;
    assert_string_equal(ca_kernels_scalar.name, "scalar");
    assert_true(ca_kernels_scalar.is_supported());
}

/* What kernels.h says of the case of one byte. */
static ca_case_masks cases_of_byte(uint8_t c) {
    return (ca_case_masks){
        .upper = c < 0x80 && isupper(c),
        .lower = c < 0x80 && islower(c),
        .space = c < 0x80 && (isspace(c) || (c >= 0x1C && c <= 0x1F)),
        .sign = c < 0x80 && ispunct(c),
        .mark = c == '!' || c == '?',
        .apostrophe = c == '\'',
        .word = c < 0x80 && (isalnum(c) || c == '_'),
        .high = c >= 0x80,
    };
}

static void every_byte_has_its_case_at_every_place(void **state) {
    const ca_kernels *kernels = *state;
    test_random random = {10};
    for (int round = 0; round < 20000; round++) {
        uint8_t bytes[64];
        ca_case_masks m;
        for (unsigned i = 0; i < 64; i++)
            bytes[i] = (uint8_t)(round < 256 ? (unsigned)round + i : random_next(&random));
        kernels->cases(bytes, &m);
        for (unsigned i = 0; i < 64; i++) {
            ca_case_masks want = cases_of_byte(bytes[i]);
            assert_int_equal(m.upper >> i & 1, want.upper);
            assert_int_equal(m.lower >> i & 1, want.lower);
            assert_int_equal(m.space >> i & 1, want.space);
            assert_int_equal(m.sign >> i & 1, want.sign);
            assert_int_equal(m.mark >> i & 1, want.mark);
            assert_int_equal(m.apostrophe >> i & 1, want.apostrophe);
            assert_int_equal(m.word >> i & 1, want.word);
            assert_int_equal(m.high >> i & 1, want.high);
        }
    }
}

/* A stretch of pieces with gaps and without, among them continuation bytes. */
static ca_stretch random_stretch(test_random *random) {
    ca_stretch stretch = {.at = random_below(random, 1000) * 64, .start = -7};
    unsigned longest = 1 + (unsigned)random_below(random, 9);
    for (unsigned bit = (unsigned)random_below(random, 3); bit < 64;) {
        unsigned last = bit + (unsigned)random_below(random, longest);
        if (last > 63) break;
        stretch.begins |= UINT64_C(1) << bit;
        stretch.lasts |= UINT64_C(1) << last;
        for (unsigned i = bit + 1; i <= last; i++)
            stretch.tail |= (uint64_t)(longest > 4 && random_below(random, 3) == 0) << i;
        bit = last + 1 + (unsigned)random_below(random, longest);
    }
    return stretch;
}

static void the_kth_begin_and_the_kth_last_bit_are_a_piece(void **state) {
    const ca_kernels *kernels = *state;
    test_random random = {11};
    for (int round = 0; round < 20000; round++) {
        ca_stretch stretch = random_stretch(&random);
        ca_piece items[64 + CA_WRITE_BEYOND + 1];
        memset(items, 0xA5, sizeof items);
        size_t n = kernels->write_pieces(&stretch, items), k = 0;
        int32_t points = -7;
        for (unsigned bit = 0, last = 0; bit < 64; bit++) {
            if (stretch.begins >> bit & 1) {
                while (!(stretch.lasts >> last & 1)) last++;
                assert_int_equal(items[k].at, stretch.at + bit);
                assert_int_equal(items[k].len, last - bit + 1);
                assert_int_equal(items[k++].start, points);
                last++;
            }
            points += !(stretch.tail >> bit & 1);
        }
        assert_int_equal(n, k);
        assert_int_equal(items[64 + CA_WRITE_BEYOND].len, 0xA5A5A5A5); /* nobody was there */
    }
}

static void a_recent_type_is_found_by_its_bytes_and_length(void **state) {
    const ca_kernels *kernels = *state;
    enum { TEXT = 300, PIECES = 60 };
    static const char letters[] = "ab\xC3\x80"; /* NUL too */
    test_random random = {12};
    ca_recent *recent = calloc(1, sizeof *recent);
    uint8_t *text = malloc(TEXT);
    assert_true(recent != NULL && text != NULL);
    for (int round = 0; round < 500; round++) {
        ca_piece pieces[PIECES];
        int32_t ids[PIECES];
        uint32_t missed[PIECES];
        for (unsigned i = 0; i < TEXT; i++)
            text[i] = (uint8_t)letters[random_below(&random, sizeof letters)];
        for (unsigned i = 0; i < PIECES; i++) {
            pieces[i] = (ca_piece){.at = random_below(&random, TEXT - 15),
                                   .len = 1 + (uint32_t)random_below(&random, i % 9 ? 4 : 17)};
            if (pieces[i].len > CA_SHORT) pieces[i].at = 0;
            if (i % 3 > 0 || pieces[i].len > CA_SHORT) continue;
            ca_key key = ca_key_of(text + pieces[i].at, pieces[i].len);
            recent->keys[ca_recent_place(key)] = key;
            recent->ids[ca_recent_place(key)] = round * PIECES + (int32_t)i;
        }
        size_t n = kernels->find_recent(recent, text, pieces, PIECES, ids, missed), k = 0;
        for (unsigned i = 0; i < PIECES; i++) {
            bool there = false;
            if (pieces[i].len <= CA_SHORT) {
                ca_key key = ca_key_of(text + pieces[i].at, pieces[i].len);
                size_t place = ca_recent_place(key);
                there = memcmp(&recent->keys[place], &key, sizeof key) == 0;
                if (there) assert_int_equal(ids[i], recent->ids[place]);
            }
            if (!there) assert_int_equal(missed[k++], i);
        }
        assert_int_equal(n, k);
    }
    free(recent);
    free(text);
}

/* The tests of one set of kernels. */
static int test_set(const ca_kernels *set) {
    void *kernels = (void *)(uintptr_t)set;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(every_byte_has_its_class_at_every_place, kernels),
        cmocka_unit_test_prestate(random_bytes_have_their_classes, kernels),
        cmocka_unit_test_prestate(random_text_has_its_classes, kernels),
        cmocka_unit_test_prestate(a_byte_has_at_most_one_class, kernels),
        cmocka_unit_test_prestate(every_byte_has_its_case_at_every_place, kernels),
        cmocka_unit_test_prestate(the_kth_begin_and_the_kth_last_bit_are_a_piece, kernels),
        cmocka_unit_test_prestate(a_recent_type_is_found_by_its_bytes_and_length, kernels),
    };
    return cmocka_run_group_tests_name(set->name, tests, NULL, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(word_bytes_are_those_of_the_mask),
        cmocka_unit_test(bits_are_counted_and_found),
        cmocka_unit_test(a_set_is_forced_by_its_name_only),
        cmocka_unit_test(the_scalar_set_works_everywhere),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    for (size_t i = 0; ca_kernels_all[i] != NULL; i++) {
        if (ca_kernels_all[i]->is_supported()) failed += test_set(ca_kernels_all[i]);
    }
    return failed;
}
