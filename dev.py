"""Sets the project up and runs it, with nothing but Python: `python3 dev.py run`.

The environment lies in .venv beside this file and holds exactly what packaging/ pins, checked by hash. It is made on
the first use, repaired after an interruption, and brought up to date when the pins change; all other starts go straight
through. Everything said here goes to standard error: standard output belongs to the program.

The file has to be readable by any Python 3.6 or newer, so that an unsuitable one is told so in plain words.
"""

import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

USAGE = """\
Usage: python3 dev.py [--install-system-packages] COMMAND [ARGUMENTS]

Commands:
  run [ARGUMENTS]    start Face Organizer; the arguments are its own
  test [ARGUMENTS]   run all tests on all cores; or, with arguments, which are pytest's, some of them
  lint               check style, types and import rules
  coverage           say how much of the core the unit tests of a check reached; it has a floor
  check              test, coverage and lint: what .ci/run does
  docs               renew the reference of commands in resources/help, check links of the documentation
  translate          renew resources/translations after a change of texts
  screenshots        take those of README anew; --library PATH --out FOLDER takes all screens of any library
  lock [ARGUMENTS]   renew packaging/requirements*.txt; --upgrade takes newer releases

Options:
  --install-system-packages   as root on Debian and its relatives: install missing libraries with apt-get
"""

ALL_TESTS = ("-n", "auto")  # many of them wait for programs that they start
LANGUAGES = ("en", "de")
COMMANDS = ("run", "test", "lint", "coverage", "check", "docs", "translate", "screenshots", "lock")
COVERAGE = "FACEORGANIZER_COVERAGE"  # the folder where tests/coverage_floor.py puts what it sees
COVERAGE_FLOOR = 92
SUITABLE_PYTHONS = ((3, 13), (3, 12), (3, 11))


def say(text: str) -> None:
    """Writes a line to standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def become(command: "list[str]", environment: "dict[str, str]") -> int:
    """Ends as another program: replaced by it where the system can, else waiting for it.

    Returns:
        The exit code of the program.
    """
    if os.name == "posix":
        os.execvpe(command[0], command, environment)
    process = subprocess.Popen(command, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # Ctrl-C reaches the program as well, and what it means there is the program's decision.
            continue


def answers_as(command: "list[str]", version: "tuple[int, int]") -> bool:
    """Tells whether a command is a working Python of a version; version switchers put dead ones on the path."""
    question = "import sys; sys.exit(sys.version_info[:2] != ({}, {}))".format(*version)
    try:
        return subprocess.call([*command, "-c", question], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def hand_over_to_a_suitable_python(arguments: "list[str]") -> int:
    """Runs this file again with a Python the project works with, or says which ones are wanted."""
    for version in SUITABLE_PYTHONS:
        name = "python{}.{}".format(*version)
        commands = [[name]] if shutil.which(name) else []
        if shutil.which("py"):
            commands.append(["py", "-{}.{}".format(*version)])
        for command in commands:
            if answers_as(command, version):
                return become([*command, str(Path(__file__).resolve()), *arguments], dict(os.environ))
    wanted = ", ".join("{}.{}".format(*version) for version in reversed(SUITABLE_PYTHONS))
    found = "{}.{}".format(*sys.version_info[:2])
    say(f"Face Organizer needs Python {wanted}; this is Python {found}, and none of those is on the path.")
    say("Install one of them and run this again with it, for example: python3.12 dev.py run")
    return 1


if __name__ == "__main__" and tuple(sys.version_info[:2]) not in SUITABLE_PYTHONS:
    # Older Pythons cannot evaluate the annotations below; those above are quoted.
    sys.exit(hand_over_to_a_suitable_python(sys.argv[1:]))


WINDOWS = os.name == "nt"
LINUX = sys.platform == "linux"
PIP_INSTALL = ("-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet")
# The pins are complete, so nothing else may come in: face-recognition, above all, asks for dlib's source package.
PINNED = ("--require-hashes", "--no-deps")
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}
BUILD_LOCK = "requirements-build.txt"
PACKAGING_LOCK = "requirements-packaging.txt"
UV = "uv>=0.9"

CORE_MODULES = ("cv2", "dlib", "faiss", "infomap")
WINDOW_MODULES = ("PySide6.QtGui", "PySide6.QtWidgets")
# Libraries that Qt takes from the system, and the Debian packages that hold them.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
# What a window on an X11 screen needs on top of them.
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
LOAD_IN_TURN = """
import importlib, sys
for name in sys.argv[1:]:
    print(name, flush=True)
    importlib.import_module(name)
