#include "incidence.h"

/* Whether it is time to ask, and the answer is yes. */
static bool stop_at(const ca_poll *poll, size_t step) {
    return CA_UNLIKELY(step % CA_POLL_EVERY == CA_POLL_EVERY - 1) && ca_poll_stop(poll);
}

/* Check the contract of ca_incidence_rows; count the units and the mentions of the longest. */
static ca_status check_rows(const ca_incidence_rows *rows, int32_t n_actors, const ca_poll *poll,
                            size_t *n_units, size_t *longest) {
    size_t units = 0, begin = 0, most = 0;
    for (size_t k = 0; k < rows->n; k++) {
        if (stop_at(poll, k)) return CA_STOPPED;
        if (rows->actors[k] < 0 || rows->actors[k] >= n_actors) return CA_INVALID;
        if (k != 0 && rows->units[k] < rows->units[k - 1]) return CA_INVALID;
        if (k != 0 && rows->docs[k] < rows->docs[k - 1]) return CA_INVALID;
        bool same_unit = k != 0 && rows->units[k] == rows->units[k - 1];
        if (same_unit && rows->docs[k] != rows->docs[k - 1]) return CA_INVALID;
        if (same_unit && rows->starts != NULL && rows->starts[k] < rows->starts[k - 1])
            return CA_INVALID;
        units += !same_unit;
        if (!same_unit) begin = k;
        if (k - begin >= most) most = k - begin + 1;
    }
    *n_units = units;
    *longest = most;
    return CA_OK;
}

/* ---- sorting the mentions of one unit ---- */

enum { RUN = 16 }; /* what insertion sorts faster than merging; most units have fewer mentions */

static void sort_run(int32_t *items, size_t n) {
    for (size_t i = 1; i < n; i++) {
        int32_t item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1] > item; at--) items[at] = items[at - 1];
        items[at] = item;
    }
}

static void merge(const int32_t *items, size_t n, size_t middle, int32_t *out) {
    size_t left = 0, right = middle;
    for (size_t k = 0; k < n; k++) {
        bool take_left = right == n || (left < middle && items[left] <= items[right]);
        out[k] = items[take_left ? left++ : right++];
    }
}

/* Sort `items` by runs, then merge runs two by two, to and fro between `items` and `spare`;
 * *sorted is the one of the two that the last round wrote. */
static ca_status sort_actors(int32_t *items, int32_t *spare, size_t n, const ca_poll *poll,
                             const int32_t **sorted) {
    for (size_t at = 0; at < n; at += RUN) sort_run(items + at, n - at < RUN ? n - at : RUN);
    for (size_t width = RUN; width < n; width *= 2) {
        if (ca_poll_stop(poll)) return CA_STOPPED;
        for (size_t at = 0; at < n; at += 2 * width) {
            size_t both = n - at < 2 * width ? n - at : 2 * width;
            merge(items + at, both, both < width ? both : width, spare + at);
        }
        int32_t *swap = items;
        items = spare;
        spare = swap;
    }
    *sorted = items;
    return CA_OK;
}

/* ---- building ---- */

/* Append the actors of one unit, equal ones counted, at *end; room is there. */
static ca_status append_row(const int32_t *sorted, size_t n, ca_incidence *self, int64_t *end) {
    int64_t at = *end;
    for (size_t k = 0, equal = 1; k < n; k += equal, equal = 1) {
        while (k + equal < n && sorted[k + equal] == sorted[k]) equal++;
        if (equal > INT32_MAX) return CA_TOO_LARGE;
        self->actors[at] = sorted[k];
        self->counts[at++] = (int32_t)equal;
    }
    *end = at;
    return CA_OK;
}

/* The entry of an actor among those of a row; it is there. */
static int64_t entry_of(const ca_incidence *self, int64_t begin, int64_t end, int32_t actor) {
    while (end - begin > 1) {
        int64_t middle = begin + (end - begin) / 2;
        if (self->actors[middle] <= actor)
            begin = middle;
        else
            end = middle;
    }
    return begin;
}

/* Note where the first and the last mention of each actor of a row start: mentions k .. k + n - 1
 * are those of the entries begin .. end - 1. */
static void note_starts(const ca_incidence_rows *rows, size_t k, size_t n, int64_t begin,
                        int64_t end, ca_incidence *self) {
    for (int64_t at = begin; at < end; at++) self->firsts[at] = INT64_MAX;
    for (size_t last = k + n; k < last; k++) {
        int64_t at = entry_of(self, begin, end, rows->actors[k]);
        if (self->firsts[at] == INT64_MAX) self->firsts[at] = rows->starts[k];
        self->lasts[at] = rows->starts[k];
    }
}

