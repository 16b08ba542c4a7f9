"""Takes debug information out of libraries: infomap's alone is 80 MB."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from debian import is_elf

_LOADED: Final = re.compile(r"^\s+LOAD\s+(0x\w+)\s+(0x\w+)\s+.*\s(0x\w+)$", re.MULTILINE)


def strip_debug_information(folder: Path) -> None:
    """Strip all libraries with debug information that can still be loaded afterwards.

    Some were rewritten by patchelf in a way that strip does not respect; those stay as they are.
    """
    for path in sorted(folder.rglob("*.so*")):
        if path.is_file() and not path.is_symlink() and is_elf(path) and ".debug_info" in _said("readelf", "-SW", path):
            stripped = path.with_name(f"{path.name}.stripped")
            subprocess.run(["strip", "--strip-debug", "-o", stripped, path], check=True)
            if _can_be_loaded(stripped):
                shutil.copymode(path, stripped)
                stripped.replace(path)
            else:
                stripped.unlink()


def _can_be_loaded(path: Path) -> bool:
    """Whether every part that is loaded lies in the file as its alignment demands."""
    parts = [tuple(int(number, 16) for number in found) for found in _LOADED.findall(_said("readelf", "-lW", path))]
    return bool(parts) and all((offset - address) % align == 0 for offset, address, align in parts)


def _said(*command: object) -> str:
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True).stdout
