#include "tokenize.h"

#include "english.h"
#include "scan.h"
#include "simd/kernels.h"
#include "uax29.h"
#include "unicode.h"
#include "utf8.h"

/* Text of a chunk, and what a document costs beside its text. Large enough that a chunk's own
 * cost vanishes, small enough that two threads share a few megabytes evenly. */
#define CHUNK_BYTES ((size_t)256 * 1024)
#define DOC_BYTES 32

/* English prose has about 4.7 characters a token, blanks included. */
#define UNITS_PER_TOKEN 4

/* Pieces are interned when there are this many; the last ones stay, since an "@" may still join
 * them (a local part has at most CA_SCAN_LOCAL_PART bytes, so at most that many pieces). */
#define FLUSH_PIECES 1024

/* The most that one block of text adds: 64 single bytes, and what the last one leads to. */
#define BLOCK_PIECES 128

ca_status ca_tokenizer_init(ca_tokenizer *self, const ca_alloc *alloc, ca_mode mode,
                            uint64_t seed) {
    *self = (ca_tokenizer){.alloc = alloc, .mode = mode};
    return ca_vocab_init(&self->vocab, alloc, seed);
}

void ca_tokenizer_reset(ca_tokenizer *self) {
    if (self->alloc == NULL) return;
    ca_vocab_reset(&self->vocab);
    ca_scratch_reset(self->alloc, &self->scratch);
    CA_FREE(self->alloc, self->pieces);
    CA_FREE(self->alloc, self->breaks);
    CA_FREE(self->alloc, self->id);
    CA_FREE(self->alloc, self->start);
    ca_starts_reset(self->alloc, &self->doc_tokens);
    ca_starts_reset(self->alloc, &self->doc_sentences);
    ca_starts_reset(self->alloc, &self->doc_paragraphs);
    ca_starts_reset(self->alloc, &self->sentences);
    ca_starts_reset(self->alloc, &self->paragraphs);
    CA_FREE(self->alloc, self->paragraph_blank);
    *self = (ca_tokenizer){.alloc = NULL};
}

size_t ca_chunk_end(const ca_texts *texts, size_t first) {
    size_t end = first, bytes = 0;
    while (end < texts->n && bytes < CHUNK_BYTES) bytes += texts->items[end++].len + DOC_BYTES;
    return end;
}

/* ---- pieces ---- */

static ca_status flush_pieces(ca_tokenizer *self, size_t keep) {
    if (self->n_pieces <= keep) return CA_OK;
    size_t n = self->n_pieces - keep, total = self->n_tokens + n;
    if (total > UINT32_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(self->alloc, self->id, self->id_capacity, total));
    CA_TRY(CA_GROW(self->alloc, self->start, self->start_capacity, total));
    CA_TRY(ca_vocab_intern_pieces(&self->vocab, self->text, self->pieces, n,
                                  self->id + self->n_tokens));
    for (size_t i = 0; i < n; i++) self->start[self->n_tokens + i] = self->pieces[i].start;
    memmove(self->pieces, self->pieces + n, keep * sizeof *self->pieces);
    self->n_tokens = total;
    self->n_pieces = keep;
    return CA_OK;
}

/* Room for the pieces of one more block of text. */
static ca_status reserve_pieces(ca_tokenizer *self) {
    if (self->n_pieces >= FLUSH_PIECES && !self->keeps_pieces)
        CA_TRY(flush_pieces(self, CA_SCAN_LOCAL_PART));
    if (CA_LIKELY(self->pieces_capacity - self->n_pieces >= BLOCK_PIECES)) return CA_OK;
    return CA_GROW(self->alloc, self->pieces, self->pieces_capacity, self->n_pieces + BLOCK_PIECES);
}

static inline void add_piece(ca_tokenizer *self, size_t at, size_t end, int32_t start) {
    self->pieces[self->n_pieces++] =
        (ca_piece){.at = at, .len = (uint32_t)(end - at), .start = start};
}

/* Number of tokens of the document so far. */
static size_t doc_count(const ca_tokenizer *self) {
    return self->n_tokens - self->first_token + self->n_pieces;
}

