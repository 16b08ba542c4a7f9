"""Tables and documents of faces read again, also where they are garbage."""

import csv
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import FaceState
from faceorganizer.export.reading import read_csv, read_json

HEAD = "photo,x,y,width,height,name"
values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
)
fields = [
    "photo",
    "photo_hash",
    "photo_width",
    "photo_height",
    "box",
    "name",
    "state",
    "assignment",
    "note",
    "birth_date",
]
lax = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_a_table_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xef\xbb\xbfname,photo,x,y,width,height,mood\r\nZo\xc3\xab,/p/a.jpg,1.5,-2,30,40,good\r\n")
    (face,) = read_csv(path).faces
    assert (face.photo, face.name, face.box) == (Path("/p/a.jpg"), "Zo\u00eb", (1.5, -2.0, 30.0, 40.0))
    assert (face.state, face.decided, face.photo_hash, face.size) == (FaceState.ACTIVE, True, None, None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a.jpg,1,2,3", "height is None"),
        ("a.jpg,nan,2,3,4,Ann", "x is 'nan'"),
        ("a.jpg,1,2,inf,4,Ann", "width is 'inf'"),
        ("a.jpg,1,2,1e300,4,Ann", "width is"),
        ("a.jpg,1,2,0,4,Ann", "the box is empty"),
        (",1,2,3,4,Ann", "it says no photo"),
        ("a.jpg,x,2,3,4,Ann", "x is 'x'"),
    ],
)
def test_a_bad_row_costs_itself_only(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{HEAD}\n{row}\nb.jpg,1,2,3,4,Ben\n")
    table = read_csv(path)
    assert [face.name for face in table.faces] == ["Ben"]
    ((place, said),) = table.problems
    assert place == "line 2"
    assert reason in said


@pytest.mark.parametrize(
    "content", ["", "a,b\n1,2\n", "\0\0\0", "photo,name\na,b\n", f"{HEAD}\n" + "x" * (2 << 20), "x" * (2 << 20)]
)
def test_what_is_no_table_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(content)
    with pytest.raises(UsageError, match="is no list of faces"):
        read_csv(path)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        "[" * 100_000,
        '{"schema": "other", "version": 1}',
        '{"schema": "faceorganizer"}',
        '{"schema": "faceorganizer", "version": true}',
        '{"schema": "faceorganizer", "version": 1, "faces": {}}',
    ],
)
def test_what_is_no_document_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    with pytest.raises(UsageError, match="is no list of faces"):
        read_json(path)


def test_a_newer_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"schema": "faceorganizer", "version": 3, "faces": []}')
    with pytest.raises(UsageError, match="newer version"):
        read_json(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    for read in (read_csv, read_json):
        with pytest.raises(UsageError, match="could not be read"):
            read(tmp_path / "none")
        with pytest.raises(UsageError, match="could not be read"):
            read(tmp_path)


@lax
@given(content=st.binary(max_size=300))
def test_garbage_is_told_or_read(tmp_path: Path, content: bytes) -> None:
    for head in (b"", f"{HEAD}\n".encode(), b'{"schema": "faceorganizer", "version": 2, "faces": ['):
        (tmp_path / "x").write_bytes(head + content)
        for read in (read_csv, read_json):
            with suppress(UsageError):
                read(tmp_path / "x")


@lax
@given(
    faces=st.lists(st.dictionaries(st.sampled_from(fields), values) | values, max_size=4),
    people=st.lists(st.dictionaries(st.sampled_from(fields), values) | values, max_size=4),
)
def test_any_document_is_read_with_its_problems(tmp_path: Path, faces: list[object], people: list[object]) -> None:
    document = {"schema": "faceorganizer", "version": 2, "faces": faces, "people": people, "set_aside": faces}
    (tmp_path / "x").write_text(json.dumps(document))
    table = read_json(tmp_path / "x")
    assert len(table.faces) + len(table.people) + len(table.problems) <= 2 * len(faces) + len(people)


@lax
@given(rows=st.lists(st.lists(st.text(max_size=20), min_size=6, max_size=6), max_size=5))
def test_any_table_is_read_with_its_problems(tmp_path: Path, rows: list[list[str]]) -> None:
    with (tmp_path / "x").open("w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEAD.split(","))
        try:
            writer.writerows(rows)
        except UnicodeEncodeError:
            return
    try:
        table = read_csv(tmp_path / "x")
    except UsageError:
        return
    assert len(table.faces) + len(table.problems) <= len(rows)
