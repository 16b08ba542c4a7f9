"""Each method against its own definition, written plainly, or against the library that has it."""

import itertools
from typing import Any

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import cdist, pdist
from sklearn.cluster import DBSCAN, HDBSCAN, MeanShift

from faceorganizer.clustering import (
    centroids,
    conditional_pairwise,
    density,
    dlib_chinese_whispers,
    rank_order,
    spectral,
)
from faceorganizer.clustering import linkage as linkages
from faceorganizer.clustering.constraints import compact
from faceorganizer.clustering.distances import among, equivalent_cut, measured, pairs_within
from faceorganizer.clustering.metrics import lone
from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.domain.errors import CancelledError, SettingError
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.exact import ExactIndex


def crowd(count: int = 120, people: int = 12, spread: float = 0.5, seed: int = 1) -> np.ndarray:
    """Descriptors whose groups are not obvious."""
    random = np.random.default_rng(seed)
    centres = random.normal(0, 0.8 / np.sqrt(2 * 32), (people, 32))
    who = random.integers(0, people, count)
    return (centres[who] + random.normal(0, spread / np.sqrt(2 * 32), (count, 32))).astype(np.float32)


def graph_of(points: np.ndarray, k: int = 200) -> NeighbourGraph:
    return ExactIndex().graph(points, k, Unattended())


def labels_of(name: str, points: np.ndarray, **parameters: Any) -> np.ndarray:
    method = create_clusterer(name, **{"k": 200, "metric": "euclidean", **parameters})
    return method.fit_predict(graph_of(points), context=Unattended())


@pytest.mark.parametrize("way", ["single", "average", "complete"])
@pytest.mark.parametrize(("metric", "cut"), [("euclidean", 0.55), ("cosine", 0.3), ("cityblock", 2.4)])
def test_linkage_component_by_component_is_linkage_of_all(way: str, metric: str, cut: float) -> None:
    points = crowd()
    expected = fcluster(linkage(pdist(points.astype(np.float64), metric), way), cut, "distance")
    found = labels_of(f"hac-{way}", points, metric=metric, cut=cut)
    np.testing.assert_array_equal(found, compact(expected))
    assert 5 < found.max() < len(points) - 5


@pytest.mark.parametrize("least", [2, 3, 5])
def test_dbscan_on_the_neighbour_graph_is_dbscan(least: int) -> None:
    points = crowd()
    expected = lone(DBSCAN(eps=0.5, min_samples=least).fit(points.astype(np.float64)).labels_)
    np.testing.assert_array_equal(labels_of("dbscan", points, cut=0.5, min_samples=least), compact(expected))


def test_hdbscan_within_a_large_cut_is_hdbscan() -> None:
    points = crowd(200, 20, 0.35)
    expected = HDBSCAN(min_cluster_size=3, min_samples=2, copy=True).fit(points.astype(np.float64)).labels_
    found = labels_of("hdbscan", points, cut=5.0, min_cluster_size=3, min_samples=2)
    np.testing.assert_array_equal(found, compact(lone(expected)))


@pytest.mark.parametrize("cut", [0.4, 0.5, 0.6])
def test_mean_shift_finds_the_peaks_of_scikit_learn(cut: float) -> None:
    points = crowd(40, spread=0.3)
    expected = MeanShift(bandwidth=cut, max_iter=100).fit(points.astype(np.float64)).labels_
    np.testing.assert_array_equal(labels_of("mean-shift", points, cut=cut), compact(expected))


def test_nearest_cluster_by_its_definition() -> None:
    points = crowd().astype(np.float64)
    groups: list[list[int]] = []
    for row in range(len(points)):
        distances = [np.linalg.norm(points[row] - points[group].mean(axis=0)) for group in groups]
        if distances and min(distances) <= 0.45:
            groups[int(np.argmin(distances))].append(row)
        else:
            groups.append([row])
    expected = np.empty(len(points), np.int64)
    for number, group in enumerate(groups):
        expected[group] = number
    np.testing.assert_array_equal(labels_of("threshold", points.astype(np.float32), cut=0.45), expected)