static ca_status add_break(ca_tokenizer *self) {
    uint32_t token = (uint32_t)doc_count(self);
    if (token == 0) return CA_OK; /* lines before the first token are nothing */
    if (self->n_breaks > 0 && self->breaks[self->n_breaks - 1].token == token) {
        self->breaks[self->n_breaks - 1].blank = true;
        return CA_OK;
    }
    CA_TRY(CA_GROW(self->alloc, self->breaks, self->breaks_capacity, self->n_breaks + 1));
    self->breaks[self->n_breaks++] = (ca_break){.token = token, .blank = false};
    return CA_OK;
}

/* ---- what needs a closer look ---- */

/* Code points that begin in [at, end). */
static int32_t count_points(ca_str text, size_t at, size_t end) {
    int32_t n = 0;
    for (; at < end; at++) n += (text.ptr[at] & 0xC0) != 0x80;
    return n;
}

static const ca_piece *piece_before(const ca_tokenizer *self, size_t at) {
    if (self->n_pieces == 0) return NULL;
    const ca_piece *last = &self->pieces[self->n_pieces - 1];
    return last->at + last->len == at ? last : NULL;
}

/* "@": take back the pieces of the local part that stand right before it. The first of them begins
 * with a letter, a digit or an underscore: a dash or dots before an address are not its own. */
static size_t try_email(ca_tokenizer *self, size_t at) {
    size_t end = ca_scan_domain(self->text, at), first = at;
    if (end == at) return at;
    ca_piece *local = NULL;
    for (size_t i = self->n_pieces; i-- > 0;) {
        ca_piece *piece = &self->pieces[i];
        if (piece->at + piece->len != first || at - piece->at > CA_SCAN_LOCAL_PART ||
            !ca_scan_is_local_part(self->text, piece->at, first))
            break;
        first = piece->at;
        if (ca_is_word_byte(self->text.ptr[first])) local = piece;
    }
    if (local == NULL) return at;
    local->len = (uint32_t)(end - local->at);
    self->n_pieces = (size_t)(local - self->pieces) + 1;
    return end;
}

/* ":": the piece before it may be the scheme of a URL. */
static size_t try_url(ca_tokenizer *self, size_t at) {
    const ca_piece *scheme = piece_before(self, at);
    if (scheme == NULL) return at;
    size_t end = ca_scan_url(self->text, scheme->at, at);
    if (end != at) self->pieces[self->n_pieces - 1].len = (uint32_t)(end - scheme->at);
    return end;
}

/* Add the piece between the end of the last one and `possessive`, if there is any; its end. */
static size_t add_possessive(ca_tokenizer *self, size_t possessive) {
    const ca_piece last = self->pieces[self->n_pieces - 1];
    size_t end = last.at + last.len;
    if (possessive > end)
        add_piece(self, end, possessive, last.start + count_points(self->text, last.at, end));
    return possessive;
}

static size_t look_at_mark(ca_tokenizer *self, size_t at, int32_t start) {
    uint8_t first = self->text.ptr[at];
    size_t end = at;
    if (first == '@') end = try_email(self, at);
    if (first == ':') end = try_url(self, at);
    bool name = end != at;
    if (!name) {
        end = ca_scan_mark(self->text, at);
        add_piece(self, at, end, start);
        name = ca_scan_takes_possessive(self->text, at, end);
    }
    return name ? add_possessive(self, ca_scan_possessive(self->text, end)) : end;
}

static size_t look_at_word(ca_tokenizer *self, size_t at, int32_t start) {
    size_t possessive, end = ca_scan_word(self->text, at, &possessive);
    add_piece(self, at, end, start);
    return add_possessive(self, possessive);
}

/* Whatever begins at `at`; its end. At most two pieces come of it. */
static ca_status look_at(ca_tokenizer *self, size_t at, int32_t start, size_t *end) {
    switch (ca_scan_class_at(self->text, at, end)) {
    case CA_SCAN_BLANK:
        return CA_OK;
    case CA_SCAN_LINE:
        return add_break(self);
    case CA_SCAN_WORD:
        *end = look_at_word(self, at, start);
        return CA_OK;
    default:
        *end = look_at_mark(self, at, start);
        return CA_OK;
    }
}

