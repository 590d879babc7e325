#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include "../../csrc/core/vocab.h"

/* A vocabulary whose memory is counted. */
typedef struct counted {
    test_alloc state;
    ca_alloc hook;
    ca_vocab vocab;
} counted;

static void counted_open(counted *self, uint64_t seed) {
    *self = (counted){.state = {.fail_at = -1}};
    self->hook = test_alloc_hook(&self->state);
    assert_int_equal(ca_vocab_init(&self->vocab, &self->hook, seed), CA_OK);
}

static void assert_valid(const ca_vocab *vocab) {
    const char *why = "";
    if (!ca_vocab_validate(vocab, &why)) fail_msg("vocabulary: %s", why);
}

static void counted_close(counted *self) {
    assert_valid(&self->vocab);
    ca_vocab_reset(&self->vocab);
    assert_int_equal(self->state.live, 0);
}

static int32_t intern(ca_vocab *vocab, ca_str type) {
    int32_t id = -7;
    assert_int_equal(ca_vocab_intern(vocab, type, &id), CA_OK);
    return id;
}

static void assert_type(const ca_vocab *vocab, int32_t id, ca_str type) {
    assert_true(ca_str_equal(ca_vocab_type(vocab, id), type));
    assert_int_equal(ca_vocab_find(vocab, type), id);
}

/* A copy in a block of exactly its size, so that AddressSanitizer sees any byte read beyond. */
static ca_str copy_exactly(ca_str text) {
    uint8_t *bytes = malloc(text.len);
    assert_non_null(bytes);
    memcpy(bytes, text.ptr, text.len);
    return (ca_str){bytes, text.len};
}

/* Type number i of many: 1 to 40 bytes, most of them shared with its neighbours. */
static ca_str nth_type(size_t i, char room[48]) {
    int len = snprintf(room, 48, "%zu%.*s%zu", i % 7, (int)(i % 31),
                       "abcdefghijklmnopqrstuvwxyzabcdef", i);
    return (ca_str){(const uint8_t *)room, (size_t)len};
}

/* ---- ids ---- */

static void ids_count_surface_forms_by_first_appearance(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    assert_int_equal(intern(&c.vocab, STR("Kyiv")), 0);
    assert_int_equal(intern(&c.vocab, STR("kyiv")), 1);
    assert_int_equal(intern(&c.vocab, STR("Kyiv")), 0);
    assert_int_equal(intern(&c.vocab, STR("fell")), 2);
    assert_int_equal(c.vocab.n, 3);
    counted_close(&c);
}

static void types_lie_one_behind_the_other(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    intern(&c.vocab, STR("Kyiv"));
    intern(&c.vocab, STR("\u2019s"));
    intern(&c.vocab, STR("1990s"));
    assert_memory_equal(c.vocab.bytes, "Kyiv\u2019s1990s", 13);
    assert_int_equal(c.vocab.ends[0], 4);
    assert_int_equal(c.vocab.ends[1], 8);
    assert_int_equal(c.vocab.ends[2], 13);
    assert_type(&c.vocab, 0, STR("Kyiv"));
    assert_type(&c.vocab, 1, STR("\u2019s"));
    assert_type(&c.vocab, 2, STR("1990s"));
    counted_close(&c);
}

static void a_type_has_its_length_in_code_points_and_its_shape(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    intern(&c.vocab, STR("caf\u00E9"));
    intern(&c.vocab, STR("\U0001F600"));
    intern(&c.vocab, STR("1990s"));
    intern(&c.vocab, STR("The"));
    const int32_t chars[] = {4, 1, 5, 3};
    assert_memory_equal(c.vocab.chars, chars, sizeof chars);
    assert_int_equal(c.vocab.shape[0], CA_WORD | CA_SMALL);
    assert_int_equal(ca_shape_kind(c.vocab.shape[1]), CA_EMOJI_KIND);
    assert_int_equal(c.vocab.shape[2], CA_NUMBER | CA_STARTS_DIGIT);
    assert_int_equal(c.vocab.shape[3], CA_WORD | CA_CAPITAL | CA_STARTER);
    counted_close(&c);
}

