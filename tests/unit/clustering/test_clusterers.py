"""What every Clusterer promises; each registered one has to keep it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceorganizer.clustering.registry import CLUSTERERS, create_clusterer, parameters_of
from faceorganizer.domain.errors import CancelledError, SettingError, VectorError
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import Clusterer, Constraints, NeighbourGraph
from faceorganizer.neighbours.exact import ExactIndex

NONE = np.zeros((0, 2), np.int64)


@pytest.fixture(params=sorted(CLUSTERERS))
def clusterer(request: pytest.FixtureRequest) -> Clusterer:
    return create_clusterer(request.param)


def people(*sizes: int, spread: float = 0.3, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Descriptors like dlib's: far from zero, people about 0.8 apart, faces of one about ``spread``; and whose."""
    random = np.random.default_rng(seed)
    centres = random.normal(1.3 / np.sqrt(128), 0.8 / np.sqrt(2 * 128), (len(sizes), 128))
    truth = np.repeat(np.arange(len(sizes)), sizes)
    noise = random.normal(0, spread / np.sqrt(2 * 128), (len(truth), 128))
    return (centres[truth] + noise).astype(np.float32), truth


def graph_of(points: np.ndarray, k: int = 80) -> NeighbourGraph:
    return ExactIndex().graph(points, k, Unattended())


def same(labels: np.ndarray, truth: np.ndarray) -> bool:
    return bool(((labels[:, None] == labels) == (truth[:, None] == truth)).all())


def gapless(labels: np.ndarray, count: int) -> bool:
    return labels.shape == (count,) and labels.dtype == np.int64 and set(labels) == set(range(len(set(labels))))


def must(*pairs: tuple[int, int]) -> Constraints:
    return Constraints(np.array(pairs, np.int64), NONE)


def cannot(*pairs: tuple[int, int]) -> Constraints:
    return Constraints(NONE, np.array(pairs, np.int64))


def test_tells_people_apart(clusterer: Clusterer) -> None:
    points, truth = people(30, 12, 5, 3, 2, 1, 1)
    labels = clusterer.fit_predict(graph_of(points), context=Unattended())
    assert gapless(labels, len(points))
    assert same(labels, truth)


@pytest.mark.parametrize(
    "sizes", [(), (1,), (2,), (1, 1), (3,), (2, 1), (1, 1, 1), (10,), (5, 5), (1,) * 10, (7, 2, 1)]
)
def test_small_libraries(clusterer: Clusterer, sizes: tuple[int, ...]) -> None:
    points, truth = people(*sizes)
    labels = clusterer.fit_predict(graph_of(points.reshape(-1, 128)), context=Unattended())
    assert gapless(labels, len(truth))
    assert same(labels, truth)


@pytest.mark.parametrize("times", [81, 1000])
def test_one_face_many_times(clusterer: Clusterer, times: int) -> None:
    graph = graph_of(np.repeat(people(1)[0], times, axis=0))
    assert set(clusterer.fit_predict(graph, context=Unattended())) == {0}


