"""Names from elsewhere taken into the library: matched to faces, weighed against what was decided here, one step.

What somebody decided in this program wins; whatever is not taken over is listed with its reason.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceState, HeldFace
from faceorganizer.domain.geometry import Box, FloatArray, match_boxes
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.people import PersonOutline, clean_name, folded, same_name
from faceorganizer.domain.pictures import FileState, PictureIdentity
from faceorganizer.domain.regions import ImportedRegion, OnConflict
from faceorganizer.services.assigning import give, settle_links
from faceorganizer.services.events import EventBus
from faceorganizer.services.folders import absolute
from faceorganizer.services.review import ReviewService

SAME_FACE: Final = 0.3  # intersection over union: other programs frame the whole head, or only the middle of a face
INSIDE: Final = 0.7  # share of the smaller box that lies in the larger one, where that is too little
WIDEST: Final = 0.15  # share of the larger box that the smaller one takes at least
SURE: Final = 0.6  # probability from which a suggestion says which face a name belongs to
SMALLEST: Final = 4  # pixels of a side


class NamesTakenError(UsageError):
    """Imported names are those of people here: whether they are the same has to be answered.

    Args:
        names: Those names.
    """

    def __init__(self, names: Sequence[str]) -> None:
        shown = ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
        super().__init__(
            f"These names are taken already: {shown}.",
            "Say --on-conflict merge if they are the same people, separate if others share the names, skip to leave "
            "them out.",
        )
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class ImportNote:
    """Something that was not taken over.

    Attributes:
        photo: The file.
        name: Who is meant; empty when it is about the photo as a whole.
        reason: In plain words that finish a sentence.
    """

    photo: Path
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do.

    Attributes:
        photos: Photos that somebody is named in.
        confirmed: Faces that were found here and have a name, or a decision, by the import.
        drawn: Faces that were not found here; described at the next scan.
        agreed: Faces of which the same was decided here already.
        unnamed: Regions without a name, of which nothing is taken over.
        people: Names that are new here.
        conflicts: Where something else was decided here, or the name is ambiguous.
        unplaced: Names of people in a photo of which nothing says where they are.
        removed: Names that this program wrote and another one took out since; here they stay.
        unknown: Photos that the library does not know.
        problems: Metadata that could not be used.
        changes: What the step changed; empty when nothing was to be done, or on trial.
    """

    photos: int = 0
    confirmed: int = 0
    drawn: int = 0
    agreed: int = 0
    unnamed: int = 0
    people: tuple[str, ...] = ()
    conflicts: tuple[ImportNote, ...] = ()
    unplaced: tuple[ImportNote, ...] = ()
    removed: tuple[ImportNote, ...] = ()
    unknown: tuple[Path, ...] = ()
    problems: tuple[ImportNote, ...] = ()
    changes: ChangeSet = field(default_factory=ChangeSet)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A face, or a place where none was found, that somebody says is somebody."""

    photo: Path
    content: ContentId
    name: str
    face: HeldFace | None
    box: Box
    overlap: float

    @property
    def decided(self) -> bool:
        return self.face is not None and _is_decided(self.face)


@dataclass(slots=True)
class _Plan:
    """What is to be done, and what is not, with the reason."""

    claims: list[_Claim] = field(default_factory=list)
    targets: dict[str, PersonId | None] = field(default_factory=dict)  # by folded name; None: a new person
    adopted: dict[str, PersonId] = field(default_factory=dict)  # unnamed groups that take a name
    spelled: dict[str, str] = field(default_factory=dict)
    leaving: list[FaceId] = field(default_factory=list)
    agreed: int = 0
    unnamed: int = 0
    photos: set[ContentId] = field(default_factory=set)
    conflicts: list[ImportNote] = field(default_factory=list)
    unplaced: list[ImportNote] = field(default_factory=list)
    unsure: list[FaceId] = field(default_factory=list)  # that suggestions may help with
    unknown: list[Path] = field(default_factory=list)


class ImportingService:
    """Takes names into the library, whatever they come from."""

    def __init__(self, database: Database, review: ReviewService, events: EventBus) -> None:
        self._database = database
        self._review = review
        self._events = events

    def take_in(
        self,
        regions: Iterable[ImportedRegion],
        *,
        on_conflict: OnConflict | None = None,
        dry_run: bool = False,
        step: str = "import names",
        problems: Sequence[ImportNote] = (),
        written: Mapping[FaceId, str] | None = None,
    ) -> ImportReport:
        """Take names in, as one step.

        A region is matched to a face found here by overlap, which becomes that person's (source ``imported``); where
        none was found, a face is drawn. A name without a box goes to a face where only one can be meant. An unnamed
        group whose imported names all agree takes the name; its other faces stay guesses.

        Args:
            regions: In photos of the library; others are reported.
            on_conflict: When a name is that of somebody here who has none of its faces yet: the same person, another
                one, or not to be taken over.
            dry_run: Only say what would be done; works beside a running scan.
            step: Label of the step.
            problems: Passed on into the report.
            written: Names that this program wrote for faces: where another program has changed one since, and nobody
                changed it here, the new name counts although the old one was decided.

        Raises:
            NamesTakenError: Names are taken, and ``on_conflict`` does not say what to do.
            LibraryLockedError: Another process is writing.
        """
        wanted = list(regions)
        with self._database.read() as unit:
            unsure = _Planning(unit, on_conflict or OnConflict.SKIP, written or {}, {}).plan(wanted).unsure
        likely = {face: self._likely(face) for face in dict.fromkeys(unsure)}
        if dry_run:
            with self._database.read() as unit:
                plan = _Planning(unit, on_conflict, written or {}, likely).plan(wanted)
            return _report(plan, problems, ChangeSet())
        with self._database.write(step) as unit:
            plan = _Planning(unit, on_conflict, written or {}, likely).plan(wanted)
            _carry_out(unit, plan)
        self._events.changed(unit.changes)
        return _report(plan, problems, unit.changes)

    def _likely(self, face: FaceId) -> str:
        best = next(iter(self._review.suggestions(face)), None)
        return folded(best.name) if best is not None and best.probability >= SURE else ""


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
        self._plan = _Plan()
        self._outlines = {outline.id: outline for outline in unit.people.outlines()}
        self._named: defaultdict[str, list[PersonOutline]] = defaultdict(list)
        for outline in self._outlines.values():
            if outline.name is not None:
                self._named[folded(outline.name)].append(outline)

    def plan(self, regions: Sequence[ImportedRegion]) -> _Plan:
        by_content = self._by_content(regions)
        contents = list(by_content)
        pictures = self._unit.contents.records(contents)
        boxes = self._unit.faces.of_contents(contents)
        held: defaultdict[ContentId, list[HeldFace]] = defaultdict(list)
        for face in self._unit.faces.in_pictures(contents):
            held[face.content].append(face)
        claims: list[_Claim] = []
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
    ) -> list[_Claim]:
        regions = [(region, region.box) for region in said if region.box is not None]
        faces = {face.id: face for face in held}
        ids = list(known)
        matched = _matched(_boxes(known.values()), _boxes(box for _, box in regions))
        claims: dict[str, _Claim] = {}
        for index, (region, box) in sorted(enumerate(regions), key=lambda each: -matched.get(each[0], (0, 0.0))[1]):
            name = clean_name(region.name or "")
            if name is None:
                self._plan.unnamed += 1
                continue
            self._plan.photos.add(content)
            row, overlap = matched.get(index, (-1, 0.0))
            face = faces[ids[row]] if row >= 0 else None
            claim = _Claim(region.photo, content, name, face, box, overlap)
            rival = claims.get(folded(name))
            if rival is not None:
                if rival.face is None or face is None or rival.face.id != face.id:
                    self._refuse(claim, "the photo names that person twice")
            elif face is not None and face.state is not FaceState.ACTIVE:
                said_here = "ignored" if face.state is FaceState.IGNORED else "no face"
                self._refuse(claim, f"it is {said_here}, as you said here")
            elif face is None and not _lies_in(box, picture):
                self._refuse(claim, "the box does not lie in the photo")
            else:
                claims[folded(name)] = claim
        return self._each_face_once(claims.values())

    def _each_face_once(self, claims: Iterable[_Claim]) -> list[_Claim]:
        """Of several names for one face the first one stays; a file and its copy may say different things."""
        kept: list[_Claim] = []
        taken: dict[FaceId, _Claim] = {}
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
        placed: Sequence[_Claim],
        held: Sequence[HeldFace],
        known: Mapping[FaceId, Box],
    ) -> list[_Claim]:
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
        claims: list[_Claim] = []
        for face in held:
            if face.state is not FaceState.ACTIVE or face.id in claimed:
                continue
            holder = folded(self._name_of(face.person) or "")
            if holder in names:
                name, photo = names.pop(holder)
                claims.append(_Claim(photo, content, name, face, known[face.id], 1.0))
            elif face.assignment in (None, AssignmentSource.AUTOMATIC):
                free.append(face)
        if len(names) == 1 and len(free) == 1:
            ((_, (name, photo)),) = names.items()
            return [*claims, _Claim(photo, content, name, free[0], known[free[0].id], 1.0)]
        if names and free:
            self._plan.unsure += [face.id for face in free]
        likely = Counter(self._likely.get(face.id, "") for face in free)
        for face in free:
            wanted = self._likely.get(face.id, "")
            if wanted in names and likely[wanted] == 1:
                name, photo = names.pop(wanted)
                claims.append(_Claim(photo, content, name, face, known[face.id], 1.0))
        for name, photo in names.values():
            reason = "none of its faces is free" if not free else f"it may be any of {len(free)} faces"
            self._plan.unplaced.append(ImportNote(photo, name, reason))
        return claims

    # From names to people

    def _resolved(self, claims: Sequence[_Claim]) -> list[_Claim]:
        """Say who each name is; claims of names that nobody is to be are left out."""
        by_name: defaultdict[str, list[_Claim]] = defaultdict(list)
        for claim in claims:
            by_name[folded(claim.name)].append(claim)
        names_in: defaultdict[PersonId, set[str]] = defaultdict(set)
        for claim in claims:
            if claim.face is not None and claim.face.person is not None:
                names_in[claim.face.person].add(folded(claim.name))
        taken: list[str] = []
        kept: list[_Claim] = []
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
        self, key: str, claims: Sequence[_Claim], names_in: Mapping[PersonId, Collection[str]]
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

    def _settle(self, claims: Sequence[_Claim], held: Mapping[ContentId, Sequence[HeldFace]]) -> None:
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
        claim: _Claim,
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

    def _is_open(self, claim: _Claim, never: Collection[tuple[int, int]]) -> bool:
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

    def _refuse(self, claim: _Claim, reason: str) -> None:
        self._plan.conflicts.append(ImportNote(claim.photo, claim.name, reason))

    def _name_of(self, person: PersonId | None) -> str | None:
        outline = None if person is None else self._outlines.get(person)
        return None if outline is None else outline.name


def _carry_out(unit: UnitOfWork, plan: _Plan) -> None:
    by_name: defaultdict[str, list[_Claim]] = defaultdict(list)
    for claim in plan.claims:
        by_name[folded(claim.name)].append(claim)
    faces = [claim.face for claim in plan.claims if claim.face is not None]
    target_of = {claim.face.id: plan.targets[folded(claim.name)] for claim in plan.claims if claim.face is not None}
    # All go before any comes, so that no photo shows somebody twice in between.
    moving = [face for face in faces if face.person is not None and face.person != target_of[face.id]]
    unit.people.unassign([*(face.id for face in moving), *plan.leaving])
    for key, claims in by_name.items():
        target = plan.targets[key]
        if target is None:
            target = unit.people.create(plan.spelled[key])
        elif plan.adopted.get(key) == target:
            unit.people.rename(target, plan.spelled[key])
        drawn = [_draw(unit, claim) for claim in claims if claim.face is None]
        chosen = unit.faces.held([*(claim.face.id for claim in claims if claim.face is not None), *drawn])
        give(unit, chosen, target, AssignmentSource.IMPORTED, same_photo=True)
    settle_links(unit, [face.id for face in faces])
    unit.people.drop_empty({face.person for face in moving if face.person is not None})


def _draw(unit: UnitOfWork, claim: _Claim) -> FaceId:
    face = unit.faces.draw(claim.content, np.array(claim.box, np.float32))
    unit.scans.forget(claim.content)  # the next scan looks again, and describes what was drawn
    return face


def _matched(known: FloatArray, said: FloatArray) -> dict[int, tuple[int, float]]:
    """Pair regions with faces: (row of the face, overlap) by the region's index."""
    pairs = {column: (row, _overlap(known[row], said[column])) for row, column in match_boxes(known, said, SAME_FACE)}
    taken = {row for row, _ in pairs.values()}
    for column in range(len(said)):
        if column in pairs:
            continue
        rows = [row for row in range(len(known)) if row not in taken and _frames(known[row], said[column])]
        if len(rows) == 1:
            pairs[column] = rows[0], _overlap(known[rows[0]], said[column])
            taken.add(rows[0])
    return pairs