@pytest.mark.parametrize("k", [5, 20, 200])
def test_rank_order_by_its_definition(k: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rank_order, "_TABLE", 1000)  # several blocks
    points = crowd()
    graph = graph_of(points, min(k, len(points) - 1))
    lists = [[other for other in row if other >= 0] for row in graph.indices.tolist()]
    length = graph.indices.shape[1]

    def rank(a: int, b: int) -> int:
        return lists[a].index(b) + 1 if b in lists[a] else length

    def absent(a: int, b: int) -> int:
        return sum(x not in [b, *lists[b]] for x in [a, *lists[a][: rank(a, b)]])

    joined = [
        (a, b)
        for a, b in itertools.combinations(range(len(points)), 2)
        if (b in lists[a] or a in lists[b]) and absent(a, b) + absent(b, a) <= 0.5 * min(rank(a, b), rank(b, a))
    ]
    expected = np.arange(len(points))
    for a, b in joined:
        expected[expected == expected[b]] = expected[a]
    method = create_clusterer("rank-order", k=k, cut=10.0, threshold=0.5, metric="euclidean")
    found = method.fit_predict(graph, context=Unattended())
    np.testing.assert_array_equal(found, compact(expected))


def test_triangles_by_their_definition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conditional_pairwise, "_WEDGES", 50)  # several blocks
    pairs, _ = pairs_within(graph_of(crowd(40)), 0.75)
    numbers = {tuple(pair): number for number, pair in enumerate(pairs.tolist())}
    expected = {
        frozenset((numbers[a, b], numbers[a, c], numbers[b, c]))
        for a, b, c in itertools.combinations(range(40), 3)
        if {(a, b), (a, c), (b, c)} <= numbers.keys()
    }
    found = conditional_pairwise._triangles(40, pairs, Unattended())
    assert len(found) == len(expected) > 100
    assert set(map(frozenset, found.tolist())) == expected


def test_belief_propagation_is_exact_on_one_triangle() -> None:
    method = conditional_pairwise.ConditionalPairwise(strictness=1.3, rounds=60)
    own = np.array([0.7, -0.4, 1.1])
    beliefs = method._beliefs(own, np.array([[0, 1, 2]]), Unattended())
    chances = np.zeros((2, 2, 2))
    for state in itertools.product((0, 1), repeat=3):
        chances[state] = np.exp(own @ state) * (np.exp(-1.3) if sum(state) == 2 else 1)
    for place in range(3):
        axes = tuple(axis for axis in range(3) if axis != place)
        no, yes = chances.sum(axis=axes)
        assert beliefs[place] == pytest.approx(np.log(yes / no), abs=1e-9)


def test_cdp_tightens_only_what_is_too_large() -> None:
    steps = np.cumsum([0.0, 0.1, 0.1, 0.3, 0.1, 0.1])  # two triples, 0.3 apart
    line = np.concatenate([steps, 10 + 0.45 * np.arange(3)])  # and a loose triple far away
    points = np.column_stack([line, np.zeros(9)]).astype(np.float32)
    assert set(labels_of("cdp", points, cut=0.5, max_size=6)) == {0, 1}
    np.testing.assert_array_equal(labels_of("cdp", points, cut=0.5, max_size=5), [0, 0, 0, 1, 1, 1, 2, 2, 2])


def test_facemap_cuts_where_similarities_fall() -> None:
    method = create_clusterer("facemap", window=4, cut=5.0)
    similarities = np.concatenate([np.linspace(0.95, 0.9, 15), np.linspace(0.5, 0.45, 45)])[None, :]
    ahead = method._ahead(similarities)  # type: ignore[attr-defined]
    assert 13 <= ahead.sum() <= 17
    assert ahead[0, : ahead.sum()].all()


def test_density_peaks_follow_the_denser_neighbour() -> None:
    points = np.concatenate([crowd(30, 1, 0.2), crowd(30, 1, 0.2, seed=2) + np.float32(0.5)])
    labels = labels_of("density-peaks", points)
    np.testing.assert_array_equal(labels, np.repeat([0, 1], 30))


@pytest.mark.parametrize("name", ["kmeans", "minibatch-kmeans", "spectral"])
@pytest.mark.parametrize("wanted", [1, 4, 1000])
def test_as_many_groups_as_asked_for(name: str, wanted: int) -> None:
    points = np.concatenate([crowd(20, 4, 0.1), crowd(20, 4, 0.1)])  # each face twice
    labels = labels_of(name, points, clusters=wanted, cut=2.0)
    most = 40 if name == "spectral" else 20  # eigenvectors may tell two equal faces apart, means cannot
    assert len(set(labels)) == min(wanted, most)
    if wanted == 4:
        np.testing.assert_array_equal(labels, labels_of("hac-single", points, cut=0.4))


