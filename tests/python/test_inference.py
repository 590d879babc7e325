"""The clustered test: against the formula in loops, and on actors that are independent."""

import itertools
import math
import warnings

import numpy as np
import pandas as pd
import pytest
import scipy.stats

from coactor import Actors, Cooccurrence, Corpus
from coactor._inference import Margins, adjusted, common_pairs, statistics


def deviations(rows, clusters, i, j):
    """v_d of each cluster, in loops; they sum to a - E."""
    x, y, clusters = rows[:, i].astype(int), rows[:, j].astype(int), np.asarray(clusters)
    n, n_i, n_j = len(rows), x.sum(), y.sum()
    if n_i == 0 or n_j == 0:
        return np.zeros(len(set(clusters)))
    expected = n_i * n_j / n
    v = []
    for d in sorted(set(clusters)):
        mine = clusters == d
        share = x[mine].sum() / n_i + y[mine].sum() / n_j - mine.sum() / n
        v.append((x * y)[mine].sum() - expected * share)
    assert sum(v) == pytest.approx((x * y).sum() - expected)
    return np.array(v)


def z_by_the_formula(rows, clusters, i, j, strata=None):
    """z over strata: in each, deviations are from their mean where it has ten clusters or more."""
    rows, clusters = np.asarray(rows), np.asarray(clusters)
    strata = np.zeros(len(rows), dtype=int) if strata is None else np.asarray(strata)
    excess, variance = 0.0, 0.0
    for s in sorted(set(strata)):
        v = deviations(rows[strata == s], clusters[strata == s], i, j)
        about = v.mean() if len(v) >= 10 or len(set(strata)) == 1 else 0.0
        excess += v.sum()
        variance += (len(v) / (len(v) - 1) if len(v) > 1 else 1.0) * ((v - about) ** 2).sum()
    return excess / math.sqrt(variance)


def clustered_rows(rng, n_docs=60, n_actors=6, per_doc=8):
    there = rng.random((n_docs, n_actors)) < 0.5
    rows, docs = [], []
    for d in range(n_docs):
        for _ in range(rng.integers(1, per_doc)):
            rows.append(there[d] & (rng.random(n_actors) < 0.5))
            docs.append(d)
    order = rng.permutation(len(docs))
    return np.array(rows, dtype=int)[order], np.array(docs)[order]


@pytest.mark.parametrize("seed", range(6))
def test_z_is_that_of_the_formula(seed):
    rows, docs = clustered_rows(np.random.default_rng(seed))
    labels = list("ABCDEF")
    found = Cooccurrence.from_incidence(rows, labels, docs=docs).test(few_docs="keep")
    assert len(found) == 15
    for row in found.itertuples():
        i, j = labels.index(row.a), labels.index(row.b)
        assert row.z == pytest.approx(z_by_the_formula(rows > 0, docs, i, j), rel=1e-9)
        both = (rows[:, i] > 0) & (rows[:, j] > 0)
        assert (row.count, row.n_docs) == (both.sum(), len(set(docs[both])))
        assert row.p == pytest.approx(2 * scipy.stats.norm.sf(abs(row.z)))


def test_a_column_of_the_corpus_can_be_the_cluster():
    rng = np.random.default_rng(4)
    names = ["Ada", "Bob", "Cyd"]
    texts = [
        " ".join(
            "So " + " and ".join(rng.choice(names, rng.integers(1, 3), replace=False)) + " met."
            for _ in range(4)
        )
        for _ in range(60)
    ]
    frame = pd.DataFrame({"text": texts, "wire": rng.integers(0, 9, 60)})
    mentions = Corpus(frame).mentions(Actors({name: [name] for name in names}))
    with pytest.warns(UserWarning, match="rests on 9 clusters of 'wire'"):
        found = mentions.cooccur().test(cluster="wire", few_docs="keep")
    clusters = np.repeat(frame["wire"].to_numpy(), 4)
    incidence = mentions.to_scipy(unit="sentence").toarray()
    for row in found.itertuples():
        i, j = names.index(row.a), names.index(row.b)
        assert row.z == pytest.approx(z_by_the_formula(incidence > 0, clusters, i, j))
    with pytest.warns(UserWarning, match="in 8 of 8 groups the test rests on few documents"):
        grouped = mentions.cooccur(by="wire").test(few_docs="keep", min_expected=0.0)
    assert grouped["wire"].nunique() == 9


