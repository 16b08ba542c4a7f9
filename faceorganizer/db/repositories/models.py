"""Models: what makes descriptors."""

from typing import Final

from sqlalchemy import (
    Connection,
    func,
    insert,
    select,
)

from faceorganizer.db.tables import descriptor, model
from faceorganizer.domain.compact import CompactForm, compact_form
from faceorganizer.domain.errors import UnknownIdError
from faceorganizer.domain.faces import (
    EmbeddingModel,
)
from faceorganizer.domain.ids import ModelId

_MODEL: Final = (model.c.name, model.c.version, model.c.dimension, model.c.metric, model.c.aligner)


class ModelRepository:
    """Models, by id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def id_of(self, wanted: EmbeddingModel) -> ModelId:
        """Return the id of a model; in a write it is added when it is new.

        Raises:
            UnknownIdError: It is new, and the transaction only reads.
        """
        values = {name: getattr(wanted, name) for name in ("name", "version", "dimension", "metric", "aligner")}
        same = [model.c[name] == value for name, value in values.items()]
        known = self._connection.execute(select(model.c.id).where(*same)).scalar()
        if known is None and self._connection.exec_driver_sql("PRAGMA query_only").scalar():
            raise UnknownIdError(f"The library has no descriptors of the model {wanted.name} yet.", "Scan first.")
        if known is None:
            known = self._connection.execute(insert(model).values(values).returning(model.c.id)).scalar_one()
        return ModelId(known)

    def get(self, number: ModelId) -> EmbeddingModel:
        """Return a model.

        Raises:
            UnknownIdError: There is none of that id.
        """
        row = self._connection.execute(select(*_MODEL).where(model.c.id == number)).one_or_none()
        if row is None:
            raise UnknownIdError(f"The library has no model {number}.")
        return EmbeddingModel(*row)

    def named(self, name: str) -> EmbeddingModel | None:
        """Return the model of a name that came last into the library; None when there is none."""
        statement = select(*_MODEL).where(model.c.name == name).order_by(model.c.id.desc()).limit(1)
        row = self._connection.execute(statement).one_or_none()
        return None if row is None else EmbeddingModel(*row)

    def known_form(self, number: ModelId) -> CompactForm | None:
        """Return the compact form of a model's descriptors; None where they are only kept in full.

        Raises:
            UnknownIdError: There is no such model.
        """
        return compact_form(self.get(number))

    def counts(self) -> dict[str, int]:
        """Return how many faces are described by the models of each name."""
        source = descriptor.join(model, model.c.id == descriptor.c.model_id)
        statement = select(model.c.name, func.count()).select_from(source).group_by(model.c.name)
        return {name: count for name, count in self._connection.execute(statement).all()}  # noqa: C416 - rows are no pairs

    def dimension(self, number: ModelId) -> int:
        """Return how long the descriptors of a model are.

        Raises:
            UnknownIdError: There is no such model.
        """
        dimension = self._connection.execute(select(model.c.dimension).where(model.c.id == number)).scalar()
        if dimension is None:
            raise UnknownIdError(f"The library has no model {number}.")
        return int(dimension)
