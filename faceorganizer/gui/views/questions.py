"""Questions of the review with everything that is shown of them, read in the background."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.review import AreSame, HoldsTwo, IsPerson, Question, Suggestion, WhoIs
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui.translation import Context
from faceorganizer.library import Library

questions: Final = Context("questions")
BEST_FACES: Final = 12
CANDIDATES: Final = 9  # as many as there are digits
_ALMOST, _LIKELY = 0.95, 0.8


@dataclass(frozen=True, slots=True)
class Card:
    """A question with everything that is shown of it.

    Attributes:
        asked: The faces it is about, by heading; doubtful ones first.
        beside: Faces to compare them with, by heading.
        chosen: Of those asked about, the ones that an answer is for; empty where it is for all.
    """

    question: Question
    asked: Mapping[str, list[Sighting]]
    beside: Mapping[str, list[Sighting]]
    chosen: frozenset[FaceId]

    @property
    def faces(self) -> list[Sighting]:
        """All faces that it is about."""
        return [sighting for part in self.asked.values() for sighting in part]

    @property
    def choosable(self) -> bool:
        """Whether faces can be left out of the answer."""
        return isinstance(self.question, IsPerson | WhoIs)

    def without(self, face: FaceId) -> "Card":
        """The same question, not about this face."""
        question = self.question
        if isinstance(question, IsPerson):
            doubtful = tuple(other for other in question.doubtful if other != face)
            question = replace(question, doubtful=doubtful)
        if isinstance(question, IsPerson | WhoIs):
            question = replace(question, faces=tuple(other for other in question.faces if other != face))
        asked = {title: [s for s in part if s.face != face] for title, part in self.asked.items()}
        return replace(self, question=question, asked=asked, chosen=self.chosen - {face})


def card_of(library: Library, question: Question) -> Card:
    """Read what is shown of a question."""
    if isinstance(question, IsPerson):
        doubtful, fitting = (list(library.faces.sightings(part)) for part in (question.doubtful, question.faces))
        asked = {questions.tr("Doubtful"): doubtful, questions.tr("Likely"): fitting} if doubtful else {"": fitting}
        chosen = frozenset(sighting.face for sighting in fitting)
        return Card(question, asked, {question.name: best(library, question.person)}, chosen)
    if isinstance(question, AreSame):
        one, other = question.names[0] or questions.tr("These"), question.names[1] or questions.tr("and these")
        first, second = best(library, question.first), best(library, question.second)
        return Card(question, {one: first}, {other: second}, frozenset())
    if isinstance(question, HoldsTwo):
        parts = [list(library.faces.sightings(part)) for part in question.parts]
        return Card(question, {questions.tr("These"): parts[0]}, {questions.tr("and these"): parts[1]}, frozenset())
    seen = list(library.faces.sightings(question.faces))
    return Card(question, {"": seen}, {}, frozenset(sighting.face for sighting in seen))


def best(library: Library, person: PersonId) -> list[Sighting]:
    """A person's best faces."""
    return sorted(library.people.sightings(person), key=lambda seen: -seen.quality)[:BEST_FACES]


def about(question: Question) -> object:
    """What of a question its card depends on, so that others need not be read anew."""
    if isinstance(question, IsPerson):
        return question.name, question.faces, question.doubtful
    if isinstance(question, AreSame):
        return question.names
    return question.parts if isinstance(question, HoldsTwo) else question.faces


def concerns(question: Question, person: PersonId) -> bool:
    """Whether a question is one about a person."""
    if isinstance(question, IsPerson | HoldsTwo):
        return question.person == person
    return isinstance(question, AreSame) and person in (question.first, question.second)


def words_of(question: Question) -> str:
    """The question, as it is asked."""
    if isinstance(question, IsPerson):
        return questions.tr("Is this {name}?").format(name=question.name)
    if isinstance(question, AreSame):
        return questions.tr("Are these the same person?")
    if isinstance(question, HoldsTwo):
        return questions.tr("Is {name} two people?").format(name=question.name or questions.tr("this group"))
    return questions.tr("Who is this?")


def likelihood_of(question: Question) -> str:
    """How likely it is, in words."""
    if isinstance(question, WhoIs):
        return ""
    if question.probability >= _ALMOST:
        return questions.tr("almost certain")
    return questions.tr("likely") if question.probability >= _LIKELY else questions.tr("perhaps")


def percent_of(question: Question) -> str:
    """How likely it is, as a number."""
    return "" if isinstance(question, WhoIs) else f"{question.probability:.0%}"


def candidates_of(question: Question | None) -> Sequence[Suggestion]:
    """Who can be chosen by a digit."""
    return question.candidates[:CANDIDATES] if isinstance(question, IsPerson | WhoIs) else ()
