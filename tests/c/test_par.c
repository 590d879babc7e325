#include "support.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "../../csrc/par/par.h"

#define MOST_THREADS 8

/* What the chunks of a test write; each chunk has its own place. */
typedef struct record {
    size_t n_chunks, n_workers;
    atomic_int *runs;   /* by chunk */
    size_t *worker;     /* by chunk */
    ca_status *answers; /* what each chunk answers; NULL: CA_OK */
    atomic_size_t last_of_worker[CA_PAR_MAX_WORKERS];
    atomic_int out_of_order;
    size_t wait_for; /* a chunk that answers CA_STOPPED once it is told to stop */
} record;

static void record_init(record *self, size_t n_chunks) {
    memset(self, 0, sizeof *self);
    self->n_chunks = n_chunks;
    self->runs = calloc(n_chunks + 1, sizeof *self->runs);
    self->worker = calloc(n_chunks + 1, sizeof *self->worker);
    self->answers = calloc(n_chunks + 1, sizeof *self->answers);
    assert_true(self->runs != NULL && self->worker != NULL && self->answers != NULL);
    self->wait_for = SIZE_MAX;
}

static void record_reset(record *self) {
    free(self->runs);
    free(self->worker);
    free(self->answers);
}

static ca_status run_chunk(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    record *self = ctx;
    atomic_fetch_add(&self->runs[chunk], 1);
    self->worker[chunk] = worker;
    if (atomic_exchange(&self->last_of_worker[worker], chunk + 1) > chunk)
        atomic_fetch_add(&self->out_of_order, 1);
    if (chunk == self->wait_for) {
        while (!ca_poll_stop(poll)) {
        }
        return CA_STOPPED;
    }
    return self->answers[chunk];
}

static ca_status run(record *self, size_t n_threads, const ca_poll *poll) {
    ca_par_job job = {.run = run_chunk, .ctx = self, .n_chunks = self->n_chunks};
    return ca_par_run(&job, n_threads, poll);
}

static void every_chunk_runs_once_on_any_number_of_threads(void **unused) {
    (void)unused;
    for (size_t n_threads = 1; n_threads <= MOST_THREADS; n_threads++) {
        record r;
        record_init(&r, 500);
        assert_int_equal(run(&r, n_threads, NULL), CA_OK);
        for (size_t i = 0; i < r.n_chunks; i++) {
            assert_int_equal(r.runs[i], 1);
            assert_true(r.worker[i] < ca_par_workers(n_threads, r.n_chunks));
        }
        assert_int_equal(r.out_of_order, 0); /* each worker takes them in rising order */
        record_reset(&r);
    }
}

static void one_thread_takes_them_in_order_itself(void **unused) {
    (void)unused;
    record r;
    record_init(&r, 50);
    assert_int_equal(run(&r, 1, NULL), CA_OK);
    for (size_t i = 0; i < r.n_chunks; i++) assert_int_equal(r.worker[i], 0);
    record_reset(&r);
}

static void no_chunk_is_no_work(void **unused) {
    (void)unused;
    for (size_t n_threads = 0; n_threads <= MOST_THREADS; n_threads++) {
        record r;
        record_init(&r, 0);
        assert_int_equal(run(&r, n_threads, NULL), CA_OK);
        record_reset(&r);
    }
}

static void there_are_no_more_workers_than_chunks(void **unused) {
    (void)unused;
    assert_int_equal(ca_par_workers(8, 3), 3);
    assert_int_equal(ca_par_workers(3, 8), 3);
    assert_int_equal(ca_par_workers(4, 0), 1);
    assert_int_equal(ca_par_workers(0, 4), 1);
    assert_int_equal(ca_par_workers(SIZE_MAX, SIZE_MAX), CA_PAR_MAX_WORKERS);
    record r;
    record_init(&r, 3);
    assert_int_equal(run(&r, 100, NULL), CA_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(r.runs[i], 1);
        assert_true(r.worker[i] < 3);
    }
    record_reset(&r);
}

static void the_status_is_that_of_the_lowest_chunk_that_failed(void **unused) {
    (void)unused;
    for (size_t n_threads = 1; n_threads <= MOST_THREADS; n_threads++) {
        record r;
        record_init(&r, 100);
        r.answers[0] = CA_INVALID; /* always runs, whoever else fails */
        for (size_t i = 1; i < 100; i++) r.answers[i] = CA_NO_MEMORY;
        assert_int_equal(run(&r, n_threads, NULL), CA_INVALID);
        record_reset(&r);
    }
}

