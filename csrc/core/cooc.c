#include "cooc.h"

/* For one actor i at a time, walk the rows that name i and tally every later actor of the row.
 *
 *     tallies  one per actor: count, documents, the last document that counted
 *     seen     one bit per actor whose tally is not zero
 *
 * Rows come by document, so a document is new to a pair exactly when it differs from the last one.
 * Reading `seen` from its low end gives the actors in order, without a sort, and clears it and the
 * tallies for the next i.
 */

typedef struct tally {
    int64_t count, docs, doc;
} tally;

/* All that counting one part needs; its rows are written to `out` one after the other. */
typedef struct counter {
    const ca_alloc *alloc;
    const ca_incidence *incidence;
    const ca_postings *postings;
    const ca_poll *poll;
    size_t work; /* since the last poll */
    tally *tallies;
    uint64_t *seen;
    size_t n_words;
    ca_cooc out;
    size_t n_pairs, index_capacity, count_capacity, doc_capacity;
} counter;

static void add(counter *self, int32_t actor, int64_t doc) {
    tally *t = &self->tallies[actor];
    if (t->count == 0) {
        self->seen[actor / 64] |= (uint64_t)1 << (actor % 64);
        *t = (tally){.count = 1, .docs = 1, .doc = doc};
        return;
    }
    t->count++;
    t->docs += t->doc != doc;
    t->doc = doc;
}

static ca_status did(counter *self, size_t work) {
    self->work += work;
    if (CA_LIKELY(self->work < CA_POLL_EVERY)) return CA_OK;
    self->work = 0;
    return ca_poll_stop(self->poll) ? CA_STOPPED : CA_OK;
}

/* Tally what stands beside `actor`; *n_docs are its own documents. Rows are read from their end:
 * the actors after `actor` come first, and those before it are never touched. */
static ca_status tally_actor(counter *self, int32_t actor, int64_t *n_docs) {
    const ca_incidence *incidence = self->incidence;
    const int64_t *rows = self->postings->rows;
    int64_t begin = self->postings->indptr[actor], end = self->postings->indptr[actor + 1];
    int64_t docs = 0;
    for (int64_t k = begin; k < end; k++) {
        int64_t last = incidence->indptr[rows[k] + 1] - 1, at = last;
        int64_t doc = incidence->docs[rows[k]];
        docs += k == begin || doc != incidence->docs[rows[k - 1]];
        for (; incidence->actors[at] > actor; at--) add(self, incidence->actors[at], doc);
        CA_TRY(did(self, (size_t)(last - at) + 1));
    }
    *n_docs = docs;
    return CA_OK;
}

static ca_status reserve_pairs(counter *self, size_t more) {
    ca_cooc *out = &self->out;
    CA_TRY(CA_GROW(self->alloc, out->indices, self->index_capacity, self->n_pairs + more));
    CA_TRY(CA_GROW(self->alloc, out->counts, self->count_capacity, self->n_pairs + more));
    return CA_GROW(self->alloc, out->docs, self->doc_capacity, self->n_pairs + more);
}

static void write_pair(counter *self, int32_t actor) {
    tally *t = &self->tallies[actor];
    self->out.indices[self->n_pairs] = actor;
    self->out.counts[self->n_pairs] = t->count;
    self->out.docs[self->n_pairs] = t->docs;
    self->n_pairs++;
    *t = (tally){0};
}

/* Write down and clear all tallies; those seen are at `from` or after it. */
static ca_status write_pairs(counter *self, int32_t from) {
    for (size_t word = (size_t)from / 64; word < self->n_words; word++) {
        uint64_t bits = self->seen[word];
        if (bits == 0) continue;
        CA_TRY(reserve_pairs(self, 64));
        for (int32_t actor = (int32_t)(word * 64); bits != 0; actor++, bits >>= 1)
            if (bits & 1) write_pair(self, actor);
        self->seen[word] = 0;
    }
    return did(self, self->n_words);
}

