"""What classifiers measure: candidates for a face, with the features that evidence is made of.

Each finds at most :data:`CANDIDATES` people. A face that was learned does not speak for itself when it is asked about.
"""

import warnings
from dataclasses import dataclass, field
from typing import Final, Protocol

import faiss
import numpy as np

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.neighbours.spread import DLIB, Spread
from faceorganizer.recognition.evidence import Values, features
from faceorganizer.recognition.gallery import REACH, Gallery, Units, nearest_people, portray

CANDIDATES: Final = 10
_LOOKED_AT: Final = 200  # nearest faces among which the nearest of several people are


@dataclass(frozen=True, slots=True)
class Scored:
    """Candidates of n faces, in any order.

    Attributes:
        places: (n, k) int64 places of people, from 0 up; -1 where there are fewer.
        features: (n, k, f) float64.
    """

    places: IntArray
    features: Values


class Scorer(Protocol):
    """Measures how well people fit faces."""

    def learn(self, vectors: FloatArray, places: IntArray) -> None:
        """Take in (n, dimension) faces of people 0, 1, 2 and so on, each with one face or more."""

    def score(self, vectors: FloatArray, rows: IntArray) -> Scored:
        """Find candidates for (m, dimension) faces; rows (m,) are where they are among those learned, or -1."""


@dataclass(slots=True)
class NearestFace:
    """The nearest face of each person (nearest neighbour rule; Cover and Hart, 1967).

    Features: 1, d, d^2, ln n, d ln n for the distance d and n faces of the person.
    """

    _index: "faiss.IndexFlatL2" = field(init=False)
    _places: IntArray = field(init=False)
    _sizes: IntArray = field(init=False)

    def learn(self, vectors: FloatArray, places: IntArray) -> None:
        """Keep all faces."""
        self._index, self._places = _flat(vectors), places
        self._sizes = np.bincount(places)

    def score(self, vectors: FloatArray, rows: IntArray) -> Scored:
        """The people of the nearest faces."""
        found, distances = _nearest(self._index, vectors, rows, _LOOKED_AT)
        places = np.where(found >= 0, self._places[found], -1)
        columns = _first_of_each(places)
        places = np.where(columns >= 0, np.take_along_axis(places, np.maximum(columns, 0), axis=1), -1)
        d = np.take_along_axis(distances, np.maximum(columns, 0), axis=1)
        d = np.where(places >= 0, d, 0.0)
        count = np.log(np.maximum(_sizes_without(self._sizes, self._places, places, rows), 1))
        return Scored(places, np.stack([np.ones_like(d), d, d * d, count, d * count], axis=-1))


@dataclass(slots=True)
class Votes:
    """The k nearest faces, each with a vote that counts the more, the nearer it is.

    Dudani, "The distance-weighted k-nearest-neighbor rule", 1976, with weights 1 / d^2. Features: 1, s, d, d^2, s d,
    ln n, d ln n for the share s of the votes, the mean distance d of who casts them, and n faces of the person.

    Attributes:
        k: Faces with a vote.
    """

    k: int = 5
    _index: "faiss.IndexFlatL2" = field(init=False)
    _places: IntArray = field(init=False)
    _sizes: IntArray = field(init=False)

    def learn(self, vectors: FloatArray, places: IntArray) -> None:
        """Keep all faces."""
        self._index, self._places = _flat(vectors), places
        self._sizes = np.bincount(places)

    def score(self, vectors: FloatArray, rows: IntArray) -> Scored:
        """The people of the faces with a vote."""
        found, d = _nearest(self._index, vectors, rows, self.k)
        voters = np.where(found >= 0, self._places[found], -1)
        d = np.where(voters >= 0, d, 0.0)
        weights = np.where(voters >= 0, 1 / np.maximum(d, 0.05) ** 2, 0.0)
        same = (voters[:, :, None] == voters[:, None, :]) & (voters >= 0)[:, None, :]
        share = (same * weights[:, None, :]).sum(axis=2) / np.maximum(weights.sum(axis=1), 1e-12)[:, None]
        mean = (same * d[:, None, :]).sum(axis=2) / np.maximum(same.sum(axis=2), 1)
        columns = _first_of_each(voters)
        places = np.where(columns >= 0, np.take_along_axis(voters, np.maximum(columns, 0), axis=1), -1)
        s, m = (np.take_along_axis(values, np.maximum(columns, 0), axis=1) for values in (share, mean))
        count = np.log(np.maximum(_sizes_without(self._sizes, self._places, places, rows), 1))
        return Scored(places, np.stack([np.ones_like(s), s, m, m * m, s * m, count, m * count], axis=-1))


