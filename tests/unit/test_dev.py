"""The launcher: what it says to unsuitable machines, and when it takes an environment for finished."""

import ast
import importlib.util
import os
import runpy
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "dev.py"


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_under_test", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def environment(dev: ModuleType, tmp_path: Path):  # type: ignore[no-untyped-def]
    """An environment as a finished installation of the kind "run" leaves it, without the packages."""
    packaging = tmp_path / "project" / "packaging"
    packaging.mkdir(parents=True)
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-build.txt"):
        (packaging / name).write_text(f"# {name}\n", encoding="utf-8")
    made = dev.Environment(packaging.parent)
    made.scripts.mkdir(parents=True)
    made.python.write_bytes(b"")
    made.site_packages.mkdir(parents=True)
    (made.folder / "pyvenv.cfg").write_text(f"home = {tmp_path}\n", encoding="utf-8")
    made.write_stamp(made.stamp("run"))
    return made


# Which Python


def test_the_file_can_be_read_by_old_pythons() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 14, 0)])
def test_an_unsuitable_python_is_told_which_ones_are_wanted(
    version: tuple[int, int, int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "argv", [str(SCRIPT), "run"])
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(str(SCRIPT), run_name="__main__")
    assert stopped.value.code == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "needs Python 3.11, 3.12, 3.13" in captured.err
    assert f"this is Python {version[0]}.{version[1]}," in captured.err


@pytest.mark.skipif(os.name != "posix", reason="makes stand-ins with a shell")
def test_a_suitable_python_on_the_path_takes_over_and_dead_ones_do_not(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = "{}.{}".format(*sys.version_info[:2])
    for version in ("3.13", "3.12", "3.11"):
        command = tmp_path / f"python{version}"
        text = f'exec {sys.executable!r} "$@"' if version == mine else "exit 127"
        command.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    became: list[list[str]] = []
    monkeypatch.setattr(dev, "become", lambda command, _: became.append(command) or 7)
    assert dev.hand_over_to_a_suitable_python(["run", "a b"]) == 7
    assert became == [[f"python{mine}", str(SCRIPT), "run", "a b"]]


# The command line


@pytest.mark.parametrize("arguments", [[], ["walk"], ["--frobnicate", "run"], ["lint", "x"]])
def test_wrong_usage_is_2_and_says_how(
    dev: ModuleType, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == 2
    captured = capsys.readouterr()
    assert "Usage: python3 dev.py" in captured.err
    assert captured.out == ""


def test_help_goes_to_standard_output(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["--help"]) == 0
    assert capsys.readouterr().out.startswith("Usage: python3 dev.py")


@pytest.mark.skipif(os.name != "posix", reason="a link as the environment's Python")
def test_the_program_gets_its_arguments_the_working_folder_and_no_foreign_modules(
    dev: ModuleType, tmp_path: Path
) -> None:
    """The launcher itself is run in another process; only the installing has happened before."""
    project = tmp_path / "project"
    package = project / "faceorganizer"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "__main__.py").write_text(
        "import os, sys\nprint(sys.argv[1:], os.getcwd(), 'PYTHONPATH' in os.environ)\nsys.exit(41)\n", encoding="utf-8"
    )
    (project / "dev.py").write_bytes(SCRIPT.read_bytes())
    (project / "packaging").mkdir()
    for name in ("requirements.txt", "requirements-build.txt"):
        (project / "packaging" / name).write_text("", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", project / ".venv"], check=True)
    made = dev.Environment(project)
    (made.site_packages / "checkout.pth").write_text(f"{project}\n", encoding="utf-8")
    made.write_stamp(made.stamp("run"))
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "faceorganizer").mkdir(parents=True)
    (elsewhere / "faceorganizer" / "__init__.py").write_text("raise SystemExit('the wrong one')", encoding="utf-8")

    command = [sys.executable, str(project / "dev.py"), "run", "scan", "a b", "--json"]
    variables = {**os.environ, "PYTHONPATH": str(elsewhere)}
    ended = subprocess.run(command, cwd=elsewhere, env=variables, capture_output=True, text=True)
    assert ended.stdout == f"['scan', 'a b', '--json'] {elsewhere} False\n"
    assert ended.stderr == ""
    assert ended.returncode == 41


# The stamp


def test_a_finished_environment_is_ready_for_its_kind(environment) -> None:  # type: ignore[no-untyped-def]
    assert environment.is_ready("run")
    assert not environment.is_ready("dev")
    environment.write_stamp(environment.stamp("dev"))
    assert environment.is_ready("dev")
    assert environment.is_ready("run")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-build.txt"])
def test_other_pins_want_an_installation_over_the_present_one(environment, name: str) -> None:  # type: ignore[no-untyped-def]
    (environment.root / "packaging" / name).write_text("other\n", encoding="utf-8")
    assert not environment.is_ready("run")
    assert environment.is_reusable()


def test_pins_of_development_do_not_matter_for_running(environment) -> None:  # type: ignore[no-untyped-def]
    (environment.root / "packaging" / "requirements-dev.txt").write_text("other\n", encoding="utf-8")
    assert environment.is_ready("run")


def test_a_package_installed_by_hand_is_noticed(environment) -> None:  # type: ignore[no-untyped-def]
    os.utime(environment.site_packages, ns=(1, 1))
    assert not environment.is_ready("run")
    assert environment.is_reusable()


def test_a_moved_project_is_noticed(dev: ModuleType, environment, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    moved = environment.root.rename(tmp_path / "moved")
    assert not dev.Environment(moved).is_ready("run")


def test_another_python_makes_a_new_environment(environment) -> None:  # type: ignore[no-untyped-def]
    environment.write_stamp({**environment.read_stamp(), "python": "3.0"})
    assert not environment.is_ready("run")
    assert not environment.is_reusable()


@pytest.mark.parametrize("lost", ["python", "home", "settings", "stamp"])
def test_a_broken_environment_is_neither_ready_nor_reusable(environment, lost: str) -> None:  # type: ignore[no-untyped-def]
    settings = environment.folder / "pyvenv.cfg"
    if lost == "python":
        environment.python.unlink()
    elif lost == "home":
        settings.write_text("home = /no/such/folder\n", encoding="utf-8")
    elif lost == "settings":
        settings.unlink()
    else:
        environment.stamp_file.unlink()
    assert not environment.is_ready("run")
    assert not environment.is_reusable()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"kind": "other"}', b'{"kind": ["run"]}']
)
def test_a_damaged_stamp_is_none(environment, content: bytes) -> None:  # type: ignore[no-untyped-def]
    environment.stamp_file.write_bytes(content)
    assert environment.read_stamp() == {}
    assert not environment.is_ready("run")


def test_clearing_spares_the_lock_and_what_links_lead_to(environment, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "photo").write_bytes(b"x")
    (environment.folder / "link").symlink_to(kept, target_is_directory=True)
    environment.lock_file.touch()
    environment.clear()
    assert list(environment.folder.iterdir()) == [environment.lock_file]
    assert (kept / "photo").exists()


def test_a_linked_environment_is_left_alone(
    dev: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "precious").touch()
    project = tmp_path / "project"
    project.mkdir()
    (project / ".venv").symlink_to(shared, target_is_directory=True)
    with pytest.raises(dev.Trouble, match="is a link"):
        dev.install(dev.Environment(project), "run", False)
    assert (shared / "precious").exists()


@pytest.mark.skipif(os.name != "posix", reason="children inherit the lock on POSIX only")
def test_the_lock_outlives_its_process_as_long_as_an_installer_runs(dev: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "lock"
    script = (
        "import importlib.util, os, subprocess, sys\n"
        f"spec = importlib.util.spec_from_file_location('dev', {str(SCRIPT)!r})\n"
        "dev = importlib.util.module_from_spec(spec); spec.loader.exec_module(dev)\n"
        "from pathlib import Path\n"
        f"with dev.locked(Path({str(path)!r})) as descriptor:\n"
        "    child = subprocess.Popen(['sleep', '60'], stdout=subprocess.DEVNULL, pass_fds=(descriptor,))\n"
        "    print(child.pid, flush=True); os._exit(0)\n"
    )
    started = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=True)
    descriptor = os.open(path, os.O_RDWR)
    try:
        assert not dev.try_lock(descriptor)
        os.kill(int(started.stdout), signal.SIGKILL)
        deadline = time.monotonic() + 10
        while not dev.try_lock(descriptor):
            assert time.monotonic() < deadline
            time.sleep(0.01)
    finally:
        os.close(descriptor)


# What stands in the way, in plain words


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one this project pins"),
        ("WARNING: Retrying ... Failed to establish a new connection\nNo matching distribution found", "network"),
        ("ERROR: No matching distribution found for x==1", "lacks a pinned package"),
        ("ERROR: [Errno 13] Permission denied: '/x'", "cannot be written to"),
        ("something new", "it failed"),
    ],
)
def test_a_failure_of_pip_is_explained(dev: ModuleType, output: str, words: str) -> None:
    assert words in dev.explanation(output, "it failed")


