"""What is installed: the package with its resources, and nothing else."""

import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=REPO, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_every_module_and_resource_is_in_the_wheel(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    modules = {path.relative_to(REPO).as_posix() for path in (REPO / "faceorganizer").rglob("*.py")}
    resources = {
        f"faceorganizer/{path.relative_to(REPO).as_posix()}"
        for path in (REPO / "resources").rglob("*")
        if path.is_file() and path.suffix in {".svg", ".qm", ".md", ".png"}
    }
    assert modules | resources | {"faceorganizer/py.typed"} <= names
    assert any(name.endswith("faceorganizer.svg") for name in resources)


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"faceorganizer"}
    assert not [name for name in names if name.endswith((".pyc", ".dat", ".onnx", ".jpg"))]


def test_the_source_package_is_the_project_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=REPO, check=True, capture_output=True)
    (built,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(built) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    wanted = {"LICENSE", "README.md", "pyproject.toml", "dev.py", "packaging/requirements.txt", "packaging/build.py"}
    wanted |= {path.relative_to(REPO).as_posix() for path in (REPO / "faceorganizer").rglob("*.py")}
    wanted |= {path.relative_to(REPO).as_posix() for path in (REPO / "resources").rglob("*") if path.is_file()}
    assert wanted <= names
    folders = {"faceorganizer", "resources", "tests", "packaging"}
    top = {".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "PKG-INFO", "README.md", "dev.py"}
    strays = {name for name in names if name.partition("/")[0] not in folders} - top - {"pyproject.toml"}
    assert not strays
    assert not [name for name in names if name.endswith((".pyc", ".dat", ".onnx", ".jpg", ".deb"))]


def test_icons_are_found_where_the_wheel_is_unpacked(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path)
    program = "from faceorganizer.gui.resources import resource; print(resource('icons', 'people.svg').is_file())"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
