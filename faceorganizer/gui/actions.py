"""Everything that can be done, in one table: text, keys and what it is for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from faceorganizer.gui.icons import icon

Keys = QKeySequence.StandardKey | str


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing that can be done.

    Attributes:
        name: By which places offer it.
        text: In menus and on buttons.
        tip: What it does, in the status bar.
        keys: The first one is shown.
        menu: Title of the menu that holds it.
        anywhere: Whether the window does it itself, whatever place is shown.
        group: Of a menu: a rule divides one group from the next.
    """

    name: str
    text: str
    tip: str
    keys: tuple[Keys, ...] = ()
    menu: str = ""
    anywhere: bool = False
    group: str = ""


_STANDARD = QKeySequence.StandardKey

ACTIONS: Final = (
    ActionSpec("new-library", "New Library…", "Begin anew, in a window of its own", (), "File", anywhere=True),
    ActionSpec("open-library", "Open Library…", "Show another library in its own window", (), "File", anywhere=True),
    ActionSpec(
        "add-folder",
        "Add Folder…",
        "Look for people in another folder",
        ("Ctrl+O",),
        "File",
        anywhere=True,
        group="folders",
    ),
    ActionSpec(
        "scan",
        "Scan for New Photos",
        "Read what is new in the folders",
        ("Ctrl+R",),
        "File",
        anywhere=True,
        group="folders",
    ),
    ActionSpec(
        "scan-details",
        "About the Scan…",
        "What it does, and what could not be read",
        (),
        "File",
        anywhere=True,
        group="folders",
    ),
    ActionSpec(
        "preferences",
        "Settings…",
        "Folders, faces and the program",
        ("Ctrl+,",),
        "File",
        anywhere=True,
        group="program",
    ),
    ActionSpec("quit", "Quit", "Close Face Organizer", (_STANDARD.Quit,), "File", anywhere=True, group="quit"),
    ActionSpec("undo", "Undo", "Take the last step back", (_STANDARD.Undo,), "Edit", anywhere=True),
    ActionSpec("redo", "Redo", "Do again what was taken back", ("Ctrl+Shift+Z", _STANDARD.Redo), "Edit", anywhere=True),
    ActionSpec(
        "history", "History…", "Every step, and back to any", ("Ctrl+Alt+Z",), "Edit", anywhere=True, group="history"
    ),
    ActionSpec("find", "Find", "Search in this place", (_STANDARD.Find,), "Edit", group="find"),
    ActionSpec("rename", "Name…", "Say who this is", ("F2",), "Person"),
    ActionSpec("open", "Open", "Show all of it", (), "Person"),
    ActionSpec("merge", "Merge", "They are the same person", ("Ctrl+M",), "Person"),
    ActionSpec("hide", "Hide", "Show this person no more; nothing is deleted", ("Ctrl+H",), "Person"),
    ActionSpec("unhide", "Show Again", "Show people again who were hidden", ("Ctrl+Shift+H",), "Person"),
    ActionSpec("hide-small", "Hide Small Groups…", "Hide strangers: groups of few faces", ("Ctrl+Alt+H",), "Person"),
    ActionSpec("details", "Birth Date and Note…", "What is to be remembered of this person", (), "Person"),
    ActionSpec("find-more", "Find More", "Other faces that may be this person", ("Ctrl+Shift+F",), "Person"),
    ActionSpec("break-up", "Break Up…", "Look whether these faces are several people", (), "Person"),
    ActionSpec("move", "Move to…", "These faces are somebody else", ("Ctrl+Shift+M",), "Face"),
    ActionSpec("split", "New Person", "Take these faces out, for a person of their own", ("Ctrl+E",), "Face"),
    ActionSpec("confirm", "Confirm", "Yes, that is who it is", ("Ctrl+Return",), "Face"),
    ActionSpec("reject", "Not This Person", "No, that is somebody else", ("Delete", "Backspace"), "Face"),
    ActionSpec("key-face", "Use as Key Face", "Let this face stand for the person", ("Ctrl+K",), "Face"),
    ActionSpec("ignore", "Ignore", "Ask no more who this is", ("Ctrl+I",), "Face"),
    ActionSpec("not-a-face", "Not a Face", "This is no face at all", ("Ctrl+Backspace", "Ctrl+Delete"), "Face"),
    ActionSpec("boxes", "Show Faces", "Outline the faces always", ("Ctrl+B",), "Photo"),
    ActionSpec("draw", "Draw a Face", "Outline a face that was not found", ("Ctrl+D",), "Photo"),
    ActionSpec("turn-left", "Rotate Left", "Turn the view, not the file", ("Ctrl+Shift+Left",), "Photo", group="turn"),
    ActionSpec(
        "turn-right", "Rotate Right", "Turn the view, not the file", ("Ctrl+Shift+Right",), "Photo", group="turn"
    ),
    ActionSpec("previous", "Previous Photo", "The one before", (), "Photo", group="way"),
    ActionSpec("next", "Next Photo", "The one after", (), "Photo", group="way"),
    ActionSpec("show-file", "Show in File Manager", "Open the folder of the photo", (), "Photo", group="file"),
    ActionSpec("full-screen", "Full Screen", "Nothing but the photo", ("F11",), "Photo", group="file"),
    ActionSpec(
        "new-album", "New Album…", "Of people, of years, or put together by hand", ("Ctrl+N",), "Photo", group="album"
    ),
    ActionSpec(
        "save-album", "Save as Album…", "Keep what is asked for here as an album", ("Ctrl+S",), "Photo", group="album"
    ),
    ActionSpec(
        "add-to-album",
        "Add to Album…",
        "Put the selected photos into an album",
        ("Ctrl+Shift+A",),
        "Photo",
        group="album",
    ),
    ActionSpec(
        "take-out",
        "Take out of Album",
        "The photo stays in the library",
        ("Delete", "Backspace"),
        "Photo",
        group="album",
    ),
    ActionSpec("edit-rule", "Edit Rule…", "Say which photos belong to the album", (), "Photo", group="album"),
    ActionSpec("delete-album", "Delete Album", "Its photos stay", (), "Photo", group="album"),
    ActionSpec(
        "export",
        "Export…",
        "Write photos into folders, a zip file or a gallery",
        ("Ctrl+Shift+E",),
        "Photo",
        group="album",
    ),
    ActionSpec("people", "People", "Everybody, and groups without a name", ("Ctrl+1",), "View", anywhere=True),
    ActionSpec("review", "Review", "One question after the other", ("Ctrl+2",), "View", anywhere=True),
    ActionSpec("photos", "Photos", "All photos, and those of some people", ("Ctrl+3",), "View", anywhere=True),
    ActionSpec("albums", "Albums", "Photos put together", ("Ctrl+4",), "View", anywhere=True),
    ActionSpec("map", "Map", "All faces, who looks alike close together", ("Ctrl+5",), "View", anywhere=True),
    ActionSpec("draw-map", "Draw the Map Anew", "Lay all faces out again", (), "View", group="look"),
    ActionSpec("inspector", "Details", "What is known of the photo", ("F9",), "View", group="look"),
    ActionSpec("zoom-in", "Enlarge", "Look closer", ("Ctrl++", "Ctrl+="), "View", group="look"),
    ActionSpec("zoom-out", "Make Smaller", "See more of the photo", ("Ctrl+-",), "View", group="look"),
    ActionSpec("zoom-fit", "Fit", "See all of the photo", ("Ctrl+0",), "View", group="look"),
    ActionSpec(
        "back", "Back", "Where you were before", (_STANDARD.Back, "Alt+Left"), "View", anywhere=True, group="way"
    ),
    ActionSpec(
        "forward",
        "Forward",
        "Where you came back from",
        (_STANDARD.Forward, "Alt+Right"),
        "View",
        anywhere=True,
        group="way",
    ),
    ActionSpec("keys", "Keys", "All keys on one page", ("F1",), "Help", anywhere=True),
    ActionSpec("about", "About Face Organizer", "Version and licences", (), "Help", anywhere=True),
)