/* ---- the walk over the blocks of a text ---- */

static bool is_ascii_digit(uint8_t c) {
    return c >= '0' && c <= '9';
}

/* Whether a run of ASCII letters and digits that ends before text[end] is a token for certain:
 * what follows is none of the signs that scan.c might join to it. */
static bool ends_plainly(ca_str text, size_t at, size_t end) {
    if (CA_UNLIKELY(end >= text.len)) return true;
    switch (text.ptr[end]) {
    case '\'':
    case '&':
        return false;
    case '.': /* too long for an abbreviation, and nothing behind the stop that it could join */
        return end - at > CA_ENGLISH_LONGEST &&
               (end + 1 >= text.len || text.ptr[end + 1] == ' ' || text.ptr[end + 1] == '\n');
    case ',':
    case ':':
    case '/':
        return !is_ascii_digit(text.ptr[end - 1]);
    default:
        return text.ptr[end] < 0x80;
    }
}

/* A block of 64 bytes of the text: its masks and those of the next one, and how bytes become code
 * points. */
typedef struct window {
    size_t base;
    ca_masks masks, next;
    size_t shift; /* continuation bytes before the block */
} window;

static inline int32_t start_of(const window *w, size_t at) {
    if (CA_LIKELY(w->masks.tail == 0)) return (int32_t)(at - w->shift);
    unsigned bit = (unsigned)(at - w->base);
    uint64_t before = w->masks.tail & ((UINT64_C(1) << bit) - 1);
    return (int32_t)(at - w->shift - (size_t)ca_popcount64(before));
}

/* End of a run that fills the rest of a block and all of the next. */
static size_t long_run_end(ca_str text, size_t end) {
    while (end < text.len && ca_is_word_byte(text.ptr[end])) end++;
    return end;
}

/* The run of word bytes from `at` on, if it is a token: its end, or `at`. */
static inline size_t plain_run(const window *w, ca_str text, size_t at) {
    unsigned bit = (unsigned)(at - w->base);
    uint64_t rest = ~(w->masks.word >> bit);
    size_t end = at + (rest != 0 ? (size_t)ca_lowest_bit64(rest) : 64);
    uint64_t glue = w->masks.glue;
    if (CA_UNLIKELY(end >= w->base + 64)) {
        rest = ~w->next.word;
        end = w->base + 64 + (rest != 0 ? (size_t)ca_lowest_bit64(rest) : 64);
        if (CA_UNLIKELY(rest == 0)) end = long_run_end(text, end);
        glue = rest != 0 ? w->next.glue : ~UINT64_C(0);
    }
    if (CA_LIKELY(!(glue >> (end & 63) & 1)) || ends_plainly(text, at, end)) return end;
    return at;
}

/* Everything that begins in the block, from *resume on; *resume moves behind the last token. */
static ca_status walk_window(ca_tokenizer *self, const window *w, size_t *resume) {
    const ca_masks *m = &w->masks;
    uint64_t inner = m->word & m->word << 1; /* second and later bytes of a run */
    uint64_t begins = ~(inner | m->blank | m->tail) | m->line;
    if (*resume > w->base) {
        size_t skip = *resume - w->base;
        if (skip >= 64) return CA_OK;
        begins |= m->word & UINT64_C(1) << skip; /* a run that a token has cut begins anew */
        begins &= ~UINT64_C(0) << skip;
    }
    while (begins != 0) {
        size_t at = w->base + (size_t)ca_lowest_bit64(begins);
        if (at >= self->text.len) break;
        uint64_t bit = begins & (~begins + 1);
        size_t end = at;
        if (CA_LIKELY(m->word & bit)) end = plain_run(w, self->text, at);
        if (CA_LIKELY(end != at)) {
            add_piece(self, at, end, start_of(w, at));
            begins &= begins - 1;
        } else if ((m->plain & bit) &&
                   (at + 1 >= self->text.len || self->text.ptr[at + 1] < 0x80)) {
            add_piece(self, at, end = at + 1, start_of(w, at));
            begins &= begins - 1;
        } else {
            CA_TRY(look_at(self, at, start_of(w, at), &end));
            size_t skip = end - w->base;
            begins =
                skip >= 64 ? 0 : (begins | (m->word & UINT64_C(1) << skip)) & ~UINT64_C(0) << skip;
        }
        *resume = end;
    }
    return CA_OK;
}

