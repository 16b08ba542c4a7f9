"""SciPy, which takes a while to load, for work that goes on beside other work in the same process."""

import threading
from importlib import import_module
from typing import Final

_PARTS: Final = (
    "scipy.special",
    "scipy.sparse.csgraph",
    "scipy.spatial.distance",
    "scipy.cluster.hierarchy",
    "scipy.optimize",
)
_gate = threading.Lock()


def load_scipy() -> None:
    """Load what is used of SciPy, by one thread at a time; quick when it is there.

    Its parts import each other. Two threads that begin at two ends wait for each other, Python breaks that up by giving
    one of them a module that is half loaded, and the import fails. So whatever imports SciPy on a thread of the window
    comes here first.
    """
    with _gate:
        for part in _PARTS:
            import_module(part)
