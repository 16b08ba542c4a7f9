"""The pins in packaging/ against what pyproject.toml asks for; nothing here needs the network."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
    "requirements-build.txt": PROJECT["dependency-groups"]["build"] + PROJECT["build-system"]["requires"],
    "requirements-packaging.txt": PROJECT["dependency-groups"]["packaging"],
}
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    "Linux on ARM": {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "aarch64",
    },
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
    "macOS on Intel": {
        "sys_platform": "darwin",
        "platform_system": "Darwin",
        "os_name": "posix",
        "platform_machine": "x86_64",
    },
}
PYTHONS = ("3.11", "3.12", "3.13")
# A pin, its hashes, and the comment that says who asked for it.
BY_THE_PROJECT = re.compile(
    r"^([\w.-]+)==[^\n]*\n(?:[ ]+--hash[^\n]*\n)+[ ]+# via [^\n]*faceorganizer \(pyproject", re.MULTILINE
)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(text: str) -> Iterator[str]:
    """The entries of a requirements file, with their continued lines joined and without comments."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for entry in lines.replace("\\\n", " ").splitlines():
        if entry.strip():
            yield entry


def read(name: str) -> list[Requirement]:
    text = (REPOSITORY / "packaging" / name).read_text(encoding="utf-8")
    return [Requirement(entry.partition("--hash")[0]) for entry in entries(text)]


def markers_of(system: str, python: str) -> dict[str, str]:
    return {
        **{name: str(value) for name, value in default_environment().items()},
        **SYSTEMS[system],
        "python_version": python,
        "python_full_version": f"{python}.7",
        "extra": "",
    }


def pinned(name: str, markers: dict[str, str]) -> dict[str, str]:
    """Package to version, as far as the markers of a machine select them."""
    chosen: dict[str, str] = {}
    for requirement in read(name):
        if requirement.marker is None or requirement.marker.evaluate(markers):
            package = canonicalize_name(requirement.name)
            assert package not in chosen, f"{name} pins {package} twice"
            (specifier,) = requirement.specifier
            assert specifier.operator == "=="
            chosen[package] = specifier.version
    return chosen


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("name", WANTED)
def test_pins_satisfy_what_the_project_asks_for(name: str, system: str, python: str) -> None:
    markers = markers_of(system, python)
    pins = pinned(name, markers)
    for text in WANTED[name]:
        wanted = Requirement(text)
        if wanted.marker is None or wanted.marker.evaluate(markers):
            package = canonicalize_name(wanted.name)
            assert package in pins, f"{name} lacks {package}: run `python3 dev.py lock`"
            assert wanted.specifier.contains(pins[package], prereleases=True), f"{name}: {text}, not {pins[package]}"


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_development_has_the_very_versions_that_users_get(system: str, python: str) -> None:
    markers = markers_of(system, python)
    assert pinned("requirements.txt", markers).items() <= pinned("requirements-dev.txt", markers).items()


@pytest.mark.parametrize("name", WANTED)
def test_nothing_is_pinned_that_the_project_no_longer_asks_for(name: str) -> None:
    text = (REPOSITORY / "packaging" / name).read_text(encoding="utf-8")
    asked = {canonicalize_name(found[1]) for found in BY_THE_PROJECT.finditer(text)}
    assert asked <= {canonicalize_name(Requirement(wanted).name) for wanted in WANTED[name]}, (
        "run `python3 dev.py lock`"
    )
    assert asked


@pytest.mark.parametrize("system", SYSTEMS)
def test_dlib_is_compiled_on_intel_macs_alone(system: str) -> None:
    pins = pinned("requirements-dev.txt", markers_of(system, "3.12"))
    assert ("dlib" in pins, "dlib-bin" in pins) == ((True, False) if system == "macOS on Intel" else (False, True))


@pytest.mark.parametrize("name", WANTED)
def test_every_pin_has_a_hash_and_none_an_address(name: str) -> None:
    text = (REPOSITORY / "packaging" / name).read_text(encoding="utf-8")
    assert "://" not in text
    for entry in entries(text):
        assert not entry.startswith("-"), f"{name} holds an option: {entry}"
        requirement = entry.partition("--hash")[0]
        assert "@" not in requirement
        assert HASH.search(entry), f"{requirement} has no hash"


def test_nothing_is_left_over_in_the_dependency_free_install() -> None:
    """dev.py installs with --no-deps, so a dependency of a pinned package that is not pinned would be missing."""
    from importlib.metadata import PackageNotFoundError, requires

    markers = {**{name: str(value) for name, value in default_environment().items()}, "extra": ""}
    pins = pinned("requirements-dev.txt", markers)
    dropped_on_purpose = {("face-recognition", "dlib")}
    for package in pins:
        try:
            needs = requires(package) or []
        except PackageNotFoundError:
            pytest.skip(f"{package} is not installed here, so what it needs is not known")
        for text in needs:
            need = Requirement(text)
            name = canonicalize_name(need.name)
            if (need.marker is None or need.marker.evaluate(markers)) and (package, name) not in dropped_on_purpose:
                assert name in pins, f"{package} needs {text}"
