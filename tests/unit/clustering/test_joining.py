"""The second pass: groups that belong together on average are joined."""

import numpy as np
import pytest

from faceorganizer.clustering.infomap import InfomapClusterer
from faceorganizer.clustering.joining import Joining, fragments, join_groups
from faceorganizer.domain.errors import CancelledError
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.neighbours.exact import ExactIndex

NONE = np.zeros((0, 2), np.int64)


def people(*sizes: int) -> tuple[np.ndarray, np.ndarray]:
    """Descriptors and whose they are: at unit length people are about 0.58 apart, faces of one about 0.3."""
    random = np.random.default_rng(1)
    centres = random.normal(1.3 / 128**0.5, 0.5 / 16, (len(sizes), 128))
    truth = np.repeat(np.arange(len(sizes)), sizes)
    return (centres[truth] + random.normal(0, 0.4 / 16, (len(truth), 128))).astype(np.float32), truth


def joined(labels: IntArray, points: np.ndarray, pairs: IntArray, cannot: IntArray = NONE) -> IntArray:
    return join_groups(labels, points, pairs, cannot=cannot, joining=Joining(len(labels), 0.1), context=Unattended())


def all_pairs(count: int) -> IntArray:
    return np.column_stack(np.triu_indices(count, 1))


def test_pieces_of_a_person_join_and_people_stay_apart() -> None:
    points, truth = people(40, 20, 6, 1)
    pieces = truth * 10 + np.arange(len(truth)) % 5
    _, pieces = np.unique(pieces, return_inverse=True)
    np.testing.assert_array_equal(joined(pieces, points, all_pairs(len(points))), truth)


def test_groups_of_one_photo_stay_apart() -> None:
    points, _ = people(20)
    halves = np.arange(20) % 2
    assert set(joined(halves, points, all_pairs(20))) == {0}
    np.testing.assert_array_equal(joined(halves, points, all_pairs(20), np.array([[3, 2]])), halves)


def test_what_nothing_connects_is_not_compared() -> None:
    points, _ = people(10)
    halves = np.arange(10) % 2
    np.testing.assert_array_equal(joined(halves, points, NONE), halves)
    np.testing.assert_array_equal(joined(halves, points, np.array([[0, 2], [5, 5]])), halves)


def test_nobody_and_vectors_of_length_zero() -> None:
    assert len(joined(np.zeros(0, np.int64), np.zeros((0, 4), np.float32), NONE)) == 0
    assert set(joined(np.arange(3), np.zeros((3, 4), np.float32), all_pairs(3))) == {0, 1, 2}


def test_can_be_cancelled() -> None:
    class Cancelled(Unattended):
        def check_cancelled(self) -> None:
            raise CancelledError

    points, _ = people(4)
    with pytest.raises(CancelledError):
        join_groups(np.arange(4), points, all_pairs(4), cannot=NONE, joining=Joining(4, 0.1), context=Cancelled())


def test_a_person_with_many_more_faces_than_neighbours_stays_whole() -> None:
    points, truth = people(1500, 5, 3)
    labels = InfomapClusterer().fit_predict(ExactIndex().graph(points, 20, Unattended()), context=Unattended())
    sizes = np.bincount(labels[truth == 0])
    assert sizes.max() > 1450


def with_fragments(
    labels: IntArray, points: np.ndarray, quality: np.ndarray, cannot: IntArray = NONE, tolerated: float = 1.0
) -> IntArray:
    joining = Joining(len(labels), 1e-9, fragments=tolerated)
    pairs = all_pairs(len(labels))
    return join_groups(labels, points, pairs, cannot=cannot, joining=joining, context=Unattended(), quality=quality)


def pieces(*sizes: int) -> tuple[np.ndarray, IntArray, np.ndarray]:
    """Faces of one person in groups of these sizes, where the later groups are poor."""
    points, _ = people(sum(sizes))
    labels = np.repeat(np.arange(len(sizes)), sizes)
    return points, labels, np.where(labels > 0, 0.3, 0.9)


def test_one_or_two_poor_faces_join_their_person() -> None:
    points, labels, quality = pieces(8, 1, 2)
    assert fragments(labels, quality).tolist() == [False] * 8 + [True] * 3
    assert set(with_fragments(labels, points, quality)) == {0}
    np.testing.assert_array_equal(with_fragments(labels, points, quality, tolerated=1e-9), labels)


def test_good_faces_and_larger_groups_are_no_fragments() -> None:
    points, labels, quality = pieces(8, 2, 3)
    np.testing.assert_array_equal(with_fragments(labels, points, np.full(13, 0.6)), labels)
    np.testing.assert_array_equal(with_fragments(labels, points, quality), [0] * 10 + [1] * 3)


def test_fragments_make_no_group_of_their_own() -> None:
    points, labels, quality = pieces(1, 1, 1)
    np.testing.assert_array_equal(with_fragments(labels, points, quality), labels)
    points, labels, quality = pieces(3, 2)
    np.testing.assert_array_equal(with_fragments(labels, points, quality), labels)


def test_a_fragment_of_a_photo_stays_apart_from_that_photo() -> None:
    points, labels, quality = pieces(8, 1)
    np.testing.assert_array_equal(with_fragments(labels, points, quality, np.array([[2, 8]])), labels)


def test_a_fragment_joins_the_nearest() -> None:
    points, truth = people(8, 8, 8, 1)
    points[-1] = (2 * points[8:16].mean(axis=0) + points[-1]) / 3
    labels = with_fragments(truth, points, np.where(truth < 3, 0.9, 0.2))
    assert labels[-1] == labels[8]
    assert len(set(labels)) == 3
