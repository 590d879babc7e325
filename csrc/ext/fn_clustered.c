/* _core.cluster_sums: units by cluster -> the sums that the clustered test is made from. */
#include "ext.h"

#include "../core/clustered.h"

/* Fixed, so that the cut does not depend on the number of threads; enough for any of them to find
 * work while one chews on the most frequent actor. */
enum { N_PARTS = 64, N_SUMS = sizeof(ca_cluster_sums) / sizeof(int64_t) };

typedef struct summing {
    ca_alloc alloc;
    ca_incidence units, clusters; /* units is borrowed */
    ca_postings unit_rows, cluster_rows;
    ca_incidence_rows entries;
    ca_clustering clustering;
    int32_t bounds[N_PARTS + 1];
    ca_clustered parts[N_PARTS];
} summing;

/* Cut the actors so that each part has about as many entries. */
static void cut(summing *self) {
    const int64_t *indptr = self->unit_rows.indptr;
    int32_t n_actors = self->units.n_actors, actor = 0;
    int64_t entries = indptr[n_actors];
    for (int p = 0; p < N_PARTS; p++) {
        while (actor < n_actors && indptr[actor] < entries / N_PARTS * p) actor++;
        self->bounds[p] = actor;
    }
    self->bounds[0] = 0;
    self->bounds[N_PARTS] = n_actors;
}

static ca_status prepare(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)chunk, (void)worker;
    summing *self = ctx;
    const char *why;
    self->clustering.units = &self->units;
    self->clustering.clusters = &self->clusters;
    self->clustering.unit_rows = &self->unit_rows;
    self->clustering.cluster_rows = &self->cluster_rows;
    if (!ca_indptr_valid(self->units.indptr, self->units.n_rows)) return CA_INVALID;
    CA_TRY(ca_incidence_build(&self->alloc, &self->entries, self->units.n_actors, poll,
                              &self->clusters));
    if (!ca_incidence_validate(&self->clusters, &why)) return CA_INVALID;
    CA_TRY(ca_incidence_transpose(&self->alloc, &self->units, poll, &self->unit_rows));
    CA_TRY(ca_incidence_transpose(&self->alloc, &self->clusters, poll, &self->cluster_rows));
    cut(self);
    return ca_clustering_check(&self->clustering);
}

static ca_status sum_part(void *ctx, size_t chunk, size_t worker, const ca_poll *poll) {
    (void)worker;
    summing *self = ctx;
    return ca_clustered_rows(&self->alloc, &self->clustering, self->bounds[chunk],
                             self->bounds[chunk + 1], poll, &self->parts[chunk]);
}

static ca_status run(summing *self, size_t n_threads) {
    CA_TRY(ext_run(&(ca_par_job){.run = prepare, .ctx = self, .n_chunks = 1}, n_threads));
    return ext_run(&(ca_par_job){.run = sum_part, .ctx = self, .n_chunks = N_PARTS}, n_threads);
}

/* Three arrays: row pointers, later actors, and N_SUMS sums for each pair, one pair behind the
 * other. */
static PyObject *wrap(const summing *self) {
    size_t n_actors = (size_t)self->units.n_actors, pairs = 0;
    for (int p = 0; p < N_PARTS; p++)
        pairs += (size_t)self->parts[p].indptr[self->parts[p].last - self->parts[p].first];
    int64_t *indptr = NULL, *sums = NULL;
    int32_t *indices = NULL;
    PyObject *of_indptr = ext_new_int64(n_actors + 1, &indptr);
    PyObject *of_indices = ext_new_int32(pairs, &indices);
    PyObject *of_sums = ext_new_int64(pairs * N_SUMS, &sums);
    if (of_indptr != NULL && of_indices != NULL && of_sums != NULL) {
        int64_t n = 0;
        for (int p = 0; p < N_PARTS; p++) {
            const ca_clustered *part = &self->parts[p];
            int64_t more = part->indptr[part->last - part->first];
            for (int32_t i = part->first; i < part->last; i++)
                indptr[i] = n + part->indptr[i - part->first];
            if (more != 0) {
                memcpy(indices + n, part->indices, (size_t)more * sizeof *indices);
                memcpy(sums + n * N_SUMS, part->sums, (size_t)more * sizeof *part->sums);
            }
            n += more;
        }
        indptr[n_actors] = n;
    }
    return Py_BuildValue("(NNN)", of_indptr, of_indices, of_sums);
}

PyObject *ext_cluster_sums(PyObject *module, PyObject *args) {
    (void)module;
    ext_array indptr = EXT_ARRAY_NONE, actors = EXT_ARRAY_NONE, counts = EXT_ARRAY_NONE;
    ext_array rows = EXT_ARRAY_NONE, entries = EXT_ARRAY_NONE, named = EXT_ARRAY_NONE;
    ext_array sizes = EXT_ARRAY_NONE;
    summing *work = PyMem_Calloc(1, sizeof *work);
    int n_actors;
    size_t n_threads;
    PyObject *result = NULL;
    if (work == NULL) return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "O&O&O&O&O&O&O&iO&:cluster_sums", ext_int64_array, &indptr,
                          ext_int32_array, &actors, ext_maybe_int32, &counts, ext_int64_array,
                          &rows, ext_int64_array, &entries, ext_int32_array, &named,
                          ext_int64_array, &sizes, &n_actors, ext_threads, &n_threads)) {
        PyMem_Free(work);
        return NULL;
    }
    work->alloc = ca_alloc_libc();
    if (n_actors < 0 || indptr.n == 0 || rows.n != indptr.n - 1 || entries.n != named.n ||
        (counts.owner != NULL && counts.n != actors.n) || ext_int64(&indptr)[0] != 0 ||
        ext_int64(&indptr)[indptr.n - 1] != (int64_t)actors.n) {
        PyErr_SetString(PyExc_ValueError, "arrays of units differ in length");
        goto done;
    }

    work->units = (ca_incidence){.indptr = (int64_t *)(uintptr_t)indptr.data,
                                 .actors = (int32_t *)(uintptr_t)actors.data,
                                 .counts = (int32_t *)(uintptr_t)counts.data,
                                 .docs = (int64_t *)(uintptr_t)rows.data,
                                 .n_rows = rows.n,
                                 .n_actors = n_actors};
    work->entries = (ca_incidence_rows){.units = ext_int64(&entries),
                                        .docs = ext_int64(&entries),
                                        .actors = ext_int32(&named),
                                        .n = named.n};
    work->clustering = (ca_clustering){.sizes = ext_int64(&sizes), .n_clusters = sizes.n};
    ca_status status = run(work, n_threads);

    result = status == CA_OK ? wrap(work) : ext_raise(status, "summing over clusters");
done:
    ca_incidence_reset(&work->alloc, &work->clusters);
    ca_postings_reset(&work->alloc, &work->unit_rows);
    ca_postings_reset(&work->alloc, &work->cluster_rows);
    for (int p = 0; p < N_PARTS; p++) ca_clustered_reset(&work->alloc, &work->parts[p]);
    PyMem_Free(work);
    ext_array_clear(&indptr);
    ext_array_clear(&actors);
    ext_array_clear(&counts);
    ext_array_clear(&rows);
    ext_array_clear(&entries);
    ext_array_clear(&named);
    ext_array_clear(&sizes);
    return result;
}
