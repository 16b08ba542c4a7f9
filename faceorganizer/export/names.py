"""Names of exported files: made by a template, and safe on every file system.

A name is safe when Windows, macOS and Linux take it as it is: no characters that one of them forbids, no name that
means a device on Windows, no dot or space at an end, Unicode composed, and so short that no file system cuts it. Two
names are the same when some file system cannot tell them apart.
"""

import string
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.people import folded

FIELDS: Final[Mapping[str, str]] = {
    "person": "the person in whose folder it is",
    "people": "everybody with a name who is in it",
    "album": "the album, or what was asked for",
    "original": "the original's name",
    "index": "a number, as in {index:04}",
    "year": "the year it was taken",
    "date": "when it was taken, as in {date:%Y-%m-%d}",
    "camera": "what it was taken with",
    "face": "the face's number, for crops",
}
LONGEST: Final = 200  # bytes of UTF-8; file systems take 255 bytes or UTF-16 units, and room is left for " (123)"
UNDATED: Final = "undated"
NOBODY: Final = "nobody"
_FORBIDDEN: Final = frozenset('<>:"/\\|?*')
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"  # within words and emoji
_DEVICES: Final = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{name}{number}" for name in ("com", "lpt") for number in "0123456789¹²³"]
)
_DIRECTIVES: Final = frozenset("aAbBdHIjmMpSUVWyYGu%")
_DEFAULT_DATE: Final = "%Y-%m-%d"
_MARK: Final = "\0"  # in the place of the number, in a name by which a file is known again


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What a template is filled with, for one file."""

    person: str = NOBODY
    people: str = NOBODY
    album: str = ""
    original: str = ""
    taken: datetime | None = None
    camera: str = ""
    face: str = ""


class Template:
    """A name with fields in braces, and slashes between folders.

    Args:
        text: Such as "{person}/{date:%Y}/{original}". The original's ending is added.

    Raises:
        UsageError: It is no template; the message says why, and which fields there are.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts = list(_parsed(text))
        self.fields = frozenset(field for _, field, _ in self._parts if field is not None)
        self._check()

    def path(self, values: Values, suffix: str, index: int) -> str:
        """Return the safe relative path of a file, with forward slashes."""
        return self._safe(self._filled(values, str(index)), suffix)

    def key(self, values: Values, suffix: str) -> str:
        """Return what a file is known by again: its path without the number."""
        return self._safe(self._filled(values, _MARK), suffix, mark=_MARK)

    def _filled(self, values: Values, index: str) -> str:
        pieces: list[str] = []
        for literal, name, form in self._parts:
            pieces.append(literal)
            if name is not None:
                pieces.append(_value(name, form, values, index))
        return "".join(pieces)

    def _safe(self, text: str, suffix: str, mark: str = "") -> str:
        *folders, name = text.split("/")
        parts = [safe_name(folder, keep=mark) for folder in folders]
        return "/".join((*parts, safe_name(name, suffix, keep=mark)))

    def _check(self) -> None:
        example = Values(
            person="a", people="a", album="a", original="a", taken=datetime(2020, 1, 2), camera="a", face="1"
        )
        for part in self._filled(example, "1").split("/"):
            if part.strip() in ("", ".", ".."):
                raise UsageError(
                    f"The layout {self.text!r} has a folder or file without a name.",
                    "Write it as in {person}/{year}/{original}.",
                )


def safe_name(text: str, suffix: str = "", *, keep: str = "") -> str:
    """Return a name of one file or folder as every file system takes it.

    Args:
        text: Any text.
        suffix: The file's ending with its dot, which a long name does not lose.
        keep: Characters that stay although they are none of a name.
    """
    composed = unicodedata.normalize("NFC", text)
    clean = "".join(character if _is_plain(character, keep) else "_" for character in composed)
    ending = "".join(character for character in suffix if _is_plain(character) and character != " ")
    ending = _cut(ending, 20).rstrip(".")
    stem = _cut(clean.strip(" "), LONGEST - len(ending.encode()))
    stem = stem.strip(" ") if ending else stem.strip(" ").rstrip(". ")
    if stem.startswith("."):
        stem = "_" + stem[1:]
    if (stem + ending).split(".")[0].rstrip(" ").casefold() in _DEVICES:
        stem = f"_{stem}"
    return (stem or "_") + ending