static ca_status poll_bytes(ca_tokenizer *self, size_t bytes, const ca_poll *poll) {
    self->since_poll += bytes;
    if (self->since_poll < CA_POLL_EVERY) return CA_OK;
    self->since_poll = 0;
    return ca_poll_stop(poll) ? CA_STOPPED : CA_OK;
}

/* The masks of the block at `base`; behind the end of the text everything is blank. */
static void read_masks(const ca_kernels *kernels, ca_str text, size_t base, ca_masks *masks) {
    if (CA_LIKELY(base + 64 <= text.len)) {
        kernels->classify(text.ptr + base, masks);
        return;
    }
    uint8_t last[64];
    memset(last, ' ', sizeof last);
    if (base < text.len) memcpy(last, text.ptr + base, text.len - base);
    kernels->classify(last, masks);
}

static ca_status scan_news(ca_tokenizer *self, const ca_poll *poll) {
    const ca_kernels *kernels = ca_kernels_get();
    ca_str text = self->text;
    window w = {.base = 0};
    size_t resume = 0;
    if (text.len > 0) read_masks(kernels, text, 0, &w.next);
    for (; w.base < text.len; w.base += 64) {
        if (w.base - w.shift > INT32_MAX) return CA_TOO_LARGE;
        CA_TRY(poll_bytes(self, 64, poll));
        CA_TRY(reserve_pieces(self));
        w.masks = w.next;
        read_masks(kernels, text, w.base + 64, &w.next);
        CA_TRY(walk_window(self, &w, &resume));
        w.shift += (size_t)ca_popcount64(w.masks.tail);
    }
    if (text.len - w.shift > INT32_MAX) return CA_TOO_LARGE;
    return self->keeps_pieces ? CA_OK : flush_pieces(self, 0);
}

/* ---- paragraphs and sentences ---- */

static ca_status add_paragraph(ca_tokenizer *self, size_t first, bool blank) {
    CA_TRY(
        CA_GROW(self->alloc, self->paragraph_blank, self->blank_capacity, self->paragraphs.n + 1));
    self->paragraph_blank[self->paragraphs.n] = blank;
    return ca_starts_add(self->alloc, &self->paragraphs, (uint32_t)(self->first_token + first));
}

/* Sentences come out counted from the document's start; the chunk counts from its own. */
static ca_status add_sentences(ca_tokenizer *self, const ca_doc *doc, size_t first, size_t end) {
    size_t before = self->sentences.n;
    CA_TRY(ca_sentences_split(self->alloc, doc, first, end, &self->sentences));
    for (size_t i = before; i < self->sentences.n; i++)
        self->sentences.items[i] += (uint32_t)self->first_token;
    return CA_OK;
}

static ca_doc doc_at_hand(const ca_tokenizer *self) {
    return (ca_doc){.id = self->id + self->first_token,
                    .start = self->start + self->first_token,
                    .n = self->n_tokens - self->first_token,
                    .chars = self->vocab.chars,
                    .shape = self->vocab.shape,
                    .ordinal = self->vocab.ordinal};
}

static ca_status lay_out_news(ca_tokenizer *self, const ca_doc *doc) {
    if (doc->n == 0) return CA_OK;
    bool wrapped = ca_layout_is_wrapped(doc, self->breaks, self->n_breaks);
    size_t first = 0;
    CA_TRY(add_paragraph(self, 0, true));
    for (size_t i = 0; i < self->n_breaks; i++) {
        const ca_break *b = &self->breaks[i];
        if (b->token >= doc->n || (wrapped && !b->blank)) continue;
        CA_TRY(add_sentences(self, doc, first, b->token));
        first = b->token;
        CA_TRY(add_paragraph(self, first, b->blank));
    }
    return add_sentences(self, doc, first, doc->n);
}

/* ---- UAX #29 ---- */

static bool is_line_end(ca_str text, size_t at) {
    uint32_t cp;
    ca_utf8_decode(text.ptr + at, text.len - at, &cp);
    return (ca_unicode_property(cp)->flags & CA_LINE) != 0;
}

