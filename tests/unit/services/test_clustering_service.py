"""Grouping through the service, in its own process where one is needed."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from patch_pictures import observations

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import CancelledError, SettingError
from faceorganizer.domain.faces import FaceState
from faceorganizer.domain.ids import ContentId, FaceId
from faceorganizer.domain.progress import Progress, Unattended
from faceorganizer.jobs.noticeboard import Noticeboard
from faceorganizer.library import Library
from faceorganizer.services.clustering import service as clustering
from faceorganizer.services.clustering.grouping import group_faces
from faceorganizer.services.clustering.service import METHODS, GroupingTask

AddPhoto = Callable[..., tuple[ContentId, list[FaceId]]]


def describe(library: Library, database: Database, content: ContentId, face: FaceId, place: float) -> None:
    """Give a face a descriptor of the model in use, in a place on the unit circle."""
    found = observations([(30.0, 10.0, 20.0, 20.0)], 128)
    found.descriptors[:] = 0
    found.descriptors[0, :2] = np.cos(place), np.sin(place)
    with database.write() as unit:
        unit.faces.store(content, unit.models.id_of(library._clustering.model), "test", found, [(face, 0)], [])


@pytest.fixture
def two_people(library: Library, database: Database, add_photo: AddPhoto) -> list[FaceId]:
    """Three faces of one person and three of another."""
    faces = []
    for number in range(6):
        content, (face,) = add_photo(f"{number}.jpg")
        describe(library, database, content, face, (number % 2) * 2 + number * 0.01)
        faces.append(face)
    return faces


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Group in this process: the other one takes seconds to start."""
    monkeypatch.setattr(clustering, "_in_own_process", lambda task, context: group_faces(task))


def groups(library: Library) -> set[frozenset[int]]:
    held: dict[int, set[int]] = {}
    for face in library.faces.list():
        held.setdefault(face.person or -face.face, set()).add(face.face)
    return {frozenset(faces) for faces in held.values()}


def test_faces_are_grouped_in_a_process_of_their_own(library: Library, two_people: list[FaceId]) -> None:
    heard: list[str] = []

    class Heard(Unattended):
        def report(self, done: int, total: int | None, message: str) -> None:
            heard.append(message)

    report = library._clustering.group_new(Heard())
    assert heard[0] == "Grouping 6 faces"
    assert report is not None
    assert (report.faces, report.people, report.groups, report.moved) == (6, 0, 2, 6)
    assert groups(library) == {frozenset(two_people[0::2]), frozenset(two_people[1::2])}


@pytest.mark.usefixtures("at_home")
def test_only_what_is_new_is_grouped_again(
    library: Library, database: Database, two_people: list[FaceId], add_photo: AddPhoto
) -> None:
    assert library._clustering.group_new(Unattended()) is not None
    assert library._clustering.group_new(Unattended()) is None
    content, (face,) = add_photo("new.jpg")
    describe(library, database, content, face, 0.05)
    report = library._clustering.group_new(Unattended())
    assert report is not None
    assert report.moved == 1
    assert frozenset([*two_people[0::2], face]) in groups(library)


def refuse(*_: object) -> None:
    raise AssertionError


def add_faces(library: Library, database: Database, add_photo: AddPhoto, places: list[float]) -> list[FaceId]:
    added = []
    for place in places:
        content, (face,) = add_photo(f"at {place}.jpg")
        describe(library, database, content, face, place)
        added.append(face)
    return added


