import multiprocessing
import stat
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from faceorganizer.domain.errors import SettingError
from faceorganizer.settings.model import AppSettings
from faceorganizer.settings.store import SettingsFile, config_path, default_library_path

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")

COMMENTED = """\
# my settings
title = 'kept'   # unknown

[future]  # of another version
thing = [1,
   2] # two

[scan] # how to scan
hidden = true # yes
# before jobs
jobs = 2   # two cores
unheard_of = 1979-05-27

[[future.list]]
x = nan
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_missing_file_means_defaults(path: Path) -> None:
    assert SettingsFile(path).load() == AppSettings()
    assert SettingsFile(path.parent / "no" / "folder.toml").load() == AppSettings()
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b"# only a comment", b"[scan]\n"])
def test_empty_file_means_defaults(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert SettingsFile(path).load() == AppSettings()


@pytest.mark.parametrize(
    "content",
    [
        b"[scan]\njobs = 3\n",
        b"[scan]\r\njobs = 3\r\n",
        b"\xef\xbb\xbf[scan]\njobs = 3",
        b"scan.jobs = 3",
        b"scan = {jobs = 3}",
        b"[ 'scan' ]\n\"jobs\" = 0x3",
    ],
)
def test_any_spelling_of_toml_is_read_and_changed(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert SettingsFile(path).load().scan.jobs == 3
    SettingsFile(path).set("scan.jobs", "4")
    SettingsFile(path).set("scan.hidden", "true")
    loaded = SettingsFile(path).load()
    assert (loaded.scan.jobs, loaded.scan.hidden) == (4, True)


def test_comments_order_and_unknown_keys_stay(path: Path) -> None:
    path.write_text(COMMENTED)
    SettingsFile(path).set("scan.jobs", "7")
    assert path.read_text() == COMMENTED.replace("jobs = 2 ", "jobs = 7 ")
    assert SettingsFile(path).load().scan.hidden is True


def test_new_file_holds_what_was_set_alone(path: Path) -> None:
    SettingsFile(path).set("scan.exclude", "*.tmp, ä\\b")
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {"scan": {"exclude": ["*.tmp", "ä\\b"]}}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[scan]\njobs = 'many'", r"scan\.jobs cannot be 'many': it must be a whole number"),
        (b"[scan]\njobs = true", r"scan\.jobs cannot be True"),
        (b"[scan]\nmax_megapixels = nan", r"scan\.max_megapixels"),
        (b"[scan]\nexclude = 'a'", r"scan\.exclude"),
        (b"scan = 3", r"scan must be a section"),
        (b"[[scan]]\njobs = 1", r"scan must be a section"),
        (b"[scan]\njobs = \n", r"line 2"),
        (b"[scan]\njobs = 1\njobs = 2\n", r"line 3"),
        (b"[scan]\n# \xff", r"Line 2 is not UTF-8"),
        (b"\xff\xfe[\0s\0c\0", r"not UTF-8"),
        (b"a = " + b"[" * 50_000, r"nested too deeply"),
        (b"a = " + b"9" * 5000, r"not valid TOML"),
        (b"\0", r"not valid TOML"),
        (b"#" * 1_000_001, r"too large"),
    ],
)
def test_broken_files_are_named_with_the_place(path: Path, content: bytes, said: str) -> None:
    path.write_bytes(content)
    with pytest.raises(SettingError, match=said) as caught:
        SettingsFile(path).load()
    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", [b"scan = 3", b"[[scan]]\njobs = 1", b"[scan\n", b"\xff", b"a = " + b"[" * 50_000])
def test_broken_files_are_not_written(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(SettingError):
        SettingsFile(path).set("scan.jobs", "1")
    assert path.read_bytes() == content


def test_wrong_values_can_be_set_right_one_by_one(path: Path) -> None:
    path.write_text("[scan]\njobs = 'many'\nhidden = 'perhaps'\n")
    SettingsFile(path).set("scan.jobs", "2")
    SettingsFile(path).set("scan.hidden", "no")
    assert SettingsFile(path).load().scan.jobs == 2


@pytest.mark.parametrize(
    ("name", "text"), [("scan.jobs", "many"), ("scan.unknown", "1"), ("vision.detail", "fast"), ("", "")]
)
def test_wrong_settings_leave_no_file(path: Path, name: str, text: str) -> None:
    with pytest.raises(SettingError):
        SettingsFile(path).set(name, text)
    assert list(path.parent.iterdir()) == []


def test_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="could not be read"):
        SettingsFile(tmp_path).load()
    with pytest.raises(SettingError, match="could not be"):
        SettingsFile(tmp_path).set("scan.jobs", "1")


def test_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingError, match="could not be"):
        SettingsFile(tmp_path / "file" / "settings.toml").set("scan.jobs", "1")


@POSIX
def test_new_folders_and_files_are_private(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "settings.toml"
    SettingsFile(path).set("scan.jobs", "1")
    modes = [stat.S_IMODE(place.stat().st_mode) for place in (path.parent.parent, path.parent, path)]
    assert modes == [0o700, 0o700, 0o600]


@POSIX
def test_permissions_of_an_existing_file_stay(path: Path) -> None:
    path.touch()
    path.chmod(0o644)
    SettingsFile(path).set("scan.jobs", "1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@POSIX
def test_links_stay_links(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    target = tmp_path / "dotfiles" / "real.toml"
    link = tmp_path / "settings.toml"
    link.symlink_to(Path("dotfiles") / "real.toml")
    for jobs in ("1", "2"):  # dangling at first
        SettingsFile(link).set("scan.jobs", jobs)
        assert link.is_symlink()
        assert tomllib.loads(target.read_text()) == {"scan": {"jobs": int(jobs)}}


@POSIX
def test_link_to_itself(path: Path) -> None:
    path.symlink_to(path)
    with pytest.raises(SettingError):
        SettingsFile(path).load()
    with pytest.raises(SettingError):
        SettingsFile(path).set("scan.jobs", "1")


@POSIX
def test_full_disk_leaves_the_old_file(path: Path) -> None:
    import resource
    import signal

    path.write_text("# old\n" + "# filler\n" * 2000)
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(SettingError, match="could not be written"):
            SettingsFile(path).set("scan.jobs", "1")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == before
    assert [place.name for place in path.parent.iterdir() if place.suffix not in {".toml", ".lock"}] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux devices")
def test_devices_are_read_like_files() -> None:
    assert SettingsFile(Path("/dev/null")).load() == AppSettings()
    with pytest.raises(SettingError, match="too large"):
        SettingsFile(Path("/dev/zero")).load()


def change_often(path: Path, name: str) -> None:
    for number in range(1, 16):
        SettingsFile(path).set(name, str(number))


def test_concurrent_changes_are_all_kept(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    names = ["scan.jobs", "scan.task_seconds"]
    writers = [context.Process(target=change_often, args=(path, name)) for name in names]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        SettingsFile(path).load()  # never half a file
    assert [writer.exitcode for writer in writers] == [0, 0]
    for writer in writers:
        writer.join()
        writer.close()
    loaded = SettingsFile(path).load()
    assert (loaded.scan.jobs, loaded.scan.task_seconds) == (15, 15)


def test_places_follow_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FACEORGANIZER_CONFIG", str(tmp_path / "my.toml"))
    monkeypatch.setenv("FACEORGANIZER_LIBRARY", str(tmp_path / "lib"))
    assert config_path() == tmp_path / "my.toml"
    assert default_library_path() == tmp_path / "lib"
    monkeypatch.setenv("FACEORGANIZER_CONFIG", "")
    monkeypatch.delenv("FACEORGANIZER_LIBRARY")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert config_path().name == "settings.toml"
    assert default_library_path().name == "library"
    if sys.platform == "linux":
        assert config_path() == tmp_path / "config" / "faceorganizer" / "settings.toml"
        assert default_library_path() == tmp_path / "data" / "faceorganizer" / "library"


def test_load_does_not_depend_on_the_working_folder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    SettingsFile(Path("settings.toml")).set("scan.jobs", "5")
    assert SettingsFile(path).load().scan.jobs == 5


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
LEAVES = st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | TEXTS | st.datetimes()
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8
)
UNKNOWN = TEXTS.filter(lambda name: name != "jobs")


@settings(deadline=None, max_examples=60)
@given(
    top=st.dictionaries(TEXTS.filter(lambda name: name != "scan"), VALUES, max_size=4),
    scan=st.dictionaries(UNKNOWN, VALUES, max_size=3),
    jobs=st.integers(0, 1000),
)
def test_unknown_keys_survive_a_change(top: dict[str, Any], scan: dict[str, Any], jobs: int) -> None:
    text = tomlkit.dumps({**top, "scan": scan})
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # tomlkit writes some texts that are none
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        path.write_bytes(text.encode())
        SettingsFile(path).set("scan.jobs", str(jobs))
        before["scan"]["jobs"] = jobs
        assert tomllib.loads(path.read_bytes().decode()) == before


TOMLISH = st.text("[]{}=.,\"'#\n\r\t \\0123456789eE+-_:TZabscanjobshidden", max_size=60)
LINES = """\
[scan]|[[scan]]|[scan.sub]|[a]|[[a]]|[a.b]|scan.jobs=1|scan={}|scan={a=1}|jobs=2|hidden=true|# c|x='''|'''|b.c=1
d=2020-01-01|scan.sub.x=1|exclude=['a',|'b']|\r"""
SNIPPETS = st.lists(st.sampled_from(LINES.replace("\n", "|").split("|")), max_size=8).map("\n".join)


@settings(deadline=None, max_examples=300)
@given(content=st.binary(max_size=60) | TOMLISH.map(str.encode) | SNIPPETS.map(str.encode))
def test_garbage_is_a_setting_error_or_settings(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        path.write_bytes(content)
        file = SettingsFile(path)
        try:
            file.load()
        except SettingError as error:
            str(error).encode()
        try:
            file.set("scan.jobs", "3")
        except SettingError:
            assert path.read_bytes() == content
        else:
            before = tomllib.loads(content.decode("utf-8-sig"))
            before.setdefault("scan", {})["jobs"] = 3
            assert tomllib.loads(path.read_bytes().decode()) == before
