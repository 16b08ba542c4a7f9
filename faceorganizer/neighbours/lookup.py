"""Descriptors kept open for searches: the nearest ones to any descriptor, while faces come and go."""

import math
from typing import Final

import faiss
import numpy as np

from faceorganizer.domain.errors import VectorError
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.neighbours.vectors import checked_count, checked_vectors

MOST_EXACT: Final = 50_000  # faces that are all compared: some milliseconds
_COMPARED: Final = 200_000  # faces compared in larger libraries, about
_MOST_CELLS: Final = 1024
_TRAINING: Final = 39  # vectors for each cell, as faiss wants
_BLOCK: Final = 100_000


class OpenIndex:
    """An index over descriptors with ids.

    Up to :data:`MOST_EXACT` faces everything is compared (faiss ``IndexFlatL2``). Above, the faces in the nearest cells
    of a k-means grid are, by a byte for each number (``IndexIVFScalarQuantizer``; Jegou, Douze and Schmid, "Product
    quantization for nearest neighbor search", TPAMI 33, 2011, for inverted lists): 140 bytes a face, not 520.
    Distances are then a little off, so that whoever needs exact ones asks for a few more and measures them again.

    Args:
        ids: (n,) int64, each once.
        descriptors: (n, dimension), finite.

    Raises:
        VectorError: Descriptors are not finite or not two-dimensional.
    """

    def __init__(self, ids: IntArray, descriptors: FloatArray) -> None:
        vectors = checked_vectors(descriptors)
        self.exact = len(vectors) <= MOST_EXACT
        self._dimension = max(1, vectors.shape[1])
        self._index = faiss.IndexIDMap(self._flat()) if self.exact else self._lists(vectors)
        self.add(ids, vectors)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, ids: IntArray, descriptors: FloatArray) -> None:
        """Take in faces that are not there yet.

        Raises:
            VectorError: Descriptors are not finite, or of another dimension.
        """
        vectors = self._checked(descriptors)
        for start in range(0, len(vectors), _BLOCK):
            part = slice(start, start + _BLOCK)
            self._index.add_with_ids(vectors[part], np.ascontiguousarray(ids[part], np.int64))

    def remove(self, ids: IntArray) -> None:
        """Leave out faces; those that are not there are passed over."""
        if len(ids) and len(self):
            self._index.remove_ids(faiss.IDSelectorBatch(np.ascontiguousarray(ids, np.int64)))

    def nearest(self, descriptor: FloatArray, k: int) -> tuple[IntArray, FloatArray]:
        """Find the k nearest faces.

        Args:
            descriptor: (dimension,).
            k: How many, 1 or more.

        Returns:
            (m,) ids and (m,) distances, ascending; m is at most k.

        Raises:
            VectorError: The descriptor is not finite, or of another dimension.
        """
        query = self._checked(descriptor[None])
        wanted = min(checked_count(k), len(self))
        if not wanted:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        squares, found = self._index.search(query, wanted)
        there = found[0] >= 0
        distances: FloatArray = np.sqrt(np.maximum(squares[0][there], 0))
        return found[0][there], distances

    def _checked(self, descriptors: FloatArray) -> FloatArray:
        vectors = checked_vectors(descriptors)
        if len(vectors) and vectors.shape[1] != self._dimension:
            raise VectorError(f"A face has {vectors.shape[1]} numbers, those kept have {self._dimension}.")
        return vectors

    def _flat(self) -> "faiss.IndexFlatL2":
        return faiss.IndexFlatL2(self._dimension)

    def _lists(self, vectors: FloatArray) -> "faiss.IndexIVFScalarQuantizer":
        cells = min(int(math.sqrt(len(vectors))), _MOST_CELLS)
        self._grid = self._flat()  # faiss does not keep it alive
        index = faiss.IndexIVFScalarQuantizer(self._grid, self._dimension, cells, faiss.ScalarQuantizer.QT_8bit)
        index.cp.max_points_per_centroid = _TRAINING
        index.cp.niter = 6
        sample = np.random.default_rng(0).choice(len(vectors), min(len(vectors), _TRAINING * cells), replace=False)
        index.train(vectors[np.sort(sample)])
        index.nprobe = min(cells, math.ceil(_COMPARED * cells / len(vectors)))
        return index
