"""The export commands that put photos somewhere."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from program_calls import Call

from faceorganizer.db.database import Database
from faceorganizer.domain.faces import AssignmentSource, EmbeddingModel, FaceObservations
from faceorganizer.domain.pictures import FileRecord, FileState
from faceorganizer.imaging.identify import identify

MODEL = EmbeddingModel("small", "0123456789abcdef", 4, "euclidean", "68-point")


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """A library at the usual place: three photos of Ann, one of them with Ben, one of nobody."""
    folder = tmp_path / "photos"
    folder.mkdir()
    database = Database.create(tmp_path / "library")
    with database.write() as unit:
        root = unit.roots.add(folder, "1:1").id
        model = unit.models.id_of(MODEL)
        ann, ben = unit.people.create("Ann"), unit.people.create("Ben")
        for number, people in enumerate([[ann], [ann], [ann, ben], []]):
            path = folder / f"{number}.jpg"
            pixels = np.random.default_rng(number).integers(0, 255, (60, 80, 3), np.uint8)
            Image.fromarray(pixels).save(path)
            identity = identify(path, max_megapixels=1.0)
            status = path.stat()
            content = unit.contents.add(identity)
            unit.files.add(
                [
                    FileRecord(
                        0,
                        root,
                        path.name,
                        status.st_size,
                        status.st_mtime_ns,
                        identity.file_hash,
                        content,
                        FileState.PRESENT,
                    )
                ]  # type: ignore[arg-type]
            )
            count = len(people)
            found = FaceObservations(
                boxes=np.array([[10 + 30 * index, 20, 20, 20] for index in range(count)], np.float32).reshape(-1, 4),
                scores=np.ones(count, np.float32),
                landmarks=np.zeros((count, 68, 2), np.float32),
                descriptors=np.zeros((count, 4), np.float32),
                quality=np.ones(count, np.float32),
            )
            for face, person in zip(unit.faces.store(content, model, "test", found, [], []), people, strict=True):
                unit.people.assign([face], person, AssignmentSource.MANUAL)
    database.close()
    return tmp_path / "library"


def files(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if not name.startswith("faceorganizer-export."))


@pytest.mark.usefixtures("album")
def test_folders_from_a_dry_run_to_removing(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "out"
    dry = call("export", "folders", out, "--dry-run", "--json")
    assert (dry.code, dry.document["add"], dry.document["photos"], out.exists()) == (0, 4, 3, False)
    assert dry.document["files"][0]["path"] == "Ann/0.jpg"
    assert "Would add 4 files" in call("export", "folders", out, "--dry-run").err
    done = call("export", "folders", out, "--json")
    assert done.code == 0
    assert (done.document["added"], done.document["left_out"], done.document["problems"]) == (4, 1, [])
    assert Path(done.document["manifest"]).is_file()
    assert files(out) == ["Ann/0.jpg", "Ann/1.jpg", "Ann/2.jpg", "Ben/2.jpg"]
    assert "0 files added, 4 kept" in call("export", "folders", out).err
    assert call("export", "folders", out, "--person", "Ben", "--sync", "--json").document["removed"] == 3
    assert files(out) == ["Ben/2.jpg"]


@pytest.mark.usefixtures("album")
@pytest.mark.parametrize(
    ("words", "paths"),
    [
        (("--person", "Ann", "--person", "Ben", "--all", "--layout", "folder"), ["Ann and Ben/2.jpg"]),
        (("--person", "Ann", "--only", "--layout", "flat"), ["0.jpg", "1.jpg"]),
        (("--layout", "flat", "--no-faces"), []),
        (("--several", "combined"), ["Ann, Ben/2.jpg", "Ann/0.jpg", "Ann/1.jpg"]),
        (("--several", "once"), ["Ann/0.jpg", "Ann/1.jpg", "Ann/2.jpg"]),
        (("--min-faces", "2", "--layout", "{person} {index:02}"), ["Ann 01.jpg", "Ben 02.jpg"]),
        (("--link", "hard"), ["Ann/0.jpg", "Ann/1.jpg", "Ann/2.jpg", "Ben/2.jpg"]),
    ],
)
def test_what_is_chosen_and_how_it_is_laid_out(
    call: Call, tmp_path: Path, words: tuple[str, ...], paths: list[str]
) -> None:
    assert call("export", "folders", tmp_path / "out", *words).code == 0
    assert files(tmp_path / "out") == paths


@pytest.mark.usefixtures("album")
def test_an_album_into_a_zip(call: Call, tmp_path: Path) -> None:
    call("albums", "create", "Both", "--min-faces", "2")
    target = tmp_path / "both.zip"
    assert call("export", "zip", target, "--album", "Both").code == 0
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "Both/2.jpg"
        assert archive.read("Both/2.jpg") == (tmp_path / "photos" / "2.jpg").read_bytes()
        listed = json.loads(archive.read("faceorganizer-export.json"))
        assert [file["path"] for file in listed["files"]] == ["Both/2.jpg"]
    before = target.read_bytes()
    refused = call("export", "zip", target)
    assert (refused.code, target.read_bytes()) == (2, before)
    assert "--yes" in refused.err
    assert call("export", "zip", target, "--yes").code == 0
    assert call("export", "zip", tmp_path / "no" / "x.zip").code == 1


@pytest.mark.usefixtures("album")
def test_missing_originals_are_told_and_end_with_3(call: Call, tmp_path: Path) -> None:
    (tmp_path / "photos" / "1.jpg").unlink()
    for kind, target in (("folders", tmp_path / "out"), ("zip", tmp_path / "out.zip")):
        done = call("export", kind, target, "--json")
        assert done.code == 3
        assert [problem["reason"] for problem in done.document["problems"]] == ["it is not there any more"]
    assert "1.jpg: it is not there any more" in call("export", "folders", tmp_path / "out").err


@pytest.mark.usefixtures("album")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("folders", "out", "--layout", "{pet}"), 2, "There are {person}"),
        (("folders", "out", "--link", "soft"), 2, "soft"),
        (("folders", "photos/x"), 2, "--yes"),
        (("folders", "library/x"), 2, "library itself"),
        (("folders", "out", "--album", "x"), 1, "No album"),
        (("folders", "out", "--album", "x", "--year", "2020"), 2, "--album goes with"),
        (("folders", "out", "--person", "Cleo"), 1, "Nobody is named Cleo"),
        (("gallery", "out", "--size", "3"), 2, "no use"),
        (("crops", "out", "--margin", "-1"), 2, "margin"),
        (("zip", "photos"), 2, "is a folder"),
        (("zip",), 2, "DEST"),
    ],
)
def test_mistakes_are_told(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = call("export", *words)
    assert answer.code == code, answer.err
    assert said in answer.err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("album")
@pytest.mark.parametrize("form", ["csv", "json"])
def test_tables_out_and_in_again(call: Call, tmp_path: Path, form: str) -> None:
    table = tmp_path / f"faces.{form}"
    assert call("export", form, table).code == 0
    again = call("import", form, table, "--on-conflict", "merge", "--json")
    assert again.code == 0
    assert (again.document["agreed"], again.document["confirmed"], again.document["step"]) == (4, 0, "")
    call("people", "name", "1", "")
    dry = call("import", form, table, "--dry-run", "--json")
    assert (dry.code, dry.document["people"], dry.document["set_aside"]) == (0, ["Ann"], 0)
    done = call("import", form, table)
    assert done.code == 0
    assert "New people: Ann" in done.out
    assert [person["name"] for person in call("people", "list", "--json").lines] == ["Ann", "Ben"]
    table.write_text("nothing of the kind")
    assert call("import", form, table).code == 2
    assert call("import", form, tmp_path / "none").code == 2
