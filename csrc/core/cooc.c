#include "cooc.h"

#include "simd/kernels.h"

/* ---- cutting and joining ---- */

/* Meetings that may wait at a time: 16 MB where they are nothing but meetings, 64 MB at most. */
enum { PART_EVENTS = 1 << 22 };

ca_status ca_cooc_cut(const ca_alloc *alloc, const int64_t *events, int32_t n_actors,
                      int32_t **bounds, size_t *n_parts) {
    int32_t *fresh = NULL;
    size_t n = 0, capacity = 0;
    CA_TRY(CA_GROW(alloc, fresh, capacity, 2));
    fresh[n++] = 0;
    int64_t waiting = 0;
    for (int32_t i = 0; i < n_actors; i++) {
        if (waiting != 0 && waiting > PART_EVENTS - events[i]) {
            ca_status status = CA_GROW(alloc, fresh, capacity, n + 2);
            if (status != CA_OK) {
                CA_FREE(alloc, fresh);
                return status;
            }
            fresh[n++] = i;
            waiting = 0;
        }
        waiting += events[i];
    }
    fresh[n] = n_actors;
    *bounds = fresh;
    *n_parts = n;
    return CA_OK;
}

static size_t pairs_of(const ca_cooc *self) {
    return self->indptr != NULL ? (size_t)self->indptr[self->last - self->first] : 0;
}

static bool parts_follow(const ca_cooc *parts, size_t n_parts) {
    for (size_t p = 1; p < n_parts; p++) {
        if (parts[p].first != parts[p - 1].last) return false;
        if (parts[p].n_actors != parts[0].n_actors) return false;
        if (parts[p].directed != parts[0].directed) return false;
        if ((parts[p].units == NULL) != (parts[0].units == NULL)) return false;
        if ((parts[p].sums == NULL) != (parts[0].sums == NULL)) return false;
        if ((parts[p].docs == NULL) != (parts[0].docs == NULL)) return false;
    }
    return n_parts != 0;
}

/* Copy one column of a part, and release the part's: what is copied is not held twice. */
static void move_column(const ca_alloc *alloc, int64_t **from, size_t pairs, int64_t *to) {
    if (*from != NULL && pairs != 0) memcpy(to, *from, pairs * sizeof **from);
    CA_FREE(alloc, *from);
}

static void move_narrow(const ca_alloc *alloc, int32_t **from, size_t pairs, int32_t *to) {
    if (*from != NULL && pairs != 0) memcpy(to, *from, pairs * sizeof **from);
    CA_FREE(alloc, *from);
}

/* Move one part behind the `n` pairs that are there; returns how many there are then. */
static size_t move_part(const ca_alloc *alloc, ca_cooc *part, size_t n, ca_cooc *out) {
    size_t pairs = pairs_of(part), rows = (size_t)(part->last - part->first);
    size_t row = (size_t)(part->first - out->first);
    for (size_t r = 0; r < rows; r++) out->indptr[row + r + 1] = part->indptr[r + 1] + (int64_t)n;
    move_narrow(alloc, &part->indices, pairs, out->indices + n);
    if (out->few != NULL) move_narrow(alloc, &part->few, pairs, out->few + n);
    if (out->units != NULL) move_column(alloc, &part->units, pairs, out->units + n);
    if (out->sums != NULL) move_column(alloc, &part->sums, pairs, out->sums + n);
    if (out->docs != NULL) move_column(alloc, &part->docs, pairs, out->docs + n);
    ca_cooc_reset(alloc, part);
    return n + pairs;
}

