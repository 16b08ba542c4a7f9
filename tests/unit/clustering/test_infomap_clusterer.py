"""The rule that cuts edges, and the parameters of the Infomap clusterer."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from faceorganizer.clustering.edges import NO_EDGES, Edges, joined, near_edges, vouched_for
from faceorganizer.clustering.flow import _batches
from faceorganizer.clustering.infomap import InfomapClusterer
from faceorganizer.clustering.strangers import expected, reach, reach_of_groups, strictest, tolerated
from faceorganizer.domain.errors import CancelledError, SettingError
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.exact import ExactIndex

ROOT = Path(__file__).resolve().parents[3]


def chain(distances: list[float]) -> NeighbourGraph:
    """One face whose neighbours lie at these distances; the others know only the first."""
    count = len(distances) + 1
    indices = np.full((count, count - 1), -1, np.int64)
    lengths = np.full((count, count - 1), np.inf, np.float32)
    indices[0], lengths[0] = np.arange(1, count), distances
    indices[1:, 0], lengths[1:, 0] = 0, distances
    return NeighbourGraph(np.full((count, 128), 128**-0.5, np.float32), indices, lengths)


@pytest.mark.parametrize(("faces", "cut"), [(6410, 0.342), (3465, 0.351), (816, 0.374)])
def test_the_cut_narrows_as_a_library_grows(faces: int, cut: float) -> None:
    assert reach(0.35, faces) == pytest.approx(cut, abs=1e-3)


def test_the_cut_stays_sensible_at_both_ends() -> None:
    cuts = [reach(0.35, faces) for faces in (0, 1, 2, 3, 10, 50, 1000, 10**5, 10**6, 10**9)]
    assert cuts == sorted(cuts, reverse=True)
    assert cuts[0] == cuts[5]
    assert 0.4 < cuts[0] < 0.45
    assert 0.24 < cuts[-1] < 0.28
    assert reach(100, 10) == pytest.approx(0.578)  # half of the library at most


def test_strangers_are_expected_where_the_reach_says() -> None:
    for faces in (50, 6410, 10**6):
        assert expected(np.array([reach(0.35, faces)]), faces)[0] == pytest.approx(0.35)


def test_more_is_tolerated_where_hardly_any_face_is_alone() -> None:
    shares = [tolerated(0.35, share, 3000) for share in (0, 0.5, 0.7, 0.8, 0.9, 1)]
    assert shares == sorted(shares)
    assert shares[0] == pytest.approx(strictest(0.35)) == pytest.approx(0.1)
    assert shares[-1] == pytest.approx(0.35)


def test_more_is_tolerated_in_larger_libraries_up_to_the_most() -> None:
    amounts = [tolerated(0.35, 0, faces) for faces in (1, 100, 1000, 6410, 10**5, 10**9)]
    assert amounts == sorted(amounts)
    assert amounts[0] == amounts[1] == pytest.approx(0.05)
    assert amounts[-2] == pytest.approx(0.1 * (100 / 3) ** 0.35)
    assert amounts[-1] == pytest.approx(0.35)


def test_doubtful_edges_need_a_third_face_unless_nobody_else_is_near() -> None:
    ends = np.array([[0, 1], [1, 2], [0, 2], [2, 3], [4, 5]])  # a triangle, one that hangs on it, and a pair
    edges = Edges(ends[:, 0], ends[:, 1], np.ones(5))
    both = joined([edges, Edges(edges.targets, edges.sources, edges.weights)])
    for some in (edges, both):
        all_doubtful = vouched_for(some, 7, np.ones(len(some), bool))
        assert some.only(~all_doubtful).sources.tolist() in ([2], [2, 3])
        assert vouched_for(some, 7, np.zeros(len(some), bool)).all()
    assert vouched_for(NO_EDGES, 0, np.zeros(0, bool)).size == 0


def test_groups_of_strangers_come_less_near_than_faces() -> None:
    sizes = np.array([1.0, 4.0, 100.0, 1e6])
    reaches = reach_of_groups(0.35, 6410, sizes, sizes)
    assert (np.diff(reaches) > 0).all()
    assert reaches[0] == pytest.approx(reach(0.35, 6410))


def test_distances_are_those_at_unit_length() -> None:
    points = np.random.default_rng(0).normal(0.3, 0.1, (40, 16)).astype(np.float32)
    units = points / np.linalg.norm(points, axis=1, keepdims=True)
    edges = near_edges(ExactIndex().graph(points, 39, Unattended()), k=39, reach=2)
    assert len(edges) == 40 * 39
    np.testing.assert_allclose(
        edges.weights, np.linalg.norm(units[edges.sources] - units[edges.targets], axis=1), atol=1e-5
    )


def test_a_descriptor_of_length_zero_is_like_its_copies_only() -> None:
    points = np.zeros((4, 8), np.float32)
    points[2:, 0] = 1e-3
    edges = near_edges(ExactIndex().graph(points, 3, Unattended()), k=3, reach=2)
    assert set(zip(edges.sources.tolist(), edges.targets.tolist(), strict=True)) == {(0, 1), (1, 0), (2, 3), (3, 2)}


def test_nothing_is_near_in_an_empty_library() -> None:
    assert len(near_edges(ExactIndex().graph(np.zeros((0, 8), np.float32), 3, Unattended()), k=3, reach=2)) == 0


def test_only_the_nearest_count() -> None:
    edges = near_edges(chain([0.1, 0.2, 0.3]), k=2, reach=0.5)
    assert set(edges.targets[edges.sources == 0]) == {1, 2}


def test_edges_longer_than_the_reach_are_cut() -> None:
    edges = near_edges(chain([0.1, 0.3, 0.4, 0.5, 0.6]), k=80, reach=0.45)
    np.testing.assert_allclose(edges.weights[edges.sources == 0], [0.1, 0.3, 0.4], atol=1e-6)


def test_a_fixed_cut_is_taken() -> None:
    graph = chain([0.3, 0.62])
    loose = InfomapClusterer(cut=0.65).fit_predict(graph, context=Unattended())
    strict = InfomapClusterer(cut=0.6).fit_predict(graph, context=Unattended())
    np.testing.assert_array_equal(loose, [0, 0, 0])
    np.testing.assert_array_equal(strict, [0, 0, 1])


def test_quality_can_be_left_out_of_account() -> None:
    graph, poor = chain([0.2, 0.2]), np.zeros(3, np.float32)
    assert len(set(InfomapClusterer(least_quality=0).fit_predict(graph, quality=poor, context=Unattended()))) == 1
    assert len(set(InfomapClusterer().fit_predict(graph, quality=poor, context=Unattended()))) == 3


@pytest.mark.parametrize(
    "parameters",
    [
        {"k": 0},
        {"k": 80.0},
        {"k": "many"},
        {"strangers": "few"},
        {"cut": 0.0},
        {"cut": float("nan")},
        {"cut": 2.1},
        {"strangers": 0},
        {"steepness": -1},
        {"least_quality": 1.1},
        {"trials": 0},
        {"seed": -1},
        {"seed": 2**31},
        {"seed": 10**400},
    ],
)
def test_refuses_parameters_out_of_range(parameters: dict[str, float]) -> None:
    with pytest.raises(SettingError, match=next(iter(parameters))):
        InfomapClusterer(**parameters).fit_predict(chain([0.2]), context=Unattended())


def test_takes_the_largest_seed() -> None:
    labels = InfomapClusterer(seed=2**31 - 2, trials=2).fit_predict(chain([0.2, 0.2]), context=Unattended())
    assert set(labels) == {0}


def test_batches_change_nothing_and_can_be_stopped_between(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(Unattended):
        asked = 0

        def check_cancelled(self) -> None:
            self.asked += 1
            if self.asked == 3:
                raise CancelledError

    count = 60
    indices = np.arange(count)[:, None] ^ 1  # neighbours in pairs
    graph = NeighbourGraph(np.ones((count, 1), np.float32), indices, np.full((count, 1), 0.2, np.float32))
    monkeypatch.setattr("faceorganizer.clustering.flow._BATCH", 10)
    np.testing.assert_array_equal(InfomapClusterer().fit_predict(graph, context=Unattended()), np.arange(count) // 2)
    with pytest.raises(CancelledError):
        InfomapClusterer().fit_predict(graph, context=Stopped())


def test_small_components_do_not_fill_batches_alone() -> None:
    components = np.concatenate([np.arange(20_000), np.full(100, 20_000), np.repeat(20_001 + np.arange(3000), 3)])
    batches = _batches(components)
    linked = batches[20_000:]
    assert set(linked) == {0}
    assert len(set(_batches(np.repeat(np.arange(9000), 3)))) == 5
    assert len(set(_batches(np.repeat(np.arange(2), [3, 50_000])))) == 1
    assert _batches(np.zeros(0, np.int64)).size == 0


@pytest.mark.parametrize("order", [1, -1])
def test_lives_in_one_process_with_faiss_whichever_is_asked_for_first(order: int) -> None:
    imports = [
        "from faceorganizer.neighbours.exact import ExactIndex",
        "from faceorganizer.clustering.infomap import InfomapClusterer",
    ]
    work = """
