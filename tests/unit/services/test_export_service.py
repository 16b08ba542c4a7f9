"""Photos into folders: layouts, ways, again and again, and everything that stands in the way."""

import csv
import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
from exported_album import Album, names, tree

from faceorganizer.db.database import Database
from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.errors import CancelledError, FaceOrganizerError, StorageError, UnknownIdError, UsageError
from faceorganizer.domain.export import ExportKind, ExportOrder, ExportWay, SeveralPeople
from faceorganizer.domain.ids import AlbumId, PersonId
from faceorganizer.domain.pictures import FileState
from faceorganizer.export import transfer
from faceorganizer.export.manifest import NAME, TABLE, read_manifest
from faceorganizer.library import Library
from faceorganizer.services.interchange.exporting import InsideRootError

REPO = Path(__file__).resolve().parents[3]


@pytest.fixture
def album(database: Database, photos: Path) -> Album:
    return Album(database, photos)


@pytest.fixture
def people(album: Album) -> tuple[PersonId, PersonId]:
    """Ann in three photos, Ben in two; one photo shows both, one a stranger, one nobody."""
    ann, ben = album.person("Ann"), album.person("Ben")
    stranger = album.person(None)
    album.photo("a.jpg", ann, taken=datetime(2019, 5, 1, 12))
    album.photo("sub/a.jpg", ann, taken=datetime(2020, 6, 2))
    album.photo("both.jpg", ann, ben, taken=datetime(2020, 7, 3))
    album.photo("ben.jpg", ben)
    album.photo("stranger.jpg", stranger)
    album.photo("nobody.jpg")
    return ann, ben


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.mark.usefixtures("people")
class TestLayouts:
    def test_a_folder_for_each_person(self, library: Library, album: Album, out: Path) -> None:
        report = library.export.run(ExportOrder(destination=out))
        assert names(out) == ["Ann/a (2).jpg", "Ann/a.jpg", "Ann/both.jpg", "Ben/ben.jpg", "Ben/both.jpg"]
        assert (report.photos, report.added, report.left_out, report.problems) == (4, 5, 2, [])
        assert report.bytes == sum(map(len, tree(out).values()))
        assert (out / "Ann/a.jpg").read_bytes() == (album.folder / "a.jpg").read_bytes()
        assert (out / "Ann/a.jpg").stat().st_mtime_ns == (album.folder / "a.jpg").stat().st_mtime_ns
        assert library.check() == []

    @pytest.mark.parametrize(
        ("layout", "paths"),
        [
            (
                "person-year",
                ["Ann/2019/a.jpg", "Ann/2020/a.jpg", "Ann/2020/both.jpg", "Ben/2020/both.jpg", "Ben/undated/ben.jpg"],
            ),
            (
                "flat",
                ["a (2).jpg", "a.jpg", "ben.jpg", "both.jpg", "nobody.jpg", "stranger.jpg"],
            ),
            (
                "{date:%Y/%m-%d}/{people} {index:02}",
                [
                    "2019/05-01/Ann 01.jpg",
                    "2020/06-02/Ann 01.jpg",
                    "2020/07-03/Ann, Ben 01.jpg",
                    "undated/Ben 01.jpg",
                    "undated/nobody 02.jpg",
                    "undated/nobody 03.jpg",
                ],
            ),
        ],
    )
    def test_layouts(self, library: Library, out: Path, layout: str, paths: list[str]) -> None:
        library.export.run(ExportOrder(destination=out, layout=layout))
        assert names(out) == paths

    @pytest.mark.parametrize(
        ("several", "paths"),
        [
            (SeveralPeople.COMBINED, ["Ann, Ben/both.jpg", "Ann/a (2).jpg", "Ann/a.jpg", "Ben/ben.jpg"]),
            (SeveralPeople.ONCE, ["Ann/a (2).jpg", "Ann/a.jpg", "Ben/ben.jpg", "Ben/both.jpg"]),
        ],
    )
    def test_a_photo_of_several_people(
        self, library: Library, out: Path, several: SeveralPeople, paths: list[str]
    ) -> None:
        library.export.run(ExportOrder(destination=out, several=several))
        assert names(out) == paths  # Ben's face is the larger one

    def test_chosen_people_and_unnamed_groups(
        self, library: Library, out: Path, people: tuple[PersonId, PersonId]
    ) -> None:
        library.export.run(ExportOrder(destination=out / "ben", people=(people[1],)))
        assert names(out / "ben") == ["Ben/ben.jpg", "Ben/both.jpg"]
        library.export.run(ExportOrder(destination=out / "flat", people=(people[1],), layout="flat"))
        assert names(out / "flat") == ["ben.jpg", "both.jpg"]
        library.export.run(ExportOrder(destination=out / "all", unnamed=True))
        assert "Unnamed 3/stranger.jpg" in names(out / "all")
        library.people.hide([people[1]])
        library.export.run(ExportOrder(destination=out / "visible"))
        assert not any("Ben" in name for name in names(out / "visible"))

    def test_one_folder_for_a_question(self, library: Library, out: Path, people: tuple[PersonId, PersonId]) -> None:
        query = PhotoQuery(all_of=people, taken_from=date(2019, 1, 1), taken_to=date(2021, 12, 31))
        order = ExportOrder(destination=out, people=people, query=query, layout="folder")
        library.export.run(order)
        assert names(out) == ["Ann and Ben, 2019-2021/both.jpg"]

    def test_an_album(self, library: Library, out: Path) -> None:
        library.albums.create("Summer: 2020", query=PhotoQuery(year=2020))
        library.export.run(ExportOrder(destination=out, album=AlbumId(1)))
        assert names(out) == ["Summer_ 2020/a.jpg", "Summer_ 2020/both.jpg"]
        library.export.run(ExportOrder(destination=out / "people", album=AlbumId(1), layout="person"))
        assert names(out / "people") == ["Ann/a.jpg", "Ann/both.jpg", "Ben/both.jpg"]

    def test_the_list_says_what_why_and_from_where(self, library: Library, album: Album, out: Path) -> None:
        library.export.run(ExportOrder(destination=out))
        document = json.loads((out / NAME).read_text())
        assert (document["format"], document["version"], len(document["files"])) == ("faceorganizer-export", 1, 5)
        entry = read_manifest(out)["Ben/both.jpg"]
        assert (entry.source, entry.people, entry.why) == (
            str(album.folder / "both.jpg"),
            ("Ben", "Ann"),
            "Ben is in it",
        )
        assert entry.hash == entry.source_hash == transfer.file_digest(out / "Ben/both.jpg")
        with (out / TABLE).open(newline="") as table:
            rows = list(csv.DictReader(table))
        assert [row["path"] for row in rows] == names(out)
        assert rows[-1]["why"] == "Ben is in it"

    def test_a_plan_says_what_would_be_done_and_does_nothing(self, library: Library, out: Path) -> None:
        plan = library.export.plan(ExportOrder(destination=out))
        assert not out.exists()
        assert (plan.count("add"), plan.photos, plan.left_out) == (5, 4, 2)
        assert plan.first(2) == ["Ann/a (2).jpg", "Ann/a.jpg"]
        assert plan.bytes == library.export.run(ExportOrder(destination=out)).bytes
        again = library.export.plan(ExportOrder(destination=out))
        assert (again.count("add"), again.count("keep"), again.bytes) == (0, 5, 0)


