"""Writes what workers found into the library, deciding what each file is to it."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import numpy as np

from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.faces import FaceObservations, FaceSource, StoredFace
from faceorganizer.domain.geometry import FloatArray, match_boxes
from faceorganizer.domain.ids import ContentId, FaceId, FileId, ModelId, RootId
from faceorganizer.domain.pictures import (
    ContentRecord,
    Detail,
    FileRecord,
    FileState,
    PictureIdentity,
    ScanState,
)
from faceorganizer.services.scan.report import Verdict
from faceorganizer.services.scan.tasks import SAME_DRAWN
from faceorganizer.services.scan.walk import FoundFile

SAME_FACE = 0.5  # intersection over union from which two boxes are one face found twice


@dataclass(frozen=True, slots=True)
class Search:
    """What a search for faces is filed under: a picture is searched once for each."""

    detector: str
    detail: Detail
    model: ModelId


class Ledger:
    """Records the files and faces of one scan.

    Args:
        search: What the searches for faces are filed under.
        gone: Whether a file that the library knows is no longer where it was.

    Attributes:
        created: Pictures that the library did not know before this scan.
        moved: Files that were found under another path.
        unsettled: Pictures of which a file came or went, with the hashes of those files.
        turned: Pictures that another file stands for now, which shows them turned: their orientation since.
    """

    def __init__(self, search: Search, gone: Callable[[FileRecord], bool]) -> None:
        self._search = search
        self._gone = gone
        self.created: set[ContentId] = set()
        self.moved: set[FileId] = set()
        self.unsettled: dict[ContentId, set[bytes]] = {}
        self.turned: dict[ContentId, int] = {}

    def identified(
        self, unit: UnitOfWork, root: RootId, found: FoundFile, known: FileRecord | None, identity: PictureIdentity
    ) -> tuple[Verdict, ContentId]:
        """Record a file whose picture is now known, and say what it is to the library."""
        content = unit.contents.by_hash([identity.content_hash]).get(identity.content_hash)
        number = content.id if content is not None else self._create(unit, identity)
        holders = unit.files.of_contents([number]).get(number, [])
        former = self._former_place(holders, found, identity) if known is None else None
        place = known or former
        record = FileRecord(
            place.id if place is not None else FileId(0),
            root,
            found.path,
            found.size,
            found.mtime_ns,
            identity.file_hash,
            number,
            FileState.PRESENT,
        )
        if place is None:
            unit.files.add([record])
        else:
            unit.files.update([record])
        if former is not None:
            self.moved.add(former.id)
        if known is not None and known.content not in (None, number):
            self.note_twins(known)
        if content is not None:
            self._settle(unit, content, record, holders, identity)
        return _verdict(known, former, holders, identity), number

    def note_twins(self, record: FileRecord) -> None:
        """Note that a file came or went, so that another one may stand for its picture now."""
        if record.content is not None and record.file_hash is not None:
            self.unsettled.setdefault(record.content, set()).add(record.file_hash)

    def unreadable(
        self, unit: UnitOfWork, root: RootId, found: FoundFile, known: FileRecord | None, reason: str
    ) -> None:
        """Record that a file cannot be read; what was known of it stays."""
        if known is None:
            unit.files.add(
                [
                    FileRecord(
                        FileId(0), root, found.path, found.size, found.mtime_ns, None, None, FileState.PRESENT, reason
                    )
                ]
            )
        else:
            unit.files.update(
                [replace(known, size=found.size, mtime_ns=found.mtime_ns, state=FileState.PRESENT, error=reason)]
            )
            self.note_twins(known)

    def searched(self, unit: UnitOfWork, content: ContentId, found: FaceObservations) -> int:
        """Record the faces of a picture and return how many of them are new.

        A face found again keeps its id and all that people said of it. One that is not found again goes, unless
        somebody made a decision about it.
        """
        known = unit.faces.of_contents([content]).get(content, [])
        matches = _matches(known, found.boxes)
        matched = {face for face, _ in matches}
        lost = [face.id for face in known if face.id not in matched and face.disposable]
        unit.faces.store(content, self._search.model, self._search.detector, found, matches, lost)
        if lost:
            unit.scans.forget(content)  # what another search found is no longer all there: it has to be done again
        self._file(unit, content, ScanState.DONE)
        return len(found) - len(matches)

    def described(self, unit: UnitOfWork, content: ContentId, drawn: Sequence[tuple[FaceId, FaceObservations]]) -> None:
        """Record how faces that people drew are described by this search's model."""
        for face, seen in drawn:
            unit.faces.describe_drawn(content, face, self._search.model, seen)

    def unsearchable(self, unit: UnitOfWork, content: ContentId, reason: str) -> None:
        """Record that a picture could not be decoded; it is tried again at the next scan."""
        self._file(unit, content, ScanState.FAILED, reason)

    def _file(self, unit: UnitOfWork, content: ContentId, state: ScanState, reason: str = "") -> None:
        search = self._search
        unit.scans.record(content, search.detector, search.detail, search.model, state, reason)

    def _settle(
        self,
        unit: UnitOfWork,
        content: ContentRecord,
        record: FileRecord,
        holders: Sequence[FileRecord],
        identity: PictureIdentity,
    ) -> None:
        """Heed what a file says of its picture, given who held that before, or have the one asked that stands now."""
        before = standing(holders)
        if standing([record, *(holder for holder in holders if holder.id != record.id)]) is record:
            self._describe(unit, content, identity)
        elif before is not None and before.id == record.id:
            self.note_twins(record)

    def _describe(self, unit: UnitOfWork, content: ContentRecord, identity: PictureIdentity) -> None:
        """Take over what the file that stands for a picture says of it: orientation, date, camera, place."""
        before = content.identity
        if replace(before, file_hash=identity.file_hash) == identity:
            return
        if before.orientation != identity.orientation:
            size = (before.width, before.height)
            unit.faces.turn(content.id, before.orientation, identity.orientation, size)
            unit.scans.forget(content.id)  # faces that lay on their side may be found now
            self.turned[content.id] = identity.orientation
        unit.contents.update(content.id, identity)

    def _former_place(
        self, holders: Sequence[FileRecord], found: FoundFile, identity: PictureIdentity
    ) -> FileRecord | None:
        def unlikeness(record: FileRecord) -> tuple[bool, bool, int]:
            other_name = PurePosixPath(record.path).name != PurePosixPath(found.path).name
            return record.file_hash != identity.file_hash, other_name, record.id

        return min(filter(self._gone, holders), key=unlikeness, default=None)

    def _create(self, unit: UnitOfWork, identity: PictureIdentity) -> ContentId:
        content = unit.contents.add(identity)
        self.created.add(content)
        return content


