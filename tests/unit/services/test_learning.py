"""Learning through the library: from decisions only, used only while it helps, forgotten for good."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from review_library import DIMENSION, People

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import CancelledError, UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceObservations
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.library import Library
from faceorganizer.recognition.metric import Head
from faceorganizer.services.clustering import service as clustering
from faceorganizer.services.clustering.grouping import group_faces
from faceorganizer.services.recognition import learning
from faceorganizer.services.recognition.judging import learn
from faceorganizer.services.recognition.trial import Confirmed, Trial

NUISANCE = 0.13  # in a few directions, what descriptors say that is nobody's


_TRIALS: dict[bytes, Trial] = {}


def learned_once(faces: Confirmed, grouping: Mapping[str, Any], context: JobContext) -> Trial:
    """As ``learn``, which is the same every time: the same faces are learned from once in this module."""
    context.check_cancelled()
    key = faces.descriptors.tobytes() + np.unique(faces.people, return_inverse=True)[1].tobytes()
    if key not in _TRIALS:
        _TRIALS[key] = learn(faces, grouping, context)
    return _TRIALS[key]


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in this process: another one takes seconds to start."""
    monkeypatch.setattr(clustering, "_in_own_process", lambda task, context: group_faces(task))
    monkeypatch.setattr(learning, "_in_own_process", learned_once)


class Album:
    """Puts confirmed people into a library, one face a photo."""

    def __init__(self, library: Library, database: Database) -> None:
        self._database = database
        self._model = library._clustering.model
        self._count = 0
        directions = np.random.default_rng(99).normal(size=(6, DIMENSION)) / np.sqrt(DIMENSION)
        middle = np.random.default_rng(98).normal(size=DIMENSION)
        self._directions, self._middle = directions, 0.9 * middle / np.linalg.norm(middle)

    def descriptors(self, who: int, count: int, nuisance: float, seed: int = 0) -> FloatArray:
        own = np.random.default_rng(who).normal(size=DIMENSION) * 0.034
        random = np.random.default_rng((who, seed))
        noise = random.normal(size=(count, DIMENSION)) * 0.018
        other = random.normal(size=(count, 6)) @ self._directions * nuisance
        return np.asarray(1.4 * (self._middle + own + noise + other), np.float32)

    def faces(self, who: int, count: int, nuisance: float = NUISANCE, seed: int = 0) -> list[FaceId]:
        faces = []
        with self._database.write() as unit:
            roots = unit.roots.all()
            root = roots[0].id if roots else unit.roots.add(Path("/photos"), "1:1").id
            model = unit.models.id_of(self._model)
            for vector in self.descriptors(who, count, nuisance, seed):
                self._count += 1
                found = FaceObservations(
                    np.array([[30, 10, 20, 20]], np.float32),
                    np.ones(1, np.float32),
                    np.zeros((1, 68, 2), np.float32),
                    vector[None],
                    np.full(1, 0.8, np.float32),
                )
                digest = self._count.to_bytes(4, "big")
                content = unit.contents.add(PictureIdentity(b"f", digest, "jpeg", 400, 300))
                name = f"{self._count}.jpg"
                unit.files.add([FileRecord(0, root, name, 1, 2, b"f", content, FileState.PRESENT)])  # type: ignore[arg-type]
                faces += unit.faces.store(ContentId(content), model, "test", found, [], [])
        return faces

    def hold(
        self, faces: list[FaceId], name: str | None, source: AssignmentSource = AssignmentSource.CONFIRMED
    ) -> PersonId:
        with self._database.write() as unit:
            person = unit.people.create(name)
            unit.people.assign(faces, person, source)
        return person

    def everybody(self, people: int, faces: int, nuisance: float = NUISANCE) -> list[PersonId]:
        return [self.hold(self.faces(who, faces, nuisance), f"Person {who}") for who in range(people)]


@pytest.fixture
def album(library: Library, database: Database) -> Album:
    return Album(library, database)


