"""What a Linux desktop is told of the program: menu entry, description, icons."""

import re
import shutil
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import icons
from project import APP_ID, BUILD, PACKAGING

ENTRY: Final = PACKAGING / f"{APP_ID}.desktop"
METAINFO: Final = PACKAGING / f"{APP_ID}.metainfo.xml"
_SCREENSHOTS: Final = re.compile(r"  <!-- AppStream wants.*?-->\n  <screenshots>.*?</screenshots>\n", re.DOTALL)
_PICTURE: Final = re.compile(r'(<image type="source">)([^<]+)')


def metainfo(screenshots_at: str = "") -> str:
    """The description for software centres.

    Args:
        screenshots_at: Web address of the folder with the pictures of resources/screenshots, since AppStream knows no
            pictures that come with a package; without one there are none in it.
    """
    text = METAINFO.read_text(encoding="utf-8")
    if not screenshots_at:
        return _SCREENSHOTS.sub("", text)
    base = escape(screenshots_at.rstrip("/"))
    return _PICTURE.sub(lambda found: f"{found[1]}{base}/{found[2]}", text)


def install(usr: Path, screenshots_at: str = "") -> None:
    """Put entry, description and icons where a desktop looks for them.

    Args:
        usr: The folder that becomes /usr.
        screenshots_at: As for metainfo.
    """
    share = usr / "share"
    _copy(ENTRY, share / "applications" / ENTRY.name)
    description = share / "metainfo" / METAINFO.name
    description.parent.mkdir(parents=True, exist_ok=True)
    description.write_text(metainfo(screenshots_at), encoding="utf-8")
    for size in icons.SIZES:
        _copy(
            BUILD / "icons" / f"faceorganizer-{size}.png",
            share / f"icons/hicolor/{size}x{size}/apps/{APP_ID}.png",
        )
    _copy(icons.SOURCE, share / f"icons/hicolor/scalable/apps/{APP_ID}.svg")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