static void what_is_no_type_is_found_nowhere(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    assert_int_equal(ca_vocab_find(&c.vocab, STR("Kyiv")), -1);
    intern(&c.vocab, STR("Kyiv"));
    assert_int_equal(ca_vocab_find(&c.vocab, STR("Kyi")), -1);
    assert_int_equal(ca_vocab_find(&c.vocab, STR("Kyivs")), -1);
    assert_int_equal(ca_vocab_find(&c.vocab, STR("KYIV")), -1);
    assert_int_equal(ca_vocab_find(&c.vocab, STR("Kyiv\0")), -1);
    assert_int_equal(ca_vocab_find(&c.vocab, STR("a type of more than sixteen bytes")), -1);
    assert_int_equal(c.vocab.n, 1); /* looking adds nothing */
    counted_close(&c);
}

static void nothing_is_no_type(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    int32_t id = -7;
    assert_int_equal(ca_vocab_intern(&c.vocab, (ca_str){NULL, 0}, &id), CA_INVALID);
    assert_int_equal(ca_vocab_intern(&c.vocab, STR(""), &id), CA_INVALID);
    assert_int_equal(id, -7);
    assert_int_equal(c.vocab.n, 0);
    assert_int_equal(ca_vocab_find(&c.vocab, (ca_str){NULL, 0}), -1);
    counted_close(&c);
}

static void the_seed_never_shows(void **unused) {
    (void)unused;
    static const uint64_t seeds[] = {0, 1, 7, UINT64_C(1) << 63, UINT64_MAX};
    for (size_t s = 0; s < sizeof seeds / sizeof seeds[0]; s++) {
        counted c;
        char room[48];
        counted_open(&c, seeds[s]);
        for (size_t i = 0; i < 1000; i++) assert_int_equal(intern(&c.vocab, nth_type(i, room)), i);
        for (size_t i = 0; i < 1000; i++) assert_type(&c.vocab, (int32_t)i, nth_type(i, room));
        counted_close(&c);
    }
}

static void ids_stay_while_the_table_grows(void **unused) {
    (void)unused;
    const size_t n = 20000;
    counted c;
    char room[48];
    counted_open(&c, 7);
    size_t n_slots = c.vocab.n_slots, growths = 0;
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(intern(&c.vocab, nth_type(i, room)), i);
        assert_int_equal(intern(&c.vocab, nth_type(i / 2, room)), i / 2);
        growths += c.vocab.n_slots != n_slots;
        n_slots = c.vocab.n_slots;
    }
    assert_true(growths >= 4);
    assert_int_equal(c.vocab.n, n);
    for (size_t i = 0; i < n; i++) assert_type(&c.vocab, (int32_t)i, nth_type(i, room));
    assert_int_equal(ca_vocab_find(&c.vocab, nth_type(n, room)), -1);
    counted_close(&c);
}

/* ---- keys ---- */

/* Around 8 and 16 bytes keys are made in another way. */
static void lengths_tell_types_apart(void **unused) {
    (void)unused;
    static const uint8_t fills[] = {'a', 0, 0xFF};
    for (size_t f = 0; f < sizeof fills; f++) {
        counted c;
        counted_open(&c, 7);
        uint8_t bytes[64];
        memset(bytes, fills[f], sizeof bytes);
        for (size_t len = 1; len <= 64; len++)
            assert_int_equal(intern(&c.vocab, (ca_str){bytes, len}), len - 1);
        for (size_t len = 1; len <= 64; len++)
            assert_type(&c.vocab, (int32_t)len - 1, (ca_str){bytes, len});
        counted_close(&c);
    }
}

static void every_byte_tells_types_apart(void **unused) {
    (void)unused;
    for (size_t len = 1; len <= 40; len++) {
        counted c;
        counted_open(&c, 7);
        uint8_t bytes[40];
        memset(bytes, 'x', sizeof bytes);
        assert_int_equal(intern(&c.vocab, (ca_str){bytes, len}), 0);
        for (size_t at = 0; at < len; at++) {
            bytes[at] = 'y';
            assert_int_equal(ca_vocab_find(&c.vocab, (ca_str){bytes, len}), -1);
            assert_int_equal(intern(&c.vocab, (ca_str){bytes, len}), at + 1);
            bytes[at] = 'x';
        }
        counted_close(&c);
    }
}

