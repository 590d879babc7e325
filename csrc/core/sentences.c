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

/* ---- sentences ---- */

#define MARK_LONGEST 4 /* tokens of the mark of an item: "(1.)" */
#define ORDINAL_A 101
#define ORDINAL_I 109
#define UNIT_LONGEST 3  /* code points of a word that may be a unit behind a number */
#define RULE_LENGTH 5   /* code points of a line that needs no stop before it */
#define NAME_LONGEST 12 /* tokens of the name of a speaker: "Sen. Ann M. Roe (R-Texas)" */
#define VERB_SHORTEST 4
#define TITLE_LONGEST 12   /* tokens that are looked at to see whether it is a title */
#define FOOTNOTE_LONGEST 2 /* figures */

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
    bool closed;   /* closers stood between, */
    bool bracket;  /* the last of them a bracket */
    bool gap;      /* white space stands before `next` */
    bool opened;   /* openers, dashes or bullets stand before `word` */
    bool ellipsis; /* the stop is an ellipsis */
    bool small;    /* the sentence began with a small letter */
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

/* A closing bracket, which can close only, may stand off: "(We left. ) They". */
static bool closes_alone(ca_shape shape) {
    return (shape & CA_CLOSER) && (shape & CA_BRACKET);
}

/* A quotation mark that has a gap on both sides, as tokenised texts have it, rather closes. */
static bool stands_apart(const context *self, size_t token) {
    ca_shape shape = shape_of(self, token);
    return closes_alone(shape) || ((shape & CA_CLOSER) && gap_before(self, token + 1));
}

/* What closes right behind a stop; also a mark that opens elsewhere: so do „Germans.“ */
static bool closes(const context *self, size_t token) {
    ca_shape shape = shape_of(self, token);
    if (shape & (CA_CLOSER | CA_APOSTROPHE)) return true;
    if (shape & CA_QUOTE) return quote_closes(self, token);
    return (shape & CA_OPENER) && !(shape & CA_BRACKET) && gap_before(self, token + 1);
}

/* The number of a footnote right behind the stop of a small word: "left.12 They". */
static bool is_footnote(const context *self, size_t token) {
    if (token != self->stop + 1 || self->stop == self->first || !gap_before(self, token + 1))
        return false;
    ca_shape before = shape_of(self, self->stop - 1);
    if (!(before & CA_SMALL) || (before & CA_ONE_POINT) || gap_before(self, self->stop))
        return false;
    return (shape_of(self, token) & CA_STARTS_DIGIT) &&
           self->doc->chars[self->doc->id[token]] <= FOOTNOTE_LONGEST &&
           (shape_of(self, token + 1) & CA_CAPITAL);
}

/* Tokens of the footnote that begins with `token`, [12] or a bare number, or 0. */
static size_t footnote_length(const context *self, size_t token) {
    if (is_footnote(self, token)) return 1;
    bool number = (shape_of(self, token) & CA_OPENER) &&
                  (shape_of(self, token + 1) & CA_STARTS_DIGIT) &&
                  (shape_of(self, token + 2) & CA_CLOSER) && !gap_before(self, token + 2);
    return number ? 3 : 0;
}

/* S1: closers, further stops and the numbers of footnotes right behind the stop belong to it. */
static void take_closers(context *self) {
    size_t i = self->stop + 1;
    for (; i < self->end; i++) {
        ca_shape shape = shape_of(self, i);
        bool gap = gap_before(self, i);
        bool dots = (shape & CA_FULL_STOP) && (shape_of(self, i - 1) & CA_FULL_STOP);
        if (gap && !dots && !stands_apart(self, i)) break;
        if (shape & CA_TERMINATOR) {
            self->ellipsis = self->ellipsis || gap || (shape & CA_ELLIPSIS);
            self->last = i;
            continue;
        }
        if (closes(self, i)) {
            self->closed = true;
            self->bracket = (shape & CA_BRACKET) != 0;
            continue;
        }
        size_t footnote = footnote_length(self, i);
        if (footnote == 0) break;
        i += footnote - 1;
    }
    self->next = i;
    self->gap = gap_before(self, i);
}

