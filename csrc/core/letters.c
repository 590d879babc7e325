#include "letters.h"

#include "utf8.h"

#define CAPITAL_SIGMA 0x3A3u
#define SMALL_SIGMA 0x3C3u
#define FINAL_SIGMA 0x3C2u

/* Number of the block equal to `block`, added where there is none yet. */
static ca_status add_block(ca_letters *self, const ca_letter block[256], uint16_t *number) {
    for (size_t i = 0; i < self->n_blocks; i++) {
        if (memcmp(self->blocks + i * 256, block, 256 * sizeof *block) != 0) continue;
        *number = (uint16_t)i;
        return CA_OK;
    }
    CA_TRY(CA_GROW(self->alloc, self->blocks, self->capacity, (self->n_blocks + 1) * 256));
    memcpy(self->blocks + self->n_blocks * 256, block, 256 * sizeof *block);
    *number = (uint16_t)self->n_blocks++;
    return CA_OK;
}

static ca_status fill(ca_letters *self, const ca_letter *all, const ca_long_lower *longs,
                      size_t n_longs) {
    ca_letter block[256];
    for (uint32_t i = 0; i < CA_LETTERS_LIMIT >> 8; i++) {
        for (uint32_t low = 0; low < 256; low++) {
            uint32_t cp = i << 8 | low;
            block[low] = (ca_letter){all[cp].lower - cp, all[cp].flags};
        }
        CA_TRY(add_block(self, block, &self->stage1[i]));
    }
    CA_TRY(CA_RESIZE(self->alloc, self->longs, n_longs));
    for (size_t i = 0; i < n_longs; i++) self->longs[i] = longs[i];
    self->n_longs = n_longs;
    return CA_OK;
}

ca_status ca_letters_init(ca_letters *self, const ca_alloc *alloc, const ca_letter *all,
                          const ca_long_lower *longs, size_t n_longs) {
    *self = (ca_letters){.alloc = alloc};
    ca_status status = fill(self, all, longs, n_longs);
    if (status != CA_OK) ca_letters_reset(self);
    return status;
}

void ca_letters_reset(ca_letters *self) {
    if (self->alloc != NULL) {
        CA_FREE(self->alloc, self->blocks);
        CA_FREE(self->alloc, self->longs);
    }
    *self = (ca_letters){.alloc = NULL};
}

/* First byte of the code point that ends before `at` (> 0). */
static size_t before(ca_str text, size_t at) {
    size_t first = at - 1;
    while (first > 0 && at - first < 4 && (text.ptr[first] & 0xC0) == 0x80) first--;
    return first;
}

/* A cased letter before it, none behind it, whatever is ignorable in between. */
bool ca_letters_final_sigma(const ca_letters *self, ca_str text, size_t at) {
    uint32_t cp, flags = 0;
    for (size_t i = at; i > 0;) {
        i = before(text, i);
        ca_utf8_decode(text.ptr + i, text.len - i, &cp);
        flags = ca_letters_of(self, cp).flags;
        if (!(flags & CA_IS_IGNORABLE)) break;
        flags = 0;
    }
    if (!(flags & CA_IS_CASED)) return false;
    for (size_t i = at + 2; i < text.len;) {
        i += ca_utf8_decode(text.ptr + i, text.len - i, &cp);
        flags = ca_letters_of(self, cp).flags;
        if (!(flags & CA_IS_IGNORABLE)) return !(flags & CA_IS_CASED);
    }
    return true;
}

size_t ca_letters_lower_one(const ca_letters *self, ca_str text, size_t at, uint32_t cp,
                            uint8_t *out) {
    if (CA_UNLIKELY(cp >= CA_LETTERS_LIMIT)) {
        out[0] = text.ptr[at];
        return 1;
    }
    ca_letter letter = ca_letters_of(self, cp);
    if (CA_UNLIKELY(cp == CAPITAL_SIGMA)) {
        bool final = ca_letters_final_sigma(self, text, at);
        return ca_utf8_encode(final ? FINAL_SIGMA : SMALL_SIGMA, out);
    }
    if (CA_LIKELY(!(letter.flags & CA_IS_LONG))) return ca_utf8_encode(letter.lower, out);
    size_t len = 0;
    for (size_t i = 0; i < self->n_longs; i++) {
        const ca_long_lower *given = &self->longs[i];
        if (given->cp != cp) continue;
        for (size_t k = 0; k < given->n; k++) len += ca_utf8_encode(given->lower[k], out + len);
    }
    return len;
}

ca_status ca_letters_lower(const ca_letters *self, const ca_alloc *alloc, ca_str text,
                           ca_scratch *scratch, ca_str *out) {
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t cp;
        size_t step = ca_utf8_decode(text.ptr + at, text.len - at, &cp);
        CA_TRY(CA_GROW(alloc, scratch->bytes, scratch->capacity, len + 4 * CA_LETTERS_LOWER_MAX));
        len += ca_letters_lower_one(self, text, at, cp, scratch->bytes + len);
        at += step;
    }
    *out = (ca_str){scratch->bytes, len};
    return CA_OK;
}

bool ca_letters_validate(const ca_letters *self, const char **why) {
    for (uint32_t cp = 0; cp < CA_LETTERS_LIMIT; cp++) {
        if (self->stage1[cp >> 8] >= self->n_blocks) {
            *why = "a block is missing";
            return false;
        }
        ca_letter letter = ca_letters_of(self, cp);
        if (letter.lower >= CA_LETTERS_LIMIT) {
            *why = "a lower case is no code point";
            return false;
        }
    }
    for (size_t i = 0; i < self->n_longs; i++) {
        if (self->longs[i].n == 0 || self->longs[i].n > CA_LETTERS_LOWER_MAX) {
            *why = "a long lower case has no length";
            return false;
        }
    }
    return true;
}
