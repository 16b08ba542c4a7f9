"""The help: opened by F1 about the place, also from dialogs; walked through, searched, never online by itself."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from faceorganizer.gui import theme
from faceorganizer.gui.actions import ACTIONS
from faceorganizer.gui.dialogs.help import HelpWindow
from faceorganizer.gui.dialogs.preferences import PreferencesDialog
from faceorganizer.gui.help import CONTEXT, read_pages
from faceorganizer.gui.main_window import MainWindow


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[HelpWindow]:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show_page()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()


def follow(window: HelpWindow, link: str) -> None:
    window.page.anchorClicked.emit(QUrl(link))


def test_f1_opens_the_page_about_the_place(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.help is not None
    assert window.help.here == CONTEXT["start"]
    window.go("review")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.help.here == "naming#review"
    assert window.help.isVisible()
    window.close()
    assert window.help is None


def test_f1_opens_the_page_about_a_dialog_that_is_in_front(window: MainWindow, qtbot: QtBot) -> None:
    window.environment.actions["preferences"].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PreferencesDialog))
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, PreferencesDialog)
    qtbot.waitUntil(lambda: bool(dialog.property("help")))
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window.help is not None)
    assert window.help is not None
    assert window.help.here == "settings"
    dialog.close()


def test_every_place_of_the_window_has_a_page(window: MainWindow) -> None:
    assert set(window._places) - {"folder"} <= set(CONTEXT)
    assert sum(spec.keys[:1] == ("F1",) for spec in ACTIONS) == 1


def test_links_lead_on_and_keys_lead_back(shown: HelpWindow, qtbot: QtBot) -> None:
    assert not shown.back.isEnabled()
    follow(shown, "facts.md#limits")
    assert shown.here == "facts#limits"
    assert shown.page.verticalScrollBar().value() > 0
    follow(shown, "#distances")
    assert shown.here == "facts#distances"
    qtbot.keyClick(shown.page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.here == "facts#limits"
    qtbot.keyClick(shown.page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.here == "index"
    qtbot.keyClick(shown.page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert shown.here == "facts#limits"
    follow(shown, "nothing-of-the-kind.md")
    assert shown.here == "index"


def test_a_link_is_clicked(shown: HelpWindow, qtbot: QtBot) -> None:
    cursor = shown.page.document().find("Naming fast")
    cursor.setPosition(cursor.selectionStart() + 2)
    spot = shown.page.cursorRect(cursor).center()
    qtbot.mouseClick(shown.page.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert shown.here == "naming"


def test_addresses_are_opened_after_a_question_only(
    shown: HelpWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    follow(shown, "https://example.org/")
    box = shown.findChild(QMessageBox)
    assert box is not None
    assert opened == []
    assert shown.here == "index"
    answer = next(button for button in box.findChildren(QPushButton) if button is box.defaultButton())
    qtbot.mouseClick(answer, Qt.MouseButton.LeftButton)
    assert opened == ["https://example.org/"]


def test_what_is_typed_is_looked_for(shown: HelpWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(shown.search, "twins")
    assert shown.contents.topLevelItemCount() > 0
    qtbot.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.here == "facts#limits"
    qtbot.keyClicks(shown.search, " and no such thing")
    assert shown.contents.topLevelItemCount() == 0
    qtbot.keyClick(shown.search, Qt.Key.Key_Return)
    shown.search.clear()
    assert shown.contents.topLevelItemCount() == len(read_pages())


@pytest.mark.parametrize("name", [name for name in read_pages() if name != "commands"])
def test_pages_are_rendered_with_all_headings(shown: HelpWindow, name: str) -> None:
    follow(shown, f"{name}.md")
    page = read_pages()[name]
    document = shown.page.document()
    anchors, block = [], document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            anchors.append((QTextCursor(block).block().text(), block.begin().fragment().charFormat().anchorNames()))
        block = block.next()
    assert [(h.title, [h.anchor]) for h in page.headings] == anchors
    assert "](" not in document.toPlainText()


def test_pictures_fit_and_come_from_the_pages_alone(shown: HelpWindow) -> None:
    follow(shown, "first-library.md")
    kind = QTextDocument.ResourceType.ImageResource.value
    picture = shown.page.loadResource(kind, QUrl("../screenshots/people-light.png"))
    assert isinstance(picture, QImage)
    assert 0 < picture.width() / picture.devicePixelRatio() <= 640
    assert shown.page.loadResource(kind, QUrl("https://example.org/a.png")) is None
    shown.resize(700, 500)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_pages_are_dressed_for_the_appearance(qapp: QApplication, shown: HelpWindow, name: str) -> None:
    try:
        theme.choose(qapp, name)
        follow(shown, "facts.md")
        ground = QColor(theme.colours().ground)
        image = shown.page.grab().toImage()
        assert image.pixelColor(4, image.height() // 2) == ground
    finally:
        theme.choose(qapp, "system")
