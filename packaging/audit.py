"""Says of every package that the program is pinned to whether what is installed is it, and under which licence.

    .venv/bin/python packaging/audit.py [LOCK]

Works from the lock and the installed packages alone. Ends with code 1 when a pin has no hash, leads to an address of
its own, or another version is installed. Whether weaknesses of a version are known needs the network:

    pipx run pip-audit --require-hashes --disable-pip -r packaging/requirements.txt
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path

from packaging.markers import Marker
from project import PACKAGING

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?P<rest>==(?P<version>[^\s;\\]+)[^\n]*(?:\n[ \t]+[^\n]*)*)", re.MULTILINE)
AS_PINNED, ELSEWHERE = "as pinned", "for another system or Python"
ADDRESS = re.compile(r"\b(?:https?|git|file)://|\bgit\+")


def main(lock: Path) -> int:
    """Print a line for each pin, and return the exit code."""
    said = {pin: state_of(pin) for pin in PIN.finditer(lock.read_text("utf-8"))}
    lines = [f"{pin['name']:32} {pin['version']:16} {licence(pin['name']):40} {state}" for pin, state in said.items()]
    wrong = sum(state not in (AS_PINNED, ELSEWHERE) for state in said.values())
    lines.append(f"{wrong} wrong" if wrong else "all as pinned, each with its hashes")
    sys.stdout.write("\n".join(lines) + "\n")
    return int(wrong > 0)


def state_of(pin: "re.Match[str]") -> str:
    """Whether a pin is kept, and what is wrong otherwise."""
    if "--hash=sha256:" not in pin["rest"]:
        return "no hash"
    if ADDRESS.search(pin["rest"]):
        return "from an address of its own"
    condition = re.search(r";\s*([^\\\n]+)", pin["rest"])
    if condition and not Marker(condition[1].strip()).evaluate():
        return ELSEWHERE
    try:
        installed = version(pin["name"])
    except PackageNotFoundError:
        return "not installed"
    return AS_PINNED if installed == pin["version"] else f"{installed} is installed"


def licence(name: str) -> str:
    """What a package says of its licence."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return "-"
    text = said.get("License-Expression") or said.get("License") or "see packaging/THIRD_PARTY_NOTICES.txt"
    return text.splitlines()[0][:40]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGING / "requirements.txt"))
