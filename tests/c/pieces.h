/* pieces.h - the tokens of a text by scan.h alone, byte after byte: what tokenize.c must give.
 *
 *     pieces found = {0};
 *     scan_all(STR("Oslo, 1993"), &found);      // 0-4, 4-5, 6-10
 *     pieces_reset(&found);
 */
#ifndef CA_TEST_PIECES_H
#define CA_TEST_PIECES_H

#include <stdio.h>
#include <stdlib.h>

#include "support.h"
#include "../../csrc/core/scan.h"
#include "../../csrc/core/simd/kernels.h"

typedef struct span {
    size_t at, end;
} span;

typedef struct pieces {
    span *items;
    size_t n, capacity;
} pieces;

static inline void pieces_add(pieces *self, size_t at, size_t end) {
    ca_alloc alloc = ca_alloc_libc();
    assert_int_equal(CA_GROW(&alloc, self->items, self->capacity, self->n + 1), CA_OK);
    self->items[self->n++] = (span){at, end};
}

static inline void pieces_reset(pieces *self) {
    free(self->items);
    *self = (pieces){NULL, 0, 0};
}

/* "@" at `at`: the address that it is in, or false. Its local part begins with the first piece
 * within reach that begins with a letter, a digit or an underscore. */
static inline bool scan_email(ca_str text, size_t at, pieces *found, size_t *end) {
    size_t first = at, local = found->n;
    *end = ca_scan_domain(text, at);
    if (*end == at) return false;
    for (size_t i = found->n; i-- > 0 && found->items[i].end == first;) {
        first = found->items[i].at;
        if (at - first > CA_SCAN_LOCAL_PART) break;
        if (!ca_scan_is_local_part(text, first, at)) break;
        if (ca_is_word_byte(text.ptr[first])) local = i;
    }
    if (local == found->n) return false;
    found->n = local + 1;
    found->items[local].end = *end;
    return true;
}

static inline bool scan_url(ca_str text, size_t at, pieces *found, size_t *end) {
    if (found->n == 0 || found->items[found->n - 1].end != at) return false;
    *end = ca_scan_url(text, found->items[found->n - 1].at, at);
    if (*end == at) return false;
    found->items[found->n - 1].end = *end;
    return true;
}

/* The possessive behind the piece added last, a tag or an address; where to go on. */
static inline size_t scan_possessive(ca_str text, size_t at, pieces *found) {
    size_t end = ca_scan_possessive(text, at);
    if (end > at) pieces_add(found, at, end);
    return end;
}

/* Append the tokens of `text` to *found. */
static inline void scan_all(ca_str text, pieces *found) {
    for (size_t at = 0, end; at < text.len; at = end) {
        size_t possessive;
        switch (ca_scan_class_at(text, at, &end)) {
        case CA_SCAN_BLANK:
        case CA_SCAN_LINE:
            break;
        case CA_SCAN_WORD:
            end = ca_scan_word(text, at, &possessive);
            pieces_add(found, at, end);
            if (possessive > end) pieces_add(found, end, possessive);
            end = possessive;
            break;
        default:
            if ((text.ptr[at] == '@' && scan_email(text, at, found, &end)) ||
                (text.ptr[at] == ':' && scan_url(text, at, found, &end))) {
                end = scan_possessive(text, end, found);
                break;
            }
            end = ca_scan_mark(text, at);
            pieces_add(found, at, end);
            if (ca_scan_takes_possessive(text, at, end)) end = scan_possessive(text, end, found);
        }
        assert_true(end > at && end <= text.len);
    }
}

/* A copy in a block of exactly its size, so that AddressSanitizer sees any byte read beyond. */
static inline ca_str copy_exactly(ca_str text) {
    uint8_t *bytes = malloc(text.len > 0 ? text.len : 1);
    assert_non_null(bytes);
    if (text.len > 0) memcpy(bytes, text.ptr, text.len);
    return (ca_str){bytes, text.len};
}

/* Fail where the spans of `text` are not the texts `wanted`, which ends in NULL. */
static inline void expect_spans(ca_str text, const span *found, size_t n, const char *const *wanted,
                                const char *file, int line) {
    size_t i = 0;
    bool same = true;
    for (; same && i < n && wanted[i] != NULL; i++) {
        ca_str is = {text.ptr + found[i].at, found[i].end - found[i].at};
        same = ca_str_equal(is, (ca_str){(const uint8_t *)wanted[i], strlen(wanted[i])});
    }
    if (same && i == n && wanted[i] == NULL) return;
    fprintf(stderr, "%s:%d: got", file, line);
    for (i = 0; i < n; i++)
        fprintf(stderr, " [%.*s]", (int)(found[i].end - found[i].at), text.ptr + found[i].at);
    fprintf(stderr, "\n");
    _fail(file, line);
}

#endif