"""


class Trouble(Exception):  # noqa: N818  # It is the user's trouble, not a defect.
    """Something that the user has to put right; the message says what and how."""


class Environment:
    """The virtual environment of a checkout, and the stamp that says what was installed into it.

    Args:
        root: The project's folder, with packaging/ in it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.scripts = self.folder / ("Scripts" if WINDOWS else "bin")
        self.python = self.scripts / ("python.exe" if WINDOWS else "python")
        library = Path("Lib") if WINDOWS else Path("lib", "python{}.{}".format(*sys.version_info[:2]))
        self.site_packages = self.folder / library / "site-packages"
        self.stamp_file = self.folder / "installed.json"
        self.lock_file = self.folder / "dev.lock"

    def lock(self, kind: str) -> Path:
        """The pins of an environment for running ("run") or for developing ("dev", which includes the former)."""
        return self.root / "packaging" / LOCKS[kind]

    @property
    def build_lock(self) -> Path:
        """The pins of what installs and builds the others."""
        return self.root / "packaging" / BUILD_LOCK

    def stamp(self, kind: str) -> dict[str, str | int]:
        """What the stamp says when everything of a kind is installed and nothing has been touched since."""
        recipe = hashlib.sha256(repr((PIP_INSTALL, PINNED)).encode())
        for pins in (self.build_lock, self.lock(kind)):
            recipe.update(pins.read_bytes())
        return {
            "kind": kind,
            "python": "{}.{}".format(*sys.version_info[:2]),
            "root": str(self.root),
            "recipe": recipe.hexdigest(),
            # Whoever installs or removes a package changes the folder.
            "changed": self.site_packages.stat().st_mtime_ns,
        }

    def read_stamp(self) -> dict[str, str | int]:
        """The stamp that was left by the last finished installation; empty when there is none."""
        try:
            stamp = json.loads(self.stamp_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) and stamp.get("kind") in tuple(LOCKS) else {}

    def write_stamp(self, stamp: dict[str, str | int]) -> None:
        """Leaves the stamp, whole or not at all."""
        draft = self.stamp_file.with_suffix(".new")
        draft.write_text(json.dumps(stamp), encoding="utf-8")
        draft.replace(self.stamp_file)

    def can_start(self) -> bool:
        """Whether the environment's Python exists, and the one it was made from."""
        if not self.python.exists():
            return False
        try:
            settings = (self.folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        homes = [line.partition("=")[2].strip() for line in settings if line.startswith("home")]
        return bool(homes) and Path(homes[0]).is_dir()

    def is_ready(self, wanted: str) -> bool:
        """Whether everything that is wanted is installed as pinned."""
        stamp = self.read_stamp()
        if not stamp or (wanted == "dev" and stamp["kind"] != "dev") or not self.can_start():
            return False
        try:
            return stamp == self.stamp(str(stamp["kind"]))
        except FileNotFoundError:
            return False

    def is_reusable(self) -> bool:
        """Whether an installation was once finished here, with this Python, so that only differences are missing."""
        python = "{}.{}".format(*sys.version_info[:2])
        return self.read_stamp().get("python") == python and self.can_start() and self.site_packages.is_dir()

    def clear(self) -> None:
        """Removes all of the environment but the lock that is held on it."""
        for path in self.folder.iterdir():
            if path == self.lock_file:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


@contextlib.contextmanager
def locked(path: Path) -> Iterator[int]:
    """Holds a lock on a file against other processes; it ends with the process at the latest.

    Yields:
        The file's descriptor. Installers inherit it, so that one that outlives this process keeps the lock.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not try_lock(descriptor):
            say("Another dev.py is setting the project up; waiting for it.")
            while not try_lock(descriptor):
                wait_a_little()
        yield descriptor
    finally:
        os.close(descriptor)


def wait_a_little() -> None:
    """Sleeps for a fifth of a second."""
    import time

    time.sleep(0.2)


def try_lock(descriptor: int) -> bool:
    """Takes the lock on an open file unless another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def clean_variables() -> dict[str, str]:
    """The variables of this process without those that let Python modules from elsewhere into the environment."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


def finish(command: list[str], doing: str, descriptor: int) -> tuple[int, str]:
    """Runs an installer to its end, saying every half a minute that it is still at it.

    Returns:
        Its exit code and all that it wrote.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=clean_variables(),
        pass_fds=() if WINDOWS else (descriptor,),
    )
    seconds = 0
    try:
        while True:
            try:
                output, _ = process.communicate(timeout=30)
                return process.returncode, output
            except subprocess.TimeoutExpired:
                seconds += 30
                say(f"  … still {doing} ({seconds} s)")
    except BaseException:  # Ctrl-C above all: nothing may go on installing in the background.
        process.terminate()
        process.wait()
        raise