def test_what_helps_is_used_by_grouping_and_suggestions(library: Library, album: Album) -> None:
    people = album.everybody(16, 6)
    loose = {who: album.faces(who, 6, seed=1) for who in range(8)}
    assert not library.learning.present()

    def right() -> int:
        return sum(
            bool(found := library.review.suggestions(face))
            and found[0].person == people[who]
            and found[0].probability > 0.5
            for who, faces in loose.items()
            for face in faces
        )

    before = right()
    report = library.learning.learn(Unattended())
    assert (report.state, report.faces, report.people) == ("used", 96, 16)
    assert report.low > 0
    assert report.gain > 0
    assert report.worse == ()
    assert right() > before
    grouped = library.group()
    assert grouped is not None
    assert grouped.learned == "yes"
    held = {face.face: face.person for face in library.faces.list()}
    assert np.mean([held[face] == people[who] for who, faces in loose.items() for face in faces]) > 0.9
    kept = library.learning.present()
    assert kept is not None
    assert (kept.made, kept.state, kept.figures) == (report.made, report.state, report.figures)
    np.testing.assert_array_equal(kept.curve.steps, report.curve.steps)
    np.testing.assert_array_equal(kept.histograms.same_after, report.histograms.same_after)
    assert library.info().learned[0]["state"] == "used"


def test_what_does_not_help_is_refused_and_changes_nothing(library: Library, album: Album) -> None:
    album.everybody(6, 5, nuisance=0.0)
    face = album.faces(0, 1, 0.0, seed=1)[0]
    before = library.review.suggestions(face)
    report = library.learning.learn(Unattended())
    assert report.state == "refused"
    assert library.review.suggestions(face) == before
    grouped = library.group()
    assert grouped is not None
    assert grouped.learned == "no"


