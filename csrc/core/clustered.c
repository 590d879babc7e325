#include "clustered.h"

#include "simd/kernels.h"

/* The square root of what 64 bits hold: if there are less units and mentions than that, and a is no
 * larger, every sum of products of two of them fits. */
#define MOST_UNITS INT64_C(3037000499)

ca_status ca_clustering_check(const ca_clustering *self) {
    int64_t total = 0;
    for (size_t d = 0; d < self->n_clusters; d++) {
        if (self->sizes[d] < 0) return CA_INVALID;
        if (self->sizes[d] > MOST_UNITS - total) return CA_TOO_LARGE;
        total += self->sizes[d];
    }
    int64_t n = (int64_t)self->n_clusters, mentions = 0;
    const ca_incidence *clusters = self->clusters;
    for (size_t r = 0; r < clusters->n_rows; r++)
        if (clusters->units[r] < 0 || clusters->units[r] >= n) return CA_INVALID;
    for (int64_t k = 0; clusters->n_rows != 0 && k < clusters->indptr[clusters->n_rows]; k++)
        mentions += clusters->counts[k];
    if (mentions > MOST_UNITS) return CA_TOO_LARGE;
    for (size_t r = 0; r < self->units->n_rows; r++)
        if (self->units->docs[r] < 0 || self->units->docs[r] >= n) return CA_INVALID;
    if ((int64_t)self->units->n_rows > MOST_UNITS) return CA_TOO_LARGE;
    return CA_OK;
}

/* One row of sums at a time: a cell for each later actor, `both` being a_d of the cluster at hand.
 */
typedef struct summer {
    const ca_alloc *alloc;
    const ca_clustering *clustering;
    const ca_poll *poll;
    ca_cluster_sums *cells;
    int64_t *both;
    uint64_t *seen;
    size_t n_words, n_pairs, index_capacity, sum_capacity, work;
    ca_clustered out;
} summer;

static ca_status did(summer *self, size_t work) {
    self->work += work;
    if (CA_LIKELY(self->work < CA_POLL_EVERY)) return CA_OK;
    self->work = 0;
    return ca_poll_stop(self->poll) ? CA_STOPPED : CA_OK;
}

/* Add to `both` the products of how often entry `mine` and those behind it are named. */
static ca_status add_products(summer *self, int64_t mine, int64_t last) {
    const ca_incidence *units = self->clustering->units;
    for (int64_t at = mine + 1; at <= last; at++) {
        int64_t *both = &self->both[units->actors[at]];
        *both += (int64_t)units->counts[mine] * units->counts[at];
        if (*both > MOST_UNITS) return CA_TOO_LARGE;
    }
    return CA_OK;
}

/* Count into `both` whom actor i meets in the units of cluster d; *k goes on through i's units. */
static ca_status meet(summer *self, int32_t i, int64_t d, int64_t *k) {
    const ca_incidence *units = self->clustering->units;
    const ca_postings *rows = self->clustering->unit_rows;
    bool counted = units->counts != NULL;
    for (; *k < rows->indptr[i + 1] && units->docs[rows->rows[*k]] == d; ++*k) {
        int64_t at = units->indptr[rows->rows[*k] + 1] - 1, last = at;
        for (; units->actors[at] > i; at--) self->both[units->actors[at]] += !counted;
        if (counted) CA_TRY(add_products(self, at, last));
        CA_TRY(did(self, (size_t)(last - at) + 1));
    }
    return CA_OK;
}

/* Add what cluster d, in row r of the clusters, says of i and every later actor. */
static ca_status add_cluster(summer *self, int32_t i, size_t r, int64_t d) {
    const ca_incidence *clusters = self->clustering->clusters;
    int64_t at = clusters->indptr[r + 1] - 1, mine = at;
    while (clusters->actors[mine] > i) mine--;
    int64_t n_i = clusters->counts[mine], size = self->clustering->sizes[d];
    CA_TRY(did(self, (size_t)(at - mine) + 1));
    for (; at > mine; at--) {
        int32_t j = clusters->actors[at];
        int64_t n_j = clusters->counts[at], a = self->both[j];
        ca_cluster_sums *cell = &self->cells[j];
        self->seen[j / 64] |= (uint64_t)1 << (j % 64);
        cell->ij += n_i * n_j;
        if (a == 0) continue;
        if (a > MOST_UNITS - cell->a) return CA_TOO_LARGE;
        cell->a += a;
        cell->aa += a * a;
        cell->ai += a * n_i;
        cell->aj += a * n_j;
        cell->an += a * size;
        cell->n_clusters++;
        self->both[j] = 0;
    }
    return CA_OK;
}

