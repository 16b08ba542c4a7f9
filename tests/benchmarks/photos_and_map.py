"""What the places of photos and of the map take of the GUI thread, and the map itself of any.

With the project on the path:

    QT_QPA_PLATFORM=offscreen python tests/benchmarks/photos_and_map.py [--photos 40000] [--faces 100000]

Photos and descriptors are invented. Times are of the processor, on one thread.
"""

import argparse
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from faceorganizer.domain.ids import ContentId
from faceorganizer.domain.pictures import Capture, PhotoRecord
from faceorganizer.domain.progress import Unattended
from faceorganizer.gui.delegates.photos import PhotoTile
from faceorganizer.gui.models.photos import Order, arranged
from faceorganizer.gui.points import View, inside_lasso, nearest, painted, person_colours
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.views.rows import RowsView
from faceorganizer.recognition.maps import face_map

RUNS = 5
ROOT = Path("/pictures")


def told(name: str, work: Callable[[], object]) -> None:
    times = []
    for _ in range(RUNS):
        begun = time.thread_time()
        work()
        times.append(time.thread_time() - begun)
    print(f"{name:<52} {1000 * float(np.median(times)):8.1f} ms  (worst {1000 * max(times):.1f})")


def photo(number: int) -> PhotoRecord:
    taken = datetime(1990, 1, 1) + timedelta(hours=number * 7919 % 250_000)
    path = ROOT / str(number % 400) / f"{number}.jpg"
    return PhotoRecord(ContentId(number), path, ROOT, Capture(taken), 4000, 3000, 1, "present", "", 0)


def photos(count: int, application: QApplication) -> None:
    records = [photo(number) for number in range(count)]
    told(f"{count} photos put in order (beside the GUI thread)", lambda: arranged(records, Order.MONTH))
    arrangement = arranged(records, Order.MONTH)
    thumbnails = Thumbnails({"photo": lambda _: None})
    view = RowsView(176)
    view.setItemDelegate(PhotoTile(thumbnails, view))
    view.resize(1040, 760)
    view.show()

    def shown() -> None:
        view.show_arrangement(arrangement)
        application.processEvents()

    def scrolled() -> None:
        view.verticalScrollBar().setValue((view.verticalOffset() + 54_321) % view.verticalScrollBar().maximum())
        application.processEvents()

    def resized() -> None:
        view.resize(view.width() ^ 8, 760)
        application.processEvents()

    told("shown and painted (GUI thread)", shown)
    told("scrolled far (GUI thread)", scrolled)
    told("laid out for another width (GUI thread)", resized)
    thumbnails.close()
    view.close()


def points(count: int) -> None:
    random = np.random.default_rng(0)
    people = random.normal(size=(count // 50, 128))
    who = random.integers(0, len(people), count)
    descriptors = (people[who] + 0.3 * random.normal(size=(count, 128))).astype(np.float32)
    begun = time.thread_time()
    places = face_map(descriptors, context=Unattended())
    print(f"map of {count} faces (a process of its own): {time.thread_time() - begun:.1f} s")
    colours = person_colours(who, np.arange(0, len(people), 3), dark=False)
    nobody = np.zeros(count, np.bool_)
    wide, view = View(0, 0, 350, 2080, 1520), View(0, 0, 350, 1040, 760)
    circle = np.linspace(0, 2 * np.pi, 200)
    lasso = np.column_stack([520 + 250 * np.cos(circle), 380 + 250 * np.sin(circle)]).astype(np.float32)
    told(
        "painted, with half a window around (beside)",
        lambda: painted(wide, places, colours, nobody, (255,) * 3, (0,) * 3),
    )
    told("nearest point (GUI thread)", lambda: nearest(view, places, 500, 300, 12))
    told("points in a lasso (GUI thread)", lambda: inside_lasso(view, places, lasso))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=40_000)
    parser.add_argument("--faces", type=int, default=100_000)
    options = parser.parse_args()
    application = QApplication([])
    photos(options.photos, application)
    points(options.faces)


if __name__ == "__main__":
    main()