@pytest.mark.usefixtures("people")
class TestWays:
    def test_hard_links(self, library: Library, album: Album, out: Path) -> None:
        order = ExportOrder(destination=out, way=ExportWay.HARD)
        library.export.run(order)
        assert (out / "Ann/a.jpg").samefile(album.folder / "a.jpg")
        (album.folder / "a.jpg").write_bytes(b"changed where it is")
        report = library.export.run(order)
        assert (report.added, report.kept, report.problems) == (0, 5, [])

    @pytest.mark.skipif(os.name == "nt", reason="takes a privilege")
    def test_symbolic_links(self, library: Library, album: Album, out: Path) -> None:
        order = ExportOrder(destination=out, way=ExportWay.SYMBOLIC, sync=True)
        library.export.run(order)
        assert (out / "Ann/a.jpg").readlink() == album.folder / "a.jpg"
        assert library.export.run(order).kept == 5
        (out / "Ann/both.jpg").unlink()
        (out / "Ann/both.jpg").symlink_to("/etc/passwd")
        library.people.hide([PersonId(1), PersonId(2)])
        report = library.export.run(order)
        assert report.removed == 4
        assert names(out) == ["Ann/both.jpg"]
        assert (album.folder / "a.jpg").exists()

    def test_reflinks_or_why_not(self, library: Library, album: Album, out: Path) -> None:
        try:
            library.export.run(ExportOrder(destination=out, way=ExportWay.REFLINK))
        except StorageError as error:
            assert "Choose copies" in str(error)  # noqa: PT017 - either is right, as the file system has it
            assert names(out) == []
        else:
            assert len(tree(out)) == 5
            assert (out / "Ann/a.jpg").read_bytes() == (album.folder / "a.jpg").read_bytes()

    def test_links_to_another_file_system_are_refused_plainly(
        self, library: Library, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(self: Path, target: object) -> None:
            raise OSError(errno.EXDEV, "Invalid cross-device link")

        monkeypatch.setattr(Path, "hardlink_to", refused)
        with pytest.raises(StorageError, match=r"not on one file system.*Choose copies"):
            library.export.run(ExportOrder(destination=out, way=ExportWay.HARD))
        assert names(out) == []


@pytest.mark.usefixtures("people")
class TestAgain:
    def test_what_is_new_is_added_and_nothing_else_touched(self, library: Library, album: Album, out: Path) -> None:
        library.export.run(ExportOrder(destination=out))
        before = {path: path.stat() for path in out.rglob("*.jpg")}
        album.photo("new.jpg", PersonId(1))
        report = library.export.run(ExportOrder(destination=out))
        assert (report.added, report.kept, report.removed) == (1, 5, 0)
        assert {path: path.stat() for path in before} == before

    def test_what_no_longer_belongs_goes_only_when_asked(self, library: Library, out: Path) -> None:
        library.export.run(ExportOrder(destination=out))
        library.people.name(PersonId(2), "Benjamin")
        report = library.export.run(ExportOrder(destination=out))
        assert (report.added, report.kept, report.removed) == (2, 3, 0)
        assert {"Ben/ben.jpg", "Benjamin/ben.jpg"} < set(names(out))
        plan = library.export.plan(ExportOrder(destination=out, sync=True))
        assert [file.path for file in plan.files if file.action == "remove"] == ["Ben/ben.jpg", "Ben/both.jpg"]
        report = library.export.run(ExportOrder(destination=out, sync=True))
        assert (report.added, report.kept, report.removed) == (0, 5, 2)
        assert not (out / "Ben").exists()

    def test_files_of_others_are_never_overwritten_or_deleted(self, library: Library, album: Album, out: Path) -> None:
        (out / "Ann").mkdir(parents=True)
        (out / "Ann/A.JPG").write_bytes(b"mine")  # the same place for some file systems
        (out / "Ann/both.jpg").mkdir()
        (out / "Ben").mkdir()
        (out / "Ben/ben.jpg").write_bytes((album.folder / "ben.jpg").read_bytes())
        (out / "note.txt").write_bytes(b"note")
        report = library.export.run(ExportOrder(destination=out, sync=True))
        assert (report.added, report.kept) == (4, 1)
        assert {"Ann/a (2).jpg", "Ann/a (3).jpg", "Ann/both (2).jpg"} < set(names(out))
        library.people.hide([PersonId(1), PersonId(2)])
        report = library.export.run(ExportOrder(destination=out, sync=True))
        assert report.removed == 4
        assert names(out) == ["Ann/A.JPG", "Ben/ben.jpg", "note.txt"]
        assert (out / "Ann/A.JPG").read_bytes() == b"mine"

    def test_what_somebody_changed_since_is_left_alone(self, library: Library, out: Path) -> None:
        library.export.run(ExportOrder(destination=out))
        (out / "Ann/a.jpg").write_bytes(b"edited")
        report = library.export.run(ExportOrder(destination=out))
        assert (report.added, report.kept) == (0, 4)
        assert [(p.path, "changed it since" in p.reason) for p in report.problems] == [(out / "Ann/a.jpg", True)]
        library.people.hide([PersonId(1)])
        report = library.export.run(ExportOrder(destination=out, sync=True))
        assert (out / "Ann/a.jpg").read_bytes() == b"edited"
        assert names(out) == ["Ann/a.jpg", "Ben/ben.jpg", "Ben/both.jpg"]

    def test_touched_but_equal_files_are_as_they_were(self, library: Library, out: Path) -> None:
        library.export.run(ExportOrder(destination=out))
        os.utime(out / "Ann/a.jpg", ns=(1, 1))
        report = library.export.run(ExportOrder(destination=out))
        assert (report.kept, report.problems) == (5, [])

    def test_an_original_that_changed_is_exported_anew(
        self, library: Library, album: Album, database: Database, out: Path
    ) -> None:
        library.export.run(ExportOrder(destination=out))
        original = album.folder / "a.jpg"
        changed = original.read_bytes() + b"more metadata"
        original.write_bytes(changed)
        report = library.export.run(ExportOrder(destination=out))
        assert (report.updated, report.added, report.kept, report.problems) == (1, 0, 4, [])
        assert (out / "Ann/a.jpg").read_bytes() == changed
        assert library.export.run(ExportOrder(destination=out)).kept == 5

    def test_a_deleted_file_comes_back_at_its_place(self, library: Library, out: Path) -> None:
        library.export.run(ExportOrder(destination=out))
        (out / "Ann/a (2).jpg").unlink()
        before = tree(out)
        assert library.export.run(ExportOrder(destination=out)).added == 1
        assert tree(out).keys() - before.keys() == {"Ann/a (2).jpg"}

    def test_numbers_stay_when_photos_come(self, library: Library, album: Album, out: Path) -> None:
        order = ExportOrder(destination=out, layout="{person}/{index:03} {original}")
        library.export.run(order)
        before = names(out)
        assert before[:3] == ["Ann/001 a.jpg", "Ann/002 a.jpg", "Ann/003 both.jpg"]
        album.photo("0.jpg", PersonId(1), taken=datetime(2001, 1, 1))
        library.export.run(order)
        assert sorted(set(names(out)) - set(before)) == ["Ann/004 0.jpg"]

    def test_a_lost_list_does_not_lead_to_copies_of_copies(self, library: Library, out: Path) -> None:
        library.export.run(ExportOrder(destination=out))
        before = tree(out)
        (out / NAME).unlink()
        report = library.export.run(ExportOrder(destination=out))
        assert (report.added, report.kept) == (0, 5)
        assert tree(out) == before
        library.people.hide([PersonId(1), PersonId(2)])
        assert library.export.run(ExportOrder(destination=out, sync=True)).removed == 0
        assert tree(out) == before  # it is not known whose they are

    def test_a_killed_export_leaves_whole_files_and_is_finished_by_the_next(
        self, library: Library, album: Album, out: Path
    ) -> None:
        for number in range(200):
            album.photo(f"many/{number}.jpg", PersonId(1))
        code = (
            "import os, signal, sys\nfrom pathlib import Path\n"
            "from faceorganizer.library import Library\nfrom faceorganizer.domain.export import ExportOrder\n"
            "class Dying:\n"
            "    def report(self, done, total, message): pass\n"
            "    def check_cancelled(self):\n"
            "        if sum(1 for _ in Path(sys.argv[2]).rglob('*.jpg')) >= 20: os.kill(os.getpid(), signal.SIGKILL)\n"
            "Library.open(sys.argv[1]).export.run(ExportOrder(destination=Path(sys.argv[2])), Dying())\n"
        )
        done = subprocess.run([sys.executable, "-c", code, str(library.path), str(out)], cwd=REPO, check=False)
        assert done.returncode == -signal.SIGKILL
        left = tree(out)
        originals = set(tree(album.folder).values())
        assert len(left) >= 20
        whole = {name: content for name, content in left.items() if "/.faceorganizer-" not in name}
        assert set(whole.values()) <= originals
        report = library.export.run(ExportOrder(destination=out))
        assert report.problems == []
        assert report.added + report.kept == 205
        assert report.kept == len(whole)

    @pytest.mark.parametrize("after", [0, 1, 7, 30])
    def test_cancelled_anywhere_it_leaves_whole_files(
        self, library: Library, album: Album, out: Path, after: int
    ) -> None:
        class Impatient:
            left = after

            def report(self, done: int, total: int | None, message: str) -> None:
                pass

            def check_cancelled(self) -> None:
                self.left -= 1
                if self.left < 0:
                    raise CancelledError

        with suppress(CancelledError):
            library.export.run(ExportOrder(destination=out), Impatient())
        originals = set(tree(album.folder).values())
        assert set(tree(out).values()) <= originals if out.exists() else True
        assert library.export.run(ExportOrder(destination=out)).problems == []
        assert len(names(out)) == 5


@pytest.mark.usefixtures("people")
class TestObstacles:
    def test_originals_that_are_gone_or_cannot_be_read(
        self, library: Library, album: Album, database: Database, out: Path
    ) -> None:
        (album.folder / "a.jpg").unlink()
        with database.write() as unit:
            (file,) = (file for file in unit.files.of_root(album.root) if file.path == "ben.jpg")
            unit.files.update(
                [type(file)(*[getattr(file, n) if n != "state" else FileState.MISSING for n in file.__slots__])]
            )
        report = library.export.run(ExportOrder(destination=out))
        assert sorted((p.path.name, p.reason) for p in report.problems) == [
            ("a.jpg", "it is not there any more"),
            ("ben.jpg", "it is missing"),
        ]
        assert names(out) == ["Ann/a (2).jpg", "Ann/both.jpg", "Ben/both.jpg"]

    def test_a_duplicate_stands_in(self, library: Library, album: Album, database: Database, out: Path) -> None:
        album.photo("first.jpg", PersonId(1), picture=99)
        album.photo("second.jpg", picture=99)
        library.export.run(ExportOrder(destination=out / "one"))
        assert [name for name in names(out / "one") if "first" in name or "second" in name] == ["Ann/first.jpg"]

    def test_bytes_that_changed_under_the_same_time_are_told(self, library: Library, album: Album, out: Path) -> None:
        original = album.folder / "a.jpg"
        status = original.stat()
        content = bytearray(original.read_bytes())
        content[-10] ^= 1
        original.write_bytes(content)
        os.utime(original, ns=(status.st_atime_ns, status.st_mtime_ns))
        (problem,) = library.export.run(ExportOrder(destination=out)).problems
        assert problem.path == original
        assert "may be failing" in problem.reason

    def test_the_library_and_scanned_folders_are_no_places(
        self, library: Library, album: Album, out: Path, tmp_path: Path
    ) -> None:
        with pytest.raises(UsageError, match="library itself"):
            library.export.run(ExportOrder(destination=library.path / "x"))
        for place in (album.folder, album.folder / "new"):
            with pytest.raises(InsideRootError, match="--yes"):
                library.export.run(ExportOrder(destination=place))
        inside = ExportOrder(destination=album.folder / "new", inside_root=True)
        assert library.export.run(inside).added == 5
        assert library.export.run(inside).kept == 5
        out.write_bytes(b"")
        with pytest.raises(UsageError, match="is a file"):
            library.export.run(ExportOrder(destination=out))

    def test_a_link_at_the_destination_leads_nowhere(self, library: Library, out: Path, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        out.mkdir()
        (out / "Ann").symlink_to(elsewhere)
        report = library.export.run(ExportOrder(destination=out))
        assert list(elsewhere.iterdir()) == []
        assert {problem.reason for problem in report.problems} == {
            "its folder there is a link, which may lead elsewhere"
        }
        assert report.added == 2

    def test_a_file_in_the_place_of_a_folder_costs_that_folder_only(self, library: Library, out: Path) -> None:
        out.mkdir()
        (out / "Ann").write_bytes(b"mine")
        report = library.export.run(ExportOrder(destination=out))
        assert {problem.reason for problem in report.problems} == {"a file is where its folder should be"}
        assert names(out) == ["Ann", "Ben/ben.jpg", "Ben/both.jpg"]
        assert (out / "Ann").read_bytes() == b"mine"

    def test_what_is_gone_and_not_wanted_is_forgotten(self, library: Library, out: Path) -> None:
        library.export.run(ExportOrder(destination=out))
        (out / "Ben/ben.jpg").unlink()
        library.people.hide([PersonId(2)])
        order = ExportOrder(destination=out, sync=True)
        assert library.export.plan(order).count("remove") == library.export.run(order).removed == 1
        assert "Ben/ben.jpg" not in read_manifest(out)

    @pytest.mark.parametrize(
        "content",
        [
            "",
            "[]",
            "{}",
            '{"format": "faceorganizer-export", "version": 2, "files": []}',
            '{"format": "faceorganizer-export", "version": 1, "files": [{"path": "x"}]}',
            "[" * 100_000,
        ],
    )
    def test_a_list_that_is_none_is_refused(self, library: Library, out: Path, content: str) -> None:
        out.mkdir()
        (out / NAME).write_text(content)
        with pytest.raises(StorageError, match="Move it away"):
            library.export.run(ExportOrder(destination=out))
        assert (out / NAME).read_text() == content

    @pytest.mark.parametrize("path", ["../victim.jpg", "/victim.jpg", "Ann/../../victim.jpg", "", "C:/x", "a\\b"])
    def test_a_forged_list_deletes_nothing_elsewhere(self, library: Library, out: Path, path: str) -> None:
        library.export.run(ExportOrder(destination=out))
        document = json.loads((out / NAME).read_text())
        document["files"][0]["path"] = path
        (out / NAME).write_text(json.dumps(document))
        with pytest.raises(StorageError, match="no list"):
            library.export.run(ExportOrder(destination=out, sync=True))

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_may_not_be_written_to(self, library: Library, out: Path) -> None:
        out.mkdir(mode=0o500)
        with pytest.raises(StorageError, match="may not write"):
            library.export.run(ExportOrder(destination=out))

    @pytest.mark.parametrize("code", [errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EACCES])
    def test_a_disk_that_fails_is_told_and_leaves_no_part(
        self, library: Library, out: Path, code: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written = 0

        def failing(file: object, block: bytes) -> None:
            nonlocal written
            written += 1
            if written == 3:
                raise OSError(code, os.strerror(code))
            file.write(block)  # type: ignore[attr-defined]

        with monkeypatch.context() as patch:
            patch.setattr(transfer, "write_all", failing)
            with pytest.raises(StorageError, match="could not be written"):
                library.export.run(ExportOrder(destination=out))
        there = len(names(out))
        assert there == len(read_manifest(out)) < 5
        assert library.export.run(ExportOrder(destination=out)).added == 5 - there

    @pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
    def test_a_file_that_is_too_large_for_the_disk_costs_itself_only(
        self, library: Library, album: Album, out: Path
    ) -> None:
        ann = PersonId(1)
        album.photo("large.jpg", ann)
        with (album.folder / "large.jpg").open("ab") as file:
            file.write(bytes(300_000))
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
        try:
            report = library.export.run(ExportOrder(destination=out))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert [(p.path.name, p.reason) for p in report.problems] == [
            ("large.jpg", "it is larger than a file may be there")
        ]
        assert len(names(out)) == 5

    def test_too_little_room_is_told_before_anything_is_written(
        self, library: Library, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from faceorganizer.services.interchange import exporting

        monkeypatch.setattr(exporting, "_free", lambda _: 1000)
        with pytest.raises(StorageError, match="Nothing was written"):
            library.export.run(ExportOrder(destination=out))
        assert not out.exists()

    @pytest.mark.parametrize(
        "order",
        [
            {"layout": "{pet}"},
            {"query": PhotoQuery(), "album": AlbumId(1)},
            {"kind": ExportKind.ZIP, "way": ExportWay.HARD},
            {"kind": ExportKind.ZIP, "sync": True},
            {"kind": ExportKind.GALLERY, "layout": "flat"},
            {"kind": ExportKind.GALLERY, "long_side": 10},
            {"kind": ExportKind.CROPS, "margin": -1.0},
            {"query": PhotoQuery(min_faces=2, max_faces=1)},
        ],
    )
    def test_orders_that_make_no_sense(self, library: Library, out: Path, order: dict[str, object]) -> None:
        with pytest.raises(UsageError):
            library.export.run(ExportOrder(destination=out, **order))  # type: ignore[arg-type]
        with pytest.raises(FaceOrganizerError):
            library.export.plan(ExportOrder(destination=out, **order))  # type: ignore[arg-type]
        assert not out.exists()

    def test_unknown_people_and_albums(self, library: Library, out: Path) -> None:
        for order in (
            ExportOrder(destination=out, people=(PersonId(99),)),
            ExportOrder(destination=out, album=AlbumId(9)),
        ):
            with pytest.raises(UnknownIdError):
                library.export.run(order)


def test_names_that_file_systems_stumble_over(library: Library, album: Album, out: Path) -> None:
    for number, name in enumerate(
        ("CON", "a/b", "A:B", "ann", "Ann", "Zoë", "..", "x" * 300, "tail.", "\udcff", "<script>")
    ):
        album.photo(f"{number}.jpg", album.person(name))
    report = library.export.run(ExportOrder(destination=out))
    assert report.problems == []
    folders = {path.name for path in out.iterdir() if path.is_dir()}
    assert {"_CON", "a_b", "A_B (2)", "ann", "Ann (2)", "Zoë", "_", "x" * 200, "tail", "_ (2)", "_script_"} == folders


def test_an_empty_library(library: Library, out: Path) -> None:
    report = library.export.run(ExportOrder(destination=out))
    assert (report.added, report.photos) == (0, 0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 300 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def mounted(tmp_path: Path, *make: str) -> Path:
    """A file system of some kind in a file; a fixture has to unmount it."""
    if sys.platform != "linux" or shutil.which(make[0]) is None:
        pytest.skip(f"there is no {make[0]}")
    image, place = tmp_path / "image", tmp_path / "disk"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(400 << 20)
    for command in ([*make, image], ["mount", "-o", "loop", image, place]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    return place


@pytest.fixture
def cloning_disk(tmp_path: Path) -> Iterator[Path]:
    place = mounted(tmp_path, "mkfs.btrfs", "-q")
    yield place
    subprocess.run(["umount", place], check=True)


@pytest.fixture
def caseless_disk(tmp_path: Path) -> Iterator[Path]:
    place = mounted(tmp_path, "mkfs.xfs", "-q", "-n", "version=ci")
    yield place
    subprocess.run(["umount", place], check=True)


def test_reflinks_share_blocks_and_are_files_of_their_own(
    database: Database, library: Library, cloning_disk: Path
) -> None:
    (cloning_disk / "photos").mkdir()
    album = Album(database, cloning_disk / "photos")
    album.photo("a.jpg", album.person("Ann"))
    order = ExportOrder(destination=cloning_disk / "out", way=ExportWay.REFLINK)
    assert library.export.run(order).added == 1
    original, clone = album.folder / "a.jpg", cloning_disk / "out/Ann/a.jpg"
    assert clone.read_bytes() == original.read_bytes()
    assert not clone.samefile(original)
    assert clone.stat().st_mtime_ns == original.stat().st_mtime_ns
    assert library.export.run(order).kept == 1
    with pytest.raises(StorageError, match="cannot hold reflinks"):
        library.export.run(ExportOrder(destination=library.path.parent / "elsewhere", way=ExportWay.REFLINK))
    with pytest.raises(StorageError, match="cannot hold hard links"):
        library.export.run(ExportOrder(destination=library.path.parent / "elsewhere", way=ExportWay.HARD))


def test_a_disk_that_ignores_case(library: Library, album: Album, caseless_disk: Path) -> None:
    for number, name in enumerate(("Ann", "ANN", "ann")):
        person = album.person(name)
        for file in ("x.jpg", "X.JPG", "x.JPG"):
            album.photo(f"{number}{file}/{file}", person)
    out = caseless_disk / "out"
    out.mkdir()
    (out / "ANN").mkdir()
    (out / "ANN/X.jpg").write_bytes(b"mine")
    report = library.export.run(ExportOrder(destination=out))
    assert report.problems == []
    assert (report.added, len(set(tree(out).values()))) == (9, 10)
    assert (out / "Ann/x.jpg").read_bytes() == b"mine"
    assert library.export.run(ExportOrder(destination=out)).kept == 9


@pytest.mark.skipif(sys.platform != "linux", reason="needs mount")
@pytest.mark.parametrize("kind", [ExportKind.FOLDERS, ExportKind.ZIP])
def test_a_full_disk(
    library: Library,
    album: Album,
    small_disk: Path,
    kind: ExportKind,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from faceorganizer.services.interchange import exporting

    ann = album.person("Ann")
    for number in range(8):
        album.photo(f"{number}.jpg", ann)
        with (album.folder / f"{number}.jpg").open("ab") as file:
            file.write(os.urandom(60_000))
    target = small_disk / ("out" if kind is ExportKind.FOLDERS else "out.zip")
    with pytest.raises(StorageError, match="Nothing was written"):
        library.export.run(ExportOrder(destination=target, kind=kind))
    monkeypatch.setattr(exporting, "_free", lambda _: None)
    with pytest.raises(StorageError, match="disk is full"):
        library.export.run(ExportOrder(destination=target, kind=kind))
    originals = set(tree(album.folder).values())
    if kind is ExportKind.ZIP:
        assert list(small_disk.iterdir()) == []
        return
    there = tree(target)
    assert set(there.values()) <= originals
    assert 0 < len(there) < 8
    assert not any(path.name.startswith(".") for path in (target / "Ann").iterdir())
