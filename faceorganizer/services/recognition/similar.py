"""The faces of a library that look most like a face of it, or like one in any picture file."""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UnknownIdError, UnreadablePhotoError, UsageError
from faceorganizer.domain.faces import FaceState
from faceorganizer.domain.geometry import Box, FloatArray, IntArray
from faceorganizer.domain.ids import FaceId, ModelId, PersonId
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.sightings import Sighting
from faceorganizer.jobs.alone import run_alone
from faceorganizer.recognition.verification import calibration_of
from faceorganizer.services.events import EventBus, LibraryChanged
from faceorganizer.services.models.chosen import library_model, vision_options
from faceorganizer.services.recognition.looking import named_file
from faceorganizer.services.scan.tasks import VisionOptions
from faceorganizer.services.settings import SettingsService

if TYPE_CHECKING:
    from faceorganizer.neighbours.lookup import OpenIndex

LIMIT: Final = 100
_SPARE: Final = 20  # faces more than wanted, which are measured again where the index is not exact
_PICTURES: Final = ("content", "file", "root")  # what scans and folders touch


@dataclass(frozen=True, slots=True)
class SimilarFace:
    """A face that looks like the one asked about.

    Attributes:
        seen: The face in its photo.
        name: Of who holds it; None when nobody does, or nobody has a name.
        distance: Euclidean, of the descriptors.
        probability: That both are one person, as if that were as likely as not beforehand; None where it was never
            measured what distances of the library's model mean.
    """

    seen: Sighting
    name: str | None
    distance: float
    probability: float | None


@dataclass(frozen=True, slots=True)
class FoundFace:
    """The face that was looked for in a picture file.

    Attributes:
        path: The file; absolute.
        box: x, y, width, height in pixels of the upright picture.
        faces: How many faces the picture holds; the largest is meant.
        descriptor: (dimension,) float32.
        picture: The face as a JPEG file of 256 x 256 pixels.
    """

    path: Path
    box: Box
    faces: int
    descriptor: FloatArray
    picture: bytes


