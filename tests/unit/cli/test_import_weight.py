import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[3]
HEAVY = {
    "dlib", "cv2", "scipy", "faiss", "infomap", "rawpy", "pillow_heif", "PIL", "sklearn", "PySide6", "face_recognition",
}  # fmt: skip
PROGRAM = """
import sys
from faceorganizer.app import main
code = main(sys.argv[1:]) if len(sys.argv) > 1 else 0
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--help",),
        ("people", "list"),
        ("faces", "list", "--json"),
        ("photos",),
        ("folders", "list"),
        ("library", "info"),
        ("history",),
        ("library", "backup"),
        ("settings", "list"),
        ("people", "name", "1", "Ann"),
    ],
)
def test_commands_load_no_library_they_do_not_need(library: Path, words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, encoding="utf-8", cwd=REPO, check=True
    )
    code, *modules = done.stderr.splitlines()[-1].split()
    assert code == "0"
    assert HEAVY.isdisjoint(modules)
