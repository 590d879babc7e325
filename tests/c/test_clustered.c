#include "support.h"

#include "../../csrc/core/clustered.h"

enum { MAX_ROWS = 500, MAX_UNITS = 90, MAX_ACTORS = 80, MAX_CLUSTERS = 40 };

/* Units by cluster, and all that the sums are made of. */
typedef struct texts {
    ca_incidence units, clusters, bare; /* the last one is the first one without counts */
    ca_postings unit_rows, cluster_rows;
    int64_t sizes[MAX_CLUSTERS];
    ca_clustering clustering;
} texts;

static void texts_of(const int64_t *units, const int64_t *clusters, const int32_t *actors, size_t n,
                     int32_t n_actors, size_t n_clusters, bool counted, texts *made) {
    ca_alloc hook = ca_alloc_libc();
    *made = (texts){0};
    ca_incidence_rows rows = {.units = units, .docs = clusters, .actors = actors, .n = n};
    assert_int_equal(ca_incidence_build(&hook, &rows, n_actors, NULL, &made->units), CA_OK);
    static int64_t of[MAX_ROWS];
    static int32_t who[MAX_ROWS];
    size_t entries = 0;
    for (size_t r = 0; r < made->units.n_rows; r++) {
        made->sizes[made->units.docs[r]]++;
        for (int64_t k = made->units.indptr[r]; k < made->units.indptr[r + 1]; k++) {
            for (int32_t x = counted ? made->units.counts[k] : 1; x > 0; x--, entries++) {
                of[entries] = made->units.docs[r];
                who[entries] = made->units.actors[k];
            }
        }
    }
    rows = (ca_incidence_rows){.units = of, .docs = of, .actors = who, .n = entries};
    assert_int_equal(ca_incidence_build(&hook, &rows, n_actors, NULL, &made->clusters), CA_OK);
    assert_int_equal(ca_incidence_transpose(&hook, &made->units, NULL, &made->unit_rows), CA_OK);
    assert_int_equal(ca_incidence_transpose(&hook, &made->clusters, NULL, &made->cluster_rows),
                     CA_OK);
    made->bare = made->units;
    made->bare.counts = NULL;
    made->clustering = (ca_clustering){.units = counted ? &made->units : &made->bare,
                                       .clusters = &made->clusters,
                                       .unit_rows = &made->unit_rows,
                                       .cluster_rows = &made->cluster_rows,
                                       .sizes = made->sizes,
                                       .n_clusters = n_clusters};
}

static void texts_reset(texts *self) {
    ca_alloc hook = ca_alloc_libc();
    ca_incidence_reset(&hook, &self->units);
    ca_incidence_reset(&hook, &self->clusters);
    ca_postings_reset(&hook, &self->unit_rows);
    ca_postings_reset(&hook, &self->cluster_rows);
}

/* Cluster 0: AB, A, nobody; cluster 1: AB, AB. */
static void picture(texts *made) {
    const int64_t units[] = {0, 0, 1, 3, 3, 4, 4}, clusters[] = {0, 0, 0, 1, 1, 1, 1};
    const int32_t actors[] = {0, 1, 0, 0, 1, 1, 0};
    texts_of(units, clusters, actors, 7, 2, 2, false, made);
    made->sizes[0] = 3;
}

static void the_sums_are_those_of_the_header(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    texts t;
    picture(&t);
    ca_clustered out = {0};
    assert_int_equal(ca_clustering_check(&t.clustering), CA_OK);
    assert_int_equal(ca_clustered_rows(&hook, &t.clustering, 0, 2, NULL, &out), CA_OK);
    assert_int_equal(out.indptr[1], 1);
    assert_int_equal(out.indptr[2], 1);
    assert_int_equal(out.indices[0], 1);
    const ca_cluster_sums expected = {
        .a = 3, .aa = 1 + 4, .ai = 2 + 4, .aj = 1 + 4, .an = 3 + 4, .ij = 2 + 4, .n_clusters = 2};
    assert_memory_equal(&out.sums[0], &expected, sizeof expected);
    ca_clustered_reset(&hook, &out);
    texts_reset(&t);
}

