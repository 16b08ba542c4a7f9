"""Models that users bring: adding them, and changing the one that describes or finds faces."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import EmbeddingModel
from faceorganizer.domain.progress import JobContext
from faceorganizer.services.clustering.service import ClusteringService
from faceorganizer.services.events import EventBus, ScanAdvanced, ScanStage
from faceorganizer.services.folders import absolute
from faceorganizer.services.models.chosen import embedding_model, unknown_model, vision_options
from faceorganizer.services.models.describing import Described, DescribingAgain
from faceorganizer.services.models.files import ModelFiles, name_of
from faceorganizer.services.models.probe import tried
from faceorganizer.services.scan.report import Failure
from faceorganizer.services.settings import SettingsService
from faceorganizer.settings.model import OWN_DETECTOR, OWN_EMBEDDER
from faceorganizer.settings.store import models_path
from faceorganizer.vision.modelfile import MIRRORED, Layout, file_content

LAYOUTS = tuple(layout.value for layout in Layout)
EMBEDDER = "vision.embedder"
DETECTOR = "vision.detector"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One line of the list of models.

    Attributes:
        name: Of the model.
        describes: Whether it describes faces; otherwise it finds them.
        layout: What it takes and gives; "dlib" for the program's own.
        dimension: Length of a descriptor; 0 where it finds faces.
        version: First 16 hexadecimal digits of the SHA-256; empty for the program's own.
        used: Whether the library works with it.
        faces: Faces of the library that it has described.
        trouble: "missing" or "changed" where its file cannot be used.
        own: Whether it comes with the program.
    """

    name: str
    describes: bool
    layout: str
    dimension: int
    version: str
    used: bool
    faces: int
    trouble: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class SwitchReport:
    """What a change of models did.

    Attributes:
        name: The model that is used now.
        describes: Whether it describes faces; otherwise it finds them, from the next scan on.
        described: Faces that were described just now.
        pictures: Photos that were read for that.
        missing: Photos that are not there, or not as they were scanned; their faces keep their people, and are
            described when the photos are back, by a scan or when the model is used again.
        failures: Photos that could not be read.
        faces: Faces that were grouped; 0 where nothing had changed.
        people: Named people in the library.
        groups: Unnamed groups in the library.
        moved: Faces whose person or group is another one than before.
        seconds: How long all of it took.
        snapshot: Copy of the library as it was before.
    """

    name: str
    describes: bool
    described: int = 0
    pictures: int = 0
    missing: tuple[Path, ...] = ()
    failures: tuple[Failure, ...] = ()
    faces: int = 0
    people: int = 0
    groups: int = 0
    moved: int = 0
    seconds: float = 0.0
    snapshot: Path | None = None


