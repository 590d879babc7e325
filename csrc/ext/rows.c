#include "rows.h"

/* A chunk has about so many bytes, and not too many rows. */
#define CHUNK_BYTES ((size_t)256 * 1024)
#define CHUNK_ROWS ((size_t)8192)

static bool rows_fit(const ext_rows *self) {
    if (self->starts.n != self->docs.n || self->ends.n != self->docs.n) return false;
    for (size_t i = 0; i < self->docs.n; i++) {
        int64_t doc = ext_int64(&self->docs)[i], start = ext_int64(&self->starts)[i];
        if (doc < 0 || (size_t)doc >= self->texts.n) return false;
        if (start < 0 || start > ext_int64(&self->ends)[i]) return false;
        if ((uint64_t)ext_int64(&self->ends)[i] > self->texts.items[doc].len) return false;
    }
    return true;
}

static size_t size_of(const ext_rows *self, size_t row) {
    if (self->whole) return self->texts.items[row].len;
    return (size_t)(ext_int64(&self->ends)[row] - ext_int64(&self->starts)[row]);
}

int ext_rows_plan(ext_rows *self, const ca_alloc *alloc) {
    if (!self->whole && !rows_fit(self)) {
        PyErr_SetString(PyExc_ValueError, "documents, starts and ends do not fit the texts");
        return -1;
    }
    self->n = self->whole ? self->texts.n : self->docs.n;
    for (size_t row = 0; row < self->n;) {
        size_t first = row, bytes = 0;
        while (row < self->n && row - first < CHUNK_ROWS && bytes < CHUNK_BYTES)
            bytes += size_of(self, row++);
        if (CA_GROW(alloc, self->chunk_ends, self->chunks_capacity, self->n_chunks + 1) != CA_OK) {
            PyErr_NoMemory();
            return -1;
        }
        self->chunk_ends[self->n_chunks++] = row;
    }
    return 0;
}

void ext_rows_clear(ext_rows *self, const ca_alloc *alloc) {
    CA_FREE(alloc, self->chunk_ends);
    ext_array_clear(&self->docs);
    ext_array_clear(&self->starts);
    ext_array_clear(&self->ends);
}

/* Byte of code point `point` of a UTF-8 text, counted on from the cursor. */
static size_t byte_of(const ca_text *text, int64_t point, ext_cursor *cursor) {
    const uint8_t *bytes = text->ptr;
    size_t at = cursor->byte;
    for (int64_t left = point - cursor->point; left > 0 && at < text->len; left--) {
        at++;
        while (at < text->len && (bytes[at] & 0xC0) == 0x80) at++;
    }
    cursor->byte = at;
    cursor->point = point;
    return at;
}

ca_text ext_rows_text(const ext_rows *self, size_t row, ext_cursor *cursor) {
    static const uint8_t width[] = {0, 1, 1, 2, 4}; /* by ca_text_form */
    if (self->whole) return self->texts.items[row];
    int64_t doc = ext_int64(&self->docs)[row];
    int64_t start = ext_int64(&self->starts)[row], end = ext_int64(&self->ends)[row];
    ca_text text = self->texts.items[doc];
    if (text.form == CA_TEXT_MISSING) return text;
    if (text.form != CA_TEXT_UTF8) {
        text.ptr = (const uint8_t *)text.ptr + (size_t)start * width[text.form];
        text.len = (size_t)(end - start);
        return text;
    }
    if (cursor->doc != doc || start < cursor->point) *cursor = (ext_cursor){.doc = doc};
    size_t first = byte_of(&text, start, cursor);
    ext_cursor after = *cursor;
    size_t last = byte_of(&text, end, &after);
    return (ca_text){(const uint8_t *)text.ptr + first, last - first, CA_TEXT_UTF8};
}
