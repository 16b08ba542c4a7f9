"""People: named persons and unnamed groups."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from faceorganizer.domain.ids import FaceId, PersonId

NO_TEXT = frozenset({"Cc", "Cs"})  # control characters, and bytes that are no valid UTF-8


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A named person or an unnamed group.

    Attributes:
        name: None for an unnamed group.
        faces: Number of active faces in present photos.
        photos: Number of distinct present pictures they are in.
        key_face: The face that stands for the person; the best one when the user chose none.
    """

    id: PersonId
    name: str | None
    faces: int
    photos: int
    key_face: FaceId | None
    hidden: bool
    note: str = ""
    birth_date: date | None = None

    @property
    def state(self) -> str:
        """Either "named", "unnamed" or "hidden"."""
        if self.hidden:
            return "hidden"
        return "unnamed" if self.name is None else "named"


def count_people(records: Collection[PersonRecord]) -> tuple[int, int]:
    """How many are named people, and how many unnamed groups."""
    named = sum(record.name is not None for record in records)
    return named, len(records) - named


def clean_name(text: str) -> str | None:
    """Return a name as it is stored: NFC, trimmed, inner white space single, without what is no text; None if empty."""
    spaced = "".join(" " if unicodedata.category(character) in NO_TEXT else character for character in text)
    return " ".join(unicodedata.normalize("NFC", spaced).split()) or None


def same_name(first: str, second: str) -> bool:
    """Whether two names are one to a reader: compared without case and compatibility forms."""
    return _folded(first) == _folded(second)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
