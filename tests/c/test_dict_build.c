#include "corpus.h"

#include "../../csrc/core/dict_build.h"

#include <stdlib.h>

/* The alias under a number of the list, or NULL where it was left out. */
static const ca_alias *alias_of(const ca_dict *dict, int32_t number) {
    for (size_t i = 0; i < dict->n_hung; i++) {
        if (dict->aliases[i].number == number) return &dict->aliases[i];
    }
    return NULL;
}

static ca_alias_extra extra_of(const ca_dict *dict, const ca_alias *alias) {
    if (alias->extra == 0) return (ca_alias_extra){0, 0, CA_DAY_FIRST, CA_DAY_LAST};
    return dict->extras[alias->extra - 1];
}

static void assert_problem_at(const char *file, int line, const char *alias, int expected) {
    ca_alloc hook = ca_alloc_libc();
    test_aliases list = aliases_of(CA_CASE_SMART, LIST(alias));
    ca_dict dict = {.alloc = NULL};
    _assert_int_equal((uintmax_t)aliases_build(&hook, &list, &dict), CA_OK, file, line);
    if (list.problems[0] != expected) {
        print_error("\"%s\" is %d, not %d\n", alias, list.problems[0], expected);
        _fail(file, line);
    }
    ca_dict_reset(&dict);
}

#define is_good(alias) assert_problem_at(__FILE__, __LINE__, alias, CA_ALIAS_GOOD)
#define is_empty(alias) assert_problem_at(__FILE__, __LINE__, alias, CA_ALIAS_EMPTY)
#define is_too_long(alias) assert_problem_at(__FILE__, __LINE__, alias, CA_ALIAS_TOO_LONG)

/* ---- problems ---- */

static void an_alias_without_a_word_is_reported(void **unused) {
    (void)unused;
    is_empty("");
    is_empty("  \n ");
    is_empty("-");
    is_empty("– –");
    is_empty("\u00AD\u200B");
    is_good("K");
    is_good("-K-");
    is_good("9/11");
}

static void a_missing_alias_is_empty(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_aliases list = aliases_of(CA_CASE_SMART, LIST("a", "b"));
    list.items[0] = (ca_text){.form = CA_TEXT_MISSING};
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(aliases_build(&hook, &list, &dict), CA_OK);
    assert_int_equal(list.problems[0], CA_ALIAS_EMPTY);
    assert_int_equal(list.problems[1], CA_ALIAS_GOOD);
    ca_dict_reset(&dict);
}

/* "w w w ..." of n words with `joint` between them. */
static const char *words_of(size_t n, const char *joint) {
    static char text[1024];
    text[0] = '\0';
    for (size_t i = 0; i < n; i++) strcat(strcat(text, i > 0 ? joint : ""), "w");
    return text;
}

static void sixty_four_words_are_the_most(void **unused) {
    (void)unused;
    is_good(words_of(CA_ALIAS_WORDS, " "));
    is_good(words_of(CA_ALIAS_WORDS, "-"));
    is_good(words_of(CA_ALIAS_WORDS / 2, ", "));
    is_too_long(words_of(CA_ALIAS_WORDS + 1, " "));
    is_too_long(words_of(CA_ALIAS_WORDS + 1, "-"));
    is_too_long(words_of(CA_ALIAS_WORDS / 2 + 1, ", ")); /* a sign is a word here */
}

static void a_hyphen_behind_the_last_word_is_no_word_more(void **unused) {
    (void)unused;
    char text[1024];
    strcat(strcpy(text, words_of(CA_ALIAS_WORDS, " ")), "-");
    is_good(text);
}

/* Whether the second of two aliases for one entry repeats the first. */
static bool repeats(ca_case_rule rule, const char *first, const char *second) {
    ca_alloc hook = ca_alloc_libc();
    test_aliases list = aliases_of(rule, LIST(first, second));
    list.entries[1] = list.entries[0];
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(aliases_build(&hook, &list, &dict), CA_OK);
    assert_int_equal(list.problems[0], CA_ALIAS_GOOD);
    ca_dict_reset(&dict);
    return list.problems[1] == CA_ALIAS_REPEATED;
}

