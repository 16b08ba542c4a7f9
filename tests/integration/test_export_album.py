"""An album whose people are known, exported in every layout and way, and compared with the truth.

The truth says who is where; faces are put into the library from it, so that what is compared is the export alone.
"""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from PIL import Image

from faceorganizer import Library
from faceorganizer.db.database import Database
from faceorganizer.domain.errors import StorageError, UnreadablePhotoError
from faceorganizer.domain.export import ExportKind, ExportOrder, ExportWay, SeveralPeople
from faceorganizer.domain.faces import AssignmentSource, EmbeddingModel, FaceObservations
from faceorganizer.domain.pictures import FileRecord, FileState
from faceorganizer.imaging.identify import identify

MODEL = EmbeddingModel("small", "0123456789abcdef", 4, "euclidean", "68-point")
PHOTOS = 300
Folders = dict[str, Counter[str]]  # by folder: how often it holds a file of these bytes


@dataclass(frozen=True)
class Shown:
    """What one picture shows: the hash of the file it is exported from, the people by the size of their faces."""

    digest: str
    people: tuple[str, ...]
    year: str


@dataclass(frozen=True)
class Known:
    """A library with its truth."""

    library: Library
    folder: Path
    photos: tuple[Shown, ...]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fill(folder: Path, place: Path, truth: dict[str, list[tuple[str, list[float]]]]) -> Known:
    """Make a library of a folder; the first file of a picture, by path, is the oldest."""
    database = Database.create(place)
    shown: list[Shown] = []
    with database.write() as unit:
        root, model = unit.roots.add(folder, "1:1").id, unit.models.id_of(MODEL)
        names = sorted({name for faces in truth.values() for name, _ in faces})
        people = {name: unit.people.create(name) for name in names}
        for count, path in enumerate(sorted(path for path in folder.rglob("*") if path.is_file())):
            with suppress(UnreadablePhotoError):
                identity = identify(path, max_megapixels=50)
                os.utime(path, ns=(10**18, 10**18 + count))
                relative = path.relative_to(folder).as_posix()
                known = unit.contents.by_hash([identity.content_hash]).get(identity.content_hash)
                content = known.id if known else unit.contents.add(identity)
                status = path.stat()
                unit.files.add(
                    [
                        FileRecord(
                            0,  # type: ignore[arg-type]
                            root,
                            relative,
                            status.st_size,
                            status.st_mtime_ns,
                            identity.file_hash,
                            content,
                            FileState.PRESENT,
                        )
                    ]
                )
                if known:
                    continue
                faces = truth.get(relative, [])
                boxes = np.array([box for _, box in faces], np.float32).reshape(-1, 4).round()
                number = len(faces)
                found = FaceObservations(
                    boxes,
                    np.ones(number, np.float32),
                    np.zeros((number, 68, 2), np.float32),
                    np.zeros((number, 4), np.float32),
                    np.ones(number, np.float32),
                )
                stored = unit.faces.store(content, model, "test", found, [], [])
                for face, (name, _) in zip(stored, faces, strict=True):
                    unit.people.assign([face], people[name], AssignmentSource.MANUAL)
                by_size = sorted(zip(boxes.tolist(), faces, strict=True), key=lambda f: (-f[0][2] * f[0][3], f[1][0]))
                taken = identity.capture.taken
                shown.append(
                    Shown(
                        digest(path),
                        tuple(dict.fromkeys(name for _, (name, _) in by_size)),
                        "undated" if taken is None else str(taken.year),
                    )
                )
    return Known(Library(database), folder, tuple(shown))


def everywhere(folder: Path) -> dict[str, list[tuple[str, list[float]]]]:
    """An album that can be made anywhere: patches of the astronaut, with people drawn at random."""
    rng = np.random.default_rng(7)
    picture = Image.fromarray(skimage.data.astronaut())
    names = ["Anna", "Ben", "Zo\u00eb", "O/Neil", "con"]
    truth = {}
    for number in range(40):
        exif = Image.Exif()
        exif[0x0110] = f"camera {number}"
        if number % 3:
            exif[0x0132] = f"{2015 + number % 4}:05:06 07:08:09"
            exif.get_ifd(0x8769)[0x9003] = exif[0x0132]
        path = folder / f"{number % 5}" / f"IMG_{number % 7}_{number % 2}{'' if number % 4 else number}.jpg"
        path = path if not path.exists() else path.with_stem(f"{path.stem}-{number}")
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.crop((number, number, number + 200, number + 160)).save(path, exif=exif)
        chosen = rng.choice(len(names), int(rng.integers(0, 4)), replace=False)
        truth[path.relative_to(folder).as_posix()] = [
            (names[who], [20.0 * place, 10.0, 15.0 + place, 20.0]) for place, who in enumerate(chosen)
        ]
    return truth


