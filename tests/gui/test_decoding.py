"""Pictures are decoded beside the GUI thread without waiting for each other for ever."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

from faceorganizer.gui.thumbnails import decoded

REPO = Path(__file__).resolve().parents[2]
# In a program of its own: a deadlock would take the test with it.
DECODING = """
import sys, threading, time
from pathlib import Path
from PySide6.QtGui import QGuiApplication, QPixmap
from faceorganizer.gui.thumbnails import decoded

application = QGuiApplication([])
content, ends = Path(sys.argv[1]).read_bytes(), time.monotonic() + 2

def decode():
    while time.monotonic() < ends:
        assert decoded(content) is not None

threads = [threading.Thread(target=decode, daemon=True) for _ in range(3)]
for thread in threads:
    thread.start()
while time.monotonic() < ends:
    QPixmap(sys.argv[1])  # as icons are: under Python's lock
for thread in threads:
    thread.join()
print("done")
"""


def test_icons_are_loaded_while_pictures_are_decoded(tmp_path: Path) -> None:
    Image.effect_noise((240, 240), 60).convert("RGB").save(tmp_path / "picture.jpg")
    command = [sys.executable, "-c", DECODING, str(tmp_path / "picture.jpg")]
    ended = subprocess.run(command, cwd=REPO, capture_output=True, text=True, timeout=60)
    assert (ended.stdout.strip(), ended.returncode) == ("done", 0), ended.stderr


def test_a_picture_is_decoded() -> None:
    content = BytesIO()
    Image.new("RGB", (30, 20), (200, 0, 0)).save(content, "PNG")
    image = decoded(content.getvalue())
    assert image is not None
    assert (image.width(), image.height()) == (30, 20)
    assert image.pixelColor(10, 10).getRgb() == (200, 0, 0, 255)
    assert decoded(content.getvalue()[:20]) is None
    assert decoded(b"no picture") is None