@pytest.mark.usefixtures("at_home")
def test_a_few_new_faces_leave_all_others_in_place(
    library: Library,
    database: Database,
    two_people: list[FaceId],
    add_photo: AddPhoto,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_faces(library, database, add_photo, [1 + 0.01 * number for number in range(20)])
    library._clustering.group_new(Unattended())
    before = {face.face: face.person for face in library.faces.list()}
    monkeypatch.setattr(clustering, "_in_own_process", refuse)
    joins, alone, *pair = add_faces(library, database, add_photo, [0.03, 5.5, 4.0, 4.01])
    report = library._clustering.group_new(Unattended())
    assert report is not None
    assert report.moved == 3
    after = {face.face: face.person for face in library.faces.list()}
    assert {face: after[face] for face in before} == before
    assert after[joins] == before[two_people[0]]
    assert after[alone] is None
    assert after[pair[0]] == after[pair[1]] is not None
    assert after[pair[0]] not in before.values()
    assert library._clustering.group_new(Unattended()) is None
    (joins_alone,) = add_faces(library, database, add_photo, [5.51])
    library._clustering.group_new(Unattended())
    after = {face.face: face.person for face in library.faces.list()}
    assert after[joins_alone] == after[alone] is not None


@pytest.mark.usefixtures("at_home")
def test_new_faces_heed_rejections_and_photos(
    library: Library, database: Database, two_people: list[FaceId], add_photo: AddPhoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_faces(library, database, add_photo, [1 + 0.01 * number for number in range(20)])
    library._clustering.group_new(Unattended())
    monkeypatch.setattr(clustering, "_in_own_process", refuse)
    content, faces = add_photo("two of them.jpg", 2)
    found = observations([(30.0, 10.0, 20.0, 20.0), (60.0, 10.0, 20.0, 20.0)], 128)
    found.descriptors[:] = 0
    found.descriptors[:, 0] = 1
    with database.write() as unit:
        model = unit.models.id_of(library._clustering.model)
        unit.faces.store(content, model, "test", found, list(zip(faces, (0, 1), strict=True)), [])
    library._clustering.group_new(Unattended())
    held = {face.face: face.person for face in library.faces.list()}
    assert {held[faces[0]], held[faces[1]]} == {held[two_people[0]], None}


@pytest.mark.usefixtures("at_home")
def test_everything_is_grouped_again_when_much_is_new_or_gone(
    library: Library, database: Database, two_people: list[FaceId], add_photo: AddPhoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks: list[GroupingTask] = []

    def counted(task: GroupingTask, context: object) -> np.ndarray:
        tasks.append(task)
        return group_faces(task)

    monkeypatch.setattr(clustering, "_in_own_process", counted)
    library._clustering.group_new(Unattended())
    add_faces(library, database, add_photo, [1 + 0.01 * number for number in range(20)])
    library._clustering.group_new(Unattended())
    assert len(tasks) == 2
    with database.write() as unit:
        unit.faces.set_state([two_people[0]], FaceState.IGNORED)
    add_faces(library, database, add_photo, [0.02])
    library._clustering.group_new(Unattended())
    assert len(tasks) == 3
    library.settings.set("grouping.strangers", "0.3")
    add_faces(library, database, add_photo, [0.025])
    library._clustering.group_new(Unattended())
    assert len(tasks) == 4


@pytest.mark.usefixtures("at_home")
def test_another_model_is_grouped_though_the_faces_are_the_same(
    library: Library, database: Database, two_people: list[FaceId]
) -> None:
    library._clustering.group_new(Unattended())
    library.settings.set("vision.aligner", "5-point")
    with database.read() as unit:
        places = {face.face: (face.photo, face.box) for face in unit.faces.records()}
    for face, (content, _) in places.items():
        describe(library, database, content, face, 0.01 * face)
    report = library._clustering.group_new(Unattended())
    assert report is not None
    assert len(groups(library)) == 1


def test_what_is_on_the_noticeboard_is_read(tmp_path: Path) -> None:
    board = Noticeboard(tmp_path / "progress")
    assert board.read() is None
    board.report(1, 5, "Grouping faces")
    board.report(2, 5, "too soon to be told")
    assert board.read() == Progress(1, 5, "Grouping faces")
    Noticeboard(tmp_path / "no folder" / "progress").report(1, None, "goes nowhere")


def test_a_library_without_faces_starts_no_process(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "_in_own_process", refuse)
    assert library._clustering.group_new(Unattended()) is None
    report = library.cluster()
    assert (report.faces, report.groups) == (0, 0)
    assert report.snapshot is not None
    assert report.snapshot.is_file()


def test_what_is_decided_during_a_grouping_is_heeded(
    library: Library, two_people: list[FaceId], monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks: list[GroupingTask] = []

    def meanwhile(task: GroupingTask, context: object) -> np.ndarray:
        if not tasks:
            library.people.name_face(two_people[0], "Ann")
        tasks.append(task)
        return group_faces(task)

    monkeypatch.setattr(clustering, "_in_own_process", meanwhile)
    library.cluster()
    assert len(tasks) == 2
    assert {face.name for face in library.faces.list() if face.face in two_people[0::2]} == {"Ann"}


@pytest.mark.usefixtures("at_home")
def test_names_and_corrections_outlive_every_grouping(library: Library, two_people: list[FaceId]) -> None:
    library._clustering.group_new(Unattended())
    person = next(face.person for face in library.faces.list() if face.face == two_people[0])
    assert person is not None
    library.people.name(person, "Ann")
    library.people.split(person, [two_people[2]])
    before = groups(library)
    library.cluster(options={"strangers": "100"})
    assert groups(library) == before
    assert library.people.find("Ann").id == person


def test_a_cancelled_grouping_changes_nothing(
    library: Library, two_people: list[FaceId], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(*_: object) -> None:
        raise CancelledError

    before = groups(library)
    monkeypatch.setattr(clustering, "_in_own_process", cancelled)
    with pytest.raises(CancelledError):
        library.cluster()
    assert groups(library) == before


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize("method", METHODS)
def test_every_method_groups_a_library_and_heeds_decisions(
    library: Library, two_people: list[FaceId], method: str
) -> None:
    report = library.cluster(method=method, options={"k": "20"})
    assert (report.method, report.faces, report.groups) == (method, 6, 2)
    assert groups(library) == {frozenset(two_people[0::2]), frozenset(two_people[1::2])}
    assert report.snapshot is not None
    (ann, *_) = {face.person for face in library.faces.list() if face.face == two_people[0]}
    assert ann is not None
    library.people.name(ann, "Ann")
    library.people.split(ann, [two_people[4]])
    library.cluster(method=method)
    assert library.people.find("Ann").faces == 2
    assert frozenset(two_people[1::2]) in groups(library)


@pytest.mark.parametrize(
    ("method", "options", "says"),
    [
        ("nonsense", {}, "infomap"),
        ("infomap", {"size": "3"}, "least_quality"),
        ("infomap", {"k": "many"}, "k"),
        ("infomap", {"k": "[1]"}, "k"),
        ("infomap", {"k": "0"}, "k"),
        ("infomap", {"": "1"}, "seed"),
        ("infomap", {"cut": "NaN"}, "cut"),
    ],
)
def test_wrong_methods_and_options_are_refused_before_anything_is_done(
    library: Library, method: str, options: dict[str, str], says: str
) -> None:
    with pytest.raises(SettingError, match=says):
        library.cluster(method=method, options=options)
    assert list((library.path / "backups").iterdir()) == []
    assert {"infomap", "chinese-whispers"} <= set(METHODS)


def test_faces_that_come_or_leave_while_others_are_grouped_are_heeded(
    library: Library, database: Database, two_people: list[FaceId], add_photo: AddPhoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks: list[GroupingTask] = []

    def meanwhile(task: GroupingTask, context: object) -> np.ndarray:
        tasks.append(task)
        if len(tasks) == 1:
            add_faces(library, database, add_photo, [0.02])
            with database.write() as unit:
                unit.faces.set_state([two_people[0]], FaceState.IGNORED)
        elif len(tasks) == 2:
            add_faces(library, database, add_photo, [0.03])
        return group_faces(task)

    monkeypatch.setattr(clustering, "_in_own_process", meanwhile)
    report = library.cluster()
    assert [len(task.faces) for task in tasks] == [6, 6]
    assert all(task.faces.descriptors.size == 0 for task in tasks)
    assert report.faces == 6
    assert len(library.faces.list()) == 7
    library._clustering.group_new(Unattended())
    assert groups(library) == {frozenset({*two_people[2::2], 7, 8}), frozenset(two_people[1::2])}
