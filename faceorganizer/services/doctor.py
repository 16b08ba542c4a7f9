"""Looks at the machine and the installation and says what is wrong."""

import importlib.metadata
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from faceorganizer import __version__
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.vision.weights import Weights, weights_path

PACKAGES = {
    "dlib": ("dlib-bin", "dlib"),
    "cv2": ("opencv-python-headless", "opencv-python"),
    "faiss": ("faiss-cpu",),
    "infomap": ("infomap",),
    "numpy": ("numpy",),
    "PIL": ("pillow",),
    "pillow_heif": ("pillow-heif",),
    "rawpy": ("rawpy",),
    "sklearn": ("scikit-learn",),
    "sqlalchemy": ("SQLAlchemy",),
    "PySide6.QtCore": ("PySide6-Essentials",),
}
LEAST_FREE_BYTES = 1 << 30
IMPORT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the doctor found.

    Attributes:
        versions: Of the program, Python and the libraries.
        models: Model name to the file that holds its weights.
        machine: System, processor, its instruction sets, cores.
        places: Library and settings.
        problems: What is wrong, each with what to do about it.
    """

    versions: Mapping[str, str]
    models: Mapping[str, str]
    machine: Mapping[str, str]
    places: Mapping[str, str]
    problems: tuple[str, ...]


def examine(library: Path, settings: Path) -> Diagnosis:
    """Examine the installation, without touching the library."""
    problems: list[str] = []
    versions = _versions(problems)
    return Diagnosis(
        versions,
        _models(problems),
        _machine(versions),
        _places(library, settings, problems),
        tuple(problems),
    )


def _versions(problems: list[str]) -> dict[str, str]:
    versions = {
        "faceorganizer": __version__,
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
    }
    for module, names in PACKAGES.items():
        installed = [name for name in names if _version(name)]
        if not installed:
            problems.append(f"{names[0]} is not installed. Set the program up again: python3 dev.py run")
            continue
        if len(installed) > 1:
            problems.append(f"{' and '.join(installed)} are both installed and break each other; keep {installed[0]}.")
        versions[installed[0]] = _version(installed[0])
        failure = _import_failure(module)
        if failure:
            problems.append(f"{installed[0]} does not work: {failure}")
    return versions


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _import_failure(module: str) -> str:
    # In a process of its own: a library that does not fit the processor kills the one that loads it.
    command = [sys.executable, "-c", f"import {module}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=IMPORT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"it did not load within {IMPORT_SECONDS} seconds."
    if done.returncode == 0:
        return ""
    last = done.stderr.strip().splitlines()[-1:] or [f"it ended with code {done.returncode}."]
    return last[0]


def _models(problems: list[str]) -> dict[str, str]:
    models = {}
    for weights in Weights:
        try:
            models[weights.name.lower().replace("_", " ")] = str(weights_path(weights))
        except FaceOrganizerError as error:
            problems.append(str(error))
    return models


def _machine(versions: Mapping[str, str]) -> dict[str, str]:
    machine = {
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": str(os.cpu_count()),
    }
    if "opencv-python-headless" in versions or "opencv-python" in versions:
        import cv2

        machine["instruction sets"] = cv2.getCPUFeaturesLine()
        machine["OpenCV threads"] = str(cv2.getNumThreads())
    return machine


def _places(library: Path, settings: Path, problems: list[str]) -> dict[str, str]:
    nearest = next(folder for folder in (library, *library.parents) if folder.exists())
    free = shutil.disk_usage(nearest).free
    if free < LEAST_FREE_BYTES:
        problems.append(f"Only {free >> 20} MiB are free where the library is; make room.")
    if not os.access(nearest, os.W_OK):
        problems.append(f"{nearest} cannot be written to; choose another place for the library with --library.")
    there = "" if (library / "library.sqlite").exists() else " (none yet)"
    return {"library": f"{library}{there}", "settings": f"{settings}", "free": f"{free >> 30} GiB"}
