"""Small files beside photos, read without trust."""

import os
import stat
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

LARGEST: Final = 4 << 20
_DEEPEST: Final = 100


def contents(path: Path, largest: int = LARGEST) -> bytes | None:
    """Read a small regular file; None when it is anything else, larger, or cannot be read."""
    try:
        # Without blocking, should it be a pipe.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            data = file.read(largest + 1)
    except (OSError, ValueError):
        return None
    return data if len(data) <= largest else None


def xml(data: bytes) -> Element | None:
    """Parse XML without entities and document types; None when it is damaged, hostile or nested absurdly deep."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None  # damaged; entities; an encoding that does not fit, or is not known
    return root if is_shallow(root) else None


def is_shallow(root: Element) -> bool:
    """Whether no element lies deeper than any such file would nest them."""
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return True
    return False