def _translated(text: str) -> str:
    return QCoreApplication.translate("actions", text)


class Actions(QObject):
    """The actions of a window.

    Signals:
        asked: The name of an action that somebody wants done.
    """

    asked = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = {spec.name: self._made(spec) for spec in ACTIONS}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def all(self) -> Mapping[str, QAction]:
        """Every action by name."""
        return self._actions

    def offer(self, possible: Mapping[str, Callable[[], None]]) -> None:
        """Enable what a place can do now, and disable what no place does."""
        for spec in ACTIONS:
            if not spec.anywhere:
                self._actions[spec.name].setEnabled(spec.name in possible)

    def redraw(self) -> None:
        """Draw the icons for the appearance that is shown now."""
        for name, action in self._actions.items():
            action.setIcon(icon(name))

    def _made(self, spec: ActionSpec) -> QAction:
        action = QAction(_translated(spec.text), self)
        action.setObjectName(spec.name)
        action.setStatusTip(_translated(spec.tip))
        action.setToolTip(_translated(spec.tip))
        action.setIcon(icon(spec.name))
        # Platforms name some keys twice, and what is there twice is ambiguous.
        action.setShortcuts(list(dict.fromkeys(sequence for keys in spec.keys for sequence in _sequences(keys))))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if spec.name == "preferences":
            action.setMenuRole(QAction.MenuRole.PreferencesRole)
        elif spec.name == "quit":
            action.setMenuRole(QAction.MenuRole.QuitRole)
        elif spec.name == "about":
            action.setMenuRole(QAction.MenuRole.AboutRole)
        action.triggered.connect(self._ask)
        return action

    def _ask(self) -> None:
        self.asked.emit(self.sender().objectName())


def _sequences(keys: Keys) -> list[QKeySequence]:
    if isinstance(keys, str):
        return [QKeySequence(keys)]
    return list(QKeySequence.keyBindings(keys))
