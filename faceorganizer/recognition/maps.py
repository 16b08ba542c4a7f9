"""Faces as points in two dimensions: who looks alike lies close together."""

from typing import Final

import faiss
import numpy as np

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.neighbours.vectors import checked_vectors, unit_length

SAMPLE: Final = 5000  # faces that are laid out by t-SNE; the others join those they look like
_PERPLEXITY: Final = 30.0
_ROUNDS: Final = 500
_LEAST: Final = 8  # faces; fewer are laid out by their principal components alone
_NEAREST: Final = 5
_BLOCK: Final = 4096


def face_map(descriptors: FloatArray, *, context: JobContext, sample: int = SAMPLE, seed: int = 0) -> FloatArray:
    """Lay faces out in the plane.

    t-SNE (van der Maaten and Hinton, "Visualizing Data using t-SNE", JMLR 9, 2008) in the approximation of Barnes and
    Hut (van der Maaten, JMLR 15, 2014), from the first two principal components on, so that the same faces give the
    same map. Of more than ``sample`` faces a random sample is laid out, and the others are put among it by
    :func:`placed_near`.

    Args:
        descriptors: (n, dimension), finite; compared at unit length.
        context: Asked between the stages whether to go on; t-SNE itself is one stage, some ten seconds long.
        sample: Most faces that are laid out together, at least 1.
        seed: Of the sample.

    Returns:
        (n, 2) float32 from -1 to 1, around the middle; the same for the same arguments on one thread.

    Raises:
        VectorError: Descriptors are not finite or not two-dimensional.
        CancelledError: The job was cancelled.
    """
    vectors = unit_length(checked_vectors(descriptors))
    count = len(vectors)
    chosen = np.arange(count)
    if count > sample:
        chosen = np.sort(np.random.default_rng(seed).choice(count, sample, replace=False))
    context.report(0, None, "Laying faces out")
    context.check_cancelled()
    places = np.zeros((count, 2), np.float32)
    places[chosen] = _laid_out(vectors[chosen])
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


def _laid_out(vectors: FloatArray) -> FloatArray:
    start = _principal(vectors)
    if len(vectors) < _LEAST:
        return start
    # Only here: scikit-learn takes a while to load.
    from sklearn.manifold import TSNE

    # As scikit-learn's own start from principal components: small, so that the layout can unfold.
    spread = float(start[:, 0].std()) or 1.0
    model = TSNE(
        n_components=2,
        perplexity=min(_PERPLEXITY, (len(vectors) - 1) / 3),
        init=start / spread * 1e-4,
        learning_rate="auto",
        max_iter=_ROUNDS,
        random_state=0,
    )
    laid_out: FloatArray = model.fit_transform(vectors).astype(np.float32)
    return laid_out


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
