"""Communities of a network by the map equation, for all methods that solve it."""

from typing import Final

import faiss  # noqa: F401  see below
import numpy as np
from infomap import Network

from faceorganizer.clustering.constraints import compact, connected
from faceorganizer.clustering.edges import Edges
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext

# faiss and infomap are both wrapped by SWIG, whose modules share one table of types: iterators of either become those
# of the module that was loaded last, and crash in the other one (swig/swig issue 2913). Only infomap's are used, so
# faiss has to come first.

_BATCH: Final = 5000  # faces; from 1000 on the figures on LFW no longer change


def communities(edges: Edges, count: int, *, seed: int, trials: int = 1, context: JobContext) -> IntArray:
    """Label nodes by the two-level directed map equation, solved by Infomap in batches of whole components.

    Args:
        edges: Directed, weighted.
        count: Nodes; those without edges are alone.
        seed: Of Infomap's random numbers, 0 to 2^31 - 2.
        trials: Times Infomap starts afresh on a batch; the best result counts.
        context: Told of progress; may cancel between batches.

    Returns:
        (count,) labels from 0 up without gaps.

    Raises:
        CancelledError: The job was cancelled.
    """
    labels = np.arange(count)
    batches = _batches(connected(count, np.column_stack([edges.sources, edges.targets])))[edges.sources]
    order = np.argsort(batches, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(batches[order])) + 1)
    fresh, done = count, 0
    for part in parts if len(edges) else []:
        context.check_cancelled()
        some = edges.only(part)
        network = Network()
        network.add_links(np.column_stack([some.sources, some.targets, some.weights]))
        modules = network.run(two_level=True, directed=True, seed=seed + 1, num_trials=trials).modules()
        nodes = np.fromiter(modules.keys(), np.int64)
        labels[nodes] = fresh + np.fromiter(modules.values(), np.int64)
        fresh += len(nodes) + 1
        done += len(part)
        context.report(done, len(edges), "Grouping faces")
    return compact(labels)


def _batches(components: IntArray) -> IntArray:
    """Number of the batch that each node (n,) is solved in; all nodes of a component are in one.

    Small components come first, so that every batch is full. The map equation weighs groups against the size of
    the whole: solved alone, a component of one person falls apart, in company of some thousand faces it does not.
    """
    sizes = np.bincount(components)
    sizes[sizes == 1] = 0  # alone, and in no network
    order = np.argsort(sizes, kind="stable")
    starts = np.empty(len(sizes), np.int64)
    starts[order] = np.cumsum(sizes[order]) - sizes[order]
    batches: IntArray = np.minimum(starts // _BATCH, max(sizes.sum() // _BATCH - 1, 0))[components]
    return batches
