#include "bounds.h"

#include "simd/kernels.h"
#include "uax29.h"
#include "unicode.h"
#include "utf8.h"

void ca_bounds_reset(const ca_alloc *alloc, ca_bounds *self) {
    CA_FREE(alloc, self->at);
    self->n = self->capacity = 0;
}

/* ---- segment after segment ---- */

typedef size_t (*segment_end)(const uint8_t *text, size_t len, size_t at);

typedef struct walk {
    const ca_alloc *alloc;
    const ca_poll *poll;
    ca_bounds *out;
    size_t polled; /* units since somebody was asked */
} walk;

static ca_status ask(walk *self, size_t units) {
    self->polled += units;
    if (self->polled < CA_POLL_EVERY) return CA_OK;
    self->polled = 0;
    return ca_poll_stop(self->poll) ? CA_STOPPED : CA_OK;
}

static ca_status add(walk *self, size_t at) {
    CA_TRY(CA_GROW(self->alloc, self->out->at, self->out->capacity, self->out->n + 1));
    self->out->at[self->out->n++] = (int64_t)at;
    return CA_OK;
}

/* Add where the segments of UTF-8 `text` begin; its first code point is number `points`. */
static ca_status add_segments(walk *self, segment_end end_of, ca_str text, size_t points) {
    for (size_t at = 0; at < text.len;) {
        CA_TRY(add(self, points));
        size_t end = end_of(text.ptr, text.len, at);
        CA_TRY(ask(self, end - at));
        points += ca_utf8_count(text.ptr + at, end - at);
        at = end;
    }
    return CA_OK;
}

/* ---- words, 64 units at a time ---- */

/* English prose has about three characters between two boundaries. */
#define UNITS_PER_BOUND 3

/* Code points that are units: everything but UTF-8 beyond ASCII. */
typedef struct units {
    const ca_text *text;
    const ca_kernels *kernels;
} units;

static uint32_t unit_at(const ca_text *text, size_t at) {
    switch (text->form) {
    case CA_TEXT_UCS2:
        return ((const uint16_t *)text->ptr)[at];
    case CA_TEXT_UCS4:
        return ((const uint32_t *)text->ptr)[at];
    default:
        return ((const uint8_t *)text->ptr)[at];
    }
}

/* Units [base, base + n) as bytes in `room`, at least 0x80 where they are no ASCII; behind them
 * zeros, which join nothing. */
static const uint8_t *as_bytes(const units *self, size_t base, size_t n, uint8_t *room) {
    const ca_text *text = self->text;
    if (n == 64 && text->form != CA_TEXT_UCS2 && text->form != CA_TEXT_UCS4)
        return (const uint8_t *)text->ptr + base;
    if (n == 64 && text->form == CA_TEXT_UCS2) {
        self->kernels->narrow64((const uint16_t *)text->ptr + base, room);
        return room;
    }
    memset(room, 0, 64);
    for (size_t i = 0; i < n; i++) {
        uint32_t unit = unit_at(text, base + i);
        room[i] = (uint8_t)(unit < 0x80 ? unit : 0x80);
    }
    return room;
}

/* What the classes of one block say, and what they leave to uax29.c (`hard`). */
typedef struct block {
    ca_word_masks m;
    uint64_t hard;
} block;

static void patch(block *self, uint64_t bit, uint32_t cp) {
    switch (ca_unicode_property(cp)->wb) {
    case CA_WB_ALETTER:
        self->m.letter |= bit;
        break;
    case CA_WB_NUMERIC:
        self->m.digit |= bit;
        break;
    case CA_WB_EXTENDNUMLET:
        self->m.connector |= bit;
        break;
    case CA_WB_MIDNUMLET:
        self->m.in_word |= bit;
        self->m.in_number |= bit;
        break;
    case CA_WB_MIDLETTER:
        self->m.in_word |= bit;
        break;
    case CA_WB_MIDNUM:
        self->m.in_number |= bit;
        break;
    case CA_WB_WSEGSPACE:
        self->m.space |= bit;
        break;
    case CA_WB_OTHER:
    case CA_WB_NEWLINE:
        break; /* joins nothing */
    default:
        self->hard |= bit;
    }
}

