#include "kernels.h"

/* The signs for which scan.h has a rule of their own: they form runs, */
static bool forms_runs(uint8_t c) {
    return c != 0 && memchr(".-!?*=~", c, 7) != NULL;
}

/* or begin a #tag, an @user, an address, or what is behind the scheme of a URL. */
static bool begins_name(uint8_t c) {
    return c == '#' || c == '@' || c == ':';
}

static bool is_digit(uint8_t c) {
    return c >= '0' && c <= '9';
}

static bool is_glue(const uint8_t *bytes, unsigned i) {
    uint8_t c = bytes[i];
    if (c == ',' || c == ':' || c == '/') return i == 0 || is_digit(bytes[i - 1]);
    return c == '\'' || c == '&' || c == '.' || c >= 0xC0;
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
            if (forms_runs(c))
                m.run |= bit;
            else if (!begins_name(c))
                m.plain |= bit;
        } else if ((c & 0xC0) == 0x80) {
            m.tail |= bit;
        } else {
            m.lead |= bit;
        }
        if (c == '.') m.stop |= bit;
        if (c == ',') m.comma |= bit;
        if (is_glue(bytes, i)) m.glue |= bit;
    }
    *masks = m;
}

static void word_classes(const uint8_t *bytes, ca_word_masks *masks) {
    ca_word_masks m = {.letter = 0};
    for (unsigned i = 0; i < 64; i++) {
        uint64_t bit = UINT64_C(1) << i;
        uint8_t c = bytes[i];
        if (is_digit(c)) m.digit |= bit;
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') m.letter |= bit;
        if (c == '_') m.connector |= bit;
        if (c == ':' || c == '.' || c == '\'') m.in_word |= bit;
        if (c == '.' || c == '\'' || c == ',' || c == ';') m.in_number |= bit;
        if (c == ' ') m.space |= bit;
        if (c == '\r') m.cr |= bit;
        if (c == '\n') m.lf |= bit;
        if (c >= 0x80) m.high |= bit;
    }
    *masks = m;
}

/* What ca_case_masks says of ASCII, a bit each: upper 1, lower 2, space 4, sign 8, mark 16,
 * apostrophe 32, word 64. */
static const uint8_t case_of[128] = {
    /* clang-format off */
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x04, 0x04, 0x04, 0x04, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x04, 0x04, 0x04,
    0x04, 0x18, 0x08, 0x08, 0x08, 0x08, 0x08, 0x28, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x08, 0x08, 0x08, 0x08, 0x08, 0x18,
    0x08, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41,
    0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x08, 0x08, 0x08, 0x08, 0x48,
    0x08, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42,
    0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x08, 0x08, 0x08, 0x08, 0x00,
    /* clang-format on */
};

/* Eight bytes as rows of bits, turned round: bit i of byte k becomes bit k of byte i (Warren,
 * Hacker's Delight, 7-3). */
static uint64_t transposed(uint64_t x) {
    uint64_t t = (x ^ x >> 7) & 0x00AA00AA00AA00AAu;
    x ^= t ^ t << 7;
    t = (x ^ x >> 14) & 0x0000CCCC0000CCCCu;
    x ^= t ^ t << 14;
    t = (x ^ x >> 28) & 0x00000000F0F0F0F0u;
    return x ^ t ^ t << 28;
}

static void cases(const uint8_t *bytes, ca_case_masks *masks) {
    ca_case_masks m = {.upper = 0};
    for (unsigned from = 0; from < 64; from += 8) {
        uint64_t x = 0;
        for (unsigned i = 0; i < 8; i++) {
            uint8_t c = bytes[from + i];
            x |= (uint64_t)(c < 0x80 ? case_of[c] : 0x80) << 8 * i;
        }
        x = transposed(x);
        m.upper |= (x & 0xFF) << from;
        m.lower |= (x >> 8 & 0xFF) << from;
        m.space |= (x >> 16 & 0xFF) << from;
        m.sign |= (x >> 24 & 0xFF) << from;
        m.mark |= (x >> 32 & 0xFF) << from;
        m.apostrophe |= (x >> 40 & 0xFF) << from;
        m.word |= (x >> 48 & 0xFF) << from;
        m.high |= (x >> 56) << from;
    }
    *masks = m;
}

static void narrow64(const uint16_t *units, uint8_t *bytes) {
    for (unsigned i = 0; i < 64; i++) bytes[i] = (uint8_t)(units[i] < 0x80 ? units[i] : 0x80);
}

static size_t narrow(const uint16_t *units, size_t n, uint8_t *bytes) {
    size_t i = 0;
    for (; i < n && units[i] < 0x80; i++) bytes[i] = (uint8_t)units[i];
    return i;
}

static size_t write_pieces(const ca_stretch *stretch, ca_piece *items) {
    uint64_t begins = stretch->begins, lasts = stretch->lasts;
    size_t n = 0;
    for (; begins != 0; begins &= begins - 1, lasts &= lasts - 1) {
        uint32_t first = (uint32_t)ca_lowest_bit64(begins);
        uint32_t last = (uint32_t)ca_lowest_bit64(lasts);
        int before = 0;
        if (stretch->tail != 0)
            before = ca_popcount64(stretch->tail & ((UINT64_C(1) << first) - 1));
        items[n++] = (ca_piece){.at = stretch->at + first,
                                .len = last - first + 1,
                                .start = stretch->start + (int32_t)first - before};
    }
    return n;
}

/* No branch depends on who is among the recent types. */
static size_t find_recent(const ca_recent *recent, const uint8_t *text, const ca_piece *pieces,
                          size_t n, int32_t *ids, uint32_t *missed) {
    size_t n_missed = 0;
    for (size_t i = 0; i < n; i++) {
        missed[n_missed] = (uint32_t)i;
        if (CA_UNLIKELY(pieces[i].len > CA_SHORT)) {
            n_missed++;
            continue;
        }
        ca_key key = ca_key_of(text + pieces[i].at, pieces[i].len);
        size_t place = ca_recent_place(key);
        const ca_key *there = &recent->keys[place];
        ids[i] = recent->ids[place];
        n_missed += ((there->word[0] ^ key.word[0]) | (there->word[1] ^ key.word[1])) != 0;
    }
    return n_missed;
}

static bool is_supported(void) {
    return true;
}

const ca_kernels ca_kernels_scalar = {
    .name = "scalar",
    .is_supported = is_supported,
    .classify = classify,
    .word_classes = word_classes,
    .cases = cases,
    .narrow64 = narrow64,
    .narrow = narrow,
    .write_pieces = write_pieces,
    .find_recent = find_recent,
};