REFUSALS: list[tuple[str, Any, str, dict[str, Any]]] = [
    ("kmeans", centroids, "MOST_DISTANCES", {"clusters": 100}),
    ("threshold", centroids, "MOST_COMPARED_ONE_BY_ONE", {}),
    ("mean-shift", centroids, "MOST_SHIFTED", {}),
    ("hdbscan", density, "LARGEST_COMPONENT", {"cut": 3.0}),
    ("hac-average", linkages, "LARGEST_COMPONENT", {"cut": 3.0}),
    ("hac-complete", linkages, "LARGEST_COMPONENT", {"cut": 3.0}),
    ("spectral", spectral, "LARGEST_COMPONENT", {"cut": 3.0}),
    ("dlib-chinese-whispers", dlib_chinese_whispers, "MOST_FACES", {}),
    ("conditional-pairwise", conditional_pairwise, "MOST_TRIANGLES", {"cut": 3.0}),
]


@pytest.mark.parametrize(("name", "module", "limit", "parameters"), REFUSALS, ids=[row[0] for row in REFUSALS])
def test_too_many_faces_are_refused_with_advice(
    name: str, module: Any, limit: str, parameters: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, limit, 50)
    with pytest.raises(SettingError, match="too many for this method"):
        labels_of(name, crowd(), **parameters)


@pytest.mark.parametrize(
    "name",
    [
        "chinese-whispers", "threshold", "mean-shift", "hdbscan", "hac-average", "spectral", "cdp",
        "conditional-pairwise", "density-peaks", "facemap", "rank-order",
    ],
)  # fmt: skip
def test_own_work_can_be_cancelled_on_the_way(name: str) -> None:
    class Impatient(Unattended):
        asked = 0

        def check_cancelled(self) -> None:
            self.asked += 1
            if self.asked > 1:
                raise CancelledError

    with pytest.raises(CancelledError):
        create_clusterer(name).fit_predict(graph_of(crowd(spread=0.3)), context=Impatient())


def test_metrics_measure_what_scipy_measures() -> None:
    points = crowd(40)
    graph = graph_of(points, 50)
    for metric in ("cosine", "cityblock"):
        expected = cdist(points, points, metric)
        other = measured(graph, metric)
        assert (other.indices[:, 39:] == -1).all()
        assert np.isinf(other.distances[:, 39:]).all()
        near = np.take_along_axis(expected, other.indices[:, :39], axis=1)
        np.testing.assert_allclose(other.distances[:, :39], near, atol=1e-5)
        assert (np.diff(other.distances[:, :39], axis=1) >= 0).all()
    assert measured(graph, "euclidean") is graph


def test_an_equivalent_cut_keeps_as_many_neighbours() -> None:
    graph = graph_of(crowd(), 50)
    other = measured(graph, "cityblock")
    for cut in (0.01, 0.4, 0.6, 9.0):
        kept = np.count_nonzero(other.distances <= equivalent_cut(graph, other, cut))
        assert kept == np.count_nonzero(graph.distances <= cut)


def test_a_part_of_a_graph_keeps_its_neighbours() -> None:
    points = crowd(50)
    rows = np.arange(0, 50, 3)
    part, anew = among(graph_of(points, 60), rows), graph_of(points[rows], 60)
    np.testing.assert_array_equal(part.indices, anew.indices)
    np.testing.assert_array_equal(part.distances, anew.distances)


def test_pairs_are_told_once_whoever_lists_whom() -> None:
    graph = NeighbourGraph(
        np.zeros((3, 1), np.float32),
        np.array([[1, -1], [-1, -1], [1, 0]]),
        np.array([[0.2, np.inf], [np.inf, np.inf], [0.1, 0.4]], np.float32),
    )
    pairs, distances = pairs_within(graph, 0.3)
    np.testing.assert_array_equal(pairs, [[0, 1], [1, 2]])
    np.testing.assert_allclose(distances, [0.2, 0.1])
