#include "corpus.h"
#include "marks.h"
#include "pieces.h"

#include "../../csrc/core/spans.h"
#include "../../csrc/core/uax29.h"
#include "../../csrc/core/utf8.h"

/* ---- running it ---- */

/* How a column is cut: chunk i is [ends[i - 1], ends[i]) and worker owners[i] takes it. */
typedef struct plan {
    ca_mode mode;
    const size_t *ends, *owners;
    size_t n_chunks;
} plan;

#define MAX_WORKERS 4
#define MAX_CHUNKS 64

#define SEED 99 /* of all workers, so that their types can be merged */

/* What the workers of a plan have at hand. */
typedef struct crew {
    ca_tokenizer workers[MAX_WORKERS];
    int32_t *maps[MAX_WORKERS];
    size_t types_before[MAX_CHUNKS], types_after[MAX_CHUNKS];
} crew;

static ca_status run_chunks(crew *self, const plan *p, const ca_texts *texts, ca_tokens *tokens) {
    for (size_t i = 0; i < p->n_chunks; i++) {
        ca_tokenizer *worker = &self->workers[p->owners[i]];
        size_t first = i > 0 ? p->ends[i - 1] : 0, bad_doc = SIZE_MAX;
        self->types_before[i] = worker->vocab.n;
        CA_TRY(ca_tokenizer_chunk(worker, texts, first, p->ends[i], NULL, &tokens->blocks[i],
                                  &bad_doc));
        self->types_after[i] = worker->vocab.n;
    }
    return CA_OK;
}

static ca_status merge_chunks(crew *self, const plan *p, const ca_alloc *alloc, ca_tokens *tokens) {
    CA_TRY(ca_vocab_init(&tokens->vocab, alloc, SEED));
    for (size_t w = 0; w < MAX_WORKERS; w++)
        CA_TRY(CA_RESIZE(alloc, self->maps[w], self->workers[w].vocab.n));
    for (size_t i = 0; i < p->n_chunks; i++)
        CA_TRY(ca_vocab_merge(&tokens->vocab, &self->workers[p->owners[i]].vocab,
                              self->types_before[i], self->types_after[i],
                              self->maps[p->owners[i]]));
    for (size_t i = 0; i < p->n_chunks; i++)
        ca_block_remap(&tokens->blocks[i], self->maps[p->owners[i]]);
    ca_tokens_number(tokens);
    return CA_OK;
}

/* Whatever the outcome, *tokens may be reset. */
static ca_status tokenize_as_planned(const ca_alloc *alloc, const plan *p, const ca_texts *texts,
                                     ca_tokens *tokens) {
    crew c = {.maps = {NULL}};
    assert_true(p->n_chunks <= MAX_CHUNKS);
    *tokens = (ca_tokens){.alloc = NULL};
    ca_status status = ca_tokens_init(tokens, alloc, texts->n, p->n_chunks);
    for (size_t w = 0; w < MAX_WORKERS && status == CA_OK; w++)
        status = ca_tokenizer_init(&c.workers[w], alloc, p->mode, SEED);
    if (status == CA_OK) status = run_chunks(&c, p, texts, tokens);
    if (status == CA_OK) status = merge_chunks(&c, p, alloc, tokens);
    for (size_t w = 0; w < MAX_WORKERS; w++) {
        CA_FREE(alloc, c.maps[w]);
        ca_tokenizer_reset(&c.workers[w]);
    }
    return status;
}

static void assert_valid(const ca_tokens *tokens) {
    const char *why = "";
    if (!ca_tokens_validate(tokens, &why)) fail_msg("tokens: %s", why);
}

/* The C library's allocator, at an address that stays. */
static const ca_alloc *libc(void) {
    static ca_alloc alloc;
    alloc = ca_alloc_libc();
    return &alloc;
}

/* All documents by one tokenizer, in one block. */
static ca_tokens tokens_of(ca_mode mode, const ca_text *items, size_t n) {
    ca_tokenizer tokenizer;
    ca_texts texts = {items, n};
    ca_tokens tokens;
    size_t bad_doc;
    assert_int_equal(ca_tokenizer_init(&tokenizer, libc(), mode, 7), CA_OK);
    assert_int_equal(ca_tokens_init(&tokens, libc(), n, 1), CA_OK);
    assert_int_equal(
        ca_tokenizer_chunk(&tokenizer, &texts, 0, n, NULL, &tokens.blocks[0], &bad_doc), CA_OK);
    tokens.vocab = tokenizer.vocab;
    tokenizer.vocab = (ca_vocab){.alloc = NULL};
    ca_tokenizer_reset(&tokenizer);
    ca_tokens_number(&tokens);
    return tokens;
}

static ca_tokens tokens_of_str(ca_mode mode, ca_str text) {
    ca_text item = {text.ptr, text.len, CA_TEXT_UTF8};
    return tokens_of(mode, &item, 1);
}

/* ---- texts that are likely to break something ---- */

/* Single characters, whole tokens and halves of them; "" is a NUL, surrogates stand alone. */
/* clang-format off */
static const char *const alphabet[] = {
    "a", "b", "Z", "U", "s", "9", "1", "_", " ", " ", " ", "\t", "\n", "\r", "\r\n", "\n\n", "\v",
    "\f", "\x1C", "", ".", ".", ",", ":", ";", "/", "'", "\"", "&", "@", "#", "-", "!", "?", "*",
    "=", "~", "%", "$", "+", "(", ")", "[", "]", "'s", "U.S.", "Gen.", "No. 5", "a.m.", "it's",
    "www.", "http://", "://", "bit.ly/", "bob@", "site.org", "The end. ", "aaaaaaaaaaaaaaaa",
    "\u00E9", "\u00C9", "\u0301", "\u200D", "\u200B", "\uFEFF", "\uFE0F", "\u00AD", "\u00A0",
    "\xC2\x85", "\u2028", "\u2029", "\u3000", "\u2019", "\u2018", "\u201C", "\u201D", "\u2019s",
    "\u2026", "\u2013", "\u2014", "\u00B7", "\u0431", "\u05D0", "\u05D0\u05D1", "\u0661",
    "\u30BF", "\u6771", "\u0E01", "\u0939\u0940", "\uD7FF", "\uFFFD", "\xED\xA0\xBD",
    "\xED\xB8\x80", "\U0001F600", "\U0001F44D\U0001F3FD", "\U0001F469\u200D\U0001F467",
    "\U0001F1EB", "\U00010400", "\U0010FFFF"
};
/* clang-format on */

#define N_ALPHABET (sizeof alphabet / sizeof alphabet[0])
#define MAX_TEXT 8192

/* A literal as a span; "" is a NUL. */
static ca_str part_of(const char *literal) {
    size_t len = strlen(literal);
    return (ca_str){(const uint8_t *)literal, len > 0 ? len : 1};
}

typedef struct builder {
    uint8_t bytes[MAX_TEXT];
    size_t len;
} builder;

static void build(builder *self, ca_str part) {
    assert_true(self->len + part.len <= MAX_TEXT);
    memcpy(self->bytes + self->len, part.ptr, part.len);
    self->len += part.len;
}

static ca_str built(const builder *self) {
    return (ca_str){self->bytes, self->len};
}

static ca_str random_text(test_random *random, builder *self, size_t max_parts) {
    self->len = 0;
    for (size_t n = random_below(random, max_parts + 1); n > 0; n--)
        build(self, part_of(alphabet[random_below(random, N_ALPHABET)]));
    return built(self);
}

/* `n` times `unit`, to be freed. */
static ca_str repeat(ca_str unit, size_t n) {
    uint8_t *bytes = malloc(unit.len * n + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < n; i++) memcpy(bytes + i * unit.len, unit.ptr, unit.len);
    return (ca_str){bytes, unit.len * n};
}

