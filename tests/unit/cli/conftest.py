"""The program as it is called, and a library with people for it."""

import os
from pathlib import Path

import numpy as np
import pytest
from program_calls import Call, Called

from faceorganizer.app import main
from faceorganizer.db.database import Database
from faceorganizer.domain.faces import AssignmentSource, EmbeddingModel, FaceObservations
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity

MODEL = EmbeddingModel("small", "0123456789abcdef", 4, "euclidean", "68-point")
ODD_NAMES = ["[red]x.jpg", ":smile:.jpg", "new\nline.jpg", "\x1b[31mred.jpg", "\u202egpj.exe.jpg"]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command: ``call("people", "list", "--json")``."""

    def run(*arguments: object) -> Called:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Called(code, out, err)

    return run


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library at the usual place: six photos of two groups, one broken, names that terminals stumble over."""
    folder = tmp_path / "photos"
    folder.mkdir()
    names = ["a.jpg", *ODD_NAMES, *([os.fsdecode(b"caf\xe9.jpg")] if os.name != "nt" else [])]
    database = Database.create(tmp_path / "library")
    with database.write() as unit:
        root = unit.roots.add(folder, "1:1").id
        model = unit.models.id_of(MODEL)
        groups = [unit.people.create(None), unit.people.create(None)]
        for number, name in enumerate(names):
            (folder / name).touch()
            content = unit.contents.add(PictureIdentity(b"f", bytes([number]), "jpeg", 400, 300))
            unit.files.add([FileRecord(0, root, name, 1, 2, b"f", content, FileState.PRESENT)])  # type: ignore[arg-type]
            found = FaceObservations(
                boxes=np.array([[10, 20, 30, 40]], np.float32),
                scores=np.ones(1, np.float32),
                landmarks=np.full((1, 68, 2), 12.345, np.float32),
                descriptors=np.zeros((1, 4), np.float32),
                quality=np.full(1, 0.5, np.float32),
            )
            (face,) = unit.faces.store(content, model, "test", found, [], [])
            unit.people.assign([face], groups[number % 2], AssignmentSource.AUTOMATIC)
        unit.files.add(
            [FileRecord(0, root, "broken.jpg", 1, 2, None, None, FileState.PRESENT, "the file is empty")]  # type: ignore[arg-type]
        )
    database.close()
    return tmp_path / "library"
