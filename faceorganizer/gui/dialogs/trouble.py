"""Says that something is wrong with the program, with what a report needs."""

import traceback

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget


class TroubleBox(QMessageBox):
    """A bug, told in plain words; the details are there to be copied."""

    def __init__(self, error: BaseException, parent: QWidget) -> None:
        super().__init__(parent)
        self._details = "".join(traceback.format_exception(error))
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(QCoreApplication.applicationName())
        self.setText(self.tr("Something went wrong in the program. Nothing that was done before is lost."))
        self.setInformativeText(self.tr("The details help whoever mends it."))
        self.setDetailedText(self._details)
        self.addButton(QMessageBox.StandardButton.Ok)
        self.copy = self.addButton(self.tr("Copy Details"), QMessageBox.ButtonRole.ActionRole)
        self.copy.clicked.disconnect()  # copying does not close
        self.copy.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
