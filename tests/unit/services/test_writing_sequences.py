"""Any sequence of naming, writing, undoing, and other programs that write as well: nothing of theirs is ever lost."""

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patch_pictures import Camera, InlinePool
from xmp_material import packet

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import StepConflictError
from faceorganizer.domain.regions import OnConflict
from faceorganizer.imaging.packet import read_packet
from faceorganizer.jobs.workers import Outcome
from faceorganizer.library import Library
from faceorganizer.metadata.placing import write_into, write_sidecar
from faceorganizer.metadata.writing import Added, digest, rewrite
from faceorganizer.metadata.xmp import Packet, append_item
from faceorganizer.services.interchange import packets, writing
from faceorganizer.services.interchange.embedding import embed
from faceorganizer.services.interchange.located import located_files
from faceorganizer.services.scan import service
from faceorganizer.services.undo import NothingToUndoError

SUBJECT = "{http://purl.org/dc/elements/1.1/}subject"
PHOTOS = ("a.jpg", "b.jpg")
STEPS = st.one_of(
    st.tuples(st.just("name"), st.sampled_from(PHOTOS), st.sampled_from(["Ann", "Ben", "Cleo"])),
    st.tuples(st.just("write"), st.sampled_from(["sidecar", "file"]), st.booleans()),
    st.tuples(st.just("other"), st.sampled_from(PHOTOS), st.sampled_from(["sidecar", "file"])),
    st.tuples(st.just("reject"), st.sampled_from(PHOTOS), st.none()),
    st.tuples(st.sampled_from(["undo", "redo", "import", "scan"]), st.none(), st.none()),
)


@pytest.fixture(autouse=True)
def _inline(monkeypatch):
    def embed_all(tasks, jobs):
        yield from (Outcome(task, embed(task)) for task in tasks)

    monkeypatch.setattr(service, "WorkerPool", InlinePool)
    monkeypatch.setattr(packets, "embed_all", embed_all)
    monkeypatch.setattr(writing, "embed_all", embed_all)


class Story:
    def __init__(self, folder: Path) -> None:
        self.photos = folder / "photos"
        camera = Camera()
        for number, name in enumerate(PHOTOS):
            camera.write(self.photos / name, number, orientation=(1, 6)[number])
        self.database = Database.create(folder / "library")
        self.library = Library(self.database, folder / "settings.toml")
        self.library.scan([self.photos], group=False)
        self.theirs: dict[tuple[str, str], set[str]] = {}

    def tell(self, step: str, what: str | None, how: object) -> None:
        if step in ("undo", "redo"):
            with contextlib.suppress(NothingToUndoError, StepConflictError):
                getattr(self.library, step)()
        elif step == "import":
            self.library.metadata.import_metadata(on_conflict=OnConflict.MERGE)
        elif step == "scan":
            self.library.scan([self.photos], group=False)
        elif step == "write":
            report = self.library.metadata.write(where=what, replace_others=bool(how))
            assert report.problems == ()
        elif step == "other":
            self.other(str(what), str(how))
        else:
            (face, *_) = self.library.faces.list(photo=self.photos / str(what))
            if step == "name":
                self.library.people.name_faces([face.face], str(how), same=True)
            elif face.person is not None:
                self.library.faces.reject([face.face])

    def other(self, name: str, place: str) -> None:
        """Another program adds a keyword, and writes the packet in its own way."""
        photo = self.photos / name
        parsed = Packet.parse(packets.current_packet(photo, place) or packet())
        word = f"theirs {len(self.theirs.setdefault((name, place), set()))}"
        self.theirs[name, place].add(word)
        append_item(parsed.array(SUBJECT), word)
        if place == "file":
            write_into(photo, parsed.serialised(), "jpeg")
            self.library.scan([self.photos], group=False)
        else:
            write_sidecar(packets.packet_path(photo, place), parsed.serialised())

    def check(self) -> None:
        assert self.database.check() == []
        for (name, place), words in self.theirs.items():
            said = packets.current_packet(self.photos / name, place)
            assert words <= set(Packet.parse(said).texts(SUBJECT)), (name, place)

    def end(self) -> None:
        """When all names go, only what others wrote is left."""
        for face in self.library.faces.list():
            if face.person is not None:
                self.library.faces.reject([face.face])
        self.library.metadata.write()
        with self.database.read() as unit:
            for record in unit.written.of_files():
                assert not Added.of_plain(record.added)
        for located in located_files(self.database):
            for place in ("file", "sidecar"):
                said = packets.current_packet(located.path, place)
                assert rewrite(said, [], Added(), located.frame()).changed is False
                assert b"Ann" not in (said or b"")
                assert b"Ben" not in (said or b"")
        assert digest(read_packet(self.photos / "a.jpg")) is not None
        self.check()
        self.database.close()


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=12))
def test_nothing_of_others_is_lost(steps):
    with tempfile.TemporaryDirectory() as folder:
        story = Story(Path(folder))
        for step in steps:
            story.tell(*step)
            story.check()
        story.end()