static void print_text(ca_str text) {
    print_error("text \"");
    for (size_t i = 0; i < text.len && i < 400; i++) {
        bool plain = text.ptr[i] >= ' ' && text.ptr[i] < 0x7F;
        print_error(plain ? "%c" : "\\x%02X", text.ptr[i]);
    }
    print_error("\" of %zu bytes\n", text.len);
}

/* ---- what a text must give, by the plainest way there is ---- */

/* The tokens of one document against the pieces of scan.h. */
static bool has_pieces(const ca_tokens *tokens, ca_str text, const pieces *found) {
    ca_doc doc = ca_tokens_doc(tokens, &tokens->blocks[0], 0);
    size_t at = 0, points = 0;
    if (doc.n != found->n) return false;
    for (size_t i = 0; i < doc.n; i++) {
        span piece = found->items[i];
        points += ca_utf8_count(text.ptr + at, piece.at - at);
        at = piece.at;
        ca_str expected = {text.ptr + piece.at, piece.end - piece.at};
        if ((size_t)doc.start[i] != points) return false;
        if (!ca_str_equal(ca_vocab_type(&tokens->vocab, doc.id[i]), expected)) return false;
    }
    return true;
}

/* Ends of lines in [at, end), where nothing else than white space stands. */
static size_t count_lines(ca_str text, size_t at, size_t end) {
    size_t n = 0;
    for (size_t next; at < end; at = next) {
        ca_scan_class class = ca_scan_class_at(text, at, &next);
        assert_true(class == CA_SCAN_BLANK || class == CA_SCAN_LINE);
        n += class == CA_SCAN_LINE;
    }
    return n;
}

static size_t breaks_of(ca_str text, const pieces *found, ca_break *breaks) {
    size_t n = 0;
    for (size_t i = 1; i < found->n; i++) {
        size_t lines = count_lines(text, found->items[i - 1].end, found->items[i].at);
        if (lines > 0) breaks[n++] = (ca_break){.token = (uint32_t)i, .blank = lines > 1};
    }
    return n;
}

/* Paragraphs and sentences of one document, by its breaks. */
static bool has_layout(const ca_tokens *tokens, ca_break *breaks, size_t n_breaks) {
    const ca_block *block = &tokens->blocks[0];
    ca_doc doc = ca_tokens_doc(tokens, block, 0);
    ca_starts sentences = {.items = NULL}, marks = all_marks(doc.n);
    bool wrapped = ca_layout_is_wrapped(&doc, breaks, n_breaks), same = true;
    size_t n = 0, first = 0;
    for (size_t i = 0; i <= n_breaks && doc.n > 0; i++) {
        if (i < n_breaks && wrapped && !breaks[i].blank) continue;
        size_t end = i < n_breaks ? breaks[i].token : doc.n;
        bool blank = n == 0 || breaks[i > 0 ? i - 1 : 0].blank || wrapped;
        same = same && n < block->n_paragraphs && block->paragraph_tokens[n] == first &&
               block->paragraph_blank[n] == blank;
        assert_int_equal(ca_sentences_split(libc(), &doc, &marks, first, end, NULL, &sentences),
                         CA_OK);
        first = end;
        n++;
    }
    same = same && n == block->n_paragraphs && sentences.n == block->n_sentences;
    same = same && (sentences.n == 0 || memcmp(sentences.items, block->sentence_tokens,
                                               sentences.n * sizeof *sentences.items) == 0);
    ca_starts_reset(libc(), &sentences);
    ca_starts_reset(libc(), &marks);
    return same;
}

/* ca_sentence_spans against the sentences of the tokens. */
static bool has_spans(const ca_tokens *tokens, ca_str text) {
    const ca_block *block = &tokens->blocks[0];
    ca_doc doc = ca_tokens_doc(tokens, block, 0);
    ca_bounds spans = {NULL, 0, 0};
    ca_text whole = {text.ptr, text.len, CA_TEXT_UTF8};
    assert_int_equal(ca_sentence_spans(libc(), &whole, NULL, &spans), CA_OK);
    bool same = spans.n == 2 * block->n_sentences;
    for (size_t i = 0; same && i < block->n_sentences; i++) {
        uint32_t first = block->sentence_tokens[i], end = block->sentence_tokens[i + 1];
        same =
            spans.at[2 * i] == doc.start[first] && spans.at[2 * i + 1] == ca_doc_end(&doc, end - 1);
    }
    ca_bounds_reset(libc(), &spans);
    return same;
}

/* That every set of kernels gives what scan.h and sentences.h say. */
static void check_news(ca_str literal) {
    ca_str text = copy_exactly(literal);
    pieces found = {NULL, 0, 0};
    scan_all(text, &found);
    ca_break *breaks = calloc(found.n + 1, sizeof *breaks);
    assert_non_null(breaks);
    size_t n_breaks = breaks_of(text, &found, breaks);
    for (size_t k = 0; ca_kernels_all[k] != NULL; k++) {
        if (!ca_kernels_force(ca_kernels_all[k]->name)) continue;
        ca_tokens tokens = tokens_of_str(CA_MODE_NEWS, text);
        assert_valid(&tokens);
        bool same = has_pieces(&tokens, text, &found) && has_layout(&tokens, breaks, n_breaks) &&
                    has_spans(&tokens, text);
        ca_tokens_reset(&tokens);
        if (!same) print_text(literal);
        if (!same) fail_msg("kernels: %s", ca_kernels_all[k]->name);
    }
    assert_true(ca_kernels_force(NULL));
    free(breaks);
    pieces_reset(&found);
    free((void *)text.ptr);
}

/* ---- the tokens of literals ---- */

static void check_types(ca_mode mode, ca_str text, const char *const *wanted, const char *file,
                        int line) {
    ca_tokens tokens = tokens_of_str(mode, text);
    assert_valid(&tokens);
    ca_doc doc = ca_tokens_doc(&tokens, &tokens.blocks[0], 0);
    bool same = doc.n == list_length(wanted);
    for (size_t i = 0; same && i < doc.n; i++) {
        ca_str expected = {(const uint8_t *)wanted[i], strlen(wanted[i])};
        same = ca_str_equal(ca_vocab_type(&tokens.vocab, doc.id[i]), expected);
    }
    for (size_t i = 0; !same && i < doc.n; i++) {
        ca_str type = ca_vocab_type(&tokens.vocab, doc.id[i]);
        print_error("[%.*s] ", (int)type.len, type.ptr);
    }
    ca_tokens_reset(&tokens);
    if (!same) _fail(file, line);
}

#define assert_tokens(text, ...)                                                                   \
    check_types(CA_MODE_NEWS, STR(text), LIST(__VA_ARGS__), __FILE__, __LINE__)
#define assert_whole(text) assert_tokens(text, text)
#define assert_nothing(text)                                                                       \
    check_types(CA_MODE_NEWS, STR(text), (const char *const[]){NULL}, __FILE__, __LINE__)
#define assert_segments(text, ...)                                                                 \
    check_types(CA_MODE_UAX29, STR(text), LIST(__VA_ARGS__), __FILE__, __LINE__)

static void the_example_of_the_header_holds(void **unused) {
    (void)unused;
    assert_tokens("The U.S.-led talks", "The", "U.S.", "-", "led", "talks");
}

static void hyphens_and_dashes_are_tokens(void **unused) {
    (void)unused;
    assert_tokens("state-of-the-art", "state", "-", "of", "-", "the", "-", "art");
    assert_tokens("U.S.-led", "U.S.", "-", "led");
    assert_tokens("Taliban-Al-Qaeda", "Taliban", "-", "Al", "-", "Qaeda");
    assert_tokens("he\u2014she", "he", "\u2014", "she");
}

