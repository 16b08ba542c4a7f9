"""Weighs names from elsewhere against what was decided here; nothing is written.

What somebody decided in this program wins; whatever is not taken over is listed with its reason.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.faces import AssignmentSource, FaceState, HeldFace
from faceorganizer.domain.geometry import Box
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.people import PersonOutline, clean_name, folded, same_name
from faceorganizer.domain.pictures import FileState, PictureIdentity
from faceorganizer.domain.regions import ImportedRegion, OnConflict
from faceorganizer.services.folders import absolute
from faceorganizer.services.interchange.import_report import ImportNote, NamesTakenError
from faceorganizer.services.interchange.region_matching import lies_in, matched


@dataclass(frozen=True, slots=True)
class Claim:
    """A face, or a place where none was found, that somebody says is somebody.

    Attributes:
        photo: The file that says so.
        content: Its picture.
        name: Who it is.
        face: None where none was found.
        box: Where it is said to be, in pixels of the upright picture.
        overlap: Of that box with the face's, 0 to 1.
    """

    photo: Path
    content: ContentId
    name: str
    face: HeldFace | None
    box: Box
    overlap: float

    @property
    def decided(self) -> bool:
        """Whether somebody said here who the face is."""
        return self.face is not None and _is_decided(self.face)


@dataclass(slots=True)
class Plan:
    """What is to be done, and what is not, with the reason.

    Attributes:
        claims: What is to be taken over.
        targets: Who each folded name is; None for a new person.
        adopted: Unnamed groups that take a name, by folded name.
        spelled: Names as they are to be written, by folded name.
        leaving: Faces that have to leave the person who comes.
        agreed: Faces of which the same was decided here already.
        unnamed: Regions without a name.
        photos: Pictures that somebody is named in.
        conflicts: What is not taken over, since something else was decided here.
        unplaced: Names of which nothing says where they are.
        unsure: Faces that suggestions may help with.
        unknown: Files that the library does not know.
    """

    claims: list[Claim] = field(default_factory=list)
    targets: dict[str, PersonId | None] = field(default_factory=dict)
    adopted: dict[str, PersonId] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    leaving: list[FaceId] = field(default_factory=list)
    agreed: int = 0
    unnamed: int = 0
    photos: set[ContentId] = field(default_factory=set)
    conflicts: list[ImportNote] = field(default_factory=list)
    unplaced: list[ImportNote] = field(default_factory=list)
    unsure: list[FaceId] = field(default_factory=list)
    unknown: list[Path] = field(default_factory=list)


def plan_import(
    unit: UnitOfWork,
    regions: Sequence[ImportedRegion],
    on_conflict: OnConflict | None,
    written: Mapping[FaceId, str],
    likely: Mapping[FaceId, str],
) -> Plan:
    """Compare what is said elsewhere with what is known here.

    Args:
        unit: A transaction to read in.
        regions: What is said.
        on_conflict: When a name is that of somebody here who has none of its faces yet; None to ask.
        written: Names that this program wrote for faces.
        likely: Folded names that suggestions are sure of, by face; empty where they are not.

    Raises:
        NamesTakenError: Names are taken, and ``on_conflict`` does not say what to do.
    """
    return _Planning(unit, on_conflict, written, likely).plan(regions)


class _Planning:
    """Compares what is said elsewhere with what is known here, in one transaction, without writing."""

    def __init__(
        self,
        unit: UnitOfWork,
        on_conflict: OnConflict | None,
        written: Mapping[FaceId, str],
        likely: Mapping[FaceId, str],
    ) -> None:
        self._unit = unit
        self._on_conflict = on_conflict
        self._written = written
        self._likely = likely
        self._plan = Plan()
        self._outlines = {outline.id: outline for outline in unit.people.outlines()}
        self._named: defaultdict[str, list[PersonOutline]] = defaultdict(list)
        for outline in self._outlines.values():
            if outline.name is not None:
                self._named[folded(outline.name)].append(outline)

    def plan(self, regions: Sequence[ImportedRegion]) -> Plan:
        by_content = self._by_content(regions)
        contents = list(by_content)
        pictures = self._unit.contents.records(contents)
        boxes = self._unit.faces.of_contents(contents)
        held: defaultdict[ContentId, list[HeldFace]] = defaultdict(list)
        for face in self._unit.faces.in_pictures(contents):
            held[face.content].append(face)
        claims: list[Claim] = []
        for content, said in by_content.items():
            known = {face.id: face.box for face in boxes.get(content, ())}
            found = self._placed(content, said, pictures[content].identity, held[content], known)
            claims += found + self._without_place(content, said, found, held[content], known)
        self._settle(self._resolved(claims), held)
        return self._plan

    def _by_content(self, regions: Iterable[ImportedRegion]) -> dict[ContentId, list[ImportedRegion]]:
        places: dict[Path, ContentId | None] = {}
        for root in self._unit.roots.all():
            files = sorted(self._unit.files.of_root(root.id), key=lambda file: file.state is FileState.PRESENT)
            places.update({root.path / file.path: file.content for file in files})
        by_content: defaultdict[ContentId, list[ImportedRegion]] = defaultdict(list)
        unknown: dict[Path, None] = {}
        for region in regions:
            content = places.get(absolute(region.photo))
            if content is None:
                unknown[region.photo] = None
            else:
                by_content[content].append(region)
        self._plan.unknown = list(unknown)
        return dict(by_content)

    # From regions to claims

    def _placed(
        self,
        content: ContentId,
        said: Sequence[ImportedRegion],
        picture: PictureIdentity,
        held: Sequence[HeldFace],
        known: Mapping[FaceId, Box],
    ) -> list[Claim]:
        regions = [(region, region.box) for region in said if region.box is not None]
        faces = {face.id: face for face in held}
        ids = list(known)
        pairs = matched(known.values(), [box for _, box in regions])
        claims: dict[str, Claim] = {}
        for index, (region, box) in sorted(enumerate(regions), key=lambda each: -pairs.get(each[0], (0, 0.0))[1]):
            name = clean_name(region.name or "")
            if name is None:
                self._plan.unnamed += 1
                continue
            self._plan.photos.add(content)
            row, overlap = pairs.get(index, (-1, 0.0))
            face = faces[ids[row]] if row >= 0 else None
            claim = Claim(region.photo, content, name, face, box, overlap)
            rival = claims.get(folded(name))
            if rival is not None:
                if rival.face is None or face is None or rival.face.id != face.id:
                    self._refuse(claim, "the photo names that person twice")
            elif face is not None and face.state is not FaceState.ACTIVE:
                said_here = "ignored" if face.state is FaceState.IGNORED else "no face"
                self._refuse(claim, f"it is {said_here}, as you said here")
            elif face is None and not lies_in(box, picture):
                self._refuse(claim, "the box does not lie in the photo")
            else:
                claims[folded(name)] = claim
        return self._each_face_once(claims.values())

    def _each_face_once(self, claims: Iterable[Claim]) -> list[Claim]:
        """Of several names for one face the first one stays; a file and its copy may say different things."""
        kept: list[Claim] = []
        taken: dict[FaceId, Claim] = {}
        for claim in claims:
            rival = taken.get(claim.face.id) if claim.face is not None else None
            if rival is not None:
                self._refuse(claim, f"the same face is {rival.name} there")
                continue
            if claim.face is not None:
                taken[claim.face.id] = claim
            kept.append(claim)
        return kept

    def _without_place(
        self,
        content: ContentId,
        said: Sequence[ImportedRegion],
        placed: Sequence[Claim],
        held: Sequence[HeldFace],
        known: Mapping[FaceId, Box],
    ) -> list[Claim]:
        """Find the faces that names without a box belong to, where only one can be meant."""
        meant = {folded(claim.name) for claim in placed}
        names: dict[str, tuple[str, Path]] = {}
        for region in said:
            name = clean_name(region.name or "") if region.box is None else None
            if name is not None and folded(name) not in meant:
                names.setdefault(folded(name), (name, region.photo))
        if not names:
            return []
        self._plan.photos.add(content)
        claimed = {claim.face.id for claim in placed if claim.face is not None}
        free: list[HeldFace] = []
        claims: list[Claim] = []
        for face in held:
            if face.state is not FaceState.ACTIVE or face.id in claimed:
                continue
            holder = folded(self._name_of(face.person) or "")
            if holder in names:
                name, photo = names.pop(holder)
                claims.append(Claim(photo, content, name, face, known[face.id], 1.0))
            elif face.assignment in (None, AssignmentSource.AUTOMATIC):
                free.append(face)
        if len(names) == 1 and len(free) == 1:
            ((_, (name, photo)),) = names.items()
            return [*claims, Claim(photo, content, name, free[0], known[free[0].id], 1.0)]
        if names and free:
            self._plan.unsure += [face.id for face in free]
        likely = Counter(self._likely.get(face.id, "") for face in free)
        for face in free:
            wanted = self._likely.get(face.id, "")
            if wanted in names and likely[wanted] == 1:
                name, photo = names.pop(wanted)
                claims.append(Claim(photo, content, name, face, known[face.id], 1.0))
        for name, photo in names.values():
            reason = "none of its faces is free" if not free else f"it may be any of {len(free)} faces"
            self._plan.unplaced.append(ImportNote(photo, name, reason))
        return claims

    # From names to people

    def _resolved(self, claims: Sequence[Claim]) -> list[Claim]:
        """Say who each name is; claims of names that nobody is to be are left out."""
        by_name: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_name[folded(claim.name)].append(claim)
        names_in: defaultdict[PersonId, set[str]] = defaultdict(set)
        for claim in claims:
            if claim.face is not None and claim.face.person is not None:
                names_in[claim.face.person].add(folded(claim.name))
        taken: list[str] = []
        kept: list[Claim] = []
        for key, of_name in by_name.items():
            self._plan.spelled[key] = of_name[0].name
            namesakes = self._named.get(key, [])
            holding = Counter(
                claim.face.person
                for claim in of_name
                if claim.face is not None and claim.face.person in {namesake.id for namesake in namesakes}
            )
            if not namesakes or (not holding and self._on_conflict is OnConflict.SEPARATE):
                self._plan.targets[key] = self._adoptable(key, of_name, names_in)
            elif holding:
                self._plan.targets[key] = holding.most_common(1)[0][0]
            elif self._on_conflict is None:
                taken.append(of_name[0].name)
                continue
            elif self._on_conflict is OnConflict.SKIP or len(namesakes) > 1:
                reason = "several people have that name" if len(namesakes) > 1 else "somebody here has that name"
                for claim in of_name:
                    self._refuse(claim, reason)
                continue
            else:
                self._plan.targets[key] = namesakes[0].id
            kept += of_name
        if taken:
            raise NamesTakenError(sorted(taken))
        return kept

    def _adoptable(
        self, key: str, claims: Sequence[Claim], names_in: Mapping[PersonId, Collection[str]]
    ) -> PersonId | None:
        """The unnamed group that takes a new name: that with most of its faces, if no other name is among them."""
        groups = Counter(claim.face.person for claim in claims if claim.face is not None)
        for group, _ in groups.most_common():
            outline = None if group is None else self._outlines.get(group)
            if outline is not None and outline.name is None and not outline.hidden and len(names_in[outline.id]) == 1:
                self._plan.adopted[key] = outline.id
                return outline.id
        return None

    # What may be done

    def _settle(self, claims: Sequence[Claim], held: Mapping[ContentId, Sequence[HeldFace]]) -> None:
        never = {(face, person) for face, person in self._unit.people.rejections(_faces_of(claims)).tolist()}
        allowed = [claim for claim in claims if self._is_open(claim, never)]
        mirrored = {
            frozenset((first, second))
            for first, second, kind in self._unit.people.links(_faces_of(allowed))
            if kind == "must"
        }
        while True:
            others = [
                self._others(claim, held.get(claim.content, ()), set(_faces_of(allowed)), mirrored) for claim in allowed
            ]
            crowded = [index for index, faces in enumerate(others) if any(map(_is_decided, faces))]
            if not crowded:
                break
            # What stays may be in the way of the next one.
            for index in reversed(crowded):
                self._refuse(allowed.pop(index), "another face of the photo is that person, as you said here")
        self._plan.claims = allowed
        self._plan.leaving = [face.id for faces in others for face in faces]

    def _others(
        self,
        claim: Claim,
        held: Iterable[HeldFace],
        moving: Collection[FaceId],
        mirrored: Collection[frozenset[FaceId]],
    ) -> list[HeldFace]:
        """The faces of a photo that are the person already, and that no mirror or collage explains."""
        target = self._plan.targets[folded(claim.name)]
        return [
            face
            for face in held
            if target is not None
            and face.person == target
            and face.state is FaceState.ACTIVE
            and face.id not in moving
            and (claim.face is None or frozenset((claim.face.id, face.id)) not in mirrored)
        ]

    def _is_open(self, claim: Claim, never: Collection[tuple[int, int]]) -> bool:
        """Whether nobody decided here that a face is, or is not, somebody else."""
        face, target = claim.face, self._plan.targets[folded(claim.name)]
        if face is None:
            return True
        holder = self._name_of(face.person)
        if claim.decided and holder is not None and same_name(holder, claim.name):
            self._plan.agreed += 1
            return False
        if claim.decided and face.person == target:  # a group that takes the name
            return True
        if target is not None and (face.id, target) in never:
            self._refuse(claim, "you said here that it is not that person")
            return False
        if claim.decided:
            before = self._written.get(face.id)
            if holder is not None and before is not None and same_name(before, holder):
                return True
            self._refuse(claim, f"you said here that it is {holder or f'person {face.person}'}")
            return False
        return True

    def _refuse(self, claim: Claim, reason: str) -> None:
        self._plan.conflicts.append(ImportNote(claim.photo, claim.name, reason))

    def _name_of(self, person: PersonId | None) -> str | None:
        outline = None if person is None else self._outlines.get(person)
        return None if outline is None else outline.name


def _is_decided(face: HeldFace) -> bool:
    return face.assignment not in (None, AssignmentSource.AUTOMATIC)


def _faces_of(claims: Iterable[Claim]) -> list[FaceId]:
    return [claim.face.id for claim in claims if claim.face is not None]
