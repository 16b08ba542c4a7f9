"""The side of the window: the places, the albums, and the folders that are looked after."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from faceorganizer.domain.albums import AlbumRecord
from faceorganizer.domain.ids import ContentId
from faceorganizer.gui import theme
from faceorganizer.gui.dragging import photos_in
from faceorganizer.gui.icons import icon
from faceorganizer.gui.trail import Address
from faceorganizer.services.folders import FolderStatus

_ADDRESS: Final = Qt.ItemDataRole.UserRole
_NOTE: Final = Qt.ItemDataRole.UserRole + 1  # text at the right: how many
_PICTURE: Final = Qt.ItemDataRole.UserRole + 2  # name of the icon
_SECTION: Final = Qt.ItemDataRole.UserRole + 3
_BY_HAND: Final = Qt.ItemDataRole.UserRole + 4  # whether photos can be put into the album
FOLDER: Final = "folder"
ALBUM: Final = "album"
_SECTIONS: Final = ("", ALBUM, FOLDER)

Index = QModelIndex | QPersistentModelIndex


class Sidebar(QListWidget):
    """Places by kind, albums by their id, folders by the id of their root.

    Signals:
        chosen: An address to go to.
        folder_menu: The root whose menu is wanted, and where on the screen.
        dropped: The album that photos were dropped on, 0 for one that is still to be chosen; and the photos.
    """

    chosen = Signal(str, int)
    dropped = Signal(int, object)
    folder_menu = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Places"))
        self._narrow = False
        self.set_narrow(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Line(self))
        self.setIconSize(QSize(2 * theme.UNIT + 4, 2 * theme.UNIT + 4))
        self._target = QPersistentModelIndex()
        self._drop: tuple[int, list[ContentId]] = (0, [])
        self._dropping = QTimer(self)
        self._dropping.setSingleShot(True)
        self._dropping.timeout.connect(self._tell_dropped)
        self.setDragDropMode(QListWidget.DragDropMode.DropOnly)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    @property
    def narrow(self) -> bool:
        """Whether there is room for icons only."""
        return self._narrow

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or names as well."""
        self._narrow = narrow
        self.setFixedWidth(theme.NARROW_SIDEBAR if narrow else theme.SIDEBAR_WIDTH)
        self.doItemsLayout()

    def add_place(self, kind: str, text: str) -> None:
        """Show a place, below those that are there and above the albums and folders."""
        self.insertItem(self._rows_of("").stop, _item(text, (kind, 0), kind))

    def set_note(self, kind: str, note: str, tip: str = "") -> None:
        """Say something short beside a place, such as how many there are."""
        item = self._find((kind, 0))
        if item is not None:
            item.setData(_NOTE, note)
            item.setToolTip(tip or item.text())
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tip or note)

    def show_folders(self, folders: Sequence[FolderStatus]) -> None:
        """Show the folders that the library looks after."""
        self._show_section(FOLDER, self.tr("Folders"), [self._folder_item(status) for status in folders])

    def show_albums(self, albums: Sequence[AlbumRecord]) -> None:
        """Show the albums; photos can be dropped on those that are kept by hand."""
        self._show_section(ALBUM, self.tr("Albums"), [self._album_item(album) for album in albums])

    def _show_section(self, section: str, title: str, items: Sequence[QListWidgetItem]) -> None:
        """Show lines under a heading, in the place of those that were there."""
        here, rows = self.address, self._rows_of(section)
        for row in reversed(rows):
            self.takeItem(row)
        heading = QListWidgetItem(title)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        for row, item in enumerate([heading, *items] if items else (), rows.start):
            item.setData(_SECTION, section)
            self.insertItem(row, item)
        if here is not None:
            self.mark(here)

    def _rows_of(self, section: str) -> range:
        """Where a section is, or would be: they come in the order of their list."""
        order = [_SECTIONS.index(self.item(row).data(_SECTION) or "") for row in range(self.count())]
        place = _SECTIONS.index(section)
        return range(bisect_left(order, place), bisect_right(order, place))

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

    def _album_item(self, album: AlbumRecord) -> QListWidgetItem:
        item = _item(album.name, (ALBUM, album.id), "find" if album.smart else "albums")
        item.setData(_BY_HAND, not album.smart)
        tip = self.tr("{album}: fills itself by its rule") if album.smart else self.tr("{album}: drop photos here")
        item.setToolTip(tip.format(album=album.name))
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tip.format(album=album.name))
        return item

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take photos of this library; what comes from elsewhere is for the window."""
        if photos_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Show into which album they would go."""
        index = self.indexAt(event.position().toPoint())
        if self._album_at(index) is None:
            self._point_at(QPersistentModelIndex())
            event.ignore()
        else:
            self._point_at(QPersistentModelIndex(index))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Nothing would be dropped here any more."""
        self._point_at(QPersistentModelIndex())

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Tell what was dropped on what, once the drag is over: a dialog must not open inside it."""
        album, photos = self._album_at(self.indexAt(event.position().toPoint())), photos_in(event.mimeData())
        self._point_at(QPersistentModelIndex())
        if album is None or not photos:
            event.ignore()
            return
        event.acceptProposedAction()
        self._drop = (album, photos)
        self._dropping.start(0)

    @property
    def target(self) -> QPersistentModelIndex:
        """The line that something would be dropped on."""
        return self._target

    def _point_at(self, target: QPersistentModelIndex) -> None:
        self._target = target
        self.viewport().update()

    def _album_at(self, index: QModelIndex) -> int | None:
        """What photos dropped on a line go into: an album, 0 for one to be chosen; None where they cannot."""
        address: Address | None = index.data(_ADDRESS)
        if address == (ALBUM + "s", 0):
            return 0
        return address[1] if address is not None and address[0] == ALBUM and index.data(_BY_HAND) else None

    def _tell_dropped(self) -> None:
        self.dropped.emit(*self._drop)

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
        narrow = isinstance(option.widget, Sidebar) and option.widget.narrow
        if not index.data(_ADDRESS):
            if narrow:
                return
            painter.save()
            painter.setFont(theme.sized(option.font, 0.85, strong=True))
            painter.setPen(QColor(theme.colours().faint))
            place = option.rect.adjusted(theme.UNIT, 0, -theme.UNIT, -theme.UNIT // 2)
            painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, index.data())
            painter.restore()
            return
        note = str(index.data(_NOTE) or "") if not narrow else ""
        room = option.fontMetrics.horizontalAdvance(note) + theme.UNIT if note else 0
        self._paint_text(painter, option, index, room)
        if note:
            self._paint_note(painter, option, note)
        if isinstance(option.widget, Sidebar) and option.widget.target == index:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.colours().accent), 2))
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), theme.RADIUS - 2, theme.RADIUS - 2)
            painter.restore()

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
    item.setToolTip(text)
    item.setData(_PICTURE, picture)
    item.setData(_ADDRESS, address)
    return item
