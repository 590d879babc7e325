#include "pieces.h"

#include "english.h"

/* The most that one block of text adds: 64 single bytes, and what the last one leads to. */
#define BLOCK_PIECES (128 + CA_WRITE_BEYOND)

/* How far ahead of the walk text is fetched: a text does not begin where the last one ended, so the
 * processor does not know that it is wanted. */
#define FETCH_AHEAD 512

void ca_pieces_reset(ca_pieces *self) {
    if (self->alloc == NULL) return;
    CA_FREE(self->alloc, self->items);
    CA_FREE(self->alloc, self->breaks);
    ca_starts_reset(self->alloc, &self->marks);
    *self = (ca_pieces){.alloc = NULL};
}

void ca_pieces_drop(ca_pieces *self, size_t n) {
    memmove(self->items, self->items + n, (self->n - n) * sizeof *self->items);
    self->n -= n;
    self->dropped += n;
}

/* Room for all that one more block may add. */
static ca_status reserve(ca_pieces *self) {
    size_t n = self->n + BLOCK_PIECES, marks = self->marks.n + BLOCK_PIECES;
    if (CA_UNLIKELY(n > self->capacity))
        CA_TRY(CA_GROW(self->alloc, self->items, self->capacity, n));
    if (CA_UNLIKELY(marks > self->marks.capacity))
        CA_TRY(CA_GROW(self->alloc, self->marks.items, self->marks.capacity, marks));
    return CA_OK;
}

/* ---- what needs a closer look ---- */

int32_t ca_pieces_points(ca_str text, size_t at, size_t end) {
    int32_t n = 0;
    for (; at < end; at++) n += (text.ptr[at] & 0xC0) != 0x80;
    return n;
}

/* Add a piece that was looked at; `mark`: a sentence may end at it. */
static void add(ca_pieces *self, size_t at, size_t end, int32_t start, bool mark) {
    if (mark) self->marks.items[self->marks.n++] = (uint32_t)(self->dropped + self->n);
    self->items[self->n++] = (ca_piece){.at = at, .len = (uint32_t)(end - at), .start = start};
}

/* Take back all items but the first n. */
static void take_back(ca_pieces *self, size_t n) {
    self->n = n;
    while (self->marks.n > 0 && self->marks.items[self->marks.n - 1] >= self->dropped + n)
        self->marks.n--;
}

static ca_status add_break(ca_pieces *self) {
    uint32_t token = (uint32_t)(self->dropped + self->n);
    if (token == 0) return CA_OK; /* lines before the first token are nothing */
    if (self->n_breaks > 0 && self->breaks[self->n_breaks - 1].token == token) {
        self->breaks[self->n_breaks - 1].blank = true;
        return CA_OK;
    }
    CA_TRY(CA_GROW(self->alloc, self->breaks, self->breaks_capacity, self->n_breaks + 1));
    self->breaks[self->n_breaks++] = (ca_break){.token = token, .blank = false};
    return CA_OK;
}

/* "@": take back the pieces of the local part that stand right before it. The first of them begins
 * with a letter, a digit or an underscore: a dash or dots before an address are not its own. */
static size_t try_email(ca_pieces *self, size_t at) {
    size_t end = ca_scan_domain(self->text, at), first = at;
    if (end == at) return at;
    ca_piece *local = NULL;
    for (size_t i = self->n; i-- > 0;) {
        ca_piece *piece = &self->items[i];
        if (piece->at + piece->len != first || at - piece->at > CA_SCAN_LOCAL_PART ||
            !ca_scan_is_local_part(self->text, piece->at, first))
            break;
        first = piece->at;
        if (ca_is_word_byte(self->text.ptr[first])) local = piece;
    }
    if (local == NULL) return at;
    ca_piece address = {.at = local->at, .start = local->start};
    take_back(self, (size_t)(local - self->items));
    add(self, address.at, end, address.start, false);
    return end;
}

/* ":": the piece before it may be the scheme of a URL. */
static size_t try_url(ca_pieces *self, size_t at) {
    if (self->n == 0) return at;
    ca_piece *last = &self->items[self->n - 1];
    if (last->at + last->len != at) return at;
    size_t end = ca_scan_url(self->text, last->at, at);
    last->len = (uint32_t)(end - last->at);
    return end;
}

/* Add the piece between the end of the last one and `possessive`, if there is any; its end. */
static size_t add_possessive(ca_pieces *self, size_t possessive) {
    const ca_piece last = self->items[self->n - 1];
    size_t end = last.at + last.len;
    if (possessive > end)
        add(self, end, possessive, last.start + ca_pieces_points(self->text, last.at, end), false);
    return possessive;
}

