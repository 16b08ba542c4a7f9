"""Looks at the machine and the installation and says what is wrong."""

import importlib.metadata
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
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
            problems.append(f"{names[0]} is not installed. {_advice()}")
            continue
        if len(installed) > 1:
            problems.append(f"{' and '.join(installed)} are both installed and break each other; keep {installed[0]}.")
        versions[installed[0]] = _version(installed[0])
        failure, _ = _in_own_process(_load, module)
        if failure:
            problems.append(f"{installed[0]} does not work: {failure}")
    return versions


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _advice() -> str:
    if getattr(sys, "frozen", False):
        return "Install the program again."
    return "Set the program up again: python3 dev.py run"


def _in_own_process(question: Callable[[str], str], module: str) -> tuple[str, str]:
    """Ask something of a library, and return why that failed (empty when it did not) and the answer.

    A library that does not fit the processor kills the process that loads it. The process is one of multiprocessing's,
    since a frozen program has no interpreter to call.
    """
    context = get_context("spawn")
    inbox, outbox = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(outbox, question, module), daemon=True)
    process.start()
    outbox.close()
    try:
        if not inbox.poll(IMPORT_SECONDS):
            return f"it did not load within {IMPORT_SECONDS} seconds.", ""
        failure, answer = inbox.recv()
        return str(failure), str(answer)
    except EOFError:
        process.join()
        return f"it ended with code {process.exitcode}.", ""
    finally:
        inbox.close()
        process.kill()
        process.join()


def _answer(outbox: Connection, question: Callable[[str], str], module: str) -> None:
    try:
        outbox.send(("", question(module)))
    except Exception as error:  # noqa: BLE001 - whatever a library that is not well raises, the doctor reports it
        outbox.send((f"{type(error).__name__}: {error}", ""))


def _load(module: str) -> str:
    import_module(module)
    return ""


def _processor(module: str) -> str:
    library = import_module(module)
    return f"{library.getCPUFeaturesLine()}\n{library.getNumThreads()}"


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
    failure, answer = _in_own_process(_processor, "cv2")
    if not failure:
        machine["instruction sets"], machine["OpenCV threads"] = answer.splitlines()
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
