"""People: named persons and unnamed groups."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.ids import FaceId, PersonId

NO_TEXT = frozenset({"Cc", "Cs"})  # control characters, and bytes that are no valid UTF-8
DAYS_A_YEAR = 365.2425


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


@dataclass(frozen=True, slots=True)
class PersonOutline:
    """What is known of a person or group without looking at the faces."""

    id: PersonId
    name: str | None
    hidden: bool
    birth_date: date | None


def count_people(records: Collection[PersonRecord]) -> tuple[int, int]:
    """How many are named people, and how many unnamed groups."""
    named = sum(record.name is not None for record in records)
    return named, len(records) - named


def clean_name(text: str) -> str | None:
    """Return a name as it is stored: NFC, trimmed, inner white space single, without what is no text; None if empty."""
    spaced = "".join(" " if unicodedata.category(character) in NO_TEXT else character for character in text)
    return " ".join(unicodedata.normalize("NFC", spaced).split()) or None


def clean_note(text: str) -> str:
    """Return a note as it is stored: NFC, lines without trailing white space, without what is no text."""
    lines = unicodedata.normalize("NFC", text).splitlines()
    spaced = ("".join(" " if unicodedata.category(c) in NO_TEXT else c for c in line).rstrip() for line in lines)
    return "\n".join(spaced).strip()


def joined_notes(record: PersonRecord, others: Collection[PersonRecord]) -> str:
    """Return the note of somebody who others turned out to be: nothing that was written about them is lost.

    Notes of the others follow in lines of their own, and their birth dates where another one stays.
    """
    lines = [record.note]
    born = record.birth_date or first_birth_date(others)
    for other in others:
        lines += [line for line in other.note.splitlines() if line not in record.note.splitlines()]
        if other.birth_date not in (None, born):
            lines.append(f"{other.name or f'Person {other.id}'}: born {other.birth_date}")
    return "\n".join(dict.fromkeys(filter(None, lines)))


def first_birth_date(records: Iterable[PersonRecord]) -> date | None:
    """Return the first birth date that is known."""
    return next((record.birth_date for record in records if record.birth_date is not None), None)


def checked_birth_date(text: str, today: date) -> date | None:
    """Read a birth date as YYYY-MM-DD; None when the text is empty.

    Raises:
        UsageError: It is no date, or later than today.
    """
    if not text.strip():
        return None
    try:
        born = datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError(f"{text.strip()!r} is no date.", "Write it as YYYY-MM-DD, such as 1980-12-31.") from error
    if born > today:
        raise UsageError(f"{born} is in the future.", "Say when the person was born.")
    return born


def age_at(born: date | None, taken: datetime | None) -> float | None:
    """Return the age in years in a photo: negative before birth, None when either date is unknown."""
    return None if born is None or taken is None else (taken.date() - born).days / DAYS_A_YEAR


def can_show(born: date | None, taken: datetime | None) -> bool:
    """Whether a photo can show somebody: it was not taken before the day of birth, as far as both are known."""
    age = age_at(born, taken)
    return age is None or age >= 0


def same_name(first: str, second: str) -> bool:
    """Whether two names are one to a reader: compared without case and compatibility forms."""
    return folded(first) == folded(second)


def folded(name: str) -> str:
    """Return what of a name is compared: the same for all names that are one to a reader."""
    if name.isascii():
        return name.casefold()  # it has no other forms; most names of thousands are compared at once
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def distinct_names(names: Iterable[str]) -> list[str]:
    """Return each of the names that are one to a reader once, as it came first."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(folded(name), name)
    return list(first.values())