static ca_status sum_actor(summer *self, int32_t i) {
    const ca_clustering *clustering = self->clustering;
    const ca_postings *rows = clustering->cluster_rows;
    int64_t k = clustering->unit_rows->indptr[i];
    for (int64_t at = rows->indptr[i]; at < rows->indptr[i + 1]; at++) {
        size_t r = (size_t)rows->rows[at];
        int64_t d = clustering->clusters->units[r];
        CA_TRY(meet(self, i, d, &k));
        CA_TRY(add_cluster(self, i, r, d));
    }
    return CA_OK;
}

static ca_status write_actor(summer *self, int32_t i) {
    ca_clustered *out = &self->out;
    for (size_t word = (size_t)i / 64; word < self->n_words; word++) {
        uint64_t bits = self->seen[word];
        if (bits == 0) continue;
        size_t needed = self->n_pairs + 64;
        CA_TRY(CA_GROW(self->alloc, out->indices, self->index_capacity, needed));
        CA_TRY(CA_GROW(self->alloc, out->sums, self->sum_capacity, needed));
        for (; bits != 0; bits &= bits - 1) {
            int32_t j = (int32_t)(word * 64) + (int32_t)ca_lowest_bit64(bits);
            out->indices[self->n_pairs] = j;
            out->sums[self->n_pairs++] = self->cells[j];
            self->cells[j] = (ca_cluster_sums){0};
        }
        self->seen[word] = 0;
    }
    out->indptr[i - out->first + 1] = (int64_t)self->n_pairs;
    return did(self, self->n_words);
}

static ca_status sum_all(summer *self) {
    size_t n_actors = (size_t)self->clustering->units->n_actors;
    self->n_words = (n_actors + 63) / 64;
    CA_TRY(CA_ZEROS(self->alloc, self->out.indptr, (size_t)(self->out.last - self->out.first) + 1));
    CA_TRY(CA_GROW(self->alloc, self->out.indices, self->index_capacity, 1));
    CA_TRY(CA_GROW(self->alloc, self->out.sums, self->sum_capacity, 1));
    CA_TRY(CA_ZEROS(self->alloc, self->cells, n_actors));
    CA_TRY(CA_ZEROS(self->alloc, self->both, n_actors));
    CA_TRY(CA_ZEROS(self->alloc, self->seen, self->n_words));
    for (int32_t i = self->out.first; i < self->out.last; i++) {
        CA_TRY(sum_actor(self, i));
        CA_TRY(write_actor(self, i));
    }
    return CA_OK;
}

ca_status ca_clustered_rows(const ca_alloc *alloc, const ca_clustering *self, int32_t first,
                            int32_t last, const ca_poll *poll, ca_clustered *out) {
    if (first < 0 || last < first || last > self->units->n_actors) return CA_INVALID;
    summer work = {.alloc = alloc, .clustering = self, .poll = poll};
    work.out = (ca_clustered){.first = first, .last = last};
    ca_status status = sum_all(&work);
    CA_FREE(alloc, work.cells);
    CA_FREE(alloc, work.both);
    CA_FREE(alloc, work.seen);
    if (status != CA_OK) {
        ca_clustered_reset(alloc, &work.out);
        return status;
    }
    *out = work.out;
    return CA_OK;
}

static const char *sums_fault(const ca_cluster_sums *sums) {
    if (sums->ij < 1) return "actors share no cluster";
    if (sums->a < sums->n_clusters || sums->aa < sums->a) return "units and clusters disagree";
    if (sums->ai < sums->aa || sums->aj < sums->aa || sums->ij < sums->aa || sums->an < sums->ai)
        return "a pair exceeds its actors";
    return NULL;
}

bool ca_clustered_validate(const ca_clustered *self, int32_t n_actors, const char **why) {
    const char *fault = NULL;
    if (!ca_indptr_valid(self->indptr, (size_t)(self->last - self->first)))
        fault = "row pointers descend";
    for (int32_t i = self->first; fault == NULL && i < self->last; i++) {
        int64_t begin = self->indptr[i - self->first], end = self->indptr[i - self->first + 1];
        for (int64_t k = begin; fault == NULL && k < end; k++) {
            int32_t j = self->indices[k];
            if (j <= i || j >= n_actors || (k != begin && j <= self->indices[k - 1]))
                fault = "pairs do not ascend";
            else
                fault = sums_fault(&self->sums[k]);
        }
    }
    if (fault != NULL) *why = fault;
    return fault == NULL;
}

void ca_clustered_reset(const ca_alloc *alloc, ca_clustered *self) {
    CA_FREE(alloc, self->indptr);
    CA_FREE(alloc, self->indices);
    CA_FREE(alloc, self->sums);
    *self = (ca_clustered){0};
}
