"""How well a grouping matches the truth: accuracy, pairwise, BCubed and mutual information.

Every measure comes from the contingency table of two labellings, counted in integers. Labels are any integers;
faces that belong to no group count as one group unless :func:`lone` makes each a group of its own.
"""

from dataclasses import dataclass

import numpy as np

from faceorganizer.domain.geometry import IntArray


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision and recall, each 0 to 1, with the counts they come from where there are any.

    Attributes:
        precision: Share of what was put together that belongs together; 1 when nothing was put together.
        recall: Share of what belongs together that was put together; 1 when nothing belongs together.
    """

    precision: float
    recall: float

    @property
    def f(self) -> float:
        """Harmonic mean of both; 0 when both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Contingency:
    """How two labellings of the same faces overlap.

    Attributes:
        true_sizes: (t,) faces of each true person.
        found_sizes: (g,) faces of each group.
        true: (c,) person of each cell that is not empty.
        found: (c,) group of that cell.
        cells: (c,) faces in it.
    """

    true_sizes: IntArray
    found_sizes: IntArray
    true: IntArray
    found: IntArray
    cells: IntArray

    @property
    def faces(self) -> int:
        """Number of faces."""
        return int(self.cells.sum())


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything that papers print of one grouping.

    Attributes:
        faces: That have a true label; no others count.
        people: True ones.
        groups: Found ones.
        singletons: Groups of one face.
        accuracy: Share of faces that are of the person most frequent in their group (purity).
        pairwise: Over all pairs of faces.
        bcubed: Averaged over faces.
        nmi: Normalised mutual information, 0 to 1.
    """

    faces: int
    people: int
    groups: int
    singletons: int
    accuracy: float
    pairwise: Agreement
    bcubed: Agreement
    nmi: float


def lone(labels: IntArray, none: int = -1) -> IntArray:
    """Give each face labelled ``none`` a label of its own."""
    alone = labels == none
    fresh = np.arange(np.count_nonzero(alone)) + (labels.max(initial=0) + 1)
    result: IntArray = labels.astype(np.int64)
    result[alone] = fresh
    return result


def measure(true: IntArray, found: IntArray, *, none: int = -1) -> Measures:
    """All measures of a grouping (n,) by the true labels (n,); faces whose true label is ``none`` are left out.

    Raises:
        ValueError: They are not of the same length.
    """
    if true.shape != found.shape:
        raise ValueError(f"labels of shapes {true.shape} and {found.shape} cannot be compared")
    known = true != none
    table = contingency(true[known], found[known])
    return Measures(
        faces=table.faces,
        people=len(table.true_sizes),
        groups=len(table.found_sizes),
        singletons=int(np.count_nonzero(table.found_sizes == 1)),
        accuracy=accuracy(table),
        pairwise=pairwise(table),
        bcubed=bcubed(table),
        nmi=mutual_information(table),
    )


def contingency(true: IntArray, found: IntArray) -> Contingency:
    """Count the overlaps of two labellings (n,).

    Raises:
        ValueError: They are not of the same length.
    """
    if true.shape != found.shape or true.ndim != 1:
        raise ValueError(f"labels of shapes {true.shape} and {found.shape} cannot be compared")
    true_labels, found_labels = _compact(true), _compact(found)
    width = int(found_labels.max(initial=-1)) + 1
    keys, cells = _counts(true_labels * width + found_labels)
    rows, columns = np.divmod(keys, max(width, 1))
    return Contingency(np.bincount(true_labels), np.bincount(found_labels), rows, columns, cells)


def accuracy(table: Contingency) -> float:
    """Share of faces that are of the person most frequent in their group; 1 when there is no face."""
    largest = np.zeros(len(table.found_sizes), np.int64)
    np.maximum.at(largest, table.found, table.cells)
    return _share(int(largest.sum()), table.faces)


def pairwise(table: Contingency) -> Agreement:
    """Precision and recall over all pairs of faces: were two faces of one person put together?"""
    together = _pairs(table.cells)
    return Agreement(_share(together, _pairs(table.found_sizes)), _share(together, _pairs(table.true_sizes)))


def bcubed(table: Contingency) -> Agreement:
    """Precision and recall averaged over faces (Bagga and Baldwin, "Entity-based cross-document coreferencing using
    the vector space model", COLING-ACL 1998): of the group a face is in, what share is its person, and the reverse.
    """  # noqa: D205
    if not table.faces:
        return Agreement(1.0, 1.0)
    squares = table.cells.astype(np.float64) ** 2
    precision = float(np.sum(squares / table.found_sizes[table.found])) / table.faces
    recall = float(np.sum(squares / table.true_sizes[table.true])) / table.faces
    return Agreement(precision, recall)


def mutual_information(table: Contingency) -> float:
    """Normalised mutual information, 0 to 1: I(true; found) over the arithmetic mean of both entropies.

    One when both labellings are a single group or empty.
    """
    if len(table.true_sizes) == len(table.found_sizes) <= 1:
        return 1.0
    mean = (_entropy(table.true_sizes) + _entropy(table.found_sizes)) / 2
    shared = _entropy(table.true_sizes) + _entropy(table.found_sizes) - _entropy(table.cells)
    return float(np.clip(shared / mean, 0, 1))


def _compact(labels: IntArray) -> IntArray:
    """Labels from 0 up without gaps, in the order of the values."""
    low, high = (int(labels.min()), int(labels.max())) if len(labels) else (0, 0)
    if high - low > 4 * len(labels):
        return np.unique(labels, return_inverse=True)[1].astype(np.int64)
    present = np.bincount(labels - low, minlength=1) > 0  # without sorting, which takes five times as long
    compact: IntArray = (np.cumsum(present) - 1)[labels - low]
    return compact


def _counts(keys: IntArray) -> tuple[IntArray, IntArray]:
    values, counts = np.unique(keys, return_counts=True)
    return values, counts.astype(np.int64)


def _pairs(sizes: IntArray) -> int:
    return int(np.sum(sizes * (sizes - 1) // 2))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _entropy(sizes: IntArray) -> float:
    shares = sizes / sizes.sum()
    return float(-np.sum(shares * np.log(shares)))