static void possessives_are_tokens_and_contractions_are_whole(void **unused) {
    (void)unused;
    assert_tokens("Iran's", "Iran", "'s");
    assert_tokens("Iran\u2019s", "Iran", "\u2019s");
    assert_tokens("Iran\u2018s", "Iran", "\u2018s");
    assert_tokens("States'", "States", "'");
    assert_tokens("States\u2019 right", "States", "\u2019", "right");
    assert_whole("don't");
    assert_whole("don\u2019t");
    assert_whole("we're");
    assert_whole("we\u2019re");
}

static void abbreviations_and_initialisms_keep_their_stop(void **unused) {
    (void)unused;
    assert_tokens("Gen. Lee left the U.S. at 5 a.m. for the U.N.", "Gen.", "Lee", "left", "the",
                  "U.S.", "at", "5", "a.m.", "for", "the", "U.N.");
    assert_tokens("He left.", "He", "left", ".");
}

static void addresses_tags_and_users_are_whole(void **unused) {
    (void)unused;
    assert_tokens("see https://site.org/a?b=1, bob@site.org, #Oslo and @bob_1.", "see",
                  "https://site.org/a?b=1", ",", "bob@site.org", ",", "#Oslo", "and", "@bob_1",
                  ".");
}

static void names_and_numbers_with_signs_are_whole(void **unused) {
    (void)unused;
    assert_tokens("AT&T R&D 9/11 24/7 10,000 3.5 1990s", "AT&T", "R&D", "9/11", "24/7", "10,000",
                  "3.5", "1990s");
}

static void ranges_currency_and_percent_stand_apart(void **unused) {
    (void)unused;
    assert_tokens("1914-18", "1914", "-", "18");
    assert_tokens("1914\u201318", "1914", "\u2013", "18");
    assert_tokens("$5 5% \u20AC7", "$", "5", "5", "%", "\u20AC", "7");
}

static void emoji_flags_and_marks_are_whole(void **unused) {
    (void)unused;
    assert_tokens("a \U0001F469\u200D\U0001F469\u200D\U0001F467 b", "a",
                  "\U0001F469\u200D\U0001F469\u200D\U0001F467", "b");
    assert_tokens("\U0001F1EB\U0001F1F7\U0001F1E9\U0001F1EA", "\U0001F1EB\U0001F1F7",
                  "\U0001F1E9\U0001F1EA");
    assert_whole("cafe\u0301s");
    assert_whole("a\u200Db\uFE0Fc");
}

static void white_space_is_never_a_token_of_news(void **unused) {
    (void)unused;
    assert_nothing("");
    assert_nothing(" ");
    assert_nothing("\n");
    assert_nothing(" \t\r\n\v\f\u00A0\u3000\u2028\u2029\xC2\x85");
    assert_nothing("\uFEFF\u200B");
    assert_tokens(" a\u00A0b\tc\r\nd\u2029e\u3000f ", "a", "b", "c", "d", "e", "f");
}

static void every_kind_of_token_has_its_name(void **unused) {
    (void)unused;
    static const char text[] = "Oslo 1990s , $ http://a.com b@a.com #tag @user \U0001F600";
    static const char *const kinds[] = {"word",  "number",  "punctuation", "symbol", "url",
                                        "email", "hashtag", "handle",      "emoji"};
    ca_tokens tokens = tokens_of_str(CA_MODE_NEWS, STR(text));
    ca_doc doc = ca_tokens_doc(&tokens, &tokens.blocks[0], 0);
    assert_int_equal(doc.n, 9);
    for (size_t i = 0; i < 9; i++)
        assert_string_equal(ca_kind_names[ca_shape_kind(ca_doc_shape(&doc, i))], kinds[i]);
    ca_tokens_reset(&tokens);
}

static void ids_count_surface_forms_by_first_appearance(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("The U.S.-led talks", "Talks led the talks"));
    const ca_block *block = &corpus.tokens.blocks[0];
    const int32_t ids[] = {0, 1, 2, 3, 4, 5, 3, 6, 4};
    const int32_t starts[] = {0, 4, 8, 9, 13, 0, 6, 10, 14};
    const uint32_t docs[] = {0, 5, 9};
    assert_int_equal(block->n_tokens, 9);
    assert_memory_equal(block->id, ids, sizeof ids);
    assert_memory_equal(block->start, starts, sizeof starts);
    assert_memory_equal(block->doc_tokens, docs, sizeof docs);
    assert_int_equal(corpus.tokens.vocab.n, 7);
    corpus_close(&corpus);
}

static void starts_count_code_points(void **unused) {
    (void)unused;
    ca_tokens tokens =
        tokens_of_str(CA_MODE_NEWS, STR("\uFEFF\u00E9t\u00E9 \U0001F600,\u6771 \xED\xA0\xBDx\0y"));
    const int32_t starts[] = {1, 5, 6, 7, 9, 10, 11, 12};
    assert_int_equal(tokens.n_tokens, 8);
    assert_memory_equal(tokens.blocks[0].start, starts, sizeof starts);
    ca_tokens_reset(&tokens);
}

/* ---- against the specification ---- */

static void each_part_and_each_pair_of_parts_is_as_specified(void **unused) {
    (void)unused;
    check_news(STR(""));
    for (size_t i = 0; i < N_ALPHABET; i++) {
        check_news(part_of(alphabet[i]));
        for (size_t j = 0; j < N_ALPHABET; j++) {
            builder text = {.len = 0};
            build(&text, part_of(alphabet[i]));
            build(&text, part_of(alphabet[j]));
            check_news(built(&text));
        }
    }
}

static void random_texts_are_as_specified(void **unused) {
    (void)unused;
    test_random random = {7};
    builder text;
    for (int round = 0; round < 12000; round++)
        check_news(random_text(&random, &text, 1 + (size_t)round % 120));
}

/* Few letters, so that they form words, stops and addresses all the time. */
static void random_texts_of_few_letters_are_as_specified(void **unused) {
    (void)unused;
    static const char letters[] = "aaZ9. '@-:/&,_ws\n";
    test_random random = {8};
    for (int round = 0; round < 12000; round++) {
        uint8_t bytes[200];
        size_t len = random_below(&random, sizeof bytes);
        for (size_t i = 0; i < len; i++)
            bytes[i] = (uint8_t)letters[random_below(&random, sizeof letters - 1)];
        check_news((ca_str){bytes, len});
    }
}

/* ---- windows of 64 bytes ---- */

static const char *const crossing[] = {
    "Gen. Milley's U.S.-led talks, 9/11: don't!?",
    "see http://site.org/a_(b)?c=1&d=%20, or bob.smith+x@my-site.co.uk.",
    "\u201CCaf\u00E9 \u2018noir\u2019\u201D \u2014 10,000\u201312,000 \u20AC",
    "\U0001F469\u200D\U0001F469\u200D\U0001F467 \U0001F1EB\U0001F1F7\U0001F1E9 e\u0301\u0302",
    "a\r\n\r\nb\n\nc\r\rd \u2028 e",
    "a-b.c_d%e+f@g.h:i://j #k @l 'm's",
    "\u6771\u4EAC \u30BF\u30EF\u30FC \u05D0\"\u05D1 \u0661\u066C\u0662",
    "No.    5 vs. No.     5 ... . . . ----- ***",
    ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
     "b"),
};

static void a_text_may_begin_at_every_offset_of_a_window(void **unused) {
    (void)unused;
    static const char *const fills[] = {" ", "x", ",", "\u00A0", "\u00E9", "\U0001F600"};
    for (size_t c = 0; c < sizeof crossing / sizeof crossing[0]; c++) {
        for (size_t f = 0; f < sizeof fills / sizeof fills[0]; f++) {
            builder text = {.len = 0};
            while (text.len <= 130) {
                size_t len = text.len;
                build(&text, part_of(crossing[c]));
                check_news(built(&text));
                text.len = len;
                build(&text, part_of(fills[f]));
            }
        }
    }
}

