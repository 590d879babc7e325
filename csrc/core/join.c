#include "join.h"

#include "texts.h"

/* Tokens between two questions of whether to stop. */
#define TOKENS_PER_POLL (CA_POLL_EVERY / 4)

void ca_joined_reset(ca_joined *self) {
    if (self->alloc != NULL) {
        CA_FREE(self->alloc, self->id);
        CA_FREE(self->alloc, self->doc_tokens);
        ca_vocab_reset(&self->vocab);
    }
    *self = (ca_joined){.alloc = NULL};
}

typedef struct joiner {
    ca_joined out;
    const ca_vocab *types;
    int32_t *map; /* of each type: the joined type that is the same, -1 if none is yet */
    ca_scratch scratch;
    const ca_poll *poll;
    size_t until_poll;
} joiner;

static bool can_stand_beside(const ca_doc *doc, size_t token) {
    ca_shape shape = ca_doc_shape(doc, token);
    return ca_shape_kind(shape) <= CA_NUMBER && !(shape & CA_POSSESSIVE);
}

/* End of the run of tokens from `first` on that are one joined token. */
static size_t run_end(const ca_doc *doc, size_t first) {
    size_t end = first + 1;
    if (!can_stand_beside(doc, first)) return end;
    while (end + 1 < doc->n && (ca_doc_shape(doc, end) & CA_HYPHEN_ROLE) && !ca_doc_gap(doc, end) &&
           !ca_doc_gap(doc, end + 1) && can_stand_beside(doc, end + 1))
        end += 2;
    return end;
}

/* The types of tokens [first, end), one behind the other. */
static ca_status join_types(joiner *self, const ca_doc *doc, size_t first, size_t end,
                            ca_str *joined) {
    size_t len = 0;
    for (size_t i = first; i < end; i++) {
        ca_str type = ca_vocab_type(self->types, doc->id[i]);
        CA_TRY(
            CA_GROW(self->out.alloc, self->scratch.bytes, self->scratch.capacity, len + type.len));
        memcpy(self->scratch.bytes + len, type.ptr, type.len);
        len += type.len;
    }
    *joined = (ca_str){self->scratch.bytes, len};
    return CA_OK;
}

static ca_status join_run(joiner *self, const ca_doc *doc, size_t first, size_t end, int32_t *id) {
    ca_str joined;
    if (end == first + 1) {
        int32_t *known = &self->map[doc->id[first]];
        if (*known < 0)
            CA_TRY(ca_vocab_intern(&self->out.vocab, ca_vocab_type(self->types, doc->id[first]),
                                   known));
        *id = *known;
        return CA_OK;
    }
    CA_TRY(join_types(self, doc, first, end, &joined));
    return ca_vocab_intern(&self->out.vocab, joined, id);
}

static ca_status join_doc(joiner *self, const ca_doc *doc) {
    ca_joined *out = &self->out;
    CA_TRY(CA_GROW(out->alloc, out->id, out->id_capacity, out->n + doc->n));
    for (size_t first = 0, end; first < doc->n; first = end) {
        if (CA_UNLIKELY(self->until_poll-- == 0)) {
            self->until_poll = TOKENS_PER_POLL;
            if (ca_poll_stop(self->poll)) return CA_STOPPED;
        }
        end = run_end(doc, first);
        CA_TRY(join_run(self, doc, first, end, &out->id[out->n]));
        out->n++;
    }
    return CA_OK;
}

static ca_status join_all(joiner *self, const ca_tokens *tokens) {
    ca_joined *out = &self->out;
    CA_TRY(ca_vocab_init(&out->vocab, out->alloc, tokens->vocab.seed));
    CA_TRY(CA_RESIZE(out->alloc, out->doc_tokens, tokens->n_docs + 1));
    CA_TRY(CA_RESIZE(out->alloc, self->map, tokens->vocab.n));
    for (size_t i = 0; i < tokens->vocab.n; i++) self->map[i] = -1;
    for (size_t b = 0; b < tokens->n_blocks; b++) {
        const ca_block *block = &tokens->blocks[b];
        for (size_t i = 0; i < block->n_docs; i++) {
            ca_doc doc = ca_tokens_doc(tokens, block, i);
            out->doc_tokens[out->n_docs++] = (int64_t)out->n;
            CA_TRY(join_doc(self, &doc));
        }
    }
    out->doc_tokens[out->n_docs] = (int64_t)out->n;
    return CA_OK;
}

ca_status ca_join(const ca_alloc *alloc, const ca_tokens *tokens, const ca_poll *poll,
                  ca_joined *out) {
    joiner self = {.out = {.alloc = alloc}, .types = &tokens->vocab, .poll = poll};
    ca_status status = join_all(&self, tokens);
    CA_FREE(alloc, self.map);
    ca_scratch_reset(alloc, &self.scratch);
    if (status == CA_OK) {
        *out = self.out;
    } else {
        ca_joined_reset(&self.out);
    }
    return status;
}

#define CHECK(condition, reason)                                                                   \
    if (!(condition)) {                                                                            \
        *why = reason;                                                                             \
        return false;                                                                              \
    }

bool ca_joined_validate(const ca_joined *self, const char **why) {
    int32_t known = 0;
    CHECK(self->doc_tokens[0] == 0, "tokens before the first document");
    CHECK(self->doc_tokens[self->n_docs] == (int64_t)self->n, "the number of tokens is wrong");
    for (size_t i = 0; i < self->n_docs; i++)
        CHECK(self->doc_tokens[i] <= self->doc_tokens[i + 1], "document bounds");
    for (size_t i = 0; i < self->n; i++) {
        CHECK(self->id[i] >= 0 && self->id[i] <= known, "ids are not by first appearance");
        if (self->id[i] == known) known++;
    }
    CHECK((size_t)known == self->vocab.n, "types without a token");
    return ca_vocab_validate(&self->vocab, why);
}
