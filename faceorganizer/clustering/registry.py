"""Methods of grouping by name; the library behind one is loaded when it is asked for."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.seams import Clusterer


def _infomap(**parameters: Any) -> Clusterer:
    from faceorganizer.clustering.infomap import InfomapClusterer

    return InfomapClusterer(**parameters)


CLUSTERERS: Final[Mapping[str, Callable[..., Clusterer]]] = MappingProxyType({"infomap": _infomap})


def create_clusterer(name: str, **parameters: Any) -> Clusterer:
    """Make the clusterer of that name with keyword-only parameters of its own.

    Raises:
        SettingError: There is no such method, or it has no such parameter.
    """
    if name not in CLUSTERERS:
        raise SettingError(f"There is no method “{name}”.", f"Choose one of: {', '.join(sorted(CLUSTERERS))}.")
    try:
        return CLUSTERERS[name](**parameters)
    except TypeError as error:
        raise SettingError(f"The method “{name}” does not take these options: {error}.") from error
