"""The rule that cuts edges, and the parameters of the Infomap clusterer."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from faceorganizer.clustering.edges import adaptive_cut, edges_within
from faceorganizer.clustering.infomap import InfomapClusterer, _batches
from faceorganizer.domain.errors import CancelledError, SettingError
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import NeighbourGraph

ROOT = Path(__file__).resolve().parents[3]


def chain(distances: list[float]) -> NeighbourGraph:
    """One face whose neighbours lie at these distances; the others know only the first."""
    count = len(distances) + 1
    indices = np.full((count, count - 1), -1, np.int64)
    lengths = np.full((count, count - 1), np.inf, np.float32)
    indices[0], lengths[0] = np.arange(1, count), distances
    indices[1:, 0], lengths[1:, 0] = 0, distances
    return NeighbourGraph(np.zeros((count, 128), np.float32), indices, lengths)


@pytest.mark.parametrize(("faces", "cut"), [(6410, 0.477), (3465, 0.490), (816, 0.523)])
def test_the_cut_narrows_as_a_library_grows(faces: int, cut: float) -> None:
    assert adaptive_cut(faces, 0.5) == pytest.approx(cut, abs=1e-3)


def test_the_cut_stays_sensible_at_both_ends() -> None:
    cuts = [adaptive_cut(faces, 0.5) for faces in (0, 1, 2, 3, 10, 50, 1000, 10**5, 10**6, 10**9)]
    assert cuts == sorted(cuts, reverse=True)
    assert cuts[0] == cuts[5]
    assert 0.55 < cuts[0] < 0.6
    assert 0.33 < cuts[-1] < 0.37


def test_weights_fall_with_the_strangers_expected() -> None:
    edges = edges_within(chain([0.1, 0.3, 0.4, 0.5, 0.6]), cut=0.5, k=80, strangers=0.5, steepness=20)
    forward = edges.weights[edges.sources == 0]
    assert len(forward) == 4
    assert (np.diff(forward) < 0).all()
    assert forward[0] == pytest.approx(1, abs=1e-3)
    assert forward[-1] == pytest.approx(1 / 11, rel=1e-3)


def test_only_the_nearest_count() -> None:
    edges = edges_within(chain([0.1, 0.2, 0.3]), cut=0.5, k=2, strangers=0.5, steepness=20)
    assert set(edges.targets[edges.sources == 0]) == {1, 2}


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
        {"cut": 1.6},
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
    graph = NeighbourGraph(np.zeros((count, 128), np.float32), indices, np.full((count, 1), 0.2, np.float32))
    monkeypatch.setattr("faceorganizer.clustering.infomap._BATCH", 10)
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
