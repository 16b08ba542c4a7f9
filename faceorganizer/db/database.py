"""A library's database: created, opened, locked, read, written, copied and checked."""

import contextlib
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine

from faceorganizer.db import backup, checks, migrations
from faceorganizer.db.engine import APPLICATION_ID, connect, driver, read_engine, stored_version, write_engine
from faceorganizer.db.errors import corrupt, folder_errors, is_told, library_errors
from faceorganizer.db.forgetting import Forgotten, forget
from faceorganizer.db.lock import WriterLock
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.changes import KEPT_COPIES, KEPT_SETTING
from faceorganizer.domain.errors import (
    FaceOrganizerError,
    LibraryCorruptError,
    LibraryError,
    LibraryExistsError,
    LibraryLockedError,
    LibraryMissingError,
    LibraryTooNewError,
)
from faceorganizer.domain.ids import PersonId

NAME: Final = "library.sqlite"
_LOOK_AGAIN: Final = 0.02  # seconds


class _Own(threading.local):
    """What a thread holds: blocks of the lock."""

    blocks = 0


class Database:
    """An open library. Objects may be shared between threads; writers take turns.

    Made by :meth:`create` and :meth:`open`.

    Attributes:
        folder: The library's folder.
        path: Its database.
    """

    def __init__(self, folder: Path, *, busy_seconds: float) -> None:
        self.folder = folder
        self.path = folder / NAME
        self._lock = WriterLock(folder)
        self._gate = threading.RLock()  # to the lock
        self._own = _Own()
        self._turn = threading.Lock()
        self._writing: int | None = None
        self._closed = False
        self._busy_seconds = busy_seconds
        self._writer: Engine = write_engine(self.path, busy_seconds)
        self._reader: Engine = read_engine(self.path, busy_seconds)

    @classmethod
    def create(cls, folder: Path, *, busy_seconds: float = 5.0) -> "Database":
        """Make a new library in a folder, which may exist, and open it.

        The database appears under its name only when it is complete.

        Raises:
            LibraryExistsError: There is one already, or what is left of one.
            LibraryLockedError: Another process is making one.
            StorageError: The folder cannot be written to.
        """
        with folder_errors(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not any(folder.iterdir()):
                folder.chmod(0o700)
            with WriterLock(folder).held():
                _refuse_remains(folder / NAME)
                for name in ("cache", backup.FOLDER):
                    (folder / name).mkdir(mode=0o700, exist_ok=True)
                _build(folder / NAME)
        return cls.open(folder, busy_seconds=busy_seconds)

    @classmethod
    def open(cls, folder: Path, *, busy_seconds: float = 5.0) -> "Database":
        """Open a library; one of an older version is copied into backups/ and brought up to date first.

        Args:
            folder: The library's folder.
            busy_seconds: How long to wait for a foreign program that holds the database.

        Raises:
            LibraryMissingError: There is none.
            LibraryTooNewError: It was made by a newer version of the program; nothing in the folder was changed.
            LibraryCorruptError: It is damaged.
            LibraryLockedError: It is of an older version, and another process is writing to it.
            StorageError: It cannot be read.
        """
        path = folder / NAME
        if not path.is_file():
            raise LibraryMissingError(
                f"There is no library in {folder}.",
                "Begin with: faceorganizer scan FOLDER, or: faceorganizer library create",
            )
        if _known_version(path) < len(migrations.STEPS):
            _migrate(folder)
        database = cls(folder, busy_seconds=busy_seconds)
        try:
            with database.read():
                return database
        except BaseException:  # no connection may stay behind, whatever happened
            database._dispose()
            raise

    def lock(self) -> AbstractContextManager[None]:
        """Hold the writer's lock for a block, without waiting; blocks of one process may overlap.

        Raises:
            LibraryLockedError: Another process holds it; the message says which.
        """
        self._check_open()
        return self._held()

    def other_writer(self) -> str:
        """Say which other process is writing; empty when none is."""
        self._check_open()
        return self._lock.other()

    @contextmanager
    def _held(self) -> Iterator[None]:
        with ExitStack() as stack:
            with self._gate:
                stack.enter_context(self._lock.held())
            self._own.blocks += 1
            try:
                yield
            finally:
                self._own.blocks -= 1

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Be the only one at work for a block: no other thread of this process holds the lock, and none gets it.

        Raises:
            LibraryLockedError: Another process holds it; or another thread does, and does not let go of it soon.
        """
        with self._gate, self.lock():
            end = time.monotonic() + self._busy_seconds
            while self._lock.holders > self._own.blocks:
                if time.monotonic() > end:
                    raise LibraryLockedError(
                        f"A scan or a grouping is working on the library {self.folder}.",
                        "Wait until it is done, or stop it.",
                    )
                time.sleep(_LOOK_AGAIN)
            yield

    @contextmanager
    def write(self, step: str = "", *, durable: bool = False) -> Iterator[UnitOfWork]:
        """Write in one transaction: committed at the end of the block, rolled back when it raises.

        Threads of this process take turns; a block inside another one of the same thread is a bug.

        Args:
            step: Label of the step in the journal, for what people decide; it is on the disk when the block ends.
                Empty for machine work, of which a power cut may take the last moments.
            durable: Whether it is on the disk when the block ends although it is no step.

        Raises:
            LibraryLockedError: Another process is writing.
            LibraryTooNewError: A newer version of the program has migrated the library since it was opened.
            StorageError: The disk is full, read-only or failing.
            LibraryCorruptError: The database is damaged.
        """
        with self._alone() as connection:
            driver(connection).execute(f"PRAGMA synchronous = {'FULL' if step or durable else 'NORMAL'}")
            with connection.begin():
                self._check_version(connection)
                unit = UnitOfWork(connection, step)
                yield unit
                unit.finish()
                if not driver(connection).in_transaction:
                    raise RuntimeError("the transaction ended inside its block; nothing of it may be trusted")

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """Be the only writer for a block, outside of a transaction."""
        if self._writing == threading.get_ident():
            raise RuntimeError("a write inside a write of the same thread would wait for itself")
        with self.lock(), self._turn, library_errors(self.path), self._writer.connect() as connection:
            self._writing = threading.get_ident()
            try:
                with self._damage_told(connection):
                    yield connection
            finally:
                self._writing = None

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """Read one consistent state of the library, also beside a writer. Writing is refused.

        Raises:
            LibraryTooNewError: A newer version of the program has migrated the library since it was opened.
            LibraryCorruptError: The database is damaged.
            StorageError: It cannot be read.
        """
        with self._reading() as connection:
            yield UnitOfWork(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._check_open()
        with library_errors(self.path), self._reader.connect() as connection, connection.begin():
            self._check_version(connection)  # the first statement fixes the state that is read
            with self._damage_told(connection):
                yield connection

    @contextmanager
    def _damage_told(self, connection: Connection) -> Iterator[None]:
        """Tell of damage where a damaged database lets the code of a block stumble; true bugs stay what they are."""
        try:
            yield
        except FaceOrganizerError:
            raise
        except Exception as error:
            if not is_told(error) and (found := checks.problems(connection)):
                raise corrupt(self.path, found[0].rstrip(".")) from error
            raise

    def snapshot(self, label: str, keep: int | None = None) -> Path:
        """Copy the database into backups/ while it is in use, verify the copy, and return its path.

        Args:
            label: What the copy is for, such as "before-clustering".
            keep: How many copies of this label stay; the oldest go. The library's setting when None.

        Raises:
            StorageError: There is no room for it.
            LibraryCorruptError: The database is damaged.
        """
        self._check_open()
        if keep is None:
            with self.read() as unit:
                keep = unit.settings.all().get(KEPT_SETTING, KEPT_COPIES)
        return backup.snapshot(self.path, self.folder / backup.FOLDER, label, keep)

    def copy_to(self, file: Path) -> None:
        """Copy the database into a new file, and verify it.

        Raises:
            StorageError: There is such a file already, or no room for it.
            LibraryCorruptError: The database is damaged.
        """
        self._check_open()
        backup.copy(self.path, file)

    def restore(self, copy: Path, step: str | None, *, undone: bool = False) -> Path:
        """Put a copy in the place of all that is there now, in one transaction, after a snapshot of that.

        The journal is the copy's from then on, with a barrier as its last step that holds the snapshot. Whoever has
        the library open goes on with it, reading the new state.

        Args:
            copy: Of any version; it stays as it is.
            step: Label of the barrier; None when the copy has it already.
            undone: Whether the barrier is one that is done again by going back to the snapshot.

        Returns:
            The snapshot of what was there.

        Raises:
            LibraryCorruptError: The copy is damaged or no library; nothing is changed.
            LibraryTooNewError: A newer version of the program made it; nothing is changed.
            LibraryLockedError: Another process is writing, or another thread is at work.
            StorageError: There is no room for it; nothing is changed.
        """
        with self._exclusive(), self._alone(), backup.prepared(copy, self.folder, NAME) as new:
            before = self.snapshot("before-restore")
            engine = write_engine(new, self._busy_seconds)
            try:
                with engine.connect() as connection, connection.begin():
                    steps = UnitOfWork(connection).steps
                    if step is None:
                        steps.renew_barrier(before.name)
                    else:
                        steps.add_barrier(step, before.name, undone=undone)
            finally:
                engine.dispose()
            backup.pour(new, self.path, self._busy_seconds)
        return before

    @staticmethod
    def recover(folder: Path, copy: Path) -> Path | None:
        """Put a copy in the place of a library that is damaged or gone.

        Args:
            folder: The library's folder. Nobody has the library open.
            copy: Of any version; it stays as it is.

        Returns:
            Where the damaged database is now, in backups/; None when there was none.

        Raises:
            LibraryCorruptError: The copy is damaged or no library; nothing is changed.
            LibraryTooNewError: A newer version of the program made it; nothing is changed.
            LibraryLockedError: Another process is writing.
            StorageError: The folder is not there, or has no room for it; nothing is changed.
        """
        path = folder / NAME
        with WriterLock(folder).held(), backup.prepared(copy, folder, NAME) as new:
            with closing(connect(new)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
            return backup.replace(new, path, folder / backup.FOLDER)

    def forget_faces(self, person: PersonId | None, *, keep_names: bool) -> Forgotten:
        """Delete the biometric values of faces for good, with the history and every copy that may hold them.

        Pages are overwritten; what a file system keeps of deleted files is out of reach. Afterwards the caller has to
        :meth:`vacuum`, which clears the log and the free pages.

        Args:
            person: Whose faces; those of everybody, and of nobody, when None.
            keep_names: Whether names and confirmed faces stay, as bare boxes.

        Raises:
            LibraryLockedError: Another process is writing, or another thread is at work.
            StorageError: A copy cannot be deleted; nothing else is changed.
        """
        with self._exclusive(), self._alone() as connection:
            copies = backup.delete_all(self.path)
            raw = driver(connection)
            raw.execute("PRAGMA synchronous = FULL")
            raw.execute("PRAGMA secure_delete = ON")
            try:
                with connection.begin():
                    return forget(connection, person, keep_names=keep_names, copies=copies)
            finally:
                raw.execute("PRAGMA secure_delete = OFF")

    def vacuum(self) -> bool:
        """Rewrite the database without free pages, and clear its log.

        Returns:
            Whether the log could be cleared; not while somebody else is reading.

        Raises:
            LibraryLockedError: Another process is writing.
            StorageError: There is no room for it.
        """
        with self._alone() as connection:
            raw = driver(connection)
            raw.execute("VACUUM")
            (busy, _, _) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def check(self) -> list[str]:
        """Return everything that is wrong with the library, in plain sentences; empty when nothing is.

        Raises:
            StorageError: It cannot be read.
        """
        self._check_open()
        try:
            with self._reading() as connection:
                return checks.problems(connection)
        except LibraryCorruptError as error:
            return [error.message]

    def version(self) -> int:
        """Return the version of the schema."""
        return stored_version(self.path)

    def close(self) -> None:
        """Write the log back into the database, as far as that goes, and let go of it. Closing twice is no error."""
        if self._closed:
            return
        self._closed = True
        # What the log holds is committed; a failing disk is told of by whoever opens the library next.
        with contextlib.suppress(LibraryError), library_errors(self.path), self._writer.connect() as connection:
            driver(connection).execute("PRAGMA wal_checkpoint(PASSIVE)")  # waits for nobody
        self._dispose()

    def _dispose(self) -> None:
        self._writer.dispose()
        self._reader.dispose()

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeError(f"the library {self.folder} is closed")

    def _check_version(self, connection: Connection) -> None:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version > len(migrations.STEPS):
            raise _too_new(self.path, version)


def _known_version(path: Path) -> int:
    version = stored_version(path)
    if version > len(migrations.STEPS):
        raise _too_new(path, version)
    return version


def _too_new(path: Path, version: int) -> LibraryTooNewError:
    return LibraryTooNewError(
        f"{path} was made by a newer version of Face Organizer (its schema is {version}, "
        f"this version knows {len(migrations.STEPS)}). It was left untouched.",
        "Update Face Organizer, then try again.",
    )


def _migrate(folder: Path) -> None:
    path = folder / NAME
    with WriterLock(folder).held():
        version = _known_version(path)  # another process may have been faster
        if version == len(migrations.STEPS):
            return
        backup.snapshot(path, folder / backup.FOLDER, f"before-version-{len(migrations.STEPS)}", keep=KEPT_COPIES)
        with library_errors(path):
            connection = connect(path)
            try:
                migrations.upgrade(connection, migrations.STEPS)
            finally:
                connection.close()


def _refuse_remains(path: Path) -> None:
    if path.exists():
        raise LibraryExistsError(f"There is a library in {path.parent} already.", "Name another folder with --library.")
    # SQLite would take a log without its database for the log of the new one.
    for suffix in ("-wal", "-shm", "-journal"):
        rest = path.with_name(path.name + suffix)
        if rest.exists():
            raise LibraryExistsError(
                f"{rest} is left of a library whose {path.name} is gone.",
                "Put that file back, or move the rest away and try again.",
            )


def _build(path: Path) -> None:
    for rest in path.parent.glob(f"{path.name}.*.new"):  # of a process that was killed here; the lock is ours
        rest.unlink()
    handle, name = tempfile.mkstemp(
        prefix=f"{path.name}.", suffix=".new", dir=path.parent
    )  # readable by its owner only
    os.close(handle)
    partial = Path(name)
    try:
        connection = connect(partial)
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.upgrade(connection, migrations.STEPS)
            connection.execute("PRAGMA journal_mode = WAL")  # a property of the file, so set once
        finally:
            connection.close()
        partial.replace(path)
        backup.sync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)
