/* nanosleep is POSIX; Windows has its own branch below. */
#define _POSIX_C_SOURCE 200809L

#include "par.h"

#include <stdatomic.h>

size_t ca_par_workers(size_t n_threads, size_t n_chunks) {
    size_t workers = n_threads < n_chunks ? n_threads : n_chunks;
    if (workers > CA_PAR_MAX_WORKERS) workers = CA_PAR_MAX_WORKERS;
    return workers > 0 ? workers : 1;
}

/* What the workers of one call share. */
typedef struct crew {
    const ca_par_job *job;
    const ca_poll *poll; /* the caller's question; asked by worker 0 only */
    size_t *taken;       /* what the caller wants to be told, by worker 0 only; may be NULL */
    atomic_size_t next;  /* the next chunk nobody has taken */
    atomic_bool stop;
    atomic_size_t failed_chunk; /* lowest chunk that failed; n_chunks if none */
    _Atomic(int) failed_status;
    atomic_flag failure_lock;
    atomic_size_t n_busy; /* workers other than the caller that are not done */
} crew;

static void tell_taken(crew *self) {
    if (self->taken == NULL) return;
    size_t next = atomic_load_explicit(&self->next, memory_order_relaxed);
    *self->taken = next < self->job->n_chunks ? next : self->job->n_chunks;
}

static int caller_wants_stop(void *ctx) {
    crew *self = ctx;
    tell_taken(self);
    if (!atomic_load_explicit(&self->stop, memory_order_relaxed) && ca_poll_stop(self->poll))
        atomic_store_explicit(&self->stop, true, memory_order_relaxed);
    return atomic_load_explicit(&self->stop, memory_order_relaxed);
}

static int crew_wants_stop(void *ctx) {
    crew *self = ctx;
    return atomic_load_explicit(&self->stop, memory_order_relaxed);
}

/* A chunk that was told to stop has not failed: it must not hide the failure that stopped it. */
static void note_failure(crew *self, size_t chunk, ca_status status) {
    atomic_store(&self->stop, true);
    if (status == CA_STOPPED) return;
    while (atomic_flag_test_and_set_explicit(&self->failure_lock, memory_order_acquire)) {
    }
    if (chunk < atomic_load(&self->failed_chunk)) {
        atomic_store(&self->failed_chunk, chunk);
        atomic_store(&self->failed_status, (int)status);
    }
    atomic_flag_clear_explicit(&self->failure_lock, memory_order_release);
}

static void work(crew *self, size_t worker, const ca_poll *poll) {
    while (!ca_poll_stop(poll)) {
        size_t chunk = atomic_fetch_add(&self->next, 1);
        if (chunk >= self->job->n_chunks) return;
        ca_status status = self->job->run(self->job->ctx, chunk, worker, poll);
        if (status != CA_OK) note_failure(self, chunk, status);
    }
}

#if defined(_WIN32)
/* No threads are started on Windows: the caller does all the work. */
static void run_crew(crew *self, size_t n_workers) {
    (void)n_workers;
    work(self, 0, &(ca_poll){caller_wants_stop, self});
}
#else
#include <pthread.h>
#include <time.h>

typedef struct member {
    crew *crew;
    size_t worker;
    pthread_t thread;
} member;

static void *member_main(void *ctx) {
    member *self = ctx;
    work(self->crew, self->worker, &(ca_poll){crew_wants_stop, self->crew});
    atomic_fetch_sub_explicit(&self->crew->n_busy, 1, memory_order_release);
    return NULL;
}

/* The caller's own work is done; keep asking the question until the others are done too. */
static void wait_for_members(crew *self) {
    const struct timespec pause = {.tv_sec = 0, .tv_nsec = 50 * 1000};
    while (atomic_load_explicit(&self->n_busy, memory_order_acquire) > 0) {
        caller_wants_stop(self);
        nanosleep(&pause, NULL);
    }
}

static void run_crew(crew *self, size_t n_workers) {
    member members[CA_PAR_MAX_WORKERS];
    size_t started = 0;
    for (size_t worker = 1; worker < n_workers; worker++) {
        members[started] = (member){.crew = self, .worker = worker};
        atomic_fetch_add(&self->n_busy, 1);
        if (pthread_create(&members[started].thread, NULL, member_main, &members[started]) != 0) {
            atomic_fetch_sub(&self->n_busy, 1);
            break;
        }
        started++;
    }
    work(self, 0, &(ca_poll){caller_wants_stop, self});
    wait_for_members(self);
    for (size_t i = 0; i < started; i++) pthread_join(members[i].thread, NULL);
}
#endif

ca_status ca_par_run(const ca_par_job *job, size_t n_threads, const ca_poll *poll) {
    return ca_par_run_told(job, n_threads, poll, NULL);
}

ca_status ca_par_run_told(const ca_par_job *job, size_t n_threads, const ca_poll *poll,
                          size_t *taken) {
    crew self = {.job = job, .poll = poll, .taken = taken, .failure_lock = ATOMIC_FLAG_INIT};
    atomic_init(&self.failed_chunk, job->n_chunks);
    run_crew(&self, ca_par_workers(n_threads, job->n_chunks));
    if (atomic_load(&self.failed_chunk) < job->n_chunks)
        return (ca_status)atomic_load(&self.failed_status);
    return atomic_load(&self.stop) ? CA_STOPPED : CA_OK;
}
