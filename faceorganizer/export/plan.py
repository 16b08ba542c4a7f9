"""What an export has to do: what is wanted at a destination, compared with what is there."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Final

from faceorganizer.domain.export import Action
from faceorganizer.export.manifest import NAME, TABLE, Entry, passes_link
from faceorganizer.export.names import Template, Values, numbered, same_place
from faceorganizer.export.transfer import file_digest

CHANGED: Final = "somebody changed it since it was exported, so it is left as it is"
BEFORE: Final = "it was there before any export, so it is left as it is although the original changed"
OUTSIDE: Final = "its folder there is a link, which may lead elsewhere"
OCCUPIED: Final = "another file has that name"


@dataclass(frozen=True, slots=True)
class Source:
    """The original of a file.

    Attributes:
        photo: Hash of the picture's data, hexadecimal.
        path: Absolute.
        digest: BLAKE2b-256 of its bytes when it was scanned, hexadecimal; what else tells it from others when it is
            not as it was scanned.
        as_scanned: Whether size and time are those of when it was scanned.
    """

    photo: str
    path: Path
    digest: str
    size: int
    as_scanned: bool = True

    @property
    def expected(self) -> str | None:
        """Digest that its bytes have to have; None when that is not known."""
        return self.digest if self.as_scanned and self.digest else None


@dataclass(frozen=True, slots=True)
class Item:
    """One file that is wanted.

    Attributes:
        source: The original; None for a page.
        values: What fills the template.
        suffix: The ending, with its dot.
        why: What it is there for.
        people: Names of those who are in it.
        recipe: What is made of the original; empty for the file as it is.
        fixed: Its path, where no template says it.
        mark: Stands for the source's digest where what is made depends on more.
    """

    source: Source | None
    values: Values
    suffix: str
    why: str
    people: tuple[str, ...] = ()
    recipe: str = ""
    fixed: str = ""
    mark: str = ""

    @property
    def photo(self) -> str:
        """Hash of the picture's data; empty for a page."""
        return "" if self.source is None else self.source.photo

    @property
    def origin(self) -> str:
        """What the file has to be made anew for when it changes."""
        return self.mark or ("" if self.source is None else self.source.digest)


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one file.

    Attributes:
        path: Below the destination, with forward slashes.
        item: What is wanted there; None for what is wanted no more.
        entry: What an earlier export wrote there; None where it wrote nothing.
        key: What the file is known by again: the path that was wanted, without a number.
        problem: Why it is left as it is; empty otherwise.
        digest: Of a file that was there already with the right bytes.
    """

    path: str
    action: Action
    item: Item | None
    entry: Entry | None
    key: str = ""
    problem: str = ""
    digest: str = ""


def steps_to(
    folder: Path | None,
    items: Sequence[Item],
    template: Template,
    known: Mapping[str, Entry],
    *,
    sync: bool,
    check: Callable[[], None] = lambda: None,
) -> list[Step]:
    """Compare what is wanted with what is there.

    Args:
        folder: The destination; need not be there. None when nothing can be there, as in a new zip.
        items: What is wanted, in the order that numbers are given in.
        template: Makes their paths.
        known: What earlier exports wrote, by path.
        sync: Whether what they wrote and is wanted no more is removed.
        check: Called now and then; may raise to stop.

    Returns:
        One step a file, by path.
    """
    return _Comparison(folder, template, known, check).steps(items, sync=sync)


class _Comparison:
    def __init__(
        self, folder: Path | None, template: Template, known: Mapping[str, Entry], check: Callable[[], None]
    ) -> None:
        self._folder = folder or Path()
        self._template = template
        self._known = known
        self._check = check
        self._by_key = {(entry.photo, entry.recipe, entry.key): entry for entry in known.values()}
        self._used = {same_place(path) for path in (*known, NAME, TABLE)}
        self._there = _There(folder)
        # The last number that was given: of an index in each folder, else of each name.
        self._last = Counter(_parent(entry.path) for entry in known.values() if "index" in template.fields)

    def steps(self, items: Sequence[Item], *, sync: bool) -> list[Step]:
        steps: dict[str, Step] = {}
        new: list[tuple[str, Item]] = []
        for item in items:
            self._check()
            key = item.fixed or self._template.key(item.values, item.suffix)
            entry = self._by_key.get((item.photo, item.recipe, key))
            if entry is None or entry.path in steps:
                new.append((key, item))
            else:
                steps[entry.path] = self._known_step(item, entry)
        for key, item in new:
            self._check()
            step = self._new_step(key, item)
            steps[step.path] = step
        for path, entry in self._known.items():
            if path not in steps and sync:
                self._check()
                steps[path] = self._unwanted_step(entry)
        return sorted(steps.values(), key=lambda step: step.path)

    def _known_step(self, item: Item, entry: Entry) -> Step:
        match entry.state(self._folder):
            case "gone":
                return Step(entry.path, "add", item, entry, entry.key)
            case "changed":
                reason = OUTSIDE if passes_link(self._folder, entry.path) else CHANGED
                return Step(entry.path, "leave", item, entry, entry.key, reason)
            case _ if _is_up_to_date(entry, item):
                return Step(entry.path, "keep", item, entry, entry.key)
            case _ if entry.adopted:
                return Step(entry.path, "leave", item, entry, entry.key, BEFORE)
            case _:
                return Step(entry.path, "update", item, entry, entry.key)

    def _unwanted_step(self, entry: Entry) -> Step:
        state = entry.state(self._folder)
        if state == "changed" and not entry.adopted:
            return Step(entry.path, "leave", None, entry, entry.key, CHANGED)
        action: Action = "remove" if state == "ours" and not entry.adopted else "leave"
        return Step(entry.path, action, None, entry, entry.key)

    def _new_step(self, key: str, item: Item) -> Step:
        for path in self._candidates(key, item):
            if same_place(path) in self._used:
                if item.fixed:
                    return Step(path, "leave", item, None, key, OCCUPIED)
                continue
            if self._there.known and passes_link(self._folder, path):
                return Step(path, "leave", item, None, key, OUTSIDE)
            other = self._there.at(path)
            if other is None or item.fixed:
                self._used.add(same_place(path))
                return Step(path, "add", item, None, key)
            if other == self._folder / path and (digest := self._same(other, item)):
                self._used.add(same_place(path))
                return Step(path, "keep", item, None, key, digest=digest)
        raise AssertionError("names do not end")

    def _candidates(self, key: str, item: Item) -> Iterator[str]:
        if item.fixed:
            yield item.fixed
            return
        indexed = "index" in self._template.fields
        path = self._template.path(item.values, item.suffix, 1)
        counter = _parent(path) if indexed else path
        for number in count(self._last[counter] + 1):
            self._last[counter] = number
            yield self._template.path(item.values, item.suffix, number) if indexed else numbered(path, number)

    def _same(self, path: Path, item: Item) -> str:
        """The digest of a file that is the original byte for byte; empty for any other."""
        source = item.source
        if source is None or item.recipe or path.is_symlink():
            return ""
        try:
            if not path.is_file() or path.stat().st_size != source.size:
                return ""
            digest = file_digest(path, self._check)
            original = source.expected or file_digest(source.path, self._check)
        except OSError:
            return ""
        return digest if digest == original else ""


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _is_up_to_date(entry: Entry, item: Item) -> bool:
    """Whether what was written of an original is what would be written now."""
    if item.source is not None and entry.way in ("symbolic", "hard"):
        return entry.source == str(item.source.path)
    return item.origin in ("", entry.mark) or (not item.recipe and item.origin == entry.hash)


class _There:
    """What is at the destination, found as a file system finds it that ignores case and forms of letters."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._listed: dict[Path, tuple[frozenset[str], dict[str, str]]] = {}

    @property
    def known(self) -> bool:
        """Whether anything can be there."""
        return self._folder is not None

    def at(self, path: str) -> Path | None:
        """The file or folder that takes the place of a path; None when it is free."""
        if self._folder is None:
            return None
        place = self._folder
        for part in PurePosixPath(path).parts:
            names, places = self._names(place)
            found = part if part in names else places.get(same_place(part))
            if found is None:
                return None
            place = place / found
        return place

    def _names(self, folder: Path) -> tuple[frozenset[str], dict[str, str]]:
        if folder not in self._listed:
            try:
                names = os.listdir(folder)  # noqa: PTH208 - names are wanted, not paths
            except OSError:
                names = []
            self._listed[folder] = frozenset(names), {same_place(name): name for name in names}
        return self._listed[folder]
