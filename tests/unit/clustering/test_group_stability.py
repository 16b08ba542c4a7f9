"""New faces change little: groups keep their ids from one run to the next."""

import numpy as np

from faceorganizer.clustering.constraints import photo_pairs
from faceorganizer.clustering.infomap import InfomapClusterer
from faceorganizer.clustering.reconcile import reconcile
from faceorganizer.domain.faces import FaceTable
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import Constraints
from faceorganizer.neighbours.exact import ExactIndex

NO_PAIRS = np.zeros((0, 2), np.int64)


def grouped(points: np.ndarray, contents: np.ndarray, persons: np.ndarray) -> np.ndarray:
    """Group the faces and reconcile them with the persons they have; new groups get fresh ids."""
    graph = ExactIndex().graph(points, 80, Unattended())
    pairs = Constraints(NO_PAIRS, photo_pairs(contents))
    labels = InfomapClusterer().fit_predict(graph, constraints=pairs, context=Unattended())
    count = len(points)
    table = FaceTable(np.arange(count), contents, np.ones(count, np.float32), persons, np.zeros(count, bool), points)
    result = reconcile(labels, table, named=np.zeros(0, np.int64), rejections=NO_PAIRS, cannot=NO_PAIRS)
    return np.where(result < -1, persons.max(initial=0) - 1 - result, result)


def test_groups_keep_their_ids_when_photos_are_added() -> None:
    random = np.random.default_rng(3)
    truth = random.integers(0, 60, 1200)
    centres = random.normal(1.3 / 128**0.5, 0.8 / 16, (60, 128))
    points = (centres[truth] + random.normal(0, 0.4 / 16, (1200, 128))).astype(np.float32)
    contents = random.integers(0, 600, 1200)
    first = grouped(points[:1000], contents[:1000], np.full(1000, -1))
    second = grouped(points, contents, np.append(first, np.full(200, -1)))
    assert np.mean(second[:1000] == first) > 0.99
    assert np.mean(np.isin(second[1000:], first)) > 0.9
    pairs = photo_pairs(contents)
    same = second[pairs[:, 0]] == second[pairs[:, 1]]
    assert (second[pairs[same]] == -1).all()
