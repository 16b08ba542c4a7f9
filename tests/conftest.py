"""Fixtures for every test: no screen, no user's files, and pictures to work on."""

import os
import signal
from pathlib import Path

import numpy as np
import pytest

# Without a screen Qt aborts the interpreter, and it reads this variable once, on import.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A runner in the background ignores Ctrl-C, and so would every program it starts; tests send it on purpose.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

REPOSITORY = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Measures which lines the unit tests reach, where `python3 dev.py check` asks for it."""
    folder = os.environ.get("FACEORGANIZER_COVERAGE")
    if folder:
        from tests.coverage_floor import UnitCoverage

        config.pluginmanager.register(UnitCoverage(Path(folder)))


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps every test away from the user's settings, libraries and home folder."""
    monkeypatch.setenv("FACEORGANIZER_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("FACEORGANIZER_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("FACEORGANIZER_MODELS", str(tmp_path / "models"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of measured material beside the repository; the test is skipped where it is absent.

    FACEORGANIZER_SHARED names another place for the folder `shared` itself.
    """
    shared = Path(os.environ.get("FACEORGANIZER_SHARED") or REPOSITORY.parent / "shared")
    data = shared / "data"
    if not data.is_dir():
        pytest.skip(f"needs the test material in {data} (FACEORGANIZER_SHARED names another folder)")
    return data


@pytest.fixture(scope="session")
def _astronaut_once() -> np.ndarray:
    from skimage import data

    return np.asarray(data.astronaut())


@pytest.fixture
def astronaut(_astronaut_once: np.ndarray) -> np.ndarray:
    """A portrait in the public domain: RGB, uint8, shape (512, 512, 3), a fresh copy for each test."""
    return _astronaut_once.copy()
