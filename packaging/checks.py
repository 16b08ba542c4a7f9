"""Checks of what was built, and of what describes it."""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import desktop
import project

# Reserved for examples: nothing is there.
_NOWHERE: Final = "https://screenshots.invalid"


def check_distributions(folder: Path) -> None:
    """Check wheel and source package with twine, and that they hold what they should and nothing else."""
    version = project.version()
    wheel = folder / f"faceorganizer-{version}-py3-none-any.whl"
    source = folder / f"faceorganizer-{version}.tar.gz"
    _run(sys.executable, "-m", "twine", "check", "--strict", wheel, source)
    with tarfile.open(source) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    tracked = subprocess.run(["git", "ls-files"], cwd=project.ROOT, check=True, capture_output=True, text=True).stdout
    if strays := names - set(tracked.splitlines()) - {"PKG-INFO"}:
        raise SystemExit(f"The source package holds what is not part of the project: {', '.join(sorted(strays))}")
    inside = set(ZipFile(wheel).namelist())
    wanted = {
        f"faceorganizer/{path.relative_to(project.ROOT).as_posix()}"
        for kind in project.INSTALLED_RESOURCES
        for path in (project.ROOT / "resources" / kind).rglob("*")
        if path.is_file()
    }
    if missing := wanted - inside:
        raise SystemExit(f"The wheel lacks {', '.join(sorted(missing))}")
    print(f"{wheel.name}: {len(inside)} files; {source.name}: {len(names)} files")  # noqa: T201


def check_desktop() -> None:
    """Check the menu entry and the description, by the tools of their makers."""
    _run("desktop-file-validate", desktop.ENTRY)
    with tempfile.TemporaryDirectory() as temporary:
        for address in ("", _NOWHERE):
            description = Path(temporary, desktop.METAINFO.name)
            description.write_text(desktop.metainfo(address), encoding="utf-8")
            _run("appstreamcli", "validate", "--no-net", "--explain", description)


def check_pipx() -> None:
    """Install the checkout with pipx into an empty home, as its user would, and start it there."""
    home = Path(tempfile.mkdtemp(prefix="pipx-home-"))
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PIPX_", "XDG_", "PYTHON"))}
    variables |= {"HOME": str(home), "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))}
    try:
        _run(sys.executable, "-m", "pipx", "install", "--python", sys.executable, project.ROOT, env=variables, cwd=home)
        program = home / ".local/bin/faceorganizer"
        _run(program, "--version", env=variables, cwd=home)
        _run(program, "doctor", env=variables, cwd=home)
    finally:
        shutil.rmtree(home)


def _run(*command: object, env: dict[str, str] | None = None, cwd: Path = project.ROOT) -> None:
    subprocess.run([str(word) for word in command], check=True, env=env, cwd=cwd)
