"""The example of README runs as it stands there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

REPO = Path(__file__).resolve().parents[2]


def example() -> str:
    (code,) = re.findall(r"(?ms)^```python\n(.*?)^```", (REPO / "README.md").read_text(encoding="utf-8"))
    return code


def test_the_example_of_readme_runs(tmp_path: Path, astronaut: np.ndarray) -> None:
    pictures = tmp_path / "Pictures"
    pictures.mkdir()
    portrait = Image.fromarray(astronaut)
    for path in (pictures / "first.jpg", tmp_path / "one.jpg"):
        portrait.save(path, quality=95)
    for path in (pictures / "second.jpg", tmp_path / "two.jpg"):
        portrait.resize((480, 480)).save(path, quality=90)
    script = tmp_path / "example.py"
    script.write_text(example(), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "2 photos, 2 faces, 1 groups"
    assert lines[1].endswith("(unnamed) 2")
    assert lines[2] == "Anna"
    assert lines[3].endswith(" True")
