import itertools
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from faceorganizer.domain.errors import CancelledError, StorageError
from faceorganizer.domain.progress import JobContext, Progress
from faceorganizer.jobs.job import Job, JobState, interruptible

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture(autouse=True)
def _keeps_signal_handlers() -> Iterator[None]:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    yield
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def work_for_ever(context: JobContext) -> None:
    while True:
        time.sleep(0.01)
        context.check_cancelled()


def test_a_job_is_a_job_context() -> None:
    context: JobContext = Job()
    context.report(1, 2, "Reading")
    context.check_cancelled()


def test_three_ends() -> None:
    with Job() as job:
        assert job.state is JobState.RUNNING
    assert job.state is JobState.FINISHED

    job = Job()
    job.cancel()
    assert job.state is JobState.RUNNING
    with pytest.raises(CancelledError), job:
        job.check_cancelled()
    assert job.state is JobState.CANCELLED

    job = Job()
    with pytest.raises(StorageError), job:
        raise StorageError("The disk is full.")
    assert job.state is JobState.FAILED

    job = Job()
    with pytest.raises(KeyboardInterrupt), job:
        raise KeyboardInterrupt
    assert job.state is JobState.CANCELLED


def test_job_that_finishes_despite_being_cancelled_is_finished() -> None:
    with Job() as job:
        job.cancel()
    assert job.state is JobState.FINISHED


def test_reports_are_at_most_ten_a_second_and_the_last_one_comes() -> None:
    heard: list[tuple[float, Progress]] = []
    start = time.monotonic()
    with Job(lambda progress: heard.append((time.monotonic(), progress))) as job:
        number = 0
        while time.monotonic() < start + 0.55:
            number += 1
            job.report(number, None, "Reading")
    assert number > 100
    assert 3 <= len(heard) <= 7
    assert heard[0][1] == Progress(1, None, "Reading")
    assert heard[-1][1] == Progress(number, None, "Reading")
    times = [moment for moment, _ in heard[:-1]]
    assert all(later - earlier > 0.095 for earlier, later in itertools.pairwise(times))


def test_last_report_of_each_message_is_delivered() -> None:
    heard: list[Progress] = []
    with Job(heard.append) as job:
        for number in range(100):
            job.report(number, 1000, "Looking")
        for number in range(100):
            job.report(number, 1000, "Reading")
    assert len(heard) < 20
    for message in ("Looking", "Reading"):
        numbers = [progress.done for progress in heard if progress.message == message]
        assert (numbers[0], numbers[-1]) == (0, 99)


def test_completed_work_is_reported_at_once_and_once() -> None:
    heard: list[Progress] = []
    job = Job(heard.append)
    for number in range(101):
        job.report(number, 100, "Reading")
    job.report(100, 100, "Reading")
    with job:
        pass
    assert heard[-1].done == 100
    assert heard.count(heard[-1]) == 1


def test_last_report_is_delivered_when_the_work_fails() -> None:
    heard: list[Progress] = []
    job = Job(heard.append)
    job.report(1, 9, "Reading")
    job.report(2, 9, "Reading")
    with pytest.raises(StorageError), job:
        raise StorageError("The disk is full.")
    assert heard[-1].done == 2


def test_a_listener_may_cancel() -> None:
    job = Job(lambda progress: job.cancel())
    job.report(1, 2, "Reading")
    with pytest.raises(CancelledError):
        job.check_cancelled()


def test_reports_of_many_threads() -> None:
    heard: list[Progress] = []
    with Job(heard.append) as job:
        threads = [
            threading.Thread(target=lambda: [job.report(number, None, "Reading") for number in range(2000)])
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert heard[-1].done == 1999


def test_reports_are_cheap() -> None:
    job = Job(lambda progress: None)
    start = time.process_time()
    for number in range(20_000):
        job.report(number, None, "Reading")
    assert time.process_time() - start < 1


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_first_signal_cancels_and_the_second_interrupts(number: signal.Signals) -> None:
    job = Job()
    with interruptible(job):
        os.kill(os.getpid(), number)
        with pytest.raises(CancelledError):
            job.check_cancelled()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)


@POSIX
def test_signal_ends_the_work_as_cancelled() -> None:
    job = Job()
    timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(CancelledError), interruptible(job), job:
        work_for_ever(job)
    timer.join()
    assert job.state is JobState.CANCELLED


@POSIX
def test_ignored_signals_stay_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        job = Job()
        with interruptible(job):
            os.kill(os.getpid(), signal.SIGINT)
        job.check_cancelled()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_handlers_come_back_after_an_error() -> None:
    with pytest.raises(LookupError), interruptible(Job()):
        raise LookupError


def test_outside_of_the_main_thread_nothing_changes() -> None:
    handlers: list[object] = []

    def work() -> None:
        with interruptible(Job()):
            handlers.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert handlers == [signal.getsignal(signal.SIGINT)]


def test_a_paused_job_waits_at_its_next_check_until_it_is_resumed() -> None:
    job = Job()
    passed = threading.Event()

    def work() -> None:
        job.check_cancelled()
        passed.set()

    job.pause()
    assert job.paused
    worker = threading.Thread(target=work)
    worker.start()
    assert not passed.wait(0.2)
    job.resume()
    assert passed.wait(5)
    worker.join()
    assert not job.paused


def test_a_paused_job_can_be_cancelled() -> None:
    job = Job()
    job.pause()
    threading.Timer(0.1, job.cancel).start()
    with pytest.raises(CancelledError), job:
        job.check_cancelled()
    assert job.state is JobState.CANCELLED