ca_status ca_cooc_join(const ca_alloc *alloc, ca_cooc *parts, size_t n_parts, ca_cooc *out) {
    if (!parts_follow(parts, n_parts)) return CA_INVALID;
    if (n_parts == 1) {
        *out = parts[0];
        parts[0] = (ca_cooc){0};
        return CA_OK;
    }
    ca_cooc fresh = {.first = parts[0].first,
                     .last = parts[n_parts - 1].last,
                     .n_actors = parts[0].n_actors,
                     .directed = parts[0].directed};
    size_t pairs = 0;
    for (size_t p = 0; p < n_parts; p++) pairs += pairs_of(&parts[p]);
    ca_status status = CA_ZEROS(alloc, fresh.indptr, (size_t)(fresh.last - fresh.first) + 1);
    if (status == CA_OK) status = CA_RESIZE(alloc, fresh.indices, pairs);
    if (status == CA_OK && parts[0].few != NULL) status = CA_RESIZE(alloc, fresh.few, pairs);
    if (status == CA_OK && parts[0].units != NULL) status = CA_RESIZE(alloc, fresh.units, pairs);
    if (status == CA_OK && parts[0].sums != NULL) status = CA_RESIZE(alloc, fresh.sums, pairs);
    if (status == CA_OK && parts[0].docs != NULL) status = CA_RESIZE(alloc, fresh.docs, pairs);
    if (status != CA_OK) {
        ca_cooc_reset(alloc, &fresh);
        return status;
    }
    size_t n = 0;
    for (size_t p = 0; p < n_parts; p++) n = move_part(alloc, &parts[p], n, &fresh);
    *out = fresh;
    return CA_OK;
}

/* ---- the other triangle ---- */

/* Count the pairs of each row of the whole, in out_indptr[row + 1]. */
static ca_status count_whole(const ca_triangle *upper, int64_t *restrict out_indptr) {
    const int64_t *indptr = upper->indptr;
    for (int32_t i = 0; i <= upper->n; i++) out_indptr[i] = 0;
    for (int32_t i = 0; i < upper->n; i++) {
        if (indptr[i] > indptr[i + 1]) return CA_INVALID;
        out_indptr[i + 1] += indptr[i + 1] - indptr[i];
        for (int64_t k = indptr[i]; k < indptr[i + 1]; k++) {
            int32_t other = upper->indices[k];
            if (CA_UNLIKELY(other <= i || other >= upper->n)) return CA_INVALID;
            out_indptr[other + 1]++;
        }
    }
    return CA_OK;
}

/* Write row i, and what it says of the rows below. cursors[r] is where row r goes on. */
static inline void mirror_row(const ca_triangle *upper, int32_t i, int64_t *restrict cursors,
                              int32_t *restrict out_indices, int64_t *restrict out_values) {
    int64_t begin = upper->indptr[i], n = upper->indptr[i + 1] - begin, mine = cursors[i];
    const int32_t *others = upper->indices + begin;
    for (int64_t k = 0; k < n; k++) {
        int64_t value = upper->values != NULL ? upper->values[begin + k] : upper->few[begin + k];
        int64_t theirs = cursors[others[k]]++;
        out_indices[mine + k] = others[k];
        out_values[mine + k] = value;
        out_indices[theirs] = i;
        out_values[theirs] = value;
    }
    cursors[i] = mine + n;
}

/* Rows are read in order, so what is left of the diagonal in row i has been written when its turn
 * comes, in order. out_indptr[i + 1] is the cursor of row i, and ends up where the next begins. */
ca_status ca_cooc_mirror(const ca_triangle *upper, const ca_poll *poll, int64_t *out_indptr,
                         int32_t *out_indices, int64_t *out_values) {
    CA_TRY(count_whole(upper, out_indptr));
    int64_t begin = 0;
    for (int32_t i = 0; i < upper->n; i++) {
        int64_t mine = out_indptr[i + 1];
        out_indptr[i + 1] = begin;
        begin += mine;
    }
    size_t work = 0;
    for (int32_t i = 0; i < upper->n; i++) {
        mirror_row(upper, i, out_indptr + 1, out_indices, out_values);
        work += (size_t)(upper->indptr[i + 1] - upper->indptr[i]) + 1;
        if (work < CA_POLL_EVERY) continue;
        work = 0;
        if (ca_poll_stop(poll)) return CA_STOPPED;
    }
    return CA_OK;
}

/* ---- validating ---- */

