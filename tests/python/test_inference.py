"""The clustered test: against the formula in loops, and on actors that are independent."""

import math

import numpy as np
import pandas as pd
import pytest
import scipy.stats

from coactor import Actors, Cooccurrence, Corpus
from coactor._inference import adjusted


def z_by_the_formula(rows, clusters, i, j):
    rows, clusters = np.asarray(rows) > 0, np.asarray(clusters)
    n, n_i, n_j = len(rows), rows[:, i].sum(), rows[:, j].sum()
    both = rows[:, i] & rows[:, j]
    expected = n_i * n_j / n
    v = []
    for d in sorted(set(clusters)):
        mine = clusters == d
        v.append(
            both[mine].sum()
            - expected * (rows[mine, i].sum() / n_i + rows[mine, j].sum() / n_j - mine.sum() / n)
        )
    v = np.array(v)
    assert v.sum() == pytest.approx(both.sum() - expected)
    spread = len(v) / (len(v) - 1) * ((v - v.mean()) ** 2).sum()
    return (both.sum() - expected) / math.sqrt(spread)


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
        assert row.z == pytest.approx(z_by_the_formula(rows, docs, i, j), rel=1e-9)
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
    found = mentions.cooccur().test(cluster="wire", few_docs="keep")
    clusters = np.repeat(frame["wire"].to_numpy(), 4)
    incidence = mentions.to_scipy(unit="sentence").toarray()
    for row in found.itertuples():
        i, j = names.index(row.a), names.index(row.b)
        assert row.z == pytest.approx(z_by_the_formula(incidence, clusters, i, j))
    grouped = mentions.cooccur(by="wire").test(few_docs="keep", min_expected=0.0)
    assert grouped["wire"].nunique() == 9


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
    found, kept = pairs.test(), pairs.test(few_docs="keep")
    few = found["flag"] == "few_docs"
    assert few.any()
    assert found.loc[few, ["p", "q"]].isna().to_numpy().all() and found["z"].notna().all()
    assert kept["p"].notna().all() and kept["flag"].equals(found["flag"])
    assert found.attrs["n_tests"] == (~few).sum() and kept.attrs["n_tests"] == len(kept)


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


@pytest.mark.parametrize(
    "options", [{"unit": "window", "window": 3}, {"count": "product"}, {"directed": True}]
)
def test_counts_of_another_kind_are_not_tested(options):
    mentions = Corpus(["Ada met Bob."]).mentions(Actors({"A": ["Ada"], "B": ["Bob"]}))
    with pytest.raises(ValueError, match="binary, undirected counts"):
        mentions.cooccur(**options).test()


def test_any_number_of_threads_gives_the_same_test():
    rows, docs = clustered_rows(np.random.default_rng(5), n_docs=200, n_actors=90)
    pairs = Cooccurrence.from_incidence(rows, list(range(90)), docs=docs)
    one, *others = (pairs.test(threads=n) for n in (1, 2, 5))
    for other in others:
        pd.testing.assert_frame_equal(one, other, check_exact=True)