static ca_status scan_uax29(ca_tokenizer *self, const ca_poll *poll) {
    ca_str text = self->text;
    size_t points = 0, sentence = 0, at = 0, line = 0;
    bool paragraph = true, blank = true;
    while (at < text.len) {
        size_t end = ca_uax29_word_end(text.ptr, text.len, at);
        if (points > INT32_MAX || end - at > INT32_MAX) return CA_TOO_LARGE;
        CA_TRY(poll_bytes(self, end - at, poll));
        CA_TRY(reserve_pieces(self));
        size_t token = doc_count(self);
        if (paragraph) {
            CA_TRY(add_paragraph(self, token, blank));
            line = token;
        }
        if (at >= sentence) {
            sentence = ca_uax29_sentence_end(text.ptr, text.len, at);
            CA_TRY(ca_starts_add(self->alloc, &self->sentences,
                                 (uint32_t)(self->first_token + token)));
        }
        add_piece(self, at, end, (int32_t)points);
        points += (size_t)count_points(text, at, end);
        paragraph = is_line_end(text, at);
        blank = token == line; /* a line that is nothing but its end */
        at = end;
    }
    return points > INT32_MAX ? CA_TOO_LARGE : flush_pieces(self, 0);
}

/* ---- documents and chunks ---- */

static ca_status tokenize_document(ca_tokenizer *self, const ca_text *text, const ca_poll *poll) {
    self->n_pieces = self->n_breaks = 0;
    self->first_token = self->n_tokens;
    CA_TRY(ca_starts_add(self->alloc, &self->doc_tokens, (uint32_t)self->n_tokens));
    CA_TRY(ca_starts_add(self->alloc, &self->doc_sentences, (uint32_t)self->sentences.n));
    CA_TRY(ca_starts_add(self->alloc, &self->doc_paragraphs, (uint32_t)self->paragraphs.n));
    CA_TRY(ca_text_utf8(self->alloc, text, &self->scratch, &self->text));
    if (self->text.len > UINT32_MAX) return CA_TOO_LARGE; /* a piece has 32 bits for its length */
    CA_TRY(poll_bytes(self, DOC_BYTES, poll));
    if (self->mode == CA_MODE_UAX29) return scan_uax29(self, poll);
    CA_TRY(scan_news(self, poll));
    ca_doc doc = doc_at_hand(self);
    return lay_out_news(self, &doc);
}

static ca_status copy(const ca_alloc *alloc, void **to, const void *from, size_t bytes) {
    CA_TRY(ca_mem_resize(alloc, to, bytes, 1));
    if (bytes > 0) memcpy(*to, from, bytes);
    return CA_OK;
}

/* Tokens are many: they are cut to size and handed over, not copied. */
static ca_status give_tokens(ca_tokenizer *self, int32_t **from, size_t *capacity, int32_t **to) {
    CA_TRY(CA_RESIZE(self->alloc, *from, self->n_tokens));
    *to = *from;
    *from = NULL;
    *capacity = 0;
    return CA_OK;
}

static ca_status copy_starts(ca_tokenizer *self, ca_starts *starts, size_t last, uint32_t **to) {
    CA_TRY(ca_starts_add(self->alloc, starts, (uint32_t)last));
    return copy(self->alloc, (void **)to, starts->items, starts->n * sizeof **to);
}

static ca_status fill_block(ca_tokenizer *self, ca_block *block) {
    block->n_tokens = self->n_tokens;
    block->n_sentences = self->sentences.n;
    block->n_paragraphs = self->paragraphs.n;
    CA_TRY(give_tokens(self, &self->id, &self->id_capacity, &block->id));
    CA_TRY(give_tokens(self, &self->start, &self->start_capacity, &block->start));
    CA_TRY(copy(self->alloc, (void **)&block->paragraph_blank, self->paragraph_blank,
                block->n_paragraphs));
    CA_TRY(copy_starts(self, &self->doc_tokens, block->n_tokens, &block->doc_tokens));
    CA_TRY(copy_starts(self, &self->doc_sentences, block->n_sentences, &block->doc_sentences));
    CA_TRY(copy_starts(self, &self->doc_paragraphs, block->n_paragraphs, &block->doc_paragraphs));
    CA_TRY(copy_starts(self, &self->sentences, block->n_tokens, &block->sentence_tokens));
    return copy_starts(self, &self->paragraphs, block->n_tokens, &block->paragraph_tokens);
}

