"""Insight as files: figures in both themes, tables, and everything that can be in the way."""

import csv
import os
import stat
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from review_library import People

from faceorganizer.domain.errors import CancelledError, StorageError, UsageError
from faceorganizer.domain.insight import FigureStyle, MapPoints
from faceorganizer.jobs.job import Job
from faceorganizer.library import Library
from faceorganizer.services.interchange.listing import FileThereError
from faceorganizer.services.recognition.figures import map_points

NAMES = [
    "Anna",
    "山田太郎",
    "محمد علي",
    "😀🏳️‍🌈",
    "$x^2$ \\alpha",
    "שָׁלוֹם",
    "नमस्ते",
    "<b>&amp;",
    "x" * 300,
    "\U0001f9ff\U000e0041",
]


@pytest.fixture
def people(library: Library) -> People:
    return People(library._database, library._clustering.model)


@pytest.fixture
def named(library: Library, people: People) -> Library:
    for who, name in enumerate(NAMES):
        people.held(who, 3, name)
    people.held(50, 3)
    people.faces(60, 2)
    return library


def the_map(library: Library) -> MapPoints:
    names = {person.id: person.name for person in library.people.list() if person.name}
    return map_points(library.maps.make(Job()), names, "tsne")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_are_drawn_with_names_of_any_script(named: Library, tmp_path: Path, theme: str) -> None:
    style = FigureStyle(theme, 600)  # type: ignore[arg-type]
    shown = {
        "distances": named.insight.distances(),
        "people": named.insight.people(),
        "quality": named.insight.quality(),
        "map": the_map(named),
    }
    for kind, content in shown.items():
        file = tmp_path / f"{kind}.PNG"
        assert named.insight.save(content, file, style=style) == file
        with Image.open(file) as picture:
            assert picture.width == 600
            red, green, blue = picture.convert("RGB").getpixel((1, 1))  # type: ignore[misc]
        assert (red + green + blue > 600) is (theme == "light")
    assert not any(path.name.endswith(".part") for path in tmp_path.iterdir())


def test_vector_figures_are_valid_and_the_same_every_time(named: Library, tmp_path: Path) -> None:
    seen = named.insight.people()
    for name in ("one.svg", "other.svg"):
        named.insight.save(seen, tmp_path / name)
    assert ElementTree.parse(tmp_path / "one.svg").getroot().tag.endswith("svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()


def test_tables_hold_what_figures_show(named: Library, tmp_path: Path) -> None:
    def rows(content: object, *, pairs: bool = False) -> list[list[str]]:
        file = tmp_path / "table.csv"
        named.insight.save(content, file, replace=True, pairs=pairs)  # type: ignore[arg-type]
        with file.open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))

    seen = named.insight.people()
    matrix = rows(seen)
    assert matrix[0][2:] == [str(record.id) for record in seen.people]
    assert {row[1] for row in matrix[1:]} == {*NAMES, ""}
    assert float(matrix[1][3]) == pytest.approx(float(seen.distances[0, 1]), abs=1e-4)
    listed = rows(seen, pairs=True)
    assert len(listed) == 1 + len(seen.pairs)
    distances = named.insight.distances()
    assert sum(int(row[2]) for row in rows(distances)[1:]) == distances.measured[0]
    assert sum(sum(map(int, row[2:])) for row in rows(named.insight.quality())[1:]) == 35
    points = rows(the_map(named))
    assert points[0] == ["face", "photo", "person", "name", "x", "y"]
    assert len(points) == 36
    assert [row[2] for row in points[1:]].count("") == 2


def test_nothing_is_written_over_unless_that_was_said(named: Library, tmp_path: Path) -> None:
    seen, file = named.insight.quality(), tmp_path / "q.csv"
    named.insight.save(seen, file)
    before = file.read_bytes()
    with pytest.raises(FileThereError):
        named.insight.save(seen, file)
    named.insight.save(seen, file, replace=True)
    assert file.read_bytes() == before


@pytest.mark.parametrize("name", ["q.pdf", "q", "q.png.", ".png"])
def test_other_kinds_of_files_are_refused(named: Library, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="kind of file"):
        named.insight.save(named.insight.quality(), tmp_path / name)


def test_what_is_in_the_way_is_told(named: Library, tmp_path: Path) -> None:
    seen = named.insight.quality()
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(UsageError, match="folder"):
        named.insight.save(seen, tmp_path / "folder.png", replace=True)
    with pytest.raises(StorageError, match="no folder"):
        named.insight.save(seen, tmp_path / "nowhere" / "q.png")
    with pytest.raises(UsageError, match="pixels"):
        named.insight.save(seen, tmp_path / "q.png", style=FigureStyle(pixels=100_000))


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_to_is_told(named: Library, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(StorageError):
        named.insight.save(named.insight.quality(), locked / "q.png")


def test_an_empty_library_has_a_figure_of_nothing_but_quality(library: Library, tmp_path: Path) -> None:
    library.insight.save(library.insight.quality(), tmp_path / "q.png")
    for empty in (library.insight.people(), the_map(library)):
        with pytest.raises(UsageError, match="no faces"):
            library.insight.save(empty, tmp_path / "p.png")


def test_one_person_alone_can_be_drawn(library: Library, people: People, tmp_path: Path) -> None:
    people.held(1, 1, "Anna")
    library.insight.save(library.insight.people(), tmp_path / "p.png")
    library.insight.save(the_map(library), tmp_path / "m.svg")


def test_a_cancelled_figure_is_not_written(named: Library, tmp_path: Path) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(CancelledError), job:
        named.insight.save(named.insight.quality(), tmp_path / "q.png", job)
    assert not (tmp_path / "q.png").exists()


def test_many_points_are_a_picture_in_a_vector_file(library: Library, tmp_path: Path) -> None:
    count = 25_000
    random = np.random.default_rng(0)
    points = MapPoints(
        "umap",
        np.arange(count),
        np.arange(count),
        np.full(count, -1),
        random.uniform(-1, 1, (count, 2)).astype("f4"),
        {},
    )
    library.insight.save(points, tmp_path / "m.svg")
    assert (tmp_path / "m.svg").stat().st_size < 3_000_000
    assert b"<image" in (tmp_path / "m.svg").read_bytes()
