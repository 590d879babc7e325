#include "corpus.h"

#include "../../csrc/core/dict_file.h"

#include <stdlib.h>

typedef struct file {
    uint8_t *bytes;
    size_t len;
    uint64_t fingerprint;
} file;

static file write_one(void) {
    ca_alloc hook = ca_alloc_libc();
    test_aliases list = aliases_of(
        CA_CASE_SMART, LIST("Islamic State-Khorasan", "US", "support*", "RFE/RL", "al-Qaeda"));
    list.globs = true;
    ca_dict dict = {.alloc = NULL};
    file self;
    assert_int_equal(aliases_build(&hook, &list, &dict), CA_OK);
    assert_int_equal(ca_dict_fingerprint(&hook, &self.fingerprint), CA_OK);
    self.len = (size_t)ca_dict_file_size(&dict, 5);
    self.bytes = malloc(self.len);
    ca_dict_file_write(&dict, STR("extra"), self.fingerprint, self.bytes);
    ca_dict_reset(&dict);
    return self;
}

static ca_status open_file(const file *self, size_t len, ca_dict *dict, const char **why) {
    ca_str meta;
    ca_status status =
        ca_dict_file_open((ca_str){self->bytes, len}, self->fingerprint, dict, &meta, why);
    if (status == CA_OK) assert_true(ca_str_equal(meta, STR("extra")));
    return status;
}

static void what_is_written_is_opened_in_place(void **unused) {
    (void)unused;
    file self = write_one();
    ca_dict dict = {.alloc = NULL};
    const char *why = "";
    assert_int_equal(open_file(&self, self.len, &dict, &why), CA_OK);
    assert_true(ca_dict_validate(&dict, &why));
    assert_int_equal(dict.n_aliases, 5);
    assert_ptr_equal(dict.header, self.bytes);
    free(self.bytes);
}

static void any_changed_byte_is_refused(void **unused) {
    (void)unused;
    file self = write_one();
    ca_dict dict = {.n_aliases = 77};
    const char *why;
    for (size_t i = 0; i < self.len; i++) {
        for (int bit = 0; bit < 8; bit++) {
            self.bytes[i] ^= (uint8_t)(1 << bit);
            assert_int_equal(open_file(&self, self.len, &dict, &why), CA_INVALID);
            self.bytes[i] ^= (uint8_t)(1 << bit);
        }
    }
    assert_int_equal(dict.n_aliases, 77);
    assert_int_equal(open_file(&self, self.len, &dict, &why), CA_OK);
    free(self.bytes);
}

static void any_shorter_file_is_refused(void **unused) {
    (void)unused;
    file self = write_one();
    ca_dict dict = {.alloc = NULL};
    const char *why;
    for (size_t len = 0; len < self.len; len++)
        assert_int_equal(open_file(&self, len, &dict, &why), CA_INVALID);
    free(self.bytes);
}

static void other_rules_of_tokenizing_are_refused_with_advice(void **unused) {
    (void)unused;
    file self = write_one();
    ca_dict dict = {.alloc = NULL};
    const char *why = "";
    self.fingerprint++;
    assert_int_equal(open_file(&self, self.len, &dict, &why), CA_INVALID);
    assert_non_null(strstr(why, "build it anew"));
    free(self.bytes);
}

static void the_fingerprint_is_the_same_every_time(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    uint64_t one, other;
    assert_int_equal(ca_dict_fingerprint(&hook, &one), CA_OK);
    assert_int_equal(ca_dict_fingerprint(&hook, &other), CA_OK);
    assert_true(one == other);
}

static ca_status take_fingerprint(const ca_alloc *alloc, void *ctx) {
    (void)ctx;
    uint64_t out;
    return ca_dict_fingerprint(alloc, &out);
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    sweep_allocations(take_fingerprint, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_opened_in_place),
        cmocka_unit_test(any_changed_byte_is_refused),
        cmocka_unit_test(any_shorter_file_is_refused),
        cmocka_unit_test(other_rules_of_tokenizing_are_refused_with_advice),
        cmocka_unit_test(the_fingerprint_is_the_same_every_time),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