/* Every meeting lies in a document, and may be one of several there. */
static const char *pair_fault(const ca_cooc *self, int32_t slot, int64_t k) {
    int32_t actor = self->indices[k], i = self->first + slot;
    if (actor < 0 || actor >= self->n_actors) return "an actor is unknown";
    if (actor == i) return "an actor meets itself";
    if (!self->directed && actor < i) return "a pair is not i < j";
    if (k != self->indptr[slot] && actor <= self->indices[k - 1]) return "pairs do not ascend";
    if ((self->units != NULL ? self->units[k] : self->few[k]) < 1) return "a pair never meets";
    if (self->sums != NULL && self->sums[k] < 0) return "a sum is negative";
    if (self->docs != NULL && (self->docs[k] < 1 || self->docs[k] > self->units[k]))
        return "docs exceed the meetings";
    return NULL;
}

/* Whether pointers begin at 0 and never descend. */
static bool pointers_ascend(const int64_t *indptr, size_t n_rows) {
    if (indptr == NULL) return n_rows == 0;
    for (size_t row = 0; row < n_rows; row++)
        if (indptr[row] > indptr[row + 1]) return false;
    return indptr[0] == 0;
}

bool ca_cooc_validate(const ca_cooc *self, const char **why) {
    const char *fault = NULL;
    int32_t n_rows = self->last - self->first;
    if (self->first < 0 || n_rows < 0 || self->last > self->n_actors)
        fault = "the range of actors is off";
    else if (!pointers_ascend(self->indptr, (size_t)n_rows))
        fault = "row pointers descend";
    for (int32_t slot = 0; fault == NULL && slot < n_rows; slot++)
        for (int64_t k = self->indptr[slot]; fault == NULL && k < self->indptr[slot + 1]; k++)
            fault = pair_fault(self, slot, k);
    if (fault != NULL) *why = fault;
    return fault == NULL;
}

void ca_cooc_reset(const ca_alloc *alloc, ca_cooc *self) {
    CA_FREE(alloc, self->indptr);
    CA_FREE(alloc, self->indices);
    CA_FREE(alloc, self->units);
    CA_FREE(alloc, self->few);
    CA_FREE(alloc, self->sums);
    CA_FREE(alloc, self->docs);
    *self = (ca_cooc){0};
}

/* ---- the board ---- */

static void release_board(ca_board *self) {
    const ca_alloc *alloc = self->alloc;
    CA_FREE(alloc, self->cells);
    CA_FREE(alloc, self->seen);
    CA_FREE(alloc, self->top);
    CA_FREE(alloc, self->at);
    CA_FREE(alloc, self->others);
    CA_FREE(alloc, self->docs);
    CA_FREE(alloc, self->weights);
}

static ca_status make_cells(ca_board *self) {
    size_t n = (size_t)self->out.n_actors, words = (n + 63) / 64;
    CA_TRY(CA_ZEROS(self->alloc, self->cells, n));
    CA_TRY(CA_ZEROS(self->alloc, self->seen, words));
    return CA_ZEROS(self->alloc, self->top, (words + 63) / 64);
}

static ca_status reserve_pairs(ca_board *self, size_t more) {
    ca_cooc *out = &self->out;
    size_t needed = self->n_pairs + more;
    CA_TRY(CA_GROW(self->alloc, out->indices, self->capacity[0], needed));
    CA_TRY(CA_GROW(self->alloc, out->units, self->capacity[1], needed));
    if (self->form.weighted) CA_TRY(CA_GROW(self->alloc, out->sums, self->capacity[2], needed));
    if (self->form.with_docs) CA_TRY(CA_GROW(self->alloc, out->docs, self->capacity[3], needed));
    self->room = needed;
    return CA_OK;
}

/* Where the meetings of each row wait: row r from at[r], until at[r] has grown to the next. */
static ca_status make_queue(ca_board *self, const int64_t *events) {
    size_t rows = (size_t)(self->out.last - self->out.first), total = 0;
    CA_TRY(CA_ZEROS(self->alloc, self->at, rows + 1));
    for (size_t r = 0; r < rows; r++) {
        self->at[r] = (int64_t)total;
        total += (size_t)events[(size_t)self->out.first + r];
    }
    CA_TRY(CA_RESIZE(self->alloc, self->others, total));
    if (self->form.with_docs) CA_TRY(CA_RESIZE(self->alloc, self->docs, total));
    if (self->form.weighted) CA_TRY(CA_RESIZE(self->alloc, self->weights, total));
    return reserve_pairs(self, total + 64); /* memory that is never touched costs nothing */
}

