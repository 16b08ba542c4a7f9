"""The help: pages of Markdown, their headings, and where words are found in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from faceorganizer.gui.resources import resource

INDEX: Final = "index"
_HEADING: Final = re.compile(r"^(#{1,3}) +(.+?)\s*$")
_LINK: Final = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
_MARKUP: Final = re.compile(r"[`*]")

# The page, and the heading in it, for each place of the window and each dialog, by the name of its class.
CONTEXT: Final[Mapping[str, str]] = {
    "start": "first-library",
    "people": "naming#the-place-people",
    "person": "mistakes#one-person",
    "review": "naming#review",
    "photos": "photos#the-place-photos",
    "photo": "photos#one-photo",
    "albums": "exporting#albums",
    "album": "exporting#albums",
    "map": "photos#map-and-insights",
    "insights": "photos#map-and-insights",
    "similar": "photos#similar-faces",
    "AlbumDialog": "exporting#albums",
    "CompareDialog": "photos#similar-faces",
    "ExportDialog": "exporting",
    "LearningDialog": "mistakes#learning-from-corrections",
    "PartsDialog": "mistakes#several-people-in-one",
    "PreferencesDialog": "settings",
    "ScanDialog": "troubleshooting#photos-that-could-not-be-read",
    "StrictnessDialog": "mistakes#groups-are-too-large-or-too-small",
    "TakeInDialog": "metadata#taking-names-in",
    "TroubleBox": "troubleshooting#a-fault-in-the-program",
    "WriteDialog": "metadata#writing-names",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and what stands below it.

    Attributes:
        level: 1 for the title of the page, up to 3.
        title: Without markup.
        anchor: By which links lead to it, formed as GitHub does; each once on a page.
        text: The Markdown below it, up to the next heading.
    """

    level: int
    title: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the help.

    Attributes:
        name: Of its file, without the ending.
        folder: The folder that its links and pictures are relative to.
        markdown: All of it.
        headings: In their order; the first is the title.
    """

    name: str
    folder: Path
    markdown: str
    headings: tuple[Heading, ...]

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.headings[0].title

    def links(self) -> list[str]:
        """Where the page leads to: other pages, anchors, pictures, addresses."""
        return [target for _, target in _LINK.findall(_without_code(self.markdown))]


def read_pages(language: str = "en") -> dict[str, Page]:
    """All pages by name, in the order in which the index names them; in English where there is no other.

    A translated page has the headings of the English one in the same order, and their anchors, so that links and
    places lead to them in any language.
    """
    home = resource("help")
    pages = {file.stem: _page(file) for file in sorted(home.glob("*.md"))}
    for file in sorted((home / language).glob("*.md")):
        pages[file.stem] = _with_anchors_of(pages[file.stem], _page(file))
    order = [INDEX, *(link.partition(".md")[0] for link in pages[INDEX].links())]
    return {name: pages[name] for name in dict.fromkeys((*order, *pages)) if name in pages}


def found(pages: Mapping[str, Page], words: str) -> Iterator[tuple[Page, Heading]]:
    """Headings that hold all words, then those with all words in what stands below them."""
    wanted = words.casefold().split()
    every = [(page, heading) for page in pages.values() for heading in page.headings]
    titled = [(page, heading) for page, heading in every if _holds(heading.title, wanted)]
    yield from titled
    yield from (each for each in every if each not in titled and _holds(each[1].title + each[1].text, wanted))


def anchor_of(title: str) -> str:
    """The anchor of a heading: lower case, hyphens for spaces, no punctuation."""
    return re.sub(r"[^\w\- ]", "", title.casefold()).replace(" ", "-")


def _holds(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _without_code(markdown: str) -> str:
    """Examples hold no links."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^```.*?^```", "", markdown))


def _page(file: Path) -> Page:
    markdown = file.read_text(encoding="utf-8")
    return Page(file.stem, file.parent, markdown, tuple(_headings(markdown)))


def _with_anchors_of(original: Page, page: Page) -> Page:
    headings = tuple(
        replace(heading, anchor=other.anchor) for heading, other in zip(page.headings, original.headings, strict=True)
    )
    return replace(page, headings=headings)


def _headings(markdown: str) -> Iterator[Heading]:
    titles: list[tuple[int, str]] = []
    below: list[list[str]] = []
    code = False
    for line in markdown.splitlines():
        code ^= line.startswith("```")
        match = None if code else _HEADING.match(line)
        if match:
            titles.append((len(match[1]), _MARKUP.sub("", match[2])))
            below.append([])
        elif below:
            below[-1].append(line)
    seen: dict[str, int] = {}
    for (level, title), lines in zip(titles, below, strict=True):
        anchor = anchor_of(title)
        number = seen[anchor] = seen.get(anchor, -1) + 1
        yield Heading(level, title, f"{anchor}-{number}" if number else anchor, "\n".join(lines))
