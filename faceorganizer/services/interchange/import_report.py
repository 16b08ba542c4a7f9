"""What an import of names did, and what it left alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UsageError


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
