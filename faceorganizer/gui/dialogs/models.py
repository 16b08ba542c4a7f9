"""The models that find and describe faces: the program's own, and those that the user adds."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.icons import icon
from faceorganizer.gui.scanning import Scanning
from faceorganizer.services.models.choosing import ModelEntry
from faceorganizer.services.models.files import name_of


class ModelsPage(QWidget):
    """The models, and what can be done with the one that is chosen.

    Args:
        environment: Of the window.
        scanning: Describes all faces by another model.
    """

    def __init__(self, environment: Environment, scanning: Scanning) -> None:
        super().__init__()
        self._environment = environment
        self._scanning = scanning
        self._entries: Sequence[ModelEntry] = ()
        self._adding = False
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(self._offer)
        self.list.itemDoubleClicked.connect(self._use)
        self.add = QPushButton(self.tr("Add…"))
        self.add.clicked.connect(self._ask_file)
        self.use = QPushButton(self.tr("Use"))
        self.use.clicked.connect(self._use)
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.clicked.connect(self._remove)
        row = QHBoxLayout()
        for button in (self.add, self.use, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        note = QLabel(
            self.tr(
                "Another model describes all faces from the photos, which goes on in the background; then they are "
                "grouped by it. Names and decisions stay, and what each model has described is kept. How sure "
                "suggestions are is a guess with a model that was added."
            )
        )
        note.setWordWrap(True)
        note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        layout.addWidget(self.trouble)
        layout.addWidget(note)
        scanning.started.connect(self._offer)
        for signal in (scanning.finished, scanning.failed):
            signal.connect(self._reload)
        scanning.failed.connect(self._failed)
        self._offer()
        self._reload()

    def add_file(self, file: Path, layout: str | None, name: str) -> None:
        """Try a file and keep it, beside the window."""
        self._adding = True
        self.trouble.setText(self.tr("{file} is being tried…").format(file=file.name))
        self.trouble.show()
        self._offer()
        work = partial(self._environment.library.models.add, file, layout=layout, name=name)
        self._environment.background.write(work, self._added, self._failed)

    def _reload(self, *_: object) -> None:
        self._environment.background.read(self._environment.library.models.list, self._come)

    def _come(self, entries: Sequence[ModelEntry]) -> None:
        chosen = self._chosen()
        self._entries = entries
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(f"{self._title(entry)}\n{self._details(entry)}")
            if entry.used:
                item.setIcon(icon("confirm"))
            self.list.addItem(item)
        names = [entry.name for entry in entries]
        self.list.setCurrentRow(names.index(chosen.name) if chosen is not None and chosen.name in names else 0)
        self._offer()

    def _title(self, entry: ModelEntry) -> str:
        if entry.own:
            return self.tr("dlib's network") if entry.describes else self.tr("dlib's detectors")
        return entry.name

    def _details(self, entry: ModelEntry) -> str:
        lines = [self.tr("Describes faces") if entry.describes else self.tr("Finds faces")]
        if entry.used:
            lines.append(self.tr("in use"))
        if entry.own:
            lines.append(self.tr("comes with the program"))
        elif entry.layout:
            lines.append(entry.layout)
        if entry.faces:
            lines.append(self.tr("%n face(s) described", "", entry.faces))
        if entry.trouble == "missing":
            lines.append(self.tr("its file is missing"))
        elif entry.trouble:
            lines.append(self.tr("its file has changed"))
        return " · ".join(lines)

    def _chosen(self) -> ModelEntry | None:
        row = self.list.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def _offer(self, *_: object) -> None:
        chosen, idle = self._chosen(), not self._adding and not self._scanning.running
        self.add.setEnabled(not self._adding)
        self.use.setEnabled(idle and chosen is not None and not chosen.used and not chosen.trouble)
        self.remove.setEnabled(idle and chosen is not None and not chosen.used and not chosen.own)

    def _use(self, *_: object) -> None:
        chosen = self._chosen()
        if chosen is not None and self.use.isEnabled():
            self.trouble.hide()
            self._scanning.use_model(chosen.name)

    def _ask_file(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Model"), "", self.tr("ONNX models (*.onnx)"))
        if not file:
            return
        dialog = AddModelDialog(Path(file), self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.add_file(Path(file), dialog.layout_of_model, dialog.name.text())

    def _added(self, entry: ModelEntry) -> None:
        self._adding = False
        self.trouble.hide()
        self._reload()

    def _remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            work = partial(self._environment.library.models.remove, chosen.name)
            self._environment.background.write(work, self._reload, self._failed)

    def _failed(self, error: FaceOrganizerError) -> None:
        self._adding = False
        self.trouble.setText(plain(error))
        self.trouble.show()
        self._offer()


class AddModelDialog(QDialog):
    """Asks what a model is called, and what it takes.

    Args:
        file: The model.
        parent: Who asks.
    """

    def __init__(self, file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add Model"))
        self.name = QLineEdit(name_of(file))
        self.kind = QComboBox()
        for value, text in (
            ("", self.tr("By its outputs: finds faces if it is YuNet, else as ArcFace")),
            ("arcface", self.tr("Describes faces, as ArcFace")),
            ("arcface-128", self.tr("Describes faces, as ArcFace with pixels divided by 128")),
            ("sface", self.tr("Describes faces, as OpenCV's SFace")),
            ("yunet", self.tr("Finds faces, as OpenCV's YuNet")),
        ):
            self.kind.addItem(text, value)
        form = QFormLayout()
        form.setVerticalSpacing(2 * theme.UNIT)
        form.addRow(self.tr("File"), QLabel(file.name))
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Kind"), self.kind)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        add = buttons.addButton(self.tr("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        add.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(2 * theme.UNIT)
        layout.addLayout(form)
        layout.addWidget(buttons)

    @property
    def layout_of_model(self) -> str | None:
        """What it takes and gives; None to find out."""
        return str(self.kind.currentData()) or None
