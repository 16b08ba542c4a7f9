"""Says what the program is made of, and under which licences."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from project import PACKAGING, ROOT

INVENTORY: Final = PACKAGING / "THIRD_PARTY_NOTICES.txt"
_PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_TEXTS: Final = re.compile(r"licen[cs]e|copying|notice|copyright|authors", re.IGNORECASE)
_RULE: Final = "=" * 80

# Of packages whose metadata names no SPDX expression, after their licence files.
LICENCES: Final = {
    "cloudpickle": "BSD-3-Clause",
    "colorama": "BSD-3-Clause",
    "contourpy": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "dlib": "BSL-1.0",
    "dlib-bin": "BSL-1.0",
    "exiv2": "GPL-3.0-or-later",
    "face-recognition-models": "MIT for the package, CC0-1.0 for the weights; see the note on the 68-point model",
    "faiss-cpu": "MIT",
    "flatbuffers": "Apache-2.0",
    "fonttools": "MIT",
    "infomap": "GPL-3.0-or-later",
    "kiwisolver": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "matplotlib": "Matplotlib's own licence, after PSF-2.0",
    "mdurl": "MIT",
    "onnxruntime": "MIT",
    "opencv-python-headless": "Apache-2.0; with FFmpeg under LGPL-2.1-or-later",
    "pillow-heif": "BSD-3-Clause; with libheif and libde265 under LGPL-3.0, x265 under GPL-2.0-or-later",
    "protobuf": "BSD-3-Clause",
    "psutil": "BSD-3-Clause",
    "pyparsing": "MIT",
    "pyside6-essentials": "LGPL-3.0-only (of LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only)",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "rawpy": "MIT; with LibRaw under LGPL-2.1-only OR CDDL-1.0",
    "rich": "MIT",
    "scipy": "BSD-3-Clause",
    "shellingham": "ISC",
    "shiboken6": "LGPL-3.0-only (of LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only)",
    "tzdata": "Apache-2.0",
    "watchdog": "Apache-2.0",
}
HEADER: Final = """\
Third-party software in Face Organizer

Face Organizer is free software under the GNU General Public License, version 3 or later. Its packages for Linux,
Windows and macOS contain, beside it, the software below in the versions named. Made by `python3 packaging/build.py
notices`; what a package holds comes with the full texts of all licences, in its own THIRD_PARTY_NOTICES.txt.

The weights of dlib's networks

  The weights of the 5-point landmark model, of the face recognition network and of the CNN face detector were trained
  by Davis King, who put them into the public domain (CC0-1.0).

  The 68-point landmark model was trained on the iBUG 300-W data set. The licence of that data set excludes commercial
  use, and the author of the model asks everybody to contact Imperial College London before using it in a commercial
  product. Face Organizer can do without it: `faceorganizer settings set vision.aligner 5-point`.

Qt

  Qt and Qt for Python (PySide6, Shiboken) are used under the GNU Lesser General Public License, version 3. They are
  separate, unchanged libraries in the folder PySide6, which may be replaced by other builds of the same version; how
  the program was put together is in the folder packaging of its source. The text of that licence is among OpenCV's
  notices, that of the GNU General Public License comes with the program.

Python

  Packages with Python inside contain CPython, under the PSF licence (PSF-2.0), with its standard library.

Packages
"""


def pins() -> dict[str, list[str]]:
    """Every package of requirements.txt with its pinned versions; several where they depend on the Python."""
    found: dict[str, list[str]] = {}
    for name, version in _PIN.findall((PACKAGING / "requirements.txt").read_text(encoding="utf-8")):
        found.setdefault(name, []).append(version)
    return found


def licence_of(name: str) -> str:
    """The licence of a package.

    Raises:
        LookupError: Neither this file nor the metadata knows one.
    """
    if name in LICENCES:
        return LICENCES[name]
    try:
        stated = str(distribution(name).metadata.json.get("license_expression", ""))
    except PackageNotFoundError:
        stated = ""
    if not stated:
        raise LookupError(f"Nothing says under which licence {name} is: look at its files, and add it to LICENCES.")
    return stated


def inventory() -> str:
    """What all packages for all systems are made of, without the texts of the licences."""
    lines = [f"  {name} {', '.join(versions)}: {licence_of(name)}" for name, versions in sorted(pins().items())]
    return f"{HEADER}\n" + "\n".join(lines) + "\n"


def full(libraries: dict[str, Path]) -> str:
    """The inventory of what is installed here, with all texts.

    Args:
        libraries: Libraries of the system that are bundled, by name, with where they were taken from.
    """
    installed = {name: package for name in pins() if (package := _distribution(name)) is not None}
    parts = [HEADER]
    parts += [f"  {name} {package.version}: {licence_of(name)}" for name, package in sorted(installed.items())]
    for name, package in sorted(installed.items()):
        parts += ["", _RULE, f"{name} {package.version}: {licence_of(name)}"]
        if inside := _bundled(package):
            parts.append(f"Contains the libraries {', '.join(inside)}.")
        for title, text in _texts(package):
            parts += ["", f"--- {title}", "", text.strip()]
    parts += ["", _RULE, f"Python {sys.version.split()[0]}: PSF-2.0", "", *_python_licence()]
    for title, text in _system_texts(libraries):
        parts += ["", _RULE, title, "", text.strip()]
    return "\n".join(parts) + "\n"


def _distribution(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _bundled(package: Distribution) -> list[str]:
    names = {file.name.partition("-")[0].partition(".")[0] for file in package.files or () if ".libs/" in str(file)}
    return sorted(names)


def _texts(package: Distribution) -> Iterator[tuple[str, str]]:
    seen = set()
    for file in sorted(package.files or (), key=str):
        if _TEXTS.search(file.name) and file.suffix.lower() not in (".py", ".pyc", ".pyi", ".so", ".json"):
            text = Path(str(package.locate_file(file))).read_text(encoding="utf-8", errors="replace")
            if text not in seen:
                seen.add(text)
                yield file.name, text


def _python_licence() -> list[str]:
    for folder in (Path(sys.base_prefix), Path(sys.base_prefix, "lib", "python{}.{}".format(*sys.version_info[:2]))):
        if (text := folder / "LICENSE.txt").is_file():
            return [text.read_text(encoding="utf-8").strip()]
    return []


def _system_texts(libraries: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """The licences of libraries that Debian's packages hold, once a package."""
    packages: dict[str, list[str]] = {}
    for name, path in sorted(libraries.items()):
        asked = subprocess.run(["dpkg", "-S", path.resolve()], capture_output=True, text=True)
        if asked.returncode:  # /lib is a link to /usr/lib, and dpkg knows one of the two
            asked = subprocess.run(["dpkg", "-S", f"*/{path.resolve().name}"], capture_output=True, text=True)
        packages.setdefault(asked.stdout.partition(":")[0], []).append(name)
    for package, names in sorted(packages.items()):
        copyright_file = Path("/usr/share/doc", package, "copyright")
        if not package or not copyright_file.is_file():
            raise LookupError(f"Nothing says under which licence {', '.join(names)} is.")
        yield f"{', '.join(names)}, of Debian's package {package}", copyright_file.read_text(errors="replace")


def project_licence() -> Path:
    """The file with the program's own licence."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return ROOT / str(project["license-files"][0])
