"""How well faces are verified: the protocol of Labeled Faces in the Wild on labelled pictures, pairs or descriptors."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import FaceObservations
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.imaging.formats import is_photo
from faceorganizer.recognition.protocol import (
    FOLDS,
    PAIRS,
    Pairs,
    Protocol,
    Rate,
    all_pairs,
    distances_of,
    paired,
    rates_at,
    verified,
)
from faceorganizer.services.benchmark.labelled import UNLABELLED, LabelledFaces
from faceorganizer.services.benchmark.pairs import PairsFileError, PicturePair, picture_at, read_pairs
from faceorganizer.services.recognition.looking import Looked, look_at
from faceorganizer.services.settings import SettingsService

MOST_FACES: Final = 30_000  # of which all pairs are compared: 450 millions
NO_FACE: Final = "no face was found"


@dataclass(frozen=True, slots=True)
class AllPairs:
    """All pairs of faces there are, people with many pictures counting most.

    Attributes:
        same: Pairs of one person.
        different: Pairs of two people.
        area: Under their curve.
        rates: True-accept rates at false-accept rates.
    """

    same: int
    different: int
    area: float
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """What a benchmark of verification found.

    Attributes:
        source: What it was made with.
        faces: Pictures or descriptors with a label.
        people: Whose they are; None where pairs alone tell.
        failures: Pictures without a descriptor, with the reason; their pairs are rejected, and so counted.
        same: Pairs of one person in the folds.
        different: Pairs of two people in the folds.
        protocol: Accuracies and the curve.
        rates: True-accept rates at false-accept rates, of the pairs of all folds together.
        everything: All pairs; None where pairs alone tell, or there are too many.
    """

    source: str
    faces: int
    people: int | None
    failures: tuple[tuple[Path, str], ...]
    same: int
    different: int
    protocol: Protocol
    rates: tuple[Rate, ...]
    everything: AllPairs | None


@dataclass(frozen=True, slots=True)
class Draw:
    """How pairs are drawn from labels.

    Attributes:
        folds: How many, of people of their own.
        pairs: Of one person in each fold, and as many of two.
        seed: Of the draw.
    """

    folds: int = FOLDS
    pairs: int = PAIRS
    seed: int = 0


Failures: TypeAlias = tuple[tuple[Path, str], ...]


class PictureDescriber:
    """Describes one face of each of many pictures, in worker processes.

    Args:
        settings: Of the program and of a library, whose models are used.
        centre: Whether the face nearest to the centre counts, not the largest one.
    """

    def __init__(self, settings: SettingsService, *, centre: bool = False) -> None:
        self._settings = settings
        self._centre = centre

    def describe(self, paths: Sequence[Path], context: JobContext) -> tuple[FloatArray, Failures]:
        """Describe pictures.

        Returns:
            (n, dimension) float32, a row of NaN for a picture without a face; and why there is none.

        Raises:
            UsageError: There is no face in any picture.
            ModelFileError: Weights are missing or damaged.
            CancelledError: The context said so.
        """
        rows: dict[int, FloatArray] = {}
        failures: dict[int, str] = {}
        with tempfile.TemporaryDirectory(prefix="faceorganizer-") as cache:
            for seen in look_at(paths, self._settings, Path(cache), context, "Describing faces"):
                if seen.faces is None or not len(seen.faces):
                    failures[seen.number] = seen.reason or NO_FACE
                else:
                    rows[seen.number] = seen.faces.descriptors[self._chosen(seen, seen.faces)]
        if not rows:
            raise UsageError("No face was found in any of the pictures.")
        described: FloatArray = np.full((len(paths), len(next(iter(rows.values())))), np.nan, np.float32)
        for number, descriptor in rows.items():
            described[number] = descriptor
        return described, tuple((paths[number], reason) for number, reason in sorted(failures.items()))

    def _chosen(self, seen: Looked, faces: FaceObservations) -> int:
        if not self._centre:
            return int(faces.boxes[:, 2:].prod(axis=1).argmax())
        away = faces.boxes[:, :2] + faces.boxes[:, 2:] / 2 - np.array(seen.size, np.float32) / 2
        return int((away**2).sum(axis=1).argmin())


def benchmark_labels(
    faces: LabelledFaces, draw: Draw, context: JobContext, failures: Failures = ()
) -> VerificationReport:
    """Draw pairs from labelled descriptors and try them; then all pairs there are.

    Args:
        faces: With their labels; a row of NaN for a picture without a face. Faces without a label are left out.
        draw: How pairs are drawn.
        context: Told of progress; may cancel.
        failures: Pictures without a descriptor.

    Raises:
        UsageError: There are too few people or faces.
        CancelledError: The context said so.
    """
    known = faces.labels != UNLABELLED
    descriptors, labels = faces.descriptors[known], faces.labels[known]
    pairs = paired(labels, folds=draw.folds, pairs=draw.pairs, seed=draw.seed)
    whole = np.isfinite(descriptors).all(axis=1)
    everything = _everything(descriptors[whole], labels[whole], context)
    people = len(np.unique(labels))
    return _report(faces.source, len(labels), people, failures, descriptors, pairs, everything)


def benchmark_folder(folder: Path, describer: PictureDescriber, draw: Draw, context: JobContext) -> VerificationReport:
    """Try pictures in folders that are named after the people in them.

    Args:
        folder: With one folder for each person.
        describer: Describes pictures.
        draw: How pairs are drawn.
        context: Told of progress; may cancel.

    Raises:
        UsageError: There are too few people or pictures, or no face in any of them.
        ModelFileError: Weights are missing or damaged.
        CancelledError: The context said so.
    """
    pictures = pictures_by_person(folder)
    names = tuple(pictures)
    paths = [path for listed in pictures.values() for path in listed]
    sizes = [len(listed) for listed in pictures.values()]
    labels = np.repeat(np.arange(len(names)), sizes).astype(np.int64)
    paired(labels, folds=draw.folds, pairs=1)  # whether there are people enough is told before minutes of work
    descriptors, failures = describer.describe(paths, context)
    faces = LabelledFaces(str(folder), descriptors, labels, names=names)
    return benchmark_labels(faces, draw, context, failures)


def benchmark_pairs(
    file: Path, images: Path | None, describer: PictureDescriber, folds: int, context: JobContext
) -> VerificationReport:
    """Try pairs that a file names.

    Args:
        file: See :func:`~faceorganizer.services.benchmark.pairs.read_pairs`.
        images: Folder that relative names begin at; that of the file when None.
        describer: Describes pictures.
        folds: Of a file that does not say how many.
        context: Told of progress; may cancel.

    Raises:
        UsageError: The file cannot be read or is malformed, a picture is not there, or there is no face in any.
        ModelFileError: Weights are missing or damaged.
        CancelledError: The context said so.
    """
    listed = read_pairs(file, folds=folds)
    named = {name: pair.line for pair in reversed(listed.pairs) for name in (pair.left, pair.right)}
    places = {name: picture_at(images or file.parent, name) for name in sorted(named)}
    _check_there(file, places, named)
    row = {name: number for number, name in enumerate(places)}
    descriptors, failures = describer.describe(list(places.values()), context)
    left, right = (np.array([row[name] for name in side], np.int64) for side in _sides(listed.pairs))
    pairs = Pairs(left, right, np.array([pair.same for pair in listed.pairs]), listed.folds)
    return _report(str(file), len(places), None, failures, descriptors, pairs, None)


def pictures_by_person(folder: Path) -> dict[str, list[Path]]:
    """The pictures of a folder by the folder each is in, both in the order of their names.

    Raises:
        UsageError: The folder cannot be read.
    """
    try:
        people = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith("."))
        found = {
            person.name: sorted(path for path in person.iterdir() if is_photo(path.name) and path.is_file())
            for person in people
        }
    except OSError as error:
        raise UsageError(f"{folder} could not be read: {(error.strerror or str(error)).lower()}.") from error
    return {name: pictures for name, pictures in found.items() if pictures}


def _sides(pairs: Sequence[PicturePair]) -> tuple[list[str], list[str]]:
    return [pair.left for pair in pairs], [pair.right for pair in pairs]


def _check_there(file: Path, places: Mapping[str, Path], lines: Mapping[str, int]) -> None:
    gone = sorted((lines[name], name) for name, path in places.items() if not os.path.isfile(path))  # noqa: PTH113
    if gone:
        line, name = gone[0]
        more = f", nor {len(gone) - 1:,} others" if len(gone) > 1 else ""
        raise PairsFileError(file, line, f"there is no picture {places[name]}{more}", "Say where they are: --images.")


def _everything(descriptors: FloatArray, labels: IntArray, context: JobContext) -> AllPairs | None:
    if len(labels) > MOST_FACES:
        return None
    curve, same, different = all_pairs(descriptors, labels, context)
    return AllPairs(same, different, curve.area, rates_at(curve, different)) if same and different else None


def _report(
    source: str,
    faces: int,
    people: int | None,
    failures: Failures,
    descriptors: FloatArray,
    pairs: Pairs,
    everything: AllPairs | None,
) -> VerificationReport:
    result = verified(distances_of(descriptors, pairs), pairs)
    different = int((~pairs.same).sum())
    return VerificationReport(
        source=source,
        faces=faces,
        people=people,
        failures=failures,
        same=len(pairs) - different,
        different=different,
        protocol=result,
        rates=rates_at(result.curve, different),
        everything=everything,
    )