NAMES = ["Ada", "Bob", "Cyd", "Dan"]


def drawn_texts(rng, n_docs, most_sentences=5, most_names=3):
    """Documents that name some of the four, each name with a liking of its own."""
    likings = rng.random((n_docs, len(NAMES))) + 0.1
    return [
        " ".join(
            "So "
            + " and ".join(rng.choice(NAMES, rng.integers(1, most_names + 1), p=p / p.sum()))
            + " met."
            for _ in range(rng.integers(1, most_sentences + 1))
        )
        for p in likings
    ]


def mentions_of(frame, **options):
    return Corpus(frame, **options).mentions(Actors({name: [name] for name in NAMES}))


@pytest.mark.parametrize("count", ["binary", "product"])
@pytest.mark.parametrize("cluster", ["doc", "wire"])
@pytest.mark.parametrize("strata", [(), "outlet", ["outlet", "country"]])
def test_strata_and_clusters_go_together(count, cluster, strata):
    rng = np.random.default_rng(8)
    outlet = rng.choice(["A", "B", "C"], 90, p=[0.6, 0.32, 0.08])
    country = rng.choice(["x", None], 90, p=[0.8, 0.2])
    country[0] = "one document"
    wire = [f"{o}{c}{k}" for o, c, k in zip(outlet, country, rng.integers(0, 14, 90), strict=True)]
    texts = ["So Ada and Bob and Cyd and Dan met. So Ada left.", *drawn_texts(rng, 89)]
    frame = pd.DataFrame({"text": texts, "outlet": outlet, "country": country, "wire": wire})
    mentions = mentions_of(frame)
    found = mentions.cooccur(count=count).test(
        cluster=cluster, strata=strata, few_docs="keep", min_expected=0.0
    )
    of_doc = mentions.corpus.documents["n_sentences"].to_numpy()
    clusters = np.repeat(np.arange(90) if cluster == "doc" else np.array(wire), of_doc)
    names = [strata] if isinstance(strata, str) else list(strata)
    named = frame[names].fillna("-").agg("/".join, axis=1) if names else pd.Series([""] * 90)
    rows = mentions.to_scipy(unit="sentence").toarray()
    rows = rows > 0 if count == "binary" else rows
    assert len(found) == 6
    for row in found.itertuples():
        i, j = NAMES.index(row.a), NAMES.index(row.b)
        strata_of_rows = np.repeat(named.to_numpy(), of_doc)
        wanted = z_by_the_formula(rows, clusters, i, j, strata_of_rows)
        assert row.z == pytest.approx(wanted, rel=1e-9)
        assert row.count == (rows[:, i].astype(int) * rows[:, j]).sum()
        expected = [
            rows[strata_of_rows == s, i].sum() * rows[strata_of_rows == s, j].sum() / n
            for s, n in zip(*np.unique(strata_of_rows, return_counts=True), strict=True)
        ]
        assert row.expected == pytest.approx(sum(expected))


def test_one_stratum_is_no_stratum():
    rng = np.random.default_rng(11)
    frame = pd.DataFrame({"text": drawn_texts(rng, 30), "same": "x", "day": "2021-08-15"})
    pairs = mentions_of(frame, date="day").cooccur()
    plain = pairs.test(few_docs="keep")
    for strata in ("same", "month", ["same", "month"]):
        pd.testing.assert_frame_equal(pairs.test(strata=strata, few_docs="keep"), plain)


def test_the_family_in_strata_is_what_is_expected_often_enough_there():
    # Ada and Bob are in January, Cyd and Dan in June: nobody of the ones is expected with the
    # others within a month, though over the year they would be.
    dates = ["2021-01-05"] * 20 + ["2021-06-05"] * 20
    texts = ["Ada met Bob. Ada slept. Bob slept."] * 20 + ["Cyd met Dan. Cyd slept. Dan left."] * 20
    pairs = mentions_of(pd.DataFrame({"text": texts, "day": dates}), date="day").cooccur()
    assert len(pairs.test(min_expected=1.0)) == 6
    found = pairs.test(min_expected=1.0, strata="month")
    assert found[["a", "b"]].to_numpy().tolist() == [["Ada", "Bob"], ["Cyd", "Dan"]]
    assert found["expected"].tolist() == pytest.approx([40 * 40 / 60] * 2)
    assert found.attrs["config"]["strata"] == ["month"]
    grouped = mentions_of(pd.DataFrame({"text": texts, "day": dates}), date="day").cooccur(by="day")
    assert len(grouped.test(strata="month")) == 2


