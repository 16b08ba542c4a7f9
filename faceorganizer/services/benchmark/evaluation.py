"""How well a library's grouping fits the truth."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from faceorganizer.clustering.metrics import Measures, lone, measure
from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import EmbeddingModel, FaceRecord
from faceorganizer.domain.geometry import match_boxes
from faceorganizer.domain.ids import ContentId, FaceId
from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.services.benchmark.labelled import UNLABELLED, LabelledFaces, read_labels
from faceorganizer.services.benchmark.truth import TrueFace, read_truth
from faceorganizer.services.folders import absolute

SAME_FACE: Final = 0.4
"""Least intersection over union of a labelled box and a found one."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a library's present grouping fits the truth.

    Attributes:
        faces: Labelled faces in photos that the library holds.
        found: Those among them that it found.
        missed: Those it did not.
        others: Faces it found in these photos besides; they are in no measure.
        unknown_photos: Labelled photos that the library does not hold; they are in no figure.
        measures: Of the faces found. A face of nobody counts as a group of its own.
    """

    faces: int
    found: int
    missed: int
    others: int
    unknown_photos: int
    measures: Measures


@dataclass(frozen=True, slots=True)
class _Matched:
    """Which faces of the library are who."""

    persons: Mapping[FaceId, str]
    labelled: int
    others: int
    unknown_photos: int


class EvaluationService:
    """Compares the library with labels.

    Args:
        database: Of the library.
        model: Tells what its faces are described by now.
    """

    def __init__(self, database: Database, model: Callable[[], EmbeddingModel]) -> None:
        self._database = database
        self._model = model

    def evaluate(self, truth: Path | None = None, *, centre: bool = False) -> Evaluation:
        """Measure the present grouping.

        Args:
            truth: See :func:`~faceorganizer.services.benchmark.truth.read_truth`; a photo's face without a box is its
                largest one. None: the folder that a photo is in names the person of its largest face.
            centre: The face nearest to the centre counts, not the largest one.

        Raises:
            UsageError: The truth cannot be read, or tells nothing of this library.
        """
        photos, faces = self._read()
        matched = _matched(photos, faces, truth, centre)
        people = {face.face: face.person for face in faces}
        found = [people[face] or UNLABELLED for face in matched.persons]
        labels = np.unique(list(matched.persons.values()), return_inverse=True)[1].astype(np.int64)
        return Evaluation(
            faces=matched.labelled,
            found=len(found),
            missed=matched.labelled - len(found),
            others=matched.others,
            unknown_photos=matched.unknown_photos,
            measures=measure(labels, lone(np.array(found, np.int64))),
        )

    def labelled(self, truth: Path | None = None, *, centre: bool = False) -> LabelledFaces:
        """The library's faces with their labels, for a benchmark.

        Args:
            truth: As for :meth:`evaluate`, or one label for each face by id (``.npy``, ``.meta``, ``.txt``).
            centre: As there.

        Raises:
            UsageError: The truth cannot be read, tells nothing of this library, or is of another length.
            UnknownIdError: The library has no descriptors of its present model.
        """
        with self._database.read() as unit:
            table = unit.descriptors.table(unit.models.id_of(self._model()))
        names: tuple[str, ...] = ()
        if truth is not None and truth.suffix.lower() in {".npy", ".meta", ".txt"}:
            labels = read_labels(truth)
        else:
            persons = _matched(*self._read(), truth, centre).persons
            names = tuple(sorted(set(persons.values())))
            numbers = {name: number for number, name in enumerate(names)}
            found = [numbers[persons[face]] if face in persons else UNLABELLED for face in table.ids.tolist()]
            labels = np.array(found, np.int64)
        return LabelledFaces(str(self._database.folder), table.descriptors, labels, table.quality, table.ids, names)

    def confirmed(self) -> LabelledFaces:
        """The faces of named people that somebody confirmed, with people's ids for labels.

        Raises:
            UsageError: There are none.
            UnknownIdError: The library has no descriptors of its present model.
        """
        with self._database.read() as unit:
            table = unit.descriptors.table(unit.models.id_of(self._model()))
            named = [who.id for who in unit.people.outlines() if who.name is not None]
        chosen = table.decided & np.isin(table.persons, np.array(named, np.int64))
        labels = np.where(chosen, table.persons, UNLABELLED)
        if not chosen.any():
            raise UsageError("Nobody in the library has a name yet.", "Name people first.")
        return LabelledFaces(str(self._database.folder), table.descriptors, labels, table.quality, table.ids)

    def _read(self) -> tuple[list[PhotoRecord], list[FaceRecord]]:
        with self._database.read() as unit:
            return unit.photos.records(), list(unit.faces.records())


def _matched(photos: list[PhotoRecord], faces: list[FaceRecord], truth: Path | None, centre: bool) -> _Matched:
    found: dict[ContentId, list[FaceRecord]] = defaultdict(list)
    for face in faces:
        found[face.photo].append(face)
    pictures = {photo.photo: photo for photo in photos if photo.photo is not None and photo.state == "present"}
    if truth is None:
        labelled = _by_folder(photos)
        unknown = 0
    else:
        labelled, unknown = _by_picture(photos, read_truth(truth), absolute(truth).parent)
    if not labelled:
        raise UsageError(
            "None of the labelled photos is in the library.",
            "Scan their folder first; relative paths begin at a folder of the library, or where the labels lie.",
        )
    persons: dict[FaceId, str] = {}
    for picture, listed in labelled.items():
        persons.update(_persons(listed, found[picture], pictures.get(picture), centre))
    there = sum(len(found[picture]) for picture in labelled)
    return _Matched(persons, sum(map(len, labelled.values())), there - len(persons), unknown)


def _by_folder(photos: Iterable[PhotoRecord]) -> dict[ContentId, list[TrueFace]]:
    """One face a picture, by the folder of the file that stands for it."""
    return {
        photo.photo: [TrueFace(str(photo.path), photo.path.parent.name, None)]
        for photo in photos
        if photo.photo is not None and photo.state == "present" and photo.duplicate_of is None
    }


def _by_picture(
    photos: Iterable[PhotoRecord], truth: Iterable[TrueFace], folder: Path
) -> tuple[dict[ContentId, list[TrueFace]], int]:
    """Labelled faces of each picture, and how many labelled photos are none of the library's."""
    known: dict[str, set[ContentId]] = defaultdict(set)
    for photo in photos:
        if photo.photo is not None and photo.state != "missing":
            for path in (photo.path, photo.path.relative_to(photo.root)):
                known[path.as_posix()].add(photo.photo)
    labelled: dict[ContentId, list[TrueFace]] = defaultdict(list)
    unknown: set[str] = set()
    for face in truth:
        pictures = known.get(Path(face.path).as_posix()) or known.get(absolute(folder / face.path).as_posix(), set())
        if len(pictures) > 1:
            raise UsageError(f"Several folders of the library hold a photo {face.path}.", "Write absolute paths.")
        if pictures:
            labelled[next(iter(pictures))].append(face)
        else:
            unknown.add(face.path)
    return labelled, len(unknown)


