#include "accents.h"

#include "accents_table.h"

static uint32_t composed_of(uint32_t base, uint32_t mark) {
    size_t low = 0, high = CA_ACCENTS_SIZE;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const uint16_t *row = accents[by_parts[middle]];
        if (row[1] == base && row[2] == mark) return row[0];
        if (row[1] < base || (row[1] == base && row[2] < mark)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 0;
}

/* The row of a composed letter, or NULL. */
static const uint16_t *parts_of(uint32_t cp) {
    size_t low = 0, high = CA_ACCENTS_SIZE;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (accents[middle][0] == cp) return accents[middle];
        if (accents[middle][0] < cp) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* Marks above a letter, and marks at its foot, which come before them in the order of Unicode. */
static bool is_above(uint32_t mark) {
    return mark <= 0x314;
}

static bool is_below(uint32_t mark) {
    return mark >= 0x31B && mark <= 0x333;
}

uint32_t ca_accent_compose(uint32_t base, uint32_t mark) {
    uint32_t composed = composed_of(base, mark);
    if (composed != 0 || !is_below(mark)) return composed;
    const uint16_t *parts = parts_of(base);
    if (parts == NULL || !is_above(parts[2])) return 0;
    uint32_t lower = composed_of(parts[1], mark);
    return lower != 0 ? composed_of(lower, parts[2]) : 0;
}

/* The letter under one mark of a composed letter, or the letter itself. */
static uint32_t without_one_mark(uint32_t cp) {
    const uint16_t *parts = parts_of(cp);
    return parts != NULL ? parts[1] : cp;
}

static uint32_t without_stroke(uint32_t cp) {
    static const uint16_t strokes[][2] = {
        {0xD8, 'O'},  {0xF8, 'o'},  {0x110, 'D'}, {0x111, 'd'}, {0x126, 'H'}, {0x127, 'h'},
        {0x131, 'i'}, {0x141, 'L'}, {0x142, 'l'}, {0x166, 'T'}, {0x167, 't'},
    };
    for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++) {
        if (strokes[i][0] == cp) return strokes[i][1];
    }
    return cp;
}

uint32_t ca_accent_base(uint32_t cp) {
    if (cp < 0xC0 || cp > 0xFFFF || cp == 0x419 || cp == 0x439) return cp;
    if (ca_accent_is_mark(cp)) return 0;
    for (uint32_t base = without_one_mark(cp); base != cp; base = without_one_mark(cp)) cp = base;
    return without_stroke(cp);
}