static follow follow_of(ca_shape shape) {
    if (shape & CA_SMALL) return FOLLOW_SMALL;
    ca_kind kind = ca_shape_kind(shape);
    return kind == CA_PUNCTUATION || kind == CA_SYMBOL_KIND ? FOLLOW_JOINED : FOLLOW_LARGE;
}

/* What may stand before the word that decides; also ”Swedish quotes”. */
static bool opens(const context *self, size_t token) {
    ca_shape shape = shape_of(self, token);
    if (shape & (CA_OPENER | CA_QUOTE | CA_BULLET | CA_DASH_ROLE | CA_APOSTROPHE)) return true;
    return (shape & CA_CLOSER) && !(shape & CA_BRACKET) && !gap_before(self, token + 1);
}

/* $5; and a sign that stands apart before a capital, as between parts of a page: "| By", "> He". */
static bool sign_begins(const context *self, size_t token) {
    if (ca_shape_kind(shape_of(self, token)) != CA_SYMBOL_KIND) return false;
    ca_shape after = shape_of(self, token + 1);
    if (after & CA_STARTS_DIGIT) return true;
    return (shape_of(self, token) & CA_SEPARATOR) && (after & CA_CAPITAL) &&
           gap_before(self, token) && gap_before(self, token + 1);
}

/* Names that begin small: iPhone, al-Shabaab. */
static bool is_small_name(const context *self, size_t token) {
    ca_shape word = shape_of(self, token);
    if (!(word & CA_SMALL)) return false;
    if (!(word & CA_STOPPED_WORD) && (word & CA_INNER_CAPITAL)) return true;
    return (shape_of(self, token + 1) & CA_HYPHEN_ROLE) && !gap_before(self, token + 1) &&
           (shape_of(self, token + 2) & CA_CAPITAL) && !gap_before(self, token + 2);
}

/* S2: openers, dashes and bullets stand before the word that decides. */
static void look_ahead(context *self) {
    size_t i = self->next;
    while (i < self->end && i - self->next < CA_SENTENCE_AHEAD && opens(self, i)) i++;
    self->opened = i > self->next;
    self->word = i;
    if (self->next >= self->end) {
        self->follow = FOLLOW_END;
    } else if (i >= self->end) {
        self->follow = FOLLOW_JOINED;
    } else {
        self->follow = follow_of(shape_of(self, i));
        bool stop = (ca_doc_shape(self->doc, self->last) & CA_FULL_STOP) && !self->ellipsis;
        if (sign_begins(self, i) || (stop && is_small_name(self, i))) self->follow = FOLLOW_LARGE;
    }
}

/* S3: without a gap only "said.The" is an end; `.”The` too. Wide stops need none, but
 * what they quote is seldom all of the sentence. */
static bool ends_without_gap(const context *self) {
    if (!self->closed && (ca_doc_shape(self->doc, self->last) & CA_WIDE))
        return self->follow == FOLLOW_LARGE;
    ca_shape before = self->stop > self->first ? ca_doc_shape(self->doc, self->stop - 1) : 0;
    ca_shape after = shape_of(self, self->next);
    if (!(after & CA_CAPITAL) || ca_shape_kind(after) != CA_WORD) return false;
    return self->closed || (before & CA_SMALL);
}

/* The first token of a sentence that begins with it, behind a bullet or a dash: "- 1. The". */
static size_t item_of(const context *self, size_t sentence) {
    ca_shape first = ca_doc_shape(self->doc, sentence);
    return sentence + ((first & (CA_BULLET | CA_DASH_ROLE)) != 0);
}