def _persons(
    labelled: list[TrueFace], found: list[FaceRecord], photo: PhotoRecord | None, centre: bool
) -> dict[FaceId, str]:
    """Who the faces found in one picture are."""
    boxes = [face.box for face in labelled if face.box is not None]
    if len(boxes) == len(labelled):
        places = np.array([face.box for face in found], np.float32).reshape(-1, 4)
        pairs = match_boxes(np.array(boxes, np.float32).reshape(-1, 4), places, SAME_FACE)
        return {found[index].face: labelled[number].person for number, index in pairs}
    if len(labelled) > 1:
        raise UsageError(f"{labelled[0].path} has several labelled faces without boxes.", "Say where each one is.")
    if not found:
        return {}
    chosen = min(found, key=lambda face: _off_centre(face, photo)) if centre else max(found, key=_area)
    return {chosen.face: labelled[0].person}


def _area(face: FaceRecord) -> tuple[int, int]:
    return face.box[2] * face.box[3], -face.face


def _off_centre(face: FaceRecord, photo: PhotoRecord | None) -> float:
    x, y, width, height = face.box
    across, down = (photo.width or 0, photo.height or 0) if photo is not None else (0, 0)
    return (x + width / 2 - across / 2) ** 2 + (y + height / 2 - down / 2) ** 2
