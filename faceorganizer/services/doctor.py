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

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.settings.store import SettingsFile
from faceorganizer.vision.weights import Weights, weights_path

PACKAGES = {
    "dlib": ("dlib-bin", "dlib"),
    "cv2": ("opencv-python-headless", "opencv-python"),
    "exiv2": ("exiv2",),
    "faiss": ("faiss-cpu",),
    "infomap": ("infomap",),
    "numpy": ("numpy",),
    "onnxruntime": ("onnxruntime",),
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


def examine(version: str, library: Path, settings: Path) -> Diagnosis:
    """Examine the installation, without touching the library.

    Args:
        version: Of the program.
        library: The library's folder, which need not be there.
        settings: The settings file.
    """
    problems: list[str] = []
    versions = _versions(version, problems)
    return Diagnosis(
        versions,
        _models(problems),
        _machine(),
        _places(library, settings, problems),
        tuple(problems),
    )


def _versions(version: str, problems: list[str]) -> dict[str, str]:
    versions = {
        "faceorganizer": version,
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
        failure, _ = _in_own_process(f"import {module}")
        if failure:
            problems.append(f"{installed[0]} does not work: {failure}")
    return versions


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _in_own_process(program: str) -> tuple[str, str]:
    """Run a few lines of Python, and return why they failed (empty when they did not) and what they printed.

    A library that does not fit the processor kills the process that loads it.
    """
    command = [sys.executable, "-c", program]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=IMPORT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"it did not load within {IMPORT_SECONDS} seconds.", ""
    if done.returncode == 0:
        return "", done.stdout
    last = done.stderr.strip().splitlines()[-1:] or [f"it ended with code {done.returncode}."]
    return last[0], ""


def _models(problems: list[str]) -> dict[str, str]:
    models = {}
    for weights in Weights:
        try:
            models[weights.name.lower().replace("_", " ")] = str(weights_path(weights))
        except FaceOrganizerError as error:
            problems.append(str(error))
    return models


def _machine() -> dict[str, str]:
    machine = {
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": str(os.cpu_count()),
    }
    failure, printed = _in_own_process("import cv2; print(cv2.getCPUFeaturesLine()); print(cv2.getNumThreads())")
    if not failure:
        machine["instruction sets"], machine["OpenCV threads"] = printed.strip().splitlines()
    return machine


def _places(library: Path, settings: Path, problems: list[str]) -> dict[str, str]:
    nearest = next(folder for folder in (library, *library.parents) if os.path.isdir(folder))  # noqa: PTH112
    free = shutil.disk_usage(nearest).free
    if free < LEAST_FREE_BYTES:
        problems.append(f"Only {free >> 20} MiB are free where the library is; make room.")
    if not os.access(nearest, os.W_OK):
        problems.append(f"{nearest} cannot be written to; choose another place for the library with --library.")
    try:
        SettingsFile(settings).load()
    except FaceOrganizerError as error:
        problems.append(str(error))
    there = "" if os.path.exists(library / "library.sqlite") else " (none yet)"  # noqa: PTH110 - never raises
    return {"library": f"{library}{there}", "settings": f"{settings}", "free": f"{free >> 30} GiB"}
