#include "plain_pairs.h"

#include "simd/kernels.h"

/* ---- counting meetings, and checking on the way ---- */

/* Nothing is counted for an actor before it is known to be one. */
static bool add_row(const int32_t *actors, int64_t n, int32_t n_actors, int64_t *restrict events,
                    int64_t *restrict occurrences) {
    int32_t before = -1;
    for (int64_t k = 0; k < n; k++) {
        int32_t actor = actors[k];
        if (CA_UNLIKELY(actor <= before || actor >= n_actors)) return false;
        events[actor] += n - k - 1;
        occurrences[actor]++;
        before = actor;
    }
    return true;
}

ca_status ca_plain_pairs_events(const ca_incidence *incidence, const ca_poll *poll, int64_t *events,
                                int64_t *occurrences) {
    if (incidence->n_actors < 0) return CA_INVALID;
    if (!ca_indptr_valid(incidence->indptr, incidence->n_rows)) return CA_INVALID;
    if (incidence->n_rows > INT32_MAX) return CA_TOO_LARGE;
    size_t work = 0;
    for (size_t row = 0; row < incidence->n_rows; row++) {
        int64_t begin = incidence->indptr[row], n = incidence->indptr[row + 1] - begin;
        if (!add_row(incidence->actors + begin, n, incidence->n_actors, events, occurrences))
            return CA_INVALID;
        work += (size_t)n + 1;
        if (work < CA_POLL_EVERY) continue;
        work = 0;
        if (ca_poll_stop(poll)) return CA_STOPPED;
    }
    return CA_OK;
}

/* ---- what is at work ---- */

/* Up to so many actors, those who wait fit into two bytes. */
enum { NARROW_ACTORS = 1 << 16 };

/* A row with more meetings than a quarter of the actors has its cells read one by one, without a
 * list of those in use. */
enum { CELLS_PER_MEETING = 4 };

typedef struct counter {
    const ca_alloc *alloc;
    const ca_poll *poll;
    const ca_incidence *incidence;
    uint32_t *at;         /* where the next meeting of a row waits */
    void *waiting;        /* uint16_t or int32_t: the other actors, row by row */
    uint32_t *cells;      /* n_actors */
    uint64_t *seen, *top; /* a bit for each cell in use; for each word of `seen` in use */
    size_t n_pairs, work;
    ca_cooc out;
} counter;

static ca_status did(counter *self, size_t work) {
    self->work += work;
    if (CA_LIKELY(self->work < CA_POLL_EVERY)) return CA_OK;
    self->work = 0;
    return ca_poll_stop(self->poll) ? CA_STOPPED : CA_OK;
}

/* Room for all that can be met: memory that is never touched costs nothing. */
static ca_status make_room(counter *self, const int64_t *events) {
    ca_cooc *out = &self->out;
    size_t n = (size_t)out->n_actors, words = (n + 63) / 64, pairs = 1;
    for (int32_t i = out->first; i < out->last; i++)
        pairs += (size_t)(events[i] < out->n_actors ? events[i] : out->n_actors);
    CA_TRY(CA_ZEROS(self->alloc, out->indptr, (size_t)(out->last - out->first) + 1));
    CA_TRY(CA_RESIZE(self->alloc, out->indices, pairs));
    CA_TRY(CA_RESIZE(self->alloc, out->few, pairs));
    CA_TRY(CA_ZEROS(self->alloc, self->cells, n));
    CA_TRY(CA_ZEROS(self->alloc, self->seen, words));
    return CA_ZEROS(self->alloc, self->top, (words + 63) / 64);
}

