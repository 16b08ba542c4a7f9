"""What every NeighbourIndex promises; each registered one has to keep it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from faceorganizer.domain.compact import CompactForm
from faceorganizer.domain.errors import CancelledError, SettingError, VectorError
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import NeighbourIndex
from faceorganizer.neighbours.compact import CompactLists
from faceorganizer.neighbours.exact import ExactIndex
from faceorganizer.neighbours.ivf import InvertedLists
from faceorganizer.neighbours.registry import INDEXES, create_index, usual_index


@pytest.fixture(params=sorted(INDEXES))
def index(request: pytest.FixtureRequest) -> NeighbourIndex:
    return create_index(request.param)


class Cancelled(Unattended):
    def check_cancelled(self) -> None:
        raise CancelledError


class Heard(Unattended):
    def __init__(self) -> None:
        self.reports: list[tuple[int, int | None]] = []

    def report(self, done: int, total: int | None, message: str) -> None:
        assert message
        self.reports.append((done, total))


def vectors(count: int, dimension: int = 128, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.1, (count, dimension)).astype(np.float32)


def brute(points: np.ndarray, k: int) -> np.ndarray:
    distances = np.linalg.norm(points[:, None].astype(float) - points[None], axis=2)
    np.fill_diagonal(distances, np.inf)
    return np.sort(distances, axis=1)[:, :k]


def test_finds_the_nearest_in_order(index: NeighbourIndex) -> None:
    points = vectors(300)
    graph = index.graph(points, 10, Unattended())
    assert graph.indices.dtype == np.int64
    assert graph.distances.dtype == graph.descriptors.dtype == np.float32
    assert (np.diff(graph.distances, axis=1) >= 0).all()
    np.testing.assert_allclose(graph.distances, brute(points, 10), rtol=1e-5)
    measured = np.linalg.norm(points[graph.indices] - points[:, None], axis=2)
    np.testing.assert_allclose(graph.distances, measured, rtol=1e-5)
    assert (graph.indices != np.arange(300)[:, None]).all()


@pytest.mark.parametrize("count", [1, 2, 5, 10])
def test_pads_small_libraries(index: NeighbourIndex, count: int) -> None:
    graph = index.graph(vectors(count), 10, Unattended())
    assert graph.indices.shape == (count, 10)
    there = graph.indices >= 0
    assert (there.sum(axis=1) == count - 1).all()
    assert (np.isinf(graph.distances) == ~there).all()
    assert all(set(row[: count - 1]) == set(range(count)) - {i} for i, row in enumerate(graph.indices))


def test_no_face_at_all(index: NeighbourIndex) -> None:
    graph = index.graph(np.zeros((0, 128), np.float32), 5, Unattended())
    assert graph.indices.shape == graph.distances.shape == (0, 5)
    assert len(index.graph(np.zeros((0, 0), np.float32), 5, Unattended())) == 0


def test_the_same_face_over_and_over(index: NeighbourIndex) -> None:
    graph = index.graph(np.repeat(vectors(1), 50, axis=0), 10, Unattended())
    assert (graph.indices != np.arange(50)[:, None]).all()
    assert (graph.indices >= 0).all()
    assert (graph.distances == 0).all()
    assert all(len(set(row)) == 10 for row in graph.indices)


def test_the_same_vectors_give_the_same_graph(index: NeighbourIndex) -> None:
    points = vectors(200)
    first, second = (index.graph(points, 7, Unattended()) for _ in range(2))
    np.testing.assert_array_equal(first.indices, second.indices)
    np.testing.assert_array_equal(first.distances, second.distances)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30])
def test_refuses_what_cannot_be_compared(index: NeighbourIndex, value: float) -> None:
    points = vectors(20)
    points[13, 5] = value
    with pytest.raises(VectorError, match="13"):
        index.graph(points, 5, Unattended())


@pytest.mark.parametrize("shape", [(5,), (5, 2, 2), (5, 0)])
def test_refuses_what_is_no_table(index: NeighbourIndex, shape: tuple[int, ...]) -> None:
    with pytest.raises(VectorError):
        index.graph(np.zeros(shape, np.float32), 5, Unattended())


def test_refuses_what_is_no_number(index: NeighbourIndex) -> None:
    with pytest.raises(VectorError):
        index.graph(np.full((3, 4), "face"), 5, Unattended())


def test_refuses_less_than_one_neighbour(index: NeighbourIndex) -> None:
    with pytest.raises(ValueError, match="k must be"):
        index.graph(vectors(3), 0, Unattended())


def test_takes_any_memory_layout(index: NeighbourIndex) -> None:
    points = vectors(40, 64)
    turned = np.asfortranarray(points.astype(np.float64))[::-1]
    expected = index.graph(np.ascontiguousarray(points[::-1]), 4, Unattended())
    np.testing.assert_array_equal(index.graph(turned, 4, Unattended()).indices, expected.indices)


def test_reports_and_can_be_cancelled(index: NeighbourIndex) -> None:
    heard = Heard()
    index.graph(vectors(50), 3, heard)
    assert heard.reports[-1] == (50, 50)
    with pytest.raises(CancelledError):
        index.graph(vectors(50), 3, Cancelled())


def test_exact_is_the_same_for_any_block() -> None:
    points = vectors(101)
    whole, parts = (ExactIndex(block=block).graph(points, 5, Unattended()) for block in (1024, 7))
    np.testing.assert_array_equal(whole.indices, parts.indices)


def test_exact_stops_between_blocks() -> None:
    class Third(Unattended):
        asked = 0

        def check_cancelled(self) -> None:
            self.asked += 1
            if self.asked == 3:
                raise CancelledError

    context = Third()
    with pytest.raises(CancelledError):
        ExactIndex(block=10).graph(vectors(100), 5, context)
    assert context.asked == 3


def test_exact_tells_near_copies_apart() -> None:
    """The usual expansion of squared distances loses what is below a thousandth."""
    points = np.ones((3, 128), np.float32)
    points[1, 0] += 1e-5
    points[2, 0] += 3e-5
    graph = ExactIndex().graph(points, 2, Unattended())
    np.testing.assert_array_equal(graph.indices, [[1, 2], [0, 2], [1, 0]])


@given(
    points=hnp.arrays(np.float32, st.tuples(st.integers(0, 12), st.just(3)), elements=st.integers(-2, 2)),
    k=st.integers(1, 15),
)
@settings(max_examples=60, deadline=None)
def test_exact_agrees_with_plain_comparison(points: np.ndarray, k: int) -> None:
    graph = ExactIndex(block=4).graph(points, k, Unattended())
    expected = brute(points, k)
    np.testing.assert_allclose(graph.distances[:, : expected.shape[1]], expected, atol=1e-5)
    assert (graph.indices != np.arange(len(points))[:, None]).all()


def test_unknown_names_and_options_are_told() -> None:
    with pytest.raises(SettingError, match="exact"):
        create_index("nothing")
    with pytest.raises(SettingError, match="size"):
        create_index("exact", size=3)


def crowd(people: int = 100, each: int = 15) -> np.ndarray:
    """Descriptors of people with some faces each, like dlib's."""
    random = np.random.default_rng(4)
    centres = random.normal(1.3 / 128**0.5, 0.8 / 16, (people, 128))
    return (np.repeat(centres, each, axis=0) + random.normal(0, 0.4 / 16, (people * each, 128))).astype(np.float32)


