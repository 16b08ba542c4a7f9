"""Files, shown where the system shows them."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def show_in_file_manager(path: Path) -> None:
    """Open the folder of a file, the file chosen where the system can do that."""
    if sys.platform == "win32" and path.exists():
        QProcess.startDetached("explorer", ["/select,", str(path)])
    elif sys.platform == "darwin" and path.exists():
        QProcess.startDetached("open", ["-R", str(path)])
    else:
        folder = path if os.path.isdir(path) else path.parent  # noqa: PTH112 - never raises
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
