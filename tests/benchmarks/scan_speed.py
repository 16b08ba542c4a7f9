"""A whole scan against the plain use of face_recognition, photo for photo.

    python tests/benchmarks/scan_speed.py --album DIR [--photos 40] [--plain 6] [--detail fast --detail balanced]

The plain use is what its documentation shows: load_image_file, face_locations and face_encodings with their defaults,
one photo after the other in one process; its models are loaded before the clock starts. A scan is the program's own
command with all its cores, on a few photos and on many: the difference is free of what starting costs. Both are run in
turns, so that a busy machine slows both.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import types
from importlib.metadata import distribution
from pathlib import Path

FEW = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--album", type=Path, required=True)
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--plain", type=int, default=6, help="photos for the plain use, which takes seconds each")
    parser.add_argument("--detail", action="append", choices=["fast", "balanced", "thorough"])
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    photos = sorted(path for path in arguments.album.rglob("*") if path.suffix.lower() == ".jpg")[: arguments.photos]
    details = arguments.detail or ["fast", "balanced"]
    ratios: dict[str, list[float]] = {detail: [] for detail in details}
    for _ in range(arguments.rounds):
        plain = seconds_of_plain_use(photos[: arguments.plain])
        for detail in details:
            scan, stages = seconds_of_scan(photos, detail)
            ratios[detail].append(plain / scan)
            print(f"plain {plain:.2f} s a photo; {detail} {scan:.3f} s, {1 / scan:.1f} photos/s: {plain / scan:.1f}x")
            print("   ms a photo:", ", ".join(f"{stage} {ms:.0f}" for stage, ms in stages.items()))
    for detail, values in ratios.items():
        print(f"{detail}: median {statistics.median(values):.1f}x ({min(values):.1f} to {max(values):.1f})")
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest single process of the scans: {children:.0f} MiB")


def seconds_of_plain_use(photos: list[Path]) -> float:
    recognition = face_recognition()
    recognition.face_encodings(recognition.load_image_file(photos[0])[:200, :200])  # loads the models
    start = time.perf_counter()
    for path in photos:
        pixels = recognition.load_image_file(path)
        recognition.face_encodings(pixels, recognition.face_locations(pixels))
    return (time.perf_counter() - start) / len(photos)


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


def seconds_of_scan(photos: list[Path], detail: str) -> tuple[float, dict[str, float]]:
    few, _ = scan(photos[:FEW], detail)
    many, stages = scan(photos, detail)
    return (many - few) / (len(photos) - FEW), stages


def scan(photos: list[Path], detail: str) -> tuple[float, dict[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        album = Path(folder, "album")
        album.mkdir()
        for number, path in enumerate(photos):
            (album / f"{number:05d}.jpg").symlink_to(path.resolve())
        command = [sys.executable, "-m", "faceorganizer", "--json", "--library", f"{folder}/library", "scan"]
        start = time.perf_counter()
        done = subprocess.run([*command, str(album), "--detail", detail], stdout=subprocess.PIPE, check=True)
        seconds = time.perf_counter() - start
    stages = json.loads(done.stdout)["seconds"]
    return seconds, {stage: value * 1000 / len(photos) for stage, value in stages.items()}


if __name__ == "__main__":
    main()