def test_the_same_seed_gives_the_same_groups(clusterer: Clusterer) -> None:
    graph = graph_of(people(*[8] * 20, spread=0.5)[0])
    first, second = (clusterer.fit_predict(graph, context=Unattended()) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_what_must_be_together_is(clusterer: Clusterer) -> None:
    points, truth = people(6, 6, 6, 1)
    labels = clusterer.fit_predict(graph_of(points), constraints=must((0, 6), (18, 12)), context=Unattended())
    assert same(labels, np.array([0, 0, 2, 2])[truth])


def test_two_faces_of_one_photo_part(clusterer: Clusterer) -> None:
    points, truth = people(10, 10)
    points[9] = points[0] + np.tile(np.float32([0.03, -0.03]), 64)  # strays from the others by 0.34
    labels = clusterer.fit_predict(graph_of(points), constraints=cannot((0, 9)), context=Unattended())
    assert labels[0] != labels[9]
    rest = np.delete(np.arange(20), 9)
    assert same(labels[rest], truth[rest])


def test_the_one_closer_to_the_rest_stays(clusterer: Clusterer) -> None:
    points, _ = people(10)
    points[3] = points.mean(axis=0)
    points[7] += np.float32(0.02)
    for pair in [(3, 7), (7, 3)]:
        labels = clusterer.fit_predict(graph_of(points), constraints=cannot(pair), context=Unattended())
        assert labels[3] == labels[0] != labels[7]


def test_a_contact_sheet_of_one_person(clusterer: Clusterer) -> None:
    points, _ = people(15)
    every = np.column_stack(np.triu_indices(15, 1))
    labels = clusterer.fit_predict(graph_of(points), constraints=Constraints(NONE, every), context=Unattended())
    assert len(set(labels)) == 15


def test_must_wins_over_cannot(clusterer: Clusterer) -> None:
    points, truth = people(5, 5)
    pairs = Constraints(np.array([[0, 1], [1, 2]]), np.array([[0, 2], [2, 2], [0, 5]]))
    labels = clusterer.fit_predict(graph_of(points), constraints=pairs, context=Unattended())
    assert same(labels, truth)


def test_poor_faces_hold_nothing_together(clusterer: Clusterer) -> None:
    points, truth = people(12, 12)
    steps = np.linspace(0, 1, 12)[1:-1, None]
    bridge = points[0] * (1 - steps) + points[12] * steps  # a chain of blurred faces from one person to the other
    quality = np.concatenate([np.ones(24), np.full(len(bridge), 0.01)]).astype(np.float32)
    graph = graph_of(np.concatenate([points, bridge]).astype(np.float32))
    labels = clusterer.fit_predict(graph, quality=quality, context=Unattended())
    assert same(labels[:24], truth)
    assert labels[24] == labels[0]
    assert labels[-1] == labels[12]


def test_poor_faces_alone_are_no_group(clusterer: Clusterer) -> None:
    quality = np.array([0.01, np.nan, 0.0, 0.02], np.float32)
    labels = clusterer.fit_predict(graph_of(people(4)[0]), quality=quality, context=Unattended())
    assert len(set(labels)) == 4


def test_quality_has_to_fit(clusterer: Clusterer) -> None:
    with pytest.raises(VectorError):
        clusterer.fit_predict(graph_of(people(4)[0]), quality=np.ones(3, np.float32), context=Unattended())


def test_can_be_cancelled(clusterer: Clusterer) -> None:
    class Cancelled(Unattended):
        def check_cancelled(self) -> None:
            raise CancelledError

    for sizes in [(4, 4), (1, 1), ()]:
        with pytest.raises(CancelledError):
            clusterer.fit_predict(graph_of(people(*sizes)[0].reshape(-1, 128)), context=Cancelled())


def test_prints_nothing(clusterer: Clusterer, capfd: pytest.CaptureFixture[str]) -> None:
    clusterer.fit_predict(graph_of(people(9, 9)[0]), context=Unattended())
    assert capfd.readouterr() == ("", "")


@given(data=st.data(), sizes=st.lists(st.integers(1, 6), min_size=1, max_size=6), spread=st.floats(0.1, 0.8))
@settings(max_examples=20, deadline=None)
@pytest.mark.parametrize("name", sorted(CLUSTERERS))
def test_constraints_hold_in_every_result(name: str, data: st.DataObject, sizes: list[int], spread: float) -> None:
    points, _ = people(*sizes, spread=spread)
    rows = st.integers(0, len(points) - 1)
    together = np.array(data.draw(st.lists(st.tuples(rows, rows), max_size=4)), np.int64).reshape(-1, 2)
    apart = np.array(data.draw(st.lists(st.tuples(rows, rows), max_size=12)), np.int64).reshape(-1, 2)
    quality = np.array(data.draw(st.lists(st.floats(0, 1), min_size=len(points), max_size=len(points))), np.float32)
    labels = create_clusterer(name).fit_predict(
        graph_of(points, 10), quality=quality, constraints=Constraints(together, apart), context=Unattended()
    )
    assert gapless(labels, len(points))
    assert (labels[together[:, 0]] == labels[together[:, 1]]).all()
    blocks = np.arange(len(points))
    for first, second in together:
        blocks[blocks == blocks[first]] = blocks[second]
    open_pairs = apart[blocks[apart[:, 0]] != blocks[apart[:, 1]]]
    assert (labels[open_pairs[:, 0]] != labels[open_pairs[:, 1]]).all()


def test_padding_says_nothing(clusterer: Clusterer) -> None:
    points, _ = people(9, 4, 2, 1, spread=0.5)
    graph = graph_of(points, 15)
    padded = NeighbourGraph(
        points,
        np.pad(graph.indices, ((0, 0), (0, 5)), constant_values=-1),
        np.pad(graph.distances, ((0, 0), (0, 5)), constant_values=np.inf),
    )
    labels, same_labels = (clusterer.fit_predict(g, context=Unattended()) for g in (graph, padded))
    np.testing.assert_array_equal(labels, same_labels)


def test_faces_without_any_neighbour_are_alone(clusterer: Clusterer) -> None:
    points, _ = people(1, 1, 1)
    nobody = NeighbourGraph(points, np.zeros((3, 0), np.int64), np.zeros((3, 0), np.float32))
    np.testing.assert_array_equal(clusterer.fit_predict(nobody, context=Unattended()), [0, 1, 2])


def test_descriptors_that_are_no_numbers_never_get_here() -> None:
    points, _ = people(3)
    points[1, 5] = np.nan
    with pytest.raises(VectorError):
        graph_of(points)


@pytest.mark.parametrize("metric", ["euclidean", "cosine", "cityblock"])
def test_other_metrics_and_descriptors_of_zeros(clusterer: Clusterer, metric: str) -> None:
    name = next(name for name in CLUSTERERS if type(create_clusterer(name)) is type(clusterer))
    if metric not in getattr(clusterer, "metrics", ()):
        return
    points, truth = people(12, 7, 3, spread=0.2)
    points[:, 0] += 1.2  # descriptors have much in common
    points, truth = np.vstack([points, np.zeros((1, 128), np.float32)]), np.append(truth, 3)
    labels = create_clusterer(name, metric=metric).fit_predict(graph_of(points), context=Unattended())
    assert gapless(labels, len(points))
    assert same(labels[:-1], truth[:-1])


BAD_VALUES = {
    "metric": ["manhattan", 3, None],
    "cut": ["far", float("nan"), -1, 0, float("inf")],
    "clusters": ["many", 0, 2.5],
}


@pytest.mark.parametrize(
    ("name", "parameter"), [(name, parameter) for name in CLUSTERERS for parameter in parameters_of(name)]
)
def test_bad_parameters_are_refused(name: str, parameter: str) -> None:
    nobody = graph_of(np.zeros((0, 128), np.float32))
    for value in BAD_VALUES.get(parameter, ["many", float("nan"), -1, 1e12, [1], None]):
        with pytest.raises(SettingError):
            create_clusterer(name, **{parameter: value}).fit_predict(nobody, context=Unattended())


def test_unknown_names_and_options_are_told() -> None:
    with pytest.raises(SettingError, match="infomap"):
        create_clusterer("nothing")
    with pytest.raises(SettingError, match="size"):
        create_clusterer("infomap", size=3)
