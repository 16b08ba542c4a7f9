"""What every recipe in this folder has to know of the project."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGING: Final = ROOT / "packaging"
BUILD: Final = ROOT / "build"
DIST: Final = ROOT / "dist"
SYSTEM_LIBRARIES: Final = BUILD / "system-libraries.json"
APP_ID: Final = "org.faceorganizer.FaceOrganizer"
INSTALLED_RESOURCES: Final = ("controls", "help", "icons", "screenshots", "translations")
_PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def version() -> str:
    """The version of the program, as pyproject.toml says."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def runtime_packages() -> list[str]:
    """Names of the pinned packages that the program runs with on this machine."""
    names = _PIN.findall((PACKAGING / "requirements.txt").read_text(encoding="utf-8"))
    return [name for name in names if _installed(name)]


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True