def _frames(face: FloatArray, region: FloatArray) -> bool:
    """Whether one box frames the other more widely, with hair and neck: most of the smaller one lies in it."""
    low = np.maximum(face[:2], region[:2])
    high = np.minimum(face[:2] + face[2:], region[:2] + region[2:])
    shared = float(np.clip(high - low, 0, None).prod())
    smaller, larger = sorted((float(face[2:].prod()), float(region[2:].prod())))
    return smaller >= WIDEST * larger and shared >= INSIDE * smaller > 0


def _overlap(first: FloatArray, second: FloatArray) -> float:
    low = np.maximum(first[:2], second[:2])
    high = np.minimum(first[:2] + first[2:], second[:2] + second[2:])
    shared = float(np.clip(high - low, 0, None).prod())
    return shared / max(float(first[2:].prod() + second[2:].prod()) - shared, 1e-9)


def _lies_in(box: Box, picture: PictureIdentity) -> bool:
    x, y, width, height = box
    across, down = min(x + width, picture.width) - max(x, 0), min(y + height, picture.height) - max(y, 0)
    return min(width, height) >= SMALLEST and min(across, down) > 0 and across * down >= width * height / 2


def _is_decided(face: HeldFace) -> bool:
    return face.assignment not in (None, AssignmentSource.AUTOMATIC)


def _faces_of(claims: Iterable[_Claim]) -> list[FaceId]:
    return [claim.face.id for claim in claims if claim.face is not None]


def _boxes(boxes: Iterable[Box]) -> FloatArray:
    return np.array(list(boxes), np.float32).reshape(-1, 4)


def _report(plan: _Plan, problems: Sequence[ImportNote], changes: ChangeSet) -> ImportReport:
    drawn = sum(claim.face is None for claim in plan.claims)
    new = {folded(claim.name) for claim in plan.claims}
    people = [plan.spelled[key] for key in new if plan.targets[key] is None or key in plan.adopted]
    return ImportReport(
        photos=len(plan.photos),
        confirmed=len(plan.claims) - drawn,
        drawn=drawn,
        agreed=plan.agreed,
        unnamed=plan.unnamed,
        people=tuple(sorted(people)),
        conflicts=tuple(plan.conflicts),
        unplaced=tuple(plan.unplaced),
        unknown=tuple(plan.unknown),
        problems=tuple(problems),
        changes=changes,
    )
