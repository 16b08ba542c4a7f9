"""The one place where descriptors become the vectors that are compared: plain, or as learned from confirmed faces."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from faceorganizer.db.repositories.metrics import MetricRecord, MetricState
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.faces import FaceTable
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.ids import ModelId
from faceorganizer.recognition.metric import Head
from faceorganizer.services.mathematics import load_scipy
from faceorganizer.services.recognition.trial import Confirmed
from faceorganizer.settings.keys import library_settings

MOST_CHANGED: Final = 0.2  # share of the faces learned from of which something else is said now


@dataclass(frozen=True, slots=True)
class Learned:
    """A head that is used.

    Attributes:
        made: When it was learned; it tells heads apart.
    """

    made: datetime
    head: Head

    def seen(self, faces: FaceTable) -> FaceTable:
        """The faces with vectors as learned."""
        return replace(faces, descriptors=self.head.apply(faces.descriptors))


def learned_head(unit: UnitOfWork, model: ModelId) -> Learned | None:
    """What the descriptors of a model are seen through now; None for nothing."""
    if in_use(unit, model) is None:
        return None
    record = unit.metrics.get(model)
    return None if record is None else Learned(record.made, head_of(record))


def in_use(unit: UnitOfWork, model: ModelId) -> datetime | None:
    """When the head was learned that is used; None when none is."""
    wanted = library_settings(unit.settings.all()).recognition.learned == "auto"
    return unit.metrics.in_use(model) if wanted else None


def seen(faces: FaceTable, learned: Learned | None) -> FaceTable:
    """The faces with the vectors that are compared."""
    return faces if learned is None else learned.seen(faces)


def head_of(record: MetricRecord) -> Head:
    """The head that a record keeps."""
    return Head(record.centre, record.weights, record.width)


def judge_again(unit: UnitOfWork, model: ModelId) -> bool:
    """Find out whether what was learned still helps, by the faces confirmed since; it takes a fraction of a second.

    Returns:
        Whether it was stopped being used.
    """
    record = unit.metrics.get(model)
    if record is None or record.state == "refused":
        return False
    # Only here: most groupings are without.
    load_scipy()
    from faceorganizer.services.recognition.judging import gain_since

    faces = unit.descriptors.table(model, decided=True)
    if _changed(record.trained, faces) > MOST_CHANGED:
        unit.metrics.set_state(model, "outdated")
        return record.state == "used"
    confirmed = Confirmed(faces.descriptors, faces.persons, faces.quality)
    fresh = np.flatnonzero(~np.isin(faces.ids, record.trained[:, 0]))
    gain = gain_since(head_of(record), confirmed, fresh)
    state: MetricState
    if gain is not None:
        state = "dropped" if gain < 0 else "used"
    else:  # what was taken back may be said again
        state = "used" if record.state == "outdated" else record.state
    if state != record.state:
        unit.metrics.set_state(model, state)
    return record.state == "used" != state


def _changed(trained: IntArray, faces: FaceTable) -> float:
    """Share of the faces learned from that are no longer confirmed, or no longer with the others of their person."""
    rows = np.minimum(np.searchsorted(faces.ids, trained[:, 0]), max(len(faces) - 1, 0))
    if not len(faces) or not len(trained):
        return float(len(trained) > 0)
    there = faces.ids[rows] == trained[:, 0]
    pairs, sizes = np.unique(np.stack([trained[there, 1], faces.persons[rows[there]]]), axis=1, return_counts=True)
    # People may have other ids by now: whoever holds most faces of somebody is that person, and nobody else as well.
    order = np.argsort(-sizes, kind="stable")
    former, present = (np.unique(pairs[side, order], return_index=True)[1] for side in (0, 1))
    return 1 - float(sizes[order][np.intersect1d(former, present)].sum()) / len(trained)