def explanation(output: str, otherwise: str) -> str:
    """Says in plain words why an installer failed, judging by what it wrote."""
    causes = {
        ("No space left on device", "not enough space on the disk"): "The disk is full. Make room (about 3 GB, here "
        "and in the folder for temporary files) and run this again.",
        ("Read-only file system", "Permission denied", "Access is denied"): "A folder cannot be written to; "
        "is the program still running, or was dev.py once run as another user?",
        ("DO NOT MATCH THE HASHES",): "A downloaded package is not the one this project pins. Run this again; "
        "if it happens again, do not use that source of packages.",
        (
            "Failed to establish a new connection",
            "Temporary failure in name resolution",
            "Name or service not known",
            "getaddrinfo failed",
            "nodename nor servname",
            "Network is unreachable",
            "Could not resolve host",
            "ConnectTimeoutError",
            "Read timed out",
            "ProxyError",
            "SSLError",
        ): "The Python packages cannot be fetched. Check the network (and pip's settings, if this "
        "network has its own package index), then run this again.",
        ("No matching distribution found",): "The package index lacks a pinned package for this machine and Python.",
    }
    for signs, cause in causes.items():
        if any(sign in output for sign in signs):
            return cause
    return otherwise


def pip_install(environment: Environment, descriptor: int, *arguments: str) -> None:
    """Installs pinned packages into the environment.

    Raises:
        Trouble: pip failed; the message ends with what it said.
    """
    command = [str(environment.python), *PIP_INSTALL, *arguments]
    code, output = finish(command, "installing", descriptor)
    if code:
        said = [line for line in output.splitlines() if line.strip() and not line.startswith("WARNING")][-12:]
        raise Trouble("\n  pip: ".join([explanation(output, "Installing the Python packages failed."), *said]))


def install(environment: Environment, wanted: str, install_system_packages: bool) -> None:
    """Makes the environment hold what is pinned, from whatever state it is in.

    Raises:
        Trouble: Something the user can put right is in the way.
        OSError: The folder cannot be written to.
    """
    if environment.folder.is_symlink():
        raise Trouble(
            f"{environment.folder} is a link to an environment elsewhere. Remove the link and run this again."
        )
    environment.folder.mkdir(exist_ok=True)
    with locked(environment.lock_file) as descriptor:
        if environment.is_ready(wanted):
            return
        stamp = environment.read_stamp() if environment.is_reusable() else {}
        kind = "dev" if stamp.get("kind") == "dev" else wanted
        if stamp:
            say("Bringing the installed packages up to date.")
        else:
            make_empty(environment, descriptor, install_system_packages)
            say("Installing the packages: a few minutes when all must be downloaded, and about 1.5 GB of disk.")
        # Without a stamp the next start begins anew; pip cannot repair what was interrupted.
        environment.stamp_file.unlink(missing_ok=True)
        try:
            install_packages(environment, kind, descriptor)
        except Trouble:
            if stamp:
                # pip leaves what was there when it cannot go on.
                environment.write_stamp(stamp)
            raise
        stamp = environment.stamp(kind)
        # Should libraries be missing, the packages need not be fetched again once they are there.
        environment.write_stamp({**stamp, "recipe": "libraries are missing"})
        check_libraries(environment, wanted, install_system_packages)
        environment.write_stamp(stamp)
        say("The environment is ready.")