static void random_texts(test_random *random, int32_t n_actors, bool counted, texts *made) {
    static int64_t units[MAX_ROWS], clusters[MAX_ROWS];
    static int32_t actors[MAX_ROWS];
    size_t n = 0;
    int64_t cluster = 0;
    for (int64_t unit = 0; unit < MAX_UNITS; unit++) {
        cluster += random_below(random, 4) == 0 && cluster + 1 < MAX_CLUSTERS;
        for (size_t m = random_below(random, 8); m > 0 && n < MAX_ROWS; m--, n++) {
            units[n] = unit;
            clusters[n] = cluster;
            actors[n] = (int32_t)random_below(random, (size_t)n_actors);
        }
    }
    texts_of(units, clusters, actors, n, n_actors, MAX_CLUSTERS, counted, made);
}

/* How often a row names an actor; where that does not count, whether it does. */
static int64_t names(const ca_incidence *self, size_t row, int32_t actor) {
    for (int64_t k = self->indptr[row]; k < self->indptr[row + 1]; k++)
        if (self->actors[k] == actor) return self->counts != NULL ? self->counts[k] : 1;
    return 0;
}

static ca_cluster_sums sum_naively(const texts *self, int32_t i, int32_t j) {
    ca_cluster_sums sums = {0};
    for (int64_t d = 0; d < MAX_CLUSTERS; d++) {
        int64_t a = 0, n_i = 0, n_j = 0;
        const ca_incidence *units = self->clustering.units;
        for (size_t row = 0; row < units->n_rows; row++) {
            if (units->docs[row] != d) continue;
            int64_t x = names(units, row, i), y = names(units, row, j);
            a += x * y;
            n_i += x;
            n_j += y;
        }
        sums.a += a;
        sums.aa += a * a;
        sums.ai += a * n_i;
        sums.aj += a * n_j;
        sums.an += a * self->sizes[d];
        sums.ij += n_i * n_j;
        sums.n_clusters += a != 0;
    }
    return sums;
}

static void random_texts_are_summed_like_by_hand_for_any_cut(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    test_random random = {.state = 4};
    static texts t;
    for (int round = 0; round < 12; round++) {
        int32_t n_actors = round % 2 == 0 ? 7 : MAX_ACTORS;
        bool counted = round / 2 % 2 != 0;
        random_texts(&random, n_actors, counted, &t);
        assert_int_equal(ca_clustering_check(&t.clustering), CA_OK);
        int32_t step = 1 + (int32_t)random_below(&random, (size_t)n_actors), last;
        for (int32_t first = 0; first < n_actors; first = last) {
            last = n_actors - first < step ? n_actors : first + step;
            ca_clustered out = {0};
            const char *why = "";
            assert_int_equal(ca_clustered_rows(&hook, &t.clustering, first, last, NULL, &out),
                             CA_OK);
            if (!counted && !ca_clustered_validate(&out, n_actors, &why)) fail_msg("%s", why);
            for (int32_t i = first; i < last; i++) {
                int64_t k = out.indptr[i - first];
                for (int32_t j = i + 1; j < n_actors; j++) {
                    ca_cluster_sums expected = sum_naively(&t, i, j);
                    if (expected.ij == 0) continue;
                    assert_int_equal(out.indices[k], j);
                    assert_memory_equal(&out.sums[k++], &expected, sizeof expected);
                }
                assert_int_equal(k, out.indptr[i - first + 1]);
            }
            ca_clustered_reset(&hook, &out);
        }
        texts_reset(&t);
    }
}

