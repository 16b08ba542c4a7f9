import os
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceorganizer.domain.errors import CancelledError, StorageError
from faceorganizer.services.scan.walk import SYSTEM_FOLDERS, Walk, directory_id, walk_photos

posix = pytest.mark.skipif(os.name == "nt", reason="needs links and names as POSIX systems have them")


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def walked(root: Path, **options: object) -> list[str]:
    return list(walk_photos(root, **options).files)  # type: ignore[arg-type]


def test_photos_of_all_folders_are_found_in_order(photos: Path) -> None:
    touch(photos, "b.jpg", "a.JPEG", "2020/c.heic", "2020/deep/d.nef", "2021/e.png", "notes.txt", "clip.mp4", "noext")
    assert walked(photos) == ["a.JPEG", "b.jpg", "2020/c.heic", "2020/deep/d.nef", "2021/e.png"]


def test_hidden_names_and_those_of_the_system_are_passed_over(photos: Path) -> None:
    touch(photos, "a.jpg", ".b.jpg", ".thumbs/c.jpg", "@eaDir/d.jpg", "$RECYCLE.BIN/e.jpg", "__MACOSX/f.jpg")
    assert walked(photos) == ["a.jpg"]
    assert walked(photos, hidden=True) == [".b.jpg", "a.jpg", ".thumbs/c.jpg"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("*.png", {"a.jpg", "drafts/c.jpg", "x/drafts/d.jpg"}),
        ("drafts", {"a.jpg", "b.png"}),
        ("x/*", {"a.jpg", "b.png", "drafts/c.jpg"}),
        ("[ab].*", {"drafts/c.jpg", "x/drafts/d.jpg"}),
        ("", {"a.jpg", "b.png", "drafts/c.jpg", "x/drafts/d.jpg"}),
    ],
)
def test_exclusions_match_names_and_relative_paths(photos: Path, pattern: str, left: set[str]) -> None:
    touch(photos, "a.jpg", "b.png", "drafts/c.jpg", "x/drafts/d.jpg")
    assert set(walked(photos, exclusions=[pattern])) == left


def test_a_part_is_walked_by_itself_with_paths_from_the_root(photos: Path) -> None:
    touch(photos, "a.jpg", "2020/b.jpg", "2020/x/c.jpg", "20200/d.jpg")
    assert walked(photos, under="2020") == ["2020/b.jpg", "2020/x/c.jpg"]


@posix
def test_links_that_lead_round_end(photos: Path) -> None:
    touch(photos, "x/y/a.jpg")
    (photos / "x/y/loop").symlink_to(photos)
    (photos / "self").symlink_to("self")
    assert walked(photos) == ["x/y/a.jpg"]


@posix
def test_a_folder_is_known_by_its_own_place_though_a_link_comes_first(photos: Path) -> None:
    touch(photos, "zz/a.jpg")
    (photos / "aa").symlink_to(photos / "zz")
    (photos / "zzz").symlink_to(photos / "zz")
    assert walked(photos) == ["zz/a.jpg"]


@posix
def test_links_to_elsewhere_are_followed_once_or_not_at_all(photos: Path, tmp_path: Path) -> None:
    touch(tmp_path / "elsewhere", "b.jpg", "deep/c.jpg")
    touch(photos, "a.jpg")
    (photos / "one").symlink_to(tmp_path / "elsewhere")
    (photos / "two").symlink_to(tmp_path / "elsewhere")
    assert walked(photos) == ["a.jpg", "one/b.jpg", "one/deep/c.jpg"]
    assert walked(photos, follow_links=False) == ["a.jpg"]


@posix
def test_a_dangling_link_is_found_with_its_reason(photos: Path) -> None:
    (photos / "gone.jpg").symlink_to("nowhere")
    (photos / "round.jpg").symlink_to("round.jpg")
    files = walk_photos(photos).files
    assert files["gone.jpg"].error == "it is no longer there"
    assert "circle" in files["round.jpg"].error


@posix
def test_names_that_are_no_utf8_and_both_normalisations_are_kept_apart(photos: Path) -> None:
    names = [os.fsdecode(b"caf\xe9.jpg"), "e\u0301.jpg", "\u00e9.jpg", "new\nline.jpg"]
    touch(photos, *names)
    assert sorted(walked(photos)) == sorted(names)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_listed_is_told_and_what_is_in_it_stays_unknown(photos: Path) -> None:
    touch(photos, "open/a.jpg", "closed/b.jpg")
    (photos / "closed").chmod(0)
    try:
        walk = walk_photos(photos)
    finally:
        (photos / "closed").chmod(0o700)
    assert list(walk.files) == ["open/a.jpg"]
    assert walk.unlisted == {"closed": "permission denied"}


def test_what_lies_below_unlisted_folders_is_unknown() -> None:
    walk = Walk(unlisted={"closed": "permission denied", "x/y": "permission denied"})
    unknown = ["closed/a.jpg", "closed/deep/a.jpg", "x/y/a.jpg"]
    assert not any(map(walk.knows, unknown))
    assert all(map(walk.knows, ["a.jpg", "closedness/a.jpg", "x/a.jpg", "x/yy/a.jpg", "closed.jpg"]))


def test_skipped_folders_are_left_out_however_they_are_reached(photos: Path) -> None:
    touch(photos, "a.jpg", "lib/cache/b.jpg", "lib/c.jpg")
    assert walked(photos, skip=[directory_id(photos / "lib/cache")]) == ["a.jpg", "lib/c.jpg"]


def test_a_root_that_is_gone_or_a_file_is_an_error(photos: Path) -> None:
    touch(photos, "a.jpg")
    for root in (photos / "gone", photos / "a.jpg"):
        with pytest.raises(StorageError, match="could not be read"):
            walk_photos(root)


def test_a_walk_can_be_cancelled_in_every_folder(photos: Path) -> None:
    touch(photos, *(f"{number}/a.jpg" for number in range(5)))
    left = iter(range(3))

    def check() -> None:
        if next(left, None) is None:
            raise CancelledError

    with pytest.raises(CancelledError):
        walk_photos(photos, check=check)


names = st.text(
    st.characters(codec="utf-8", exclude_characters='/\\:*?"<>|', exclude_categories=["Cc"]), min_size=1, max_size=8
).filter(lambda name: name not in SYSTEM_FOLDERS)
paths = st.lists(names, min_size=1, max_size=4).map("/".join)


@posix
@settings(max_examples=40, deadline=None)
@given(wanted=st.sets(paths, max_size=12))
def test_a_walk_finds_what_a_plain_listing_finds(tmp_path_factory: pytest.TempPathFactory, wanted: set[str]) -> None:
    root = tmp_path_factory.mktemp("tree")
    for path in wanted:
        try:
            touch(root, f"{path}.jpg")
        except OSError:  # ".." and ".", or a file where another path needs a folder
            continue
    listed = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    shown = {path for path in listed if not any(part.startswith(".") for part in PurePosixPath(path).parts)}
    assert set(walked(root)) == shown
    assert set(walked(root, hidden=True)) == listed
