"""Albums: photos put together by hand, or by a rule that is asked anew each time; and what such a rule may ask."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.ids import AlbumId, ContentId, PersonId

RULE_VERSION: Final = 1
OF_PEOPLE: Final = ("any_of", "all_of", "only", "without")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoQuery:
    """Which photos are wanted. Conditions add up; empty ones do not count.

    Attributes:
        any_of: At least one of these people is in it.
        all_of: All of them are.
        only: All of them are, and nobody else with a face in it.
        without: None of them is.
        year: Taken in that year.
        taken_from: Taken on that day or later.
        taken_to: Taken on that day or earlier.
        min_faces: At least so many active faces are in it.
        max_faces: At most so many are, and it was searched for faces.
        unnamed: A face is in it that no named person holds.
        folder: It is in this folder, or in one below.
        failed: It could not be read.
        no_faces: No face was found in it.
        photo: It is this one; its duplicates are others of its files.
    """

    any_of: Collection[PersonId] = ()
    all_of: Collection[PersonId] = ()
    only: Collection[PersonId] = ()
    without: Collection[PersonId] = ()
    year: int | None = None
    taken_from: date | None = None
    taken_to: date | None = None
    min_faces: int | None = None
    max_faces: int | None = None
    unnamed: bool = False
    folder: Path | None = None
    failed: bool = False
    no_faces: bool = False
    photo: ContentId | None = None

    def __post_init__(self) -> None:
        for name in OF_PEOPLE:
            # Two questions that ask the same are equal, whatever the ids came in.
            object.__setattr__(self, name, tuple(dict.fromkeys(getattr(self, name))))

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody who is mentioned, each once."""
        return tuple(dict.fromkeys(person for name in OF_PEOPLE for person in getattr(self, name)))

    def following(self, heirs: Mapping[PersonId, PersonId]) -> "PhotoQuery":
        """Return the question with the people that others were merged into in their places."""
        return replace(
            self,
            any_of=[heirs.get(person, person) for person in self.any_of],
            all_of=[heirs.get(person, person) for person in self.all_of],
            only=[heirs.get(person, person) for person in self.only],
            without=[heirs.get(person, person) for person in self.without],
        )

    def checked(self) -> "PhotoQuery":
        """Return the question if it can have an answer.

        Raises:
            UsageError: Two of its limits exclude each other, or a number is none.
        """
        if self.taken_from is not None and self.taken_to is not None and self.taken_from > self.taken_to:
            raise UsageError(f"No photo was taken from {self.taken_from} on and up to {self.taken_to}.")
        least, most = self.min_faces or 0, self.max_faces
        if least < 0 or (most is not None and most < least):
            raise UsageError(f"No photo has at least {least} and at most {most} faces.")
        if self.year is not None and not 1 <= self.year <= 9999:
            raise UsageError(f"{self.year} is no year.")
        return self

    def to_json(self) -> dict[str, Any]:
        """Return plain values that :meth:`from_json` reads: the version, and each condition that counts."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        # 0 faces are a condition.
        wanted = {name: _plain(value) for name, value in values if value not in (None, ()) and value is not False}
        return {"version": RULE_VERSION, **wanted}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "PhotoQuery":
        """Read what :meth:`to_json` returned.

        Raises:
            ValueError: It is none, or of a version that is not known.
        """
        values = dict(stored)
        if values.pop("version", None) != RULE_VERSION:
            raise ValueError(f"not a rule of version {RULE_VERSION}: {stored!r:.200}")
        unknown = values.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"a rule knows no {sorted(unknown)}")
        for name in OF_PEOPLE:
            if not all(type(number) is int for number in values.get(name, ())):
                raise ValueError(f"not ids of people: {values[name]!r:.200}")
        for name in ("taken_from", "taken_to"):
            if name in values:
                values[name] = date.fromisoformat(values[name])
        if "folder" in values:
            values["folder"] = Path(values["folder"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class AlbumRecord:
    """One album.

    Attributes:
        query: The rule of a smart album; None for one that is kept by hand.
        photos: Number of distinct pictures in it, also of those whose files are missing.
        cover: Its newest picture by the date it was taken that can be shown; None when there is none.
        created: UTC.
        people: Those whom the rule mentions and who are there.
        gone: Ids that the rule mentions and that are nobody's any more: nothing is found of them.
    """

    id: AlbumId
    name: str
    query: PhotoQuery | None
    photos: int
    cover: ContentId | None
    created: datetime
    people: tuple[PersonId, ...] = ()
    gone: tuple[PersonId, ...] = ()

    @property
    def smart(self) -> bool:
        """Whether a rule says what is in it."""
        return self.query is not None


def _plain(value: Any) -> Any:
    match value:
        case tuple():
            return [int(number) for number in value]
        case date():
            return value.isoformat()
        case Path():
            return str(value)
        case _:
            return value