/* "c. 1500", "b. 1950": a small letter and a stop before a number. */
static bool is_year_of(const context *self) {
    if (!(shape_of(self, self->next) & CA_STARTS_DIGIT)) return false;
    if (self->stop == self->first || gap_before(self, self->stop)) return false;
    ca_shape letter = ca_doc_shape(self->doc, self->stop - 1);
    return (letter & CA_SMALL) && (letter & CA_ONE_POINT);
}

/* S4: a number (also a Roman one) or a letter and a stop at the start of a sentence mark an item:
 * "1. The"; a stop between a word with a sign and a number is of both: "N°. 5". */
static bool is_of_number(const context *self, size_t sentence) {
    if (self->stop > sentence + 1 && !gap_before(self, self->stop - 1) &&
        ca_shape_kind(ca_doc_shape(self->doc, self->stop - 1)) == CA_SYMBOL_KIND &&
        ca_shape_kind(ca_doc_shape(self->doc, self->stop - 2)) == CA_WORD)
        return (shape_of(self, self->next) & CA_STARTS_DIGIT) != 0;
    if (is_year_of(self)) return true;
    size_t number = item_of(self, sentence);
    if (self->stop != number + 1 || gap_before(self, self->stop)) return false;
    ca_shape mark = ca_doc_shape(self->doc, number);
    if ((mark & CA_ONE_POINT) && ca_shape_kind(mark) == CA_WORD) return true;
    return (mark & CA_STARTS_DIGIT) || ca_doc_ordinal(self->doc, number) != 0;
}

/* "of 5 in. and": a short word behind a number is a unit, which may keep a stop. */
static bool is_unit(const context *self) {
    size_t word = self->stop - 1;
    if (word < self->first + 1 || self->doc->chars[self->doc->id[word]] > UNIT_LONGEST)
        return false;
    return (ca_doc_shape(self->doc, word) & CA_SMALL) &&
           (ca_doc_shape(self->doc, word - 1) & CA_STARTS_DIGIT);
}

/* S7: a small word begins a sentence behind a small word, not behind a name (Yahoo! shares) or
 * a unit; behind "?" and "!" not if it goes on with it ("Who? he asked."). In a sentence that
 * began small itself, capitals say nothing. */
static bool ends_before_small(const context *self) {
    ca_shape before = self->stop > self->first ? ca_doc_shape(self->doc, self->stop - 1) : 0;
    if (self->ellipsis || self->closed || self->stop == self->first) return false;
    if (ca_doc_shape(self->doc, self->last) & CA_FULL_STOP) {
        if (self->opened) return true;
        if (is_unit(self)) return false;
    } else {
        if (self->opened) return false;
        if ((shape_of(self, self->word) | shape_of(self, self->word + 1)) & CA_LINK) return false;
    }
    bool question = (ca_doc_shape(self->doc, self->last) & CA_QUESTION) != 0;
    return self->small || question || !(before & CA_CAPITAL);
}

/* "Albert I. Jones": I, which keeps no stop, is an initial between two names. It is a number behind
 * several ("World War I. Farms") and behind letters ("SALT I. Treaties"). */
static bool is_initial_i(const context *self) {
    size_t i = self->stop - 1;
    if (self->stop < self->first + 2 || self->last != self->stop || self->closed || self->opened)
        return false;
    ca_shape name = ca_doc_shape(self->doc, i - 1), after = shape_of(self, self->word);
    ca_shape earlier = i > self->first + 1 ? ca_doc_shape(self->doc, i - 2) : 0;
    if (ca_doc_ordinal(self->doc, i) != ORDINAL_I || gap_before(self, self->stop)) return false;
    if (!(ca_doc_shape(self->doc, i) & name & after & CA_CAPITAL) || (after & CA_STARTER))
        return false;
    return !(name & CA_ALL_CAPS) && (!(earlier & CA_CAPITAL) || (earlier & CA_STOPPED_WORD));
}

/* The first token behind the name at `token`, with what stands in brackets; `token` if a word likes
 * to begin sentences. */