def make_empty(environment: Environment, descriptor: int, install_system_packages: bool) -> None:
    """Makes an environment with nothing but pip in it.

    Raises:
        Trouble: Python's own means for that are missing or fail.
    """
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        need_debian_packages(["python3-venv"], "Python's venv module is not complete", install_system_packages)
    say(f"Making {environment.folder} with Python {'.'.join(map(str, sys.version_info[:3]))}.")
    environment.clear()
    base = str(getattr(sys, "_base_executable", "") or sys.executable)
    code, output = finish([base, "-I", "-m", "venv", str(environment.folder)], "making it", descriptor)
    if code:
        raise Trouble(explanation(output, f"Python could not make a virtual environment:\n{output.strip()}"))


def install_packages(environment: Environment, kind: str, descriptor: int) -> None:
    """Installs the pinned packages and makes the checkout itself importable.

    Raises:
        Trouble: pip failed.
    """
    build = str(environment.build_lock)
    pip_install(environment, descriptor, *PINNED, "-r", build)
    pip_install(environment, descriptor, *PINNED, "--build-constraint", build, "-r", str(environment.lock(kind)))
    # A statement and not the bare path: path files are read in the locale's encoding, which may not know the path;
    # and with a condition, since they are read twice.
    root = ascii(str(environment.root))
    link = f"import sys; {root} in sys.path or sys.path.append({root})\n"
    (environment.site_packages / "faceorganizer-checkout.pth").write_text(link, encoding="ascii")


def check_libraries(environment: Environment, wanted: str, install_system_packages: bool) -> None:
    """Loads the packages with compiled parts once, since they need libraries of the system.

    A window is no must for running: the command line does without.

    Raises:
        Trouble: A package does not load, and what is missing.
    """
    if install_system_packages:
        packages = missing_packages({**QT_LIBRARIES, **WINDOW_LIBRARIES})
        if packages:
            install_with_apt(packages)
    failure = load_failure(environment, CORE_MODULES)
    if failure:
        raise Trouble(failure)
    failure = load_failure(environment, WINDOW_MODULES)
    if failure and wanted == "dev":
        raise Trouble(failure)
    if failure:
        say(f"The command line works, the window will not: {failure}")


def load_failure(environment: Environment, modules: tuple[str, ...]) -> str:
    """Says which of the modules does not load in the environment, and what would help; empty when all load."""
    command = [str(environment.python), "-I", "-c", LOAD_IN_TURN, *modules]
    variables = {**clean_variables(), "QT_QPA_PLATFORM": "offscreen"}
    loading = subprocess.run(
        command, capture_output=True, stdin=subprocess.DEVNULL, env=variables, encoding="utf-8", errors="replace"
    )
    if loading.returncode == 0:
        return ""
    module = (loading.stdout.split() or [""])[-1]
    return explain_load_failure(module, loading.returncode, loading.stderr)


def explain_load_failure(module: str, code: int, errors: str) -> str:
    """Says what would make a module load.

    Args:
        module: Its name.
        code: The exit code of the Python that tried; negative for a signal.
        errors: What that Python wrote to standard error.
    """
    if code < 0:
        return f"{module} crashes while it is loaded (signal {-code}); this processor may lack what it was built for."
    lines = errors.strip().splitlines()
    error = lines[-1] if lines else f"exit code {code}"
    message = f"{module} does not load: {error}."
    if ".so" in error and "cannot open shared object file" in error:
        library = next((word for word in error.replace(":", " ").split() if ".so" in word), "")
        table = {**QT_LIBRARIES, **WINDOW_LIBRARIES} if module in WINDOW_MODULES else {}
        known = {**QT_LIBRARIES, **WINDOW_LIBRARIES}.get(library)
        packages = sorted({*missing_packages(table), *([known] if known else [])})
        return message + "\n" + advice(packages, [library])
    if "DLL load failed" in error:
        return message + "\nInstall the Microsoft Visual C++ Redistributable and run this again."
    return message


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """The Debian packages of those libraries that the system cannot load."""
    import ctypes

    packages = set()
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.add(package)
    return sorted(packages)


def advice(packages: list[str], libraries: list[str]) -> str:
    """Says how to get missing packages: the very line for apt-get where there is one."""
    if packages and shutil.which("apt-get"):
        sudo = "" if is_root() else "sudo "
        return f"Run this, then try again:\n    {sudo}apt-get install {' '.join(packages)}"
    what = " ".join(libraries or packages)
    return f"Install what provides {what} with your system's package manager, then try again."


