"""Classifiers by name; what they need is loaded when one is asked for."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.seams import Classifier


def _made(name: str, *, adapt: bool = True) -> Callable[[], Classifier]:
    def make() -> Classifier:
        from faceorganizer.recognition.classifiers import PRIORS, SCORERS, OpenSetClassifier

        return OpenSetClassifier(scorer=SCORERS[name], prior=PRIORS[name], adapt=adapt)

    return make


CLASSIFIERS: Final[Mapping[str, Callable[[], Classifier]]] = MappingProxyType(
    {
        "nearest": _made("nearest"),
        "knn": _made("knn"),
        # Planes part somebody from those who are known: laid among fewer people they tell nothing of these.
        "svm": _made("svm", adapt=False),
        "evidence": _made("evidence"),
    }
)


def create_classifier(name: str) -> Classifier:
    """Make the classifier of that name.

    Raises:
        SettingError: There is none.
    """
    if name not in CLASSIFIERS:
        raise SettingError(f"There is no classifier “{name}”.", f"Choose one of: {', '.join(CLASSIFIERS)}.")
    return CLASSIFIERS[name]()