static void the_same_alias_of_an_entry_repeats(void **unused) {
    (void)unused;
    assert_true(repeats(CA_CASE_SMART, "Islamic State", "Islamic State"));
    assert_true(repeats(CA_CASE_SMART, "Islamic State", " Islamic\u00A0 State"));
    assert_true(repeats(CA_CASE_SMART, "Al-Qaeda", "Al–Qaeda"));
    assert_true(repeats(CA_CASE_SMART, "Al-Qaeda", "Al - Qaeda"));
    assert_true(repeats(CA_CASE_SMART, "O'Neil", "O’Neil"));
    assert_true(repeats(CA_CASE_SMART, "U.S.", "U.S"));
    assert_true(repeats(CA_CASE_EXACT, "AC/DC", "AC / DC"));
}

static void what_matches_otherwise_does_not_repeat(void **unused) {
    (void)unused;
    assert_false(repeats(CA_CASE_SMART, "Islamic State", "Islamic state"));
    assert_false(repeats(CA_CASE_SMART, "Al-Qaeda", "Al Qaeda"));
    assert_false(repeats(CA_CASE_SMART, "Islamic State", "Islamic States"));
    assert_false(repeats(CA_CASE_SMART, "日 本", "日本"));
    assert_false(repeats(CA_CASE_SMART, "US", "U.S."));
}

static void an_alias_of_two_entries_or_two_rules_does_not_repeat(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_aliases list = aliases_of(CA_CASE_SMART, LIST("Taliban", "Taliban", "Taliban", "Taliban"));
    list.entries[2] = list.entries[3] = 0;
    list.rules[2] = CA_CASE_FOLD;
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(aliases_build(&hook, &list, &dict), CA_OK);
    const uint8_t expected[] = {CA_ALIAS_GOOD, CA_ALIAS_GOOD, CA_ALIAS_GOOD, CA_ALIAS_REPEATED};
    assert_memory_equal(list.problems, expected, sizeof expected);
    /* Those that end at the node lie there in the order of the list, repeated ones left out. */
    assert_int_equal(dict.n_hung, 3);
    for (int32_t i = 0; i < 3; i++) assert_int_equal(dict.aliases[i].number, i);
    assert_int_equal(dict.nodes[1].first_alias, 0);
    assert_int_equal(dict.nodes[2].first_alias, 3);
    ca_dict_reset(&dict);
}

static void a_repeated_alias_has_the_higher_priority_of_the_two(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    for (int32_t turn = 0; turn < 2; turn++) {
        test_aliases list = aliases_of(CA_CASE_SMART, LIST("Kabul", "Kabul", "Kabul"));
        list.entries[2] = list.entries[1];
        list.priorities[0] = 2;
        list.priorities[1 + turn] = 3;
        ca_dict dict = {.alloc = NULL};
        assert_int_equal(aliases_build(&hook, &list, &dict), CA_OK);
        assert_int_equal(list.problems[2], CA_ALIAS_REPEATED);
        assert_int_equal(dict.n_hung, 2);
        assert_int_equal(dict.aliases[0].number, 1);
        assert_int_equal(dict.aliases[0].priority, 3);
        assert_int_equal(dict.aliases[1].number, 0);
        assert_int_equal(dict.aliases[1].priority, 2);
        ca_dict_reset(&dict);
    }
}

static void what_is_left_out_keeps_its_number(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_aliases list = aliases_of(CA_CASE_SMART, LIST("", "Taliban", "-", "Haqqani"));
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(aliases_build(&hook, &list, &dict), CA_OK);
    assert_int_equal(dict.n_aliases, 4);
    assert_int_equal(dict.n_nodes, 3);
    assert_int_equal(alias_of(&dict, 3)->entry, 3);
    assert_int_equal(alias_of(&dict, 3)->n_words, 1);
    assert_null(alias_of(&dict, 2));
    ca_dict_reset(&dict);
}