/* Short types keep their length where long ones keep their last byte. */
static void every_last_byte_tells_types_apart(void **unused) {
    (void)unused;
    for (size_t len = 1; len <= 40; len++) {
        counted c;
        counted_open(&c, 7);
        uint8_t bytes[40];
        memset(bytes, 'x', sizeof bytes);
        for (unsigned last = 0; last < 256; last++) {
            bytes[len - 1] = (uint8_t)last;
            assert_int_equal(intern(&c.vocab, (ca_str){bytes, len}), last);
        }
        assert_int_equal(c.vocab.n, 256);
        counted_close(&c);
    }
}

/* A short type made of the key of a long one: the last byte of a key says which it is. */
static void a_short_type_is_never_taken_for_a_long_one(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    for (int i = 0; i < 4000; i += 2) {
        char room[48];
        int len = snprintf(room, sizeof room, "a type of more than sixteen bytes %d", i);
        assert_int_equal(intern(&c.vocab, (ca_str){(const uint8_t *)room, (size_t)len}), i);
        uint8_t key[16];
        memcpy(key, c.vocab.keys[i].word, sizeof key);
        assert_int_equal(intern(&c.vocab, (ca_str){key, 15}), i + 1);
    }
    counted_close(&c);
}

static void nuls_at_the_end_are_part_of_a_type(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    assert_int_equal(intern(&c.vocab, STR("a")), 0);
    assert_int_equal(intern(&c.vocab, STR("a\0")), 1);
    assert_int_equal(intern(&c.vocab, STR("a\0\0")), 2);
    assert_int_equal(intern(&c.vocab, STR("\0")), 3);
    assert_int_equal(intern(&c.vocab, STR("\0a")), 4);
    assert_int_equal(intern(&c.vocab, STR("0123456789abcdef")), 5);
    assert_int_equal(intern(&c.vocab, STR("0123456789abcdef\0")), 6);
    assert_int_equal(ca_vocab_find(&c.vocab, STR("a\0\0\0")), -1);
    assert_int_equal(c.vocab.chars[2], 3);
    counted_close(&c);
}

static ca_vocab_slot *slot_in_use(const ca_vocab *vocab) {
    size_t i = 0;
    while (vocab->slots[i].number == 0) i++;
    return &vocab->slots[i];
}

/* Two types with one key cannot be found by trying; the key of one is given to the other. */
static void long_types_with_one_key_are_told_apart_by_their_bytes(void **unused) {
    (void)unused;
    const ca_str first = STR("a type of more than sixteen bytes");
    const ca_str second = STR("another of the very same length..");
    assert_int_equal(first.len, second.len);
    counted c, other;
    counted_open(&c, 7);
    counted_open(&other, 7);
    intern(&c.vocab, first);
    intern(&other.vocab, second);
    ca_vocab_slot *from = slot_in_use(&c.vocab), moved = *from;
    ca_key key = c.vocab.keys[0];
    ca_vocab_slot *to = &c.vocab.slots[slot_in_use(&other.vocab) - other.vocab.slots];
    *from = (ca_vocab_slot){.number = 0};
    *to = *slot_in_use(&other.vocab);
    c.vocab.keys[0] = other.vocab.keys[0];
    assert_int_equal(ca_vocab_find(&c.vocab, second), -1);
    assert_int_equal(intern(&c.vocab, second), 1);
    assert_int_equal(ca_vocab_find(&c.vocab, second), 1);
    *to = (ca_vocab_slot){.number = 0};
    *from = moved;
    c.vocab.keys[0] = key;
    assert_int_equal(ca_vocab_find(&c.vocab, first), 0);
    ca_vocab_reset(&c.vocab);
    counted_close(&other);
}

static void any_bytes_are_a_type(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    for (unsigned byte = 0; byte < 256; byte++) {
        uint8_t bytes[] = {(uint8_t)byte};
        assert_int_equal(intern(&c.vocab, (ca_str){bytes, 1}), byte);
        assert_int_equal(c.vocab.chars[byte], 1);
    }
    int32_t lone = intern(&c.vocab, STR("\xED\xA0\xBD")); /* a surrogate is one code point */
    assert_int_equal(c.vocab.chars[lone], 1);
    int32_t bad = intern(&c.vocab, STR("\x80\xBF\xF0\x9F")); /* bytes outside UTF-8 count alone */
    assert_int_equal(c.vocab.chars[bad], 4);
    counted_close(&c);
}