@pytest.mark.parametrize("split", [None, 3])
@pytest.mark.parametrize("least", [0.0, 0.8, 2.0, 7.5])
@pytest.mark.parametrize("n_strata", [1, 4])
def test_the_family_is_every_pair_that_is_expected_often_enough(n_strata, least, split):
    rng = np.random.default_rng(13)
    rows, docs = clustered_rows(rng, n_docs=40, n_actors=8)
    rows *= rng.random(8) < [0.05, 0.1, 0.2, 0.4, 0.8, 1, 1, 0]
    field = Cooccurrence.from_incidence(rows, list(range(8)), docs=docs)._field
    parts = [Margins.of(field, part, None, 1) for part in np.split(np.arange(40), n_strata)]
    wanted = []
    for i, j in itertools.combinations(range(8), 2):
        across = split is None or (i < split) != (j < split)
        total = sum(part.n_i[i] * part.n_i[j] / part.n for part in parts)
        if across and total >= least and rows[:, i].any() and rows[:, j].any():
            wanted.append((i, j))
    found = common_pairs(parts, least, 10**6, split)
    assert list(zip(*(column.tolist() for column in found), strict=True)) == wanted
    assert len(wanted) > 0
    with pytest.raises(ValueError, match="pairs would be tested; raise min_expected="):
        common_pairs(parts, least, 0, split)


def test_a_cluster_in_several_strata_is_an_error():
    frame = pd.DataFrame(
        {"text": ["Ada met Bob."] * 4, "wire": list("ppqq"), "outlet": list("xyzz")}
    )
    pairs = mentions_of(frame).cooccur()
    with pytest.raises(ValueError, match="1 cluster of 'wire' lie in several strata"):
        pairs.test(cluster="wire", strata="outlet")
    with pytest.raises(ValueError, match="nowhere"):
        pairs.test(strata="nowhere")
    matrix = Cooccurrence.from_incidence([[1, 1]], list("AB"))
    with pytest.raises(
        ValueError, match=r"strata=\['outlet'\] names a column, but a matrix has none"
    ):
        matrix.test(strata="outlet")


def test_two_modes_are_tested_across_as_within_one():
    rng = np.random.default_rng(3)
    corpus = Corpus(drawn_texts(rng, 50))
    whole = corpus.mentions(Actors({name: [name] for name in NAMES})).cooccur()
    who, what = (
        corpus.mentions(Actors({name: [name] for name in names}))
        for names in (NAMES[:2], NAMES[2:])
    )
    found = Cooccurrence.between(who, what).test(few_docs="keep")
    across = whole.test(few_docs="keep")
    across = across[across["a"].isin(NAMES[:2]) & across["b"].isin(NAMES[2:])]
    assert len(found) == 4
    columns = ["a", "b", "count", "expected", "n_docs", "z", "p", "flag"]
    left, right = (t[columns].sort_values(["a", "b"], ignore_index=True) for t in (found, across))
    pd.testing.assert_frame_equal(left, right)


def test_months_that_name_both_more_often_are_no_association_within_them():
    # All come up in every other month, and within each independently of each other.
    rng = np.random.default_rng(77)
    month = np.repeat(np.arange(1, 13), 40)
    share = np.where(month % 2 == 0, 0.7, 0.05)[:, None]
    there = rng.random((len(month), 4)) < share
    texts = [
        " ".join(
            "So "
            + " and ".join(n for n, t in zip(NAMES, row, strict=True) if t and rng.random() < 0.6)
            + "."
            for _ in range(6)
        )
        for row in there
    ]
    frame = pd.DataFrame({"text": texts, "day": [f"2021-{m:02d}-10" for m in month]})
    pairs = mentions_of(frame, date="day").cooccur()
    assert (pairs.test()["z"] > 3).all()
    assert (pairs.test(strata="month")["z"].abs() < 2.6).all()


