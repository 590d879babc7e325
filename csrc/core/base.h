/* base.h - the words every part of the core speaks.
 *
 *     ca_status status = ca_thing_do(self, input, &output);   // CA_OK, or a reason
 *     CA_TRY(ca_thing_do(self, input, &output));               // the same, passed on
 *
 * The core is pure C11: it knows no Python, no files, no threads, and has no mutable globals.
 * Text is always a span (pointer, length); no string of the core ends in NUL.
 * This is the only header that asks which compiler is at work.
 */
#ifndef CA_BASE_H
#define CA_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__) || defined(__clang__)
#define CA_MUST_CHECK __attribute__((warn_unused_result))
#define CA_LIKELY(x) __builtin_expect(!!(x), 1)
#define CA_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define CA_PREFETCH(p) __builtin_prefetch(p)
#define CA_NOINLINE __attribute__((noinline))
#else
#define CA_MUST_CHECK
#define CA_LIKELY(x) (x)
#define CA_UNLIKELY(x) (x)
#define CA_PREFETCH(p) ((void)(p))
#define CA_NOINLINE
#endif

/* What a function that can fail returns. Where it is not CA_OK, the outputs are as before. */
typedef enum ca_status {
    CA_OK = 0,
    CA_NO_MEMORY, /* the allocator said no */
    CA_TOO_LARGE, /* a size or a count does not fit its type */
    CA_STOPPED,   /* the caller asked to stop (see ca_poll) */
    CA_INVALID    /* an argument breaks the contract of its header */
} ca_status;

/* Pass a failure on to the caller; only where nothing has to be released first. */
#define CA_TRY(expression)                                                                         \
    do {                                                                                           \
        ca_status ca_try_status = (expression);                                                    \
        if (ca_try_status != CA_OK) return ca_try_status;                                          \
    } while (0)

/* A borrowed span of bytes: it never owns what it points to. */
typedef struct ca_str {
    const uint8_t *ptr;
    size_t len;
} ca_str;

/* A question that every long loop asks now and then: shall I stop? A zero ca_poll never stops. */
typedef struct ca_poll {
    int (*stop)(void *ctx);
    void *ctx;
} ca_poll;

static inline int ca_poll_stop(const ca_poll *poll) {
    return poll != NULL && poll->stop != NULL && poll->stop(poll->ctx);
}

/* How much work (bytes of text, tokens, cells) may lie between two questions: some 0.1 ms. */
#define CA_POLL_EVERY ((size_t)64 * 1024)

/* The same once in CA_POLL_EVERY; *since is the work since then, to which `work` is added. */
static inline ca_status ca_poll_after(const ca_poll *poll, size_t *since, size_t work) {
    *since += work;
    if (*since < CA_POLL_EVERY) return CA_OK;
    *since = 0;
    return ca_poll_stop(poll) ? CA_STOPPED : CA_OK;
}

static inline bool ca_str_equal(ca_str a, ca_str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Round up to a multiple of a power of two; the caller knows that it does not wrap. */
static inline size_t ca_round_up(size_t n, size_t power) {
    return (n + power - 1) & ~(power - 1);
}

#endif
