"""What every place of a window works with."""

from dataclasses import dataclass

from faceorganizer.gui.actions import Actions
from faceorganizer.gui.background import Background
from faceorganizer.gui.bridge import Bridge
from faceorganizer.gui.roster import Roster
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.library import Library


@dataclass(frozen=True, slots=True)
class Environment:
    """The library of a window, and what stands between it and the widgets.

    Attributes:
        library: Called in the background only.
        background: Runs calls on threads.
        bridge: Tells of changes, on the GUI thread.
        thumbnails: Pictures of faces and photos.
        actions: Everything that can be done.
        roster: Everybody.
    """

    library: Library
    background: Background
    bridge: Bridge
    thumbnails: Thumbnails
    actions: Actions
    roster: Roster
