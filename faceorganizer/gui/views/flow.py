"""A layout that breaks its line where the room ends, as text does."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from faceorganizer.gui import theme


class FlowLayout(QLayout):
    """Puts widgets side by side, and further ones below; the height follows from the width.

    Args:
        at_end: Whether lines end at the right edge rather than begin at the left one.
    """

    def __init__(self, parent: QWidget | None = None, *, at_end: bool = False) -> None:
        super().__init__(parent)
        self._at_end = at_end
        self._items: list[QLayoutItem] = []
        self.setSpacing(theme.UNIT)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Put something at the end."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """One of them; None behind the last one, as Qt asks for."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """Neither way."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Room for all lines."""
        return self._lay_out(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Move everything to its place."""
        super().setGeometry(rect)
        self._lay_out(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As small as can be."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802
        """The largest of them, with the margins."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lay_out(self, rect: QRect, *, move: bool) -> int:
        """Place the items line by line, each in the middle of its line; returns the height."""
        room = rect.marginsRemoved(self.contentsMargins())
        lines: list[list[QLayoutItem]] = [[]]
        left = 0
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            width = item.sizeHint().width()
            if lines[-1] and left + width > room.width():
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += width + self.spacing()
        top = room.y()
        for line in filter(None, lines):
            height = max(item.sizeHint().height() for item in line)
            if move:
                used = sum(item.sizeHint().width() for item in line) + (len(line) - 1) * self.spacing()
                shift = max(0, room.width() - used) if self._at_end else 0
                _place(line, QPoint(room.x() + shift, top), height, self.spacing())
            top += height + self.spacing()
        return max(0, top - self.spacing() - rect.y()) + self.contentsMargins().bottom()


def _place(line: list[QLayoutItem], corner: QPoint, height: int, spacing: int) -> None:
    left = corner.x()
    for item in line:
        size = item.sizeHint()
        item.setGeometry(QRect(QPoint(left, corner.y() + (height - size.height()) // 2), size))
        left += size.width() + spacing
