"""One transaction, and the repositories that work in it."""

from types import MappingProxyType

from sqlalchemy import Connection, select

from faceorganizer.db import tables
from faceorganizer.db.journal import Journal
from faceorganizer.db.repositories.albums import AlbumRepository
from faceorganizer.db.repositories.contents import ContentRepository
from faceorganizer.db.repositories.descriptors import DescriptorRepository
from faceorganizer.db.repositories.faces import FaceRepository
from faceorganizer.db.repositories.files import FileRepository
from faceorganizer.db.repositories.metrics import MetricRepository
from faceorganizer.db.repositories.models import ModelRepository
from faceorganizer.db.repositories.people import PersonRepository
from faceorganizer.db.repositories.photos import PhotoListing
from faceorganizer.db.repositories.roots import RootRepository
from faceorganizer.db.repositories.runs import RunRepository
from faceorganizer.db.repositories.scans import ScanRepository
from faceorganizer.db.repositories.settings import SettingRepository
from faceorganizer.db.repositories.sightings import SightingListing
from faceorganizer.db.repositories.steps import StepRepository
from faceorganizer.db.repositories.written import WrittenRepository
from faceorganizer.domain.changes import ChangeSet


class UnitOfWork:
    """What belongs together: all of it happens, or nothing.

    Args:
        connection: In a transaction.
        step: Label of the journal step; empty for machine work.
    """

    def __init__(self, connection: Connection, step: str = "") -> None:
        self._connection = connection
        self._journal = Journal(connection, step)
        self.roots = RootRepository(connection, self._journal)
        self.files = FileRepository(connection, self._journal)
        self.contents = ContentRepository(connection, self._journal)
        self.scans = ScanRepository(connection, self._journal)
        self.models = ModelRepository(connection)
        self.descriptors = DescriptorRepository(connection, self._journal, self.models)
        self.faces = FaceRepository(connection, self._journal, self.descriptors)
        self.photos = PhotoListing(connection)
        self.sightings = SightingListing(connection)
        self.people = PersonRepository(connection, self._journal)
        self.albums = AlbumRepository(connection, self._journal)
        self.runs = RunRepository(connection)
        self.metrics = MetricRepository(connection, self._journal)
        self.written = WrittenRepository(connection, self._journal)
        self.settings = SettingRepository(connection, self._journal)
        self.steps = StepRepository(connection, self._journal)

    @property
    def changes(self) -> ChangeSet:
        """What was written so far."""
        return self._journal.changes

    def everything(self) -> ChangeSet:
        """Return the ids of all rows that views show."""
        shown = (tables.person, tables.face, tables.content, tables.file, tables.root, tables.album, tables.setting)
        ids = {table.name: frozenset(self._connection.execute(select(table.c.id)).scalars()) for table in shown}
        return ChangeSet(ids=MappingProxyType(ids))

    def finish(self) -> None:
        """Write the step into the journal, as the last thing before the commit."""
        self._journal.store()
