"""What is dragged: files for other programs, photos for the albums of this window."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QUrl

from faceorganizer.domain.ids import ContentId

# Each library has a process of its own, and ids mean nothing in another one's window.
PHOTOS: Final = f"application/x-faceorganizer-photos-{os.getpid()}"


def photos_as_content(paths: Iterable[Path], photos: Iterable[ContentId]) -> QMimeData:
    """Photos as they are dragged, or put on the clipboard.

    Args:
        paths: Files, as other programs take them.
        photos: Ids, as albums take them.
    """
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in dict.fromkeys(paths)])
    ids = list(dict.fromkeys(photos))
    if ids:
        content.setData(PHOTOS, json.dumps(ids).encode("ascii"))
    return content


def photos_in(content: QMimeData) -> list[ContentId]:
    """The photos of this library that are dragged; none where something else is."""
    if not content.hasFormat(PHOTOS):
        return []
    return [ContentId(photo) for photo in json.loads(bytes(content.data(PHOTOS).data()))]
