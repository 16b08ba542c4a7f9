"""Methods of grouping by name; the library behind one is loaded when it is asked for."""

import inspect
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.seams import Clusterer


def _method(module: str, name: str) -> Callable[[], Callable[..., Clusterer]]:
    def load() -> Callable[..., Clusterer]:
        loaded: Callable[..., Clusterer] = getattr(import_module(f"faceorganizer.clustering.{module}"), name)
        return loaded

    return load


CLUSTERERS: Final[Mapping[str, Callable[[], Callable[..., Clusterer]]]] = MappingProxyType(
    {
        "infomap": _method("infomap", "InfomapClusterer"),
        "chinese-whispers": _method("chinese_whispers", "ChineseWhispers"),
        "dlib-chinese-whispers": _method("dlib_chinese_whispers", "DlibChineseWhispers"),
        "rank-order": _method("rank_order", "RankOrder"),
        "kmeans": _method("centroids", "KMeansMethod"),
        "minibatch-kmeans": _method("centroids", "MiniBatchKMeansMethod"),
        "threshold": _method("centroids", "NearestCluster"),
        "mean-shift": _method("centroids", "MeanShiftMethod"),
        "dbscan": _method("density", "Dbscan"),
        "hdbscan": _method("density", "Hdbscan"),
        "hac-single": _method("linkage", "SingleLinkage"),
        "hac-average": _method("linkage", "AverageLinkage"),
        "hac-complete": _method("linkage", "CompleteLinkage"),
        "spectral": _method("spectral", "Spectral"),
        "cdp": _method("propagation", "ConsensusPropagation"),
        "conditional-pairwise": _method("conditional_pairwise", "ConditionalPairwise"),
        "density-peaks": _method("density_peaks", "DensityPeaks"),
        "facemap": _method("facemap", "FaceMap"),
        "infomap-similarity": _method("facemap", "SimilarityInfomap"),
    }
)


def parameters_of(name: str) -> tuple[str, ...]:
    """Names of the parameters that a method takes.

    Raises:
        SettingError: There is no such method.
    """
    return tuple(inspect.signature(_known(name)).parameters)


def create_clusterer(name: str, **parameters: Any) -> Clusterer:
    """Make the clusterer of that name with keyword-only parameters of its own.

    Raises:
        SettingError: There is no such method, or it has no such parameter.
    """
    method = _known(name)
    known = parameters_of(name)
    if unknown := [parameter for parameter in parameters if parameter not in known]:
        raise SettingError(
            f"The method “{name}” has no option “{', '.join(unknown)}”.", f"It has these: {', '.join(known)}."
        )
    return method(**parameters)


def _known(name: str) -> Callable[..., Clusterer]:
    if name not in CLUSTERERS:
        raise SettingError(f"There is no method “{name}”.", f"Choose one of: {', '.join(sorted(CLUSTERERS))}.")
    return CLUSTERERS[name]()
