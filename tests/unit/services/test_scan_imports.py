"""Workers start soon: they load the room of pictures, not that of the database."""

import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[3]
NEEDLESS = {"sqlalchemy", "scipy", "sklearn", "faiss", "infomap", "pydantic", "typer", "rich", "PySide6"}


def test_a_worker_loads_no_library_it_does_not_need() -> None:
    program = "import sys, faceorganizer.services.scan.worker; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=REPO, check=True)
    assert NEEDLESS.isdisjoint(done.stdout.split())