class ModelsService:
    """The models on this computer, and which of them a library works with."""

    def __init__(
        self, database: Database, settings: SettingsService, clustering: ClusteringService, events: EventBus
    ) -> None:
        self._database = database
        self._settings = settings
        self._clustering = clustering
        self._events = events

    @property
    def _files(self) -> ModelFiles:
        return ModelFiles(models_path())

    def list(self) -> list[ModelEntry]:
        """The program's own models, then those that were added, by name; also one that is used and not there."""
        vision, files = self._settings.library().vision, self._files
        with self._database.read() as unit:
            counts = unit.models.counts()

        def faces(name: str) -> int:
            return counts.get(name + MIRRORED if vision.mirrored else name, 0)

        own = [
            ModelEntry(
                OWN_EMBEDDER, True, "dlib", 128, "", vision.embedder == OWN_EMBEDDER, faces(OWN_EMBEDDER), own=True
            ),
            ModelEntry(OWN_DETECTOR, False, "dlib", 0, "", vision.detector == OWN_DETECTOR, 0, own=True),
        ]
        added = [
            ModelEntry(
                file.name,
                file.layout.describes,
                file.layout.value,
                file.dimension,
                file.version,
                file.name == (vision.embedder if file.layout.describes else vision.detector),
                faces(file.name) if file.layout.describes else 0,
                files.trouble(file),
            )
            for file in files.list()
        ]
        names = {entry.name for entry in (*own, *added)}
        gone = [
            ModelEntry(name, describes, "", 0, "", True, faces(name), "missing")
            for name, describes in ((vision.embedder, True), (vision.detector, False))
            if name not in names
        ]
        return [*own, *added, *gone]

    def add(self, file: Path, *, layout: str | None = None, name: str | None = None) -> ModelEntry:
        """Try a model, and copy it into the user's folder of models. Nothing else changes until it is used.

        Args:
            file: An ONNX model.
            layout: "arcface", "arcface-128", "sface" or "yunet"; when None, yunet if the network has its outputs, else
                arcface.
            name: What to call it; after the file when None.

        Raises:
            UsageError: There is no such layout, or the name cannot be used.
            ModelFileError: The file is no model of that layout, or cannot be run.
            StorageError: It cannot be kept.
        """
        path = absolute(file)
        if layout is not None and layout not in LAYOUTS:
            raise UsageError(f"There is no layout “{layout}”.", f"Choose one of: {', '.join(LAYOUTS)}.")
        kind = Layout(layout) if layout is not None else _layout_of(path)
        engine = self._settings.application().scan.engine
        made = self._files.add(path, kind, name or name_of(path), lambda model: tried(model, engine))
        return next(entry for entry in self.list() if entry.name == made.name)

    def remove(self, name: str) -> None:
        """Forget a model that is not used; what it has described stays in the library.

        Raises:
            UsageError: It is used, or there is none of that name, or it is the program's own.
            StorageError: Its copy cannot be deleted.
        """
        if name in (OWN_EMBEDDER, OWN_DETECTOR):
            raise UsageError(f"“{name}” is the program's own and cannot be removed.")
        vision = self._settings.library().vision
        if name in (vision.embedder, vision.detector):
            own = OWN_EMBEDDER if name == vision.embedder else OWN_DETECTOR
            raise UsageError(f"This library uses the model “{name}”.", f"First: faceorganizer models use {own}")
        self._files.remove(name)

    def use(self, name: str, context: JobContext, *, jobs: int | None = None) -> SwitchReport:
        """Work with a model from now on. Names and decisions stay.

        One that describes faces describes all that it has not described yet, from the photos' files, which takes as
        long as that part of a scan; until that is done the library works with the former one. Then all faces are
        grouped by it, after a snapshot. One that finds faces is used from the next scan on, which searches all photos.

        Args:
            name: Of a model that was added, or one of the program's own.
            context: Told of progress; may cancel, which keeps what was described and changes nothing else.
            jobs: Worker processes; the program's setting when None.

        Raises:
            ModelFileError: There is no such model, its file is gone or another one, or it cannot be run.
            LibraryLockedError: Another process is writing.
            CancelledError: The context said so.
        """
        started = time.perf_counter()
        file = self._files.find(name)
        if file is None and name not in (OWN_EMBEDDER, OWN_DETECTOR):
            raise unknown_model(name)
        if file is not None:
            name = file.name
            file.content()  # told before anything is done
        if name == OWN_DETECTOR or (file is not None and not file.layout.describes):
            self._events.changed(self._settings.set(DETECTOR, name))
            return SwitchReport(name, describes=False, seconds=time.perf_counter() - started)
        with self._database.lock():
            described = self._describe(name, context, jobs)
            return self._switch(name, described, context, started)

    def _describe(self, name: str, context: JobContext, jobs: int | None) -> Described:
        application = self._settings.application()
        cache = self._database.folder / "cache" / "models"
        options = vision_options(self._settings, cache, embedder=name)
        with self._database.write() as unit:
            model = unit.models.id_of(embedding_model(self._settings, name))
        count = jobs or application.scan.jobs
        return DescribingAgain(self._database, self._events, options, model, application.scan, count, context).run()

    def _switch(self, name: str, described: Described, context: JobContext, started: float) -> SwitchReport:
        """Set the model, and group by it, both or nothing."""
        model = embedding_model(self._settings, name)
        former = self._settings.library().vision.embedder
        self._refuse_blind(name, model, described)
        grouping = None
        snapshot: Path | None = None
        if former != name or described.faces:
            self._events.publish(ScanAdvanced(0, 0, 0, 0, 0.0, None, "Grouping faces", ScanStage.GROUPING))
            snapshot = self._database.snapshot("before-another-model")
            grouping = self._clustering.group_by(model, snapshot, context, _setting(name))
        return SwitchReport(
            name,
            True,
            described.faces,
            described.pictures,
            tuple(described.missing),
            tuple(described.failures),
            grouping.faces if grouping else 0,
            grouping.people if grouping else 0,
            grouping.groups if grouping else 0,
            grouping.moved if grouping else 0,
            time.perf_counter() - started,
            snapshot,
        )

    def _refuse_blind(self, name: str, model: EmbeddingModel, described: Described) -> None:
        """Refuse a model by which no face could be described, for want of photos: nobody could be told apart by it."""
        lost = len(described.missing) + len(described.failures)
        with self._database.read() as unit:
            known = len(unit.descriptors.described(unit.models.id_of(model)))
        if lost and not known:
            raise UsageError(
                f"None of the photos with faces can be read as it was scanned, so “{name}” could describe no face.",
                "Connect the folders or scan them again, then use the model; until then nothing changes.",
            )


def _setting(name: str) -> Callable[[UnitOfWork], None]:
    return lambda unit: unit.settings.set(EMBEDDER, name)


def _layout_of(path: Path) -> Layout:
    # Only here: NumPy's neighbours take a while to load.
    from faceorganizer.vision.networks.onnxgraph import YUNET_OUTPUTS, outline

    ends = outline(file_content(path, f"the model {path.name}"), path.name)
    return Layout.YUNET if {tensor.name for tensor in ends.outputs} >= YUNET_OUTPUTS else Layout.ARCFACE