/* `items` and `spare` have room for the longest unit. */
static ca_status fill_rows(const ca_incidence_rows *rows, int32_t *items, int32_t *spare,
                           const ca_poll *poll, ca_incidence *self) {
    int64_t end = 0;
    size_t work = 0;
    for (size_t row = 0, k = 0, n = 0; row < self->n_rows; row++, k += n) {
        n = 1;
        while (k + n < rows->n && rows->units[k + n] == rows->units[k]) n++;
        memcpy(items, rows->actors + k, n * sizeof *items);
        const int32_t *sorted = NULL;
        CA_TRY(sort_actors(items, spare, n, poll, &sorted));
        self->indptr[row] = end;
        self->units[row] = rows->units[k];
        self->docs[row] = rows->docs[k];
        CA_TRY(append_row(sorted, n, self, &end));
        if (self->firsts != NULL) note_starts(rows, k, n, self->indptr[row], end, self);
        work += n;
        if (work < CA_POLL_EVERY) continue;
        work = 0;
        if (ca_poll_stop(poll)) return CA_STOPPED;
    }
    self->indptr[self->n_rows] = end;
    return CA_OK;
}

static ca_status make_room(const ca_alloc *alloc, size_t n_entries, bool with_starts,
                           ca_incidence *self) {
    if (with_starts) {
        CA_TRY(CA_RESIZE(alloc, self->firsts, n_entries));
        CA_TRY(CA_RESIZE(alloc, self->lasts, n_entries));
    }
    CA_TRY(CA_RESIZE(alloc, self->indptr, self->n_rows + 1));
    CA_TRY(CA_RESIZE(alloc, self->units, self->n_rows));
    CA_TRY(CA_RESIZE(alloc, self->docs, self->n_rows));
    CA_TRY(CA_RESIZE(alloc, self->actors, n_entries));
    return CA_RESIZE(alloc, self->counts, n_entries);
}

ca_status ca_incidence_build(const ca_alloc *alloc, const ca_incidence_rows *rows, int32_t n_actors,
                             const ca_poll *poll, ca_incidence *out) {
    if (n_actors < 0) return CA_INVALID;
    ca_incidence fresh = {.n_actors = n_actors};
    size_t longest = 0;
    CA_TRY(check_rows(rows, n_actors, poll, &fresh.n_rows, &longest));
    int32_t *items = NULL, *spare = NULL;
    ca_status status = make_room(alloc, rows->n, rows->starts != NULL, &fresh);
    if (status == CA_OK) status = CA_RESIZE(alloc, items, longest);
    if (status == CA_OK) status = CA_RESIZE(alloc, spare, longest);
    if (status == CA_OK) status = fill_rows(rows, items, spare, poll, &fresh);
    CA_FREE(alloc, items);
    CA_FREE(alloc, spare);
    if (status != CA_OK) {
        ca_incidence_reset(alloc, &fresh);
        return status;
    }
    *out = fresh;
    return CA_OK;
}

/* ---- turning round ---- */

/* A counting sort. The postings' indptr serves as the cursor of each actor while rows are dealt
 * out, and ends up shifted by one actor; the last lines shift it back. */
static ca_status deal_rows(const ca_incidence *self, int64_t n_entries, const ca_poll *poll,
                           ca_postings *out) {
    size_t n_actors = (size_t)out->n_actors;
    for (int64_t k = 0; k < n_entries; k++) {
        if (stop_at(poll, (size_t)k)) return CA_STOPPED;
        out->indptr[self->actors[k] + 1]++;
    }
    for (size_t i = 0; i < n_actors; i++) out->indptr[i + 1] += out->indptr[i];
    for (size_t row = 0; row < self->n_rows; row++) {
        for (int64_t k = self->indptr[row]; k < self->indptr[row + 1]; k++) {
            if (stop_at(poll, (size_t)k)) return CA_STOPPED;
            out->rows[out->indptr[self->actors[k]]++] = (int64_t)row;
        }
    }
    memmove(out->indptr + 1, out->indptr, n_actors * sizeof *out->indptr);
    out->indptr[0] = 0;
    return CA_OK;
}

ca_status ca_incidence_transpose(const ca_alloc *alloc, const ca_incidence *self,
                                 const ca_poll *poll, ca_postings *out) {
    int64_t n_entries = self->n_rows != 0 ? self->indptr[self->n_rows] : 0;
    ca_postings fresh = {.n_actors = self->n_actors};
    ca_status status = CA_ZEROS(alloc, fresh.indptr, (size_t)self->n_actors + 1);
    if (status == CA_OK) status = CA_RESIZE(alloc, fresh.rows, (size_t)n_entries);
    if (status == CA_OK) status = deal_rows(self, n_entries, poll, &fresh);
    if (status != CA_OK) {
        ca_postings_reset(alloc, &fresh);
        return status;
    }
    *out = fresh;
    return CA_OK;
}

