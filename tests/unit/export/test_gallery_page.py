"""The gallery's pages: what users wrote never becomes markup, and nothing is fetched from anywhere."""

import html
import json
import re
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from faceorganizer.export.gallery import GalleryFace, GalleryPerson, GalleryPhoto, gallery_pages

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u2028\udcff"


def data_of(pages: dict[str, bytes]) -> dict[str, object]:
    text = pages["data.js"].decode("ascii")
    assert text.startswith("window.GALLERY = ")
    return dict(json.loads(text.removeprefix("window.GALLERY = ").removesuffix(";\n")))


@given(st.text(st.characters()), st.text(st.characters()), st.text(st.characters()))
def test_any_text_stays_text(title: str, name: str, file: str) -> None:
    photo = GalleryPhoto("1.jpg", file, 4, 3, None, [GalleryFace(1, 0.1, 0.2, 0.3, 0.4)])
    pages = gallery_pages(title, [GalleryPerson(1, name, "people/1.jpg")], [photo])
    said = data_of(pages)
    assert said["people"] == [[1, name.encode(errors="replace").decode(), "people/1.jpg"]]
    assert b"<" not in pages["data.js"]
    page = pages["index.html"].decode()
    (shown,) = re.findall(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert "<" not in shown
    assert html.unescape(shown) == title.encode(errors="replace").decode()


def test_hostile_names_are_data() -> None:
    photo = GalleryPhoto("1.jpg", HOSTILE, 4, 3, datetime(2020, 1, 2, 3, 4, 5), [])
    pages = gallery_pages(HOSTILE, [GalleryPerson(1, HOSTILE, "people/1.jpg")], [photo])
    assert b"<script>alert" not in b"".join(pages.values())
    assert data_of(pages)["photos"] == [["1.jpg", HOSTILE.replace("\udcff", "?"), 4, 3, "2020-01-02T03:04", []]]


def test_pages_are_the_same_for_the_same_content() -> None:
    assert gallery_pages("a", [], []) == gallery_pages("a", [], [])


def test_nothing_is_fetched_and_no_text_is_made_markup() -> None:
    pages = {path: content.decode() for path, content in gallery_pages("x", [], []).items()}
    everything = "\n".join(pages.values())
    assert not re.search(r"https?://|//[a-z]+\.|@import|url\(", everything)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(|XMLHttp", everything)
    assert "default-src 'none'" in pages["index.html"]
    assert "<script>" not in pages["index.html"]
    assert "prefers-color-scheme: dark" in pages["gallery.css"]