/* ---- joints ---- */

enum { BLANK = 'b', HYPHEN = 'h', FREE = 'f' };

static void has_joints(const char *alias, const char *expected) {
    ca_alloc hook = ca_alloc_libc();
    ca_dict dict = dict_of(&hook, CA_CASE_SMART, LIST(alias));
    const ca_alias *built = &dict.aliases[0];
    ca_alias_extra extra = extra_of(&dict, built);
    if (built->n_words != strlen(expected) + 1)
        fail_msg("%s has %d words", alias, (int)built->n_words);
    for (size_t i = 0; i < CA_ALIAS_WORDS; i++) {
        bool hyphen = extra.hyphen_joints >> i & 1, sign = extra.free_joints >> i & 1;
        char joint = BLANK;
        if (hyphen) joint = HYPHEN;
        if (sign) joint = FREE;
        assert_false(hyphen && sign);
        if (joint != (i < strlen(expected) ? expected[i] : BLANK))
            fail_msg("%s, joint %d is %c", alias, (int)i, joint);
    }
    ca_dict_reset(&dict);
}

static void joints_are_blanks_hyphens_or_signs(void **unused) {
    (void)unused;
    has_joints("Taliban", "");
    has_joints("Islamic State", "b");
    has_joints("Islamic \n State", "b");
    has_joints("Al-Qaeda", "h");
    has_joints("Al–Qaeda", "h");
    has_joints("Al\u2011Qaeda", "h");
    has_joints("Al−Qaeda", "h");
    has_joints("Al - Qaeda", "h");
    has_joints("Tehrik-i-Taliban Pakistan", "hhb");
    has_joints("AC/DC", "ff");
    has_joints("AC / DC", "ff");
    has_joints("Emirates (UAE)", "fff");
    has_joints("Islamic State's Khorasan", "bfb"); /* the possessive is a word of the alias */
    has_joints("Tajikistan—Moscow", "ff");         /* an em dash is a sign, never a hyphen */
    has_joints("-Qaeda-", "");
    has_joints("日本", "f");
    has_joints(words_of(CA_ALIAS_WORDS, "-"),
               "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh");
}

/* ---- smart case ---- */

static ca_case_rule rule_of(ca_case_rule rule, const char *alias) {
    ca_alloc hook = ca_alloc_libc();
    ca_dict dict = dict_of(&hook, rule, LIST(alias));
    ca_case_rule resolved = (ca_case_rule)dict.aliases[0].rule;
    ca_dict_reset(&dict);
    return resolved;
}

static void short_capitals_are_acronyms_and_match_as_written(void **unused) {
    (void)unused;
    assert_int_equal(rule_of(CA_CASE_SMART, "US"), CA_CASE_EXACT);
    assert_int_equal(rule_of(CA_CASE_SMART, "U.S."), CA_CASE_EXACT);
    assert_int_equal(rule_of(CA_CASE_SMART, "IS-K"), CA_CASE_EXACT);
    assert_int_equal(rule_of(CA_CASE_SMART, "UN US A"), CA_CASE_EXACT);
    assert_int_equal(rule_of(CA_CASE_SMART, "ISISK"), CA_CASE_EXACT);
    assert_int_equal(rule_of(CA_CASE_SMART, "СССР"), CA_CASE_EXACT);
    assert_int_equal(rule_of(CA_CASE_SMART, "ISIS's"), CA_CASE_EXACT);
}

