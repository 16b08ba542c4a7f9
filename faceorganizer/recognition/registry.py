"""Classifiers by name; what they need is loaded when one is asked for."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.seams import Classifier


def _made(name: str, *, adapt: bool) -> Callable[[], Classifier]:
    def make() -> Classifier:
        from faceorganizer.recognition.classifiers import PRIORS, SCORERS, OpenSetClassifier

        return OpenSetClassifier(scorer=SCORERS[name], prior=PRIORS[name], adapt=adapt)

    return make


CLASSIFIERS: Final[Mapping[str, Callable[[], Classifier]]] = MappingProxyType(
    {
        "nearest": _made("nearest", adapt=True),
        "knn": _made("knn", adapt=True),
        "svm": _made("svm", adapt=True),
        # As suggestions go by it: with what it was fitted to, whatever library it is.
        "evidence": _made("evidence", adapt=False),
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
