"""Neighbour indexes by name; the library behind one is loaded when it is asked for."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.seams import NeighbourIndex


def _exact(**parameters: Any) -> NeighbourIndex:
    from faceorganizer.neighbours.exact import ExactIndex

    return ExactIndex(**parameters)


INDEXES: Final[Mapping[str, Callable[..., NeighbourIndex]]] = MappingProxyType({"exact": _exact})


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
