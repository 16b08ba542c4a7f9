import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceorganizer.domain.errors import StorageError
from faceorganizer.domain.faces import AssignmentSource, FaceRecord, FaceSource, FaceState
from faceorganizer.domain.people import PersonRecord
from faceorganizer.export.atomic import whole_file
from faceorganizer.export.tables import CSV_COLUMNS, face_fields, person_fields, write_csv, write_json

posix = pytest.mark.skipif(os.name == "nt", reason="needs links and names as POSIX systems have them")


def face(number: int = 1, path: str = "/photos/a.jpg", name: str | None = "Ann") -> FaceRecord:
    return FaceRecord(
        number, number, Path(path), (1, -2, 30, 40), np.full((68, 2), 0.05, np.float32), 1.23456, 0.5,
        FaceState.ACTIVE, FaceSource.DETECTED, 7, name, AssignmentSource.AUTOMATIC, "model",
    )  # type: ignore[arg-type]  # fmt: skip


def person(number: int = 7, name: str | None = "Ann") -> PersonRecord:
    return PersonRecord(number, name, 1, 1, 1, False)  # type: ignore[arg-type]


UNKNOWN = dict.fromkeys(("photo_hash", "photo_width", "photo_height"))
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=20)


@given(names=st.lists(texts, max_size=5))
def test_names_of_any_kind_come_back(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    folder = tmp_path_factory.mktemp("export")
    faces = [face(number, name=name) for number, name in enumerate(names)]
    people = [person(number, name) for number, name in enumerate(names)]
    write_csv(folder / "faces.csv", faces)
    with (folder / "faces.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["name"] for row in csv.DictReader(stream)] == names
    write_json(folder / "faces.json", people, faces)
    document = json.loads((folder / "faces.json").read_text("utf-8"))
    assert document == {
        "schema": "faceorganizer",
        "version": 2,
        "people": [person_fields(one) for one in people],
        "faces": [{**face_fields(one), **UNKNOWN} for one in faces],
        "set_aside": [],
    }


def test_fields_are_plain_and_rounded() -> None:
    fields = face_fields(face())
    assert fields["box"] == [1, -2, 30, 40]
    assert fields["score"] == 1.2346
    assert fields["landmarks"] == [[pytest.approx(0.1, abs=0.06)] * 2] * 68
    assert json.loads(json.dumps(fields)) == fields


def test_an_unnamed_group_has_empty_cells(tmp_path: Path) -> None:
    write_csv(tmp_path / "faces.csv", [face(name=None)])
    heading, row = (tmp_path / "faces.csv").read_text("utf-8").splitlines()
    assert heading == ",".join(CSV_COLUMNS)
    assert row == "1,/photos/a.jpg,1,-2,30,40,1.2346,0.5,active,detected,7,,automatic,,,".replace("/", os.sep)


@posix
def test_names_that_are_no_utf8_are_written_as_they_are(tmp_path: Path) -> None:
    path = os.fsdecode(b"/photos/caf\xe9.jpg")
    write_csv(tmp_path / "faces.csv", [face(path=path)])
    assert b"/photos/caf\xe9.jpg," in (tmp_path / "faces.csv").read_bytes()
    write_json(tmp_path / "faces.json", [], [face(path=path)])
    assert json.loads((tmp_path / "faces.json").read_bytes())["faces"][0]["photo"] == path


def test_nothing_half_is_left_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "faces.csv"
    path.write_text("before")

    def write() -> None:
        with whole_file(path) as stream:
            stream.write("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(StorageError, match="no space left"):
        write()
    assert [entry.name for entry in tmp_path.iterdir()] == ["faces.csv"]
    assert path.read_text() == "before"


def test_a_bug_while_writing_stays_loud_and_leaves_nothing(tmp_path: Path) -> None:
    def write() -> None:
        with whole_file(tmp_path / "x") as stream:
            stream.write("half")
            raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        write()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There is no folder"):
        write_csv(tmp_path / "none" / "faces.csv", [])


@posix
def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to("real.csv")
    write_csv(tmp_path / "link.csv", [])
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").is_file()


def test_the_longest_name_a_system_takes_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("山" * 80 + ".csv")
    write_csv(path, [])
    assert path.is_file()
