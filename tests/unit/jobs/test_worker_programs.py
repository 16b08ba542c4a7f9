"""Worker pools in programs of their own: how they are started, interrupted and killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import faceorganizer

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

WORK = """
import os
import time
from pathlib import Path


def make(folder):
    def handle(task):
        (Path(folder) / str(os.getpid())).touch()
        if task == "wait":
            time.sleep(600)
        if task == "short":
            time.sleep(0.3)
        return task
    return handle
"""

MAIN = """
import sys
from faceorganizer.domain.errors import CancelledError
from faceorganizer.jobs.job import Job, interruptible
from faceorganizer.jobs.workers import WorkerPool
from fop_work import make


def main(folder, task, count):
    job = Job()
    try:
        with interruptible(job), job, WorkerPool(make, (folder,), 2, 60) as pool:
            for _ in range(count):
                pool.submit(task)
            print("begun", flush=True)
            ended = 0
            while pool.pending:
                outcome = pool.next_outcome(0.1)
                ended += outcome is not None
                assert outcome is None or outcome.crash is None, outcome.crash
                job.check_cancelled()
            print("ended", ended)
    except CancelledError:
        print("stopped", job.state)
        sys.exit(130)
"""

GUARDED = """
from {module} import main
import sys
if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
"""

UNGUARDED = """
from fop_main import main
import sys
main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
"""

LEFT_OPEN = """
import sys
from faceorganizer.jobs.workers import WorkerPool
from fop_work import make
if __name__ == "__main__":
    pool = WorkerPool(make, (sys.argv[1],), 2, None)
    pool.submit("done")
    print(pool.next_outcome().result)
"""


@pytest.fixture
def seen(tmp_path: Path) -> Path:
    """The folder in which workers leave their process ids."""
    for name, text in {
        "fop_work.py": WORK,
        "fop_main.py": MAIN,
        "fop_script.py": GUARDED.format(module="fop_main"),
        "fop_unguarded.py": UNGUARDED,
        "fop_left_open.py": LEFT_OPEN,
        "fop_package/__init__.py": "",
        "fop_package/__main__.py": GUARDED.format(module="fop_main"),
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    folder = tmp_path / "seen"
    folder.mkdir()
    return folder


@pytest.fixture
def program(seen: Path) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts a Python program in a process group of its own."""
    started: list[subprocess.Popen[str]] = []
    paths = os.pathsep.join([str(seen.parent), str(Path(faceorganizer.__file__).parents[1])])

    def start(*arguments: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, *arguments],
            env={**os.environ, "PYTHONPATH": paths},
            cwd=seen.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def workers(seen: Path, count: int) -> list[int]:
    """Wait until as many workers have begun a task, and return their process ids."""
    end = time.monotonic() + 60
    while len(found := list(seen.iterdir())) < count:
        assert time.monotonic() < end, "the workers did not begin"
        time.sleep(0.05)
    return [int(path.name) for path in found]


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{number}/stat")  # a dead child of nobody may be left unreaped in a container
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def all_gone(numbers: list[int], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while any(map(alive, numbers)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(alive, numbers))


@pytest.mark.parametrize("start", [["-m", "fop_package"], ["fop_script.py"], ["-m", "fop_script"]])
def test_programs_are_started_in_many_ways(
    program: Callable[..., "subprocess.Popen[str]"], seen: Path, start: list[str]
) -> None:
    out, err = program(*start, str(seen), "done", "20").communicate(timeout=60)
    assert (out.splitlines(), err) == (["begun", "ended 20"], "")


def test_script_without_a_guard_is_told_so_once(program: Callable[..., "subprocess.Popen[str]"], seen: Path) -> None:
    process = program("fop_unguarded.py", str(seen), "done", "3")
    out, err = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "ended" not in out
    assert "do not start" in err
    assert err.count("if __name__ == '__main__'.") == 1
    assert list(seen.iterdir()) == []


def test_pool_left_open_does_not_keep_the_program(program: Callable[..., "subprocess.Popen[str]"], seen: Path) -> None:
    process = program("fop_left_open.py", str(seen))
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out.strip(), err) == (0, "done", "")


@POSIX
def test_no_orphans_when_the_parent_is_killed(program: Callable[..., "subprocess.Popen[str]"], seen: Path) -> None:
    process = program("-m", "fop_package", str(seen), "wait", "4")
    numbers = workers(seen, 2)
    process.kill()
    process.wait()
    assert all_gone(numbers, 5)


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_to_the_whole_group_cancels_without_a_crash(
    program: Callable[..., "subprocess.Popen[str]"], seen: Path, number: signal.Signals
) -> None:
    process = program("-m", "fop_package", str(seen), "short", "1000")
    numbers = workers(seen, 2)
    os.killpg(process.pid, number)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out.split()[-2:], err) == (130, ["stopped", "cancelled"], "")
    assert all_gone(numbers, 1)


@POSIX
def test_interrupt_while_workers_start_leaves_no_noise(
    program: Callable[..., "subprocess.Popen[str]"], seen: Path
) -> None:
    process = program("-m", "fop_package", str(seen), "short", "9")
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out.split()[-2:], err) == (130, ["stopped", "cancelled"], "")


@POSIX
def test_second_interrupt_ends_a_hanging_program(program: Callable[..., "subprocess.Popen[str]"], seen: Path) -> None:
    process = program("-m", "fop_package", str(seen), "wait", "2")
    numbers = workers(seen, 2)
    for _ in range(2):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.5)
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert all_gone(numbers, 1)