static size_t behind_name(const context *self, size_t token) {
    bool within = false;
    size_t i = token;
    for (; i < token + NAME_LONGEST && i < self->end; i++) {
        ca_shape word = shape_of(self, i);
        bool hyphen = (word & CA_HYPHEN_ROLE) && !gap_before(self, i + 1);
        bool bracket = (word & CA_BRACKET) != 0;
        if (i > token && bracket) within = (word & CA_OPENER) != 0;
        if (within || (i > token && (hyphen || bracket))) continue;
        if (!(word & CA_CAPITAL)) break;
        if ((word & CA_STARTER) && !(word & CA_STOPPED_WORD)) return token;
    }
    return i;
}

/* S11: “Who?” Mr. Roe asked: a name and a verb of saying (longer than "and") behind a quotation. */
static bool is_attributed(const context *self) {
    ca_shape stop = ca_doc_shape(self->doc, self->last);
    if (!self->closed || self->bracket || self->ellipsis || (stop & CA_FULL_STOP)) return false;
    size_t verb = behind_name(self, self->next);
    return verb > self->next && (shape_of(self, verb) & CA_LINK) &&
           self->doc->chars[self->doc->id[verb]] >= VERB_SHORTEST;
}

/* "Yahoo! Inc. rose": names with a mark of their own, which end before a starter only. */
static bool is_shout(const context *self) {
    ca_shape stop = ca_doc_shape(self->doc, self->stop), after = shape_of(self, self->word);
    if (stop & (CA_FULL_STOP | CA_ELLIPSIS | CA_QUESTION)) return false; /* nearly always */
    if (self->stop == self->first || self->last != self->stop || self->closed) return false;
    if (!(after & CA_CAPITAL) || (after & CA_STARTER) || self->opened) return false;
    ca_shape name = ca_doc_shape(self->doc, self->stop - 1);
    return ca_shape_kind(name) == CA_WORD && !(name & CA_STOPPED_WORD) && (name & CA_SHOUT);
}

static bool ends_at_terminator(const context *self, size_t sentence) {
    ca_shape stop = ca_doc_shape(self->doc, self->last);
    if (!self->gap) return ends_without_gap(self);
    if ((stop & CA_FULL_STOP) && is_of_number(self, sentence)) return false;
    if (self->follow == FOLLOW_SMALL) return ends_before_small(self);
    if ((stop & CA_FULL_STOP) && is_initial_i(self)) return false;
    return self->follow == FOLLOW_LARGE && !is_attributed(self) && !is_shout(self);
}

/* Whether all words up to the stop and behind it have capitals, as in a title: "Iran Says U.S.
 * Will Free Prisoners". Small words of three letters may be in it. */
static bool is_in_title(const context *self, size_t sentence) {
    ca_shape word = shape_of(self, self->word), after = shape_of(self, self->word + 1);
    if (self->opened || (word & CA_ALL_CAPS)) return false;
    if (!(after & CA_CAPITAL) || (after & (CA_STARTER | CA_STOPPED_WORD))) return false;
    size_t small = 0, capital = 0;
    for (size_t i = self->stop; i-- > sentence && self->stop - i <= TITLE_LONGEST;) {
        ca_shape shape = ca_doc_shape(self->doc, i);
        if ((shape & CA_SMALL) && self->doc->chars[self->doc->id[i]] >= VERB_SHORTEST) return false;
        small += (shape & CA_SMALL) != 0;
        capital += (shape & CA_CAPITAL) != 0;
    }
    return capital > 0 && capital >= small;
}

/* A letter that is no initial: of a group or a plan, or of the compass behind degrees. */
static bool is_label(const context *self) {
    if (self->stop == self->first || !(ca_doc_shape(self->doc, self->stop) & CA_INITIAL))
        return false;
    ca_shape before = ca_doc_shape(self->doc, self->stop - 1);
    ca_kind kind = ca_shape_kind(before);
    if (kind == CA_WORD) return !(before & CA_STOPPED_WORD) && (before & CA_LABEL);
    return (kind == CA_SYMBOL_KIND || kind == CA_PUNCTUATION) && self->stop > self->first + 1 &&
           (ca_doc_shape(self->doc, self->stop - 2) & CA_STARTS_DIGIT) &&
           !gap_before(self, self->stop - 1);
}

