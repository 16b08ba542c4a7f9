"""Parts of what is painted, made known to screen readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

MOST: Final = 200  # parts that are made known at a time: nobody listens to more


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a picture.

    Attributes:
        key: What it stands for.
        name: In words.
        place: In pixels of the widget that paints it.
        chosen: Whether actions are about it.
    """

    key: int
    name: str
    place: QRect
    chosen: bool


class Spots(QObject):
    """Makes parts of a painted widget children of it, with name, place and state, that a screen reader can press.

    They are buttons that nobody sees: painting, the mouse and the keys stay the widget's business.

    Signals:
        pressed: The key of a part that a screen reader pressed.
    """

    pressed = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons: list[_Unseen] = []

    def show(self, spots: Sequence[Spot]) -> None:
        """Make these known and no others."""
        for spot, button in zip(spots, self._enough(min(len(spots), MOST)), strict=False):
            button.stand_for(spot)
        for button in self._buttons[len(spots) :]:
            button.hide()

    def say(self, words: str) -> None:
        """Have a screen reader say something."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, words))

    @property
    def _widget(self) -> QWidget:
        widget = self.parent()  # not kept: it would keep itself
        assert isinstance(widget, QWidget)
        return widget

    def _enough(self, count: int) -> list["_Unseen"]:
        while len(self._buttons) < count:
            button = _Unseen(self._widget)
            button.toggled.connect(self._press)
            self._buttons.append(button)
        return self._buttons[:count]

    def _press(self) -> None:
        button = self.sender()
        assert isinstance(button, _Unseen)
        self.pressed.emit(button.key)
        button.show_choice()


class _Unseen(QAbstractButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = 0
        self._chosen = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def stand_for(self, spot: Spot) -> None:
        self.key = spot.key
        if self.accessibleName() != spot.name:
            self.setAccessibleName(spot.name)
        self.setGeometry(spot.place)
        self._chosen = spot.chosen
        self.show_choice()
        self.show()

    def show_choice(self) -> None:
        """What is chosen is up to the widget that paints, whoever pressed this."""
        with QSignalBlocker(self):
            self.setChecked(self._chosen)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Nothing is to be seen."""
