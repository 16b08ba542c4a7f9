"""What learning is given, and what comes of it."""

from dataclasses import dataclass, replace
from typing import Final

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.recognition.metric import Curve, Head, Numbers

MEASURES: Final = ("verification", "suggestions", "grouping")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Faces of which somebody said who it is.

    Attributes:
        descriptors: (n, d) float32, as the network made them.
        people: (n,) int64.
        quality: (n,) float32, 0 to 1.
    """

    descriptors: FloatArray
    people: IntArray
    quality: FloatArray

    def __len__(self) -> int:
        return len(self.people)

    def only(self, rows: IntArray) -> "Confirmed":
        """Some of them."""
        return Confirmed(self.descriptors[rows], self.people[rows], self.quality[rows])

    def seen_by(self, head: Head) -> "Confirmed":
        """The same with the vectors that a head makes."""
        return replace(self, descriptors=head.apply(self.descriptors))


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure, before and after, each 0 to 1, the higher the better: the mean over people.

    Attributes:
        name: One of :data:`MEASURES`.
        low: Lower end of the 90 % interval of the gain.
        high: Its upper end.
    """

    name: str
    before: float
    after: float
    low: float
    high: float

    @property
    def gain(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Histograms:
    """Pairs of faces of held-out people by distance at unit length.

    Attributes:
        edges: (b + 1,) of the bins; what is beyond the last one is in it.
        same_before: (b,) pairs of one person, by the plain descriptors.
        different_before: (b,) pairs of different people.
        same_after: (b,) by the learned metric.
        different_after: (b,)
    """

    edges: Numbers
    same_before: IntArray
    different_before: IntArray
    same_after: IntArray
    different_after: IntArray


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of learning.

    Attributes:
        head: Trained on everybody.
        curve: Of the first fold.
        figures: One for each of :data:`MEASURES`.
        low: Lower end of the 90 % interval of the mean gain of all measures.
        high: Its upper end.
        histograms: Of all folds.
    """

    head: Head
    curve: Curve
    figures: tuple[Figure, ...]
    low: float
    high: float
    histograms: Histograms

    @property
    def worse(self) -> tuple[str, ...]:
        """Names of the measures that fell."""
        return tuple(figure.name for figure in self.figures if figure.gain < 0)

    @property
    def better(self) -> bool:
        """Whether it gains more than its uncertainty in the mean of all measures, and loses by none."""
        return self.low > 0 and not self.worse
