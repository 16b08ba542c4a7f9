"""Suggestions by a classifier that learned from the confirmed faces of named people."""

import numpy as np

from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import Candidates
from faceorganizer.recognition.evidence import LEFT_BY_GROUPING, Values
from faceorganizer.recognition.registry import create_classifier
from faceorganizer.services.recognition.likeness import Chances, Likeness


class Identifier:
    """A classifier that has learned a library as it is now.

    What may be suggested follows the same rules as with evidence: nobody a face was rejected for, who is in the photo
    already, or was born later.

    Args:
        likeness: The library's faces.
        name: Of the classifier.

    Raises:
        SettingError: There is no such classifier.
    """

    def __init__(self, likeness: Likeness, name: str) -> None:
        self._likeness = likeness
        faces = likeness.faces
        named = [number for number, who in likeness.people.items() if who.name is not None]
        # Never what a machine guessed.
        self._rows = np.flatnonzero(faces.decided & np.isin(faces.persons, np.array(named, np.int64)))
        self._classifier = create_classifier(name)
        self._classifier.fit(faces.descriptors[self._rows], faces.persons[self._rows], Unattended())

    def named(self) -> Chances:
        """Who of the named people each unit may be."""
        likeness = self._likeness
        units = np.concatenate([likeness.loose, likeness.groups])
        return self._chances(units, LEFT_BY_GROUPING)

    def of_face(self, face: FaceId) -> Chances:
        """Who of the named people a face may be, whoever holds it; its holder is judged by the other faces."""
        faces = self._likeness.faces
        row = int(np.searchsorted(faces.ids, face))
        if row == len(faces) or faces.ids[row] != face:
            return _none()
        place = int(np.searchsorted(self._rows, row))
        learned = place if place < len(self._rows) and self._rows[place] == row else -1
        told = self._classifier.predict(faces.descriptors[[row]], np.array([learned]))
        return self._told(np.array([-face]), told, np.ones(1, np.int64), self._likeness.prior(int(faces.persons[row])))

    def of_group(self, group: PersonId) -> Chances:
        """Who of the other named people a person or group may be."""
        if not len(self._likeness.rows(group)):
            return _none()
        return self._chances(np.array([group], np.int64), self._likeness.prior(group))

    def _chances(self, units: IntArray, log_odds: float) -> Chances:
        faces = self._likeness.faces
        alone = units[units < 0]
        groups = [self._likeness.portrait(number).witnesses for number in units[units > 0].tolist()]
        witnesses = np.concatenate([faces.descriptors[np.searchsorted(faces.ids, -alone)], *groups])
        sizes = np.array([*np.ones(len(alone)), *map(len, groups)], np.int64)
        return self._told(units, self._classifier.predict(witnesses), sizes, log_odds)

    def _told(self, units: IntArray, told: Candidates, sizes: IntArray, log_odds: float) -> Chances:
        """Chances of units, each of which some faces in a row speak for: the mean of what is said of these."""
        unit = np.repeat(np.arange(len(units)), sizes)[:, None]
        unit = np.broadcast_to(unit, told.people.shape)[told.people >= 0]
        people, values = told.people[told.people >= 0], told.probabilities[told.people >= 0]
        width = 1 + int(people.max(initial=0))
        keys, entry = np.unique(unit * width + people, return_inverse=True)
        unit, people = np.divmod(keys, width)
        values = np.bincount(entry, values, len(keys)) / sizes[unit]
        fit = self._likeness.allowed(units[unit], people) & (units[unit] != people)
        # Known not to be these, the others are the likelier.
        left = np.maximum(1 - np.bincount(unit, values * ~fit, len(units)), 1e-9)
        unit, people, values = unit[fit], people[fit], values[fit]
        values = _shifted(unit, values / left[unit], log_odds, len(units))
        order = np.lexsort((people, -values, units[unit]))
        return Chances(units[unit][order], people[order], values[order])


def _shifted(unit: IntArray, values: Values, log_odds: float, units: int) -> Values:
    """Probabilities when the odds of being anybody known are others."""
    known = np.minimum(np.bincount(unit, values, units), 1.0)
    odds = np.exp(log_odds)
    return np.asarray(values * odds / (known * odds + 1 - known)[unit], np.float64)


def _none() -> Chances:
    return Chances(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
