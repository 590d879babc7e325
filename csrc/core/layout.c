#include "layout.h"

void ca_layout_reset(const ca_alloc *alloc, ca_layout *self) {
    ca_starts_reset(alloc, &self->paragraphs);
    ca_starts_reset(alloc, &self->sentences);
    CA_FREE(alloc, self->blank);
    self->blank_capacity = 0;
}

void ca_layout_clear(ca_layout *self) {
    self->paragraphs.n = self->sentences.n = 0;
}

/* ---- hard-wrapped text ----
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

/* ---- paragraphs and sentences ---- */

ca_status ca_layout_paragraph(const ca_alloc *alloc, ca_layout *self, uint32_t token, bool blank) {
    CA_TRY(CA_GROW(alloc, self->blank, self->blank_capacity, self->paragraphs.n + 1));
    self->blank[self->paragraphs.n] = blank;
    return ca_starts_add(alloc, &self->paragraphs, token);
}

/* What goes through one document. */
typedef struct layer {
    const ca_alloc *alloc;
    ca_layout *layout;
    const ca_doc *doc;
    const ca_starts *marks;
    uint32_t first; /* number of the document's first token */
    const ca_poll *poll;
} layer;

/* Sentences come out counted from the document's start. */
static ca_status add_sentences(const layer *self, size_t first, size_t end) {
    ca_starts *sentences = &self->layout->sentences;
    size_t before = sentences->n;
    CA_TRY(
        ca_sentences_split(self->alloc, self->doc, self->marks, first, end, self->poll, sentences));
    for (size_t i = before; i < sentences->n; i++) sentences->items[i] += self->first;
    return CA_OK;
}

static ca_status add_paragraph(const layer *self, size_t first, size_t end, bool blank) {
    uint32_t token = self->first + (uint32_t)first;
    CA_TRY(ca_poll_after(self->poll, &self->layout->since_poll, end - first));
    CA_TRY(ca_layout_paragraph(self->alloc, self->layout, token, blank));
    return add_sentences(self, first, end);
}

ca_status ca_layout_news(const ca_alloc *alloc, ca_layout *self, const ca_doc *doc,
                         const ca_break *breaks, size_t n_breaks, const ca_starts *marks,
                         uint32_t first, const ca_poll *poll) {
    if (doc->n == 0) return CA_OK;
    layer at = {alloc, self, doc, marks, first, poll};
    bool wrapped = n_breaks > 0 && ca_layout_is_wrapped(doc, breaks, n_breaks);
    size_t paragraph = 0;
    bool blank = true;
    for (size_t i = 0; i < n_breaks; i++) {
        if (breaks[i].token >= doc->n || (wrapped && !breaks[i].blank)) continue;
        CA_TRY(add_paragraph(&at, paragraph, breaks[i].token, blank));
        paragraph = breaks[i].token;
        blank = breaks[i].blank;
    }
    return add_paragraph(&at, paragraph, doc->n, blank);
}