static void a_type_may_be_very_long(void **unused) {
    (void)unused;
    const size_t len = 100 * 1000;
    uint8_t *bytes = malloc(len);
    assert_non_null(bytes);
    memset(bytes, 'a', len);
    counted c;
    counted_open(&c, 7);
    assert_int_equal(intern(&c.vocab, (ca_str){bytes, len}), 0);
    assert_int_equal(intern(&c.vocab, (ca_str){bytes, len - 1}), 1);
    bytes[len / 2] = 'b';
    assert_int_equal(intern(&c.vocab, (ca_str){bytes, len}), 2);
    assert_int_equal(c.vocab.chars[0], len);
    assert_int_equal(ca_vocab_find(&c.vocab, (ca_str){bytes, len}), 2);
    counted_close(&c);
    free(bytes);
}

/* ---- pieces of a text ---- */

static int by_place(const void *a, const void *b) {
    const ca_piece *one = a, *other = b;
    return (one->at > other->at) - (one->at < other->at);
}

/* Random pieces of random text of few letters: old and new types, short and long. */
static size_t random_pieces(test_random *random, size_t text_len, ca_piece *pieces, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t room = random_below(random, 8) == 0 ? 40 : 9;
        size_t len = 1 + random_below(random, room < text_len ? room : text_len);
        pieces[i] =
            (ca_piece){.at = random_below(random, text_len - len + 1), .len = (uint32_t)len};
    }
    qsort(pieces, n, sizeof *pieces, by_place);
    return n;
}

static void check_pieces(test_random *random, size_t text_len, size_t n) {
    uint8_t *bytes = malloc(text_len);
    ca_piece *pieces = calloc(n, sizeof *pieces);
    int32_t *ids = calloc(n, sizeof *ids);
    assert_true(bytes != NULL && pieces != NULL && ids != NULL);
    for (size_t i = 0; i < text_len; i++) bytes[i] = (uint8_t)("ab\0"[random_below(random, 3)]);
    random_pieces(random, text_len, pieces, n);
    ca_str text = {bytes, text_len};
    counted batched, single;
    counted_open(&batched, 7);
    counted_open(&single, 8);
    assert_int_equal(ca_vocab_intern_pieces(&batched.vocab, text, pieces, n, ids), CA_OK);
    for (size_t i = 0; i < n; i++) {
        ca_str type = copy_exactly((ca_str){bytes + pieces[i].at, pieces[i].len});
        assert_int_equal(ids[i], intern(&single.vocab, type));
        free((void *)type.ptr);
    }
    counted_close(&batched);
    counted_close(&single);
    free(ids);
    free(pieces);
    free(bytes);
}

static void pieces_get_the_ids_that_they_get_one_by_one(void **unused) {
    (void)unused;
    test_random random = {7};
    for (size_t n = 1; n <= 100; n++) check_pieces(&random, 1 + random_below(&random, 80), n);
    check_pieces(&random, 20000, 5000);
}

static void no_pieces_are_no_work(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    assert_int_equal(ca_vocab_intern_pieces(&c.vocab, (ca_str){NULL, 0}, NULL, 0, NULL), CA_OK);
    assert_int_equal(c.vocab.n, 0);
    counted_close(&c);
}

static void what_stands_behind_a_piece_does_not_matter(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    uint8_t bytes[64];
    for (size_t len = 1; len <= 20; len++) {
        for (unsigned fill = 0; fill < 256; fill += 51) {
            memset(bytes, (int)fill, sizeof bytes);
            memset(bytes, 'k', len);
            ca_piece piece = {.at = 0, .len = (uint32_t)len};
            int32_t id = -7;
            ca_str text = {bytes, sizeof bytes};
            assert_int_equal(ca_vocab_intern_pieces(&c.vocab, text, &piece, 1, &id), CA_OK);
            assert_int_equal(id, len - 1);
        }
    }
    counted_close(&c);
}

