#include "corpus.h"

#include "../../csrc/core/lexicon.h"

static bool negates(const char *word) {
    return ca_lexicon_is_negator((ca_str){(const uint8_t *)word, strlen(word)});
}

static void negators_are_known(void **unused) {
    (void)unused;
    assert_true(negates("not"));
    assert_true(negates("never"));
    assert_true(negates("didn't"));
    assert_false(negates("note"));
    assert_false(negates(""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(negators_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
