/* texts.h - a column of text as the core sees it: n borrowed views.
 *
 *     row 0   UTF8     "Oslo, 1993"          read where it lies
 *     row 1   UCS2     "Kyiv \u2013 Minsk"   turned into UTF-8 when its turn comes
 *     row 2   MISSING                        a document without tokens
 *
 * The views own nothing; whoever made them keeps the bytes alive and unchanged. Inside the core
 * text is UTF-8 only: the other forms are what a Python str may hold.
 */
#ifndef CA_TEXTS_H
#define CA_TEXTS_H

#include "base.h"
#include "mem.h"

typedef enum ca_text_form {
    CA_TEXT_MISSING = 0,
    CA_TEXT_UTF8,   /* len bytes of generalised UTF-8 (ASCII is the usual case) */
    CA_TEXT_LATIN1, /* len code points of one byte */
    CA_TEXT_UCS2,   /* len code points of two bytes, native order, aligned */
    CA_TEXT_UCS4    /* len code points of four bytes, native order, aligned */
} ca_text_form;

typedef struct ca_text {
    const void *ptr;
    size_t len; /* in units of the form */
    ca_text_form form;
} ca_text;

typedef struct ca_texts {
    const ca_text *items;
    size_t n;
} ca_texts;

/* Room for one transcoded text, used again for the next one. Zero is empty. */
typedef struct ca_scratch {
    uint8_t *bytes;
    size_t capacity;
} ca_scratch;

/* The UTF-8 of `text` in *out: the text itself where it is UTF-8 already, else a copy in
 * `scratch` that lives until the next call. A missing text is empty. Cost: O(len) for a copy. */
CA_MUST_CHECK ca_status ca_text_utf8(const ca_alloc *alloc, const ca_text *text,
                                     ca_scratch *scratch, ca_str *out);

/* An upper bound of the bytes that the UTF-8 form takes, without looking at the text. */
size_t ca_text_bound(const ca_text *text);

void ca_scratch_reset(const ca_alloc *alloc, ca_scratch *scratch);

#endif
