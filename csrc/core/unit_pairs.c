#include "unit_pairs.h"

/* ---- counting meetings, and checking on the way ---- */

static bool row_valid(const ca_incidence *incidence, int64_t begin, int64_t end) {
    int32_t before = -1;
    for (int64_t k = begin; k < end; k++) {
        if (incidence->actors[k] <= before) return false;
        before = incidence->actors[k];
    }
    return before < incidence->n_actors;
}

static bool starts_before(const ca_incidence *incidence, int64_t i, int64_t j) {
    return incidence->firsts[i] < incidence->lasts[j];
}

/* How many meetings each actor of a row has in it: undirected, with those behind it. */
static void add_events(const ca_unit_pairs *self, int64_t begin, int64_t end, int64_t *events) {
    const ca_incidence *incidence = self->incidence;
    if (!self->form.directed) {
        for (int64_t k = begin; k < end; k++) events[incidence->actors[k]] += end - k - 1;
        return;
    }
    for (int64_t i = begin; i < end; i++)
        for (int64_t j = begin; j < end; j++)
            events[incidence->actors[i]] += i != j && starts_before(incidence, i, j);
}

ca_status ca_unit_pairs_events(const ca_unit_pairs *self, const ca_poll *poll, int64_t *events) {
    const ca_incidence *incidence = self->incidence;
    if (incidence->n_actors < 0) return CA_INVALID;
    if (!ca_indptr_valid(incidence->indptr, incidence->n_rows)) return CA_INVALID;
    if (self->form.directed && incidence->firsts == NULL) return CA_INVALID;
    size_t work = 0;
    for (size_t row = 0; row < incidence->n_rows; row++) {
        int64_t begin = incidence->indptr[row], end = incidence->indptr[row + 1];
        if (!row_valid(incidence, begin, end)) return CA_INVALID;
        add_events(self, begin, end, events);
        work += (size_t)(end - begin) + 1;
        if (work < CA_POLL_EVERY) continue;
        work = 0;
        if (ca_poll_stop(poll)) return CA_STOPPED;
    }
    return CA_OK;
}

/* ---- weights ---- */

static int64_t weight_of(const ca_unit_pairs *self, size_t row, int64_t i, int64_t j) {
    int64_t x = self->rule == CA_RULE_BINARY ? 1 : self->incidence->counts[i];
    int64_t y = self->rule == CA_RULE_BINARY ? 1 : self->incidence->counts[j];
    switch (self->rule) {
    case CA_RULE_MIN:
        return x < y ? x : y;
    case CA_RULE_PRODUCT:
        return x * y;
    case CA_RULE_FRACTIONAL: {
        int64_t others = self->named[row] - 1; /* at least the one that is met */
        return others < 1 ? CA_ONE : (CA_ONE + others / 2) / others;
    }
    default:
        return 1;
    }
}

/* ---- rows of the table, by going through all units ---- */

/* Let the meetings of entry i wait, with whom it stands in its unit. */
static void wait_for_entry(const ca_unit_pairs *self, size_t row, int64_t i, uint32_t doc,
                           ca_board *board) {
    const ca_incidence *incidence = self->incidence;
    int64_t end = incidence->indptr[row + 1];
    int64_t j = self->form.directed ? incidence->indptr[row] : i + 1;
    int32_t actor = incidence->actors[i];
    for (; j < end; j++) {
        if (self->form.directed && (i == j || !starts_before(incidence, i, j))) continue;
        int64_t weight = self->form.weighted ? weight_of(self, row, i, j) : 1;
        ca_board_wait(board, actor, incidence->actors[j], doc, weight);
    }
}

static ca_status wait_for_all(const ca_unit_pairs *self, ca_board *board) {
    const ca_incidence *incidence = self->incidence;
    int32_t first = board->out.first, last = board->out.last;
    uint32_t doc = 0;
    for (size_t row = 0; row < incidence->n_rows; row++) {
        int64_t k = incidence->indptr[row], end = incidence->indptr[row + 1];
        if (self->form.with_docs && row != 0 && incidence->docs[row] != incidence->docs[row - 1])
            if (++doc == UINT32_MAX) return CA_TOO_LARGE;
        CA_TRY(ca_board_did(board, (size_t)(end - k) + 1));
        while (k < end && incidence->actors[k] < first) k++;
        for (; k < end && incidence->actors[k] < last; k++)
            wait_for_entry(self, row, k, doc, board);
    }
    return CA_OK;
}

/* ---- rows of the table, by going through the units of each actor ---- */

/* Tally whom `actor` meets in a row that names it. Undirected, the row is read from its end: those
 * after the actor come first, and those before it are never touched. */
static ca_status tally_row(const ca_unit_pairs *self, size_t row, int32_t actor, uint32_t doc,
                           ca_board *board) {
    const ca_incidence *incidence = self->incidence;
    int64_t begin = incidence->indptr[row], end = incidence->indptr[row + 1], i = end - 1;
    while (incidence->actors[i] > actor) i--;
    int64_t from = self->form.directed ? begin : i + 1;
    for (int64_t j = from; j < end; j++) {
        if (self->form.directed && (i == j || !starts_before(incidence, i, j))) continue;
        ca_board_tally(board, incidence->actors[j], doc, weight_of(self, row, i, j));
    }
    return ca_board_did(board, (size_t)(end - from) + 1);
}