def test_hardly_a_neighbour_within_the_cut_is_missed(index: NeighbourIndex) -> None:
    points = crowd()
    true = ExactIndex().graph(points, 30, Unattended())
    found = index.graph(points, 30, Unattended())
    hit = np.array([np.isin(a, b) for a, b in zip(true.indices, found.indices, strict=True)])
    assert hit[true.distances < 0.5].mean() >= 0.98
    measured = np.linalg.norm(points[found.indices] - points[:, None], axis=2)
    np.testing.assert_allclose(found.distances[found.indices >= 0], measured[found.indices >= 0], rtol=1e-4)
    assert (np.isinf(found.distances) == (found.indices < 0)).all()
    assert (np.diff(found.distances, axis=1)[found.indices[:, 1:] >= 0] >= 0).all()
    assert all(len(set(row[row >= 0])) == (row >= 0).sum() for row in found.indices)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("ivf", {"compared": 0}),
        ("ivf-compact", {"compared": 0}),
        ("hnsw", {"links": 1}),
        ("hnsw", {"breadth": 0}),
        ("kd-forest", {"trees": 0}),
        ("kd-forest", {"checks": 0}),
    ],
)
def test_parameters_out_of_range_are_refused(name: str, parameters: dict[str, int]) -> None:
    with pytest.raises(SettingError, match=next(iter(parameters))):
        create_index(name, **parameters).graph(vectors(5), 2, Unattended())


def test_large_libraries_are_searched_by_inverted_lists() -> None:
    assert isinstance(usual_index(5000), ExactIndex)
    assert isinstance(usual_index(5001), InvertedLists)


def test_exact_searches_for_some_rows_alone() -> None:
    points = vectors(120)
    whole = ExactIndex().graph(points, 6, Unattended())
    rows = np.array([7, 3, 119])
    indices, distances = ExactIndex().search(points, rows, 6, Unattended())
    np.testing.assert_array_equal(indices, whole.indices[rows])
    np.testing.assert_allclose(distances, whole.distances[rows], rtol=1e-6)
    assert ExactIndex().search(points, rows[:0], 6, Unattended())[0].shape == (0, 6)


def test_codes_are_compared_as_what_they_stand_for() -> None:
    form = CompactForm.spanning(crowd())
    codes = form.encode(crowd())
    found = CompactLists().graph_of_codes(codes, form, 30, Unattended())
    np.testing.assert_array_equal(found.descriptors, form.decode(codes))
    true = ExactIndex().graph(form.decode(codes), 30, Unattended())
    near = true.distances < 0.5
    assert (found.distances[near] <= true.distances[near] * (1 + 1e-4)).mean() >= 0.98
    measured = np.linalg.norm(found.descriptors[found.indices] - found.descriptors[:, None], axis=2)
    np.testing.assert_allclose(found.distances, measured, rtol=1e-4)
    assert (found.indices != np.arange(len(codes))[:, None]).all()


@pytest.mark.parametrize("count", [0, 1, 5])
def test_few_codes(count: int) -> None:
    form = CompactForm.spanning(vectors(5))
    graph = CompactLists().graph_of_codes(form.encode(vectors(count)), form, 10, Unattended())
    assert graph.indices.shape == (count, 10)
    assert ((graph.indices >= 0).sum(axis=1) == max(0, count - 1)).all()
    assert (np.isinf(graph.distances) == (graph.indices < 0)).all()


def test_codes_can_be_cancelled() -> None:
    form = CompactForm.spanning(vectors(50))
    with pytest.raises(CancelledError):
        CompactLists().graph_of_codes(form.encode(vectors(50)), form, 10, Cancelled())