static size_t look_at_mark(ca_pieces *self, size_t at, int32_t start) {
    uint8_t first = self->text.ptr[at];
    size_t end = at;
    if (first == '@') end = try_email(self, at);
    if (first == ':') end = try_url(self, at);
    bool name = end != at;
    if (!name) {
        end = ca_scan_mark(self->text, at);
        name = ca_scan_takes_possessive(self->text, at, end);
        add(self, at, end, start, !name);
    }
    return name ? add_possessive(self, ca_scan_possessive(self->text, end)) : end;
}

static size_t look_at_word(ca_pieces *self, size_t at, int32_t start) {
    size_t possessive, end = ca_scan_word(self->text, at, &possessive);
    add(self, at, end, start, self->text.ptr[end - 1] == '.');
    return add_possessive(self, possessive);
}

/* Whatever begins at `at`; self->resume becomes its end. At most two pieces come of it. */
static ca_status look_at(ca_pieces *self, size_t at, int32_t start) {
    switch (ca_scan_class_at(self->text, at, &self->resume)) {
    case CA_SCAN_BLANK:
        return CA_OK;
    case CA_SCAN_LINE:
        return add_break(self);
    case CA_SCAN_WORD:
        self->resume = look_at_word(self, at, start);
        return CA_OK;
    default:
        self->resume = look_at_mark(self, at, start);
        return CA_OK;
    }
}

/* ---- the walk over the blocks of a text ---- */

/* What the masks of a block say of the pieces that begin in it, from one place on. */
typedef struct plan {
    uint64_t begins; /* pieces: words, and signs that are always one alone */
    uint64_t lasts;  /* their last bytes; that of a word that goes on in the next block is none */
    uint64_t marks;  /* begins at which a sentence may end */
    uint64_t looks;  /* what needs a look, but for words */
    uint64_t joined; /* last bytes of words that scan.h may join to what follows */
} plan;

/* Whether bit 63 is the middle of a word. */
static bool goes_on(const ca_masks *m, const ca_masks *next) {
    return (m->word >> 63 & next->word & 1) != 0;
}

/* The plan for the bits of `open`. */
static plan plan_of(const ca_masks *m, const ca_masks *next, uint64_t open) {
    uint64_t word = m->word & open, before_lead = m->lead >> 1 | next->lead << 63;
    uint64_t lasts = word & ~(word >> 1 | next->word << 63);
    uint64_t before_run = m->run >> 1 | next->run << 63;
    uint64_t signs = (m->plain | (m->run & ~before_run)) & ~before_lead & open;
    return (plan){
        .begins = (word & ~(word << 1)) | signs,
        .lasts = lasts | signs,
        .marks = signs & ~m->comma,
        .looks = (~(m->word | m->blank | m->tail | signs) | m->line) & open,
        .joined = lasts & (m->glue >> 1 | next->glue << 63),
    };
}

/* Where the highest of `begins` at or below `bit` is; there is one. */
static unsigned begin_of(uint64_t begins, unsigned bit) {
    return (unsigned)ca_highest_bit64(begins & (~UINT64_C(0) >> (63 - bit)));
}

/* Whether the word of bytes [at, end) ends right before a stop, and that before white space or the
 * end, and no rule of scan.h can join the two. One letter may be an initial. */
static bool leaves_stop(ca_str text, size_t at, size_t end) {
    if (end >= text.len || text.ptr[end] != '.' || end - at == 1) return false;
    uint8_t behind = end + 1 < text.len ? text.ptr[end + 1] : ' ';
    if (behind != ' ' && behind != '\n') return false;
    return !ca_english_may_be_abbreviation((ca_str){text.ptr + at, end - at});
}

/* What only seemed to be joined, because of a stop. */
static void part_stops(const ca_pieces *self, const ca_masks *m, const ca_masks *next, plan *p) {
    uint64_t stops = p->joined & (m->stop >> 1 | next->stop << 63);
    for (; stops != 0; stops &= stops - 1) {
        unsigned last = (unsigned)ca_lowest_bit64(stops);
        size_t at = self->base + begin_of(p->begins, last), end = self->base + last + 1;
        if (leaves_stop(self->text, at, end)) p->joined &= ~(stops & (~stops + 1));
    }
}

/* The first place that needs a look, or 64. */
static unsigned first_look(const plan *p) {
    unsigned first = p->looks != 0 ? (unsigned)ca_lowest_bit64(p->looks) : 64;
    if (p->joined == 0) return first;
    unsigned word = begin_of(p->begins, (unsigned)ca_lowest_bit64(p->joined));
    return word < first ? word : first;
}

/* Code points before `bit` of the block. */
static inline int32_t start_of(const ca_pieces *self, const ca_masks *m, unsigned bit) {
    if (CA_LIKELY(m->tail == 0)) return (int32_t)(self->base + bit - self->shift);
    uint64_t before = m->tail & ((UINT64_C(1) << bit) - 1);
    return (int32_t)(self->base + bit - self->shift - (size_t)ca_popcount64(before));
}

