"""Everything that can be done, in one table: text, keys and what it is for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from faceorganizer.gui.icons import icon
from faceorganizer.gui.translation import Later

Keys = QKeySequence.StandardKey | str


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing that can be done.

    Attributes:
        name: By which places offer it.
        keys: The first one is shown.
        menu: Title of the menu that holds it.
        anywhere: Whether the window does it itself, whatever place is shown.
        group: Of a menu: a rule divides one group from the next.
        switch: Whether it shows something for as long as it is checked.
    """

    name: str
    keys: tuple[Keys, ...] = ()
    menu: str = ""
    anywhere: bool = False
    group: str = ""
    switch: bool = False


_STANDARD = QKeySequence.StandardKey

actions: Final = Later("actions")

# In menus and on buttons; and what it does, for the status bar.
_WORDS: Final = {
    "new-library": (actions.tr("New Library…"), actions.tr("Begin anew, in a window of its own")),
    "open-library": (actions.tr("Open Library…"), actions.tr("Show another library in its own window")),
    "add-folder": (actions.tr("Add Folder…"), actions.tr("Look for people in another folder")),
    "scan": (actions.tr("Scan for New Photos"), actions.tr("Read what is new in the folders")),
    "scan-details": (actions.tr("About the Scan…"), actions.tr("What it does, and what could not be read")),
    "take-in": (actions.tr("Take In Names…"), actions.tr("Read names that other programs keep in photos")),
    "write-names": (actions.tr("Write Names…"), actions.tr("Write names for other programs")),
    "preferences": (actions.tr("Settings…"), actions.tr("Folders, faces and the program")),
    "quit": (actions.tr("Quit"), actions.tr("Close Face Organizer")),
    "undo": (actions.tr("Undo"), actions.tr("Take the last step back")),
    "redo": (actions.tr("Redo"), actions.tr("Do again what was taken back")),
    "history": (actions.tr("History"), actions.tr("Every step, and back to any")),
    "learn": (actions.tr("Learn from My Corrections…"), actions.tr("Tell faces apart better, if that can be")),
    "find": (actions.tr("Find"), actions.tr("Search in this place")),
    "find-who": (actions.tr("Find Who This Is…"), actions.tr("Look for the face of any picture file")),
    "rename": (actions.tr("Name…"), actions.tr("Say who this is")),
    "open": (actions.tr("Open"), actions.tr("Show all of it")),
    "merge": (actions.tr("Merge"), actions.tr("They are the same person")),
    "hide": (actions.tr("Hide"), actions.tr("Show this person no more; nothing is deleted")),
    "unhide": (actions.tr("Show Again"), actions.tr("Show people again who were hidden")),
    "hide-small": (actions.tr("Hide Small Groups…"), actions.tr("Hide strangers: groups of few faces")),
    "details": (actions.tr("Birth Date and Note…"), actions.tr("What is to be remembered of this person")),
    "find-more": (actions.tr("Find More"), actions.tr("Other faces that may be this person")),
    "break-up": (actions.tr("Break Up…"), actions.tr("Look whether these faces are several people")),
    "move": (actions.tr("Move to…"), actions.tr("These faces are somebody else")),
    "split": (actions.tr("New Person"), actions.tr("Take these faces out, for a person of their own")),
    "confirm": (actions.tr("Confirm"), actions.tr("Yes, that is who it is")),
    "reject": (actions.tr("Not This Person"), actions.tr("No, that is somebody else")),
    "compare": (actions.tr("Compare…"), actions.tr("How likely these two faces are one person's")),
    "key-face": (actions.tr("Use as Key Face"), actions.tr("Let this face stand for the person")),
    "ignore": (actions.tr("Ignore"), actions.tr("Ask no more who this is")),
    "not-a-face": (actions.tr("Not a Face"), actions.tr("This is no face at all")),
    "similar": (actions.tr("Similar Faces"), actions.tr("The faces that look most like this one")),
    "boxes": (actions.tr("Show Faces"), actions.tr("Outline the faces always")),
    "draw": (actions.tr("Draw a Face"), actions.tr("Outline a face that was not found")),
    "turn-left": (actions.tr("Rotate Left"), actions.tr("Turn the view, not the file")),
    "turn-right": (actions.tr("Rotate Right"), actions.tr("Turn the view, not the file")),
    "previous": (actions.tr("Previous Photo"), actions.tr("The one before")),
    "next": (actions.tr("Next Photo"), actions.tr("The one after")),
    "show-file": (actions.tr("Show in File Manager"), actions.tr("Open the folder of the photo")),
    "full-screen": (actions.tr("Full Screen"), actions.tr("Nothing but the photo")),
    "new-album": (actions.tr("New Album…"), actions.tr("Of people, of years, or put together by hand")),
    "save-album": (actions.tr("Save as Album…"), actions.tr("Keep what is asked for here as an album")),
    "add-to-album": (actions.tr("Add to Album…"), actions.tr("Put the selected photos into an album")),
    "take-out": (actions.tr("Take out of Album"), actions.tr("The photo stays in the library")),
    "edit-rule": (actions.tr("Edit Rule…"), actions.tr("Say which photos belong to the album")),
    "delete-album": (actions.tr("Delete Album"), actions.tr("Its photos stay")),
    "export": (actions.tr("Export…"), actions.tr("Write photos into folders, a zip file or a gallery")),
    "people": (actions.tr("People"), actions.tr("Everybody, and groups without a name")),
    "review": (actions.tr("Review"), actions.tr("One question after the other")),
    "photos": (actions.tr("Photos"), actions.tr("All photos, and those of some people")),
    "albums": (actions.tr("Albums"), actions.tr("Photos put together")),
    "map": (actions.tr("Map"), actions.tr("All faces, who looks alike close together")),
    "insights": (
        actions.tr("Insights"),
        actions.tr("Who may be one person, and how far faces are apart"),
    ),
    "draw-map": (actions.tr("Draw the Map Anew"), actions.tr("Lay all faces out again")),
    "inspector": (actions.tr("Details"), actions.tr("What is known of the photo")),
    "zoom-in": (actions.tr("Enlarge"), actions.tr("Look closer")),
    "zoom-out": (actions.tr("Make Smaller"), actions.tr("See more of the photo")),
    "zoom-fit": (actions.tr("Fit"), actions.tr("See all of the photo")),
    "back": (actions.tr("Back"), actions.tr("Where you were before")),
    "forward": (actions.tr("Forward"), actions.tr("Where you came back from")),
    "help": (actions.tr("Help"), actions.tr("What is to be known of this place")),
    "keys": (actions.tr("Keys"), actions.tr("All keys on one page")),
    "about": (actions.tr("About Face Organizer"), actions.tr("Version and licences")),
}

