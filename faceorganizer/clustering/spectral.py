"""Spectral clustering, component by component."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh
from scipy.sparse import csr_array
from scipy.sparse.csgraph import laplacian

from faceorganizer.clustering.centroids import KMeansMethod
from faceorganizer.clustering.constraints import connected
from faceorganizer.clustering.distances import pairs_within
from faceorganizer.clustering.edges import checked_range
from faceorganizer.clustering.method import LARGEST_SEED, Method, refuse_above
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.domain.seams import NeighbourGraph

LARGEST_COMPONENT: Final = 8_000  # faces: the dense Laplacian and its eigenvectors take 1.5 GB, some minutes

Spectrum = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]


@dataclass(kw_only=True)
class Spectral(Method):
    """k-means among the rows of the lowest eigenvectors of the normalised Laplacian (Ng, Jordan and Weiss, "On
    spectral clustering: analysis and an algorithm", NIPS 2001).

    Pairs of neighbours within the cut are weighted exp(-2 (d / cut)^2). The spectrum of the graph is that of its
    connected components taken together, so each is solved alone by LAPACK and gets as many groups as it has
    eigenvalues among the lowest ones. Without ``clusters`` those up to ``loosest`` count: a group of its own has one at
    zero, the nearer it is to zero the easier the group comes off. Time cubic and memory quadratic in the largest
    component, at most 8,000 faces (1.5 GB).

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters.
        cut: Largest distance of neighbours.
        clusters: Number of groups, at least 1; never fewer than components. None: see above.
        loosest: Largest eigenvalue that counts as a group, 0 to 2.
        seed: Of k-means++, 0 to 2^31 - 2.
        metric: Any.
        least_quality: As there.
    """  # noqa: D205

    clusters: int | None = None
    loosest: float = 0.3
    seed: int = 0

    strangers: ClassVar[float] = 0.3

    def check(self) -> None:
        """As the others, with clusters, eigenvalue and seed."""
        super().check()
        checked_range("clusters", 1 if self.clusters is None else self.clusters, 1, 100_000_000, whole=True)
        checked_range("loosest", self.loosest, 0, 2)
        checked_range("seed", self.seed, 0, LARGEST_SEED, whole=True)

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label component by component."""
        pairs, distances = pairs_within(graph, cut)
        components = connected(len(graph), pairs)
        sizes = np.bincount(components)
        refuse_above(LARGEST_COMPONENT, int(sizes.max()), "faces that hang together", "its memory is quadratic")
        weights = np.exp(-2 * (distances / cut) ** 2)
        both = np.concatenate([pairs, pairs[:, ::-1]])
        near = csr_array((np.concatenate([weights, weights]), (both[:, 0], both[:, 1])), shape=(len(graph),) * 2)
        order = np.argsort(components, kind="stable")
        order = order[sizes[components[order]] > 2]  # of two faces within the cut nothing is left to ask
        parts = np.split(order, np.flatnonzero(np.diff(components[order])) + 1) if len(order) else []
        labels, spectra = components.copy(), []
        for done, rows in enumerate(parts):
            context.check_cancelled()
            spectra.append(_spectrum(near[rows][:, rows]))
            context.report(done, len(parts), "Grouping faces")
        highest = self._highest(spectra, int(np.count_nonzero(sizes <= 2)))
        for rows, (values, vectors) in zip(parts, spectra, strict=True):
            context.check_cancelled()
            clusters = max(1, int(np.searchsorted(values, highest, side="right")))
            labels[rows] = len(graph) * (1 + rows[0]) + self._among(vectors[:, :clusters])
        return labels

    def _highest(self, spectra: list[Spectrum], alone: int) -> float:
        """The largest eigenvalue that makes a group; ``alone`` components have one group each anyway."""
        if self.clusters is None:
            return self.loosest
        values = np.sort(np.concatenate([values for values, _ in spectra])) if spectra else np.zeros(1)
        return float(values[np.clip(self.clusters - alone - 1, 0, len(values) - 1)])

    def _among(self, vectors: npt.NDArray[np.float64]) -> IntArray:
        """Label the rows of (n, clusters) eigenvectors."""
        count, clusters = vectors.shape
        if clusters == 1:
            return np.zeros(count, np.int64)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        rows = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0).astype(np.float32)
        nobody = NeighbourGraph(rows, np.zeros((count, 0), np.int64), np.zeros((count, 0), np.float32))
        return KMeansMethod(clusters=clusters, seed=self.seed).group(nobody, 1.0, Unattended())


def _spectrum(near: csr_array) -> Spectrum:
    """Eigenvalues (n,) from the lowest up, and eigenvectors (n, n) as columns, of the normalised Laplacian."""
    values, vectors = eigh(laplacian(near.toarray(), normed=True), overwrite_a=True, check_finite=False)
    return values, vectors