static void a_text_may_end_at_every_offset_of_a_window(void **unused) {
    (void)unused;
    builder all = {.len = 0};
    for (size_t c = 0; c < sizeof crossing / sizeof crossing[0]; c++) {
        build(&all, part_of(crossing[c]));
        build(&all, STR(" "));
    }
    size_t bad;
    for (size_t len = 0; len <= all.len; len++) {
        if (ca_utf8_valid(all.bytes, len, &bad)) check_news((ca_str){all.bytes, len});
    }
}

static void moving_a_text_moves_its_starts_alone(void **unused) {
    (void)unused;
    for (size_t c = 0; c < sizeof crossing / sizeof crossing[0]; c++) {
        ca_tokens still = tokens_of_str(CA_MODE_NEWS, part_of(crossing[c]));
        for (size_t shift = 1; shift <= 130; shift++) {
            builder text = {.len = shift};
            memset(text.bytes, ' ', shift);
            build(&text, part_of(crossing[c]));
            ca_tokens moved = tokens_of_str(CA_MODE_NEWS, built(&text));
            assert_int_equal(moved.n_tokens, still.n_tokens);
            for (size_t i = 0; i < still.n_tokens; i++) {
                assert_int_equal(moved.blocks[0].id[i], still.blocks[0].id[i]);
                assert_int_equal(moved.blocks[0].start[i],
                                 still.blocks[0].start[i] + (int32_t)shift);
            }
            assert_int_equal(moved.n_sentences, still.n_sentences);
            ca_tokens_reset(&moved);
        }
        ca_tokens_reset(&still);
    }
}

/* Tokens are interned some 1024 at a time, and an "@" may still take back up to 64 of them. */
static void an_address_may_stand_where_tokens_are_handed_on(void **unused) {
    (void)unused;
    static const char *const addresses[] = {
        "bob@site.org", "a-b-c-d-e-f-g-h@site.org",
        "a-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%@site.org",
        "%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%a@site.org"};
    for (size_t a = 0; a < sizeof addresses / sizeof addresses[0]; a++) {
        for (size_t n = 880; n <= 1160; n++) {
            builder text = {.len = n};
            memset(text.bytes, ',', n);
            build(&text, part_of(addresses[a]));
            build(&text, STR(", and so on"));
            check_news(built(&text));
        }
    }
}

static void a_wrapped_text_is_one_paragraph_up_to_a_blank_line(void **unused) {
    (void)unused;
    const ca_str text = STR("The ministers had met for three days in a house\n"
                            "by the sea, and when they came out again nobody\n"
                            "would say a word. The oldest of them walked off\n"
                            "alone. His driver had fallen asleep at a corner\n"
                            "of the road.\n\nNobody woke him.");
    check_news(text);
    ca_tokens tokens = tokens_of_str(CA_MODE_NEWS, text);
    const uint32_t paragraphs[] = {0, 46, 50};
    assert_int_equal(tokens.n_paragraphs, 2);
    assert_int_equal(tokens.n_sentences, 4);
    assert_memory_equal(tokens.blocks[0].paragraph_tokens, paragraphs, sizeof paragraphs);
    ca_tokens_reset(&tokens);
}

/* ---- properties ---- */

static void two_texts_with_a_line_end_between_are_one_after_the_other(void **unused) {
    (void)unused;
    test_random random = {9};
    builder a, b, both;
    for (int round = 0; round < 4000; round++) {
        random_text(&random, &a, 40);
        random_text(&random, &b, 40);
        both.len = 0;
        build(&both, built(&a));
        build(&both, STR("\n"));
        build(&both, built(&b));
        pieces found = {NULL, 0, 0};
        scan_all(built(&a), &found);
        size_t n = found.n;
        scan_all(built(&b), &found);
        for (size_t i = n; i < found.n; i++) {
            found.items[i].at += a.len + 1;
            found.items[i].end += a.len + 1;
        }
        ca_tokens tokens = tokens_of_str(CA_MODE_NEWS, built(&both));
        bool same = has_pieces(&tokens, built(&both), &found);
        ca_tokens_reset(&tokens);
        pieces_reset(&found);
        if (!same) print_text(built(&both));
        assert_true(same);
    }
}

/* ---- hostile texts ---- */

/* 120 000 bytes of one thing over and over: what is quadratic would not come back. */
static void hostile_texts_are_as_specified(void **unused) {
    (void)unused;
    for (size_t i = 0; i < N_ALPHABET; i++) {
        ca_str text = repeat(part_of(alphabet[i]), 120000 / part_of(alphabet[i]).len);
        check_news(text);
        free((void *)text.ptr);
    }
    static const char *const units[] = {
        "a.",
        "a@",
        "a'",
        "a'\u0301",
        "1,",
        "a@b.",
        "-a@",
        "http://a,",
        "#a",
        "A&",
        "\u05D0\"",
        "s' ",
        "ab:",
        "www.a ",
        "No.    ",
        "a.\u0301",
        "a \n",
        "x-",
        "U.S. ",
        "1/",
        "\u200D'",
        "a\x7F",
        "\U0001F600\u200D",
    };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        ca_str text = repeat(part_of(units[i]), 120000 / part_of(units[i]).len);
        check_news(text);
        free((void *)text.ptr);
    }
}

static void a_token_may_be_very_long(void **unused) {
    (void)unused;
    ca_str word = repeat(STR("a"), 100000);
    ca_tokens tokens = tokens_of_str(CA_MODE_NEWS, word);
    assert_int_equal(tokens.n_tokens, 1);
    assert_int_equal(tokens.vocab.chars[0], 100000);
    ca_tokens_reset(&tokens);
    free((void *)word.ptr);
}

/* No text that may come here holds bytes outside UTF-8; if it does all the same, no harm is done.
 */
static void bytes_outside_utf8_do_no_harm(void **unused) {
    (void)unused;
    static const char letters[] = "a .@:/'9\x80\xBF\xC3\xE2\x82\xF0\x9F\xFF\xED\xA0\n";
    test_random random = {10};
    for (int round = 0; round < 4000; round++) {
        uint8_t bytes[200];
        size_t len = random_below(&random, sizeof bytes);
        for (size_t i = 0; i < len; i++)
            bytes[i] = (uint8_t)letters[random_below(&random, sizeof letters - 1)];
        ca_str text = copy_exactly((ca_str){bytes, len});
        for (int mode = CA_MODE_NEWS; mode <= CA_MODE_UAX29; mode++) {
            ca_tokens tokens = tokens_of_str((ca_mode)mode, text);
            const char *why = "";
            assert_true(ca_vocab_validate(&tokens.vocab, &why));
            for (size_t i = 0; i < tokens.n_tokens; i++)
                assert_in_range((uintmax_t)tokens.blocks[0].id[i], 0, tokens.vocab.n - 1);
            ca_tokens_reset(&tokens);
        }
        free((void *)text.ptr);
    }
}

/* ---- documents ---- */

static void missing_and_empty_documents_have_no_tokens(void **unused) {
    (void)unused;
    const ca_text items[] = {{NULL, 0, CA_TEXT_MISSING}, {"Oslo", 4, CA_TEXT_UTF8},
                             {"", 0, CA_TEXT_UTF8},      {NULL, 0, CA_TEXT_LATIN1},
                             {" \n ", 3, CA_TEXT_UTF8},  {"Oslo.", 5, CA_TEXT_UTF8},
                             {NULL, 0, CA_TEXT_MISSING}};
    ca_tokens tokens = tokens_of(CA_MODE_NEWS, items, 7);
    const uint32_t docs[] = {0, 0, 1, 1, 1, 1, 3, 3}, of_docs[] = {0, 0, 1, 1, 1, 1, 2, 2};
    assert_valid(&tokens);
    assert_memory_equal(tokens.blocks[0].doc_tokens, docs, sizeof docs);
    assert_memory_equal(tokens.blocks[0].doc_sentences, of_docs, sizeof of_docs);
    assert_memory_equal(tokens.blocks[0].doc_paragraphs, of_docs, sizeof of_docs);
    ca_tokens_reset(&tokens);
}