/* "in Dallas, Tex. Roe": a state behind a comma would have one behind it as well. */
static bool is_behind_comma(const context *self) {
    if (self->stop < self->first + 2 || !(ca_doc_shape(self->doc, self->stop) & CA_STATE))
        return false;
    ca_shape comma = ca_doc_shape(self->doc, self->stop - 1);
    if (shape_of(self, self->next) & CA_BRACKET) return false; /* ALBANY, N.Y. (AP) */
    return ca_shape_kind(comma) == CA_PUNCTUATION && !gap_before(self, self->stop - 1) &&
           gap_before(self, self->stop) && !(comma & ~(ca_shape)(CA_KIND_MASK | CA_ONE_POINT)) &&
           !(shape_of(self, self->word) & (CA_STOPPED_WORD | CA_TIME_WORD));
}

/* "at 5 p.m. Monday", "at 5 p.m. Moscow time". */
static bool is_of_time(const context *self) {
    ca_shape after = shape_of(self, self->word + 1);
    if (shape_of(self, self->word) & CA_TIME_WORD) return true;
    return (after & CA_SMALL) && (after & CA_TIME_WORD) && gap_before(self, self->word + 1);
}

/* Main St. The gate, but not St. Roe, nor Gen. The. */
static bool ends_at_title(const context *self, size_t sentence) {
    ca_shape stop = ca_doc_shape(self->doc, self->stop);
    if (!(stop & CA_MAYBE_LAST) || self->stop < sentence + 1) return false;
    ca_shape name = ca_doc_shape(self->doc, self->stop - 1);
    return (name & CA_CAPITAL) && !(name & CA_STARTER) && (shape_of(self, self->word) & CA_STARTER);
}

/* "George F. Will said". */
static bool is_name(const context *self) {
    ca_shape stop = ca_doc_shape(self->doc, self->stop), after = shape_of(self, self->word);
    if (!(stop & CA_INITIAL) || self->stop == self->first || (after & CA_STOPPED_WORD))
        return false;
    return (after & CA_NAME_TOO) && (ca_doc_shape(self->doc, self->stop - 1) & CA_CAPITAL);
}

/* Whether the sentence begins with a bracket: "(They left the U.S.)" */
static bool is_bracketed(const context *self, size_t sentence) {
    ca_shape first = ca_doc_shape(self->doc, sentence);
    return (first & CA_OPENER) && (first & CA_BRACKET);
}

/* S5: a word that keeps its stop ends a sentence only where the next word says so. */
static bool ends_at_stopped_word(const context *self, size_t sentence) {
    ca_shape stop = ca_doc_shape(self->doc, self->stop);
    ca_shape word = shape_of(self, self->word);
    if (!self->gap || self->follow != FOLLOW_LARGE) return false;
    if (self->stop == item_of(self, sentence)) return false; /* A. The first item; P.S. I came */
    bool within = self->bracket && !is_bracketed(self, sentence); /* Roe (D-N.Y.) */
    if (self->closed && !within) return true;
    if (shape_of(self, self->next) & CA_DASH_ROLE) return false; /* DALLAS, Tex. -- The */
    if (stop & CA_TITLE) return ends_at_title(self, sentence);
    if (!(word & CA_CAPITAL)) return false;
    if (stop & CA_TIME_OF_DAY) return !is_of_time(self) && self->stop > sentence + 2;
    if (is_label(self) || is_behind_comma(self)) return true;
    return (word & CA_STARTER) && !is_name(self) && !is_in_title(self, sentence);
}