def need_debian_packages(packages: list[str], reason: str, install_system_packages: bool) -> None:
    """Installs Debian packages when that was asked for.

    Raises:
        Trouble: It was not asked for, or did not work.
    """
    if not install_system_packages:
        raise Trouble(f"{reason}. {advice(packages, [])}")
    install_with_apt(packages)


def is_root() -> bool:
    """Whether this process may install system packages; never on Windows."""
    return sys.platform != "win32" and os.geteuid() == 0


def install_with_apt(packages: list[str]) -> None:
    """Installs Debian packages.

    Raises:
        Trouble: This is no Debian, this is not root, or apt-get failed.
    """
    if not shutil.which("apt-get") or not is_root():
        raise Trouble(f"--install-system-packages needs apt-get and root. {advice(packages, [])}")
    say(f"Installing with apt-get: {' '.join(packages)}")
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", "--quiet=2", *step],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=variables,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode:
            raise Trouble(f"apt-get {step[0]} failed:\n{done.stdout.strip()}")


def prepare(environment: Environment, wanted: str, install_system_packages: bool) -> None:
    """Makes sure that the environment is there and up to date."""
    if not environment.is_ready(wanted):
        install(environment, wanted, install_system_packages)


def warn_about_window(arguments: list[str]) -> None:
    """Names the libraries that a window on an X11 screen lacks, since Qt itself would only abort."""
    opens_window = not arguments or arguments[0] == "gui"
    if not (opens_window and LINUX and os.environ.get("DISPLAY")):
        return
    packages = missing_packages({**QT_LIBRARIES, **WINDOW_LIBRARIES})
    if packages:
        say(f"Libraries for the window are missing. {advice(packages, [])}")


def run(environment: Environment, arguments: list[str]) -> int:
    """Becomes the program, in the user's own working folder."""
    warn_about_window(arguments)
    # -P: a folder of the user's that happens to be named like a module must not be taken for it.
    return become([str(environment.python), "-P", "-m", "faceorganizer", *arguments], clean_variables())


def test(environment: Environment, arguments: list[str]) -> int:
    """Becomes pytest."""
    os.chdir(environment.root)
    return become([str(environment.python), "-m", "pytest", *(arguments or ALL_TESTS)], clean_variables())


def lint(environment: Environment) -> int:
    """Runs all linters, even after one has found something.

    Returns:
        0 when none did, else 1.
    """
    python = str(environment.python)
    checks = (
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy"],
        [str(environment.scripts / "lint-imports")],
    )
    failed = [check for check in checks if call(environment, check)]
    return 1 if failed else 0


def coverage(environment: Environment) -> int:
    """Says how much of the core the unit tests reached when they were measured last.

    Returns:
        0 when it is not below the floor.
    """
    folder = Path(os.environ.get(COVERAGE) or environment.root / "build" / "coverage")
    data = f"--data-file={folder / '.coverage'}"
    command = [str(environment.python), "-m", "coverage"]
    if call(environment, [*command, "combine", "--quiet", data, str(folder)]):
        return 1
    return call(environment, [*command, "report", data, f"--fail-under={COVERAGE_FLOOR}", "--format=total"])


def check(environment: Environment) -> int:
    """Runs what .ci/run does: the tests, measuring which lines of the core they reach, and the linters.

    Returns:
        0 when nothing was found.
    """
    folder = environment.root / "build" / "coverage"
    shutil.rmtree(folder, ignore_errors=True)
    os.environ[COVERAGE] = str(folder)
    tested = call(environment, [str(environment.python), "-m", "pytest", *ALL_TESTS])
    reached = coverage(environment)
    return 1 if lint(environment) or tested or reached else 0


