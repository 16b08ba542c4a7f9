"""Communities of a network by the map equation, for methods that choose their edges in ways of their own."""

from typing import Final

import faiss  # noqa: F401  before infomap, see faceorganizer.clustering.infomap
import numpy as np
from infomap import Network

from faceorganizer.clustering.constraints import connected
from faceorganizer.clustering.edges import Edges
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext

_BATCH: Final = 5000  # faces; see faceorganizer.clustering.infomap


def communities(edges: Edges, count: int, *, seed: int, context: JobContext) -> IntArray:
    """Label (count,) nodes by the two-level directed map equation, whole components in batches.

    Small components come first, so that every batch is full: alone, a component of one person would fall apart.

    Args:
        edges: Directed, weighted.
        count: Nodes; those without edges are alone.
        seed: Of Infomap.
        context: May cancel between batches.
    """
    labels = np.arange(count)
    components = connected(count, np.column_stack([edges.sources, edges.targets]))
    sizes = np.bincount(components, minlength=1)
    sizes[sizes == 1] = 0
    ascending = np.argsort(sizes, kind="stable")
    before = np.empty(len(sizes), np.int64)
    before[ascending] = np.cumsum(sizes[ascending]) - sizes[ascending]
    last = max(int(sizes.sum()) // _BATCH - 1, 0)
    batches = np.minimum(before // _BATCH, last)[components[edges.sources]]
    order = np.argsort(batches, kind="stable")
    done = 0
    for part in np.split(order, np.flatnonzero(np.diff(batches[order])) + 1) if len(edges) else []:
        context.check_cancelled()
        some = edges.only(part)
        network = Network()
        network.add_links(np.column_stack([some.sources, some.targets, some.weights]))
        modules = network.run(two_level=True, directed=True, seed=seed + 1, num_trials=1).modules()
        nodes = np.fromiter(modules.keys(), np.int64)
        labels[nodes] = count * (1 + nodes.min()) + np.fromiter(modules.values(), np.int64)
        done += len(part)
        context.report(done, len(edges), "Grouping faces")
    return labels
