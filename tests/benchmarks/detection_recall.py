"""Recall by face width, precision and speed of face detection on a labelled album.

The truth is a JSON file: {"photos": {relative path: [{"box": [x, y, w, h], "patch": [x, y, w, h]}]}}, in pixels of the
upright picture. A detection inside a patch that matches no face there may be a stranger in the source's background: it
counts for nothing. The seconds are those of the whole analysis (search, landmarks, chips, descriptors), without
reading the file.

    python -m tests.benchmarks.detection_recall --album DIR --truth FILE.json [--detail balanced] [--photos 40]

With --plain it is face_recognition's face_locations with its defaults instead, on upright pixels. With --turn DEGREES
every face is turned about its middle, each in the other direction than the one before; with --hide the left half of
every face is covered.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw

from faceorganizer.domain.faces import Detections
from faceorganizer.domain.geometry import match_boxes
from faceorganizer.domain.pictures import Detail, Picture
from faceorganizer.imaging.decode import decode
from faceorganizer.imaging.identify import identify
from faceorganizer.vision.analyser import FaceAnalyser, dlib_analyser
from faceorganizer.vision.search import working_long_side

WIDTHS = (0, 60, 80, 160, 320)
SAME = 0.4
TILE = 200
MOST_MEGAPIXELS = 250.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one photo: rows are boxes (n, 4) in full-resolution pixels."""

    path: Path
    truth: np.ndarray
    boxes: np.ndarray
    scores: np.ndarray
    found: np.ndarray  # of truth, bool
    right: np.ndarray  # of boxes, bool: matches a true face
    false: np.ndarray  # of boxes, bool: outside every patch
    seconds: float
    processor: float  # seconds of processor time, which a busy machine does not stretch


def read_picture(path: Path, detail: Detail) -> Picture:
    identity = identify(path, max_megapixels=MOST_MEGAPIXELS)
    long_side = working_long_side(detail, identity.width, identity.height)
    return decode(path, long_side=long_side, max_megapixels=MOST_MEGAPIXELS)


