import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest
from pool_tasks import act, die_at_start, make_act, make_nothing

from faceorganizer.domain.errors import CancelledError, FaceOrganizerError, ModelFileError, UnreadablePhotoError
from faceorganizer.jobs.workers import Outcome, WorkerPool, WorkerTraceback

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def pool_of(size: int = 2, timeout: float | None = None, **options: Any) -> WorkerPool[tuple[str, Any], Any]:
    return WorkerPool(make_act, (), size, timeout, **options)


def outcomes(pool: WorkerPool[Any, Any]) -> Iterator[Outcome[Any, Any]]:
    while (outcome := pool.next_outcome(60)) is not None:
        yield outcome


@contextmanager
def no_core_dumps() -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


@pytest.fixture(autouse=True)
def _leaves_nothing_behind() -> Iterator[None]:
    with no_core_dumps():
        yield
    assert active_children() == []


def test_nothing_starts_before_there_is_work() -> None:
    with pool_of() as pool:
        assert active_children() == []
        assert pool.next_outcome() is None
        assert pool.pending == 0


def test_one_task_starts_one_worker() -> None:
    with pool_of(size=4) as pool:
        pool.submit(("echo", 1))
        assert pool.next_outcome(60) == Outcome(("echo", 1), 1)
        pool.submit(("echo", 2))
        assert pool.next_outcome(60) == Outcome(("echo", 2), 2)
        assert len(active_children()) == 1


def test_one_worker_starts_before_there_is_work_when_that_is_said() -> None:
    with pool_of(size=4) as pool:
        pool.start()
        pool.start()
        (started,) = active_children()
        pool.submit(("echo", 1))
        assert pool.next_outcome(60) == Outcome(("echo", 1), 1)
        assert active_children() == [started]
    pool.start()
    assert active_children() == []


def test_thousands_of_tiny_tasks() -> None:
    with pool_of() as pool:
        for number in range(5000):
            pool.submit(("echo", number))
        assert pool.pending == 5000
        ended = list(outcomes(pool))
        assert pool.pending == 0
    assert sorted(outcome.result for outcome in ended) == list(range(5000))
    assert all(outcome.task == ("echo", outcome.result) for outcome in ended)


def test_one_worker_keeps_the_order() -> None:
    with pool_of(size=1) as pool:
        for number in range(50):
            pool.submit(("echo", number), alone=number % 3 == 0)
        assert [outcome.result for outcome in outcomes(pool)] == list(range(50))


def test_large_tasks_and_large_results_do_not_lock_up() -> None:
    large = os.urandom(3_000_000)
    with pool_of() as pool:
        for _ in range(12):
            pool.submit(("echo", large))
        assert [outcome.result == large for outcome in outcomes(pool)] == [True] * 12


def test_waiting_has_an_end() -> None:
    with pool_of(size=1) as pool:
        pool.submit(("sleep", 30))
        start = time.monotonic()
        assert pool.next_outcome(0.2) is None
        assert pool.next_outcome(0) is None
        assert 0.15 < time.monotonic() - start < 5
        assert pool.pending == 1


def test_expected_error_comes_back_typed() -> None:
    with pool_of() as pool:
        pool.submit(("unreadable", "a/b.jpg"))
        outcome = pool.next_outcome(60)
    assert outcome is not None
    assert isinstance(outcome.error, UnreadablePhotoError)
    assert (outcome.error.path, outcome.error.reason, outcome.crash) == (Path("a/b.jpg"), "it is empty", None)


def test_cancelled_error_comes_back_too() -> None:
    with pool_of() as pool:
        pool.submit(("cancelled", None))
        outcome = pool.next_outcome(60)
    assert outcome is not None
    assert isinstance(outcome.error, CancelledError)


