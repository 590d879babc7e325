#include "sentences.h"

ca_status ca_starts_add(const ca_alloc *alloc, ca_starts *self, uint32_t token) {
    CA_TRY(CA_GROW(alloc, self->items, self->capacity, self->n + 1));
    self->items[self->n++] = token;
    return CA_OK;
}

void ca_starts_reset(const ca_alloc *alloc, ca_starts *self) {
    CA_FREE(alloc, self->items);
    self->n = self->capacity = 0;
}

/* ---- layout ----
 *
 * A text was wrapped by filling lines up to a width w if hardly any line that goes on had room for
 * the first word of the next. Short lines (menus, verse, bylines) and one sentence a line can look
 * like that by chance, so w must be a usual width, a fair share of lines must begin in lower
 * case, and not most of them may end in a stop. */

#define WRAP_MIN_BREAKS 3
#define WRAP_MIN_WIDTH 40
#define WRAP_MAX_WIDTH 132

typedef struct line {
    int32_t width, next_word; /* code points; of the first word of the next line */
    bool ends_in_stop, next_is_small;
} line;

static int32_t first_word_width(const ca_doc *doc, size_t token, size_t end) {
    size_t last = token;
    while (last + 1 < end && !ca_doc_gap(doc, last + 1)) last++;
    return ca_doc_end(doc, last) - doc->start[token];
}

/* The line of tokens [first, next), behind which token `next` begins another line. */
static line line_of(const ca_doc *doc, size_t first, size_t next) {
    ca_shape last = ca_doc_shape(doc, next - 1);
    return (line){
        .width = ca_doc_end(doc, next - 1) - doc->start[first],
        .next_word = first_word_width(doc, next, doc->n),
        .ends_in_stop = (last & (CA_TERMINATOR | CA_CLOSER)) != 0,
        .next_is_small = (ca_doc_shape(doc, next) & CA_SMALL) != 0,
    };
}

/* First token of the line that break i ends. */
static size_t line_start(const ca_break *breaks, size_t i) {
    return i > 0 ? breaks[i - 1].token : 0;
}

static bool goes_on(const ca_doc *doc, const ca_break *breaks, size_t i) {
    return !breaks[i].blank && breaks[i].token > line_start(breaks, i) && breaks[i].token < doc->n;
}

bool ca_layout_is_wrapped(const ca_doc *doc, const ca_break *breaks, size_t n_breaks) {
    size_t lines = 0, stops = 0, small = 0, roomy = 0;
    int32_t width = 0;
    for (size_t i = 0; i < n_breaks; i++) {
        if (!goes_on(doc, breaks, i)) continue;
        line l = line_of(doc, line_start(breaks, i), breaks[i].token);
        if (l.width > width) width = l.width;
        lines++;
        stops += l.ends_in_stop;
        small += l.next_is_small;
    }
    if (lines < WRAP_MIN_BREAKS || width < WRAP_MIN_WIDTH || width > WRAP_MAX_WIDTH) return false;
    if (stops * 2 > lines || small * 4 < lines) return false;
    for (size_t i = 0; i < n_breaks; i++) {
        if (!goes_on(doc, breaks, i)) continue;
        line l = line_of(doc, line_start(breaks, i), breaks[i].token);
        roomy += l.width + 1 + l.next_word <= width;
    }
    return roomy * 10 <= lines;
}

/* ---- sentences ---- */

/* What stands behind a stop and its closers. */
typedef enum follow {
    FOLLOW_END,    /* nothing: the paragraph is over */
    FOLLOW_SMALL,  /* a lower-case word */
    FOLLOW_LARGE,  /* a capital, a digit, a letter without case, an emoji */
    FOLLOW_JOINED, /* , ; : ) and the like: the sentence goes on */
} follow;

typedef struct context {
    const ca_doc *doc;
    size_t first;  /* of the paragraph */
    size_t end;    /* of the paragraph */
    size_t stop;   /* the token with the stop */
    size_t last;   /* the last stop behind it, or itself */
    size_t next;   /* the first token behind stop and closers */
    size_t word;   /* the first token behind openers that may follow; `end` if none */
    bool closed;   /* closers stood between */
    bool gap;      /* white space stands before `next` */
    bool opened;   /* openers, dashes or bullets stand before `word` */
    bool ellipsis; /* the stop is an ellipsis */
    follow follow;
} context;

static ca_shape shape_of(const context *self, size_t token) {
    return token < self->end ? ca_doc_shape(self->doc, token) : 0;
}