def disturbed(picture: Picture, faces: Sequence[dict[str, Any]], turn: float, hide: bool) -> Picture:
    """The same picture with faces turned by degrees or half hidden, in their places."""
    pixels = picture.pixels.copy()
    to_held = pixels.shape[1] / picture.full_width
    for number, face in enumerate(faces):
        left, top, side, _ = (round(length * to_held) for length in face["patch"])
        patch = pixels[top : top + side, left : left + side]
        high, wide = patch.shape[:2]
        if turn:
            matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), turn * (-1) ** number, 1)
            turned = cv2.warpAffine(patch, matrix, (wide, high), borderMode=cv2.BORDER_REFLECT)
            circle = cv2.circle(np.zeros((high, wide), np.uint8), (wide // 2, high // 2), min(wide, high) // 2, 1, -1)
            patch[circle > 0] = turned[circle > 0]
        if hide:
            patch[:, : wide // 2] = patch.mean(axis=(0, 1))
    return Picture(pixels, picture.full_width, picture.full_height)


class PlainUse:
    """The calls that the documentation of face_recognition shows."""

    def __init__(self) -> None:
        from tests.benchmarks.scan_speed import face_recognition

        self._recognition = face_recognition()

    def analyse(self, picture: Picture) -> Detections:
        locations = self._recognition.face_locations(picture.pixels)
        self._recognition.face_encodings(picture.pixels, locations)
        boxes = [(left, top, right - left + 1, bottom - top + 1) for top, right, bottom, left in locations]
        return Detections(np.array(boxes, np.float32).reshape(-1, 4), np.ones(len(boxes), np.float32))


def outcomes(
    analyser: FaceAnalyser | PlainUse,
    detail: Detail,
    album: Path,
    photos: Sequence[tuple[str, list[dict[str, Any]]]],
    *,
    turn: float = 0,
    hide: bool = False,
) -> Iterator[Outcome]:
    for relative, faces in photos:
        picture = disturbed(read_picture(album / relative, detail), faces, turn, hide)
        start, started = time.perf_counter(), time.process_time()
        seen = analyser.analyse(picture)
        seconds, processor = time.perf_counter() - start, time.process_time() - started
        truth = np.array([face["box"] for face in faces], np.float32).reshape(-1, 4)
        patches = np.array([face["patch"] for face in faces], np.float32).reshape(-1, 4)
        pairs = np.array(match_boxes(truth, seen.boxes, SAME), np.int64).reshape(-1, 2)
        found, right = np.zeros(len(truth), bool), np.zeros(len(seen), bool)
        found[pairs[:, 0]] = True
        right[pairs[:, 1]] = True
        false = ~right & ~inside(seen.boxes, patches)
        yield Outcome(album / relative, truth, seen.boxes, seen.scores, found, right, false, seconds, processor)


def inside(boxes: np.ndarray, patches: np.ndarray) -> np.ndarray:
    """Whether the centre of each box lies in any patch."""
    centres = boxes[:, None, :2] + boxes[:, None, 2:] / 2
    low, high = patches[None, :, :2], patches[None, :, :2] + patches[None, :, 2:]
    return ((centres >= low) & (centres <= high)).all(axis=2).any(axis=1)


def table(results: Sequence[Outcome]) -> str:
    widths = np.concatenate([result.truth[:, 2] for result in results])
    found = np.concatenate([result.found for result in results])
    right, false = (sum(int(getattr(result, name).sum()) for result in results) for name in ("right", "false"))
    lines = [f"{'face width':>12} {'found':>11} {'recall':>7}"]
    for low, high in zip(WIDTHS, (*WIDTHS[1:], np.inf), strict=True):
        rows = (widths >= low) & (widths < high)
        if rows.any():
            share = f"{found[rows].sum()}/{rows.sum()}"
            lines.append(f"{f'{low}-{high}':>12} {share:>11} {found[rows].mean():7.3f}")
    lines.append(f"precision {right / max(1, right + false):.4f} ({right} right, {false} false)")
    seconds, processor = (np.mean([getattr(result, name) for result in results]) for name in ("seconds", "processor"))
    lines.append(f"{seconds:.2f} s a photo, {processor:.2f} s of processor time; {len(results)} photos")
    return "\n".join(lines)


def contact_sheet(results: Sequence[Outcome], path: Path) -> None:
    """Draw every missed face (black) and every false one (red), with its width or score."""
    tiles = []
    for result in results:
        wanted = [(box, f"{box[2]:.0f} px", "black") for box in result.truth[~result.found]]
        wanted += [
            (box, f"{score:.2f}", "red")
            for box, score in zip(result.boxes[result.false], result.scores[result.false], strict=True)
        ]
        if wanted:
            upright = Image.fromarray(decode(result.path, long_side=None, max_megapixels=MOST_MEGAPIXELS).pixels)
        for (x, y, width, height), text, colour in wanted:
            margin = width / 2
            tile = upright.crop((int(x - margin), int(y - margin), int(x + width + margin), int(y + height + margin)))
            tile = tile.resize((TILE, TILE))
            ImageDraw.Draw(tile).rectangle((0, 0, TILE, 14), fill=colour)
            ImageDraw.Draw(tile).text((2, 2), f"{text} {result.path.stem[-10:]}", fill="white")
            tiles.append(tile)
    columns = 8
    sheet = Image.new("RGB", (columns * TILE, max(1, -(-len(tiles) // columns)) * TILE))
    for index, tile in enumerate(tiles):
        sheet.paste(tile, (index % columns * TILE, index // columns * TILE))
    sheet.save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--album", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--detail", type=Detail, choices=list(Detail), default=Detail.BALANCED)
    parser.add_argument("--plain", action="store_true", help="measure the plain use of face_recognition")
    parser.add_argument("--photos", type=int, help="only that many, the first ones")
    parser.add_argument("--turn", type=float, default=0, help="degrees")
    parser.add_argument("--hide", action="store_true")
    parser.add_argument("--sheet", type=Path, help="draw what was missed and what is false into this picture")
    args = parser.parse_args()
    photos = list(json.loads(args.truth.read_text(encoding="utf-8"))["photos"].items())[: args.photos]
    analyser, detail = (PlainUse(), Detail.THOROUGH) if args.plain else (dlib_analyser(detail=args.detail), args.detail)
    results = list(outcomes(analyser, detail, args.album, photos, turn=args.turn, hide=args.hide))
    sys.stdout.write(table(results) + "\n")
    if args.sheet:
        contact_sheet(results, args.sheet)


if __name__ == "__main__":
    main()
