"""All keys on one page."""

from html import escape
from typing import Final

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from faceorganizer.gui import theme
from faceorganizer.gui.actions import ACTIONS, Actions

_COLUMNS: Final = 3


class KeysBox(QDialog):
    """What each key does, as the table of actions says it, menu by menu."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        tables = [table for menu in dict.fromkeys(spec.menu for spec in ACTIONS) if (table := _table(actions, menu))]
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setSpacing(2 * theme.MARGIN)
        for tables_of_column in _columns(tables):
            column = QVBoxLayout()
            column.setSpacing(2 * theme.UNIT)
            for _, text in tables_of_column:
                column.addWidget(QLabel(text))
            column.addStretch(1)
            columns.addLayout(column)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
        layout.addWidget(buttons)
        self.resize(page.sizeHint().width() + 2 * theme.MARGIN, page.sizeHint().height() + 4 * theme.MARGIN)


def _columns(tables: list[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """Tables in their order, in columns of about the same height."""
    most = sum(rows for rows, _ in tables) / _COLUMNS
    columns: list[list[tuple[int, str]]] = [[]]
    for table in tables:
        if columns[-1] and sum(rows for rows, _ in columns[-1]) + table[0] / 2 > most and len(columns) < _COLUMNS:
            columns.append([])
        columns[-1].append(table)
    return columns


def _table(actions: Actions, menu: str) -> tuple[int, str] | None:
    """The keys of a menu: how many lines, and the text."""
    rows = []
    for spec in ACTIONS:
        action = actions[spec.name]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if spec.menu == menu and keys:
            text = escape(action.text().replace("&", ""))
            rows.append(f"<tr><td style='padding:2px 24px 2px 0'>{text}</td><td><b>{escape(keys)}</b></td></tr>")
    return (len(rows) + 2, f"<table>{''.join(rows)}</table>") if rows else None