def _matches(known: Sequence[StoredFace], found: FloatArray) -> list[tuple[FaceId, int]]:
    """Known faces that were found again, with their place among what was found."""
    matches: dict[FaceId, int] = {}
    drawn = [face for face in known if face.source is FaceSource.MANUAL]
    for faces, least in ((known, SAME_FACE), (drawn, SAME_DRAWN)):
        left = [face for face in faces if face.id not in matches]
        free = [column for column in range(len(found)) if column not in matches.values()]
        boxes = np.array([face.box for face in left], np.float32).reshape(-1, 4)
        matches |= {left[row].id: free[column] for row, column in match_boxes(boxes, found[free], least)}
    return list(matches.items())


def standing(holders: Iterable[FileRecord]) -> FileRecord | None:
    """The file that stands for a picture: lists show its path, with boxes in its frame.

    The same file that :func:`faceorganizer.db.queries.standing_file` takes.
    """
    present = (record for record in holders if record.state is FileState.PRESENT)
    return min(
        present, key=lambda file: (file.mtime_ns, len(file.path), file.path, file.id or sys.maxsize), default=None
    )


def _verdict(
    known: FileRecord | None, former: FileRecord | None, holders: Sequence[FileRecord], identity: PictureIdentity
) -> Verdict:
    if former is not None:
        return Verdict.MOVED
    if known is None or known.content is None:  # it is new, or could never be read before
        return Verdict.DUPLICATE if holders else Verdict.NEW
    return Verdict.UNCHANGED if known.file_hash == identity.file_hash else Verdict.CHANGED  # touched, or back again
