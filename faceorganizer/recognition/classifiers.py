"""Classifiers by name: each a way to measure, with a calibration that turns it into probabilities.

How many faces are known, not how many people, says how easily a stranger resembles somebody: the two are far apart
where few people have many faces. The constants are fitted to one half of the people of Labeled Faces in the Wild, half
of the queries being strangers, by galleries of 10 to 1,000 people and by libraries with people as frequent as there
(``tests/benchmarks/identification_lfw.py`` fits and measures).
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from faceorganizer.domain.errors import UsageError, VectorError
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.domain.seams import Candidates
from faceorganizer.neighbours.spread import Spread
from faceorganizer.neighbours.vectors import checked_vectors
from faceorganizer.recognition.calibration import MOST_FACES, NestedLogit, Trial, adapted
from faceorganizer.recognition.evidence import LFW, Calibration, likened
from faceorganizer.recognition.scorers import Hyperplanes, NearestFace, NearestFew, Scored, Scorer, Votes

DRAWS: Final = 3  # in which half of the people are taken for strangers
MOST_KNOWN: Final = 300  # people of one draw who are not
ASKED: Final = 5  # faces of one person in one draw
_BLOCK: Final = 4096

PRIORS: Final[Mapping[str, NestedLogit]] = MappingProxyType(
    {
        "nearest": NestedLogit((17.735, -15.453, -22.412, 2.696, -7.021), -0.588, 0.542),
        "knn": NestedLogit((12.564, 10.133, -13.535, -18.785, -3.566, 0.841, -6.152), -0.415, 0.61),
        "svm": NestedLogit((12.572, 3.794, 0.876, -1.851, 1.689, -12.74, -17.545), -0.157, 0.713),
        "evidence": NestedLogit(LFW.weights, LFW.crowd, LFW.rivalry),
    }
)
SCORERS: Final[Mapping[str, Callable[[], Scorer]]] = MappingProxyType(
    {"nearest": NearestFace, "knn": Votes, "svm": Hyperplanes, "evidence": NearestFew}
)


class OpenSetClassifier:
    """A way to measure, and what its measures mean.

    Args:
        scorer: Makes what measures.
        prior: What its features mean in general.
        adapt: Whether the people learned shift and stretch that, some being taken for strangers in turn.
    """

    def __init__(self, *, scorer: Callable[[], Scorer], prior: NestedLogit, adapt: bool = True) -> None:
        self.scorer = scorer
        self.prior = prior
        self.adapt = adapt

    def fit(self, descriptors: FloatArray, people: IntArray, context: JobContext) -> None:
        """Learn who faces are; see :class:`~faceorganizer.domain.seams.Classifier`."""
        vectors = checked_vectors(descriptors)
        if people.shape != (len(vectors),):
            raise UsageError(f"There are {len(vectors):,} faces and {len(people):,} people.", "One for each is needed.")
        if (people < 0).any():
            raise UsageError("Somebody has an id below 0.", "Leave out faces of nobody.")
        self._ids, places = np.unique(people, return_inverse=True)
        self._dimension = vectors.shape[1]
        self._faces = _counted(places)
        self._learned = _learned(self.scorer, vectors, places)
        self._link = self.prior
        if self.adapt:
            self._link = adapted(list(trials(self.scorer, vectors, places, context)), self.prior)

    def predict(self, descriptors: FloatArray, rows: IntArray | None = None) -> Candidates:
        """Say who faces may be; see :class:`~faceorganizer.domain.seams.Classifier`."""
        vectors = checked_vectors(descriptors)
        if self._learned is None or not len(vectors):
            return Candidates(np.full((len(vectors), 0), -1, np.int64), np.zeros((len(vectors), 0)))
        if vectors.shape[1] != self._dimension:
            raise VectorError(f"The faces have {vectors.shape[1]} numbers each, those learned have {self._dimension}.")
        rows = np.full(len(vectors), -1) if rows is None else rows
        scorer = self._learned
        parts = [slice(start, start + _BLOCK) for start in range(0, len(vectors), _BLOCK)]
        found = [self._ranked(scorer.score(vectors[part], rows[part])) for part in parts]
        return Candidates(
            np.concatenate([one.people for one in found]), np.concatenate([one.probabilities for one in found])
        )

    def _ranked(self, scored: Scored) -> Candidates:
        present = scored.places >= 0
        chances = self._link.probabilities(scored.features, present, self._faces)
        people = np.where(present, self._ids[scored.places], -1)
        order = np.lexsort((people, -chances, ~present), axis=1)
        return Candidates(np.take_along_axis(people, order, axis=1), np.take_along_axis(chances, order, axis=1))


def adapted_evidence(vectors: FloatArray, places: IntArray, spread: Spread) -> Calibration:
    """The evidence that suggestions go by, as the people of a library ask for; takes a fraction of a second.

    Args:
        vectors: (n, dimension) faces whose people are sure.
        places: (n,) whose they are, 0, 1, 2 and so on.
        spread: Of the distances between people.
    """
    found = adapted(list(trials(lambda: NearestFew(spread), vectors, places, Unattended())), PRIORS["evidence"])
    return likened(LFW, found.slope, found.shift)


def trials(scorer: Callable[[], Scorer], vectors: FloatArray, places: IntArray, context: JobContext) -> Iterator[Trial]:
    """Hold out faces of half of the people, and take the others for strangers, a few times over.

    Args:
        scorer: Makes what measures.
        vectors: (n, dimension) faces.
        places: (n,) whose they are, 0, 1, 2 and so on.
        context: Asked before each draw whether to go on.

    Raises:
        CancelledError: The context said so.
    """
    random = np.random.default_rng(0)
    sizes = np.bincount(places)
    for _ in range(DRAWS):
        context.check_cancelled()
        shuffled = random.permutation(len(sizes))
        # Who has one face cannot be asked about once it is learned, and would look less likely than such people are.
        several = shuffled[sizes[shuffled] > 1]
        known = several[: min(MOST_KNOWN, (len(several) + 1) // 2)]
        strangers = np.setdiff1d(shuffled, known)
        asked = _some(places, known, random, share=2)
        if len(asked) and len(strangers):
            unknown = random.permutation(_some(places, strangers, random))[: len(asked)]
            learned = np.setdiff1d(_of(places, known), asked)
            yield tried(scorer, (vectors[learned], places[learned]), vectors, places, np.concatenate([asked, unknown]))


def tried(
    scorer: Callable[[], Scorer],
    learned: tuple[FloatArray, IntArray],
    vectors: FloatArray,
    people: IntArray,
    asked: IntArray,
) -> Trial:
    """Learn some faces and ask about others.

    Args:
        scorer: Makes what measures.
        learned: Descriptors and people of the faces to learn.
        vectors: (n, dimension) faces.
        people: (n,) whose they are.
        asked: (q,) rows of those to ask about.
    """
    ids, places = np.unique(learned[1], return_inverse=True)
    made = scorer()
    made.learn(learned[0], places)
    scored = made.score(vectors[asked], np.full(len(asked), -1))
    present = scored.places >= 0
    match = present & (ids[scored.places] == people[asked][:, None])
    right = np.where(match.any(axis=1), match.argmax(axis=1), -1)
    return Trial(scored.features, present, right, np.isin(people[asked], ids), _counted(places))


def _learned(scorer: Callable[[], Scorer], vectors: FloatArray, places: IntArray) -> Scorer | None:
    if not len(vectors):
        return None
    made = scorer()
    made.learn(vectors, places)
    return made


def _counted(places: IntArray) -> int:
    """Faces learned, as far as they count."""
    return int(np.minimum(np.bincount(places), MOST_FACES).sum())


def _of(places: IntArray, people: IntArray) -> IntArray:
    return np.flatnonzero(np.isin(places, people))


def _some(places: IntArray, people: IntArray, random: np.random.Generator, share: int = 1) -> IntArray:
    """Rows of at most :data:`ASKED` faces of each person, and of no more than one in so many of that person's."""
    mixed = random.permutation(_of(places, people))
    order = mixed[np.argsort(places[mixed], kind="stable")]
    own = places[order]
    rank = np.arange(len(own)) - np.searchsorted(own, own)
    sizes = np.bincount(own)[own] if len(own) else own
    return np.sort(order[rank < np.minimum(sizes // share, ASKED)])