static bool gap_before(const context *self, size_t token) {
    return token >= self->end || ca_doc_gap(self->doc, token);
}

/* " and ' close what stands right before them, if nothing but a closer or a gap is behind. */
static bool quote_closes(const context *self, size_t token) {
    if (gap_before(self, token + 1)) return true;
    ca_shape next = shape_of(self, token + 1);
    return (next & (CA_CLOSER | CA_QUOTE)) != 0 || ca_shape_kind(next) == CA_PUNCTUATION;
}

/* S1: closers, further stops and footnote numbers [12] right behind the stop belong to it. */
static void take_closers(context *self) {
    size_t i = self->stop + 1;
    for (; i < self->end; i++) {
        ca_shape shape = shape_of(self, i);
        bool gap = gap_before(self, i);
        if (gap && !((shape & CA_FULL_STOP) && (shape_of(self, i - 1) & CA_FULL_STOP))) break;
        if (shape & CA_TERMINATOR) {
            self->ellipsis = self->ellipsis || gap || (shape & CA_ELLIPSIS);
            self->last = i;
            continue;
        }
        bool closer = (shape & CA_CLOSER) || ((shape & CA_QUOTE) && quote_closes(self, i)) ||
                      (shape & CA_APOSTROPHE);
        if (closer) {
            self->closed = true;
            continue;
        }
        bool footnote = (shape & CA_OPENER) && (shape_of(self, i + 1) & CA_STARTS_DIGIT) &&
                        (shape_of(self, i + 2) & CA_CLOSER) && !gap_before(self, i + 2);
        if (!footnote) break;
        i += 2;
    }
    self->next = i;
    self->gap = gap_before(self, i);
}

static follow follow_of(ca_shape shape) {
    if (shape & CA_SMALL) return FOLLOW_SMALL;
    ca_kind kind = ca_shape_kind(shape);
    return kind == CA_PUNCTUATION || kind == CA_SYMBOL_KIND ? FOLLOW_JOINED : FOLLOW_LARGE;
}

/* S2: openers, dashes and bullets stand before the word that decides. */
static void look_ahead(context *self) {
    size_t i = self->next;
    const ca_shape openers = CA_OPENER | CA_QUOTE | CA_BULLET | CA_DASH_ROLE | CA_APOSTROPHE;
    while (i < self->end && i - self->next < CA_SENTENCE_AHEAD && (shape_of(self, i) & openers))
        i++;
    self->opened = i > self->next;
    self->word = i;
    if (self->next >= self->end) {
        self->follow = FOLLOW_END;
    } else if (i >= self->end) {
        self->follow = FOLLOW_JOINED;
    } else {
        self->follow = follow_of(shape_of(self, i));
        ca_shape symbols = shape_of(self, i);
        if (ca_shape_kind(symbols) == CA_SYMBOL_KIND && (shape_of(self, i + 1) & CA_STARTS_DIGIT))
            self->follow = FOLLOW_LARGE; /* $5 */
    }
}

/* S3: without a gap only "said.The" is an end; `.”The` too. */
static bool ends_without_gap(const context *self) {
    ca_shape before = self->stop > self->first ? ca_doc_shape(self->doc, self->stop - 1) : 0;
    ca_shape after = shape_of(self, self->next);
    if (!(after & CA_CAPITAL) || ca_shape_kind(after) != CA_WORD) return false;
    return self->closed || (before & CA_SMALL);
}

/* S4: a number or a letter and a stop at the start of a sentence mark an item: "1. The". */
static bool is_item_mark(const context *self, size_t sentence) {
    if (self->stop != sentence + 1 || gap_before(self, self->stop)) return false;
    ca_shape mark = ca_doc_shape(self->doc, sentence);
    return (mark & CA_STARTS_DIGIT) || ((mark & CA_ONE_POINT) && ca_shape_kind(mark) == CA_WORD);
}

/* The mark of an item at `token` ("2.", "b)", a bullet): how many tokens, 0 if there is none. */
static size_t item_mark(const ca_doc *doc, size_t token, size_t end) {
    ca_shape shape = ca_doc_shape(doc, token);
    if (shape & CA_BULLET) return token + 1 < end;
    if (doc->ordinal[doc->id[token]] == 0 || token + 2 >= end || ca_doc_gap(doc, token + 1))
        return 0;
    if (!(ca_doc_shape(doc, token + 1) & (CA_FULL_STOP | CA_BRACKET))) return 0;
    return ca_doc_gap(doc, token + 2) ? 2 : 0;
}