static void only_letters_count_towards_an_acronym(void **unused) {
    (void)unused;
    assert_int_equal(rule_of(CA_CASE_SMART, "G20"), CA_CASE_EXACT);
    assert_int_equal(rule_of(CA_CASE_SMART, "COVID-19"), CA_CASE_EXACT);
    assert_int_equal(rule_of(CA_CASE_SMART, "COVID19"), CA_CASE_EXACT);
    assert_int_equal(rule_of(CA_CASE_SMART, "AT&TXY"), CA_CASE_EXACT);
    assert_int_equal(rule_of(CA_CASE_SMART, "E\u0301U\u0301A\u0301"), CA_CASE_EXACT);
}

static void longer_or_mixed_names_stay_smart(void **unused) {
    (void)unused;
    assert_int_equal(rule_of(CA_CASE_SMART, "UNICEF"), CA_CASE_SMART);
    assert_int_equal(rule_of(CA_CASE_SMART, "ISI SK A"), CA_CASE_SMART);
    assert_int_equal(rule_of(CA_CASE_SMART, "Mali"), CA_CASE_SMART);
    assert_int_equal(rule_of(CA_CASE_SMART, "UNo"), CA_CASE_SMART);
    assert_int_equal(rule_of(CA_CASE_SMART, "UN in NY"), CA_CASE_SMART);
    assert_int_equal(rule_of(CA_CASE_SMART, "9th UN"), CA_CASE_SMART);
    assert_int_equal(rule_of(CA_CASE_SMART, "9/11"), CA_CASE_SMART);
    assert_int_equal(rule_of(CA_CASE_SMART, "داعش"), CA_CASE_SMART);
}

static void other_rules_stay_as_they_are(void **unused) {
    (void)unused;
    assert_int_equal(rule_of(CA_CASE_FOLD, "US"), CA_CASE_FOLD);
    assert_int_equal(rule_of(CA_CASE_EXACT, "Mali"), CA_CASE_EXACT);
}

/* What an alias keeps of how it is spelt, "c." for a capital and small letters, "o" for what is in
 * the forms, and of its first word with a capital. */
static void is_spelt(const char *text, const char *expected, const char *capital) {
    ca_alloc hook = ca_alloc_libc();
    ca_dict dict = dict_of(&hook, CA_CASE_SMART, LIST(text));
    const ca_alias *alias = alias_of(&dict, 0);
    const int32_t *forms = dict.forms_of + alias->first_form;
    bool kept = (alias->flags & CA_ALIAS_FORMS) != 0;
    assert_int_equal(alias->n_words, strlen(expected));
    for (size_t i = 0; expected[i] != '\0'; i++) {
        assert_int_equal(alias->capitals >> i & 1, expected[i] == 'c');
        if (kept) assert_int_equal(forms[i] >= 0, expected[i] == 'o');
    }
    assert_int_equal(kept, strchr(expected, 'o') != NULL);
    if (kept && forms[alias->n_words] >= 0) {
        ca_str is = ca_strings_get(&dict.forms, forms[alias->n_words]);
        assert_int_equal(is.len, strlen(capital));
        assert_memory_equal(is.ptr, capital, is.len);
    } else {
        assert_null(capital);
    }
    ca_dict_reset(&dict);
}

static void only_unusual_spellings_are_kept_as_forms(void **unused) {
    (void)unused;
    is_spelt("al-Qaeda", ".c", NULL);
    is_spelt("Mali", "c", NULL);
    is_spelt("9/11 attacks", "..", NULL);
    is_spelt("ätherischer Bund", ".c", NULL);
    is_spelt("UNESCO", "o", "UNESCO");
    is_spelt("eBay Mali", "oc", "EBay");
    is_spelt("Mali McCain", "co", NULL);
}

static void rules_of_any_case_keep_no_spelling(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    for (ca_case_rule rule = CA_CASE_FOLD; rule <= CA_CASE_TITLE; rule++) {
        ca_dict dict = dict_of(&hook, rule, LIST("UNESCO", "Mali"));
        assert_int_equal(dict.n_forms_of, 0);
        assert_int_equal(alias_of(&dict, 1)->capitals, 0);
        ca_dict_reset(&dict);
    }
}

