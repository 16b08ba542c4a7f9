"""The comparison of methods: figures, failures, options, and the page about it."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from faceorganizer.clustering.registry import CLUSTERERS
from faceorganizer.domain.errors import CancelledError, FaceOrganizerError, SettingError, StorageError, VectorError
from faceorganizer.domain.ids import FaceId
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.exact import ExactIndex
from faceorganizer.services.benchmark import methods as benchmark
from faceorganizer.services.benchmark import worker as benchmark_worker
from faceorganizer.services.benchmark.labelled import LabelledFaces
from faceorganizer.services.benchmark.methods import Cost, run_benchmark
from faceorganizer.services.benchmark.page import chosen_sheets, write_page
from faceorganizer.services.benchmark.tables import METHOD_HEADINGS, document, method_cells


@pytest.fixture
def faces() -> LabelledFaces:
    """Four people, the last of whom nobody knows."""
    random = np.random.default_rng(0)
    labels = np.repeat([0, 1, 2, -1], [12, 6, 3, 5])
    # In one direction, as those of dlib's network are; what tells people apart is a small part of it.
    centres = 1.3 / np.sqrt(64) + random.normal(0, 0.8 / np.sqrt(2 * 64), (4, 64))
    noise = random.normal(0, 0.25 / np.sqrt(2 * 64), (len(labels), 64))
    return LabelledFaces("a file", (centres[labels] + noise).astype(np.float32), labels.astype(np.int64))


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything in this process: others take seconds to start."""

    def alone(factory: Callable[[], Callable[[Any], Cost]], task: Any, *_: object) -> Cost:
        return factory()(task)

    monkeypatch.setattr(benchmark, "_alone", alone)


def test_each_method_in_a_process_of_its_own(faces: LabelledFaces) -> None:
    report = run_benchmark(
        faces, Unattended(), methods=["infomap", "kmeans"], options={"kmeans.clusters": "-3", "k": "10"}
    )
    assert (report.faces, report.labelled, report.people, report.dimension, report.k) == (26, 21, 3, 64, 10)
    (index,) = report.indexes
    assert index.cost is not None
    assert index.cost.recall == 1
    good, bad = report.methods
    assert good.measures is not None
    assert good.cost is not None
    assert good.measures.bcubed.f == good.measures.pairwise.f == good.measures.accuracy == 1
    assert (good.measures.faces, good.measures.groups) == (21, 3)
    assert good.cost.peak_bytes > 20 << 20
    assert bad.measures is None
    assert "“clusters” is -3" in bad.error
    assert list(report.labels) == ["infomap"]
    assert len(report.labels["infomap"]) == 26


