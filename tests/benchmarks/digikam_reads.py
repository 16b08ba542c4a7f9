"""Whether digiKam reads names where this program wrote them: its database held against a library.

With the project on the path:

    python tests/benchmarks/digikam_reads.py LIBRARY digikam4.db

digiKam has to be started by hand, on a screen or with Xvfb, with the photos as its collection; for sidecars with
"Read from sidecar files" in its settings. It keeps what it reads in digikam4.db, as boxes in the upright picture.
"""

import argparse
import re
import sqlite3
from pathlib import Path

from faceorganizer import Library


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("database", type=Path)
    arguments = parser.parse_args()
    known = digikams(arguments.database)
    with Library.open(arguments.library) as library:
        faces = [face for face in library.faces.list() if face.name is not None]
    missing = worst = 0
    for face in faces:
        boxes = [box for name, box in known.get((face.path.parent.name, face.path.name), ()) if name == face.name]
        off = min((max(abs(a - b) for a, b in zip(box, face.box, strict=True)) for box in boxes), default=None)
        missing += off is None
        worst = max(worst, off or 0)
    print(f"{len(faces)} named faces: {len(faces) - missing} read by digiKam, at most {worst} pixels away")


def digikams(database: Path) -> dict[tuple[str, str], list[tuple[str, tuple[int, ...]]]]:
    """Names and boxes by the photo's folder and file name."""
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    rows = connection.execute(
        "SELECT relativePath, Images.name, Tags.name, value FROM ImageTagProperties JOIN Images ON imageid = Images.id "
        "JOIN Albums ON Albums.id = album JOIN Tags ON Tags.id = tagid WHERE property = 'tagRegion'"
    )
    known: dict[tuple[str, str], list[tuple[str, tuple[int, ...]]]] = {}
    for folder, photo, name, place in rows:
        box = tuple(map(int, re.findall(r'"(-?\d+)"', place)))
        known.setdefault((Path(folder).name, photo), []).append((name, box))
    return known


if __name__ == "__main__":
    main()
