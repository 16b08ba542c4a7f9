"""What a grouping does: all of it in a process of its own, additions wherever they are called."""

import json
import time
from contextlib import suppress
from pathlib import Path

import numpy as np

from faceorganizer.clustering.constraints import compact, photo_pairs
from faceorganizer.clustering.reconcile import reconcile
from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.domain.faces import FaceTable
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext, Progress, Unattended
from faceorganizer.domain.seams import Constraints, NeighbourGraph
from faceorganizer.neighbours.exact import ExactIndex
from faceorganizer.neighbours.registry import usual_index
from faceorganizer.services.clustering import GroupingTask

_REPORT_SECONDS = 0.1


class Noticeboard(Unattended):
    """A job context in one process whose last report another process reads from a file; the process is simply ended.

    Args:
        path: Of the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = 0.0

    def report(self, done: int, total: int | None, message: str) -> None:
        """Replace the report on the board, ten times a second at most."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _REPORT_SECONDS
        fresh = self._path.with_suffix(".new")
        with suppress(OSError):  # the disk is full, or on Windows it is being read: no reason to fail
            fresh.write_text(json.dumps([done, total, message]), encoding="utf-8")
            fresh.replace(self._path)

    def read(self) -> Progress | None:
        """Return the last report; None when there is none."""
        try:
            return Progress(*json.loads(self._path.read_text(encoding="utf-8")))
        except OSError:  # nothing yet; on Windows also while it is replaced
            return None


def group_faces(task: GroupingTask) -> IntArray:
    """Group faces and reconcile the result with what people decided.

    Returns:
        (n,) person of each face: an id, -1 for none, -2 and below for new groups.
    """
    faces = task.faces
    context = Unattended() if task.board is None else Noticeboard(task.board)
    clusterer = create_clusterer(task.method, **task.parameters)
    graph = usual_index(len(faces)).graph(faces.descriptors, task.neighbours, context)
    constraints = Constraints(task.must, np.concatenate([photo_pairs(faces.contents, task.must), task.cannot]))
    labels = clusterer.fit_predict(graph, quality=faces.quality, constraints=constraints, context=context)
    return reconcile(
        labels,
        faces,
        named=task.named,
        rejections=task.rejections,
        cannot=task.cannot,
        exceptions=task.must,
        keep=np.isin(faces.persons, task.named) if task.keep_named else None,
    )


def extend_groups(task: GroupingTask, fresh: IntArray, context: JobContext) -> IntArray:
    """Let new faces join people and groups, or make new groups; all others stay where they are.

    Time O(new faces x faces); nothing but the new faces and what is near them is looked at otherwise.

    Args:
        task: With the parameters of Infomap.
        fresh: (m,) rows of the new faces.
        context: Told of progress; may cancel.

    Returns:
        (n,) person of each face, as :func:`group_faces` does.
    """
    # Only for this method, and only where it is wanted.
    from faceorganizer.clustering.infomap import InfomapClusterer

    faces = task.faces
    nearest, distances = ExactIndex().search(faces.descriptors, fresh, task.neighbours, context)
    rows = np.unique(np.concatenate([fresh, nearest[nearest >= 0], _company(task, fresh)]))
    indices = np.full((len(rows), task.neighbours), -1, np.int64)
    lengths = np.full(indices.shape, np.inf, np.float32)
    places = np.searchsorted(rows, fresh)
    indices[places] = np.where(nearest < 0, -1, np.searchsorted(rows, nearest))
    lengths[places] = distances
    part = _part(faces, rows)
    labels = InfomapClusterer(**task.parameters).extend(
        NeighbourGraph(part.descriptors, indices, lengths),
        np.where(part.persons > 0, compact(part.persons), -1),
        quality=part.quality,
        faces=len(faces),
        accompanied=float(np.mean(faces.persons > 0)),
        context=context,
    )
    alone = labels < 0
    labels[alone] = labels.max(initial=-1) + 1 + np.arange(np.count_nonzero(alone))
    persons = faces.persons.copy()
    persons[rows] = reconcile(
        labels,
        part,
        named=task.named,
        rejections=_among(rows, task.rejections, 1),
        cannot=_among(rows, task.cannot, 2),
        exceptions=_among(rows, task.must, 2),
        keep=part.persons > 0,
    )
    return persons


def _company(task: GroupingTask, fresh: IntArray) -> IntArray:
    """Rows that the rules set against new ones: those in the same photos, and those they are linked to."""
    contents = task.faces.contents
    together = np.flatnonzero(np.isin(contents, contents[fresh]))
    links = np.concatenate([task.cannot, task.must])
    return np.concatenate([together, links[np.isin(links, fresh).any(axis=1)].ravel()])


def _part(faces: FaceTable, rows: IntArray) -> FaceTable:
    return FaceTable(
        faces.ids[rows],
        faces.contents[rows],
        faces.quality[rows],
        faces.persons[rows],
        faces.decided[rows],
        faces.descriptors[rows],
    )


def _among(rows: IntArray, pairs: IntArray, columns: int) -> IntArray:
    """The pairs whose first columns are rows of a part, with the numbers that these rows have there."""
    kept = pairs[np.isin(pairs[:, :columns], rows).all(axis=1)]
    kept[:, :columns] = np.searchsorted(rows, kept[:, :columns])
    return kept
