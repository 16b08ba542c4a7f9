"""Nothing that is read is ever run: what the program's modules may import and call.

The rules hold for every module, so that a new one has to argue with them here.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "faceorganizer"

# Formats that run code of the file's choosing when they are read.
RUNNING = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "joblib",
    "cloudpickle",
    "jsonpickle",
    "yaml",
    "torch",
    "runpy",
    "code",
}
# Between the program's own processes, over pipes that nobody else has: what goes through them was never in a file.
BETWEEN_PROCESSES = {"jobs/workers.py", "jobs/serving.py"}

# defusedxml refuses document types, entities and references to elsewhere; these read whatever they are given.
XML_PARSERS = {"xml.sax", "xml.dom", "xml.parsers", "lxml", "pyexpat"}
WRITES_XML = "xml.sax.saxutils.escape"
# What of ElementTree makes or describes elements, and parses nothing.
NO_PARSERS = {"Element", "SubElement", "ParseError", "TreeBuilder", "tostring", "indent", "Comment"}
NO_PARSERS |= {"ProcessingInstruction"}

RUN_TEXT = {"eval", "exec", "compile", "__import__"}
SHELLS = {"system", "popen", "getoutput", "getstatusoutput", "create_subprocess_shell", "startfile"}
UNPACKERS = {"extract", "extractall", "unpack_archive"}  # their paths are the archive's choice
STARTS = {"run", "Popen", "call", "check_call", "check_output"}
# Modules named by a text: by the program's own tables only.
IMPORTS_BY_NAME = {"clustering/registry.py", "services/doctor.py", "services/mathematics.py"}
# Nothing leaves the machine, and nothing comes from elsewhere.
NETWORK = {"http", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "socketserver", "xmlrpc"}


@cache
def modules() -> dict[str, ast.Module]:
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_bytes()) for path in PACKAGE.rglob("*.py")}


@cache
def tools() -> dict[str, ast.Module]:
    paths = [REPOSITORY / "dev.py", *(REPOSITORY / "packaging").rglob("*.py")]
    return {path.name: ast.parse(path.read_bytes()) for path in paths}


def imports(trees: dict[str, ast.Module]) -> Iterator[tuple[str, str]]:
    """Where, and the full name of a module or of what is taken from one."""
    for where, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((where, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((where, f"{node.module}.{alias.name}") for alias in node.names)


def calls(trees: dict[str, ast.Module]) -> Iterator[tuple[str, str, str, ast.Call]]:
    """Where, on what and what is called, as in ("app.py", "os", "system") and ("app.py", "", "eval")."""
    for where, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                match node.func:
                    case ast.Name(id=called):
                        yield where, "", called, node
                    case ast.Attribute(value=ast.Name(id=owner), attr=called):
                        yield where, owner, called, node
                    case ast.Attribute(attr=called):
                        yield where, "?", called, node


def belongs(imported: str, packages: set[str]) -> bool:
    return any(imported == package or imported.startswith(package + ".") for package in packages)


def given(call: ast.Call, name: str) -> list[ast.expr]:
    return [keyword.value for keyword in call.keywords if keyword.arg == name]


def is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_there_is_something_to_look_at() -> None:
    assert len(modules()) > 100
    assert tools()


def test_no_format_is_read_that_runs_code() -> None:
    assert {where for where, used in imports(modules()) if belongs(used, RUNNING)} == BETWEEN_PROCESSES


def test_arrays_are_read_without_objects() -> None:
    asked = [(where, value) for where, _, _, call in calls(modules()) for value in given(call, "allow_pickle")]
    assert asked
    assert all(is_false(value) for _, value in asked), asked


def test_xml_is_read_by_defusedxml_alone() -> None:
    for where, used in imports(modules()):
        owner, _, taken = used.rpartition(".")
        if owner == "xml.etree.ElementTree":
            assert taken in NO_PARSERS, (where, used)
        elif used != WRITES_XML:
            assert not belongs(used, {"xml"} | XML_PARSERS), (where, used)


def test_no_text_becomes_code() -> None:
    found = [(where, owner, called) for where, owner, called, _ in calls(modules())]
    assert not [call for call in found if call[1] == "" and call[2] in RUN_TEXT]
    assert {where for where, _, called in found if called == "import_module"} == IMPORTS_BY_NAME


def test_no_shell_and_no_unpacking() -> None:
    for where, owner, called, call in calls({**modules(), **tools()}):
        assert not (owner in ("os", "subprocess", "asyncio") and called in SHELLS), (where, called)
        assert all(is_false(value) for value in given(call, "shell")), (where, ast.unparse(call))
    for where, _, called, _ in calls(modules()):
        assert called not in UNPACKERS, (where, "unpack members one by one, to paths of our own")


def test_programs_are_given_lists_of_words() -> None:
    for where, owner, called, call in calls({**modules(), **tools()}):
        if owner == "subprocess" and called in STARTS:
            words = call.args[0] if call.args else given(call, "args")[0]
            assert not isinstance(words, ast.Constant | ast.JoinedStr | ast.BinOp), (where, ast.unparse(call))


def test_nothing_goes_over_the_network() -> None:
    assert not [found for found in imports(modules()) if belongs(found[1], NETWORK)]