static bool ends_sentence(context *self, size_t sentence) {
    ca_shape stop = ca_doc_shape(self->doc, self->stop);
    self->ellipsis = (stop & CA_TERMINATOR) && (stop & CA_ELLIPSIS);
    take_closers(self);
    look_ahead(self);
    if (self->follow == FOLLOW_END) return false;
    if (ca_doc_shape(self->doc, self->last) & CA_TERMINATOR)
        return ends_at_terminator(self, sentence); /* "the U.S.?" too */
    return ends_at_stopped_word(self, sentence);
}

/* ---- lists ---- */

/* The mark of an item: "2.", "b)", "3.)", "(iv)", a bullet. */
typedef struct mark {
    size_t first, length; /* tokens; no mark has length 0 */
    ca_shape form;        /* what its end and its beginning have in common with its siblings */
    uint8_t ordinal;      /* 0 for a bullet */
} mark;

static const mark no_mark = {.length = 0};

/* Whether a closing bracket stands right behind the full stop `token`. */
static bool stop_is_closed(const ca_doc *doc, size_t token, size_t end) {
    ca_shape next = token + 1 < end ? ca_doc_shape(doc, token + 1) : 0;
    if (!(ca_doc_shape(doc, token) & CA_FULL_STOP) || !closes_alone(next)) return false;
    return !ca_doc_gap(doc, token + 1);
}

/* The mark that begins with `token`. White space stands behind it, "v." keeps its stop. */
static mark mark_at(const ca_doc *doc, size_t token, size_t end) {
    ca_shape shape = ca_doc_shape(doc, token);
    bool opened = (shape & CA_OPENER) && (shape & CA_BRACKET);
    size_t number = token + opened, last = number + !(shape & (CA_BULLET | CA_STOPPED_WORD));
    if (last + 1 >= end) return no_mark;
    if (shape & CA_BULLET) return (mark){token, 1, CA_BULLET, 0};
    uint8_t ordinal = ca_doc_ordinal(doc, number);
    bool both = ordinal != 0 && stop_is_closed(doc, last, end);
    last += both;
    if (ordinal == 0 || last + 1 >= end || !ca_doc_gap(doc, last + 1)) return no_mark;
    for (size_t i = token + 1; i <= last; i++)
        if (ca_doc_gap(doc, i)) return no_mark;
    ca_shape sign = ca_doc_shape(doc, last);
    if (sign & (CA_FULL_STOP | CA_STOPPED_WORD)) {
        if (opened) return no_mark;
        return (mark){token, last + 1 - token, CA_FULL_STOP, ordinal};
    }
    if (!(sign & CA_BRACKET)) return no_mark;
    ca_shape form = (shape & CA_OPENER) | (sign & (CA_OPENER | CA_CLOSER));
    if (both) form |= CA_FULL_STOP;
    return (mark){token, last + 1 - token, form, ordinal};
}

/* The mark that ends with token `i`, begins behind `after` and behind a gap. */
static mark mark_until(const ca_doc *doc, size_t after, size_t i, size_t end) {
    for (size_t length = 1; length <= MARK_LONGEST && i >= after + length; length++) {
        size_t first = i + 1 - length;
        if (!ca_doc_gap(doc, first)) continue;
        mark found = mark_at(doc, first, end);
        if (found.length == length) return found;
    }
    return no_mark;
}

/* S6: in a sentence that begins with a mark, the next one of the same form begins the next one:
 * "1. Sell 2. Buy". Something stands between the two. */
static bool are_siblings(const mark *one, const mark *other) {
    if (one->length == 0 || one->form != other->form) return false;
    if (other->first <= one->first + one->length) return false;
    return one->form == CA_BULLET || ca_shape_ordinal_follows(one->ordinal, other->ordinal);
}

/* ---- what goes through a paragraph ---- */

typedef struct splitter {
    const ca_alloc *alloc;
    const ca_doc *doc;
    size_t first, end; /* of the paragraph */
    size_t sentence;   /* where the one at hand begins */
    mark listed;       /* S8: with which a list may have begun within it */
    ca_starts *starts;
} splitter;

