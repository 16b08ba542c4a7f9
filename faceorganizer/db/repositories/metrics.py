"""What was learned from confirmed faces: one metric for each model of descriptors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import numpy as np
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import sqlite

from faceorganizer.db.columns import now
from faceorganizer.db.journal import Journal
from faceorganizer.db.tables import metric, model
from faceorganizer.domain.errors import LibraryCorruptError
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.ids import ModelId

MetricState = Literal["used", "refused", "dropped", "outdated"]

_FLOAT: Final = np.dtype("<f4")
_WHOLE: Final = np.dtype("<i8")


@dataclass(frozen=True, slots=True)
class MetricRecord:
    """A learned metric.

    Attributes:
        made: UTC.
        state: Whether it is used; "refused" since it was no better, "dropped" since it no longer is, "outdated" since
            much of what it was learned from is no longer said.
        centre: (d,) float32.
        weights: (d, d) float32.
        width: Above 0.
        trained: (n, 2) int64 face and person of each face that it was learned from, by face.
        report: What was measured, as JSON.
    """

    made: datetime
    state: MetricState
    centre: FloatArray
    weights: FloatArray
    width: float
    trained: IntArray
    report: Mapping[str, Any]


class MetricRepository:
    """Learned metrics, by model. Machine work: no steps of the journal."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def get(self, number: ModelId) -> MetricRecord | None:
        """Return what was learned; None when nothing was.

        Raises:
            LibraryCorruptError: What is stored is not as long as it should be.
        """
        row = self._connection.execute(select(metric).where(metric.c.model_id == number)).one_or_none()
        if row is None:
            return None
        # Reading only a whole matrix: whoever changed the file may have left anything.
        numbers, dimension = len(row.weights) // _FLOAT.itemsize, 0
        while dimension * (dimension + 1) < numbers:
            dimension += 1
        if dimension * (dimension + 1) * _FLOAT.itemsize != len(row.weights) or len(row.trained) % (
            2 * _WHOLE.itemsize
        ):
            raise LibraryCorruptError("What was learned from confirmed faces is damaged in the library.")
        values = np.frombuffer(row.weights, _FLOAT).astype(np.float32).reshape(dimension + 1, dimension)
        return MetricRecord(
            datetime.fromisoformat(row.made),
            row.state,
            values[0],
            values[1:],
            row.width,
            np.frombuffer(row.trained, _WHOLE).astype(np.int64).reshape(-1, 2),
            row.report,
        )

    def in_use(self, number: ModelId) -> datetime | None:
        """Return when the metric was made that is used; None when none is. It reads no weights."""
        used = (metric.c.model_id == number, metric.c.state == "used")
        made = self._connection.execute(select(metric.c.made).where(*used)).scalar()
        return None if made is None else datetime.fromisoformat(made)

    def states(self) -> list[dict[str, object]]:
        """Return the model, state and moment of every metric."""
        statement = select(model.c.name, metric.c.state, metric.c.made).join(model, model.c.id == metric.c.model_id)
        rows = self._connection.execute(statement.order_by(metric.c.model_id))
        return [{"model": row.name, "state": row.state, "made": row.made} for row in rows]

    def put(
        self,
        number: ModelId,
        state: MetricState,
        *,
        centre: FloatArray,
        weights: FloatArray,
        width: float,
        trained: IntArray,
        report: Mapping[str, Any],
    ) -> datetime:
        """Keep a metric in the place of the one there was; return when it was made."""
        made = now()
        values = {
            "model_id": number,
            "made": made,
            "state": state,
            "width": width,
            "weights": np.concatenate([centre[None], weights]).astype(_FLOAT).tobytes(),
            "trained": trained.astype(_WHOLE).tobytes(),
            "report": dict(report),
        }
        statement = sqlite.insert(metric).values(values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["model_id"], set_=values))
        self._journal.touch("metric", [number])
        return datetime.fromisoformat(made)

    def set_state(self, number: ModelId, state: MetricState) -> None:
        """Say whether a metric is used."""
        self._connection.execute(update(metric).where(metric.c.model_id == number).values(state=state))
        self._journal.touch("metric", [number])

    def forget(self) -> bool:
        """Delete everything that was learned; return whether there was anything."""
        gone = self._connection.execute(delete(metric).returning(metric.c.model_id)).scalars().all()
        self._journal.touch("metric", gone)
        return bool(gone)
