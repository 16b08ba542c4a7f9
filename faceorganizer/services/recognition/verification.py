"""Whether two faces are one person's: faces of a library, or of any picture files."""

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.errors import LibraryMissingError, UnknownIdError, UnreadablePhotoError, UsageError
from faceorganizer.domain.faces import EmbeddingModel, FaceRecord
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.pictures import LARGE_PIXELS
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.recognition.verification import FALSE_ACCEPTS, calibration_of, distance_between
from faceorganizer.services.folders import absolute
from faceorganizer.services.interchange.rendering import Crop, Recipe, RenderTask, Sized, render_all
from faceorganizer.services.models.chosen import library_model
from faceorganizer.services.originals import content_at, original_of
from faceorganizer.services.recognition.looking import look_at, named_file
from faceorganizer.services.settings import SettingsService

PHOTO_SIDE: Final = 900  # pixels of a photo's long side in a picture of both
FACE_MARGIN: Final = 0.4


@dataclass(frozen=True, slots=True)
class PictureFace:
    """A face of a picture file.

    Attributes:
        path: The file, of a library or not.
        number: 1 for the largest face in it, 2 for the second largest, and so on; None for the largest.
    """

    path: Path
    number: int | None = None


Asked: TypeAlias = FaceId | int | PictureFace | Path


@dataclass(frozen=True, slots=True)
class ComparedFace:
    """One of the two faces.

    Attributes:
        photo: The file it is in.
        face: Its id; None when no library knows it.
        box: x, y, width, height in full-resolution upright pixels.
        faces: How many are in the photo, put away ones left out.
        person: Who holds it; None for nobody.
        name: Of that person.
        size: Width and height of the upright photo.
    """

    photo: Path
    face: FaceId | None
    box: tuple[int, int, int, int]
    faces: int
    person: PersonId | None
    name: str | None
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether two faces are one person's.

    Attributes:
        left: One face.
        right: The other.
        distance: Euclidean, of their descriptors.
        probability: That they are one person's, if that was as likely as not before; None for a model whose distances
            were never measured.
        threshold: Distance up to which two faces count as one person's; None as above.
        false_accepts: Share of the pairs of two people that this threshold takes for one.
        model: What made the descriptors.
    """

    left: ComparedFace
    right: ComparedFace
    distance: float
    probability: float | None
    threshold: float | None
    false_accepts: float
    model: EmbeddingModel

    @property
    def same(self) -> bool | None:
        """Whether they count as one person's; None for a model whose distances were never measured."""
        return None if self.threshold is None else self.distance <= self.threshold


@dataclass(frozen=True, slots=True)
class _Described:
    face: ComparedFace
    descriptor: FloatArray


class VerificationService:
    """Compares two faces.

    Args:
        database: Of the library; None where there is none, which leaves picture files.
        settings: Of the program and the library.
    """

    def __init__(self, database: Database | None, settings: SettingsService) -> None:
        self._database = database
        self._settings = settings

    def verify(
        self,
        left: Asked,
        right: Asked,
        *,
        false_accepts: float = FALSE_ACCEPTS,
        context: JobContext | None = None,
    ) -> Verification:
        """Compare two faces; takes seconds where a file is none of the library's.

        Args:
            left: Id of a face, or a picture file, whose largest face is taken.
            right: The other.
            false_accepts: Share of the pairs of two people that may be taken for one, 0.0001 to 0.1.
            context: Told of progress; may cancel.

        Raises:
            UnknownIdError: The library has no such face.
            UsageError: No face is in a file, or not so many; the face is put away, or was never described; or no
                threshold is known for that rate.
            UnreadablePhotoError: A file cannot be read.
            LibraryMissingError: A face is asked for by its id, and there is no library.
            ModelFileError: Weights are missing or damaged.
            CancelledError: The context said so.
        """
        model = library_model(self._settings)
        calibration = calibration_of(model)
        threshold = None if calibration is None else calibration.threshold(false_accepts)
        asked = [PictureFace(one) if isinstance(one, Path) else one for one in (left, right)]
        known = [self._known(one, model) for one in asked]
        strange = [one for one, found in zip(asked, known, strict=True) if found is None]
        seen = iter(self._seen([one for one in strange if isinstance(one, PictureFace)], context or Unattended()))
        one, other = (next(seen) if found is None else found for found in known)
        distance = distance_between(one.descriptor, other.descriptor)
        probability = None if calibration is None else float(calibration.probability(np.array(distance)))
        return Verification(one.face, other.face, distance, probability, threshold, false_accepts, model)

    def picture(self, verification: Verification, form: str, context: JobContext | None = None) -> bytes:
        """A picture of both photos side by side, each face in its box and large below, and what was found.

        Args:
            verification: What was found.
            form: "png" or "jpeg".
            context: May cancel.

        Raises:
            UnreadablePhotoError: A photo cannot be read any more.
            CancelledError: The context said so.
        """
        # Only here: hardly any command draws one.
        from faceorganizer.imaging.comparison import Side, side_by_side

        faces = verification.left, verification.right
        tasks = [_render_task(number, face) for number, face in enumerate(faces)]
        made = {one.number: one for one in render_all(tasks, self._settings, context or Unattended())}
        sides = []
        for number, face in enumerate(faces):
            if made[number].reason:
                raise UnreadablePhotoError(face.photo, made[number].reason)
            photo, crop = made[number].pictures
            sides.append(Side(photo, crop, face.box, face.size, [face.name or "", face.photo.name]))
        return side_by_side(sides[0], sides[1], in_words(verification), form)

    # Faces of the library.

    def _known(self, asked: int | PictureFace, model: EmbeddingModel) -> _Described | None:
        """A face that the library has described; None for a file that it has not, or that has changed since."""
        if self._database is None:
            if isinstance(asked, PictureFace):
                return None
            raise LibraryMissingError("Faces have ids in a library, and there is none.", "Name picture files instead.")
        with self._database.read() as unit:
            if isinstance(asked, PictureFace):
                content = _content_of(unit, asked.path)
                return None if content is None else _of_photo(unit, content, asked, model)
            return _of_id(unit, FaceId(asked), model)

    # Faces of other files.

    def _seen(self, asked: Sequence[PictureFace], context: JobContext) -> list[_Described]:
        if not asked:
            return []
        if self._database is not None:
            return self._looked_at(asked, self._database.folder / "cache" / "models", context)
        with tempfile.TemporaryDirectory(prefix="faceorganizer-") as folder:
            return self._looked_at(asked, Path(folder), context)

    def _looked_at(self, asked: Sequence[PictureFace], cache: Path, context: JobContext) -> list[_Described]:
        paths = [named_file(one.path) for one in asked]
        looked = {one.number: one for one in look_at(paths, self._settings, cache, context, "Looking for faces")}
        described = []
        for number, (one, path) in enumerate(zip(asked, paths, strict=True)):
            found = looked[number]
            if found.faces is None:
                raise UnreadablePhotoError(path, found.reason)
            row = _nth(path, found.faces.boxes, one.number)
            x, y, width, height = (round(value) for value in found.faces.boxes[row].tolist())
            face = ComparedFace(path, None, (x, y, width, height), len(found.faces), None, None, found.size)
            described.append(_Described(face, found.faces.descriptors[row]))
        return described