static ca_status count_rows(counter *self) {
    ca_cooc *out = &self->out;
    const int64_t *indptr = self->postings->indptr;
    CA_TRY(reserve_pairs(self, 1));
    for (int32_t actor = out->first; actor < out->last; actor++) {
        int32_t slot = actor - out->first;
        out->occurrences[slot] = indptr[actor + 1] - indptr[actor];
        if (out->occurrences[slot] != 0) {
            CA_TRY(tally_actor(self, actor, &out->actor_docs[slot]));
            CA_TRY(write_pairs(self, actor));
        }
        out->indptr[slot + 1] = (int64_t)self->n_pairs;
    }
    return CA_OK;
}

static ca_status make_rows(const ca_alloc *alloc, ca_cooc *self) {
    size_t n_rows = (size_t)(self->last - self->first);
    CA_TRY(CA_ZEROS(alloc, self->indptr, n_rows + 1));
    CA_TRY(CA_ZEROS(alloc, self->occurrences, n_rows));
    return CA_ZEROS(alloc, self->actor_docs, n_rows);
}

static ca_status make_board(counter *self) {
    size_t n_actors = (size_t)self->incidence->n_actors;
    self->n_words = (n_actors + 63) / 64;
    CA_TRY(CA_ZEROS(self->alloc, self->tallies, n_actors));
    return CA_ZEROS(self->alloc, self->seen, self->n_words);
}

ca_status ca_cooc_rows(const ca_alloc *alloc, const ca_incidence *incidence,
                       const ca_postings *postings, int32_t first, int32_t last,
                       const ca_poll *poll, ca_cooc *out) {
    if (first < 0 || last < first || last > incidence->n_actors) return CA_INVALID;
    if (postings->n_actors != incidence->n_actors) return CA_INVALID;
    counter work = {.alloc = alloc, .incidence = incidence, .postings = postings, .poll = poll};
    work.out = (ca_cooc){.first = first, .last = last, .n_actors = incidence->n_actors};
    ca_status status = make_rows(alloc, &work.out);
    if (status == CA_OK) status = make_board(&work);
    if (status == CA_OK) status = count_rows(&work);
    CA_FREE(alloc, work.tallies);
    CA_FREE(alloc, work.seen);
    if (status != CA_OK) {
        ca_cooc_reset(alloc, &work.out);
        return status;
    }
    *out = work.out;
    return CA_OK;
}

void ca_cooc_split(const ca_postings *postings, size_t n_parts, int32_t *bounds) {
    size_t n_actors = (size_t)postings->n_actors;
    size_t entries = n_actors != 0 ? (size_t)postings->indptr[n_actors] : 0;
    size_t actor = 0;
    for (size_t p = 0; p < n_parts; p++) {
        /* Where p shares of the entries are done; in two steps, so that nothing wraps. */
        size_t goal = entries / n_parts * p + entries % n_parts * p / n_parts;
        while (actor < n_actors && (size_t)postings->indptr[actor] < goal) actor++;
        bounds[p] = (int32_t)actor;
    }
    bounds[0] = 0;
    bounds[n_parts] = postings->n_actors;
}

static size_t pairs_of(const ca_cooc *self) {
    return self->indptr != NULL ? (size_t)self->indptr[self->last - self->first] : 0;
}

static bool parts_follow(const ca_cooc *parts, size_t n_parts) {
    for (size_t p = 1; p < n_parts; p++) {
        if (parts[p].first != parts[p - 1].last) return false;
        if (parts[p].n_actors != parts[0].n_actors) return false;
    }
    return n_parts != 0;
}