/* What a text may look like where an alias begins. */
static unsigned beginnings(ca_case_rule rule, const char *alias, ca_str word) {
    ca_alloc hook = ca_alloc_libc();
    ca_dict dict = dict_of(&hook, rule, LIST(alias, "Chad", "chad"));
    unsigned spelt = dict.root_spelt[ca_strings_find(&dict.words, word)];
    ca_dict_reset(&dict);
    return spelt;
}

static void a_word_knows_how_names_that_begin_with_it_may_be_spelt(void **unused) {
    (void)unused;
    ca_str mali = STR("mali"), un = STR("un");
    unsigned small = CA_BEGINS_SMALL | CA_BEGINS_CAPITAL | CA_BEGINS_CAPS;
    assert_int_equal(beginnings(CA_CASE_SMART, "Mali Army", mali),
                     CA_BEGINS_CAPITAL | CA_BEGINS_CAPS);
    assert_int_equal(beginnings(CA_CASE_SMART, "mali", mali), small);
    assert_int_equal(beginnings(CA_CASE_SMART, "UN", un), CA_BEGINS_FORM);
    assert_int_equal(beginnings(CA_CASE_EXACT, "mali", mali), CA_BEGINS_SMALL);
    assert_int_equal(beginnings(CA_CASE_EXACT, "Mali", mali), CA_BEGINS_CAPITAL);
    assert_int_equal(beginnings(CA_CASE_FOLD, "Mali", mali), CA_BEGINS_ANY);
    assert_int_equal(beginnings(CA_CASE_TITLE, "MALI", mali), CA_BEGINS_TITLE);
    assert_int_equal(beginnings(CA_CASE_SMART, "Army Mali", mali), 0);
    assert_int_equal(beginnings(CA_CASE_SMART, "Mali", STR("chad")), small);
}

static void days_and_short_names_are_kept(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_aliases list = aliases_of(CA_CASE_SMART, LIST("Burma", "Putin", "Mali"));
    const uint8_t shorts[] = {0, 1, 0};
    const int32_t from[] = {-5, CA_DAY_FIRST, CA_DAY_FIRST}, to[] = {7, CA_DAY_LAST, CA_DAY_LAST};
    ca_alias_list aliases = {.texts = {list.items, list.n},
                             .entries = list.entries,
                             .priorities = list.priorities,
                             .rules = list.rules,
                             .shorts = shorts,
                             .from_days = from,
                             .to_days = to};
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(ca_dict_build(&hook, &aliases, 1, NULL, &dict, list.problems), CA_OK);
    assert_int_equal(dict.n_extras, 1);
    assert_int_equal(extra_of(&dict, alias_of(&dict, 0)).from_day, -5);
    assert_int_equal(extra_of(&dict, alias_of(&dict, 0)).to_day, 7);
    assert_int_equal(alias_of(&dict, 1)->flags & CA_ALIAS_SHORT, CA_ALIAS_SHORT);
    assert_int_equal(alias_of(&dict, 2)->flags & CA_ALIAS_SHORT, 0);
    ca_dict_reset(&dict);
}

/* ---- globs ---- */

static void stars_make_globs_only_where_they_are_asked_for(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_aliases list = aliases_of(
        CA_CASE_FOLD, LIST("Support*", "un*ed", "*ing", "support*", "not * good", "war"));
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(aliases_build(&hook, &list, &dict), CA_OK);
    assert_int_equal(dict.n_globs, 0);
    assert_int_equal(alias_of(&dict, 0)->n_words, 2);
    ca_dict_reset(&dict);
    list.globs = true;
    assert_int_equal(aliases_build(&hook, &list, &dict), CA_OK);
    assert_int_equal(dict.n_globs, 4); /* support*, un*ed, *ing, *: each once */
    assert_int_equal(alias_of(&dict, 0)->n_words, 1);
    assert_int_equal(alias_of(&dict, 1)->n_words, 1);
    assert_int_equal(alias_of(&dict, 4)->n_words, 3);
    ca_str patterns[] = {STR("*"), STR("*ing"), STR("support*"), STR("un*ed")};
    for (size_t i = 0; i < 4; i++) { /* by what stands before the star */
        const ca_glob *glob = &dict.globs[i];
        ca_str pattern = {dict.glob_bytes + glob->at, glob->len};
        size_t j = 0;
        while (j < 4 && !ca_str_equal(pattern, patterns[j])) j++;
        assert_true(j < 4 && (i < 2) == (j < 2) && (i < 2 || i == j));
    }
    ca_dict_reset(&dict);
}

