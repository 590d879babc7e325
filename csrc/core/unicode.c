#include "unicode.h"

/* 12 bytes; see the comment at the table. */
typedef struct fold_run {
    uint32_t first;
    uint16_t length;
    uint16_t step;
    int32_t value;
} fold_run;

/* Two or three code points, all in the BMP; zero where there is no third. */
typedef struct fold_target {
    uint16_t to[3];
} fold_target;

#include "unicode_tables.h"

/* The last run that begins at or before `cp`, or NULL. */
static const fold_run *find_run(uint32_t cp) {
    size_t low = 0;
    size_t high = sizeof fold_runs / sizeof fold_runs[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (fold_runs[middle].first <= cp) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 ? &fold_runs[low - 1] : NULL;
}

static size_t fold_to_several(const fold_target *target, uint32_t out[3]) {
    size_t n = 0;
    while (n < 3 && target->to[n] != 0) {
        out[n] = target->to[n];
        n++;
    }
    return n;
}

size_t ca_unicode_fold(uint32_t cp, uint32_t out[3]) {
    out[0] = cp;
    if (cp < 0x80) {
        if (cp >= 'A' && cp <= 'Z') out[0] = cp + 0x20;
        return 1;
    }
    const fold_run *run = find_run(cp);
    if (run == NULL) return 1;
    uint32_t distance = cp - run->first;
    if (run->step == 0) return distance == 0 ? fold_to_several(&fold_long[run->value], out) : 1;
    if (distance % run->step == 0 && distance / run->step < run->length)
        out[0] = (uint32_t)((int32_t)cp + run->value);
    return 1;
}
