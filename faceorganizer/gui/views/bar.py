"""The bar of actions that rises while something is selected."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from faceorganizer.gui import theme
from faceorganizer.gui.views.flow import FlowLayout


class ActionBar(QWidget):
    """Buttons for what can be done with a selection, and how much is selected.

    Args:
        actions: Shown in this order; what cannot be done now is disabled.
    """

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("What to do with the selection"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.UNIT, theme.UNIT, 2 * theme.UNIT, theme.UNIT)
        layout.setSpacing(theme.UNIT)
        self._text = QLabel()
        layout.addWidget(self._text)
        buttons = FlowLayout(at_end=True)
        for action in actions:
            buttons.addWidget(_button(action))
        layout.addLayout(buttons, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says is selected."""
        return self._text.text()

    def rise(self, selected: int) -> None:
        """Say how much is selected; go when nothing is."""
        self._text.setText(self.tr("%n selected", "", selected))
        self.setVisible(selected > 0)


def _button(action: QAction) -> QPushButton:
    button = QPushButton(action.text())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{action.toolTip()} ({keys})" if keys else action.toolTip())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setEnabled(action.isEnabled())
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button