def test_bug_is_raised_with_the_traceback_of_the_worker() -> None:
    with pool_of(size=1) as pool:
        pool.submit(("bug", "missing"))
        pool.submit(("echo", "still working"))
        with pytest.raises(KeyError, match="missing") as caught:
            pool.next_outcome(60)
        assert isinstance(caught.value.__cause__, WorkerTraceback)
        assert "in act" in str(caught.value.__cause__)
        outcome = pool.next_outcome(60)
        assert outcome is not None
        assert outcome.result == "still working"


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("awkward", "AwkwardError: ab"),
        ("awkward expected", "AwkwardExpectedError: abc"),
        ("unpicklable", "cannot pickle"),
    ],
)
def test_what_cannot_be_pickled_is_a_bug(verb: str, said: str) -> None:
    with pool_of() as pool:
        pool.submit((verb, None))
        with pytest.raises((RuntimeError, TypeError)) as caught:
            pool.next_outcome(60)
        assert said in str(caught.value.__cause__)


def test_result_that_fails_to_unpickle_is_a_bug() -> None:
    with pool_of() as pool:
        pool.submit(("fails to unpickle", None))
        with pytest.raises(RuntimeError, match="no such thing"):
            pool.next_outcome(60)
        pool.submit(("echo", 1))
        assert pool.next_outcome(60) == Outcome(("echo", 1), 1)


def test_unpicklable_task_is_refused_at_once() -> None:
    with pool_of() as pool:
        with pytest.raises((TypeError, AttributeError)):
            pool.submit(("echo", threading.Lock()))
        assert pool.pending == 0


def test_lack_of_memory_costs_one_task() -> None:
    with pool_of(size=1) as pool:
        pool.submit(("no memory", None))
        pool.submit(("echo", 1))
        first, second = outcomes(pool)
    assert first.crash == "there was not enough memory for it"
    assert second.result == 1


@POSIX
@pytest.mark.parametrize(
    ("task", "words"),
    [
        (("abort", None), "the decoder crashed (signal 6)"),
        (("kill", 11), "the decoder crashed (signal 11)"),
        (("kill", 9), "the decoder was killed (signal 9), perhaps for lack of memory"),
        (("exit", 3), "the decoder crashed (exit code 3)"),
        (("quit", 0), "the decoder crashed (exit code 0)"),
    ],
)
def test_death_costs_exactly_its_task(task: tuple[str, Any], words: str) -> None:
    with pool_of(size=1) as pool:
        pool.submit(("echo", "before"))
        pool.submit(task)
        for number in range(5):
            pool.submit(("echo", number))
        ended = list(outcomes(pool))
    assert [outcome.result for outcome in ended] == ["before", None, 0, 1, 2, 3, 4]
    assert [outcome.crash for outcome in ended if outcome.crash] == [words]
    assert ended[1].task == task


@POSIX
def test_many_deaths_among_many_tasks() -> None:
    deadly = {number for number in range(200) if number % 40 == 7}
    with pool_of(size=2) as pool:
        for number in range(200):
            pool.submit(("kill", 9) if number in deadly else ("echo", number))
        ended = list(outcomes(pool))
    assert sorted(outcome.result for outcome in ended if outcome.crash is None) == sorted(set(range(200)) - deadly)
    assert sum(outcome.crash is not None for outcome in ended) == len(deadly)


@POSIX
def test_killed_from_outside() -> None:
    with pool_of(size=2) as pool:
        for _ in range(2):
            pool.submit(("pid", None))
        victims = {outcome.result for outcome in outcomes(pool)}
        for number in range(300):
            pool.submit(("echo", number))
        for victim in victims:
            os.kill(victim, signal.SIGKILL)
        ended = list(outcomes(pool))
    assert len(ended) == 300
    lost = [outcome for outcome in ended if outcome.crash]
    assert len(lost) <= len(victims)
    assert sorted([o.result for o in ended if not o.crash] + [o.task[1] for o in lost]) == list(range(300))


