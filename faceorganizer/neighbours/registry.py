"""Neighbour indexes by name; the library behind one is loaded when it is asked for."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.seams import NeighbourIndex


def _exact(**parameters: Any) -> NeighbourIndex:
    from faceorganizer.neighbours.exact import ExactIndex

    return ExactIndex(**parameters)


def _ivf(**parameters: Any) -> NeighbourIndex:
    from faceorganizer.neighbours.ivf import InvertedLists

    return InvertedLists(**parameters)


def _ivf_compact(**parameters: Any) -> NeighbourIndex:
    from faceorganizer.neighbours.compact import CompactLists

    return CompactLists(**parameters)


def _hnsw(**parameters: Any) -> NeighbourIndex:
    from faceorganizer.neighbours.hnsw import NavigableSmallWorld

    return NavigableSmallWorld(**parameters)


def _kd_forest(**parameters: Any) -> NeighbourIndex:
    from faceorganizer.neighbours.kd_forest import KdForest

    return KdForest(**parameters)


INDEXES: Final[Mapping[str, Callable[..., NeighbourIndex]]] = MappingProxyType(
    {"exact": _exact, "hnsw": _hnsw, "ivf": _ivf, "ivf-compact": _ivf_compact, "kd-forest": _kd_forest}
)
MOST_EXACT: Final = 5000  # faces; these take a second, twice as many four; inverted lists take half a second, then one


def usual_index(faces: int) -> NeighbourIndex:
    """Make the index that suits a library of so many faces."""
    return create_index("exact" if faces <= MOST_EXACT else "ivf")


def create_index(name: str, **parameters: Any) -> NeighbourIndex:
    """Make the index of that name with keyword-only parameters of its own.

    Raises:
        SettingError: There is no such index, or it has no such parameter.
    """
    if name not in INDEXES:
        raise SettingError(f"There is no neighbour index “{name}”.", f"Choose one of: {', '.join(sorted(INDEXES))}.")
    try:
        return INDEXES[name](**parameters)
    except TypeError as error:
        raise SettingError(f"The neighbour index “{name}” does not take these options: {error}.") from error