static ca_status make_queue(counter *self, const int64_t *events, bool narrow) {
    size_t rows = (size_t)(self->out.last - self->out.first), total = 0;
    CA_TRY(CA_RESIZE(self->alloc, self->at, rows));
    for (size_t r = 0; r < rows; r++) {
        self->at[r] = (uint32_t)total;
        total += (size_t)events[(size_t)self->out.first + r];
        if (total > UINT32_MAX) return CA_TOO_LARGE;
    }
    size_t bytes = narrow ? sizeof(uint16_t) : sizeof(int32_t);
    return ca_mem_resize(self->alloc, &self->waiting, total, bytes);
}

/* ---- waiting ---- */

static inline void put(void *waiting, bool narrow, uint32_t k, int32_t other) {
    if (narrow)
        ((uint16_t *)waiting)[k] = (uint16_t)other;
    else
        ((int32_t *)waiting)[k] = other;
}

static inline int32_t get(const void *waiting, bool narrow, uint32_t k) {
    return narrow ? ((const uint16_t *)waiting)[k] : ((const int32_t *)waiting)[k];
}

static inline ca_status wait_as(counter *self, bool narrow) {
    const int64_t *indptr = self->incidence->indptr;
    int32_t first = self->out.first, last = self->out.last;
    uint32_t *restrict at = self->at;
    void *restrict waiting = self->waiting;
    for (size_t row = 0; row < self->incidence->n_rows; row++) {
        const int32_t *actors = self->incidence->actors + indptr[row];
        int64_t n = indptr[row + 1] - indptr[row];
        for (int64_t i = 0; i < n - 1 && actors[i] < last; i++) {
            if (actors[i] < first) continue;
            uint32_t k = at[actors[i] - first];
            for (int64_t j = i + 1; j < n; j++) put(waiting, narrow, k++, actors[j]);
            at[actors[i] - first] = k;
        }
        CA_TRY(did(self, (size_t)n + 1));
    }
    return CA_OK;
}

/* ---- rows of the table ---- */

/* Add the cells from `begin` on that are in use, and clear them. Without a branch: what is written
 * for an empty cell is overwritten by the next one. */
static void write_all_cells(counter *self, int32_t begin) {
    int32_t n_actors = self->out.n_actors, *restrict indices = self->out.indices;
    uint32_t *restrict cells = self->cells;
    int32_t *restrict few = self->out.few;
    size_t n = self->n_pairs;
    for (int32_t other = begin; other < n_actors; other++) {
        indices[n] = other;
        few[n] = (int32_t)cells[other];
        n += cells[other] != 0;
        cells[other] = 0;
    }
    self->n_pairs = n;
}

/* The same for the cells that `seen` marks, in their order. */
static void write_seen_cells(counter *self) {
    size_t n_tops = ((size_t)self->out.n_actors + 4095) / 4096, n = self->n_pairs;
    for (size_t at = 0; at < n_tops; at++) {
        for (uint64_t words = self->top[at]; words != 0; words &= words - 1) {
            size_t word = at * 64 + (size_t)ca_lowest_bit64(words);
            for (uint64_t bits = self->seen[word]; bits != 0; bits &= bits - 1, n++) {
                int32_t other = (int32_t)(word * 64) + (int32_t)ca_lowest_bit64(bits);
                self->out.indices[n] = other;
                self->out.few[n] = (int32_t)self->cells[other];
                self->cells[other] = 0;
            }
            self->seen[word] = 0;
        }
        self->top[at] = 0;
    }
    self->n_pairs = n;
}

static inline void mark(counter *self, int32_t other) {
    self->seen[other / 64] |= (uint64_t)1 << (other % 64);
    self->top[other / 4096] |= (uint64_t)1 << (other / 64 % 64);
}

/* Count who waits in [begin, end), and write the row down. Those who come for the first time are
 * moved to the front of what waits, without a branch, and marked afterwards. */
static inline void tally_as(counter *self, uint32_t begin, uint32_t end, bool narrow) {
    uint32_t *restrict cells = self->cells;
    void *waiting = self->waiting;
    uint32_t n = begin;
    for (uint32_t k = begin; k < end; k++) {
        int32_t other = get(waiting, narrow, k);
        put(waiting, narrow, n, other);
        n += cells[other]++ == 0;
    }
    for (uint32_t k = begin; k < n; k++) mark(self, get(waiting, narrow, k));
    write_seen_cells(self);
}