@POSIX
def test_idle_worker_that_dies_is_replaced() -> None:
    with pool_of(size=1) as pool:
        pool.submit(("pid", None))
        [first] = outcomes(pool)
        os.kill(first.result, signal.SIGKILL)
        time.sleep(0.1)
        pool.submit(("pid", None))
        [second] = outcomes(pool)
    assert second.crash is None
    assert second.result != first.result


def test_overdue_task_is_given_up() -> None:
    with pool_of(size=1, timeout=1) as pool:
        pool.submit(("sleep", 0.6))
        pool.submit(("sleep", 0.6))
        pool.submit(("sleep", 600))
        pool.submit(("echo", "after"))
        ended = list(outcomes(pool))
    assert [outcome.result for outcome in ended] == [0.6, 0.6, None, "after"]
    assert ended[2].crash == "it took longer than 1 s"


def test_late_caller_still_gets_the_result() -> None:
    with pool_of(size=1, timeout=1) as pool:
        pool.submit(("echo", 0))
        list(outcomes(pool))
        pool.submit(("echo", 1))
        time.sleep(1.5)
        assert pool.next_outcome(60) == Outcome(("echo", 1), 1)


@POSIX
def test_time_of_being_stopped_does_not_count() -> None:
    """Ctrl-Z and fg: the whole group stands still while the clock runs on."""
    with pool_of(size=1, timeout=2) as pool:
        pool.submit(("pid", None))
        [outcome] = outcomes(pool)
        pool.submit(("sleep", 1))
        os.kill(outcome.result, signal.SIGSTOP)
        time.sleep(2.5)  # the parent is not looking either
        os.kill(outcome.result, signal.SIGCONT)
        assert pool.next_outcome(60) == Outcome(("sleep", 1), 1)


def test_tasks_alone_never_overlap() -> None:
    with pool_of(size=3) as pool:
        for number in range(12):
            pool.submit(("span", 0.05), alone=number % 2 == 0)
        for number in range(6):
            pool.submit(("span", 0.05 + number / 1000), alone=True)
        everything = list(outcomes(pool))
    assert len(everything) == 18
    alone = sorted(outcome.result for outcome in everything if outcome.task[1] > 0.05)
    assert all(before[1] <= after[0] for before, after in pairwise(alone))


def test_others_pass_a_task_that_waits_to_be_alone() -> None:
    with pool_of(size=2) as pool:
        pool.submit(("sleep", 1.5), alone=True)
        pool.submit(("echo", "big"), alone=True)
        for number in range(3):
            pool.submit(("echo", number))
        assert [outcome.result for outcome in outcomes(pool)] == [0, 1, 2, 1.5, "big"]


@POSIX
def test_task_alone_that_dies_makes_way_for_the_next() -> None:
    with pool_of(size=2) as pool:
        for task in [("kill", 9), ("echo", 1), ("kill", 9), ("echo", 2)]:
            pool.submit(task, alone=True)
        assert [outcome.result for outcome in outcomes(pool)] == [None, 1, None, 2]


@pytest.mark.parametrize("error", [ModelFileError("The weights are missing."), LookupError("bug")])
def test_factory_that_fails_is_raised_once(error: Exception) -> None:
    with WorkerPool(make_nothing, (error,), 2, None) as pool:
        for number in range(10):
            pool.submit(number)
        with pytest.raises(type(error), match=str(error)):
            pool.next_outcome(60)
        assert pool.pending == 0
        assert pool.next_outcome(1) is None
        with pytest.raises(ValueError, match="closed"):
            pool.submit(11)


def test_factory_without_memory(tmp_path: Path) -> None:
    with WorkerPool(make_nothing, (MemoryError(),), 1, None) as pool:
        pool.submit(1)
        with pytest.raises(FaceOrganizerError, match="not enough memory"):
            pool.next_outcome(60)


@POSIX
def test_workers_that_die_at_start_are_not_started_for_ever(tmp_path: Path) -> None:
    with WorkerPool(die_at_start, (tmp_path, 1000), 2, None) as pool:
        pool.submit(("echo", 1))
        with pytest.raises(FaceOrganizerError, match=r"do not start: the decoder crashed \(signal 6\)"):
            pool.next_outcome(60)
    assert (tmp_path / "starts").stat().st_size <= 4


