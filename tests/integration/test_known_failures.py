"""The worst complaints about programs of this kind, one test each: none of it may happen here.

Where the complaints come from: Immich #8956, #16374, #12769, #18933, #12921, #13217, #3678, #5764, #20185, #4087;
Recognize #602, nextcloud/photos #1505, LibrePhotos #431, PhotoPrism #2816, and the manual of digiKam.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from album_material import FACES, MIRRORED, PORTRAIT, SCENERY, TWINS, Scanned, overlap, portrait, save_jpeg, scenery

from faceorganizer import Library
from faceorganizer.domain.faces import FaceObservations, FaceSource, FaceState
from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity
from faceorganizer.services.assigning import SamePhotoError

NAME = "Eileen Collins"
DRAWN = (60.0, 70.0, 64.0, 64.0)


@pytest.fixture
def library(scanned: Scanned) -> Any:
    with scanned.program.open() as opened:
        yield opened
        assert opened.check() == []


def largest(library: Library) -> PersonId:
    return max(library.people.list(), key=lambda person: person.faces).id


def decided(library: Library) -> dict[int, tuple[Any, ...]]:
    return {face.face: (face.name, face.person, face.assignment) for face in library.faces.list(state="all")}


def detect_again(library: Library) -> None:
    """Search every photo anew, with another threshold of the detector; what is new is grouped."""
    library.settings.set("vision.min_score", "0.3")
    assert library.scan().analysed > 0


def test_names_are_kept_when_detection_runs_again(scanned: Scanned) -> None:
    scanned.name_everybody(NAME)
    with scanned.program.open() as library:
        before = decided(library)
        detect_again(library)
        library.cluster()
        assert decided(library) == before


def test_faces_drawn_by_hand_are_kept_when_detection_runs_again(scanned: Scanned, library: Library) -> None:
    drawn = library.faces.draw(scanned.folder / SCENERY, DRAWN)
    library.people.name_face(drawn.face, "Somebody in the clouds")
    unnamed = library.faces.draw(scanned.folder / PORTRAIT, (5.0, 130.0, 50.0, 60.0))
    detect_again(library)
    (face,) = library.faces.list(photo=scanned.folder / SCENERY)
    assert (face.face, face.name, face.source) == (drawn.face, "Somebody in the clouds", FaceSource.MANUAL)
    assert face.box == tuple(map(round, DRAWN))
    assert unnamed.face in {face.face for face in library.faces.list(photo=scanned.folder / PORTRAIT)}


def test_a_corrected_box_is_kept_when_detection_runs_again(scanned: Scanned, library: Library) -> None:
    before = scanned.face(PORTRAIT)
    x, y, width, height = before.box
    library.faces.correct(before.face, (x - 6.0, y - 8.0, width + 10.0, height + 14.0))
    corrected = scanned.face(PORTRAIT)
    assert overlap(corrected.box, before.box) < 0.9
    detect_again(library)
    after = scanned.face(PORTRAIT)
    assert (after.face, after.box) == (before.face, corrected.box)


@pytest.mark.parametrize("told", [True, False])
def test_faces_and_names_are_kept_when_the_folder_moves(scanned: Scanned, tmp_path: Path, told: bool) -> None:
    scanned.name_everybody(NAME)
    elsewhere = tmp_path / "elsewhere" / "photos of ours"
    with scanned.program.open() as library:
        before = decided(library)
        elsewhere.parent.mkdir()
        shutil.move(scanned.folder, elsewhere)
        if told:
            library.folders.relocate(scanned.folder, elsewhere)
            assert library.scan().analysed == 0
        else:
            assert library.scan(elsewhere).analysed == 0  # it is found again by its pictures
            library.folders.remove(scanned.folder)  # not an unplugged drive, which keeps its files
        assert decided(library) == before
        assert all(face.path.is_relative_to(elsewhere) for face in library.faces.list())


def test_a_merge_keeps_the_named_ones_name_and_thumbnail(library: Library) -> None:
    group = largest(library)
    chosen = [face.face for face in library.faces.list(person=group)]
    worst = min(library.faces.list(person=group), key=lambda face: face.quality).face
    library.faces.move([worst])
    (ann,) = (face.person for face in library.faces.list() if face.face == worst)
    library.people.name(ann, NAME)
    picture = library.thumbnails.face(worst)
    assert len(library.faces.list(person=group)) > 1
    library.people.merge([group, ann])
    record = library.people.get(ann)
    assert (record.name, record.key_face, record.faces) == (NAME, worst, len(chosen))
    assert library.thumbnails.face(record.key_face) == picture


def test_merging_two_does_not_move_a_third(library: Library) -> None:
    faces = [face.face for face in library.faces.list(person=largest(library))]
    for number, face in enumerate(faces[:3]):
        library.people.name_face(face, f"Person {number}")
    first, second, third = (library.people.find(f"Person {number}").id for number in range(3))
    others = {face: said for face, said in decided(library).items() if said[1] not in (first, second)}
    library.people.merge([first, second], name="Person 0")
    after = decided(library)
    assert {face: after[face] for face in others} == others
    assert library.people.get(third).name == "Person 2"
    assert library.people.find("Person 0").faces == 2


def test_a_wrong_merge_is_taken_back_in_one_step(library: Library) -> None:
    faces = [face.face for face in library.faces.list(person=largest(library))]
    for number, face in enumerate(faces[:2]):
        library.people.name_face(face, f"Person {number}")
        library.people.note(library.people.find(f"Person {number}").id, f"note {number}")
    before, people = decided(library), library.people.list()
    library.people.merge([library.people.find(f"Person {n}").id for n in range(2)], name="Person 1")
    assert library.people.list() != people
    library.undo()
    assert (decided(library), library.people.list()) == (before, people)


@pytest.mark.parametrize("act", ["ignore", "not_a_face"])
def test_faces_put_away_by_mistake_come_back_and_those_put_away_on_purpose_do_not(
    scanned: Scanned, library: Library, act: str
) -> None:
    group = largest(library)
    library.people.name(group, NAME)
    before = decided(library)
    faces = [face.face for face in library.faces.list(person=group)]
    getattr(library.faces, act)(faces[:3])
    library.undo()
    assert decided(library) == before
    getattr(library.faces, act)(faces[:3])
    detect_again(library)
    assert {face.face for face in library.faces.list()}.isdisjoint(faces[:3])
    assert len(library.faces.list(state="all")) == sum(FACES.values())
    library.faces.restore(faces[:3])
    assert decided(library) == before


def test_faces_deleted_by_mistake_come_back_by_undo(scanned: Scanned, library: Library) -> None:
    drawn = library.faces.draw(scanned.folder / SCENERY, DRAWN).face
    library.people.name_face(drawn, "Somebody in the clouds")
    before = decided(library)
    library.faces.delete([drawn])
    assert drawn not in decided(library)
    library.undo()
    assert decided(library) == before


def test_twins_in_one_photo_stay_two_people(scanned: Scanned, library: Library) -> None:
    def twins() -> set[PersonId | None]:
        return {face.person for face in library.faces.list(photo=scanned.folder / TWINS)}

    one, two = library.faces.list(photo=scanned.folder / TWINS)
    assert len(twins()) == 2
    library.people.name_face(one.face, "Ann")
    with pytest.raises(SamePhotoError):
        library.people.name_face(two.face, "Ann", same=True)
    library.people.name_face(two.face, "Bea")
    with pytest.raises(SamePhotoError):
        library.people.merge([library.people.find(name).id for name in ("Ann", "Bea")], name="Ann")
    detect_again(library)
    library.cluster()
    assert [face.name for face in library.faces.list(photo=scanned.folder / TWINS)] == ["Ann", "Bea"]


def test_a_mirror_image_stays_the_same_person(scanned: Scanned, library: Library) -> None:
    one, two = (face.face for face in library.faces.list(photo=scanned.folder / TWINS))
    library.people.name_face(one, "Ann")
    library.faces.same_photo_same_person(one, two)
    library.cluster()
    assert {face.name for face in library.faces.list(photo=scanned.folder / TWINS)} == {"Ann"}


def test_a_rejected_face_never_comes_back_by_itself(scanned: Scanned, library: Library) -> None:
    group = largest(library)
    library.people.name(group, NAME)
    (face,) = library.faces.list(photo=scanned.folder / MIRRORED)
    library.faces.reject([face.face])
    for again in (library.cluster, lambda: detect_again(library)):
        again()
        assert decided(library)[face.face][0] != NAME


def test_hidden_strangers_do_not_come_back_under_another_id(scanned: Scanned, library: Library) -> None:
    group = largest(library)
    library.people.hide([group])
    faces = {face.face for face in library.faces.list(person=group)}
    save_jpeg(portrait(10), scanned.folder / "another.jpg")
    detect_again(library)
    library.cluster()
    assert library.people.get(group).hidden
    assert faces <= {face.face for face in library.faces.list(person=group)}
    assert [person for person in library.people.list() if not person.hidden] == []


def test_another_model_keeps_names(scanned: Scanned) -> None:
    scanned.name_everybody(NAME)
    with scanned.program.open() as library:
        before = decided(library)
        library.settings.set("vision.aligner", "5-point")
        assert library.scan().analysed > 0
        assert decided(library) == before


def test_another_model_describes_drawn_faces_that_no_detector_finds(fresh: Scanned) -> None:
    save_jpeg(portrait(0), fresh.folder / "one.jpg")
    save_jpeg(scenery(), fresh.folder / "none.jpg")
    Library.create(fresh.program.library).close()
    with fresh.program.open() as library:
        library.settings.set("vision.min_score", "9")  # nothing is sure enough
        assert library.scan(fresh.folder).faces == 0
        drawn = library.faces.draw(fresh.folder / "one.jpg", (40.0, 65.0, 105.0, 105.0))
        nothing = library.faces.draw(fresh.folder / "none.jpg", DRAWN)
        assert (bool(drawn.undescribed), bool(nothing.undescribed)) == (False, True)
        library.settings.set("vision.aligner", "5-point")
        assert library.scan().analysed == 2
        with library._database.read() as unit:
            table = unit.descriptors.table(unit.models.id_of(library._clustering.model))
        assert table.ids.tolist() == [drawn.face]
        (face,) = library.faces.list(photo=fresh.folder / "one.jpg")
        assert (face.source, face.box) == (FaceSource.MANUAL, (40, 65, 105, 105))
        library.faces.delete([drawn.face, nothing.face])  # for the detector, it still is none
        library.undo()
        assert len(library.faces.list()) == 2


# A hundred corrections


@pytest.fixture
def crowd(tmp_path: Path) -> Any:
    """A library of 40 people with eight faces each, as a scan would have left it, grouped."""
    rng = np.random.default_rng(5)
    centres = rng.normal(size=(40, 128))
    centres *= 0.6 / np.linalg.norm(centres, axis=1)[:, None]
    centres += 1.3 / np.sqrt(128)  # faces lie in one direction, as those of dlib's network do
    with Library.create(tmp_path / "crowd") as library:
        with library._database.write() as unit:
            root = unit.roots.add(tmp_path, "1:1").id
            model = unit.models.id_of(library._clustering.model)
            for number in range(320):
                content = unit.contents.add(PictureIdentity(b"f", b"%d" % number, "jpeg", 400, 300))
                file = FileRecord(0, root, f"{number}.jpg", 1, 2, b"f", content, FileState.PRESENT)  # type: ignore[arg-type]
                unit.files.add([file])
                noise = rng.normal(size=128)
                descriptor = centres[number % 40] + 0.25 * noise / np.linalg.norm(noise)
                unit.faces.store(content, model, "test", _face(descriptor), [], [])
        library.cluster()
        yield library
        assert library.check() == []


def _face(descriptor: np.ndarray) -> FaceObservations:
    box = np.array([[10, 10, 80, 80]], np.float32)
    points = np.full((1, 68, 2), 50, np.float32)
    one = np.ones(1, np.float32)
    return FaceObservations(box, one, points, descriptor[None].astype(np.float32), one)


def test_grouping_again_after_a_hundred_corrections_changes_none_of_them(crowd: Library) -> None:
    assert len(crowd.people.list()) == 40
    rng = np.random.default_rng(7)
    names = [crowd.people.name(person.id, f"P{n}").of("person") for n, person in enumerate(crowd.people.list()[:10])]
    known = [next(iter(name)) for name in names]
    rejected: set[tuple[int, int]] = set()
    put_away: dict[int, FaceState] = {}

    def active() -> list[Any]:
        return crowd.faces.list()

    def move(face: Any) -> None:
        crowd.faces.move([face.face], PersonId(int(rng.choice(known))))

    def reject(face: Any) -> None:
        if face.person is not None:
            crowd.faces.reject([face.face])
            rejected.add((face.face, face.person))

    def confirm(face: Any) -> None:
        if face.person is not None:
            crowd.faces.confirm([face.face])

    def put(face: Any) -> None:
        crowd.faces.not_a_face([face.face])
        put_away[face.face] = FaceState.NOT_A_FACE

    def split(face: Any) -> None:
        if face.person is not None:
            crowd.people.split(face.person, [face.face])

    acts: list[Callable[[Any], None]] = [move, reject, confirm, put, split]
    for number in range(100):
        faces = active()
        acts[number % len(acts)](faces[int(rng.integers(len(faces)))])

    def corrections() -> dict[int, tuple[Any, ...]]:
        said = decided(crowd)
        return {face: value for face, value in said.items() if value[2] not in (None, "automatic")}

    before, people = corrections(), {person.id: person.name for person in crowd.people.list() if person.name}
    assert len(before) > 100
    with crowd._database.read() as unit:
        never = {(face, person) for face, person in unit.people.rejections().tolist()}
    for _ in range(2):
        crowd.cluster()
        after = corrections()
        assert after == before
        assert {person.id: person.name for person in crowd.people.list() if person.name} == people
        held = {(face, person) for face, (_, person, _) in decided(crowd).items()}
        assert not held & never
        states = {face.face: face.state for face in crowd.faces.list(state="all")}
        assert {face: states[face] for face in put_away} == put_away
