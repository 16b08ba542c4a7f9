"""Descriptors stored at one byte a number: beside full ones, rounded later, described again."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from patch_pictures import observations

from faceorganizer.db.database import Database
from faceorganizer.domain.compact import CompactForm, compact_form
from faceorganizer.domain.errors import CancelledError, LibraryCorruptError, SettingError, VectorError
from faceorganizer.domain.faces import EmbeddingModel, FaceObservations
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.ids import ContentId, FaceId, ModelId
from faceorganizer.domain.pictures import Detail, FileRecord, FileState, PictureIdentity, ScanState
from faceorganizer.domain.progress import Unattended
from faceorganizer.library import Library
from faceorganizer.services.clustering import grouping
from faceorganizer.services.clustering.service import GroupingTask

DLIB = EmbeddingModel("dlib-resnet-v1", "0" * 16, 128, "euclidean", "68-point")
OTHER = EmbeddingModel("other", "0" * 16, 128, "euclidean", "68-point")

Add = Callable[..., tuple[ContentId, list[FaceId]]]


def dlib_form() -> CompactForm:
    form = compact_form(DLIB)
    assert form is not None
    return form


def faces(count: int, seed: int = 0) -> FaceObservations:
    spread = np.random.default_rng(seed).normal(0, 0.05, (count, 128))
    found = observations([(30.0 * place, 10.0, 20.0, 20.0) for place in range(count)], 128, seed)
    found.descriptors[:] = dlib_form().centres + spread
    return found


@pytest.fixture
def add(database: Database) -> Add:
    """Put a photo with faces that are described as dlib does: ``add("a.jpg", 2)``."""

    def put(name: str, count: int = 1, model: EmbeddingModel = DLIB) -> tuple[ContentId, list[FaceId]]:
        with database.write() as unit:
            roots = unit.roots.all()
            root = roots[0].id if roots else unit.roots.add(Path("/photos"), "1:1").id
            content = unit.contents.add(PictureIdentity(b"f", name.encode(), "jpeg", 400, 300))
            unit.files.add([FileRecord(0, root, name, 1, 2, b"f", content, FileState.PRESENT)])  # type: ignore[arg-type]
            number = unit.models.id_of(model)
            ids = unit.faces.store(content, number, "test", faces(count, int(content)), [], [])
            unit.scans.record(content, "test", Detail.BALANCED, number, ScanState.DONE)
            return content, ids

    return put


def lengths(database: Database) -> list[int]:
    connection = sqlite3.connect(database.path)
    found = [row[0] for row in connection.execute("SELECT length(vector) FROM descriptor ORDER BY face_id")]
    connection.close()
    return found


def descriptors(database: Database, model: EmbeddingModel = DLIB) -> FloatArray:
    with database.read() as unit:
        return unit.descriptors.table(unit.models.id_of(model)).descriptors


def test_new_descriptors_are_stored_as_the_setting_says(library: Library, database: Database, add: Add) -> None:
    add("a.jpg", 2)
    library.settings.set("storage.descriptors", "compact")
    add("b.jpg", 3)
    assert lengths(database) == [512, 512, 128, 128, 128]
    found = descriptors(database)
    np.testing.assert_array_equal(found[:2], faces(2, 1).descriptors)
    np.testing.assert_allclose(found[2:], faces(3, 2).descriptors, atol=dlib_form().step / 2 + 1e-6)
    assert library.check() == []


def test_codes_of_both_forms(library: Library, database: Database, add: Add) -> None:
    add("a.jpg", 2)
    library.settings.set("storage.descriptors", "compact")
    add("b.jpg", 3)
    with database.read() as unit:
        ids, codes = unit.descriptors.codes(ModelId(1), dlib_form())
        table = unit.descriptors.table(ModelId(1))
    np.testing.assert_array_equal(ids, table.ids)
    np.testing.assert_array_equal(codes, dlib_form().encode(table.descriptors))
    np.testing.assert_array_equal(dlib_form().decode(codes[2:]), table.descriptors[2:])


def test_vacuum_rounds_what_is_there(library: Library, database: Database, add: Add) -> None:
    for number in range(60):
        add(f"{number}.jpg", 40)
    before = descriptors(database)
    assert library.vacuum().rounded == 0
    library.settings.set("storage.descriptors", "compact")
    report = library.vacuum()
    assert report.rounded == 2400
    assert report.bytes < report.bytes_before - 2400 * 300
    assert set(lengths(database)) == {128}
    np.testing.assert_allclose(descriptors(database), before, atol=dlib_form().step / 2 + 1e-6)
    assert library.vacuum().rounded == 0


def test_pages_miss_nothing(library: Library, database: Database, add: Add) -> None:
    """Also where a face has descriptors of two models and the page ends between them."""
    content, ids = add("a.jpg", 5)
    with database.write() as unit:
        mirrored = unit.models.id_of(EmbeddingModel("dlib-resnet-v1+mirror", "0" * 16, 128, "euclidean", "68-point"))
        again = [(number, place) for place, number in enumerate(ids)]
        unit.faces.store(content, mirrored, "test", faces(5, 7), again, [])
    library.settings.set("storage.descriptors", "compact")
    total, after, more = 0, None, True
    while more:
        with database.write() as unit:
            count, after = unit.descriptors.compact_some(after, 3)
        total += count
        more = after is not None
    assert total == 10
    assert set(lengths(database)) == {128}


def test_rounding_can_be_ended_and_goes_on(library: Library, database: Database, add: Add) -> None:
    class Stopped(Unattended):
        def check_cancelled(self) -> None:
            raise CancelledError

    add("a.jpg", 3)
    library.settings.set("storage.descriptors", "compact")
    with pytest.raises(CancelledError):
        library.vacuum(Stopped())
    assert lengths(database) == [512] * 3
    assert library.vacuum().rounded == 3


def test_other_models_stay_full(library: Library, database: Database, add: Add) -> None:
    library.settings.set("storage.descriptors", "compact")
    add("a.jpg", 2, OTHER)
    assert lengths(database) == [512, 512]
    assert library.vacuum().rounded == 0
    np.testing.assert_array_equal(descriptors(database, OTHER), faces(2, 1).descriptors)


def test_back_at_full_faces_are_described_again(library: Library, database: Database, add: Add) -> None:
    first, _ = add("a.jpg", 2)
    library.settings.set("storage.descriptors", "compact")
    second, (face, *_) = add("b.jpg", 2)
    with database.read() as unit:
        assert unit.scans.unfinished("test", [Detail.BALANCED], ModelId(1)) == []
    changes = library.settings.set("storage.descriptors", "full")
    assert changes.of("content") == {second}
    with database.read() as unit:
        assert unit.scans.unfinished("test", [Detail.BALANCED], ModelId(1)) == [second]
    assert len(descriptors(database)) == 4  # in use until then
    with database.write() as unit:
        unit.faces.store(second, ModelId(1), "test", faces(2, 2), [(face, 0), (FaceId(face + 1), 1)], [])
    np.testing.assert_array_equal(descriptors(database)[2:], faces(2, 2).descriptors)
    assert first != second


def test_a_decision_can_be_undone_after_rounding(library: Library, database: Database, add: Add) -> None:
    """The history holds a descriptor in full that was rounded in the library since."""
    content, _ = add("a.jpg", 1)
    with database.write("draw faces") as unit:
        drawn = unit.faces.draw(content, np.array([200, 200, 40, 40], np.float32), ModelId(1), faces(1, 5))
    with database.write("correct faces") as unit:
        unit.faces.correct(drawn, np.array([210, 200, 40, 40], np.float32), ModelId(1), faces(1, 6))
    library.settings.set("storage.descriptors", "compact")
    assert library.vacuum().rounded == 2
    library.undo()
    np.testing.assert_array_equal(descriptors(database)[1], faces(1, 5).descriptors[0])
    library.redo()
    np.testing.assert_array_equal(descriptors(database)[1], faces(1, 6).descriptors[0])
    library.undo()
    library.undo()
    assert len(descriptors(database)) == 1
    assert library.check() == []


def test_what_is_not_finite_is_refused(library: Library, database: Database, add: Add) -> None:
    library.settings.set("storage.descriptors", "compact")
    content, _ = add("a.jpg", 0)
    found = faces(1)
    found.descriptors[0, 3] = np.nan
    with pytest.raises(VectorError, match="finite"), database.write() as unit:
        unit.faces.store(content, ModelId(1), "test", found, [], [])


@pytest.mark.parametrize("vector", [b"", b"x" * 127, b"x" * 129, b"x" * 511])
def test_damaged_rows_are_told(library: Library, database: Database, add: Add, vector: bytes) -> None:
    add("a.jpg", 2)
    connection = sqlite3.connect(database.path)
    (whole,) = connection.execute("SELECT vector FROM descriptor WHERE face_id = 2").fetchone()
    connection.execute("UPDATE descriptor SET vector = ? WHERE face_id = 2", (vector,))
    connection.commit()
    with pytest.raises(LibraryCorruptError, match="as long"):
        descriptors(database)
    assert "as long" in library.check()[0]
    connection.execute("UPDATE descriptor SET vector = ? WHERE face_id = 2", (whole,))
    connection.commit()
    connection.close()


def test_there_is_no_third_form(library: Library) -> None:
    with pytest.raises(SettingError, match="compact"):
        library.settings.set("storage.descriptors", "tiny")


def test_grouping_by_codes_is_grouping_by_descriptors(
    library: Library, database: Database, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(3)
    people = random.normal(0, 0.06, (6, 128))
    with database.write() as unit:
        number = unit.models.id_of(DLIB)
    for photo in range(60):
        content, _ = add(f"{photo}.jpg", 0)
        seen = faces(1)
        seen.descriptors[0] = dlib_form().centres + people[photo % 6] + random.normal(0, 0.01, 128)
        with database.write() as unit:
            unit.faces.store(content, number, "test", seen, [], [])
    library.settings.set("storage.descriptors", "compact")
    library.vacuum()

    none = np.zeros((0, 2), np.int64)
    with database.read() as unit:
        table = unit.descriptors.table(number, descriptors=False)
    task = GroupingTask(
        faces=table,
        named=np.zeros(0, np.int64),
        rejections=none,
        must=none,
        cannot=none,
        keep_named=False,
        method="infomap",
        parameters={},
        neighbours=20,
        library=database.folder,
        model=number,
    )
    exact = grouping.group_faces(task)
    monkeypatch.setattr(grouping, "MOST_EXACT", 10)
    compact = grouping.group_faces(task)
    np.testing.assert_array_equal(exact, compact)
    assert len(np.unique(compact)) == 6