static ca_status tally_all(const ca_unit_pairs *self, const ca_postings *postings,
                           ca_board *board) {
    const int64_t *docs = self->incidence->docs, *rows = postings->rows;
    for (int32_t actor = board->out.first; actor < board->out.last; actor++) {
        int64_t begin = postings->indptr[actor], end = postings->indptr[actor + 1];
        if (end - begin >= UINT32_MAX) return CA_TOO_LARGE;
        uint32_t doc = 0;
        for (int64_t k = begin; k < end; k++) {
            doc += self->form.with_docs && k != begin && docs[rows[k]] != docs[rows[k - 1]];
            CA_TRY(tally_row(self, (size_t)rows[k], actor, doc, board));
        }
        CA_TRY(ca_board_write(board, actor));
    }
    return CA_OK;
}

ca_status ca_unit_pairs_rows(const ca_alloc *alloc, const ca_unit_pairs *self,
                             const ca_postings *postings, const int64_t *events, int32_t first,
                             int32_t last, const ca_poll *poll, ca_cooc *out) {
    int32_t n_actors = self->incidence->n_actors;
    if (postings != NULL && postings->n_actors != n_actors) return CA_INVALID;
    ca_board board;
    CA_TRY(ca_board_open(&board, alloc, self->form, n_actors, first, last,
                         postings != NULL ? NULL : events, poll));
    ca_status status;
    if (postings != NULL) {
        status = tally_all(self, postings, &board);
    } else {
        status = wait_for_all(self, &board);
        if (status == CA_OK) status = ca_board_write_all(&board);
    }
    return ca_board_close(&board, status, out);
}

/* ---- the short way ---- */

/* Check one row and count it: an entry is looked up in the table only once it is known to be in. */
static bool add_row(const int32_t *actors, int64_t n, size_t width, uint32_t *cells) {
    for (int64_t i = 0; i < n; i++) {
        size_t actor = (size_t)(uint32_t)actors[i];
        if (CA_UNLIKELY(actor >= width)) return false;
        if (i != 0 && CA_UNLIKELY(actors[i - 1] >= actors[i])) return false;
        cells[actor * (width + 1)]++;
        for (int64_t j = 0; j < i; j++) cells[(size_t)(uint32_t)actors[j] * width + actor]++;
    }
    return true;
}

ca_status ca_unit_pairs_dense(const ca_incidence *incidence, size_t first, size_t last,
                              const ca_poll *poll, uint32_t *cells) {
    size_t width = (size_t)incidence->n_actors, work = 0;
    int64_t begin = first < last ? incidence->indptr[first] : 0;
    for (size_t row = first; row < last; row++) {
        int64_t end = incidence->indptr[row + 1];
        size_t n = (size_t)(end - begin);
        if (!add_row(incidence->actors + begin, end - begin, width, cells)) return CA_INVALID;
        begin = end;
        work += n * n + 1;
        if (CA_LIKELY(work < CA_POLL_EVERY)) continue;
        work = 0;
        if (ca_poll_stop(poll)) return CA_STOPPED;
    }
    return CA_OK;
}

/* Add all tables into the first one's place in `sums`, and count the pairs that meet. */
static size_t sum_tables(const uint32_t *cells, size_t n_tables, size_t n_actors, int64_t *sums) {
    size_t pairs = 0, size = n_actors * n_actors;
    for (size_t i = 0; i < n_actors; i++) {
        for (size_t j = i; j < n_actors; j++) {
            int64_t sum = 0;
            for (size_t t = 0; t < n_tables; t++) sum += cells[t * size + i * n_actors + j];
            sums[i * n_actors + j] = sum;
            pairs += i != j && sum != 0;
        }
    }
    return pairs;
}

static void write_rows(const int64_t *sums, size_t n_actors, ca_cooc *out, int64_t *occurrences) {
    int64_t n = 0;
    for (size_t i = 0; i < n_actors; i++) {
        occurrences[i] = sums[i * n_actors + i];
        for (size_t j = i + 1; j < n_actors; j++) {
            int64_t sum = sums[i * n_actors + j];
            if (sum == 0) continue;
            out->indices[n] = (int32_t)j;
            out->units[n++] = sum;
        }
        out->indptr[i + 1] = n;
    }
}

ca_status ca_unit_pairs_sparse(const ca_alloc *alloc, const uint32_t *cells, size_t n_tables,
                               int32_t n_actors, ca_cooc *out, int64_t *occurrences) {
    if (n_actors < 0 || n_actors > CA_DENSE_ACTORS) return CA_INVALID;
    size_t n = (size_t)n_actors;
    int64_t *sums = NULL;
    ca_cooc fresh = {.last = n_actors, .n_actors = n_actors};
    CA_TRY(CA_RESIZE(alloc, sums, n * n));
    size_t pairs = sum_tables(cells, n_tables, n, sums);
    ca_status status = CA_ZEROS(alloc, fresh.indptr, n + 1);
    if (status == CA_OK) status = CA_RESIZE(alloc, fresh.indices, pairs);
    if (status == CA_OK) status = CA_RESIZE(alloc, fresh.units, pairs);
    if (status == CA_OK)
        write_rows(sums, n, &fresh, occurrences);
    else
        ca_cooc_reset(alloc, &fresh);
    CA_FREE(alloc, sums);
    if (status == CA_OK) *out = fresh;
    return status;
}
