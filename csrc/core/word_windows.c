#include "word_windows.h"

/* ---- pairs of mentions ---- */

/* Words from mention p to the later mention q, 0 or less where they overlap. */
static int64_t distance(const ca_word_windows *self, size_t p, size_t q) {
    return self->firsts[q] - self->ends[p] + 1;
}

/* Whether q, after p, may still be in reach of p: then so may what lies between the two. */
static bool in_reach(const ca_word_windows *self, size_t p, size_t q) {
    return q < self->n && self->segments[q] == self->segments[p] &&
           distance(self, p, q) <= self->reach;
}

static int64_t weight_at(const ca_word_windows *self, int64_t d) {
    return self->weights != NULL ? self->weights[d - 1] : 1;
}

static void swap(int32_t *i, int32_t *j) {
    int32_t kept = *i;
    *i = *j;
    *j = kept;
}

/* ---- checking, and counting meetings ---- */

static bool mention_valid(const ca_word_windows *self, size_t p) {
    if (self->actors[p] < 0 || self->actors[p] >= self->n_actors) return false;
    if (self->firsts[p] < 0 || self->ends[p] <= self->firsts[p]) return false;
    if (p == 0) return true;
    if (self->docs[p] < self->docs[p - 1] || self->segments[p] < self->segments[p - 1])
        return false;
    if (self->segments[p] != self->segments[p - 1]) return true;
    return self->docs[p] == self->docs[p - 1] && self->firsts[p] >= self->firsts[p - 1];
}

static bool weights_valid(const ca_word_windows *self) {
    if (self->reach < 1 || self->n_actors < 0) return false;
    if (self->form.weighted != (self->weights != NULL)) return false;
    for (int64_t d = 0; self->weights != NULL && d < self->reach; d++)
        if (self->weights[d] < 0) return false;
    return true;
}

/* Count the pair p, q, which is in reach; false where a sum overflows. */
static bool count_pair(const ca_word_windows *self, size_t p, size_t q, int64_t *events,
                       int64_t *selves) {
    int32_t i = self->actors[p], j = self->actors[q];
    int64_t d = distance(self, p, q), weight = d > 0 ? weight_at(self, d) : 0;
    if (weight == 0) return true;
    if (i == j) {
        if (self->repeats != NULL && (self->repeats[p] || self->repeats[q])) return true;
        if (selves[i] > INT64_MAX - weight) return false;
        selves[i] += weight;
        return true;
    }
    if (!self->form.directed && i > j) swap(&i, &j);
    events[i]++;
    return true;
}

ca_status ca_word_windows_events(const ca_word_windows *self, const ca_poll *poll, int64_t *events,
                                 int64_t *selves) {
    if (!weights_valid(self)) return CA_INVALID;
    for (size_t p = 0; p < self->n; p++)
        if (!mention_valid(self, p)) return CA_INVALID;
    size_t work = 0;
    for (size_t p = 0; p < self->n; p++) {
        for (size_t q = p + 1; in_reach(self, p, q); q++, work++)
            if (!count_pair(self, p, q, events, selves)) return CA_TOO_LARGE;
        if (++work < CA_POLL_EVERY) continue;
        work = 0;
        if (ca_poll_stop(poll)) return CA_STOPPED;
    }
    return CA_OK;
}

/* ---- rows of the table ---- */

static void wait_for_pair(const ca_word_windows *self, size_t p, size_t q, uint32_t doc,
                          ca_board *board) {
    int32_t i = self->actors[p], j = self->actors[q];
    int64_t d = distance(self, p, q), weight = d > 0 ? weight_at(self, d) : 0;
    if (weight == 0 || i == j) return;
    if (!self->form.directed && i > j) swap(&i, &j);
    if (i >= board->out.first && i < board->out.last) ca_board_wait(board, i, j, doc, weight);
}

static ca_status wait_for_all(const ca_word_windows *self, ca_board *board) {
    uint32_t doc = 0;
    for (size_t p = 0; p < self->n; p++) {
        size_t q = p + 1;
        if (p != 0 && self->docs[p] != self->docs[p - 1] && ++doc == UINT32_MAX)
            return CA_TOO_LARGE;
        for (; in_reach(self, p, q); q++) wait_for_pair(self, p, q, doc, board);
        CA_TRY(ca_board_did(board, q - p));
    }
    return CA_OK;
}

ca_status ca_word_windows_rows(const ca_alloc *alloc, const ca_word_windows *self,
                               const int64_t *events, int32_t first, int32_t last,
                               const ca_poll *poll, ca_cooc *out) {
    ca_board board;
    CA_TRY(ca_board_open(&board, alloc, self->form, self->n_actors, first, last, events, poll));
    ca_status status = wait_for_all(self, &board);
    if (status == CA_OK) status = ca_board_write_all(&board);
    return ca_board_close(&board, status, out);
}
