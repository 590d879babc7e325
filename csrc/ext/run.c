#include "ext.h"

#include <time.h>

#define WATCHER "coactor.watcher"

/* How long the caller works before it takes the GIL back to see whether Ctrl-C was pressed. */
#define ASK_EVERY_MS 40

typedef struct caller {
    struct timespec asked;
    PyObject *watcher; /* who wants to know how far the work is: owned; NULL for nobody */
    size_t taken, n_chunks;
    bool interrupted;
} caller;

/* ---- who watches: for each thread of Python one, in the dict that it has for such things ---- */

static PyObject *current_watcher(void) {
    PyObject *held = PyThreadState_GetDict(); /* borrowed; NULL: none could be made */
    PyObject *watcher = held != NULL ? PyDict_GetItemString(held, WATCHER) : NULL;
    return watcher != Py_None ? watcher : NULL;
}

PyObject *ext_watch(PyObject *module, PyObject *watcher) {
    (void)module;
    PyObject *held = PyThreadState_GetDict();
    if (held == NULL) return PyErr_NoMemory();
    PyObject *before = Py_XNewRef(current_watcher());
    if (PyDict_SetItemString(held, WATCHER, watcher) < 0) {
        Py_XDECREF(before);
        return NULL;
    }
    return before != NULL ? before : Py_NewRef(Py_None);
}

/* With the GIL: false with an exception set if the watcher raises. Of one chunk there is nothing
 * to tell. */
static bool tell(const caller *self) {
    if (self->watcher == NULL || self->n_chunks < 2) return true;
    Py_ssize_t taken = (Py_ssize_t)self->taken, n = (Py_ssize_t)self->n_chunks;
    PyObject *answer = PyObject_CallFunction(self->watcher, "nn", taken, n);
    Py_XDECREF(answer);
    return answer != NULL;
}

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
    if (PyErr_CheckSignals() != 0 || !tell(self)) self->interrupted = true;
    PyGILState_Release(gil);
    return self->interrupted;
}

ca_status ext_run(const ca_par_job *job, size_t n_threads) {
    caller self = {.watcher = Py_XNewRef(current_watcher()), .n_chunks = job->n_chunks};
    timespec_get(&self.asked, TIME_UTC);
    ca_poll poll = {.stop = python_wants_stop, .ctx = &self};
    ca_status status;
    Py_BEGIN_ALLOW_THREADS status = ca_par_run_told(job, n_threads, &poll, &self.taken);
    Py_END_ALLOW_THREADS Py_XDECREF(self.watcher);
    return status;
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