static void a_chunk_of_no_documents_is_an_empty_block(void **unused) {
    (void)unused;
    ca_tokens tokens = tokens_of(CA_MODE_NEWS, NULL, 0);
    assert_valid(&tokens);
    assert_int_equal(tokens.n_tokens, 0);
    assert_int_equal(tokens.blocks[0].doc_tokens[0], 0);
    assert_int_equal(tokens.blocks[0].sentence_tokens[0], 0);
    ca_tokens_reset(&tokens);
}

static void offsets_in_a_block_count_from_its_own_start(void **unused) {
    (void)unused;
    test_corpus corpus;
    corpus_open(&corpus, LIST("Ann won. Bob lost.\n\nCal left.", "Dee slept.\nEve sang. Fay ran."));
    const ca_block *block = &corpus.tokens.blocks[0];
    const uint32_t docs[] = {0, 9, 18}, doc_sentences[] = {0, 3, 6}, doc_paragraphs[] = {0, 2, 4};
    const uint32_t sentences[] = {0, 3, 6, 9, 12, 15, 18}, paragraphs[] = {0, 6, 9, 12, 18};
    const uint8_t blank[] = {1, 1, 1, 0};
    assert_memory_equal(block->doc_tokens, docs, sizeof docs);
    assert_memory_equal(block->doc_sentences, doc_sentences, sizeof doc_sentences);
    assert_memory_equal(block->doc_paragraphs, doc_paragraphs, sizeof doc_paragraphs);
    assert_memory_equal(block->sentence_tokens, sentences, sizeof sentences);
    assert_memory_equal(block->paragraph_tokens, paragraphs, sizeof paragraphs);
    assert_memory_equal(block->paragraph_blank, blank, sizeof blank);
    corpus_close(&corpus);
}

/* ---- the same text in another form, in other chunks ---- */

static void assert_same_doc(const ca_tokens *a, const ca_tokens *b, size_t number) {
    const ca_block *in_a = ca_tokens_block(a, number), *in_b = ca_tokens_block(b, number);
    size_t i = number - in_a->first_doc, j = number - in_b->first_doc;
    ca_doc doc = ca_tokens_doc(a, in_a, i), other = ca_tokens_doc(b, in_b, j);
    assert_int_equal(doc.n, other.n);
    if (doc.n > 0) {
        assert_memory_equal(doc.id, other.id, doc.n * sizeof *doc.id);
        assert_memory_equal(doc.start, other.start, doc.n * sizeof *doc.start);
    }
    uint32_t s = in_a->doc_sentences[i], t = in_b->doc_sentences[j];
    uint32_t p = in_a->doc_paragraphs[i], q = in_b->doc_paragraphs[j];
    assert_int_equal(in_a->doc_sentences[i + 1] - s, in_b->doc_sentences[j + 1] - t);
    assert_int_equal(in_a->doc_paragraphs[i + 1] - p, in_b->doc_paragraphs[j + 1] - q);
    for (; s < in_a->doc_sentences[i + 1]; s++, t++)
        assert_int_equal(in_a->sentence_tokens[s] - in_a->doc_tokens[i],
                         in_b->sentence_tokens[t] - in_b->doc_tokens[j]);
    for (; p < in_a->doc_paragraphs[i + 1]; p++, q++) {
        assert_int_equal(in_a->paragraph_tokens[p] - in_a->doc_tokens[i],
                         in_b->paragraph_tokens[q] - in_b->doc_tokens[j]);
        assert_int_equal(in_a->paragraph_blank[p], in_b->paragraph_blank[q]);
    }
}

/* All that does not depend on how the column was cut into blocks. */
static void assert_same(const ca_tokens *a, const ca_tokens *b) {
    assert_int_equal(a->n_docs, b->n_docs);
    assert_int_equal(a->n_tokens, b->n_tokens);
    assert_int_equal(a->n_sentences, b->n_sentences);
    assert_int_equal(a->n_paragraphs, b->n_paragraphs);
    assert_int_equal(a->vocab.n, b->vocab.n);
    for (size_t i = 0; i < a->vocab.n; i++)
        assert_true(ca_str_equal(ca_vocab_type(&a->vocab, (int32_t)i),
                                 ca_vocab_type(&b->vocab, (int32_t)i)));
    for (size_t doc = 0; doc < a->n_docs; doc++) assert_same_doc(a, b, doc);
}

/* `text` in a form whose units hold all its code points, in a block of exactly its size. */
static ca_text in_form(ca_str text, ca_text_form form) {
    size_t n = ca_utf8_count(text.ptr, text.len), i = 0;
    size_t width = form == CA_TEXT_LATIN1 ? 1 : form == CA_TEXT_UCS2 ? 2 : 4;
    void *units = malloc(n * width + (n == 0));
    assert_non_null(units);
    for (size_t at = 0; at < text.len; i++) {
        uint32_t cp;
        at += ca_utf8_decode(text.ptr + at, text.len - at, &cp);
        if (width == 1) ((uint8_t *)units)[i] = (uint8_t)cp;
        if (width == 2) ((uint16_t *)units)[i] = (uint16_t)cp;
        if (width == 4) ((uint32_t *)units)[i] = cp;
    }
    return (ca_text){units, n, form};
}

static uint32_t largest_point(ca_str text) {
    uint32_t largest = 0, cp;
    for (size_t at = 0; at < text.len;) {
        at += ca_utf8_decode(text.ptr + at, text.len - at, &cp);
        if (cp > largest) largest = cp;
    }
    return largest;
}

static void check_forms(ca_mode mode, ca_str text) {
    uint32_t largest = largest_point(text);
    ca_tokens expected = tokens_of_str(mode, text);
    assert_valid(&expected);
    for (int form = CA_TEXT_LATIN1; form <= CA_TEXT_UCS4; form++) {
        if (form == CA_TEXT_LATIN1 && largest > 0xFF) continue;
        if (form == CA_TEXT_UCS2 && largest > 0xFFFF) continue;
        ca_text item = in_form(text, (ca_text_form)form);
        ca_tokens tokens = tokens_of(mode, &item, 1);
        assert_same(&tokens, &expected);
        ca_tokens_reset(&tokens);
        free((void *)(uintptr_t)item.ptr);
    }
    ca_tokens_reset(&expected);
}

static void the_form_of_a_text_does_not_show(void **unused) {
    (void)unused;
    test_random random = {11};
    builder text;
    for (int mode = CA_MODE_NEWS; mode <= CA_MODE_UAX29; mode++) {
        check_forms((ca_mode)mode, STR(""));
        check_forms((ca_mode)mode, STR("Oslo, 1993: \"No.\" He left.\r\n\r\nThe end\0"));
        check_forms((ca_mode)mode, STR("Caf\u00E9 \u00ABnoir\u00BB\xC2\x85 \u00A3"
                                       "5\u00A0\u00AD"));
        check_forms((ca_mode)mode, STR("\u201CKy\u00EFv\u201D \u2013 \xED\xA0\xBD\xED\xB8\x80"));
        check_forms((ca_mode)mode, STR("\U0001F600 \U0001F1EB\U0001F1F7 \U0010FFFF"));
        for (size_t c = 0; c < sizeof crossing / sizeof crossing[0]; c++)
            check_forms((ca_mode)mode, part_of(crossing[c]));
        for (int round = 0; round < 1500; round++)
            check_forms((ca_mode)mode, random_text(&random, &text, 60));
    }
}