def test_a_missing_library_is_named_with_its_debian_package(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "missing_packages", lambda _: ["libegl1"])
    monkeypatch.setattr(dev, "is_root", lambda: False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    errors = (
        "Traceback (most recent call last):\n"
        "ImportError: libGL.so.1: cannot open shared object file: No such file or directory\n"
    )
    told = dev.explain_load_failure("PySide6.QtGui", 1, errors)
    assert told.splitlines()[-1] == "    sudo apt-get install libegl1 libgl1"


def test_without_apt_the_library_itself_is_named(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda _: None)
    errors = "ImportError: libfoo.so.3: cannot open shared object file: No such file or directory"
    assert "libfoo.so.3" in dev.explain_load_failure("cv2", 1, errors).splitlines()[-1]


def test_a_crash_while_loading_is_told_from_a_missing_library(dev: ModuleType) -> None:
    assert "dlib crashes" in dev.explain_load_failure("dlib", -4, "")


def test_only_libraries_that_cannot_be_loaded_are_missing(dev: ModuleType) -> None:
    assert dev.missing_packages({"libno-such-thing.so.9": "libno-such-thing9"}) == ["libno-such-thing9"]
    assert dev.missing_packages({}) == []


def test_the_libraries_of_this_environment_load(dev: ModuleType) -> None:
    class Here:
        python = sys.executable

    assert dev.load_failure(Here, dev.CORE_MODULES) == ""
    assert "nonsense_module does not load" in dev.load_failure(Here, ("sys", "nonsense_module"))


def test_installing_system_packages_needs_root(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "is_root", lambda: False)
    with pytest.raises(dev.Trouble, match="needs apt-get and root"):
        dev.install_with_apt(["libgl1"])


def test_a_full_disk_and_a_read_only_folder_are_told_apart(dev: ModuleType) -> None:
    assert "disk is full" in dev.explain_system_error(OSError(28, "No space left on device", "/x"))
    assert "cannot be written to" in dev.explain_system_error(OSError(30, "Read-only file system", "/x"))


# What runs on a bare machine


def test_ci_runs_what_check_runs(dev: ModuleType) -> None:
    script = (SCRIPT.parent / ".ci" / "run").read_text(encoding="utf-8")
    commands = [
        line.partition("dev.py ")[2].split(" ||")[0] for line in script.splitlines() if "python3 dev.py" in line
    ]
    commands = [command for command in commands if not command.startswith("check")]
    assert commands == ["--install-system-packages test", "coverage", "lint"]
    assert dev.COVERAGE in script
    readme = (SCRIPT.parent / "README.md").read_text(encoding="utf-8")
    assert "    python3 dev.py test\n" in readme


@pytest.mark.skipif(not (SCRIPT.parent / ".venv").exists(), reason="needs the environment that dev.py makes")
def test_coverage_below_the_floor_fails(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "seen"
    folder.mkdir()
    monkeypatch.setenv(dev.COVERAGE, str(folder))
    environment = dev.Environment(SCRIPT.parent)
    assert dev.coverage(environment) == 1  # nothing was measured
    program = "import coverage, sys; seen = coverage.Coverage(data_file=sys.argv[1], data_suffix=True); seen.start(); "
    program += "import faceorganizer.domain.ids; seen.stop(); seen.save()"
    subprocess.run([sys.executable, "-c", program, str(folder / ".coverage")], cwd=SCRIPT.parent, check=True)
    assert dev.coverage(environment) != 0
