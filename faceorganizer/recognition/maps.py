"""Faces as points in two dimensions: who looks alike lies close together."""

import io
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, Final

import faiss
import numpy as np

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.insight import MapMethod
from faceorganizer.domain.progress import JobContext
from faceorganizer.neighbours.registry import usual_index
from faceorganizer.neighbours.vectors import checked_vectors, unit_length

SAMPLE: Final = 5000  # faces that scikit-learn's t-SNE lays out in ten seconds
MOST: Final = 100_000  # faces that openTSNE and UMAP lay out in a few minutes
_PERPLEXITY: Final = 30.0
_ROUNDS: Final = 500
_EARLY: Final = 250  # of these rounds, those in which attraction is exaggerated
_EXAGGERATION: Final = 12.0
_NEIGHBOURS: Final = 15  # of UMAP, the face itself among them: its usual number
_LEAST: Final = 8  # faces; fewer are laid out by their principal components alone
_NEAREST: Final = 5
_BLOCK: Final = 4096
_LAYING: Final = "Laying faces out"


def most_together(method: MapMethod) -> int:
    """How many faces a method lays out together at most, unless told otherwise: it depends on what is installed."""
    return MOST if method == "umap" or find_spec("openTSNE") is not None else SAMPLE


def face_map(
    descriptors: FloatArray,
    *,
    context: JobContext,
    method: MapMethod = "tsne",
    sample: int | None = None,
    seed: int = 0,
) -> FloatArray:
    """Lay faces out in the plane.

    From the first two principal components on, so that the same faces give the same map, by one of:

    - t-SNE (van der Maaten and Hinton, "Visualizing Data using t-SNE", JMLR 9, 2008): up to 5,000 faces in
      scikit-learn's approximation of Barnes and Hut (van der Maaten, JMLR 15, 2014), more in openTSNE's by
      interpolation (Linderman et al., "Fast interpolation-based t-SNE for improved visualization of single-cell
      RNA-seq data", Nature Methods 16, 2019) where that is installed.
    - UMAP (McInnes, Healy and Melville, arXiv 1802.03426, 2018), where umap-learn is installed.

    Of more than ``sample`` faces a random sample is laid out, and the others are put among it by :func:`placed_near`.

    Args:
        descriptors: (n, dimension), finite; compared at unit length.
        context: Told of progress; asked between stages, and every few rounds, whether to go on.
        method: Which of the two.
        sample: Most faces that are laid out together, at least 1; :func:`most_together` when None.
        seed: Of the sample.

    Returns:
        (n, 2) float32 from -1 to 1, around the middle; the same for the same arguments on one thread.

    Raises:
        ModuleNotFoundError: UMAP is not installed.
        VectorError: Descriptors are not finite or not two-dimensional.
        CancelledError: The job was cancelled.
    """
    vectors = unit_length(checked_vectors(descriptors))
    count, most = len(vectors), sample or most_together(method)
    chosen = np.arange(count)
    if count > most:
        chosen = np.sort(np.random.default_rng(seed).choice(count, most, replace=False))
    context.report(0, None, _LAYING)
    context.check_cancelled()
    places = np.zeros((count, 2), np.float32)
    places[chosen] = _laid_out(vectors[chosen], method, context)
    others = np.setdiff1d(np.arange(count), chosen)
    places[others] = placed_near(vectors[chosen], places[chosen], vectors[others], context=context)
    return _scaled(places)


def placed_near(known: FloatArray, places: FloatArray, fresh: FloatArray, *, context: JobContext) -> FloatArray:
    """Put faces into a map among those they look like.

    Args:
        known: (n, dimension) descriptors of faces on the map.
        places: (n, 2) where they are.
        fresh: (m, dimension) descriptors of the others.
        context: Asked between blocks whether to go on.

    Returns:
        (m, 2) float32: the means of the five nearest, weighted by the inverse of the squared distance.

    Raises:
        VectorError: Descriptors are not finite or not two-dimensional.
        CancelledError: The job was cancelled.
    """
    vectors, wanted = unit_length(checked_vectors(known)), unit_length(checked_vectors(fresh))
    put = np.zeros((len(wanted), 2), np.float32)
    if not len(wanted) or not len(vectors):
        return put
    index = faiss.IndexFlatL2(vectors.shape[1])
    index.add(vectors)
    for start in range(0, len(wanted), _BLOCK):
        context.check_cancelled()
        block = slice(start, start + _BLOCK)
        squares, rows = index.search(wanted[block], min(_NEAREST, len(vectors)))
        weights = 1 / np.maximum(squares, 1e-6)
        put[block] = _weighted(places, rows, weights / weights.sum(axis=1, keepdims=True))
        context.report(min(start + _BLOCK, len(wanted)), len(wanted), "Placing faces")
    return put


def _weighted(places: FloatArray, rows: IntArray, weights: FloatArray) -> FloatArray:
    mean: FloatArray = np.einsum("mk,mkd->md", weights, places[rows]).astype(np.float32)
    return mean