static void clusters_that_do_not_fit_are_refused(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    texts t;
    ca_clustered out = {.first = 77};
    picture(&t);
    t.sizes[1] = -1;
    assert_int_equal(ca_clustering_check(&t.clustering), CA_INVALID);
    t.sizes[1] = INT64_C(3037000500);
    assert_int_equal(ca_clustering_check(&t.clustering), CA_TOO_LARGE);
    t.sizes[1] = 2;
    t.clustering.n_clusters = 1;
    assert_int_equal(ca_clustering_check(&t.clustering), CA_INVALID);
    t.clustering.n_clusters = 2;
    assert_int_equal(ca_clustered_rows(&hook, &t.clustering, 0, 3, NULL, &out), CA_INVALID);
    assert_int_equal(ca_clustered_rows(&hook, &t.clustering, -1, 1, NULL, &out), CA_INVALID);
    assert_int_equal(out.first, 77);
    texts_reset(&t);
}

static void products_that_add_up_to_too_much_are_an_error(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    const int64_t units[] = {0, 0, 1, 1};
    const int32_t actors[] = {0, 1, 0, 1};
    for (int64_t apart = 0; apart < 2; apart++) {
        const int64_t clusters[] = {0, 0, apart, apart};
        texts t;
        texts_of(units, clusters, actors, 4, 2, 2, true, &t);
        ca_clustered out = {.first = 77};
        for (int k = 0; k < 4; k++) t.units.counts[k] = 39000; /* twice 1.5 thousand million */
        assert_int_equal(ca_clustered_rows(&hook, &t.clustering, 0, 2, NULL, &out), CA_TOO_LARGE);
        for (int k = 0; k < 4; k++) t.units.counts[k] = INT32_MAX;
        assert_int_equal(ca_clustered_rows(&hook, &t.clustering, 0, 2, NULL, &out), CA_TOO_LARGE);
        assert_int_equal(out.first, 77);
        t.clusters.counts[0] = t.clusters.counts[1] = INT32_MAX;
        assert_int_equal(ca_clustering_check(&t.clustering), CA_TOO_LARGE);
        texts_reset(&t);
    }
}

static void validate_names_what_is_broken(void **unused) {
    (void)unused;
    ca_alloc hook = ca_alloc_libc();
    texts t;
    picture(&t);
    ca_clustered out = {0};
    const char *why = NULL;
    assert_int_equal(ca_clustered_rows(&hook, &t.clustering, 0, 2, NULL, &out), CA_OK);
    out.sums[0].ij = 0;
    assert_false(ca_clustered_validate(&out, 2, &why));
    assert_string_equal(why, "actors share no cluster");
    out.sums[0].ij = 6;
    out.sums[0].aa = 2;
    assert_false(ca_clustered_validate(&out, 2, &why));
    assert_string_equal(why, "units and clusters disagree");
    out.sums[0].aa = 5;
    out.sums[0].an = 5;
    assert_false(ca_clustered_validate(&out, 2, &why));
    assert_string_equal(why, "a pair exceeds its actors");
    out.sums[0].an = 7;
    assert_false(ca_clustered_validate(&out, 1, &why));
    assert_string_equal(why, "pairs do not ascend");
    out.indptr[1] = 2;
    assert_false(ca_clustered_validate(&out, 2, &why));
    assert_string_equal(why, "row pointers descend");
    ca_clustered_reset(&hook, &out);
    texts_reset(&t);
}

static ca_status sum_all(const ca_alloc *alloc, void *ctx) {
    texts *t = ctx;
    ca_clustered out = {0};
    ca_status status = ca_clustered_rows(alloc, &t->clustering, 0, t->units.n_actors, NULL, &out);
    if (status != CA_OK) assert_null(out.indptr);
    ca_clustered_reset(alloc, &out);
    return status;
}

static void every_refused_allocation_is_reported_and_nothing_leaks(void **unused) {
    (void)unused;
    test_random random = {.state = 6};
    static texts t;
    random_texts(&random, MAX_ACTORS, false, &t);
    sweep_allocations(sum_all, &t);
    texts_reset(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sums_are_those_of_the_header),
        cmocka_unit_test(random_texts_are_summed_like_by_hand_for_any_cut),
        cmocka_unit_test(clusters_that_do_not_fit_are_refused),
        cmocka_unit_test(products_that_add_up_to_too_much_are_an_error),
        cmocka_unit_test(validate_names_what_is_broken),
        cmocka_unit_test(every_refused_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