static void nothing_is_read_behind_the_text(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    for (size_t len = 1; len <= 40; len++) {
        uint8_t *bytes = malloc(len);
        assert_non_null(bytes);
        memset(bytes, 'k', len);
        for (size_t at = 0; at < len; at++) {
            ca_piece piece = {.at = at, .len = (uint32_t)(len - at)};
            int32_t id = -7;
            assert_int_equal(ca_vocab_intern_pieces(&c.vocab, (ca_str){bytes, len}, &piece, 1, &id),
                             CA_OK);
            assert_int_equal(c.vocab.chars[id], len - at);
        }
        free(bytes);
    }
    assert_int_equal(c.vocab.n, 40);
    counted_close(&c);
}

/* What was fetched for a batch is stale once a type of the batch made the table grow. */
static void the_table_may_grow_within_a_batch(void **unused) {
    (void)unused;
    counted c;
    char room[48];
    counted_open(&c, 7);
    size_t n_slots = c.vocab.n_slots, i = 0;
    for (; c.vocab.n_slots == n_slots; i++) intern(&c.vocab, nth_type(i, room));
    size_t growth = i - 1; /* the type that made the table grow */
    counted_close(&c);

    counted_open(&c, 7);
    for (i = 0; i < growth - 10; i++) intern(&c.vocab, nth_type(i, room));
    uint8_t text[64];
    ca_piece pieces[32];
    int32_t ids[32];
    for (i = 0; i < 32; i++) { /* 16 new types, each of them twice */
        text[i * 2] = (uint8_t)('A' + i / 2);
        text[i * 2 + 1] = '!';
        pieces[i] = (ca_piece){.at = i * 2, .len = 2};
    }
    assert_int_equal(c.vocab.n_slots, n_slots);
    assert_int_equal(ca_vocab_intern_pieces(&c.vocab, (ca_str){text, 64}, pieces, 32, ids), CA_OK);
    assert_true(c.vocab.n_slots > n_slots);
    for (i = 0; i < 32; i++) assert_int_equal(ids[i], growth - 10 + i / 2);
    counted_close(&c);
}

/* ---- failure ---- */

static void a_refused_type_is_none(void **unused) {
    (void)unused;
    counted c;
    char room[48];
    counted_open(&c, 7);
    size_t refused = 0;
    for (size_t i = 0; i < 800; i++) {
        for (long k = 0;; k++) { /* its first request is refused, then its second ... */
            int32_t id = -7;
            size_t n_slots = c.vocab.n_slots;
            c.state.fail_at = c.state.requests + k;
            ca_status status = ca_vocab_intern(&c.vocab, nth_type(i, room), &id);
            c.state.fail_at = -1;
            if (status == CA_OK) {
                assert_int_equal(id, i);
                break;
            }
            assert_int_equal(status, CA_NO_MEMORY);
            assert_int_equal(id, -7);
            assert_int_equal(c.vocab.n, i);
            assert_int_equal(ca_vocab_find(&c.vocab, nth_type(i, room)), -1);
            assert_true(k > 0 || c.vocab.n_slots == n_slots);
            assert_valid(&c.vocab);
            refused++;
        }
    }
    assert_true(refused >= 20);
    counted_close(&c);
}

static void a_failed_init_leaves_nothing_behind(void **unused) {
    (void)unused;
    test_alloc state = {.fail_at = 0};
    ca_alloc hook = test_alloc_hook(&state);
    ca_vocab vocab;
    assert_int_equal(ca_vocab_init(&vocab, &hook, 7), CA_NO_MEMORY);
    ca_vocab_reset(&vocab); /* and may be reset like any other */
    assert_int_equal(state.live, 0);
}

static void the_last_id_is_the_largest_number_there_is(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    intern(&c.vocab, STR("Kyiv"));
    int32_t id = -7;
    c.vocab.n = INT32_MAX; /* as if it were full */
    assert_int_equal(ca_vocab_intern(&c.vocab, STR("Minsk"), &id), CA_TOO_LARGE);
    assert_int_equal(id, -7);
    assert_int_equal(ca_vocab_intern(&c.vocab, STR("Kyiv"), &id), CA_OK);
    assert_int_equal(id, 0);
    c.vocab.n = 1;
    counted_close(&c);
}

