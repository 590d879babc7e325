#include "corpus.h"

#include "../../csrc/core/walk.h"

/* The straight way from a token, as far as it is looked up before a walk. */
static void straight_way(const ca_walk *walk, size_t first, uint32_t nodes[CA_WALK_KNOWN]) {
    memset(nodes, 0, CA_WALK_KNOWN * sizeof *nodes);
    nodes[0] = walk->map->types[walk->doc.id[first]].root;
    for (size_t i = 1; i < CA_WALK_KNOWN && first + i < walk->doc.n && nodes[i - 1] != 0; i++) {
        int32_t word = walk->map->types[walk->doc.id[first + i]].word;
        nodes[i] = word >= 0 ? ca_dict_child(walk->dict, nodes[i - 1], word) : 0;
    }
}

/* Walk from token `first` of a text, before token `limit`: 10 * end + alias of the best, or 0. */
static unsigned walked(const char *const *aliases, const char *text, size_t first, size_t limit) {
    test_corpus corpus;
    corpus_open(&corpus, LIST(text));
    ca_dict dict = dict_of(&corpus.hook, CA_CASE_SMART, aliases);
    ca_typemap map = {.alloc = NULL};
    ca_match_options options = {.overlap = CA_OVERLAP_LONGEST};
    uint32_t nodes[CA_WALK_KNOWN];
    assert_int_equal(ca_typemap_build(&map, &corpus.hook, &dict, &corpus.tokens.vocab, NULL),
                     CA_OK);
    ca_walk walk = {.alloc = &corpus.hook,
                    .dict = &dict,
                    .map = &map,
                    .options = &options,
                    .day = CA_DAY_FIRST,
                    .doc = ca_tokens_doc(&corpus.tokens, &corpus.tokens.blocks[0], 0)};
    walk.limit = limit < walk.doc.n ? limit : walk.doc.n;
    straight_way(&walk, first, nodes);
    assert_int_equal(ca_walk_from(&walk, first, nodes), CA_OK);
    unsigned found = walk.best.end > 0 ? 10 * walk.best.end + (unsigned)walk.best.alias : 0;
    assert_true(walk.best.end == 0 || walk.best.first == first);
    ca_walk_reset(&walk);
    ca_typemap_reset(&map);
    ca_dict_reset(&dict);
    corpus_close(&corpus);
    return found;
}

static void the_picture_of_the_header_holds(void **unused) {
    (void)unused;
    const char *const *names = LIST("Islamic State", "Islamic State Khorasan");
    assert_int_equal(walked(names, "the Islamic State's Khorasan branch", 1, 99), 51);
    assert_int_equal(walked(names, "the Islamic State's Caspian branch", 1, 99), 30);
    assert_int_equal(walked(names, "the Islamic State's Khorasan branch", 0, 99), 0);
    assert_int_equal(walked(names, "the Islamic State's Khorasan branch", 2, 99), 0);
}

static void no_walk_leaves_its_limit(void **unused) {
    (void)unused;
    const char *const *names = LIST("Mali", "Mali Army", "Mali Army-Staff");
    const char *text = "Mali Army-Staff";
    assert_int_equal(walked(names, text, 0, 4), 42);
    assert_int_equal(walked(names, text, 0, 3), 21);
    assert_int_equal(walked(names, text, 0, 2), 21);
    assert_int_equal(walked(names, text, 0, 1), 10);
}

static void a_walk_goes_on_where_the_known_way_ends(void **unused) {
    (void)unused;
    const char *const *names = LIST("a b c d e f g", "a b c d e", "a b");
    assert_int_equal(walked(names, "a b c d e f g", 0, 99), 70);
    assert_int_equal(walked(names, "a b c d e f x", 0, 99), 51);
    assert_int_equal(walked(names, "a b c d x f g", 0, 99), 22);
    assert_int_equal(walked(names, "a-b c d–e f g", 0, 99), 90);
}

static void a_walk_over_dashes_is_not_taken_for_the_straight_one(void **unused) {
    (void)unused;
    const char *const *names = LIST("a – b", "a b");
    assert_int_equal(walked(names, "a – b", 0, 99), 30);
    assert_int_equal(walked(names, "a b", 0, 99), 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_of_the_header_holds),
        cmocka_unit_test(no_walk_leaves_its_limit),
        cmocka_unit_test(a_walk_goes_on_where_the_known_way_ends),
        cmocka_unit_test(a_walk_over_dashes_is_not_taken_for_the_straight_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
