"""Faces: list them, and what people decide about them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceRecord, FaceState, HeldFace
from faceorganizer.domain.geometry import Box, FloatArray, match_boxes
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.sightings import Sighting
from faceorganizer.services.assigning import active_faces, chosen_faces, give, settle_links, wake
from faceorganizer.services.drawing import FaceDescriber
from faceorganizer.services.events import EventBus
from faceorganizer.services.originals import Original, content_at, original_of
from faceorganizer.services.settings import SettingsService

SMALLEST = 4  # pixels of a side
MOSTLY = 0.5  # of a box has to lie in the photo
SAME_FACE = 0.3  # intersection over union from which a box means a face: people draw around the whole head
FaceStateFilter = FaceState | Literal["missing", "all"]


@dataclass(frozen=True, slots=True)
class DrawnFace:
    """A face that somebody drew, or whose box somebody corrected.

    Attributes:
        face: Its id.
        undescribed: Why it has no landmarks and takes no part in grouping, in plain words; empty when it does.
        changes: What the step changed.
    """

    face: FaceId
    undescribed: str
    changes: ChangeSet


class FacesService:
    """What a user does with faces, one or many at once."""

    def __init__(self, database: Database, settings: SettingsService, events: EventBus) -> None:
        self._database = database
        self._events = events
        self._describer = FaceDescriber(database.folder / "cache" / "models", settings)

    def list(
        self,
        *,
        person: PersonId | None = None,
        photo: Path | ContentId | None = None,
        state: FaceStateFilter = FaceState.ACTIVE,
    ) -> list[FaceRecord]:
        """The faces that fit, by photo and place in it.

        Args:
            person: Only faces of this person or group.
            photo: Only faces in this file, or in this photo.
            state: What the user made of them; "missing" for active faces whose photos are gone, "all" for every one.

        Raises:
            UnknownIdError: There is no such person or photo.
        """
        with self._database.read() as unit:
            if person is not None:
                unit.people.get(person)
            content = content_at(unit, photo) if isinstance(photo, Path) else photo
            return list(unit.faces.records(person=person, content=content, state=state))

    def sightings(self, faces: Sequence[FaceId]) -> Sequence[Sighting]:
        """Where and when these faces were seen, in their order; left out are those put away or in no present photo."""
        with self._database.read() as unit:
            return unit.sightings.of_faces(faces)

    def confirm(
        self, faces: Sequence[FaceId], person: PersonId | None = None, *, same_photo: bool | None = None
    ) -> ChangeSet:
        """Say that faces are who the program takes them for.

        Args:
            faces: Active ones.
            person: Who they are, such as somebody the program suggests; None for whoever holds each of them.
            same_photo: As for :meth:`~faceorganizer.services.people.PeopleService.merge`.

        Raises:
            UnknownIdError: There is no such face or person.
            SamePhotoError: Two faces of one photo would be one person, and ``same_photo`` does not say what to do.
            UsageError: A face is ignored or in no group, or none was given.
        """
        with self._database.write("confirm faces") as unit:
            chosen = active_faces(unit, faces)
            if person is not None:
                target = unit.people.get(person).id
                new = [face for face in chosen if face.person != target or _is_automatic(face)]
                give(unit, new, target, AssignmentSource.CONFIRMED, same_photo=same_photo)
            else:
                _check_held(chosen)
                unit.people.confirm_faces([face.id for face in chosen])
        return self._published(unit)

    def reject(self, faces: Sequence[FaceId], person: PersonId | None = None) -> ChangeSet:
        """Say that faces are not somebody: they leave that person and never come back by themselves.

        Args:
            faces: Active ones.
            person: Who they are not, whether or not they are held by that person; None for whoever holds each.

        Raises:
            UnknownIdError: There is no such face or person.
            UsageError: A face is ignored or in no group, or none was given.
        """
        with self._database.write("reject faces") as unit:
            chosen = active_faces(unit, faces)
            if person is None:
                _check_held(chosen)
                pairs = [(face.id, face.person) for face in chosen if face.person is not None]
            else:
                known = unit.people.get(person).id
                pairs = [(face.id, known) for face in chosen]
            unit.people.reject(pairs, "user")
            unit.people.unassign([face.id for face in chosen if person is None or face.person == person])
            settle_links(unit, [face.id for face in chosen])
            unit.people.drop_empty({number for _, number in pairs})
        return self._published(unit)

    def move(self, faces: Sequence[FaceId], to: PersonId | None = None, *, same_photo: bool | None = None) -> ChangeSet:
        """Give faces to a person, for good: none comes back to whoever held it.

        Args:
            faces: Active ones, whoever holds them.
            to: Who gets them; a new unnamed person when None.
            same_photo: As for :meth:`confirm`.

        Raises:
            UnknownIdError: There is no such face or person.
            SamePhotoError: As for :meth:`confirm`.
            UsageError: A face is ignored, or none was given.
        """
        with self._database.write("move faces") as unit:
            chosen = active_faces(unit, faces)
            target = unit.people.create(None) if to is None else unit.people.get(to).id
            give(unit, chosen, target, AssignmentSource.MANUAL, same_photo=same_photo)
        return self._published(unit)

    def ignore(self, faces: Sequence[FaceId]) -> ChangeSet:
        """Leave faces out of everything: strangers in the background.

        Raises:
            UnknownIdError: There is no such face.
            UsageError: None was given.
        """
        return self._set_state("ignore faces", faces, FaceState.IGNORED)

    def not_a_face(self, faces: Sequence[FaceId]) -> ChangeSet:
        """Say that there is no face; no scan brings it back.

        Raises:
            UnknownIdError: There is no such face.
            UsageError: None was given.
        """
        return self._set_state("not a face", faces, FaceState.NOT_A_FACE)

    def restore(self, faces: Sequence[FaceId]) -> ChangeSet:
        """Take back that faces are ignored or none; each is again who it was, if that person is still there.

        Where another face of the photo became that person meanwhile, a decision goes before what a machine said.

        Raises:
            UnknownIdError: There is no such face.
            UsageError: None was given.
        """
        with self._database.write("restore faces") as unit:
            wake(unit, chosen_faces(unit, faces))
        return self._published(unit)

    def ignore_unnamed(self, photo: Path) -> ChangeSet:
        """Ignore all faces of a photo that are nobody with a name.

        Raises:
            UnknownIdError: The library does not know the photo.
        """
        with self._database.write("ignore unnamed faces") as unit:
            faces = unit.faces.records(content=content_at(unit, photo))
            unit.faces.set_state([face.face for face in faces if face.name is None], FaceState.IGNORED)
        return self._published(unit)

    def same_photo_same_person(self, face_a: FaceId, face_b: FaceId) -> ChangeSet:
        """Say that two faces of one photo are one person: a mirror, a collage.

        The one that is nobody with a name becomes who the other one is.

        Args:
            face_a: One face.
            face_b: The other.

        Raises:
            UnknownIdError: There is no such face.
            UsageError: They are one face, not in one photo, ignored, or two people with names.
        """
        with self._database.write("same photo, same person") as unit:
            first, second = _two_of_a_photo(unit, face_a, face_b)
            unit.people.link([(first.id, second.id)], "must", "same photo")
            if first.person != second.person:
                staying, joining = _named_first(unit, first, second)
                if staying.person is not None:
                    give(unit, [joining], staying.person, AssignmentSource.MANUAL, same_photo=True)
        return self._published(unit)

    def same_photo_two_people(self, face_a: FaceId, face_b: FaceId) -> ChangeSet:
        """Take back that two faces of one photo are one person; the second leaves the person, for good.

        Args:
            face_a: Who stays.
            face_b: Who leaves.

        Raises:
            UnknownIdError: There is no such face.
            UsageError: They are one face, not in one photo, or ignored.
        """
        with self._database.write("same photo, two people") as unit:
            first, second = _two_of_a_photo(unit, face_a, face_b)
            unit.people.unlink([(first.id, second.id)])
            if second.person is not None and first.person == second.person:
                unit.people.reject([(second.id, second.person)], "same photo")
                unit.people.unassign([second.id])
        return self._published(unit)

    def one_person(self, face_a: FaceId, face_b: FaceId, *, same_photo: bool | None = None) -> ChangeSet:
        """Say that two faces are one person's: no grouping parts them again.

        Where two people hold them, the face that is nobody with a name goes to who the other one is; where nobody
        does, they become a group.

        Args:
            face_a: One face.
            face_b: Another one.
            same_photo: As for :meth:`confirm`.

        Raises:
            UnknownIdError: There is no such face.
            SamePhotoError: As for :meth:`confirm`.
            UsageError: They are one face, ignored, or two people with names.
        """
        with self._database.write("one person") as unit:
            first, second = _two_faces(unit, face_a, face_b)
            unit.people.link([(first.id, second.id)], "must", "one person")
            if first.person is None and second.person is None:
                group = unit.people.create(None)
                give(unit, [first, second], group, AssignmentSource.MANUAL, same_photo=same_photo)
            elif first.person != second.person:
                staying, joining = _named_first(unit, first, second)
                if staying.person is not None:
                    give(unit, [joining], staying.person, AssignmentSource.MANUAL, same_photo=same_photo)
        return self._published(unit)

    def two_people(self, face_a: FaceId, face_b: FaceId) -> ChangeSet:
        """Say that two faces are not one person's: neither comes to who the other one is.

        Where one person holds both, the second leaves, for good.

        Args:
            face_a: Who stays where one person holds both.
            face_b: Who leaves then.

        Raises:
            UnknownIdError: There is no such face.
            UsageError: They are one face, or ignored.
        """
        with self._database.write("different people") as unit:
            first, second = _two_faces(unit, face_a, face_b)
            unit.people.link([(first.id, second.id)], "cannot", "different")
            if first.person is not None and first.person == second.person:
                unit.people.reject([(second.id, second.person)], "different")
                unit.people.unassign([second.id])
            else:
                pairs = [(first.id, second.person), (second.id, first.person)]
                unit.people.reject([(face, person) for face, person in pairs if person is not None], "different")
            settle_links(unit, [first.id, second.id])
        return self._published(unit)

    def draw(self, photo: Path, box: Box) -> DrawnFace:
        """Add a face where somebody sees one; takes seconds.

        Args:
            photo: The file.
            box: x, y, width, height in full-resolution upright pixels.

        Raises:
            UnknownIdError: The library does not know the photo.
            UsageError: The box does not lie in the photo, or a face is known there.
            ModelFileError: Weights are missing or damaged.
        """
        with self._database.read() as unit:
            content = content_at(unit, photo)
            original = original_of(unit, content)
            _check_box(unit, content, original, box)
        described = self._describer.describe(original, _boxes([box])[0])
        with self._database.write("draw face") as unit:
            _check_box(unit, content, original, box)
            model = unit.models.id_of(described.model)
            face = unit.faces.draw(content, _boxes([box])[0], model, described.seen)
        return DrawnFace(face, described.reason, self._published(unit))

    def correct(self, face: FaceId, box: Box) -> DrawnFace:
        """Give a face another box, which no scan changes; it stays who it is. Takes seconds.

        Args:
            face: An active one.
            box: As for :meth:`draw`.

        Raises:
            UnknownIdError: There is no such face.
            UsageError: It is ignored, the box does not lie in the photo, or another face is known there.
            ModelFileError: Weights are missing or damaged.
        """
        with self._database.read() as unit:
            (held,) = active_faces(unit, [face])
            original = original_of(unit, held.content)
            _check_box(unit, held.content, original, box, face)
        described = self._describer.describe(original, _boxes([box])[0])
        with self._database.write("correct face") as unit:
            active_faces(unit, [face])
            _check_box(unit, held.content, original, box, face)
            unit.faces.correct(face, _boxes([box])[0], unit.models.id_of(described.model), described.seen)
        return DrawnFace(face, described.reason, self._published(unit))

    def delete(self, faces: Sequence[FaceId]) -> ChangeSet:
        """Delete faces that somebody drew, with all that was said of them.

        Raises:
            UnknownIdError: There is no such face.
            UsageError: The program found one, too, and would find it again; or none was given.
        """
        with self._database.write("delete faces") as unit:
            chosen = [face.id for face in chosen_faces(unit, faces)]
            drawn = unit.faces.only_drawn(chosen)
            if (found := next((face for face in chosen if face not in drawn), None)) is not None:
                raise UsageError(
                    f"Face {found} was found by the program, which would find it again.",
                    "Ignore it, or say that it is not a face.",
                )
            former = {face.person for face in unit.faces.held(chosen) if face.person is not None}
            unit.faces.delete(chosen)
            unit.people.drop_empty(former)
        return self._published(unit)

    def at(self, photo: Path, box: Box) -> FaceId:
        """The face at a place in a photo, in whatever state.

        Args:
            photo: The file.
            box: x, y, width, height in full-resolution upright pixels; the face that overlaps it most is meant.

        Raises:
            UnknownIdError: The library does not know the photo, or no face is there.
        """
        with self._database.read() as unit:
            content = content_at(unit, photo)
            known = unit.faces.of_contents([content]).get(content, [])
        met = match_boxes(_boxes([face.box for face in known]), _boxes([box]), SAME_FACE)
        if not met:
            raise UnknownIdError(f"No face is known there in {photo}.", "'faceorganizer faces list --photo' shows all.")
        return known[met[0][0]].id

    def _set_state(self, step: str, faces: Sequence[FaceId], state: FaceState) -> ChangeSet:
        with self._database.write(step) as unit:
            unit.faces.set_state([face.id for face in chosen_faces(unit, faces)], state)
        return self._published(unit)

    def _published(self, unit: UnitOfWork) -> ChangeSet:
        self._events.changed(unit.changes)
        return unit.changes


def _check_box(unit: UnitOfWork, content: ContentId, original: Original, box: Box, known: FaceId | None = None) -> None:
    """Refuse a box that is no place for a face: for a new one, or for one that is known already."""
    x, y, width, height = box
    picture = original.identity
    across = min(x + width, picture.width) - max(x, 0)
    down = min(y + height, picture.height) - max(y, 0)
    inside = all(map(math.isfinite, box)) and min(width, height) >= SMALLEST and min(across, down) > 0
    if not inside or across * down < MOSTLY * width * height:
        raise UsageError(
            f"The box {_plain(box)} does not lie in the photo.",
            f"The photo is {picture.width} x {picture.height} pixels, the smallest face {SMALLEST}.",
        )
    others = [face for face in unit.faces.of_contents([content]).get(content, []) if face.id != known]
    if met := match_boxes(_boxes([face.box for face in others]), _boxes([box]), SAME_FACE):
        there = others[met[0][0]]
        advice = "Correct that one." if there.state is FaceState.ACTIVE else "Restore that one."
        raise UsageError(f"Face {there.id} is there already.", advice)


def _plain(box: Box) -> str:
    return ", ".join(f"{number:g}" for number in box)


def _check_held(faces: Sequence[HeldFace]) -> None:
    if (free := next((face.id for face in faces if face.person is None), None)) is not None:
        raise UsageError(f"Face {free} is in no group.", "Say which person is meant.")


def _is_automatic(face: HeldFace) -> bool:
    return face.assignment is AssignmentSource.AUTOMATIC


def _two_of_a_photo(unit: UnitOfWork, face_a: FaceId, face_b: FaceId) -> tuple[HeldFace, HeldFace]:
    faces = active_faces(unit, [face_a, face_b])
    if len(faces) < 2 or faces[0].content != faces[1].content:
        raise UsageError(f"Faces {face_a} and {face_b} are not two faces of one photo.")
    return faces[0], faces[1]


def _two_faces(unit: UnitOfWork, face_a: FaceId, face_b: FaceId) -> tuple[HeldFace, HeldFace]:
    faces = active_faces(unit, [face_a, face_b])
    if len(faces) < 2:
        raise UsageError(f"Face {face_a} is one face.", "Choose two.")
    return faces[0], faces[1]


def _named_first(unit: UnitOfWork, first: HeldFace, second: HeldFace) -> tuple[HeldFace, HeldFace]:
    """Two faces of different people: first whose person stays."""
    held = [face for face in (first, second) if face.person is not None]
    named = [face for face in held if face.person is not None and unit.people.get(face.person).name is not None]
    if len(named) > 1:
        raise UsageError(f"Faces {first.id} and {second.id} have different names.", "Move one of them first.")
    stays = (named or held or [first])[0]
    return (stays, second if stays is first else first)


def _boxes(boxes: Sequence[Box]) -> FloatArray:
    return np.array(boxes, np.float32).reshape(-1, 4)
