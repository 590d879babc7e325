#include "kernels.h"

#include <stdatomic.h>

const ca_kernels *const ca_kernels_all[] = {&ca_kernels_avx512, &ca_kernels_avx2,
                                            &ca_kernels_scalar, NULL};

/* The one mutable variable of the core: which set is in use, NULL until somebody asks. Threads that
 * race to fill it store the same value. */
static _Atomic(const ca_kernels *) in_use;

static const ca_kernels *best(void) {
    size_t i = 0;
    while (!ca_kernels_all[i]->is_supported()) i++; /* the scalar one always is */
    return ca_kernels_all[i];
}

const ca_kernels *ca_kernels_get(void) {
    const ca_kernels *kernels = atomic_load_explicit(&in_use, memory_order_relaxed);
    if (kernels == NULL) {
        kernels = best();
        atomic_store_explicit(&in_use, kernels, memory_order_relaxed);
    }
    return kernels;
}

bool ca_kernels_force(const char *name) {
    const ca_kernels *kernels = name == NULL ? best() : NULL;
    for (size_t i = 0; kernels == NULL && ca_kernels_all[i] != NULL; i++) {
        if (strcmp(ca_kernels_all[i]->name, name) == 0 && ca_kernels_all[i]->is_supported())
            kernels = ca_kernels_all[i];
    }
    if (kernels == NULL) return false;
    atomic_store_explicit(&in_use, kernels, memory_order_relaxed);
    return true;
}