/* Forget the chunk before, and make room for about as many tokens as the next one has. */
static ca_status begin_chunk(ca_tokenizer *self, const ca_texts *texts, size_t first, size_t end) {
    size_t units = 0;
    for (size_t doc = first; doc < end; doc++) units += texts->items[doc].len;
    self->n_tokens = 0;
    self->doc_tokens.n = self->doc_sentences.n = self->doc_paragraphs.n = 0;
    self->sentences.n = self->paragraphs.n = 0;
    CA_TRY(CA_GROW(self->alloc, self->id, self->id_capacity, units / UNITS_PER_TOKEN));
    return CA_GROW(self->alloc, self->start, self->start_capacity, units / UNITS_PER_TOKEN);
}

ca_status ca_tokenizer_chunk(ca_tokenizer *self, const ca_texts *texts, size_t first, size_t end,
                             const ca_poll *poll, ca_block *block, size_t *bad_doc) {
    CA_TRY(begin_chunk(self, texts, first, end));
    for (size_t doc = first; doc < end; doc++) {
        ca_status status = tokenize_document(self, &texts->items[doc], poll);
        if (status == CA_TOO_LARGE) *bad_doc = doc;
        CA_TRY(status);
    }
    ca_block filled = {.first_doc = first, .n_docs = end - first};
    ca_status status = fill_block(self, &filled);
    if (status != CA_OK) {
        ca_block_reset(self->alloc, &filled);
        return status;
    }
    *block = filled;
    return CA_OK;
}

ca_status ca_vocab_merge(ca_vocab *whole, const ca_vocab *part, size_t first, size_t end,
                         int32_t *map) {
    for (size_t i = first; i < end; i++)
        CA_TRY(ca_vocab_intern(whole, ca_vocab_type(part, (int32_t)i), &map[i]));
    return CA_OK;
}

void ca_block_remap(ca_block *block, const int32_t *map) {
    for (size_t i = 0; i < block->n_tokens; i++) block->id[i] = map[block->id[i]];
}

/* ---- sentences of one text ----
 *
 * Every token is a type of its own here. What the rules of sentences.c ask about words they ask
 * near a stop, a bracket, a bullet or the start of a line only; what all others are is left open,
 * as if they were plain words, which no rule stops at. */

/* Words behind such a place that are looked at: the one that decides, which is also what may be the
 * mark of an item. Marks in between do not count. */
#define WORDS_NEAR 1

typedef struct plain_doc {
    int32_t *id, *start, *chars;
    ca_shape *shape;
    uint8_t *ordinal;
} plain_doc;

static ca_status plain_doc_make(const ca_alloc *alloc, plain_doc *self, size_t n) {
    CA_TRY(CA_RESIZE(alloc, self->id, n));
    CA_TRY(CA_RESIZE(alloc, self->start, n));
    CA_TRY(CA_RESIZE(alloc, self->chars, n));
    CA_TRY(CA_RESIZE(alloc, self->shape, n));
    return CA_RESIZE(alloc, self->ordinal, n);
}

static void plain_doc_reset(const ca_alloc *alloc, plain_doc *self) {
    CA_FREE(alloc, self->id);
    CA_FREE(alloc, self->start);
    CA_FREE(alloc, self->chars);
    CA_FREE(alloc, self->shape);
    CA_FREE(alloc, self->ordinal);
}

/* Find out what token i is. */
static ca_shape look_up(const ca_tokenizer *self, plain_doc *doc, size_t i) {
    const ca_piece *piece = &self->pieces[i];
    ca_str type = {self->text.ptr + piece->at, piece->len};
    doc->ordinal[i] = ca_shape_ordinal(type);
    return doc->shape[i] = ca_shape_of(type);
}