def numbered(path: str, number: int) -> str:
    """Return another path for a file whose own is taken: the first is the path itself, then "name (2).jpg"."""
    if number == 1:
        return path
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    return f"{folder}{slash}{stem} ({number}){dot}{ending}"


@lru_cache(maxsize=100_000)
def same_place(path: str) -> str:
    """Return what is equal for all paths that some file system cannot tell apart."""
    return "".join(c for c in folded(path) if c.isascii() or unicodedata.category(c) != "Cf")


def unlike(names: Mapping[int, str], taken: Collection[str] = ()) -> dict[int, str]:
    """Return safe folder names by key, in the order of the keys, each different from all others."""
    used = {same_place(name) for name in taken}
    chosen: dict[int, str] = {}
    for key in sorted(names):
        base = safe_name(names[key])
        number = 1
        while same_place(_folder(base, number)) in used:
            number += 1
        chosen[key] = _folder(base, number)
        used.add(same_place(chosen[key]))
    return chosen


def _folder(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


def _parsed(text: str) -> Iterator[tuple[str, str | None, str]]:
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError as error:
        raise UsageError(f"The layout {text!r} cannot be read: {error}.", _known()) from error
    if not any(field is not None for _, field, _, _ in parts):
        raise UsageError(f"The layout {text!r} names no field.", _known())
    for literal, field, form, conversion in parts:
        if "\\" in literal:
            raise UsageError("A layout has / between its folders, also on Windows.")
        if field is not None:
            if field not in FIELDS or conversion:
                raise UsageError(f"A layout knows no {{{field}{'!' + conversion if conversion else ''}}}.", _known())
            _check_form(field, form or "")
        yield literal, field, form or ""


def _check_form(field: str, form: str) -> None:
    if not form:
        return
    if field == "index":
        if not (form.isascii() and form.isdigit() and int(form) <= 12):
            raise UsageError(f"{{index:{form}}} is no number of digits.", "Write it as {index:04}.")
    elif field == "date":
        letters = form.split("%%")
        used = [part[:1] for text in letters for part in text.split("%")[1:]]
        if any(letter not in _DIRECTIVES for letter in used) or "{" in form:
            raise UsageError(f"{{date:{form}}} is no form of a date.", "Write it as {date:%Y-%m-%d}.")
    else:
        raise UsageError(f"{{{field}}} takes no form after a colon.", _known())


def _known() -> str:
    return "There are " + ", ".join(f"{{{name}}}" for name in FIELDS) + "."


def _value(name: str, form: str, values: Values, index: str) -> str:
    match name:
        case "index":
            return index if index == _MARK else index.zfill(int(form or 1))
        case "year":
            return UNDATED if values.taken is None else f"{values.taken.year:04}"
        case "date":
            return UNDATED if values.taken is None else _date(values.taken, form or _DEFAULT_DATE)
        case _:
            return str(getattr(values, name)).replace("/", "_") or NOBODY


def _date(taken: datetime, form: str) -> str:
    # Not every C library writes early years with four digits.
    pieces = (piece.replace("%Y", f"{taken.year:04}") for piece in form.split("%%"))
    return "%".join(taken.strftime(piece) for piece in pieces)


def _is_plain(character: str, keep: str = "") -> bool:
    if character in keep or character in _JOINERS:
        return True
    if character.isascii():
        return character.isprintable() and character not in _FORBIDDEN
    return unicodedata.category(character) not in _UNSEEN


def _cut(text: str, limit: int) -> str:
    """The beginning of a text that takes no more bytes, without a character that lost its marks."""
    if len(text.encode()) <= limit:
        return text
    cut = text.encode()[:limit].decode(errors="ignore")
    while cut and unicodedata.combining(text[len(cut)]):
        cut = cut[:-1]
    return cut
