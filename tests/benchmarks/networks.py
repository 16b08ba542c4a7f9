"""dlib's networks on fast engines against dlib's wheel: times as ratios of paired runs, and agreement.

    python -m tests.benchmarks.networks speed --lfw DIR --photos DIR
    python -m tests.benchmarks.networks agreement --lfw DIR --photos DIR
    python -m tests.benchmarks.networks mirror --lfw DIR
    python -m tests.benchmarks.networks framing --lfw DIR

speed runs each engine right after dlib, again and again, so that a busy machine slows both; shown are the median and
the quartiles of the ratios, of wall time and of processor time. mirror verifies random pairs of people, half of them
of one person, in ten folds: the threshold of each comes from the other nine.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import dlib
import numpy as np
from PIL import Image, ImageOps

from faceorganizer.domain.faces import Detections
from faceorganizer.domain.geometry import match_boxes
from faceorganizer.vision.boxes import boxes_of
from faceorganizer.vision.chips import face_chips
from faceorganizer.vision.detector import HogDetector
from faceorganizer.vision.embedder import DlibEmbedder
from faceorganizer.vision.framing import hog_framed
from faceorganizer.vision.landmarks import DlibLandmarks
from faceorganizer.vision.networks.detector import CnnDetector
from faceorganizer.vision.networks.embedder import NetworkEmbedder
from faceorganizer.vision.weights import Weights, weights_path

FOLDS = 10


class DlibCnn:
    """dlib's own CNN detector."""

    def __init__(self) -> None:
        self._net = dlib.cnn_face_detection_model_v1(str(weights_path(Weights.CNN_DETECTOR)))

    def detect(self, pixels: np.ndarray) -> Detections:
        found = self._net(pixels, 0)
        return Detections(boxes_of(face.rect for face in found), np.array([face.confidence for face in found], "f4"))


def read_rgb(path: Path, size: tuple[int, int] | None = None) -> np.ndarray:
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    if size is not None:
        upright.thumbnail(size)
    return np.array(upright)


