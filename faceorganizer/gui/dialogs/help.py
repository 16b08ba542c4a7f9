"""The window of the help: pages, a search, and the way back."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QGuiApplication,
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
    QWindow,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.gui import theme
from faceorganizer.gui.help import CONTEXT, INDEX, Page, found, read_pages
from faceorganizer.gui.icons import icon
from faceorganizer.gui.trail import Trail

_TARGET: Final = Qt.ItemDataRole.UserRole  # page#anchor
_WIDEST_PICTURE: Final = 640
_CODE: Final = int(QTextFormat.Property.BlockCodeLanguage), int(QTextFormat.Property.BlockCodeFence)


class HelpWindow(QWidget):
    """Beside the main window, never in its way: it has no parent, so that no dialog blocks it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Help"))
        self.resize(130 * theme.UNIT, 95 * theme.UNIT)
        self._pages = read_pages(self.tr("en", "the folder with the pages of the help in this language"))
        self._numbers = list(self._targets())
        self._trail = Trail()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the help"))
        self.search.setAccessibleName(self.tr("Search the help"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._list)
        self.search.returnPressed.connect(self._open_first)
        self.contents = QTreeWidget()
        self.contents.setHeaderHidden(True)
        self.contents.setAccessibleName(self.tr("Contents"))
        self.contents.itemClicked.connect(self._open_item)
        self.contents.itemActivated.connect(self._open_item)
        self.page = _PageView()
        self.page.anchorClicked.connect(self._follow)
        self.back = self._button("back", self.tr("Back"), QKeySequence("Alt+Left"), -1)
        self.forward = self._button("forward", self.tr("Forward"), QKeySequence("Alt+Right"), 1)
        self._lay_out()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self.search.setFocus)
        QShortcut(QKeySequence("Escape"), self).activated.connect(self.close)
        self._list("")

    @property
    def here(self) -> str:
        """The page that is shown, and the heading where one was asked for: ``page#anchor``."""
        return self._numbers[self._trail.here[1]] if self._trail.here is not None else ""

    def show_page(self, target: str = INDEX) -> None:
        """Show a page, and come to the front.

        Args:
            target: Its name, with ``#anchor`` for one of its headings; the index where there is no such page.
        """
        self._go(target)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Dress the page anew when the appearance changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.here:
            self.back.setIcon(icon("back"))
            self.forward.setIcon(icon("forward"))
            self.page.render_again()

    def _targets(self) -> list[str]:
        """What can be shown; a step of the trail is a number in this list."""
        pages = self._pages.values()
        return [target for page in pages for target in (page.name, *(f"{page.name}#{h.anchor}" for h in page.headings))]

    def _button(self, name: str, text: str, keys: QKeySequence, by: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(name))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: self._step(by))
        QShortcut(keys, self).activated.connect(lambda: self._step(by))
        return button

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.UNIT, theme.UNIT, theme.UNIT, theme.UNIT)
        for part in (self.back, self.forward):
            bar.addWidget(part)
        bar.addWidget(self.search, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.contents, 1)
        for view in (self.contents, self.page):
            view.setFrameShape(QTreeWidget.Shape.NoFrame)
        parts = QSplitter()
        parts.addWidget(left)
        parts.addWidget(self.page)
        parts.setStretchFactor(1, 1)
        parts.setSizes([36 * theme.UNIT, 94 * theme.UNIT])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(parts)

    def _list(self, words: str) -> None:
        """Show all pages with their parts, or what holds the words."""
        self.contents.clear()
        if words.strip():
            for page, heading in found(self._pages, words):
                text = heading.title if heading.level == 1 else f"{heading.title} · {page.title}"
                self.contents.addTopLevelItem(_item(text, f"{page.name}#{heading.anchor}"))
            return
        for page in self._pages.values():
            item = _item(page.title, page.name)
            item.addChildren([_item(h.title, f"{page.name}#{h.anchor}") for h in page.headings if h.level == 2])
            self.contents.addTopLevelItem(item)

    def _open_first(self) -> None:
        first = self.contents.topLevelItem(0)
        if first is not None:
            self._open_item(first)

    def _open_item(self, item: QTreeWidgetItem) -> None:
        self._go(item.data(0, _TARGET))

    def _follow(self, url: QUrl) -> None:
        """Go where a link leads; out of the help only after a question."""
        if url.scheme():
            self._ask_to_leave(url)
            return
        name = url.path().rpartition("/")[2].removesuffix(".md") or self.here.partition("#")[0]
        self._go(f"{name}#{url.fragment()}" if url.hasFragment() else name)

    def _ask_to_leave(self, url: QUrl) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Open this address in the web browser?"))
        box.setInformativeText(url.toString())
        leave = box.addButton(self.tr("Open"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(leave)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.accepted.connect(lambda: QDesktopServices.openUrl(url))
        box.open()

    def _go(self, target: str) -> None:
        number = self._numbers.index(target if target in self._numbers else INDEX)
        self._trail.go(("page", number))
        self._show()

    def _step(self, by: int) -> None:
        if self._trail.step(by) is not None:
            self._show()

    def _show(self) -> None:
        name, _, anchor = self.here.partition("#")
        self.page.show_page(self._pages[name], anchor)
        self.back.setEnabled(self._trail.can_step(-1))
        self.forward.setEnabled(self._trail.can_step(1))
        self.setWindowTitle(self.tr("{page} – Help").format(page=self._pages[name].title))


class HelpKey(QObject):
    """F1 in dialogs of a window; their actions are out of reach while one is open.

    Signals:
        wanted: The page of the help.
    """

    wanted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._look)

    def _look(self, _: QWindow | None) -> None:
        dialog = QApplication.activeWindow()
        if not isinstance(dialog, QDialog) or not _belongs(dialog, self._window) or dialog.property("help"):
            return
        page = next((CONTEXT[kind.__name__] for kind in type(dialog).__mro__ if kind.__name__ in CONTEXT), INDEX)
        dialog.setProperty("help", page)
        QShortcut(QKeySequence("F1"), dialog).activated.connect(self._wish)

    def _wish(self) -> None:
        shortcut = self.sender()
        dialog = shortcut.parent() if shortcut is not None else None
        if dialog is not None:
            self.wanted.emit(dialog.property("help"))


class _PageView(QTextBrowser):
    """One page, with its pictures no wider than there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("Page"))
        self._shown: Page | None = None
        self._room = _WIDEST_PICTURE
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._fit)

    def show_page(self, page: Page, anchor: str = "") -> None:
        """Show a page from its beginning, or from one of its headings on."""
        if page is not self._shown:
            self._shown = page
            self._render()
        if anchor and anchor != page.headings[0].anchor:
            self.scrollToAnchor(anchor)
        else:
            self.verticalScrollBar().setValue(0)

    def render_again(self) -> None:
        """Render what is shown for another width or appearance, and stay at the spot."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self._render()
        bar.setValue(round(share * bar.maximum()))

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802
        """Pictures of the page, and nothing from elsewhere."""
        url = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value or url.scheme() or self._shown is None:
            return None
        picture = QImage(str(self._shown.folder / url.path()))
        ratio = self.devicePixelRatioF()
        wanted = round(self._room * ratio)
        if picture.width() > wanted:
            picture = picture.scaledToWidth(wanted, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the pictures in once the size has settled."""
        super().resizeEvent(event)
        self._settle.start(100)

    def _fit(self) -> None:
        room = min(_WIDEST_PICTURE, max(self.viewport().width() - 8 * theme.UNIT, 20 * theme.UNIT))
        if room != self._room:
            self._room = room
            if self._shown is not None and "![" in self._shown.markdown:
                self.render_again()

    def _render(self) -> None:
        if self._shown is None:
            return
        document = self.document()
        document.clear()
        document.setDocumentMargin(theme.MARGIN)
        self.setMarkdown(self._shown.markdown)
        _dress(document, self._shown)


def _item(text: str, target: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([text])
    item.setData(0, _TARGET, target)
    item.setToolTip(0, text)
    return item


def _belongs(widget: QWidget, window: QWidget) -> bool:
    above: QObject | None = widget
    while above is not None and above is not window:
        above = above.parent()
    return above is window


def _rule(table: QTextTable, line: QColor) -> None:
    """A line below each row, none around."""
    looks = table.format().toTableFormat()
    looks.setCellPadding(theme.UNIT / 2)
    looks.setCellSpacing(0)
    looks.setBorder(0)
    looks.setBorderCollapse(True)
    table.setFormat(looks)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            ruled = cell.format().toTableCellFormat()
            ruled.setBottomBorder(1)
            ruled.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            ruled.setBottomBorderBrush(line)
            cell.setFormat(ruled)


def _dress(document: QTextDocument, page: Page) -> None:
    """Give headings their anchors, lines some air, and code and tables a look of their own."""
    shown = theme.colours()
    anchors = iter([heading.anchor for heading in page.headings])
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        looks = block.blockFormat()
        cursor.setPosition(block.position())
        if looks.headingLevel():
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
            named = QTextCharFormat()
            named.setAnchor(True)
            named.setAnchorNames([next(anchors, "")])
            cursor.mergeCharFormat(named)
            looks.setTopMargin(2 * theme.UNIT if looks.headingLevel() > 1 else 0)
            looks.setBottomMargin(theme.UNIT)
        elif any(looks.hasProperty(number) for number in _CODE):
            looks.setBackground(QColor(shown.hover))
        else:
            looks.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(looks)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _rule(frame, QColor(shown.line))
    cursor.endEditBlock()