def test_a_head_that_makes_suggestions_worse_is_never_used(
    library: Library, album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything else may be better: it is refused all the same, and suggestions stay as they are, bit by bit."""
    album.everybody(16, 6)
    faces = [face for who in range(8) for face in album.faces(who, 2, seed=1)]
    before = [library.review.suggestions(face) for face in faces]

    def spoilt(confirmed: Confirmed, grouping: Mapping[str, Any], context: JobContext) -> Trial:
        trial = learned_once(confirmed, {"seed": 0}, context)
        figures = tuple(
            replace(figure, after=figure.before + (-0.001 if figure.name == "suggestions" else 0.2))
            for figure in trial.figures
        )
        weights = np.random.default_rng(0).normal(size=(DIMENSION, DIMENSION)).astype(np.float32)
        return replace(trial, figures=figures, low=0.1, high=0.2, head=Head(trial.head.centre, weights))

    monkeypatch.setattr(learning, "_in_own_process", spoilt)
    report = library.learning.learn(Unattended())
    assert report.state == "refused"
    assert report.worse == ("suggestions",)
    assert [library.review.suggestions(face) for face in faces] == before


def test_guesses_are_never_learned_from(library: Library, album: Album) -> None:
    album.everybody(5, 4)
    album.hold(album.faces(70, 6), None, AssignmentSource.AUTOMATIC)
    album.hold(album.faces(71, 6), "Guessed", AssignmentSource.AUTOMATIC)
    assert library.learning.confirmed() == (20, 5)
    report = library.learning.learn(Unattended())
    assert (report.faces, report.people) == (20, 5)


def test_too_few_confirmed_faces_are_said(library: Library, album: Album) -> None:
    with pytest.raises(UsageError, match=r"5 people with 4 confirmed faces each; there are 0"):
        library.learning.learn(Unattended())
    album.everybody(4, 4)
    album.hold(album.faces(60, 3), "Three")
    album.hold(album.faces(61, 9), "Guessed", AssignmentSource.AUTOMATIC)
    with pytest.raises(UsageError, match="there are 4"):
        library.learning.learn(Unattended())
    assert library.learning.present() is None


def test_it_is_dropped_when_it_no_longer_helps(library: Library, album: Album) -> None:
    album.everybody(16, 6)
    assert library.learning.learn(Unattended()).state == "used"
    library.group()
    # Others are confirmed now, who differ in just what was learned to be overlooked.
    random = np.random.default_rng(5)
    for who in range(8):
        faces = album.faces(100 + who, 5, nuisance=0.0)
        with album._database.write() as unit:
            place = random.normal(size=6) @ album._directions * 0.1
            for face in faces:
                own = 1.4 * (album._middle + place + random.normal(size=DIMENSION) * 0.018)
                unit._connection.exec_driver_sql(
                    "UPDATE descriptor SET vector = ? WHERE face_id = ?", (own.astype("<f4").tobytes(), face)
                )
        album.hold(faces, f"Other {who}")
    report = library.group()
    assert report is not None
    assert report.learned == "dropped"
    kept = library.learning.present()
    assert kept is not None
    assert kept.state == "dropped"
    again = library.group()
    assert again is not None
    assert again.learned == "no"


def test_it_is_outdated_when_what_it_was_learned_from_is_taken_back(library: Library, album: Album) -> None:
    people = album.everybody(16, 6)
    assert library.learning.learn(Unattended()).state == "used"
    library.people.merge(people[:7], name="Everybody")
    library.group()
    kept = library.learning.present()
    assert kept is not None
    assert kept.state == "outdated"
    library.undo()
    library.group()
    kept = library.learning.present()
    assert kept is not None
    assert kept.state == "used"


def test_people_may_be_called_otherwise(library: Library, album: Album) -> None:
    people = album.everybody(16, 6)
    library.learning.learn(Unattended())
    others = [album.hold([face.face for face in library.faces.list(person=one)], f"New {one}") for one in people]
    assert len(others) == 16
    report = library.group()
    assert report is not None
    assert report.learned == "yes"


def test_the_setting_turns_it_off(library: Library, album: Album) -> None:
    album.everybody(16, 6)
    library.learning.learn(Unattended())
    face = album.faces(0, 1, seed=1)[0]
    seen = library.review.suggestions(face)
    library.settings.set("recognition.learned", "off")
    assert library.review.suggestions(face) != seen
    library.settings.set("recognition.learned", "auto")
    assert library.review.suggestions(face) == seen
    library.settings.set("recognition.learned", "off")
    report = library.group()
    assert report is not None
    assert report.learned == "no"


def test_a_scan_groups_again_by_what_was_learned_though_no_face_has_come(library: Library, album: Album) -> None:
    album.everybody(16, 6)
    assert library._clustering.group_new(Unattended()) is not None
    assert library._clustering.group_new(Unattended()) is None
    library.learning.learn(Unattended())
    report = library._clustering.group_new(Unattended())
    assert report is not None
    assert report.learned == "yes"
    assert library._clustering.group_new(Unattended()) is None
    album.faces(3, 1, seed=2)  # a new face joins the groups that there are
    report = library._clustering.group_new(Unattended())
    assert report is not None
    assert (report.learned, report.moved) == ("yes", 1)


def test_forgetting_leads_back_to_the_plain_descriptors(library: Library, album: Album) -> None:
    album.everybody(16, 6)
    face = album.faces(0, 1, seed=1)[0]
    before = library.review.suggestions(face)
    assert not library.learning.forget()
    library.learning.learn(Unattended())
    assert library.review.suggestions(face) != before
    assert library.learning.forget()
    assert library.learning.present() is None
    assert library.review.suggestions(face) == before


def test_forgetting_faces_forgets_what_was_learned_from_them(library: Library, album: Album) -> None:
    people = album.everybody(16, 6)
    library.learning.learn(Unattended())
    library.backup()
    library.forget_faces(people[0])
    assert library.learning.present() is None
    for copy in library.backups():
        assert "forget" in copy.label


def test_a_cancelled_run_keeps_what_was_learned_before(library: Library, album: Album) -> None:
    class Stopped(Unattended):
        def check_cancelled(self) -> None:
            raise CancelledError

    album.everybody(16, 6)
    first = library.learning.learn(Unattended())
    with pytest.raises(CancelledError):
        library.learning.learn(Stopped())
    kept = library.learning.present()
    assert kept is not None
    assert kept.made == first.made


def test_it_works_in_a_process_of_its_own(
    library: Library, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    people = People(database, library._clustering.model)
    for who in range(6):
        people.held(who, 5, f"Person {who}")
    heard: list[str] = []

    class Heard(Unattended):
        def report(self, done: int, total: int | None, message: str) -> None:
            heard.append(message)

    report = library.learning.learn(Heard())
    assert report.state == "refused"  # they are as far apart as can be
    assert set(heard) == {"Learning from confirmed faces"}
