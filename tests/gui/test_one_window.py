"""One window a library; several libraries; another process that writes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from faceorganizer.gui import library_menu
from faceorganizer.gui.libraries import forget_library, recent_libraries, remember_library
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.single import OneWindow
from faceorganizer.library import Library

# What a second start does, without a window: ask, and end with what came of it.
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from faceorganizer.gui.single import OneWindow
application = QCoreApplication([])
one = OneWindow(Path(sys.argv[1]))
folders = [Path(word) for word in sys.argv[2:] if word != "stay"]
print("took" if one.take() else "raised" if one.ask_to_raise(folders) else "no answer", flush=True)
if "stay" in sys.argv:
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    tmp_path.chmod(0o700)


@pytest.fixture
def one(qapp: object, tmp_path: Path) -> Iterator[OneWindow]:
    made = OneWindow(tmp_path / "library")
    yield made
    made.release()


def second(library: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", SECOND, str(library), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "XDG_ACTIVATION_TOKEN": "token-7"},
    )


def test_a_second_start_raises_the_first(one: OneWindow, qtbot: QtBot, tmp_path: Path) -> None:
    assert one.take()
    with qtbot.waitSignal(one.raise_wanted, timeout=20_000) as wanted:
        process = second(tmp_path / "library")
    assert wanted.args == ["token-7"]
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
    assert process.communicate()[0].strip() == "raised"


def test_a_second_start_hands_its_folders_over(one: OneWindow, qtbot: QtBot, tmp_path: Path) -> None:
    assert one.take()
    folders = [str(tmp_path / "a\tb\nc é"), str(tmp_path / "d")]
    heard: list[object] = []
    one.raise_wanted.connect(heard.append)
    one.folders_wanted.connect(heard.append)
    process = second(tmp_path / "library", *folders)
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=20_000)
    assert heard == ["token-7", [Path(folder) for folder in folders]]
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
    assert process.communicate()[0].strip() == "raised"


def test_what_is_no_list_of_folders_only_raises(one: OneWindow, qtbot: QtBot) -> None:
    assert one.take()
    for words in (b"raise x\t{}\n", b"raise x\t[1, null]\n", b"raise x\t[\n", b"raise x\t\xff\n"):
        socket = QLocalSocket()
        socket.connectToServer(one._address)
        assert socket.waitForConnected(2000)
        with qtbot.assertNotEmitted(one.folders_wanted, wait=50), qtbot.waitSignal(one.raise_wanted):
            socket.write(words)
            socket.flush()
        socket.abort()


def test_another_library_has_a_window_of_its_own(one: OneWindow, tmp_path: Path) -> None:
    assert one.take()
    other = OneWindow(tmp_path / "other")
    assert other.take()
    other.release()


def test_the_window_of_a_process_that_was_killed_can_be_had(one: OneWindow, tmp_path: Path) -> None:
    process = second(tmp_path / "library", "stay")
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "took"
    assert not one.take()
    process.kill()
    process.communicate()
    assert one.take()


def test_nonsense_on_the_socket_does_no_harm(one: OneWindow, qtbot: QtBot) -> None:
    assert one.take()
    for words in (b"\x00" * 10_000, b"open /etc/passwd\n", b""):
        socket = QLocalSocket()
        socket.connectToServer(one._address)
        assert socket.waitForConnected(2000)
        socket.write(words)
        socket.flush()
        with qtbot.assertNotEmitted(one.raise_wanted, wait=100):
            pass
        socket.abort()


def test_the_window_comes_forward(window: MainWindow, qtbot: QtBot) -> None:
    window.showMinimized()
    window.come_forward()
    assert not window.isMinimized()
    assert window.isVisible()


def test_libraries_that_were_opened_are_listed_the_latest_first(qapp: object, tmp_path: Path) -> None:
    for name in ("a", "b", "c", "a"):
        remember_library(tmp_path / name)
    assert [folder.name for folder in recent_libraries()] == ["a", "c", "b"]
    forget_library(tmp_path / "c")
    assert [folder.name for folder in recent_libraries()] == ["a", "b"]
    for number in range(20):
        remember_library(tmp_path / str(number))
    assert len(recent_libraries()) == 10
    QSettings().setValue("libraries/recent", 17)
    assert recent_libraries() == []


def test_a_library_is_made_and_shown_in_a_window_of_its_own(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(library_menu, "open_window", lambda folder: shown.append(folder) or True)
    window.libraries.create_at(tmp_path / "new one")
    assert shown == [tmp_path / "new one"]
    with Library.open(tmp_path / "new one") as made:
        assert made.check() == []
    refused: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: refused.append(words[2]))
    window.libraries.create_at(tmp_path / "new one")
    assert len(shown) == 1
    assert "new one" in refused[0]


def test_recent_ones_that_are_gone_are_said_to_be(window: MainWindow, library: Library, tmp_path: Path) -> None:
    remember_library(library.path)
    remember_library(tmp_path / "gone")
    window.libraries.recent.aboutToShow.emit()
    texts = [action.text() for action in window.libraries.recent.actions()]
    assert "not found" in texts[0]
    assert "not found" not in texts[1]
    assert window.libraries.recent.actions()[1].isChecked()


def test_while_another_process_writes_the_window_says_so(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    program = (
        "import sys; from faceorganizer import Library\n"
        "with Library.open(sys.argv[1]) as library, library._database.lock():\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(library.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    window.visitors.look()
    qtbot.waitUntil(window.notice.isVisible)
    assert "You can look" in window.notice.text()
    process.communicate("")
    window.visitors.look()
    qtbot.waitUntil(lambda: not window.notice.isVisible())
