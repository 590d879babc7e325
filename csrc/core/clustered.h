/* clustered.h - sums over clusters of units, from which a test for pairs is made that knows that
 * sentences of one document are not independent of each other.
 *
 *     cluster d (a document, say) has N_d units; n_id of them name actor i, a_d both i and j
 *
 *     pairs that share a cluster      a  = sum a_d       aa = sum a_d a_d     ai = sum a_d n_id
 *                                     ij = sum n_id n_jd                      aj = sum a_d n_jd
 *                                                                             an = sum a_d N_d
 *
 * Where units say how often they name an actor, x times, n_id is the sum of x_i and a_d that of
 * x_i x_j.
 *
 * The sums are whole numbers, so they are the same for any cut and any number of threads.
 */
#ifndef CA_CLUSTERED_H
#define CA_CLUSTERED_H

#include "incidence.h"

typedef struct ca_cluster_sums {
    int64_t a, aa, ai, aj, an, ij;
    int64_t n_clusters; /* that have a unit with both */
} ca_cluster_sums;

/* What the sums are made of, borrowed. `units` is the incidence of units, with the number of the
 * cluster, 0 .. n_clusters - 1 and never descending, as document, and with or without counts;
 * `clusters` that of clusters, its counts being n_id and its units the numbers of the clusters;
 * each with its transpose. */
typedef struct ca_clustering {
    const ca_incidence *units, *clusters;
    const ca_postings *unit_rows, *cluster_rows;
    const int64_t *sizes; /* N_d, by number of the cluster */
    size_t n_clusters;
} ca_clustering;

/* The pairs i < j of the actors first .. last - 1: actor i shares a cluster with
 * indices[indptr[i - first]] .., ascending. Zero is empty. */
typedef struct ca_clustered {
    int64_t *indptr; /* last - first + 1 */
    int32_t *indices;
    ca_cluster_sums *sums;
    int32_t first, last;
} ca_clustered;

/* Check the numbers of clusters, that no N_d is negative, and that no sum can overflow: CA_INVALID,
 * CA_TOO_LARGE (from three thousand million units or mentions on). */
CA_MUST_CHECK ca_status ca_clustering_check(const ca_clustering *self);

/* Sum the pairs of first .. last - 1 into *out, which the caller resets. The clustering has passed
 * the check. CA_TOO_LARGE where counts are given and products of them add up to more than three
 * thousand million. O(sum of m^2) for units, and for clusters, of m actors. */
CA_MUST_CHECK ca_status ca_clustered_rows(const ca_alloc *alloc, const ca_clustering *self,
                                          int32_t first, int32_t last, const ca_poll *poll,
                                          ca_clustered *out);

/* Whether what is said above of one part of units without counts holds; if not, *why names what is
 * broken. */
bool ca_clustered_validate(const ca_clustered *self, int32_t n_actors, const char **why);

/* Release the memory; the structure is empty again. */
void ca_clustered_reset(const ca_alloc *alloc, ca_clustered *self);

#endif
