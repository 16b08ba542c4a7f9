"""Scans an album whose truth is known, through the command line, and says how much of it was found.

    python tests/benchmarks/album_scan.py --album DIR --truth TRUTH.json [--library DIR] [--detail LEVEL]

TRUTH.json maps each photo to its faces, as made by a generator of labelled albums: {"photos": {path: [{"person",
"box": [x, y, w, h], "patch": [x, y, w, h]}]}, "duplicates": {path: path}, "broken": [path]}. A face is found when a box
overlaps it by IoU >= 0.4; a box whose centre lies in a pasted patch may be a stranger of its background and does not
count as false.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from faceorganizer.clustering.metrics import bcubed, contingency, pairwise
from faceorganizer.domain.geometry import match_boxes

WIDTHS = ((0, 60), (60, 80), (80, 160), (160, 320), (320, 100_000))
LEAST_OVERLAP = 0.4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--album", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--library", type=Path, help="kept; a temporary one otherwise")
    parser.add_argument("--detail", help="fast, balanced or thorough")
    arguments = parser.parse_args()
    truth = json.loads(arguments.truth.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        measure(arguments.album.resolve(), truth, arguments.library or Path(folder) / "library", arguments.detail)


def measure(album: Path, truth: dict[str, Any], library: Path, detail: str | None) -> None:
    options = ["--detail", detail] if detail else []
    start = time.perf_counter()
    report = run(library, "scan", str(album), *options, codes=(0, 3))[0]
    seconds = time.perf_counter() - start
    faces = lines(library, "faces", "list")
    photos = lines(library, "photos")
    print(f"{len(truth['photos'])} photos in {seconds:.1f} s ({seconds / len(truth['photos']):.2f} s a photo)")
    print("photos:", ", ".join(f"{count} {word}" for word, count in report["photos"].items()))
    show_files(album, truth, report, photos)
    show_faces(album, truth, faces)


def show_files(album: Path, truth: dict[str, Any], report: dict[str, Any], photos: list[dict[str, Any]]) -> None:
    failed = {failure["path"] for failure in report["failures"]}
    broken = {str(album / path) for path in truth["broken"]}
    print(f"broken files reported: {len(failed & broken)} of {len(broken)}; others reported: {sorted(failed - broken)}")
    groups = defaultdict(set)
    for photo in photos:
        groups[photo["photo"]].add(photo["path"])
    together = sum(
        any({str(album / twin), str(album / original)} <= paths for paths in groups.values())
        for twin, original in truth["duplicates"].items()
    )
    print(f"duplicates recognised: {together} of {len(truth['duplicates'])} (counted: {report['photos']['duplicate']})")


def show_faces(album: Path, truth: dict[str, Any], faces: list[dict[str, Any]]) -> None:
    originals = {str(album / twin): str(album / original) for twin, original in truth["duplicates"].items()}
    found = defaultdict(list)
    for face in faces:
        found[originals.get(face["photo"], face["photo"])].append(face)
    hits: dict[tuple[int, int], list[bool]] = {limits: [] for limits in WIDTHS}
    labels, groups, false = [], [], []
    for path, wanted in truth["photos"].items():
        seen = found[str(album / path)]
        pairs = match_boxes(boxes(wanted), boxes(seen), LEAST_OVERLAP)
        matched = dict(pairs)
        for row, face in enumerate(wanted):
            limits = next(limits for limits in WIDTHS if limits[0] <= face["box"][2] < limits[1])
            hits[limits].append(row in matched)
        for row, column in pairs:
            labels.append(wanted[row]["person"])
            groups.append(seen[column]["person"] or -seen[column]["face"])
        spare = set(range(len(seen))) - set(matched.values())
        false += [seen[column] for column in spare if not any(inside(seen[column], f["patch"]) for f in wanted)]
    for (low, high), results in hits.items():
        if results:
            print(f"recall, faces {low}-{high} px wide: {np.mean(results):.3f} ({sum(results)}/{len(results)})")
    print(f"precision: {1 - len(false) / max(1, len(faces)):.4f} ({len(false)} false of {len(faces)})")
    for face in false:
        print(f"  false: {face['photo']} {face['box']} score {face['score']:.2f} quality {face['quality']:.2f}")
    truth_labels = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    group_labels = np.unique(groups, return_inverse=True)[1].astype(np.int64)
    table = contingency(truth_labels, group_labels)
    for name, scores in (("pairwise", pairwise(table)), ("BCubed", bcubed(table))):
        print(f"{name}: precision {scores.precision:.4f}, recall {scores.recall:.4f}, F {scores.f:.4f}")


def boxes(faces: list[dict[str, Any]]) -> np.ndarray:
    return np.array([face["box"] for face in faces], np.float32).reshape(-1, 4)


def inside(face: dict[str, Any], patch: list[int]) -> bool:
    x, y, width, height = face["box"]
    left, top, across, down = patch
    return left <= x + width / 2 <= left + across and top <= y + height / 2 <= top + down


def lines(library: Path, *words: str) -> list[dict[str, Any]]:
    return run(library, *words, codes=(0,))


def run(library: Path, *words: str, codes: tuple[int, ...]) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "faceorganizer", "--library", str(library), "--json", *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode not in codes:
        sys.exit(f"{' '.join(words)} ended with {done.returncode}")
    return list(documents(done.stdout))


def documents(text: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    while text := text.lstrip():
        document, end = decoder.raw_decode(text)
        yield document
        text = text[end:]


if __name__ == "__main__":
    main()