static void no_chunk_is_begun_after_a_failure_was_seen(void **unused) {
    (void)unused;
    record r;
    record_init(&r, 100);
    r.answers[10] = CA_TOO_LARGE;
    assert_int_equal(run(&r, 1, NULL), CA_TOO_LARGE);
    for (size_t i = 0; i < 100; i++) assert_int_equal(r.runs[i], i <= 10);
    record_reset(&r);
}

/* A chunk that was told to stop because another one failed has not failed itself. */
static void a_failure_is_not_hidden_by_lower_chunks_that_it_stopped(void **unused) {
    (void)unused;
    record r;
    record_init(&r, 2);
    r.wait_for = 0; /* waits for the failure of chunk 1 */
    r.answers[1] = CA_NO_MEMORY;
    assert_int_equal(run(&r, 2, NULL), CA_NO_MEMORY);
    record_reset(&r);
}

/* Says stop from the n-th question on. */
typedef struct question {
    int asked, stop_at;
} question;

static int ask(void *ctx) {
    question *self = ctx;
    return ++self->asked >= self->stop_at;
}

static void the_callers_stop_reaches_all_workers(void **unused) {
    (void)unused;
    for (size_t n_threads = 1; n_threads <= MOST_THREADS; n_threads++) {
        record r;
        record_init(&r, 1000);
        r.wait_for = 0; /* runs until it is told to stop */
        question q = {.stop_at = 100};
        ca_poll poll = {ask, &q};
        assert_int_equal(run(&r, n_threads, &poll), CA_STOPPED);
        assert_int_equal(r.runs[0], 1);
        assert_true(q.asked >= q.stop_at);
        record_reset(&r);
    }
}

static void a_stop_before_the_first_chunk_runs_none(void **unused) {
    (void)unused;
    record r;
    record_init(&r, 10);
    question q = {.stop_at = 1};
    ca_poll poll = {ask, &q};
    assert_int_equal(run(&r, 1, &poll), CA_STOPPED);
    for (size_t i = 0; i < 10; i++) assert_int_equal(r.runs[i], 0);
    record_reset(&r);
}

static void a_poll_that_never_stops_changes_nothing(void **unused) {
    (void)unused;
    record r;
    record_init(&r, 100);
    question q = {.stop_at = 1 << 30};
    ca_poll poll = {ask, &q};
    assert_int_equal(run(&r, 4, &poll), CA_OK);
    assert_true(q.asked > 0);
    for (size_t i = 0; i < 100; i++) assert_int_equal(r.runs[i], 1);
    record_reset(&r);
}

/* A question that notes what it was told before each time. */
typedef struct watcher {
    size_t taken; /* written by ca_par_run_told */
    size_t last, n_seen;
    bool fell;
} watcher;

static int look(void *ctx) {
    watcher *self = ctx;
    if (self->taken < self->last) self->fell = true;
    self->last = self->taken;
    self->n_seen++;
    return 0;
}

static void the_caller_is_told_how_many_chunks_are_taken(void **unused) {
    (void)unused;
    for (size_t n_threads = 1; n_threads <= MOST_THREADS; n_threads++) {
        record r;
        record_init(&r, 300);
        watcher w = {.taken = 0};
        ca_poll poll = {look, &w};
        ca_par_job job = {.run = run_chunk, .ctx = &r, .n_chunks = r.n_chunks};
        assert_int_equal(ca_par_run_told(&job, n_threads, &poll, &w.taken), CA_OK);
        assert_true(w.n_seen > 0);
        assert_false(w.fell);
        assert_int_equal(w.taken, 300); /* never more than there are */
        record_reset(&r);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_chunk_runs_once_on_any_number_of_threads),
        cmocka_unit_test(one_thread_takes_them_in_order_itself),
        cmocka_unit_test(no_chunk_is_no_work),
        cmocka_unit_test(there_are_no_more_workers_than_chunks),
        cmocka_unit_test(the_status_is_that_of_the_lowest_chunk_that_failed),
        cmocka_unit_test(no_chunk_is_begun_after_a_failure_was_seen),
        cmocka_unit_test(a_failure_is_not_hidden_by_lower_chunks_that_it_stopped),
        cmocka_unit_test(the_callers_stop_reaches_all_workers),
        cmocka_unit_test(a_stop_before_the_first_chunk_runs_none),
        cmocka_unit_test(a_poll_that_never_stops_changes_nothing),
        cmocka_unit_test(the_caller_is_told_how_many_chunks_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
