"""Giving faces to people, as a user says it: the rules that every such step keeps.

All functions work inside the caller's transaction. A face of any other state than active keeps the person that held
it, asleep: it counts for nobody, takes part in nothing, goes along when its person is merged, and is that person's
again when it is restored.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceState, HeldFace
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.people import PersonRecord, first_birth_date, joined_notes

Pair = tuple[FaceId, FaceId]


class SamePhotoError(UsageError):
    """Two faces of one photo would be one person: whether they are has to be answered.

    Args:
        pairs: The faces, two of a photo each.
    """

    def __init__(self, pairs: Sequence[Pair]) -> None:
        first, second = pairs[0]
        more = f", and {len(pairs) - 1} more such pairs" if len(pairs) > 1 else ""
        super().__init__(
            f"Faces {first} and {second} are in one photo{more}: they would be one person.",
            "Say --same-photo if they are (a mirror, a collage), --leave-out to leave such faces where they are.",
        )
        self.pairs = tuple(pairs)


def chosen_faces(unit: UnitOfWork, faces: Sequence[FaceId]) -> list[HeldFace]:
    """Look up the faces that a user chose, each once.

    Raises:
        UnknownIdError: There is no such face.
        UsageError: None was chosen.
    """
    if not faces:
        raise UsageError("Say which faces.")
    return unit.faces.held(faces)


def active_faces(unit: UnitOfWork, faces: Sequence[FaceId]) -> list[HeldFace]:
    """As :func:`chosen_faces`, for what may be done with faces only that are neither ignored nor no face at all.

    Raises:
        UnknownIdError: There is no such face.
        UsageError: None was chosen, or one has another state.
    """
    chosen = chosen_faces(unit, faces)
    for face in chosen:
        if face.state is not FaceState.ACTIVE:
            said = "is ignored" if face.state is FaceState.IGNORED else "is not a face"
            raise UsageError(f"Face {face.id} {said}, as somebody said.", "Restore it first.")
    return chosen


def give(
    unit: UnitOfWork,
    faces: Sequence[HeldFace],
    target: PersonId,
    source: AssignmentSource,
    *,
    same_photo: bool | None = None,
) -> None:
    """Give faces to a person, for good: none comes back to whoever held it.

    Args:
        unit: The transaction.
        faces: Active ones.
        target: Who gets them.
        source: Who says so.
        same_photo: When two faces of one photo would be one person: True if they are, False leaves such faces where
            they are and says that they are somebody else.

    Raises:
        SamePhotoError: There are such faces, and ``same_photo`` does not say what to do.
    """
    joining = _admitted(unit, faces, target, same_photo)
    left_out = {face.id for face in faces}.difference(face.id for face in joining)
    unit.people.assign([face.id for face in joining], target, source)
    leaving = [(face.id, face.person) for face in joining if face.person not in (None, target)]
    unit.people.reject([(face, person) for face, person in leaving if person is not None], "move")
    unit.people.reject([(face, target) for face in sorted(left_out)], "move")
    settle_links(unit, [face.id for face in joining])
    unit.people.drop_empty({person for _, person in leaving if person is not None})
    note_use(unit, target)


def absorb(
    unit: UnitOfWork, target: PersonRecord, others: Sequence[PersonRecord], *, same_photo: bool | None = None
) -> None:
    """Make people one: all faces become the target's, confirmed, and everything written about the others stays.

    What is set for the target stays: name, hidden, birth date, and what is shown of a named one. Notes of the others
    are added to its own, a birth date too where it has none or another one.

    Args:
        unit: The transaction.
        target: Who stays.
        others: Who goes; with ``same_photo`` False, those whose faces cannot all come along stay with these.
        same_photo: As for :func:`give`.

    Raises:
        SamePhotoError: As :func:`give` does.
    """
    numbers = [other.id for other in others]
    moving = unit.faces.held_by(numbers)
    active = [face for face in moving if face.state is FaceState.ACTIVE]
    joining = _admitted(unit, active, target.id, same_photo)
    never = set(unit.people.rejected_for(numbers))
    left_out = {face.id for face in active}.difference(face.id for face in joining)
    if target.name is not None and target.key_face is not None:
        unit.people.set_key_face(target.id, target.key_face)
    _take_along(unit, [face for face in moving if face.state is not FaceState.ACTIVE], target.id)
    unit.people.assign([face.id for face in joining], target.id, AssignmentSource.CONFIRMED)
    unit.people.confirm(target.id)
    # Who is not the one is not the other either; faces that are both by this very merge excepted.
    never = (never | left_out).difference(unit.people.faces(target.id))
    unit.people.reject([(face, target.id) for face in sorted(never)], "merge")
    settle_links(unit, [face.id for face in joining])
    staying = {face.person for face in active if face.id in left_out}
    gone = [other for other in others if other.id not in staying]
    unit.people.set_note(target.id, joined_notes(target, gone))
    unit.people.set_birth_date(target.id, target.birth_date or first_birth_date(gone))
    unit.albums.follow({other.id: target.id for other in gone})
    unit.people.delete([other.id for other in gone])
    note_use(unit, target.id)


def settle_links(unit: UnitOfWork, faces: Collection[FaceId]) -> None:
    """Take back links of faces that were just given or rejected where they say otherwise: the last word counts."""
    links = unit.people.links(faces)
    linked = {face for first, second, _ in links for face in (first, second)}
    holder = unit.people.of_faces(list(linked))
    never = {(face, person) for face, person in unit.people.rejections(linked).tolist()}
    contrary: list[Pair] = []
    for first, second, kind in links:
        one, other = holder.get(first), holder.get(second)
        together = one is not None and one == other
        apart = None not in (one, other) and one != other
        apart = apart or (first, other) in never or (second, one) in never
        if together if kind == "cannot" else apart:
            contrary.append((first, second))
    unit.people.unlink(contrary)


def wake(unit: UnitOfWork, faces: Sequence[HeldFace]) -> None:
    """Make faces active again; whoever held each has it back.

    Where another face of the photo is that person now, a decision goes before what a machine said, and the one that
    was there before the one that comes back.
    """
    back = [face for face in faces if face.state is not FaceState.ACTIVE]
    unit.faces.set_state([face.id for face in back], FaceState.ACTIVE)
    allowed = _allowed_pairs(unit, [face.id for face in back])
    places: defaultdict[tuple[ContentId, PersonId], list[HeldFace]] = defaultdict(list)
    returning = {face.id for face in back}
    for face in unit.faces.in_pictures({face.content for face in back}):
        if face.state is FaceState.ACTIVE and face.person is not None:
            places[face.content, face.person].append(face)
    leaving: list[FaceId] = []
    for mates in places.values():
        kept: list[HeldFace] = []
        for face in sorted(mates, key=lambda mate: (_is_automatic(mate), mate.id in returning, mate.id)):
            if all(_pair(face.id, other.id) in allowed for other in kept if {face.id, other.id} & returning):
                kept.append(face)
            else:
                leaving.append(face.id)
    unit.people.unassign(leaving)


def note_use(unit: UnitOfWork, person: PersonId) -> None:
    """Note that a person was named or given faces, if the step changed anything."""
    if unit.changes:
        unit.people.use(person)


def _admitted(unit: UnitOfWork, faces: Sequence[HeldFace], target: PersonId, same_photo: bool | None) -> list[HeldFace]:
    """Those faces that a person may get; with ``same_photo`` all of them, and it is noted which are one in a photo."""
    joining: dict[FaceId, HeldFace] = {}
    pairs: list[Pair] = []
    allowed = _allowed_pairs(unit, [face.id for face in faces])
    moving = {face.id for face in faces}
    places: defaultdict[ContentId, list[FaceId]] = defaultdict(list)
    for other in unit.faces.in_pictures({face.content for face in faces}):
        if other.person == target and other.state is FaceState.ACTIVE and other.id not in moving:
            places[other.content].append(other.id)
    # Those that are the person's already are there first.
    for face in sorted(faces, key=lambda face: face.person != target):
        met = [_pair(face.id, other) for other in places[face.content]]
        met = [] if face.person == target else [pair for pair in met if pair not in allowed]
        pairs += met
        if not met or same_photo is not False:
            joining[face.id] = face
            places[face.content].append(face.id)
    if pairs and same_photo is None:
        raise SamePhotoError(pairs)
    if pairs and same_photo:
        unit.people.link(pairs, "must", "same photo")
    return [face for face in faces if face.id in joining]


def _take_along(unit: UnitOfWork, faces: Sequence[HeldFace], target: PersonId) -> None:
    for source in AssignmentSource:
        if chosen := [face.id for face in faces if face.assignment is source]:
            unit.people.assign(chosen, target, source)


def _allowed_pairs(unit: UnitOfWork, faces: Collection[FaceId]) -> set[Pair]:
    return {(first, second) for first, second, kind in unit.people.links(faces) if kind == "must"}


def _is_automatic(face: HeldFace) -> bool:
    return face.assignment is AssignmentSource.AUTOMATIC


def _pair(first: FaceId, second: FaceId) -> Pair:
    return (first, second) if first < second else (second, first)