@dataclass(slots=True)
class Hyperplanes:
    """A plane for each person that parts their faces from others: linear support vector machine, one versus rest.

    Cortes and Vapnik, "Support-vector networks", 1995; liblinear. Only the faces nearest to the person's are parted off
    (hard negatives, as by Malisiewicz, Gupta and Efros, "Ensemble of exemplar-SVMs", ICCV 2011): all others lie beyond
    them, and time grows with the number of people, not with its square. A plane says who is likelier, not whether it is
    anybody: what lies far from everything is on some side of it as well. Therefore the features are, for the value f of
    the decision function, n faces of the person and the distance d to their mean: 1, f, f^2, ln n, f ln n, d, d^2.

    Attributes:
        c: Cost of a face on the wrong side.
        negatives: Faces that a person's are parted from.
    """

    c: float = 1.0
    negatives: int = 300
    _vectors: FloatArray = field(init=False)
    _places: IntArray = field(init=False)
    _sizes: IntArray = field(init=False)
    _order: IntArray = field(init=False)
    _starts: IntArray = field(init=False)
    _means: FloatArray = field(init=False)
    _planes: FloatArray = field(init=False)
    _others: IntArray = field(init=False)

    def learn(self, vectors: FloatArray, places: IntArray) -> None:
        """Lay a plane for each person."""
        self._vectors, self._places = vectors, places
        self._sizes = np.bincount(places)
        self._order = np.argsort(places, kind="stable")
        self._starts = np.cumsum(self._sizes) - self._sizes
        sums = np.add.reduceat(vectors[self._order], self._starts)
        self._means = (sums / self._sizes[:, None]).astype(np.float32)
        wanted = min(len(vectors), self.negatives + int(self._sizes.max()))
        self._others = _flat(vectors).search(self._means, wanted)[1]
        self._planes = np.stack([self._plane(place) for place in range(len(self._sizes))])

    def score(self, vectors: FloatArray, rows: IntArray) -> Scored:
        """The people with the largest values of the decision function."""
        values = vectors @ self._planes[:, :-1].T + self._planes[:, -1]
        k = min(CANDIDATES, values.shape[1])
        places = np.argpartition(-values, k - 1, axis=1)[:, :k].astype(np.int64)
        f = np.take_along_axis(values, places, axis=1).astype(np.float64)
        means = self._means[places]
        left = _sizes_without(self._sizes, self._places, places, rows)
        for query in np.flatnonzero(rows >= 0).tolist():
            own = int(self._places[rows[query]])
            plane = self._plane(own, without=int(rows[query]))
            column = np.flatnonzero(places[query] == own)
            f[query, column] = vectors[query] @ plane[:-1] + plane[-1]
            others = self._means[own] * self._sizes[own] - self._vectors[rows[query]]
            means[query, column] = others / max(1, self._sizes[own] - 1)
        d = np.linalg.norm(means - vectors[:, None], axis=2)
        places[(left == 0) | (len(self._sizes) == 1)] = -1  # a plane parts a person from others
        count = np.log(np.maximum(left, 1))
        return Scored(places, np.stack([np.ones_like(f), f, f * f, count, f * count, d, d * d], axis=-1))

    def _plane(self, place: int, without: int = -1) -> FloatArray:
        """(dimension + 1,) normal and offset of a person's plane."""
        # Only here: scikit-learn takes a while to load.
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.svm import LinearSVC

        start = int(self._starts[place])
        mine = self._order[start : start + int(self._sizes[place])]
        mine = mine[mine != without]
        others = self._others[place]
        others = others[self._places[others] != place][: self.negatives]
        plane = np.zeros(self._vectors.shape[1] + 1, np.float32)
        if not len(mine) or not len(others):
            return plane
        chosen = np.concatenate([mine, others])
        model = LinearSVC(C=self.c, class_weight="balanced", random_state=0, max_iter=2000)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # equal faces cannot be parted; how far it came will do
            model.fit(self._vectors[chosen], np.arange(len(chosen)) < len(mine))
        plane[:-1], plane[-1] = model.coef_[0], model.intercept_[0]
        return plane