import numpy as np
from faceorganizer.domain.progress import Unattended
graph = ExactIndex().graph(np.zeros((9, 128), np.float32), 5, Unattended())
assert set(InfomapClusterer().fit_predict(graph, context=Unattended())) == {0}
"""
    script = "\n".join(imports[::order]) + work
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def crowded(strays: int) -> tuple[np.ndarray, np.ndarray]:
    """Three people with ten faces each, one of them far from the others and poor; and people with one picture."""
    random = np.random.default_rng(4)
    centres = random.normal(1.3 / 128**0.5, 0.9 / 16, (3 + strays, 128))
    points = np.repeat(centres[:3], 10, axis=0) + random.normal(0, 0.3 / 16, (30, 128))
    points[9] += random.normal(0, 0.98 / 16, 128)
    return np.concatenate([points, centres[3:]]).astype(np.float32), np.where(np.arange(30 + strays) == 9, 0.3, 0.9)


def test_a_poor_face_joins_its_person_unless_many_are_alone() -> None:
    for strays, company in [(0, True), (20, False)]:
        points, quality = crowded(strays)
        graph = ExactIndex().graph(points, 80, Unattended())
        labels = InfomapClusterer().fit_predict(graph, quality=quality, context=Unattended())
        assert labels[0] == labels[8] != labels[10]
        assert (labels[9] == labels[0]) == company
        good = InfomapClusterer().fit_predict(graph, quality=np.full(len(points), 0.9), context=Unattended())
        assert good[9] != good[0]
