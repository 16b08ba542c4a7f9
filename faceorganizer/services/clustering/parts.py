"""Proposes how one mixed person is broken into its people; runs in a process of its own, as grouping does."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.faces import FaceTable
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.ids import FaceId, ModelId, PersonId
from faceorganizer.domain.progress import JobContext
from faceorganizer.jobs.alone import run_alone
from faceorganizer.neighbours.spread import Spread
from faceorganizer.services.models.spread import spread_of
from faceorganizer.services.recognition.learned import learned_head, seen


@dataclass(frozen=True, slots=True)
class PartsTask:
    """The faces of one person, as they travel to the process that takes them apart.

    Attributes:
        faces: Active faces of present photos.
        must: (m, 2) rows that belong together, also in one photo.
        cannot: (c, 2) rows that never do.
        spread: How far apart different people are by these descriptors; None for dlib's network.
    """

    faces: FaceTable
    must: IntArray
    cannot: IntArray
    spread: Spread | None = None


def parts_task(unit: UnitOfWork, person: PersonId, model: ModelId) -> PartsTask:
    """Collect what is known of a person's faces."""
    faces = seen(unit.descriptors.table(model, person=person), learned_head(unit, model))
    links = unit.people.links(faces.ids.tolist())
    return PartsTask(faces, _rows(faces, links, "must"), _rows(faces, links, "cannot"), spread_of(unit, model))


def propose_parts(task: PartsTask, context: JobContext) -> list[list[FaceId]]:
    """Take the faces apart at a stricter setting than groups are made by.

    Returns:
        The parts, the largest first, each face in one at most; a single part when they hold together.

    Raises:
        CancelledError: The context said so.
    """
    context.report(0, None, f"Taking {len(task.faces)} faces apart")
    labels = run_alone(
        parts_worker,
        task,
        context,
        lambda cause: FaceOrganizerError(
            f"The person was not taken apart: {cause}.", "Nothing was changed; try again."
        ),
        threads=os.cpu_count() or 1,
    )
    return listed(task.faces.ids, labels)


def parts_worker() -> Callable[[PartsTask], IntArray]:
    """Make the handler of the process."""
    # Only there: its libraries take a while to load, and no other process needs them.
    from faceorganizer.services.clustering.grouping import part_faces

    return part_faces


def listed(ids: IntArray, labels: IntArray) -> list[list[FaceId]]:
    """Faces of each part, the largest part first; those labelled -1 are in none."""
    parts = [[FaceId(face) for face in ids[labels == label].tolist()] for label in np.unique(labels[labels >= 0])]
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _rows(faces: FaceTable, links: Sequence[tuple[FaceId, FaceId, str]], wanted: str) -> IntArray:
    pairs = np.array([(a, b) for a, b, kind in links if kind == wanted], np.int64).reshape(-1, 2)
    pairs = pairs[np.isin(pairs, faces.ids).all(axis=1)]
    return np.searchsorted(faces.ids, pairs).astype(np.int64)