static ca_status begin_sentence(splitter *self, size_t token) {
    self->sentence = token;
    self->listed = no_mark;
    return ca_starts_add(self->alloc, self->starts, (uint32_t)token);
}

/* S8: "The plan: 1. Sell 2. Buy": a list may begin behind a colon; "1)" also elsewhere. */
static bool may_begin_list(const splitter *self, const mark *first) {
    bool one = first->ordinal <= 1 || first->ordinal == ORDINAL_A || first->ordinal == ORDINAL_I;
    if (!one) return false;
    ca_shape before = ca_doc_shape(self->doc, first->first - 1);
    if (ca_shape_kind(before) == CA_PUNCTUATION && (before & CA_COLON)) return true;
    return first->form == CA_CLOSER && first->ordinal == 1;
}

/* Whether the token before an item says that the sentence goes on: "1) guns, 2) butter and 3)". */
static bool goes_on_with_item(const ca_doc *doc, size_t item) {
    ca_shape before = ca_doc_shape(doc, item - 1);
    if (before & (CA_TERMINATOR | CA_CLOSER | CA_QUOTE | CA_APOSTROPHE)) return false;
    return (before & CA_LINK) || ca_shape_kind(before) == CA_PUNCTUATION;
}

/* Whether the mark of an item may end with token `last`: its number, if any, is one of the last
 * three tokens. */
static bool may_end_mark(const splitter *self, size_t last) {
    const ca_doc *doc = self->doc;
    if (ca_doc_shape(doc, last) & CA_BULLET) return true;
    size_t first = last >= self->sentence + 2 ? last - 2 : self->sentence;
    for (size_t i = first; i <= last; i++)
        if (ca_doc_ordinal(doc, i) != 0) return true;
    return false;
}

/* S6 and S8 at token `i`; *cut says whether it ended the mark of an item. */
static ca_status split_list(splitter *self, size_t i, bool *cut) {
    size_t last = i + stop_is_closed(self->doc, i, self->end);
    *cut = false;
    if (CA_LIKELY(!may_end_mark(self, last))) return CA_OK;
    mark item = mark_until(self->doc, self->sentence, last, self->end);
    if (item.length == 0) return CA_OK;
    mark sibling = mark_at(self->doc, self->sentence, self->end);
    *cut = are_siblings(&sibling, &item);
    if (*cut) return begin_sentence(self, item.first);
    if (are_siblings(&self->listed, &item) && !goes_on_with_item(self->doc, item.first)) {
        *cut = true;
        CA_TRY(begin_sentence(self, self->listed.first));
        return begin_sentence(self, item.first);
    }
    if (!may_begin_list(self, &item)) return CA_OK;
    self->listed = item;
    /* Its stop would be taken for the end of the sentence: it is cut at once. */
    *cut = (item.form & CA_FULL_STOP) != 0;
    return *cut ? begin_sentence(self, item.first) : CA_OK;
}

/* S9: a line drawn of one mark is a sentence of its own. */
static ca_status split_rule(splitter *self, size_t i) {
    const ca_doc *doc = self->doc;
    ca_shape before = i > self->first ? ca_doc_shape(doc, i - 1) : CA_TERMINATOR;
    bool long_enough = doc->chars[doc->id[i]] >= RULE_LENGTH;
    if (!long_enough && !(before & (CA_TERMINATOR | CA_CLOSER))) return CA_OK;
    if (i > self->first && !ca_doc_gap(doc, i)) return CA_OK;
    if (i + 1 < self->end && !ca_doc_gap(doc, i + 1)) return CA_OK;
    if (i > self->sentence) CA_TRY(begin_sentence(self, i));
    return i + 1 < self->end ? begin_sentence(self, i + 1) : CA_OK;
}

