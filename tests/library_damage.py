"""Libraries whose files are damaged byte by byte, and what the program makes of them."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from review_library import People

from faceorganizer import Library
from faceorganizer.domain.errors import FaceOrganizerError

PAGE = 4096
NAME = "library.sqlite"
Rows = dict[str, list[str]]


@dataclass(frozen=True)
class Outcome:
    """What became of one damaged library.

    Attributes:
        damage: What was done to it.
        seen: "refused" when it was not opened, "told" when the check found it, "cannot be seen" when what is stored
            differs and SQLite holds it for sound, "harmless" when nothing that is stored differs.
        said: The error or the first problem.
        errors: Expected errors of what was asked of it all the same.
        bugs: Errors of other types.
    """

    damage: str
    seen: str
    said: str
    errors: tuple[str, ...]
    bugs: tuple[str, ...]


def make_library(folder: Path) -> Path:
    """A library with people, decisions, a history, and a copy of it in backups/; returns the copy.

    Its last decisions are in the log, as when the program was killed: what is there has to be copied to be used.
    """
    with closing(Library.create(folder / "made")) as library:
        people = People(library._database, library._clustering.model)
        held = [people.held(who, 4, name=f"Person {who} Ä") for who in range(12)]
        people.faces(20, 6, taken="2019-05-01T12:00:00")
        library.people.name(held[0], "Renamed")
        library.people.merge([held[1], held[2]], name="Both", same_photo=False)
        copy = library.backup()
        for number in range(3, 9):
            library.people.name(held[number], f"After the copy {number}")
        shutil.copytree(folder / "made", folder / "library", ignore=shutil.ignore_patterns("lock*", "*-shm"))
    return folder / "library" / "backups" / copy.name


def damaged(library: Path, chance: Random) -> str:
    """Damage one of a library's files, and say how."""
    logs = [path for path in (library / f"{NAME}-wal",) if path.exists() and path.stat().st_size]
    path = chance.choice([library / NAME, library / NAME, *logs])
    data = bytearray(path.read_bytes())
    how = chance.choice(("flips", "flips", "flips", "head", "zeros", "noise", "swap", "cut"))
    start = chance.randrange(len(data))
    if how == "flips":
        for _ in range(chance.choice((1, 4, 32))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif how == "head":
        data[chance.randrange(min(100, len(data)))] ^= chance.randrange(1, 256)
    elif how == "zeros":
        data[start : start + PAGE] = bytes(len(data[start : start + PAGE]))
    elif how == "noise":
        data[start : start + 300] = chance.randbytes(len(data[start : start + 300]))
    elif how == "swap":
        first, second = (PAGE * chance.randrange(len(data) // PAGE) for _ in range(2))
        data[first : first + PAGE], data[second : second + PAGE] = (
            data[second : second + PAGE],
            data[first : first + PAGE],
        )
    else:
        del data[start:]
    path.write_bytes(data)
    return f"{how} in {path.name} at {start}"


def tried(library: Path, damage: str, before: Rows) -> Outcome:
    """Open a damaged library, use it, and check it."""
    errors: list[str] = []
    bugs: list[str] = []
    try:
        opened = Library.open(library)
    except FaceOrganizerError as error:
        return Outcome(damage, "refused", str(error), (), ())
    except Exception as error:  # noqa: BLE001 - what it is looked for
        return Outcome(damage, "refused", "", (), (told("open", error),))
    problems = _called("check", opened.check, errors, bugs) or []
    for name, use in uses(opened).items():
        _called(name, use, errors, bugs)
    _called("close", opened.close, errors, bugs)
    if problems:
        return Outcome(damage, "told", problems[0], tuple(errors), tuple(bugs))
    same = rows(library / NAME) == before
    return Outcome(damage, "harmless" if same else "cannot be seen", "", tuple(errors), tuple(bugs))


def uses(library: Library) -> dict[str, Callable[[], object]]:
    """What people do with a library, reading and writing."""
    return {
        "info": library.info,
        "people": library.people.list,
        "faces": lambda: library.faces.list(state="all"),
        "photos": library.photos,
        "history": library.history,
        "albums": library.albums.list,
        "folders": library.folders.list,
        "review": library.review.queue,
        "settings": library.settings.library,
    }


def recovered(library: Path, copy: Path) -> Rows:
    """Put the copy in the place of a library, as ``library restore`` does; returns what it holds then."""
    Library.recover(library, copy)
    with closing(Library.open(library)) as opened:
        assert opened.check() == []
        opened.people.name(opened.people.list()[0].id, "Somebody")  # it can be worked with
        opened.undo()
    return rows(library / NAME)


def rows(database: Path) -> Rows:
    """Everything a database holds, except for the history."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            connection.text_factory = bytes
            names = [
                name.decode() for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            ]
            kept = [name for name in names if name not in ("journal", "sqlite_sequence")]
            return {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in kept}
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return {"error": [str(error)]}


def told(what: str, error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})"
    return f"{what}: {type(error).__name__}: {str(error)[:150]}{place}"


def _called(name: str, use: Callable[[], object], errors: list[str], bugs: list[str]) -> object:
    try:
        return use()
    except FaceOrganizerError as error:
        errors.append(f"{name}: {error}")
    except Exception as error:  # noqa: BLE001 - what is looked for
        bugs.append(told(name, error))
    return None


def copied(made: Path, target: Path) -> Path:
    with suppress(FileNotFoundError):
        shutil.rmtree(target)
    return Path(shutil.copytree(made, target))
