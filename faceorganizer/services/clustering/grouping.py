"""What the processes do that group faces, or take a group apart, and how new faces are added to groups."""

from contextlib import closing
from dataclasses import replace
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from faceorganizer.clustering.constraints import compact, photo_pairs, separate
from faceorganizer.clustering.reconcile import reconcile
from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.db.database import Database
from faceorganizer.domain.faces import FaceTable
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.domain.seams import Constraints, NeighbourGraph
from faceorganizer.jobs.noticeboard import Noticeboard
from faceorganizer.neighbours.compact import CompactLists
from faceorganizer.neighbours.exact import ExactIndex
from faceorganizer.neighbours.registry import MOST_EXACT, usual_index
from faceorganizer.neighbours.spread import DLIB_UNIT, Spread
from faceorganizer.services.clustering.parts import PartsTask
from faceorganizer.services.clustering.service import FacesChangedError, GroupingTask
from faceorganizer.services.recognition.learned import seen

# Largest distance between neighbours at unit length, from what small libraries are grouped with down to where one
# person falls apart. People look alike to different degrees: the loosest cut that parts the faces at all errs least, on
# people of LFW mixed with the one they look most like.
CUTS: Final = (0.40, 0.38, 0.36, 0.34, 0.32, 0.30)
NEIGHBOURS: Final = 80
LEAST_CUT: Final = 0.01  # that the method takes

Number = TypeVar("Number", np.float32, np.uint8)


def group_faces(task: GroupingTask) -> IntArray:
    """Group faces and reconcile the result with what people decided.

    Returns:
        (n,) person of each face: an id, -1 for none, -2 and below for new groups.
    """
    context = Unattended() if task.board is None else Noticeboard(task.board)
    clusterer = create_clusterer(task.method, **task.parameters, **_spread(task.spread))
    graph = _compact_graph(task, context)
    if graph is None:
        faces = _described(task)
        graph = usual_index(len(faces)).graph(faces.descriptors, task.neighbours, context)
    else:
        faces = replace(task.faces, descriptors=graph.descriptors)
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
    labels = InfomapClusterer(**{**task.parameters, **_spread(task.spread)}).extend(
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
        found = unit.descriptors.table(task.model)
    return seen(replace(task.faces, descriptors=_of_task(task, found.ids, found.descriptors)), task.learned)


def _compact_graph(task: GroupingTask, context: JobContext) -> NeighbourGraph | None:
    """Neighbours by codes, where the library stores these; None where it does not.

    Few faces are compared exactly; so are those that are seen through what was learned, which no code knows of.

    Raises:
        FacesChangedError: A face left meanwhile.
    """
    if task.library is None or task.model is None or len(task.faces) <= MOST_EXACT or task.learned is not None:
        return None
    with closing(Database.open(task.library)) as database, database.read() as unit:
        form = unit.descriptors.stored_form(task.model)
        if form is None:
            return None
        codes = _of_task(task, *unit.descriptors.codes(task.model, form))
    return CompactLists().graph_of_codes(codes, form, task.neighbours, context)


def _of_task(task: GroupingTask, ids: IntArray, rows: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """What was found of the faces of a task, (m, dimension) by ids (m,), without faces that came meanwhile."""
    if np.array_equal(ids, task.faces.ids):
        return rows
    here = np.isin(ids, task.faces.ids)
    if np.count_nonzero(here) < len(task.faces):
        raise FacesChangedError("Faces left meanwhile.")
    return rows[here]


def _spread(spread: Spread | None) -> dict[str, Spread]:
    """The parameter of a clusterer; none for dlib's network."""
    return {} if spread is None else {"spread": spread}


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
    for cut in CUTS if task.spread is None else [DLIB_UNIT.carried(cut, task.spread) for cut in CUTS]:
        clusterer = create_clusterer("infomap", k=NEIGHBOURS, cut=max(cut, LEAST_CUT))
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
