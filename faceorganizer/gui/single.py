"""One window a library: a second start raises the window that is open."""

import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_MS: Final = 3000  # the first window may be busy starting
_TRIES: Final = 10
_RAISE: Final = b"raise "
_TAB: Final = b"\t"  # between the token, which has none, and a JSON list of folders
_TOKEN: Final = "XDG_ACTIVATION_TOKEN"  # by it a desktop lets a program raise its window
_MOST: Final = 1 << 16
_LONGEST: Final = 60  # characters of a folder; a socket's path may have some 100


class OneWindow(QObject):
    """The right to be the window of a library.

    A lock file says who has it; the lock of a process that died can be taken. By a local socket, which nobody else may
    open, the second process asks the first to raise its window.

    Args:
        library: The library's folder.

    Signals:
        raise_wanted: Somebody started the program again; with the desktop's token for raising, or nothing.
        folders_wanted: Somebody did so for these folders.
    """

    raise_wanted = Signal(str)
    folders_wanted = Signal(list)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        place = _place(library)
        self._lock = QLockFile(f"{place}.lock")
        self._lock.setStaleLockTime(0)  # a lock is out of date only when its process is dead
        self._address = str(place) if sys.platform != "win32" else place.name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def take(self) -> bool:
        """Become the window of the library; False when another process is it already."""
        if not self._lock.tryLock(0) and self._lock.error() == QLockFile.LockError.LockFailedError:
            return False
        # Where no lock can be written at all, nobody can be asked either: a window is better than none.
        QLocalServer.removeServer(self._address)  # what a process that died has left
        self._server.listen(self._address)
        return True

    def ask_to_raise(self, folders: Sequence[Path] = ()) -> bool:
        """Ask the process that has the window to raise it, for these folders; False when it does not answer."""
        wanted = json.dumps([os.fspath(folder) for folder in folders]).encode("ascii")
        token = os.environ.get(_TOKEN, "").encode()
        for _ in range(_TRIES):
            socket = QLocalSocket()
            socket.connectToServer(self._address)
            if socket.waitForConnected(ANSWER_MS // _TRIES):
                socket.write(_RAISE + token + (_TAB + wanted if folders else b"") + b"\n")
                return socket.waitForReadyRead(ANSWER_MS)
            time.sleep(ANSWER_MS / _TRIES / 1000)
        return False

    def release(self) -> None:
        """Let another process have the window."""
        self._server.close()
        self._lock.unlock()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(partial(self._read, socket))
        self._read(socket)  # it may have come before

    def _read(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            line = bytes(socket.readLine(_MOST).data())
            if line.startswith(_RAISE):
                socket.write(b"done\n")
                socket.flush()
                token, _, folders = line.removeprefix(_RAISE).partition(_TAB)
                self.raise_wanted.emit(token.decode("ascii", "replace").strip())
                if wanted := _folders(folders):
                    self.folders_wanted.emit(wanted)
            socket.disconnectFromServer()
        elif socket.bytesAvailable() > _MOST:
            socket.abort()


def _folders(content: bytes) -> list[Path]:
    """Folders of a message; none where it is no JSON list of paths."""
    try:
        texts = json.loads(content)
    except ValueError:  # bytes that are no text among it
        return []
    return [Path(text) for text in texts if isinstance(text, str)] if isinstance(texts, list) else []


def _place(library: Path) -> Path:
    """Where lock and socket are: a folder of the user's own, with a short name, since sockets allow no long ones."""
    # Without a session there is no such folder, and Qt would make one up and warn of it.
    session = sys.platform in ("win32", "darwin") or "XDG_RUNTIME_DIR" in os.environ
    kind = QStandardPaths.StandardLocation
    folder = QStandardPaths.writableLocation(kind.RuntimeLocation if session else kind.GenericCacheLocation)
    if not folder or len(folder) > _LONGEST:
        folder = tempfile.gettempdir()
    with suppress(OSError):  # then the lock cannot be taken, either
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    name = hashlib.sha256(f"{user}:{os.path.realpath(library)}".encode("utf-8", "surrogateescape")).hexdigest()[:20]
    return Path(folder) / f"faceorganizer-{name}"