static void a_glob_behind_letters_of_several_bytes_is_cut_out_whole(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_aliases list = aliases_of(CA_CASE_FOLD, LIST("Ünder Téh*ran-x*"));
    list.globs = true;
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(aliases_build(&hook, &list, &dict), CA_OK);
    assert_int_equal(dict.n_globs, 2);
    assert_true(ca_str_equal((ca_str){dict.glob_bytes, dict.globs[0].len}, STR("téh*ran")));
    assert_true(ca_strings_find(&dict.words, STR("x*")) >= 0);
    assert_int_equal(extra_of(&dict, &dict.aliases[0]).hyphen_joints, 2);
    ca_dict_reset(&dict);
}

/* ---- the whole ---- */

static void no_aliases_make_a_dictionary_too(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_aliases list = {.n = 0};
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(aliases_build(&hook, &list, &dict), CA_OK);
    assert_int_equal(dict.n_nodes, 1);
    ca_dict_reset(&dict);
}

enum { MANY = 20000 };

typedef struct many {
    char bytes[MANY][24];
    ca_text items[MANY];
    int32_t entries[MANY], priorities[MANY];
    uint8_t rules[MANY], problems[MANY];
} many;

static many *make_many(void) {
    many *self = calloc(1, sizeof *self);
    assert_non_null(self);
    for (size_t i = 0; i < MANY; i++) {
        char *at = self->bytes[i];
        *at++ = (char)('a' + i % 26);
        *at++ = ' ';
        for (size_t n = i; n > 0; n /= 16) *at++ = (char)('a' + n % 16);
        self->items[i] = text_of(self->bytes[i]);
        self->entries[i] = (int32_t)i;
    }
    return self;
}

static ca_alias_list list_of(const many *self) {
    return (ca_alias_list){.texts = {self->items, MANY},
                           .entries = self->entries,
                           .priorities = self->priorities,
                           .rules = self->rules};
}

static void many_aliases_are_all_in_the_trie(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    many *self = make_many();
    ca_alias_list list = list_of(self);
    ca_dict dict = {.alloc = NULL};
    assert_int_equal(ca_dict_build(&hook, &list, 7, NULL, &dict, self->problems), CA_OK);
    const char *why = "";
    if (!ca_dict_validate(&dict, &why)) fail_msg("%s", why);
    assert_int_equal(dict.n_hung, MANY);
    size_t hung = 0;
    for (size_t node = 0; node < dict.n_nodes; node++)
        hung += dict.nodes[node].first_alias < dict.nodes[node + 1].first_alias;
    assert_int_equal(hung, MANY);
    ca_dict_reset(&dict);
    free(self);
}

/* Stops at the k-th question, k = ctx. */
static int stop_at_zero(void *ctx) {
    return (*(int *)ctx)-- == 0;
}

static void every_poll_can_stop_the_work_and_nothing_leaks(void **unused) {
    (void)unused;
    many *self = make_many();
    ca_alias_list list = list_of(self);
    ca_status status = CA_STOPPED;
    int stops = 0;
    for (; status == CA_STOPPED; stops++) {
        int left = stops;
        ca_poll poll = {.stop = stop_at_zero, .ctx = &left};
        test_alloc state = {.fail_at = -1};
        ca_alloc hook = test_alloc_hook(&state);
        ca_dict dict = {.n_nodes = 77};
        status = ca_dict_build(&hook, &list, 7, &poll, &dict, self->problems);
        if (status == CA_STOPPED) {
            assert_int_equal(dict.n_nodes, 77);
        } else {
            ca_dict_reset(&dict);
        }
        assert_int_equal(state.live, 0);
    }
    assert_int_equal(status, CA_OK);
    assert_true(stops > 10); /* the tokeniser asks, and the trie every 4096 aliases */
    free(self);
}