/* S6: in a sentence that begins with such a mark, the next one of the same form, if it ends
 * with token `i`, begins the next: "1. Sell 2. Buy". Where it begins, or 0. */
static size_t sibling_item(const ca_doc *doc, size_t sentence, size_t i, size_t end) {
    const ca_shape form = CA_BULLET | CA_FULL_STOP | CA_CLOSER;
    size_t length = item_mark(doc, sentence, end);
    if (length == 0 || i < sentence + 2 * length) return 0;
    size_t first = i + 1 - length;
    if (!ca_doc_gap(doc, first) || item_mark(doc, first, end) != length) return 0;
    ca_shape held = ca_doc_shape(doc, sentence + length - 1), other = ca_doc_shape(doc, i);
    int step = doc->ordinal[doc->id[first]] - doc->ordinal[doc->id[sentence]];
    return (held & form) == (other & form) && (length == 1 || step == 1) ? first : 0;
}

static bool ends_at_terminator(const context *self, size_t sentence) {
    ca_shape stop = ca_doc_shape(self->doc, self->last);
    if (!self->gap) return ends_without_gap(self);
    if ((stop & CA_FULL_STOP) && is_item_mark(self, sentence)) return false;
    if (self->ellipsis || !(stop & CA_FULL_STOP)) return self->follow == FOLLOW_LARGE;
    if (self->follow == FOLLOW_SMALL) return self->opened && !self->closed;
    return self->follow == FOLLOW_LARGE;
}

/* S5: a word that keeps its stop ends a sentence only where the next word says so. */
static bool ends_at_stopped_word(const context *self, size_t sentence) {
    ca_shape stop = ca_doc_shape(self->doc, self->stop);
    ca_shape word = shape_of(self, self->word);
    if (!self->gap || self->follow != FOLLOW_LARGE) return false;
    if ((stop & CA_INITIAL) && self->stop == sentence) return false; /* A. The first item */
    if (self->closed) return true;
    if (stop & CA_TITLE) return false;
    if (word & CA_STARTS_DIGIT) return false;
    if (!(word & CA_CAPITAL)) return false;
    if (stop & CA_TIME_OF_DAY) return !(word & CA_TIME_WORD);
    return (word & CA_STARTER) != 0;
}

static bool ends_sentence(context *self, size_t sentence) {
    ca_shape stop = ca_doc_shape(self->doc, self->stop);
    self->ellipsis = (stop & CA_ELLIPSIS) != 0;
    take_closers(self);
    look_ahead(self);
    if (self->follow == FOLLOW_END) return false;
    if (ca_doc_shape(self->doc, self->last) & CA_TERMINATOR)
        return ends_at_terminator(self, sentence); /* "the U.S.?" too */
    return ends_at_stopped_word(self, sentence);
}

static ca_status split(const ca_alloc *alloc, const ca_doc *doc, size_t first, size_t end,
                       ca_starts *starts) {
    const ca_shape may_matter = CA_TERMINATOR | CA_STOPPED_WORD | CA_BRACKET | CA_BULLET;
    size_t sentence = first;
    CA_TRY(ca_starts_add(alloc, starts, (uint32_t)first));
    for (size_t i = first; i < end; i++) {
        ca_shape shape = ca_doc_shape(doc, i);
        if (CA_LIKELY(!(shape & may_matter))) continue;
        size_t item = sibling_item(doc, sentence, i, end);
        if (CA_UNLIKELY(item != 0)) {
            sentence = item;
            CA_TRY(ca_starts_add(alloc, starts, (uint32_t)sentence));
        }
        if (item != 0 || !(shape & (CA_TERMINATOR | CA_STOPPED_WORD))) continue;
        context here = {.doc = doc, .first = first, .end = end, .stop = i, .last = i};
        bool ends = ends_sentence(&here, sentence);
        i = here.next - 1;
        if (!ends) continue;
        sentence = here.next;
        CA_TRY(ca_starts_add(alloc, starts, (uint32_t)sentence));
    }
    return CA_OK;
}

ca_status ca_sentences_split(const ca_alloc *alloc, const ca_doc *doc, size_t first, size_t end,
                             ca_starts *starts) {
    size_t before = starts->n;
    ca_status status = split(alloc, doc, first, end, starts);
    if (status != CA_OK) starts->n = before;
    return status;
}