def excess(rows):
    """a - E of all pairs."""
    n_i = rows.sum(axis=0)
    return rows.T @ rows - np.outer(n_i, n_i) / len(rows)


DESIGNS = {
    "long documents": {"n_docs": 120, "per_doc": 21},
    "short documents": {"n_docs": 400, "per_doc": 3},
    "many actors at a time": {"n_docs": 150, "per_doc": 11, "share": 0.8},
}


def design(rng, n_docs, per_doc, share=0.5, n_actors=6):
    """Units in documents of unequal length, by document; actors are independent of each other."""
    there = rng.random((n_docs, n_actors)) < share
    lengths = rng.integers(1, per_doc, n_docs)
    rows = np.repeat(there, lengths, axis=0) & (rng.random((lengths.sum(), n_actors)) < 0.5)
    return rows.astype(float), np.repeat(np.arange(n_docs), lengths)


def closed_form(rows, docs):
    """z and standard error of each pair, as two tables."""
    n_actors = rows.shape[1]
    found = Cooccurrence.from_incidence(rows, list(range(n_actors)), docs=docs).test(
        min_expected=0.0, few_docs="keep"
    )
    tables = np.full((2, n_actors, n_actors), np.nan)
    at = found["a"].to_numpy(int), found["b"].to_numpy(int)
    tables[0][at] = found["z"]
    tables[1][at] = (found["count"] - found["expected"]) / found["z"]
    return tables


@pytest.mark.parametrize("name", DESIGNS)
def test_the_standard_error_is_that_of_drawing_documents_with_replacement(name):
    # The bootstrap redraws whole documents and computes a - E anew, formula or not.
    rng = np.random.default_rng(41)
    rows, docs = design(rng, **DESIGNS[name])
    _, errors = closed_form(rows, docs)
    parts = np.split(rows, np.flatnonzero(np.diff(docs)) + 1)
    drawn = [
        excess(np.concatenate([parts[d] for d in rng.integers(0, len(parts), len(parts))]))
        for _ in range(1500)
    ]
    upper = np.triu_indices(rows.shape[1], 1)
    ratios = errors[upper] / np.std(drawn, axis=0)[upper]
    assert np.abs(ratios - 1).max() < 0.15
    assert abs(ratios.mean() - 1) < 0.05


@pytest.mark.parametrize("name", DESIGNS)
def test_z_is_standard_normal_where_actors_are_independent(name):
    # Corpora are made anew: z has to have the spread it claims, whatever the documents look like.
    rng = np.random.default_rng(43)
    upper = np.triu_indices(6, 1)
    values = np.array([closed_form(*design(rng, **DESIGNS[name]))[0][upper] for _ in range(60)])
    assert abs(values.mean()) < 0.12
    assert 0.9 < values.std() < 1.15
    assert 0.02 < (np.abs(values) > 1.96).mean() < 0.08


def test_p_is_close_to_that_of_exchanging_documents():
    # Documents are of one length here, so those of one actor may be dealt out anew: an exact test.
    rng = np.random.default_rng(47)
    n_docs, per_doc = 90, 8
    there = rng.random((n_docs, 6)) < 0.5
    there[:, 1] |= there[:, 0] & (rng.random(n_docs) < 0.9)  # a pair that does meet
    rows = (np.repeat(there, per_doc, axis=0) & (rng.random((n_docs * per_doc, 6)) < 0.5)) * 1.0
    docs = np.repeat(np.arange(n_docs), per_doc)
    z, _ = closed_form(rows, docs)
    observed, exceeded, n = excess(rows), np.zeros((6, 6)), 2000
    blocks = rows.reshape(n_docs, per_doc, 6)
    for _ in range(n):
        dealt = np.stack([blocks[rng.permutation(n_docs), :, k] for k in range(6)], axis=2)
        exceeded += np.abs(excess(dealt.reshape(-1, 6))) >= np.abs(observed) - 1e-9
    upper = np.triu_indices(6, 1)
    p = 2 * scipy.stats.norm.sf(np.abs(z[upper]))
    exact = ((1 + exceeded) / (1 + n))[upper]
    assert p[0] < 0.01 and exact[0] < 0.01
    assert np.abs(p - exact).max() < 0.08


