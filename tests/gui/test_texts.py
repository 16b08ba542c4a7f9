"""Every text of the window can be translated: nothing that is shown escapes the translators."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from faceorganizer.gui.steps import STEPS
from faceorganizer.gui.translation import Context, Later

REPO = Path(__file__).resolve().parents[2]
GUI = REPO / "faceorganizer" / "gui"
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(GUI.rglob("*.py"))}
SHOWING = frozenset(
    (
        *("QAction", "QCheckBox", "QGroupBox", "QLabel", "QListWidgetItem", "QMenu", "QMessageBox", "QPushButton"),
        *("QRadioButton", "about", "critical", "information", "question", "warning"),
        *("addAction", "addButton", "addItem", "addItems", "addMenu", "addRow", "addTab", "insertTab"),
        *("setAccessibleDescription", "setAccessibleName", "setHeaderLabels", "setInformativeText", "setLabelText"),
        *("setPlaceholderText", "setPrefix", "setSpecialValueText", "setStatusTip", "setSuffix", "setText"),
        *("setTitle", "setToolTip", "setWhatsThis", "setWindowTitle", "say", "showMessage", "tell", "getText"),
        *("getExistingDirectory", "getOpenFileName", "getSaveFileName", "setPlainText", "setHtml"),
    )
)
NAMES = frozenset(
    (
        *("Face Organizer", "ONNX Runtime", "pillow-heif with libheif", "Qt for Python", "rawpy with LibRaw"),
        *("BSD; LGPL 3", "MIT; LGPL 2.1"),
    )
)
PROSE = re.compile(r"[^\W\d_]{2,}[,.:;]? [^\W\d_]{2,}")
TAG = re.compile(r"<[^>]*>?|^[^<>]*\">")  # whole, or before and after what is filled in


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def literals(node: ast.expr | None) -> Iterator[ast.Constant]:
    """Literals that are shown when an expression is; those within other calls are their affair."""
    match node:
        case ast.Constant(value=str()):
            yield node
        case ast.Call(func=ast.Attribute(attr="format" | "join" | "strip", value=inner)):
            yield from literals(inner)
        case ast.Starred(value=inner) | ast.FormattedValue(value=inner):
            yield from literals(inner)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from (*literals(one), *literals(other))
        case ast.BoolOp(values=parts) | ast.JoinedStr(values=parts) | ast.Dict(values=parts):
            yield from (found for part in parts for found in literals(part))
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            yield from (found for part in parts for found in literals(part))


def has_words(text: str) -> bool:
    bare = TAG.sub("", text).strip()
    return any(letter.isalpha() for letter in bare) and bare not in NAMES and not bare.startswith(".")  # of files


def untranslated(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in SHOWING:
            arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
            yield from (found for part in arguments for found in literals(part) if has_words(str(found.value)))


def translated(tree: ast.Module) -> Iterator[list[ast.expr]]:
    """Arguments of what translates: the text, after its context where that is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (
            called(node) == "tr" or ast.unparse(node.func).endswith("Application.translate")
        ):
            yield node.args


def prose(tree: ast.Module) -> Iterator[ast.Constant]:
    """Sentences that are neither translated nor documentation."""
    passed = {id(part) for parts in translated(tree) for part in parts}
    passed |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        said = node.value if isinstance(node, ast.Constant) and id(node) not in passed else None
        if isinstance(said, str) and PROSE.search(TAG.sub("", said)) and has_words(said):
            yield node


@pytest.mark.parametrize("source", ['QLabel("Hidden")', 'x.setText(f"{n} photos")', 'x.setToolTip("a" if y else z)'])
def test_what_is_not_translated_is_found(source: str) -> None:
    assert list(untranslated(ast.parse(source)))


@pytest.mark.parametrize("source", ['QLabel(self.tr("Hidden"))', 'x.setText(f"{n} ▾")', 'x.addAction(actions["open"])'])
def test_what_is_translated_is_not(source: str) -> None:
    assert not list(untranslated(ast.parse(source)))


def test_all_texts_that_are_shown_are_translated() -> None:
    found = {
        (path.name, node.lineno, node.value)
        for path, tree in TREES.items()
        for node in (*untranslated(tree), *(prose(tree) if path.name != "theme.py" else ()))  # style sheets
    }
    assert found == set()


def test_texts_are_literals() -> None:
    """As lupdate reads them: no formatted strings, nothing put together."""
    glued = [
        (path.name, parts[0].lineno, ast.unparse(part))
        for path, tree in TREES.items()
        if path.name != "translation.py"
        for parts in translated(tree)
        for part in parts[:2]
        if not (isinstance(part, ast.Constant) and isinstance(part.value, str))
    ]
    assert glued == []


def test_contexts_are_named_like_their_variables() -> None:
    """lupdate goes by the variable, the running program by the name."""
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Call):
                if called(node.value) in (Context.__name__, Later.__name__):
                    (name,) = node.value.args
                    assert ast.unparse(node.target) == ast.literal_eval(name)
            elif isinstance(node, ast.Call) and called(node) == "tr" and isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value)
                assert owner == "self" or f"{owner}: Final = " in ast.unparse(tree), owner


def test_counted_texts_of_classes_with_subclasses_have_a_context() -> None:
    """PySide looks for them under the name of the subclass, where they are not."""
    counting, subclasses = defaultdict(list), defaultdict(list)
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                for base in node.bases:
                    subclasses[ast.unparse(base).partition("[")[0].rpartition(".")[2]].append(node.name)
                counting[node.name] += [
                    ast.unparse(part)
                    for part in ast.walk(node)
                    if isinstance(part, ast.Call) and ast.unparse(part.func) == "self.tr" and len(part.args) > 2
                ]
    assert {name: texts for name, texts in counting.items() if texts and subclasses[name]} == {}


def test_counted_texts_are_told_the_count() -> None:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == "tr" and "%n" in ast.unparse(node):
                assert len(node.args) == 3, (path.name, node.lineno)


def test_all_steps_of_the_history_have_words() -> None:
    labels = set()
    for path in (REPO / "faceorganizer" / "services").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                if called(node) in ("write", "add_barrier", "_set_state") and "steps" not in ast.unparse(node.args[:1]):
                    labels |= {part.value for part in node.args[:1] if isinstance(part, ast.Constant)}
                labels |= {
                    keyword.value.value
                    for keyword in node.keywords
                    if keyword.arg == "step" and isinstance(keyword.value, ast.Constant)
                }
    assert len(labels) > 30
    assert {label for label in labels if isinstance(label, str)} - STEPS == set()
