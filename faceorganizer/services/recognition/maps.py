"""The map of all faces: made in a process of its own, kept in the cache as long as it fits."""

import os
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import FaceOrganizerError, UnknownIdError, UsageError
from faceorganizer.domain.faces import EmbeddingModel, FaceTable
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.insight import MAP_METHODS, MapMethod
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.jobs.alone import run_told
from faceorganizer.jobs.noticeboard import Noticeboard
from faceorganizer.services.mathematics import load_scipy
from faceorganizer.services.models.chosen import library_model
from faceorganizer.services.settings import SettingsService

LEAST_LIMIT: Final = 10

_VERSION: Final = 2  # of the way maps are made
_MOST_GROWN: Final = 0.25  # of a map's faces that may join it; with more it is made anew
_MOST_COMPARED: Final = 500_000_000  # faces that join times faces on the map: some seconds


@dataclass(frozen=True, slots=True)
class FaceMap:
    """Faces as points, ordered by face id.

    Attributes:
        faces: (n,) int64 face ids.
        photos: (n,) int64 picture ids.
        persons: (n,) int64 person that holds the face now; -1 for none.
        places: (n, 2) float32 from -1 to 1.
    """

    faces: IntArray
    photos: IntArray
    persons: IntArray
    places: FloatArray

    def __len__(self) -> int:
        return len(self.faces)


@dataclass(frozen=True, slots=True)
class MapTask:
    """Faces to lay out.

    Attributes:
        descriptors: (n, dimension).
        method: How.
        limit: Most faces that are laid out together; the method's own when None.
        board: File to put progress on.
    """

    descriptors: FloatArray
    method: MapMethod
    limit: int | None
    board: Path


def map_worker() -> Callable[[MapTask], FloatArray]:
    """Make the handler of the process that lays faces out."""
    # Only there: its libraries take a while to load, and no other process needs them.
    from faceorganizer.recognition.maps import face_map

    def lay_out(task: MapTask) -> FloatArray:
        board = Noticeboard(task.board)
        return face_map(task.descriptors, context=board, method=task.method, sample=task.limit)

    return lay_out


def map_methods() -> list[MapMethod]:
    """How faces can be laid out with what is installed."""
    return [method for method in MAP_METHODS if method == "tsne" or find_spec("umap") is not None]


class MapsService:
    """Lays faces out in the plane, and remembers where."""

    def __init__(self, database: Database, settings: SettingsService) -> None:
        self._database = database
        self._settings = settings

    def stored(self, method: MapMethod = "tsne") -> FaceMap | None:
        """The map that was made last, with who holds the faces now; a few new faces join those they look like.

        Args:
            method: How it was laid out.

        Returns:
            None when none was made, or so many faces came or went that it has to be made anew.
        """
        model = library_model(self._settings)
        kept = _load(self._file(method), _mark(model, method))
        if kept is None:
            return None
        faces = self._faces(model, descriptors=False)
        if not np.isin(faces.ids, kept[0]).all():  # new ones are placed by what they look like
            faces = self._faces(model)
        places = _fitted(faces, *kept)
        return None if places is None else _map_of(faces, places)

    def make(self, context: JobContext, *, method: MapMethod = "tsne", limit: int | None = None) -> FaceMap:
        """Make the map anew.

        Args:
            context: Told of progress; may cancel.
            method: "tsne" or "umap".
            limit: Most faces that are laid out together, 10 or more, the others joining those they look like; such a
                map is not kept. None for as many as take a few minutes.

        Raises:
            UsageError: The method is not installed, or the limit is too low.
            CancelledError: The context said so; the former map stays.
        """
        if limit is not None and limit < LEAST_LIMIT:
            raise UsageError(f"A map of {limit} faces shows nothing.", f"Choose {LEAST_LIMIT} or more.")
        if method not in map_methods():
            raise UsageError(
                "UMAP is not installed.", 'Install it by pip install "faceorganizer[maps]", or choose t-SNE.'
            )
        model = library_model(self._settings)
        faces = self._faces(model)
        context.report(0, None, f"Drawing the map of {len(faces)} faces")
        places = (
            _in_own_process(faces.descriptors, method, limit, context) if len(faces) else np.zeros((0, 2), np.float32)
        )
        if limit is None:
            with suppress(OSError):  # it only costs the time of making it again
                _save(self._file(method), _mark(model, method), faces.ids, places)
        return _map_of(faces, places)

    def _file(self, method: MapMethod) -> Path:
        return self._database.folder / "cache" / ("map.npz" if method == "tsne" else f"map-{method}.npz")

    def _faces(self, model: EmbeddingModel, *, descriptors: bool = True) -> FaceTable:
        with self._database.read() as unit:
            try:
                return unit.descriptors.table(unit.models.id_of(model), descriptors=descriptors)
            except UnknownIdError:  # nothing was scanned yet
                return _no_faces(model.dimension)


def _no_faces(dimension: int) -> FaceTable:
    none = np.zeros(0, np.int64)
    return FaceTable(
        none, none, np.zeros(0, np.float32), none, np.zeros(0, np.bool_), np.zeros((0, dimension), np.float32)
    )


def _map_of(faces: FaceTable, places: FloatArray) -> FaceMap:
    return FaceMap(faces.ids, faces.contents, faces.persons, places)


def _fitted(faces: FaceTable, ids: IntArray, places: FloatArray) -> FloatArray | None:
    """The places of faces by a map of other ones; None when they are too different."""
    row = np.searchsorted(ids, faces.ids)
    known = np.zeros(len(faces), np.bool_)
    inside = row < len(ids)
    known[inside] = ids[row[inside]] == faces.ids[inside]
    fresh, held = int(np.count_nonzero(~known)), int(np.count_nonzero(known))
    if fresh > _MOST_GROWN * held or fresh * held > _MOST_COMPARED or held < (1 - _MOST_GROWN) * len(ids):
        return None
    fitted = np.zeros((len(faces), 2), np.float32)
    fitted[known] = places[row[known]]
    if fresh:
        # Only here: faiss takes a while to load.
        load_scipy()
        from faceorganizer.recognition.maps import placed_near

        vectors = faces.descriptors
        fitted[~known] = placed_near(vectors[known], fitted[known], vectors[~known], context=Unattended())
    return fitted


def _in_own_process(descriptors: FloatArray, method: MapMethod, limit: int | None, context: JobContext) -> FloatArray:
    """Lay faces out where it disturbs nobody and can be stopped at any time; on one thread, for the same map again."""
    return run_told(
        map_worker,
        lambda board: MapTask(descriptors, method, limit, board),
        context,
        lambda cause: FaceOrganizerError(f"Drawing the map ended early: {cause}.", "Try again."),
    )


def _mark(model: EmbeddingModel, method: MapMethod) -> str:
    """What a map was made of and how, but for the faces."""
    return f"{_VERSION} {method} {model.name} {model.version} {model.aligner}"


def _save(file: Path, mark: str, ids: IntArray, places: FloatArray) -> None:
    file.parent.mkdir(mode=0o700, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            np.savez(stream, mark=np.array(mark), ids=ids, places=places)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _load(file: Path, mark: str) -> tuple[IntArray, FloatArray] | None:
    """Faces and places of a map; None when there is none, or it is damaged or of another making."""
    try:
        with file.open("rb") as stream:
            content = np.load(stream, allow_pickle=False)
            if not isinstance(content, np.lib.npyio.NpzFile):
                return None
            ids, places = content["ids"], content["places"]
            if str(content["mark"]) != mark or ids.ndim != 1 or places.shape != (len(ids), 2):
                return None
            return ids.astype(np.int64), places.astype(np.float32)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