#define N_DOCS 40

/* Documents of random text, some of them missing. */
typedef struct column {
    builder text[N_DOCS];
    ca_text items[N_DOCS];
} column;

static ca_texts random_column(test_random *random, column *self) {
    for (size_t i = 0; i < N_DOCS; i++) {
        ca_str text = random_text(random, &self->text[i], 30);
        self->items[i] = (ca_text){text.ptr, text.len, CA_TEXT_UTF8};
        if (random_below(random, 8) == 0) self->items[i] = (ca_text){.form = CA_TEXT_MISSING};
    }
    return (ca_texts){self->items, N_DOCS};
}

/* Chunks of random sizes, some of them empty, for random workers. */
static plan random_plan(test_random *random, ca_mode mode, size_t *ends, size_t *owners) {
    size_t n = 0, end = 0;
    while (end < N_DOCS && n < MAX_CHUNKS - 1) {
        end += random_below(random, 7);
        if (end > N_DOCS) end = N_DOCS;
        ends[n] = end;
        owners[n++] = random_below(random, MAX_WORKERS);
    }
    ends[n] = N_DOCS;
    owners[n++] = 0;
    return (plan){.mode = mode, .ends = ends, .owners = owners, .n_chunks = n};
}

static void chunks_and_workers_do_not_show(void **unused) {
    (void)unused;
    test_random random = {12};
    column *docs = malloc(sizeof *docs);
    assert_non_null(docs);
    for (int round = 0; round < 200; round++) {
        ca_mode mode = round % 2 == 0 ? CA_MODE_NEWS : CA_MODE_UAX29;
        size_t ends[MAX_CHUNKS], owners[MAX_CHUNKS];
        test_alloc state = {.fail_at = -1};
        ca_alloc hook = test_alloc_hook(&state);
        ca_texts texts = random_column(&random, docs);
        plan p = random_plan(&random, mode, ends, owners);
        ca_tokens whole = tokens_of(mode, texts.items, texts.n), cut;
        assert_int_equal(tokenize_as_planned(&hook, &p, &texts, &cut), CA_OK);
        assert_int_equal(cut.n_blocks, p.n_chunks);
        assert_valid(&cut);
        assert_same(&whole, &cut);
        ca_tokens_reset(&cut);
        assert_int_equal(state.live, 0);
        ca_tokens_reset(&whole);
    }
    free(docs);
}

static void remapping_reads_the_map_once_for_each_token(void **unused) {
    (void)unused;
    int32_t id[] = {2, 0, 1, 2, 2};
    const int32_t map[] = {1, 2, 0}, expected[] = {0, 1, 2, 0, 0};
    ca_block block = {.n_tokens = 5, .id = id};
    ca_block_remap(&block, map);
    assert_memory_equal(id, expected, sizeof id);
    ca_block empty = {.n_tokens = 0};
    ca_block_remap(&empty, NULL);
}

static void a_tokenizer_goes_on_counting_from_chunk_to_chunk(void **unused) {
    (void)unused;
    ca_tokenizer tokenizer;
    ca_block first, second;
    size_t bad_doc;
    const ca_text items[] = {text_of("Oslo won."), text_of("Kyiv won.\nNo."), text_of("Oslo")};
    ca_texts texts = {items, 3};
    assert_int_equal(ca_tokenizer_init(&tokenizer, libc(), CA_MODE_NEWS, 7), CA_OK);
    assert_int_equal(ca_tokenizer_chunk(&tokenizer, &texts, 0, 1, NULL, &first, &bad_doc), CA_OK);
    assert_int_equal(ca_tokenizer_chunk(&tokenizer, &texts, 1, 3, NULL, &second, &bad_doc), CA_OK);
    const int32_t ids[] = {3, 1, 2, 4, 2, 0}, starts[] = {0, 5, 8, 10, 12, 0};
    const uint32_t docs[] = {0, 5, 6}, sentences[] = {0, 3, 5, 6};
    assert_int_equal(first.first_doc, 0);
    assert_int_equal(first.n_docs, 1);
    assert_int_equal(first.n_tokens, 3);
    assert_int_equal(second.first_doc, 1);
    assert_int_equal(second.n_docs, 2);
    assert_int_equal(second.n_tokens, 6);
    assert_memory_equal(second.id, ids, sizeof ids);
    assert_memory_equal(second.start, starts, sizeof starts);
    assert_memory_equal(second.doc_tokens, docs, sizeof docs);
    assert_memory_equal(second.sentence_tokens, sentences, sizeof sentences);
    ca_block_reset(libc(), &first);
    ca_block_reset(libc(), &second);
    ca_tokenizer_reset(&tokenizer);
}

/* ---- chunks ---- */

/* End of the first chunk of `n` documents of `len` units each. */
static size_t chunk_of(size_t n, size_t len) {
    ca_text *items = calloc(n, sizeof *items);
    assert_non_null(items);
    for (size_t i = 0; i < n; i++) items[i] = (ca_text){.len = len, .form = CA_TEXT_UTF8};
    size_t end = ca_chunk_end(&(ca_texts){items, n}, 0);
    free(items);
    return end;
}

static void a_chunk_is_about_256_kilobytes(void **unused) {
    (void)unused;
    assert_int_equal(chunk_of(1, 0), 1);
    assert_int_equal(chunk_of(10, 1000), 10);
    size_t end = chunk_of(1000, 1000);
    assert_in_range(end * 1000, 240000, 280000);
    assert_int_equal(chunk_of(10, 262144), 1);
    assert_int_equal(chunk_of(10, 10 * 1000 * 1000), 1); /* at least one document, however long */
    assert_in_range(chunk_of(100000, 0), 1000, 20000);   /* empty documents cost something too */
}

static void chunks_follow_each_other_to_the_end(void **unused) {
    (void)unused;
    test_random random = {13};
    ca_text items[3000];
    for (size_t i = 0; i < 3000; i++)
        items[i] = (ca_text){.len = random_below(&random, 3000), .form = CA_TEXT_UTF8};
    ca_texts texts = {items, 3000};
    size_t first = 0, n = 0;
    for (; first < texts.n; n++) {
        size_t end = ca_chunk_end(&texts, first);
        assert_true(end > first && end <= texts.n);
        first = end;
    }
    assert_true(n > 10);
    assert_int_equal(ca_chunk_end(&texts, texts.n), texts.n);
    assert_int_equal(ca_chunk_end(&(ca_texts){NULL, 0}, 0), 0);
}

/* ---- UAX #29 ---- */

/* Segments, sentences and paragraphs as uax29.h has them. A sentence begins with the first segment
 * that begins at its boundary or behind: a boundary may lie within a segment ("alef.bet"). */
static bool has_segments(const ca_tokens *tokens, ca_str text) {
    const ca_block *block = &tokens->blocks[0];
    ca_doc doc = ca_tokens_doc(tokens, block, 0);
    size_t token = 0, points = 0, sentences = 0, boundary = 0;
    for (size_t at = 0, end; at < text.len; at = end, token++) {
        end = ca_uax29_word_end(text.ptr, text.len, at);
        ca_str segment = {text.ptr + at, end - at};
        if (token >= doc.n || (size_t)doc.start[token] != points) return false;
        if (!ca_str_equal(ca_vocab_type(&tokens->vocab, doc.id[token]), segment)) return false;
        points += ca_utf8_count(segment.ptr, segment.len);
        if (at < boundary) continue;
        if (sentences >= block->n_sentences || block->sentence_tokens[sentences] != token)
            return false;
        sentences++;
        while (boundary <= at) boundary = ca_uax29_sentence_end(text.ptr, text.len, boundary);
    }
    return token == doc.n && sentences == block->n_sentences;
}