/* Whether a token may be one at which sentences.c stops, told by its bytes. */
static bool may_matter(const uint8_t *bytes, uint32_t len) {
    uint8_t first = bytes[0], last = bytes[len - 1];
    if (CA_LIKELY(ca_is_word_byte(first))) return last == '.' || last >= 0x80;
    return first >= 0x80 || last >= 0x80 || memchr(".!?()[]{}", last, 9) != NULL;
}

/* Code points of piece i. Where up to the next one there are as many as bytes, each is a byte. */
static int32_t chars_of(const ca_tokenizer *self, size_t i) {
    const ca_piece *piece = &self->pieces[i], *next = piece + 1;
    bool bytes =
        i + 1 < self->n_pieces && next->at - piece->at == (size_t)(next->start - piece->start);
    if (CA_LIKELY(bytes)) return (int32_t)piece->len;
    return count_points(self->text, piece->at, piece->at + piece->len);
}

static void fill_plain_doc(const ca_tokenizer *self, plain_doc *doc) {
    const ca_shape matters = CA_TERMINATOR | CA_STOPPED_WORD | CA_BRACKET | CA_BULLET;
    const ca_break *line = self->breaks, *lines_end = line + self->n_breaks;
    size_t near = WORDS_NEAR;
    for (size_t i = 0; i < self->n_pieces; i++) {
        const ca_piece *piece = &self->pieces[i];
        const uint8_t *bytes = self->text.ptr + piece->at;
        doc->id[i] = (int32_t)i;
        doc->start[i] = piece->start;
        doc->chars[i] = chars_of(self, i);
        doc->shape[i] = CA_WORD;
        doc->ordinal[i] = 0;
        if (line < lines_end && line->token == i) line++, near = WORDS_NEAR;
        bool may = may_matter(bytes, piece->len);
        if (CA_LIKELY(near == 0 && !may)) continue;
        ca_shape shape = look_up(self, doc, i);
        if (shape & matters) {
            if (i > 0) look_up(self, doc, i - 1);
            near = WORDS_NEAR;
        } else if (near > 0 && ca_shape_kind(shape) <= CA_NUMBER) {
            near--;
        }
    }
}

static ca_status add_spans(const ca_tokenizer *self, const ca_doc *doc, ca_bounds *spans) {
    size_t n = self->sentences.n;
    CA_TRY(CA_RESIZE(self->alloc, spans->at, 2 * n));
    for (size_t i = 0; i < n; i++) {
        size_t end = i + 1 < n ? self->sentences.items[i + 1] : doc->n;
        spans->at[2 * i] = doc->start[self->sentences.items[i]];
        spans->at[2 * i + 1] = ca_doc_end(doc, end - 1);
    }
    spans->n = spans->capacity = 2 * n;
    return CA_OK;
}

static ca_status find_spans(ca_tokenizer *self, const ca_text *text, const ca_poll *poll,
                            plain_doc *plain, ca_bounds *spans) {
    CA_TRY(ca_text_utf8(self->alloc, text, &self->scratch, &self->text));
    if (self->text.len > UINT32_MAX) return CA_TOO_LARGE;
    CA_TRY(CA_GROW(self->alloc, self->pieces, self->pieces_capacity,
                   self->text.len / UNITS_PER_TOKEN + BLOCK_PIECES));
    CA_TRY(scan_news(self, poll));
    CA_TRY(plain_doc_make(self->alloc, plain, self->n_pieces));
    fill_plain_doc(self, plain);
    ca_doc doc = {.id = plain->id,
                  .start = plain->start,
                  .n = self->n_pieces,
                  .chars = plain->chars,
                  .shape = plain->shape,
                  .ordinal = plain->ordinal};
    CA_TRY(lay_out_news(self, &doc));
    return add_spans(self, &doc, spans);
}

ca_status ca_sentence_spans(const ca_alloc *alloc, const ca_text *text, const ca_poll *poll,
                            ca_bounds *spans) {
    ca_tokenizer self = {.alloc = alloc, .mode = CA_MODE_NEWS, .keeps_pieces = true};
    plain_doc plain = {.id = NULL};
    ca_bounds found = {NULL, 0, 0};
    ca_status status = find_spans(&self, text, poll, &plain, &found);
    plain_doc_reset(alloc, &plain);
    ca_tokenizer_reset(&self);
    *spans = found;
    return status;
}
