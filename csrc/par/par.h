/* par.h - run numbered chunks on threads; the only place that knows threads.
 *
 *     ca_par_job job = {.run = count_chunk, .ctx = &work, .n_chunks = n};
 *     CA_TRY(ca_par_run(&job, n_threads, &poll));
 *
 *     chunk   0    1    2    3    4 ...      fixed by the data, never by the number of threads
 *     worker  0    1    1    0    0 ...      whoever is free takes the next
 *
 * A chunk writes only to memory that belongs to its chunk or to its worker, so results are the
 * same for any number of threads once they are merged in the order of the chunks. No thread is
 * alive between two calls, so a process may fork at any time outside of one.
 */
#ifndef CA_PAR_H
#define CA_PAR_H

#include "../core/base.h"

/* Threads of one call, the caller among them. More are not of use to texts in memory. */
#define CA_PAR_MAX_WORKERS 256

typedef struct ca_par_job {
    /* Do chunk `chunk` as worker `worker` (below ca_par_workers). Ask `poll` now and then. */
    ca_status (*run)(void *ctx, size_t chunk, size_t worker, const ca_poll *poll);
    void *ctx;
    size_t n_chunks;
} ca_par_job;

/* How many workers a call with these arguments can have: at least 1, at most n_chunks. */
size_t ca_par_workers(size_t n_threads, size_t n_chunks);

/* Run all chunks; each worker takes them in rising order. The caller is worker 0, and the only
 * one that asks `poll` (at least every 20 ms, also while it waits for others); if it says stop,
 * all workers are told and CA_STOPPED comes back. Where chunks fail, the status is that of the
 * lowest one that did. If a thread cannot be started, fewer run. */
CA_MUST_CHECK ca_status ca_par_run(const ca_par_job *job, size_t n_threads, const ca_poll *poll);

/* The same, for a caller who wants to say how far it is: before each question to `poll`, *taken is
 * the number of chunks that some worker has taken. It is the caller's alone: written by worker 0,
 * and to be read by `poll` or after the call. */
CA_MUST_CHECK ca_status ca_par_run_told(const ca_par_job *job, size_t n_threads,
                                        const ca_poll *poll, size_t *taken);

#endif
