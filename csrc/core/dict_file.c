#include "dict_file.h"

#include "fold.h"
#include "tokenize.h"
#include "unicode.h"
#include "utf8.h"

/* ---- checksum ----
 *
 * Four lanes of 64 bits. A lane is changed by (lane ^ word) * odd, which is one to one in the word
 * and in the lane; so is every later step. A change of one word therefore always changes its lane
 * at the end, and the four lanes are joined by steps that are one to one in each of them. */

enum { LANES = 8 };

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static uint64_t checksum_of(const uint8_t *bytes, size_t n_bytes) {
    uint64_t lanes[LANES], hash = n_bytes;
    size_t n = n_bytes / 8, i = 0;
    for (size_t l = 0; l < LANES; l++) lanes[l] = 0xC2B2AE3D27D4EB4Fu * (l + 1);
    for (; i + LANES <= n; i += LANES) {
        uint64_t words[LANES];
        memcpy(words, bytes + 8 * i, sizeof words);
        for (size_t l = 0; l < LANES; l++) lanes[l] = (lanes[l] ^ words[l]) * 0x9FB21C651E98DF25u;
    }
    for (; i < n; i++) {
        uint64_t word;
        memcpy(&word, bytes + 8 * i, 8);
        lanes[i % LANES] = mix(lanes[i % LANES], word);
    }
    for (size_t l = 0; l < LANES; l++) hash = mix(hash, lanes[l]);
    return hash;
}

/* The file's, as if the field for it held 0. */
static uint64_t file_checksum(const uint8_t *file, size_t n) {
    ca_dict_header header;
    memcpy(&header, file, sizeof header);
    header.checksum = 0;
    return mix(checksum_of((const uint8_t *)&header, sizeof header),
               checksum_of(file + sizeof header, n - sizeof header));
}

/* ---- fingerprint ---- */

static const char sample[] =
    "The U.S.-led talks in Washington, D.C. on 9/11 with al\xE2\x80\x93Qa\xCA\xBFida\xE2\x80\x99s "
    "O'Neil & Co. (AT&T) cost $1,000.50; e-mail a.b@c.org or https://x.org/y?z=1. \xE2\x80\x9CNo,"
    "\xE2\x80\x9D said Mr. Ng\xC5\xA9. States\xE2\x80\x99 rights... #tag @name caf\x65\xCC\x81 "
    "\xD0\xA1\xD0\xA1\xD0\xA1\xD0\xA0 \xE6\x97\xA5\xE6\x9C\xAC co\xC2\xADoperate RFE/RL\xE2\x80\x94"
    "G20 3rd IS-K \xD8\xAF\xD8\xA7\xD8\xB9\xD8\xB4\n\nEnd.";

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n) {
    return mix(hash, checksum_of(bytes, n));
}

static uint64_t hash_of_folding(void) {
    uint64_t hash = CA_DICT_VERSION;
    for (uint32_t cp = 0; cp < 0x600; cp++) {
        uint32_t folded[3] = {0, 0, 0};
        size_t n = ca_unicode_fold(cp, folded);
        hash = mix(hash, folded[0] ^ (uint64_t)folded[1] << 21 ^ (uint64_t)folded[2] << 42 ^ n);
    }
    return hash_bytes(hash, CA_UNICODE_VERSION, sizeof CA_UNICODE_VERSION);
}

static ca_status hash_of_words(const ca_alloc *alloc, ca_tokenizer *tokenizer, ca_block *block,
                               ca_scratch *scratch, uint64_t *hash) {
    ca_text text = {.ptr = sample, .len = sizeof sample - 1, .form = CA_TEXT_UTF8};
    ca_texts texts = {&text, 1};
    size_t bad_doc;
    CA_TRY(ca_tokenizer_init(tokenizer, alloc, CA_MODE_NEWS, 0));
    CA_TRY(ca_tokenizer_chunk(tokenizer, &texts, 0, 1, NULL, block, &bad_doc));
    *hash = hash_bytes(*hash, block->start, block->n_tokens * sizeof *block->start);
    for (size_t i = 0; i < tokenizer->vocab.n; i++) {
        ca_str form, type = ca_vocab_type(&tokenizer->vocab, (int32_t)i);
        CA_TRY(ca_fold_form(alloc, type, scratch, &form));
        *hash = hash_bytes(*hash, form.ptr, form.len);
        *hash = mix(*hash, tokenizer->vocab.shape[i]);
    }
    return CA_OK;
}

ca_status ca_dict_fingerprint(const ca_alloc *alloc, uint64_t *out) {
    ca_tokenizer tokenizer = {.alloc = NULL};
    ca_block block = {.n_docs = 0};
    ca_scratch scratch = {NULL, 0};
    uint64_t hash = hash_of_folding();
    ca_status status = hash_of_words(alloc, &tokenizer, &block, &scratch, &hash);
    ca_tokenizer_reset(&tokenizer);
    ca_block_reset(alloc, &block);
    ca_scratch_reset(alloc, &scratch);
    if (status == CA_OK) *out = hash;
    return status;
}

/* ---- writing and opening ---- */

uint64_t ca_dict_file_size(const ca_dict *dict, size_t n_meta) {
    return ca_dict_size(dict->header->counts, n_meta);
}

void ca_dict_file_write(const ca_dict *dict, ca_str meta, uint64_t fingerprint, uint8_t *out) {
    ca_dict_header header = *dict->header;
    size_t n_sections = (size_t)ca_dict_size(header.counts, 0);
    size_t size = (size_t)ca_dict_size(header.counts, meta.len);
    memset(out + size - 8, 0, 8); /* what rounds meta up */
    header.size = size;
    header.n_meta = meta.len;
    header.fingerprint = fingerprint;
    header.checksum = 0;
    memcpy(out, &header, sizeof header);
    memcpy(out + sizeof header, dict->header + 1, n_sections - sizeof header);
    if (meta.len > 0) memcpy(out + n_sections, meta.ptr, meta.len);
    header.checksum = file_checksum(out, size);
    memcpy(out, &header, sizeof header);
}

#define REFUSE(condition, reason)                                                                  \
    if (condition) {                                                                               \
        *why = reason;                                                                             \
        return CA_INVALID;                                                                         \
    }

ca_status ca_dict_file_open(ca_str file, uint64_t fingerprint, ca_dict *out, ca_str *meta,
                            const char **why) {
    static const uint8_t magic[8] = CA_DICT_MAGIC;
    ca_dict_header header;
    ca_dict dict = {.alloc = NULL};
    REFUSE(file.len < sizeof header, "too short to be a dictionary");
    memcpy(&header, file.ptr, sizeof header);
    REFUSE(memcmp(header.magic, magic, sizeof magic) != 0, "not a saved dictionary");
    REFUSE(header.byte_order != CA_DICT_BYTE_ORDER, "saved on a machine of another byte order");
    REFUSE(header.version != CA_DICT_VERSION, "saved by another version; build it anew and save");
    REFUSE(header.size != file.len, "cut short or lengthened");
    REFUSE(header.checksum != file_checksum(file.ptr, file.len), "damaged");
    REFUSE(header.fingerprint != fingerprint,
           "saved under other rules of tokenizing; build it anew and save");
    REFUSE(ca_dict_size(header.counts, header.n_meta) != file.len, "its parts do not fit its size");
    ca_dict_view(&dict, (const ca_dict_header *)(const void *)file.ptr);
    if (!ca_dict_check(&dict, why)) return CA_INVALID;
    *meta = (ca_str){file.ptr + (size_t)ca_dict_size(header.counts, 0), (size_t)header.n_meta};
    *out = dict;
    return CA_OK;
}
