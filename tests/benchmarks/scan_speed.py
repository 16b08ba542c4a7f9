"""A whole scan against the plain use of face_recognition, photo for photo.

    python tests/benchmarks/scan_speed.py --album DIR [--photos 40] [--plain 6] [--detail fast --detail balanced]

The plain use is what its documentation shows: load_image_file, face_locations and face_encodings with their defaults,
one photo after the other in one process; its models are loaded before the clock starts. A scan is the program's own
command with all its cores, on a few photos and on many: the difference is free of what starting costs. Both are run in
turns, so that a busy machine slows both. Processor time (of all processes, user and system) is told beside: a busy
machine stretches it less. It says nothing of how well cores are used.

The memory is that of all processes of a scan at a time, what they share counted once (Linux alone tells that). The
first photo counts from the start of a process that opens a new library to the first event that a photo is done.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import psutil

FEW = 4
FIRST_PHOTO = """
import sys, time
from faceorganizer.domain.pictures import Detail
from faceorganizer.library import Library
from faceorganizer.services.events import ScanAdvanced

class Watcher:
    first = None

    def advanced(self, event):
        if event.done and self.first is None:
            self.first = time.time() - float(sys.argv[4])

watcher = Watcher()
with Library.open_or_create(sys.argv[1]) as library:
    library.events.subscribe(ScanAdvanced, watcher.advanced)
    library.scan([sys.argv[2]], detail=Detail(sys.argv[3]), group=False)
print(watcher.first)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took: seconds, seconds of processor time, and bytes at most."""

    seconds: float
    processor: float
    memory: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--album", type=Path, required=True)
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--plain", type=int, default=6, help="photos for the plain use, which takes seconds each")
    parser.add_argument("--detail", action="append", choices=["fast", "balanced", "thorough"])
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    photos = sorted(path for path in arguments.album.rglob("*") if path.suffix.lower() == ".jpg")[: arguments.photos]
    details = arguments.detail or ["fast", "balanced", "thorough"]
    ratios: dict[str, list[tuple[float, float]]] = {detail: [] for detail in details}
    memory: dict[str, int] = dict.fromkeys(details, 0)
    for _ in range(arguments.rounds):
        plain = cost_of_plain_use(photos[: arguments.plain])
        for detail in details:
            each, most, stages = cost_of_scan(photos, detail)
            ratios[detail].append((plain.seconds / each.seconds, plain.processor / each.processor))
            memory[detail] = max(memory[detail], most)
            print(
                f"plain {plain.seconds:.2f} s a photo ({plain.processor:.2f} of processor time); {detail} "
                f"{each.seconds:.3f} s ({each.processor:.3f}), {1 / each.seconds:.1f} photos/s: "
                f"{ratios[detail][-1][0]:.1f}x ({ratios[detail][-1][1]:.1f}x)"
            )
            print("   ms a photo:", ", ".join(f"{stage} {ms:.0f}" for stage, ms in stages.items()), flush=True)
    for detail, values in ratios.items():
        wall, processor = (statistics.median(column) for column in zip(*values, strict=True))
        firsts = [first_photo(photos, detail) for _ in range(arguments.rounds)]
        print(
            f"{detail}: median {wall:.1f}x, by processor time {processor:.1f}x; "
            f"at most {memory[detail] / 2**20:.0f} MiB in all; first photo after {statistics.median(firsts):.2f} s"
        )


def cost_of_plain_use(photos: list[Path]) -> Cost:
    recognition = face_recognition()
    recognition.face_encodings(recognition.load_image_file(photos[0])[:200, :200])  # loads the models
    start, started = time.perf_counter(), time.process_time()
    for path in photos:
        pixels = recognition.load_image_file(path)
        recognition.face_encodings(pixels, recognition.face_locations(pixels))
    return Cost((time.perf_counter() - start) / len(photos), (time.process_time() - started) / len(photos))


def face_recognition() -> types.ModuleType:
    """The library, without its models' package, which needs what newer environments lack."""
    models = types.ModuleType("face_recognition_models")
    folder = "face_recognition_models/models"
    for function, name in (
        ("pose_predictor_model_location", "shape_predictor_68_face_landmarks.dat"),
        ("pose_predictor_five_point_model_location", "shape_predictor_5_face_landmarks.dat"),
        ("face_recognition_model_location", "dlib_face_recognition_resnet_model_v1.dat"),
        ("cnn_face_detector_model_location", "mmod_human_face_detector.dat"),
    ):
        path = str(distribution("face-recognition-models").locate_file(f"{folder}/{name}"))
        setattr(models, function, lambda path=path: path)
    sys.modules.setdefault("face_recognition_models", models)
    import face_recognition

    return face_recognition


def cost_of_scan(photos: list[Path], detail: str) -> tuple[Cost, int, dict[str, float]]:
    """Cost of one photo more, the most memory of the scan, and milliseconds a photo by stage."""
    few, _ = scan(photos[:FEW], detail)
    many, stages = scan(photos, detail)
    more = len(photos) - FEW
    each = Cost((many.seconds - few.seconds) / more, (many.processor - few.processor) / more)
    return each, many.memory, stages


def scan(photos: list[Path], detail: str) -> tuple[Cost, dict[str, float]]:
    with album_of(photos) as folder:
        command = [sys.executable, "-m", "faceorganizer", "--json", "--library", f"{folder}/library", "scan"]
        command += [f"{folder}/album", "--detail", detail]
        start, started = time.perf_counter(), children_seconds()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            watch = MemoryWatch(process.pid)
            watch.start()
            output, _ = process.communicate()
        if process.returncode:
            sys.exit(f"the scan ended with {process.returncode}")
        cost = Cost(time.perf_counter() - start, children_seconds() - started, watch.most)
    return cost, {stage: value * 1000 / len(photos) for stage, value in json.loads(output)["seconds"].items()}


def first_photo(photos: list[Path], detail: str) -> float:
    """Seconds from the start of a new process to the first photo that is done, in a new library."""
    with album_of(photos) as folder:
        words = [sys.executable, "-c", FIRST_PHOTO, f"{folder}/library", f"{folder}/album", detail, str(time.time())]
        return float(subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout)


@contextmanager
def album_of(photos: list[Path]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "album").mkdir()
        for number, path in enumerate(photos):
            Path(folder, "album", f"{number:05d}.jpg").symlink_to(path.resolve())
        yield folder


def children_seconds() -> float:
    """Processor time of all processes that this one started and that have ended, theirs included."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class MemoryWatch(threading.Thread):
    """Looks, every 50 ms or as said, at the memory of a process and all that it started, until it ends."""

    def __init__(self, pid: int, every: float = 0.05) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.every = every
        self.most = 0

    def run(self) -> None:
        try:
            parent = psutil.Process(self.pid)
            while parent.is_running() and parent.status() != psutil.STATUS_ZOMBIE:
                self.most = max(self.most, sum(map(proportional, [parent, *parent.children(recursive=True)])))
                time.sleep(self.every)
        except psutil.NoSuchProcess:
            pass


def proportional(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0  # it has just ended


if __name__ == "__main__":
    main()