static void reset_may_be_repeated(void **unused) {
    (void)unused;
    ca_vocab zero = {.alloc = NULL};
    ca_vocab_reset(&zero);
    counted c;
    counted_open(&c, 7);
    intern(&c.vocab, STR("Kyiv"));
    ca_vocab_reset(&c.vocab);
    assert_int_equal(c.state.live, 0);
    assert_int_equal(c.vocab.n, 0);
    assert_null(c.vocab.slots);
    ca_vocab_reset(&c.vocab);
    assert_int_equal(c.state.live, 0);
}

/* Pieces enough to grow every array and the table. */
static ca_status intern_many(const ca_alloc *alloc, void *ctx) {
    const ca_str *text = ctx;
    ca_piece pieces[400];
    int32_t ids[400];
    for (size_t i = 0; i < 400; i++) pieces[i] = (ca_piece){.at = i, .len = (uint32_t)(1 + i % 30)};
    ca_vocab vocab = {.alloc = NULL};
    ca_status status = ca_vocab_init(&vocab, alloc, 7);
    if (status == CA_OK) status = ca_vocab_intern_pieces(&vocab, *text, pieces, 400, ids);
    if (status == CA_OK) assert_true(vocab.n > 380);
    ca_vocab_reset(&vocab);
    return status;
}

static void any_request_may_be_refused(void **unused) {
    (void)unused;
    uint8_t bytes[430];
    test_random random = {7};
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)random_next(&random);
    ca_str text = {bytes, sizeof bytes};
    sweep_allocations(intern_many, &text);
}

/* ---- the oracle ---- */

/* Each of these breaks one thing of a vocabulary of "Kyiv", "kyiv" and a long type. */
static void break_n(ca_vocab *self) {
    self->n--;
}

static void break_n_slots(ca_vocab *self) {
    self->n_slots--;
}

static void break_bytes(ca_vocab *self) {
    self->bytes[0] = 'k'; /* and now it is there twice */
}

static void break_long_bytes(ca_vocab *self) {
    self->bytes[self->ends[2] - 1] ^= 1;
}

static void break_ends(ca_vocab *self) {
    self->ends[0] = self->ends[1];
}

static void break_ends_by_one(ca_vocab *self) {
    self->ends[0]--;
}

static void break_ends_falling(ca_vocab *self) {
    self->ends[1] = self->ends[0] - 1;
}

static void break_chars(ca_vocab *self) {
    self->chars[1]++;
}

static void break_chars_sign(ca_vocab *self) {
    self->chars[0] = -4;
}

static void break_shape(ca_vocab *self) {
    self->shape[1] |= CA_CAPITAL;
}

static void break_seed(ca_vocab *self) {
    self->seed ^= UINT64_C(0xDEADBEEF) << 17;
}

static ca_vocab_slot *slot_with(ca_vocab *self, uint32_t id) {
    size_t i = 0;
    while (self->slots[i].number != id + 1) i++;
    return &self->slots[i];
}

static void break_slot_number(ca_vocab *self) {
    slot_with(self, 0)->number = 2;
}

static void break_slot_beyond(ca_vocab *self) {
    slot_with(self, 0)->number = 1000000;
}

static void break_slot_tag(ca_vocab *self) {
    slot_with(self, 0)->tag ^= 1;
}

static void break_key(ca_vocab *self) {
    self->keys[0].word[0] ^= 1;
}

static void break_second_key(ca_vocab *self) {
    self->keys[2].word[1] ^= 1;
}

static void break_slot_gone(ca_vocab *self) {
    slot_with(self, 1)->number = 0;
}

static void break_slot_too_many(ca_vocab *self) {
    size_t i = 0;
    while (self->slots[i].number != 0) i++;
    self->slots[i].number = 1;
}

