"""Approximate nearest neighbours by inverted lists that hold one byte a number."""

from typing import Final

import faiss
import numpy as np

from faceorganizer.domain.compact import Codes, CompactForm
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.ivf import TRAINING, arrange, cells, checked_compared
from faceorganizer.neighbours.vectors import (
    by_blocks,
    checked_count,
    checked_vectors,
    gathered,
    nearest_others,
    others_first,
)

_ADDED: Final = 1 << 16  # codes put into the lists at a time: 32 MB as the numbers that faiss takes
_SPARE: Final = 16  # neighbours looked for beyond those wanted, where rounding may have changed their order
_MEASURED_VALUES: Final = 1 << 23  # of descriptors gathered at a time: 32 MB


class CompactLists:
    """Neighbours in the nearest cells of a k-means grid whose faces are codes of one byte a number.

    By faiss ``IndexIVFScalarQuantizer`` (Douze et al., "The Faiss library", arXiv 2401.08281), on the codes of
    :class:`~faceorganizer.domain.compact.CompactForm` as they are: their steps are equal, so nothing is decoded.

    As of :class:`~faceorganizer.neighbours.ivf.InvertedLists` neighbours in other cells are missed. The lists take a
    quarter of the memory, and are searched in less time.

    Args:
        compared: Faces that each is compared with, about, 1 to 1,000,000.
        block: Rows searched at a time, between which the job can be cancelled.
    """

    def __init__(self, *, compared: int = 2000, block: int = 8192) -> None:
        self.compared = compared
        self.block = block

    def graph(self, descriptors: FloatArray, k: int, context: JobContext) -> NeighbourGraph:
        """Find most of the k nearest neighbours of each row among the others, and measure those by the descriptors.

        Memory O(n (1.25 dimension + k)) beside that of the descriptors; time O(n k dimension) more than with codes.

        Args:
            descriptors: (n, dimension); rounded to steps that span all of them.
            k: Neighbours of each; rows that have fewer in the cells searched are padded.
            context: Asked between blocks whether to go on.

        Raises:
            SettingError: A parameter is out of range.
            VectorError: Descriptors are not finite or not two-dimensional.
            CancelledError: The job was cancelled.
        """
        checked_compared(self.compared)
        vectors, count = checked_vectors(descriptors), checked_count(k)
        context.check_cancelled()
        codes = CompactForm.spanning(vectors).encode(vectors)
        index = self._index(codes, context)
        reach = count + 1 + _SPARE

        def search(rows: IntArray) -> tuple[IntArray, FloatArray]:
            found = index.search(codes[rows].astype(np.float32), reach)[1]
            return nearest_others(vectors, rows, found, count)

        block = max(1, min(self.block, _MEASURED_VALUES // max(1, reach * vectors.shape[1])))
        return gathered(vectors, count, block, search, context)

    def graph_of_codes(self, codes: Codes, form: CompactForm, k: int, context: JobContext) -> NeighbourGraph:
        """Find most of the k nearest neighbours of each row among the others, by codes alone.

        Descriptors are made of the codes when the lists are gone: memory O(n (2 dimension / 4 + k)) until then.

        Args:
            codes: (n, dimension).
            form: What they are codes of.
            k: Neighbours of each; rows that have fewer in the cells searched are padded.
            context: Asked between blocks whether to go on.

        Raises:
            SettingError: A parameter is out of range.
            CancelledError: The job was cancelled.
        """
        checked_compared(self.compared)
        context.check_cancelled()
        # The lists go before descriptors come.
        indices, distances = self._neighbours(codes, checked_count(k), context)
        distances *= np.float32(form.step)
        return NeighbourGraph(form.decode(codes), indices, distances)

    def _neighbours(self, codes: Codes, count: int, context: JobContext) -> tuple[IntArray, FloatArray]:
        index = self._index(codes, context)

        def search(rows: IntArray) -> tuple[IntArray, FloatArray]:
            squares, found = index.search(codes[rows].astype(np.float32), count + 1)
            return others_first(rows, found, squares)

        return by_blocks(np.arange(len(codes)), count, self.block, search, context)

    def _index(self, codes: Codes, context: JobContext) -> "faiss.IndexIVFScalarQuantizer":
        context.report(0, len(codes), "Comparing faces")
        dimension = max(1, codes.shape[1])
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatL2(dimension),
            dimension,
            cells(len(codes)),
            faiss.ScalarQuantizer.QT_8bit_direct,
            faiss.METRIC_L2,
            False,  # codes themselves in the lists, not what they differ by from the cell's centre
        )
        arrange(index, len(codes), self.compared)
        if len(codes):
            taught = np.random.default_rng(0).permutation(len(codes))[: TRAINING * index.nlist]
            index.train(codes[np.sort(taught)].astype(np.float32))
        for start in range(0, len(codes), _ADDED):
            context.check_cancelled()
            index.add(codes[start : start + _ADDED].astype(np.float32))
        return index
