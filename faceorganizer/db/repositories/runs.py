"""Runs of the clustering: with what, when and how they went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from faceorganizer.db.tables import cluster_run
from faceorganizer.domain.ids import ModelId, RunId


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run of the clustering.

    Attributes:
        started: UTC.
        seconds: How long it took.
        summary: What came of it, such as the number of groups.
    """

    id: RunId
    method: str
    parameters: Mapping[str, Any]
    model: ModelId
    seed: int
    started: datetime
    seconds: float
    summary: Mapping[str, Any]


class RunRepository:
    """Runs, by id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        method: str,
        parameters: Mapping[str, object],
        model: ModelId,
        seed: int,
        seconds: float,
        summary: Mapping[str, object],
    ) -> RunId:
        """Add a run that has just ended."""
        started = datetime.now(UTC) - timedelta(seconds=seconds)
        values = {
            "method": method,
            "parameters": dict(parameters),
            "model_id": model,
            "seed": seed,
            "started": started.isoformat(),
            "seconds": seconds,
            "summary": dict(summary),
        }
        statement = insert(cluster_run).values(values).returning(cluster_run.c.id)
        return RunId(self._connection.execute(statement).scalar_one())

    def latest(self) -> RunRecord | None:
        """Return the last run; None when there was none yet."""
        row = self._connection.execute(select(cluster_run).order_by(cluster_run.c.id.desc()).limit(1)).one_or_none()
        if row is None:
            return None
        number, method, parameters, model, seed, started, seconds, summary = row
        return RunRecord(number, method, parameters, model, seed, datetime.fromisoformat(started), seconds, summary)
