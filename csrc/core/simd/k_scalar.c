#include "kernels.h"

/* The signs for which scan.h has a rule of their own: they may join what stands around them, form
 * runs, or begin a #tag, an @user, an address. */
static bool is_special(uint8_t c) {
    return c != 0 && memchr("#@:.-!?*=~", c, 10) != NULL;
}

static void classify(const uint8_t *bytes, ca_masks *masks) {
    ca_masks m = {.word = 0};
    for (unsigned i = 0; i < 64; i++) {
        uint64_t bit = UINT64_C(1) << i;
        uint8_t c = bytes[i];
        if (ca_is_word_byte(c)) {
            m.word |= bit;
        } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
            m.blank |= bit;
            if (c >= '\n') m.line |= c != ' ' ? bit : 0;
        } else if (c < 0x80) {
            m.plain |= is_special(c) ? 0 : bit;
        } else if ((c & 0xC0) == 0x80) {
            m.tail |= bit;
        }
    }
    *masks = m;
}

static bool is_supported(void) {
    return true;
}

const ca_kernels ca_kernels_scalar = {
    .name = "scalar", .is_supported = is_supported, .classify = classify};
