"""Which pictures were searched for faces, by what, and how it ended."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, exists, func, literal, select
from sqlalchemy.dialects import sqlite

from faceorganizer.db.columns import now
from faceorganizer.db.journal import Journal
from faceorganizer.db.queries import among
from faceorganizer.db.tables import content, descriptor, face, file, model, scan
from faceorganizer.domain.ids import ContentId, ModelId
from faceorganizer.domain.pictures import Detail, FileState, ScanState


class ScanRepository:
    """Searches, by picture, detector, detail and model."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def unfinished(self, detector: str, details: Sequence[Detail], model: ModelId) -> list[ContentId]:
        """Return the pictures, by id, that still have to be searched: those with a present file and no search done.

        Args:
            detector: Name of the detector.
            details: The details of which one done is enough: the wanted one and finer ones.
            model: The model of the descriptors.
        """
        present = exists().where(file.c.content_id == content.c.id, file.c.state == FileState.PRESENT.value)
        done = exists().where(
            scan.c.content_id == content.c.id,
            scan.c.detector == detector,
            scan.c.detail.in_([detail.value for detail in details]),
            scan.c.model_id == model,
            scan.c.state == ScanState.DONE.value,
        )
        return list(
            self._connection.execute(select(content.c.id).where(present, ~done).order_by(content.c.id)).scalars()
        )

    def record(
        self, number: ContentId, detector: str, detail: Detail, model: ModelId, state: ScanState, error: str = ""
    ) -> None:
        """Write how a search ended; one that is done clears the errors of earlier ones of that picture."""
        if state is ScanState.DONE:
            failed = scan.c.state == ScanState.FAILED.value
            self._connection.execute(delete(scan).where(scan.c.content_id == number, failed))
        statement = sqlite.insert(scan).values(
            content_id=number,
            detector=detector,
            detail=detail.value,
            model_id=model,
            state=state.value,
            error=error,
            at=now(),
        )
        outcome = {name: statement.excluded[name] for name in ("state", "error", "at")}
        self._connection.execute(statement.on_conflict_do_update(index_elements=scan.primary_key.columns, set_=outcome))
        self._journal.touch("content", [number])

    def done(self) -> list[ContentId]:
        """Return the pictures that were searched, whatever by."""
        statement = select(scan.c.content_id).where(scan.c.state == ScanState.DONE.value).distinct()
        return [ContentId(number) for number in self._connection.execute(statement).scalars()]

    def take_over(self, contents: Sequence[ContentId], model: ModelId) -> None:
        """Count searches of pictures, done with any model, as done with this one, which describes their faces now."""
        done = (
            select(scan.c.content_id, scan.c.detector, scan.c.detail, literal(model), literal(ScanState.DONE.value))
            .add_columns(literal(""), literal(now()))
            .where(among(scan.c.content_id, contents), scan.c.state == ScanState.DONE.value)
            .distinct()
        )
        columns = ["content_id", "detector", "detail", "model_id", "state", "error", "at"]
        statement = sqlite.insert(scan).from_select(columns, done)
        self._connection.execute(statement.on_conflict_do_nothing())
        self._journal.touch("content", contents)

    def forget(self, number: ContentId) -> None:
        """Forget all searches of a picture, so that it is searched again."""
        self._connection.execute(delete(scan).where(scan.c.content_id == number))
        self._journal.touch("content", [number])

    def describe_again(self) -> int:
        """Forget the searches that led to descriptors which were rounded since, so that these faces are described anew.

        Returns:
            How many pictures are searched again.
        """
        rounded = (
            select(face.c.content_id)
            .join(descriptor, descriptor.c.face_id == face.c.id)
            .join(model, model.c.id == descriptor.c.model_id)
            .where(func.length(descriptor.c.vector) == model.c.dimension)
        )
        gone = self._connection.execute(delete(scan).where(scan.c.content_id.in_(rounded)).returning(scan.c.content_id))
        pictures = set(gone.scalars())
        self._journal.touch("content", pictures)
        return len(pictures)