static void validate_sees_whatever_is_wrong(void **unused) {
    (void)unused;
    static const struct {
        const char *name;
        void (*action)(ca_vocab *self);
    } breaks[] = {
        {"n", break_n},
        {"n_slots", break_n_slots},
        {"bytes", break_bytes},
        {"bytes of a long type", break_long_bytes},
        {"ends", break_ends},
        {"ends by one", break_ends_by_one},
        {"ends, falling", break_ends_falling},
        {"chars", break_chars},
        {"chars, sign", break_chars_sign},
        {"shape", break_shape},
        {"seed", break_seed},
        {"slot.number", break_slot_number},
        {"slot.number beyond", break_slot_beyond},
        {"slot.tag", break_slot_tag},
        {"key, first word", break_key},
        {"key, second word", break_second_key},
        {"a slot less", break_slot_gone},
        {"a slot more", break_slot_too_many},
    };
    for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++) {
        counted c;
        counted_open(&c, 7);
        intern(&c.vocab, STR("Kyiv"));
        intern(&c.vocab, STR("kyiv"));
        intern(&c.vocab, STR("a type of more than sixteen bytes"));
        assert_valid(&c.vocab);
        breaks[i].action(&c.vocab);
        const char *why = NULL;
        if (ca_vocab_validate(&c.vocab, &why)) fail_msg("%s: not seen", breaks[i].name);
        assert_non_null(why);
        ca_vocab_reset(&c.vocab);
        assert_int_equal(c.state.live, 0);
    }
}

static void validate_sees_that_no_slot_is_free(void **unused) {
    (void)unused;
    counted c;
    counted_open(&c, 7);
    intern(&c.vocab, STR("a"));
    intern(&c.vocab, STR("b"));
    ca_vocab_slot full[2] = {*slot_with(&c.vocab, 0), *slot_with(&c.vocab, 1)};
    ca_vocab crowded = c.vocab;
    crowded.slots = full;
    crowded.n_slots = 2;
    const char *why = NULL;
    assert_false(ca_vocab_validate(&crowded, &why));
    assert_non_null(why);
    counted_close(&c);
}

/* ---- types of another vocabulary ---- */

static void merging_gives_ids_by_first_appearance(void **unused) {
    (void)unused;
    counted whole, part;
    int32_t map[] = {-7, -7, -7, -7};
    counted_open(&whole, 1);
    counted_open(&part, 1);
    intern(&whole.vocab, STR("Oslo"));
    intern(&whole.vocab, STR("Kyiv"));
    intern(&part.vocab, STR("Bonn"));
    intern(&part.vocab, STR("Kyiv"));
    intern(&part.vocab, STR("Rome"));
    intern(&part.vocab, STR("Oslo"));
    assert_int_equal(ca_vocab_merge(&whole.vocab, &part.vocab, 1, 3, map), CA_OK);
    assert_int_equal(map[0], -7);
    assert_int_equal(map[1], 1);
    assert_int_equal(map[2], 2);
    assert_int_equal(map[3], -7);
    assert_int_equal(ca_vocab_merge(&whole.vocab, &part.vocab, 3, 3, map), CA_OK);
    assert_int_equal(map[3], -7);
    assert_int_equal(whole.vocab.n, 3);
    counted_close(&whole);
    counted_close(&part);
}

/* counted_close compares all that is copied with what is made of the bytes. */
static void many_types_are_merged_with_all_that_is_known_of_them(void **unused) {
    (void)unused;
    counted whole, part;
    char room[48];
    enum { N = 3000 };
    static int32_t map[N];
    counted_open(&whole, 5);
    counted_open(&part, 5);
    for (size_t i = 0; i < N; i++) intern(&part.vocab, nth_type(i, room));
    for (size_t i = 0; i < N; i += 3) intern(&whole.vocab, nth_type(i, room));
    assert_int_equal(ca_vocab_merge(&whole.vocab, &part.vocab, 0, N, map), CA_OK);
    for (size_t i = 0; i < N; i++) assert_type(&whole.vocab, map[i], nth_type(i, room));
    assert_int_equal(map[3], 1);         /* was there */
    assert_int_equal(map[1], N / 3);     /* the first that was not */
    assert_int_equal(map[2], N / 3 + 1); /* and the next */
    counted_close(&whole);
    counted_close(&part);
}

static void keys_of_another_seed_are_not_merged(void **unused) {
    (void)unused;
    counted whole, part;
    int32_t map[] = {-7};
    counted_open(&whole, 1);
    counted_open(&part, 2);
    intern(&part.vocab, STR("Oslo"));
    assert_int_equal(ca_vocab_merge(&whole.vocab, &part.vocab, 0, 1, map), CA_INVALID);
    assert_int_equal(whole.vocab.n, 0);
    counted_close(&whole);
    counted_close(&part);
}