/* Copy one part behind the `n` pairs that are there; returns how many there are then. */
static size_t copy_part(const ca_cooc *part, size_t n, ca_cooc *out) {
    size_t pairs = pairs_of(part), rows = (size_t)(part->last - part->first);
    size_t row = (size_t)(part->first - out->first);
    for (size_t r = 0; r < rows; r++) {
        out->indptr[row + r + 1] = part->indptr[r + 1] + (int64_t)n;
        out->occurrences[row + r] = part->occurrences[r];
        out->actor_docs[row + r] = part->actor_docs[r];
    }
    if (pairs != 0) {
        memcpy(out->indices + n, part->indices, pairs * sizeof *out->indices);
        memcpy(out->counts + n, part->counts, pairs * sizeof *out->counts);
        memcpy(out->docs + n, part->docs, pairs * sizeof *out->docs);
    }
    return n + pairs;
}

ca_status ca_cooc_join(const ca_alloc *alloc, const ca_cooc *parts, size_t n_parts, ca_cooc *out) {
    if (!parts_follow(parts, n_parts)) return CA_INVALID;
    ca_cooc fresh = {
        .first = parts[0].first, .last = parts[n_parts - 1].last, .n_actors = parts[0].n_actors};
    size_t pairs = 0;
    for (size_t p = 0; p < n_parts; p++) pairs += pairs_of(&parts[p]);
    ca_status status = make_rows(alloc, &fresh);
    if (status == CA_OK) status = CA_RESIZE(alloc, fresh.indices, pairs);
    if (status == CA_OK) status = CA_RESIZE(alloc, fresh.counts, pairs);
    if (status == CA_OK) status = CA_RESIZE(alloc, fresh.docs, pairs);
    if (status != CA_OK) {
        ca_cooc_reset(alloc, &fresh);
        return status;
    }
    size_t n = 0;
    for (size_t p = 0; p < n_parts; p++) n = copy_part(&parts[p], n, &fresh);
    *out = fresh;
    return CA_OK;
}

/* Since a unit or a document that holds both holds each: count <= occurrences, docs <= count. */
static const char *pair_fault(const ca_cooc *self, int32_t slot, int64_t k) {
    int32_t actor = self->indices[k];
    if (actor <= self->first + slot || actor >= self->n_actors) return "a pair is not i < j";
    if (k != self->indptr[slot] && actor <= self->indices[k - 1]) return "pairs do not ascend";
    if (self->docs[k] < 1 || self->docs[k] > self->counts[k]) return "docs exceed the count";
    if (self->counts[k] > self->occurrences[slot]) return "a count exceeds the occurrences";
    if (self->docs[k] > self->actor_docs[slot]) return "docs exceed those of the actor";
    return NULL;
}

static const char *actor_fault(const ca_cooc *self, int32_t slot) {
    int64_t units = self->occurrences[slot], docs = self->actor_docs[slot];
    if (docs < 0 || docs > units || (docs == 0 && units != 0)) return "an actor's docs are off";
    for (int64_t k = self->indptr[slot]; k < self->indptr[slot + 1]; k++) {
        const char *fault = pair_fault(self, slot, k);
        if (fault != NULL) return fault;
    }
    return NULL;
}

bool ca_cooc_validate(const ca_cooc *self, const char **why) {
    const char *fault = NULL;
    int32_t n_rows = self->last - self->first;
    if (self->first < 0 || n_rows < 0 || self->last > self->n_actors)
        fault = "the range of actors is off";
    else if (!ca_indptr_valid(self->indptr, (size_t)n_rows))
        fault = "row pointers descend";
    for (int32_t slot = 0; fault == NULL && slot < n_rows; slot++) fault = actor_fault(self, slot);
    if (fault != NULL) *why = fault;
    return fault == NULL;
}

void ca_cooc_reset(const ca_alloc *alloc, ca_cooc *self) {
    CA_FREE(alloc, self->indptr);
    CA_FREE(alloc, self->indices);
    CA_FREE(alloc, self->counts);
    CA_FREE(alloc, self->docs);
    CA_FREE(alloc, self->occurrences);
    CA_FREE(alloc, self->actor_docs);
    *self = (ca_cooc){0};
}
