"""Insight as files: figures and tables."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from faceorganizer.domain.errors import FaceOrganizerError, UsageError
from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.insight import FigureStyle, Insight, MapMethod, MapPoints, PeopleDistances, RocCurve
from faceorganizer.domain.progress import JobContext
from faceorganizer.export.atomic import put_whole
from faceorganizer.export.figures import FigureFormat, FigureTask, figure_worker
from faceorganizer.export.insight_tables import write_insight
from faceorganizer.jobs.alone import run_alone
from faceorganizer.services.folders import absolute
from faceorganizer.services.interchange.listing import FileThereError
from faceorganizer.services.recognition.maps import FaceMap

FORMATS: Final = ("png", "svg", "csv")
PIXELS: Final = range(400, 10_001)


def check_figure(destination: Path, style: FigureStyle, *, replace: bool) -> Path:
    """Say where a figure goes, before anything is computed for it.

    Args:
        destination: The file; what it is follows from its suffix: .png, .svg or .csv.
        style: Of the figure.
        replace: Whether a file that is there already is replaced.

    Returns:
        The absolute path.

    Raises:
        FileThereError: There is such a file, and it may not be replaced.
        UsageError: The suffix is another one, the destination is a folder or a device, or the size is out of range.
    """
    path = absolute(destination)
    if _suffix(path) not in FORMATS:
        raise UsageError(f"{path.name} is no kind of file that can be drawn.", "Choose a name with .png, .svg or .csv.")
    if style.pixels not in PIXELS:
        raise UsageError(f"A figure cannot be {style.pixels} pixels wide.", f"Choose {PIXELS[0]} to {PIXELS[-1]}.")
    if os.path.isdir(path):  # noqa: PTH112 - never raises, here and below
        raise UsageError(f"{path} is a folder.", "Name a file in it.")
    if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113
        raise UsageError(f"{path} is no regular file.", "Name another one.")
    if os.path.exists(path) and not replace:  # noqa: PTH110
        raise FileThereError(path)
    return path


def save_figure(
    shown: Insight,
    destination: Path,
    cache: Path,
    context: JobContext,
    *,
    style: FigureStyle,
    replace: bool = False,
    pairs: bool = False,
) -> Path:
    """Write a figure or a table, which appears under its name only when it is whole.

    Args:
        shown: What to show.
        destination: As for :func:`check_figure`.
        cache: Folder for Matplotlib's list of fonts.
        context: May cancel; nothing is written then.
        style: Colours and size.
        replace: As for :func:`check_figure`.
        pairs: Of people as a table: the closest pairs in place of the matrix.

    Returns:
        The absolute path.

    Raises:
        FileThereError: As for :func:`check_figure`.
        UsageError: As for :func:`check_figure`, or there is nothing to show.
        StorageError: The file cannot be written.
        CancelledError: The context said so.
    """
    path = check_figure(destination, style, replace=replace)
    _check_content(shown)
    suffix = _suffix(path)
    if suffix == "csv":
        write_insight(path, shown, pairs=pairs)
        return path
    form: Literal["png", "svg"] = "png" if suffix == "png" else "svg"
    put_whole(path, draw(shown, form, style, cache, context))
    return path


def map_points(faces: FaceMap, names: Mapping[PersonId, str], method: MapMethod) -> MapPoints:
    """A map as it is drawn into a file."""
    return MapPoints(method, faces.faces, faces.photos, faces.persons, faces.places, names)


def _suffix(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")


def _check_content(shown: Insight) -> None:
    if isinstance(shown, PeopleDistances):
        empty = not shown.people
    elif isinstance(shown, MapPoints):
        empty = not len(shown.faces)
    else:
        return
    if empty:
        raise UsageError("There are no faces to show yet.", "Scan a folder of photos first.")


def draw(shown: Insight | RocCurve, form: FigureFormat, style: FigureStyle, cache: Path, context: JobContext) -> bytes:
    """Draw a figure in a process of its own.

    Args:
        shown: What it shows.
        form: PNG or SVG.
        style: Colours and size.
        cache: Folder for Matplotlib's list of fonts.
        context: May cancel.

    Raises:
        CancelledError: The context said so.
    """
    context.report(0, None, "Drawing")
    return run_alone(
        figure_worker,
        FigureTask(shown, form, style),
        context,
        lambda cause: FaceOrganizerError(f"Drawing ended early: {cause}.", "Try again, or choose a smaller size."),
        arguments=(cache,),
    )