/* Note which of the pieces that begin at `begins` are marks. */
static inline void note_marks(ca_pieces *self, uint64_t begins, uint64_t marks) {
    uint32_t token = (uint32_t)(self->dropped + self->n);
    for (marks &= begins; marks != 0; marks &= marks - 1) {
        uint64_t before = begins & ((marks & (~marks + 1)) - 1);
        self->marks.items[self->marks.n++] = token + (uint32_t)ca_popcount64(before);
    }
}

/* Add the pieces that begin at `begins`; the k-th lowest ends with the k-th lowest of `lasts`. */
static inline void write_pieces(ca_pieces *self, const ca_masks *m, uint64_t begins, uint64_t lasts,
                                uint64_t marks) {
    ca_stretch stretch = {.begins = begins,
                          .lasts = lasts,
                          .tail = m->tail,
                          .at = self->base,
                          .start = (int32_t)(self->base - self->shift)};
    note_marks(self, begins, marks);
    self->n += self->kernels->write_pieces(&stretch, self->items + self->n);
}

/* End of a run that fills the rest of a block and all of the next. */
static size_t long_run_end(ca_str text, size_t end) {
    while (end < text.len && ca_is_word_byte(text.ptr[end])) end++;
    return end;
}

/* The word that begins with the bit `first` and goes on in the next block. */
static ca_status cross(ca_pieces *self, const ca_masks *m, const ca_masks *next, unsigned first) {
    uint64_t rest = ~next->word;
    size_t at = self->base + first, end = self->base + 64;
    int32_t start = start_of(self, m, first);
    end = rest != 0 ? end + (size_t)ca_lowest_bit64(rest) : long_run_end(self->text, end + 64);
    bool joined = rest == 0 || (next->glue >> (end & 63) & 1);
    if (joined && end < self->text.len && !leaves_stop(self->text, at, end))
        return look_at(self, at, start);
    self->items[self->n++] = (ca_piece){.at = at, .len = (uint32_t)(end - at), .start = start};
    self->resume = end;
    return CA_OK;
}

/* Everything that begins in the block at self->base, from self->resume on. */
static ca_status walk_block(ca_pieces *self, const ca_masks *m) {
    const ca_masks *next = &self->next;
    for (;;) {
        size_t done = self->resume > self->base ? self->resume - self->base : 0;
        if (done >= 64) return CA_OK;
        plan p = plan_of(m, next, ~UINT64_C(0) << done);
        if (p.joined != 0) part_stops(self, m, next, &p);
        unsigned look = first_look(&p);
        if (CA_LIKELY(look < 64)) {
            uint64_t before = (UINT64_C(1) << look) - 1;
            write_pieces(self, m, p.begins & before, p.lasts & before, p.marks);
            CA_TRY(look_at(self, self->base + look, start_of(self, m, look)));
            continue;
        }
        if (!goes_on(m, next)) {
            write_pieces(self, m, p.begins, p.lasts, p.marks);
            return CA_OK;
        }
        unsigned last = begin_of(p.begins, 63);
        write_pieces(self, m, p.begins & ~(UINT64_C(1) << last), p.lasts, p.marks);
        return cross(self, m, next, last);
    }
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

void ca_pieces_begin(ca_pieces *self, ca_str text) {
    self->text = text;
    self->n = self->dropped = self->marks.n = self->n_breaks = 0;
    self->base = self->resume = self->shift = 0;
    self->kernels = ca_kernels_get();
    if (text.len <= UINT32_MAX) read_masks(self->kernels, text, 0, &self->next);
}

ca_status ca_pieces_more(ca_pieces *self, size_t n, const ca_poll *poll) {
    if (self->text.len > UINT32_MAX) return CA_TOO_LARGE; /* a piece has 32 bits for its length */
    for (; self->base < self->text.len && self->n < n; self->base += 64) {
        if (self->base - self->shift > INT32_MAX) return CA_TOO_LARGE;
        CA_TRY(ca_poll_after(poll, &self->since_poll, 64));
        CA_TRY(reserve(self));
        ca_masks masks = self->next;
        if (self->base + FETCH_AHEAD < self->text.len)
            CA_PREFETCH(self->text.ptr + self->base + FETCH_AHEAD);
        read_masks(self->kernels, self->text, self->base + 64, &self->next);
        CA_TRY(walk_block(self, &masks));
        if (masks.tail != 0) self->shift += (size_t)ca_popcount64(masks.tail);
    }
    if (ca_pieces_over(self) && self->text.len - self->shift > INT32_MAX) return CA_TOO_LARGE;
    return CA_OK;
}