@pytest.mark.parametrize(("per_stratum", "n_strata"), [(1, 300), (2, 150), (4, 90), (12, 40)])
def test_thin_strata_do_not_reject_too_often(per_stratum, n_strata):
    rng = np.random.default_rng(5)
    n_docs, per_doc, n_actors = per_stratum * n_strata, 8, 20
    rejected = tested = 0
    for _ in range(2):
        shares = np.repeat(rng.uniform(0.1, 0.6, n_strata), per_stratum)[:, None]
        there = rng.random((n_docs, n_actors)) < shares
        rows = np.repeat(there, per_doc, axis=0) & (rng.random((n_docs * per_doc, n_actors)) < 0.5)
        docs = np.repeat(np.arange(n_docs), per_doc)
        field = Cooccurrence.from_incidence(rows, list(range(n_actors)), docs=docs)._field
        of_docs = np.split(np.arange(n_docs), n_strata)
        parts = [Margins.of(field, part, None, 1) for part in of_docs]
        found = statistics(parts, *common_pairs(parts, 1.0, 10**6))
        tested += int((~found.few).sum())
        rejected += int((np.abs(found.z[~found.few]) > 1.96).sum())
    assert tested == 2 * math.comb(n_actors, 2)
    assert rejected / tested <= 0.08


@pytest.mark.parametrize("per_actor", [0.12, 0.3])
def test_independent_actors_are_rejected_about_as_often_as_promised(per_actor):
    # Actors are in documents independently of each other, and there in half of the sentences: so
    # sentences of one document resemble each other. At 5 %, the test has to reject at most 8 %.
    rng = np.random.default_rng(2024)
    n_docs, per_doc, n_actors = 500, 25, 40
    rejected, naive, tested = 0, 0, 0
    for _ in range(3):
        there = rng.random((n_docs, n_actors)) < per_actor
        rows = np.repeat(there, per_doc, axis=0) & (rng.random((n_docs * per_doc, n_actors)) < 0.5)
        docs = np.repeat(np.arange(n_docs), per_doc)
        pairs = Cooccurrence.from_incidence(rows, list(range(n_actors)), docs=docs)
        found = pairs.test()
        held = found[found["p"].notna()]
        tested += len(held)
        rejected += int((held["p"] < 0.05).sum())
        z = pairs.to_frame(measures=["z"], zeros=True)["z"]
        naive += int((z.abs() > 1.96).sum())
    assert tested > 0.9 * 3 * math.comb(n_actors, 2)
    assert 0.02 <= rejected / tested <= 0.08
    assert naive / tested > 0.35  # what takes sentences to be independent


def test_pairs_expected_in_too_few_documents_are_flagged_and_not_tested():
    rng = np.random.default_rng(1)
    rows, docs = clustered_rows(rng, n_docs=14)
    pairs = Cooccurrence.from_incidence(rows, list("ABCDEF"), docs=docs)
    with pytest.warns(UserWarning, match="rests on 14 documents"):
        found, kept = pairs.test(), pairs.test(few_docs="keep")
    few = found["flag"].str.contains("few_docs")
    assert few.any()
    assert found.loc[few, ["p", "q"]].isna().to_numpy().all() and found["z"].notna().all()
    assert kept["p"].notna().all() and kept["flag"].str.contains("few_docs").equals(few)
    assert set(found.loc[few, "flag"]) == {"few_docs"}
    assert found.attrs["n_tests"] == (~few).sum() and kept.attrs["n_tests"] == len(kept)


@pytest.mark.parametrize("n_docs", [60, 90])
def test_unflagged_rows_that_meet_more_or_less_often_do_not_reject_far_too_often(n_docs):
    # The variance is estimated from what was seen: so a pair that is seen less often than expected
    # rejects too often, and one that is seen more often too rarely. Each direction is held to a
    # bound of its own, at 1 %; what is flagged goes beyond any.
    rng = np.random.default_rng(11)
    n_actors, docs = 30, np.repeat(np.arange(n_docs), 7)
    tables = []
    for _ in range(20):
        shares, within = rng.uniform(0.1, 0.6, n_actors), rng.uniform(0.1, 0.5, n_actors)
        there = np.repeat(rng.random((n_docs, n_actors)) < shares, 7, axis=0)
        rows = there & (rng.random((len(docs), n_actors)) < within)
        tables.append(Cooccurrence.from_incidence(rows, list(range(n_actors)), docs=docs).test())
    found = pd.concat(tables)
    found = found[found["p"].notna()]
    less, flagged = found["count"] < found["expected"], found["flag"] == "few_expected"
    assert flagged.equals(less & (found["expected"] < 5))
    rates = [
        (found.loc[held, "p"] < 0.01).mean()
        for held in (~flagged & less, ~flagged & ~less, flagged, flagged & (found["expected"] < 2))
    ]
    assert min(map(sum, (~flagged & less, ~flagged & ~less))) > 1000
    assert rates[0] < 0.05 and rates[1] < 0.01
    assert rates[2] > 0.06 and rates[3] > 0.2