static inline void tally_many_as(counter *self, uint32_t begin, uint32_t end, bool narrow) {
    uint32_t *restrict cells = self->cells;
    for (uint32_t k = begin; k < end; k++) cells[get(self->waiting, narrow, k)]++;
}

static inline ca_status write_waiting_as(counter *self, bool narrow) {
    uint32_t begin = 0;
    for (int32_t i = self->out.first; i < self->out.last; i++) {
        uint32_t end = self->at[i - self->out.first], left = (uint32_t)(self->out.n_actors - i);
        if (end - begin > left / CELLS_PER_MEETING) {
            tally_many_as(self, begin, end, narrow);
            write_all_cells(self, i + 1);
        } else {
            tally_as(self, begin, end, narrow);
        }
        self->out.indptr[i - self->out.first + 1] = (int64_t)self->n_pairs;
        CA_TRY(did(self, (size_t)(end - begin) + 1));
        begin = end;
    }
    return CA_OK;
}

static ca_status count_waiting(counter *self, const int64_t *events) {
    bool narrow = self->out.n_actors <= NARROW_ACTORS;
    CA_TRY(make_queue(self, events, narrow));
    if (narrow) {
        CA_TRY(wait_as(self, true));
        return write_waiting_as(self, true);
    }
    CA_TRY(wait_as(self, false));
    return write_waiting_as(self, false);
}

/* ---- rows of the table, by going through the units of each actor ---- */

/* A row is read from its end: those after the actor come first, those before are never touched. */
static ca_status count_postings(counter *self, const ca_postings *postings) {
    const ca_incidence *incidence = self->incidence;
    for (int32_t actor = self->out.first; actor < self->out.last; actor++) {
        for (int64_t k = postings->indptr[actor]; k < postings->indptr[actor + 1]; k++) {
            int64_t end = incidence->indptr[postings->rows[k] + 1], at = end - 1;
            for (; incidence->actors[at] > actor; at--) {
                self->cells[incidence->actors[at]]++;
                mark(self, incidence->actors[at]);
            }
            CA_TRY(did(self, (size_t)(end - at)));
        }
        write_seen_cells(self);
        self->out.indptr[actor - self->out.first + 1] = (int64_t)self->n_pairs;
        CA_TRY(did(self, 1));
    }
    return CA_OK;
}

ca_status ca_plain_pairs_rows(const ca_alloc *alloc, const ca_incidence *incidence,
                              const ca_postings *postings, const int64_t *events, int32_t first,
                              int32_t last, const ca_poll *poll, ca_cooc *out) {
    if (first < 0 || last < first || last > incidence->n_actors) return CA_INVALID;
    if (postings != NULL && postings->n_actors != incidence->n_actors) return CA_INVALID;
    counter self = {.alloc = alloc, .poll = poll, .incidence = incidence};
    self.out = (ca_cooc){.first = first, .last = last, .n_actors = incidence->n_actors};
    ca_status status = make_room(&self, events);
    if (status == CA_OK)
        status = postings != NULL ? count_postings(&self, postings) : count_waiting(&self, events);
    CA_FREE(alloc, self.at);
    CA_FREE(alloc, self.waiting);
    CA_FREE(alloc, self.cells);
    CA_FREE(alloc, self.seen);
    CA_FREE(alloc, self.top);
    if (status == CA_OK) status = CA_RESIZE(alloc, self.out.indices, self.n_pairs);
    if (status == CA_OK) status = CA_RESIZE(alloc, self.out.few, self.n_pairs);
    if (status == CA_OK)
        *out = self.out;
    else
        ca_cooc_reset(alloc, &self.out);
    return status;
}