static void check_segments(ca_str literal) {
    ca_str text = copy_exactly(literal);
    ca_tokens tokens = tokens_of_str(CA_MODE_UAX29, text);
    assert_valid(&tokens);
    bool same = has_segments(&tokens, text);
    ca_tokens_reset(&tokens);
    free((void *)text.ptr);
    if (!same) print_text(literal);
    assert_true(same);
}

static void uax29_keeps_every_segment(void **unused) {
    (void)unused;
    assert_segments("The U.S.-led  talks.", "The", " ", "U.S", ".", "-", "led", "  ", "talks", ".");
    assert_segments("a\r\nb\n\nc", "a", "\r\n", "b", "\n", "\n", "c");
    assert_segments("\uFEFFIran's #tag", "\uFEFF", "Iran's", " ", "#", "tag");
    check_types(CA_MODE_UAX29, STR(""), (const char *const[]){NULL}, __FILE__, __LINE__);
}

static void white_space_has_a_kind_in_uax29(void **unused) {
    (void)unused;
    ca_tokens tokens = tokens_of_str(CA_MODE_UAX29, STR("a \r\n\u00A0,"));
    static const ca_kind kinds[] = {CA_WORD, CA_SPACE_KIND, CA_SPACE_KIND, CA_SPACE_KIND,
                                    CA_PUNCTUATION};
    ca_doc doc = ca_tokens_doc(&tokens, &tokens.blocks[0], 0);
    assert_int_equal(doc.n, 5);
    for (size_t i = 0; i < 5; i++) assert_int_equal(ca_shape_kind(ca_doc_shape(&doc, i)), kinds[i]);
    ca_tokens_reset(&tokens);
}

static void sentences_of_uax29_know_no_abbreviations(void **unused) {
    (void)unused;
    ca_tokens tokens = tokens_of_str(CA_MODE_UAX29, STR("Gen. Lee won. \"No.\" he said."));
    const uint32_t sentences[] = {0, 3, 8, 17}; /* "Gen. ", "Lee won. ", the rest */
    assert_int_equal(tokens.n_sentences, 3);
    assert_memory_equal(tokens.blocks[0].sentence_tokens, sentences, sizeof sentences);
    ca_tokens_reset(&tokens);
}

static void every_line_is_a_paragraph_in_uax29(void **unused) {
    (void)unused;
    ca_tokens tokens = tokens_of_str(CA_MODE_UAX29, STR("a b\nc\r\n\nd"));
    const uint32_t paragraphs[] = {0, 4, 6, 7, 8}; /* with their line ends */
    assert_int_equal(tokens.n_paragraphs, 4);
    assert_memory_equal(tokens.blocks[0].paragraph_tokens, paragraphs, sizeof paragraphs);
    ca_tokens_reset(&tokens);
}

/* As tokens.h says: 1 behind a blank line or at a document's start. */
static void a_paragraph_behind_a_blank_line_is_marked_in_uax29_too(void **unused) {
    (void)unused;
    ca_tokens tokens = tokens_of_str(CA_MODE_UAX29, STR("a\n\nb\nc"));
    assert_int_equal(tokens.n_paragraphs, 4); /* "a\n", "\n", "b\n", "c" */
    uint8_t first = tokens.blocks[0].paragraph_blank[0],
            third = tokens.blocks[0].paragraph_blank[2];
    uint8_t last = tokens.blocks[0].paragraph_blank[3];
    ca_tokens_reset(&tokens);
    assert_int_equal(first, 1);
    assert_int_equal(last, 0);
    assert_int_equal(third, 1);
}

static void segments_are_those_of_uax29_whatever_the_text(void **unused) {
    (void)unused;
    test_random random = {14};
    builder text;
    check_segments(STR(""));
    check_segments(STR("\u05D0.\u05D1. c")); /* a sentence ends within a segment */
    for (size_t i = 0; i < N_ALPHABET; i++) {
        check_segments(part_of(alphabet[i]));
        ca_str many = repeat(part_of(alphabet[i]), 20000 / part_of(alphabet[i]).len);
        check_segments(many);
        free((void *)many.ptr);
    }
    for (int round = 0; round < 8000; round++)
        check_segments(random_text(&random, &text, 1 + (size_t)round % 80));
}

/* ---- stopping ---- */

typedef struct question {
    long asked, stop_at; /* stop_at < 0: never */
} question;

static int answer(void *ctx) {
    question *self = ctx;
    return self->asked++ == self->stop_at;
}

/* Tokenize one text with a poll; the status. Nothing may be left, and no output touched. */
static ca_status tokenize_asking(ca_mode mode, const ca_texts *texts, question *q) {
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    ca_poll poll = {answer, q};
    ca_tokenizer tokenizer;
    ca_block block = {.n_docs = 77};
    size_t bad_doc = 77;
    assert_int_equal(ca_tokenizer_init(&tokenizer, &hook, mode, 7), CA_OK);
    ca_status status = ca_tokenizer_chunk(&tokenizer, texts, 0, texts->n, &poll, &block, &bad_doc);
    assert_int_equal(bad_doc, 77);
    if (status == CA_OK) {
        assert_int_equal(block.n_docs, texts->n);
        ca_block_reset(&hook, &block);
    } else {
        assert_int_equal(block.n_docs, 77);
        assert_null(block.id);
    }
    ca_tokenizer_reset(&tokenizer);
    assert_int_equal(state.live, 0);
    return status;
}

static void check_stops(ca_mode mode, const ca_texts *texts, size_t bytes) {
    question all = {.stop_at = -1};
    assert_int_equal(tokenize_asking(mode, texts, &all), CA_OK);
    assert_true((size_t)all.asked >= bytes / CA_POLL_EVERY);
    for (long k = 0; k < all.asked; k++) {
        question q = {.stop_at = k};
        assert_int_equal(tokenize_asking(mode, texts, &q), CA_STOPPED);
        assert_int_equal(q.asked, k + 1); /* and asks no more */
    }
}

static void it_stops_at_every_question(void **unused) {
    (void)unused;
    ca_str prose = repeat(STR("Gen. Milley's U.S.-led talks failed.\n\n"), 8000);
    ca_str word = repeat(STR("a"), 300000);
    const ca_text items[] = {{prose.ptr, prose.len, CA_TEXT_UTF8},
                             {word.ptr, word.len, CA_TEXT_UTF8},
                             {prose.ptr, prose.len, CA_TEXT_LATIN1}};
    check_stops(CA_MODE_NEWS, &(ca_texts){items, 3}, prose.len * 2 + word.len);
    check_stops(CA_MODE_UAX29, &(ca_texts){items, 1}, prose.len);
    free((void *)prose.ptr);
    free((void *)word.ptr);
}

static void documents_without_text_are_asked_about_too(void **unused) {
    (void)unused;
    ca_text *items = calloc(100000, sizeof *items);
    assert_non_null(items);
    question q = {.stop_at = -1};
    assert_int_equal(tokenize_asking(CA_MODE_NEWS, &(ca_texts){items, 100000}, &q), CA_OK);
    assert_true(q.asked > 10);
    free(items);
}

/* ---- failure ---- */

/* Documents enough to grow every array; forms enough to need scratch memory. */
static ca_status tokenize_all(const ca_alloc *alloc, void *ctx) {
    static const size_t ends[] = {1, 1, 4}, owners[] = {1, 0, 2};
    ca_text *items = ctx;
    ca_texts texts = {items, 4};
    ca_tokens tokens;
    ca_status status = CA_OK;
    for (int mode = CA_MODE_NEWS; mode <= CA_MODE_UAX29 && status == CA_OK; mode++) {
        plan p = {.mode = (ca_mode)mode, .ends = ends, .owners = owners, .n_chunks = 3};
        status = tokenize_as_planned(alloc, &p, &texts, &tokens);
        if (status == CA_OK) assert_valid(&tokens);
        ca_tokens_reset(&tokens);
    }
    return status;
}