def test_a_method_that_takes_too_long_is_told_and_the_others_go_on(
    faces: LabelledFaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    def alone(factory: Any, task: Any, *_: object) -> Cost | str:
        return "it took longer than 1 s" if getattr(task, "name", "") == "cdp" else factory()(task)

    monkeypatch.setattr(benchmark, "_alone", alone)
    slow, good = run_benchmark(faces, Unattended(), methods=["cdp", "hac-single"]).methods
    assert slow.error == "The process ended: it took longer than 1 s."
    assert good.measures is not None


@pytest.mark.usefixtures("at_home")
def test_all_methods_are_compared_unless_some_are_named(faces: LabelledFaces) -> None:
    report = run_benchmark(faces, Unattended())
    assert [row.name for row in report.methods] == list(CLUSTERERS)
    assert [row.error for row in report.methods] == [""] * len(CLUSTERERS)
    assert all(row.measures is not None and row.measures.bcubed.f > 0.99 for row in report.methods)


@pytest.mark.usefixtures("at_home")
def test_options_go_to_those_who_have_them(faces: LabelledFaces) -> None:
    options = {"hac-average.cut": "0.9", "cut": "0.5", "rounds": "7"}
    rows = run_benchmark(faces, Unattended(), methods=["hac-average", "kmeans"], options=options).methods
    assert [dict(row.parameters) for row in rows] == [{"cut": 0.9}, {"cut": 0.5, "rounds": 7}]


@pytest.mark.parametrize(
    "wrong",
    [
        {"methods": ["none"]},
        {"indexes": ["none"]},
        {"methods": ["kmeans"], "options": {"window": "3"}},
        {"methods": ["kmeans"], "options": {"hdbscan.cut": "3"}},
        {"options": {"k": "0"}},
        {"options": {"k": "many"}},
        {"options": {"k": "true"}},
        {"options": {"k": "2.5"}},
        {"options": {"": "1"}},
    ],
)
def test_wrong_questions_are_refused_before_anything_is_done(
    faces: LabelledFaces, wrong: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmark, "_alone", lambda *_: pytest.fail("something was done"))
    with pytest.raises(SettingError):
        run_benchmark(faces, Unattended(), **wrong)


@pytest.mark.usefixtures("at_home")
def test_descriptors_that_are_no_numbers_are_told(faces: LabelledFaces) -> None:
    faces.descriptors[3, 3] = np.nan
    with pytest.raises(VectorError, match="row 3"):
        run_benchmark(faces, Unattended(), methods=["infomap"])


@pytest.mark.usefixtures("at_home")
def test_a_full_disk_is_told(faces: LabelledFaces, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(StorageError, match="no space left"):
        run_benchmark(faces, Unattended(), methods=["infomap"])


def test_an_index_that_dies_ends_the_benchmark(faces: LabelledFaces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark, "_alone", lambda *_: "there was not enough memory for it")
    with pytest.raises(FaceOrganizerError, match=r"exact.*not enough memory"):
        run_benchmark(faces, Unattended(), methods=["infomap"])


def test_a_benchmark_can_be_cancelled(faces: LabelledFaces) -> None:
    class Cancelled(Unattended):
        def check_cancelled(self) -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        run_benchmark(faces, Cancelled(), methods=["infomap"])


def test_recall_counts_what_is_as_near_as_the_truth(faces: LabelledFaces) -> None:
    graph = ExactIndex().graph(np.vstack([faces.descriptors, faces.descriptors]), 6, Unattended())
    assert benchmark_worker.recall(graph) == 1
    graph.distances[:, 3:] += 5
    assert benchmark_worker.recall(graph) == pytest.approx(0.5)
    alone = NeighbourGraph(np.zeros((1, 4), np.float32), np.full((1, 3), -1), np.full((1, 3), np.inf, np.float32))
    assert benchmark_worker.recall(alone) == 1


@pytest.mark.usefixtures("at_home")
def test_tables_and_documents(faces: LabelledFaces) -> None:
    options = {"kmeans.clusters": "-3"}
    report = run_benchmark(faces, Unattended(), methods=["hac-single", "kmeans"], options=options)
    good, bad = map(method_cells, report.methods)
    assert len(good) == len(bad) == len(METHOD_HEADINGS)
    assert good[:11] == ["hac-single", *["1.0000"] * 8, "3", "0"]
    assert bad[0] == "kmeans clusters=-3"
    fields = document(report)["methods"]
    assert fields[0]["bcubed_f"] == 1
    assert fields[0]["error"] is None
    assert "clusters" in fields[1]["error"]


class Tags(HTMLParser):
    """Counts tags and sees that they are closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)
        if tag not in {"meta", "img", "rect", "line", "circle"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


class Camera:
    """Has a picture of every second face."""

    def face(self, face: FaceId) -> bytes | None:
        return b"\xff\xd8a picture" if face % 2 else None


@pytest.mark.usefixtures("at_home")
def test_the_page_holds_tables_plots_and_faces(faces: LabelledFaces, tmp_path: Path) -> None:
    names = ("<b>Ann</b>", "Ben & 'Co'", "caf\udce9")
    known = LabelledFaces("<x>", faces.descriptors, faces.labels, None, np.arange(26), names)
    report = run_benchmark(known, Unattended(), methods=["hac-single", "threshold"], options={"threshold.cut": "0.02"})
    page = tmp_path / "new" / "folder" / "index.html"
    write_page(page, report, known, Camera())
    text = page.read_text(encoding="utf-8")
    tags = Tags(text)
    assert tags.open == ["html"]
    assert tags.seen.count("svg") == tags.seen.count("table") == 2
    assert tags.seen.count("img") > 5
    assert "<b>" not in text
    assert "src='http" not in text
    write_page(page, report, LabelledFaces("x", faces.descriptors, faces.labels), None)
    assert "<img" not in page.read_text()


def test_a_page_that_cannot_be_written_is_told(faces: LabelledFaces, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    report = benchmark.BenchmarkReport("x", 0, 0, 0, 1, 1, (), (), {})
    with pytest.raises(StorageError):
        write_page(tmp_path / "file" / "index.html", report, faces, None)


def test_sheets_show_what_is_right_mixed_and_broken_up() -> None:
    true = np.array([0] * 5 + [1] * 4 + [2] * 30 + [3])
    found = np.array([7] * 5 + [8, 8, 9, 9] + [9] + [5] * 20 + [6] * 9 + [4])
    sheets = chosen_sheets(true, found, ("Ann", "Ben", "Cy", "Di"))
    assert [sheet.title for sheet in sheets["Right"]] == ["5 faces: Ann"]
    assert [sheet.title for sheet in sheets["Mixed"]] == ["3 faces: Ben, Cy"]
    assert [sheet.title for sheet in sheets["Broken up"]] == ["Cy: 30 faces in 3 groups", "Ben: 4 faces in 2 groups"]
    shown = found[sheets["Broken up"][0].rows]
    assert len(shown) == 16
    assert set(shown) == {9, 5, 6}
    assert chosen_sheets(np.zeros(0, int), np.zeros(0, int)) == {"Right": [], "Mixed": [], "Broken up": []}