/* ---- margins ---- */

ca_status ca_incidence_margins(const ca_alloc *alloc, const ca_incidence *self, const ca_poll *poll,
                               int64_t *occurrences, int64_t *actor_docs) {
    int64_t *lasts = NULL; /* the last row that named the actor, plus one */
    CA_TRY(CA_ZEROS(alloc, lasts, (size_t)self->n_actors));
    for (int32_t i = 0; i < self->n_actors; i++) occurrences[i] = actor_docs[i] = 0;
    ca_status status = CA_OK;
    for (size_t row = 0; row < self->n_rows && status == CA_OK; row++) {
        if (stop_at(poll, row)) status = CA_STOPPED;
        for (int64_t k = self->indptr[row]; k < self->indptr[row + 1]; k++) {
            int32_t actor = self->actors[k];
            int64_t last = lasts[actor];
            occurrences[actor]++;
            actor_docs[actor] += last == 0 || self->docs[last - 1] != self->docs[row];
            lasts[actor] = (int64_t)row + 1;
        }
    }
    CA_FREE(alloc, lasts);
    return status;
}

/* ---- validating ---- */

bool ca_indptr_valid(const int64_t *indptr, size_t n_rows) {
    if (indptr == NULL) return n_rows == 0;
    for (size_t row = 0; row < n_rows; row++)
        if (indptr[row] > indptr[row + 1]) return false;
    return indptr[0] == 0;
}

static const char *row_fault(const ca_incidence *self, size_t row) {
    int64_t begin = self->indptr[row], end = self->indptr[row + 1];
    if (begin == end) return "a row is empty";
    if (row != 0 && self->units[row] <= self->units[row - 1]) return "units do not ascend";
    if (row != 0 && self->docs[row] < self->docs[row - 1]) return "documents descend";
    for (int64_t k = begin; k < end; k++) {
        if (self->actors[k] < 0 || self->actors[k] >= self->n_actors) return "an actor is unknown";
        if (k != begin && self->actors[k] <= self->actors[k - 1]) return "actors do not ascend";
        if (self->counts[k] <= 0) return "a count is not positive";
        if (self->firsts != NULL && self->firsts[k] > self->lasts[k]) return "starts descend";
    }
    return NULL;
}

bool ca_incidence_validate(const ca_incidence *self, const char **why) {
    const char *fault = NULL;
    if (self->n_actors < 0) fault = "the number of actors is negative";
    if (!ca_indptr_valid(self->indptr, self->n_rows)) fault = "row pointers descend";
    for (size_t row = 0; fault == NULL && row < self->n_rows; row++) fault = row_fault(self, row);
    if (fault != NULL) *why = fault;
    return fault == NULL;
}

static const char *posting_fault(const ca_postings *self, int32_t actor) {
    int64_t begin = self->indptr[actor], end = self->indptr[actor + 1];
    for (int64_t k = begin; k < end; k++) {
        if (self->rows[k] < 0) return "a row is negative";
        if (k != begin && self->rows[k] <= self->rows[k - 1]) return "rows do not ascend";
    }
    return NULL;
}

bool ca_postings_validate(const ca_postings *self, const char **why) {
    const char *fault = NULL;
    if (self->n_actors < 0)
        fault = "the number of actors is negative";
    else if (!ca_indptr_valid(self->indptr, (size_t)self->n_actors))
        fault = "actor pointers descend";
    for (int32_t i = 0; fault == NULL && i < self->n_actors; i++) fault = posting_fault(self, i);
    if (fault != NULL) *why = fault;
    return fault == NULL;
}

void ca_incidence_reset(const ca_alloc *alloc, ca_incidence *self) {
    CA_FREE(alloc, self->indptr);
    CA_FREE(alloc, self->actors);
    CA_FREE(alloc, self->counts);
    CA_FREE(alloc, self->firsts);
    CA_FREE(alloc, self->lasts);
    CA_FREE(alloc, self->units);
    CA_FREE(alloc, self->docs);
    *self = (ca_incidence){0};
}

void ca_postings_reset(const ca_alloc *alloc, ca_postings *self) {
    CA_FREE(alloc, self->indptr);
    CA_FREE(alloc, self->rows);
    *self = (ca_postings){0};
}