static ca_status merge_some(const ca_alloc *alloc, void *ctx) {
    const ca_vocab *part = ctx;
    ca_vocab whole;
    int32_t map[200];
    CA_TRY(ca_vocab_init(&whole, alloc, 3));
    ca_status status = ca_vocab_reserve(&whole, 100);
    if (status == CA_OK) status = ca_vocab_merge(&whole, part, 0, part->n, map);
    assert_valid(&whole);
    ca_vocab_reset(&whole);
    return status;
}

static void any_request_of_a_merge_may_be_refused(void **unused) {
    (void)unused;
    counted part;
    char room[48];
    counted_open(&part, 3);
    for (size_t i = 0; i < 200; i++) intern(&part.vocab, nth_type(i, room));
    sweep_allocations(merge_some, &part.vocab);
    counted_close(&part);
}

static void room_is_no_limit_and_changes_no_ids(void **unused) {
    (void)unused;
    counted c;
    char room[48];
    counted_open(&c, 3);
    intern(&c.vocab, nth_type(0, room));
    assert_int_equal(ca_vocab_reserve(&c.vocab, 2000), CA_OK);
    assert_true(c.vocab.n_slots >= 4000);
    ca_vocab_slot *slots = c.vocab.slots;
    for (size_t i = 0; i < 2000; i++) assert_int_equal(intern(&c.vocab, nth_type(i, room)), i);
    assert_ptr_equal(c.vocab.slots, slots);
    assert_int_equal(ca_vocab_reserve(&c.vocab, 10), CA_OK); /* less than there is */
    assert_int_equal(intern(&c.vocab, nth_type(2000, room)), 2000);
    assert_int_equal(ca_vocab_reserve(&c.vocab, (size_t)INT32_MAX + 1), CA_TOO_LARGE);
    counted_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_count_surface_forms_by_first_appearance),
        cmocka_unit_test(types_lie_one_behind_the_other),
        cmocka_unit_test(a_type_has_its_length_in_code_points_and_its_shape),
        cmocka_unit_test(what_is_no_type_is_found_nowhere),
        cmocka_unit_test(nothing_is_no_type),
        cmocka_unit_test(the_seed_never_shows),
        cmocka_unit_test(ids_stay_while_the_table_grows),
        cmocka_unit_test(lengths_tell_types_apart),
        cmocka_unit_test(every_byte_tells_types_apart),
        cmocka_unit_test(every_last_byte_tells_types_apart),
        cmocka_unit_test(a_short_type_is_never_taken_for_a_long_one),
        cmocka_unit_test(nuls_at_the_end_are_part_of_a_type),
        cmocka_unit_test(long_types_with_one_key_are_told_apart_by_their_bytes),
        cmocka_unit_test(any_bytes_are_a_type),
        cmocka_unit_test(a_type_may_be_very_long),
        cmocka_unit_test(pieces_get_the_ids_that_they_get_one_by_one),
        cmocka_unit_test(no_pieces_are_no_work),
        cmocka_unit_test(what_stands_behind_a_piece_does_not_matter),
        cmocka_unit_test(nothing_is_read_behind_the_text),
        cmocka_unit_test(the_table_may_grow_within_a_batch),
        cmocka_unit_test(a_refused_type_is_none),
        cmocka_unit_test(a_failed_init_leaves_nothing_behind),
        cmocka_unit_test(the_last_id_is_the_largest_number_there_is),
        cmocka_unit_test(reset_may_be_repeated),
        cmocka_unit_test(any_request_may_be_refused),
        cmocka_unit_test(validate_sees_whatever_is_wrong),
        cmocka_unit_test(validate_sees_that_no_slot_is_free),
        cmocka_unit_test(merging_gives_ids_by_first_appearance),
        cmocka_unit_test(many_types_are_merged_with_all_that_is_known_of_them),
        cmocka_unit_test(keys_of_another_seed_are_not_merged),
        cmocka_unit_test(any_request_of_a_merge_may_be_refused),
        cmocka_unit_test(room_is_no_limit_and_changes_no_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