@POSIX
def test_one_death_at_start_is_bad_luck(tmp_path: Path) -> None:
    with WorkerPool(die_at_start, (tmp_path, 2), 1, None) as pool:
        for number in range(3):
            pool.submit(("echo", number))
        assert [outcome.result for outcome in outcomes(pool)] == [0, 1, 2]


def test_unpicklable_factory_is_a_bug() -> None:
    with pytest.raises((AttributeError, TypeError)):
        WorkerPool(lambda: act, (), 1, None)


@pytest.mark.parametrize(("size", "timeout"), [(0, None), (-1, None), (1, 0), (1, -5.0)])
def test_senseless_pools_are_refused(size: int, timeout: float | None) -> None:
    with pytest.raises(ValueError, match=r"."):
        pool_of(size, timeout)


@pytest.mark.parametrize("threads", [1, 3])
def test_libraries_are_told_how_many_threads(threads: int) -> None:
    with pool_of(threads=threads) as pool:
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
            pool.submit(("environment", name))
        assert [outcome.result for outcome in outcomes(pool)] == [str(threads)] * 2
    assert "OMP_NUM_THREADS" not in os.environ or os.environ["OMP_NUM_THREADS"] != "3"


def test_workers_write_nothing_to_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    with pool_of() as pool:
        pool.submit(("print", b"chatter"))
        pool.next_outcome(60)
    captured = capfd.readouterr()
    assert captured.out == ""
    assert "chatter" in captured.err


@POSIX
def test_workers_leave_signals_to_the_parent() -> None:
    with pool_of() as pool:
        pool.submit(("pass on interrupts", None))
        assert pool.next_outcome(60) == Outcome(("pass on interrupts", None), "alive")


def test_closing_waits_for_the_task_at_hand_but_starts_no_other(tmp_path: Path) -> None:
    pool = pool_of(size=1)
    pool.submit(("echo", 0))
    assert pool.next_outcome(60) is not None
    pool.submit(("sleep", 0.5))
    pool.submit(("mark", tmp_path / "ahead"))
    pool.submit(("mark", tmp_path / "queued"))
    time.sleep(0.1)
    start = time.monotonic()
    pool.close()
    assert time.monotonic() - start < 4
    assert list(tmp_path.iterdir()) == []
    pool.close()
    with pytest.raises(ValueError, match="closed"):
        pool.submit(("echo", 1))


def test_closing_ends_a_hanging_worker_by_force(tmp_path: Path) -> None:
    pool = pool_of(size=1)
    pool.submit(("mark, sleep", tmp_path / "begun"))
    while not (tmp_path / "begun").exists():
        pool.next_outcome(0.05)
    start = time.monotonic()
    pool.close()
    assert 1 < time.monotonic() - start < 5


def test_closing_at_once() -> None:
    with pool_of() as pool:
        pool.submit(("echo", 1))
    assert pool.pending == 0


def test_an_error_in_the_with_block_closes_the_pool() -> None:
    with suppress(LookupError), pool_of() as pool:
        pool.submit(("echo", 1))
        raise LookupError
    assert active_children() == []


def test_idle_waiting_costs_no_processor_time() -> None:
    with pool_of(size=1, timeout=100) as pool:
        pool.submit(("echo", 0))
        list(outcomes(pool))
        pool.submit(("sleep", 1.5))
        start = time.process_time()
        pool.next_outcome(60)
        assert time.process_time() - start < 0.1


def test_pool_in_a_thread_that_is_not_the_main_one() -> None:
    found: list[Any] = []

    def work() -> None:
        with pool_of(size=1) as pool:
            pool.submit(("echo", 7))
            found.extend(outcome.result for outcome in outcomes(pool))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    assert found == [7]
