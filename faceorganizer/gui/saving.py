"""Puts what a place shows into a file: a figure or a table."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.insight import FigureStyle, Insight
from faceorganizer.domain.progress import JobContext
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.errand import Errand

_PIXELS: Final = 2400


class FigureSaver(QObject):
    """Asks for a file and writes a figure or a table into it, beside the GUI thread.

    Args:
        environment: Of the window.
        parent: The place that saves.

    Signals:
        told: What came of it.
    """

    told = Signal(str)

    def __init__(self, environment: Environment, parent: QWidget) -> None:
        super().__init__(parent)
        self._environment = environment
        self._window = parent
        self.errand = Errand(self)
        self.errand.finished.connect(self._saved)
        self.errand.failed.connect(self._failed)
        self.errand.broken.connect(environment.background.broken)

    def ask(self, name: str, shown: Callable[[], Insight], *, pairs: bool = False) -> None:
        """Ask where to, and save.

        Args:
            name: Of the file, as it is proposed, without its suffix.
            shown: What is saved; called beside the GUI thread.
            pairs: Of people as a table: the closest pairs in place of the matrix.
        """
        kinds = {
            self.tr("Picture (*.png)"): ".png",
            self.tr("Vector graphics (*.svg)"): ".svg",
            self.tr("Table (*.csv)"): ".csv",
        }
        file, kind = QFileDialog.getSaveFileName(
            self._window, self.tr("Save as"), str(Path.home() / f"{name}.png"), ";;".join(kinds)
        )
        if not file:
            return
        path = Path(file)
        replace = True  # the file dialog has asked
        if path.suffix.lower() not in kinds.values():
            path, replace = path.with_name(path.name + kinds.get(kind, ".png")), False  # about another name
        self.save(path, shown, replace=replace, pairs=pairs)

    def save(self, path: Path, shown: Callable[[], Insight], *, replace: bool, pairs: bool = False) -> None:
        """Save into a file, in the colours that the window has."""
        style = FigureStyle("dark" if theme.colours() is theme.DARK else "light", _PIXELS)
        insight = self._environment.library.insight

        def work(context: JobContext) -> Path:
            return insight.save(shown(), path, context, style=style, replace=replace, pairs=pairs)

        self.errand.start(work)

    def end(self) -> None:
        """Save nothing any more."""
        self.errand.close()

    def _saved(self, path: Path) -> None:
        self.told.emit(self.tr("Saved as {name}").format(name=path.name))

    def _failed(self, error: FaceOrganizerError) -> None:
        self.told.emit(plain(error))
