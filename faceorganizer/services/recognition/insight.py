"""What can be said of a library as a whole, and the figures of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import EmbeddingModel, FaceTable
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.insight import (
    ClosePair,
    DistanceHistogram,
    FigureStyle,
    Insight,
    PeopleDistances,
    QualityHistogram,
)
from faceorganizer.domain.people import PersonRecord, same_name
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.services.clustering.service import DEFAULT_METHOD
from faceorganizer.services.mathematics import load_scipy
from faceorganizer.services.models.chosen import library_model
from faceorganizer.services.settings import SettingsService

PAIRS: Final = 100  # that are listed
MOST_PEOPLE: Final = 2000  # of a matrix: 16 MB
BIN: Final = 0.02  # of distances
QUALITY_BINS: Final = 20
_MOST_COMPARED: Final = 50_000  # people and groups: twenty seconds of two cores
_SPARE: Final = 100  # pairs, for those that are namesakes


class InsightService:
    """Looks at all faces and people together; nothing is changed.

    Args:
        database: The library.
        settings: For the model and the strictness of grouping.
    """

    def __init__(self, database: Database, settings: SettingsService) -> None:
        self._database = database
        self._settings = settings

    def distances(self, context: JobContext | None = None) -> DistanceHistogram:
        """How far apart confirmed faces of one named person are, and of different ones.

        Raises:
            UsageError: Nobody has two confirmed faces, so that there is nothing to measure.
            CancelledError: The context said so.
        """
        # Only here, and below: the libraries take a while to load.
        load_scipy()
        from faceorganizer.recognition.insight import pair_distances

        context = context or Unattended()
        model = library_model(self._settings)
        with self._database.read() as unit:
            faces = _faces(unit, model, descriptors=True)
            cut = self._cut(unit, faces)
            named = _named(unit)
        rows = np.flatnonzero(faces.decided & np.isin(faces.persons, named))
        persons = faces.persons[rows]
        found = pair_distances(faces.descriptors[rows], persons, context=context)
        if not found.same_pairs:
            raise UsageError(
                "Nobody has two confirmed faces yet, so there are no distances to show.",
                "Name somebody: all faces of that person are confirmed then.",
            )
        longest = max(float(part.max(initial=0)) for part in (found.same, found.different))
        edges = np.arange(0, longest + 2 * BIN, BIN, dtype=np.float64).astype(np.float32)
        cut_at = np.inf if cut is None else cut
        return DistanceHistogram(
            edges,
            _counted(found.same, edges),
            _counted(found.different, edges),
            found.same_pairs,
            found.different_pairs,
            len(rows),
            len(np.unique(persons)),
            cut,
            _share(found.same > cut_at),
            _share(found.different <= cut_at),
        )

    def people(
        self, context: JobContext | None = None, *, most: int = MOST_PEOPLE, pairs: int = PAIRS
    ) -> PeopleDistances:
        """How far people and groups are apart, and which are so close that they may be one.

        Hidden ones are left out. Pairs that the user said are different people, and people who share a name, are not
        listed.

        Args:
            context: Told of progress; may cancel.
            most: People of the matrix, those with most faces; 0 to 2,000.
            pairs: Closest pairs that are listed, 0 or more.

        Raises:
            UsageError: A number is out of range.
            CancelledError: The context said so.
        """
        load_scipy()
        from faceorganizer.recognition.insight import closest_people, distances_between, people_means, side_by_side

        if not 0 <= most <= MOST_PEOPLE:
            raise UsageError(f"A matrix has 0 to {MOST_PEOPLE} people, not {most}.")
        if pairs < 0:
            raise UsageError(f"There are no {pairs} pairs.")
        context = context or Unattended()
        model = library_model(self._settings)
        with self._database.read() as unit:
            faces = _faces(unit, model, descriptors=True)
            records = {record.id: record for record in unit.people.visible() if not record.hidden}
            parted = _parted(unit, faces)
            tolerated = self._tolerated(unit, faces)
        context.check_cancelled()
        everybody = people_means(
            faces.descriptors, np.where(np.isin(faces.persons, np.array(list(records), np.int64)), faces.persons, -1)
        )
        largest = np.argsort(-everybody.faces, kind="stable")
        shown = everybody.only(np.sort(largest[:most]))
        distances = distances_between(shown)
        order = side_by_side(distances)
        compared = everybody.only(np.sort(largest[:_MOST_COMPARED]))
        rows, apart = closest_people(compared, pairs + len(parted) + _SPARE, context=context)
        ids = compared.people[rows]
        near = self._near(tolerated, len(faces), compared.faces[rows], apart)
        found = [
            ClosePair(first, second, float(distance), 0, bool(joins))
            for (first, second), distance, joins in zip(
                [(records[PersonId(a)], records[PersonId(b)]) for a, b in ids.tolist()], apart, near, strict=True
            )
            if _may_be_one(first, second, parted)
        ][:pairs]
        return PeopleDistances(
            [records[PersonId(number)] for number in shown.people[order].tolist()],
            distances[np.ix_(order, order)],
            len(everybody),
            _with_photos(found, faces),
        )

    def quality(self) -> QualityHistogram:
        """How good the faces of named people, of groups and of nobody are."""
        model = library_model(self._settings)
        with self._database.read() as unit:
            faces = _faces(unit, model, descriptors=False)
            named = _named(unit)
        edges = np.linspace(0, 1, QUALITY_BINS + 1).astype(np.float32)
        of_named = np.isin(faces.persons, named)
        worth = np.clip(np.nan_to_num(faces.quality), 0, 1)
        return QualityHistogram(
            edges,
            _counted(worth[of_named], edges),
            _counted(worth[(faces.persons >= 0) & ~of_named], edges),
            _counted(worth[faces.persons < 0], edges),
            self._settings.library().grouping.least_quality,
        )

    def save(
        self,
        shown: Insight,
        destination: Path,
        context: JobContext | None = None,
        *,
        style: FigureStyle = FigureStyle(),  # noqa: B008 - immutable
        replace: bool = False,
        pairs: bool = False,
    ) -> Path:
        """Write what was found as a figure (.png, .svg) or a table (.csv).

        Args:
            shown: What to show.
            destination: The file.
            context: May cancel; nothing is written then.
            style: Colours and size of a figure.
            replace: Whether a file that is there already is replaced.
            pairs: Of people as a table: the closest pairs in place of the matrix.

        Returns:
            The absolute path.

        Raises:
            FileThereError: There is such a file, and it may not be replaced.
            UsageError: The name ends otherwise, is that of a folder, or there is nothing to show.
            StorageError: The file cannot be written.
            CancelledError: The context said so.
        """
        # Only here: most of what is looked at is never written.
        from faceorganizer.services.recognition.figures import save_figure

        cache = self._database.folder / "cache" / "figures"
        return save_figure(
            shown, destination, cache, context or Unattended(), style=style, replace=replace, pairs=pairs
        )

    def _grouping(self, unit: UnitOfWork) -> tuple[str, Mapping[str, Any]]:
        """Method and parameters of the present grouping; those of the settings before there is one."""
        latest = unit.runs.latest()
        if latest is not None:
            return latest.method, latest.parameters
        return DEFAULT_METHOD, {"strangers": self._settings.library().grouping.strangers}

    def _tolerated(self, unit: UnitOfWork, faces: FaceTable) -> float | None:
        """Strangers that the present grouping tolerates around a face; None where its method counts none."""
        load_scipy()
        from faceorganizer.clustering.strangers import tolerated

        method, parameters = self._grouping(unit)
        if method != DEFAULT_METHOD or "strangers" not in parameters:
            return None
        share = float((faces.persons >= 0).mean()) if len(faces) else 0.0
        return tolerated(float(parameters["strangers"]), share, len(faces))

    def _cut(self, unit: UnitOfWork, faces: FaceTable) -> float | None:
        """Distance at which the present grouping draws the line, for faces without a neighbour in common."""
        load_scipy()
        from faceorganizer.clustering.strangers import reach

        method, parameters = self._grouping(unit)
        if method == DEFAULT_METHOD and parameters.get("cut") is not None:
            return float(parameters["cut"])
        strangers = self._tolerated(unit, faces)
        return None if strangers is None else reach(strangers, len(faces))

    @staticmethod
    def _near(tolerated: float | None, faces: int, sizes: IntArray, apart: FloatArray) -> npt.NDArray[np.bool_]:
        """Which pairs of people are as near as those that grouping joins."""
        load_scipy()
        from faceorganizer.clustering.infomap import JOINING
        from faceorganizer.clustering.strangers import reach_of_groups

        if tolerated is None or not len(apart):
            return np.zeros(len(apart), np.bool_)
        joined: npt.NDArray[np.bool_] = apart <= reach_of_groups(tolerated * JOINING, faces, sizes[:, 0], sizes[:, 1])
        return joined


def _faces(unit: UnitOfWork, model: EmbeddingModel, *, descriptors: bool) -> FaceTable:
    try:
        return unit.descriptors.table(unit.models.id_of(model), descriptors=descriptors)
    except UnknownIdError:  # nothing was scanned yet
        none = np.zeros(0, np.int64)
        vectors = np.zeros((0, model.dimension), np.float32)
        return FaceTable(none, none, np.zeros(0, np.float32), none, np.zeros(0, np.bool_), vectors)


def _named(unit: UnitOfWork) -> IntArray:
    return np.array([record.id for record in unit.people.outlines() if record.name is not None], np.int64)


def _counted(values: FloatArray, edges: FloatArray) -> IntArray:
    return np.histogram(values, edges)[0].astype(np.int64)


def _share(which: npt.NDArray[np.bool_]) -> float:
    return float(which.mean()) if len(which) else 0.0


def _parted(unit: UnitOfWork, faces: FaceTable) -> set[tuple[int, int]]:
    """People, the lower id first, of whom the user said that they are two."""
    holder = dict(zip(faces.ids.tolist(), faces.persons.tolist(), strict=True))
    pairs = [(holder.get(face, -1), person) for face, person in unit.people.rejections().tolist()]
    pairs += [(holder.get(a, -1), holder.get(b, -1)) for a, b, kind in unit.people.links() if kind == "cannot"]
    return {(min(pair), max(pair)) for pair in pairs if min(pair) >= 0 and pair[0] != pair[1]}


def _may_be_one(first: PersonRecord, second: PersonRecord, parted: set[tuple[int, int]]) -> bool:
    if first.name is not None and second.name is not None and same_name(first.name, second.name):
        return False
    return (min(first.id, second.id), max(first.id, second.id)) not in parted


def _with_photos(pairs: list[ClosePair], faces: FaceTable) -> list[ClosePair]:
    """The pairs with how many photos show both."""
    numbers = np.unique([number for pair in pairs for number in (pair.first.id, pair.second.id)]).astype(np.int64)
    shown = np.isin(faces.persons, numbers)
    keys = np.unique(np.column_stack([faces.persons[shown], faces.contents[shown]]), axis=0)
    bounds = np.searchsorted(keys[:, 0], numbers), np.searchsorted(keys[:, 0], numbers, side="right")
    photos = {
        number: keys[start:end, 1]
        for number, start, end in zip(numbers.tolist(), *(bound.tolist() for bound in bounds), strict=True)
    }
    return [
        ClosePair(
            pair.first,
            pair.second,
            pair.distance,
            len(np.intersect1d(photos[pair.first.id], photos[pair.second.id], assume_unique=True)),
            pair.joins,
        )
        for pair in pairs
    ]
