"""What people decided stays, whatever is scanned, grouped, searched or described again."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from album_material import FACES, MIRRORED, PORTRAIT, Scanned, counts, overlap, portrait, save_jpeg

PHOTOS = len(FACES) + 1
NAME = "Eileen Collins"


def decided(album: Scanned) -> dict[int, tuple[Any, ...]]:
    return {face.face: (face.name, face.person, face.assignment) for face in album.faces()}


def largest(album: Scanned) -> Any:
    return max(album.program.lines("people", "list"), key=lambda person: person["faces"])


def test_a_name_survives_rescan_grouping_and_new_photos(scanned: Scanned) -> None:
    group = largest(scanned)
    scanned.program.run("people", "name", group["person"], f"  {NAME} ")
    before = decided(scanned)
    named = {face for face, (name, *_) in before.items() if name == NAME}
    assert len(named) == group["faces"] >= 4
    assert scanned.program.document("people", "show", NAME)["person"] == group["person"]

    scanned.scan()
    report = scanned.program.document("cluster")
    assert Path(report["snapshot"]).is_file()
    assert (report["people"], report["faces"]) == (1, sum(FACES.values()))
    shutil.move(scanned.folder / MIRRORED, scanned.folder / "moved.jpg")
    save_jpeg(portrait(10), scanned.folder / "new.jpg")
    assert counts(scanned.scan()) == {"new": 1, "moved": 1, "unchanged": PHOTOS - 1}
    after = decided(scanned)
    assert {face: after[face] for face in named} == {face: before[face] for face in named}
    (new,) = scanned.faces("new.jpg")
    assert (new.name, new.person) == (NAME, group["person"])  # the same face, so the same person


@pytest.mark.parametrize("detail", ["fast", "thorough"])
def test_another_detail_keeps_ids_and_names(scanned: Scanned, detail: str) -> None:
    scanned.name_everybody(NAME)
    before, boxes = decided(scanned), {face.face: face.box for face in scanned.faces()}
    report = scanned.scan("--detail", detail)
    assert counts(report) == {"unchanged": PHOTOS}
    assert ("detect" in report["seconds"]) is (detail == "thorough")  # a finer search was done already
    assert decided(scanned) == before
    assert all(overlap(face.box, boxes[face.face]) > 0.5 for face in scanned.faces())


def test_another_aligner_describes_all_faces_anew_and_keeps_names(scanned: Scanned) -> None:
    scanned.name_everybody(NAME)
    before = decided(scanned)
    models = {face.model for face in scanned.faces()}
    scanned.program.run("settings", "set", "vision.aligner", "5-point")
    assert scanned.program.document("settings", "get", "vision.aligner") == "5-point"
    report = scanned.scan()
    assert counts(report) == {"unchanged": PHOTOS}
    assert report["seconds"]["embed"] > 0
    assert decided(scanned) == before
    assert len({face.model for face in scanned.faces()}) == 1
    info = scanned.program.document("library", "info")
    assert info["last_grouping"]["faces"] == sum(FACES.values())
    scanned.program.run("settings", "set", "vision.aligner", "68-point")
    report = scanned.scan()  # what was described once is not described again
    assert "embed" not in report["seconds"]
    assert decided(scanned) == before
    assert {face.model for face in scanned.faces()} == models


def test_a_split_survives_grouping(scanned: Scanned) -> None:
    group = largest(scanned)
    scanned.program.run("people", "name", group["person"], NAME)
    taken = [face.face for face in scanned.faces(MIRRORED)]
    scanned.program.run("people", "split", NAME, *taken)
    after = decided(scanned)
    other = after[taken[0]][1]
    assert other not in (None, group["person"])
    for words in (("cluster",), ("scan",)):
        scanned.program.run(*words)
        assert decided(scanned)[taken[0]] == after[taken[0]]
        assert {face for face, (_, person, _) in decided(scanned).items() if person == group["person"]}.isdisjoint(
            taken
        )


def test_a_merge_survives_grouping(scanned: Scanned) -> None:
    single = scanned.face(MIRRORED).face
    scanned.program.run("people", "split", largest(scanned)["person"], single)
    everybody = [person["person"] for person in scanned.program.lines("people", "list")]
    assert len(everybody) >= 2
    scanned.program.run("people", "name", everybody[0], NAME)
    merged = scanned.program.document("people", "merge", *everybody)
    assert everybody[0] in merged["people"]
    (person,) = scanned.program.lines("people", "list")
    assert (person["person"], person["name"]) == (everybody[0], NAME)
    held = {face for face, (_, holder, _) in decided(scanned).items() if holder == person["person"]}
    assert single in held
    for words in (("cluster",), ("scan",)):
        scanned.program.run(*words)
        assert held <= {face for face, (name, *_) in decided(scanned).items() if name == NAME}


def test_grouping_again_keeps_the_ids_of_groups(scanned: Scanned) -> None:
    before = decided(scanned)
    scanned.program.run("cluster")
    assert decided(scanned) == before


def test_a_name_that_is_taken_asks_and_without_a_terminal_fails(scanned: Scanned) -> None:
    scanned.program.run("people", "name", largest(scanned)["person"], NAME)
    face = (
        next(face.face for face in scanned.faces() if face.name is None)
        if None in {face.name for face in scanned.faces()}
        else scanned.face(PORTRAIT).face
    )
    done = scanned.program.run("people", "name", f"face:{face}", NAME, code=2)
    assert "--merge" in done.stderr
    assert "--separate" in done.stderr
    scanned.program.run("people", "name", f"face:{face}", NAME, "--separate")
    assert len([p for p in scanned.program.lines("people", "list") if p["name"] == NAME]) == 2


def test_exports_agree_with_the_lists(scanned: Scanned, tmp_path: Path) -> None:
    scanned.program.run("people", "name", largest(scanned)["person"], 'Eileen, "the Astronaut"\u2009Ångström')
    faces = {face["face"]: face for face in scanned.program.lines("faces", "list")}
    people = scanned.program.lines("people", "list")

    assert scanned.program.document("export", "json", tmp_path / "out.json")["faces"] == len(faces)
    document = json.loads((tmp_path / "out.json").read_text("utf-8"))
    exported = {face["face"]: face for face in document["faces"]}
    assert {number: {key: face[key] for key in faces[number]} for number, face in exported.items()} == faces
    assert all(face["photo_hash"] and face["photo_width"] and face["photo_height"] for face in exported.values())
    assert document["people"] == people

    scanned.program.run("export", "csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(faces)
    for row in rows:
        face = faces[int(row["face"])]
        assert row["photo"] == face["photo"]
        assert [int(row[side]) for side in ("x", "y", "width", "height")] == face["box"]
        assert (row["name"] or None, row["assignment"] or None) == (face["name"], face["assignment"])
        assert (int(row["person"]) if row["person"] else None) == face["person"]

    name = people[0]["name"]
    scanned.program.run("export", "csv", tmp_path / "one.csv", "--person", name)
    with (tmp_path / "one.csv").open(encoding="utf-8", newline="") as stream:
        assert {row["name"] for row in csv.DictReader(stream)} == {name}


def test_an_export_replaces_nothing_unasked_and_a_dry_run_writes_nothing(scanned: Scanned, tmp_path: Path) -> None:
    target = tmp_path / "out" / "faces.csv"
    target.parent.mkdir()
    done = scanned.program.document("export", "csv", target, "--dry-run")
    assert done == {"path": str(target), "faces": sum(FACES.values()), "people": done["people"]}
    assert list(target.parent.iterdir()) == []
    target.write_text("mine")
    assert "--yes" in scanned.program.run("export", "csv", target, code=2).stderr
    scanned.program.run("export", "csv", target, "--dry-run", "--yes")
    assert target.read_text() == "mine"
    scanned.program.run("export", "csv", target, "--yes")
    assert target.read_text().startswith("face,photo,")
    assert list(target.parent.iterdir()) == [target]


def test_photos_are_never_changed(scanned: Scanned, template: Any) -> None:
    scanned.name_everybody(NAME)
    scanned.scan("--detail", "thorough")
    original = template.folder / "album"
    for path in [*original.rglob("*")]:
        copy = scanned.folder / path.relative_to(original)
        assert copy.stat().st_mtime_ns == path.stat().st_mtime_ns or path.is_dir()
        assert path.is_dir() or copy.read_bytes() == path.read_bytes()
    assert len([*scanned.folder.rglob("*")]) == len([*original.rglob("*")])
