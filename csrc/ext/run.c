#include "ext.h"

#include <time.h>

/* How long the caller works before it takes the GIL back to see whether Ctrl-C was pressed. */
#define ASK_EVERY_MS 40

typedef struct caller {
    struct timespec asked;
    bool interrupted;
} caller;

static long elapsed_ms(const struct timespec *since, const struct timespec *now) {
    return (long)(now->tv_sec - since->tv_sec) * 1000 + (now->tv_nsec - since->tv_nsec) / 1000000;
}

static int python_wants_stop(void *ctx) {
    caller *self = ctx;
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    long elapsed = elapsed_ms(&self->asked, &now);
    if (elapsed >= 0 && elapsed < ASK_EVERY_MS) return self->interrupted;
    self->asked = now;
    PyGILState_STATE gil = PyGILState_Ensure();
    if (PyErr_CheckSignals() != 0) self->interrupted = true;
    PyGILState_Release(gil);
    return self->interrupted;
}

ca_status ext_run(const ca_par_job *job, size_t n_threads) {
    caller self = {.interrupted = false};
    timespec_get(&self.asked, TIME_UTC);
    ca_poll poll = {.stop = python_wants_stop, .ctx = &self};
    ca_status status;
    Py_BEGIN_ALLOW_THREADS status = ca_par_run(job, n_threads, &poll);
    Py_END_ALLOW_THREADS return status;
}

int ext_threads(PyObject *object, void *out) {
    Py_ssize_t n = PyNumber_AsSsize_t(object, PyExc_OverflowError);
    if (n == -1 && PyErr_Occurred()) return 0;
    if (n < 1) {
        PyErr_Format(PyExc_ValueError, "threads must be at least 1, got %zd", n);
        return 0;
    }
    *(size_t *)out = (size_t)n;
    return 1;
}

PyObject *ext_raise(ca_status status, const char *what) {
    if (PyErr_Occurred()) return NULL;
    switch (status) {
    case CA_NO_MEMORY:
        PyErr_NoMemory();
        break;
    case CA_TOO_LARGE:
        PyErr_Format(PyExc_OverflowError, "%s: too large", what);
        break;
    case CA_STOPPED:
        PyErr_SetNone(PyExc_KeyboardInterrupt);
        break;
    case CA_INVALID:
        PyErr_Format(PyExc_ValueError, "%s: invalid input", what);
        break;
    default:
        PyErr_Format(PyExc_SystemError, "%s: status %d", what, (int)status);
    }
    return NULL;
}