static ca_status build_all_kinds(const ca_alloc *alloc, void *ctx) {
    (void)ctx;
    test_aliases list = aliases_of(
        CA_CASE_SMART,
        LIST("Islamic State-Khorasan", "al-Qaeda", "Straße", "support*", "O’Neil", "AC/DC",
             "w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w", "",
             "US", "Islamic State-Khorasan"));
    list.globs = true;
    ca_dict dict = {.n_nodes = 77};
    ca_status status = aliases_build(alloc, &list, &dict);
    if (status == CA_OK) {
        ca_dict_reset(&dict);
    } else {
        assert_int_equal(dict.n_nodes, 77);
        assert_null(dict.nodes);
    }
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    sweep_allocations(build_all_kinds, NULL);
}

static void the_seed_never_shows(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_aliases list =
        aliases_of(CA_CASE_SMART, LIST("Islamic State", "al-Qaeda", "US", "Taliban"));
    ca_alias_list aliases = {.texts = {list.items, list.n},
                             .entries = list.entries,
                             .priorities = list.priorities,
                             .rules = list.rules};
    ca_dict one = {.alloc = NULL}, other = {.alloc = NULL};
    assert_int_equal(ca_dict_build(&hook, &aliases, 1, NULL, &one, list.problems), CA_OK);
    assert_int_equal(ca_dict_build(&hook, &aliases, 2, NULL, &other, list.problems), CA_OK);
    assert_int_equal(one.header->size, other.header->size);
    assert_memory_equal(one.header, other.header, (size_t)one.header->size);
    ca_dict_reset(&one);
    ca_dict_reset(&other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alias_without_a_word_is_reported),
        cmocka_unit_test(a_missing_alias_is_empty),
        cmocka_unit_test(sixty_four_words_are_the_most),
        cmocka_unit_test(a_hyphen_behind_the_last_word_is_no_word_more),
        cmocka_unit_test(the_same_alias_of_an_entry_repeats),
        cmocka_unit_test(what_matches_otherwise_does_not_repeat),
        cmocka_unit_test(an_alias_of_two_entries_or_two_rules_does_not_repeat),
        cmocka_unit_test(a_repeated_alias_has_the_higher_priority_of_the_two),
        cmocka_unit_test(what_is_left_out_keeps_its_number),
        cmocka_unit_test(joints_are_blanks_hyphens_or_signs),
        cmocka_unit_test(short_capitals_are_acronyms_and_match_as_written),
        cmocka_unit_test(only_letters_count_towards_an_acronym),
        cmocka_unit_test(longer_or_mixed_names_stay_smart),
        cmocka_unit_test(other_rules_stay_as_they_are),
        cmocka_unit_test(only_unusual_spellings_are_kept_as_forms),
        cmocka_unit_test(rules_of_any_case_keep_no_spelling),
        cmocka_unit_test(a_word_knows_how_names_that_begin_with_it_may_be_spelt),
        cmocka_unit_test(days_and_short_names_are_kept),
        cmocka_unit_test(stars_make_globs_only_where_they_are_asked_for),
        cmocka_unit_test(a_glob_behind_letters_of_several_bytes_is_cut_out_whole),
        cmocka_unit_test(no_aliases_make_a_dictionary_too),
        cmocka_unit_test(many_aliases_are_all_in_the_trie),
        cmocka_unit_test(every_poll_can_stop_the_work_and_nothing_leaks),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
        cmocka_unit_test(the_seed_never_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