def test_a_count_below_an_expectation_of_less_than_five_is_flagged_and_keeps_p_and_q():
    rng = np.random.default_rng(8)
    there = rng.random((120, 5)) < [0.5, 0.4, 0.3, 0.25, 0.2]
    rows = np.repeat(there, 3, axis=0) & (rng.random((360, 5)) < 0.3)
    rows[:, 4] &= ~rows[:, 3]
    pairs = Cooccurrence.from_incidence(rows, list("ABCDE"), docs=np.repeat(np.arange(120), 3))
    found = pairs.test(few_docs="keep", min_expected=0.0)
    thin = (found["count"] < found["expected"]) & (found["expected"] < 5)
    assert found["flag"].str.contains("few_expected").equals(thin) and 0 < thin.sum() < len(found)
    assert found[["p", "q"]].notna().to_numpy().all()
    assert np.allclose(found["p"], 2 * scipy.stats.norm.sf(found["z"].abs()))
    assert found.attrs["n_tests"] == len(found) == 10
    alone = found.set_index(["a", "b"]).loc[("D", "E")]
    assert alone["count"] == 0 and "few_expected" in alone["flag"]


def test_both_flags_of_a_row_are_joined_by_a_blank():
    rows = np.zeros((40, 2), dtype=int)
    rows[:12, 0] = rows[10:25, 1] = 1
    pairs = Cooccurrence.from_incidence(rows, list("AB"), docs=np.arange(40))
    found = pairs.test(few_docs="keep")
    assert found["flag"].tolist() == ["few_docs few_expected"] and found["p"].notna().all()
    found = pairs.test()  # and where p is left out, the second says nothing more
    assert found["flag"].tolist() == ["few_docs"] and found["p"].isna().all()


def test_fewer_than_20_documents_are_a_warning_that_says_how_many_once_a_call():
    rng = np.random.default_rng(2)
    rows, docs = clustered_rows(rng, n_docs=19)
    few = Cooccurrence.from_incidence(rows, list("ABCDEF"), docs=docs)
    with pytest.warns(UserWarning, match="rests on 19 documents: .* fewer than 20") as raised:
        few.test()
    assert len(raised) == 1 and raised[0].filename == __file__
    rows, docs = clustered_rows(rng, n_docs=20)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Cooccurrence.from_incidence(rows, list("ABCDEF"), docs=docs).test()


def test_pairs_that_meet_and_are_not_tested_are_counted():
    rng = np.random.default_rng(6)
    there = rng.random((60, 12)) < np.geomspace(0.7, 0.05, 12)
    rows = np.repeat(there, 5, axis=0) & (rng.random((300, 12)) < 0.5)
    pairs = Cooccurrence.from_incidence(rows, list(range(12)), docs=np.repeat(np.arange(60), 5))
    found = pairs.test()
    met = pairs.to_frame()
    below = int((met["expected"] < 1).sum())
    tested = int((found["p"].notna() & (found["count"] > 0)).sum())
    assert 0 < below < len(met) - tested < len(met)
    names = ("n_tests", "n_met", "n_met_untested", "n_met_below")
    numbers = (found["p"].notna().sum(), len(met), len(met) - tested, below)
    assert tuple(found.attrs[name] for name in names) == numbers
    chosen = pairs.select(actors=range(4)).test()
    assert chosen.attrs["n_met"] == len(pairs.select(actors=range(4)))
    empty = Cooccurrence.from_incidence(np.zeros((0, 2)), list("AB")).test()
    assert [empty.attrs[name] for name in names] == [0, 0, 0, 0]