def central_face(pixels: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """The box (1, 4) nearest to the middle; none where there is no box."""
    offsets = np.abs(boxes[:, :2] + boxes[:, 2:] / 2 - np.array(pixels.shape[1::-1]) / 2).sum(axis=1)
    return boxes[np.argsort(offsets)[:1]]


def lfw_chips(paths: Sequence[Path]) -> tuple[np.ndarray, np.ndarray]:
    """Chips (n, 150, 150, 3) of the middle faces, and which of the pictures (n,) they come from."""
    detector, landmarks = HogDetector(), DlibLandmarks()
    chips, rows = [], []
    for row, path in enumerate(paths):
        pixels = read_rgb(path)
        chips += list(
            face_chips(pixels, landmarks.predict(pixels, central_face(pixels, detector.detect(pixels).boxes)))
        )
        rows += [row] * (len(chips) - len(rows))
    return np.stack(chips), np.array(rows)


def lfw_paths(folder: Path, count: int) -> list[Path]:
    paths = sorted(folder.glob("*/*.jpg"))
    return [paths[row] for row in np.random.default_rng(0).permutation(len(paths))[:count]]


def clocked(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def paired(title: str, slow: Callable[[], object], fast: Callable[[], object], runs: int, repeats: int) -> None:
    """Print how much longer one takes than the other; the fast one is run several times after each slow one."""
    slow(), fast()
    ratios, times = [], []
    for _ in range(runs):
        slow_time = clocked(slow)
        fast_times = [clocked(fast) for _ in range(repeats)]
        fast_time = [statistics.median(values) for values in zip(*fast_times, strict=True)]
        ratios.append([before / after for before, after in zip(slow_time, fast_time, strict=True)])
        times.append((slow_time[0], fast_time[0]))
    low, middle, high = np.quantile(ratios, [0.25, 0.5, 0.75], axis=0)
    slow_ms, fast_ms = 1000 * np.median(times, axis=0)
    print(
        f"{title:34} {middle[0]:5.1f}x wall [{low[0]:.1f}-{high[0]:.1f}]  {middle[1]:5.1f}x processor"
        f" [{low[1]:.1f}-{high[1]:.1f}]   {slow_ms:8.1f} ms -> {fast_ms:7.1f} ms"
    )


def speed(lfw: Path, photos: Path, runs: int) -> None:
    chips, _ = lfw_chips(lfw_paths(lfw, 17))
    reference = DlibEmbedder()
    for engine, threads in (("onnxruntime", 1), ("onnxruntime", 2), ("opencv", 1), ("opencv", 2)):
        cv2.setNumThreads(threads)
        for batch in (1, 16):
            part = chips[:batch]
            embedder = NetworkEmbedder(engine=engine, threads=threads)
            title = f"descriptors {engine} {threads} thr b{batch}"
            paired(title, lambda: reference.embed(part), lambda: embedder.embed(part), runs, 5 if batch == 1 else 3)  # noqa: B023
    pixels = read_rgb(sorted(photos.glob("*.jpg"))[0])
    pixels = cv2.resize(pixels, (1000, 750), interpolation=cv2.INTER_AREA)
    dlibs = DlibCnn()
    for engine, threads in (("onnxruntime", 1), ("onnxruntime", 2), ("opencv", 2)):
        cv2.setNumThreads(threads)
        detector = CnnDetector(engine=engine, threads=threads)
        title = f"CNN 1000x750 {engine} {threads} thr"
        paired(title, lambda: dlibs.detect(pixels), lambda: detector.detect(pixels), max(3, runs // 2), 3)  # noqa: B023


def agreement(lfw: Path, photos: Path, faces: int, side: int) -> None:
    chips, _ = lfw_chips(lfw_paths(lfw, faces))
    wanted = DlibEmbedder().embed(chips)
    for engine in ("onnxruntime", "opencv"):
        shifts = NetworkEmbedder(engine=engine).embed(chips) - wanted
        print(
            f"descriptors of {len(chips)} faces by {engine}: largest difference {np.abs(shifts).max():.1e},"
            f" largest distance {np.linalg.norm(shifts, axis=1).max():.1e}"
        )
    paths = [path for path in sorted(photos.iterdir()) if path.suffix in (".jpg", ".png")] + lfw_paths(lfw, 40)
    dlibs, ours = DlibCnn(), CnnDetector()
    boxes = same = lost = gained = 0
    moved = scores = 0.0
    for path in paths:
        pixels = read_rgb(path, (side, side))
        before, after = dlibs.detect(pixels), ours.detect(pixels)
        pairs = match_boxes(before.boxes, after.boxes)
        boxes, lost, gained = boxes + len(before), lost + len(before) - len(pairs), gained + len(after) - len(pairs)
        for i, j in pairs:
            same += int((before.boxes[i] == after.boxes[j]).all())
            moved = max(moved, float((np.abs(before.boxes[i] - after.boxes[j]) / before.boxes[i, 2]).max()))
            scores = max(scores, abs(float(before.scores[i] - after.scores[j])))
    print(
        f"CNN boxes in {len(paths)} pictures: {boxes}, identical {same}, lost {lost}, gained {gained},"
        f" moved by at most {moved:.4f} of their width; scores differ by at most {scores:.1e}"
    )


def verification(vectors: np.ndarray, first: np.ndarray, second: np.ndarray, same: np.ndarray) -> np.ndarray:
    """Share of pairs judged rightly in each fold."""
    distances = np.linalg.norm(vectors[first] - vectors[second], axis=1)
    folds = np.arange(len(same)) % FOLDS
    thresholds = np.linspace(0.3, 0.9, 601)
    shares = []
    for fold in range(FOLDS):
        known, asked = folds != fold, folds == fold
        right = ((distances[known, None] < thresholds) == same[known, None]).mean(axis=0)
        shares.append(((distances[asked] < thresholds[right.argmax()]) == same[asked]).mean())
    return np.array(shares)


def mirror(lfw: Path, pairs: int) -> None:
    random = np.random.default_rng(1)
    folders = [sorted(folder.glob("*.jpg")) for folder in sorted(lfw.iterdir()) if folder.is_dir()]
    several = [row for row, paths in enumerate(folders) if len(paths) > 1]
    chosen: list[tuple[Path, Path, bool]] = []
    for _ in range(pairs // 2):
        alike = random.choice(len(person := folders[random.choice(several)]), 2, replace=False)
        chosen.append((person[alike[0]], person[alike[1]], True))
        one, other = (folders[row] for row in random.choice(len(folders), 2, replace=False))
        chosen.append((one[random.integers(len(one))], other[random.integers(len(other))], False))
    chosen = [chosen[row] for row in random.permutation(len(chosen))]
    paths = sorted({path for first, second, _ in chosen for path in (first, second)})
    chips, rows = lfw_chips(paths)
    places = {paths[row]: place for place, row in enumerate(rows)}
    kept = [(places[a], places[b], same) for a, b, same in chosen if a in places and b in places]
    first, second, same = (np.array(column) for column in zip(*kept, strict=True))
    plain, both = (
        verification(NetworkEmbedder(mirrored=mirrored, threads=2).embed(chips), first, second, same)
        for mirrored in (False, True)
    )
    gain = both - plain
    print(
        f"{len(kept)} pairs of {len(chips)} faces: plain {plain.mean():.4f}, mirrored {both.mean():.4f},"
        f" gain {gain.mean():+.4f} +- {gain.std(ddof=1) / np.sqrt(FOLDS):.4f} (standard error over {FOLDS} folds)"
    )


def framing(lfw: Path, faces: int) -> None:
    random = np.random.default_rng(2)
    hog, cnn, landmarks, embedder = HogDetector(), CnnDetector(), DlibLandmarks(), NetworkEmbedder()
    shifts: dict[str, list[float]] = {"CNN boxes": [], "CNN boxes framed anew": [], "HOG, enlarged by 9 %": []}
    for path in lfw_paths(lfw, faces):
        scale = random.uniform(0.9, 1.7)
        pixels = cv2.resize(read_rgb(path), None, fx=scale, fy=scale)
        enlarged = cv2.resize(pixels, None, fx=1.09, fy=1.09)
        box, raw, again = (
            central_face(searched, detector.detect(searched).boxes)
            for detector, searched in ((hog, pixels), (cnn, pixels), (hog, enlarged))
        )
        if min(len(box), len(raw), len(again)) == 0 or not match_boxes(box, raw, 0.3):
            continue
        boxes = np.concatenate([box, raw, hog_framed(pixels, raw, landmarks), again / 1.09])
        described = embedder.embed(face_chips(pixels, landmarks.predict(pixels, boxes)))
        for name, descriptor in zip(shifts, described[1:], strict=True):
            shifts[name].append(float(np.linalg.norm(descriptor - described[0])))
    for name, values in shifts.items():
        median, high = np.quantile(values, [0.5, 0.95])
        print(f"{name:22} {len(values)} faces: mean {np.mean(values):.4f}, median {median:.4f}, 95 % below {high:.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("speed", "agreement", "mirror", "framing"))
    parser.add_argument("--lfw", type=Path, required=True, help="one folder of pictures per person")
    parser.add_argument("--photos", type=Path, help="a folder of photos with faces")
    parser.add_argument("--runs", type=int, default=7, help="pairs of runs (speed)")
    parser.add_argument("--faces", type=int, default=500, help="faces of LFW (agreement, framing)")
    parser.add_argument("--side", type=int, default=500, help="long side of the photos (agreement)")
    parser.add_argument("--pairs", type=int, default=4000, help="pairs of faces (mirror)")
    args = parser.parse_args()
    if args.what in ("speed", "agreement") and args.photos is None:
        parser.error(f"{args.what} needs --photos")
    if args.what == "speed":
        speed(args.lfw, args.photos, args.runs)
    elif args.what == "agreement":
        agreement(args.lfw, args.photos, args.faces, args.side)
    elif args.what == "mirror":
        mirror(args.lfw, args.pairs)
    else:
        framing(args.lfw, args.faces)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
