"""Whether the documentation holds together: links, anchors, pictures, messages, rooms of the house."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from faceorganizer.gui.help import CONTEXT, INDEX, Page, anchor_of, read_pages

ROOT: Final = Path(__file__).resolve().parents[2]
BESIDE: Final = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
_LINK: Final = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE: Final = re.compile(r"(?ms)^```.*?^```|^    .*?$|`[^`\n]*`")


def faults(language: str = "en") -> list[str]:
    """What does not hold together, one line for each."""
    pages = read_pages(language)
    return [*_broken_links(pages), *_unreached(pages), *_unknown_contexts(pages), *_broken_beside()]


def _broken_links(pages: dict[str, Page]) -> Iterator[str]:
    for page in pages.values():
        for link in page.links():
            file, _, anchor = link.partition("#")
            if re.match(r"[a-z]+:", link):
                continue
            if file.endswith(".md") or not file:
                other = pages.get(file.removesuffix(".md")) if file else page
                if other is None:
                    yield f"{page.name}: there is no page {file}"
                elif anchor and anchor not in {heading.anchor for heading in other.headings}:
                    yield f"{page.name}: there is no heading {link}"
            elif not (page.folder / file).is_file():
                yield f"{page.name}: there is no picture {file}"


def _unreached(pages: dict[str, Page]) -> Iterator[str]:
    reached, ahead = {INDEX}, [INDEX]
    while ahead:
        for link in pages[ahead.pop()].links():
            name = link.partition("#")[0].removesuffix(".md")
            if name in pages and name not in reached:
                reached.add(name)
                ahead.append(name)
    yield from (f"{name} cannot be reached from the index" for name in pages if name not in reached)


def _unknown_contexts(pages: dict[str, Page]) -> Iterator[str]:
    for place, target in CONTEXT.items():
        name, _, anchor = target.partition("#")
        if name not in pages or (anchor and anchor not in {heading.anchor for heading in pages[name].headings}):
            yield f"F1 in {place} leads nowhere: {target}"


def _broken_beside() -> Iterator[str]:
    """Links of README and its like, relative to the project."""
    for name in BESIDE:
        text = (ROOT / name).read_text(encoding="utf-8")
        anchors = {anchor_of(title) for title in re.findall(r"(?m)^#{1,6} +(.+?)\s*$", text)}
        for link in _LINK.findall(_CODE.sub("", text)):
            file, _, anchor = link.partition("#")
            if re.match(r"[a-z]+:", link):
                continue
            if (file and not (ROOT / file).exists()) or (not file and anchor not in anchors):
                yield f"{name}: there is no {link}"


def said() -> str:
    """Every text of the program, one a line, with … for what is filled in."""
    texts = set()
    for path in (ROOT / "faceorganizer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                texts.add("".join(_part(value) for value in node.values))
    return "\n".join(sorted(texts))


def _part(value: ast.expr) -> str:
    return str(value.value) if isinstance(value, ast.Constant) else "…"


def messages() -> list[str]:
    """The messages and reasons that the page about trouble explains."""
    page = read_pages()["troubleshooting"].markdown
    return re.findall(r"(?m)^(?:### |\| )`([^`]+)`", page)


def rooms() -> set[str]:
    """Packages and modules directly in the program."""
    found = (ROOT / "faceorganizer").iterdir()
    return {path.name for path in found if (path.is_dir() and (path / "__init__.py").is_file()) or path.suffix == ".py"}