def shared(folder: Path, shared_data: Path) -> dict[str, list[tuple[str, list[float]]]]:
    """An album of real faces with all that real folders hold."""
    subprocess.run(
        [
            sys.executable, shared_data.parent / "tools" / "make_album.py", "--hard",
            "--faces", shared_data / "lfw", "--backgrounds", shared_data / "photos",
            "--out", folder, "--truth", folder.with_suffix(".json"),
            "--photos", str(PHOTOS), "--people", "40", "--size", "480x360", "--face-px", "40-120", "--seed", "7",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    document = json.loads(folder.with_suffix(".json").read_text("utf-8"))
    truth = {
        Path(path).relative_to(folder.name).as_posix() if Path(path).parts[0] == folder.name else path: [
            (face["person"], face["box"]) for face in faces
        ]
        for path, faces in document["photos"].items()
    }
    for twin, original in document["duplicates"].items():
        twin, original = (path.removeprefix(f"{folder.name}/") for path in (twin, original))
        truth[twin] = truth[original]
    return truth


@pytest.fixture(scope="module", params=["anywhere", pytest.param("300 photos", marks=pytest.mark.slow)])
def known(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    place = tmp_path_factory.mktemp("export")
    folder = place / "album"
    if request.param == "anywhere":
        truth = everywhere(folder)
    else:
        truth = shared(folder, request.getfixturevalue("shared_data"))
    found = fill(folder, place / "library", truth)
    yield found
    assert found.library.check() == []
    found.library.close()


def held(folder: Path) -> Folders:
    folders: Folders = defaultdict(Counter)
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("faceorganizer-export."):
            folders[path.parent.relative_to(folder).as_posix()][digest(path)] += 1
    return dict(folders)


def safe(name: str) -> str:
    """What becomes of the names in these albums."""
    return {"O/Neil": "O_Neil", "con": "_con"}.get(name, name)


def expected(known: Known, place: Callable[[Shown], list[str]]) -> Folders:
    folders: Folders = defaultdict(Counter)
    for photo in known.photos:
        for folder in place(photo):
            folders[folder][photo.digest] += 1
    return dict(folders)


LAYOUTS: dict[str, tuple[dict[str, object], Callable[[Shown], list[str]]]] = {
    "person": ({}, lambda photo: [safe(name) for name in photo.people]),
    "person and year": (
        {"layout": "person-year"},
        lambda photo: [f"{safe(name)}/{photo.year}" for name in photo.people],
    ),
    "flat": ({"layout": "flat"}, lambda photo: ["."]),
    "one folder": ({"layout": "folder"}, lambda photo: ["Photos"]),
    "year": ({"layout": "{year}/{index:05}"}, lambda photo: [photo.year]),
    "combined": (
        {"several": SeveralPeople.COMBINED},
        lambda photo: [", ".join(sorted(map(safe, photo.people)))] if photo.people else [],
    ),
    "once": ({"several": SeveralPeople.ONCE}, lambda photo: [safe(name) for name in photo.people[:1]]),
}


@pytest.mark.parametrize("way", list(ExportWay))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_and_way(known: Known, tmp_path: Path, layout: str, way: ExportWay) -> None:
    options, place = LAYOUTS[layout]
    order = ExportOrder(destination=tmp_path / "out", way=way, sync=True, **options)  # type: ignore[arg-type]
    try:
        report = known.library.export.run(order)
    except StorageError as error:
        if way is ExportWay.COPY:
            raise
        pytest.skip(error.message)
    assert report.problems == []
    assert held(tmp_path / "out") == expected(known, place)
    assert report.added == sum(sum(files.values()) for files in expected(known, place).values())
    links = [path for path in (tmp_path / "out").rglob("*") if path.is_symlink()]
    assert bool(links) is (way is ExportWay.SYMBOLIC)
    again = known.library.export.run(order)
    assert (again.added, again.updated, again.removed, again.kept) == (0, 0, 0, report.added)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_in_a_zip(known: Known, tmp_path: Path, layout: str) -> None:
    options, place = LAYOUTS[layout]
    target = tmp_path / "out.zip"
    report = known.library.export.run(
        ExportOrder(destination=target, kind=ExportKind.ZIP, **options)  # type: ignore[arg-type]
    )
    assert report.problems == []
    with zipfile.ZipFile(target) as archive:
        archive.extractall(tmp_path / "out")
    assert held(tmp_path / "out") == expected(known, place)


def test_crops_of_every_face(known: Known, tmp_path: Path) -> None:
    report = known.library.export.run(ExportOrder(destination=tmp_path, kind=ExportKind.CROPS, margin=0.0))
    assert report.problems == []
    faces = {face.face: face for face in known.library.faces.list()}
    wanted = Counter(safe(face.name) for face in faces.values() if face.name is not None)
    crops = [path for path in tmp_path.rglob("*.jpg") if path.is_file()]
    assert Counter(path.parent.name for path in crops) == wanted
    for path in crops:
        _, _, width, height = faces[int(path.stem.rpartition("_")[2])].box  # type: ignore[index]
        with Image.open(path) as crop:
            assert crop.width <= width + 1
            assert crop.height <= height + 1


def test_a_gallery_of_all(known: Known, tmp_path: Path) -> None:
    report = known.library.export.run(ExportOrder(destination=tmp_path, kind=ExportKind.GALLERY, long_side=256))
    assert all(problem.path.name.startswith("broken_") for problem in report.problems)
    said = json.loads((tmp_path / "data.js").read_text()[len("window.GALLERY = ") : -2])
    names = {number: name for number, name, _ in said["people"]}
    shown = Counter(tuple(sorted({names[face[0]] for face in photo[5]})) for photo in said["photos"])
    assert shown + Counter({(): len(report.problems)}) == Counter(tuple(sorted(p.people)) for p in known.photos)
    for photo in said["photos"]:
        assert (tmp_path / "photos" / photo[0]).is_file()
        assert (tmp_path / "small" / photo[0]).is_file()
