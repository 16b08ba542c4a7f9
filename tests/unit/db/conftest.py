import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.faces import EmbeddingModel, FaceObservations
from faceorganizer.domain.ids import ContentId, FaceId, RootId
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity

REPO = Path(__file__).resolve().parents[3]
MODEL = EmbeddingModel("small", "0123456789abcdef", 4, "euclidean", "68-point")


class Maker:
    """Fills a library with numbered photos in one root."""

    def observations(self, count: int, seed: int = 0) -> FaceObservations:
        rng = np.random.default_rng(seed)
        return FaceObservations(
            boxes=(rng.random((count, 4)) * 100).astype(np.float32),
            scores=rng.random(count).astype(np.float32),
            landmarks=(rng.random((count, 68, 2)) * 100).astype(np.float32),
            descriptors=rng.random((count, MODEL.dimension)).astype(np.float32),
            quality=rng.random(count).astype(np.float32),
        )

    def root(self, unit: UnitOfWork) -> RootId:
        roots = unit.roots.all()
        return roots[0].id if roots else unit.roots.add(Path("/photos"), "volume").id

    def file(self, root: RootId, path: str, content: ContentId | None, **values: object) -> FileRecord:
        fields = {"size": 1, "mtime_ns": 2, "file_hash": b"f", "state": FileState.PRESENT, **values}
        return FileRecord(id=0, root=root, path=path, content=content, **fields)  # type: ignore[arg-type]

    def photo(self, unit: UnitOfWork, name: str, faces: int = 0) -> tuple[ContentId, list[FaceId]]:
        identity = PictureIdentity(b"f", name.encode("utf-8", "surrogatepass"), "jpeg", 400, 300)
        content = unit.contents.add(identity)
        unit.files.add([self.file(self.root(unit), name, content)])
        model = unit.models.id_of(MODEL)
        found = self.observations(faces, int(content))
        return content, unit.faces.store(content, model, "test", found, [], [])


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Bücher und Bilder #1 ?%41"


@pytest.fixture
def database(folder: Path) -> Iterator[Database]:
    opened = Database.create(folder, busy_seconds=0.2)
    yield opened
    assert opened.check() == []
    opened.close()


@pytest.fixture
def in_process(folder: Path) -> Callable[[str], subprocess.Popen[str]]:
    """Start Python code, which has ``folder`` and ``Database``, in a process of its own."""

    def start(code: str) -> subprocess.Popen[str]:
        intro = "import os, pathlib, sys, time\nfrom faceorganizer.db.database import Database\n"
        intro += "folder = pathlib.Path(sys.argv[1])\n"
        return subprocess.Popen(
            [sys.executable, "-c", intro + code, str(folder)],
            cwd=REPO,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    return start


def dump(
    path: Path, *, without: tuple[str, ...] = ("journal", "sqlite_sequence")
) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but some."""
    connection = sqlite3.connect(path)
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in names
            if name not in without
        }
    finally:
        connection.close()


@pytest.fixture
def dumped() -> Callable[[Path], dict[str, list[tuple[object, ...]]]]:
    return dump
