"""The first page: which folders, and what stays where it is."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from faceorganizer.gui import theme
from faceorganizer.gui.icons import program_icon


class StartPage(QWidget):
    """Proposes the Pictures folder, and begins.

    Signals:
        chosen: The folders to look in.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders: list[QCheckBox] = []
        welcome = QLabel(self.tr("Who is in your photos?"))
        welcome.setFont(theme.sized(self.font(), 2.2, strong=True))
        promise = QLabel(
            self.tr(
                "Face Organizer looks through folders, finds the faces and puts those of one person together. You give "
                "them names.\n\nPhotos, faces and names stay on this computer; photos are never changed."
            )
        )
        promise.setWordWrap(True)
        licence = QLabel(
            self.tr(
                "dlib's 68-point landmark model, which comes with the program, was trained on the iBUG 300-W data, "
                "whose licence excludes commercial use. F1 leads to more about it."
            )
        )
        licence.setObjectName("licence")
        licence.setProperty("faint", True)
        licence.setWordWrap(True)
        self._list = QVBoxLayout()
        self._begin = QPushButton(self.tr("Start"))
        self._begin.setProperty("primary", True)
        self._begin.setDefault(True)
        self._begin.clicked.connect(self._start)
        another = QPushButton(self.tr("Another Folder…"))
        another.clicked.connect(self._ask_folder)
        buttons = QHBoxLayout()
        buttons.addWidget(another)
        buttons.addStretch(1)
        buttons.addWidget(self._begin)
        column = QVBoxLayout()
        column.setSpacing(2 * theme.UNIT)
        column.addStretch(2)
        picture = QLabel()
        picture.setPixmap(program_icon().pixmap(8 * theme.UNIT))
        for part in (picture, welcome, promise):
            column.addWidget(part)
        column.addLayout(self._list)
        column.addLayout(buttons)
        column.addSpacing(2 * theme.UNIT)
        column.addWidget(licence)
        column.addStretch(3)
        frame = QWidget()
        frame.setMaximumWidth(70 * theme.UNIT)
        frame.setLayout(column)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(frame, 4, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)
        pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        if pictures.is_dir():
            self.add_folder(pictures)
        self._check()

    @property
    def folders(self) -> list[Path]:
        """The folders that are ticked."""
        return [Path(box.property("folder")) for box in self._folders if box.isChecked()]

    def add_folder(self, folder: Path) -> None:
        """Propose a folder, ticked."""
        if folder in (Path(box.property("folder")) for box in self._folders):
            return
        box = QCheckBox(str(folder))
        box.setProperty("folder", str(folder))
        box.setChecked(True)
        box.toggled.connect(self._check)
        self._folders.append(box)
        self._list.addWidget(box)
        self._check()

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of photos"))
        if folder:
            self.add_folder(Path(folder))

    def _check(self) -> None:
        self._begin.setEnabled(bool(self.folders))

    def _start(self) -> None:
        self.chosen.emit(self.folders)
