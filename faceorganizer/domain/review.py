"""What is likely, and what is worth asking.

Every question says how many faces its answer is expected to settle:

- :class:`IsPerson`: the sum of the probabilities of its faces; for a group, its probability times its faces.
- :class:`AreSame`: its probability times the faces of the smaller one.
- :class:`HoldsTwo`: its probability times the faces of the smaller part.
- :class:`WhoIs`: half of the faces, as if every other group were known to whoever is asked.

Faces that are set apart as doubtful do not count.
"""

from dataclasses import dataclass

from faceorganizer.domain.ids import FaceId, PersonId

KNOWN = 0.5  # of those who are asked about, whoever is asked knows this share

QuestionKey = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who a face or a group may be.

    Attributes:
        person: A named person.
        probability: 0 to 1, calibrated; all suggestions for one face or group are at most 1 together.
    """

    person: PersonId
    name: str
    probability: float


@dataclass(frozen=True, slots=True)
class Suggested:
    """A face or an unnamed group with who it may be, the likeliest first.

    Attributes:
        face: The face, where it is a single one.
        group: The group, otherwise.
        faces: How many faces there are.
    """

    face: FaceId | None
    group: PersonId | None
    faces: int
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class IsPerson:
    """Are these faces, or is this group, a certain person?

    Attributes:
        person: Whom they may be.
        group: The group they are; None for faces that are in none.
        faces: Those that fit, the most doubtful first.
        doubtful: Those that fit less, set apart, the most doubtful first.
        probability: That the group is; of single faces the mean over those that fit, or over all if none does.
        candidates: Everybody it may be, the likeliest first; empty for single faces, which have their own each.
        settles: Faces that the answer is expected to settle.
    """

    person: PersonId
    name: str
    group: PersonId | None
    faces: tuple[FaceId, ...]
    doubtful: tuple[FaceId, ...]
    probability: float
    candidates: tuple[Suggestion, ...]
    settles: float

    @property
    def key(self) -> QuestionKey:
        """What tells the question apart, whatever else changes."""
        return "person", self.person, self.group or 0


@dataclass(frozen=True, slots=True)
class AreSame:
    """Are these two one person? Both are unnamed, or both are named.

    Attributes:
        first: The one with more faces.
        second: The other one.
        names: Of both; None for unnamed groups.
    """

    first: PersonId
    second: PersonId
    names: tuple[str | None, str | None]
    probability: float
    settles: float

    @property
    def key(self) -> QuestionKey:
        """What tells the question apart, whatever else changes."""
        return "same", min(self.first, self.second), max(self.first, self.second)


@dataclass(frozen=True, slots=True)
class HoldsTwo:
    """Are the faces of this person those of two people?

    Attributes:
        parts: The faces of each, the larger part first.
    """

    person: PersonId
    name: str | None
    parts: tuple[tuple[FaceId, ...], tuple[FaceId, ...]]
    probability: float
    settles: float

    @property
    def key(self) -> QuestionKey:
        """What tells the question apart, whatever else changes."""
        return "mixed", self.person, 0


@dataclass(frozen=True, slots=True)
class WhoIs:
    """Who is this?

    Attributes:
        faces: Of the group, by id.
        candidates: Whom it might be, though none is likely enough to ask about.
    """

    group: PersonId
    faces: tuple[FaceId, ...]
    candidates: tuple[Suggestion, ...]
    settles: float

    @property
    def key(self) -> QuestionKey:
        """What tells the question apart, whatever else changes."""
        return "who", self.group, 0


Question = IsPerson | AreSame | HoldsTwo | WhoIs