static void read_block(const units *self, size_t base, block *out) {
    uint8_t room[64];
    size_t left = self->text->len > base ? self->text->len - base : 0, n = left < 64 ? left : 64;
    self->kernels->word_classes(as_bytes(self, base, n, room), &out->m);
    out->hard = 0;
    for (uint64_t high = out->m.high; high != 0; high &= high - 1) {
        size_t i = (size_t)ca_lowest_bit64(high);
        patch(out, UINT64_C(1) << i, unit_at(self->text, base + i));
    }
}

/* The last bit of `before` comes in below the lowest of `bits`. */
static uint64_t behind(uint64_t bits, uint64_t before) {
    return bits << 1 | before >> 63;
}

static uint64_t ahead(uint64_t bits, uint64_t after) {
    return bits >> 1 | after << 63;
}

/* What the bits of one block need of the block before. */
typedef struct carry {
    uint64_t letter, digit, word, tied, space, cr;
} carry;

/* The units of `now` before which there is a boundary; *before becomes what the next one needs. */
static uint64_t boundaries(const block *now, const block *next, carry *before) {
    const ca_word_masks *m = &now->m;
    uint64_t word = m->letter | m->digit | m->connector;
    uint64_t tied = /* WB6, WB7; WB11, WB12 */
        (m->in_word & behind(m->letter, before->letter) & ahead(m->letter, next->m.letter)) |
        (m->in_number & behind(m->digit, before->digit) & ahead(m->digit, next->m.digit));
    uint64_t joined = (word & behind(word, before->word)) |          /* WB5, WB8-WB10, WB13 */
                      tied | behind(tied, before->tied) |            /* and what is tied to */
                      (m->space & behind(m->space, before->space)) | /* WB3d */
                      (m->lf & behind(m->cr, before->cr));           /* WB3 */
    *before = (carry){m->letter, m->digit, word, tied, m->space, m->cr};
    return ~joined;
}

static bool is_ascii_word(uint32_t unit) {
    return unit < 0x80 && ca_is_word_byte((uint8_t)unit);
}

/* From `at` on, the first place where a boundary lies whatever else is around: before a line feed
 * that no CR precedes, and between a letter and a space. */
static size_t sure_boundary(const ca_text *text, size_t at) {
    for (; at < text->len; at++) {
        uint32_t unit = unit_at(text, at), before = unit_at(text, at - 1);
        if (unit == '\n' && before != '\r') return at;
        if (unit == ' ' && is_ascii_word(before)) return at;
    }
    return at;
}

/* Let uax29.c find the boundaries from the last one that is known to the next sure one behind unit
 * `hard`, which *end becomes. */
static ca_status detour(walk *self, const ca_text *text, size_t hard, size_t *end) {
    ca_scratch scratch = {NULL, 0};
    size_t first = (size_t)self->out->at[--self->out->n]; /* it comes again */
    size_t width = text->form == CA_TEXT_UCS4 ? 4 : text->form == CA_TEXT_UCS2 ? 2 : 1;
    *end = sure_boundary(text, hard + 1);
    ca_text part = {(const uint8_t *)text->ptr + first * width, *end - first, text->form};
    ca_str utf8;
    ca_status status = ca_text_utf8(self->alloc, &part, &scratch, &utf8);
    if (status == CA_OK) status = add_segments(self, ca_uax29_word_end, utf8, first);
    ca_scratch_reset(self->alloc, &scratch);
    return status;
}

#define NO_HARD 65

/* The first hard unit of this block, or the first of the next one. */
static size_t first_hard(const block *now, const block *next) {
    if (now->hard != 0) return (size_t)ca_lowest_bit64(now->hard);
    return (next->hard & 1) != 0 ? 64 : NO_HARD;
}

