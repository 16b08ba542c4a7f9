"""Whether the faces of a person are those of two people, and whose is whose."""

from typing import Final

import numpy as np
from scipy.cluster.hierarchy import linkage

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.neighbours.vectors import checked_vectors
from faceorganizer.recognition.gallery import mean_nearest, spread

LEAST: Final = 2  # faces of a part: a single odd one is an odd face, no person
MOST: Final = 64  # faces that are compared with each other


def two_parts(descriptors: FloatArray) -> tuple[float, IntArray] | None:
    """Part faces in two where they are least alike.

    Average linkage (Sokal and Michener, 1958) over at most 64 of them, evenly spread; the parts are those that its
    last merge of two parts with two faces or more joins. Faces it had joined to neither, and those that were not
    compared, go to the nearer part.

    Args:
        descriptors: (n, dimension), finite.

    Returns:
        The height of that merge, a distance, and (n,) 1 for the smaller part, 0 for the larger one; None for fewer
        than four faces, or when no two parts of two faces are ever joined.
    """
    vectors = checked_vectors(descriptors)
    rows = spread(len(vectors), MOST)
    if len(rows) < 2 * LEAST:
        return None
    tree = linkage(vectors[rows].astype(np.float64), "average")
    count = len(rows)
    sizes = np.concatenate([np.ones(count), tree[:, 3]])
    joined = sizes[tree[:, :2].astype(np.int64)].min(axis=1) >= LEAST
    if not joined.any():
        return None
    top = int(np.flatnonzero(joined)[-1])
    first, second = (rows[_leaves(tree, int(node), count)] for node in tree[top, :2])
    near_second = mean_nearest(vectors, vectors[second]) < mean_nearest(vectors, vectors[first])
    near_second[first], near_second[second] = False, True
    parts = near_second.astype(np.int64)
    return float(tree[top, 2]), parts if 2 * int(parts.sum()) <= len(parts) else 1 - parts


def _leaves(tree: FloatArray, node: int, count: int) -> IntArray:
    leaves, waiting = [], [node]
    while waiting:
        current = waiting.pop()
        if current < count:
            leaves.append(current)
        else:
            waiting += [int(child) for child in tree[current - count, :2]]
    return np.array(sorted(leaves), np.int64)