@dataclass(slots=True)
class NearestFew:
    """The nearest three of a person's faces, as suggestions go by (:mod:`faceorganizer.recognition.evidence`).

    Attributes:
        spread: Of the distances between people; they count as those of dlib's network that are as unusual.
    """

    spread: Spread = DLIB
    _gallery: Gallery = field(init=False)
    _vectors: FloatArray = field(init=False)
    _places: IntArray = field(init=False)

    def learn(self, vectors: FloatArray, places: IntArray) -> None:
        """Choose the faces that stand for each person."""
        self._vectors, self._places = vectors, places
        sizes = np.bincount(places)
        parts = np.split(np.argsort(places, kind="stable"), np.cumsum(sizes)[:-1])
        portraits = [portray(vectors[rows], np.ones(len(rows), np.float32)) for rows in parts]
        self._gallery = Gallery.of(np.arange(len(sizes)), portraits, vectors.shape[1])

    def score(self, vectors: FloatArray, rows: IntArray) -> Scored:
        """The people within reach, the nearest ones where there are many."""
        inside = rows >= 0
        own = np.where(inside, self._places[rows], -1)
        reach = DLIB.carried(REACH, self.spread)
        found = nearest_people(Units.of(vectors, own), self._gallery, reach=reach)
        units, places, d, n = found.units, found.places, found.distances, found.compared
        # Who holds a face is judged by the other faces.
        for query in np.flatnonzero(inside).tolist():
            others = np.flatnonzero(self._places == own[query])
            others = others[others != rows[query]]
            if len(others):
                portrait = portray(self._vectors[others], np.ones(len(others), np.float32))
                alone = Gallery.of(own[[query]], [portrait], vectors.shape[1])
                one = nearest_people(Units.of(vectors[[query]], np.array([-1])), alone, reach=reach)
                units, places = np.append(units, one.units + query), np.append(places, own[query][None][one.places])
                d, n = np.append(d, one.distances), np.append(n, one.compared)
        order = np.lexsort((d, units))
        units, places, d, n = units[order], places[order], d[order], n[order]
        rank = np.arange(len(units)) - np.searchsorted(units, units)
        kept = rank < CANDIDATES
        table = np.full((len(vectors), CANDIDATES), -1, np.int64)
        values = np.zeros((len(vectors), CANDIDATES, 7))
        table[units[kept], rank[kept]] = places[kept]
        values[units[kept], rank[kept]] = features(self.spread.carried(d[kept], DLIB), n[kept])
        return Scored(table, values)


def _flat(vectors: FloatArray) -> "faiss.IndexFlatL2":
    index = faiss.IndexFlatL2(max(1, vectors.shape[1]))
    if len(vectors):
        index.add(vectors)
    return index


def _nearest(
    index: "faiss.IndexFlatL2", vectors: FloatArray, rows: IntArray, count: int
) -> tuple[IntArray, FloatArray]:
    """(m, count) rows of the nearest faces, -1 where there are fewer, and their distances; never the face itself."""
    wanted = min(index.ntotal, count + 1)
    squares, found = index.search(vectors, wanted)
    itself = (found == rows[:, None]) & (rows[:, None] >= 0)
    order = np.argsort(itself, axis=1, kind="stable")  # to the end
    found = np.where(np.take_along_axis(itself, order, axis=1), -1, np.take_along_axis(found, order, axis=1))
    distances = np.sqrt(np.maximum(np.take_along_axis(squares, order, axis=1), 0))
    return found[:, :count], distances[:, :count]


def _first_of_each(places: IntArray) -> IntArray:
    """(m, CANDIDATES) columns in which a place is for the first time in its row, in order; -1 where there are fewer."""
    order = np.argsort(places, axis=1, kind="stable")
    ordered = np.take_along_axis(places, order, axis=1)
    first = np.ones(places.shape, np.bool_)
    first[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first &= ordered >= 0
    found = np.zeros(places.shape, np.bool_)
    np.put_along_axis(found, order, first, axis=1)
    columns = np.argsort(~found, axis=1, kind="stable")
    columns = np.where(np.take_along_axis(found, columns, axis=1), columns, -1)[:, :CANDIDATES]
    return np.asarray(columns, np.int64)


def _sizes_without(sizes: IntArray, places: IntArray, candidates: IntArray, rows: IntArray) -> IntArray:
    """(m, k) faces of each candidate, but for the face that is asked about itself."""
    own = np.where(rows >= 0, places[rows], -2)
    return np.asarray(sizes[candidates] - (candidates == own[:, None]), np.int64)
