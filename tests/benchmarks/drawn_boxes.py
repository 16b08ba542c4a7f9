"""What becomes of boxes that people draw: carelessly placed on faces of LFW, on spoiled faces, and where no face is.

python tests/benchmarks/drawn_boxes.py shared/data/lfw [--pictures 80] [--seed 0]
"""

from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer
from PIL import Image

from faceorganizer.domain.faces import Detections
from faceorganizer.domain.geometry import FloatArray, overlaps
from faceorganizer.domain.pictures import Picture
from faceorganizer.domain.seams import Pixels
from faceorganizer.vision.analyser import FaceAnalyser, dlib_analyser
from faceorganizer.vision.detector import HogDetector
from faceorganizer.vision.drawn import DrawnFaces

TILT = 35.0


def main(
    folder: Annotated[Path, typer.Argument(help="Pictures of one face each, in any folders.")],
    pictures: Annotated[int, typer.Option(help="How many.")] = 80,
    seed: Annotated[int, typer.Option(help="Of what is chosen and how boxes are placed.")] = 0,
) -> None:
    """Print how far descriptors move, and how often a face is made out."""
    random = np.random.default_rng(seed)
    paths = sorted(folder.rglob("*.jpg"))
    detector, analyser = HogDetector(), dlib_analyser()
    drawn = DrawnFaces(analyser=analyser)
    framed, raw, spoilt, background = [], [], [], []
    for path in (paths[row] for row in random.permutation(len(paths))[:pictures]):
        pixels = np.array(Image.open(path).convert("RGB"))
        found = detector.detect(pixels).boxes
        if len(found) != 1:
            continue
        box = careless(found[0], random)
        wanted = described(analyser, pixels, found[0])
        seen = drawn.describe(picture_of(pixels), box)
        framed.append(np.nan if seen is None else np.linalg.norm(seen.descriptors[0] - wanted))
        raw.append(np.linalg.norm(described(analyser, pixels, box) - wanted))
        spoilt.append(drawn.describe(picture_of(spoil(pixels, found[0], random)), box) is not None)
        places = elsewhere(pixels, found[0], random)
        background += [drawn.describe(picture_of(pixels), place) is not None for place in places]
    for name, shifts in (("framed anew", framed), ("as drawn", raw)):
        shown = " ".join(f"{value:.3f}" for value in np.nanpercentile(shifts, [10, 50, 90, 98]))
        print(
            f"descriptors {name}: {shown} from the detector's (10th, 50th, 90th, 98th percentile), {len(shifts)} faces"
        )
    print(f"made out: careless boxes {1 - np.mean(np.isnan(framed)):.3f}, spoilt faces {np.mean(spoilt):.3f}")
    print(f"made out in the background: {np.mean(background):.3f} of {len(background)}")


def careless(box: FloatArray, random: np.random.Generator) -> FloatArray:
    """Up to an eighth to each side, 0.8 to 1.4 times as large."""
    centre = box[:2] + box[2:] / 2 + random.uniform(-0.125, 0.125, 2) * box[2]
    size = box[2] * random.uniform(0.8, 1.4, 2)
    return np.concatenate([centre - size / 2, size]).astype(np.float32)


def spoil(pixels: Pixels, box: FloatArray, random: np.random.Generator) -> Pixels:
    """A fifth of the resolution, half the light, grain, and tilted about the face."""
    size = pixels.shape[1::-1]
    small = cv2.resize(pixels, None, fx=0.2, fy=0.2, interpolation=cv2.INTER_AREA)
    blurred = cv2.resize(small, size, interpolation=cv2.INTER_LINEAR) * 0.5 + random.normal(0, 8, pixels.shape)
    centre = tuple(map(float, box[:2] + box[2:] / 2))
    turned = cv2.getRotationMatrix2D(centre, float(random.choice([-TILT, TILT])), 1)
    return np.asarray(cv2.warpAffine(np.clip(blurred, 0, 255).astype(np.uint8), turned, size), np.uint8)


def elsewhere(pixels: Pixels, box: FloatArray, random: np.random.Generator) -> list[FloatArray]:
    """Boxes in the picture that do not touch the face."""
    places = []
    for _ in range(3):
        side = random.uniform(40, 110)
        corner = random.uniform(0, np.array(pixels.shape[1::-1]) - side)
        place = np.array([*corner, side, side], np.float32)
        if overlaps(place[None], box[None])[0, 0] < 0.05:
            places.append(place)
    return places


def described(analyser: FaceAnalyser, pixels: Pixels, box: FloatArray) -> FloatArray:
    found = Detections(box[None].astype(np.float32), np.ones(1, np.float32))
    return analyser.describe(analyser.align(picture_of(pixels), found)).descriptors[0]


def picture_of(pixels: Pixels) -> Picture:
    return Picture(np.ascontiguousarray(pixels), pixels.shape[1], pixels.shape[0])


if __name__ == "__main__":
    typer.run(main)
