#include "support.h"

#include "../../csrc/core/strings.h"

#include <stdio.h>
#include <stdlib.h>

enum { MANY = 5000 };

typedef struct frozen {
    ca_vocab vocab;
    uint8_t *bytes;
    uint32_t *ends, *slots;
    ca_strings strings;
} frozen;

/* n strings: "0", "1" ... */
static frozen freeze(const ca_alloc *alloc, size_t n) {
    frozen self = {.bytes = NULL};
    char text[16];
    int32_t id;
    assert_int_equal(ca_vocab_init(&self.vocab, alloc, 3), CA_OK);
    for (size_t i = 0; i < n; i++) {
        int len = snprintf(text, sizeof text, "%zu", i);
        ca_str type = {(const uint8_t *)text, (size_t)len};
        assert_int_equal(ca_vocab_intern(&self.vocab, type, &id), CA_OK);
    }
    size_t n_bytes = n > 0 ? self.vocab.ends[n - 1] : 0;
    self.bytes = malloc(n_bytes + 1);
    self.ends = malloc(n * sizeof *self.ends + 1);
    self.slots = malloc(ca_strings_slots(n) * sizeof *self.slots);
    ca_strings_write(&self.vocab, self.bytes, self.ends, self.slots);
    self.strings = (ca_strings){.bytes = self.bytes,
                                .ends = self.ends,
                                .slots = self.slots,
                                .n = n,
                                .n_bytes = n_bytes,
                                .n_slots = ca_strings_slots(n)};
    return self;
}

static void melt(frozen *self) {
    ca_vocab_reset(&self->vocab);
    free(self->bytes);
    free(self->ends);
    free(self->slots);
}

static void every_string_is_found_under_its_number(void **unused) {
    (void)unused;
    ca_alloc alloc = ca_alloc_libc();
    frozen self = freeze(&alloc, MANY);
    const char *why = "";
    assert_true(ca_strings_check(&self.strings, &why));
    for (int32_t i = 0; i < MANY; i++) {
        ca_str string = ca_strings_get(&self.strings, i);
        assert_true(ca_str_equal(string, ca_vocab_type(&self.vocab, i)));
        assert_int_equal(ca_strings_find(&self.strings, string), i);
    }
    melt(&self);
}

static void what_is_no_string_is_not_found(void **unused) {
    (void)unused;
    ca_alloc alloc = ca_alloc_libc();
    frozen self = freeze(&alloc, MANY), none = freeze(&alloc, 0);
    assert_int_equal(ca_strings_find(&self.strings, STR("5000")), -1);
    assert_int_equal(ca_strings_find(&self.strings, STR("01")), -1);
    assert_int_equal(ca_strings_find(&self.strings, STR("")), -1);
    assert_int_equal(ca_strings_find(&self.strings, STR("1\0")), -1);
    assert_int_equal(ca_strings_find(&none.strings, STR("1")), -1);
    melt(&self);
    melt(&none);
}

static void check_names_what_is_broken(void **unused) {
    (void)unused;
    ca_alloc alloc = ca_alloc_libc();
    frozen self = freeze(&alloc, 20);
    const char *why = "";
    uint32_t end = self.ends[7];
    self.ends[7] = 0;
    assert_false(ca_strings_check(&self.strings, &why));
    assert_string_equal(why, "strings overlap");
    self.ends[7] = end;
    end = self.ends[19];
    self.ends[19] = 1000;
    assert_false(ca_strings_check(&self.strings, &why));
    self.ends[19] = end;
    for (size_t i = 0; i < self.strings.n_slots; i++) {
        uint32_t slot = self.slots[i];
        self.slots[i] = slot == 0 ? 3 : 0;
        assert_false(ca_strings_check(&self.strings, &why));
        self.slots[i] = 21;
        assert_false(ca_strings_check(&self.strings, &why));
        self.slots[i] = slot;
    }
    assert_string_equal(why, "slots and strings do not fit");
    self.strings.n_slots = 3;
    assert_false(ca_strings_check(&self.strings, &why));
    assert_string_equal(why, "slots are not a power of two");
    melt(&self);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_string_is_found_under_its_number),
        cmocka_unit_test(what_is_no_string_is_not_found),
        cmocka_unit_test(check_names_what_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
