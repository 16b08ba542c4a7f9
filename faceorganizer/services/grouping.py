"""What the processes do that group faces, or take a group apart."""

from dataclasses import replace
from typing import Final

import numpy as np

from faceorganizer.clustering.constraints import photo_pairs, separate
from faceorganizer.clustering.reconcile import reconcile
from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import Constraints
from faceorganizer.neighbours.registry import create_index
from faceorganizer.services.clustering import GroupingTask
from faceorganizer.services.parts import PartsTask

# Largest distance between neighbours, from what small libraries are grouped with down to where one person falls apart.
# People look alike to different degrees: the loosest cut that parts the faces at all errs least, on people of LFW
# mixed with the one they look most like.
CUTS: Final = (0.55, 0.52, 0.49, 0.46, 0.43, 0.40)
NEIGHBOURS: Final = 80


def group_faces(task: GroupingTask) -> IntArray:
    """Group faces and reconcile the result with what people decided.

    Returns:
        (n,) person of each face: an id, -1 for none, -2 and below for new groups.
    """
    faces = task.faces
    clusterer = create_clusterer(task.method, **task.parameters)
    graph = create_index("exact").graph(faces.descriptors, task.neighbours, Unattended())
    constraints = Constraints(task.must, np.concatenate([photo_pairs(faces.contents, task.must), task.cannot]))
    labels = clusterer.fit_predict(graph, quality=faces.quality, constraints=constraints, context=Unattended())
    return reconcile(
        labels,
        faces,
        named=np.union1d(task.named, task.hidden),
        rejections=task.rejections,
        cannot=task.cannot,
        exceptions=task.must,
        keep=np.isin(faces.persons, np.union1d(task.named, task.hidden) if task.keep_named else task.hidden),
    )


def part_faces(task: PartsTask) -> IntArray:
    """Take the faces of one person apart: at the loosest cut that makes two parts or more of two faces or more.

    What is in no such part then joins the one whose nearest faces are nearest, unless a photo or the user forbids it.
    Where no cut parts them, only what a photo or the user says is two people comes apart.

    Returns:
        (n,) part of each face, from 0; -1 for none.
    """
    faces = task.faces
    graph = create_index("exact").graph(faces.descriptors, NEIGHBOURS, Unattended())
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