/* The bits below number n; all of them from 64 on. */
static uint64_t below(size_t n) {
    return n < 64 ? (UINT64_C(1) << n) - 1 : ~UINT64_C(0);
}

static ca_status reserve(walk *self, size_t more) {
    if (CA_LIKELY(self->out->capacity - self->out->n >= more)) return CA_OK;
    return CA_GROW(self->alloc, self->out->at, self->out->capacity, self->out->n + more);
}

/* Blocks from boundary `base` on, until one is hard: *end is then behind the detour. What the unit
 * before a hard one does is not known, since it may be a middle with marks behind it. */
static ca_status walk_blocks(walk *self, const units *source, size_t base, size_t *end) {
    size_t len = source->text->len;
    carry before = {0, 0, 0, 0, 0, 0};
    block now, next;
    CA_TRY(add(self, base));
    read_block(source, base, &now);
    for (uint64_t known = 1; base < len; base += 64, now = next, known = 0) {
        read_block(source, base + 64, &next);
        CA_TRY(ask(self, 64));
        CA_TRY(reserve(self, 64));
        size_t hard = first_hard(&now, &next);
        uint64_t bits = boundaries(&now, &next, &before) & ~known & below(len - base);
        if (CA_UNLIKELY(hard != NO_HARD)) bits &= hard > 0 ? below(hard - 1) : 0;
        int64_t *out = self->out->at + self->out->n;
        for (; bits != 0; bits &= bits - 1) *out++ = (int64_t)base + ca_lowest_bit64(bits);
        self->out->n = (size_t)(out - self->out->at);
        if (CA_UNLIKELY(hard != NO_HARD)) return detour(self, source->text, base + hard, end);
    }
    *end = len;
    return CA_OK;
}

static bool is_ascii(const ca_text *text) {
    const uint8_t *bytes = text->ptr;
    uint8_t all = 0;
    for (size_t i = 0; i < text->len; i++) all |= bytes[i];
    return all < 0x80;
}

/* Words of a text whose code points are its units. */
static ca_status find_words(walk *self, const ca_text *text) {
    units source = {text, ca_kernels_get()};
    CA_TRY(reserve(self, text->len / UNITS_PER_BOUND));
    for (size_t at = 0; at < text->len;) CA_TRY(walk_blocks(self, &source, at, &at));
    return CA_OK;
}

/* ---- the two ---- */

static ca_status finish(walk *self, ca_status status, size_t points) {
    if (status == CA_OK && self->out->n > 0) status = add(self, points);
    if (status != CA_OK) ca_bounds_reset(self->alloc, self->out);
    return status;
}

static size_t points_of(const ca_text *text) {
    return text->form == CA_TEXT_UTF8 ? ca_utf8_count(text->ptr, text->len) : text->len;
}

ca_status ca_bounds_words(const ca_alloc *alloc, const ca_text *text, const ca_poll *poll,
                          ca_bounds *out) {
    walk self = {.alloc = alloc, .poll = poll, .out = out};
    if (text->form == CA_TEXT_MISSING || text->len == 0) return CA_OK;
    if (text->form != CA_TEXT_UTF8 || is_ascii(text))
        return finish(&self, find_words(&self, text), text->len);
    ca_str utf8 = {text->ptr, text->len};
    return finish(&self, add_segments(&self, ca_uax29_word_end, utf8, 0), points_of(text));
}

ca_status ca_bounds_sentences(const ca_alloc *alloc, const ca_text *text, const ca_poll *poll,
                              ca_bounds *out) {
    walk self = {.alloc = alloc, .poll = poll, .out = out};
    ca_scratch scratch = {NULL, 0};
    ca_str utf8;
    ca_status status = ca_text_utf8(alloc, text, &scratch, &utf8);
    if (status == CA_OK) status = add_segments(&self, ca_uax29_sentence_end, utf8, 0);
    ca_scratch_reset(alloc, &scratch);
    return finish(&self, status, text->form == CA_TEXT_MISSING ? 0 : points_of(text));
}
