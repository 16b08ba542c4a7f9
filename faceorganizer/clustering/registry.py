"""Methods of grouping by name; the library behind one is loaded when it is asked for."""

import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.seams import Clusterer


def _infomap() -> Callable[..., Clusterer]:
    from faceorganizer.clustering.infomap import InfomapClusterer

    return InfomapClusterer


CLUSTERERS: Final[Mapping[str, Callable[[], Callable[..., Clusterer]]]] = MappingProxyType({"infomap": _infomap})


def create_clusterer(name: str, **parameters: Any) -> Clusterer:
    """Make the clusterer of that name with keyword-only parameters of its own.

    Raises:
        SettingError: There is no such method, or it has no such parameter.
    """
    if name not in CLUSTERERS:
        raise SettingError(f"There is no method “{name}”.", f"Choose one of: {', '.join(sorted(CLUSTERERS))}.")
    method = CLUSTERERS[name]()
    known = inspect.signature(method).parameters
    if unknown := [parameter for parameter in parameters if parameter not in known]:
        raise SettingError(
            f"The method “{name}” has no option “{', '.join(unknown)}”.", f"It has these: {', '.join(known)}."
        )
    return method(**parameters)
