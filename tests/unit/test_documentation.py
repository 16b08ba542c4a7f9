"""The documentation is as the program is, and holds together."""

import re
import subprocess
import sys

import pytest

from faceorganizer.gui.help import INDEX, anchor_of, found, read_pages
from tests.docs.pages import ROOT, faults, messages, rooms, said
from tests.docs.reference import FILE

MADE = "import sys; from tests.docs.reference import reference; sys.stdout.buffer.write(reference().encode())"


def test_the_reference_of_commands_is_as_the_program_is() -> None:
    made = subprocess.run([sys.executable, "-c", MADE], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    assert FILE.read_text(encoding="utf-8") == made, "python3 dev.py docs renews it"


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_link_anchor_and_picture_is_there_and_every_page_can_be_reached(language: str) -> None:
    assert faults(language) == []


def test_every_message_that_is_explained_is_one_of_the_program() -> None:
    texts = said()
    assert len(messages()) > 35
    assert [message for message in messages() if message not in texts] == []


def test_every_room_of_the_house_has_a_line() -> None:
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## The house")[2].partition("###")[0]
    named = set(re.findall(r"`([\w./]+)`", "".join(line for line in table.splitlines() if line.startswith("| `"))))
    silent = {"__init__.py"}
    assert {room for room in rooms() - silent if room not in named and f"{room}/" not in named} == set()


def test_the_help_has_no_picture_of_other_places() -> None:
    for language, home in (("en", "../screenshots/"), ("de", "../../screenshots/")):
        pages = [page for page in read_pages(language).values() if (page.folder.name == "de") == (language == "de")]
        pictures = {link for page in pages for link in page.links() if link.endswith(".png")}
        assert pictures
        assert all(link.startswith(home) for link in pictures)


def test_every_benchmark_that_results_name_is_there() -> None:
    text = (ROOT / "tests" / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    named = set(re.findall(r"tests[./]benchmarks[./](\w+)", text)) - {"RESULTS"}
    assert len(named) > 20
    assert [name for name in sorted(named) if not (ROOT / "tests" / "benchmarks" / f"{name}.py").is_file()] == []


def test_headings_get_the_anchors_that_links_use() -> None:
    assert anchor_of("Which programs read it") == "which-programs-read-it"
    assert anchor_of("`The disk is full: … cannot grow.`") == "the-disk-is-full--cannot-grow"
    anchors = [heading.anchor for heading in read_pages()["facts"].headings]
    assert len(set(anchors)) == len(anchors)


def test_translated_pages_have_the_headings_of_the_english_ones() -> None:
    english, german = read_pages(), read_pages("de")
    assert set(german) == set(english)
    translated = [name for name, page in german.items() if page.folder != english[name].folder]
    assert INDEX in translated
    for name in translated:
        outline = [(heading.level, heading.anchor) for heading in german[name].headings]
        assert outline == [(heading.level, heading.anchor) for heading in english[name].headings]


def test_headings_are_found_before_what_stands_below_them() -> None:
    pages = read_pages()
    assert next(iter(pages)) == INDEX
    first = next(found(pages, "LIMITS"))
    assert "limits" in first[1].title.casefold()
    hits = list(found(pages, "twins"))
    assert any(page.name == "facts" and heading.anchor == "limits" for page, heading in hits)
    assert list(found(pages, "no such words anywhere")) == []