def in_words(verification: Verification) -> list[str]:
    """What was found, as short lines of English text."""
    lines = [f"Distance {verification.distance:.3f}"]
    if verification.threshold is None or verification.probability is None:
        return [*lines, f"What that means was never measured for the model {verification.model.name}"]
    verdict = "One person" if verification.same else "Two people"
    sign = "not above" if verification.same else "above"
    rate = f"{verification.false_accepts:g}"
    return [
        f"{verdict}: probability of one person {in_per_cent(verification.probability)}",
        f"{lines[0]}, {sign} {verification.threshold:.3f}, the threshold for a false-accept rate of {rate}",
    ]


def in_per_cent(probability: float) -> str:
    """A probability in per cent; what is not sure is neither 0 nor 100."""
    if probability < 0.001:
        return "< 0.1 %"
    if probability > 0.999:
        return "> 99.9 %"
    return f"{100 * probability:.1f} %"


def _content_of(unit: UnitOfWork, path: Path) -> ContentId | None:
    """The library's picture in a file, if the file is as it was scanned."""
    try:
        content = content_at(unit, path)
    except UnknownIdError:
        return None
    for same in original_of(unit, content).readable():
        with suppress(OSError):
            if same.samefile(path):
                return content
    return None


def _of_photo(unit: UnitOfWork, content: ContentId, asked: PictureFace, model: EmbeddingModel) -> _Described | None:
    faces = list(unit.faces.records(content=content))
    boxes = np.array([face.box for face in faces], np.float32).reshape(-1, 4)
    face = faces[_nth(asked.path, boxes, asked.number)]
    descriptor = _descriptor_of(unit, face.face, model)
    return None if descriptor is None else _described(unit, face, len(faces), descriptor, absolute(asked.path))


def _of_id(unit: UnitOfWork, number: FaceId, model: EmbeddingModel) -> _Described:
    faces = list(unit.faces.records(content=unit.faces.content_of(number)))
    face = next((face for face in faces if face.face == number), None)
    if face is None:
        raise UsageError(f"Face {number} is put away, or its photo is gone.", "Restore it, or bring the photo back.")
    descriptor = _descriptor_of(unit, number, model)
    if descriptor is None:
        raise UsageError(
            f"Face {number} is not described, so it cannot be compared.",
            "No eyes, nose and mouth could be made out there, or it has yet to be scanned with the present settings.",
        )
    return _described(unit, face, len(faces), descriptor, face.path)


def _described(unit: UnitOfWork, face: FaceRecord, faces: int, descriptor: FloatArray, path: Path) -> _Described:
    identity = unit.contents.get(face.photo).identity
    size = identity.width, identity.height
    return _Described(ComparedFace(path, face.face, face.box, faces, face.person, face.name, size), descriptor)


def _descriptor_of(unit: UnitOfWork, face: FaceId, model: EmbeddingModel) -> FloatArray | None:
    try:
        found = unit.descriptors.table(unit.models.id_of(model), faces=[face]).descriptors
    except UnknownIdError:  # nothing is described by the present model yet
        return None
    return found[0] if len(found) else None


def _nth(path: Path, boxes: FloatArray, number: int | None) -> int:
    """Row of the face that is meant: by size."""
    if not len(boxes):
        raise UsageError(f"No face was found in {path}.", "Take another picture.")
    wanted = 1 if number is None else number
    if not 1 <= wanted <= len(boxes):
        count = "only one face" if len(boxes) == 1 else f"{len(boxes)} faces"
        raise UsageError(f"There is no face {wanted} in {path}: it has {count}.", "Face 1 is the largest.")
    order = np.argsort(-boxes[:, 2:].prod(axis=1), kind="stable")
    return int(order[wanted - 1])


def _render_task(number: int, face: ComparedFace) -> RenderTask:
    x, y, width, height = face.box
    recipes: tuple[Recipe, ...] = (Sized(PHOTO_SIDE), Crop((x, y, width, height), FACE_MARGIN))
    large = face.size[0] * face.size[1] > LARGE_PIXELS
    return RenderTask(number, face.photo, max(face.size), large, recipes)