def _laid_out(vectors: FloatArray, method: MapMethod, context: JobContext) -> FloatArray:
    start = _principal(vectors)
    if len(vectors) < _LEAST:
        return start
    spread = float(start[:, 0].std()) or 1.0
    if method == "umap":
        return _umap(vectors, start / spread, context)
    # As scikit-learn's own start from principal components: small, so that the layout can unfold.
    small = start / spread * 1e-4
    if len(vectors) > SAMPLE and find_spec("openTSNE") is not None:
        return _fast_tsne(vectors, small, context)
    return _tsne(vectors, small)


def _tsne(vectors: FloatArray, start: FloatArray) -> FloatArray:
    # Only here, and below: these libraries take a while to load.
    from sklearn.manifold import TSNE

    model = TSNE(
        n_components=2,
        perplexity=min(_PERPLEXITY, (len(vectors) - 1) / 3),
        init=start,
        learning_rate="auto",
        max_iter=_ROUNDS,
        random_state=0,
    )
    laid_out: FloatArray = model.fit_transform(vectors).astype(np.float32)
    return laid_out


def _fast_tsne(vectors: FloatArray, start: FloatArray, context: JobContext) -> FloatArray:
    graph = usual_index(len(vectors)).graph(vectors, int(3 * _PERPLEXITY), context)
    from openTSNE import TSNEEmbedding
    from openTSNE.affinity import PerplexityBasedNN
    from openTSNE.nearest_neighbors import PrecomputedNeighbors

    def told(before: int) -> Callable[[int, float, Any], None]:
        def tell(done: int, _error: float, _embedding: Any) -> None:
            context.check_cancelled()
            context.report(before + done, _ROUNDS, _LAYING)

        return tell

    known = PrecomputedNeighbors(graph.indices, graph.distances)
    affinities = PerplexityBasedNN(knn_index=known, perplexity=_PERPLEXITY, n_jobs=1)
    places = TSNEEmbedding(start.astype(np.float64), affinities, n_jobs=1, random_state=0)
    for rounds, exaggeration, momentum, before in (
        (_EARLY, _EXAGGERATION, 0.5, 0),
        (_ROUNDS - _EARLY, 1.0, 0.8, _EARLY),
    ):
        places = places.optimize(
            rounds, exaggeration=exaggeration, momentum=momentum, callbacks=told(before), callbacks_every_iters=5
        )
    return np.asarray(places, np.float32)


def _umap(vectors: FloatArray, start: FloatArray, context: JobContext) -> FloatArray:
    neighbours = min(_NEIGHBOURS, len(vectors) - 1)
    graph = usual_index(len(vectors)).graph(vectors, neighbours - 1, context)
    # UMAP counts each face as the first of its neighbours.
    indices = np.column_stack([np.arange(len(vectors)), graph.indices])
    distances = np.column_stack([np.zeros(len(vectors), np.float32), graph.distances])
    context.report(0, None, _LAYING)
    with warnings.catch_warnings():
        # Of libraries that it could use besides, of neighbours that were found elsewhere, of running on one thread.
        warnings.simplefilter("ignore")
        from umap import UMAP

        model = UMAP(
            n_neighbors=neighbours,
            init=10 * start / max(float(np.abs(start).max()), 1e-12),
            random_state=0,  # on one thread then
            n_jobs=1,
            precomputed_knn=(indices, distances),
            tqdm_kwds={"disable": False, "file": _Rounds(context), "bar_format": "{n_fmt} {total_fmt}"},
        )
        places: FloatArray = np.nan_to_num(model.fit_transform(vectors)).astype(np.float32)
    return places


class _Rounds(io.TextIOBase):
    """What UMAP writes its progress to: "done total"."""

    def __init__(self, context: JobContext) -> None:
        self._context = context

    def write(self, text: str) -> int:
        """Pass the numbers on."""
        numbers = text.split()
        if len(numbers) == 2 and all(number.isdecimal() for number in numbers):
            self._context.check_cancelled()
            self._context.report(int(numbers[0]), int(numbers[1]), _LAYING)
        return len(text)


def _principal(vectors: FloatArray) -> FloatArray:
    """The first two principal components, the larger end of each to the right or the top."""
    if not len(vectors):
        return np.zeros((0, 2), np.float32)
    centred = (vectors - vectors.mean(axis=0)).astype(np.float64)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :2]
    axes *= np.where(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])] < 0, -1.0, 1.0)
    start = np.zeros((len(vectors), 2), np.float32)
    start[:, : axes.shape[1]] = centred @ axes
    return start


def _scaled(places: FloatArray) -> FloatArray:
    if not len(places):
        return places
    low, high = places.min(axis=0), places.max(axis=0)
    reach = float((high - low).max()) / 2 or 1.0
    scaled: FloatArray = ((places - (low + high) / 2) / reach).astype(np.float32)
    return scaled
