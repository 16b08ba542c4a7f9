"""Any sequence of exports, new photos, and meddling at the destination: what others wrote or changed stays as it is."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from exported_album import Album
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import CancelledError
from faceorganizer.domain.export import ExportOrder, ExportWay, SeveralPeople
from faceorganizer.export.manifest import NAME, TABLE, read_manifest
from faceorganizer.library import Library

PLACES = ["Ann/a.jpg", "Ann/A.JPG", "Ben/b.jpg", "a.jpg", "2020/a.jpg", "Ann, Ben/both.jpg", "note.txt"]
orders = {
    "layout": st.sampled_from([None, "flat", "person-year", "{person}/{index:02}", "{original}"]),
    "way": st.sampled_from([ExportWay.COPY, ExportWay.HARD, ExportWay.SYMBOLIC]),
    "several": st.sampled_from(list(SeveralPeople)),
    "sync": st.booleans(),
}


class Impatient:
    """Cancels after some looks."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def report(self, done: int, total: int | None, message: str) -> None:
        pass

    def check_cancelled(self) -> None:
        self.looks -= 1
        if self.looks < 0:
            raise CancelledError


class Exporting(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        self.out = self.place / "out"
        self.out.mkdir()
        self.foreign: dict[Path, bytes] = {}

    @initialize()
    def fill(self) -> None:
        (self.place / "photos").mkdir()
        database = Database.create(self.place / "library")
        self.library = Library(database, self.place / "settings.toml")
        self.album = Album(database, self.place / "photos")
        self.people = [self.album.person("Ann"), self.album.person("Ben")]
        self.count = 0
        self.add("a.jpg", [0])
        self.add("both.jpg", [0, 1])

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.place)

    def add(self, name: str, people: list[int]) -> None:
        self.count += 1
        self.album.photo(f"{self.count}/{name}", *(self.people[index] for index in people))

    @rule(name=st.sampled_from(["a.jpg", "A.jpg", "b.jpg", "c.PNG"]), people=st.sets(st.integers(0, 1)))
    def add_photo(self, name: str, people: set[int]) -> None:
        self.add(name, sorted(people))

    @rule(number=st.integers(0, 1), name=st.sampled_from(["Ann", "Ben", "Cleo", "a/b"]))
    def rename(self, number: int, name: str) -> None:
        self.library.people.name(self.people[number], name, same=False)

    @rule(number=st.integers(0, 1), hidden=st.booleans())
    def hide(self, number: int, hidden: bool) -> None:
        (self.library.people.hide if hidden else self.library.people.restore)([self.people[number]])

    @rule(place=st.sampled_from(PLACES), content=st.binary(max_size=20))
    def write_something(self, place: str, content: bytes) -> None:
        path = self.out / place
        if os.path.lexists(path) and path not in self.foreign:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.foreign[path] = content

    @rule(data=st.data(), content=st.binary(min_size=1, max_size=20))
    def change_what_was_exported(self, data: st.DataObject, content: bytes) -> None:
        known = [self.out / path for path in sorted(read_manifest(self.out))]
        known = [path for path in known if path.is_file() and path not in self.foreign]
        if known:
            path = data.draw(st.sampled_from(known))
            path.unlink()  # and not written into, which would change the original of a link
            path.write_bytes(content)
            self.foreign[path] = content

    @rule(data=st.data())
    def delete_something(self, data: st.DataObject) -> None:
        there = sorted(path for path in self.out.rglob("*") if path.is_file() and path.name not in (NAME, TABLE))
        if there:
            path = data.draw(st.sampled_from(there))
            path.unlink()
            self.foreign.pop(path, None)

    @rule()
    def lose_the_list(self) -> None:
        (self.out / NAME).unlink(missing_ok=True)

    @rule(order=st.fixed_dictionaries(orders), looks=st.integers(0, 40))
    def export_and_cancel(self, order: dict[str, object], looks: int) -> None:
        with suppress(CancelledError):
            self.library.export.run(ExportOrder(destination=self.out, **order), Impatient(looks))  # type: ignore[arg-type]

    @rule(order=st.fixed_dictionaries(orders))
    def export(self, order: dict[str, object]) -> None:
        wanted = ExportOrder(destination=self.out, **order)  # type: ignore[arg-type]
        plan = self.library.export.plan(wanted)
        report = self.library.export.run(wanted)
        assert (report.added, report.kept, report.updated, report.removed) == (
            plan.count("add"),
            plan.count("keep"),
            plan.count("update"),
            plan.count("remove"),
        )
        assert list(report.problems) == list(plan.problems)
        again = self.library.export.run(wanted)
        assert (again.added, again.updated, again.removed) == (0, 0, 0)
        assert again.kept == report.kept + report.added + report.updated

    @invariant()
    def what_others_wrote_is_as_it_was(self) -> None:
        for path, content in self.foreign.items():
            assert not path.is_symlink()
            assert path.read_bytes() == content

    @invariant()
    def originals_are_there_and_exports_are_whole(self) -> None:
        if not hasattr(self, "library"):
            return
        originals = {path.read_bytes() for path in (self.place / "photos").rglob("*") if path.is_file()}
        assert len(originals) == self.count
        for path in self.out.rglob("*"):
            if path.is_file() and path not in self.foreign and path.name not in (NAME, TABLE):
                assert path.read_bytes() in originals, path


TestExporting = Exporting.TestCase
TestExporting.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
