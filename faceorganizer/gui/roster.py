"""Everybody in the library, read once for all places and kept up to date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.people import PersonRecord
from faceorganizer.gui.background import Background
from faceorganizer.gui.bridge import Bridge
from faceorganizer.library import Library

MANY: Final = 200  # people or faces in a change from which on everybody is read again
REST_MS: Final = 1000  # between two readings of everybody: a scan changes something all the time
NAMES: Final = 500


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was read.

    Attributes:
        asked: Those that were asked about; None for everybody.
        names: Known names, those used last first.
    """

    asked: frozenset[PersonId] | None
    records: Sequence[PersonRecord]
    names: list[str]


class Roster(QObject):
    """The people and groups there are, by id, in the order the library lists them when it is read whole.

    After a change only the people it is about are read.

    Signals:
        changed: Somebody is there, has gone or is another than before; with the ids, or None for everybody.
    """

    changed = Signal(object)

    def __init__(self, library: Library, background: Background, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._bridge = bridge
        self._records: dict[PersonId, PersonRecord] = {}
        self._names: list[str] = []
        self._due: list[ChangeSet] = []
        self._all_due = False
        self._reading = False
        self._complete = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._go_on)
        bridge.changed.connect(self.follow)

    @property
    def complete(self) -> bool:
        """Whether everybody was read once."""
        return self._complete

    @property
    def current(self) -> bool:
        """Whether everybody was read, and no decision was made since; a scan may have found somebody."""
        return self._complete and not (self._reading or self._due or self._bridge.pending)

    @property
    def records(self) -> Mapping[PersonId, PersonRecord]:
        """Everybody, the hidden among them."""
        return MappingProxyType(self._records)

    @property
    def names(self) -> list[str]:
        """Known names, those used last first."""
        return self._names

    def read(self) -> None:
        """Read everybody again, soon."""
        self._all_due = True
        self._go_on()

    def refresh(self) -> None:
        """Read everybody again, unless that was done just now: another program may have written, too."""
        if not self._rest.isActive():
            self.read()

    def follow(self, changes: ChangeSet) -> None:
        """Read those a change is about."""
        if _concerns_all(changes):
            self._all_due = True
        elif changes.of("person") or changes.of("face"):
            self._due.append(changes)
        self._go_on()

    def _go_on(self) -> None:
        if self._reading:
            return
        if self._all_due and not self._rest.isActive():
            self._all_due, self._due = False, []
            self._reading = True
            self._background.read(self._everybody, self._come)
        elif self._due:
            changes, self._due = ChangeSet.merged(self._due), []
            if _concerns_all(changes):  # many small ones
                self._all_due = True
                self._go_on()
                return
            self._reading = True
            self._background.read(partial(self._some, changes), self._come)

    def _everybody(self) -> _Answer:
        return _Answer(None, self._library.people.list(), self._recent())

    def _some(self, changes: ChangeSet) -> _Answer:
        faces = [FaceId(number) for number in changes.of("face")]
        people = {PersonId(number) for number in changes.of("person")} | self._library.people.holders(faces)
        return _Answer(frozenset(people), self._library.people.some(people), self._recent())

    def _recent(self) -> list[str]:
        return [record.name for record in self._library.people.recent(NAMES) if record.name]

    def _come(self, answer: _Answer) -> None:
        self._reading = False
        self._names = answer.names
        if answer.asked is None:
            self._records = {record.id: record for record in answer.records}
            self._complete = True
            self._rest.start()
        else:
            came = {record.id: record for record in answer.records}
            for number in answer.asked - came.keys():
                self._records.pop(number, None)
            self._records.update(came)
        self.changed.emit(answer.asked)
        self._go_on()


def _concerns_all(changes: ChangeSet) -> bool:
    """Whether it is quicker to read everybody, or who is concerned cannot be told."""
    several = len(changes.of("person")) > MANY or len(changes.of("face")) > 5 * MANY
    return several or any(changes.of(entity) for entity in ("content", "file", "root"))
