"""The side of the window: the places, and the folders that are looked after."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from faceorganizer.gui import theme
from faceorganizer.gui.icons import icon
from faceorganizer.gui.trail import Address
from faceorganizer.services.folders import FolderStatus

_ADDRESS: Final = Qt.ItemDataRole.UserRole
_NOTE: Final = Qt.ItemDataRole.UserRole + 1  # text at the right: how many
_PICTURE: Final = Qt.ItemDataRole.UserRole + 2  # name of the icon
FOLDER: Final = "folder"

Index = QModelIndex | QPersistentModelIndex


class Sidebar(QListWidget):
    """Places by kind, and folders by the id of their root.

    Signals:
        chosen: An address to go to.
        folder_menu: The root whose menu is wanted, and where on the screen.
    """

    chosen = Signal(str, int)
    folder_menu = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Places"))
        self.setFixedWidth(theme.SIDEBAR_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Line(self))
        self.setIconSize(QSize(2 * theme.UNIT + 4, 2 * theme.UNIT + 4))
        self._heading: QListWidgetItem | None = None
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def add_place(self, kind: str, text: str) -> None:
        """Show a place, below those that are there and above the folders."""
        item = _item(text, (kind, 0), kind)
        self.insertItem(self.count() if self._heading is None else self.row(self._heading), item)

    def set_note(self, kind: str, note: str, tip: str = "") -> None:
        """Say something short beside a place, such as how many there are."""
        item = self._find((kind, 0))
        if item is not None:
            item.setData(_NOTE, note)
            item.setToolTip(tip)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tip or note)

    def show_folders(self, folders: Sequence[FolderStatus]) -> None:
        """Show the folders that the library looks after."""
        here = self.address
        if self._heading is not None:
            for row in range(self.count() - 1, self.row(self._heading) - 1, -1):
                self.takeItem(row)
            self._heading = None
        if folders:
            self._heading = QListWidgetItem(self.tr("Folders"))
            self._heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(self._heading)
        for status in folders:
            self.addItem(self._folder_item(status))
        if here is not None:
            self.mark(here)

    @property
    def address(self) -> Address | None:
        """What is marked."""
        item = self.currentItem()
        address: Address | None = item.data(_ADDRESS) if item is not None else None
        return address

    def mark(self, address: Address) -> None:
        """Show where somebody is; nowhere, when that is not at the side."""
        item = self._find(address)
        self.setCurrentRow(self.row(item) if item is not None else -1)

    def redraw(self) -> None:
        """Draw the icons for the appearance that is shown now."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_PICTURE):
                item.setIcon(icon(item.data(_PICTURE)))

    def item_of(self, address: Address) -> QListWidgetItem | None:
        """The line of an address."""
        return self._find(address)

    def note_of(self, address: Address) -> str:
        """What is said beside a line."""
        item = self._find(address)
        return str(item.data(_NOTE) or "") if item is not None else ""

    def _folder_item(self, status: FolderStatus) -> QListWidgetItem:
        path = status.root.path
        item = _item(path.name or str(path), (FOLDER, status.root.id), "folder" if status.online else "folder-offline")
        count = QLocale().toString(status.photos)
        item.setData(_NOTE, count if status.online else self.tr("offline"))
        photos = self.tr("%n photo(s)", "", status.photos)
        tip = self.tr("{path}\n{photos}").format(path=path, photos=photos)
        if not status.online:
            tip = self.tr("{path}\n{photos}; its drive is not connected").format(path=path, photos=photos)
        item.setToolTip(tip)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tip)
        return item

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer what can be done with a folder."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.visualItemRect(self.currentItem()).center() if by_key else event.pos()
        item = self.itemAt(place)
        address = item.data(_ADDRESS) if item is not None else None
        if address is not None and address[0] == FOLDER:
            self.folder_menu.emit(address[1], self.viewport().mapToGlobal(place))

    def _choose(self, item: QListWidgetItem) -> None:
        address = item.data(_ADDRESS)
        if address is not None:
            self.chosen.emit(*address)

    def _find(self, address: Address) -> QListWidgetItem | None:
        items = (self.item(row) for row in range(self.count()))
        return next((item for item in items if item.data(_ADDRESS) == address), None)


class _Line(QStyledItemDelegate):
    """A line: text at the left, how many at the right; a heading small above its lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """A line's height; headings stand off from what is above."""
        hint = super().sizeHint(option, index)
        return hint if index.data(_ADDRESS) else QSize(hint.width(), hint.height() + 2 * theme.UNIT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        if not index.data(_ADDRESS):
            painter.save()
            painter.setFont(theme.sized(option.font, 0.85, strong=True))
            painter.setPen(QColor(theme.colours().faint))
            place = option.rect.adjusted(theme.UNIT, 0, -theme.UNIT, -theme.UNIT // 2)
            painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, index.data())
            painter.restore()
            return
        note = str(index.data(_NOTE) or "")
        room = option.fontMetrics.horizontalAdvance(note) + theme.UNIT if note else 0
        self._paint_text(painter, option, index, room)
        if note:
            self._paint_note(painter, option, note)

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, room: int) -> None:
        line = QStyleOptionViewItem(option)
        self.initStyleOption(line, index)
        width = option.rect.width() - room - 3 * theme.UNIT - (line.decorationSize.width() if line.icon else 0)
        line.text = option.fontMetrics.elidedText(line.text, Qt.TextElideMode.ElideMiddle, width)
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, line, painter, option.widget)

    @staticmethod
    def _paint_note(painter: QPainter, option: QStyleOptionViewItem, note: str) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        shown = theme.colours()
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.HighlightedText) if chosen else QColor(shown.faint))
        place = QRect(option.rect).adjusted(0, 0, -theme.UNIT, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, note)
        painter.restore()


def _item(text: str, address: Address, picture: str) -> QListWidgetItem:
    item = QListWidgetItem(icon(picture), text)
    item.setData(_PICTURE, picture)
    item.setData(_ADDRESS, address)
    return item
