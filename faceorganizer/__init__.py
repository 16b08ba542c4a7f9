"""Face Organizer: finds the people in folders of photos, on your own machine."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faceorganizer.library import Library as Library

__version__ = "0.1.0"
__all__ = ["Library"]


def __getattr__(name: str) -> object:
    # Worker processes import single rooms; loading the whole library for each would cost them a second.
    if name == "Library":
        from faceorganizer.library import Library

        return Library
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