static void any_request_may_be_refused(void **unused) {
    (void)unused;
    builder text = {.len = 0};
    for (int i = 0; i < 40; i++) {
        char sentence[64];
        int len = snprintf(sentence, sizeof sentence, "Word%d fell. The end, %d.\n\n", i, i * i);
        build(&text, (ca_str){(const uint8_t *)sentence, (size_t)len});
    }
    ca_text items[] = {{text.bytes, text.len, CA_TEXT_UTF8},
                       {.form = CA_TEXT_MISSING},
                       in_form(built(&text), CA_TEXT_LATIN1),
                       in_form(STR("Caf\u00E9 \U0001F600\nKyiv. He left."), CA_TEXT_UCS4)};
    sweep_allocations(tokenize_all, items);
    free((void *)(uintptr_t)items[2].ptr);
    free((void *)(uintptr_t)items[3].ptr);
}

/* After a failure the block is untouched, and the same tokenizer does the chunk once more. */
static void a_chunk_may_be_tried_again(void **unused) {
    (void)unused;
    const ca_text items[] = {text_of("Oslo won. He left.\n\nThe end."), text_of("a b c d e f g h")};
    ca_texts texts = {items, 2};
    for (long k = 0;; k++) {
        test_alloc state = {.fail_at = -1};
        ca_alloc hook = test_alloc_hook(&state);
        ca_tokenizer tokenizer;
        ca_block block = {.n_docs = 77};
        size_t bad_doc = 77;
        assert_int_equal(ca_tokenizer_init(&tokenizer, &hook, CA_MODE_NEWS, 7), CA_OK);
        state.fail_at = state.requests + k;
        ca_status status = ca_tokenizer_chunk(&tokenizer, &texts, 0, 2, NULL, &block, &bad_doc);
        bool failed = status != CA_OK;
        if (failed) {
            assert_int_equal(status, CA_NO_MEMORY);
            assert_int_equal(block.n_docs, 77);
            assert_int_equal(bad_doc, 77);
            state.fail_at = -1;
            status = ca_tokenizer_chunk(&tokenizer, &texts, 0, 2, NULL, &block, &bad_doc);
        }
        assert_int_equal(status, CA_OK);
        assert_int_equal(block.n_docs, 2);
        assert_int_equal(block.n_tokens, 17);
        assert_int_equal(block.n_sentences, 4);
        assert_int_equal(block.doc_tokens[1], 9);
        assert_true(ca_str_equal(ca_vocab_type(&tokenizer.vocab, block.id[16]), STR("h")));
        ca_block_reset(&hook, &block);
        ca_tokenizer_reset(&tokenizer);
        assert_int_equal(state.live, 0);
        if (!failed) break;
        assert_true(k < 1000);
    }
}

static void a_document_that_is_too_large_is_named(void **unused) {
    (void)unused;
    if (SIZE_MAX <= UINT32_MAX) return; /* no such document fits in memory there */
    ca_text items[] = {text_of("Oslo"), text_of("never read"), text_of("Kyiv")};
    items[1].len = (size_t)UINT32_MAX + 1;
    ca_texts texts = {items, 3};
    for (int mode = CA_MODE_NEWS; mode <= CA_MODE_UAX29; mode++) {
        ca_tokenizer tokenizer;
        ca_block block = {.n_docs = 77};
        size_t bad_doc = 77;
        assert_int_equal(ca_tokenizer_init(&tokenizer, libc(), (ca_mode)mode, 7), CA_OK);
        assert_int_equal(ca_tokenizer_chunk(&tokenizer, &texts, 0, 3, NULL, &block, &bad_doc),
                         CA_TOO_LARGE);
        assert_int_equal(bad_doc, 1);
        assert_int_equal(block.n_docs, 77);
        ca_tokenizer_reset(&tokenizer);
    }
}

static void reset_may_be_repeated(void **unused) {
    (void)unused;
    ca_tokenizer zero = {.alloc = NULL};
    ca_tokenizer_reset(&zero);
    test_alloc state = {.fail_at = -1};
    ca_alloc hook = test_alloc_hook(&state);
    assert_int_equal(ca_tokenizer_init(&zero, &hook, CA_MODE_NEWS, 7), CA_OK);
    ca_tokenizer_reset(&zero);
    ca_tokenizer_reset(&zero);
    assert_int_equal(state.live, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_header_holds),
        cmocka_unit_test(hyphens_and_dashes_are_tokens),
        cmocka_unit_test(possessives_are_tokens_and_contractions_are_whole),
        cmocka_unit_test(abbreviations_and_initialisms_keep_their_stop),
        cmocka_unit_test(addresses_tags_and_users_are_whole),
        cmocka_unit_test(names_and_numbers_with_signs_are_whole),
        cmocka_unit_test(ranges_currency_and_percent_stand_apart),
        cmocka_unit_test(emoji_flags_and_marks_are_whole),
        cmocka_unit_test(white_space_is_never_a_token_of_news),
        cmocka_unit_test(every_kind_of_token_has_its_name),
        cmocka_unit_test(ids_count_surface_forms_by_first_appearance),
        cmocka_unit_test(starts_count_code_points),
        cmocka_unit_test(each_part_and_each_pair_of_parts_is_as_specified),
        cmocka_unit_test(random_texts_are_as_specified),
        cmocka_unit_test(random_texts_of_few_letters_are_as_specified),
        cmocka_unit_test(a_text_may_begin_at_every_offset_of_a_window),
        cmocka_unit_test(a_text_may_end_at_every_offset_of_a_window),
        cmocka_unit_test(moving_a_text_moves_its_starts_alone),
        cmocka_unit_test(an_address_may_stand_where_tokens_are_handed_on),
        cmocka_unit_test(a_wrapped_text_is_one_paragraph_up_to_a_blank_line),
        cmocka_unit_test(two_texts_with_a_line_end_between_are_one_after_the_other),
        cmocka_unit_test(hostile_texts_are_as_specified),
        cmocka_unit_test(a_token_may_be_very_long),
        cmocka_unit_test(bytes_outside_utf8_do_no_harm),
        cmocka_unit_test(missing_and_empty_documents_have_no_tokens),
        cmocka_unit_test(a_chunk_of_no_documents_is_an_empty_block),
        cmocka_unit_test(offsets_in_a_block_count_from_its_own_start),
        cmocka_unit_test(the_form_of_a_text_does_not_show),
        cmocka_unit_test(chunks_and_workers_do_not_show),
        cmocka_unit_test(remapping_reads_the_map_once_for_each_token),
        cmocka_unit_test(a_tokenizer_goes_on_counting_from_chunk_to_chunk),
        cmocka_unit_test(a_chunk_is_about_256_kilobytes),
        cmocka_unit_test(chunks_follow_each_other_to_the_end),
        cmocka_unit_test(uax29_keeps_every_segment),
        cmocka_unit_test(white_space_has_a_kind_in_uax29),
        cmocka_unit_test(sentences_of_uax29_know_no_abbreviations),
        cmocka_unit_test(every_line_is_a_paragraph_in_uax29),
        cmocka_unit_test(a_paragraph_behind_a_blank_line_is_marked_in_uax29_too),
        cmocka_unit_test(segments_are_those_of_uax29_whatever_the_text),
        cmocka_unit_test(it_stops_at_every_question),
        cmocka_unit_test(documents_without_text_are_asked_about_too),
        cmocka_unit_test(any_request_may_be_refused),
        cmocka_unit_test(a_chunk_may_be_tried_again),
        cmocka_unit_test(a_document_that_is_too_large_is_named),
        cmocka_unit_test(reset_may_be_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