ca_status ca_board_open(ca_board *self, const ca_alloc *alloc, ca_cooc_form form, int32_t n_actors,
                        int32_t first, int32_t last, const int64_t *events, const ca_poll *poll) {
    if (first < 0 || last < first || last > n_actors) return CA_INVALID;
    *self = (ca_board){.alloc = alloc, .poll = poll, .form = form};
    self->out =
        (ca_cooc){.first = first, .last = last, .n_actors = n_actors, .directed = form.directed};
    ca_status status = make_cells(self);
    if (status == CA_OK && events != NULL) status = make_queue(self, events);
    if (status == CA_OK) status = CA_ZEROS(alloc, self->out.indptr, (size_t)(last - first) + 1);
    if (status != CA_OK) {
        release_board(self);
        ca_cooc_reset(alloc, &self->out);
    }
    return status;
}

/* Move one cell to place `n` of the table, where there is room. */
static void write_cell(ca_board *self, int32_t other, size_t n) {
    ca_cell *cell = &self->cells[other];
    self->out.indices[n] = other;
    self->out.units[n] = cell->units;
    if (self->form.weighted) self->out.sums[n] = cell->sum;
    if (self->form.with_docs) self->out.docs[n] = cell->docs;
    *cell = (ca_cell){0};
}

/* Move the cells that a word of `seen` marks. */
static ca_status write_word(ca_board *self, size_t word) {
    if (self->n_pairs + 64 > self->room) CA_TRY(reserve_pairs(self, 64));
    uint64_t bits = self->seen[word];
    int32_t base = (int32_t)(word * 64);
    size_t n = self->n_pairs;
    self->seen[word] = 0;
    for (; bits != 0; bits &= bits - 1, n++) {
        write_cell(self, base + (int32_t)ca_lowest_bit64(bits), n);
    }
    self->n_pairs = n;
    return CA_OK;
}

ca_status ca_board_write(ca_board *self, int32_t i) {
    size_t n_tops = ((size_t)self->out.n_actors + 4095) / 4096;
    for (size_t at = 0; at < n_tops; at++) {
        for (uint64_t bits = self->top[at]; bits != 0; bits &= bits - 1)
            CA_TRY(write_word(self, at * 64 + (size_t)ca_lowest_bit64(bits)));
        self->top[at] = 0;
    }
    self->out.indptr[i - self->out.first + 1] = (int64_t)self->n_pairs;
    return ca_board_did(self, n_tops);
}

ca_status ca_board_write_all(ca_board *self) {
    int64_t k = 0;
    for (int32_t i = self->out.first; i < self->out.last; i++) {
        int64_t end = self->at[i - self->out.first];
        CA_TRY(ca_board_did(self, (size_t)(end - k)));
        for (; k < end; k++)
            ca_board_tally(self, self->others[k], self->docs != NULL ? self->docs[k] : 0,
                           self->weights != NULL ? self->weights[k] : 1);
        CA_TRY(ca_board_write(self, i));
    }
    return CA_OK;
}

/* Give back what was reserved and not used. */
static ca_status fit_columns(ca_board *self) {
    ca_cooc *out = &self->out;
    CA_TRY(CA_RESIZE(self->alloc, out->indices, self->n_pairs));
    CA_TRY(CA_RESIZE(self->alloc, out->units, self->n_pairs));
    if (self->form.weighted) CA_TRY(CA_RESIZE(self->alloc, out->sums, self->n_pairs));
    if (self->form.with_docs) CA_TRY(CA_RESIZE(self->alloc, out->docs, self->n_pairs));
    return CA_OK;
}

ca_status ca_board_close(ca_board *self, ca_status status, ca_cooc *out) {
    if (status == CA_OK && self->overflow) status = CA_TOO_LARGE;
    release_board(self);
    if (status == CA_OK) status = fit_columns(self);
    if (status != CA_OK) {
        ca_cooc_reset(self->alloc, &self->out);
        return status;
    }
    *out = self->out;
    return CA_OK;
}