/* The first token behind the emoticon at `i`, :-) or ;D between gaps, or 0. */
static size_t emoticon_end(const splitter *self, size_t i) {
    const ca_doc *doc = self->doc;
    size_t mouth = i + 1;
    if (i == self->first || !ca_doc_gap(doc, i) || mouth >= self->end || ca_doc_gap(doc, mouth))
        return 0;
    if (ca_doc_shape(doc, mouth) & CA_HYPHEN_ROLE) mouth++;
    if (mouth + 1 >= self->end || ca_doc_gap(doc, mouth) || !ca_doc_gap(doc, mouth + 1)) return 0;
    ca_shape shape = ca_doc_shape(doc, mouth);
    bool letter = (shape & CA_ONE_POINT) && ca_shape_kind(shape) == CA_WORD;
    return letter || (shape & CA_BRACKET) ? mouth + 1 : 0;
}

/* S10: an emoticon ends a sentence before a capital; behind a stop before a small word too. */
static ca_status split_emoticon(splitter *self, size_t i) {
    size_t next = emoticon_end(self, i);
    if (next == 0) return CA_OK;
    bool stopped = (ca_doc_shape(self->doc, i - 1) & (CA_TERMINATOR | CA_CLOSER)) != 0;
    follow goes = follow_of(ca_doc_shape(self->doc, next));
    bool ends = goes == FOLLOW_LARGE || (goes == FOLLOW_SMALL && stopped);
    return ends ? begin_sentence(self, next) : CA_OK;
}

/* S1 to S5, S7: at a stop; *i becomes the last token that belongs to it. */
static ca_status split_stop(splitter *self, size_t *i) {
    ca_shape start = ca_doc_shape(self->doc, self->sentence);
    context here = {.doc = self->doc,
                    .first = self->first,
                    .end = self->end,
                    .stop = *i,
                    .last = *i,
                    .small = (start & CA_SMALL) != 0};
    bool ends = ends_sentence(&here, self->sentence);
    *i = here.next - 1;
    return ends ? begin_sentence(self, here.next) : CA_OK;
}

static ca_status split_at(splitter *self, size_t *i) {
    ca_shape shape = ca_doc_shape(self->doc, *i);
    bool cut = false, stopped = (shape & CA_STOPPED_WORD) != 0;
    if (!stopped && (shape & CA_RULE)) return split_rule(self, *i);
    if (!stopped && (shape & CA_EYES)) return split_emoticon(self, *i);
    if ((shape & (CA_FULL_STOP | CA_BRACKET | CA_BULLET)) || ca_doc_ordinal(self->doc, *i) != 0)
        CA_TRY(split_list(self, *i, &cut));
    if (cut || !(shape & (CA_TERMINATOR | CA_STOPPED_WORD))) return CA_OK;
    return split_stop(self, i);
}

/* The first of the marks that is no token before `token`. */
static size_t first_mark(const ca_starts *marks, size_t token) {
    size_t low = 0, high = marks->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (marks->items[middle] < token) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static ca_status split(splitter *self, const ca_starts *marks, const ca_poll *poll) {
    size_t asked = 0;
    CA_TRY(begin_sentence(self, self->first));
    size_t next = self->first; /* the token behind the last one that was taken care of */
    for (size_t k = first_mark(marks, self->first); k < marks->n; k++) {
        size_t i = marks->items[k];
        if (i >= self->end) break;
        CA_TRY(ca_poll_after(poll, &asked, 1));
        if (i < next || !(ca_doc_shape(self->doc, i) & CA_MAY_END)) continue;
        CA_TRY(split_at(self, &i));
        next = i + 1;
    }
    return CA_OK;
}

ca_status ca_sentences_split(const ca_alloc *alloc, const ca_doc *doc, const ca_starts *marks,
                             size_t first, size_t end, const ca_poll *poll, ca_starts *starts) {
    size_t before = starts->n;
    splitter self = {.alloc = alloc, .doc = doc, .first = first, .end = end, .starts = starts};
    ca_status status = split(&self, marks, poll);
    if (status != CA_OK) starts->n = before;
    return status;
}
