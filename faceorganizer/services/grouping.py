"""What the processes do that group faces, or take a group apart, and how new faces are added to groups."""

import json
import time
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from faceorganizer.clustering.constraints import compact, photo_pairs, separate
from faceorganizer.clustering.reconcile import reconcile
from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.db.database import Database
from faceorganizer.domain.faces import FaceTable
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext, Progress, Unattended
from faceorganizer.domain.seams import Constraints, NeighbourGraph
from faceorganizer.neighbours.exact import ExactIndex
from faceorganizer.neighbours.registry import usual_index
from faceorganizer.services.clustering import FacesChangedError, GroupingTask
from faceorganizer.services.learned import seen
from faceorganizer.services.parts import PartsTask

# Largest distance between neighbours at unit length, from what small libraries are grouped with down to where one
# person falls apart. People look alike to different degrees: the loosest cut that parts the faces at all errs least, on
# people of LFW mixed with the one they look most like.
CUTS: Final = (0.40, 0.38, 0.36, 0.34, 0.32, 0.30)
NEIGHBOURS: Final = 80

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
    faces = _described(task)
    context = Unattended() if task.board is None else Noticeboard(task.board)
    clusterer = create_clusterer(task.method, **task.parameters)
    graph = usual_index(len(faces)).graph(faces.descriptors, task.neighbours, context)
    constraints = Constraints(task.must, np.concatenate([photo_pairs(faces.contents, task.must), task.cannot]))
    labels = clusterer.fit_predict(graph, quality=faces.quality, constraints=constraints, context=context)
    return reconcile(
        labels,
        faces,
        named=np.union1d(task.named, task.hidden),
        rejections=task.rejections,
        cannot=task.cannot,
        exceptions=task.must,
        keep=np.isin(faces.persons, np.union1d(task.named, task.hidden) if task.keep_named else task.hidden),
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

    faces = _described(task)
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
        named=np.union1d(task.named, task.hidden),
        rejections=_among(rows, task.rejections, 1),
        cannot=_among(rows, task.cannot, 2),
        exceptions=_among(rows, task.must, 2),
        keep=part.persons > 0,
    )
    return persons


def _described(task: GroupingTask) -> FaceTable:
    """The faces with the vectors that are compared; faces that came meanwhile are left for the next grouping.

    Raises:
        FacesChangedError: One of them left meanwhile.
    """
    if task.library is None or task.model is None:
        return seen(task.faces, task.learned)
    with closing(Database.open(task.library)) as database, database.read() as unit:
        found = unit.faces.table(task.model)
    if np.array_equal(found.ids, task.faces.ids):
        return seen(replace(task.faces, descriptors=found.descriptors), task.learned)
    here = np.isin(found.ids, task.faces.ids)
    if np.count_nonzero(here) < len(task.faces):
        raise FacesChangedError("Faces left meanwhile.")
    return seen(replace(task.faces, descriptors=found.descriptors[here]), task.learned)


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


def part_faces(task: PartsTask) -> IntArray:
    """Take the faces of one person apart: at the loosest cut that makes two parts or more of two faces or more.

    What is in no such part then joins the one whose nearest faces are nearest, unless a photo or the user forbids it.
    Where no cut parts them, only what a photo or the user says is two people comes apart.

    Returns:
        (n,) part of each face, from 0; -1 for none.
    """
    faces = task.faces
    graph = usual_index(len(faces)).graph(faces.descriptors, NEIGHBOURS, Unattended())
    cannot = np.concatenate([photo_pairs(faces.contents, task.must), task.cannot])
    constraints = Constraints(task.must, cannot)
    labels = separate(np.zeros(len(faces), np.int64), cannot, np.ones(len(faces), np.bool_), faces.quality)
    for cut in CUTS:
        clusterer = create_clusterer("infomap", k=NEIGHBOURS, cut=cut)
        found = clusterer.fit_predict(graph, quality=faces.quality, constraints=constraints, context=Unattended())
        parts = np.where(np.bincount(found)[found] > 1, found, -1) if len(found) else found
        if len(np.unique(parts[parts >= 0])) > 1:
            labels = parts
            break
    settled = labels >= 0
    none = np.zeros((0, 2), np.int64)
    placed = reconcile(
        np.zeros(len(faces), np.int64),
        replace(faces, persons=np.where(settled, labels + 1, -1), decided=settled),
        named=np.zeros(0, np.int64),
        rejections=none,
        cannot=task.cannot,
        exceptions=task.must,
    )
    return np.where(placed > 0, placed - 1, -1)
