"""Collects what expected errors say, so that the window can say it in another language.

Raise sites stay as they are: a message is known again by its fixed words (``faceorganizer/gui/wording.py``). Run by
``python3 dev.py translate``; writes the module it names.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parents[1] / "faceorganizer"
LINE: Final = 120  # where the formatter breaks
TABLE: Final = PACKAGE / "gui" / "error_texts.py"
# Rooms and services whose errors nobody at the window can meet: those of commands for experiments.
NOT_IN_THE_WINDOW: Final = (
    "app.py", "cli/", "gui/", "neighbours/", "recognition/protocol.py", "recognition/verification.py",
    "services/benchmark/", "services/recognition/judging.py", "services/recognition/verification.py",
)  # fmt: skip
# Their parts are phrases in English, which would be left in the middle.
IN_ENGLISH_PARTS: Final = frozenset(
    ("{0} cannot be {1}: it must be {2}.", "{0} {1} are too many for this method, which takes {2}: {3}.")
)
HEAD: Final = '''# ruff: noqa: E501
"""What expected errors say; collected by ``python3 dev.py translate``, see ``wording``."""

from typing import Final

from faceorganizer.gui.translation import Later

errors: Final = Later("errors")

TEMPLATES: Final = (
'''


def collected() -> list[str]:
    """All texts of errors that the window can meet, with {0}, {1} for what differs, in alphabetical order."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    kinds = _kinds(list(trees.values()))
    sources = [tree for path, tree in trees.items() if _concerns_window(path)]
    functions = {
        function.name: function
        for tree in sources
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
    }
    makers = {name for name, function in functions.items() if _makes(function, kinds)}
    texts = {text for tree in sources for text in _of_module(tree, kinds | makers, functions)} - IN_ENGLISH_PARTS
    return sorted(text for text in texts if _worth_translating(text))


def table(texts: list[str]) -> str:
    """The module that lists texts for lupdate and for the window."""
    return HEAD + "".join(map(_entry, texts)) + ")\n"


def _entry(text: str) -> str:
    line = f"    errors.tr({_quoted(text)}),\n"
    return line if len(line) <= LINE + 1 else f"    errors.tr(\n        {_quoted(text)}\n    ),\n"


def _concerns_window(path: Path) -> bool:
    return not path.relative_to(PACKAGE).as_posix().startswith(NOT_IN_THE_WINDOW)


def _kinds(trees: list[ast.Module]) -> set[str]:
    """Names of the classes of expected errors."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    kinds = {"FaceOrganizerError"}
    while more := {c.name for c in classes if kinds & {b.id for b in c.bases if isinstance(b, ast.Name)}} - kinds:
        kinds |= more
    return kinds


def _makes(function: ast.FunctionDef, kinds: set[str]) -> bool:
    """Whether a function puts a message together from what it is given."""
    made = (part.value for part in ast.walk(function) if isinstance(part, ast.Return))
    return any(isinstance(v, ast.Call) and isinstance(v.func, ast.Name) and v.func.id in kinds for v in made)


def _of_module(tree: ast.Module, kinds: set[str], functions: dict[str, ast.FunctionDef]) -> Iterator[str]:
    named = _assigned(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name in kinds:
            calls = [call for call in ast.walk(node) if isinstance(call, ast.Call) and _is_constructor(call.func)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds:
            calls = [node]
        else:
            continue
        for call in calls:
            for argument in call.args[:2]:
                yield from _texts(argument, named, functions)
                for part in ast.walk(argument):  # words that are put into a sentence
                    if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name | ast.IfExp):
                        yield from _texts(part.value, named, functions)


def _is_constructor(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr == "__init__"


def _assigned(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What names of a module, or of its functions, stand for."""
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if _is_annotated(node) else []
        for target in targets:
            if isinstance(target, ast.Name) and node.value is not None:
                named.setdefault(target.id, []).append(node.value)
    return named


def _is_annotated(node: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign)


def _texts(
    node: ast.expr, named: dict[str, list[ast.expr]], functions: dict[str, ast.FunctionDef], depth: int = 0
) -> list[str]:
    """What an expression can say; empty where that cannot be read from it."""
    if depth > 3:
        return []
    follow = [node]
    match node:
        case ast.Constant(value=str(text)):
            return [_braced(text)]
        case ast.JoinedStr(values=parts):
            count = iter(range(len(parts)))
            return ["".join(_braced(p.value) if isinstance(p, ast.Constant) else f"{{{next(count)}}}" for p in parts)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            firsts, seconds = (_texts(side, named, functions, depth) for side in (left, right))
            return [first + second for first in firsts for second in seconds]
        case ast.IfExp(body=body, orelse=orelse):
            follow = [body, orelse]
        case ast.BoolOp(values=values):
            follow = values
        case ast.Name(id=name):
            follow = named.get(name, [])
        case ast.Dict(values=values):
            follow = values
        case ast.Subscript(value=value) | ast.Call(func=ast.Attribute(value=value, attr="get")):
            follow = [value, *(node.args[1:] if isinstance(node, ast.Call) else [])]
        case ast.Call(func=ast.Name(id=name)) if name in functions:
            returns = [part for part in ast.walk(functions[name]) if isinstance(part, ast.Return)]
            follow = [part.value for part in returns if part.value is not None]
        case _:
            return []
    return [text for part in follow if part is not node for text in _texts(part, named, functions, depth + 1)]


def _braced(text: object) -> str:
    return str(text).replace("{", "{{").replace("}", "}}")


def _worth_translating(text: str) -> bool:
    """Whether there are words in it, and the window shows it: it leaves out advice that names commands or options."""
    words = "".join(part for part in text.replace("}", "{").split("{")[::2])
    return sum(map(str.isalpha, words)) > 1 and "--" not in text and "faceorganizer " not in text


def _quoted(text: str) -> str:
    """A literal, quoted as the formatter does it."""
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n")
    if '"' in escaped and "'" not in escaped:
        return f"'{escaped}'"
    escaped = escaped.replace('"', '\\"')
    return f'"{escaped}"'


def main() -> None:
    """Write the table."""
    TABLE.write_text(table(collected()), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