class SimilarService:
    """Finds who looks alike. The index stays open after the first question and follows what changes."""

    def __init__(self, database: Database, settings: SettingsService, events: EventBus) -> None:
        self._database = database
        self._settings = settings
        self._cache = database.folder / "cache" / "models"
        self._index: OpenIndex | None = None
        self._model: ModelId | None = None
        self._ids: IntArray = np.zeros(0, np.int64)
        self._waiting: list[ChangeSet] = []
        self._following = False
        self._busy = threading.RLock()
        self._noting = threading.Lock()
        events.subscribe(LibraryChanged, self._note)

    def to_face(self, face: FaceId, *, limit: int = LIMIT) -> list[SimilarFace]:
        """The faces nearest to a face, the nearest first, without itself and those put away.

        Args:
            face: An active one of a present photo, whoever holds it.
            limit: Most faces wanted, 1 or more.

        Raises:
            UnknownIdError: There is no such face.
            UsageError: The face is put away, or could not be described.
        """
        _check_limit(limit)
        with self._informed() as unit:
            (held,) = unit.faces.held([face])
            if held.state is not FaceState.ACTIVE:
                raise UsageError(f"Face {face} is put away.", "Restore it first.")
            known = self._vectors(unit, [face])
            if not len(known):
                raise UsageError(
                    f"Face {face} is not described: its photo is gone, or no eyes, nose and mouth can be made out.",
                    "Choose another face.",
                )
            return self._nearest(unit, known[0], limit, without=face)

    def to_descriptor(self, descriptor: FloatArray, *, limit: int = LIMIT) -> list[SimilarFace]:
        """The faces nearest to a (dimension,) descriptor of the library's model, the nearest first.

        Args:
            descriptor: float32, as the model made it.
            limit: How many at most.

        Raises:
            VectorError: It is not finite, or of another dimension.
        """
        _check_limit(limit)
        with self._informed() as unit:
            return self._nearest(unit, descriptor, limit)

    def face_in(self, path: Path) -> FoundFace:
        """Look for the largest face of a picture file, which need not be one of the library's; takes seconds.

        The picture is read in a process of its own, and nothing of it is kept.

        Raises:
            UnreadablePhotoError: The file cannot be read.
            UsageError: There is no face in it.
            ModelFileError: Weights are missing or damaged.
        """
        path = named_file(path)
        found = self._seen(path)
        if found is None:
            raise UsageError(f"No face was found in {path.name}.", "Choose a picture that shows one more clearly.")
        return found

    def forget(self) -> None:
        """Read everything anew at the next question."""
        with self._busy:
            self._index = None

    def _seen(self, path: Path) -> FoundFace | None:
        scan = self._settings.application().scan
        options = vision_options(self._settings, self._cache)
        return run_alone(
            looking_worker,
            path,
            Unattended(),
            lambda cause: UnreadablePhotoError(path, cause),
            arguments=(options, scan.max_megapixels),
            timeout=scan.task_seconds,
        )

    def _nearest(
        self, unit: UnitOfWork, descriptor: FloatArray, limit: int, *, without: FaceId | None = None
    ) -> list[SimilarFace]:
        if self._index is None:
            return []
        wanted = limit + (without is not None) + (0 if self._index.exact else _SPARE)
        ids, distances = self._index.nearest(descriptor, wanted)
        if not self._index.exact and self._model is not None:
            ids, distances = _measured(unit, self._model, ids, descriptor)
        kept = ids != (without or 0)
        ids, distances = ids[kept][:limit], distances[kept][:limit]
        calibration = calibration_of(library_model(self._settings))
        chances = [None] * len(ids) if calibration is None else calibration.probability(distances).tolist()
        told = dict(zip(ids.tolist(), zip(distances.tolist(), chances, strict=True), strict=True))
        sightings = unit.sightings.of_faces([FaceId(number) for number in told])
        holders = {seen.person for seen in sightings if seen.person is not None}
        names: dict[PersonId, str | None] = {who.id: who.name for who in unit.people.outlines(sorted(holders))}
        return [
            SimilarFace(seen, None if seen.person is None else names.get(seen.person), *told[seen.face])
            for seen in sightings
        ]

    def _vectors(self, unit: UnitOfWork, faces: Collection[FaceId]) -> FloatArray:
        if self._model is None:
            return np.zeros((0, 1), np.float32)
        return unit.descriptors.table(self._model, faces=faces).descriptors

    def _note(self, event: LibraryChanged) -> None:
        with self._noting:
            if self._following:
                self._waiting.append(event.changes)

    @contextmanager
    def _informed(self) -> Iterator[UnitOfWork]:
        """A transaction, and the index as of it."""
        with self._busy:
            # Before the transaction begins: it is sure to see what was told of until now.
            with self._noting:
                changes, self._waiting, self._following = ChangeSet.merged(self._waiting), [], True
            with self._database.read() as unit:
                index, self._index = self._index, None  # stays so if this fails
                self._index = self._followed(unit, index, changes)
                yield unit

    def _followed(self, unit: UnitOfWork, index: "OpenIndex | None", changes: ChangeSet) -> "OpenIndex | None":
        try:
            model = unit.models.id_of(library_model(self._settings))
        except UnknownIdError:  # nothing was scanned yet
            self._model = None
            return None
        if index is not None and model == self._model:
            touched = self._touched(unit, model, changes)
            if 4 * len(touched) <= len(self._ids):
                self._follow(unit, index, model, touched)
                return index
            index = None
        if index is None or model != self._model:
            # Only here: faiss takes a while to load.
            from faceorganizer.neighbours.lookup import OpenIndex

            table = unit.descriptors.table(model)
            self._model, self._ids = model, table.ids
            index = OpenIndex(table.ids, table.descriptors)
        return index

    def _touched(self, unit: UnitOfWork, model: ModelId, changes: ChangeSet) -> IntArray:
        """Ids of faces of which anything may have changed."""
        touched = np.array(sorted(changes.of("face")), np.int64)
        if any(map(changes.of, _PICTURES)):
            # Pictures came or went, and their faces with them.
            touched = np.union1d(touched, np.setxor1d(self._ids, unit.descriptors.described(model)))
        return touched

    def _follow(self, unit: UnitOfWork, index: "OpenIndex", model: ModelId, touched: IntArray) -> None:
        if not len(touched):
            return
        table = unit.descriptors.table(model, faces=[FaceId(number) for number in touched.tolist()])
        index.remove(touched)
        index.add(table.ids, table.descriptors)
        self._ids = np.union1d(np.setdiff1d(self._ids, touched, assume_unique=True), table.ids)


def looking_worker(options: VisionOptions, max_megapixels: float) -> Callable[[Path], FoundFace | None]:
    """Make the handler of the process: finds and describes the largest face of a picture; None where there is none.

    Args:
        options: How faces are found and described.
        max_megapixels: Larger pictures are refused.
    """
    # Only there: these libraries take a while to load, and no other process needs them.
    from faceorganizer.imaging.decode import decode
    from faceorganizer.imaging.identify import identify
    from faceorganizer.imaging.thumbnails import face_picture
    from faceorganizer.vision.search import working_long_side

    analyser = options.analyser()

    def handle(path: Path) -> FoundFace | None:
        # As a scan reads it, so that a picture of the library finds itself at no distance.
        identity = identify(path, max_megapixels=max_megapixels)
        long_side = working_long_side(options.detail, identity.width, identity.height)
        picture = decode(path, long_side=long_side, max_megapixels=max_megapixels)
        seen = analyser.analyse(picture)
        if not len(seen):
            return None
        largest = int(np.argmax(seen.boxes[:, 2] * seen.boxes[:, 3]))
        x, y, width, height = map(float, seen.boxes[largest])
        shown = face_picture(picture, seen.boxes[largest])
        return FoundFace(path, (x, y, width, height), len(seen), seen.descriptors[largest], shown)

    return handle


def _check_limit(limit: int) -> None:
    if limit < 1:
        raise UsageError(f"{limit} faces cannot be shown.", "Ask for one or more.")


def _measured(unit: UnitOfWork, model: ModelId, ids: IntArray, descriptor: FloatArray) -> tuple[IntArray, FloatArray]:
    """The same faces by their true distances."""
    table = unit.descriptors.table(model, faces=[FaceId(number) for number in ids.tolist()])
    distances = np.sqrt(np.square(table.descriptors - descriptor).sum(axis=1))
    order = np.lexsort((table.ids, distances))
    return table.ids[order], distances[order]
