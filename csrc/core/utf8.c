#include "utf8.h"

size_t ca_utf8_count(const uint8_t *text, size_t len) {
    size_t count = 0;
    for (size_t at = 0; at < len; count++) {
        uint32_t cp;
        at += ca_utf8_decode(text + at, len - at, &cp);
    }
    return count;
}

/* Length of the run of ASCII at the start of `text`, found eight bytes at a time. */
static size_t ascii_run(const uint8_t *text, size_t len) {
    size_t at = 0;
    for (; at + 8 <= len; at += 8) {
        uint64_t word;
        memcpy(&word, text + at, 8);
        if (word & 0x8080808080808080u) break;
    }
    while (at < len && text[at] < 0x80) at++;
    return at;
}

bool ca_utf8_valid(const uint8_t *text, size_t len, size_t *bad) {
    for (size_t at = 0; at < len;) {
        at += ascii_run(text + at, len - at);
        if (at == len) break;
        uint32_t cp;
        size_t step = ca_utf8_decode(text + at, len - at, &cp);
        if (cp == CA_UTF8_BAD) {
            *bad = at;
            return false;
        }
        at += step;
    }
    return true;
}