ACTIONS: Final = (
    ActionSpec("new-library", (), "File", anywhere=True),
    ActionSpec("open-library", (), "File", anywhere=True),
    ActionSpec("add-folder", ("Ctrl+O",), "File", anywhere=True, group="folders"),
    ActionSpec("scan", ("Ctrl+R",), "File", anywhere=True, group="folders"),
    ActionSpec("scan-details", (), "File", anywhere=True, group="folders"),
    ActionSpec("take-in", (), "File", anywhere=True, group="exchange"),
    ActionSpec("write-names", (), "File", anywhere=True, group="exchange"),
    ActionSpec("preferences", ("Ctrl+,",), "File", anywhere=True, group="program"),
    ActionSpec("quit", (_STANDARD.Quit,), "File", anywhere=True, group="quit"),
    ActionSpec("undo", (_STANDARD.Undo,), "Edit", anywhere=True),
    ActionSpec("redo", ("Ctrl+Shift+Z", _STANDARD.Redo), "Edit", anywhere=True),
    ActionSpec("history", ("Ctrl+Alt+Z",), "Edit", anywhere=True, group="history", switch=True),
    ActionSpec("learn", (), "Edit", anywhere=True, group="history"),
    ActionSpec("find", (_STANDARD.Find,), "Edit", group="find"),
    ActionSpec("find-who", (), "Edit", anywhere=True, group="find"),
    ActionSpec("rename", ("F2",), "Person"),
    ActionSpec("open", (), "Person"),
    ActionSpec("merge", ("Ctrl+M",), "Person"),
    ActionSpec("hide", ("Ctrl+H",), "Person"),
    ActionSpec("unhide", ("Ctrl+Shift+H",), "Person"),
    ActionSpec("hide-small", ("Ctrl+Alt+H",), "Person"),
    ActionSpec("details", (), "Person"),
    ActionSpec("find-more", ("Ctrl+Shift+F",), "Person"),
    ActionSpec("break-up", (), "Person"),
    ActionSpec("move", ("Ctrl+Shift+M",), "Face"),
    ActionSpec("split", ("Ctrl+E",), "Face"),
    ActionSpec("confirm", ("Ctrl+Return",), "Face"),
    ActionSpec("reject", ("Delete", "Backspace"), "Face"),
    ActionSpec("key-face", ("Ctrl+K",), "Face"),
    ActionSpec("compare", ("Ctrl+Shift+C",), "Face"),
    ActionSpec("ignore", ("Ctrl+I",), "Face"),
    ActionSpec("not-a-face", ("Ctrl+Backspace", "Ctrl+Delete"), "Face"),
    ActionSpec("similar", ("Ctrl+Shift+L",), "Face"),
    ActionSpec("boxes", ("Ctrl+B",), "Photo"),
    ActionSpec("draw", ("Ctrl+D",), "Photo"),
    ActionSpec("turn-left", ("Ctrl+Shift+Left",), "Photo", group="turn"),
    ActionSpec("turn-right", ("Ctrl+Shift+Right",), "Photo", group="turn"),
    ActionSpec("previous", (), "Photo", group="way"),
    ActionSpec("next", (), "Photo", group="way"),
    ActionSpec("show-file", (), "Photo", group="file"),
    ActionSpec("full-screen", ("F11",), "Photo", group="file"),
    ActionSpec("new-album", ("Ctrl+N",), "Photo", group="album"),
    ActionSpec("save-album", ("Ctrl+S",), "Photo", group="album"),
    ActionSpec("add-to-album", ("Ctrl+Shift+A",), "Photo", group="album"),
    ActionSpec("take-out", ("Delete", "Backspace"), "Photo", group="album"),
    ActionSpec("edit-rule", (), "Photo", group="album"),
    ActionSpec("delete-album", (), "Photo", group="album"),
    ActionSpec("export", ("Ctrl+Shift+E",), "Photo", group="album"),
    ActionSpec("people", ("Ctrl+1",), "View", anywhere=True),
    ActionSpec("review", ("Ctrl+2",), "View", anywhere=True),
    ActionSpec("photos", ("Ctrl+3",), "View", anywhere=True),
    ActionSpec("albums", ("Ctrl+4",), "View", anywhere=True),
    ActionSpec("map", ("Ctrl+5",), "View", anywhere=True),
    ActionSpec("insights", ("Ctrl+6",), "View", anywhere=True),
    ActionSpec("draw-map", (), "View", group="look"),
    ActionSpec("inspector", ("F9",), "View", group="look"),
    ActionSpec("zoom-in", ("Ctrl++", "Ctrl+="), "View", group="look"),
    ActionSpec("zoom-out", ("Ctrl+-",), "View", group="look"),
    ActionSpec("zoom-fit", ("Ctrl+0",), "View", group="look"),
    ActionSpec("back", (_STANDARD.Back, "Alt+Left"), "View", anywhere=True, group="way"),
    ActionSpec("forward", (_STANDARD.Forward, "Alt+Right"), "View", anywhere=True, group="way"),
    ActionSpec("help", ("F1",), "Help", anywhere=True),
    ActionSpec("keys", ("Ctrl+F1",), "Help", anywhere=True),
    ActionSpec("about", (), "Help", anywhere=True),
)


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
        text, tip = map(actions.now, _WORDS[spec.name])
        action = QAction(text, self)
        action.setObjectName(spec.name)
        action.setStatusTip(tip)
        action.setToolTip(tip)
        action.setIcon(icon(spec.name))
        # Platforms name some keys twice, and what is there twice is ambiguous.
        action.setShortcuts(list(dict.fromkeys(sequence for keys in spec.keys for sequence in _sequences(keys))))
        action.setCheckable(spec.switch)
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
    # Backspace says no, and leads back on some platforms; it cannot do both.
    return [sequence for sequence in QKeySequence.keyBindings(keys) if sequence != QKeySequence("Backspace")]
