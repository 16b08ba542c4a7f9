"""The library's grouping against the truth, however that is written down."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patch_pictures import observations

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import ContentId, FaceId
from faceorganizer.domain.pictures import FileState
from faceorganizer.library import Library
from faceorganizer.services.benchmark.evaluation import _matched
from faceorganizer.services.benchmark.truth import TrueFace, read_truth

AddPhoto = Callable[..., tuple[ContentId, list[FaceId]]]


@pytest.fixture
def grouped(database: Database, add_photo: AddPhoto) -> list[FaceId]:
    """Ann in a, b, c with Ben beside her in c; the grouping lost Ann in c and put nobody with Ben."""
    faces = [
        face for name, count in (("2020/a.jpg", 1), ("b.jpg", 1), ("c.jpg", 2)) for face in add_photo(name, count)[1]
    ]
    with database.write() as unit:
        person = unit.people.create(None)
        unit.people.assign(faces[:2], person, AssignmentSource.AUTOMATIC)
    return faces


def truth_file(folder: Path, photos: dict[str, list[tuple[str, list[int] | None]]]) -> Path:
    listed = {path: [{"person": name, "box": box} for name, box in faces] for path, faces in photos.items()}
    path = folder / "truth.json"
    path.write_text(json.dumps({"photos": listed, "people": []}), encoding="utf-8")
    return path


def test_figures_worked_by_hand(library: Library, grouped: list[FaceId], add_photo: AddPhoto, tmp_path: Path) -> None:
    photos = {
        "2020/a.jpg": [("Ann", [0, 10, 20, 20])],
        "b.jpg": [("Ann", [1, 11, 20, 20])],
        "c.jpg": [("Ann", [0, 10, 20, 20]), ("Ben", [300, 10, 20, 20])],  # Ben's face was not found there
        "elsewhere.jpg": [("Ann", [0, 0, 9, 9])],
    }
    add_photo("gone.jpg", 1, FileState.MISSING)
    photos["gone.jpg"] = [("Ann", [0, 10, 20, 20])]
    report = library.evaluation.evaluate(truth_file(tmp_path, photos))
    assert (report.faces, report.found, report.missed, report.others, report.unknown_photos) == (4, 3, 1, 1, 2)
    assert (report.measures.people, report.measures.groups, report.measures.singletons) == (1, 2, 1)
    assert report.measures.pairwise.precision == 1
    assert report.measures.pairwise.recall == 1 / 3
    assert report.measures.accuracy == 1


def test_faces_of_nobody_are_not_one_group(library: Library, add_photo: AddPhoto, tmp_path: Path) -> None:
    add_photo("a.jpg", 2)
    truth = truth_file(tmp_path, {"a.jpg": [("Ann", [0, 10, 20, 20]), ("Ben", [30, 10, 20, 20])]})
    assert library.evaluation.evaluate(truth).measures.pairwise.precision == 1


def test_a_table_says_the_same_as_a_document(library: Library, grouped: list[FaceId], tmp_path: Path) -> None:
    boxes = {"2020/a.jpg": [("Ann", [0, 10, 20, 20])], "c.jpg": [("Ann", [0, 10, 20, 20]), ("Ben", [30, 10, 20, 20])]}
    document = library.evaluation.evaluate(truth_file(tmp_path, boxes))
    rows = [f"{path},{name},{','.join(map(str, box))}" for path, faces in boxes.items() for name, box in faces]
    for heading in ("", "path,person,x,y,w,h\n", "\ufeffPath,Person,x,y,w,h\r\n"):
        (tmp_path / "truth.csv").write_text(heading + "\n".join(rows) + "\n\n", encoding="utf-8")
        assert library.evaluation.evaluate(tmp_path / "truth.csv") == document
    absolute = "\n".join(f"/photos/{row}" for row in rows)
    (tmp_path / "truth.csv").write_text(absolute)
    assert library.evaluation.evaluate(tmp_path / "truth.csv") == document


def test_without_a_box_the_largest_face_counts_or_the_one_in_the_middle(
    library: Library, database: Database, add_photo: AddPhoto, tmp_path: Path
) -> None:
    _, faces = add_photo("a.jpg", 3)  # of one size, in the upper left of 400 x 300
    with database.write() as unit:
        persons = [unit.people.create(name) for name in ("First", "Second", "Third")]
        for face, person in zip(faces, persons, strict=True):
            unit.people.assign([face], person, AssignmentSource.CONFIRMED)
    (tmp_path / "truth.csv").write_text("a.jpg,Ann\n")
    labelled = library.evaluation._read()
    for centre, expected in ((False, faces[0]), (True, faces[2])):
        assert list(_matched(*labelled, tmp_path / "truth.csv", centre).persons) == [expected]


def test_folders_name_people(library: Library, add_photo: AddPhoto, database: Database) -> None:
    for name in ("Ann/1.jpg", "Ann/2.jpg", "Ben/1.jpg", "Ben/none.jpg"):
        add_photo(name, 0 if "none" in name else 1)
    add_photo("Ann/gone.jpg", 1, FileState.MISSING)
    report = library.evaluation.evaluate()
    assert (report.faces, report.found, report.missed) == (4, 3, 1)
    assert report.measures.people == 2


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("t.json", "{", "no JSON"),
        ("t.json", "[" * 100_000, "no JSON"),
        ("t.json", "[]", "no “photos”"),
        ("t.json", '{"photos": []}', "no “photos”"),
        ("t.json", '{"photos": {}}', "names no face"),
        ("t.json", '{"photos": {"a.jpg": {}}}', "a.jpg"),
        ("t.json", '{"photos": {"a.jpg": [{"box": [1,2,3,4]}]}}', "a.jpg"),
        ("t.json", '{"photos": {"a.jpg": [{"person": "Ann", "box": [1,2,3]}]}}', "a.jpg"),
        ("t.json", '{"photos": {"a.jpg": [{"person": "Ann", "box": [1,2,NaN,4]}]}}', "a.jpg"),
        ("t.json", '{"photos": {"a.jpg": [{"person": "Ann", "box": [1,2,0,4]}]}}', "a.jpg"),
        ("t.json", '{"photos": {"a.jpg": [{"person": "Ann", "box": "1234"}]}}', "a.jpg"),
        ("t.csv", "", "names no face"),
        ("t.csv", "path,person\n", "names no face"),
        ("t.csv", "a.jpg\n", "line 1"),
        ("t.csv", "path,person,x,y,w,h\na.jpg,Ann,1,2,x,4\n", "line 2"),
        ("t.csv", "a.jpg,Ann\na.jpg,Ben\n", "several labelled faces without boxes"),
        ("t.csv", "nowhere.jpg,Ann\n", "in the library"),
        ("none.csv", None, "There is no file"),
    ],
)
def test_truths_that_tell_nothing(
    library: Library, add_photo: AddPhoto, tmp_path: Path, name: str, text: str | None, says: str
) -> None:
    add_photo("a.jpg", 1)
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(UsageError, match=says):
        library.evaluation.evaluate(tmp_path / name)


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("truth")
    for name in ("t.json", "t.csv"):
        (folder / name).write_text(text, encoding="utf-8", errors="replace")
        try:
            faces = read_truth(folder / name)
        except UsageError:
            continue
        assert all(isinstance(face, TrueFace) for face in faces)


def test_faces_for_a_benchmark(library: Library, database: Database, add_photo: AddPhoto, tmp_path: Path) -> None:
    ids = []
    for name in ("Ann/1.jpg", "Ben/1.jpg", "Ann/2.jpg"):
        content, (face,) = add_photo(name)
        found = observations([(30.0, 10.0, 20.0, 20.0)], 128, seed=int(content))
        with database.write() as unit:
            unit.faces.store(content, unit.models.id_of(library._clustering.model), "test", found, [(face, 0)], [])
        ids.append(face)
    faces = library.evaluation.labelled()
    assert faces.ids is not None
    np.testing.assert_array_equal(faces.ids, ids)
    assert [faces.names[label] for label in faces.labels] == ["Ann", "Ben", "Ann"]
    assert faces.descriptors.shape == (3, 128)
    (tmp_path / "t.csv").write_text("Ben/1.jpg,Ben\n")
    np.testing.assert_array_equal(library.evaluation.labelled(tmp_path / "t.csv").labels, [-1, 0, -1])
    (tmp_path / "l.meta").write_text("4\n5\n4\n")
    np.testing.assert_array_equal(library.evaluation.labelled(tmp_path / "l.meta").labels, [4, 5, 4])
    (tmp_path / "l.meta").write_text("4\n5\n")
    with pytest.raises(UsageError, match="3 faces and 2 labels"):
        library.evaluation.labelled(tmp_path / "l.meta")
