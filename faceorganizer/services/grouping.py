"""What the grouping process does."""

import numpy as np

from faceorganizer.clustering.constraints import photo_pairs
from faceorganizer.clustering.reconcile import reconcile
from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import Constraints
from faceorganizer.neighbours.registry import create_index
from faceorganizer.services.clustering import GroupingTask


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
