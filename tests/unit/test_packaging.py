"""What packages are described by, and the notices that come with them."""

import importlib
import mimetypes
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from faceorganizer.imaging.formats import is_photo

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGING = REPOSITORY / "packaging"
APP_ID = "org.faceorganizer.FaceOrganizer"
NOWHERE = "https://screenshots.invalid/a&b"

Recipe = Callable[[str], ModuleType]


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recipe]:
    """Loads a module of packaging/, which is no package."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    before = set(sys.modules)

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    yield load
    for name in set(sys.modules) - before:
        if str(PACKAGING) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def needs(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


def test_the_menu_entry_is_valid() -> None:
    needs("desktop-file-validate")
    done = subprocess.run(
        ["desktop-file-validate", PACKAGING / f"{APP_ID}.desktop"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("address", ["", NOWHERE])
def test_the_description_is_valid(recipe: Recipe, tmp_path: Path, address: str) -> None:
    needs("appstreamcli")
    description = tmp_path / f"{APP_ID}.metainfo.xml"
    description.write_text(recipe("desktop").metainfo(address), encoding="utf-8")
    command = ["appstreamcli", "validate", "--no-net", "--explain", description]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_description_tells_of_this_version_and_of_pictures_that_are_there(recipe: Recipe) -> None:
    desktop = recipe("desktop")
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    plain, pictured = (ElementTree.fromstring(desktop.metainfo(address)) for address in ("", NOWHERE))
    release = pictured.find("releases/release")
    assert release is not None
    assert release.get("version") == project["version"]
    assert pictured.findtext("project_license") == project["license"]
    assert plain.find("screenshots") is None
    assert "AppStream wants" not in desktop.metainfo("")
    pictures = [image.text or "" for image in pictured.iterfind("screenshots/screenshot/image")]
    assert pictures
    for picture in pictures:
        address, _, name = picture.rpartition("/")
        assert address == NOWHERE
        assert (REPOSITORY / "resources/screenshots" / name).is_file()


def test_the_entry_takes_only_pictures_that_are_read() -> None:
    entry = (PACKAGING / f"{APP_ID}.desktop").read_text(encoding="utf-8")
    found = re.search(r"^MimeType=(.*)$", entry, re.MULTILINE)
    assert found is not None
    kinds = [kind for kind in found[1].split(";") if kind and not kind.startswith(("image/x-", "inode/"))]
    suffixes = {".avif": "image/avif", ".heic": "image/heic", ".heif": "image/heif", ".webp": "image/webp"}
    known = {kind: suffix for suffix, kind in suffixes.items()}
    for kind in kinds:
        suffix = known.get(kind) or mimetypes.guess_extension(kind)
        assert suffix, kind
        assert is_photo(f"a{suffix}"), kind


def test_everything_that_is_pinned_has_its_licence_in_the_notices() -> None:
    notices = (PACKAGING / "THIRD_PARTY_NOTICES.txt").read_text(encoding="utf-8")
    listed = {
        canonicalize_name(found[1]): (found[2].split(", "), found[3])
        for found in re.finditer(r"^  ([\w.-]+) (\d[\w., ]*): (\S.*)$", notices, re.MULTILINE)
    }
    pinned: dict[str, set[str]] = {}
    for line in (PACKAGING / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            requirement = Requirement(line.rstrip("\\").strip())
            (specifier,) = requirement.specifier
            pinned.setdefault(canonicalize_name(requirement.name), set()).add(specifier.version)
    assert {name: set(versions) for name, (versions, _) in listed.items()} == pinned, (
        "run `python3 packaging/build.py notices`"
    )
    for word in ("300-W", "commercial", "CC0-1.0", "Lesser General Public License", "CPython"):
        assert word in notices


def test_the_notices_are_as_the_recipe_makes_them(recipe: Recipe) -> None:
    notices = recipe("notices")
    assert notices.INVENTORY.read_text(encoding="utf-8") == notices.inventory(), (
        "run `python3 packaging/build.py notices`"
    )


def test_a_package_without_a_licence_is_refused(recipe: Recipe) -> None:
    with pytest.raises(LookupError, match="no-such-package"):
        recipe("notices").licence_of("no-such-package")


def test_the_full_notices_have_texts(recipe: Recipe) -> None:
    text = recipe("notices").full({})
    for words in (
        "Permission is hereby granted",
        "Redistribution and use in source and binary forms",
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "Boost Software License",
    ):
        assert words in text


def test_the_window_goes_by_the_name_of_its_entry(qapp: object) -> None:
    source = (REPOSITORY / "faceorganizer/gui/application.py").read_text(encoding="utf-8")
    assert f'setDesktopFileName("{APP_ID}")' in source


def test_icons_are_drawn_in_all_sizes(recipe: Recipe, tmp_path: Path, qapp: object) -> None:
    from PIL import Image

    icons = recipe("icons")
    icons.draw(tmp_path)
    for size in icons.SIZES:
        with Image.open(tmp_path / f"faceorganizer-{size}.png") as drawn:
            assert drawn.size == (size, size)
            assert drawn.getchannel("A").getextrema() == (0, 255)
    with Image.open(tmp_path / "faceorganizer.ico") as windows:
        assert windows.info["sizes"] == {(size, size) for size in icons.WINDOWS_SIZES}
    with Image.open(tmp_path / "faceorganizer.icns") as mac:
        assert (512, 512, 2) in mac.info["sizes"]


def test_no_recipe_names_a_host() -> None:
    allowed = {"www.debian.org", "screenshots.invalid"}  # of the copyright file's format; reserved for examples
    for path in PACKAGING.iterdir():
        if path.is_file():
            hosts = set(re.findall(r"://([\w.-]+)", path.read_text(encoding="utf-8")))
            assert hosts <= allowed, path.name