def test_the_family_is_all_pairs_expected_often_enough_whether_they_meet_or_not():
    rng = np.random.default_rng(3)
    rows, docs = clustered_rows(rng)
    rows[:, 0] &= ~rows[:, 1]  # these two never meet
    pairs = Cooccurrence.from_incidence(rows, list("ABCDEF"), docs=docs)
    frame = pairs.to_frame(zeros=True)
    for least in (0.0, 1.0, float(frame["expected"].median())):
        found = pairs.test(min_expected=least)
        assert len(found) == (frame["expected"] >= least).sum()
    never = pairs.test().set_index(["a", "b"]).loc[("A", "B")]
    assert never["count"] == 0 and never["z"] < -3 and never["p"] < 0.01
    assert pairs.test(alternative="greater").set_index(["a", "b"]).loc[("A", "B"), "p"] > 0.99


@pytest.mark.parametrize("adjust", ["BH", "BY"])
def test_q_is_that_of_scipy(adjust):
    p = np.random.default_rng(0).random(50) ** 2
    found = adjusted(np.append(p, np.nan), adjust)
    assert np.allclose(found[:-1], scipy.stats.false_discovery_control(p, method=adjust.lower()))
    assert np.isnan(found[-1])


def test_holm_steps_down():
    found = adjusted(np.array([0.01, 0.04, 0.03, 0.005]), "holm")
    assert found.tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_what_does_not_vary_has_no_z_and_nobody_is_warned():
    ones = Cooccurrence.from_incidence(np.ones((30, 3)), list("ABC"))
    assert ones.test()["z"].isna().all()
    single = Cooccurrence.from_incidence([[1, 1], [1, 0]], list("AB"), docs=["d", "d"])
    assert single.test()["z"].isna().all()
    assert len(Cooccurrence.from_incidence(np.zeros((0, 2)), list("AB")).test()) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"cluster": "story"}, "cluster='story' names a column"),
        ({"adjust": "none"}, "adjust='none'"),
        ({"alternative": "both"}, "alternative='both'"),
        ({"few_docs": "drop"}, "few_docs='drop'"),
    ],
)
def test_an_option_of_the_test_that_is_not_known_is_an_error(options, message):
    with pytest.raises(ValueError, match=message):
        Cooccurrence.from_incidence([[1, 1]], ["A", "B"]).test(**options)


def test_a_column_that_is_not_there_is_named_by_its_argument():
    frame = pd.DataFrame({"text": ["Ada met Bob."], "outlet": ["x"]})
    pairs = Corpus(frame).mentions(Actors({"A": ["Ada"], "B": ["Bob"]})).cooccur()
    with pytest.raises(ValueError, match="cluster='story': no such column"):
        pairs.test(cluster="story")
    with pytest.raises(ValueError, match="strata='month' needs dates"):
        pairs.test(strata="month")
    with pytest.raises(ValueError, match="where='story': no such column"):
        pairs.kwic("A", "B", where={"story": 1})
    with pytest.raises(TypeError, match="strata must be a name or a list of names, not 3"):
        pairs.test(strata=3)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"unit": "window", "window": 3}, "a window of words is no unit"),
        ({"directed": True}, "independence says nothing of who comes first"),
        ({"count": "min"}, "depends on the smaller of two numbers"),
        ({"count": "fractional"}, "depends on how many others a unit names"),
        ({"count": "pairs"}, "depends on which mentions overlap"),
        ({"count": "distance"}, "depends on how far apart mentions stand"),
    ],
)
def test_counts_without_an_expectation_are_not_tested_and_the_reason_is_given(options, reason):
    mentions = Corpus(["Ada met Bob."]).mentions(Actors({"A": ["Ada"], "B": ["Bob"]}))
    with pytest.raises(ValueError, match=reason):
        mentions.cooccur(**options).test()


def test_any_number_of_threads_gives_the_same_test():
    rows, docs = clustered_rows(np.random.default_rng(5), n_docs=200, n_actors=90)
    pairs = Cooccurrence.from_incidence(rows, list(range(90)), docs=docs)
    one, *others = (pairs.test(threads=n) for n in (1, 2, 5))
    for other in others:
        pd.testing.assert_frame_equal(one, other, check_exact=True)