def translate(environment: Environment) -> int:
    """Collects the texts of the window for the translators, and compiles what they wrote.

    Returns:
        0 when all went well.
    """
    folder = environment.root / "resources" / "translations"
    code = call(environment, [str(environment.python), str(environment.root / "packaging" / "collect_errors.py")])
    if code:
        return code
    sources = sorted(str(path) for path in (environment.root / "faceorganizer" / "gui").rglob("*.py"))
    for language in LANGUAGES:
        texts, compiled = folder / f"faceorganizer_{language}.ts", folder / f"faceorganizer_{language}.qm"
        options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
        if language == "en":
            options.append("-pluralonly")  # all others are their own translation
        code = call(environment, [str(environment.scripts / "pyside6-lupdate"), *options, *sources, "-ts", str(texts)])
        code = code or call(
            environment, [str(environment.scripts / "pyside6-lrelease"), str(texts), "-qm", str(compiled)]
        )
        if code:
            return code
    return 0


def call(environment: Environment, command: list[str]) -> int:
    """Runs a command in the project's folder and returns its exit code."""
    return subprocess.call(command, cwd=environment.root, env=clean_variables())


def lock(environment: Environment, arguments: list[str]) -> int:
    """Pins the newest releases that pyproject.toml allows, keeping to the present pins unless told to upgrade."""
    tools = environment.folder / "lock-tools"
    uv = tools / "bin" / ("uv.exe" if WINDOWS else "uv")
    if not uv.exists():
        say("Installing uv.")
        with locked(environment.lock_file) as descriptor:
            pip_install(environment, descriptor, "--target", str(tools), UV)
    compile_command = [str(uv), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    compile_command += ["--generate-hashes", "--no-header", "--no-emit-index-url", "--annotation-style", "line"]
    sources = {
        BUILD_LOCK: ["--group", "build"],
        LOCKS["run"]: ["pyproject.toml"],
        LOCKS["dev"]: ["pyproject.toml", "--group", "dev", "-c", f"packaging/{LOCKS['run']}"],
        PACKAGING_LOCK: ["--group", "packaging", "-c", f"packaging/{LOCKS['run']}", "-c", f"packaging/{BUILD_LOCK}"],
    }
    for name, source in sources.items():
        code = call(environment, [*compile_command, *source, "-o", f"packaging/{name}", *arguments])
        if code:
            return code
    return 0


def start(command: str, arguments: list[str], install_system_packages: bool) -> int:
    """Sets up what a command needs, then carries it out.

    Returns:
        The exit code.
    """
    environment = Environment(Path(__file__).resolve().parent)
    prepare(environment, "run" if command == "run" else "dev", install_system_packages)
    if command == "run":
        return run(environment, arguments)
    if command == "test":
        return test(environment, arguments)
    if command == "lint":
        return lint(environment)
    if command == "translate":
        return translate(environment)
    if command == "docs":
        return call(environment, [str(environment.python), "-m", "tests.docs"])
    if command == "screenshots":
        os.chdir(environment.root)
        return become([str(environment.python), "-m", "tests.demo.screenshots", *arguments], clean_variables())
    if command == "check":
        return check(environment)
    if command == "coverage":
        return coverage(environment)
    return lock(environment, arguments)


def explain_system_error(error: OSError) -> str:
    """Says in plain words why a file or folder could not be written."""
    place = error.filename or "the project's folder"
    if error.errno == errno.ENOSPC:
        return f"The disk is full: {place}. Make room (about 3 GB) and run this again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"{place} cannot be written to. The environment is made in the project's folder: "
            "put the project where you may write, and close the program if it is running."
        )
    return f"{place}: {error.strerror or error}"


def main(arguments: list[str]) -> int:
    """Reads the command line and carries it out.

    Returns:
        The exit code: that of the program that was run; 1 when setting up failed; 2 for wrong usage; 130 for Ctrl-C.
    """
    install_system_packages = False
    while arguments and arguments[0].startswith("-"):
        option, *arguments = arguments
        if option in ("-h", "--help"):
            sys.stdout.write(USAGE)
            return 0
        if option != "--install-system-packages":
            say(f"dev.py does not know the option {option}.\n\n{USAGE}")
            return 2
        install_system_packages = True
    if not arguments or arguments[0] not in COMMANDS:
        say(USAGE)
        return 2
    command, *arguments = arguments
    if arguments and command in ("lint", "coverage", "check", "docs", "translate"):
        say(f"dev.py {command} takes no arguments.\n\n{USAGE}")
        return 2
    try:
        return start(command, arguments, install_system_packages)
    except Trouble as trouble:
        say(str(trouble))
    except OSError as error:
        say(explain_system_error(error))
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
