"""A scanned library measured by labels: evaluate, and the methods side by side."""

import json

from album_material import Scanned


def test_a_library_is_evaluated_by_folders_and_by_a_truth(scanned: Scanned) -> None:
    faces = scanned.faces()
    report = scanned.program.document("evaluate", "--folders")
    photos = {face.photo for face in faces}
    assert report["found"] == len(photos)  # one face a photo
    assert report["others"] == len(faces) - len(photos)
    truth = scanned.folder.parent / "truth.json"
    listed: dict[str, list[dict[str, object]]] = {}
    for face in faces:
        path = face.path.relative_to(scanned.folder).as_posix()
        listed.setdefault(path, []).append({"person": f"person {face.person}", "box": list(face.box)})
    truth.write_text(json.dumps({"photos": listed}))
    report = scanned.program.document("evaluate", truth)
    assert (report["faces"], report["found"], report["missed"]) == (len(faces), len(faces), 0)
    assert (report["pairwise_f"], report["bcubed_f"]) == (1, 1)  # the truth is what the library says


def test_methods_are_compared_on_a_library(scanned: Scanned) -> None:
    page = scanned.folder.parent / "page"
    words = ("benchmark", scanned.program.library, "--folders", "--methods", "infomap,hac-average", "--report", page)
    report = scanned.program.document(*words)
    assert [row["method"] for row in report["methods"]] == ["infomap", "hac-average"]
    assert all(row["error"] is None and row["peak_memory_mb"] > 20 for row in report["methods"])
    assert 0 < report["labelled"] <= report["faces"] == len(scanned.faces())
    html = (page / "index.html").read_text(encoding="utf-8")
    assert "data:image/jpeg;base64," in html
    assert "Traceback" not in html
