"""Writes what workers found into the library, deciding what each file is to it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import numpy as np

from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.faces import FaceObservations, FaceSource, FaceState, StoredFace
from faceorganizer.domain.geometry import match_boxes
from faceorganizer.domain.ids import ContentId, FileId, ModelId, RootId
from faceorganizer.domain.pictures import (
    ContentRecord,
    Detail,
    FileRecord,
    FileState,
    PictureIdentity,
    ScanState,
)
from faceorganizer.services.scan.report import Verdict
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
    """

    def __init__(self, search: Search, gone: Callable[[FileRecord], bool]) -> None:
        self._search = search
        self._gone = gone
        self.created: set[ContentId] = set()
        self.moved: set[FileId] = set()

    def identified(
        self, unit: UnitOfWork, root: RootId, found: FoundFile, known: FileRecord | None, identity: PictureIdentity
    ) -> tuple[Verdict, ContentId]:
        """Record a file whose picture is now known, and say what it is to the library."""
        content = unit.contents.by_hash([identity.content_hash]).get(identity.content_hash)
        if known is not None:
            return self._known_file(unit, found, known, content, identity)
        if content is None:
            created = self._create(unit, identity)
            unit.files.add([_record(root, found, identity, created)])
            return Verdict.NEW, created
        former = self._former_place(unit, content.id, found, identity)
        if former is not None:
            self.moved.add(former.id)
            unit.files.update([replace(_record(root, found, identity, content.id), id=former.id)])
            if former.file_hash != identity.file_hash:
                self._take_metadata(unit, content, identity)
            return Verdict.MOVED, content.id
        others = unit.files.of_contents([content.id]).get(content.id, [])
        unit.files.add([_record(root, found, identity, content.id)])
        return Verdict.DUPLICATE if others else Verdict.NEW, content.id

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

    def searched(self, unit: UnitOfWork, content: ContentId, found: FaceObservations) -> int:
        """Record the faces of a picture and return how many of them are new.

        A face found again keeps its id and all that people said of it. One that is not found again goes, unless
        somebody made a decision about it.
        """
        known = unit.faces.of_contents([content]).get(content, [])
        boxes = np.array([face.box for face in known], np.float32).reshape(-1, 4)
        matches = [(known[row].id, column) for row, column in match_boxes(boxes, found.boxes, SAME_FACE)]
        matched = {face for face, _ in matches}
        lost = [face.id for face in known if face.id not in matched and _disposable(face)]
        unit.faces.store(content, self._search.model, self._search.detector, found, matches, lost)
        self._file(unit, content, ScanState.DONE)
        return len(found) - len(matches)

    def unsearchable(self, unit: UnitOfWork, content: ContentId, reason: str) -> None:
        """Record that a picture could not be decoded; it is tried again at the next scan."""
        self._file(unit, content, ScanState.FAILED, reason)

    def _file(self, unit: UnitOfWork, content: ContentId, state: ScanState, reason: str = "") -> None:
        search = self._search
        unit.scans.record(content, search.detector, search.detail, search.model, state, reason)

    def _known_file(
        self,
        unit: UnitOfWork,
        found: FoundFile,
        known: FileRecord,
        content: ContentRecord | None,
        identity: PictureIdentity,
    ) -> tuple[Verdict, ContentId]:
        verdict = Verdict.CHANGED
        if content is None:
            content_id = self._create(unit, identity)
        else:
            content_id = content.id
            if known.file_hash == identity.file_hash:
                verdict = Verdict.UNCHANGED  # touched, or back again
            elif known.content == content.id:
                self._take_metadata(unit, content, identity)
        if known.content is None:
            verdict = Verdict.NEW  # it could never be read before
        unit.files.update([replace(_record(known.root, found, identity, content_id), id=known.id)])
        return verdict, content_id

    def _take_metadata(self, unit: UnitOfWork, content: ContentRecord, identity: PictureIdentity) -> None:
        before = content.identity
        if before.orientation != identity.orientation:
            size = (before.width, before.height)
            unit.faces.turn(content.id, before.orientation, identity.orientation, size)
            unit.scans.forget(content.id)  # faces that lay on their side may be found now
        unit.contents.update(content.id, identity)

    def _former_place(
        self, unit: UnitOfWork, content: ContentId, found: FoundFile, identity: PictureIdentity
    ) -> FileRecord | None:
        def unlikeness(record: FileRecord) -> tuple[bool, bool, int]:
            other_name = PurePosixPath(record.path).name != PurePosixPath(found.path).name
            return record.file_hash != identity.file_hash, other_name, record.id

        records = unit.files.of_contents([content]).get(content, [])
        gone = [record for record in records if record.state is FileState.MISSING or self._gone(record)]
        return min(gone, key=unlikeness, default=None)

    def _create(self, unit: UnitOfWork, identity: PictureIdentity) -> ContentId:
        content = unit.contents.add(identity)
        self.created.add(content)
        return content


def _record(root: RootId, found: FoundFile, identity: PictureIdentity, content: ContentId) -> FileRecord:
    return FileRecord(
        FileId(0), root, found.path, found.size, found.mtime_ns, identity.file_hash, content, FileState.PRESENT
    )


def _disposable(face: StoredFace) -> bool:
    return face.source is FaceSource.DETECTED and face.state is FaceState.ACTIVE and not face.decided
