"""The audit of what is installed against what is pinned."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

AUDIT = Path(__file__).resolve().parents[2] / "packaging" / "audit.py"
HASH = " \\\n    --hash=sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("pin", "said", "code"),
    [
        (f"numpy=={version('numpy')}{HASH}", "as pinned", 0),
        (f"numpy==0.1{HASH}", "is installed", 1),
        (f"numpy=={version('numpy')}", "no hash", 1),
        (f"no-such-package==1.0{HASH}", "not installed", 1),
        (f"no-such-package==1.0 ; sys_platform == 'none'{HASH}", "for another system", 0),
        (f"numpy=={version('numpy')} @ https://example.org/x.whl{HASH}", "an address of its own", 1),
    ],
)
def test_each_pin_is_told(tmp_path: Path, pin: str, said: str, code: int) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(f"{pin}\n    # via somebody\n")
    done = subprocess.run([sys.executable, AUDIT, lock], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert said in done.stdout
