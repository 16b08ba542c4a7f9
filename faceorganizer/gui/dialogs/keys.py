"""All keys on one page."""

from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMessageBox, QWidget

from faceorganizer.gui.actions import ACTIONS, Actions


class KeysBox(QMessageBox):
    """What each key does, as the table of actions says it."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setText(f"<table>{''.join(_row(actions, spec.name) for spec in ACTIONS)}</table>")
        self.addButton(QMessageBox.StandardButton.Close)


def _row(actions: Actions, name: str) -> str:
    action = actions[name]
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    text = escape(action.text().replace("&", ""))
    return f"<tr><td style='padding:2px 24px 2px 0'>{text}</td><td><b>{escape(keys)}</b></td></tr>" if keys else ""
